//! Scenarios: the tests that a policy carries.
//!
//! Made from the scenario blocks of a policy's files. A scenario is a small dossier and what is expected of the
//! decision on it; running it shows what was expected beside what came out.

mod from_syntax;
mod problem;
mod run;

pub use from_syntax::read;
pub use run::{run, run_with};

use crate::evidence::Dossier;
use crate::id::AssistanceId;
use crate::span::Span;
use crate::value::Date;

/// A scenario, ready to run.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The title.
    pub title: String,
    /// The date of the decision.
    pub as_of: Date,
    /// What is given, with what it takes from the scenario it starts from.
    pub given: Dossier,
    /// What is expected, in the order of the file.
    pub expects: Vec<Expected>,
    /// Its header line.
    pub span: Span,
}

/// What is expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// What.
    pub what: What,
    /// The line, as it is written.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of expectation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A verdict, and why.
    Verdict {
        /// The type of assistance.
        assistance: AssistanceId,
        /// The verdict.
        outcome: crate::decision::Outcome,
        /// Ids of rules that must be among those that fail.
        because: Vec<String>,
        /// Facts that must be among those missing.
        want: Vec<String>,
    },
    /// The one value of a choice, by its place in the policy.
    Choice(usize, String),
    /// An obligation, by its place in the policy, and whether it is carried.
    Obligation(usize, bool),
}

/// What became of a scenario.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The title.
    pub title: String,
    /// Its header line.
    pub span: Span,
    /// Each expectation with what came out.
    pub checks: Vec<Check>,
}

impl Outcome {
    /// Whether every expectation came true.
    pub fn passed(&self) -> bool {
        self.checks.iter().all(|check| check.passed)
    }
}

/// One expectation with what came out.
#[derive(Clone, Debug)]
pub struct Check {
    /// What was expected, as it is written.
    pub expected: String,
    /// What came out, in the same words.
    pub actual: String,
    /// Whether they agree.
    pub passed: bool,
    /// Where the expectation stands.
    pub span: Span,
}
