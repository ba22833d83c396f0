//! Makes text safe to show: it cannot control the device that shows it, and nothing in it is invisible.

use super::unwelcome;
use std::borrow::Cow;
use std::fmt::Write as _;

/// Returns a text of one line in which each [`unwelcome`] character is replaced by its code point, such as `<U+202E>`.
///
/// The result cannot take over a terminal, change the direction of the text beside it, or hide anything. Joiners that a
/// script needs are kept.
///
/// # Example
/// ```
/// use placet::text::shown;
///
/// assert_eq!(shown("Café گروه\u{200c}ها"), "Café گروه\u{200c}ها");
/// assert_eq!(shown("a\u{1b}]52;c;\u{7}\u{202e}b\n"), "a<U+001B>]52;c;<U+0007><U+202E>b<U+000A>");
/// ```
pub fn shown(text: &str) -> Cow<'_, str> {
    escaped(text, |_| false, number)
}

/// The same as [`shown`] for a text of several lines: line feeds and tabs are kept.
///
/// # Example
/// ```
/// assert_eq!(placet::text::shown_lines("two\nlines\r\n"), "two\nlines<U+000D>\n");
/// ```
pub fn shown_lines(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b'\n' | b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    escaped(text, |character| matches!(character, '\n' | '\t'), number)
}

fn number(out: &mut String, character: char) {
    // Writing to a `String` cannot fail.
    let _ = write!(out, "<U+{:04X}>", u32::from(character));
}

/// Replaces each unwelcome character by what `write` writes, except those that are kept.
pub(crate) fn escaped<'t>(
    text: &'t str,
    is_kept: impl Fn(char) -> bool,
    write: impl Fn(&mut String, char),
) -> Cow<'t, str> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(found) = unwelcome(rest) {
        let (before, from) = rest.split_at_checked(found.at).unwrap_or((rest, ""));
        out.push_str(before);
        if is_kept(found.character) {
            out.push(found.character);
        } else {
            write(&mut out, found.character);
        }
        rest = from.get(found.character.len_utf8()..).unwrap_or("");
    }
    if rest.len() == text.len() {
        return Cow::Borrowed(text);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::is_clean;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn shown_text_is_clean(text in any::<String>()) {
            prop_assert!(is_clean(&shown(&text)));
            prop_assert!(shown_lines(&text).split(['\n', '\t']).all(is_clean));
        }

        #[test]
        fn clean_text_is_unchanged(text in "[ -~éßشक]{0,20}") {
            prop_assert_eq!(shown(&text), text.as_str());
        }
    }
}
