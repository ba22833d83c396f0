//! Workspaces whose policy is read from a compiled policy.

use super::data::{Dossiers, Reader, json};
use super::{Read, Workspace};
use crate::compiled::Forms;
use crate::decision::{FileRead, Role};
use crate::error::{Error, ErrorKind};
use crate::span::{FileId, Sources};
use crate::wire::compiled_policy;
use std::sync::Arc;

impl Workspace {
    /// Reads a compiled policy, as made by [`compiled`](Workspace::compiled).
    ///
    /// # Errors
    /// The bytes are not a compiled policy, are damaged or too large, or have a layout that this version does not read.
    ///
    /// # Example
    /// ```
    /// use placet::{Date, ErrorKind, Outcome, Workspace};
    ///
    /// # let policy = "policy \"Training\"\n  id training\n  version 1\n  about group\n\nassistance training\n\n\
    /// #     kind group\n  is neutral : yes or no\n\nrequirement neutrality \"Neutral\"\n  needs the group is neutral\n";
    /// let bytes = Workspace::open("training.placet", &[], &mut |_| Ok(policy.into()))?.compiled();
    ///
    /// let empty = Workspace::open_compiled(&bytes)?;
    /// let json = r#"{"id": "militia", "as_of": "2016-02-15", "is neutral": false}"#;
    /// let workspace = empty.with_json(&["militia.json".to_owned()], &mut |_| Ok(json.into()))?;
    /// let decision = workspace.decide("militia").run()?;
    /// assert_eq!(decision.verdicts().next().map(|verdict| verdict.outcome()), Some(Outcome::Ineligible));
    ///
    /// let error = Workspace::open_compiled(b"policy").unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::NotCompiled);
    /// # Ok::<(), placet::Error>(())
    /// ```
    pub fn open_compiled(bytes: &[u8]) -> Result<Workspace, Error> {
        let (policy, files) = compiled_policy::read(bytes)
            .map_err(|problem| Error::new(ErrorKind::NotCompiled, problem.to_string()))?;
        let forms = Arc::new(Forms::new(&Arc::new(policy)));
        Dossiers::new(without_texts(&files), Vec::new()).into_workspace(Ok(forms), files.into(), None)
    }

    /// Returns the policy in compiled form, without its dossiers.
    pub fn compiled(&self) -> Vec<u8> {
        compiled_policy::write(&self.policy, &self.policy_files())
    }

    /// Returns a workspace with the same policy and other dossiers, which are JSON files: `.json`, `.ndjson`, `.jsonl`.
    ///
    /// # Errors
    /// One of the files cannot be read, is not JSON or has errors.
    pub fn with_json(&self, dossiers: &[String], read: Read<'_>) -> Result<Workspace, Error> {
        self.with_data(dossiers, read, json)
    }

    /// Returns a workspace with the same policy and other dossiers, which are data files.
    pub(super) fn with_data(
        &self,
        dossiers: &[String],
        read: Read<'_>,
        reader: Reader,
    ) -> Result<Workspace, Error> {
        let of_policy = self.policy_files();
        let mut read_in = Dossiers::new(without_texts(&of_policy), Vec::new());
        let names: Vec<&str> = dossiers.iter().map(String::as_str).collect();
        read_in.add_data(&names, read, &self.policy.vocabulary, &self.policy.about, reader);
        let files = read_in.files(&(0..).map(FileId).take(of_policy.len()).collect::<Vec<_>>());
        read_in.into_workspace(Ok(Arc::clone(&self.forms)), files, None)
    }

    /// Returns the files that the policy was read from.
    fn policy_files(&self) -> Vec<FileRead> {
        let of_policy = |file: &&FileRead| matches!(file.role, Role::Policy | Role::PolicyAndDossiers);
        let files = self.files.iter().filter(of_policy);
        files.map(|file| FileRead { role: Role::Policy, ..file.clone() }).collect()
    }
}

/// Returns the files of a policy without their texts, which a compiled policy does not contain.
fn without_texts(files: &[FileRead]) -> Sources {
    let mut sources = Sources::default();
    for file in files {
        let id = sources.add(file.name.as_str(), "");
        sources.set_digest(id, file.sha256.clone());
    }
    sources
}
