//! Three-valued truth.
//!
//! # Source
//! S. C. Kleene, Introduction to Metamathematics (1952), section 64: the strong tables.

use std::ops::Not;

/// The truth value of a yes-or-no question, as far as it is known.
///
/// # Example
/// ```
/// use placet::value::Truth::{No, Open, Yes};
///
/// assert_eq!(Yes.and(Open), Open);
/// assert_eq!(No.and(Open), No);
/// assert_eq!(Yes.or(Open), Yes);
/// assert_eq!(!Open, Open);
/// assert!(No.settled() && !Open.settled());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// The statement is false for all values of the open facts.
    No,
    /// The statement can still be true or false, as far as is known.
    Open,
    /// The statement is true for all values of the open facts.
    Yes,
}

impl Truth {
    /// Returns the conjunction: the lesser of the two values.
    #[must_use]
    pub fn and(self, other: Truth) -> Truth {
        self.min(other)
    }

    /// Returns the disjunction: the greater of the two values.
    #[must_use]
    pub fn or(self, other: Truth) -> Truth {
        self.max(other)
    }

    /// Returns whether the value is settled, that is, not open.
    pub fn settled(self) -> bool {
        self != Truth::Open
    }
}

impl Not for Truth {
    type Output = Truth;

    fn not(self) -> Truth {
        match self {
            Truth::No => Truth::Yes,
            Truth::Open => Truth::Open,
            Truth::Yes => Truth::No,
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Truth {
        if value { Truth::Yes } else { Truth::No }
    }
}
