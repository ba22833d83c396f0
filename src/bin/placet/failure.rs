//! Why a command could not run, and the one way in which anything is written out.

use crate::render;
use placet::desk::Refusal;
use placet::diagnostic::Diagnostic;
use placet::span::Sources;
use std::io::{self, Write};
use std::process::ExitCode;

/// Why a command could not run.
#[derive(Debug)]
pub enum Failure {
    /// Something to say, and what to do about it.
    Said { what: String, help: Option<String> },
    /// Mistakes in the files that stand in the way, and what lies behind them where that can be told.
    Mistakes { lead: Option<String>, findings: Vec<Diagnostic>, sources: Box<Sources> },
    /// Whoever read the output has stopped reading.
    Unread,
}

impl Failure {
    pub fn new(what: impl Into<String>) -> Failure {
        Failure::Said { what: what.into(), help: None }
    }

    pub fn with_help(what: impl Into<String>, help: impl Into<String>) -> Failure {
        Failure::Said { what: what.into(), help: Some(help.into()) }
    }

    /// What stands in the way, in one line.
    pub fn in_short(&self) -> String {
        match self {
            Failure::Said { what, .. } => what.clone(),
            Failure::Mistakes { findings, sources, .. } => {
                findings.first().map_or_else(String::new, |first| {
                    let (name, place) = (sources.name(first.span.file), sources.position(first.span));
                    format!("{name}:{place}: {}", first.message)
                })
            }
            Failure::Unread => String::new(),
        }
    }

    /// Says it on the error stream.
    pub fn tell(self) -> ExitCode {
        let text = match self {
            Failure::Said { what, help } => {
                let help =
                    help.map(|help| format!("{}: {help}\n", render::strong("help"))).unwrap_or_default();
                format!("{}: {what}\n{help}", render::bad("error"))
            }
            Failure::Mistakes { lead, findings, sources } => {
                let lead =
                    lead.map(|lead| format!("{}: {lead}\n\n", render::bad("error"))).unwrap_or_default();
                lead + &render::findings(&findings, &sources)
            }
            Failure::Unread => return ExitCode::SUCCESS,
        };
        // nobody is left to be told that the error stream is closed
        let _ = anstream::stderr().write_all(text.as_bytes());
        ExitCode::from(2)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Failure {
        match refusal {
            Refusal::NoPolicy(_) => {
                let help = "a policy file has a block that starts with the word `policy`, and is given first";
                Failure::with_help(refusal.to_string(), help)
            }
            Refusal::Mistakes { lead, findings, sources } => Failure::Mistakes { lead, findings, sources },
        }
    }
}

/// Writes to the output; colour is left out where it is not wanted.
pub fn out(text: &str) -> Result<(), Failure> {
    let mut stdout = anstream::stdout().lock();
    stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()).map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::Unread,
        _ => Failure::new(format!("the output cannot be written: {error}")),
    })
}

/// Writes a remark to the error stream, beside the output.
pub fn remark(text: &str) {
    // nobody is left to be told that the error stream is closed
    let _ = anstream::stderr().write_all(format!("{text}\n").as_bytes());
}
