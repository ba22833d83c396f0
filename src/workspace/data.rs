//! Dossiers as they are read for a workspace, and the reading of data files.

use super::{Read, Trees, Workspace};
use crate::compiled::Forms;
use crate::decision::{FileRead, Role};
use crate::diagnostic::{self, Diagnostic};
use crate::error::Error;
use crate::evidence::{Dossier, Evidence};
use crate::id::KindId;
use crate::policy::Vocabulary;
use crate::sorted::SortedSet;
use crate::span::{FileId, Sources, Span};
use crate::text::FileKind;
use crate::wire::{self, dossier_csv, dossier_json};
use std::sync::Arc;

/// The dossiers that were read, with all findings so far.
pub(super) struct Dossiers {
    pub(super) sources: Sources,
    pub(super) problems: Vec<Diagnostic>,
    evidence: Evidence,
    circumstances: Vec<String>,
    /// The files of dossiers that were asked for.
    given: SortedSet<FileId>,
}

/// Reads dossiers from the text of a data file.
pub(super) type Reader = fn(FileKind, FileId, &str, &Vocabulary, &[KindId]) -> wire::Read;

impl Dossiers {
    /// Starts with the texts and the findings of a policy.
    pub(super) fn new(sources: Sources, problems: Vec<Diagnostic>) -> Dossiers {
        Dossiers {
            sources,
            problems,
            evidence: Evidence::default(),
            circumstances: Vec::new(),
            given: SortedSet::new(),
        }
    }

    /// Adds dossiers in the language, some of whose files were asked for.
    pub(super) fn add_written(&mut self, evidence: Evidence, given: &[FileId], vocabulary: &Vocabulary) {
        self.evidence = evidence;
        self.given.extend(given);
        let given = self.evidence.dossiers.iter().filter(|dossier| self.given.contains(&dossier.span.file));
        self.circumstances =
            given.filter(|dossier| is_circumstance(dossier, vocabulary)).map(|one| one.id.clone()).collect();
    }

    /// Reads data files. Their dossiers use all given circumstances, in any format, unless they name others.
    pub(super) fn add_data(
        &mut self,
        names: &[&str],
        read: Read<'_>,
        vocabulary: &Vocabulary,
        about: &[KindId],
        reader: Reader,
    ) {
        let mut dossiers: Vec<Dossier> = Vec::new();
        for name in names {
            let file = self.sources.add(*name, "");
            self.given.insert(file);
            let from = data(name, file, read, &mut self.sources, |kind, text| {
                reader(kind, file, text, vocabulary, about)
            });
            self.problems.extend(from.problems);
            dossiers.extend(from.dossiers);
        }
        let (around, about): (Vec<&mut Dossier>, Vec<&mut Dossier>) =
            dossiers.iter_mut().partition(|dossier| is_circumstance(dossier, vocabulary));
        self.circumstances.extend(around.into_iter().map(|dossier| dossier.id.clone()));
        for dossier in about.into_iter().filter(|dossier| dossier.uses.is_empty()) {
            dossier.uses.clone_from(&self.circumstances);
        }
        self.problems.extend(wire::join(&mut self.evidence, dossiers, vocabulary));
    }

    /// Returns the files that were read, each with its role. Some of them are those of the policy.
    pub(super) fn files(&self, of_policy: &[FileId]) -> Arc<[FileRead]> {
        let ids = (0..).map(FileId);
        let files = ids.zip(self.sources.files()).filter_map(|(id, source)| {
            let role = match (of_policy.contains(&id), self.given.contains(&id)) {
                (true, true) => Role::PolicyAndDossiers,
                (true, false) => Role::Policy,
                (false, true) => Role::Dossiers,
                (false, false) => Role::Used,
            };
            Some(FileRead { name: source.name.clone(), role, sha256: source.sha256.clone()? })
        });
        files.collect()
    }

    /// Returns the workspace, or all errors.
    pub(super) fn into_workspace(
        self,
        forms: Result<Arc<Forms>, Error>,
        files: Arc<[FileRead]>,
        trees: Option<Trees>,
    ) -> Result<Workspace, Error> {
        let Dossiers { sources, mut problems, evidence, circumstances, given } = self;
        diagnostic::sort(&mut problems);
        problems.dedup();
        if diagnostic::any_error(&problems) {
            return Err(Error::with_findings(problems, sources));
        }
        let forms = forms?;
        let policy = Arc::clone(forms.policy());
        let subjects = evidence
            .dossiers
            .iter()
            .filter(|dossier| given.contains(&dossier.span.file) && policy.about.contains(&dossier.kind))
            .map(|dossier| dossier.id.clone())
            .collect();
        let remarks = problems.into_iter().filter(|problem| problem.code.starts_with("P03")).collect();
        let added = SortedSet::new();
        Ok(Workspace {
            sources,
            policy,
            evidence,
            subjects,
            circumstances,
            files,
            remarks,
            forms,
            trees,
            added,
        })
    }
}

/// Returns whether a dossier is about an entity of which there is only one.
fn is_circumstance(dossier: &Dossier, vocabulary: &Vocabulary) -> bool {
    vocabulary.kinds.find(dossier.kind).is_some_and(|kind| kind.only_one)
}

/// Reads a data file and adds its text to the sources.
fn data(
    name: &str,
    file: FileId,
    read: Read<'_>,
    sources: &mut Sources,
    reader: impl FnOnce(FileKind, &str) -> wire::Read,
) -> wire::Read {
    let kind = FileKind::of(name);
    if let FileKind::Other(what, help) = kind {
        let message = format!("`{name}` is {what}, which is not supported");
        return failed(Diagnostic::error("P0700", Span::new(file, 0, 0), message).help(help));
    }
    let bytes = match read(name) {
        Ok(bytes) => bytes,
        Err(error) => {
            let message = format!("`{name}` cannot be read: {error}");
            return failed(Diagnostic::error("P0001", Span::new(file, 0, 0), message));
        }
    };
    sources.digest(file, &bytes);
    let text = match wire::decode(file, &bytes) {
        Ok(text) => text,
        Err(problem) => return failed(*problem),
    };
    sources.replace(file, text);
    reader(kind, text)
}

fn failed(problem: Diagnostic) -> wire::Read {
    wire::Read { dossiers: Vec::new(), problems: vec![problem] }
}

/// Reads data of any supported format.
pub(super) fn any_format(
    kind: FileKind,
    file: FileId,
    text: &str,
    vocabulary: &Vocabulary,
    about: &[KindId],
) -> wire::Read {
    match kind {
        FileKind::Table => dossier_csv::read(file, text, vocabulary, about),
        kind => json(kind, file, text, vocabulary, about),
    }
}

/// Reads JSON or NDJSON. Other formats are reported as errors, so that a program that reads only these does not contain
/// the other readers.
pub(super) fn json(
    kind: FileKind,
    file: FileId,
    text: &str,
    vocabulary: &Vocabulary,
    about: &[KindId],
) -> wire::Read {
    match kind {
        FileKind::Json => dossier_json::read(file, text, vocabulary, about),
        FileKind::JsonLines => dossier_json::read_lines(file, text, vocabulary, about),
        _ => {
            let message = "only JSON dossiers can be read with a compiled policy";
            let problem = Diagnostic::error("P0700", Span::new(file, 0, 0), message);
            failed(problem.help("write the dossier as JSON, or open the text of the policy"))
        }
    }
}
