//! Reads the parts that dossiers, flat records and answers in JSON share: the properties of a dossier, and values of one
//! type. Errors are collected with their places.

use super::claim_json;
use super::json::{Json, Origin, Value};
use super::names::Names;
use super::problem::{self, Problem, Problems};
use super::{DOSSIER_FORMAT, Read, about_of};
use crate::evidence::{About, Dossier, Unused};
use crate::id::KindId;
use crate::span::{FileId, Span, Spanned};
use crate::value::Date;

/// The keys of a dossier.
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

/// The state in which a file is read: its dossiers and findings so far.
pub(super) struct JsonReader<'a> {
    pub(super) origin: Origin<'a>,
    pub(super) names: &'a Names<'a>,
    about: &'a [KindId],
    pub(super) dossiers: Vec<Dossier>,
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

    /// Reports the key at a place if the object has it before, too.
    pub(super) fn repeated(&self, place: usize) -> Option<Problem> {
        let (key, _) = self.members.get(place)?;
        let (first, _) = self.members.iter().take(place).find(|(other, _)| other.value == key.value)?;
        Some(claim_json::repeated_key(key, first))
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
                self.needed(object, "about", "add \"about\" with the kind of the subject");
                None
            }),
        };
        let title = object.get("title").and_then(|json| self.text(json));
        let as_of = object.get("as_of").filter(|json| !json.is_null()).and_then(|json| self.date(json));
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
            unused: Unused::default(),
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
        let object = Object { span: json.span, members: members.iter().collect() };
        for (place, (key, _)) in members.iter().enumerate() {
            if self.problems.full() {
                break;
            }
            if !known.contains(&key.value.as_str()) {
                self.problems.push(problem::unknown_key(key.span, &key.value, known));
            } else if let Some(problem) = object.repeated(place) {
                self.problems.push(problem);
            }
        }
        Some(object)
    }

    /// Returns the value of a key, or reports that the key is missing.
    pub(super) fn needed<'j>(&mut self, object: &Object<'j>, key: &str, help: &str) -> Option<&'j Json> {
        let found = object.get(key);
        if found.is_none() {
            self.problems.push(problem::absent(opening(object.span), &format!("\"{key}\""), help));
        }
        found
    }

    pub(super) fn list<'j>(&mut self, json: Option<&'j Json>) -> &'j [Json] {
        json.and_then(|json| self.keep(json.list())).unwrap_or_default()
    }

    fn texts(&mut self, json: Option<&Json>) -> Vec<String> {
        self.list(json).iter().filter_map(|item| self.text(item)).collect()
    }

    pub(super) fn text(&mut self, json: &Json) -> Option<String> {
        let text = self.keep(json.text())?;
        let sound = problem::sound_text(json.span, text);
        self.keep(sound).map(|()| text.to_owned())
    }

    pub(super) fn id(&mut self, object: &Object<'_>) -> Option<String> {
        let help = "add \"id\" with letters, digits, \".\", \"-\" and \"_\"";
        let id = claim_json::id(self.needed(object, "id", help)?);
        self.keep(id)
    }

    pub(super) fn kind(&mut self, json: &Json) -> Option<KindId> {
        let name = self.text(json)?;
        let found = self.names.kind(&name, json.span);
        self.keep(found)
    }

    pub(super) fn date(&mut self, json: &Json) -> Option<Date> {
        let text = self.text(json)?;
        self.keep(claim_json::date(&text, json.span))
    }

    pub(super) fn keep<T>(&mut self, result: Result<T, Problem>) -> Option<T> {
        result.map_err(|problem| self.problems.push(problem)).ok()
    }
}

/// Returns the first byte of an object, as the place of findings that have no better one.
pub(super) fn opening(span: Span) -> Span {
    Span { end: span.start.saturating_add(1).min(span.end), ..span }
}
