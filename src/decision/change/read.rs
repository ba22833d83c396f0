//! The smallest sets of changes, read off the diagram of all rules at once.

use super::plan::{KEPT, Plan, Task};
use super::search::{GATHERED, widen};
use crate::circuit::{Cone, Mask};
use crate::diagram::compile_cone;
use crate::id::VarId;

/// How many nodes the diagram may have; few, since the search is quick where rules have little in common.
const NODES: usize = 2_000;

/// What speaks against a move: see [`Task::cost`].
const CHANGE: u64 = 1 << 20;
const ROUNDABOUT: u64 = 1;

/// The smallest plans by which every rule is met however the rest turns out, the best first; `root` is all rules at once, as a cone.
/// None where the diagram would be too large.
pub(super) fn read_off(task: &Task<'_>, root: &Cone) -> Option<Vec<Plan>> {
    let last = root.gates().len().checked_sub(1)?;
    let (mut diagram, nodes) = compile_cone(root, &[last], task.allowed, NODES, &task.work.share(3));
    let root = nodes.first().copied().flatten()?;
    let cost = |var: VarId, cell: u32| {
        let is_in = |mask: Option<&Mask>| mask.is_some_and(|mask| mask >> cell & 1 == 1);
        if task.beyond_telling.contains(&var) || !is_in(task.allowed.find(var)) {
            return None;
        }
        let round = is_in(task.roundabout.get(&var));
        let changed = !task.may_establish.contains(&var) && !is_in(task.masks.find(var));
        Some(if round { ROUNDABOUT } else { 0 } + if changed { CHANGE } else { 0 })
    };
    let found = diagram.fewest_changes(root, task.masks, cost, GATHERED)?;
    let plan = |set: Vec<(VarId, Mask)>| set.into_iter().map(|(var, cells)| (var, best_of(task, var, cells)));
    let mut plans: Vec<Plan> = found.sets.into_iter().map(|set| plan(set).collect()).collect();
    plans.sort_by(|one, other| (task.cost(one), one).cmp(&(task.cost(other), other)));
    plans.truncate(KEPT);
    widen(task, &mut plans);
    Some(plans)
}

/// Those of some cells against which least speaks.
fn best_of(task: &Task<'_>, var: VarId, cells: Mask) -> Mask {
    let within = |cells: Mask, wanted: Mask| if cells & wanted == 0 { cells } else { cells & wanted };
    let straight = within(cells, !task.roundabout.get(&var).copied().unwrap_or_default());
    within(straight, task.masks.find(var).copied().unwrap_or_default())
}
