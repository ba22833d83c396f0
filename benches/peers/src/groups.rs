//! The groups, with complete facts, generated the same on every machine.

use serde::{Deserialize, Serialize};

/// The number of groups.
pub const GROUPS: usize = 10_000;

/// The facts of a group, as a Rust program would hold them.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Group {
    pub id: String,
    pub accepts_unity_government: bool,
    pub obeys_national_command: bool,
    pub is_neutral: bool,
    pub in_joint_command: bool,
    pub commander_vetted: bool,
    pub credible_abuse: bool,
    pub abuse_remedied: bool,
    pub designated: bool,
    pub headcount: u32,
    pub code_of_conduct: bool,
    pub incident_reports: bool,
    pub monitors_admitted: bool,
}

/// The name of each fact in the data of the other engines, and its phrase in the policy's vocabulary.
pub const FACTS: [(&str, &str); 12] = [
    ("accepts_unity_government", "accepts the unity government"),
    ("obeys_national_command", "obeys the national command"),
    ("is_neutral", "is neutral in local power struggles"),
    ("in_joint_command", "takes part in a joint command centre"),
    ("commander_vetted", "is led by a vetted commander"),
    ("credible_abuse", "is credibly accused of abuse"),
    ("abuse_remedied", "has remedied its abuses"),
    ("designated", "is designated"),
    ("headcount", "headcount"),
    ("code_of_conduct", "has signed a code of conduct"),
    ("incident_reports", "reports every incident"),
    ("monitors_admitted", "admits independent monitors"),
];

/// A group as JSON: its id, and its facts by name.
pub type Record = serde_json::Map<String, serde_json::Value>;

impl Group {
    /// The group as a record, with the facts in the order of the struct.
    pub fn record(&self) -> Record {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::Object(record)) => record,
            other => unreachable!("a struct is an object: {other:?}"),
        }
    }
}

/// Generates the groups with SplitMix64 from a fixed seed, each fact independently. A requirement is met in 9 of 10
/// groups, a step taken in 7 of 10; 1 in 5 is accused of abuse, and half of all have remedied theirs; 1 in 20 is
/// designated; headcounts are uniform between 0 and 399.
pub fn draw() -> Vec<Group> {
    let mut state: u64 = 0x5eed_0f_9a11_f00d;
    let mut next = move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    (0..GROUPS)
        .map(|place| {
            let mut percent = |share: u64| next() % 100 < share;
            Group {
                id: format!("group-{place:05}"),
                accepts_unity_government: percent(90),
                obeys_national_command: percent(90),
                is_neutral: percent(90),
                in_joint_command: percent(90),
                commander_vetted: percent(90),
                credible_abuse: percent(20),
                abuse_remedied: percent(50),
                designated: percent(5),
                code_of_conduct: percent(70),
                incident_reports: percent(70),
                monitors_admitted: percent(70),
                headcount: u32::try_from(next() % 400).unwrap_or(0),
            }
        })
        .collect()
}
