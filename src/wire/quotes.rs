//! Checks the quotes in a CSV row: a cell that starts with a quote must end with its closing quote.
//!
//! A CSV reader treats everything after an open quote, line breaks included, as part of the cell. A quote that is not
//! closed, or that is closed by the opening quote of another cell, therefore swallows the rows in between. Both are
//! errors in the table.

/// What is wrong with the quotes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// A quote is not closed.
    Open(Opened),
    /// Text follows a quote that closes a cell.
    After(Opened),
}

/// The place of an opening quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Opened {
    /// The number of bytes of the row before it.
    pub at: usize,
    /// The number of line breaks of the row before it.
    pub lines: u64,
}

impl Fault {
    /// Returns the place of the opening quote.
    pub fn opened(self) -> Opened {
        match self {
            Fault::Open(opened) | Fault::After(opened) => opened,
        }
    }

    /// Returns the error and the correction, in words. `line` is the line of the opening quote, if the message must
    /// name it.
    pub fn words(self, line: Option<u64>) -> (String, &'static str) {
        let place = line.map_or_else(|| "here".to_owned(), |line| format!("in line {line}"));
        match self {
            Fault::Open(_) => (
                format!("the quote that opens {place} is not closed"),
                "close it at the end of the cell; inside a cell in quotes, write a quote twice",
            ),
            Fault::After(_) => (
                format!("text follows the cell in quotes that starts {place}"),
                "close the quote at the end of the cell; inside a cell in quotes, write a quote twice",
            ),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// At the start of a cell.
    Start,
    /// In a cell without quotes.
    Bare,
    /// After the quote that opens a cell.
    Quoted,
    /// After a second quote in a quoted cell, which closes the cell or escapes a following quote.
    Closed,
}

/// Tracks the quotes of one row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quotes {
    comma: u8,
    state: State,
    at: usize,
    lines: u64,
    opened: Opened,
    after: Option<Opened>,
}

impl Quotes {
    /// Starts a row with the given cell separator.
    pub fn new(comma: u8) -> Quotes {
        let opened = Opened { at: 0, lines: 0 };
        Quotes { comma, state: State::Start, at: 0, lines: 0, opened, after: None }
    }

    /// Reads the next bytes of the row.
    pub fn read(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.state = match (self.state, *byte) {
                (State::Start, b'"') => {
                    self.opened = Opened { at: self.at, lines: self.lines };
                    State::Quoted
                }
                (State::Quoted, b'"') => State::Closed,
                (State::Closed, b'"') | (State::Quoted, _) => State::Quoted,
                (_, byte) if byte == self.comma => State::Start,
                (State::Closed, b' ' | b'\t' | b'\r' | b'\n') => State::Closed,
                (State::Closed, _) => {
                    self.after = self.after.or(Some(self.opened));
                    State::Bare
                }
                (State::Start | State::Bare, _) => State::Bare,
            };
            self.at += 1;
            self.lines += u64::from(*byte == b'\n');
        }
    }

    /// Returns what is wrong with the row, after all of it has been read.
    pub fn fault(&self) -> Option<Fault> {
        match (self.after, self.state) {
            (Some(opened), _) => Some(Fault::After(opened)),
            (None, State::Quoted) => Some(Fault::Open(self.opened)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, Opened, Quotes};

    fn fault(row: &str) -> Option<Fault> {
        let mut quotes = Quotes::new(b',');
        row.as_bytes().chunks(2).for_each(|bytes| quotes.read(bytes));
        quotes.fault()
    }

    #[test]
    fn closed_quotes_are_valid() {
        for row in ["a,b", "\"a\",b\n", "a,\"b \"\"c\"\"\"\r\n", "\"a\" ,\"\"", "5\" gun,b", "\"a\nb\",c"] {
            assert_eq!(fault(row), None, "{row}");
        }
    }

    #[test]
    fn unclosed_quote_is_found_at_its_start() {
        assert_eq!(fault("a,\"b\nc,d\n"), Some(Fault::Open(Opened { at: 2, lines: 0 })));
        assert_eq!(fault("\"a\nb\",\"c\"\""), Some(Fault::Open(Opened { at: 6, lines: 1 })));
    }

    #[test]
    fn quote_closed_by_the_next_one_is_found() {
        assert_eq!(fault("a,\"b\nc,\"d\",e\n"), Some(Fault::After(Opened { at: 2, lines: 0 })));
    }
}
