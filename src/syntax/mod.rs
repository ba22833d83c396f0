//! The text as a tree: what a file says, line by line, before anybody asks what it means.
//!
//! Made from text by [`parse`], which never fails: what cannot be read becomes a problem that rides along, and
//! reading goes on at the next line of the same or lesser indentation. It knows the grammar of blocks and
//! lists; it does not know any phrase, so a [`Clause`] is still a row of lexemes.

use crate::diagnostic::Diagnostic;
use crate::span::{FileId, Name, Span, Spanned, Text};
pub use crate::value::{Date, Grade, Length, TimeUnit};

/// One file as a tree, with everything that is wrong with its form.
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
    /// Which file.
    pub id: FileId,
    /// The blocks, in the order of the file. Blocks that could not be read at all are left out.
    pub blocks: Vec<Block>,
    /// The lines with their nesting, comments and blank lines included: what the printer prints.
    pub layout: layout::Layout,
    /// What is wrong with the form, in reading order.
    pub problems: Vec<Diagnostic>,
}

/// A block: a word in column 0 and what belongs to it.
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
    /// `requirement ID "…"`, `bar ID "…"`, `waiver ID "…"`
    Rule(Rule),
    /// `phase N "…"`
    Phase(Phase),
    /// `choice NAME "…"`
    Choice(Choice),
    /// `obligation ID "…"`
    Obligation(Obligation),
    /// `evidence standard NAME`
    Standard(Standard),
    /// `dossier ID "…"`
    Dossier(Dossier),
    /// `scenario "…"`
    Scenario(Scenario),
    /// `translation LANGUAGE "…"`
    Translation(Translation),
    /// `use "path"` in column 0, for vocabularies that use vocabularies.
    Use(Text),
}

/// A smallest piece of a line.
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

/// A row of lexemes that says something about a subject; its phrases are looked up later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// The lexemes, at least one.
    pub lexemes: Vec<Spanned<Lexeme>>,
    /// From the first lexeme to the last.
    pub span: Span,
}

/// How the items of a list are joined.
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
        /// How the items are joined.
        connective: Connective,
        /// The items, at least one.
        items: Vec<Condition>,
        /// The connective's words.
        span: Span,
    },
    /// Clauses joined by `and` (as `All`) or by `or` (as `Any`) in one line.
    Inline {
        /// `All` or `Any`.
        connective: Connective,
        /// The clauses, at least two.
        items: Vec<Clause>,
        /// From the first clause to the last.
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
    /// The header line.
    pub span: Span,
}

/// A document that rules cite.
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
    /// The header line.
    pub span: Span,
}

/// A type of assistance and those below it.
#[derive(Clone, Debug, PartialEq)]
pub struct Assistance {
    /// The name.
    pub name: Name,
    /// `means "…"`
    pub means: Option<Text>,
    /// The types below it.
    pub children: Vec<Assistance>,
    /// The header line.
    pub span: Span,
}

/// A kind of subject and its facts.
#[derive(Clone, Debug, PartialEq)]
pub struct Kind {
    /// The name.
    pub name: Name,
    /// The title.
    pub title: Option<Text>,
    /// `, only one`
    pub only_one: bool,
    /// The facts.
    pub facts: Vec<Fact>,
    /// The phrases of further facts, whose types could not be read.
    pub unread: Vec<Clause>,
    /// The header line.
    pub span: Span,
}

/// `PHRASE : TYPE` with the lines below it.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// The phrase: words and quoted texts.
    pub phrase: Clause,
    /// The type.
    pub r#type: FactType,
    /// Where the type stands.
    pub type_span: Span,
    /// `ask "…"`
    pub ask: Option<Text>,
    /// `means "…"`
    pub means: Option<Text>,
    /// `presumed yes` or `presumed no`
    pub presumed: Option<Spanned<bool>>,
    /// `fixed`
    pub fixed: bool,
    /// The line of the phrase.
    pub span: Span,
}

/// What may be said of a fact.
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

/// `cite SOURCE line N, stated`
#[derive(Clone, Debug, PartialEq)]
pub struct Citation {
    /// The source.
    pub source: Name,
    /// The lines, as they are written after `line` or `lines`: `31`, `29, 31`, `41 to 46`; empty for the whole.
    pub lines: String,
    /// `stated`: the author says it; else derived.
    pub stated: bool,
    /// The line.
    pub span: Span,
}

/// Which block word a rule has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleWord {
    /// `requirement`
    Requirement,
    /// `bar`
    Bar,
    /// `waiver`
    Waiver,
}

/// A requirement, bar or waiver, with every line that any of them may have; which may stand where is checked by
/// the parser.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Which of the three.
    pub word: RuleWord,
    /// The id.
    pub id: Name,
    /// The title.
    pub title: Text,
    /// `, absolute`
    pub absolute: bool,
    /// `for TYPE, TYPE`
    pub assistance: Vec<Name>,
    /// `on STANDARD`
    pub standard: Option<Name>,
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
    /// `in force from D until D`
    pub period: Period,
    /// `cite …`
    pub cites: Vec<Citation>,
    /// `remedy "…"`
    pub remedy: Option<Text>,
    /// `note "…"`
    pub notes: Vec<Text>,
    /// The header line.
    pub span: Span,
}

/// A fact worked out from others.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    /// The clause it defines.
    pub clause: Clause,
    /// `when …`
    pub when: Option<Condition>,
    /// `unless …`
    pub unless: Option<Condition>,
    /// `cite …`
    pub cites: Vec<Citation>,
    /// `note "…"`
    pub notes: Vec<Text>,
    /// The header line.
    pub span: Span,
}

/// A step of a roadmap.
#[derive(Clone, Debug, PartialEq)]
pub struct Phase {
    /// The number.
    pub number: Spanned<u32>,
    /// The title.
    pub title: Text,
    /// `, in any order`
    pub any_order: bool,
    /// `opens TYPE, TYPE`
    pub opens: Vec<Name>,
    /// `begins when …`
    pub begins: Option<Condition>,
    /// `begins early when …`
    pub begins_early: Option<Condition>,
    /// `reached when …`
    pub reached: Option<Condition>,
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
    /// The header line.
    pub span: Span,
}

/// A first-match decision list.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The name.
    pub name: Name,
    /// The title.
    pub title: Option<Text>,
    /// `for TYPE, TYPE`
    pub assistance: Vec<Name>,
    /// `on STANDARD`
    pub standard: Option<Name>,
    /// `"VALUE" when …`, in order.
    pub branches: Vec<(Text, Condition)>,
    /// `otherwise "VALUE"`
    pub otherwise: Option<Text>,
    /// `cite …`
    pub cites: Vec<Citation>,
    /// `note "…"`
    pub notes: Vec<Text>,
    /// The header line.
    pub span: Span,
}

/// What an eligible decision carries.
#[derive(Clone, Debug, PartialEq)]
pub struct Obligation {
    /// The id.
    pub id: Name,
    /// The title.
    pub title: Text,
    /// `for TYPE, TYPE`
    pub assistance: Vec<Name>,
    /// `on STANDARD`
    pub standard: Option<Name>,
    /// `when …`
    pub when: Option<Condition>,
    /// `unless …`
    pub unless: Option<Condition>,
    /// `who "…"`
    pub who: Option<Text>,
    /// `due …`
    pub due: Option<Spanned<Due>>,
    /// `in force from D until D`
    pub period: Period,
    /// `cite …`
    pub cites: Vec<Citation>,
    /// `note "…"`
    pub notes: Vec<Text>,
    /// The header line.
    pub span: Span,
}

/// By when an obligation is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    pub conflict: Option<Spanned<Conflict>>,
    /// `cite …`
    pub cites: Vec<Citation>,
    /// `note "…"`
    pub notes: Vec<Text>,
    /// The header line.
    pub span: Span,
}

/// What is done when statements that count disagree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Conflict {
    /// `leave it contested`
    #[default]
    Contested,
    /// `take the better rated`
    BetterRated,
    /// `take the later`
    Later,
}

/// Who or what a statement rests on.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// A declared source and the lines in it (as in [`Citation::lines`]).
    Declared(Name, String),
    /// Anybody, in words.
    Told(Text),
}

/// The line below a statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Provenance {
    /// `from …`
    pub origin: Option<Origin>,
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
    /// The line.
    pub span: Span,
}

/// A bullet of a dossier or scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// What is said.
    pub clause: Clause,
    /// From whom, how good, of when.
    pub provenance: Option<Provenance>,
    /// The bullet's line.
    pub span: Span,
}

/// `KIND ID "…"` inside a dossier or scenario: a member written in place.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The kind's name.
    pub kind: Name,
    /// The id.
    pub id: Name,
    /// The title.
    pub title: Option<Text>,
    /// What is said of it.
    pub statements: Vec<Statement>,
    /// The header line.
    pub span: Span,
}

/// What is known about one subject.
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
    /// What is said of the subject and of things there is only one of.
    pub statements: Vec<Statement>,
    /// Members written in place.
    pub members: Vec<Member>,
    /// The header line.
    pub span: Span,
}

/// A test.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// The title.
    pub title: Text,
    /// `as in "…"`
    pub base: Option<Text>,
    /// `about KIND`
    pub about: Option<Name>,
    /// `as of D`
    pub as_of: Option<Spanned<Date>>,
    /// `given` and its bullets.
    pub given: Vec<Statement>,
    /// Members written in place.
    pub members: Vec<Member>,
    /// `expect …`
    pub expects: Vec<Expectation>,
    /// The header line.
    pub span: Span,
}

/// What a scenario expects.
#[derive(Clone, Debug, PartialEq)]
pub struct Expectation {
    /// What.
    pub what: Expected,
    /// The line.
    pub span: Span,
}

/// The kinds of expectation.
#[derive(Clone, Debug, PartialEq)]
pub enum Expected {
    /// `expect TYPE is VERDICT because ID, ID` / `for want of "…", "…"`
    Verdict {
        /// The type of assistance.
        assistance: Name,
        /// The verdict's word: `eligible`, `ineligible` or `undetermined`.
        verdict: Name,
        /// `because ID, ID`; a phase among them is named `phase 2`.
        because: Vec<Name>,
        /// `for want of "…", "…"`
        want: Vec<Text>,
    },
    /// `expect CHOICE is "VALUE"`
    Choice {
        /// The choice's name.
        name: Name,
        /// The value.
        value: Text,
    },
    /// `expect obligation ID`
    Obligation(Name),
    /// `expect no obligation ID`
    NoObligation(Name),
}

/// Texts of a policy in another language.
#[derive(Clone, Debug, PartialEq)]
pub struct Translation {
    /// The tag of the language, in its [canonical spelling](crate::value::language_tag).
    pub language: Name,
    /// What the language calls itself.
    pub name: Option<Text>,
    /// The texts with their translations.
    pub entries: Vec<TranslationEntry>,
    /// The header line.
    pub span: Span,
}

/// A text with its translation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TranslationEntry {
    /// The text, whole, as the policy has it.
    pub text: Text,
    /// The same in the other language.
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

/// The words that never stand bare in a phrase or name.
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
