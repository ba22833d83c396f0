//! The invariants of a circuit.

use super::{Circuit, Gate};
use crate::id::Id;
use crate::sorted::SortedSet;

/// Returns a message for each broken invariant of a circuit.
pub fn invariants(circuit: &Circuit) -> Vec<String> {
    let mut broken = Vec::new();
    let mut seen = SortedSet::new();
    for (id, gate) in circuit.gates.iter() {
        if !seen.insert(gate) {
            broken.push(format!("gate {} is a duplicate", id.0));
        }
        let children = match gate {
            Gate::Const(_) => Vec::new(),
            Gate::Test { var, mask } => {
                if var.place() >= circuit.variables() {
                    broken.push(format!("gate {} tests a variable that does not exist", id.0));
                }
                if *mask == 0 || mask & !circuit.full(*var) != 0 || *mask == circuit.full(*var) {
                    broken.push(format!("gate {} allows none or all of the cells", id.0));
                }
                Vec::new()
            }
            Gate::Not(child) => vec![*child],
            Gate::All(of) | Gate::Any(of) => {
                if !of.is_sorted_by(|one, next| one < next) || of.len() < 2 {
                    broken.push(format!("gate {} is not in its simplest form", id.0));
                }
                of.clone()
            }
            Gate::AtLeast { least, of } => {
                if *least < 2 || *least as usize >= of.len() || !of.is_sorted() {
                    broken.push(format!("gate {} is not in its simplest form", id.0));
                }
                of.clone()
            }
        };
        if children.iter().any(|child| *child >= id) {
            broken.push(format!("gate {} precedes one of its inputs", id.0));
        }
    }
    broken
}
