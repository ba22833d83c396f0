//! List constraints: which counts of the further members of a list are possible together.
//!
//! That all leaders are trained and that none is trained are two variables, each the number of those who meet a
//! condition or do not. The gates of the rules leave out that both count the same people. This module finds the sorts
//! of members that are possible, that is, the ways in which all conditions on a member can turn out together; and from
//! these the counts that some number of members of each sort add up to. One gate beside those of the rules is true for
//! exactly these counts.

use super::draft::Draft;
use super::{Cells, EntityRef, VariableKind, correlated};
use crate::circuit::{Cone, Mask, Masks};
use crate::diagram::{NO, Op, YES, compile_several};
use crate::id::{EntityRefId, FactId, GateId, StandardId, VarId};
use crate::sorted::{SortedMap, SortedSet};

/// The largest number of conditions on the members of one list that are compared.
const MOST_CONDITIONS: usize = 8;

/// The largest number of distinct counts.
const MOST_COUNTS: usize = 4_000;

/// The node budget for the diagrams of the conditions.
const NODES: usize = 20_000;

/// The entity that has a list, the list, and the standard under which it is read.
pub(crate) type ListOf = (EntityRefId, FactId, Option<StandardId>);

/// The list constraint on the counts of the further members of one list.
#[derive(Clone, Debug)]
pub(crate) struct ListConstraint {
    /// The counts.
    pub vars: Vec<VarId>,
    /// The gate that is true if some members have these counts.
    pub gate: GateId,
    /// The same gate for members that are as presumed.
    pub usual: GateId,
    /// Whether the constraint is complete: no other correlation exists between the conditions on members.
    pub whole: bool,
    /// What each count counts: all members, or those who meet, or do not meet, one of the conditions.
    counted: Vec<Option<(usize, bool)>>,
    conditions: Vec<GateId>,
    /// The possible sorts of members; each is the set of the conditions that it meets, as bits.
    sorts: Vec<u32>,
    /// The largest count that is distinguished; larger counts are treated as this one.
    most: u32,
}

/// Counts that a group of members adds up to, with the place of the counts without its last member and the sort of that
/// member.
struct GroupCounts {
    counts: Vec<u32>,
    after: Option<(usize, u32)>,
}

impl ListConstraint {
    /// Returns a smallest group of members whose counts lie within the wanted cells. Each member is given by the
    /// conditions with whether it meets them. Returns `None` if there is no such group.
    pub fn members(&self, wanted: impl Fn(VarId) -> Option<Mask>) -> Option<Vec<Vec<(GateId, bool)>>> {
        let wanted: Vec<Mask> = self.vars.iter().map(|var| wanted(*var).unwrap_or(Mask::MAX)).collect();
        let all = group_counts(&self.counted, &self.sorts, self.most)?;
        let is_within = |group: &GroupCounts| {
            group.counts.iter().zip(&wanted).all(|(count, mask)| mask >> count & 1 == 1)
        };
        let mut at = all.iter().position(is_within)?;
        let mut members = Vec::new();
        while let Some((before, sort)) = all.get(at)?.after {
            let conditions = self.conditions.iter().enumerate();
            members.push(conditions.map(|(place, gate)| (*gate, sort >> place & 1 == 1)).collect());
            at = before;
        }
        Some(members)
    }
}

/// Returns all counts that members of some sorts add up to, those of fewer members first; `None` if there are too many.
fn group_counts(counted: &[Option<(usize, bool)>], sorts: &[u32], most: u32) -> Option<Vec<GroupCounts>> {
    let mut all = vec![GroupCounts { counts: vec![0; counted.len()], after: None }];
    let mut seen: SortedSet<Vec<u32>> = all.iter().map(|group| group.counts.clone()).collect();
    let mut next = 0;
    while let Some(GroupCounts { counts, .. }) = all.get(next) {
        let counts = counts.clone();
        for sort in sorts {
            let is_counted = |of: &Option<(usize, bool)>| {
                of.is_none_or(|(condition, meets)| (sort >> condition & 1 == 1) == meets)
            };
            let one_more = counts.iter().zip(counted);
            let counts: Vec<u32> =
                one_more.map(|(count, of)| (count + u32::from(is_counted(of))).min(most)).collect();
            if seen.insert(counts.clone()) {
                all.push(GroupCounts { counts, after: Some((next, *sort)) });
            }
        }
        if all.len() > MOST_COUNTS {
            return None;
        }
        next += 1;
    }
    Some(all)
}

impl Draft<'_, '_> {
    /// Returns the list constraints of the lists of which conditions use several counts.
    pub(super) fn list_constraints(&mut self) -> SortedMap<ListOf, ListConstraint> {
        let mut lists: SortedMap<ListOf, Vec<VarId>> = SortedMap::new();
        for (var, variable) in self.variables.iter() {
            if let VariableKind::Further { who, list, .. } = variable.kind {
                lists.entry((who, list, variable.standard)).or_default().push(var);
            }
        }
        let mut list_constraints = SortedMap::new();
        for (list, vars) in lists.into_iter().filter(|(_, vars)| vars.len() > 1) {
            if let Some(list_constraint) = self.list_constraint(vars) {
                list_constraints.insert(list, list_constraint);
            }
        }
        list_constraints
    }

    fn list_constraint(&mut self, all: Vec<VarId>) -> Option<ListConstraint> {
        let (mut vars, mut counted, mut conditions) = (Vec::new(), Vec::new(), Vec::<GateId>::new());
        let mut condition_vars = SortedSet::new();
        let (mut whole, mut most) = (true, u32::MAX);
        for var in all {
            let variable = &self.variables[var];
            let (VariableKind::Further { who, list, which }, Cells::Counts(cells)) =
                (variable.kind, &variable.cells)
            else {
                continue;
            };
            most = most.min(cells - 1);
            let of = match which {
                None => None,
                Some((gate, meets)) => {
                    let member = self.entity_ref(EntityRef::Further { of: who, list });
                    let cone = Cone::of(&self.circuit, gate);
                    // A condition that also depends on facts of others is not settled by the member alone and differs
                    // between cases.
                    if !cone.vars().iter().all(|var| self.is_reached_from(self.variables[*var].who(), member))
                    {
                        whole = false;
                        continue;
                    }
                    condition_vars.extend(cone.vars().iter().copied());
                    let place = conditions.iter().position(|other| *other == gate).unwrap_or_else(|| {
                        conditions.push(gate);
                        conditions.len() - 1
                    });
                    Some((place, meets))
                }
            };
            vars.push(var);
            counted.push(of);
        }
        if vars.len() < 2 || conditions.len() > MOST_CONDITIONS {
            return None;
        }
        whole &= !correlated(&self.variables, &condition_vars, &SortedSet::new());
        let of_members = self.of_members().into_owned();
        let sorts = self.sorts(&conditions, &of_members)?;
        let gate = self.counts_gate(&vars, group_counts(&counted, &sorts, most)?);
        let usual = match self.members_presumed {
            true => gate,
            false => {
                let known = self.known.masks.clone();
                let sorts = self.sorts(&conditions, &known)?;
                self.counts_gate(&vars, group_counts(&counted, &sorts, most)?)
            }
        };
        Some(ListConstraint { vars, gate, usual, whole, counted, conditions, sorts, most })
    }

    /// Returns the ways in which some conditions can turn out together for an unknown entity, each as the set of those
    /// that hold.
    fn sorts(&self, conditions: &[GateId], masks: &Masks) -> Option<Vec<u32>> {
        let (mut diagram, nodes) = compile_several(&self.circuit, conditions, masks, NODES);
        let mut sorts = vec![(0_u32, YES)];
        for (place, node) in nodes.into_iter().enumerate() {
            let node = node?;
            let mut more = Vec::with_capacity(2 * sorts.len());
            for (sort, so_far) in sorts {
                let holds = diagram.apply(Op::And, so_far, node)?;
                let fails = diagram.apply(Op::AndNot, so_far, node)?;
                more.extend(
                    [(sort, fails), (sort | 1 << place, holds)].into_iter().filter(|(_, all)| *all != NO),
                );
            }
            sorts = more;
        }
        Some(sorts.into_iter().map(|(sort, _)| sort).collect())
    }

    /// Returns a gate that is true if some members have these counts.
    fn counts_gate(&mut self, vars: &[VarId], groups: Vec<GroupCounts>) -> GateId {
        let counts: SortedSet<&[u32]> = groups.iter().map(|group| group.counts.as_slice()).collect();
        self.one_of(vars, &counts)
    }

    /// Returns a gate that is true if the variables are in one of some rows of cells. Recursion is as deep as there are
    /// variables.
    fn one_of(&mut self, vars: &[VarId], rows: &SortedSet<&[u32]>) -> GateId {
        let Some((var, vars)) = vars.split_first() else { return self.circuit.constant(!rows.is_empty()) };
        let mut rest: SortedMap<u32, SortedSet<&[u32]>> = SortedMap::new();
        for (cell, row) in rows.iter().filter_map(|row| row.split_first()) {
            rest.entry(*cell).or_default().insert(row);
        }
        let mut cells: SortedMap<SortedSet<&[u32]>, Mask> = SortedMap::new();
        for (cell, rows) in rest {
            *cells.entry(rows).or_default() |= 1 << cell;
        }
        let mut ways = Vec::new();
        for (rows, mask) in cells {
            let is_there = self.circuit.test(*var, mask);
            let rest = self.one_of(vars, &rows);
            ways.push(self.circuit.all([is_there, rest]));
        }
        self.circuit.any(ways)
    }
}
