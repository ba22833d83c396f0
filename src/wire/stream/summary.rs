//! The results of all rows of a table, as numbers.

use crate::decision::Outcome;
use crate::diagnostic::Diagnostic;
use crate::id::{AssistanceId, RuleId};
use crate::sorted::SortedMap;

/// The number of invalid rows that are reported individually. All are counted.
pub const MOST_REPORTED: usize = 20;

/// The results of all rows so far.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// The number of rows that were read, including invalid ones.
    pub rows: u64,
    /// The number of invalid rows.
    pub bad: u64,
    /// The first invalid rows, at most [`MOST_REPORTED`], each with its line.
    pub first_bad: Vec<(u64, Bad)>,
    /// The number of invalid rows by the code of the finding and the column.
    pub ways: SortedMap<(&'static str, Option<String>), u64>,
    /// The outcomes for each type of assistance that is decided on.
    pub types: Vec<Count>,
    /// The rules that fail for any of these types, each with the number of rows.
    pub rules: SortedMap<RuleId, u64>,
    /// Whether each id was compared with the ids of all previous rows.
    pub ids_are_whole: bool,
}

/// What is wrong with a row: its first error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bad {
    /// The code of the finding.
    pub code: &'static str,
    /// The message.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// The column, if the error is in a cell.
    pub column: Option<String>,
}

impl Bad {
    pub(super) fn of(problem: Diagnostic, column: Option<String>) -> Bad {
        let Diagnostic { code, message, help, .. } = problem;
        Bad { code, message, help, column }
    }
}

impl std::fmt::Display for Bad {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(column) = &self.column {
            write!(f, "{column}: ")?;
        }
        f.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(f, " ({help})"),
            None => Ok(()),
        }
    }
}

/// The numbers of outcomes for one type of assistance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// The type of assistance.
    pub assistance: AssistanceId,
    /// The number of rows that are eligible.
    pub eligible: u64,
    /// The number of rows that are ineligible.
    pub ineligible: u64,
    /// The number of rows that are undetermined.
    pub undetermined: u64,
    /// The number of rows whose outcome is sound only.
    pub sound_only: u64,
}

impl Count {
    pub(super) fn of(&mut self, outcome: Outcome) -> &mut u64 {
        match outcome {
            Outcome::Eligible => &mut self.eligible,
            Outcome::Ineligible => &mut self.ineligible,
            Outcome::Undetermined => &mut self.undetermined,
        }
    }
}

impl Summary {
    pub(super) fn new(assistance: &[AssistanceId]) -> Summary {
        let count = |id: &AssistanceId| Count {
            assistance: *id,
            eligible: 0,
            ineligible: 0,
            undetermined: 0,
            sound_only: 0,
        };
        Summary { types: assistance.iter().map(count).collect(), ids_are_whole: true, ..Summary::default() }
    }

    pub(super) fn add_bad(&mut self, line: u64, bad: &Bad) {
        self.bad += 1;
        if self.first_bad.len() < MOST_REPORTED {
            self.first_bad.push((line, bad.clone()));
        }
        *self.ways.entry((bad.code, bad.column.clone())).or_default() += 1;
    }

    /// Returns the number of rows that were decided on.
    pub fn decided(&self) -> u64 {
        self.rows - self.bad
    }

    /// Returns the rules that fail, the most frequent first.
    pub fn failing(&self) -> Vec<(RuleId, u64)> {
        let mut rules: Vec<(RuleId, u64)> = self.rules.iter().map(|(rule, rows)| (*rule, *rows)).collect();
        rules.sort_by_key(|(rule, rows)| (std::cmp::Reverse(*rows), *rule));
        rules
    }
}
