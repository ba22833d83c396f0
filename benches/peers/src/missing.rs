//! Groups with missing facts, or facts of the wrong type.

use crate::answer::Right;
use crate::groups::{Group, Record};
use serde_json::Value;

/// A group with something missing.
pub struct Case {
    /// The problem, as the heading of a column.
    pub title: &'static str,
    pub record: Record,
    /// The answer that holds for all values of the missing facts, or that there is none.
    pub right: Right,
}

/// The cases: each is a group that meets everything except for the problem in the title.
pub fn cases() -> Vec<Case> {
    let case = |title, right, change: &dyn Fn(&mut Record)| {
        let mut record = blameless().record();
        change(&mut record);
        Case { title, record, right }
    };
    let forget = |record: &mut Record, fact: &str| {
        record.remove(fact);
    };
    let put = |record: &mut Record, fact: &str, value: Value| {
        record.insert(fact.to_owned(), value);
    };
    vec![
        case("listing unknown", Right::Undetermined, &|record| forget(record, "designated")),
        case("vetting unknown", Right::Undetermined, &|record| forget(record, "commander_vetted")),
        case("vetting unknown, but listed", Right::Ineligible, &|record| {
            forget(record, "commander_vetted");
            put(record, "designated", true.into());
        }),
        case("one of three steps unknown, two met", Right::Eligible, &|record| {
            forget(record, "incident_reports");
        }),
        case("abuse, remedy unknown", Right::Undetermined, &|record| {
            put(record, "credible_abuse", true.into());
            forget(record, "abuse_remedied");
        }),
        case("listing `null`", Right::Undetermined, &|record| put(record, "designated", Value::Null)),
        case("headcount `\"120\"`, a text", Right::Error, &|record| put(record, "headcount", "120".into())),
    ]
}

/// A group that meets everything.
fn blameless() -> Group {
    Group {
        id: "blameless".into(),
        accepts_unity_government: true,
        obeys_national_command: true,
        is_neutral: true,
        in_joint_command: true,
        commander_vetted: true,
        credible_abuse: false,
        abuse_remedied: false,
        designated: false,
        headcount: 120,
        code_of_conduct: true,
        incident_reports: true,
        monitors_admitted: true,
    }
}
