//! Cells: the parts into which the conditions of a policy divide the values of a fact.

use crate::circuit::{CELLS, Mask};
use crate::id::{EntityRefId, FactId, KindId};
use crate::policy::{Allowed, Condition, ConditionKind, Policy, Quantifier};
use crate::sorted::{SortedMap, SortedSet};
use crate::syntax::LARGEST_NUMBER;
use crate::value::{Date, Ranges, Window};

/// The cells of a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cells {
    /// No, then yes.
    YesNo,
    /// Ranges of numbers, by their first numbers.
    Numbers(Vec<i64>),
    /// Ranges of days, by their first days.
    Dates(Vec<i64>),
    /// This number of values of a choice.
    Values(usize),
    /// The possible targets of a relation.
    Targets(Vec<TargetCell>),
    /// Counts from zero; the last cell stands for all larger counts.
    Counts(u32),
    /// A number or day outside of some ranges, then one within them.
    Within(Ranges),
}

/// The target of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TargetCell {
    /// No one.
    NoOne,
    /// The only entity of a kind.
    Only(KindId),
    /// An entity of the case.
    Named(EntityRefId),
    /// Any other entity.
    Other(EntityRefId),
}

impl Cells {
    /// Returns the number of cells.
    pub fn count(&self) -> u32 {
        let count = match self {
            Cells::YesNo | Cells::Within(_) => 2,
            Cells::Numbers(starts) | Cells::Dates(starts) => starts.len(),
            Cells::Values(count) => *count,
            Cells::Targets(targets) => targets.len(),
            Cells::Counts(count) => *count as usize,
        };
        u32::try_from(count).unwrap_or(CELLS).clamp(1, CELLS)
    }

    /// Returns the cell of a number or day; all cells if the values are neither.
    #[inline]
    pub fn of_number(&self, number: i64) -> Mask {
        let place = match self {
            Cells::Numbers(starts) | Cells::Dates(starts) => {
                starts.partition_point(|start| *start <= number).saturating_sub(1)
            }
            Cells::Within(ranges) => usize::from(ranges.contains(number)),
            Cells::YesNo | Cells::Values(_) | Cells::Targets(_) | Cells::Counts(_) => return Mask::MAX,
        };
        1 << place
    }

    /// Returns the numbers of a set of cells, for numbers and dates.
    pub fn ranges(&self, mask: Mask) -> Ranges {
        let mut all = Ranges::none();
        for (at, cell) in self.number_cells() {
            if mask & (1 << at) != 0 {
                all = all.union(&cell);
            }
        }
        all
    }

    /// Returns the cells that contain a number of some ranges.
    pub fn touched(&self, ranges: &Ranges) -> Mask {
        let cells = self.number_cells().into_iter();
        cells
            .filter(|(_, cell)| !cell.intersection(ranges).is_empty())
            .fold(0, |mask, (at, _)| mask | 1 << at)
    }

    /// Returns the cells that make up some ranges exactly, or `None` if the ranges split a cell.
    pub fn exactly(&self, ranges: &Ranges) -> Option<Mask> {
        let inside = self.touched(ranges);
        let outside = self.touched(&ranges.complement());
        (inside & outside == 0).then_some(inside)
    }

    fn number_cells(&self) -> Vec<(usize, Ranges)> {
        if let Cells::Within(ranges) = self {
            return vec![(0, ranges.complement()), (1, ranges.clone())];
        }
        let (Cells::Numbers(starts) | Cells::Dates(starts)) = self else { return Vec::new() };
        let ends = starts.iter().skip(1).map(|next| next.saturating_sub(1)).chain([i64::MAX]);
        starts.iter().zip(ends).map(|(start, end)| Ranges::between(*start, end)).enumerate().collect()
    }
}

/// The points at which the conditions of a policy divide numbers, dates and counts of members.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cuts {
    numbers: SortedMap<FactId, SortedSet<i64>>,
    members: SortedMap<FactId, u32>,
    windows: SortedMap<FactId, SortedSet<Window>>,
    days: SortedMap<FactId, SortedSet<i64>>,
}

impl Cuts {
    /// Returns the first numbers of the cells of a number or date; the first cell starts at `first`.
    pub fn starts(&self, fact: FactId, first: i64) -> Vec<i64> {
        let cuts = self.numbers.get(&fact).into_iter().flatten().copied();
        let most = CELLS as usize - 1;
        std::iter::once(first).chain(cuts.filter(|cut| *cut > first).take(most)).collect()
    }

    /// Returns the largest number of further members of a list that conditions distinguish.
    pub fn members(&self, list: FactId) -> u32 {
        self.members.get(&list).copied().unwrap_or(1).min(CELLS - 1)
    }

    /// Returns the windows with which a date is compared.
    pub fn windows(&self, fact: FactId) -> impl Iterator<Item = Window> {
        self.windows.get(&fact).into_iter().flatten().copied()
    }

    /// Returns the edges of the fixed days with which a date is compared: the first day of each range, and the day
    /// after its end.
    pub fn days(&self, fact: FactId) -> impl Iterator<Item = i64> {
        self.days.get(&fact).into_iter().flatten().copied()
    }

    fn add(&mut self, fact: FactId, ranges: &Ranges) {
        let cuts = self.numbers.entry(fact).or_default();
        for (low, high) in ranges.ranges() {
            cuts.insert(*low);
            cuts.extend(high.checked_add(1));
        }
    }
}

/// Returns the cuts of a policy on a day.
pub(super) fn cuts(policy: &Policy, as_of: Date) -> Cuts {
    let mut cuts = Cuts::default();
    for condition in policy.conditions().into_iter().flat_map(Condition::all) {
        match &condition.kind {
            ConditionKind::Test(test) => {
                if let Some(ranges) = ranges(&test.allowed, as_of) {
                    cuts.add(test.fact, &ranges);
                }
                if let Allowed::Dates(ranges) = &test.allowed {
                    let edges = ranges.ranges().iter().flat_map(|(low, high)| [*low, high.saturating_add(1)]);
                    cuts.days.entry(test.fact).or_default().extend(edges);
                }
                if let Allowed::Relative { window, .. } = test.allowed {
                    cuts.windows.entry(test.fact).or_default().insert(window);
                }
            }
            ConditionKind::Members { list, quantifier, .. } => {
                let needed = match quantifier {
                    Quantifier::Any | Quantifier::All | Quantifier::None => 1,
                    Quantifier::AtLeast(count) => *count,
                    Quantifier::AtMost(count) | Quantifier::Exactly(count) => count.saturating_add(1),
                };
                let most = cuts.members.entry(*list).or_insert(1);
                *most = needed.max(*most);
            }
            _ => {}
        }
    }
    cuts
}

/// Returns the numbers or days that a test allows, on a day.
///
/// No number is beyond [`LARGEST_NUMBER`], and no day outside of the years that can be written, since no statement can
/// give such a value.
pub(super) fn ranges(allowed: &Allowed, as_of: Date) -> Option<Ranges> {
    match allowed {
        Allowed::Numbers(ranges) => Some(within(ranges, 0, LARGEST_NUMBER)),
        Allowed::Dates(ranges) => Some(within(ranges, Date::FIRST.number(), Date::LAST.number())),
        Allowed::Relative { window, inside } => {
            let days = window.days(as_of);
            Some(if *inside { days } else { days.complement() })
        }
        Allowed::YesNo(_) | Allowed::Values(_) => None,
    }
}

/// Returns ranges clipped to limits. A range that reaches a limit is extended without end, so that nothing is divided
/// at the limit.
fn within(ranges: &Ranges, first: i64, last: i64) -> Ranges {
    let inside = ranges.intersection(&Ranges::between(first, last));
    inside.ranges().iter().fold(Ranges::none(), |all, (low, high)| {
        let low = if *low == first { i64::MIN } else { *low };
        let high = if *high == last { i64::MAX } else { *high };
        all.union(&Ranges::between(low, high))
    })
}
