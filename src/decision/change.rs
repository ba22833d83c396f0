//! Changes: the smallest sets of changes that make an outcome eligible.

mod plan;
mod read;
mod search;

use super::answer::Question;
use super::hearing::Hearing;
use super::{Change, ChangeWord, Outcome};
use crate::circuit::{Budget, Cone, Mask, Masks};
use crate::compiled::{Cells, Matter, Variable, Whom};
use crate::evidence::{Possible, Status};
use crate::id::VarId;
use crate::value::Truth;
use plan::{Plan, Task};
use read::read_off;
use search::cheapest;
use std::collections::{BTreeMap, BTreeSet};

/// The largest number of sets of changes that are reported.
const MOST: usize = 5;

/// Returns the smallest sets of changes, and whether no change can make the outcome eligible.
///
/// A `fixed` fact that is known never changes. A `fixed` fact that is open can be found to have the value that is
/// needed.
pub(super) fn changes<'a>(
    hearing: &Hearing<'a>,
    question: &Question,
    work: &Budget,
) -> (Vec<Vec<Change<'a>>>, bool) {
    if question.outcome == Outcome::Eligible {
        return (Vec::new(), false);
    }
    // Joined list variables already include the list constraints.
    let fitted = question.fitted.as_ref().filter(|_| hearing.compiled.joined().is_empty());
    let gates = fitted.into_iter().flat_map(|fitted| [fitted.can, fitted.must]).chain([question.root]);
    let asked: BTreeSet<VarId> = gates.flat_map(|gate| hearing.cone(gate).vars()).copied().collect();
    let mut allowed: Masks = hearing.known.masks.clone();
    let mut may_establish = BTreeSet::new();
    // No one can act on an unspecified further member.
    let mut beyond_telling = BTreeSet::new();
    let mut round: BTreeMap<VarId, Mask> = BTreeMap::new();
    for var in asked {
        let status = hearing.known.status[var];
        let variable = hearing.variable(var);
        let fixed = hearing.compiled.declared(variable.fact()).fixed;
        let is_open = matches!(status, Status::Unknown | Status::Presumed);
        if is_open || counts_unknown_members(hearing, var) {
            may_establish.insert(var);
        }
        if let Some(mask) = allowed.find_mut(var)
            && (is_open || !fixed)
        {
            *mask = hearing.full(var);
        }
        if matches!(variable.matter, Matter::Unexpressed { .. })
            || hearing.compiled.is_anybody(variable.who())
        {
            beyond_telling.insert(var);
        }
        if hearing.compiled.joined().list(var).is_none() {
            round.insert(var, roundabout(variable));
        }
    }
    round.retain(|_, cells| *cells != 0);
    let can = hearing.cone(fitted.map_or(question.root, |fitted| fitted.can));
    if can.exact(&allowed, &work.share(4)).0 == Truth::No {
        return (Vec::new(), true);
    }
    let cones: Vec<&Cone> = question.rules.iter().map(|(_, gate)| hearing.cone(*gate)).collect();
    let task = Task {
        cones: &cones,
        masks: &hearing.known.masks,
        allowed: &allowed,
        may_establish,
        roundabout: round,
        beyond_telling,
        work: work.clone(),
    };
    let mut plans = read_off(&task, hearing.cone(question.root)).unwrap_or_else(|| cheapest(&task));
    if let Some(fitted) = fitted {
        // A plan that violates a list constraint is impossible, and a plan can omit what a list constraint implies.
        plans.extend(read_off(&task, hearing.cone(fitted.must)).unwrap_or_default());
        plans.retain(|plan| can.exact(&task.with(plan), &work.share(4)).0 != Truth::No);
        task.keep_best(&mut plans);
    }
    plans.truncate(MOST);
    let asked = hearing.compiled.cone(question.root).vars();
    let told = plans.into_iter().map(|plan| tell(hearing, plan, asked)).collect();
    (told, false)
}

/// Returns the workaround cells of a variable: those that change who is meant instead of what holds of them. A target
/// that is the only entity of its kind, such as the national command, is no workaround, since policies name it.
fn roundabout(variable: &Variable) -> Mask {
    match (&variable.cells, &variable.matter) {
        (Cells::Targets(targets), _) => cells_with(targets, |whom| !matches!(whom, Whom::Only(_))),
        (_, Matter::Member { .. }) => Mask::MAX,
        _ => 0,
    }
}

fn cells_with(targets: &[Whom], wanted: impl Fn(&Whom) -> bool) -> Mask {
    let those = targets.iter().enumerate().filter(|(_, whom)| wanted(whom));
    those.fold(0, |mask, (place, _)| mask | 1 << place)
}

/// Turns a plan into changes. For a list, the sentences use the counts that the rules depend on.
fn tell<'a>(hearing: &Hearing<'a>, plan: Plan, asked: &[VarId]) -> Vec<Change<'a>> {
    plan.into_iter()
        .map(|(var, target)| Change {
            word: word(hearing, var, target),
            fact: hearing.fact_ref(var),
            text: match hearing.compiled.joined().list(var) {
                Some(list) => hearing.list_target(list, target, asked),
                None => hearing.target_sentence(var, target),
            },
        })
        .collect()
}

/// Returns whether a variable counts further members of a list that may have some. Nothing is known of them, since a
/// presumption is not knowledge.
fn counts_unknown_members(hearing: &Hearing<'_>, var: VarId) -> bool {
    matches!(hearing.variable(var).matter, Matter::Further { .. })
        && matches!(hearing.known.weighed[var].possible, Possible::Members { complete: false, .. })
}

fn word(hearing: &Hearing<'_>, var: VarId, target: Mask) -> ChangeWord {
    let within = counts_unknown_members(hearing, var) || target & !hearing.known.masks[var] == 0;
    match hearing.known.status[var] {
        Status::Contested if within => ChangeWord::Settle,
        Status::Unknown | Status::Presumed => ChangeWord::Establish,
        _ if within => ChangeWord::Establish,
        _ => ChangeWord::Change,
    }
}
