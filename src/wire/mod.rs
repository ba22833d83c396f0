//! The data formats that are read or written: dossiers in JSON and CSV, decisions in JSON, CSV and Markdown, and
//! findings.
//!
//! This layer converts between these formats and the types of the other layers. Nothing else in the library depends on
//! a format. Every format has a name with a version number, which changes if programs that read the format would have
//! to change.

mod answers_json;
mod cell;
mod claim_json;
mod json;
mod json_out;
mod json_reader;
mod layout;
mod links;
mod markdown;
mod names;
mod problem;
mod provenance_json;
mod quotes;
mod record_json;
mod sheet;

use crate::text::Ids;
pub use crate::text::is_id;
pub use problem::LONGEST_TEXT;

pub mod words;

pub mod dossier_json;

pub mod record;

pub mod dossier_csv;

pub mod canonical;

pub mod compiled_policy;

pub mod decision;

pub mod manifest;

pub mod decision_csv;

pub mod decision_markdown;

pub mod diagnostics;

pub mod diff;

pub mod diff_markdown;

pub mod outline;

pub mod scenarios;

pub mod interview;

pub mod stream;

pub mod recorded;

pub mod verification;

#[cfg(test)]
mod tests;

use crate::diagnostic::Diagnostic;
use crate::evidence::{Dossier, Evidence};
use crate::id::KindId;
use crate::policy::Vocabulary;
use crate::span::{FileId, Span};

/// The name of the dossier format.
pub const DOSSIER_FORMAT: &str = "placet-dossier/1";

/// The name of the decision format.
pub const DECISION_FORMAT: &str = "placet-decision/1";

/// The name of the format for policy comparisons.
pub const DIFF_FORMAT: &str = "placet-diff/1";

/// The name of the policy outline format.
pub const POLICY_FORMAT: &str = "placet-policy/1";

/// The name of the format for the state of an interview.
pub const INTERVIEW_FORMAT: &str = "placet-interview/1";

/// The JSON Schema (draft 2020-12) of findings about files. Every field is documented.
pub const FINDINGS_SCHEMA: &str = include_str!("schema/findings.schema.json");

/// The JSON Schema (draft 2020-12) of policy outlines. Every field is documented.
pub const POLICY_SCHEMA: &str = include_str!("schema/policy.schema.json");

/// The JSON Schema (draft 2020-12) of interview states and of answers. Every field is documented.
pub const INTERVIEW_SCHEMA: &str = include_str!("schema/interview.schema.json");

/// The JSON Schema (draft 2020-12) of policy comparisons. Every field is documented.
pub const DIFF_SCHEMA: &str = include_str!("schema/diff.schema.json");

/// The JSON Schema (draft 2020-12) of dossiers. Every field is documented.
pub const DOSSIER_SCHEMA: &str = include_str!("schema/dossier.schema.json");

/// The JSON Schema (draft 2020-12) of decisions. Every field is documented.
pub const DECISION_SCHEMA: &str = include_str!("schema/decision.schema.json");

/// The size of the largest data file that is read.
///
/// # Units
/// Bytes.
pub const LARGEST_DATA_FILE: usize = 64 * 1024 * 1024;

/// The dossiers of a data file, and the findings about it.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// The dossiers that have an id and a kind.
    pub dossiers: Vec<Dossier>,
    /// The findings in the order of the file, at most a hundred.
    pub problems: Vec<Diagnostic>,
}

/// Decodes a data file as UTF-8 text.
///
/// # Errors
/// The file has more than [`LARGEST_DATA_FILE`] bytes, is UTF-16 text or is not UTF-8, or has a zero byte.
///
/// # Example
/// ```
/// use placet::{span::FileId, wire};
///
/// assert_eq!(wire::decode(FileId(0), b"id,about\n"), Ok("id,about\n"));
/// let problem = wire::decode(FileId(0), b"\xff\xfei\0d\0").unwrap_err();
/// assert_eq!(problem.message, "the file is UTF-16 text");
/// ```
pub fn decode(file: FileId, bytes: &[u8]) -> Result<&str, Box<Diagnostic>> {
    problem::decode(Span::new(file, 0, 0), bytes, LARGEST_DATA_FILE)
}

/// Returns a text as a JSON string, in quotes.
///
/// # Example
/// ```
/// assert_eq!(placet::wire::json_text("\"It\""), r#""\"It\"""#);
/// ```
pub fn json_text(text: &str) -> String {
    layout::compact(text)
}

/// Adds the dossiers of data files, all at once, to those already read.
///
/// # Errors
/// A dossier whose id is taken is reported and left out. A relation to an id that no dossier and no member has, or to
/// an entity of the wrong kind, is reported.
///
/// # Example
/// ```
/// use placet::{evidence::Evidence, span::FileId, wire};
/// # let text = "kind group\n  parent : group\n";
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let vocabulary = placet::policy::resolve(&bundle).vocabulary;
///
/// let rows = "id,about,parent\nunit,group,brigade\n";
/// let read = wire::dossier_csv::read(FileId(0), rows, &vocabulary, &[]);
/// let mut evidence = Evidence::default();
/// let problems = wire::join(&mut evidence, read.dossiers, &vocabulary);
/// assert_eq!(problems[0].message, "unknown dossier or member \"brigade\"");
/// ```
pub fn join(evidence: &mut Evidence, dossiers: Vec<Dossier>, vocabulary: &Vocabulary) -> Vec<Diagnostic> {
    let mut taken: Ids<(KindId, Span)> = Ids::default();
    for dossier in &evidence.dossiers {
        taken.add(&dossier.id, (dossier.kind, dossier.span));
    }
    let mut problems = problem::Problems::default();
    let before = evidence.dossiers.len();
    for dossier in dossiers {
        if taken.add(&dossier.id, (dossier.kind, dossier.span)) {
            evidence.dossiers.push(dossier);
        } else if let Some((_, first)) = taken.exact(&dossier.id) {
            let what = format!("dossier \"{}\"", dossier.id);
            problems.push(problem::repeated(dossier.span, *first, &what));
        }
    }
    for dossier in evidence.dossiers.iter_mut().skip(before) {
        if problems.full() {
            break;
        }
        links::check(dossier, &taken, vocabulary, &mut problems);
    }
    problems.finish()
}

/// Returns the kind of a dossier that names none: the kind that the policy is about, if there is only one.
fn about_of(about: &[KindId]) -> Option<KindId> {
    match about {
        [only] => Some(*only),
        _ => None,
    }
}
