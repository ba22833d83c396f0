//! All integration tests in one binary, to link only once.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unreachable,
    reason = "a test fails by panicking"
)]

mod cli;
mod compiled;
mod concerns;
mod corpus;
mod cycles;
mod diff;
mod disagreements;
mod examples;
mod files;
mod formats;
mod hostile;
mod interview;
mod language;
mod layers;
mod meaning;
mod oracle;
mod readme;
mod record;
mod sealed;
mod shipped;
mod standards;
mod tables;
mod translations;
mod uses;
mod verify;
mod wasm;
