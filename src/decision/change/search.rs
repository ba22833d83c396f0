//! The search for the smallest sets of changes, independent of facts and words.
//!
//! The search uses iterative deepening. Every set must contain a variable that each unmet rule depends on, so the
//! search branches on these variables. Rules that share no changeable variable are solved separately.

use super::plan::{KEPT, Plan, Task, product};
use crate::circuit::{Cone, Mask, Masks, split};
use crate::id::VarId;
use crate::sorted::{SortedMap, SortedSet, sort, sort_by_key};
use crate::value::Truth;

/// The budget for evaluating one rule.
const EFFORT: u64 = 200_000;

/// The number of plans that are collected before the best are chosen.
pub(super) const GATHERED: usize = 40;

/// Returns the smallest plans that meet every rule for all values of the other facts, the best first (see
/// [`Task::cost`]). The result is empty if none was found within the budget.
pub(super) fn cheapest(task: &Task<'_>) -> Vec<Plan> {
    let mut search = Search::new(task);
    let mut plans = vec![Plan::new()];
    for group in search.groups() {
        plans = product(task, &plans, &search.solve(&group));
    }
    plans.retain(|plan| search.meets_all(plan));
    if plans.is_empty() {
        // The groups interfered with each other, so all rules are solved together.
        let all: Vec<usize> = (0..task.cones.len()).collect();
        plans = search.solve(&all);
        plans.retain(|plan| search.meets_all(plan));
    }
    widen(task, &mut plans);
    plans
}

/// Adds equally good cells to the targets of plans, and drops plans that become equal.
pub(super) fn widen(task: &Task<'_>, plans: &mut Vec<Plan>) {
    let mut search = Search::new(task);
    for plan in plans.iter_mut() {
        search.widen(plan);
    }
    let mut seen = SortedSet::new();
    plans.retain(|plan| seen.insert(plan.clone()));
}

struct Search<'t> {
    task: &'t Task<'t>,
    /// The possible cells after the moves made so far.
    now: Masks,
    /// The rules that test each variable.
    rules_of: SortedMap<VarId, Vec<usize>>,
    /// The variables that are worth moving, with the cells to try, the best first.
    moves: SortedMap<VarId, Vec<Mask>>,
    /// Those of them that rules may need with conflicting polarity.
    mixed: SortedSet<VarId>,
}

/// The search for one group at one depth.
struct Depth<'g> {
    group: &'g [usize],
    met: Vec<bool>,
    plan: Plan,
    forbidden: SortedSet<VarId>,
    found: Vec<Plan>,
    /// Whether something was left out because of a limit.
    cut: bool,
    /// A lower bound on the number of moves, as far as it is known.
    least: usize,
}

/// Marks an item or removes its mark, and returns whether it was marked.
fn mark(marks: &mut [bool], at: usize, to: bool) -> bool {
    marks.get_mut(at).is_some_and(|mark| std::mem::replace(mark, to))
}

impl<'t> Search<'t> {
    fn new(task: &'t Task<'t>) -> Search<'t> {
        let mut rules_of: SortedMap<VarId, Vec<usize>> = SortedMap::new();
        let mut best: SortedMap<VarId, Mask> = SortedMap::new();
        let mut tests: SortedMap<VarId, SortedSet<Mask>> = SortedMap::new();
        for (rule, cone) in task.cones.iter().enumerate() {
            task.work.spend(2 * cone.weight());
            for var in cone.vars() {
                rules_of.entry(*var).or_default().push(rule);
            }
            for (var, mask) in cone.tests() {
                tests.entry(var).or_default().insert(mask);
            }
            for (var, cells) in cone.best(task.allowed) {
                *best.entry(var).or_insert(Mask::MAX) &= cells;
            }
        }
        let mut moves = SortedMap::new();
        let mut mixed = SortedSet::new();
        for (var, best) in best.into_iter().filter(|(var, _)| !task.fixed_vars.contains(var)) {
            let known = task.masks.find(var).copied().unwrap_or_default();
            let allowed = task.allowed.find(var).copied().unwrap_or_default();
            // The variable is already where it helps most.
            if best != 0 && known & !best == 0 {
                continue;
            }
            let mut classes = split(&[allowed], known);
            for mask in tests.get(&var).into_iter().flatten() {
                classes = split(&classes, *mask);
            }
            classes.retain(|class| known & !class != 0);
            if best == 0 {
                mixed.insert(var);
            } else {
                let within = |class: &Mask| class & !known == 0;
                let is_best = |class: &Mask| class & !best == 0;
                let best_within = classes.iter().copied().find(|class| within(class) && is_best(class));
                let best_beyond = classes.iter().copied().find(is_best);
                classes = match best_within {
                    Some(class) => vec![class],
                    None => {
                        let inside = classes.iter().copied().filter(within);
                        inside.chain(best_beyond).collect()
                    }
                };
            }
            sort_by_key(&mut classes, |class| (class & !known != 0, *class));
            if !classes.is_empty() {
                moves.insert(var, classes);
            }
        }
        Search { task, now: task.masks.clone(), rules_of, moves, mixed }
    }

    /// Returns the rules to meet, in groups that share no variable worth moving. A group also has rules that are met
    /// but that a change for another rule could break.
    fn groups(&mut self) -> Vec<Vec<usize>> {
        let unmet: Vec<usize> = (0..self.task.cones.len()).filter(|rule| !self.is_met(*rule)).collect();
        let mut involved = vec![false; self.task.cones.len()];
        for rule in &unmet {
            mark(&mut involved, *rule, true);
        }
        let mut unread = unmet;
        while let Some(rule) = unread.pop() {
            for var in self.touchable(rule).filter(|var| self.mixed.contains(var)).collect::<Vec<VarId>>() {
                let others = self.rules_of.get(&var).into_iter().flatten();
                unread.extend(others.filter(|rule| !mark(&mut involved, **rule, true)));
            }
        }
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for first in 0..involved.len() {
            if !mark(&mut involved, first, false) {
                continue;
            }
            let mut group = vec![first];
            let mut at = 0;
            while let Some(rule) = group.get(at).copied() {
                for var in self.touchable(rule) {
                    let others = self.rules_of.get(&var).into_iter().flatten();
                    group.extend(others.filter(|rule| mark(&mut involved, **rule, false)));
                }
                at += 1;
            }
            sort(&mut group);
            groups.push(group);
        }
        groups
    }

    /// Returns the smallest plans for a group of rules.
    fn solve(&mut self, group: &[usize]) -> Vec<Plan> {
        let met: Vec<bool> = group.iter().map(|rule| self.is_met(*rule)).collect();
        let mut most = 0;
        while most <= self.moves.len() {
            let mut depth = Depth {
                group,
                met: met.clone(),
                plan: Plan::new(),
                forbidden: SortedSet::new(),
                found: Vec::new(),
                cut: false,
                least: 0,
            };
            self.deepen(&mut depth, most);
            if !depth.found.is_empty() {
                let mut found = depth.found;
                sort_by_key(&mut found, |plan| self.task.cost(plan));
                let mut seen = SortedSet::new();
                found.retain(|plan| seen.insert(plan.keys().copied().collect::<Vec<VarId>>()));
                found.truncate(KEPT);
                return found;
            }
            if !depth.cut || self.task.work.is_spent() {
                return Vec::new();
            }
            most = depth.least.max(most + 1);
            if most > DEEPEST {
                self.task.work.cut();
                return Vec::new();
            }
        }
        Vec::new()
    }

    /// Tries the moves that can meet an unmet rule, with at most `left` more moves. Recursion is as deep as there are
    /// moves, which the budget bounds.
    fn deepen(&mut self, depth: &mut Depth<'_>, left: usize) {
        if depth.found.len() >= GATHERED {
            depth.cut = true;
            return;
        }
        if self.task.work.is_spent() {
            depth.cut = true;
            self.task.work.cut();
            return;
        }
        self.task.work.spend(depth.met.len() as u64);
        let unmet: Vec<usize> =
            depth.group.iter().zip(&depth.met).filter(|(_, met)| !**met).map(|(rule, _)| *rule).collect();
        if unmet.is_empty() {
            depth.found.push(depth.plan.clone());
            return;
        }
        if left == 0 {
            depth.cut = true;
            return;
        }
        let mut per_rule: Vec<SortedSet<VarId>> = Vec::with_capacity(unmet.len());
        for rule in unmet {
            let movable = self.movable(rule, depth);
            if movable.is_empty() {
                return;
            }
            per_rule.push(movable);
        }
        sort_by_key(&mut per_rule, SortedSet::len);
        // Rules that depend on disjoint variables need one move each.
        let mut taken: SortedSet<VarId> = SortedSet::new();
        let mut apart = 0;
        for movable in &per_rule {
            if movable.is_disjoint(&taken) {
                taken.extend(movable);
                apart += 1;
            }
        }
        if depth.plan.is_empty() {
            depth.least = apart;
        }
        if apart > left {
            depth.cut = true;
            return;
        }
        let Some(branch) = per_rule.into_iter().next() else { return };
        for var in &branch {
            let before = self.now.find(*var).copied().unwrap_or_default();
            for cells in self.moves.get(var).cloned().unwrap_or_default() {
                self.put(*var, cells);
                depth.plan.insert(*var, cells);
                let met = depth.met.clone();
                self.task.work.spend(met.len() as u64);
                for (place, rule) in depth.group.iter().enumerate() {
                    let tests_it = self.rules_of.get(var).is_some_and(|rules| rules.contains(rule));
                    if tests_it {
                        let now_met = self.is_met(*rule);
                        if let Some(met) = depth.met.get_mut(place) {
                            *met = now_met;
                        }
                    }
                }
                self.deepen(depth, left - 1);
                depth.met = met;
                depth.plan.remove(var);
            }
            self.put(*var, before);
            depth.forbidden.insert(*var);
        }
        for var in &branch {
            depth.forbidden.remove(var);
        }
    }

    /// Returns the variables that a rule depends on and that can still be moved.
    fn movable(&mut self, rule: usize, depth: &Depth<'_>) -> SortedSet<VarId> {
        let Some(cone) = self.task.cones.get(rule) else { return SortedSet::new() };
        if !self.task.work.spend(cone.weight()) {
            self.task.work.cut();
            return SortedSet::new();
        }
        let free: SortedSet<VarId> = self
            .touchable(rule)
            .filter(|var| !depth.forbidden.contains(var) && !depth.plan.contains_key(var))
            .collect();
        let mut masks = cone.masks(&self.now);
        for (mask, var) in masks.iter_mut().zip(cone.vars()) {
            if free.contains(var)
                && let Some(allowed) = self.task.allowed.find(*var)
            {
                *mask = *allowed;
            }
        }
        let matters = cone.matters_at(&masks);
        free.into_iter().filter(|var| matters.contains(var)).collect()
    }

    fn touchable(&self, rule: usize) -> impl Iterator<Item = VarId> {
        let vars = self.task.cones.get(rule).map(|cone| cone.vars()).into_iter().flatten();
        vars.copied().filter(|var| self.moves.contains_key(var))
    }

    fn is_met(&self, rule: usize) -> bool {
        self.task.cones.get(rule).is_some_and(|cone| self.meets(cone))
    }

    fn meets(&self, cone: &Cone) -> bool {
        if self.task.work.is_spent() {
            self.task.work.cut();
            return false;
        }
        cone.exact(&self.now, &self.task.work.part(EFFORT)).0 == Truth::Yes
    }

    fn meets_all(&mut self, plan: &Plan) -> bool {
        self.lay(plan);
        let met = self.task.cones.iter().all(|cone| self.meets(cone));
        self.now = self.task.masks.clone();
        met
    }

    /// Adds to each target the cells that do as well, so that `at least 50` is not reported as one range of numbers
    /// among others. A target has either only possible cells or only cells known to be impossible.
    fn widen(&mut self, plan: &mut Plan) {
        self.lay(plan);
        for (var, target) in plan.iter_mut() {
            let known = self.task.masks.find(*var).copied().unwrap_or_default();
            let allowed = self.task.allowed.find(*var).copied().unwrap_or_default();
            let stays = *target & !known == 0;
            let side = if stays { allowed & known } else { allowed & !known };
            let rules = self.rules_of.get(var).cloned().unwrap_or_default();
            let cones: Vec<&Cone> =
                rules.iter().filter_map(|rule| self.task.cones.get(*rule)).copied().collect();
            let tests = cones.iter().flat_map(|cone| cone.tests()).filter(|(tested, _)| tested == var);
            let tests: SortedSet<Mask> = tests.map(|(_, mask)| mask).collect();
            let more = tests.iter().fold(vec![side & !*target], |classes, mask| split(&classes, *mask));
            for class in more.into_iter().filter(|class| *class != 0) {
                self.put(*var, *target | class);
                if cones.iter().all(|cone| self.meets(cone)) {
                    *target |= class;
                } else {
                    self.put(*var, *target);
                }
            }
        }
        self.now = self.task.masks.clone();
    }

    fn lay(&mut self, plan: &Plan) {
        for (var, cells) in plan {
            self.put(*var, *cells);
        }
    }

    fn put(&mut self, var: VarId, cells: Mask) {
        if let Some(mask) = self.now.find_mut(var) {
            *mask = cells;
        }
    }
}

/// The largest number of moves of a plan.
const DEEPEST: usize = 64;

#[cfg(test)]
mod tests {
    use super::super::read::read_off;
    use super::{Cone, Mask, Masks, Plan, SortedMap, SortedSet, Task, Truth, VarId, cheapest};
    use crate::circuit::Budget;
    use crate::circuit::tests::recipes;
    use crate::id::GateId;
    use proptest::prelude::*;

    /// Returns the lowest cost of a plan, by trying all plans.
    fn tried(task: &Task<'_>) -> Option<(usize, usize, usize)> {
        let mut plans = vec![Plan::new()];
        for (var, allowed) in task.allowed.iter().filter(|(var, _)| !task.fixed_vars.contains(var)) {
            let known = task.masks[var];
            let cells: Vec<Mask> =
                (0..8).map(|cell| 1 << cell).filter(|cell| allowed & cell != 0 && *cell != known).collect();
            let mut more = Vec::new();
            for plan in &plans {
                for cell in &cells {
                    let mut plan = plan.clone();
                    plan.insert(var, *cell);
                    more.push(plan);
                }
            }
            plans.extend(more);
        }
        plans.iter().filter(|plan| works(task, plan)).map(|plan| task.cost(plan)).min()
    }

    fn works(task: &Task<'_>, plan: &Plan) -> bool {
        let masks: Masks =
            task.masks.iter().map(|(var, mask)| plan.get(&var).copied().unwrap_or(*mask)).collect();
        task.cones.iter().all(|cone| cone.exact(&masks, &Budget::new(10_000_000)).0 == Truth::Yes)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_500))]

        #[test]
        fn cheapest_plan_matches_enumeration(
            recipe in recipes(5, 12), fixed in any::<u8>(), rules in 1_usize..4
        ) {
            let (circuit, root, masks) = recipe.cook();
            let gates = (0..rules).filter_map(|back| root.0.checked_sub(u32::try_from(back).ok()?));
            let cones: Vec<Cone> =
                gates.map(|gate| Cone::of(&circuit, crate::id::GateId(gate))).collect();
            let cones: Vec<&Cone> = cones.iter().collect();
            let mut allowed = circuit.anything();
            for (var, mask) in masks.iter() {
                if fixed & (1 << var.0) != 0 && let Some(allowed) = allowed.find_mut(var) {
                    *allowed = *mask;
                }
            }
            let task = Task {
                cones: &cones,
                masks: &masks,
                allowed: &allowed,
                may_establish: SortedSet::new(),
                roundabout: SortedMap::new(),
                fixed_vars: SortedSet::new(),
                work: Budget::new(1_000_000_000),
            };
            let plans = cheapest(&task);
            for plan in &plans {
                prop_assert!(works(&task, plan), "{plan:?} does not do");
            }
            prop_assert_eq!(plans.first().map(|plan| task.cost(plan)), tried(&task));
        }

        #[test]
        fn cheapest_plan_read_off_matches_enumeration(
            recipe in recipes(5, 12), fixed in any::<u8>(), unknown in any::<u8>(), never in 0_u8..64,
            round in prop::collection::vec(any::<u8>(), 5), rules in 1_usize..4
        ) {
            let (mut circuit, root, masks) = recipe.cook();
            let gates = (0..rules).filter_map(|back| root.0.checked_sub(u32::try_from(back).ok()?));
            let gates: Vec<GateId> = gates.map(GateId).collect();
            let all = circuit.all(gates.iter().copied());
            let cones: Vec<Cone> = gates.iter().map(|gate| Cone::of(&circuit, *gate)).collect();
            let cones: Vec<&Cone> = cones.iter().collect();
            let mut allowed = circuit.anything();
            for (var, mask) in masks.iter() {
                if fixed & (1 << var.0) != 0 && let Some(allowed) = allowed.find_mut(var) {
                    *allowed = *mask;
                }
            }
            let some = |bits: u8| masks.ids().filter(|var| bits & (1 << var.0) != 0).collect::<SortedSet<VarId>>();
            let round = masks.ids().zip(&round).map(|(var, cells)| (var, Mask::from(*cells) & circuit.full(var)));
            let task = Task {
                cones: &cones,
                masks: &masks,
                allowed: &allowed,
                may_establish: some(unknown),
                roundabout: round.filter(|(_, cells)| *cells != 0).collect(),
                // In one case out of eight, one variable is never moved.
                fixed_vars: if never < 8 { some(1 << never) } else { SortedSet::new() },
                work: Budget::new(1_000_000_000),
            };
            let plans = read_off(&task, &Cone::of(&circuit, all)).expect("small enough");
            for plan in &plans {
                prop_assert!(works(&task, plan), "{plan:?} does not do");
                prop_assert!(plan.keys().all(|var| !task.fixed_vars.contains(var)));
                let allowed = |(var, cells): (&VarId, &Mask)| cells & !task.allowed[*var] == 0;
                prop_assert!(plan.iter().all(allowed), "{plan:?} is more than is allowed");
            }
            prop_assert!(plans.is_sorted_by_key(|plan| task.cost(plan)));
            prop_assert_eq!(plans.first().map(|plan| task.cost(plan)), tried(&task));
        }
    }

    #[test]
    fn targets_are_as_wide_as_possible() {
        let mut circuit = crate::circuit::Circuit::new();
        let var = circuit.variable(4);
        let root = circuit.test(var, 0b1100);
        let masks: Masks = [0b0001].into_iter().collect();
        let allowed = circuit.anything();
        let cone = Cone::of(&circuit, root);
        let cones = [&cone];
        let task = Task {
            cones: &cones,
            masks: &masks,
            allowed: &allowed,
            may_establish: SortedSet::new(),
            roundabout: SortedMap::new(),
            fixed_vars: SortedSet::new(),
            work: Budget::new(1_000_000_000),
        };
        assert_eq!(cheapest(&task), vec![SortedMap::from([(VarId(0), 0b1100)])]);
    }
}
