//! Interviews over the shipped policies, as a program uses them: the data is valid by its schema, each fact is asked
//! for only once, and questions that are left out would not change the verdicts.

use placet::bundle::LoadError;
use placet::compiled::Forms;
use placet::decision::{Outcome, bears_on_verdicts, decide_briefly, decide_briefly_with, outcomes, outlooks};
use placet::evidence::Claim;
use placet::interview::{Answer, entity};
use placet::value::Date;
use placet::wire::interview::{InterviewState, read_answers, write, write_outlooks};
use placet::wire::{self, canonical};
use placet::workspace::Workspace;
use serde_json::{Value, json};
use std::fs;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const POLICIES: [(&str, &str); 5] = [
    ("general-purpose-force", "2014-02-01"),
    ("national-guard", "2015-06-01"),
    ("air-support", "2015-12-01"),
    ("counterterrorism-support", "2016-02-15"),
    ("security-sector-roadmap", "2025-10-01"),
];

fn open(policy: &str, dossiers: &[&str]) -> Workspace {
    let dossiers: Vec<String> = dossiers.iter().map(|name| (*name).to_owned()).collect();
    let read =
        &mut |name: &str| fs::read(format!("{ROOT}/rules/libya/{name}")).map_err(|_| LoadError::NotFound);
    Workspace::open(&format!("{policy}.placet"), &dossiers, read).unwrap()
}

/// A workspace with one subject about whom nothing is known.
fn begun(policy: &str, day: &str) -> (Workspace, Date) {
    let mut workspace = open(policy, &[]);
    let day = Date::parse(day).unwrap();
    workspace.add_subject("somebody", "Somebody", workspace.policy.about[0], Some(day));
    (workspace, day)
}

/// The state of an interview, as JSON.
fn state(workspace: &Workspace, subject: &str, day: Date, answers: &[Answer]) -> Value {
    let evidence = workspace.answered(subject, day, answers);
    let forms = Forms::new(&workspace.policy);
    let decision = decide_briefly_with(&forms, &evidence, subject, day, None).unwrap();
    let dossier = evidence.dossier(subject).unwrap();
    let vocabulary = &workspace.policy.vocabulary;
    let entities: Vec<String> =
        answers.iter().map(|answer| entity(&answer.key.about, dossier, vocabulary)).collect();
    let facts: Vec<_> = answers
        .iter()
        .zip(&entities)
        .map(|(answer, entity)| (entity.as_str(), answer.key.fact, answer.key.standard))
        .collect();
    let bearing = bears_on_verdicts(&forms, &evidence, subject, day, None, &facts).unwrap();
    let state =
        InterviewState { decision: &decision, dossier, evidence: &evidence, answers, bearing: &bearing };
    serde_json::from_str(&write(state)).unwrap()
}

/// Answers a question as a program would: yes, the first value, or a large number.
fn answer(question: &Value, day: Date) -> Value {
    let day = day.to_string();
    let value = match question["type"]["kind"].as_str().unwrap() {
        "yes or no" => json!(true),
        "number" => json!(1_000),
        "date" => json!("2013-01-01"),
        "choice" => question["type"]["values"][0].clone(),
        "many" => json!({ "members": ["ana"], "complete": true }),
        _ => json!("unknown"),
    };
    let mut statement = json!({ "value": value, "names": { "ana": "Ana" }, "told": "a neighbour", "grade": "B2", "date": day });
    if question["type"]["kind"] != "many" {
        statement.as_object_mut().unwrap().remove("names");
    }
    json!({
        "about": question["about"],
        "fact": question["fact"],
        "standard": question["standard"],
        "statements": [statement],
    })
}

fn read(workspace: &Workspace, subject: &str, answers: &[Value]) -> Vec<Answer> {
    let text = serde_json::to_string(answers).unwrap();
    let dossier = workspace.evidence.dossier(subject).unwrap();
    read_answers(&text, &workspace.policy.vocabulary, dossier, &workspace.evidence).unwrap()
}

fn check(schema: &str, data: &Value) {
    let schema: Value = serde_json::from_str(schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let wrong: Vec<String> =
        validator.iter_errors(data).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_interview_ends() {
    for (policy, day) in POLICIES {
        let (workspace, day) = begun(policy, day);
        let mut given: Vec<Value> = Vec::new();
        let mut asked: Vec<Value> = Vec::new();
        loop {
            let answers = read(&workspace, "somebody", &given);
            let now = state(&workspace, "somebody", day, &answers);
            check(wire::INTERVIEW_SCHEMA, &now);
            assert_eq!(now["answered"].as_array().unwrap().len(), given.len());
            let next = &now["next"];
            if next.is_null() {
                let open =
                    now["verdicts"].as_array().unwrap().iter().any(|one| one["verdict"] == "undetermined");
                let unknown = given.iter().any(|one| one["statements"][0]["value"] == "unknown");
                assert!(!open || unknown, "{policy}: {now}");
                break;
            }
            assert_eq!(next["question"], now["open"][0]["question"]);
            let key = json!([next["about"], next["fact"], next["standard"]]);
            assert!(!asked.contains(&key), "{policy} asks twice: {key}");
            asked.push(key);
            given.push(answer(next, day));
        }
        assert!(!given.is_empty(), "{policy} asked nothing");
    }
}

#[test]
fn answered_dossiers_read_back_the_same() {
    for (policy, day) in POLICIES {
        let (workspace, day) = begun(policy, day);
        let mut given: Vec<Value> = Vec::new();
        for _ in 0..40 {
            let now = state(&workspace, "somebody", day, &read(&workspace, "somebody", &given));
            let next = &now["next"];
            if next.is_null() {
                break;
            }
            // An answer that does not end the interview early: more is needed to be eligible for everything.
            let mut answer = answer(next, day);
            if given.len() % 3 == 2 {
                answer["statements"] = json!([]);
            }
            given.push(answer);
        }
        let answers = read(&workspace, "somebody", &given);
        let evidence = workspace.answered("somebody", day, &answers);
        let dossier = evidence.dossier("somebody").unwrap();
        let written = workspace.written(dossier, workspace.folder(dossier)).unwrap();
        let again =
            Workspace::open(&format!("{policy}.placet"), &["somebody.placet".to_owned()], &mut |name| {
                match name {
                    "somebody.placet" => Ok(written.clone().into_bytes()),
                    name => fs::read(format!("{ROOT}/rules/libya/{name}")).map_err(|_| LoadError::NotFound),
                }
            });
        let again = match again {
            Ok(again) => again,
            Err(refusal) => panic!("{policy}: {refusal:?}\n{written}"),
        };
        let hash = |workspace: &Workspace, evidence| {
            let decision = decide_briefly(&workspace.policy, evidence, "somebody", day, None).unwrap();
            workspace.manifests().bind(decision).manifest.unwrap().dossier
        };
        assert_eq!(hash(&again, &again.evidence), hash(&workspace, &evidence), "{written}");
        assert_eq!(
            outcomes(&again.policy, &again.evidence, "somebody", day).unwrap(),
            outcomes(&workspace.policy, &evidence, "somebody", day).unwrap()
        );
    }
}

#[test]
fn unknown_answers_are_saved_and_not_asked_again() {
    for (policy, day) in POLICIES {
        let (workspace, day) = begun(policy, day);
        let mut given: Vec<Value> = Vec::new();
        loop {
            let now = state(&workspace, "somebody", day, &read(&workspace, "somebody", &given));
            check(wire::INTERVIEW_SCHEMA, &now);
            if now["next"].is_null() {
                break;
            }
            let mut answer = answer(&now["next"], day);
            if given.len().is_multiple_of(2) {
                answer["statements"] = json!([]);
            }
            given.push(answer);
        }
        let answers = read(&workspace, "somebody", &given);
        let evidence = workspace.answered("somebody", day, &answers);
        let dossier = evidence.dossier("somebody").unwrap();
        let unknown = dossier.statements.iter().filter(|statement| statement.claim == Claim::Unknown).count();
        assert!(unknown > 0, "{policy}: nothing was unknown");
        // The verdicts are the same as without the unknown answers.
        let known: Vec<Answer> =
            answers.iter().filter(|answer| !answer.statements.is_empty()).cloned().collect();
        let without = workspace.answered("somebody", day, &known);
        assert_eq!(
            outcomes(&workspace.policy, &evidence, "somebody", day).unwrap(),
            outcomes(&workspace.policy, &without, "somebody", day).unwrap()
        );
        // If the dossier is opened again, in either format, nothing is asked again, and all open facts can still be
        // answered.
        let written = workspace.written(dossier, workspace.folder(dossier)).unwrap();
        let data = wire::dossier_json::write(dossier, &workspace.policy.vocabulary).to_string();
        for (name, text) in [("somebody.placet", written), ("somebody.json", data)] {
            let read = &mut |path: &str| match path {
                path if path == name => Ok(text.clone().into_bytes()),
                path => fs::read(format!("{ROOT}/rules/libya/{path}")).map_err(|_| LoadError::NotFound),
            };
            let again = Workspace::open(&format!("{policy}.placet"), &[name.to_owned()], read).unwrap();
            let now = state(&again, "somebody", day, &[]);
            assert!(now["next"].is_null(), "{policy}, {name}: {}", now["next"]["question"]);
            assert!(now["open"].as_array().unwrap().iter().all(|one| one["set_aside"] == true));
            assert_eq!(
                outcomes(&again.policy, &again.evidence, "somebody", day).unwrap(),
                outcomes(&workspace.policy, &evidence, "somebody", day).unwrap()
            );
        }
    }
}

/// A "don't know" does not override what is known, even if that does not meet the evidence standard or comes from a
/// dossier that is used. If there is no statement, it is recorded, and any later statement overrides it.
#[test]
fn unknown_answers_do_not_override_statements() {
    let policy = r#"
policy "Training"
  id training
  version 1
  about group

assistance training

kind group
  is neutral : yes or no
  obeys : yes or no

kind unity government, only one
  has taken office : yes or no

evidence standard sound
  rated B2 or better

requirement sound "Neutral, and under a government"
  on sound
  needs all of
    - the group is neutral
    - the group obeys
    - the unity government has taken office

bar hostile "Hostile"
  when the group is not neutral
"#;
    let land = "dossier land\n  about unity government\n  - it has taken office\n";
    let militia =
        "dossier militia\n  about group\n  use \"land.placet\"\n  as of 2016-02-15\n  - it is neutral\n";
    let workspace =
        Workspace::open("training.placet", &["militia.placet".to_owned()], &mut |path| match path {
            "training.placet" => Ok(policy.into()),
            "land.placet" => Ok(land.into()),
            _ => Ok(militia.into()),
        });
    let (workspace, day) = (workspace.unwrap(), Date::parse("2016-02-15").unwrap());
    let answer_to = |about: &str, fact: &str, statements: Value| json!({ "about": about, "fact": fact, "standard": "sound", "statements": statements });
    let open = [
        answer_to("the subject", "is neutral", json!([])),
        answer_to("the unity government", "has taken office", json!([])),
    ];
    let before = workspace.evidence.dossier("militia").unwrap();
    let evidence = workspace.answered("militia", day, &read(&workspace, "militia", &open));
    let after = evidence.dossier("militia").unwrap();
    let canonical = |dossier| canonical::dossier(dossier, &workspace.policy.vocabulary);
    assert_eq!(canonical(after), canonical(before));
    assert_eq!(workspace.written(after, "").unwrap(), workspace.written(before, "").unwrap());

    let unknown = answer_to("the subject", "obeys", json!([]));
    let answers = read(&workspace, "militia", std::slice::from_ref(&unknown));
    let evidence = workspace.answered("militia", day, &answers);
    let dossier = evidence.dossier("militia").unwrap();
    assert_eq!(dossier.statements.last().unwrap().claim, Claim::Unknown);
    assert_ne!(canonical(dossier), canonical(before));
    let text = workspace.written(dossier, "").unwrap();
    assert!(text.contains("- it is unknown whether the group obeys"), "{text}");

    let known = answer_to("the subject", "obeys", json!([{ "value": true, "grade": "A1" }]));
    let evidence = workspace.answered("militia", day, &read(&workspace, "militia", &[unknown, known]));
    let claims: Vec<&Claim> =
        evidence.dossier("militia").unwrap().statements.iter().map(|statement| &statement.claim).collect();
    assert_eq!(claims, [&Claim::YesNo(true), &Claim::YesNo(true)]);
}

#[test]
fn an_outlook_matches_the_outcome_of_each_answer() {
    let (workspace, day) = begun("counterterrorism-support", "2016-02-15");
    let subject = "somebody";
    let forms = Forms::new(&workspace.policy);
    let all = outlooks(&forms, &workspace.evidence, subject, day, None).unwrap();
    let data: Value = serde_json::from_str(&write_outlooks(&all, &workspace.policy)).unwrap();
    let schema: Value = serde_json::from_str(wire::INTERVIEW_SCHEMA).unwrap();
    let one = json!({ "$ref": "#/$defs/outlook", "$defs": schema["$defs"] }).to_string();
    data.as_array().unwrap().iter().for_each(|outlook| check(&one, outlook));
    // Try each possible value of a yes-or-no fact as an answer.
    let mut tried = 0;
    for outlook in all.iter().filter(|outlook| outlook.fact.entity == subject) {
        for prospect in &outlook.prospects {
            let yes = prospect.text == outlook.fact.text;
            let answer = json!({ "about": "the subject", "fact": outlook.fact.phrase, "standard": outlook.fact.standard,
                "statements": [{ "value": yes, "told": "a neighbour", "grade": "A1", "date": "2016-02-01" }] });
            let Ok(answers) = read_answers(
                &json!([answer]).to_string(),
                &workspace.policy.vocabulary,
                workspace.evidence.dossier(subject).unwrap(),
                &workspace.evidence,
            ) else {
                continue;
            };
            let evidence = workspace.answered(subject, day, &answers);
            let then = outcomes(&workspace.policy, &evidence, subject, day).unwrap();
            let then: Vec<(_, Outcome)> = then.into_iter().map(|(id, outcome, _)| (id, outcome)).collect();
            assert_eq!(prospect.outcomes, then, "{}", prospect.text);
            tried += 1;
        }
    }
    assert!(tried > 4, "{tried} ways were tried");
}

#[test]
fn outlines_and_findings_match_their_schemas() {
    for (policy, _) in POLICIES {
        let workspace = open(policy, &[]);
        let outline: Value = serde_json::from_str(&wire::outline::write(&workspace.policy)).unwrap();
        check(wire::POLICY_SCHEMA, &outline);
        for rule in outline["rules"].as_array().unwrap() {
            assert!(rule["words"].as_str().unwrap().contains(rule["title"].as_str().unwrap()), "{rule}");
        }
    }
    let wrong = "kind group\n  is neutral : yes or know\n  is neutral : yes or no\n";
    let found = placet::check::check(&["a.placet".to_owned()], true, &mut |_| Ok(wrong.into()));
    let findings: Value =
        serde_json::from_str(&wire::diagnostics::write(&found.findings, &found.sources)).unwrap();
    check(wire::FINDINGS_SCHEMA, &findings);
    assert!(!findings["findings"].as_array().unwrap().is_empty());
}

#[test]
fn a_wrong_answer_gets_a_message() {
    let (workspace, _) = begun("counterterrorism-support", "2016-02-15");
    let dossier = workspace.evidence.dossier("somebody").unwrap();
    let messages = |answers: Value| {
        let read =
            read_answers(&answers.to_string(), &workspace.policy.vocabulary, dossier, &workspace.evidence);
        read.unwrap_err().into_iter().map(|found| found.message).collect::<Vec<_>>().join("; ")
    };
    let fact = "accepts the unity government";
    for (answers, message) in [
        (json!({}), "expected a list, found an object"),
        (
            json!([{ "about": "the subject", "fact": "is nuetral", "statements": [] }]),
            "unknown fact of a group \"is nuetral\"",
        ),
        (json!([{ "about": "the moon", "fact": fact, "statements": [] }]), "unknown entity \"the moon\""),
        (json!([{ "about": "the subject", "fact": fact }]), "\"statements\" is missing"),
        (
            json!([{ "about": "the subject", "fact": fact, "statements": [{ "value": 4 }] }]),
            "\"accepts the unity government\" does not accept a number",
        ),
        (
            json!([{ "about": "the subject", "fact": fact, "standard": "hearsay", "statements": [] }]),
            "unknown evidence standard \"hearsay\"",
        ),
    ] {
        assert_eq!(messages(answers), message);
    }
}
