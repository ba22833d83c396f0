//! Blocks of rows, as bits that are processed together.
//!
//! Loops process tiles of 1,024 bits, which fit into the registers of the machine. A block has several tiles, so that
//! choosing a step costs little compared with doing it, and so that a column is read many cache lines at a time. Values
//! that take a word for each row are read strip by strip.

use std::cell::Cell;

/// The number of words of a tile.
const WORDS: usize = 16;

/// The number of bytes of a tile.
const BYTES: usize = 8 * WORDS;

/// The number of rows of a tile.
pub(super) const TILE: usize = 64 * WORDS;

/// The number of tiles of a strip.
pub(super) const STRIP: usize = 2;

/// The largest number of tiles of a block.
const MOST: usize = 16;

/// The number of tiles that fit into the nearer caches.
const NEAR: usize = 512;

/// A buffer for a block that starts at any bit, with room for the bytes that are read after its last one.
pub(super) type Room = [u8; BYTES * MOST + 8];

/// A buffer of zeros.
pub(super) const EMPTY: Room = [0; BYTES * MOST + 8];

/// One bit for each of 1,024 rows, aligned for fast reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(align(64))]
pub(super) struct Tile(pub [u64; WORDS]);

/// One bit for each row of a strip.
pub(super) type Tiles = [Tile; STRIP];

/// One bit for each row of a block, or of a strip of it. It can be written while others are read.
pub(super) type Plane = [Cell<Tile>];

/// No rows.
pub(super) const NONE: Tiles = [Tile([0; WORDS]); STRIP];

/// All rows.
pub(super) const EVERY: Tiles = [Tile([u64::MAX; WORDS]); STRIP];

/// The planes that are kept while a block is processed.
pub(super) struct Kept {
    tiles: Vec<Cell<Tile>>,
    /// The number of tiles of each plane, which is that of a block.
    pub each: usize,
}

impl Kept {
    /// Allocates this many planes, for blocks that divide this many words evenly. Blocks have more tiles if fewer
    /// planes are kept.
    pub fn new(planes: usize, words: usize) -> Kept {
        let tiles = words.div_ceil(WORDS).max(1);
        let most = (NEAR / planes.max(1)).clamp(STRIP, MOST);
        let each = tiles.div_ceil(tiles.div_ceil(most));
        Kept { tiles: vec![Cell::default(); planes * each], each }
    }

    /// Returns the number of words of a block.
    pub fn words(&self) -> usize {
        self.each * WORDS
    }

    /// Returns a plane.
    #[inline]
    pub fn plane(&self, place: u32) -> Option<&Plane> {
        let first = (place as usize).wrapping_mul(self.each);
        self.tiles.get(first..first.wrapping_add(self.each))
    }

    /// Returns a tile of a plane.
    #[inline]
    fn tile(&self, place: u32, at: usize) -> Option<&Cell<Tile>> {
        self.tiles.get((place as usize).wrapping_mul(self.each).wrapping_add(at))
    }

    /// Returns the strips of a block.
    pub fn strips(&self) -> impl Iterator<Item = Strip<'_>> {
        (0..self.each.div_ceil(STRIP)).map(|number| Strip { kept: self, number })
    }
}

/// A strip of the kept planes.
pub(super) struct Strip<'k> {
    kept: &'k Kept,
    number: usize,
}

impl Strip<'_> {
    /// Returns this strip of a plane. It is shorter if the block ends within it.
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

/// Makes a plane by combining several others.
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

/// Makes a plane that is set where at least two of three others are.
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

/// Makes a plane by combining two bitmaps in memory.
#[inline]
pub(super) fn combine_bytes(one: &[u8], other: &[u8], to: &Plane, op: impl Fn(u64, u64) -> u64 + Copy) {
    let (one, other) = (one.as_chunks::<BYTES>().0, other.as_chunks::<BYTES>().0);
    for ((one, other), to) in one.iter().zip(other).zip(to) {
        to.set(Tile::read(one).with(Tile::read(other), op));
    }
}

/// Makes a plane by combining two others.
#[inline]
pub(super) fn combine(one: &Tiles, other: &Tiles, to: &Plane, op: impl Fn(u64, u64) -> u64 + Copy) {
    for ((one, other), to) in one.iter().zip(other).zip(to) {
        to.set(one.with(*other, op));
    }
}

/// Returns the rows that are in both sets.
#[inline]
pub(super) fn both(some: &Tiles, others: &Tiles) -> Tiles {
    std::array::from_fn(|at| {
        let tile = |tiles: &Tiles| tiles.get(at).copied().unwrap_or_default();
        tile(some).with(tile(others), |some, others| some & others)
    })
}

/// Adds to a plane the rows that are not in `rows`.
#[inline]
pub(super) fn add_others(rows: &Tiles, to: &Plane) {
    for (rows, to) in rows.iter().zip(to) {
        to.set(to.get().with(*rows, |to, rows| to | !rows));
    }
}

/// Copies a plane of this many rows to words. Bits past the last row are not set.
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

/// Reads bits from bytes, starting at bit `shift`.
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
    // The same words, read eight bytes later.
    let next = bytes.get(8..).unwrap_or_default().as_chunks::<BYTES>().0;
    for ((tile, bytes), next) in tiles.iter_mut().zip(whole).zip(next) {
        *tile = Tile::read(bytes).with(Tile::read(next), |low, high| low >> shift | high << (64 - shift));
    }
    tiles
}

/// Returns the rows for whose values `holds` is true. It tests eight values at a time, which the machine does in
/// parallel.
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

/// Does the same as [`gather`], for a condition that rarely holds.
#[inline]
pub(super) fn gather_rare<T: Copy>(values: &[T], holds: impl Fn(T) -> bool) -> Tiles {
    let any = values.iter().take(STRIP * TILE).fold(false, |any, value| any | holds(*value));
    if any { gather(values, holds) } else { NONE }
}
