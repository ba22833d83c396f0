//! A dossier as text in the language, which reads back as the same.

use super::{About, Claim, Dossier, Provenance, Statement, Target};
use crate::id::KindId;
use crate::policy::phrase::{is_verb_phrase, negate};
use crate::policy::{Fact, FactType, Vocabulary};
use crate::syntax::RESERVED;
use crate::value::{Date, Ranges};
use std::collections::BTreeMap;

/// A statement that no sentence of the language can say.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no one sentence can say that {subject}'s {phrase} is one of several ranges")]
pub struct Unsayable {
    /// Of whom.
    pub subject: String,
    /// Of which fact.
    pub phrase: String,
}

/// Writes a dossier as a block of the language; `uses` are the paths of the files that declare its vocabulary.
///
/// # Errors
/// A number or date that may lie in one of several ranges, which data formats can say and the language cannot.
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
pub fn print(dossier: &Dossier, vocabulary: &Vocabulary, uses: &[String]) -> Result<String, Unsayable> {
    let mut lines = vec![format!("dossier {} \"{}\"", dossier.id, quoted(&dossier.title))];
    let kind = |id: KindId| vocabulary.kinds.find(id).map_or("", |kind| &kind.name);
    lines.push(format!("  about {}", kind(dossier.kind)));
    lines.extend(uses.iter().map(|path| format!("  use \"{}\"", quoted(path))));
    lines.extend(dossier.as_of.map(|date| format!("  as of {date}")));
    lines.extend(dossier.known_as.iter().map(|name| format!("  known as \"{}\"", quoted(name))));
    lines.extend(dossier.identifiers.iter().map(|(scheme, value)| format!("  identifier {scheme} {value}")));
    lines.extend(dossier.notes.iter().map(|note| format!("  note \"{}\"", quoted(note))));
    lines.push(String::new());
    let writer = Writer { dossier, vocabulary };
    writer.all("  ", true, &mut lines)?;
    lines.push(String::new());
    Ok(lines.join("\n"))
}

/// Writes what a dossier says as a scenario gives it: `given`, its statements, and the members written in place.
///
/// # Errors
/// As [`print()`].
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
pub fn print_given(dossier: &Dossier, vocabulary: &Vocabulary) -> Result<String, Unsayable> {
    let mut lines = Vec::new();
    let writer = Writer { dossier, vocabulary };
    lines.push("  given".to_owned());
    writer.all("    ", false, &mut lines)?;
    if dossier.statements.is_empty() {
        lines.remove(0);
    }
    Ok(lines.into_iter().map(|line| line + "\n").collect())
}

struct Writer<'a> {
    dossier: &'a Dossier,
    vocabulary: &'a Vocabulary,
}

impl Writer<'_> {
    /// An id as it is written: a member's without the dossier's before it.
    fn id<'i>(&self, id: &'i str) -> &'i str {
        id.strip_prefix(&self.dossier.id).and_then(|rest| rest.strip_prefix('/')).unwrap_or(id)
    }

    /// The statements, then the members written in place with what is said of them; each member after a blank line where
    /// they stand `apart`.
    fn all(&self, indent: &str, apart: bool, lines: &mut Vec<String>) -> Result<(), Unsayable> {
        let members = &self.dossier.members;
        let mut inside: BTreeMap<&str, Vec<&Statement>> =
            members.iter().map(|member| (member.id.as_str(), Vec::new())).collect();
        for said in &self.dossier.statements {
            let member = match &said.about {
                About::Member(id) => inside.get_mut(id.as_str()),
                _ => None,
            };
            match member {
                Some(said_of) => said_of.push(said),
                None => self.statement(said, indent, lines)?,
            }
        }
        for member in members {
            let (id, title) = (self.id(&member.id), quoted(&member.title));
            let kind = self.vocabulary.kinds.find(member.kind).map_or("", |kind| &kind.name);
            if apart {
                lines.push(String::new());
            }
            lines.push(format!("  {kind} {id} \"{title}\""));
            for said in inside.remove(member.id.as_str()).unwrap_or_default() {
                self.statement(said, "    ", lines)?;
            }
        }
        Ok(())
    }

    fn statement(&self, said: &Statement, indent: &str, lines: &mut Vec<String>) -> Result<(), Unsayable> {
        let Some(fact) = self.vocabulary.facts.find(said.fact) else { return Ok(()) };
        let only = match &said.about {
            About::Only(kind) => self.vocabulary.kinds.find(*kind).map(|kind| format!("the {}", kind.name)),
            _ => None,
        };
        let subject = only.clone().unwrap_or_else(|| "it".to_owned());
        let owner = only.map_or_else(|| "its".to_owned(), |only| format!("{only}'s"));
        lines.push(format!("{indent}- {}", self.sentence(&subject, &owner, fact, &said.claim)?));
        let from = self.provenance(&said.provenance);
        if !from.is_empty() {
            lines.push(format!("{indent}    {from}"));
        }
        Ok(())
    }

    fn sentence(&self, subject: &str, owner: &str, fact: &Fact, claim: &Claim) -> Result<String, Unsayable> {
        let verb = is_verb_phrase(&fact.phrase);
        let phrase = bare(&fact.phrase);
        let unsayable = || Unsayable { subject: subject.to_owned(), phrase: fact.phrase.clone() };
        Ok(match claim {
            Claim::YesNo(true) => format!("{subject} {phrase}"),
            Claim::YesNo(false) => format!("{subject} {}", bare(&negate(&fact.phrase))),
            Claim::Numbers(numbers) => {
                let number = |number: i64| Some(number.to_string());
                let words = ["at least", "at most"];
                let numbers = &numbers.without_floor();
                format!("{owner} {phrase} is {}", ranges(numbers, words, &number).ok_or_else(unsayable)?)
            }
            Claim::Dates(days) => {
                let day = |day: i64| Date::from_number(day).map(|date| date.to_string());
                let words = ["not before", "not after"];
                format!("{owner} {phrase} is {}", ranges(days, words, &day).ok_or_else(unsayable)?)
            }
            Claim::Values(bits) => format!("{owner} {phrase} is {}", values(*bits, &fact.r#type)),
            Claim::Members { ids, complete } => {
                let ids: Vec<&str> = ids.iter().map(|id| self.id(id)).collect();
                match (ids.as_slice(), complete) {
                    ([], _) => format!("{subject} has no {phrase}"),
                    (ids, true) => format!("{owner} {phrase} are {} and no others", ids.join(", ")),
                    (ids, false) => format!("{owner} {phrase} include {}", ids.join(", ")),
                }
            }
            Claim::One(target) if verb => format!("{subject} {phrase} {}", self.target(target)),
            Claim::One(target) => format!("{owner} {phrase} is {}", self.target(target)),
            Claim::NotOne(target) if verb => {
                format!("{subject} {} {}", bare(&negate(&fact.phrase)), self.target(target))
            }
            Claim::NotOne(target) => format!("{owner} {phrase} is not {}", self.target(target)),
            Claim::Unknown | Claim::Contested => {
                let word = if *claim == Claim::Unknown { "unknown" } else { "contested" };
                match fact.r#type {
                    FactType::YesNo => format!("it is {word} whether {} {phrase}", self.named(subject)),
                    FactType::Many(_) => format!("{owner} {phrase} are {word}"),
                    _ if verb => format!("{subject} {phrase} is {word}"),
                    _ => format!("{owner} {phrase} is {word}"),
                }
            }
        })
    }

    /// The subject by its kind, where `it` has been used up by `it is unknown`.
    fn named(&self, subject: &str) -> String {
        match self.vocabulary.kinds.find(self.dossier.kind) {
            Some(kind) if subject == "it" => format!("the {}", kind.name),
            _ => subject.to_owned(),
        }
    }

    fn target(&self, target: &Target) -> String {
        match target {
            Target::Named(id) => self.id(id).to_owned(),
            Target::Only(kind) => self
                .vocabulary
                .kinds
                .find(*kind)
                .map_or_else(String::new, |kind| format!("the {}", kind.name)),
            Target::NoOne => "no one".to_owned(),
        }
    }

    fn provenance(&self, provenance: &Provenance) -> String {
        let Provenance { source, lines, told, rival, subject, interested, promise, grade, date } = provenance;
        let mut parts = Vec::new();
        if let Some(source) = source.and_then(|id| self.vocabulary.sources.find(id)) {
            let several = lines.contains(|character: char| !character.is_ascii_digit());
            parts.push(match (lines.as_str(), several) {
                ("", _) => format!("from {}", source.id),
                (lines, true) => format!("from {} lines {lines}", source.id),
                (line, false) => format!("from {} line {line}", source.id),
            });
        } else if let Some(told) = told {
            parts.push(format!("from \"{}\"", quoted(told)));
        }
        let marks = [
            (rival, "a rival"),
            (subject, "the subject itself"),
            (interested, "an interested party"),
            (promise, "a promise"),
        ];
        parts.extend(marks.iter().filter(|(mark, _)| **mark).map(|(_, words)| (*words).to_owned()));
        parts.extend(grade.map(|grade| format!("rated {grade}")));
        parts.extend(date.map(|date| format!("on {date}")));
        parts.join(", ")
    }
}

/// Text as it may stand between double quotes.
fn quoted(text: &str) -> String {
    let mut open = true;
    text.chars()
        .map(|character| match character {
            '"' => {
                open = !open;
                if open { '\u{201d}' } else { '\u{201c}' }
            }
            character if character.is_control() => ' ',
            character => character,
        })
        .collect()
}

/// A phrase with its reserved words in quotes.
fn bare(phrase: &str) -> String {
    let words = phrase.split(' ');
    words
        .map(|word| if RESERVED.contains(&word) { format!("\"{word}\"") } else { word.to_owned() })
        .collect::<Vec<_>>()
        .join(" ")
}

fn ranges(
    ranges: &Ranges,
    [least, most]: [&str; 2],
    point: &dyn Fn(i64) -> Option<String>,
) -> Option<String> {
    if let Some(excepted) = ranges.complement().single() {
        return Some(format!("not {}", point(excepted)?));
    }
    Some(match ranges.ranges() {
        [(low, high)] if low == high => point(*low)?,
        [(low, i64::MAX)] if *low != i64::MIN => format!("{least} {}", point(*low)?),
        [(i64::MIN, high)] if *high != i64::MAX => format!("{most} {}", point(*high)?),
        [(low, high)] if *low != i64::MIN && *high != i64::MAX => {
            format!("between {} and {}", point(*low)?, point(*high)?)
        }
        _ => return None,
    })
}

fn values(bits: u64, r#type: &FactType) -> String {
    let FactType::Choice(values) = r#type else { return String::new() };
    let named = |wanted: u64| -> Vec<String> {
        let chosen = values.iter().enumerate().filter(|(place, _)| bits >> place & 1 == wanted);
        chosen.map(|(_, value)| bare(value)).collect()
    };
    match (named(1).as_slice(), named(0).as_slice()) {
        ([only], _) => only.clone(),
        (_, [other]) => format!("not {other}"),
        (chosen, _) => format!("one of {}", chosen.join(", ")),
    }
}
