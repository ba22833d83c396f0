//! Reads and writes the provenance of statements as JSON.

use super::json::{Json, Value};
use super::json_out;
use super::json_reader::{JsonReader, Object};
use super::problem;
use crate::evidence::Provenance;
use crate::policy::Vocabulary;
use crate::syntax;
use crate::value::{Date, Grade};
use serde::Serialize;

/// The keys of the provenance of a statement or, in a flat record, of all its statements.
pub(super) const PROVENANCE: [&str; 9] =
    ["source", "lines", "told", "rival", "subject", "interested", "promise", "grade", "date"];

impl JsonReader<'_> {
    /// Reads the provenance of a statement or of a flat record.
    pub(super) fn provenance(&mut self, object: &Object<'_>) -> Provenance {
        let source = object.get("source").and_then(|json| {
            let id = self.text(json)?;
            let found = self.names.source(&id, json.span);
            self.keep(found)
        });
        let lines = object
            .get("lines")
            .and_then(|json| {
                let lines = self.text(json)?;
                let found = match syntax::source_lines(&lines) {
                    _ if source.is_none() => {
                        Err(("the lines have no source".to_owned(), "add \"source\" with its id"))
                    }
                    Some(lines) => Ok(lines),
                    None => {
                        let message = format!("expected lines, found {}", problem::shown(&lines));
                        Err((message, "write \"29\", \"29, 31\" or \"41 to 46\""))
                    }
                };
                self.keep(found.map_err(|(message, help)| problem::wrong_value(json.span, message, help)))
            })
            .unwrap_or_default();
        let attributed = object.get("told").and_then(|json| self.text(json));
        let mark = |reader: &mut Self, key: &str| object.get(key).is_some_and(|json| reader.mark(json));
        Provenance {
            source,
            lines,
            attributed,
            own: None,
            rival: mark(self, "rival"),
            subject: mark(self, "subject"),
            interested: mark(self, "interested"),
            promise: mark(self, "promise"),
            grade: object.get("grade").and_then(|json| self.grade(json)),
            date: object.get("date").and_then(|json| self.date(json)),
        }
    }

    fn mark(&mut self, json: &Json) -> bool {
        match &json.value {
            Value::Bool(yes) => *yes,
            _ => {
                self.problems.push(json.is_not("true or false", "leave the key out for false"));
                false
            }
        }
    }

    fn grade(&mut self, json: &Json) -> Option<Grade> {
        let text = self.text(json)?;
        let found = Grade::parse(&text).ok_or_else(|| {
            let message = format!("expected a grade, found \"{text}\"");
            problem::wrong_value(json.span, message, "write a grade from A1 to F6, such as \"C3\"")
        });
        self.keep(found)
    }
}

/// The provenance of a statement, as a part of the statement.
#[derive(Serialize)]
pub(super) struct ProvenanceOut<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    lines: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    told: Option<&'a str>,
    #[serde(skip_serializing_if = "is_false")]
    rival: bool,
    #[serde(skip_serializing_if = "is_false")]
    subject: bool,
    #[serde(skip_serializing_if = "is_false")]
    interested: bool,
    #[serde(skip_serializing_if = "is_false")]
    promise: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    grade: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "json_out::date_or_none")]
    date: Option<Date>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that serde calls")]
fn is_false(mark: &bool) -> bool {
    !mark
}

impl<'a> ProvenanceOut<'a> {
    pub(super) fn of(from: &'a Provenance, vocabulary: &'a Vocabulary) -> ProvenanceOut<'a> {
        let source = from.source.and_then(|id| vocabulary.sources.find(id));
        ProvenanceOut {
            source: source.map(|source| source.id.as_str()),
            lines: &from.lines,
            told: from.attributed.as_deref(),
            rival: from.rival,
            subject: from.subject,
            interested: from.interested,
            promise: from.promise,
            grade: from.grade.map(|grade| grade.to_string()),
            date: from.date,
        }
    }
}
