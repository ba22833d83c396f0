//! The parts of claims and of provenance in words, the same in the language and in what people are shown.

use super::Provenance;
use crate::value::Ranges;

/// Returns each of several ranges in words, such as `at least 50`, or `not 50` for all values except one. `from` and
/// `up_to` precede the only bound of a range.
///
/// Returns `None` if a bound has no words, or if a range has no bounds and there is no word for `any` value.
pub(crate) fn ranges(
    ranges: &Ranges,
    [from, up_to]: [&str; 2],
    any: Option<&str>,
    point: impl Fn(i64) -> Option<String>,
) -> Option<Vec<String>> {
    if let Some(excluded) = ranges.complement().single() {
        return Some(vec![format!("not {}", point(excluded)?)]);
    }
    let range = |&(low, high): &(i64, i64)| match (low, high) {
        _ if low == high => point(low),
        (i64::MIN, i64::MAX) => any.map(str::to_owned),
        (low, i64::MAX) => Some(format!("{from} {}", point(low)?)),
        (i64::MIN, high) => Some(format!("{up_to} {}", point(high)?)),
        (low, high) => Some(format!("between {} and {}", point(low)?, point(high)?)),
    };
    ranges.ranges().iter().map(range).collect()
}

/// Returns which of the values of a choice are claimed: `west`, `not west`, `one of west, south`.
pub(crate) fn values(bits: u64, values: &[String], spelling: impl Fn(&str) -> String) -> String {
    let named = |wanted: u64| -> Vec<String> {
        let chosen = values.iter().enumerate().filter(|(place, _)| bits >> place & 1 == wanted);
        chosen.map(|(_, value)| spelling(value)).collect()
    };
    match (named(1).as_slice(), named(0).as_slice()) {
        ([only], _) => only.clone(),
        (_, [other]) => format!("not {other}"),
        (chosen, _) => format!("one of {}", chosen.join(", ")),
    }
}

impl Provenance {
    /// Returns what is known of the source other than its name: `a rival`, `rated C3`, `on 2016-02-01`.
    pub(crate) fn marks(&self) -> impl Iterator<Item = String> {
        let marks = [
            (self.rival, "a rival"),
            (self.subject, "the subject itself"),
            (self.interested, "an interested party"),
            (self.promise, "a promise"),
        ];
        let marks = marks.into_iter().filter(|(marked, _)| *marked).map(|(_, words)| words.to_owned());
        let grade = self.grade.map(|grade| format!("rated {grade}"));
        marks.chain(grade).chain(self.date.map(|date| format!("on {date}")))
    }
}
