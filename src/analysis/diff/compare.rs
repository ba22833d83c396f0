//! Types of assistance under both policies, one by one on a day: the same or not, and what shows it.

use super::joint::Joint;
use super::turn::Turning;
use super::{Both, Diff, Meaning, Side, Turn, beside, of_name};
use crate::circuit::{Circuit, Gate, Masks};
use crate::decision::Outcome;
use crate::diagram::NO;
use crate::id::GateId;
use crate::policy::Policy;
use crate::value::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Compares the types from a place on, on a day.
pub(super) fn compare(mut joint: Joint<'_, '_>, first: usize, day: Date, diff: &mut Diff<'_>) {
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
                let found = one_type(&mut joint, own, (agree, lists), &name, day, diff);
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
    beside::compare(&mut joint, day, diff);
}

/// That the lists of which the rules for a type ask several things, under either policy, are as they can be.
fn lists(joint: &mut Joint<'_, '_>, policies: Both<&Policy>, name: &str) -> GateId {
    let mut gates = Vec::new();
    for side in Side::BOTH {
        let due = of_name(policies.of(side), name).and_then(|of| joint.sides.of(side).types.find(of));
        if let Some(fitted) = due.and_then(|due| due.fitted.as_ref()) {
            gates.push(joint.gate(side, fitted.fit));
        }
    }
    joint.circuit.all(gates)
}

/// Of what became of a type on two days, what says more.
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

/// What became of one type of assistance, and the examples that turn it; `own` are each policy's own gates for it, and
/// `given` that every statement counts under every evidence standard, and that lists are as they can be.
fn one_type(
    joint: &mut Joint<'_, '_>,
    own: Both<GateId>,
    given: (GateId, GateId),
    name: &str,
    day: Date,
    diff: &mut Diff<'_>,
) -> (Meaning, Vec<usize>) {
    let roots = Both { old: joint.gate(Side::Old, own.old), new: joint.gate(Side::New, own.new) };
    let mut turning = Turning { joint, name, day, policies: diff.policies };
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
            Way::None => {}
            Way::Unknown => unknown = true,
            Way::NoExample { agreed } => (differs, by_standards) = (true, by_standards && agreed),
            Way::Example(turn) => turns.push(keep(*turn, diff)),
        }
    }
    if !turns.is_empty() {
        return (Meaning::Different, turns);
    }
    if differs {
        // Told apart by which statements count, if at all.
        let turn = turning.where_read_otherwise(roots, given.0).map(|turn| keep(turn, diff));
        let meaning = if by_standards { Meaning::SameWhenKnown } else { Meaning::Different };
        return (turn.map_or(Meaning::NotAvailable, |_| meaning), turn.into_iter().collect());
    }
    if unknown {
        return (Meaning::NotAvailable, turns);
    }
    when_unknown(&mut turning, roots.old, own, diff)
}

/// Whether verdicts turn one way.
enum Way {
    /// They do not.
    None,
    /// It could not be worked out.
    Unknown,
    /// They do by the circuit, and no case was found that does; `agreed` where they do not as long as every statement
    /// counts under every evidence standard.
    NoExample { agreed: bool },
    /// They do.
    Example(Box<Turn>),
}

/// Whether anybody eligible under one policy is not under the other.
fn one_way(
    turning: &mut Turning<'_, '_, '_, '_>,
    roots: Both<GateId>,
    from: Side,
    (agree, lists): (GateId, GateId),
    outcomes: Both<Outcome>,
) -> Way {
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
    // What did not change matters only where what did change leaves anything to ask.
    let (_, nodes) = turning.joint.diagrams(&[core], &masks);
    if nodes.first() == Some(&Some(NO)) {
        return Way::None;
    }
    // First where every statement counts under every evidence standard, then wherever.
    let (mut diagram, nodes) = turning.joint.diagrams(&[plain, whole], &masks);
    if nodes.last() == Some(&Some(NO)) {
        return Way::None;
    }
    for node in nodes.iter().flatten() {
        if let Some(turn) = turning.example(&mut diagram, *node, outcomes) {
            return Way::Example(turn.into());
        }
    }
    own.extend(common);
    for gate in broken {
        if turning.joint.work.is_spent() {
            return Way::Unknown;
        }
        let not = turning.joint.circuit.not(gate);
        let asked: Vec<GateId> = [not].into_iter().chain(own.iter().copied()).chain([agree, lists]).collect();
        if let Some(turn) = turning.example_step_by_step(&asked, outcomes) {
            return Way::Example(turn.into());
        }
    }
    if nodes.last() == Some(&None) {
        return Way::Unknown;
    }
    Way::NoExample { agreed: nodes.first() == Some(&Some(NO)) }
}

/// The gates that all have to be true for a gate to be.
fn every(circuit: &Circuit, gate: GateId) -> BTreeSet<GateId> {
    match circuit.gate(gate) {
        Gate::All(of) => of.iter().copied().collect(),
        Gate::Const(true) => BTreeSet::new(),
        _ => BTreeSet::from([gate]),
    }
}

/// What became of a type that is the same for whoever everything is known of.
fn when_unknown(
    turning: &mut Turning<'_, '_, '_, '_>,
    root: GateId,
    own: Both<GateId>,
    diff: &mut Diff<'_>,
) -> (Meaning, Vec<usize>) {
    let (turn, unsure) = turning.where_unknown(root, own);
    let turns: Vec<usize> = turn.map(|turn| keep(turn, diff)).into_iter().collect();
    (if unsure || !turns.is_empty() { Meaning::SameWhenKnown } else { Meaning::Same }, turns)
}

/// Keeps an example, once.
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
