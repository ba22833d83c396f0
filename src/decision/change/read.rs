//! The smallest sets of changes, read off the diagram of all rules.

use super::plan::{KEPT, Plan, Task};
use super::search::{GATHERED, widen};
use crate::circuit::{Cone, Mask};
use crate::diagram::compile_cone;
use crate::id::VarId;
use crate::sorted::sort_by;

/// The node budget of the diagram. It is small, since the search is fast if rules have little in common.
const NODES: usize = 2_000;

/// The costs of a move; see [`Task::cost`].
const CHANGE: u64 = 1 << 20;
const ROUNDABOUT: u64 = 1;

/// Returns the smallest plans that meet every rule for all values of the other facts, the best first; `None` if the
/// diagram would be too large. `root` is the cone of all rules together.
pub(super) fn read_off(task: &Task<'_>, root: &Cone) -> Option<Vec<Plan>> {
    let last = root.gates().len().checked_sub(1)?;
    let (mut diagram, nodes) = compile_cone(root, &[last], task.allowed, NODES, &task.work.share(3));
    let root = nodes.first().copied().flatten()?;
    let cost = |var: VarId, cell: u32| {
        let is_in = |mask: Option<&Mask>| mask.is_some_and(|mask| mask >> cell & 1 == 1);
        if task.fixed_vars.contains(&var) || !is_in(task.allowed.find(var)) {
            return None;
        }
        let round = is_in(task.roundabout.get(&var));
        let changed = !task.may_establish.contains(&var) && !is_in(task.masks.find(var));
        Some(if round { ROUNDABOUT } else { 0 } + if changed { CHANGE } else { 0 })
    };
    let found = diagram.fewest_changes(root, task.masks, cost, GATHERED)?;
    let plan = |set: Vec<(VarId, Mask)>| set.into_iter().map(|(var, cells)| (var, best_of(task, var, cells)));
    let mut plans: Vec<Plan> = found.sets.into_iter().map(|set| plan(set).collect()).collect();
    sort_by(&mut plans, |one, other| (task.cost(one), one).cmp(&(task.cost(other), other)));
    plans.truncate(KEPT);
    widen(task, &mut plans);
    Some(plans)
}

/// Returns those of some cells that cost the least.
fn best_of(task: &Task<'_>, var: VarId, cells: Mask) -> Mask {
    let within = |cells: Mask, wanted: Mask| if cells & wanted == 0 { cells } else { cells & wanted };
    let straight = within(cells, !task.roundabout.get(&var).copied().unwrap_or_default());
    within(straight, task.masks.find(var).copied().unwrap_or_default())
}
