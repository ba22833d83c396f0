//! A question in its canonical form: a decision diagram in which every variable is asked at most once on a path.
//!
//! Made from a circuit and from what is possible. Its main difference from the circuit is that two questions with the
//! same answers are the same node, so that an answer is settled exactly where its node is an end; the price is size,
//! so there is a budget, and past it there is no diagram.
//!
//! What holds here ([`invariants`]): nodes are ordered (a node's children ask later variables), reduced (they are not
//! all the same) and unique.
//!
//! # Source
//! R. E. Bryant, Graph-Based Algorithms for Boolean Function Manipulation (1986); with several values, A. Srinivasan,
//! T. Kam, S. Malik, R. Brayton, Algorithms for Discrete Function Manipulation (1990).

mod apply;
mod from_circuit;
mod invariants;
mod measure;
mod order;
#[cfg(test)]
mod tests;

pub use from_circuit::compile;
pub use invariants::invariants;
pub use measure::Chance;
pub use order::force;

use crate::circuit::Mask;
use crate::id::{NodeId, Table, VarId};
use std::collections::{BTreeMap, BTreeSet};

/// The most nodes of a diagram.
pub const MOST_NODES: usize = 200_000;

/// The node of "no".
pub const NO: NodeId = NodeId(0);

/// The node of "yes".
pub const YES: NodeId = NodeId(1);

/// A question as a diagram.
#[derive(Clone, Debug)]
pub struct Diagram {
    levels: Vec<Level>,
    nodes: Table<NodeId, Node>,
    ids: BTreeMap<Node, NodeId>,
    applied: BTreeMap<(Op, NodeId, NodeId), NodeId>,
    root: NodeId,
    most: usize,
    /// How many more steps may be taken.
    steps: usize,
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
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Node {
    /// The place of the variable in the order; past all of them for the two ends.
    level: usize,
    /// For every class of cells, where it leads.
    children: Vec<NodeId>,
}

/// How two questions become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Op {
    /// Both.
    And,
    /// Either.
    Or,
    /// One but not the other.
    Differ,
}

impl Diagram {
    /// The constant diagram over some variables, the first asked first.
    pub fn new(levels: Vec<Level>, most: usize) -> Diagram {
        let end = |children| Node { level: levels.len(), children };
        let nodes = [end(Vec::new()), end(Vec::new())].into_iter().collect();
        Diagram {
            levels,
            nodes,
            ids: BTreeMap::new(),
            applied: BTreeMap::new(),
            root: NO,
            most,
            steps: most.saturating_mul(20),
        }
    }

    /// The node of the whole question.
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
        let node = self.nodes.find(node)?;
        Some((self.levels.get(node.level)?, &node.children))
    }

    /// The variables on which a node's answer hinges, in the order of their ids.
    pub fn support(&self, node: NodeId) -> BTreeSet<VarId> {
        self.below(node)
            .into_iter()
            .filter_map(|node| self.levels.get(self.nodes[node].level))
            .map(|level| level.var)
            .collect()
    }

    /// The node that asks a level and leads to `children`; none past the budget.
    pub fn node(&mut self, level: usize, children: Vec<NodeId>) -> Option<NodeId> {
        if let Some((first, rest)) = children.split_first()
            && rest.iter().all(|child| child == first)
        {
            return Some(*first);
        }
        let node = Node { level, children };
        if let Some(id) = self.ids.get(&node) {
            return Some(*id);
        }
        if self.nodes.len() >= self.most {
            return None;
        }
        let id = self.nodes.push(node.clone());
        self.ids.insert(node, id);
        Some(id)
    }

    /// The question with a variable put into some of its cells.
    ///
    /// Where the cells make up several classes, whether the answer is yes in all of them (`every`), or in any.
    pub fn restrict(&mut self, node: NodeId, var: VarId, cells: Mask, every: bool) -> Option<NodeId> {
        let Some(place) = self.levels.iter().position(|level| level.var == var) else { return Some(node) };
        let kept: Vec<bool> = match self.levels.get(place) {
            Some(level) => level.classes.iter().map(|class| class & cells != 0).collect(),
            None => return Some(node),
        };
        let op = if every { Op::And } else { Op::Or };
        let mut turned = BTreeMap::from([(NO, NO), (YES, YES)]);
        for id in self.below(node) {
            let Node { level, children } = self.nodes[id].clone();
            let there = |child: &NodeId| turned.get(child).copied().unwrap_or(NO);
            let new = if level == place {
                let mut kept =
                    children.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(child, _)| there(child));
                let first = kept.next().unwrap_or(NO);
                let rest: Vec<NodeId> = kept.collect();
                let mut all = first;
                for next in rest {
                    all = self.apply(op, all, next)?;
                }
                all
            } else if level > place {
                id
            } else {
                let children = children.iter().map(there).collect();
                self.node(level, children)?
            };
            turned.insert(id, new);
        }
        turned.get(&node).copied()
    }

    /// The nodes that a node leads to, itself among them and the ends not; children before their parents.
    fn below(&self, node: NodeId) -> BTreeSet<NodeId> {
        let mut reached = BTreeSet::new();
        let mut unread = vec![node];
        while let Some(node) = unread.pop() {
            if node > YES && reached.insert(node) {
                unread.extend(&self.nodes[node].children);
            }
        }
        reached
    }
}
