//! JSON output. It reads back as the same data, and every character is visible: control characters and invisible
//! characters are escaped by their numbers.

use crate::text::escaped;
use crate::value::Date;
use serde::Serializer;
use serde_json::Value as Tree;
use std::borrow::Cow;

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
