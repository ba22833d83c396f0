//! Random circuits as diagrams, compared with a library of binary decision diagrams: settled values and equalities of
//! functions must agree.

use crate::circuit::tests::recipes;
use crate::circuit::{Circuit, Gate, Mask, Masks};
use crate::diagram::{MOST_NODES, NO, Op, YES, compile_several};
use crate::id::{GateId, NodeId, VarId};
use biodivine_lib_bdd::{Bdd, BddVariable, BddVariableSet};
use proptest::prelude::*;

/// A variable of the circuit as binary digits. Every number that the digits form stands for a possible cell; numbers
/// that are too large stand for the last cell. So functions of the digits are equal if and only if the functions of the
/// cells are.
struct Digits {
    digits: Vec<BddVariable>,
    cells: Vec<Mask>,
}

struct Library {
    set: BddVariableSet,
    vars: Vec<Digits>,
}

impl Library {
    fn of(masks: &Masks) -> Library {
        let cells: Vec<Vec<Mask>> = masks
            .iter()
            .map(|(_, mask)| (0..Mask::BITS).map(|cell| 1 << cell).filter(|cell| mask & cell != 0).collect())
            .collect();
        let widths: Vec<u32> = cells.iter().map(|cells| cells.len().next_power_of_two().ilog2()).collect();
        let set = BddVariableSet::new_anonymous(widths.iter().sum::<u32>() as u16);
        let mut unused = set.variables().into_iter();
        let vars = cells
            .into_iter()
            .zip(widths)
            .map(|(cells, width)| Digits { digits: unused.by_ref().take(width as usize).collect(), cells })
            .collect();
        Library { set, vars }
    }

    fn test(&self, var: VarId, mask: Mask) -> Bdd {
        let Digits { digits, cells } = &self.vars[var.0 as usize];
        let mut any = self.set.mk_false();
        for number in 0..1_usize << digits.len() {
            if mask & cells[number.min(cells.len() - 1)] == 0 {
                continue;
            }
            let mut is = self.set.mk_true();
            for (at, digit) in digits.iter().enumerate() {
                is = is.and(&self.set.mk_literal(*digit, number >> at & 1 == 1));
            }
            any = any.or(&is);
        }
        any
    }

    /// Returns the diagrams of all gates of a circuit.
    fn gates(&self, circuit: &Circuit) -> Vec<Bdd> {
        let mut made: Vec<Bdd> = Vec::new();
        for gate in 0..circuit.len() {
            let of = |gate: &GateId| &made[gate.0 as usize];
            let bdd = match circuit.gate(GateId(gate as u32)) {
                Gate::Const(true) => self.set.mk_true(),
                Gate::Const(false) => self.set.mk_false(),
                Gate::Test { var, mask } => self.test(*var, *mask),
                Gate::Not(gate) => of(gate).not(),
                Gate::All(gates) => gates.iter().fold(self.set.mk_true(), |all, gate| all.and(of(gate))),
                Gate::Any(gates) => gates.iter().fold(self.set.mk_false(), |any, gate| any.or(of(gate))),
                Gate::AtLeast { least, of: gates } => {
                    let mut enough = vec![self.set.mk_false(); *least as usize + 1];
                    enough[0] = self.set.mk_true();
                    for gate in gates {
                        for count in (1..enough.len()).rev() {
                            enough[count] = enough[count].or(&enough[count - 1].and(of(gate)));
                        }
                    }
                    enough.pop().unwrap()
                }
            };
            made.push(bdd);
        }
        made
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_library_gives_the_same_results(recipe in recipes(8, 22)) {
        let (circuit, _, masks) = recipe.cook();
        let gates: Vec<GateId> = (0..circuit.len()).map(|gate| GateId(gate as u32)).collect();
        let (mut diagram, nodes) = compile_several(&circuit, &gates, &masks, MOST_NODES);
        let nodes: Vec<NodeId> = nodes.into_iter().map(|node| node.unwrap()).collect();
        let theirs = Library::of(&masks).gates(&circuit);
        let pairs: Vec<(&NodeId, &Bdd)> = nodes.iter().zip(&theirs).collect();
        for (node, bdd) in &pairs {
            prop_assert_eq!(**node == YES, bdd.is_true());
            prop_assert_eq!(**node == NO, bdd.is_false());
        }
        for (node, bdd) in &pairs {
            for (other_node, other) in &pairs {
                prop_assert_eq!(node == other_node, bdd == other);
            }
        }
        for of in pairs.windows(2) {
            let [(one, their_one), (other, their_other)] = of else { continue };
            let and = diagram.apply(Op::And, **one, **other).unwrap();
            let differ = diagram.apply(Op::Differ, **one, **other).unwrap();
            for ((node, bdd), whole) in pairs.iter().flat_map(|pair| {
                [(pair, (and, their_one.and(their_other))), (pair, (differ, their_one.xor(their_other)))]
            }) {
                prop_assert_eq!(**node == whole.0, **bdd == whole.1);
            }
            prop_assert_eq!(diagram.implies(**one, **other), Some(their_one.imp(their_other).is_true()));
        }
    }
}
