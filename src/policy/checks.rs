//! Checks of a policy as a whole, after every line of it has been read.

mod kinds;
mod thresholds;

use super::{Body, Condition, Fact, Policy, Rule, Test, Vocabulary};
use crate::diagnostic::{self, Diagnostic};
use crate::id::FactId;
use crate::span::Span;
use std::collections::BTreeMap;

/// Reports definitions that depend on themselves, each cycle once.
pub(super) fn cycles(vocabulary: &Vocabulary, problems: &mut Vec<Diagnostic>) {
    let uses: BTreeMap<FactId, Vec<(FactId, Span)>> =
        vocabulary.facts.iter().filter_map(|(id, fact)| Some((id, defined_in(vocabulary, fact)?))).collect();
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        Open,
        Done,
    }
    let mut seen: BTreeMap<FactId, Seen> = BTreeMap::new();
    for start in uses.keys() {
        // Depth-first search with an explicit stack, since a chain of definitions may be as long as there are facts.
        let mut stack = vec![(*start, 0_usize)];
        while let Some((fact, next)) = stack.pop() {
            if next == 0 {
                match seen.get(&fact) {
                    Some(_) => continue,
                    None => seen.insert(fact, Seen::Open),
                };
            }
            let Some((used, span)) = uses.get(&fact).and_then(|uses| uses.get(next)) else {
                seen.insert(fact, Seen::Done);
                continue;
            };
            stack.push((fact, next + 1));
            match seen.get(used) {
                Some(Seen::Open) => {
                    let defined = &vocabulary.facts[*used];
                    problems.push(
                        Diagnostic::error("P0234", *span, format!("`{}` depends on itself", defined.phrase))
                            .label("refers back to it here")
                            .see(defined.span, "defined here")
                            .help("a definition must end in declared facts: break the cycle at one place"),
                    );
                }
                Some(Seen::Done) => {}
                None => stack.push((*used, 0)),
            }
        }
    }
}

/// Returns the defined facts that a definition uses, each with its place.
pub(super) fn defined_in(vocabulary: &Vocabulary, fact: &Fact) -> Option<Vec<(FactId, Span)>> {
    let definition = fact.definition.as_ref()?;
    let mut found = Vec::new();
    let mut see = |test: &Test| {
        if vocabulary.facts[test.fact].definition.is_some() {
            found.push((test.fact, test.span));
        }
    };
    let conditions = std::iter::once(&definition.when).chain(&definition.unless);
    conditions.flat_map(Condition::all).filter_map(Condition::test).for_each(&mut see);
    Some(found)
}

/// Reports errors and warnings about a policy together with its vocabulary. Returns false if there is an error.
pub(super) fn whole(policy: &Policy, problems: &mut Vec<Diagnostic>) -> bool {
    let before = problems.len();
    thresholds::check(policy, problems);
    kinds::check(policy, problems);
    !diagnostic::any_error(problems.get(before..).unwrap_or_default())
}

/// Reports errors and warnings about the assistance and the periods of a policy.
pub(super) fn policy(policy: &Policy, title: Span, problems: &mut Vec<Diagnostic>) {
    if policy.assistance.is_empty() {
        problems.push(
            Diagnostic::error("P0250", title, "the policy declares no assistance, so it decides nothing")
                .label("nothing to be eligible for")
                .help("add a block such as `assistance training`"),
        );
    }
    for (id, assistance) in policy.assistance.iter() {
        let is_covered = policy.rules.iter().any(|(_, rule)| {
            !matches!(rule.body, Body::Bar { .. }) && policy.covers(&rule.header.assistance, id)
        });
        if !is_covered {
            problems.push(
                Diagnostic::warning(
                    "P0243",
                    assistance.span,
                    format!(
                        "no requirement covers {}, so every subject not barred is eligible for it",
                        assistance.name
                    ),
                )
                .label("no requirement")
                .help(format!("add a requirement with `for {}`, or leave the type out", assistance.name)),
            );
        }
    }
    for (_, Rule { header, .. }) in policy.rules.iter() {
        let never = header.period.until.zip(policy.period.from).is_some_and(|(until, from)| until < from)
            || header.period.from.zip(policy.period.until).is_some_and(|(from, until)| from > until);
        if never {
            problems.push(
                Diagnostic::warning(
                    "P0248",
                    header.span,
                    format!("`{}` is never in force while the policy is", header.id),
                )
                .label("never in force")
                .help("compare its dates with those of the policy"),
            );
        }
    }
}
