//! What is to be met by changes, what may be done about it, and which ways of doing it are better.

use crate::circuit::{Budget, Cone, Mask, Masks};
use crate::id::VarId;
use std::collections::{BTreeMap, BTreeSet};

/// How many sets are kept for each group of rules.
pub(super) const KEPT: usize = 5;

/// Variables with the cells into which they are put.
pub(super) type Plan = BTreeMap<VarId, Mask>;

/// Rules to be met, and what may be done about them.
pub(super) struct Task<'t> {
    /// The rules.
    pub cones: &'t [&'t Cone],
    /// What is known.
    pub masks: &'t Masks,
    /// Into which cells a variable may be put; all that is possible is among them.
    pub allowed: &'t Masks,
    /// The variables of which nothing is known, so that putting them anywhere changes nothing.
    pub may_establish: BTreeSet<VarId>,
    /// The cells that say who is meant, not what they are like: taken only where nothing else does as well.
    pub roundabout: BTreeMap<VarId, Mask>,
    /// The variables that are never touched.
    pub beyond_telling: BTreeSet<VarId>,
    /// What all work is charged to.
    pub work: Budget,
}

impl Task<'_> {
    /// What is known where a plan is carried out.
    pub fn with(&self, plan: &Plan) -> Masks {
        let put = |(var, mask): (VarId, &Mask)| plan.get(&var).copied().unwrap_or(*mask);
        self.masks.iter().map(put).collect()
    }

    /// Keeps the best of some plans, each once.
    pub fn keep_best(&self, plans: &mut Vec<Plan>) {
        plans.sort_by(|one, other| (self.cost(one), one).cmp(&(self.cost(other), other)));
        plans.dedup();
        let fewest = plans.first().map(Plan::len);
        plans.retain(|plan| Some(plan.len()) == fewest);
        plans.truncate(KEPT);
    }

    /// What speaks against a plan: its moves, then those of them that change what is known, then those that only get
    /// round the matter.
    pub fn cost(&self, plan: &Plan) -> (usize, usize, usize) {
        let changes = plan.iter().filter(|(var, cells)| {
            let known = self.masks.find(**var).copied().unwrap_or_default();
            !self.may_establish.contains(var) && **cells & !known != 0
        });
        let roundabout = plan.iter().filter(|(var, cells)| is_within(**var, **cells, &self.roundabout));
        (plan.len(), changes.count(), roundabout.count())
    }
}

/// Whether what a variable is put into lies wholly in some cells.
pub(super) fn is_within(var: VarId, cells: Mask, within: &BTreeMap<VarId, Mask>) -> bool {
    within.get(&var).is_some_and(|within| cells & !within == 0)
}

/// The best plans that are one of `these` and one of `those` together.
pub(super) fn product(task: &Task<'_>, these: &[Plan], those: &[Plan]) -> Vec<Plan> {
    let mut both: Vec<Plan> = Vec::new();
    for one in these {
        for other in those {
            if !task.work.spend(100 * (one.len() + other.len()) as u64) {
                task.work.cut();
                continue;
            }
            let mut plan = one.clone();
            plan.extend(other.iter().map(|(var, cells)| (*var, *cells)));
            both.push(plan);
        }
    }
    both.sort_by_key(|plan| task.cost(plan));
    both.truncate(KEPT);
    both
}
