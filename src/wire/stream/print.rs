//! What came of a table, as data: row by row in CSV and NDJSON, in numbers as JSON and Markdown.

use super::super::decision_csv::quoted;
use super::super::layout::over_lines;
use super::super::manifest::{ENGINE, ManifestOut, files_table};
use super::{Count, Decided, RowDecided, Stream, Summary};
use crate::decision::{FileRead, Outcome};
use crate::policy::Policy;
use serde_json::{Value as Tree, json};
use std::fmt::Write as _;

/// The name of the format of rows and numbers.
pub const SUMMARY_FORMAT: &str = "placet-summary/1";

/// The header of [`csv_rows`]: `line,subject,as of,problem`, and a column for each type of assistance.
pub fn csv_header(stream: &Stream<'_>) -> String {
    let mut header = "line,subject,as of,problem".to_owned();
    for id in stream.assistance() {
        header += ",";
        header += &quoted(&stream.policy().assistance[*id].name);
    }
    header + "\r\n"
}

/// What came of some rows, each in a row of CSV. A bad one has its problem in place of answers; an answer that is sound
/// only says so.
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
/// use placet::wire::stream::{Beside, Chunk, Rows, Stream, csv_rows};
///
/// let mut rows = Rows::csv("id,is neutral\none,yes\n,no\n".as_bytes())?;
/// let mut chunk = Chunk::default();
/// rows.read(&mut chunk, 10)?;
/// # let beside = Beside::default();
/// let mut stream = Stream::new(&policy, beside, rows.header(), day, None).map_err(|_| "mistakes")?;
/// let written = csv_rows(&stream.decide(&chunk));
/// assert_eq!(written.lines().next(), Some("2,one,2016-02-15,,eligible"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn csv_rows(decided: &Decided<'_, '_>) -> String {
    let mut text = String::new();
    for row in decided.rows() {
        // writing to a String cannot fail
        let _ = write!(text, "{},{},", row.line, quoted(row.id()));
        if let Some(day) = row.as_of() {
            let _ = write!(text, "{day}");
        }
        text += ",";
        if let Some(bad) = row.bad() {
            text += &quoted(&bad.to_string());
            text.extend(std::iter::repeat_n(",", decided.stream.assistance().len()));
        }
        for (outcome, exact) in row.answers() {
            text += ",";
            text += word(outcome);
            if !exact {
                text += " (sound only)";
            }
        }
        text += "\r\n";
    }
    text
}

/// What came of some rows, each as an object in a line of its own: `line`, `subject`, `as_of`, and `verdicts` by type of
/// assistance, with `sound_only` where some are; or `problem`, with its `column`, where the row is bad.
pub fn json_rows(decided: &Decided<'_, '_>) -> String {
    let policy = decided.stream.policy();
    let types = decided.stream.assistance().iter();
    let names: Vec<String> = types.map(|id| text(&policy.assistance[*id].name)).collect();
    let mut lines = String::new();
    for row in decided.rows() {
        json_row(&row, &names, &mut lines);
    }
    lines
}

fn json_row(row: &RowDecided<'_, '_>, names: &[String], lines: &mut String) {
    // writing to a String cannot fail
    let _ = write!(lines, "{{\"line\":{}", row.line);
    if !row.id().is_empty() {
        let _ = write!(lines, ",\"subject\":{}", text(row.id()));
    }
    if let Some(day) = row.as_of() {
        let _ = write!(lines, ",\"as_of\":\"{day}\"");
    }
    if let Some(bad) = row.bad() {
        let _ = write!(lines, ",\"problem\":{}", text(&bad.message));
        for (key, value) in [("help", &bad.help), ("column", &bad.column)] {
            if let Some(value) = value {
                let _ = write!(lines, ",\"{key}\":{}", text(value));
            }
        }
        *lines += "}\n";
        return;
    }
    *lines += ",\"verdicts\":{";
    let mut sound_only: Vec<&str> = Vec::new();
    for (place, ((outcome, exact), name)) in row.answers().zip(names).enumerate() {
        let _ = write!(lines, "{}{name}:\"{}\"", if place == 0 { "" } else { "," }, word(outcome));
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

/// The manifest of a table that was read to its end, in one line: the trailer of its rows.
pub fn trailer(stream: &Stream<'_>, files: &[FileRead]) -> String {
    serde_json::to_string(&manifest(stream, files)).unwrap_or_default() + "\n"
}

fn manifest<'a>(stream: &'a Stream<'_>, files: &'a [FileRead]) -> ManifestOut<'a> {
    ManifestOut::of(stream.policy()).with_files(files).of_table(stream.summary().rows, stream.as_of)
}

/// The numbers as JSON: rows and bad rows, how the first of these are bad, and the answers for each type of assistance;
/// with the manifest, where the files that were read are given.
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
        Some(json!({ "rule": rule.id, "title": rule.title, "fails": rows }))
    });
    let told = summary.told.iter().map(
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
        "first_bad": told.collect::<Vec<Tree>>(),
        "ids_compared_with_all": summary.ids_are_whole,
    });
    if let (Some(files), Some(tree)) = (files, tree.as_object_mut()) {
        tree.insert("manifest".to_owned(), json!(manifest(stream, files)));
    }
    over_lines(&tree.to_string()) + "\n"
}

/// The numbers as a document to be filed, with the hashes of the files that were read where these are given.
pub fn summary_markdown(stream: &Stream<'_>, files: Option<&[FileRead]>) -> String {
    let (policy, summary) = (stream.policy(), stream.summary());
    let Summary { rows, bad, .. } = summary;
    let mut text = format!("# {}\n\n", escaped(&policy.title));
    let _ = writeln!(
        text,
        "Policy `{}`, version {}. Rows read: {rows}; decided on: {}; bad: {bad}.\n",
        policy.id,
        policy.version,
        summary.decided()
    );
    text += "| assistance | eligible | not eligible | undetermined |\n|---|---:|---:|---:|\n";
    for count in &summary.types {
        let name = escaped(&policy.assistance[count.assistance].name);
        let numbers = [count.eligible, count.ineligible, count.undetermined];
        let [yes, no, open] =
            numbers.map(|number| format!("{number} ({})", share(number, summary.decided())));
        let _ = writeln!(text, "| {name} | {yes} | {no} | {open} |");
    }
    let failing = summary.failing();
    if !failing.is_empty() {
        text += "\n## Rules that fail\n\n| rule | rows |\n|---|---:|\n";
        for (rule, rows) in failing {
            let _ = writeln!(
                text,
                "| {} | {rows} ({}) |",
                rule_title(policy, rule),
                share(rows, summary.decided())
            );
        }
    }
    if !summary.told.is_empty() {
        text += "\n## Bad rows\n\n";
        for (line, bad) in &summary.told {
            let _ = writeln!(text, "- Line {line}: {}", escaped(&bad.to_string()));
        }
        let more = summary.bad - summary.told.len() as u64;
        if more > 0 {
            let _ = writeln!(text, "- and {more} more");
        }
    }
    if let Some(files) = files {
        let _ = writeln!(text, "\nPolicy, SHA-256 {}. Engine {ENGINE}.\n", policy.hash);
        text += &files_table(files);
    }
    text
}

fn rule_title(policy: &Policy, rule: crate::id::RuleId) -> String {
    policy.rules.find(rule).map_or_else(String::new, |rule| escaped(&rule.title))
}

/// A share in per cent, with one decimal; `<0.1 %` for what is little but not nothing.
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

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Eligible => "eligible",
        Outcome::Ineligible => "ineligible",
        Outcome::Undetermined => "undetermined",
    }
}

fn text(text: &str) -> String {
    Tree::from(text).to_string()
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#') {
            safe.push('\\');
        }
        safe.push(if character.is_control() { ' ' } else { character });
    }
    safe
}
