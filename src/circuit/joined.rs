//! Things in groups.

/// Things in groups that are joined step by step.
#[derive(Clone, Debug)]
pub(crate) struct Joined(Vec<usize>);

impl Joined {
    /// So many things, each by itself.
    pub fn new(count: usize) -> Joined {
        Joined((0..count).collect())
    }

    /// The first of the group that a thing belongs to.
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

    /// Makes the groups of two things one.
    pub fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.head(one), self.head(other));
        if let Some(slot) = self.0.get_mut(one.max(other)) {
            *slot = one.min(other);
        }
    }
}
