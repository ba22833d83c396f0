//! The vocabulary's names as data files write them: kinds, only-one things, facts, sources.

use super::problem::{self, Problem};
use crate::evidence::Target;
use crate::id::{FactId, KindId, SourceId};
pub(super) use crate::policy::names::{columns, same};
use crate::policy::{Fact, Vocabulary};
use crate::span::Span;
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// What is said of a number above [`LARGEST_NUMBER`](crate::syntax::LARGEST_NUMBER).
pub(super) const LARGEST: &str = "the largest number there can be is 1,000,000,000,000,000";

/// The most characters an id may have.
const LONGEST_ID: usize = 1_000;

/// The names of a vocabulary, upper and lower case being the same.
#[derive(Debug)]
pub(super) struct Names<'v> {
    pub(super) vocabulary: &'v Vocabulary,
    kinds: BTreeMap<String, KindId>,
    facts: BTreeMap<(KindId, String), FactId>,
    sources: BTreeMap<String, SourceId>,
    /// The facts by every name that a column may have, once they are asked for.
    columns: OnceCell<BTreeMap<String, Vec<FactId>>>,
}

impl<'v> Names<'v> {
    pub(super) fn of(vocabulary: &'v Vocabulary) -> Names<'v> {
        Names {
            vocabulary,
            kinds: vocabulary.kinds.iter().map(|(id, kind)| (same(&kind.name), id)).collect(),
            facts: vocabulary.facts.iter().map(|(id, fact)| ((fact.kind, same(&fact.phrase)), id)).collect(),
            sources: vocabulary.sources.iter().map(|(id, source)| (source.id.to_lowercase(), id)).collect(),
            columns: OnceCell::new(),
        }
    }

    /// The facts by every name that a column of a table, or a key of a record, may have.
    pub(super) fn columns(&self) -> &BTreeMap<String, Vec<FactId>> {
        self.columns.get_or_init(|| columns(self.vocabulary))
    }

    /// The kind of a name.
    pub(super) fn kind(&self, name: &str, span: Span) -> Result<KindId, Problem> {
        self.kinds.get(&same(name)).copied().ok_or_else(|| {
            let known = self.vocabulary.kinds.iter().map(|(_, kind)| kind.name.as_str());
            problem::unknown_name(span, "kind", name, known)
        })
    }

    /// The thing there is only one of that a text names: `the unity government`.
    pub(super) fn only_one(&self, text: &str) -> Option<KindId> {
        let name = same(text);
        let kind = *self.kinds.get(name.strip_prefix("the ")?)?;
        self.vocabulary.kinds.find(kind).filter(|kind| kind.only_one).map(|_| kind)
    }

    /// The fact of a kind by its phrase; a defined one is an error, since nobody states it.
    pub(super) fn fact(&self, kind: KindId, phrase: &str, span: Span) -> Result<(FactId, &'v Fact), Problem> {
        let found = self.find(kind, phrase);
        let Some((id, fact)) = found.and_then(|id| Some((id, self.vocabulary.facts.find(id)?))) else {
            let known = self.phrases(kind);
            let owner = self.vocabulary.kinds.find(kind).map_or("", |kind| &kind.name);
            let what = format!("fact of a {owner}");
            return Err(problem::unknown_name(span, &what, phrase, known.iter().copied()));
        };
        if fact.definition.is_some() { Err(problem::defined(span, &fact.phrase)) } else { Ok((id, fact)) }
    }

    /// The fact of a kind by its phrase, where there is one.
    pub(super) fn find(&self, kind: KindId, phrase: &str) -> Option<FactId> {
        self.facts.get(&(kind, same(phrase))).copied()
    }

    /// The phrases of the facts of a kind that can be stated.
    pub(super) fn phrases(&self, kind: KindId) -> Vec<&'v str> {
        let facts = self.vocabulary.facts.iter().map(|(_, fact)| fact);
        facts
            .filter(|fact| fact.kind == kind && fact.definition.is_none())
            .map(|fact| fact.phrase.as_str())
            .collect()
    }

    /// The declared source of an id.
    pub(super) fn source(&self, id: &str, span: Span) -> Result<SourceId, Problem> {
        self.sources.get(id).copied().ok_or_else(|| {
            problem::unknown_name(span, "declared source", id, self.sources.keys().map(String::as_str))
        })
    }

    /// The declared source of an id, where there is one.
    pub(super) fn declared(&self, id: &str) -> Option<SourceId> {
        self.sources.get(&id.to_lowercase()).copied()
    }

    /// Whom a relation leads to: an id, or `the national command`.
    pub(super) fn target(&self, text: &str, span: Span) -> Result<Target, Problem> {
        if let Some(kind) = self.only_one(text) {
            return Ok(Target::Only(kind));
        }
        if is_id(text) {
            return Ok(Target::Named(text.to_lowercase()));
        }
        if text.chars().nth(LONGEST_ID).is_some() {
            return Err(not_id(text, span));
        }
        Err(problem::wrong_value(
            span,
            format!("\"{text}\" is neither an id nor a thing there is only one of"),
            "an id has letters, digits, \".\", \"-\" and \"_\", and no space",
        ))
    }
}

/// Whether a text can be an id: letters, digits, `.`, `-` and `_`.
///
/// # Example
/// ```
/// use placet::wire::is_id;
///
/// assert!(is_id("misrata-battalion") && !is_id("Misrata Battalion"));
/// ```
pub fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text.chars().nth(LONGEST_ID).is_none()
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'))
}

/// Why a text cannot be an id.
pub(super) fn not_id(text: &str, span: Span) -> Problem {
    if text.chars().nth(LONGEST_ID).is_some() {
        return problem::wrong_value(span, "this id is too long", "an id has at most 1,000 characters");
    }
    let help = "an id has letters, digits, \".\", \"-\" and \"_\", and no space";
    problem::wrong_value(span, format!("\"{text}\" is not an id"), help)
}
