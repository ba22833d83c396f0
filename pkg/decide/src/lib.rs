//! The engine that decides, for JavaScript: compiled policies and JSON in, versioned JSON out.
//!
//! It contains no parser of the language and no studies; the crate `placet-wasm-author` adds these. Do not call the
//! functions directly: `engine/placet.js` is the public interface, and starts a new instance after a crash. An error is
//! a JSON object with a `code`, a `message` and findings; the codes are documented in `types/placet.d.ts`.

mod case;
mod failure;
mod files;

pub use case::{Ask, Case, Request};
pub use failure::{Failure, Fallible, list};
pub use files::Files;

use wasm_bindgen::prelude::wasm_bindgen;

/// Returns the version of the engine.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
