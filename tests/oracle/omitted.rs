//! Checks the statements that do not count and would change a verdict, against the verdict if they count.

use super::agree::{Counts, outcome, read, today};
use super::model::{Model, place, text};
use super::naive::Naive;
use placet::decision::{self, Outcome};
use placet::evidence::{Evidence, Statement};

/// The number of statements up to which pairs are tried as well.
const FEW: usize = 9;

/// The index of a statement in the model.
fn found(model: &Model, evidence: &Evidence, wanted: &Statement) -> usize {
    for dossier in &evidence.dossiers {
        if let Some(at) = dossier.statements.iter().position(|one| std::ptr::eq(one, wanted)) {
            return place(model, &dossier.id, at);
        }
    }
    panic!("a statement of no dossier")
}

/// The verdict if some statements count regardless of standards; `None` if it could not be computed.
fn then(model: &Model, assistance: usize, admitted: &[usize]) -> Option<Outcome> {
    let mut model = model.clone();
    for at in admitted {
        model.statements[*at].admitted = true;
    }
    let naive = Naive::new(&model);
    let apart = naive.eligible(assistance)?;
    let tied = naive.tied().eligible(assistance)?;
    (apart == tied).then(|| outcome(apart))
}

/// Checks the reported set of statements: it changes the verdict as reported. If it has several statements, no single
/// one changes the verdict. If there is no such set, no single statement changes it, and no pair if there are few
/// statements.
///
/// # Errors
/// The disagreement of the two evaluators.
pub fn smallest_sets(model: &Model) -> Result<Counts, String> {
    let mut counts = Counts::default();
    let (policy, evidence) = read(&text(model));
    let decision = decision::decide(&policy, &evidence, "subject", today(), None).unwrap();
    for (assistance, verdict) in decision.verdicts.iter().enumerate() {
        let omitted = &verdict.omitted;
        if !verdict.exact || then(model, assistance, &[]) != Some(verdict.outcome) {
            counts.left_out += 1;
            continue;
        }
        let set: Vec<usize> =
            omitted.statements.iter().map(|one| found(model, &evidence, one.statement)).collect();
        if let Some(outcome) = omitted.outcome {
            if outcome == verdict.outcome || set.is_empty() {
                return Err(format!("{assistance}: {set:?} is said to change nothing"));
            }
            if let Some(expected) = then(model, assistance, &set)
                && expected != outcome
            {
                return Err(format!("{assistance}: with {set:?} it is {expected:?}, not {outcome:?}"));
            }
            counts.settled += 1;
        }
        if omitted.cut_short {
            continue;
        }
        let mut smaller: Vec<Vec<usize>> = Vec::new();
        let all = model.statements.len();
        if set.len() != 1 {
            smaller.extend((0..all).map(|at| vec![at]));
        }
        if set.len() != 1 && set.len() != 2 && all <= FEW {
            smaller.extend((0..all).flat_map(|one| (0..one).map(move |other| vec![other, one])));
        }
        for one in smaller {
            if then(model, assistance, &one).is_some_and(|then| then != verdict.outcome) {
                return Err(format!("{assistance}: {one:?} would change it, and {set:?} is named"));
            }
        }
        counts.open += usize::from(set.is_empty());
    }
    Ok(counts)
}
