//! Reads recorded decisions.

use crate::failure::Failure;
use crate::output::{named, why};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// The size of the largest document or line that is read.
///
/// # Units
/// Bytes.
pub const LARGEST_DECISION: u64 = 1024 * 1024 * 1024;

/// The lines of a file.
pub struct Lines<'p> {
    reader: BufReader<File>,
    path: &'p Path,
}

pub fn lines(path: &Path) -> Result<Lines<'_>, Failure> {
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    Ok(Lines { reader: BufReader::new(file), path })
}

impl Iterator for Lines<'_> {
    type Item = Result<String, Failure>;

    fn next(&mut self) -> Option<Result<String, Failure>> {
        let mut line = String::new();
        match self.reader.by_ref().take(LARGEST_DECISION).read_line(&mut line) {
            Ok(0) => None,
            Ok(_) if !line.ends_with('\n') && line.len() as u64 >= LARGEST_DECISION => {
                Some(Err(too_large(self.path)))
            }
            Ok(_) => Some(Ok(line.trim_end_matches(['\n', '\r']).to_owned())),
            Err(error) => Some(Err(unreadable(self.path, &error))),
        }
    }
}

pub fn too_large(path: &Path) -> Failure {
    let help = "decide with --format ndjson, or on fewer dossiers at a time";
    Failure::with_help(format!("{} has a decision of more than 1 GiB", named(path)), help)
}

pub fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    match error.kind() {
        std::io::ErrorKind::NotFound => Failure::new(format!("{} does not exist", named(path))),
        _ => Failure::new(format!("{} cannot be read: {}", named(path), why(error))),
    }
}
