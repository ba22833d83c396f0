//! A second evaluator, written from the language reference alone, against which the first is held on thousands of
//! drawn policies and dossiers.

mod draw;
mod laws;
mod model;
mod naive;
mod simpler;

use draw::Tape;
use model::{Model, TYPES, text};
use naive::Naive;
use placet::bundle::{Bundle, LoadError, gather};
use placet::decision::{self, Outcome};
use placet::evidence::{self, Evidence};
use placet::policy::{self, Policy};
use placet::value::{Date, Truth};
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestCaseError, TestRunner};
use std::cell::Cell;

const FILES: [&str; 6] = [
    "policy.placet",
    "circumstances.placet",
    "north.placet",
    "south.placet",
    "sami.placet",
    "subject.placet",
];

/// Draws models, always the same ones, and checks something of each.
fn for_models(cases: u32, seed: u64, check: impl Fn(&Model) -> Result<(), String>) {
    let config = ProptestConfig {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(seed),
        // A failing model is made smaller by leaving things out of it, not by shrinking what it is drawn from.
        max_shrink_iters: 0,
        ..ProptestConfig::default()
    };
    let failed = std::cell::RefCell::new(None);
    let tape = proptest::collection::vec(any::<u16>(), 0..400);
    let run = TestRunner::new(config).run(&tape, |tape| {
        let model = draw::model(&mut Tape::new(&tape));
        check(&model).map_err(|why| {
            *failed.borrow_mut() = Some((model, why));
            TestCaseError::fail("failed")
        })
    });
    if let Some((model, why)) = failed.into_inner() {
        let (model, why) = simpler::smallest(model, why, &check);
        panic!("{why}\n{}", written(&model));
    }
    run.unwrap();
}

/// All files of a model as one text, for a person to read.
fn written(model: &Model) -> String {
    text(model).into_iter().map(|(name, text)| format!("── {name}\n{text}\n")).collect()
}

fn read(files: &[(&str, String)]) -> (Policy, Evidence) {
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

fn today() -> Date {
    Date::parse("2016-02-15").unwrap()
}

fn outcome((yes, no): (bool, bool)) -> Outcome {
    match (yes, no) {
        (true, false) => Outcome::Eligible,
        (false, true) => Outcome::Ineligible,
        _ => Outcome::Undetermined,
    }
}

/// A verdict that is determined is determined so; one that is exact is what it is.
#[test]
fn both_evaluators_agree() {
    let (decided, undetermined, loose, left_out) = (Cell::new(0), Cell::new(0), Cell::new(0), Cell::new(0));
    let count = |of: &Cell<u32>| of.set(of.get() + 1);
    for_models(3_000, 1, |model| {
        for (at, (found, exact)) in outcomes(model).into_iter().enumerate() {
            let apart = Naive::new(model);
            let turns = apart.eligible(at);
            for turns in [turns, apart.tied().eligible(at)] {
                let Some(turns) = turns else {
                    count(&left_out);
                    continue;
                };
                let meant = outcome(turns);
                if found != Outcome::Undetermined && found != meant {
                    return Err(format!("{}: {found:?} where it is {meant:?}", TYPES[at]));
                }
                if exact && found != meant {
                    return Err(format!("{}: {found:?}, called exact, where it is {meant:?}", TYPES[at]));
                }
                count(if meant == Outcome::Undetermined { &undetermined } else { &decided });
            }
            if !exact {
                count(&loose);
            }
        }
        Ok(())
    });
    let (decided, undetermined, left_out) = (decided.get(), undetermined.get(), left_out.get());
    assert!(
        decided > 4_000 && undetermined > 4_000,
        "{decided} decided and {undetermined} not: of both sorts?"
    );
    assert!(left_out * 12 < decided + undetermined, "{left_out} were too many to be tried out");
    assert!(loose.get() > 100, "hardly any verdict was sound only");
}

/// A value of a choice that is left out cannot be taken, and one that stands alone is taken; an obligation that is
/// carried holds, and one that is left out does not.
#[test]
fn choices_and_obligations_are_what_they_may_be() {
    let (settled, open) = (Cell::new(0), Cell::new(0));
    for_models(1_000, 2, |model| {
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
                let of = if chosen.values.len() == 1 { &settled } else { &open };
                of.set(of.get() + 1);
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
        Ok(())
    });
    assert!(settled.get() > 100 && open.get() > 100, "{settled:?} settled and {open:?} open: of both sorts?");
}
