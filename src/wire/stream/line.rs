//! Splits a line of CSV without quotes into its cells, eight bytes at a time.

/// The high bit of every byte.
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The low bit of every byte.
const LOW: u64 = 0x0101_0101_0101_0101;

/// Returns the length of the line at the start of `bytes`, and the number of its cells. Writes the ends of the cells to
/// `ends`. Returns `None` if the line contains a quote, does not end within `bytes`, or has more cells than `ends` can
/// hold.
pub(super) fn split(bytes: &[u8], comma: u8, ends: &mut [usize]) -> Option<(usize, usize)> {
    let mut ends = ends.iter_mut();
    let mut cells = 0;
    for (place, word) in bytes.as_chunks::<8>().0.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let stops = equal(word, b'\n') | equal(word, b'\r');
        let special = stops | equal(word, b'"');
        // The commas before the first byte that ends the line or is a quote.
        let mut commas = equal(word, comma) & special.wrapping_sub(1) & !special;
        while commas != 0 {
            *ends.next()? = at(place, commas);
            cells += 1;
            commas &= commas - 1;
        }
        if special != 0 {
            let end = at(place, special);
            *ends.next()? = end;
            let is_stop = stops & special & special.wrapping_neg() != 0;
            return is_stop.then_some((end, cells + 1));
        }
    }
    None
}

/// Returns the index of the first marked byte.
fn at(word: usize, marks: u64) -> usize {
    8 * word + marks.trailing_zeros() as usize / 8
}

/// Returns the bytes of a word that equal `byte`, marked by their high bits.
fn equal(word: u64, byte: u8) -> u64 {
    let apart = word ^ (LOW * u64::from(byte));
    !(((apart & !HIGH) + !HIGH) | apart) & HIGH
}

#[cfg(test)]
mod tests {
    use super::split;
    use proptest::prelude::*;

    fn slowly(bytes: &[u8]) -> Option<(usize, Vec<usize>)> {
        let end = bytes.iter().position(|byte| b"\n\r\"".contains(byte))?;
        let commas = (0..end).filter(|at| bytes[*at] == b',').chain([end]).collect();
        (bytes[end] != b'"').then_some((end, commas))
    }

    proptest! {
        #[test]
        fn split_equals_the_slow_split(text in "[ab,,\u{e9}\u{80}\0\u{ac}\"\r\n]{0,12}[abcdefgh,;,]{0,30}[\n\r\"]{0,2}.{8}") {
            let bytes = text.as_bytes();
            let mut ends = vec![0; 64];
            let found = split(bytes, b',', &mut ends);
            let expected = slowly(bytes).filter(|(end, _)| *end < bytes.len() / 8 * 8);
            prop_assert_eq!(found.map(|(end, cells)| (end, ends[..cells].to_vec())), expected);
        }
    }

    #[test]
    fn too_many_cells_are_not_split() {
        assert_eq!(split(b"a,b,c\n..", b',', &mut [0; 3]), Some((5, 3)));
        assert_eq!(split(b"a,b,c\n..", b',', &mut [0; 2]), None);
    }
}
