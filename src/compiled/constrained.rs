//! Types of assistance combined with list constraints and contested lists.

use super::contested::Contested;
use super::draft::Draft;
use super::{ListConstraint, ListOf, TypeGates};
use crate::circuit::Cone;
use crate::id::{GateId, VarId};
use crate::sorted::{SortedMap, SortedSet};

/// The gates of a type of assistance, combined with list constraints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Constrained {
    /// True if the list constraints hold.
    pub list_constraint: GateId,
    /// True if the assistance is due and the list constraints hold.
    pub can: GateId,
    /// True if the assistance is due or the list constraints do not hold.
    pub must: GateId,
    /// The counts for which the list constraints are complete.
    pub whole: SortedSet<VarId>,
}

impl Draft<'_, '_> {
    /// Returns the gates of a type combined with list constraints; `None` if its rules use no two counts of one list
    /// and no two members of a contested one.
    pub(super) fn constrained(
        &mut self,
        due: &TypeGates,
        list_constraints: &SortedMap<ListOf, ListConstraint>,
        contested: &SortedMap<ListOf, Contested>,
    ) -> Option<Constrained> {
        if list_constraints.is_empty() && contested.is_empty() {
            return None;
        }
        let cone = Cone::of(&self.circuit, due.root);
        let vars: SortedSet<VarId> = cone.vars().iter().copied().collect();
        let several = |of: &[VarId]| of.iter().filter(|var| vars.contains(var)).count() > 1;
        let mut gates = Vec::new();
        let mut whole = SortedSet::new();
        for (list, list_constraint) in
            list_constraints.iter().filter(|(_, list_constraint)| several(&list_constraint.vars))
        {
            gates.push(list_constraint.gate);
            if list_constraint.whole && contested.get(list).is_none_or(|contested| contested.gate.is_some()) {
                whole.extend(list_constraint.vars.iter().copied());
            }
        }
        for (list, Contested { members, further, gate }) in contested {
            let Some(gate) = gate else { continue };
            let all: Vec<VarId> = members.iter().chain(further).copied().collect();
            if !several(&all) {
                continue;
            }
            gates.push(*gate);
            whole.extend(members.iter().copied());
            if !several(further)
                || list_constraints.get(list).is_some_and(|list_constraint| list_constraint.whole)
            {
                whole.extend(further.iter().copied());
            }
        }
        if gates.is_empty() {
            return None;
        }
        let list_constraint = self.circuit.all(gates);
        let violated = self.circuit.not(list_constraint);
        Some(Constrained {
            list_constraint,
            can: self.circuit.all([due.root, list_constraint]),
            must: self.circuit.any([due.root, violated]),
            whole,
        })
    }
}
