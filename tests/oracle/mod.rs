//! A second evaluator, written from the language reference alone. The library is compared with it on thousands of
//! generated policies and dossiers.

mod advice;
mod agree;
mod bulk;
pub mod bytes;
mod differ;
mod draw;
mod forms;
mod kinds;
mod laws;
mod line;
mod model;
mod naive;
mod omitted;
mod sealed;
mod simpler;
mod studies;

use agree::{Counts, read, today};
use draw::{Tape, Theme};
use model::{Model, text, written};
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestCaseError, TestRunner};
use std::cell::RefCell;

/// Generates models, the same in every run, and checks each.
fn for_models(cases: u32, seed: u64, check: impl Fn(&Model) -> Result<(), String>) {
    for_models_of(Theme::Mixed, cases, seed, check);
}

/// Generates models of a theme, the same in every run, and checks each.
fn for_models_of(theme: Theme, cases: u32, seed: u64, check: impl Fn(&Model) -> Result<(), String>) {
    let config = ProptestConfig {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(seed),
        // A failing model is shrunk by removing parts of it, not by shrinking the tape.
        max_shrink_iters: 0,
        ..ProptestConfig::default()
    };
    let failed = RefCell::new(None);
    let tape = proptest::collection::vec(any::<u16>(), 0..400);
    let run = TestRunner::new(config).run(&tape, |tape| {
        let model = draw::themed(&mut Tape::new(&tape), theme);
        check(&model).map_err(|why| {
            *failed.borrow_mut() = Some((model, why));
            TestCaseError::fail("failed")
        })
    });
    if let Some((model, why)) = failed.into_inner() {
        let (model, why) = simpler::smallest(model, why, simpler::simpler, &check);
        panic!("{why}\n{}", written(&model));
    }
    run.unwrap();
}

/// Generates models, the same in every run, and passes on the files of each.
pub fn drawn(cases: u32, seed: u64, mut take: impl FnMut(Vec<(&'static str, String)>)) {
    let all = RefCell::new(Vec::new());
    for_models(cases, seed, |model| {
        all.borrow_mut().push(text(model));
        Ok(())
    });
    all.into_inner().into_iter().for_each(&mut take);
}

/// Checks generated models with a check that keeps its own counts.
fn counted_by<T: Default>(cases: u32, seed: u64, check: impl Fn(&Model, &mut T) -> Result<(), String>) -> T {
    let all = RefCell::new(T::default());
    for_models(cases, seed, |model| check(model, &mut all.borrow_mut()));
    all.into_inner()
}

/// Adds up the counts of a check over generated models.
fn counted(cases: u32, seed: u64, check: impl Fn(&Model) -> Result<Counts, String>) -> Counts {
    counted_of(Theme::Mixed, cases, seed, check)
}

/// Adds up the counts of a check over generated models of a theme.
fn counted_of(
    theme: Theme,
    cases: u32,
    seed: u64,
    check: impl Fn(&Model) -> Result<Counts, String>,
) -> Counts {
    let all = RefCell::new(Counts::default());
    for_models_of(theme, cases, seed, |model| {
        all.borrow_mut().add(check(model)?);
        Ok(())
    });
    all.into_inner()
}

/// The number of cases to generate: 50 times as many if slow checks are enabled (`tests/run --all`).
fn cases(fast: u32) -> u32 {
    if std::env::var_os("PLACET_ALL").is_some() { 50 * fast } else { fast }
}

/// Compares the verdicts of both evaluators on generated models. There must be at least `least` verdicts, enough of
/// both sorts, and the naive evaluator can leave out only a few.
fn agreed(theme: Theme, models: u32, seed: u64, least: usize) {
    let models = cases(models);
    let Counts { settled, open, loose, left_out } = counted_of(theme, models, seed, agree::verdicts);
    let all = settled + open + left_out;
    let least = cases(least.try_into().unwrap()) as usize;
    println!(
        "{theme:?}: {all} verdicts: {settled} decided, {open} open, {loose} sound only, {left_out} left out"
    );
    assert!(all >= least, "only {all} verdicts");
    assert!(settled * 5 > all && open * 8 > all, "{settled} decided and {open} not: of both sorts?");
    // Lists in several conditions can have many members, and therefore too many completions.
    let share = if theme == Theme::Lists { 6 } else { 12 };
    assert!(left_out * share < settled + open, "{left_out} were too many to be tried out");
    assert!(loose * 100 > all, "hardly any verdict was sound only");
}

#[test]
fn both_evaluators_agree() {
    agreed(Theme::Mixed, 3_500, 1, 10_000);
}

#[test]
fn both_evaluators_agree_on_policies_about_two_kinds() {
    agreed(Theme::TwoKinds, 900, 3, 5_000);
}

#[test]
fn both_evaluators_agree_on_contested_lists_and_lists_in_several_conditions() {
    agreed(Theme::Lists, 1_700, 4, 5_000);
}

#[test]
fn both_evaluators_agree_on_dossiers_that_share_a_file() {
    agreed(Theme::Together, 400, 5, 2_000);
}

#[test]
fn both_evaluators_agree_on_choices_and_obligations() {
    for (theme, models) in [(Theme::Mixed, 1_600), (Theme::TwoKinds, 1_600)] {
        let check = agree::choices_and_obligations;
        let Counts { settled, open, .. } = counted_of(theme, cases(models), 2, check);
        assert!(settled > 100 && open > 100, "{theme:?}: {settled} settled and {open} open: of both sorts?");
    }
}

#[test]
fn reported_omitted_statements_are_smallest_sets() {
    let Counts { settled, open, .. } = counted(cases(2_000), 11, omitted::smallest_sets);
    assert!(
        settled > 20 && open > 2_000,
        "{settled} sets found and {open} verdicts that nothing changes: of both sorts?"
    );
}
