//! Questions among the cases that there can be.

use super::apply::{Next, Pair};
use super::table::Lookup;
use super::{Diagram, NO, NodeId, YES};

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
                pairs.push(self.pair(node, among)?);
            }
            loop {
                let Some(pair) = pairs.last_mut() else { return done.pop() };
                match self.next(pair, &mut done)? {
                    Next::Class(class) => {
                        let (of, within, level) = (pair.one, pair.other, pair.level);
                        // Where nothing there can be leads this way, it is answered as the first way that something does.
                        let there = |class: &usize| self.step(within, level, *class) != NO;
                        let class = if there(&class) { class } else { (0..self.width(level)).find(there)? };
                        (node, among) = (self.step(of, level, class), self.step(within, level, class));
                        break;
                    }
                    Next::Made(made) => {
                        known.insert((pair.one, pair.other), made);
                        pairs.pop();
                    }
                }
            }
        }
    }
}
