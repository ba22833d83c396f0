//! The bits of many rows, worked on at once.
//!
//! Loops go over tiles of 1,024 bits, small enough to stay in the registers of the machine. A block is several, so that
//! choosing what to do costs little beside doing it, and so that every column is read many cache lines at a time. What
//! takes a word for each row to find out is found out strip by strip.

use std::cell::Cell;

/// The words of a tile.
const WORDS: usize = 16;

/// The bytes of a tile.
const BYTES: usize = 8 * WORDS;

/// The rows of a tile.
pub(super) const TILE: usize = 64 * WORDS;

/// The tiles of a strip.
pub(super) const STRIP: usize = 2;

/// The most tiles of a block.
const MOST: usize = 16;

/// How many tiles may be kept without leaving the nearer caches.
const NEAR: usize = 512;

/// Bytes for a block that starts at any bit, and the seven more that are read with the last.
pub(super) type Room = [u8; BYTES * MOST + 8];

/// Room with nothing in it.
pub(super) const EMPTY: Room = [0; BYTES * MOST + 8];

/// One bit for each of 1,024 rows, where the machine reads them best.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(align(64))]
pub(super) struct Tile(pub [u64; WORDS]);

/// One bit for each row of a strip.
pub(super) type Tiles = [Tile; STRIP];

/// One bit for each row of a block, or of a strip of it, as it is kept: written while others are read.
pub(super) type Plane = [Cell<Tile>];

/// No row.
pub(super) const NONE: Tiles = [Tile([0; WORDS]); STRIP];

/// Every row.
pub(super) const EVERY: Tiles = [Tile([u64::MAX; WORDS]); STRIP];

/// The planes that are kept while a block is worked on.
pub(super) struct Kept {
    tiles: Vec<Cell<Tile>>,
    /// The tiles of each plane: of a block.
    pub each: usize,
}

impl Kept {
    /// So many planes, for blocks into which so many words go evenly: of many tiles where few planes are kept.
    pub fn new(planes: usize, words: usize) -> Kept {
        let tiles = words.div_ceil(WORDS).max(1);
        let most = (NEAR / planes.max(1)).clamp(STRIP, MOST);
        let each = tiles.div_ceil(tiles.div_ceil(most));
        Kept { tiles: vec![Cell::default(); planes * each], each }
    }

    /// The words of a block.
    pub fn words(&self) -> usize {
        self.each * WORDS
    }

    /// A plane.
    #[inline]
    pub fn plane(&self, place: u32) -> Option<&Plane> {
        let first = (place as usize).wrapping_mul(self.each);
        self.tiles.get(first..first.wrapping_add(self.each))
    }

    /// A tile of a plane.
    #[inline]
    fn tile(&self, place: u32, at: usize) -> Option<&Cell<Tile>> {
        self.tiles.get((place as usize).wrapping_mul(self.each).wrapping_add(at))
    }

    /// The strips of a block.
    pub fn strips(&self) -> impl Iterator<Item = Strip<'_>> {
        (0..self.each.div_ceil(STRIP)).map(|number| Strip { kept: self, number })
    }
}

/// A strip of the planes that are kept.
pub(super) struct Strip<'k> {
    kept: &'k Kept,
    number: usize,
}

impl Strip<'_> {
    /// What it is of a plane; shorter where the block ends within it.
    #[inline]
    pub fn plane(&self, place: u32) -> Option<&Plane> {
        self.kept.plane(place)?.chunks(STRIP).nth(self.number)
    }
}

impl Tile {
    #[inline]
    fn with(self, other: Tile, op: impl Fn(u64, u64) -> u64) -> Tile {
        let mut made = self;
        for (made, other) in made.0.iter_mut().zip(other.0) {
            *made = op(*made, other);
        }
        made
    }

    #[inline]
    fn read(bytes: &[u8; BYTES]) -> Tile {
        let mut tile = Tile::default();
        for (word, bytes) in tile.0.iter_mut().zip(bytes.as_chunks::<8>().0) {
            *word = u64::from_le_bytes(*bytes);
        }
        tile
    }
}

/// Makes a plane of several others.
#[inline]
pub(super) fn fold(of: &[u32], to: u32, kept: &Kept, unit: u64, op: impl Fn(u64, u64) -> u64 + Copy) {
    let Some(to) = kept.plane(to) else { return };
    if let [one, other] = of
        && let (Some(one), Some(other)) = (kept.plane(*one), kept.plane(*other))
    {
        for ((to, one), other) in to.iter().zip(one).zip(other) {
            to.set(one.get().with(other.get(), op));
        }
        return;
    }
    for (at, to) in to.iter().enumerate() {
        let mut made = Tile([unit; WORDS]);
        for place in of {
            if let Some(tile) = kept.tile(*place, at) {
                made = made.with(tile.get(), op);
            }
        }
        to.set(made);
    }
}

/// Makes a plane of what two of three others have.
#[inline]
pub(super) fn most(of: &[u32], to: u32, kept: &Kept) {
    let ([one, other, third], Some(to)) = (of, kept.plane(to)) else { return };
    let of = (kept.plane(*one), kept.plane(*other), kept.plane(*third));
    let (Some(one), Some(other), Some(third)) = of else { return };
    for (((to, one), other), third) in to.iter().zip(one).zip(other).zip(third) {
        let (one, other) = (one.get(), other.get());
        let (both, either) =
            (one.with(other, |one, other| one & other), one.with(other, |one, other| one | other));
        to.set(third.get().with(either, |third, either| third & either).with(both, |some, both| some | both));
    }
}

/// Makes a plane of two bitmaps as they lie in memory.
#[inline]
pub(super) fn combine_bytes(one: &[u8], other: &[u8], to: &Plane, op: impl Fn(u64, u64) -> u64 + Copy) {
    let (one, other) = (one.as_chunks::<BYTES>().0, other.as_chunks::<BYTES>().0);
    for ((one, other), to) in one.iter().zip(other).zip(to) {
        to.set(Tile::read(one).with(Tile::read(other), op));
    }
}

/// Makes a plane of two.
#[inline]
pub(super) fn combine(one: &Tiles, other: &Tiles, to: &Plane, op: impl Fn(u64, u64) -> u64 + Copy) {
    for ((one, other), to) in one.iter().zip(other).zip(to) {
        to.set(one.with(*other, op));
    }
}

/// The rows that are among some and among others.
#[inline]
pub(super) fn both(some: &Tiles, others: &Tiles) -> Tiles {
    std::array::from_fn(|at| {
        let tile = |tiles: &Tiles| tiles.get(at).copied().unwrap_or_default();
        tile(some).with(tile(others), |some, others| some & others)
    })
}

/// Adds to a plane the rows that are not among some.
#[inline]
pub(super) fn add_others(rows: &Tiles, to: &Plane) {
    for (rows, to) in rows.iter().zip(to) {
        to.set(to.get().with(*rows, |to, rows| to | !rows));
    }
}

/// Copies a plane to words, of so many rows; of those past them no bit is set.
pub(super) fn write(plane: &Plane, rows: usize, words: &mut [u64]) {
    for (at, (tile, words)) in plane.iter().zip(words.chunks_mut(WORDS)).enumerate() {
        words.iter_mut().zip(tile.get().0).for_each(|(to, word)| *to = word);
        let left = rows.saturating_sub(TILE * at);
        if left < TILE {
            for (at, word) in words.iter_mut().enumerate() {
                let bits = left.saturating_sub(64 * at);
                *word = if bits < 64 { *word & ((1 << bits) - 1) } else { *word };
            }
        }
    }
}

/// The bits of bytes from the `shift`th bit on.
#[inline]
pub(super) fn read(bytes: &[u8], shift: u32) -> Tiles {
    let mut tiles = NONE;
    let whole = bytes.as_chunks::<BYTES>().0;
    if shift == 0 {
        for (tile, bytes) in tiles.iter_mut().zip(whole) {
            *tile = Tile::read(bytes);
        }
        return tiles;
    }
    // Every word once more, from the next eight bytes on.
    let next = bytes.get(8..).unwrap_or_default().as_chunks::<BYTES>().0;
    for ((tile, bytes), next) in tiles.iter_mut().zip(whole).zip(next) {
        *tile = Tile::read(bytes).with(Tile::read(next), |low, high| low >> shift | high << (64 - shift));
    }
    tiles
}

/// The rows for whose values something holds. Eight at a time, which the machine does at once.
#[inline]
pub(super) fn gather<T: Copy>(values: &[T], holds: impl Fn(T) -> bool) -> Tiles {
    let mut tiles = NONE;
    let words = tiles.iter_mut().flat_map(|tile| &mut tile.0);
    let bit = |bits, (at, value): (u32, &T)| bits | u64::from(holds(*value)) << at;
    let bits = |values: &[T]| (0..).zip(values).fold(0, bit);
    for (word, values) in words.zip(values.chunks(64)) {
        let (whole, rest) = values.as_chunks::<8>();
        for (at, eight) in whole.iter().enumerate() {
            *word |= bits(eight) << (8 * at);
        }
        if !rest.is_empty() {
            *word |= bits(rest) << (8 * whole.len());
        }
    }
    tiles
}

/// The same, of what hardly ever holds.
#[inline]
pub(super) fn gather_rare<T: Copy>(values: &[T], holds: impl Fn(T) -> bool) -> Tiles {
    let any = values.iter().take(STRIP * TILE).fold(false, |any, value| any | holds(*value));
    if any { gather(values, holds) } else { NONE }
}
