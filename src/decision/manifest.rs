//! Manifests: the hashes that bind a decision to what it was made from.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The hashes of what a decision was made from. The hash of the policy is in [`Policy::hash`].
///
/// [`Policy::hash`]: crate::policy::Policy::hash
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// The canonical hash of the dossier and of everything else that counts for it; see
    /// [`canonical`](mod@crate::wire::canonical).
    pub dossier: String,
    /// The files that were read for the decision, in the order of reading.
    pub files: Arc<[FileRead]>,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRead {
    /// The path relative to the root, with `/` between its parts.
    pub name: String,
    /// The role in which it was read.
    pub role: Role,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
}

/// The role in which a file was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Role {
    /// The policy, or a file that the policy uses.
    Policy,
    /// The policy, also given as a file of dossiers.
    PolicyAndDossiers,
    /// A file of dossiers.
    Dossiers,
    /// A table that is decided on row by row.
    Table,
    /// A file that a file of dossiers uses.
    Used,
}
