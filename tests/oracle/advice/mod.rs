//! Tests of explanations against a table of all possible worlds: the status of rules, reasons, missing facts, changes,
//! and rules that cannot be met together. Uses no code of the library: policies and dossiers are small enough to list
//! all worlds, and the library's sentences are parsed word by word.

mod check;
mod draw;
mod holds;
mod policy;
mod read;
mod simpler;
mod world;

use super::cases;
use super::simpler::smallest;
use draw::Dice;

#[test]
fn explanations_agree_with_the_table_of_all_worlds() {
    let mut seen = check::Seen::default();
    for number in 0..u64::from(cases(6_000)) {
        let model = draw::model(&mut Dice::new(number));
        if let Err(why) = check::advice(&model, &mut seen) {
            let (model, why) = smallest(model, why, simpler::simpler, &|model| {
                check::advice(model, &mut check::Seen::default())
            });
            panic!("case {number}: {why}\n{}", policy::text(&model).concat());
        }
    }
    assert!(seen.all(), "not everything was seen often: {seen:?}");
}

#[test]
fn a_verdict_holds_until_the_reported_day() {
    for number in 0..u64::from(cases(1_000)) {
        let (text, as_of) = holds::drawn(&mut Dice::new(number));
        holds::check(&text, as_of).unwrap_or_else(|why| panic!("case {number}: {why}\n{text}"));
    }
}
