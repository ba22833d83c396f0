//! The limit on the memory for caches of row values.

use std::cell::Cell;

/// The memory for everything that is cached.
///
/// # Units
/// Bytes.
const ALL: usize = 12 * 1024 * 1024;

/// The memory that is left.
pub(super) struct Room(Cell<usize>);

impl Default for Room {
    fn default() -> Room {
        Room(Cell::new(ALL))
    }
}

impl Room {
    /// Reserves memory. Returns false if not enough is left.
    pub fn take(&self, bytes: usize) -> bool {
        let left = self.0.get().checked_sub(bytes);
        self.0.set(left.unwrap_or(self.0.get()));
        left.is_some()
    }

    /// Releases memory.
    pub fn give(&self, bytes: usize) {
        self.0.set(self.0.get().saturating_add(bytes).min(ALL));
    }
}
