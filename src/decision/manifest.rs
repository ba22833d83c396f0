//! The hashes that bind a decision to what it was made on.

use std::sync::Arc;

/// The hashes of what a decision was made on, but for the policy's, which is in [`Policy::hash`].
///
/// [`Policy::hash`]: crate::policy::Policy::hash
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// The canonical hash of the dossier and of everything else that counts for it: see
    /// [`canonical`](mod@crate::wire::canonical).
    pub dossier: String,
    /// Every file that was read for the decision, in the order of reading.
    pub files: Arc<[FileRead]>,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRead {
    /// The path relative to the root, with `/` between its parts.
    pub name: String,
    /// What it was read as.
    pub role: Role,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
}

/// What a file was read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The policy, or a file that the policy uses.
    Policy,
    /// The policy, given as a file of dossiers, too.
    PolicyAndDossiers,
    /// Given as a file of dossiers.
    Dossiers,
    /// A table that is decided on row by row.
    Table,
    /// Used by a file of dossiers.
    Used,
}
