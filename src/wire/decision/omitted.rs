//! The statements that evidence standards left out and that would change a verdict.

use super::super::words;
use super::fact::Used;
use crate::decision::{Omitted, Outcome};
use crate::evidence::Statement;
use serde::Serialize;
use std::borrow::Cow;

#[derive(Serialize)]
pub(super) struct OmittedOut<'a> {
    statements: Vec<StatementOut<'a>>,
    verdict: Option<&'static str>,
    cut_short: bool,
}

#[derive(Serialize)]
struct StatementOut<'a> {
    fact: Cow<'a, str>,
    /// The index in the subject's list of statements. It is set later, by `place_in`.
    statement: usize,
    why: &'static str,
    #[serde(skip)]
    original: &'a Statement,
}

impl<'a> OmittedOut<'a> {
    /// Returns `None` if all sets of statements were tried and none would change the verdict.
    pub(super) fn new(
        omitted: &'a Omitted<'a>,
        word: impl Fn(Outcome) -> &'static str,
        used: &mut Used<'a>,
    ) -> Option<OmittedOut<'a>> {
        if omitted.statements.is_empty() && !omitted.cut_short {
            return None;
        }
        let statements = omitted.statements.iter().map(|one| StatementOut {
            fact: used.fact(&one.fact),
            statement: 0,
            why: words::left_out(one.why, &one.statement.provenance),
            original: one.statement,
        });
        Some(OmittedOut {
            statements: statements.collect(),
            verdict: omitted.outcome.map(word),
            cut_short: omitted.cut_short,
        })
    }

    /// Sets the indexes of the statements.
    pub(super) fn place_in(&mut self, statements: &[&Statement]) {
        for one in &mut self.statements {
            let place = statements.iter().position(|other| std::ptr::eq(*other, one.original));
            one.statement = place.unwrap_or_default();
        }
    }
}
