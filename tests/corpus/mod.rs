//! Small test files, each of which shows one fact that its name states.
//!
//! Each file of `bad/` starts with a comment that lists all codes it must give, in order; its snapshot beside it shows
//! the findings as a reader sees them. The files of `good/` give none. Shared files are in `common/`.

mod data;
mod made;
mod page;
mod show;

use crate::layers::files;
use placet::analysis;
use placet::bundle::{Bundle, LoadError, gather};
use placet::diagnostic::{self, Diagnostic};
use placet::policy::Policy;
use placet::{evidence, policy, scenario};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus");

/// The files of a folder of the corpus, by name.
fn corpus(folder: &str) -> Vec<String> {
    let name = |path: PathBuf| format!("{folder}/{}", path.file_name().unwrap().to_string_lossy());
    files(&Path::new(FOLDER).join(folder), ".placet").into_iter().map(name).collect()
}

fn load(path: &str) -> Result<Vec<u8>, LoadError> {
    fs::read(Path::new(FOLDER).join(path)).map_err(|_| LoadError::NotFound)
}

/// All findings in a file and in those it uses, in reading order.
fn findings(
    path: &str,
    load: &mut dyn FnMut(&str) -> Result<Vec<u8>, LoadError>,
) -> (Bundle, Vec<Diagnostic>) {
    let bundle = gather(&[path], load);
    let resolved = policy::resolve(&bundle);
    let mut found = bundle.problems.clone();
    found.extend(evidence::read(&bundle, &resolved.vocabulary).1);
    found.extend(resolved.policy.iter().flat_map(|policy| scenario::read(&bundle, policy).1));
    found.extend(resolved.problems);
    found.extend(policy::rules_without_policy(&bundle));
    let text = bundle.entries.first().map_or("", |file| bundle.sources.text(*file));
    if text.starts_with("# P05") {
        found.extend(resolved.policy.iter().flat_map(|policy| studied(&bundle, policy)));
    }
    diagnostic::sort(&mut found);
    found.dedup();
    (bundle, found)
}

/// The findings of a study of a policy, of its own facts that are not needed, and of evidence standards that no
/// statement of its dossiers meets.
fn studied(bundle: &Bundle, policy: &Arc<Policy>) -> Vec<Diagnostic> {
    let study = analysis::study(policy);
    let unused = analysis::unused(&[(policy, &study, &bundle.sources)]);
    let own = unused.into_iter().map(|(_, finding)| finding);
    let own = own.filter(|finding| bundle.entries.first() == Some(&finding.span.file));
    let (evidence, _) = evidence::read(bundle, &policy.vocabulary);
    let unmet = analysis::unmet(policy, &[(&evidence, &policy.vocabulary)]);
    study.findings.iter().cloned().chain(own).chain(unmet).collect()
}

fn codes(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().map(|finding| finding.code).collect()
}

/// The codes in the first line of a file of `bad/`.
fn intended(path: &str) -> Vec<String> {
    let bytes = load(path).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    let first = text.lines().next().unwrap_or_default();
    let listed = first.strip_prefix("# ").unwrap_or_else(|| panic!("{path} does not start with its codes"));
    listed.split(' ').map(str::to_owned).collect()
}

#[test]
fn bad_files_give_exactly_the_intended_findings() {
    let mut failures = Vec::new();
    for path in corpus("bad") {
        let (bundle, found) = findings(&path, &mut load);
        if codes(&found) != intended(&path) {
            failures.push(format!("{path} means {:?} and gives {:?}", intended(&path), codes(&found)));
        }
        let name = path.trim_start_matches("bad/").trim_end_matches(".placet");
        show::assert(Path::new(FOLDER).join("bad"), name, &show::all(&bundle.sources, &found));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn good_files_give_no_findings() {
    for path in corpus("good") {
        let (bundle, found) = findings(&path, &mut load);
        assert!(found.is_empty(), "{path}\n{}", show::all(&bundle.sources, &found));
    }
}

#[test]
fn ten_errors_give_ten_findings() {
    let (_, found) = findings("bad/ten-mistakes.placet", &mut load);
    let lines: BTreeSet<u32> = found.iter().map(|finding| finding.span.start).collect();
    assert_eq!((found.len(), lines.len()), (10, 10));
}

/// Each example is correct: added to the policy, it is a scenario that passes.
#[test]
fn every_example_passes() {
    let (mut tried, mut failures) = (0, Vec::new());
    for path in
        corpus("bad").into_iter().filter(|path| intended(path).iter().any(|code| code.starts_with("P05")))
    {
        for example in findings(&path, &mut load).1.into_iter().filter_map(|finding| finding.example) {
            let text = format!("{}\n{example}", String::from_utf8(load(&path).unwrap()).unwrap());
            let mut load = |requested: &str| {
                if requested == path { Ok(text.clone().into_bytes()) } else { load(requested) }
            };
            let bundle = gather(&[&path], &mut load);
            let policy = policy::resolve(&bundle).policy.unwrap();
            let (scenarios, problems) = scenario::read(&bundle, &policy);
            let outcome = scenarios.last().map(|scenario| scenario::run(&policy, scenario));
            tried += 1;
            if !bundle.problems.is_empty()
                || !problems.is_empty()
                || !outcome.is_some_and(|outcome| outcome.passed())
            {
                failures.push(format!("{path}\n{example}\n{}", show::all(&bundle.sources, &problems)));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(tried >= 14, "only {tried} examples were tried");
}

/// Studies find nothing doubtful in a good policy.
#[test]
fn good_policies_have_no_doubtful_findings() {
    for path in corpus("good") {
        let bundle = gather(&[&path], &mut load);
        let resolved = policy::resolve(&bundle);
        let found: Vec<Diagnostic> =
            resolved.policy.iter().flat_map(|policy| analysis::study(policy).findings).collect();
        assert!(!diagnostic::any_doubt(&found), "{path}\n{}", show::all(&bundle.sources, &found));
    }
}

/// A fix is offered only if it works: applied, it removes the finding and causes no other.
#[test]
fn every_fix_removes_its_finding() {
    let mut tried = 0;
    let mut failures = Vec::new();
    for path in corpus("bad") {
        let (bundle, found) = findings(&path, &mut load);
        for fix in found.iter().filter_map(|finding| finding.fix.as_ref()) {
            let corrected = show::corrected(&bundle.sources, fix);
            let changed = bundle.sources.name(fix.span.file);
            let mut load =
                |path: &str| if path == changed { Ok(corrected.clone().into_bytes()) } else { load(path) };
            let (_, left) = findings(&path, &mut load);
            if left.len() + 1 != found.len() {
                let (before, after) = (show::all(&bundle.sources, &found), codes(&left));
                failures.push(format!("{path} with {fix:?} gives {after:?} instead of\n{before}"));
            }
            tried += 1;
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(tried >= 20, "only {tried} fixes were tried");
}

/// A message is one plain clause in the user's words.
#[test]
fn messages_are_plain_clauses() {
    for path in corpus("bad") {
        for finding in findings(&path, &mut load).1 {
            let words = format!("{} {}", finding.message, finding.help.clone().unwrap_or_default());
            let plain = finding.message.chars().next().is_some_and(|first| !first.is_uppercase())
                && !finding.message.ends_with(['.', '!', ':'])
                && !["Some(", "unwrap", "nom", "lexeme", "token", "parse", "syntax", "invalid"]
                    .iter()
                    .any(|word| words.split([' ', '`']).any(|written| written == *word));
            assert!(plain, "{path}: {words}");
            let has_advice = finding.help.is_some() || finding.fix.is_some() || words.contains("expected");
            assert!(has_advice, "{path}: {words}: what to write instead?");
        }
    }
}

/// All codes that files of the corpus give.
fn triggered() -> BTreeSet<String> {
    let mut triggered: BTreeSet<String> = corpus("bad").iter().flat_map(|path| intended(path)).collect();
    triggered.extend(made::codes_of_limits().map(str::to_owned));
    triggered.extend(data::BAD.iter().flat_map(|(_, codes)| codes.iter()).map(|code| (*code).to_owned()));
    triggered
}

#[test]
fn every_code_has_a_file_that_triggers_it() {
    let src = Path::new(FOLDER).join("../../src");
    let mut declared = BTreeSet::new();
    for path in files(&src, ".rs") {
        let text = fs::read_to_string(&path).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap();
        declared.extend(text.split('"').filter(|part| is_code(part)).map(str::to_owned));
    }
    assert!(declared.len() > 80, "{declared:?}");
    let triggered = triggered();
    let uncovered: Vec<_> = declared.symmetric_difference(&triggered).collect();
    assert!(uncovered.is_empty(), "codes that only the source or only the corpus has: {uncovered:?}");
}

fn is_code(text: &str) -> bool {
    text.len() == 5 && text.starts_with("P0") && text.bytes().skip(1).all(|byte| byte.is_ascii_digit())
}
