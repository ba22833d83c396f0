//! Ends a command that could not run: writes a failure, wrong arguments or the help, and returns the exit code.

use crate::escape::own;
use crate::failure::Failure;
use crate::output::{err, named, out};
use crate::render;
use placet::text::is_clean;
use std::process::ExitCode;

/// The exit code if the reader closes the output early: that of a program ended by SIGPIPE.
const CUT_SHORT: u8 = 141;

impl Failure {
    /// Writes the failure to the error stream and returns the exit code.
    pub fn report(self) -> ExitCode {
        let text = match self {
            Failure::Message { what, help } => {
                let help =
                    help.map(|help| format!("{}: {help}\n", render::strong("help"))).unwrap_or_default();
                format!("{}: {what}\n{help}", render::bad("error"))
            }
            Failure::Findings { findings, sources } => render::findings(&findings, &sources),
            Failure::Unread => return cut_short(),
        };
        err(&text);
        ExitCode::from(2)
    }
}

/// Returns the exit code of a command whose output was closed before the result was known.
fn cut_short() -> ExitCode {
    ExitCode::from(CUT_SHORT)
}

/// Ends a command with wrong arguments, or one that asks for help.
pub fn usage(error: &clap::Error) -> ExitCode {
    // The message repeats the arguments. If these contain escape codes, they cannot be distinguished from those of
    // styles.
    let is_plain = std::env::args_os().any(|argument| !is_clean(&named(argument)));
    let message = error.render();
    let text = if is_plain { message.to_string() } else { own(&message.ansi().to_string()) };
    if error.exit_code() != 0 {
        err(&text);
    } else if let Err(failure) = out(&text) {
        return failure.report();
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}
