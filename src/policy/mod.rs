//! Policies: a vocabulary and the rules over it, with every phrase looked up.
//!
//! A policy is made from the syntax trees of its file and of the files that it uses. Unlike the trees, it holds no
//! phrases to be looked up: a condition tests a fact of a known kind against values of the fact's type. This layer does
//! not depend on dossiers.

mod all_texts;
mod checks;
pub mod clause;
mod concerns;
mod condition;
mod flat;
mod fragment;
mod from_syntax;
mod header;
mod invariants;
pub mod lexicon;
mod logic;
pub(crate) mod names;
pub mod phrase;
pub(crate) mod polarity;
pub(crate) mod print;
pub(crate) mod problem;
mod question;
mod reader;
mod rules;
mod texts;
mod translation;
mod version_status;
mod vocabulary;
mod way;

pub use fragment::rules_without_policy;
pub use from_syntax::{MOST_RULES, resolve};
pub use invariants::invariants;
pub use logic::{Allowed, Condition, ConditionKind, Quantifier, Root, Subject, Test};
pub use texts::texts;
pub use translation::{MOST_LANGUAGES, MOST_TRANSLATED, Translation, untranslated};
pub use version_status::VersionStatus;
pub(crate) use vocabulary::own_vocabulary;
pub use vocabulary::{MOST_FACTS, MOST_VALUES};

use crate::diagnostic::Diagnostic;
use crate::id::{AssistanceId, FactId, KindId, RuleId, SourceId, StandardId, Table, WaiverId};
use crate::span::Span;
pub use crate::syntax::{Conflict, Due, Level};
use crate::value::{Date, Grade, Length};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The vocabulary: kinds, facts, sources and evidence standards.
///
/// # Example
/// ```
/// let text = "kind group \"armed group\"\n  headcount : number of fighters\n    ask \"How many are they?\"\n";
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// let vocabulary = placet::policy::resolve(&bundle).vocabulary;
/// for (_, fact) in vocabulary.facts.iter() {
///     assert_eq!(vocabulary.kinds[fact.kind].title, "armed group");
///     assert_eq!(fact.phrase, "headcount");
///     assert_eq!(fact.question.as_deref(), Some("How many are they?"));
/// }
/// ```
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Vocabulary {
    /// The kinds of entities.
    pub kinds: Table<KindId, Kind>,
    /// The facts of all kinds.
    pub facts: Table<FactId, Fact>,
    /// The documents that may be cited.
    pub sources: Table<SourceId, Source>,
    /// The evidence standards.
    pub standards: Table<StandardId, Standard>,
}

/// A kind of entity. There may be only one entity of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Kind {
    /// The name: `group`.
    pub name: String,
    /// The title, or the name.
    pub title: String,
    /// Whether there is only one entity of the kind.
    pub only_one: bool,
    /// The facts of the kind, in the order of declaration.
    pub facts: Vec<FactId>,
    /// The phrases of facts whose declaration has an error. Uses of these phrases are not reported as errors again.
    pub unread: Vec<String>,
    /// The place of the first declaration.
    pub span: Span,
}

/// A fact of a kind.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Fact {
    /// The kind.
    pub kind: KindId,
    /// The phrase as declared, without quotes: `accepts the unity government`.
    pub phrase: String,
    /// The type.
    pub r#type: FactType,
    /// The question that an official is asked.
    pub question: Option<String>,
    /// An explanation of what counts as the fact.
    pub means: Option<String>,
    /// The value that the fact has if no statement counts.
    pub presumed: Option<bool>,
    /// Whether nobody can change the fact.
    pub fixed: bool,
    /// The definition, for a fact that is derived from others.
    pub definition: Option<Definition>,
    /// The place of the declaration.
    pub span: Span,
}

/// The type of a fact: the values that it can have.
///
/// # Example
/// ```
/// use placet::policy::FactType;
///
/// let text = "kind group\n  is neutral : yes or no\n  headcount : number of fighters\n  parent : group\n";
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// let vocabulary = placet::policy::resolve(&bundle).vocabulary;
/// let types: Vec<&FactType> = vocabulary.facts.iter().map(|(_, fact)| &fact.r#type).collect();
/// assert_eq!(types[0], &FactType::YesNo);
/// assert_eq!(types[1], &FactType::Number { unit: "fighters".to_owned() });
/// assert!(matches!(types[2], FactType::One(kinds) if kinds.len() == 1));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FactType {
    /// `yes or no`
    YesNo,
    /// `number of UNIT`
    Number {
        /// The unit.
        unit: String,
    },
    /// `date`
    Date,
    /// `one of A, B`: the values, at most 60.
    Choice(Vec<String>),
    /// A relation to one entity of one of these kinds.
    One(Vec<KindId>),
    /// A list of entities of one kind.
    Many(KindId),
}

impl FactType {
    /// Returns the values of a choice, or none for another type.
    pub(crate) fn choices(&self) -> &[String] {
        match self {
            FactType::Choice(values) => values,
            _ => &[],
        }
    }
}

/// The definition of a derived fact. The fact is true if `when` holds and `unless` does not, else false.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Definition {
    /// The condition under which the fact is true: `when …`.
    pub when: Condition,
    /// The exception: `unless …`.
    pub unless: Option<Condition>,
    /// The citations.
    pub cites: Vec<Citation>,
}

/// A document that is cited.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Source {
    /// The id: `fa16`.
    pub id: String,
    /// The title, or the id.
    pub title: String,
    /// The author.
    pub author: Option<String>,
    /// The date of the document.
    pub date: Option<Date>,
    /// The address of the document.
    pub url: Option<String>,
    /// The place of the declaration.
    pub span: Span,
}

/// An evidence standard: which statements count, and what happens if those that count disagree.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Standard {
    /// The name: `credible information`.
    pub name: String,
    /// The worst grade that counts: `rated C3 or better`.
    pub rated: Option<Grade>,
    /// How old a statement may be: `from the last 24 months`.
    pub within: Option<Length>,
    /// Whether statements from rivals are left out: `not from rivals of the subject`.
    pub not_rivals: bool,
    /// Whether statements from the subject are left out: `not from the subject itself`.
    pub not_subject: bool,
    /// Whether statements from interested parties are left out: `not from interested parties`.
    pub not_interested: bool,
    /// Whether promises are left out: `not promises`.
    pub not_promises: bool,
    /// Whether `rated` and `within` also apply to relations and lists: `ratings apply to relations and lists`.
    pub ratings_on_the_way: bool,
    /// What happens if statements that count disagree: `when sources conflict, …`.
    pub conflict: Conflict,
    /// The standard for the relations and lists that lead to a tested fact. `None` if all statements about them count.
    pub on_the_way: Option<StandardId>,
    /// The declared standard that this one is derived from, for relations and lists. `None` for a declared standard.
    pub derived_from: Option<StandardId>,
    /// The citations.
    pub cites: Vec<Citation>,
    /// The place of the declaration.
    pub span: Span,
}

/// The days on which something is in force, both ends included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The first day. `None` if there is no start.
    pub from: Option<Date>,
    /// The last day. `None` if there is no end.
    pub until: Option<Date>,
}

impl Period {
    /// Returns whether the period includes the day.
    ///
    /// # Example
    /// ```
    /// use placet::{policy::Period, value::Date};
    ///
    /// let period = Period { from: Date::parse("2016-02-01"), until: None };
    /// assert!(Date::parse("2016-02-01").is_some_and(|day| period.contains(day)));
    /// assert!(!Date::parse("2016-01-31").is_some_and(|day| period.contains(day)));
    /// ```
    pub fn contains(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// A citation of a document, and whether the document states the rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// The document.
    pub source: SourceId,
    /// The lines, as written: `31`, `29, 31`, `41 to 46`. Empty for the whole document.
    pub lines: String,
    /// Whether the author of the document states it. Otherwise it is derived.
    pub stated: bool,
}

/// A policy with its vocabulary.
///
/// # Example
/// ```
/// use placet::policy::Body;
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
/// assert_eq!((policy.id.as_str(), policy.version.as_str()), ("training", "1"));
/// let (_, rule) = policy.rules.iter().next().ok_or("no rule")?;
/// assert_eq!(rule.header.title, "Neutral");
/// assert!(matches!(rule.body, Body::Requirement { .. }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Policy {
    /// The id: `libya.counterterrorism-support`.
    pub id: String,
    /// The title.
    pub title: String,
    /// The version: `2016.1`.
    pub version: String,
    /// The kinds of subjects that the policy decides on, at least one.
    pub about: Vec<KindId>,
    /// The period in which the policy is in force.
    pub period: Period,
    /// The authority that decides.
    pub authority: Option<String>,
    /// The notes.
    pub notes: Vec<String>,
    /// The vocabulary.
    pub vocabulary: Vocabulary,
    /// The types of assistance, parents before children.
    pub assistance: Table<AssistanceId, Assistance>,
    /// The requirements, bars and phases, in the order of the file.
    pub rules: Table<RuleId, Rule>,
    /// The waivers.
    pub waivers: Table<WaiverId, Waiver>,
    /// The choices.
    pub choices: Vec<Choice>,
    /// The obligations.
    pub obligations: Vec<Obligation>,
    /// The concerns.
    pub concerns: Vec<Concern>,
    /// The translations, ordered by language.
    pub translations: Vec<Translation>,
    /// The [digest of the digests](crate::digest::sha256_of_all) of the policy file and the files that it uses, in the
    /// order of first use.
    pub hash: String,
    /// The policy that decides which concerns are raised; see [`Policy::of_concerns`].
    #[doc(hidden)]
    #[serde(skip)]
    pub of_concerns: concerns::OfConcerns,
}

/// A type of assistance.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Assistance {
    /// The name.
    pub name: String,
    /// What the type covers.
    pub means: Option<String>,
    /// The type that this type belongs to.
    pub parent: Option<AssistanceId>,
    /// The place of the declaration.
    pub span: Span,
}

/// What rules, waivers, choices, obligations and concerns have in common.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Header {
    /// The id: `accepts-unity`. For phase 2, `phase-2`; for a choice, its name: `delivery channel`.
    pub id: String,
    /// The title. For a choice without one, its name.
    pub title: String,
    /// The kind that the conditions are about. `None` if they name none of the policy's kinds.
    pub about: Option<KindId>,
    /// The types of assistance that the block applies to, with their children. Empty for all. For a phase, the types
    /// that it opens.
    pub assistance: Vec<AssistanceId>,
    /// The evidence standard of the conditions.
    pub standard: Option<StandardId>,
    /// The period in which the block is in force.
    pub period: Period,
    /// The documents that the block comes from.
    pub cites: Vec<Citation>,
    /// How a subject can come to meet the rule.
    pub remedy: Option<String>,
    /// The notes.
    pub notes: Vec<String>,
    /// The text of the block in the file, from its first word to its last line, without comments below it.
    pub words: String,
    /// The place of the header line.
    pub span: Span,
}

/// A requirement, a bar or a phase. A phase acts as the requirement that it is open.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rule {
    /// What the rule has in common with other blocks.
    pub header: Header,
    /// The sort of rule, with its conditions.
    pub body: Body,
}

/// The role of a condition in a rule or obligation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// `when`
    When,
    /// `needs`
    Needs,
    /// `unless`
    Unless,
    /// The condition that every earlier phase is reached.
    Earlier,
    /// `begins when`
    Begins,
    /// `begins early when`
    BeginsEarly,
    /// `reached when`
    Reached,
}

/// The sort of a rule, with its conditions.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Body {
    /// A requirement. It is met if `when` fails, if `needs` or `unless` holds, or if a waiver lifts it.
    Requirement {
        /// When the requirement applies: `when …`. `None` if it always applies.
        when: Option<Condition>,
        /// The condition to be met: `needs …`.
        needs: Condition,
        /// The exception: `unless …`.
        unless: Option<Condition>,
    },
    /// A bar. It does not apply if `when` fails, if `unless` holds, or if a waiver lifts it.
    Bar {
        /// Whether waivers are forbidden.
        absolute: bool,
        /// When the bar applies: `when …`.
        when: Condition,
        /// The exception: `unless …`.
        unless: Option<Condition>,
    },
    /// A phase. It is passed if it is open: see [`Phase`].
    Phase(Phase),
}

/// A numbered step of a roadmap.
///
/// A phase is open if `begins_early` holds, or if `begins` holds and all earlier phases are reached. It is reached if
/// `reached` holds and all earlier phases are reached. With `any_order`, earlier phases are not considered.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Phase {
    /// The number, from 1.
    pub number: u32,
    /// Whether the phase does not depend on earlier phases: `, in any order`.
    pub any_order: bool,
    /// `begins when …`. `None` if the phase begins at once.
    pub begins: Option<Condition>,
    /// The condition for an early begin: `begins early when …`.
    pub begins_early: Option<Condition>,
    /// `reached when …`. `None` if the phase is reached as soon as it is open.
    pub reached: Option<Condition>,
}

/// A waiver, which lifts rules.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Waiver {
    /// What the waiver has in common with other blocks.
    pub header: Header,
    /// The rules that the waiver lifts.
    pub lifts: Vec<RuleId>,
    /// `when …`. `None` if the waiver always applies.
    pub when: Option<Condition>,
    /// The authority that grants the waiver.
    pub granted_by: Option<String>,
}

/// A choice: a list of values with conditions, of which the first that holds decides.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Choice {
    /// What the choice has in common with other blocks.
    pub header: Header,
    /// The values with their conditions, in order.
    pub branches: Vec<(String, Condition)>,
    /// The value if none of the conditions holds.
    pub otherwise: String,
}

/// An obligation that comes with an eligible decision.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Obligation {
    /// What the obligation has in common with other blocks.
    pub header: Header,
    /// `when …`. `None` if the obligation always applies.
    pub when: Option<Condition>,
    /// The exception: `unless …`.
    pub unless: Option<Condition>,
    /// Who must fulfil the obligation.
    pub who: Option<String>,
    /// The time by which it must be fulfilled.
    pub due: Option<Due>,
}

/// A concern: something that must be weighed, but does not decide. It is raised if `when` holds and `unless` does not.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Concern {
    /// What the concern has in common with other blocks.
    pub header: Header,
    /// How much the concern weighs, if the policy says so.
    pub level: Option<Level>,
    /// `when …`
    pub when: Condition,
    /// The exception: `unless …`.
    pub unless: Option<Condition>,
    /// Who must answer the concern.
    pub who: Option<String>,
}

/// The result of reading a bundle: the policy, if its text has no error, and all findings about the text.
///
/// # Example
/// ```
/// let text = "kind group\n  is neutral : yes or no\n  is neutral : yes or no\n";
/// let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// let resolved = placet::policy::resolve(&bundle);
/// assert!(resolved.policy.is_none());
/// assert_eq!(resolved.problems[0].message, "`is neutral` is declared twice");
/// ```
#[derive(Clone, Debug)]
pub struct Resolved {
    /// The vocabulary, as far as it could be read.
    pub vocabulary: Vocabulary,
    /// The policy. `None` if there are errors.
    pub policy: Option<Arc<Policy>>,
    /// The findings, in reading order.
    pub problems: Vec<Diagnostic>,
}
