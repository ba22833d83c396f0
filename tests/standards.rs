//! What an evidence standard applies to, and what it leaves out: by small dossiers, end to end.

use placet::bundle::gather;
use placet::decision::{Decision, Outcome, decide};
use placet::evidence;
use placet::policy;
use placet::value::Date;

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

/// Decides on a unit with statements, by rules and the lines of a standard.
fn with<T>(rules: &str, lines: &str, statements: &str, look: impl FnOnce(&Decision<'_>) -> T) -> T {
    let dossier = format!("\ndossier d \"The battalion\"\n  about unit\n  as of 2024-01-01\n{statements}");
    let text = format!("{POLICY}{CREDIBLE}{lines}\n{rules}{dossier}");
    let bundle = gather(&["a.placet"], &mut |_| Ok(text.clone().into()));
    let resolved = policy::resolve(&bundle);
    let (evidence, problems) = evidence::read(&bundle, &resolved.vocabulary);
    let found: Vec<_> = bundle.problems.iter().chain(&resolved.problems).chain(&problems).collect();
    assert!(found.is_empty(), "{found:?}");
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
fn an_unrated_relation_on_the_way_hides_no_rated_report() {
    let said = "  - its commander is ali and no one else\n\n  person ali \"Ali\"\n    - is designated\n        from \"Treasury list\", rated A1, on 2023-01-01\n";
    assert_eq!(outcome(COMMANDER, "", said), Outcome::Ineligible);
    let everywhere = "  ratings apply to relations and lists\n";
    assert_eq!(outcome(COMMANDER, everywhere, said), Outcome::Eligible);
}

#[test]
fn an_unrated_list_on_the_way_hides_no_rated_report() {
    let said = "  - its incidents are first and no others\n\n  incident first \"First\"\n    - is torture\n        from \"Court\", rated A1, on 2023-01-01\n";
    assert_eq!(outcome(INCIDENTS, "", said), Outcome::Ineligible);
}

#[test]
fn a_rival_who_names_the_incident_is_left_out_on_the_way_too() {
    let said = "  - its incidents are first and no others\n      from \"a rival unit\", a rival, rated A1\n\n  incident first \"First\"\n    - is torture\n        from \"Court\", rated A1, on 2023-01-01\n";
    assert_eq!(outcome(INCIDENTS, "", said), Outcome::Ineligible);
    assert_eq!(outcome(INCIDENTS, "  not from rivals of the subject\n", said), Outcome::Eligible);
}

#[test]
fn in_a_chain_the_relation_itself_is_tested() {
    let rated = "  - its parent is north and no one else\n      from \"x\", rated A1\n\n  unit north \"North\"\n    - its parent is no one\n        from \"x\", rated A1\n    - is hostile\n        from \"x\", rated A1\n";
    assert_eq!(outcome(CHAIN, "", rated), Outcome::Ineligible);
    let unrated = rated.replacen("      from \"x\", rated A1\n", "", 1);
    assert_ne!(outcome(CHAIN, "", &unrated), Outcome::Ineligible);
}
