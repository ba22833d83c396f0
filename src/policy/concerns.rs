//! The policy that decides which concerns of a policy are raised.
//!
//! Concerns must not change verdicts, what is missing for them, or whether they are exact. So they are not compiled with
//! the rules: they make a policy of their own, in which each concern is a type of assistance with the concern as its
//! only bar. A type that is ineligible is a concern that is raised, with its reasons and missing facts.

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::logic::{Condition, ConditionKind};
use super::{Assistance, Body, Header, Policy, Rule};
use crate::id::{AssistanceId, Id, RuleId, Table};
use crate::sorted::SortedMap;

/// The policy of the concerns, made on first use. A copy of a policy may be changed, so that it makes its own.
#[derive(Default)]
pub struct OfConcerns(OnceLock<Arc<Policy>>);

/// It is made from the rest of the policy, so it is not shown.
impl fmt::Debug for OfConcerns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OfConcerns").finish_non_exhaustive()
    }
}

impl Clone for OfConcerns {
    fn clone(&self) -> OfConcerns {
        OfConcerns::default()
    }
}

impl Policy {
    /// Returns the policy that decides which concerns are raised: each concern is the type of assistance at the same
    /// place. `None` if there are no concerns.
    pub fn of_concerns(&self) -> Option<&Arc<Policy>> {
        (!self.concerns.is_empty()).then(|| self.of_concerns.0.get_or_init(|| Arc::new(of_concerns(self))))
    }
}

fn of_concerns(policy: &Policy) -> Policy {
    let mut rules: Table<RuleId, Rule> = Table::new();
    let mut phases: SortedMap<RuleId, RuleId> = SortedMap::new();
    let conditions = policy.concerns.iter().flat_map(|concern| concern.parts());
    if conditions.flat_map(|(_, one)| one.all()).any(|one| matches!(one.kind, ConditionKind::Phase { .. })) {
        for (id, rule) in policy.rules.iter().filter(|(_, rule)| matches!(rule.body, Body::Phase(_))) {
            // A phase that opens nothing withholds nothing.
            let header = Header { assistance: Vec::new(), ..rule.header.clone() };
            phases.insert(id, rules.push(Rule { header, body: rule.body.clone() }));
        }
        // Conditions of a phase may refer to other phases.
        rules = rules
            .iter()
            .map(|(_, rule)| Rule {
                header: rule.header.clone(),
                body: match &rule.body {
                    Body::Phase(phase) => {
                        let renumber =
                            |one: &Option<Condition>| one.as_ref().map(|one| renumbered(one, &phases));
                        let (begins, begins_early) = (renumber(&phase.begins), renumber(&phase.begins_early));
                        let reached = renumber(&phase.reached);
                        Body::Phase(super::Phase { begins, begins_early, reached, ..phase.clone() })
                    }
                    body => body.clone(),
                },
            })
            .collect();
    }
    let mut assistance: Table<AssistanceId, Assistance> = Table::new();
    for (place, concern) in policy.concerns.iter().enumerate() {
        let span = concern.header.span;
        assistance.push(Assistance { name: concern.header.id.clone(), means: None, parent: None, span });
        rules.push(Rule {
            header: Header { assistance: vec![AssistanceId::at(place)], ..concern.header.clone() },
            body: Body::Bar {
                absolute: false,
                when: renumbered(&concern.when, &phases),
                unless: concern.unless.as_ref().map(|unless| renumbered(unless, &phases)),
            },
        });
    }
    Policy {
        id: policy.id.clone(),
        title: policy.title.clone(),
        version: policy.version.clone(),
        about: policy.about.clone(),
        period: policy.period,
        authority: None,
        notes: Vec::new(),
        vocabulary: policy.vocabulary.clone(),
        assistance,
        rules,
        waivers: Table::new(),
        choices: Vec::new(),
        obligations: Vec::new(),
        concerns: Vec::new(),
        translations: Vec::new(),
        hash: policy.hash.clone(),
        of_concerns: OfConcerns::default(),
    }
}

/// Returns a condition with new ids of the phases that it tests. The recursion is as deep as the condition.
fn renumbered(condition: &Condition, phases: &SortedMap<RuleId, RuleId>) -> Condition {
    let all = |of: &[Condition]| of.iter().map(|one| renumbered(one, phases)).collect();
    let kind = match &condition.kind {
        ConditionKind::All(of) => ConditionKind::All(all(of)),
        ConditionKind::Any(of) => ConditionKind::Any(all(of)),
        ConditionKind::Count { least, most, of } => {
            ConditionKind::Count { least: *least, most: *most, of: all(of) }
        }
        ConditionKind::Not(inner) => ConditionKind::Not(Box::new(renumbered(inner, phases))),
        ConditionKind::Phase { rule, reached } => {
            ConditionKind::Phase { rule: phases.get(rule).copied().unwrap_or(*rule), reached: *reached }
        }
        // The condition of a member is about one fact.
        other => other.clone(),
    };
    Condition::stored(condition.id(), kind)
}
