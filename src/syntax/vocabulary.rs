//! Reads kinds with their facts, and types of assistance.

use super::condition::Place;
use super::lexeme::{is_word, starts_with};
use super::line::{Cursor, Node, Reading};
use super::lines::{BLOCKS, Lines, Seen};
use super::problem::SyntaxError;
use super::{Assistance, Fact, FactType, Kind, Lexeme};
use crate::diagnostic::nearest;
use crate::span::{Name, Spanned, Text};

const FACT: Lines =
    Lines { block: "fact", words: &["ask", "means", "presumed", "fixed"], many: &[], open: &[], must: &[] };

const ASSISTANCE: Lines = Lines {
    block: "type of assistance",
    words: &["assistance", "means"],
    many: &["assistance"],
    open: &["assistance"],
    must: &[],
};

/// Names of types in other languages, and what to write instead.
const OTHER_TYPES: [(&str, &str); 15] = [
    ("boolean", "yes or no"),
    ("bool", "yes or no"),
    ("yes/no", "yes or no"),
    ("yes", "yes or no"),
    ("no", "yes or no"),
    ("true", "yes or no"),
    ("number", "number of UNIT"),
    ("integer", "number of UNIT"),
    ("numbers", "number of UNIT"),
    ("amount", "number of UNIT"),
    ("dates", "date"),
    ("day", "date"),
    ("choice", "one of A, B"),
    ("text", ""),
    ("string", ""),
];

/// Returns the start of a type that is most likely misspelt, and the words that were meant: `numbr of`.
fn misspelt(cursor: Cursor<'_>) -> Option<(crate::span::Span, &'static str)> {
    let [first, of, ..] = cursor.lexemes else { return None };
    let Lexeme::Word(word) = &first.value else { return None };
    let near = nearest(word, ["number", "list"]).into_iter().next().filter(|_| is_word(&of.value, "of"))?;
    Some((first.span.to(of.span), if near == "list" { "list of" } else { "number of" }))
}

impl Reading<'_> {
    /// Reads `kind NAME "…", only one`.
    pub(super) fn kind(&mut self, node: &Node, cursor: Cursor<'_>) -> Option<Kind> {
        let (name, title, cursor) = self.named(node, cursor, "the name of the kind");
        let only_one = name.is_some() && self.addition(node, cursor, &["only one"]).is_some();
        let mut unread = Vec::new();
        let facts = node.below.iter().filter_map(|line| self.fact(line, &mut unread)).collect();
        Some(Kind { name: name?, title, only_one, facts, unread, span: node.span })
    }

    /// Reads `NAME "…"` with an optional title. Returns the rest of the line as well.
    pub(super) fn named<'n>(
        &mut self,
        node: &Node,
        mut cursor: Cursor<'n>,
        what: &'static str,
    ) -> (Option<Name>, Option<Text>, Cursor<'n>) {
        let place = cursor.place();
        let name = cursor.until(|lexeme| matches!(lexeme, Lexeme::Text(_) | Lexeme::Comma | Lexeme::Colon));
        let name = self.name_of(node, name, place, what);
        let title = self.quoted(&mut cursor);
        (name, title, cursor)
    }

    /// Reads `PHRASE : TYPE`.
    fn fact(&mut self, node: &Node, unread: &mut Vec<super::Clause>) -> Option<Fact> {
        if node.bullet {
            self.report(node, node.span, SyntaxError::BulletWithoutList);
            return None;
        }
        let mut cursor = node.cursor();
        let phrase = cursor.until(|lexeme| *lexeme == Lexeme::Colon);
        if cursor.next().is_none() {
            if BLOCKS.iter().any(|words| node.cursor().starts_with(words)) {
                self.misspelt(node, &FACT, &mut Seen::default(), &mut node.cursor());
            } else {
                unread.extend(self.no_colon(node));
                self.fact_lines(node, None);
            }
            return None;
        }
        let type_span = cursor.rest();
        let phrase = self.fact_phrase(node, phrase);
        let r#type = self.fact_type(node, cursor);
        let (ask, means, presumed, fixed) = self.fact_lines(node, r#type.as_ref());
        let phrase = phrase?;
        let Some(r#type) = r#type else {
            unread.push(phrase);
            return None;
        };
        Some(Fact { phrase, r#type, type_span, ask, means, presumed, fixed, span: node.span })
    }

    fn fact_phrase(&mut self, node: &Node, phrase: &[Spanned<Lexeme>]) -> Option<super::Clause> {
        if phrase.is_empty() {
            self.expected(node, &node.cursor(), "a phrase before the colon");
            return None;
        }
        if let Some(comma) = phrase.iter().find(|lexeme| lexeme.value == Lexeme::Comma) {
            let help = "the phrase of a fact cannot contain commas";
            self.report(node, comma.span, SyntaxError::Character { found: ',', help, fix: None });
            return None;
        }
        self.clause(node, phrase, Place::Phrase)
    }

    /// Reports a line of a kind that has no colon. Returns its phrase, if the line ends with a type.
    fn no_colon(&mut self, node: &Node) -> Option<super::Clause> {
        if FACT.words.iter().any(|words| node.cursor().starts_with(words)) {
            let found = self.text.get(node.cursor().place().range()).unwrap_or("").to_owned();
            let problem = SyntaxError::UnknownLine {
                found,
                block: "kind",
                known: &["PHRASE : TYPE"],
                suggestion: None,
            };
            self.report(node, node.cursor().place(), problem);
            return None;
        }
        let count = node.lexemes.len();
        let tail =
            |length: usize| count.checked_sub(length).and_then(|from| node.lexemes.split_at_checked(from));
        let split = [("yes or no", 3), ("date", 1)].into_iter().find_map(|(words, length)| {
            let (phrase, tail) = tail(length)?;
            let (first, before, after) = (phrase.first()?, phrase.last()?, tail.first()?);
            let gap = crate::span::Span { start: before.span.end, end: after.span.start, ..before.span };
            let span = first.span.to(before.span);
            starts_with(tail, words).then(|| (gap, super::Clause { lexemes: phrase.to_vec(), span }))
        });
        let (fix, phrase) = split.unzip();
        self.report(node, node.span, SyntaxError::MissingColon { fix });
        phrase
    }

    /// Reads the type after the colon.
    fn fact_type(&mut self, node: &Node, mut cursor: Cursor<'_>) -> Option<FactType> {
        if cursor.is_empty() {
            self.expected(node, &cursor, "a type, such as `yes or no`");
            return None;
        }
        if cursor.eat("yes or no").is_some() {
            self.end(node, cursor);
            return Some(FactType::YesNo);
        }
        if cursor.eat("number of").is_some() {
            return self.name(node, cursor, "a unit, such as `fighters`").map(FactType::Number);
        }
        if cursor.lexemes.len() == 1 && cursor.starts_with("date") {
            return Some(FactType::Date);
        }
        if cursor.eat("one of").is_some() {
            return self.choices(node, cursor);
        }
        if cursor.eat("list of").is_some() {
            return self.name(node, cursor, "the name of a kind").map(FactType::Many);
        }
        let first = cursor.peek();
        let other = OTHER_TYPES.iter().find(|(word, _)| first.is_some_and(|first| is_word(first, word)));
        if let Some((_, suggestion)) = other {
            let found = self.text.get(cursor.rest().range()).unwrap_or("").to_owned();
            self.report(node, cursor.rest(), SyntaxError::UnknownType { found, suggestion });
            return None;
        }
        if let Some((written, meant)) = misspelt(cursor) {
            let found = self.text.get(written.range()).unwrap_or("").to_owned();
            self.report(node, written, SyntaxError::MisspeltType { found, meant });
            return None;
        }
        if cursor.lexemes.windows(2).any(|pair| matches!(pair, [comma, _] if comma.value == Lexeme::Comma)) {
            let found = self.text.get(cursor.rest().range()).unwrap_or("").to_owned();
            self.report(node, cursor.rest(), SyntaxError::ValuesAlone { found });
            return None;
        }
        let kinds = self.alternatives(node, cursor, "a type, such as `yes or no`");
        if kinds.is_empty() { None } else { Some(FactType::One(kinds)) }
    }

    fn choices(&mut self, node: &Node, cursor: Cursor<'_>) -> Option<FactType> {
        if let Some(joint) = cursor.lexemes.iter().find(|lexeme| is_word(&lexeme.value, "or")) {
            let help = "write commas between the values: `one of west, east, south`";
            self.report(node, joint.span, SyntaxError::Reserved { word: "or".into(), help });
            return None;
        }
        let values = self.names(node, cursor, "a value");
        if values.is_empty() { None } else { Some(FactType::Choice(values)) }
    }

    #[allow(clippy::type_complexity)]
    fn fact_lines(
        &mut self,
        node: &Node,
        r#type: Option<&FactType>,
    ) -> (Option<Text>, Option<Text>, Option<Spanned<bool>>, bool) {
        let mut ask = None;
        let mut means = None;
        let mut presumed = None;
        let mut fixed = false;
        let mut seen = Seen::default();
        for line in self.lines_of(&node.below, &FACT) {
            let Some((word, mut cursor)) = self.line(line, &FACT, &mut seen) else { continue };
            match word {
                "ask" => ask = self.text(line, cursor),
                "means" => means = self.text(line, cursor),
                "presumed" => {
                    if r#type.is_some_and(|r#type| *r#type != FactType::YesNo) {
                        self.report(line, line.span, SyntaxError::PresumedNotYesNo { fact: node.span });
                        continue;
                    }
                    let yes = cursor.eat("yes");
                    let Some(span) = yes.or_else(|| cursor.eat("no")) else {
                        self.expected(line, &cursor, "`yes` or `no`");
                        continue;
                    };
                    self.end(line, cursor);
                    presumed = Some(Spanned { value: yes.is_some(), span });
                }
                _ => {
                    fixed = true;
                    self.end(line, cursor);
                }
            }
        }
        (ask, means, presumed, fixed)
    }

    /// Reads `assistance NAME` and its subtypes.
    pub(super) fn assistance(&mut self, node: &Node, cursor: Cursor<'_>) -> Option<Assistance> {
        let name = self.name(node, cursor, "the name of a type of assistance");
        let mut means = None;
        let mut children = Vec::new();
        let mut seen = Seen::default();
        for line in &node.below {
            if line.cursor().starts_with("assistance") && !line.bullet {
                let mut cursor = line.cursor();
                cursor.next();
                children.extend(self.assistance(line, cursor));
                continue;
            }
            self.nothing_below(line);
            let Some((word, cursor)) = self.line(line, &ASSISTANCE, &mut seen) else { continue };
            match word {
                "means" => means = self.text(line, cursor),
                _ => children.extend(self.assistance(line, cursor)),
            }
        }
        Some(Assistance { name: name?, means, children, span: node.span })
    }
}
