//! The invariants of a compiled policy.

use super::{Compiled, EntityRef, Goal, VariableKind};
use crate::circuit::{self, CELLS, Cone, Gate};
use crate::id::{GateId, Id};
use crate::sorted::sort;

/// Returns a message for each broken invariant of a compiled policy.
pub fn invariants(compiled: &Compiled) -> Vec<String> {
    let mut broken = circuit::invariants(&compiled.circuit);
    gates(compiled, &mut broken);
    variables(compiled, &mut broken);
    types(compiled, &mut broken);
    broken
}

/// Checks that every gate that is handed out is in the circuit and tests only variables that exist.
fn gates(compiled: &Compiled, broken: &mut Vec<String>) {
    let rules =
        compiled.rules.values().flat_map(|rule| rule.parts.iter().map(|(_, gate)| *gate).chain([rule.met]));
    let types =
        compiled.types.iter().flat_map(|(_, due)| due.rules.iter().map(|(_, gate)| *gate).chain([due.root]));
    let choices = compiled.choices.values().flatten().map(|(_, gate)| *gate);
    let others = compiled.waivers.values().chain(compiled.obligations.values()).copied();
    let mut all: Vec<GateId> = rules.chain(types).chain(choices).chain(others).collect();
    all.extend(compiled.put.keys());
    all.extend(compiled.list_constraints.values().map(|list_constraint| list_constraint.gate));
    let constrained = compiled.types.iter().filter_map(|(_, due)| due.constrained.as_ref());
    all.extend(constrained.flat_map(|constrained| [constrained.can, constrained.must]));
    all.extend(compiled.variables.iter().filter_map(|(_, variable)| match variable.kind {
        VariableKind::Further { which: Some((gate, _)), .. }
        | VariableKind::Beyond { goal: Goal::Meets(gate), .. } => Some(gate),
        _ => None,
    }));
    sort(&mut all);
    all.dedup();
    for gate in all {
        if gate.place() >= compiled.circuit.len() {
            broken.push(format!("gate {} is used but does not exist", gate.0));
        } else if Cone::of(&compiled.circuit, gate)
            .vars()
            .iter()
            .any(|var| compiled.variables.find(*var).is_none())
        {
            broken.push(format!("gate {} tests a variable without a meaning", gate.0));
        }
    }
}

/// Checks that every variable of the circuit has a meaning, and a different one for each.
fn variables(compiled: &Compiled, broken: &mut Vec<String>) {
    if compiled.variables.len() != compiled.circuit.variables() {
        broken.push("some variables of the circuit have no meaning".to_owned());
    }
    for (var, variable) in compiled.variables.iter() {
        let full = compiled.circuit.full(var);
        if full != circuit::full(variable.cells.count()) || variable.cells.count() > CELLS {
            broken.push(format!("variable {} has different cells in the circuit", var.0));
        }
        if variable.default_cells == 0 || variable.default_cells & !full != 0 {
            broken
                .push(format!("the mask of variable {} without statements is not a set of its cells", var.0));
        }
        if compiled.variable(variable.kind, variable.standard) != Some(var) {
            broken.push(format!("variable {} is not found by its meaning", var.0));
        }
        let mut who = variable.who();
        while let Some(entity_ref) = compiled.entity_refs.find(who) {
            who = match entity_ref {
                EntityRef::Entity(_) => break,
                EntityRef::Other { of, .. } | EntityRef::Further { of, .. } if *of < who => *of,
                _ => {
                    broken.push(format!("entity {} is reached through a later entity", who.0));
                    break;
                }
            };
        }
        if compiled.entity_refs.find(variable.who()).is_none() {
            broken.push(format!("variable {} belongs to no entity", var.0));
        }
    }
}

/// Checks that a type of assistance is due if all of its rules are met, and refers only to things that exist.
fn types(compiled: &Compiled, broken: &mut Vec<String>) {
    if compiled.types.len() != compiled.policy.assistance.len() {
        broken.push("a type of assistance is missing".to_owned());
    }
    for (id, due) in compiled.types.iter() {
        let mut again = compiled.circuit.clone();
        if again.all(due.rules.iter().map(|(_, gate)| *gate)) != due.root {
            broken.push(format!("type {} does not depend on exactly its own rules", id.0));
        }
        for (rule, met) in &due.rules {
            let Some(gates) = compiled.rules.get(rule) else {
                broken.push(format!("rule {} applies to type {} but is not in force", rule.0, id.0));
                continue;
            };
            let ways = compiled.lifting(*rule, id).into_iter().map(|(_, gate)| gate).chain([gates.met]);
            if again.any(ways) != *met {
                broken.push(format!("rule {} has a different gate for type {}", rule.0, id.0));
            }
        }
        if !due.choices.iter().all(|place| compiled.choices.contains_key(place)) {
            broken.push(format!("type {} has a choice that does not exist", id.0));
        }
        if !due.obligations.iter().all(|place| compiled.obligations.contains_key(place)) {
            broken.push(format!("type {} has an obligation that does not exist", id.0));
        }
    }
    let constant = |gate: &GateId| matches!(compiled.circuit.gate(*gate), Gate::Const(_));
    for (place, values) in &compiled.choices {
        if values.is_empty() || values.len() == 1 && !values.iter().all(|(_, gate)| constant(gate)) {
            broken.push(format!("choice {place} can have no value"));
        }
    }
}
