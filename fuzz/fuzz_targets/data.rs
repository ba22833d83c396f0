//! Dossiers in any form, under a policy of every kind of fact or one of their own.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::data::check(bytes));
