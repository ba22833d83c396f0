//! Evidence standards, end to end on small dossiers: what they apply to, and which statements do not count.

use placet::bundle::gather;
use placet::decision::{Decision, Outcome, decide};
use placet::diagnostic::Severity;
use placet::evidence;
use placet::policy;
use placet::value::Date;
use placet::wire::{decision as json, decision_markdown, words};

const POLICY: &str = r#"
policy "Standards"
  id      standards
  version 1
  about   unit
  on credible information

assistance training

kind unit "unit"
  commander : person
  parent : unit
  incidents : list of incident
  is vetted : yes or no
  is hostile : yes or no
    presumed no

kind incident "incident"
  is torture : yes or no
    presumed no

kind person "person"
  is designated : yes or no
    presumed no
"#;

const CREDIBLE: &str = "\nevidence standard credible information\n  rated C3 or better\n";

/// Decides on a unit with statements, under rules and the lines of a standard.
fn with<T>(rules: &str, lines: &str, statements: &str, look: impl FnOnce(&Decision<'_>) -> T) -> T {
    let dossier = format!("\ndossier d \"The battalion\"\n  about unit\n  as of 2024-01-01\n{statements}");
    let text = format!("{POLICY}{CREDIBLE}{lines}\n{rules}{dossier}");
    let bundle = gather(&["a.placet"], &mut |_| Ok(text.clone().into()));
    let resolved = policy::resolve(&bundle);
    let (evidence, problems) = evidence::read(&bundle, &resolved.vocabulary);
    let mut found = bundle.problems.iter().chain(&resolved.problems).chain(&problems);
    assert!(found.all(|problem| problem.severity != Severity::Error), "{text}");
    let policy = resolved.policy.unwrap();
    look(&decide(&policy, &evidence, "d", Date::parse("2024-01-01").unwrap(), None).unwrap())
}

fn outcome(rules: &str, lines: &str, statements: &str) -> Outcome {
    with(rules, lines, statements, |decision| decision.verdicts[0].outcome)
}

const COMMANDER: &str = "bar b \"Designated commander\"\n  when its commander is designated\n";
const INCIDENTS: &str = "bar b \"Torture\"\n  when any of its incidents is torture\n";
const CHAIN: &str = "bar b \"Hostile above\"\n  when any of its parent, through any chain, is hostile\n";

#[test]
fn an_unrated_relation_on_the_path_does_not_hide_a_rated_report() {
    let statements = "  - its commander is ali and no one else\n\n  person ali \"Ali\"\n    - is designated\n        from \"Treasury list\", rated A1, on 2023-01-01\n";
    assert_eq!(outcome(COMMANDER, "", statements), Outcome::Ineligible);
    let everywhere = "  ratings apply to relations and lists\n";
    assert_eq!(outcome(COMMANDER, everywhere, statements), Outcome::Eligible);
}

#[test]
fn an_unrated_list_on_the_path_does_not_hide_a_rated_report() {
    let statements = "  - its incidents are first and no others\n\n  incident first \"First\"\n    - is torture\n        from \"Court\", rated A1, on 2023-01-01\n";
    assert_eq!(outcome(INCIDENTS, "", statements), Outcome::Ineligible);
}

#[test]
fn a_statement_of_a_rival_about_a_list_can_be_excluded() {
    let statements = "  - its incidents are first and no others\n      from \"a rival unit\", a rival, rated A1\n\n  incident first \"First\"\n    - is torture\n        from \"Court\", rated A1, on 2023-01-01\n";
    assert_eq!(outcome(INCIDENTS, "", statements), Outcome::Ineligible);
    assert_eq!(outcome(INCIDENTS, "  not from rivals of the subject\n", statements), Outcome::Eligible);
}

#[test]
fn a_chain_tests_the_relation_itself() {
    let rated = "  - its parent is north and no one else\n      from \"x\", rated A1\n\n  unit north \"North\"\n    - its parent is no one\n        from \"x\", rated A1\n    - is hostile\n        from \"x\", rated A1\n";
    assert_eq!(outcome(CHAIN, "", rated), Outcome::Ineligible);
    let unrated = rated.replacen("      from \"x\", rated A1\n", "", 1);
    assert_ne!(outcome(CHAIN, "", &unrated), Outcome::Ineligible);
}

const HOSTILE: &str = "bar b \"Hostile\"\n  when the unit is hostile\n";
const ACCUSED: &str = "  - it is hostile\n      from \"a neighbour\", rated D4\n";

#[test]
fn omitted_statements_that_would_change_the_verdict_are_shown_everywhere() {
    with(HOSTILE, "", ACCUSED, |decision| {
        let verdict = &decision.verdicts[0];
        assert_eq!(
            (verdict.outcome, verdict.omitted.outcome),
            (Outcome::Eligible, Some(Outcome::Ineligible))
        );
        let [one] = verdict.omitted.statements.as_slice() else { panic!("one statement") };
        let line = words::omitted_statement(one, &decision.policy.vocabulary);
        assert_eq!(line, "is hostile: yes (a neighbour, rated D4); left out, rated too low");
        let document: serde_json::Value =
            serde_json::from_str(&json::write(std::slice::from_ref(decision))).unwrap();
        let left_out = &document["subjects"][0]["verdicts"][0]["left_out"];
        let statement = &document["subjects"][0]["statements"]
            [left_out["statements"][0]["statement"].as_u64().unwrap() as usize];
        assert_eq!((&left_out["verdict"], &left_out["cut_short"]), (&"ineligible".into(), &false.into()));
        assert_eq!(statement["told"], "a neighbour");
        let page = decision_markdown::write(decision);
        assert!(
            page.contains("If this statement counted, it would be not eligible:\n\n- is hostile: yes"),
            "{page}"
        );
    });
}

#[test]
fn a_presumption_mentions_statements_that_do_not_count() {
    let page = |statements: &str| with(HOSTILE, "", statements, decision_markdown::write);
    assert!(page("").contains("Presumed, since there are no statements:"));
    let accused = page(ACCUSED);
    assert!(!accused.contains("there are no statements"), "{accused}");
    assert!(
        accused.contains(
            "Presumed, since no statement counts:\n\n- the unit is not hostile (left out, rated too low"
        ),
        "{accused}"
    );
}

#[test]
fn two_omitted_statements_are_listed_if_neither_suffices_alone() {
    let rule = "requirement r \"Vetted\"\n  needs all of\n    - the unit is vetted\n    - its commander is designated\n";
    let statements = "  - it is vetted\n      from \"x\", rated D4\n  - its commander is ali\n\n  person ali \"Ali\"\n    - is designated\n        from \"y\", rated D4\n";
    with(rule, "", statements, |decision| {
        let omitted = &decision.verdicts[0].omitted;
        assert_eq!((omitted.statements.len(), omitted.cut_short), (1, false));
        assert_eq!(omitted.outcome, Some(Outcome::Undetermined));
    });
    let either =
        "bar r \"Both\"\n  when all of\n    - the unit is hostile\n    - its commander is designated\n";
    let statements = statements.replace("it is vetted", "it is hostile");
    with(either, "", &statements, |decision| {
        let omitted = &decision.verdicts[0].omitted;
        assert_eq!((omitted.statements.len(), omitted.cut_short), (2, false));
        assert_eq!(omitted.outcome, Some(Outcome::Ineligible));
    });
}

#[test]
fn agreeing_and_overridden_statements_are_not_listed() {
    let statements =
        "  - it is not hostile\n      from \"x\", rated A1\n  - it is hostile\n      from \"y\", rated D4\n";
    let line = "  when sources conflict, take the better rated\n";
    with(HOSTILE, line, statements, |decision| assert!(decision.verdicts[0].omitted.statements.is_empty()));
    with(HOSTILE, "", statements, |decision| {
        let omitted = &decision.verdicts[0].omitted;
        assert_eq!((omitted.statements.len(), omitted.outcome), (1, Some(Outcome::Undetermined)));
    });
}

#[test]
fn an_omitted_relation_leads_to_further_omitted_statements() {
    let line = "  not from rivals of the subject\n";
    let statements = "  - its commander is ali\n      from \"x\", a rival\n\n  person ali \"Ali\"\n    - is designated\n        from \"y\", rated D4\n";
    let rule = COMMANDER;
    with(rule, line, statements, |decision| {
        let verdict = &decision.verdicts[0];
        assert_eq!((verdict.outcome, verdict.omitted.statements.len()), (Outcome::Eligible, 2));
        assert_eq!(verdict.omitted.outcome, Some(Outcome::Ineligible));
    });
}

#[test]
fn many_omitted_statements_are_searched_within_the_budget() {
    let mut statements = String::new();
    for at in 0..40 {
        statements += &format!("  - it is hostile\n      from \"x{at}\", rated D4\n");
    }
    with(HOSTILE, "", &statements, |decision| assert_eq!(decision.verdicts[0].omitted.statements.len(), 1));
    let both = "bar r \"Vetted\"\n  when all of\n    - the unit is hostile\n    - the unit is vetted\n";
    let statements = format!("{statements}  - it is not vetted\n      from \"z\", rated A1\n");
    with(both, "", &statements, |decision| {
        let omitted = &decision.verdicts[0].omitted;
        assert!(omitted.statements.is_empty() && !omitted.cut_short);
    });
}
