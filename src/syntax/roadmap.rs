//! Reads phases and choices.

use super::lexeme::small_number;
use super::line::{Cursor, Node, Reading};
use super::lines::{Lines, Seen};
use super::problem::SyntaxError;
use super::{Choice, Condition, Header, Lexeme, Phase};
use crate::span::{Spanned, Text};

const PHASE: Lines = Lines::with_header(
    "phase",
    &[
        "opens",
        "begins early when",
        "begins when",
        "reached when",
        "on",
        "in force",
        "cite",
        "remedy",
        "note",
    ],
    &[],
);

const CHOICE: Lines =
    Lines::with_header("choice", &["otherwise", "for", "on", "cite", "note"], &["otherwise"]);

const NO_EXCEPTION: Result<(), &str> = Err("put what must not hold into the condition itself");

impl Reading<'_> {
    /// Reads `phase N "…"`.
    pub(super) fn phase(&mut self, node: &Node, mut cursor: Cursor<'_>) -> Option<Phase> {
        let number = self.phase_number(node, &mut cursor);
        let title = self.title(node, &mut cursor, PHASE.block);
        let id = number.map(|number| Spanned { value: format!("phase-{}", number.value), span: number.span });
        let mut phase = Phase {
            number: number.unwrap_or(Spanned { value: 0, span: node.span }),
            header: Header::new(id, Some(title), node.span),
            any_order: self.addition(node, cursor, &["in any order"]).is_some(),
            begins: None,
            begins_early: None,
            reached: None,
        };
        let mut seen = Seen::default();
        for line in self.lines_of(&node.below, &PHASE) {
            let Some((word, cursor)) = self.line(line, &PHASE, &mut seen) else { continue };
            let condition = match word {
                "begins early when" => &mut phase.begins_early,
                "begins when" => &mut phase.begins,
                "reached when" => &mut phase.reached,
                word => {
                    self.header_line(line, word, cursor, &mut phase.header);
                    continue;
                }
            };
            *condition = self.conditional(line, cursor, NO_EXCEPTION).condition;
        }
        self.complete(node, &PHASE, &seen);
        number.map(|_| phase)
    }

    fn phase_number(&mut self, node: &Node, cursor: &mut Cursor<'_>) -> Option<Spanned<u32>> {
        let span = cursor.place();
        let number = cursor.peek().and_then(small_number).filter(|number| *number > 0);
        if number.is_none() {
            match cursor.peek() {
                Some(Lexeme::Word(_) | Lexeme::Number(_) | Lexeme::Date(_)) => {
                    let found = self.text.get(span.range()).unwrap_or("").to_owned();
                    self.report(node, span, SyntaxError::PhaseNumber { found });
                }
                _ => self.expected(node, cursor, "the number of the phase, such as `phase 1`"),
            }
        }
        if !matches!(cursor.peek(), None | Some(Lexeme::Text(_))) {
            cursor.next();
        }
        number.map(|value| Spanned { value, span })
    }

    /// Reads `choice NAME "…"`.
    pub(super) fn choice(&mut self, node: &Node, cursor: Cursor<'_>) -> Option<Choice> {
        let (name, title, cursor) = self.named(node, cursor, "the name of the choice");
        self.end(node, cursor);
        let known = name.is_some();
        let header = Header::new(name, title, node.span);
        let mut choice = Choice { header, branches: Vec::new(), otherwise: None };
        let mut seen = Seen::default();
        for line in self.lines_of(&node.below, &CHOICE) {
            if !line.bullet && matches!(line.lexemes.first().map(|first| &first.value), Some(Lexeme::Text(_)))
            {
                choice.branches.extend(self.branch(line, &seen));
                continue;
            }
            let Some((word, cursor)) = self.line(line, &CHOICE, &mut seen) else { continue };
            match word {
                "otherwise" => choice.otherwise = self.text(line, cursor),
                word => self.header_line(line, word, cursor, &mut choice.header),
            }
        }
        self.complete(node, &CHOICE, &seen);
        known.then_some(choice)
    }

    /// Reads `"VALUE" when …`.
    fn branch(&mut self, line: &Node, seen: &Seen) -> Option<(Text, Condition)> {
        if let Some(otherwise) = seen.place("otherwise") {
            self.report(line, line.span, SyntaxError::AfterOtherwise { otherwise });
        }
        let mut cursor = line.cursor();
        let value = self.quoted(&mut cursor)?;
        if cursor.eat("when").is_none() {
            self.expected(line, &cursor, "`when` and a condition");
            return None;
        }
        let condition = self.conditional(line, cursor, NO_EXCEPTION).condition?;
        Some((value, condition))
    }
}
