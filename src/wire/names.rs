//! The names of the vocabulary as data files write them: kinds, entities of `only one` kinds, facts and sources.

use super::problem::{self, Problem};
use crate::evidence::Target;
use crate::id::{FactId, KindId, SourceId};
use crate::policy::names::columns;
pub(super) use crate::policy::names::name_key;
use crate::policy::{Fact, Vocabulary};
use crate::sorted::SortedMap;
use crate::span::Span;
pub(super) use crate::text::is_id;
use crate::text::{LONGEST_ID, fold, no_id};
use std::cell::OnceCell;

/// The error text for a number above [`LARGEST_NUMBER`](crate::syntax::LARGEST_NUMBER).
pub(super) const LARGEST: &str = "the largest possible number is 1,000,000,000,000,000";

/// The names of a vocabulary. Comparisons ignore case.
#[derive(Debug)]
pub(super) struct Names<'v> {
    pub(super) vocabulary: &'v Vocabulary,
    kinds: SortedMap<String, KindId>,
    facts: SortedMap<(KindId, String), FactId>,
    sources: SortedMap<String, SourceId>,
    /// The facts by every name that a column can have, built on first use.
    columns: OnceCell<SortedMap<String, Vec<FactId>>>,
}

impl<'v> Names<'v> {
    pub(super) fn of(vocabulary: &'v Vocabulary) -> Names<'v> {
        Names {
            vocabulary,
            kinds: vocabulary.kinds.iter().map(|(id, kind)| (name_key(&kind.name), id)).collect(),
            facts: vocabulary
                .facts
                .iter()
                .map(|(id, fact)| ((fact.kind, name_key(&fact.phrase)), id))
                .collect(),
            sources: vocabulary
                .sources
                .iter()
                .map(|(id, source)| (fold(&source.id).into_owned(), id))
                .collect(),
            columns: OnceCell::new(),
        }
    }

    /// Returns the facts by every name that a column of a table, or a key of a record, can have.
    pub(super) fn columns(&self) -> &SortedMap<String, Vec<FactId>> {
        self.columns.get_or_init(|| columns(self.vocabulary))
    }

    /// Returns the fact that a key names in a record about a kind: a fact of this kind or of an `only one` kind.
    pub(super) fn of_key(&self, kind: KindId, key: &str) -> Option<FactId> {
        let is_statable = |fact: &FactId| {
            let owner = self.vocabulary.facts[*fact].kind;
            owner == kind || self.vocabulary.kinds[owner].only_one
        };
        let facts = self.columns().get(&name_key(key)).into_iter().flatten();
        facts.copied().find(is_statable).or_else(|| self.find(kind, key))
    }

    /// Returns the kind with a name.
    pub(super) fn kind(&self, name: &str, span: Span) -> Result<KindId, Problem> {
        self.kinds.get(&name_key(name)).copied().ok_or_else(|| {
            let known = self.vocabulary.kinds.iter().map(|(_, kind)| kind.name.as_str());
            problem::unknown_name(span, "kind", name, known)
        })
    }

    /// Returns the `only one` kind that a text such as `the unity government` names.
    pub(super) fn only_one(&self, text: &str) -> Option<KindId> {
        let name = name_key(text);
        let kind = *self.kinds.get(name.strip_prefix("the ")?)?;
        self.vocabulary.kinds.find(kind).filter(|kind| kind.only_one).map(|_| kind)
    }

    /// Returns the fact of a kind with a phrase. A defined fact is an error, since it cannot be stated.
    pub(super) fn fact(&self, kind: KindId, phrase: &str, span: Span) -> Result<(FactId, &'v Fact), Problem> {
        self.stated(self.find(kind, phrase), (kind, phrase, span), &[])
    }

    /// Returns the fact that was found by a name for a kind, or why it cannot be stated: there is none, or it is
    /// defined. `others` are other names that are possible there.
    pub(super) fn stated(
        &self,
        found: Option<FactId>,
        (kind, name, span): (KindId, &str, Span),
        others: &[&[&str]],
    ) -> Result<(FactId, &'v Fact), Problem> {
        let Some((id, fact)) = found.and_then(|id| Some((id, self.vocabulary.facts.find(id)?))) else {
            let known = self.phrases(kind);
            let known = known.iter().chain(others.iter().copied().flatten()).copied();
            let owner = self.vocabulary.kinds.find(kind).map_or("", |kind| &kind.name);
            return Err(problem::unknown_name(span, &format!("fact of a {owner}"), name, known));
        };
        if fact.definition.is_some() { Err(problem::defined(span, &fact.phrase)) } else { Ok((id, fact)) }
    }

    /// Returns the fact of a kind with a phrase, if there is one.
    pub(super) fn find(&self, kind: KindId, phrase: &str) -> Option<FactId> {
        self.facts.get(&(kind, name_key(phrase))).copied()
    }

    /// Returns the phrases of the facts of a kind that can be stated.
    pub(super) fn phrases(&self, kind: KindId) -> Vec<&'v str> {
        let facts = self.vocabulary.facts.iter().map(|(_, fact)| fact);
        facts
            .filter(|fact| fact.kind == kind && fact.definition.is_none())
            .map(|fact| fact.phrase.as_str())
            .collect()
    }

    /// Returns the declared source with an id.
    pub(super) fn source(&self, id: &str, span: Span) -> Result<SourceId, Problem> {
        self.declared(id)
            .ok_or_else(|| problem::unknown_name(span, "source", id, self.sources.keys().map(String::as_str)))
    }

    /// Returns the declared source with an id, if there is one.
    pub(super) fn declared(&self, id: &str) -> Option<SourceId> {
        self.sources.get(fold(id).as_ref()).copied()
    }

    /// Returns the target of a relation: an id, or a text such as `the national command`.
    pub(super) fn target(&self, text: &str, span: Span) -> Result<Target, Problem> {
        if let Some(kind) = self.only_one(text) {
            return Ok(Target::Only(kind));
        }
        if is_id(text) {
            return Ok(Target::Named(text.to_owned()));
        }
        if text.chars().nth(LONGEST_ID).is_some() {
            return Err(not_id(text, span));
        }
        let message = format!("{} is neither an id nor an `only one` entity", problem::shown(text));
        Err(problem::wrong_value(span, message, no_id(text).map(|why| why.to_string()).unwrap_or_default()))
    }
}

/// Reports why a text cannot be an id.
pub(super) fn not_id(text: &str, span: Span) -> Problem {
    let why = no_id(text).map(|why| why.to_string()).unwrap_or_default();
    if text.chars().nth(LONGEST_ID).is_some() {
        return problem::wrong_value(span, "this id is too long", why);
    }
    problem::wrong_value(span, format!("{} is not an id", problem::shown(text)), why)
}
