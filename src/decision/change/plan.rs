//! Plans: sets of changes that meet rules, and the order in which they are preferred.

use crate::circuit::{Budget, Cone, Mask, Masks};
use crate::id::VarId;
use crate::sorted::{SortedMap, SortedSet, sort_by, sort_by_key};

/// The number of plans that are kept for each group of rules.
pub(super) const KEPT: usize = 5;

/// A plan: variables with the cells into which they are moved.
pub(super) type Plan = SortedMap<VarId, Mask>;

/// The rules to be met, and the changes that are allowed.
pub(super) struct Task<'t> {
    /// The rules.
    pub cones: &'t [&'t Cone],
    /// The possible cells by what is known.
    pub masks: &'t Masks,
    /// The cells that each variable may be moved to; they include all possible cells.
    pub allowed: &'t Masks,
    /// The variables of which nothing is known, so that moving them does not change what is known.
    pub may_establish: SortedSet<VarId>,
    /// The workaround cells, which change who is meant instead of what holds of them. They are used only if nothing
    /// else is as good.
    pub roundabout: SortedMap<VarId, Mask>,
    /// The variables that are never moved.
    pub fixed_vars: SortedSet<VarId>,
    /// The budget for all work.
    pub work: Budget,
}

impl Task<'_> {
    /// Returns the possible cells after a plan is carried out.
    pub fn with(&self, plan: &Plan) -> Masks {
        let put = |(var, mask): (VarId, &Mask)| plan.get(&var).copied().unwrap_or(*mask);
        self.masks.iter().map(put).collect()
    }

    /// Sorts the plans, drops duplicates, and keeps the best of the shortest ones.
    pub fn keep_best(&self, plans: &mut Vec<Plan>) {
        sort_by(plans, |one, other| (self.cost(one), one).cmp(&(self.cost(other), other)));
        plans.dedup();
        let fewest = plans.first().map(Plan::len);
        plans.retain(|plan| Some(plan.len()) == fewest);
        plans.truncate(KEPT);
    }

    /// Returns the cost of a plan, compared in this order: the number of its moves, the number of moves that change
    /// what is known, and the number of moves that are only workarounds.
    pub fn cost(&self, plan: &Plan) -> (usize, usize, usize) {
        let changes = plan.iter().filter(|(var, cells)| {
            let known = self.masks.find(**var).copied().unwrap_or_default();
            !self.may_establish.contains(var) && **cells & !known != 0
        });
        let roundabout = plan.iter().filter(|(var, cells)| is_within(**var, **cells, &self.roundabout));
        (plan.len(), changes.count(), roundabout.count())
    }
}

/// Returns whether all target cells of a variable lie in its cells of `within`.
pub(super) fn is_within(var: VarId, cells: Mask, within: &SortedMap<VarId, Mask>) -> bool {
    within.get(&var).is_some_and(|within| cells & !within == 0)
}

/// Returns the best plans that combine one of `left` with one of `right`.
pub(super) fn product(task: &Task<'_>, left: &[Plan], right: &[Plan]) -> Vec<Plan> {
    let mut both: Vec<Plan> = Vec::new();
    for one in left {
        for other in right {
            if !task.work.spend(100 * (one.len() + other.len()) as u64) {
                task.work.cut();
                continue;
            }
            let mut plan = one.clone();
            plan.extend(other.iter().map(|(var, cells)| (*var, *cells)));
            both.push(plan);
        }
    }
    sort_by_key(&mut both, |plan| task.cost(plan));
    both.truncate(KEPT);
    both
}
