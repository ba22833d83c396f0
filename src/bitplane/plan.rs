//! Plans: how a program finds that a gate cannot be true, and that it cannot be false.
//!
//! A conjunction cannot be true if one of its parts cannot, or if several parts that share a variable cannot be true
//! together. It cannot be false if none of its parts can. For a disjunction, true and false change places. Only parts
//! that share a *mixed* variable must be considered together. Every other variable has a cell that is best for all
//! tests of it, and in this cell it excludes nothing. A variable is mixed if, with negations pushed down to the tests,
//! the tested sets of cells are not all nested in each other. Parts that are correlated become a diagram, an *component*.

use super::component::{Component, Members, component};
use super::side::{Side, side, slot};
use super::walk::Walk;
use crate::circuit::{Circuit, Gate, Mask, Masks};
use crate::id::{GateId, Id, VarId};
use crate::sorted::SortedSet;
use crate::value::Truth;

/// The plan for finding that a side cannot hold.
pub(super) struct Plan {
    pub what: What,
    /// Whether the plan finds every case in which the side cannot hold.
    pub exact: bool,
}

/// The condition under which a side cannot hold.
pub(super) enum What {
    /// All these cells are excluded.
    Cells(VarId, Mask),
    /// At least this many of these sides cannot hold.
    Count(usize, Vec<Side>),
    /// One of these sides cannot hold, or the sides of a component cannot hold together.
    Joint(Vec<Side>, Vec<Component>),
}

/// The plans that the roots need.
pub(super) struct Plans {
    /// The plans by the slots of their sides.
    plans: Vec<Option<Plan>>,
    /// The values of gates that are the same for every row.
    settled: Vec<Truth>,
}

/// The way in which a side is needed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Need {
    Not,
    /// It may depend on mixed variables.
    Anew,
    /// It depends on no mixed variable.
    Pure,
}

/// The number of gates that may be visited for plans, as a multiple of the node budget.
const WALKED: usize = 200;

/// Makes plans for finding whether the roots cannot be true, and whether they cannot be false.
pub(super) fn plan(circuit: &Circuit, roots: &[GateId], possible: &Masks, most: usize) -> Plans {
    let settled = settled(circuit, roots, possible);
    let mut planning = Planning {
        circuit,
        needs: vec![Need::Not; 2 * settled.len()],
        walk: Walk::new(circuit, possible, most.saturating_mul(WALKED)),
        settled,
        nodes: most,
    };
    for root in roots {
        for want in [false, true] {
            planning.require(side(circuit, *root, want), Need::Anew);
        }
    }
    let mut plans: Vec<Option<Plan>> = Vec::new();
    // Children come before their parents, so a gate is visited after all gates that need it.
    for place in (0..planning.settled.len()).rev() {
        for want in [true, false] {
            let side = (GateId::at(place), want);
            let how = planning.needs.get(slot(side)).copied().unwrap_or(Need::Not);
            let is_needed = how != Need::Not && planning.settled.get(place) == Some(&Truth::Open);
            plans.push(is_needed.then(|| planning.plan(side, how)));
        }
    }
    plans.reverse();
    Plans { plans, settled: planning.settled }
}

impl Plans {
    /// Returns the plan of a side.
    pub fn of(&self, side: Side) -> Option<&Plan> {
        self.plans.get(slot(side))?.as_ref()
    }

    /// Returns every side that may have a plan, children before parents.
    pub fn sides(&self) -> impl Iterator<Item = Side> {
        (0..self.settled.len()).map(GateId::at).flat_map(|gate| [(gate, false), (gate, true)])
    }

    /// Returns whether a side cannot hold, if that is the same for every row.
    pub fn constant(&self, (gate, want): Side) -> Option<bool> {
        match self.settled.get(gate.place()) {
            Some(Truth::Open) | None => None,
            Some(value) => Some(*value != Truth::from(want)),
        }
    }
}

/// Returns the values of the gates up to the last root that are the same for every row; all others are open.
fn settled(circuit: &Circuit, roots: &[GateId], possible: &Masks) -> Vec<Truth> {
    let last = roots.iter().max().map_or(0, |root| root.place() + 1).min(circuit.len());
    let mut values: Vec<Truth> = Vec::with_capacity(last);
    for place in 0..last {
        let of = |gate: &GateId| values.get(gate.place()).copied().unwrap_or(Truth::Open);
        let value = match circuit.gate(GateId::at(place)) {
            Gate::Const(value) => Truth::from(*value),
            Gate::Test { var, mask } => match possible.find(*var) {
                Some(possible) if possible & mask == 0 => Truth::No,
                Some(possible) if possible & !mask == 0 => Truth::Yes,
                _ => Truth::Open,
            },
            Gate::Not(gate) => !of(gate),
            Gate::All(gates) => gates.iter().fold(Truth::Yes, |all, gate| all.and(of(gate))),
            Gate::Any(gates) => gates.iter().fold(Truth::No, |any, gate| any.or(of(gate))),
            Gate::AtLeast { least, of: gates } => {
                let count = |truth| gates.iter().filter(|gate| of(gate) == truth).count();
                let (yes, least) = (count(Truth::Yes), *least as usize);
                match yes + count(Truth::Open) {
                    _ if yes >= least => Truth::Yes,
                    most if most < least => Truth::No,
                    _ => Truth::Open,
                }
            }
        };
        values.push(value);
    }
    values
}

struct Planning<'a> {
    circuit: &'a Circuit,
    settled: Vec<Truth>,
    needs: Vec<Need>,
    walk: Walk<'a>,
    /// The number of nodes that are left for components.
    nodes: usize,
}

impl Planning<'_> {
    fn require(&mut self, side: Side, how: Need) {
        if let Some(need) = self.needs.get_mut(slot(side)) {
            *need = (*need).max(how);
        }
    }

    fn require_all(&mut self, sides: &[Side], how: Need) {
        for side in sides {
            let on_mixed = how == Need::Anew && self.walk.on_mixed(*side);
            self.require(*side, if on_mixed { Need::Anew } else { Need::Pure });
        }
    }

    /// Makes the plan of a side, and records the sides that it needs.
    fn plan(&mut self, (gate, want): Side, how: Need) -> Plan {
        let exact = |what| Plan { what, exact: true };
        let (cannot, sides) = match (self.circuit.gate(gate), want) {
            // A constant is settled, and negations are removed from sides.
            (Gate::Const(_) | Gate::Not(_), _) => return exact(What::Joint(Vec::new(), Vec::new())),
            (Gate::Test { var, mask }, _) => {
                let possible = self.walk.possible(*var);
                return exact(What::Cells(*var, if want { mask & possible } else { !mask & possible }));
            }
            (Gate::All(of), false) | (Gate::Any(of), true) => {
                let sides = self.open(of, want);
                sides.iter().for_each(|side| self.require(*side, how));
                return exact(What::Count(sides.len(), sides));
            }
            (Gate::All(of), true) | (Gate::Any(of), false) => {
                let sides = self.open(of, want);
                (None, if how == Need::Pure { sides } else { self.members(sides) })
            }
            (Gate::AtLeast { least, of }, _) => {
                let sides = self.open(of, want);
                let yes = |gate: &&GateId| self.settled.get(gate.place()) == Some(&Truth::Yes);
                let least = (*least as usize).saturating_sub(of.iter().filter(yes).count());
                (Some(if want { (sides.len() + 1).saturating_sub(least) } else { least }), sides)
            }
        };
        let each = |sides| match cannot {
            Some(cannot) => What::Count(cannot, sides),
            None => What::Joint(sides, Vec::new()),
        };
        let groups = if how == Need::Pure { None } else { self.walk.groups(&self.settled, &sides) };
        let Some(groups) = groups else {
            sides.iter().for_each(|side| self.require(*side, how));
            return Plan { what: each(sides), exact: how == Need::Pure };
        };
        if groups.together.is_empty() {
            self.require_all(&sides, Need::Anew);
            return exact(each(sides));
        }
        let (mut alone, mut together, mut at_least) = (groups.alone, groups.together, None);
        if let Some(cannot) = cannot {
            at_least = Some(sides.len() + 1 - cannot);
            together = vec![sides.clone()];
        }
        let (mut components, mut complete) = (Vec::new(), true);
        for group in together {
            let members = Members { at_least, of: &group, alone: &alone };
            match component(self.circuit, &self.settled, &self.walk, &members, &mut self.nodes) {
                Some(component) => components.push(component),
                None if cannot.is_some() => {
                    self.require_all(&sides, Need::Anew);
                    return Plan { what: each(sides), exact: false };
                }
                None => {
                    alone.extend(group);
                    complete = false;
                }
            }
        }
        let needed: Vec<Side> = components.iter().flat_map(Component::sides).collect();
        self.require_all(&needed, Need::Anew);
        if cannot.is_some() {
            alone.clear();
        }
        self.require_all(&alone, Need::Anew);
        Plan { what: What::Joint(alone, components), exact: complete }
    }

    /// Returns the sides of some gates, without those that are the same for every row.
    fn open(&self, of: &[GateId], want: bool) -> Vec<Side> {
        let is_open = |side: &Side| self.settled.get(side.0.place()) == Some(&Truth::Open);
        of.iter().map(|gate| side(self.circuit, *gate, want)).filter(is_open).collect()
    }

    /// Returns the sides that must all hold for some sides to hold. Conjunctions are split into their parts.
    fn members(&self, sides: Vec<Side>) -> Vec<Side> {
        let mut found = SortedSet::new();
        let mut members = Vec::new();
        let mut unread = sides;
        while let Some((gate, want)) = unread.pop() {
            if !found.insert((gate, want)) {
                continue;
            }
            match (self.circuit.gate(gate), want) {
                (Gate::All(of), true) | (Gate::Any(of), false) => unread.extend(self.open(of, want)),
                _ => members.push((gate, want)),
            }
        }
        members.sort_unstable();
        members
    }
}
