//! The errors in columns.

use crate::id::VarId;

/// The reason why rows cannot be evaluated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BitplaneError {
    /// A column has too few rows.
    #[error("the column of variable {} has too few rows: {rows}", var.0)]
    Short {
        /// The variable.
        var: VarId,
        /// The number of its rows.
        rows: usize,
    },
    /// A value is impossible.
    #[error("row {row} has an impossible value of variable {}", var.0)]
    Value {
        /// The variable.
        var: VarId,
        /// The first such row.
        row: usize,
    },
}
