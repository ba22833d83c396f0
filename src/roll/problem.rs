//! Why there are no verdicts on a roll.

use crate::value::Date;

/// Why a roll cannot be decided on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The policy is not in force that day.
    #[error("policy `{policy}` version {version} is not in force on {day}")]
    NotInForce {
        /// The policy's id.
        policy: String,
        /// Its version.
        version: String,
        /// The day.
        day: Date,
    },
    /// The policy puts some condition at once to somebody unknown and to somebody known.
    #[error(
        "policy `{policy}` asks at once about somebody unknown and somebody known: decide on its dossiers one by one"
    )]
    OneByOne {
        /// The policy's id.
        policy: String,
    },
    /// No fact of the subject, nor of a thing there is only one of, has this name.
    #[error("there is no fact `{0}` of the subject or of a thing there is only one of")]
    NoFact(String),
    /// The fact is worked out from others.
    #[error("`{0}` is worked out from other facts: say what it is made of")]
    Defined(String),
    /// Two columns are about the same fact.
    #[error("there are two columns about `{0}`")]
    Twice(String),
    /// There is no such evidence standard.
    #[error("there is no evidence standard `{0}`")]
    NoStandard(String),
    /// The values are not of the fact's sort.
    #[error("the values of the column `{fact}` are not of its sort: it takes {takes}")]
    Sort {
        /// The fact.
        fact: String,
        /// What it takes.
        takes: &'static str,
    },
    /// A column has too few rows.
    #[error("the column `{fact}` has {rows} rows, fewer than are to be decided on")]
    Short {
        /// The fact.
        fact: String,
        /// How many rows it has.
        rows: usize,
    },
    /// A value cannot be.
    #[error("row {row} of the column `{fact}` has a value that cannot be")]
    Value {
        /// The fact.
        fact: String,
        /// The first such row, the first of all being 0.
        row: usize,
    },
}
