//! Which ids came before, in memory that does not grow with the table.

use std::hash::{DefaultHasher, Hasher};

/// How many ids are kept, by their fingerprints.
pub const IDS_KEPT: usize = 1_500_000;

/// The most places for fingerprints; some stay free, so that one is found in a few steps.
const MOST_PLACES: usize = 1 << 21;

/// The ids of the rows so far: all of them up to [`IDS_KEPT`], then also the last one.
#[derive(Default)]
pub(super) struct Seen {
    /// Fingerprints; 0 where there is none.
    places: Vec<u64>,
    count: usize,
    last: u64,
}

impl Seen {
    /// Notes an id; false where it came before.
    pub fn note(&mut self, id: &[u8]) -> bool {
        let mut hasher = DefaultHasher::new();
        hasher.write(id);
        let mark = hasher.finish().max(1);
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

    /// Whether every id so far is kept.
    pub fn is_whole(&self) -> bool {
        self.count < IDS_KEPT
    }

    /// Where a fingerprint is, or where it would be.
    fn place(&self, mark: u64) -> usize {
        let around = self.places.len() - 1;
        let mut place = usize::try_from(mark >> 32).unwrap_or_default() & around;
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

#[cfg(test)]
mod tests {
    use super::{IDS_KEPT, Seen};

    #[test]
    fn every_id_is_told_from_those_before_as_long_as_they_are_kept() {
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
