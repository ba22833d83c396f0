//! The one error of the library's documented interface.

use crate::decision::DecisionError;
use crate::diagnostic::{Diagnostic, Severity};
use crate::span::Sources;
use std::fmt;

/// Why a workspace cannot be opened, or why there is no decision.
///
/// # Example
/// ```
/// use placet::{ErrorKind, Workspace};
///
/// let error = Workspace::open("policy.placet", &[], &mut |_| Ok("kind group\n".into())).unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::NoPolicy);
///
/// let text = "policy \"Training\"\n  id training\n  version 1\n  about gruop\n\nassistance training\n\nkind group\n";
/// let error = Workspace::open("policy.placet", &[], &mut |_| Ok(text.into())).unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Findings);
/// assert_eq!(error.findings()[0].message, "unknown kind `gruop`");
/// assert!(error.to_string().starts_with("policy.placet:4:9: unknown kind `gruop`"));
/// ```
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    message: String,
    findings: Vec<Diagnostic>,
    sources: Sources,
}

/// The kinds of [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The first file holds no policy.
    NoPolicy,
    /// The bytes are not a compiled policy, are damaged, or have the layout of another version.
    NotCompiled,
    /// The files have errors; see [`Error::findings`].
    Findings,
    /// No dossier has the id of the subject.
    NoDossier,
    /// The policy is not about subjects of this kind.
    OtherKind,
    /// The policy is not in force on the day.
    NotInForce,
    /// The policy has no type of assistance with this name.
    NoType,
    /// Neither the request nor the dossier has a day to decide for.
    NoDay,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: String) -> Error {
        Error(Box::new(Inner { kind, message, findings: Vec::new(), sources: Sources::default() }))
    }

    /// Creates the error for files with findings, of which the errors are kept.
    pub(crate) fn with_findings(mut findings: Vec<Diagnostic>, sources: Sources) -> Error {
        findings.retain(|finding| finding.severity == Severity::Error);
        let message = summary(&findings, &sources);
        Error(Box::new(Inner { kind: ErrorKind::Findings, message, findings, sources }))
    }

    /// Returns the kind of the error.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the errors in the files, in reading order; empty for other kinds of error.
    pub fn findings(&self) -> &[Diagnostic] {
        &self.0.findings
    }

    /// Returns the texts that the findings are in.
    pub fn sources(&self) -> &Sources {
        &self.0.sources
    }
}

/// Formats the first error with its place, and the number of further errors.
fn summary(findings: &[Diagnostic], sources: &Sources) -> String {
    let Some(first) = findings.first() else { return "the files have errors".to_owned() };
    let (name, place) = (sources.name(first.span.file), sources.position(first.span));
    let mut text = format!("{name}:{place}: {}", first.message);
    text += &first.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
    match findings.len() - 1 {
        0 => {}
        1 => text += ", and one more error",
        more => text += &format!(", and {more} more errors"),
    }
    text
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

/// Shows the kind and the message. The texts of the files are left out, since they can be large.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error").field("kind", &self.0.kind).field("message", &self.0.message).finish()
    }
}

impl std::error::Error for Error {}

impl From<DecisionError> for Error {
    fn from(error: DecisionError) -> Error {
        let kind = match error {
            DecisionError::NoDossier(_) => ErrorKind::NoDossier,
            DecisionError::OtherKind { .. } => ErrorKind::OtherKind,
            DecisionError::NotInForce { .. } => ErrorKind::NotInForce,
        };
        Error::new(kind, error.to_string())
    }
}
