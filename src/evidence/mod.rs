//! What is known about a subject: statements, who made them, how good they are, and what they leave possible.
//!
//! Made from dossiers (in the language, in JSON or in CSV) and typed by a vocabulary. It knows what facts can
//! be; it knows no rule, so nothing here decides anything.

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

pub(crate) use case::is_said;
pub use case::{case, nothing_known};
pub use dossiers::Dossiers;
pub(crate) use from_syntax::{Known, Reader};
pub use from_syntax::{MOST_STATEMENTS, read};
pub use own::{MOST_OWN_WORDS, Unasked, UnaskedMember, UnaskedStatement};
pub use print::{Unsayable, print, print_given};
pub use weigh::{Candidates, nothing_said, weigh};
pub(crate) use weigh::{claimed, left_out};

use crate::id::{EntityId, FactId, KindId, SourceId, Table};
use crate::policy::Vocabulary;
use crate::span::Span;
use crate::value::{Date, Grade, Ranges};
use std::collections::{BTreeMap, BTreeSet};

/// All the dossiers that were read together.
///
/// Read from dossiers in the language by [`read`], from data by [`wire`](mod@crate::wire).
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
    /// The title, or the id.
    pub title: String,
    /// The kind of the subject.
    pub kind: KindId,
    /// The date for which it speaks.
    pub as_of: Option<Date>,
    /// Other names of the subject.
    pub known_as: Vec<String>,
    /// Its identifiers: scheme and value.
    pub identifiers: Vec<(String, String)>,
    /// Notes.
    pub notes: Vec<String>,
    /// What is said, in the order of the file.
    pub statements: Vec<Statement>,
    /// The members written in place: id, title and kind.
    pub members: Vec<Member>,
    /// What is said in words that only the dossier's own files declare.
    pub unasked: Unasked,
    /// The dossiers (by id) whose statements on circumstances count for this one too: those of the files it uses,
    /// in order, without itself.
    pub uses: Vec<String>,
    /// Where it starts.
    pub span: Span,
}

impl Dossier {
    /// A dossier of somebody of whom nothing is known yet, from no text.
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
            unasked: Unasked::default(),
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
    /// The title, or the id.
    pub title: String,
    /// The kind.
    pub kind: KindId,
}

/// One thing said.
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
/// assert_eq!(statement.provenance.told.as_deref(), Some("a neighbour"));
/// assert!(statement.provenance.rival);
/// assert_eq!(statement.provenance.grade, Grade::parse("C3"));
/// ```
#[derive(Clone, Debug)]
pub struct Statement {
    /// Of whom.
    pub about: About,
    /// Of which fact; never a defined one.
    pub fact: FactId,
    /// What.
    pub claim: Claim,
    /// From whom, how good, of when.
    pub provenance: Provenance,
    /// Where it stands.
    pub span: Span,
}

impl Statement {
    /// Where it stands in memory, which names it as long as its dossier is borrowed.
    pub(crate) fn address(&self) -> usize {
        std::ptr::from_ref(self).addr()
    }
}

/// Whom a statement is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// The subject of the dossier.
    Subject,
    /// The thing there is only one of.
    Only(KindId),
    /// A member written in place.
    Member(String),
}

/// What a statement says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Yes, or no.
    YesNo(bool),
    /// The number is one of these.
    Numbers(Ranges),
    /// The day is one of these, as day numbers.
    Dates(Ranges),
    /// The value is one of these: bit *i* for the *i*th value.
    Values(u64),
    /// The list has these members.
    Members {
        /// Ids of dossiers or of members written in place.
        ids: Vec<String>,
        /// Whether it has no others.
        complete: bool,
    },
    /// The relation leads to this subject.
    One(Target),
    /// The relation does not lead to this subject.
    NotOne(Target),
    /// Outright unknown: nothing said of the fact counts.
    Unknown,
    /// Outright contested: every value is claimed.
    Contested,
}

impl Claim {
    /// The ids that it names, of dossiers or of members written in place.
    pub fn named(&self) -> &[String] {
        match self {
            Claim::Members { ids, .. } => ids,
            Claim::One(Target::Named(id)) | Claim::NotOne(Target::Named(id)) => std::slice::from_ref(id),
            _ => &[],
        }
    }

    /// The ids that it names, to be written otherwise.
    pub fn named_mut(&mut self) -> &mut [String] {
        match self {
            Claim::Members { ids, .. } => ids,
            Claim::One(Target::Named(id)) | Claim::NotOne(Target::Named(id)) => std::slice::from_mut(id),
            _ => &mut [],
        }
    }
}

/// Whom a relation leads to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A dossier or a member written in place.
    Named(String),
    /// The thing there is only one of.
    Only(KindId),
    /// No one.
    NoOne,
}

/// From whom, how good, of when. A statement without provenance has the default one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// A declared source.
    pub source: Option<SourceId>,
    /// The lines in it.
    pub lines: String,
    /// Whoever said it, in words, where it is no declared source of the policy.
    pub told: Option<String>,
    /// The source as it is cited, where only the dossier's own files declare it; `told` has its title.
    pub own: Option<OwnSource>,
    /// `a rival`
    pub rival: bool,
    /// `the subject itself`
    pub subject: bool,
    /// `an interested party`
    pub interested: bool,
    /// `a promise`
    pub promise: bool,
    /// `rated C3`
    pub grade: Option<Grade>,
    /// `on 2015-05-28`
    pub date: Option<Date>,
}

/// A source that only a dossier's own files declare, as it is cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnSource {
    /// Its id.
    pub id: String,
    /// The lines in it.
    pub lines: String,
}

/// One subject's situation as one decision sees it: everybody who is named, and everything said of them.
#[derive(Clone, Debug)]
pub struct Case<'a> {
    /// The vocabulary that types it.
    pub vocabulary: &'a Vocabulary,
    /// The date of the decision.
    pub as_of: Date,
    /// Everybody and everything that statements are about. The first is the subject.
    pub entities: Table<EntityId, Entity<'a>>,
    /// The subject.
    pub subject: EntityId,
    /// The things there is only one of: every such kind has an entity.
    pub only: BTreeMap<KindId, EntityId>,
    /// The others, by id: members written in place and dossiers.
    pub named: BTreeMap<String, EntityId>,
    /// The dossiers that it was gathered from.
    pub origins: Origins<'a>,
    /// Statements, by their [`addresses`](Statement::address), that count whatever a standard asks of their sources.
    pub(crate) admitted: BTreeSet<usize>,
}

/// The dossiers that a case was gathered from: everything said in the case is said in one of these.
#[derive(Clone, Debug, Default)]
pub struct Origins<'a> {
    /// The subject's own; none where nothing is known of the subject.
    pub own: Option<&'a Dossier>,
    /// Those whose statements on circumstances count, in the order of their first use, without the subject's own.
    pub circumstances: Vec<&'a Dossier>,
    /// Those that statements name, directly or through others, in the order of their first naming.
    pub others: Vec<&'a Dossier>,
}

/// Somebody or something that statements are about.
#[derive(Clone, Debug)]
pub struct Entity<'a> {
    /// The id; for a thing there is only one of, the kind's name.
    pub id: String,
    /// The title.
    pub title: String,
    /// The kind.
    pub kind: KindId,
    /// What is said of it, fact by fact.
    pub statements: BTreeMap<FactId, Vec<&'a Statement>>,
    /// Whom the ids in its statements name.
    pub names: BTreeMap<String, EntityId>,
}

/// What the statements that count leave possible of one fact.
#[derive(Clone, Debug)]
pub struct Weighed<'a> {
    /// How well it is known.
    pub status: Status,
    /// The values that are possible.
    pub possible: Possible,
    /// The statements that count.
    pub counted: Vec<&'a Statement>,
    /// The statements that do not count, each with why.
    pub left_out: Vec<(&'a Statement, LeftOut)>,
}

/// How well a fact is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// One value.
    Known,
    /// Several values, by statements that agree.
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
    /// Of a yes-or-no fact.
    YesNo {
        /// Whether yes is.
        yes: bool,
        /// Whether no is.
        no: bool,
    },
    /// Of a number (0 and more) or a date.
    Numbers(Ranges),
    /// Of a choice: bit *i* for the *i*th value.
    Values(u64),
    /// Of a relation to one: the one, where it is known; none where it is open.
    One(Option<Target>),
    /// Of a list.
    Members {
        /// The members known.
        ids: Vec<String>,
        /// Whether there are no others.
        complete: bool,
    },
}

/// Why a statement does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// It is dated after the as-of date.
    Future,
    /// It is rated worse than asked, cannot be judged, or is not rated.
    Rating,
    /// It is older than asked.
    Old,
    /// It has no date, and the standard asks for one.
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
    /// The dossier says outright that the fact is unknown.
    SaidUnknown,
}

impl LeftOut {
    /// Whether a standard left it out for its source, rating or date: not because of other statements about the fact,
    /// and not because it is dated after the day of the decision.
    pub(crate) fn is_by_source(self) -> bool {
        match self {
            LeftOut::Rating
            | LeftOut::Old
            | LeftOut::Undated
            | LeftOut::Rival
            | LeftOut::Subject
            | LeftOut::Interested
            | LeftOut::Promise => true,
            LeftOut::Future | LeftOut::WorseRated | LeftOut::Earlier | LeftOut::SaidUnknown => false,
        }
    }
}
