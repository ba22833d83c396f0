//! The readings of a clause: if several names fit the same words, each is tried.
//!
//! Preferring the longest name would be wrong: a kind `group's commander` must not hide the `commander` of a `group`.
//! A clause is accepted only if exactly one reading of it has a meaning.

use super::{ClauseReader, Sentence};
use crate::id::KindId;
use crate::policy::lexicon::tokens;
use crate::policy::problem::{Problem, error};
use crate::policy::{Subject, Vocabulary};
use crate::span::Span;
use crate::syntax::Clause;
use std::cell::RefCell;

/// The most readings that are tried for one clause.
const MOST_READINGS: usize = 64;

/// What a line has named so far: the kind of the rule's subject, and the last subject with its kind.
type Named = (Option<KindId>, Option<(Subject, KindId)>);

/// The names chosen at each place where several fit, in reading order.
#[derive(Default)]
pub(super) struct Readings {
    /// For each place, the index of the chosen name and the number of names that fit.
    taken: Vec<(usize, usize)>,
    at: usize,
}

impl Readings {
    /// Returns which of the `of` names to take at the next place.
    fn choose(&mut self, of: usize) -> usize {
        let place = self.at;
        self.at += 1;
        match self.taken.get(place) {
            Some((taken, _)) => *taken,
            None => {
                self.taken.push((0, of));
                0
            }
        }
    }

    /// Moves on to the next reading. Returns false if all were tried.
    fn advance(&mut self) -> bool {
        self.at = 0;
        while let Some((taken, of)) = self.taken.pop() {
            if taken + 1 < of {
                self.taken.push((taken + 1, of));
                return true;
            }
        }
        false
    }
}

impl ClauseReader<'_, '_> {
    /// Returns the fitting name that the current reading takes.
    pub(super) fn choose<T>(&self, mut fitting: Vec<T>) -> Option<T> {
        match fitting.len() {
            0 | 1 => fitting.pop(),
            several => {
                let place = self.readings.borrow_mut().choose(several);
                Some(fitting.swap_remove(place.min(several - 1)))
            }
        }
    }

    /// Returns the only meaning of a clause that `accept` allows.
    ///
    /// # Errors
    /// Returns the error in the clause, or an error if the clause can be read in two ways.
    pub(crate) fn read_as<T>(
        &mut self,
        clause: &Clause,
        accept: &dyn Fn(Sentence) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let tokens = tokens(&clause.lexemes);
        let before: Named = (self.named, self.last.clone());
        self.readings = RefCell::default();
        let mut found: Option<(T, Sentence, Named)> = None;
        let mut wrong: Option<(Problem, bool, bool)> = None;
        for tried in 0.. {
            if tried == MOST_READINGS {
                return Err(too_many(clause.span));
            }
            (self.named, self.last) = before.clone();
            self.echo.set(false);
            let sentence = self.clause(&tokens, clause.span);
            let has_meaning = sentence.is_ok();
            match sentence.and_then(|sentence| Ok((accept(sentence.clone())?, sentence))) {
                Ok((meaning, sentence)) => match &found {
                    None => found = Some((meaning, sentence, (self.named, self.last.clone()))),
                    Some((_, first, ..)) if *first == sentence => {}
                    Some((_, first, ..)) => {
                        return Err(ambiguous(clause.span, first, &sentence, self.lexicon.vocabulary));
                    }
                },
                // Keep the error of the first reading that has a meaning, or of the first reading if none has one.
                Err(problem) => match &wrong {
                    Some((_, _, first)) if *first || !has_meaning => {}
                    _ => wrong = Some((problem, self.echo.get(), has_meaning)),
                },
            }
            if !self.readings.borrow_mut().advance() {
                break;
            }
        }
        match (found, wrong) {
            (Some((meaning, _, after)), _) => {
                (self.named, self.last) = after;
                self.echo.set(false);
                Ok(meaning)
            }
            (None, Some((problem, echo, _))) => {
                self.echo.set(echo);
                Err(problem)
            }
            (None, None) => Err(too_many(clause.span)),
        }
    }
}

fn too_many(span: Span) -> Problem {
    error(
        "P0239",
        span,
        format!("there are more than {MOST_READINGS} ways to read this"),
        "too many names fit",
        "rename kinds and facts of the vocabulary that start with the same words",
    )
}

fn ambiguous(span: Span, one: &Sentence, other: &Sentence, vocabulary: &Vocabulary) -> Problem {
    let (first, second) = (meaning(one, vocabulary), meaning(other, vocabulary));
    let mut problem = error(
        "P0239",
        span,
        format!("this can be read in two ways: as {first}, and as {second}"),
        "two meanings",
        "rename one of them in the vocabulary, so that no other name fits these words",
    );
    for sentence in [one, other] {
        if let Some(fact) = sentence.fact().and_then(|fact| vocabulary.facts.find(fact)) {
            problem = Box::new(problem.see(fact.span, format!("`{}` is declared here", fact.phrase)));
        }
    }
    problem
}

/// Describes a reading of a clause by the names in it: `is designated` of the `commander` of the `group`.
fn meaning(sentence: &Sentence, vocabulary: &Vocabulary) -> String {
    let (subject, within) = match sentence {
        Sentence::Test { subject, .. } | Sentence::Relation { subject, .. } => (subject, None),
        Sentence::Lists { subject, .. } | Sentence::Open { subject, .. } => (subject, None),
        Sentence::Members { subject, member, .. } | Sentence::Ancestor { subject, member, .. } => {
            (subject, Some(member))
        }
        Sentence::Phase { number, .. } => return format!("phase {number}"),
    };
    let phrase = |fact| vocabulary.facts.find(fact).map_or("", |fact| fact.phrase.as_str());
    let fact = sentence.fact();
    let first = subject.steps.first().copied().or(fact).and_then(|fact| vocabulary.facts.find(fact));
    let kind = first.and_then(|fact| vocabulary.kinds.find(fact.kind)).map_or("", |kind| kind.name.as_str());
    let path: String =
        subject.steps.iter().rev().map(|step| format!(" of the `{}`", phrase(*step))).collect();
    let each = within.map(|member| format!("{} in ", meaning(member, vocabulary))).unwrap_or_default();
    format!("{each}`{}`{path} of the `{kind}`", fact.map(phrase).unwrap_or_default())
}
