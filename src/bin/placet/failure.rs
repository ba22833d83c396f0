//! The reasons why a command could not run.

use placet::diagnostic::Diagnostic;
use placet::span::Sources;
use placet::{Error, ErrorKind};

/// Why a command could not run.
#[derive(Debug)]
pub enum Failure {
    /// A message, and what to do about it.
    Message { what: String, help: Option<String> },
    /// Errors in the files.
    Findings { findings: Vec<Diagnostic>, sources: Box<Sources> },
    /// The reader of the output closed it before the result was known.
    Unread,
}

impl Failure {
    pub fn new(what: impl Into<String>) -> Failure {
        Failure::Message { what: what.into(), help: None }
    }

    pub fn with_help(what: impl Into<String>, help: impl Into<String>) -> Failure {
        Failure::Message { what: what.into(), help: Some(help.into()) }
    }

    /// Returns the failure on one line.
    pub fn summary(&self) -> String {
        match self {
            Failure::Message { what, .. } => what.clone(),
            Failure::Findings { findings, sources, .. } => {
                findings.first().map_or_else(String::new, |first| {
                    let (name, place) = (sources.name(first.span.file), sources.position(first.span));
                    format!("{name}:{place}: {}", first.message)
                })
            }
            Failure::Unread => String::new(),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        match error.kind() {
            ErrorKind::NoPolicy => {
                let help = "name the policy file first; it has a block that starts with `policy`";
                Failure::with_help(error.to_string(), help)
            }
            ErrorKind::Findings => {
                let sources = Box::new(error.sources().clone());
                Failure::Findings { findings: error.findings().to_vec(), sources }
            }
            _ => Failure::new(error.to_string()),
        }
    }
}
