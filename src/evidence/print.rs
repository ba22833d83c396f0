//! Writes a dossier as text in the language. The text reads back as the same dossier.

use super::words;
use super::{About, Claim, Dossier, Provenance, Statement, Target, Unused, UnusedStatement};
use crate::id::KindId;
use crate::policy::clause::{ClauseReader, Sentence, TargetName};
use crate::policy::lexicon::Lexicon;
use crate::policy::phrase::{is_verb_phrase, negate};
use crate::policy::{Allowed, Fact, FactType, Root, Vocabulary};
use crate::sorted::SortedMap;
use crate::span::FileId;
use crate::syntax::layout::LONGEST_LINE;
use crate::syntax::{self, Block, write};
use crate::text::unwelcome;
use crate::value::{Date, Ranges};
use std::borrow::Cow;

/// A dossier, or part of one, that cannot be written in the language so that it reads back the same.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unprintable {
    /// A number or date that lies in one of several ranges.
    #[error("one sentence cannot give several ranges for {subject}'s {phrase}")]
    Ranges {
        /// The subject of the sentence.
        subject: String,
        /// The phrase of the fact.
        phrase: String,
    },
    /// A statement whose sentence would be read as a different statement.
    #[error("no sentence means exactly this: {0}")]
    Sentence(String),
    /// A text or an id with a character that a file cannot contain.
    #[error("{0}")]
    Text(String),
    /// A line that would be longer than the limit.
    #[error("the line would be longer than 2,000 characters: {0} …")]
    Long(String),
}

/// Writes a dossier as a block of the language. `uses` are the paths of the files that declare its vocabulary.
///
/// # Errors
/// A number or date that lies in one of several ranges, which data formats can express and the language cannot. A
/// statement, text or line for which [`Unprintable`] has a variant.
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
/// # let evidence = placet::evidence::read(&bundle, &vocabulary).0;
/// let text = placet::evidence::print(&evidence.dossiers[0], &vocabulary, &["vocabulary.placet".to_owned()])?;
/// assert_eq!(text, r#"dossier militia "A militia"
///   about group
///   use "vocabulary.placet"
///   as of 2016-02-15
///
///   - it is not neutral
/// "#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn print(dossier: &Dossier, vocabulary: &Vocabulary, uses: &[String]) -> Result<String, Unprintable> {
    let kind = |id: KindId| vocabulary.kinds.find(id).map_or("", |kind| &kind.name);
    let mut lines = vec![
        format!("dossier {} {}", write::id(&dossier.id), write::text(&dossier.title)),
        format!("  about {}", write::name(kind(dossier.kind))),
    ];
    lines.extend(uses.iter().map(|path| format!("  use {}", write::text(path))));
    lines.extend(dossier.as_of.map(|date| format!("  as of {date}")));
    lines.extend(dossier.known_as.iter().map(|name| format!("  known as {}", write::text(name))));
    let identifiers = dossier.identifiers.iter();
    lines.extend(
        identifiers.map(|(scheme, own)| format!("  identifier {} {}", write::word(scheme), write::word(own))),
    );
    lines.extend(dossier.notes.iter().map(|note| format!("  note {}", write::text(note))));
    lines.push(String::new());
    Writer::new(dossier, vocabulary, Some(&dossier.unused)).all("  ", true, &mut lines)?;
    lines.push(String::new());
    joined(&lines)
}

/// Writes the content of a dossier in the form of a scenario: `given`, the statements, and the members written in
/// place.
///
/// # Errors
/// Same as [`print()`].
///
/// # Example
/// ```
/// # let text = "kind group\n  is neutral : yes or no\n\ndossier militia\n  about group\n  - it is not neutral\n";
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let vocabulary = placet::policy::resolve(&bundle).vocabulary;
/// # let evidence = placet::evidence::read(&bundle, &vocabulary).0;
/// let given = placet::evidence::print_given(&evidence.dossiers[0], &vocabulary)?;
/// assert_eq!(given, "  given\n    - it is not neutral\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn print_given(dossier: &Dossier, vocabulary: &Vocabulary) -> Result<String, Unprintable> {
    let mut lines = Vec::new();
    if !dossier.statements.is_empty() {
        lines.push("  given".to_owned());
    }
    // A scenario has only the policy's vocabulary.
    Writer::new(dossier, vocabulary, None).all("    ", false, &mut lines)?;
    if !lines.is_empty() {
        lines.push(String::new());
    }
    joined(&lines)
}

/// Joins the lines to a text, or fails if a file cannot contain one of them.
fn joined(lines: &[String]) -> Result<String, Unprintable> {
    for line in lines {
        if let Some(found) = unwelcome(line) {
            return Err(Unprintable::Text(found.to_string()));
        }
        if line.trim_start().chars().nth(LONGEST_LINE).is_some() {
            return Err(Unprintable::Long(line.trim_start().chars().take(60).collect()));
        }
    }
    Ok(lines.join("\n"))
}

struct Writer<'a> {
    dossier: &'a Dossier,
    vocabulary: &'a Vocabulary,
    lexicon: Lexicon<'a>,
    /// The kinds of the members, by their ids in the case.
    kinds: SortedMap<&'a str, KindId>,
    /// The statements in the dossier's own vocabulary. `None` if they cannot be written, as in a scenario.
    unused: Option<&'a Unused>,
}

/// How ids and values are written in a sentence: bare if possible, or always quoted.
type Spelling = fn(&str) -> Cow<'_, str>;

fn bare_value(value: &str) -> Cow<'_, str> {
    Cow::Owned(write::phrase(value))
}

fn in_quotes(text: &str) -> Cow<'_, str> {
    Cow::Owned(write::text(text))
}

impl<'a> Writer<'a> {
    fn new(dossier: &'a Dossier, vocabulary: &'a Vocabulary, unused: Option<&'a Unused>) -> Writer<'a> {
        let kinds = dossier.members.iter().map(|member| (member.id.as_str(), member.kind)).collect();
        Writer { dossier, vocabulary, lexicon: Lexicon::new(vocabulary), kinds, unused }
    }

    /// Returns an id as it is written in the file: a member's id without the prefix of the dossier's id.
    fn id<'i>(&self, id: &'i str) -> &'i str {
        id.strip_prefix(&self.dossier.id).and_then(|rest| rest.strip_prefix('/')).unwrap_or(id)
    }

    /// Writes the statements, then the members written in place with their statements. If `apart` is true, a blank line
    /// precedes each member.
    fn all(&self, indent: &str, apart: bool, lines: &mut Vec<String>) -> Result<(), Unprintable> {
        let members = &self.dossier.members;
        let mut inside: SortedMap<&str, Vec<&Statement>> =
            members.iter().map(|member| (member.id.as_str(), Vec::new())).collect();
        for statement in &self.dossier.statements {
            let member = match &statement.about {
                About::Member(id) => inside.get_mut(id.as_str()),
                _ => None,
            };
            match member {
                Some(statements) => statements.push(statement),
                None => self.statement(statement, indent, lines)?,
            }
        }
        self.unused(None, indent, lines);
        for member in members {
            self.member(self.kind_name(member.kind), &member.id, &member.title, apart, lines);
            for statement in inside.remove(member.id.as_str()).unwrap_or_default() {
                self.statement(statement, "    ", lines)?;
            }
            self.unused(Some(&member.id), "    ", lines);
        }
        for member in self.unused.into_iter().flat_map(|unused| &unused.members) {
            self.member(&member.kind, &member.id, &member.title, apart, lines);
            self.unused(Some(&member.id), "    ", lines);
        }
        Ok(())
    }

    fn member(&self, kind: &str, id: &str, title: &str, apart: bool, lines: &mut Vec<String>) {
        if apart {
            lines.push(String::new());
        }
        lines.push(format!("  {} {} {}", write::name(kind), write::id(self.id(id)), write::text(title)));
    }

    /// Writes the statements in the dossier's own vocabulary about a member or, for `None`, about the subject and the
    /// entities of `only one` kinds.
    fn unused(&self, member: Option<&str>, indent: &str, lines: &mut Vec<String>) {
        let of = |statement: &&UnusedStatement| statement.of.as_ref().map(|of| of.id.as_str()) == member;
        for statement in self.unused.into_iter().flat_map(|unused| &unused.statements).filter(of) {
            lines.push(format!("{indent}- {}", statement.text));
            self.provenance(&statement.provenance, indent, lines);
        }
    }

    fn statement(
        &self,
        statement: &Statement,
        indent: &str,
        lines: &mut Vec<String>,
    ) -> Result<(), Unprintable> {
        let Some(fact) = self.vocabulary.facts.find(statement.fact) else { return Ok(()) };
        let kind = self.kind_of(&statement.about);
        let only = matches!(statement.about, About::Only(_));
        let named = format!("the {}", write::phrase(self.kind_name(kind)));
        let (subject, owner) =
            if only { (named.clone(), format!("{named}'s")) } else { ("it".to_owned(), "its".to_owned()) };
        let forms = [subject.as_str(), owner.as_str(), named.as_str()];
        let plain = self.sentence(forms, fact, &statement.claim, [write::id, bare_value])?;
        let sentence = if self.reads_back(&plain, statement) {
            plain
        } else {
            let quoted = self.sentence(forms, fact, &statement.claim, [in_quotes, in_quotes])?;
            if !self.reads_back(&quoted, statement) {
                return Err(Unprintable::Sentence(plain));
            }
            quoted
        };
        lines.push(format!("{indent}- {sentence}"));
        self.provenance(&statement.provenance, indent, lines);
        Ok(())
    }

    /// Returns whether a sentence, when parsed as a statement, gives exactly the wanted statement.
    fn reads_back(&self, sentence: &str, wanted: &Statement) -> bool {
        // `joined` rejects a longer line with its own error.
        if sentence.chars().nth(LONGEST_LINE).is_some() {
            return true;
        }
        let text = format!("dossier d\n  about d\n  - {sentence}\n");
        let file = syntax::parse(FileId(0), &text);
        let [Block::Dossier(dossier)] = file.blocks.as_slice() else { return false };
        let [statement] = dossier.statements.as_slice() else { return false };
        let about = match &wanted.about {
            About::Member(_) => [self.kind_of(&wanted.about)],
            _ => [self.dossier.kind],
        };
        let mut clause_reader = ClauseReader::new(&self.lexicon, &about);
        clause_reader.implied = true;
        let Ok(parsed) = clause_reader.read(&statement.clause) else { return false };
        file.problems.is_empty() && self.has_claim_of(&parsed, wanted)
    }

    /// Returns whether a parsed sentence equals the claim of a statement.
    fn has_claim_of(&self, sentence: &Sentence, wanted: &Statement) -> bool {
        let own = |id: &str| self.id(id).to_owned();
        let (subject, fact, right) = match (sentence, &wanted.claim) {
            (Sentence::Test { subject, fact, allowed, denied: _ }, claim) => {
                let right = match (allowed, claim) {
                    (Allowed::YesNo(one), Claim::YesNo(other)) => one == other,
                    (Allowed::Numbers(one), Claim::Numbers(other)) => {
                        one.intersection(&Ranges::at_least(0)) == other.intersection(&Ranges::at_least(0))
                    }
                    (Allowed::Dates(one), Claim::Dates(other)) => one == other,
                    (Allowed::Values(one), Claim::Values(other)) => one == other,
                    _ => false,
                };
                (subject, fact, right)
            }
            (
                Sentence::Relation { subject, relation, positive, through_any: false, target },
                Claim::One(other) | Claim::NotOne(other),
            ) => {
                let same = match (target, other) {
                    (TargetName::Id(one, _), Target::Named(other)) => *one == own(other),
                    (TargetName::Only(one), Target::Only(other)) => one == other,
                    (TargetName::NoOne, Target::NoOne) => true,
                    _ => false,
                };
                (subject, relation, same && *positive == matches!(wanted.claim, Claim::One(_)))
            }
            (
                Sentence::Lists { subject, list, ids, complete },
                Claim::Members { ids: others, complete: whole },
            ) => {
                let same = ids.iter().map(|(id, _)| id.clone()).eq(others.iter().map(|id| own(id)));
                (subject, list, same && complete == whole)
            }
            (Sentence::Open { subject, fact, contested }, Claim::Unknown | Claim::Contested) => {
                (subject, fact, *contested == (wanted.claim == Claim::Contested))
            }
            _ => return false,
        };
        let root = match &wanted.about {
            About::Only(kind) if *kind != self.dossier.kind => Root::Only(*kind),
            _ => Root::Subject,
        };
        right && *fact == wanted.fact && subject.steps.is_empty() && subject.root == root
    }

    fn sentence(
        &self,
        [subject, owner, named]: [&str; 3],
        fact: &Fact,
        claim: &Claim,
        [id, value]: [Spelling; 2],
    ) -> Result<String, Unprintable> {
        let verb = is_verb_phrase(&fact.phrase);
        let phrase = write::phrase(&fact.phrase);
        let denied = || write::phrase(&negate(&fact.phrase));
        let unsayable = || Unprintable::Ranges { subject: subject.to_owned(), phrase: fact.phrase.clone() };
        let target = |target: &Target| self.target(target, id);
        Ok(match claim {
            Claim::YesNo(true) => format!("{subject} {phrase}"),
            Claim::YesNo(false) => format!("{subject} {}", denied()),
            Claim::Numbers(numbers) => {
                let number = |number: i64| Some(number.to_string());
                let range = one_range(&numbers.without_floor(), ["at least", "at most"], number);
                format!("{owner} {phrase} is {}", range.ok_or_else(unsayable)?)
            }
            Claim::Dates(days) => {
                let day = |day: i64| Date::from_number(day).map(|date| date.to_string());
                let range = one_range(days, ["not before", "not after"], day);
                format!("{owner} {phrase} is {}", range.ok_or_else(unsayable)?)
            }
            Claim::Values(bits) => {
                let values = words::values(*bits, fact.r#type.choices(), |text| value(text).into_owned());
                format!("{owner} {phrase} is {values}")
            }
            Claim::Members { ids, complete } => {
                let ids: Vec<Cow<'_, str>> = ids.iter().map(|one| id(self.id(one))).collect();
                match (ids.as_slice(), complete) {
                    ([], _) => format!("{subject} has no {phrase}"),
                    (ids, true) => format!("{owner} {phrase} are {} and no others", ids.join(", ")),
                    (ids, false) => format!("{owner} {phrase} include {}", ids.join(", ")),
                }
            }
            Claim::One(one) if verb => format!("{subject} {phrase} {}", target(one)),
            Claim::One(one) => format!("{owner} {phrase} is {}", target(one)),
            Claim::NotOne(one) if verb => format!("{subject} {} {}", denied(), target(one)),
            Claim::NotOne(one) => format!("{owner} {phrase} is not {}", target(one)),
            Claim::Unknown | Claim::Contested => {
                let word = if *claim == Claim::Unknown { "unknown" } else { "contested" };
                match fact.r#type {
                    FactType::YesNo => format!("it is {word} whether {named} {phrase}"),
                    FactType::Many(_) => format!("{owner} {phrase} are {word}"),
                    _ if verb => format!("{subject} {phrase} is {word}"),
                    _ => format!("{owner} {phrase} is {word}"),
                }
            }
        })
    }

    /// Returns the kind of the entity that a statement is about.
    fn kind_of(&self, about: &About) -> KindId {
        match about {
            About::Only(kind) => *kind,
            About::Member(id) => self.kinds.get(id.as_str()).copied().unwrap_or(self.dossier.kind),
            About::Subject => self.dossier.kind,
        }
    }

    fn kind_name(&self, kind: KindId) -> &'a str {
        self.vocabulary.kinds.find(kind).map_or("", |kind| &kind.name)
    }

    fn target(&self, target: &Target, spelling: Spelling) -> String {
        match target {
            Target::Named(id) => spelling(self.id(id)).into_owned(),
            Target::Only(kind) => {
                format!("the {}", write::phrase(self.kind_name(*kind)))
            }
            Target::NoOne => "no one".to_owned(),
        }
    }

    /// Writes the line about the source of a statement, if there is anything to write.
    fn provenance(&self, provenance: &Provenance, indent: &str, written: &mut Vec<String>) {
        let Provenance { source, lines, attributed, own, .. } = provenance;
        let mut parts = Vec::new();
        let source = source.and_then(|id| self.vocabulary.sources.find(id));
        let cited = source.map(|source| (source.id.as_str(), lines.as_str()));
        if let Some((id, lines)) = cited.or(own.as_ref().map(|own| (own.id.as_str(), own.lines.as_str()))) {
            let several = lines.contains(|character: char| !character.is_ascii_digit());
            parts.push(match (lines, several) {
                ("", _) => format!("from {id}"),
                (lines, true) => format!("from {id} lines {lines}"),
                (line, false) => format!("from {id} line {line}"),
            });
        } else if let Some(attributed) = attributed {
            parts.push(format!("from {}", write::text(attributed)));
        }
        parts.extend(provenance.marks());
        if !parts.is_empty() {
            written.push(format!("{indent}    {}", parts.join(", ")));
        }
    }
}

/// Returns ranges in words that a sentence can contain, or `None` if there are several.
fn one_range(ranges: &Ranges, bounds: [&str; 2], point: impl Fn(i64) -> Option<String>) -> Option<String> {
    let [only] = <[String; 1]>::try_from(words::ranges(ranges, bounds, None, point)?).ok()?;
    Some(only)
}
