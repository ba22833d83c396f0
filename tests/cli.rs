//! The command line as its users see it: exit codes, formats, errors.

use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const POLICY: &str = "\
policy \"Training\"
  id      training
  version 1
  about   group
  in force from 2016-01-01
  use     \"words.placet\"

assistance training

requirement acceptance \"Accepts the unity government\"
  needs the group accepts the unity government
  cite essay line 31, stated

requirement office \"The unity government sits in the capital\"
  needs the unity government has taken office in the capital

scenario \"Nothing is known\"
  as of 2016-02-15
  expect training is undetermined
";

const WORDS: &str = "\
source essay \"An essay\"

kind group \"armed group\"
  accepts the unity government : yes or no
    ask \"Has the group accepted the unity government?\"

kind unity government, only one
  has taken office in the capital : yes or no
";

const DOSSIER: &str = "\
use \"words.placet\"

dossier one \"Group one\"
  about group
  as of 2016-02-15

  - it does not accept the unity government
      from essay line 3, rated C3, on 2015-05-28
";

/// A separate folder for each test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Folder {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let folder = Folder(folder);
        folder.put("policy.placet", POLICY).put("words.placet", WORDS).put("one.placet", DOSSIER);
        folder
    }

    pub fn put(&self, name: &str, text: impl AsRef<[u8]>) -> &Folder {
        fs::write(self.0.join(name), text).unwrap();
        self
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, "")
    }

    pub fn run_with(&self, arguments: &[&str], input: &str) -> Ran {
        let mut child = Command::new(env!("CARGO_BIN_EXE_placet"))
            .args(arguments)
            .current_dir(&self.0)
            .env("NO_COLOR", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that has read enough can close the stream early.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        Ran::from(child.wait_with_output().unwrap())
    }
}

pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Ran {
        Ran {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Ran {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap()
    }
}

#[test]
fn a_verdict_is_not_a_failure() {
    let folder = Folder::new("verdict");
    let ran = folder.run(&["decide", "policy.placet", "one.placet"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("training  not eligible\n"), "{}", ran.out);
    assert!(ran.out.contains("because the group does not accept the unity government"), "{}", ran.out);
    assert!(!ran.out.contains('\u{1b}'));
}

#[test]
fn dossiers_in_all_formats_get_the_same_verdict() {
    let folder = Folder::new("formats");
    let json = r#"{"id": "one", "title": "Group one", "as_of": "2016-02-15", "statements":
        [{"fact": "accepts the unity government", "value": false}]}"#;
    folder.put("one.json", json).put("one.ndjson", json.replace('\n', " "));
    folder.put("one.csv", "id,title,as of,accepts the unity government\none,Group one,2016-02-15,no\n");
    let verdict = |file: &str| {
        let tree = folder.run(&["decide", "policy.placet", file, "--format", "json"]).json();
        let verdict = &tree["subjects"][0]["verdicts"][0];
        (verdict["verdict"].clone(), verdict["rules"][0]["status"].clone(), verdict["reasons"][0][0].clone())
    };
    let written = verdict("one.placet");
    assert_eq!(written.0, "ineligible");
    for file in ["one.json", "one.ndjson", "one.csv"] {
        assert_eq!(verdict(file), written, "{file}");
    }
}

#[test]
fn circumstances_apply_to_data_files() {
    let folder = Folder::new("circumstances");
    folder.put("now.placet", "use \"words.placet\"\n\ndossier now\n  about unity government\n  - it has taken office in the capital\n");
    folder.put("rows.csv", "id,accepts the unity government\na,yes\nb,\n");
    let arguments =
        ["decide", "policy.placet", "rows.csv", "now.placet", "--as-of", "2016-02-15", "--format", "csv"];
    let ran = folder.run(&arguments);
    let verdicts: Vec<&str> = ran.out.lines().skip(1).map(|row| row.split(',').nth(3).unwrap()).collect();
    assert_eq!(verdicts, ["eligible", "undetermined"], "{}{}", ran.out, ran.err);
}

#[test]
fn a_day_is_required_and_today_must_be_explicit() {
    let folder = Folder::new("day");
    folder.put("rows.csv", "id\na\n");
    let ran = folder.run(&["decide", "policy.placet", "rows.csv"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("--as-of"), "{}", ran.err);
    assert_eq!(folder.run(&["decide", "policy.placet", "rows.csv", "--as-of", "today"]).code, 0);
    assert_eq!(folder.run(&["decide", "policy.placet", "rows.csv", "--as-of", "2016-02-30"]).code, 2);
    let ran = folder.run(&["decide", "policy.placet", "one.placet", "--as-of", "2015-02-01"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("not in force on 2015-02-01"), "{}", ran.err);
}

#[test]
fn the_version_in_force_is_used() {
    let folder = Folder::new("versions");
    fs::create_dir(folder.0.join("policies")).unwrap();
    let old = POLICY
        .replace("words.placet", "../words.placet")
        .replace("2016-01-01", "2016-01-01 until 2016-06-30");
    let new = POLICY.replace("words.placet", "../words.placet").replace("2016-01-01", "2016-07-01");
    folder.put("policies/old.placet", old).put("policies/new.placet", new.replace("version 1", "version 2"));
    let version = |day: &str| {
        let ran = folder.run(&["decide", "policies", "one.placet", "--as-of", day, "--format", "json"]);
        ran.json()["policy"]["version"].as_str().unwrap().to_owned()
    };
    assert_eq!((version("2016-06-30"), version("2016-07-01")), ("1".to_owned(), "2".to_owned()));

    // Both have no end: the later supersedes the earlier; if both begin on the same day, neither can be chosen.
    let open_ended = POLICY.replace("words.placet", "../words.placet");
    folder.put("policies/old.placet", open_ended.clone());
    assert_eq!((version("2016-06-30"), version("2016-07-01")), ("1".to_owned(), "2".to_owned()));
    folder.put("policies/new.placet", open_ended.replace("version 1", "version 2"));
    let ran = folder.run(&["decide", "policies", "one.placet", "--as-of", "2016-07-01"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("on the same day"), "{}", ran.err);
}

#[test]
fn a_policy_and_its_dossiers_can_share_a_file() {
    let folder = Folder::new("one-file");
    let both = format!("{POLICY}\n{DOSSIER}");
    folder.put("both.placet", both);
    let ran = folder.run(&["decide", "both.placet", "both.placet", "--as-of", "2016-02-15"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

#[test]
fn files_with_errors_are_not_decided_on() {
    let folder = Folder::new("wrong");
    folder.put(
        "bad.json",
        r#"{"id": "a", "statements": [{"fact": "accepts the untiy government", "value": true}]}"#,
    );
    let ran = folder.run(&["decide", "policy.placet", "bad.json", "--as-of", "2016-02-15"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("did you mean \"accepts the unity government\"?"), "{}", ran.err);
    assert!(ran.err.contains("bad.json:1:37"), "{}", ran.err);
    let ran = folder.run(&["decide", "policy.placet", "one.placet", "--assistance", "trainin"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("known types: training"), "{}", ran.err);
    assert_eq!(folder.run(&["decide", "words.placet", "one.placet"]).code, 2);
    assert_eq!(folder.run(&["decide", "policy.placet", "nowhere.placet"]).code, 2);
}

#[test]
fn hostile_files_are_rejected() {
    let folder = Folder::new("hostile");
    let large = fs::File::create(folder.0.join("large.json")).unwrap();
    large.set_len(100 * 1024 * 1024).unwrap();
    fs::File::create(folder.0.join("large.placet")).unwrap().set_len(100 * 1024 * 1024).unwrap();
    folder.put("deep.json", "[".repeat(200_000) + &"]".repeat(200_000));
    folder.put("binary.csv", [0_u8, 159, 146, 150]).put("binary.placet", [0_u8, 159, 146, 150]);
    folder.put("twice.json", r#"[{"id": "a"}, {"id": "a"}]"#);
    for file in ["large.json", "large.placet", "deep.json", "binary.csv", "binary.placet", "twice.json"] {
        let ran = folder.run(&["decide", "policy.placet", file, "--as-of", "2016-02-15"]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{file}");
        assert!(ran.err.starts_with("error"), "{file}: {}", ran.err);
    }
}

#[test]
fn a_broken_file_in_a_folder_is_reported() {
    let folder = Folder::new("broken");
    fs::create_dir(folder.0.join("all")).unwrap();
    for (name, text) in [("policy", POLICY), ("words", WORDS), ("one", DOSSIER)] {
        folder.put(&format!("all/{name}.placet"), text);
    }
    let commands: [&[&str]; 3] =
        [&["decide", "all/policy.placet", "all"], &["decide", "all", "all/one.placet"], &["test", "all"]];
    for command in commands {
        assert_eq!(folder.run(command).code, 0, "{command:?}");
    }
    assert_eq!(folder.run(&["check", "all"]).code, 0);
    let broken: [(&str, &[u8]); 3] =
        [("empty", b""), ("binary", &[0, 159, 146, 150]), ("unread", b"dossier two\n  abuot group\n")];
    for (name, text) in broken {
        let name = format!("all/{name}.placet");
        folder.put(&name, text);
        for command in commands {
            let ran = folder.run(command);
            assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{name} {command:?}");
            assert!(ran.err.contains(&name), "{name} {command:?}: {}", ran.err);
        }
        let ran = folder.run(&["check", "all"]);
        assert_eq!(ran.code, 1);
        assert!(ran.out.contains(&name), "{}", ran.out);
        fs::remove_file(folder.0.join(&name)).unwrap();
    }
}

#[test]
fn the_policy_is_the_first_argument() {
    let folder = Folder::new("first");
    let ran = folder.run(&["decide", "words.placet", "policy.placet"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("words.placet contains no policy"), "{}", ran.err);
    for command in [["ask", "."].as_slice(), &["compare", ".", "policy.placet", "one.placet"]] {
        let ran = folder.run(command);
        assert_eq!(ran.code, 2);
        assert!(ran.err.starts_with("error: . is a folder"), "{}", ran.err);
    }
}

/// A dossier that uses a copy of the policy's vocabulary is read with the policy's own vocabulary.
#[test]
fn dossiers_are_read_with_the_vocabulary_of_the_policy() {
    let folder = Folder::new("apart");
    folder.put("other.placet", WORDS).put("two.placet", DOSSIER.replace("words.placet", "other.placet"));
    let ran = folder.run(&["decide", "policy.placet", "two.placet"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.out, folder.run(&["decide", "policy.placet", "one.placet"]).out);
}

#[test]
fn a_dossier_without_vocabulary_is_checked_with_the_given_policy() {
    let folder = Folder::new("beside");
    let bare = DOSSIER.replace("use \"words.placet\"\n\n", "");
    folder
        .put("bare.placet", &bare)
        .put("wrong.placet", bare.replace("dossier one", "dossier two").replace("accept ", "acept "));
    let ran = folder.run(&["check", "policy.placet", "bare.placet"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "nothing found in 2 files\n"), "{}", ran.err);
    let ran = folder.run(&["check", "policy.placet", "bare.placet", "wrong.placet"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("--> wrong.placet:5"), "{}", ran.out);
    assert!(!ran.out.contains("unknown kind `group`"), "{}", ran.out);
    assert!(ran.out.ends_with("in 3 files\n"), "{}", ran.out);
    assert!(folder.run(&["check", "bare.placet"]).out.contains("unknown kind `group`"));
}

/// The policy asks who leads the group, and the dossier names one leader.
fn about_leaders(name: &str) -> Folder {
    let folder = Folder::new(name);
    let policy = "policy \"P\"\n  id p\n  version 1\n  about group\n\nassistance training\n\nkind group\n  leaders : list of \
                  person\n\nkind person\n  is designated : yes or no\n\nevidence standard sound\n  not from rivals of the subject\n\n\
                  bar designated \"D\"\n  on sound\n  when any of its leaders is designated\n";
    let dossier = "dossier d \"D\"\n  about group\n  as of 2016-02-15\n  - its leaders include ali\n      from \"a \
                   ministry\"\n\n  person ali \"Ali\"\n";
    folder.put("leaders.placet", policy).put("d.placet", dossier);
    folder
}

#[test]
fn an_answer_about_further_members_keeps_known_members() {
    let folder = about_leaders("further-members");
    for (answer, list) in
        [("none", "ali and no others"), ("bob", "bob"), ("bob and no others", "ali, bob and no others")]
    {
        // Nobody knows whether Ali is designated; then the others, and who says so.
        let ran = folder
            .run_with(&["ask", "leaders.placet", "d.placet"], &format!("\n{answer}\na memorandum\nno\n"));
        assert!(
            ran.out.contains("its leaders include ali\n      from \"a ministry\""),
            "{}{}",
            ran.out,
            ran.err
        );
        assert!(ran.out.contains(list), "{answer}: {}", ran.out);
        assert!(ran.out.contains("undetermined"), "{answer}: {}", ran.out);
    }
}

#[test]
fn a_reason_cites_a_contested_list() {
    let folder = about_leaders("contested-list");
    folder.put(
        "e.placet",
        "dossier e \"E\"\n  about group\n  as of 2016-02-15\n  - its leaders are ali and no others\n  - its leaders are ben and no \
         others\n\n  person ali \"Ali\"\n    - is designated\n\n  person ben \"Ben\"\n    - is designated\n",
    );
    let ran = folder.run(&["decide", "leaders.placet", "e.placet", "--explain"]);
    for fact in ["Ali is designated", "Ben is designated", "sources disagree on the group's leaders"] {
        assert!(ran.out.contains(&format!("    - {fact}\n")), "{fact}: {}{}", ran.out, ran.err);
    }
}

#[test]
fn an_invalid_answer_is_asked_again() {
    let folder = about_leaders("asked-again");
    let answers = "yes\tno\nyes\nback\na\u{200b}b\na memorandum\nperhaps\nyes\nstop\n";
    let ran = folder.run_with(&["ask", "leaders.placet", "d.placet"], answers);
    assert!(ran.out.contains("from \"a memorandum\", a rival"), "{}{}", ran.out, ran.err);
    for help in ["leave it out", "`back` can be used at the next question", "answer yes, no, or Enter for no"]
    {
        assert!(ran.out.contains(help), "{help}: {}", ran.out);
    }
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_root_is_rejected() {
    let folder = Folder::new("links");
    fs::create_dir(folder.0.join("inside")).unwrap();
    std::os::unix::fs::symlink(folder.0.join("words.placet"), folder.0.join("inside/words.placet")).unwrap();
    folder.put("inside/policy.placet", POLICY);
    let ran = folder.run(&["check", "inside/policy.placet", "--root", "inside"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("it leads outside of"), "{}", ran.out);
}

#[test]
fn findings_have_four_formats() {
    let folder = Folder::new("findings");
    folder.put("bad.placet", WORDS.replace("yes or no", "yes or on"));
    let text = folder.run(&["check", "bad.placet"]);
    assert_eq!(text.code, 1);
    assert!(text.out.contains("--> bad.placet:4:34"), "{}", text.out);
    let json = folder.run(&["check", "bad.placet", "--format", "json"]).json();
    assert_eq!(json["findings"][0]["place"]["line"], 4);
    let sarif = folder.run(&["check", "bad.placet", "--format", "sarif"]).json();
    let location = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(location["region"]["startColumn"], 34);
    assert_eq!(location["artifactLocation"]["uri"], "bad.placet");
    let github = folder.run(&["check", "bad.placet", "--format", "github"]);
    assert!(github.out.starts_with("::error file=bad.placet,line=4,col=34,title=P"), "{}", github.out);
    assert_eq!(folder.run(&["check", "policy.placet", "one.placet"]).code, 0);
}

#[test]
fn check_studies_policies_and_remarks_do_not_fail() {
    let folder = Folder::new("studies");
    let rule = |id: &str, least: u32| {
        format!("\nrequirement {id} \"{id}\"\n  needs the group's headcount is at least {least}\n")
    };
    let start = "policy \"Studied\"\n  id studied\n  version 1\n  about group\n  use \"words.placet\"\n\nassistance training\n";
    let words = "kind group\n  headcount : number of fighters\n  is neutral : yes or no\n";
    folder
        .put("words.placet", words)
        .put("policy.placet", format!("{start}{}{}", rule("many", 500), rule("some", 50)));
    let ran = folder.run(&["check", "policy.placet"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(
        ran.out.contains("remark[P0504]: `some` excludes no subject that `many` does not"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("for example\n\n  scenario \"A subject that fails some\"\n"), "{}", ran.out);
    assert!(ran.out.ends_with("1 remark in 1 file\n"), "{}", ran.out);
    // Unused facts of a vocabulary are reported only if the vocabulary is checked itself.
    let both = folder.run(&["check", "policy.placet", "words.placet"]);
    assert!(both.out.contains("remark[P0515]: no policy tests whether the group is neutral"), "{}", both.out);
    assert_eq!(
        (both.code, folder.run(&["check", "words.placet"]).out.as_str()),
        (0, "nothing found in 1 file\n")
    );
    let json = folder.run(&["check", "policy.placet", "--format", "json"]).json();
    let example = json["findings"][0]["example"].as_str().unwrap();
    assert_eq!(json["findings"][0]["severity"], "remark");
    let sarif = folder.run(&["check", "policy.placet", "--format", "sarif"]).json();
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["level"], "note");
    assert!(result["message"]["text"].as_str().unwrap().ends_with(example));
    let github = folder.run(&["check", "policy.placet", "--format", "github"]);
    assert!(github.out.starts_with("::notice file=policy.placet,line=12,"), "{}", github.out);
    assert!(github.out.contains("%0A%0Ascenario "), "{}", github.out);
    // The example is a scenario of the policy.
    folder.put("policy.placet", format!("{start}{}{}\n{example}", rule("many", 500), rule("some", 50)));
    assert_eq!(folder.run(&["test", "policy.placet"]).out, "1 passed, 0 failed\n");
    folder.put(
        "policy.placet",
        format!(
            "{start}{}\nbar some \"Some\"\n  when the group's headcount is at least 50\n",
            rule("many", 500)
        ),
    );
    let ran = folder.run(&["check", "policy.placet"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("warning[P0501]: no subject can be eligible for training"), "{}", ran.out);
}

#[test]
fn fmt_check_changes_no_file() {
    let folder = Folder::new("order");
    folder.put("loose.placet", WORDS.replace(" : yes", "   :   yes"));
    let before = fs::read_to_string(folder.0.join("loose.placet")).unwrap();
    let ran = folder.run(&["fmt", "--check", "loose.placet"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, "loose.placet\n"));
    assert_eq!(fs::read_to_string(folder.0.join("loose.placet")).unwrap(), before);
    assert_eq!(folder.run(&["fmt", "loose.placet"]).code, 0);
    assert_ne!(fs::read_to_string(folder.0.join("loose.placet")).unwrap(), before);
    assert_eq!(folder.run(&["fmt", "--check", "loose.placet"]).code, 0);
}

#[test]
fn scenarios_pass_or_fail() {
    let folder = Folder::new("scenarios");
    let ran = folder.run(&["test", "policy.placet"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "1 passed, 0 failed\n"));
    folder.put("policy.placet", POLICY.replace("is undetermined", "is eligible"));
    let ran = folder.run(&["test", "policy.placet"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("expected  training is eligible"), "{}", ran.out);
    let junit = folder.run(&["test", "policy.placet", "--format", "junit"]);
    assert_eq!(junit.code, 1);
    assert!(junit.out.contains("tests=\"1\" failures=\"1\""), "{}", junit.out);
    let json = folder.run(&["test", "policy.placet", "--format", "json"]).json();
    assert_eq!(json["files"][0]["scenarios"][0]["passed"], false);
    assert_eq!(folder.run(&["test", "words.placet"]).code, 2);
}

#[test]
fn policies_and_days_are_compared() {
    let folder = Folder::new("compared");
    let other = POLICY.replace("the group accepts", "the group does not accept");
    folder.put("other.placet", other.replace("acceptance", "refusal"));
    let ran = folder.run(&["compare", "policy.placet", "other.placet", "one.placet"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("failed (no such rule applies in the other policy)"), "{}", ran.out);
    assert!(ran.out.ends_with("1 of 1 verdict differs\n"), "{}", ran.out);
    let ran = folder.run(&[
        "compare",
        "policy.placet",
        "policy.placet",
        "one.placet",
        "--as-of-second",
        "2017-01-01",
    ]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "0 of 1 verdict differs\n"));
}

#[test]
fn an_interview_asks_relevant_questions_and_saves_the_answers() {
    let folder = Folder::new("interview");
    let answers = "Group two\nyes\nback\nyes\nmaybe\nsources disagree\nyes\nan observer\n\n\n\n\nC3\n2016-01-01\nno\nessay\n\n\n\n\n\n\n\n\n";
    let ran =
        folder.run_with(&["ask", "policy.placet", "--as-of", "2016-02-15", "--out", "two.placet"], answers);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert_eq!(ran.out.matches("Has the group accepted the unity government?").count(), 2, "{}", ran.out);
    let dossier = fs::read_to_string(folder.0.join("two.placet")).unwrap();
    insta::assert_snapshot!(dossier);
    let ran = folder.run(&["decide", "policy.placet", "two.placet", "--format", "json"]);
    let subject = &ran.json()["subjects"][0];
    assert_eq!(subject["verdicts"][0]["missing"][0]["fact"], subject["facts"][0]["text"]);
    assert_eq!(subject["facts"][0]["status"], "contested");
    let again = folder.run_with(&["ask", "policy.placet", "two.placet", "--out", "two.placet"], "");
    assert_eq!(again.code, 2);
    let settled = folder.run_with(&["ask", "policy.placet", "two.placet"], "no\n");
    assert!(settled.out.contains("training  not eligible"), "{}", settled.out);
}

#[test]
fn relations_accept_a_name_an_id_or_a_unique_kind() {
    let folder = Folder::new("relations");
    let relations = "  reports to : group or national command\n  leaders : list of person\n";
    let kinds = "\nkind person\n  is designated : yes or no\n\nkind national command, only one\n  is formed : yes or no\n";
    folder.put("words.placet", WORDS.replace("\nkind unity", &format!("{relations}\nkind unity")) + kinds);
    let rule = "requirement command \"Under the national command\"\n  needs all of\n    - the group reports, through any chain, to \
                the national command\n    - none of its leaders is designated\n\nrequirement acceptance";
    folder.put("policy.placet", POLICY.replace("requirement acceptance", rule));
    let ask = |answers: &str| {
        let ran = folder
            .run_with(&["ask", "policy.placet", "--as-of", "2016-02-15"], &format!("Group two\n{answers}"));
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
        ran.out
    };
    let all = |answer: &str| {
        let out = ask("");
        let first = out.lines().position(|line| line.contains("national command, or no one"));
        assert!(first.is_some(), "the relation is asked about first: {out}");
        ask(&format!("{answer}\n"))
    };
    for nonsense in ["yes", "and", "unless", "400", "unity government"] {
        let out = all(nonsense);
        assert!(
            out.contains("answer a group's name or id, the national command, or no one"),
            "{nonsense}: {out}"
        );
        assert!(!out.contains("- it reports"), "{nonsense}: {out}");
    }
    for (answer, statement) in [
        ("national command", "- it reports to the national command"),
        ("no one", "- it reports to no one"),
        ("First Brigade", "- it reports to first-brigade"),
    ] {
        assert!(all(answer).contains(statement), "{answer}: {}", all(answer));
    }
    assert!(all("First Brigade").contains("group first-brigade \"First Brigade\""));
}

#[test]
fn an_interview_ends_with_the_verdict_and_a_formatted_dossier() {
    let folder = Folder::new("ends");
    let standard = "\nevidence standard sourced\n  not from rivals of the subject\n";
    folder.put("words.placet", format!("{WORDS}{standard}"));
    folder.put("policy.placet", POLICY.replace("  about   group", "  about   group\n  on      sourced"));
    let answers = "Group two\nyes\nessay line 4\n\nno\nessay, lines 4, 9 to 12\n\n\n";
    let ran =
        folder.run_with(&["ask", "policy.placet", "--as-of", "2016-02-15", "--out", "two.placet"], answers);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    let dossier = fs::read_to_string(folder.0.join("two.placet")).unwrap();
    assert!(
        dossier.contains("from essay line 4\n") && dossier.contains("from essay lines 4, 9 to 12\n"),
        "{dossier}"
    );
    assert_eq!(folder.run(&["fmt", "--check", "two.placet"]).code, 0, "{dossier}");
    let end = ran.out.split("Group two\n").last().unwrap();
    assert!(end.lines().count() < 10, "{}", ran.out);
    assert!(end.contains("training  not eligible\n"), "{end}");
    assert!(end.contains("placet decide policy.placet two.placet --explain"), "{end}");
}

#[test]
fn every_decision_format_is_valid() {
    let folder = Folder::new("decisions");
    folder.put("rows.csv", "id\na\nb\n");
    let decide = |format: &str| {
        folder.run(&["decide", "policy.placet", "rows.csv", "--as-of", "2016-02-15", "--format", format]).out
    };
    let lines: Vec<Value> =
        decide("ndjson").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let [one, two, trailer] = lines.as_slice() else { panic!("two decisions and their trailer") };
    let schema: Value = serde_json::from_str(&folder.run(&["schema", "decision"]).out).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    assert!(validator.is_valid(one) && validator.is_valid(two));
    let manifest = serde_json::json!({ "$ref": "#/$defs/manifest", "$defs": schema["$defs"] });
    assert!(jsonschema::draft202012::new(&manifest).unwrap().is_valid(trailer), "{trailer}");
    assert_eq!(decide("csv").lines().count(), 3);
    assert!(decide("markdown").starts_with("# a\n"));
}

#[test]
fn diff_works_with_and_without_dossiers() {
    let folder = Folder::new("changed");
    let ran = folder.run(&["diff", "policy.placet", "policy.placet"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("training  the same\n"), "{}", ran.out);
    let stricter = POLICY.replace("needs the group accepts", "needs the group does not accept");
    folder.put("new.placet", stricter.replace("version 1", "version 2"));
    let ran = folder.run(&["diff", "policy.placet", "new.placet", "one.placet"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    assert!(ran.out.contains("training  not the same\n"), "{}", ran.out);
    assert!(ran.out.contains("Group one, training: not eligible before, undetermined now"), "{}", ran.out);
    // The scenario in the output can be pasted into a file and run.
    let scenario =
        ran.out.split("new policy (the same case is eligible under the old one):\n\n").nth(1).unwrap();
    let scenario = scenario.split("\n\n").next().unwrap();
    folder.put("pasted.placet", format!("{stricter}\n{scenario}\n"));
    let tested = folder.run(&["test", "pasted.placet"]);
    assert!(tested.out.starts_with("2 passed"), "{}{}\n{scenario}", tested.out, tested.err);
    let json = folder.run(&["diff", "policy.placet", "new.placet", "--format", "json"]).json();
    assert_eq!(
        (&json["same"], &json["types"][0]["meaning"]),
        (&Value::Bool(false), &Value::from("different"))
    );
    let markdown = folder.run(&["diff", "policy.placet", "new.placet", "--format", "markdown"]);
    assert!(markdown.out.starts_with("### Changes: Training\n"), "{}", markdown.out);
    assert!(folder.run(&["schema", "diff"]).out.contains("placet-diff/1"));
    let ran = folder.run(&["diff", "policy.placet", "new.placet", "--as-of", "2015-01-01"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("the policies are not both in force on 2015-01-01"), "{}", ran.err);
}

#[test]
fn a_policy_is_drawn_with_and_without_a_dossier() {
    let folder = Folder::new("drawn");
    let ran = folder.run(&["graph", "policy.placet"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(
        ran.out.starts_with("<svg ") && ran.out.contains(">requirement acceptance</text>"),
        "{}",
        ran.out
    );
    assert!(!ran.out.contains(">not met</text>"), "{}", ran.out);
    let ran = folder.run(&["graph", "policy.placet", "one.placet", "-o", "one.svg"]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", ""));
    let drawn = fs::read_to_string(folder.0.join("one.svg")).unwrap();
    assert!(drawn.contains(">not met</text>") && drawn.contains(">not eligible</text>"), "{drawn}");
    let ran = folder.run(&["graph", "policy.placet", "--format", "dot", "--assistance", "training"]);
    assert!(ran.out.starts_with("digraph policy {"), "{}", ran.out);
    let ran = folder.run(&["graph", "policy.placet", "--assistance", "trainin"]);
    assert_eq!(ran.code, 2);
    folder.put("two.placet", DOSSIER.replace("dossier one", "dossier two"));
    let ran = folder.run(&["graph", "policy.placet", "one.placet", "two.placet"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("give the dossier of one of one, two"), "{}", ran.err);
}

#[test]
fn help_completions_and_manual_exist() {
    let folder = Folder::new("help");
    for command in ["decide", "ask", "check", "fmt", "test", "compare", "diff", "graph", "verify"] {
        let ran = folder.run(&[command, "--help"]);
        assert_eq!(ran.code, 0);
        assert!(ran.out.contains("Examples:"), "{command}");
    }
    assert!(folder.run(&["completions", "bash"]).out.contains("_placet"));
    assert!(folder.run(&["man"]).out.contains(".TH placet"));
    assert_eq!(folder.run(&["no-such-command"]).code, 2);
}

#[test]
fn a_policy_is_compiled_into_a_file() {
    let folder = Folder::new("compile");
    let ran = folder.run(&["compile", "policy.placet", "-o", "policy.placetc"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let bytes = fs::read(folder.0.join("policy.placetc")).unwrap();
    assert!(placet::Workspace::open_compiled(&bytes).is_ok());
    // It is replaced by the next run, and is not read by the command.
    assert_eq!(folder.run(&["compile", "policy.placet", "-o", "policy.placetc"]).code, 0);
    let ran = folder.run(&["decide", "policy.placet", "policy.placetc"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("`policy.placetc` is a compiled policy"), "{}", ran.err);
    assert_eq!(folder.run(&["compile", "policy.placet", "-o", "other.placet"]).code, 2);
}
