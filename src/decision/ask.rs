//! The question an official is asked about a fact for which the vocabulary has none.

use super::hearing::Hearing;
use crate::compiled::{Matter, Somebody};
use crate::id::{GateId, KindId, SomebodyId, VarId};
use crate::policy::phrase::{is_verb_phrase, negate};
use crate::policy::print::{possessive, series};
use crate::policy::{Fact, FactType};

impl Hearing<'_> {
    /// The question about a variable: the vocabulary's own, with whom it is about where that is not plain, or one made
    /// from the fact's type.
    pub(super) fn question(&self, var: VarId) -> String {
        let variable = &self.compiled.variables[var];
        let (fact, who) = (self.compiled.declared(variable.fact()), variable.who());
        let name = self.compiled.name(who);
        match variable.matter {
            Matter::Member { member, .. } => {
                return format!(
                    "Is {} one of {} {}?",
                    self.compiled.name(member),
                    possessive(&name),
                    fact.phrase
                );
            }
            Matter::Beyond { .. } => {
                return format!("Is it so that {}?", self.compiled.sentence(var, 0b10));
            }
            Matter::Further { which, .. } => {
                let members = self.member_names(who, &self.known.weighed[var].possible);
                if !members.is_empty() {
                    return self.further_question(fact, &name, which, variable.cells.count() > 2, &members);
                }
            }
            Matter::Fact { .. } | Matter::Unexpressed { .. } => {}
        }
        match &fact.question {
            Some(question) if self.is_plain(who) => question.clone(),
            Some(question) => format!("{question} ({name})"),
            None => self.made(fact, &name),
        }
    }

    /// Whether a question that names nobody is about somebody: the subject, and things there is only one of.
    fn is_plain(&self, who: SomebodyId) -> bool {
        let is_entity = matches!(self.compiled.somebodies[who], Somebody::Entity(_));
        who == self.compiled.subject
            || is_entity && self.compiled.policy.vocabulary.kinds[self.compiled.kind(who)].only_one
    }

    fn made(&self, fact: &Fact, name: &str) -> String {
        let (whose, phrase) = (possessive(name), &fact.phrase);
        match &fact.r#type {
            FactType::YesNo => yes_or_no(name, phrase),
            FactType::Number { unit } => format!("What is {whose} {phrase} (a number of {unit})?"),
            FactType::Date => format!("What is {whose} {phrase} (a date)?"),
            FactType::Choice(values) => format!("Which is {whose} {phrase}: {}?", series(values, "or")),
            FactType::One(kinds) => {
                let kinds: Vec<String> = kinds.iter().map(|kind| self.kind_name(*kind)).collect();
                let which = format!("Which {}", series(&kinds, "or"));
                match (is_verb_phrase(phrase), without_not(phrase)) {
                    (false, _) => format!("{which} is {whose} {phrase}, if any?"),
                    (true, Some((auxiliary, rest))) => format!("{which} {auxiliary} {name} {rest}, if any?"),
                    (true, None) => format!("{which} is it that {name} {phrase}, if any?"),
                }
            }
            FactType::Many(kind) => {
                let who = if self.kind_name(*kind) == "person" { "Who" } else { "Which" };
                format!("{who} are {whose} {phrase}, and are there others?")
            }
        }
    }

    /// About members of a list beyond those known.
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
                format!("{are_there} {further}{there_are} of which this is so: {this}?")
            }
        }
    }

    fn kind_name(&self, kind: KindId) -> String {
        self.compiled.policy.vocabulary.kinds[kind].name.clone()
    }
}

/// `Does the group accept the unity government?`, `Is the group neutral?`
fn yes_or_no(name: &str, phrase: &str) -> String {
    let Some((auxiliary, rest)) = without_not(phrase) else {
        return format!("Is it so that {name} {phrase}?");
    };
    // Whoever is named at length stands better behind the verb that asks.
    if name.starts_with("whoever ") {
        return format!("Is it so that {name} {phrase}?");
    }
    let mut letters = auxiliary.chars();
    let first: String = letters.next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
    format!("{first}{} {name} {rest}?", letters.as_str())
}

/// The negative form of a phrase without its `not`, in two: `does`, `accept the unity government`.
fn without_not(phrase: &str) -> Option<(String, String)> {
    let negative = negate(phrase);
    let (auxiliary, rest) = match negative.strip_prefix("cannot ") {
        Some(rest) => ("can", rest),
        None => negative.split_once(" not ")?,
    };
    (!auxiliary.contains(' ')).then(|| (auxiliary.to_owned(), rest.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::yes_or_no;

    #[test]
    fn a_phrase_becomes_a_question() {
        for (phrase, question) in [
            ("accepts the unity government", "Does the group accept the unity government?"),
            ("is neutral", "Is the group neutral?"),
            ("has taken part in a joint operation", "Has the group taken part in a joint operation?"),
            ("has a charter", "Does the group have a charter?"),
            ("can field 500 fighters", "Can the group field 500 fighters?"),
            ("will hold", "Will the group hold?"),
        ] {
            assert_eq!(yes_or_no("the group", phrase), question);
        }
    }
}
