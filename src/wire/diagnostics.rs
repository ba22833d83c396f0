//! Findings about files as JSON, and as SARIF 2.1.0 for the tools that show them beside code.

use crate::diagnostic::{Diagnostic, Severity};
use crate::span::{Sources, Span, position};
use serde_json::{Value as Tree, json};

/// The name of the format of findings.
pub const DIAGNOSTICS_FORMAT: &str = "placet-findings/1";

/// Writes findings as JSON: for each its code, severity, message, file, line and column, labels, help and fix.
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
    let list: Vec<Tree> = findings
        .iter()
        .map(|finding| {
            let labels: Vec<Tree> = finding
                .labels
                .iter()
                .map(|label| json!({ "message": label.message, "place": place(label.span, sources) }))
                .collect();
            json!({
                "code": finding.code,
                "severity": severity(finding),
                "message": finding.message,
                "place": place(finding.span, sources),
                "label": finding.label,
                "labels": labels,
                "help": finding.help,
                "fix": finding.fix.as_ref().map(|fix| json!({
                    "place": place(fix.span, sources),
                    "replacement": fix.replacement,
                })),
            })
        })
        .collect();
    pretty(&json!({
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
    codes.sort_unstable();
    codes.dedup();
    let rules: Vec<Tree> = codes.iter().map(|code| json!({ "id": code })).collect();
    let results: Vec<Tree> = findings.iter().map(|finding| sarif_result(finding, sources)).collect();
    pretty(&json!({
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

fn sarif_result(finding: &Diagnostic, sources: &Sources) -> Tree {
    let message = match &finding.help {
        Some(help) => format!("{}. {help}", finding.message),
        None => finding.message.clone(),
    };
    let related: Vec<Tree> = finding
        .labels
        .iter()
        .map(|label| {
            json!({ "physicalLocation": location(label.span, sources), "message": { "text": label.message } })
        })
        .collect();
    let mut result = json!({
        "ruleId": finding.code,
        "level": severity(finding),
        "message": { "text": message },
        "locations": [{ "physicalLocation": location(finding.span, sources) }],
    });
    if let Some(object) = result.as_object_mut() {
        if !related.is_empty() {
            object.insert("relatedLocations".to_owned(), Tree::Array(related));
        }
        if let Some(fix) = &finding.fix {
            let fix = json!([{ "artifactChanges": [{
                "artifactLocation": { "uri": uri(sources.name(fix.span.file)) },
                "replacements": [{
                    "deletedRegion": region(fix.span, sources),
                    "insertedContent": { "text": fix.replacement },
                }],
            }] }]);
            object.insert("fixes".to_owned(), fix);
        }
    }
    result
}

/// `error` or `warning`
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
    }
}

fn place(span: Span, sources: &Sources) -> Tree {
    let (start, end) = ends(span, sources);
    json!({
        "file": sources.name(span.file),
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "start": span.start,
        "end": span.end,
    })
}

fn ends(span: Span, sources: &Sources) -> (crate::span::Position, crate::span::Position) {
    (sources.position(span), position(sources.text(span.file), span.end as usize))
}

fn location(span: Span, sources: &Sources) -> Tree {
    json!({
        "artifactLocation": { "uri": uri(sources.name(span.file)) },
        "region": region(span, sources),
    })
}

fn region(span: Span, sources: &Sources) -> Tree {
    let (start, end) = ends(span, sources);
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

/// A path as a relative URI: what may not stand in one is written as `%` and its bytes.
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

fn pretty(tree: &Tree) -> String {
    format!("{tree:#}\n")
}
