//! Stored policies, with the right hash: each is refused, or is another policy on which everything is decided.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    fuzz::compiled::check(bytes);
});
