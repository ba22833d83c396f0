//! The conditions of a rule as a tree of sentences, each with its truth value.

use super::Node;
use super::evaluation::Evaluation;
use crate::compiled::EntityRef;
use crate::evidence::Possible;
use crate::id::{EntityRefId, GateId, RuleId, StandardId};
use crate::policy::print::heading;
use crate::policy::{Condition, ConditionKind, Definition};
use crate::sorted::{SortedMap, SortedSet};
use crate::value::Truth;

/// The depth to which definitions are expanded.
const DEFINITIONS: u32 = 8;

/// The trees of rules, made on first use.
pub(super) type Seen = SortedMap<RuleId, Node>;

/// Returns the tree of a rule.
pub(super) fn tree<'a>(evaluation: &Evaluation<'a>, rule: RuleId, seen: &mut Seen) -> Node {
    if let Some(tree) = seen.get(&rule) {
        return tree.clone();
    }
    let declared = &evaluation.policy.rules[rule];
    let (parts, met) = match evaluation.compiled.rules.get(&rule) {
        Some(gates) => (gates.parts.clone(), Some(gates.met)),
        None => (Vec::new(), None),
    };
    let mut builder =
        TreeBuilder { evaluation, standard: declared.header.standard, expanded: SortedSet::new() };
    let mut children = Vec::new();
    for (part, gate) in parts {
        let truth = evaluation.settle(gate);
        let condition = declared.body.parts().find(|(other, _)| *other == part);
        let subject = builder.evaluation.compiled.subject;
        let below = condition.map(|(_, condition)| {
            let name = builder.evaluation.compiled.name(subject);
            builder.node(condition, subject, &name, 0)
        });
        children.push(Node::new(part.word(), truth, below.into_iter().collect()));
    }
    let truth = met.map_or(Truth::Yes, |met| evaluation.settle(met));
    let tree = Node::new(&declared.header.title, truth, children);
    seen.insert(rule, tree.clone());
    tree
}

struct TreeBuilder<'g, 'a> {
    evaluation: &'g Evaluation<'a>,
    standard: Option<StandardId>,
    /// The definitions that are already expanded in this tree; each is expanded once.
    expanded: SortedSet<GateId>,
}

impl<'a> TreeBuilder<'_, 'a> {
    /// Returns the node of a condition for an entity with this name.
    fn node(&mut self, condition: &'a Condition, at: EntityRefId, name: &str, depth: u32) -> Node {
        let gate = self.evaluation.compiled.gate(condition, at, self.standard);
        let truth = gate.map_or(Truth::Open, |gate| self.evaluation.settle(gate));
        let mut node = Node::new("", truth, Vec::new());
        match &condition.kind {
            ConditionKind::All(_)
            | ConditionKind::Any(_)
            | ConditionKind::Count { .. }
            | ConditionKind::Not(_) => {
                node.text = heading(condition);
                let of = match &condition.kind {
                    ConditionKind::Not(inner) if matches!(inner.kind, ConditionKind::Any(_)) => &**inner,
                    _ => condition,
                };
                let of = of.children();
                node.children = of.iter().map(|condition| self.node(condition, at, name, depth)).collect();
            }
            ConditionKind::Test(test) => {
                node.text = self.evaluation.policy.condition_words(condition, name);
                let definition = self.evaluation.policy.vocabulary.facts[test.fact].definition.as_ref();
                match definition {
                    Some(definition)
                        if depth < DEFINITIONS && gate.is_some_and(|gate| self.expanded.insert(gate)) =>
                    {
                        let kind = self.evaluation.compiled.declared(test.fact).kind;
                        if let Some(who) = self.evaluation.settled_subject(&test.subject, at, self.standard)
                            && self.evaluation.compiled.kind(who) == kind
                        {
                            let name = self.evaluation.policy.subject_words(&test.subject, name);
                            node.children = self.definition(definition, who, &name, depth + 1);
                        }
                    }
                    Some(_) => {}
                    None => self.note(&mut node, condition, at),
                }
            }
            ConditionKind::Members { subject, list, member, .. } => {
                node.text = self.evaluation.policy.condition_words(condition, name);
                if let Some(who) = self.evaluation.settled_subject(subject, at, self.standard) {
                    self.note_list(&mut node, who, *list);
                    for entity_ref in self.evaluation.members(who, *list, self.on_the_way()) {
                        let name = self.evaluation.compiled.name(entity_ref);
                        let child = self.node(member, entity_ref, &name, depth);
                        node.children.push(child);
                    }
                }
            }
            ConditionKind::Reaches { .. } => {
                node.text = self.evaluation.policy.condition_words(condition, name);
                self.note(&mut node, condition, at);
            }
            ConditionKind::Ancestor { .. } | ConditionKind::Phase { .. } => {
                node.text = self.evaluation.policy.condition_words(condition, name);
            }
        }
        node
    }

    fn definition(
        &mut self,
        definition: &'a Definition,
        who: EntityRefId,
        name: &str,
        depth: u32,
    ) -> Vec<Node> {
        let when = self.node(&definition.when, who, name, depth);
        let Some(unless) = &definition.unless else { return vec![when] };
        let unless = self.node(unless, who, name, depth);
        vec![when, Node::new("unless", unless.truth, vec![unless])]
    }

    fn note(&self, node: &mut Node, condition: &Condition, at: EntityRefId) {
        if let Some(var) = self.evaluation.tested(condition, at, self.standard) {
            node.status = Some(self.evaluation.known.status[var]);
            node.known = Some(self.evaluation.known_words(var));
        }
    }

    /// Returns the standard for lists that lead to a tested fact.
    fn on_the_way(&self) -> Option<StandardId> {
        self.evaluation.policy.vocabulary.on_the_way(self.standard)
    }

    fn note_list(&self, node: &mut Node, who: EntityRefId, list: crate::id::FactId) {
        let EntityRef::Entity(entity) = self.evaluation.compiled.entity_refs[who] else { return };
        let weighed = crate::evidence::weigh(&self.evaluation.case, entity, list, self.on_the_way());
        let Possible::Members { ids, complete } = &weighed.possible else { return };
        let members = ids.iter().map(|id| {
            let entity = self.evaluation.case.entities[entity].names.get(id);
            entity.map_or(id.as_str(), |entity| self.evaluation.case.entities[*entity].title.as_str())
        });
        let members: Vec<&str> = members.collect();
        node.status = Some(weighed.status);
        node.known = Some(match (members.as_slice(), *complete) {
            ([], true) => "none".to_owned(),
            ([], false) => "unknown".to_owned(),
            (members, true) => format!("{} and no others", members.join(", ")),
            (members, false) => format!("{} and perhaps others", members.join(", ")),
        });
    }
}
