//! Missing facts: the open facts that an outcome depends on, the most influential first.

use super::Missing;
use super::answer::Question;
use super::evaluation::Evaluation;
use crate::id::{RuleId, VarId};
use crate::sorted::{SortedMap, sort_by_key};
use std::cmp::Reverse;

/// Returns the open facts that an undetermined outcome depends on.
///
/// Facts are ordered by the probability that the outcome depends on their value. If that was not computed, they are
/// ordered by the number of rules that they matter to.
pub(super) fn missing<'a>(evaluation: &Evaluation<'a>, question: Question<'_>) -> Vec<Missing<'a>> {
    let mut rules: SortedMap<VarId, Vec<RuleId>> = SortedMap::new();
    for (rule, gate) in &question.due.rules {
        for var in evaluation.cone(*gate).matters(&evaluation.known.masks) {
            if question.answer.open.contains(&var) {
                rules.entry(var).or_default().push(*rule);
            }
        }
    }
    let chance =
        |var: &VarId| question.answer.influence.as_ref().and_then(|influence| influence.get(var)).copied();
    let greatest =
        question.answer.influence.iter().flat_map(SortedMap::values).copied().max().unwrap_or_default();
    let mut order: Vec<VarId> = question.answer.open.iter().copied().collect();
    sort_by_key(&mut order, |var| (Reverse(chance(var)), Reverse(rules.get(var).map_or(0, Vec::len)), *var));
    order
        .into_iter()
        .map(|var| Missing {
            fact: evaluation.fact_ref(var),
            rules: rules.get_mut(&var).map(std::mem::take).unwrap_or_default(),
            weight: chance(&var).and_then(|chance| chance.share_of(greatest)),
        })
        .collect()
}
