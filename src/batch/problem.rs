//! What can be wrong with columns.

use crate::id::VarId;

/// Why rows cannot be decided on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// A column has too few rows.
    #[error("the column of variable {} has {rows} rows, fewer than are to be decided on", var.0)]
    Short {
        /// The variable.
        var: VarId,
        /// How many rows it has.
        rows: usize,
    },
    /// A value cannot be.
    #[error("row {row} has a value of variable {} that cannot be", var.0)]
    Value {
        /// The variable.
        var: VarId,
        /// The first such row.
        row: usize,
    },
}
