//! Finds blocks of a policy that refer to each other but never apply together, since they are about different kinds.

use crate::diagnostic::Diagnostic;
use crate::id::RuleId;
use crate::policy::{Condition, ConditionKind, Header, Policy, Waiver};

/// Reports waivers that name a rule about another kind, and blocks whose conditions use a phase about another kind.
pub(super) fn check(policy: &Policy, problems: &mut Vec<Diagnostic>) {
    if policy.about.len() < 2 {
        return;
    }
    for (_, Waiver { header: waiver, lifts, .. }) in policy.waivers.iter() {
        for rule in lifts {
            if let Some((own, other)) = different_kinds(policy, waiver, *rule) {
                let named = &policy.rules[*rule].header;
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
    for (header, conditions) in policy.blocks() {
        let mut used = Vec::new();
        for condition in conditions.into_iter().flat_map(Condition::all) {
            if let ConditionKind::Phase { rule, .. } = condition.kind {
                used.push(rule);
            }
        }
        used.dedup();
        for phase in used {
            if let Some((own, other)) = different_kinds(policy, header, phase) {
                let phase = &policy.rules[phase].header;
                problems.push(
                    Diagnostic::warning(
                        "P0249",
                        header.span,
                        format!(
                            "`{id}` is about the {own}, but `{phase}` is about the {other} \
                             and never open for the {own}",
                            id = header.id,
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
fn different_kinds<'p>(policy: &'p Policy, block: &Header, rule: RuleId) -> Option<(&'p str, &'p str)> {
    let (own, other) = (block.about?, policy.rules[rule].header.about?);
    let name = |kind| policy.vocabulary.kinds.find(kind).map_or("", |kind| kind.name.as_str());
    (own != other).then(|| (name(own), name(other)))
}
