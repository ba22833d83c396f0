//! A line while it is read: its lexemes, the lines nested below it, and whether it has been reported.

use super::layout::{Line, LineKind, MOST_LEVELS};
use super::lexeme::{self, is_word, starts_with};
use super::problem::{Problems, SyntaxError};
use super::{Block, Lexeme};
use crate::span::{FileId, Span, Spanned};
use std::cell::Cell;

/// A line with its lexemes and the lines nested below it.
#[derive(Debug)]
pub(super) struct Node {
    /// Whether the line starts with a dash.
    pub bullet: bool,
    /// The lexemes, without the dash.
    pub lexemes: Vec<Spanned<Lexeme>>,
    /// The place of the content, including the dash.
    pub span: Span,
    /// Whether a finding about the line has been reported. Further errors are then most likely its consequences.
    pub broken: Cell<bool>,
    /// Whether all lexemes could be read. If not, the clauses of the line are left out, because parts of them are
    /// unknown.
    pub sound: bool,
    /// The lines nested below.
    pub below: Vec<Node>,
}

impl Node {
    /// Returns whether the line expects a list below it.
    pub(super) fn expects_list(&self) -> bool {
        let last = self.lexemes.last().map(|last| &last.value);
        last.is_some_and(|last| is_word(last, "of") || is_word(last, "given") || is_word(last, "when"))
            || self.below.first().is_some_and(|first| first.bullet)
    }

    pub(super) fn cursor(&self) -> Cursor<'_> {
        Cursor::new(&self.lexemes, self.span)
    }
}

/// The rest of a line that is being read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'n> {
    pub lexemes: &'n [Spanned<Lexeme>],
    /// The empty span at the end of the last lexeme.
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

    /// Returns the place of the next lexeme, or of the end of the line.
    pub(super) fn place(&self) -> Span {
        self.lexemes.first().map_or(self.end, |lexeme| lexeme.span)
    }

    /// Returns the place of everything that is left.
    pub(super) fn rest(&self) -> Span {
        self.place().to(self.lexemes.last().map_or(self.end, |lexeme| lexeme.span))
    }

    pub(super) fn next(&mut self) -> Option<&'n Spanned<Lexeme>> {
        let (first, rest) = self.lexemes.split_first()?;
        self.lexemes = rest;
        Some(first)
    }

    /// Returns whether the given words come next, regardless of case.
    pub(super) fn starts_with(&self, words: &str) -> bool {
        starts_with(self.lexemes, words)
    }

    /// Skips the given words if they come next.
    pub(super) fn eat(&mut self, words: &str) -> Option<Span> {
        if !self.starts_with(words) {
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

    /// Takes all lexemes before the first one for which `stop` returns true.
    pub(super) fn until(&mut self, stop: impl Fn(&Lexeme) -> bool) -> &'n [Spanned<Lexeme>] {
        let count = self.lexemes.iter().position(|lexeme| stop(&lexeme.value)).unwrap_or(self.lexemes.len());
        let (taken, rest) = self.lexemes.split_at_checked(count).unwrap_or((self.lexemes, &[]));
        self.lexemes = rest;
        taken
    }
}

/// The state of the parser: the text and the findings so far.
pub(super) struct Reading<'t> {
    pub id: FileId,
    pub text: &'t str,
    pub problems: Problems,
    /// Blocks that were found indented within other blocks.
    pub indented: Vec<Block>,
}

impl Reading<'_> {
    /// Returns the lines from `*next` on that are at least `depth` deep, as a tree. Moves `*next` past them.
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
                // The layout has already reported this line.
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

    /// Skips the dash of a bullet. Returns true if it is not written correctly.
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
            self.problems.add(mark, SyntaxError::BulletMark);
        }
        wrong
    }

    /// Reports a finding about a line, unless the line has been reported already.
    pub(super) fn report(&mut self, node: &Node, place: Span, problem: SyntaxError) {
        if !node.broken.replace(true) {
            self.problems.add(place, problem);
        }
    }

    /// Reports that something else is expected at the cursor.
    pub(super) fn expected(&mut self, node: &Node, cursor: &Cursor<'_>, what: &'static str) {
        if cursor.peek() == Some(&Lexeme::Comma) && cursor.lexemes.len() == 1 {
            return self.report(node, cursor.place(), SyntaxError::DanglingComma);
        }
        let found = self.text.get(cursor.place().range()).unwrap_or("");
        let found =
            if found.is_empty() || found.starts_with('"') { found.into() } else { format!("`{found}`") };
        self.report(node, cursor.place(), SyntaxError::Expected { what, found });
    }

    /// Reports the rest of a line, if there is any.
    pub(super) fn end(&mut self, node: &Node, cursor: Cursor<'_>) {
        if cursor.is_empty() {
            return;
        }
        let lone_comma = cursor.peek() == Some(&Lexeme::Comma) && cursor.lexemes.len() == 1;
        let problem = if lone_comma { SyntaxError::DanglingComma } else { SyntaxError::Trailing };
        self.report(node, cursor.rest(), problem);
    }
}
