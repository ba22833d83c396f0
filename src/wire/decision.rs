//! Decisions as JSON: every verdict with its rules, reasons, questions, ways to become eligible, and sources.
//!
//! The shape is published as [`DECISION_SCHEMA`](super::DECISION_SCHEMA), where every field is documented. The same
//! decision gives the same bytes.

use super::{DECISION_FORMAT, claim_json, words};
use crate::decision::{
    Attached, Change, Chosen, Decision, FactRef, Finding, Missing, Node, RuleOutcome, Verdict,
};
use crate::evidence::{About, Statement};
use crate::id::WaiverId;
use crate::policy::{Citation, Policy};
use crate::value::Date;
use serde::Serialize;
use serde_json::Value as Tree;

/// Writes decisions as one document for every policy and day, over several lines: an object where there is one such
/// document, else a list of them, in the order in which the policies and days first occur.
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
    let mut documents: Vec<Document<'_>> = Vec::new();
    for decision in decisions {
        let subject = subject(decision);
        match documents.iter_mut().find(|document| document.holds(decision)) {
            Some(document) => document.subjects.push(subject),
            None => documents.push(document(decision, subject)),
        }
    }
    let text = match documents.as_slice() {
        [only] => serde_json::to_string_pretty(only),
        several => serde_json::to_string_pretty(several),
    };
    // no map with keys other than text stands in a document, so it can always be written
    text.unwrap_or_default() + "\n"
}

/// Writes one decision as a document in one line, for one decision a line (NDJSON).
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
    serde_json::to_string(&document(decision, subject(decision))).unwrap_or_default() + "\n"
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    engine: &'static str,
    policy: PolicyHead<'a>,
    #[serde(serialize_with = "date")]
    as_of: Date,
    subjects: Vec<Subject<'a>>,
}

impl Document<'_> {
    fn holds(&self, decision: &Decision<'_>) -> bool {
        self.as_of == decision.as_of
            && (self.policy.hash, self.policy.id)
                == (decision.policy.hash.as_str(), decision.policy.id.as_str())
    }
}

#[derive(Serialize)]
struct PolicyHead<'a> {
    id: &'a str,
    version: &'a str,
    title: &'a str,
    authority: Option<&'a str>,
    in_force: bool,
    hash: &'a str,
}

#[derive(Serialize)]
struct Subject<'a> {
    id: &'a str,
    title: &'a str,
    hash: &'a str,
    verdicts: Vec<VerdictOut<'a>>,
}

#[derive(Serialize)]
struct VerdictOut<'a> {
    assistance: &'a str,
    part_of: Option<&'a str>,
    verdict: &'static str,
    exact: bool,
    rules: Vec<RuleOut<'a>>,
    reasons: Vec<Vec<FindingOut<'a>>>,
    missing: Vec<MissingOut<'a>>,
    next_question: Option<QuestionOut<'a>>,
    changes: Vec<Vec<ChangeOut<'a>>>,
    out_of_reach: bool,
    choices: Vec<ChoiceOut<'a>>,
    obligations: Vec<ObligationOut<'a>>,
    presumptions: Vec<FindingOut<'a>>,
    statements: Vec<StatementOut<'a>>,
    #[serde(serialize_with = "date_or_none")]
    holds_until: Option<Date>,
}

#[derive(Serialize)]
struct RuleOut<'a> {
    id: &'a str,
    title: &'a str,
    kind: &'static str,
    status: &'static str,
    lifted_by: Vec<WaiverOut<'a>>,
    citations: Vec<CitationOut<'a>>,
    remedy: Option<&'a str>,
    tree: NodeOut<'a>,
}

#[derive(Serialize)]
struct WaiverOut<'a> {
    id: &'a str,
    title: &'a str,
    granted_by: Option<&'a str>,
}

#[derive(Serialize)]
struct CitationOut<'a> {
    source: &'a str,
    title: &'a str,
    lines: &'a str,
    basis: &'static str,
}

#[derive(Serialize)]
struct NodeOut<'a> {
    text: &'a str,
    truth: &'static str,
    status: Option<&'static str>,
    known: Option<&'a str>,
    children: Vec<NodeOut<'a>>,
}

#[derive(Serialize)]
struct FactOut<'a> {
    entity: &'a str,
    subject: &'a str,
    phrase: &'a str,
    text: &'a str,
    standard: Option<&'a str>,
    question: Option<&'a str>,
    status: &'static str,
    statements: Vec<usize>,
}

#[derive(Serialize)]
struct FindingOut<'a> {
    text: &'a str,
    fact: FactOut<'a>,
}

#[derive(Serialize)]
struct MissingOut<'a> {
    fact: FactOut<'a>,
    rules: Vec<&'a str>,
    weight: Option<u32>,
}

#[derive(Serialize)]
struct QuestionOut<'a> {
    question: String,
    text: &'a str,
    rules: Vec<&'a str>,
}

#[derive(Serialize)]
struct ChangeOut<'a> {
    kind: &'static str,
    text: &'a str,
    fact: FactOut<'a>,
}

#[derive(Serialize)]
struct ChoiceOut<'a> {
    name: &'a str,
    title: &'a str,
    values: &'a [String],
    citations: Vec<CitationOut<'a>>,
}

#[derive(Serialize)]
struct ObligationOut<'a> {
    id: &'a str,
    title: &'a str,
    who: Option<&'a str>,
    due: Option<String>,
    holds: &'static str,
    citations: Vec<CitationOut<'a>>,
}

#[derive(Serialize)]
struct StatementOut<'a> {
    about: String,
    fact: &'a str,
    value: Tree,
    text: String,
    source: Option<&'a str>,
    source_title: Option<&'a str>,
    lines: Option<&'a str>,
    told: Option<&'a str>,
    rival: bool,
    subject: bool,
    interested: bool,
    promise: bool,
    grade: Option<String>,
    #[serde(serialize_with = "date_or_none")]
    date: Option<Date>,
}

fn date<S: serde::Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(date)
}

#[expect(clippy::ref_option, reason = "the shape that serde calls")]
fn date_or_none<S: serde::Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    match date {
        Some(date) => serializer.collect_str(date),
        None => serializer.serialize_none(),
    }
}

fn document<'a>(decision: &'a Decision<'a>, subject: Subject<'a>) -> Document<'a> {
    let policy = decision.policy;
    Document {
        format: DECISION_FORMAT,
        engine: env!("CARGO_PKG_VERSION"),
        policy: PolicyHead {
            id: &policy.id,
            version: &policy.version,
            title: &policy.title,
            authority: policy.authority.as_deref(),
            in_force: policy.period.contains(decision.as_of),
            hash: &policy.hash,
        },
        as_of: decision.as_of,
        subjects: vec![subject],
    }
}

fn subject<'a>(decision: &'a Decision<'a>) -> Subject<'a> {
    Subject {
        id: &decision.subject,
        title: &decision.title,
        hash: &decision.dossier_hash,
        verdicts: decision
            .verdicts
            .iter()
            .map(|one| verdict(one, &decision.subject, decision.policy))
            .collect(),
    }
}

fn verdict<'a>(verdict: &'a Verdict<'a>, owner: &str, policy: &'a Policy) -> VerdictOut<'a> {
    let mut used = Used { policy, statements: Vec::new() };
    let reasons =
        verdict.reasons.iter().map(|set| set.iter().map(|one| used.finding(one)).collect()).collect();
    let missing: Vec<MissingOut<'a>> = verdict.missing.iter().map(|one| used.missing(one)).collect();
    let changes =
        verdict.changes.iter().map(|set| set.iter().map(|one| used.change(one)).collect()).collect();
    let presumptions = verdict.presumptions.iter().map(|one| used.finding(one)).collect();
    let next_question = verdict.missing.first().map(|first| QuestionOut {
        question: words::question(&first.fact),
        text: &first.fact.text,
        rules: rule_ids(first, policy),
    });
    let assistance = policy.assistance.find(verdict.assistance);
    let parent =
        assistance.and_then(|assistance| assistance.parent).and_then(|id| policy.assistance.find(id));
    VerdictOut {
        assistance: assistance.map_or("", |assistance| &assistance.name),
        part_of: parent.map(|parent| parent.name.as_str()),
        verdict: outcome(verdict),
        exact: verdict.exact,
        rules: verdict.rules.iter().filter_map(|one| rule(one, policy)).collect(),
        reasons,
        missing,
        next_question,
        changes,
        out_of_reach: verdict.out_of_reach,
        choices: verdict.choices.iter().filter_map(|one| choice(one, policy)).collect(),
        obligations: verdict.obligations.iter().filter_map(|one| obligation(one, policy)).collect(),
        presumptions,
        statements: used.statements.iter().map(|one| statement(one, owner, policy)).collect(),
        holds_until: verdict.holds_until,
    }
}

/// The verdict's word in data: `eligible`, `ineligible`, `undetermined`.
pub(super) fn outcome(verdict: &Verdict<'_>) -> &'static str {
    use crate::decision::Outcome;
    match verdict.outcome {
        Outcome::Eligible => "eligible",
        Outcome::Ineligible => "ineligible",
        Outcome::Undetermined => "undetermined",
    }
}

/// The statements that one verdict rests on, each once, in the order of first use.
struct Used<'a> {
    policy: &'a Policy,
    statements: Vec<&'a Statement>,
}

impl<'a> Used<'a> {
    fn fact(&mut self, fact: &'a FactRef<'a>) -> FactOut<'a> {
        let statements = fact.statements.iter().map(|said| self.place(said)).collect();
        FactOut {
            entity: &fact.entity,
            subject: &fact.subject,
            phrase: &fact.phrase,
            text: &fact.text,
            standard: fact.standard.as_deref(),
            question: fact.question.as_deref(),
            status: words::status(fact.status),
            statements,
        }
    }

    fn place(&mut self, said: &'a Statement) -> usize {
        match self.statements.iter().position(|other| std::ptr::eq(*other, said)) {
            Some(place) => place,
            None => {
                self.statements.push(said);
                self.statements.len() - 1
            }
        }
    }

    fn finding(&mut self, finding: &'a Finding<'a>) -> FindingOut<'a> {
        FindingOut { text: &finding.text, fact: self.fact(&finding.fact) }
    }

    fn missing(&mut self, missing: &'a Missing<'a>) -> MissingOut<'a> {
        let rules = rule_ids(missing, self.policy);
        MissingOut { fact: self.fact(&missing.fact), rules, weight: missing.weight }
    }

    fn change(&mut self, change: &'a Change<'a>) -> ChangeOut<'a> {
        ChangeOut { kind: words::change(change.word), text: &change.text, fact: self.fact(&change.fact) }
    }
}

fn rule_ids<'a>(missing: &Missing<'_>, policy: &'a Policy) -> Vec<&'a str> {
    missing.rules.iter().filter_map(|id| policy.rules.find(*id)).map(|rule| rule.id.as_str()).collect()
}

fn rule<'a>(outcome: &'a RuleOutcome, policy: &'a Policy) -> Option<RuleOut<'a>> {
    let rule = policy.rules.find(outcome.rule)?;
    Some(RuleOut {
        id: &rule.id,
        title: &rule.title,
        kind: words::rule_kind(rule),
        status: words::rule_status(outcome.status),
        lifted_by: outcome.lifted_by.iter().filter_map(|id| waiver(*id, policy)).collect(),
        citations: citations(&rule.cites, policy),
        remedy: rule.remedy.as_deref(),
        tree: node(&outcome.tree),
    })
}

fn waiver(id: WaiverId, policy: &Policy) -> Option<WaiverOut<'_>> {
    let waiver = policy.waivers.find(id)?;
    Some(WaiverOut { id: &waiver.id, title: &waiver.title, granted_by: waiver.granted_by.as_deref() })
}

fn citations<'a>(cites: &'a [Citation], policy: &'a Policy) -> Vec<CitationOut<'a>> {
    let sources = &policy.vocabulary.sources;
    cites
        .iter()
        .filter_map(|cited| {
            let source = sources.find(cited.source)?;
            let basis = if cited.stated { "stated" } else { "derived" };
            Some(CitationOut { source: &source.id, title: &source.title, lines: &cited.lines, basis })
        })
        .collect()
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
    let choice = policy.choices.get(chosen.choice)?;
    Some(ChoiceOut {
        name: &choice.name,
        title: &choice.title,
        values: &chosen.values,
        citations: citations(&choice.cites, policy),
    })
}

fn obligation<'a>(attached: &Attached, policy: &'a Policy) -> Option<ObligationOut<'a>> {
    let obligation = policy.obligations.get(attached.obligation)?;
    Some(ObligationOut {
        id: &obligation.id,
        title: &obligation.title,
        who: obligation.who.as_deref(),
        due: attached.due.map(words::due),
        holds: words::truth(attached.truth),
        citations: citations(&obligation.cites, policy),
    })
}

fn statement<'a>(said: &'a Statement, owner: &str, policy: &'a Policy) -> StatementOut<'a> {
    let vocabulary = &policy.vocabulary;
    let fact = vocabulary.facts.find(said.fact);
    let about = match &said.about {
        About::Subject => "the subject".to_owned(),
        About::Only(kind) => {
            vocabulary.kinds.find(*kind).map_or_else(String::new, |kind| format!("the {}", kind.name))
        }
        About::Member(id) => claim_json::own_id(owner, id).to_owned(),
    };
    let from = &said.provenance;
    let source = from.source.and_then(|id| vocabulary.sources.find(id));
    StatementOut {
        about,
        fact: fact.map_or("", |fact| &fact.phrase),
        value: fact
            .map_or(Tree::Null, |fact| claim_json::write(&said.claim, &fact.r#type, owner, vocabulary)),
        text: words::statement(said, vocabulary),
        source: source.map(|source| source.id.as_str()),
        source_title: source.map(|source| source.title.as_str()),
        lines: Some(from.lines.as_str()).filter(|lines| !lines.is_empty()),
        told: from.told.as_deref(),
        rival: from.rival,
        subject: from.subject,
        interested: from.interested,
        promise: from.promise,
        grade: from.grade.map(|grade| grade.to_string()),
        date: from.date,
    }
}
