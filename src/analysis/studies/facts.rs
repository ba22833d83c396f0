//! Whether and how policies use the facts of a vocabulary.

use super::form::Form;
use super::phases::phases;
use super::{Study, Use, World, problem};
use crate::circuit::Cone;
use crate::compiled::{Goal, VariableKind};
use crate::diagnostic::Diagnostic;
use crate::id::{FactId, VarId};
use crate::policy::{Condition, ConditionKind, Policy, Test};
use crate::sorted::{SortedMap, SortedSet};
use crate::span::Sources;

/// Returns how the policy uses each fact. If the diagrams are too large to tell, assumes that the value matters.
pub(super) fn uses(world: &mut World<'_>) -> SortedMap<FactId, Use> {
    let tested = used_facts(world.policy, all(world.policy));
    // Some facts only decide whether a phase is reached, for example the last phase of a roadmap.
    let reached = phases(world.policy).into_iter().filter_map(|(_, phase)| phase.reached.as_ref());
    let mut relevant = used_facts(world.policy, reached.collect());
    let mut is_known = true;
    for form in &world.forms {
        let compiled = &form.compiled;
        let met = compiled.rules.values().map(|rule| rule.met);
        let gates = met
            .chain(compiled.waivers.values().copied())
            .chain(compiled.choices.values().flatten().map(|(_, gate)| *gate))
            .chain(compiled.obligations.values().copied());
        for gate in gates {
            match form.by_itself(gate) {
                Ok(node) => relevant.extend(form.support(node).iter().flat_map(|var| behind(form, *var))),
                Err(_) => is_known = false,
            }
        }
    }
    let mut uses = SortedMap::new();
    for (id, fact) in world.policy.vocabulary.facts.iter() {
        let used = match (tested.contains(&id), relevant.contains(&id)) {
            (false, _) => Use::None,
            // A defined fact has no variable of its own; the facts of its definition have.
            (true, true) => Use::Relevant,
            (true, false) if !is_known || fact.definition.is_some() => Use::Relevant,
            (true, false) => Use::Idle,
        };
        uses.insert(id, used);
    }
    uses
}

/// The facts behind a variable: its own, and those in conditions on list members and along chains.
fn behind(form: &Form, var: VarId) -> SortedSet<FactId> {
    let mut seen = SortedSet::from([var]);
    let mut unread = vec![var];
    let mut facts = SortedSet::new();
    while let Some(variable) = unread.pop().and_then(|var| form.compiled.variables.find(var)) {
        facts.insert(variable.fact());
        let gate = match variable.kind {
            VariableKind::Further { which: Some((gate, _)), .. } => gate,
            VariableKind::Beyond { goal: Goal::Meets(gate), .. } => gate,
            _ => continue,
        };
        let cone = Cone::of(&form.compiled.circuit, gate);
        unread.extend(cone.vars().iter().filter(|var| seen.insert(**var)));
    }
    facts
}

/// The conditions of rules, waivers, choices, obligations and concerns. Those of concerns are studied by themselves.
fn all(policy: &Policy) -> Vec<&Condition> {
    policy.blocks().flat_map(|(_, conditions)| conditions).collect()
}

/// The facts that some conditions use, including those in the definitions that they refer to.
fn used_facts(policy: &Policy, conditions: Vec<&Condition>) -> SortedSet<FactId> {
    let vocabulary = &policy.vocabulary;
    let mut unread = conditions;
    let mut facts = SortedSet::new();
    while let Some(condition) = unread.pop() {
        unread.extend(condition.children());
        let fact = match &condition.kind {
            ConditionKind::All(_)
            | ConditionKind::Any(_)
            | ConditionKind::Count { .. }
            | ConditionKind::Not(_)
            | ConditionKind::Phase { .. } => continue,
            ConditionKind::Test(Test { subject, fact, .. })
            | ConditionKind::Members { subject, list: fact, .. }
            | ConditionKind::Ancestor { subject, relation: fact, .. }
            | ConditionKind::Reaches { subject, relation: fact, .. } => {
                facts.extend(subject.steps.iter().copied());
                *fact
            }
        };
        if facts.insert(fact)
            && let Some(definition) = &vocabulary.facts[fact].definition
        {
            unread.push(&definition.when);
            unread.extend(&definition.unless);
        }
    }
    facts
}

/// Returns a finding for each fact that none of some policies needs, each with the index of the given policy whose
/// sources the finding refers to. A file that several policies use is recognised by its name. The caller must drop
/// findings about files that policies outside of this list use as well.
///
/// # Example
/// ```
/// # let text = r#"
/// # policy "Training"
/// #   id training
/// #   version 1
/// #   about group
/// #
/// # assistance training
/// #
/// # kind group
/// #   is neutral : yes or no
/// #   is large : yes or no
/// #
/// # requirement neutrality "Neutral"
/// #   needs the group is neutral
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// // kind group
/// //   is neutral : yes or no
/// //   is large : yes or no
/// //
/// // requirement neutrality "Neutral"
/// //   needs the group is neutral
/// let study = placet::analysis::study(&policy);
/// let findings = placet::analysis::unused(&[(&policy, &study, &bundle.sources)]);
/// assert_eq!(findings[0].1.message, "no policy tests whether the group is large");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn unused(studies: &[(&Policy, &Study, &Sources)]) -> Vec<(usize, Diagnostic)> {
    let mut most: SortedMap<(&str, u32), (Use, usize, Diagnostic)> = SortedMap::new();
    for (at, (policy, study, sources)) in studies.iter().enumerate() {
        for (id, used) in &study.facts {
            let Some(fact) = policy.vocabulary.facts.find(*id) else { continue };
            let found = (*used, at, problem::of_no_use(policy, *id, *used));
            let place = (sources.name(fact.span.file), fact.span.start);
            let known = most.entry(place).or_insert_with(|| found.clone());
            if *used > known.0 {
                *known = found;
            }
        }
    }
    let of_none = most.into_values().filter(|(used, ..)| *used < Use::Relevant);
    of_none.map(|(_, at, finding)| (at, finding)).collect()
}
