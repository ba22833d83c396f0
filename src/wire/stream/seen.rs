//! Detects repeated ids in memory that does not grow with the table.

use std::hash::{DefaultHasher, Hasher};
use std::hint::black_box;

/// The number of ids whose fingerprints are kept.
pub const IDS_KEPT: usize = 1_500_000;

/// The largest number of slots for fingerprints. It exceeds [`IDS_KEPT`], so that free slots keep look-ups short.
const MOST_PLACES: usize = 1 << 21;

/// The ids of the rows so far: the first [`IDS_KEPT`], and the last one.
#[derive(Default)]
pub(super) struct Seen {
    /// A hash table of fingerprints. 0 marks a free slot.
    places: Vec<u64>,
    count: usize,
    last: u64,
    /// The fingerprints of the last call of `look`.
    looked: Vec<u64>,
}

impl Seen {
    /// Adds an id. Returns false if it has occurred before.
    pub fn note(&mut self, id: &[u8]) -> bool {
        let mark = mark(id);
        if std::mem::replace(&mut self.last, mark) == mark {
            return false;
        }
        if 4 * (self.count + 1) > 3 * self.places.len() && self.places.len() < MOST_PLACES {
            self.widen();
        }
        let place = self.place(mark);
        match self.places.get_mut(place) {
            Some(free) if *free == 0 => {
                if self.count < IDS_KEPT {
                    *free = mark;
                    self.count += 1;
                }
                true
            }
            _ => false,
        }
    }

    /// Reads the slots of ids in advance. This brings the memory into the cache all at once, which makes adding the ids
    /// several times faster.
    pub fn look<'i>(&mut self, ids: impl Iterator<Item = &'i [u8]>) {
        self.looked.clear();
        self.looked.extend(ids.map(mark));
        let around = self.places.len().wrapping_sub(1);
        let there = |mark: &u64| self.places.get(start(*mark, around)).copied().unwrap_or_default();
        black_box(self.looked.iter().map(there).fold(0, |all, there| all ^ there));
    }

    /// Returns whether every id so far is kept.
    pub fn is_whole(&self) -> bool {
        self.count < IDS_KEPT
    }

    /// Returns the slot of a fingerprint, or the free slot where it belongs.
    fn place(&self, mark: u64) -> usize {
        let around = self.places.len() - 1;
        let mut place = start(mark, around);
        while self.places.get(place).is_some_and(|there| *there != 0 && *there != mark) {
            place = (place + 1) & around;
        }
        place
    }

    fn widen(&mut self) {
        let wider = vec![0; (2 * self.places.len()).max(1024)];
        for mark in std::mem::replace(&mut self.places, wider) {
            if mark != 0 {
                let place = self.place(mark);
                if let Some(free) = self.places.get_mut(place) {
                    *free = mark;
                }
            }
        }
    }
}

/// Returns the fingerprint of an id, which is never 0.
fn mark(id: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(id);
    hasher.finish().max(1)
}

/// Returns the first slot to search for a fingerprint.
fn start(mark: u64, around: usize) -> usize {
    usize::try_from(mark >> 32).unwrap_or_default() & around
}

#[cfg(test)]
mod tests {
    use super::{IDS_KEPT, Seen};

    #[test]
    fn repeated_ids_are_found_while_ids_are_kept() {
        let mut seen = Seen::default();
        for number in 0..IDS_KEPT as u64 {
            assert!(seen.note(&number.to_le_bytes()), "{number}");
        }
        assert!(!seen.is_whole());
        assert!(!seen.note(b"\0\0\0\0\0\0\0\0"));
        assert!(!seen.note(&(IDS_KEPT as u64 - 1).to_le_bytes()));
        assert!(seen.note(b"another"));
        assert!(!seen.note(b"another"), "the last one is kept in any case");
        assert!(seen.note(b"yet another") && seen.note(b"another"));
    }
}
