//! What came of verifying decisions, as [`VERIFICATION_FORMAT`].

use super::layout::over_lines;
use super::manifest::ENGINE;
use serde::Serialize;

/// The name of the format of verifications.
pub const VERIFICATION_FORMAT: &str = "placet-verification/1";

/// What came of verifying decisions.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Verification {
    /// The versions of the engine that decided. That another one verifies is no disagreement.
    pub engines: Vec<String>,
    /// The files, those of the manifests first.
    pub files: Vec<FileChecked>,
    /// The policies by their hashes.
    pub policies: Vec<Checked>,
    /// The subjects; of a table, those of which something differs.
    pub subjects: Vec<SubjectChecked>,
    /// How many verdicts are the same.
    pub same: u64,
    /// How many differ.
    pub differ: u64,
    /// What else stands in the way, in words.
    pub problems: Vec<String>,
}

/// A file and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileChecked {
    /// The path relative to the root.
    pub name: String,
    /// What became of it.
    pub standing: FileStanding,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FileStanding {
    /// It has the hash that the manifest has.
    Same,
    /// It has another.
    Changed,
    /// It is not there, or cannot be read.
    Missing,
    /// The manifest does not have it.
    #[serde(rename = "not in the manifest")]
    Added,
}

/// Something with a hash, and whether that is the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// The id.
    pub id: String,
    /// Whether the hash is the same; none where it could not be worked out.
    pub same: Option<bool>,
}

/// A subject and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SubjectChecked {
    /// The id.
    pub id: String,
    /// The policy.
    pub policy: String,
    /// The day; empty for a row that has none.
    pub as_of: String,
    /// The line of the table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// Whether the hash of what was decided on is the same; none where there is none.
    pub dossier: Option<bool>,
    /// The verdicts.
    pub verdicts: Vec<VerdictChecked>,
}

/// A verdict as it was recorded and as it is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VerdictChecked {
    /// The type of assistance.
    pub assistance: String,
    /// As it was recorded, such as `eligible` or `undetermined (sound only)`; none for one that is not in the record.
    pub recorded: Option<String>,
    /// As it is now; none where it could not be worked out.
    pub now: Option<String>,
}

impl VerdictChecked {
    /// Whether they are the same.
    pub fn is_same(&self) -> bool {
        self.recorded.is_some() && self.recorded == self.now
    }
}

impl Verification {
    /// Whether everything agrees: every file, every hash and every verdict.
    pub fn agrees(&self) -> bool {
        self.problems.is_empty()
            && self.differ == 0
            && self.files.iter().all(|file| file.standing == FileStanding::Same)
            && self.policies.iter().all(|policy| policy.same == Some(true))
            && self.subjects.iter().all(|subject| subject.dossier != Some(false))
    }

    /// Counts the verdicts on a subject, and keeps the subject.
    pub fn add(&mut self, subject: SubjectChecked) {
        for verdict in &subject.verdicts {
            *if verdict.is_same() { &mut self.same } else { &mut self.differ } += 1;
        }
        self.subjects.push(subject);
    }
}

/// Writes what came of it.
///
/// # Example
/// ```
/// use placet::wire::verification::{Verification, write};
///
/// assert!(write(&Verification::default()).contains(r#""agrees": true"#));
/// ```
pub fn write(verification: &Verification) -> String {
    #[derive(Serialize)]
    struct Out<'a> {
        format: &'static str,
        engine: &'static str,
        agrees: bool,
        #[serde(flatten)]
        verification: &'a Verification,
    }
    let agrees = verification.agrees();
    let out = Out { format: VERIFICATION_FORMAT, engine: ENGINE, agrees, verification };
    over_lines(&super::json_out::compact(&out)) + "\n"
}
