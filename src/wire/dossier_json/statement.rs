//! Reads the statements of a dossier: entity, fact and claim.

use super::super::json::Json;
use super::super::json_reader::JsonReader;
use super::super::provenance_json::PROVENANCE;
use super::super::{claim_json, problem};
use crate::evidence::{About, Claim, Statement};
use crate::id::{FactId, KindId};
use crate::span::Span;
use crate::text::Ids;

impl JsonReader<'_> {
    pub(super) fn statements(
        &mut self,
        list: Option<&Json>,
        owner: (&About, KindId),
        members: &Ids<(KindId, Span)>,
        into: &mut Vec<Statement>,
    ) {
        let keys: Vec<&str> = ["about", "fact", "value"].into_iter().chain(PROVENANCE).collect();
        for json in self.list(list) {
            if self.problems.full() {
                return;
            }
            if let Some(statement) = self.statement(json, &keys, owner, members) {
                into.push(statement);
            }
        }
    }

    fn statement(
        &mut self,
        json: &Json,
        keys: &[&str],
        owner: (&About, KindId),
        members: &Ids<(KindId, Span)>,
    ) -> Option<Statement> {
        let object = self.object(json, keys, "a statement")?;
        let provenance = self.provenance(&object);
        let about = match object.get("about") {
            Some(json) => self.targets(json, members),
            None => Some((owner.0.clone(), owner.1)),
        };
        let fact = self.needed(&object, "fact", "add \"fact\" with its phrase in the vocabulary");
        let help = "add \"value\" with the value of the fact, or \"unknown\"";
        let value = self.needed(&object, "value", help);
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
}
