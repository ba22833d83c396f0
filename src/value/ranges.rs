//! Sets of whole numbers as ranges: the values that a comparison allows or that a statement leaves possible.

use serde::{Deserialize, Serialize};

use crate::sorted::sort;

/// A set of whole numbers, stored as disjoint and non-adjacent ranges in ascending order.
///
/// # Units
/// The unit of the fact; for dates, [day numbers](super::Date::number). Both ends of a range are included; `i64::MIN`
/// and `i64::MAX` mean "no limit".
///
/// # Example
/// ```
/// use placet::value::Ranges;
///
/// let some = Ranges::at_least(50).intersection(&Ranges::less_than(200));
/// assert_eq!(some, Ranges::between(50, 199));
/// assert!(some.contains(50) && !some.contains(200));
/// assert_eq!(some.complement(), Ranges::at_most(49).union(&Ranges::more_than(199)));
/// assert_eq!(Ranges::only(400).single(), Some(400));
/// assert!(Ranges::between(9, 2).is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<(i64, i64)>", into = "Vec<(i64, i64)>")]
pub struct Ranges(Vec<(i64, i64)>);

impl From<Ranges> for Vec<(i64, i64)> {
    fn from(ranges: Ranges) -> Self {
        ranges.0
    }
}

/// Accepts only the form in which a set is stored, so that equal sets are equal values.
impl TryFrom<Vec<(i64, i64)>> for Ranges {
    type Error = &'static str;

    fn try_from(ranges: Vec<(i64, i64)>) -> Result<Self, Self::Error> {
        let whole = ranges.iter().all(|(low, high)| low <= high);
        if whole && merged(ranges.clone()).0 == ranges {
            Ok(Ranges(ranges))
        } else {
            Err("not a set of ranges")
        }
    }
}

impl Ranges {
    /// Returns the empty set.
    pub fn none() -> Ranges {
        Ranges(Vec::new())
    }

    /// Returns the set of all numbers.
    pub fn all() -> Ranges {
        Ranges::between(i64::MIN, i64::MAX)
    }

    /// Returns the numbers from `low` to `high`, both included. The set is empty if `low` is above `high`.
    pub fn between(low: i64, high: i64) -> Ranges {
        Ranges(if low <= high { vec![(low, high)] } else { Vec::new() })
    }

    /// Returns the set with only `value`.
    pub fn only(value: i64) -> Ranges {
        Ranges::between(value, value)
    }

    /// Returns the numbers from `value` on.
    pub fn at_least(value: i64) -> Ranges {
        Ranges::between(value, i64::MAX)
    }

    /// Returns the numbers up to `value`.
    pub fn at_most(value: i64) -> Ranges {
        Ranges::between(i64::MIN, value)
    }

    /// Returns the numbers above `value`.
    pub fn more_than(value: i64) -> Ranges {
        value.checked_add(1).map_or_else(Ranges::none, Ranges::at_least)
    }

    /// Returns the numbers below `value`.
    pub fn less_than(value: i64) -> Ranges {
        value.checked_sub(1).map_or_else(Ranges::none, Ranges::at_most)
    }

    /// Returns the set to show for a quantity that is never negative.
    ///
    /// If the set contains 0, all negative numbers are added, so that `0 to 200` is shown as `at most 200`. A single
    /// number stays as it is.
    ///
    /// # Example
    /// ```
    /// use placet::value::Ranges;
    ///
    /// assert_eq!(Ranges::between(0, 200).without_floor(), Ranges::at_most(200));
    /// assert_eq!(Ranges::only(0).without_floor(), Ranges::only(0));
    /// ```
    #[must_use]
    pub fn without_floor(&self) -> Ranges {
        if self.single().is_none() && self.contains(0) {
            self.union(&Ranges::less_than(0))
        } else {
            self.clone()
        }
    }

    /// Returns the ranges, in ascending order.
    ///
    /// # Example
    /// ```
    /// use placet::value::Ranges;
    ///
    /// assert_eq!(Ranges::between(1, 3).union(&Ranges::only(7)).ranges(), [(1, 3), (7, 7)]);
    /// ```
    pub fn ranges(&self) -> &[(i64, i64)] {
        &self.0
    }

    /// Returns whether the set is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns whether the set contains a number.
    pub fn contains(&self, value: i64) -> bool {
        self.0.iter().any(|(low, high)| (*low..=*high).contains(&value))
    }

    /// Returns the only number of the set, if it has exactly one.
    pub fn single(&self) -> Option<i64> {
        match self.0.as_slice() {
            [(low, high)] if low == high => Some(*low),
            _ => None,
        }
    }

    /// Returns the numbers in either set.
    #[must_use]
    pub fn union(&self, other: &Ranges) -> Ranges {
        merged(self.0.iter().chain(&other.0).copied().collect())
    }

    /// Returns the numbers in any of several sets.
    ///
    /// # Example
    /// ```
    /// use placet::value::Ranges;
    ///
    /// let ranges = Ranges::any_of([Ranges::only(7), Ranges::only(3), Ranges::between(1, 2)]);
    /// assert_eq!(ranges.ranges(), [(1, 3), (7, 7)]);
    /// ```
    pub fn any_of(all: impl IntoIterator<Item = Ranges>) -> Ranges {
        merged(all.into_iter().flat_map(|ranges| ranges.0).collect())
    }

    /// Returns the numbers in both sets.
    #[must_use]
    pub fn intersection(&self, other: &Ranges) -> Ranges {
        let mut both = Vec::new();
        let (mut these, mut those) = (self.0.iter().peekable(), other.0.iter().peekable());
        while let (Some((low, high)), Some((other_low, other_high))) = (these.peek(), those.peek()) {
            let end = *high.min(other_high);
            let start = *low.max(other_low);
            if start <= end {
                both.push((start, end));
            }
            // The range that ends first cannot meet any later range.
            if *high == end {
                these.next();
            } else {
                those.next();
            }
        }
        Ranges(both)
    }

    /// Returns the numbers that are not in the set.
    #[must_use]
    pub fn complement(&self) -> Ranges {
        let mut rest = Vec::new();
        let mut next = Some(i64::MIN);
        for (low, high) in &self.0 {
            if let Some(start) = next
                && start < *low
            {
                rest.push((start, low - 1));
            }
            next = high.checked_add(1);
        }
        if let Some(start) = next {
            rest.push((start, i64::MAX));
        }
        Ranges(rest)
    }
}

/// Returns the numbers in any of some ranges, which may overlap and be in any order.
fn merged(mut all: Vec<(i64, i64)>) -> Ranges {
    sort(&mut all);
    let mut merged: Vec<(i64, i64)> = Vec::with_capacity(all.len());
    for (low, high) in all {
        match merged.last_mut() {
            Some(last) if last.1 == i64::MAX || low <= last.1 + 1 => last.1 = last.1.max(high),
            _ => merged.push((low, high)),
        }
    }
    Ranges(merged)
}

#[cfg(test)]
mod tests {
    use super::Ranges;

    #[test]
    fn intersection_has_the_common_values() {
        let odd = Ranges::any_of((0..50).map(|number| Ranges::only(2 * number + 1)));
        let most = Ranges::any_of([Ranges::at_most(9), Ranges::between(20, 30), Ranges::at_least(90)]);
        for (one, other) in [(&odd, &most), (&most, &odd)] {
            let both = one.intersection(other);
            assert!((-5..105).all(|at| both.contains(at) == (odd.contains(at) && most.contains(at))));
            assert_eq!(both.intersection(one), both);
        }
        assert_eq!(odd.intersection(&odd), odd);
        assert_eq!(Ranges::all().intersection(&most), most);
    }

    #[test]
    fn complement_is_its_own_inverse() {
        for ranges in
            [Ranges::none(), Ranges::all(), Ranges::at_least(5), Ranges::between(2, 9), Ranges::only(0)]
        {
            assert_eq!(ranges.complement().complement(), ranges);
            assert!(ranges.intersection(&ranges.complement()).is_empty());
            assert_eq!(ranges.union(&ranges.complement()), Ranges::all());
        }
    }

    #[test]
    fn neighbouring_ranges_join() {
        assert_eq!(Ranges::between(1, 2).union(&Ranges::between(3, 4)), Ranges::between(1, 4));
    }
}
