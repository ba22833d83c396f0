//! JSON as it leaves. It reads back as the same data, and whoever looks at it sees every character: those that act on what
//! shows them, or hide, are written by their numbers.

use crate::text::escaped;
use serde::Serialize;
use serde_json::Value as Tree;

/// A value in one line.
pub(super) fn compact<T: Serialize + ?Sized>(value: &T) -> String {
    // none of the values written has a map with keys other than text, so each can be written
    visible(serde_json::to_string(value).unwrap_or_default())
}

/// A tree over several lines.
pub(super) fn pretty(tree: &Tree) -> String {
    visible(format!("{tree:#}\n"))
}

/// JSON has only line breaks outside of texts; within them a character may be written by its number.
fn visible(json: String) -> String {
    let by_number = |out: &mut String, character: char| {
        for unit in character.encode_utf16(&mut [0; 2]) {
            out.push_str(&format!("\\u{unit:04x}"));
        }
    };
    match escaped(&json, |character| character == '\n', by_number) {
        std::borrow::Cow::Borrowed(_) => json,
        std::borrow::Cow::Owned(visible) => visible,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::is_clean;
    use proptest::prelude::*;

    #[test]
    fn what_hides_is_written_by_its_number() {
        assert_eq!(compact("a\u{202e}b\u{9b}\u{e0041}\u{1b}"), r#""a\u202eb\u009b\udb40\udc41\u001b""#);
    }

    proptest! {
        #[test]
        fn it_reads_back_the_same(text in any::<String>()) {
            let json = compact(&text);
            prop_assert!(is_clean(&json), "{json}");
            prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }
    }
}
