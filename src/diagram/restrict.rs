//! Restriction and evaluation of functions when more is known.

use super::{Diagram, NO, NodeId, YES};
use crate::circuit::{Mask, Masks};
use crate::id::{Id, VarId, existing};
use crate::value::Truth;

impl Diagram {
    /// Restricts a function to some cells of a variable.
    ///
    /// If the cells make up several classes, the result is yes if the function is yes in all of them (`every`), or in
    /// any of them. With all cells, this quantifies the variable out. Returns `None` if the budget does not suffice.
    pub fn restrict(&mut self, node: NodeId, var: VarId, cells: Mask, every: bool) -> Option<NodeId> {
        let Some(place) = self.place_of(var) else { return Some(node) };
        let kept: Vec<bool> = match self.levels.get(place) {
            Some(level) => level.classes.iter().map(|class| class & cells != 0).collect(),
            None => return Some(node),
        };
        let below = self.below(node);
        self.charge(below.len())?;
        let mut turned = super::table::by_node(node, NO);
        if let Some(yes) = turned.get_mut(YES.place()) {
            *yes = YES;
        }
        for id in below {
            let level = self.level(id);
            let there = |child: &NodeId| *existing(turned.get(child.place()));
            let new = if level > place {
                id
            } else if level == place {
                let kept = self.children(id).iter().zip(&kept).filter(|(_, kept)| **kept);
                let kept: Vec<NodeId> = kept.map(|(child, _)| there(child)).collect();
                match (kept.is_empty(), every) {
                    (true, _) => NO,
                    (false, true) => self.all(&kept)?,
                    (false, false) => self.any(&kept)?,
                }
            } else {
                let children: Vec<NodeId> = self.children(id).iter().map(there).collect();
                self.node(level, &children)?
            };
            if let Some(slot) = turned.get_mut(id.place()) {
                *slot = new;
            }
        }
        turned.get(node.place()).copied()
    }

    /// Returns the exact value of a function within masks.
    ///
    /// # Example
    /// ```
    /// use placet::circuit::Circuit;
    /// use placet::diagram::{MOST_NODES, compile};
    /// use placet::value::Truth;
    ///
    /// let mut circuit = Circuit::new();
    /// let (p, q) = (circuit.variable(2), circuit.variable(2));
    /// let (p_is, q_is) = (circuit.test(p, 0b01), circuit.test(q, 0b01));
    /// let either = circuit.any([p_is, q_is]);
    /// let diagram = compile(&circuit, either, &circuit.anything(), MOST_NODES).ok_or("too large")?;
    /// let p_alone = [0b01, 0b11].into_iter().collect();
    /// assert_eq!(diagram.truth(diagram.root(), &circuit.anything()), Truth::Open);
    /// assert_eq!(diagram.truth(diagram.root(), &p_alone), Truth::Yes);
    /// # Ok::<(), &str>(())
    /// ```
    pub fn truth(&self, node: NodeId, masks: &Masks) -> Truth {
        let within = |var: VarId| masks.find(var).copied().unwrap_or(Mask::MAX);
        let possible: Vec<Mask> = self.levels.iter().map(|level| within(level.var)).collect();
        let mut seen = super::table::by_node(node.max(YES), false);
        let mut unread = vec![node];
        while let Some(node) = unread.pop() {
            match seen.get_mut(node.place()) {
                Some(seen) if !*seen => *seen = true,
                _ => continue,
            }
            let place = self.level(node);
            let Some(level) = self.levels.get(place) else { continue };
            let possible = possible.get(place).copied().unwrap_or(Mask::MAX);
            let ways = self.children(node).iter().zip(&level.classes);
            unread.extend(ways.filter(|(_, class)| *class & possible != 0).map(|(child, _)| *child));
            if seen.get(NO.place()) == Some(&true) && seen.get(YES.place()) == Some(&true) {
                break;
            }
        }
        match (seen.get(YES.place()), seen.get(NO.place())) {
            (Some(true), Some(false)) => Truth::Yes,
            (Some(false), Some(true)) => Truth::No,
            _ => Truth::Open,
        }
    }
}
