//! Comparison of policies; every example is run as a scenario.

use placet::analysis::diff::{Diff, Meaning, Side, days, diff};
use placet::bundle::{self, Bundle};
use placet::decision::Outcome::{Eligible, Ineligible, Undetermined};
use placet::diagnostic::any_error;
use placet::policy::{Policy, resolve};
use placet::scenario;
use std::sync::Arc;

const POLICY: &str = r#"
policy "Training"
  id training
  version 1
  about group
  in force from 2016-01-01

assistance support
  assistance training
  assistance equipment
assistance advice

evidence standard sourced
  rated C3 or better
  not from rivals of the subject

kind group "armed group"
  is neutral : yes or no
  is loyal : yes or no
  commits abuses : yes or no
    presumed no
  headcount : number of fighters
  home region : one of west, east, south
  last vetting : date
  commander : person
  leaders : list of person
  reports to : group or national command

kind person "person"
  is designated : yes or no
  is vetted : yes or no

kind national command, only one
  is united : yes or no

definition
  the group is steady
  when all of
    - the group is neutral
    - the group's headcount is at least 50

requirement neutrality "Neutral"
  for support
  needs the group is neutral

requirement loyalty "Loyal"
  for training
  needs the group is loyal

bar abuses "Abuses"
  when the group commits abuses

bar designated "Designated"
  when any of its leaders is designated

bar commander "A designated commander"
  when its commander is designated

requirement command "Under the national command"
  for equipment
  needs the group reports, through any chain, to the national command

waiver mercy "Mercy"
  lifts abuses
  when the national command is united
"#;

fn read(text: &str) -> (Bundle, Arc<Policy>) {
    let texts = bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
    assert!(texts.problems.is_empty(), "{:?}", texts.problems);
    let resolved = resolve(&texts);
    assert!(!any_error(&resolved.problems), "{:?}", resolved.problems);
    (texts, resolved.policy.unwrap())
}

/// Checks that every example passes as a scenario of either policy.
fn run_all(diff: &Diff<'_>, old: &str, new: &str) {
    for turn in &diff.turns {
        for side in Side::BOTH {
            let text = if side == Side::Old { old } else { new };
            let scenario = diff.scenario(turn, side);
            let (texts, policy) = read(&format!("{text}\n{scenario}"));
            let (scenarios, problems) = scenario::read(&texts, &policy);
            assert!(problems.is_empty(), "{scenario}\n{problems:?}");
            let ran = scenario::run(&policy, scenarios.last().unwrap());
            assert!(ran.passed(), "{side:?}\n{scenario}\n{:?}", ran.checks);
        }
    }
}

/// Compares a policy with an edited copy, runs all examples, and passes the result to `see`.
fn edited(edits: &[(&str, &str)], see: impl Fn(&Diff<'_>)) {
    let mut text = POLICY.to_owned();
    for (from, to) in edits {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    let (old, new) = (read(POLICY).1, read(&text).1);
    let days = days(&old, &new).unwrap();
    let diff = diff(&old, &new, &days);
    run_all(&diff, POLICY, &text);
    see(&diff);
}

fn meanings(diff: &Diff<'_>) -> Vec<Meaning> {
    diff.types.iter().map(|one| one.meaning).collect()
}

use Meaning::{Different, Same, SameWhenKnown};

#[test]
fn equivalent_conditions_are_the_same() {
    edited(&[("needs the group is loyal", "needs none of\n    - the group is not loyal")], |diff| {
        assert_eq!(meanings(diff), [Same; 4]);
        assert!(diff.turns.is_empty() && diff.declared.is_empty());
    });
    // One rule becomes two equivalent ones.
    let two = "requirement neutrality \"Neutral\"\n  for training, equipment, support\n  needs the group is neutral\n\n\
               requirement again \"Again\"\n  for support\n  needs any of\n    - the group is neutral\n    - the group is steady\n";
    edited(
        &[("requirement neutrality \"Neutral\"\n  for support\n  needs the group is neutral\n", two)],
        |diff| {
            assert_eq!(meanings(diff), [Same; 4]);
        },
    );
}

#[test]
fn a_stricter_requirement_changes_verdicts_one_way() {
    edited(
        &[("needs the group is loyal", "needs all of\n    - the group is loyal\n    - the group is steady")],
        |diff| {
            assert_eq!(meanings(diff), [Same, Different, Same, Same]);
            let [turn] = diff.turns.as_slice() else { panic!("{:?}", diff.turns) };
            assert_eq!((turn.outcomes.old, turn.outcomes.new), (Eligible, Ineligible));
            assert!(
                turn.given.old.contains(&"    - its headcount is at most 49".to_owned()),
                "{:?}",
                turn.given.old
            );
            let rules: Vec<(&str, Side)> =
                turn.rules.iter().map(|rule| (rule.id.as_str(), rule.side)).collect();
            assert_eq!(rules, [("loyalty", Side::New)]);
        },
    );
}

#[test]
fn a_change_in_both_directions_has_two_examples() {
    edited(&[("needs the group is loyal", "needs the group's home region is one of west, south")], |diff| {
        assert_eq!(meanings(diff), [Same, Different, Same, Same]);
        let ways: Vec<_> = diff.turns.iter().map(|turn| (turn.outcomes.old, turn.outcomes.new)).collect();
        assert_eq!(ways, [(Eligible, Ineligible), (Ineligible, Eligible)]);
    });
}

#[test]
fn examples_invent_people_if_the_change_concerns_them() {
    edited(&[("any of its leaders is designated", "at least 2 of its leaders are designated")], |diff| {
        assert_eq!(meanings(diff), [Different; 4]);
        assert!(
            diff.turns[0].given.new.iter().any(|line| line.contains("person person-1")),
            "{:?}",
            diff.turns[0]
        );
    });
    edited(&[("when its commander is designated", "when its commander is not vetted")], |diff| {
        assert_eq!(meanings(diff), [Different; 4]);
        assert!(diff.turns.len() >= 2, "{:?}", diff.turns);
    });
    edited(&[("reports, through any chain, to the", "reports to the")], |diff| {
        assert_eq!(meanings(diff), [Same, Same, Different, Same]);
    });
}

/// Conditions of several rules on one list are considered together: a condition that the others imply is no change.
#[test]
fn an_implied_list_condition_is_no_change() {
    let start = "requirement command \"Under";
    let with = |rules: &str| format!("{rules}\n\n{start}");
    let clean = "definition\n  the person is clean\n  when the person is not designated or is vetted\n\n\
                 requirement clean \"Clean\"\n  needs all of its leaders are clean";
    edited(&[(start, &with(clean))], |diff| {
        assert_eq!(meanings(diff), [Same; 4]);
        assert!(diff.turns.is_empty());
    });
    let vetted = "requirement vetted \"Vetted\"\n  needs all of its leaders are vetted";
    edited(&[(start, &with(vetted))], |diff| {
        assert_eq!(meanings(diff), [Different; 4]);
        let given = &diff.turns[0].given.old;
        for line in ["    - it is not designated", "    - it is not vetted"] {
            assert!(given.iter().any(|other| other == line), "{given:?}");
        }
    });
}

#[test]
fn a_removed_presumption_shows_without_statements() {
    edited(&[("commits abuses : yes or no\n    presumed no", "commits abuses : yes or no")], |diff| {
        assert_eq!(meanings(diff), [SameWhenKnown; 4]);
        assert!(
            diff.turns.iter().any(|turn| (turn.outcomes.old, turn.outcomes.new) == (Eligible, Undetermined))
        );
        assert_eq!(diff.declared, ["group commits abuses: presumed: no → nothing"]);
    });
    // There are no examples about list members, so the result must not be reported as the same.
    edited(&[("is designated : yes or no", "is designated : yes or no\n    presumed no")], |diff| {
        assert!(meanings(diff).iter().all(|meaning| *meaning == SameWhenKnown), "{:?}", diff.types);
    });
}

#[test]
fn an_added_evidence_standard_is_detected() {
    edited(&[("requirement loyalty \"Loyal\"", "requirement loyalty \"Loyal\"\n  on sourced")], |diff| {
        assert_eq!(meanings(diff), [Same, SameWhenKnown, Same, Same]);
        let [turn] = diff.turns.as_slice() else { panic!("{:?}", diff.turns) };
        assert_eq!((turn.outcomes.old, turn.outcomes.new), (Eligible, Undetermined));
    });
    edited(&[("  rated C3 or better\n", "")], |diff| {
        assert_eq!(meanings(diff), [Same; 4]);
        assert_eq!(diff.declared, ["evidence standard sourced: requirements changed"]);
    });
}

#[test]
fn the_end_of_a_rule_shows_on_the_next_day() {
    edited(
        &[("requirement loyalty \"Loyal\"", "requirement loyalty \"Loyal\"\n  in force until 2016-06-30")],
        |diff| {
            let days: Vec<String> = diff.days.iter().map(ToString::to_string).collect();
            assert_eq!(days, ["2016-01-01", "2016-07-01"]);
            let training = &diff.types[1];
            assert_eq!(training.meaning, Different);
            assert_eq!(training.days.iter().map(ToString::to_string).collect::<Vec<_>>(), ["2016-07-01"]);
        },
    );
}

#[test]
fn types_are_matched_by_name() {
    edited(&[("assistance advice", "assistance counsel")], |diff| {
        let named: Vec<(&str, Meaning)> =
            diff.types.iter().map(|one| (one.name.as_str(), one.meaning)).collect();
        assert_eq!(named[3..], [("advice", Meaning::Removed), ("counsel", Meaning::Added)]);
    });
}

#[test]
fn choices_and_obligations_are_compared() {
    let with = |text: &str, obligation: &str| {
        format!(
            "{POLICY}\nchoice channel\n  \"Army\" when {text}\n  otherwise \"None\"\n\nobligation report \"Report\"\n  \
             who \"{obligation}\"\n  due before delivery\n"
        )
    };
    let (old, new) = (with("the group is loyal", "Donor"), with("the group is neutral", "Ministry"));
    let (old, new) = (read(&old).1, read(&new).1);
    let diff = diff(&old, &new, &days(&old, &new).unwrap());
    assert_eq!(meanings(&diff), [Same; 4]);
    let [channel] = diff.side_diffs.as_slice() else { panic!("{:?}", diff.side_diffs) };
    assert_eq!((channel.name.as_str(), channel.meaning), ("channel", Different));
    assert!(channel.values.is_some() && channel.given.new.len() == 2, "{channel:?}");
    assert_eq!(diff.declared, ["obligation report: by Donor → by Ministry"]);
}

#[test]
fn policies_that_are_never_in_force_together_are_not_compared() {
    let later = POLICY.replace("in force from 2016-01-01", "in force from 2017-01-01");
    let earlier = POLICY.replace("in force from 2016-01-01", "in force from 2016-01-01 until 2016-12-31");
    assert!(days(&read(&earlier).1, &read(&later).1).is_err());
}

#[test]
fn the_json_output_matches_its_schema() {
    let new = POLICY.replace("needs the group is loyal", "needs the group's headcount is at least 50");
    let (before, now) = (read(POLICY).1, read(&new).1);
    let diff = diff(&before, &now, &days(&before, &now).unwrap());
    let text = placet::wire::diff::write(&diff, Some(&[]));
    assert_eq!(text, placet::wire::diff::write(&diff, Some(&[])));
    let tree: serde_json::Value = serde_json::from_str(&text).unwrap();
    let schema: serde_json::Value = serde_json::from_str(placet::wire::DIFF_SCHEMA).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(&tree).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{text}");
    assert_eq!(tree["types"][1]["meaning"], "different");
    insta::assert_snapshot!(placet::wire::diff_markdown::write(&diff, None));
}

/// Both policies share a deep part, which is one gate; only the last rule differs.
#[test]
fn two_hundred_facts_are_compared() {
    let facts = |last: &str| {
        let mut text =
            "policy \"Many\"\n  id many\n  version 1\n  about group\n\nassistance support\n\nkind group\n"
                .to_owned();
        (0..200).for_each(|at| text += &format!("  has met test {at} : yes or no\n"));
        for rule in 0..40 {
            text += &format!("\nrequirement r{rule} \"Rule {rule}\"\n  needs at least 2 of\n");
            (0..5).for_each(|at| text += &format!("    - the group has met test {}\n", rule * 5 + at));
            text += &format!("    - the group has met test {}\n", (rule * 7 + 3) % 200);
        }
        text + &format!("\nbar last \"Last\"\n  when {last}\n")
    };
    let old = read(&facts("the group has not met test 7")).1;
    let new = read(&facts("the group has not met test 8")).1;
    let diff = diff(&old, &new, &days(&old, &new).unwrap());
    assert_eq!(meanings(&diff), [Different]);
    let ways: Vec<_> = diff.turns.iter().map(|turn| (turn.outcomes.old, turn.outcomes.new)).collect();
    assert_eq!(ways, [(Eligible, Ineligible), (Ineligible, Eligible)]);
}
