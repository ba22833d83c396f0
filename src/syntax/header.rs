//! Reads the lines that rules, phases and choices share.

use super::line::{Cursor, Node, Reading};
use super::{Block, Condition, Header, Period};
use crate::span::{Name, Span, Spanned, Text};

impl Header {
    /// Returns a header without lines. The id stands for a missing title. The header of a block whose id cannot be
    /// read has an empty one: the block is left out, but its lines are read for the errors in them.
    pub(super) fn new(id: Option<Name>, title: Option<Text>, span: Span) -> Header {
        let id = id.unwrap_or(Spanned { value: String::new(), span });
        Header {
            title: title.unwrap_or_else(|| id.clone()),
            id,
            assistance: Vec::new(),
            standard: None,
            period: Period::default(),
            cites: Vec::new(),
            remedy: None,
            notes: Vec::new(),
            span,
        }
    }
}

impl Reading<'_> {
    /// Reads a line of a header. `word` is the start of the line.
    pub(super) fn header_line(&mut self, line: &Node, word: &str, cursor: Cursor<'_>, header: &mut Header) {
        match word {
            "for" | "opens" => header.assistance = self.names(line, cursor, "a type of assistance"),
            "on" => header.standard = self.name(line, cursor, "the name of an evidence standard"),
            "in force" => header.period = self.period(line, cursor),
            "cite" => header.cites.extend(self.citation(line, cursor)),
            "remedy" => header.remedy = self.text(line, cursor),
            _ => header.notes.extend(self.text(line, cursor)),
        }
    }
}

impl Block {
    /// Returns the header and the conditions of a block that has a meaning only in a policy: a rule, phase or choice.
    pub(crate) fn parts(&self) -> Option<(&Header, Vec<&Condition>)> {
        Some(match self {
            Block::Rule(rule) => {
                (&rule.header, [&rule.when, &rule.needs, &rule.unless].into_iter().flatten().collect())
            }
            Block::Phase(phase) => {
                let all = [&phase.begins, &phase.begins_early, &phase.reached];
                (&phase.header, all.into_iter().flatten().collect())
            }
            Block::Choice(choice) => {
                (&choice.header, choice.branches.iter().map(|(_, condition)| condition).collect())
            }
            _ => return None,
        })
    }
}
