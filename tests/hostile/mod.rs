//! Hostile files: each gives an error with a clear message, never a verdict and never a panic.
//!
//! The properties that hold for any input are in [`text`], [`files`], [`data`], [`saved`], [`compiled`] and [`verdicts`]. The fuzzer
//! in `fuzz/` checks them on generated inputs; inputs that once failed are kept in `tests/corpus/crashes`, named after
//! the fact they show.

pub mod compiled;
mod data;
mod families;
mod files;
mod growth;
mod member;
mod saved;
mod shown;
mod text;

use crate::layers;
use crate::oracle::bytes as verdicts;
use placet::text::is_id;
use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const POLICY: &str = "\
policy \"Training\"
  id      training
  version 1
  about   group

assistance training

kind group
  is neutral : yes or no

requirement neutral \"Neutral\"
  needs the group is neutral
";

/// Pseudo-random bytes, the same in every run.
fn noise(bytes: usize) -> Vec<u8> {
    let mut state = 2016_u32;
    let next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[1]
    };
    std::iter::repeat_with(next).take(bytes).collect()
}

/// All hostile files: the name, which describes the file, the content, and a word that the error must contain.
fn hostile() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let mut list = "requirement deep \"Deep\"\n  needs all of\n".to_owned();
    for depth in 2..10_002 {
        list += &format!("{}- all of\n", "  ".repeat(depth.min(100)));
    }
    let mut steps = "requirement deep \"Deep\"\n  needs all of\n".to_owned();
    for depth in 2..1_200 {
        steps += &format!("{}- all of\n", "  ".repeat(depth));
    }
    let row = "id,about,is neutral\n";
    vec![
        ("empty.placet", Vec::new(), "no"),
        ("noise.placet", noise(60_000), "not text"),
        ("binary.placet", vec![0x7f, b'E', b'L', b'F', 0, 0, 1], "not text"),
        ("not-utf8.placet", b"policy \"caf\xe9\"\n".to_vec(), "UTF-8"),
        ("utf16.placet", "policy".encode_utf16().flat_map(u16::to_le_bytes).collect(), "not text"),
        ("prose.placet", b"Dear all,\n\nplease find attached.\n".repeat(2_000), "unknown block"),
        ("list-10000-deep.placet", list.into_bytes(), "32 levels"),
        ("list-1200-deep.placet", steps.into_bytes(), "32 levels"),
        (
            "one-long-line.placet",
            [b"note ".as_slice(), &b"x ".repeat(1_000_000)].concat(),
            "2,000 characters",
        ),
        ("only-quotes.placet", b"\"".repeat(500_000), "character"),
        ("only-dashes.placet", b"- ".repeat(500_000), "character"),
        ("only-bullets.placet", b"- x\n".repeat(200_000), "bullet"),
        ("100-mb.placet", vec![b'#'; 100 * 1024 * 1024], "larger than"),
        ("empty.json", Vec::new(), "not JSON"),
        ("deep.json", [b"[".repeat(200_000), b"]".repeat(200_000)].concat(), "deep"),
        (
            "deep-objects.json",
            [b"{\"a\":".repeat(200_000), b"1".to_vec(), b"}".repeat(200_000)].concat(),
            "deep",
        ),
        ("open.json", b"[".repeat(200_000), "not JSON"),
        ("noise.json", noise(60_000), "not"),
        ("wrong.json", b"\"a text\"".to_vec(), "dossier"),
        ("numbers.json", b"[1e999999999, -0, 3.5]".to_vec(), "dossier"),
        ("100-mb.json", vec![b' '; 100 * 1024 * 1024], "larger than"),
        ("noise.csv", noise(60_000), "not"),
        ("quotes.csv", [row.as_bytes(), &b"\"".repeat(200_001)].concat(), "quote"),
        ("commas.csv", [row.as_bytes(), b"a", &b",".repeat(200_000)].concat(), "cells"),
        ("wide.csv", [&b"id,".repeat(100_000)[..], b"about\n"].concat(), "duplicate"),
        ("empty.csv", Vec::new(), "header"),
    ]
}

#[test]
fn every_hostile_file_is_an_error() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("hostile-files");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("policy.placet"), POLICY).unwrap();
    let mut failures = Vec::new();
    for (name, bytes, word) in hostile() {
        fs::write(folder.join(name), bytes).unwrap();
        let decide = ["decide", "policy.placet", name, "--as-of", "2016-02-15"];
        let (as_policy, check, order) = (["decide", name, "policy.placet"], ["check", name], ["fmt", name]);
        let mut runs: Vec<&[&str]> = vec![&decide];
        if name.ends_with(".placet") {
            runs.extend([&as_policy[..], &check, &order]);
        }
        for arguments in runs {
            let ran = Command::new(env!("CARGO_BIN_EXE_placet"))
                .args(arguments)
                .current_dir(&folder)
                .env("NO_COLOR", "1")
                .output()
                .unwrap();
            let output = String::from_utf8_lossy(&ran.stderr) + String::from_utf8_lossy(&ran.stdout);
            let what = format!("placet {}: {:?}", arguments.join(" "), ran.status.code());
            if output.contains("panicked") || output.contains("overflow") {
                failures.push(format!("{what}: {output}"));
            }
            // An empty file is well formed, so `fmt` succeeds on it.
            let quiet = name == "empty.placet" && matches!(arguments[0], "fmt");
            if !quiet && !matches!(ran.status.code(), Some(1 | 2)) {
                failures.push(format!("{what} is no failure: {}", output.lines().next().unwrap_or_default()));
            } else if arguments[0] == "decide" && arguments[1] == "policy.placet" && !output.contains(word) {
                failures.push(format!(
                    "{what} does not say `{word}`: {}",
                    output.chars().take(300).collect::<String>()
                ));
            }
        }
        fs::remove_file(folder.join(name)).unwrap();
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn past_crashes_do_not_recur() {
    let crashes = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/crashes");
    let all = layers::files(&crashes, "");
    assert!(!all.is_empty());
    for path in all {
        eprintln!("{}", path.display());
        let bytes = fs::read(&path).unwrap();
        match path.parent().and_then(Path::file_name).and_then(|folder| folder.to_str()) {
            Some("text") => text::check(&bytes),
            Some("files") => files::check(&bytes),
            Some("data") => data::check(&bytes),
            Some("saved") => {
                saved::check(&bytes);
            }
            Some("verdicts") => verdicts::check(&bytes),
            Some("compiled") => {
                compiled::check(&bytes);
            }
            folder => panic!("{folder:?} is no target"),
        }
    }
}

/// Texts that have a meaning in one of the formats, are invisible, or resemble such texts.
const HOSTILE: &[&str] = &[
    "unknown",
    "contested",
    "none",
    "no one",
    "no",
    "not",
    "and",
    "or",
    "the",
    "it",
    "is",
    "are",
    "of",
    "A",
    "a",
    "NK-aBc",
    "nk-abc",
    "\u{130}st-1",
    "GRO\u{1e9e}",
    "e\u{301}t-1",
    "\u{e9}t-1",
    "5",
    "007",
    "8,000",
    "2016-02-01",
    "2016-13-45",
    "99999999999999999999",
    ".a",
    "-a",
    "_a",
    "a.",
    "...",
    "",
    " ",
    " a ",
    "a b",
    "a/b",
    "a;b",
    "a,b",
    "\"",
    "a\"b",
    "\"\"",
    "\"a\"",
    "\u{201c}a\u{201d}",
    "x # y",
    "#",
    "- it is designated",
    "a\n  - it is designated",
    "a\r\nb",
    "a\rb",
    "a\tb",
    "\u{7}",
    "\u{1b}[31m",
    "\u{202e}abc",
    "a\u{200b}b",
    "a\u{ad}b",
    "g\u{200d}1",
    "\u{6af}\u{631}\u{648}\u{647}\u{200c}\u{647}\u{627}",
    "\u{feff}a",
    "a\u{ffff}",
    "a\u{a0}b",
    "designated",
    "vetted",
    "unity government",
    "the national command",
    "group",
    "person",
    "first-commander",
    "it\u{2019}s",
    "=1+1",
    "@everyone",
    "U.S.",
    "policy",
    "dossier",
    "rated C3",
    "a rival",
    "line 3",
    "\\",
    "\u{0}",
];

fn hostile_text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(HOSTILE).prop_map(str::to_owned),
        1 => (prop::sample::select(HOSTILE), prop::sample::select(HOSTILE))
            .prop_map(|(one, other)| format!("{one} {other}")),
        1 => "\\PC{0,12}",
        1 => "[a-z\u{130}\u{df}\u{301}._\\-]{1,8}",
        3 => "[a-z]{1,6}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn saved_dossiers_read_back_the_same(texts in prop::collection::vec(hostile_text(), 9)) {
        saved::check(texts.join("\u{1e}").as_bytes());
    }
}

/// Tries each hostile text in each place alone, so that it is not refused because of another.
#[test]
fn hostile_texts_are_rejected_or_read_back_the_same() {
    for text in HOSTILE {
        for place in 0..9 {
            let mut texts = ["g1", "A group", "the group", "ucdp", "5861", "none", "ali", "omar", "somebody"];
            texts[place] = text;
            let accepted = saved::check(texts.join("\u{1e}").as_bytes());
            if matches!(place, 0 | 6 | 7) && is_id(text) {
                assert_eq!(accepted, 4, "the id {text:?} in place {place}");
            }
        }
    }
}
