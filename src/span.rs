//! Places in texts: byte ranges in files, and lines and columns for people.

use crate::digest::sha256;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// The index of a file in a [`Sources`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FileId(pub u32);

/// A range of bytes in one file.
///
/// # Units
/// `start` and `end` are byte offsets from the start of the file; `end` is exclusive.
///
/// # Example
/// ```
/// use placet::span::{FileId, Span};
///
/// let word = Span::new(FileId(0), 2, 5);
/// assert_eq!(word.range(), 2..5);
/// assert_eq!(word.to(Span::new(FileId(0), 8, 9)), Span::new(FileId(0), 2, 9));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// Creates the range `start..end` of `file`.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Span { file, start: clamp(start), end: clamp(end) }
    }

    /// Returns the smallest range that covers both ranges. `other` must be in the same file.
    pub fn to(self, other: Span) -> Span {
        Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Returns the range as byte offsets into the file's text.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value with its place in a text: a name, a phrase, a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// The place.
    pub span: Span,
}

/// A name or phrase: words joined by single spaces.
pub type Name = Spanned<String>;

/// The content of a quoted text, without its quotes.
pub type Text = Spanned<String>;

/// A line and a column.
///
/// # Units
/// Lines and columns start at 1; columns count characters (Unicode scalar values).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// A text and its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The path. Its parts are separated by `/`.
    pub name: String,
    /// The text, shared by all copies of the source.
    pub text: Arc<str>,
    /// The SHA-256 digest of the bytes that the text was read from. `None` if it was not read from a file.
    pub sha256: Option<String>,
}

/// The texts that were read, in reading order.
///
/// # Example
/// ```
/// use placet::span::{Sources, Span};
///
/// let mut sources = Sources::default();
/// let file = sources.add("a.placet", "kind group\nkind person\n");
/// let person = Span::new(file, 16, 22);
/// assert_eq!(sources.slice(person), "person");
/// assert_eq!(format!("{}:{}", sources.name(file), sources.position(person)), "a.placet:2:6");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Adds a text and returns its id.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(Source { name: name.into(), text: text.into(), sha256: None });
        id
    }

    /// Replaces a text. Used if a text is read after its id has been assigned.
    ///
    /// # Example
    /// ```
    /// use placet::span::Sources;
    ///
    /// let mut sources = Sources::default();
    /// let file = sources.add("a.placet", "");
    /// sources.replace(file, "kind group\n");
    /// assert_eq!(sources.text(file), "kind group\n");
    /// ```
    pub fn replace(&mut self, file: FileId, text: impl Into<Arc<str>>) {
        if let Some(source) = self.files.get_mut(file.0 as usize) {
            source.text = text.into();
        }
    }

    /// Records the SHA-256 digest of the bytes of a file, as they were read.
    ///
    /// # Example
    /// ```
    /// use placet::{digest::sha256, span::Sources};
    ///
    /// let mut sources = Sources::default();
    /// let file = sources.add("a.placet", "kind group\n");
    /// sources.digest(file, b"kind group\r\n");
    /// assert_eq!(sources.sha256(file), Some(sha256(b"kind group\r\n").as_str()));
    /// ```
    pub fn digest(&mut self, file: FileId, bytes: &[u8]) {
        if let Some(source) = self.files.get_mut(file.0 as usize) {
            source.sha256 = Some(sha256(bytes));
        }
    }

    /// Records the digest of the bytes of a file that are not kept.
    pub(crate) fn set_digest(&mut self, file: FileId, sha256: String) {
        if let Some(source) = self.files.get_mut(file.0 as usize) {
            source.sha256 = Some(sha256);
        }
    }

    /// Returns the SHA-256 digest of the bytes of a file. `None` if the text was not read from a file.
    pub fn sha256(&self, file: FileId) -> Option<&str> {
        self.files.get(file.0 as usize)?.sha256.as_deref()
    }

    /// Returns the texts, in the order of their ids.
    pub fn files(&self) -> &[Source] {
        &self.files
    }

    /// Returns the name of a file, or an empty text if there is no such file.
    pub fn name(&self, file: FileId) -> &str {
        self.files.get(file.0 as usize).map_or("", |source| &source.name)
    }

    /// Returns the text of a file, or an empty text if there is no such file.
    pub fn text(&self, file: FileId) -> &str {
        self.files.get(file.0 as usize).map_or("", |source| &source.text)
    }

    /// Returns the text that a span covers, or an empty text if the span is not in a file.
    pub fn slice(&self, span: Span) -> &str {
        self.text(span.file).get(span.range()).unwrap_or("")
    }

    /// Returns the line and column at which a span starts.
    pub fn position(&self, span: Span) -> Position {
        position(self.text(span.file), span.start as usize)
    }
}

/// Returns the line and column of a byte offset in a text.
///
/// # Example
/// ```
/// use placet::span::{Position, position};
/// assert_eq!(position("one\ntwo", 5), Position { line: 2, column: 2 });
/// ```
pub fn position(text: &str, offset: usize) -> Position {
    let mut end = offset.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = text.get(..end).unwrap_or("");
    // Counting bytes is fast enough even for a large file, since only a few places are asked for.
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    Position { line, column }
}
