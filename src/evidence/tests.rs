//! Tests of weighing statements under standards and of which entities belong to a case.

use super::{Candidates, Evidence, LeftOut, Possible, Status, Target, Weighed, case, read, weigh};
use crate::bundle::gather;
use crate::diagnostic::Severity;
use crate::id::{FactId, StandardId};
use crate::policy::{Vocabulary, resolve};
use crate::value::{Date, Ranges};

const VOCABULARY: &str = r#"
kind group
  is neutral : yes or no
  commits violations : yes or no
    presumed no
  headcount : number of fighters
  home region : one of west, east, south
  leaders : list of person
  commander : person

kind person
  is designated : yes or no

kind situation, only one
  is calm : yes or no

evidence standard strict
  rated C3 or better
  from the last 12 months
  not from rivals of the subject
  not from the subject itself
  not from interested parties
  not promises

evidence standard better
  when sources conflict, take the better rated

evidence standard later
  when sources conflict, take the later

"#;

fn load(dossiers: &str) -> (Vocabulary, Evidence) {
    let text = format!("{VOCABULARY}{dossiers}");
    let bundle = gather(&["test.placet"], &mut |_| Ok(text.clone().into()));
    let resolved = resolve(&bundle);
    let (evidence, problems) = read(&bundle, &resolved.vocabulary);
    let all = bundle.problems.iter().chain(&resolved.problems).chain(&problems);
    let errors: Vec<_> = all.filter(|problem| problem.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    (resolved.vocabulary, evidence)
}

/// Weighs a fact of the subject of dossier `a` and passes the result to a test.
fn of(statements: &str, phrase: &str, standard: Option<&str>, test: impl FnOnce(&Weighed<'_>)) {
    let lines: String = statements.lines().map(|line| format!("  {line}\n")).collect();
    let members = "\n  person c \"C\"\n\n  person d \"D\"\n";
    let (vocabulary, evidence) = load(&format!("dossier a \"A\"\n  about group\n{lines}{members}"));
    let as_of = Date::parse("2016-02-15").expect("a day");
    let case = case(&vocabulary, &evidence, "a", as_of).expect("such a dossier");
    let fact = fact(&vocabulary, phrase);
    let standard = standard.map(|name| {
        let found = vocabulary.standards.iter().find(|(_, standard)| standard.name == name);
        found.map_or(StandardId(u32::MAX), |(id, _)| id)
    });
    test(&weigh(&case, case.subject, fact, standard));
}

fn fact(vocabulary: &Vocabulary, phrase: &str) -> FactId {
    vocabulary.facts.iter().find(|(_, fact)| fact.phrase == phrase).expect("such a fact").0
}

/// Returns the status of `is neutral` and whether yes and no are possible.
fn neutral(statements: &str, standard: Option<&str>) -> (Status, bool, bool) {
    let mut result = None;
    of(statements, "is neutral", standard, |weighed| {
        if let Possible::YesNo { yes, no } = weighed.possible {
            result = Some((weighed.status, yes, no));
        }
    });
    result.expect("a yes-or-no fact")
}

fn left_out(line: &str) -> Option<LeftOut> {
    let mut reason = None;
    of(&format!("- it is neutral\n    from {line}"), "is neutral", Some("strict"), |weighed| {
        assert_eq!(weighed.counted.len() + weighed.left_out.len(), 1);
        reason = weighed.left_out.first().map(|(_, reason)| *reason);
    });
    reason
}

#[test]
fn standard_leaves_statements_out() {
    assert_eq!(left_out("\"x\", rated C3, on 2016-01-01"), None);
    assert_eq!(left_out("\"x\", rated A1, on 2015-02-15"), None);
    assert_eq!(left_out("\"x\", rated A1, on 2015-02-14"), Some(LeftOut::Old));
    assert_eq!(left_out("\"x\", rated A1, on 2016-02-16"), Some(LeftOut::Future));
    assert_eq!(left_out("\"x\", rated A1"), Some(LeftOut::Undated));
    assert_eq!(left_out("\"x\", rated C4, on 2016-01-01"), Some(LeftOut::Rating));
    assert_eq!(left_out("\"x\", rated F1, on 2016-01-01"), Some(LeftOut::Rating));
    assert_eq!(left_out("\"x\", on 2016-01-01"), Some(LeftOut::Rating));
    assert_eq!(left_out("\"x\", a rival, rated A1, on 2016-01-01"), Some(LeftOut::Rival));
    assert_eq!(left_out("\"x\", the subject itself, rated A1, on 2016-01-01"), Some(LeftOut::Subject));
    assert_eq!(left_out("\"x\", an interested party, rated A1, on 2016-01-01"), Some(LeftOut::Interested));
    assert_eq!(left_out("\"x\", a promise, rated A1, on 2016-01-01"), Some(LeftOut::Promise));
}

#[test]
fn conflicting_sources() {
    let yes_c3 = "- it is neutral\n    from \"x\", rated C3, on 2016-01-01";
    let no_b3 = "- it is not neutral\n    from \"y\", rated B3, on 2015-01-01";
    let no_d1 = "- it is not neutral\n    from \"y\", rated D1, on 2016-01-01";
    let both = format!("{yes_c3}\n{no_b3}");
    assert_eq!(neutral(yes_c3, None), (Status::Known, true, false));
    assert_eq!(neutral(&both, None), (Status::Contested, true, true));
    assert_eq!(neutral(&both, Some("better")), (Status::Known, false, true));
    assert_eq!(neutral(&both, Some("later")), (Status::Known, true, false));
    let apart = format!("{yes_c3}\n{no_d1}");
    assert_eq!(neutral(&apart, Some("better")), (Status::Contested, true, true));
    assert_eq!(neutral(&apart, Some("later")), (Status::Contested, true, true));
    assert_eq!(neutral("", None), (Status::Unknown, true, true));
    let unknown = format!("{yes_c3}\n- it is unknown whether the group is neutral");
    assert_eq!(neutral(&unknown, None), (Status::Unknown, true, true));
    assert_eq!(neutral(&unknown, Some("strict")), (Status::Unknown, true, true));
    let dated = |day: &str| format!("{unknown}\n    from \"the file\", on {day}");
    assert_eq!(neutral(&dated("2015-02-15"), Some("strict")), (Status::Unknown, true, true));
    assert_eq!(neutral(&dated("2015-02-14"), Some("strict")), (Status::Known, true, false));
    assert_eq!(neutral(&dated("2015-02-14"), None), (Status::Unknown, true, true));
    let contested = format!("{yes_c3}\n- it is contested whether the group is neutral");
    assert_eq!(neutral(&contested, None), (Status::Contested, true, true));
    assert_eq!(neutral(&contested, Some("strict")), (Status::Known, true, false));
}

#[test]
fn number_claims_are_combined() {
    let number = |statements: &str| {
        let mut result = None;
        of(statements, "headcount", None, |weighed| {
            result = Some((weighed.status, weighed.possible.clone()));
        });
        result.expect("weighed")
    };
    let numbers = |low, high| Possible::Numbers(Ranges::between(low, high));
    assert_eq!(number(""), (Status::Unknown, numbers(0, i64::MAX)));
    assert_eq!(number("- its headcount is at least 200"), (Status::Partly, numbers(200, i64::MAX)));
    assert_eq!(number("- its headcount is at most 200"), (Status::Partly, numbers(0, 200)));
    let narrow = "- its headcount is at least 200\n- its headcount is at most 200";
    assert_eq!(number(narrow), (Status::Known, numbers(200, 200)));
    let (status, possible) = number("- its headcount is 10\n- its headcount is at least 90");
    let either = Ranges::only(10).union(&Ranges::at_least(90));
    assert_eq!((status, possible), (Status::Contested, Possible::Numbers(either)));
}

#[test]
fn presumption_holds_if_no_statement_counts() {
    let status = |statements: &str| {
        let mut result = None;
        of(statements, "commits violations", Some("strict"), |weighed| result = Some(weighed.status));
        result.expect("weighed")
    };
    assert_eq!(status(""), Status::Presumed);
    assert_eq!(status("- it commits violations"), Status::Presumed);
    let counts = "- it commits violations\n    from \"x\", rated A1, on 2016-01-01";
    assert_eq!(status(counts), Status::Known);
}

#[test]
fn lists_and_relations() {
    let list = |statements: &str| {
        let mut result = None;
        of(statements, "leaders", None, |weighed| {
            if let Possible::Members { ids, complete } = &weighed.possible {
                result = Some((weighed.status, ids.len(), *complete));
            }
        });
        result.expect("a list")
    };
    assert_eq!(list(""), (Status::Unknown, 0, false));
    assert_eq!(list("- its leaders include c"), (Status::Partly, 1, false));
    assert_eq!(list("- its leaders are c and no others"), (Status::Known, 1, true));
    assert_eq!(list("- it has no leaders"), (Status::Known, 0, true));
    let more = "- its leaders are c and no others\n- its leaders include d";
    assert_eq!(list(more), (Status::Contested, 2, false));
    let commander = |statements: &str| {
        let mut result = None;
        of(statements, "commander", None, |weighed| {
            if let Possible::One(candidates) = &weighed.possible {
                result = Some((weighed.status, candidates.clone()));
            }
        });
        result.expect("a relation")
    };
    let (status, candidates) = commander("- its commander is c");
    assert!(status == Status::Known && matches!(only(&candidates), Some(Target::Named(_))));
    assert_eq!(only(&commander("- its commander is no one").1), Some(&Target::NoOne));
    let (status, candidates) = commander("- its commander is not c");
    assert_eq!((status, only(&candidates)), (Status::Partly, None));
    assert_eq!(candidates.named().len(), 1);
    let (status, candidates) = commander("- its commander is c\n- its commander is d");
    assert_eq!((status, only(&candidates)), (Status::Contested, None));
    assert_eq!(candidates.named().len(), 2);
    assert!(!candidates.contains(&Target::NoOne));
}

/// Returns the only candidate.
fn only(candidates: &Candidates) -> Option<&Target> {
    match candidates {
        Candidates::Among(these) if these.len() == 1 => these.first(),
        _ => None,
    }
}

#[test]
fn case_has_all_named_entities() {
    let (vocabulary, evidence) = load(
        r#"dossier a "A"
  about group
  - its commander is e
  - the situation is calm

  person c "C"
    - is designated

dossier e "E"
  about person
  - it is designated

dossier f "F"
  about group
  - it is neutral
"#,
    );
    let as_of = Date::parse("2016-02-15").expect("a day");
    let case = case(&vocabulary, &evidence, "a", as_of).expect("such a dossier");
    let titles: Vec<&str> = case.entities.iter().map(|(_, entity)| entity.title.as_str()).collect();
    assert_eq!(titles, ["A", "situation", "C", "E"]);
    let counts = case.entities.iter().map(|(_, entity)| entity.statements.len());
    assert_eq!(counts.collect::<Vec<usize>>(), [1, 1, 1, 1]);
}
