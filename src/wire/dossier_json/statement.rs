//! Reads the statements of a dossier: entity, fact, claim and provenance.

use super::super::json::Json;
use super::super::{claim_json, problem};
use super::{JsonReader, Object, opening};
use crate::evidence::{About, Claim, Provenance, Statement};
use crate::id::{FactId, KindId};
use crate::span::Span;
use crate::syntax;
use crate::text::Ids;

const STATEMENT: [&str; 12] = [
    "about",
    "fact",
    "value",
    "source",
    "lines",
    "told",
    "rival",
    "subject",
    "interested",
    "promise",
    "grade",
    "date",
];

impl JsonReader<'_> {
    pub(super) fn statements(
        &mut self,
        list: Option<&Json>,
        owner: (&About, KindId),
        members: &Ids<(KindId, Span)>,
        into: &mut Vec<Statement>,
    ) {
        for json in self.list(list) {
            if self.problems.full() {
                return;
            }
            if let Some(statement) = self.statement(json, owner, members) {
                into.push(statement);
            }
        }
    }

    fn statement(
        &mut self,
        json: &Json,
        owner: (&About, KindId),
        members: &Ids<(KindId, Span)>,
    ) -> Option<Statement> {
        let object = self.object(json, &STATEMENT, "a statement")?;
        let provenance = self.provenance(&object);
        let about = match object.get("about") {
            Some(json) => self.targets(json, members),
            None => Some((owner.0.clone(), owner.1)),
        };
        let fact = match object.get("fact") {
            Some(json) => Some(json),
            None => {
                let help = "add \"fact\" with its phrase in the vocabulary";
                self.problems.push(problem::absent(opening(json.span), "\"fact\"", help));
                None
            }
        };
        let value = match object.get("value") {
            Some(value) => Some(value),
            None => {
                let help = "add \"value\" with the value of the fact, or \"unknown\"";
                self.problems.push(problem::absent(opening(json.span), "\"value\"", help));
                None
            }
        };
        let (about, kind) = about?;
        let (fact, claim) = self.claim(kind, fact?, value?)?;
        Some(Statement { about, fact, claim, provenance, span: json.span })
    }

    fn claim(&mut self, kind: KindId, fact: &Json, value: &Json) -> Option<(FactId, Claim)> {
        let phrase = self.text(fact)?;
        let found = self.names.fact(kind, &phrase, fact.span);
        let (id, fact) = self.keep(found)?;
        let claim = claim_json::read(value, fact, self.names);
        Some((id, self.keep(claim)?))
    }

    /// Reads the entity that a statement is about: an entity of an `only one` kind, or a member written in place.
    pub(in crate::wire) fn targets(
        &mut self,
        json: &Json,
        members: &Ids<(KindId, Span)>,
    ) -> Option<(About, KindId)> {
        let text = self.text(json)?;
        if let Some(kind) = self.names.only_one(&text) {
            return Some((About::Only(kind), kind));
        }
        if let Some((id, (kind, _))) = members.find(&text) {
            if id != text {
                self.problems.push(problem::other_case(json.span, &text, id));
            }
            return Some((About::Member(id.to_owned()), *kind));
        }
        let only = self.names.vocabulary.kinds.iter().filter(|(_, kind)| kind.only_one);
        let known: Vec<String> = only
            .map(|(_, kind)| format!("the {}", kind.name))
            .chain(members.ids().map(str::to_owned))
            .collect();
        let problem = problem::unknown_name(json.span, "entity", &text, known.iter().map(String::as_str));
        self.problems.push(problem);
        None
    }

    pub(in crate::wire) fn provenance(&mut self, object: &Object<'_>) -> Provenance {
        let source = object.get("source").and_then(|json| {
            let id = self.text(json)?;
            let found = self.names.source(&id, json.span);
            self.keep(found)
        });
        let text = |reader: &mut Self, key: &str| object.get(key).and_then(|json| reader.text(json));
        let lines = object
            .get("lines")
            .and_then(|json| {
                let lines = self.text(json)?;
                let help = "write \"29\", \"29, 31\" or \"41 to 46\"";
                let found = match syntax::source_lines(&lines) {
                    _ if source.is_none() => Err(problem::wrong_value(
                        json.span,
                        "the lines have no source",
                        "add \"source\" with its id",
                    )),
                    Some(lines) => Ok(lines),
                    None => Err(problem::wrong_value(
                        json.span,
                        format!("expected lines, found {}", problem::shown(&lines)),
                        help,
                    )),
                };
                self.keep(found)
            })
            .unwrap_or_default();
        let told = text(self, "told");
        let mark = |reader: &mut Self, key: &str| object.get(key).is_some_and(|json| reader.mark(json));
        Provenance {
            source,
            lines,
            told,
            own: None,
            rival: mark(self, "rival"),
            subject: mark(self, "subject"),
            interested: mark(self, "interested"),
            promise: mark(self, "promise"),
            grade: object.get("grade").and_then(|json| self.grade(json)),
            date: object.get("date").and_then(|json| self.date(json)),
        }
    }
}
