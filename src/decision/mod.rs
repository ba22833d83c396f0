//! Decisions: the verdicts on a subject, with reasons, missing facts, changes and dates.
//!
//! A decision is made from a policy and a case. It is exact if the budget suffices, and otherwise states what is not
//! exact. This layer reads no text and no files.

mod answer;
mod ask;
mod candidate;
mod change;
mod choice;
mod evaluation;
mod horizon;
mod lists;
mod manifest;
mod omitted;
mod outlook;
mod print;
mod problem;
mod question;
mod reason;
#[cfg(test)]
mod tests;
mod tree;
mod trial;
mod verdict;

pub use answer::WORK;
pub(crate) use answer::{Screened, answers_by, screened};
pub use manifest::{FileRead, Manifest, Role};
pub use omitted::{Omitted, OmittedStatement};
pub use outlook::{Outlook, Prospect, bears_on_verdicts, outlooks};
pub use problem::DecisionError;
pub(crate) use verdict::{Admitted, decide_within, outcomes_within};
pub use verdict::{decide, decide_briefly, decide_briefly_with, decide_with, outcomes, outcomes_with};

use crate::evidence::{LeftOut, Origins, Statement, Status, UnusedStatement};
use crate::id::{AssistanceId, RuleId, WaiverId};
use crate::policy::{Concern, Due, Policy};
use crate::sorted::{SortedMap, SortedSet};
use crate::value::{Date, Truth};
use std::sync::Arc;

/// The verdicts on one subject under one policy on one day.
#[derive(Clone, Debug)]
pub struct Decision<'a> {
    /// The policy.
    pub policy: &'a Policy,
    /// The as-of date.
    pub as_of: Date,
    /// The id of the subject's dossier.
    pub subject: String,
    /// The title of the subject's dossier.
    pub title: String,
    /// The dossiers that the decision is based on.
    pub origins: Origins<'a>,
    /// The hashes of what the decision is based on. `None` unless
    /// [`Manifests`](crate::wire::manifest::Manifests) has bound the decision to them.
    pub manifest: Option<Manifest>,
    /// The statements of the dossier about facts that its own vocabulary declares, which the policy does not ask about.
    pub unused: &'a [UnusedStatement],
    /// One verdict for each type of assistance that was asked for, in the order of the policy.
    pub verdicts: Vec<Verdict<'a>>,
    /// The concerns that are in force and apply to any of these types, in the order of the policy.
    pub concerns: Vec<ConcernOutcome<'a>>,
    /// The number of budget units spent; at most [`WORK`].
    pub work: u64,
}

impl<'a> Decision<'a> {
    /// Returns the concerns that apply to a type of assistance, each with its declaration.
    pub fn concerns_of(
        &self,
        assistance: AssistanceId,
    ) -> impl Iterator<Item = (&'a Concern, &ConcernOutcome<'a>)> {
        let all = self.concerns.iter().filter_map(|one| Some((self.policy.concerns.get(one.concern)?, one)));
        all.filter(move |(concern, _)| self.policy.covers(&concern.header.assistance, assistance))
    }
}

/// Whether a concern is raised.
#[derive(Clone, Debug)]
pub struct ConcernOutcome<'a> {
    /// The place of the concern in the policy.
    pub concern: usize,
    /// Whether it is raised: yes, no, or open.
    pub raised: Truth,
    /// Whether an open answer is exact; the others always are.
    pub exact: bool,
    /// Smallest sets of known facts, each of which forces the answer; empty if it is open.
    pub reasons: Vec<Vec<KnownFact<'a>>>,
    /// The open facts that an open answer depends on, the most influential first.
    pub missing: Vec<Missing<'a>>,
    /// The statements that standards left out and that would change the answer.
    pub omitted: Omitted<'a>,
    /// The last day on which the answer holds if only time passes; see [`Verdict::holds_until`].
    pub holds_until: Option<Date>,
    /// What the budget cut short.
    pub cut_short: SortedSet<Search>,
}

/// The outcome of a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Every rule is met, for all values of the open facts.
    Eligible,
    /// Some rule fails, for all values of the open facts.
    Ineligible,
    /// The outcome depends on open facts.
    Undetermined,
}

impl Outcome {
    /// Returns the word for the outcome in data and in the language.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Outcome::Eligible => "eligible",
            Outcome::Ineligible => "ineligible",
            Outcome::Undetermined => "undetermined",
        }
    }
}

/// The verdict for one type of assistance.
#[derive(Clone, Debug)]
pub struct Verdict<'a> {
    /// The type.
    pub assistance: AssistanceId,
    /// The outcome.
    pub outcome: Outcome,
    /// Whether an undetermined outcome is exact; eligible and ineligible always are.
    pub exact: bool,
    /// The rules that apply to the type and are in force, in the order of the policy.
    pub rules: Vec<RuleOutcome>,
    /// Sets of known facts, each of which forces the outcome, the shortest first; empty if it is undetermined. Each set
    /// is minimal, and no set that forces the outcome is shorter than the first.
    pub reasons: Vec<Vec<KnownFact<'a>>>,
    /// A minimal set of rules that cannot be met together, if the outcome is ineligible and no rule fails by itself.
    pub together: Vec<RuleId>,
    /// The open facts that an undetermined outcome depends on, the most influential first.
    pub missing: Vec<Missing<'a>>,
    /// Smallest sets of changes, each of which would make the outcome eligible. Sets that change the least of what is
    /// known come first. There are at most five; none if the outcome is eligible or out of reach.
    pub changes: Vec<Vec<Change<'a>>>,
    /// Whether no possible change would make the outcome eligible. False if the search was cut short.
    pub out_of_reach: bool,
    /// The choices that apply to the type.
    pub choices: Vec<Chosen>,
    /// The obligations that come with an eligible outcome.
    pub obligations: Vec<Attached>,
    /// The presumptions that the outcome rests on, each with the value that is presumed.
    pub presumptions: Vec<KnownFact<'a>>,
    /// The statements that evidence standards left out and that together would change the outcome.
    pub omitted: Omitted<'a>,
    /// The last day on which the outcome stays the same if only time passes; `None` if no limit is known.
    pub holds_until: Option<Date>,
    /// The searches that the budget cut short. Their results are right but may be incomplete.
    pub cut_short: SortedSet<Search>,
}

/// The searches of a decision that use the budget, other than the outcome itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Search {
    /// The statuses of rules, choices and obligations: some may be reported as open although they are settled.
    Rules,
    /// The reasons: there may be others, and smaller ones.
    Reasons,
    /// The open facts: the outcome may not depend on some of them.
    Missing,
    /// The changes: there may be others, and smaller ones.
    Changes,
    /// The presumptions: the outcome may not rest on some of them.
    Presumptions,
    /// The last day on which the outcome holds.
    HoldsUntil,
}

/// The status of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleStatus {
    /// The requirement is met, the bar is clear, or the phase is open.
    Met,
    /// The rule fails.
    Failed,
    /// The status depends on open facts.
    Open,
    /// A waiver lifts the rule, which would otherwise fail or be open.
    Lifted,
    /// The `when` of the rule is false, or the rule is about another kind of subject.
    NotApplicable,
}

/// A rule with its status.
#[derive(Clone, Debug)]
pub struct RuleOutcome {
    /// The rule.
    pub rule: RuleId,
    /// The status of the rule.
    pub status: RuleStatus,
    /// The waivers that lift the rule: those that hold; or, if none certainly holds, those of which one holds.
    pub lifted_by: Vec<WaiverId>,
    /// The tree of its conditions, each with its truth value.
    pub tree: Node,
}

/// A condition as a sentence, with its truth value.
#[derive(Clone, Debug)]
pub struct Node {
    /// The sentence: `the group accepts the unity government`, `at least 2 of`.
    pub text: String,
    /// The truth value.
    pub truth: Truth,
    /// The status of the fact, if the condition is a test of one fact.
    pub status: Option<Status>,
    /// What is known of the fact in words, if the condition is a test of one fact: `yes`, `400 fighters`, `unknown`.
    pub known: Option<String>,
    /// The conditions that it consists of.
    pub children: Vec<Node>,
}

impl Node {
    /// Returns a node that is not a test of one fact.
    pub(crate) fn new(text: impl Into<String>, truth: Truth, children: Vec<Node>) -> Node {
        Node { text: text.into(), truth, status: None, known: None, children }
    }
}

/// A fact of an entity in words.
#[derive(Clone, Debug)]
pub struct FactRef<'a> {
    /// The id of the entity.
    pub entity: String,
    /// The name of the entity: `the group`, `the unity government`, `First commander`.
    pub subject: String,
    /// The phrase of the fact: `accepts the unity government`, `headcount`.
    pub phrase: String,
    /// The sentence: `the group accepts the unity government`, `the group's headcount`.
    pub text: String,
    /// The evidence standard under which the fact is read.
    pub standard: Option<String>,
    /// The question to ask about the fact: from the vocabulary, or made from the type of the fact.
    pub question: String,
    /// The status of the fact.
    pub status: Status,
    /// The statements that count.
    pub statements: Vec<&'a Statement>,
    /// The statements that do not count, each with the reason.
    pub left_out: Vec<(&'a Statement, LeftOut)>,
    /// The names of the entities that the statements name: titles by id.
    pub names: Arc<SortedMap<String, String>>,
}

/// A fact with its relevant value.
#[derive(Clone, Debug)]
pub struct KnownFact<'a> {
    /// The fact.
    pub fact: FactRef<'a>,
    /// What is known of the fact, as a sentence: `the group does not accept the unity government`.
    pub text: String,
}

/// An open fact that an outcome depends on.
#[derive(Clone, Debug)]
pub struct Missing<'a> {
    /// The fact.
    pub fact: FactRef<'a>,
    /// The rules that it matters to.
    pub rules: Vec<RuleId>,
    /// The influence of the fact, in millionths of that of the most influential one.
    /// The measure is the probability that the outcome depends on the fact if all open values are equally likely.
    /// `None` if it was not computed.
    pub weight: Option<u32>,
}

/// The kind of action that a change needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeWord {
    /// The fact is unknown and has to be found to have the value.
    Establish,
    /// Sources disagree about the fact, and it has to be settled to this value.
    Settle,
    /// The fact is known to have another value and has to change.
    Change,
}

/// A change of one fact.
#[derive(Clone, Debug)]
pub struct Change<'a> {
    /// The kind of action.
    pub word: ChangeWord,
    /// The fact.
    pub fact: FactRef<'a>,
    /// The value that the fact has to get, as a sentence: `the group accepts the unity government`.
    pub text: String,
}

/// A choice with the values that it can take.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// The place of the choice in the policy.
    pub choice: usize,
    /// The possible values, in the order of the choice; exactly one if the choice is settled.
    pub values: Vec<String>,
}

/// An obligation with whether it holds.
#[derive(Clone, Debug)]
pub struct Attached {
    /// The place of the obligation in the policy.
    pub obligation: usize,
    /// Whether the condition of the obligation holds: yes or open. Obligations that do not hold are left out.
    pub truth: Truth,
    /// The time by which it is due.
    pub due: Option<Due>,
}
