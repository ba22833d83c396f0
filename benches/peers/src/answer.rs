//! What an engine answers about a group.

use std::fmt;

/// The answers there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Eligible,
    Ineligible,
    /// It hinges on what is not known.
    Undetermined,
    /// No answer: the engine refuses the facts, or fails on them, and says why.
    Error(String),
}

impl Answer {
    pub fn of(eligible: bool) -> Self {
        if eligible { Self::Eligible } else { Self::Ineligible }
    }

    pub fn error(error: impl fmt::Display) -> Self {
        Self::Error(error.to_string())
    }

    /// Whether the answer serves where another is right. An error where facts are missing says, too, that the group
    /// cannot be decided on, so it is as good as *undetermined*; of a text in place of a number only an error is right.
    pub fn serves(&self, right: &Right) -> bool {
        match right {
            Right::Eligible => *self == Self::Eligible,
            Right::Ineligible => *self == Self::Ineligible,
            Right::Undetermined => matches!(self, Self::Undetermined | Self::Error(_)),
            Right::Error => matches!(self, Self::Error(_)),
        }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Eligible => "eligible",
            Self::Ineligible => "not eligible",
            Self::Undetermined => "undetermined",
            Self::Error(_) => "error",
        })
    }
}

/// The answer that is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    Eligible,
    Ineligible,
    Undetermined,
    Error,
}

impl fmt::Display for Right {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Eligible => "eligible",
            Self::Ineligible => "not eligible",
            Self::Undetermined => "undetermined",
            Self::Error => "error",
        })
    }
}
