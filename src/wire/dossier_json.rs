//! Reads and writes dossiers as JSON: one object, a list of objects, or one object per line, typed by the vocabulary.
//!
//! An object is a dossier with a list of statements, or a flat record (`record_json`). The format is published as
//! [`DOSSIER_SCHEMA`](super::DOSSIER_SCHEMA). Every error in a file is reported at its place.

mod statement;
mod write;

use crate::text::Ids;
pub use write::{text, write};

use super::claim_json;
use super::json::{Json, Origin, Value};
use super::names::Names;
use super::problem::{self, Problem, Problems};
use super::record_json::is_record;
use super::{DOSSIER_FORMAT, Read, about_of};
use crate::evidence::{About, Claim, Dossier, MOST_STATEMENTS, Member, Statement, Target, Unasked};
use crate::id::KindId;
use crate::policy::Vocabulary;
use crate::span::{FileId, Span, Spanned};
use crate::value::{Date, Grade};
use serde_json::value::RawValue;
use std::collections::BTreeSet;

pub(super) const DOSSIER: [&str; 11] = [
    "format",
    "id",
    "title",
    "about",
    "as_of",
    "known_as",
    "identifiers",
    "notes",
    "uses",
    "statements",
    "members",
];
const MEMBER: [&str; 4] = ["id", "kind", "title", "statements"];

/// The keys of the provenance of a statement or, in a flat record, of all its statements.
pub(super) const PROVENANCE: [&str; 9] =
    ["source", "lines", "told", "rival", "subject", "interested", "promise", "grade", "date"];

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

pub(super) struct JsonReader<'a> {
    pub(super) origin: Origin<'a>,
    pub(super) names: &'a Names<'a>,
    about: &'a [KindId],
    dossiers: Vec<Dossier>,
    pub(super) problems: Problems,
}

/// An object whose keys have been checked.
pub(super) struct Object<'j> {
    pub(super) span: Span,
    pub(super) members: Vec<&'j (Spanned<String>, Json)>,
}

impl<'j> Object<'j> {
    pub(super) fn get(&self, key: &str) -> Option<&'j Json> {
        self.members.iter().find(|(name, _)| name.value == key).map(|(_, json)| json)
    }
}

impl<'a> JsonReader<'a> {
    pub(super) fn new(
        file: FileId,
        text: &'a str,
        names: &'a Names<'a>,
        about: &'a [KindId],
    ) -> JsonReader<'a> {
        JsonReader {
            origin: Origin { file, text },
            names,
            about,
            dossiers: Vec::new(),
            problems: Problems::default(),
        }
    }

    pub(super) fn finish(self) -> Read {
        Read { dossiers: self.dossiers, problems: self.problems.finish() }
    }

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
            let kind = match object.get("kind") {
                Some(json) => self.kind(json),
                None => {
                    let help = "add \"kind\" with the kind of the member";
                    self.problems.push(problem::absent(opening(json.span), "\"kind\"", help));
                    None
                }
            };
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

    /// Reads the properties of a dossier: everything except its statements and members.
    pub(super) fn head(&mut self, object: &Object<'_>) -> Option<Dossier> {
        if let Some(format) = object.get("format") {
            let text = self.text(format);
            if text.as_ref().is_some_and(|text| text != DOSSIER_FORMAT) {
                let help = format!("use the format \"{DOSSIER_FORMAT}\"");
                self.problems.push(problem::wrong_value(format.span, "unknown format", help));
            }
        }
        let id = self.id(object);
        let kind = match object.get("about") {
            Some(json) => self.kind(json),
            None => about_of(self.about).or_else(|| {
                let help = "add \"about\" with the kind of the subject";
                self.problems.push(problem::absent(opening(object.span), "\"about\"", help));
                None
            }),
        };
        let title = object.get("title").and_then(|json| self.text(json));
        let as_of = object.get("as_of").filter(|json| !is_null(json)).and_then(|json| self.date(json));
        let known_as = self.texts(object.get("known_as"));
        let notes = self.texts(object.get("notes"));
        let uses = self.texts(object.get("uses"));
        let identifiers = self.identifiers(object.get("identifiers"));
        let (id, kind) = (id?, kind?);
        Some(Dossier {
            title: title.unwrap_or_else(|| id.clone()),
            id,
            kind,
            as_of,
            known_as,
            identifiers,
            notes,
            statements: Vec::new(),
            members: Vec::new(),
            unasked: Unasked::default(),
            uses,
            span: opening(object.span),
        })
    }

    /// Returns the entity that a dossier about a kind describes.
    pub(super) fn subject(&self, kind: KindId) -> About {
        let only_one = self.names.vocabulary.kinds.find(kind).is_some_and(|kind| kind.only_one);
        if only_one { About::Only(kind) } else { About::Subject }
    }

    fn identifiers(&mut self, list: Option<&Json>) -> Vec<(String, String)> {
        let mut identifiers = Vec::new();
        for json in self.list(list) {
            let Some(object) = self.object(json, &["scheme", "value"], "an identifier") else { continue };
            let [scheme, value] = ["scheme", "value"].map(|key| {
                let Some(part) = object.get(key) else {
                    let help = "an identifier has a \"scheme\" and a \"value\"";
                    let what = format!("the \"{key}\" of the identifier");
                    self.problems.push(problem::absent(opening(json.span), &what, help));
                    return None;
                };
                self.text(part)
            });
            identifiers.extend(scheme.zip(value));
        }
        identifiers
    }

    /// Returns an object after checking that it has only these keys, and none of them twice.
    pub(super) fn object<'j>(&mut self, json: &'j Json, known: &[&str], what: &str) -> Option<Object<'j>> {
        let Value::Object(members) = &json.value else {
            let message = format!("{what} must be an object, not {}", json.value.word());
            self.problems.push(problem::wrong_value(opening(json.span), message, "write {…}"));
            return None;
        };
        for (place, (key, _)) in members.iter().enumerate() {
            if self.problems.full() {
                break;
            }
            if !known.contains(&key.value.as_str()) {
                self.problems.push(problem::unknown_key(key.span, &key.value, known));
            } else if let Some((first, _)) =
                members.iter().take(place).find(|(other, _)| other.value == key.value)
            {
                self.problems.push(problem::repeated(
                    key.span,
                    first.span,
                    &format!("key \"{}\"", key.value),
                ));
            }
        }
        Some(Object { span: json.span, members: members.iter().collect() })
    }

    pub(super) fn list<'j>(&mut self, json: Option<&'j Json>) -> &'j [Json] {
        match json.map(|json| (json, &json.value)) {
            None => &[],
            Some((_, Value::List(items))) => items,
            Some((json, other)) => {
                let message = format!("expected a list, found {}", other.word());
                self.problems.push(problem::wrong_value(json.span, message, "write […]"));
                &[]
            }
        }
    }

    fn texts(&mut self, json: Option<&Json>) -> Vec<String> {
        self.list(json).iter().filter_map(|item| self.text(item)).collect()
    }

    pub(super) fn text(&mut self, json: &Json) -> Option<String> {
        match &json.value {
            Value::Text(text) => {
                let sound = problem::sound_text(json.span, text);
                self.keep(sound).map(|()| text.clone())
            }
            other => {
                let message = format!("expected text, found {}", other.word());
                self.problems.push(problem::wrong_value(json.span, message, "write \"…\""));
                None
            }
        }
    }

    fn mark(&mut self, json: &Json) -> bool {
        match &json.value {
            Value::Bool(yes) => *yes,
            other => {
                let message = format!("expected true or false, found {}", other.word());
                self.problems.push(problem::wrong_value(json.span, message, "leave the key out for false"));
                false
            }
        }
    }

    fn id(&mut self, object: &Object<'_>) -> Option<String> {
        let Some(json) = object.get("id") else {
            let help = "add \"id\" with letters, digits, \".\", \"-\" and \"_\"";
            self.problems.push(problem::absent(opening(object.span), "\"id\"", help));
            return None;
        };
        let id = claim_json::id(json);
        self.keep(id)
    }

    fn kind(&mut self, json: &Json) -> Option<KindId> {
        let name = self.text(json)?;
        let found = self.names.kind(&name, json.span);
        self.keep(found)
    }

    fn date(&mut self, json: &Json) -> Option<Date> {
        let text = self.text(json)?;
        let found = Date::parse(&text).ok_or_else(|| {
            let message = format!("expected a date, found \"{text}\"");
            problem::wrong_value(json.span, message, "write a date that exists, such as \"2016-02-01\"")
        });
        self.keep(found)
    }

    fn grade(&mut self, json: &Json) -> Option<Grade> {
        let text = self.text(json)?;
        let found = Grade::parse(&text).ok_or_else(|| {
            let message = format!("expected a grade, found \"{text}\"");
            problem::wrong_value(json.span, message, "write a grade from A1 to F6, such as \"C3\"")
        });
        self.keep(found)
    }

    pub(super) fn keep<T>(&mut self, result: Result<T, Problem>) -> Option<T> {
        result.map_err(|problem| self.problems.push(problem)).ok()
    }
}

/// Gives members written in place their ids in the case, `DOSSIER/MEMBER`, since two dossiers can use the same member
/// id.
fn own_members(owner: &str, members: &mut [Member], statements: &mut [Statement]) {
    let local: BTreeSet<String> = members.iter().map(|member| member.id.clone()).collect();
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
        match &mut statement.claim {
            Claim::Members { ids, .. } => ids.iter_mut().for_each(rename),
            Claim::One(Target::Named(id)) | Claim::NotOne(Target::Named(id)) => rename(id),
            _ => {}
        }
    }
}

/// Returns whether an object is a FollowTheMoney entity.
fn is_entity(json: &Json) -> bool {
    let Value::Object(members) = &json.value else { return false };
    ["id", "schema", "properties"].iter().all(|key| members.iter().any(|(name, _)| name.value == *key))
}

pub(super) fn is_null(json: &Json) -> bool {
    matches!(json.value, Value::Null)
}

/// Returns the first byte of an object, as the place of findings that have no better one.
pub(super) fn opening(span: Span) -> Span {
    Span { end: span.start.saturating_add(1).min(span.end), ..span }
}
