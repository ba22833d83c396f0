//! Circuits: variables with finite domains, and gates over them.
//!
//! The `compiled` layer makes a circuit from a policy and a case. A circuit has no facts and no rules: a variable is a
//! number of cells, some of which are possible, and a gate is true or false.
//!
//! A circuit keeps these [`invariants`](fn@invariants): the children of a gate come before it, no two gates are equal, and a test
//! names some but not all of the cells of its variable.

mod budget;
mod cone;
mod exact;
mod invariants;
mod joined;
#[cfg(test)]
pub(crate) mod tests;

pub use budget::Budget;
pub use cone::{Cone, Local, split};
pub use exact::{DEEPEST, exact};
pub use invariants::invariants;
pub(crate) use joined::Joined;

use std::collections::BTreeMap;

use crate::id::{GateId, Table, VarId};
use crate::sorted::sort;
use crate::value::Truth;

/// A set of cells of a variable: bit *i* stands for cell *i*.
pub type Mask = u128;

/// The largest number of cells of a variable.
pub const CELLS: u32 = Mask::BITS;

/// The possible cells of each variable.
pub type Masks = Table<VarId, Mask>;

/// A gate: a Boolean function of variables and other gates.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gate {
    /// A constant.
    Const(bool),
    /// True if the variable is in one of these cells.
    Test {
        /// The variable.
        var: VarId,
        /// The cells.
        mask: Mask,
    },
    /// True if the gate is false.
    Not(GateId),
    /// True if all gates are true.
    All(Vec<GateId>),
    /// True if any gate is true.
    Any(Vec<GateId>),
    /// True if at least `least` of the gates are true.
    AtLeast {
        /// The threshold.
        least: u32,
        /// The gates that are counted.
        of: Vec<GateId>,
    },
}

/// A circuit: variables and gates.
///
/// # Example
/// `p or not p` is true even if `p` is open; Kleene evaluation alone leaves it open:
///
/// ```
/// use placet::circuit::{Budget, Circuit, exact, kleene};
/// use placet::value::Truth;
///
/// let mut circuit = Circuit::new();
/// let p = circuit.variable(2);
/// let yes = circuit.test(p, 0b01);
/// let no = circuit.not(yes);
/// let either = circuit.any([yes, no]);
/// let open = circuit.anything();
/// assert_eq!(kleene(&circuit, either, &open), Truth::Open);
/// assert_eq!(exact(&circuit, either, &open, &Budget::new(1_000)), (Truth::Yes, true));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Circuit {
    gates: Table<GateId, Gate>,
    /// The number of cells of each variable.
    cells: Table<VarId, u32>,
    ids: BTreeMap<Gate, GateId>,
}

impl Circuit {
    /// Returns a circuit without variables and gates.
    pub fn new() -> Circuit {
        Circuit::default()
    }

    /// Adds a variable with this many cells, clamped to between 1 and [`CELLS`].
    pub fn variable(&mut self, cells: u32) -> VarId {
        self.cells.push(cells.clamp(1, CELLS))
    }

    /// Returns all cells of a variable.
    pub fn full(&self, var: VarId) -> Mask {
        full(self.cells.find(var).copied().unwrap_or(1))
    }

    /// Returns the number of variables.
    pub fn variables(&self) -> usize {
        self.cells.len()
    }

    /// Returns the number of gates.
    pub fn len(&self) -> usize {
        self.gates.len()
    }

    /// Returns whether there are no gates.
    pub fn is_empty(&self) -> bool {
        self.gates.is_empty()
    }

    /// Returns the gate with this id.
    pub fn gate(&self, id: GateId) -> &Gate {
        &self.gates[id]
    }

    /// Returns masks in which every cell of every variable is possible.
    pub fn anything(&self) -> Masks {
        self.cells.iter().map(|(_, cells)| full(*cells)).collect()
    }

    /// Returns the gate of a constant.
    pub fn constant(&mut self, value: bool) -> GateId {
        self.intern(Gate::Const(value))
    }

    /// Returns a gate that is true if the variable is in one of the cells of `mask`.
    pub fn test(&mut self, var: VarId, mask: Mask) -> GateId {
        let full = self.full(var);
        match mask & full {
            0 => self.constant(false),
            mask if mask == full => self.constant(true),
            mask => self.intern(Gate::Test { var, mask }),
        }
    }

    /// Returns a gate that is true if `gate` is false.
    pub fn not(&mut self, gate: GateId) -> GateId {
        match self.gate(gate) {
            Gate::Const(value) => {
                let value = !value;
                self.constant(value)
            }
            Gate::Test { var, mask } => {
                let (var, mask) = (*var, !mask);
                self.test(var, mask)
            }
            Gate::Not(inner) => *inner,
            _ => self.intern(Gate::Not(gate)),
        }
    }

    /// Returns a gate that is true if all `gates` are true.
    pub fn all(&mut self, gates: impl IntoIterator<Item = GateId>) -> GateId {
        self.several(gates, true)
    }

    /// Returns a gate that is true if any of `gates` is true.
    pub fn any(&mut self, gates: impl IntoIterator<Item = GateId>) -> GateId {
        self.several(gates, false)
    }

    /// Returns a gate that is true if at least `least` of `gates` are true; a gate that is given twice counts twice.
    pub fn at_least(&mut self, least: u32, gates: impl IntoIterator<Item = GateId>) -> GateId {
        let mut least = least;
        let mut of = Vec::new();
        for gate in gates {
            match self.gate(gate) {
                Gate::Const(true) => least = least.saturating_sub(1),
                Gate::Const(false) => {}
                _ => of.push(gate),
            }
        }
        sort(&mut of);
        let count = u32::try_from(of.len()).unwrap_or(u32::MAX);
        match least {
            0 => self.constant(true),
            1 => self.any(of),
            _ if least > count => self.constant(false),
            _ if least == count => self.all(of),
            _ => self.intern(Gate::AtLeast { least, of }),
        }
    }

    /// Returns a gate that is true if at least `least` and at most `most` of `gates` are true.
    pub fn between(&mut self, least: u32, most: u32, gates: &[GateId]) -> GateId {
        let enough = self.at_least(least, gates.iter().copied());
        match most.checked_add(1) {
            None => enough,
            Some(above) => {
                let above = self.at_least(above, gates.iter().copied());
                let not_above = self.not(above);
                self.all([enough, not_above])
            }
        }
    }

    /// Returns an `All` gate if `unit` is true, an `Any` gate if it is false.
    fn several(&mut self, gates: impl IntoIterator<Item = GateId>, unit: bool) -> GateId {
        let mut of = Vec::new();
        for gate in gates {
            match self.gate(gate) {
                Gate::Const(value) if *value == unit => {}
                Gate::Const(_) => return self.constant(!unit),
                _ => of.push(gate),
            }
        }
        sort(&mut of);
        of.dedup();
        match of.as_slice() {
            [] => self.constant(unit),
            [gate] => *gate,
            _ if unit => self.intern(Gate::All(of)),
            _ => self.intern(Gate::Any(of)),
        }
    }

    fn intern(&mut self, gate: Gate) -> GateId {
        if let Some(id) = self.ids.get(&gate) {
            return *id;
        }
        let id = self.gates.push(gate.clone());
        self.ids.insert(gate, id);
        id
    }
}

/// Returns the value of a gate by Kleene evaluation. A settled value is always right, but a value that could be settled
/// may be left open.
pub fn kleene(circuit: &Circuit, root: GateId, masks: &Masks) -> Truth {
    Cone::of(circuit, root).kleene(masks)
}

/// Returns the mask of the first `cells` cells.
pub fn full(cells: u32) -> Mask {
    1_u128.checked_shl(cells).map_or(Mask::MAX, |bit| bit - 1)
}
