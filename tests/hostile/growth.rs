//! Inputs within all limits that once took quadratic or cubic time: with such a regression, each would take minutes or
//! hours.

use super::families::FAMILIES;
use super::member::Member;
use placet::bundle::{Bundle, gather};
use placet::decision;
use placet::evidence::{self, Dossier, Evidence};
use placet::policy::{self, Policy};
use placet::span::FileId;
use placet::value::Date;
use placet::wire::{self, diagnostics, dossier_json};
use std::sync::Arc;

const POLICY: &str = r#"policy "Made"
  id      made
  version 1
  about   group

assistance training

kind group
  is neutral : yes or no
  headcount : number of fighters
  leaders : list of person
  parent : group

kind person
  is designated : yes or no

requirement size "Size"
  needs the group's headcount is at least 5

requirement parent "Parent"
  needs the group's parent is neutral
"#;

fn read(text: &str) -> Bundle {
    gather(&["made.placet"], &mut |_| Ok(text.as_bytes().to_vec()))
}

fn policy() -> Arc<Policy> {
    policy::resolve(&read(POLICY)).policy.unwrap()
}

fn day() -> Date {
    Date::parse("2016-02-15").unwrap()
}

/// Reads a policy with a dossier, and decides.
fn decide(dossier: &str) {
    let bundle = read(&format!("{POLICY}\ndossier made\n  about group\n{dossier}"));
    let policy = policy::resolve(&bundle).policy.unwrap();
    let (known, problems) = evidence::read(&bundle, &policy.vocabulary);
    assert!(problems.is_empty(), "{:?}", problems.first());
    assert_eq!(decision::outcomes(&policy, &known, "made", day()).unwrap().len(), 1);
}

#[test]
fn files_that_all_use_each_other() {
    let uses: String = (0..300).map(|file| format!("use \"{file}.placet\"\n")).collect();
    let bundle = gather(&["0.placet"], &mut |_| Ok(uses.clone().into_bytes()));
    let circles = bundle.problems.iter().filter(|problem| problem.code == "P0005");
    assert_eq!((bundle.files.len(), circles.count()), (300, 300 * 301 / 2));
}

#[test]
fn very_many_findings_in_one_file() {
    let line = format!("    - its headcount is between 1{}\n", " and 2".repeat(300));
    let text = format!("{POLICY}\nbar long \"Long\"\n  when any of\n{}", line.repeat(100));
    let bundle = read(&text);
    let found = policy::resolve(&bundle).problems;
    assert!(found.len() > 20_000);
    assert!(diagnostics::write(&found, &bundle.sources).len() > found.len());
    assert!(diagnostics::write_sarif(&found, &bundle.sources).len() > found.len());
}

#[test]
fn a_number_with_a_hundred_thousand_exceptions() {
    decide(&(0..100_000).map(|at| format!("  - its headcount is not {}\n", 2 * at)).collect::<String>());
}

#[test]
fn a_parent_with_very_many_exceptions() {
    let others: String = (0..5_000).map(|at| format!("\ndossier g{at}\n  about group\n")).collect();
    decide(&((0..5_000).map(|at| format!("  - its parent is not g{at}\n")).collect::<String>() + &others));
}

/// A dossier with very many members, each with a statement and an entry in its list.
fn crowd(members: usize) -> Dossier {
    let list = |item: &dyn Fn(usize) -> String| (0..members).map(item).collect::<Vec<_>>().join(",");
    let statement = r#"{"fact":"is designated","value":false}"#;
    let text = format!(
        r#"{{"id":"d","about":"group","statements":[{}],"members":[{}]}}"#,
        list(&|at| format!(r#"{{"fact":"leaders","value":{{"members":["m{at}"]}}}}"#)),
        list(&|at| format!(r#"{{"id":"m{at}","kind":"person","statements":[{statement}]}}"#)),
    );
    let mut read = dossier_json::read(FileId(0), &text, &policy().vocabulary, &[]);
    assert!(read.problems.is_empty(), "{:?}", read.problems.first());
    read.dossiers.remove(0)
}

#[test]
fn a_dossier_with_very_many_members() {
    let policy = policy();
    let dossier = crowd(50_000);
    assert!(dossier_json::write(&dossier, &policy.vocabulary).to_string().len() > 50_000);
    assert!(evidence::print(&dossier, &policy.vocabulary, &[]).unwrap().lines().count() > 150_000);
    let mut known = Evidence::default();
    assert!(wire::join(&mut known, vec![dossier], &policy.vocabulary).is_empty());
    let case = evidence::case(&policy.vocabulary, &known, "d", day()).unwrap();
    assert_eq!(case.entities.len(), 50_001);
}

#[test]
fn an_object_with_very_many_keys() {
    let keys: Vec<String> = (0..200_000).map(|at| format!("\"k{at}\":1")).collect();
    let text = format!(r#"{{"id":"d","about":"group","statements":[{{{}}}]}}"#, keys.join(","));
    let read = dossier_json::read(FileId(0), &text, &policy().vocabulary, &[]);
    assert_eq!(read.problems.len(), 100);
}

/// The largest work allowed on a member of a family, in units.
const MOST: u64 = 100_000_000;

/// Families whose work is quadratic until the budget ends it: each step of a chain is shown with its own truth, and
/// everything is decided anew for each day on which something changes.
const SQUARES: [&str; 3] =
    ["definitions on definitions", "parents in a circle", "rules in force for some days"];

/// A family for which all sets of statements up to half of them are tried, until the budget ends the search.
const SETS: &str = "facts, all left out";

#[test]
fn work_grows_with_size_or_is_cut_short() {
    let mut wrong = Vec::new();
    for family in FAMILIES {
        let [small, large] = [1, 2].map(|times| Member::of(family, times * family.small).run());
        let (work, label) = &large;
        if *work > MOST {
            wrong.push(format!("{}: {work} units", family.name));
        }
        let times = if SQUARES.contains(&family.name) { 5 } else { 3 };
        if *work > times * small.0 + 1_000_000 && label.is_empty() && family.name != SETS {
            wrong.push(format!(
                "{}: {} units, twice the size {work}, and nothing is cut short",
                family.name, small.0
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn shared_parts_are_evaluated_once() {
    for (name, size) in [("phases in order", 40), ("definitions shared by two", 100)] {
        let family = FAMILIES.iter().find(|family| family.name == name).unwrap();
        let (work, label) = Member::of(family, size).run();
        assert!(!label.contains("sound only"), "{name}: {label}");
        assert!(work < MOST, "{name}: {work}");
    }
}
