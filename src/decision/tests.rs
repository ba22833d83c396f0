//! Decisions on small policies, from their text to their sentences.

use super::{Decision, Node, Outcome, RuleStatus, Verdict, decide};
use crate::bundle::gather;
use crate::evidence::{Evidence, read};
use crate::policy::{Policy, resolve};
use crate::value::{Date, Truth};

/// A policy and its dossiers from one text, which must be without fault.
pub(super) fn load(text: &str) -> (Policy, Evidence) {
    let bundle = gather(&["test.placet"], &mut |_| Ok(text.into()));
    let resolved = resolve(&bundle);
    let (evidence, problems) = read(&bundle, &resolved.vocabulary);
    let all: Vec<_> = bundle.problems.iter().chain(&resolved.problems).chain(&problems).collect();
    assert!(all.is_empty(), "{all:#?}");
    (resolved.policy.expect("there is a policy"), evidence)
}

pub(super) fn day(text: &str) -> Date {
    Date::parse(text).expect("a day")
}

/// The verdict on the type of a name.
pub(super) fn on<'d, 'a>(decision: &'d Decision<'a>, name: &str) -> &'d Verdict<'a> {
    decision
        .verdicts
        .iter()
        .find(|verdict| decision.policy.assistance[verdict.assistance].name == name)
        .expect("such a type")
}

fn draw(node: &Node, depth: usize, into: &mut String) {
    let truth = match node.truth {
        Truth::Yes => "yes",
        Truth::No => "no",
        Truth::Open => "open",
    };
    let known = node.known.as_ref().map(|known| format!(" [{known}]")).unwrap_or_default();
    into.push_str(&format!("{}{}: {truth}{known}\n", "  ".repeat(depth), node.text));
    for child in &node.children {
        draw(child, depth + 1, into);
    }
}

/// A verdict as lines of text.
pub(super) fn written(decision: &Decision<'_>, name: &str) -> String {
    let verdict = on(decision, name);
    let mut text = format!("{:?}{}\n", verdict.outcome, if verdict.exact { "" } else { ", sound only" });
    for rule in &verdict.rules {
        text.push_str(&format!("rule {} {:?}\n", decision.policy.rules[rule.rule].id, rule.status));
        let mut tree = String::new();
        draw(&rule.tree, 1, &mut tree);
        text.push_str(&tree);
    }
    let sentences = |findings: &[super::Finding<'_>]| {
        findings.iter().map(|finding| finding.text.clone()).collect::<Vec<_>>().join("; ")
    };
    for reason in &verdict.reasons {
        text.push_str(&format!("because {}\n", sentences(reason)));
    }
    for missing in &verdict.missing {
        text.push_str(&format!("missing {} {:?}\n", missing.fact.text, missing.weight));
    }
    for changes in &verdict.changes {
        let each: Vec<String> =
            changes.iter().map(|change| format!("{:?} {}", change.word, change.text)).collect();
        text.push_str(&format!("change {}\n", each.join("; ")));
    }
    if verdict.out_of_reach {
        text.push_str("out of reach\n");
    }
    for chosen in &verdict.choices {
        text.push_str(&format!("choice {}\n", chosen.values.join(" | ")));
    }
    for fact in &verdict.presumptions {
        text.push_str(&format!("presumed {}\n", fact.text));
    }
    if let Some(day) = verdict.holds_until {
        text.push_str(&format!("until {day}\n"));
    }
    text
}

const SMALL: &str = r#"
policy "Training"
  id training
  version 1
  about group
  in force from 2016-01-01

assistance support
  assistance training
  assistance equipment

kind group
  accepts the unity government : yes or no
  is neutral : yes or no
  is a single faction : yes or no
  commits gross violations : yes or no
    presumed no
  headcount : number of fighters
  home region : one of west, east, south
    fixed
  last vetting : date
  commander : person
  leaders : list of person
  parent : group
  reports to : group or national command

kind person
  is designated : yes or no
  has been convicted : yes or no
  is suspected : yes or no
    presumed no

kind national command, only one
  is being re-unified : yes or no

requirement accepts "Accepts"
  needs the group accepts the unity government

requirement neutral "Neutral"
  for training
  when the group is a single faction
  needs all of
    - the group is neutral
    - the group's headcount is at least 50 fighters

bar designated "Designated"
  for equipment
  when any of its leaders is designated or its commander has been convicted

bar violations "Violations"
  when the group commits gross violations

requirement chain "Chain"
  for equipment
  needs the group reports, through any chain, to the national command

choice channel "Channel"
  "National" when the national command is being re-unified
  otherwise "None"

dossier a "A"
  about group
  - the group accepts the unity government
  - the group is a single faction
  - the group's headcount is at least 60
  - the group's commander is c and no one else
  - its leaders are c, d and no others
  - it reports to b

  person c "Commander C"
    - is not designated
  person d "Commander D"

dossier b "B"
  about group
  - it reports to the national command
"#;

#[test]
fn a_small_policy_is_decided() {
    let (policy, evidence) = load(SMALL);
    let decision = decide(&policy, &evidence, "a", day("2016-02-01"), None).expect("decided");
    insta::assert_snapshot!(written(&decision, "training"));
    insta::assert_snapshot!(written(&decision, "equipment"));
    assert_eq!(on(&decision, "training").outcome, Outcome::Undetermined);
    assert_eq!(on(&decision, "training").rules.first().map(|rule| rule.status), Some(RuleStatus::Met));
}
