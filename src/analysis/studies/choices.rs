//! Values of a choice that are never chosen, including `otherwise`, and eligible subjects for whom only `otherwise` is
//! left.

use super::example::Expect;
use super::form::{Answer, Cells, Form};
use super::verdicts::nodes;
use super::{World, problem};
use crate::diagram::{NO, Op, YES};
use crate::id::{AssistanceId, NodeId};
use crate::policy::{Choice, Header};

pub(super) fn study(world: &mut World<'_>) {
    for (place, choice) in world.policy.choices.iter().enumerate() {
        branches(world, place, choice);
        // With a single value, `otherwise` simply means its opposite.
        if choice.branches.len() > 1 {
            only_otherwise(world, place, choice);
        }
    }
}

/// A branch of a choice, as diagram nodes of a form.
struct Branch {
    /// Whether its condition holds.
    when: NodeId,
    /// Whether its value is chosen.
    taken: NodeId,
}

/// Returns the branches of a choice, and the node that is true if none is taken; `None` if the choice is about another
/// kind.
fn taken(form: &mut Form, place: usize, choice: &Choice) -> Answer<Option<(Vec<Branch>, NodeId)>> {
    if !form.compiled.choices.contains_key(&place) {
        return Ok(None);
    }
    let mut branches = Vec::new();
    let mut passed = YES;
    for (_, when) in &choice.branches {
        let Some(gate) = form.compiled.gate(when, form.compiled.subject, choice.header.standard) else {
            return Ok(None);
        };
        let when = form.node(gate)?;
        let taken = form.apply(Op::And, passed, when)?;
        branches.push(Branch { when, taken });
        passed = form.apply(Op::AndNot, passed, when)?;
    }
    Ok(Some((branches, passed)))
}

fn branches(world: &mut World<'_>, place: usize, choice: &Choice) {
    let question = format!("which values of {} are ever chosen", choice.header.id);
    let mut unchosen: Vec<bool> = vec![true; choice.branches.len()];
    let mut never_otherwise = true;
    let mut seen = None;
    for at in 0..world.forms.len() {
        let Some(form) = world.forms.get_mut(at) else { continue };
        let taken = taken(form, place, choice);
        match world.answer(taken, question.clone()) {
            Some(Some((branches, passed))) => {
                seen = seen.or(Some(at));
                never_otherwise &= passed == NO;
                for (is_unchosen, branch) in unchosen.iter_mut().zip(branches) {
                    *is_unchosen &= branch.taken == NO;
                }
            }
            Some(None) => {}
            None => return,
        }
    }
    let Some(at) = seen else { return };
    for branch in (0..unchosen.len()).filter(|branch| unchosen.get(*branch) == Some(&true)) {
        let example = instead(world, place, choice, at, branch);
        let finding = problem::branch(choice, branch).example(example);
        world.findings.push(finding);
    }
    if never_otherwise && !choice.branches.is_empty() {
        let example = last_taken(world, place, choice, at);
        world.findings.push(problem::otherwise(choice).example(example));
    }
}

/// An example as near to `otherwise` as possible: the last named value that can be chosen is chosen.
fn last_taken(world: &mut World<'_>, place: usize, choice: &Choice, at: usize) -> Option<String> {
    let form = world.forms.get_mut(at)?;
    let (branches, _) = taken(form, place, choice).ok()??;
    let values: Vec<(NodeId, &String)> = branches
        .iter()
        .map(|branch| branch.taken)
        .zip(choice.branches.iter().map(|(value, _)| value))
        .collect();
    for (taken, value) in values.into_iter().rev() {
        let form = world.forms.get_mut(at)?;
        let Ok(Some(cells)) = form.case(&[taken]) else { continue };
        let title = format!("{} is “{value}”, the last value that applies to anybody", choice.header.id);
        let example = world.example(at, &cells, &title, &[Expect::Chosen(place, value.clone())]);
        if example.is_some() {
            return example;
        }
    }
    None
}

/// An example in which the condition of a branch holds and an earlier branch is taken, or, if the condition never
/// holds, one in which another value is chosen.
fn instead(world: &mut World<'_>, place: usize, choice: &Choice, at: usize, branch: usize) -> Option<String> {
    let form = world.forms.get_mut(at)?;
    let (branches, passed) = taken(form, place, choice).ok()??;
    let when = branches.get(branch)?.when;
    let wanted = if when == NO { YES } else { when };
    let values =
        branches.iter().map(|branch| branch.taken).zip(choice.branches.iter().map(|(value, _)| value));
    let values: Vec<(NodeId, &String)> = values.chain([(passed, &choice.otherwise)]).collect();
    for (taken, value) in values {
        let form = world.forms.get_mut(at)?;
        let Ok(Some(cells)) = form.case(&[wanted, taken]) else { continue };
        let title = format!("{} is “{value}” instead", choice.header.id);
        let example = world.example(at, &cells, &title, &[Expect::Chosen(place, value.clone())]);
        if example.is_some() {
            return example;
        }
    }
    None
}

/// Looks for a type of assistance for which a subject can be eligible while no named value of the choice applies.
fn only_otherwise(world: &mut World<'_>, place: usize, choice: &Choice) {
    let Header { id: name, assistance, .. } = &choice.header;
    let question = format!("when only `otherwise` of {name} applies");
    let types = world.policy.assistance.ids().filter(|id| world.policy.covers(assistance, *id));
    for assistance in types.collect::<Vec<_>>() {
        for at in 0..world.forms.len() {
            let Some(form) = world.forms.get_mut(at) else { continue };
            let case = eligible_by_otherwise(form, place, choice, assistance);
            let Some(Some(cells)) = world.answer(case, question.clone()) else { continue };
            let title = format!("Eligible for {}, and no value of {name} applies", world.name(assistance));
            let expects = [Expect::Eligible(assistance), Expect::Chosen(place, choice.otherwise.clone())];
            let Some(example) = world.example(at, &cells, &title, &expects) else { continue };
            let finding = problem::only_otherwise(world, choice, assistance).example(Some(example));
            world.findings.push(finding);
            return;
        }
    }
}

fn eligible_by_otherwise(
    form: &mut Form,
    place: usize,
    choice: &Choice,
    assistance: AssistanceId,
) -> Answer<Option<Cells>> {
    let Some((_, passed)) = taken(form, place, choice)? else { return Ok(None) };
    let rules = form.rules(assistance)?;
    let all: Vec<NodeId> = nodes(&rules).into_iter().chain([passed]).collect();
    form.case(&all)
}
