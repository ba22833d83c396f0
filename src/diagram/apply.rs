//! Two questions made one.

use super::{Diagram, NO, Node, NodeId, Op, YES};

/// Two nodes whose children are being put together.
struct Pair {
    one: NodeId,
    other: NodeId,
    level: usize,
    done: Vec<NodeId>,
}

impl Diagram {
    /// Both, either, or one but not the other of two questions; none past the budget.
    pub fn apply(&mut self, op: Op, one: NodeId, other: NodeId) -> Option<NodeId> {
        let mut pairs: Vec<Pair> = Vec::new();
        let mut next = Some((one, other));
        let mut result = NO;
        loop {
            if let Some((one, other)) = next.take() {
                match self.already(op, one, other) {
                    Some(known) => result = known,
                    None => {
                        self.steps = self.steps.checked_sub(1)?;
                        let level = self.nodes[one].level.min(self.nodes[other].level);
                        let pair = Pair { one, other, level, done: Vec::new() };
                        next = Some(self.step(&pair));
                        pairs.push(pair);
                        continue;
                    }
                }
            }
            let Some(pair) = pairs.last_mut() else { return Some(result) };
            pair.done.push(result);
            let width = self.levels.get(pair.level).map_or(0, |level| level.classes.len());
            if pair.done.len() < width {
                if let Some(pair) = pairs.last() {
                    next = Some(self.step(pair));
                }
                continue;
            }
            let Some(Pair { one, other, level, done }) = pairs.pop() else { return Some(result) };
            result = self.node(level, done)?;
            self.applied.insert((op, one.min(other), one.max(other)), result);
        }
    }

    /// The question the other way round.
    pub fn negate(&mut self, node: NodeId) -> Option<NodeId> {
        self.apply(Op::Differ, node, YES)
    }

    /// The next two children to put together.
    fn step(&self, pair: &Pair) -> (NodeId, NodeId) {
        let class = pair.done.len();
        let child = |id: NodeId| {
            let Node { level, children } = &self.nodes[id];
            if *level == pair.level { children.get(class).copied().unwrap_or(id) } else { id }
        };
        (child(pair.one), child(pair.other))
    }

    fn already(&self, op: Op, one: NodeId, other: NodeId) -> Option<NodeId> {
        let (one, other) = (one.min(other), one.max(other));
        match (op, one, other) {
            (Op::And, NO, _) => Some(NO),
            (Op::And, YES, same) | (Op::Or, NO, same) | (Op::Differ, NO, same) => Some(same),
            (Op::Or, YES, _) => Some(YES),
            (Op::And | Op::Or, one, other) if one == other => Some(one),
            (Op::Differ, one, other) if one == other => Some(NO),
            _ => self.applied.get(&(op, one, other)).copied(),
        }
    }
}
