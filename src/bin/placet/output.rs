//! Writes to the output and error streams. No other module does. Also words paths and system errors.

use crate::escape::visible;
use crate::failure::Failure;
use indicatif::ProgressDrawTarget;
use std::ffi::OsStr;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

/// Writes to the output. Colours are removed if the terminal does not support them.
pub fn out(text: &str) -> Result<(), Failure> {
    let mut stdout = anstream::stdout().lock();
    stdout.write_all(visible(text).as_bytes()).and_then(|()| stdout.flush()).map_err(|error| {
        match error.kind() {
            ErrorKind::BrokenPipe => Failure::Unread,
            _ => Failure::new(format!("the output cannot be written: {}", why(&error))),
        }
    })
}

/// Writes the last part of the output. The result is known by then, so the exit code reports it even if the reader has
/// closed the output.
pub fn finish(text: &str, found: bool) -> Result<ExitCode, Failure> {
    match out(text) {
        Ok(()) | Err(Failure::Unread) => Ok(ExitCode::from(u8::from(found))),
        Err(failure) => Err(failure),
    }
}

/// Writes a remark to the error stream.
pub fn remark(text: &str) {
    err(&format!("{text}\n"));
}

/// Writes to the error stream.
pub fn err(text: &str) {
    // If the error stream is closed, there is nowhere to report it.
    let _ = anstream::stderr().write_all(visible(text).as_bytes());
}

/// Returns the target for progress bars: the error stream, if it is a terminal.
pub fn progress_target() -> Option<ProgressDrawTarget> {
    io::stderr().is_terminal().then(ProgressDrawTarget::stderr)
}

/// Returns a path as text. Bytes that are not UTF-8 are shown as `\xE9`.
pub fn named(path: impl AsRef<OsStr>) -> String {
    let mut name = String::new();
    for chunk in path.as_ref().as_encoded_bytes().utf8_chunks() {
        name += chunk.valid();
        chunk.invalid().iter().for_each(|byte| name += &format!("\\x{byte:02X}"));
    }
    name
}

/// Returns the cause of a system error in words, without its error number.
pub fn why(error: &io::Error) -> String {
    let words = match error.kind() {
        ErrorKind::NotFound => "the file does not exist",
        ErrorKind::PermissionDenied => "permission is missing",
        ErrorKind::IsADirectory => "it is a folder",
        ErrorKind::NotADirectory => "a part of its path is a file, not a folder",
        ErrorKind::AlreadyExists => "the file exists already",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "the disk is full",
        ErrorKind::ReadOnlyFilesystem => "the disk is read-only",
        ErrorKind::InvalidFilename => "the system does not allow this name",
        // The library gives its own message for errors about data.
        ErrorKind::InvalidData if error.get_ref().is_some() => return error.to_string(),
        ErrorKind::InvalidData => "it is not valid UTF-8",
        other => return other.to_string(),
    };
    words.to_owned()
}
