//! Comparison of policies, on generated policies and small edits of them: what is called the same must be the same for
//! the naive evaluator, and every example must pass as a scenario under both policies.

use super::agree::today;
use super::model::{Model, text};
use super::naive::Naive;
use super::simpler::simpler;
use super::{counted_by, written};
use placet::analysis::diff::{Meaning, Side, diff};
use placet::bundle::{Bundle, LoadError, gather};
use placet::diagnostic::any_error;
use placet::policy::{self, Policy};
use placet::scenario;
use std::sync::Arc;

/// The number of types of assistance of each sort.
#[derive(Default)]
struct Sorts {
    same: usize,
    different: usize,
    when_known: usize,
    not_available: usize,
    /// The number of verdicts of the naive evaluator that were compared.
    compared: usize,
}

/// A few edits of a model that change its policy, evenly spaced.
fn edits(model: &Model) -> Vec<Model> {
    let own: Vec<String> = files(model).collect();
    let shows = |edited: &Model| files(edited).zip(&own).any(|(edited, own)| edited != *own);
    let all: Vec<Model> = simpler(model).into_iter().filter(shows).collect();
    let first = model.statements.len() % all.len().max(1);
    let step = (all.len() / 3).max(1);
    all.into_iter().skip(first).step_by(step).take(3).collect()
}

fn files(model: &Model) -> impl Iterator<Item = String> {
    text(model).into_iter().take(2).map(|(_, text)| text)
}

fn bundle(files: &[(&str, String)]) -> Bundle {
    gather(&["policy.placet"], &mut |path: &str| {
        let found = files.iter().find(|(name, _)| *name == path);
        found.map(|(_, text)| text.clone().into_bytes()).ok_or(LoadError::NotFound)
    })
}

fn policy_of(files: &[(&str, String)]) -> Option<Arc<Policy>> {
    let bundle = bundle(files);
    policy::resolve(&bundle).policy.filter(|_| !any_error(&bundle.problems))
}

fn check(old: &Model, new: &Model, sorts: &mut Sorts) -> Result<(), String> {
    // An edit can leave an error in the policy; skip it.
    let (Some(before), Some(now)) = (policy_of(&text(old)), policy_of(&text(new))) else { return Ok(()) };
    let found = diff(&before, &now, &[today()]);
    let report = |why: String| format!("{why}\n── after the edit\n{}", written(new));
    for (at, one) in found.types.iter().enumerate() {
        match one.meaning {
            Meaning::Same => sorts.same += 1,
            Meaning::Different => sorts.different += 1,
            Meaning::SameWhenKnown => sorts.when_known += 1,
            _ => sorts.not_available += 1,
        }
        if one.meaning == Meaning::Different && one.turns.is_empty() {
            return Err(report(format!("{}: not the same, without an example", one.name)));
        }
        if one.meaning != Meaning::Same {
            continue;
        }
        let half = old.statements.len() / 2;
        let known = [
            Vec::new(),
            old.statements.clone(),
            old.statements[half..].to_vec(),
            old.statements[..half].to_vec(),
        ];
        for statements in known {
            let with = |model: &Model| Model { statements: statements.clone(), ..model.clone() };
            let (one_side, other_side) = (with(old), with(new));
            let turns = [Naive::new(&one_side).eligible(at), Naive::new(&other_side).eligible(at)];
            if let [Some(before), Some(now)] = turns {
                sorts.compared += 1;
                if before != now {
                    return Err(report(format!(
                        "{}: called the same, and is {before:?} and {now:?}",
                        one.name
                    )));
                }
            }
        }
    }
    for turn in &found.turns {
        for (side, model) in [(Side::Old, old), (Side::New, new)] {
            let written = found.scenario(turn, side);
            let mut files = text(model);
            files.iter_mut().filter(|(name, _)| *name == "policy.placet").for_each(|(_, text)| {
                *text += "\n";
                *text += &written;
            });
            let bundle = bundle(&files);
            let policy =
                policy::resolve(&bundle).policy.ok_or_else(|| report(format!("{written}: no policy")))?;
            let (scenarios, problems) = scenario::read(&bundle, &policy);
            let Some(last) = scenarios.last().filter(|_| problems.is_empty()) else {
                return Err(report(format!("{written}\n{problems:?}")));
            };
            let ran = scenario::run(&policy, last);
            if !ran.passed() {
                return Err(report(format!("{side:?}\n{written}\n{:?}", ran.checks)));
            }
        }
    }
    Ok(())
}

#[test]
fn types_reported_as_the_same_agree_and_every_example_passes() {
    let sorts = counted_by(80, 11, |model, sorts: &mut Sorts| {
        edits(model).iter().try_for_each(|edited| {
            check(model, edited, sorts)?;
            check(edited, model, sorts)
        })
    });
    let Sorts { same, different, when_known, not_available, compared } = sorts;
    let all = same + different + when_known + not_available;
    assert!(
        same > 300 && different > 100 && compared > 1_000,
        "{same} the same, {different} not, {compared} compared"
    );
    assert!(
        not_available * 10 < all,
        "{not_available} of {all} not available; {when_known} the same when known"
    );
}
