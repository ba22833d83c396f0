//! What the library says of a model, held against what the naive evaluator says of it.

use super::model::{Model, TYPES, text};
use super::naive::Naive;
use placet::bundle::{Bundle, LoadError, gather};
use placet::decision::{self, Outcome};
use placet::evidence::{self, Evidence};
use placet::policy::{self, Policy};
use placet::value::{Date, Truth};

const FILES: [&str; 6] = [
    "policy.placet",
    "circumstances.placet",
    "north.placet",
    "south.placet",
    "sami.placet",
    "subject.placet",
];

/// The policy and the dossiers of a model's files.
pub fn read(files: &[(&str, String)]) -> (Policy, Evidence) {
    let mut load = |path: &str| {
        let found = files.iter().find(|(name, _)| *name == path);
        found.map(|(_, text)| text.clone().into_bytes()).ok_or(LoadError::NotFound)
    };
    let bundle: Bundle = gather(&FILES, &mut load);
    let resolved = policy::resolve(&bundle);
    let (evidence, problems) = evidence::read(&bundle, &resolved.vocabulary);
    let all: Vec<_> = bundle.problems.iter().chain(&problems).chain(&resolved.problems).collect();
    let told: Vec<String> = all
        .iter()
        .map(|found| format!("{} {} {:?}", found.code, found.message, bundle.sources.slice(found.span)))
        .collect();
    let policy = resolved.policy.unwrap_or_else(|| panic!("{}", told.join("\n")));
    assert!(problems.is_empty(), "{}", told.join("\n"));
    (policy, evidence)
}

/// What the library says of every type of assistance, and whether it calls that exact.
fn outcomes(model: &Model) -> Vec<(Outcome, bool)> {
    let (policy, evidence) = read(&text(model));
    let found = decision::outcomes(&policy, &evidence, "subject", today()).unwrap();
    found.into_iter().map(|(_, outcome, exact)| (outcome, exact)).collect()
}

/// The day of the decision.
pub fn today() -> Date {
    Date::parse("2016-02-15").unwrap()
}

fn outcome((yes, no): (bool, bool)) -> Outcome {
    match (yes, no) {
        (true, false) => Outcome::Eligible,
        (false, true) => Outcome::Ineligible,
        _ => Outcome::Undetermined,
    }
}

/// How many answers were of which sort.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    pub settled: usize,
    pub open: usize,
    /// Those that were sound only.
    pub loose: usize,
    /// Those that the naive evaluator had to leave out.
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

/// A verdict that is determined is determined so; one that is exact is what it is.
///
/// # Errors
/// What the two evaluators disagree on.
pub fn verdicts(model: &Model) -> Result<Counts, String> {
    let mut counts = Counts::default();
    for (at, (found, exact)) in outcomes(model).into_iter().enumerate() {
        let apart = Naive::new(model);
        let turns = apart.eligible(at);
        for turns in [turns, apart.tied().eligible(at)] {
            let Some(turns) = turns else {
                counts.left_out += 1;
                continue;
            };
            let meant = outcome(turns);
            if found != Outcome::Undetermined && found != meant {
                return Err(format!("{}: {found:?} where it is {meant:?}", TYPES[at]));
            }
            if exact && found != meant {
                return Err(format!("{}: {found:?}, called exact, where it is {meant:?}", TYPES[at]));
            }
            counts.count(meant != Outcome::Undetermined);
        }
        counts.loose += usize::from(!exact);
    }
    Ok(counts)
}

/// A value of a choice that is left out cannot be taken, and one that stands alone is taken; an obligation that is
/// carried holds, and one that is left out does not.
///
/// # Errors
/// What the two evaluators disagree on.
pub fn choices_and_obligations(model: &Model) -> Result<Counts, String> {
    let mut counts = Counts::default();
    let (policy, evidence) = read(&text(model));
    let decision = decision::decide(&policy, &evidence, "subject", today(), None).unwrap();
    let (choice, obligation) = (Naive::new(model).choice(), Naive::new(model).obligation());
    for verdict in &decision.verdicts {
        for chosen in &verdict.choices {
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
        if verdict.outcome != Outcome::Eligible || model.obligation.is_none() {
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
