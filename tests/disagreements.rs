//! Where the five documents disagree: each test compares two policies on one dossier, and names the deciding rules.

use placet::bundle::{LoadError, gather};
use placet::decision::{Decision, Outcome, RuleStatus, Verdict, decide};
use placet::value::Date;
use placet::{evidence, policy};
use std::path::Path;

const RULES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/rules/libya");

/// The expected result of one policy: its file, the verdict, and the rules that fail or stay open.
type Expected<'a> = (&'a str, Outcome, &'a [&'a str]);

/// Checks that two policies decide on a dossier as expected, and that only the named rules fail or are open.
fn differ(dossier: &str, day: &str, assistance: &str, one: Expected<'_>, other: Expected<'_>) {
    differ_on(dossier, [day, day], assistance, [one, other]);
}

/// The same for two policies that are not in force on the same day.
fn differ_on(dossier: &str, days: [&str; 2], assistance: &str, expected: [Expected<'_>; 2]) {
    for (day, (file, outcome, rules)) in days.into_iter().zip(expected) {
        decided(file, dossier, day, |decision| {
            let verdict = verdict_on(decision, assistance);
            assert_eq!(verdict.outcome, outcome, "{file} on {dossier}: {assistance}");
            let status = match outcome {
                Outcome::Ineligible => RuleStatus::Failed,
                _ => RuleStatus::Open,
            };
            let deciding: Vec<&str> = verdict
                .rules
                .iter()
                .filter(|rule| rule.status == status)
                .map(|rule| decision.policy.rules[rule.rule].header.id.as_str())
                .collect();
            assert_eq!(deciding, rules, "{file} on {dossier}: {assistance}");
        });
    }
}

fn decided(file: &str, dossier: &str, day: &str, look: impl Fn(&Decision<'_>)) {
    let entries = [format!("{file}.placet"), format!("disagreements/{dossier}.placet")];
    let entries: Vec<&str> = entries.iter().map(String::as_str).collect();
    let bundle = gather(&entries, &mut |path| {
        std::fs::read(Path::new(RULES).join(path)).map_err(|_| LoadError::NotFound)
    });
    let resolved = policy::resolve(&bundle);
    let (evidence, problems) = evidence::read(&bundle, &resolved.vocabulary);
    assert!(bundle.problems.is_empty() && resolved.problems.is_empty() && problems.is_empty());
    let policy = resolved.policy.unwrap();
    look(&decide(&policy, &evidence, dossier, Date::parse(day).unwrap(), None).unwrap());
}

fn verdict_on<'d, 'a>(decision: &'d Decision<'a>, assistance: &str) -> &'d Verdict<'a> {
    let named = |verdict: &&Verdict<'_>| decision.policy.assistance[verdict.assistance].name == assistance;
    decision.verdicts.iter().find(named).unwrap()
}

const EARLY_2016: &str = "2016-02-15";

#[test]
fn status_of_one_force() {
    differ(
        "force-under-three-names",
        EARLY_2016,
        "equipment",
        ("national-guard", Outcome::Undetermined, &["outside-the-state"]),
        ("counterterrorism-support", Outcome::Eligible, &[]),
    );
    decided("national-guard", "force-under-three-names", EARLY_2016, |decision| {
        let missing = &verdict_on(decision, "equipment").missing;
        assert!(missing.iter().all(|missing| missing.fact.status == evidence::Status::Contested));
    });
}

#[test]
fn subordination_first_or_last() {
    differ_on(
        "group-outside-the-command",
        [EARLY_2016, "2025-10-01"],
        "training",
        [
            ("counterterrorism-support", Outcome::Ineligible, &["subordinate"]),
            ("security-sector-roadmap", Outcome::Eligible, &[]),
        ],
    );
}

#[test]
fn groups_or_individuals() {
    differ(
        "militia-that-joins-whole",
        EARLY_2016,
        "training",
        ("national-guard", Outcome::Ineligible, &["whole-militia"]),
        ("counterterrorism-support", Outcome::Eligible, &[]),
    );
}

#[test]
fn the_centre_or_the_locality() {
    differ(
        "force-of-the-capital",
        EARLY_2016,
        "training",
        ("general-purpose-force", Outcome::Ineligible, &["centre-alone"]),
        ("counterterrorism-support", Outcome::Eligible, &[]),
    );
    decided("counterterrorism-support", "force-of-the-capital", EARLY_2016, |decision| {
        let [chosen] = verdict_on(decision, "training").choices.as_slice() else { panic!("one choice") };
        assert_eq!(chosen.values, ["National chain of command"]);
    });
}

#[test]
fn support_from_the_air() {
    differ(
        "group-with-a-centre",
        EARLY_2016,
        "air support",
        ("air-support", Outcome::Ineligible, &["structure-first"]),
        ("counterterrorism-support", Outcome::Eligible, &[]),
    );
}

#[test]
fn training_an_army() {
    differ(
        "army-without-units",
        EARLY_2016,
        "national army training",
        ("counterterrorism-support", Outcome::Ineligible, &["military-roadmap", "units-to-join"]),
        ("general-purpose-force", Outcome::Eligible, &[]),
    );
}

#[test]
fn islamists() {
    differ(
        "islamist-battalion",
        EARLY_2016,
        "training",
        ("general-purpose-force", Outcome::Ineligible, &["objections-settled"]),
        ("air-support", Outcome::Eligible, &[]),
    );
}

#[test]
fn the_united_nations_as_a_witness() {
    differ(
        "group-attested-by-the-mediator",
        EARLY_2016,
        "training",
        ("air-support", Outcome::Undetermined, &["real-coalition"]),
        ("counterterrorism-support", Outcome::Eligible, &[]),
    );
}

#[test]
fn allies_that_fight() {
    differ(
        "group-that-bears-the-brunt",
        EARLY_2016,
        "equipment",
        ("national-guard", Outcome::Ineligible, &["unrecognised-ally"]),
        ("air-support", Outcome::Eligible, &[]),
    );
}
