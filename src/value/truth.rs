//! Three-valued truth.
//!
//! # Source
//! S. C. Kleene, Introduction to Metamathematics (1952), section 64: the strong tables.

use std::ops::Not;

/// What is known of a yes-or-no question.
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
    /// It fails however the open facts turn out.
    No,
    /// It can turn out either way, as far as is known.
    Open,
    /// It holds however the open facts turn out.
    Yes,
}

impl Truth {
    /// Both hold: the lesser of the two.
    #[must_use]
    pub fn and(self, other: Truth) -> Truth {
        self.min(other)
    }

    /// At least one holds: the greater of the two.
    #[must_use]
    pub fn or(self, other: Truth) -> Truth {
        self.max(other)
    }

    /// Whether it is settled.
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
