//! Reads conditions: bulleted lists under a connective, and clauses joined within a line.

use super::lexeme::{is_word, reserved, small_number, starts_with};
use super::line::{Cursor, Node, Reading};
use super::problem::SyntaxError;
use super::{Clause, Condition, Connective, Lexeme};
use crate::span::{Span, Spanned};

/// The condition of a line, with its exception.
#[derive(Default)]
pub(super) struct Conditional {
    /// The condition.
    pub condition: Option<Condition>,
    /// The exception: the condition after `unless` at the end of the line.
    pub unless: Option<Condition>,
}

/// The advice for a reserved word in a phrase.
const IN_PHRASE: &str = "put the reserved words of the phrase in double quotes, here and in its declaration";

/// Where a clause is written. This decides which reserved words have a meaning in it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In a condition: `any of its leaders is designated`.
    Condition,
    /// In a dossier or scenario: `its leaders are a, b and no others`.
    ///
    /// Quantifiers such as `any of` are also accepted here, so that they can be refused later with a message of their
    /// own.
    Statement,
    /// In the declaration of a phrase.
    Phrase,
}

impl Reading<'_> {
    /// Reads the condition of a line after its first word. `exception` is an error with advice if the line must not
    /// have `unless`.
    pub(super) fn conditional(
        &mut self,
        node: &Node,
        mut cursor: Cursor<'_>,
        exception: Result<(), &'static str>,
    ) -> Conditional {
        let main = cursor.until(|lexeme| is_word(lexeme, "unless"));
        let word = cursor.place();
        if cursor.next().is_none() {
            return Conditional { condition: self.condition(node, main, &node.below), unless: None };
        }
        if let Err(help) = exception {
            self.report(node, word, SyntaxError::UnlessNotHere { help });
            return Conditional::default();
        }
        if connective(main).is_some() {
            let help = "write it on a line of its own below the list";
            self.report(node, word, SyntaxError::UnlessNotHere { help });
            return Conditional::default();
        }
        if main.is_empty() {
            self.report(node, word, SyntaxError::NothingBeside { word: "unless".into(), side: "before" });
            return Conditional::default();
        }
        if cursor.is_empty() {
            self.report(node, word, SyntaxError::NothingBeside { word: "unless".into(), side: "after" });
            return Conditional::default();
        }
        if cursor.lexemes.iter().any(|lexeme| is_word(&lexeme.value, "unless")) {
            let help =
                "one line can have one exception; write a list of exceptions on a line `unless any of`";
            self.report(node, word, SyntaxError::UnlessNotHere { help });
            return Conditional::default();
        }
        let condition = self.condition(node, main, &[]);
        let unless = self.condition(node, cursor.lexemes, &node.below);
        Conditional { condition, unless }
    }

    /// Reads a condition from the lexemes of a line, or of a part of it, and the bullets below.
    fn condition(&mut self, node: &Node, lexemes: &[Spanned<Lexeme>], below: &[Node]) -> Option<Condition> {
        let lexemes = self.without_colon(node, lexemes);
        if let Some((connective, span)) = connective(lexemes) {
            return self.list(node, connective, span, below);
        }
        if let Some(first) = below.first() {
            if first.bullet && !node.broken.replace(true) {
                let line = SyntaxError::ListWithoutConnective { line: node.span };
                self.problems.add(first.span, line);
            }
            for item in below.iter().filter(|item| item.bullet) {
                self.item(item);
            }
            return None;
        }
        if lexemes.is_empty() {
            self.expected(node, &Cursor::new(&[], node.span), "a condition");
            return None;
        }
        self.inline(node, lexemes)
    }

    /// Returns the lexemes without a colon after a connective. Reports the colon.
    fn without_colon<'n>(&mut self, node: &Node, lexemes: &'n [Spanned<Lexeme>]) -> &'n [Spanned<Lexeme>] {
        match lexemes.split_last() {
            Some((colon, before)) if colon.value == Lexeme::Colon && connective(before).is_some() => {
                let help = "leave out the colon before a list";
                self.report(node, colon.span, SyntaxError::Character { found: ':', help, fix: Some("") });
                before
            }
            _ => lexemes,
        }
    }

    fn list(&mut self, node: &Node, connective: Connective, span: Span, below: &[Node]) -> Option<Condition> {
        if below.is_empty() {
            self.report(node, span, SyntaxError::EmptyList);
            return None;
        }
        let mut items = Vec::new();
        for item in below {
            if !item.bullet {
                let at = Span { end: item.span.start, ..item.span };
                self.report(item, item.span, SyntaxError::ItemWithoutDash { at });
            }
            items.extend(self.item(item));
        }
        let (word, number) = match connective {
            Connective::AtLeast(number) => ("at least", number),
            Connective::AtMost(number) => ("at most", number),
            Connective::Exactly(number) => ("exactly", number),
            Connective::All | Connective::Any | Connective::None => ("", 0),
        };
        let large = usize::try_from(number).unwrap_or(usize::MAX);
        let is_trivial = match connective {
            Connective::AtLeast(_) => number == 0 || large > below.len(),
            Connective::AtMost(_) => large >= below.len(),
            Connective::Exactly(_) => large > below.len(),
            Connective::All | Connective::Any | Connective::None => false,
        };
        if is_trivial {
            self.report(node, span, SyntaxError::Count { word, number: number.into(), items: below.len() });
        }
        if items.is_empty() {
            return None;
        }
        Some(Condition::List { connective, items, span })
    }

    fn item(&mut self, item: &Node) -> Option<Condition> {
        if item.lexemes.is_empty() {
            self.expected(item, &item.cursor(), "a condition after the dash");
            return None;
        }
        if let Some(unless) = item.lexemes.iter().find(|lexeme| is_word(&lexeme.value, "unless")) {
            let help = "write `unless` on a line of its own below the list";
            self.report(item, unless.span, SyntaxError::UnlessNotHere { help });
            return None;
        }
        if item.below.first().is_some_and(|first| !first.bullet) && connective(&item.lexemes).is_none() {
            self.nothing_below(item);
            return self.condition(item, &item.lexemes, &[]);
        }
        self.condition(item, &item.lexemes, &item.below)
    }

    /// Reads one clause, or clauses joined by `and` or by `or`.
    fn inline(&mut self, node: &Node, lexemes: &[Spanned<Lexeme>]) -> Option<Condition> {
        let mut items = Vec::new();
        let mut joints: Vec<(&'static str, Span)> = Vec::new();
        let mut rest = lexemes;
        loop {
            let joint = joint(rest);
            let (part, after) = match joint {
                Some((place, _)) => rest.split_at_checked(place).unwrap_or((rest, &[])),
                None => (rest, [].as_slice()),
            };
            let neighbour = match joint {
                Some((_, word)) => Some((word, "before")),
                None => joints.last().map(|(word, _)| (*word, "after")),
            };
            if let (true, Some((word, side))) = (part.is_empty(), neighbour) {
                let place = after.first().map(|lexeme| lexeme.span).or(joints.last().map(|(_, span)| *span));
                let problem = SyntaxError::NothingBeside { word: word.into(), side };
                self.report(node, place.unwrap_or(node.span), problem);
                return None;
            }
            items.push(self.clause(node, part, Place::Condition)?);
            let (Some((_, word)), Some((first, behind))) = (joint, after.split_first()) else { break };
            joints.push((word, first.span));
            rest = behind;
        }
        let Some((word, first)) = joints.first().copied() else {
            return items.into_iter().next().map(Condition::Clause);
        };
        if let Some((other, place)) = joints.iter().copied().find(|(other, _)| *other != word) {
            let problem = SyntaxError::MixedAndOr { first, word: other, other: word };
            self.report(node, place, problem);
            return None;
        }
        let connective = if word == "and" { Connective::All } else { Connective::Any };
        let span = items.first()?.span.to(items.last()?.span);
        Some(Condition::Inline { connective, items, span })
    }

    /// Reads a clause.
    pub(super) fn clause(
        &mut self,
        node: &Node,
        lexemes: &[Spanned<Lexeme>],
        context: Place,
    ) -> Option<Clause> {
        if !node.sound {
            return None;
        }
        let span = lexemes.first()?.span.to(lexemes.last()?.span);
        if let Some(comma) = lexemes.last().filter(|last| last.value == Lexeme::Comma) {
            self.report(node, comma.span, SyntaxError::DanglingComma);
            return None;
        }
        if let Some(colon) = lexemes.iter().find(|lexeme| lexeme.value == Lexeme::Colon) {
            let help = "leave the colon out";
            self.report(node, colon.span, SyntaxError::Character { found: ':', help, fix: None });
            return None;
        }
        if let Some((place, word)) = bare(lexemes, context) {
            let help = match word {
                "if" => "a condition starts with `when`, an exception with `unless`",
                "then" => "leave it out: a rule applies when its conditions hold",
                "and" | "or" if context == Place::Statement => "write one bullet for each statement",
                _ if context == Place::Phrase => "put the reserved words of the phrase in double quotes",
                _ => IN_PHRASE,
            };
            self.report(node, place, SyntaxError::Reserved { word: word.to_owned(), help });
            return None;
        }
        Some(Clause { lexemes: lexemes.to_vec(), span })
    }
}

/// Returns the connective, if the lexemes consist of nothing else.
fn connective(lexemes: &[Spanned<Lexeme>]) -> Option<(Connective, Span)> {
    let span = lexemes.first()?.span.to(lexemes.last()?.span);
    let fits = |words: &str| lexemes.len() == words.split(' ').count() && starts_with(lexemes, words);
    let counted = |words: &str| {
        let (number, of) = lexemes.get(words.split(' ').count()..)?.split_first()?;
        let ends = matches!(of, [of] if is_word(&of.value, "of"));
        if starts_with(lexemes, words) && ends { small_number(&number.value) } else { None }
    };
    let connective = match () {
        () if fits("all of") => Some(Connective::All),
        () if fits("any of") => Some(Connective::Any),
        () if fits("none of") => Some(Connective::None),
        () => counted("at least")
            .map(Connective::AtLeast)
            .or_else(|| counted("at most").map(Connective::AtMost))
            .or_else(|| counted("exactly").map(Connective::Exactly)),
    };
    connective.map(|connective| (connective, span))
}

/// Returns the place of the first `and` or `or` that joins clauses. The `and` of `between A and B` does not count.
fn joint(lexemes: &[Spanned<Lexeme>]) -> Option<(usize, &'static str)> {
    let mut between = false;
    for (place, lexeme) in lexemes.iter().enumerate() {
        if is_word(&lexeme.value, "between") {
            between = true;
        } else if is_word(&lexeme.value, "and") {
            if !between {
                return Some((place, "and"));
            }
            between = false;
        } else if is_word(&lexeme.value, "or") {
            return Some((place, "or"));
        }
    }
    None
}

/// Returns the first reserved word that has no meaning at its place.
fn bare(lexemes: &[Spanned<Lexeme>], context: Place) -> Option<(Span, &'static str)> {
    let mut between = false;
    for (place, lexeme) in lexemes.iter().enumerate() {
        let Some(word) = reserved(&lexeme.value) else {
            between |= is_word(&lexeme.value, "between");
            continue;
        };
        let before = place.checked_sub(1).and_then(|before| lexemes.get(before)).map(|lexeme| &lexeme.value);
        let behind = lexemes.get(place + 1..).unwrap_or(&[]);
        let after_word = |wanted: &str| before.is_some_and(|before| is_word(before, wanted));
        let number_behind = || matches!(behind.first().map(|lexeme| &lexeme.value), Some(Lexeme::Number(_)));
        let means = match word {
            "and" if between => {
                between = false;
                true
            }
            "and" => {
                context == Place::Statement
                    && (starts_with(behind, "no others") || starts_with(behind, "no one else"))
            }
            "any" if after_word("through") => true,
            "any" | "all" | "none" => context != Place::Phrase && starts_with(behind, "of"),
            "least" | "most" => after_word("at"),
            "exactly" => number_behind(),
            _ => false,
        };
        if !means {
            return Some((lexeme.span, word));
        }
    }
    None
}
