//! The vocabulary that a dossier's own files declare in addition to the policy's, and the statements that use it.
//!
//! This vocabulary types statements that the policy does not ask about. It never changes how the policy's vocabulary is
//! read.

use super::{Provenance, problem};
use crate::bundle::Bundle;
use crate::diagnostic::Diagnostic;
use crate::id::KindId;
use crate::policy::lexicon::Lexicon;
use crate::policy::{Vocabulary, own_vocabulary};
use crate::sorted::{SortedMap, SortedSet, sort};
use crate::span::{FileId, Span};
use crate::syntax::{self, Block, Lexeme, write};
use crate::text::fold;

/// The largest number of kinds, facts and sources that all dossiers read together may declare.
pub const MOST_OWN_WORDS: usize = 100_000;

/// The statements of a dossier that only the vocabulary of its own files can type. The policy does not ask about them:
/// they are kept and listed, but never weighed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unused {
    /// The statements, in the order of the file.
    pub statements: Vec<UnusedStatement>,
    /// The members of kinds that the policy does not declare. Members of the policy's kinds are in
    /// [`Dossier::members`](super::Dossier::members).
    pub members: Vec<UnusedMember>,
}

impl Unused {
    /// Returns whether there are no such statements and no such members.
    pub fn is_empty(&self) -> bool {
        self.statements.is_empty() && self.members.is_empty()
    }
}

/// A statement that the policy does not ask about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnusedStatement {
    /// The member written in place that the statement is about. `None` for the subject or for the entity of an
    /// `only one` kind.
    pub of: Option<UnusedMember>,
    /// The sentence as written.
    pub text: String,
    /// The source, the rating and the date.
    pub provenance: Provenance,
    /// The place in the file.
    pub span: Span,
}

/// A member written in place that such statements are about, of a kind of the policy or of the dossier's own
/// vocabulary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnusedMember {
    /// The id.
    pub id: String,
    /// The title, or the id if there is no title.
    pub title: String,
    /// The name of the kind.
    pub kind: String,
}

/// The vocabularies that dossiers' own files declare, keyed by those files.
#[derive(Default)]
pub(super) struct OwnWords {
    vocabularies: SortedMap<Vec<FileId>, Vocabulary>,
}

impl OwnWords {
    /// Reads the vocabulary that files outside the policy declare, for each dossier from its own files, and reports the
    /// differences from the policy's vocabulary.
    pub(super) fn read(
        bundle: &Bundle,
        policy: &SortedSet<FileId>,
        sealed: &Lexicon<'_>,
        dossiers: &[&syntax::Dossier],
        problems: &mut Vec<Diagnostic>,
    ) -> OwnWords {
        let mut own = OwnWords::default();
        let mut left = MOST_OWN_WORDS;
        for dossier in dossiers {
            let files = own_files(bundle, policy, dossier);
            if files.is_empty() || own.vocabularies.contains_key(&files) {
                continue;
            }
            let trees: Vec<&syntax::File> = files.iter().filter_map(|id| bundle.file(*id)).collect();
            let (vocabulary, found) = own_vocabulary(sealed.vocabulary, &trees);
            problems.extend(found);
            let added = vocabulary.kinds.len().saturating_sub(sealed.vocabulary.kinds.len());
            let size = added + vocabulary.facts.len() + vocabulary.sources.len();
            let Some(rest) = left.checked_sub(size) else {
                problems.push(*problem::too_many_own_words(dossier.id.span, MOST_OWN_WORDS));
                break;
            };
            left = rest;
            problems.extend(differences(sealed, &vocabulary));
            own.vocabularies.insert(files, vocabulary);
        }
        own
    }

    pub(super) fn lexicons(&self) -> SortedMap<&[FileId], Lexicon<'_>> {
        self.vocabularies
            .iter()
            .map(|(files, vocabulary)| (files.as_slice(), Lexicon::new(vocabulary)))
            .collect()
    }
}

/// Returns the files that declare vocabulary for one dossier: its own file and those that it uses, without the policy's
/// files.
pub(super) fn own_files(
    bundle: &Bundle,
    policy: &SortedSet<FileId>,
    dossier: &syntax::Dossier,
) -> Vec<FileId> {
    let mut files = bundle.reach_of(bundle.used_by(dossier));
    files.push(dossier.span.file);
    files.retain(|file| !policy.contains(file) && bundle.file(*file).is_some_and(brings_words));
    sort(&mut files);
    files.dedup();
    files
}

fn brings_words(file: &syntax::File) -> bool {
    file.blocks.iter().any(|block| matches!(block, Block::Kind(_) | Block::Source(_)))
}

/// Reports the declarations of a dossier's files that differ from the policy's, with one finding per file.
fn differences(sealed: &Lexicon<'_>, own: &Vocabulary) -> Vec<Diagnostic> {
    let mut found: SortedMap<FileId, (usize, Diagnostic)> = SortedMap::new();
    let mut differs = |name: &str, span: Span, what: &str, counts: Span| {
        let entry =
            found.entry(span.file).or_insert_with(|| (0, problem::otherwise(name, span, what, counts)));
        entry.0 += 1;
    };
    let known = &sealed.vocabulary;
    for (_, fact) in own.facts.iter() {
        if known.kinds.find(fact.kind).is_none() {
            continue;
        }
        let Some(first) = sealed.fact(fact.kind, &fact.phrase).and_then(|id| known.facts.find(id)) else {
            continue;
        };
        if first.r#type != fact.r#type {
            differs(&fact.phrase, fact.span, "has another type", first.span);
        } else if fact.presumed.is_some() && first.presumed != fact.presumed {
            differs(&fact.phrase, fact.span, "has another presumption", first.span);
        }
    }
    for (_, source) in own.sources.iter() {
        let wanted = fold(&source.id);
        let same = known.sources.iter().find(|(_, first)| fold(&first.id) == wanted);
        let Some((_, first)) = same else { continue };
        let parts =
            |one: &crate::policy::Source| (one.title.clone(), one.author.clone(), one.date, one.url.clone());
        if parts(first) != parts(source) {
            differs(&source.id, source.span, "is another document", first.span);
        }
    }
    found
        .into_values()
        .map(|(count, mut finding)| {
            if count > 1 {
                finding.label += &format!(", and {} more in this file", count - 1);
            }
            finding
        })
        .collect()
}

/// Returns whether a kind belongs to the policy. The ids of kinds of a dossier's own vocabulary follow the policy's.
pub(super) fn is_sealed(kind: KindId, sealed: &Vocabulary) -> bool {
    sealed.kinds.find(kind).is_some()
}

/// Returns a clause as written, with single spaces.
pub(super) fn written(clause: &syntax::Clause) -> String {
    let mut text = String::new();
    for lexeme in &clause.lexemes {
        let word = match &lexeme.value {
            Lexeme::Word(word) => word.clone(),
            Lexeme::Text(text) => write::text(text),
            Lexeme::Number(number) => number.to_string(),
            Lexeme::Date(date) => date.to_string(),
            Lexeme::Comma => ",".to_owned(),
            Lexeme::Colon => ":".to_owned(),
        };
        if !text.is_empty() && !matches!(lexeme.value, Lexeme::Comma) {
            text.push(' ');
        }
        text += &word;
    }
    text
}
