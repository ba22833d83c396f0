//! The parts of a policy that a decision refers to: rules, waivers, choices, obligations and sources.

use super::super::words;
use crate::policy::{Citation, Policy, Rule};
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
    sources: Vec<SourceOut<'a>>,
}

#[derive(Serialize)]
struct RuleOut<'a> {
    id: &'a str,
    title: &'a str,
    kind: &'static str,
    citations: Vec<CitationOut<'a>>,
    remedy: Option<&'a str>,
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

/// When an obligation is due, or null if the policy does not say.
#[derive(Serialize)]
struct DueOut(Option<String>);

/// A place in a source document.
#[derive(Serialize)]
pub(in crate::wire) struct CitationOut<'a> {
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
            rules: policy.rules.iter().map(|(_, rule)| self::rule(rule, policy)).collect(),
            waivers: waivers(policy),
            choices: choices(policy, false),
            obligations: obligations(policy, false),
            sources: policy
                .vocabulary
                .sources
                .iter()
                .map(|(_, source)| SourceOut { id: &source.id, title: &source.title })
                .collect(),
        }
    }
}

fn rule<'a>(rule: &'a Rule, policy: &'a Policy) -> RuleOut<'a> {
    RuleOut {
        id: &rule.id,
        title: &rule.title,
        kind: words::rule_kind(rule),
        citations: citations(&rule.cites, policy),
        remedy: rule.remedy.as_deref(),
    }
}

pub(in crate::wire) fn waivers(policy: &Policy) -> Vec<WaiverOut<'_>> {
    policy
        .waivers
        .iter()
        .map(|(_, waiver)| WaiverOut {
            id: &waiver.id,
            title: &waiver.title,
            granted_by: waiver.granted_by.as_deref(),
            citations: citations(&waiver.cites, policy),
        })
        .collect()
}

pub(in crate::wire) fn choices(policy: &Policy, with_values: bool) -> Vec<ChoiceOut<'_>> {
    policy
        .choices
        .iter()
        .map(|choice| ChoiceOut {
            name: &choice.name,
            title: &choice.title,
            values: with_values.then(|| {
                let branches = choice.branches.iter().map(|(value, _)| value.as_str());
                branches.chain([choice.otherwise.as_str()]).collect()
            }),
            citations: citations(&choice.cites, policy),
        })
        .collect()
}

pub(in crate::wire) fn obligations(policy: &Policy, with_due: bool) -> Vec<ObligationOut<'_>> {
    policy
        .obligations
        .iter()
        .map(|obligation| ObligationOut {
            id: &obligation.id,
            title: &obligation.title,
            who: obligation.who.as_deref(),
            due: with_due.then(|| DueOut(obligation.due.map(words::due))),
            citations: citations(&obligation.cites, policy),
        })
        .collect()
}

/// Returns the citations of a rule or another block.
pub(in crate::wire) fn citations<'a>(cites: &'a [Citation], policy: &'a Policy) -> Vec<CitationOut<'a>> {
    let sources = &policy.vocabulary.sources;
    cites
        .iter()
        .filter_map(|cited| {
            let source = sources.find(cited.source)?;
            let basis = if cited.stated { "stated" } else { "derived" };
            Some(CitationOut { source: &source.id, lines: &cited.lines, basis })
        })
        .collect()
}
