//! What the text means: a vocabulary and the rules that speak of it, with every phrase looked up.
//!
//! Made from the syntax trees of a policy file and of the files it uses. Its main difference from them is that
//! nothing here is a phrase any more: a condition tests a fact of a known kind against values of its type. It
//! knows nothing of any dossier.

mod checks;
pub mod clause;
mod condition;
mod from_syntax;
pub mod lexicon;
pub(crate) mod names;
pub mod phrase;
pub(crate) mod print;
pub(crate) mod problem;
mod question;
mod rules;
mod texts;
mod translation;
mod vocabulary;

pub(crate) use from_syntax::hexadecimal;
pub use from_syntax::{MOST_RULES, resolve};
pub use texts::texts;
pub use translation::{MOST_LANGUAGES, MOST_TRANSLATED, Translation, untranslated};
pub use vocabulary::{MOST_FACTS, MOST_VALUES};

use crate::diagnostic::Diagnostic;
use crate::id::{AssistanceId, FactId, KindId, RuleId, SourceId, StandardId, Table, WaiverId};
use crate::span::Span;
pub use crate::syntax::{Conflict, Due};
use crate::value::{Date, Grade, Length, Ranges};
use std::cmp::Ordering;

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
    /// `when sources conflict, …`
    pub conflict: Conflict,
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
    /// SHA-256 of the policy file and the files it uses, in the order of their first use, in lower-case hexadecimal.
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

/// Whether a policy is the one to decide by on a day, of several versions side by side.
#[derive(Clone, Copy, Debug)]
pub enum Standing<'a> {
    /// It is.
    InForce,
    /// It is not in force that day.
    NotInForce,
    /// It is in force, and so is a version that came into force later: that one decides.
    SupersededBy(&'a Policy),
    /// It is in force, and so is a version that came into force on the same day: nobody can tell which decides.
    ClashesWith(&'a Policy),
}

impl Policy {
    /// How the policy stands on a day among others, itself perhaps among them.
    ///
    /// Versions of one policy have the same id. Of those in force the one decides that came into force last.
    ///
    /// # Example
    /// ```
    /// use placet::policy::{Period, Policy, Standing};
    /// # use placet::value::Date;
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
    /// let day = Date::parse("2016-02-15").ok_or("no day")?;
    /// let next = Policy {
    ///     version: "2".to_owned(),
    ///     period: Period { from: Date::parse("2016-02-01"), until: None },
    ///     ..policy.clone()
    /// };
    /// assert!(matches!(next.standing([&policy, &next], day), Standing::InForce));
    /// assert!(matches!(policy.standing([&policy, &next], day), Standing::SupersededBy(_)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn standing<'a>(&self, others: impl IntoIterator<Item = &'a Policy>, day: Date) -> Standing<'a> {
        if !self.period.contains(day) {
            return Standing::NotInForce;
        }
        let mut standing = Standing::InForce;
        for other in others {
            let another = other.id == self.id && (&other.version, &other.hash) != (&self.version, &self.hash);
            if !another || !other.period.contains(day) {
                continue;
            }
            match other.period.from.cmp(&self.period.from) {
                Ordering::Greater => return Standing::SupersededBy(other),
                Ordering::Equal => standing = Standing::ClashesWith(other),
                Ordering::Less => {}
            }
        }
        standing
    }

    /// Whether a rule `for` these types holds for a type: it names the type or an ancestor, or none at all.
    ///
    /// # Example
    /// ```
    /// # let text = r#"
    /// # policy "Training"
    /// #   id training
    /// #   version 1
    /// #   about group
    /// #
    /// # assistance support
    /// #   assistance training
    /// #   assistance equipment
    /// #
    /// # kind group
    /// #   is neutral : yes or no
    /// #
    /// # requirement neutrality "Neutral"
    /// #   needs the group is neutral
    /// # "#;
    /// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
    /// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
    /// // assistance support
    /// //   assistance training
    /// //   assistance equipment
    /// let ids: Vec<_> = policy.assistance.ids().collect();
    /// let [support, training, equipment] = ids[..] else { panic!("there are three") };
    /// assert!(policy.covers(&[support], training));
    /// assert!(!policy.covers(&[equipment], training));
    /// assert!(policy.covers(&[], training));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn covers(&self, types: &[AssistanceId], assistance: AssistanceId) -> bool {
        types.is_empty() || self.lineage(assistance).any(|ancestor| types.contains(&ancestor))
    }

    /// A type of assistance and its ancestors, the nearest first.
    ///
    /// # Example
    /// ```
    /// # let text = r#"
    /// # policy "Training"
    /// #   id training
    /// #   version 1
    /// #   about group
    /// #
    /// # assistance support
    /// #   assistance training
    /// #   assistance equipment
    /// #
    /// # kind group
    /// #   is neutral : yes or no
    /// #
    /// # requirement neutrality "Neutral"
    /// #   needs the group is neutral
    /// # "#;
    /// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
    /// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
    /// // assistance support
    /// //   assistance training
    /// let training = policy.assistance.ids().nth(1).ok_or("no such type")?;
    /// let names: Vec<&str> = policy.lineage(training).map(|id| policy.assistance[id].name.as_str()).collect();
    /// assert_eq!(names, ["training", "support"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn lineage(&self, assistance: AssistanceId) -> impl Iterator<Item = AssistanceId> {
        std::iter::successors(Some(assistance), |id| self.assistance[*id].parent)
    }
}
