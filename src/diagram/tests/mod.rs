//! Random circuits as diagrams, compared with enumeration.

mod library;
mod studies;

use super::{Diagram, MOST_NODES, NO, Op, YES, compile, invariants};
use crate::circuit::tests::{completions, enumerated, recipes};
use crate::circuit::{Budget, Mask, Masks, exact, kleene};
use crate::id::VarId;
use crate::sorted::SortedMap;
use crate::value::Truth;
use proptest::prelude::*;

fn truth(diagram: &Diagram) -> Truth {
    match diagram.root() {
        YES => Truth::Yes,
        NO => Truth::No,
        _ => Truth::Open,
    }
}

/// Returns the influence of each variable, by enumeration, in millionths.
fn enumerated_influence(
    circuit: &crate::circuit::Circuit,
    root: crate::id::GateId,
    masks: &Masks,
) -> SortedMap<VarId, u64> {
    let mut influence = SortedMap::new();
    for (var, _) in masks.iter() {
        // For each way that the other variables turn out, the values over the cells of this variable.
        let mut answers: SortedMap<Vec<Mask>, Vec<Truth>> = SortedMap::new();
        for completion in completions(masks) {
            let others =
                completion.iter().filter(|(id, _)| *id != var).map(|(_, mask)| *mask).collect::<Vec<Mask>>();
            answers.entry(others).or_default().push(kleene(circuit, root, &completion));
        }
        let turning =
            answers.values().filter(|all| all.contains(&Truth::Yes) && all.contains(&Truth::No)).count();
        if turning > 0 {
            influence.insert(var, turning as u64 * 1_000_000 / answers.len() as u64);
        }
    }
    influence
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn diagrams_match_their_circuit(recipe in recipes(5, 14)) {
        let (circuit, root, masks) = recipe.cook();
        let diagram = compile(&circuit, root, &masks, MOST_NODES).expect("within the budget");
        prop_assert_eq!(invariants(&diagram), Vec::<String>::new());
        prop_assert_eq!(truth(&diagram), enumerated(&circuit, root, &masks));
        prop_assert_eq!((truth(&diagram), true), exact(&circuit, root, &masks, &Budget::new(10_000_000)));
        for completion in completions(&masks) {
            let mut diagram = diagram.clone();
            let mut at = diagram.root();
            for (var, cell) in completion.iter() {
                at = diagram.restrict(at, var, *cell, true).expect("within the budget");
            }
            let answer = if at == YES { Truth::Yes } else { Truth::No };
            prop_assert_eq!(answer, kleene(&circuit, root, &completion));
        }
    }

    #[test]
    fn double_negation_is_identity(recipe in recipes(5, 14)) {
        let (circuit, root, masks) = recipe.cook();
        let mut diagram = compile(&circuit, root, &masks, MOST_NODES).expect("within the budget");
        let root = diagram.root();
        let opposite = diagram.negate(root).expect("within the budget");
        prop_assert_eq!(diagram.negate(opposite), Some(root));
        prop_assert_eq!(diagram.apply(Op::And, root, opposite), Some(NO));
        prop_assert_eq!(diagram.apply(Op::Or, root, opposite), Some(YES));
    }

    #[test]
    fn influence_matches_enumeration(recipe in recipes(5, 14)) {
        let (circuit, root, masks) = recipe.cook();
        let mut diagram = compile(&circuit, root, &masks, MOST_NODES).expect("within the budget");
        let influence = diagram.influence().expect("within the budget");
        let by_enumeration = enumerated_influence(&circuit, root, &masks);
        let support = diagram.support(diagram.root());
        prop_assert_eq!(support, by_enumeration.keys().copied().collect());
        prop_assert_eq!(influence.len(), by_enumeration.len());
        for (var, chance) in influence {
            let other = by_enumeration.get(&var).copied().unwrap_or_default();
            let chance = chance.millionths();
            prop_assert!(u64::from(chance).abs_diff(other) <= 1, "{chance} is not {other}");
        }
    }

    #[test]
    fn no_diagram_past_the_budget(recipe in recipes(5, 14)) {
        let (circuit, root, masks) = recipe.cook();
        let whole = compile(&circuit, root, &masks, MOST_NODES).expect("within the budget");
        if let Some(small) = compile(&circuit, root, &masks, 3) {
            prop_assert!(small.len() <= 3);
            prop_assert_eq!(truth(&small), truth(&whole));
        }
    }
}
