//! The result of verifying decisions, as [`VERIFICATION_FORMAT`].

use super::layout::over_lines;
use super::manifest::ENGINE;
use serde::Serialize;

/// The name of the verification format.
pub const VERIFICATION_FORMAT: &str = "placet-verification/1";

/// The result of verifying decisions.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Verification {
    /// The versions of the engine that decided. Verifying with another version is not a disagreement.
    pub engines: Vec<String>,
    /// The files, those of the manifests first.
    pub files: Vec<FileChecked>,
    /// The policies, compared by their hashes.
    pub policies: Vec<Checked>,
    /// The subjects. For a table, only those with a difference.
    pub subjects: Vec<SubjectChecked>,
    /// The number of verdicts that are the same.
    pub same: u64,
    /// The number of verdicts that differ.
    pub differ: u64,
    /// Other findings that prevent agreement, in words.
    pub problems: Vec<String>,
}

/// A file and its state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileChecked {
    /// The path relative to the root.
    pub name: String,
    /// The state of the file.
    #[serde(rename = "standing")]
    pub state: FileState,
}

/// The state of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FileState {
    /// The hash is the one in the manifest.
    Same,
    /// The hash differs from the one in the manifest.
    Changed,
    /// The file does not exist or cannot be read.
    Missing,
    /// The file is not in the manifest.
    #[serde(rename = "not in the manifest")]
    Added,
}

/// An item with a hash, and whether the hash is the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// The id.
    pub id: String,
    /// Whether the hash is the same. `None` if it could not be computed.
    pub same: Option<bool>,
}

/// A subject and the result for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SubjectChecked {
    /// The id.
    pub id: String,
    /// The policy.
    pub policy: String,
    /// The day. Empty for a row without a day.
    pub as_of: String,
    /// The line of the table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// Whether the hash of the case is the same. `None` if there is no hash.
    pub dossier: Option<bool>,
    /// The verdicts.
    pub verdicts: Vec<VerdictChecked>,
}

/// A recorded verdict and the present one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VerdictChecked {
    /// The type of assistance.
    pub assistance: String,
    /// The recorded verdict, such as `eligible` or `undetermined (sound only)`. `None` if the record has none.
    pub recorded: Option<String>,
    /// The present verdict. `None` if it could not be computed.
    pub now: Option<String>,
}

impl VerdictChecked {
    /// Returns whether the two verdicts are the same.
    pub fn is_same(&self) -> bool {
        self.recorded.is_some() && self.recorded == self.now
    }
}

impl Verification {
    /// Returns whether everything agrees: every file, every hash and every verdict.
    pub fn agrees(&self) -> bool {
        self.problems.is_empty()
            && self.differ == 0
            && self.files.iter().all(|file| file.state == FileState::Same)
            && self.policies.iter().all(|policy| policy.same == Some(true))
            && self.subjects.iter().all(|subject| subject.dossier != Some(false))
    }

    /// Counts the verdicts on a subject, and adds the subject.
    pub fn add(&mut self, subject: SubjectChecked) {
        for verdict in &subject.verdicts {
            *if verdict.is_same() { &mut self.same } else { &mut self.differ } += 1;
        }
        self.subjects.push(subject);
    }
}

/// Writes the result of a verification as JSON.
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
    over_lines(&out) + "\n"
}
