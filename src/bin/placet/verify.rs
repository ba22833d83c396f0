//! `placet verify`: whether recorded decisions still come out the same, on the same files.

use crate::Ended;
use crate::failure::{Failure, out};
use crate::load::Root;
use crate::render::{bad, faint, good, safe};
use crate::stream::Input;
use crate::table::pad;
use clap::ValueEnum;
use placet::desk::Desk;
use placet::digest::{Digesting, sha256};
use placet::value::Date;
use placet::verify::{self, Anew};
use placet::wire::manifest::ENGINE;
use placet::wire::recorded::{self, Document, Line, Manifest, Row};
use placet::wire::stream::{Beside, Chunk, Rows, Stream, json_rows};
use placet::wire::verification::{self, FileStanding, SubjectChecked, Verification};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Lines, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The largest decision that is read.
///
/// # Units
/// Bytes.
const LARGEST_DECISION: u64 = 1024 * 1024 * 1024;

/// How many rows are shown of which something differs.
const ROWS_SHOWN: usize = 100;

/// Compare recorded decisions with what the files give now
///
/// Works out the hashes and the verdicts anew, and says of each file whether it is the same, changed, missing, or not in the
/// manifest, and of each verdict whether it is the same. Takes decisions as `placet decide` and the web page write them with
/// --format json and ndjson, those of a table with its trailer included.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The decision: a file in JSON or NDJSON
    decision: PathBuf,
    /// The policy, the dossiers and whatever else is to be compared; else what the manifest names below the current folder
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The dossier as it was saved with its answers, in place of the manifest's: its hash is that of what it says
    #[arg(long, value_name = "FILE")]
    dossier: Option<PathBuf>,
    /// How the outcome is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The manifest, where it was written to a file of its own
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// What the standard input is written in, where the table was read from there
    #[arg(long, value_enum, value_name = "FORM")]
    input: Option<Input>,
    /// The folder from which the names in the manifest lead to the files; found by the files given where it is left out
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  placet decide policy.placet group.placet --format json > decision.json
  placet verify decision.json policy.placet group.placet
  placet verify verdicts.ndjson policy.placet groups.csv --format json
  placet verify group.decision.json policy.placet --dossier group.placet

Exit codes: 0 everything agrees, 1 something differs, 2 could not run. Another version of the engine is no difference.";

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For the terminal
    Text,
    /// JSON
    Json,
}

pub fn run(args: &Args) -> Ended {
    let mut found = Verification::default();
    let first =
        lines(&args.decision)?.next().transpose().map_err(|error| unreadable(&args.decision, &error))?;
    let is_stream = first.is_some_and(|first| recorded::line(&first).is_ok());
    let given = if is_stream { stream(args, &mut found)? } else { documents(args, &mut found)? };
    verify::added(given.others.iter().map(String::as_str), &mut found);
    out(&match args.format {
        Format::Json => verification::write(&found),
        Format::Text => text(&found),
    })?;
    Ok(if found.agrees() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The files that were read for a manifest, as they are now.
struct Now {
    manifest: Manifest,
    /// None where they cannot be decided on.
    desk: Option<Desk>,
}

impl Now {
    /// Reads the files that a manifest names, the dossier given in place of its dossiers.
    fn of(manifest: &Manifest, root: &Root, dossier: Option<&str>, found: &mut Verification) -> Now {
        let mut manifest = manifest.clone();
        if dossier.is_some() {
            manifest.files.retain(|file| file.role.starts_with("policy"));
        }
        let policy =
            manifest.names(&["policy", "policy and dossiers"]).into_iter().next().unwrap_or_default();
        let mut desk = None;
        let dossiers = match dossier {
            Some(dossier) => vec![dossier.to_owned()],
            None => manifest.names(&["policy and dossiers", "dossiers"]),
        };
        let loaded = root.load(&policy, &dossiers);
        match loaded {
            Ok(loaded) => desk = Some(loaded),
            Err(failure) => {
                found.problems.push(format!("nothing can be decided anew: {}", failure.in_short()))
            }
        }
        verify::policy(&manifest, desk.as_ref(), found);
        Now { manifest, desk }
    }

    /// Compares the files; `table` is the hash of the table, which may be read only once.
    fn files(&self, root: &Root, given: &mut Given, table: Option<&str>, found: &mut Verification) {
        let read = self.desk.iter().flat_map(|desk| desk.files.iter());
        let hashes: BTreeMap<&str, &str> =
            read.map(|file| (file.name.as_str(), file.sha256.as_str())).collect();
        let is_table = self.manifest.names(&["table"]);
        let mut now = |name: &str| match hashes.get(name) {
            Some(hash) => Some((*hash).to_owned()),
            None if is_table.iter().any(|table| table == name) => table.map(str::to_owned),
            None => root.raw(name).ok().map(|bytes| sha256(&bytes)),
        };
        verify::files(&self.manifest, &mut now, found);
        // A dossier that was saved is known by what it says, with what it uses.
        let read = hashes.keys().filter(|_| given.dossier.is_none());
        given.others.extend(read.map(|name| (*name).to_owned()));
    }
}

/// Verifies documents in JSON.
fn documents(args: &Args, found: &mut Verification) -> Result<Given, Failure> {
    let failed = |error| unreadable(&args.decision, &error);
    let mut text = String::new();
    File::open(&args.decision)
        .and_then(|file| file.take(LARGEST_DECISION).read_to_string(&mut text))
        .map_err(failed)?;
    let documents = recorded::documents(&text).map_err(|what| no_decision(&args.decision, &what))?;
    let manifests: Vec<&Manifest> = documents.iter().filter_map(|one| one.manifest.as_ref()).collect();
    if manifests.is_empty() || manifests.len() < documents.len() {
        return Err(no_manifest(&args.decision));
    }
    let root = root(args, &manifests)?;
    let mut given = given(args, &root)?;
    // Documents follow one another by policy: what is read for one serves the next.
    let mut rest = documents.iter().zip(manifests).peekable();
    while let Some((_, manifest)) = rest.peek().copied() {
        let now = Now::of(manifest, &root, given.dossier.as_deref(), found);
        now.files(&root, &mut given, None, found);
        let mut anew = now.desk.as_ref().map(Anew::new);
        while let Some((document, own)) = rest.next_if(|(_, other)| is_same(manifest, other)) {
            verify::document(document, own, anew.as_mut(), found);
        }
    }
    Ok(given)
}

/// Whether two manifests name the same policy and files.
fn is_same(one: &Manifest, other: &Manifest) -> bool {
    let names = |manifest: &Manifest| {
        manifest.files.iter().map(|file| (file.name.clone(), file.sha256.clone())).collect::<Vec<_>>()
    };
    one.policy.sha256 == other.policy.sha256 && names(one) == names(other)
}

/// Verifies decisions one a line, or what came of the rows of a table.
fn stream(args: &Args, found: &mut Verification) -> Result<Given, Failure> {
    let mut trailers = Vec::new();
    for line in lines(args.manifest.as_ref().unwrap_or(&args.decision))? {
        let line = line.map_err(|error| unreadable(&args.decision, &error))?;
        if line.starts_with("{\"format\":\"placet-manifest/")
            && let Ok(Line::Trailer(trailer)) = recorded::line(&line)
        {
            trailers.push(*trailer);
        }
    }
    if trailers.is_empty() {
        return Err(Failure::with_help(
            format!("{} has no trailer with the hashes of the files", args.decision.display()),
            "it was cut off, or written with --no-manifest; where the manifest is a file of its own, name it by --manifest",
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
    let mut anew: Vec<Option<Anew<'_>>> = all.iter().map(|now| now.desk.as_ref().map(Anew::new)).collect();
    let mut counts = vec![0; all.len()];
    for (number, line) in (1_u64..).zip(lines(&args.decision)?) {
        let line = line.map_err(|error| unreadable(&args.decision, &error))?;
        match recorded::line(&line) {
            Ok(Line::Trailer(_)) => {}
            Ok(Line::Decision(document)) => {
                decision_line(&document, &all, &mut anew, &mut counts, number, found)
            }
            Ok(Line::Row(_)) => {
                found.problems.push(format!("line {number} is the row of a table, and no table was read"))
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
        None => found.problems.push(format!("line {number}: no trailer is of the policy of this decision")),
    }
}

fn count_records(manifest: &Manifest, count: u64, found: &mut Verification) {
    if manifest.records != Some(count) {
        let records =
            manifest.records.map_or_else(|| "no number of".to_owned(), |records| records.to_string());
        found.problems.push(format!("the trailer speaks for {records} lines, and there are {count}"));
    }
}

/// Decides on the table anew and compares row by row; gives the hash of the table, where it can be read.
fn rows(
    args: &Args,
    now: &Now,
    root: &Root,
    table: &str,
    found: &mut Verification,
) -> Result<Option<String>, Failure> {
    let Some(desk) = &now.desk else { return Ok(None) };
    let is_lines = [".ndjson", ".jsonl"].iter().any(|ending| table.ends_with(ending));
    let source: Box<dyn Read> = if table == "-" {
        Box::new(std::io::stdin())
    } else {
        match File::open(root.path(table)) {
            Ok(file) => Box::new(file),
            Err(error) => {
                found.problems.push(format!("{table} cannot be read: {error}"));
                return Ok(None);
            }
        }
    };
    let source = Digesting::new(source);
    let failed = |error: std::io::Error| Failure::new(format!("{table} cannot be read: {error}"));
    let is_lines = if table == "-" { args.input == Some(Input::Ndjson) } else { is_lines };
    let mut rows = if is_lines { Rows::lines(source) } else { Rows::csv(source) }.map_err(failed)?;
    let mut recorded = Recorded { lines: lines(&args.decision)?, path: &args.decision, count: 0 };
    let names = asked(&args.decision)?;
    let types: Vec<_> = desk
        .policy
        .assistance
        .iter()
        .filter(|(_, one)| names.contains(&one.name))
        .map(|(id, _)| id)
        .collect();
    let types = Some(types.as_slice()).filter(|_| !names.is_empty());
    let beside = Beside::new(desk.evidence.clone(), desk.circumstances.clone());
    let as_of = now.manifest.as_of.as_deref().and_then(Date::parse);
    let mut stream = match Stream::new(&desk.policy, beside, rows.header(), as_of, types) {
        Ok(stream) => stream,
        Err(_) => {
            found.problems.push(format!("the header of {table} has mistakes"));
            return Ok(None);
        }
    };
    let mut chunk = Chunk::default();
    let policy = now.manifest.policy.id.as_str();
    while rows.read(&mut chunk, stream.at_once()).map_err(failed)? {
        let decided = stream.decide(&chunk);
        for (row, line) in decided.rows().zip(json_rows(&decided).lines()) {
            let was = recorded.next()?;
            if was.as_deref() == Some(line) {
                found.same += row.answers().count() as u64;
                continue;
            }
            let was = was.as_deref().and_then(row_of);
            if let Some(checked) = verify::row(was.as_ref(), row_of(line).as_ref(), policy) {
                note(checked, found);
            } else {
                found.same += row.answers().count() as u64;
            }
        }
    }
    while let Some(line) = recorded.next()? {
        if let Some(checked) = verify::row(row_of(&line).as_ref(), None, policy) {
            note(checked, found);
        }
    }
    count_records(&now.manifest, recorded.count, found);
    if recorded.count != stream.summary().rows {
        found.problems.push(format!(
            "the record has {} rows, and the table {}",
            recorded.count,
            stream.summary().rows
        ));
    }
    Ok(Some(rows.source().sha256()))
}

/// Counts a row of which something differs, and keeps the first of these.
fn note(checked: SubjectChecked, found: &mut Verification) {
    found.add(checked);
    found.subjects.truncate(ROWS_SHOWN);
}

fn row_of(line: &str) -> Option<Row> {
    match recorded::line(line) {
        Ok(Line::Row(row)) => Some(row),
        _ => None,
    }
}

/// The types of assistance that were asked about: those of the first row that has verdicts.
fn asked(path: &Path) -> Result<Vec<String>, Failure> {
    for line in lines(path)? {
        let row = row_of(&line.map_err(|error| unreadable(path, &error))?);
        if let Some(row) = row.filter(|row| !row.verdicts.is_empty()) {
            return Ok(row.verdicts.into_keys().collect());
        }
    }
    Ok(Vec::new())
}

/// The rows of a record.
struct Recorded<'p> {
    lines: Lines<BufReader<File>>,
    path: &'p Path,
    count: u64,
}

impl Recorded<'_> {
    /// The next row; none after the last, before the trailer.
    fn next(&mut self) -> Result<Option<String>, Failure> {
        let line = self.lines.next().transpose().map_err(|error| unreadable(self.path, &error))?;
        let line = line.filter(|line| !line.starts_with("{\"format\":"));
        self.count += u64::from(line.is_some());
        Ok(line)
    }
}

/// The folder from which the names of manifests lead to the files given: where that is not said, the one from which most do.
fn root(args: &Args, manifests: &[&Manifest]) -> Result<Root, Failure> {
    let given: Vec<&Path> =
        args.files.iter().map(PathBuf::as_path).filter(|path| path.as_os_str() != "-").collect();
    if given.is_empty() {
        let here = args.root.clone().unwrap_or_else(|| PathBuf::from("."));
        return Root::of(Some(&here), []);
    }
    if args.root.is_none() {
        let names = manifests.iter().flat_map(|manifest| &manifest.files).map(|file| Path::new(&file.name));
        let names: Vec<&Path> = names.collect();
        let mut folders: BTreeMap<PathBuf, usize> = BTreeMap::new();
        for path in given.iter().filter_map(|path| fs::canonicalize(path).ok()) {
            for name in names.iter().filter(|name| path.ends_with(name)) {
                let folder = path.ancestors().nth(name.components().count());
                *folders.entry(folder.unwrap_or(Path::new("/")).to_owned()).or_default() += 1;
            }
        }
        let best = folders.iter().max_by_key(|(_, count)| **count).map(|(folder, _)| folder.as_path());
        if let Some(Ok(root)) = best.map(|best| Root::of(Some(best), given.iter().copied())) {
            return Ok(root);
        }
    }
    Root::of(args.root.as_deref(), given)
}

/// The names of the files given.
struct Given {
    /// With those that were read, which a manifest may not have.
    others: BTreeSet<String>,
    dossier: Option<String>,
}

fn given(args: &Args, root: &Root) -> Result<Given, Failure> {
    let files: Vec<&PathBuf> = args.files.iter().filter(|path| path.as_os_str() != "-").collect();
    let dossier = args.dossier.as_deref().map(|path| root.file(path)).transpose()?;
    Ok(Given { others: root.files(files)?.into_iter().collect(), dossier })
}

fn lines(path: &Path) -> Result<Lines<BufReader<File>>, Failure> {
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    Ok(BufReader::new(file).lines())
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    match error.kind() {
        std::io::ErrorKind::NotFound => Failure::new(format!("there is no {}", path.display())),
        _ => Failure::new(format!("{} cannot be read: {error}", path.display())),
    }
}

fn no_decision(path: &Path, what: &str) -> Failure {
    let help = "give what `placet decide --format json` or `--format ndjson` has written";
    Failure::with_help(format!("{} cannot be verified: {what}", path.display()), help)
}

fn no_manifest(path: &Path) -> Failure {
    let help = "decide without --no-manifest";
    Failure::with_help(format!("{} carries no hashes of what was decided on", path.display()), help)
}

/// The outcome for a person.
fn text(found: &Verification) -> String {
    let mut text = String::new();
    for file in &found.files {
        let (word, paint): (&str, fn(String) -> String) = match file.standing {
            FileStanding::Same => ("same", good),
            FileStanding::Changed => ("changed", bad),
            FileStanding::Missing => ("missing", bad),
            FileStanding::Added => ("not in the manifest", bad),
        };
        text += &format!("{}  {}\n", paint(pad(word, 19)), safe(&file.name));
    }
    for policy in &found.policies {
        text += &format!("{}  policy {}\n", hash(policy.same), safe(&policy.id));
    }
    for subject in &found.subjects {
        let line = subject.line.map_or_else(String::new, |line| format!("line {line}: "));
        let (id, policy, day) = (safe(&subject.id), safe(&subject.policy), safe(&subject.as_of));
        text += &format!("\n{line}{id}, under {policy}, as of {day}\n");
        if subject.dossier.is_some() {
            text += &format!("  {}  the dossier and what counts for it\n", hash(subject.dossier));
        }
        for verdict in &subject.verdicts {
            let word = |word: &Option<String>| word.as_deref().map_or_else(|| "none".to_owned(), safe);
            let (was, now) = (word(&verdict.recorded), word(&verdict.now));
            let name = safe(&verdict.assistance);
            text += &match verdict.is_same() {
                true => format!("  {}  {name}: {was}\n", good(pad("same", 19))),
                false => format!("  {}  {name}: recorded {was}, now {now}\n", bad(pad("differs", 19))),
            };
        }
    }
    for problem in &found.problems {
        text += &format!("\n{}\n", bad(safe(problem)));
    }
    text += &format!("\n{} verdicts are the same, {} differ\n", found.same, found.differ);
    let other: Vec<&String> = found.engines.iter().filter(|engine| *engine != ENGINE).collect();
    for engine in other {
        text += &format!("{}\n", faint(format!("decided by engine {}, verified by {ENGINE}", safe(engine))));
    }
    let agrees = if found.agrees() {
        good("everything agrees".to_owned())
    } else {
        bad("not everything agrees".to_owned())
    };
    text + &agrees + "\n"
}

/// Whether a hash is the same, in a word.
fn hash(same: Option<bool>) -> String {
    match same {
        Some(true) => good(pad("same", 19)),
        Some(false) => bad(pad("differs", 19)),
        None => bad(pad("cannot be worked out", 19)),
    }
}
