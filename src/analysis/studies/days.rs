//! The days on which a policy changes.

use crate::policy::{Allowed, Condition, Period, Policy};
use crate::sorted::{SortedMap, SortedSet};
use crate::value::{Date, Window};

/// The largest number of periods that are studied.
const MOST: usize = 24;

/// Returns the periods during which a policy stays the same, each with a representative day, and whether there were
/// more than are studied.
///
/// A policy changes when something comes into force or ends, and when the start of a relative time limit, such as
/// `within the last 12 months`, passes a date in a condition on the same fact.
pub(super) fn days(policy: &Policy) -> (Vec<(Date, Period)>, bool) {
    let mut turns = policy.turns();
    turns.extend(passing(policy));
    turns.retain(|turn| {
        policy.period.from.is_none_or(|from| from < *turn)
            && policy.period.until.is_none_or(|until| *turn <= until)
    });
    let start = policy.period.from;
    let mut starts: Vec<Option<Date>> = vec![start];
    starts.extend(turns.iter().copied().map(Some));
    let mut periods = Vec::new();
    for (at, from) in starts.iter().enumerate() {
        let until = match starts.get(at + 1) {
            Some(next) => next.map(Date::previous),
            None => policy.period.until,
        };
        let day = from.or(until).or_else(|| usual_day(policy));
        periods.extend(day.map(|day| (day, Period { from: *from, until })));
    }
    let more = periods.len() > MOST;
    periods.truncate(MOST);
    (periods, more)
}

/// The representative day of a policy that never changes: the date of its latest source.
fn usual_day(policy: &Policy) -> Option<Date> {
    let sources = policy.vocabulary.sources.iter().filter_map(|(_, source)| source.date);
    sources.max().or_else(|| Date::parse("2000-01-01"))
}

/// The days on which the start of a relative time limit passes a date in a condition on the same fact.
fn passing(policy: &Policy) -> SortedSet<Date> {
    let mut named: SortedMap<crate::id::FactId, (SortedSet<i64>, Vec<Window>)> = SortedMap::new();
    for test in policy.conditions().into_iter().flat_map(Condition::all).filter_map(Condition::test) {
        match &test.allowed {
            Allowed::Dates(ranges) => {
                let edges = ranges.ranges().iter().flat_map(|(low, high)| [*low, high.saturating_add(1)]);
                named.entry(test.fact).or_default().0.extend(edges);
            }
            Allowed::Relative { window, .. } => {
                let windows = &mut named.entry(test.fact).or_default().1;
                if !windows.contains(window) {
                    windows.push(*window);
                }
            }
            _ => {}
        }
    }
    let mut days = SortedSet::new();
    for (edges, windows) in named.into_values().filter(|(_, windows)| !windows.is_empty()) {
        for edge in edges.into_iter().filter_map(Date::from_number) {
            days.insert(edge);
            days.insert(edge.next());
            days.extend(windows.iter().filter_map(|window| window.turn(edge.previous())));
        }
    }
    days
}

/// Describes some periods in words: empty if they are all periods, otherwise ` from 2016-03-01 until 2016-12-31`.
pub(super) fn in_words(some: &[Period], all: &[(Date, Period)]) -> String {
    if all.iter().all(|(_, period)| some.contains(period)) {
        return String::new();
    }
    let mut joined: Vec<Period> = Vec::new();
    let mut some = some.to_vec();
    some.sort_by_key(|period| period.from);
    for period in &some {
        match joined.last_mut() {
            Some(last) if last.until.map(Date::next) == period.from && period.from.is_some() => {
                last.until = period.until;
            }
            _ => joined.push(*period),
        }
    }
    let each: Vec<String> = joined
        .iter()
        .map(|period| match (period.from, period.until) {
            (Some(from), Some(until)) if from == until => format!("on {from}"),
            _ => period.words().unwrap_or_else(|| "on every day".to_owned()),
        })
        .collect();
    format!(" {}", each.join(" and "))
}
