//! Compares the types of assistance of both policies on one day, and finds examples of the differences.

use super::joint::Joint;
use super::turn::Turning;
use super::{Both, Diff, Meaning, Side, Turn, of_name, side_diffs};
use crate::circuit::{Circuit, Gate, Masks};
use crate::compiled::Forms;
use crate::decision::Outcome;
use crate::diagram::NO;
use crate::id::GateId;
use crate::policy::Policy;
use crate::value::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Compares on a day the types of assistance from index `first` on.
pub(super) fn compare(
    mut joint: Joint<'_>,
    forms: Both<&Forms>,
    first: usize,
    day: Date,
    diff: &mut Diff<'_>,
) {
    let policies = diff.policies;
    let names: Vec<(usize, String)> = diff
        .types
        .iter()
        .enumerate()
        .skip(first)
        .filter(|(_, one)| !matches!(one.meaning, Meaning::Added | Meaning::Removed))
        .map(|(place, one)| (place, one.name.clone()))
        .collect();
    let agree = joint.agree();
    let mut settled: BTreeMap<Both<GateId>, (Meaning, Vec<usize>)> = BTreeMap::new();
    for (place, name) in names {
        let own = Side::BOTH.map(|side| {
            let of = of_name(policies.of(side), &name)?;
            Some(joint.sides.of(side).types.find(of)?.root)
        });
        let [Some(old), Some(new)] = own else { continue };
        let own = Both { old, new };
        let (meaning, turns) = match settled.get(&own) {
            Some(known) => known.clone(),
            None => {
                let lists = lists(&mut joint, policies, &name);
                let found = one_type(&mut joint, forms, own, (agree, lists), (&name, day), diff);
                settled.insert(own, found.clone());
                found
            }
        };
        let Some(one) = diff.types.get_mut(place) else { continue };
        one.meaning = worse(one.meaning, meaning);
        if meaning != Meaning::Same {
            one.days.push(day);
        }
        for turn in turns {
            if !one.turns.contains(&turn) {
                one.turns.push(turn);
            }
        }
    }
    side_diffs::compare(&mut joint, forms, day, diff);
}

/// A gate that is true if the list constraints of the rules for a type hold, under both policies.
fn lists(joint: &mut Joint<'_>, policies: Both<&Arc<Policy>>, name: &str) -> GateId {
    let mut gates = Vec::new();
    for side in Side::BOTH {
        let due = of_name(policies.of(side), name).and_then(|of| joint.sides.of(side).types.find(of));
        if let Some(constrained) = due.and_then(|due| due.constrained.as_ref()) {
            gates.push(joint.gate(side, constrained.list_constraint));
        }
    }
    joint.circuit.all(gates)
}

/// Returns the stronger of two results for one type of assistance on two days.
fn worse(one: Meaning, other: Meaning) -> Meaning {
    let rank = |meaning: Meaning| match meaning {
        Meaning::Same => 0,
        Meaning::SameWhenKnown => 1,
        Meaning::NotAvailable => 2,
        Meaning::Different => 3,
        Meaning::Added | Meaning::Removed => 4,
    };
    if rank(other) > rank(one) { other } else { one }
}

/// Compares one type of assistance; returns the result and the indices of the examples.
///
/// `own` are each policy's own gates for the type. `given` are two gates: the first is true if every statement counts
/// under every evidence standard, the second if the list constraints hold.
fn one_type(
    joint: &mut Joint<'_>,
    forms: Both<&Forms>,
    own: Both<GateId>,
    given: (GateId, GateId),
    (name, day): (&str, Date),
    diff: &mut Diff<'_>,
) -> (Meaning, Vec<usize>) {
    let roots = Both { old: joint.gate(Side::Old, own.old), new: joint.gate(Side::New, own.new) };
    let mut turning = Turning { joint, name, day, forms };
    if roots.old == roots.new {
        return when_unknown(&mut turning, roots.old, own, diff);
    }
    let mut turns: Vec<usize> = Vec::new();
    let (mut differs, mut unknown, mut by_standards) = (false, false, true);
    for (from, outcomes) in [
        (Side::Old, Both { old: Outcome::Eligible, new: Outcome::Ineligible }),
        (Side::New, Both { old: Outcome::Ineligible, new: Outcome::Eligible }),
    ] {
        match one_way(&mut turning, roots, from, given, outcomes) {
            Compared::None => {}
            Compared::Unknown => unknown = true,
            Compared::NoExample { agreed } => (differs, by_standards) = (true, by_standards && agreed),
            Compared::Example(turn) => turns.push(keep(*turn, diff)),
        }
    }
    if !turns.is_empty() {
        return (Meaning::Different, turns);
    }
    if differs {
        // Only a case in which a statement counts under one standard and not under another can still show the
        // difference.
        let turn = turning.standard_example(roots, given.0).map(|turn| keep(turn, diff));
        let meaning = if by_standards { Meaning::SameWhenKnown } else { Meaning::Different };
        return (turn.map_or(Meaning::NotAvailable, |_| meaning), turn.into_iter().collect());
    }
    if unknown {
        return (Meaning::NotAvailable, turns);
    }
    when_unknown(&mut turning, roots.old, own, diff)
}

/// Whether some case is eligible under one policy and ineligible under the other.
enum Compared {
    /// There is no such case.
    None,
    /// The budget did not suffice to find out.
    Unknown,
    /// The circuit has such a case, but no example was found. `agreed` is true if there is no such case as long as
    /// every statement counts under every evidence standard.
    NoExample { agreed: bool },
    /// There is such a case: the example.
    Example(Box<Turn>),
}

/// Looks for a case that is eligible under policy `from` and not under the other.
fn one_way(
    turning: &mut Turning<'_, '_, '_>,
    roots: Both<GateId>,
    from: Side,
    (agree, lists): (GateId, GateId),
    outcomes: Both<Outcome>,
) -> Compared {
    let circuit = &mut turning.joint.circuit;
    let (holds, others) = (every(circuit, *roots.of(from)), every(circuit, *roots.of(from.other())));
    let broken: Vec<GateId> = others.difference(&holds).copied().collect();
    let mut own: Vec<GateId> = holds.difference(&others).copied().collect();
    let common = holds.intersection(&others).copied();
    let all_broken = circuit.all(broken.iter().copied());
    let some_broken = circuit.not(all_broken);
    let core = circuit.all(own.iter().copied().chain([some_broken, lists]));
    let whole = circuit.all([*roots.of(from), some_broken, lists]);
    let plain = circuit.all([whole, agree]);
    let masks: Masks = turning.joint.masks.clone();
    // The unchanged gates need a look only if the changed gates alone can differ.
    let (_, nodes) = turning.joint.diagrams(&[core], &masks);
    if nodes.first() == Some(&Some(NO)) {
        return Compared::None;
    }
    // First look for cases in which every statement counts under every evidence standard, then for any case.
    let (mut diagram, nodes) = turning.joint.diagrams(&[plain, whole], &masks);
    if nodes.last() == Some(&Some(NO)) {
        return Compared::None;
    }
    for node in nodes.iter().flatten() {
        if let Some(turn) = turning.example(&mut diagram, *node, outcomes) {
            return Compared::Example(turn.into());
        }
    }
    own.extend(common);
    for gate in broken {
        if turning.joint.work.is_spent() {
            return Compared::Unknown;
        }
        let not = turning.joint.circuit.not(gate);
        let gates: Vec<GateId> = [not].into_iter().chain(own.iter().copied()).chain([agree, lists]).collect();
        if let Some(turn) = turning.example_step_by_step(&gates, outcomes) {
            return Compared::Example(turn.into());
        }
    }
    if nodes.last() == Some(&None) {
        return Compared::Unknown;
    }
    Compared::NoExample { agreed: nodes.first() == Some(&Some(NO)) }
}

/// The gates that must all be true for a gate to be true.
fn every(circuit: &Circuit, gate: GateId) -> BTreeSet<GateId> {
    match circuit.gate(gate) {
        Gate::All(of) => of.iter().copied().collect(),
        Gate::Const(true) => BTreeSet::new(),
        _ => BTreeSet::from([gate]),
    }
}

/// Compares a type of assistance that is the same in both policies if everything is known.
fn when_unknown(
    turning: &mut Turning<'_, '_, '_>,
    root: GateId,
    own: Both<GateId>,
    diff: &mut Diff<'_>,
) -> (Meaning, Vec<usize>) {
    let (turn, unsure) = turning.presumption_example(root, own);
    let turns: Vec<usize> = turn.map(|turn| keep(turn, diff)).into_iter().collect();
    (if unsure || !turns.is_empty() { Meaning::SameWhenKnown } else { Meaning::Same }, turns)
}

/// Adds an example to the diff unless it is already there, and returns its index.
fn keep(turn: Turn, diff: &mut Diff<'_>) -> usize {
    let same = |known: &Turn| {
        (&known.kind, known.as_of, known.outcomes, &known.given)
            == (&turn.kind, turn.as_of, turn.outcomes, &turn.given)
    };
    let place = diff.turns.iter().position(same).unwrap_or(diff.turns.len());
    if place == diff.turns.len() {
        diff.turns.push(turn);
    }
    place
}
