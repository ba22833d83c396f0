//! Parses one cell of a table, or one answer, as a claim about a fact.

use super::claim_json::{COMPARISONS, bit};
use super::names::{LARGEST, Names, is_id, name_key};
use crate::evidence::{Claim, Target, every};
use crate::policy::{Fact, FactType};
use crate::syntax::LARGEST_NUMBER;
use crate::text::{before_last_words, key, same_word};
use crate::value::{Date, Ranges};

/// Why a cell cannot be parsed.
pub(super) enum Wrong<'a> {
    Help(String),
    Value(String, &'a [String]),
}

/// Parses a cell as a claim about a fact.
pub(super) fn claim<'a>(cell: &str, fact: &'a Fact, names: &Names<'_>) -> Result<Claim, Wrong<'a>> {
    let words = name_key(cell);
    // In quotes, these words are ids or values of a choice.
    match key(cell).as_ref() {
        "unknown" => return Ok(Claim::Unknown),
        "contested" => return Ok(Claim::Contested),
        _ => {}
    }
    let help = |help: &str| Wrong::Help(format!("{help}, unknown, contested, or nothing"));
    match &fact.r#type {
        FactType::YesNo => match words.as_str() {
            "yes" => Ok(Claim::YesNo(true)),
            "no" => Ok(Claim::YesNo(false)),
            _ => Err(help("write yes, no")),
        },
        FactType::Number { .. } if too_large(&words) => Err(Wrong::Help(LARGEST.to_owned())),
        FactType::Number { .. } => match comparison(&words, &number) {
            Some(ranges) => possible(&ranges).map(Claim::Numbers),
            None => Err(help(
                "write a whole number, at least 200, at most 200, more than 200, less than 200, between 50 and 200",
            )),
        },
        FactType::Date => comparison(&words, &day).map(Claim::Dates).ok_or_else(|| {
            help("write a date such as 2016-02-01, before 2016-02-01, after 2016-02-01, between 2016-02-01 and 2016-03-01")
        }),
        FactType::Choice(choices) => values(&words, choices).map(Claim::Values),
        FactType::One(_) => one(cell, names).ok_or_else(|| help("write an id (a word such as unknown in double quotes), no one, not and an id")),
        FactType::Many(_) => members(cell).ok_or_else(|| help("write ids separated by ; (a word such as unknown in double quotes), none, ids and no others")),
    }
}

fn number(text: &str) -> Option<i64> {
    let groups: Vec<&str> = text.split(',').collect();
    let grouped = matches!(groups.as_slice(), [first, rest @ ..]
        if (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3));
    let digits = text.replace(',', "");
    let whole = (groups.len() == 1 || grouped) && digits.bytes().all(|byte| byte.is_ascii_digit());
    whole.then(|| digits.parse().ok()).flatten()
}

/// Returns whether a cell has a whole number above the limit.
fn too_large(words: &str) -> bool {
    let digits = |word: &str| word.replace(',', "").trim_start_matches('0').to_owned();
    words
        .split(' ')
        .map(digits)
        .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
        .any(|digits| digits.len() > 18 || digits.parse::<i64>().is_ok_and(|number| number > LARGEST_NUMBER))
}

/// Restricts ranges to the possible numbers, which are 0 or more.
fn possible<'a>(ranges: &Ranges) -> Result<Ranges, Wrong<'a>> {
    let possible = ranges.intersection(&Ranges::at_least(0));
    if possible.is_empty() {
        return Err(Wrong::Help("write a number that is 0 or more".to_owned()));
    }
    Ok(possible)
}

fn day(text: &str) -> Option<i64> {
    Date::parse(text).map(Date::number)
}

fn comparison(words: &str, point: &dyn Fn(&str) -> Option<i64>) -> Option<Ranges> {
    for (form, compare) in COMPARISONS {
        if let Some(rest) = words.strip_prefix(form).and_then(|rest| rest.strip_prefix(' ')) {
            return point(rest).map(compare);
        }
    }
    match words.strip_prefix("between ").and_then(|rest| rest.split_once(" and ")) {
        Some((low, high)) => {
            Some(Ranges::between(point(low)?, point(high)?)).filter(|ranges| !ranges.is_empty())
        }
        None => point(words).map(Ranges::only),
    }
}

fn values<'a>(words: &str, choices: &'a [String]) -> Result<u64, Wrong<'a>> {
    if let Some(bit) = bit(words, choices) {
        return Ok(bit);
    }
    let (negated, rest) = match words.strip_prefix("not ") {
        Some(rest) => (true, rest),
        None => (false, words),
    };
    let rest = rest.strip_prefix("one of ").unwrap_or(rest);
    let mut bits = 0;
    for value in rest.split([',', ';']).flat_map(|part| part.split(" or ")).map(str::trim) {
        bits |= bit(value, choices).ok_or_else(|| Wrong::Value(value.to_owned(), choices))?;
    }
    let bits = if negated { every(choices) & !bits } else { bits };
    if bits == 0 { Err(Wrong::Help("allow at least one value".to_owned())) } else { Ok(bits) }
}

fn one(cell: &str, names: &Names<'_>) -> Option<Claim> {
    let target = |text: &str| match names.only_one(text) {
        _ if key(text) == "no one" => Some(Target::NoOne),
        Some(kind) => Some(Target::Only(kind)),
        None => id(text).map(Target::Named),
    };
    let mut words = cell.splitn(2, char::is_whitespace);
    match (words.next(), words.next()) {
        (Some(not), Some(rest)) if same_word(not, "not") => target(rest.trim()).map(Claim::NotOne),
        _ => target(cell).map(Claim::One),
    }
}

fn members(cell: &str) -> Option<Claim> {
    if key(cell) == "none" {
        return Some(Claim::Members { ids: Vec::new(), complete: true });
    }
    let (list, complete) = match before_last_words(cell, &["and", "no", "others"]) {
        Some(list) => (list, true),
        None => (cell, false),
    };
    let written = list.split([',', ';']).map(str::trim).filter(|id| !id.is_empty());
    let ids: Vec<String> = written.map(id).collect::<Option<_>>()?;
    (!ids.is_empty()).then_some(Claim::Members { ids, complete })
}

/// Parses an id in a cell: bare, or in double quotes if it would mean something else.
fn id(text: &str) -> Option<String> {
    let quoted = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let bare = |text: &&str| !matches!(key(text).as_ref(), "unknown" | "contested" | "none");
    let id = quoted.or_else(|| Some(text).filter(bare))?;
    is_id(id).then(|| id.to_owned())
}
