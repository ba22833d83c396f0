//! Candidates: the left-out statements that are made to count, and the outcomes that they may change.

use super::Outcome;
use crate::evidence::{LeftOut, Statement};
use crate::id::{AssistanceId, EntityId, VarId};
use crate::sorted::SortedSet;

/// A left-out statement that can be made to count.
pub(super) struct Candidate<'a> {
    pub entity: EntityId,
    pub statement: &'a Statement,
    pub why: LeftOut,
    /// The variable that it is about, in the evaluation with the index `evaluation`.
    pub var: VarId,
    pub evaluation: usize,
    /// The places of the outcomes that it may change.
    pub may_change: SortedSet<usize>,
}

/// An outcome that other statements may change.
#[derive(Clone, Copy)]
pub(super) struct AskedOutcome {
    pub assistance: AssistanceId,
    pub outcome: Outcome,
}
