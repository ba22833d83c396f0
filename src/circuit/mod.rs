//! A question in its barest form: variables with finitely many values, and gates over them.
//!
//! Made from a policy and a case by `decision`. It knows no facts and no rules: a variable is a number of cells, of
//! which some are possible, and a gate is true or false.
//!
//! What holds here ([`invariants`]): children stand before their parents, no two gates are the same, and a test asks
//! for some but not all of the cells of its variable.

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

use crate::id::{GateId, Table, VarId};
use crate::value::Truth;
use std::collections::BTreeMap;

/// A set of cells of a variable: bit *i* for the *i*th.
pub type Mask = u128;

/// The most cells a variable can have.
pub const CELLS: u32 = Mask::BITS;

/// The cells that are possible, variable by variable.
pub type Masks = Table<VarId, Mask>;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gate {
    /// True or false.
    Const(bool),
    /// Whether a variable is in one of these cells.
    Test {
        /// The variable.
        var: VarId,
        /// The cells.
        mask: Mask,
    },
    /// Whether a gate is false.
    Not(GateId),
    /// Whether all gates are true.
    All(Vec<GateId>),
    /// Whether any gate is true.
    Any(Vec<GateId>),
    /// Whether at least `least` gates are true.
    AtLeast {
        /// How many.
        least: u32,
        /// Of these.
        of: Vec<GateId>,
    },
}

/// Variables and gates.
///
/// # Example
/// `p or not p` is true with `p` open; Kleene's tables alone do not see it:
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
    /// The number of cells of every variable.
    cells: Table<VarId, u32>,
    ids: BTreeMap<Gate, GateId>,
}

impl Circuit {
    /// A circuit without variables.
    pub fn new() -> Circuit {
        Circuit::default()
    }

    /// Adds a variable with so many cells: at least 1, at most [`CELLS`].
    pub fn variable(&mut self, cells: u32) -> VarId {
        self.cells.push(cells.clamp(1, CELLS))
    }

    /// All cells of a variable.
    pub fn full(&self, var: VarId) -> Mask {
        full(self.cells.find(var).copied().unwrap_or(1))
    }

    /// How many variables there are.
    pub fn variables(&self) -> usize {
        self.cells.len()
    }

    /// How many gates there are.
    pub fn len(&self) -> usize {
        self.gates.len()
    }

    /// Whether there are no gates.
    pub fn is_empty(&self) -> bool {
        self.gates.is_empty()
    }

    /// The gate of an id.
    pub fn gate(&self, id: GateId) -> &Gate {
        &self.gates[id]
    }

    /// Every cell of every variable.
    pub fn anything(&self) -> Masks {
        self.cells.iter().map(|(_, cells)| full(*cells)).collect()
    }

    /// True or false.
    pub fn constant(&mut self, value: bool) -> GateId {
        self.intern(Gate::Const(value))
    }

    /// Whether a variable is in one of some cells.
    pub fn test(&mut self, var: VarId, mask: Mask) -> GateId {
        let full = self.full(var);
        match mask & full {
            0 => self.constant(false),
            mask if mask == full => self.constant(true),
            mask => self.intern(Gate::Test { var, mask }),
        }
    }

    /// Whether a gate is false.
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

    /// Whether all gates are true.
    pub fn all(&mut self, gates: impl IntoIterator<Item = GateId>) -> GateId {
        self.several(gates, true)
    }

    /// Whether any gate is true.
    pub fn any(&mut self, gates: impl IntoIterator<Item = GateId>) -> GateId {
        self.several(gates, false)
    }

    /// Whether at least so many gates are true; a gate that is given twice counts twice.
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
        of.sort_unstable();
        let count = u32::try_from(of.len()).unwrap_or(u32::MAX);
        match least {
            0 => self.constant(true),
            1 => self.any(of),
            _ if least > count => self.constant(false),
            _ if least == count => self.all(of),
            _ => self.intern(Gate::AtLeast { least, of }),
        }
    }

    /// Whether exactly as many gates as lie between the two are true.
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

    /// `All` with `unit` true, `Any` with it false.
    fn several(&mut self, gates: impl IntoIterator<Item = GateId>, unit: bool) -> GateId {
        let mut of = Vec::new();
        for gate in gates {
            match self.gate(gate) {
                Gate::Const(value) if *value == unit => {}
                Gate::Const(_) => return self.constant(!unit),
                _ => of.push(gate),
            }
        }
        of.sort_unstable();
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

/// The value of a gate by Kleene's tables: never wrong, not always settled where it could be.
pub fn kleene(circuit: &Circuit, root: GateId, masks: &Masks) -> Truth {
    Cone::of(circuit, root).kleene(masks)
}

/// The set of the first `cells` cells.
pub fn full(cells: u32) -> Mask {
    1_u128.checked_shl(cells).map_or(Mask::MAX, |bit| bit - 1)
}
