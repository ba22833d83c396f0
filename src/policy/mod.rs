//! What the text means: a vocabulary and the rules that speak of it, with every phrase looked up.
//!
//! Made from the syntax trees of a policy file and of the files it uses. Its main difference from them is that
//! nothing here is a phrase any more: a condition tests a fact of a known kind against values of its type. It
//! knows nothing of any dossier.

mod checks;
pub mod clause;
mod condition;
mod fragment;
mod from_syntax;
pub mod lexicon;
mod logic;
pub(crate) mod names;
pub mod phrase;
pub(crate) mod print;
pub(crate) mod problem;
mod question;
mod rules;
pub(crate) mod sense;
mod standing;
mod texts;
mod translation;
mod vocabulary;
mod way;

pub use fragment::rules_without_policy;
pub use from_syntax::{MOST_RULES, resolve};
pub use logic::{Allowed, Condition, Quantifier, Root, Subject, Test};
pub use standing::Standing;
pub use texts::texts;
pub use translation::{MOST_LANGUAGES, MOST_TRANSLATED, Translation, untranslated};
pub(crate) use vocabulary::beside;
pub use vocabulary::{MOST_FACTS, MOST_VALUES};

use crate::diagnostic::Diagnostic;
use crate::id::{AssistanceId, FactId, KindId, RuleId, SourceId, StandardId, Table, WaiverId};
use crate::span::Span;
pub use crate::syntax::{Conflict, Due};
use crate::value::{Date, Grade, Length};

/// Everything that can be said: kinds, facts, sources, evidence standards.
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
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// The kinds of subject.
    pub kinds: Table<KindId, Kind>,
    /// The facts of all kinds.
    pub facts: Table<FactId, Fact>,
    /// The documents that are cited.
    pub sources: Table<SourceId, Source>,
    /// The evidence standards.
    pub standards: Table<StandardId, Standard>,
}

/// A kind of subject, or a thing there is only one of.
#[derive(Clone, Debug)]
pub struct Kind {
    /// The name: `group`.
    pub name: String,
    /// The title, or the name.
    pub title: String,
    /// Whether there is only one such thing.
    pub only_one: bool,
    /// Its facts, in the order of declaration.
    pub facts: Vec<FactId>,
    /// The phrases of facts that are declared with a mistake: what uses them is not wrong for that.
    pub unread: Vec<String>,
    /// Where it is first declared.
    pub span: Span,
}

/// A fact of a kind.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The kind.
    pub kind: KindId,
    /// The phrase as declared, quotes left out: `accepts the unity government`.
    pub phrase: String,
    /// What may be said of it.
    pub r#type: FactType,
    /// The question an official is asked.
    pub question: Option<String>,
    /// What counts as the fact.
    pub means: Option<String>,
    /// The value it takes when no statement counts.
    pub presumed: Option<bool>,
    /// Whether nobody can change it.
    pub fixed: bool,
    /// How it is worked out from others, for a defined fact.
    pub definition: Option<Definition>,
    /// Where it is declared.
    pub span: Span,
}

/// What may be said of a fact.
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
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// A relation to one subject of one of these kinds.
    One(Vec<KindId>),
    /// A relation to many subjects of a kind.
    Many(KindId),
}

/// How a defined fact is worked out: true where `when` holds and `unless` does not, else false.
#[derive(Clone, Debug)]
pub struct Definition {
    /// `when …`
    pub when: Condition,
    /// `unless …`
    pub unless: Option<Condition>,
    /// `cite …`
    pub cites: Vec<Citation>,
}

/// A document that is cited.
#[derive(Clone, Debug)]
pub struct Source {
    /// The id: `fa16`.
    pub id: String,
    /// The title, or the id.
    pub title: String,
    /// The author.
    pub author: Option<String>,
    /// Its date.
    pub date: Option<Date>,
    /// Its address.
    pub url: Option<String>,
    /// Where it is declared.
    pub span: Span,
}

/// Which statements count, and what is done when those that count disagree.
#[derive(Clone, Debug)]
pub struct Standard {
    /// The name: `credible information`.
    pub name: String,
    /// `rated C3 or better`
    pub rated: Option<Grade>,
    /// `from the last 24 months`
    pub within: Option<Length>,
    /// `not from rivals of the subject`
    pub not_rivals: bool,
    /// `not from the subject itself`
    pub not_subject: bool,
    /// `not from interested parties`
    pub not_interested: bool,
    /// `not promises`
    pub not_promises: bool,
    /// `ratings apply to relations and lists`
    pub ratings_on_the_way: bool,
    /// `when sources conflict, …`
    pub conflict: Conflict,
    /// The standard that relations and lists on the way to a tested fact are read under; none where all their
    /// statements count.
    pub on_the_way: Option<StandardId>,
    /// The declared standard that this one is derived from, for relations and lists on the way; none where it is
    /// declared itself.
    pub derived_from: Option<StandardId>,
    /// `cite …`
    pub cites: Vec<Citation>,
    /// Where it is declared.
    pub span: Span,
}

/// The days on which something is in force, both ends included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// The first day; none for "always was".
    pub from: Option<Date>,
    /// The last day; none for "until further notice".
    pub until: Option<Date>,
}

impl Period {
    /// Whether the day is one of them.
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

/// Where a rule stands in a document, and whether its author says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The document.
    pub source: SourceId,
    /// The lines, as written: `31`, `29, 31`, `41 to 46`; empty for the whole document.
    pub lines: String,
    /// Whether the author states it; else it is derived.
    pub stated: bool,
}

/// A policy with the vocabulary it speaks.
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
/// assert_eq!(rule.title, "Neutral");
/// assert!(matches!(rule.body, Body::Requirement { .. }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Policy {
    /// The id: `libya.counterterrorism-support`.
    pub id: String,
    /// The title.
    pub title: String,
    /// The version: `2016.1`.
    pub version: String,
    /// The kinds of subject it decides about, at least one.
    pub about: Vec<KindId>,
    /// When it is in force.
    pub period: Period,
    /// Who decides.
    pub authority: Option<String>,
    /// Notes.
    pub notes: Vec<String>,
    /// The vocabulary.
    pub vocabulary: Vocabulary,
    /// The types of assistance, parents before children.
    pub assistance: Table<AssistanceId, Assistance>,
    /// Requirements, bars and phases, in the order of the file.
    pub rules: Table<RuleId, Rule>,
    /// The waivers.
    pub waivers: Table<WaiverId, Waiver>,
    /// The choices.
    pub choices: Vec<Choice>,
    /// The obligations.
    pub obligations: Vec<Obligation>,
    /// The translations, ordered by language.
    pub translations: Vec<Translation>,
    /// The [digest of the digests](crate::digest::sha256_of_all) of the policy file and the files it uses, in the order
    /// of their first use.
    pub hash: String,
}

/// A type of assistance.
#[derive(Clone, Debug)]
pub struct Assistance {
    /// The name.
    pub name: String,
    /// What it covers.
    pub means: Option<String>,
    /// The type it belongs to.
    pub parent: Option<AssistanceId>,
    /// Where it is declared.
    pub span: Span,
}

/// A requirement, a bar, or a phase as the requirement that it be open.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The id: `accepts-unity`; `phase-2` for phase 2.
    pub id: String,
    /// The title.
    pub title: String,
    /// What sort of rule it is, with its conditions.
    pub body: Body,
    /// The kind it is about; none where it names none of the policy's kinds.
    pub about: Option<KindId>,
    /// The types it holds for, with their children; empty for all. For a phase, the types it opens.
    pub assistance: Vec<AssistanceId>,
    /// The evidence standard of all its conditions.
    pub standard: Option<StandardId>,
    /// When it is in force.
    pub period: Period,
    /// Where it comes from.
    pub cites: Vec<Citation>,
    /// How to come to meet it.
    pub remedy: Option<String>,
    /// Notes.
    pub notes: Vec<String>,
    /// Its text in the file, from the block word to its last line, without comments below it.
    pub words: String,
    /// Its header line.
    pub span: Span,
}

/// What sort of rule, with its conditions.
#[derive(Clone, Debug)]
pub enum Body {
    /// Met where `when` fails, or `needs` or `unless` holds, or a waiver lifts it.
    Requirement {
        /// `when …`
        when: Option<Condition>,
        /// `needs …`
        needs: Condition,
        /// `unless …`
        unless: Option<Condition>,
    },
    /// Clear where `when` fails, or `unless` holds, or a waiver lifts it.
    Bar {
        /// Whether waivers are forbidden.
        absolute: bool,
        /// `when …`
        when: Condition,
        /// `unless …`
        unless: Option<Condition>,
    },
    /// Passed where it is open: see [`Phase`].
    Phase(Phase),
}

/// A numbered step of a roadmap.
///
/// Open where every earlier phase is reached (unless `any_order`) and `begins` holds, or where `begins_early`
/// holds. Reached where `reached` holds and every earlier phase is reached (unless `any_order`).
#[derive(Clone, Debug)]
pub struct Phase {
    /// The number, from 1.
    pub number: u32,
    /// `, in any order`
    pub any_order: bool,
    /// `begins when …`; none for at once.
    pub begins: Option<Condition>,
    /// `begins early when …`
    pub begins_early: Option<Condition>,
    /// `reached when …`; none for: once it is open.
    pub reached: Option<Condition>,
}

/// What lifts rules.
#[derive(Clone, Debug)]
pub struct Waiver {
    /// The id.
    pub id: String,
    /// The title.
    pub title: String,
    /// The rules it lifts.
    pub lifts: Vec<RuleId>,
    /// The types it holds for, with their children; empty for all.
    pub assistance: Vec<AssistanceId>,
    /// The kind it is about, as for a rule.
    pub about: Option<KindId>,
    /// The evidence standard of its condition.
    pub standard: Option<StandardId>,
    /// `when …`; none for always.
    pub when: Option<Condition>,
    /// Who grants it.
    pub granted_by: Option<String>,
    /// When it is in force.
    pub period: Period,
    /// Where it comes from.
    pub cites: Vec<Citation>,
    /// Its header line.
    pub span: Span,
}

/// A first-match decision list.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The name: `delivery channel`.
    pub name: String,
    /// The title, or the name.
    pub title: String,
    /// The types it holds for, with their children; empty for all.
    pub assistance: Vec<AssistanceId>,
    /// The kind it is about, as for a rule.
    pub about: Option<KindId>,
    /// The evidence standard of its conditions.
    pub standard: Option<StandardId>,
    /// The values with their conditions, in order.
    pub branches: Vec<(String, Condition)>,
    /// The value where none of the conditions holds.
    pub otherwise: String,
    /// Where it comes from.
    pub cites: Vec<Citation>,
    /// Its header line.
    pub span: Span,
}

/// What an eligible decision carries.
#[derive(Clone, Debug)]
pub struct Obligation {
    /// The id.
    pub id: String,
    /// The title.
    pub title: String,
    /// The types it holds for, with their children; empty for all.
    pub assistance: Vec<AssistanceId>,
    /// The kind it is about, as for a rule.
    pub about: Option<KindId>,
    /// The evidence standard of its conditions.
    pub standard: Option<StandardId>,
    /// `when …`; none for always.
    pub when: Option<Condition>,
    /// `unless …`
    pub unless: Option<Condition>,
    /// Who must do it.
    pub who: Option<String>,
    /// By when.
    pub due: Option<Due>,
    /// When it is in force.
    pub period: Period,
    /// Where it comes from.
    pub cites: Vec<Citation>,
    /// Its header line.
    pub span: Span,
}

/// A policy, where the text has no error, and everything to say about the text.
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
    /// The vocabulary of all files, as far as it could be read.
    pub vocabulary: Vocabulary,
    /// The policy; none where an error stands in the way.
    pub policy: Option<Policy>,
    /// What is wrong or doubtful, in reading order.
    pub problems: Vec<Diagnostic>,
}
