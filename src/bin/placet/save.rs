//! Files that the command writes. Each appears in one step: a file of a random name is created beside it and then renamed.

use crate::failure::Failure;
use crate::load::Root;
use crate::output::{named, why};
use placet::desk::is_data;
use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::{NamedTempFile, PersistError};

/// Writes a file that does not exist yet.
pub fn create(path: &Path, text: &str) -> Result<(), Failure> {
    let written = beside(path, None, text)
        .and_then(|file| file.persist_noclobber(path).map_err(|PersistError { error, .. }| error));
    written.map(drop).map_err(|error| failed(path, &error))
}

/// Replaces a file, which keeps its permissions. Where the path is a link, the file that it leads to is replaced.
pub fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    let replaced = fs::canonicalize(path).and_then(|real| {
        let permissions = fs::metadata(&real)?.permissions();
        beside(&real, Some(permissions), text)?.persist(&real).map_err(|PersistError { error, .. }| error)
    });
    replaced.map(drop).map_err(|error| failed(path, &error))
}

/// Writes what an output option names: a new file, another in place of an earlier output, or a device.
pub fn output(path: &Path, text: &str, root: &Root) -> Result<(), Failure> {
    let is_policy = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("placet"));
    let is_source = is_policy || is_data(&named(path));
    if is_source || fs::canonicalize(path).is_ok_and(|real| root.has_read(&real)) {
        let what = format!("{} is not written: it would take the place of an input", named(path));
        return Err(Failure::with_help(what, "name another file for the output"));
    }
    match fs::metadata(path) {
        Ok(about) if about.is_file() => replace(path, text),
        Ok(about) if about.is_dir() => Err(failed(path, &io::ErrorKind::IsADirectory.into())),
        // a device or a pipe cannot be replaced
        Ok(_) => fs::write(path, text).map_err(|error| failed(path, &error)),
        Err(_) => create(path, text),
    }
}

/// A file with the text in the folder of another, under a name that nobody can guess; it is removed if it is not kept.
fn beside(path: &Path, permissions: Option<Permissions>, text: &str) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut builder = tempfile::Builder::new();
    builder.prefix(".placet-");
    if let Some(permissions) = permissions.clone().or_else(usual) {
        builder.permissions(permissions);
    }
    let mut file = builder.tempfile_in(folder.map_or_else(|| PathBuf::from("."), Path::to_owned))?;
    file.write_all(text.as_bytes())?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    file.as_file().sync_all()?;
    Ok(file)
}

/// The permissions of a new file, from which the system takes what the user withholds.
#[cfg(unix)]
fn usual() -> Option<Permissions> {
    Some(std::os::unix::fs::PermissionsExt::from_mode(0o666))
}

#[cfg(not(unix))]
fn usual() -> Option<Permissions> {
    None
}

fn failed(path: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("{} cannot be written: {}", named(path), why(error)))
}
