//! Random circuits, compared with the enumeration of every way their variables can turn out.

use super::{Budget, Circuit, Mask, Masks, exact, invariants, kleene};
use crate::id::{GateId, Id, VarId};
use crate::value::Truth;
use proptest::prelude::*;

/// A recipe for a random circuit: the number of cells and the possible cells of each variable, and gates over earlier
/// gates.
#[derive(Clone, Debug)]
pub(crate) struct Recipe {
    vars: Vec<(u32, u128)>,
    gates: Vec<(u8, Vec<usize>, u128)>,
}

/// Returns a strategy for recipes with at most this many variables and gates.
pub(crate) fn recipes(vars: usize, gates: usize) -> impl Strategy<Value = Recipe> {
    let var = (1_u32..5, any::<u128>());
    let gate = (0_u8..6, prop::collection::vec(any::<usize>(), 1..5), any::<u128>());
    (prop::collection::vec(var, 1..=vars), prop::collection::vec(gate, 1..=gates))
        .prop_map(|(vars, gates)| Recipe { vars, gates })
}

impl Recipe {
    /// Returns the circuit, its last gate, and the masks.
    pub(crate) fn cook(&self) -> (Circuit, GateId, Masks) {
        let mut circuit = Circuit::new();
        let mut masks = Masks::new();
        for (cells, mask) in &self.vars {
            let var = circuit.variable(*cells);
            let possible = mask & circuit.full(var);
            masks.push(if possible == 0 { circuit.full(var) } else { possible });
        }
        let mut made = Vec::new();
        for (at, (cells, _)) in self.vars.iter().enumerate() {
            for cell in 0..*cells {
                made.push(circuit.test(VarId::at(at), 1 << cell));
            }
        }
        for (sort, of, mask) in &self.gates {
            let children: Vec<GateId> =
                of.iter().filter_map(|at| made.get(at % made.len()).copied()).collect();
            let gate = match sort {
                0 => circuit.all(children),
                1 => circuit.any(children),
                2 => circuit.at_least(2, children),
                3 => circuit.between(1, 1, &children),
                4 => {
                    let var = VarId::at(of.first().map_or(0, |at| at % self.vars.len()));
                    circuit.test(var, *mask)
                }
                _ => match children.first() {
                    Some(child) => circuit.not(*child),
                    None => circuit.constant(true),
                },
            };
            made.push(gate);
        }
        let root = made.last().copied().unwrap_or(GateId(0));
        (circuit, root, masks)
    }
}

/// Returns every way in which the variables can turn out.
pub(crate) fn completions(masks: &Masks) -> Vec<Masks> {
    let mut all = vec![Masks::new()];
    for (_, mask) in masks.iter() {
        let cells: Vec<Mask> =
            (0..Mask::BITS).map(|cell| 1 << cell).filter(|cell| mask & cell != 0).collect();
        all = all
            .into_iter()
            .flat_map(|masks| {
                cells.iter().map(move |cell| {
                    let mut masks = masks.clone();
                    masks.push(*cell);
                    masks
                })
            })
            .collect();
    }
    all
}

/// Returns the value of a gate by enumeration.
pub(crate) fn enumerated(circuit: &Circuit, root: GateId, masks: &Masks) -> Truth {
    let values: Vec<Truth> = completions(masks).iter().map(|masks| kleene(circuit, root, masks)).collect();
    assert!(values.iter().all(|value| value.settled()), "a complete case is settled");
    match (values.contains(&Truth::Yes), values.contains(&Truth::No)) {
        (true, false) => Truth::Yes,
        (false, true) => Truth::No,
        _ => Truth::Open,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn exact_matches_enumeration(recipe in recipes(5, 14)) {
        let (circuit, root, masks) = recipe.cook();
        prop_assert_eq!(invariants(&circuit), Vec::<String>::new());
        let truth = enumerated(&circuit, root, &masks);
        prop_assert_eq!(exact(&circuit, root, &masks, &Budget::new(10_000_000)), (truth, true));
        let by_kleene = kleene(&circuit, root, &masks);
        prop_assert!(by_kleene == truth || by_kleene == Truth::Open);
    }

    #[test]
    fn small_budgets_are_sound(recipe in recipes(5, 14), budget in 0_u64..400) {
        let (circuit, root, masks) = recipe.cook();
        let truth = enumerated(&circuit, root, &masks);
        let (found, is_exact) = exact(&circuit, root, &masks, &Budget::new(budget));
        prop_assert!(found == truth || (found == Truth::Open && !is_exact));
    }

    #[test]
    fn forgetting_never_flips_the_value(recipe in recipes(5, 14), forgotten in any::<usize>()) {
        let (circuit, root, masks) = recipe.cook();
        let mut less = masks.clone();
        let var = VarId::at(forgotten % masks.len());
        if let Some(mask) = less.find_mut(var) {
            *mask = circuit.full(var);
        }
        let (more, _) = exact(&circuit, root, &masks, &Budget::new(10_000_000));
        let (less, _) = exact(&circuit, root, &less, &Budget::new(10_000_000));
        prop_assert!(less == more || less == Truth::Open);
    }
}

#[test]
fn nested_counts_stay_small() {
    let mut circuit = Circuit::new();
    let mut masks = Masks::new();
    let mut gate = circuit.constant(true);
    for _ in 0..32 {
        let var = circuit.variable(2);
        masks.push(0b11);
        let test = circuit.test(var, 0b10);
        gate = circuit.between(1, 1, &[test, gate]);
    }
    assert!(circuit.len() < 200, "{} gates", circuit.len());
    assert_eq!(exact(&circuit, gate, &masks, &Budget::new(10_000_000)), (Truth::Open, true));
}

#[test]
fn a_thousand_correlated_variables_do_not_overflow() {
    let mut circuit = Circuit::new();
    let mut masks = Masks::new();
    let vars: Vec<GateId> = (0..1_000)
        .map(|_| {
            let var = circuit.variable(2);
            masks.push(0b11);
            circuit.test(var, 0b10)
        })
        .collect();
    let mut links = Vec::new();
    for pair in vars.windows(2) {
        links.push(circuit.between(1, 1, pair));
    }
    let root = circuit.all(links);
    let (truth, _) = exact(&circuit, root, &masks, &Budget::new(10_000_000));
    assert_eq!(truth, Truth::Open);
}
