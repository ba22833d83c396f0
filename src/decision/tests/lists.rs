//! Several rules on the members of one list, compared with all possible lists.

use super::{day, load, on};
use crate::decision::{Outcome, Verdict, decide};
use proptest::prelude::*;

const VOCABULARY: &str = r#"
policy "Training"
  id training
  version 1
  about group

assistance training

kind group
  leaders : list of person

kind person
  is able : yes or no
  is brave : yes or no

definition
  the person is sound
  when the person is able and is brave

definition
  the person is fit
  when the person is able or is brave

dossier militia
  about group
"#;

/// Whether a condition holds of a member, given whether it is able and whether it is brave.
type Holds = fn(bool, bool) -> bool;

/// Whether enough members meet a condition, given how many do and how many there are.
type Meet = fn(u32, u32) -> bool;

/// The conditions on a member, each with whether it holds.
const CONDITIONS: [(&str, Holds); 8] = [
    ("able", |able, _| able),
    ("not able", |able, _| !able),
    ("brave", |_, brave| brave),
    ("not brave", |_, brave| !brave),
    ("sound", |able, brave| able && brave),
    ("not sound", |able, brave| !(able && brave)),
    ("fit", |able, brave| able || brave),
    ("not fit", |able, brave| !(able || brave)),
];

/// The quantifiers, each with whether enough members meet a condition.
const QUANTIFIERS: [(&str, Meet); 6] = [
    ("all of its leaders are", |meeting, all| meeting == all),
    ("any of its leaders is", |meeting, _| meeting > 0),
    ("none of its leaders is", |meeting, _| meeting == 0),
    ("at least 2 of its leaders are", |meeting, _| meeting >= 2),
    ("at most 2 of its leaders are", |meeting, _| meeting <= 2),
    ("exactly 2 of its leaders are", |meeting, _| meeting == 2),
];

/// A rule: the indexes of its quantifier and its condition.
type Rule = (usize, usize);

/// Returns the text of the policy with some rules.
fn policy(rules: &[Rule]) -> String {
    let rules = rules.iter().enumerate().map(|(at, (quantifier, condition))| {
        format!(
            "\nrequirement r{at} \"R{at}\"\n  needs {} {}\n",
            QUANTIFIERS[*quantifier].0, CONDITIONS[*condition].0
        )
    });
    format!("{VOCABULARY}{}", rules.collect::<String>())
}

/// Returns whether a list meets a rule. The list is given by the numbers of its members that are neither, only brave,
/// only able, and both.
fn meets((quantifier, condition): &Rule, list: &[u32; 4]) -> bool {
    let holds = |sort: &usize| CONDITIONS[*condition].1(sort & 2 != 0, sort & 1 != 0);
    let meeting = (0..4).filter(holds).map(|sort| list[sort]).sum();
    QUANTIFIERS[*quantifier].1(meeting, list.iter().sum())
}

/// Returns all lists of up to `most` members.
fn lists(most: u32) -> Vec<[u32; 4]> {
    let counts = || 0..=most;
    let all = counts().flat_map(|a| counts().flat_map(move |b| counts().map(move |c| (a, b, c))));
    let all = all.flat_map(|(a, b, c)| counts().map(move |d| [a, b, c, d]));
    all.filter(|list| list.iter().sum::<u32>() <= most).collect()
}

fn decided(rules: &[Rule], check: impl FnOnce(&Verdict<'_>)) {
    let (policy, evidence) = load(&policy(rules));
    let decision = decide(&policy, &evidence, "militia", day("2016-02-15"), None).unwrap();
    check(on(&decision, "training"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn verdicts_match_all_lists(rules in prop::collection::vec((0..6_usize, 0..8_usize), 1..4)) {
        // Three rules distinguish at most two members each, and one more.
        let met: Vec<bool> =
            lists(7).iter().map(|list| rules.iter().all(|rule| meets(rule, list))).collect();
        let outcome = match (met.contains(&true), met.contains(&false)) {
            (true, true) => Outcome::Undetermined,
            (true, false) => Outcome::Eligible,
            _ => Outcome::Ineligible,
        };
        decided(&rules, |verdict| {
            assert_eq!((verdict.outcome, verdict.exact), (outcome, true), "{}", policy(&rules));
            assert_eq!(verdict.out_of_reach, outcome == Outcome::Ineligible);
            // There are no statements, so only the rules exclude each other.
            let is_conflict = verdict.reasons.is_empty() && !verdict.together.is_empty();
            let fails = verdict.rules.iter().any(|rule| rule.status == crate::decision::RuleStatus::Failed);
            assert!(outcome != Outcome::Ineligible || is_conflict || fails);
        });
    }
}

#[test]
fn conflicting_changes_are_not_proposed() {
    // All are able, none is sound, at least one is brave, and at least two are fit.
    let rules = [(0, 0), (2, 4), (1, 2), (3, 6)];
    decided(&rules, |verdict| {
        assert_eq!((verdict.outcome, verdict.exact), (Outcome::Ineligible, true));
        assert!(verdict.changes.is_empty() && verdict.out_of_reach);
        let rules = verdict.together.iter().map(|rule| rule.0).collect::<Vec<_>>();
        assert_eq!(rules, [0, 1, 2]);
    });
    // All are able, none is sound, and at least two are fit, which every able member is.
    decided(&[(0, 0), (2, 4), (3, 6)], |verdict| {
        assert_eq!((verdict.outcome, verdict.exact), (Outcome::Undetermined, true));
        let changes: Vec<Vec<&str>> = verdict
            .changes
            .iter()
            .map(|set| set.iter().map(|change| change.text.as_str()).collect())
            .collect();
        insta::assert_snapshot!(changes.iter().map(|set| set.join("; ")).collect::<Vec<_>>().join("\n"));
    });
}
