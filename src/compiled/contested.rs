//! Which members a contested list can have at once.
//!
//! Each statement about a list says who its members are, or some of them. Where the statements disagree, the list may
//! turn out as any of them says, and in no other way: one gate over the variables of its members is true of just these
//! ways.

use super::from_policy::Draft;
use super::known::named;
use super::{ListOf, Matter};
use crate::evidence::{Claim, Status};
use crate::id::{EntityId, GateId, SomebodyId, VarId};
use std::collections::{BTreeMap, BTreeSet};

/// The most tests of members that the gate of one list is made of.
const MOST_TESTS: usize = 4_000;

/// A list about which the statements that count disagree.
pub(super) struct Contested {
    /// Those who are named and may be members or not.
    pub members: Vec<VarId>,
    /// The counts of its further members.
    pub further: Vec<VarId>,
    /// Whether the list is as one of the statements says; none where these say too much to be compared.
    pub gate: Option<GateId>,
}

/// The members that a statement names, and whether it says that there are no others.
type Named = (BTreeSet<EntityId>, bool);

impl Draft<'_, '_> {
    /// The contested lists of which members are asked about.
    pub(super) fn contested(&mut self) -> BTreeMap<ListOf, Contested> {
        let mut lists: BTreeMap<ListOf, BTreeMap<SomebodyId, VarId>> = BTreeMap::new();
        for (var, variable) in self.variables.iter() {
            if let Matter::Member { who, list, member } = variable.matter {
                lists.entry((who, list, variable.standard)).or_default().insert(member, var);
            }
        }
        let mut contested = BTreeMap::new();
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

    /// The counts of a list's further members.
    fn counts_of(&self, (of, list, standard): ListOf) -> Vec<VarId> {
        let variables = self.variables.iter();
        let counts = variables.filter(|(_, variable)| {
            variable.standard == standard
                && matches!(variable.matter, Matter::Further { who, list: other, .. } if (who, other) == (of, list))
        });
        counts.map(|(var, _)| var).collect()
    }

    /// Whether a list is as one of the statements about it says.
    fn as_claimed(
        &mut self,
        (who, list, standard): ListOf,
        vars: &BTreeMap<SomebodyId, VarId>,
        further: &[VarId],
    ) -> Option<GateId> {
        let whose = self.entity(who);
        let weighed = self.said(who, list, standard);
        let mut claims: BTreeSet<Named> = BTreeSet::new();
        for statement in &weighed.counted {
            claims.insert(match &statement.claim {
                Claim::Members { ids, complete } => {
                    (ids.iter().filter_map(|id| named(self.case, whose, id)).collect(), *complete)
                }
                // Said to be contested: it may be any list.
                _ => (BTreeSet::new(), false),
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
