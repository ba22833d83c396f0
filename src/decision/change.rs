//! What would have to change: the smallest sets of changes that make an answer eligible.

mod plan;
mod read;
mod search;

use super::answer::Question;
use super::hearing::Hearing;
use super::{Change, ChangeWord, Outcome};
use crate::circuit::{Budget, Cone, Mask, Masks};
use crate::compiled::{Cells, Matter, Variable, Whom};
use crate::evidence::Status;
use crate::id::VarId;
use crate::value::Truth;
use plan::{Plan, Task, is_within};
use read::read_off;
use search::cheapest;
use std::collections::{BTreeMap, BTreeSet};

/// The most sets of changes that are told.
const MOST: usize = 5;

/// The smallest sets of changes, and whether none can help.
///
/// Nothing that is `fixed` and known is ever changed; what is fixed and open may be found to be as is needed.
pub(super) fn changes<'a>(
    hearing: &Hearing<'a>,
    question: &Question,
    work: &Budget,
) -> (Vec<Vec<Change<'a>>>, bool) {
    if question.outcome == Outcome::Eligible {
        return (Vec::new(), false);
    }
    let mut allowed: Masks = hearing.known.masks.clone();
    let mut may_establish = BTreeSet::new();
    for (var, variable) in hearing.compiled.variables.iter() {
        let fixed = hearing.compiled.declared(variable.fact()).fixed;
        let is_open = matches!(hearing.known.status[var], Status::Unknown | Status::Presumed);
        if is_open {
            may_establish.insert(var);
        }
        if let Some(mask) = allowed.find_mut(var)
            && (is_open || !fixed)
        {
            *mask = hearing.compiled.circuit.full(var);
        }
    }
    // Nobody can do anything about just any further member.
    let beyond_telling: BTreeSet<VarId> = hearing
        .compiled
        .variables
        .iter()
        .filter(|(_, variable)| {
            matches!(variable.matter, Matter::Unexpressed { .. })
                || hearing.compiled.is_anybody(variable.who())
        })
        .map(|(var, _)| var)
        .collect();
    let cells_of = |roundabout: fn(&Variable) -> Mask| -> BTreeMap<VarId, Mask> {
        let cells = hearing.compiled.variables.iter().map(|(var, variable)| (var, roundabout(variable)));
        cells.filter(|(_, cells)| *cells != 0).collect()
    };
    let fitted = question.fitted.as_ref();
    let can = hearing.compiled.cone(fitted.map_or(question.root, |fitted| fitted.can));
    if can.exact(&allowed, &work.share(4)).0 == Truth::No {
        return (Vec::new(), true);
    }
    let cones: Vec<&Cone> = question.rules.iter().map(|(_, gate)| hearing.compiled.cone(*gate)).collect();
    let task = Task {
        cones: &cones,
        masks: &hearing.known.masks,
        allowed: &allowed,
        may_establish,
        roundabout: cells_of(roundabout),
        beyond_telling,
        work: work.clone(),
    };
    let circuit = &hearing.compiled.circuit;
    let mut plans = read_off(&task, circuit, question.root).unwrap_or_else(|| cheapest(&task));
    if let Some(fitted) = fitted {
        // What one list cannot come to is no plan, and what it comes to anyway need not be in one.
        plans.extend(read_off(&task, circuit, fitted.must).unwrap_or_default());
        plans.retain(|plan| can.exact(&task.with(plan), &work.share(4)).0 != Truth::No);
        task.keep_best(&mut plans);
    }
    let evasive = cells_of(evasive);
    let evasions =
        |plan: &Plan| plan.iter().filter(|(var, cells)| is_within(**var, **cells, &evasive)).count();
    let fewest = plans.iter().map(evasions).min();
    plans.retain(|plan| Some(evasions(plan)) == fewest);
    plans.truncate(MOST);
    let told = plans.into_iter().map(|plan| tell(hearing, plan)).collect();
    (told, false)
}

/// The cells that say who is meant, not what they are like. To be put under the thing there is only one of is no way
/// round: the national command is what policies ask for by name.
fn roundabout(variable: &Variable) -> Mask {
    match (&variable.cells, &variable.matter) {
        (Cells::Targets(targets), _) => cells_with(targets, |whom| !matches!(whom, Whom::Only(_))),
        (_, Matter::Member { .. }) => Mask::MAX,
        _ => 0,
    }
}

/// The cells by which a relation leads to no one, or to whoever else.
fn evasive(variable: &Variable) -> Mask {
    match &variable.cells {
        Cells::Targets(targets) => cells_with(targets, |whom| matches!(whom, Whom::NoOne | Whom::Other(_))),
        _ => 0,
    }
}

fn cells_with(targets: &[Whom], wanted: impl Fn(&Whom) -> bool) -> Mask {
    let those = targets.iter().enumerate().filter(|(_, whom)| wanted(whom));
    those.fold(0, |mask, (place, _)| mask | 1 << place)
}

fn tell<'a>(hearing: &Hearing<'a>, plan: Plan) -> Vec<Change<'a>> {
    plan.into_iter()
        .map(|(var, target)| Change {
            word: word(hearing, var, target),
            fact: hearing.fact_ref(var),
            text: hearing.target_sentence(var, target),
        })
        .collect()
}

fn word(hearing: &Hearing<'_>, var: VarId, target: Mask) -> ChangeWord {
    let within = target & !hearing.known.masks[var] == 0;
    match hearing.known.status[var] {
        Status::Contested if within => ChangeWord::Settle,
        Status::Unknown | Status::Presumed => ChangeWord::Establish,
        _ if within => ChangeWord::Establish,
        _ => ChangeWord::Change,
    }
}
