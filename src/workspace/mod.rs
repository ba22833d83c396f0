//! A policy and its dossiers, read together and kept open for decisions.
//!
//! The caller reads the files, which may be of any supported format. If anything is wrong, no [`Workspace`] is made and all
//! errors are returned at once.
//!
//! The policy is read from texts in the language ([`Workspace::open`]) or from a compiled policy
//! ([`Workspace::open_compiled`]). A program that only does the latter, and adds dossiers with [`Workspace::with_json`],
//! does not contain the parser.
//!
//! A workspace shares its policy and the circuits made from it: [`Workspace::with_dossiers`] makes a workspace with other
//! dossiers and the same policy, which is read only once.

mod compiled;
mod data;
mod texts;

pub use texts::unread;

use crate::bundle::{Bundle, LoadError};
use crate::compiled::Forms;
use crate::decision::FileRead;
use crate::diagnostic::Diagnostic;
use crate::evidence::{Dossier, Evidence};
use crate::id::KindId;
use crate::interview::{self, Answer};
use crate::policy::Policy;
use crate::sorted::SortedSet;
use crate::span::{FileId, Sources};
use crate::text::FileKind;
use crate::value::Date;
use crate::wire::manifest::Manifests;
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
    /// The texts that were read. The texts of the policy are empty if it was read from a compiled policy.
    pub sources: Sources,
    /// The policy.
    pub policy: Arc<Policy>,
    /// The dossiers.
    pub evidence: Evidence,
    /// The ids of the given dossiers that the policy can decide on, in reading order.
    pub subjects: Vec<String>,
    /// The ids of the given dossiers that describe circumstances.
    pub circumstances: Vec<String>,
    /// All files that were read, in reading order.
    pub files: Arc<[FileRead]>,
    /// The warnings and remarks about the dossiers: what is doubtful about them, and what they state beyond the policy.
    pub remarks: Vec<Diagnostic>,
    /// The circuits of the policy, shared by all workspaces with the same policy.
    forms: Arc<Forms>,
    /// The trees that the policy and its dossiers were read from. `None` if the policy was read from a compiled policy.
    trees: Option<Trees>,
    /// The ids of the subjects that were added by [`Workspace::add_subject`].
    added: SortedSet<String>,
}

/// The trees of the files in the language.
#[derive(Clone, Debug)]
struct Trees {
    /// All files.
    bundle: Bundle,
    /// The policy's file and the files that it uses, without the dossiers.
    policy: Bundle,
}

impl Workspace {
    /// Returns the circuits of the policy, which are kept with the workspace.
    pub fn forms(&self) -> &Arc<Forms> {
        &self.forms
    }

    /// Returns the folder that a dossier comes from, or the policy's folder if it was not read from a file in the
    /// language.
    pub fn folder(&self, dossier: &Dossier) -> &str {
        let sources = &self.sources;
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
