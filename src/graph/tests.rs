//! The drawing of a policy that has one of everything, and texts that must be escaped.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use super::{Card, Graph, Mark, Sort, dot, graph, mark, svg};
use crate::policy::{Policy, resolve};
use crate::value::Date;
use crate::{bundle, decision, evidence};
use std::sync::Arc;

const POLICY: &str = r#"
policy "Arms & <training> \ more"
  id arms
  version 1
  about group

assistance support
  assistance training
  assistance arms
assistance advice

kind group
  is neutral : yes or no
  is "loyal & <true>" : yes or no
  headcount : number of fighters
  commits abuses : yes or no

definition
  the group is steady
  when all of
    - the group is neutral
    - the group's headcount is at least 50 fighters

phase 1 "Talks"
  opens advice
  reached when the group is neutral

phase 2 "Visits"
  opens training
  begins when phase 1 is reached

requirement steady "Steady"
  for training
  when the group is neutral
  needs any of
    - the group is steady
    - none of
      - the group commits abuses
      - the group is "loyal & <true>"

bar abuses "No “abuses” <script>"
  when the group commits abuses

bar small "Too small", absolute
  for support
  when the group's headcount is less than 10 fighters

waiver mercy "Mercy"
  lifts abuses
  when the group is neutral
  granted by "Minister & co"

choice channel "Channel"
  "Directly" when the group is steady
  otherwise "Not at all"

obligation report "Report"
  for training
  who "Donor"
  due before delivery

dossier militia "A militia"
  about group
  as of 2016-02-15
  - it is neutral
  - it commits abuses
"#;

fn policy(text: &str) -> (bundle::Bundle, Arc<Policy>) {
    let texts = bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
    let resolved = resolve(&texts);
    assert!(texts.problems.is_empty(), "{:?}", texts.problems);
    assert!(
        resolved.problems.iter().all(|problem| problem.severity != crate::diagnostic::Severity::Error),
        "{:?}",
        resolved.problems
    );
    (texts, resolved.policy.unwrap())
}

fn drawn(text: &str) -> Graph {
    graph(&policy(text).1, None)
}

/// Checks that elements are closed in the order in which they are opened, and that no text opens one.
fn well_formed(drawing: &str) {
    let mut open: Vec<&str> = Vec::new();
    for tag in drawing.split('<').skip(1) {
        let (tag, text) = tag.split_once('>').unwrap();
        assert!(!text.contains('>'), "{text}");
        let name = tag.split([' ', '/']).find(|name| !name.is_empty()).unwrap();
        match (tag.starts_with('/'), tag.ends_with('/')) {
            (true, _) => assert_eq!(open.pop(), Some(name)),
            (_, true) => {}
            _ => open.push(name),
        }
        let known =
            ["svg", "title", "desc", "style", "defs", "marker", "path", "rect", "circle", "text", "g"];
        assert!(known.contains(&name), "{name}");
    }
    assert!(open.is_empty(), "{open:?}");
    for after in drawing.split('&').skip(1) {
        assert!(["amp;", "lt;", "gt;", "quot;"].iter().any(|known| after.starts_with(known)), "{after}");
    }
}

#[test]
fn draws_everything() {
    let graph = drawn(POLICY);
    let drawing = svg::write(&graph);
    well_formed(&drawing);
    assert_eq!(drawing, svg::write(&drawn(POLICY)));
    insta::assert_snapshot!("everything-svg", drawing);
    insta::assert_snapshot!("everything-dot", dot::write(&graph));
}

#[test]
fn decision_marks_cards_lines_and_types() {
    let (texts, policy) = policy(POLICY);
    let (evidence, _) = evidence::read(&texts, &policy.vocabulary);
    let day = Date::parse("2016-02-15").unwrap();
    let decision = decision::decide(&policy, &evidence, "militia", day, None).unwrap();
    let mut marked = graph(&policy, None);
    mark(&mut marked, &decision);
    let outcome = |sort: Sort| {
        let card = marked.cards.iter().find(|card| card.sort == sort).unwrap();
        card.outcome.clone()
    };
    let is = |mark: Mark, text: &str| Some((mark, text.to_owned()));
    assert_eq!(outcome(Sort::Definition), is(Mark::Open, "open"));
    assert_eq!(outcome(Sort::Bar { absolute: false }), is(Mark::Met, "lifted"));
    assert_eq!(outcome(Sort::Bar { absolute: true }), is(Mark::Open, "undetermined"));
    assert_eq!(outcome(Sort::Waiver), is(Mark::Met, "lifts"));
    assert_eq!(outcome(Sort::Phase), is(Mark::Met, "open"));
    assert_eq!(outcome(Sort::Requirement), is(Mark::Open, "undetermined"));
    assert_eq!(outcome(Sort::Choice), is(Mark::Open, "“Directly” or “Not at all”"));
    // Each line has the mark of its own condition: the list, its items, the list within it. The rule has not failed, so
    // no line is marked as failed.
    let card = marked.cards.iter().find(|card| card.sort == Sort::Requirement).unwrap();
    assert_eq!((card.parts[0].mark, card.parts[0].lines[0].mark), (Some(Mark::So), Some(Mark::So)));
    let lines: Vec<(&str, Option<Mark>)> =
        card.parts[1].lines.iter().map(|line| (line.text.as_str(), line.mark)).collect();
    assert_eq!(
        lines,
        [
            ("the group is steady", Some(Mark::Open)),
            ("none of", Some(Mark::NotSo)),
            ("the group commits abuses", Some(Mark::So)),
            ("the group is loyal & <true>", Some(Mark::Open)),
        ]
    );
    let types: Vec<(&str, &str)> = marked
        .types
        .iter()
        .map(|drawn| (drawn.name.as_str(), drawn.outcome.as_ref().unwrap().1.as_str()))
        .collect();
    assert_eq!(
        types,
        [
            ("support", "undetermined"),
            ("training", "undetermined"),
            ("arms", "undetermined"),
            ("advice", "eligible"),
        ]
    );
    well_formed(&svg::write(&marked));
}

/// The cards of the drawing if these statements are known about the group.
fn cards(known: &str) -> Vec<Card> {
    let text = POLICY.replace("  - it is neutral\n  - it commits abuses\n", known);
    let (texts, policy) = policy(&text);
    let (evidence, problems) = evidence::read(&texts, &policy.vocabulary);
    assert!(problems.is_empty(), "{problems:?}");
    let day = Date::parse("2016-02-15").unwrap();
    let decision = decision::decide(&policy, &evidence, "militia", day, None).unwrap();
    let mut marked = graph(&policy, None);
    mark(&mut marked, &decision);
    marked.cards
}

/// The mark of a card, and of each of its lines.
fn marks(cards: &[Card], id: &str) -> (Mark, Vec<Mark>) {
    let card = cards.iter().find(|card| card.id == id).unwrap();
    let lines = card.parts.iter().flat_map(|part| &part.lines).map(|line| line.mark.unwrap());
    (card.outcome.as_ref().unwrap().0, lines.collect())
}

/// A condition is marked by its effect on its rule: a bar that does not apply has no cross.
#[test]
fn condition_marks_depend_on_the_rule() {
    use Mark::{Failed, Met, NotSo, Open, So};
    let drawn = cards("  - it is not neutral\n  - it commits abuses\n  - its headcount is 60 fighters\n");
    assert_eq!(marks(&drawn, "small"), (Met, vec![Met]), "not too small, as it should be");
    assert_eq!(marks(&drawn, "abuses"), (Failed, vec![Failed]));
    assert_eq!(marks(&drawn, ""), (NotSo, vec![NotSo, So]), "a definition is neither good nor bad");
    assert_eq!(marks(&drawn, "steady"), (Met, vec![Met, NotSo, NotSo, So, Open]), "it does not apply");
    // A tick before a false sentence, or a cross before a true one, would be misleading without these words.
    let parts = drawn.iter().flat_map(|card| &card.parts);
    let texts: Vec<&str> = parts.flat_map(|part| &part.lines).map(|line| line.text.as_str()).collect();
    assert!(texts.contains(&"the group's headcount is at most 9 fighters (false)"), "{texts:?}");
    assert!(texts.contains(&"the group commits abuses (true)"), "{texts:?}");

    let drawn = cards("  - it is neutral\n  - it commits abuses\n  - its headcount is 5 fighters\n");
    assert_eq!(marks(&drawn, "small"), (Failed, vec![Failed]));
    assert_eq!(marks(&drawn, "abuses"), (Met, vec![So]), "lifted");
    assert_eq!(marks(&drawn, "steady"), (Failed, vec![Failed, Failed, Failed, Failed, Open]));
}

/// What concerns only other types is left out, including definitions that nothing else uses.
#[test]
fn draws_only_one_type() {
    let (_, policy) = policy(POLICY);
    let advice = policy.assistance.iter().find(|(_, declared)| declared.name == "advice").unwrap().0;
    let graph = graph(&policy, Some(&[advice]));
    let cards: Vec<&str> = graph.cards.iter().map(|card| card.title.as_str()).collect();
    assert_eq!(cards, ["the group is steady", "Talks", "No “abuses” <script>", "Mercy", "Channel"]);
    assert_eq!(graph.types.len(), 1);
}

#[test]
fn forbidden_xml_characters_are_escaped() {
    let mut graph = drawn(POLICY);
    graph.title = "a\u{0}b\u{1b}c\u{ffff}\u{85}".to_owned();
    let drawing = svg::write(&graph);
    assert!(drawing.contains(
        "<title id=\"placet-title\">a&lt;U+0000&gt;b&lt;U+001B&gt;c&lt;U+FFFF&gt;&lt;U+0085&gt;</title>"
    ));
    assert!(drawing.chars().all(|character| character == '\n' || !character.is_control()));
}
