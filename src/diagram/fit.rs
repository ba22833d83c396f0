//! Questions among the cases that there can be.

use super::table::Lookup;
use super::{Diagram, NO, NodeId, YES};

/// Two nodes of which the first is being put among the second's cases.
struct Pair {
    node: NodeId,
    among: NodeId,
    level: usize,
    /// How many children are asked for already.
    class: usize,
}

impl Diagram {
    /// A question as it stands among the cases for which another is yes: the same node for all questions that have the
    /// same answers there, an end where these are all the same. Put together before or after, questions come to the
    /// same. What it says of other cases is of no account. None past the budget.
    ///
    /// # Source
    /// The generalized cofactor of O. Coudert, J. C. Madre, A unified framework for the formal verification of sequential
    /// circuits (1990): a case that there cannot be is answered as one that there can.
    pub(crate) fn among(&mut self, node: NodeId, among: NodeId) -> Option<NodeId> {
        let mut known: Lookup<(NodeId, NodeId), NodeId> = Lookup::default();
        let mut pairs: Vec<Pair> = Vec::new();
        let mut done: Vec<NodeId> = Vec::new();
        let (mut node, mut among) = (node, among);
        loop {
            if among == YES || node <= YES {
                done.push(node);
            } else if let Some(known) = known.get(&(node, among)) {
                done.push(*known);
            } else {
                self.steps = self.steps.checked_sub(1)?;
                let level = self.level(node).min(self.level(among));
                pairs.push(Pair { node, among, level, class: 0 });
            }
            loop {
                let Some(pair) = pairs.last_mut() else { return done.pop() };
                let width = self.levels.get(pair.level).map_or(0, |level| level.classes.len());
                if pair.class < width {
                    let class = pair.class;
                    pair.class += 1;
                    let level = pair.level;
                    let (of, within) = (pair.node, pair.among);
                    // Where nothing there can be leads this way, it is answered as the first way that something does.
                    let there = |class: &usize| self.step(within, level, *class) != NO;
                    let class = if there(&class) { class } else { (0..width).find(there)? };
                    (node, among) = (self.step(of, level, class), self.step(within, level, class));
                    break;
                }
                let first = done.len().checked_sub(width)?;
                let made = self.node(pair.level, done.get(first..)?)?;
                done.truncate(first);
                done.push(made);
                known.insert((pair.node, pair.among), made);
                pairs.pop();
            }
        }
    }
}
