//! A policy and its dossiers, read together and kept open for decisions.
//!
//! The caller reads the files, which may be of any supported format. A front end needs only this module and
//! [`decision`](mod@crate::decision). If anything is wrong, no [`Workspace`] is made and all errors are returned at once.
//!
//! A [`Workspace`] owns its policy, so that it can be kept; what is compiled from the policy borrows it. [`Workspace::with_dossiers`]
//! makes a workspace with other dossiers that shares the policy, which is read only once.

use crate::bundle::{self, Bundle, LoadError};
use crate::compiled::Forms;
use crate::decision::{FileRead, Role};
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::error::{Error, ErrorKind};
use crate::evidence::{self, Dossier, Evidence, Unprintable};
use crate::id::KindId;
use crate::interview::{self, Answer};
use crate::policy::{self, Policy, Vocabulary};
use crate::span::{FileId, Sources, Span};
use crate::syntax::{self, Block};
use crate::text::FileKind;
use crate::value::Date;
use crate::wire::{self, manifest::Manifests};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The first file asked for.
const FIRST: FileId = FileId(0);

/// The largest file in the language that is read.
///
/// # Units
/// Bytes.
pub const LARGEST_FILE: usize = 4 * 1024 * 1024;

/// A callback that returns the bytes of a file by its path, relative to a root that the caller chooses.
pub type Read<'r> = &'r mut dyn FnMut(&str) -> Result<Vec<u8>, LoadError>;

/// A policy with everything that was read for it.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// The texts.
    pub bundle: Bundle,
    /// The policy.
    pub policy: Arc<Policy>,
    /// The dossiers.
    pub evidence: Evidence,
    /// The ids of the dossiers asked for whose kind the policy is about, in reading order.
    pub subjects: Vec<String>,
    /// The ids of the dossiers asked for that describe circumstances.
    pub circumstances: Vec<String>,
    /// All files that were read, in reading order.
    pub files: Arc<[FileRead]>,
    /// The warnings and remarks about the dossiers: what is doubtful about them, and what they state beyond the policy.
    pub remarks: Vec<Diagnostic>,
    /// The compiled forms of the policy, shared by all workspaces with the same policy.
    forms: Arc<Forms>,
    /// The policy's file and the files that it uses, without the dossiers.
    policy_files: Bundle,
    /// The ids of the subjects that were added by [`Workspace::add_subject`].
    added: BTreeSet<String>,
}

impl Workspace {
    /// Reads a policy with dossiers, in the language or as data. Fails if any of them has an error.
    ///
    /// # Errors
    /// The first file has no policy, or one of the files or of the files that they use has errors.
    ///
    /// # Example
    /// ```
    /// use placet::bundle::LoadError;
    /// use placet::decision::{Outcome, outcomes};
    /// use placet::value::Date;
    ///
    /// let policy = r#"
    /// policy "Training"
    ///   id training
    ///   version 1
    ///   about group
    ///
    /// assistance training
    ///
    /// kind group
    ///   is neutral : yes or no
    ///
    /// requirement neutrality "Neutral"
    ///   needs the group is neutral
    /// "#;
    /// let workspace = placet::Workspace::open("training.placet", &["groups.csv".to_owned()], &mut |path| match path {
    ///     "training.placet" => Ok(policy.into()),
    ///     "groups.csv" => Ok("id,is neutral\nmilitia,no\n".into()),
    ///     _ => Err(LoadError::NotFound),
    /// })?;
    /// assert_eq!(workspace.subjects, ["militia"]);
    /// let day = Date::parse("2016-02-15").ok_or("no day")?;
    /// assert_eq!(outcomes(&workspace.policy, &workspace.evidence, "militia", day)?[0].1, Outcome::Ineligible);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn open(policy: &str, dossiers: &[String], read: Read<'_>) -> Result<Workspace, Error> {
        let policy_files = bundle::gather(&[policy], read);
        let resolved = policy::resolve(&policy_files);
        let forms = resolved.policy.as_ref().map(|policy| Arc::new(Forms::new(policy)));
        let sealed = Sealed { forms, vocabulary: &resolved.vocabulary };
        assemble(policy_files, policy, sealed, resolved.problems, dossiers, read)
    }

    /// Returns a workspace with the same policy and other dossiers. The policy's files are not read again.
    ///
    /// # Errors
    /// The same as for [`open`](Workspace::open).
    ///
    /// # Example
    /// ```
    /// # use placet::bundle::LoadError;
    /// # use placet::value::Date;
    /// # let policy = "policy \"Training\"\n  id training\n  version 1\n  about group\n\nassistance training\n\n\
    /// #     kind group\n  is neutral : yes or no\n\nrequirement neutrality \"Neutral\"\n  needs the group is neutral\n";
    /// let empty = placet::Workspace::open("training.placet", &[], &mut |_| Ok(policy.into()))?;
    /// let workspace = empty.with_dossiers(&["groups.csv".to_owned()], &mut |path| match path {
    ///     "groups.csv" => Ok("id,is neutral\nmilitia,no\n".into()),
    ///     _ => Err(LoadError::NotFound),
    /// })?;
    /// assert_eq!((empty.subjects.len(), workspace.subjects.len()), (0, 1));
    /// # Ok::<(), placet::Error>(())
    /// ```
    pub fn with_dossiers(&self, dossiers: &[String], read: Read<'_>) -> Result<Workspace, Error> {
        let name = self.bundle.sources.name(FIRST);
        let sealed = Sealed { forms: Some(Arc::clone(&self.forms)), vocabulary: &self.policy.vocabulary };
        assemble(self.policy_files.clone(), name, sealed, Vec::new(), dossiers, read)
    }
}

/// A policy as resolved from its own files before any dossier is read, so that no dossier can change it.
struct Sealed<'v> {
    /// The policy with its compiled forms; `None` if it has errors.
    forms: Option<Arc<Forms>>,
    vocabulary: &'v Vocabulary,
}

/// Reads the dossiers against a resolved policy and adds the findings about the policy.
fn assemble(
    policy_files: Bundle,
    name: &str,
    Sealed { forms, vocabulary }: Sealed<'_>,
    mut problems: Vec<Diagnostic>,
    dossiers: &[String],
    read: Read<'_>,
) -> Result<Workspace, Error> {
    let (written, data): (Vec<&str>, Vec<&str>) =
        dossiers.iter().map(String::as_str).partition(|name| !is_data(name));
    let mut bundle = policy_files.clone().with(&written, read);
    if bundle.file(FIRST).is_some_and(|first| !has_policy(first)) && unread(&bundle).next().is_none() {
        return Err(no_policy(name));
    }
    problems.extend(bundle.problems.iter().cloned());
    let (mut evidence, found) = evidence::read(&bundle, vocabulary);
    problems.extend(found);
    // A policy and its dossiers may be in one file, which is then given twice.
    let own = usize::from(!dossiers.iter().any(|dossier| dossier == name));
    let asked = bundle.entries.get(own..).unwrap_or(&[]).to_vec();
    let about = forms.as_ref().map(|forms| forms.policy().about.clone()).unwrap_or_default();
    let circumstances: Vec<String> = evidence
        .dossiers
        .iter()
        .filter(|dossier| asked.contains(&dossier.span.file))
        .filter(|dossier| vocabulary.kinds.find(dossier.kind).is_some_and(|kind| kind.only_one))
        .map(|dossier| dossier.id.clone())
        .collect();
    let first_data = FileId(u32::try_from(bundle.sources.files().len()).unwrap_or(u32::MAX));
    let mut read_in = Vec::new();
    for name in data {
        let from = read_data(name, read, &mut bundle, vocabulary, &about);
        problems.extend(from.problems);
        read_in.extend(from.dossiers);
    }
    for dossier in read_in.iter_mut().filter(|dossier| dossier.uses.is_empty()) {
        dossier.uses.clone_from(&circumstances);
    }
    problems.extend(wire::join(&mut evidence, read_in, vocabulary));
    if diagnostic::any_error(&problems) {
        diagnostic::sort(&mut problems);
        problems.dedup();
        return Err(Error::with_findings(problems, bundle.sources));
    }
    let Some(forms) = forms else {
        return Err(no_policy(name));
    };
    let policy = Arc::clone(forms.policy());
    diagnostic::sort(&mut problems);
    problems.dedup();
    let subjects = evidence
        .dossiers
        .iter()
        .filter(|dossier| asked.contains(&dossier.span.file) || dossier.span.file >= first_data)
        .filter(|dossier| policy.about.contains(&dossier.kind))
        .map(|dossier| dossier.id.clone())
        .collect();
    let remarks = problems.into_iter().filter(|problem| problem.code.starts_with("P03")).collect();
    let own = bundle.policy_files().unwrap_or_default();
    let files = files_read(&bundle.sources, &own, |file| asked.contains(&file) || file >= first_data);
    let added = BTreeSet::new();
    Ok(Workspace {
        bundle,
        policy,
        evidence,
        subjects,
        circumstances,
        remarks,
        files,
        forms,
        policy_files,
        added,
    })
}

impl Workspace {
    /// Returns the compiled forms of the policy, which are kept with the workspace.
    pub fn forms(&self) -> &Arc<Forms> {
        &self.forms
    }

    /// Returns the files that a dossier needs beside the policy's own file.
    ///
    /// These are the files that it uses, the files that declare the policy's kinds, and the files of the circumstances
    /// that apply to it. The policy's own file is left out: no other file can use it, and it is read with the dossier
    /// anyway.
    pub fn used(&self, dossier: &Dossier) -> Vec<&str> {
        let bundle = &self.bundle;
        let declares = |id: &FileId| {
            bundle
                .file(*id)
                .is_some_and(|file| file.blocks.iter().any(|block| matches!(block, Block::Kind(_))))
        };
        let policy = bundle.policy().map(|(file, _)| file);
        let mut blocks = bundle.file(dossier.span.file).into_iter().flat_map(|file| &file.blocks);
        let own = blocks.find_map(|block| match block {
            Block::Dossier(block) if block.span == dossier.span => Some(bundle.used_by(block)),
            _ => None,
        });
        let mut files: Vec<FileId> = own.unwrap_or_default();
        // A dossier with statements in words of its own also needs the policy's vocabulary, so that it can be checked
        // by itself.
        let of_policy = bundle.policy_files().unwrap_or_default();
        let has_own = !dossier.unused.is_empty();
        let has_words = |file: FileId| declares(&file) && (!has_own || of_policy.contains(&file));
        if !bundle.reach_of(files.clone()).into_iter().any(has_words) {
            files.extend(of_policy.into_iter().skip(1).filter(declares));
        }
        // Add circumstances that were given beside the dossier and that its own file does not use.
        let circumstances = dossier.uses.iter().filter_map(|id| self.evidence.dossier(id));
        for file in circumstances.map(|other| other.span.file) {
            let has = bundle.reach_of(files.clone()).contains(&file);
            if !has && Some(file) != policy && !is_data(bundle.sources.name(file)) {
                files.push(file);
            }
        }
        files.into_iter().map(|file| bundle.sources.name(file)).collect()
    }
}

impl Workspace {
    /// Returns a dossier as text in the language, for a file in the given folder.
    ///
    /// Paths are relative to the root, and their parts are separated by `/`.
    ///
    /// # Errors
    /// A statement cannot be written as a sentence: see [`evidence::print`].
    pub fn written(&self, dossier: &Dossier, folder: &str) -> Result<String, Unprintable> {
        let uses: Vec<String> = self.used(dossier).into_iter().map(|file| relative(folder, file)).collect();
        let text = evidence::print(dossier, &self.policy.vocabulary, &uses)? + &self.own_words(dossier);
        Ok(syntax::format(&syntax::parse(FIRST, &text), &text))
    }

    /// Returns the text of the declarations in the dossier's own file, if any of its statements needs them.
    pub fn own_words(&self, dossier: &Dossier) -> String {
        let mut provenances = dossier.statements.iter().map(|statement| &statement.provenance);
        if dossier.unused.is_empty() && provenances.all(|from| from.own.is_none()) {
            return String::new();
        }
        let file = dossier.span.file;
        let is_of_policy = self.policy_files.policy_files().is_some_and(|files| files.contains(&file));
        let blocks =
            self.bundle.file(file).filter(|_| !is_of_policy).into_iter().flat_map(|file| &file.blocks);
        let spans = blocks.filter_map(|block| match block {
            Block::Kind(kind) => Some(kind.span),
            Block::Source(source) => Some(source.span),
            _ => None,
        });
        spans.map(|span| format!("\n{}\n", self.bundle.block_text(span))).collect()
    }

    /// Returns the folder that a dossier comes from, or the policy's folder if it was not read from a file in the
    /// language.
    pub fn folder(&self, dossier: &Dossier) -> &str {
        let sources = &self.bundle.sources;
        let own = Some(dossier.span.file).filter(|_| !self.added.contains(&dossier.id));
        let file = own.filter(|file| !is_data(sources.name(*file))).unwrap_or(FIRST);
        sources.name(file).rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Adds a subject without a dossier. Nothing is known about it yet.
    pub fn add_subject(&mut self, id: &str, title: &str, kind: KindId, as_of: Option<Date>) {
        self.evidence.dossiers.push(Dossier {
            as_of,
            uses: self.circumstances.clone(),
            ..Dossier::empty(id, title, kind)
        });
        self.added.insert(id.to_owned());
        self.subjects.push(id.to_owned());
    }

    /// Returns the evidence after answers about a subject have been applied.
    ///
    /// The dossier gets the given as-of date if an answer changes it or if it was added by [`Workspace::add_subject`].
    pub fn answered(&self, subject: &str, as_of: Date, answers: &[Answer]) -> Evidence {
        let mut evidence = self.evidence.clone();
        let place = evidence.dossiers.iter().position(|dossier| dossier.id == subject);
        let Some(dossier) = place.and_then(|place| evidence.dossiers.get_mut(place)) else {
            return evidence;
        };
        let mut is_new = self.added.contains(subject);
        for answer in answers {
            is_new |= interview::take(dossier, answer, &self.policy.vocabulary, &self.evidence);
        }
        if is_new {
            dossier.as_of = Some(as_of);
        }
        evidence
    }

    /// Returns the manifests that bind decisions to the files that were read and to their contents.
    ///
    /// # Example
    /// ```
    /// # use placet::value::Date;
    /// # let text = "policy \"Training\"\n  id training\n  version 1\n  about group\n\nassistance training\n\n\
    /// #     kind group\n  is neutral : yes or no\n\nrequirement neutrality \"Neutral\"\n  needs the group is neutral\n";
    /// # let mut read = |path: &str| Ok(if path == "groups.csv" { "id,is neutral\nmilitia,no\n" } else { text }.into());
    /// # let day = Date::parse("2016-02-15").ok_or("no day")?;
    /// use placet::{Workspace, decision, digest::sha256};
    ///
    /// let workspace = Workspace::open("training.placet", &["groups.csv".to_owned()], &mut read)?;
    /// let decision = decision::decide(&workspace.policy, &workspace.evidence, "militia", day, None)?;
    /// let manifest = workspace.manifests().bind(decision).manifest.ok_or("none")?;
    /// assert_eq!(manifest.files[1].name, "groups.csv");
    /// assert_eq!(manifest.files[1].sha256, sha256(b"id,is neutral\nmilitia,no\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn manifests<'a>(&self) -> Manifests<'a> {
        Manifests::new(Arc::clone(&self.files))
    }
}

fn no_policy(name: &str) -> Error {
    Error::new(ErrorKind::NoPolicy, format!("{name} contains no policy"))
}

/// Returns the files that were read, each with its role.
fn files_read(sources: &Sources, of_policy: &[FileId], is_given: impl Fn(FileId) -> bool) -> Arc<[FileRead]> {
    let ids = (0..).map(FileId);
    let files = ids.zip(sources.files()).filter_map(|(id, source)| {
        let role = match (of_policy.contains(&id), is_given(id)) {
            (true, true) => Role::PolicyAndDossiers,
            (true, false) => Role::Policy,
            (false, true) => Role::Dossiers,
            (false, false) => Role::Used,
        };
        Some(FileRead { name: source.name.clone(), role, sha256: source.sha256.clone()? })
    });
    files.collect()
}

/// Returns a path relative to a folder, where both are relative to one root.
fn relative(folder: &str, path: &str) -> String {
    let parts = |path: &str| path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    let (folder, path): (Vec<String>, Vec<String>) = (parts(folder), parts(path));
    let shared = folder.iter().zip(&path).take_while(|(one, other)| one == other).count();
    let up = folder.iter().skip(shared).map(|_| "..".to_owned());
    up.chain(path.iter().skip(shared).cloned()).collect::<Vec<_>>().join("/")
}

/// Returns whether a file holds data or a format that is not read, rather than text in the language, judged by its
/// name.
///
/// # Example
/// ```
/// use placet::workspace::is_data;
///
/// assert!(is_data("groups.csv") && is_data("GROUPS.CSV") && is_data("groups.ndjson") && !is_data("groups.placet"));
/// ```
pub fn is_data(name: &str) -> bool {
    FileKind::of(name).is_data()
}

/// Returns the errors in the form of the first file: it cannot be read, is empty, or has syntax errors.
pub fn unread(bundle: &Bundle) -> impl Iterator<Item = &Diagnostic> {
    bundle.problems.iter().filter(|problem| problem.span.file == FIRST && problem.severity == Severity::Error)
}

fn has_policy(file: &crate::syntax::File) -> bool {
    file.blocks.iter().any(|block| matches!(block, Block::Policy(_)))
}

/// Reads a file of dossiers in JSON, NDJSON or CSV, and adds its text to the bundle.
fn read_data(
    name: &str,
    read: Read<'_>,
    bundle: &mut Bundle,
    vocabulary: &Vocabulary,
    about: &[KindId],
) -> wire::Read {
    let file = bundle.sources.add(name, "");
    let failed = |problem: Diagnostic| wire::Read { dossiers: Vec::new(), problems: vec![problem] };
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
    bundle.sources.digest(file, &bytes);
    let text = match wire::decode(file, &bytes) {
        Ok(text) => text,
        Err(problem) => return failed(*problem),
    };
    bundle.sources.replace(file, text);
    match kind {
        FileKind::Table => wire::dossier_csv::read(file, text, vocabulary, about),
        FileKind::Json => wire::dossier_json::read(file, text, vocabulary, about),
        _ => wire::dossier_json::read_lines(file, text, vocabulary, about),
    }
}
