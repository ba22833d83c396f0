//! Manifests: the hashes of everything that decisions depend on, as [`MANIFEST_FORMAT`].
//!
//! A decision document has its manifest at the end. In a stream, the manifest is a separate last line, the trailer,
//! since the hash of a table is known only after it has been read to its end.

use super::canonical::Hashes;
use super::markdown::Markdown;
use super::{json_out, layout};
use crate::decision::{Decision, FileRead, Manifest, Role};
use crate::policy::Policy;
use crate::text::Written;
use crate::value::Date;
use crate::written;
use serde::Serialize;
use std::sync::Arc;

/// The name of the manifest format.
pub const MANIFEST_FORMAT: &str = "placet-manifest/1";

/// The version of the engine, as written in manifests.
pub const ENGINE: &str = env!("CARGO_PKG_VERSION");

/// Adds manifests to decisions, which bind them to their input.
///
/// Created by [`Workspace::manifests`](crate::workspace::Workspace::manifests) for the files that were read.
#[derive(Debug)]
pub struct Manifests<'a> {
    files: Arc<[FileRead]>,
    hashes: Hashes<'a>,
}

impl<'a> Manifests<'a> {
    /// Returns manifests for decisions that were made on the given files.
    pub fn new(files: Arc<[FileRead]>) -> Manifests<'a> {
        Manifests { files, hashes: Hashes::default() }
    }

    /// Returns the decision with its manifest.
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

/// The requested day, or null if each row was decided for its own day.
#[derive(Serialize)]
struct DayOut(#[serde(serialize_with = "json_out::date_or_none")] Option<Date>);

/// Returns the name of a role.
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

    /// Returns the manifest of one decision, or `None` if the decision has none.
    pub(super) fn of_decision(decision: &'a Decision<'_>) -> Option<ManifestOut<'a>> {
        let dossiers = vec![DossierOut::of(decision)?];
        Some(ManifestOut { dossiers, ..ManifestOut::of(decision.policy) })
    }

    /// Returns the manifest of a table with a number of rows. `as_of` is the requested day.
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

/// Returns the trailer of a stream of decisions, on one line. `records` is the number of lines that it covers.
pub fn trailer(policy: &Policy, files: &[FileRead], records: u64) -> String {
    let manifest = ManifestOut { records: Some(records), ..ManifestOut::of(policy).with_files(files) };
    layout::compact(&manifest) + "\n"
}

/// Returns the files that were read, with their hashes, as a Markdown table.
pub(super) fn files_table(files: &[FileRead]) -> Written<Markdown> {
    let mut table = Written::from("| File | SHA-256 |\n|---|---|");
    files.iter().for_each(|file| table.add(written!(Markdown, "\n| {} | {} |", file.name, file.sha256)));
    table
}
