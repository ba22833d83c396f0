//! Makes the question that an official is asked about a fact, if the vocabulary does not declare one.

use super::phrase::{is_verb_phrase, negate};
use super::print::{possessive, series};
use super::{Fact, FactType, Vocabulary};

impl Vocabulary {
    /// Returns the question about a fact of another entity than the one that the declared question is about.
    ///
    /// If possible, the name replaces the entity in the declared question; else it follows the question.
    pub(crate) fn question_about(&self, fact: &Fact, name: &str) -> String {
        let Some(question) = &fact.question else { return self.made_question(fact, name) };
        self.question_in_place(fact, name).unwrap_or_else(|| format!("{question} ({name})"))
    }

    /// Returns the declared question with a name in place of the kind: `Who commands the group's parent?`.
    pub(crate) fn question_in_place(&self, fact: &Fact, name: &str) -> Option<String> {
        let kind = self.kinds.find(fact.kind)?;
        put_in_place(fact.question.as_ref()?, &format!("the {}", kind.name), name)
    }

    /// Returns a question made from the type of a fact, about the entity called `name`.
    pub(crate) fn made_question(&self, fact: &Fact, name: &str) -> String {
        let (owner, phrase) = (possessive(name), &fact.phrase);
        match &fact.r#type {
            FactType::YesNo => yes_or_no(name, phrase),
            FactType::Number { unit } => format!("What is {owner} {phrase} (a number of {unit})?"),
            FactType::Date => format!("What is {owner} {phrase} (a date)?"),
            FactType::Choice(values) => format!("Which is {owner} {phrase}: {}?", series(values, "or")),
            FactType::One(kinds) => {
                let kinds: Vec<String> = kinds.iter().map(|kind| self.kinds[*kind].name.clone()).collect();
                let which = format!("Which {}", series(&kinds, "or"));
                match (is_verb_phrase(phrase), without_not(phrase)) {
                    (false, _) => format!("{which} is {owner} {phrase}, if any?"),
                    (true, Some((auxiliary, rest))) => format!("{which} {auxiliary} {name} {rest}, if any?"),
                    (true, None) => format!("{which} is it that {name} {phrase}, if any?"),
                }
            }
            FactType::Many(kind) => {
                let pronoun = if self.kinds[*kind].name == "person" { "Who" } else { "Which" };
                format!("{pronoun} are {owner} {phrase}, and are there others?")
            }
        }
    }
}

/// Replaces each separate occurrence of `words` in a text with a name. Returns `None` if there is none.
fn put_in_place(text: &str, words: &str, name: &str) -> Option<String> {
    let mut written = String::with_capacity(text.len() + name.len());
    let mut rest = text;
    let mut found = false;
    while let Some((before, after)) = rest.split_once(words) {
        let ends = !after.starts_with(|next: char| next.is_alphanumeric() || next == '-');
        let starts = !before.ends_with(|last: char| last.is_alphanumeric());
        found |= ends && starts;
        written.push_str(before);
        written.push_str(if ends && starts { name } else { words });
        rest = after;
    }
    found.then_some(written + rest)
}

/// Returns a yes-or-no question: `Does the group accept the unity government?`, `Is the group neutral?`.
fn yes_or_no(name: &str, phrase: &str) -> String {
    let Some((auxiliary, rest)) = without_not(phrase) else {
        return format!("Is it true that {name} {phrase}?");
    };
    // A long name reads better after the whole verb.
    if name.starts_with("whoever ") {
        return format!("Is it true that {name} {phrase}?");
    }
    let mut letters = auxiliary.chars();
    let first: String = letters.next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
    format!("{first}{} {name} {rest}?", letters.as_str())
}

/// Splits the negative form of a phrase at its `not`, which is left out: `does`, `accept the unity government`.
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
    use super::{put_in_place, yes_or_no};

    #[test]
    fn name_replaces_the_kind() {
        let about = |question| put_in_place(question, "the group", "General Hifter");
        assert_eq!(about("Who commands the group?").as_deref(), Some("Who commands General Hifter?"));
        assert_eq!(
            about("Is the group's base in the group’s hands?").as_deref(),
            Some("Is General Hifter's base in General Hifter’s hands?")
        );
        assert_eq!(about("Do the groups of the group-leader meet?"), None);
        assert_eq!(about("Does this person lead?"), None);
    }

    #[test]
    fn phrases_become_questions() {
        for (phrase, question) in [
            ("accepts the unity government", "Does the group accept the unity government?"),
            ("is neutral", "Is the group neutral?"),
            ("has taken part in a joint operation", "Has the group taken part in a joint operation?"),
            ("has a charter", "Does the group have a charter?"),
            ("can field 500 fighters", "Can the group field 500 fighters?"),
            ("will hold", "Will the group hold?"),
            ("was vetted in 2020", "Was the group vetted in 2020?"),
            ("focuses on training", "Does the group focus on training?"),
        ] {
            assert_eq!(yes_or_no("the group", phrase), question);
        }
    }
}
