//! Two questions made one.

use super::{Diagram, NO, NodeId, Op, REMEMBERED, YES};

/// Two nodes whose children are being put together.
pub(super) struct Pair {
    pub one: NodeId,
    pub other: NodeId,
    pub level: usize,
    /// How many children are asked for already.
    class: usize,
}

/// What comes next in putting two nodes together.
pub(super) enum Next {
    /// Their children in this class.
    Class(usize),
    /// Nothing: this is what became of them.
    Made(NodeId),
}

impl Diagram {
    /// Two questions put together; none past the budget.
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

    /// Two nodes to be put together; none past the budget.
    pub(super) fn pair(&mut self, one: NodeId, other: NodeId) -> Option<Pair> {
        self.take(1)?;
        Some(Pair { one, other, level: self.level(one).min(self.level(other)), class: 0 })
    }

    /// Goes on with two nodes, whose children as far as they were asked for are the last that are done; none past the
    /// budget.
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

    /// How many classes of cells a level has.
    pub(super) fn width(&self, level: usize) -> usize {
        self.levels.get(level).map_or(0, |level| level.classes.len())
    }

    /// The question the other way round.
    pub fn negate(&mut self, node: NodeId) -> Option<NodeId> {
        self.apply(Op::Differ, node, YES)
    }

    /// All of several questions, or any of them.
    pub(super) fn fold(&mut self, op: Op, start: NodeId, of: Vec<NodeId>) -> Option<NodeId> {
        let mut all = start;
        for next in self.deepest_first(of) {
            all = self.apply(op, all, next)?;
        }
        Some(all)
    }

    /// All of several questions at once; none past the budget.
    pub fn all(&mut self, of: &[NodeId]) -> Option<NodeId> {
        self.fold(Op::And, YES, of.to_vec())
    }

    /// Any of several questions; none past the budget.
    pub fn any(&mut self, of: &[NodeId]) -> Option<NodeId> {
        self.fold(Op::Or, NO, of.to_vec())
    }

    /// Questions about late variables first, which keeps what is in between small.
    pub(super) fn deepest_first(&self, mut of: Vec<NodeId>) -> Vec<NodeId> {
        of.sort_by_key(|node| (std::cmp::Reverse(self.level(*node)), *node));
        of
    }

    /// Where a node leads in a class of a level; itself where it does not ask it.
    pub(super) fn step(&self, node: NodeId, level: usize, class: usize) -> NodeId {
        if self.level(node) == level { self.children(node).get(class).copied().unwrap_or(node) } else { node }
    }

    fn already(&self, op: Op, one: NodeId, other: NodeId) -> Option<NodeId> {
        match op {
            Op::But => match (one, other) {
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

/// What a result is remembered by: of all but [`Op::But`], whichever comes first.
fn key(op: Op, one: NodeId, other: NodeId) -> (Op, NodeId, NodeId) {
    match op {
        Op::But => (op, one, other),
        _ => (op, one.min(other), one.max(other)),
    }
}
