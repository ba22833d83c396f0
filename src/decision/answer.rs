//! The answers alone: whether a type of assistance is due, and what is known of that.

use super::hearing::Hearing;
use super::verdict::admit;
use super::{Outcome, Problem};
use crate::circuit::{Budget, Cone, Masks};
use crate::compiled::{Compiled, Fitted, Forms, TypeGates};
use crate::diagram::{Chance, Diagram, MOST_NODES, NO, YES, compile_cone};
use crate::evidence::Evidence;
use crate::id::{AssistanceId, GateId, NodeId, RuleId, VarId};
use crate::value::{Date, Truth};
use std::collections::{BTreeMap, BTreeSet};

/// The most work that goes into one decision, all types of assistance together; past it, an open answer is sound only,
/// and what else was cut short is named.
pub const WORK: u64 = 100_000_000;

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
    /// Whether it hinges on all of these.
    pub complete: bool,
    /// How telling they are, where it was worked out.
    pub telling: Option<BTreeMap<VarId, Chance>>,
}

impl Question {
    /// The same question as to its rules and what settles it, put to a type of assistance as it is compiled otherwise.
    pub fn about(&self, due: TypeGates) -> Question {
        let TypeGates { rules, root, fitted, .. } = due;
        Question { rules, root, fitted, settled_by: None, ..self.clone() }
    }
}

/// Asks whether all of some rules are met; where `thorough`, also on what an open answer hinges, and how much.
///
/// `by` tells the value of a gate, and whether an open answer is exact; `masks` are of the variables of lists, too.
pub(super) fn question(
    (compiled, masks): (&Compiled<'_>, &Masks),
    by: impl Fn(GateId, &Budget) -> (Truth, bool),
    due: &TypeGates,
    thorough: bool,
    work: &Budget,
) -> Question {
    let (rules, root, joined) = (due.rules.clone(), due.root, compiled.joined());
    let (mut truth, mut exact) = by(root, &work.share(3));
    let mut open = match truth {
        Truth::Open => compiled.joined_cone(root).matters(masks),
        _ => BTreeSet::new(),
    };
    // Of a list's counts, those that the rules ask for.
    let parts = |open: &BTreeSet<VarId>| -> BTreeSet<VarId> {
        let asked = compiled.cone(root).vars();
        joined.parts(open).into_iter().filter(|var| asked.contains(var)).collect()
    };
    let mut complete = truth.settled();
    let mut telling = None;
    if truth == Truth::Open
        && (thorough || !exact || compiled.entangled(&parts(&open)))
        && let Some((mut diagram, node)) = diagram(compiled.joined_cone(root), masks, &work.share(2))
    {
        (exact, complete) = (true, true);
        open = diagram.support(node);
        truth = match node {
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
        && joined.is_empty()
        && compiled.entangled(&open)
    {
        // What no list can come to is left out both ways: where nothing is left on one side, the other is the answer.
        for (gate, settles) in [(lists.can, Truth::No), (lists.must, Truth::Yes)] {
            let (by_gate, is_exact) = by(gate, &work.share(3));
            exact &= by_gate.settled() || is_exact;
            if by_gate == settles {
                (truth, settled_by) = (settles, Some(gate));
                (open, complete) = (BTreeSet::new(), true);
                telling = None;
            }
        }
    }
    let exact =
        truth.settled() || exact && !compiled.entangled_but_fitted(&parts(&open), due.fitted.as_ref());
    let (fitted, outcome) = (due.fitted.clone(), truth.into());
    Question { rules, root, fitted, settled_by, outcome, exact, open, complete, telling }
}

/// What is asked about some types of assistance, by the gate of all their rules, with half of the work.
pub(super) fn questions(
    known: (&Compiled<'_>, &Masks),
    by: impl Fn(GateId, &Budget) -> (Truth, bool),
    types: &[AssistanceId],
    thorough: bool,
    work: &Budget,
) -> BTreeMap<GateId, Question> {
    let all: BTreeMap<GateId, &TypeGates> =
        types.iter().map(|id| &known.0.types[*id]).map(|due| (due.root, due)).collect();
    let half = work.share(2);
    let to_come = (1..=all.len() as u64).rev();
    let asked = to_come.zip(all).map(|(to_come, (root, due))| {
        let work = half.share(to_come);
        (root, question(known, &by, due, thorough, &work))
    });
    asked.collect()
}

/// The diagram of a cone's last gate; none where it would be too large.
fn diagram(cone: &Cone, masks: &Masks, work: &Budget) -> Option<(Diagram, NodeId)> {
    let last = cone.gates().len().checked_sub(1)?;
    let (diagram, nodes) = compile_cone(cone, &[last], masks, MOST_NODES, work);
    Some((diagram, nodes.first().copied().flatten()?))
}

/// The answers for some types of assistance, and no more: types with the same rules are asked about once.
pub(super) fn answers(hearing: &Hearing<'_>, types: &[AssistanceId]) -> Vec<(Outcome, bool)> {
    let known = (hearing.compiled.as_ref(), &hearing.known.masks);
    each(known, |gate, budget| hearing.exact(gate, budget), types, &hearing.budget)
}

/// The answers for some types of assistance, each with whether it is exact, by what is known of each variable.
pub(crate) fn answers_by(
    compiled: &Compiled<'_>,
    masks: &Masks,
    types: &[AssistanceId],
    work: &Budget,
) -> Vec<(Outcome, bool)> {
    let mut masks = masks.clone();
    compiled.joined().extend(&mut masks);
    let by = |gate, budget: &Budget| compiled.joined_cone(gate).exact(&masks, budget);
    each((compiled, &masks), by, types, work)
}

fn each(
    (compiled, masks): (&Compiled<'_>, &Masks),
    exact: impl Fn(GateId, &Budget) -> (Truth, bool),
    types: &[AssistanceId],
    work: &Budget,
) -> Vec<(Outcome, bool)> {
    let questions = questions((compiled, masks), exact, types, false, work);
    let asked = types.iter().filter_map(|assistance| questions.get(&compiled.types[*assistance].root));
    asked.map(|question| (question.outcome, question.exact)).collect()
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
    let hearing = Hearing::of(forms, admit(forms.policy(), evidence, dossier, as_of)?, &Budget::new(WORK));
    let holding = types.iter().flat_map(|assistance| &hearing.compiled.types[*assistance].rules);
    let failing = holding.filter(|(_, met)| hearing.settle(*met) == Truth::No).map(|(rule, _)| *rule);
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
