//! Tests of whether known facts force gates to a value, and the smallest sets that do.

use super::super::choice;
use super::super::evaluation::Evaluation;
use super::{EFFORT, MOST, NODES};
use crate::circuit::{Budget, Cone, Mask, Masks};
use crate::diagram::compile_cone;
use crate::evidence::Status;
use crate::id::{GateId, VarId};
use crate::sorted::{SortedSet, sort, sort_by};
use crate::value::Truth;
use std::borrow::Cow;

/// The number of sets that are tested before the search stops with what it has.
const TESTS: u32 = 400;

/// The number of choices and paths in a diagram that are used to read sets off it.
const CHOICES: u32 = 4_000;

/// The presumptions that count as given when sets of known facts are tried.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Given {
    /// All presumptions.
    Presumptions,
    /// The presumptions on further members of lists, which determine how the members are counted.
    OfMembers,
}

impl Given {
    /// Returns whether a variable counts as given with its known cells.
    pub fn includes(self, evaluation: &Evaluation<'_>, var: VarId) -> bool {
        evaluation.known.status[var] == Status::Presumed
            && (self == Given::Presumptions
                || evaluation.compiled.is_unnamed_member(evaluation.variable(var).who()))
    }
}

/// Gates, with the value that their conjunction has by what is known.
pub(super) struct Forcing<'g> {
    cone: Cow<'g, Cone>,
    answer: Truth,
    /// The possible cells by what is known.
    masks: &'g Masks,
    /// The possible cells if only what is given is known, by the places in the cone.
    given: Vec<Mask>,
    /// The variables that are known, other than by presumption.
    pub known: Vec<VarId>,
    /// The budget for all work.
    work: Budget,
}

impl<'g> Forcing<'g> {
    /// Returns the test of whether all of some gates are true (`Yes`), or not all of them are (`No`).
    pub fn of(
        evaluation: &'g Evaluation<'_>,
        gates: &[GateId],
        answer: Truth,
        given: Given,
        work: &Budget,
    ) -> Forcing<'g> {
        let cone = match gates {
            [gate] => Cow::Borrowed(evaluation.cone(*gate)),
            gates => Cow::Owned(evaluation.all(gates)),
        };
        let mut masks: Vec<Mask> = cone.vars().iter().map(|var| evaluation.full(*var)).collect();
        let mut known = Vec::new();
        for (var, slot) in cone.vars().iter().zip(&mut masks) {
            let mask = evaluation.known.masks[*var];
            let status = evaluation.known.status[*var];
            if given.includes(evaluation, *var) {
                *slot = mask;
            } else if mask != *slot && status != Status::Presumed {
                known.push(*var);
            }
        }
        sort(&mut known);
        Forcing { cone, answer, masks: &evaluation.known.masks, given: masks, known, work: work.clone() }
    }

    /// Returns whether a set of known facts forces the value.
    pub fn by(&self, set: &SortedSet<VarId>) -> bool {
        let place = |(var, given): (&VarId, &Mask)| if set.contains(var) { self.masks[*var] } else { *given };
        self.work.spend(10 * self.given.len() as u64);
        self.forced(self.cone.vars().iter().zip(&self.given).map(place).collect())
    }

    /// Returns whether all known facts together force the value.
    pub fn by_all(&self) -> bool {
        self.by(&self.known.iter().copied().collect())
    }

    /// Returns whether masks, given by the places in the cone, force the value.
    fn forced(&self, masks: Vec<Mask>) -> bool {
        if !self.work.spend(self.given.len() as u64) {
            self.work.cut();
            return false;
        }
        self.cone.exact_at(masks, &self.work.part(EFFORT)).0 == self.answer
    }

    /// Returns the facts that every forcing set needs.
    pub fn core(&self) -> SortedSet<VarId> {
        let known: SortedSet<VarId> = self.known.iter().copied().collect();
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

    /// Returns the smallest sets; at most `most`.
    pub fn smallest(&self, most: usize) -> Vec<Vec<VarId>> {
        let core = self.core();
        let rest: Vec<VarId> = self.known.iter().filter(|var| !core.contains(var)).copied().collect();
        self.with(&core, &rest, most)
    }

    /// Returns the smallest sets of `core` together with some of `candidates`; at most `most`. They are read off a
    /// diagram if there is one, and otherwise searched for.
    pub fn with(&self, core: &SortedSet<VarId>, candidates: &[VarId], most: usize) -> Vec<Vec<VarId>> {
        if self.by(core) {
            return vec![core.iter().copied().collect()];
        }
        self.read_off(core, candidates, most).unwrap_or_else(|| {
            let with = |places: &[usize]| -> SortedSet<VarId> {
                core.iter().chain(places.iter().filter_map(|at| candidates.get(*at))).copied().collect()
            };
            let (found, all) = smallest(candidates.len(), |places| self.by(&with(places)));
            if !all {
                self.work.cut();
            }
            found.iter().map(|places| with(places).into_iter().collect()).collect()
        })
    }

    /// Returns the smallest such sets from a diagram, or `None` if the diagram would be too large or there are too many
    /// sets.
    fn read_off(
        &self,
        core: &SortedSet<VarId>,
        candidates: &[VarId],
        most: usize,
    ) -> Option<Vec<Vec<VarId>>> {
        // Presumptions and the facts that every set needs keep their known cells.
        let mut given = self.masks.clone();
        for (var, mask) in self.cone.vars().iter().zip(&self.given) {
            if !core.contains(var)
                && let Some(slot) = given.find_mut(*var)
            {
                *slot = *mask;
            }
        }
        let mut tried = given.clone();
        for var in candidates {
            *tried.find_mut(*var)? = self.masks[*var];
        }
        let last = self.cone.gates().len().checked_sub(1)?;
        let (diagram, nodes) = compile_cone(&self.cone, &[last], &given, NODES, &self.work.share(2));
        let root = nodes.first().copied().flatten()?;
        let answer = self.answer == Truth::Yes;
        let found = diagram.sufficient(root, answer, &tried, candidates, most, CHOICES)?;
        let with_core = |set: &Vec<VarId>| -> Vec<VarId> {
            let all: SortedSet<VarId> = set.iter().chain(core).copied().collect();
            all.into_iter().collect()
        };
        let mut sets: Vec<Vec<VarId>> = found.sets.iter().map(with_core).collect();
        sort_by(&mut sets, |one, other| (one.len(), one).cmp(&(other.len(), other)));
        found.smallest.then_some(sets)
    }
}

/// Returns the smallest sets of `count` items that force a value, and whether these are all sets, or as many as are
/// wanted. The empty set must not force it. Sets are tried by increasing size until the tests run out; if none was
/// found, one minimal set is returned. Items are given by their places, ascending.
fn smallest(count: usize, mut forced: impl FnMut(&[usize]) -> bool) -> (Vec<Vec<usize>>, bool) {
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
            if !choice::next(&mut places, count) {
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

#[cfg(test)]
mod tests {
    use super::{Budget, Cone, Cow, Forcing, GateId, MOST, SortedSet, Truth, VarId, smallest};
    use crate::circuit::tests::recipes;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(600))]

        #[test]
        fn smallest_reasons_match_enumeration(
            recipe in recipes(5, 12), known in any::<u8>(), presumed in any::<u8>(), rules in 1_usize..3
        ) {
            let (circuit, root, masks) = recipe.cook();
            let gates = (0..rules).filter_map(|back| root.0.checked_sub(u32::try_from(back).ok()?));
            let gates: Vec<(GateId, bool)> = gates.map(|gate| (GateId(gate), true)).collect();
            let cone = Cone::at_once(&circuit, &gates);
            // Some variables are known to be in one cell; the others keep what the recipe leaves open.
            let masks = masks.iter().map(|(var, mask)| match known & (1 << var.0) {
                0 => *mask,
                _ => *mask & mask.wrapping_neg(),
            });
            let masks = masks.collect();
            let answer = cone.exact(&masks, &Budget::new(10_000_000)).0;
            prop_assume!(answer != Truth::Open);
            let mut given = circuit.anything();
            let mut facts = Vec::new();
            let there = |var: &VarId| cone.vars().contains(var);
            for (var, mask) in masks.iter().filter(|(var, mask)| **mask != circuit.full(*var) && there(var)) {
                if presumed & (1 << var.0) != 0 {
                    *given.find_mut(var).expect("a variable") = *mask;
                } else {
                    facts.push(var);
                }
            }
            let forcing = Forcing {
                cone: Cow::Borrowed(&cone),
                answer,
                masks: &masks,
                given: cone.masks(&given),
                known: facts.clone(),
                work: Budget::new(1_000_000_000),
            };
            let core = forcing.core();
            let rest: Vec<VarId> = facts.iter().filter(|var| !core.contains(var)).copied().collect();
            prop_assert!(forcing.by(&core) || forcing.read_off(&core, &rest, MOST).is_some());
            let found = forcing.smallest(MOST);
            let least = (0_u32..1 << facts.len())
                .map(|bits| facts.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1).map(|(_, var)| *var).collect())
                .filter(|set: &SortedSet<VarId>| forcing.by(set))
                .map(|set| set.len())
                .min();
            prop_assert_eq!(found.first().map(Vec::len), least);
            prop_assert!(found.is_sorted_by_key(Vec::len));
            for reason in found {
                let reason: SortedSet<VarId> = reason.into_iter().collect();
                prop_assert!(forcing.by(&reason));
                for var in &reason {
                    let mut less = reason.clone();
                    less.remove(var);
                    prop_assert!(!forcing.by(&less), "{var:?} can be left out of {reason:?}");
                }
            }
        }

        #[test]
        fn reasons_suffice_and_are_minimal(
            sets in prop::collection::vec(prop::collection::btree_set(0_usize..7, 1..5), 1..4)
        ) {
            let forced = |set: &[usize]| sets.iter().any(|one| one.iter().all(|place| set.contains(place)));
            let (found, _) = smallest(7, forced);
            prop_assert_eq!(found.first().map(Vec::len), sets.iter().map(std::collections::BTreeSet::len).min());
            for reason in found {
                prop_assert!(forced(&reason));
                for place in &reason {
                    let less: Vec<usize> = reason.iter().copied().filter(|other| other != place).collect();
                    prop_assert!(!forced(&less));
                }
            }
        }
    }
}
