//! A union-find structure over numbered items.

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
}
