//! Which members a contested list can have together.
//!
//! Each statement about a list gives its members, or some of them. If the statements disagree, the list agrees with one
//! of them. One gate over the variables of the members is true in exactly these cases.

use super::draft::Draft;
use super::known::named;
use super::{ListOf, VariableKind};
use crate::evidence::{Claim, Status};
use crate::id::{EntityId, EntityRefId, GateId, VarId};
use crate::sorted::{SortedMap, SortedSet};

/// The largest number of member tests in the gate of one list.
const MOST_TESTS: usize = 4_000;

/// A list about which the counted statements disagree.
pub(super) struct Contested {
    /// The named members whose membership is open.
    pub members: Vec<VarId>,
    /// The counts of the further members of the list.
    pub further: Vec<VarId>,
    /// The gate that is true if the list agrees with one of the statements; `None` if there are too many claims to
    /// compare.
    pub gate: Option<GateId>,
}

/// The members that a statement names, and whether it claims that there are no others.
type Named = (SortedSet<EntityId>, bool);

impl Draft<'_, '_> {
    /// Returns the contested lists whose members occur in conditions.
    pub(super) fn contested(&mut self) -> SortedMap<ListOf, Contested> {
        let mut lists: SortedMap<ListOf, SortedMap<EntityRefId, VarId>> = SortedMap::new();
        for (var, variable) in self.variables.iter() {
            if let VariableKind::Member { who, list, member } = variable.kind {
                lists.entry((who, list, variable.standard)).or_default().insert(member, var);
            }
        }
        let mut contested = SortedMap::new();
        for (of, vars) in lists {
            let is_open = |var: &VarId| self.known.status.find(*var) == Some(&Status::Contested);
            let members: Vec<VarId> = vars.values().copied().filter(is_open).collect();
            if members.is_empty() {
                continue;
            }
            let further = self.counts_of(of);
            let gate = self.as_claimed(of, &vars, &further);
            contested.insert(of, Contested { members, further, gate });
        }
        contested
    }

    /// Returns the counts of the further members of a list.
    fn counts_of(&self, (of, list, standard): ListOf) -> Vec<VarId> {
        let variables = self.variables.iter();
        let counts = variables.filter(|(_, variable)| {
            variable.standard == standard
                && matches!(variable.kind, VariableKind::Further { who, list: other, .. } if (who, other) == (of, list))
        });
        counts.map(|(var, _)| var).collect()
    }

    /// Returns a gate that is true if a list agrees with one of the statements about it.
    fn as_claimed(
        &mut self,
        (who, list, standard): ListOf,
        vars: &SortedMap<EntityRefId, VarId>,
        further: &[VarId],
    ) -> Option<GateId> {
        let owner = self.entity(who);
        let weighed = self.weighed(who, list, standard);
        let mut claims: SortedSet<Named> = SortedSet::new();
        for statement in &weighed.counted {
            claims.insert(match &statement.claim {
                Claim::Members { ids, complete } => {
                    (ids.iter().filter_map(|id| named(self.case, owner, id)).collect(), *complete)
                }
                // A claim that the list is contested allows any list.
                _ => (SortedSet::new(), false),
            });
            if claims.len().saturating_mul(vars.len() + further.len()) > MOST_TESTS {
                return None;
            }
        }
        let all_whole = claims.iter().all(|(_, complete)| *complete);
        let mut ways = Vec::new();
        for (ids, complete) in &claims {
            let mut tests = Vec::new();
            for (member, var) in vars {
                let is_named = self.entity(*member).is_some_and(|entity| ids.contains(&entity));
                if is_named {
                    tests.push(self.circuit.test(*var, 0b10));
                } else if *complete {
                    tests.push(self.circuit.test(*var, 0b01));
                }
            }
            if *complete && !all_whole {
                tests.extend(further.iter().map(|var| self.circuit.test(*var, 1)));
            }
            ways.push(self.circuit.all(tests));
        }
        Some(self.circuit.any(ways))
    }
}
