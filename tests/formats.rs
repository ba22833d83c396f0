//! The same facts in every format: the separators of tables, how texts are compared, which ids are equal.

use placet::bundle::LoadError;
use placet::decision::{Outcome, outcomes};
use placet::value::Date;
use placet::{Error, Workspace};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

const POLICY: &str = "\
policy \"Equipment\"
  id      equipment
  version 1
  about   group

assistance equipment

kind group
  controls the caf\u{e9} road : yes or no
  is the commander's own : yes or no
  home region : one of west, Zuw\u{101}ra, Sirte's coast
  leaders : list of person
  commander : person

kind person
  is designated : yes or no

requirement road \"Holds the road\"
  needs the group controls the caf\u{e9} road

bar own \"The commander's own\"
  when the group is the commander\u{2019}s own

bar leader \"A leader is designated\"
  when any of its leaders is designated
";

/// Opens the policy with a file of dossiers.
fn opened(name: &str, text: &str) -> Result<Workspace, Error> {
    Workspace::open("policy.placet", &[name.to_owned()], &mut |path| match path {
        "policy.placet" => Ok(POLICY.into()),
        path if path == name => Ok(text.into()),
        _ => Err(LoadError::NotFound),
    })
}

/// The verdict on each subject of a file.
fn verdicts(name: &str, text: &str) -> Vec<(String, Outcome)> {
    let workspace = opened(name, text).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}\n{text}"));
    let day = Date::parse("2016-02-15").unwrap();
    let decide = |id: &String| outcomes(&workspace.policy, &workspace.evidence, id, day).unwrap()[0].1;
    workspace.subjects.iter().map(|id| (id.clone(), decide(id))).collect()
}

/// The message and the help of the first finding in a file.
fn refused(name: &str, text: &str) -> String {
    match opened(name, text) {
        Err(error) => {
            let first = &error.findings()[0];
            format!("{}; {}", first.message, first.help.as_deref().unwrap_or_default())
        }
        Ok(workspace) => panic!("{name}: {workspace:?}"),
    }
}

#[test]
fn tables_can_use_commas_semicolons_or_tabs() {
    let expected = [("g1".to_owned(), Outcome::Ineligible)];
    for (name, text) in [
        ("t.csv", "id,title,controls the caf\u{e9} road\ng1,\"One; two\",no\n"),
        ("T.CSV", "id;title;controls the caf\u{e9} road\r\ng1;One, two;no\r\n"),
        ("t.csv", "id\ttitle\tcontrols the caf\u{e9} road\ng1\tOne, two; three\tno\n"),
        ("t.tsv", "\u{feff}id\ttitle\tcontrols the caf\u{e9} road\ng1\tOne\tno\n"),
        ("t.csv", "sep=;\r\nid;title;controls the caf\u{e9} road\r\ng1;One;no\r\n"),
        ("t.csv", "sep=,\nid,\"title\",controls the caf\u{e9} road\ng1,One;;;;,no\n"),
    ] {
        assert_eq!(verdicts(name, text), expected, "{text}");
    }
}

#[test]
fn unsupported_formats_get_advice() {
    for (name, word) in [
        ("t.xlsx", "save the sheet as CSV"),
        ("t.XML", "convert it"),
        ("t.csv.gz", "unpack it"),
        ("t.parquet", "export it"),
    ] {
        let message = refused(name, "PK\u{3}\u{4}");
        assert!(message.contains("is not supported") && message.contains(word), "{message}");
    }
    let entity = r#"{"id": "NK-aBc", "schema": "Person", "properties": {"name": ["A"]}}"#;
    for name in ["t.ndjson", "t.json"] {
        let message = refused(name, entity);
        assert!(message.contains("FollowTheMoney"), "{message}");
    }
}

#[test]
fn a_column_without_a_name_must_be_blank() {
    assert_eq!(verdicts("t.csv", "id,controls the caf\u{e9} road,,\ng1,no,,\n").len(), 1);
    let message = refused("t.csv", "id,controls the caf\u{e9} road,\ng1,no,yes\n");
    assert!(message.contains("column 3 has no name"), "{message}");
}

#[test]
fn texts_are_compared_alike_in_every_format() {
    let expected = [("g1".to_owned(), Outcome::Ineligible)];
    let phrases = [
        "is the commander's own",
        "is the commander\u{2019}s own",
        "IS THE COMMANDER\u{2019}S OWN",
        "is\u{a0}the  commander's own",
    ];
    for phrase in phrases {
        let road = "controls the cafe\u{301} road";
        assert_eq!(verdicts("t.csv", &format!("id,{road},{phrase}\ng1,yes,yes\n")), expected, "{phrase}");
        let record = format!("{{\"id\": \"g1\", \"{road}\": true, \"{phrase}\": true}}");
        assert_eq!(verdicts("t.json", &record), expected, "{phrase}");
        let statements = format!(
            "{{\"id\": \"g1\", \"statements\": [{{\"fact\": \"{road}\", \"value\": true}}, {{\"fact\": \"{phrase}\", \"value\": true}}]}}"
        );
        assert_eq!(verdicts("t.ndjson", &statements), expected, "{phrase}");
        if !phrase.contains('\u{a0}') {
            let text = format!("dossier g1\n  about group\n  - it {road}\n  - it {phrase}\n");
            assert_eq!(verdicts("d.placet", &text), expected, "{phrase}");
        }
    }
    for region in ["Zuw\u{101}ra", "ZUWA\u{304}RA", "sirte\u{2019}s coast"] {
        assert_eq!(verdicts("t.csv", &format!("id,home region\ng1,{region}\n")).len(), 1, "{region}");
    }
    assert!(refused("t.csv", "id,home region\ng1,Zuwara\n").contains("unknown value"));
}

#[test]
fn ids_keep_their_case_and_match_in_any_case() {
    let own = |text: &str| verdicts("t.csv", text);
    let table = "id,about,controls the caf\u{e9} road,leaders,is designated\n\
                 G1,group,yes,nk-abc and no others,\nNK-aBc,person,,,yes\n\u{130}st-1,group,no,,\n";
    let expected = [("G1".to_owned(), Outcome::Ineligible), ("\u{130}st-1".to_owned(), Outcome::Ineligible)];
    assert_eq!(own(table), expected);
    // Ids that differ in case are different.
    let two = "id,about,controls the caf\u{e9} road,leaders,is designated\n\
               G1,group,yes,NK-aBc and no others,\nNK-aBc,person,,,no\nnk-abc,person,,,yes\n\
               g1,group,yes,nk-abc and no others,\n";
    let eligible = |id: &str| own(two).into_iter().find(|(one, _)| one == id).unwrap().1;
    assert_eq!((eligible("G1"), eligible("g1")), (Outcome::Undetermined, Outcome::Ineligible));
    let neither = two.replace("yes,NK-aBc", "yes,nk-ABC");
    assert!(refused("t.csv", &neither).contains("unknown dossier or member"));
    let member = "dossier g1\n  about group\n  - its commander is nk-abc\n  - it controls the caf\u{e9} road\n\n  person NK-aBc \"P\"\n";
    assert_eq!(verdicts("d.placet", member).len(), 1);
}

#[test]
fn fmt_accepts_any_line_endings() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("line-ends");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let run = |arguments: &[&str]| {
        let ran =
            Command::new(env!("CARGO_BIN_EXE_placet")).args(arguments).current_dir(&folder).output().unwrap();
        (ran.status.code(), String::from_utf8_lossy(&ran.stdout).into_owned())
    };
    let text = "kind group\n  is neutral : yes or no\n";
    for (name, text) in [
        ("dos.placet", text.replace('\n', "\r\n")),
        ("mac.placet", text.replace('\n', "\r")),
        ("mark.placet", format!("\u{feff}{text}")),
    ] {
        fs::write(folder.join(name), text).unwrap();
        assert_eq!(run(&["fmt", "--check", name]), (Some(0), String::new()), "{name}");
    }
    fs::write(folder.join("odd.placet"), "kind   group\r\n  is neutral : yes or no\r\n").unwrap();
    assert_eq!(run(&["fmt", "odd.placet"]).0, Some(0));
    assert_eq!(fs::read_to_string(folder.join("odd.placet")).unwrap(), text.replace('\n', "\r\n"));
}
