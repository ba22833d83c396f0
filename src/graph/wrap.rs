//! The width of text, and line breaking.
//!
//! No font is available when a drawing is made, and the viewer's font can differ: widths are those of Helvetica, with a
//! reserve for wider fonts.

/// The largest width of text, relative to Helvetica.
///
/// # Units
/// Hundredths.
const ROOM: i64 = 107;

/// The width of text at a size, rounded up.
///
/// # Units
/// The size and the width in pixels.
pub(super) fn width(text: &str, size: i64) -> i64 {
    let thousandths: i64 = text.chars().map(advance).sum();
    (thousandths * size * ROOM).div_euclid(100_000) + 1
}

/// The advance width of a character, in thousandths of the size.
fn advance(character: char) -> i64 {
    match character {
        'i' | 'j' | 'l' | '\'' | '’' | '|' => 222,
        ' ' | '!' | ',' | '.' | '/' | ':' | ';' | 'I' | '[' | ']' | 'f' | 't' => 278,
        '(' | ')' | '-' | 'r' | '“' | '”' => 333,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'J' => 500,
        'm' | 'M' | '%' | '@' | 'W' | '—' | '…' => 1000,
        'w' | 'C' | 'D' | 'G' | 'H' | 'N' | 'O' | 'Q' | 'R' | 'U' => 750,
        'A' | 'B' | 'E' | 'K' | 'P' | 'S' | 'V' | 'X' | 'Y' | '&' => 667,
        // Scripts whose characters are square, and all rarer characters.
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'.. => 1000,
        '\u{300}'..='\u{36f}' => 0,
        '\u{80}'.. => 650,
        _ => 560,
    }
}

/// Breaks text into lines that are no wider than `most`, between words if possible.
pub(super) fn wrap(text: &str, size: i64, most: i64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let joined = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(&joined, size) <= most {
            line = joined;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for character in word.chars() {
            line.push(character);
            if width(&line, size) > most && line.chars().nth(1).is_some() {
                line.pop();
                lines.push(std::mem::replace(&mut line, character.to_string()));
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{width, wrap};

    #[test]
    fn lines_break_between_words_and_within_long_ones() {
        assert_eq!(wrap("one two three", 10, width("one two", 10)), ["one two", "three"]);
        let long = wrap(&"x".repeat(50), 10, width("xxxxxxxxxx", 10));
        assert_eq!(long.concat(), "x".repeat(50));
        assert!(long.iter().all(|line| line.len() <= 10));
        assert!(wrap("  ", 10, 50).is_empty());
        assert_eq!(wrap("W", 10, 1), ["W"]);
    }
}
