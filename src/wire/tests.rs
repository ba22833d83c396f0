//! Tests that output reads back and matches its schema, and that every error is reported at its place.

use super::{
    DECISION_SCHEMA, DOSSIER_SCHEMA, Read, canonical, decision, decision_csv, dossier_csv, dossier_json,
    join, words,
};
use crate::bundle::{Bundle, gather};
use crate::decision::decide;
use crate::diagnostic::Diagnostic;
use crate::evidence::{self, Claim, Dossier, Evidence};
use crate::policy::{Policy, resolve};
use crate::sorted::SortedSet;
use crate::span::{FileId, Sources};
use crate::value::{Date, Ranges};
use serde_json::Value;
use std::sync::Arc;

const VOCABULARY: &str = r#"
source fa16 "An essay"

kind group "armed group"
  accepts the unity government : yes or no
    ask "Has the group accepted the unity government?"
  headcount : number of fighters
  home region : one of west, east, south, unknown
    fixed
  last vetting : date
  commander : person
  leaders : list of person
  reports to : group or national command
  is reliable : yes or no
    presumed yes

kind person
  is designated : yes or no

kind unity government, only one
  has taken office in the capital : yes or no

kind national command, only one
  is being re-unified : yes or no

definition
  the group is ready
  when the group accepts the unity government and is reliable
"#;

const POLICY: &str = r#"
policy "Support"
  id support
  use "vocabulary.placet"
  version 1
  about group
  authority "Donor government"
  in force from 2016-01-01

evidence standard credible
  rated C3 or better

assistance support
  assistance training
  assistance equipment

requirement acceptance "Accepts the unity government"
  for support
  needs the group is ready
  cite fa16 line 31, stated
  remedy "Accept it."

requirement size "A size that matters"
  for equipment
  needs the group's headcount is at least 50
  cite fa16 lines 3 to 5, derived

bar designated "Designated"
  for support
  on credible
  when any of its leaders is designated

waiver minister "The minister's waiver"
  lifts designated
  for training
  when the unity government has taken office in the capital
  granted by "Minister"

choice channel "Through whom"
  "National chain" when the national command is being re-unified
  otherwise "None"

obligation notify "Notify the legislature"
  who "Donor"
  due within 15 days before delivery

concern alone "Vetted by nobody else", level medium
  on credible
  when the group's headcount is at least 50
  who "Donor"
  cite fa16 line 3, derived

concern office "The government has no seat"
  for equipment
  when the unity government has not taken office in the capital

concern reunited "The command is one"
  when the national command is being re-unified
"#;

const DOSSIER: &str = r#"
use "vocabulary.placet"

dossier misrata "Misratan battalion"
  about group
  as of 2016-02-15
  known as "the battalion"
  identifier ucdp 5861
  note "A note."

  - it accepts the unity government
      from fa16 line 3, rated C3, on 2015-05-28
  - it does not accept the unity government
      from "a rival's spokesman", a rival, an interested party, a promise, rated D4
  - its headcount is at least 200
  - its headcount is not 500
  - its headcount is at most 900
  - its home region is not south
  - its home region is one of west, east
  - its last vetting is not before 2015-01-01
  - its last vetting is between 2015-01-01 and 2015-12-31
  - its commander is first
  - it does not report to the national command
  - its leaders are first, second and no others
  - the unity government has not taken office in the capital
  - it is contested whether the group is reliable
  - it is unknown whether the national command is being re-unified

  person first "The commander"
    - it is not designated

  person second "His deputy"
    - it is designated
        from "an observer", the subject itself, rated A1
"#;

fn bundle(dossier: &str) -> Bundle {
    let bundle = gather(&["policy.placet", "misrata.placet"], &mut |path| {
        Ok(match path {
            "policy.placet" => POLICY,
            "vocabulary.placet" => VOCABULARY,
            _ => dossier,
        }
        .into())
    });
    assert!(bundle.problems.is_empty(), "{:#?}", bundle.problems);
    bundle
}

fn policy_and_evidence() -> (Arc<Policy>, Evidence) {
    let bundle = bundle(DOSSIER);
    let resolved = resolve(&bundle);
    assert!(resolved.problems.is_empty(), "{:#?}", resolved.problems);
    let (evidence, problems) = evidence::read(&bundle, &resolved.vocabulary);
    assert!(problems.is_empty(), "{problems:#?}");
    (resolved.policy.unwrap(), evidence)
}

fn read_json(policy: &Arc<Policy>, text: &str) -> Read {
    dossier_json::read(FileId(0), text, &policy.vocabulary, &policy.about)
}

fn read_csv(policy: &Arc<Policy>, text: &str) -> Read {
    dossier_csv::read(FileId(0), text, &policy.vocabulary, &policy.about)
}

/// Returns a dossier as text, without places and hash.
fn dossier_text(dossier: &Dossier) -> String {
    let mut text = format!("{} {} {:?} {:?}\n", dossier.id, dossier.title, dossier.kind, dossier.as_of);
    text += &format!("{:?} {:?} {:?}\n", dossier.known_as, dossier.identifiers, dossier.notes);
    let mut lines: Vec<String> = dossier
        .statements
        .iter()
        .map(|one| format!("{:?} {:?} {:?} {:?}\n", one.about, one.fact, one.claim, one.provenance))
        .collect();
    lines.sort();
    text + &lines.concat() + &format!("{:?}", dossier.members)
}

/// Returns findings as `line:column the text there | message | help`.
fn finding_texts(problems: &[Diagnostic], text: &str) -> Vec<String> {
    let mut sources = Sources::default();
    sources.add("file", text);
    problems
        .iter()
        .map(|problem| {
            let help = problem.help.as_deref().unwrap_or("");
            let at = sources.slice(problem.span);
            format!("{} {at} | {} | {help}", sources.position(problem.span), problem.message)
        })
        .collect()
}

fn valid(schema: &str, instance: &Value) {
    let schema: Value = serde_json::from_str(schema).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(instance).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn dossier_reads_back_from_json() {
    let (policy, evidence) = policy_and_evidence();
    let dossier = &evidence.dossiers[0];
    let tree = dossier_json::write(dossier, &policy.vocabulary);
    valid(DOSSIER_SCHEMA, &tree);
    let read = read_json(&policy, &tree.to_string());
    assert!(read.problems.is_empty(), "{:#?}", read.problems);
    assert_eq!(dossier_text(&read.dossiers[0]), dossier_text(dossier));
}

#[test]
fn dossier_reads_back_from_its_text() {
    let (policy, evidence) = policy_and_evidence();
    let dossier = &evidence.dossiers[0];
    let text = evidence::print(dossier, &policy.vocabulary, &["vocabulary.placet".to_owned()]).unwrap();
    let bundle = bundle(&text);
    let (again, problems) = evidence::read(&bundle, &resolve(&bundle).vocabulary);
    assert!(problems.is_empty(), "{text}\n{problems:#?}");
    assert_eq!(dossier_text(&again.dossiers[0]), dossier_text(dossier));
    let canonical = |dossier: &Dossier| canonical::dossier(dossier, &policy.vocabulary);
    assert_eq!(canonical(&again.dossiers[0]), canonical(dossier));
}

#[test]
fn decision_matches_its_schema_and_is_deterministic() {
    let (policy, evidence) = policy_and_evidence();
    let as_of = Date::parse("2016-02-15").unwrap();
    let made = decide(&policy, &evidence, "misrata", as_of, None).unwrap();
    let text = decision::write(std::slice::from_ref(&made));
    let tree: Value = serde_json::from_str(&text).unwrap();
    valid(DECISION_SCHEMA, &tree);
    assert_eq!(tree["format"], "placet-decision/1");
    assert_eq!(tree["policy"]["authority"], "Donor government");
    assert_eq!(tree["subjects"][0]["verdicts"].as_array().unwrap().len(), 3);
    assert_eq!(tree["policy"]["rules"][0]["citations"][0]["lines"], "31");
    check_references(&tree["policy"], &tree["subjects"][0]);
    let again = decide(&policy, &evidence, "misrata", as_of, None).unwrap();
    assert_eq!(text, decision::write(std::slice::from_ref(&again)));
    let line = decision::write_line(&made);
    assert_eq!(line.matches('\n').count(), 1);
    assert_eq!(serde_json::from_str::<Value>(&line).unwrap(), tree);
    let sheet = decision_csv::header() + &decision_csv::write(&made);
    let mut rows = csv::Reader::from_reader(sheet.as_bytes());
    assert!(rows.records().all(|row| row.is_ok_and(|row| row.len() == 17)));
}

/// Checks that everything that a verdict names is listed once, with the policy or the subject.
fn check_references(policy: &Value, subject: &Value) {
    let list = |value: &Value| value.as_array().unwrap().clone();
    let names = |value: &Value, field: &str| {
        let names: Vec<String> =
            list(value).iter().map(|one| one[field].as_str().unwrap().to_owned()).collect();
        let once: SortedSet<String> = names.iter().cloned().collect();
        assert_eq!(once.len(), names.len(), "{names:#?}");
        once
    };
    let has = |names: &SortedSet<String>, name: &Value| {
        assert!(names.contains(name.as_str().unwrap()), "{name} is not among {names:#?}");
    };
    let facts = names(&subject["facts"], "text");
    let findings = names(&subject["findings"], "text");
    let changes = names(&subject["changes"], "text");
    let rules = names(&subject["rules"], "id");
    assert!(rules.is_subset(&names(&policy["rules"], "id")));
    for one in list(&subject["findings"]).iter().chain(&list(&subject["changes"])) {
        has(&facts, &one["fact"]);
    }
    let count = list(&subject["statements"]).len() as u64;
    for fact in list(&subject["facts"]) {
        assert!(list(&fact["statements"]).iter().all(|place| place.as_u64().unwrap() < count));
    }
    let concerns = names(&policy["concerns"], "id");
    let (choices, obligations) = (names(&policy["choices"], "name"), names(&policy["obligations"], "id"));
    for verdict in list(&subject["verdicts"]) {
        list(&verdict["rules"]).iter().for_each(|rule| has(&rules, &rule["id"]));
        list(&verdict["reasons"]).iter().flat_map(list).for_each(|one| has(&findings, &one));
        list(&verdict["presumptions"]).iter().for_each(|one| has(&findings, one));
        list(&verdict["changes"]).iter().flat_map(list).for_each(|one| has(&changes, &one));
        for missing in list(&verdict["missing"]) {
            has(&facts, &missing["fact"]);
            list(&missing["rules"]).iter().for_each(|rule| has(&rules, rule));
        }
        if !verdict["next_question"].is_null() {
            has(&facts, &verdict["next_question"]["fact"]);
        }
        list(&verdict["choices"]).iter().for_each(|one| has(&choices, &one["name"]));
        list(&verdict["obligations"]).iter().for_each(|one| has(&obligations, &one["id"]));
        for concern in list(&verdict["concerns"]) {
            has(&concerns, &concern["id"]);
            list(&concern["reasons"]).iter().flat_map(list).for_each(|one| has(&findings, &one));
            list(&concern["missing"]).iter().for_each(|one| has(&facts, &one["fact"]));
        }
    }
}

#[test]
fn facts_with_the_same_text_are_distinguished() {
    let policy = POLICY.to_owned()
        + "\nrequirement twice \"Accepts it, as credible statements have it\"\n  for support\n  on credible\n  needs the group accepts the unity government\n";
    let bundle = gather(&["policy.placet", "a.placet"], &mut |path| {
        Ok(match path {
            "policy.placet" => policy.as_bytes(),
            "vocabulary.placet" => VOCABULARY.as_bytes(),
            _ => b"use \"vocabulary.placet\"\n\ndossier a\n  about group\n",
        }
        .to_vec())
    });
    let resolved = resolve(&bundle);
    let (evidence, problems) = evidence::read(&bundle, &resolved.vocabulary);
    assert!(problems.is_empty(), "{problems:#?}");
    let policy = resolved.policy.unwrap();
    let made = decide(&policy, &evidence, "a", Date::parse("2016-02-15").unwrap(), None).unwrap();
    let tree: Value = serde_json::from_str(&decision::write_line(&made)).unwrap();
    valid(DECISION_SCHEMA, &tree);
    check_references(&tree["policy"], &tree["subjects"][0]);
    let facts = tree["subjects"][0]["facts"].as_array().unwrap();
    let texts: Vec<&str> = facts.iter().map(|fact| fact["text"].as_str().unwrap()).collect();
    assert!(texts.contains(&"the group accepts the unity government"), "{texts:#?}");
    assert!(texts.contains(&"the group accepts the unity government (credible)"), "{texts:#?}");
}

#[test]
fn a_brief_decision_fills_the_same_table() {
    let (policy, evidence) = policy_and_evidence();
    for dossier in evidence.dossiers.iter().filter(|dossier| policy.about.contains(&dossier.kind)) {
        let day = Date::parse("2016-02-15").unwrap();
        let whole = crate::decision::decide(&policy, &evidence, &dossier.id, day, None).unwrap();
        let brief = crate::decision::decide_briefly(&policy, &evidence, &dossier.id, day, None).unwrap();
        assert_eq!(super::decision_csv::write(&brief), super::decision_csv::write(&whole));
        assert!(brief.verdicts.iter().all(|verdict| verdict.changes.is_empty()));
    }
}

#[test]
fn presumption_has_its_text() {
    let policy = POLICY.replace("needs the group is ready", "needs the group is not reliable");
    let vocabulary = VOCABULARY.replace("presumed yes", "presumed no");
    let bundle = gather(&["policy.placet", "a.placet"], &mut |path| {
        Ok(match path {
            "policy.placet" => policy.as_bytes(),
            "vocabulary.placet" => vocabulary.as_bytes(),
            _ => b"use \"vocabulary.placet\"\n\ndossier a\n  about group\n  - it has no leaders\n      from \"x\", rated A1\n",
        }
        .to_vec())
    });
    let resolved = resolve(&bundle);
    let (evidence, problems) = evidence::read(&bundle, &resolved.vocabulary);
    assert!(problems.is_empty(), "{problems:#?}");
    let policy = resolved.policy.unwrap();
    let made = decide(&policy, &evidence, "a", Date::parse("2016-02-15").unwrap(), None).unwrap();
    let tree: Value = serde_json::from_str(&decision::write_line(&made)).unwrap();
    valid(DECISION_SCHEMA, &tree);
    assert_eq!(tree["subjects"][0]["verdicts"][0]["verdict"], "eligible");
    assert_eq!(tree["subjects"][0]["verdicts"][0]["presumptions"][0], "the group is not reliable");
}

#[test]
fn several_days_are_several_documents() {
    let (policy, evidence) = policy_and_evidence();
    let day = |text: &str| decide(&policy, &evidence, "misrata", Date::parse(text).unwrap(), None).unwrap();
    let tree: Value =
        serde_json::from_str(&decision::write(&[day("2016-02-15"), day("2016-02-16")])).unwrap();
    assert_eq!(tree[1]["as_of"], "2016-02-16");
    valid(DECISION_SCHEMA, &tree[1]);
}

#[test]
fn json_errors_have_their_place() {
    let (policy, _) = policy_and_evidence();
    let text = r#"[
  {"id": "a", "abuot": "group", "as_of": "2016-02-30", "statements": [
    {"fact": "accepts the untiy government", "value": true},
    {"fact": "accepts the unity government", "value": "yes"},
    {"fact": "headcount", "value": 1.5},
    {"fact": "headcount", "value": {"at_leats": 3}},
    {"fact": "home region", "value": "wets", "grade": "C7"},
    {"fact": "is ready", "value": true},
    {"about": "the untiy government", "fact": "has taken office in the capital", "value": true},
    {"fact": "leaders", "value": {"complete": true}},
    {"fact": "last vetting", "value": {"between": ["2016-02-01", "2015-02-01"]}, "source": "fa61"},
    {"value": 3}
  ]},
  {"title": "no id"},
  7
]"#;
    let read = read_json(&policy, text);
    insta::assert_snapshot!(finding_texts(&read.problems, text).join("\n"));
}

#[test]
fn flat_record_equals_its_statements() {
    let policy = policy_and_evidence().0;
    let record = r#"{"id": "misrata", "title": "Misratan battalion", "about": "group", "as_of": "2016-02-15",
        "source": "fa16", "lines": "3", "grade": "C3", "date": "2015-05-28",
        "accepts the unity government": true, "the group's headcount": {"at_least": 200}, "Home  Region": "west",
        "last vetting": null, "commander": {"is": "ali"}, "leaders": {"members": ["ali"], "complete": true},
        "is reliable": "contested",
        "the unity government has taken office in the capital": false}"#;
    let spelled = r#"{"id": "misrata", "title": "Misratan battalion", "about": "group", "as_of": "2016-02-15",
        "statements": [
          {"fact": "accepts the unity government", "value": true, SAID},
          {"fact": "headcount", "value": {"at_least": 200}, SAID},
          {"fact": "home region", "value": "west", SAID},
          {"fact": "commander", "value": {"is": "ali"}, SAID},
          {"fact": "leaders", "value": {"members": ["ali"], "complete": true}, SAID},
          {"fact": "is reliable", "value": "contested", SAID},
          {"about": "the unity government", "fact": "has taken office in the capital", "value": false, SAID}]}"#
        .replace("SAID", r#""source": "fa16", "lines": "3", "grade": "C3", "date": "2015-05-28""#);
    let (flat, spelled) = (read_json(&policy, record), read_json(&policy, &spelled));
    assert_eq!((flat.problems.len(), spelled.problems.len()), (0, 0), "{:?}", flat.problems);
    assert_eq!(flat.dossiers[0].as_of, spelled.dossiers[0].as_of);
    assert_eq!(dossier_text(&flat.dossiers[0]), dossier_text(&spelled.dossiers[0]));
    valid(DOSSIER_SCHEMA, &serde_json::from_str(record).unwrap());
}

#[test]
fn record_about_an_only_one_kind_is_about_its_entity() {
    let policy = policy_and_evidence().0;
    let record = r#"{"id": "now", "about": "unity government", "has taken office in the capital": true}"#;
    let read = read_json(&policy, record);
    assert!(read.problems.is_empty(), "{:?}", read.problems);
    let about = &read.dossiers[0].statements[0].about;
    assert_eq!(*about, evidence::About::Only(read.dossiers[0].kind));
}

#[test]
fn flat_record_errors_have_their_place() {
    let text = r#"{"id": "a", "headcount": "120"}
{"id": "b", "headcount": 12.5, "accepts the unity government": "yes", "home region": 4}
{"id": "c", "headcout": 120, "is ready": true, "is designated": false}
{"id": "d", "headcount": 120, "the group's headcount": 130, "grade": "C3", "grade": "D4"}
{"headcount": 120}
{"id": "f", "headcount": [120], "last vetting": "soon", "leaders": ["ali"], "commander": "ali"}
{"id": "g", "headcount": 120}
"#;
    let policy = policy_and_evidence().0;
    let read = dossier_json::read_lines(FileId(0), text, &policy.vocabulary, &policy.about);
    insta::assert_snapshot!(finding_texts(&read.problems, text).join("\n"));
    assert_eq!(read.dossiers.last().unwrap().id, "g");
}

#[test]
fn a_line_that_is_not_json_does_not_hide_the_next() {
    let (policy, _) = policy_and_evidence();
    let text = "{\"id\": \"a\"}\n\n{\"id\": \"b\",}\n{\"id\": \"c\", \"titel\": \"C\"}\n";
    let read = dossier_json::read_lines(FileId(0), text, &policy.vocabulary, &policy.about);
    assert_eq!(read.dossiers.len(), 2);
    insta::assert_snapshot!(finding_texts(&read.problems, text).join("\n"));
}

#[test]
fn hostile_json_fails_quickly() {
    let (policy, _) = policy_and_evidence();
    for text in [
        "[".repeat(200_000),
        "[".repeat(200_000) + &"]".repeat(200_000),
        "{\"id\":".repeat(200_000) + "1" + &"}".repeat(200_000),
        "\u{feff}{".to_owned(),
        "{\"id\": \"a\", \"title\": \"\\ud800\"}".to_owned(),
        "{\"id\": \"a\", \"id\": \"b\"}".to_owned(),
        String::new(),
    ] {
        assert!(!read_json(&policy, &text).problems.is_empty());
    }
    let many = format!("[{}]", vec!["{}"; 10_000].join(","));
    assert_eq!(read_json(&policy, &many).problems.len(), 100);
    assert!(super::decode(FileId(0), b"\xff\xfea\0").is_err());
    assert!(super::decode(FileId(0), b"caf\xe9").is_err());
    assert!(super::decode(FileId(0), b"a\0b").is_err());
}

#[test]
fn data_has_the_limits_of_the_language() {
    let (policy, _) = policy_and_evidence();
    let json = |id: &str, number: &str| {
        let text = format!(
            "{{\"id\": \"{id}\", \"about\": \"group\", \"statements\": [{{\"fact\": \"headcount\", \"value\": {number}}}]}}"
        );
        let schema: Value = serde_json::from_str(super::DOSSIER_SCHEMA).unwrap();
        let fits =
            jsonschema::draft202012::new(&schema).unwrap().is_valid(&serde_json::from_str(&text).unwrap());
        let messages: Vec<String> =
            read_json(&policy, &text).problems.into_iter().map(|problem| problem.message).collect();
        assert_eq!(fits, messages.is_empty(), "{id} {number}: {messages:?}");
        messages.join("; ")
    };
    let csv = |id: &str, number: &str| {
        let read = read_csv(&policy, &format!("id,about,headcount\n{id},group,\"{number}\"\n"));
        read.problems.into_iter().filter_map(|problem| problem.help).collect::<Vec<_>>().join("; ")
    };
    let (longest, longer) = ("a".repeat(1_000), "a".repeat(1_001));
    assert_eq!(json(&longest, "1000000000000000"), "");
    assert_eq!(csv(&longest, "1,000,000,000,000,000"), "");
    for number in ["1000000000000001", "10000000000000000000000000"] {
        assert_eq!(json("a", number), "this number is too large");
        assert_eq!(csv("a", &format!("at least {number}")), super::names::LARGEST);
    }
    assert_eq!(json(&longer, "1"), "this id is too long");
    assert_eq!(csv(&longer, "1"), "an id has at most 1,000 characters");
}

#[test]
fn schema_accepts_the_ids_that_are_read() {
    // Some validators, such as Python's `re`, do not support `\\p{…}`.
    assert!(!super::DOSSIER_SCHEMA.contains("\\\\p") && !super::DECISION_SCHEMA.contains("\\\\p"));
    let schema: Value = serde_json::from_str(super::DOSSIER_SCHEMA).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    for byte in 0_u8..128 {
        let id = format!("a{}é9", char::from(byte));
        let object = serde_json::json!({ "id": id, "about": "group" });
        assert_eq!(validator.is_valid(&object), super::names::is_id(&id), "{id:?}");
    }
}

#[test]
fn byte_order_mark_is_skipped() {
    let (policy, _) = policy_and_evidence();
    assert_eq!(read_json(&policy, "\u{feff}{\"id\": \"a\"}").dossiers.len(), 1);
    let read = read_csv(&policy, "\u{feff}id,headcount\na,many\n");
    assert_eq!(read.problems.len(), 1);
    let text = "\u{feff}id,headcount\na,many\n";
    assert!(finding_texts(&read.problems, text)[0].starts_with("2:3 many |"));
}

#[test]
fn a_row_is_a_dossier() {
    let (policy, _) = policy_and_evidence();
    let text = "id,title,as of,accepts the unity government,headcount,home region,last vetting,\
                the unity government has taken office in the capital,leaders,reports to,from,rated,on\r\n\
                A-1,\"Group, one\",2016-02-15,Yes,at least 200,not south,before 2015-05-01,no,none,\
                the national command,fa16,C3,2015-12-01\r\n\
                a-2,,,contested,,west or east,,,\"a-1; a-3 and no others\",not a-1,\"a \"\"source\"\"\",,\r\n";
    let read = read_csv(&policy, text);
    assert!(read.problems.is_empty(), "{:#?}", read.problems);
    let [one, two] = read.dossiers.as_slice() else { panic!("two rows") };
    assert_eq!((one.id.as_str(), one.title.as_str()), ("A-1", "Group, one"));
    assert_eq!((two.id.as_str(), two.title.as_str()), ("a-2", "a-2"));
    assert_eq!(one.statements.len(), 7);
    assert_eq!(one.statements[1].claim, Claim::Numbers(Ranges::at_least(200)));
    assert_eq!(one.statements[1].provenance.grade.unwrap().to_string(), "C3");
    assert!(one.statements[0].provenance.source.is_some());
    assert_eq!(two.statements[1].claim, Claim::Values(0b11));
    assert_eq!(two.statements[0].provenance.attributed.as_deref(), Some("a \"source\""));
}

#[test]
fn csv_errors_have_their_place() {
    let (policy, _) = policy_and_evidence();
    let text = "id;hedcount;headcount;accepts the unity government;is designated;headcount;is ready\n\
                a;;1,5;ja;;;\n\
                b c;;at least;unknown;;;\n\
                c;;3\n\
                ;;3;yes;;;\n";
    let read = read_csv(&policy, text);
    insta::assert_snapshot!(finding_texts(&read.problems, text).join("\n"));
}

#[test]
fn named_entities_must_exist() {
    let (policy, mut evidence) = policy_and_evidence();
    let text = "id,leaders,reports to,commander\na,misrata,misrata,\nb,,unity,\nmisrata,,,\nc,,,nobody\n";
    let read = read_csv(&policy, text);
    assert!(read.problems.is_empty(), "{:#?}", read.problems);
    let problems = join(&mut evidence, read.dossiers, &policy.vocabulary);
    insta::assert_snapshot!(finding_texts(&problems, text).join("\n"));
}

#[test]
fn left_out_statements_have_reasons_and_names() {
    let policy = POLICY
        .replace("needs the group is ready", "on credible\n  needs none of its leaders is designated")
        .replace("rated C3 or better", "rated C3 or better\n  ratings apply to relations and lists");
    let bundle = gather(&["policy.placet", "a.placet"], &mut |path| {
        Ok(match path {
            "policy.placet" => policy.as_bytes(),
            "vocabulary.placet" => VOCABULARY.as_bytes(),
            _ => b"use \"vocabulary.placet\"\n\ndossier a\n  about group\n  - its leaders are c and no others\n  \
                   - its leaders include c\n      from \"x\", rated D4\n  \
                   - its leaders include c\n      from \"y\", rated A1\n\n  person c \"Commander C\"\n",
        }
        .to_vec())
    });
    let resolved = resolve(&bundle);
    let (evidence, problems) = evidence::read(&bundle, &resolved.vocabulary);
    assert!(bundle.problems.iter().chain(&resolved.problems).chain(&problems).next().is_none());
    let policy = resolved.policy.unwrap();
    let made = decide(&policy, &evidence, "a", Date::parse("2016-02-15").unwrap(), None).unwrap();
    let facts = made.verdicts.iter().flat_map(|verdict| &verdict.missing).map(|missing| &missing.fact);
    let fact = facts.into_iter().find(|fact| fact.phrase == "leaders").unwrap();
    assert_eq!(
        words::sources(fact, &policy.vocabulary),
        [
            "leaders: Commander C, perhaps others (y, rated A1)",
            "left out, not rated: leaders: Commander C and no others",
            "left out, rated too low: leaders: Commander C, perhaps others (x, rated D4)",
        ]
    );
    let tree: Value = serde_json::from_str(&decision::write(std::slice::from_ref(&made))).unwrap();
    let subject = &tree["subjects"][0];
    let fact = subject["facts"].as_array().unwrap().iter().find(|fact| fact["phrase"] == "leaders").unwrap();
    assert_eq!(fact["left_out"][0]["why"], "not rated");
    let place = fact["left_out"][0]["statement"].as_u64().unwrap();
    assert_eq!(subject["statements"][usize::try_from(place).unwrap()]["text"], "leaders: c and no others");
    assert!(jsonschema::is_valid(&serde_json::from_str(DECISION_SCHEMA).unwrap(), &tree));
}
