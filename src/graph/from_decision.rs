//! Marks a drawing with the results of a decision.

use super::from_policy::listed;
use super::{Card, From, Graph, Line, Mark};
use crate::decision::{Decision, Node, Outcome, RuleOutcome, RuleStatus};
use crate::id::RuleId;
use crate::policy::phrase::negate;
use crate::policy::{Condition, ConditionKind, Part, Policy};
use crate::value::Truth;
use crate::wire::words;

/// Marks a drawing of a policy by a decision under it: each rule as met, failed or open, each type of assistance with
/// its verdict, and each condition by its effect on its rule.
///
/// A condition is marked as failed only if the rule and all conditions above it fail: a false condition in a rule that
/// is met does no harm. A rule that a waiver lifts for only some types shows both results. Conditions of waivers,
/// choices and obligations have no marks, since a decision has no trees for them.
///
/// # Example
/// ```
/// use placet::graph::{self, Mark};
/// # let text = r#"
/// # policy "Training"
/// #   id training
/// #   version 1
/// #   about group
/// #
/// # assistance training
/// #
/// # kind group
/// #   is neutral : yes or no
/// #
/// # requirement neutrality "Neutral"
/// #   needs the group is neutral
/// #
/// # dossier militia "A militia"
/// #   about group
/// #   as of 2016-02-15
/// #   - it is not neutral
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// # let (evidence, _) = placet::evidence::read(&bundle, &policy.vocabulary);
/// # let day = placet::value::Date::parse("2016-02-15").ok_or("no day")?;
///
/// let decision = placet::decision::decide(&policy, &evidence, "militia", day, None)?;
/// let mut graph = graph::graph(&policy, None);
/// graph::mark(&mut graph, &decision);
/// assert_eq!(graph.cards[0].outcome, Some((Mark::Failed, "not met".to_owned())));
/// assert_eq!(graph.types[0].outcome, Some((Mark::Failed, "not eligible".to_owned())));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn mark(graph: &mut Graph, decision: &Decision<'_>) {
    graph.about = format!("{}, as of {}: {}", graph.about, decision.as_of, decision.title);
    for drawn in &mut graph.types {
        let verdict = decision.verdicts.iter().find(|verdict| verdict.assistance == drawn.from);
        drawn.outcome =
            verdict.map(|verdict| (judged(verdict.outcome), words::outcome(verdict.outcome).to_owned()));
    }
    for drawn in &mut graph.cards {
        match drawn.from {
            From::Rule(rule) => mark_rule(drawn, rule, decision),
            From::Definition(fact) => mark_definition(drawn, fact, decision),
            From::Waiver(waiver) => {
                let mut outcomes = decision.verdicts.iter().flat_map(|verdict| &verdict.rules);
                let lifts = outcomes.any(|outcome| outcome.lifted_by.contains(&waiver));
                drawn.outcome = lifts.then(|| (Mark::Met, "lifts".to_owned()));
            }
            From::Choice(place) => {
                let all = decision.verdicts.iter().flat_map(|verdict| &verdict.choices);
                let chosen =
                    all.filter(|chosen| chosen.choice == place).map(|chosen| chosen.values.as_slice());
                drawn.outcome = chosen.min_by_key(|values| values.len()).map(|values| {
                    let mark = if values.len() == 1 { Mark::So } else { Mark::Open };
                    let values: Vec<String> = values.iter().map(|value| format!("“{value}”")).collect();
                    (mark, values.join(" or "))
                });
            }
            From::Obligation(place) => {
                let all = decision.verdicts.iter().flat_map(|verdict| &verdict.obligations);
                let owed =
                    all.filter(|attached| attached.obligation == place).map(|attached| attached.truth).max();
                drawn.outcome = owed.map(|truth| match truth {
                    Truth::Yes => (Mark::So, "owed".to_owned()),
                    _ => (Mark::Open, "may be owed".to_owned()),
                });
            }
            From::Concern(place) => {
                let outcome = decision.concerns.iter().find(|outcome| outcome.concern == place);
                drawn.outcome = outcome.map(|outcome| {
                    let word = match outcome.raised {
                        Truth::Yes => "to answer",
                        Truth::No => "not raised",
                        Truth::Open => "open",
                    };
                    (plain(outcome.raised), word.to_owned())
                });
            }
        }
    }
}

fn judged(outcome: Outcome) -> Mark {
    match outcome {
        Outcome::Eligible => Mark::Met,
        Outcome::Ineligible => Mark::Failed,
        Outcome::Undetermined => Mark::Open,
    }
}

fn plain(truth: Truth) -> Mark {
    match truth {
        Truth::Yes => Mark::So,
        Truth::No => Mark::NotSo,
        Truth::Open => Mark::Open,
    }
}

/// The value of a condition that helps its rule: true or false; `None` if the condition alone neither helps nor harms.
type Wanted = Option<bool>;

/// The mark of a condition, by its truth, the value that helps, and the mark of the condition or rule above it.
fn mark_of(truth: Truth, wanted: Wanted, above: Mark) -> Mark {
    let good = match (truth, wanted) {
        (Truth::Open, _) | (_, None) => return plain(truth),
        (Truth::Yes, Some(wanted)) => wanted,
        (Truth::No, Some(wanted)) => !wanted,
    };
    match (good, above) {
        (true, _) => Mark::Met,
        (false, Mark::Failed) => Mark::Failed,
        (false, _) => plain(truth),
    }
}

/// The value of the conditions below a condition that helps the rule.
fn wanted_below(condition: &Condition, wanted: Wanted) -> Wanted {
    match &condition.kind {
        ConditionKind::Not(_) | ConditionKind::Count { least: 0, .. } => wanted.map(|so| !so),
        ConditionKind::Count { most, of, .. } if usize::try_from(*most).is_ok_and(|most| most < of.len()) => {
            None
        }
        _ => wanted,
    }
}

/// The value of a rule's condition that helps the rule.
fn wanted_of(role: Part) -> Wanted {
    match role {
        // This affects only the later phases.
        Part::Reached => None,
        Part::When => Some(false),
        _ => Some(true),
    }
}

fn mark_rule(drawn: &mut Card, rule: RuleId, decision: &Decision<'_>) {
    let declared = &decision.policy.rules[rule];
    let all = decision.verdicts.iter().flat_map(|verdict| &verdict.rules);
    let outcomes: Vec<&RuleOutcome> = all.filter(|outcome| outcome.rule == rule).collect();
    let mut statuses: Vec<RuleStatus> = outcomes.iter().map(|outcome| outcome.status).collect();
    statuses.sort();
    statuses.dedup();
    let results: Vec<&str> = statuses.iter().map(|status| words::rule_outcome(*status, declared)).collect();
    // Show the most severe status.
    let mark = statuses.iter().map(|status| match status {
        RuleStatus::Failed => Mark::Failed,
        RuleStatus::Open => Mark::Open,
        RuleStatus::Met | RuleStatus::Lifted | RuleStatus::NotApplicable => Mark::Met,
    });
    let mark = mark.max_by_key(|mark| match mark {
        Mark::Met => 0,
        Mark::Failed => 2,
        _ => 1,
    });
    let above = mark.unwrap_or(Mark::Open);
    drawn.outcome = mark.map(|mark| (mark, results.join(", or ")));
    let Some(outcome) = outcomes.first() else {
        let in_force = declared.header.period.contains(decision.as_of);
        drawn.notes.extend((!in_force).then(|| "not in force on that day".to_owned()));
        return;
    };
    for (role, condition) in declared.body.parts() {
        let word = role.word();
        let Some(node) = outcome.tree.children.iter().find(|node| node.text == word) else { continue };
        let part = drawn.parts.iter_mut().find(|part| starts_with(&part.word, word));
        if let (Some(part), Some(below)) = (part, node.children.first()) {
            let wanted = wanted_of(role);
            let mark = mark_of(node.truth, wanted, above);
            part.mark = Some(mark);
            fill(&mut part.lines, condition, below, wanted, mark);
        }
    }
    let node = outcome.tree.children.iter().find(|node| node.text == Part::Earlier.word());
    if let (Some(node), Some(part)) = (node, drawn.parts.iter_mut().find(|part| part.word == "open once")) {
        let mark = mark_of(node.truth, Some(true), above);
        part.mark = Some(mark);
        part.lines.iter_mut().for_each(|line| line.mark = Some(mark));
    }
}

/// Whether a part begins with this keyword; the words that join its conditions can follow.
fn starts_with(part: &str, word: &str) -> bool {
    part.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ',']))
}

/// Marks the lines of a condition by the tree that the decision has of it. Both list the same conditions in the same
/// order.
fn fill(lines: &mut [Line], condition: &Condition, node: &Node, wanted: Wanted, above: Mark) {
    let mut marks = Vec::new();
    gather(condition, node, wanted, above, &mut marks);
    // The heading of the whole condition has no line: it is beside the keyword of the part.
    let skip = marks.len().saturating_sub(lines.len());
    for (line, (mark, truth)) in lines.iter_mut().zip(marks.into_iter().skip(skip)) {
        line.mark = Some(mark);
        // Without the words, a tick would suggest that the sentence is true, and a cross that it is false.
        match (mark, truth) {
            (Mark::Met, Truth::No) => line.text += " (false)",
            (Mark::Failed, Truth::Yes) => line.text += " (true)",
            _ => {}
        }
    }
}

fn gather(condition: &Condition, node: &Node, wanted: Wanted, above: Mark, marks: &mut Vec<(Mark, Truth)>) {
    let mark = mark_of(node.truth, wanted, above);
    marks.push((mark, node.truth));
    if let Some(of) = listed(condition) {
        let below = wanted_below(condition, wanted);
        of.iter()
            .zip(&node.children)
            .for_each(|(condition, node)| gather(condition, node, below, mark, marks));
    }
}

/// Marks a definition if the tree of some rule expands it: its tree is below the sentence that it defines.
fn mark_definition(drawn: &mut Card, fact: crate::id::FactId, decision: &Decision<'_>) {
    let policy: &Policy = decision.policy;
    let declared = &policy.vocabulary.facts[fact];
    let Some(definition) = &declared.definition else { return };
    let no = format!("the {} {}", policy.vocabulary.kinds[declared.kind].name, negate(&declared.phrase));
    let mut waiting: Vec<&Node> =
        decision.verdicts.iter().flat_map(|verdict| &verdict.rules).map(|outcome| &outcome.tree).collect();
    while let Some(node) = waiting.pop() {
        waiting.extend(&node.children);
        let truth = match (node.text == drawn.title, node.text == no) {
            (true, _) => node.truth,
            (_, true) => !node.truth,
            _ => continue,
        };
        // Rules can need a definition to be true or false, and several rules can use it: true is neither good nor bad.
        let word = match truth {
            Truth::Yes => "true",
            Truth::No => "false",
            Truth::Open => "open",
        };
        drawn.outcome = Some((plain(truth), word.to_owned()));
        let mut below = node.children.iter();
        if let (Some(when), Some(part)) = (below.next(), drawn.parts.first_mut()) {
            part.mark = Some(plain(when.truth));
            fill(&mut part.lines, &definition.when, when, None, Mark::Open);
        }
        if let (Some(unless), Some(part), Some(condition)) =
            (below.next(), drawn.parts.get_mut(1), &definition.unless)
            && let Some(tree) = unless.children.first()
        {
            part.mark = Some(plain(unless.truth));
            fill(&mut part.lines, condition, tree, None, Mark::Open);
        }
        if !node.children.is_empty() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::starts_with;

    #[test]
    fn finds_a_part_by_its_word() {
        assert!(starts_with("when", "when") && starts_with("when all of", "when"));
        assert!(starts_with("needs, on credible information", "needs"));
        assert!(!starts_with("whenever", "when") && !starts_with("unless", "when"));
    }
}
