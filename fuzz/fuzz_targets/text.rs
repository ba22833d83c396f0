//! The text of any file: read, written in its canonical form, read again.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::text::check(bytes));
