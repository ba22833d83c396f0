//! Manifests on the command line: which decisions have one, and where the trailer of a stream is written.

use crate::failure::Failure;
use crate::job::{Args, Format, Item};
use crate::output::{named, out};
use crate::save;
use placet::decision::Decision;
use placet::wire::manifest::{Manifests, trailer};
use placet::workspace::Workspace;
use std::path::PathBuf;

/// Adds manifests to decisions.
pub struct Binder<'a> {
    /// Each policy with its dossiers, and the number of decisions made with it. Empty if no manifests are wanted.
    loaded: Vec<(&'a Workspace, Manifests<'a>, u64)>,
}

impl<'a> Binder<'a> {
    /// Returns a binder for the policies that were read.
    pub fn new(loaded: &'a [Workspace], args: &Args) -> Binder<'a> {
        let loaded = loaded.iter().filter(|_| !args.no_manifest);
        Binder { loaded: loaded.map(|workspace| (workspace, workspace.manifests(), 0)).collect() }
    }

    /// Returns the decision with its manifest, if one is wanted.
    pub fn bind(&mut self, item: &Item<'a>, decision: Decision<'a>) -> Decision<'a> {
        match self.count(item) {
            Some(manifests) => manifests.bind(decision),
            None => decision,
        }
    }

    /// Counts a decision that is written without hashes.
    pub fn count(&mut self, item: &Item<'a>) -> Option<&mut Manifests<'a>> {
        let (_, manifests, made) =
            self.loaded.iter_mut().find(|(workspace, ..)| std::ptr::eq(*workspace, item.loaded))?;
        *made += 1;
        Some(manifests)
    }

    /// Writes the trailers of the policies that were used: to the manifest file if there is one, else after decisions
    /// in NDJSON.
    pub fn end(&self, args: &Args) -> Result<(), Failure> {
        let made = self.loaded.iter().filter(|(.., made)| *made > 0);
        let all: String =
            made.map(|(workspace, _, made)| trailer(&workspace.policy, &workspace.files, *made)).collect();
        place(&all, args)
    }
}

/// Writes a trailer to the manifest file if there is one, else after the lines of NDJSON. Other formats have a trailer
/// only in a file.
pub fn place(trailer: &str, args: &Args) -> Result<(), Failure> {
    match &args.manifest {
        Some(path) => save::create(path, trailer),
        None if args.format == Format::Ndjson => out(trailer),
        None => Ok(()),
    }
}

/// Fails if the file exists already, before anything is decided.
pub fn refuse_existing(path: Option<&PathBuf>) -> Result<(), Failure> {
    match path.filter(|path| path.exists()) {
        Some(path) => Err(Failure::with_help(format!("{} exists already", named(path)), "name another file")),
        None => Ok(()),
    }
}
