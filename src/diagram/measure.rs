//! How telling a variable is.

use super::table::Lookup;
use super::{Diagram, NO, NodeId, YES};
use crate::id::VarId;
use std::collections::BTreeMap;

/// One, as the chances of single nodes are counted.
const ONE: u128 = 1 << 63;

/// How likely an answer is to turn on something.
///
/// # Units
/// 2^-126, so that the chances of a fact among some sixty others are still told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Chance(u128);

impl Chance {
    /// The chance in millionths, rounded.
    pub fn millionths(self) -> u32 {
        u32::try_from(((self.0 >> 62) * 1_000_000 + ONE) >> 64).unwrap_or(u32::MAX)
    }

    /// What share this is of the greatest of some chances, in millionths; none of nothing.
    pub fn share_of(self, greatest: Chance) -> Option<u32> {
        // Room for the factor of a million: as many low bits go as the greatest has too many.
        let excess = (u128::BITS - greatest.0.leading_zeros()).saturating_sub(100);
        let (part, whole) = (self.0 >> excess, greatest.0 >> excess);
        u32::try_from((part * 1_000_000).checked_div(whole)?).ok()
    }
}

impl Diagram {
    /// For every variable that matters to the whole question, the chance that the answer turns on it: that, the others
    /// having turned out, it differs between two values of this one. Every possible cell is as likely as another. None
    /// past the budget.
    pub fn telling(&mut self) -> Option<BTreeMap<VarId, Chance>> {
        let nodes = self.below(self.root);
        self.take(2 * nodes.len())?;
        let mut reach: Lookup<NodeId, u128> = Lookup::from_iter([(self.root, ONE)]);
        for node in nodes.iter().rev() {
            let here = reach.get(node).copied().unwrap_or_default();
            for (child, weight, all) in self.ways(*node) {
                *reach.entry(child).or_default() += here * weight / all;
            }
        }
        let mut turning: Vec<(VarId, NodeId, NodeId, NodeId)> = Vec::new();
        for node in nodes {
            let Some(level) = self.levels.get(self.level(node)) else { continue };
            let var = level.var;
            let children = self.children(node).to_vec();
            let (every, any) = (self.all(&children)?, self.any(&children)?);
            turning.push((var, node, every, any));
        }
        let chances = self.chances(turning.iter().flat_map(|(_, _, every, any)| [*every, *any]));
        let chance = |node: NodeId| chances.get(&node).copied().unwrap_or_default();
        let mut telling: BTreeMap<VarId, Chance> = BTreeMap::new();
        for (var, node, every, any) in turning {
            let turns = chance(any).saturating_sub(chance(every));
            let here = reach.get(&node).copied().unwrap_or_default();
            telling.entry(var).or_default().0 += here * turns;
        }
        Some(telling)
    }

    /// The chance of yes at some nodes and all that they lead to.
    fn chances(&self, of: impl Iterator<Item = NodeId>) -> Lookup<NodeId, u128> {
        let mut chances = Lookup::from_iter([(NO, 0), (YES, ONE)]);
        let mut unread: Vec<NodeId> = of.collect();
        while let Some(node) = unread.last().copied() {
            if chances.contains_key(&node) {
                unread.pop();
                continue;
            }
            let unknown = self.children(node).iter().filter(|child| !chances.contains_key(child));
            let before = unread.len();
            unread.extend(unknown);
            if unread.len() == before {
                let mut chance = 0;
                for (child, weight, all) in self.ways(node) {
                    chance += chances.get(&child).copied().unwrap_or_default() * weight / all;
                }
                chances.insert(node, chance);
                unread.pop();
            }
        }
        chances
    }

    /// Where a node leads, each with its weight among all.
    fn ways(&self, node: NodeId) -> Vec<(NodeId, u128, u128)> {
        let Some(level) = self.levels.get(self.level(node)) else { return Vec::new() };
        let weight = |class: &u128| u128::from(class.count_ones());
        let all: u128 = level.classes.iter().map(weight).sum();
        self.children(node)
            .iter()
            .zip(&level.classes)
            .map(|(child, class)| (*child, weight(class), all.max(1)))
            .collect()
    }
}
