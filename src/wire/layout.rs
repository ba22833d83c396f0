//! The layout of JSON over several lines: a short list or object stays on one line.

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
    let text = RefCell::new(Vec::new());
    let layout = Layout { text: &text, depth, open: Vec::new() };
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

/// Lays out each list and object when it ends, since only then its width is known.
struct Layout<'t> {
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

impl Layout<'_> {
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

impl Formatter for Layout<'_> {
    fn begin_array<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.open();
        Ok(())
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, _: &mut W, _: bool) -> io::Result<()> {
        Ok(())
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.end_item();
        Ok(())
    }

    fn end_array<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.close(["[", "]"]);
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.open();
        Ok(())
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, _: &mut W, _: bool) -> io::Result<()> {
        Ok(())
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.end_item();
        Ok(())
    }

    fn end_object<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.close(["{", "}"]);
        Ok(())
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, text: &str) -> io::Result<()> {
        writer.write_all(visible(text).as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::over_lines;
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
}
