//! Writes decisions as JSON: every verdict with its rules, reasons, questions, sources, and the changes that would make
//! the subject eligible.
//!
//! The format is published as [`DECISION_SCHEMA`](super::DECISION_SCHEMA), in which every field is documented. The same
//! decision gives the same bytes.
//!
//! Every item is written once. Rules, waivers, choices, obligations and sources are listed with the policy. The
//! evaluation trees of the rules, the facts, the findings and the changes are listed with the subject. A verdict refers
//! to them: to rules and the like by id, to the rest by sentence. It does not refer to them by index, so that a verdict
//! is readable on its own, and one more fact does not change the references in a snapshot.

pub(super) mod fact;
mod omitted;
pub(super) mod policy;
mod stream;

pub use stream::{Stream, by_document};

use super::manifest::ManifestOut;
use super::{DECISION_FORMAT, json_out, layout, words};
use crate::decision::{
    Attached, Change, Chosen, ConcernOutcome, Decision, KnownFact, Missing, Node, Outcome, RuleOutcome,
    Verdict,
};
use crate::evidence::UnusedStatement;
use crate::id::RuleId;
use crate::policy::{Concern, Policy};
use crate::sorted::SortedMap;
use crate::value::{Date, Truth};
use fact::{ChangeOut, FactOut, FindingOut, StatementOut, Used};
use omitted::OmittedOut;
use policy::PolicyOut;
use serde::Serialize;
use std::borrow::Cow;

/// Writes decisions as one document per policy and day, over several lines. The result is an object if there is only
/// one document, else a list, in the order in which the policies and days first occur.
///
/// # Example
/// ```
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
/// # let decision = placet::decision::decide(&policy, &evidence, "militia", day, None)?;
/// let json = placet::wire::decision::write(&[decision]);
/// assert!(json.starts_with("{\n  \"format\": \"placet-decision/1\","));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write(decisions: &[Decision<'_>]) -> String {
    let (decisions, several) =
        by_document(decisions.iter().collect(), |decision| (decision.policy, decision.as_of));
    let mut stream = Stream::new(several);
    let mut text = String::new();
    for decision in decisions {
        text += &stream.add(decision);
    }
    text + &stream.end()
}

/// Writes one decision as a document on one line, for a file with one decision per line (NDJSON). Its manifest does not
/// list the files, which are in the [trailer](super::manifest::trailer).
///
/// # Example
/// ```
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
/// # let decision = placet::decision::decide(&policy, &evidence, "militia", day, None)?;
/// let line = placet::wire::decision::write_line(&decision);
/// assert_eq!(line.lines().count(), 1);
/// assert!(line.contains(r#""id":"militia""#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write_line(decision: &Decision<'_>) -> String {
    layout::compact(&document(decision, subject(decision))) + "\n"
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    policy: PolicyOut<'a>,
    #[serde(serialize_with = "json_out::date")]
    as_of: Date,
    subjects: Vec<SubjectOut<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    manifest: Option<ManifestOut<'a>>,
}

#[derive(Serialize)]
struct SubjectOut<'a> {
    id: &'a str,
    title: &'a str,
    verdicts: Vec<VerdictOut<'a>>,
    rules: Vec<TreeOut<'a>>,
    findings: Vec<FindingOut<'a>>,
    changes: Vec<ChangeOut<'a>>,
    facts: Vec<FactOut<'a>>,
    statements: Vec<StatementOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    not_asked: Vec<NotAskedOut<'a>>,
}

/// A statement in the dossier's own vocabulary.
#[derive(Serialize)]
struct NotAskedOut<'a> {
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<&'a str>,
    #[serde(skip_serializing_if = "String::is_empty")]
    from: String,
}

#[derive(Serialize)]
struct VerdictOut<'a> {
    assistance: &'a str,
    part_of: Option<&'a str>,
    verdict: &'static str,
    exact: bool,
    rules: Vec<RuleOut<'a>>,
    reasons: Vec<Vec<Cow<'a, str>>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    together: Vec<&'a str>,
    missing: Vec<MissingOut<'a>>,
    next_question: Option<QuestionOut<'a>>,
    changes: Vec<Vec<Cow<'a, str>>>,
    out_of_reach: bool,
    choices: Vec<ChoiceOut<'a>>,
    obligations: Vec<ObligationOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    concerns: Vec<ConcernOut<'a>>,
    presumptions: Vec<Cow<'a, str>>,
    left_out: Option<OmittedOut<'a>>,
    #[serde(serialize_with = "json_out::date_or_none")]
    holds_until: Option<Date>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cut_short: Vec<&'static str>,
}

#[derive(Serialize)]
struct RuleOut<'a> {
    id: &'a str,
    status: &'static str,
    lifted_by: Vec<&'a str>,
}

#[derive(Serialize)]
struct TreeOut<'a> {
    id: &'a str,
    tree: NodeOut<'a>,
}

#[derive(Serialize)]
struct NodeOut<'a> {
    text: &'a str,
    truth: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    known: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    children: Vec<NodeOut<'a>>,
}

#[derive(Serialize)]
struct MissingOut<'a> {
    fact: Cow<'a, str>,
    rules: Vec<&'a str>,
    weight: Option<u32>,
}

#[derive(Serialize)]
struct QuestionOut<'a> {
    fact: Cow<'a, str>,
    question: String,
    rules: Vec<&'a str>,
}

#[derive(Serialize)]
struct ChoiceOut<'a> {
    name: &'a str,
    values: &'a [String],
}

#[derive(Serialize)]
struct ObligationOut<'a> {
    id: &'a str,
    due: Option<String>,
    holds: &'static str,
}

#[derive(Serialize)]
struct ConcernOut<'a> {
    id: &'a str,
    raised: &'static str,
    exact: bool,
    reasons: Vec<Vec<Cow<'a, str>>>,
    missing: Vec<MissingOut<'a>>,
    next_question: Option<QuestionOut<'a>>,
    left_out: Option<OmittedOut<'a>>,
    #[serde(serialize_with = "json_out::date_or_none")]
    holds_until: Option<Date>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cut_short: Vec<&'static str>,
}

fn document<'a>(decision: &'a Decision<'a>, subject: SubjectOut<'a>) -> Document<'a> {
    Document {
        format: DECISION_FORMAT,
        policy: PolicyOut::new(decision.policy, decision.as_of),
        as_of: decision.as_of,
        subjects: vec![subject],
        manifest: ManifestOut::of_decision(decision),
    }
}

fn subject<'a>(decision: &'a Decision<'a>) -> SubjectOut<'a> {
    let policy = decision.policy;
    let mut used = Used::default();
    let mut verdicts: Vec<VerdictOut<'a>> =
        decision.verdicts.iter().map(|one| verdict(one, decision, &mut used)).collect();
    let trees: SortedMap<RuleId, &Node> = decision
        .verdicts
        .iter()
        .flat_map(|verdict| &verdict.rules)
        .map(|outcome| (outcome.rule, &outcome.tree))
        .collect();
    let rules = trees
        .into_iter()
        .filter_map(|(rule, tree)| {
            Some(TreeOut { id: &policy.rules.find(rule)?.header.id, tree: node(tree) })
        })
        .collect();
    let (facts, statements) = used.facts();
    for verdict in &mut verdicts {
        let of_concerns = verdict.concerns.iter_mut().filter_map(|one| one.left_out.as_mut());
        verdict.left_out.as_mut().into_iter().chain(of_concerns).for_each(|one| one.place_in(&statements));
    }
    let statements = statements
        .into_iter()
        .map(|statement| fact::statement(statement, &decision.subject, policy))
        .collect();
    SubjectOut {
        id: &decision.subject,
        title: &decision.title,
        verdicts,
        rules,
        findings: used.findings(),
        changes: used.changes(),
        facts,
        statements,
        not_asked: decision.unused.iter().map(|statement| not_asked(statement, policy)).collect(),
    }
}

fn not_asked<'a>(statement: &'a UnusedStatement, policy: &Policy) -> NotAskedOut<'a> {
    NotAskedOut {
        text: &statement.text,
        about: statement.of.as_ref().map(|of| of.title.as_str()),
        from: words::provenance(&statement.provenance, &policy.vocabulary),
    }
}

fn verdict<'a>(verdict: &'a Verdict<'a>, decision: &'a Decision<'a>, used: &mut Used<'a>) -> VerdictOut<'a> {
    let policy = decision.policy;
    let assistance = policy.assistance.find(verdict.assistance);
    let parent =
        assistance.and_then(|assistance| assistance.parent).and_then(|id| policy.assistance.find(id));
    let mut finding = |one: &'a KnownFact<'a>| used.finding(one);
    let reasons = verdict.reasons.iter().map(|set| set.iter().map(&mut finding).collect()).collect();
    let presumptions = verdict.presumptions.iter().map(&mut finding).collect();
    let left_out = OmittedOut::new(&verdict.omitted, Outcome::word, used);
    let missing: Vec<MissingOut<'a>> = verdict
        .missing
        .iter()
        .map(|one| MissingOut {
            fact: used.fact(&one.fact),
            rules: rule_ids(one, policy),
            weight: one.weight,
        })
        .collect();
    let concerns = decision.concerns_of(verdict.assistance);
    let concerns = concerns.map(|(declared, outcome)| concern(declared, outcome, used)).collect();
    let next_question = verdict.missing.first().map(|first| QuestionOut {
        fact: used.fact(&first.fact),
        question: first.fact.question.clone(),
        rules: rule_ids(first, policy),
    });
    let mut change = |one: &'a Change<'a>| used.change(one);
    let changes = verdict.changes.iter().map(|set| set.iter().map(&mut change).collect()).collect();
    VerdictOut {
        assistance: assistance.map_or("", |assistance| &assistance.name),
        part_of: parent.map(|parent| parent.name.as_str()),
        verdict: verdict.outcome.word(),
        exact: verdict.exact,
        rules: verdict.rules.iter().filter_map(|one| rule(one, policy)).collect(),
        reasons,
        together: named(&verdict.together, policy),
        missing,
        next_question,
        changes,
        out_of_reach: verdict.out_of_reach,
        choices: verdict.choices.iter().filter_map(|one| choice(one, policy)).collect(),
        obligations: verdict.obligations.iter().filter_map(|one| obligation(one, policy)).collect(),
        concerns,
        presumptions,
        left_out,
        holds_until: verdict.holds_until,
        cut_short: verdict.cut_short.iter().copied().map(words::search).collect(),
    }
}

fn concern<'a>(
    declared: &'a Concern,
    outcome: &'a ConcernOutcome<'a>,
    used: &mut Used<'a>,
) -> ConcernOut<'a> {
    let mut finding = |one: &'a KnownFact<'a>| used.finding(one);
    let reasons = outcome.reasons.iter().map(|set| set.iter().map(&mut finding).collect()).collect();
    // An outcome for the concern as a type of assistance says whether it is raised.
    let word = |outcome: Outcome| match outcome {
        Outcome::Eligible => words::truth(Truth::No),
        Outcome::Ineligible => words::truth(Truth::Yes),
        Outcome::Undetermined => words::truth(Truth::Open),
    };
    let missing = |one: &'a Missing<'a>, used: &mut Used<'a>| MissingOut {
        fact: used.fact(&one.fact),
        rules: Vec::new(),
        weight: one.weight,
    };
    ConcernOut {
        id: &declared.header.id,
        raised: words::truth(outcome.raised),
        exact: outcome.exact,
        reasons,
        missing: outcome.missing.iter().map(|one| missing(one, used)).collect(),
        next_question: outcome.missing.first().map(|first| QuestionOut {
            fact: used.fact(&first.fact),
            question: first.fact.question.clone(),
            rules: Vec::new(),
        }),
        left_out: OmittedOut::new(&outcome.omitted, word, used),
        holds_until: outcome.holds_until,
        cut_short: outcome.cut_short.iter().copied().map(words::search).collect(),
    }
}

fn rule_ids<'a>(missing: &Missing<'_>, policy: &'a Policy) -> Vec<&'a str> {
    named(&missing.rules, policy)
}

fn named<'a>(rules: &[RuleId], policy: &'a Policy) -> Vec<&'a str> {
    rules.iter().filter_map(|id| policy.rules.find(*id)).map(|rule| rule.header.id.as_str()).collect()
}

fn rule<'a>(outcome: &RuleOutcome, policy: &'a Policy) -> Option<RuleOut<'a>> {
    let waivers = outcome.lifted_by.iter().filter_map(|id| policy.waivers.find(*id));
    Some(RuleOut {
        id: &policy.rules.find(outcome.rule)?.header.id,
        status: words::rule_status(outcome.status),
        lifted_by: waivers.map(|waiver| waiver.header.id.as_str()).collect(),
    })
}

fn node(node: &Node) -> NodeOut<'_> {
    NodeOut {
        text: &node.text,
        truth: words::truth(node.truth),
        status: node.status.map(words::status),
        known: node.known.as_deref(),
        children: node.children.iter().map(self::node).collect(),
    }
}

fn choice<'a>(chosen: &'a Chosen, policy: &'a Policy) -> Option<ChoiceOut<'a>> {
    Some(ChoiceOut { name: &policy.choices.get(chosen.choice)?.header.id, values: &chosen.values })
}

fn obligation<'a>(attached: &Attached, policy: &'a Policy) -> Option<ObligationOut<'a>> {
    Some(ObligationOut {
        id: &policy.obligations.get(attached.obligation)?.header.id,
        due: attached.due.map(words::due),
        holds: words::truth(attached.truth),
    })
}
