//! Limits the number of values that a number or date is compared with.

use crate::diagnostic::Diagnostic;
use crate::id::FactId;
use crate::policy::{Allowed, Condition, MOST_VALUES, Policy, Test};
use crate::value::{Ranges, Window};
use std::collections::{BTreeMap, BTreeSet};

/// The values that a fact is compared with.
#[derive(Default)]
struct Thresholds {
    /// The values at which a comparison starts or stops holding.
    edges: BTreeSet<i64>,
    windows: BTreeSet<Window>,
    reported: bool,
}

impl Thresholds {
    fn add(&mut self, allowed: &Allowed) {
        match allowed {
            Allowed::Numbers(ranges) | Allowed::Dates(ranges) => self.edges.extend(edges(ranges)),
            Allowed::Relative { window, .. } => {
                self.windows.insert(*window);
            }
            Allowed::YesNo(_) | Allowed::Values(_) => {}
        }
    }

    /// Returns the number of values. `is 50` has two edges but counts as one value.
    fn count(&self) -> usize {
        let mut count = self.windows.len();
        let mut last = None;
        for edge in &self.edges {
            let ends_it = last.is_some_and(|last: i64| last.checked_add(1) == Some(*edge));
            if ends_it {
                last = None;
            } else {
                count += 1;
                last = Some(*edge);
            }
        }
        count
    }
}

fn edges(ranges: &Ranges) -> impl Iterator<Item = i64> {
    let edges = ranges.ranges().iter().flat_map(|(low, high)| [Some(*low), high.checked_add(1)]);
    edges.flatten().filter(|edge| *edge != i64::MIN)
}

/// Reports facts that the conditions of a policy compare with too many values.
pub(super) fn check(policy: &Policy, problems: &mut Vec<Diagnostic>) {
    // Concerns are compiled by themselves.
    if let Some(of_concerns) = policy.of_concerns() {
        check(of_concerns, problems);
    }
    let mut all: BTreeMap<FactId, Thresholds> = BTreeMap::new();
    let mut see = |test: &Test| {
        let thresholds = all.entry(test.fact).or_default();
        thresholds.add(&test.allowed);
        let many = thresholds.edges.len() + thresholds.windows.len() > MOST_VALUES;
        if thresholds.reported || !many || thresholds.count() <= MOST_VALUES {
            return;
        }
        thresholds.reported = true;
        let phrase = &policy.vocabulary.facts[test.fact].phrase;
        problems.push(
            Diagnostic::error(
                "P0271",
                test.span,
                format!("`{phrase}` is compared with more than {MOST_VALUES} values"),
            )
            .label("one too many")
            .help("compare it with fewer values, or declare a choice of ranges"),
        );
    };
    policy.conditions().into_iter().flat_map(Condition::all).filter_map(Condition::test).for_each(&mut see);
}
