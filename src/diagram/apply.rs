//! Binary operations on functions.

use super::{Diagram, NO, NodeId, Op, REMEMBERED, YES};

/// Two nodes that are being combined.
pub(super) struct Pair {
    pub one: NodeId,
    pub other: NodeId,
    pub level: usize,
    /// The number of children requested so far.
    class: usize,
}

/// The next step in combining two nodes.
pub(super) enum Next {
    /// The children in this class are needed.
    Class(usize),
    /// The two nodes are combined to this node.
    Made(NodeId),
}

impl Diagram {
    /// Applies an operation to two functions; returns `None` if the budget does not suffice.
    pub fn apply(&mut self, op: Op, one: NodeId, other: NodeId) -> Option<NodeId> {
        let mut pairs: Vec<Pair> = Vec::new();
        let mut done: Vec<NodeId> = Vec::new();
        let (mut one, mut other) = (one, other);
        loop {
            match self.already(op, one, other) {
                Some(known) => done.push(known),
                None => pairs.push(self.pair(one, other)?),
            }
            loop {
                let Some(pair) = pairs.last_mut() else { return done.pop() };
                match self.next(pair, &mut done)? {
                    Next::Class(class) => {
                        one = self.step(pair.one, pair.level, class);
                        other = self.step(pair.other, pair.level, class);
                        break;
                    }
                    Next::Made(node) => {
                        let key = key(op, pair.one, pair.other);
                        pairs.pop();
                        if self.applied.len() >= REMEMBERED {
                            self.applied.clear();
                        }
                        self.applied.insert(key, node);
                    }
                }
            }
        }
    }

    /// Starts to combine two nodes; returns `None` if the budget does not suffice.
    pub(super) fn pair(&mut self, one: NodeId, other: NodeId) -> Option<Pair> {
        self.charge(1)?;
        Some(Pair { one, other, level: self.level(one).min(self.level(other)), class: 0 })
    }

    /// Continues to combine two nodes. Their children that were requested so far are the last in `done`. Returns `None`
    /// if the budget does not suffice.
    pub(super) fn next(&mut self, pair: &mut Pair, done: &mut Vec<NodeId>) -> Option<Next> {
        let width = self.width(pair.level);
        if pair.class < width {
            pair.class += 1;
            return Some(Next::Class(pair.class - 1));
        }
        let first = done.len().checked_sub(width)?;
        let node = self.node(pair.level, done.get(first..)?)?;
        done.truncate(first);
        done.push(node);
        Some(Next::Made(node))
    }

    /// Returns the number of classes of cells of a level.
    pub(super) fn width(&self, level: usize) -> usize {
        self.levels.get(level).map_or(0, |level| level.classes.len())
    }

    /// Returns the negation of a function.
    pub fn negate(&mut self, node: NodeId) -> Option<NodeId> {
        self.apply(Op::Differ, node, YES)
    }

    /// Returns the conjunction or disjunction of several functions.
    pub(super) fn fold(&mut self, op: Op, start: NodeId, of: Vec<NodeId>) -> Option<NodeId> {
        let mut all = start;
        for next in self.deepest_first(of) {
            all = self.apply(op, all, next)?;
        }
        Some(all)
    }

    /// Returns the conjunction of several functions, or `None` if the budget does not suffice.
    pub fn all(&mut self, of: &[NodeId]) -> Option<NodeId> {
        self.fold(Op::And, YES, of.to_vec())
    }

    /// Returns the disjunction of several functions, or `None` if the budget does not suffice.
    pub fn any(&mut self, of: &[NodeId]) -> Option<NodeId> {
        self.fold(Op::Or, NO, of.to_vec())
    }

    /// Sorts functions of late variables first, which keeps intermediate results small.
    pub(super) fn deepest_first(&self, mut of: Vec<NodeId>) -> Vec<NodeId> {
        // Called for every operation: the standard sort is faster than a small one.
        of.sort_by_key(|node| (std::cmp::Reverse(self.level(*node)), *node));
        of
    }

    /// Returns the child of a node for a class of a level, or the node itself if it does not test the level.
    pub(super) fn step(&self, node: NodeId, level: usize, class: usize) -> NodeId {
        if self.level(node) == level { self.children(node).get(class).copied().unwrap_or(node) } else { node }
    }

    fn already(&self, op: Op, one: NodeId, other: NodeId) -> Option<NodeId> {
        match op {
            Op::AndNot => match (one, other) {
                (NO, _) | (_, YES) => return Some(NO),
                (one, NO) => return Some(one),
                (one, other) if one == other => return Some(NO),
                _ => {}
            },
            _ => match (op, one.min(other), one.max(other)) {
                (Op::And, NO, _) => return Some(NO),
                (Op::And, YES, same) | (Op::Or, NO, same) | (Op::Differ, NO, same) => return Some(same),
                (Op::Or, YES, _) => return Some(YES),
                (Op::And | Op::Or, one, other) if one == other => return Some(one),
                (Op::Differ, one, other) if one == other => return Some(NO),
                _ => {}
            },
        }
        self.applied.get(&key(op, one, other)).copied()
    }
}

/// Returns the memo key of a result. For commutative operations, that is all but [`Op::AndNot`], the operands are sorted.
fn key(op: Op, one: NodeId, other: NodeId) -> (Op, NodeId, NodeId) {
    match op {
        Op::AndNot => (op, one, other),
        _ => (op, one.min(other), one.max(other)),
    }
}
