//! Conditions as sentences.

use super::phrase::{is_verb_phrase, negate, plural, plural_negate, singular};
use super::{
    Allowed, Body, Condition, ConditionKind, FactType, Period, Policy, Quantifier, Root, Subject, Test,
};
use crate::text::fold;
use crate::value::{Date, Ranges};

impl Policy {
    /// Returns a subject in words, with `at` as the name of the root subject.
    pub(crate) fn subject_words(&self, subject: &Subject, at: &str) -> String {
        let start = match subject.root {
            Root::Subject => at.to_owned(),
            Root::Only(kind) => format!("the {}", self.vocabulary.kinds[kind].name),
        };
        subject.steps.iter().fold(start, |name, step| along(&name, &self.vocabulary.facts[*step].phrase))
    }

    /// Returns a condition in words as one sentence, with `at` as the name of the subject.
    pub(crate) fn condition_words(&self, condition: &Condition, at: &str) -> String {
        match &condition.kind {
            ConditionKind::All(of) => self.several(of, at, " and "),
            ConditionKind::Any(of) => self.several(of, at, " or "),
            ConditionKind::Count { of, .. } => {
                format!("{} ({})", heading(condition), self.several(of, at, "; "))
            }
            ConditionKind::Not(inner) => format!("it is not true that {}", self.condition_words(inner, at)),
            ConditionKind::Test(test) => self.test_words(test, at),
            ConditionKind::Members { subject, list, quantifier, member, .. } => {
                let subject = self.subject_words(subject, at);
                let those = format!("{} {}", possessive(&subject), self.vocabulary.facts[*list].phrase);
                let (how_many, many) = match quantifier {
                    Quantifier::Any => ("any".to_owned(), false),
                    Quantifier::All => ("all".to_owned(), true),
                    Quantifier::None => ("none".to_owned(), false),
                    Quantifier::AtLeast(count) => (format!("at least {count}"), true),
                    Quantifier::AtMost(count) => (format!("at most {count}"), true),
                    Quantifier::Exactly(count) => (format!("exactly {count}"), true),
                };
                let those = format!("{how_many} of {those}");
                if let (ConditionKind::Test(test), true) = (&member.kind, many)
                    && test.subject == (Subject { root: Root::Subject, steps: Vec::new() })
                    && let Allowed::YesNo(yes) = test.allowed
                {
                    let phrase = &self.vocabulary.facts[test.fact].phrase;
                    return format!("{those} {}", if yes { plural(phrase) } else { plural_negate(phrase) });
                }
                self.condition_words(member, &those)
            }
            ConditionKind::Ancestor { subject, relation, member, .. } => {
                let subject = possessive(&self.subject_words(subject, at));
                let phrase = &self.vocabulary.facts[*relation].phrase;
                self.condition_words(member, &format!("any of {subject} {phrase}, through any chain,"))
            }
            ConditionKind::Reaches { subject, relation, target, through_any, .. } => {
                let subject = self.subject_words(subject, at);
                let phrase = &self.vocabulary.facts[*relation].phrase;
                let target = format!("the {}", self.vocabulary.kinds[*target].name);
                match (through_any, is_verb_phrase(phrase)) {
                    (true, _) => reaches(&subject, phrase, &target, false),
                    (false, true) => format!("{subject} {phrase} {target}"),
                    (false, false) => format!("{} {phrase} is {target}", possessive(&subject)),
                }
            }
            ConditionKind::Phase { rule, reached } => {
                let number = match &self.rules[*rule].body {
                    Body::Phase(phase) => phase.number,
                    _ => 0,
                };
                format!("phase {number} is {}", if *reached { "reached" } else { "open" })
            }
        }
    }

    fn test_words(&self, test: &Test, at: &str) -> String {
        let fact = &self.vocabulary.facts[test.fact];
        let subject = self.subject_words(&test.subject, at);
        match &test.allowed {
            Allowed::YesNo(true) => format!("{subject} {}", fact.phrase),
            Allowed::YesNo(false) => format!("{subject} {}", negate(&fact.phrase)),
            Allowed::Numbers(ranges) | Allowed::Dates(ranges) => {
                let predicate = numbers_words(&fact.r#type, ranges);
                format!("{} {} {predicate}", possessive(&subject), fact.phrase)
            }
            Allowed::Relative { window, inside } => {
                let is = if *inside { "is" } else { "is not" };
                format!("{} {} {is} {window}", possessive(&subject), fact.phrase)
            }
            Allowed::Values(mask) => {
                let named = |(at, value): (usize, &String)| {
                    ((*mask >> at & 1 == 1) != test.denied).then(|| value.clone())
                };
                let named: Vec<String> = fact.r#type.choices().iter().enumerate().filter_map(named).collect();
                let predicate = one_of(!test.denied, &named);
                format!("{} {} {predicate}", possessive(&subject), fact.phrase)
            }
        }
    }

    /// Returns the opposite of a yes-or-no condition in words, or `None` for any other condition.
    pub(crate) fn opposite_words(&self, condition: &Condition, at: &str) -> Option<String> {
        match &condition.kind {
            ConditionKind::Test(test) => {
                let Allowed::YesNo(yes) = test.allowed else { return None };
                let opposite = Test { allowed: Allowed::YesNo(!yes), denied: yes, ..test.clone() };
                Some(self.test_words(&opposite, at))
            }
            ConditionKind::Reaches { subject, relation, target, through_any, .. } => {
                let subject = self.subject_words(subject, at);
                let phrase = &self.vocabulary.facts[*relation].phrase;
                let target = format!("the {}", self.vocabulary.kinds[*target].name);
                Some(match (through_any, is_verb_phrase(phrase)) {
                    (true, _) => reaches(&subject, phrase, &target, true),
                    (false, true) => format!("{subject} {} {target}", negate(phrase)),
                    (false, false) => format!("{} {phrase} is not {target}", possessive(&subject)),
                })
            }
            _ => None,
        }
    }

    fn several(&self, of: &[Condition], at: &str, between: &str) -> String {
        let each: Vec<String> = of.iter().map(|condition| self.condition_words(condition, at)).collect();
        each.join(between)
    }
}

/// Returns the heading of a list of conditions: `any of`, `at least 2 of`.
pub(crate) fn heading(condition: &Condition) -> String {
    match &condition.kind {
        ConditionKind::All(_) => "all of".to_owned(),
        ConditionKind::Any(_) => "any of".to_owned(),
        ConditionKind::Not(_) => "none of".to_owned(),
        ConditionKind::Count { least, most, .. } => match (*least, *most) {
            (least, u32::MAX) => format!("at least {least} of"),
            (least, most) if least == most => format!("exactly {least} of"),
            (0, most) => format!("at most {most} of"),
            (least, most) => format!("between {least} and {most} of"),
        },
        _ => String::new(),
    }
}

/// Joins words with commas and a last conjunction: `west, south or east`.
pub(crate) fn series(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

/// Returns the possessive of a name: `the group's`, `its`, `the trained officers'`.
pub(crate) fn possessive(name: &str) -> String {
    match name {
        "it" => "its".to_owned(),
        _ if is_plural(name) => format!("{name}'"),
        _ => format!("{name}'s"),
    }
}

/// Returns whether a name ends like a plural noun. `ISIS`, `virus` and `press` do not.
fn is_plural(name: &str) -> bool {
    let name = fold(name);
    name.ends_with('s') && !["ss", "us", "is"].iter().any(|end| name.ends_with(end))
}

/// Returns the name of the entity one step along a relation: `the group's commander`, `whoever the group reports to`.
pub(crate) fn along(name: &str, phrase: &str) -> String {
    if is_verb_phrase(phrase) {
        format!("whoever {name} {phrase}")
    } else {
        format!("{} {phrase}", possessive(name))
    }
}

/// Returns the sentence `the group reports, through any chain, to the national command`.
pub(crate) fn reaches(name: &str, phrase: &str, target: &str, not: bool) -> String {
    if !is_verb_phrase(phrase) {
        let any = if not { "none of" } else { "any of" };
        return format!("{any} {} {phrase}, through any chain, is {target}", possessive(name));
    }
    let phrase = if not { negate(phrase) } else { phrase.to_owned() };
    match phrase.rsplit_once(' ') {
        Some((verb, preposition)) => format!("{name} {verb}, through any chain, {preposition} {target}"),
        None => format!("{name} {phrase}, through any chain, {target}"),
    }
}

impl Period {
    /// Returns the limits of the period in words, such as `from 2016-02-01 until 2016-12-31`, or `None` if it has none.
    pub(crate) fn words(self) -> Option<String> {
        match (self.from, self.until) {
            (Some(from), Some(until)) => Some(format!("from {from} until {until}")),
            (Some(from), None) => Some(format!("from {from}")),
            (None, Some(until)) => Some(format!("until {until}")),
            (None, None) => None,
        }
    }
}

/// Returns a choice of values in words: `is west`, `is one of west, south`, `is not east`.
pub(crate) fn values_words(all: &[String], mask: u128, count: usize) -> String {
    let mask = mask
        & u32::try_from(count)
            .ok()
            .and_then(|count| 1_u128.checked_shl(count))
            .map_or(u128::MAX, |bit| bit - 1);
    let (is, those) = pick(all, mask);
    one_of(is, &those)
}

fn one_of(is: bool, those: &[String]) -> String {
    let is = if is { "is" } else { "is not" };
    match those {
        [one] => format!("{is} {one}"),
        several => format!("{is} one of {}", several.join(", ")),
    }
}

/// Returns true and the values in a set, or false and the values outside it if those are fewer.
pub(crate) fn pick(all: &[String], mask: u128) -> (bool, Vec<String>) {
    let inside = |wanted: bool| {
        let those = all.iter().enumerate().filter(move |(at, _)| (mask & (1 << at) != 0) == wanted);
        those.map(|(_, one)| one.clone()).collect::<Vec<String>>()
    };
    let (these, others) = (inside(true), inside(false));
    if others.is_empty() || these.len() <= others.len() { (true, these) } else { (false, others) }
}

/// Returns ranges of numbers or days in words: `is at least 50 fighters`, `is before 2016-02-01`.
pub(crate) fn numbers_words(r#type: &FactType, ranges: &Ranges) -> String {
    let is_date = *r#type == FactType::Date;
    let (least, unit) = match r#type {
        FactType::Number { unit } => (0, format!(" {unit}")),
        _ => (i64::MIN, String::new()),
    };
    let word = |number: i64| match (is_date, Date::from_number(number)) {
        (true, Some(day)) => day.to_string(),
        _ if number == 1 => format!("1{}", singular(&unit)),
        _ => format!("{number}{unit}"),
    };
    let bare = |number: i64| if is_date { word(number) } else { number.to_string() };
    let one = |low: i64, high: i64| match (low <= least, high == i64::MAX) {
        (true, true) => "any".to_owned(),
        (true, false) if is_date && starts_a_month(high) => format!("before {}", word(high + 1)),
        (true, false) if is_date => format!("not after {}", word(high)),
        (true, false) if high > least => format!("at most {}", word(high)),
        (false, true) if is_date => format!("not before {}", word(low)),
        (false, true) => format!("at least {}", word(low)),
        _ if low == high || high <= least => word(high),
        _ => format!("between {} and {}", bare(low), word(high)),
    };
    let outside = ranges.complement().intersection(&Ranges::at_least(least));
    if let (Some(excluded), [_, _]) = (outside.single(), ranges.ranges()) {
        return format!("is not {}", word(excluded));
    }
    let ranges = ranges.intersection(&Ranges::at_least(least));
    let each: Vec<String> = ranges.ranges().iter().map(|(low, high)| one(*low, *high)).collect();
    match each.is_empty() {
        true => "has no possible value".to_owned(),
        false => format!("is {}", each.join(" or ")),
    }
}

/// Returns whether the next day is the first of a month. `before` that day then reads better than `not after` this day.
fn starts_a_month(day: i64) -> bool {
    day.checked_add(1).and_then(Date::from_number).is_some_and(Date::is_first_of_month)
}

#[cfg(test)]
mod tests {
    use super::{numbers_words, possessive};
    use crate::policy::FactType;
    use crate::value::{Date, Ranges};

    #[test]
    fn possessive_forms() {
        for (name, expected) in [
            ("it", "its"),
            ("the group", "the group's"),
            ("the trained officers", "the trained officers'"),
            ("ISIS", "ISIS's"),
            ("the press", "the press's"),
        ] {
            assert_eq!(possessive(name), expected);
        }
    }

    #[test]
    fn end_of_month_is_before_the_next() {
        let up_to = |day: &str| Ranges::between(i64::MIN, Date::parse(day).expect("a day").number());
        assert_eq!(numbers_words(&FactType::Date, &up_to("2099-12-31")), "is before 2100-01-01");
        assert_eq!(numbers_words(&FactType::Date, &up_to("2016-02-14")), "is not after 2016-02-14");
    }
}
