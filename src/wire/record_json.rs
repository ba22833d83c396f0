//! Reads flat records: a subject as one JSON object whose keys are phrases of the vocabulary, such as rows from a
//! database.
//!
//! `{"id": "unit", "is neutral": true, "headcount": 120}` is equivalent to a dossier with these statements. A value is
//! what the `value` of a statement can be. Null is no statement. The provenance is given once, for all statements.

use super::claim_json;
use super::json::Json;
use super::json_reader::{DOSSIER, JsonReader, Object};
use super::problem;
use super::provenance_json::PROVENANCE;
use crate::evidence::{About, Dossier, Statement};
use crate::id::{FactId, KindId};
use crate::sorted::SortedMap;
use crate::span::{Span, Spanned};

type Members = [(Spanned<String>, Json)];

/// Returns whether an object is a flat record: it has neither statements nor members, and at least one key that a
/// dossier does not have.
pub(super) fn is_record(members: &Members) -> bool {
    let is = |key: &str| members.iter().any(|(name, _)| name.value == key);
    !is("statements")
        && !is("members")
        && members.iter().any(|(name, _)| !DOSSIER.contains(&name.value.as_str()))
}

impl JsonReader<'_> {
    /// Reads a flat record. Returns `None` if it has no id or no kind.
    pub(super) fn record(&mut self, span: Span, members: &Members) -> Option<Dossier> {
        let (own, facts): (Vec<_>, Vec<_>) = members.iter().partition(|(name, _)| {
            let name = name.value.as_str();
            DOSSIER.contains(&name) || PROVENANCE.contains(&name)
        });
        let object = Object { span, members: own };
        let repeated = (0..object.members.len()).filter_map(|place| object.repeated(place));
        repeated.for_each(|problem| self.problems.push(problem));
        let head = self.head(&object);
        let provenance = self.provenance(&object);
        let mut dossier = head?;
        let mut seen: SortedMap<FactId, &Spanned<String>> = SortedMap::new();
        for (key, json) in facts {
            if self.problems.full() {
                break;
            }
            let Some((about, fact)) = self.key(dossier.kind, key) else { continue };
            if let Some(first) = seen.get(&fact) {
                self.problems.push(match first.value == key.value {
                    true => claim_json::repeated_key(key, first),
                    false => problem::same_fact(key.span, first.span, "key", [&first.value, &key.value]),
                });
                continue;
            }
            seen.insert(fact, key);
            if json.is_null() {
                continue;
            }
            let declared = &self.names.vocabulary.facts[fact];
            let claim = claim_json::read(json, declared, self.names);
            if let Some(claim) = self.keep(claim) {
                let provenance = provenance.clone();
                dossier.statements.push(Statement { about, fact, claim, provenance, span: json.span });
            }
        }
        Some(dossier)
    }

    /// Returns the fact that a key names, and the entity that it belongs to.
    fn key(&mut self, kind: KindId, key: &Spanned<String>) -> Option<(About, FactId)> {
        let found = self.names.of_key(kind, &key.value);
        let others: [&[&str]; 2] = [&DOSSIER, &PROVENANCE];
        let stated = self.names.stated(found, (kind, &key.value, key.span), &others);
        let (fact, declared) = self.keep(stated)?;
        let about = if declared.kind == kind { self.subject(kind) } else { About::Only(declared.kind) };
        Some((about, fact))
    }
}
