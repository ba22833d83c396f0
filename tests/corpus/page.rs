//! Generates the page of errors, `rules/MISTAKES.md`, from the findings of the corpus and from `corrected.txt`.

use super::{corpus, data, findings, load, made, show, triggered};
use placet::bundle::LoadError;
use placet::diagnostic::{Diagnostic, Severity};
use placet::span::{Sources, position};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/rules/MISTAKES.md");
const CORRECTED: &str = include_str!("corrected.txt");
const WIDTH: usize = 115;

const INTRODUCTION: &str = "\
# Errors and warnings

Each finding of `placet check` has a code, a message, a place and advice on what to write instead. A code never changes
its meaning. This page has an entry for each code: the message, the advice, a small example and the corrected text.
Replace the names in the examples with yours; a tab is shown as →. [LANGUAGE.md](LANGUAGE.md) describes the language.

If a line cannot be read, the rest of the file is still checked, so several errors are reported at once. Placet does not
decide on a policy or dossier with an error; a *warning* alone does not prevent a decision. A *remark* is neither an
error nor a warning, and does not make `placet check` fail.
";

/// The layers: the prefix of the codes, a heading, and an introduction.
const LAYERS: &[(&str, &str, &str)] = &[
    (
        "P01",
        "The form of a line",
        "Errors that `placet check` finds in a single file before it interprets the words: characters, quotes, \
         indentation, lists, and the lines that a block must have.",
    ),
    (
        "P00",
        "Files that belong together",
        "Errors in the files that a `use` line names. A path is relative to the folder of the file that contains the \
         line.",
    ),
    (
        "P02",
        "What the words mean",
        "Every condition names a kind of subject and a fact that the vocabulary declares. These are the errors of \
         conditions that are well formed but have no definite meaning, and of rules that do not fit together.",
    ),
    (
        "P03",
        "Dossiers",
        "A dossier states facts, each about one subject. It contains no conditions, no counts and no conclusions.",
    ),
    (
        "P04",
        "Scenarios",
        "A scenario describes a case and the expected result. It can only expect what the policy declares.",
    ),
    (
        "P05",
        "What follows from the rules",
        "Findings about a policy without errors. `placet check` considers every possible case, on every day on which \
         the result can differ. Each finding comes with a tested scenario as an example, which is left out here.",
    ),
    ("P07", "Dossiers as data", "Errors in dossiers in JSON, NDJSON or CSV."),
];

/// The codes whose error cannot be shown in a few lines of text: it cannot be printed or is too large.
const UNSHOWN: &[&str] = &["P0101", "P0102", "P0105", "P0262", "P0700", "P0702"];

/// A file of `bad/` whose findings have one code.
struct Case {
    name: String,
    sources: Sources,
    finding: Diagnostic,
}

/// Wrong lines, and the lines to write instead.
struct Example {
    wrong: String,
    right: String,
}

impl Case {
    /// The example from `corrected.txt`, or the engine's own fix.
    fn example(&self, corrections: &BTreeMap<&str, Example>) -> Option<Example> {
        if let Some(example) = corrections.get(self.name.as_str()) {
            return Some(Example { wrong: example.wrong.clone(), right: example.right.clone() });
        }
        let fix = self.finding.fix.as_ref()?;
        let line = |text: &str, at: usize| {
            let number = position(text, at).line;
            text.lines().nth(number - 1).unwrap_or_default().to_owned()
        };
        let at = fix.span.start as usize;
        let text = self.sources.text(fix.span.file);
        Some(Example { wrong: line(text, at), right: line(&show::corrected(&self.sources, fix), at) })
    }
}

/// The examples of `corrected.txt`, by file.
fn corrections() -> BTreeMap<&'static str, Example> {
    let entry = |entry: &'static str| {
        let (name, lines) = entry.split_once('\n').unwrap();
        let (wrong, right) = lines.split_once("\n=>\n").unwrap_or_else(|| panic!("{name} has no =>"));
        (name, Example { wrong: wrong.to_owned(), right: right.trim_end().to_owned() })
    };
    let entries: Vec<_> = CORRECTED.split("\n== ").skip(1).map(entry).collect();
    let count = entries.len();
    let corrections: BTreeMap<_, _> = entries.into_iter().collect();
    assert_eq!(corrections.len(), count, "a file is listed twice in corrected.txt");
    corrections
}

/// The findings in a file of `bad/` with this text.
fn findings_in(name: &str, bytes: &[u8]) -> (Sources, Vec<Diagnostic>) {
    if !name.ends_with(".placet") {
        return data::findings(name, bytes);
    }
    let path = format!("bad/{name}");
    let mut load = |requested: &str| -> Result<Vec<u8>, LoadError> {
        if requested == path { Ok(bytes.to_vec()) } else { load(requested) }
    };
    let (bundle, found) = findings(&path, &mut load);
    (bundle.sources, found)
}

/// The files of `bad/` that show a single code, by code. For each code, files with an example in `corrected.txt` come
/// first, then those with a fix of the engine.
fn cases(corrections: &BTreeMap<&str, Example>) -> BTreeMap<&'static str, Vec<Case>> {
    let names = corpus("bad").into_iter().map(|path| path.trim_start_matches("bad/").to_owned());
    let names = names.chain(data::BAD.iter().map(|(name, _)| (*name).to_owned()));
    let mut cases: BTreeMap<_, Vec<Case>> = BTreeMap::new();
    for name in names {
        let (sources, found) = findings_in(&name, &load(&format!("bad/{name}")).unwrap());
        let codes: BTreeSet<_> = found.iter().map(|finding| finding.code).collect();
        // If one error causes another finding, the last finding is the one that the file is about.
        let Some(finding) = found.into_iter().last() else { continue };
        if codes.len() == 1 || codes.len() == 2 && finding.code == "P0702" {
            cases.entry(finding.code).or_default().push(Case { name, sources, finding });
        }
    }
    for made in made::FINDINGS.iter() {
        let finding = made.found.last().unwrap().clone();
        let case = Case { name: "made".to_owned(), sources: made.sources.clone(), finding };
        cases.entry(made.code).or_default().push(case);
    }
    for cases in cases.values_mut() {
        cases.sort_by_key(|case| (!corrections.contains_key(case.name.as_str()), case.finding.fix.is_none()));
    }
    cases
}

/// Turns a clause into a sentence.
fn sentence(clause: &str) -> String {
    let clause = clause.replace("`bad/", "`");
    let mut letters = clause.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    let stop = if clause.ends_with(['?', '.']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}

/// The message and the help of a finding.
fn message(finding: &Diagnostic) -> String {
    let help = finding.help.as_deref().map(|help| format!(" {}", sentence(help))).unwrap_or_default();
    format!("{}{help}", sentence(&finding.message))
}

/// Wraps a paragraph at the page's width; all lines but the first are indented.
fn wrapped(text: &str, indent: &str) -> String {
    let mut page = String::new();
    let mut column = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > WIDTH {
            page.push('\n');
            page.push_str(indent);
            column = indent.len();
        } else if column > 0 {
            page.push(' ');
            column += 1;
        }
        page.push_str(word);
        column += length;
    }
    page
}

fn block(lines: &str) -> String {
    let lines: Vec<String> = lines.lines().map(show::visible).collect();
    format!("```text\n{}\n```\n", lines.join("\n"))
}

/// The entry of a code.
fn entry(code: &str, cases: &[Case], corrections: &BTreeMap<&str, Example>) -> String {
    let mut page = format!("\n### {code}\n\n");
    let finding = &cases[0].finding;
    let warning = match finding.severity {
        Severity::Error => "",
        Severity::Warning => " This is a warning.",
        Severity::Remark => " This is a remark.",
    };
    writeln!(page, "{}", wrapped(&format!("{}{warning}", message(finding)), "")).unwrap();
    if !UNSHOWN.contains(&code) && !made::codes_of_limits().any(|made| made == code) {
        let example =
            cases[0].example(corrections).unwrap_or_else(|| panic!("{code} has no example in corrected.txt"));
        write!(page, "\n{}\nInstead:\n\n{}", block(&example.wrong), block(&example.right)).unwrap();
    }
    let mut others = BTreeSet::from([finding.message.as_str()]);
    let others: Vec<_> = cases.iter().filter(|case| others.insert(case.finding.message.as_str())).collect();
    if !others.is_empty() {
        page.push_str("\nOther messages with this code:\n\n");
        for case in others {
            writeln!(page, "{}", wrapped(&format!("- {}", message(&case.finding)), "  ")).unwrap();
        }
    }
    page
}

fn page() -> String {
    let corrections = corrections();
    let cases = cases(&corrections);
    let mut page = INTRODUCTION.to_owned();
    let mut listed = BTreeSet::new();
    for (layer, heading, about) in LAYERS {
        write!(page, "\n## {heading}\n\n{}\n", wrapped(about, "")).unwrap();
        for (code, cases) in cases.iter().filter(|(code, _)| code.starts_with(layer)) {
            page.push_str(&entry(code, cases, &corrections));
            listed.insert((*code).to_owned());
        }
    }
    assert_eq!(listed, triggered(), "every code has an entry");
    page
}

/// If `PLACET_REWRITE` is set, the page is rewritten.
#[test]
fn the_page_of_errors_is_up_to_date() {
    let page = page();
    if std::env::var_os("PLACET_REWRITE").is_some() {
        fs::write(PAGE, &page).unwrap();
    }
    let written = fs::read_to_string(PAGE).unwrap_or_default();
    let line = page.lines().zip(written.lines()).position(|(new, old)| new != old);
    assert!(
        page == written,
        "rules/MISTAKES.md differs from line {line:?} on; to write it again, set PLACET_REWRITE=1"
    );
}

/// The lines that the page says to write instead are correct: they give no findings.
#[test]
fn corrected_lines_give_no_findings() {
    let mut failures = Vec::new();
    for (name, Example { wrong, right }) in corrections() {
        let text = String::from_utf8(load(&format!("bad/{name}")).unwrap()).unwrap();
        let lines = format!("\n{text}");
        if lines.matches(&format!("\n{wrong}\n")).count() != 1 {
            failures.push(format!("{name} does not have these lines once:\n{wrong}"));
            continue;
        }
        let text = lines.replacen(&format!("\n{wrong}\n"), &format!("\n{right}\n"), 1);
        let (sources, found) = findings_in(name, text.trim_start_matches('\n').as_bytes());
        if !found.is_empty() {
            failures.push(format!("{name} corrected gives\n{}", show::all(&sources, &found)));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
