//! What would have to change: the smallest sets of changes that make an answer eligible.

mod search;

use super::ground::{Cells, Ground, Matter};
use super::verdict::Question;
use super::{Change, ChangeWord, Outcome};
use crate::circuit::{Cone, Mask, Masks};
use crate::evidence::Status;
use crate::id::VarId;
use crate::value::Truth;
use search::{Plan, Task, cheapest};
use std::collections::BTreeSet;

/// The most sets of changes that are told.
const MOST: usize = 5;

/// How many evaluations may go into finding out whether eligibility is within reach.
const EFFORT: u32 = 20_000;

/// The smallest sets of changes, and whether none can help.
///
/// Nothing that is `fixed` and known is ever changed; what is fixed and open may be found to be as is needed.
pub(super) fn changes<'a>(ground: &Ground<'a>, question: &Question) -> (Vec<Vec<Change<'a>>>, bool) {
    if question.outcome == Outcome::Eligible {
        return (Vec::new(), false);
    }
    let mut allowed: Masks = ground.masks.clone();
    let mut may_establish = BTreeSet::new();
    for (var, variable) in ground.variables.iter() {
        let fixed = ground.declared(variable.fact()).fixed;
        let is_open = matches!(variable.status, Status::Unknown | Status::Presumed);
        if is_open {
            may_establish.insert(var);
        }
        if let Some(mask) = allowed.find_mut(var)
            && (is_open || !fixed)
        {
            *mask = ground.circuit.full(var);
        }
    }
    // Nobody can do anything about just any further member.
    let beyond_telling: BTreeSet<VarId> = ground
        .variables
        .iter()
        .filter(|(_, variable)| {
            matches!(variable.matter, Matter::Unexpressed { .. }) || ground.is_anybody(variable.who())
        })
        .map(|(var, _)| var)
        .collect();
    let roundabout: BTreeSet<VarId> = ground
        .variables
        .iter()
        .filter(|(_, variable)| {
            matches!(variable.cells, Cells::Targets(_)) || matches!(variable.matter, Matter::Member { .. })
        })
        .map(|(var, _)| var)
        .collect();
    let root = Cone::of(&ground.circuit, question.root);
    if root.exact(&allowed, EFFORT).0 == Truth::No {
        return (Vec::new(), true);
    }
    let cones: Vec<Cone> = question.rules.iter().map(|(_, gate)| Cone::of(&ground.circuit, *gate)).collect();
    let task = Task {
        cones: &cones,
        masks: &ground.masks,
        allowed: &allowed,
        may_establish,
        roundabout,
        beyond_telling,
    };
    let mut plans = cheapest(&task);
    plans.truncate(MOST);
    let told = plans.into_iter().map(|plan| tell(ground, plan)).collect();
    (told, false)
}

fn tell<'a>(ground: &Ground<'a>, plan: Plan) -> Vec<Change<'a>> {
    plan.into_iter()
        .map(|(var, target)| Change {
            word: word(ground, var, target),
            fact: ground.fact_ref(var),
            text: ground.sentence(var, target),
        })
        .collect()
}

fn word(ground: &Ground<'_>, var: VarId, target: Mask) -> ChangeWord {
    let within = target & !ground.masks[var] == 0;
    match ground.variables[var].status {
        Status::Contested if within => ChangeWord::Settle,
        Status::Unknown | Status::Presumed => ChangeWord::Establish,
        _ if within => ChangeWord::Establish,
        _ => ChangeWord::Change,
    }
}
