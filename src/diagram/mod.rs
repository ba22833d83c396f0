//! Multi-valued decision diagrams: Boolean functions of variables with finite domains, in canonical form. A variable
//! occurs at most once on a path.
//!
//! A diagram is made from a circuit and masks. Unlike in a circuit, two functions with the same values are the same
//! node. So a function is settled if and only if its node is a leaf, and two functions are equal if and only if their
//! nodes have the same id. The disadvantage is size: compilation has a node budget, and returns no diagram if the budget
//! does not suffice.
//!
//! A diagram gives the cheapest path to a value ([`Diagram::path`]), the smallest sets of known facts that force a value
//! ([`Diagram::sufficient`]), the fewest changes that force yes ([`Diagram::fewest_changes`]), whether one function
//! implies another ([`Diagram::implies`]), which of several functions are redundant ([`Diagram::redundant`]), and the
//! influence of a variable ([`Diagram::influence`]).
//!
//! A diagram has these [`invariants`](fn@invariants): nodes are ordered (the children of a node test later variables),
//! reduced (the children of a node are not all equal) and unique.
//!
//! # Source
//! R. E. Bryant, Graph-Based Algorithms for Boolean Function Manipulation (1986); with several values, A. Srinivasan,
//! T. Kam, S. Malik, R. Brayton, Algorithms for Discrete Function Manipulation (1990); with several roots and equality
//! by id, K. S. Brace, R. L. Rudell, R. E. Bryant, Efficient Implementation of a BDD Package (1990).

mod apply;
mod change;
mod cofactor;
mod from_circuit;
mod implied;
mod invariants;
mod measure;
mod order;
mod path;
mod reason;
mod restrict;
mod table;
#[cfg(test)]
mod tests;

pub use change::Changes;
pub(crate) use from_circuit::compile_cone;
pub(crate) use from_circuit::several_within;
pub use from_circuit::{compile, compile_several};
pub use invariants::invariants;
pub use measure::Chance;
pub use order::force;
pub use path::Path;
pub use reason::Sufficient;

use crate::circuit::{Budget, Mask};
use crate::id::{Id, NodeId, Table, VarId};
use crate::sorted::{SortedSet, sort};
pub(crate) use table::Lookup;
use table::Unique;

/// The node budget of a diagram for one dossier.
pub const MOST_NODES: usize = 200_000;

/// The leaf "no".
pub const NO: NodeId = NodeId(0);

/// The leaf "yes".
pub const YES: NodeId = NodeId(1);

/// The number of steps that are allowed for each node of the node budget.
const STEPS: usize = 20;

/// The cost of a step in budget units: it looks up one or two nodes in tables that do not fit into the processor cache.
const STEP: u64 = 24;

/// Returns the budget for all steps of a diagram with this node budget.
fn units(most: usize) -> u64 {
    (most as u64).saturating_mul(STEPS as u64).saturating_mul(STEP)
}

/// The number of child entries that are allowed for each node of the node budget.
const WIDTH: usize = 8;

/// The largest number of memoized results of [`Diagram::apply`].
const REMEMBERED: usize = 2_000_000;

/// Boolean functions as decision diagrams in one store; equal functions are one node.
#[derive(Clone, Debug)]
pub struct Diagram {
    levels: Vec<Level>,
    nodes: Table<NodeId, Node>,
    /// The children of all nodes, node after node.
    children: Vec<NodeId>,
    unique: Unique,
    applied: Lookup<(Op, NodeId, NodeId), NodeId>,
    root: NodeId,
    most: usize,
    /// The places of the variables in the order.
    places: Lookup<VarId, usize>,
    /// The budget for all work, and the part of it that is left for steps.
    budget: Budget,
    steps: Budget,
}

/// A variable of a diagram, with its possible cells grouped into classes that no test distinguishes.
#[derive(Clone, Debug)]
pub struct Level {
    /// The variable.
    pub var: VarId,
    /// The classes of cells of the variable, at least two.
    pub classes: Vec<Mask>,
}

/// A node: the level that it tests, and its children.
#[derive(Clone, Copy, Debug)]
struct Node {
    /// The place of the variable in the order; for the two leaves, the number of variables.
    level: u32,
    /// The place of its first child in the list of children; it has one child for each class of cells.
    first: u32,
}

/// A binary operation on functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Op {
    /// The conjunction.
    And,
    /// The disjunction.
    Or,
    /// The exclusive disjunction.
    Differ,
    /// The first function and not the second.
    AndNot,
}

impl Diagram {
    /// Returns a diagram over some variables, in their order, that has only the two leaves.
    pub fn new(levels: Vec<Level>, most: usize) -> Diagram {
        Diagram::within(levels, most, &Budget::new(u64::MAX))
    }

    /// Does the same as [`new`](Diagram::new), with all work charged to a budget.
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

    /// Returns the node of the whole function; for several functions, that of the last.
    pub fn root(&self) -> NodeId {
        self.root
    }

    /// Returns the number of nodes, including the two leaves.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Returns false: a diagram always has its two leaves.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Returns the level that a node tests and its children, one for each class; `None` for a leaf.
    pub fn branches(&self, node: NodeId) -> Option<(&Level, &[NodeId])> {
        Some((self.levels.get(self.level(node))?, self.children(node)))
    }

    /// Returns the number of nodes of a function, excluding the two leaves.
    pub fn size(&self, node: NodeId) -> usize {
        self.below(node).len()
    }

    /// Returns the variables, in the order in which they are tested.
    pub fn levels(&self) -> &[Level] {
        &self.levels
    }

    /// Returns the variables that a function depends on, in the order of their ids.
    pub fn support(&self, node: NodeId) -> SortedSet<VarId> {
        // Most functions use few of the levels, so this visits their nodes and not all levels.
        self.below(node).into_iter().filter_map(|node| Some(self.levels.get(self.level(node))?.var)).collect()
    }

    /// Returns the node that tests a level and has these children, one for each class; `None` if the budget does not
    /// suffice.
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
        unique.insert(hash, id, |id| table::hash(nodes[id].level, children_of(levels, nodes, children, id)));
        Some(id)
    }

    /// Resets the budget for steps to its full amount.
    pub(crate) fn refill(&mut self) {
        self.steps = self.budget.part(units(self.most));
    }

    /// Charges all further work to another budget.
    pub(crate) fn charge_to(&mut self, budget: &Budget) {
        self.budget = budget.clone();
        self.refill();
    }

    /// Drops all nodes except the first `len`, and resets the budget for steps. The dropped nodes must not be used
    /// afterwards.
    pub(crate) fn truncate(&mut self, len: usize) {
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
        let hash_of = |id: NodeId| table::hash(nodes[id].level, children_of(levels, nodes, children, id));
        for id in nodes.ids().filter(|id| *id > YES) {
            unique.insert(hash_of(id), id, hash_of);
        }
        self.refill();
    }

    /// Returns the place in the order of the variable that a node tests; for a leaf, the number of variables.
    fn level(&self, node: NodeId) -> usize {
        self.nodes[node].level as usize
    }

    /// Returns the children of a node, one for each class of its variable.
    fn children(&self, node: NodeId) -> &[NodeId] {
        children_of(&self.levels, &self.nodes, &self.children, node)
    }

    /// Returns the place of a variable in the order.
    fn place_of(&self, var: VarId) -> Option<usize> {
        self.places.get(&var).copied()
    }

    /// Charges this many steps; returns `None` if the budget does not suffice.
    fn charge(&self, steps: usize) -> Option<()> {
        self.steps.spend((steps as u64).saturating_mul(STEP)).then_some(())
    }

    /// Charges a walk over this many nodes that are close together in memory; returns false if the budget does not
    /// suffice.
    fn walk(&self, nodes: usize) -> bool {
        self.steps.spend(4 * nodes as u64)
    }

    /// Returns the nodes reachable from a node, with itself and without the leaves; children come before parents.
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
        sort(&mut reached);
        reached
    }
}

/// Returns the children of a node.
fn children_of<'c>(
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
