//! Dossiers with arbitrary texts and ids, saved and opened again.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    fuzz::saved::check(bytes);
});
