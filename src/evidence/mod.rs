//! What is known about a subject: statements, their sources and ratings, and the values that they leave possible.
//!
//! Evidence is read from dossiers (in the language, in JSON or in CSV) and typed by a vocabulary. This layer knows
//! which values facts can have. It knows no rules, so it decides nothing.

mod case;
mod dossiers;
mod from_syntax;
mod own;
mod print;
mod problem;
mod scope;
#[cfg(test)]
mod tests;
mod weigh;
pub(crate) mod words;

pub(crate) use case::has_statement;
pub use case::{case, nothing_known};
pub use dossiers::Dossiers;
pub(crate) use from_syntax::{Known, StatementReader};
pub use from_syntax::{MOST_STATEMENTS, read};
pub use own::{MOST_OWN_WORDS, Unused, UnusedMember, UnusedStatement};
pub use print::{Unprintable, print, print_given};
pub use weigh::{Candidates, weigh, without_statements};
pub(crate) use weigh::{claimed, every, left_out};

use std::collections::BTreeMap;

use crate::id::{EntityId, FactId, KindId, SourceId, Table};
use crate::policy::Vocabulary;
use crate::sorted::{SortedMap, SortedSet};
use crate::span::Span;
use crate::value::{Date, Grade, Ranges};

/// All dossiers that were read together.
///
/// Dossiers in the language are read by [`read`], dossiers in data formats by [`wire`](mod@crate::wire).
///
/// # Example
/// ```
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
/// #
/// # dossier militia "A militia"
/// #   about group
/// #   as of 2016-02-15
/// #   - it is not neutral
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let vocabulary = placet::policy::resolve(&bundle).vocabulary;
/// // dossier militia "A militia"
/// //   about group
/// //   as of 2016-02-15
/// //   - it is not neutral
/// let (evidence, problems) = placet::evidence::read(&bundle, &vocabulary);
/// assert!(problems.is_empty());
/// assert_eq!(evidence.dossiers[0].title, "A militia");
/// assert_eq!(evidence.dossiers[0].statements.len(), 1);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// The dossiers, in the order of reading. No two have the same id.
    pub dossiers: Dossiers,
}

/// What is known about one subject.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// The id.
    pub id: String,
    /// The title, or the id if there is no title.
    pub title: String,
    /// The kind of the subject.
    pub kind: KindId,
    /// The as-of date.
    pub as_of: Option<Date>,
    /// Other names of the subject.
    pub known_as: Vec<String>,
    /// The identifiers of the subject: scheme and value.
    pub identifiers: Vec<(String, String)>,
    /// The notes.
    pub notes: Vec<String>,
    /// The statements, in the order of the file.
    pub statements: Vec<Statement>,
    /// The members written in place.
    pub members: Vec<Member>,
    /// The statements and members that only the vocabulary of the dossier's own files can type.
    pub unused: Unused,
    /// The ids of the dossiers whose statements about circumstances also count for this one: the dossiers of the files
    /// that it uses, in order, without itself.
    pub uses: Vec<String>,
    /// The place where the dossier starts.
    pub span: Span,
}

impl Dossier {
    /// Returns a dossier without statements, which comes from no file.
    ///
    /// # Example
    /// ```
    /// use placet::{evidence::Dossier, id::{Id, KindId}};
    ///
    /// let dossier = Dossier::empty("militia", "A militia", KindId::at(0));
    /// assert!(dossier.statements.is_empty() && dossier.as_of.is_none());
    /// ```
    pub fn empty(id: impl Into<String>, title: impl Into<String>, kind: KindId) -> Dossier {
        Dossier {
            id: id.into(),
            title: title.into(),
            kind,
            as_of: None,
            known_as: Vec::new(),
            identifiers: Vec::new(),
            notes: Vec::new(),
            statements: Vec::new(),
            members: Vec::new(),
            unused: Unused::default(),
            uses: Vec::new(),
            span: Span::default(),
        }
    }
}

/// A member written in place.
#[derive(Clone, Debug)]
pub struct Member {
    /// The id.
    pub id: String,
    /// The title, or the id if there is no title.
    pub title: String,
    /// The kind.
    pub kind: KindId,
}

/// One statement.
///
/// # Example
/// ```
/// use placet::evidence::Claim;
/// use placet::value::{Grade, Ranges};
/// # let text = r#"
/// # kind group
/// #   headcount : number of fighters
/// #
/// # dossier militia
/// #   about group
/// #   - its headcount is at least 200
/// #       from "a neighbour", a rival, rated C3
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let vocabulary = placet::policy::resolve(&bundle).vocabulary;
/// # let (evidence, _) = placet::evidence::read(&bundle, &vocabulary);
///
/// // - its headcount is at least 200
/// //     from "a neighbour", a rival, rated C3
/// let statement = &evidence.dossiers[0].statements[0];
/// assert_eq!(statement.claim, Claim::Numbers(Ranges::at_least(200)));
/// assert_eq!(statement.provenance.attributed.as_deref(), Some("a neighbour"));
/// assert!(statement.provenance.rival);
/// assert_eq!(statement.provenance.grade, Grade::parse("C3"));
/// ```
#[derive(Clone, Debug)]
pub struct Statement {
    /// The entity that the statement is about.
    pub about: About,
    /// The fact that the statement is about. Never a defined fact.
    pub fact: FactId,
    /// The value that the statement gives.
    pub claim: Claim,
    /// The source, the rating and the date.
    pub provenance: Provenance,
    /// The place in the file.
    pub span: Span,
}

impl Statement {
    /// Returns the memory address, which identifies the statement while its dossier is borrowed.
    pub(crate) fn address(&self) -> usize {
        std::ptr::from_ref(self).addr()
    }
}

/// The entity that a statement is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// The subject of the dossier.
    Subject,
    /// The entity of an `only one` kind.
    Only(KindId),
    /// A member written in place.
    Member(String),
}

/// The value that a statement gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Yes or no.
    YesNo(bool),
    /// The number is in these ranges.
    Numbers(Ranges),
    /// The date is in these ranges, as day numbers.
    Dates(Ranges),
    /// The value is one of these: bit *i* stands for the *i*th value.
    Values(u64),
    /// The list has these members.
    Members {
        /// The ids of dossiers or of members written in place.
        ids: Vec<String>,
        /// Whether the list has no other members.
        complete: bool,
    },
    /// The relation leads to this target.
    One(Target),
    /// The relation does not lead to this target.
    NotOne(Target),
    /// Explicitly unknown: no statement about the fact counts.
    Unknown,
    /// Explicitly contested: every value is claimed.
    Contested,
}

impl Claim {
    /// Returns the ids that the claim names, of dossiers or of members written in place.
    pub fn named(&self) -> &[String] {
        match self {
            Claim::Members { ids, .. } => ids,
            Claim::One(Target::Named(id)) | Claim::NotOne(Target::Named(id)) => std::slice::from_ref(id),
            _ => &[],
        }
    }

    /// Returns the ids that the claim names, as mutable strings.
    pub fn named_mut(&mut self) -> &mut [String] {
        match self {
            Claim::Members { ids, .. } => ids,
            Claim::One(Target::Named(id)) | Claim::NotOne(Target::Named(id)) => std::slice::from_mut(id),
            _ => &mut [],
        }
    }
}

/// The entity that a relation leads to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A dossier or a member written in place.
    Named(String),
    /// The entity of an `only one` kind.
    Only(KindId),
    /// No one.
    NoOne,
}

/// The source, the rating and the date of a statement. A statement without provenance has the default value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// The source that the vocabulary declares.
    pub source: Option<SourceId>,
    /// The lines in the source.
    pub lines: String,
    /// The source in words, if it is not a source that the policy declares.
    pub attributed: Option<String>,
    /// The citation of a source that only the dossier's own files declare. `attributed` then holds its title.
    pub own: Option<OwnSource>,
    /// The mark `a rival`.
    pub rival: bool,
    /// The mark `the subject itself`.
    pub subject: bool,
    /// The mark `an interested party`.
    pub interested: bool,
    /// The mark `a promise`.
    pub promise: bool,
    /// The rating, as in `rated C3`.
    pub grade: Option<Grade>,
    /// The date, as in `on 2015-05-28`.
    pub date: Option<Date>,
}

/// The citation of a source that only a dossier's own files declare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnSource {
    /// The id of the source.
    pub id: String,
    /// The lines in the source.
    pub lines: String,
}

/// The input of one decision about a subject: every entity that is named, and every statement about it.
#[derive(Clone, Debug)]
pub struct Case<'a> {
    /// The vocabulary that types the statements.
    pub vocabulary: &'a Vocabulary,
    /// The date of the decision.
    pub as_of: Date,
    /// All entities. The first is the subject.
    pub entities: Table<EntityId, Entity<'a>>,
    /// The subject.
    pub subject: EntityId,
    /// The entities of the `only one` kinds. Each such kind has one.
    pub only: SortedMap<KindId, EntityId>,
    /// The other entities by id: members written in place and dossiers.
    pub named: BTreeMap<String, EntityId>,
    /// The dossiers that the case was built from.
    pub origins: Origins<'a>,
    /// The [addresses](Statement::address) of statements that count regardless of what a standard requires of their
    /// sources.
    pub(crate) admitted: SortedSet<usize>,
}

/// The dossiers that a case was built from. Every statement of the case is in one of them.
#[derive(Clone, Debug, Default)]
pub struct Origins<'a> {
    /// The subject's own dossier. `None` if nothing is known about the subject.
    pub own: Option<&'a Dossier>,
    /// The dossiers whose statements about circumstances count, in the order of first use, without the subject's own.
    pub circumstances: Vec<&'a Dossier>,
    /// The dossiers that statements name, directly or through others, in the order in which they are first named.
    pub others: Vec<&'a Dossier>,
}

/// An entity that statements are about.
#[derive(Clone, Debug)]
pub struct Entity<'a> {
    /// The id. For an `only one` kind, the name of the kind.
    pub id: String,
    /// The title.
    pub title: String,
    /// The kind.
    pub kind: KindId,
    /// The statements about the entity, by fact.
    pub statements: SortedMap<FactId, Vec<&'a Statement>>,
    /// The entities that the ids in its statements name.
    pub names: BTreeMap<String, EntityId>,
}

/// What the counted statements leave possible of one fact.
#[derive(Clone, Debug)]
pub struct Weighed<'a> {
    /// How well the fact is known.
    pub status: Status,
    /// The values that are possible.
    pub possible: Possible,
    /// The statements that count.
    pub counted: Vec<&'a Statement>,
    /// The statements that do not count, each with the reason.
    pub left_out: Vec<(&'a Statement, LeftOut)>,
}

/// How well a fact is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Exactly one value is possible.
    Known,
    /// Known in part: several values are possible, and the statements agree.
    Partly,
    /// No statement counts.
    Unknown,
    /// No statement counts, and the vocabulary presumes a value.
    Presumed,
    /// Statements that count disagree.
    Contested,
}

/// The values that are possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Possible {
    /// For a yes-or-no fact.
    YesNo {
        /// Whether yes is possible.
        yes: bool,
        /// Whether no is possible.
        no: bool,
    },
    /// For a number (0 or more) or a date.
    Numbers(Ranges),
    /// For a choice: bit *i* stands for the *i*th value.
    Values(u64),
    /// For a relation to one.
    One(Candidates),
    /// For a list.
    Members {
        /// The known members.
        ids: Vec<String>,
        /// Whether there are no other members.
        complete: bool,
    },
}

/// Why a statement does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// It is dated after the as-of date.
    Future,
    /// Its rating is worse than required, is "cannot be judged", or is missing.
    Rating,
    /// It is older than the standard allows.
    Old,
    /// It has no date, and the standard requires one.
    Undated,
    /// It comes from a rival.
    Rival,
    /// It comes from the subject itself.
    Subject,
    /// It comes from an interested party.
    Interested,
    /// It is a promise.
    Promise,
    /// A better rated statement disagrees.
    WorseRated,
    /// A later statement disagrees.
    Earlier,
    /// The dossier states explicitly that the fact is unknown.
    StatedUnknown,
}

impl LeftOut {
    /// Returns whether a standard excluded the statement for its source, rating or age. Returns false if other
    /// statements about the fact excluded it, or if it is dated after the day of the decision.
    pub(crate) fn is_by_source(self) -> bool {
        match self {
            LeftOut::Rating
            | LeftOut::Old
            | LeftOut::Undated
            | LeftOut::Rival
            | LeftOut::Subject
            | LeftOut::Interested
            | LeftOut::Promise => true,
            LeftOut::Future | LeftOut::WorseRated | LeftOut::Earlier | LeftOut::StatedUnknown => false,
        }
    }
}
