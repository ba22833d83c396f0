//! What is asked of one list as one variable.
//!
//! Several conditions over a list count the same members: that all leaders are trained and that none is are two counts
//! which exclude each other where there are leaders. In the gates they are variables of their own. Here the counts of a
//! list become one variable, whose cells are the ways in which all of them can turn out at once. A question that is put
//! to it needs no care for what the counts have in common.

use super::{Compiled, ListOf, Matter};
use crate::circuit::{Budget, CELLS, Cone, Gate, Mask, Masks, full, split};
use crate::id::{GateId, Id, VarId};
use crate::value::Truth;
use std::collections::{BTreeMap, BTreeSet};

/// The most ways of putting the counts of one list together that are tried.
const MOST_TRIED: usize = 2_000;

/// The work that may go into one of them.
const EFFORT: u64 = 100_000;

/// The lists of which several counts are one variable.
#[derive(Clone, Debug, Default)]
pub(crate) struct Joined {
    /// The variable of the first list: they come after those of the circuit.
    first: usize,
    lists: Vec<JoinedList>,
    /// For each count its list, and its place there.
    places: BTreeMap<VarId, (usize, usize)>,
}

/// A list whose counts are one variable.
#[derive(Clone, Debug)]
pub(crate) struct JoinedList {
    /// The counts.
    pub vars: Vec<VarId>,
    /// For each cell of the variable, the cells of each count that it stands for.
    pub cells: Vec<Vec<Mask>>,
    /// The cells in which further members are as is presumed of them.
    usual: Mask,
}

impl JoinedList {
    /// All cells.
    pub fn full(&self) -> Mask {
        full(u32::try_from(self.cells.len()).unwrap_or(CELLS))
    }

    /// The cells in which each count lies within what is wanted of it.
    pub fn within(&self, wanted: &[Mask]) -> Mask {
        let fits = |cell: &&Vec<Mask>| cell.iter().zip(wanted).all(|(count, wanted)| count & wanted != 0);
        marked(&self.cells, fits)
    }

    /// The cells of the count at a place that are left by some cells of the variable.
    pub fn count(&self, place: usize, mask: Mask) -> Mask {
        let those = self.cells.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1);
        those.filter_map(|(_, cell)| cell.get(place)).fold(0, |all, count| all | count)
    }
}

fn marked(cells: &[Vec<Mask>], wanted: impl Fn(&&Vec<Mask>) -> bool) -> Mask {
    let those = cells.iter().enumerate().filter(|(_, cell)| wanted(cell));
    those.fold(0, |mask, (at, _)| mask | 1 << at)
}

impl Joined {
    pub(super) fn of(compiled: &Compiled<'_>) -> Joined {
        let first = compiled.variables.len();
        let mut joined = Joined { first, ..Joined::default() };
        let Some((lists, usual)) = compiled.lists else { return joined };
        let (cone, usual) = (compiled.cone(lists), compiled.cone(usual));
        // Counts of which every combination is possible are in no gate.
        let mut all: BTreeMap<ListOf, BTreeSet<VarId>> =
            compiled.fits.iter().map(|(list, fit)| (*list, fit.vars.iter().copied().collect())).collect();
        for var in cone.vars() {
            let variable = &compiled.variables[*var];
            if let Matter::Further { who, list, .. } | Matter::Member { who, list, .. } = variable.matter {
                all.entry((who, list, variable.standard)).or_default().insert(*var);
            }
        }
        for vars in all.into_values().filter(|vars| vars.len() > 1) {
            let vars: Vec<VarId> = vars.into_iter().collect();
            let Some(cells) = cells(compiled, cone, &vars) else {
                // One that is not would be left out of account beside others that are.
                return Joined { first, ..Joined::default() };
            };
            let is_usual = |cell: &&Vec<Mask>| can_be(compiled, usual, &vars, cell);
            let usual = marked(&cells, is_usual);
            for (place, var) in vars.iter().enumerate() {
                joined.places.insert(*var, (joined.lists.len(), place));
            }
            joined.lists.push(JoinedList { vars, cells, usual });
        }
        joined
    }

    /// Whether no list is joined.
    pub fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }

    /// The lists, each with its variable.
    pub fn lists(&self) -> impl Iterator<Item = (VarId, &JoinedList)> {
        self.lists.iter().enumerate().map(|(at, list)| (VarId::at(self.first + at), list))
    }

    /// The list that a variable stands for; none for a variable of the circuit.
    pub fn list(&self, var: VarId) -> Option<&JoinedList> {
        self.lists.get(var.place().checked_sub(self.first)?)
    }

    /// The variables of the circuit that some variables stand for.
    pub fn parts(&self, vars: &BTreeSet<VarId>) -> BTreeSet<VarId> {
        let parts = vars.iter().flat_map(|var| match self.list(*var) {
            Some(list) => list.vars.clone(),
            None => vec![*var],
        });
        parts.collect()
    }

    /// What is possible of the variables of the lists, too, where it is told of those of the circuit: with further members
    /// as is presumed of them.
    pub fn extend(&self, masks: &mut Masks) {
        for list in self.lists.iter().skip(masks.len().saturating_sub(self.first)) {
            let wanted: Vec<Mask> =
                list.vars.iter().map(|var| masks.find(*var).copied().unwrap_or(Mask::MAX)).collect();
            let mask = list.within(&wanted);
            masks.push(match (mask & list.usual, mask) {
                (0, 0) => list.full(),
                (0, mask) => mask,
                (usual, _) => usual,
            });
        }
    }

    /// A cone that tests the variables of lists in place of their counts.
    pub fn cone(&self, cone: &Cone) -> Cone {
        cone.with_tests(|var, mask| {
            let (at, place) = self.places.get(&var)?;
            let list = self.lists.get(*at)?;
            let cells = marked(&list.cells, |cell| cell.get(*place).is_some_and(|count| count & mask != 0));
            Some((VarId::at(self.first + at), cells, list.full()))
        })
    }
}

/// The ways in which the counts of a list can turn out at once, so far as conditions tell them apart; none where these
/// are too many.
fn cells(compiled: &Compiled<'_>, lists: &Cone, vars: &[VarId]) -> Option<Vec<Vec<Mask>>> {
    let mut ways: Vec<Vec<Mask>> = vec![Vec::new()];
    for var in vars {
        let all = compiled.circuit.full(*var);
        // A complete list has none of them, so that this is a cell by itself.
        let mut classes = split(&[all], 1);
        for mask in compiled.tests_of(*var) {
            classes = split(&classes, mask);
        }
        let longer = ways.iter().flat_map(|way| {
            classes.iter().map(|class| way.iter().copied().chain([*class]).collect::<Vec<Mask>>())
        });
        ways = longer.collect();
        if ways.len() > MOST_TRIED {
            return None;
        }
    }
    ways.retain(|way| can_be(compiled, lists, vars, way));
    (ways.len() <= CELLS as usize).then_some(ways)
}

/// Whether a gate can hold where the counts of a list are in some cells.
fn can_be(compiled: &Compiled<'_>, cone: &Cone, vars: &[VarId], cells: &[Mask]) -> bool {
    let mut masks = compiled.circuit.anything();
    for (var, cells) in vars.iter().zip(cells) {
        if let Some(mask) = masks.find_mut(*var) {
            *mask = *cells;
        }
    }
    cone.exact(&masks, &Budget::new(EFFORT)).0 != Truth::No
}

impl Compiled<'_> {
    /// What is asked of lists as one variable each.
    pub(crate) fn joined(&self) -> &Joined {
        self.joined.get_or_init(|| Joined::of(self))
    }

    /// A gate with all that it is made of, lists as one variable each.
    pub(crate) fn joined_cone(&self, gate: GateId) -> &Cone {
        match self.joined().is_empty() {
            true => self.cone(gate),
            false => self.joined_cones[gate].get_or_init(|| self.joined().cone(self.cone(gate))),
        }
    }

    /// What conditions ask of a variable; what only tells how lists fit together was made after them.
    fn tests_of(&self, var: VarId) -> impl Iterator<Item = Mask> {
        let conditions = (0..self.conditions).map(|at| self.circuit.gate(GateId::at(at)));
        conditions.filter_map(move |gate| match gate {
            Gate::Test { var: tested, mask } if *tested == var => Some(*mask),
            _ => None,
        })
    }
}
