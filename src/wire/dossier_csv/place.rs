//! The places of rows and cells in the text.

use crate::span::{FileId, Span};
use crate::wire::quotes::{Fault, Quotes};
use csv::StringRecord;

/// The text of a table, used to find the places of cells.
#[derive(Debug)]
pub(super) struct Table<'a> {
    pub file: FileId,
    /// `None` for rows that are read one by one. The place of a cell is then only its index in the row.
    pub text: Option<&'a str>,
    pub shift: usize,
    pub comma: u8,
    /// The end of the row that is being read.
    pub end: usize,
}

impl Table<'_> {
    fn start(&self, text: &str, record: &StringRecord) -> usize {
        let at =
            record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(usize::MAX));
        let start = at.saturating_add(self.shift);
        let rest = text.get(start..).unwrap_or("");
        start.saturating_add(rest.len() - rest.trim_start_matches(['\r', '\n']).len())
    }

    /// Returns the place of a cell, quotes included. It is computed on demand, since only findings need it.
    pub fn cell(&self, record: &StringRecord, wanted: usize) -> Span {
        let Some(text) = self.text else { return Span::new(self.file, wanted, wanted + 1) };
        let mut start = self.start(text, record);
        let mut at = start;
        let (mut place, mut quoted) = (0, false);
        for byte in text.get(start..).unwrap_or("").bytes() {
            match byte {
                b'"' => quoted = !quoted,
                b'\r' | b'\n' if !quoted => break,
                comma if comma == self.comma && !quoted => {
                    if place == wanted {
                        break;
                    }
                    place += 1;
                    start = at + 1;
                }
                _ => {}
            }
            at += 1;
        }
        Span::new(self.file, start, at.max(start))
    }

    /// Returns what is wrong with the quotes of a row, with the place of the opening quote.
    pub fn fault(&self, record: &StringRecord) -> Option<(Span, Fault)> {
        let text = self.text?;
        let start = self.start(text, record);
        let row = text.get(start..self.end).filter(|row| row.contains('"'))?;
        let mut quotes = Quotes::new(self.comma);
        quotes.read(row.as_bytes());
        let fault = quotes.fault()?;
        let at = start.saturating_add(fault.opened().at);
        Some((Span::new(self.file, at, at.saturating_add(1)), fault))
    }

    /// Returns the place of a row.
    pub fn row(&self, record: &StringRecord) -> Span {
        let Some(text) = self.text else { return Span::new(self.file, 0, 0) };
        let start = self.start(text, record);
        let length = text.get(start..self.end).map_or(0, |row| row.trim_end_matches(['\r', '\n']).len());
        Span::new(self.file, start, start + length)
    }
}
