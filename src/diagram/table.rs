//! Hash tables that are only looked up, never iterated; fast and the same on every machine.

use super::NodeId;
use crate::id::Id;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A hash table that is only looked up.
pub(crate) type Lookup<K, V> = HashMap<K, V, BuildHasherDefault<Mixing>>;

/// A hasher that mixes whole words, without a seed.
///
/// # Source
/// The finalizer of D. Stafford's variant 13 of the mixer of MurmurHash3 (2011).
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mixing(u64);

impl Mixing {
    fn mix(&mut self, word: u64) {
        let mut word = self.0.rotate_left(29) ^ word ^ 0x9e37_79b9_7f4a_7c15;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        self.0 = word ^ (word >> 31);
    }
}

impl Hasher for Mixing {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.mix(u64::from_le_bytes(*word));
        }
        for byte in rest {
            self.mix(u64::from(*byte));
        }
    }

    fn write_u8(&mut self, word: u8) {
        self.mix(u64::from(word));
    }

    fn write_u32(&mut self, word: u32) {
        self.mix(u64::from(word));
    }

    fn write_u64(&mut self, word: u64) {
        self.mix(word);
    }

    fn write_usize(&mut self, word: usize) {
        self.mix(word as u64);
    }
}

/// Returns the hash of the level and the children of a node.
pub(super) fn hash(level: u32, children: &[NodeId]) -> u64 {
    let mut mixing = Mixing::default();
    mixing.mix(u64::from(level));
    for child in children {
        mixing.mix(u64::from(child.0));
    }
    mixing.0
}

/// A table of nodes by their hash, with open addressing; at most half full.
#[derive(Clone, Debug)]
pub(super) struct Unique {
    /// The number of a node, or 0 for a free slot; the two leaves are never looked up.
    slots: Vec<u32>,
    taken: usize,
}

impl Unique {
    pub fn new() -> Unique {
        Unique { slots: vec![0; 64], taken: 0 }
    }

    /// Returns the node with this hash for which `is` holds.
    pub fn find(&self, hash: u64, is: impl Fn(NodeId) -> bool) -> Option<NodeId> {
        let mut at = self.start(hash);
        loop {
            match self.slots.get(at).copied().unwrap_or(0) {
                0 => return None,
                node if is(NodeId(node)) => return Some(NodeId(node)),
                _ => at = (at + 1) & (self.slots.len() - 1),
            }
        }
    }

    /// Adds a node that is not in the table; `hash_of` returns the hash of a node that is.
    pub fn insert(&mut self, hash: u64, node: NodeId, hash_of: impl Fn(NodeId) -> u64) {
        if (self.taken + 1) * 2 > self.slots.len() {
            let larger = Unique { slots: vec![0; self.slots.len() * 2], taken: 0 };
            let smaller = std::mem::replace(self, larger);
            for node in smaller.slots.into_iter().filter(|node| *node != 0) {
                self.put(hash_of(NodeId(node)), NodeId(node));
            }
        }
        self.put(hash, node);
    }

    fn put(&mut self, hash: u64, node: NodeId) {
        let mut at = self.start(hash);
        while self.slots.get(at).is_some_and(|slot| *slot != 0) {
            at = (at + 1) & (self.slots.len() - 1);
        }
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = node.0;
            self.taken += 1;
        }
    }

    fn start(&self, hash: u64) -> usize {
        // Only the low bits are used, so that the slot is the same on machines of any word size.
        usize::try_from(hash & 0xffff_ffff).unwrap_or_default() & (self.slots.len() - 1)
    }
}

/// Returns the places of nodes in a list.
pub(super) fn places(nodes: &[NodeId]) -> Lookup<NodeId, usize> {
    nodes.iter().enumerate().map(|(place, node)| (*node, place)).collect()
}

/// Returns a list with an entry for each node up to `most`.
pub(super) fn by_node<T: Clone>(most: NodeId, start: T) -> Vec<T> {
    vec![start; most.place() + 1]
}
