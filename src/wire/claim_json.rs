//! Reads and writes claims as JSON: `true`, `400`, `{"at_least": 200}`, `"west"`,
//! `{"members": ["a"], "complete": true}`.

use super::json::{Json, Value};
use super::names::{LARGEST, Names, is_id, name_key, not_id};
use super::problem::{Problem, absent, repeated, unknown_key, unknown_name, wrong_value};
use crate::evidence::{Claim, Target, every};
use crate::policy::{Fact, FactType, Vocabulary};
use crate::span::{Span, Spanned};
use crate::syntax::LARGEST_NUMBER;
use crate::value::{Date, Ranges};
use serde_json::{Value as Tree, json};

/// The words of a comparison, and the values that it allows.
type Comparison = (&'static str, fn(i64) -> Ranges);

/// The comparisons with one number or date, in the words of a cell. A key has `_` for a space.
pub(super) const COMPARISONS: [Comparison; 9] = [
    ("at least", Ranges::at_least),
    ("at most", Ranges::at_most),
    ("more than", Ranges::more_than),
    ("less than", Ranges::less_than),
    ("not before", Ranges::at_least),
    ("not after", Ranges::at_most),
    ("before", Ranges::less_than),
    ("after", Ranges::more_than),
    ("not", |value| Ranges::only(value).complement()),
];

const NUMBERS: [&str; 8] =
    ["at_least", "at_most", "more_than", "less_than", "between", "not", "one_of", "in"];
const DATES: [&str; 8] = ["not_before", "not_after", "after", "before", "between", "not", "one_of", "in"];
const VALUES: [&str; 3] = ["not", "one_of", "not_one_of"];
const MEMBERS: [&str; 2] = ["members", "complete"];
const ONE: [&str; 2] = ["is", "is_not"];

/// Reads a claim about a fact.
pub(super) fn read(json: &Json, fact: &Fact, names: &Names<'_>) -> Result<Claim, Problem> {
    if let Value::Text(text) = &json.value {
        match text.as_str() {
            "unknown" => return Ok(Claim::Unknown),
            "contested" => return Ok(Claim::Contested),
            _ => {}
        }
    }
    match (&fact.r#type, &json.value) {
        (FactType::YesNo, Value::Bool(yes)) => Ok(Claim::YesNo(*yes)),
        (FactType::Number { .. }, Value::Object(members)) => {
            ranges(json.span, members, &NUMBERS, Ranges::at_least(0), &number).map(Claim::Numbers)
        }
        (FactType::Number { .. }, Value::Number(_)) => Ok(Claim::Numbers(Ranges::only(number(json)?))),
        (FactType::Date, Value::Object(members)) => {
            ranges(json.span, members, &DATES, Ranges::all(), &day).map(Claim::Dates)
        }
        (FactType::Date, Value::Text(_)) => Ok(Claim::Dates(Ranges::only(day(json)?))),
        (FactType::Choice(choices), Value::Text(_)) => value(json, choices).map(Claim::Values),
        (FactType::Choice(choices), Value::Object(members)) => {
            values(json.span, members, choices).map(Claim::Values)
        }
        (FactType::Many(_), Value::Object(members)) => list(json.span, members),
        (FactType::One(_), Value::Object(members)) => one(json.span, members, names),
        _ => Err(mismatch(json, fact)),
    }
}

fn mismatch(json: &Json, fact: &Fact) -> Problem {
    let message = format!("\"{}\" does not accept {}", fact.phrase, json.value.word());
    wrong_value(json.span, message, format!("write {}", expected(&fact.r#type)))
}

/// Returns the values that a type accepts, in words.
fn expected(r#type: &FactType) -> String {
    let rest = "\"unknown\" or \"contested\"";
    match r#type {
        FactType::YesNo => format!("true, false, {rest}"),
        FactType::Number { unit } => {
            format!("a whole number of {unit}, {{\"at_least\": 200}} or similar, {rest}")
        }
        FactType::Date => {
            format!("a date such as \"2016-02-01\", {{\"before\": \"2016-02-01\"}} or similar, {rest}")
        }
        FactType::Choice(values) => {
            let values: Vec<String> = values.iter().map(|value| format!("\"{value}\"")).collect();
            format!("{}, {{\"not\": …}}, {{\"one_of\": […]}}, {rest}", values.join(", "))
        }
        FactType::One(_) => {
            format!("{{\"is\": \"id\"}}, {{\"is\": null}} for no one, {{\"is_not\": \"id\"}}, {rest}")
        }
        FactType::Many(_) => format!("{{\"members\": [\"id\"], \"complete\": true}}, {rest}"),
    }
}

type Members = [(Spanned<String>, Json)];

/// Checks the keys of a value: all known, no duplicates, at least one.
fn keys(span: Span, members: &Members, known: &[&str]) -> Result<(), Problem> {
    for (place, (key, _)) in members.iter().enumerate() {
        if !known.contains(&key.value.as_str()) {
            return Err(unknown_key(key.span, &key.value, known));
        }
        if let Some((first, _)) = members.iter().take(place).find(|(other, _)| other.value == key.value) {
            return Err(repeated_key(key, first));
        }
    }
    if members.is_empty() {
        return Err(wrong_value(
            span,
            "the value is empty",
            format!("the known keys are {}", known.join(", ")),
        ));
    }
    Ok(())
}

/// Reports a key that an object has twice.
pub(super) fn repeated_key(key: &Spanned<String>, first: &Spanned<String>) -> Problem {
    repeated(key.span, first.span, &format!("key \"{}\"", key.value))
}

fn number(json: &Json) -> Result<i64, Problem> {
    let help = "write a whole number, without a fraction or an exponent";
    let Value::Number(text) = &json.value else { return Err(json.is_not("a number", help)) };
    match text.parse::<i64>() {
        Ok(number) if number > LARGEST_NUMBER => Err(too_large(json.span)),
        Ok(number) if number >= 0 => Ok(number),
        Ok(_) => {
            Err(wrong_value(json.span, format!("{text} is negative"), "write a number that is 0 or more"))
        }
        Err(_) if text.bytes().all(|byte| byte.is_ascii_digit()) => Err(too_large(json.span)),
        Err(_) => Err(wrong_value(json.span, format!("expected a whole number, found {text}"), help)),
    }
}

fn too_large(span: Span) -> Problem {
    wrong_value(span, "this number is too large", LARGEST)
}

const DATE: &str = "write a date that exists, such as \"2016-02-01\"";

/// Parses a date.
pub(super) fn date(text: &str, span: Span) -> Result<Date, Problem> {
    Date::parse(text).ok_or_else(|| wrong_value(span, format!("expected a date, found \"{text}\""), DATE))
}

fn day(json: &Json) -> Result<i64, Problem> {
    let Value::Text(text) = &json.value else { return Err(json.is_not("a date", DATE)) };
    date(text, json.span).map(Date::number)
}

/// Reads comparisons of numbers or dates. The result is what meets all of them.
fn ranges(
    span: Span,
    members: &Members,
    known: &[&str],
    mut all: Ranges,
    point: &dyn Fn(&Json) -> Result<i64, Problem>,
) -> Result<Ranges, Problem> {
    keys(span, members, known)?;
    for (key, json) in members {
        let is_it = |words: &str| words.split(' ').eq(key.value.split('_'));
        let these = match (key.value.as_str(), COMPARISONS.iter().find(|(words, _)| is_it(words))) {
            (_, Some((_, compare))) => compare(point(json)?),
            ("between", _) => pair(json, &|json| point(json).map(Some))?,
            ("in", _) => union(json, &|item| {
                pair(item, &|json| if json.is_null() { Ok(None) } else { point(json).map(Some) })
            })?,
            _ => union(json, &|item| point(item).map(Ranges::only))?,
        };
        all = all.intersection(&these);
    }
    if all.is_empty() {
        return Err(wrong_value(span, "no value meets all of these", "allow at least one value"));
    }
    Ok(all)
}

/// Reads `[low, high]`.
fn pair(json: &Json, point: &dyn Fn(&Json) -> Result<Option<i64>, Problem>) -> Result<Ranges, Problem> {
    let Value::List(items) = &json.value else { return Err(no_pair(json)) };
    let [low, high] = items.as_slice() else { return Err(no_pair(json)) };
    let ranges = Ranges::between(point(low)?.unwrap_or(i64::MIN), point(high)?.unwrap_or(i64::MAX));
    if ranges.is_empty() {
        return Err(wrong_value(
            json.span,
            "the first value is above the second",
            "write the lower value first",
        ));
    }
    Ok(ranges)
}

fn no_pair(json: &Json) -> Problem {
    wrong_value(json.span, "expected two values", "write [lowest, highest], both included")
}

fn union(json: &Json, read: &dyn Fn(&Json) -> Result<Ranges, Problem>) -> Result<Ranges, Problem> {
    let all: Vec<Ranges> = json.list()?.iter().map(read).collect::<Result<_, _>>()?;
    Ok(Ranges::any_of(all))
}

fn value(json: &Json, choices: &[String]) -> Result<u64, Problem> {
    let text = json.text()?;
    bit(text, choices)
        .ok_or_else(|| unknown_name(json.span, "value", text, choices.iter().map(String::as_str)))
}

/// Returns the bit of a value of a choice. The comparison ignores case.
pub(super) fn bit(text: &str, choices: &[String]) -> Option<u64> {
    let wanted = name_key(text);
    let place = choices.iter().position(|choice| name_key(choice) == wanted)?;
    1_u64.checked_shl(u32::try_from(place).ok()?)
}

fn values(span: Span, members: &Members, choices: &[String]) -> Result<u64, Problem> {
    keys(span, members, &VALUES)?;
    let mut all = every(choices);
    for (key, json) in members {
        let several = |json: &Json| match &json.value {
            Value::List(items) => items.iter().try_fold(0, |bits, item| Ok(bits | value(item, choices)?)),
            _ => value(json, choices),
        };
        all &= match key.value.as_str() {
            "one_of" => several(json)?,
            _ => !several(json)?,
        };
    }
    if all == 0 {
        return Err(wrong_value(span, "no value meets all of these", "allow at least one value"));
    }
    Ok(all)
}

fn list(span: Span, members: &Members) -> Result<Claim, Problem> {
    keys(span, members, &MEMBERS)?;
    let mut ids = None;
    let mut complete = false;
    for (key, json) in members {
        match (key.value.as_str(), &json.value) {
            ("members", Value::List(items)) => {
                ids = Some(items.iter().map(id).collect::<Result<Vec<String>, _>>()?);
            }
            ("complete", Value::Bool(yes)) => complete = *yes,
            ("members", _) => return Err(json.is_not("a list of ids", "write [\"id\", \"id\"]")),
            _ => return Err(json.is_not("true or false", "true means that there are no others")),
        }
    }
    match ids {
        Some(ids) if ids.is_empty() && !complete => {
            let help = "write \"complete\": true if there are none, or \"unknown\"";
            Err(wrong_value(span, "the list is empty, but not complete", help))
        }
        Some(ids) => Ok(Claim::Members { ids, complete }),
        None => Err(absent(span, "\"members\"", "write \"members\": [\"id\", \"id\"]")),
    }
}

/// Reads an id.
pub(super) fn id(json: &Json) -> Result<String, Problem> {
    match &json.value {
        Value::Text(text) if is_id(text) => Ok(text.clone()),
        Value::Text(text) => Err(not_id(text, json.span)),
        _ => Err(json.is_not("an id", "an id has letters, digits, \".\", \"-\" and \"_\", and no space")),
    }
}

fn one(span: Span, members: &Members, names: &Names<'_>) -> Result<Claim, Problem> {
    keys(span, members, &ONE)?;
    let [(key, json)] = members else {
        return Err(wrong_value(span, "\"is\" and \"is_not\" cannot be combined", "write two statements"));
    };
    let target = match &json.value {
        Value::Null => Target::NoOne,
        Value::Text(text) => names.target(text, json.span)?,
        _ => return Err(json.is_not("an id or null", "null means no one")),
    };
    Ok(if key.value == "is" { Claim::One(target) } else { Claim::NotOne(target) })
}

/// Writes a claim, which [`read`] reads back.
///
/// `owner` is the id of the dossier, which prefixes the ids of members written in place.
pub(super) fn write(claim: &Claim, r#type: &FactType, owner: &str, vocabulary: &Vocabulary) -> Tree {
    match claim {
        Claim::YesNo(yes) => json!(yes),
        Claim::Numbers(ranges) => write_ranges(&ranges.without_floor(), &NUMBERS, &|number| json!(number)),
        Claim::Dates(ranges) => {
            write_ranges(ranges, &DATES, &|day| json!(Date::from_number(day).map(|date| date.to_string())))
        }
        Claim::Values(bits) => write_values(*bits, r#type),
        Claim::Members { ids, complete } => {
            let ids: Vec<&str> = ids.iter().map(|id| own_id(owner, id)).collect();
            json!({ "members": ids, "complete": complete })
        }
        Claim::One(target) => json!({ "is": write_target(target, owner, vocabulary) }),
        Claim::NotOne(target) => json!({ "is_not": write_target(target, owner, vocabulary) }),
        Claim::Unknown => json!("unknown"),
        Claim::Contested => json!("contested"),
    }
}

/// Returns an id as it is written in the dossier of `owner`.
pub(super) fn own_id<'i>(owner: &str, id: &'i str) -> &'i str {
    id.strip_prefix(owner).and_then(|rest| rest.strip_prefix('/')).unwrap_or(id)
}

fn write_target(target: &Target, owner: &str, vocabulary: &Vocabulary) -> Tree {
    match target {
        Target::Named(id) => json!(own_id(owner, id)),
        Target::Only(kind) => json!(vocabulary.kinds.find(*kind).map(|kind| format!("the {}", kind.name))),
        Target::NoOne => Tree::Null,
    }
}

fn write_ranges(ranges: &Ranges, [least, most, ..]: &[&str; 8], point: &dyn Fn(i64) -> Tree) -> Tree {
    let tree = |key: &str, value: Tree| Tree::Object([(key.to_owned(), value)].into_iter().collect());
    if let Some(excepted) = ranges.complement().single() {
        return tree("not", point(excepted));
    }
    match ranges.ranges() {
        [(low, high)] if low == high => point(*low),
        [(low, i64::MAX)] if *low != i64::MIN => tree(least, point(*low)),
        [(i64::MIN, high)] if *high != i64::MAX => tree(most, point(*high)),
        [(low, high)] if *low != i64::MIN && *high != i64::MAX => {
            tree("between", json!([point(*low), point(*high)]))
        }
        several => {
            let end = |value: i64, limit: i64| if value == limit { Tree::Null } else { point(value) };
            let pairs: Vec<Tree> = several
                .iter()
                .map(|(low, high)| json!([end(*low, i64::MIN), end(*high, i64::MAX)]))
                .collect();
            tree("in", Tree::Array(pairs))
        }
    }
}

fn write_values(bits: u64, r#type: &FactType) -> Tree {
    let FactType::Choice(choices) = r#type else { return Tree::Null };
    let named = |bits: u64| -> Vec<&String> {
        choices
            .iter()
            .enumerate()
            .filter(|(place, _)| bits >> place & 1 == 1)
            .map(|(_, choice)| choice)
            .collect()
    };
    let (chosen, others) = (named(bits), named(!bits));
    match (chosen.as_slice(), others.as_slice()) {
        ([only], _) if !matches!(only.as_str(), "unknown" | "contested") => json!(only),
        (_, [other]) => json!({ "not": other }),
        _ => json!({ "one_of": chosen }),
    }
}
