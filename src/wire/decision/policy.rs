//! The parts of a policy that a decision refers to: rules, waivers, choices, obligations, concerns and sources.

use super::super::words;
use crate::policy::{Header, Level, Policy};
use crate::value::Date;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct PolicyOut<'a> {
    id: &'a str,
    version: &'a str,
    title: &'a str,
    authority: Option<&'a str>,
    in_force: bool,
    rules: Vec<RuleOut<'a>>,
    waivers: Vec<WaiverOut<'a>>,
    choices: Vec<ChoiceOut<'a>>,
    obligations: Vec<ObligationOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    concerns: Vec<ConcernOut<'a>>,
    sources: Vec<SourceOut<'a>>,
}

#[derive(Serialize)]
pub(in crate::wire) struct RuleOut<'a> {
    id: &'a str,
    title: &'a str,
    kind: &'static str,
    /// `None` in a decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<&'a str>,
    citations: Vec<CitationOut<'a>>,
    remedy: Option<&'a str>,
    /// `None` in a decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<&'a [String]>,
}

#[derive(Serialize)]
pub(in crate::wire) struct WaiverOut<'a> {
    id: &'a str,
    title: &'a str,
    granted_by: Option<&'a str>,
    citations: Vec<CitationOut<'a>>,
}

#[derive(Serialize)]
pub(in crate::wire) struct ChoiceOut<'a> {
    name: &'a str,
    title: &'a str,
    /// `None` in a decision, where the verdict has the remaining values.
    #[serde(skip_serializing_if = "Option::is_none")]
    values: Option<Vec<&'a str>>,
    /// `None` in a decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<&'a str>,
    citations: Vec<CitationOut<'a>>,
}

#[derive(Serialize)]
pub(in crate::wire) struct ObligationOut<'a> {
    id: &'a str,
    title: &'a str,
    who: Option<&'a str>,
    /// `None` in a decision, where the verdict has the due date.
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<DueOut>,
    citations: Vec<CitationOut<'a>>,
}

#[derive(Serialize)]
pub(in crate::wire) struct ConcernOut<'a> {
    id: &'a str,
    title: &'a str,
    level: Option<&'static str>,
    who: Option<&'a str>,
    /// `None` in a decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<&'a str>,
    citations: Vec<CitationOut<'a>>,
    remedy: Option<&'a str>,
    /// `None` in a decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<&'a [String]>,
}

/// When an obligation is due, or null if the policy does not say.
#[derive(Serialize)]
struct DueOut(Option<String>);

/// A place in a source document.
#[derive(Serialize)]
struct CitationOut<'a> {
    source: &'a str,
    lines: &'a str,
    basis: &'static str,
}

#[derive(Serialize)]
struct SourceOut<'a> {
    id: &'a str,
    title: &'a str,
}

impl<'a> PolicyOut<'a> {
    pub(super) fn new(policy: &'a Policy, day: Date) -> PolicyOut<'a> {
        PolicyOut {
            id: &policy.id,
            version: &policy.version,
            title: &policy.title,
            authority: policy.authority.as_deref(),
            in_force: policy.period.contains(day),
            rules: rules(policy, false),
            waivers: waivers(policy),
            choices: choices(policy, false),
            obligations: obligations(policy, false),
            concerns: concerns(policy, false),
            sources: policy
                .vocabulary
                .sources
                .iter()
                .map(|(_, source)| SourceOut { id: &source.id, title: &source.title })
                .collect(),
        }
    }
}

pub(in crate::wire) fn rules(policy: &Policy, with_words: bool) -> Vec<RuleOut<'_>> {
    policy
        .rules
        .iter()
        .map(|(_, rule)| RuleOut {
            id: &rule.header.id,
            title: &rule.header.title,
            kind: words::rule_kind(rule),
            words: with_words.then_some(&rule.header.words),
            citations: citations(&rule.header, policy),
            remedy: rule.header.remedy.as_deref(),
            notes: with_words.then_some(&rule.header.notes),
        })
        .collect()
}

pub(in crate::wire) fn waivers(policy: &Policy) -> Vec<WaiverOut<'_>> {
    policy
        .waivers
        .iter()
        .map(|(_, waiver)| WaiverOut {
            id: &waiver.header.id,
            title: &waiver.header.title,
            granted_by: waiver.granted_by.as_deref(),
            citations: citations(&waiver.header, policy),
        })
        .collect()
}

pub(in crate::wire) fn choices(policy: &Policy, whole: bool) -> Vec<ChoiceOut<'_>> {
    policy
        .choices
        .iter()
        .map(|choice| ChoiceOut {
            name: &choice.header.id,
            title: &choice.header.title,
            values: whole.then(|| choice.values().collect()),
            words: whole.then_some(choice.header.words.as_str()),
            citations: citations(&choice.header, policy),
        })
        .collect()
}

pub(in crate::wire) fn obligations(policy: &Policy, with_due: bool) -> Vec<ObligationOut<'_>> {
    policy
        .obligations
        .iter()
        .map(|obligation| ObligationOut {
            id: &obligation.header.id,
            title: &obligation.header.title,
            who: obligation.who.as_deref(),
            due: with_due.then(|| DueOut(obligation.due.map(words::due))),
            citations: citations(&obligation.header, policy),
        })
        .collect()
}

pub(in crate::wire) fn concerns(policy: &Policy, with_words: bool) -> Vec<ConcernOut<'_>> {
    policy
        .concerns
        .iter()
        .map(|concern| ConcernOut {
            id: &concern.header.id,
            title: &concern.header.title,
            level: concern.level.map(Level::word),
            who: concern.who.as_deref(),
            words: with_words.then_some(&concern.header.words),
            citations: citations(&concern.header, policy),
            remedy: concern.header.remedy.as_deref(),
            notes: with_words.then_some(&concern.header.notes),
        })
        .collect()
}

fn citations<'a>(header: &'a Header, policy: &'a Policy) -> Vec<CitationOut<'a>> {
    let sources = &policy.vocabulary.sources;
    header
        .cites
        .iter()
        .filter_map(|cited| {
            let source = sources.find(cited.source)?;
            let basis = if cited.stated { "stated" } else { "derived" };
            Some(CitationOut { source: &source.id, lines: &cited.lines, basis })
        })
        .collect()
}
