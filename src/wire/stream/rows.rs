//! Reads rows, some thousand at a time, in memory that does not grow with the table.

use super::super::dossier_csv::separator;
use super::super::quotes::{Fault, Quotes};
use super::line::split;
use csv::StringRecord;
use csv_core::ReadRecordResult;
use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};
use std::ops::Range;

/// The length of the longest row that is read.
///
/// # Units
/// Bytes.
pub const LONGEST_ROW: usize = 1024 * 1024;

/// The approximate number of bytes that are read at once.
const AT_ONCE: usize = 256 * 1024;

/// Reads the rows of a table one after the other: CSV with a header, or NDJSON with one object per line.
///
/// # Example
/// ```
/// use placet::wire::stream::{Chunk, Rows};
///
/// let mut rows = Rows::csv("id,about\n\na,group\n\"b\",\"gro\nup\"\n".as_bytes())?;
/// assert_eq!(rows.header().map(|header| header.text.as_str()), Some("id,about\n"));
/// let mut chunk = Chunk::default();
/// assert!(rows.read(&mut chunk, 1_000)?);
/// assert_eq!(chunk.lines().collect::<Vec<_>>(), [3, 4]);
/// assert!(!rows.read(&mut chunk, 1_000)?);
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Rows<R: Read> {
    input: Chain<Cursor<Vec<u8>>, BufReader<R>>,
    table: Option<Table>,
    /// The number of the next line.
    line: u64,
    /// The number of bytes that were read.
    bytes: u64,
}

/// The additional state for CSV.
struct Table {
    core: csv_core::Reader,
    /// The cell separator.
    comma: u8,
    header: Header,
}

/// The first row of a table.
#[derive(Clone, Debug, Default)]
pub struct Header {
    /// The text as written.
    pub text: String,
    /// The cells.
    pub(super) cells: StringRecord,
}

/// Some rows, as they were read.
#[derive(Default)]
pub struct Chunk {
    bytes: Vec<u8>,
    /// The ends of the cells of each row, relative to the start of the row.
    ends: Vec<usize>,
    rows: Vec<Raw>,
    /// The number of bytes of input that had been read after these rows.
    read: u64,
    /// Whether all bytes of the rows are [plain](is_plain).
    is_plain: bool,
}

/// A row as it was read.
#[derive(Clone, Copy)]
struct Raw {
    line: u64,
    start: usize,
    end: usize,
    first: usize,
    last: usize,
    /// The number of bytes between two cells.
    between: usize,
    broken: Option<Broken>,
}

/// Why a row has no cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// The row is longer than [`LONGEST_ROW`].
    TooLong,
    /// The quotes of the row are wrong. The number is the line of the opening quote.
    Quote(Fault, u64),
}

/// A row of a chunk.
#[derive(Clone, Copy)]
pub(super) struct Row<'c> {
    /// The line in which the row starts.
    pub line: u64,
    /// All cells, one after the other, with or without separators between them. In NDJSON, the whole line.
    pub bytes: &'c [u8],
    pub ends: &'c [usize],
    /// The number of bytes between two cells.
    between: usize,
    /// Why the row was not read.
    pub broken: Option<Broken>,
    /// Whether all rows of the chunk are known to be [plain](is_plain).
    pub is_among_plain: bool,
}

impl<'c> Row<'c> {
    pub fn cells(self) -> impl Iterator<Item = &'c [u8]> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let cell = self.bytes.get(start..*end).unwrap_or_default();
            start = *end + self.between;
            cell
        })
    }

    pub fn cell(self, place: usize) -> &'c [u8] {
        let start = match place.checked_sub(1) {
            Some(before) => self.ends.get(before).map_or(usize::MAX, |end| end + self.between),
            None => 0,
        };
        let end = self.ends.get(place).copied().unwrap_or(0);
        self.bytes.get(start..end).unwrap_or_default()
    }
}

impl Chunk {
    /// Returns the lines in which the rows start.
    pub fn lines(&self) -> impl Iterator<Item = u64> + '_ {
        self.rows.iter().map(|row| row.line)
    }

    /// Returns the number of bytes of input that had been read after these rows.
    pub fn read(&self) -> u64 {
        self.read
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|raw| Row {
            line: raw.line,
            bytes: self.bytes.get(raw.start..raw.end).unwrap_or_default(),
            ends: self.ends.get(raw.first..raw.last).unwrap_or_default(),
            between: raw.between,
            broken: raw.broken,
            is_among_plain: self.is_plain,
        })
    }

    fn clear(&mut self) {
        self.rows.clear();
        // Release the memory that one long row has used.
        self.bytes.truncate(2 * AT_ONCE);
        self.bytes.shrink_to(2 * AT_ONCE);
        self.ends.truncate(AT_ONCE);
        self.ends.shrink_to(AT_ONCE);
    }
}

impl<R: Read> Rows<R> {
    /// Opens a table in CSV and reads its header.
    ///
    /// # Errors
    /// The input cannot be read, or its header is not UTF-8 text or is longer than [`LONGEST_ROW`].
    pub fn csv(input: R) -> io::Result<Rows<R>> {
        let mut rows = Rows::lines(input)?;
        let (first, _) = rows.input.get_mut();
        let text = String::from_utf8_lossy(first.get_ref());
        let (comma, body) = separator(&text);
        // `separator` consumes the line only if it names the separator.
        if body.is_empty() && !text.trim().is_empty() {
            let length = first.get_ref().len() as u64;
            rows.bytes += length - first.position();
            first.set_position(length);
            rows.line += 1;
        }
        let mut builder = csv_core::ReaderBuilder::new();
        let core = builder.delimiter(comma).build();
        rows.table = Some(Table { core, comma, header: Header::default() });
        let mut chunk = Chunk { bytes: vec![0; AT_ONCE], ends: vec![0; 1024], ..Chunk::default() };
        let mut raw = Vec::new();
        rows.record(&mut chunk, Some(&mut raw))?;
        let bad = |_| io::Error::new(io::ErrorKind::InvalidData, "the header row is not UTF-8 text");
        let mut header = Header { text: String::from_utf8(raw).map_err(bad)?, ..Header::default() };
        if let Some(row) = chunk.rows().next() {
            let bad = |why: String| io::Error::new(io::ErrorKind::InvalidData, why);
            match row.broken {
                None => {}
                Some(Broken::TooLong) => return Err(bad("the header row is longer than 1 MiB".to_owned())),
                Some(Broken::Quote(fault, line)) => return Err(bad(fault.words(Some(line)).0)),
            }
            for cell in row.cells() {
                header.cells.push_field(&String::from_utf8_lossy(cell));
            }
        }
        if let Some(table) = &mut rows.table {
            table.header = header;
        }
        Ok(rows)
    }

    /// Opens a file with one JSON object per line.
    ///
    /// # Errors
    /// The input cannot be read or is UTF-16 text.
    pub fn lines(input: R) -> io::Result<Rows<R>> {
        let mut input = BufReader::with_capacity(AT_ONCE, input);
        let mut first = Vec::new();
        let most = u64::try_from(LONGEST_ROW).unwrap_or(u64::MAX);
        (&mut input).take(most).read_until(b'\n', &mut first)?;
        if first.starts_with(&[0xff, 0xfe]) || first.starts_with(&[0xfe, 0xff]) {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "it is UTF-16 text; save it as UTF-8"));
        }
        let mark = if first.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let mut first = Cursor::new(first);
        first.set_position(mark);
        Ok(Rows { input: first.chain(input), table: None, line: 1, bytes: mark })
    }

    /// Returns the reader that the rows come from.
    pub fn source(&self) -> &R {
        self.input.get_ref().1.get_ref()
    }

    /// Returns the header of a CSV table.
    pub fn header(&self) -> Option<&Header> {
        self.table.as_ref().map(|table| &table.header)
    }

    /// Reads at most `most` more rows. Returns false if there are no more. Blank lines are skipped.
    ///
    /// # Errors
    /// The input cannot be read.
    pub fn read(&mut self, chunk: &mut Chunk, most: usize) -> io::Result<bool> {
        chunk.clear();
        while chunk.rows.len() < most && chunk.filled() < AT_ONCE {
            let more = if self.table.is_some() { self.record(chunk, None)? } else { self.next_line(chunk)? };
            if !more {
                break;
            }
        }
        chunk.read = self.bytes;
        chunk.is_plain = chunk.bytes.get(..chunk.filled()).is_some_and(is_plain);
        Ok(!chunk.rows.is_empty())
    }

    /// Skips line breaks. Returns false at the end of the input.
    fn start(&mut self) -> io::Result<bool> {
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                return Ok(false);
            }
            let ends = buffer.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
            let (mut count, mut lines) = (0, 0);
            for byte in ends {
                count += 1;
                lines += u64::from(*byte == b'\n');
            }
            let more = count < buffer.len();
            self.consume(count);
            self.line += lines;
            if more {
                return Ok(true);
            }
        }
    }

    fn consume(&mut self, count: usize) {
        self.input.consume(count);
        self.bytes += count as u64;
    }

    /// Reads a row of CSV. `raw`, if given, receives the bytes of the row.
    fn record(&mut self, chunk: &mut Chunk, mut raw: Option<&mut Vec<u8>>) -> io::Result<bool> {
        if !self.start()? {
            return Ok(false);
        }
        if raw.is_none() && self.plain_line(chunk)? {
            return Ok(true);
        }
        let line = self.line;
        let (start, first) = (chunk.filled(), chunk.ended());
        let (mut written, mut cells) = (0, 0);
        let mut quotes = self.table.as_ref().map(|table| Quotes::new(table.comma));
        loop {
            let Some(table) = &mut self.table else { return Ok(false) };
            table.core.set_line(self.line);
            let buffer = self.input.fill_buf()?;
            let bytes = chunk.bytes.get_mut(start + written..).unwrap_or_default();
            let ends = chunk.ends.get_mut(first + cells..).unwrap_or_default();
            let (result, taken, wrote, ended) = table.core.read_record(buffer, bytes, ends);
            self.line = table.core.line();
            let read = buffer.get(..taken).unwrap_or_default();
            if let Some(raw) = &mut raw {
                raw.extend(read);
            }
            if let Some(quotes) = &mut quotes {
                quotes.read(read);
            }
            self.consume(taken);
            written += wrote;
            cells += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => chunk.bytes.resize(start + 2 * written + AT_ONCE, 0),
                ReadRecordResult::OutputEndsFull => chunk.ends.resize(first + 2 * cells + 1024, 0),
                ReadRecordResult::Record | ReadRecordResult::End => break,
            }
            if written > LONGEST_ROW || cells > LONGEST_ROW {
                let broken = broken(quotes, line).unwrap_or(Broken::TooLong);
                chunk.push(line, start..start, first..first, Some(broken));
                self.skip()?;
                return Ok(true);
            }
        }
        match broken(quotes, line) {
            None => chunk.push(line, start..start + written, first..first + cells, None),
            broken => chunk.push(line, start..start, first..first, broken),
        }
        Ok(true)
    }

    /// Reads a row that is a single line without quotes. Returns false if the next row is not such a line, or is not
    /// completely in the buffer.
    fn plain_line(&mut self, chunk: &mut Chunk) -> io::Result<bool> {
        let Some(table) = &self.table else { return Ok(false) };
        let (start, first) = (chunk.filled(), chunk.ended());
        let buffer = self.input.fill_buf()?;
        let ends = chunk.ends.get_mut(first..).unwrap_or_default();
        let Some((length, cells)) = split(buffer, table.comma, ends) else { return Ok(false) };
        let (line, end) = (self.line, start + length);
        if chunk.bytes.len() < end {
            chunk.bytes.resize(end + AT_ONCE, 0);
        }
        if let (Some(to), Some(text)) = (chunk.bytes.get_mut(start..end), buffer.get(..length)) {
            to.copy_from_slice(text);
        }
        // If two bytes end the line, `start` skips the second one before the next row.
        self.line += u64::from(buffer.get(length) == Some(&b'\n'));
        self.consume(length + 1);
        chunk.push(line, start..end, first..first + cells, None);
        if let Some(row) = chunk.rows.last_mut() {
            row.between = 1;
        }
        Ok(true)
    }

    /// Skips the rest of a row that is too long, up to the end of the line.
    fn skip(&mut self) -> io::Result<()> {
        loop {
            let buffer = self.input.fill_buf()?;
            let found = buffer.iter().position(|byte| *byte == b'\n');
            let count = found.map_or(buffer.len(), |at| at + 1);
            let done = found.is_some() || buffer.is_empty();
            self.consume(count);
            if done {
                self.line += u64::from(found.is_some());
                break;
            }
        }
        if let Some(table) = &mut self.table {
            table.core.reset();
        }
        Ok(())
    }

    fn next_line(&mut self, chunk: &mut Chunk) -> io::Result<bool> {
        if !self.start()? {
            return Ok(false);
        }
        let line = self.line;
        let start = chunk.filled();
        let mut written = 0;
        loop {
            let buffer = self.input.fill_buf()?;
            let found = memchr(buffer);
            let text = buffer.get(..found.unwrap_or(buffer.len())).unwrap_or_default();
            let end = start + written + text.len();
            if chunk.bytes.len() < end {
                chunk.bytes.resize(end + AT_ONCE, 0);
            }
            if let Some(to) = chunk.bytes.get_mut(start + written..end) {
                to.copy_from_slice(text);
            }
            written += text.len();
            let count = text.len() + usize::from(found.is_some());
            let is_end = found.is_some() || buffer.is_empty();
            self.consume(count);
            if is_end {
                self.line += u64::from(found.is_some());
                break;
            }
            if written > LONGEST_ROW {
                chunk.push(line, start..start, 0..0, Some(Broken::TooLong));
                self.skip()?;
                return Ok(true);
            }
        }
        chunk.push(line, start..start + written, 0..0, None);
        Ok(true)
    }
}

impl Chunk {
    fn filled(&self) -> usize {
        self.rows.last().map_or(0, |row| row.end)
    }

    fn ended(&self) -> usize {
        self.rows.last().map_or(0, |row| row.last)
    }

    fn push(&mut self, line: u64, bytes: Range<usize>, ends: Range<usize>, broken: Option<Broken>) {
        self.rows.push(Raw {
            line,
            start: bytes.start,
            end: bytes.end,
            first: ends.start,
            last: ends.end,
            between: 0,
            broken,
        });
    }
}

/// Returns what is wrong with the quotes of a row that starts at `line`.
fn broken(quotes: Option<Quotes>, line: u64) -> Option<Broken> {
    let fault = quotes?.fault()?;
    Some(Broken::Quote(fault, line + fault.opened().lines))
}

/// Returns whether all bytes are printable ASCII. This is fast, since many bytes are checked at once.
pub(super) fn is_plain(bytes: &[u8]) -> bool {
    bytes.iter().fold(0, |any, byte| any | u8::from(byte.wrapping_sub(b' ') > b'~' - b' ')) == 0
}

/// Returns the index of the first line break.
fn memchr(bytes: &[u8]) -> Option<usize> {
    // The search works in steps, so that all bytes of a step are compared at once.
    const STEP: usize = 64;
    let ends = |step: &[u8; STEP]| step.iter().fold(0, |any, byte| any | u8::from(*byte == b'\n')) != 0;
    let passed = STEP * bytes.as_chunks::<STEP>().0.iter().take_while(|step| !ends(step)).count();
    let found = bytes.get(passed..).unwrap_or_default().iter().position(|byte| *byte == b'\n');
    found.map(|at| passed + at)
}
