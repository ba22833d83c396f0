//! Policies and dossiers drawn from bytes: both evaluators agree.

#![no_main]

use fuzz::oracle::agree;
use fuzz::oracle::draw::{Tape, model};
use fuzz::oracle::model::text;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let numbers: Vec<u16> =
        bytes.chunks(2).map(|pair| pair.iter().fold(0, |all, byte| all << 8 | u16::from(*byte))).collect();
    let model = model(&mut Tape::new(&numbers));
    for check in [agree::verdicts, agree::choices_and_obligations] {
        if let Err(why) = check(&model) {
            let files: String =
                text(&model).into_iter().map(|(name, text)| format!("── {name}\n{text}\n")).collect();
            panic!("{why}\n{files}");
        }
    }
});
