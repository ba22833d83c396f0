//! Verifies the results of a table by deciding on its rows again.

use super::read::{Lines, lines};
use super::{Args, Now, count_records};
use crate::failure::Failure;
use crate::job::Input;
use crate::load::Root;
use crate::output::why;
use placet::digest::Digesting;
use placet::text::FileKind;
use placet::value::Date;
use placet::verify;
use placet::wire::recorded::{self, Line, Row};
use placet::wire::stream::{Accompanying, Chunk, Rows, Stream, json_rows};
use placet::wire::verification::{SubjectChecked, Verification};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The largest number of rows with differences that are shown.
const ROWS_SHOWN: usize = 100;

/// Decides on the table again and compares the results row by row. Returns the hash of the table, if it can be read.
pub fn rows(
    args: &Args,
    now: &Now,
    root: &Root,
    table: &str,
    found: &mut Verification,
) -> Result<Option<String>, Failure> {
    let Some(workspace) = &now.workspace else { return Ok(None) };
    let is_lines = match table {
        "-" => args.input == Some(Input::Ndjson),
        name => FileKind::of(name) == FileKind::JsonLines,
    };
    let source: Box<dyn Read> = if table == "-" {
        Box::new(std::io::stdin())
    } else {
        // A name in a manifest must not lead outside of the root.
        let inside = root.name(&root.path(table)).map_err(|failure| failure.summary());
        match inside.and_then(|name| File::open(root.path(&name)).map_err(|error| why(&error))) {
            Ok(file) => Box::new(file),
            Err(error) => {
                found.problems.push(format!("{table} cannot be read: {error}"));
                return Ok(None);
            }
        }
    };
    let source = Digesting::new(source);
    let failed = |error: std::io::Error| Failure::new(format!("{table} cannot be read: {}", why(&error)));
    let mut rows = if is_lines { Rows::lines(source) } else { Rows::csv(source) }.map_err(failed)?;
    let mut recorded = Recorded { lines: lines(&args.decision)?, count: 0 };
    let names = decided_types(&args.decision)?;
    let types: Vec<_> = workspace
        .policy
        .assistance
        .iter()
        .filter(|(_, one)| names.contains(&one.name))
        .map(|(id, _)| id)
        .collect();
    let types = Some(types.as_slice()).filter(|_| !names.is_empty());
    let accompanying = Accompanying::new(workspace.evidence.clone(), workspace.circumstances.clone());
    let as_of = now.manifest.as_of.as_deref().and_then(Date::parse);
    let mut stream = match Stream::new(&workspace.policy, accompanying, rows.header(), as_of, types) {
        Ok(stream) => stream,
        Err(_) => {
            found.problems.push(format!("the header of {table} has errors"));
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
            "the record has {} rows, the table has {}",
            recorded.count,
            stream.summary().rows
        ));
    }
    Ok(Some(rows.source().sha256()))
}

/// Counts a row with a difference, and keeps the first ones.
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

/// Returns the types of assistance that were decided on: those of the first row that has verdicts.
fn decided_types(path: &Path) -> Result<Vec<String>, Failure> {
    for line in lines(path)? {
        let row = row_of(&line?);
        if let Some(row) = row.filter(|row| !row.verdicts.is_empty()) {
            return Ok(row.verdicts.into_keys().collect());
        }
    }
    Ok(Vec::new())
}

/// The rows of a record.
struct Recorded<'p> {
    lines: Lines<'p>,
    count: u64,
}

impl Recorded<'_> {
    /// Returns the next row, or `None` after the last one, where the trailer follows.
    fn next(&mut self) -> Result<Option<String>, Failure> {
        let line = self.lines.next().transpose()?;
        let line = line.filter(|line| !line.starts_with("{\"format\":"));
        self.count += u64::from(line.is_some());
        Ok(line)
    }
}
