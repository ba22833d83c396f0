//! The examples in rules/LANGUAGE.md form one policy, one vocabulary and one dossier, without errors.
//!
//! What the examples use but the page does not show is in `language/vocabulary.placet`.

use placet::bundle::{LoadError, gather};
use placet::decision::decide;
use placet::{evidence, policy, scenario, syntax};

const PAGE: &str = include_str!("../rules/LANGUAGE.md");
const REST: &str = include_str!("language/vocabulary.placet");

/// The examples of a kind, in the order of the page.
fn examples(kind: &str) -> Vec<&'static str> {
    PAGE.split(&format!("```{kind}\n")).skip(1).map(|rest| rest.split_once("```").unwrap().0).collect()
}

fn load(path: &str) -> Result<Vec<u8>, LoadError> {
    let page = examples("placet");
    let of = |wanted: fn(&&str) -> bool| page.iter().copied().filter(wanted).collect::<Vec<_>>().join("\n");
    match path {
        "vocabulary.placet" => Ok(REST.into()),
        "policy.placet" => {
            // The example of a condition gets its own rule.
            let condition = examples("placet-condition").concat().replace('\n', "\n  ");
            let condition = format!("\nrequirement shown \"Shown\"\n  needs {condition}");
            Ok((of(|block| !block.starts_with("dossier")) + condition.trim_end() + "\n").into())
        }
        "dossiers/misrata.placet" => Ok(of(|block| block.starts_with("dossier")).into()),
        _ => Err(LoadError::NotFound),
    }
}

#[test]
fn every_example_is_formatted() {
    for example in examples("placet") {
        let file = syntax::parse(placet::span::FileId::default(), example);
        assert_eq!(file.problems, [], "{example}");
        assert_eq!(syntax::format(&file, example), example);
    }
}

#[test]
fn the_examples_decide_together() {
    let bundle = gather(&["policy.placet", "dossiers/misrata.placet"], &mut load);
    let resolved = policy::resolve(&bundle);
    let (known, problems) = evidence::read(&bundle, &resolved.vocabulary);
    let found: Vec<String> = bundle
        .problems
        .iter()
        .chain(&resolved.problems)
        .chain(&problems)
        .map(|problem| {
            format!("{} {} `{}`", problem.code, problem.message, bundle.sources.slice(problem.span))
        })
        .collect();
    assert_eq!(found, [""; 0]);
    let policy = resolved.policy.unwrap();
    let (scenarios, problems) = scenario::read(&bundle, &policy);
    assert_eq!(problems, []);
    assert_eq!(scenarios.len(), 2);
    let dossier = &known.dossiers[0];
    let decided = decide(&policy, &known, &dossier.id, dossier.as_of.unwrap(), None).unwrap();
    assert_eq!(decided.verdicts.len(), policy.assistance.len());
}
