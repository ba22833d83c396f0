//! Formats a file in its canonical form.

use super::layout::{Line, LineKind, TRAILING};
use super::line::Cursor;
use super::problem::Problems;
use super::{File, Lexeme, lexeme};
use crate::span::Spanned;

/// Returns a file in canonical form: two spaces for each level, single spaces, one blank line between blocks.
///
/// All comments are kept, and the meaning never changes. A block with a finding is left as it is. The whole file is
/// left as it is if it has more findings than are kept. `text` must be the text that `file` was read from.
///
/// # Example
/// ```
/// use placet::{span::FileId, syntax};
///
/// let text = "use  \"a.placet\"\nbar abuses   \"Abuses\"  # grave\n    when any of\n     -  the group is hostile\n";
/// let file = syntax::parse(FileId(0), text);
/// assert_eq!(
///     syntax::format(&file, text),
///     "use \"a.placet\"\n\nbar abuses \"Abuses\"  # grave\n  when any of\n    - the group is hostile\n"
/// );
/// ```
pub fn format(file: &File, text: &str) -> String {
    if file.unread() {
        return text.to_owned();
    }
    let lines = &file.layout.lines;
    let mut items: Vec<Item> = Vec::new();
    let mut blank_before = false;
    let mut next = 0;
    while next < lines.len() {
        let end = block_end(lines, next);
        let block = lines.get(next..end).unwrap_or(&[]);
        Block::new(file, text, block).print(lines.get(end), &mut blank_before, &mut items);
        next = end;
    }
    joined(&items)
}

/// A piece of text that is printed on lines of its own.
struct Item {
    text: String,
    /// Whether a blank line precedes it in the text.
    blank_before: bool,
    place: Place,
}

/// The sort of an item, which decides on the blank lines around it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// A comment in column 0.
    Comment,
    /// A block of several lines, or its first line.
    Block,
    /// A block that is often listed with others of its sort: `assistance`, or a single line with `use` or `source`.
    Listed(&'static str),
    /// A line within a block.
    Within,
}

/// Joins the items and adds blank lines.
///
/// There is one blank line before each block with the comments directly above it. Between listed blocks, a blank line
/// is kept if there is one.
fn joined(items: &[Item]) -> String {
    let mut text = String::new();
    let mut before = None;
    for item in items {
        let blank = match (before, item.place) {
            (None, _) => false,
            (Some(Place::Comment), _) | (_, Place::Within) => item.blank_before,
            (Some(Place::Listed(one)), Place::Listed(other)) if one == other => item.blank_before,
            _ => true,
        };
        if blank {
            text.push('\n');
        }
        text.push_str(&item.text);
        text.push('\n');
        if item.place != Place::Within {
            before = Some(item.place);
        }
    }
    text
}

fn has_content(line: &Line) -> bool {
    matches!(line.kind, LineKind::Plain | LineKind::Bullet)
}

/// Returns the end of the block whose first line is at or after a place.
fn block_end(lines: &[Line], start: usize) -> usize {
    let next_start = |from: usize| {
        let rest = lines.get(from..).unwrap_or(&[]);
        rest.iter().position(|line| has_content(line) && line.depth == 0).map(|place| from + place)
    };
    // Lines before the first block belong to no block.
    let first = lines.get(start).is_some_and(|line| has_content(line) && line.depth == 0);
    next_start(if first { start + 1 } else { start }).unwrap_or(lines.len())
}

/// The lines from the first line of a block up to the next block.
struct Block<'t> {
    text: &'t str,
    lines: &'t [Line],
    /// Whether the block is left as it is.
    kept: bool,
    /// The first words of aligned lines, and the column of what follows them.
    heads: Option<(&'static [&'static str], usize)>,
    place: Place,
}

/// A line that other lines are nested below.
struct Step {
    /// The column of the line in the text.
    read: usize,
    /// The column of the line in canonical form.
    printed: usize,
    bullet: bool,
}

impl<'t> Block<'t> {
    fn new(file: &File, text: &'t str, lines: &'t [Line]) -> Block<'t> {
        let content = || lines.iter().filter(|line| has_content(line));
        let start = lines.first().map_or(0, |line| line.indent.start);
        // A finding at the end of the file is placed after its last line.
        let end = lines.last().map_or(0, |line| line.ending.end + u32::from(line.ending.range().is_empty()));
        let from = file.problems.partition_point(|problem| problem.span.start < start);
        let kept = file.problems.get(from).is_some_and(|problem| problem.span.start < end);
        let mut block = Block { text, lines, kept, heads: None, place: Place::Block };
        let first = content().next().map(|line| block.lexemes(line)).unwrap_or_default();
        let cursor = Cursor::new(&first, crate::span::Span::default());
        let heads: [(&str, &[&str], usize); 3] = [
            ("policy", super::policy::POLICY.words, 9),
            ("dossier", super::dossier::DOSSIER.words, 9),
            ("source", super::policy::SOURCE.words, 7),
        ];
        block.heads = heads
            .iter()
            .find(|(word, ..)| cursor.starts_with(word))
            .map(|(_, words, width)| (*words, *width));
        let listed = ["use", "source", "assistance"].into_iter().find(|word| cursor.starts_with(word));
        if let Some(word) = listed.filter(|word| *word == "assistance" || content().count() == 1) {
            block.place = Place::Listed(word);
        }
        block
    }

    /// Adds the items of the block. `next` is the first line of the next block.
    fn print(&self, next: Option<&Line>, blank_before: &mut bool, items: &mut Vec<Item>) {
        let mut steps: Vec<Step> = Vec::new();
        let first = self.lines.iter().position(has_content);
        let last = self.lines.iter().rposition(has_content);
        let mut kept = first.zip(last).filter(|_| self.kept);
        let mut place = 0;
        let mut follows = 0;
        while let Some(line) = self.lines.get(place) {
            place += 1;
            let mut add = |text: String, place: Place| {
                items.push(Item { text, blank_before: std::mem::take(blank_before), place });
            };
            match line.kind {
                LineKind::Blank => *blank_before = true,
                LineKind::Comment => {
                    follows = follows.max(place);
                    while self.lines.get(follows).is_some_and(|line| !has_content(line)) {
                        follows += 1;
                    }
                    let column = comment_column(line, &steps, self.lines.get(follows).or(next));
                    let text = format!("{}{}", " ".repeat(column), self.comment(line));
                    add(text, if column == 0 { Place::Comment } else { Place::Within });
                }
                LineKind::Plain | LineKind::Bullet => match kept.take() {
                    Some((first, last)) => {
                        let lines = self.lines.get(first..=last).unwrap_or(&[]);
                        let end = lines.last().map_or(0, |last| last.comment.end as usize);
                        let text = self.text.get(line.indent.start as usize..end).unwrap_or("");
                        add(text.to_owned(), self.place);
                        place = last + 1;
                        steps = as_read(lines);
                    }
                    None => {
                        steps.truncate(line.depth);
                        let printed = steps.last().map_or(0, Step::below);
                        let bullet = line.kind == LineKind::Bullet;
                        steps.push(Step { read: line.column, printed, bullet });
                        let place = if line.depth == 0 { self.place } else { Place::Within };
                        add(self.line(line, printed), place);
                    }
                },
            }
        }
    }

    fn comment(&self, line: &Line) -> &'t str {
        self.text.get(line.comment.range()).unwrap_or("").trim_end_matches(TRAILING)
    }

    fn lexemes(&self, line: &Line) -> Vec<Spanned<Lexeme>> {
        let mut place = line.content;
        if line.kind == LineKind::Bullet {
            place.start += 1;
        }
        lexeme::read(self.text, place, &mut Problems::new()).0
    }

    /// Returns a line in canonical form.
    fn line(&self, line: &Line, column: usize) -> String {
        let mut printed = " ".repeat(column);
        if line.kind == LineKind::Bullet {
            printed.push_str("- ");
        }
        let lexemes = self.lexemes(line);
        let head = self.heads.filter(|_| line.depth == 1 && line.kind == LineKind::Plain).and_then(
            |(words, width)| {
                let cursor = Cursor::new(&lexemes, line.content);
                words
                    .iter()
                    .find(|words| cursor.starts_with(words))
                    .map(|words| (words.split(' ').count(), width))
            },
        );
        for (place, lexeme) in lexemes.iter().enumerate() {
            let spaces = match head {
                _ if place == 0 || lexeme.value == Lexeme::Comma => 0,
                Some((count, width)) if place == count => {
                    (column + width).saturating_sub(printed.len()).max(1)
                }
                _ => 1,
            };
            printed.push_str(&" ".repeat(spaces));
            printed.push_str(self.text.get(lexeme.span.range()).unwrap_or(""));
        }
        if !line.comment.range().is_empty() {
            printed.push_str("  ");
            printed.push_str(self.comment(line));
        }
        printed
    }
}

impl Step {
    /// Returns the column of the lines nested below.
    fn below(&self) -> usize {
        self.printed + if self.bullet { 4 } else { 2 }
    }
}

/// Returns the levels of nesting at the last of some lines, itself included, in the columns of the text.
fn as_read(lines: &[Line]) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for line in lines.iter().filter(|line| has_content(line)) {
        while steps.last().is_some_and(|step| step.read >= line.column) {
            steps.pop();
        }
        steps.push(Step { read: line.column, printed: line.column, bullet: line.kind == LineKind::Bullet });
    }
    steps
}

/// Returns the column of a comment: that of the next line, or of an enclosing line that the comment is aligned with.
fn comment_column(comment: &Line, steps: &[Step], next: Option<&Line>) -> usize {
    match next {
        Some(next) if next.depth >= steps.len() => steps.last().map_or(0, Step::below),
        Some(next) if next.depth == 0 && comment.column == 0 => 0,
        Some(next) if comment.column <= next.column => steps.get(next.depth).map_or(0, |step| step.printed),
        _ => steps.iter().rev().find(|step| step.read <= comment.column).map_or(0, |step| step.printed),
    }
}
