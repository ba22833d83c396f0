//! The question to ask about a fact of an entity.

use super::evaluation::Evaluation;
use crate::compiled::{EntityRef, VariableKind};
use crate::id::{EntityRefId, GateId, VarId};
use crate::policy::Fact;
use crate::policy::print::{possessive, series};

impl Evaluation<'_> {
    /// Returns the question about a variable: the question of the vocabulary, or one made from the type of the fact. A
    /// question made from the type names the entity.
    pub(super) fn question(&self, var: VarId) -> String {
        if self.compiled.joined().list(var).is_some() {
            return self.list_question(var);
        }
        let variable = &self.compiled.variables[var];
        let (fact, who) = (self.compiled.declared(variable.fact()), variable.who());
        let name = self.compiled.name(who);
        match variable.kind {
            VariableKind::Member { member, .. } => {
                return format!(
                    "Is {} one of {} {}?",
                    self.compiled.name(member),
                    possessive(&name),
                    fact.phrase
                );
            }
            VariableKind::Beyond { .. } => {
                return format!("Is it true that {}?", self.compiled.sentence(var, 0b10));
            }
            VariableKind::Further { which, .. } => {
                let members = self.member_names(who, &self.known.weighed[var].possible);
                if !members.is_empty() {
                    return self.further_question(fact, &name, which, variable.cells.count() > 2, &members);
                }
            }
            VariableKind::Fact { .. } | VariableKind::Unexpressed { .. } => {}
        }
        match &fact.question {
            Some(question) if self.is_plain(who) => question.clone(),
            _ => self.compiled.policy.vocabulary.question_about(fact, &name),
        }
    }

    /// Returns whether a question that names no entity is clear: the entity is the subject or the only one of its kind.
    pub(super) fn is_plain(&self, who: EntityRefId) -> bool {
        let is_entity = matches!(self.compiled.entity_refs[who], EntityRef::Entity(_));
        who == self.compiled.subject
            || is_entity && self.compiled.policy.vocabulary.kinds[self.compiled.kind(who)].only_one
    }

    /// Returns the question about members of a list other than those known.
    fn further_question(
        &self,
        fact: &Fact,
        name: &str,
        which: Option<(GateId, bool)>,
        count_matters: bool,
        members: &[String],
    ) -> String {
        let further = format!("further {} of {name}", fact.phrase);
        let Some((gate, meets)) = which else {
            return match count_matters {
                true => format!(
                    "How many {} does {name} have other than {}?",
                    fact.phrase,
                    series(members, "and")
                ),
                false => format!("Does {name} have {} other than {}?", fact.phrase, series(members, "and")),
            };
        };
        match (self.compiled.plural_predicate(gate, meets), count_matters) {
            (Some(predicate), true) => format!("How many {further} {predicate}?"),
            (Some(predicate), false) => format!("Are there {further} that {predicate}?"),
            (None, count_matters) => {
                let are_there = if count_matters { "How many" } else { "Are there any" };
                let there_are = if count_matters { " are there" } else { "" };
                let this = self.compiled.put_to(gate, "it", meets);
                format!("{are_there} {further}{there_are} that meet this condition: {this}?")
            }
        }
    }
}
