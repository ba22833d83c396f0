//! The files that JavaScript passes in.

use crate::failure::Failure;
use placet::bundle::LoadError;
use placet::wire;
use placet::workspace::{LARGEST_FILE, Workspace, is_data};
use std::collections::BTreeMap;
use wasm_bindgen::prelude::wasm_bindgen;

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
    pub fn read(&self, path: &str) -> Result<Vec<u8>, LoadError> {
        let bytes = self.0.get(path).ok_or(LoadError::NotFound)?;
        let largest = if is_data(path) { wire::LARGEST_DATA_FILE } else { LARGEST_FILE };
        if bytes.len() > largest {
            let mib = largest / (1024 * 1024);
            return Err(LoadError::Unreadable(format!("it is larger than {mib} MiB")));
        }
        Ok(bytes.clone())
    }

    /// Returns the names of the files, in order.
    pub fn names(&self) -> impl Iterator<Item = &String> {
        self.0.keys()
    }

    /// Opens a workspace, with a function that reads these files.
    ///
    /// # Errors
    /// The error of the function.
    pub fn open(
        &self,
        open: impl FnOnce(&mut dyn FnMut(&str) -> Result<Vec<u8>, LoadError>) -> Result<Workspace, placet::Error>,
    ) -> Result<Workspace, Failure> {
        open(&mut |path| self.read(path)).map_err(Failure::from)
    }
}
