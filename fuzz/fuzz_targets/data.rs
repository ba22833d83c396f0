//! Dossiers in any format, under a policy with facts of every type or under their own policy.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::data::check(bytes));
