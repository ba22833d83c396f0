//! A policy as a drawing: from conditions and definitions through rules to the verdict on each type of assistance.
//!
//! Made from a policy, and, where wanted, from a decision under it, which marks what is met, failed or open. It holds
//! what is drawn and how it hangs together; [`svg`] and [`dot`] say where it stands on the page.

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

/// What is drawn.
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
    /// Its id and version, and, where a decision marks it, whose and as of when.
    pub about: String,
    /// Definitions first, then rules with their waivers, then choices and obligations.
    pub cards: Vec<Card>,
    /// The types of assistance, parents before children.
    pub types: Vec<Type>,
}

/// What a card stands for, and with it its shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// A fact worked out from others.
    Definition,
    /// A requirement.
    Requirement,
    /// A bar.
    Bar {
        /// Whether no waiver lifts it.
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
}

/// A definition, rule, waiver, choice or obligation.
#[derive(Clone, Debug)]
pub struct Card {
    /// What it stands for.
    pub sort: Sort,
    /// What it is called: the id of a rule, the name of a choice; empty for a definition.
    pub id: String,
    /// Its title; for a definition, the sentence that it defines.
    pub title: String,
    /// What else is to be said: when it is in force, who grants it, what is chosen.
    pub notes: Vec<String>,
    /// Its conditions.
    pub parts: Vec<Part>,
    /// The types that a rule names, as places in [`Graph::types`]; none where it holds for all.
    pub types: Option<Vec<usize>>,
    /// The rules that a waiver lifts, as places in [`Graph::cards`].
    pub lifts: Vec<usize>,
    /// How it turned out.
    pub outcome: Option<(Mark, String)>,
    /// What it was made from.
    from: From,
}

/// What a card was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum From {
    Definition(FactId),
    Rule(RuleId),
    Waiver(WaiverId),
    Choice(usize),
    Obligation(usize),
}

/// The conditions below one word of a rule.
#[derive(Clone, Debug)]
pub struct Part {
    /// The word, and how the conditions are joined: `needs all of`.
    pub word: String,
    /// The conditions, one a line.
    pub lines: Vec<Line>,
    /// The definitions on which they rest, as places in [`Graph::cards`].
    pub uses: Vec<usize>,
    /// How it turned out.
    pub mark: Option<Mark>,
}

/// One condition, or the words that join those below it.
#[derive(Clone, Debug)]
pub struct Line {
    /// How many lists it stands in.
    pub depth: usize,
    /// The sentence.
    pub text: String,
    /// How it turned out.
    pub mark: Option<Mark>,
}

/// A type of assistance.
#[derive(Clone, Debug)]
pub struct Type {
    /// Its name.
    pub name: String,
    /// The type it belongs to, as a place in [`Graph::types`].
    pub parent: Option<usize>,
    /// The verdict.
    pub outcome: Option<(Mark, String)>,
    /// What it was made from.
    from: AssistanceId,
}

/// What something comes to for a verdict, not whether it is true: a bar's condition that is not so is as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// It is as it should be: a requirement is met, a bar clear, a phase open, a type of assistance eligible, a condition
    /// as the rule wants it.
    Met,
    /// A rule or type fails; or a condition is one by which it does.
    Failed,
    /// It hinges on open facts.
    Open,
    /// It is so, and no rule fails by that.
    So,
    /// It is not so, and no rule fails by that.
    NotSo,
}

impl Mark {
    /// What it means, in a few words.
    pub fn words(self) -> &'static str {
        match self {
            Mark::Met => "as it should be",
            Mark::Failed => "in the way",
            Mark::Open => "open: not known well enough",
            Mark::So => "so",
            Mark::NotSo => "not so",
        }
    }
}

impl Sort {
    /// `requirement`, `bar`, …: the word on the card.
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
        }
    }

    /// Whether a verdict hangs on it: a requirement, bar or phase.
    pub fn is_rule(self) -> bool {
        matches!(self, Sort::Requirement | Sort::Bar { .. } | Sort::Phase)
    }
}
