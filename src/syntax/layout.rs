//! Lines and their nesting.
//!
//! Any deeper indentation nests. A line with less indentation must return to a column that is in use. Comments and
//! blank lines are kept as lines, so that the joined pieces of all lines are the file.

use super::problem::{Problems, SyntaxError};
use crate::span::{FileId, Span};
use crate::text::unwelcome;

/// The largest number of levels of nesting.
pub const MOST_LEVELS: usize = 32;

/// The largest number of characters in a line.
pub const LONGEST_LINE: usize = 2_000;

/// The characters that are dropped at the end of a line.
pub(super) const TRAILING: [char; 3] = [' ', '\t', '\r'];

/// The lines of a file with their nesting.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// The lines, in the order of the file.
    pub lines: Vec<Line>,
}

impl Layout {
    /// Returns the pieces of all lines in the order of the file. Joined together, they are the file.
    ///
    /// # Example
    /// ```
    /// use placet::{span::FileId, syntax};
    /// let text = "use \"a.placet\"   # why\r\n\n";
    /// let file = syntax::parse(FileId(0), text);
    /// assert_eq!(file.layout.pieces(text).collect::<String>(), text);
    /// ```
    pub fn pieces<'t>(&'t self, text: &'t str) -> impl Iterator<Item = &'t str> {
        self.lines
            .iter()
            .flat_map(|line| [line.indent, line.content, line.gap, line.comment, line.ending])
            .map(|span| text.get(span.range()).unwrap_or(""))
    }
}

/// The kind of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// A line with nothing but spaces.
    Blank,
    /// A line with nothing but a comment.
    Comment,
    /// A line with content.
    Plain,
    /// A line with content that starts with a dash.
    Bullet,
}

/// A line in its pieces. Missing pieces are empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The kind of the line.
    pub kind: LineKind,
    /// The nesting level: the number of lines that the line is nested below. 0 in column 0, for blank lines and for
    /// comments.
    pub depth: usize,
    /// The spaces before the content.
    pub indent: Span,
    /// The content, including the dash of a bullet.
    pub content: Span,
    /// The spaces after the content.
    pub gap: Span,
    /// The comment, starting with its `#`.
    pub comment: Span,
    /// The line ending.
    pub ending: Span,
    /// The column of the content. A tab counts as two columns.
    pub column: usize,
}

impl Line {
    /// Creates a single line for a whole text that is not read.
    pub(super) fn unread(content: Span) -> Line {
        let end = Span { start: content.end, ..content };
        let start = Span { end: content.start, ..content };
        Line {
            kind: LineKind::Plain,
            depth: 0,
            indent: start,
            content,
            gap: end,
            comment: end,
            ending: end,
            column: 0,
        }
    }
}

/// A column that is in use.
struct Step {
    column: usize,
    /// A wrong column that is treated as this one after it has been reported.
    alias: Option<usize>,
    /// The latest line that starts in this column.
    latest: Span,
}

/// Splits a text into lines and determines their nesting.
pub(super) fn read(id: FileId, text: &str, problems: &mut Problems) -> Layout {
    let mut lines = Vec::new();
    let mut steps = vec![Step { column: 0, alias: None, latest: Span::new(id, 0, 0) }];
    let mut at = 0;
    let mut too_deep = false;
    for raw in text.split_inclusive('\n') {
        let mut line = cut(id, raw, at, at == 0);
        at += raw.len();
        characters(raw, &line, problems);
        if matches!(line.kind, LineKind::Plain | LineKind::Bullet) {
            indentation(text, &line, problems);
            nest(&mut line, &mut steps, problems);
            let deep = line.depth >= MOST_LEVELS;
            if deep && !too_deep {
                problems.add(line.content, SyntaxError::NestingTooDeep);
            }
            too_deep = deep;
        }
        lines.push(line);
    }
    Layout { lines }
}

/// Splits a line into its pieces.
pub(super) fn cut(id: FileId, raw: &str, at: usize, first: bool) -> Line {
    let body = raw.strip_suffix('\n').unwrap_or(raw);
    let body = body.trim_end_matches('\r');
    let is_space = |character: char| matches!(character, ' ' | '\t') || (first && character == '\u{FEFF}');
    let inner = body.trim_start_matches(is_space);
    let indent = body.len() - inner.len();
    let column = body
        .chars()
        .take_while(|character| is_space(*character))
        .map(|character| match character {
            ' ' => 1,
            '\t' => 2,
            _ => 0,
        })
        .sum();
    let mut quoted = false;
    let marks = || inner.match_indices(['"', '#']);
    let comment = inner.contains('#').then(|| {
        marks().find(|(_, mark)| {
            quoted ^= *mark == "\"";
            *mark == "#" && !quoted
        })
    });
    let comment = comment.flatten().map_or(inner.len(), |(place, _)| place);
    let content = inner.get(..comment).unwrap_or("");
    let content = if comment < inner.len() {
        content.trim_end_matches([' ', '\t'])
    } else {
        content.trim_end_matches(TRAILING)
    };
    let mut characters = content.chars();
    let kind = match (characters.next(), characters.next()) {
        (None, _) if comment < inner.len() => LineKind::Comment,
        (None, _) => LineKind::Blank,
        (Some('-'), _) | (Some('*' | '•' | '–' | '—' | '·'), Some(' ')) => LineKind::Bullet,
        _ => LineKind::Plain,
    };
    let span = |from: usize, to: usize| Span::new(id, at + from, at + to);
    Line {
        kind,
        depth: 0,
        indent: span(0, indent),
        content: span(indent, indent + content.len()),
        gap: span(indent + content.len(), indent + comment),
        comment: span(indent + comment, body.len()),
        ending: span(body.len(), raw.len()),
        column,
    }
}

/// Reports the first character of a line that is not allowed anywhere, not even in a comment or a quoted text.
fn characters(raw: &str, line: &Line, problems: &mut Problems) {
    if raw.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
        return;
    }
    let start = line.indent.start as usize;
    let from = line.indent.range().len();
    let to = line.comment.range().end - start;
    let shown = raw.get(from..to).unwrap_or("").trim_end_matches(TRAILING);
    let Some(found) = unwelcome(shown) else { return };
    let at = start + from + found.at;
    let problem = match found.character {
        '\t' => SyntaxError::Tab { fix: " ".into() },
        _ => SyntaxError::Unwelcome(found),
    };
    problems.add(Span::new(line.indent.file, at, at + found.character.len_utf8()), problem);
}

/// Reports a tab in the indentation.
fn indentation(text: &str, line: &Line, problems: &mut Problems) {
    if text.get(line.indent.range()).unwrap_or("").contains('\t') {
        problems.add(line.indent, SyntaxError::Tab { fix: " ".repeat(line.column) });
    }
}

/// Sets the nesting level of a line from the columns in use.
fn nest(line: &mut Line, steps: &mut Vec<Step>, problems: &mut Problems) {
    let column = line.column;
    let mut popped = None;
    while steps.last().is_some_and(|step| step.column > column && step.alias != Some(column)) {
        popped = steps.pop();
    }
    let in_use = steps.last().is_some_and(|step| step.column == column || step.alias == Some(column));
    if !in_use {
        match popped {
            Some(step) => {
                problems.add(line.content, SyntaxError::OddDedent { near: step.latest });
                steps.push(Step { alias: Some(column), ..step });
            }
            None => steps.push(Step { column, alias: None, latest: line.content }),
        }
    }
    if let Some(step) = steps.last_mut() {
        step.latest = line.content;
    }
    line.depth = steps.len().saturating_sub(1);
}
