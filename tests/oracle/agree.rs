//! Compares the library's verdicts on a model with those of the naive evaluator.

use super::model::{Model, TYPES, Who, text};
use super::naive::Naive;
use placet::bitplane::{MOST_NODES, Program};
use placet::bundle::{Bundle, LoadError, gather};
use placet::compiled::compile_for;
use placet::decision::{self, Outcome};
use placet::evidence::{self, Evidence};
use placet::id::{GateId, VarId};
use placet::policy::{self, Policy};
use placet::value::{Date, Truth};
use std::sync::Arc;

const FILES: [&str; 7] = [
    "policy.placet",
    "circumstances.placet",
    "north.placet",
    "south.placet",
    "sami.placet",
    "subject.placet",
    "firm.placet",
];

/// The policy and the dossiers in a model's files.
pub fn read(files: &[(&str, String)]) -> (Arc<Policy>, Evidence) {
    let mut load = |path: &str| {
        let found = files.iter().find(|(name, _)| *name == path);
        found.map(|(_, text)| text.clone().into_bytes()).ok_or(LoadError::NotFound)
    };
    let there = |path: &&str| files.iter().any(|(name, _)| name == path);
    let paths: Vec<&str> = FILES.into_iter().filter(there).collect();
    let bundle: Bundle = gather(&paths, &mut load);
    let resolved = policy::resolve(&bundle);
    let (evidence, problems) = evidence::read(&bundle, &resolved.vocabulary);
    let all: Vec<_> = bundle.problems.iter().chain(&problems).chain(&resolved.problems).collect();
    let messages: Vec<String> = all
        .iter()
        .map(|found| format!("{} {} {:?}", found.code, found.message, bundle.sources.slice(found.span)))
        .collect();
    let policy = resolved.policy.unwrap_or_else(|| panic!("{}", messages.join("\n")));
    assert!(problems.is_empty(), "{}", messages.join("\n"));
    (policy, evidence)
}

/// The library's verdict on a type of assistance.
struct LibraryVerdict {
    outcome: Outcome,
    exact: bool,
    /// The verdict of the bulk program, with the subject as its only row.
    row: Outcome,
    /// Whether the verdict of the row is exact: the program is exact, and no open variables are correlated.
    row_exact: bool,
}

/// The library's verdicts on all types of assistance for a subject.
fn outcomes(policy: &Arc<Policy>, evidence: &Evidence, subject: Who) -> Vec<LibraryVerdict> {
    let found = decision::outcomes(policy, evidence, subject.id(), today()).unwrap();
    let rows = rows(policy, evidence, subject.id());
    assert_eq!(found.len(), rows.len());
    let verdict = |((_, outcome, exact), (row, row_exact))| LibraryVerdict { outcome, exact, row, row_exact };
    found.into_iter().zip(rows).map(verdict).collect()
}

fn rows(policy: &Arc<Policy>, evidence: &Evidence, subject: &str) -> Vec<(Outcome, bool)> {
    let case = evidence::case(&policy.vocabulary, evidence, subject, today()).unwrap();
    let (compiled, known) = compile_for(policy, &case);
    let roots: Vec<GateId> = compiled.types.iter().map(|(_, gates)| gates.root).collect();
    let anything = compiled.circuit.anything();
    let program = Program::compile(&compiled.circuit, &roots, &anything, &Default::default(), MOST_NODES);
    let mut row = program.row();
    known.masks.iter().for_each(|(var, mask)| program.set_cells(&mut row, var, *mask));
    let outcome = |truth: Truth| match truth {
        Truth::Yes => Outcome::Eligible,
        Truth::No => Outcome::Ineligible,
        Truth::Open => Outcome::Undetermined,
    };
    let is_open = |var: &VarId| known.masks.find(*var).is_none_or(|mask| mask.count_ones() > 1);
    let correlated = |gate: GateId| {
        compiled.correlated(&compiled.cone(gate).vars().iter().copied().filter(is_open).collect())
    };
    let answers = program.answers(&mut row).zip(&roots).enumerate();
    answers.map(|(at, (truth, root))| (outcome(truth), program.is_exact(at) && !correlated(*root))).collect()
}

/// The day of the decision.
pub fn today() -> Date {
    Date::parse("2016-02-15").unwrap()
}

pub fn outcome((yes, no): (bool, bool)) -> Outcome {
    match (yes, no) {
        (true, false) => Outcome::Eligible,
        (false, true) => Outcome::Ineligible,
        _ => Outcome::Undetermined,
    }
}

/// The number of verdicts of each sort.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    pub settled: usize,
    pub open: usize,
    /// Verdicts that were sound only.
    pub loose: usize,
    /// Verdicts that the naive evaluator had to leave out.
    pub left_out: usize,
}

impl Counts {
    pub fn add(&mut self, other: Counts) {
        self.settled += other.settled;
        self.open += other.open;
        self.loose += other.loose;
        self.left_out += other.left_out;
    }

    fn count(&mut self, settled: bool) {
        *(if settled { &mut self.settled } else { &mut self.open }) += 1;
    }
}

/// Checks the verdicts: a determined verdict must be right, an exact one must be equal, and the same for the row.
///
/// # Errors
/// The disagreement of the two evaluators.
pub fn verdicts(model: &Model) -> Result<Counts, String> {
    let mut counts = Counts::default();
    let (policy, evidence) = read(&text(model));
    for subject in model.subjects() {
        counts.add(verdicts_of(model, &policy, &evidence, *subject)?);
    }
    Ok(counts)
}

fn verdicts_of(
    model: &Model,
    policy: &Arc<Policy>,
    evidence: &Evidence,
    subject: Who,
) -> Result<Counts, String> {
    let mut counts = Counts::default();
    for (at, LibraryVerdict { outcome: found, exact, row, row_exact }) in
        outcomes(policy, evidence, subject).into_iter().enumerate()
    {
        if exact && row != found && (row_exact || row != Outcome::Undetermined) {
            return Err(format!("{}: {found:?}, called exact, and as a row {row:?}", TYPES[at]));
        }
        let apart = Naive::new(model);
        let turns = apart.eligible_for(subject, at);
        let mut sort = None;
        for turns in [turns, apart.tied().eligible_for(subject, at)] {
            let Some(turns) = turns else { continue };
            let expected = outcome(turns);
            if found != Outcome::Undetermined && found != expected {
                return Err(format!("{}: {found:?} where it is {expected:?}", TYPES[at]));
            }
            if row != Outcome::Undetermined && row != expected {
                return Err(format!("{}: as a row {row:?} where it is {expected:?}", TYPES[at]));
            }
            if exact && found != expected {
                return Err(format!("{}: {found:?}, called exact, where it is {expected:?}", TYPES[at]));
            }
            sort = Some(expected);
        }
        match sort {
            Some(expected) => counts.count(expected != Outcome::Undetermined),
            None => counts.left_out += 1,
        }
        counts.loose += usize::from(!exact);
    }
    Ok(counts)
}

/// Checks choices and obligations: a value that is excluded must be impossible and a single value certain; an
/// obligation that is owed must hold, and one that is not listed must not hold.
///
/// # Errors
/// The disagreement of the two evaluators.
pub fn choices_and_obligations(model: &Model) -> Result<Counts, String> {
    let mut counts = Counts::default();
    let (policy, evidence) = read(&text(model));
    for subject in model.subjects() {
        counts.add(choices_and_obligations_of(model, &policy, &evidence, *subject)?);
    }
    Ok(counts)
}

fn choices_and_obligations_of(
    model: &Model,
    policy: &Arc<Policy>,
    evidence: &Evidence,
    subject: Who,
) -> Result<Counts, String> {
    let mut counts = Counts::default();
    let decision = decision::decide(policy, evidence, subject.id(), today(), None).unwrap();
    let (choice, obligation) = (Naive::new(model).choice(subject), Naive::new(model).obligation(subject));
    for verdict in &decision.verdicts {
        if verdict.choices.is_empty() != (choice.is_none() || model.choice.is_empty()) {
            return Err("the choice is about another kind, or is not".to_owned());
        }
        for (chosen, choice) in verdict.choices.iter().zip(&choice) {
            for (value, turns) in choice.iter().enumerate() {
                let listed = chosen.values.contains(&value.to_string());
                match turns {
                    Some((true, _)) if !listed => return Err(format!("the choice may be {value}")),
                    Some((_, true)) if chosen.values.len() == 1 && listed => {
                        return Err(format!("the choice may be other than {value}"));
                    }
                    _ => {}
                }
            }
            counts.count(chosen.values.len() == 1);
        }
        if model.obligation.is_none() {
            continue;
        }
        // The concern has the condition of the obligation.
        match (decision.concerns.first().map(|concern| (concern.raised, concern.exact)), obligation) {
            (None | Some((Truth::No, _)), Some((true, _))) => {
                return Err("the concern may be raised".to_owned());
            }
            (Some((Truth::Yes, _)), Some((_, true))) => {
                return Err("the concern may not be raised".to_owned());
            }
            (Some((Truth::Open, true)), Some((false, _) | (_, false))) => {
                return Err("the concern is settled".to_owned());
            }
            _ => {}
        }
        if verdict.outcome != Outcome::Eligible {
            continue;
        }
        match (verdict.obligations.first().map(|attached| attached.truth), obligation) {
            (None, Some((true, _))) => return Err("the obligation may be owed".to_owned()),
            (Some(Truth::Yes), Some((_, true))) => {
                return Err("the obligation may not be owed".to_owned());
            }
            _ => {}
        }
    }
    Ok(counts)
}
