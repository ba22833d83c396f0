//! A policy that is prepared to decide on rows of one kind on one day.

use super::super::record::Keys;
use super::room::Room;
use crate::bitplane::{MOST_NODES, Program, Verdicts};
use crate::circuit::{Budget, Cone, Mask, Masks};
use crate::compiled::{Compiled, EntityRef};
use crate::decision::{Outcome, WORK, answers_by};
use crate::diagram::Lookup;
use crate::id::{AssistanceId, GateId, RuleId, VarId};
use crate::sorted::{SortedMap, SortedSet};
use std::sync::Arc;

/// An outcome, and whether it is exact.
pub(super) type Answer = (Outcome, bool);

/// A compiled policy with the program that decides on rows.
pub(super) struct RowProgram {
    pub compiled: Arc<Compiled>,
    pub program: Program,
    /// The keys of flat records.
    pub keys: Keys,
    /// The variables that the outcomes depend on, in order.
    pub slots: Vec<VarId>,
    assistance: Vec<AssistanceId>,
    /// The root for each type of assistance.
    types: Vec<Root>,
    /// The rules that apply to any of these types, each with the roots that are true if it is met.
    rules: Vec<(RuleId, Vec<usize>)>,
}

struct Root {
    root: usize,
    /// The slots that the outcome may depend on, if the bitplanes do not show whether an undetermined outcome is exact.
    loose: Option<Vec<usize>>,
}

impl RowProgram {
    pub fn of(compiled: Arc<Compiled>, assistance: &[AssistanceId]) -> RowProgram {
        let mut gates: Vec<GateId> = Vec::new();
        let mut places: SortedMap<GateId, usize> = SortedMap::new();
        let mut root = |gate: GateId| {
            *places.entry(gate).or_insert_with(|| {
                gates.push(gate);
                gates.len() - 1
            })
        };
        let roots: Vec<usize> = assistance.iter().map(|id| root(compiled.types[*id].root)).collect();
        let mut rules: SortedMap<RuleId, SortedSet<usize>> = SortedMap::new();
        for (rule, met) in assistance.iter().flat_map(|id| &compiled.types[*id].rules) {
            rules.entry(*rule).or_default().insert(root(*met));
        }
        // Rows have no values for entities that the case does not contain.
        let mut can = compiled.circuit.anything();
        let mut unset = SortedSet::new();
        for (var, variable) in compiled.variables.iter() {
            if !matches!(compiled.entity_refs[variable.who()], EntityRef::Entity(_)) {
                unset.insert(var);
                if let Some(can) = can.find_mut(var) {
                    *can = variable.default_cells;
                }
            }
        }
        let program = Program::compile(&compiled.circuit, &gates, &can, &unset, MOST_NODES);
        let mut slots: SortedSet<VarId> = program.reads().collect();
        let mut loose: Vec<Option<SortedSet<VarId>>> = Vec::new();
        for (root, id) in roots.iter().zip(assistance) {
            let cone = Cone::of(&compiled.circuit, compiled.types[*id].root);
            let is_open = |var: &VarId| can.find(*var).is_some_and(|mask| mask.count_ones() > 1);
            let vars: SortedSet<VarId> = cone.vars().iter().copied().filter(is_open).collect();
            let is_loose = !program.is_exact(*root) || compiled.correlated(&vars);
            if is_loose {
                slots.extend(&vars);
            }
            loose.push(is_loose.then_some(vars));
        }
        let slots: Vec<VarId> = slots.into_iter().collect();
        let places = |vars: SortedSet<VarId>| {
            vars.iter().filter_map(|var| slots.binary_search(var).ok()).collect::<Vec<usize>>()
        };
        let types = roots.into_iter().zip(loose);
        let types = types.map(|(root, loose)| Root { root, loose: loose.map(places) }).collect();
        let rules = rules.into_iter().map(|(rule, roots)| (rule, roots.into_iter().collect())).collect();
        RowProgram {
            keys: Keys::of(&compiled),
            compiled,
            program,
            slots,
            assistance: assistance.to_vec(),
            types,
            rules,
        }
    }

    /// Returns the outcome of the bitplanes for a type of assistance, which is given by its index.
    pub fn answer(&self, verdicts: &Verdicts, place: usize, row: usize) -> Answer {
        let root = self.types.get(place).map_or(usize::MAX, |root| root.root);
        (verdicts.truth(root, row).into(), true)
    }

    /// Returns the number of rows that are eligible and the number that are ineligible.
    pub fn count(&self, verdicts: &Verdicts, place: usize) -> (usize, usize) {
        self.types.get(place).map_or((0, 0), |root| verdicts.count(root.root))
    }

    /// Returns the rules, each with the number of rows for which it fails.
    pub fn failing<'v>(&'v self, verdicts: &'v Verdicts) -> impl Iterator<Item = (RuleId, u64)> + 'v {
        self.rules.iter().map(|(rule, roots)| {
            let mut planes = roots.iter().map(|root| verdicts.no(*root));
            let first = planes.next().unwrap_or_default();
            let count = match planes.next() {
                None => first.iter().map(|word| u64::from(word.count_ones())).sum(),
                Some(_) => (0..first.len())
                    .map(|at| {
                        let word = |root: &usize| verdicts.no(*root).get(at).copied().unwrap_or_default();
                        u64::from(roots.iter().map(word).fold(0, |all, word| all | word).count_ones())
                    })
                    .sum(),
            };
            (*rule, count)
        })
    }

    /// Returns the rows for which the bitplanes may not show whether an undetermined outcome is exact.
    pub fn loose(&self, verdicts: &Verdicts) -> SortedSet<usize> {
        let mut rows = SortedSet::new();
        for Root { root, .. } in self.types.iter().filter(|root| root.loose.is_some()) {
            for (word, (yes, no)) in verdicts.yes(*root).iter().zip(verdicts.no(*root)).enumerate() {
                let mut open = !(yes | no);
                while open != 0 {
                    rows.insert(64 * word + open.trailing_zeros() as usize);
                    open &= open - 1;
                }
            }
        }
        rows.retain(|row| *row < verdicts.rows());
        rows
    }

    /// Returns whether the open variables of a row are correlated in ways that the bitplanes ignore, or whether the
    /// bitplanes are not exact for them.
    fn is_inexact(&self, row: &[Mask]) -> bool {
        self.types.iter().any(|Root { root, loose }| {
            let Some(slots) = loose else { return false };
            let is_open = |slot: &&usize| row.get(**slot).is_some_and(|mask| mask.count_ones() > 1);
            let vars = slots.iter().filter(is_open).filter_map(|slot| self.slots.get(*slot));
            !self.program.is_exact(*root) || self.compiled.correlated(&vars.copied().collect())
        })
    }
}

/// A cache of outcomes that were computed for single rows, by the masks of the row.
#[derive(Default)]
pub(super) struct Again {
    answers: Lookup<Box<[Mask]>, Box<[Answer]>>,
    /// The size of the cache in bytes.
    pub kept: usize,
}

impl Again {
    /// Returns the outcomes for a row with the given masks of slots. `base` are the masks of all variables for a row
    /// without statements, `planes` returns the outcomes of the bitplanes.
    pub fn answers(
        &mut self,
        row_program: &RowProgram,
        base: &Masks,
        row: Vec<Mask>,
        planes: impl Fn(usize) -> Answer,
        room: &Room,
    ) -> Box<[Answer]> {
        if let Some(answers) = self.answers.get(row.as_slice()) {
            return answers.clone();
        }
        let answers: Box<[Answer]> = if row_program.is_inexact(&row) {
            let mut masks = base.clone();
            for (var, mask) in row_program.slots.iter().zip(&row) {
                if let Some(there) = masks.find_mut(*var) {
                    *there = *mask;
                }
            }
            answers_by(&row_program.compiled, &masks, &row_program.assistance, &Budget::new(WORK)).into()
        } else {
            (0..row_program.types.len()).map(planes).collect()
        };
        let bytes = 16 * (row.len() + answers.len() + 4);
        if room.take(bytes) {
            self.kept += bytes;
            self.answers.insert(row.into(), answers.clone());
        }
        answers
    }
}
