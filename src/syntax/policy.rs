//! Reads the policy block, sources and evidence standards.

use super::line::{Cursor, Node, Reading};
use super::lines::{Lines, Seen};
use super::problem::SyntaxError;
use super::{Conflict, Grade, Lexeme, Period, Policy, Source, Standard};
use crate::span::Spanned;

pub(super) const POLICY: Lines = Lines {
    block: "policy",
    words: &["id", "version", "about", "in force", "authority", "on", "note", "use"],
    many: &["note", "use"],
    open: &[],
    must: &["id", "version", "about"],
};

pub(super) const SOURCE: Lines =
    Lines { block: "source", words: &["author", "date", "url"], many: &[], open: &[], must: &[] };

const STANDARD: Lines = Lines {
    block: "evidence standard",
    words: &[
        "rated",
        "from the last",
        "not from rivals of the subject",
        "not from the subject itself",
        "not from interested parties",
        "not promises",
        "ratings apply to relations and lists",
        "when sources conflict",
        "cite",
        "note",
    ],
    many: &["cite", "note"],
    open: &[],
    must: &[],
};

const CONFLICTS: &[&str] = &["leave it contested", "take the better rated", "take the later"];

impl Reading<'_> {
    /// Reads `policy "…"`.
    pub(super) fn policy(&mut self, node: &Node, mut cursor: Cursor<'_>) -> Option<Policy> {
        let title = self.title(node, &mut cursor, POLICY.block);
        self.end(node, cursor);
        let mut policy = Policy {
            title,
            id: None,
            version: None,
            about: Vec::new(),
            period: Period::default(),
            authority: None,
            standard: None,
            notes: Vec::new(),
            uses: Vec::new(),
            span: node.span,
        };
        let mut seen = Seen::default();
        for line in self.lines_of(&node.below, &POLICY) {
            let Some((word, mut cursor)) = self.line(line, &POLICY, &mut seen) else { continue };
            match word {
                "id" => {
                    policy.id = self.id(line, &mut cursor);
                    self.end(line, cursor);
                }
                "version" => {
                    policy.version = self.word(line, &mut cursor, "a version, such as `2016.1`");
                    self.end(line, cursor);
                }
                "about" => policy.about = self.alternatives(line, cursor, "the name of a kind"),
                "in force" => policy.period = self.period(line, cursor),
                "authority" => policy.authority = self.text(line, cursor),
                "on" => policy.standard = self.name(line, cursor, "the name of an evidence standard"),
                "note" => policy.notes.extend(self.text(line, cursor)),
                _ => policy.uses.extend(self.text(line, cursor)),
            }
        }
        self.complete(node, &POLICY, &seen);
        Some(policy)
    }

    /// Reads `source ID "…"`.
    pub(super) fn source(&mut self, node: &Node, mut cursor: Cursor<'_>) -> Option<Source> {
        let id = self.header_id(node, &mut cursor, SOURCE.block);
        let title = if cursor.is_empty() { None } else { Some(self.title(node, &mut cursor, SOURCE.block)) };
        self.end(node, cursor);
        let mut author = None;
        let mut date = None;
        let mut url = None;
        let mut seen = Seen::default();
        for line in self.lines_of(&node.below, &SOURCE) {
            let Some((word, cursor)) = self.line(line, &SOURCE, &mut seen) else { continue };
            match word {
                "author" => author = self.text(line, cursor),
                "date" => date = self.only_date(line, cursor),
                _ => url = self.text(line, cursor),
            }
        }
        Some(Source { id: id?, title, author, date, url, span: node.span })
    }

    /// Reads `evidence standard NAME`.
    pub(super) fn standard(&mut self, node: &Node, cursor: Cursor<'_>) -> Option<Standard> {
        let name = self.name(node, cursor, "the name of the evidence standard");
        let mut standard = Standard {
            name: name.clone().unwrap_or(Spanned { value: String::new(), span: node.span }),
            rated: None,
            within: None,
            not_rivals: false,
            not_subject: false,
            not_interested: false,
            not_promises: false,
            ratings_on_the_way: false,
            conflict: None,
            cites: Vec::new(),
            notes: Vec::new(),
            span: node.span,
        };
        let mut seen = Seen::default();
        for line in self.lines_of(&node.below, &STANDARD) {
            let Some((word, mut cursor)) = self.line(line, &STANDARD, &mut seen) else { continue };
            let flag = match word {
                "rated" => {
                    standard.rated = self.grade(line, &mut cursor);
                    if standard.rated.is_some() {
                        if cursor.eat("or better").is_none() {
                            self.expected(line, &cursor, "`or better`");
                        }
                        self.end(line, cursor);
                    }
                    continue;
                }
                "from the last" => {
                    let span = cursor.rest();
                    let length = self.length(line, &mut cursor);
                    standard.within = length.map(|value| Spanned { value, span });
                    if length.is_some() {
                        self.end(line, cursor);
                    }
                    continue;
                }
                "when sources conflict" => {
                    standard.conflict = self.conflict(line, cursor);
                    continue;
                }
                "cite" => {
                    standard.cites.extend(self.citation(line, cursor));
                    continue;
                }
                "note" => {
                    standard.notes.extend(self.text(line, cursor));
                    continue;
                }
                "not from rivals of the subject" => &mut standard.not_rivals,
                "not from the subject itself" => &mut standard.not_subject,
                "not from interested parties" => &mut standard.not_interested,
                "not promises" => &mut standard.not_promises,
                _ => &mut standard.ratings_on_the_way,
            };
            *flag = true;
            self.end(line, cursor);
        }
        self.complete(node, &STANDARD, &seen);
        name.map(|_| standard)
    }

    /// Reads `C3`.
    pub(super) fn grade(&mut self, node: &Node, cursor: &mut Cursor<'_>) -> Option<Spanned<Grade>> {
        let span = cursor.place();
        let grade = match cursor.peek() {
            Some(Lexeme::Word(word)) => Grade::parse(&word.to_uppercase()),
            _ => None,
        };
        let Some(value) = grade else {
            self.expected(node, cursor, "a grade from A1 to F6, such as `C3`");
            return None;
        };
        cursor.next();
        Some(Spanned { value, span })
    }

    /// Reads what follows `when sources conflict`.
    fn conflict(&mut self, node: &Node, mut cursor: Cursor<'_>) -> Option<Spanned<Conflict>> {
        if !cursor.comma() {
            if CONFLICTS.iter().any(|words| cursor.starts_with(words)) {
                self.missing_comma(node, &cursor);
                return None;
            } else {
                self.expected(node, &cursor, "a comma and a way to resolve conflicts");
            }
            return None;
        }
        let span = cursor.rest();
        let value = if cursor.eat("leave it contested").is_some() {
            Conflict::Contested
        } else if cursor.eat("take the better rated").is_some() {
            Conflict::BetterRated
        } else if cursor.eat("take the later").is_some() {
            Conflict::Later
        } else if cursor.is_empty() {
            self.expected(node, &cursor, "a way to resolve conflicts, such as `leave it contested`");
            return None;
        } else {
            let found = self.text.get(span.range()).unwrap_or("").to_owned();
            let what = "a way to resolve conflicts";
            self.report(node, span, SyntaxError::Unknown { what, found, known: CONFLICTS });
            return None;
        };
        self.end(node, cursor);
        Some(Spanned { value, span })
    }
}
