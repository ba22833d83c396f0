//! The findings about dossiers in JSON or CSV.

use super::quotes::Fault;
use crate::diagnostic::{Diagnostic, nearest};
use crate::policy::polarity::same_polarity;
use crate::script::{as_latin, odd_letter};
use crate::span::Span;
use crate::text::{is_clean, unwelcome};

/// One finding. It is boxed to keep `Result` small.
pub(super) type Problem = Box<Diagnostic>;

/// The largest number of findings for one file. Reading stops there.
const MOST_FINDINGS: usize = 100;

/// The findings for one file, up to the limit.
#[derive(Debug, Default)]
pub(super) struct Problems {
    findings: Vec<Diagnostic>,
}

impl Problems {
    #[expect(clippy::boxed_local, reason = "callers have boxed problems and need not unbox them")]
    pub(super) fn push(&mut self, problem: Problem) {
        if !self.full() {
            self.findings.push(*problem);
        }
    }

    /// Returns whether the limit is reached, so that reading can stop.
    pub(super) fn full(&self) -> bool {
        self.findings.len() >= MOST_FINDINGS
    }

    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        if self.full()
            && let Some(last) = self.findings.last_mut()
        {
            let stopped = format!("reading stopped here, after {MOST_FINDINGS} findings");
            last.help = Some(match last.help.take() {
                Some(help) => format!("{help}; {stopped}"),
                None => stopped,
            });
        }
        self.findings
    }
}

pub(super) fn decode(place: Span, bytes: &[u8], largest: usize) -> Result<&str, Problem> {
    let unreadable = |message: String| Diagnostic::error("P0700", place, message);
    if bytes.len() > largest {
        let message = format!("the file is larger than {} MiB", largest / (1024 * 1024));
        return Err(unreadable(message).help("divide it into several files").into());
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(unreadable("the file is UTF-16 text".to_owned()).help("save it as UTF-8").into());
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        let message = format!("the file is not text: byte {at} is zero");
        return Err(unreadable(message).help("give a file in JSON or CSV").into());
    }
    std::str::from_utf8(bytes).map_err(|error| {
        unreadable(format!("the file is not UTF-8 text: byte {} is invalid", error.valid_up_to()))
            .help("save it as UTF-8")
            .into()
    })
}

pub(super) fn not_json(span: Span, error: &serde_json::Error) -> Problem {
    Diagnostic::error("P0701", span, format!("this is not JSON: {}", json_fault(&error.to_string())))
        .help("close every bracket, brace and quote, and put commas between the values")
        .into()
}

/// Returns what is wrong with JSON, in words for its author rather than for programmers.
fn json_fault(words: &str) -> &'static str {
    const FAULTS: [(&str, &str); 19] = [
        ("EOF while parsing a list", "a list is not closed with ]"),
        ("EOF while parsing an object", "an object is not closed with }"),
        ("EOF while parsing a string", "a text is not closed with a double quote"),
        ("EOF while parsing a value", "it ends where a value is expected"),
        ("expected `:`", "a colon is expected between a key and its value"),
        ("expected `,` or `]`", "a comma or ] is expected"),
        ("expected `,` or `}`", "a comma or } is expected"),
        ("expected ident", "true, false or null is expected"),
        (
            "expected value",
            "a value is expected: a text in double quotes, a number, true, false, null, a list or an object",
        ),
        ("invalid escape", "a backslash precedes a character that cannot be escaped"),
        ("invalid number", "a number is not written in digits"),
        ("number out of range", "a number is too large"),
        ("invalid unicode code point", "an escape is not a valid character"),
        ("control character", "a text contains a line break, a tab or another control character"),
        ("key must be a string", "a key is expected, in double quotes"),
        ("lone leading surrogate", "an escape is only half of a character"),
        ("unexpected end of hex escape", "an escape is only half of a character"),
        ("trailing comma", "a comma precedes a closing bracket or brace"),
        ("trailing characters", "text follows the end of the value"),
    ];
    let found = FAULTS.iter().find(|(theirs, _)| words.starts_with(theirs));
    found.map_or("the syntax is wrong", |(_, ours)| ours)
}

pub(super) fn not_csv(span: Span, words: &str) -> Problem {
    Diagnostic::error("P0701", span, format!("this is not CSV: {words}"))
        .help("write one subject per row, separate cells by commas, and quote cells that contain a comma")
        .into()
}

/// Reports a quote in a table that is not closed, or not closed at the end of its cell.
pub(super) fn open_quote(span: Span, fault: Fault) -> Problem {
    let (message, help) = fault.words(None);
    Diagnostic::error("P0701", span, format!("this is not CSV: {message}")).help(help).into()
}

pub(super) fn deep(span: Span, deepest: usize) -> Problem {
    Diagnostic::error("P0702", span, format!("this is nested deeper than {deepest} levels"))
        .help("a dossier needs no more than six")
        .into()
}

pub(super) fn unknown_key(span: Span, key: &str, known: &[&str]) -> Problem {
    let problem = Diagnostic::error("P0703", span, format!("unknown key {}", shown(key)));
    let problem = match nearest(key, known.iter().copied()).first() {
        Some(near) => problem.help(format!("did you mean \"{near}\"?")).fix(span, format!("\"{near}\"")),
        None => problem.help(format!("the known keys are {}", quoted(known.iter().copied(), ", "))),
    };
    problem.into()
}

pub(super) fn repeated(span: Span, first: Span, what: &str) -> Problem {
    Diagnostic::error("P0704", span, format!("duplicate {what}"))
        .see(first, "the first is here")
        .help("keep one of the two")
        .into()
}

/// Reports two columns or keys that are about the same fact.
pub(super) fn same_fact(span: Span, first: Span, what: &str, [one, other]: [&str; 2]) -> Problem {
    let message = format!("the {what}s \"{one}\" and \"{other}\" are about the same fact");
    Diagnostic::error("P0704", span, message)
        .see(first, "the first is here")
        .help("keep one of the two; if sources disagree, write contested")
        .into()
}

pub(super) fn absent(span: Span, what: &str, help: impl Into<String>) -> Problem {
    Diagnostic::error("P0705", span, format!("{what} is missing")).help(help).into()
}

pub(super) fn wrong_value(span: Span, message: impl Into<String>, help: impl Into<String>) -> Problem {
    Diagnostic::error("P0706", span, message).help(help).into()
}

pub(super) fn unknown_name<'a>(
    span: Span,
    what: &str,
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Problem {
    let known: Vec<&str> = known.into_iter().collect();
    let odd = odd_letter(name).map_or_else(String::new, |odd| format!("; {odd}"));
    let problem = Diagnostic::error("P0707", span, format!("unknown {what} {}{odd}", shown(name)));
    let mut near = nearest(&as_latin(name), known.iter().copied());
    near.retain(|near| same_polarity(name, near));
    let problem = if near.is_empty() {
        match known.as_slice() {
            [] => problem,
            all if all.len() <= 8 => problem.help(format!("possible: {}", quoted(all.iter().copied(), ", "))),
            many => problem
                .help(format!("possible, among others: {}", quoted(many.iter().take(8).copied(), ", "))),
        }
    } else {
        problem.help(format!("did you mean {}?", quoted(near, " or ")))
    };
    problem.into()
}

/// Reports an id that is read as another one which differs from it only in case.
pub(super) fn other_case(span: Span, id: &str, own: &str) -> Problem {
    Diagnostic::remark("P0730", span, format!("\"{id}\" is read as \"{own}\""))
        .help("write the id as in its declaration")
        .into()
}

pub(super) fn defined(span: Span, phrase: &str) -> Problem {
    Diagnostic::error("P0708", span, format!("\"{phrase}\" has a definition and cannot be stated"))
        .help("state the facts of its definition")
        .into()
}

pub(super) fn too_many(span: Span, what: &str, limit: usize) -> Problem {
    Diagnostic::error("P0709", span, format!("there are more than {limit} {what}"))
        .help("leave some out, or divide them among several subjects")
        .into()
}

/// The largest number of characters of a text in data. Together with what precedes it, such a text fits on a line.
pub const LONGEST_TEXT: usize = 1_900;

/// Checks that a dossier can contain a text.
pub(super) fn sound_text(span: Span, text: &str) -> Result<(), Problem> {
    if let Some(found) = unwelcome(text) {
        let help = format!("{}; leave it out", found.why);
        return Err(Diagnostic::error("P0731", span, found.message()).help(help).into());
    }
    if text.len() > LONGEST_TEXT && text.chars().nth(LONGEST_TEXT).is_some() {
        return Err(wrong_value(span, "this text is too long", "a text has at most 1,900 characters"));
    }
    Ok(())
}

/// Returns a text in quotes for a message, with the code points of invisible characters.
pub(super) fn shown(text: &str) -> String {
    let visible = |character: char| match is_clean(character.encode_utf8(&mut [0; 4])) {
        true => character.to_string(),
        false => format!("U+{:04X}", u32::from(character)),
    };
    format!("\"{}\"", text.chars().map(visible).collect::<String>())
}

/// Joins words in quotes.
fn quoted<'a>(words: impl IntoIterator<Item = &'a str>, between: &str) -> String {
    words.into_iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::json_fault;
    use serde_json::value::RawValue;

    #[test]
    fn every_json_fault_has_a_message() {
        for text in [
            "[1",
            "{\"a\": 1",
            "\"a",
            "",
            "{\"a\" 1}",
            "[1 2]",
            "{\"a\": 1 \"b\": 2}",
            "nul",
            "[tru]",
            "[perhaps]",
            "\"\\x\"",
            "[1.]",
            "[-]",
            "[01]",
            "\"\\ud800x\"",
            "\"\\ud800\\u0041\"",
            "\"two\nlines\"",
            "{a: 1}",
            "{1: 1}",
            "[1,]",
            "{\"a\": 1,}",
            "1 2",
            "[+1]",
            "['a']",
        ] {
            for error in [
                serde_json::from_str::<&RawValue>(text).err(),
                serde_json::from_str::<serde_json::Value>(text).err(),
            ] {
                let Some(error) = error else { continue };
                assert_ne!(json_fault(&error.to_string()), "the syntax is wrong", "{text}: {error}");
            }
        }
    }
}
