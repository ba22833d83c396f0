//! A second evaluator, written from the language reference alone, against which the first is held on thousands of
//! drawn policies and dossiers.

mod agree;
pub mod bytes;
mod differ;
mod draw;
mod forms;
mod laws;
mod model;
mod naive;
mod roll;
mod simpler;
mod studies;

use agree::{Counts, read, today};
use draw::Tape;
use model::{Model, text, written};
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestCaseError, TestRunner};
use std::cell::RefCell;

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
    let failed = RefCell::new(None);
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

/// Draws models, always the same ones, and hands over the files of each.
pub fn drawn(cases: u32, seed: u64, mut take: impl FnMut(Vec<(&'static str, String)>)) {
    let all = RefCell::new(Vec::new());
    for_models(cases, seed, |model| {
        all.borrow_mut().push(text(model));
        Ok(())
    });
    all.into_inner().into_iter().for_each(&mut take);
}

/// Checks something of drawn models that keeps count for itself.
fn counted_by<T: Default>(cases: u32, seed: u64, check: impl Fn(&Model, &mut T) -> Result<(), String>) -> T {
    let all = RefCell::new(T::default());
    for_models(cases, seed, |model| check(model, &mut all.borrow_mut()));
    all.into_inner()
}

/// Counts what a check says of drawn models.
fn counted(cases: u32, seed: u64, check: impl Fn(&Model) -> Result<Counts, String>) -> Counts {
    let all = RefCell::new(Counts::default());
    for_models(cases, seed, |model| {
        all.borrow_mut().add(check(model)?);
        Ok(())
    });
    all.into_inner()
}

#[test]
fn both_evaluators_agree() {
    let Counts { settled, open, loose, left_out } = counted(3_000, 1, agree::verdicts);
    assert!(settled > 4_000 && open > 4_000, "{settled} decided and {open} not: of both sorts?");
    assert!(left_out * 12 < settled + open, "{left_out} were too many to be tried out");
    assert!(loose > 100, "hardly any verdict was sound only");
}

#[test]
fn choices_and_obligations_are_what_they_may_be() {
    let Counts { settled, open, .. } = counted(1_000, 2, agree::choices_and_obligations);
    assert!(settled > 100 && open > 100, "{settled} settled and {open} open: of both sorts?");
}
