//! The manifests of decisions: the hashes of files, of the policy and of dossiers.
//!
//! The hashes are recomputed here with independent code, from the description in the schema of decisions.

use placet::bundle::LoadError;
use placet::decision::{Decision, Role, decide};
use placet::value::Date;
use placet::wire;
use placet::workspace::Workspace;
use serde_json::Value;
use sha2::{Digest, Sha256};

const POLICY: &str = r#"policy "Training"
  id training
  version 1
  about group
  use "vocabulary.placet"

assistance training

requirement vetted "Vetted, and its commander known"
  needs all of
    - the group is vetted
    - none of its leaders is designated
    - the unity government has taken office
"#;

const VOCABULARY: &str = r#"kind group
  is vetted : yes or no
  headcount : number of fighters
  home region : one of west, east, south
  last vetting : date
  leaders : list of person
  parent : group

kind person
  is designated : yes or no

kind unity government, only one
  has taken office : yes or no
"#;

const CIRCUMSTANCES: &str = r#"dossier land "The land"
  about unity government
  as of 2016-02-15
  - it has taken office
      from "a newspaper", rated B2, on 2016-02-01
"#;

const LEADER: &str = r#"dossier ali "Ali"
  about person
  - it is not designated
      from "a list", rated A1
"#;

const GROUP: &str = r#"dossier militia "A militia"
  about group
  use "land.placet"
  as of 2016-02-15
  known as "the battalion"
  identifier ucdp 5861

  - it is vetted
      from "an inspector", rated B2, on 2016-02-01
  - its headcount is at least 200
  - its home region is not south
  - its last vetting is 2015-05-01
  - its leaders are ali and no others
"#;

/// Files by name.
type Files<'f> = Vec<(&'f str, String)>;

fn files() -> Files<'static> {
    let texts = [
        ("policy.placet", POLICY),
        ("vocabulary.placet", VOCABULARY),
        ("land.placet", CIRCUMSTANCES),
        ("ali.placet", LEADER),
        ("militia.placet", GROUP),
    ];
    texts.map(|(name, text)| (name, text.to_owned())).to_vec()
}

fn opened(files: &Files<'_>, dossiers: &[&str]) -> Result<Workspace, placet::Error> {
    let dossiers: Vec<String> = dossiers.iter().map(|name| (*name).to_owned()).collect();
    Workspace::open("policy.placet", &dossiers, &mut |wanted| {
        let found = files.iter().find(|(name, _)| *name == wanted);
        found.map(|(_, text)| text.clone().into_bytes()).ok_or(LoadError::NotFound)
    })
}

fn decided(workspace: &Workspace) -> Decision<'_> {
    let day = Date::parse("2016-02-15").unwrap();
    workspace.manifests().bind(decide(&workspace.policy, &workspace.evidence, "militia", day, None).unwrap())
}

/// The hash of the militia's case.
fn case_hash(files: &Files<'_>, dossiers: &[&str]) -> String {
    decided(&opened(files, dossiers).unwrap()).manifest.unwrap().dossier
}

fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Canonical JSON, as the schema describes it.
fn canonical(tree: &Value) -> String {
    match tree {
        Value::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        Value::Object(members) => {
            let mut pairs: Vec<_> = members.iter().collect();
            pairs.sort_by_key(|(key, _)| key.as_bytes());
            let pairs: Vec<String> =
                pairs.iter().map(|(key, value)| format!("\"{key}\":{}", canonical(value))).collect();
            format!("{{{}}}", pairs.join(","))
        }
        Value::String(text) => {
            let escaped = text.chars().map(|c| match c {
                '"' => "\\\"".to_owned(),
                '\\' => "\\\\".to_owned(),
                '\u{8}' => "\\b".to_owned(),
                '\u{c}' => "\\f".to_owned(),
                '\n' => "\\n".to_owned(),
                '\r' => "\\r".to_owned(),
                '\t' => "\\t".to_owned(),
                c if c < ' ' => format!("\\u{:04x}", u32::from(c)),
                c => c.to_string(),
            });
            format!("\"{}\"", escaped.collect::<String>())
        }
        Value::Number(number) => number.to_string(),
        Value::Bool(yes) => yes.to_string(),
        Value::Null => "null".to_owned(),
    }
}

#[test]
fn hashes_follow_from_the_documented_recipe() {
    let workspace = opened(&files(), &["ali.placet", "militia.placet"]).unwrap();
    let decision = decided(&workspace);
    let document: Value = serde_json::from_str(&wire::decision::write(&[decision])).unwrap();
    let manifest = &document["manifest"];
    assert_eq!(manifest["engine"], env!("CARGO_PKG_VERSION"));

    let read: Vec<(&str, &str)> = manifest["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| (file["name"].as_str().unwrap(), file["role"].as_str().unwrap()))
        .collect();
    assert_eq!(
        read,
        [
            ("policy.placet", "policy"),
            ("vocabulary.placet", "policy"),
            ("ali.placet", "dossiers"),
            ("militia.placet", "dossiers"),
            ("land.placet", "used"),
        ]
    );
    for file in manifest["files"].as_array().unwrap() {
        let (_, text) = files().into_iter().find(|(name, _)| file["name"] == *name).unwrap();
        assert_eq!(file["sha256"], sha256(&text));
    }
    assert_eq!(
        manifest["policy"]["sha256"],
        sha256(&format!("{}\n{}\n", sha256(POLICY), sha256(VOCABULARY)))
    );

    let own = r#"{"about":"group","as_of":"2016-02-15","format":"placet-dossier/1","id":"militia","identifiers":[{"scheme":"ucdp","value":"5861"}],"known_as":["the battalion"],"members":[],"notes":[],"statements":[{"date":"2016-02-01","fact":"is vetted","grade":"B2","told":"an inspector","value":true},{"fact":"headcount","value":{"at_least":200}},{"fact":"home region","value":{"not":"south"}},{"fact":"last vetting","value":"2015-05-01"},{"fact":"leaders","value":{"complete":true,"members":["ali"]}}],"title":"A militia"}"#;
    let land = r#"{"about":"unity government","as_of":"2016-02-15","format":"placet-dossier/1","id":"land","identifiers":[],"known_as":[],"members":[],"notes":[],"statements":[{"about":"the unity government","date":"2016-02-01","fact":"has taken office","grade":"B2","told":"a newspaper","value":true}],"title":"The land"}"#;
    let ali = r#"{"about":"person","as_of":null,"format":"placet-dossier/1","id":"ali","identifiers":[],"known_as":[],"members":[],"notes":[],"statements":[{"fact":"is designated","grade":"A1","told":"a list","value":false}],"title":"Ali"}"#;
    let [own, land, ali] = [own, land, ali].map(sha256);
    let case = format!(
        r#"{{"circumstances":["{land}"],"dossier":"{own}","format":"placet-case/1","others":["{ali}"]}}"#
    );
    assert_eq!(manifest["dossiers"][0]["id"], "militia");
    assert_eq!(manifest["dossiers"][0]["sha256"], sha256(&case));
}

#[test]
fn the_hashed_content_can_be_written() {
    let workspace = opened(&files(), &["ali.placet", "militia.placet"]).unwrap();
    let decision = decided(&workspace);
    let line = wire::canonical::line(&decision, &mut wire::canonical::Hashes::default());
    let tree: Value = serde_json::from_str(&line).unwrap();
    let hashes: Vec<String> =
        tree["dossiers"].as_array().unwrap().iter().map(|dossier| sha256(&canonical(dossier))).collect();
    assert_eq!(tree["case"]["dossier"], hashes[0]);
    assert_eq!(tree["case"]["circumstances"][0], hashes[1]);
    assert_eq!(tree["case"]["others"][0], hashes[2]);
    assert_eq!(tree["sha256"], sha256(&canonical(&tree["case"])));
    assert_eq!(tree["sha256"], decision.manifest.unwrap().dossier);
}

#[test]
fn a_dossier_has_the_same_hash_in_every_format() {
    let json = r#"{"id": "militia", "title": "A militia", "about": "group", "as_of": "2016-02-15",
      "known_as": ["the battalion"], "identifiers": [{"scheme": "ucdp", "value": "5861"}],
      "statements": [
        {"fact": "is vetted", "value": true, "told": "an inspector", "grade": "B2", "date": "2016-02-01"},
        {"fact": "headcount", "value": {"at_least": 200}}, {"fact": "home region", "value": {"not": "south"}},
        {"fact": "last vetting", "value": "2015-05-01"},
        {"fact": "leaders", "value": {"members": ["ali"], "complete": true}}]}"#;
    let from = r#"told": "an inspector", "grade": "B2", "date": "2016-02-01""#;
    let flat = format!(
        r#"{{"id": "militia", "title": "A militia", "as_of": "2016-02-15", "about": "group", "{from}, "is vetted": true, "headcount": {{"at_least": 200}}, "leaders": {{"members": ["ali"], "complete": true}}}}"#
    );
    let csv = "id,title,about,as of,is vetted,headcount,leaders,from,rated,on\n\
               militia,A militia,group,2016-02-15,yes,at least 200,ali and no others,an inspector,B2,2016-02-01\n";
    let source = "from \"an inspector\", rated B2, on 2016-02-01";
    let placet = format!(
        "dossier militia \"A militia\"\n  use \"land.placet\"\n  about group\n  as of 2016-02-15\n# a comment\n  \
         - its headcount is at least 200\n      {source}\n"
    )
    .replace(
        "  - its headcount",
        &format!("  - the group is vetted\n      {source}\n  - its headcount"),
    ) + &format!("  - its leaders are ali and no others\n      {source}\n");

    let of = |name: &'static str, text: &str| {
        let mut files = files();
        files.push((name, text.to_owned()));
        let written = name.ends_with(".placet");
        let dossiers =
            if written { vec!["ali.placet", name] } else { vec!["ali.placet", "land.placet", name] };
        case_hash(&files, &dossiers)
    };
    assert_eq!(of("new.json", json), case_hash(&files(), &["ali.placet", "militia.placet"]));
    let hashes =
        [of("new.placet", &placet), of("new.json", &flat), of("new.csv", csv), of("new.ndjson", &flat)];
    assert_eq!(hashes.iter().collect::<std::collections::BTreeSet<_>>().len(), 1, "{hashes:?}");
}

/// Every change of one character that leaves the files valid changes the hash of its file. If it changes the content,
/// it also changes the hash of the policy or of the case.
#[test]
fn every_relevant_byte_changes_a_hash() {
    let files = files();
    let dossiers = ["ali.placet", "militia.placet"];
    let whole = |files: &Files<'_>| {
        let workspace = opened(files, &dossiers).ok()?;
        let known: Vec<String> = workspace
            .evidence
            .dossiers
            .iter()
            .map(|dossier| wire::canonical::dossier(dossier, &workspace.policy.vocabulary))
            .collect();
        workspace.evidence.dossier("militia")?;
        let manifest = decided(&workspace).manifest.unwrap();
        Some((manifest, workspace.policy.hash.clone(), known))
    };
    let before = whole(&files).unwrap();
    let mut tried = 0;
    for place in 0..files.len() {
        for (at, old) in files[place].1.char_indices() {
            let mut changed = files.clone();
            let new = match old {
                '0'..='8' => char::from_u32(u32::from(old) + 1).unwrap(),
                'a'..='y' | 'A'..='Y' => char::from_u32(u32::from(old) + 1).unwrap(),
                _ => continue,
            };
            changed[place].1.replace_range(at..at + 1, &new.to_string());
            let Some(after) = whole(&changed) else { continue };
            tried += 1;
            let hash = |files: &[placet::decision::FileRead]| {
                files.iter().map(|one| one.sha256.clone()).collect::<Vec<_>>()
            };
            assert_ne!(hash(&after.0.files), hash(&before.0.files));
            assert_eq!(
                place < 2,
                after.1 != before.1,
                "the policy's hash, {new} at {at} of {}",
                files[place].0
            );
            assert_eq!(
                after.2 != before.2,
                after.0.dossier != before.0.dossier,
                "{new} at {at} of {}",
                files[place].0
            );
        }
    }
    assert!(tried > 100, "{tried}");
}

#[test]
fn a_comment_in_column_0_does_not_end_a_block() {
    let dossier = |verb: &str| {
        let mut files = files();
        files[4].1 = format!(
            "dossier militia\n  about group\n  as of 2016-02-15\n# a comment in column 0\n  - it {verb} vetted\n"
        );
        case_hash(&files, &["militia.placet"])
    };
    assert_ne!(dossier("is"), dossier("is not"));
}

#[test]
fn members_and_circumstances_change_the_hash() {
    let with = |place: usize, from: &str, to: &str| {
        let mut files = files();
        files[4].1 += "\n  person omar \"Omar\"\n    - is not designated\n";
        assert!(files[place].1.contains(from));
        files[place].1 = files[place].1.replace(from, to);
        case_hash(&files, &["ali.placet", "militia.placet"])
    };
    let before = with(4, "", "");
    let changes = [
        (2, "has taken", "has not taken"),
        (2, "rated B2", "rated B3"),
        (2, "a newspaper", "the newspaper"),
        (3, "is not designated", "is designated"),
        (4, "\"Omar\"", "\"Umar\""),
        (4, "    - is not designated", "    - is designated"),
        (4, "and no others", "and no others\n  - it has no leaders"),
    ];
    for (place, from, to) in changes {
        assert_ne!(with(place, from, to), before, "{from} -> {to}");
    }
    // A dossier that nothing refers to and that is not about circumstances does not affect the hash.
    let mut files = files();
    files.push(("other.placet", "dossier other\n  about group\n  - it is vetted\n".to_owned()));
    let hash = |dossiers: &[&str]| case_hash(&files, dossiers);
    assert_eq!(
        hash(&["ali.placet", "militia.placet", "other.placet"]),
        hash(&["ali.placet", "militia.placet"])
    );
}

#[test]
fn without_a_manifest_comments_and_the_version_have_no_effect() {
    let mut workspaces = Vec::new();
    for comment in ["", "# a comment\n"] {
        let mut files = files();
        files.iter_mut().for_each(|(_, text)| text.insert_str(0, comment));
        workspaces.push(opened(&files, &["ali.placet", "militia.placet"]).unwrap());
    }
    let written = |workspace: &Workspace, with: bool| {
        let mut decision = decided(workspace);
        decision.manifest = decision.manifest.filter(|_| with);
        [
            wire::decision::write(&[decision.clone()]),
            wire::decision::write_line(&decision),
            wire::decision_csv::write(&decision),
            wire::decision_markdown::write(&decision),
        ]
    };
    for (bare, commented) in written(&workspaces[0], false).iter().zip(written(&workspaces[1], false)) {
        assert_eq!(*bare, commented);
        assert!(!bare.contains(env!("CARGO_PKG_VERSION")) && !bare.contains("sha256"), "{bare}");
    }
    for (bare, commented) in written(&workspaces[0], true).iter().zip(written(&workspaces[1], true)) {
        assert_ne!(*bare, commented);
        assert!(bare.contains(env!("CARGO_PKG_VERSION")), "{bare}");
    }
}

#[test]
fn a_policy_file_can_contain_dossiers() {
    let mut files = files();
    files[0].1 += &GROUP.replace("  use \"land.placet\"\n", "");
    let workspace = opened(&files, &["ali.placet", "policy.placet"]).unwrap();
    let roles: Vec<Role> = workspace.files.iter().map(|file| file.role).collect();
    assert_eq!(roles, [Role::PolicyAndDossiers, Role::Policy, Role::Dossiers]);
}
