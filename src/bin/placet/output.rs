//! Writes to the output and error streams. No other module does. Also words paths and system errors.

use crate::failure::Failure;
use indicatif::ProgressDrawTarget;
use placet::text::{is_clean, shown_lines};
use std::borrow::Cow;
use std::collections::hash_map::RandomState;
use std::ffi::OsStr;
use std::hash::{BuildHasher, Hasher};
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::OnceLock;

/// The exit code if the reader closes the output early: that of a program ended by SIGPIPE.
const CUT_SHORT: u8 = 141;

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

/// Returns the exit code of a command whose output was closed before the result was known.
pub fn cut_short() -> ExitCode {
    ExitCode::from(CUT_SHORT)
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

/// Ends a command with wrong arguments, or one that asks for help.
pub fn usage(error: &clap::Error) -> ExitCode {
    // The message repeats the arguments. If these contain escape codes, they cannot be distinguished from those of
    // styles.
    let is_plain = std::env::args_os().any(|argument| !is_clean(&named(argument)));
    let message = error.render();
    let text = if is_plain { message.to_string() } else { own(&message.ansi().to_string()) };
    if error.use_stderr() {
        err(&text);
    } else if let Err(failure) = out(&text) {
        return failure.report();
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

/// Marks the escape codes of a text as the command's own. The text must not contain anything that comes from a file, a
/// name or an argument and is not escaped.
///
/// The mark is a code with a number that is different in each process, so that no file can contain it.
pub fn own(text: &str) -> String {
    text.replace(ESCAPE, &format!("{ESCAPE}[{}m{ESCAPE}", mark()))
}

fn mark() -> u64 {
    static MARK: OnceLock<u64> = OnceLock::new();
    *MARK.get_or_init(|| RandomState::new().build_hasher().finish())
}

const ESCAPE: char = '\u{1b}';

/// Escapes everything in a text that controls a terminal or is invisible, except the command's [own] styles. All output
/// passes through this function, so nothing is written unescaped.
fn visible(text: &str) -> Cow<'_, str> {
    // Rows of CSV end with CRLF, as RFC 4180 requires. A carriage return elsewhere is escaped.
    if text.contains("\r\n") {
        let lines: Vec<Cow<'_, str>> = text.split("\r\n").map(visible).collect();
        return Cow::Owned(lines.join("\r\n"));
    }
    if !text.contains(ESCAPE) {
        return shown_lines(text);
    }
    let mark = format!("[{}m", mark());
    let mut parts = text.split(ESCAPE);
    let mut visible = shown_lines(parts.next().unwrap_or("")).into_owned();
    let mut is_own = false;
    for part in parts {
        if part == mark {
            is_own = true;
            continue;
        }
        let style = if is_own { style(part) } else { 0 };
        let (style, rest) = part.split_at_checked(style).unwrap_or(("", part));
        visible += if style.is_empty() { "<U+001B>" } else { "\u{1b}" };
        visible += style;
        visible += &shown_lines(rest);
        is_own = false;
    }
    Cow::Owned(visible)
}

/// Returns the length of the style code that follows an escape character: bold, dim, underlined, or one of the sixteen
/// colours. Returns 0 if there is none.
fn style(part: &str) -> usize {
    let Some((codes, _)) = part.strip_prefix('[').and_then(|part| part.split_once('m')) else { return 0 };
    let is_style = |code: &str| {
        matches!(code.parse::<u8>(), Ok(0 | 1 | 2 | 4 | 22 | 24 | 30..=37 | 39 | 90..=97)) || code.is_empty()
    };
    if codes.split(';').all(is_style) { codes.len().saturating_add(2) } else { 0 }
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
