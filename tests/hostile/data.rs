//! Properties that hold for dossiers in any format, with any vocabulary.

use super::files::{decide, parts};
use super::text::check_findings;
use placet::bundle::gather;
use placet::evidence::{self, Dossier, Evidence};
use placet::policy::{self, Resolved};
use placet::span::{FileId, Sources};
use placet::wire::{self, Read, dossier_csv, dossier_json};
use std::sync::LazyLock;

/// A policy with facts of every type, and a rule that uses each.
const POLICY: &str = include_str!("policy.placet");

/// The policy, resolved once.
static RESOLVED: LazyLock<Resolved> = LazyLock::new(|| {
    let resolved = resolve(POLICY.as_bytes());
    assert!(resolved.problems.is_empty(), "{:?}", resolved.problems);
    resolved
});

/// Separates the dossiers from their own policy: a line with a form feed.
const BETWEEN: &[u8] = b"\x0c\n";

/// The largest number of subjects that are written and decided on, so that small inputs are fast.
const MOST: usize = 8;

/// Reads bytes as dossiers. The first line gives the format: `placet`, `json`, `ndjson` or `csv`. A policy can follow
/// the dossiers; otherwise they are read for [`POLICY`].
///
/// # Panics
/// If the span of a finding is invalid, or if a dossier without errors cannot be written and read back, or be decided
/// on.
pub fn check(bytes: &[u8]) {
    let at = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let (form, rest) = bytes.split_at(at);
    let sections = parts(rest.strip_prefix(b"\n").unwrap_or(rest), BETWEEN);
    let own = sections.get(1).map(|policy| resolve(policy));
    let resolved = own.as_ref().unwrap_or(&RESOLVED);
    let data = sections.first().copied().unwrap_or_default();
    let Some((known, clean)) = read(form, data, resolved) else { return };
    if !clean {
        return;
    }
    let few = Evidence { dossiers: known.dossiers.iter().take(MOST).cloned().collect() };
    few.dossiers.iter().for_each(|dossier| check_json_round_trip(dossier, resolved));
    if few.dossiers.len() == known.dossiers.len() {
        check_language_round_trip(&known, resolved);
    }
    if let Some(policy) = &resolved.policy {
        few.dossiers.iter().for_each(|dossier| decide(policy, &known, &dossier.id, dossier.as_of));
    }
}

/// The dossiers, and whether nothing was wrong; `None` if the format is unknown.
fn read(form: &[u8], data: &[u8], resolved: &Resolved) -> Option<(Evidence, bool)> {
    let mut sources = Sources::default();
    let file = sources.add("dossiers", String::from_utf8_lossy(data));
    let about = resolved.policy.as_ref().map_or(&[][..], |policy| &policy.about);
    let read = match (form, wire::decode(file, data)) {
        (b"placet", _) => {
            let bundle = gather(&["0.placet"], &mut |_| Ok(data.to_vec()));
            let (known, problems) = evidence::read(&bundle, &resolved.vocabulary);
            check_findings(&problems, &bundle.sources);
            return Some((known, problems.is_empty() && bundle.problems.is_empty()));
        }
        (_, Err(problem)) => Read { problems: vec![*problem], ..Read::default() },
        (b"json", Ok(text)) => dossier_json::read(file, text, &resolved.vocabulary, about),
        (b"ndjson", Ok(text)) => dossier_json::read_lines(file, text, &resolved.vocabulary, about),
        (b"csv", Ok(text)) => dossier_csv::read(file, text, &resolved.vocabulary, about),
        _ => return None,
    };
    let mut known = Evidence::default();
    let mut found = read.problems;
    found.extend(wire::join(&mut known, read.dossiers, &resolved.vocabulary));
    if std::str::from_utf8(data).is_ok() {
        check_findings(&found, &sources);
    }
    Some((known, found.is_empty()))
}

/// Checks that a dossier that is written as JSON reads back the same.
fn check_json_round_trip(dossier: &Dossier, resolved: &Resolved) {
    let vocabulary = &resolved.vocabulary;
    let written = dossier_json::write(dossier, vocabulary).to_string();
    let read = dossier_json::read(FileId(0), &written, vocabulary, &[]);
    assert!(read.problems.is_empty(), "{written}\n{:?}", read.problems);
    assert_eq!(read.dossiers.first().map(content), Some(content(dossier)), "{written}");
    assert_eq!(read.dossiers.first().map(|dossier| &dossier.uses), Some(&dossier.uses));
}

/// Checks that dossiers that are written in the language read back the same, if it can express them.
fn check_language_round_trip(known: &Evidence, resolved: &Resolved) {
    let print = |dossier: &Dossier| evidence::print(dossier, &resolved.vocabulary, &[]);
    let Ok(texts) = known.dossiers.iter().map(print).collect::<Result<Vec<String>, _>>() else { return };
    let text = texts.join("\n");
    let bundle = gather(&["0.placet"], &mut |_| Ok(text.clone().into_bytes()));
    assert!(bundle.problems.is_empty() || text.is_empty(), "{text}\n{:?}", bundle.problems);
    let (again, problems) = evidence::read(&bundle, &resolved.vocabulary);
    assert!(problems.is_empty(), "{text}\n{problems:?}");
    let all = |known: &Evidence| known.dossiers.iter().map(content).collect::<Vec<_>>();
    assert_eq!(all(&again), all(known), "{text}");
}

/// The content of a dossier, without spans.
fn content(dossier: &Dossier) -> String {
    let mut lines: Vec<String> = dossier
        .statements
        .iter()
        .map(|one| format!("{:?} {:?} {:?} {:?}", one.about, one.fact, one.claim, one.provenance))
        .collect();
    lines.sort();
    format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?}\n{:?}\n{}",
        dossier.id,
        dossier.title,
        dossier.kind,
        dossier.as_of,
        dossier.known_as,
        dossier.identifiers,
        dossier.notes,
        dossier.members,
        lines.join("\n")
    )
}

fn resolve(policy: &[u8]) -> Resolved {
    let bundle = gather(&["0.placet"], &mut |_| Ok(policy.to_vec()));
    policy::resolve(&bundle)
}
