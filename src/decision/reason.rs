//! Why: the smallest sets of known facts that force an answer, and the presumptions on which it rests.

use super::Outcome;
use super::answer::Question;
use super::hearing::Hearing;
use crate::circuit::{Budget, Circuit, Cone, Joined, Mask, Masks};
use crate::compiled::Compiled;
use crate::diagram::{NO, Op, YES, several_within};
use crate::evidence::Status;
use crate::id::{GateId, NodeId, RuleId, VarId};
use crate::policy::Body;
use crate::value::Truth;
use std::collections::{BTreeMap, BTreeSet};

/// The work that may go into testing whether a set forces an answer.
const EFFORT: u64 = 1_000_000;

/// How many sets are tested for one rule before the search settles for what it has.
const TESTS: u32 = 400;

/// How many nodes a diagram may have for reasons to be read off it.
const NODES: usize = 20_000;

/// How many choices and ways through a diagram may go into reading them off.
const CHOICES: u32 = 2_000;

/// The most reasons given for one rule, and for one answer.
pub(super) const MOST: usize = 5;
pub(super) const MOST_IN_ALL: usize = 25;

/// The smallest sets of known facts that force the answer, the shortest first, facts by presumption counting as given.
///
/// For an ineligible answer, those that force one failed rule each; where no rule fails by itself, those that force
/// the answer as a whole.
pub(super) fn reasons(hearing: &Hearing<'_>, question: &Question, work: &Budget) -> Vec<Vec<VarId>> {
    let circuit = &hearing.compiled.circuit;
    let mut all: Vec<Vec<VarId>> = match (question.outcome, question.settled_by) {
        (Outcome::Undetermined, _) => return Vec::new(),
        (Outcome::Eligible, Some(gate)) => Forcing::new(hearing, gate, Truth::Yes, work).smallest(circuit),
        (Outcome::Eligible, None) => eligible(hearing, question, work),
        (Outcome::Ineligible, settled_by) => {
            let failed = failed(hearing, question, work);
            let mut of: Vec<(Option<RuleId>, GateId)> =
                failed.into_iter().map(|(rule, gate)| (Some(rule), gate)).collect();
            if of.is_empty() {
                of.push((None, settled_by.unwrap_or(question.root)));
            }
            let mut ranked: Vec<(Gravity, Vec<VarId>)> = Vec::new();
            for (place, (rule, gate)) in of.iter().copied().enumerate() {
                let work = work.share((of.len() - place) as u64);
                let smallest = Forcing::new(hearing, gate, Truth::No, &work).smallest(circuit);
                ranked.extend(smallest.into_iter().map(|one| (gravity(&hearing.compiled, rule, &one), one)));
            }
            ranked.sort();
            ranked.into_iter().map(|(_, reason)| reason).collect()
        }
    };
    let mut seen = BTreeSet::new();
    all.retain(|reason| !reason.is_empty() && seen.insert(reason.clone()));
    // A stable sort: of reasons as short, those of graver rules stay first.
    all.sort_by_key(Vec::len);
    all.truncate(MOST_IN_ALL);
    all
}

/// Of an ineligible answer that no rule fails by itself, rules that cannot be met together, of which none can be left out;
/// none where that would take too large a diagram.
pub(super) fn together(hearing: &Hearing<'_>, question: &Question, work: &Budget) -> Vec<RuleId> {
    if question.outcome != Outcome::Ineligible || !failed(hearing, question, work).is_empty() {
        return Vec::new();
    }
    let lists = question.fitted.iter().map(|fitted| fitted.fit);
    let gates: Vec<GateId> = lists.chain(question.rules.iter().map(|(_, gate)| *gate)).collect();
    let compiled = &hearing.compiled;
    let (mut diagram, nodes) = several_within(&compiled.circuit, &gates, &hearing.known.masks, NODES, work);
    let lists = nodes.len() - question.rules.len();
    let mut excluding = || {
        let nodes: Vec<NodeId> = nodes.iter().copied().collect::<Option<_>>()?;
        let (lists, met) = nodes.split_at_checked(lists)?;
        let rules = question.rules.iter().map(|(rule, _)| *rule).zip(met.iter().copied());
        diagram.excluding(lists, &rules.collect::<Vec<_>>())
    };
    excluding().unwrap_or_else(|| {
        work.cut();
        Vec::new()
    })
}

/// What puts a reason before others as short, least first: see [`gravity`].
pub(super) type Gravity = (bool, usize, bool);

/// How grave a reason is, the gravest least: what fails a bar that nobody can waive comes first, then what is about the
/// subject and those around it before what is about things there is only one of, then bars before requirements.
pub(super) fn gravity(compiled: &Compiled<'_>, rule: Option<RuleId>, reason: &[VarId]) -> Gravity {
    let body = rule.map(|rule| &compiled.policy.rules[rule].body);
    let is_circumstance = |var: &&VarId| {
        let who = compiled.variables[**var].who();
        who != compiled.subject && compiled.policy.vocabulary.kinds[compiled.kind(who)].only_one
    };
    (
        !matches!(body, Some(Body::Bar { absolute: true, .. })),
        reason.iter().filter(is_circumstance).count(),
        !matches!(body, Some(Body::Bar { .. })),
    )
}

/// The presumptions without which the facts would not force the answer.
pub(super) fn presumptions(hearing: &Hearing<'_>, question: &Question, work: &Budget) -> Vec<VarId> {
    let resting = |gate, answer| resting(hearing, gate, answer, work);
    let rest = match (question.outcome, question.settled_by) {
        (Outcome::Undetermined, _) => BTreeSet::new(),
        (Outcome::Eligible, Some(gate)) => resting(gate, Truth::Yes),
        (Outcome::Eligible, None) => question
            .rules
            .iter()
            .flat_map(|(_, gate)| resting(*gate, Truth::Yes))
            .collect::<BTreeSet<VarId>>(),
        (Outcome::Ineligible, settled_by) => resting(settled_by.unwrap_or(question.root), Truth::No),
    };
    rest.into_iter().collect()
}

/// The rules that fail by themselves.
fn failed(hearing: &Hearing<'_>, question: &Question, work: &Budget) -> Vec<(RuleId, GateId)> {
    let fails = |gate: GateId| hearing.exact(gate, &work.share(4)).0 == Truth::No;
    question.rules.iter().copied().filter(|(_, gate)| fails(*gate)).collect()
}

/// Eligible is every rule met, so what each rule cannot do without, the whole cannot do without. Only the rules that this
/// does not force yet have to be searched, those together that known facts tie together.
fn eligible(hearing: &Hearing<'_>, question: &Question, work: &Budget) -> Vec<Vec<VarId>> {
    let forcing: Vec<Forcing<'_>> =
        question.rules.iter().map(|(_, gate)| Forcing::new(hearing, *gate, Truth::Yes, work)).collect();
    let core: BTreeSet<VarId> = forcing.iter().flat_map(Forcing::core).collect();
    let unforced: Vec<(&Forcing<'_>, BTreeSet<VarId>)> = forcing
        .iter()
        .filter(|forcing| !forcing.by(&core))
        .map(|forcing| (forcing, forcing.known.iter().filter(|var| !core.contains(var)).copied().collect()))
        .collect();
    let mut reasons: Vec<BTreeSet<VarId>> = vec![core.clone()];
    for (rules, candidates) in tied(unforced) {
        let found = at_once(&hearing.compiled.circuit, &rules, &core, candidates.into_iter().collect());
        // Where there are very many groups, one of the smallest sets of each has to do.
        let members: usize = reasons.iter().map(BTreeSet::len).sum();
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
        reasons.sort_by_key(BTreeSet::len);
        reasons.truncate(MOST);
    }
    reasons.into_iter().map(|reason| reason.into_iter().collect()).collect()
}

/// Rules in groups that share no variable, each group with its variables; in the order of their last rules.
pub(super) fn tied<T>(rules: Vec<(T, BTreeSet<VarId>)>) -> Vec<(Vec<T>, BTreeSet<VarId>)> {
    let mut joined = Joined::new(rules.len());
    let mut first_with: BTreeMap<VarId, usize> = BTreeMap::new();
    for (at, (_, vars)) in rules.iter().enumerate() {
        for var in vars {
            joined.join(at, *first_with.entry(*var).or_insert(at));
        }
    }
    let mut groups: BTreeMap<usize, (usize, Vec<T>, BTreeSet<VarId>)> = BTreeMap::new();
    for (at, (rule, vars)) in rules.into_iter().enumerate() {
        let (last, together, all) = groups.entry(joined.head(at)).or_default();
        *last = at;
        together.push(rule);
        all.extend(vars);
    }
    let mut groups: Vec<_> = groups.into_values().collect();
    groups.sort_by_key(|(last, ..)| *last);
    groups.into_iter().map(|(_, rules, vars)| (rules, vars)).collect()
}

/// The smallest sets of `core` with some of `candidates` that force several gates at once: read off a diagram where
/// there is one, else searched for.
fn at_once(
    circuit: &Circuit,
    rules: &[&Forcing<'_>],
    core: &BTreeSet<VarId>,
    candidates: Vec<VarId>,
) -> Vec<Vec<VarId>> {
    let read = read_off(circuit, rules, core, &candidates);
    read.unwrap_or_else(|| {
        let (sets, all) = search(core, &candidates, |set| rules.iter().all(|forcing| forcing.by(set)));
        if let Some(rule) = rules.first().filter(|_| !all) {
            rule.work.cut();
        }
        sets
    })
}

/// The smallest such sets where a diagram tells them; none where it would be too large, or they are too many to tell.
fn read_off(
    circuit: &Circuit,
    rules: &[&Forcing<'_>],
    core: &BTreeSet<VarId>,
    candidates: &[VarId],
) -> Option<Vec<Vec<VarId>>> {
    let first = rules.first()?;
    // What is presumed, and what no set can do without, is as it is known.
    let mut given = circuit.anything();
    for var in rules.iter().flat_map(|rule| &rule.presumed).chain(core) {
        if let Some(mask) = given.find_mut(*var) {
            *mask = first.masks[*var];
        }
    }
    let gates: Vec<GateId> = rules.iter().map(|rule| rule.gate).collect();
    let (mut diagram, nodes) = several_within(circuit, &gates, &given, NODES, &first.work.share(2));
    let (op, mut root) = match first.answer {
        Truth::No => (Op::Or, NO),
        _ => (Op::And, YES),
    };
    for node in nodes {
        root = diagram.apply(op, root, node?)?;
    }
    let answer = first.answer == Truth::Yes;
    let found = diagram.sufficient(root, answer, first.masks, candidates, MOST, CHOICES)?;
    let with_core = |set: &Vec<VarId>| -> Vec<VarId> {
        let all: BTreeSet<VarId> = set.iter().chain(core).copied().collect();
        all.into_iter().collect()
    };
    let mut sets: Vec<Vec<VarId>> = found.sets.iter().map(with_core).collect();
    sets.sort_by(|one, other| (one.len(), one).cmp(&(other.len(), other)));
    found.smallest.then_some(sets)
}

/// A gate and the answer that facts may force.
struct Forcing<'g> {
    gate: GateId,
    cone: &'g Cone,
    answer: Truth,
    /// What is known.
    masks: &'g Masks,
    /// What is presumed, everything else left open, by the places in the cone.
    given: Vec<Mask>,
    /// The variables that are presumed.
    presumed: Vec<VarId>,
    /// The variables of which something is known, presumptions aside.
    known: Vec<VarId>,
    /// What all work is charged to.
    work: Budget,
}

impl<'g> Forcing<'g> {
    fn new(hearing: &'g Hearing<'_>, gate: GateId, answer: Truth, work: &Budget) -> Forcing<'g> {
        let cone = hearing.compiled.cone(gate);
        let circuit = &hearing.compiled.circuit;
        let mut given: Vec<Mask> = cone.vars().iter().map(|var| circuit.full(*var)).collect();
        let (mut presumed, mut known) = (Vec::new(), Vec::new());
        for (var, given) in cone.vars().iter().zip(&mut given) {
            let mask = hearing.known.masks[*var];
            if hearing.known.status[*var] == Status::Presumed {
                presumed.push(*var);
                *given = mask;
            } else if mask != *given {
                known.push(*var);
            }
        }
        known.sort_unstable();
        Forcing {
            gate,
            cone,
            answer,
            masks: &hearing.known.masks,
            given,
            presumed,
            known,
            work: work.clone(),
        }
    }

    /// Whether some of what is known forces the answer.
    fn by(&self, set: &BTreeSet<VarId>) -> bool {
        let place = |(var, given): (&VarId, &Mask)| if set.contains(var) { self.masks[*var] } else { *given };
        self.work.spend(10 * self.given.len() as u64);
        self.forced(self.cone.vars().iter().zip(&self.given).map(place).collect())
    }

    /// Whether what is possible, by the places in the cone, forces the answer.
    fn forced(&self, masks: Vec<Mask>) -> bool {
        if !self.work.spend(self.given.len() as u64) {
            self.work.cut();
            return false;
        }
        self.cone.exact_at(masks, &self.work.part(EFFORT)).0 == self.answer
    }

    /// What no set can do without.
    fn core(&self) -> BTreeSet<VarId> {
        let known: BTreeSet<VarId> = self.known.iter().copied().collect();
        let mask =
            |(var, given): (&VarId, &Mask)| if known.contains(var) { self.masks[*var] } else { *given };
        let all: Vec<Mask> = self.cone.vars().iter().zip(&self.given).map(mask).collect();
        let needed = |(place, var): (usize, &VarId)| {
            if !known.contains(var) {
                return None;
            }
            let mut others = all.clone();
            *others.get_mut(place)? = *self.given.get(place)?;
            (!self.forced(others)).then_some(*var)
        };
        self.cone.vars().iter().enumerate().filter_map(needed).collect()
    }

    fn smallest(&self, circuit: &Circuit) -> Vec<Vec<VarId>> {
        let core = self.core();
        if self.by(&core) {
            return vec![core.into_iter().collect()];
        }
        let rest = self.known.iter().filter(|var| !core.contains(var)).copied().collect();
        at_once(circuit, &[self], &core, rest)
    }
}

/// The smallest sets of `core` with some of `rest` that force an answer, and whether these are all: see [`smallest`].
fn search(
    core: &BTreeSet<VarId>,
    rest: &[VarId],
    forced: impl Fn(&BTreeSet<VarId>) -> bool,
) -> (Vec<Vec<VarId>>, bool) {
    if forced(core) {
        return (vec![core.iter().copied().collect()], true);
    }
    let with = |places: &[usize]| -> BTreeSet<VarId> {
        core.iter().chain(places.iter().filter_map(|at| rest.get(*at))).copied().collect()
    };
    let (found, all) = smallest(rest.len(), |places| forced(&with(places)));
    (found.iter().map(|places| with(places).into_iter().collect()).collect(), all)
}

/// The smallest of the sets of so many things that force an answer, of which the empty one does not: by increasing size
/// while the tests last, else one from which nothing can be left out. The things are told by their places, ascending.
/// With them, whether these are all, or as many as are given.
pub(super) fn smallest(count: usize, mut forced: impl FnMut(&[usize]) -> bool) -> (Vec<Vec<usize>>, bool) {
    let mut found: Vec<Vec<usize>> = Vec::new();
    let mut tests = TESTS;
    let mut all = true;
    'sizes: for size in 1..=count {
        let mut places: Vec<usize> = (0..size).collect();
        loop {
            let holds = |smaller: &Vec<usize>| smaller.iter().all(|place| places.contains(place));
            if !found.iter().any(holds) {
                if tests == 0 {
                    all = false;
                    break 'sizes;
                }
                tests -= 1;
                if forced(&places) {
                    found.push(places.clone());
                    if found.len() >= MOST {
                        break 'sizes;
                    }
                }
            }
            if !advance(&mut places, count) {
                break;
            }
        }
    }
    if found.is_empty() {
        let mut set: Vec<usize> = (0..count).collect();
        let mut at = 0;
        for place in 0..count {
            set.remove(at);
            if !forced(&set) {
                set.insert(at, place);
                at += 1;
            }
        }
        found.push(set);
    }
    (found, all)
}

/// The next choice of places among `count`, in order; false after the last.
fn advance(places: &mut [usize], count: usize) -> bool {
    let size = places.len();
    for at in (0..size).rev() {
        let highest = count - (size - at);
        if let Some(place) = places.get_mut(at)
            && *place < highest
        {
            *place += 1;
            let start = *place;
            for (step, later) in places.iter_mut().skip(at).enumerate() {
                *later = start + step;
            }
            return true;
        }
    }
    false
}

/// The presumptions without which a gate would not be forced.
fn resting(hearing: &Hearing<'_>, gate: GateId, answer: Truth, work: &Budget) -> BTreeSet<VarId> {
    let cone = hearing.compiled.cone(gate);
    let is_presumed = |var: &VarId| hearing.known.status[*var] == Status::Presumed;
    let presumed: BTreeSet<VarId> = cone.vars().iter().copied().filter(is_presumed).collect();
    if presumed.is_empty() {
        return presumed;
    }
    let without = |kept: &BTreeSet<VarId>| {
        let mut masks = hearing.known.masks.clone();
        for var in presumed.difference(kept) {
            if let Some(mask) = masks.find_mut(*var) {
                *mask = hearing.compiled.circuit.full(*var);
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

#[cfg(test)]
mod tests {
    use super::{BTreeSet, Budget, Cone, Forcing, GateId, Truth, VarId, at_once, read_off, search};
    use crate::circuit::tests::recipes;
    use proptest::prelude::*;

    /// Whether a set holds any of the sets that force.
    fn forces(forcing: &[BTreeSet<VarId>], set: &BTreeSet<VarId>) -> bool {
        forcing.iter().any(|one| one.is_subset(set))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(600))]

        #[test]
        fn the_smallest_reasons_are_what_trying_everything_finds(
            recipe in recipes(5, 12), known in any::<u8>(), presumed in any::<u8>(), rules in 1_usize..3
        ) {
            let (circuit, root, masks) = recipe.cook();
            let gates = (0..rules).filter_map(|back| root.0.checked_sub(u32::try_from(back).ok()?));
            let gates: Vec<(GateId, Cone)> = gates.map(GateId).map(|gate| (gate, Cone::of(&circuit, gate))).collect();
            // Of some variables one cell is known, of the others what the recipe leaves open.
            let masks = masks.iter().map(|(var, mask)| match known & (1 << var.0) {
                0 => *mask,
                _ => *mask & mask.wrapping_neg(),
            });
            let masks = masks.collect();
            let answers: Vec<Truth> = gates.iter().map(|(_, cone)| cone.exact(&masks, &Budget::new(10_000_000)).0).collect();
            let all = |wanted: Truth| answers.iter().all(|answer| *answer == wanted);
            let answer = if all(Truth::Yes) { Truth::Yes } else { Truth::No };
            prop_assume!(all(answer) && (answer == Truth::Yes || rules == 1));
            let mut given = circuit.anything();
            let (mut taken, mut said) = (Vec::new(), Vec::new());
            for (var, mask) in masks.iter().filter(|(var, mask)| **mask != circuit.full(*var)) {
                if presumed & (1 << var.0) != 0 {
                    taken.push(var);
                    *given.find_mut(var).expect("a variable") = *mask;
                } else {
                    said.push(var);
                }
            }
            let forcing: Vec<Forcing<'_>> = gates
                .iter()
                .map(|(gate, cone)| Forcing {
                    gate: *gate,
                    cone,
                    answer,
                    masks: &masks,
                    given: cone.vars().iter().map(|var| given[*var]).collect(),
                    presumed: taken.clone(),
                    known: said.clone(),
                    work: Budget::new(1_000_000_000),
                })
                .collect();
            let rules: Vec<&Forcing<'_>> = forcing.iter().collect();
            let forced = |set: &BTreeSet<VarId>| rules.iter().all(|rule| rule.by(set));
            let core: BTreeSet<VarId> = rules.iter().flat_map(|rule| rule.core()).collect();
            let rest: Vec<VarId> = said.iter().filter(|var| !core.contains(var)).copied().collect();
            prop_assert!(read_off(&circuit, &rules, &core, &rest).is_some());
            let found = at_once(&circuit, &rules, &core, rest);
            let least = (0_u32..1 << said.len())
                .map(|bits| said.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1).map(|(_, var)| *var).collect())
                .filter(|set: &BTreeSet<VarId>| forced(set))
                .map(|set| set.len())
                .min();
            prop_assert_eq!(found.first().map(Vec::len), least);
            prop_assert!(found.is_sorted_by_key(Vec::len));
            for reason in found {
                let reason: BTreeSet<VarId> = reason.into_iter().collect();
                prop_assert!(forced(&reason));
                for var in &reason {
                    let mut less = reason.clone();
                    less.remove(var);
                    prop_assert!(!forced(&less), "{var:?} can be left out of {reason:?}");
                }
            }
        }

        #[test]
        fn reasons_suffice_and_nothing_can_be_left_out(
            sets in prop::collection::vec(prop::collection::btree_set(0_u32..7, 1..5), 1..4)
        ) {
            let sets: Vec<BTreeSet<VarId>> =
                sets.into_iter().map(|set| set.into_iter().map(VarId).collect()).collect();
            let all: Vec<VarId> = (0..7).map(VarId).collect();
            let (found, _) = search(&BTreeSet::new(), &all, |set| forces(&sets, set));
            let least = sets.iter().map(BTreeSet::len).min();
            prop_assert_eq!(found.first().map(Vec::len), least);
            for reason in found {
                let reason: BTreeSet<VarId> = reason.into_iter().collect();
                prop_assert!(forces(&sets, &reason));
                for var in &reason {
                    let mut less = reason.clone();
                    less.remove(var);
                    prop_assert!(!forces(&sets, &less));
                }
            }
        }
    }
}
