//! Writes the outline of a policy as JSON, for programs that ask questions with it: types of assistance, questions, and
//! the rules in the words of the policy.
//!
//! The format is published as [`POLICY_SCHEMA`](super::POLICY_SCHEMA), in which every field is documented.

use super::decision::policy::{
    ChoiceOut, ConcernOut, ObligationOut, RuleOut, WaiverOut, choices, concerns, obligations, rules, waivers,
};
use super::{POLICY_FORMAT, layout};
use crate::id::KindId;
use crate::policy::{Fact, FactType, Policy, Standard, Vocabulary};
use crate::sorted::SortedMap;
use serde::Serialize;

/// Writes the outline of a policy as one JSON object on one line.
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
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// let json = placet::wire::outline::write(&policy);
/// assert!(json.contains(r#""assistance":[{"name":"training","part_of":null,"means":null}]"#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write(policy: &Policy) -> String {
    layout::compact(&Outline::of(policy))
}

#[derive(Serialize)]
struct Outline<'a> {
    format: &'static str,
    engine: &'static str,
    id: &'a str,
    title: &'a str,
    version: &'a str,
    hash: &'a str,
    authority: Option<&'a str>,
    in_force: InForce,
    notes: &'a [String],
    about: Vec<&'a str>,
    assistance: Vec<AssistanceOut<'a>>,
    kinds: Vec<KindOut<'a>>,
    facts: Vec<FactOut<'a>>,
    sources: Vec<SourceOut<'a>>,
    standards: Vec<StandardOut<'a>>,
    rules: Vec<RuleOut<'a>>,
    waivers: Vec<WaiverOut<'a>>,
    choices: Vec<ChoiceOut<'a>>,
    obligations: Vec<ObligationOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    concerns: Vec<ConcernOut<'a>>,
    translations: Vec<TranslationOut<'a>>,
}

#[derive(Serialize)]
struct TranslationOut<'a> {
    language: &'a str,
    name: Option<&'a str>,
    texts: &'a SortedMap<String, String>,
}

#[derive(Serialize)]
struct InForce {
    from: Option<String>,
    until: Option<String>,
}

#[derive(Serialize)]
struct AssistanceOut<'a> {
    name: &'a str,
    part_of: Option<&'a str>,
    means: Option<&'a str>,
}

#[derive(Serialize)]
struct KindOut<'a> {
    name: &'a str,
    title: &'a str,
    only_one: bool,
}

#[derive(Serialize)]
struct FactOut<'a> {
    kind: &'a str,
    phrase: &'a str,
    r#type: TypeOut<'a>,
    question: Option<&'a str>,
    means: Option<&'a str>,
    presumed: Option<bool>,
    fixed: bool,
}

/// The type of a fact.
#[derive(Serialize)]
#[serde(tag = "kind")]
pub(super) enum TypeOut<'a> {
    #[serde(rename = "yes or no")]
    YesNo,
    #[serde(rename = "number")]
    Number { unit: &'a str },
    #[serde(rename = "date")]
    Date,
    #[serde(rename = "choice")]
    Choice { values: &'a [String] },
    #[serde(rename = "one")]
    One { of: Vec<&'a str> },
    #[serde(rename = "many")]
    Many { of: &'a str },
}

#[derive(Serialize)]
struct SourceOut<'a> {
    id: &'a str,
    title: &'a str,
    author: Option<&'a str>,
    date: Option<String>,
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct StandardOut<'a> {
    name: &'a str,
    rated: Option<String>,
    within: Option<String>,
    not_rivals: bool,
    not_subject: bool,
    not_interested: bool,
    not_promises: bool,
    ratings_on_the_way: bool,
    derived_from: Option<&'a str>,
}

impl<'a> Outline<'a> {
    fn of(policy: &'a Policy) -> Outline<'a> {
        let vocabulary = &policy.vocabulary;
        Outline {
            format: POLICY_FORMAT,
            engine: env!("CARGO_PKG_VERSION"),
            id: &policy.id,
            title: &policy.title,
            version: &policy.version,
            hash: &policy.hash,
            authority: policy.authority.as_deref(),
            in_force: InForce {
                from: policy.period.from.map(|day| day.to_string()),
                until: policy.period.until.map(|day| day.to_string()),
            },
            notes: &policy.notes,
            about: policy.about.iter().map(|kind| kind_name(*kind, policy)).collect(),
            assistance: policy
                .assistance
                .iter()
                .map(|(_, one)| AssistanceOut {
                    name: &one.name,
                    part_of: one
                        .parent
                        .and_then(|id| policy.assistance.find(id))
                        .map(|one| one.name.as_str()),
                    means: one.means.as_deref(),
                })
                .collect(),
            kinds: vocabulary
                .kinds
                .iter()
                .map(|(_, kind)| KindOut { name: &kind.name, title: &kind.title, only_one: kind.only_one })
                .collect(),
            // A defined fact cannot be stated.
            facts: vocabulary
                .facts
                .iter()
                .filter(|(_, fact)| fact.definition.is_none())
                .map(|(_, fact)| self::fact(fact, policy))
                .collect(),
            sources: vocabulary
                .sources
                .iter()
                .map(|(_, source)| SourceOut {
                    id: &source.id,
                    title: &source.title,
                    author: source.author.as_deref(),
                    date: source.date.map(|day| day.to_string()),
                    url: source.url.as_deref(),
                })
                .collect(),
            standards: vocabulary.standards.iter().map(|(_, one)| standard(one, vocabulary)).collect(),
            rules: rules(policy, true),
            waivers: waivers(policy),
            choices: choices(policy, true),
            obligations: obligations(policy, true),
            concerns: concerns(policy, true),
            translations: policy
                .translations
                .iter()
                .map(|one| TranslationOut {
                    language: &one.language,
                    name: one.name.as_deref(),
                    texts: &one.texts,
                })
                .collect(),
        }
    }
}

fn kind_name(kind: KindId, policy: &Policy) -> &str {
    policy.vocabulary.kinds.find(kind).map_or("", |kind| &kind.name)
}

fn fact<'a>(fact: &'a Fact, policy: &'a Policy) -> FactOut<'a> {
    FactOut {
        kind: kind_name(fact.kind, policy),
        phrase: &fact.phrase,
        r#type: type_of(fact, policy),
        question: fact.question.as_deref(),
        means: fact.means.as_deref(),
        presumed: fact.presumed,
        fixed: fact.fixed,
    }
}

/// Returns the type of a fact.
pub(super) fn type_of<'a>(fact: &'a Fact, policy: &'a Policy) -> TypeOut<'a> {
    match &fact.r#type {
        FactType::YesNo => TypeOut::YesNo,
        FactType::Number { unit } => TypeOut::Number { unit },
        FactType::Date => TypeOut::Date,
        FactType::Choice(values) => TypeOut::Choice { values },
        FactType::One(kinds) => {
            TypeOut::One { of: kinds.iter().map(|kind| kind_name(*kind, policy)).collect() }
        }
        FactType::Many(kind) => TypeOut::Many { of: kind_name(*kind, policy) },
    }
}

fn standard<'a>(standard: &'a Standard, vocabulary: &'a Vocabulary) -> StandardOut<'a> {
    let declared = standard.derived_from.and_then(|id| vocabulary.standards.find(id));
    StandardOut {
        name: &standard.name,
        rated: standard.rated.map(|grade| grade.to_string()),
        within: standard.within.map(|length| length.to_string()),
        not_rivals: standard.not_rivals,
        not_subject: standard.not_subject,
        not_interested: standard.not_interested,
        not_promises: standard.not_promises,
        ratings_on_the_way: standard.ratings_on_the_way,
        derived_from: declared.map(|declared| declared.name.as_str()),
    }
}
