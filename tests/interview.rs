//! Interviews over the shipped policies, as a program sees them: each shape fits its schema, an answer is asked for once,
//! and what is left out of the questions bears on nothing.

use placet::bundle::LoadError;
use placet::compiled::Forms;
use placet::decision::{Outcome, bear, decide_briefly_with, outcomes, outlooks};
use placet::desk::{self, Desk};
use placet::evidence::About;
use placet::interview::Answer;
use placet::value::Date;
use placet::wire;
use placet::wire::interview::{Standing, read_answers, write, write_outlooks};
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

fn lay(policy: &str, dossiers: &[&str]) -> Desk {
    let dossiers: Vec<String> = dossiers.iter().map(|name| (*name).to_owned()).collect();
    let read =
        &mut |name: &str| fs::read(format!("{ROOT}/rules/libya/{name}")).map_err(|_| LoadError::NotFound);
    desk::lay(&format!("{policy}.placet"), &dossiers, read).unwrap()
}

/// A desk with one subject of whom nothing is known.
fn begun(policy: &str, day: &str) -> (Desk, Date) {
    let mut desk = lay(policy, &[]);
    let day = Date::parse(day).unwrap();
    desk.begin("somebody", "Somebody", desk.policy.about[0], Some(day));
    (desk, day)
}

/// What an interview has come to, as data.
fn standing(desk: &Desk, subject: &str, day: Date, answers: &[Answer]) -> Value {
    let evidence = desk.answered(subject, day, answers).unwrap();
    let forms = Forms::new(&desk.policy);
    let decision = decide_briefly_with(&forms, &evidence, subject, day, None).unwrap();
    let dossier = evidence.dossier(subject).unwrap();
    let entity = |about: &About| match about {
        About::Subject => subject.to_owned(),
        About::Only(kind) => desk.policy.vocabulary.kinds[*kind].name.clone(),
        About::Member(id) => id.clone(),
    };
    let entities: Vec<String> = answers.iter().map(|answer| entity(&answer.key.about)).collect();
    let facts: Vec<_> = answers
        .iter()
        .zip(&entities)
        .map(|(answer, entity)| (entity.as_str(), answer.key.fact, answer.key.standard))
        .collect();
    let bearing = bear(&forms, &evidence, subject, day, None, &facts).unwrap();
    let standing = Standing { decision: &decision, dossier, evidence: &evidence, answers, bearing: &bearing };
    serde_json::from_str(&write(standing)).unwrap()
}

/// An answer to a question, as a program gives it: yes, the first value, a great number.
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
    let mut said = json!({ "value": value, "names": { "ana": "Ana" }, "told": "a neighbour", "grade": "B2", "date": day });
    if question["type"]["kind"] != "many" {
        said.as_object_mut().unwrap().remove("names");
    }
    json!({
        "about": question["about"],
        "fact": question["fact"],
        "standard": question["standard"],
        "statements": [said],
    })
}

fn read(desk: &Desk, subject: &str, answers: &[Value]) -> Vec<Answer> {
    let text = serde_json::to_string(answers).unwrap();
    let dossier = desk.evidence.dossier(subject).unwrap();
    read_answers(&text, &desk.policy.vocabulary, dossier, &desk.evidence).unwrap()
}

fn check(schema: &str, data: &Value) {
    let schema: Value = serde_json::from_str(schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let wrong: Vec<String> =
        validator.iter_errors(data).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_policy_can_be_asked_through_to_the_end() {
    for (policy, day) in POLICIES {
        let (desk, day) = begun(policy, day);
        let mut given: Vec<Value> = Vec::new();
        let mut asked: Vec<Value> = Vec::new();
        loop {
            let answers = read(&desk, "somebody", &given);
            let now = standing(&desk, "somebody", day, &answers);
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
fn what_an_answer_makes_of_the_dossier_reads_back_as_the_same() {
    for (policy, day) in POLICIES {
        let (desk, day) = begun(policy, day);
        let mut given: Vec<Value> = Vec::new();
        for _ in 0..40 {
            let now = standing(&desk, "somebody", day, &read(&desk, "somebody", &given));
            let next = &now["next"];
            if next.is_null() {
                break;
            }
            // one that does not end it soon: nobody is eligible for everything without more
            let mut said = answer(next, day);
            if given.len() % 3 == 2 {
                said["statements"] = json!([]);
            }
            given.push(said);
        }
        let answers = read(&desk, "somebody", &given);
        let evidence = desk.answered("somebody", day, &answers).unwrap();
        let dossier = evidence.dossier("somebody").unwrap();
        let written = desk.written(dossier, desk.folder(dossier)).unwrap();
        let again =
            desk::lay(&format!("{policy}.placet"), &["somebody.placet".to_owned()], &mut |name| match name {
                "somebody.placet" => Ok(written.clone().into_bytes()),
                name => fs::read(format!("{ROOT}/rules/libya/{name}")).map_err(|_| LoadError::NotFound),
            });
        let again = match again {
            Ok(again) => again,
            Err(refusal) => panic!("{policy}: {refusal:?}\n{written}"),
        };
        let hash = |evidence: &placet::evidence::Evidence| evidence.dossier("somebody").unwrap().hash.clone();
        assert_eq!(hash(&again.evidence), hash(&evidence), "{written}");
        assert_eq!(
            outcomes(&again.policy, &again.evidence, "somebody", day).unwrap(),
            outcomes(&desk.policy, &evidence, "somebody", day).unwrap()
        );
    }
}

#[test]
fn an_outlook_says_what_the_answer_comes_to() {
    let (desk, day) = begun("counterterrorism-support", "2016-02-15");
    let subject = "somebody";
    let forms = Forms::new(&desk.policy);
    let all = outlooks(&forms, &desk.evidence, subject, day, None).unwrap();
    let data: Value = serde_json::from_str(&write_outlooks(&all, &desk.policy)).unwrap();
    let schema: Value = serde_json::from_str(wire::INTERVIEW_SCHEMA).unwrap();
    let one = json!({ "$ref": "#/$defs/outlook", "$defs": schema["$defs"] }).to_string();
    data.as_array().unwrap().iter().for_each(|outlook| check(&one, outlook));
    // Each way of a plain fact, tried as an answer.
    let mut tried = 0;
    for outlook in all.iter().filter(|outlook| outlook.fact.entity == subject) {
        for prospect in &outlook.prospects {
            let yes = prospect.text == outlook.fact.text;
            let said = json!({ "about": "the subject", "fact": outlook.fact.phrase, "standard": outlook.fact.standard,
                "statements": [{ "value": yes, "told": "a neighbour", "grade": "A1", "date": "2016-02-01" }] });
            let Ok(answers) = read_answers(
                &json!([said]).to_string(),
                &desk.policy.vocabulary,
                desk.evidence.dossier(subject).unwrap(),
                &desk.evidence,
            ) else {
                continue;
            };
            let evidence = desk.answered(subject, day, &answers).unwrap();
            let then = outcomes(&desk.policy, &evidence, subject, day).unwrap();
            let then: Vec<(_, Outcome)> = then.into_iter().map(|(id, outcome, _)| (id, outcome)).collect();
            assert_eq!(prospect.outcomes, then, "{}", prospect.text);
            tried += 1;
        }
    }
    assert!(tried > 4, "{tried} ways were tried");
}

#[test]
fn outlines_and_findings_fit_their_schemas() {
    for (policy, _) in POLICIES {
        let desk = lay(policy, &[]);
        let outline: Value = serde_json::from_str(&wire::outline::write(&desk.policy)).unwrap();
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
fn a_wrong_answer_is_told_in_words() {
    let (desk, _) = begun("counterterrorism-support", "2016-02-15");
    let dossier = desk.evidence.dossier("somebody").unwrap();
    let told = |answers: Value| {
        let read = read_answers(&answers.to_string(), &desk.policy.vocabulary, dossier, &desk.evidence);
        read.unwrap_err().into_iter().map(|found| found.message).collect::<Vec<_>>().join("; ")
    };
    let fact = "accepts the unity government";
    for (answers, message) in [
        (json!({}), "a list is needed here, not an object"),
        (
            json!([{ "about": "the subject", "fact": "is nuetral", "statements": [] }]),
            "there is no fact of a group \"is nuetral\"",
        ),
        (
            json!([{ "about": "the moon", "fact": fact, "statements": [] }]),
            "there is no subject \"the moon\"",
        ),
        (json!([{ "about": "the subject", "fact": fact }]), "\"statements\" is missing"),
        (
            json!([{ "about": "the subject", "fact": fact, "statements": [{ "value": 4 }] }]),
            "\"accepts the unity government\" does not take a number",
        ),
        (
            json!([{ "about": "the subject", "fact": fact, "standard": "hearsay", "statements": [] }]),
            "there is no evidence standard \"hearsay\"",
        ),
    ] {
        assert_eq!(told(answers), message);
    }
}
