//! The errors because of which there are no verdicts on many subjects.

use crate::value::Date;

/// The reason why a bulk decision cannot be decided on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BulkError {
    /// The policy is not in force on that day.
    #[error("policy `{policy}` version {version} is not in force on {day}")]
    NotInForce {
        /// The id of the policy.
        policy: String,
        /// The version of the policy.
        version: String,
        /// The day.
        day: Date,
    },
    /// A condition of the policy depends both on an unknown entity and on a known one.
    #[error(
        "policy `{policy}` has a condition on both an unknown and a known entity: decide on its dossiers one by one"
    )]
    OneByOne {
        /// The id of the policy.
        policy: String,
    },
    /// No fact of the subject, or of the only entity of a kind, has this name.
    #[error("unknown fact `{0}` of the subject or of an `only one` entity")]
    NoFact(String),
    /// The fact is defined by other facts.
    #[error("`{0}` has a definition: give the facts of its definition instead")]
    Defined(String),
    /// Two columns are about the same fact.
    #[error("there are two columns about `{0}`")]
    Twice(String),
    /// There is no such evidence standard.
    #[error("unknown evidence standard `{0}`")]
    NoStandard(String),
    /// The values are not of the type of the fact.
    #[error("the values of the column `{fact}` have the wrong type: expected {takes}")]
    Sort {
        /// The fact.
        fact: String,
        /// The values that the fact takes.
        takes: &'static str,
    },
    /// A column has too few rows.
    #[error("the column `{fact}` has too few rows: {rows}")]
    Short {
        /// The fact.
        fact: String,
        /// The number of its rows.
        rows: usize,
    },
    /// A value is impossible.
    #[error("row {row} of the column `{fact}` has an impossible value")]
    Value {
        /// The fact.
        fact: String,
        /// The first such row, counted from 0.
        row: usize,
    },
}
