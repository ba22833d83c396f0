//! Conditions as data: what must hold, with every phrase looked up.

use crate::id::{FactId, KindId, RuleId};
use crate::span::Span;
use crate::value::{Length, Ranges};

/// A condition with every phrase looked up.
///
/// # Example
/// `needs the group is neutral` is a test of one fact of the subject:
///
/// ```
/// use placet::policy::{Allowed, Body, Condition, Root};
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
/// let Body::Requirement { needs: Condition::Test(test), .. } = &rule.body else { panic!("it is a test") };
/// assert_eq!(policy.vocabulary.facts[test.fact].phrase, "is neutral");
/// assert_eq!(test.subject.root, Root::Subject);
/// assert_eq!(test.allowed, Allowed::YesNo(true));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Every one holds.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    /// No fewer than `least` and no more than `most` hold.
    Count {
        /// The fewest.
        least: u32,
        /// The most; `u32::MAX` for no limit.
        most: u32,
        /// The conditions counted.
        of: Vec<Condition>,
    },
    /// It does not hold.
    Not(Box<Condition>),
    /// A fact of a subject has one of some values.
    Test(Test),
    /// How many members of a list meet a condition.
    Members {
        /// Whose list.
        subject: Subject,
        /// The list.
        list: FactId,
        /// How many.
        quantifier: Quantifier,
        /// What is asked of each member, in which [`Root::Subject`] is the member.
        member: Box<Condition>,
        /// Where it stands.
        span: Span,
    },
    /// Some subject that a relation leads to, in one step or more, meets a condition.
    Ancestor {
        /// Whose.
        subject: Subject,
        /// The relation, to one subject of the same kind.
        relation: FactId,
        /// What is asked, in which [`Root::Subject`] is the one reached.
        member: Box<Condition>,
        /// Where it stands.
        span: Span,
    },
    /// A relation leads to a thing there is only one of.
    Reaches {
        /// Whose.
        subject: Subject,
        /// The relation.
        relation: FactId,
        /// The thing.
        target: KindId,
        /// Whether through any number of steps; else in one.
        through_any: bool,
        /// Where it stands.
        span: Span,
    },
    /// A phase is reached, or open.
    Phase {
        /// The phase, as a rule of the policy.
        rule: RuleId,
        /// Whether reached is asked; else open.
        reached: bool,
    },
}

/// How many members of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Test {
    /// Whose fact.
    pub subject: Subject,
    /// The fact: of type yes-or-no, number, date or choice, or a defined one.
    pub fact: FactId,
    /// The values.
    pub allowed: Allowed,
    /// Whether it is written with `is not`: it means the same either way, and is shown as it is written.
    pub denied: bool,
    /// Where it stands.
    pub span: Span,
}

/// The values a test allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// Yes, or no.
    YesNo(bool),
    /// These numbers.
    Numbers(Ranges),
    /// These days, as [day numbers](crate::value::Date::number).
    Dates(Ranges),
    /// Days not before the as-of date less this length, and not after the as-of date.
    WithinLast(Length),
    /// Any other day.
    NotWithinLast(Length),
    /// These values of a choice: bit *i* for the *i*th value.
    Values(u64),
}

/// Whose fact is tested.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// Where it starts.
    pub root: Root,
    /// The relations to one subject that it follows.
    pub steps: Vec<FactId>,
}

/// Where a subject starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Root {
    /// The subject that the rule is about.
    Subject,
    /// The thing there is only one of.
    Only(KindId),
}
