//! How it is to be told of a gate that it cannot be true, and that it cannot be false.
//!
//! Told of a conjunction that it cannot be true: one of its parts cannot, or several that share a variable cannot be
//! so together. Told that it cannot be false: no part can. Told of a disjunction: the other way round. Only parts that
//! share a *mixed* variable must be looked at together: all other variables have a cell that is best for every test
//! on them, so put there they stand in nobody's way. A variable is mixed where the sets of cells asked for, negations
//! pushed down to the tests, are not each inside the next. Parts that hang together become a diagram, an *island*.

use super::island::{Island, Members, island};
use super::walk::Walk;
use crate::circuit::{Circuit, Gate, Mask, Masks};
use crate::id::{GateId, Id, VarId};
use crate::value::Truth;
use std::collections::BTreeSet;

/// A gate and which way it is asked whether it can turn out.
pub(super) type Side = (GateId, bool);

/// How to tell that a side cannot be.
pub(super) struct Plan {
    pub what: What,
    /// Whether what is told is all that there is to tell.
    pub exact: bool,
}

/// What tells that a side cannot be.
pub(super) enum What {
    /// All these cells are excluded.
    Cells(VarId, Mask),
    /// At least so many of these sides cannot be.
    Count(usize, Vec<Side>),
    /// One of these sides cannot be, or all that an island asks for at once cannot.
    Joint(Vec<Side>, Vec<Island>),
}

/// The plans that the roots need.
pub(super) struct Plans {
    /// By the slots of their sides.
    plans: Vec<Option<Plan>>,
    /// The values of gates that no row can change.
    settled: Vec<Truth>,
}

/// What has been asked of a side.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Asked {
    Not,
    /// It may have mixed variables.
    Anew,
    /// Nothing in it is mixed.
    Pure,
}

/// How many gates may be walked through for plans, as a multiple of `most` nodes.
const WALKED: usize = 200;

/// Makes the plans that tell of roots whether they cannot be true, and whether they cannot be false.
pub(super) fn plan(circuit: &Circuit, roots: &[GateId], possible: &Masks, most: usize) -> Plans {
    let settled = settled(circuit, roots, possible);
    let mut planning = Planning {
        circuit,
        asked: vec![Asked::Not; 2 * settled.len()],
        walk: Walk::new(circuit, possible, most.saturating_mul(WALKED)),
        settled,
        nodes: most,
    };
    for root in roots {
        for want in [false, true] {
            planning.ask(side(circuit, *root, want), Asked::Anew);
        }
    }
    let mut plans: Vec<Option<Plan>> = Vec::new();
    // Children stand before their parents: whoever asks of a gate stands after it.
    for place in (0..planning.settled.len()).rev() {
        for want in [true, false] {
            let side = (GateId::at(place), want);
            let how = planning.asked.get(slot(side)).copied().unwrap_or(Asked::Not);
            let is_needed = how != Asked::Not && planning.settled.get(place) == Some(&Truth::Open);
            plans.push(is_needed.then(|| planning.plan(side, how)));
        }
    }
    plans.reverse();
    Plans { plans, settled: planning.settled }
}

impl Plans {
    /// The plan of a side.
    pub fn of(&self, side: Side) -> Option<&Plan> {
        self.plans.get(slot(side))?.as_ref()
    }

    /// Every side that may have a plan, children before parents.
    pub fn sides(&self) -> impl Iterator<Item = Side> {
        (0..self.settled.len()).map(GateId::at).flat_map(|gate| [(gate, false), (gate, true)])
    }

    /// Whether a side cannot be, where that is the same for every row.
    pub fn constant(&self, (gate, want): Side) -> Option<bool> {
        match self.settled.get(gate.place()) {
            Some(Truth::Open) | None => None,
            Some(value) => Some(*value != Truth::from(want)),
        }
    }
}

/// The place of a side in a list with two entries for each gate, for being false and for being true.
pub(super) fn slot((gate, want): Side) -> usize {
    2 * gate.place() + usize::from(want)
}

/// A side, negations taken off.
pub(super) fn side(circuit: &Circuit, gate: GateId, want: bool) -> Side {
    let (mut gate, mut want) = (gate, want);
    while let Gate::Not(inner) = circuit.gate(gate) {
        (gate, want) = (*inner, !want);
    }
    (gate, want)
}

/// The values of the gates that no row can change, up to the last root; all others open.
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
    asked: Vec<Asked>,
    walk: Walk<'a>,
    /// How many more nodes islands may have.
    nodes: usize,
}

impl Planning<'_> {
    fn ask(&mut self, side: Side, how: Asked) {
        if let Some(asked) = self.asked.get_mut(slot(side)) {
            *asked = (*asked).max(how);
        }
    }

    fn ask_all(&mut self, sides: &[Side], how: Asked) {
        for side in sides {
            let hangs = how == Asked::Anew && self.walk.hangs(*side);
            self.ask(*side, if hangs { Asked::Anew } else { Asked::Pure });
        }
    }

    /// The plan of one side; asks of those that it needs.
    fn plan(&mut self, (gate, want): Side, how: Asked) -> Plan {
        let exact = |what| Plan { what, exact: true };
        let (cannot, sides) = match (self.circuit.gate(gate), want) {
            // Settled the one, taken off the other.
            (Gate::Const(_) | Gate::Not(_), _) => return exact(What::Joint(Vec::new(), Vec::new())),
            (Gate::Test { var, mask }, _) => {
                let possible = self.walk.possible(*var);
                return exact(What::Cells(*var, if want { mask & possible } else { !mask & possible }));
            }
            (Gate::All(of), false) | (Gate::Any(of), true) => {
                let sides = self.open(of, want);
                sides.iter().for_each(|side| self.ask(*side, how));
                return exact(What::Count(sides.len(), sides));
            }
            (Gate::All(of), true) | (Gate::Any(of), false) => {
                let sides = self.open(of, want);
                (None, if how == Asked::Pure { sides } else { self.members(sides) })
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
        let groups = if how == Asked::Pure { None } else { self.walk.groups(&self.settled, &sides) };
        let Some(groups) = groups else {
            sides.iter().for_each(|side| self.ask(*side, how));
            return Plan { what: each(sides), exact: how == Asked::Pure };
        };
        if groups.together.is_empty() {
            self.ask_all(&sides, Asked::Anew);
            return exact(each(sides));
        }
        let (mut alone, mut together, mut at_least) = (groups.alone, groups.together, None);
        if let Some(cannot) = cannot {
            at_least = Some(sides.len() + 1 - cannot);
            together = vec![sides.clone()];
        }
        let (mut islands, mut complete) = (Vec::new(), true);
        for group in together {
            let members = Members { at_least, of: &group, alone: &alone };
            match island(self.circuit, &self.settled, &self.walk, &members, &mut self.nodes) {
                Some(island) => islands.push(island),
                None if cannot.is_some() => {
                    self.ask_all(&sides, Asked::Anew);
                    return Plan { what: each(sides), exact: false };
                }
                None => {
                    alone.extend(group);
                    complete = false;
                }
            }
        }
        let needed: Vec<Side> = islands.iter().flat_map(Island::sides).collect();
        self.ask_all(&needed, Asked::Anew);
        if cannot.is_some() {
            alone.clear();
        }
        self.ask_all(&alone, Asked::Anew);
        Plan { what: What::Joint(alone, islands), exact: complete }
    }

    /// What some gates are asked for, those left out that no row can change.
    fn open(&self, of: &[GateId], want: bool) -> Vec<Side> {
        let is_open = |side: &Side| self.settled.get(side.0.place()) == Some(&Truth::Open);
        of.iter().map(|gate| side(self.circuit, *gate, want)).filter(is_open).collect()
    }

    /// What must all be so for some sides to be so, down to what is no conjunction.
    fn members(&self, sides: Vec<Side>) -> Vec<Side> {
        let mut found = BTreeSet::new();
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
