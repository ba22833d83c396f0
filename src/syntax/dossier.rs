//! Reads dossiers: statements with their sources, and members written in place.

use super::condition::Place;
use super::lexeme::reserved;
use super::line::{Cursor, Node, Reading};
use super::lines::{BLOCKS, Lines, Seen};
use super::problem::SyntaxError;
use super::{Dossier, Lexeme, Member, Origin, Provenance, Statement};
use crate::span::{Name, Spanned};

pub(super) const DOSSIER: Lines = Lines {
    block: "dossier",
    words: &["about", "use", "as of", "known as", "identifier", "note"],
    many: &["use", "known as", "identifier", "note"],
    open: &[],
    must: &["about"],
};

/// The marks in the line below a statement, in their order.
const MARKS: [&str; 6] = ["a rival", "the subject itself", "an interested party", "a promise", "rated", "on"];

impl Reading<'_> {
    /// Reads `dossier ID "…"`.
    pub(super) fn dossier(&mut self, node: &Node, mut cursor: Cursor<'_>) -> Option<Dossier> {
        let id = self.header_id(node, &mut cursor, DOSSIER.block);
        let title = if cursor.is_empty() { None } else { Some(self.title(node, &mut cursor, DOSSIER.block)) };
        self.end(node, cursor);
        let mut about = None;
        let mut uses = Vec::new();
        let mut as_of = None;
        let mut known_as = Vec::new();
        let mut identifiers = Vec::new();
        let mut notes = Vec::new();
        let mut statements = Vec::new();
        let mut members = Vec::new();
        let mut seen = Seen::default();
        for line in self.lines_of(&node.below, &DOSSIER) {
            if line.bullet {
                statements.extend(self.statement(line));
                continue;
            }
            if self.is_member(line, &DOSSIER) {
                members.extend(self.member(line));
                continue;
            }
            let Some((word, mut cursor)) = self.line(line, &DOSSIER, &mut seen) else { continue };
            match word {
                "about" => about = self.name(line, cursor, "the name of a kind"),
                "use" => uses.extend(self.text(line, cursor)),
                "as of" => as_of = self.only_date(line, cursor),
                "known as" => known_as.extend(self.text(line, cursor)),
                "identifier" => {
                    let scheme = self.part(line, &mut cursor, "the scheme of the identifier, such as `ucdp`");
                    let Some(scheme) = scheme else { continue };
                    let Some(value) = self.part(line, &mut cursor, "the identifier") else { continue };
                    self.end(line, cursor);
                    identifiers.push((scheme, value));
                }
                _ => notes.extend(self.text(line, cursor)),
            }
        }
        self.complete(node, &DOSSIER, &seen);
        Some(Dossier {
            id: id?,
            title,
            about,
            uses,
            as_of,
            known_as,
            identifiers,
            notes,
            statements,
            members,
            span: node.span,
        })
    }

    /// Reads a word or a text in double quotes.
    fn part(&mut self, node: &Node, cursor: &mut Cursor<'_>, what: &'static str) -> Option<Name> {
        self.quoted(cursor).or_else(|| self.word(node, cursor, what))
    }

    /// Returns whether a line without known first words is a member.
    ///
    /// It is one if bullets are nested below it, or if it is not similar to any known line and has the form
    /// `KIND ID "…"`.
    pub(super) fn is_member(&self, line: &Node, lines: &Lines) -> bool {
        let mut cursor = line.cursor();
        if line.bullet || lines.words.iter().any(|words| cursor.starts_with(words)) {
            return false;
        }
        let (name, _) = without_title(cursor.lexemes);
        let is_part = |lexeme: &Spanned<Lexeme>| !matches!(lexeme.value, Lexeme::Comma | Lexeme::Colon);
        let titled = name.iter().all(is_part);
        let name = cursor.until(|lexeme| matches!(lexeme, Lexeme::Comma | Lexeme::Colon));
        let (name, _) = without_title(name);
        let plain = name.len() >= 2 && name.iter().all(|lexeme| reserved(&lexeme.value).is_none());
        let block = BLOCKS.iter().any(|words| line.cursor().starts_with(words));
        let bullets = line.below.first().is_some_and(|first| first.bullet);
        plain && (bullets || titled && !block && self.guess(&line.cursor(), lines.words).is_none())
    }

    /// Reads `KIND ID "…"` and its bullets.
    pub(super) fn member(&mut self, node: &Node) -> Option<Member> {
        let mut cursor = node.cursor();
        let place = cursor.place();
        let all = cursor.until(|lexeme| matches!(lexeme, Lexeme::Comma | Lexeme::Colon));
        let (words, title) = without_title(all);
        let head = match words.split_last() {
            Some((id, kind)) if !kind.is_empty() => {
                let kind = self.name_of(node, kind, place, "the name of a kind");
                let id = self.own_id(node, &mut Cursor::new(std::slice::from_ref(id), node.span));
                kind.zip(id)
            }
            _ => {
                self.expected(node, &node.cursor(), "a kind and an id, such as `person first-commander`");
                None
            }
        };
        let title =
            title.and_then(|title| self.quoted(&mut Cursor::new(std::slice::from_ref(title), node.span)));
        self.end(node, cursor);
        let mut statements = Vec::new();
        for line in &node.below {
            self.with_dash(line);
            statements.extend(self.statement(line));
        }
        let (kind, id) = head?;
        Some(Member { kind, id, title, statements, span: node.span })
    }

    /// Reports a list item without a dash.
    pub(super) fn with_dash(&mut self, line: &Node) {
        if !line.bullet {
            let at = crate::span::Span { end: line.span.start, ..line.span };
            self.report(line, line.span, SyntaxError::ItemWithoutDash { at });
        }
    }

    /// Reads a bullet and the line below it.
    pub(super) fn statement(&mut self, node: &Node) -> Option<Statement> {
        let clause = if node.lexemes.is_empty() {
            self.expected(node, &node.cursor(), "a statement after the dash");
            None
        } else {
            self.clause(node, &node.lexemes, Place::Statement)
        };
        let mut provenance = None;
        let mut first = None;
        for line in &node.below {
            if line.bullet {
                self.report(line, line.span, SyntaxError::BulletWithoutList);
                continue;
            }
            self.nothing_below(line);
            if let Some(first) = first {
                self.report(line, line.span, SyntaxError::DuplicateLine { line: "from", first });
                continue;
            }
            first = Some(line.span);
            provenance = self.provenance(line);
        }
        Some(Statement { clause: clause?, provenance, span: node.span })
    }

    /// Reads `from SOURCE, …`.
    fn provenance(&mut self, node: &Node) -> Option<Provenance> {
        let mut cursor = node.cursor();
        let marked = MARKS.iter().any(|words| cursor.starts_with(words));
        if !marked && cursor.eat("from").is_none() {
            self.expected(node, &cursor, "`from` and a source");
            return None;
        }
        let origin = match self.quoted(&mut cursor) {
            _ if marked => None,
            Some(text) => Some(Origin::Described(text)),
            None => {
                let source = self.id(node, &mut cursor)?;
                Some(Origin::Declared(source, self.source_lines(node, &mut cursor)?))
            }
        };
        let mut first = marked;
        let mut read = Provenance {
            origin,
            rival: false,
            subject: false,
            interested: false,
            promise: false,
            grade: None,
            date: None,
            span: node.span,
        };
        let mut reached = 0;
        while !cursor.is_empty() {
            if !first && MARKS.iter().any(|words| cursor.starts_with(words)) {
                self.missing_comma(node, &cursor);
                return Some(read);
            }
            if !std::mem::take(&mut first) && (cursor.lexemes.len() == 1 || !cursor.comma()) {
                self.end(node, cursor);
                return Some(read);
            }
            let place = cursor.place();
            let found = MARKS.iter().enumerate().find(|(_, words)| cursor.starts_with(words));
            let Some((order, words)) = found else {
                let what = "`a rival`, `the subject itself`, `an interested party`, `a promise`, `rated C3` or \
                            `on` and a date";
                self.expected(node, &cursor, what);
                return Some(read);
            };
            cursor.eat(words);
            if order < reached {
                self.report(node, place, SyntaxError::ProvenanceOrder);
            }
            reached = order + 1;
            match order {
                0 => read.rival = true,
                1 => read.subject = true,
                2 => read.interested = true,
                3 => read.promise = true,
                4 => read.grade = Some(self.grade(node, &mut cursor)?.value),
                _ => read.date = Some(self.date(node, &mut cursor)?.value),
            }
        }
        Some(read)
    }
}

/// Splits the lexemes of a member's line into those before its title and the title.
fn without_title(lexemes: &[Spanned<Lexeme>]) -> (&[Spanned<Lexeme>], Option<&Spanned<Lexeme>>) {
    match lexemes {
        [words @ .., title] if matches!(title.value, Lexeme::Text(_)) => (words, Some(title)),
        words => (words, None),
    }
}
