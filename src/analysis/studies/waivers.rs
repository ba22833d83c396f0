//! Waivers that lift nothing, and waivers that leave verdicts open as long as it is unknown whether they were given.

use super::example::Expect;
use super::form::{Answer, Form};
use super::verdicts::nodes;
use super::{World, problem};
use crate::compiled::VariableKind;
use crate::diagram::{NO, YES};
use crate::id::{AssistanceId, FactId, NodeId, RuleId, VarId, WaiverId};
use crate::policy::FactType;
use crate::sorted::SortedSet;

pub(super) fn study(world: &mut World<'_>) {
    for (id, waiver) in world.policy.waivers.iter() {
        let question = format!("whether the waiver `{}` ever matters", waiver.header.id);
        let mut matters = false;
        let mut lifts = None;
        for at in 0..world.forms.len() {
            let Some(form) = world.forms.get_mut(at) else { continue };
            let effect = effect(form, id);
            match world.answer(effect, question.clone()) {
                Some(Effect { matters: true, .. }) | None => matters = true,
                Some(effect) => {
                    lifts = lifts.or(effect.lifts.map(|(rule, assistance)| (at, rule, assistance)))
                }
            }
        }
        if !matters {
            let example =
                lifts.and_then(|(at, rule, assistance)| not_lifted(world, id, at, rule, assistance));
            let finding = problem::idle_waiver(world, id).example(example);
            world.findings.push(finding);
        }
    }
    unanswered(world);
}

/// The effect of a waiver in a form.
struct Effect {
    matters: bool,
    /// A rule that it lifts, and a type that both are for.
    lifts: Option<(RuleId, AssistanceId)>,
}

fn effect(form: &mut Form, waiver: WaiverId) -> Answer<Effect> {
    let mut effect = Effect { matters: false, lifts: None };
    let rules: Vec<RuleId> = form.compiled.policy.waivers[waiver].lifts.clone();
    for rule in rules {
        let Some(met) = form.met(rule)? else { continue };
        for assistance in form.types_of(rule) {
            let lifting = form.compiled.lifting(rule, assistance);
            let Some((_, gate)) = lifting.iter().find(|(id, _)| *id == waiver) else { continue };
            effect.lifts = effect.lifts.or(Some((rule, assistance)));
            let lifted = form.node(*gate)?;
            let mut without = vec![met];
            for (_, gate) in lifting.iter().filter(|(id, _)| *id != waiver) {
                without.push(form.node(*gate)?);
            }
            let without = form.any(&without)?;
            effect.matters |= !form.imply(lifted, YES, without)?;
        }
    }
    Ok(effect)
}

/// A case that fails a rule although a waiver names it, or, if there is none, one in which the waiver is not needed.
fn not_lifted(
    world: &mut World<'_>,
    waiver: WaiverId,
    at: usize,
    rule: RuleId,
    assistance: AssistanceId,
) -> Option<String> {
    let form = world.forms.get_mut(at)?;
    let rules = form.rules(assistance).ok()?;
    let (_, met) = rules.iter().copied().find(|(other, _)| *other == rule)?;
    let fails = form.not(met).ok()?;
    if let Ok(Some(cells)) = form.case(&[fails]) {
        let title = format!(
            "{} fails, and {} does not lift it",
            world.policy.rules[rule].header.id, world.policy.waivers[waiver].header.id
        );
        return world.example(at, &cells, &title, &[Expect::Ineligible(assistance, vec![rule])]);
    }
    let cells = form.case(&nodes(&rules)).ok()??;
    let title = format!("{} is not needed", world.policy.waivers[waiver].header.id);
    world.example(at, &cells, &title, &[Expect::Eligible(assistance)])
}

/// Finds facts without a presumption that alone decide whether a waiver lifts a rule: no subject fails the rule as long as
/// it is unknown whether the waiver was given.
fn unanswered(world: &mut World<'_>) {
    let mut reported: SortedSet<FactId> = SortedSet::new();
    for (id, waiver) in world.policy.waivers.iter() {
        let question = format!("whether the waiver `{}` leaves verdicts open", waiver.header.id);
        for at in 0..world.forms.len() {
            let Some(form) = world.forms.get_mut(at) else { continue };
            let open = left_open(form, id);
            for (fact, var, rule, assistance) in world.answer(open, question.clone()).unwrap_or_default() {
                let declared = &world.policy.vocabulary.facts[fact];
                let is_answered = declared.presumed.is_some() || declared.r#type != FactType::YesNo;
                if is_answered || !reported.insert(fact) {
                    continue;
                }
                let example = undetermined(world, at, rule, assistance, var);
                let finding = problem::unanswered(world, id, rule, fact).example(example);
                world.findings.push(finding);
            }
        }
    }
}

type Open = (FactId, VarId, RuleId, AssistanceId);

fn left_open(form: &mut Form, waiver: WaiverId) -> Answer<Vec<Open>> {
    let mut open = Vec::new();
    let Some(gate) = form.compiled.waivers.get(&waiver).copied() else { return Ok(open) };
    let lifted = form.node(gate)?;
    for rule in form.compiled.policy.waivers[waiver].lifts.clone() {
        let Some(met) = form.met(rule)?.filter(|met| *met != YES) else { continue };
        let own = form.support(met);
        for assistance in form.types_of(rule) {
            if !form.compiled.lifting(rule, assistance).iter().any(|(id, _)| *id == waiver) {
                continue;
            }
            let Some((_, node)) = form.rules(assistance)?.into_iter().find(|(other, _)| *other == rule)
            else {
                continue;
            };
            for var in form.support(lifted).difference(&own) {
                let Some(VariableKind::Fact { fact, .. }) =
                    form.compiled.variables.find(*var).map(|of| of.kind)
                else {
                    continue;
                };
                if form.rests_on(node, *var)? {
                    open.push((fact, *var, rule, assistance));
                }
            }
        }
    }
    Ok(open)
}

/// A case that would fail a rule if a fact were known that is unknown.
fn undetermined(
    world: &mut World<'_>,
    at: usize,
    rule: RuleId,
    assistance: AssistanceId,
    var: VarId,
) -> Option<String> {
    let form = world.forms.get_mut(at)?;
    let fact = form.compiled.fact_words(var);
    let met = form.met(rule).ok()??;
    let fails = form.not(met).ok()?;
    let others = form.rules(assistance).ok()?.into_iter().filter(|(other, _)| *other != rule);
    let all: Vec<NodeId> = others.map(|(_, node)| node).chain([fails]).filter(|node| *node != NO).collect();
    let mut cells = match form.case(&all) {
        Ok(Some(cells)) => cells,
        _ => form.case(&[fails]).ok()??,
    };
    cells.remove(&var);
    let title = format!("It is unknown whether {fact}");
    world.example_without(at, &cells, &[var], &title, &[Expect::Undetermined(assistance, fact)])
}
