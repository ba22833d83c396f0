//! Recognises the lines of a block, and reports the lines that are missing.

use super::Lexeme;
use super::lexeme::is_word;
use super::line::{Cursor, Node, Reading};
use super::problem::SyntaxError;
use crate::diagnostic::nearest;
use crate::span::{Span, Spanned};
use crate::text::fold;

/// The lines that a block may have.
pub(super) struct Lines {
    /// The name of the block in messages: `requirement`.
    pub block: &'static str,
    /// The first words of its lines. If one starts with another, the longer one comes first.
    pub words: &'static [&'static str],
    /// The lines that may occur several times.
    pub many: &'static [&'static str],
    /// The lines that may have a list below them.
    pub open: &'static [&'static str],
    /// The required lines.
    pub must: &'static [&'static str],
}

impl Lines {
    /// Returns the lines of a block that may have citations, notes and conditions.
    pub(super) const fn with_header(
        block: &'static str,
        words: &'static [&'static str],
        must: &'static [&'static str],
    ) -> Lines {
        Lines { block, words, many: &["cite", "note"], open: CONDITIONS, must }
    }
}

/// The lines that contain conditions.
const CONDITIONS: &[&str] = &["when", "needs", "unless", "begins early when", "begins when", "reached when"];

/// The lines of a block that were found.
#[derive(Default)]
pub(super) struct Seen {
    lines: Vec<(&'static str, Span)>,
    /// Whether a line was not recognised. Missing lines are then not reported.
    unclear: bool,
    /// Whether a bullet was found where none is allowed. Further bullets are not reported.
    bullet: bool,
}

impl Seen {
    pub(super) fn add(&mut self, line: &'static str, place: Span) {
        self.lines.push((line, place));
    }

    pub(super) fn place(&self, line: &str) -> Option<Span> {
        self.lines.iter().find(|(word, _)| *word == line).map(|(_, place)| *place)
    }
}

/// The words that start blocks.
pub(super) const BLOCKS: &[&str] = &[
    "policy",
    "source",
    "kind",
    "definition",
    "assistance",
    "requirement",
    "bar",
    "waiver",
    "phase",
    "choice",
    "obligation",
    "concern",
    "evidence standard",
    "dossier",
    "scenario",
    "translation",
    "use",
];

/// The words that start lines below blocks. If one starts with another, the longer one comes first.
pub(super) const LINES: &[&str] = &[
    "needs",
    "when",
    "unless",
    "for",
    "on",
    "in force",
    "cite",
    "remedy",
    "note",
    "lifts",
    "granted by",
    "opens",
    "begins",
    "reached",
    "otherwise",
    "who",
    "due",
    "rated",
    "given",
    "expect",
    "as of",
    "as in",
    "about",
    "ask",
    "means",
    "presumed",
    "fixed",
    "author",
    "date",
    "url",
    "id",
    "version",
    "authority",
    "known as",
    "identifier",
];

/// Words that drafters may use to start a line, and the words of the language.
const OTHER_WORDS: [(&str, &str); 10] = [
    ("requires", "needs"),
    ("require", "needs"),
    ("must", "needs"),
    ("if", "when"),
    ("where", "when"),
    ("except", "unless"),
    ("source", "cite"),
    ("reference", "cite"),
    ("comment", "note"),
    ("includes", "use"),
];

impl Reading<'_> {
    /// Returns which line of a block a node is, and a cursor at the rest of the line.
    ///
    /// Returns `None` if it is not a line of the block. A misspelt line is reported and read as the most likely one.
    pub(super) fn line<'n>(
        &mut self,
        node: &'n Node,
        lines: &Lines,
        seen: &mut Seen,
    ) -> Option<(&'static str, Cursor<'n>)> {
        let mut cursor = node.cursor();
        if node.bullet {
            if !seen.bullet {
                self.report(node, node.span, SyntaxError::BulletWithoutList);
            }
            seen.bullet = true;
            seen.unclear = true;
            return None;
        }
        let known = lines.words.iter().copied().find(|words| cursor.starts_with(words));
        let word = match known {
            Some(word) => {
                cursor.eat(word);
                word
            }
            None => self.misspelt(node, lines, seen, &mut cursor)?,
        };
        match seen.place(word) {
            Some(first) if !lines.many.contains(&word) => {
                self.report(node, node.span, SyntaxError::DuplicateLine { line: word, first });
                return None;
            }
            Some(_) => {}
            None => seen.add(word, node.span),
        }
        Some((word, cursor))
    }

    /// Reports a line without known first words. Returns the words that were most likely meant.
    pub(super) fn misspelt(
        &mut self,
        node: &Node,
        lines: &Lines,
        seen: &mut Seen,
        cursor: &mut Cursor<'_>,
    ) -> Option<&'static str> {
        let Some(first) = cursor.lexemes.first() else {
            seen.unclear = true;
            return None;
        };
        let found = self.text.get(first.span.range()).unwrap_or("").to_owned();
        if let Some(block) = BLOCKS.iter().copied().find(|block| cursor.starts_with(block)) {
            let indent = self.indent_of(node);
            self.report(node, first.span, SyntaxError::BlockIndented { found: block, indent });
            let inner = self.block(node);
            self.indented.extend(inner);
            return None;
        }
        let guess = self.guess(cursor, lines.words);
        seen.unclear |= guess.is_none();
        let place = guess.map_or(first.span, |(_, place)| place);
        let found = guess.map_or(found, |(_, place)| self.text.get(place.range()).unwrap_or("").to_owned());
        let suggestion = guess.map(|(word, _)| word);
        let problem = SyntaxError::UnknownLine { found, block: lines.block, known: lines.words, suggestion };
        self.report(node, place, problem);
        let (word, place) = guess?;
        while cursor.place().start < place.end && cursor.next().is_some() {}
        Some(word)
    }

    /// Returns the known words nearest to the first words of a line, and the place of the words in the line.
    pub(super) fn guess(
        &self,
        cursor: &Cursor<'_>,
        known: &'static [&'static str],
    ) -> Option<(&'static str, Span)> {
        if self.problems.full() {
            return None;
        }
        let first = cursor.lexemes.first()?.span;
        let starts = |words: &str| words.split(' ').next().is_some_and(|word| cursor.starts_with(word));
        let exact = known.iter().any(|words| starts(words));
        let other =
            OTHER_WORDS.iter().find(|(word, meant)| cursor.starts_with(word) && known.contains(meant));
        if let Some((_, meant)) = other {
            return Some((meant, first));
        }
        let misspelt = (1..=6).rev().find_map(|count| {
            let written = cursor.lexemes.get(..count)?;
            let words = self.joined(written)?;
            let near = |known: &&str| {
                known.split(' ').count() == count
                    && !(count == 1 && exact)
                    && known
                        .split(' ')
                        .zip(words.split(' '))
                        .all(|(known, word)| !nearest(word, [known]).is_empty())
            };
            let nearest = nearest(&words, known.iter().copied().filter(near)).into_iter().next()?;
            Some((nearest, first.to(written.last()?.span)))
        });
        misspelt.or_else(|| by_first_word(cursor, known))
    }

    /// Returns words in lower case, joined by single spaces, or `None` if one of the lexemes is not a word.
    fn joined(&self, lexemes: &[Spanned<Lexeme>]) -> Option<String> {
        let words: Option<Vec<String>> = lexemes
            .iter()
            .map(|lexeme| match &lexeme.value {
                Lexeme::Word(word) => Some(fold(word).into_owned()),
                _ => None,
            })
            .collect();
        words.map(|words| words.join(" "))
    }

    fn indent_of(&self, node: &Node) -> Span {
        let before = self.text.get(..node.span.start as usize).unwrap_or("");
        let start = before.trim_end_matches([' ', '\t']).len();
        Span::new(self.id, start, node.span.start as usize)
    }

    /// Reports the required lines that a block does not have.
    pub(super) fn complete(&mut self, header: &Node, lines: &Lines, seen: &Seen) {
        if seen.unclear || header.below.iter().any(|node| node.broken.get() && node.lexemes.is_empty()) {
            return;
        }
        for line in lines.must.iter().copied().filter(|line| seen.place(line).is_none()) {
            self.problems.add(header.span, SyntaxError::MissingLine { block: lines.block, line });
        }
    }

    /// Returns the lines of a block.
    ///
    /// Lines that are wrongly nested below another line are reported once and treated as lines of the block.
    pub(super) fn lines_of<'n>(&mut self, below: &'n [Node], lines: &Lines) -> Vec<&'n Node> {
        let mut all = Vec::new();
        self.spread(below, lines, &mut all);
        all
    }

    fn spread<'n>(&mut self, below: &'n [Node], lines: &Lines, all: &mut Vec<&'n Node>) {
        for node in below {
            all.push(node);
            let Some(first) = node.below.first().filter(|_| !node.bullet) else { continue };
            let cursor = node.cursor();
            let known = lines.words.iter().find(|words| cursor.starts_with(words));
            if known.is_none() && BLOCKS.iter().any(|words| cursor.starts_with(words)) {
                continue;
            }
            let open = known.is_none_or(|words| lines.open.contains(words));
            let expects_list = node.lexemes.last().is_some_and(|last| is_word(&last.value, "of"));
            if first.bullet {
                if !open {
                    self.report(first, first.span, SyntaxError::BulletWithoutList);
                }
            } else if !(open && expects_list) {
                self.nothing_below(node);
                self.spread(&node.below, lines, all);
            }
        }
    }

    /// Reports the first line below a line that must not have any.
    pub(super) fn nothing_below(&mut self, node: &Node) {
        if let (Some(first), false) = (node.below.first(), node.broken.get()) {
            // The line itself may be correct, so it is not marked as broken.
            if !first.broken.get() {
                self.problems.add(first.span, SyntaxError::NothingBelow { above: node.span });
            }
        }
    }
}

/// Returns the only known words that start with the first word of the line, and the place of the words that match.
fn by_first_word(cursor: &Cursor<'_>, known: &'static [&'static str]) -> Option<(&'static str, Span)> {
    let mut same = known
        .iter()
        .copied()
        .filter(|words| words.split(' ').next().is_some_and(|word| cursor.starts_with(word)));
    let (only, None) = (same.next()?, same.next()) else { return None };
    let mut rest = *cursor;
    let mut place = cursor.place();
    for word in only.split(' ') {
        let Some(span) = rest.eat(word) else { break };
        place = place.to(span);
    }
    Some((only, place))
}
