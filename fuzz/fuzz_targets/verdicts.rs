//! Policies and dossiers drawn from bytes: both evaluators must agree.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::oracle::bytes::check(bytes));
