//! Compares recorded decisions with new ones: whether hashes and verdicts are the same.

use crate::decision::decide_with;
use crate::value::Date;
use crate::wire::decision::write_line;
use crate::wire::manifest::{ENGINE, Manifests};
use crate::wire::recorded::{Document, Line, Manifest, Row, Subject, in_words, line};
use crate::wire::verification::{
    Checked, FileChecked, FileState, SubjectChecked, VerdictChecked, Verification,
};
use crate::workspace::Workspace;
use std::collections::BTreeSet;

/// Compares the files of a manifest with the present files. `now` returns the hash of a file by its name.
///
/// # Example
/// ```
/// use placet::verify::{added, files};
/// use placet::wire::recorded::{Line, line};
/// use placet::wire::verification::{FileState, Verification};
///
/// let text = r#"{"engine": "1", "policy": {"id": "p", "version": "1", "sha256": "0"}, "files":
///   [{"name": "a", "role": "policy", "sha256": "1"}, {"name": "b", "role": "used", "sha256": "2"}]}"#;
/// let Line::Trailer(manifest) = line(text)? else { return Err("it is a manifest".to_owned()) };
/// let mut found = Verification::default();
/// files(&manifest, &mut |name| (name == "a").then(|| "7".to_owned()), &mut found);
/// added(["a", "c"], &mut found);
/// let states: Vec<FileState> = found.files.iter().map(|file| file.state).collect();
/// assert_eq!(states, [FileState::Changed, FileState::Missing, FileState::Added]);
/// # Ok::<(), String>(())
/// ```
pub fn files(manifest: &Manifest, now: &mut dyn FnMut(&str) -> Option<String>, found: &mut Verification) {
    if !found.engines.contains(&manifest.engine) {
        found.engines.push(manifest.engine.clone());
    }
    let mut known: BTreeSet<String> = found.files.iter().map(|file| file.name.clone()).collect();
    for file in &manifest.files {
        let state = match now(&file.name) {
            Some(sha256) if sha256 == file.sha256 => FileState::Same,
            Some(_) => FileState::Changed,
            None => FileState::Missing,
        };
        if known.insert(file.name.clone()) {
            found.files.push(FileChecked { name: file.name.clone(), state });
        }
    }
}

/// Adds the files that were read or given but are in no manifest. Call it after all manifests have been compared.
pub fn added<'n>(names: impl IntoIterator<Item = &'n str>, found: &mut Verification) {
    let mut known: BTreeSet<String> = found.files.iter().map(|file| file.name.clone()).collect();
    for name in names {
        if known.insert(name.to_owned()) {
            found.files.push(FileChecked { name: name.to_owned(), state: FileState::Added });
        }
    }
}

/// Compares the hash of a policy. `workspace` is `None` if the policy can no longer be read.
pub fn policy(manifest: &Manifest, workspace: Option<&Workspace>, found: &mut Verification) {
    let same = workspace.map(|workspace| workspace.policy.hash == manifest.policy.sha256);
    let checked = Checked { id: format!("{} {}", manifest.policy.id, manifest.policy.version), same };
    if !found.policies.contains(&checked) {
        found.policies.push(checked);
    }
}

/// Decides again on the subjects of documents under one policy.
pub struct Anew<'d> {
    workspace: &'d Workspace,
    manifests: Manifests<'d>,
}

impl<'d> Anew<'d> {
    /// Creates the comparison for the policy and the dossiers of a workspace.
    pub fn new(workspace: &'d Workspace) -> Anew<'d> {
        Anew { workspace, manifests: workspace.manifests() }
    }

    /// Decides on a subject and records the new verdicts in `checked`. Returns the new decision as a document.
    fn subject(
        &mut self,
        subject: &Subject,
        day: Option<Date>,
        hash: Option<&str>,
        checked: &mut SubjectChecked,
    ) -> Option<Document> {
        let types = self.workspace.policy.assistance.iter();
        let assistance: Vec<_> = types
            .filter(|(_, one)| subject.verdicts.iter().any(|verdict| verdict.assistance == one.name))
            .map(|(id, _)| id)
            .collect();
        let decided = decide_with(
            self.workspace.forms(),
            &self.workspace.evidence,
            &subject.id,
            day?,
            Some(&assistance),
        );
        let decision = self.manifests.bind(decided.ok()?);
        let now = decision.manifest.as_ref().map(|manifest| manifest.dossier.as_str());
        checked.dossier = hash.map(|hash| Some(hash) == now);
        for verdict in &decision.verdicts {
            let name = self.workspace.policy.assistance.find(verdict.assistance).map(|one| one.name.as_str());
            let is_it = |checked: &&mut VerdictChecked| Some(checked.assistance.as_str()) == name;
            if let Some(checked) = checked.verdicts.iter_mut().find(is_it) {
                checked.now = Some(in_words(verdict.outcome.word(), verdict.exact).into_owned());
            }
        }
        match line(&write_line(&decision)) {
            Ok(Line::Decision(document)) => Some(*document),
            _ => None,
        }
    }
}

/// Compares the verdicts of a document with new ones, and the hashes of its dossiers.
///
/// `anew` is `None` if the files can no longer be decided on.
pub fn document(
    document: &Document,
    manifest: &Manifest,
    mut anew: Option<&mut Anew<'_>>,
    found: &mut Verification,
) {
    let day = Date::parse(&document.as_of);
    let dossiers = document.manifest.iter().flat_map(|manifest| &manifest.dossiers);
    for dossier in dossiers.filter(|one| !document.subjects.iter().any(|subject| subject.id == one.id)) {
        found.problems.push(format!("{}: the manifest has its hash, but there is no decision", dossier.id));
    }
    for subject in document.subjects.iter().filter(|subject| subject.verdicts.is_empty()) {
        found.problems.push(format!("{}: there is no verdict", subject.id));
    }
    for subject in &document.subjects {
        let hash = document.manifest.as_ref().and_then(|manifest| manifest.dossier(&subject.id));
        let recorded = |verdict: &crate::wire::recorded::Verdict| VerdictChecked {
            assistance: verdict.assistance.clone(),
            recorded: Some(in_words(&verdict.verdict, verdict.exact).into_owned()),
            now: None,
        };
        let mut checked = SubjectChecked {
            id: subject.id.clone(),
            policy: manifest.policy.id.clone(),
            as_of: document.as_of.clone(),
            line: None,
            dossier: hash.map(|_| false),
            verdicts: subject.verdicts.iter().map(recorded).collect(),
        };
        let now = anew.as_mut().and_then(|anew| anew.subject(subject, day, hash, &mut checked));
        // The same engine gives the same document for the same input.
        let is_comparable = manifest.engine == ENGINE
            && checked.dossier != Some(false)
            && found.policies.iter().all(|policy| policy.same == Some(true))
            && checked.verdicts.iter().all(VerdictChecked::is_same);
        if let Some(now) = now.filter(|_| is_comparable) {
            let differing = document.differing(subject, &now);
            if !differing.is_empty() {
                let names = differing.join(", ");
                found.problems.push(format!("{}: parts other than the verdicts differ: {names}", subject.id));
            }
        }
        found.add(checked);
    }
}

/// Compares two rows of a table, one of which may be missing. Returns `None` if their verdicts are the same.
pub fn row(recorded: Option<&Row>, now: Option<&Row>, policy: &str) -> Option<SubjectChecked> {
    let any = recorded.or(now)?;
    let names: BTreeSet<&String> =
        recorded.into_iter().chain(now).flat_map(|row| row.verdicts.keys()).collect();
    let verdicts: Vec<VerdictChecked> = names
        .into_iter()
        .map(|name| VerdictChecked {
            assistance: name.clone(),
            recorded: recorded.and_then(|row| row.verdict(name)),
            now: now.and_then(|row| row.verdict(name)),
        })
        .collect();
    let who = |row: Option<&Row>| row.map(|row| (row.line, row.subject.clone(), row.as_of.clone()));
    let is_same = who(recorded) == who(now) && verdicts.iter().all(VerdictChecked::is_same);
    (!is_same).then(|| SubjectChecked {
        id: any.subject.clone().unwrap_or_default(),
        policy: policy.to_owned(),
        as_of: any.as_of.clone(),
        line: Some(any.line),
        dossier: None,
        verdicts,
    })
}
