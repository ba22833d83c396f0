//! Days that are described by how far they are from the as-of date.

use super::{Date, Length, Ranges};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The days that are at some distance from the as-of date: `within the last 12 months`.
///
/// # Example
/// ```
/// use placet::value::{Date, Length, TimeUnit, Window};
///
/// let window = Window::AtLeastAgo(Length { count: 6, unit: TimeUnit::Days });
/// let day = |text| Date::parse(text).map(Date::number);
/// let days = window.days(Date::parse("2016-02-10").ok_or("a day")?);
/// assert!(day("2016-02-04").is_some_and(|day| days.contains(day)));
/// assert!(day("2016-02-05").is_some_and(|day| !days.contains(day)));
/// assert_eq!(window.to_string(), "at least 6 days ago");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Window {
    /// From the as-of date minus a length of time up to the as-of date, both included.
    WithinLast(Length),
    /// The days that lie a length of time or more before the as-of date: the day plus the length is not after it.
    AtLeastAgo(Length),
    /// All other days up to the as-of date.
    LessThanAgo(Length),
    /// The days after the as-of date.
    Future,
}

impl Window {
    /// Returns the days, as [day numbers](Date::number).
    pub fn days(self, as_of: Date) -> Ranges {
        let today = as_of.number();
        match self {
            Window::WithinLast(length) => Ranges::between(as_of.minus(length).number(), today),
            Window::AtLeastAgo(length) => last_ago(as_of, length).map_or_else(Ranges::none, Ranges::at_most),
            Window::LessThanAgo(length) => match last_ago(as_of, length) {
                Some(ago) => Ranges::between(ago.saturating_add(1), today),
                None => Ranges::at_most(today),
            },
            Window::Future => Ranges::more_than(today),
        }
    }

    /// Returns an as-of date on which a day may enter or leave the window. The other such dates are the day itself and
    /// the day after it.
    pub fn turn(self, day: Date) -> Option<Date> {
        match self {
            Window::WithinLast(length) => Some(too_old(day, length)),
            Window::AtLeastAgo(length) | Window::LessThanAgo(length) => Some(day.plus(length)),
            Window::Future => None,
        }
    }

    /// Returns the length of time, if the window has one.
    pub fn length(self) -> Option<Length> {
        match self {
            Window::WithinLast(length) | Window::AtLeastAgo(length) | Window::LessThanAgo(length) => {
                Some(length)
            }
            Window::Future => None,
        }
    }
}

/// Returns the number of the last day that lies a length of time or more before a day, if any day does.
fn last_ago(day: Date, length: Length) -> Option<i64> {
    let mut ago = day.minus(length);
    // Months differ in length, so up to three later days also reach the day.
    for later in std::iter::successors(Some(ago), |ago| Some(ago.next())).take(5) {
        if later.plus(length) <= day {
            ago = later;
        }
    }
    (ago.plus(length) <= day).then_some(ago.number())
}

/// Returns the first day on which a date lies further back than a length of time.
pub fn too_old(date: Date, length: Length) -> Date {
    let mut day = date.plus(length);
    // Months differ in length, so up to four more days may be needed.
    for _ in 0..5 {
        if day.minus(length) > date {
            break;
        }
        day = day.next();
    }
    day
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Window::WithinLast(length) => write!(f, "within the last {length}"),
            Window::AtLeastAgo(length) => write!(f, "at least {length} ago"),
            Window::LessThanAgo(length) => write!(f, "less than {length} ago"),
            Window::Future => f.write_str("in the future"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::TimeUnit;
    use proptest::prelude::*;

    fn length() -> impl Strategy<Value = Length> {
        let units = [TimeUnit::Days, TimeUnit::Weeks, TimeUnit::Months, TimeUnit::Years];
        (0_u32..40, prop::sample::select(units.to_vec())).prop_map(|(count, unit)| Length { count, unit })
    }

    fn day() -> impl Strategy<Value = Date> {
        (700_000_i64..760_000).prop_map(|day| Date::from_number(day).expect("a day"))
    }

    proptest! {
        #[test]
        fn too_old_returns_the_first_day(date in day(), length in length()) {
            let first = too_old(date, length);
            prop_assert!(first.minus(length) > date);
            prop_assert!(first.previous().minus(length) <= date);
        }

        #[test]
        fn a_day_is_long_ago_when_the_time_since_it_has_passed(date in day(), length in length(), more in 0_i64..1200) {
            let as_of = Date::from_number(date.number() + more).expect("a day");
            let is = |window: Window| window.days(as_of).contains(date.number());
            prop_assert_eq!(is(Window::AtLeastAgo(length)), date.plus(length) <= as_of);
            prop_assert_eq!(is(Window::LessThanAgo(length)), date.plus(length) > as_of);
            prop_assert!(!is(Window::Future));
        }

        #[test]
        fn a_window_changes_only_on_its_turns(date in day(), length in length(), more in 0_i64..1200) {
            let as_of = Date::from_number(date.number() + more).expect("a day");
            let windows = [Window::WithinLast(length), Window::AtLeastAgo(length), Window::LessThanAgo(length), Window::Future];
            for window in windows {
                let is = |as_of: Date| window.days(as_of).contains(date.number());
                let turns = [Some(date), Some(date.next()), window.turn(date)];
                if is(as_of) != is(as_of.next()) {
                    prop_assert!(turns.contains(&Some(as_of.next())), "{} {}", window, as_of);
                }
            }
        }
    }
}
