//! CSV output according to RFC 4180, in which no cell can act as a formula in a spreadsheet, whichever separator the
//! spreadsheet uses.

use crate::text::shown;
use crate::value::Date;
use std::borrow::Cow;
use std::fmt::Write as _;

/// Rows of cells. Every cell that is added is escaped.
#[derive(Default)]
pub(super) struct Sheet {
    text: String,
    is_within_row: bool,
}

impl Sheet {
    /// Adds a cell.
    pub(super) fn cell(&mut self, cell: &str) {
        self.next();
        let shown = shown(cell);
        let guarded = guarded(&shown);
        if guarded.contains([',', '"']) {
            self.text.push('"');
            self.text.push_str(&guarded.replace('"', "\"\""));
            self.text.push('"');
        } else {
            self.text.push_str(&guarded);
        }
    }

    /// Adds a cell with a number.
    pub(super) fn number(&mut self, number: u64) {
        self.next();
        // Writing to a `String` cannot fail.
        let _ = write!(self.text, "{number}");
    }

    /// Adds a cell with a date, or an empty cell.
    pub(super) fn day(&mut self, day: Option<Date>) {
        self.next();
        if let Some(day) = day {
            let _ = write!(self.text, "{day}");
        }
    }

    /// Adds empty cells.
    pub(super) fn blank(&mut self, cells: usize) {
        (0..cells).for_each(|_| self.next());
    }

    /// Ends the row.
    pub(super) fn end_row(&mut self) {
        self.text.push_str("\r\n");
        self.is_within_row = false;
    }

    /// Returns the rows.
    pub(super) fn into_string(self) -> String {
        self.text
    }

    fn next(&mut self) {
        if self.is_within_row {
            self.text.push(',');
        }
        self.is_within_row = true;
    }
}

/// Returns the cell with an apostrophe before each part that a spreadsheet could read as a formula: at the start of the
/// cell, and after a semicolon, which is the cell separator in locales with a decimal comma.
fn guarded(cell: &str) -> Cow<'_, str> {
    let is_formula = |field: &str| {
        let begins =
            field.trim_start_matches(|character: char| character.is_whitespace() || character == '"');
        begins.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
    };
    if !cell.split(';').any(is_formula) {
        return Cow::Borrowed(cell);
    }
    let field = |field: &str| {
        if !is_formula(field) {
            return field.to_owned();
        }
        let text = field.trim_start();
        let spaces = field.get(..field.len().saturating_sub(text.len())).unwrap_or("");
        format!("{spaces}'{text}")
    };
    Cow::Owned(cell.split(';').map(field).collect::<Vec<_>>().join(";"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row(cells: &[&str]) -> String {
        let mut sheet = Sheet::default();
        cells.iter().for_each(|cell| sheet.cell(cell));
        sheet.end_row();
        sheet.into_string()
    }

    #[test]
    fn cells_are_quoted_if_needed() {
        assert_eq!(row(&["plain", "a, \"b\"", ""]), "plain,\"a, \"\"b\"\"\",\r\n");
        assert_eq!(row(&["two\nlines"]), "two<U+000A>lines\r\n");
    }

    #[test]
    fn no_cell_is_a_formula() {
        for (cell, written) in [
            ("=1+1", "'=1+1"),
            ("-5", "'-5"),
            ("@now", "'@now"),
            ("＝1+1", "'＝1+1"),
            (" =1+1", " '=1+1"),
            ("y;=1+1", "y;'=1+1"),
            ("y; +1; z", "y; '+1; z"),
            ("1=1; a-b", "1=1; a-b"),
        ] {
            assert_eq!(row(&[cell]), format!("{written}\r\n"), "{cell}");
        }
        assert_eq!(row(&["y;\"=1+1\""]), "\"y;'\"\"=1+1\"\"\"\r\n");
    }

    proptest! {
        #[test]
        fn cells_read_back_as_they_are_shown(cells in prop::collection::vec("[a-z ,;\"'=+@\\-éش\u{202e}\n]{0,8}", 1..5)) {
            let texts: Vec<&str> = cells.iter().map(String::as_str).collect();
            let text = row(&texts);
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
            let read = reader.records().next().unwrap_or_else(|| Ok(csv::StringRecord::from(vec![""]))).unwrap();
            let wanted: Vec<String> = cells.iter().map(|cell| guarded(&shown(cell)).into_owned()).collect();
            prop_assert_eq!(read.iter().collect::<Vec<_>>(), wanted.iter().map(String::as_str).collect::<Vec<_>>());
            for separator in [b',', b';'] {
                let mut opened = csv::ReaderBuilder::new();
                let mut opened =
                    opened.has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
                for cell in opened.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()) {
                    prop_assert!(!cell.trim_start_matches([' ', '"']).starts_with(['=', '+', '-', '@']), "{text}");
                }
            }
        }
    }
}
