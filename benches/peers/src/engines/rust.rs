//! The baseline: the policy written by hand in Rust, over typed facts.

use super::placet::by_phrase;
use super::{Engine, Subject, text, texts};
use crate::answer::Answer;
use crate::groups::{Group, Record};
use serde::Deserialize;
use std::borrow::Cow;

pub struct ByHand {
    groups: Vec<Group>,
    texts: Vec<String>,
}

impl ByHand {
    pub fn new(groups: &[Group]) -> Self {
        Self { groups: groups.to_vec(), texts: texts(groups) }
    }
}

/// Typed facts parsed from JSON text; the id borrows from it.
#[derive(Deserialize)]
struct Facts<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    accepts_unity_government: bool,
    obeys_national_command: bool,
    is_neutral: bool,
    in_joint_command: bool,
    commander_vetted: bool,
    credible_abuse: bool,
    abuse_remedied: bool,
    designated: bool,
    headcount: u32,
    code_of_conduct: bool,
    incident_reports: bool,
    monitors_admitted: bool,
}

/// The same with Placet's longer phrases as keys, for comparison with Placet's parser.
#[derive(Deserialize)]
struct FactsByPhrase<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(rename = "accepts the unity government")]
    accepts_unity_government: bool,
    #[serde(rename = "obeys the national command")]
    obeys_national_command: bool,
    #[serde(rename = "is neutral in local power struggles")]
    is_neutral: bool,
    #[serde(rename = "takes part in a joint command centre")]
    in_joint_command: bool,
    #[serde(rename = "is led by a vetted commander")]
    commander_vetted: bool,
    #[serde(rename = "is credibly accused of abuse")]
    credible_abuse: bool,
    #[serde(rename = "has remedied its abuses")]
    abuse_remedied: bool,
    #[serde(rename = "is designated")]
    designated: bool,
    headcount: u32,
    #[serde(rename = "has signed a code of conduct")]
    code_of_conduct: bool,
    #[serde(rename = "reports every incident")]
    incident_reports: bool,
    #[serde(rename = "admits independent monitors")]
    monitors_admitted: bool,
}

/// The policy, for any type with the facts as fields. Not inlined, so that one call is one decision.
macro_rules! policy {
    ($name:ident, $facts:ty) => {
        #[inline(never)]
        fn $name(group: &$facts) -> bool {
            let steps = u8::from(group.code_of_conduct)
                + u8::from(group.incident_reports)
                + u8::from(group.monitors_admitted);
            group.accepts_unity_government
                && group.obeys_national_command
                && group.is_neutral
                && group.in_joint_command
                && group.commander_vetted
                && group.headcount >= 50
                && steps >= 2
                && (!group.credible_abuse || group.abuse_remedied)
                && !group.designated
        }
    };
}
policy!(is_eligible, Group);
policy!(is_eligible_as_read, Facts<'_>);
policy!(is_eligible_by_phrase, FactsByPhrase<'_>);

impl Engine for ByHand {
    fn name(&self) -> &'static str {
        "Rust by hand"
    }

    fn prebuilt(&mut self, group: usize) -> bool {
        is_eligible(&self.groups[group])
    }

    fn from_json(&mut self, group: usize) -> bool {
        let facts: Facts<'_> = serde_json::from_str(&self.texts[group]).expect("typed facts");
        std::hint::black_box(&facts.id);
        is_eligible_as_read(&facts)
    }

    fn answer(&mut self, record: &Record) -> Answer {
        match serde_json::from_str::<Facts<'_>>(&text(record)) {
            Ok(facts) => Answer::of(is_eligible_as_read(&facts)),
            Err(error) => Answer::error(error),
        }
    }
}

/// The policy by hand, from the JSON text that Placet gets.
pub struct ByHandByPhrase {
    groups: Vec<Group>,
    texts: Vec<String>,
}

impl ByHandByPhrase {
    pub fn new(groups: &[Group]) -> Self {
        let texts = groups.iter().map(|group| by_phrase(&group.record())).collect();
        Self { groups: groups.to_vec(), texts }
    }
}

impl Subject for ByHandByPhrase {
    fn name(&self) -> &'static str {
        "Rust by hand, keys by phrase"
    }

    fn pass_prebuilt(&mut self) -> usize {
        self.groups.iter().filter(|group| is_eligible(group)).count()
    }

    fn pass_json(&mut self) -> Option<usize> {
        let eligible = |text: &&String| {
            let facts: FactsByPhrase<'_> = serde_json::from_str(text).expect("typed facts");
            std::hint::black_box(&facts.id);
            is_eligible_by_phrase(&facts)
        };
        Some(self.texts.iter().filter(eligible).count())
    }

    fn answers(&mut self) -> (Vec<bool>, Option<Vec<bool>>) {
        let prebuilt = self.groups.iter().map(is_eligible).collect();
        let read = |text: &String| is_eligible_by_phrase(&serde_json::from_str(text).expect("typed facts"));
        (prebuilt, Some(self.texts.iter().map(read).collect()))
    }

    fn answer(&mut self, _: &Record) -> Option<Answer> {
        None
    }
}
