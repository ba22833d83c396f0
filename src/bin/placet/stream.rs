//! `placet decide` on a table of any length: decides row by row, and writes the results or a summary of them.

use crate::Ended;
use crate::failure::Failure;
use crate::job::{Args, Format, Input, types};
use crate::load::Root;
use crate::manifest::place;
use crate::output::{finish, named, out, remark, why};
use crate::progress::Progress;
use crate::render::{bad, faint, foot, mark, safe, strong};
use crate::table::{columns, pad, width, wrap};
use placet::decision::{FileRead, Outcome, Role};
use placet::digest::Digesting;
use placet::span::Sources;
use placet::text::FileKind;
use placet::wire::stream::{
    Accompanying, Chunk, IDS_KEPT, Rows, Stream, csv_header, csv_rows, json_rows, share, summary_json,
    summary_markdown, trailer,
};
use placet::workspace::Workspace;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::mpsc::sync_channel;
use std::time::Instant;

/// The size above which a table is decided on row by row.
///
/// # Units
/// Bytes.
const LARGE: u64 = 8 * 1024 * 1024;

/// The number of chunks of a table that are read ahead.
const AHEAD: usize = 2;

/// The number of rules to show, of those that fail most.
const RULES: usize = 10;

/// Returns whether a path stands for the standard input.
pub fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Returns the tables among the paths that are to be decided on row by row.
pub fn tables(args: &Args) -> Vec<(PathBuf, Input)> {
    let mut tables = Vec::new();
    for path in &args.dossiers {
        let input = match FileKind::of(&named(path)) {
            FileKind::Table => Some(Input::Csv),
            FileKind::JsonLines => Some(Input::Ndjson),
            _ => None,
        };
        let is_large = || path.metadata().is_ok_and(|about| about.is_file() && about.len() > LARGE);
        match input {
            _ if is_standard_input(path) => tables.push((path.clone(), args.input.unwrap_or(Input::Csv))),
            Some(input) if args.stream || !args.explain && is_large() => tables.push((path.clone(), input)),
            _ => {}
        }
    }
    tables
}

/// Decides on the rows of a table.
pub fn run(args: &Args, tables: &[(PathBuf, Input)]) -> Ended {
    let (path, input) = match tables {
        [(path, input)] => (path, *input),
        several => {
            let names: Vec<String> = several.iter().map(|(path, _)| named(path)).collect();
            let what =
                format!("only one table at a time can be decided on row by row, found {}", names.join(", "));
            return Err(Failure::with_help(what, "decide on each table separately"));
        }
    };
    if args.format == Format::Canonical {
        let help = "use a smaller file, or --manifest for the hash of the table";
        return Err(Failure::with_help("canonical forms are not written row by row", help));
    }
    if args.explain {
        let help = "put the rows in question in a separate file, and explain that file";
        return Err(Failure::with_help("reasons are not given row by row", help));
    }
    // The data format must not depend on the size of the table.
    if !args.stream && !is_standard_input(path) && args.format != Format::Text {
        let what = format!(
            "{} is larger than 8 MiB, so it is decided on row by row, with a different output format",
            named(path)
        );
        return Err(Failure::with_help(what, "add --stream, also for small tables, or split the file"));
    }
    if is_standard_input(path) && args.input.is_none() {
        let help = "add --input csv or --input ndjson";
        return Err(Failure::with_help("the format of the standard input is missing", help));
    }
    let others: Vec<PathBuf> = args.dossiers.iter().filter(|other| *other != path).cloned().collect();
    let real = std::iter::once(&args.policy).chain(&args.dossiers).filter(|path| !is_standard_input(path));
    let root = Root::of(args.root.as_deref(), real.map(PathBuf::as_path))?;
    let policies = root.policies(&args.policy)?;
    let [policy] = policies.as_slice() else {
        let what = format!("a table can only be decided on under one policy, found {}", policies.join(", "));
        return Err(Failure::with_help(what, "name one policy file"));
    };
    let loaded = root.load(policy, &root.dossiers(&others)?)?;
    if !loaded.subjects.is_empty() {
        remark(&format!("not decided on, since they are not in the table: {}", loaded.subjects.join(", ")));
    }
    if is_standard_input(path) {
        return table(args, &loaded, ("the standard input", "-"), input, (std::io::stdin(), None));
    }
    let name = root.name(path)?;
    let unreadable = |error: std::io::Error| Failure::new(format!("{name} cannot be read: {}", why(&error)));
    let file = File::open(root.path(&name)).map_err(unreadable)?;
    let length = file.metadata().map_err(unreadable)?.len();
    table(args, &loaded, (&name, &name), input, (file, Some(length)))
}

fn table<R: Read + Send>(
    args: &Args,
    loaded: &Workspace,
    (name, path): (&str, &str),
    input: Input,
    (source, length): (R, Option<u64>),
) -> Ended {
    let unreadable = |error: std::io::Error| Failure::new(format!("{name} cannot be read: {}", why(&error)));
    let source = Digesting::new(source);
    let rows = match input {
        Input::Csv => Rows::csv(source),
        Input::Ndjson => Rows::lines(source),
    };
    let mut rows = rows.map_err(unreadable)?;
    let chosen = types(&loaded.policy, &args.assistance, std::slice::from_ref(loaded))?;
    let accompanying = Accompanying::new(loaded.evidence.clone(), loaded.circumstances.clone());
    let stream = Stream::new(&loaded.policy, accompanying, rows.header(), args.as_of, chosen.as_deref());
    let mut stream = stream.map_err(|findings| {
        let mut sources = Sources::default();
        sources.add(name, rows.header().map_or("", |header| &header.text));
        Failure::Findings { findings, sources: Box::new(sources) }
    })?;
    if args.format == Format::Csv {
        out(&csv_header(&stream))?;
    }
    let progress = Progress::of_table(length);
    let begun = Instant::now();
    let at_once = stream.at_once();
    ahead(&mut rows, at_once, &unreadable, |chunk| {
        let decided = stream.decide(chunk);
        let text = match args.format {
            Format::Csv => Some(csv_rows(&decided)),
            Format::Ndjson => Some(json_rows(&decided)),
            Format::Text | Format::Json | Format::Markdown | Format::Canonical => None,
        };
        let rows = stream.summary().rows;
        let rate = u128::from(rows) * 1000 / begun.elapsed().as_millis().max(1);
        let message =
            format!("{} rows, {} a second", grouped(rows), grouped(rate.try_into().unwrap_or(u64::MAX)));
        progress.reached(chunk.read(), message);
        text.map_or(Ok(()), |text| progress.suspend(|| out(&text)))
    })?;
    progress.end();
    let mut files = loaded.files.to_vec();
    files.push(FileRead { name: path.to_owned(), role: Role::Table, sha256: rows.source().sha256() });
    let shown = Some(files.as_slice()).filter(|_| !args.no_manifest);
    let text = match args.format {
        Format::Text => text(&stream, name, shown),
        Format::Json => summary_json(&stream, shown),
        Format::Markdown => summary_markdown(&stream, shown),
        Format::Csv | Format::Ndjson | Format::Canonical => String::new(),
    };
    let ended = finish(&text, stream.summary().bad > 0)?;
    if shown.is_some() {
        place(&trailer(&stream, &files), args)?;
    }
    let summary = stream.summary();
    if !summary.ids_are_whole {
        let kept = grouped(u64::try_from(IDS_KEPT).unwrap_or(u64::MAX));
        remark(&format!("ids were only compared with the first {kept} and with the previous row"));
    }
    if summary.bad > 0 && matches!(args.format, Format::Csv | Format::Ndjson) {
        let are = if summary.bad == 1 { "is" } else { "are" };
        remark(&format!("{} of {} {are} bad", grouped(summary.bad), some_rows(summary.rows)));
    }
    Ok(ended)
}

/// Reads rows ahead on a separate thread, while the rows before them are decided on.
fn ahead<R: Read + Send>(
    rows: &mut Rows<R>,
    at_once: usize,
    unreadable: &dyn Fn(std::io::Error) -> Failure,
    mut decide: impl FnMut(&Chunk) -> Result<(), Failure>,
) -> Result<(), Failure> {
    std::thread::scope(|scope| {
        let (read, to_decide) = sync_channel::<Chunk>(AHEAD);
        let (decided, to_read) = sync_channel::<Chunk>(AHEAD + 1);
        for _ in 0..=AHEAD {
            // This cannot fail, since the receiver is in this function.
            let _ = decided.send(Chunk::default());
        }
        let reader = std::thread::Builder::new().spawn_scoped(scope, move || {
            while let Ok(mut chunk) = to_read.recv() {
                if !rows.read(&mut chunk, at_once)? || read.send(chunk).is_err() {
                    break;
                }
            }
            Ok(())
        });
        let reader = reader.map_err(|error| {
            Failure::new(format!("the thread for reading cannot be started: {}", why(&error)))
        })?;
        while let Ok(chunk) = to_decide.recv() {
            decide(&chunk)?;
            // This fails if the reader has reached the end, which is not an error.
            let _ = decided.send(chunk);
        }
        let ended = reader.join().map_err(|_| Failure::new("the thread for reading failed"))?;
        ended.map_err(unreadable)
    })
}

/// Returns the summary as text for the terminal.
fn text(stream: &Stream<'_>, name: &str, files: Option<&[FileRead]>) -> String {
    let (policy, summary) = (stream.policy(), stream.summary());
    let mut text = format!(
        "{}\n{}\n\n",
        strong(safe(&policy.title)),
        faint(format!("{} {}, {}", policy.id, policy.version, safe(name)))
    );
    let of_them = match summary.bad {
        0 => String::new(),
        some => format!(", {} of them {}", grouped(some), bad("bad")),
    };
    text += &format!("{} read{of_them}\n\n", some_rows(summary.rows));
    let decided = summary.decided();
    let label = |id| {
        let depth = policy.lineage(id).skip(1).filter(|above| stream.assistance().contains(above)).count();
        let name = policy.assistance.find(id).map_or("", |one| one.name.as_str());
        format!("{}{}", "  ".repeat(depth), safe(name))
    };
    let cell = |number| format!("{} ({})", grouped(number), share(number, decided));
    let widest = summary.types.iter().map(|count| columns(&label(count.assistance))).max().unwrap_or(0);
    let rows: Vec<[String; 3]> = summary
        .types
        .iter()
        .map(|count| [count.eligible, count.ineligible, count.undetermined].map(cell))
        .collect();
    let heads = [Outcome::Eligible, Outcome::Ineligible, Outcome::Undetermined];
    let to = rows.iter().flatten().map(|cell| columns(cell)).max().unwrap_or(0).max(12);
    text += &format!("{}  {}\n", pad("", widest), heads.map(|head| mark(head, to)).join("  ").trim_end());
    for (count, cells) in summary.types.iter().zip(&rows) {
        let cells: Vec<String> = cells.iter().map(|cell| pad(cell, to)).collect();
        text += &format!("{}  {}\n", pad(&label(count.assistance), widest), cells.join("  ").trim_end());
    }
    let sound_only = summary.types.iter().map(|count| count.sound_only).max().unwrap_or(0);
    if sound_only > 0 {
        text += &format!("Up to {} undetermined verdicts are sound only.\n", grouped(sound_only));
    }
    let failing = summary.failing();
    if !failing.is_empty() {
        text += &format!("\n{}\n", strong("Rules that fail most"));
        for (rule, rows) in failing.iter().take(RULES) {
            let title = policy.rules.find(*rule).map_or_else(String::new, |rule| safe(&rule.header.title));
            text += &format!("  {}  {title}\n", pad(&cell(*rows), to));
        }
        if failing.len() > RULES {
            text += &format!("  and {} more rules\n", failing.len() - RULES);
        }
    }
    if !summary.first_bad.is_empty() {
        text += &format!("\n{}\n", strong("Bad rows"));
        for (line, bad) in &summary.first_bad {
            let row = format!("line {}: {}", grouped(*line), safe(&bad.to_string()));
            text += &wrap(&row, width(), "  ", "    ");
            text += "\n";
        }
        let more = summary.bad - summary.first_bad.len() as u64;
        if more > 0 {
            text += &format!("  and {} more; --format csv or ndjson writes all of them\n", grouped(more));
        }
    }
    text += "\n";
    text += &foot(policy, "--explain, on a file with the rows in question.");
    for FileRead { name, sha256, .. } in files.unwrap_or_default() {
        text += &format!("{}\n", faint(format!("{}, SHA-256 {sha256}", safe(name))));
    }
    text
}

/// Returns a number of rows, such as `1 row` or `1,200,000 rows`.
fn some_rows(count: u64) -> String {
    format!("{} row{}", grouped(count), if count == 1 { "" } else { "s" })
}

/// Returns a number with its digits in groups of three, such as `1,200,000`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
