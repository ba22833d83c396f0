//! Finds blocks of a policy that refer to each other but never apply together, since they are about different kinds.

use crate::diagnostic::Diagnostic;
use crate::id::{KindId, RuleId};
use crate::policy::{Body, Condition, ConditionKind, Policy};
use crate::span::Span;

/// Reports waivers that name a rule about another kind, and blocks whose conditions use a phase about another kind.
pub(super) fn check(policy: &Policy, problems: &mut Vec<Diagnostic>) {
    if policy.about.len() < 2 {
        return;
    }
    for (_, waiver) in policy.waivers.iter() {
        for rule in &waiver.lifts {
            if let Some((own, other)) = different_kinds(policy, waiver.about, *rule) {
                let named = &policy.rules[*rule];
                problems.push(
                    Diagnostic::warning(
                        "P0249",
                        waiver.span,
                        format!(
                            "`{waiver}` is about the {own} and `{rule}` about the {other}, \
                             so `{waiver}` never lifts it",
                            waiver = waiver.id,
                            rule = named.id
                        ),
                    )
                    .label(format!("its `when` names the {own}"))
                    .see(named.span, format!("its conditions name the {other}"))
                    .help(format!(
                        "write a waiver for `{}` alone, whose `when` names the {other} or neither kind",
                        named.id
                    )),
                );
            }
        }
    }
    for (id, about, span, conditions) in blocks(policy) {
        let mut used = Vec::new();
        for condition in conditions.into_iter().flat_map(Condition::all) {
            if let ConditionKind::Phase { rule, .. } = condition.kind {
                used.push(rule);
            }
        }
        used.dedup();
        for phase in used {
            if let Some((own, other)) = different_kinds(policy, about, phase) {
                let phase = &policy.rules[phase];
                problems.push(
                    Diagnostic::warning(
                        "P0249",
                        span,
                        format!(
                            "`{id}` is about the {own}, but `{phase}` is about the {other} \
                             and never open for the {own}",
                            phase = phase.id
                        ),
                    )
                    .label(format!("uses a phase about the {other}"))
                    .see(phase.span, format!("its conditions name the {other}"))
                    .help(format!("write a phase about the {own}, or use the conditions of the phase")),
                );
            }
        }
    }
}

/// Returns the names of the kinds of a block and of a rule that it names, if the kinds differ.
fn different_kinds(policy: &Policy, about: Option<KindId>, rule: RuleId) -> Option<(&str, &str)> {
    let (own, other) = (about?, policy.rules[rule].about?);
    let name = |kind| policy.vocabulary.kinds.find(kind).map_or("", |kind| kind.name.as_str());
    (own != other).then(|| (name(own), name(other)))
}

/// A block: its id, the kind that it is about, its place and its conditions.
type Block<'p> = (&'p str, Option<KindId>, Span, Vec<&'p Condition>);

fn blocks(policy: &Policy) -> impl Iterator<Item = Block<'_>> {
    let rules = policy.rules.iter().map(|(_, rule)| {
        let conditions: Vec<&Condition> = match &rule.body {
            Body::Requirement { when, needs, unless } => when.iter().chain([needs]).chain(unless).collect(),
            Body::Bar { when, unless, .. } => [when].into_iter().chain(unless).collect(),
            Body::Phase(phase) => {
                phase.begins.iter().chain(&phase.begins_early).chain(&phase.reached).collect()
            }
        };
        (rule.id.as_str(), rule.about, rule.span, conditions)
    });
    let waivers = policy
        .waivers
        .iter()
        .map(|(_, waiver)| (waiver.id.as_str(), waiver.about, waiver.span, waiver.when.iter().collect()));
    let choices = policy.choices.iter().map(|choice| {
        let conditions = choice.branches.iter().map(|(_, condition)| condition).collect();
        (choice.name.as_str(), choice.about, choice.span, conditions)
    });
    let obligations = policy.obligations.iter().map(|obligation| {
        (
            obligation.id.as_str(),
            obligation.about,
            obligation.span,
            obligation.when.iter().chain(&obligation.unless).collect(),
        )
    });
    rules.chain(waivers).chain(choices).chain(obligations)
}
