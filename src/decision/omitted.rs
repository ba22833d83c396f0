//! Omitted statements: those that evidence standards left out and that would change a verdict if they counted.
//!
//! A standard may leave out the one statement that decides a case. The verdict is still right, since the policy
//! determines what counts, but the person who signs it must see that statement. The search looks for a smallest set of
//! statements that together would change the verdict. It tries all sets of one, then all sets of two, and so on, in the
//! order of the statements. It tries a set by deciding again with these statements counting
//! ([`trial`](super::trial)).

use super::candidate::{AskedOutcome, Candidate};
use super::choice;
use super::evaluation::{Evaluation, Source};
use super::trial::Trial;
use super::{FactRef, Outcome, Verdict};
use crate::compiled::EntityRef;
use crate::evidence::{LeftOut, Statement, weigh};
use crate::id::GateId;
use crate::sorted::{SortedMap, SortedSet};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The largest number of rounds in which statements that are made to count lead to further entities with left-out
/// statements.
const ROUNDS: usize = 8;

/// Statements that standards left out and that together would change a verdict.
#[derive(Clone, Debug, Default)]
pub struct Omitted<'a> {
    /// A smallest set of such statements; empty if none was found.
    pub statements: Vec<OmittedStatement<'a>>,
    /// The outcome if these statements counted; `None` if no set was found.
    pub outcome: Option<Outcome>,
    /// Whether the search was cut short: there may be a smaller set, or a set although none was found.
    pub cut_short: bool,
}

/// A statement that a standard left out.
#[derive(Clone, Debug)]
pub struct OmittedStatement<'a> {
    /// The fact that it is about, as the rule reads it.
    pub fact: FactRef<'a>,
    /// The statement.
    pub statement: &'a Statement,
    /// The reason why it does not count.
    pub why: LeftOut,
}

/// Finds, for each verdict, the left-out statements that would change it.
pub(super) fn omitted<'a>(source: Source<'a, '_>, evaluation: &Evaluation<'a>, verdicts: &mut [Verdict<'a>]) {
    let mut asked: Vec<AskedOutcome> = Vec::new();
    let mut places: SortedMap<GateId, usize> = SortedMap::new();
    for Verdict { assistance, outcome, .. } in verdicts.iter() {
        places.entry(evaluation.compiled.types[*assistance].root).or_insert_with(|| {
            asked.push(AskedOutcome { assistance: *assistance, outcome: *outcome });
            asked.len() - 1
        });
    }
    let (candidates, further) = candidates(source, evaluation, &asked);
    if candidates.is_empty() {
        return;
    }
    let found = Search::new(Trial::new(source.forms, evaluation, &candidates), &asked, &candidates).run();
    for verdict in verdicts {
        let place = places.get(&evaluation.compiled.types[verdict.assistance].root);
        let Some(Found { set, outcome, cut_short }) = place.and_then(|place| found.get(*place)) else {
            continue;
        };
        let statements = set.iter().filter_map(|one| candidates.get(*one)).filter_map(|one| {
            let asking = if one.evaluation == 0 { evaluation } else { further.get(one.evaluation - 1)? };
            let variable = &asking.compiled.variables[one.var];
            let weighed = weigh(&evaluation.case, one.entity, variable.fact(), variable.standard);
            let fact = asking.fact_ref_by(one.var, &weighed, weighed.status);
            Some(OmittedStatement { fact, statement: one.statement, why: one.why })
        });
        verdict.omitted =
            Omitted { statements: statements.collect(), outcome: *outcome, cut_short: *cut_short };
    }
}

/// Returns the left-out statements about facts that outcomes may depend on. This includes statements about entities
/// that only other left-out statements lead to. Also returns the evaluations in which such statements are used.
fn candidates<'a>(
    source: Source<'a, '_>,
    evaluation: &Evaluation<'a>,
    asked: &[AskedOutcome],
) -> (Vec<Candidate<'a>>, Vec<Evaluation<'a>>) {
    let (mut found, mut further) = (Vec::new(), Vec::new());
    gather(evaluation, 0, asked, &mut found);
    let mut known = 0;
    for round in 1..=ROUNDS {
        let names_somebody = found.iter().any(|one| !one.statement.claim.named().is_empty());
        if !names_somebody || found.len() == known {
            break;
        }
        known = found.len();
        let mut case = evaluation.case.clone();
        case.admitted = found.iter().map(|one| one.statement.address()).collect();
        let then = Evaluation::of(source, case, &evaluation.budget);
        gather(&then, round, asked, &mut found);
        further.push(then);
    }
    (found, further)
}

/// Adds the left-out statements about the facts that an evaluation uses.
fn gather<'a>(
    evaluation: &Evaluation<'a>,
    round: usize,
    asked: &[AskedOutcome],
    found: &mut Vec<Candidate<'a>>,
) {
    let mut known: BTreeMap<usize, usize> =
        found.iter().enumerate().map(|(at, one)| (one.statement.address(), at)).collect();
    for (place, one) in asked.iter().enumerate() {
        let root = evaluation.compiled.types[one.assistance].root;
        // All members of a list share the statements about it.
        let mut seen = BTreeSet::new();
        for var in evaluation.compiled.cone(root).vars() {
            let weighed = &evaluation.known.weighed[*var];
            let who = evaluation.compiled.variables[*var].who();
            let EntityRef::Entity(entity) = evaluation.compiled.entity_refs[who] else { continue };
            if !seen.insert(Arc::as_ptr(weighed).addr()) {
                continue;
            }
            for (statement, why) in weighed.left_out.iter().copied().filter(|(_, why)| why.is_by_source()) {
                let at = *known.entry(statement.address()).or_insert_with(|| {
                    let may_change = SortedSet::new();
                    found.push(Candidate {
                        entity,
                        statement,
                        why,
                        var: *var,
                        evaluation: round,
                        may_change,
                    });
                    found.len() - 1
                });
                found.get_mut(at).into_iter().for_each(|one| _ = one.may_change.insert(place));
            }
            for statement in weighed.counted.iter().filter(|_| round > 0) {
                let at = known.get(&statement.address()).copied();
                at.and_then(|at| found.get_mut(at))
                    .into_iter()
                    .for_each(|one| _ = one.may_change.insert(place));
            }
        }
    }
}

/// The result for one outcome.
#[derive(Clone, Default)]
struct Found {
    /// The places of the candidates.
    set: Vec<usize>,
    outcome: Option<Outcome>,
    cut_short: bool,
}

/// The search for the smallest sets.
struct Search<'s, 'h, 'a> {
    trial: Trial<'h, 'a>,
    asked: &'s [AskedOutcome],
    candidates: &'s [Candidate<'a>],
    /// The candidates that may change each outcome.
    relevant: Vec<SortedSet<usize>>,
    /// The outcomes for which no set has been found yet.
    unsolved: SortedSet<usize>,
    found: Vec<Found>,
}

impl<'s, 'h, 'a> Search<'s, 'h, 'a> {
    fn new(
        trial: Trial<'h, 'a>,
        asked: &'s [AskedOutcome],
        candidates: &'s [Candidate<'a>],
    ) -> Search<'s, 'h, 'a> {
        let relevant: Vec<SortedSet<usize>> =
            asked.iter().enumerate().map(|(place, one)| trial.relevant(place, *one, candidates)).collect();
        let unsolved =
            (0..asked.len()).filter(|place| relevant.get(*place).is_some_and(|all| !all.is_empty()));
        let unsolved = unsolved.collect();
        let found = vec![Found::default(); asked.len()];
        Search { trial, asked, candidates, relevant, unsolved, found }
    }

    fn run(mut self) -> Vec<Found> {
        for size in 1..=self.candidates.len() {
            self.unsolved.retain(|place| self.relevant.get(*place).is_some_and(|all| all.len() >= size));
            if self.unsolved.is_empty() {
                break;
            }
            if !self.sets_of(size) {
                self.cut_short();
                break;
            }
        }
        self.found
    }

    /// Tries all sets of this many statements. Returns false if the budget does not suffice.
    fn sets_of(&mut self, size: usize) -> bool {
        let of: SortedSet<usize> =
            self.unsolved.iter().filter_map(|place| self.relevant.get(*place)).flatten().copied().collect();
        let of: Vec<usize> = of.into_iter().collect();
        let mut chosen: Vec<usize> = (0..size).collect();
        loop {
            if !self.trial.may_go_on() {
                return false;
            }
            let set: Vec<usize> = chosen.iter().filter_map(|at| of.get(*at)).copied().collect();
            self.attempt(&set);
            if self.unsolved.is_empty() || !choice::next(&mut chosen, of.len()) {
                return true;
            }
        }
    }

    /// Decides with some statements counting, for the outcomes that each of them may change.
    fn attempt(&mut self, set: &[usize]) {
        let concerned: Vec<usize> = self
            .unsolved
            .iter()
            .copied()
            .filter(|place| {
                self.relevant.get(*place).is_some_and(|all| set.iter().all(|one| all.contains(one)))
            })
            .collect();
        self.trial.count(1);
        if concerned.is_empty() {
            return;
        }
        for (place, outcome) in self.outcomes(&concerned, set) {
            if self.note(place, set, outcome) {
                self.unsolved.remove(&place);
            }
        }
    }

    fn outcomes(&mut self, places: &[usize], set: &[usize]) -> Vec<(usize, Option<Outcome>)> {
        let statements: Vec<&Candidate<'a>> =
            set.iter().filter_map(|one| self.candidates.get(*one)).collect();
        let asked: Vec<AskedOutcome> =
            places.iter().filter_map(|place| self.asked.get(*place)).copied().collect();
        places.iter().copied().zip(self.trial.outcomes(&asked, &statements)).collect()
    }

    /// Records the outcome with some statements counting, and returns whether it differs.
    fn note(&mut self, place: usize, set: &[usize], outcome: Option<Outcome>) -> bool {
        let (Some(found), Some(asked)) = (self.found.get_mut(place), self.asked.get(place)) else {
            return false;
        };
        let Some(outcome) = outcome else {
            found.cut_short = true;
            return false;
        };
        if outcome == asked.outcome {
            return false;
        }
        found.set = set.to_vec();
        found.outcome = Some(outcome);
        true
    }

    /// Searches without trying all sets: starts with all statements and drops those that are not needed to change the
    /// outcome. It tries to drop halves first, then smaller parts, and finally single statements.
    fn cut_short(&mut self) {
        for place in std::mem::take(&mut self.unsolved) {
            if let Some(found) = self.found.get_mut(place) {
                found.cut_short = true;
            }
            let mut set: Vec<usize> = self.relevant.get(place).into_iter().flatten().copied().collect();
            if !self.changes(place, &set) {
                continue;
            }
            let mut part = set.len();
            while part > 1 {
                part = part.div_ceil(2);
                let mut at = 0;
                while at < set.len() {
                    let is_left_out = |place: usize| (at..at.saturating_add(part)).contains(&place);
                    let kept = set.iter().enumerate().filter(|(place, _)| !is_left_out(*place));
                    let kept: Vec<usize> = kept.map(|(_, one)| *one).collect();
                    if self.changes(place, &kept) {
                        set = kept;
                    } else {
                        at += part;
                    }
                }
            }
        }
    }

    fn changes(&mut self, place: usize, set: &[usize]) -> bool {
        if set.is_empty() || self.trial.is_spent() {
            return false;
        }
        let outcomes = self.outcomes(&[place], set);
        outcomes.into_iter().any(|(place, outcome)| self.note(place, set, outcome))
    }
}
