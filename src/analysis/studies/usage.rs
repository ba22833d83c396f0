//! How a policy can use a fact.

/// How a policy uses a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// No condition uses the fact.
    None,
    /// Conditions use the fact, but its value never changes a result.
    Idle,
    /// The value of the fact can change a result.
    Relevant,
}
