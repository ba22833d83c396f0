//! Writes files atomically: a file with a random name is created in the same folder and then renamed.

use crate::failure::Failure;
use crate::load::Root;
use crate::output::{named, why};
use placet::text::FileKind;
use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::{NamedTempFile, PersistError};

/// Writes a file that does not exist yet.
pub fn create(path: &Path, text: impl AsRef<[u8]>) -> Result<(), Failure> {
    let written = temporary_file(path, None, text.as_ref())
        .and_then(|file| file.persist_noclobber(path).map_err(|PersistError { error, .. }| error));
    written.map(drop).map_err(|error| failed(path, &error))
}

/// Replaces a file and keeps its permissions. If the path is a symbolic link, the file that it points to is replaced.
pub fn replace(path: &Path, text: impl AsRef<[u8]>) -> Result<(), Failure> {
    let replaced = fs::canonicalize(path).and_then(|real| {
        let permissions = fs::metadata(&real)?.permissions();
        temporary_file(&real, Some(permissions), text.as_ref())?
            .persist(&real)
            .map_err(|PersistError { error, .. }| error)
    });
    replaced.map(drop).map_err(|error| failed(path, &error))
}

/// Writes to the path of an output option: a new file, a replacement of an earlier output, or a device.
pub fn output(path: &Path, text: impl AsRef<[u8]>, root: &Root) -> Result<(), Failure> {
    let is_policy = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("placet"));
    let is_read =
        matches!(FileKind::of(&named(path)), FileKind::Table | FileKind::Json | FileKind::JsonLines);
    let is_source = is_policy || is_read;
    if is_source || fs::canonicalize(path).is_ok_and(|real| root.has_read(&real)) {
        let what = format!("{} is not written: it would replace an input", named(path));
        return Err(Failure::with_help(what, "name another file for the output"));
    }
    match fs::metadata(path) {
        Ok(about) if about.is_file() => replace(path, text),
        Ok(about) if about.is_dir() => Err(failed(path, &io::ErrorKind::IsADirectory.into())),
        // A device or a pipe cannot be replaced.
        Ok(_) => fs::write(path, text).map_err(|error| failed(path, &error)),
        Err(_) => create(path, text),
    }
}

/// Creates a file with the text, in the folder of `path`, under a name that cannot be guessed. The file is removed
/// unless it is persisted.
fn temporary_file(path: &Path, permissions: Option<Permissions>, text: &[u8]) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut builder = tempfile::Builder::new();
    builder.prefix(".placet-");
    if let Some(permissions) = permissions.clone().or_else(usual) {
        builder.permissions(permissions);
    }
    let mut file = builder.tempfile_in(folder.map_or_else(|| PathBuf::from("."), Path::to_owned))?;
    file.write_all(text)?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    file.as_file().sync_all()?;
    Ok(file)
}

/// Returns the permissions of a new file. The system removes those in the user's umask.
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
