//! Writes findings about files as JSON, and as SARIF 2.1.0 for tools that show them next to the code.

use super::json_out;
use crate::diagnostic::{Diagnostic, Severity};
use crate::sorted::sort;
use crate::span::{FileId, Position, Sources, Span, position};
use serde_json::{Value as Tree, json};

/// The name of the findings format.
pub const DIAGNOSTICS_FORMAT: &str = "placet-findings/1";

/// Writes findings as JSON, each with its code, severity, message, file, line and column, labels, help, fix and
/// example.
///
/// # Example
/// ```
/// use placet::diagnostic::Diagnostic;
/// use placet::span::{Sources, Span};
/// use placet::wire::diagnostics;
///
/// let mut sources = Sources::default();
/// let file = sources.add("a.placet", "kind group\n");
/// let finding = Diagnostic::error("P0201", Span::new(file, 5, 10), "no such kind");
/// let json = diagnostics::write(&[finding], &sources);
/// assert!(json.contains(r#""code": "P0201""#));
/// ```
pub fn write(findings: &[Diagnostic], sources: &Sources) -> String {
    let places = Places::of(sources);
    let list: Vec<Tree> = findings
        .iter()
        .map(|finding| {
            let labels: Vec<Tree> = finding
                .labels
                .iter()
                .map(|label| json!({ "message": label.message, "place": places.place(label.span) }))
                .collect();
            json!({
                "code": finding.code,
                "severity": severity(finding),
                "message": finding.message,
                "place": places.place(finding.span),
                "label": finding.label,
                "labels": labels,
                "help": finding.help,
                "fix": finding.fix.as_ref().map(|fix| json!({
                    "place": places.place(fix.span),
                    "replacement": fix.replacement,
                })),
                "example": finding.example,
            })
        })
        .collect();
    json_out::pretty(&json!({
        "format": DIAGNOSTICS_FORMAT,
        "engine": env!("CARGO_PKG_VERSION"),
        "findings": list,
    }))
}

/// Writes findings as a SARIF 2.1.0 log.
///
/// # Source
/// OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
///
/// # Example
/// ```
/// use placet::diagnostic::Diagnostic;
/// use placet::span::{Sources, Span};
/// use placet::wire::diagnostics;
///
/// let mut sources = Sources::default();
/// let file = sources.add("a.placet", "kind group\n");
/// let finding = Diagnostic::error("P0201", Span::new(file, 5, 10), "no such kind");
/// let log = diagnostics::write_sarif(&[finding], &sources);
/// assert!(log.contains(r#""version": "2.1.0""#) && log.contains(r#""ruleId": "P0201""#));
/// ```
pub fn write_sarif(findings: &[Diagnostic], sources: &Sources) -> String {
    let mut codes: Vec<&str> = findings.iter().map(|finding| finding.code).collect();
    sort(&mut codes);
    codes.dedup();
    let rules: Vec<Tree> = codes.iter().map(|code| json!({ "id": code })).collect();
    let places = Places::of(sources);
    let results: Vec<Tree> = findings.iter().map(|finding| sarif_result(finding, &places)).collect();
    json_out::pretty(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "placet",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn sarif_result(finding: &Diagnostic, places: &Places) -> Tree {
    let help = finding.help.iter().map(|help| format!(". {help}"));
    let example = finding.example.iter().map(|example| format!("\n\n{example}"));
    let message: String = std::iter::once(finding.message.clone()).chain(help).chain(example).collect();
    let related: Vec<Tree> = finding
        .labels
        .iter()
        .map(|label| {
            json!({ "physicalLocation": places.location(label.span), "message": { "text": label.message } })
        })
        .collect();
    let mut result = json!({
        "ruleId": finding.code,
        "level": match finding.severity {
            Severity::Remark => "note",
            _ => severity(finding),
        },
        "message": { "text": message },
        "locations": [{ "physicalLocation": places.location(finding.span) }],
    });
    if let Some(object) = result.as_object_mut() {
        if !related.is_empty() {
            object.insert("relatedLocations".to_owned(), Tree::Array(related));
        }
        if let Some(fix) = &finding.fix {
            let fix = json!([{ "artifactChanges": [{
                "artifactLocation": { "uri": uri(places.sources.name(fix.span.file)) },
                "replacements": [{
                    "deletedRegion": places.region(fix.span),
                    "insertedContent": { "text": fix.replacement },
                }],
            }] }]);
            object.insert("fixes".to_owned(), fix);
        }
    }
    result
}

/// Returns the severity of a finding: `error`, `warning` or `remark`.
///
/// # Example
/// ```
/// use placet::diagnostic::Diagnostic;
/// use placet::{span::Span, wire::diagnostics::severity};
///
/// assert_eq!(severity(&Diagnostic::warning("P0410", Span::default(), "it expects nothing")), "warning");
/// ```
pub fn severity(finding: &Diagnostic) -> &'static str {
    match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Remark => "remark",
    }
}

/// The starts of the lines of all files, so that positions are found quickly even for many findings.
struct Places<'s> {
    sources: &'s Sources,
    starts: Vec<Vec<usize>>,
}

impl<'s> Places<'s> {
    fn of(sources: &'s Sources) -> Places<'s> {
        let starts = |text: &str| -> Vec<usize> {
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
        };
        Places { sources, starts: sources.files().iter().map(|file| starts(&file.text)).collect() }
    }

    /// Returns the line and column of a byte offset in a file.
    fn position(&self, file: FileId, offset: usize) -> Position {
        let starts = self.starts.get(file.0 as usize).map_or(&[][..], Vec::as_slice);
        let line = starts.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).and_then(|line| starts.get(line)).copied().unwrap_or(0);
        let rest = self.sources.text(file).get(start..).unwrap_or("");
        Position { line: line.max(1), column: position(rest, offset - start).column }
    }

    fn ends(&self, span: Span) -> (Position, Position) {
        (self.position(span.file, span.start as usize), self.position(span.file, span.end as usize))
    }

    fn place(&self, span: Span) -> Tree {
        let (start, end) = self.ends(span);
        json!({
            "file": self.sources.name(span.file),
            "line": start.line,
            "column": start.column,
            "end_line": end.line,
            "end_column": end.column,
            "start": span.start,
            "end": span.end,
        })
    }

    fn location(&self, span: Span) -> Tree {
        json!({
            "artifactLocation": { "uri": uri(self.sources.name(span.file)) },
            "region": self.region(span),
        })
    }

    fn region(&self, span: Span) -> Tree {
        let (start, end) = self.ends(span);
        json!({
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        })
    }
}

/// Returns a path as a relative URI. Other characters are percent-encoded.
fn uri(path: &str) -> String {
    path.bytes().fold(String::with_capacity(path.len()), |mut uri, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte))
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
        uri
    })
}
