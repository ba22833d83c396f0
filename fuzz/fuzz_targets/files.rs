//! Any files that are read together: what they mean, and what is decided by them.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::files::check(bytes));
