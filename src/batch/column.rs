//! What many rows say of a variable, as it lies in memory.

use super::Block;
use super::run::{BITS, WORDS};
use crate::circuit::Mask;

/// A bitmap in Arrow's layout: bit *i* is bit *i* mod 8 of byte *i* / 8, the least significant first.
///
/// # Example
/// ```
/// use placet::batch::Bits;
///
/// let bits = Bits { bytes: &[0b0000_1010], offset: 1 };
/// assert!(bits.get(0) && !bits.get(1) && bits.get(2));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bits<'a> {
    /// The bytes.
    pub bytes: &'a [u8],
    /// The bit of the first row.
    pub offset: usize,
}

impl<'a> Bits<'a> {
    /// A bitmap that starts with the first bit of the first byte.
    pub fn new(bytes: &'a [u8]) -> Bits<'a> {
        Bits { bytes, offset: 0 }
    }

    /// The bit of a row; not set past the end.
    pub fn get(&self, row: usize) -> bool {
        let bit = self.offset.saturating_add(row);
        self.bytes.get(bit / 8).is_some_and(|byte| byte >> (bit % 8) & 1 == 1)
    }

    /// For how many rows there are bits.
    pub fn rows(&self) -> usize {
        self.bytes.len().saturating_mul(8).saturating_sub(self.offset)
    }

    /// The bits of a block from a row on; not set past the end.
    #[inline]
    pub(super) fn block(&self, row: usize) -> Block {
        let (byte, shift) = ((self.offset + row) / 8, (self.offset + row) % 8);
        let bytes = self.bytes.get(byte..).unwrap_or_default();
        let Some((whole, rest)) = bytes.split_first_chunk::<{ BITS / 8 }>() else {
            return self.last(row);
        };
        let mut block = words(whole);
        if shift > 0 {
            let above = u64::from(rest.first().copied().unwrap_or_default());
            let next: Block = std::array::from_fn(|at| block.get(at + 1).copied().unwrap_or(above));
            for (word, next) in block.iter_mut().zip(next) {
                *word = *word >> shift | next << (64 - shift);
            }
        }
        block
    }

    /// The bits of a block that the bytes do not fill.
    #[cold]
    fn last(&self, row: usize) -> Block {
        let mut block = [0; WORDS];
        for (word, first) in block.iter_mut().zip((row..).step_by(64)) {
            for bit in 0..64 {
                *word |= u64::from(self.get(first + bit)) << bit;
            }
        }
        block
    }
}

#[inline]
fn words(bytes: &[u8; BITS / 8]) -> Block {
    let (chunks, _) = bytes.as_chunks::<8>();
    let mut block = [0; WORDS];
    for (word, chunk) in block.iter_mut().zip(chunks) {
        *word = u64::from_le_bytes(*chunk);
    }
    block
}

/// The values of a variable, row by row.
#[derive(Clone, Copy, Debug)]
pub enum Values<'a> {
    /// Nothing is said in any row.
    Nothing,
    /// Yes or no: cell 1 where the bit is set, else cell 0.
    YesNo(Bits<'a>),
    /// Numbers, or days as numbers; the cells are ranges.
    Numbers {
        /// A number for every row.
        values: &'a [i64],
        /// Where the cells start, ascending. No number may be less than the first.
        starts: &'a [i64],
    },
    /// The place of the cell.
    Cells(&'a [u8]),
    /// Whatever cells are possible. At least one of those that can be must be among them.
    Possible(&'a [Mask]),
}

/// What many rows say of a variable.
#[derive(Clone, Copy, Debug)]
pub struct Column<'a> {
    /// The values.
    pub values: Values<'a>,
    /// The rows that have one; all, where there is no bitmap.
    pub valid: Option<Bits<'a>>,
    /// The cells that are possible in rows that have none.
    pub otherwise: Mask,
}

impl<'a> Column<'a> {
    /// Yes or no, where that is valid; where it is not, either.
    pub fn yes_no(values: Bits<'a>, valid: Option<Bits<'a>>) -> Column<'a> {
        Column { values: Values::YesNo(values), valid, otherwise: Mask::MAX }
    }

    /// Nothing is said in any row; these cells are possible.
    pub fn nothing(otherwise: Mask) -> Column<'a> {
        Column { values: Values::Nothing, valid: None, otherwise }
    }

    /// For how many rows there is something; none for any number.
    pub fn rows(&self) -> Option<usize> {
        let values = match self.values {
            Values::Nothing => return None,
            Values::YesNo(bits) => bits.rows(),
            Values::Numbers { values, .. } => values.len(),
            Values::Cells(values) => values.len(),
            Values::Possible(values) => values.len(),
        };
        Some(self.valid.map_or(values, |valid| valid.rows().min(values)))
    }
}

/// A column made ready to be read: for every class wanted where its plane is kept, and what the values of it are.
pub(super) struct Feed<'a> {
    values: Ready<'a>,
    valid: Option<Bits<'a>>,
    classes: Vec<Class>,
    /// Whether a value is in the last class where it is in no other.
    last_is_rest: bool,
}

struct Class {
    to: u32,
    mask: Mask,
    /// The words of rows where nothing is said: set where the class is then excluded.
    otherwise: u64,
    /// The ranges of numbers in the class, by where they start and how far they go.
    ranges: Vec<(i64, u64)>,
}

enum Ready<'a> {
    Nothing,
    YesNo(Bits<'a>),
    Numbers { values: &'a [i64], least: i64 },
    Cells { values: &'a [u8], count: u32 },
    Possible { values: &'a [Mask], can: Mask },
}

impl<'a> Feed<'a> {
    /// Makes a column ready, of a variable whose cells that can be are `can`.
    pub fn new(column: &Column<'a>, can: Mask, wanted: &[(Mask, u32)]) -> Feed<'a> {
        let otherwise = if column.otherwise & can == 0 { can } else { column.otherwise };
        let ranges = |mask: Mask| match column.values {
            Values::Numbers { starts, .. } => ranges(starts, mask),
            _ => Vec::new(),
        };
        let class = |(mask, to): &(Mask, u32)| Class {
            to: *to,
            mask: *mask,
            otherwise: if otherwise & mask == 0 { u64::MAX } else { 0 },
            ranges: ranges(*mask),
        };
        let cells = (Mask::BITS - can.leading_zeros()).max(1);
        Feed {
            values: match column.values {
                Values::Nothing => Ready::Nothing,
                Values::YesNo(bits) => Ready::YesNo(bits),
                Values::Numbers { values, starts } => {
                    Ready::Numbers { values, least: starts.first().copied().unwrap_or(i64::MAX) }
                }
                Values::Cells(values) => Ready::Cells { values, count: cells },
                Values::Possible(values) => Ready::Possible { values, can },
            },
            valid: column.valid,
            classes: wanted.iter().map(class).collect(),
            last_is_rest: wanted.len() > 1 && wanted.iter().fold(0, |all, (mask, _)| all | mask) == can,
        }
    }

    /// Reads a block from a row on into its planes. The first row past whose value cannot be is told.
    #[inline]
    pub fn read(&self, row: usize, planes: &mut [Block]) -> Option<usize> {
        let valid = match (&self.values, &self.valid) {
            (Ready::Nothing, _) => [0; WORDS],
            (_, None) => [u64::MAX; WORDS],
            (_, Some(bits)) => bits.block(row),
        };
        let mut bad = [0; WORDS];
        match &self.values {
            Ready::Nothing => self.each(planes, &valid, |_| [0; WORDS]),
            Ready::YesNo(bits) => {
                let yes = bits.block(row);
                for class in &self.classes {
                    // Excluded where the other is said.
                    let turn = if class.mask & 0b10 != 0 { u64::MAX } else { 0 };
                    let Some(plane) = planes.get_mut(class.to as usize) else { continue };
                    for ((plane, yes), valid) in plane.iter_mut().zip(&yes).zip(&valid) {
                        *plane = (yes ^ turn) & valid | !valid & class.otherwise;
                    }
                }
            }
            Ready::Numbers { values, least } => {
                let values = values.get(row..).unwrap_or_default();
                bad = gather(values, |value| value < *least);
                self.each(planes, &valid, |class| match class.ranges.as_slice() {
                    [(low, more)] => {
                        gather(values, |value| value.wrapping_sub(*low).cast_unsigned() <= *more)
                    }
                    ranges => gather(values, |value| {
                        ranges.iter().any(|(low, more)| value.wrapping_sub(*low).cast_unsigned() <= *more)
                    }),
                });
            }
            Ready::Cells { values, count } => {
                let values = values.get(row..).unwrap_or_default();
                bad = gather(values, |value| u32::from(value) >= *count);
                self.each(planes, &valid, |class| {
                    gather(values, |value| class.mask.checked_shr(value.into()).unwrap_or_default() & 1 == 1)
                });
            }
            Ready::Possible { values, can } => {
                let values = values.get(row..).unwrap_or_default();
                bad = gather(values, |value| value & can == 0);
                for class in &self.classes {
                    let excluded = gather(values, |value| value & class.mask == 0);
                    class.write(planes, &excluded, &valid);
                }
            }
        }
        let bad = bad.iter().zip(valid).map(|(bad, valid)| bad & valid);
        let (word, bits) = bad.enumerate().find(|(_, bits)| *bits != 0)?;
        Some(row + 64 * word + bits.trailing_zeros() as usize)
    }

    /// Writes every class, given where the values are in it.
    fn each(&self, planes: &mut [Block], valid: &Block, within: impl Fn(&Class) -> Block) {
        let mut outside = [u64::MAX; WORDS];
        let last = self.classes.len().wrapping_sub(1);
        for (at, class) in self.classes.iter().enumerate() {
            let mut excluded = if self.last_is_rest && at == last {
                outside.map(|outside| !outside)
            } else {
                within(class).map(|within| !within)
            };
            for (outside, excluded) in outside.iter_mut().zip(&mut excluded) {
                *outside &= *excluded;
            }
            class.write(planes, &excluded, valid);
        }
    }
}

impl Class {
    #[inline]
    fn write(&self, planes: &mut [Block], excluded: &Block, valid: &Block) {
        let Some(plane) = planes.get_mut(self.to as usize) else { return };
        for ((plane, excluded), valid) in plane.iter_mut().zip(excluded).zip(valid) {
            *plane = excluded & valid | !valid & self.otherwise;
        }
    }
}

/// The rows of a block for whose values something holds.
#[inline]
fn gather<T: Copy>(values: &[T], holds: impl Fn(T) -> bool) -> Block {
    let mut block = [0; WORDS];
    for (word, values) in block.iter_mut().zip(values.chunks(64)) {
        for (bit, value) in values.iter().enumerate() {
            *word |= u64::from(holds(*value)) << bit;
        }
    }
    block
}

/// The ranges of numbers of some cells, by where they start and how far they go.
fn ranges(starts: &[i64], mask: Mask) -> Vec<(i64, u64)> {
    let ends = starts.iter().skip(1).map(|next| next.saturating_sub(1)).chain([i64::MAX]);
    let mut ranges: Vec<(i64, i64)> = Vec::new();
    let mut before = false;
    for (cell, (start, end)) in starts.iter().zip(ends).enumerate() {
        let within =
            u32::try_from(cell).ok().and_then(|cell| mask.checked_shr(cell)).unwrap_or_default() & 1 == 1;
        match ranges.last_mut() {
            Some(range) if within && before => range.1 = end,
            _ if within => ranges.push((*start, end)),
            _ => {}
        }
        before = within;
    }
    ranges.into_iter().map(|(low, high)| (low, high.wrapping_sub(low).cast_unsigned())).collect()
}
