//! The layout of JSON: on one line, or over several lines, where a short list or object stays on one line. Both are
//! layouts of one serializer, since a second serializer would be compiled for every type.

use super::json_out::visible;
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use std::cell::RefCell;
use std::io::{self, Write};

/// The largest width of a list or object on one line, without the text before and after it.
///
/// # Units
/// Bytes.
const WIDTH: usize = 120;

/// Returns a value as JSON over several lines.
pub(super) fn over_lines<T: Serialize + ?Sized>(value: &T) -> String {
    at(value, 0)
}

/// Returns a value as JSON over several lines, indented for a nesting depth.
pub(super) fn at<T: Serialize + ?Sized>(value: &T, depth: usize) -> String {
    written(value, Some(depth))
}

/// Returns a value as JSON on one line, without spaces between its parts.
pub(super) fn compact<T: Serialize + ?Sized>(value: &T) -> String {
    written(value, None)
}

/// Returns a value as JSON on one line, or over several lines from a nesting depth on.
fn written<T: Serialize + ?Sized>(value: &T, depth: Option<usize>) -> String {
    let text = RefCell::new(Vec::new());
    let lines = |depth| Layout::Lines(Lines { text: &text, depth, open: Vec::new() });
    let layout = depth.map_or(Layout::OneLine, lines);
    // Serialization fails only for maps with keys other than strings, and no written value has one.
    let written = value.serialize(&mut Serializer::with_formatter(Writer(&text), layout));
    written.ok().and_then(|()| String::from_utf8(text.into_inner()).ok()).unwrap_or_default()
}

/// Returns a line break with the indentation for a nesting depth.
pub(super) fn line(depth: usize) -> String {
    format!("\n{}", "  ".repeat(depth))
}

/// Returns whether a list or object that was laid out is on one line.
pub(super) fn is_short(laid_out: &str) -> bool {
    laid_out.len() <= WIDTH
}

/// Writes to the text that the layout reads.
struct Writer<'t>(&'t RefCell<Vec<u8>>);

impl Write for Writer<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

enum Layout<'t> {
    OneLine,
    Lines(Lines<'t>),
}

/// Lays out each list and object when it ends, since only then its width is known.
struct Lines<'t> {
    /// The text since the last start of a list or object, or the last end of an item.
    text: &'t RefCell<Vec<u8>>,
    /// The nesting depth of the whole.
    depth: usize,
    /// The lists and objects that have not ended yet, the outermost first.
    open: Vec<Open>,
}

/// A list or object that has not ended yet.
struct Open {
    /// The text before it.
    before: Vec<u8>,
    /// Its items so far; those of an object with their keys.
    items: Vec<Vec<u8>>,
}

impl Lines<'_> {
    fn open(&mut self) {
        self.open.push(Open { before: self.text.take(), items: Vec::new() });
    }

    fn end_item(&mut self) {
        if let Some(open) = self.open.last_mut() {
            open.items.push(self.text.take());
        }
    }

    fn close(&mut self, [start, end]: [&str; 2]) {
        let Some(Open { before, items }) = self.open.pop() else { return };
        let depth = self.depth + self.open.len();
        let on_one_line = [start.as_bytes(), &items.join(&b", "[..]), end.as_bytes()].concat();
        // An item that is itself broken is too long for one line.
        let laid_out = if on_one_line.len() <= WIDTH {
            on_one_line
        } else {
            let (inner, outer) = (line(depth + 1), line(depth));
            let items = items.join(format!(",{inner}").as_bytes());
            [start.as_bytes(), inner.as_bytes(), &items, outer.as_bytes(), end.as_bytes()].concat()
        };
        *self.text.borrow_mut() = [before, laid_out].concat();
    }
}

impl Layout<'_> {
    fn begin<W: ?Sized + Write>(&mut self, writer: &mut W, start: &[u8]) -> io::Result<()> {
        match self {
            Layout::OneLine => writer.write_all(start)?,
            Layout::Lines(lines) => lines.open(),
        }
        Ok(())
    }

    fn begin_item<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        match self {
            Layout::OneLine if !first => writer.write_all(b","),
            _ => Ok(()),
        }
    }

    fn end_item(&mut self) {
        if let Layout::Lines(lines) = self {
            lines.end_item();
        }
    }

    fn end<W: ?Sized + Write>(&mut self, writer: &mut W, both: [&str; 2]) -> io::Result<()> {
        match self {
            Layout::OneLine => writer.write_all(both[1].as_bytes())?,
            Layout::Lines(lines) => lines.close(both),
        }
        Ok(())
    }
}

impl Formatter for Layout<'_> {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.begin(writer, b"[")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.begin_item(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.end_item();
        Ok(())
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, ["[", "]"])
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.begin(writer, b"{")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.begin_item(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(if matches!(self, Layout::OneLine) { b":" } else { b": " })
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.end_item();
        Ok(())
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, ["{", "}"])
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, text: &str) -> io::Result<()> {
        writer.write_all(visible(text).as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::is_clean;
    use proptest::prelude::*;
    use serde_json::Value;

    #[test]
    fn short_values_are_on_one_line() {
        let long = "a".repeat(60);
        let compact =
            format!(r#"{{"few":[1,{{"a":"b,:{{ \" }}\\"}}],"many":["{long}","{long}",[]],"none":{{}}}}"#);
        let read = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        let laid_out = over_lines(&read(&compact));
        let expected = format!(
            r#"{{
  "few": [1, {{"a": "b,:{{ \" }}\\"}}],
  "many": [
    "{long}",
    "{long}",
    []
  ],
  "none": {{}}
}}"#
        );
        assert_eq!(laid_out, expected);
        assert_eq!(read(&laid_out), read(&compact));
    }

    #[test]
    fn only_long_lists_are_broken() {
        for length in 100..130 {
            let list = over_lines(&("a".repeat(length), 0));
            let on_one_line = format!(r#"["{}", 0]"#, "a".repeat(length));
            assert_eq!(list == on_one_line, on_one_line.len() <= 120, "{list}");
        }
    }

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
