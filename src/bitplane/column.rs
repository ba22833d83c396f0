//! Columns: the values of a variable in many rows, as they are stored in memory.

use super::block::{
    EVERY, Kept, NONE, Room, STRIP, Strip, TILE, Tiles, add_others, both, combine, combine_bytes, gather,
    gather_rare, read,
};
use crate::circuit::Mask;

/// A bitmap in the Arrow layout: bit *i* is bit *i* mod 8 of byte *i* / 8, counted from the least significant bit.
///
/// # Example
/// ```
/// use placet::bitplane::Bits;
///
/// let bits = Bits { bytes: &[0b0000_1010], offset: 1 };
/// assert!(bits.get(0) && !bits.get(1) && bits.get(2));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bits<'a> {
    /// The bytes.
    pub bytes: &'a [u8],
    /// The place of the bit of the first row.
    pub offset: usize,
}

impl<'a> Bits<'a> {
    /// Returns a bitmap that starts with the first bit of the first byte.
    pub fn new(bytes: &'a [u8]) -> Bits<'a> {
        Bits { bytes, offset: 0 }
    }

    /// Returns the bit of a row; not set past the end.
    pub fn get(&self, row: usize) -> bool {
        let bit = self.offset.saturating_add(row);
        self.bytes.get(bit / 8).is_some_and(|byte| byte >> (bit % 8) & 1 == 1)
    }

    /// Returns the number of rows that have a bit.
    pub fn rows(&self) -> usize {
        self.bytes.len().saturating_mul(8).saturating_sub(self.offset)
    }

    /// Returns the bytes of this many tiles, starting at a row, and the bit at which they start. If there are too few
    /// bytes, they are copied to `room`.
    #[inline]
    fn bytes<'b>(&'b self, row: usize, tiles: usize, room: &'b mut Room) -> (&'b [u8], u32) {
        let bit = self.offset.saturating_add(row);
        let (byte, shift) = (bit / 8, bit % 8);
        let bytes = self.bytes.get(byte..).unwrap_or_default();
        let needed = TILE / 8 * tiles + if shift == 0 { 0 } else { 8 };
        let whole = bytes.get(..needed).unwrap_or_else(|| {
            let room = room.get_mut(..needed).unwrap_or_default();
            room.fill(0);
            room.iter_mut().zip(bytes).for_each(|(to, byte)| *to = *byte);
            room
        });
        (whole, shift as u32)
    }
}

/// The values of a variable, row by row.
#[derive(Clone, Copy, Debug)]
pub enum Values<'a> {
    /// The same cells are possible in every row that has a value.
    Same(Mask),
    /// Yes or no: cell 1 if the bit is set, otherwise cell 0.
    YesNo(Bits<'a>),
    /// Numbers, or days as numbers.
    Numbers {
        /// The number of each row.
        values: &'a [i64],
        /// The first numbers of ranges, ascending, each with its cell. No number may be less than the first.
        starts: &'a [(i64, u32)],
    },
    /// The place of the cell of each row.
    Cells(&'a [u8]),
    /// The possible cells of each row. They must include at least one cell that is possible at all.
    Possible(&'a [Mask]),
}

/// The values of a variable in many rows.
#[derive(Clone, Copy, Debug)]
pub struct Column<'a> {
    /// The values.
    pub values: Values<'a>,
    /// The rows that have a value; all rows if there is no bitmap.
    pub valid: Option<Bits<'a>>,
    /// The cells that are possible in rows without a value.
    pub otherwise: Mask,
}

impl<'a> Column<'a> {
    /// Returns a column of yes or no for valid rows; both are possible in other rows.
    pub fn yes_no(values: Bits<'a>, valid: Option<Bits<'a>>) -> Column<'a> {
        Column { values: Values::YesNo(values), valid, otherwise: Mask::MAX }
    }

    /// Returns a column without values, in which these cells are possible.
    pub fn nothing(otherwise: Mask) -> Column<'a> {
        Column { values: Values::Same(otherwise), valid: None, otherwise }
    }

    /// Returns the number of rows in the column; `None` if it serves any number.
    pub fn rows(&self) -> Option<usize> {
        let values = match self.values {
            Values::Same(_) => return self.valid.map(|valid| valid.rows()),
            Values::YesNo(bits) => bits.rows(),
            Values::Numbers { values, .. } => values.len(),
            Values::Cells(values) => values.len(),
            Values::Possible(values) => values.len(),
        };
        Some(self.valid.map_or(values, |valid| valid.rows().min(values)))
    }
}

/// A column that is prepared for reading: for each wanted class, the place of its plane and the values in it.
pub(super) struct Feed<'a> {
    values: Values<'a>,
    /// The possible cells.
    can: Mask,
    valid: Option<Bits<'a>>,
    classes: Vec<Class>,
    /// Whether a value that is in no other class is in the last one.
    last_is_rest: bool,
    /// Whether a row without a value excludes no class.
    excludes_none: bool,
}

struct Class {
    to: u32,
    mask: Mask,
    /// Whether the class is excluded in rows without a value.
    otherwise: bool,
    /// The ranges of numbers in the class, each by its first number and the distance to its last.
    ranges: Vec<(i64, u64)>,
}

impl<'a> Feed<'a> {
    /// Prepares a column of a variable whose possible cells are `can`.
    pub fn new(column: &Column<'a>, can: Mask, wanted: &[(Mask, u32)]) -> Feed<'a> {
        let otherwise = if column.otherwise & can == 0 { can } else { column.otherwise };
        let ranges = |mask: Mask| match column.values {
            Values::Numbers { starts, .. } => ranges(starts, mask),
            _ => Vec::new(),
        };
        let class = |(mask, to): &(Mask, u32)| Class {
            to: *to,
            mask: *mask,
            otherwise: otherwise & mask == 0,
            ranges: ranges(*mask),
        };
        Feed {
            values: match column.values {
                Values::Same(mask) if mask & can == 0 => Values::Same(can),
                values => values,
            },
            can,
            valid: column.valid,
            excludes_none: wanted.iter().all(|(mask, _)| otherwise & mask != 0),
            classes: wanted.iter().map(class).collect(),
            last_is_rest: wanted.len() > 1 && wanted.iter().fold(0, |all, (mask, _)| all | mask) == can,
        }
    }

    /// Reads a block, starting at a row, into its planes. Returns the first row with an impossible value.
    #[inline]
    pub fn read(&self, row: usize, kept: &Kept, rooms: &mut [Room; 2]) -> Option<usize> {
        if let (Values::YesNo(bits), Some(valid), true) = (&self.values, &self.valid, self.excludes_none) {
            let [room, valid_room] = rooms;
            let (yes, shift) = bits.bytes(row, kept.each, room);
            let (valid, valid_shift) = valid.bytes(row, kept.each, valid_room);
            if shift == 0 && valid_shift == 0 {
                self.read_bytes(yes, valid, kept);
                return None;
            }
        }
        let mut strips = kept.strips().zip((row..).step_by(STRIP * TILE));
        strips.find_map(|(strip, row)| self.read_strip(row, &strip, rooms))
    }

    #[inline(never)]
    fn read_strip(&self, row: usize, planes: &Strip, [room, valid_room]: &mut [Room; 2]) -> Option<usize> {
        let valid = match (&self.values, &self.valid) {
            (_, None) => EVERY,
            (_, Some(bits)) => {
                let (bytes, shift) = bits.bytes(row, STRIP, valid_room);
                read(bytes, shift)
            }
        };
        let bad = match &self.values {
            Values::Same(mask) => {
                for class in &self.classes {
                    let excluded = if class.mask & mask == 0 { EVERY } else { NONE };
                    class.write(planes, &excluded, &valid);
                }
                return None;
            }
            Values::YesNo(bits) => {
                let (yes, shift) = bits.bytes(row, STRIP, room);
                self.read_yes_no(&read(yes, shift), &valid, planes);
                return None;
            }
            Values::Numbers { values, starts } => {
                let least = starts.first().map_or(i64::MAX, |(start, _)| *start);
                let values = values.get(row..).unwrap_or_default();
                self.each(planes, &valid, |class| match class.ranges.as_slice() {
                    [(low, more)] => {
                        gather(values, |value| value.wrapping_sub(*low).cast_unsigned() <= *more)
                    }
                    ranges => gather(values, |value| {
                        ranges.iter().any(|(low, more)| value.wrapping_sub(*low).cast_unsigned() <= *more)
                    }),
                });
                if least == i64::MIN { NONE } else { gather_rare(values, |value| value < least) }
            }
            Values::Cells(values) => {
                let count = (Mask::BITS - self.can.leading_zeros()).max(1);
                let values = values.get(row..).unwrap_or_default();
                self.each(planes, &valid, |class| {
                    gather(values, |value| class.mask.checked_shr(value.into()).unwrap_or_default() & 1 == 1)
                });
                gather_rare(values, |value| u32::from(value) >= count)
            }
            Values::Possible(values) => {
                let can = self.can;
                let values = values.get(row..).unwrap_or_default();
                // The rows in no class. If the classes cover all possible cells, these are the rows with impossible
                // values.
                let mut in_none = EVERY;
                for class in &self.classes {
                    // The lower half of the bits is enough for most classes.
                    let excluded = match u64::try_from(class.mask) {
                        Ok(mask) => gather(values, |value| value as u64 & mask == 0),
                        Err(_) => gather(values, |value| value & class.mask == 0),
                    };
                    class.write(planes, &excluded, &valid);
                    in_none = both(&in_none, &excluded);
                }
                if self.last_is_rest { in_none } else { gather_rare(values, |value| value & can == 0) }
            }
        };
        let words = bad.iter().zip(&valid).flat_map(|(bad, valid)| bad.0.iter().zip(&valid.0));
        let (word, bits) = words.map(|(bad, valid)| bad & valid).enumerate().find(|(_, bits)| *bits != 0)?;
        Some(row + 64 * word + bits.trailing_zeros() as usize)
    }

    /// Reads yes-or-no bitmaps: no excludes yes, yes excludes no, and a row without a value excludes neither.
    #[inline(never)]
    fn read_bytes(&self, yes: &[u8], valid: &[u8], kept: &Kept) {
        for class in &self.classes {
            let Some(plane) = kept.plane(class.to) else { continue };
            if class.mask & 0b10 == 0 {
                combine_bytes(valid, yes, plane, |valid, yes| valid & yes);
            } else {
                combine_bytes(valid, yes, plane, |valid, yes| valid & !yes);
            }
        }
    }

    /// Does the same for bitmaps that start at any bit, or if rows without a value exclude a class.
    #[inline(never)]
    fn read_yes_no(&self, yes: &Tiles, valid: &Tiles, planes: &Strip) {
        for class in &self.classes {
            let Some(plane) = planes.plane(class.to) else { continue };
            if class.mask & 0b10 == 0 {
                combine(valid, yes, plane, |valid, yes| valid & yes);
            } else {
                combine(valid, yes, plane, |valid, yes| valid & !yes);
            }
            if class.otherwise {
                add_others(valid, plane);
            }
        }
    }

    /// Writes every class, given the rows whose values are in it.
    fn each(&self, planes: &Strip, valid: &Tiles, within: impl Fn(&Class) -> Tiles) {
        let mut rest = EVERY;
        let last = self.classes.len().wrapping_sub(1);
        for (at, class) in self.classes.iter().enumerate() {
            let mut excluded = if self.last_is_rest && at == last { rest } else { within(class) };
            for (rest, excluded) in rest.iter_mut().zip(&mut excluded) {
                for (rest, excluded) in rest.0.iter_mut().zip(&mut excluded.0) {
                    *excluded = !*excluded;
                    *rest &= *excluded;
                }
            }
            class.write(planes, &excluded, valid);
        }
    }
}

impl Class {
    #[inline]
    fn write(&self, planes: &Strip, excluded: &Tiles, valid: &Tiles) {
        let Some(plane) = planes.plane(self.to) else { return };
        combine(excluded, valid, plane, |excluded, valid| excluded & valid);
        if self.otherwise {
            add_others(valid, plane);
        }
    }
}

/// Returns the ranges of numbers of some cells, each by its first number and the distance to its last.
fn ranges(starts: &[(i64, u32)], mask: Mask) -> Vec<(i64, u64)> {
    let ends = starts.iter().skip(1).map(|(next, _)| next.saturating_sub(1)).chain([i64::MAX]);
    let mut ranges: Vec<(i64, i64)> = Vec::new();
    let mut before = false;
    for ((start, cell), end) in starts.iter().zip(ends) {
        let within = mask.checked_shr(*cell).unwrap_or_default() & 1 == 1;
        match ranges.last_mut() {
            Some(range) if within && before => range.1 = end,
            _ if within => ranges.push((*start, end)),
            _ => {}
        }
        before = within;
    }
    ranges.into_iter().map(|(low, high)| (low, high.wrapping_sub(low).cast_unsigned())).collect()
}
