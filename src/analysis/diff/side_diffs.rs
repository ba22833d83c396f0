//! Comparison of what two policies decide alongside a verdict: choices and obligations.

use super::joint::Joint;
use super::turn::Turning;
use super::{Both, Diff, Meaning, Side};
use crate::circuit::Masks;
use crate::compiled::Forms;
use crate::diagram::NO;
use crate::id::GateId;
use crate::policy::Policy;
use crate::policy::lexicon::key_of;
use crate::value::Date;

/// What is decided alongside a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SideSort {
    /// A choice.
    Choice,
    /// An obligation.
    Obligation,
}

/// A choice or obligation that differs between the two policies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SideDiff {
    /// Whether it is a choice or an obligation.
    pub sort: SideSort,
    /// The name of a choice, or the id of an obligation.
    pub name: String,
    /// How it differs.
    pub meaning: Meaning,
    /// The first day on which it differs.
    pub as_of: Date,
    /// The value of the choice, or whether the obligation is owed, in an example; `None` if there is no example.
    pub values: Option<Both<String>>,
    /// The example, as the lines of a scenario below `given`, in the terms of each policy.
    pub given: Both<Vec<String>>,
}

/// The possible outcomes of a choice or an obligation: each with its text and the gate that is true if it comes out so.
type Conditions = Vec<(String, GateId)>;

/// Compares choices and obligations on a day. Skips those for which `diff` already has a difference.
pub(super) fn compare(joint: &mut Joint<'_>, forms: Both<&Forms>, day: Date, diff: &mut Diff<'_>) {
    let policies = diff.policies;
    for sort in [SideSort::Choice, SideSort::Obligation] {
        let [old, new] = Side::BOTH.map(|side| all(joint, policies.of(side), side, sort));
        let mut names: Vec<&String> = old.iter().map(|(name, _)| name).collect();
        names
            .extend(new.iter().map(|(name, _)| name).filter(|name| !old.iter().any(|(one, _)| one == *name)));
        for name in names {
            if diff.side_diffs.iter().any(|one| (one.sort, &one.name) == (sort, name)) {
                continue;
            }
            let find = |all: &[(String, Conditions)]| {
                all.iter().find(|(one, _)| one == name).map(|(_, conditions)| conditions.clone())
            };
            let (meaning, outcomes, given) = match (find(&old), find(&new)) {
                (Some(old), Some(new)) => compare_one(joint, &Both { old, new }, day, forms),
                (Some(_), None) => (Meaning::Removed, None, Both::default()),
                _ => (Meaning::Added, None, Both::default()),
            };
            if meaning != Meaning::Same {
                diff.side_diffs.push(SideDiff {
                    sort,
                    name: name.clone(),
                    meaning,
                    as_of: day,
                    values: outcomes,
                    given,
                });
            }
        }
    }
}

/// All choices, or all obligations in force, of one policy.
fn all(joint: &mut Joint<'_>, policy: &Policy, side: Side, sort: SideSort) -> Vec<(String, Conditions)> {
    let compiled = *joint.sides.of(side);
    match sort {
        SideSort::Choice => {
            let all =
                compiled.choices.iter().filter_map(|(at, values)| Some((policy.choices.get(*at)?, values)));
            all.map(|(choice, values)| {
                let conditions =
                    values.iter().map(|(value, gate)| (format!("“{value}”"), joint.gate(side, *gate)));
                (key_of(&choice.header.id), conditions.collect())
            })
            .collect()
        }
        SideSort::Obligation => {
            let all = compiled
                .obligations
                .iter()
                .filter_map(|(at, gate)| Some((policy.obligations.get(*at)?, gate)));
            all.map(|(owed, gate)| {
                let gate = joint.gate(side, *gate);
                let not = joint.circuit.not(gate);
                (owed.header.id.clone(), vec![("owed".to_owned(), gate), ("not owed".to_owned(), not)])
            })
            .collect()
        }
    }
}

type Found = (Meaning, Option<Both<String>>, Both<Vec<String>>);

/// Compares the outcomes under both policies; if they can differ, returns an example.
fn compare_one(
    joint: &mut Joint<'_>,
    conditions: &Both<Conditions>,
    day: Date,
    forms: Both<&Forms>,
) -> Found {
    let mut pairs: Vec<(GateId, Both<String>)> = Vec::new();
    for (before, old) in &conditions.old {
        for (now, new) in conditions.new.iter().filter(|(now, _)| now != before) {
            let both = joint.circuit.all([*old, *new]);
            pairs.push((both, Both { old: before.clone(), new: now.clone() }));
        }
    }
    let gates: Vec<GateId> = pairs.iter().map(|(gate, _)| *gate).collect();
    let masks: Masks = joint.masks.clone();
    let (mut diagram, nodes) = joint.diagrams(&gates, &masks);
    let turning = Turning { joint, name: "", day, forms };
    for (node, (_, values)) in nodes.iter().zip(&pairs) {
        if let Some(node) = node.filter(|node| *node != NO) {
            let given = turning.case(&mut diagram, node).unwrap_or_default();
            return (Meaning::Different, Some(values.clone()), given);
        }
    }
    let unknown = nodes.iter().any(Option::is_none);
    (if unknown { Meaning::NotAvailable } else { Meaning::Same }, None, Both::default())
}
