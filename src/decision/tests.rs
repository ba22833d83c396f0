//! Decisions on small policies, from the text to the sentences.

use super::{Decision, Node, Outcome, RuleStatus, Verdict, decide};
use crate::bundle::gather;
use crate::diagnostic::Severity;
use crate::evidence::{Evidence, read};
use crate::policy::{Policy, resolve};
use crate::value::{Date, Truth};
use std::sync::Arc;

mod lists;

/// Reads a policy and its dossiers from one text, which must have no errors.
pub(super) fn load(text: &str) -> (Arc<Policy>, Evidence) {
    let bundle = gather(&["test.placet"], &mut |_| Ok(text.into()));
    let resolved = resolve(&bundle);
    let (evidence, problems) = read(&bundle, &resolved.vocabulary);
    let all = bundle.problems.iter().chain(&resolved.problems).chain(&problems);
    let errors: Vec<_> = all.filter(|problem| problem.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    (resolved.policy.expect("there is a policy"), evidence)
}

pub(super) fn day(text: &str) -> Date {
    Date::parse(text).expect("a day")
}

/// Returns the verdict on the type with this name.
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

/// Returns a verdict as lines of text.
pub(super) fn written(decision: &Decision<'_>, name: &str) -> String {
    let verdict = on(decision, name);
    let mut text = format!("{:?}{}\n", verdict.outcome, if verdict.exact { "" } else { ", sound only" });
    for rule in &verdict.rules {
        text.push_str(&format!("rule {} {:?}\n", decision.policy.rules[rule.rule].header.id, rule.status));
        let mut tree = String::new();
        draw(&rule.tree, 1, &mut tree);
        text.push_str(&tree);
    }
    let sentences = |findings: &[super::KnownFact<'_>]| {
        findings.iter().map(|finding| finding.text.clone()).collect::<Vec<_>>().join("; ")
    };
    for reason in &verdict.reasons {
        text.push_str(&format!("because {}\n", sentences(reason)));
    }
    if !verdict.together.is_empty() {
        let rules = verdict.together.iter().map(|rule| decision.policy.rules[*rule].header.id.as_str());
        text.push_str(&format!("not together {}\n", rules.collect::<Vec<_>>().join(", ")));
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
    for presumed in &verdict.presumptions {
        text.push_str(&format!("presumed {}\n", presumed.text));
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

/// Reads a policy of some blocks over the small vocabulary, and a dossier with some statements and members.
fn small(blocks: &str, statements: &str, members: &str) -> (Arc<Policy>, Evidence) {
    let vocabulary =
        SMALL.split("kind group").nth(1).and_then(|rest| rest.split("requirement accepts").next());
    let vocabulary = vocabulary.expect("the vocabulary");
    let statements: String = statements.lines().map(|line| format!("  {line}\n")).collect();
    load(&format!(
        "policy \"T\"\n  id t\n  version 1\n  about group\n  in force from 2016-01-01\n\n\
         assistance training\n\nkind group{vocabulary}\n{blocks}\n\
         dossier a \"A\"\n  about group\n{statements}\n{members}\n"
    ))
}

/// Returns the verdict on a day as lines of text.
fn verdict_text(blocks: &str, statements: &str, members: &str, date: &str) -> String {
    let (policy, evidence) = small(blocks, statements, members);
    let decision = decide(&policy, &evidence, "a", day(date), None).expect("decided");
    written(&decision, "training")
}

/// Returns the outcome of one requirement, with `?` if it is sound only.
fn answer(needs: &str, statements: &str, members: &str) -> String {
    let (policy, evidence) = small(&format!("requirement r \"R\"\n  needs {needs}\n"), statements, members);
    let decision = decide(&policy, &evidence, "a", day("2016-02-01"), None).expect("decided");
    let verdict = on(&decision, "training");
    let outcomes = super::outcomes(&policy, &evidence, "a", day("2016-02-01")).expect("decided");
    assert_eq!(outcomes.first().map(|(_, outcome, _)| *outcome), Some(verdict.outcome));
    let word = match verdict.outcome {
        Outcome::Eligible => "yes",
        Outcome::Ineligible => "no",
        Outcome::Undetermined => "open",
    };
    format!("{word}{}", if verdict.exact { "" } else { "?" })
}

#[test]
fn partial_knowledge_settles_outcomes() {
    let both = "the group is neutral or the group is not neutral";
    assert_eq!(answer(both, "", ""), "yes");
    assert_eq!(answer("the group is neutral and the group is not neutral", "", ""), "no");
    assert_eq!(answer("the group is neutral", "", ""), "open");
    let number = "the group's headcount is at least 50 or the group's headcount is less than 50";
    assert_eq!(answer(number, "", ""), "yes");
    assert_eq!(answer("the group's headcount is at least 50", "- its headcount is at least 60", ""), "yes");
    assert_eq!(answer("the group's headcount is at least 50", "- its headcount is at least 40", ""), "open");
    assert_eq!(answer("the group's home region is west", "- its home region is not west", ""), "no");
    let contested = "- its home region is west\n- its home region is south";
    assert_eq!(answer("the group's home region is one of west, south", contested, ""), "yes");
    assert_eq!(answer("the group's home region is west", contested, ""), "open");
}

#[test]
fn lists_that_are_not_complete_stay_open_unless_presumptions_settle_them() {
    let some = "- its leaders include c";
    let all = "- its leaders are c and no others";
    let fine = "\n  person c \"C\"\n    - is not designated\n";
    assert_eq!(answer("none of its leaders is designated", some, fine), "open");
    assert_eq!(answer("none of its leaders is designated", all, fine), "yes");
    assert_eq!(answer("none of its leaders is suspected", some, fine), "yes");
    assert_eq!(answer("all of its leaders are suspected", some, fine), "no");
    assert_eq!(answer("at least 2 of its leaders are not suspected", some, fine), "open");
    assert_eq!(answer("at most 1 of its leaders are not suspected", all, fine), "yes");
    assert_eq!(answer("any of its leaders is designated", "- it has no leaders", ""), "no");
    assert_eq!(answer("all of its leaders are designated", "- it has no leaders", ""), "yes");
    let either = "any of its leaders is designated or all of its leaders are not designated";
    assert_eq!(answer(either, "", ""), "yes");
    let exactly = "exactly 1 of its leaders is not designated";
    assert_eq!(answer(exactly, all, fine), "yes");
    assert_eq!(answer(exactly, some, fine), "open");
}

#[test]
fn omitted_correlation_is_sound_only() {
    let two = "any of its leaders is designated or none of its leaders has been convicted";
    assert_eq!(answer(two, "", ""), "open");
    let chains = "any of its parent, through any chain, is neutral and any of its parent, through any chain, is not neutral";
    assert_eq!(answer(chains, "- its parent is b", "\ndossier b \"B\"\n  about group\n"), "open?");
    assert_eq!(answer("any of its leaders is designated or the group is neutral", "", ""), "open");
    assert_eq!(answer(two, "- its leaders are c and no others", "\n  person c \"C\"\n"), "open");
}

#[test]
fn chains_and_cycles_are_followed() {
    let chain = "the group reports, through any chain, to the national command";
    let to_b = "- it reports to b";
    let dossier = |to: &str| format!("\ndossier b \"B\"\n  about group\n  - it reports to {to}\n");
    assert_eq!(answer(chain, to_b, &dossier("the national command")), "yes");
    assert_eq!(answer(chain, to_b, &dossier("no one")), "no");
    assert_eq!(answer(chain, to_b, &dossier("a")), "no");
    assert_eq!(answer(chain, to_b, "\ndossier b \"B\"\n  about group\n"), "open");
    assert_eq!(answer(chain, "", ""), "open");
    let direct = "the group reports to the national command";
    assert_eq!(
        answer(&format!("{chain} or the group does not report to the national command"), "", ""),
        "yes"
    );
    assert_eq!(answer(direct, "- it does not report to the national command", ""), "no");
    assert_eq!(answer(chain, "- it does not report to the national command", ""), "open");
    let contested = "- it reports to b\n- it reports to the national command";
    assert_eq!(answer(chain, contested, &dossier("the national command")), "yes");
    assert_eq!(answer(chain, contested, &dossier("no one")), "open");
    assert_eq!(answer(chain, contested, &dossier("a")), "open");
    let ancestor = "any of its parent, through any chain, is neutral";
    let parent = |statements: &str| format!("\ndossier b \"B\"\n  about group\n{statements}");
    assert_eq!(answer(ancestor, "- its parent is b", &parent("  - it is neutral\n")), "yes");
    assert_eq!(
        answer(ancestor, "- its parent is b", &parent("  - it is not neutral\n  - its parent is a\n")),
        "open"
    );
    assert_eq!(
        answer(
            ancestor,
            "- its parent is b\n- it is not neutral",
            &parent("  - it is not neutral\n  - its parent is a\n")
        ),
        "no"
    );
    let violent = "any of its parent, through any chain, commits gross violations";
    assert_eq!(answer(violent, "", ""), "no");
}

#[test]
fn a_test_of_no_one_fails() {
    assert_eq!(answer("its commander has been convicted", "- its commander is no one", ""), "no");
    assert_eq!(answer("its commander has not been convicted", "- its commander is no one", ""), "no");
    let either = "its commander has been convicted or its commander has not been convicted";
    assert_eq!(answer(either, "- its commander is no one", ""), "no");
    assert_eq!(answer(either, "", ""), "open");
    assert_eq!(answer(either, "- its commander is c", "\n  person c \"C\"\n"), "yes");
}

#[test]
fn waivers_lift_rules_while_in_force() {
    let blocks = r#"
bar violations "Violations"
  when the group commits gross violations

bar single "Single faction", absolute
  when the group is a single faction

waiver interest "Interest"
  lifts violations
  when the group is neutral
  in force from 2016-01-15 until 2016-03-31
"#;
    let statements = "- it commits gross violations\n- it is neutral\n- it is not a single faction";
    insta::assert_snapshot!(verdict_text(blocks, statements, "", "2016-02-01"));
    insta::assert_snapshot!(verdict_text(blocks, statements, "", "2016-04-01"));
}

#[test]
fn outcomes_hold_until_evidence_is_too_old() {
    let blocks = r#"
evidence standard recent
  from the last 3 months

requirement r "R"
  on recent
  needs the group is neutral

requirement vetted "Vetted"
  needs the group's last vetting is within the last 12 months
"#;
    let statements = "- it is neutral\n    from \"a witness\", on 2015-11-30\n\
                      - its last vetting is 2015-10-01";
    insta::assert_snapshot!(verdict_text(blocks, statements, "", "2016-02-01"));
    insta::assert_snapshot!(verdict_text(blocks, statements, "", "2016-06-01"));
    let promised = "- it is neutral\n    from \"a witness\", on 2016-02-15\n\
                    - its last vetting is 2015-10-01";
    insta::assert_snapshot!(verdict_text(blocks, promised, "", "2016-02-01"));
}

#[test]
fn definitions_nest_to_any_depth() {
    let mut text = String::from("definition\n  the group is sound0\n  when the group is neutral\n");
    let depth = 3_000;
    for at in 1..=depth {
        text.push_str(&format!(
            "\ndefinition\n  the group is sound{at}\n  when exactly 1 of\n    - the group is sound{}\n    \
             - the group is sound{}\n",
            at - 1,
            at / 2,
        ));
    }
    text.push_str(&format!("\nrequirement r \"R\"\n  needs the group is sound{depth}\n"));
    let (policy, evidence) = small(&text, "- it is neutral", "");
    let decision = decide(&policy, &evidence, "a", day("2016-02-01"), None).expect("decided");
    assert_eq!(on(&decision, "training").outcome, Outcome::Ineligible);
}

#[test]
fn errors_name_their_cause() {
    let (policy, evidence) = small("", "", "\n  person c \"C\"\n\ndossier p \"P\"\n  about person\n");
    let problem = |dossier: &str, date: &str| {
        decide(&policy, &evidence, dossier, day(date), None).err().map(|problem| problem.to_string())
    };
    let expected = |text: &str| Some(text.to_owned());
    assert_eq!(problem("z", "2016-02-01"), expected("unknown dossier `z`"));
    assert_eq!(
        problem("p", "2016-02-01"),
        expected("dossier `p` is about a person, but the policy is about group")
    );
    assert_eq!(problem("a", "2015-02-01"), expected("policy `t` version 1 is not in force on 2015-02-01"));
}

/// Returns the reasons, each as one line.
fn reasons(blocks: &str, statements: &str, members: &str) -> Vec<String> {
    let text = verdict_text(blocks, statements, members, "2016-02-01");
    text.lines().filter_map(|line| line.strip_prefix("because ")).map(str::to_owned).collect()
}

#[test]
fn complete_lists_have_their_own_sentence() {
    let exactly = "requirement r \"R\"\n  needs exactly 1 of its leaders is not designated\n";
    assert_eq!(reasons(exactly, "- it has no leaders", ""), ["the group has no leaders"]);
    let none = "requirement r \"R\"\n  needs none of its leaders has been convicted\n";
    let fine = "\n  person c \"Commander C\"\n    - has not been convicted\n";
    assert_eq!(
        reasons(none, "- its leaders are c and no others", fine),
        ["Commander C has not been convicted; the group has no leaders other than Commander C"]
    );
    let both = format!("{none}\nrequirement s \"S\"\n  needs none of its leaders is designated\n");
    assert_eq!(reasons(&both, "- it has no leaders", ""), ["the group has no leaders"]);
    let many = "- its leaders are c, d, e, f, g and no others\n- it is not neutral";
    let five: String = ["c", "d", "e", "f", "g"]
        .map(|id| format!("\n  person {id} \"{id}\"\n    - is not designated\n"))
        .concat();
    let all = "requirement r \"R\"\n  needs any of its leaders is designated\n";
    let reason = reasons(all, many, &five).concat();
    assert!(reason.contains("the group has no further leaders"), "{reason}");
}

#[test]
fn presumptions_are_listed() {
    let bar = "bar v \"V\"\n  when the group commits gross violations\n";
    let text = verdict_text(bar, "", "", "2016-02-01");
    assert!(text.contains("presumed the group does not commit gross violations\n"), "{text}");
}

#[test]
fn absolute_bars_are_the_first_reason() {
    let blocks = r#"
requirement command "Command"
  needs the national command is being re-unified

requirement neutral "Neutral"
  needs the group is neutral

bar violations "Violations"
  when the group commits gross violations

bar designated "Designated", absolute
  when the group is a single faction
"#;
    let statements = "- the national command is not being re-unified\n- it is not neutral\n\
                      - it commits gross violations\n- it is a single faction";
    assert_eq!(
        reasons(blocks, statements, ""),
        [
            "the group is a single faction",
            "the group commits gross violations",
            "the group is not neutral",
            "the national command is not being re-unified",
        ]
    );
}

/// Returns the questions about missing facts, and the sentences of the changes, for one requirement.
fn questions_and_changes(needs: &str, statements: &str, members: &str) -> (Vec<String>, Vec<String>) {
    let (policy, evidence) = small(&format!("requirement r \"R\"\n  needs {needs}\n"), statements, members);
    let decision = decide(&policy, &evidence, "a", day("2016-02-01"), None).expect("decided");
    let verdict = on(&decision, "training");
    let changes = verdict.changes.iter();
    let changes = changes.map(|set| set.iter().map(|one| one.text.clone()).collect::<Vec<_>>().join("; "));
    (verdict.missing.iter().map(|missing| missing.fact.question.clone()).collect(), changes.collect())
}

#[test]
fn default_questions_follow_the_type() {
    let person = "\n  person c \"Commander C\"\n    - is not designated\n";
    let some = "- its leaders include c";
    for (needs, statements, question) in [
        ("the group is neutral", "", "Is the group neutral?"),
        (
            "the group commits gross violations",
            "- it is contested whether the group commits gross violations",
            "Does the group commit gross violations?",
        ),
        ("the group's headcount is at least 50", "", "What is the group's headcount (a number of fighters)?"),
        ("the group's last vetting is before 2016-01-01", "", "What is the group's last vetting (a date)?"),
        ("the group's home region is west", "", "Which is the group's home region: west, east or south?"),
        (
            "the group reports to the national command",
            "",
            "Which group or national command does the group report to, if any?",
        ),
        ("any of its leaders is designated", "", "Who are the group's leaders, and are there others?"),
        (
            "any of its leaders is designated",
            some,
            "Are there further leaders of the group that are designated?",
        ),
        (
            "at least 2 of its leaders are not designated",
            some,
            "How many further leaders of the group are not designated?",
        ),
        (
            "at least 2 of its leaders are not suspected",
            some,
            "How many leaders does the group have other than Commander C?",
        ),
    ] {
        let (questions, _) = questions_and_changes(needs, statements, person);
        assert_eq!(questions.first().map(String::as_str), Some(question), "{needs}");
    }
}

#[test]
fn changes_are_feasible() {
    let person = "\n  person c \"Commander C\"\n    - has been convicted\n";
    let changes = |needs: &str, statements: &str| questions_and_changes(needs, statements, person).1;
    assert_eq!(
        changes(
            "none of its leaders is designated and the group's headcount is at most 1",
            "- it has no leaders\n- its headcount is 7"
        ),
        ["the group's headcount is at most 1 fighter"]
    );
    assert_eq!(
        changes(
            "the group's last vetting is not within the last 3 months",
            "- its last vetting is 2016-01-01"
        ),
        ["the group's last vetting is before 2015-11-01"]
    );
    assert_eq!(
        changes(
            "the group's home region is not east",
            "- it is contested whether the group's home region is east"
        ),
        ["the group's home region is west or south"]
    );
    let text = verdict_text(
        "bar b \"B\"\n  when its commander has been convicted\n",
        "- its commander is c and no one else",
        person,
        "2016-02-01",
    );
    // Among sets of equal size, removing the commander comes last.
    let sets: Vec<&str> = text.lines().filter(|line| line.starts_with("change")).collect();
    assert_eq!(
        sets,
        ["change Change Commander C has not been convicted", "change Change the group has no commander"]
    );
    assert_eq!(
        changes("at least 2 of its leaders have been convicted", "- its leaders are c and no others"),
        ["the group has further leaders, at least 1 of whom has been convicted"]
    );
}
