//! The syntax tree of a file, before any phrase is looked up.
//!
//! The tree is made by [`parse`], which never fails: what cannot be read becomes a finding in the tree, and parsing
//! goes on at the next line of the same or lesser indentation. This layer has the grammar of blocks and lists, but no
//! vocabulary, so a [`Clause`] is still a sequence of lexemes.
//!
//! A field or variant that is read from a line is documented by the form of that line, such as `cite …`.

use crate::diagnostic::Diagnostic;
use crate::span::{FileId, Name, Span, Spanned, Text};
pub use crate::value::{Date, Grade, Length, TimeUnit, Truth};
use serde::{Deserialize, Serialize};

/// One file as a tree, with the findings about its form.
///
/// # Example
/// ```
/// use placet::span::FileId;
/// use placet::syntax::{self, Block};
///
/// let file = syntax::parse(FileId(0), "kind group\n  is neutral : yes or no\n");
/// let Block::Kind(kind) = &file.blocks[0] else { panic!("it is a kind") };
/// assert_eq!(kind.name.value, "group");
/// assert_eq!(kind.facts[0].phrase.lexemes.len(), 2);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    /// The id of the file.
    pub id: FileId,
    /// The blocks, in the order of the file. Blocks that could not be read at all are left out.
    pub blocks: Vec<Block>,
    /// The lines with their nesting, including comments and blank lines. The printer prints from these.
    pub layout: layout::Layout,
    /// The findings about the form, in reading order.
    pub problems: Vec<Diagnostic>,
}

/// A block: a line in column 0 with the lines that belong to it.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// `policy "…"`
    Policy(Policy),
    /// `source ID "…"`
    Source(Source),
    /// `assistance NAME`
    Assistance(Assistance),
    /// `kind NAME "…", only one`
    Kind(Kind),
    /// `definition`
    Definition(Definition),
    /// `requirement ID "…"`, `bar ID "…"`, `waiver ID "…"`, `obligation ID "…"`
    Rule(Rule),
    /// `phase N "…"`
    Phase(Phase),
    /// `choice NAME "…"`
    Choice(Choice),
    /// `evidence standard NAME`
    Standard(Standard),
    /// `dossier ID "…"`
    Dossier(Dossier),
    /// `scenario "…"`
    Scenario(Scenario),
    /// `translation LANGUAGE "…"`
    Translation(Translation),
    /// `use "path"` in column 0, for vocabularies that use other vocabularies.
    Use(Text),
}

/// The smallest unit of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lexeme {
    /// A word, as written.
    Word(String),
    /// `"…"`, without its quotes.
    Text(String),
    /// `8000` or `8,000`
    Number(i64),
    /// `2016-02-01`
    Date(Date),
    /// `,`
    Comma,
    /// `:`
    Colon,
}

/// A sequence of lexemes that states something about a subject. Its phrases are looked up later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// The lexemes, at least one.
    pub lexemes: Vec<Spanned<Lexeme>>,
    /// The place from the first lexeme to the last.
    pub span: Span,
}

/// The way in which the items of a list are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connective {
    /// `all of`, or an inline `and`
    All,
    /// `any of`, or an inline `or`
    Any,
    /// `none of`
    None,
    /// `at least N of`
    AtLeast(u32),
    /// `at most N of`
    AtMost(u32),
    /// `exactly N of`
    Exactly(u32),
}

/// A condition before its phrases are looked up.
///
/// # Example
/// ```
/// use placet::span::FileId;
/// use placet::syntax::{self, Block, Condition, Connective};
///
/// let text = "bar b \"B\"\n  when any of\n    - it is hostile\n    - it is designated and is armed\n";
/// let file = syntax::parse(FileId(0), text);
/// let Block::Rule(bar) = &file.blocks[0] else { panic!("it is a rule") };
/// let Some(Condition::List { connective, items, .. }) = &bar.when else { panic!("it is a list") };
/// assert_eq!((*connective, items.len()), (Connective::Any, 2));
/// assert!(matches!(items[1], Condition::Inline { connective: Connective::All, .. }));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// A bulleted list under its connective.
    List {
        /// The connective.
        connective: Connective,
        /// The items, at least one.
        items: Vec<Condition>,
        /// The place of the connective.
        span: Span,
    },
    /// Clauses joined by `and` (as `All`) or by `or` (as `Any`) in one line.
    Inline {
        /// `All` or `Any`.
        connective: Connective,
        /// The clauses, at least two.
        items: Vec<Clause>,
        /// The place from the first clause to the last.
        span: Span,
    },
    /// One clause.
    Clause(Clause),
}

/// `in force from D until D`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// The first day in force.
    pub from: Option<Spanned<Date>>,
    /// The last day in force.
    pub until: Option<Spanned<Date>>,
}

/// The policy block.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// The title.
    pub title: Text,
    /// `id ID`
    pub id: Option<Name>,
    /// `version WORD`
    pub version: Option<Name>,
    /// `about KIND or KIND`
    pub about: Vec<Name>,
    /// `in force from D until D`
    pub period: Period,
    /// `authority "…"`
    pub authority: Option<Text>,
    /// `on STANDARD`
    pub standard: Option<Name>,
    /// `note "…"`
    pub notes: Vec<Text>,
    /// `use "path"`
    pub uses: Vec<Text>,
    /// The place of the header line.
    pub span: Span,
}

/// A document that may be cited.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The id.
    pub id: Name,
    /// The title.
    pub title: Option<Text>,
    /// `author "…"`
    pub author: Option<Text>,
    /// `date D`
    pub date: Option<Spanned<Date>>,
    /// `url "…"`
    pub url: Option<Text>,
    /// The place of the header line.
    pub span: Span,
}

/// A type of assistance with its subtypes.
#[derive(Clone, Debug, PartialEq)]
pub struct Assistance {
    /// The name.
    pub name: Name,
    /// `means "…"`
    pub means: Option<Text>,
    /// The subtypes.
    pub children: Vec<Assistance>,
    /// The place of the header line.
    pub span: Span,
}

/// A kind of entity with its facts.
#[derive(Clone, Debug, PartialEq)]
pub struct Kind {
    /// The name.
    pub name: Name,
    /// The title.
    pub title: Option<Text>,
    /// Whether there is only one entity of the kind: `, only one`
    pub only_one: bool,
    /// The facts.
    pub facts: Vec<Fact>,
    /// The phrases of other facts, whose types could not be read.
    pub unread: Vec<Clause>,
    /// The place of the header line.
    pub span: Span,
}

/// A fact: `PHRASE : TYPE` with the lines below it.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// The phrase: words and quoted texts.
    pub phrase: Clause,
    /// The type.
    pub r#type: FactType,
    /// The place of the type.
    pub type_span: Span,
    /// `ask "…"`
    pub ask: Option<Text>,
    /// `means "…"`
    pub means: Option<Text>,
    /// `presumed yes` or `presumed no`
    pub presumed: Option<Spanned<bool>>,
    /// Whether nobody can change the fact: `fixed`
    pub fixed: bool,
    /// The place of the phrase's line.
    pub span: Span,
}

/// The type of a fact.
#[derive(Clone, Debug, PartialEq)]
pub enum FactType {
    /// `yes or no`
    YesNo,
    /// `number of UNIT`
    Number(Name),
    /// `date`
    Date,
    /// `one of A, B, C`
    Choice(Vec<Name>),
    /// `KIND` or `KIND or KIND`
    One(Vec<Name>),
    /// `list of KIND`
    Many(Name),
}

/// A citation: `cite SOURCE line N, stated`.
#[derive(Clone, Debug, PartialEq)]
pub struct Citation {
    /// The source.
    pub source: Name,
    /// The lines, as written after `line` or `lines`: `31`, `29, 31`, `41 to 46`. Empty for the whole source.
    pub lines: String,
    /// `stated`: the author of the source states it. Otherwise it is derived.
    pub stated: bool,
    /// The place of the line.
    pub span: Span,
}

/// The lines that rules, phases and choices share. The parser checks which of them a block allows.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// The id: `phase-2` for phase 2, and the name of a choice.
    pub id: Name,
    /// The title. For a choice without one, its name.
    pub title: Text,
    /// `for TYPE, TYPE`, or `opens TYPE, TYPE` of a phase.
    pub assistance: Vec<Name>,
    /// `on STANDARD`
    pub standard: Option<Name>,
    /// `in force from D until D`
    pub period: Period,
    /// `cite …`
    pub cites: Vec<Citation>,
    /// `remedy "…"`
    pub remedy: Option<Text>,
    /// `note "…"`
    pub notes: Vec<Text>,
    /// The place of the header line.
    pub span: Span,
}

/// The first word of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleWord {
    /// `requirement`
    Requirement,
    /// `bar`
    Bar,
    /// `waiver`
    Waiver,
    /// `obligation`
    Obligation,
    /// `concern`
    Concern,
}

/// How much a concern weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// `low`
    Low,
    /// `medium`
    Medium,
    /// `high`
    High,
}

impl Level {
    /// Returns the word of the language.
    pub fn word(self) -> &'static str {
        match self {
            Level::Low => "low",
            Level::Medium => "medium",
            Level::High => "high",
        }
    }
}

/// A requirement, bar, waiver, obligation or concern.
///
/// It has fields for all lines that any of them may have. The parser checks which lines are allowed.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// The sort of rule.
    pub word: RuleWord,
    /// The id, the title and the lines that other blocks have as well.
    pub header: Header,
    /// Whether no waiver can lift the bar: `, absolute`
    pub absolute: bool,
    /// `when …`
    pub when: Option<Condition>,
    /// `needs …`
    pub needs: Option<Condition>,
    /// `unless …`
    pub unless: Option<Condition>,
    /// `lifts ID, ID`
    pub lifts: Vec<Name>,
    /// `granted by "…"`
    pub granted_by: Option<Text>,
    /// `who "…"`
    pub who: Option<Text>,
    /// `due …`
    pub due: Option<Spanned<Due>>,
    /// `, level high`
    pub level: Option<Level>,
}

/// A fact that is derived from others.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    /// The clause that is defined.
    pub clause: Clause,
    /// `when …`
    pub when: Option<Condition>,
    /// `unless …`
    pub unless: Option<Condition>,
    /// `cite …`
    pub cites: Vec<Citation>,
    /// `note "…"`
    pub notes: Vec<Text>,
    /// The place of the header line.
    pub span: Span,
}

/// A step of a roadmap.
#[derive(Clone, Debug, PartialEq)]
pub struct Phase {
    /// The number.
    pub number: Spanned<u32>,
    /// The title and the lines that other blocks have as well.
    pub header: Header,
    /// Whether the phase does not depend on earlier phases: `, in any order`
    pub any_order: bool,
    /// `begins when …`
    pub begins: Option<Condition>,
    /// `begins early when …`
    pub begins_early: Option<Condition>,
    /// `reached when …`
    pub reached: Option<Condition>,
}

/// A choice: a list of values with conditions, of which the first that holds decides.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The name, the title and the lines that other blocks have as well.
    pub header: Header,
    /// `"VALUE" when …`, in order.
    pub branches: Vec<(Text, Condition)>,
    /// `otherwise "VALUE"`
    pub otherwise: Option<Text>,
}

/// The time by which an obligation is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Due {
    /// `within N days before delivery`
    WithinBefore(Length),
    /// `within N days after delivery`
    WithinAfter(Length),
    /// `before delivery`
    Before,
    /// `during delivery`
    During,
    /// `after delivery`
    After,
    /// `every N months`
    Every(Length),
}

/// An evidence standard.
#[derive(Clone, Debug, PartialEq)]
pub struct Standard {
    /// The name.
    pub name: Name,
    /// `rated C3 or better`
    pub rated: Option<Spanned<Grade>>,
    /// `from the last 24 months`
    pub within: Option<Spanned<Length>>,
    /// Whether statements from rivals are left out: `not from rivals of the subject`
    pub not_rivals: bool,
    /// Whether statements from the subject are left out: `not from the subject itself`
    pub not_subject: bool,
    /// Whether statements from interested parties are left out: `not from interested parties`
    pub not_interested: bool,
    /// Whether promises are left out: `not promises`
    pub not_promises: bool,
    /// Whether `rated` and `within` also apply to relations and lists: `ratings apply to relations and lists`
    pub ratings_on_the_way: bool,
    /// What happens if statements that count disagree: `when sources conflict, …`
    pub conflict: Option<Spanned<Conflict>>,
    /// `cite …`
    pub cites: Vec<Citation>,
    /// `note "…"`
    pub notes: Vec<Text>,
    /// The place of the header line.
    pub span: Span,
}

/// What happens if the statements that count disagree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Conflict {
    /// `leave it contested`
    #[default]
    Contested,
    /// `take the better rated`
    BetterRated,
    /// `take the later`
    Later,
}

/// The source of a statement, or the person to whom it is attributed.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// A declared source and the lines in it (see [`Citation::lines`]).
    Declared(Name, String),
    /// Anyone, described in words.
    Described(Text),
}

/// The provenance of a statement, from the line below it.
#[derive(Clone, Debug, PartialEq)]
pub struct Provenance {
    /// The source: `from …`
    pub origin: Option<Origin>,
    /// Whether the source is a rival of the subject: `a rival`
    pub rival: bool,
    /// Whether the source is the subject: `the subject itself`
    pub subject: bool,
    /// Whether the source is an interested party: `an interested party`
    pub interested: bool,
    /// Whether the statement is a promise: `a promise`
    pub promise: bool,
    /// The grade: `rated C3`
    pub grade: Option<Grade>,
    /// The date of the statement: `on 2015-05-28`
    pub date: Option<Date>,
    /// The place of the line.
    pub span: Span,
}

/// A statement: a bullet of a dossier or scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The clause.
    pub clause: Clause,
    /// The source, grade and date of the statement, if given.
    pub provenance: Option<Provenance>,
    /// The place of the bullet's line.
    pub span: Span,
}

/// A member written in place: `KIND ID "…"` in a dossier or scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The name of the kind.
    pub kind: Name,
    /// The id.
    pub id: Name,
    /// The title.
    pub title: Option<Text>,
    /// The statements about the member.
    pub statements: Vec<Statement>,
    /// The place of the header line.
    pub span: Span,
}

/// A dossier: what is known about one subject.
#[derive(Clone, Debug, PartialEq)]
pub struct Dossier {
    /// The id.
    pub id: Name,
    /// The title.
    pub title: Option<Text>,
    /// `about KIND`
    pub about: Option<Name>,
    /// `use "path"`
    pub uses: Vec<Text>,
    /// `as of D`
    pub as_of: Option<Spanned<Date>>,
    /// `known as "…"`
    pub known_as: Vec<Text>,
    /// `identifier SCHEME VALUE`
    pub identifiers: Vec<(Name, Name)>,
    /// `note "…"`
    pub notes: Vec<Text>,
    /// The statements about the subject and about kinds with only one entity.
    pub statements: Vec<Statement>,
    /// The members written in place.
    pub members: Vec<Member>,
    /// The place of the header line.
    pub span: Span,
}

/// A scenario: a test of a policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// The title.
    pub title: Text,
    /// The title of the scenario whose `as of` and `given` this one starts from: `as in "…"`
    pub base: Option<Text>,
    /// `about KIND`
    pub about: Option<Name>,
    /// `as of D`
    pub as_of: Option<Spanned<Date>>,
    /// `given` and its bullets.
    pub given: Vec<Statement>,
    /// The members written in place.
    pub members: Vec<Member>,
    /// `expect …`
    pub expects: Vec<Expectation>,
    /// The place of the header line.
    pub span: Span,
}

/// An expectation of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Expectation {
    /// What is expected.
    pub what: Expected,
    /// The place of the line.
    pub span: Span,
}

/// The content of an expectation.
#[derive(Clone, Debug, PartialEq)]
pub enum Expected {
    /// `expect TYPE is VERDICT because ID, ID`, or with `for want of "…", "…"`
    Verdict {
        /// The type of assistance.
        assistance: Name,
        /// The verdict: `eligible`, `ineligible` or `undetermined`.
        verdict: Name,
        /// `because ID, ID`. A phase is given as `phase 2`.
        because: Vec<Name>,
        /// `for want of "…", "…"`
        want: Vec<Text>,
    },
    /// `expect CHOICE is "VALUE"`
    Choice {
        /// The name of the choice.
        name: Name,
        /// The value.
        value: Text,
    },
    /// `expect obligation ID`
    Obligation(Name),
    /// `expect no obligation ID`
    NoObligation(Name),
    /// `expect TYPE raises ID`, `expect TYPE does not raise ID`, `expect TYPE leaves ID open` or
    /// `expect TYPE raises no concern`
    Concern {
        /// The type of assistance.
        assistance: Name,
        /// The concern, or `None` for all.
        concern: Option<Name>,
        /// Whether it is raised, or open.
        raised: Truth,
    },
}

/// The texts of a policy in another language.
#[derive(Clone, Debug, PartialEq)]
pub struct Translation {
    /// The tag of the language, in its [canonical spelling](crate::value::language_tag).
    pub language: Name,
    /// The name of the language in that language.
    pub name: Option<Text>,
    /// The texts with their translations.
    pub entries: Vec<TranslationEntry>,
    /// The place of the header line.
    pub span: Span,
}

/// A text with its translation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TranslationEntry {
    /// The whole text, as in the policy.
    pub text: Text,
    /// The text in the other language.
    pub translation: Text,
}

pub use block::{LARGEST_FILE, Unreadable, parse, read_bytes, uses};
pub use lexeme::LARGEST_NUMBER;
pub use part::source_lines;
pub use print::format;
pub use problem::MOST_PROBLEMS;

pub mod layout;

mod problem;

mod lexeme;

mod line;

mod lines;

mod part;

mod condition;

mod header;

mod rule;

mod policy;

mod vocabulary;

mod roadmap;

mod dossier;

mod scenario;

mod translation;

mod block;

mod print;

pub mod write;

#[cfg(test)]
mod tests;

/// The words that are not allowed in a phrase or name without quotes.
pub const RESERVED: [&str; 14] = [
    "and",
    "or",
    "unless",
    "when",
    "needs",
    "any",
    "all",
    "none",
    "least",
    "most",
    "exactly",
    "if",
    "then",
    "otherwise",
];
