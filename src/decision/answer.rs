//! The outcome of a type of assistance, and what it depends on.

use super::evaluation::Evaluation;
use super::{DecisionError, Outcome};
use crate::circuit::{Budget, Cone, Masks};
use crate::compiled::{Compiled, Forms, TypeGates};
use crate::diagram::{Chance, Diagram, MOST_NODES, NO, YES, compile_cone};
use crate::evidence::Evidence;
use crate::id::{AssistanceId, GateId, NodeId, RuleId, VarId};
use crate::sorted::{SortedMap, SortedSet};
use crate::value::{Date, Truth};

/// The budget of one decision, for all types of assistance together. If it does not suffice, an open outcome is sound
/// only, and each search that was cut short is named.
pub const WORK: u64 = 100_000_000;

/// The outcome of a type of assistance, with what it depends on.
pub(super) struct Answer {
    /// The gate with list constraints that settles the outcome, if the rules alone do not.
    pub settled_by: Option<GateId>,
    pub outcome: Outcome,
    pub exact: bool,
    /// The variables that an undetermined outcome depends on; without a diagram, those it may depend on.
    pub open: SortedSet<VarId>,
    /// Whether the outcome depends on all of these.
    pub complete: bool,
    /// How influential the variables are, if that was computed.
    pub influence: Option<SortedMap<VarId, Chance>>,
}

/// An outcome that is to be explained for a type of assistance.
#[derive(Clone, Copy)]
pub(super) struct Question<'q> {
    pub due: &'q TypeGates,
    /// The gate with list constraints that settles the outcome, if it is one of the same compiled form.
    pub settled_by: Option<GateId>,
    pub answer: &'q Answer,
}

/// Decides whether all rules of a type are met. If `thorough`, also finds the variables that an open outcome depends on
/// and how influential they are.
///
/// `by` returns the value of a gate and whether an open value is exact. `masks` include the list variables.
pub(super) fn answer(
    (compiled, masks): (&Compiled, &Masks),
    by: impl Fn(GateId, &Budget) -> (Truth, bool),
    due: &TypeGates,
    thorough: bool,
    work: &Budget,
) -> Answer {
    let (root, joined) = (due.root, compiled.joined());
    let (mut truth, mut exact) = by(root, &work.share(3));
    let mut open = match truth {
        Truth::Open => compiled.joined_cone(root).matters(masks),
        _ => SortedSet::new(),
    };
    let used = || compiled.cone(root).vars();
    // The variables of the circuit that are open: of a joined list, the counts that the rules use.
    let parts = |open: &SortedSet<VarId>| -> SortedSet<VarId> {
        if joined.is_empty() {
            return open.clone();
        }
        joined.parts(open).into_iter().filter(|var| used().contains(var)).collect()
    };
    let mut complete = truth.settled();
    let mut influence = None;
    if truth == Truth::Open
        && (thorough || !exact || compiled.correlated(&parts(&open)))
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
            influence = diagram.influence();
        }
    }
    let mut settled_by = None;
    if truth == Truth::Open
        && let Some(lists) = &due.constrained
        && joined.is_empty()
        && compiled.correlated(&open)
    {
        // A list constraint excludes impossible counts. If all remaining cases give one value, that value is the
        // outcome.
        for (gate, settles) in [(lists.can, Truth::No), (lists.must, Truth::Yes)] {
            let (by_gate, is_exact) = by(gate, &work.share(3));
            exact &= by_gate.settled() || is_exact;
            if by_gate == settles {
                (truth, settled_by) = (settles, Some(gate));
                (open, complete) = (SortedSet::new(), true);
                influence = None;
            }
        }
    }
    let exact = truth.settled()
        || exact && {
            let open = parts(&open);
            !compiled.correlated_unless_constrained(&open, due.constrained.as_ref())
                && !compiled.narrows(used(), &open, masks)
        };
    Answer { settled_by, outcome: truth.into(), exact, open, complete, influence }
}

/// Returns the answers for some types of assistance, by the gate of all their rules. They use half of the budget.
fn by_root(
    known: (&Compiled, &Masks),
    by: impl Fn(GateId, &Budget) -> (Truth, bool),
    types: &[AssistanceId],
    thorough: bool,
    work: &Budget,
) -> SortedMap<GateId, Answer> {
    let all: SortedMap<GateId, &TypeGates> =
        types.iter().map(|id| &known.0.types[*id]).map(|due| (due.root, due)).collect();
    let half = work.share(2);
    let remaining = (1..=all.len() as u64).rev();
    let entries = remaining.zip(all).map(|(remaining, (root, due))| {
        let work = half.share(remaining);
        (root, answer(known, &by, due, thorough, &work))
    });
    entries.collect()
}

/// Returns the diagram of the last gate of a cone, or `None` if it would be too large.
fn diagram(cone: &Cone, masks: &Masks, work: &Budget) -> Option<(Diagram, NodeId)> {
    let last = cone.gates().len().checked_sub(1)?;
    let (diagram, nodes) = compile_cone(cone, &[last], masks, MOST_NODES, work);
    Some((diagram, nodes.first().copied().flatten()?))
}

/// Returns the answers for some types of assistance, by the gate of all their rules, with all that open outcomes depend
/// on.
pub(super) fn thorough_answers(
    evaluation: &Evaluation<'_>,
    types: &[AssistanceId],
) -> SortedMap<GateId, Answer> {
    let known = (evaluation.compiled.as_ref(), &evaluation.known.masks);
    by_root(known, |gate, budget| evaluation.exact(gate, budget), types, true, &evaluation.budget)
}

/// Returns only the outcomes for some types of assistance. Types with the same rules are evaluated once.
pub(super) fn answers(evaluation: &Evaluation<'_>, types: &[AssistanceId]) -> Vec<(Outcome, bool)> {
    let known = (evaluation.compiled.as_ref(), &evaluation.known.masks);
    each(known, |gate, budget| evaluation.exact(gate, budget), types, &evaluation.budget)
}

/// Returns the outcomes for some types of assistance, each with whether it is exact, for given masks.
pub(crate) fn answers_by(
    compiled: &Compiled,
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
    (compiled, masks): (&Compiled, &Masks),
    exact: impl Fn(GateId, &Budget) -> (Truth, bool),
    types: &[AssistanceId],
    work: &Budget,
) -> Vec<(Outcome, bool)> {
    let answers = by_root((compiled, masks), exact, types, false, work);
    let found = types.iter().filter_map(|assistance| answers.get(&compiled.types[*assistance].root));
    found.map(|answer| (answer.outcome, answer.exact)).collect()
}

/// What a long table shows of a subject.
pub(crate) struct Screened {
    /// The outcomes for the types that were asked for, each with whether it is exact.
    pub answers: Vec<(Outcome, bool)>,
    /// The rules that fail for any of these types.
    pub failing: SortedSet<RuleId>,
}

/// Returns the outcomes for some types of assistance, and the rules that fail for any of them.
///
/// # Errors
/// Returns the same errors as [`decide`].
pub(crate) fn screened(
    forms: &Forms,
    evidence: &Evidence,
    dossier: &str,
    as_of: Date,
    types: &[AssistanceId],
) -> Result<Screened, DecisionError> {
    let evaluation = Evaluation::admitted(forms, evidence, dossier, as_of, &Budget::new(WORK))?;
    let holding = types.iter().flat_map(|assistance| &evaluation.compiled.types[*assistance].rules);
    let failing = holding.filter(|(_, met)| evaluation.settle(*met) == Truth::No).map(|(rule, _)| *rule);
    Ok(Screened { answers: answers(&evaluation, types), failing: failing.collect() })
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
