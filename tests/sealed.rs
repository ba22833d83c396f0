//! A dossier cannot change a policy: whatever its files declare, the policy is the same without them.
//!
//! Each file of `sealed/` that starts with a comment such as `# training: ineligible` is a dossier that tries to do
//! so; the comment states the result, a verdict or the codes of errors.

use crate::layers::files;
use placet::bundle::LoadError;
use placet::decision::{Outcome, decide, outcomes};
use placet::evidence::Dossier;
use placet::value::Date;
use placet::wire::{self, words};
use placet::{Error, Workspace, workspace};
use std::fs;
use std::path::Path;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sealed");

fn load(path: &str) -> Result<Vec<u8>, LoadError> {
    fs::read(Path::new(FOLDER).join(path)).map_err(|_| LoadError::NotFound)
}

fn open(dossiers: &[&str]) -> Result<Workspace, Error> {
    let dossiers: Vec<String> = dossiers.iter().map(|name| (*name).to_owned()).collect();
    Workspace::open("policy.placet", &dossiers, &mut load)
}

fn verdict(workspace: &Workspace, id: &str) -> Outcome {
    let day = Date::parse("2016-02-15").unwrap();
    outcomes(&workspace.policy, &workspace.evidence, id, day).unwrap()[0].1
}

/// The cases: their names and the expected results in their first lines.
fn cases() -> Vec<(String, String)> {
    let all = files(Path::new(FOLDER), ".placet").into_iter().filter_map(|path| {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.file_name()?.to_str()?.to_owned();
        let first = text.lines().next()?.strip_prefix("# ")?;
        let is_case = first.starts_with("training: ") || first.starts_with("P0");
        is_case.then(|| (name, first.to_owned()))
    });
    all.collect()
}

/// The result for a dossier: the verdict, or the codes of the errors.
fn result(opened: &Result<Workspace, Error>, id: &str) -> String {
    match opened {
        Ok(workspace) => {
            format!("training: {}", placet::text::fold(&format!("{:?}", verdict(workspace, id))))
        }
        Err(error) if error.findings().is_empty() => error.to_string(),
        Err(error) => error.findings().iter().map(|found| found.code).collect::<Vec<_>>().join(" "),
    }
}

#[test]
fn each_attempt_has_the_expected_result() {
    let alone = open(&["honest.placet"]).unwrap();
    let cases = cases();
    assert!(cases.len() >= 8, "{cases:?}");
    let mut failures = Vec::new();
    for (name, expected) in cases {
        let opened = open(&[&name]);
        if result(&opened, "g") != expected {
            failures
                .push(format!("{name} means `{expected}` and gives `{}`: {opened:?}", result(&opened, "g")));
        }
        let Ok(workspace) = opened else { continue };
        assert_eq!(workspace.policy.hash, alone.policy.hash, "{name}");
        for order in [[&*name, "honest.placet"], ["honest.placet", &*name]] {
            let both = open(&order).unwrap();
            assert_eq!(both.policy.hash, alone.policy.hash, "{name}");
            assert_eq!(
                verdict(&both, "honest"),
                verdict(&alone, "honest"),
                "{name} changes another's verdict"
            );
            assert_eq!(verdict(&both, "g"), verdict(&workspace, "g"), "{name}");
            let added = alone.with_dossiers(&order.map(str::to_owned), &mut load).unwrap();
            assert_eq!(verdict(&added, "g"), verdict(&workspace, "g"), "{name}");
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_table_is_read_with_the_policy_alone() {
    let table = "id,is vetted,reports to\nrow,yes,the national command\n";
    for (name, _) in cases() {
        let mut load = |path: &str| if path == "t.csv" { Ok(table.into()) } else { load(path) };
        let opened = |names: &[&str], load: workspace::Read<'_>| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            Workspace::open("policy.placet", &names, load)
        };
        let alone = opened(&["t.csv"], &mut load).unwrap();
        if let Ok(both) = opened(&["t.csv", &name], &mut load) {
            assert_eq!(verdict(&both, "row"), verdict(&alone, "row"), "{name}");
        }
    }
}

/// A dossier that one dossier uses does not affect another dossier in the same file.
#[test]
fn each_dossier_has_only_its_own_circumstances() {
    let text = "dossier one \"One\"\n  about group\n  use \"circumstances.placet\"\n  as of 2016-02-15\n\n\
                dossier two \"Two\"\n  about group\n  as of 2016-02-15\n";
    let mut load = |path: &str| if path == "two.placet" { Ok(text.into()) } else { load(path) };
    let workspace = Workspace::open("policy.placet", &["two.placet".to_owned()], &mut load).unwrap();
    let uses = |id: &str| workspace.evidence.dossier(id).unwrap().uses.clone();
    assert_eq!(uses("one"), ["merger"]);
    assert!(uses("two").is_empty());
    let written = |id: &str| workspace.written(workspace.evidence.dossier(id).unwrap(), "").unwrap();
    assert!(written("one").contains("\"circumstances.placet\""));
    assert!(!written("two").contains("\"circumstances.placet\""));
}

/// A `use` line outside of a dossier applies to all dossiers of its file.
#[test]
fn a_use_line_of_a_file_applies_to_all_its_dossiers() {
    let text = "use \"circumstances.placet\"\n\ndossier one\n  about group\n\ndossier two\n  about group\n";
    let mut load = |path: &str| if path == "two.placet" { Ok(text.into()) } else { load(path) };
    let workspace = Workspace::open("policy.placet", &["two.placet".to_owned()], &mut load).unwrap();
    for id in ["one", "two"] {
        assert_eq!(workspace.evidence.dossier(id).unwrap().uses, ["merger"]);
    }
}

/// The policy's own files must contain its vocabulary: a dossier cannot provide it.
#[test]
fn a_dossier_cannot_provide_the_vocabulary_of_a_policy() {
    let mut load = |path: &str| {
        let bytes = load(path)?;
        let text = String::from_utf8(bytes.clone()).unwrap();
        Ok(if path == "policy.placet" {
            text.replace("  use \"vocabulary.placet\"\n", "").into()
        } else {
            bytes
        })
    };
    let opened = Workspace::open("policy.placet", &["honest.placet".to_owned()], &mut load);
    assert!(result(&opened, "honest").contains("P0202"), "{opened:?}");
}

#[test]
fn the_content_of_a_used_file_is_never_shown() {
    let secret = "TOKEN=squeamish ossifrage\n";
    for (used, code) in [("../.env", "P0007"), ("secret.placet", "P0009"), ("binary.placet", "P0009")] {
        let text = format!("dossier g\n  about group\n  use \"{used}\"\n");
        let mut load = |path: &str| match path {
            "in/g.placet" => Ok(text.clone().into_bytes()),
            "in/secret.placet" | ".env" => Ok(secret.into()),
            "in/binary.placet" => Ok([secret.as_bytes(), b"\xff\0"].concat()),
            path => load(path),
        };
        let Err(error) = Workspace::open("policy.placet", &["in/g.placet".to_owned()], &mut load) else {
            panic!("{used} is used")
        };
        let (findings, sources) = (error.findings(), error.sources());
        assert_eq!(findings.iter().map(|found| found.code).collect::<Vec<_>>(), [code], "{used}");
        let shown = placet::wire::diagnostics::write(findings, sources);
        assert!(!shown.contains("squeamish"), "{shown}");
        assert!(sources.files().iter().all(|file| !file.text.contains("squeamish")));
    }
}

#[test]
fn absolute_paths_stay_absolute() {
    let mut requested = Vec::new();
    let mut load = |path: &str| {
        requested.push(path.to_owned());
        let name = path.strip_prefix("/srv/rules/").ok_or(LoadError::NotFound)?;
        load(name)
    };
    let workspace =
        Workspace::open("/srv/rules/policy.placet", &["/srv/rules/honest.placet".to_owned()], &mut load);
    assert!(workspace.is_ok(), "{workspace:?}");
    assert_eq!(requested, ["policy", "vocabulary", "honest"].map(|name| format!("/srv/rules/{name}.placet")));
    assert_eq!(placet::bundle::uses("/a/b/c.placet", "use \"../d.placet\"\n"), ["/a/d.placet"]);
}

/// The error's own text contains the first finding, for programs that show nothing else.
#[test]
fn a_refusal_contains_the_first_error_and_its_place() {
    let text = "dossier g\n  about group\n  - it is veted\n  - it is armed\n";
    let mut load = |path: &str| if path == "g.placet" { Ok(text.into()) } else { load(path) };
    let refusal = Workspace::open("policy.placet", &["g.placet".to_owned()], &mut load).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "g.placet:3:8: unknown fact `is veted` of a group (did you mean `is vetted`?), and one more error"
    );
}

/// Statements about facts that only the dossier's own files declare are kept, listed and saved, but never used.
#[test]
fn statements_in_a_dossier_s_own_vocabulary_are_kept_apart() {
    let name = "statements-in-words-of-its-own.placet";
    let workspace = open(&[name, "honest.placet"]).unwrap();
    let dossier = workspace.evidence.dossier("g").unwrap();
    let listed = |dossier: &Dossier| -> Vec<String> {
        let all = dossier.unused.statements.iter();
        all.map(|statement| words::unused(statement, &workspace.policy.vocabulary)).collect()
    };
    let expected = [
        "it wears a uniform (A diary, line 4, rated C3)",
        "its camp is north",
        "The northern camp: is fenced",
        "A star: is not worn",
    ];
    assert_eq!(listed(dossier), expected);
    assert_eq!(dossier.statements.len(), 3);
    assert_eq!(dossier.members.len(), 1);
    let codes: Vec<&str> = workspace.remarks.iter().map(|remark| remark.code).collect();
    assert_eq!(codes, ["P0319"]);
    // The saved dossier needs neither its old file nor the policy beside it, and has the same content.
    let written = workspace.written(dossier, "").unwrap();
    let mut load = |path: &str| if path == "saved.placet" { Ok(written.clone().into()) } else { load(path) };
    let saved = Workspace::open("policy.placet", &["saved.placet".to_owned()], &mut load).unwrap();
    let again = saved.evidence.dossier("g").unwrap();
    assert_eq!(listed(again), expected, "{written}");
    assert_eq!(again.statements.len(), 3);
    assert_eq!(saved.written(again, "").unwrap(), written);
    assert_eq!(verdict(&saved, "g"), verdict(&workspace, "g"));
    let day = Date::parse("2016-02-15").unwrap();
    let decision = decide(&workspace.policy, &workspace.evidence, "g", day, None).unwrap();
    let json = wire::decision::write(std::slice::from_ref(&decision));
    assert!(json.contains("\"not_asked\""), "{json}");
    assert!(wire::decision_markdown::write(&decision).contains("- it wears a uniform"));
    let data = wire::dossier_json::write(dossier, &workspace.policy.vocabulary);
    assert_eq!(data["notes"][0], "Not used by the policy: it wears a uniform (A diary, line 4, rated C3)");
}

/// The vocabulary of one dossier does not apply to another, even in the same file.
#[test]
fn the_vocabulary_of_a_dossier_applies_to_it_alone() {
    let text = "dossier one\n  about group\n  use \"words/uniforms.placet\"\n  - it wears a uniform\n\n\
                dossier two\n  about group\n  - it wears a uniform\n";
    let mut load = |path: &str| if path == "two.placet" { Ok(text.into()) } else { load(path) };
    let refusal = Workspace::open("policy.placet", &["two.placet".to_owned()], &mut load).unwrap_err();
    let message = refusal.to_string();
    assert!(message.starts_with("two.placet:8:8: unknown fact `wears a uniform` of a group"), "{message}");
}

/// A letter of another script makes a different word, whoever declares it.
#[test]
fn a_look_alike_letter_is_reported() {
    let declared = "kind group\n  is vett\u{435}d : yes or no\n\n";
    let dossier = "dossier g\n  about group\n  - it is vett\u{435}d\n";
    let odd = "letter 5 of `vett\u{435}d` is U+0435, a Cyrillic letter that looks like the Latin `e`";
    for (text, code) in [(dossier.to_owned(), "P0201"), (format!("{declared}{dossier}"), "P0241")] {
        let mut load = |path: &str| if path == "g.placet" { Ok(text.clone().into()) } else { load(path) };
        let opened = Workspace::open("policy.placet", &["g.placet".to_owned()], &mut load);
        let Err(error) = &opened else { panic!("{text} is read") };
        let findings = error.findings();
        assert_eq!(findings.iter().map(|found| found.code).collect::<Vec<_>>(), [code]);
        assert!(findings[0].message.contains(odd), "{}", findings[0].message);
    }
}
