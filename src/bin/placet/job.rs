//! What is decided: the arguments of `placet decide`, the decisions to be made, and the types of assistance.

use crate::failure::Failure;
use crate::load;
use clap::ValueEnum;
use placet::decision::{Decision, decide_briefly_with, decide_with};
use placet::diagnostic::nearest;
use placet::id::AssistanceId;
use placet::policy::{Policy, VersionStatus};
use placet::text::same;
use placet::value::Date;
use placet::wire::words;
use placet::workspace::Workspace;
use std::path::PathBuf;

/// Decide on dossiers under a policy, with reasons
///
/// The subjects are the given dossiers about a kind that the policy is about. A dossier of circumstances applies to the
/// dossiers that use it, and to all dossiers in JSON and CSV files given with it. The day is --as-of, else the day in
/// the dossier.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A policy file, or a folder: all policies in it; of several versions, the one in force on the day
    pub policy: PathBuf,
    /// Dossiers: .placet, .json, .ndjson and .csv files, or folders with .placet files; - for the standard input
    #[arg(required = true, value_name = "DOSSIER")]
    pub dossiers: Vec<PathBuf>,
    /// Only this type of assistance; may be repeated
    #[arg(long, value_name = "TYPE")]
    pub assistance: Vec<String>,
    /// The day for which to decide, such as 2016-02-15, or `today`
    #[arg(long, value_name = "DATE", value_parser = load::date)]
    pub as_of: Option<Date>,
    /// The output format
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Explain verdicts: rules with their sources, missing facts, changes that would make them eligible
    #[arg(long)]
    pub explain: bool,
    /// Decide on the .csv or .ndjson file row by row, as for large files
    #[arg(long)]
    pub stream: bool,
    /// The format of the standard input
    #[arg(long, value_enum, value_name = "FORM")]
    pub input: Option<Input>,
    /// The root folder; no file outside of it is read
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Write the manifest to this file: the hashes of all files read, for `placet verify`
    #[arg(long, value_name = "FILE", conflicts_with = "no_manifest")]
    pub manifest: Option<PathBuf>,
    /// Leave out hashes and the version of the engine, for example for snapshots
    #[arg(long)]
    pub no_manifest: bool,
}

const EXAMPLES: &str = "\
Examples:
  placet decide policy.placet group.placet
  placet decide policy.placet dossiers/ --as-of 2016-02-15 --assistance training
  placet decide policy.placet group.placet --explain
  placet decide policies/ groups.csv --as-of today --format csv > verdicts.csv
  placet decide policy.placet group.placet --format markdown > decision.md
  placet decide policy.placet millions.csv --as-of today
  zcat many.ndjson.gz | placet decide policy.placet - --input ndjson --format ndjson > out.ndjson

The formats json (one document for each policy and day) and ndjson (one decision per line) contain \
everything; csv has a row for each subject and type; markdown is a document to be filed.

A .csv or .ndjson file of more than 8 MiB, the standard input, and any such file with --stream is decided \
on row by row. Memory use does not depend on its size. The formats text, json and markdown then give \
counts: the verdicts for each type of assistance, the rules that fail most, and bad rows with their lines \
and reasons. The formats csv and ndjson give one line for each row, also for bad rows. A file of more than \
8 MiB needs --stream for formats other than text, so that the output format does not depend on the size of \
a file. A row can refer to its own members and to dossiers in other given files, not to another row. The \
exit code is 1 if there were bad rows.";

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A table for the terminal; with --explain, reasons in sentences
    Text,
    /// JSON
    Json,
    /// JSON, one decision per line
    Ndjson,
    /// A row for each subject and type of assistance
    Csv,
    /// A document to be filed
    Markdown,
    /// The input of each decision in the form that is hashed, one object per line
    Canonical,
}

/// What a table is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Input {
    /// A row for each subject, with a header
    Csv,
    /// A JSON object for each subject, one per line
    Ndjson,
}

/// A decision to be made.
pub struct Item<'a> {
    /// The policy with its dossiers.
    pub loaded: &'a Workspace,
    /// The id of the subject.
    pub subject: &'a str,
    /// The day.
    pub as_of: Date,
}

impl<'a> Item<'a> {
    /// Makes the decision.
    pub fn decide(&self, types: Option<&[AssistanceId]>) -> Result<Decision<'a>, Failure> {
        decide_with(self.loaded.forms(), &self.loaded.evidence, self.subject, self.as_of, types)
            .map_err(|problem| Failure::new(problem.to_string()))
    }

    /// Makes the decision with only what a table of verdicts shows.
    pub fn decide_briefly(&self, types: Option<&[AssistanceId]>) -> Result<Decision<'a>, Failure> {
        decide_briefly_with(self.loaded.forms(), &self.loaded.evidence, self.subject, self.as_of, types)
            .map_err(|problem| Failure::new(problem.to_string()))
    }
}

/// Returns the types of assistance with the given names, or `None` if no names are given. A name that is in no policy
/// is an error.
pub fn types(
    policy: &Policy,
    names: &[String],
    all: &[Workspace],
) -> Result<Option<Vec<AssistanceId>>, Failure> {
    if names.is_empty() {
        return Ok(None);
    }
    let mut chosen = Vec::new();
    for name in names {
        if let Some((id, _)) = policy.assistance.iter().find(|(_, type_)| same(&type_.name, name)) {
            chosen.push(id);
            continue;
        }
        let known: Vec<&str> = all
            .iter()
            .flat_map(|loaded| loaded.policy.assistance.iter())
            .map(|(_, one)| one.name.as_str())
            .collect();
        if !known.iter().any(|known| same(known, name)) {
            let near = nearest(name, known.iter().copied());
            let near = if near.is_empty() { known } else { near };
            let help = format!("known types: {}", near.join(", "));
            return Err(Failure::with_help(format!("unknown type of assistance \"{name}\""), help));
        }
    }
    chosen.sort_unstable();
    chosen.dedup();
    Ok(Some(chosen))
}

/// Returns the decisions to be made, and messages about the policies that are left out because they are not in force on
/// the day.
pub fn plan<'a>(
    loaded: &'a [Workspace],
    as_of: Option<Date>,
) -> Result<(Vec<Item<'a>>, Vec<String>), Failure> {
    let mut items = Vec::new();
    let mut left_out = Vec::new();
    let mut undated: Vec<&str> = Vec::new();
    let any_subject = loaded.iter().any(|one| !one.subjects.is_empty());
    for one in loaded {
        for subject in &one.subjects {
            let dossier = one.evidence.dossier(subject);
            let Some(as_of) = as_of.or(dossier.and_then(|dossier| dossier.as_of)) else {
                undated.push(subject);
                continue;
            };
            let Policy { id, title, version, period, .. } = &*one.policy;
            match one.policy.version_status(loaded.iter().map(|other| &*other.policy), as_of) {
                VersionStatus::InForce => items.push(Item { loaded: one, subject, as_of }),
                VersionStatus::NotInForce => {
                    let when = words::period(*period).unwrap_or_default();
                    left_out.push(format!("not in force on {as_of}: {title}, version {version} ({when})"));
                }
                VersionStatus::SupersededBy(later) => left_out.push(format!(
                    "superseded on {as_of}: {title}, version {version}, by version {}",
                    later.version
                )),
                VersionStatus::ClashesWith(other) => {
                    let message = format!(
                        "versions {version} and {} of `{id}` come into force on the same day, so neither can be chosen",
                        other.version
                    );
                    let help = "change `in force from` in one of them, or name one policy file";
                    return Err(Failure::with_help(message, help));
                }
            }
        }
    }
    undated.sort_unstable();
    undated.dedup();
    if let Some(first) = undated.first() {
        let others = match undated.len() {
            1 => String::new(),
            many => format!(" and {} others", many - 1),
        };
        let help = "give --as-of with a date such as 2016-02-15, or `today`";
        return Err(Failure::with_help(
            format!("{first}{others}: the date of the decision is missing"),
            help,
        ));
    }
    left_out.dedup();
    if items.is_empty() {
        if any_subject {
            return Err(Failure::new(left_out.join("\n")));
        }
        return Err(no_subjects(loaded));
    }
    Ok((items, left_out))
}

fn no_subjects(loaded: &[Workspace]) -> Failure {
    let mut kinds: Vec<String> = loaded
        .iter()
        .flat_map(|one| one.policy.about.iter().filter_map(|kind| one.policy.vocabulary.kinds.find(*kind)))
        .map(|kind| format!("`about {}`", kind.name))
        .collect();
    kinds.sort();
    kinds.dedup();
    Failure::with_help(
        "no given file has a dossier about a kind that the policy is about",
        format!("a dossier needs {}", kinds.join(" or ")),
    )
}
