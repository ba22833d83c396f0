//! One line at a time: which line it is, and the names, texts and numbers that it is made of.

use super::layout::{Line, LineKind, MOST_LEVELS};
use super::problem::{Problem, Problems};
use super::{Block, Citation, Date, Length, Lexeme, Period, TimeUnit, lexeme};
use crate::diagnostic::nearest;
use crate::span::{FileId, Name, Span, Spanned, Text};
use std::cell::Cell;

/// The words that never stand bare in a phrase or name.
const RESERVED: [&str; 13] =
    ["and", "or", "unless", "when", "needs", "any", "all", "none", "least", "most", "exactly", "if", "then"];

/// A line with its lexemes and the lines below it.
#[derive(Debug)]
pub(super) struct Node {
    /// Whether a dash stands before it.
    pub bullet: bool,
    /// What stands after the dash.
    pub lexemes: Vec<Spanned<Lexeme>>,
    /// The content, the dash included.
    pub span: Span,
    /// Whether a problem of it is known already; others are then most likely its echo.
    pub broken: Cell<bool>,
    /// Whether all its lexemes could be read; else its clauses are left out, for what is missing of them is unknown.
    pub sound: bool,
    /// The lines below it.
    pub below: Vec<Node>,
}

impl Node {
    /// Whether the line calls for a list below it.
    pub(super) fn waits(&self) -> bool {
        let last = self.lexemes.last().map(|last| &last.value);
        last.is_some_and(|last| is_word(last, "of") || is_word(last, "given") || is_word(last, "when"))
            || self.below.first().is_some_and(|first| first.bullet)
    }

    pub(super) fn cursor(&self) -> Cursor<'_> {
        Cursor::new(&self.lexemes, self.span)
    }
}

/// What is left to be read of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'n> {
    pub lexemes: &'n [Spanned<Lexeme>],
    /// One past the last lexeme.
    end: Span,
}

impl<'n> Cursor<'n> {
    pub(super) fn new(lexemes: &'n [Spanned<Lexeme>], line: Span) -> Cursor<'n> {
        let end = lexemes.last().map_or(line.end, |last| last.span.end);
        Cursor { lexemes, end: Span { start: end, end, ..line } }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lexemes.is_empty()
    }

    pub(super) fn peek(&self) -> Option<&'n Lexeme> {
        self.lexemes.first().map(|lexeme| &lexeme.value)
    }

    /// The place of the next lexeme, or of the end of the line.
    pub(super) fn place(&self) -> Span {
        self.lexemes.first().map_or(self.end, |lexeme| lexeme.span)
    }

    /// The place of all that is left.
    pub(super) fn rest(&self) -> Span {
        self.place().to(self.lexemes.last().map_or(self.end, |lexeme| lexeme.span))
    }

    pub(super) fn next(&mut self) -> Option<&'n Spanned<Lexeme>> {
        let (first, rest) = self.lexemes.split_first()?;
        self.lexemes = rest;
        Some(first)
    }

    /// Whether words stand next, in upper or lower case.
    pub(super) fn stands(&self, words: &str) -> bool {
        starts_with(self.lexemes, words)
    }

    /// Takes words if they stand next.
    pub(super) fn eat(&mut self, words: &str) -> Option<Span> {
        if !self.stands(words) {
            return None;
        }
        let (taken, rest) = self.lexemes.split_at_checked(words.split(' ').count())?;
        self.lexemes = rest;
        Some(taken.first()?.span.to(taken.last()?.span))
    }

    pub(super) fn comma(&mut self) -> bool {
        let found = self.peek() == Some(&Lexeme::Comma);
        if found {
            self.next();
        }
        found
    }

    /// Takes all up to the first lexeme for which `stop` holds.
    pub(super) fn until(&mut self, stop: impl Fn(&Lexeme) -> bool) -> &'n [Spanned<Lexeme>] {
        let count = self.lexemes.iter().position(|lexeme| stop(&lexeme.value)).unwrap_or(self.lexemes.len());
        let (taken, rest) = self.lexemes.split_at_checked(count).unwrap_or((self.lexemes, &[]));
        self.lexemes = rest;
        taken
    }
}

/// Whether lexemes start with words, in upper or lower case.
pub(super) fn starts_with(lexemes: &[Spanned<Lexeme>], words: &str) -> bool {
    let mut lexemes = lexemes.iter();
    words.split(' ').all(|word| lexemes.next().is_some_and(|lexeme| is_word(&lexeme.value, word)))
}

/// Whether a lexeme is a word, in upper or lower case.
pub(super) fn is_word(lexeme: &Lexeme, wanted: &str) -> bool {
    matches!(lexeme, Lexeme::Word(word) if word.eq_ignore_ascii_case(wanted))
}

/// The reserved word that a lexeme is.
pub(super) fn reserved(lexeme: &Lexeme) -> Option<&'static str> {
    RESERVED.into_iter().chain(["otherwise"]).find(|word| is_word(lexeme, word))
}

/// Which lines a block can have.
pub(super) struct Lines {
    /// The block in words: `requirement`.
    pub block: &'static str,
    /// The words its lines start with; of two with the same start the longer stands first.
    pub words: &'static [&'static str],
    /// Those of which there can be several.
    pub many: &'static [&'static str],
    /// Those that can have a list below them.
    pub open: &'static [&'static str],
    /// Those that it must have.
    pub must: &'static [&'static str],
}

/// The lines that hold conditions.
pub(super) const CONDITIONS: &[&str] =
    &["when", "needs", "unless", "begins early when", "begins when", "reached when"];

/// The lines of one block that were met.
#[derive(Default)]
pub(super) struct Seen {
    lines: Vec<(&'static str, Span)>,
    /// Whether a line could not be told; then none is reported missing.
    unclear: bool,
    /// Whether a bullet was met where none can stand; those after it are the same mistake.
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
    "evidence standard",
    "dossier",
    "scenario",
    "use",
];

/// The words that start lines below blocks; of two with the same start the longer stands first.
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

/// Words that drafters may expect to start a line, and those that do.
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

/// A reading in progress: the text and what is wrong with it so far.
pub(super) struct Reading<'t> {
    pub id: FileId,
    pub text: &'t str,
    pub problems: Problems,
    /// Blocks that were found indented within others.
    pub indented: Vec<Block>,
}

impl Reading<'_> {
    /// The lines from `*next` on that are at least `depth` deep, as a tree; `*next` ends up behind them.
    pub(super) fn nodes(&mut self, lines: &[Line], next: &mut usize, depth: usize) -> Vec<Node> {
        let mut nodes: Vec<Node> = Vec::new();
        while let Some(line) = lines.get(*next) {
            let bullet = line.kind == LineKind::Bullet;
            if !bullet && line.kind != LineKind::Plain {
                *next += 1;
                continue;
            }
            if line.depth < depth {
                break;
            }
            if line.depth >= MOST_LEVELS {
                // the layout has reported it
                if let Some(parent) = nodes.last_mut() {
                    parent.broken.set(true);
                }
                *next += 1;
                continue;
            }
            if line.depth > depth && !nodes.is_empty() {
                let below = self.nodes(lines, next, depth + 1);
                if let Some(parent) = nodes.last_mut() {
                    parent.broken.set(parent.broken.get() || below.is_empty());
                    parent.below = below;
                }
                continue;
            }
            let mut place = line.content;
            let mut mark_broken = false;
            if bullet {
                mark_broken = self.mark(line.content, &mut place);
            }
            let (lexemes, sound) = lexeme::read(self.text, place, &mut self.problems);
            let broken = Cell::new(mark_broken || !sound);
            nodes.push(Node { bullet, lexemes, span: line.content, broken, sound, below: Vec::new() });
            *next += 1;
        }
        nodes
    }

    /// Steps over the dash of a bullet; true where it is not written as it should be.
    fn mark(&mut self, content: Span, place: &mut Span) -> bool {
        let text = self.text.get(content.range()).unwrap_or("");
        let mut characters = text.chars();
        let dash = characters.next().unwrap_or('-');
        let spaced = matches!(characters.clone().next(), None | Some(' ' | '\t'));
        let length = u32::try_from(dash.len_utf8()).unwrap_or(1);
        place.start += length;
        let wrong = dash != '-' || !spaced;
        if wrong {
            let width = if spaced { length + 1 } else { length };
            let mark = Span { end: (content.start + width).min(content.end), ..content };
            self.problems.add(mark, Problem::BulletMark);
        }
        wrong
    }

    /// Reports a problem of a line, unless one is known already.
    pub(super) fn report(&mut self, node: &Node, place: Span, problem: Problem) {
        if !node.broken.replace(true) {
            self.problems.add(place, problem);
        }
    }

    /// Reports that something else belongs where the cursor stands.
    pub(super) fn expected(&mut self, node: &Node, cursor: &Cursor<'_>, what: &'static str) {
        if cursor.peek() == Some(&Lexeme::Comma) && cursor.lexemes.len() == 1 {
            return self.report(node, cursor.place(), Problem::DanglingComma);
        }
        let found = self.text.get(cursor.place().range()).unwrap_or("");
        let found =
            if found.is_empty() || found.starts_with('"') { found.into() } else { format!("`{found}`") };
        self.report(node, cursor.place(), Problem::Expected { what, found });
    }

    /// Tells which line of a block this is.
    ///
    /// Nothing where it is none; a misspelt one is reported and read as what it most likely is.
    pub(super) fn line<'n>(
        &mut self,
        node: &'n Node,
        lines: &Lines,
        seen: &mut Seen,
    ) -> Option<(&'static str, Cursor<'n>)> {
        let mut cursor = node.cursor();
        if node.bullet {
            if !seen.bullet {
                self.report(node, node.span, Problem::BulletWithoutList);
            }
            seen.bullet = true;
            seen.unclear = true;
            return None;
        }
        let known = lines.words.iter().copied().find(|words| cursor.stands(words));
        let word = match known {
            Some(word) => {
                cursor.eat(word);
                word
            }
            None => self.misspelt(node, lines, seen, &mut cursor)?,
        };
        match seen.place(word) {
            Some(first) if !lines.many.contains(&word) => {
                self.report(node, node.span, Problem::DuplicateLine { line: word, first });
                return None;
            }
            Some(_) => {}
            None => seen.add(word, node.span),
        }
        Some((word, cursor))
    }

    /// Reports a line that starts with no known words; gives those that it most likely means.
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
        if let Some(block) = BLOCKS.iter().copied().find(|block| cursor.stands(block)) {
            let indent = self.indent_of(node);
            self.report(node, first.span, Problem::BlockIndented { found: block, indent });
            let inner = self.block(node);
            self.indented.extend(inner);
            return None;
        }
        let guess = self.guess(cursor, lines.words);
        seen.unclear |= guess.is_none();
        let place = guess.map_or(first.span, |(_, place)| place);
        let found = guess.map_or(found, |(_, place)| self.text.get(place.range()).unwrap_or("").to_owned());
        let suggestion = guess.map(|(word, _)| word);
        let problem = Problem::UnknownLine { found, block: lines.block, known: lines.words, suggestion };
        self.report(node, place, problem);
        let (word, place) = guess?;
        while cursor.place().start < place.end && cursor.next().is_some() {}
        Some(word)
    }

    /// The known words that are nearest to the first words of a line, and the place of what is written.
    pub(super) fn guess(
        &self,
        cursor: &Cursor<'_>,
        known: &'static [&'static str],
    ) -> Option<(&'static str, Span)> {
        if self.problems.full() {
            return None;
        }
        let first = cursor.lexemes.first()?.span;
        let starts = |words: &str| words.split(' ').next().is_some_and(|word| cursor.stands(word));
        let exact = known.iter().any(|words| starts(words));
        let other = OTHER_WORDS.iter().find(|(word, meant)| cursor.stands(word) && known.contains(meant));
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
        misspelt.or_else(|| begun(cursor, known))
    }

    /// Words joined by single spaces, in lower case; nothing where other lexemes stand among them.
    fn joined(&self, lexemes: &[Spanned<Lexeme>]) -> Option<String> {
        let words: Option<Vec<String>> = lexemes
            .iter()
            .map(|lexeme| match &lexeme.value {
                Lexeme::Word(word) => Some(word.to_lowercase()),
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

    /// Reports the lines that a block must have and has not.
    pub(super) fn complete(&mut self, header: &Node, lines: &Lines, seen: &Seen) {
        if seen.unclear || header.below.iter().any(|node| node.broken.get() && node.lexemes.is_empty()) {
            return;
        }
        for line in lines.must.iter().copied().filter(|line| seen.place(line).is_none()) {
            self.problems.add(header.span, Problem::MissingLine { block: lines.block, line });
        }
    }

    /// The lines of a block; those wrongly indented below a line that can have none are reported once and stand
    /// beside it.
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
            let known = lines.words.iter().find(|words| cursor.stands(words));
            if known.is_none() && BLOCKS.iter().any(|words| cursor.stands(words)) {
                continue;
            }
            let open = known.is_none_or(|words| lines.open.contains(words));
            let waits = node.lexemes.last().is_some_and(|last| is_word(&last.value, "of"));
            if first.bullet {
                if !open {
                    self.report(first, first.span, Problem::BulletWithoutList);
                }
            } else if !(open && waits) {
                self.nothing_below(node);
                self.spread(&node.below, lines, all);
            }
        }
    }

    /// Reports the first line below a line that can have none.
    pub(super) fn nothing_below(&mut self, node: &Node) {
        if let (Some(first), false) = (node.below.first(), node.broken.get()) {
            // the line itself may well be right, so it is not marked as known to be wrong
            if !first.broken.get() {
                self.problems.add(first.span, Problem::NothingBelow { above: node.span });
            }
        }
    }

    /// Reports what is left of a line.
    pub(super) fn end(&mut self, node: &Node, cursor: Cursor<'_>) {
        if cursor.is_empty() {
            return;
        }
        let lone_comma = cursor.peek() == Some(&Lexeme::Comma) && cursor.lexemes.len() == 1;
        let problem = if lone_comma { Problem::DanglingComma } else { Problem::Trailing };
        self.report(node, cursor.rest(), problem);
    }

    /// `"…"`, if it stands next.
    pub(super) fn quoted(&self, cursor: &mut Cursor<'_>) -> Option<Text> {
        let first = cursor.lexemes.first()?;
        let Lexeme::Text(content) = &first.value else { return None };
        cursor.next();
        Some(Spanned { value: content.clone(), span: first.span })
    }

    /// `"…"` and the end of the line.
    pub(super) fn text(&mut self, node: &Node, mut cursor: Cursor<'_>) -> Option<Text> {
        let text = self.quoted(&mut cursor);
        if text.is_none() {
            self.expected(node, &cursor, "text in double quotes");
            return None;
        }
        self.end(node, cursor);
        text
    }

    /// A name of one or more words.
    pub(super) fn name_of(
        &mut self,
        node: &Node,
        lexemes: &[Spanned<Lexeme>],
        place: Span,
        what: &'static str,
    ) -> Option<Name> {
        let (Some(first), Some(last)) = (lexemes.first(), lexemes.last()) else {
            self.expected(node, &Cursor::new(lexemes, Span { end: place.start, ..place }), what);
            return None;
        };
        let mut words = Vec::new();
        for lexeme in lexemes {
            let written = self.text.get(lexeme.span.range()).unwrap_or("");
            match &lexeme.value {
                Lexeme::Word(_) if reserved(&lexeme.value).is_some() => {
                    let help = "put it in double quotes, or choose a name without it";
                    self.report(node, lexeme.span, Problem::Reserved { word: written.to_owned(), help });
                    return None;
                }
                Lexeme::Text(text)
                    if text.split(' ').any(|word| reserved(&Lexeme::Word(word.into())).is_some()) =>
                {
                    words.push(text.as_str());
                }
                Lexeme::Word(_) | Lexeme::Number(_) => words.push(written),
                _ => {
                    self.expected(node, &Cursor::new(std::slice::from_ref(lexeme), node.span), what);
                    return None;
                }
            }
        }
        Some(Spanned { value: words.join(" "), span: first.span.to(last.span) })
    }

    /// A name and the end of the line.
    pub(super) fn name(&mut self, node: &Node, cursor: Cursor<'_>, what: &'static str) -> Option<Name> {
        self.name_of(node, cursor.lexemes, cursor.rest(), what)
    }

    /// Names with commas between them, up to the end of the line.
    pub(super) fn names(&mut self, node: &Node, cursor: Cursor<'_>, what: &'static str) -> Vec<Name> {
        self.names_joined(node, cursor, what, |lexeme| *lexeme == Lexeme::Comma)
    }

    /// Names with `or` between them, up to the end of the line.
    pub(super) fn alternatives(&mut self, node: &Node, cursor: Cursor<'_>, what: &'static str) -> Vec<Name> {
        self.names_joined(node, cursor, what, |lexeme| is_word(lexeme, "or"))
    }

    fn names_joined(
        &mut self,
        node: &Node,
        mut cursor: Cursor<'_>,
        what: &'static str,
        joint: impl Fn(&Lexeme) -> bool,
    ) -> Vec<Name> {
        let mut names = Vec::new();
        loop {
            let place = cursor.place();
            let part = cursor.until(&joint);
            let Some(name) = self.name_of(node, part, place, what) else { return names };
            names.push(name);
            let before = cursor;
            if cursor.next().is_none() {
                return names;
            }
            if cursor.is_empty() {
                self.expected(node, &before, what);
                return names;
            }
        }
    }

    /// One word as it is written: an id, a version, a part of an identifier.
    pub(super) fn word(&mut self, node: &Node, cursor: &mut Cursor<'_>, what: &'static str) -> Option<Name> {
        let place = cursor.place();
        match cursor.peek() {
            Some(Lexeme::Word(_) | Lexeme::Number(_) | Lexeme::Date(_)) => {
                cursor.next();
                let value = self.text.get(place.range()).unwrap_or("").to_owned();
                Some(Spanned { value, span: place })
            }
            _ => {
                self.expected(node, cursor, what);
                None
            }
        }
    }

    /// An id, if a word stands next.
    pub(super) fn id(&mut self, node: &Node, cursor: &mut Cursor<'_>) -> Option<Name> {
        let id = self.word(node, cursor, "an id")?;
        let fits = |character: char| character.is_alphanumeric() || matches!(character, '.' | '-' | '_');
        if !id.value.chars().all(fits) {
            self.report(node, id.span, Problem::BadId { found: id.value });
            return None;
        }
        Some(id)
    }

    /// `ID`, after which the line goes on to a title; `block` is for the words of the problem.
    pub(super) fn header_id(
        &mut self,
        node: &Node,
        cursor: &mut Cursor<'_>,
        block: &'static str,
    ) -> Option<Name> {
        if matches!(cursor.peek(), None | Some(Lexeme::Text(_) | Lexeme::Comma | Lexeme::Colon)) {
            self.report(node, cursor.place(), Problem::MissingId { block });
            return None;
        }
        self.id(node, cursor)
    }

    /// `"TITLE"`; where it is missing that is reported and the title is empty.
    pub(super) fn title(&mut self, node: &Node, cursor: &mut Cursor<'_>, block: &'static str) -> Text {
        if let Some(title) = self.quoted(cursor) {
            return title;
        }
        let span = cursor.place();
        let words = cursor.until(|lexeme| *lexeme == Lexeme::Comma);
        let words = words.first().zip(words.last()).map(|(first, last)| {
            let place = first.span.to(last.span);
            (place, self.text.get(place.range()).unwrap_or("").replace('"', ""))
        });
        let place = words.as_ref().map_or(span, |(place, _)| *place);
        let value = words.as_ref().map_or(String::new(), |(_, words)| words.clone());
        self.report(node, place, Problem::MissingTitle { block, words });
        Spanned { value, span: place }
    }

    /// `, WORDS` at the end of a header.
    pub(super) fn addition(
        &mut self,
        node: &Node,
        mut cursor: Cursor<'_>,
        known: &'static [&'static str; 1],
    ) -> bool {
        let [words] = known;
        if cursor.stands(words) {
            self.missing_comma(node, &cursor);
        }
        let whole = cursor;
        if cursor.comma() && !cursor.is_empty() {
            if cursor.eat(words).is_some() {
                self.end(node, cursor);
                return true;
            }
            let found = self.text.get(cursor.rest().range()).unwrap_or("").to_owned();
            self.report(node, cursor.rest(), Problem::Unknown { what: "what can stand here", found, known });
        }
        self.end(node, whole);
        false
    }

    /// A date, if one stands next.
    pub(super) fn date(&mut self, node: &Node, cursor: &mut Cursor<'_>) -> Option<Spanned<Date>> {
        let span = cursor.place();
        let Some(Lexeme::Date(value)) = cursor.peek() else {
            self.expected(node, cursor, "a date, such as `2016-02-01`");
            return None;
        };
        cursor.next();
        Some(Spanned { value: *value, span })
    }

    /// A date and the end of the line.
    pub(super) fn only_date(&mut self, node: &Node, mut cursor: Cursor<'_>) -> Option<Spanned<Date>> {
        let date = self.date(node, &mut cursor)?;
        self.end(node, cursor);
        Some(date)
    }

    /// `12 months`
    pub(super) fn length(&mut self, node: &Node, cursor: &mut Cursor<'_>) -> Option<Length> {
        let Some(count) = cursor.peek().and_then(small_number) else {
            self.expected(node, cursor, "a number of days, months or years");
            return None;
        };
        cursor.next();
        let unit = cursor.peek().and_then(|lexeme| {
            let is = |one: &str, many: &str| is_word(lexeme, one) || is_word(lexeme, many);
            match () {
                () if is("day", "days") => Some(TimeUnit::Days),
                () if is("month", "months") => Some(TimeUnit::Months),
                () if is("year", "years") => Some(TimeUnit::Years),
                () => None,
            }
        });
        let Some(unit) = unit else {
            self.expected(node, cursor, "`days`, `months` or `years`");
            return None;
        };
        cursor.next();
        Some(Length { count, unit })
    }

    /// `from D until D` after `in force`
    pub(super) fn period(&mut self, node: &Node, mut cursor: Cursor<'_>) -> Period {
        let mut period = Period::default();
        if cursor.eat("from").is_some() {
            period.from = self.date(node, &mut cursor);
            if period.from.is_none() {
                return period;
            }
        }
        if cursor.eat("until").is_some() {
            period.until = self.date(node, &mut cursor);
            if period.until.is_none() {
                return period;
            }
        }
        if period == Period::default() {
            self.expected(node, &cursor, "`from` and a date, or `until` and a date");
        } else {
            self.end(node, cursor);
        }
        period
    }

    /// `line 31`, `lines 29, 31`, `lines 41 to 46`; empty where neither stands next.
    pub(super) fn source_lines(&mut self, node: &Node, cursor: &mut Cursor<'_>) -> Option<String> {
        if cursor.eat("lines").or_else(|| cursor.eat("line")).is_none() {
            return Some(String::new());
        }
        let mut written = String::new();
        loop {
            let Some(Lexeme::Number(number)) = cursor.peek() else {
                self.expected(node, cursor, "the number of a line");
                return None;
            };
            written.push_str(&number.to_string());
            cursor.next();
            if cursor.eat("to").is_some() {
                written.push_str(" to ");
                continue;
            }
            let mut after = *cursor;
            if !(after.comma() && matches!(after.peek(), Some(Lexeme::Number(_)))) {
                return Some(written);
            }
            *cursor = after;
            written.push_str(", ");
        }
    }

    /// `SOURCE line N, stated` after `cite`
    pub(super) fn citation(&mut self, node: &Node, mut cursor: Cursor<'_>) -> Option<Citation> {
        let source = self.id(node, &mut cursor)?;
        let lines = self.source_lines(node, &mut cursor)?;
        let end = cursor.place();
        if !cursor.comma() {
            let problem = if cursor.stands("stated") || cursor.stands("derived") {
                self.missing_comma(node, &cursor);
                return None;
            } else if cursor.is_empty() {
                Problem::StatedOrDerived { end: source.span }
            } else {
                Problem::Expected {
                    what: "`line N`, or `, stated` or `, derived`",
                    found: self.written(&cursor),
                }
            };
            self.report(node, end, problem);
            return None;
        }
        let stated = cursor.eat("stated").is_some();
        if !stated && cursor.eat("derived").is_none() {
            self.report(node, cursor.place(), Problem::StatedOrDerived { end: source.span });
            return None;
        }
        self.end(node, cursor);
        Some(Citation { source, lines, stated, span: node.span })
    }

    /// Reports that a comma belongs before what stands next.
    pub(super) fn missing_comma(&mut self, node: &Node, cursor: &Cursor<'_>) {
        let place = cursor.place();
        let before = self.text.get(..place.start as usize).unwrap_or("");
        let gap = Span::new(self.id, before.trim_end_matches(' ').len(), place.start as usize);
        self.report(node, place, Problem::MissingComma { gap });
    }

    /// The next lexeme as it is written, in backticks.
    pub(super) fn written(&self, cursor: &Cursor<'_>) -> String {
        let found = self.text.get(cursor.place().range()).unwrap_or("");
        if found.is_empty() { String::new() } else { format!("`{found}`") }
    }
}

/// The only known words that start as a line does, and the place of what they have in common.
fn begun(cursor: &Cursor<'_>, known: &'static [&'static str]) -> Option<(&'static str, Span)> {
    let mut same =
        known.iter().copied().filter(|words| words.split(' ').next().is_some_and(|word| cursor.stands(word)));
    let (only, None) = (same.next()?, same.next()) else { return None };
    let mut rest = *cursor;
    let mut place = cursor.place();
    for word in only.split(' ') {
        let Some(span) = rest.eat(word) else { break };
        place = place.to(span);
    }
    Some((only, place))
}

/// A number that fits where numbers are small.
pub(super) fn small_number(lexeme: &Lexeme) -> Option<u32> {
    match lexeme {
        Lexeme::Number(number) => u32::try_from(*number).ok(),
        _ => None,
    }
}
