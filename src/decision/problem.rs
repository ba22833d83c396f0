//! Why there is no decision.

use crate::value::Date;

/// Why a policy decides nothing about a dossier.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// No dossier has the id.
    #[error("there is no dossier `{0}`")]
    NoDossier(String),
    /// The policy is about other kinds of subject.
    #[error("dossier `{dossier}` is about a {kind}, and the policy is about {about}")]
    OtherKind {
        /// The dossier's id.
        dossier: String,
        /// The name of its kind.
        kind: String,
        /// The names of the policy's kinds.
        about: String,
    },
    /// The policy is not in force that day.
    #[error("policy `{policy}` version {version} is not in force on {day}")]
    NotInForce {
        /// The policy's id.
        policy: String,
        /// Its version.
        version: String,
        /// The day.
        day: Date,
    },
}
