//! Formats findings in plain text, with the source quoted.

use placet::diagnostic::{Diagnostic, Fix, Severity};
use placet::span::{Sources, Span, position};
use std::fmt::Write;
use std::path::PathBuf;

/// Formats all findings; says so if there are none.
pub fn all(sources: &Sources, found: &[Diagnostic]) -> String {
    if found.is_empty() {
        return "no findings\n".to_owned();
    }
    found.iter().map(|finding| one(sources, finding)).collect::<Vec<_>>().join("\n")
}

fn one(sources: &Sources, finding: &Diagnostic) -> String {
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Remark => "remark",
    };
    let mut shown = format!("{severity}[{}]: {}\n", finding.code, finding.message);
    quote(&mut shown, sources, finding.span, '^', &finding.label);
    for label in &finding.labels {
        quote(&mut shown, sources, label.span, '-', &label.message);
    }
    if let Some(help) = &finding.help {
        writeln!(shown, "  help: {help}").unwrap();
    }
    if let Some(fix) = &finding.fix {
        let corrected = corrected(sources, fix);
        let line = position(&corrected, fix.span.start as usize).line;
        writeln!(shown, "  corrected: {}", clip(corrected.lines().nth(line - 1).unwrap_or_default()))
            .unwrap();
    }
    if let Some(example) = &finding.example {
        writeln!(shown, "  for example:").unwrap();
        for line in example.lines() {
            writeln!(shown, "  | {line}").unwrap();
        }
    }
    shown
}

/// Quotes the line of a span, with the span underlined.
fn quote(shown: &mut String, sources: &Sources, span: Span, mark: char, words: &str) {
    let text = sources.text(span.file);
    let place = sources.position(span);
    let line = text.lines().nth(place.line - 1).unwrap_or_default();
    let under = sources.slice(span).lines().next().unwrap_or_default().chars().count().max(1);
    writeln!(shown, "  {}:{place}", sources.name(span.file)).unwrap();
    writeln!(shown, "  | {}", clip(line)).unwrap();
    let marks: String = std::iter::repeat_n(mark, under).collect();
    writeln!(shown, "  | {}{} {words}", " ".repeat(place.column.min(100) - 1), clip(&marks)).unwrap();
    *shown = shown.replace(" \n", "\n");
}

/// The beginning of a line, with invisible characters escaped.
fn clip(line: &str) -> String {
    visible(&line.chars().take(100).collect::<String>())
}

/// A line with invisible characters escaped.
pub fn visible(line: &str) -> String {
    let shown = line.chars().map(|character| match character {
        '\t' => '→'.to_string(),
        c if c.is_control() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{A0}') => {
            format!("U+{:04X}", u32::from(c))
        }
        c => c.to_string(),
    });
    shown.collect()
}

/// A file's text with a fix applied.
pub fn corrected(sources: &Sources, fix: &Fix) -> String {
    let mut text = sources.text(fix.span.file).to_owned();
    text.replace_range(fix.span.range(), &fix.replacement);
    text
}

/// Compares with the snapshot beside a file.
pub fn assert(folder: PathBuf, name: &str, shown: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, shown));
}
