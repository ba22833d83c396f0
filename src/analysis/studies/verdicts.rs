//! Whether some subject can be eligible, and whether some subject can be ineligible.

use super::example::Expect;
use super::form::{Answer, Form, Met, TooLarge};
use super::{World, problem};
use crate::diagnostic::Diagnostic;
use crate::diagram::{NO, YES};
use crate::id::{AssistanceId, KindId, NodeId, RuleId, VarId};
use crate::sorted::Entry;
use crate::sorted::{SortedMap, SortedSet};

/// The number of sets of rules that are tried in the search for the smallest that cannot be met together.
const TESTS: usize = 20_000;

/// The result for a type of assistance in a form.
enum Found {
    /// Both verdicts are possible.
    Both,
    /// Everybody is eligible.
    Everybody,
    /// Nobody can be eligible, because of these rules.
    Nobody(Vec<RuleId>),
}

/// The result for subjects of a kind: the rules that no subject meets together, or `None` if every subject meets all rules.
type KindResult = (KindId, Option<Vec<RuleId>>);

pub(super) fn study(world: &mut World<'_>) {
    let mut forms: SortedMap<(KindResult, AssistanceId), Vec<usize>> = SortedMap::new();
    for at in 0..world.forms.len() {
        let mut known: SortedMap<AssistanceId, Option<Found>> = SortedMap::new();
        for assistance in world.policy.assistance.ids() {
            let Some(form) = world.forms.get_mut(at) else { continue };
            let (kind, like) = (form.kind, form.like(assistance));
            if let Entry::Vacant(unknown) = known.entry(like) {
                let found = found(form, assistance);
                let question = format!("whether any subject can be eligible for {}", world.name(assistance));
                unknown.insert(world.answer(found, question));
            }
            let rules = match known.get(&like) {
                Some(Some(Found::Nobody(rules))) => Some(rules.clone()),
                Some(Some(Found::Everybody)) => None,
                _ => continue,
            };
            forms.entry(((kind, rules), assistance)).or_default().push(at);
        }
    }
    // Report types with the same result on the same days together.
    let mut types: SortedMap<(KindResult, Vec<usize>), Vec<AssistanceId>> = SortedMap::new();
    for ((result, assistance), forms) in forms {
        types.entry((result, forms)).or_default().push(assistance);
    }
    for (((kind, rules), forms), types) in types {
        let finding = match rules {
            Some(rules) => none_eligible(world, kind, &rules, &types, &forms),
            None => all_eligible(world, kind, &types, &forms),
        };
        world.findings.extend(finding);
    }
}

fn none_eligible(
    world: &mut World<'_>,
    kind: KindId,
    rules: &[RuleId],
    types: &[AssistanceId],
    forms: &[usize],
) -> Option<Diagnostic> {
    // Phases that never open are reported as findings about phases.
    if matches!(rules, [phase] if world.closed.contains(phase)) {
        return None;
    }
    let example = types.first().zip(forms.first()).and_then(|(one, at)| nearest(world, *one, *at, rules));
    Some(problem::none_eligible(world, kind, rules, types, forms).example(example))
}

fn all_eligible(
    world: &mut World<'_>,
    kind: KindId,
    types: &[AssistanceId],
    forms: &[usize],
) -> Option<Diagnostic> {
    // Types that no rule is for are reported elsewhere.
    let rules = &world.policy.rules;
    let is_covered =
        |one: AssistanceId| rules.iter().any(|(_, rule)| world.policy.covers(&rule.header.assistance, one));
    let types: Vec<AssistanceId> = types.iter().copied().filter(|one| is_covered(*one)).collect();
    let (assistance, at) = (types.first().copied()?, forms.first().copied()?);
    let title = format!("Nothing is known, and {} is granted", world.name(assistance));
    let example = world.example(at, &SortedMap::new(), &title, &[Expect::Eligible(assistance)]);
    Some(problem::all_eligible(world, kind, &types, forms).example(example))
}

fn found(form: &mut Form, assistance: AssistanceId) -> Answer<Found> {
    let rules = form.rules(assistance)?;
    if rules.iter().all(|(_, node)| *node == YES) {
        return Ok(Found::Everybody);
    }
    for group in form.apart(&rules) {
        if form.all(&nodes(&group))? == NO {
            return Ok(Found::Nobody(conflict(form, group)?));
        }
    }
    Ok(Found::Both)
}

/// A smallest subset of rules that cannot all be met; if the search is too large, a minimal one.
fn conflict(form: &mut Form, rules: Vec<Met>) -> Answer<Vec<RuleId>> {
    let mut found = form.excluding(&rules)?;
    for size in 1..found.len() {
        match fewest(form, &rules, size) {
            Ok(Some(fewer)) => {
                found = fewer;
                break;
            }
            Ok(None) => {}
            Err(TooLarge) => {
                form.make_room(true);
                break;
            }
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// A subset of the given size that cannot all be met, or `None`. All smaller subsets can be met.
fn fewest(form: &mut Form, rules: &[Met], size: usize) -> Answer<Option<Vec<RuleId>>> {
    let supports: Vec<SortedSet<VarId>> = rules.iter().map(|(_, met)| form.support(*met)).collect();
    let mut tests = TESTS;
    // The rules chosen so far, the node that is true if they are all met, and its support.
    let mut unread: Vec<(Vec<usize>, NodeId, SortedSet<VarId>)> = vec![(Vec::new(), YES, SortedSet::new())];
    let mut seen: SortedSet<Vec<usize>> = SortedSet::new();
    while let Some((chosen, met, support)) = unread.pop() {
        for (at, (rule, own)) in rules.iter().zip(&supports).enumerate() {
            // A rule that shares no variable with the others does not contribute to the conflict.
            if chosen.contains(&at) || !chosen.is_empty() && own.is_disjoint(&support) {
                continue;
            }
            let mut with = chosen.clone();
            with.push(at);
            with.sort_unstable();
            if !seen.insert(with.clone()) {
                continue;
            }
            tests = usize::checked_sub(tests, 1).ok_or(TooLarge)?;
            let all = form.all(&[met, rule.1])?;
            if all == NO {
                return Ok(Some(with.into_iter().filter_map(|at| Some(rules.get(at)?.0)).collect()));
            }
            if with.len() < size {
                unread.push((with, all, support.union(own).copied().collect()));
            }
        }
    }
    Ok(None)
}

pub(super) fn nodes(rules: &[Met]) -> Vec<NodeId> {
    rules.iter().map(|(_, node)| *node).collect()
}

/// A case that fails as few rules as possible: one of those in conflict.
fn nearest(
    world: &mut World<'_>,
    assistance: AssistanceId,
    at: usize,
    conflict: &[RuleId],
) -> Option<String> {
    for left_out in conflict.iter().rev() {
        let form = world.forms.get_mut(at)?;
        let rules = form.rules(assistance).ok()?;
        let others: Vec<NodeId> =
            rules.iter().filter(|(rule, _)| rule != left_out).map(|(_, node)| *node).collect();
        let failing = rules.iter().find(|(rule, _)| rule == left_out).map(|(_, node)| *node)?;
        let fails = form.not(failing).ok()?;
        let all: Vec<NodeId> = others.into_iter().chain([fails]).collect();
        let Ok(Some(cells)) = form.case(&all) else { continue };
        let title = format!("The closest case to {}", world.name(assistance));
        let expects = [Expect::Ineligible(assistance, vec![*left_out])];
        let example = world.example(at, &cells, &title, &expects);
        if example.is_some() {
            return example;
        }
    }
    // If there are several conflicts: a case that fails at least one rule of this conflict.
    let form = world.forms.get_mut(at)?;
    let rules = form.rules(assistance).ok()?;
    let (rule, node) = rules.into_iter().find(|(rule, _)| conflict.contains(rule))?;
    let fails = form.not(node).ok()?;
    let cells = form.case(&[fails]).ok()??;
    let title = format!("A subject that is not eligible for {}", world.name(assistance));
    world.example(at, &cells, &title, &[Expect::Ineligible(assistance, vec![rule])])
}
