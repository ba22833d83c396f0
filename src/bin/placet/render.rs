//! Draws findings, outcomes and the note below verdicts for the terminal, and defines the text styles.

use crate::escape::own;
use crate::table::pad;
use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet, normalize_untrusted_str,
};
use anstyle::{AnsiColor, Style};
use placet::decision::Outcome;
use placet::diagnostic::{Diagnostic, Severity};
use placet::policy::Policy;
use placet::span::{FileId, Sources, Span};
use placet::wire::words;
use std::fmt::Display;
use std::ops::Range;

/// The largest number of bytes of a file that are shown around a finding.
const SHOWN: usize = 16 * 1024;

/// The largest number of findings that are drawn. The rest are counted.
const DRAWN: usize = 200;

/// Draws findings one below the other, each with its place, its help and its fix.
pub fn findings(findings: &[Diagnostic], sources: &Sources) -> String {
    let mut drawn: Vec<String> = findings.iter().take(DRAWN).map(|finding| one(finding, sources)).collect();
    if findings.len() > DRAWN {
        drawn.push(format!("… and {} more", findings.len() - DRAWN));
    }
    if findings.iter().any(|finding| finding.code == "P0002") {
        drawn.push(format!(
            "{}: no file outside of the root folder is read; --root DIR names it",
            strong("help")
        ));
    }
    drawn.push(String::new());
    drawn.join("\n\n")
}

/// Returns the number of findings, such as `2 errors, 1 warning, 1 remark`, or `None` if there are none.
pub fn count(findings: &[Diagnostic]) -> Option<String> {
    let of = |severity: Severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let words = |count: usize, word: &str| match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        many => Some(format!("{many} {word}s")),
    };
    let parts = [
        words(of(Severity::Error), "error"),
        words(of(Severity::Warning), "warning"),
        words(of(Severity::Remark), "remark"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn one(finding: &Diagnostic, sources: &Sources) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Remark => Level::NOTE.with_name("remark"),
    };
    let title = level.primary_title(normalize_untrusted_str(&finding.message)).id(finding.code);
    let mut marks = vec![(finding.span, finding.label.as_str(), true)];
    marks.extend(finding.labels.iter().map(|label| (label.span, label.message.as_str(), false)));
    let mut group = Group::with_title(title);
    let mut files: Vec<FileId> = marks.iter().map(|(span, ..)| span.file).collect();
    files.dedup();
    for file in files {
        let here: Vec<_> = marks.iter().filter(|(span, ..)| span.file == file).copied().collect();
        group = shown(group, file, &here, sources);
    }
    let fix = finding.fix.as_ref().and_then(|fix| {
        let window = Window::around(&[fix.span], sources)?;
        let patch = Patch::new(window.within(fix.span), normalize_untrusted_str(&fix.replacement));
        let snippet =
            Snippet::source(window.text).line_start(window.line).path(safe(sources.name(fix.span.file)));
        Some(snippet.patch(patch))
    });
    let mut report = Vec::new();
    match (finding.help.as_deref(), fix) {
        (Some(help), None) => report.push(group.element(Level::HELP.message(normalize_untrusted_str(help)))),
        (help, Some(fix)) => {
            report.push(group);
            let help = normalize_untrusted_str(help.unwrap_or("write this instead"));
            report.push(Level::HELP.secondary_title(help).element(fix));
        }
        (None, None) => report.push(group),
    }
    let mut drawn = own(&Renderer::styled().render(&report));
    if let Some(example) = &finding.example {
        drawn.push_str(&format!("\n\n{}\n", strong("for example")));
        for line in example.lines() {
            drawn.push_str(&format!("\n  {}", safe(line)));
        }
    }
    drawn
}

/// Adds the marked places of one file to a finding.
fn shown<'a>(
    group: Group<'a>,
    file: FileId,
    marks: &[(Span, &'a str, bool)],
    sources: &'a Sources,
) -> Group<'a> {
    let spans: Vec<Span> = marks.iter().map(|(span, ..)| *span).collect();
    let Some(window) = Window::around(&spans, sources) else {
        let Some((span, ..)) = marks.first() else { return group };
        if sources.text(file).is_empty() {
            return group.element(Origin::path(safe(sources.name(file))));
        }
        let position = sources.position(*span);
        return group.element(
            Origin::path(safe(sources.name(file))).line(position.line).char_column(position.column),
        );
    };
    let annotations = marks.iter().map(|(span, label, primary)| {
        let kind = if *primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        let annotation = kind.span(window.within(*span));
        if label.is_empty() { annotation } else { annotation.label(normalize_untrusted_str(label)) }
    });
    let snippet = Snippet::source(window.text).line_start(window.line).path(safe(sources.name(file)));
    group.element(snippet.annotations(annotations))
}

/// The whole lines of a file that contain some places, so that a large file is not drawn completely.
struct Window<'a> {
    text: &'a str,
    start: usize,
    line: usize,
}

impl<'a> Window<'a> {
    /// Returns `None` if the lines are too long to be shown.
    fn around(spans: &[Span], sources: &'a Sources) -> Option<Window<'a>> {
        let file = spans.first()?.file;
        let text = Some(sources.text(file)).filter(|text| !text.is_empty())?;
        let first = spans.iter().map(|span| span.start as usize).min()?.min(text.len());
        let last = spans.iter().map(|span| span.end as usize).max()?.min(text.len());
        let start = text.get(..first)?.rfind('\n').map_or(0, |at| at + 1);
        let end = text.get(last..)?.find('\n').map_or(text.len(), |at| last + at);
        let line = text.get(..start)?.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let text = text.get(start..end).filter(|text| text.len() <= SHOWN)?;
        Some(Window { text, start, line })
    }

    fn within(&self, span: Span) -> Range<usize> {
        let at = |offset: u32| (offset as usize).saturating_sub(self.start).min(self.text.len());
        at(span.start)..at(span.end).max(at(span.start))
    }
}

fn styled(style: Style, text: impl Display) -> String {
    format!("{}{text}{}", own(&style.to_string()), own(&format!("{style:#}")))
}

/// Styles a good result.
pub fn good(text: impl Display) -> String {
    styled(AnsiColor::Green.on_default().bold(), text)
}

/// Styles a bad result.
pub fn bad(text: impl Display) -> String {
    styled(AnsiColor::Red.on_default().bold(), text)
}

/// Styles an open result.
pub fn open(text: impl Display) -> String {
    styled(AnsiColor::Yellow.on_default().bold(), text)
}

/// Styles a heading.
pub fn strong(text: impl Display) -> String {
    styled(Style::new().bold(), text)
}

/// Styles text of less importance.
pub fn faint(text: impl Display) -> String {
    styled(Style::new().dimmed(), text)
}

/// Escapes text of a user for output.
pub fn safe(text: &str) -> String {
    placet::text::shown(text).into_owned()
}

/// Returns the word for an outcome with its style, padded. The word is sufficient without the style.
pub fn mark(outcome: Outcome, to: usize) -> String {
    let word = pad(words::outcome(outcome), to);
    match outcome {
        Outcome::Eligible => good(word),
        Outcome::Ineligible => bad(word),
        Outcome::Undetermined => open(word),
    }
}

/// Returns the note that names the authority which decides, and how to get reasons.
pub fn foot(policy: &Policy, reasons: &str) -> String {
    let authority =
        policy.authority.as_ref().map_or_else(|| "the responsible authority".to_owned(), |who| safe(who));
    format!(
        "{}\n\n",
        faint(format!("This is advice; the decision lies with: {authority}. For reasons: {reasons}"))
    )
}
