//! Making a decision from a policy and a dossier.

use super::answer::{Answer, Question, WORK, answers, thorough_answers};
use super::change::changes;
use super::evaluation::{Evaluation, Source, admit, selected};
use super::horizon::horizons;
use super::omitted::{Omitted, omitted};
use super::question::missing;
use super::reason::{presumptions, reasons, together};
use super::tree::{Seen, tree};
use super::{
    Attached, Chosen, ConcernOutcome, Decision, DecisionError, KnownFact, Node, Outcome, RuleOutcome,
    RuleStatus, Search, Verdict,
};
use crate::circuit::Budget;
use crate::compiled::{Forms, RuleGates, TypeGates, VariableKind};
use crate::evidence::{Case, Evidence, Status};
use crate::id::{AssistanceId, GateId, Id, RuleId, VarId, WaiverId};
use crate::policy::{Body, Concern, Part, Policy};
use crate::sorted::{SortedMap, SortedSet};
use crate::value::{Date, Truth};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Decides about the subject of a dossier under a policy on a day, for some types of assistance or for all.
///
/// # Errors
/// Returns an error if there is no such dossier, if the policy is about other kinds of subject, or if the policy is not
/// in force on that day.
///
/// # Example
/// ```
/// use placet::decision::{Outcome, decide};
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
/// #
/// # requirement neutrality "Neutral"
/// #   needs the group is neutral
/// #
/// # dossier militia "A militia"
/// #   about group
/// #   as of 2016-02-15
/// #   - it is not neutral
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// # let (evidence, _) = placet::evidence::read(&bundle, &policy.vocabulary);
/// # let day = placet::value::Date::parse("2016-02-15").ok_or("no day")?;
///
/// let decision = decide(&policy, &evidence, "militia", day, None)?;
/// let verdict = &decision.verdicts[0];
/// assert_eq!(verdict.outcome, Outcome::Ineligible);
/// assert_eq!(verdict.reasons[0][0].text, "the group is not neutral");
/// assert_eq!(verdict.changes[0][0].text, "the group is neutral");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn decide<'a>(
    policy: &'a Arc<Policy>,
    evidence: &'a Evidence,
    dossier: &str,
    as_of: Date,
    types: Option<&[AssistanceId]>,
) -> Result<Decision<'a>, DecisionError> {
    let source = Source { policy, forms: &Forms::new(policy) };
    decided(source, evidence, dossier, as_of, types, (false, &Budget::new(WORK)))
}

/// Does the same as [`decide`], with a policy that is compiled once for many dossiers.
///
/// # Errors
/// Returns the same errors as [`decide`].
///
/// # Example
/// ```
/// use placet::compiled::Forms;
/// use placet::decision::{Outcome, decide_with};
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
/// #
/// # requirement neutrality "Neutral"
/// #   needs the group is neutral
/// #
/// # dossier militia "A militia"
/// #   about group
/// #   as of 2016-02-15
/// #   - it is not neutral
/// #
/// # dossier brigade "A brigade"
/// #   about group
/// #   as of 2016-02-15
/// #   - it is neutral
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// # let (evidence, _) = placet::evidence::read(&bundle, &policy.vocabulary);
/// # let day = placet::value::Date::parse("2016-02-15").ok_or("no day")?;
///
/// let forms = Forms::new(&policy);
/// let mut outcomes = Vec::new();
/// for dossier in &evidence.dossiers {
///     let decision = decide_with(&forms, &evidence, &dossier.id, day, None)?;
///     outcomes.push(decision.verdicts[0].outcome);
/// }
/// assert_eq!(outcomes, [Outcome::Ineligible, Outcome::Eligible]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn decide_with<'a>(
    forms: &'a Forms,
    evidence: &'a Evidence,
    dossier: &str,
    as_of: Date,
    types: Option<&[AssistanceId]>,
) -> Result<Decision<'a>, DecisionError> {
    decided(forms.into(), evidence, dossier, as_of, types, (false, &Budget::new(WORK)))
}

/// Does the same as [`decide`] in less time, but returns only what a table of verdicts shows: outcomes, the status of
/// each rule, reasons, missing facts, and how long the verdicts hold.
///
/// The trees of conditions, [`Verdict::changes`], [`Verdict::choices`], [`Verdict::obligations`] and
/// [`Verdict::presumptions`] are empty, and [`Verdict::out_of_reach`] is false.
///
/// # Errors
/// Returns the same errors as [`decide`].
///
/// # Example
/// ```
/// use placet::decision::{Outcome, decide_briefly};
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
/// #
/// # requirement neutrality "Neutral"
/// #   needs the group is neutral
/// #
/// # dossier militia "A militia"
/// #   about group
/// #   as of 2016-02-15
/// #   - it is not neutral
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// # let (evidence, _) = placet::evidence::read(&bundle, &policy.vocabulary);
/// # let day = placet::value::Date::parse("2016-02-15").ok_or("no day")?;
///
/// let decision = decide_briefly(&policy, &evidence, "militia", day, None)?;
/// let verdict = &decision.verdicts[0];
/// assert_eq!(verdict.outcome, Outcome::Ineligible);
/// assert_eq!(verdict.reasons[0][0].text, "the group is not neutral");
/// assert!(verdict.changes.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn decide_briefly<'a>(
    policy: &'a Arc<Policy>,
    evidence: &'a Evidence,
    dossier: &str,
    as_of: Date,
    types: Option<&[AssistanceId]>,
) -> Result<Decision<'a>, DecisionError> {
    let source = Source { policy, forms: &Forms::new(policy) };
    decided(source, evidence, dossier, as_of, types, (true, &Budget::new(WORK)))
}

/// Does the same as [`decide_briefly`], with a policy that is compiled once for many dossiers; see [`decide_with`].
///
/// # Errors
/// Returns the same errors as [`decide`].
pub fn decide_briefly_with<'a>(
    forms: &'a Forms,
    evidence: &'a Evidence,
    dossier: &str,
    as_of: Date,
    types: Option<&[AssistanceId]>,
) -> Result<Decision<'a>, DecisionError> {
    decided(forms.into(), evidence, dossier, as_of, types, (true, &Budget::new(WORK)))
}

/// Does the same as [`decide_with`] or [`decide_briefly_with`], within the budget that is left.
pub(crate) fn decide_within<'a>(
    forms: &'a Forms,
    evidence: &'a Evidence,
    dossier: &str,
    as_of: Date,
    types: Option<&[AssistanceId]>,
    (brief, work): (bool, &Budget),
) -> Result<Decision<'a>, DecisionError> {
    decided(forms.into(), evidence, dossier, as_of, types, (brief, &work.part(WORK)))
}

fn decided<'a>(
    source: Source<'a, '_>,
    evidence: &'a Evidence,
    dossier: &str,
    as_of: Date,
    types: Option<&[AssistanceId]>,
    extent: (bool, &Budget),
) -> Result<Decision<'a>, DecisionError> {
    let case = admit(source.policy, evidence, dossier, as_of)?;
    Ok(decide_case(source, evidence, case, types, extent))
}

/// Decides on an admitted case, briefly or in full.
fn decide_case<'a>(
    source: Source<'a, '_>,
    evidence: &'a Evidence,
    case: Case<'a>,
    types: Option<&[AssistanceId]>,
    (brief, work): (bool, &Budget),
) -> Decision<'a> {
    let all = work.left();
    let mut shared = Shared { brief, ..Shared::default() };
    let (policy, as_of) = (source.policy, case.as_of);
    let subject = &case.entities[case.subject];
    let (subject, title) = (subject.id.clone(), subject.title.clone());
    let origins = case.origins.clone();
    let unused = evidence.dossier(&subject).map_or(&[][..], |dossier| dossier.unused.statements.as_slice());
    let selected = selected(policy, types);
    let evaluation = Evaluation::of(source, case, work);
    let answers = thorough_answers(&evaluation, &selected);
    let mut verdicts = Vec::new();
    for (place, assistance) in selected.iter().enumerate() {
        // The rest of the budget is shared among the remaining verdicts and the search for how long all of them hold.
        let work = evaluation.budget.share((selected.len() - place) as u64 + 1);
        if let Some(answer) = answers.get(&evaluation.compiled.types[*assistance].root) {
            verdicts.push(verdict(&evaluation, *assistance, answer, &mut shared, &work));
        }
    }
    if evaluation.statuses.is_cut() {
        verdicts.iter_mut().for_each(|verdict| _ = verdict.cut_short.insert(Search::Rules));
    }
    omitted(source, &evaluation, &mut verdicts);
    horizons(source, evaluation, evidence, &subject, &mut verdicts);
    // Concerns are decided last, with what is left of the budget, so that they never change a verdict.
    let concerns = concerns(source, evidence, &subject, as_of, &selected, work);
    Decision {
        policy,
        as_of,
        subject,
        title,
        origins,
        manifest: None,
        unused,
        verdicts,
        concerns,
        work: all - work.left(),
    }
}

/// Decides which concerns about some types of assistance are raised: the types of [`Policy::of_concerns`] that are
/// ineligible.
fn concerns<'a>(
    source: Source<'a, '_>,
    evidence: &'a Evidence,
    dossier: &str,
    as_of: Date,
    types: &[AssistanceId],
    work: &Budget,
) -> Vec<ConcernOutcome<'a>> {
    let (Some(policy), Some(forms)) = (source.policy.of_concerns(), source.forms.of_concerns()) else {
        return Vec::new();
    };
    let Ok(case) = admit(policy, evidence, dossier, as_of) else { return Vec::new() };
    let kind = case.entities[case.subject].kind;
    let is_due = |concern: &Concern| {
        let header = &concern.header;
        header.applies(kind, as_of) && types.iter().any(|one| source.policy.covers(&header.assistance, *one))
    };
    let due = source.policy.concerns.iter().enumerate().filter(|(_, concern)| is_due(concern));
    let due: Vec<AssistanceId> = due.map(|(place, _)| AssistanceId::at(place)).collect();
    if due.is_empty() {
        return Vec::new();
    }
    let decision = decide_case(Source { policy, forms }, evidence, case, Some(&due), (true, work));
    let outcome = |verdict: Verdict<'a>| ConcernOutcome {
        concern: verdict.assistance.place(),
        raised: match verdict.outcome {
            Outcome::Eligible => Truth::No,
            Outcome::Ineligible => Truth::Yes,
            Outcome::Undetermined => Truth::Open,
        },
        exact: verdict.exact,
        reasons: verdict.reasons,
        missing: verdict.missing,
        omitted: verdict.omitted,
        holds_until: verdict.holds_until,
        cut_short: verdict.cut_short,
    };
    decision.verdicts.into_iter().map(outcome).collect()
}

/// A case that a policy decides about, with everything that its decisions need.
#[derive(Clone, Debug)]
pub(crate) struct Admitted<'a> {
    forms: &'a Forms,
    evidence: &'a Evidence,
    case: Case<'a>,
}

impl<'a> Admitted<'a> {
    /// Admits the case of a dossier.
    ///
    /// # Errors
    /// Returns the same errors as [`decide`].
    pub fn new(
        forms: &'a Forms,
        evidence: &'a Evidence,
        dossier: &str,
        as_of: Date,
    ) -> Result<Admitted<'a>, DecisionError> {
        Ok(Admitted { forms, evidence, case: admit(forms.policy(), evidence, dossier, as_of)? })
    }

    /// Decides, briefly or in full.
    pub fn decide(&self, types: Option<&[AssistanceId]>, brief: bool) -> Decision<'a> {
        let extent = (brief, &Budget::new(WORK));
        decide_case(self.forms.into(), self.evidence, self.case.clone(), types, extent)
    }
}

/// Returns only the outcomes, for every type of assistance in the order of the policy, each with whether it is exact.
///
/// # Errors
/// Returns the same errors as [`decide`].
///
/// # Example
/// ```
/// use placet::decision::{Outcome, outcomes};
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
/// #
/// # requirement neutrality "Neutral"
/// #   needs the group is neutral
/// #
/// # dossier militia "A militia"
/// #   about group
/// #   as of 2016-02-15
/// #   - it is not neutral
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// # let (evidence, _) = placet::evidence::read(&bundle, &policy.vocabulary);
/// # let day = placet::value::Date::parse("2016-02-15").ok_or("no day")?;
///
/// let answers = outcomes(&policy, &evidence, "militia", day)?;
/// assert_eq!(answers[0].1, Outcome::Ineligible);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn outcomes(
    policy: &Arc<Policy>,
    evidence: &Evidence,
    dossier: &str,
    as_of: Date,
) -> Result<Vec<(AssistanceId, Outcome, bool)>, DecisionError> {
    outcomes_with(&Forms::new(policy), evidence, dossier, as_of)
}

/// Does the same as [`outcomes`], with a policy that is compiled once for many dossiers; see [`decide_with`].
///
/// # Errors
/// Returns the same errors as [`decide`].
pub fn outcomes_with(
    forms: &Forms,
    evidence: &Evidence,
    dossier: &str,
    as_of: Date,
) -> Result<Vec<(AssistanceId, Outcome, bool)>, DecisionError> {
    outcomes_within(forms, evidence, dossier, as_of, &Budget::new(WORK))
}

/// Does the same as [`outcomes_with`], within the budget that is left.
pub(crate) fn outcomes_within(
    forms: &Forms,
    evidence: &Evidence,
    dossier: &str,
    as_of: Date,
    work: &Budget,
) -> Result<Vec<(AssistanceId, Outcome, bool)>, DecisionError> {
    let evaluation = Evaluation::admitted(forms, evidence, dossier, as_of, &work.part(WORK))?;
    let types: Vec<AssistanceId> = forms.policy().assistance.ids().collect();
    let answers = answers(&evaluation, &types);
    Ok(types.into_iter().zip(answers).map(|(id, (outcome, exact))| (id, outcome, exact)).collect())
}

/// Results for one type of assistance that are reused for others.
#[derive(Default)]
struct Shared<'a> {
    /// Whether to leave out what [`decide_briefly`] leaves out.
    brief: bool,
    seen: Seen,
    /// The evaluation in which further members of lists may differ from the presumptions; made when changes need it.
    unpresumed: Option<Evaluation<'a>>,
    /// The verdicts by their rules. A verdict names its rules, so it is reused only for the same ones.
    verdicts: SortedMap<Vec<(RuleId, GateId)>, Verdict<'a>>,
}

fn verdict<'a>(
    evaluation: &Evaluation<'a>,
    assistance: AssistanceId,
    answer: &Answer,
    shared: &mut Shared<'a>,
    work: &Budget,
) -> Verdict<'a> {
    let due = &evaluation.compiled.types[assistance];
    let outcomes = due
        .rules
        .iter()
        .map(|(rule, met)| rule_outcome(evaluation, *rule, *met, assistance, shared))
        .collect();
    let own = Own {
        rules: outcomes,
        choices: if shared.brief { Vec::new() } else { choices(evaluation, due) },
        obligations: if shared.brief { Vec::new() } else { obligations(evaluation, due) },
    };
    if let Some(verdict) = shared.verdicts.get(&due.rules) {
        return own.with(Verdict { assistance, ..verdict.clone() });
    }
    let question = Question { due, settled_by: answer.settled_by, answer };
    let mut cut_short = SortedSet::new();
    if !answer.complete {
        cut_short.insert(Search::Missing);
    }
    let mut note = |search: Search, work: Budget| {
        if work.is_cut() {
            cut_short.insert(search);
        }
    };
    let part = work.share(3);
    let reasons = to_findings(evaluation, reasons(evaluation, question, &part));
    let together = together(evaluation, question, &part);
    note(Search::Reasons, part);
    let (mut changed, mut out_of_reach, mut presumed) = (Vec::new(), false, Vec::new());
    if !shared.brief {
        let part = work.share(2);
        (changed, out_of_reach) =
            if answer.outcome != Outcome::Eligible && presumes_of_members(evaluation, due.root) {
                let policy = evaluation.policy;
                let of = shared.unpresumed.get_or_insert_with(|| {
                    Evaluation::unpresumed(policy, evaluation.case.clone(), &evaluation.budget)
                });
                let due = &of.compiled.types[assistance];
                changes(of, Question { due, settled_by: None, answer }, &part)
            } else {
                changes(evaluation, question, &part)
            };
        note(Search::Changes, part);
        let part = work.share(2);
        presumed = presumptions(evaluation, question, &part);
        note(Search::Presumptions, part);
    }
    let verdict = Verdict {
        assistance,
        outcome: answer.outcome,
        exact: answer.exact,
        rules: Vec::new(),
        reasons,
        together,
        missing: missing(evaluation, question),
        changes: changed,
        out_of_reach,
        choices: Vec::new(),
        obligations: Vec::new(),
        presumptions: presumed.into_iter().map(|var| evaluation.finding(var)).collect(),
        omitted: Omitted::default(),
        holds_until: None,
        cut_short,
    };
    shared.verdicts.insert(due.rules.clone(), verdict.clone());
    own.with(verdict)
}

/// Returns whether a gate depends on presumptions on further members, directly or through the conditions by which it
/// counts them.
fn presumes_of_members(evaluation: &Evaluation<'_>, gate: GateId) -> bool {
    let compiled = &evaluation.compiled;
    let (mut seen, mut open) = (SortedSet::new(), vec![gate]);
    while let Some(gate) = open.pop() {
        for var in compiled.cone(gate).vars() {
            let variable = &compiled.variables[*var];
            if evaluation.known.status[*var] == Status::Presumed && compiled.is_unnamed_member(variable.who())
            {
                return true;
            }
            if let VariableKind::Further { which: Some((condition, _)), .. } = variable.kind
                && seen.insert(condition)
            {
                open.push(condition);
            }
        }
    }
    false
}

/// Turns sets of facts into findings, each sentence once. That a list has no further members is one finding, even if
/// several conditions depend on it.
fn to_findings<'a>(evaluation: &Evaluation<'a>, reasons: Vec<Vec<VarId>>) -> Vec<Vec<KnownFact<'a>>> {
    let mut seen: SortedSet<Vec<(String, Option<String>)>> = SortedSet::new();
    let mut all = Vec::new();
    for reason in reasons {
        let mut texts: BTreeSet<(String, Option<String>)> = BTreeSet::new();
        let mut findings: Vec<KnownFact<'a>> =
            reason.into_iter().map(|var| evaluation.finding(var)).collect();
        findings.retain(|finding| texts.insert((finding.text.clone(), finding.fact.standard.clone())));
        if seen.insert(texts.into_iter().collect()) {
            all.push(findings);
        }
    }
    all
}

/// The parts of a verdict that it does not share with others that depend on the same rules.
struct Own {
    rules: Vec<RuleOutcome>,
    choices: Vec<Chosen>,
    obligations: Vec<Attached>,
}

impl Own {
    fn with(self, verdict: Verdict<'_>) -> Verdict<'_> {
        let is_eligible = verdict.outcome == Outcome::Eligible;
        Verdict {
            rules: self.rules,
            choices: self.choices,
            obligations: if is_eligible { self.obligations } else { Vec::new() },
            ..verdict
        }
    }
}

fn rule_outcome(
    evaluation: &Evaluation<'_>,
    rule: RuleId,
    met: GateId,
    assistance: AssistanceId,
    shared: &mut Shared<'_>,
) -> RuleOutcome {
    let tree = if shared.brief {
        Node::new(&evaluation.policy.rules[rule].header.title, evaluation.settle(met), Vec::new())
    } else {
        tree(evaluation, rule, &mut shared.seen)
    };
    let Some(RuleGates { applies, parts, met: by_itself }) = evaluation.compiled.rules.get(&rule).cloned()
    else {
        return RuleOutcome { rule, status: RuleStatus::NotApplicable, lifted_by: Vec::new(), tree };
    };
    let met = evaluation.settle(met);
    let is_lifted = met == Truth::Yes && evaluation.settle(by_itself) != Truth::Yes;
    let lifted_by = if is_lifted { lifting(evaluation, rule, assistance) } else { Vec::new() };
    let when = parts.iter().find(|(part, _)| *part == Part::When);
    let does_not_apply = !applies || when.is_some_and(|(_, when)| evaluation.settle(*when) == Truth::No);
    let is_bar = matches!(evaluation.policy.rules[rule].body, Body::Bar { .. });
    let status = match met {
        _ if !applies || does_not_apply && !is_bar => RuleStatus::NotApplicable,
        Truth::Yes if is_lifted => RuleStatus::Lifted,
        Truth::Yes => RuleStatus::Met,
        Truth::No => RuleStatus::Failed,
        Truth::Open => RuleStatus::Open,
    };
    let lifted_by = if status == RuleStatus::Lifted { lifted_by } else { Vec::new() };
    RuleOutcome { rule, status, lifted_by, tree }
}

/// Returns the waivers that lift a rule which is met only because of them: those that hold; or, if none certainly
/// holds, the open ones, one of which holds for all values of the open facts.
fn lifting(evaluation: &Evaluation<'_>, rule: RuleId, assistance: AssistanceId) -> Vec<WaiverId> {
    let all: Vec<(WaiverId, Truth)> = evaluation
        .compiled
        .lifting(rule, assistance)
        .into_iter()
        .map(|(waiver, gate)| (waiver, evaluation.settle(gate)))
        .filter(|(_, holds)| *holds != Truth::No)
        .collect();
    let sure = all.iter().any(|(_, holds)| *holds == Truth::Yes);
    all.into_iter().filter(|(_, holds)| !sure || *holds == Truth::Yes).map(|(waiver, _)| waiver).collect()
}

fn choices(evaluation: &Evaluation<'_>, due: &TypeGates) -> Vec<Chosen> {
    let mut chosen = Vec::new();
    for place in &due.choices {
        let values = evaluation.compiled.choices.get(place).into_iter().flatten();
        let possible = values.filter(|(_, taken)| evaluation.settle(*taken) != Truth::No);
        chosen.push(Chosen { choice: *place, values: possible.map(|(value, _)| value.clone()).collect() });
    }
    chosen
}

fn obligations(evaluation: &Evaluation<'_>, due: &TypeGates) -> Vec<Attached> {
    let mut attached = Vec::new();
    for place in &due.obligations {
        let (Some(gate), Some(obligation)) =
            (evaluation.compiled.obligations.get(place), evaluation.policy.obligations.get(*place))
        else {
            continue;
        };
        let truth = evaluation.settle(*gate);
        if truth != Truth::No {
            attached.push(Attached { obligation: *place, truth, due: obligation.due });
        }
    }
    attached
}
