//! Reads and writes dossiers as JSON: one object, a list of objects, or one object per line, typed by the vocabulary.
//!
//! An object is a dossier with a list of statements, or a flat record (`record_json`). The format is published as
//! [`DOSSIER_SCHEMA`](super::DOSSIER_SCHEMA). Every error in a file is reported at its place.

mod statement;
mod write;

use crate::sorted::SortedSet;
use crate::text::Ids;
pub use write::{text, write};

use super::Read;
use super::json::{Json, Value};
use super::json_reader::{DOSSIER, JsonReader, opening};
use super::names::Names;
use super::problem;
use super::record_json::is_record;
use crate::evidence::{About, Dossier, MOST_STATEMENTS, Member, Statement};
use crate::id::KindId;
use crate::policy::Vocabulary;
use crate::span::{FileId, Span};
use serde_json::value::RawValue;

const MEMBER: [&str; 4] = ["id", "kind", "title", "statements"];

/// Reads a file with one dossier or a list of dossiers.
///
/// `about` are the kinds that a policy decides about. If there is only one, a dossier need not name its kind.
///
/// # Errors
/// Errors are in [`Read::problems`]. A dossier with an error in its id or kind is left out.
///
/// # Example
/// ```
/// use placet::{span::FileId, wire::dossier_json};
/// # let text = "kind group\n  is neutral : yes or no\n  headcount : number of fighters\n";
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let vocabulary = placet::policy::resolve(&bundle).vocabulary;
///
/// let text = r#"{"id": "unit", "about": "group", "statements": [{"fact": "is nuetral", "value": true}]}"#;
/// let read = dossier_json::read(FileId(0), text, &vocabulary, &[]);
/// assert_eq!(read.problems[0].help.as_deref(), Some("did you mean \"is neutral\"?"));
/// ```
pub fn read(file: FileId, text: &str, vocabulary: &Vocabulary, about: &[KindId]) -> Read {
    let names = Names::of(vocabulary);
    let mut reader = JsonReader::new(file, text, &names, about);
    match reader.origin.whole(skip_mark(text)) {
        Ok(raw) => match reader.origin.items(raw) {
            Some(items) => items.into_iter().for_each(|item| reader.add(item)),
            None => reader.add(raw),
        },
        Err(problem) => reader.problems.push(problem),
    }
    reader.finish()
}

/// Reads a file with one dossier per line (NDJSON). Blank lines are ignored.
///
/// # Errors
/// Same as for [`read`]. A line that is not JSON does not prevent the following lines from being read.
///
/// # Example
/// ```
/// use placet::{span::FileId, wire::dossier_json};
/// # let text = "kind group\n  is neutral : yes or no\n  headcount : number of fighters\n";
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let vocabulary = placet::policy::resolve(&bundle).vocabulary;
///
/// let lines = "{\"id\": \"one\"}\n\n{\"id\": \"two\"}\n";
/// let about: Vec<_> = vocabulary.kinds.ids().collect();
/// let read = dossier_json::read_lines(FileId(0), lines, &vocabulary, &about);
/// assert_eq!(read.dossiers.len(), 2);
/// ```
pub fn read_lines(file: FileId, text: &str, vocabulary: &Vocabulary, about: &[KindId]) -> Read {
    let names = Names::of(vocabulary);
    let mut reader = JsonReader::new(file, text, &names, about);
    for line in skip_mark(text).split('\n').filter(|line| !line.trim().is_empty()) {
        match reader.origin.whole(line) {
            Ok(raw) => reader.add(raw),
            Err(problem) => reader.problems.push(problem),
        }
        if reader.problems.full() {
            break;
        }
    }
    reader.finish()
}

/// Reads one line with one dossier, with names that are already collected.
pub(super) fn read_line(line: &str, names: &Names<'_>, about: &[KindId]) -> Read {
    let mut reader = JsonReader::new(FileId(0), line, names, about);
    match reader.origin.whole(line) {
        Ok(raw) => reader.add(raw),
        Err(problem) => reader.problems.push(problem),
    }
    reader.finish()
}

/// Returns the text without the byte order mark that some programs write.
pub(super) fn skip_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

impl<'a> JsonReader<'a> {
    fn add(&mut self, raw: &'a RawValue) {
        if self.problems.full() {
            return;
        }
        let json = self.origin.tree(raw, &mut self.problems);
        if is_entity(&json) {
            let help = "convert it to an object with its \"id\" and the facts of the vocabulary, such as \"is listed\": true";
            let message = "FollowTheMoney entities are not supported";
            return self.problems.push(problem::wrong_value(opening(json.span), message, help));
        }
        let dossier = match &json.value {
            Value::Object(members) if is_record(members) => self.record(json.span, members),
            _ => self.dossier(&json),
        };
        self.dossiers.extend(dossier);
    }

    /// Reads one dossier. Returns `None` if it has no id or no kind, since nothing in it can be used then.
    fn dossier(&mut self, json: &Json) -> Option<Dossier> {
        let object = self.object(json, &DOSSIER, "a dossier")?;
        let head = self.head(&object);
        let mut members: Vec<Member> = Vec::new();
        let mut statements = Vec::new();
        let mut inside: Vec<(About, KindId, Option<&Json>)> = Vec::new();
        let mut known: Ids<(KindId, Span)> = Ids::default();
        for json in self.list(object.get("members")) {
            let Some(object) = self.object(json, &MEMBER, "a member") else { continue };
            let id = self.id(&object);
            let kind = self.needed(&object, "kind", "add \"kind\" with the kind of the member");
            let kind = kind.and_then(|json| self.kind(json));
            let title = object.get("title").and_then(|json| self.text(json));
            let (Some(id), Some(kind)) = (id, kind) else { continue };
            if let Some((_, first)) = known.exact(&id) {
                let problem = problem::repeated(opening(json.span), *first, &format!("member \"{id}\""));
                self.problems.push(problem);
                continue;
            }
            known.add(&id, (kind, opening(json.span)));
            inside.push((About::Member(id.clone()), kind, object.get("statements")));
            members.push(Member { title: title.unwrap_or_else(|| id.clone()), id, kind });
        }
        let mut dossier = head?;
        let about = self.subject(dossier.kind);
        self.statements(object.get("statements"), (&about, dossier.kind), &known, &mut statements);
        for (about, kind, list) in inside {
            self.statements(list, (&about, kind), &known, &mut statements);
        }
        own_members(&dossier.id, &mut members, &mut statements);
        if statements.len() > MOST_STATEMENTS {
            self.problems.push(problem::too_many(
                opening(json.span),
                "statements about one subject",
                MOST_STATEMENTS,
            ));
        }
        (dossier.statements, dossier.members) = (statements, members);
        Some(dossier)
    }
}

/// Gives members written in place their ids in the case, `DOSSIER/MEMBER`, since two dossiers can use the same member
/// id.
fn own_members(owner: &str, members: &mut [Member], statements: &mut [Statement]) {
    let local: SortedSet<String> = members.iter().map(|member| member.id.clone()).collect();
    let rename = |id: &mut String| {
        if local.contains(id) {
            *id = format!("{owner}/{id}");
        }
    };
    members.iter_mut().for_each(|member| rename(&mut member.id));
    for statement in statements {
        if let About::Member(id) = &mut statement.about {
            rename(id);
        }
        statement.claim.named_mut().iter_mut().for_each(rename);
    }
}

/// Returns whether an object is a FollowTheMoney entity.
fn is_entity(json: &Json) -> bool {
    let Value::Object(members) = &json.value else { return false };
    ["id", "schema", "properties"].iter().all(|key| members.iter().any(|(name, _)| name.value == *key))
}
