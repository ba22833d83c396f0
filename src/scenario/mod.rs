//! Scenarios: the tests in a policy.
//!
//! Scenarios are read from the scenario blocks of a policy's files. A scenario is a small dossier with the expected
//! decision on it. Running it compares the expected result with the actual one.

mod from_syntax;
mod problem;
mod run;

pub use from_syntax::read;
pub use run::{run, run_with};

use crate::evidence::Dossier;
use crate::id::AssistanceId;
use crate::span::Span;
use crate::value::{Date, Truth};

/// A scenario that is ready to run.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The title.
    pub title: String,
    /// The date of the decision.
    pub as_of: Date,
    /// The given statements, including those of the scenario that it is based on.
    pub given: Dossier,
    /// The expectations, in the order of the file.
    pub expects: Vec<Expected>,
    /// The place of the header line.
    pub span: Span,
}

/// An expectation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// The expected result.
    pub what: What,
    /// The line as written.
    pub text: String,
    /// The place in the file.
    pub span: Span,
}

/// The kinds of expectation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A verdict and its explanation.
    Verdict {
        /// The type of assistance.
        assistance: AssistanceId,
        /// The outcome.
        outcome: crate::decision::Outcome,
        /// The ids of rules that must be among the failing ones.
        because: Vec<String>,
        /// The facts that must be among the missing ones.
        want: Vec<String>,
    },
    /// The only value of a choice, which is given by its index in the policy.
    Choice(usize, String),
    /// An obligation, given by its index in the policy, and whether it must be attached.
    Obligation(usize, bool),
    /// Whether a type of assistance raises a concern, which is given by its index in the policy, or any concern.
    Concern {
        /// The type of assistance.
        assistance: AssistanceId,
        /// The concern, or `None` for any.
        concern: Option<usize>,
        /// Whether it must be raised, not raised, or open.
        raised: Truth,
    },
}

/// The result of running a scenario.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The title.
    pub title: String,
    /// The place of the header line.
    pub span: Span,
    /// The expectations with their actual results.
    pub checks: Vec<Check>,
}

impl Outcome {
    /// Returns whether every expectation is met.
    pub fn passed(&self) -> bool {
        self.checks.iter().all(|check| check.passed)
    }
}

/// One expectation with its actual result.
#[derive(Clone, Debug)]
pub struct Check {
    /// The expected result, as written.
    pub expected: String,
    /// The actual result, in the same form.
    pub actual: String,
    /// Whether the two agree.
    pub passed: bool,
    /// The place of the expectation.
    pub span: Span,
}
