//! The answers alone: whether a type of assistance is due, and what is known of that.

use super::hearing::Hearing;
use super::verdict::{admit, settle};
use super::{Outcome, Problem};
use crate::circuit::Masks;
use crate::compiled::{Compiled, Fitted, Forms, TypeGates};
use crate::diagram::{Chance, MOST_NODES, NO, YES, compile};
use crate::evidence::Evidence;
use crate::id::{AssistanceId, GateId, RuleId, VarId};
use crate::value::{Date, Truth};
use std::collections::{BTreeMap, BTreeSet};

/// The most evaluations that go into one verdict; past them an open answer is sound only.
pub const BUDGET: u32 = 100_000;

/// Whether a type of assistance is due, and what is known of the answer.
#[derive(Clone)]
pub(super) struct Question {
    /// The rules that hold for the type, each with the gate of its being met, waivers counted.
    pub rules: Vec<(RuleId, GateId)>,
    /// All of them at once.
    pub root: GateId,
    /// The same without what no list can come to, where rules ask several things of one.
    pub fitted: Option<Fitted>,
    /// Which of these settles it, where the rules alone do not.
    pub settled_by: Option<GateId>,
    pub outcome: Outcome,
    pub exact: bool,
    /// The variables on which an undetermined answer hinges; where there was no diagram, may hinge.
    pub open: BTreeSet<VarId>,
    /// How telling they are, where it was worked out.
    pub telling: Option<BTreeMap<VarId, Chance>>,
}

/// Asks whether all of some rules are met; where `thorough`, also on what an open answer hinges, and how much.
///
/// `by` tells the value of a gate, and whether an open answer is exact.
pub(super) fn question(
    (compiled, masks): (&Compiled<'_>, &Masks),
    by: impl Fn(GateId) -> (Truth, bool),
    due: &TypeGates,
    thorough: bool,
) -> Question {
    let (rules, root) = (due.rules.clone(), due.root);
    let (mut truth, mut exact) = by(root);
    let mut open = match truth {
        Truth::Open => compiled.cone(root).matters(masks),
        _ => BTreeSet::new(),
    };
    let mut telling = None;
    if truth == Truth::Open
        && (thorough || !exact || compiled.entangled(&open))
        && let Some(mut diagram) = compile(&compiled.circuit, root, masks, MOST_NODES)
    {
        exact = true;
        open = diagram.support(diagram.root());
        truth = match diagram.root() {
            YES => Truth::Yes,
            NO => Truth::No,
            _ => Truth::Open,
        };
        if thorough && truth == Truth::Open {
            telling = diagram.telling();
        }
    }
    let mut settled_by = None;
    if truth == Truth::Open
        && let Some(lists) = &due.fitted
        && compiled.entangled(&open)
    {
        // What no list can come to is left out both ways: where nothing is left on one side, the other is the answer.
        for (gate, settles) in [(lists.can, Truth::No), (lists.must, Truth::Yes)] {
            let (by_gate, is_exact) = by(gate);
            exact &= by_gate.settled() || is_exact;
            if by_gate == settles {
                (truth, settled_by) = (settles, Some(gate));
                open = BTreeSet::new();
                telling = None;
            }
        }
    }
    let exact = truth.settled() || exact && !compiled.entangled_but_fitted(&open, due.fitted.as_ref());
    let (fitted, outcome) = (due.fitted.clone(), truth.into());
    Question { rules, root, fitted, settled_by, outcome, exact, open, telling }
}

/// The answers for some types of assistance, and no more: types with the same rules are asked about once.
pub(super) fn answers(hearing: &Hearing<'_>, types: &[AssistanceId]) -> Vec<(Outcome, bool)> {
    let known = (hearing.compiled.as_ref(), &hearing.known.masks);
    each(known, |gate| hearing.exact(gate, BUDGET), types)
}

/// The answers for some types of assistance, each with whether it is exact, by what is known of each variable.
pub(crate) fn answers_by(
    compiled: &Compiled<'_>,
    masks: &Masks,
    types: &[AssistanceId],
) -> Vec<(Outcome, bool)> {
    each((compiled, masks), |gate| compiled.cone(gate).exact(masks, BUDGET), types)
}

fn each(
    (compiled, masks): (&Compiled<'_>, &Masks),
    exact: impl Fn(GateId) -> (Truth, bool),
    types: &[AssistanceId],
) -> Vec<(Outcome, bool)> {
    let mut asked: BTreeMap<GateId, (Outcome, bool)> = BTreeMap::new();
    let mut answers = Vec::with_capacity(types.len());
    for assistance in types {
        let due = &compiled.types[*assistance];
        let answer = asked.entry(due.root).or_insert_with(|| {
            let question = question((compiled, masks), &exact, due, false);
            (question.outcome, question.exact)
        });
        answers.push(*answer);
    }
    answers
}

/// What a long table tells of a subject.
pub(crate) struct Screened {
    /// The answers for the types asked about, each with whether it is exact.
    pub answers: Vec<(Outcome, bool)>,
    /// The rules that fail for any of them.
    pub failing: BTreeSet<RuleId>,
}

/// The answers for some types of assistance, and the rules that fail for any of them.
///
/// # Errors
/// As [`decide`].
pub(crate) fn screened(
    forms: &Forms<'_>,
    evidence: &Evidence,
    dossier: &str,
    as_of: Date,
    types: &[AssistanceId],
) -> Result<Screened, Problem> {
    let hearing = Hearing::of(forms, admit(forms.policy(), evidence, dossier, as_of)?);
    let holding = types.iter().flat_map(|assistance| &hearing.compiled.types[*assistance].rules);
    let failing = holding.filter(|(_, met)| settle(&hearing, *met) == Truth::No).map(|(rule, _)| *rule);
    Ok(Screened { answers: answers(&hearing, types), failing: failing.collect() })
}

impl From<Truth> for Outcome {
    fn from(truth: Truth) -> Outcome {
        match truth {
            Truth::Yes => Outcome::Eligible,
            Truth::No => Outcome::Ineligible,
            Truth::Open => Outcome::Undetermined,
        }
    }
}
