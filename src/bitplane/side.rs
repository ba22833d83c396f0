//! Sides: gates, each with the value that is wanted of it.

use crate::circuit::{Circuit, Gate};
use crate::id::{GateId, Id};

/// A gate with the value that is wanted of it. The side holds if the gate has this value.
pub(super) type Side = (GateId, bool);

/// Returns the place of a side in a list with two entries for each gate, for false and for true.
pub(super) fn slot((gate, want): Side) -> usize {
    2 * gate.place() + usize::from(want)
}

/// Returns a side with its negations removed.
pub(super) fn side(circuit: &Circuit, gate: GateId, want: bool) -> Side {
    let (mut gate, mut want) = (gate, want);
    while let Gate::Not(inner) = circuit.gate(gate) {
        (gate, want) = (*inner, !want);
    }
    (gate, want)
}
