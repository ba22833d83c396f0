//! Verification of recorded decisions: the result for each file, hash and verdict, and the exit code.

use crate::cli::{Folder, Ran};
use serde_json::Value;
use std::fs;

/// A second dossier, which uses a file on circumstances.
const TWO: &str = "\
dossier two \"Group two\"
  about group
  use \"land.placet\"
  as of 2016-02-15

  - it accepts the unity government
";

const LAND: &str = "\
use \"words.placet\"

dossier land \"The land\"
  about unity government
  as of 2016-02-15
  - it has taken office in the capital
";

const TABLE: &str = "\
id,accepts the unity government,the unity government has taken office in the capital
one,no,yes
two,yes,yes
three,,yes
four,perhaps,yes
";

/// A folder with a recorded decision.
fn recorded(name: &str, arguments: &[&str]) -> Folder {
    let folder = Folder::new(name);
    folder.put("two.placet", TWO).put("land.placet", LAND).put("table.csv", TABLE);
    let ran = folder.run(&[&["decide"], arguments].concat());
    assert!(ran.code < 2, "{}", ran.err);
    folder.put("decision", ran.out);
    folder
}

fn verify(folder: &Folder, files: &[&str]) -> Ran {
    folder.run(&[&["verify", "decision"], files].concat())
}

/// The status of each file.
fn standings(json: &Value) -> Vec<(&str, &str)> {
    let files = json["files"].as_array().unwrap().iter();
    files.map(|file| (file["name"].as_str().unwrap(), file["standing"].as_str().unwrap())).collect()
}

const FILES: [&str; 3] = ["policy.placet", "one.placet", "two.placet"];

#[test]
fn unchanged_files_agree() {
    for format in ["json", "ndjson"] {
        let folder = recorded(&format!("verify-{format}"), &[&FILES[..], &["--format", format]].concat());
        let ran = verify(&folder, &FILES);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
        for expected in [
            "same                 land.placet\n",
            "  same                 training: ineligible\n",
            "everything agrees",
        ] {
            assert!(ran.out.contains(expected), "{expected}\n{}", ran.out);
        }
        // Without files, and from another folder, the files are found through the manifest.
        assert_eq!(verify(&folder, &[]).code, 0);
        let elsewhere = Folder::new(&format!("verify-{format}-elsewhere"));
        let path = |name: &str| folder.0.join(name).to_string_lossy().into_owned();
        let ran = elsewhere.run(&["verify", &path("decision"), &path("policy.placet"), &path("two.placet")]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    }
}

/// Changes something in a recorded decision.
type Alter = fn(&mut Value);

#[test]
fn altered_parts_of_a_decision_are_reported() {
    let altered: [(&str, Alter); 6] = [
        ("one: parts other than the verdicts differ: policy", |json| {
            json["policy"]["title"] = "Another".into()
        }),
        ("one: parts other than the verdicts differ: title", |json| {
            json["subjects"][0]["title"] = "Another".into()
        }),
        ("training: obligations", |json| json["subjects"][0]["verdicts"][0]["obligations"] = "none".into()),
        ("training: changes", |json| {
            json["subjects"][0]["verdicts"][0]["changes"] = Value::Array(Vec::new())
        }),
        ("one: there is no verdict", |json| json["subjects"][0]["verdicts"] = Value::Array(Vec::new())),
        ("one: the manifest has its hash, but there is no decision", |json| {
            json["subjects"].as_array_mut().unwrap().remove(0);
        }),
    ];
    let folder = recorded("verify-altered", &[&FILES[..], &["--format", "json"]].concat());
    let whole = fs::read_to_string(folder.0.join("decision")).unwrap();
    for (expected, alter) in altered {
        let mut json: Value = serde_json::from_str(&whole).unwrap();
        alter(&mut json);
        folder.put("decision", json.to_string());
        let ran = verify(&folder, &FILES);
        assert_eq!(ran.code, 1, "{expected}: {}", ran.out);
        assert!(ran.out.contains(expected), "{expected}: {}", ran.out);
    }
}

#[test]
fn a_changed_circumstance_changes_file_hash_and_verdict() {
    for format in ["json", "ndjson"] {
        let folder =
            recorded(&format!("verify-changed-{format}"), &[&FILES[..], &["--format", format]].concat());
        folder.put("land.placet", LAND.replace("it has taken", "it has not taken"));
        let ran = verify(&folder, &[&FILES[..], &["--format", "json"]].concat());
        assert_eq!((ran.code, ran.err.as_str()), (1, ""), "{}", ran.out);
        let json = ran.json();
        assert_eq!(json["agrees"], false);
        assert_eq!(
            standings(&json),
            [
                ("policy.placet", "same"),
                ("words.placet", "same"),
                ("one.placet", "same"),
                ("two.placet", "same"),
                ("land.placet", "changed"),
            ]
        );
        let [one, two] = json["subjects"].as_array().unwrap().as_slice() else { panic!("{json}") };
        assert_eq!((&one["dossier"], &two["dossier"]), (&Value::Bool(true), &Value::Bool(false)));
        assert_eq!(two["verdicts"][0]["recorded"], "eligible");
        assert_eq!(two["verdicts"][0]["now"], "ineligible");
        assert_eq!((&json["same"], &json["differ"]), (&Value::from(1), &Value::from(1)));
    }
}

#[test]
fn a_comment_changes_only_the_hash_of_the_file() {
    let folder = recorded("verify-comment", &[&FILES[..], &["--format", "json"]].concat());
    folder.put("two.placet", TWO.replace("  as of", "# a comment in column 0\n  as of"));
    let json = verify(&folder, &[&FILES[..], &["--format", "json"]].concat()).json();
    assert!(standings(&json).contains(&("two.placet", "changed")));
    assert_eq!(json["subjects"][1]["dossier"], true);
    assert_eq!((&json["agrees"], &json["differ"]), (&Value::Bool(false), &Value::from(0)));
}

#[test]
fn missing_added_and_broken_files_are_reported() {
    let folder = recorded("verify-missing", &[&FILES[..], &["--format", "json"]].concat());
    folder.put("other.placet", "# nothing\n");
    fs::remove_file(folder.0.join("land.placet")).unwrap();
    let ran = verify(&folder, &["policy.placet", "one.placet", "two.placet", "other.placet"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    for expected in [
        "missing              land.placet\n",
        "not in the manifest  other.placet\n",
        "recorded eligible, now none",
        "cannot decide again: two.placet:3:7: `land.placet` cannot be read",
        "not everything agrees",
    ] {
        assert!(ran.out.contains(expected), "{expected}\n{}", ran.out);
    }
}

#[test]
fn a_forged_verdict_differs() {
    let folder = recorded("verify-forged", &[&FILES[..], &["--format", "json"]].concat());
    let decision = fs::read_to_string(folder.0.join("decision")).unwrap();
    folder.put("decision", decision.replace("\"verdict\": \"ineligible\"", "\"verdict\": \"eligible\""));
    let ran = verify(&folder, &FILES);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("training: recorded eligible, now ineligible"), "{}", ran.out);
}

#[test]
fn documents_of_several_policies_and_days_are_verified_together() {
    let folder = Folder::new("verify-many");
    let policy = fs::read_to_string(folder.0.join("policy.placet")).unwrap();
    fs::create_dir(folder.0.join("policies")).unwrap();
    for name in ["equipment", "training"] {
        let text = policy
            .replace("words.placet", "../words.placet")
            .replace("id      training", &format!("id {name}"));
        folder.put(&format!("policies/{name}.placet"), text);
    }
    folder
        .put("three.placet", TWO.replace("dossier two", "dossier three").replace("2016-02-15", "2016-03-15"));
    folder.put("two.placet", TWO).put("land.placet", LAND);
    for format in ["json", "ndjson"] {
        let files = ["policies", "one.placet", "two.placet", "three.placet"];
        let ran = folder.run(&[&["decide"], &files[..], &["--format", format]].concat());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        folder.put("decision", ran.out);
        let json = verify(&folder, &[&files[..], &["--format", "json"]].concat()).json();
        assert_eq!((&json["agrees"], &json["same"]), (&Value::Bool(true), &Value::from(6)), "{json}");
        assert_eq!(json["policies"].as_array().unwrap().len(), 2);
    }
}

/// A recorded decision on a table, row by row.
fn table(name: &str, more: &[&str]) -> Folder {
    let arguments = ["policy.placet", "table.csv", "--stream", "--as-of", "2016-02-15", "--format"];
    recorded(name, &[&arguments[..], more].concat())
}

#[test]
fn a_table_is_verified_row_by_row() {
    let folder = table("verify-table", &["ndjson"]);
    let stream = fs::read_to_string(folder.0.join("decision")).unwrap();
    let trailer: Value = serde_json::from_str(stream.lines().last().unwrap()).unwrap();
    assert_eq!(trailer["format"], "placet-manifest/1");
    assert_eq!((&trailer["records"], &trailer["as_of"]), (&Value::from(4), &Value::from("2016-02-15")));
    assert_eq!(trailer["files"][2]["name"], "table.csv");
    assert_eq!(trailer["files"][2]["role"], "table");
    assert_eq!(trailer["files"][2]["sha256"], placet::digest::sha256(TABLE.as_bytes()));
    let ran = verify(&folder, &["policy.placet", "table.csv"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);

    folder.put("table.csv", TABLE.replace("three,,", "three,no,"));
    let json = verify(&folder, &["policy.placet", "table.csv", "--format", "json"]).json();
    assert!(standings(&json).contains(&("table.csv", "changed")), "{json}");
    let [three] = json["subjects"].as_array().unwrap().as_slice() else { panic!("{json}") };
    assert_eq!((&three["line"], &three["id"]), (&Value::from(4), &Value::from("three")));
    assert_eq!(three["verdicts"][0]["recorded"], "undetermined");
    assert_eq!(three["verdicts"][0]["now"], "ineligible");
    assert_eq!((&json["same"], &json["differ"]), (&Value::from(2), &Value::from(1)));

    // A bad row that is corrected, and a new row.
    folder.put("table.csv", TABLE.replace("perhaps", "yes") + "five,no,no\n");
    let json = verify(&folder, &["policy.placet", "table.csv", "--format", "json"]).json();
    assert_eq!((&json["same"], &json["differ"]), (&Value::from(3), &Value::from(2)), "{json}");
    assert_eq!(json["subjects"][0]["verdicts"][0]["recorded"], Value::Null);
}

#[test]
fn a_truncated_stream_is_not_accepted() {
    let folder = table("verify-cut", &["ndjson"]);
    let stream = fs::read_to_string(folder.0.join("decision")).unwrap();
    let lines: Vec<&str> = stream.lines().collect();
    folder.put("decision", lines[..4].join("\n"));
    let ran = verify(&folder, &["policy.placet", "table.csv"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("has no trailer with the hashes of the files"), "{}", ran.err);
    folder.put("decision", [lines[0], lines[1], lines[4]].join("\n"));
    let ran = verify(&folder, &["policy.placet", "table.csv"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("the trailer states 4 lines, found 2"), "{}", ran.out);
    folder.put("decision", "{\"policy\": 1}");
    let ran = verify(&folder, &["policy.placet"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("it is not a decision of placet"), "{}", ran.err);
}

#[test]
fn a_manifest_can_be_separate_or_omitted() {
    let folder = table("verify-apart", &["csv", "--manifest", "manifest.json"]);
    let manifest: Value =
        serde_json::from_str(&fs::read_to_string(folder.0.join("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["files"][2]["sha256"], placet::digest::sha256(TABLE.as_bytes()));
    let again = ["decide", "policy.placet", "table.csv", "--stream", "--as-of", "2016-02-15"];
    let ran = folder.run(&[&again[..], &["--manifest", "manifest.json"]].concat());
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("manifest.json exists already"), "{}", ran.err);

    let ran = folder.run(&[&again[..], &["--format", "ndjson", "--manifest", "other.json"]].concat());
    assert!(!ran.out.contains("placet-manifest"), "{}", ran.out);
    folder.put("decision", ran.out);
    let ran = verify(&folder, &["policy.placet", "table.csv", "--manifest", "other.json"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);

    for format in ["json", "ndjson", "csv", "markdown"] {
        for files in [vec!["policy.placet", "one.placet"], again[1..].to_vec()] {
            let ran = folder.run(&[&["decide"], &files[..], &["--format", format, "--no-manifest"]].concat());
            assert!(!ran.out.contains("SHA-256") && !ran.out.contains("sha256"), "{}", ran.out);
            assert!(!ran.out.contains(env!("CARGO_PKG_VERSION")), "{}", ran.out);
        }
    }
    folder.put(
        "decision",
        folder.run(&["decide", "policy.placet", "one.placet", "--format", "json", "--no-manifest"]).out,
    );
    let ran = verify(&folder, &["policy.placet", "one.placet"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("has a decision without a manifest"), "{}", ran.err);
}

#[test]
fn a_table_from_standard_input_is_verified() {
    let folder = Folder::new("verify-input");
    let arguments =
        ["decide", "policy.placet", "-", "--input", "csv", "--as-of", "2016-02-15", "--format", "ndjson"];
    let ran = folder.run_with(&arguments, TABLE);
    folder.put("decision", ran.out);
    let verify =
        |table: &str| folder.run_with(&["verify", "decision", "policy.placet", "-", "--input", "csv"], table);
    assert_eq!(verify(TABLE).code, 0);
    assert_eq!(verify(&TABLE.replace("three,,", "three, ,")).code, 1);
}

#[test]
fn a_saved_dossier_is_verified_by_its_content() {
    let folder = recorded("verify-saved", &["policy.placet", "one.placet", "--format", "json"]);
    let saved = "dossier one \"Group one\"\n  about group\n  use \"words.placet\"\n  as of 2016-02-15\n\n  \
                 - it does not accept the unity government\n      from essay line 3, rated C3, on 2015-05-28\n";
    folder.put("saved.placet", saved);
    let verify = || folder.run(&["verify", "decision", "policy.placet", "--dossier", "saved.placet"]);
    let ran = verify();
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    folder.put("saved.placet", saved.replace("C3", "C4"));
    let ran = verify();
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("differs              the dossier and its circumstances"), "{}", ran.out);
}

#[test]
fn a_manifest_does_not_extend_the_readable_files() {
    let folder = table("verify-outside", &["ndjson"]);
    let inside = Folder::new("verify-outside/inside");
    inside.put("secret.csv", "id\nsecret-agent\n");
    let stream = fs::read_to_string(folder.0.join("decision")).unwrap();
    for name in ["../table.csv", "/etc/passwd", "../../secret.csv"] {
        inside.put("decision", stream.replace("\"table.csv\"", &format!("\"{name}\"")));
        let ran = verify(&inside, &["policy.placet"]);
        assert_eq!((ran.code, ran.err.as_str()), (1, ""), "{}", ran.out);
        assert!(ran.out.contains("leads outside of") || ran.out.contains("does not exist"), "{}", ran.out);
        assert!(ran.out.contains(&format!("missing              {name}\n")), "{}", ran.out);
    }
    // A name for which the root would be a parent folder.
    let nested = stream.replace("\"name\":\"", "\"name\":\"verify-outside/inside/");
    inside.put("decision", nested);
    let ran = verify(&inside, &["policy.placet"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("give --root the folder that their names are relative to"), "{}", ran.out);
}
