//! Questions in their canonical form: decision diagrams in which every variable is asked at most once on a path.
//!
//! Made from a circuit and from what is possible. Its main difference from the circuit is that two questions with the
//! same answers are the same node, so that an answer is settled exactly where its node is an end, and two versions of
//! a question mean the same exactly where their nodes have one id; the price is size, so there is a budget, and past
//! it there is no diagram.
//!
//! What is read off a diagram: the cheapest way to an answer ([`Diagram::way`]), the smallest sets of what is known
//! that force one ([`Diagram::sufficient`]), the fewest changes that do ([`Diagram::fewest_changes`]), whether one
//! question implies another ([`Diagram::implies`]), which of several go without saying ([`Diagram::redundant`]), and
//! how telling a variable is ([`Diagram::telling`]).
//!
//! What holds here ([`invariants`]): nodes are ordered (a node's children ask later variables), reduced (they are not
//! all the same) and unique.
//!
//! # Source
//! R. E. Bryant, Graph-Based Algorithms for Boolean Function Manipulation (1986); with several values, A. Srinivasan,
//! T. Kam, S. Malik, R. Brayton, Algorithms for Discrete Function Manipulation (1990); with several roots and equality
//! by id, K. S. Brace, R. L. Rudell, R. E. Bryant, Efficient Implementation of a BDD Package (1990).

mod apply;
mod change;
mod fit;
mod from_circuit;
mod implied;
mod invariants;
mod measure;
mod order;
mod reason;
mod restrict;
mod table;
#[cfg(test)]
mod tests;
mod way;

pub use change::Changes;
pub(crate) use from_circuit::compile_cone;
pub(crate) use from_circuit::several_within;
pub use from_circuit::{compile, compile_several};
pub use invariants::invariants;
pub use measure::Chance;
pub use order::force;
pub use reason::Sufficient;
pub use way::Way;

use crate::circuit::{Budget, Mask};
use crate::id::{Id, NodeId, Table, VarId};
use std::collections::BTreeSet;
pub(crate) use table::Lookup;
use table::Unique;

/// The most nodes of a diagram for one dossier.
pub const MOST_NODES: usize = 200_000;

/// The node of "no".
pub const NO: NodeId = NodeId(0);

/// The node of "yes".
pub const YES: NodeId = NodeId(1);

/// How many steps may be taken for each node that there may be.
const STEPS: usize = 20;

/// What a step costs: it looks up one or two nodes in tables too large for the processor's own memory.
const STEP: u64 = 24;

/// The units for all steps of a diagram of so many nodes.
fn units(most: usize) -> u64 {
    (most as u64).saturating_mul(STEPS as u64).saturating_mul(STEP)
}

/// How many places where nodes lead there may be for each node that there may be.
const WIDTH: usize = 8;

/// How many results of putting questions together are remembered.
const REMEMBERED: usize = 2_000_000;

/// Questions as diagrams, in one store: equal questions are one node.
#[derive(Clone, Debug)]
pub struct Diagram {
    levels: Vec<Level>,
    nodes: Table<NodeId, Node>,
    /// Where nodes lead, node after node.
    children: Vec<NodeId>,
    unique: Unique,
    applied: Lookup<(Op, NodeId, NodeId), NodeId>,
    root: NodeId,
    most: usize,
    /// The places of the variables in the order.
    places: Lookup<VarId, usize>,
    /// What all work is charged to, and what is left of it for steps.
    budget: Budget,
    steps: Budget,
}

/// A variable of a diagram, with its possible cells, those together that no test tells apart.
#[derive(Clone, Debug)]
pub struct Level {
    /// The variable.
    pub var: VarId,
    /// Its classes of cells, at least two.
    pub classes: Vec<Mask>,
}

/// What a node asks, and where its answers lead.
#[derive(Clone, Copy, Debug)]
struct Node {
    /// The place of the variable in the order; past all of them for the two ends.
    level: u32,
    /// Where in the list of children its own start, one for every class of cells.
    first: u32,
}

/// How two questions become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Op {
    /// Both.
    And,
    /// Either.
    Or,
    /// One but not the other, whichever.
    Differ,
    /// The first but not the second.
    But,
}

impl Diagram {
    /// The constant diagram over some variables, the first asked first.
    pub fn new(levels: Vec<Level>, most: usize) -> Diagram {
        Diagram::within(levels, most, &Budget::new(u64::MAX))
    }

    /// The same, with all work charged to a budget.
    pub(crate) fn within(levels: Vec<Level>, most: usize, budget: &Budget) -> Diagram {
        let most = most.min(u32::MAX as usize / WIDTH);
        let end = Node { level: u32::try_from(levels.len()).unwrap_or(u32::MAX), first: 0 };
        let places = levels.iter().enumerate().map(|(place, level)| (level.var, place)).collect();
        Diagram {
            levels,
            nodes: [end, end].into_iter().collect(),
            children: Vec::new(),
            unique: Unique::new(),
            applied: Lookup::default(),
            root: NO,
            most,
            places,
            budget: budget.clone(),
            steps: budget.part(units(most)),
        }
    }

    /// The node of the whole question; of several, the last.
    pub fn root(&self) -> NodeId {
        self.root
    }

    /// How many nodes there are, the two ends counted.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there are none; never so.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// What a node asks, and where its answers lead, class by class; none of the two ends.
    pub fn asks(&self, node: NodeId) -> Option<(&Level, &[NodeId])> {
        Some((self.levels.get(self.level(node))?, self.children(node)))
    }

    /// How many nodes a question takes, the two ends not counted.
    pub fn size(&self, node: NodeId) -> usize {
        self.below(node).len()
    }

    /// The variables, in the order in which they are asked.
    pub fn levels(&self) -> &[Level] {
        &self.levels
    }

    /// The variables on which a node's answer hinges, in the order of their ids.
    pub fn support(&self, node: NodeId) -> BTreeSet<VarId> {
        // Most nodes ask few of the levels, so that theirs are gone through, not all.
        self.below(node).into_iter().filter_map(|node| Some(self.levels.get(self.level(node))?.var)).collect()
    }

    /// The node that asks a level and leads to `children`, one for each of its classes; none past the budget.
    pub fn node(&mut self, level: usize, children: &[NodeId]) -> Option<NodeId> {
        let (first, rest) = children.split_first()?;
        if rest.iter().all(|child| child == first) {
            return Some(*first);
        }
        let place = u32::try_from(level).ok()?;
        let hash = table::hash(place, children);
        let is = |id: NodeId| self.level(id) == level && self.children(id) == children;
        if let Some(id) = self.unique.find(hash, is) {
            return Some(id);
        }
        if self.nodes.len() >= self.most || self.children.len() + children.len() > self.most * WIDTH {
            return None;
        }
        let id = self.nodes.push(Node { level: place, first: u32::try_from(self.children.len()).ok()? });
        self.children.extend_from_slice(children);
        let Diagram { levels, nodes, children, unique, .. } = self;
        unique.insert(hash, id, |id| table::hash(nodes[id].level, led_to(levels, nodes, children, id)));
        Some(id)
    }

    /// Lets as many steps be taken as at first.
    pub(crate) fn refill(&mut self) {
        self.steps = self.budget.part(units(self.most));
    }

    /// Charges all further work to another budget.
    pub(crate) fn charge_to(&mut self, budget: &Budget) {
        self.budget = budget.clone();
        self.refill();
    }

    /// Forgets all nodes but so many first ones, and lets as many steps be taken as at first. Nodes that came later are
    /// not to be used any more.
    pub(crate) fn forget(&mut self, len: usize) {
        let Some(first) = self.nodes.find(NodeId::at(len)).map(|node| node.first) else {
            self.refill();
            return;
        };
        self.budget.spend(4 * len as u64);
        self.nodes.truncate(len);
        self.children.truncate(first as usize);
        self.applied.clear();
        self.unique = Unique::new();
        let Diagram { levels, nodes, children, unique, .. } = self;
        let hash_of = |id: NodeId| table::hash(nodes[id].level, led_to(levels, nodes, children, id));
        for id in nodes.ids().filter(|id| *id > YES) {
            unique.insert(hash_of(id), id, hash_of);
        }
        self.refill();
    }

    /// The place in the order of the variable that a node asks; past all of them for the ends.
    fn level(&self, node: NodeId) -> usize {
        self.nodes[node].level as usize
    }

    /// Where a node leads, for every class of its variable.
    fn children(&self, node: NodeId) -> &[NodeId] {
        led_to(&self.levels, &self.nodes, &self.children, node)
    }

    /// The place in the order of a variable.
    fn place_of(&self, var: VarId) -> Option<usize> {
        self.places.get(&var).copied()
    }

    /// Takes so many steps; none past the budget.
    fn take(&self, steps: usize) -> Option<()> {
        self.steps.spend((steps as u64).saturating_mul(STEP)).then_some(())
    }

    /// Walks over so many nodes that lie close together; false past the budget.
    fn walk(&self, nodes: usize) -> bool {
        self.steps.spend(4 * nodes as u64)
    }

    /// The nodes that a node leads to, itself among them and the ends not; children before their parents.
    fn below(&self, node: NodeId) -> Vec<NodeId> {
        let mut seen = table::by_node(node, false);
        let mut unread = vec![node];
        let mut reached = Vec::new();
        while let Some(node) = unread.pop() {
            if let Some(seen) = seen.get_mut(node.place())
                && !*seen
                && node > YES
            {
                *seen = true;
                reached.push(node);
                unread.extend(self.children(node));
            }
        }
        reached.sort_unstable();
        reached
    }
}

/// Where a node leads.
fn led_to<'c>(
    levels: &[Level],
    nodes: &Table<NodeId, Node>,
    children: &'c [NodeId],
    node: NodeId,
) -> &'c [NodeId] {
    let Node { level, first } = nodes[node];
    let width = levels.get(level as usize).map_or(0, |level| level.classes.len());
    let first = first as usize;
    children.get(first..first + width).unwrap_or_default()
}
