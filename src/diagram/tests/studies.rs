//! Results that are read off diagrams, compared with enumeration.

use crate::circuit::tests::{completions, enumerated, recipes};
use crate::circuit::{Circuit, Mask, Masks, kleene};
use crate::diagram::{Diagram, MOST_NODES, NO, Op, YES, compile, compile_several, invariants};
use crate::id::{GateId, NodeId, VarId};
use crate::sorted::{SortedMap, SortedSet};
use crate::value::Truth;
use proptest::prelude::*;

/// Returns all gates of a circuit as diagrams in one store.
fn every_gate(circuit: &Circuit, masks: &Masks) -> (Diagram, Vec<(GateId, NodeId)>) {
    let gates: Vec<GateId> = (0..circuit.len()).map(|gate| GateId(gate as u32)).collect();
    let (diagram, nodes) = compile_several(circuit, &gates, masks, MOST_NODES);
    let nodes = nodes.into_iter().map(|node| node.expect("within the budget"));
    (diagram, gates.into_iter().zip(nodes).collect())
}

/// Returns masks in which, depending on `choice`, a variable stays as it is or is in one cell.
fn knowing(masks: &Masks, choice: u64) -> Masks {
    let narrowed = masks.iter().map(|(var, mask)| {
        let cells = cells(*mask);
        match choice >> (2 * var.0) & 0b11 {
            0 => *mask,
            at => cells[at as usize % cells.len()],
        }
    });
    narrowed.collect()
}

/// Returns the cells of a mask, one by one.
fn cells(mask: Mask) -> Vec<Mask> {
    (0..Mask::BITS).map(|cell| 1 << cell).filter(|cell| mask & cell != 0).collect()
}

fn subsets(vars: &[VarId]) -> Vec<SortedSet<VarId>> {
    let mut all: Vec<SortedSet<VarId>> = (0..1_u32 << vars.len())
        .map(|bits| {
            vars.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1).map(|(_, var)| *var).collect()
        })
        .collect();
    all.sort_by_key(SortedSet::len);
    all
}

/// Returns the least cost of a value, where each variable outside of its usual cells costs one.
fn fewest_departures(
    circuit: &Circuit,
    root: GateId,
    masks: &Masks,
    usual: &Masks,
    answer: Truth,
) -> Option<u64> {
    completions(masks)
        .iter()
        .filter(|completion| kleene(circuit, root, completion) == answer)
        .map(|completion| completion.iter().filter(|(var, cell)| usual[*var] & **cell == 0).count() as u64)
        .min()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn equal_gates_share_a_node(recipe in recipes(4, 10)) {
        let (circuit, _, masks) = recipe.cook();
        let (diagram, nodes) = every_gate(&circuit, &masks);
        prop_assert_eq!(invariants(&diagram), Vec::<String>::new());
        let completions = completions(&masks);
        let answers = |gate: GateId| -> Vec<Truth> {
            completions.iter().map(|completion| kleene(&circuit, gate, completion)).collect()
        };
        let answers: Vec<(Vec<Truth>, NodeId)> =
            nodes.iter().map(|(gate, node)| (answers(*gate), *node)).collect();
        for (one, node) in &answers {
            for (other, other_node) in &answers {
                prop_assert_eq!(one == other, node == other_node);
            }
        }
    }

    #[test]
    fn implication_agrees_with_but(recipe in recipes(4, 6)) {
        let (circuit, _, masks) = recipe.cook();
        let (mut diagram, nodes) = every_gate(&circuit, &masks);
        let nodes: Vec<NodeId> = nodes.into_iter().map(|(_, node)| node).collect();
        for one in &nodes {
            for other in &nodes {
                let but = diagram.apply(Op::AndNot, *one, *other).unwrap();
                let not_other = diagram.negate(*other).unwrap();
                prop_assert_eq!(diagram.apply(Op::And, *one, not_other), Some(but));
                prop_assert_eq!(diagram.implies(*one, *other), Some(but == NO));
                let both = diagram.apply(Op::And, *one, *other).unwrap();
                for third in nodes.iter().step_by(3) {
                    let but = diagram.apply(Op::AndNot, both, *third).unwrap();
                    prop_assert_eq!(diagram.imply(*one, *other, *third), Some(but == NO));
                }
            }
        }
        let some: Vec<NodeId> = nodes.iter().copied().step_by(2).collect();
        let redundant = diagram.redundant(&some).unwrap();
        for (at, is_redundant) in redundant.into_iter().enumerate() {
            let mut others = some.clone();
            let one = others.remove(at);
            let all = diagram.all(&others).unwrap();
            let but = diagram.apply(Op::AndNot, all, one).unwrap();
            prop_assert_eq!(is_redundant, but == NO);
        }
    }

    #[test]
    fn nodes_that_agree_among_cases_are_equal(recipe in recipes(4, 6)) {
        let (circuit, _, masks) = recipe.cook();
        let (mut diagram, nodes) = every_gate(&circuit, &masks);
        let nodes: Vec<NodeId> = nodes.into_iter().map(|(_, node)| node).collect();
        for among in nodes.iter().copied().filter(|node| *node != NO) {
            let there: Vec<NodeId> = nodes.iter().map(|node| diagram.among(*node, among).unwrap()).collect();
            for (one, one_there) in nodes.iter().zip(&there) {
                let differ = |diagram: &mut Diagram, other| {
                    let differ = diagram.apply(Op::Differ, *one, other).unwrap();
                    diagram.apply(Op::And, differ, among).unwrap() != NO
                };
                prop_assert!(!differ(&mut diagram, *one_there));
                for (other, other_there) in nodes.iter().zip(&there) {
                    prop_assert_eq!(differ(&mut diagram, *other), one_there != other_there);
                    let both = diagram.apply(Op::And, *one, *other).unwrap();
                    let both_there = diagram.among(both, among);
                    prop_assert_eq!(diagram.apply(Op::And, *one_there, *other_there), both_there);
                }
            }
        }
    }

    #[test]
    fn truth_matches_enumeration(recipe in recipes(5, 14), choice in any::<u64>()) {
        let (circuit, root, masks) = recipe.cook();
        let diagram = compile(&circuit, root, &masks, MOST_NODES).unwrap();
        let known = knowing(&masks, choice);
        prop_assert_eq!(diagram.truth(diagram.root(), &known), enumerated(&circuit, root, &known));
    }

    #[test]
    fn restriction_matches_enumeration(recipe in recipes(4, 10), place in any::<u32>()) {
        let (circuit, root, masks) = recipe.cook();
        let mut diagram = compile(&circuit, root, &masks, MOST_NODES).unwrap();
        let var = VarId(place % masks.len() as u32);
        let top = diagram.root();
        let every = diagram.restrict(top, var, Mask::MAX, true).unwrap();
        let any = diagram.restrict(top, var, Mask::MAX, false).unwrap();
        for completion in completions(&masks) {
            let mut open = completion.clone();
            *open.find_mut(var).unwrap() = masks[var];
            let truth = enumerated(&circuit, root, &open);
            prop_assert_eq!(diagram.truth(every, &completion), Truth::from(truth == Truth::Yes));
            prop_assert_eq!(diagram.truth(any, &completion), Truth::from(truth != Truth::No));
        }
    }

    #[test]
    fn witnesses_have_least_cost(recipe in recipes(5, 14), choice in any::<u64>()) {
        let (circuit, root, masks) = recipe.cook();
        let diagram = compile(&circuit, root, &masks, MOST_NODES).unwrap();
        let usual = knowing(&masks, choice);
        for (answer, truth) in [(true, Truth::Yes), (false, Truth::No)] {
            let path = diagram.witness(diagram.root(), answer, &usual);
            let fewest = fewest_departures(&circuit, root, &masks, &usual, truth);
            prop_assert_eq!(path.as_ref().map(|path| path.cost), fewest);
            if let Some(path) = path {
                let mut put = masks.clone();
                for (var, cells) in path.cells {
                    *put.find_mut(var).unwrap() = cells;
                }
                prop_assert_eq!(enumerated(&circuit, root, &put), truth);
            }
        }
    }

    #[test]
    fn smallest_reasons_match_enumeration(
        recipe in recipes(6, 14), choice in any::<u64>(), free in any::<u8>(),
    ) {
        let (circuit, root, masks) = recipe.cook();
        let diagram = compile(&circuit, root, &masks, MOST_NODES).unwrap();
        let known = knowing(&masks, choice);
        let candidates: Vec<VarId> = masks.ids().filter(|var| free >> var.0 & 1 == 0).collect();
        let forced_by = |set: &SortedSet<VarId>, answer: Truth| {
            let held = masks.iter().map(|(var, mask)| {
                if candidates.contains(&var) && !set.contains(&var) { *mask } else { known[var] }
            });
            enumerated(&circuit, root, &held.collect()) == answer
        };
        for (answer, truth) in [(true, Truth::Yes), (false, Truth::No)] {
            let mut smallest: Vec<SortedSet<VarId>> = Vec::new();
            for set in subsets(&candidates) {
                if !smallest.iter().any(|smaller| smaller.is_subset(&set)) && forced_by(&set, truth) {
                    smallest.push(set);
                }
            }
            let found = diagram.sufficient(diagram.root(), answer, &known, &candidates, 100, 100_000);
            let Some(found) = found else {
                prop_assert_eq!(smallest, Vec::<SortedSet<VarId>>::new());
                continue;
            };
            prop_assert!(found.smallest);
            prop_assert!(found.sets.is_sorted_by_key(Vec::len));
            let found: SortedSet<SortedSet<VarId>> =
                found.sets.into_iter().map(|set| set.into_iter().collect()).collect();
            prop_assert_eq!(found, smallest.into_iter().collect());
            // Without any effort, the set found still forces the value and is minimal.
            let hasty = diagram.sufficient(diagram.root(), answer, &known, &candidates, 100, 0).unwrap();
            let set: SortedSet<VarId> = hasty.sets[0].iter().copied().collect();
            prop_assert!(forced_by(&set, truth));
            for var in &set {
                let mut less = set.clone();
                less.remove(var);
                prop_assert!(!forced_by(&less, truth));
            }
        }
    }

    #[test]
    fn fewest_changes_match_enumeration(
        recipe in recipes(4, 10), choice in any::<u64>(), weights in any::<u64>(),
    ) {
        let (circuit, root, masks) = recipe.cook();
        let mut diagram = compile(&circuit, root, &masks, MOST_NODES).unwrap();
        let known = knowing(&masks, choice);
        let cost = |var: VarId, cell: u32| {
            Some(weights >> (8 * var.0 + 2 * cell) & 0b11).filter(|weight| *weight > 0)
        };
        // Every way to move variables to cells, or to leave them.
        let mut ways: Vec<(u64, Vec<(VarId, Mask)>)> = vec![(0, Vec::new())];
        for (var, mask) in masks.iter() {
            let mut more = Vec::new();
            for cell in cells(*mask) {
                let Some(cost) = cost(var, cell.trailing_zeros()) else { continue };
                for (total, path) in &ways {
                    let mut path = path.clone();
                    path.push((var, cell));
                    more.push((total + cost, path));
                }
            }
            ways.extend(more);
        }
        let put = |path: &[(VarId, Mask)]| {
            let mut put = known.clone();
            for (var, cells) in path {
                *put.find_mut(*var).unwrap() = *cells;
            }
            put
        };
        ways.retain(|(_, path)| enumerated(&circuit, root, &put(path)) == Truth::Yes);
        let found = diagram.fewest_changes(diagram.root(), &known, cost, 1_000).unwrap();
        prop_assert!(found.all);
        // The cheapest way for each set of variables of the smallest size.
        let fewest = ways.iter().map(|(_, path)| path.len()).min();
        let mut cheapest: SortedMap<SortedSet<VarId>, u64> = SortedMap::new();
        for (cost, path) in ways.iter().filter(|(_, path)| Some(path.len()) == fewest) {
            let vars = path.iter().map(|(var, _)| *var).collect();
            let known = cheapest.entry(vars).or_insert(*cost);
            *known = (*known).min(*cost);
        }
        let mut found_costs = SortedMap::new();
        for set in &found.sets {
            prop_assert_eq!(enumerated(&circuit, root, &put(set)), Truth::Yes);
            let costs = set.iter().map(|(var, cells)| cost(*var, cells.trailing_zeros()).unwrap());
            found_costs.insert(set.iter().map(|(var, _)| *var).collect::<SortedSet<VarId>>(), costs.sum::<u64>());
        }
        prop_assert_eq!(found_costs.len(), found.sets.len());
        prop_assert_eq!(found_costs, cheapest);
    }

    #[test]
    fn forgotten_nodes_are_made_again(recipe in recipes(4, 8)) {
        let (circuit, _, masks) = recipe.cook();
        let (mut diagram, nodes) = every_gate(&circuit, &masks);
        let len = diagram.len();
        let pairs = || nodes.iter().zip(nodes.iter().skip(1));
        let put = |diagram: &mut Diagram| -> Vec<NodeId> {
            pairs().map(|((_, one), (_, other))| diagram.apply(Op::Differ, *one, *other).unwrap()).collect()
        };
        let first = put(&mut diagram);
        diagram.truncate(len);
        prop_assert_eq!(invariants(&diagram), Vec::<String>::new());
        prop_assert_eq!(put(&mut diagram), first);
    }

    #[test]
    fn a_large_gate_leaves_budget_for_others(recipe in recipes(5, 14)) {
        let (circuit, root, masks) = recipe.cook();
        let whole = compile(&circuit, root, &masks, MOST_NODES).unwrap();
        let (_, nodes) = compile_several(&circuit, &[root, GateId(0)], &masks, 8);
        let (few, _) = compile_several(&circuit, &[GateId(0)], &masks, MOST_NODES);
        if few.len() <= 6 {
            prop_assert!(nodes[1].is_some());
        }
        if let Some(node) = nodes[0] {
            prop_assert_eq!(node <= YES, whole.root() <= YES);
        }
    }
}
