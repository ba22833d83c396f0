//! Interviews as JSON: reads answers, and writes the state of an interview with the next question.
//!
//! The formats are published as [`INTERVIEW_SCHEMA`](super::INTERVIEW_SCHEMA), in which every field is documented.

use super::claim_json::own_id;
use super::decision::fact::{StatementOut, statement};
use super::outline::{TypeOut, type_of};
use super::{INTERVIEW_FORMAT, answers_json, layout, words};
use crate::decision::{Decision, FactRef, Outlook, Prospect, Verdict};
use crate::diagnostic::Diagnostic;
use crate::evidence::{About, Dossier, Evidence};
use crate::id::RuleId;
use crate::interview::{self, Answer, Key, Question};
use crate::policy::{Fact, FactType, Policy, Standard, Vocabulary};
use serde::Serialize;

/// The state of an interview.
#[derive(Clone, Copy, Debug)]
pub struct InterviewState<'i, 'a> {
    /// The decision with the answers so far. A brief decision is enough.
    pub decision: &'i Decision<'a>,
    /// The dossier with the answers so far.
    pub dossier: &'i Dossier,
    /// All dossiers.
    pub evidence: &'i Evidence,
    /// The answers, in the order given.
    pub answers: &'i [Answer],
    /// Whether each answer affects any verdict.
    pub bearing: &'i [bool],
}

/// Reads answers about a dossier from a JSON list.
///
/// # Errors
/// The findings about the answers, at most a hundred.
pub fn read_answers(
    text: &str,
    vocabulary: &Vocabulary,
    dossier: &Dossier,
    evidence: &Evidence,
) -> Result<Vec<Answer>, Vec<Diagnostic>> {
    answers_json::read(text, vocabulary, dossier, evidence)
}

/// Writes the state of an interview as one JSON object on one line.
pub fn write(state: InterviewState<'_, '_>) -> String {
    layout::compact(&Interview::of(state))
}

/// Writes the questions about the facts that a full decision rests on or that would have to change, as one JSON list on
/// one line. Answered questions and open questions are left out.
pub fn write_settled(state: InterviewState<'_, '_>) -> String {
    let settled = interview::settled(state.decision, state.dossier);
    let rest = settled.iter().filter(|(key, _)| !state.answers.iter().any(|answer| answer.key == *key));
    let all: Vec<_> = rest.filter_map(|(key, fact)| QuestionOut::about(key, fact, &[], state)).collect();
    layout::compact(&all)
}

/// Writes how each open fact would affect the verdicts, as one JSON list on one line.
pub fn write_outlooks(outlooks: &[Outlook<'_>], policy: &Policy) -> String {
    let all: Vec<OutlookOut<'_>> = outlooks.iter().map(|one| OutlookOut::of(one, policy)).collect();
    layout::compact(&all)
}

#[derive(Serialize)]
struct Interview<'a> {
    format: &'static str,
    engine: &'static str,
    subject: &'a str,
    as_of: String,
    verdicts: Vec<VerdictOut<'a>>,
    next: Option<QuestionOut<'a>>,
    open: Vec<QuestionOut<'a>>,
    answered: Vec<AnsweredOut<'a>>,
}

#[derive(Serialize)]
struct VerdictOut<'a> {
    assistance: &'a str,
    part_of: Option<&'a str>,
    verdict: &'static str,
    exact: bool,
}

#[derive(Serialize)]
struct AnsweredOut<'a> {
    #[serde(flatten)]
    key: KeyOut<'a>,
    question: String,
    text: String,
    matters: bool,
}

#[derive(Serialize)]
struct KeyOut<'a> {
    about: String,
    fact: &'a str,
    standard: Option<&'a str>,
}

#[derive(Serialize)]
struct QuestionOut<'a> {
    #[serde(flatten)]
    key: KeyOut<'a>,
    subject: &'a str,
    question: &'a str,
    text: &'a str,
    means: Option<&'a str>,
    r#type: TypeOut<'a>,
    status: &'static str,
    statements: Vec<StatementOut<'a>>,
    rules: Vec<&'a str>,
    provenance: ProvenanceOut,
    whom: Vec<TargetOut<'a>>,
    set_aside: bool,
}

/// The parts of a statement's provenance that an evidence standard checks.
#[derive(Serialize)]
struct ProvenanceOut {
    source: bool,
    grade: bool,
    date: bool,
    rival: bool,
    subject: bool,
    interested: bool,
    promise: bool,
}

#[derive(Serialize)]
struct TargetOut<'a> {
    id: Option<&'a str>,
    title: String,
    kind: &'a str,
}

#[derive(Serialize)]
struct OutlookOut<'a> {
    entity: &'a str,
    phrase: &'a str,
    standard: Option<&'a str>,
    text: &'a str,
    values: Vec<ProspectOut<'a>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    cut_short: bool,
}

#[derive(Serialize)]
struct ProspectOut<'a> {
    text: &'a str,
    verdicts: Vec<ThenOut<'a>>,
}

#[derive(Serialize)]
struct ThenOut<'a> {
    assistance: &'a str,
    verdict: &'static str,
}

impl<'a> Interview<'a> {
    fn of(state: InterviewState<'a, 'a>) -> Interview<'a> {
        let InterviewState { decision, dossier, answers, bearing, .. } = state;
        let policy = decision.policy;
        let mut questions = interview::questions(decision, dossier);
        questions.retain(|question| !answers.iter().any(|answer| answer.key == question.key));
        let open: Vec<QuestionOut<'_>> =
            questions.iter().filter_map(|question| QuestionOut::of(question, state)).collect();
        let answered = answers.iter().zip(bearing).map(|(answer, matters)| AnsweredOut {
            key: KeyOut::of(&answer.key, dossier, &policy.vocabulary),
            question: asked(&answer.key, dossier, policy),
            text: said(answer, &policy.vocabulary),
            matters: *matters,
        });
        let next = questions.iter().find(|question| !question.set_aside);
        Interview {
            format: INTERVIEW_FORMAT,
            engine: env!("CARGO_PKG_VERSION"),
            subject: &decision.subject,
            as_of: decision.as_of.to_string(),
            verdicts: decision.verdicts.iter().filter_map(|one| verdict(one, policy)).collect(),
            next: next.and_then(|question| QuestionOut::of(question, state)),
            open,
            answered: answered.collect(),
        }
    }
}

fn verdict<'a>(verdict: &Verdict<'_>, policy: &'a Policy) -> Option<VerdictOut<'a>> {
    let assistance = policy.assistance.find(verdict.assistance)?;
    let parent = assistance.parent.and_then(|id| policy.assistance.find(id));
    Some(VerdictOut {
        assistance: &assistance.name,
        part_of: parent.map(|parent| parent.name.as_str()),
        verdict: verdict.outcome.word(),
        exact: verdict.exact,
    })
}

impl<'a> KeyOut<'a> {
    fn of(key: &Key, dossier: &Dossier, vocabulary: &'a Vocabulary) -> KeyOut<'a> {
        KeyOut {
            about: words::about(&key.about, &dossier.id, vocabulary),
            fact: vocabulary.facts.find(key.fact).map_or("", |fact| &fact.phrase),
            standard: key
                .standard
                .and_then(|id| vocabulary.standards.find(id))
                .map(|standard| standard.name.as_str()),
        }
    }
}

/// Returns the question of a key that is no longer in the decision.
fn asked(key: &Key, dossier: &Dossier, policy: &Policy) -> String {
    let vocabulary = &policy.vocabulary;
    let Some(fact) = vocabulary.facts.find(key.fact) else { return String::new() };
    let member = match &key.about {
        About::Member(id) => dossier.members.iter().find(|member| member.id == *id),
        About::Subject | About::Only(_) => None,
    };
    match (member, &fact.question) {
        (Some(member), _) => vocabulary.question_about(fact, &member.title),
        (None, Some(question)) => question.clone(),
        (None, None) => {
            let kind = vocabulary.kinds.find(fact.kind).map_or("", |kind| &kind.name);
            vocabulary.made_question(fact, &format!("the {kind}"))
        }
    }
}

/// Returns an answer in words: the claim of each source.
fn said(answer: &Answer, vocabulary: &Vocabulary) -> String {
    let Some(fact) = vocabulary.facts.find(answer.key.fact) else { return String::new() };
    let each =
        answer.statements.iter().map(|statement| words::claim(&statement.claim, &fact.r#type, vocabulary));
    each.collect::<Vec<_>>().join("; ")
}

impl<'a> QuestionOut<'a> {
    fn of(question: &Question<'a, 'a>, state: InterviewState<'a, 'a>) -> Option<QuestionOut<'a>> {
        let Question { key, missing, set_aside } = question;
        let about = QuestionOut::about(key, &missing.fact, &missing.rules, state)?;
        Some(QuestionOut { set_aside: *set_aside, ..about })
    }

    /// Returns the question about a fact that matters to some rules.
    fn about(
        key: &Key,
        known: &'a FactRef<'a>,
        rules: &[RuleId],
        state: InterviewState<'a, 'a>,
    ) -> Option<QuestionOut<'a>> {
        let policy = state.decision.policy;
        let vocabulary = &policy.vocabulary;
        let fact = vocabulary.facts.find(key.fact)?;
        let standard = key.standard.and_then(|id| vocabulary.standards.find(id));
        Some(QuestionOut {
            key: KeyOut::of(key, state.dossier, vocabulary),
            subject: &known.subject,
            question: &known.question,
            text: &known.text,
            means: fact.means.as_deref(),
            r#type: type_of(fact, policy),
            status: words::status(known.status),
            statements: known
                .statements
                .iter()
                .map(|one| statement(one, &state.dossier.id, policy))
                .collect(),
            rules: rules
                .iter()
                .filter_map(|id| policy.rules.find(*id))
                .map(|rule| rule.header.id.as_str())
                .collect(),
            provenance: ProvenanceOut::of(standard),
            whom: targets(fact, state, vocabulary),
            set_aside: false,
        })
    }
}

impl ProvenanceOut {
    fn of(standard: Option<&Standard>) -> ProvenanceOut {
        let asks = |wanted: fn(&Standard) -> bool| standard.is_some_and(wanted);
        ProvenanceOut {
            source: standard.is_some(),
            grade: asks(|standard| standard.rated.is_some()),
            date: asks(|standard| standard.within.is_some()),
            rival: asks(|standard| standard.not_rivals),
            subject: asks(|standard| standard.not_subject),
            interested: asks(|standard| standard.not_interested),
            promise: asks(|standard| standard.not_promises),
        }
    }
}

/// Returns the known entities that a relation can lead to.
fn targets<'a>(fact: &Fact, state: InterviewState<'a, 'a>, vocabulary: &'a Vocabulary) -> Vec<TargetOut<'a>> {
    let kinds = match &fact.r#type {
        FactType::One(kinds) => kinds.as_slice(),
        FactType::Many(kind) => std::slice::from_ref(kind),
        _ => return Vec::new(),
    };
    let dossier = state.dossier;
    let mut all = Vec::new();
    for (id, kind) in kinds.iter().filter_map(|id| Some((*id, vocabulary.kinds.find(*id)?))) {
        let one = |id, title| TargetOut { id, title, kind: &kind.name };
        if kind.only_one {
            all.push(one(None, format!("the {}", kind.name)));
            continue;
        }
        let members = dossier.members.iter().filter(|member| member.kind == id);
        all.extend(members.map(|member| one(Some(own_id(&dossier.id, &member.id)), member.title.clone())));
        let others =
            state.evidence.dossiers.iter().filter(|other| other.kind == id && other.id != dossier.id);
        all.extend(others.map(|other| one(Some(other.id.as_str()), other.title.clone())));
    }
    all
}

impl<'a> OutlookOut<'a> {
    fn of(outlook: &'a Outlook<'_>, policy: &'a Policy) -> OutlookOut<'a> {
        OutlookOut {
            entity: &outlook.fact.entity,
            phrase: &outlook.fact.phrase,
            standard: outlook.fact.standard.as_deref(),
            text: &outlook.fact.text,
            values: outlook.prospects.iter().map(|one| ProspectOut::of(one, policy)).collect(),
            cut_short: outlook.cut_short,
        }
    }
}

impl<'a> ProspectOut<'a> {
    fn of(prospect: &'a Prospect, policy: &'a Policy) -> ProspectOut<'a> {
        let then = prospect.outcomes.iter().filter_map(|(id, then)| {
            Some(ThenOut { assistance: &policy.assistance.find(*id)?.name, verdict: then.word() })
        });
        ProspectOut { text: &prospect.text, verdicts: then.collect() }
    }
}
