//! Dossiers in JSON and CSV. The codes that each bad file must give are listed here, since these formats have no
//! comments.

use super::{FOLDER, codes, load, show};
use placet::bundle::gather;
use placet::diagnostic::{self, Diagnostic};
use placet::evidence::Evidence;
use placet::span::{FileId, Sources};
use placet::{policy, wire};
use std::path::Path;

/// The bad files and the codes that they give.
pub const BAD: &[(&str, &[&str])] = &[
    ("csv-column-twice.csv", &["P0704"]),
    ("csv-column-without-a-name.csv", &["P0706"]),
    ("csv-less-than-nothing.csv", &["P0706"]),
    ("csv-one-fact-in-two-columns.csv", &["P0704"]),
    ("csv-quote-closed-by-the-next.csv", &["P0701"]),
    ("csv-quote-not-closed.csv", &["P0701"]),
    ("csv-row-too-short.csv", &["P0706"]),
    ("csv-two-of-one-id.csv", &["P0704"]),
    ("csv-unknown-column.csv", &["P0707"]),
    ("csv-without-id.csv", &["P0705"]),
    ("csv-wrong-value.csv", &["P0706", "P0706"]),
    ("json-character-that-cannot-be-seen.json", &["P0731"]),
    ("json-cut-off.json", &["P0701"]),
    ("json-id-of-another-case.json", &["P0730"]),
    ("json-key-twice.json", &["P0704"]),
    ("json-line-cut-off.ndjson", &["P0701"]),
    ("json-nested-deep.json", &["P0706", "P0702"]),
    ("json-not-utf8.json", &["P0700"]),
    ("json-one-fact-in-two-keys.json", &["P0704"]),
    ("json-stating-a-defined-fact.json", &["P0708"]),
    ("json-unknown-fact.json", &["P0707"]),
    ("json-unknown-key.json", &["P0703"]),
    ("json-unknown-member.json", &["P0707"]),
    ("json-utf16.json", &["P0700"]),
    ("json-without-id.json", &["P0705"]),
    ("json-wrong-value.json", &["P0706"]),
];

const GOOD: &[&str] = &["dossier.json", "dossiers.csv", "dossiers.ndjson"];

/// All findings in a file of dossiers that use the vocabulary of the corpus.
pub fn findings(path: &str, bytes: &[u8]) -> (Sources, Vec<Diagnostic>) {
    let bundle = gather(&["common/vocabulary-and-definition.placet"], &mut load);
    let vocabulary = policy::resolve(&bundle).vocabulary;
    let mut sources = Sources::default();
    let file = sources.add(path, String::from_utf8_lossy(bytes));
    assert_eq!(file, FileId(0));
    let read = match wire::decode(file, bytes) {
        Err(problem) => return (sources, vec![*problem]),
        Ok(text) if path.ends_with(".csv") => wire::dossier_csv::read(file, text, &vocabulary, &[]),
        Ok(text) if path.ends_with(".ndjson") => wire::dossier_json::read_lines(file, text, &vocabulary, &[]),
        Ok(text) => wire::dossier_json::read(file, text, &vocabulary, &[]),
    };
    let mut found = read.problems;
    found.extend(wire::join(&mut Evidence::default(), read.dossiers, &vocabulary));
    diagnostic::sort(&mut found);
    (sources, found)
}

#[test]
fn bad_data_files_give_exactly_the_intended_findings() {
    let mut failures = Vec::new();
    for (name, intended) in BAD {
        let (sources, found) = findings(name, &load(&format!("bad/{name}")).unwrap());
        if codes(&found) != *intended {
            failures.push(format!("{name} means {intended:?} and gives {:?}", codes(&found)));
        }
        if found.iter().any(|finding| finding.help.is_none()) {
            failures.push(format!("{name}: what to write instead?"));
        }
        show::assert(Path::new(FOLDER).join("bad"), name, &show::all(&sources, &found));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn good_data_files_give_no_findings() {
    for name in GOOD {
        let (sources, found) = findings(name, &load(&format!("good/{name}")).unwrap());
        assert!(found.is_empty(), "{name}\n{}", show::all(&sources, &found));
    }
}
