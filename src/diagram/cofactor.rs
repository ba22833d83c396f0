//! Generalized cofactors: functions among the possible cases.

use super::apply::{Next, Pair};
use super::table::Lookup;
use super::{Diagram, NO, NodeId, YES};

impl Diagram {
    /// Returns the generalized cofactor of a function: the function among the cases for which `among` is yes. Functions
    /// with the same values in these cases have the same node, which is a leaf if all these values are equal. The
    /// cofactor commutes with Boolean operations. Its values in other cases have no meaning. Returns `None` if the
    /// budget does not suffice.
    ///
    /// # Source
    /// The generalized cofactor of O. Coudert, J. C. Madre, A unified framework for the formal verification of
    /// sequential circuits (1990): an impossible case has the value of a possible one.
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
                        // A class without possible cases has the value of the first class with possible cases.
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
