//! Phases that never open or are never reached, days on which a phase is missing, and phases that overtake others.

use super::example::Expect;
use super::form::{Answer, Cells, Form};
use super::{World, problem};
use crate::diagram::{NO, Op, YES};
use crate::id::{NodeId, RuleId};
use crate::policy::{Body, Part, Phase, Policy};
use crate::sorted::SortedSet;
use std::sync::Arc;

pub(super) fn study(world: &mut World<'_>) {
    let phases: Vec<(RuleId, &Phase)> = phases(world.policy);
    missing(world, &phases);
    let mut blocked: SortedSet<RuleId> = SortedSet::new();
    for (place, (id, phase)) in phases.iter().enumerate() {
        let question = format!("whether phase {} can be reached", phase.number);
        let mut closed_in_all = None;
        for at in 0..world.forms.len() {
            let Some(form) = world.forms.get_mut(at) else { continue };
            let stages = stages(form);
            let Some(stages) = world.answer(stages, question.clone()) else { continue };
            let Some(stage) = stages.iter().find(|stage| stage.id == *id) else { continue };
            let found = (stage.open == NO, stage.reached == NO);
            closed_in_all = Some(
                closed_in_all
                    .map_or(found, |(open, reached): (bool, bool)| (open && found.0, reached && found.1)),
            );
        }
        let Some((never_open, never_reached)) = closed_in_all else { continue };
        let is_held_up =
            !phase.any_order && phases.iter().take(place).any(|(earlier, _)| blocked.contains(earlier));
        if never_reached {
            blocked.insert(*id);
        }
        if never_open {
            world.closed.insert(*id);
        }
        let has_later = phases.iter().skip(place + 1).any(|(_, later)| !later.any_order);
        if !is_held_up && (never_open || never_reached && has_later) {
            let finding = problem::unreached_phase(world, *id, phase.number, never_open);
            world.findings.push(finding);
        }
    }
    overtaking(world, &phases);
}

/// The phases of a policy, by number.
pub(super) fn phases(policy: &Policy) -> Vec<(RuleId, &Phase)> {
    let mut phases: Vec<(RuleId, &Phase)> = policy
        .rules
        .iter()
        .filter_map(|(id, rule)| match &rule.body {
            Body::Phase(phase) => Some((id, phase)),
            _ => None,
        })
        .collect();
    phases.sort_by_key(|(_, phase)| phase.number);
    phases
}

/// A phase in a form.
struct Stage {
    id: RuleId,
    /// Whether it is open, in turn or early.
    open: NodeId,
    /// Whether it is open in its turn.
    in_turn: NodeId,
    /// Whether it is reached.
    reached: NodeId,
}

/// The phases in force, in their order.
fn stages(form: &mut Form) -> Answer<Vec<Stage>> {
    let policy = Arc::clone(&form.compiled.policy);
    let mut stages: Vec<Stage> = Vec::new();
    let mut before = YES;
    for (id, phase) in phases(&policy) {
        let Some(open) = form.met(id)? else { continue };
        let first = if phase.any_order { YES } else { before };
        let begins = form.part(id, Part::Begins)?.unwrap_or(YES);
        let in_turn = form.apply(Op::And, first, begins)?;
        let reached = match &phase.reached {
            None => open,
            Some(reached) => {
                let gate =
                    form.compiled.gate(reached, form.compiled.subject, policy.rules[id].header.standard);
                match gate {
                    Some(gate) => form.node(gate)?,
                    None => continue,
                }
            }
        };
        let reached = form.apply(Op::And, first, reached)?;
        before = form.apply(Op::And, before, reached)?;
        stages.push(Stage { id, open, in_turn, reached });
    }
    Ok(stages)
}

/// Finds days on which the policy is in force and a phase is not.
fn missing(world: &mut World<'_>, phases: &[(RuleId, &Phase)]) {
    for (id, phase) in phases {
        let without: Vec<usize> = world
            .forms
            .iter()
            .enumerate()
            .filter(|(_, form)| !form.compiled.rules.contains_key(id))
            .map(|(at, _)| at)
            .collect();
        let holds_back = !world.policy.rules[*id].header.assistance.is_empty();
        if !without.is_empty() && without.len() < world.forms.len() && holds_back {
            let days = world.days_of(without.iter().copied());
            let assistance = world.policy.rules[*id].header.assistance.first().copied();
            let example = without.iter().find_map(|at| {
                let assistance = assistance?;
                let form = world.forms.get_mut(*at)?;
                let rules = form.rules(assistance).ok()?;
                let cells = form.case(&super::verdicts::nodes(&rules)).ok()??;
                let title = format!("Phase {} is not in force", phase.number);
                world.example(*at, &cells, &title, &[Expect::Eligible(assistance)])
            });
            let finding = problem::missing_phase(world, *id, phase.number, &days).example(example);
            world.findings.push(finding);
        }
    }
}

/// Finds phases that can be open in their turn while the one before is not.
fn overtaking(world: &mut World<'_>, phases: &[(RuleId, &Phase)]) {
    for (place, (later, phase)) in
        phases.iter().enumerate().skip(1).filter(|(_, (_, phase))| !phase.any_order)
    {
        let earlier: Vec<(RuleId, u32)> =
            phases.iter().take(place).map(|(id, phase)| (*id, phase.number)).collect();
        let question = format!("whether phase {} can open before an earlier phase", phase.number);
        'earlier: for (earlier, number) in earlier.into_iter().rev().take(1) {
            for at in 0..world.forms.len() {
                let Some(form) = world.forms.get_mut(at) else { continue };
                let case = overtaken(form, *later, earlier);
                let Some(Some(cells)) = world.answer(case, question.clone()) else { continue };
                let held = world.forms.get(at).map(|form| form.types_of(earlier)).unwrap_or_default();
                let title = format!("Phase {} is open, and phase {number} is not", phase.number);
                let example = held.first().and_then(|assistance| {
                    let expects = [Expect::Ineligible(*assistance, vec![earlier])];
                    world.example(at, &cells, &title, &expects)
                });
                let finding =
                    problem::overtaking(world, *later, phase.number, earlier, number).example(example);
                world.findings.push(finding);
                break 'earlier;
            }
        }
    }
}

fn overtaken(form: &mut Form, later: RuleId, earlier: RuleId) -> Answer<Option<Cells>> {
    let stages = stages(form)?;
    let of = |id: RuleId| stages.iter().find(|stage| stage.id == id);
    let (Some(later), Some(earlier)) = (of(later), of(earlier)) else { return Ok(None) };
    let (in_turn, open) = (later.in_turn, earlier.open);
    let closed = form.not(open)?;
    form.case(&[in_turn, closed])
}
