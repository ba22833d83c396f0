//! Workspaces that are read from texts in the language, and dossiers that are written as such.

use super::data::{Dossiers, any_format};
use super::{FIRST, Read, Trees, Workspace, is_data};
use crate::bundle::{self, Bundle};
use crate::compiled::Forms;
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::{Error, ErrorKind};
use crate::evidence::{self, Dossier, Unprintable};
use crate::policy::{self, Vocabulary};
use crate::span::FileId;
use crate::syntax::{self, Block};
use std::sync::Arc;

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
    /// The same as for [`open`](Workspace::open). If the policy was read from a compiled policy, dossiers in the language
    /// cannot be read.
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
        let Some(Trees { policy, .. }) = &self.trees else {
            return self.with_data(dossiers, read, any_format);
        };
        let sealed = Sealed { forms: Some(Arc::clone(&self.forms)), vocabulary: &self.policy.vocabulary };
        assemble(policy.clone(), self.sources.name(FIRST), sealed, Vec::new(), dossiers, read)
    }

    /// Returns the trees of all files in the language. `None` if the policy was read from a compiled policy.
    pub fn bundle(&self) -> Option<&Bundle> {
        self.trees.as_ref().map(|trees| &trees.bundle)
    }

    /// Returns the files that a dossier needs beside the policy's own file.
    ///
    /// These are the files that it uses, the files that declare the policy's kinds, and the files of the circumstances
    /// that apply to it. The policy's own file is left out: no other file can use it, and it is read with the dossier
    /// anyway.
    pub fn used(&self, dossier: &Dossier) -> Vec<&str> {
        let Some(Trees { bundle, .. }) = &self.trees else { return Vec::new() };
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
        let Some(Trees { bundle, policy }) = &self.trees else { return String::new() };
        let is_of_policy = policy.policy_files().is_some_and(|files| files.contains(&file));
        let blocks = bundle.file(file).filter(|_| !is_of_policy).into_iter().flat_map(|file| &file.blocks);
        let spans = blocks.filter_map(|block| match block {
            Block::Kind(kind) => Some(kind.span),
            Block::Source(source) => Some(source.span),
            _ => None,
        });
        spans.map(|span| format!("\n{}\n", bundle.block_text(span))).collect()
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
    problems: Vec<Diagnostic>,
    dossiers: &[String],
    read: Read<'_>,
) -> Result<Workspace, Error> {
    let (written, data): (Vec<&str>, Vec<&str>) =
        dossiers.iter().map(String::as_str).partition(|name| !is_data(name));
    let bundle = policy_files.clone().with(&written, read);
    if bundle.file(FIRST).is_some_and(|first| !has_policy(first)) && unread(&bundle).next().is_none() {
        return Err(no_policy(name));
    }
    let mut dossiers = Dossiers::new(bundle.sources.clone(), problems);
    dossiers.problems.extend(bundle.problems.iter().cloned());
    let (evidence, found) = evidence::read(&bundle, vocabulary);
    dossiers.problems.extend(found);
    // A policy and its dossiers may be in one file, which is then given twice.
    let own = usize::from(!written.contains(&name));
    dossiers.add_written(evidence, bundle.entries.get(own..).unwrap_or(&[]), vocabulary);
    let about = forms.as_ref().map(|forms| forms.policy().about.clone()).unwrap_or_default();
    dossiers.add_data(&data, read, vocabulary, &about, any_format);
    let own = bundle.policy_files().unwrap_or_default();
    let files = dossiers.files(&own);
    let trees = Some(Trees { bundle, policy: policy_files });
    dossiers.into_workspace(forms.ok_or_else(|| no_policy(name)), files, trees)
}

fn no_policy(name: &str) -> Error {
    Error::new(ErrorKind::NoPolicy, format!("{name} contains no policy"))
}

/// Returns a path relative to a folder, where both are relative to one root.
fn relative(folder: &str, path: &str) -> String {
    let parts = |path: &str| path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    let (folder, path): (Vec<String>, Vec<String>) = (parts(folder), parts(path));
    let shared = folder.iter().zip(&path).take_while(|(one, other)| one == other).count();
    let up = folder.iter().skip(shared).map(|_| "..".to_owned());
    up.chain(path.iter().skip(shared).cloned()).collect::<Vec<_>>().join("/")
}

/// Returns the errors in the form of the first file: it cannot be read, is empty, or has syntax errors.
pub fn unread(bundle: &Bundle) -> impl Iterator<Item = &Diagnostic> {
    bundle.problems.iter().filter(|problem| problem.span.file == FIRST && problem.severity == Severity::Error)
}

fn has_policy(file: &syntax::File) -> bool {
    file.blocks.iter().any(|block| matches!(block, Block::Policy(_)))
}
