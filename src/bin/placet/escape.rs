//! Escapes output for the terminal. Only the command's own styles pass.

use placet::text::shown_lines;
use std::borrow::Cow;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::sync::OnceLock;

/// Marks the escape codes of a text as the command's own. The text must not contain anything that comes from a file, a
/// name or an argument and is not escaped.
///
/// The mark is a code with a number that is different in each process, so that no file can contain it.
pub fn own(text: &str) -> String {
    text.replace(ESCAPE, &format!("{ESCAPE}[{}m{ESCAPE}", mark()))
}

fn mark() -> u64 {
    static MARK: OnceLock<u64> = OnceLock::new();
    *MARK.get_or_init(|| RandomState::new().build_hasher().finish())
}

const ESCAPE: char = '\u{1b}';

/// Escapes everything in a text that controls a terminal or is invisible, except the command's [own] styles. All output
/// passes through this function, so nothing is written unescaped.
pub fn visible(text: &str) -> Cow<'_, str> {
    // Rows of CSV end with CRLF, as RFC 4180 requires. A carriage return elsewhere is escaped.
    if text.contains("\r\n") {
        let lines: Vec<Cow<'_, str>> = text.split("\r\n").map(visible).collect();
        return Cow::Owned(lines.join("\r\n"));
    }
    if !text.contains(ESCAPE) {
        return shown_lines(text);
    }
    let mark = format!("[{}m", mark());
    let mut parts = text.split(ESCAPE);
    let mut visible = shown_lines(parts.next().unwrap_or("")).into_owned();
    let mut is_own = false;
    for part in parts {
        if part == mark {
            is_own = true;
            continue;
        }
        let style = if is_own { style(part) } else { 0 };
        let (style, rest) = part.split_at_checked(style).unwrap_or(("", part));
        visible += if style.is_empty() { "<U+001B>" } else { "\u{1b}" };
        visible += style;
        visible += &shown_lines(rest);
        is_own = false;
    }
    Cow::Owned(visible)
}

/// Returns the length of the style code that follows an escape character: bold, dim, underlined, or one of the sixteen
/// colours. Returns 0 if there is none.
fn style(part: &str) -> usize {
    let Some((codes, _)) = part.strip_prefix('[').and_then(|part| part.split_once('m')) else { return 0 };
    let is_style = |code: &str| {
        matches!(code.parse::<u8>(), Ok(0 | 1 | 2 | 4 | 22 | 24 | 30..=37 | 39 | 90..=97)) || code.is_empty()
    };
    if codes.split(';').all(is_style) { codes.len().saturating_add(2) } else { 0 }
}
