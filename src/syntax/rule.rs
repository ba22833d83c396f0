//! Reads requirements, bars, waivers, definitions, obligations and concerns.

use super::condition::Place;
use super::line::{Cursor, Node, Reading};
use super::lines::{Lines, Seen};
use super::problem::SyntaxError;
use super::{Condition, Definition, Due, Header, Level, Lexeme, Rule, RuleWord};
use crate::span::Spanned;

const REQUIREMENT: Lines = Lines::with_header(
    "requirement",
    &["needs", "when", "unless", "for", "on", "in force", "cite", "remedy", "note"],
    &["needs"],
);

const BAR: Lines = Lines::with_header(
    "bar",
    &["when", "unless", "for", "on", "in force", "cite", "remedy", "note"],
    &["when"],
);

const WAIVER: Lines = Lines::with_header(
    "waiver",
    &["lifts", "when", "granted by", "for", "on", "in force", "cite", "remedy", "note"],
    &["lifts"],
);

const DEFINITION: Lines = Lines::with_header("definition", &["when", "unless", "cite", "note"], &["when"]);

const OBLIGATION: Lines = Lines::with_header(
    "obligation",
    &["who", "due", "when", "unless", "for", "on", "in force", "cite", "note"],
    &["who", "due"],
);

const CONCERN: Lines = Lines::with_header(
    "concern",
    &["when", "unless", "for", "who", "on", "in force", "cite", "remedy", "note"],
    &["when"],
);

const LEVELS: &[&str; 3] = &["level low", "level medium", "level high"];

impl Reading<'_> {
    /// Reads `requirement ID "…"`, `bar ID "…", absolute`, `waiver ID "…"`, `obligation ID "…"` or
    /// `concern ID "…", level high`.
    pub(super) fn rule(&mut self, node: &Node, mut cursor: Cursor<'_>, word: RuleWord) -> Option<Rule> {
        let lines = match word {
            RuleWord::Requirement => REQUIREMENT,
            RuleWord::Bar => BAR,
            RuleWord::Waiver => WAIVER,
            RuleWord::Obligation => OBLIGATION,
            RuleWord::Concern => CONCERN,
        };
        let id = self.header_id(node, &mut cursor, lines.block);
        let known = id.is_some();
        let title = self.title(node, &mut cursor, lines.block);
        let mut rule = Rule {
            word,
            header: Header::new(id, Some(title), node.span),
            absolute: false,
            when: None,
            needs: None,
            unless: None,
            lifts: Vec::new(),
            granted_by: None,
            who: None,
            due: None,
            level: None,
        };
        match word {
            RuleWord::Bar => rule.absolute = self.addition(node, cursor, &["absolute"]).is_some(),
            RuleWord::Concern => {
                rule.level = self.addition(node, cursor, LEVELS).map(|place| match place {
                    0 => Level::Low,
                    1 => Level::Medium,
                    _ => Level::High,
                });
            }
            _ => self.end(node, cursor),
        }
        let mut seen = Seen::default();
        for line in self.lines_of(&node.below, &lines) {
            let Some((word, cursor)) = self.line(line, &lines, &mut seen) else { continue };
            match word {
                "needs" => {
                    let read = self.conditional(line, cursor, Ok(()));
                    rule.needs = read.condition;
                    self.exception(line, read.unless, &mut rule.unless, &mut seen);
                }
                "when" if lines.words.contains(&"unless") => {
                    let read = self.conditional(line, cursor, Ok(()));
                    rule.when = read.condition;
                    self.exception(line, read.unless, &mut rule.unless, &mut seen);
                }
                "when" => {
                    let none = Err("a waiver has no exceptions; put what must not hold into its `when`");
                    rule.when = self.conditional(line, cursor, none).condition;
                }
                "unless" => rule.unless = self.unless(line, cursor),
                "lifts" => rule.lifts = self.ids(line, cursor),
                "granted by" => rule.granted_by = self.text(line, cursor),
                "who" => rule.who = self.text(line, cursor),
                "due" => rule.due = self.due(line, cursor),
                word => self.header_line(line, word, cursor, &mut rule.header),
            }
        }
        self.complete(node, &lines, &seen);
        known.then_some(rule)
    }

    /// Reads `unless …`.
    fn unless(&mut self, line: &Node, cursor: Cursor<'_>) -> Option<super::Condition> {
        let once = Err("one rule can have one exception; write a list: `unless any of`");
        self.conditional(line, cursor, once).condition
    }

    /// Keeps the exception at the end of a line, if there is one. Reports it if the rule already has an exception.
    fn exception(
        &mut self,
        line: &Node,
        found: Option<Condition>,
        place: &mut Option<Condition>,
        seen: &mut Seen,
    ) {
        if found.is_none() {
            return;
        }
        match seen.place("unless") {
            Some(first) => self.report(line, line.span, SyntaxError::DuplicateLine { line: "unless", first }),
            None => {
                *place = found;
                seen.add("unless", line.span);
            }
        }
    }

    /// Reads `definition` with its clause and lines.
    pub(super) fn definition(&mut self, node: &Node, cursor: Cursor<'_>) -> Option<Definition> {
        self.end(node, cursor);
        let mut seen = Seen::default();
        let mut clause = None;
        let mut when = None;
        let mut unless = None;
        let mut cites = Vec::new();
        let mut notes = Vec::new();
        let known = |line: &Node| DEFINITION.words.iter().any(|words| line.cursor().starts_with(words));
        let lines = self.lines_of(&node.below, &DEFINITION);
        let head = lines.first().copied().filter(|line| !known(line) && !line.bullet);
        match head {
            Some(head) => clause = self.clause(head, &head.lexemes, Place::Phrase),
            None => {
                self.report(node, node.span, SyntaxError::MissingClause);
            }
        }
        for line in lines.into_iter().skip(usize::from(head.is_some())) {
            let Some((word, cursor)) = self.line(line, &DEFINITION, &mut seen) else { continue };
            match word {
                "when" => {
                    let read = self.conditional(line, cursor, Ok(()));
                    when = read.condition;
                    self.exception(line, read.unless, &mut unless, &mut seen);
                }
                "unless" => unless = self.unless(line, cursor),
                "cite" => cites.extend(self.citation(line, cursor)),
                _ => notes.extend(self.text(line, cursor)),
            }
        }
        if head.is_some() {
            self.complete(node, &DEFINITION, &seen);
        }
        Some(Definition { clause: clause?, when, unless, cites, notes, span: node.span })
    }

    /// Reads what follows `due`.
    fn due(&mut self, node: &Node, mut cursor: Cursor<'_>) -> Option<Spanned<Due>> {
        let span = cursor.rest();
        let due = if cursor.eat("within").is_some() {
            let length = self.length(node, &mut cursor)?;
            if cursor.eat("before delivery").is_some() {
                Due::WithinBefore(length)
            } else if cursor.eat("after delivery").is_some() {
                Due::WithinAfter(length)
            } else {
                self.expected(node, &cursor, "`before delivery` or `after delivery`");
                return None;
            }
        } else if cursor.eat("every").is_some() {
            Due::Every(self.length(node, &mut cursor)?)
        } else if cursor.eat("before delivery").is_some() {
            Due::Before
        } else if cursor.eat("during delivery").is_some() {
            Due::During
        } else if cursor.eat("after delivery").is_some() {
            Due::After
        } else {
            let what = "`within 15 days before delivery`, `before delivery`, `during delivery`, `after delivery` \
                        or `every 6 months`";
            self.expected(node, &cursor, what);
            return None;
        };
        self.end(node, cursor);
        Some(Spanned { value: due, span })
    }

    /// Reads `ID, ID`.
    pub(super) fn ids(&mut self, node: &Node, mut cursor: Cursor<'_>) -> Vec<crate::span::Name> {
        let mut ids = Vec::new();
        loop {
            let Some(id) = self.id(node, &mut cursor) else { return ids };
            ids.push(id);
            if cursor.peek() != Some(&Lexeme::Comma) || cursor.lexemes.len() == 1 {
                self.end(node, cursor);
                return ids;
            }
            cursor.comma();
        }
    }
}
