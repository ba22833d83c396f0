//! Writes dossiers as JSON.

use super::super::DOSSIER_FORMAT;
use super::super::claim_json::{self, own_id};
use super::super::provenance_json::ProvenanceOut;
use super::super::{json_out, words};
use crate::evidence::{About, Dossier, Statement};
use crate::id::KindId;
use crate::policy::Vocabulary;
use crate::sorted::SortedMap;
use serde::Serialize;
use serde_json::{Value, json};

/// Writes a dossier as one JSON object, which [`read`](super::read) reads back.
///
/// # Example
/// ```
/// use placet::{span::FileId, wire::dossier_json};
/// # let text = "kind group\n  is neutral : yes or no\n  headcount : number of fighters\n";
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let vocabulary = placet::policy::resolve(&bundle).vocabulary;
///
/// let text = r#"{"id": "unit", "about": "group", "statements": [{"fact": "headcount", "value": {"at_least": 200}}]}"#;
/// let read = dossier_json::read(FileId(0), text, &vocabulary, &[]);
/// let written = dossier_json::write(&read.dossiers[0], &vocabulary);
/// assert_eq!(written["statements"][0]["value"]["at_least"], 200);
/// ```
pub fn write(dossier: &Dossier, vocabulary: &Vocabulary) -> Value {
    let mut own: Vec<Value> = Vec::new();
    let mut inside: SortedMap<&str, Vec<Value>> =
        dossier.members.iter().map(|member| (member.id.as_str(), Vec::new())).collect();
    for statement in &dossier.statements {
        let place = match &statement.about {
            About::Member(id) => inside.get_mut(id.as_str()).unwrap_or(&mut own),
            _ => &mut own,
        };
        place.push(write_statement(statement, &dossier.id, vocabulary));
    }
    let kind = |id: KindId| vocabulary.kinds.find(id).map(|kind| kind.name.clone());
    let members: Vec<Value> = dossier
        .members
        .iter()
        .map(|member| {
            let own = inside.remove(member.id.as_str()).unwrap_or_default();
            json!({ "id": own_id(&dossier.id, &member.id), "kind": kind(member.kind), "title": member.title, "statements": own })
        })
        .collect();
    let identifiers: Vec<Value> = dossier
        .identifiers
        .iter()
        .map(|(scheme, value)| json!({ "scheme": scheme, "value": value }))
        .collect();
    // Data formats have only the policy's vocabulary: statements in the dossier's own vocabulary become notes.
    let mut notes = dossier.notes.clone();
    let unused = dossier.unused.statements.iter();
    notes.extend(
        unused.map(|statement| format!("Not used by the policy: {}", words::unused(statement, vocabulary))),
    );
    json!({
        "format": DOSSIER_FORMAT,
        "id": dossier.id,
        "title": dossier.title,
        "about": kind(dossier.kind),
        "as_of": dossier.as_of.map(|date| date.to_string()),
        "known_as": dossier.known_as,
        "identifiers": identifiers,
        "notes": notes,
        "uses": dossier.uses,
        "statements": own,
        "members": members,
    })
}

/// Writes a dossier as the text of a file, over several lines.
///
/// # Example
/// ```
/// use placet::{span::FileId, wire::dossier_json};
/// # let text = "kind group\n  is neutral : yes or no\n";
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let vocabulary = placet::policy::resolve(&bundle).vocabulary;
///
/// let read = dossier_json::read(FileId(0), r#"{"id": "unit", "about": "group"}"#, &vocabulary, &[]);
/// let text = dossier_json::text(&read.dossiers[0], &vocabulary);
/// assert!(text.contains("\"id\": \"unit\""));
/// ```
pub fn text(dossier: &Dossier, vocabulary: &Vocabulary) -> String {
    json_out::pretty(&write(dossier, vocabulary))
}

/// A statement. One that is about a member is nested in this member.
#[derive(Serialize)]
struct StatementOut<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<String>,
    fact: &'a str,
    value: Value,
    #[serde(flatten)]
    from: ProvenanceOut<'a>,
}

fn write_statement(statement: &Statement, owner: &str, vocabulary: &Vocabulary) -> Value {
    let fact = vocabulary.facts.find(statement.fact);
    let value = fact.map(|fact| claim_json::write(&statement.claim, &fact.r#type, owner, vocabulary));
    json!(StatementOut {
        about: match &statement.about {
            About::Only(kind) => vocabulary.kinds.find(*kind).map(|kind| format!("the {}", kind.name)),
            About::Subject | About::Member(_) => None,
        },
        fact: fact.map_or("", |fact| &fact.phrase),
        value: value.unwrap_or_default(),
        from: ProvenanceOut::of(&statement.provenance, vocabulary),
    })
}
