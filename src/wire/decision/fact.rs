//! The items that the verdicts on one subject refer to, each once: facts, findings and changes about them, and
//! statements.

use super::super::provenance_json::ProvenanceOut;
use super::super::{claim_json, words};
use crate::decision::{Change, ChangeWord, FactRef, KnownFact};
use crate::evidence::Statement;
use crate::policy::Policy;
use crate::sorted::{SortedMap, SortedSet};
use serde::Serialize;
use serde_json::Value as Tree;
use std::borrow::Cow;

#[derive(Serialize)]
pub(super) struct FactOut<'a> {
    text: Cow<'a, str>,
    entity: &'a str,
    subject: &'a str,
    phrase: &'a str,
    standard: Option<&'a str>,
    question: &'a str,
    status: &'static str,
    statements: Vec<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    left_out: Vec<LeftOutOut>,
}

#[derive(Serialize)]
struct LeftOutOut {
    statement: usize,
    why: &'static str,
}

/// One statement.
#[derive(Serialize)]
pub(in crate::wire) struct StatementOut<'a> {
    about: String,
    fact: &'a str,
    value: Tree,
    text: String,
    #[serde(flatten)]
    from: ProvenanceOut<'a>,
}

#[derive(Serialize)]
pub(super) struct FindingOut<'a> {
    text: Cow<'a, str>,
    fact: Cow<'a, str>,
}

#[derive(Serialize)]
pub(super) struct ChangeOut<'a> {
    text: Cow<'a, str>,
    kind: &'static str,
    fact: Cow<'a, str>,
}

/// The items that the verdicts on one subject refer to, each once, in the order in which they are first used.
#[derive(Default)]
pub(super) struct Used<'a> {
    facts: Sentences<'a, &'a FactRef<'a>>,
    findings: Sentences<'a, Cow<'a, str>>,
    changes: Sentences<'a, (Cow<'a, str>, ChangeWord)>,
}

impl<'a> Used<'a> {
    /// Returns the sentence that identifies a fact.
    pub(super) fn fact(&mut self, fact: &'a FactRef<'a>) -> Cow<'a, str> {
        self.facts.name(Cow::Borrowed(&fact.text), fact, fact, |other| is_same(fact, other))
    }

    /// Returns the sentence that identifies what is known or presumed about a fact.
    pub(super) fn finding(&mut self, finding: &'a KnownFact<'a>) -> Cow<'a, str> {
        let of = self.fact(&finding.fact);
        self.findings.name(Cow::Borrowed(&finding.text), of.clone(), &finding.fact, |other| *other == of)
    }

    /// Returns the sentence that identifies a change.
    pub(super) fn change(&mut self, change: &'a Change<'a>) -> Cow<'a, str> {
        let item = (self.fact(&change.fact), change.word);
        self.changes.name(Cow::Borrowed(&change.text), item.clone(), &change.fact, |other| *other == item)
    }

    pub(super) fn findings(&self) -> Vec<FindingOut<'a>> {
        let entries = self.findings.entries.iter();
        entries.map(|(text, fact)| FindingOut { text: text.clone(), fact: fact.clone() }).collect()
    }

    pub(super) fn changes(&self) -> Vec<ChangeOut<'a>> {
        let entries = self.changes.entries.iter();
        entries
            .map(|(text, (fact, word))| ChangeOut {
                text: text.clone(),
                kind: words::change(*word),
                fact: fact.clone(),
            })
            .collect()
    }

    /// Returns the facts, and all statements about them, whether they count or not.
    pub(super) fn facts(&self) -> (Vec<FactOut<'a>>, Vec<&'a Statement>) {
        let mut used: Vec<&'a Statement> = Vec::new();
        let mut places: SortedMap<*const Statement, usize> = SortedMap::new();
        let mut facts = Vec::new();
        for (text, fact) in &self.facts.entries {
            let mut place = |statement: &'a Statement| {
                *places.entry(std::ptr::from_ref(statement)).or_insert_with(|| {
                    used.push(statement);
                    used.len() - 1
                })
            };
            let statements = fact.statements.iter().map(|statement| place(statement)).collect();
            let left_out = fact.left_out.iter().map(|(statement, why)| LeftOutOut {
                statement: place(statement),
                why: words::left_out(*why, &statement.provenance),
            });
            let left_out = left_out.collect();
            facts.push(FactOut {
                text: text.clone(),
                entity: &fact.entity,
                subject: &fact.subject,
                phrase: &fact.phrase,
                standard: fact.standard.as_deref(),
                question: &fact.question,
                status: words::status(fact.status),
                statements,
                left_out,
            });
        }
        (facts, used)
    }
}

/// Items that are identified by unique sentences.
struct Sentences<'a, T> {
    entries: Vec<(Cow<'a, str>, T)>,
    /// The indexes of the items whose original sentence is the key, whatever their unique sentence is.
    places: SortedMap<Cow<'a, str>, Vec<usize>>,
    taken: SortedSet<Cow<'a, str>>,
}

impl<T> Default for Sentences<'_, T> {
    fn default() -> Self {
        Sentences { entries: Vec::new(), places: SortedMap::new(), taken: SortedSet::new() }
    }
}

impl<'a, T> Sentences<'a, T> {
    /// Returns the unique sentence of an item. It is the item's own sentence. If another item has that sentence, the
    /// evidence standard of the fact, the entity or a number is appended.
    fn name(
        &mut self,
        sentence: Cow<'a, str>,
        item: T,
        fact: &FactRef<'_>,
        is: impl Fn(&T) -> bool,
    ) -> Cow<'a, str> {
        let places = self.places.entry(sentence.clone()).or_default();
        let mut found = places.iter().filter_map(|place| self.entries.get(*place));
        if let Some((name, _)) = found.find(|(_, other)| is(other)) {
            return name.clone();
        }
        let standard = fact.standard.as_ref().map_or_else(String::new, |standard| format!(" ({standard})"));
        let by_standard = format!("{sentence}{standard}");
        let by_entity = format!("{by_standard} ({})", fact.entity);
        let numbered = (2_u32..).map(|number| format!("{by_entity} ({number})"));
        let others = [by_standard, by_entity.clone()].into_iter().chain(numbered).map(Cow::Owned);
        let mut names = std::iter::once(sentence.clone()).chain(others);
        let name = names.find(|name| !self.taken.contains(name)).unwrap_or(sentence);
        places.push(self.entries.len());
        self.entries.push((name.clone(), item));
        self.taken.insert(name.clone());
        name
    }
}

/// Returns whether two facts are equal in every part.
fn is_same(one: &FactRef<'_>, other: &FactRef<'_>) -> bool {
    let statements = |fact: &FactRef<'_>| {
        fact.statements.iter().map(|statement| std::ptr::from_ref(*statement)).collect::<Vec<_>>()
    };
    let left_out = |fact: &FactRef<'_>| {
        fact.left_out
            .iter()
            .map(|(statement, why)| (std::ptr::from_ref(*statement), *why))
            .collect::<Vec<_>>()
    };
    (&one.text, &one.entity, &one.subject, &one.phrase, &one.standard, &one.question, one.status)
        == (
            &other.text,
            &other.entity,
            &other.subject,
            &other.phrase,
            &other.standard,
            &other.question,
            other.status,
        )
        && statements(one) == statements(other)
        && left_out(one) == left_out(other)
}

/// Returns a statement in the dossier of `owner`.
pub(in crate::wire) fn statement<'a>(
    statement: &'a Statement,
    owner: &str,
    policy: &'a Policy,
) -> StatementOut<'a> {
    let vocabulary = &policy.vocabulary;
    let fact = vocabulary.facts.find(statement.fact);
    StatementOut {
        about: words::about(&statement.about, owner, vocabulary),
        fact: fact.map_or("", |fact| &fact.phrase),
        value: fact
            .map_or(Tree::Null, |fact| claim_json::write(&statement.claim, &fact.r#type, owner, vocabulary)),
        text: words::statement(statement, vocabulary),
        from: ProvenanceOut::of(&statement.provenance, vocabulary),
    }
}
