//! How much may be remembered of what rows said.

use std::cell::Cell;

/// The room for everything that is remembered so that it need not be worked out again.
///
/// # Units
/// Bytes.
const ALL: usize = 12 * 1024 * 1024;

/// The room that is left.
pub(super) struct Room(Cell<usize>);

impl Default for Room {
    fn default() -> Room {
        Room(Cell::new(ALL))
    }
}

impl Room {
    /// Takes so much, where it is left.
    pub fn take(&self, bytes: usize) -> bool {
        let left = self.0.get().checked_sub(bytes);
        self.0.set(left.unwrap_or(self.0.get()));
        left.is_some()
    }

    /// Gives so much back.
    pub fn give(&self, bytes: usize) {
        self.0.set(self.0.get().saturating_add(bytes).min(ALL));
    }
}
