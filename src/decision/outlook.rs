//! Outlooks: the verdicts for each value of an open fact, and whether a fact still bears on the verdicts.

use super::answer::{WORK, answers_by, thorough_answers};
use super::evaluation::{Evaluation, selected};
use super::{DecisionError, FactRef, Outcome};
use crate::circuit::{Budget, CELLS, Mask, Masks};
use crate::compiled::Forms;
use crate::evidence::Evidence;
use crate::id::{AssistanceId, FactId, StandardId, VarId};
use crate::sorted::SortedSet;
use crate::value::Date;

/// The values that an open fact can have, each with the resulting verdicts.
#[derive(Clone, Debug)]
pub struct Outlook<'a> {
    /// The fact.
    pub fact: FactRef<'a>,
    /// The values that the fact can have; values that lead to the same verdicts are merged. Empty if no value changes
    /// any verdict by itself.
    pub prospects: Vec<Prospect>,
    /// Whether the budget left open what some or all values lead to.
    pub cut_short: bool,
}

/// A value of a fact with the resulting verdicts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prospect {
    /// The fact at that value, as a sentence: `the group does not accept the unity government`.
    pub text: String,
    /// The resulting outcomes for the types that were asked for, in the order of the policy.
    pub outcomes: Vec<(AssistanceId, Outcome)>,
}

/// Returns, for each open fact that the verdicts depend on, the verdicts for each of its values.
///
/// # Errors
/// Returns the same errors as [`decide`](super::decide()).
///
/// # Example
/// ```
/// use placet::compiled::Forms;
/// use placet::decision::{Outcome, outlooks};
/// # let text = r#"
/// # policy "Training"
/// #   id training
/// #   version 1
/// #   about group
/// #
/// # assistance training
/// #
/// # kind group
/// #   is neutral : yes or no
/// #   is large : yes or no
/// #
/// # requirement neutrality "Neutral"
/// #   needs the group is neutral
/// #
/// # requirement size "Large"
/// #   needs the group is large
/// #
/// # dossier militia "A militia"
/// #   about group
/// #   as of 2016-02-15
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// # let (evidence, _) = placet::evidence::read(&bundle, &policy.vocabulary);
/// # let day = placet::value::Date::parse("2016-02-15").ok_or("no day")?;
///
/// // needs the group is neutral
/// // needs the group is large
/// let forms = Forms::new(&policy);
/// let outlooks = outlooks(&forms, &evidence, "militia", day, None)?;
/// let [no, yes] = outlooks[0].prospects.as_slice() else { return Err("two ways".into()) };
/// assert_eq!((no.text.as_str(), no.outcomes[0].1), ("the group is not neutral", Outcome::Ineligible));
/// assert_eq!((yes.text.as_str(), yes.outcomes[0].1), ("the group is neutral", Outcome::Undetermined));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn outlooks<'a>(
    forms: &'a Forms,
    evidence: &'a Evidence,
    dossier: &str,
    as_of: Date,
    types: Option<&[AssistanceId]>,
) -> Result<Vec<Outlook<'a>>, DecisionError> {
    let evaluation = Evaluation::admitted(forms, evidence, dossier, as_of, &Budget::new(WORK))?;
    let types = selected(forms.policy(), types);
    let answers = thorough_answers(&evaluation, &types);
    let open: SortedSet<VarId> = answers.into_values().flat_map(|answer| answer.open).collect();
    let now = outcomes(&evaluation, &types, &evaluation.known.masks, &evaluation.budget.share(8)).0;
    let mut outlooks = Vec::with_capacity(open.len());
    for (remaining, var) in (1..=open.len() as u64).rev().zip(open) {
        let (prospects, complete) =
            prospects(&evaluation, &types, var, &now, &evaluation.budget.share(remaining))
                .unwrap_or_default();
        outlooks.push(Outlook { fact: evaluation.fact_ref(var), prospects, cut_short: !complete });
    }
    Ok(outlooks)
}

/// Returns, for each fact of an entity under a standard, whether it would bear on any verdict if it were not known. It
/// does not if what is known of other facts settles the verdicts without it.
///
/// # Errors
/// Returns the same errors as [`decide`](super::decide()).
pub fn bears_on_verdicts<'a>(
    forms: &'a Forms,
    evidence: &'a Evidence,
    dossier: &str,
    as_of: Date,
    types: Option<&[AssistanceId]>,
    facts: &[(&str, FactId, Option<StandardId>)],
) -> Result<Vec<bool>, DecisionError> {
    let evaluation = Evaluation::admitted(forms, evidence, dossier, as_of, &Budget::new(WORK))?;
    let compiled = evaluation.compiled.as_ref();
    let roots: SortedSet<_> =
        selected(forms.policy(), types).into_iter().map(|id| compiled.types[id].root).collect();
    let bears = |(entity, fact, standard): &(&str, FactId, Option<StandardId>)| {
        let mut masks = evaluation.known.masks.clone();
        let mut own = SortedSet::new();
        for (var, variable) in compiled.variables.iter() {
            let named = || evaluation.entity_id(variable.who()) == *entity;
            if variable.fact() == *fact
                && variable.standard == *standard
                && named()
                && let Some(mask) = masks.find_mut(var)
            {
                *mask = compiled.circuit.full(var);
                own.insert(var);
            }
        }
        roots.iter().any(|root| !compiled.cone(*root).matters(&masks).is_disjoint(&own))
    };
    Ok(facts.iter().map(bears).collect())
}

/// Returns the outcomes, and whether the budget left none of them open.
fn outcomes(
    evaluation: &Evaluation<'_>,
    types: &[AssistanceId],
    masks: &Masks,
    work: &Budget,
) -> (Vec<Outcome>, bool) {
    let answers = answers_by(&evaluation.compiled, masks, types, work);
    (answers.into_iter().map(|(outcome, _)| outcome).collect(), !work.is_spent())
}

/// Returns the values of a variable with the resulting outcomes, those with the same outcomes merged, and whether the
/// budget left none of them open. Returns `None` if the budget does not suffice to try all values.
fn prospects(
    evaluation: &Evaluation<'_>,
    types: &[AssistanceId],
    var: VarId,
    now: &[Outcome],
    work: &Budget,
) -> Option<(Vec<Prospect>, bool)> {
    let possible = evaluation.known.masks[var];
    let mut masks = evaluation.known.masks.clone();
    let mut ways: Vec<(Mask, Vec<Outcome>)> = Vec::new();
    let mut complete = true;
    for cell in (0..CELLS).map(|at| 1 << at).filter(|cell| possible & cell != 0) {
        if let Some(mask) = masks.find_mut(var) {
            *mask = cell;
        }
        let work = work.share(u64::from(possible.count_ones()));
        if work.is_spent() {
            return None;
        }
        let (then, all) = outcomes(evaluation, types, &masks, &work);
        complete &= all;
        match ways.iter_mut().find(|(_, outcomes)| *outcomes == then) {
            Some((mask, _)) => *mask |= cell,
            None => ways.push((cell, then)),
        }
    }
    if ways.iter().all(|(_, then)| then == now) {
        return Some((Vec::new(), complete));
    }
    let prospect = |(mask, then): (Mask, Vec<Outcome>)| Prospect {
        text: evaluation.sentence(var, mask),
        outcomes: types.iter().copied().zip(then).collect(),
    };
    Some((ways.into_iter().map(prospect).collect(), complete))
}
