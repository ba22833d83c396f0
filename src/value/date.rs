//! Days of the calendar, and lengths of time.

use crate::text::Part;
use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Date(NaiveDate);

impl From<Date> for i64 {
    fn from(day: Date) -> i64 {
        day.number()
    }
}

impl TryFrom<i64> for Date {
    type Error = &'static str;

    fn try_from(number: i64) -> Result<Self, Self::Error> {
        let day = Date::from_number(number).filter(|day| (Date::FIRST..=Date::LAST).contains(day));
        day.ok_or("not a day that can be written")
    }
}

/// Returns an existing day.
const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(day) => day,
        None => NaiveDate::MIN,
    }
}

impl Date {
    /// The first day that can be written: 0000-01-01.
    pub const FIRST: Date = Date(day(0, 1, 1));

    /// The last day that can be written: 9999-12-31.
    pub const LAST: Date = Date(day(9999, 12, 31));

    /// Reads `2016-02-01`: four digits, two, two, and a day that exists.
    ///
    /// # Example
    /// ```
    /// use placet::value::Date;
    /// assert!(Date::parse("2016-02-29").is_some());
    /// assert!(Date::parse("2015-02-29").is_none());
    /// assert!(Date::parse("2016-2-9").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Date> {
        let &[y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = text.as_bytes() else { return None };
        let number = |digits: &[u8]| {
            let each = digits.iter().map(|byte| byte.is_ascii_digit().then(|| u32::from(byte - b'0')));
            each.reduce(|one, next| Some(one? * 10 + next?)).flatten()
        };
        let year = i32::try_from(number(&[y0, y1, y2, y3])?).ok()?;
        NaiveDate::from_ymd_opt(year, number(&[m0, m1])?, number(&[d0, d1])?).map(Date)
    }

    /// Returns the number of the day.
    ///
    /// # Units
    /// Days; 1 is 0001-01-01.
    ///
    /// # Example
    /// ```
    /// use placet::value::Date;
    ///
    /// assert_eq!(Date::parse("0001-01-02").map(Date::number), Some(2));
    /// ```
    pub fn number(self) -> i64 {
        i64::from(self.0.num_days_from_ce())
    }

    /// Returns the day with a number, if the calendar has it.
    ///
    /// # Example
    /// ```
    /// use placet::value::Date;
    ///
    /// let day = Date::parse("2016-02-15");
    /// assert_eq!(day.and_then(|day| Date::from_number(day.number())), day);
    /// assert_eq!(Date::from_number(i64::MAX), None);
    /// ```
    pub fn from_number(number: i64) -> Option<Date> {
        NaiveDate::from_num_days_from_ce_opt(i32::try_from(number).ok()?).map(Date)
    }

    /// Returns whether the day is the first of a month.
    ///
    /// # Example
    /// ```
    /// use placet::value::Date;
    ///
    /// assert_eq!(Date::parse("2016-03-01").map(Date::is_first_of_month), Some(true));
    /// ```
    pub fn is_first_of_month(self) -> bool {
        self.0.day() == 1
    }

    /// Returns the day that is a length of time earlier.
    ///
    /// If the month is too short, this is its last day. If the day would be before the start of the calendar, this is
    /// the first day of the calendar.
    ///
    /// # Example
    /// ```
    /// use placet::value::{Date, Length, TimeUnit};
    ///
    /// let month = Length { count: 1, unit: TimeUnit::Months };
    /// assert_eq!(Date::parse("2016-03-31").map(|day| day.minus(month)), Date::parse("2016-02-29"));
    /// ```
    #[must_use]
    pub fn minus(self, length: Length) -> Date {
        self.moved(length, false).unwrap_or(Date(NaiveDate::MIN))
    }

    /// Returns the day that is a length of time later, with the same limits as for [`minus`](Date::minus).
    ///
    /// # Example
    /// ```
    /// use placet::value::{Date, Length, TimeUnit};
    ///
    /// let month = Length { count: 1, unit: TimeUnit::Months };
    /// assert_eq!(Date::parse("2015-01-31").map(|day| day.plus(month)), Date::parse("2015-02-28"));
    /// ```
    #[must_use]
    pub fn plus(self, length: Length) -> Date {
        self.moved(length, true).unwrap_or(Date(NaiveDate::MAX))
    }

    /// Returns the day before.
    ///
    /// # Example
    /// ```
    /// use placet::value::Date;
    ///
    /// assert_eq!(Date::parse("2016-03-01").map(Date::previous), Date::parse("2016-02-29"));
    /// ```
    #[must_use]
    pub fn previous(self) -> Date {
        Date(self.0.pred_opt().unwrap_or(NaiveDate::MIN))
    }

    /// Returns the day after.
    ///
    /// # Example
    /// ```
    /// use placet::value::Date;
    ///
    /// assert_eq!(Date::parse("2015-12-31").map(Date::next), Date::parse("2016-01-01"));
    /// ```
    #[must_use]
    pub fn next(self) -> Date {
        Date(self.0.succ_opt().unwrap_or(NaiveDate::MAX))
    }

    fn moved(self, length: Length, forward: bool) -> Option<Date> {
        let count = length.count;
        let by_days = |days: u64| {
            let days = chrono::Days::new(days);
            let day = if forward { self.0.checked_add_days(days) } else { self.0.checked_sub_days(days) };
            day.map(Date)
        };
        let months = match length.unit {
            TimeUnit::Days => return by_days(u64::from(count)),
            TimeUnit::Weeks => return by_days(7 * u64::from(count)),
            TimeUnit::Months => Months::new(count),
            TimeUnit::Years => Months::new(count.checked_mul(12)?),
        };
        let day = if forward { self.0.checked_add_months(months) } else { self.0.checked_sub_months(months) };
        day.map(Date)
    }
}

/// Digits and hyphens, which no format treats as markup.
impl<F> Part<F> for Date {
    fn put(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The formatter of `chrono` would weigh 13 KB in a web page.
        f.pad(&format!("{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day()))
    }
}

/// A length of time: `12 months`.
///
/// # Example
/// ```
/// use placet::value::{Length, TimeUnit};
///
/// assert_eq!(Length { count: 1, unit: TimeUnit::Years }.to_string(), "1 year");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Length {
    /// The number of units.
    pub count: u32,
    /// The unit.
    pub unit: TimeUnit,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum TimeUnit {
    /// `days`
    Days,
    /// `weeks`
    Weeks,
    /// `months`
    Months,
    /// `years`
    Years,
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            TimeUnit::Days => "day",
            TimeUnit::Weeks => "week",
            TimeUnit::Months => "month",
            TimeUnit::Years => "year",
        };
        write!(f, "{} {unit}{}", self.count, if self.count == 1 { "" } else { "s" })
    }
}
