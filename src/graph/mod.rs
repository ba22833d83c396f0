//! A policy as a drawing: from conditions and definitions through rules to the verdict on each type of assistance.
//!
//! Made from a policy and, optionally, a decision under it, which marks what is met, failed or open. The
//! [`Graph`] contains what is drawn and how it is connected; [`svg`] and [`dot`] lay it out.

pub mod dot;
mod from_decision;
mod from_policy;
mod page;
pub mod svg;
#[cfg(test)]
mod tests;
mod wrap;

pub use from_decision::mark;
pub use from_policy::graph;

use crate::id::{AssistanceId, FactId, RuleId, WaiverId};

/// A drawing of a policy.
///
/// # Example
/// ```
/// use placet::graph::{self, Sort};
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
/// let graph = graph::graph(&policy, None);
/// assert_eq!(graph.cards[0].sort, Sort::Requirement);
/// assert_eq!(graph.cards[0].parts[0].word, "needs");
/// assert_eq!(graph.cards[0].parts[0].lines[0].text, "the group is neutral");
/// assert_eq!(graph.types[0].name, "training");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Graph {
    /// The title of the policy.
    pub title: String,
    /// The id and version of the policy; with a decision, also its subject and day.
    pub about: String,
    /// Definitions first, then rules with their waivers, then choices and obligations.
    pub cards: Vec<Card>,
    /// The types of assistance, parents before children.
    pub types: Vec<Type>,
}

/// What a card stands for; determines its shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// A fact that is defined by other facts.
    Definition,
    /// A requirement.
    Requirement,
    /// A bar.
    Bar {
        /// Whether no waiver can lift it.
        absolute: bool,
    },
    /// A phase that must be open.
    Phase,
    /// A waiver.
    Waiver,
    /// A choice.
    Choice,
    /// An obligation.
    Obligation,
    /// A concern.
    Concern,
}

/// A definition, rule, waiver, choice, obligation or concern.
#[derive(Clone, Debug)]
pub struct Card {
    /// What the card stands for.
    pub sort: Sort,
    /// The id of a rule or the name of a choice; empty for a definition.
    pub id: String,
    /// The title; for a definition, the sentence that it defines.
    pub title: String,
    /// Notes, such as when it is in force, who grants it and which values a choice has.
    pub notes: Vec<String>,
    /// The conditions.
    pub parts: Vec<Part>,
    /// The types that a rule names, as indices into [`Graph::types`]; `None` if it is for all types.
    pub types: Option<Vec<usize>>,
    /// The rules that a waiver lifts, as indices into [`Graph::cards`].
    pub lifts: Vec<usize>,
    /// The result, if a decision marks the drawing.
    pub outcome: Option<(Mark, String)>,
    /// The part of the policy that it is made from.
    from: From,
}

/// The part of the policy that a card is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum From {
    Definition(FactId),
    Rule(RuleId),
    Waiver(WaiverId),
    Choice(usize),
    Obligation(usize),
    Concern(usize),
}

/// The conditions below one keyword of a rule.
#[derive(Clone, Debug)]
pub struct Part {
    /// The keyword, and how the conditions are joined: `needs all of`.
    pub word: String,
    /// The conditions, one per line.
    pub lines: Vec<Line>,
    /// The definitions that they use, as indices into [`Graph::cards`].
    pub uses: Vec<usize>,
    /// The result, if a decision marks the drawing.
    pub mark: Option<Mark>,
}

/// One condition, or the words that join the conditions below it.
#[derive(Clone, Debug)]
pub struct Line {
    /// The number of lists that contain it.
    pub depth: usize,
    /// The sentence.
    pub text: String,
    /// The result, if a decision marks the drawing.
    pub mark: Option<Mark>,
}

/// A type of assistance.
#[derive(Clone, Debug)]
pub struct Type {
    /// The name.
    pub name: String,
    /// The parent type, as an index into [`Graph::types`].
    pub parent: Option<usize>,
    /// The verdict, if a decision marks the drawing.
    pub outcome: Option<(Mark, String)>,
    /// The type in the policy.
    from: AssistanceId,
}

/// The effect of something on a verdict, not its truth: a false condition of a bar counts as met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// It helps: a requirement is met, a bar does not apply, a phase is open, a type of assistance is eligible, a
    /// condition has the value that the rule needs.
    Met,
    /// A rule or type fails, or a condition makes it fail.
    Failed,
    /// It depends on open facts.
    Open,
    /// It is true, and makes no rule fail.
    So,
    /// It is false, and makes no rule fail.
    NotSo,
}

impl Mark {
    /// Describes the mark in a few words.
    pub fn words(self) -> &'static str {
        match self {
            Mark::Met => "as required",
            Mark::Failed => "not as required",
            Mark::Open => "open: not known well enough",
            Mark::So => "true",
            Mark::NotSo => "false",
        }
    }
}

impl Sort {
    /// The word on the card: `requirement`, `bar` and so on.
    pub fn word(self) -> &'static str {
        match self {
            Sort::Definition => "definition",
            Sort::Requirement => "requirement",
            Sort::Bar { absolute: false } => "bar",
            Sort::Bar { absolute: true } => "absolute bar",
            Sort::Phase => "phase",
            Sort::Waiver => "waiver",
            Sort::Choice => "choice",
            Sort::Obligation => "obligation",
            Sort::Concern => "concern",
        }
    }

    /// Whether no verdict depends on it: a choice, obligation or concern.
    pub(super) fn is_beside(self) -> bool {
        matches!(self, Sort::Choice | Sort::Obligation | Sort::Concern)
    }

    /// Whether a verdict depends on it: a requirement, bar or phase.
    pub fn is_rule(self) -> bool {
        matches!(self, Sort::Requirement | Sort::Bar { .. } | Sort::Phase)
    }
}
