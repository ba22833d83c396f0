//! Conditions on chains: a relation that is followed through any number of steps.

use super::draft::{Draft, SETTLING, label};
use super::reach::Link;
use super::{Cells, Correlation, Goal, TargetCell, Variable, VariableKind};
use crate::circuit::{Mask, exact};
use crate::id::{EntityRefId, FactId, GateId, KindId, StandardId, VarId};
use crate::policy::Condition;
use crate::sorted::SortedMap;
use crate::value::Truth;
use std::sync::Arc;

/// The goal that a chain is searched for.
#[derive(Clone, Copy)]
pub(super) enum Sought<'d> {
    /// The only entity of a kind.
    Is(KindId),
    /// An entity that meets a condition.
    Meets(&'d Arc<Condition>),
}

impl<'d> Draft<'d, '_> {
    /// Returns a gate that is true if a relation leads to the goal in one or more steps.
    pub(super) fn chain(
        &mut self,
        start: EntityRefId,
        relation: FactId,
        sought: Sought<'d>,
        standard: Option<StandardId>,
    ) -> GateId {
        let links = self.links(start, relation, sought, standard);
        if !self.wanted.is_empty() {
            return self.circuit.constant(false);
        }
        let (found, all) = self.reach(&links);
        if all {
            return found;
        }
        let more = self.unexpressed(start, relation, standard, u64::MAX);
        self.circuit.any([found, more])
    }

    /// Returns the links of all known entities along the chain, in the order in which they are met.
    fn links(
        &mut self,
        start: EntityRefId,
        relation: FactId,
        sought: Sought<'d>,
        standard: Option<StandardId>,
    ) -> Vec<Link> {
        let mut order = vec![start];
        let mut links = Vec::new();
        let mut places = SortedMap::from([(start, 0)]);
        while let Some(who) = order.get(links.len()).copied() {
            let Some((var, targets)) = self.relation(who, relation, standard) else {
                links.push(Link { var: VarId(u32::MAX), ways: Vec::new() });
                continue;
            };
            let mut ways = Vec::new();
            for cell in targets {
                let Some(target) = self.target(cell) else {
                    ways.push((self.circuit.constant(false), None));
                    continue;
                };
                let mut hit = match sought {
                    Sought::Is(kind) => self.circuit.constant(cell == TargetCell::Only(kind)),
                    Sought::Meets(condition) => self.condition(condition, target, standard),
                };
                let mut next = None;
                if let TargetCell::Other(_) = cell {
                    let beyond = self.beyond(target, relation, sought, hit, standard);
                    hit = self.circuit.any([hit, beyond]);
                } else {
                    next = Some(*places.entry(target).or_insert_with(|| {
                        order.push(target);
                        order.len() - 1
                    }));
                }
                ways.push((hit, next));
            }
            links.push(Link { var, ways });
        }
        links
    }

    /// Returns a gate that is true if the chain leads from an unknown entity on to the goal.
    fn beyond(
        &mut self,
        who: EntityRefId,
        relation: FactId,
        sought: Sought<'d>,
        hit: GateId,
        standard: Option<StandardId>,
    ) -> GateId {
        let goes_on = self.policy.vocabulary.facts[relation].kind == self.kind(who);
        let goal = match sought {
            Sought::Is(kind) => Goal::Is(kind),
            Sought::Meets(_) => Goal::Meets(hit),
        };
        // If the condition has the same value for every unknown entity, because presumptions settle it or it depends
        // only on facts of others, the first unknown entity of the chain decides.
        let (own, others) = self.open_dependencies(hit, who);
        let (settled, is_exact) = match sought {
            Sought::Is(_) => (false, true),
            Sought::Meets(_) if !own => (true, true),
            Sought::Meets(_) => {
                let (truth, is_exact) =
                    exact(&self.circuit, hit, &self.known.masks, &self.budget.part(SETTLING));
                (truth != Truth::Open, is_exact)
            }
        };
        if !goes_on || settled || !self.wanted.is_empty() {
            return self.circuit.constant(false);
        }
        if let Sought::Meets(condition) = sought {
            self.put.entry(hit).or_insert_with(|| Arc::clone(condition));
        }
        let goal_label = match goal {
            Goal::Is(kind) => 2 * kind.0 + 1,
            Goal::Meets(gate) => 2 * gate.0 + 2,
        };
        let weighed = self.weighed(who, relation, standard);
        let mut correlations = vec![
            (Correlation::Standards(who, relation), label(standard)),
            (Correlation::Chain(who, relation), goal_label),
        ];
        if others || !is_exact {
            correlations.push((Correlation::Unexpressed, 0));
        }
        let kind = VariableKind::Beyond { who, relation, goal };
        let var = self.derived_variable(
            Variable { kind, standard, cells: Cells::YesNo, default_cells: Mask::MAX, correlations },
            weighed,
        );
        self.circuit.test(var, 0b10)
    }
}
