//! Reads comparisons: the numbers, days and values that the end of a clause allows.

use super::words::{is_or_is_not, span_of, unknown_or_contested};
use super::{ClauseReader, Read, Sentence};
use crate::id::FactId;
use crate::policy::lexicon::{Token, TokenKind, key, key_of};
use crate::policy::problem::{Problem, error, suggesting};
use crate::policy::{Allowed, FactType, Subject};
use crate::span::Span;
use crate::value::{Length, Ranges, TimeUnit, Window};

impl ClauseReader<'_, '_> {
    /// Reads what a number, date or choice is compared with.
    pub(super) fn compare(
        &self,
        subject: Subject,
        fact: FactId,
        tokens: &[Token],
        span: Span,
    ) -> Read<Sentence> {
        let declared = &self.lexicon.vocabulary.facts[fact];
        if let Some(contested) = unknown_or_contested(tokens) {
            return Ok(Sentence::Open { subject, fact, contested });
        }
        let place = span_of(tokens, tokens.len(), span);
        // The value of a choice may itself start with `not`.
        let denied = match (&declared.r#type, tokens) {
            (FactType::Choice(_), [_, rest @ ..]) => Some((true, rest)),
            _ => None,
        };
        let compared = is_or_is_not(tokens).map(|read| match (read, denied) {
            ((false, rest), Some(whole)) => self.choose(vec![(false, rest), whole]).unwrap_or((false, rest)),
            (read, _) => read,
        });
        let Some((positive, rest)) = compared else {
            return Err(error(
                "P0211",
                place,
                format!("expected a comparison of the {}", declared.phrase),
                "",
                comparisons(&declared.r#type, &declared.phrase),
            ));
        };
        let allowed = match &declared.r#type {
            FactType::Number { unit } => numbers(rest, unit, place)?
                .map(|ranges| Allowed::Numbers(if positive { ranges } else { ranges.complement() })),
            FactType::Date => match window(rest) {
                Some(window) => Some(Allowed::Relative { window, inside: positive }),
                None => dates(rest, place)?
                    .map(|ranges| Allowed::Dates(if positive { ranges } else { ranges.complement() })),
            },
            FactType::Choice(values) => {
                let bits = self.choice(rest, values, place)?;
                let all = super::mask(values.len());
                Some(Allowed::Values(if positive { bits } else { all & !bits }))
            }
            _ => None,
        };
        match allowed {
            Some(allowed) if is_impossible(&allowed) => Err(impossible(&declared.r#type, place)),
            Some(allowed) => Ok(Sentence::Test { subject, fact, allowed, denied: !positive }),
            None => {
                let problem = error(
                    "P0211",
                    place,
                    format!("the {} must be {}", declared.phrase, type_name(&declared.r#type)),
                    format!("expected {}", type_name(&declared.r#type)),
                    comparisons(&declared.r#type, &declared.phrase),
                );
                Err(match &declared.r#type {
                    FactType::Number { unit } => number_in_our_words(problem, positive, rest, unit, place),
                    FactType::Date => window_in_our_words(problem, positive, rest),
                    _ => problem,
                })
            }
        }
    }

    /// Returns the values of a choice that are named, as bits.
    fn choice(&self, tokens: &[Token], values: &[String], place: Span) -> Read<u64> {
        let list = match tokens {
            [one, of, rest @ ..] if one.bare() == Some("one") && of.bare() == Some("of") => rest,
            tokens => tokens,
        };
        let keys: Vec<String> = values.iter().map(|value| key_of(value)).collect();
        let mut bits = 0;
        for name in list.split(|token| token.kind == TokenKind::Comma) {
            let span = span_of(name, name.len(), place);
            let wanted = key(name);
            match keys.iter().position(|key| *key == wanted) {
                Some(at) => bits |= 1 << at,
                None => {
                    let near = self.lexicon.near(&wanted, keys.iter().map(String::as_str));
                    let problem =
                        error("P0213", span, format!("unknown value `{wanted}`"), "not a value", "");
                    return Err(suggesting(
                        problem,
                        span,
                        &near,
                        &format!("write one of {}", values.join(", ")),
                    ));
                }
            }
        }
        Ok(bits)
    }
}

/// Returns whether no value of the fact's type meets a comparison.
fn is_impossible(allowed: &Allowed) -> bool {
    match allowed {
        Allowed::Numbers(ranges) => ranges.intersection(&Ranges::at_least(0)).is_empty(),
        Allowed::Values(values) => *values == 0,
        Allowed::YesNo(_) | Allowed::Dates(_) | Allowed::Relative { .. } => false,
    }
}

fn impossible(r#type: &FactType, place: Span) -> Problem {
    let (message, help) = match r#type {
        FactType::Choice(values) => {
            ("this excludes every value".to_owned(), format!("allow at least one of {}", values.join(", ")))
        }
        _ => {
            ("no number is less than 0".to_owned(), "a number is 0 or more: write `is 0` for none".to_owned())
        }
    };
    error("P0246", place, message, "never true", help)
}

/// Returns the numbers that a comparison allows.
fn numbers(tokens: &[Token], unit: &str, place: Span) -> Read<Option<Ranges>> {
    let (make, rest): (fn(i64) -> Ranges, &[Token]) = match tokens {
        [at, least, rest @ ..] if at.word() == Some("at") && least.word() == Some("least") => {
            (Ranges::at_least, rest)
        }
        [at, most, rest @ ..] if at.word() == Some("at") && most.word() == Some("most") => {
            (Ranges::at_most, rest)
        }
        [more, than, rest @ ..] if more.word() == Some("more") && than.word() == Some("than") => {
            (Ranges::more_than, rest)
        }
        [less, than, rest @ ..] if less.word() == Some("less") && than.word() == Some("than") => {
            (Ranges::less_than, rest)
        }
        [between, low, and, high, rest @ ..]
            if between.word() == Some("between") && and.word() == Some("and") =>
        {
            let (TokenKind::Number(low), TokenKind::Number(high)) = (&low.kind, &high.kind) else {
                return Ok(None);
            };
            check_unit(rest, unit, place)?;
            if low > high {
                return Err(reversed(place, &low.to_string(), &high.to_string()));
            }
            return Ok(Some(Ranges::between(*low, *high)));
        }
        rest => (Ranges::only, rest),
    };
    let [Token { kind: TokenKind::Number(number), .. }, rest @ ..] = rest else { return Ok(None) };
    check_unit(rest, unit, place)?;
    Ok(Some(make(*number)))
}

/// Common wordings of comparisons, with the wording of the language. If one wording starts with another, the longer one
/// comes first.
const COMPARISONS: &[(&str, &str)] = &[
    ("no less than", "at least "),
    ("no fewer than", "at least "),
    ("minimum", "at least "),
    ("at least", "at least "),
    ("no more than", "at most "),
    ("up to", "at most "),
    ("maximum", "at most "),
    ("at most", "at most "),
    ("greater than", "more than "),
    ("higher than", "more than "),
    ("larger than", "more than "),
    ("more than", "more than "),
    ("above", "more than "),
    ("over", "more than "),
    ("fewer than", "less than "),
    ("lower than", "less than "),
    ("smaller than", "less than "),
    ("less than", "less than "),
    ("below", "less than "),
    ("under", "less than "),
    ("equal to", ""),
    ("exactly", ""),
];

/// Numbers written as words.
const NUMBERS: &[(&str, i64)] = &[
    ("zero", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("hundred", 100),
    ("thousand", 1000),
    ("dozen", 12),
];

/// Words that make a number inexact.
const ROUGHLY: &[&str] = &["about", "around", "approximately", "roughly", "nearly", "almost", "some"];

/// Adds what to write instead, if the comparison has another wording or its number is not in digits.
fn number_in_our_words(
    problem: Problem,
    positive: bool,
    tokens: &[Token],
    unit: &str,
    place: Span,
) -> Problem {
    let is = if positive { "is" } else { "is not" };
    let (ours, rest) = COMPARISONS
        .iter()
        .find_map(|(words, ours)| Some((*ours, starting(tokens, words)?)))
        .unwrap_or(("", tokens));
    let (number, after) = match rest {
        [Token { kind: TokenKind::Number(number), .. }, after @ ..] => (*number, after),
        [word, Token { kind: TokenKind::Number(number), .. }, ..]
            if word.word().is_some_and(|word| ROUGHLY.contains(&word)) =>
        {
            return in_digits(problem, is, ours, *number);
        }
        [word, ..] => {
            let word = word.word().unwrap_or_default();
            let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
            let named = NUMBERS.iter().find(|(name, _)| *name == word).map(|(_, number)| *number);
            return match named.or_else(|| digits.parse().ok()) {
                Some(number) => in_digits(problem, is, ours, number),
                None => problem,
            };
        }
        [] => return problem,
    };
    if check_unit(after, unit, place).is_err() {
        return problem;
    }
    let space = if after.is_empty() { "" } else { " " };
    let written = format!("{is} {ours}{number}{space}{}", key(after));
    Box::new(problem.help(format!("write `{written}`")).fix(place, written))
}

/// A common wording of a window: the words before and after a length of time.
type Wording = (&'static str, &'static str, fn(Length) -> Window);

const WINDOWS: &[Wording] = &[
    ("in the last", "", Window::WithinLast),
    ("in the past", "", Window::WithinLast),
    ("during the last", "", Window::WithinLast),
    ("within the past", "", Window::WithinLast),
    ("within", "", Window::WithinLast),
    ("at most", "ago", Window::WithinLast),
    ("no more than", "ago", Window::WithinLast),
    ("no older than", "", Window::WithinLast),
    ("no less than", "ago", Window::AtLeastAgo),
    ("fewer than", "ago", Window::LessThanAgo),
    ("under", "ago", Window::LessThanAgo),
];

/// Wordings of the days that lie longer than a length of time before the as-of date.
const LONGER: &[(&str, &str)] = &[("more than", "ago"), ("over", "ago"), ("older than", "")];

/// Reads a length of time between words.
fn length_between(tokens: &[Token], (before, after): (&str, &str)) -> Option<Length> {
    let rest = starting(tokens, before)?;
    match rest.split_last() {
        Some((last, rest)) if !after.is_empty() && last.word() == Some(after) => length(rest),
        _ if after.is_empty() => length(rest),
        _ => None,
    }
}

/// Adds what to write instead, if the comparison has another wording of a window.
fn window_in_our_words(problem: Problem, positive: bool, tokens: &[Token]) -> Problem {
    let is = |positive: bool| if positive { "is" } else { "is not" };
    let known = WINDOWS
        .iter()
        .find_map(|(before, after, window)| length_between(tokens, (before, after)).map(window));
    let longer = LONGER.iter().find_map(|words| length_between(tokens, *words));
    let help = match (known, longer) {
        (Some(window), _) => format!("write `{} {window}`", is(positive)),
        // What is not longer ago may still be in the future, which is hardly meant.
        (None, Some(length)) if !positive => format!("write `is {}`", Window::WithinLast(length)),
        (None, Some(length)) if length.unit == TimeUnit::Days => {
            let more = Length { count: length.count.saturating_add(1), ..length };
            format!("write `is {}`", Window::AtLeastAgo(more))
        }
        (None, Some(length)) => {
            format!("write `is {}`, which includes the day {length} ago", Window::AtLeastAgo(length))
        }
        (None, None) if starting(tokens, "in the past").is_some_and(<[Token]>::is_empty) => {
            format!("write `{} in the future`", is(!positive))
        }
        (None, None) => return problem,
    };
    Box::new(problem.help(help))
}

/// Returns the tokens after some words, if the tokens start with these.
fn starting<'t>(tokens: &'t [Token], words: &str) -> Option<&'t [Token]> {
    let mut rest = tokens;
    for word in words.split(' ') {
        let (first, others) = rest.split_first()?;
        rest = others;
        if first.word() != Some(word) {
            return None;
        }
    }
    Some(rest)
}

fn in_digits(mut problem: Problem, is: &str, ours: &str, number: i64) -> Problem {
    problem.help = Some(format!("write the number in whole digits, such as `{is} {ours}{number}`"));
    problem
}

fn check_unit(tokens: &[Token], unit: &str, place: Span) -> Read<()> {
    let written = key(tokens);
    let unit_key = key_of(unit);
    let singular = unit_key.strip_suffix('s').unwrap_or(&unit_key);
    if written.is_empty() || written == unit_key || written == singular {
        return Ok(());
    }
    let at = span_of(tokens, tokens.len(), place);
    let problem = error("P0212", at, format!("expected {unit}, found `{written}`"), "wrong unit", "");
    let help = format!("write {unit}, or leave the unit out");
    Err(Box::new(problem.fix(at, unit).help(help)))
}

/// Returns the days that a comparison allows.
fn dates(tokens: &[Token], place: Span) -> Read<Option<Ranges>> {
    let (make, rest): (fn(i64) -> Ranges, &[Token]) = match tokens {
        [before, rest @ ..] if before.word() == Some("before") => (Ranges::less_than, rest),
        [after, rest @ ..] if after.word() == Some("after") => (Ranges::more_than, rest),
        [between, low, and, high] if between.word() == Some("between") && and.word() == Some("and") => {
            let (TokenKind::Date(low), TokenKind::Date(high)) = (&low.kind, &high.kind) else {
                return Ok(None);
            };
            if low > high {
                return Err(reversed(place, &low.to_string(), &high.to_string()));
            }
            return Ok(Some(Ranges::between(low.number(), high.number())));
        }
        [on, rest @ ..] if on.word() == Some("on") => (Ranges::only, rest),
        rest => (Ranges::only, rest),
    };
    match rest {
        [Token { kind: TokenKind::Date(date), .. }] => Ok(Some(make(date.number()))),
        _ => Ok(None),
    }
}

/// Reads days that are described by how far they are from the as-of date: `within the last 12 months`.
fn window(tokens: &[Token]) -> Option<Window> {
    if let Some(rest) = starting(tokens, "within the last") {
        return length(rest).map(Window::WithinLast);
    }
    if let Some((ago, rest)) = tokens.split_last()
        && ago.word() == Some("ago")
    {
        return match starting(rest, "at least") {
            Some(rest) => length(rest).map(Window::AtLeastAgo),
            None => length(starting(rest, "less than")?).map(Window::LessThanAgo),
        };
    }
    starting(tokens, "in the future").filter(|rest| rest.is_empty()).map(|_| Window::Future)
}

/// Reads `12 months`.
fn length(tokens: &[Token]) -> Option<Length> {
    let [Token { kind: TokenKind::Number(count), .. }, unit] = tokens else { return None };
    let unit = match unit.word()? {
        "day" | "days" => TimeUnit::Days,
        "week" | "weeks" => TimeUnit::Weeks,
        "month" | "months" => TimeUnit::Months,
        "year" | "years" => TimeUnit::Years,
        _ => return None,
    };
    Some(Length { count: u32::try_from(*count).ok()?, unit })
}

fn reversed(place: Span, low: &str, high: &str) -> Problem {
    error(
        "P0226",
        place,
        format!("nothing lies between {low} and {high}"),
        "wrong order",
        format!("write `between {high} and {low}`"),
    )
}

/// Returns the name of a type for a message.
pub(crate) fn type_name(r#type: &FactType) -> String {
    match r#type {
        FactType::YesNo => "yes or no".to_owned(),
        FactType::Number { unit } => format!("a number of {unit}"),
        FactType::Date => "a date".to_owned(),
        FactType::Choice(values) => format!("one of {}", values.join(", ")),
        FactType::One(_) => "one entity".to_owned(),
        FactType::Many(_) => "a list".to_owned(),
    }
}

fn comparisons(r#type: &FactType, phrase: &str) -> String {
    match r#type {
        FactType::Number { .. } => {
            format!("write `{phrase} is at least 50`, `is less than 50`, `is between 50 and 200` or `is 50`")
        }
        FactType::Date => format!(
            "write `{phrase} is before 2016-02-01`, `is after …`, `is within the last 12 months`, `is at least 6 days ago`, \
             `is in the future` or `is 2016-02-01`"
        ),
        FactType::Choice(values) => {
            format!(
                "write `{phrase} is {}` or `is one of {}`",
                values.first().map_or("…", String::as_str),
                values.join(", ")
            )
        }
        _ => String::new(),
    }
}
