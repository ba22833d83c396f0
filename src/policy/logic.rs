//! Conditions as data, with every phrase looked up.

use crate::id::{ConditionId, FactId, KindId, RuleId};
use crate::span::Span;
use crate::value::{Ranges, Window};
use serde::{Deserialize, Serialize};
use std::cell::Cell;
use std::sync::Arc;

/// A condition with every phrase looked up.
///
/// # Example
/// `needs the group is neutral` is a test of one fact of the subject.
///
/// ```
/// use placet::policy::{Allowed, Body, ConditionKind, Root};
///
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
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// let (_, rule) = policy.rules.iter().next().ok_or("no rule")?;
/// let Body::Requirement { needs, .. } = &rule.body else { panic!("it is a requirement") };
/// let ConditionKind::Test(test) = &needs.kind else { panic!("it is a test") };
/// assert_eq!(policy.vocabulary.facts[test.fact].phrase, "is neutral");
/// assert_eq!(test.subject.root, Root::Subject);
/// assert_eq!(test.allowed, Allowed::YesNo(true));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Condition {
    /// The id. Only the reading of a policy makes conditions, so no two conditions of a policy have the same id.
    id: ConditionId,
    /// The kind of condition, with its parts.
    pub kind: ConditionKind,
}

/// Conditions are equal if they have the same parts. The ids are not compared, so that conditions of two policies can be
/// compared.
impl PartialEq for Condition {
    fn eq(&self, other: &Condition) -> bool {
        self.kind == other.kind
    }
}

impl Eq for Condition {}

impl Condition {
    /// Makes a condition with the next id.
    pub(super) fn new(ids: &ConditionIds, kind: ConditionKind) -> Condition {
        let id = ids.0.get();
        ids.0.set(id.saturating_add(1));
        Condition { id: ConditionId(id), kind }
    }

    /// Makes a condition that was stored with its id.
    pub(super) fn stored(id: ConditionId, kind: ConditionKind) -> Condition {
        Condition { id, kind }
    }

    /// Returns the id, which is unique within the policy.
    pub fn id(&self) -> ConditionId {
        self.id
    }

    /// Returns the conditions directly below this one, in the order of the text.
    pub fn children(&self) -> &[Condition] {
        match &self.kind {
            ConditionKind::All(of) | ConditionKind::Any(of) | ConditionKind::Count { of, .. } => of,
            ConditionKind::Not(inner) => std::slice::from_ref(inner),
            ConditionKind::Members { member, .. } | ConditionKind::Ancestor { member, .. } => {
                std::slice::from_ref(member)
            }
            ConditionKind::Test(_) | ConditionKind::Reaches { .. } | ConditionKind::Phase { .. } => &[],
        }
    }

    /// Returns the test, if the condition is one.
    pub fn test(&self) -> Option<&Test> {
        match &self.kind {
            ConditionKind::Test(test) => Some(test),
            _ => None,
        }
    }

    /// Returns this condition and all conditions below it, in the order of the text.
    pub fn all(&self) -> impl Iterator<Item = &Condition> {
        let mut unread = vec![self];
        std::iter::from_fn(move || {
            let next = unread.pop()?;
            unread.extend(next.children().iter().rev());
            Some(next)
        })
    }
}

/// The next id for the conditions of a policy.
#[derive(Default)]
pub(super) struct ConditionIds(Cell<u32>);

/// The kinds of conditions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConditionKind {
    /// All conditions hold.
    All(Vec<Condition>),
    /// At least one condition holds.
    Any(Vec<Condition>),
    /// At least `least` and at most `most` of the conditions hold.
    Count {
        /// The smallest number.
        least: u32,
        /// The largest number; `u32::MAX` for no limit.
        most: u32,
        /// The conditions that are counted.
        of: Vec<Condition>,
    },
    /// The condition does not hold.
    Not(Box<Condition>),
    /// A fact of a subject has one of some values.
    Test(Test),
    /// A number of members of a list meets a condition.
    Members {
        /// The entity that has the list.
        subject: Subject,
        /// The list.
        list: FactId,
        /// How many members.
        quantifier: Quantifier,
        /// The condition on each member, in which [`Root::Subject`] is the member.
        member: Arc<Condition>,
        /// The place of the clause.
        span: Span,
    },
    /// At least one entity that a relation leads to, in one step or more, meets a condition.
    Ancestor {
        /// The entity that the relation starts from.
        subject: Subject,
        /// The relation, to one entity of the same kind.
        relation: FactId,
        /// The condition, in which [`Root::Subject`] is the entity reached.
        member: Arc<Condition>,
        /// The place of the clause.
        span: Span,
    },
    /// A relation leads to the only entity of a kind.
    Reaches {
        /// The entity that the relation starts from.
        subject: Subject,
        /// The relation.
        relation: FactId,
        /// The kind of the target.
        target: KindId,
        /// Whether any number of steps is allowed. Otherwise exactly one.
        through_any: bool,
        /// The place of the clause.
        span: Span,
    },
    /// A phase is reached or open.
    Phase {
        /// The phase, as a rule of the policy.
        rule: RuleId,
        /// Whether the phase must be reached. Otherwise it must be open.
        reached: bool,
    },
}

/// How many members of a list must meet a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Quantifier {
    /// `any of its leaders`
    Any,
    /// `all of its leaders`
    All,
    /// `none of its leaders`
    None,
    /// `at least N of its leaders`
    AtLeast(u32),
    /// `at most N of its leaders`
    AtMost(u32),
    /// `exactly N of its leaders`
    Exactly(u32),
}

/// A fact of a subject has one of some values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Test {
    /// The entity that has the fact.
    pub subject: Subject,
    /// The fact. Its type is yes-or-no, number, date or choice, or it is a defined fact.
    pub fact: FactId,
    /// The allowed values.
    pub allowed: Allowed,
    /// Whether the clause uses `is not`. This does not change the meaning, only how the test is shown.
    pub denied: bool,
    /// The place of the clause.
    pub span: Span,
}

/// The values that a test allows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Allowed {
    /// Yes or no.
    YesNo(bool),
    /// Some numbers.
    Numbers(Ranges),
    /// Some days, as [day numbers](crate::value::Date::number).
    Dates(Ranges),
    /// The days in a window, or all other days.
    Relative {
        /// The window.
        window: Window,
        /// Whether the day must be in it.
        inside: bool,
    },
    /// Some values of a choice: bit *i* stands for the *i*th value.
    Values(u64),
}

/// The entity whose fact is tested.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Subject {
    /// The entity to start from.
    pub root: Root,
    /// The relations to one entity that are followed.
    pub steps: Vec<FactId>,
}

/// The entity that a subject starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Root {
    /// The subject that the rule is about.
    Subject,
    /// The only entity of a kind.
    Only(KindId),
}
