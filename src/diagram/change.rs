//! The fewest changes that force yes.

use super::path::{Prices, prices};
use super::table::Lookup;
use super::{Diagram, NO, NodeId, YES};
use crate::circuit::{Mask, Masks};
use crate::id::VarId;
use crate::sorted::{SortedMap, sort_by_key};

/// The smallest sets of changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The cheapest set of changes for each set of variables; each variable is moved to any one of the given cells.
    /// Variables are in the order in which they are tested. The cheapest set comes first; there is none if no changes
    /// force yes.
    pub sets: Vec<Vec<(VarId, Mask)>>,
    /// Whether no other set of variables is as small.
    pub all: bool,
}

/// A step from a node: the change of its variable with its cost, if there is one, and the node that it leads to.
struct Step {
    change: Option<(u64, Mask)>,
    to: NodeId,
}

/// A node with its steps, and the fewest changes from it on.
struct Stop {
    steps: Vec<Step>,
    fewest: Option<usize>,
}

/// Changes from a node on, the last of them first, and their cost.
#[derive(Clone)]
struct Found {
    cost: u64,
    changes: Vec<(VarId, Mask)>,
}

impl Diagram {
    /// Returns the fewest changes after which the value is yes for all values that the other variables can have by what
    /// is `known` of them. `cost` returns the cost of moving a variable to a cell, or `None` if this is not allowed.
    /// Returns at most `most` sets of variables, or `None` if the budget does not suffice.
    ///
    /// # Units
    /// The caller chooses the unit of costs.
    ///
    /// # Source
    /// A shortest path in the diagram, in which leaving a variable open leads to all of its possible children at once.
    ///
    /// # Example
    /// ```
    /// use placet::circuit::Circuit;
    /// use placet::diagram::{MOST_NODES, compile};
    ///
    /// let mut circuit = Circuit::new();
    /// let (p, q, r) = (circuit.variable(2), circuit.variable(2), circuit.variable(2));
    /// let (p_is, q_is, r_is) = (circuit.test(p, 0b10), circuit.test(q, 0b10), circuit.test(r, 0b10));
    /// let either = circuit.any([p_is, q_is]);
    /// let root = circuit.all([either, r_is]);
    /// let mut diagram = compile(&circuit, root, &circuit.anything(), MOST_NODES).ok_or("too large")?;
    /// let known = [0b01, 0b11, 0b01].into_iter().collect();
    /// let cost = |var, _| if var == q { None } else { Some(1) };
    /// let changes = diagram.fewest_changes(diagram.root(), &known, cost, 5).ok_or("too large")?;
    /// assert_eq!(changes.sets.len(), 1);
    /// assert!(changes.sets[0].contains(&(p, 0b10)) && changes.sets[0].contains(&(r, 0b10)));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn fewest_changes(
        &mut self,
        node: NodeId,
        known: &Masks,
        cost: impl Fn(VarId, u32) -> Option<u64>,
        most: usize,
    ) -> Option<Changes> {
        let prices = prices(self, cost);
        let mut stops: Lookup<NodeId, Stop> = Lookup::default();
        let end = |fewest| Stop { steps: Vec::new(), fewest };
        stops.insert(NO, end(None));
        stops.insert(YES, end(Some(0)));
        let mut entered: Vec<(NodeId, Vec<Step>)> = Vec::new();
        let mut next = Some(node);
        while next.is_some() || !entered.is_empty() {
            if let Some(node) = next.take()
                && !stops.contains_key(&node)
            {
                let steps = self.steps_from(node, known, &prices)?;
                entered.push((node, steps));
            }
            let Some((_, steps)) = entered.last() else { break };
            next = steps.iter().map(|step| step.to).find(|to| !stops.contains_key(to));
            if next.is_none()
                && let Some((node, steps)) = entered.pop()
            {
                let fewest = steps.iter().filter_map(|step| step.fewest(&stops)).min();
                stops.insert(node, Stop { steps, fewest });
            }
        }
        self.sets_from(&stops, node, most)
    }

    /// Returns the steps that are possible from a node; `None` if the budget does not suffice.
    fn steps_from(&mut self, node: NodeId, known: &Masks, prices: &[Prices]) -> Option<Vec<Step>> {
        self.charge(1)?;
        let place = self.level(node);
        let level = self.levels.get(place)?;
        let possible = known.find(level.var).copied().unwrap_or(Mask::MAX);
        let is_possible: Vec<bool> = level.classes.iter().map(|class| class & possible != 0).collect();
        let children = self.children(node).to_vec();
        let left: Vec<NodeId> = children
            .iter()
            .zip(&is_possible)
            .filter(|(_, possible)| **possible)
            .map(|(child, _)| *child)
            .collect();
        let is_known = left.len() == 1;
        let to = self.all(&left)?;
        let mut steps = vec![Step { change: None, to }];
        let of = prices.get(place).into_iter().flatten();
        for ((child, price), is_possible) in children.iter().zip(of).zip(is_possible) {
            if let Some(change) = price
                && !(is_possible && is_known)
            {
                steps.push(Step { change: Some(*change), to: *child });
            }
        }
        Some(steps)
    }

    /// Returns the smallest sets of changes from a node on; for each set of variables, the cheapest one.
    fn sets_from(&self, stops: &Lookup<NodeId, Stop>, node: NodeId, most: usize) -> Option<Changes> {
        let mut found: Lookup<NodeId, Vec<Found>> = Lookup::default();
        found.insert(NO, Vec::new());
        found.insert(YES, vec![Found { cost: 0, changes: Vec::new() }]);
        let mut all = true;
        let mut open = vec![node];
        while let Some(node) = open.last().copied() {
            let (Some(stop), false) = (stops.get(&node), found.contains_key(&node)) else {
                open.pop();
                continue;
            };
            let steps = || stop.steps.iter().filter(|step| step.fewest(stops) == stop.fewest);
            if let Some(unread) = steps().find(|step| !found.contains_key(&step.to)) {
                open.push(unread.to);
                continue;
            }
            let var = self.levels.get(self.level(node))?.var;
            let mut sets: SortedMap<Vec<VarId>, Found> = SortedMap::new();
            for step in steps() {
                for rest in found.get(&step.to).into_iter().flatten() {
                    self.charge(1)?;
                    let mut one = rest.clone();
                    if let Some((cost, cells)) = step.change {
                        one.cost = one.cost.saturating_add(cost);
                        one.changes.push((var, cells));
                    }
                    let vars = one.changes.iter().map(|(var, _)| *var).collect();
                    let known = sets.entry(vars).or_insert_with(|| one.clone());
                    if one.cost < known.cost {
                        *known = one;
                    }
                }
            }
            let mut sets: Vec<Found> = sets.into_values().collect();
            sort_by_key(&mut sets, |one| one.cost);
            all &= sets.len() <= most;
            sets.truncate(most);
            found.insert(node, sets);
            open.pop();
        }
        let sets = found.remove(&node).unwrap_or_default().into_iter();
        Some(Changes { sets: sets.map(|one| one.changes.into_iter().rev().collect()).collect(), all })
    }
}

impl Step {
    /// Returns the fewest changes if this step is taken.
    fn fewest(&self, stops: &Lookup<NodeId, Stop>) -> Option<usize> {
        Some(stops.get(&self.to)?.fewest? + usize::from(self.change.is_some()))
    }
}
