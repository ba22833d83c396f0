//! Which questions follow from others.

use super::table::Lookup;
use super::{Diagram, NO, NodeId, Op, YES};

impl Diagram {
    /// Whether the answer to one question is yes wherever it is yes to another; none past the budget of steps. Nothing
    /// is built.
    ///
    /// # Example
    /// ```
    /// use placet::circuit::Circuit;
    /// use placet::diagram::{MOST_NODES, compile_several};
    ///
    /// let mut circuit = Circuit::new();
    /// let number = circuit.variable(3);
    /// let (two, one) = (circuit.test(number, 0b100), circuit.test(number, 0b110));
    /// let (mut diagram, nodes) = compile_several(&circuit, &[two, one], &circuit.anything(), MOST_NODES);
    /// let [Some(two), Some(one)] = nodes[..] else { return Err("too large") };
    /// assert_eq!(diagram.implies(two, one), Some(true));
    /// assert_eq!(diagram.implies(one, two), Some(false));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn implies(&mut self, one: NodeId, other: NodeId) -> Option<bool> {
        self.imply(one, YES, other)
    }

    /// Whether two questions together imply a third; none past the budget of steps. Nothing is built.
    pub fn imply(&mut self, one: NodeId, other: NodeId, third: NodeId) -> Option<bool> {
        let mut seen: Lookup<(NodeId, NodeId, NodeId), ()> = Lookup::default();
        let mut unread = vec![(one, other, third)];
        while let Some((one, other, third)) = unread.pop() {
            // Both, the larger first, so that one that asks nothing more is last.
            let (one, other) = if one == other { (one, YES) } else { (one.max(other), one.min(other)) };
            if one == NO || other == NO || third == YES || one == third || other == third {
                continue;
            }
            let (one, other) = if other == YES { (one, YES) } else { (one, other) };
            // A question that is not "no" can be yes: so nothing follows from it that is always no.
            if (one == YES || other == YES) && third == NO || one == YES && other == YES {
                return Some(false);
            }
            if seen.insert((one, other, third), ()).is_some() {
                continue;
            }
            self.take(1)?;
            let level = self.level(one).min(self.level(other)).min(self.level(third));
            let width = self.levels.get(level).map_or(0, |level| level.classes.len());
            for class in 0..width {
                let step = |node| self.step(node, level, class);
                unread.push((step(one), step(other), step(third)));
            }
        }
        Some(true)
    }

    /// Of some questions that cannot all be yes together with `given`, those from which none can be left out, in their
    /// order: each is the one by which those found before it, with the questions that come before it, can no longer be.
    /// None where they can all be yes, or past the budget.
    pub(crate) fn excluding<T: Copy>(&mut self, given: &[NodeId], of: &[(T, NodeId)]) -> Option<Vec<T>> {
        let given = self.all(given)?;
        let mut kept: Vec<usize> = Vec::new();
        let mut all = given;
        while all != NO {
            let mut with = all;
            for (at, (_, node)) in of.iter().enumerate() {
                with = self.apply(Op::And, with, *node)?;
                if with == NO {
                    kept.push(at);
                    break;
                }
            }
            if with != NO {
                return None;
            }
            let last = of.get(*kept.last()?)?.1;
            all = self.apply(Op::And, all, last)?;
        }
        kept.sort_unstable();
        Some(kept.into_iter().filter_map(|at| of.get(at)).map(|(one, _)| *one).collect())
    }

    /// Which of several questions go without saying: each whether all the others together imply it. None past the
    /// budget.
    ///
    /// Of two that say the same, both do.
    ///
    /// # Source
    /// Products of all before and of all after, so that each question is held against the others in a few steps.
    ///
    /// # Example
    /// ```
    /// use placet::circuit::Circuit;
    /// use placet::diagram::{MOST_NODES, compile_several};
    ///
    /// let mut circuit = Circuit::new();
    /// let (p, q) = (circuit.variable(2), circuit.variable(2));
    /// let (p_is, q_is) = (circuit.test(p, 0b10), circuit.test(q, 0b10));
    /// let either = circuit.any([p_is, q_is]);
    /// let (mut diagram, nodes) = compile_several(&circuit, &[p_is, either], &circuit.anything(), MOST_NODES);
    /// let nodes: Vec<_> = nodes.into_iter().flatten().collect();
    /// assert_eq!(diagram.redundant(&nodes), Some(vec![false, true]));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn redundant(&mut self, of: &[NodeId]) -> Option<Vec<bool>> {
        let mut after = vec![YES];
        let mut all = YES;
        for node in of.iter().skip(1).rev() {
            all = self.apply(Op::And, *node, all)?;
            after.push(all);
        }
        let mut before = YES;
        let mut redundant = Vec::with_capacity(of.len());
        for (node, after) in of.iter().zip(after.into_iter().rev()) {
            redundant.push(self.imply(before, after, *node)?);
            before = self.apply(Op::And, before, *node)?;
        }
        Some(redundant)
    }
}
