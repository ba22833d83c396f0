//! The functions of the library that need no file system, for JavaScript: strings in, versioned JSON out.
//!
//! Do not call these directly: `engine/placet.js` is the public interface, and starts a new instance after a crash. An
//! error is a JSON object with a `code`, a `message` and findings; the codes are documented there.

mod case;
mod failure;

use failure::{Failure, Fallible};
use placet::analysis::diff;
use placet::bundle::{self, LoadError};
use placet::value::Date;
use placet::workspace::{LARGEST_FILE, Workspace, is_data};
use placet::{diagnostic, syntax, wire};
use std::collections::BTreeMap;
use wasm_bindgen::prelude::wasm_bindgen;

/// Returns the version of the engine.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// The contents of files by path. Paths are relative to one root, with `/` as separator.
#[wasm_bindgen]
#[derive(Default)]
pub struct Files(BTreeMap<String, Vec<u8>>);

#[wasm_bindgen]
impl Files {
    /// Makes an empty set of files.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Files {
        Files::default()
    }

    /// Adds a file; replaces a file with the same path.
    pub fn add(&mut self, path: String, bytes: Vec<u8>) {
        self.0.insert(path, bytes);
    }
}

impl Files {
    /// Returns the contents of a file, in the form that the library's reader callback expects.
    fn read(&self, path: &str) -> Result<Vec<u8>, LoadError> {
        let bytes = self.0.get(path).ok_or(LoadError::NotFound)?;
        let largest = if is_data(path) { wire::LARGEST_DATA_FILE } else { LARGEST_FILE };
        if bytes.len() > largest {
            let mib = largest / (1024 * 1024);
            return Err(LoadError::Unreadable(format!("it is larger than {mib} MiB")));
        }
        Ok(bytes.clone())
    }

    fn open(&self, policy: &str, dossiers: &[String]) -> Result<Workspace, Failure> {
        Workspace::open(policy, dossiers, &mut |path| self.read(path)).map_err(Failure::from)
    }

    fn open_with(&self, workspace: &Workspace, dossiers: &[String]) -> Result<Workspace, Failure> {
        workspace.with_dossiers(dossiers, &mut |path| self.read(path)).map_err(Failure::from)
    }
}

/// Returns the paths in the `use` lines of a file, relative to the root, as a JSON list.
#[wasm_bindgen]
pub fn uses(path: &str, text: &str) -> String {
    failure::list(bundle::uses(path, text))
}

/// Formats a file.
///
/// # Errors
/// `mistakes` if the file has syntax errors.
#[wasm_bindgen]
pub fn format(path: &str, text: &str) -> Fallible<String> {
    let mut sources = placet::span::Sources::default();
    let file = sources.add(path, text);
    let tree = syntax::parse(file, text);
    if diagnostic::any_error(&tree.problems) {
        return Err(Failure::mistakes(None, &tree.problems, &sources).into());
    }
    Ok(syntax::format(&tree, text))
}

/// Checks the files that are written in the language and what they use; returns the findings as `placet-findings/1`.
/// With `study`, also studies each policy that has no errors.
#[wasm_bindgen]
pub fn check(files: &Files, study: bool) -> String {
    let names: Vec<String> = files.0.keys().filter(|path| !is_data(path)).cloned().collect();
    let found = placet::check::check(&names, study, &mut |path| files.read(path));
    wire::diagnostics::write(&found.findings, &found.sources)
}

/// Compares two versions of a policy; returns the result as `json` (`placet-diff/1`) or `markdown`. Without days,
/// compares them on all days that can matter.
///
/// # Errors
/// `mistakes` if either has errors; `request` if they are never in force on the same day.
#[wasm_bindgen]
pub fn diff(
    old: &Files,
    old_policy: &str,
    new: &Files,
    new_policy: &str,
    days: Vec<String>,
    format: &str,
) -> Fallible<String> {
    let (old, new) = (old.open(old_policy, &[])?.policy, new.open(new_policy, &[])?.policy);
    let days = match days.as_slice() {
        [] => diff::days(&old, &new).map_err(|apart| Failure::Request(apart.to_string()))?,
        days => {
            let day = |text: &String| {
                let day =
                    Date::parse(text).filter(|day| old.period.contains(*day) && new.period.contains(*day));
                day.ok_or_else(|| Failure::Request(format!("the policies are not both in force on {text}")))
            };
            days.iter().map(day).collect::<Result<_, _>>()?
        }
    };
    let found = diff::diff(&old, &new, &days);
    match format {
        "json" => Ok(wire::diff::write(&found, None)),
        "markdown" => Ok(wire::diff_markdown::write(&found, None)),
        other => Err(Failure::Request(format!("unknown comparison format \"{other}\"")).into()),
    }
}
