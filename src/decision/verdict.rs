//! Making a decision from a policy and a dossier.

use super::answer::{Question, WORK, answers, questions};
use super::change::changes;
use super::hearing::Hearing;
use super::horizon::horizons;
use super::omitted::{Omitted, omitted};
use super::question::missing;
use super::reason::{presumptions, reasons, together};
use super::tree::{Seen, tree};
use super::{
    Attached, Chosen, Decision, Finding, Node, Outcome, Problem, RuleOutcome, RuleStatus, Search, Verdict,
};
use crate::circuit::Budget;
use crate::compiled::{Forms, Matter, Part, RuleGates, TypeGates};
use crate::evidence::{Case, Evidence, Status, case};
use crate::id::{AssistanceId, GateId, RuleId, VarId, WaiverId};
use crate::policy::{Body, Policy};
use crate::value::{Date, Truth};
use std::collections::{BTreeMap, BTreeSet};

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
    policy: &'a Policy,
    evidence: &'a Evidence,
    dossier: &str,
    as_of: Date,
    types: Option<&[AssistanceId]>,
) -> Result<Decision<'a>, Problem> {
    decide_with(&Forms::new(policy), evidence, dossier, as_of, types)
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
pub fn decide_with<'a, 'p: 'a>(
    forms: &Forms<'p>,
    evidence: &'a Evidence,
    dossier: &str,
    as_of: Date,
    types: Option<&[AssistanceId]>,
) -> Result<Decision<'a>, Problem> {
    decided(forms, evidence, dossier, as_of, types, (false, &Budget::new(WORK)))
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
    policy: &'a Policy,
    evidence: &'a Evidence,
    dossier: &str,
    as_of: Date,
    types: Option<&[AssistanceId]>,
) -> Result<Decision<'a>, Problem> {
    decide_briefly_with(&Forms::new(policy), evidence, dossier, as_of, types)
}

/// Does the same as [`decide_briefly`], with a policy that is compiled once for many dossiers; see [`decide_with`].
///
/// # Errors
/// Returns the same errors as [`decide`].
pub fn decide_briefly_with<'a, 'p: 'a>(
    forms: &Forms<'p>,
    evidence: &'a Evidence,
    dossier: &str,
    as_of: Date,
    types: Option<&[AssistanceId]>,
) -> Result<Decision<'a>, Problem> {
    decided(forms, evidence, dossier, as_of, types, (true, &Budget::new(WORK)))
}

/// Does the same as [`decide`] or [`decide_briefly`], within the budget that is left.
pub(crate) fn decide_within<'a>(
    policy: &'a Policy,
    evidence: &'a Evidence,
    dossier: &str,
    as_of: Date,
    types: Option<&[AssistanceId]>,
    (brief, work): (bool, &Budget),
) -> Result<Decision<'a>, Problem> {
    decided(&Forms::new(policy), evidence, dossier, as_of, types, (brief, &work.part(WORK)))
}

fn decided<'a, 'p: 'a>(
    forms: &Forms<'p>,
    evidence: &'a Evidence,
    dossier: &str,
    as_of: Date,
    types: Option<&[AssistanceId]>,
    (brief, work): (bool, &Budget),
) -> Result<Decision<'a>, Problem> {
    let all = work.left();
    let mut shared = Shared { brief, ..Shared::default() };
    let policy = forms.policy();
    let case = admit(policy, evidence, dossier, as_of)?;
    let subject = &case.entities[case.subject];
    let (subject, title) = (subject.id.clone(), subject.title.clone());
    let origins = case.origins.clone();
    let unasked = evidence.dossier(dossier).map_or(&[][..], |dossier| dossier.unasked.statements.as_slice());
    let asked: Vec<AssistanceId> =
        policy.assistance.ids().filter(|id| types.is_none_or(|types| types.contains(id))).collect();
    let hearing = Hearing::of(forms, case, work);
    let known = (hearing.compiled.as_ref(), &hearing.known.masks);
    let by = |gate, budget: &Budget| hearing.exact(gate, budget);
    let questions = questions(known, by, &asked, true, &hearing.budget);
    let mut verdicts = Vec::new();
    for (place, assistance) in asked.iter().enumerate() {
        // The rest of the budget is shared among the remaining verdicts and the search for how long all of them hold.
        let work = hearing.budget.share((asked.len() - place) as u64 + 1);
        if let Some(question) = questions.get(&hearing.compiled.types[*assistance].root) {
            verdicts.push(verdict(&hearing, *assistance, question, &mut shared, &work));
        }
    }
    if hearing.statuses.is_cut() {
        verdicts.iter_mut().for_each(|verdict| _ = verdict.cut_short.insert(Search::Rules));
    }
    omitted(forms, &hearing, &mut verdicts);
    horizons(forms, hearing, evidence, dossier, &mut verdicts);
    Ok(Decision {
        policy,
        as_of,
        subject,
        title,
        origins,
        manifest: None,
        unasked,
        verdicts,
        work: all - work.left(),
    })
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
    policy: &Policy,
    evidence: &Evidence,
    dossier: &str,
    as_of: Date,
) -> Result<Vec<(AssistanceId, Outcome, bool)>, Problem> {
    outcomes_with(&Forms::new(policy), evidence, dossier, as_of)
}

/// Does the same as [`outcomes`], with a policy that is compiled once for many dossiers; see [`decide_with`].
///
/// # Errors
/// Returns the same errors as [`decide`].
pub fn outcomes_with(
    forms: &Forms<'_>,
    evidence: &Evidence,
    dossier: &str,
    as_of: Date,
) -> Result<Vec<(AssistanceId, Outcome, bool)>, Problem> {
    answered(forms, evidence, dossier, as_of, &Budget::new(WORK))
}

/// Returns only the outcomes, within the budget that is left.
pub(crate) fn outcomes_within(
    policy: &Policy,
    evidence: &Evidence,
    dossier: &str,
    as_of: Date,
    work: &Budget,
) -> Result<Vec<(AssistanceId, Outcome, bool)>, Problem> {
    answered(&Forms::new(policy), evidence, dossier, as_of, &work.part(WORK))
}

fn answered(
    forms: &Forms<'_>,
    evidence: &Evidence,
    dossier: &str,
    as_of: Date,
    work: &Budget,
) -> Result<Vec<(AssistanceId, Outcome, bool)>, Problem> {
    let policy = forms.policy();
    let hearing = Hearing::of(forms, admit(policy, evidence, dossier, as_of)?, work);
    let types: Vec<AssistanceId> = policy.assistance.ids().collect();
    let answers = answers(&hearing, &types);
    Ok(types.into_iter().zip(answers).map(|(id, (outcome, exact))| (id, outcome, exact)).collect())
}

/// Returns the case of a dossier if the policy decides about it.
pub(super) fn admit<'a>(
    policy: &'a Policy,
    evidence: &'a Evidence,
    dossier: &str,
    as_of: Date,
) -> Result<Case<'a>, Problem> {
    let vocabulary = &policy.vocabulary;
    let Some(case) = case(vocabulary, evidence, dossier, as_of) else {
        return Err(Problem::NoDossier(dossier.to_owned()));
    };
    let kind = case.entities[case.subject].kind;
    if !policy.about.contains(&kind) {
        let about: Vec<&str> =
            policy.about.iter().map(|kind| vocabulary.kinds[*kind].name.as_str()).collect();
        return Err(Problem::OtherKind {
            dossier: dossier.to_owned(),
            kind: vocabulary.kinds[kind].name.clone(),
            about: about.join(" or "),
        });
    }
    if !policy.period.contains(as_of) {
        let (policy, version) = (policy.id.clone(), policy.version.clone());
        return Err(Problem::NotInForce { policy, version, day: as_of });
    }
    Ok(case)
}

/// Results for one type of assistance that are reused for others.
#[derive(Default)]
struct Shared<'a> {
    /// Whether to leave out what [`decide_briefly`] leaves out.
    brief: bool,
    seen: Seen,
    /// The evaluation in which further members of lists may differ from the presumptions; made when changes need it.
    unpresumed: Option<Hearing<'a>>,
    /// The verdicts by their rules. A verdict names its rules, so it is reused only for the same ones.
    verdicts: BTreeMap<Vec<(RuleId, GateId)>, Verdict<'a>>,
}

fn verdict<'a>(
    hearing: &Hearing<'a>,
    assistance: AssistanceId,
    question: &Question,
    shared: &mut Shared<'a>,
    work: &Budget,
) -> Verdict<'a> {
    let due = &hearing.compiled.types[assistance];
    let outcomes =
        due.rules.iter().map(|(rule, met)| rule_outcome(hearing, *rule, *met, assistance, shared)).collect();
    let own = Own {
        rules: outcomes,
        choices: if shared.brief { Vec::new() } else { choices(hearing, due) },
        obligations: if shared.brief { Vec::new() } else { obligations(hearing, due) },
    };
    if let Some(verdict) = shared.verdicts.get(&due.rules) {
        return own.with(Verdict { assistance, ..verdict.clone() });
    }
    let question = Question { rules: due.rules.clone(), ..question.clone() };
    let mut cut_short = BTreeSet::new();
    if !question.complete {
        cut_short.insert(Search::Missing);
    }
    let mut note = |search: Search, work: Budget| {
        if work.is_cut() {
            cut_short.insert(search);
        }
    };
    let part = work.share(3);
    let reasons = told(hearing, reasons(hearing, &question, &part));
    let together = together(hearing, &question, &part);
    note(Search::Reasons, part);
    let (mut changed, mut out_of_reach, mut presumed) = (Vec::new(), false, Vec::new());
    if !shared.brief {
        let part = work.share(2);
        (changed, out_of_reach) =
            if question.outcome != Outcome::Eligible && presumes_of_members(hearing, due.root) {
                let policy = hearing.compiled.policy;
                let of = shared.unpresumed.get_or_insert_with(|| {
                    Hearing::unpresumed(policy, hearing.case.clone(), &hearing.budget)
                });
                changes(of, &question.about(of.compiled.types[assistance].clone()), &part)
            } else {
                changes(hearing, &question, &part)
            };
        note(Search::Changes, part);
        let part = work.share(2);
        presumed = presumptions(hearing, &question, &part);
        note(Search::Presumptions, part);
    }
    let verdict = Verdict {
        assistance,
        outcome: question.outcome,
        exact: question.exact,
        rules: Vec::new(),
        reasons,
        together,
        missing: missing(hearing, &question),
        changes: changed,
        out_of_reach,
        choices: Vec::new(),
        obligations: Vec::new(),
        presumptions: presumed.into_iter().map(|var| hearing.finding(var)).collect(),
        omitted: Omitted::default(),
        holds_until: None,
        cut_short,
    };
    shared.verdicts.insert(due.rules.clone(), verdict.clone());
    own.with(verdict)
}

/// Returns whether a gate depends on presumptions on further members, directly or through the conditions by which it
/// counts them.
fn presumes_of_members(hearing: &Hearing<'_>, gate: GateId) -> bool {
    let compiled = &hearing.compiled;
    let (mut seen, mut open) = (BTreeSet::new(), vec![gate]);
    while let Some(gate) = open.pop() {
        for var in compiled.cone(gate).vars() {
            let variable = &compiled.variables[*var];
            if hearing.known.status[*var] == Status::Presumed && compiled.is_anybody(variable.who()) {
                return true;
            }
            if let Matter::Further { which: Some((condition, _)), .. } = variable.matter
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
fn told<'a>(hearing: &Hearing<'a>, reasons: Vec<Vec<VarId>>) -> Vec<Vec<Finding<'a>>> {
    let mut seen: BTreeSet<Vec<(String, Option<String>)>> = BTreeSet::new();
    let mut all = Vec::new();
    for reason in reasons {
        let mut said: BTreeSet<(String, Option<String>)> = BTreeSet::new();
        let mut findings: Vec<Finding<'a>> = reason.into_iter().map(|var| hearing.finding(var)).collect();
        findings.retain(|one| said.insert((one.text.clone(), one.fact.standard.clone())));
        if seen.insert(said.into_iter().collect()) {
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
    hearing: &Hearing<'_>,
    rule: RuleId,
    met: GateId,
    assistance: AssistanceId,
    shared: &mut Shared<'_>,
) -> RuleOutcome {
    let tree = if shared.brief {
        let text = hearing.compiled.policy.rules[rule].title.clone();
        let truth = hearing.settle(met);
        Node { text, truth, status: None, known: None, children: Vec::new() }
    } else {
        tree(hearing, rule, &mut shared.seen)
    };
    let Some(RuleGates { applies, parts, met: by_itself }) = hearing.compiled.rules.get(&rule).cloned()
    else {
        return RuleOutcome { rule, status: RuleStatus::NotApplicable, lifted_by: Vec::new(), tree };
    };
    let met = hearing.settle(met);
    let is_lifted = met == Truth::Yes && hearing.settle(by_itself) != Truth::Yes;
    let lifted_by = if is_lifted { lifting(hearing, rule, assistance) } else { Vec::new() };
    let when = parts.iter().find(|(part, _)| *part == Part::When);
    let does_not_apply = !applies || when.is_some_and(|(_, when)| hearing.settle(*when) == Truth::No);
    let is_bar = matches!(hearing.compiled.policy.rules[rule].body, Body::Bar { .. });
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
fn lifting(hearing: &Hearing<'_>, rule: RuleId, assistance: AssistanceId) -> Vec<WaiverId> {
    let all: Vec<(WaiverId, Truth)> = hearing
        .compiled
        .lifting(rule, assistance)
        .into_iter()
        .map(|(waiver, gate)| (waiver, hearing.settle(gate)))
        .filter(|(_, holds)| *holds != Truth::No)
        .collect();
    let sure = all.iter().any(|(_, holds)| *holds == Truth::Yes);
    all.into_iter().filter(|(_, holds)| !sure || *holds == Truth::Yes).map(|(waiver, _)| waiver).collect()
}

fn choices(hearing: &Hearing<'_>, due: &TypeGates) -> Vec<Chosen> {
    let mut chosen = Vec::new();
    for place in &due.choices {
        let values = hearing.compiled.choices.get(place).into_iter().flatten();
        let possible = values.filter(|(_, taken)| hearing.settle(*taken) != Truth::No);
        chosen.push(Chosen { choice: *place, values: possible.map(|(value, _)| value.clone()).collect() });
    }
    chosen
}

fn obligations(hearing: &Hearing<'_>, due: &TypeGates) -> Vec<Attached> {
    let mut attached = Vec::new();
    for place in &due.obligations {
        let (Some(gate), Some(obligation)) =
            (hearing.compiled.obligations.get(place), hearing.compiled.policy.obligations.get(*place))
        else {
            continue;
        };
        let truth = hearing.settle(*gate);
        if truth != Truth::No {
            attached.push(Attached { obligation: *place, truth, due: obligation.due });
        }
    }
    attached
}
