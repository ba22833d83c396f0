//! Any files that are read together: resolves them and decides by them.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::files::check(bytes));
