//! The answer of an engine about a group.

use std::fmt;

/// The possible answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Eligible,
    Ineligible,
    /// It depends on missing facts.
    Undetermined,
    /// No answer: the engine rejects the facts, or fails on them, with a message.
    Error(String),
}

impl Answer {
    pub fn of(eligible: bool) -> Self {
        if eligible { Self::Eligible } else { Self::Ineligible }
    }

    pub fn error(error: impl fmt::Display) -> Self {
        Self::Error(error.to_string())
    }

    /// Whether the answer is acceptable, given the right one. If facts are missing, an error is as good as
    /// *undetermined*, since it also shows that the group cannot be decided on. For a text instead of a number, only an
    /// error is right.
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

/// The right answer.
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
