//! Rules that never matter, that others make redundant, or that contradict others; exceptions without effect.

use super::example::Expect;
use super::form::{Answer, Form, Met, TooLarge};
use super::verdicts::nodes;
use super::{World, problem};
use crate::diagram::{NO, Op, YES};
use crate::id::{AssistanceId, NodeId, RuleId};
use crate::policy::{Body, Part};
use crate::sorted::{SortedMap, SortedSet};
use std::rc::Rc;
use std::sync::Arc;

/// The largest group of connected rules in which all pairs are compared.
const MOST_PAIRED: usize = 2_000;

pub(super) fn study(world: &mut World<'_>) {
    let idle = idle(world);
    redundant(world, &idle);
    contradictions(world, &idle);
    exceptions(world, &idle);
}

/// Rules that no subject fails on any day.
fn idle(world: &mut World<'_>) -> SortedSet<RuleId> {
    let mut idle = SortedSet::new();
    for (id, rule) in world.policy.rules.iter() {
        // A phase without conditions of its own is open from the start; that is intended.
        if matches!(&rule.body, Body::Phase(phase) if phase.begins.is_none()) {
            continue;
        }
        let question = format!("whether {} ever matters", world.rule_words(id));
        let mut all_meet = None;
        for at in 0..world.forms.len() {
            let met = world.forms.get(at).map_or(Ok(None), |form| form.met(id));
            match world.answer(met, question.clone()) {
                Some(Some(node)) => {
                    all_meet = Some(all_meet.map_or((true, at), |(all, _)| (all, at)));
                    if node != YES {
                        all_meet = Some((false, at));
                        break;
                    }
                }
                Some(None) => {}
                None => {
                    all_meet = None;
                    break;
                }
            }
        }
        if let Some((true, at)) = all_meet {
            idle.insert(id);
            let example = nearest_failure(world, id, at);
            let finding = problem::idle_rule(world, id).example(example);
            world.findings.push(finding);
        }
    }
    idle
}

/// The case that comes closest to failing a rule that no subject fails: one in which as many other conditions of the rule
/// as possible have the values with which it would fail.
fn nearest_failure(world: &mut World<'_>, rule: RuleId, at: usize) -> Option<String> {
    let form = world.forms.get_mut(at)?;
    let assistance = form.types_of(rule).first().copied()?;
    let when = form.part(rule, Part::When).ok()?.unwrap_or(YES);
    let needs = form.part(rule, Part::Needs).ok()?.unwrap_or(NO);
    let unless = form.part(rule, Part::Unless).ok()?.unwrap_or(NO);
    let (not_needs, not_unless) = (form.not(needs).ok()?, form.not(unless).ok()?);
    let rules = form.rules(assistance).ok()?;
    let met = nodes(&rules);
    let mut tries = vec![vec![when, not_needs], vec![when, not_unless], vec![when]];
    // If its `when` never holds, try single conditions of it.
    tries.extend(form.parts_of_when(rule).into_iter().map(|part| vec![part]));
    tries.push(Vec::new());
    for wanted in tries {
        let form = world.forms.get_mut(at)?;
        let all: Vec<NodeId> = met.iter().copied().chain(wanted).collect();
        let Ok(Some(cells)) = form.case(&all) else { continue };
        let title = format!("The closest case to failing {}", world.rule_name(rule));
        let example = world.example(at, &cells, &title, &[Expect::Eligible(assistance)]);
        if example.is_some() {
            return example;
        }
    }
    None
}

/// A rule in a form, for a type of assistance, with the group of rules that share facts with it.
struct Held {
    at: usize,
    assistance: AssistanceId,
    group: Rc<Vec<Met>>,
}

/// Finds rules that no subject fails without failing another.
fn redundant(world: &mut World<'_>, idle: &SortedSet<RuleId>) {
    let mut held: SortedMap<RuleId, Vec<Held>> = SortedMap::new();
    let mut needed: SortedSet<RuleId> = idle.clone();
    for assistance in world.policy.assistance.ids() {
        let question = format!("which rules for {} are redundant", world.name(assistance));
        for at in 0..world.forms.len() {
            let Some(form) = world.forms.get_mut(at).filter(|form| form.like(assistance) == assistance)
            else {
                continue;
            };
            let groups = groups(form, assistance, idle);
            let Some(groups) = world.answer(groups, question.clone()) else {
                // If the question was too large, report none of these rules.
                needed.extend(world.forms.get(at).into_iter().flat_map(|form| {
                    let due = form.compiled.types.find(assistance);
                    due.into_iter().flat_map(|due| &due.rules).map(|(rule, _)| *rule)
                }));
                continue;
            };
            for (group, flags) in groups {
                let group = Rc::new(group);
                for ((rule, _), is_redundant) in group.iter().zip(flags) {
                    if is_redundant {
                        let group = Rc::clone(&group);
                        held.entry(*rule).or_default().push(Held { at, assistance, group });
                    } else {
                        needed.insert(*rule);
                    }
                }
            }
        }
    }
    held.retain(|rule, _| {
        !needed.contains(rule) && !matches!(world.policy.rules[*rule].body, Body::Phase(_))
    });
    // If rules make each other redundant, the last one is reported first.
    let mut gone: SortedSet<RuleId> = SortedSet::new();
    for (rule, places) in held.into_iter().rev() {
        let mut implied_by = None;
        for place in &places {
            let Some(form) = world.forms.get_mut(place.at) else { continue };
            match still_implied(form, rule, &place.group, &gone) {
                Ok(Some(by)) => {
                    implied_by.get_or_insert((by, place.at, place.assistance));
                }
                _ => {
                    implied_by = None;
                    break;
                }
            }
        }
        let Some((by, at, assistance)) = implied_by else { continue };
        gone.insert(rule);
        let example = failing_both(world, rule, &by, at, assistance);
        let finding = problem::redundant(world, rule, &by).example(example);
        world.findings.push(finding);
    }
}

/// Groups the rules for a type by shared facts, each with whether the others of its group imply it. If no subject can be
/// eligible for the type, all its rules are in one group and count as implied.
fn groups(
    form: &mut Form,
    assistance: AssistanceId,
    idle: &SortedSet<RuleId>,
) -> Answer<Vec<(Vec<Met>, Vec<bool>)>> {
    let rules: Vec<Met> = form
        .rules(assistance)?
        .into_iter()
        .filter(|(rule, node)| !idle.contains(rule) && *node != YES)
        .collect();
    let mut found = Vec::new();
    for group in form.apart(&rules) {
        let nodes = nodes(&group);
        if form.all(&nodes)? == NO {
            let all = vec![true; rules.len()];
            return Ok(vec![(rules, all)]);
        }
        let flags = form.redundant(&nodes)?;
        found.push((group, flags));
    }
    Ok(found)
}

/// The rules that imply a rule, without those in `gone`: one rule if possible, otherwise a minimal set; `None` if they
/// do not imply it.
fn still_implied(
    form: &mut Form,
    rule: RuleId,
    group: &[Met],
    gone: &SortedSet<RuleId>,
) -> Answer<Option<Vec<RuleId>>> {
    let Some((_, node)) = group.iter().find(|(other, _)| *other == rule).copied() else { return Ok(None) };
    let mut others: Vec<Met> =
        group.iter().copied().filter(|(other, _)| *other != rule && !gone.contains(other)).collect();
    for (other, other_node) in &others {
        if *other_node != NO && form.imply(*other_node, YES, node)? {
            return Ok(Some(vec![*other]));
        }
    }
    let all = form.all(&nodes(&others))?;
    if all == NO || !form.imply(all, YES, node)? {
        return Ok(None);
    }
    for one in others.clone() {
        let less: Vec<Met> = others.iter().copied().filter(|(other, _)| *other != one.0).collect();
        let all = form.all(&nodes(&less))?;
        if form.imply(all, YES, node)? {
            others = less;
        }
    }
    Ok(Some(others.into_iter().map(|(rule, _)| rule).collect()))
}

/// An example that fails a redundant rule and another.
fn failing_both(
    world: &mut World<'_>,
    rule: RuleId,
    by: &[RuleId],
    at: usize,
    assistance: AssistanceId,
) -> Option<String> {
    let form = world.forms.get_mut(at)?;
    let rules = form.rules(assistance).ok()?;
    let of = |wanted: RuleId| rules.iter().find(|(other, _)| *other == wanted).map(|(_, node)| *node);
    let fails = form.not(of(rule)?).ok()?;
    for other in by {
        let form = world.forms.get_mut(at)?;
        let other_fails = form.not(of(*other)?).ok()?;
        let Ok(Some(cells)) = form.case(&[fails, other_fails]) else { continue };
        let title = format!("A subject that fails {}", world.rule_name(rule));
        let expects = [Expect::Ineligible(assistance, vec![rule, *other])];
        let example = world.example(at, &cells, &title, &expects);
        if example.is_some() {
            return example;
        }
    }
    None
}

/// Finds rules with a `when` that a subject they apply to cannot meet together with another rule.
fn contradictions(world: &mut World<'_>, idle: &SortedSet<RuleId>) {
    let mut found: SortedMap<(RuleId, RuleId), Vec<Contradiction>> = SortedMap::new();
    for assistance in world.policy.assistance.ids() {
        let question = format!("which rules for {} contradict each other", world.name(assistance));
        for at in 0..world.forms.len() {
            let Some(form) = world.forms.get_mut(at).filter(|form| form.like(assistance) == assistance)
            else {
                continue;
            };
            let pairs = contradicting(form, assistance, idle);
            for pair in world.answer(pairs, question.clone()).unwrap_or_default() {
                let rules = (pair.0.min(pair.1), pair.0.max(pair.1));
                found.entry(rules).or_default().push(Contradiction { at, assistance, pair });
            }
        }
    }
    for places in found.into_values() {
        let days = world.days_of(places.iter().map(|place| place.at));
        let Some(Contradiction { at, assistance, pair: (one, other, cells) }) = places.into_iter().next()
        else {
            continue;
        };
        let title = format!("A subject that meets {} fails {}", world.rule_name(one), world.rule_name(other));
        let expects = [Expect::Ineligible(assistance, vec![other])];
        let example = world.example(at, &cells, &title, &expects);
        let finding = problem::contradiction(world, one, other, &days).example(example);
        world.findings.push(finding);
    }
}

/// Two rules that contradict each other, in a form and for a type.
struct Contradiction {
    at: usize,
    assistance: AssistanceId,
    pair: Pair,
}

/// A rule, another rule that is always failed if the first applies and is met, and a case in which the first applies.
type Pair = (RuleId, RuleId, super::Cells);

fn contradicting(form: &mut Form, assistance: AssistanceId, idle: &SortedSet<RuleId>) -> Answer<Vec<Pair>> {
    let mut pairs = Vec::new();
    let rules: Vec<Met> =
        form.rules(assistance)?.into_iter().filter(|(rule, _)| !idle.contains(rule)).collect();
    for group in form.apart(&rules) {
        if group.len() > MOST_PAIRED {
            return Err(TooLarge);
        }
        if form.all(&nodes(&group))? == NO {
            continue;
        }
        let supports: Vec<_> = group.iter().map(|(_, met)| form.support(*met)).collect();
        for (one, met) in &group {
            let Some(when) = form.part(*one, Part::When)?.filter(|when| *when != YES) else { continue };
            let both = form.all(&[when, *met])?;
            if both == NO {
                continue;
            }
            let facts = form.support(both);
            for (place, (other, other_met)) in group.iter().enumerate().filter(|(_, (other, _))| other != one)
            {
                if supports.get(place).is_none_or(|support| support.is_disjoint(&facts)) {
                    continue;
                }
                if form.imply(both, *other_met, NO)?
                    && !form.imply(when, *other_met, NO)?
                    && let Some(cells) = form.case(&[both])?
                {
                    pairs.push((*one, *other, cells));
                }
            }
        }
    }
    Ok(pairs)
}

/// Finds exceptions of rules and definitions that never change a result.
fn exceptions(world: &mut World<'_>, idle: &SortedSet<RuleId>) {
    for (id, rule) in world.policy.rules.iter() {
        let (Body::Requirement { unless: Some(unless), .. } | Body::Bar { unless: Some(unless), .. }) =
            &rule.body
        else {
            continue;
        };
        if idle.contains(&id) {
            continue;
        }
        let question = format!("whether the exception of `{}` ever matters", rule.header.id);
        let mut place = None;
        let mut is_idle = true;
        for at in 0..world.forms.len() {
            let Some(form) = world.forms.get_mut(at) else { continue };
            let effect = effect(form, id);
            match world.answer(effect, question.clone()) {
                Some(Some(NO)) => place = place.or(Some(at)),
                Some(None) => {}
                _ => is_idle = false,
            }
        }
        if let (true, Some(at)) = (is_idle, place) {
            let example = excepted(world, id, at);
            let finding = problem::idle_exception(world, id, unless).example(example);
            world.findings.push(finding);
        }
    }
    for (id, fact) in world.policy.vocabulary.facts.iter() {
        let Some(unless) = fact.definition.as_ref().and_then(|definition| definition.unless.as_ref()) else {
            continue;
        };
        let question = format!("whether the exception of `{}` ever matters", fact.phrase);
        let mut is_idle = None;
        for at in 0..world.forms.len() {
            let Some(form) = world.forms.get_mut(at) else { continue };
            let idle = definition_excepted(form, id);
            match world.answer(idle, question.clone()) {
                Some(Some(true)) => is_idle = is_idle.or(Some(true)),
                Some(None) => {}
                _ => is_idle = Some(false),
            }
        }
        if is_idle == Some(true) {
            let finding = problem::idle_exception_of_fact(world, id, unless);
            world.findings.push(finding);
        }
    }
}

/// The cases in which an exception changes whether a rule is met; `None` if the rule has no exception, is not in force
/// or is about another kind.
fn effect(form: &mut Form, rule: RuleId) -> Answer<Option<NodeId>> {
    let Some(unless) = form.part(rule, Part::Unless)? else { return Ok(None) };
    let when = form.part(rule, Part::When)?.unwrap_or(YES);
    let needs = form.part(rule, Part::Needs)?.unwrap_or(NO);
    let not_when = form.not(when)?;
    let without = form.any(&[not_when, needs])?;
    Ok(Some(form.apply(Op::AndNot, unless, without)?))
}

/// A case in which an exception holds and changes nothing, or, if it never holds, one that fails the rule.
fn excepted(world: &mut World<'_>, rule: RuleId, at: usize) -> Option<String> {
    let form = world.forms.get_mut(at)?;
    let assistance = form.types_of(rule).first().copied()?;
    let unless = form.part(rule, Part::Unless).ok()??;
    let rules = form.rules(assistance).ok()?;
    let all: Vec<NodeId> = nodes(&rules).into_iter().chain([unless]).collect();
    if let Ok(Some(cells)) = form.case(&all) {
        let title =
            format!("The exception of {} holds and is not needed", world.policy.rules[rule].header.id);
        return world.example(at, &cells, &title, &[Expect::Eligible(assistance)]);
    }
    let met = form.met(rule).ok()??;
    let fails = form.not(met).ok()?;
    let cells = form.case(&[fails]).ok()??;
    let title = format!("A subject that fails {} is never exempt", world.policy.rules[rule].header.id);
    world.example(at, &cells, &title, &[Expect::Ineligible(assistance, vec![rule])])
}

/// Whether an exception of a definition never changes it wherever the definition is used; `None` if there is no
/// exception or no use.
fn definition_excepted(form: &mut Form, fact: crate::id::FactId) -> Answer<Option<bool>> {
    let policy = Arc::clone(&form.compiled.policy);
    let definition = policy.vocabulary.facts[fact].definition.as_ref();
    let Some((definition, unless)) = definition.and_then(|of| Some((of, of.unless.as_ref()?))) else {
        return Ok(None);
    };
    let standards = policy.vocabulary.standards.ids().map(Some);
    let standards: Vec<_> = std::iter::once(None).chain(standards).collect();
    let mut is_idle = None;
    for who in form.compiled.entity_refs.ids().collect::<Vec<_>>() {
        for standard in &standards {
            let gates = (
                form.compiled.gate(&definition.when, who, *standard),
                form.compiled.gate(unless, who, *standard),
            );
            let (Some(when), Some(unless)) = gates else { continue };
            let (when, unless) = (form.node(when)?, form.node(unless)?);
            is_idle = Some(is_idle.unwrap_or(true) && form.imply(when, unless, NO)?);
        }
    }
    Ok(is_idle)
}
