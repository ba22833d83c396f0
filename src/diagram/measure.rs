//! How telling a variable is.

use super::{Diagram, NO, NodeId, Op, YES};
use crate::id::VarId;
use std::collections::BTreeMap;

/// One, as chances are counted.
const ONE: u128 = 1 << 80;

/// One, as chances are told.
const MILLION: u128 = 1_000_000;

impl Diagram {
    /// For every variable that matters, the chance that the answer turns on it: that, the others having turned out,
    /// it differs between two values of this one. Every possible cell is as likely as another. None past the budget.
    ///
    /// # Units
    /// Millionths.
    pub fn telling(&mut self) -> Option<BTreeMap<VarId, u32>> {
        let nodes = self.below(self.root);
        let mut reach: BTreeMap<NodeId, u128> = BTreeMap::from([(self.root, ONE)]);
        for node in nodes.iter().rev() {
            let here = reach.get(node).copied().unwrap_or_default();
            for (child, weight, all) in self.ways(*node) {
                *reach.entry(child).or_default() += here * weight / all;
            }
        }
        let mut turning: Vec<(VarId, NodeId, NodeId, NodeId)> = Vec::new();
        for node in nodes {
            let Some(level) = self.levels.get(self.nodes[node].level) else { continue };
            let var = level.var;
            let children = self.nodes[node].children.clone();
            let (mut every, mut any) = (YES, NO);
            for child in children {
                every = self.apply(Op::And, every, child)?;
                any = self.apply(Op::Or, any, child)?;
            }
            turning.push((var, node, every, any));
        }
        let chances = self.chances(turning.iter().flat_map(|(_, _, every, any)| [*every, *any]));
        let chance = |node: NodeId| chances.get(&node).copied().unwrap_or_default();
        let mut telling: BTreeMap<VarId, u128> = BTreeMap::new();
        for (var, node, every, any) in turning {
            let turns = chance(any).saturating_sub(chance(every));
            let here = reach.get(&node).copied().unwrap_or_default();
            // Both are at most 2^80, so half of the bits go first.
            *telling.entry(var).or_default() += (here >> 40) * (turns >> 40);
        }
        let told = |chance: u128| u32::try_from((chance * MILLION + ONE / 2) / ONE).unwrap_or(u32::MAX);
        Some(telling.into_iter().map(|(var, chance)| (var, told(chance))).collect())
    }

    /// The chance of yes at some nodes and all that they lead to.
    fn chances(&self, of: impl Iterator<Item = NodeId>) -> BTreeMap<NodeId, u128> {
        let mut chances = BTreeMap::from([(NO, 0), (YES, ONE)]);
        for top in of {
            if chances.contains_key(&top) {
                continue;
            }
            for node in self.below(top) {
                if chances.contains_key(&node) {
                    continue;
                }
                let mut chance = 0;
                for (child, weight, all) in self.ways(node) {
                    chance += chances.get(&child).copied().unwrap_or_default() * weight / all;
                }
                chances.insert(node, chance);
            }
        }
        chances
    }

    /// Where a node leads, each with its weight among all.
    fn ways(&self, node: NodeId) -> Vec<(NodeId, u128, u128)> {
        let node = &self.nodes[node];
        let Some(level) = self.levels.get(node.level) else { return Vec::new() };
        let weight = |class: &u128| u128::from(class.count_ones());
        let all: u128 = level.classes.iter().map(weight).sum();
        node.children
            .iter()
            .zip(&level.classes)
            .map(|(child, class)| (*child, weight(class), all.max(1)))
            .collect()
    }
}
