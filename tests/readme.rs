//! What README.md shows is what the command prints.

use std::process::Command;

const README: &str = include_str!("../README.md");

/// Every example: the arguments, and the lines shown below the command.
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

#[test]
fn every_example_prints_what_is_shown() {
    let examples = examples();
    assert_eq!(examples.len(), 2, "two commands are shown");
    for (arguments, shown) in examples {
        let ran = Command::new(env!("CARGO_BIN_EXE_placet"))
            .args(&arguments)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .env("NO_COLOR", "1")
            .output()
            .unwrap();
        let printed = String::from_utf8(ran.stdout).unwrap();
        // A long answer is shown up to its list of rules.
        let printed = printed.split("\nRules\n").next().unwrap().trim_end();
        assert_eq!(printed, shown, "{}", arguments.join(" "));
        assert!(ran.status.success());
    }
}
