//! `placet decide`: verdicts on dossiers under a policy.

use crate::Ended;
use crate::failure::Failure;
use crate::load::{self, Root};
use crate::manifest::{Binder, refuse_existing};
use crate::output::{out, progress_target, remark};
use crate::stream::{self, Input};
use crate::{explain, overview};
use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use placet::decision::{Decision, decide_briefly_with, decide_with};
use placet::diagnostic::nearest;
use placet::id::AssistanceId;
use placet::policy::{Policy, VersionStatus};
use placet::text::same;
use placet::value::Date;
use placet::wire::canonical::{self, Hashes};
use placet::wire::{decision, decision_csv, decision_markdown, words};
use placet::workspace::Workspace;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

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

pub fn run(args: &Args) -> Ended {
    let tables = stream::tables(args);
    refuse_existing(args.manifest.as_ref())?;
    if !tables.is_empty() {
        return stream::run(args, &tables);
    }
    let paths = std::iter::once(&args.policy).chain(&args.dossiers).map(PathBuf::as_path);
    let root = Root::of(args.root.as_deref(), paths)?;
    let dossiers = root.dossiers(&args.dossiers)?;
    let mut loaded = Vec::new();
    for policy in root.policies(&args.policy)? {
        loaded.push(root.load(&policy, &dossiers)?);
    }
    let (items, not_in_force) = plan(&loaded, args.as_of)?;
    for policy in &loaded {
        types(&policy.policy, &args.assistance, &loaded)?;
    }
    for line in &not_in_force {
        remark(line);
    }
    let mut binder = Binder::new(&loaded, args);
    let progress = Progress::start(items.len());
    match args.format {
        Format::Text => text(&items, args, &loaded, &mut binder, &progress)?,
        Format::Json => {
            let (items, several) =
                decision::by_document(items.iter().collect(), |item| (&*item.loaded.policy, item.as_of));
            let mut stream = decision::Stream::new(several);
            for item in items {
                let decision = item.decide(chosen_types(item, args, &loaded)?.as_deref())?;
                progress.out(&stream.add(&binder.bind(item, decision)))?;
            }
            progress.0.finish_and_clear();
            out(&stream.end())?;
        }
        Format::Canonical => {
            let mut hashes = Hashes::default();
            for item in &items {
                binder.count(item);
                progress.out(&canonical::line(&item.decide_briefly(Some(&[]))?, &mut hashes))?;
            }
        }
        Format::Ndjson | Format::Csv | Format::Markdown => {
            if args.format == Format::Csv {
                out(&decision_csv::header())?;
            }
            for item in &items {
                let types = chosen_types(item, args, &loaded)?;
                let types = types.as_deref();
                let decision =
                    if args.format == Format::Csv { item.decide_briefly(types) } else { item.decide(types) };
                let decision = binder.bind(item, decision?);
                progress.out(&match args.format {
                    Format::Csv => decision_csv::write(&decision),
                    Format::Ndjson => decision::write_line(&decision),
                    _ => decision_markdown::write(&decision) + "\n",
                })?;
            }
        }
    }
    progress.0.finish_and_clear();
    binder.end(args)?;
    Ok(ExitCode::SUCCESS)
}

fn text<'a>(
    items: &[Item<'a>],
    args: &Args,
    all: &[Workspace],
    binder: &mut Binder<'a>,
    progress: &Progress,
) -> Result<(), Failure> {
    for loaded in all {
        let here: Vec<&Item<'a>> = items.iter().filter(|item| std::ptr::eq(item.loaded, loaded)).collect();
        if here.is_empty() {
            continue;
        }
        let chosen = types(&loaded.policy, &args.assistance, all)?;
        let sheet = overview::Sheet::new(loaded, &here, chosen.as_deref());
        if !args.explain {
            out(&sheet.head())?;
        }
        for item in here {
            let types = chosen.as_deref();
            progress.out(&if args.explain {
                explain::write(&binder.bind(item, item.decide(types)?))
            } else {
                binder.count(item);
                sheet.subject(&item.decide_briefly(types)?)
            })?;
        }
        if !args.explain {
            out(&overview::foot(&loaded.policy, "--explain."))?;
        }
    }
    Ok(())
}

fn chosen_types(
    item: &Item<'_>,
    args: &Args,
    all: &[Workspace],
) -> Result<Option<Vec<AssistanceId>>, Failure> {
    types(&item.loaded.policy, &args.assistance, all)
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

/// Shows the progress of long work on the error stream, if that is a terminal. Nothing is shown in the first second.
pub struct Progress(ProgressBar);

impl Progress {
    fn start(subjects: usize) -> Progress {
        let form = match subjects {
            1 => "{spinner} deciding, {elapsed}",
            _ => "{spinner} {bar:40} {pos} of {len} subjects, {eta} left",
        };
        Progress::of(u64::try_from(subjects).unwrap_or(u64::MAX), form)
    }

    /// Returns the progress for a table with a number of bytes, if that is known.
    pub fn of_table(length: Option<u64>) -> Progress {
        match length {
            Some(length) => Progress::of(length, "{spinner} {bar:40} {percent} %, {msg}, {eta} left"),
            None => Progress::of(0, "{spinner} {msg}, {elapsed}"),
        }
    }

    fn of(length: u64, form: &str) -> Progress {
        let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::hidden());
        if progress_target().is_some() {
            let style = ProgressStyle::with_template(form);
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            let later = bar.clone();
            std::thread::spawn(move || {
                std::thread::sleep(Duration::from_secs(1));
                if let Some(target) = progress_target().filter(|_| !later.is_finished()) {
                    later.set_draw_target(target);
                    later.enable_steady_tick(Duration::from_millis(200));
                }
            });
        }
        Progress(bar)
    }

    /// Sets the position and the message.
    pub fn reached(&self, position: u64, message: String) {
        self.0.set_position(position);
        self.0.set_message(message);
    }

    /// Runs a function that writes output while the progress is hidden.
    pub fn suspend<T>(&self, write: impl FnOnce() -> T) -> T {
        self.0.suspend(write)
    }

    /// Ends the progress.
    pub fn end(&self) {
        self.0.finish_and_clear();
    }

    /// Writes the result for one more subject.
    fn out(&self, text: &str) -> Result<(), Failure> {
        self.0.inc(1);
        self.suspend(|| out(text))
    }
}
