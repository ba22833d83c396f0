//! Exact evaluation of a gate, by splitting on the few variables for which Kleene evaluation is not enough.
//!
//! Kleene evaluation is exact if every open variable has a cell that is best for all tests of it: with all variables in
//! such cells, every gate that can be true is true. A variable that has no such cell is *mixed*. Splitting on the mixed
//! variables decides the rest. Parts that share no mixed variable are split separately.

use super::cone::{Cone, Local, split, value};
use super::{Budget, Circuit, Joined, Mask, Masks};
use crate::id::{GateId, existing};
use crate::sorted::{SortedMap, sort};
use crate::value::Truth;

/// The deepest nesting of splits. A gate that needs more is left open.
pub const DEEPEST: u32 = 400;

/// Returns the value of a gate over all ways in which the variables can turn out within their masks, and whether the
/// value is exact. Yes and no are always exact.
///
/// The work is charged to `budget`. If the budget does not suffice, the value is open and not exact, and the budget is
/// marked as [cut](Budget::cut).
///
/// # Source
/// S. C. Kleene, Introduction to Metamathematics (1952), section 64, for the evaluation; the splitting is a search
/// by cases after M. Davis, G. Logemann, D. Loveland, A machine program for theorem-proving (1962).
pub fn exact(circuit: &Circuit, root: GateId, masks: &Masks, budget: &Budget) -> (Truth, bool) {
    Cone::of(circuit, root).exact(masks, budget)
}

impl Cone {
    /// Returns the value of the gate, as [`exact`] does.
    pub fn exact(&self, masks: &Masks, budget: &Budget) -> (Truth, bool) {
        self.exact_at(self.masks(masks), budget)
    }

    /// Does the same as [`exact`](Cone::exact), with masks given by the places of the variables in the cone.
    pub(crate) fn exact_at(&self, masks: Vec<Mask>, budget: &Budget) -> (Truth, bool) {
        let Some(root) = self.gates().len().checked_sub(1) else {
            return (Truth::Open, false);
        };
        let values = self.values(&masks);
        // A gate that Kleene evaluation settles stays settled even if the budget does not suffice.
        let is_within = budget.spend(self.weight());
        match values.get(root) {
            Some(Truth::Open) => {}
            Some(settled) => return (*settled, true),
            None => return (Truth::Open, false),
        }
        if !is_within {
            budget.cut();
            return (Truth::Open, false);
        }
        let marks = vec![[0; 2]; values.len()];
        let mut search = Search { cone: self, values, masks, budget, stopped: false, marks, round: 0 };
        let all: Vec<usize> = (0..=root).collect();
        let before = (search.values.clone(), search.masks.clone());
        let can_hold = search.can(vec![(root, true)], &all, 0);
        if can_hold == Some(false) {
            return (Truth::No, true);
        }
        (search.values, search.masks) = before;
        let (truth, is_exact) = match search.can(vec![(root, false)], &all, 0) {
            Some(false) => (Truth::Yes, true),
            Some(true) => (Truth::Open, can_hold.is_some()),
            None => (Truth::Open, false),
        };
        if !is_exact {
            budget.cut();
        }
        (truth, is_exact)
    }
}

/// A search for a way in which gates turn out as wanted.
struct Search<'a> {
    cone: &'a Cone,
    masks: Vec<Mask>,
    values: Vec<Truth>,
    budget: &'a Budget,
    /// Whether the search nests too deep. It then ends, since every other branch would be as deep.
    stopped: bool,
    /// The last round in which each gate was met as wanted false, and as wanted true.
    marks: Vec<[u32; 2]>,
    round: u32,
}

/// Gates, each with the value wanted of it.
type Wanted = Vec<(usize, bool)>;

impl Search<'_> {
    /// Returns whether all `wanted` can hold at once, or `None` if the budget does not suffice to decide. `live` are
    /// the gates to evaluate again, ascending.
    fn can(&mut self, wanted: Wanted, live: &[usize], depth: u32) -> Option<bool> {
        self.stopped |= depth > DEEPEST;
        // A round looks at the live gates several times, and at all gates once, which is cheap.
        let looked_at = self.cone.gates().len() as u64 / 4 + 4 * live.len() as u64;
        if self.stopped || !self.budget.spend(looked_at) {
            return None;
        }
        let mut children = 0;
        for at in live {
            if let (Some(gate), Some(slot)) = (self.cone.gates().get(*at), self.values.get(*at).copied()) {
                children += gate.children().len() as u64;
                let new = value(gate, &self.masks, &self.values);
                if new != slot
                    && let Some(slot) = self.values.get_mut(*at)
                {
                    *slot = new;
                }
            }
        }
        if !self.budget.spend(4 * children) {
            return None;
        }
        let Some(wanted) = self.open_parts(wanted) else {
            return Some(false);
        };
        let mut unsure = false;
        for part in self.parts(wanted, live) {
            match self.can_part(part, depth) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => unsure = true,
            }
        }
        if unsure { None } else { Some(true) }
    }

    /// Splits one part on the mixed variable that it uses most.
    fn can_part(&mut self, part: Part, depth: u32) -> Option<bool> {
        let possible = *existing(self.masks.get(part.var));
        let mut unsure = false;
        for cells in part.classes {
            if let Some(mask) = self.masks.get_mut(part.var) {
                *mask = cells;
            }
            let can = self.can(part.wanted.clone(), &part.live, depth + 1);
            match can {
                Some(true) => {
                    self.put_back(part.var, possible);
                    return Some(true);
                }
                Some(false) => {}
                None => unsure = true,
            }
            if self.stopped || self.budget.is_spent() {
                unsure = true;
                break;
            }
        }
        self.put_back(part.var, possible);
        if unsure { None } else { Some(false) }
    }

    fn put_back(&mut self, var: usize, possible: Mask) {
        if let Some(mask) = self.masks.get_mut(var) {
            *mask = possible;
        }
    }

    /// Reduces what is wanted to open gates that are no conjunctions, each once. Returns `None` if something wanted is
    /// impossible.
    fn open_parts(&mut self, wanted: Wanted) -> Option<Wanted> {
        self.round += 1;
        let mut unread = wanted;
        let mut open = Vec::new();
        while let Some((at, want)) = unread.pop() {
            match self.marks.get_mut(at).and_then(|marks| marks.get_mut(usize::from(want))) {
                Some(mark) if *mark != self.round => *mark = self.round,
                _ => continue,
            }
            match self.values.get(at) {
                Some(Truth::Open) => {}
                Some(settled) if *settled == Truth::from(want) => continue,
                _ => return None,
            }
            match (self.cone.gates().get(at), want) {
                (Some(Local::Not(gate)), _) => unread.push((*gate, !want)),
                (Some(Local::All(of)), true) | (Some(Local::Any(of)), false) => {
                    unread.extend(of.iter().map(|gate| (*gate, want)));
                }
                _ => open.push((at, want)),
            }
        }
        sort(&mut open);
        Some(open)
    }

    /// Returns the parts of what is wanted that share no mixed variable, each with the mixed variable to split on. A
    /// part without a mixed variable can always hold and is left out.
    fn parts(&self, wanted: Wanted, live: &[usize]) -> Vec<Part> {
        let gates = self.cone.gates();
        let mut sides: Vec<(bool, bool)> = vec![(false, false); gates.len()];
        for (at, want) in &wanted {
            note(&mut sides, *at, *want);
        }
        let mut best: Vec<Mask> = self.masks.clone();
        let mut uses: Vec<u32> = vec![0; best.len()];
        for at in live.iter().rev() {
            let (Some(gate), Some(side)) = (gates.get(*at), sides.get(*at).copied()) else { continue };
            if side == (false, false) || self.values.get(*at) != Some(&Truth::Open) {
                continue;
            }
            if let Local::Test(var, mask) = gate
                && let (Some(best), Some(uses)) = (best.get_mut(*var), uses.get_mut(*var))
            {
                if side.0 {
                    *best &= mask;
                    *uses += 1;
                }
                if side.1 {
                    *best &= !mask;
                    *uses += 1;
                }
            }
            let turned = matches!(gate, Local::Not(_));
            for child in gate.children() {
                if side.0 {
                    note(&mut sides, *child, !turned);
                }
                if side.1 {
                    note(&mut sides, *child, turned);
                }
            }
        }
        let is_mixed = |var: usize| best.get(var) == Some(&0);
        // Groups of correlated gates and variables; gates are numbered by place, variables follow them.
        let mut joined = Joined::new(gates.len() + best.len());
        let mut mixed = vec![false; gates.len()];
        let mut mixed_gates = Vec::new();
        for at in live {
            let reached = sides.get(*at).is_some_and(|side| *side != (false, false));
            let (Some(gate), true, Some(Truth::Open)) = (gates.get(*at), reached, self.values.get(*at))
            else {
                continue;
            };
            let mut on_mixed = false;
            if let Local::Test(var, _) = gate
                && is_mixed(*var)
            {
                on_mixed = true;
                joined.join(*at, gates.len() + var);
            }
            for child in gate.children() {
                if mixed.get(*child) == Some(&true) {
                    on_mixed = true;
                    joined.join(*at, *child);
                }
            }
            if on_mixed && let Some(mixed) = mixed.get_mut(*at) {
                *mixed = true;
                mixed_gates.push(*at);
            }
        }
        let mut parts: SortedMap<usize, Part> = SortedMap::new();
        for (at, want) in wanted {
            if mixed.get(at) == Some(&true) {
                parts.entry(joined.head(at)).or_default().wanted.push((at, want));
            }
        }
        for at in mixed_gates {
            let Some(part) = parts.get_mut(&joined.head(at)) else { continue };
            part.live.push(at);
            if let Some(Local::Test(var, _)) = gates.get(at)
                && let Some(uses) = uses.get(*var)
                && *uses > part.uses
            {
                (part.var, part.uses) = (*var, *uses);
            }
        }
        let mut parts: Vec<Part> = parts.into_values().collect();
        for part in &mut parts {
            part.classes = self.classes(part);
        }
        parts
    }

    /// Returns the possible cells of the variable of a part, grouped into classes that no test in the part
    /// distinguishes.
    fn classes(&self, part: &Part) -> Vec<Mask> {
        let mut classes = vec![*existing(self.masks.get(part.var))];
        for at in &part.live {
            if let Some(Local::Test(var, mask)) = self.cone.gates().get(*at)
                && *var == part.var
            {
                classes = split(&classes, *mask);
            }
        }
        classes
    }
}

/// A group of wanted gates that are correlated through mixed variables.
#[derive(Default)]
struct Part {
    wanted: Wanted,
    /// The variable to split on.
    var: usize,
    /// The number of times the part tests it.
    uses: u32,
    /// The cells to split into.
    classes: Vec<Mask>,
    /// The open gates that depend on mixed variables, ascending.
    live: Vec<usize>,
}

/// Records that a gate is wanted true, or false.
fn note(sides: &mut [(bool, bool)], at: usize, want: bool) {
    if let Some(side) = sides.get_mut(at) {
        if want {
            side.0 = true;
        } else {
            side.1 = true;
        }
    }
}
