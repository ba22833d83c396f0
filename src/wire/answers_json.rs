//! Reads the answers of an interview from JSON: a list of objects, each with the key of its question and the statement
//! of each source.

use super::dossier_json::skip_mark;
use super::json::{Json, Value};
use super::json_reader::JsonReader;
use super::names::{Names, is_id};
use super::provenance_json::PROVENANCE;
use super::{claim_json, links, problem};
use crate::diagnostic::{Diagnostic, any_error};
use crate::evidence::{About, Dossier, Evidence, Statement};
use crate::id::{KindId, StandardId};
use crate::interview::{Answer, Key, member_kind};
use crate::policy::{Fact, Vocabulary};
use crate::sorted::SortedMap;
use crate::span::{FileId, Span};
use crate::text::Ids;

const ANSWER: [&str; 4] = ["about", "fact", "standard", "statements"];

/// Reads answers about a dossier. New members are distinguished from entities that already have a dossier.
///
/// # Errors
/// The findings about the answers, at most a hundred.
pub(super) fn read(
    text: &str,
    vocabulary: &Vocabulary,
    dossier: &Dossier,
    evidence: &Evidence,
) -> Result<Vec<Answer>, Vec<Diagnostic>> {
    let names = Names::of(vocabulary);
    let mut reader = JsonReader::new(FileId(0), text, &names, &[]);
    let mut answers = Vec::new();
    match reader.origin.whole(skip_mark(text)) {
        Ok(raw) => {
            let json = reader.origin.tree(raw, &mut reader.problems);
            for item in reader.list(Some(&json)) {
                if !reader.problems.full() {
                    let members = members(dossier, &answers, evidence, vocabulary);
                    answers.extend(reader.answer(item, &members));
                }
            }
        }
        Err(problem) => reader.problems.push(problem),
    }
    for answer in &mut answers {
        named(answer, dossier, evidence, vocabulary, &mut reader.problems);
    }
    let problems = reader.finish().problems;
    if !any_error(&problems) { Ok(answers) } else { Err(problems) }
}

impl JsonReader<'_> {
    fn answer(&mut self, json: &Json, members: &Members) -> Option<Answer> {
        let object = self.object(json, &ANSWER, "an answer")?;
        let about = self.needed(&object, "about", "add \"about\" with the entity, as in the question");
        let fact = self.needed(&object, "fact", "add \"fact\" with its phrase, as in the question");
        let help = "add \"statements\" with one statement for each source; [] for don't know";
        let statements = self.needed(&object, "statements", help);
        let (about, kind) = self.asked_about(about?, members)?;
        let phrase = fact?;
        let text = self.text(phrase)?;
        let found = self.names.fact(kind, &text, phrase.span);
        let (fact, declared) = self.keep(found)?;
        let standard = match object.get("standard").filter(|json| !json.is_null()) {
            Some(json) => Some(self.standard(json)?),
            None => None,
        };
        let key = Key { about, fact, standard };
        let mut answer = Answer { key, statements: Vec::new(), titles: SortedMap::new() };
        for item in self.list(statements) {
            self.answer_statement(item, declared, &mut answer);
        }
        Some(answer)
    }

    /// Reads the entity that a question is about.
    fn asked_about(&mut self, json: &Json, members: &Members) -> Option<(About, KindId)> {
        let text = self.text(json)?;
        if text == "the subject" {
            return Some((About::Subject, members.of));
        }
        match self.targets(json, &members.known)? {
            (About::Member(id), kind) => Some((About::Member(members.whole.get(&id)?.clone()), kind)),
            found => Some(found),
        }
    }

    fn standard(&mut self, json: &Json) -> Option<StandardId> {
        let text = self.text(json)?;
        let standards = &self.names.vocabulary.standards;
        let found = standards.iter().find(|(_, standard)| standard.name == text);
        if found.is_none() {
            let known = standards.iter().map(|(_, standard)| standard.name.as_str());
            self.problems.push(problem::unknown_name(json.span, "evidence standard", &text, known));
        }
        found.map(|(id, _)| id)
    }

    /// Reads the statement of one source.
    fn answer_statement(&mut self, json: &Json, declared: &Fact, answer: &mut Answer) {
        let keys: Vec<&str> = ["value", "names"].into_iter().chain(PROVENANCE).collect();
        let Some(object) = self.object(json, &keys, "a statement") else { return };
        let provenance = self.provenance(&object);
        if let Some(names) = object.get("names") {
            self.titles(names, &mut answer.titles);
        }
        let value = self.needed(&object, "value", "add \"value\" with the value of the fact");
        let Some(value) = value else { return };
        let claim = claim_json::read(value, declared, self.names);
        let Some(claim) = self.keep(claim) else { return };
        let Key { about, fact, .. } = &answer.key;
        answer.statements.push(Statement {
            about: about.clone(),
            fact: *fact,
            claim,
            provenance,
            span: json.span,
        });
    }

    /// Reads the titles, by id, of the entities that are named for the first time.
    fn titles(&mut self, json: &Json, titles: &mut SortedMap<String, String>) {
        let Value::Object(members) = &json.value else {
            let message = format!("\"names\" must be an object, not {}", json.value.word());
            self.problems.push(problem::wrong_value(json.span, message, "write {\"id\": \"name\"}"));
            return;
        };
        for (id, title) in members {
            if !is_id(&id.value) {
                self.problems.push(super::names::not_id(&id.value, id.span));
            } else if let Some(title) = self.text(title) {
                titles.insert(id.value.clone(), title);
            }
        }
    }
}

/// The entities within a dossier that a question can be about.
struct Members {
    /// The kind of the subject of the dossier.
    of: KindId,
    /// The kinds by local id.
    known: Ids<(KindId, Span)>,
    /// The ids in the dossier by local id.
    whole: SortedMap<String, String>,
}

/// Returns the members of a dossier, including those that earlier answers add to it.
fn members(dossier: &Dossier, earlier: &[Answer], evidence: &Evidence, vocabulary: &Vocabulary) -> Members {
    let mut found = Members { of: dossier.kind, known: Ids::default(), whole: SortedMap::new() };
    let mut add = |id: &str, kind: KindId| {
        let own = claim_json::own_id(&dossier.id, id).to_owned();
        found.known.add(&own, (kind, Span::default()));
        found.whole.entry(own.clone()).or_insert_with(|| format!("{}/{own}", dossier.id));
    };
    for member in &dossier.members {
        add(&member.id, member.kind);
    }
    for answer in earlier {
        let fact = vocabulary.facts.find(answer.key.fact);
        let Some(kind) = fact.and_then(|fact| member_kind(fact, vocabulary)) else { continue };
        let named = answer.statements.iter().flat_map(|statement| statement.claim.named());
        for id in named.filter(|id| evidence.dossier(id).is_none()) {
            add(id, kind);
        }
    }
    found
}

/// Checks that the entities that an answer names have a kind that the relation allows.
fn named(
    answer: &mut Answer,
    dossier: &Dossier,
    evidence: &Evidence,
    vocabulary: &Vocabulary,
    problems: &mut problem::Problems,
) {
    let new = vocabulary.facts.find(answer.key.fact).and_then(|fact| member_kind(fact, vocabulary));
    let mut taken: Ids<(KindId, Span)> =
        evidence.dossiers.iter().map(|one| (one.id.as_str(), (one.kind, one.span))).collect();
    let members = links::members(&dossier.id, &dossier.members);
    for (statement, kind) in answer.statements.iter().filter_map(|statement| Some((statement, new?))) {
        for id in statement.claim.named().iter().filter(|id| !members.has(id)) {
            if !taken.has(id) {
                taken.add(id, (kind, statement.span));
            }
        }
    }
    for statement in &mut answer.statements {
        links::check_statement(statement, &members, &taken, vocabulary, problems);
    }
}
