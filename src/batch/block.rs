//! The bits of some thousand rows, worked on at once.
//!
//! Loops go over tiles of 512 bits, small enough to stay in the registers of the machine; a block is several, so that
//! choosing what to do costs little beside doing it, and so that every column is read some cache lines at a time.

use std::cell::Cell;

/// The words of a tile.
const WORDS: usize = 8;

/// The bytes of a tile.
const BYTES: usize = 8 * WORDS;

/// The tiles of a block.
pub(super) const TILES: usize = 4;

/// The rows of a block.
pub(super) const ROWS: usize = 64 * WORDS * TILES;

/// The words of a block.
pub(super) const BLOCK_WORDS: usize = WORDS * TILES;

/// Bytes for a block that starts at any bit, and the seven more that are read with the last.
pub(super) type Room = [u8; BYTES * TILES + 8];

/// Room with nothing in it.
pub(super) const EMPTY: Room = [0; BYTES * TILES + 8];

/// One bit for each of 512 rows, where the machine reads them best.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(align(64))]
pub(super) struct Tile(pub [u64; WORDS]);

/// One bit for each row of a block.
pub(super) type Tiles = [Tile; TILES];

/// A plane as it is kept: written while others are read.
pub(super) type Plane = [Cell<Tile>; TILES];

/// No row.
pub(super) const NONE: Tiles = [Tile([0; WORDS]); TILES];

/// Every row.
pub(super) const EVERY: Tiles = [Tile([u64::MAX; WORDS]); TILES];

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

/// An empty plane.
pub(super) fn plane() -> Plane {
    std::array::from_fn(|_| Cell::new(Tile::default()))
}

/// Makes a plane of several others.
#[inline]
pub(super) fn fold(of: &[u32], to: u32, kept: &[Plane], unit: u64, op: impl Fn(u64, u64) -> u64 + Copy) {
    let Some(to) = kept.get(to as usize) else { return };
    if let [one, other] = of
        && let (Some(one), Some(other)) = (kept.get(*one as usize), kept.get(*other as usize))
    {
        for ((to, one), other) in to.iter().zip(one).zip(other) {
            to.set(one.get().with(other.get(), op));
        }
        return;
    }
    for (at, to) in to.iter().enumerate() {
        let mut made = Tile([unit; WORDS]);
        for place in of {
            if let Some(tile) = kept.get(*place as usize).and_then(|plane| plane.get(at)) {
                made = made.with(tile.get(), op);
            }
        }
        to.set(made);
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

/// Adds to a plane the rows that are not among some.
#[inline]
pub(super) fn add_others(rows: &Tiles, to: &Plane) {
    for (rows, to) in rows.iter().zip(to) {
        to.set(to.get().with(*rows, |to, rows| to | !rows));
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
    let any = values.iter().take(ROWS).fold(false, |any, value| any | holds(*value));
    if any { gather(values, holds) } else { NONE }
}
