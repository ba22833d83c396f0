//! The last day on which an outcome holds if only time passes.

use super::answer::answers;
use super::evaluation::{Evaluation, Source};
use super::{Outcome, Search, Verdict};
use crate::compiled::Cells;
use crate::evidence::{Evidence, Possible, Weighed, case};
use crate::id::{AssistanceId, VarId};
use crate::policy::{Period, Policy};
use crate::sorted::SortedSet;
use crate::value::{Date, Length, TimeUnit};
use std::cmp::Ordering;
use std::sync::Arc;

/// The largest number of days that are examined.
const MOST_DAYS: usize = 400;

/// Finds, for each verdict, the last day on which its outcome holds. The case is evaluated again on each day on which
/// something relevant begins or ends, until the outcome differs or the policy ends.
///
/// Such a day is one on which a rule or waiver comes into force or ends, a statement becomes too old for its standard
/// or reaches its date, or a known date enters or leaves a relative time limit.
pub(super) fn horizons<'a>(
    source: Source<'a, '_>,
    evaluation: Evaluation<'a>,
    evidence: &'a Evidence,
    dossier: &str,
    verdicts: &mut [Verdict<'a>],
) {
    let policy = evaluation.policy;
    let mut today = evaluation;
    let mut holding: Vec<usize> = (0..verdicts.len()).collect();
    let work = today.budget.clone();
    for _ in 0..MOST_DAYS {
        if holding.is_empty() {
            return;
        }
        if !work.spend(cost_of_next_day(&today)) {
            break;
        }
        let next = next_day(&today).filter(|next| policy.period.until.is_none_or(|until| *next <= until));
        let Some(next) = next else {
            for at in holding {
                if let Some(verdict) = verdicts.get_mut(at) {
                    verdict.holds_until = policy.period.until;
                }
            }
            return;
        };
        if is_unchanged_until(&mut today, next) {
            continue;
        }
        let Some(case) = case(&policy.vocabulary, evidence, dossier, next) else { return };
        let day = work.share(8);
        if !day.spend(cost_of_deciding(&today)) {
            break;
        }
        today = Evaluation::of(source, case, &day);
        let types: Vec<AssistanceId> =
            holding.iter().filter_map(|at| verdicts.get(*at)).map(|verdict| verdict.assistance).collect();
        let mut then = answers(&today, &types).into_iter();
        holding.retain(|at| {
            let (Some(verdict), Some((outcome, exact))) = (verdicts.get_mut(*at), then.next()) else {
                return false;
            };
            if outcome != verdict.outcome {
                if outcome == Outcome::Undetermined && !exact {
                    verdict.cut_short.insert(Search::HoldsUntil);
                }
                verdict.holds_until = Some(next.previous());
            }
            outcome == verdict.outcome
        });
    }
    for at in holding {
        if let Some(verdict) = verdicts.get_mut(at) {
            verdict.cut_short.insert(Search::HoldsUntil);
        }
    }
}

/// Returns the cost of finding the next day on which something begins or ends, and of checking whether anything changes
/// on it.
fn cost_of_next_day(evaluation: &Evaluation<'_>) -> u64 {
    let statements =
        |(_, weighed): (VarId, &Arc<Weighed<'_>>)| weighed.counted.len() + weighed.left_out.len();
    let of_facts: usize = evaluation.known.weighed.iter().map(statements).sum();
    100 * (evaluation.compiled.variables.len() + of_facts) as u64
}

/// Returns the cost of evaluating the case on another day.
fn cost_of_deciding(evaluation: &Evaluation<'_>) -> u64 {
    200 * (evaluation.compiled.circuit.len() + evaluation.case.entities.len()) as u64
}

/// Returns whether everything that is in force and known stays the same up to a day, which implies the same outcomes.
/// If so, also sets the as-of date of the evaluation to that day. Returns false if this cannot be checked cheaply.
fn is_unchanged_until(evaluation: &mut Evaluation<'_>, day: Date) -> bool {
    let today = evaluation.case.as_of;
    let is_between = |change: &Date| today < *change && *change <= day;
    let begins_or_ends = periods(evaluation.policy).any(|period| {
        period.from.iter().any(is_between) || period.until.map(Date::next).iter().any(is_between)
    });
    let has_relative_limits = evaluation.compiled.variables.iter().any(|(_, variable)| {
        matches!(variable.cells, Cells::Dates(_))
            && evaluation.compiled.cuts.lengths(variable.fact()).next().is_some()
    });
    if begins_or_ends || has_relative_limits {
        return false;
    }
    evaluation.case.as_of = day;
    let same = evaluation.compiled.variables.iter().all(|(var, variable)| {
        let then = evaluation.weighed(variable.who(), variable.fact(), variable.standard);
        let now = &evaluation.known.weighed[var];
        // The possible values determine masks and lists; the status affects how a verdict is presented.
        (then.status, &then.possible) == (now.status, &now.possible)
    });
    if !same {
        evaluation.case.as_of = today;
    }
    same
}

/// Returns the periods in which the rules and waivers of a policy are in force.
fn periods(policy: &Policy) -> impl Iterator<Item = Period> {
    let waivers = policy.waivers.iter().map(|(_, waiver)| waiver.header.period);
    policy.rules.iter().map(|(_, rule)| rule.header.period).chain(waivers)
}

/// Returns the next day on which something begins or ends.
fn next_day(evaluation: &Evaluation<'_>) -> Option<Date> {
    let policy = evaluation.policy;
    let today = evaluation.case.as_of;
    let mut days = SortedSet::new();
    for period in periods(policy) {
        days.extend(period.from);
        days.extend(period.until.map(Date::next));
    }
    days.extend(shift(evaluation));
    for (var, variable) in evaluation.compiled.variables.iter() {
        let standard = variable.standard.map(|standard| &policy.vocabulary.standards[standard]);
        let within = standard.and_then(|standard| standard.within);
        let weighed = &evaluation.known.weighed[var];
        let left_out = weighed.left_out.iter().map(|(statement, _)| statement);
        for date in weighed.counted.iter().chain(left_out).filter_map(|statement| statement.provenance.date) {
            days.insert(date);
            days.extend(within.map(|length| too_old(date, length)));
        }
        if let (Cells::Dates(_), Possible::Numbers(ranges)) = (&variable.cells, &weighed.possible) {
            let lengths: Vec<Length> = evaluation.compiled.cuts.lengths(variable.fact()).collect();
            if lengths.is_empty() {
                continue;
            }
            let ends = ranges.ranges().iter().flat_map(|(low, high)| [*low, *high]);
            for edge in ends.chain(evaluation.compiled.cuts.days(variable.fact())) {
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

/// How many days ahead [`shift`] searches.
const MOST_SHIFTED: u32 = 366 * 8;

/// Returns the next day on which two relative time limits of the same fact change their order. One is in days and the
/// other in months or years: counted back, 30 days are longer than a month only in March.
fn shift(evaluation: &Evaluation<'_>) -> Option<Date> {
    let mut pairs: SortedSet<(Length, Length)> = SortedSet::new();
    for (_, variable) in evaluation.compiled.variables.iter() {
        if !matches!(variable.cells, Cells::Dates(_)) {
            continue;
        }
        let lengths = || evaluation.compiled.cuts.lengths(variable.fact());
        let (days, months): (Vec<Length>, Vec<Length>) =
            lengths().partition(|length| length.unit == TimeUnit::Days);
        pairs.extend(days.iter().flat_map(|days| months.iter().map(|months| (*days, *months))));
    }
    let order = |day: Date, (one, other): &(Length, Length)| day.minus(*one).cmp(&day.minus(*other));
    let today = evaluation.case.as_of;
    // Most pairs never change their order.
    pairs.retain(may_shift);
    if pairs.is_empty() {
        return None;
    }
    let now: Vec<Ordering> = pairs.iter().map(|pair| order(today, pair)).collect();
    let mut day = today;
    for _ in 0..MOST_SHIFTED {
        day = day.next();
        if pairs.iter().zip(&now).any(|(pair, now)| order(day, pair) != *now) {
            return Some(day);
        }
    }
    None
}

/// Returns whether this number of days is sometimes more and sometimes less than this number of months or years.
fn may_shift((days, months): &(Length, Length)) -> bool {
    let months = u64::from(months.count) * if months.unit == TimeUnit::Years { 12 } else { 1 };
    let (least, most) = (months * 30 - months.min(2) - months / 2, months * 31);
    (least.saturating_sub(months)..=most).contains(&u64::from(days.count))
}

/// Returns the first day on which a date lies further back than a length of time.
fn too_old(date: Date, length: Length) -> Date {
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

#[cfg(test)]
mod tests {
    use super::too_old;
    use crate::value::{Date, Length, TimeUnit};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn too_old_returns_the_first_day(
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
