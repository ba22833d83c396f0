//! Compiled policies: the same decisions as from texts, and an error for all other bytes.

use crate::hostile::{self, compiled::HEADER};
use crate::oracle::drawn;
use placet::bundle::LoadError;
use placet::policy::invariants;
use placet::value::Date;
use placet::wire::dossier_json;
use placet::{ErrorKind, Workspace};
use std::fs;

const POLICY: &str = r#"
policy "Training"
  id training
  version 1
  about group

assistance training
  assistance advice

kind group
  is neutral : yes or no
  headcount : number of fighters
  side : one of east, west
  parent : group
  leaders : list of person

kind person
  is wanted : yes or no

kind army, only one
  is lawful : yes or no

evidence standard good
  rated C3 or better

definition
  the group is small
  when its headcount is less than 100

requirement neutrality "Neutral"
  on       good
  needs all of
    - the group is neutral
    - the group is small
    - at most 2 of
      - none of its leaders is wanted
      - its side is east
      - the army is lawful

bar wanted "A wanted leader"
  for advice
  when any of its leaders is wanted
  unless the group reports to the army
"#;

/// Reads a file of the shipped rules.
fn shipped(path: &str) -> Result<Vec<u8>, LoadError> {
    fs::read(format!("rules/libya/{path}")).map_err(|_| LoadError::NotFound)
}

/// Returns the dossiers of a workspace as JSON files.
pub fn as_json(workspace: &Workspace) -> Vec<(String, String)> {
    let vocabulary = &workspace.policy.vocabulary;
    let dossiers = workspace.evidence.dossiers.iter();
    dossiers.map(|one| (format!("{}.json", one.id), dossier_json::text(one, vocabulary))).collect()
}

/// Decides on all subjects on a day, with their manifests.
fn decided(workspace: &Workspace, day: Date) -> Vec<String> {
    let ids = workspace.subjects.iter();
    ids.map(|id| {
        workspace.decide(id).as_of(day).run().map_or_else(|error| error.to_string(), |one| one.json())
    })
    .collect()
}

/// Checks that a workspace and its compiled form decide the same on the same JSON dossiers.
fn assert_same(
    workspace: &Workspace,
    policy: &str,
    read: &mut dyn FnMut(&str) -> Result<Vec<u8>, LoadError>,
    day: Date,
) {
    let json = as_json(workspace);
    let names: Vec<String> = json.iter().map(|(name, _)| name.clone()).collect();
    let mut both = |wanted: &str| match json.iter().find(|(name, _)| name == wanted) {
        Some((_, text)) => Ok(text.clone().into_bytes()),
        None => read(wanted),
    };
    let from_text = Workspace::open(policy, &names, &mut both).unwrap();
    let bytes = workspace.compiled();
    let compiled = Workspace::open_compiled(&bytes).unwrap();
    assert_eq!(format!("{:?}", compiled.policy), format!("{:?}", workspace.policy));
    assert_eq!(compiled.compiled(), bytes);
    let compiled = compiled.with_json(&names, &mut both).unwrap();
    assert_eq!(decided(&compiled, day), decided(&from_text, day));
}

#[test]
fn shipped_policies_decide_the_same_when_compiled() {
    let names = |folder: &str| {
        let files = fs::read_dir(format!("rules/libya/{folder}")).unwrap();
        let mut names: Vec<String> =
            files.map(|file| format!("{folder}{}", file.unwrap().file_name().to_string_lossy())).collect();
        names.retain(|name| name.ends_with(".placet"));
        names.sort();
        names
    };
    let (mut policies, mut decisions) = (0, 0);
    for policy in names("") {
        let Ok(workspace) = Workspace::open(&policy, &names("dossiers/"), &mut shipped) else { continue };
        let day = workspace.policy.period.from.unwrap_or(Date::parse("2016-02-15").unwrap());
        assert_eq!(invariants(&workspace.policy), Ok(()), "{policy}");
        assert_same(&workspace, &policy, &mut shipped, day);
        policies += 1;
        decisions += workspace.subjects.len();
    }
    assert!(policies >= 5 && decisions > 50, "{policies} policies, {decisions} decisions");
}

#[test]
fn generated_policies_decide_the_same_when_compiled() {
    let day = Date::parse("2016-02-15").unwrap();
    drawn(200, 40, |files| {
        let mut read = |wanted: &str| {
            let found = files.iter().find(|(name, _)| *name == wanted);
            found.map(|(_, text)| text.clone().into_bytes()).ok_or(LoadError::NotFound)
        };
        let dossiers: Vec<String> = files.iter().skip(2).map(|(name, _)| (*name).to_owned()).collect();
        let workspace = Workspace::open("policy.placet", &dossiers, &mut read).unwrap();
        assert_same(&workspace, "policy.placet", &mut read, day);
    });
}

/// Circumstances apply to a subject whether they are written in the language or as JSON.
#[test]
fn circumstances_in_json_apply() {
    let workspace = small();
    let army = r#"{"id": "force", "about": "army", "statements": [{"fact": "is lawful", "value": true}]}"#;
    let unit = r#"{"id": "unit", "about": "group"}"#;
    let named = |names: [&str; 2]| names.map(str::to_owned);
    let mut read = |name: &str| Ok(if name == "army.json" { army } else { unit }.into());
    let empty = Workspace::open_compiled(&workspace.compiled()).unwrap();
    for names in [named(["army.json", "unit.json"]), named(["unit.json", "army.json"])] {
        let mut workspace = empty.with_json(&names, &mut read).unwrap();
        assert_eq!(workspace.circumstances, ["force"]);
        assert_eq!(workspace.evidence.dossier("unit").unwrap().uses, ["force"]);
        workspace.add_subject("new", "New", workspace.policy.about[0], None);
        assert_eq!(workspace.evidence.dossier("new").unwrap().uses, ["force"]);
    }
}

fn small() -> Workspace {
    let policy = POLICY.replace("  side : one of", "  reports to : army or group\n  side : one of");
    Workspace::open("policy.placet", &[], &mut |_| Ok(policy.clone().into_bytes())).unwrap()
}

/// A change of the stored form needs a new version of it, and a change of this snapshot.
#[test]
fn the_form_of_a_compiled_policy_does_not_change_unnoticed() {
    let bytes = small().compiled();
    assert_eq!(&bytes[..7], b"placetc");
    insta::assert_snapshot!(format!("version {}: {} bytes, {:x?}", bytes[7], bytes.len(), &bytes[8..HEADER]));
}

#[test]
fn other_bytes_are_an_error() {
    let bytes = small().compiled();
    let refused = |bytes: &[u8]| {
        let error = Workspace::open_compiled(bytes).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotCompiled);
        error.to_string()
    };
    assert_eq!(refused(b""), "this is not a compiled policy; make one with `placet compile`");
    assert_eq!(refused(POLICY.as_bytes()), "this is not a compiled policy; make one with `placet compile`");
    let mut other = bytes.clone();
    other[7] = 9;
    assert_eq!(
        refused(&other),
        "the compiled policy has layout 9, and this engine reads layout 2; compile the policy again"
    );
    for place in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[place] ^= 1;
        refused(&damaged);
        refused(&bytes[..place]);
    }
}

/// Bytes that somebody made on purpose, with the right hash, are refused or are another policy.
#[test]
fn forged_bytes_are_refused_or_are_another_policy() {
    let stored = small().compiled().split_off(HEADER);
    let (mut refused, mut opened) = (0, 0);
    for place in 0..stored.len() {
        for change in [1, 2, 4, 0x10, 0x7f, 0x80, 0xff] {
            let mut forged = stored.clone();
            forged[place] ^= change;
            *(if hostile::compiled::check(&forged) { &mut opened } else { &mut refused }) += 1;
        }
    }
    assert!(refused > 500 && opened > 500, "{refused} refused, {opened} opened");
}
