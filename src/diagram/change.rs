//! The cheapest changes that force a yes.

use super::table::Lookup;
use super::way::{Prices, prices};
use super::{Diagram, NO, NodeId, YES};
use crate::circuit::{Mask, Masks};
use crate::id::VarId;

/// The cheapest sets of changes, all of the same cost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// What each costs.
    pub cost: u64,
    /// The sets, each of variables with the cells into which they are put, any of which does; in the order in which
    /// the variables are asked. None where no change does.
    pub sets: Vec<Vec<(VarId, Mask)>>,
    /// Whether there are no more such sets than these.
    pub all: bool,
}

/// A step from a node: what is changed of its variable, at what cost, and where that leads.
struct Step {
    change: Option<Mask>,
    cost: u64,
    to: NodeId,
}

/// A node with its steps and the least cost from it on.
struct Stop {
    steps: Vec<Step>,
    least: Option<u64>,
}

impl Diagram {
    /// The cheapest changes after which the answer is yes whatever the variables that are not changed turn out to be
    /// within what is `known` of them. `cost` tells what it costs to put a variable into a cell (none: it may not be). At
    /// most so many sets; none past the budget.
    ///
    /// # Units
    /// Costs are in whatever the caller counts.
    ///
    /// # Source
    /// A shortest path through the diagram, in which leaving a variable open leads on to both of its children at once.
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
    /// let changes = diagram.cheapest(diagram.root(), &known, cost, 5).ok_or("too large")?;
    /// assert_eq!(changes.cost, 2);
    /// assert_eq!(changes.sets.len(), 1);
    /// assert!(changes.sets[0].contains(&(p, 0b10)) && changes.sets[0].contains(&(r, 0b10)));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn cheapest(
        &mut self,
        node: NodeId,
        known: &Masks,
        cost: impl Fn(VarId, u32) -> Option<u64>,
        most: usize,
    ) -> Option<Changes> {
        let prices = prices(self, cost);
        let mut stops: Lookup<NodeId, Stop> = Lookup::default();
        let end = |least| Stop { steps: Vec::new(), least };
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
                let from = |step: &Step| Some(stops.get(&step.to)?.least?.saturating_add(step.cost));
                let least = steps.iter().filter_map(from).min();
                stops.insert(node, Stop { steps, least });
            }
        }
        Some(gather(self, &stops, node, most))
    }

    /// What can be done about a node's variable; none past the budget.
    fn steps_from(&mut self, node: NodeId, known: &Masks, prices: &[Prices]) -> Option<Vec<Step>> {
        self.take(1)?;
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
        let mut steps = vec![Step { change: None, cost: 0, to }];
        let of = prices.get(place).into_iter().flatten();
        for ((child, price), is_possible) in children.iter().zip(of).zip(is_possible) {
            if let Some((cost, cells)) = price
                && !(is_possible && is_known)
            {
                steps.push(Step { change: Some(*cells), cost: *cost, to: *child });
            }
        }
        Some(steps)
    }
}

/// The sets of changes on the cheapest ways from a node.
fn gather(diagram: &Diagram, stops: &Lookup<NodeId, Stop>, node: NodeId, most: usize) -> Changes {
    let Some(cost) = stops.get(&node).and_then(|stop| stop.least) else {
        return Changes { cost: 0, sets: Vec::new(), all: true };
    };
    let mut sets: Vec<Vec<(VarId, Mask)>> = Vec::new();
    let mut all = true;
    // The ways taken so far, the last one first gone on with.
    let mut unread = vec![(node, Vec::new())];
    while let Some((node, changes)) = unread.pop() {
        let Some(level) = diagram.levels.get(diagram.level(node)) else {
            if sets.len() >= most {
                all = false;
                break;
            }
            if !sets.contains(&changes) {
                sets.push(changes);
            }
            continue;
        };
        let Some(stop) = stops.get(&node) else { continue };
        for step in stop.steps.iter().rev() {
            let least = stops.get(&step.to).and_then(|stop| stop.least);
            let is_cheapest = least.map(|least| least.saturating_add(step.cost)) == stop.least;
            if least.is_some() && is_cheapest {
                let mut changes = changes.clone();
                changes.extend(step.change.map(|cells| (level.var, cells)));
                unread.push((step.to, changes));
            }
        }
    }
    Changes { cost, sets, all }
}
