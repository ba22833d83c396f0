//! Translates a dossier from one vocabulary to another.

use crate::evidence::{About, Claim, Dossier, Member, Provenance, Statement, Target};
use crate::id::{FactId, Id, KindId};
use crate::policy::lexicon::key_of;
use crate::policy::{FactType, Vocabulary};
use crate::span::Span;
use std::collections::BTreeMap;

/// Returns a dossier in terms of another vocabulary; `None` if that lacks a fact, kind or value that the dossier uses.
/// Sources are kept only as text.
pub(crate) fn translated(dossier: &Dossier, from: &Vocabulary, to: &Vocabulary) -> Option<Dossier> {
    let kinds: BTreeMap<String, KindId> =
        to.kinds.iter().map(|(id, kind)| (key_of(&kind.name), id)).collect();
    let facts: BTreeMap<(KindId, String), FactId> =
        to.facts.iter().map(|(id, fact)| ((fact.kind, key_of(&fact.phrase)), id)).collect();
    let kind = |id: KindId| kinds.get(&key_of(&from.kinds.find(id)?.name)).copied();
    let target = |target: &Target| {
        Some(match target {
            Target::Only(of) => Target::Only(kind(*of)?),
            other => other.clone(),
        })
    };
    let mut statements = Vec::with_capacity(dossier.statements.len());
    for statement in &dossier.statements {
        let old = from.facts.find(statement.fact)?;
        let id = *facts.get(&(kind(old.kind)?, key_of(&old.phrase)))?;
        let new = to.facts.find(id)?;
        if new.definition.is_some() {
            return None;
        }
        let claim = match (&statement.claim, &old.r#type, &new.r#type) {
            (Claim::Values(bits), FactType::Choice(ours), FactType::Choice(theirs)) => {
                let mut mask = 0;
                for (_, value) in ours.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1) {
                    mask |= 1 << theirs.iter().position(|other| key_of(other) == key_of(value))?;
                }
                Claim::Values(mask)
            }
            (Claim::One(to), FactType::One(_), FactType::One(_)) => Claim::One(target(to)?),
            (Claim::NotOne(to), FactType::One(_), FactType::One(_)) => Claim::NotOne(target(to)?),
            (claim, FactType::YesNo, FactType::YesNo)
            | (claim, FactType::Number { .. }, FactType::Number { .. })
            | (claim, FactType::Date, FactType::Date)
            | (claim, FactType::Many(_), FactType::Many(_))
            | (claim @ (Claim::Unknown | Claim::Contested), _, _) => claim.clone(),
            _ => return None,
        };
        let about = match &statement.about {
            About::Only(of) => About::Only(kind(*of)?),
            other => other.clone(),
        };
        let source_title = statement
            .provenance
            .source
            .and_then(|id| from.sources.find(id))
            .map(|source| source.title.clone());
        let provenance = Provenance {
            source: None,
            lines: String::new(),
            attributed: source_title.or_else(|| statement.provenance.attributed.clone()),
            own: None,
            ..statement.provenance.clone()
        };
        statements.push(Statement { about, fact: id, claim, provenance, span: Span::default() });
    }
    // Sort statements in the order in which this vocabulary declares their facts, as in a dossier written for it.
    statements.sort_by_key(|statement| (matches!(statement.about, About::Member(_)), statement.fact.place()));
    let mut members = Vec::with_capacity(dossier.members.len());
    for member in &dossier.members {
        members.push(Member { kind: kind(member.kind)?, ..member.clone() });
    }
    Some(Dossier { kind: kind(dossier.kind)?, statements, members, ..dossier.clone() })
}
