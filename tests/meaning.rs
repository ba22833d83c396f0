//! Tests of the language reference: each file of `meaning/` starts with sentences of rules/LANGUAGE.md, and has
//! scenarios that follow from them.

use crate::layers::files;
use placet::bundle::gather;
use placet::decision::{ChangeWord, decide};
use placet::diagnostic::any_error;
use placet::value::Date;
use placet::{evidence, policy, scenario};
use std::fs;
use std::path::Path;

const PAGE: &str = include_str!("../rules/LANGUAGE.md");
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/meaning");

/// A text on one line.
fn in_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_reference_agrees_with_its_scenarios() {
    let page = in_line(PAGE);
    let mut failures = Vec::new();
    for path in files(Path::new(FOLDER), ".placet") {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let sentences: Vec<&str> = text.lines().map_while(|line| line.strip_prefix("# ")).collect();
        assert!(!sentences.is_empty(), "{name} starts with no sentence of the reference");
        for sentence in sentences {
            assert!(page.contains(&in_line(sentence)), "{name}: the reference does not say: {sentence}");
        }
        let bundle = gather(&[&name], &mut |_| Ok(text.clone().into_bytes()));
        let resolved = policy::resolve(&bundle);
        let found: Vec<_> = bundle.problems.iter().chain(&resolved.problems).collect();
        let policy = resolved.policy.unwrap_or_else(|| panic!("{name}: {found:?}"));
        let (scenarios, problems) = scenario::read(&bundle, &policy);
        assert!(!any_error(&problems), "{name}: {problems:?}");
        assert!(!scenarios.is_empty(), "{name} has no scenario");
        for one in &scenarios {
            let ran = scenario::run(&policy, one);
            let failed = ran.checks.iter().filter(|check| !check.passed);
            failures.extend(failed.map(|check| {
                format!("{name}, \"{}\": expected {}, found {}", one.title, check.expected, check.actual)
            }));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Changes can establish the value of a fixed fact, but never change it.
#[test]
fn a_fixed_fact_can_be_established_but_not_changed() {
    let text = "kind group\n  home region : one of west, east\n    fixed\n\npolicy \"P\"\n  id p\n  version 1\n  \
                about group\n\nassistance training\n\nrequirement west \"From the west\"\n  needs the group's \
                home region is west\n\ndossier open \"Open\"\n  about group\n\ndossier east \"East\"\n  about \
                group\n  - its home region is east\n";
    let bundle = gather(&["a.placet"], &mut |_| Ok(text.into()));
    let policy = policy::resolve(&bundle).policy.unwrap();
    let known = evidence::read(&bundle, &policy.vocabulary).0;
    let decided = |id: &str| {
        let decision = decide(&policy, &known, id, Date::parse("2016-02-15").unwrap(), None).unwrap();
        let verdict = &decision.verdicts[0];
        let changes = verdict.changes.iter().flatten().map(|change| change.word);
        (changes.collect::<Vec<ChangeWord>>(), verdict.out_of_reach)
    };
    assert_eq!(decided("open"), (vec![ChangeWord::Establish], false));
    assert_eq!(decided("east"), (vec![], true));
}
