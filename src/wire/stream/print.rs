//! Writes the results of a table: row by row as CSV and NDJSON, and as a summary in JSON and Markdown.

use super::super::layout::{compact, over_lines};
use super::super::manifest::{ENGINE, ManifestOut, files_table};
use super::super::markdown::{Document, Markdown};
use super::super::recorded::in_words;
use super::super::sheet::Sheet;
use super::{Count, Decided, RowDecided, Stream};
use crate::decision::FileRead;
use crate::text::Written;
use crate::written;
use serde_json::{Value as Tree, json};
use std::fmt::Write as _;

/// The name of the summary format.
pub const SUMMARY_FORMAT: &str = "placet-summary/1";

/// Returns the header of [`csv_rows`]: `line,subject,as of,problem`, and a column for each type of assistance.
pub fn csv_header(stream: &Stream<'_>) -> String {
    let mut sheet = Sheet::default();
    ["line", "subject", "as of", "problem"].iter().for_each(|column| sheet.cell(column));
    stream.assistance().iter().for_each(|id| sheet.cell(&stream.policy().assistance[*id].name));
    sheet.end_row();
    sheet.into_string()
}

/// Returns the results of some rows as rows of CSV. An invalid row has its problem instead of outcomes. An outcome that
/// is sound only is marked as such.
///
/// # Example
/// ```
/// # let text = r#"
/// # policy "Training"
/// #   id training
/// #   version 1
/// #   about group
/// #
/// # assistance training
/// #
/// # kind group
/// #   is neutral : yes or no
/// #
/// # requirement neutrality "Neutral"
/// #   needs the group is neutral
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// # let day = placet::value::Date::parse("2016-02-15");
/// use placet::wire::stream::{Accompanying, Chunk, Rows, Stream, csv_rows};
///
/// let mut rows = Rows::csv("id,is neutral\none,yes\n,no\n".as_bytes())?;
/// let mut chunk = Chunk::default();
/// rows.read(&mut chunk, 10)?;
/// # let accompanying = Accompanying::default();
/// let mut stream = Stream::new(&policy, accompanying, rows.header(), day, None).map_err(|_| "mistakes")?;
/// let written = csv_rows(&stream.decide(&chunk));
/// assert_eq!(written.lines().next(), Some("2,one,2016-02-15,,eligible"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn csv_rows(decided: &Decided<'_, '_>) -> String {
    let mut sheet = Sheet::default();
    for row in decided.rows() {
        sheet.number(row.line);
        sheet.cell(row.id());
        sheet.day(row.as_of());
        match row.bad() {
            Some(bad) => {
                sheet.cell(&bad.to_string());
                sheet.blank(decided.stream.assistance().len());
            }
            None => sheet.blank(1),
        }
        for (outcome, exact) in row.answers() {
            sheet.cell(&in_words(outcome.word(), exact));
        }
        sheet.end_row();
    }
    sheet.into_string()
}

/// Returns the results of some rows as objects, one per line. An object has `line`, `subject`, `as_of`, and `verdicts`
/// by type of assistance, with `sound_only` if some verdicts are sound only. An invalid row has `problem` instead, and
/// its `column`.
pub fn json_rows(decided: &Decided<'_, '_>) -> String {
    let policy = decided.stream.policy();
    let types = decided.stream.assistance().iter();
    let names: Vec<String> = types.map(|id| compact(&policy.assistance[*id].name)).collect();
    let mut lines = String::new();
    for row in decided.rows() {
        json_row(&row, &names, &mut lines);
    }
    lines
}

fn json_row(row: &RowDecided<'_, '_>, names: &[String], lines: &mut String) {
    // Writing to a `String` cannot fail.
    let _ = write!(lines, "{{\"line\":{}", row.line);
    if !row.id().is_empty() {
        let _ = write!(lines, ",\"subject\":{}", compact(row.id()));
    }
    if let Some(day) = row.as_of() {
        let _ = write!(lines, ",\"as_of\":\"{day}\"");
    }
    if let Some(bad) = row.bad() {
        let _ = write!(lines, ",\"problem\":{}", compact(&bad.message));
        for (key, value) in [("help", &bad.help), ("column", &bad.column)] {
            if let Some(value) = value {
                let _ = write!(lines, ",\"{key}\":{}", compact(value));
            }
        }
        *lines += "}\n";
        return;
    }
    *lines += ",\"verdicts\":{";
    let mut sound_only: Vec<&str> = Vec::new();
    for (place, ((outcome, exact), name)) in row.answers().zip(names).enumerate() {
        let _ = write!(lines, "{}{name}:\"{}\"", if place == 0 { "" } else { "," }, outcome.word());
        if !exact {
            sound_only.push(name);
        }
    }
    *lines += "}";
    if !sound_only.is_empty() {
        let _ = write!(lines, ",\"sound_only\":[{}]", sound_only.join(","));
    }
    *lines += "}\n";
}

/// Returns the manifest of a table that was read to its end, on one line: the trailer of its rows.
pub fn trailer(stream: &Stream<'_>, files: &[FileRead]) -> String {
    compact(&manifest(stream, files)) + "\n"
}

fn manifest<'a>(stream: &'a Stream<'_>, files: &'a [FileRead]) -> ManifestOut<'a> {
    ManifestOut::of(stream.policy()).with_files(files).of_table(stream.summary().rows, stream.as_of)
}

/// Returns the summary as JSON: the numbers of rows and invalid rows, the first invalid rows with their problems, and
/// the outcomes for each type of assistance. It includes the manifest if the files that were read are given.
pub fn summary_json(stream: &Stream<'_>, files: Option<&[FileRead]>) -> String {
    let (policy, summary) = (stream.policy(), stream.summary());
    let types = |count: &Count| {
        json!({
            "assistance": policy.assistance[count.assistance].name,
            "eligible": count.eligible,
            "ineligible": count.ineligible,
            "undetermined": count.undetermined,
            "sound_only": count.sound_only,
        })
    };
    let rules = summary.failing();
    let rules = rules.iter().filter_map(|(id, rows)| {
        let rule = policy.rules.find(*id)?;
        Some(json!({ "rule": rule.header.id, "title": rule.header.title, "fails": rows }))
    });
    let first_bad = summary.first_bad.iter().map(
        |(line, bad)| json!({ "line": line, "column": bad.column, "problem": bad.message, "help": bad.help }),
    );
    let ways = summary
        .ways
        .iter()
        .map(|((code, column), rows)| json!({ "code": code, "column": column, "rows": rows }));
    let mut tree = json!({
        "format": SUMMARY_FORMAT,
        "policy": { "id": policy.id, "version": policy.version, "title": policy.title },
        "rows": summary.rows,
        "bad": summary.bad,
        "decided": summary.decided(),
        "types": summary.types.iter().map(types).collect::<Vec<Tree>>(),
        "rules": rules.collect::<Vec<Tree>>(),
        "bad_by_code": ways.collect::<Vec<Tree>>(),
        "first_bad": first_bad.collect::<Vec<Tree>>(),
        "ids_compared_with_all": summary.ids_are_whole,
    });
    if let (Some(files), Some(tree)) = (files, tree.as_object_mut()) {
        tree.insert("manifest".to_owned(), json!(manifest(stream, files)));
    }
    over_lines(&tree) + "\n"
}

/// Returns the summary as a Markdown document suitable for filing. It includes the hashes of the files that were read,
/// if these are given.
pub fn summary_markdown(stream: &Stream<'_>, files: Option<&[FileRead]>) -> String {
    let (policy, summary) = (stream.policy(), stream.summary());
    let mut out = Document::default();
    out.block(written!(Markdown, "# {}", policy.title));
    out.block(written!(
        Markdown,
        "Policy {}, version {}. Rows read: {}; decided on: {}; bad: {}.",
        policy.id,
        policy.version,
        summary.rows,
        summary.decided(),
        summary.bad
    ));
    let mut table =
        Written::from("| assistance | eligible | not eligible | undetermined |\n|---|---:|---:|---:|");
    for count in &summary.types {
        let numbers = [count.eligible, count.ineligible, count.undetermined];
        let [yes, no, open] =
            numbers.map(|number| format!("{number} ({})", share(number, summary.decided())));
        let name = &policy.assistance[count.assistance].name;
        table.add(written!(Markdown, "\n| {} | {} | {} | {} |", name, yes, no, open));
    }
    out.block(table);
    let failing = summary.failing();
    if !failing.is_empty() {
        out.block("## Rules that fail");
        let mut table = Written::from("| rule | rows |\n|---|---:|");
        for (rule, rows) in failing {
            let title = policy.rules.find(rule).map_or("", |rule| rule.header.title.as_str());
            let share = share(rows, summary.decided());
            table.add(written!(Markdown, "\n| {} | {} ({}) |", title, rows, share));
        }
        out.block(table);
    }
    if !summary.first_bad.is_empty() {
        out.block("## Bad rows");
        let rows = summary.first_bad.iter();
        let mut lines: Vec<Written<Markdown>> =
            rows.map(|(line, bad)| written!(Markdown, "- Line {}: {}", line, bad.to_string())).collect();
        let more = summary.bad - summary.first_bad.len() as u64;
        if more > 0 {
            lines.push(written!(Markdown, "- and {} more", more));
        }
        out.block(Written::join(lines, "\n"));
    }
    if let Some(files) = files {
        out.block(written!(Markdown, "Policy, SHA-256 {}. Engine {}.", policy.hash, ENGINE));
        out.block(files_table(files));
    }
    out.into_string()
}

/// Returns a share in per cent with one decimal, or `<0.1 %` for a small share that is not zero, or `>99.9 %` for a
/// large one that is not everything.
///
/// # Example
/// ```
/// use placet::wire::stream::share;
///
/// assert_eq!([share(1, 3), share(0, 3), share(1, 10_000)], ["33.3 %", "0.0 %", "<0.1 %"]);
/// ```
pub fn share(number: u64, of: u64) -> String {
    let tenths = (u128::from(number) * 2000 + u128::from(of)) / (2 * u128::from(of.max(1)));
    match tenths {
        0 if number > 0 => "<0.1 %".to_owned(),
        1000 if number < of => ">99.9 %".to_owned(),
        tenths => format!("{}.{} %", tenths / 10, tenths % 10),
    }
}
