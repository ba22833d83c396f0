//! The verdict and everything that makes it defensible.
//!
//! Made from a policy and a case. It decides exactly where it can within its budget and says so where it could
//! not; it reads no text and knows no file.

mod answer;
mod ask;
mod change;
mod hearing;
mod horizon;
mod lists;
mod manifest;
mod omitted;
mod outlook;
mod print;
mod problem;
mod question;
mod reason;
mod ruling;
#[cfg(test)]
mod tests;
mod tree;
mod trial;
mod verdict;

pub use answer::WORK;
pub(crate) use answer::{Screened, answers_by, screened};
pub use manifest::{FileRead, Manifest, Role};
pub use omitted::{Omitted, OmittedStatement};
pub use outlook::{Outlook, Prospect, bear, outlooks};
pub use problem::Problem;
pub use ruling::{Facts, Ruling, Rulings};
pub use verdict::{decide, decide_briefly, decide_briefly_with, decide_with, outcomes, outcomes_with};
pub(crate) use verdict::{decide_within, outcomes_within};

use crate::evidence::{LeftOut, Origins, Statement, Status, UnaskedStatement};
use crate::id::{AssistanceId, RuleId, WaiverId};
use crate::policy::{Due, Policy};
use crate::value::{Date, Truth};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The verdicts on one subject under one policy on one day.
#[derive(Clone, Debug)]
pub struct Decision<'a> {
    /// The policy.
    pub policy: &'a Policy,
    /// The day.
    pub as_of: Date,
    /// The id of the subject's dossier.
    pub subject: String,
    /// The title of the subject's dossier.
    pub title: String,
    /// The dossiers that it was decided on.
    pub origins: Origins<'a>,
    /// The hashes of what it was decided on; none unless it is bound to them by
    /// [`Manifests`](crate::wire::manifest::Manifests).
    pub manifest: Option<Manifest>,
    /// What the dossier says that the policy does not ask about, in words of the dossier's own files.
    pub unasked: &'a [UnaskedStatement],
    /// One verdict for every type asked about, in the order of the policy.
    pub verdicts: Vec<Verdict<'a>>,
    /// How much work went into it: at most [`WORK`].
    pub work: u64,
}

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Every rule is met however the open facts turn out.
    Eligible,
    /// Some rule fails however the open facts turn out.
    Ineligible,
    /// It hinges on open facts.
    Undetermined,
}

/// The verdict for one type of assistance.
#[derive(Clone, Debug)]
pub struct Verdict<'a> {
    /// The type.
    pub assistance: AssistanceId,
    /// The answer.
    pub outcome: Outcome,
    /// Whether an undetermined answer is exact; eligible and ineligible always are.
    pub exact: bool,
    /// The rules that hold for the type, in the order of the policy, those not in force left out.
    pub rules: Vec<RuleOutcome>,
    /// Sets of known facts, each of which forces the answer, the shortest first; none where it is undetermined. Nothing
    /// can be left out of any of them, and none that forces the answer is shorter than the first.
    pub reasons: Vec<Vec<Finding<'a>>>,
    /// Where it is ineligible and no rule fails by itself, rules that cannot be met together; none of them can be left
    /// out.
    pub together: Vec<RuleId>,
    /// The open facts on which an undetermined answer hinges, the most telling first.
    pub missing: Vec<Missing<'a>>,
    /// Smallest sets of changes, each of which would make it eligible, those first that change least of what is known; at
    /// most five. Empty where it is eligible or out of reach.
    pub changes: Vec<Vec<Change<'a>>>,
    /// Whether nothing that can still change would make it eligible. False where the search was cut short.
    pub out_of_reach: bool,
    /// The choices that hold for the type.
    pub choices: Vec<Chosen>,
    /// The obligations an eligible decision carries.
    pub obligations: Vec<Attached>,
    /// The presumptions on which the answer rests, each with what is presumed.
    pub presumptions: Vec<Finding<'a>>,
    /// The statements that evidence standards left out and that together would change the answer.
    pub omitted: Omitted<'a>,
    /// The last day on which the answer stays the same if nothing but time passes; none for no limit known.
    pub holds_until: Option<Date>,
    /// What the limit on work cut short: what is told of it is right, and there may be more to it.
    pub cut_short: BTreeSet<Search>,
}

/// What the work of a decision goes into beside the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Search {
    /// What became of rules, choices and obligations: some may be shown as open that are not.
    Rules,
    /// Reasons: there may be others, and smaller ones.
    Reasons,
    /// Open facts: the answer may not hinge on some of them.
    Missing,
    /// Changes: there may be others, and smaller ones.
    Changes,
    /// Presumptions: the answer may not rest on some of them.
    Presumptions,
    /// How long the answer holds.
    HoldsUntil,
}

/// What became of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleStatus {
    /// A requirement is met, a bar is clear, a phase is open.
    Met,
    /// It fails.
    Failed,
    /// It hinges on open facts.
    Open,
    /// It would fail or be open but for a waiver.
    Lifted,
    /// Its `when` fails, or it is about another kind of subject.
    NotApplicable,
}

/// A rule and what became of it.
#[derive(Clone, Debug)]
pub struct RuleOutcome {
    /// The rule.
    pub rule: RuleId,
    /// What became of it.
    pub status: RuleStatus,
    /// The waivers that lift it: those that hold; where none is sure to hold, those of which one does.
    pub lifted_by: Vec<WaiverId>,
    /// The tree of its conditions, each with how it turned out.
    pub tree: Node,
}

/// A condition and how it turned out, as a sentence.
#[derive(Clone, Debug)]
pub struct Node {
    /// The sentence: `the group accepts the unity government`, `at least 2 of`.
    pub text: String,
    /// How it turned out.
    pub truth: Truth,
    /// For a test of one fact, how well the fact is known.
    pub status: Option<Status>,
    /// For a test of one fact, what is known of it, in words: `yes`, `400 fighters`, `unknown`.
    pub known: Option<String>,
    /// What it is made of.
    pub children: Vec<Node>,
}

/// A fact of somebody, as a person reads it.
#[derive(Clone, Debug)]
pub struct FactRef<'a> {
    /// Who: the entity's id.
    pub entity: String,
    /// Who, in words: `the group`, `the unity government`, `First commander`.
    pub subject: String,
    /// The phrase of the fact: `accepts the unity government`, `headcount`.
    pub phrase: String,
    /// The sentence: `the group accepts the unity government`, `the group's headcount`.
    pub text: String,
    /// The evidence standard under which it is read.
    pub standard: Option<String>,
    /// The question an official is asked: the vocabulary's own, or one made from the fact's type.
    pub question: String,
    /// How well it is known.
    pub status: Status,
    /// The statements that count.
    pub statements: Vec<&'a Statement>,
    /// The statements that do not count, each with why.
    pub left_out: Vec<(&'a Statement, LeftOut)>,
    /// What those are called whom the statements name: titles by id.
    pub names: Arc<BTreeMap<String, String>>,
}

/// A fact with the value that matters.
#[derive(Clone, Debug)]
pub struct Finding<'a> {
    /// The fact.
    pub fact: FactRef<'a>,
    /// What is known of it, as a sentence: `the group does not accept the unity government`.
    pub text: String,
}

/// An open fact on which an answer hinges.
#[derive(Clone, Debug)]
pub struct Missing<'a> {
    /// The fact.
    pub fact: FactRef<'a>,
    /// The rules it matters to.
    pub rules: Vec<RuleId>,
    /// How telling it is, beside the most telling one, in millionths: 1,000,000 for that one. What is compared is the
    /// chance that the answer turns on the fact, every open value being as likely as another. None where it was not
    /// worked out.
    pub weight: Option<u32>,
}

/// What has to be done about a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeWord {
    /// It is unknown and would have to be found to be so.
    Establish,
    /// Sources disagree and it would have to be settled so.
    Settle,
    /// It is known to be otherwise and would have to become so.
    Change,
}

/// One change.
#[derive(Clone, Debug)]
pub struct Change<'a> {
    /// What has to be done.
    pub word: ChangeWord,
    /// The fact.
    pub fact: FactRef<'a>,
    /// What it would have to be, as a sentence: `the group accepts the unity government`.
    pub text: String,
}

/// A choice and the values it may take.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// Its place among the policy's choices.
    pub choice: usize,
    /// The values possible, in the order of the choice: one where it is settled.
    pub values: Vec<String>,
}

/// An obligation and whether it holds.
#[derive(Clone, Debug)]
pub struct Attached {
    /// Its place among the policy's obligations.
    pub obligation: usize,
    /// Whether its condition holds: yes, or open; those that do not hold are left out.
    pub truth: Truth,
    /// By when.
    pub due: Option<Due>,
}
