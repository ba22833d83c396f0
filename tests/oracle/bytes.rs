//! Properties of models that are drawn from bytes: those of the fuzzer, and those that once failed.

use super::agree;
use super::draw::{Tape, model};
use super::model::written;

/// Checks that both evaluators agree.
pub fn check(bytes: &[u8]) {
    let numbers: Vec<u16> =
        bytes.chunks(2).map(|pair| pair.iter().fold(0, |all, byte| all << 8 | u16::from(*byte))).collect();
    let model = model(&mut Tape::new(&numbers));
    for check in [agree::verdicts, agree::choices_and_obligations] {
        if let Err(why) = check(&model) {
            panic!("{why}\n{}", written(&model));
        }
    }
}
