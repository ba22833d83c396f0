//! How long an answer holds if nothing but time passes.

use super::Verdict;
use super::ground::{Cells, Ground, ground};
use super::verdict::question;
use crate::evidence::{Evidence, Possible, case};
use crate::value::{Date, Length};
use std::collections::BTreeSet;

/// The most days looked at.
const MOST_DAYS: usize = 400;

/// Finds the last day on which each verdict stays the same: decides anew on each day on which something begins or ends
/// that bears on it, until the answer differs or the policy ends.
///
/// Such days are those on which a rule or waiver comes into force or ends, a statement becomes too old for its
/// standard or reaches its date, or a date that is known leaves or enters the time within which it is asked for.
pub(super) fn horizons<'a>(
    ground_today: Ground<'a>,
    evidence: &'a Evidence,
    dossier: &str,
    verdicts: &mut [Verdict<'a>],
) {
    let policy = ground_today.policy;
    let mut today = ground_today;
    let mut lasting: Vec<usize> = (0..verdicts.len()).collect();
    for _ in 0..MOST_DAYS {
        if lasting.is_empty() {
            return;
        }
        let next = next_day(&today).filter(|next| policy.period.until.is_none_or(|until| *next <= until));
        let Some(next) = next else {
            for at in lasting {
                if let Some(verdict) = verdicts.get_mut(at) {
                    verdict.holds_until = policy.period.until;
                }
            }
            return;
        };
        let Some(case) = case(&policy.vocabulary, evidence, dossier, next) else { return };
        today = ground(policy, case);
        lasting.retain(|at| {
            let Some(verdict) = verdicts.get_mut(*at) else { return false };
            let same = question(&mut today, verdict.assistance, false).outcome == verdict.outcome;
            if !same {
                verdict.holds_until = Some(next.previous());
            }
            same
        });
    }
}

/// The next day on which something begins or ends.
fn next_day(ground: &Ground<'_>) -> Option<Date> {
    let policy = ground.policy;
    let today = ground.case.as_of;
    let mut days = BTreeSet::new();
    let periods = policy.rules.iter().map(|(_, rule)| rule.period);
    for period in periods.chain(policy.waivers.iter().map(|(_, waiver)| waiver.period)) {
        days.extend(period.from);
        days.extend(period.until.map(Date::next));
    }
    for (_, variable) in ground.variables.iter() {
        let standard = variable.standard.map(|standard| &policy.vocabulary.standards[standard]);
        let within = standard.and_then(|standard| standard.within);
        let weighed = &variable.weighed;
        let left_out = weighed.left_out.iter().map(|(statement, _)| statement);
        for date in weighed.counted.iter().chain(left_out).filter_map(|statement| statement.provenance.date) {
            days.insert(date);
            days.extend(within.map(|length| too_old(date, length)));
        }
        if let (Cells::Dates(starts), Possible::Numbers(ranges)) = (&variable.cells, &weighed.possible) {
            let lengths: Vec<Length> = ground.cuts.lengths(variable.fact()).collect();
            if lengths.is_empty() {
                continue;
            }
            let ends = ranges.ranges().iter().flat_map(|(low, high)| [*low, *high]);
            for edge in ends.chain(starts.iter().copied()) {
                for day in [edge.saturating_sub(1), edge, edge.saturating_add(1)] {
                    let Some(day) = Date::from_number(day) else { continue };
                    days.insert(day);
                    days.extend(lengths.iter().map(|length| too_old(day, *length)));
                }
            }
        }
    }
    days.into_iter().find(|day| *day > today)
}

/// The first day on which a date lies further back than a length of time.
fn too_old(date: Date, length: Length) -> Date {
    let mut day = date.plus(length);
    // Months are not all as long: at most four days make up for it.
    for _ in 0..5 {
        if day.minus(length) > date {
            break;
        }
        day = day.next();
    }
    day
}

#[cfg(test)]
mod tests {
    use super::too_old;
    use crate::value::{Date, Length, TimeUnit};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_first_day_too_late_is_the_first(
            day in 700_000_i64..760_000, count in 0_u32..40, unit in 0_u8..3
        ) {
            let unit = match unit {
                0 => TimeUnit::Days,
                1 => TimeUnit::Months,
                _ => TimeUnit::Years,
            };
            let length = Length { count, unit };
            let date = Date::from_number(day).expect("a day");
            let first = too_old(date, length);
            prop_assert!(first.minus(length) > date);
            prop_assert!(first.previous().minus(length) <= date);
        }
    }
}
