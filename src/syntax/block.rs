//! Reads a text into blocks.

use super::layout::{self, LineKind};
use super::line::{Cursor, Node, Reading};
use super::lines::{BLOCKS, LINES};
use super::problem::{FILE_TOO_LARGE, Problems, SyntaxError, TOO_MANY};
use super::{Block, File, Lexeme, RuleWord, lexeme};
use crate::span::{FileId, Span, Spanned};
use crate::text::{line_ends, same_word};
use std::borrow::Cow;

/// The largest file that is read.
///
/// # Units
/// Bytes.
pub const LARGEST_FILE: usize = 4 * 1024 * 1024;

/// Parses a text into a tree. Errors are collected in [`File::problems`].
///
/// # Example
/// ```
/// use placet::{span::FileId, syntax};
///
/// let file = syntax::parse(FileId(0), "bar abuses \"Abuses\"\n  wen the group commits gross violations\n");
/// assert_eq!(file.blocks.len(), 1);
/// assert_eq!(file.problems[0].message, "unknown line `wen` in a bar");
/// assert_eq!(file.problems[0].help.as_deref(), Some("did you mean `when`?"));
/// ```
pub fn parse(id: FileId, text: &str) -> File {
    let mut problems = Problems::new();
    if text.len() > LARGEST_FILE {
        problems.add(Span::new(id, 0, 0), SyntaxError::FileTooLarge);
        let layout = layout::Layout { lines: vec![layout::Line::unread(Span::new(id, 0, text.len()))] };
        return File { id, blocks: Vec::new(), layout, problems: problems.finish(id, text.len()) };
    }
    let layout = layout::read(id, text, &mut problems);
    let mut reading = Reading { id, text, problems, indented: Vec::new() };
    let mut blocks = Vec::new();
    let mut next = 0;
    let mut outside = false;
    while let Some(line) = layout.lines.get(next) {
        if !matches!(line.kind, LineKind::Plain | LineKind::Bullet) {
            next += 1;
            continue;
        }
        if line.depth > 0 {
            if !outside {
                reading.problems.add(line.content, SyntaxError::OutsideBlock);
            }
            outside = true;
            lexeme::read(text, line.content, &mut reading.problems);
            next += 1;
            continue;
        }
        if let Some(node) = reading.block_node(&layout, &mut next) {
            blocks.extend(reading.block(&node));
            blocks.append(&mut reading.indented);
        }
    }
    File { id, blocks, layout, problems: reading.problems.finish(id, text.len()) }
}

/// Returns the paths that the `use` lines of a text name, without parsing the rest of the text.
///
/// # Example
/// ```
/// let text = "policy \"Training\"\n  use \"words.placet\"\n  note \"use care\"\n";
/// assert_eq!(placet::syntax::uses(text), ["words.placet"]);
/// ```
pub fn uses(text: &str) -> Vec<String> {
    let mut paths = Vec::new();
    let mut at = 0;
    for raw in text.split_inclusive('\n') {
        let start = raw.trim_start_matches([' ', '\t', '\u{FEFF}']).get(..USE.len());
        if start.is_some_and(|word| same_word(word, USE)) {
            let line = layout::cut(FileId::default(), raw, at, at == 0);
            let (lexemes, _) = lexeme::read(text, line.content, &mut Problems::new());
            if let [Spanned { value: Lexeme::Word(word), .. }, Spanned { value: Lexeme::Text(path), .. }] =
                lexemes.as_slice()
                && same_word(word, USE)
            {
                paths.push(path.clone());
            }
        }
        at += raw.len();
    }
    paths
}

/// The first word of a line that names another file.
const USE: &str = "use";

impl File {
    /// Returns whether the file was too large to be read, or has more findings than are kept.
    pub(super) fn unread(&self) -> bool {
        self.problems.iter().any(|problem| [FILE_TOO_LARGE, TOO_MANY].contains(&problem.code))
    }
}

/// The reason why bytes cannot be read as a file of the language.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name}: {}", diagnostic.message)]
pub struct Unreadable {
    /// The name of the file.
    pub name: String,
    /// The finding. Its span is in bytes of the input.
    pub diagnostic: Box<crate::diagnostic::Diagnostic>,
}

/// Decodes the bytes of a file. A lone carriage return also counts as a line end.
///
/// # Errors
/// The file has more than [`LARGEST_FILE`] bytes, is not UTF-8, or contains a zero byte.
///
/// # Example
/// ```
/// use placet::syntax::read_bytes;
///
/// assert_eq!(read_bytes("a.placet", b"use \"b.placet\"\n"), Ok("use \"b.placet\"\n".into()));
/// let unreadable = read_bytes("a.placet", b"caf\xe9").unwrap_err();
/// assert_eq!(unreadable.to_string(), "a.placet: the file is not UTF-8 text");
/// ```
pub fn read_bytes<'b>(name: &str, bytes: &'b [u8]) -> Result<Cow<'b, str>, Unreadable> {
    let unreadable = |at: usize, end: usize, problem: SyntaxError| Unreadable {
        name: name.to_owned(),
        diagnostic: Box::new(problem.at(Span::new(FileId::default(), at, end))),
    };
    if bytes.len() > LARGEST_FILE {
        return Err(unreadable(0, 0, SyntaxError::FileTooLarge));
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(unreadable(at, at + 1, SyntaxError::Binary));
    }
    std::str::from_utf8(bytes)
        .map(line_ends)
        .map_err(|error| unreadable(error.valid_up_to(), error.valid_up_to() + 1, SyntaxError::NotUtf8))
}

impl Reading<'_> {
    /// Returns the block that starts at `*next`: its header with the lines nested below it and the unindented lines
    /// that belong to it.
    fn block_node(&mut self, layout: &layout::Layout, next: &mut usize) -> Option<Node> {
        let starts = |line: &layout::Line| {
            line.kind == LineKind::Plain && line.depth == 0 && !self.is_block_line(line)
        };
        let end = layout
            .lines
            .iter()
            .enumerate()
            .skip(*next + 1)
            .find(|(_, line)| starts(line))
            .map_or(layout.lines.len(), |(place, _)| place);
        let lines = layout.lines.get(*next..end).unwrap_or(&[]);
        *next = end;
        let mut nodes = self.nodes(lines, &mut 0, 0).into_iter();
        let mut header = nodes.next()?;
        for node in nodes {
            self.adopt(&mut header, node);
        }
        Some(header)
    }

    /// Returns whether the first words of a line in column 0 show that it belongs to a block.
    fn is_block_line(&self, line: &layout::Line) -> bool {
        let content = self.text.get(line.content.range()).unwrap_or("");
        LINES.iter().any(|words| {
            let (start, rest) = content.split_at_checked(words.len()).unwrap_or(("", ""));
            same_word(start, words) && rest.bytes().next().is_none_or(|byte| byte == b' ')
        })
    }

    /// Adds a line in column 0 to the block before it, and reports it.
    fn adopt(&mut self, header: &mut Node, mut node: Node) {
        let list = header.below.last_mut().filter(|last| node.bullet && last.expects_list());
        let found = LINES.iter().copied().find(|words| node.cursor().starts_with(words)).unwrap_or("-");
        let indent = if list.is_some() { 4 } else { 2 };
        self.report(&node, node.span, SyntaxError::LineInColumnZero { found, indent });
        let below =
            if node.expects_list() || node.bullet { Vec::new() } else { std::mem::take(&mut node.below) };
        match list {
            Some(list) => list.below.push(node),
            None => header.below.push(node),
        }
        header.below.extend(below);
    }

    /// Reads a block.
    pub(super) fn block(&mut self, node: &Node) -> Option<Block> {
        let mut cursor = node.cursor();
        if node.bullet {
            self.report(node, node.span, SyntaxError::BulletWithoutList);
            return None;
        }
        if cursor.is_empty() {
            return None;
        }
        let known = BLOCKS.iter().copied().find(|words| cursor.starts_with(words));
        let word = match known {
            Some(word) => {
                cursor.eat(word);
                word
            }
            None => self.unknown_block(node, &mut cursor)?,
        };
        Some(match word {
            "policy" => Block::Policy(self.policy(node, cursor)?),
            "source" => Block::Source(self.source(node, cursor)?),
            "kind" => Block::Kind(self.kind(node, cursor)?),
            "definition" => Block::Definition(self.definition(node, cursor)?),
            "assistance" => Block::Assistance(self.assistance(node, cursor)?),
            "requirement" => Block::Rule(self.rule(node, cursor, RuleWord::Requirement)?),
            "bar" => Block::Rule(self.rule(node, cursor, RuleWord::Bar)?),
            "waiver" => Block::Rule(self.rule(node, cursor, RuleWord::Waiver)?),
            "obligation" => Block::Rule(self.rule(node, cursor, RuleWord::Obligation)?),
            "concern" => Block::Rule(self.rule(node, cursor, RuleWord::Concern)?),
            "phase" => Block::Phase(self.phase(node, cursor)?),
            "choice" => Block::Choice(self.choice(node, cursor)?),
            "evidence standard" => Block::Standard(self.standard(node, cursor)?),
            "dossier" => Block::Dossier(self.dossier(node, cursor)?),
            "scenario" => Block::Scenario(self.scenario(node, cursor)?),
            "translation" => Block::Translation(self.translation(node, cursor)?),
            _ => {
                let text = self.text(node, cursor);
                self.nothing_below(node);
                Block::Use(text?)
            }
        })
    }

    /// Reports a line in column 0 that starts no block. Returns the block word that was most likely meant.
    fn unknown_block(&mut self, node: &Node, cursor: &mut Cursor<'_>) -> Option<&'static str> {
        if let Some(found) = LINES.iter().copied().find(|words| cursor.starts_with(words)) {
            self.report(node, node.span, SyntaxError::LineInColumnZero { found, indent: 2 });
            return None;
        }
        let guess = self.guess(cursor, BLOCKS);
        let place = guess.map_or(cursor.place(), |(_, place)| place);
        let found = self.text.get(place.range()).unwrap_or("").to_owned();
        let suggestion = guess.map(|(word, _)| word);
        self.report(node, place, SyntaxError::UnknownBlock { found, suggestion });
        let (word, place) = guess?;
        while cursor.place().start < place.end && cursor.next().is_some() {}
        Some(word)
    }
}
