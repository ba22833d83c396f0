//! Joined lists: all counts of one list as one variable.
//!
//! Several conditions on a list count the same members: that all leaders are trained and that none is trained are two
//! counts that exclude each other if there are leaders. In the gates they are separate variables. Here the counts of a
//! list become one variable, and its cells are the ways in which all of them can turn out together. A computation on
//! this variable can ignore the correlation of the counts.

use super::{Compiled, ListOf, VariableKind};
use crate::circuit::{Budget, CELLS, Cone, Gate, Mask, Masks, full, split};
use crate::id::{GateId, Id, VarId};
use crate::sorted::{SortedMap, SortedSet};
use crate::value::Truth;

/// The largest number of combinations of the counts of one list that are tried.
const MOST_TRIED: usize = 2_000;

/// The budget for trying one combination.
const EFFORT: u64 = 100_000;

/// The lists whose counts are joined to one variable each.
#[derive(Clone, Debug, Default)]
pub(crate) struct Joined {
    /// The id of the variable of the first list; they come after those of the circuit.
    first: usize,
    lists: Vec<JoinedList>,
    /// For each count, the place of its list and its place in that list.
    places: SortedMap<VarId, (usize, usize)>,
}

/// A list whose counts are joined to one variable.
#[derive(Clone, Debug)]
pub(crate) struct JoinedList {
    /// The counts.
    pub vars: Vec<VarId>,
    /// For each cell of the variable, the cells of each count that it stands for.
    pub cells: Vec<Vec<Mask>>,
    /// The cells in which further members are as presumed.
    usual: Mask,
}

impl JoinedList {
    /// Returns all cells.
    pub fn full(&self) -> Mask {
        full(u32::try_from(self.cells.len()).unwrap_or(CELLS))
    }

    /// Returns the cells in which each count lies within its wanted cells.
    pub fn within(&self, wanted: &[Mask]) -> Mask {
        let is_within =
            |cell: &&Vec<Mask>| cell.iter().zip(wanted).all(|(count, wanted)| count & wanted != 0);
        marked(&self.cells, is_within)
    }

    /// Returns the cells of the count at a place that are possible within some cells of the variable.
    pub fn count(&self, place: usize, mask: Mask) -> Mask {
        let chosen = self.cells.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1);
        chosen.filter_map(|(_, cell)| cell.get(place)).fold(0, |all, count| all | count)
    }
}

fn marked(cells: &[Vec<Mask>], wanted: impl Fn(&&Vec<Mask>) -> bool) -> Mask {
    let chosen = cells.iter().enumerate().filter(|(_, cell)| wanted(cell));
    chosen.fold(0, |mask, (at, _)| mask | 1 << at)
}

impl Joined {
    pub(super) fn of(compiled: &Compiled) -> Joined {
        let first = compiled.variables.len();
        let mut joined = Joined { first, ..Joined::default() };
        let Some((lists, usual)) = compiled.lists else { return joined };
        let (cone, usual) = (compiled.cone(lists), compiled.cone(usual));
        // Counts whose combinations are all possible occur in no gate.
        let mut all: SortedMap<ListOf, SortedSet<VarId>> = compiled
            .list_constraints
            .iter()
            .map(|(list, list_constraint)| (*list, list_constraint.vars.iter().copied().collect()))
            .collect();
        for var in cone.vars() {
            let variable = &compiled.variables[*var];
            if let VariableKind::Further { who, list, .. } | VariableKind::Member { who, list, .. } =
                variable.kind
            {
                all.entry((who, list, variable.standard)).or_default().insert(*var);
            }
        }
        for vars in all.into_values().filter(|vars| vars.len() > 1) {
            let vars: Vec<VarId> = vars.into_iter().collect();
            let Some(cells) = cells(compiled, cone, &vars) else {
                // A list that is not joined would be ignored next to lists that are, so none is joined.
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

    /// Returns whether no list is joined.
    pub fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }

    /// Returns the lists, each with its variable.
    pub fn lists(&self) -> impl Iterator<Item = (VarId, &JoinedList)> {
        self.lists.iter().enumerate().map(|(at, list)| (VarId::at(self.first + at), list))
    }

    /// Returns the list that a variable stands for, or `None` for a variable of the circuit.
    pub fn list(&self, var: VarId) -> Option<&JoinedList> {
        self.lists.get(var.place().checked_sub(self.first)?)
    }

    /// Returns the variables of the circuit that some variables stand for.
    pub fn parts(&self, vars: &SortedSet<VarId>) -> SortedSet<VarId> {
        let parts = vars.iter().flat_map(|var| match self.list(*var) {
            Some(list) => list.vars.clone(),
            None => vec![*var],
        });
        parts.collect()
    }

    /// Appends the possible cells of the list variables to those of the circuit variables. Presumptions on further
    /// members apply if they are possible.
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

    /// Returns a cone that tests the variables of lists in place of their counts.
    pub fn cone(&self, cone: &Cone) -> Cone {
        cone.with_tests(|var, mask| {
            let (at, place) = self.places.get(&var)?;
            let list = self.lists.get(*at)?;
            let cells = marked(&list.cells, |cell| cell.get(*place).is_some_and(|count| count & mask != 0));
            Some((VarId::at(self.first + at), cells, list.full()))
        })
    }
}

/// Returns the ways in which the counts of a list can turn out together, as far as conditions distinguish them; `None`
/// if there are too many.
fn cells(compiled: &Compiled, lists: &Cone, vars: &[VarId]) -> Option<Vec<Vec<Mask>>> {
    let mut ways: Vec<Vec<Mask>> = vec![Vec::new()];
    for var in vars {
        let all = compiled.circuit.full(*var);
        // A complete list has no further members, so a count of zero is a class of its own.
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

/// Returns whether a gate can hold if the counts of a list are in some cells.
fn can_be(compiled: &Compiled, cone: &Cone, vars: &[VarId], cells: &[Mask]) -> bool {
    let mut masks = compiled.circuit.anything();
    for (var, cells) in vars.iter().zip(cells) {
        if let Some(mask) = masks.find_mut(*var) {
            *mask = *cells;
        }
    }
    cone.exact(&masks, &Budget::new(EFFORT)).0 != Truth::No
}

impl Compiled {
    /// Returns the joined lists, made on first use.
    pub(crate) fn joined(&self) -> &Joined {
        self.joined.get_or_init(|| Joined::of(self))
    }

    /// Returns the cone of a gate, with each list as one variable.
    pub(crate) fn joined_cone(&self, gate: GateId) -> &Cone {
        match self.joined().is_empty() {
            true => self.cone(gate),
            false => self.joined_cones[gate].get_or_init(|| self.joined().cone(self.cone(gate))),
        }
    }

    /// Returns the cells for which conditions test a variable. The gates of list constraints come after those of the
    /// conditions and are left out.
    fn tests_of(&self, var: VarId) -> impl Iterator<Item = Mask> {
        let conditions = (0..self.conditions).map(|at| self.circuit.gate(GateId::at(at)));
        conditions.filter_map(move |gate| match gate {
            Gate::Test { var: tested, mask } if *tested == var => Some(*mask),
            _ => None,
        })
    }
}
