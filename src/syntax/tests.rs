//! Whole files, good and bad.

use super::*;
use std::fmt::Write;

/// The problems of a text, one a line: place, code, message.
fn problems(text: &str) -> String {
    let file = parse(FileId(0), text);
    file.problems.iter().fold(String::new(), |mut lines, problem| {
        let place = crate::span::position(text, problem.span.start as usize);
        writeln!(lines, "{place} {} {}", problem.code, problem.message).unwrap();
        lines
    })
}

/// The examples of the language reference in fences of a kind.
fn examples(kind: &str) -> Vec<String> {
    let reference = include_str!("../../rules/LANGUAGE.md");
    reference
        .split("\n```")
        .filter_map(|part| part.strip_prefix(kind)?.strip_prefix('\n'))
        .map(|text| format!("{text}\n"))
        .collect()
}

#[test]
fn the_examples_of_the_reference_are_well_formed() {
    let examples = examples("placet");
    assert!(examples.len() >= 7, "{}", examples.len());
    for example in examples {
        assert_eq!(problems(&example), "", "{example}");
    }
}
