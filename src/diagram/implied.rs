//! Implication between functions.

use super::table::Lookup;
use super::{Diagram, NO, NodeId, Op, YES};
use crate::sorted::sort;

impl Diagram {
    /// Returns whether `one` implies `other`, that is, whether `other` is yes wherever `one` is; `None` if the budget
    /// for steps does not suffice. Makes no nodes.
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

    /// Returns whether two functions together imply a third; `None` if the budget for steps does not suffice. Makes no
    /// nodes.
    pub fn imply(&mut self, one: NodeId, other: NodeId, third: NodeId) -> Option<bool> {
        let mut seen: Lookup<(NodeId, NodeId, NodeId), ()> = Lookup::default();
        let mut unread = vec![(one, other, third)];
        while let Some((one, other, third)) = unread.pop() {
            // The larger of the two comes first, so that a leaf comes last.
            let (one, other) = if one == other { (one, YES) } else { (one.max(other), one.min(other)) };
            if one == NO || other == NO || third == YES || one == third || other == third {
                continue;
            }
            let (one, other) = if other == YES { (one, YES) } else { (one, other) };
            // A function other than "no" can be yes, so it does not imply a function that is always no.
            if (one == YES || other == YES) && third == NO || one == YES && other == YES {
                return Some(false);
            }
            if seen.insert((one, other, third), ()).is_some() {
                continue;
            }
            self.charge(1)?;
            let level = self.level(one).min(self.level(other)).min(self.level(third));
            let width = self.levels.get(level).map_or(0, |level| level.classes.len());
            for class in 0..width {
                let step = |node| self.step(node, level, class);
                unread.push((step(one), step(other), step(third)));
            }
        }
        Some(true)
    }

    /// Returns a minimal subset of functions that cannot all be yes together with `given`, in their order; `None` if
    /// all can be yes, or if the budget does not suffice.
    ///
    /// The search adds one function at a time: the first one such that the functions found so far and all functions up
    /// to it cannot all be yes.
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
        sort(&mut kept);
        Some(kept.into_iter().filter_map(|at| of.get(at)).map(|(one, _)| *one).collect())
    }

    /// Returns, for each of several functions, whether it is redundant, that is, whether all the others together imply
    /// it. Returns `None` if the budget does not suffice.
    ///
    /// If two functions are equal, both are redundant.
    ///
    /// # Source
    /// Conjunctions of all functions before and of all functions after each one, so that each is compared with the
    /// others in a few steps.
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
