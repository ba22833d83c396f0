//! Why: the smallest sets of known facts that force an answer, and the presumptions on which it rests.

use super::Outcome;
use super::hearing::Hearing;
use super::verdict::Question;
use crate::circuit::{Cone, Masks};
use crate::evidence::Status;
use crate::id::{GateId, RuleId, VarId};
use crate::policy::Body;
use crate::value::Truth;
use std::collections::BTreeSet;

/// How many evaluations may go into testing whether a set forces an answer.
const EFFORT: u32 = 2_000;

/// How many sets are tested for one rule before the search settles for what it has.
const TESTS: u32 = 400;

/// The most reasons given for one rule, and for one answer.
const MOST: usize = 5;
const MOST_IN_ALL: usize = 25;

/// The smallest sets of known facts that force the answer, the shortest first, facts by presumption counting as given.
///
/// For an ineligible answer, those that force one failed rule each; where no rule fails by itself, those that force
/// the answer as a whole.
pub(super) fn reasons(hearing: &Hearing<'_>, question: &Question) -> Vec<Vec<VarId>> {
    let mut all: Vec<Vec<VarId>> = match question.outcome {
        Outcome::Undetermined => return Vec::new(),
        Outcome::Eligible => eligible(hearing, question),
        Outcome::Ineligible => {
            let failed = failed(hearing, question);
            let mut of: Vec<(Option<RuleId>, GateId)> =
                failed.into_iter().map(|(rule, gate)| (Some(rule), gate)).collect();
            if of.is_empty() {
                of.push((None, question.root));
            }
            let mut ranked: Vec<(Gravity, Vec<VarId>)> = Vec::new();
            for (rule, gate) in of {
                let smallest = Forcing::new(hearing, gate, Truth::No).smallest();
                ranked.extend(smallest.into_iter().map(|one| (gravity(hearing, rule, &one), one)));
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

/// What puts a reason before others as short, least first: see [`gravity`].
type Gravity = (bool, usize, bool);

/// How grave a reason is, the gravest least: what fails a bar that nobody can waive comes first, then what is about the
/// subject and those around it before what is about things there is only one of, then bars before requirements.
fn gravity(hearing: &Hearing<'_>, rule: Option<RuleId>, reason: &[VarId]) -> Gravity {
    let body = rule.map(|rule| &hearing.compiled.policy.rules[rule].body);
    let is_circumstance = |var: &&VarId| {
        let who = hearing.compiled.variables[**var].who();
        who != hearing.compiled.subject
            && hearing.compiled.policy.vocabulary.kinds[hearing.compiled.kind(who)].only_one
    };
    (
        !matches!(body, Some(Body::Bar { absolute: true, .. })),
        reason.iter().filter(is_circumstance).count(),
        !matches!(body, Some(Body::Bar { .. })),
    )
}

/// The presumptions without which the facts would not force the answer.
pub(super) fn presumptions(hearing: &Hearing<'_>, question: &Question) -> Vec<VarId> {
    let rest = match question.outcome {
        Outcome::Undetermined => BTreeSet::new(),
        Outcome::Eligible => question
            .rules
            .iter()
            .flat_map(|(_, gate)| resting(hearing, *gate, Truth::Yes))
            .collect::<BTreeSet<VarId>>(),
        Outcome::Ineligible => resting(hearing, question.root, Truth::No),
    };
    rest.into_iter().collect()
}

/// The rules that fail by themselves.
fn failed(hearing: &Hearing<'_>, question: &Question) -> Vec<(RuleId, GateId)> {
    let fails = |gate: GateId| hearing.exact(gate, EFFORT).0 == Truth::No;
    question.rules.iter().copied().filter(|(_, gate)| fails(*gate)).collect()
}

/// Eligible is every rule met, so what each rule cannot do without, the whole cannot do without. Only the rules that this
/// does not force yet have to be searched, those together that known facts tie together.
fn eligible(hearing: &Hearing<'_>, question: &Question) -> Vec<Vec<VarId>> {
    let forcing: Vec<Forcing<'_>> =
        question.rules.iter().map(|(_, gate)| Forcing::new(hearing, *gate, Truth::Yes)).collect();
    let core: BTreeSet<VarId> = forcing.iter().flat_map(Forcing::core).collect();
    let unforced: Vec<(&Forcing<'_>, BTreeSet<VarId>)> = forcing
        .iter()
        .filter(|forcing| !forcing.by(&core))
        .map(|forcing| (forcing, forcing.known.iter().filter(|var| !core.contains(var)).copied().collect()))
        .collect();
    let mut reasons: Vec<BTreeSet<VarId>> = vec![core.clone()];
    for (rules, candidates) in tied(unforced) {
        let forced = |set: &BTreeSet<VarId>| rules.iter().all(|forcing| forcing.by(set));
        let found = search(&core, &candidates.into_iter().collect::<Vec<VarId>>(), forced);
        reasons = reasons
            .iter()
            .flat_map(|one| found.iter().map(move |other| one.iter().chain(other).copied().collect()))
            .collect();
        reasons.sort_by_key(BTreeSet::len);
        reasons.truncate(MOST);
    }
    reasons.into_iter().map(|reason| reason.into_iter().collect()).collect()
}

/// Rules in groups that share no variable, each group with its variables.
fn tied<T>(rules: Vec<(T, BTreeSet<VarId>)>) -> Vec<(Vec<T>, BTreeSet<VarId>)> {
    let mut groups: Vec<(Vec<T>, BTreeSet<VarId>)> = Vec::new();
    for (rule, vars) in rules {
        let (mut joined, apart): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|(_, others)| !others.is_disjoint(&vars));
        groups = apart;
        let (mut together, mut all) = (vec![rule], vars);
        for (rules, vars) in joined.drain(..) {
            together.extend(rules);
            all.extend(vars);
        }
        groups.push((together, all));
    }
    groups
}

/// A gate and the answer that facts may force.
struct Forcing<'g> {
    cone: &'g Cone,
    answer: Truth,
    /// What is known.
    masks: &'g Masks,
    /// What is presumed, everything else left open.
    given: Masks,
    /// The variables of which something is known, presumptions aside.
    known: Vec<VarId>,
}

impl<'g> Forcing<'g> {
    fn new(hearing: &'g Hearing<'_>, gate: GateId, answer: Truth) -> Forcing<'g> {
        let cone = hearing.compiled.cone(gate);
        let mut given = hearing.compiled.circuit.anything();
        let mut known = Vec::new();
        let mut vars = cone.vars().to_vec();
        vars.sort_unstable();
        for var in vars {
            if hearing.known.status[var] == Status::Presumed {
                if let Some(mask) = given.find_mut(var) {
                    *mask = hearing.known.masks[var];
                }
            } else if hearing.known.masks[var] != given[var] {
                known.push(var);
            }
        }
        Forcing { cone, answer, masks: &hearing.known.masks, given, known }
    }

    /// Whether some of what is known forces the answer.
    fn by(&self, set: &BTreeSet<VarId>) -> bool {
        let mut masks = self.given.clone();
        for var in set {
            if let Some(mask) = masks.find_mut(*var) {
                *mask = self.masks[*var];
            }
        }
        self.cone.exact(&masks, EFFORT).0 == self.answer
    }

    /// What no set can do without.
    fn core(&self) -> BTreeSet<VarId> {
        let all: BTreeSet<VarId> = self.known.iter().copied().collect();
        let needed = |var: &&VarId| {
            let mut others = all.clone();
            others.remove(var);
            !self.by(&others)
        };
        self.known.iter().filter(needed).copied().collect()
    }

    fn smallest(&self) -> Vec<Vec<VarId>> {
        let core = self.core();
        let rest: Vec<VarId> = self.known.iter().filter(|var| !core.contains(var)).copied().collect();
        search(&core, &rest, |set| self.by(set))
    }
}

/// The smallest sets of `core` with some of `rest` that force an answer: by increasing size while the tests last, else
/// one from which nothing can be left out.
fn search(
    core: &BTreeSet<VarId>,
    rest: &[VarId],
    forced: impl Fn(&BTreeSet<VarId>) -> bool,
) -> Vec<Vec<VarId>> {
    if forced(core) {
        return vec![core.iter().copied().collect()];
    }
    let mut found: Vec<BTreeSet<VarId>> = Vec::new();
    let mut tests = TESTS;
    'sizes: for size in 1..=rest.len() {
        let mut places: Vec<usize> = (0..size).collect();
        loop {
            let mut set = core.clone();
            set.extend(places.iter().filter_map(|at| rest.get(*at)));
            if !found.iter().any(|smaller| smaller.is_subset(&set)) {
                if tests == 0 {
                    break 'sizes;
                }
                tests -= 1;
                if forced(&set) {
                    found.push(set);
                    if found.len() >= MOST {
                        break 'sizes;
                    }
                }
            }
            if !advance(&mut places, rest.len()) {
                break;
            }
        }
    }
    if found.is_empty() {
        let mut set: BTreeSet<VarId> = core.iter().chain(rest).copied().collect();
        for var in rest {
            set.remove(var);
            if !forced(&set) {
                set.insert(*var);
            }
        }
        found.push(set);
    }
    found.into_iter().map(|set| set.into_iter().collect()).collect()
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
fn resting(hearing: &Hearing<'_>, gate: GateId, answer: Truth) -> BTreeSet<VarId> {
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
        cone.exact(&masks, EFFORT).0 == answer
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
    use super::{BTreeSet, VarId, search};
    use proptest::prelude::*;

    /// Whether a set holds any of the sets that force.
    fn forces(forcing: &[BTreeSet<VarId>], set: &BTreeSet<VarId>) -> bool {
        forcing.iter().any(|one| one.is_subset(set))
    }

    proptest! {
        #[test]
        fn reasons_suffice_and_nothing_can_be_left_out(
            sets in prop::collection::vec(prop::collection::btree_set(0_u32..7, 1..5), 1..4)
        ) {
            let sets: Vec<BTreeSet<VarId>> =
                sets.into_iter().map(|set| set.into_iter().map(VarId).collect()).collect();
            let all: Vec<VarId> = (0..7).map(VarId).collect();
            let found = search(&BTreeSet::new(), &all, |set| forces(&sets, set));
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
