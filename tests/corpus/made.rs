//! Tests of limits, with generated files that would be too large for a person to read.

use super::{codes, data, findings};
use placet::bundle::LoadError;
use placet::diagnostic::Diagnostic;
use placet::span::Sources;
use std::fmt::Write;
use std::sync::LazyLock;

/// Generates the text of a requested file.
type Make = fn(&str) -> Option<String>;

/// The codes that limits give, each with a generator of a file that is one beyond the limit.
const CODES: &[(&str, Make)] = &[
    ("P0003", files),
    ("P0103", bytes),
    ("P0104", line),
    ("P0199", problems),
    ("P0260", rules),
    ("P0261", facts),
    ("P0267", translated),
    ("P0268", languages),
    ("P0271", thresholds),
    ("P0305", statements),
    ("P0320", own_words),
    ("P0411", scenarios),
    ("P0516", entangled),
    ("P0709", statements_in_json),
];

const VOCABULARY: &str = "kind group\n  is neutral : yes or no\n";

const POLICY: &str = "policy \"Made\"\n  id made\n  version 1\n  about group\n\nassistance training\n";

/// One file that uses 1,000 others.
fn files(path: &str) -> Option<String> {
    let uses = (0..1_000).map(|number| format!("use \"{number}.placet\"\n")).collect();
    if path == "made.placet" { Some(uses) } else { Some(String::new()) }
}

fn bytes(_: &str) -> Option<String> {
    Some("# \n".repeat(4 * 1024 * 1024 / 3 + 1))
}

fn line(_: &str) -> Option<String> {
    Some(format!("source x \"{}\"\n", "x".repeat(2_000)))
}

fn problems(_: &str) -> Option<String> {
    Some("mistake\n".repeat(1_001))
}

fn rules(_: &str) -> Option<String> {
    let mut text = format!("{POLICY}\n{VOCABULARY}\n");
    for number in 0..=20_000 {
        writeln!(text, "requirement r{number} \"R\"\n  needs the group is neutral\n").unwrap();
    }
    Some(text)
}

fn thresholds(_: &str) -> Option<String> {
    let mut text = format!("{POLICY}\nkind group\n  headcount : number of fighters\n\n");
    for number in 1..=61 {
        let value = 10 * number;
        writeln!(text, "requirement r{number} \"R\"\n  needs the group's headcount is not {value}\n")
            .unwrap();
    }
    Some(text)
}

/// A dossier that uses a file with 100,001 kinds.
fn own_words(path: &str) -> Option<String> {
    if path != "made.placet" {
        return Some((0..=100_000).map(|number| format!("kind k{number}\n")).collect());
    }
    let rule = "requirement r \"R\"\n  needs the group is neutral\n";
    Some(format!("{POLICY}\n{VOCABULARY}\n{rule}\ndossier d\n  about group\n  use \"words.placet\"\n"))
}

fn facts(_: &str) -> Option<String> {
    let mut text = "kind group\n".to_owned();
    for number in 0..=20_000 {
        writeln!(text, "  has mark {number} : yes or no").unwrap();
    }
    Some(text)
}

fn translated(_: &str) -> Option<String> {
    let mut text = "translation fr\n".to_owned();
    for number in 0..=100_000 {
        writeln!(text, "  \"{number}\"\n    \"n\"").unwrap();
    }
    Some(text)
}

fn languages(_: &str) -> Option<String> {
    let letters = || (b'a'..=b'z').map(char::from);
    let tags = letters().flat_map(|first| letters().map(move |second| format!("{first}{second}")));
    Some(tags.take(101).map(|tag| format!("translation {tag}\n\n")).collect())
}

fn statements(_: &str) -> Option<String> {
    let mut text = format!("{VOCABULARY}\ndossier made\n  about group\n");
    text.push_str(&"  - it is neutral\n".repeat(100_001));
    Some(text)
}

/// A chain of scenarios, each of which starts from the one before.
fn scenarios(_: &str) -> Option<String> {
    let rule = "requirement r \"R\"\n  needs the group is neutral\n";
    let mut text = format!("{POLICY}\n{VOCABULARY}\n{rule}\nscenario \"0\"\n  as of 2016-02-15\n");
    text.push_str("  expect training is undetermined\n");
    for number in 1..=33 {
        let base = number - 1;
        writeln!(text, "\nscenario \"{number}\"\n  as in \"{base}\"\n  expect training is undetermined")
            .unwrap();
    }
    Some(text)
}

fn statements_in_json(_: &str) -> Option<String> {
    let statements = vec!["{\"fact\": \"is neutral\", \"value\": true}"; 100_001].join(",");
    Some(format!("{{\"id\": \"d\", \"about\": \"group\", \"statements\": [{statements}]}}"))
}

/// Two hundred pseudo-random clauses of three literals over sixty facts: too much for a proof.
fn entangled(_: &str) -> Option<String> {
    let mut text = format!("# P0516\n{POLICY}\nkind group\n");
    for number in 0..60 {
        writeln!(text, "  has mark {number} : yes or no").unwrap();
    }
    let mut drawn: u64 = 7;
    for number in 0..200 {
        let mut any = Vec::new();
        while any.len() < 3 {
            drawn = drawn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let (fact, yes) = ((drawn >> 33) as u32 % 60, drawn >> 62 & 1 == 1);
            let has = if yes { "has" } else { "does not have" };
            let end = format!(" mark {fact}\n");
            if !any.iter().any(|other: &String| other.ends_with(&end)) {
                any.push(format!("      - the group {has}{end}"));
            }
        }
        write!(text, "\nrequirement r{number} \"R\"\n  needs any of\n{}", any.concat()).unwrap();
    }
    Some(text)
}

/// The codes that limits give.
pub fn codes_of_limits() -> impl Iterator<Item = &'static str> {
    CODES.iter().map(|(code, _)| *code)
}

/// The findings in the generated file of a code.
pub struct Made {
    pub code: &'static str,
    pub sources: Sources,
    pub found: Vec<Diagnostic>,
}

/// The findings in all generated files; shared by all tests, since it takes long.
pub static FINDINGS: LazyLock<Vec<Made>> = LazyLock::new(|| {
    let made = |(code, make): &(&'static str, Make)| {
        let (sources, found) = findings_of(*make);
        Made { code, sources, found }
    };
    CODES.iter().map(made).collect()
});

fn findings_of(make: Make) -> (Sources, Vec<Diagnostic>) {
    let mut load = |path: &str| make(path).map(String::into_bytes).ok_or(LoadError::NotFound);
    match make("made.json").filter(|text| text.starts_with('{')) {
        Some(json) => data::findings("made.json", json.as_bytes()),
        None => {
            let (bundle, found) = findings("made.placet", &mut load);
            (bundle.sources, found)
        }
    }
}

#[test]
fn exceeding_a_limit_gives_one_finding() {
    for Made { code, found, .. } in FINDINGS.iter() {
        let given = codes(found);
        match *code {
            "P0199" => assert_eq!(given.last(), Some(code)),
            _ => assert_eq!(given, [*code]),
        }
    }
}
