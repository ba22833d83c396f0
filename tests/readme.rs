//! The examples in README.md are what the command prints, and the policy in rules/README.md is valid.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const README: &str = include_str!("../README.md");

/// All examples: the arguments, and the lines shown below the command.
fn examples() -> Vec<(Vec<&'static str>, String)> {
    README
        .split("```console\n$ cargo run --release -- ")
        .skip(1)
        .map(|block| {
            let (command, rest) = block.split_once('\n').unwrap();
            let (shown, _) = rest.split_once("```").unwrap();
            (command.split_whitespace().collect(), shown.trim_end().to_owned())
        })
        .collect()
}

/// Runs the command in a folder.
fn placet(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_placet"));
    command.args(arguments).current_dir(folder).env("NO_COLOR", "1").output().unwrap()
}

#[test]
fn every_example_prints_the_shown_output() {
    let examples = examples();
    assert_eq!(examples.len(), 2, "two commands are shown");
    for (arguments, shown) in examples {
        let ran = placet(Path::new(env!("CARGO_MANIFEST_DIR")), &arguments);
        let printed = String::from_utf8(ran.stdout).unwrap();
        // Long output is shown only up to its list of rules.
        let printed = printed.split("\nRules\n").next().unwrap().trim_end();
        assert_eq!(printed, shown, "{}", arguments.join(" "));
        assert!(ran.status.success());
    }
}

/// Makes the change shown to a copy of the policy, and compares the output.
#[test]
fn the_diff_example_prints_the_shown_output() {
    let (_, block) = README.split_once("```console\n$ placet ").unwrap();
    let (command, rest) = block.split_once('\n').unwrap();
    let (shown, _) = rest.split_once("```").unwrap();
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/libya");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme");
    for language in ["", "fr", "ar"] {
        fs::create_dir_all(folder.join(language)).unwrap();
        for file in ["vocabulary.placet", "air-support.placet"] {
            let file = Path::new(language).join(file);
            fs::copy(rules.join(&file), folder.join(&file)).unwrap();
        }
    }
    let old_condition = "needs the unity government is genuine";
    let new_condition = "the unity government is genuine\nor the host government is legally legitimate";
    assert!(README.contains(new_condition));
    let text = fs::read_to_string(folder.join("air-support.placet")).unwrap();
    let edited = text.replacen(old_condition, &format!("needs {}", new_condition.replace('\n', " ")), 1);
    assert_ne!(text, edited);
    fs::write(folder.join("air-support-edited.placet"), edited.replacen("2015.2", "2015.3", 1)).unwrap();
    let ran = placet(&folder, &command.split_whitespace().collect::<Vec<_>>());
    assert_eq!(String::from_utf8(ran.stdout).unwrap().trim_end(), shown.trim_end());
    assert_eq!(ran.status.code(), Some(1));
}

/// Runs the commands of the drafter's page on the files that it shows, and checks the results that it states.
#[test]
fn the_policy_of_the_drafters_page_is_complete() {
    let page = include_str!("../rules/README.md");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("drafter");
    fs::create_dir_all(&folder).unwrap();
    let (_, writing) = page.split_once("## How to write one").unwrap();
    for name in ["vocabulary.placet", "equipment.placet", "brigade.placet"] {
        let (_, after) = writing.split_once(&format!("`{name}`, ")).unwrap();
        let (_, block) = after.split_once("```placet\n").unwrap();
        fs::write(folder.join(name), block.split_once("```").unwrap().0).unwrap();
    }
    let mut tried = 0;
    for line in writing.lines().filter_map(|line| line.strip_prefix("$ placet ")) {
        let (command, expected) = line.split_once('#').unwrap_or((line, ""));
        let ran = placet(&folder, &command.split_whitespace().collect::<Vec<_>>());
        let printed = String::from_utf8([ran.stdout, ran.stderr].concat()).unwrap();
        assert!(ran.status.success(), "{command}: {printed}");
        let expected = expected.split(':').next().unwrap().trim();
        assert!(printed.contains(expected), "{command}: {printed}");
        tried += 1;
    }
    assert_eq!(tried, 4, "four commands are shown");
}
