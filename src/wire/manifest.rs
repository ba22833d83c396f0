//! Manifests: the hashes of everything that decisions were made on, as [`MANIFEST_FORMAT`].
//!
//! A document of decisions has its manifest at its end. In a stream, the last line is a manifest of its own, the trailer,
//! since the hash of a table is known only once it has been read to its end.

use super::canonical::Hashes;
use super::json_out;
use super::markdown::Markdown;
use crate::decision::{Decision, FileRead, Manifest, Role};
use crate::policy::Policy;
use crate::text::Written;
use crate::value::Date;
use crate::written;
use serde::Serialize;
use std::sync::Arc;

/// The name of the format of manifests.
pub const MANIFEST_FORMAT: &str = "placet-manifest/1";

/// The version of the engine, which manifests name.
pub const ENGINE: &str = env!("CARGO_PKG_VERSION");

/// Binds decisions to what they were made on.
///
/// Made by [`Desk::manifests`](crate::desk::Desk::manifests) for the files that were read.
#[derive(Debug)]
pub struct Manifests<'a> {
    files: Arc<[FileRead]>,
    hashes: Hashes<'a>,
}

impl<'a> Manifests<'a> {
    /// For decisions that were made on some files.
    pub fn new(files: Arc<[FileRead]>) -> Manifests<'a> {
        Manifests { files, hashes: Hashes::default() }
    }

    /// The decision with its manifest.
    pub fn bind(&mut self, mut decision: Decision<'a>) -> Decision<'a> {
        let dossier = self.hashes.of_case(&decision);
        decision.manifest = Some(Manifest { dossier, files: Arc::clone(&self.files) });
        decision
    }
}

/// The manifest of decisions under one policy.
#[derive(Serialize)]
pub(super) struct ManifestOut<'a> {
    format: &'static str,
    engine: &'static str,
    policy: PolicyOut<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) dossiers: Vec<DossierOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    files: Vec<FileOut<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<DayOut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    records: Option<u64>,
}

#[derive(Serialize)]
struct PolicyOut<'a> {
    id: &'a str,
    version: &'a str,
    sha256: &'a str,
}

#[derive(Serialize)]
pub(super) struct DossierOut<'a> {
    pub(super) id: &'a str,
    pub(super) sha256: &'a str,
}

#[derive(Serialize)]
struct FileOut<'a> {
    name: &'a str,
    role: &'static str,
    sha256: &'a str,
}

/// The day that was asked for; null where each row was decided on for its own.
#[derive(Serialize)]
struct DayOut(#[serde(serialize_with = "super::decision::date_or_none")] Option<Date>);

/// The word for a role.
pub(super) fn role(role: Role) -> &'static str {
    match role {
        Role::Policy => "policy",
        Role::PolicyAndDossiers => "policy and dossiers",
        Role::Dossiers => "dossiers",
        Role::Table => "table",
        Role::Used => "used",
    }
}

impl<'a> ManifestOut<'a> {
    pub(super) fn of(policy: &'a Policy) -> ManifestOut<'a> {
        ManifestOut {
            format: MANIFEST_FORMAT,
            engine: ENGINE,
            policy: PolicyOut { id: &policy.id, version: &policy.version, sha256: &policy.hash },
            dossiers: Vec::new(),
            files: Vec::new(),
            as_of: None,
            records: None,
        }
    }

    /// The manifest of one decision; none where the decision is bound to nothing.
    pub(super) fn of_decision(decision: &'a Decision<'_>) -> Option<ManifestOut<'a>> {
        let dossiers = vec![DossierOut::of(decision)?];
        Some(ManifestOut { dossiers, ..ManifestOut::of(decision.policy) })
    }

    /// The manifest of so many rows of a table; `as_of` is the day that was asked for.
    pub(super) fn of_table(self, rows: u64, as_of: Option<Date>) -> ManifestOut<'a> {
        ManifestOut { records: Some(rows), as_of: Some(DayOut(as_of)), ..self }
    }

    pub(super) fn with_files(self, files: &'a [FileRead]) -> ManifestOut<'a> {
        let files = files.iter();
        let files =
            files.map(|file| FileOut { name: &file.name, role: role(file.role), sha256: &file.sha256 });
        ManifestOut { files: files.collect(), ..self }
    }
}

impl<'a> DossierOut<'a> {
    pub(super) fn of(decision: &'a Decision<'_>) -> Option<DossierOut<'a>> {
        let manifest = decision.manifest.as_ref()?;
        Some(DossierOut { id: &decision.subject, sha256: &manifest.dossier })
    }
}

/// The trailer of a stream of decisions, in one line: `records` is how many lines it speaks for.
pub fn trailer(policy: &Policy, files: &[FileRead], records: u64) -> String {
    let manifest = ManifestOut { records: Some(records), ..ManifestOut::of(policy).with_files(files) };
    json_out::compact(&manifest) + "\n"
}

/// The files that were read and their hashes, as a table in Markdown.
pub(super) fn files_table(files: &[FileRead]) -> Written<Markdown> {
    let mut table = Written::from("| File | SHA-256 |\n|---|---|");
    files.iter().for_each(|file| table.add(written!(Markdown, "\n| {} | {} |", file.name, file.sha256)));
    table
}
