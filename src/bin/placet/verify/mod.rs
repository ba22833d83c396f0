//! `placet verify`: checks whether recorded decisions have the same result now, on the same files.

mod read;
mod rows;
mod text;

use crate::Ended;
use crate::failure::Failure;
use crate::job::Input;
use crate::load::Root;
use crate::output::{finish, named};
use clap::ValueEnum;
use placet::digest::sha256;
use placet::verify::{self, Anew};
use placet::wire::recorded::{self, Document, Line, Manifest};
use placet::wire::verification::{self, FileChecked, FileState, Verification};
use placet::workspace::Workspace;
use read::{LARGEST_DECISION, lines, too_large, unreadable};
use rows::rows;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use text::text;

/// Check recorded decisions against the files as they are now
///
/// Computes the hashes and the verdicts again. Reports for each file whether it is the same, changed, missing, or not in
/// the manifest, and for each verdict whether it is the same. Reads the decisions that `placet decide` writes with
/// --format json or ndjson, also those of a table, with its trailer, and the decisions of the web page.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The decision: a file in JSON or NDJSON
    decision: PathBuf,
    /// The policy, the dossiers and other files to compare; else the files in the manifest, from the current folder
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The dossier as it was saved with its answers, instead of that in the manifest; only its content is compared
    #[arg(long, value_name = "FILE")]
    dossier: Option<PathBuf>,
    /// The output format
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The manifest, if it was written to a separate file
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// The format of the standard input, if the table was read from it
    #[arg(long, value_enum, value_name = "FORM")]
    input: Option<Input>,
    /// The folder that the names in the manifest are relative to; else it is found from the given files
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  placet decide policy.placet group.placet --format json > decision.json
  placet verify decision.json policy.placet group.placet
  placet verify verdicts.ndjson policy.placet groups.csv --format json
  placet verify group.decision.json policy.placet --dossier group.placet

Exit codes: 0 everything agrees, 1 something differs, 2 could not run. The version of the engine may differ.";

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For the terminal
    Text,
    /// JSON
    Json,
}

pub fn run(args: &Args) -> Ended {
    let mut found = Verification::default();
    let first = lines(&args.decision)?.next().transpose()?;
    // A document lists its files, even if it is on one line; a decision of a stream does not.
    let is_stream = first.is_some_and(|first| match recorded::line(&first) {
        Ok(Line::Decision(document)) => document.manifest.is_none_or(|manifest| manifest.files.is_empty()),
        line => line.is_ok(),
    });
    let given = if is_stream { stream(args, &mut found)? } else { documents(args, &mut found)? };
    let is_missing = |file: &FileChecked| file.state == FileState::Missing;
    if !found.files.is_empty() && found.files.iter().all(is_missing) {
        let what =
            "no file in the manifest was found: give --root the folder that their names are relative to";
        found.problems.push(what.to_owned());
    }
    verify::added(given.others.iter().map(String::as_str), &mut found);
    let text = match args.format {
        Format::Json => verification::write(&found),
        Format::Text => text(&found),
    };
    finish(&text, !found.agrees())
}

/// The files of a manifest, as they are now.
struct Now {
    manifest: Manifest,
    /// `None` if the files cannot be decided on.
    workspace: Option<Workspace>,
}

impl Now {
    /// Reads the files of a manifest. If a dossier is given, it replaces the dossiers of the manifest.
    fn of(manifest: &Manifest, root: &Root, dossier: Option<&str>, found: &mut Verification) -> Now {
        let mut manifest = manifest.clone();
        if dossier.is_some() {
            manifest.files.retain(|file| file.role.starts_with("policy"));
        }
        let policy =
            manifest.names(&["policy", "policy and dossiers"]).into_iter().next().unwrap_or_default();
        let mut workspace = None;
        let dossiers = match dossier {
            Some(dossier) => vec![dossier.to_owned()],
            None => manifest.names(&["policy and dossiers", "dossiers"]),
        };
        let loaded = root.load(&policy, &dossiers);
        match loaded {
            Ok(loaded) => workspace = Some(loaded),
            Err(failure) => found.problems.push(format!("cannot decide again: {}", failure.summary())),
        }
        verify::policy(&manifest, workspace.as_ref(), found);
        Now { manifest, workspace }
    }

    /// Compares the files with the manifest. `table` is the hash of the table, which is passed in because some tables
    /// can be read only once.
    fn files(&self, root: &Root, given: &mut Given, table: Option<&str>, found: &mut Verification) {
        let read = self.workspace.iter().flat_map(|workspace| workspace.files.iter());
        let hashes: BTreeMap<&str, &str> =
            read.map(|file| (file.name.as_str(), file.sha256.as_str())).collect();
        let is_table = self.manifest.names(&["table"]);
        let mut now = |name: &str| match hashes.get(name) {
            Some(hash) => Some((*hash).to_owned()),
            None if is_table.iter().any(|table| table == name) => table.map(str::to_owned),
            None => root.raw(name).ok().map(|bytes| sha256(&bytes)),
        };
        verify::files(&self.manifest, &mut now, found);
        // A saved dossier is verified by its content, including what it uses, not by its file.
        let read = hashes.keys().filter(|_| given.dossier.is_none());
        given.others.extend(read.map(|name| (*name).to_owned()));
    }
}

/// Verifies documents in JSON.
fn documents(args: &Args, found: &mut Verification) -> Result<Given, Failure> {
    let failed = |error| unreadable(&args.decision, &error);
    let mut text = String::new();
    let read = |file: File| file.take(LARGEST_DECISION).read_to_string(&mut text);
    if File::open(&args.decision).and_then(read).map_err(failed)? as u64 >= LARGEST_DECISION {
        return Err(too_large(&args.decision));
    }
    let documents = recorded::documents(&text).map_err(|what| no_decision(&args.decision, &what))?;
    let manifests: Vec<&Manifest> = documents.iter().filter_map(|one| one.manifest.as_ref()).collect();
    if manifests.is_empty() || manifests.len() < documents.len() {
        return Err(no_manifest(&args.decision));
    }
    let root = root(args, &manifests)?;
    let mut given = given(args, &root)?;
    // Documents are ordered by policy, so the files that are read for one document also serve the next.
    let mut rest = documents.iter().zip(manifests).peekable();
    while let Some((_, manifest)) = rest.peek().copied() {
        let now = Now::of(manifest, &root, given.dossier.as_deref(), found);
        now.files(&root, &mut given, None, found);
        let mut anew = now.workspace.as_ref().map(Anew::new);
        while let Some((document, own)) = rest.next_if(|(_, other)| is_same(manifest, other)) {
            verify::document(document, own, anew.as_mut(), found);
        }
    }
    Ok(given)
}

/// Returns whether two manifests name the same policy and files.
fn is_same(one: &Manifest, other: &Manifest) -> bool {
    let names = |manifest: &Manifest| {
        manifest.files.iter().map(|file| (file.name.clone(), file.sha256.clone())).collect::<Vec<_>>()
    };
    one.policy.sha256 == other.policy.sha256 && names(one) == names(other)
}

/// Verifies a file with one decision per line, or the results of a table.
fn stream(args: &Args, found: &mut Verification) -> Result<Given, Failure> {
    let mut trailers = Vec::new();
    for line in lines(args.manifest.as_ref().unwrap_or(&args.decision))? {
        let line = line?;
        if line.starts_with("{\"format\":\"placet-manifest/")
            && let Ok(Line::Trailer(trailer)) = recorded::line(&line)
        {
            trailers.push(*trailer);
        }
    }
    if trailers.is_empty() {
        return Err(Failure::with_help(
            format!("{} has no trailer with the hashes of the files", named(&args.decision)),
            "it was cut off or written with --no-manifest; if the manifest is a separate file, give --manifest",
        ));
    }
    let root = root(args, &trailers.iter().collect::<Vec<_>>())?;
    let mut given = given(args, &root)?;
    let dossier = given.dossier.as_deref();
    let all: Vec<Now> = trailers.iter().map(|trailer| Now::of(trailer, &root, dossier, found)).collect();
    if let [only] = all.as_slice()
        && let [table] = only.manifest.names(&["table"]).as_slice()
    {
        let hash = rows(args, only, &root, table, found)?;
        only.files(&root, &mut given, hash.as_deref(), found);
        return Ok(given);
    }
    all.iter().for_each(|now| now.files(&root, &mut given, None, found));
    let mut anew: Vec<Option<Anew<'_>>> =
        all.iter().map(|now| now.workspace.as_ref().map(Anew::new)).collect();
    let mut counts = vec![0; all.len()];
    for (number, line) in (1_u64..).zip(lines(&args.decision)?) {
        match recorded::line(&line?) {
            Ok(Line::Trailer(_)) => {}
            Ok(Line::Decision(document)) => {
                decision_line(&document, &all, &mut anew, &mut counts, number, found)
            }
            Ok(Line::Row(_)) => {
                found.problems.push(format!("line {number} is the row of a table, but no table was read"))
            }
            Err(what) => found.problems.push(format!("line {number}: {what}")),
        }
    }
    for (now, count) in all.iter().zip(counts) {
        count_records(&now.manifest, count, found);
    }
    Ok(given)
}

fn decision_line(
    document: &Document,
    all: &[Now],
    anew: &mut [Option<Anew<'_>>],
    counts: &mut [u64],
    number: u64,
    found: &mut Verification,
) {
    let policy = document.manifest.as_ref().map(|manifest| &manifest.policy);
    let place =
        all.iter().position(|now| policy.is_some_and(|policy| policy.sha256 == now.manifest.policy.sha256));
    match place.and_then(|place| Some((all.get(place)?, anew.get_mut(place)?, counts.get_mut(place)?))) {
        Some((now, anew, count)) => {
            *count += 1;
            verify::document(document, &now.manifest, anew.as_mut(), found);
        }
        None => found.problems.push(format!("line {number}: no trailer has the policy of this decision")),
    }
}

fn count_records(manifest: &Manifest, count: u64, found: &mut Verification) {
    if manifest.records != Some(count) {
        let records =
            manifest.records.map_or_else(|| "no number of".to_owned(), |records| records.to_string());
        found.problems.push(format!("the trailer states {records} lines, found {count}"));
    }
}

/// Returns the root folder, relative to which the names in the manifests match the given files. Without `--root`, the
/// folder with the most matches is used.
fn root(args: &Args, manifests: &[&Manifest]) -> Result<Root, Failure> {
    let given: Vec<&Path> =
        args.files.iter().map(PathBuf::as_path).filter(|path| path.as_os_str() != "-").collect();
    if given.is_empty() {
        let here = args.root.clone().unwrap_or_else(|| PathBuf::from("."));
        return Root::of(Some(&here), []);
    }
    let root = Root::of(args.root.as_deref(), given.iter().copied())?;
    if args.root.is_some() {
        return Ok(root);
    }
    let names = manifests.iter().flat_map(|manifest| &manifest.files).map(|file| Path::new(&file.name));
    let names: Vec<&Path> = names.collect();
    let mut folders: BTreeMap<PathBuf, usize> = BTreeMap::new();
    for path in given.iter().filter_map(|path| fs::canonicalize(path).ok()) {
        for name in names.iter().filter(|name| path.ends_with(name)) {
            let folder = path.ancestors().nth(name.components().count()).unwrap_or(&path);
            // The names in a manifest must not extend what can be read.
            if folder.starts_with(root.path("")) {
                *folders.entry(folder.to_owned()).or_default() += 1;
            }
        }
    }
    let best = folders.iter().max_by_key(|(_, count)| **count).map(|(folder, _)| folder.as_path());
    match best.map(|best| Root::of(Some(best), given)) {
        Some(Ok(best)) => Ok(best),
        _ => Ok(root),
    }
}

/// The names of the given files.
struct Given {
    /// The given files and those that were read, which may be missing in the manifest.
    others: BTreeSet<String>,
    dossier: Option<String>,
}

fn given(args: &Args, root: &Root) -> Result<Given, Failure> {
    let files: Vec<&PathBuf> = args.files.iter().filter(|path| path.as_os_str() != "-").collect();
    let dossier = args.dossier.as_deref().map(|path| root.file(path)).transpose()?;
    Ok(Given { others: root.files(files)?.into_iter().collect(), dossier })
}

fn no_decision(path: &Path, what: &str) -> Failure {
    let help = "give the output of `placet decide --format json` or `--format ndjson`";
    Failure::with_help(format!("{} cannot be verified: {what}", named(path)), help)
}

fn no_manifest(path: &Path) -> Failure {
    let help = "decide without --no-manifest";
    Failure::with_help(format!("{} has a decision without a manifest", named(path)), help)
}
