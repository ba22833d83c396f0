//! A union-find structure over numbered items.

use crate::sorted::{SortedMap, SortedSet};

/// Numbered items in groups that can be merged (union-find).
#[derive(Clone, Debug)]
pub(crate) struct Joined(Vec<usize>);

impl Joined {
    /// Returns `count` items, each in a group of its own.
    pub fn new(count: usize) -> Joined {
        Joined((0..count).collect())
    }

    /// Returns the representative of the group of an item, which is its lowest item.
    pub fn head(&mut self, at: usize) -> usize {
        let mut at = at;
        while let Some(up) = self.0.get(at).copied() {
            if up == at {
                break;
            }
            let higher = self.0.get(up).copied().unwrap_or(up);
            if let Some(slot) = self.0.get_mut(at) {
                *slot = higher;
            }
            at = higher;
        }
        at
    }

    /// Merges the groups of two items.
    pub fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.head(one), self.head(other));
        if let Some(slot) = self.0.get_mut(one.max(other)) {
            *slot = one.min(other);
        }
    }

    /// Merges the groups of items whose sets have an element in common.
    pub fn by_shared<'s, T: Ord + 's>(sets: impl ExactSizeIterator<Item = &'s SortedSet<T>>) -> Joined {
        let mut joined = Joined::new(sets.len());
        let mut first_with: SortedMap<&T, usize> = SortedMap::new();
        for (at, set) in sets.enumerate() {
            for element in set {
                joined.join(at, *first_with.entry(element).or_insert(at));
            }
        }
        joined
    }

    /// Returns the items of each group, in the order of the first of each.
    pub fn groups<T>(mut self, items: impl IntoIterator<Item = T>) -> Vec<Vec<T>> {
        let mut groups: SortedMap<usize, Vec<T>> = SortedMap::new();
        for (at, item) in items.into_iter().enumerate() {
            groups.entry(self.head(at)).or_default().push(item);
        }
        groups.into_values().collect()
    }
}
