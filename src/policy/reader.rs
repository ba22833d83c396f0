//! The state in which a policy is read, and what the readers of its blocks share.

use super::problem::Problem;
use super::vocabulary::Names;
use super::{Period, Vocabulary};
use crate::bundle::Bundle;
use crate::diagnostic::Diagnostic;
use crate::syntax;

/// The state that is needed throughout the reading of a policy.
pub(super) struct PolicyReader<'a> {
    pub(super) bundle: &'a Bundle,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) names: &'a Names,
    pub(super) problems: &'a mut Vec<Diagnostic>,
}

impl PolicyReader<'_> {
    /// Returns the value, or reports the error and returns `None`.
    pub(super) fn keep<T>(&mut self, result: Result<T, Problem>) -> Option<T> {
        result.map_err(|problem| self.problems.push(*problem)).ok()
    }

    pub(super) fn period(&mut self, period: syntax::Period) -> Period {
        if let (Some(from), Some(until)) = (period.from, period.until)
            && from.value > until.value
        {
            self.problems.push(
                Diagnostic::error(
                    "P0247",
                    until.span,
                    format!("the period ends before its start on {}", from.value),
                )
                .label("before the start")
                .see(from.span, "the start")
                .help("write the earlier day after `from` and the later one after `until`"),
            );
        }
        Period { from: period.from.map(|from| from.value), until: period.until.map(|until| until.value) }
    }
}
