//! A policy and the dossiers it is to decide on, read together and ready to be decided on.
//!
//! Made from files of every format, which the caller reads; a front end needs no more than this and
//! [`decision`](mod@crate::decision). Where anything in them is wrong, there is no desk: everything wrong is told at once.
//!
//! A desk owns its policy, so that it can be kept; what is compiled from the policy borrows it. Desks with
//! [other dossiers](Desk::beside) share the policy of the first, which is read once.

use crate::bundle::{self, Bundle, LoadError};
use crate::decision::{FileRead, Role};
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::evidence::{self, Dossier, Evidence, Unsayable};
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

/// The file that was asked for first.
const FIRST: FileId = FileId(0);

/// The largest file in the language that is read.
///
/// # Units
/// Bytes.
pub const LARGEST_FILE: usize = 4 * 1024 * 1024;

/// Reads the bytes of a file by its path, relative to a root that the caller chose.
pub type Read<'r> = &'r mut dyn FnMut(&str) -> Result<Vec<u8>, LoadError>;

/// A policy with everything that was read for it.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The texts.
    pub bundle: Bundle,
    /// The policy.
    pub policy: Arc<Policy>,
    /// The dossiers.
    pub evidence: Evidence,
    /// The ids of the dossiers asked for that are about a kind the policy is about, in the order of reading.
    pub subjects: Vec<String>,
    /// The ids of the dossiers of circumstances asked for.
    pub circumstances: Vec<String>,
    /// Every file that was read, in the order of reading.
    pub files: Arc<[FileRead]>,
    /// What is doubtful about how the dossiers go with the policy, and what they say beyond it; no mistakes.
    pub remarks: Vec<Diagnostic>,
    /// The policy's file and what it uses, without the dossiers.
    ground: Bundle,
    /// The ids of the subjects that were begun here.
    begun: BTreeSet<String>,
}

/// Why there is nothing to decide by.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Refusal {
    /// The first file holds no policy.
    #[error("{0} holds no policy")]
    NoPolicy(String),
    /// Mistakes stand in the way.
    #[error("{}", in_short(findings, sources))]
    Mistakes {
        /// The mistakes, in reading order.
        findings: Vec<Diagnostic>,
        /// The texts they are in.
        sources: Box<Sources>,
    },
}

/// The first of some mistakes with its place, and how many more there are.
fn in_short(findings: &[Diagnostic], sources: &Sources) -> String {
    let Some(first) = findings.first() else { return "the files have mistakes".to_owned() };
    let (name, place) = (sources.name(first.span.file), sources.position(first.span));
    let mut text = format!("{name}:{place}: {}", first.message);
    text += &first.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
    match findings.len() - 1 {
        0 => {}
        1 => text += ", and one more mistake",
        more => text += &format!(", and {more} more mistakes"),
    }
    text
}

/// Reads a policy with dossiers, in the language or as data, and refuses where anything in them is wrong.
///
/// # Errors
/// The first file has no policy, or there are mistakes in any of the files or in what they use.
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
/// let desk = placet::desk::lay("training.placet", &["groups.csv".to_owned()], &mut |path| match path {
///     "training.placet" => Ok(policy.into()),
///     "groups.csv" => Ok("id,is neutral\nmilitia,no\n".into()),
///     _ => Err(LoadError::NotFound),
/// })?;
/// assert_eq!(desk.subjects, ["militia"]);
/// let day = Date::parse("2016-02-15").ok_or("no day")?;
/// assert_eq!(outcomes(&desk.policy, &desk.evidence, "militia", day)?[0].1, Outcome::Ineligible);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn lay(policy: &str, dossiers: &[String], read: Read<'_>) -> Result<Desk, Refusal> {
    let ground = bundle::gather(&[policy], read);
    let resolved = policy::resolve(&ground);
    let sealed = Sealed { policy: resolved.policy.map(Arc::new), vocabulary: &resolved.vocabulary };
    spread(ground, policy, sealed, resolved.problems, dossiers, read)
}

impl Desk {
    /// The same policy with other dossiers; what the policy is made of is not read again.
    ///
    /// # Errors
    /// As [`lay`].
    ///
    /// # Example
    /// ```
    /// # use placet::bundle::LoadError;
    /// # use placet::value::Date;
    /// # let policy = "policy \"Training\"\n  id training\n  version 1\n  about group\n\nassistance training\n\n\
    /// #     kind group\n  is neutral : yes or no\n\nrequirement neutrality \"Neutral\"\n  needs the group is neutral\n";
    /// let empty = placet::desk::lay("training.placet", &[], &mut |_| Ok(policy.into()))?;
    /// let desk = empty.beside(&["groups.csv".to_owned()], &mut |path| match path {
    ///     "groups.csv" => Ok("id,is neutral\nmilitia,no\n".into()),
    ///     _ => Err(LoadError::NotFound),
    /// })?;
    /// assert_eq!((empty.subjects.len(), desk.subjects.len()), (0, 1));
    /// # Ok::<(), placet::desk::Refusal>(())
    /// ```
    pub fn beside(&self, dossiers: &[String], read: Read<'_>) -> Result<Desk, Refusal> {
        let name = self.bundle.sources.name(FIRST);
        let sealed = Sealed { policy: Some(Arc::clone(&self.policy)), vocabulary: &self.policy.vocabulary };
        spread(self.ground.clone(), name, sealed, Vec::new(), dossiers, read)
    }
}

/// A policy as resolved from its own files, before any dossier is read: no dossier can change it.
struct Sealed<'v> {
    /// None where it has mistakes.
    policy: Option<Arc<Policy>>,
    vocabulary: &'v Vocabulary,
}

/// Puts dossiers beside a policy that is resolved, with the problems found in it.
fn spread(
    ground: Bundle,
    name: &str,
    Sealed { policy, vocabulary }: Sealed<'_>,
    mut problems: Vec<Diagnostic>,
    dossiers: &[String],
    read: Read<'_>,
) -> Result<Desk, Refusal> {
    let (written, data): (Vec<&str>, Vec<&str>) =
        dossiers.iter().map(String::as_str).partition(|name| !is_data(name));
    let mut bundle = ground.clone().with(&written, read);
    if bundle.file(FIRST).is_some_and(|first| !has_policy(first)) && unread(&bundle).next().is_none() {
        return Err(Refusal::NoPolicy(name.to_owned()));
    }
    problems.extend(bundle.problems.iter().cloned());
    let (mut evidence, found) = evidence::read(&bundle, vocabulary);
    problems.extend(found);
    // A policy and its dossiers may stand in one file, given twice.
    let own = usize::from(!dossiers.iter().any(|dossier| dossier == name));
    let asked = bundle.entries.get(own..).unwrap_or(&[]).to_vec();
    let about = policy.as_ref().map(|policy| policy.about.clone()).unwrap_or_default();
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
        problems.retain(|problem| problem.severity == Severity::Error);
        return Err(Refusal::Mistakes { findings: problems, sources: Box::new(bundle.sources) });
    }
    let Some(policy) = policy else {
        return Err(Refusal::NoPolicy(name.to_owned()));
    };
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
    let begun = BTreeSet::new();
    Ok(Desk { bundle, policy, evidence, subjects, circumstances, remarks, files, ground, begun })
}

impl Desk {
    /// The files that a dossier needs beside the policy: those that it uses, those that declare the policy's kinds, and
    /// those of the circumstances that count for it; not the policy's own, which no other file can use and which is read beside the dossier anyhow.
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
        // Words that are not the policy's come with the policy's, so that the dossier can be checked by itself.
        let of_policy = bundle.policy_files().unwrap_or_default();
        let has_own = !dossier.unasked.is_empty();
        let has_words = |file: FileId| declares(&file) && (!has_own || of_policy.contains(&file));
        if !bundle.reach_of(files.clone()).into_iter().any(has_words) {
            files.extend(of_policy.into_iter().skip(1).filter(declares));
        }
        // Circumstances that were chosen beside it, not used by its own file.
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

impl Desk {
    /// A dossier as a file in the language, to lie in a folder; paths have `/` between their parts and are relative to
    /// the root.
    ///
    /// # Errors
    /// A statement that no sentence can say: see [`evidence::print`].
    pub fn written(&self, dossier: &Dossier, folder: &str) -> Result<String, Unsayable> {
        let uses: Vec<String> = self.used(dossier).into_iter().map(|file| relative(folder, file)).collect();
        let text = evidence::print(dossier, &self.policy.vocabulary, &uses)? + &self.own_words(dossier);
        Ok(syntax::format(&syntax::parse(FIRST, &text), &text))
    }

    /// The blocks that a dossier's own file declares words in, where the dossier has statements that need them.
    pub fn own_words(&self, dossier: &Dossier) -> String {
        let mut provenances = dossier.statements.iter().map(|said| &said.provenance);
        if dossier.unasked.is_empty() && provenances.all(|from| from.own.is_none()) {
            return String::new();
        }
        let file = dossier.span.file;
        let is_of_policy = self.ground.policy_files().is_some_and(|files| files.contains(&file));
        let blocks =
            self.bundle.file(file).filter(|_| !is_of_policy).into_iter().flat_map(|file| &file.blocks);
        let spans = blocks.filter_map(|block| match block {
            Block::Kind(kind) => Some(kind.span),
            Block::Source(source) => Some(source.span),
            _ => None,
        });
        spans.map(|span| format!("\n{}\n", self.bundle.block_text(span))).collect()
    }

    /// The folder that a dossier comes from; the policy's for one that was not read from a file in the language.
    pub fn folder(&self, dossier: &Dossier) -> &str {
        let sources = &self.bundle.sources;
        let own = Some(dossier.span.file).filter(|_| !self.begun.contains(&dossier.id));
        let file = own.filter(|file| !is_data(sources.name(*file))).unwrap_or(FIRST);
        sources.name(file).rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Puts a subject without a dossier on the desk: nothing is known of it yet.
    pub fn begin(&mut self, id: &str, title: &str, kind: KindId, as_of: Option<Date>) {
        self.evidence.dossiers.push(Dossier {
            as_of,
            uses: self.circumstances.clone(),
            ..Dossier::empty(id, title, kind)
        });
        self.begun.insert(id.to_owned());
        self.subjects.push(id.to_owned());
    }

    /// What is known once answers about a subject have been taken: a dossier that they change, and one that was begun
    /// here, speaks for the day given.
    pub fn answered(&self, subject: &str, as_of: Date, answers: &[Answer]) -> Evidence {
        let mut evidence = self.evidence.clone();
        let place = evidence.dossiers.iter().position(|dossier| dossier.id == subject);
        let Some(dossier) = place.and_then(|place| evidence.dossiers.get_mut(place)) else {
            return evidence;
        };
        let mut is_new = self.begun.contains(subject);
        for answer in answers {
            is_new |= interview::take(dossier, answer, &self.policy.vocabulary, &self.evidence);
        }
        if is_new {
            dossier.as_of = Some(as_of);
        }
        evidence
    }

    /// Binds decisions to the files that were read and to what they say.
    ///
    /// # Example
    /// ```
    /// # use placet::value::Date;
    /// # let text = "policy \"Training\"\n  id training\n  version 1\n  about group\n\nassistance training\n\n\
    /// #     kind group\n  is neutral : yes or no\n\nrequirement neutrality \"Neutral\"\n  needs the group is neutral\n";
    /// # let mut read = |path: &str| Ok(if path == "groups.csv" { "id,is neutral\nmilitia,no\n" } else { text }.into());
    /// # let day = Date::parse("2016-02-15").ok_or("no day")?;
    /// use placet::{decision, desk, digest::sha256};
    ///
    /// let desk = desk::lay("training.placet", &["groups.csv".to_owned()], &mut read)?;
    /// let decision = decision::decide(&desk.policy, &desk.evidence, "militia", day, None)?;
    /// let manifest = desk.manifests().bind(decision).manifest.ok_or("none")?;
    /// assert_eq!(manifest.files[1].name, "groups.csv");
    /// assert_eq!(manifest.files[1].sha256, sha256(b"id,is neutral\nmilitia,no\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn manifests<'a>(&self) -> Manifests<'a> {
        Manifests::new(Arc::clone(&self.files))
    }
}

/// The files that were read, each with what it was read as.
fn files_read(sources: &Sources, of_policy: &[FileId], is_asked: impl Fn(FileId) -> bool) -> Arc<[FileRead]> {
    let ids = (0..).map(FileId);
    let files = ids.zip(sources.files()).filter_map(|(id, source)| {
        let role = match (of_policy.contains(&id), is_asked(id)) {
            (true, true) => Role::PolicyAndDossiers,
            (true, false) => Role::Policy,
            (false, true) => Role::Dossiers,
            (false, false) => Role::Used,
        };
        Some(FileRead { name: source.name.clone(), role, sha256: source.sha256.clone()? })
    });
    files.collect()
}

/// A path as seen from a folder, both relative to one root.
fn relative(folder: &str, path: &str) -> String {
    let parts = |path: &str| path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    let (folder, path): (Vec<String>, Vec<String>) = (parts(folder), parts(path));
    let shared = folder.iter().zip(&path).take_while(|(one, other)| one == other).count();
    let up = folder.iter().skip(shared).map(|_| "..".to_owned());
    up.chain(path.iter().skip(shared).cloned()).collect::<Vec<_>>().join("/")
}

/// Whether a file holds data, or something that is not read, rather than text in the language, by its name.
///
/// # Example
/// ```
/// use placet::desk::is_data;
///
/// assert!(is_data("groups.csv") && is_data("GROUPS.CSV") && is_data("groups.ndjson") && !is_data("groups.placet"));
/// ```
pub fn is_data(name: &str) -> bool {
    FileKind::of(name).is_data()
}

/// What is wrong with the form of the one file that was asked for: it cannot be read, says nothing, or has mistakes.
pub fn unread(bundle: &Bundle) -> impl Iterator<Item = &Diagnostic> {
    bundle.problems.iter().filter(|problem| problem.span.file == FIRST && problem.severity == Severity::Error)
}

fn has_policy(file: &crate::syntax::File) -> bool {
    file.blocks.iter().any(|block| matches!(block, Block::Policy(_)))
}

/// Reads a file of dossiers in JSON, NDJSON or CSV, and adds its text to the others.
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
        let message = format!("`{name}` is {what}, which is not read");
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
