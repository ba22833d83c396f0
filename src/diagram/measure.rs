//! The influence of a variable: how likely it is to determine the value.

use super::table::Lookup;
use super::{Diagram, NO, NodeId, YES};
use crate::id::VarId;
use crate::sorted::{SortedMap, sort_by_key};

/// Probability one, as the probabilities of single nodes are represented.
const ONE: u128 = 1 << 63;

/// The probability that a value depends on something.
///
/// # Units
/// 2^-126, so that the chances of a fact among about sixty others are still distinguished.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Chance(u128);

impl Chance {
    /// Returns the probability in millionths, rounded.
    pub fn millionths(self) -> u32 {
        u32::try_from(((self.0 >> 62) * 1_000_000 + ONE) >> 64).unwrap_or(u32::MAX)
    }

    /// Returns the ratio of this to the greatest of some probabilities, in millionths; `None` if the greatest is zero.
    pub fn share_of(self, greatest: Chance) -> Option<u32> {
        // Drops as many low bits as are needed to make room for the factor of a million.
        let excess = (u128::BITS - greatest.0.leading_zeros()).saturating_sub(100);
        let (part, whole) = (self.0 >> excess, greatest.0 >> excess);
        u32::try_from((part * 1_000_000).checked_div(whole)?).ok()
    }
}

impl Diagram {
    /// Returns, for each variable that the whole function depends on, the probability that its value depends on the
    /// variable: that it differs between two values of this variable when the other variables are fixed. All possible
    /// cells are equally likely. Returns `None` if the budget does not suffice.
    pub fn influence(&mut self) -> Option<SortedMap<VarId, Chance>> {
        let nodes = self.below(self.root);
        self.charge(2 * nodes.len())?;
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
        // Appending to the end of a sorted map is fast.
        sort_by_key(&mut turning, |(var, ..)| *var);
        let mut influence: SortedMap<VarId, Chance> = SortedMap::new();
        for (var, node, every, any) in turning {
            let turns = chance(any).saturating_sub(chance(every));
            let here = reach.get(&node).copied().unwrap_or_default();
            influence.entry(var).or_default().0 += here * turns;
        }
        Some(influence)
    }

    /// Returns the probability of yes at some nodes and at all nodes that they lead to.
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

    /// Returns the children of a node, each with its weight and the total weight.
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
