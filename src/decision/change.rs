//! Changes: the smallest sets of changes that make an outcome eligible.

mod plan;
mod read;
mod search;

use super::answer::Question;
use super::evaluation::Evaluation;
use super::{Change, ChangeWord, Outcome};
use crate::circuit::{Budget, Cone, Mask, Masks};
use crate::compiled::{Cells, TargetCell, Variable, VariableKind};
use crate::evidence::{Possible, Status};
use crate::id::VarId;
use crate::sorted::{SortedMap, SortedSet};
use crate::value::Truth;
use plan::{Plan, Task};
use read::read_off;
use search::cheapest;

/// The largest number of sets of changes that are reported.
const MOST: usize = 5;

/// Returns the smallest sets of changes, and whether no change can make the outcome eligible.
///
/// A `fixed` fact that is known never changes. A `fixed` fact that is open can be found to have the value that is
/// needed.
pub(super) fn changes<'a>(
    evaluation: &Evaluation<'a>,
    question: Question<'_>,
    work: &Budget,
) -> (Vec<Vec<Change<'a>>>, bool) {
    if question.answer.outcome == Outcome::Eligible {
        return (Vec::new(), false);
    }
    // Joined list variables already include the list constraints.
    let constrained = question.due.constrained.as_ref().filter(|_| evaluation.compiled.joined().is_empty());
    let gates = constrained
        .into_iter()
        .flat_map(|constrained| [constrained.can, constrained.must])
        .chain([question.due.root]);
    let vars: SortedSet<VarId> = gates.flat_map(|gate| evaluation.cone(gate).vars()).copied().collect();
    let mut allowed: Masks = evaluation.known.masks.clone();
    let mut may_establish = SortedSet::new();
    // No one can act on an unspecified further member.
    let mut fixed_vars = SortedSet::new();
    let mut round: SortedMap<VarId, Mask> = SortedMap::new();
    for var in vars {
        let status = evaluation.known.status[var];
        let variable = evaluation.variable(var);
        let fixed = evaluation.compiled.declared(variable.fact()).fixed;
        let is_open = matches!(status, Status::Unknown | Status::Presumed);
        if is_open || counts_unknown_members(evaluation, var) {
            may_establish.insert(var);
        }
        if let Some(mask) = allowed.find_mut(var)
            && (is_open || !fixed)
        {
            *mask = evaluation.full(var);
        }
        if matches!(variable.kind, VariableKind::Unexpressed { .. })
            || evaluation.compiled.is_unnamed_member(variable.who())
        {
            fixed_vars.insert(var);
        }
        if evaluation.compiled.joined().list(var).is_none() {
            round.insert(var, roundabout(variable));
        }
    }
    round.retain(|_, cells| *cells != 0);
    let can = evaluation.cone(constrained.map_or(question.due.root, |constrained| constrained.can));
    if can.exact(&allowed, &work.share(4)).0 == Truth::No {
        return (Vec::new(), true);
    }
    let cones: Vec<&Cone> = question.due.rules.iter().map(|(_, gate)| evaluation.cone(*gate)).collect();
    let task = Task {
        cones: &cones,
        masks: &evaluation.known.masks,
        allowed: &allowed,
        may_establish,
        roundabout: round,
        fixed_vars,
        work: work.clone(),
    };
    let mut plans = read_off(&task, evaluation.cone(question.due.root)).unwrap_or_else(|| cheapest(&task));
    if let Some(constrained) = constrained {
        // A plan that violates a list constraint is impossible, and a plan can omit what a list constraint implies.
        plans.extend(read_off(&task, evaluation.cone(constrained.must)).unwrap_or_default());
        plans.retain(|plan| can.exact(&task.with(plan), &work.share(4)).0 != Truth::No);
        task.keep_best(&mut plans);
    }
    plans.truncate(MOST);
    let used = evaluation.compiled.cone(question.due.root).vars();
    let sets = plans.into_iter().map(|plan| to_changes(evaluation, plan, used)).collect();
    (sets, false)
}

/// Returns the workaround cells of a variable: those that change who is meant instead of what holds of them. A target
/// that is the only entity of its kind, such as the national command, is no workaround, since policies name it.
fn roundabout(variable: &Variable) -> Mask {
    match (&variable.cells, &variable.kind) {
        (Cells::Targets(targets), _) => cells_with(targets, |target| !matches!(target, TargetCell::Only(_))),
        (_, VariableKind::Member { .. }) => Mask::MAX,
        _ => 0,
    }
}

fn cells_with(targets: &[TargetCell], wanted: impl Fn(&TargetCell) -> bool) -> Mask {
    let chosen = targets.iter().enumerate().filter(|(_, target)| wanted(target));
    chosen.fold(0, |mask, (place, _)| mask | 1 << place)
}

/// Turns a plan into changes. For a list, the sentences use the counts that the rules depend on.
fn to_changes<'a>(evaluation: &Evaluation<'a>, plan: Plan, used: &[VarId]) -> Vec<Change<'a>> {
    plan.into_iter()
        .map(|(var, target)| Change {
            word: word(evaluation, var, target),
            fact: evaluation.fact_ref(var),
            text: match evaluation.compiled.joined().list(var) {
                Some(list) => evaluation.list_target(list, target, used),
                None => evaluation.target_sentence(var, target),
            },
        })
        .collect()
}

/// Returns whether a variable counts further members of a list that may have some. Nothing is known of them, since a
/// presumption is not knowledge.
fn counts_unknown_members(evaluation: &Evaluation<'_>, var: VarId) -> bool {
    matches!(evaluation.variable(var).kind, VariableKind::Further { .. })
        && matches!(evaluation.known.weighed[var].possible, Possible::Members { complete: false, .. })
}

fn word(evaluation: &Evaluation<'_>, var: VarId, target: Mask) -> ChangeWord {
    let within = counts_unknown_members(evaluation, var) || target & !evaluation.known.masks[var] == 0;
    match evaluation.known.status[var] {
        Status::Contested if within => ChangeWord::Settle,
        Status::Unknown | Status::Presumed => ChangeWord::Establish,
        _ if within => ChangeWord::Establish,
        _ => ChangeWord::Change,
    }
}
