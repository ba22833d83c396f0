//! Text as it may be shown: nothing in it acts on what shows it, and nothing hides.

use super::unwelcome;
use std::borrow::Cow;
use std::fmt::Write as _;

/// A text of one line as it may be shown: every [`unwelcome`] character is written as its number, such as `<U+202E>`.
///
/// So no text takes over a terminal, turns around what stands beside it, or hides. Joiners that a script needs stay.
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

/// The same for a text of several lines: line breaks and tabs stay.
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
    // writing to a String cannot fail
    let _ = write!(out, "<U+{:04X}>", u32::from(character));
}

/// The text with every unwelcome character written otherwise, but those that are kept.
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
        fn what_is_shown_is_clean(text in any::<String>()) {
            prop_assert!(is_clean(&shown(&text)));
            prop_assert!(shown_lines(&text).split(['\n', '\t']).all(is_clean));
        }

        #[test]
        fn what_is_clean_is_shown_as_it_is(text in "[ -~éßشक]{0,20}") {
            prop_assert_eq!(shown(&text), text.as_str());
        }
    }
}
