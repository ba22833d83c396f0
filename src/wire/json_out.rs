//! JSON output. It reads back as the same data, and every character is visible: control characters and invisible
//! characters are escaped by their numbers.

use crate::text::escaped;
use crate::value::Date;
use serde::{Serialize, Serializer};
use serde_json::Value as Tree;
use std::borrow::Cow;

/// Returns a value as JSON on one line.
pub(super) fn compact<T: Serialize + ?Sized>(value: &T) -> String {
    // Serialization fails only for maps with keys other than strings, and no written value has one.
    visible(&serde_json::to_string(value).unwrap_or_default()).into_owned()
}

/// Returns a tree as JSON over several lines.
pub(super) fn pretty(tree: &Tree) -> String {
    visible(&format!("{tree:#}\n")).into_owned()
}

/// Serializes a day as text.
pub(super) fn date<S: Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(date)
}

/// Serializes a day as text, or null.
#[expect(clippy::ref_option, reason = "the shape that serde calls")]
pub(super) fn date_or_none<S: Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    match date {
        Some(date) => serializer.collect_str(date),
        None => serializer.serialize_none(),
    }
}

/// Escapes control and invisible characters. Outside of strings, JSON output has no such characters except line breaks,
/// so each can be written as an escape.
pub(super) fn visible(json: &str) -> Cow<'_, str> {
    let by_number = |out: &mut String, character: char| {
        for unit in character.encode_utf16(&mut [0; 2]) {
            out.push_str(&format!("\\u{unit:04x}"));
        }
    };
    escaped(json, |character| character == '\n', by_number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::is_clean;
    use proptest::prelude::*;

    #[test]
    fn invisible_characters_are_escaped() {
        assert_eq!(compact("a\u{202e}b\u{9b}\u{e0041}\u{1b}"), r#""a\u202eb\u009b\udb40\udc41\u001b""#);
    }

    proptest! {
        #[test]
        fn text_reads_back_the_same(text in any::<String>()) {
            let json = compact(&text);
            prop_assert!(is_clean(&json), "{json}");
            prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }
    }
}
