//! What the shipped policies say of the shipped dossiers: as a person reads it, and as data.
//!
//! A snapshot that changes is a verdict, a reason or a sentence that changes: read it before accepting it.

use std::fs;
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// Those reported and those assumed.
const DOSSIERS: [&str; 2] = ["rules/libya/dossiers", "rules/libya/disagreements"];

/// What `placet decide` prints of every dossier under a policy, and on the error stream.
fn decide(policy: &str, arguments: &[&str]) -> (String, String) {
    let ran = Command::new(env!("CARGO_BIN_EXE_placet"))
        .args(["decide", &format!("rules/libya/{policy}.placet")])
        .args(DOSSIERS)
        .args(arguments)
        .current_dir(ROOT)
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let told = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let (out, err) = (told(ran.stdout), told(ran.stderr));
    assert!(ran.status.success(), "{err}");
    (out, err)
}

/// One policy, on the day of each dossier or on one day; the data for the types of assistance that are part of no other.
fn shipped(policy: &str, day: Option<&str>) {
    let mut arguments: Vec<&str> = day.iter().flat_map(|day| ["--as-of", day]).collect();
    let (text, remarks) = decide(policy, &arguments);
    let remarks = if remarks.is_empty() { remarks } else { format!("\n--- on the error stream\n{remarks}") };
    insta::assert_snapshot!(format!("{policy}-text"), text + &remarks);
    arguments.extend(["--format", "json"]);
    let words = fs::read_to_string(format!("{ROOT}/rules/libya/{policy}.placet")).unwrap();
    let types: Vec<&str> = words.lines().filter_map(|line| line.strip_prefix("assistance ")).collect();
    assert!(!types.is_empty());
    arguments.extend(types.iter().flat_map(|name| ["--assistance", name]));
    let (json, _) = decide(policy, &arguments);
    insta::assert_snapshot!(format!("{policy}-json"), slim(&json));
}

/// Without hashes, which follow every comment in a file and say nothing about a verdict, and without indentation.
fn slim(json: &str) -> String {
    let mut kept = String::new();
    for line in json.lines() {
        match line.trim_start().split_once("\"hash\": \"") {
            Some((before, after)) => {
                let (hash, after) = after.split_at(64);
                assert!(hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{line}");
                kept += &format!("{before}\"hash\": \"(64 digits){after}\n");
            }
            None => kept += &format!("{}\n", line.trim_start()),
        }
    }
    kept
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
