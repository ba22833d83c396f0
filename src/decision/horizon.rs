//! The last day on which an outcome holds if only time passes.

use super::answer::answers;
use super::evaluation::{Evaluation, Source};
use super::{Outcome, Search, Verdict};
use crate::compiled::Cells;
use crate::evidence::{Evidence, Possible, Weighed, case};
use crate::id::{AssistanceId, VarId};
use crate::policy::{Period, Policy};
use crate::sorted::SortedSet;
use crate::value::{Date, Length, TimeUnit, Window, too_old};
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
            && evaluation.compiled.cuts.windows(variable.fact()).next().is_some()
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
            let windows: Vec<Window> = evaluation.compiled.cuts.windows(variable.fact()).collect();
            if windows.is_empty() {
                continue;
            }
            let ends = ranges.ranges().iter().flat_map(|(low, high)| [*low, *high]);
            for edge in ends.chain(evaluation.compiled.cuts.days(variable.fact())) {
                for day in [edge.saturating_sub(1), edge, edge.saturating_add(1)] {
                    let Some(day) = Date::from_number(day) else { continue };
                    days.insert(day);
                    days.extend(windows.iter().filter_map(|window| window.turn(day)));
                }
            }
        }
    }
    days.into_iter().find(|day| *day > today)
}

/// How many days ahead [`shift`] searches.
const MOST_SHIFTED: u32 = 366 * 8;

/// Returns the next day on which the edges of two windows of the same fact change their order. One is measured in
/// days and the other in months or years: counted back, 30 days are longer than a month only in March. Or both are
/// measured in as many months, one forward and one back.
fn shift(evaluation: &Evaluation<'_>) -> Option<Date> {
    let mut pairs: SortedSet<(Window, Window)> = SortedSet::new();
    for (_, variable) in evaluation.compiled.variables.iter() {
        if !matches!(variable.cells, Cells::Dates(_)) {
            continue;
        }
        let windows: Vec<Window> = evaluation.compiled.cuts.windows(variable.fact()).collect();
        for (at, one) in windows.iter().enumerate() {
            pairs.extend(windows.iter().skip(at + 1).map(|other| (*one, *other)));
        }
    }
    // Most pairs never change their order.
    pairs.retain(may_shift);
    if pairs.is_empty() {
        return None;
    }
    let today = evaluation.case.as_of;
    let order = |day: Date, (one, other): &(Window, Window)| edge(*one, day).cmp(&edge(*other, day));
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

/// Returns the day at which a window is divided from the days further back, or from those that are less far back.
fn edge(window: Window, as_of: Date) -> Option<i64> {
    let days = window.days(as_of);
    let (low, high) = days.ranges().first()?;
    Some(if *low == i64::MIN { high.saturating_add(1) } else { *low })
}

/// Returns whether the edges of two windows may change their order as time passes.
fn may_shift((one, other): &(Window, Window)) -> bool {
    let (Some(one_length), Some(other_length)) = (one.length(), other.length()) else { return false };
    match (fixed_days(one_length), fixed_days(other_length)) {
        (Some(_), Some(_)) => false,
        (Some(days), None) => may_be(days, in_months(other_length)),
        (None, Some(days)) => may_be(days, in_months(one_length)),
        (None, None) => {
            let is_back = |window: &Window| matches!(window, Window::WithinLast(_));
            in_months(one_length) == in_months(other_length) && is_back(one) != is_back(other)
        }
    }
}

/// Returns the number of days of a length of time, if it is the same everywhere in the calendar.
fn fixed_days(length: Length) -> Option<u64> {
    match length.unit {
        TimeUnit::Days => Some(u64::from(length.count)),
        TimeUnit::Weeks => Some(7 * u64::from(length.count)),
        TimeUnit::Months | TimeUnit::Years => None,
    }
}

fn in_months(length: Length) -> u64 {
    u64::from(length.count) * if length.unit == TimeUnit::Years { 12 } else { 1 }
}

/// Returns whether this number of days is sometimes at least and sometimes at most this number of months.
fn may_be(days: u64, months: u64) -> bool {
    let (least, most) = (months * 30 - months.min(2) - months / 2, months * 31);
    (least.saturating_sub(months)..=most + 1).contains(&days)
}
