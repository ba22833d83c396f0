//! The values of facts and verdicts: truth values, dates, ranges of numbers, grades.

mod date;
mod language;
mod ranges;
mod truth;
mod window;

pub use date::{Date, Length, TimeUnit};
pub use language::language_tag;
pub use ranges::Ranges;
pub use truth::Truth;
pub use window::{Window, too_old};

use serde::{Deserialize, Serialize};
use std::fmt;

/// An Admiralty grade: the reliability of the source and the credibility of the information, judged separately.
///
/// # Source
/// NATO STANAG 2511 / AJP-2.1: A to F and 1 to 6, where F and 6 mean "cannot be judged", not "worst".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Grade {
    /// The reliability of the source: 1 for A to 6 for F.
    pub source: u8,
    /// The credibility of the information: 1 to 6.
    pub information: u8,
}

impl Grade {
    /// Reads a grade such as `C3`.
    ///
    /// # Example
    /// ```
    /// use placet::value::Grade;
    /// assert_eq!(Grade::parse("C3").map(|grade| grade.to_string()), Some("C3".to_owned()));
    /// assert_eq!(Grade::parse("G3"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Grade> {
        let mut characters = text.chars();
        let (Some(source), Some(information), None) =
            (characters.next(), characters.next(), characters.next())
        else {
            return None;
        };
        let source = u8::try_from("ABCDEF".find(source)?).ok()? + 1;
        let information = u8::try_from("123456".find(information)?).ok()? + 1;
        Some(Grade { source, information })
    }

    /// Returns whether both parts can be judged and neither is worse than in `least`.
    ///
    /// # Example
    /// ```
    /// use placet::value::Grade;
    ///
    /// let meets_c3 = |grade| Grade::parse(grade).zip(Grade::parse("C3")).is_some_and(|(grade, least)| grade.meets(least));
    /// assert!(meets_c3("B2"));
    /// assert!(!meets_c3("A4"));
    /// assert!(!meets_c3("F1"));
    /// ```
    pub fn meets(self, least: Grade) -> bool {
        self.source < 6
            && self.information < 6
            && self.source <= least.source
            && self.information <= least.information
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = "ABCDEF".chars().nth(usize::from(self.source.saturating_sub(1))).unwrap_or('F');
        write!(f, "{letter}{}", self.information)
    }
}
