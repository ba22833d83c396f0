//! Conditions in stored form: a flat list in which the parts of a condition stand before it.
//!
//! The list is read and written without recursion, so that a stored policy cannot nest its conditions too deeply.

use super::logic::{Condition, ConditionKind, Quantifier, Subject, Test};
use crate::id::{ConditionId, FactId, KindId, RuleId};
use crate::span::Span;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::sync::Arc;

/// The deepest nesting of conditions. The language allows 32 levels of lists, each of which can be negated: 64 levels, with
/// room for the conditions of members.
const DEEPEST: usize = 128;

/// A condition without its parts. These are the conditions just before it that are not yet parts of another.
#[derive(Serialize, Deserialize)]
enum Node {
    All(usize),
    Any(usize),
    Count { least: u32, most: u32, of: usize },
    Not,
    Test(Test),
    Members { subject: Subject, list: FactId, quantifier: Quantifier, span: Span },
    Ancestor { subject: Subject, relation: FactId, span: Span },
    Reaches { subject: Subject, relation: FactId, target: KindId, through_any: bool, span: Span },
    Phase { rule: RuleId, reached: bool },
}

impl Serialize for Condition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Collected whole first and last part first; reversing this gives the stored order.
        let mut nodes = Vec::new();
        let mut unread = vec![self];
        while let Some(next) = unread.pop() {
            nodes.push((next.id(), node(next)));
            unread.extend(next.children());
        }
        nodes.reverse();
        nodes.serialize(serializer)
    }
}

fn node(condition: &Condition) -> Node {
    match &condition.kind {
        ConditionKind::All(of) => Node::All(of.len()),
        ConditionKind::Any(of) => Node::Any(of.len()),
        ConditionKind::Count { least, most, of } => Node::Count { least: *least, most: *most, of: of.len() },
        ConditionKind::Not(_) => Node::Not,
        ConditionKind::Test(test) => Node::Test(test.clone()),
        ConditionKind::Members { subject, list, quantifier, span, .. } => {
            Node::Members { subject: subject.clone(), list: *list, quantifier: *quantifier, span: *span }
        }
        ConditionKind::Ancestor { subject, relation, span, .. } => {
            Node::Ancestor { subject: subject.clone(), relation: *relation, span: *span }
        }
        ConditionKind::Reaches { subject, relation, target, through_any, span } => Node::Reaches {
            subject: subject.clone(),
            relation: *relation,
            target: *target,
            through_any: *through_any,
            span: *span,
        },
        ConditionKind::Phase { rule, reached } => Node::Phase { rule: *rule, reached: *reached },
    }
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let nodes: Vec<(ConditionId, Node)> = Vec::deserialize(deserializer)?;
        let mut parts = Parts(Vec::new());
        for (id, node) in nodes {
            let (kind, depth) =
                parts.join(node).ok_or_else(|| D::Error::custom("a condition lacks its parts"))?;
            if depth > DEEPEST {
                return Err(D::Error::custom("conditions are nested too deeply"));
            }
            parts.0.push((Condition::stored(id, kind), depth));
        }
        match (parts.0.pop(), parts.0.is_empty()) {
            (Some((whole, _)), true) => Ok(whole),
            _ => Err(D::Error::custom("parts of a condition are left over")),
        }
    }
}

/// The conditions that are not yet parts of others, each with how deeply it nests.
struct Parts(Vec<(Condition, usize)>);

impl Parts {
    /// Returns the condition of a node with its parts, and how deeply it nests. `None` if there are too few parts.
    fn join(&mut self, node: Node) -> Option<(ConditionKind, usize)> {
        Some(match node {
            Node::All(of) => {
                let (of, depth) = self.last(of)?;
                (ConditionKind::All(of), depth)
            }
            Node::Any(of) => {
                let (of, depth) = self.last(of)?;
                (ConditionKind::Any(of), depth)
            }
            Node::Count { least, most, of } => {
                let (of, depth) = self.last(of)?;
                (ConditionKind::Count { least, most, of }, depth)
            }
            Node::Not => {
                let (inner, depth) = self.0.pop()?;
                (ConditionKind::Not(Box::new(inner)), depth + 1)
            }
            Node::Members { subject, list, quantifier, span } => {
                let (member, depth) = self.0.pop()?;
                let member = Arc::new(member);
                (ConditionKind::Members { subject, list, quantifier, member, span }, depth + 1)
            }
            Node::Ancestor { subject, relation, span } => {
                let (member, depth) = self.0.pop()?;
                (ConditionKind::Ancestor { subject, relation, member: Arc::new(member), span }, depth + 1)
            }
            Node::Test(test) => (ConditionKind::Test(test), 1),
            Node::Reaches { subject, relation, target, through_any, span } => {
                (ConditionKind::Reaches { subject, relation, target, through_any, span }, 1)
            }
            Node::Phase { rule, reached } => (ConditionKind::Phase { rule, reached }, 1),
        })
    }

    /// Takes the last `count` conditions, in order.
    fn last(&mut self, count: usize) -> Option<(Vec<Condition>, usize)> {
        let taken = self.0.split_off(self.0.len().checked_sub(count)?);
        let depth = taken.iter().map(|(_, depth)| *depth).max().unwrap_or_default();
        Some((taken.into_iter().map(|(condition, _)| condition).collect(), depth + 1))
    }
}
