//! Reasons: minimal sets of known facts that force an outcome, and the presumptions that it rests on.

mod forcing;

use super::Outcome;
use super::answer::Question;
use super::evaluation::Evaluation;
use crate::circuit::{Budget, Cone, Joined, Mask};
use crate::compiled::Compiled;
use crate::diagram::compile_cone;
use crate::evidence::Status;
use crate::id::{GateId, NodeId, RuleId, VarId};
use crate::policy::Body;
use crate::sorted::{SortedMap, SortedSet, sort, sort_by_key};
use crate::value::Truth;
use forcing::{Forcing, Given};

/// The budget for testing whether a set forces an outcome.
const EFFORT: u64 = 1_000_000;

/// The node budget of a diagram that reasons are read off.
const NODES: usize = 20_000;

/// The largest number of reasons for one rule, and for one outcome.
const MOST: usize = 5;
const MOST_IN_ALL: usize = 25;

/// Returns sets of known facts that force the outcome, the shortest first. Each set is minimal, and no set that forces
/// the outcome is shorter than the first.
///
/// Presumptions count as given. If they alone force the outcome, the sets are those that force it with only the
/// presumptions on further members of lists as given. The result is empty if these alone, or nothing at all, force it.
pub(super) fn reasons(evaluation: &Evaluation<'_>, question: Question<'_>, work: &Budget) -> Vec<Vec<VarId>> {
    let mut all = reasons_given(evaluation, question, Given::Presumptions, work);
    if all.iter().any(Vec::is_empty) {
        all = reasons_given(evaluation, question, Given::OfMembers, work);
    }
    if all.iter().any(Vec::is_empty) {
        return Vec::new();
    }
    // The sort is stable: among reasons of equal length, those of graver rules stay first.
    sort_by_key(&mut all, Vec::len);
    // A reason for the failure of one rule can contain a reason for the failure of another.
    let mut kept: Vec<SortedSet<VarId>> = Vec::new();
    all.retain(|reason| {
        let set: SortedSet<VarId> = reason.iter().copied().collect();
        let is_smallest = kept.len() < MOST_IN_ALL && !kept.iter().any(|other| other.is_subset(&set));
        if is_smallest {
            kept.push(set);
        }
        is_smallest
    });
    all
}

/// Returns the reasons in addition to what is given; an empty reason means that nothing more is needed.
fn reasons_given(
    evaluation: &Evaluation<'_>,
    question: Question<'_>,
    given: Given,
    work: &Budget,
) -> Vec<Vec<VarId>> {
    let settled = |gate: GateId, answer: Truth| {
        let forcing = Forcing::of(evaluation, &[gate], answer, given, work);
        if forcing.by_all() { forcing.smallest(MOST) } else { Vec::new() }
    };
    let mut reasons = match (question.answer.outcome, question.settled_by) {
        (Outcome::Undetermined, _) => return Vec::new(),
        (Outcome::Eligible, Some(gate)) => settled(gate, Truth::Yes),
        (Outcome::Ineligible, Some(gate)) => settled(gate, Truth::No),
        (Outcome::Eligible, None) => eligible(evaluation, question, given, work),
        (Outcome::Ineligible, None) => ineligible(evaluation, question, given, work),
    };
    cite_contested_lists(evaluation, question, given, &mut reasons, work);
    reasons
}

/// Adds contested lists to the reasons that do not force the answer without them. What the sources say of such a list is
/// built into its variable, so that the search takes it for given.
fn cite_contested_lists(
    evaluation: &Evaluation<'_>,
    question: Question<'_>,
    given: Given,
    reasons: &mut [Vec<VarId>],
    work: &Budget,
) {
    let joined = evaluation.compiled.joined();
    let vars = evaluation.cone(question.due.root).vars();
    let is_contested = |var: &VarId| evaluation.known.status[*var] == Status::Contested;
    let lists: Vec<VarId> =
        joined.lists().map(|(var, _)| var).filter(|var| is_contested(var) && vars.contains(var)).collect();
    if lists.is_empty() {
        return;
    }
    let plain = evaluation.compiled.cone(question.due.root);
    let answer = if question.answer.outcome == Outcome::Eligible { Truth::Yes } else { Truth::No };
    for reason in reasons {
        let known = joined.parts(&reason.iter().copied().collect());
        let mut masks = evaluation.compiled.circuit.anything();
        for var in plain.vars() {
            if (known.contains(var) || given.includes(evaluation, *var))
                && let (Some(mask), Some(known)) = (masks.find_mut(*var), evaluation.known.masks.find(*var))
            {
                *mask = *known;
            }
        }
        if plain.exact(&masks, &work.part(EFFORT)).0 != answer {
            reason
                .extend(lists.iter().filter(|list| !reason.contains(list)).copied().collect::<Vec<VarId>>());
            sort(reason);
        }
    }
}

/// Returns the reasons for an ineligible outcome: some rule fails, or some rules cannot be met together. A set that
/// forces the outcome forces this of one group of correlated rules, and needs no other facts.
fn ineligible(
    evaluation: &Evaluation<'_>,
    question: Question<'_>,
    given: Given,
    work: &Budget,
) -> Vec<Vec<VarId>> {
    let mut ranked: Vec<(Gravity, Vec<VarId>)> = Vec::new();
    let groups = correlated_groups(evaluation, &question.due.rules, given);
    let count = groups.len();
    for (place, rules) in groups.into_iter().enumerate() {
        let work = &work.share((count - place) as u64);
        let gates: Vec<GateId> = rules.iter().map(|(_, gate)| *gate).collect();
        let whole = Forcing::of(evaluation, &gates, Truth::No, given, work);
        if !whole.by_all() {
            continue;
        }
        let each: Vec<(RuleId, Forcing<'_>)> = match rules.as_slice() {
            [_] => Vec::new(),
            several => several
                .iter()
                .filter(|(_, gate)| evaluation.exact(*gate, &work.part(EFFORT)).0 == Truth::No)
                .map(|(rule, gate)| (*rule, Forcing::of(evaluation, &[*gate], Truth::No, given, work)))
                .collect(),
        };
        for reason in whole.smallest((MOST * each.len().max(1)).min(MOST_IN_ALL)) {
            let set: SortedSet<VarId> = reason.iter().copied().collect();
            // The gravest of the rules that this reason alone makes fail.
            let failed = each.iter().filter(|(_, forcing)| forcing.by(&set)).map(|(rule, _)| *rule);
            let only = rules.first().filter(|_| rules.len() == 1).map(|(rule, _)| *rule);
            let gravest =
                failed.chain(only).map(|rule| gravity(&evaluation.compiled, Some(rule), &reason)).min();
            ranked.push((gravest.unwrap_or_else(|| gravity(&evaluation.compiled, None, &reason)), reason));
        }
    }
    sort(&mut ranked);
    ranked.into_iter().map(|(_, reason)| reason).collect()
}

/// Splits the rules into groups that can be met independently of each other. Rules are in one group if they use a fact
/// with conflicting polarity.
fn correlated_groups(
    evaluation: &Evaluation<'_>,
    rules: &[(RuleId, GateId)],
    given: Given,
) -> Vec<Vec<(RuleId, GateId)>> {
    let mut masks = evaluation.anything();
    for var in evaluation.known.status.ids() {
        if given.includes(evaluation, var)
            && let (Some(mask), Some(known)) = (masks.find_mut(var), evaluation.known.masks.find(var))
        {
            *mask = *known;
        }
    }
    // For each variable, the cells that are best for all rules at once, and the rules that test it.
    let mut best: SortedMap<VarId, (Mask, Vec<usize>)> = SortedMap::new();
    for (place, (_, gate)) in rules.iter().enumerate() {
        for (var, cells) in evaluation.cone(*gate).best(&masks) {
            let (all, users) = best.entry(var).or_insert((Mask::MAX, Vec::new()));
            *all &= cells;
            users.push(place);
        }
    }
    let mut joined = Joined::new(rules.len());
    for (var, (cells, users)) in best {
        let known = evaluation.known.masks.find(var).copied().unwrap_or(Mask::MAX);
        let pulled = cells == 0 || known.count_ones() > 1 && cells & known == 0;
        if let Some((first, others)) = users.split_first().filter(|_| pulled) {
            others.iter().for_each(|other| joined.join(*first, *other));
        }
    }
    joined.groups(rules.iter().copied())
}

/// Returns a minimal set of rules that cannot be met together, if the outcome is ineligible and no rule fails by
/// itself. The set is empty if the diagram would be too large.
pub(super) fn together(evaluation: &Evaluation<'_>, question: Question<'_>, work: &Budget) -> Vec<RuleId> {
    if question.answer.outcome != Outcome::Ineligible || !failed(evaluation, question, work).is_empty() {
        return Vec::new();
    }
    let compiled = &evaluation.compiled;
    // Joined list variables already include the list constraints.
    let lists = question
        .due
        .constrained
        .iter()
        .filter(|_| compiled.joined().is_empty())
        .map(|constrained| constrained.list_constraint);
    let gates: Vec<GateId> = lists.chain(question.due.rules.iter().map(|(_, gate)| *gate)).collect();
    let (cone, places) = Cone::of_several(&compiled.circuit, &gates);
    let cone = compiled.joined().cone(&cone);
    let (mut diagram, nodes) = compile_cone(&cone, &places, &evaluation.known.masks, NODES, work);
    let lists = nodes.len() - question.due.rules.len();
    let mut excluding = || {
        let nodes: Vec<NodeId> = nodes.iter().copied().collect::<Option<_>>()?;
        let (lists, met) = nodes.split_at_checked(lists)?;
        let rules = question.due.rules.iter().map(|(rule, _)| *rule).zip(met.iter().copied());
        diagram.excluding(lists, &rules.collect::<Vec<_>>())
    };
    excluding().unwrap_or_else(|| {
        work.cut();
        Vec::new()
    })
}

/// The rank of a reason among those of equal length; the least comes first. See [`gravity`].
type Gravity = (bool, usize, bool);

/// Returns the gravity of a reason; the gravest is least. A failed bar that cannot be waived comes first. Then facts
/// about the subject and the entities around it come before facts about the only entities of their kinds. Then bars
/// come before requirements.
fn gravity(compiled: &Compiled, rule: Option<RuleId>, reason: &[VarId]) -> Gravity {
    let body = rule.map(|rule| &compiled.policy.rules[rule].body);
    let is_circumstance = |var: &&VarId| {
        let part = compiled.joined().list(**var).and_then(|list| list.vars.first()).unwrap_or(*var);
        let who = compiled.variables[*part].who();
        who != compiled.subject && compiled.policy.vocabulary.kinds[compiled.kind(who)].only_one
    };
    (
        !matches!(body, Some(Body::Bar { absolute: true, .. })),
        reason.iter().filter(is_circumstance).count(),
        !matches!(body, Some(Body::Bar { .. })),
    )
}

/// Returns the presumptions without which the facts would not force the outcome.
pub(super) fn presumptions(evaluation: &Evaluation<'_>, question: Question<'_>, work: &Budget) -> Vec<VarId> {
    let resting = |gate, answer| resting(evaluation, gate, answer, work);
    let rest = match (question.answer.outcome, question.settled_by) {
        (Outcome::Undetermined, _) => SortedSet::new(),
        (Outcome::Eligible, Some(gate)) => resting(gate, Truth::Yes),
        (Outcome::Eligible, None) => question
            .due
            .rules
            .iter()
            .flat_map(|(_, gate)| resting(*gate, Truth::Yes))
            .collect::<SortedSet<VarId>>(),
        (Outcome::Ineligible, settled_by) => resting(settled_by.unwrap_or(question.due.root), Truth::No),
    };
    rest.into_iter().collect()
}

/// Returns the rules that fail by themselves.
fn failed(evaluation: &Evaluation<'_>, question: Question<'_>, work: &Budget) -> Vec<(RuleId, GateId)> {
    let fails = |gate: GateId| evaluation.exact(gate, &work.share(4)).0 == Truth::No;
    question.due.rules.iter().copied().filter(|(_, gate)| fails(*gate)).collect()
}

/// Returns the reasons for an eligible outcome. Every rule must be met, so a fact that one rule needs is needed by the
/// whole. Only the rules that these facts do not force yet are searched, in groups that share known facts.
fn eligible(
    evaluation: &Evaluation<'_>,
    question: Question<'_>,
    given: Given,
    work: &Budget,
) -> Vec<Vec<VarId>> {
    let forcing: Vec<(GateId, Forcing<'_>)> = question
        .due
        .rules
        .iter()
        .map(|(_, gate)| (*gate, Forcing::of(evaluation, &[*gate], Truth::Yes, given, work)))
        .collect();
    if given == Given::OfMembers && !forcing.iter().all(|(_, forcing)| forcing.by_all()) {
        return Vec::new();
    }
    let core: SortedSet<VarId> = forcing.iter().flat_map(|(_, forcing)| forcing.core()).collect();
    let unforced: Vec<(GateId, SortedSet<VarId>)> = forcing
        .iter()
        .filter(|(_, forcing)| !forcing.by(&core))
        .map(|(gate, forcing)| {
            (*gate, forcing.known.iter().filter(|var| !core.contains(var)).copied().collect())
        })
        .collect();
    let mut reasons: Vec<SortedSet<VarId>> = vec![core.clone()];
    for (gates, candidates) in tied(unforced) {
        let candidates: Vec<VarId> = candidates.into_iter().collect();
        let found = Forcing::of(evaluation, &gates, Truth::Yes, given, work).with(&core, &candidates, MOST);
        // If there are very many groups, one smallest set of each group has to suffice.
        let members: usize = reasons.iter().map(SortedSet::len).sum();
        let several = work.spend(50 * (members * found.len()) as u64);
        if !several {
            work.cut();
            reasons.truncate(1);
            reasons.iter_mut().for_each(|one| one.extend(found.iter().take(1).flatten()));
            continue;
        }
        reasons = reasons
            .iter()
            .flat_map(|one| found.iter().map(move |other| one.iter().chain(other).copied().collect()))
            .collect();
        sort_by_key(&mut reasons, SortedSet::len);
        reasons.truncate(MOST);
    }
    reasons.into_iter().map(|reason| reason.into_iter().collect()).collect()
}

/// Groups rules that share variables, and returns each group with its variables, in the order of the last rule of each
/// group.
fn tied<T>(rules: Vec<(T, SortedSet<VarId>)>) -> Vec<(Vec<T>, SortedSet<VarId>)> {
    let joined = Joined::by_shared(rules.iter().map(|(_, vars)| vars));
    let mut groups = joined.groups(rules.into_iter().enumerate());
    sort_by_key(&mut groups, |group| group.last().map(|(at, _)| *at));
    let tied = |group: Vec<(usize, (T, SortedSet<VarId>))>| {
        let (rules, vars): (Vec<T>, Vec<SortedSet<VarId>>) = group.into_iter().map(|(_, rule)| rule).unzip();
        (rules, vars.into_iter().flatten().collect())
    };
    groups.into_iter().map(tied).collect()
}

/// Returns the presumptions without which a gate would not be forced.
fn resting(evaluation: &Evaluation<'_>, gate: GateId, answer: Truth, work: &Budget) -> SortedSet<VarId> {
    let cone = evaluation.cone(gate);
    let is_presumed = |var: &VarId| evaluation.known.status[*var] == Status::Presumed;
    let presumed: SortedSet<VarId> = cone.vars().iter().copied().filter(is_presumed).collect();
    if presumed.is_empty() {
        return presumed;
    }
    let without = |kept: &SortedSet<VarId>| {
        let mut masks = evaluation.known.masks.clone();
        for var in presumed.difference(kept) {
            if let Some(mask) = masks.find_mut(*var) {
                *mask = evaluation.full(*var);
            }
        }
        cone.exact(&masks, &work.part(EFFORT)).0 == answer
    };
    let mut kept = presumed.clone();
    for var in &presumed {
        kept.remove(var);
        if !without(&kept) {
            kept.insert(*var);
        }
    }
    kept
}
