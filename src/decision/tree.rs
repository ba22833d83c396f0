//! A rule's conditions as a tree of sentences, each with how it turned out.

use super::Node;
use super::ground::{Ground, Part, Somebody};
use crate::circuit::exact;
use crate::evidence::Possible;
use crate::id::{GateId, RuleId, SomebodyId, StandardId};
use crate::policy::print::heading;
use crate::policy::{Body, Condition, Definition};
use crate::value::Truth;
use std::collections::{BTreeMap, BTreeSet};

/// How many evaluations may go into one sentence of the tree.
const EFFORT: u32 = 1_000;

/// How deep definitions are laid open.
const DEFINITIONS: u32 = 8;

/// How gates turned out, and the trees of rules, as far as they have been asked for.
#[derive(Default)]
pub(super) struct Seen {
    pub truths: BTreeMap<GateId, Truth>,
    pub trees: BTreeMap<RuleId, Node>,
}

/// The tree of a rule.
pub(super) fn tree<'a>(ground: &mut Ground<'a>, rule: RuleId, seen: &mut Seen) -> Node {
    if let Some(tree) = seen.trees.get(&rule) {
        return tree.clone();
    }
    let declared = &ground.policy.rules[rule];
    let (parts, met) = match ground.rules.get(&rule) {
        Some(grounded) => (grounded.parts.clone(), Some(grounded.met)),
        None => (Vec::new(), None),
    };
    let mut planting = Planting { ground, seen, standard: declared.standard, laid_open: BTreeSet::new() };
    let mut children = Vec::new();
    for (part, gate) in parts {
        let truth = planting.truth(gate);
        let (word, condition): (&str, Option<&'a Condition>) = match (&declared.body, part) {
            (Body::Requirement { when, .. }, Part::When) => ("when", when.as_ref()),
            (Body::Bar { when, .. }, Part::When) => ("when", Some(when)),
            (Body::Requirement { needs, .. }, Part::Needs) => ("needs", Some(needs)),
            (Body::Requirement { unless, .. } | Body::Bar { unless, .. }, Part::Unless) => {
                ("unless", unless.as_ref())
            }
            (Body::Phase(phase), Part::Begins) => ("begins when", phase.begins.as_ref()),
            (Body::Phase(phase), Part::BeginsEarly) => ("begins early when", phase.begins_early.as_ref()),
            _ => ("every earlier phase is reached", None),
        };
        let subject = planting.ground.subject;
        let below = condition.map(|condition| {
            let name = planting.ground.name(subject);
            planting.node(condition, subject, &name, 0)
        });
        let below = below.into_iter().collect();
        children.push(Node { text: word.to_owned(), truth, status: None, known: None, children: below });
    }
    let truth = met.map_or(Truth::Yes, |met| planting.truth(met));
    let tree = Node { text: declared.title.clone(), truth, status: None, known: None, children };
    seen.trees.insert(rule, tree.clone());
    tree
}

struct Planting<'g, 's, 'a> {
    ground: &'g mut Ground<'a>,
    seen: &'s mut Seen,
    standard: Option<StandardId>,
    /// The definitions laid open in this tree: each only once.
    laid_open: BTreeSet<GateId>,
}

impl<'a> Planting<'_, '_, 'a> {
    fn truth(&mut self, gate: GateId) -> Truth {
        if let Some(truth) = self.seen.truths.get(&gate) {
            return *truth;
        }
        let (truth, _) = exact(&self.ground.circuit, gate, &self.ground.masks, EFFORT);
        self.seen.truths.insert(gate, truth);
        truth
    }

    /// The node of a condition put to somebody whom `name` names.
    fn node(&mut self, condition: &'a Condition, at: SomebodyId, name: &str, depth: u32) -> Node {
        let gate = self.ground.condition(condition, at, self.standard);
        let truth = self.truth(gate);
        let mut node = Node { text: String::new(), truth, status: None, known: None, children: Vec::new() };
        match condition {
            Condition::All(of) | Condition::Any(of) | Condition::Count { of, .. } => {
                node.text = heading(condition);
                node.children = of.iter().map(|condition| self.node(condition, at, name, depth)).collect();
            }
            Condition::Not(inner) => {
                node.text = heading(condition);
                let of = match inner.as_ref() {
                    Condition::Any(of) => of.as_slice(),
                    inner => std::slice::from_ref(inner),
                };
                node.children = of.iter().map(|condition| self.node(condition, at, name, depth)).collect();
            }
            Condition::Test(test) => {
                node.text = self.ground.policy.condition_words(condition, name);
                let definition = self.ground.declared(test.fact).definition.as_ref();
                match definition {
                    Some(definition) if depth < DEFINITIONS && self.laid_open.insert(gate) => {
                        if let Some(who) = self.ground.settled_subject(&test.subject, at, self.standard) {
                            let name = self.ground.policy.subject_words(&test.subject, name);
                            node.children = self.definition(definition, who, &name, depth + 1);
                        }
                    }
                    Some(_) => {}
                    None => self.note(&mut node, condition, at),
                }
            }
            Condition::Members { subject, list, member, .. } => {
                node.text = self.ground.policy.condition_words(condition, name);
                if let Some(who) = self.ground.settled_subject(subject, at, self.standard) {
                    self.note_list(&mut node, who, *list);
                    for (_, somebody) in self.ground.known_members(who, *list, self.standard) {
                        let name = self.ground.name(somebody);
                        let child = self.node(member, somebody, &name, depth);
                        node.children.push(child);
                    }
                }
            }
            Condition::Reaches { .. } => {
                node.text = self.ground.policy.condition_words(condition, name);
                self.note(&mut node, condition, at);
            }
            Condition::Ancestor { .. } | Condition::Phase { .. } => {
                node.text = self.ground.policy.condition_words(condition, name);
            }
        }
        node
    }

    fn definition(
        &mut self,
        definition: &'a Definition,
        who: SomebodyId,
        name: &str,
        depth: u32,
    ) -> Vec<Node> {
        let when = self.node(&definition.when, who, name, depth);
        let Some(unless) = &definition.unless else { return vec![when] };
        let unless = self.node(unless, who, name, depth);
        let truth = unless.truth;
        vec![
            when,
            Node { text: "unless".to_owned(), truth, status: None, known: None, children: vec![unless] },
        ]
    }

    fn note(&self, node: &mut Node, condition: &Condition, at: SomebodyId) {
        if let Some(var) = self.ground.tested(condition, at, self.standard) {
            node.status = Some(self.ground.variables[var].status);
            node.known = Some(self.ground.known(var));
        }
    }

    fn note_list(&self, node: &mut Node, who: SomebodyId, list: crate::id::FactId) {
        let Somebody::Entity(entity) = self.ground.somebodies[who] else { return };
        let weighed = crate::evidence::weigh(&self.ground.case, entity, list, self.standard);
        let Possible::Members { ids, complete } = &weighed.possible else { return };
        let members = ids.iter().map(|id| {
            let entity = self.ground.case.entities[entity].names.get(id);
            entity.map_or(id.as_str(), |entity| self.ground.case.entities[*entity].title.as_str())
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
