//! Tests that a record read directly gives the same result as its dossier.

use super::{Keys, Records};
use crate::circuit::Masks;
use crate::compiled::{Known, compile};
use crate::evidence::{Evidence, case, nothing_known};
use crate::policy::{Policy, resolve};
use crate::span::FileId;
use crate::value::Date;
use crate::wire::{dossier_json, join};
use proptest::prelude::*;
use std::sync::Arc;

const POLICY: &str = r#"
policy "Support"
  id support
  version 1
  about group

evidence standard rated
  rated C3 or better

evidence standard recent
  from the last 6 months

evidence standard no rivals
  not from rivals of the subject

assistance support

kind group "armed group"
  accepts the unity government : yes or no
  is hostile : yes or no
    presumed no
  headcount : number of fighters
  home region : one of west, east, south, unknown
  last vetting : date
  commander : group
  leaders : list of group
  date : number of days

kind unity government, only one
  has taken office : yes or no
  strength : number of soldiers

definition
  the group is ready
  when the group accepts the unity government and its headcount is at least 20

requirement one "One"
  needs any of
    - the group is ready
    - the group's headcount is between 50 and 100
    - the group's last vetting is within the last 12 months
    - the group's last vetting is 2015-01-01
    - the group's home region is one of west, unknown
    - the group's date is at least 3

requirement rated "The same, rated"
  on rated
  needs the group accepts the unity government or the group's headcount is at least 70

requirement recent "The same, recent"
  on recent
  needs the group accepts the unity government

bar hostile "Hostile, whoever says so"
  on no rivals
  when the group is hostile and the unity government has taken office and the unity government's strength is at most 9
"#;

/// Keys with matching values first, and some values that do not match.
const MEMBERS: [(&str, &[&str]); 18] = [
    ("id", &["\"unit\"", "\"Unit-2\"", "\"\\u0061b\"", "\"a b\"", "3", "null"]),
    ("title", &["\"A unit\"", "\"\\n\"", "null"]),
    ("about", &["\"group\"", "\"Group\"", "\"unity government\"", "null"]),
    ("as_of", &["\"2016-02-15\"", "\"2016-02-14\"", "null", "\"soon\""]),
    ("accepts the unity government", &["true", "false", "null", "\"unknown\"", "\"yes\"", "1"]),
    ("is hostile", &["true", "false", "null", "\"contested\""]),
    (
        "headcount",
        &["0", "49", "50", "100", "101", "1000000000000001", "-1", "1.5", "\"120\"", "{\"at_least\": 60}"],
    ),
    ("the group's headcount", &["70", "null"]),
    ("Home  region", &["\"west\"", "\"East\"", "\"unknown\"", "\"north\"", "null", "[]"]),
    ("last vetting", &["\"2015-01-01\"", "\"2015-02-15\"", "\"2015-02-14\"", "\"2016-02-30\"", "null"]),
    ("commander", &["null", "{\"is\": null}", "{\"is\": \"unit\"}"]),
    ("leaders", &["null", "{\"members\": [], \"complete\": true}"]),
    ("date", &["3", "\"2016-01-01\"", "\"2017-01-01\""]),
    ("grade", &["\"C3\"", "\"D4\"", "\"Z\""]),
    ("is ready", &["true"]),
    ("the unity government has taken office", &["true", "false", "null"]),
    ("the unity government's strength", &["9", "10"]),
    ("headcout", &["1"]),
];

fn policy() -> Arc<Policy> {
    let bundle = crate::bundle::gather(&["a.placet"], &mut |_| Ok(POLICY.into()));
    resolve(&bundle).policy.unwrap()
}

/// Generates a record, mostly of plain members, in any order.
fn record() -> impl Strategy<Value = String> {
    let member = (0..MEMBERS.len(), any::<prop::sample::Index>(), 0..100_u8);
    (any::<bool>(), prop::collection::vec(member, 0..9)).prop_map(|(has_id, members)| {
        let mut texts: Vec<String> = members
            .into_iter()
            .map(|(at, value, odd)| {
                let (key, values) = MEMBERS[at];
                let first = if odd < 80 { values.len().min(2) } else { values.len() };
                format!("\"{key}\": {}", values[value.index(first)])
            })
            .collect();
        if has_id {
            texts.retain(|member| !member.starts_with("\"id\""));
            texts.push("\"id\": \"unit\"".to_owned());
        }
        format!("{{{}}}", texts.join(", "))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn direct_reading_equals_the_dossier(texts in prop::collection::vec(record(), 3)) {
        let policy = policy();
        let day = Date::parse("2016-02-15").unwrap();
        let compiled = compile(&policy, policy.about[0], day);
        let keys = Keys::of(&compiled);
        let mut records = keys.records();
        for text in texts {
            let nothing = nothing_known(&policy.vocabulary, policy.about[0], day);
            let mut masks: Masks = Known::of(&compiled, &nothing).unwrap().masks;
            let id = records.read(&text, |var, cells| *masks.find_mut(var).unwrap() = cells);
            let Some(id) = id else { continue };
            let read = dossier_json::read(FileId(0), &text, &policy.vocabulary, &policy.about);
            prop_assert!(read.problems.is_empty(), "{text}: {:?}", read.problems);
            let mut evidence = Evidence::default();
            prop_assert!(join(&mut evidence, read.dossiers, &policy.vocabulary).is_empty());
            prop_assert_eq!(&*id, evidence.dossiers[0].id.as_str());
            prop_assert!(evidence.dossiers[0].as_of.is_none_or(|as_of| compiled.days.contains(as_of)));
            let case = case(&policy.vocabulary, &evidence, &id, day).unwrap();
            let known = Known::of(&compiled, &case).unwrap();
            prop_assert_eq!(masks, known.masks, "{}", text);
        }
    }
}

#[test]
fn plain_records_are_read_in_any_order() {
    let policy = policy();
    let day = Date::parse("2016-02-15").unwrap();
    let compiled = compile(&policy, policy.about[0], day);
    let keys = Keys::of(&compiled);
    let mut records = keys.records();
    let read = |text: &str, records: &mut Records<'_>| {
        let mut count = 0;
        records.read(text, |_, _| count += 1).map(|id| (id.into_owned(), count))
    };
    let one = r#"{"id": "a", "accepts the unity government": true, "headcount": 4, "home region": null}"#;
    let other = r#"{"headcount": 4, "Accepts the  Unity government": true, "id": "B"}"#;
    for (text, id) in [(one, "a"), (other, "B"), (other, "B"), (one, "a")] {
        assert_eq!(read(text, &mut records), Some((id.to_owned(), 2)), "{text}");
    }
    for text in [
        r#"{"id": "a", "headcount": 4, "headcount": 4}"#,
        r#"{"id": "a", "headcount": 4, "the group's headcount": 4}"#,
        r#"{"id": "a"} {}"#,
        r#"{"id": "a""#,
        r#"{"headcount": 4}"#,
        "[]",
        "",
    ] {
        assert_eq!(read(text, &mut records), None, "{text}");
    }
}
