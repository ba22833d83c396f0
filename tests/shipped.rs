//! The verdicts of the shipped policies on the shipped dossiers: as text, as a table, and three full decisions.
//!
//! If a snapshot changes, a verdict, a reason or a sentence has changed: read it before accepting it.

use serde_json::Value;
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// The reported dossiers and the assumed ones.
const DOSSIERS: [&str; 2] = ["rules/libya/dossiers", "rules/libya/disagreements"];

/// The standard output and error output of `placet decide`.
fn decide(policy: &str, dossiers: &[&str], arguments: &[&str]) -> (String, String) {
    let ran = Command::new(env!("CARGO_BIN_EXE_placet"))
        .args(["decide", &format!("rules/libya/{policy}.placet")])
        .args(dossiers)
        .args(arguments)
        .current_dir(ROOT)
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let (out, err) = (text(ran.stdout), text(ran.stderr));
    assert!(ran.status.success(), "{err}");
    (out, err)
}

/// One policy, on the day of each dossier or on one day: as text, and as a table of all verdicts.
fn shipped(policy: &str, day: Option<&str>) {
    let mut arguments: Vec<&str> = day.iter().flat_map(|day| ["--as-of", day]).collect();
    let (text, remarks) = decide(policy, &DOSSIERS, &arguments);
    let remarks = if remarks.is_empty() { remarks } else { format!("\n--- on the error stream\n{remarks}") };
    insta::assert_snapshot!(format!("{policy}-text"), text + &remarks);
    arguments.extend(["--format", "json"]);
    let (json, _) = decide(policy, &DOSSIERS, &arguments);
    insta::assert_snapshot!(format!("{policy}-table"), table(&json));
}

/// A line for each verdict: subject, type of assistance, verdict, and the first reason or the first missing fact.
fn table(json: &str) -> String {
    let decided: Value = serde_json::from_str(json).unwrap();
    let decisions = decided.as_array().cloned().unwrap_or_else(|| vec![decided]);
    let mut lines = String::new();
    for subject in decisions.iter().flat_map(|decision| decision["subjects"].as_array().unwrap()) {
        for verdict in subject["verdicts"].as_array().unwrap() {
            let facts =
                |list: &Value| list.as_array().unwrap().iter().map(word).collect::<Vec<_>>().join(" and ");
            let why = match (&verdict["reasons"][0], &verdict["missing"][0]) {
                (Value::Null, Value::Null) => String::new(),
                (Value::Null, missing) => format!("missing: {}", word(&missing["fact"])),
                (reason, _) => format!("because {}", facts(reason)),
            };
            let exact = if verdict["exact"] == true { "" } else { ", sound only" };
            let (id, assistance) = (word(&subject["id"]), word(&verdict["assistance"]));
            lines += &format!("{id} | {assistance} | {}{exact} | {why}\n", word(&verdict["verdict"]));
        }
    }
    assert!(!lines.is_empty());
    lines
}

fn word(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// One full decision without its manifest, since hashes change with every comment in a file.
fn whole(policy: &str, dossier: &str, arguments: &[&str]) {
    let dossier = format!("rules/libya/dossiers/{dossier}.placet");
    let (json, _) =
        decide(policy, &[&dossier], &[arguments, &["--format", "json", "--no-manifest"]].concat());
    let kept = json.lines().map(|line| format!("{}\n", line.trim_start()));
    insta::assert_snapshot!(format!("{policy}-whole"), kept.collect::<String>());
}

#[test]
fn general_purpose_force() {
    shipped("general-purpose-force", None);
}

#[test]
fn national_guard() {
    shipped("national-guard", None);
}

#[test]
fn air_support() {
    shipped("air-support", None);
}

#[test]
fn counterterrorism_support() {
    shipped("counterterrorism-support", None);
}

#[test]
fn security_sector_roadmap() {
    shipped("security-sector-roadmap", Some("2025-10-01"));
}

#[test]
fn a_battalion_decided_in_full() {
    whole("national-guard", "misrata-battalion", &["--assistance", "equipment"]);
}

#[test]
fn irregular_elements_decided_in_full() {
    whole("air-support", "lna-elements", &["--assistance", "air support"]);
}

#[test]
fn a_phased_roadmap_decided_in_full() {
    whole("security-sector-roadmap", "tripoli-armed-groups-2025", &["--assistance", "payroll support"]);
}
