//! Findings about an input, as plain data: a stable code, a message, a place, and what to write instead.
//!
//! Findings do not depend on how they are shown: a front end draws them, in colour or not.

use crate::sorted::{self, sort_by};
use crate::span::Span;
use crate::text::fold;
use std::cell::Cell;

/// The severity of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The input cannot be used as it is.
    Error,
    /// The input can be used, but very likely does not mean what its author intended.
    Warning,
    /// The input can be used and may be intended: a note, not an error.
    Remark,
}

/// A place that helps to explain a finding, with a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is to be seen at the place.
    pub message: String,
}

/// A replacement that is certain to resolve the finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The text to replace. Empty to insert.
    pub span: Span,
    /// The new text.
    pub replacement: String,
}

/// One finding about an input.
///
/// # Example
/// ```
/// use placet::diagnostic::{Diagnostic, Severity};
/// use placet::span::{FileId, Span};
///
/// let place = Span::new(FileId(0), 3, 8);
/// let finding = Diagnostic::error("P0202", place, "unknown kind `gruop`")
///     .label("not declared")
///     .help("did you mean `group`?")
///     .fix(place, "group");
/// assert_eq!(finding.severity, Severity::Error);
/// assert_eq!(finding.fix.map(|fix| fix.replacement).as_deref(), Some("group"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable code, such as `P0203`.
    pub code: &'static str,
    /// The severity.
    pub severity: Severity,
    /// The message: one plain clause in the user's words.
    pub message: String,
    /// The place.
    pub span: Span,
    /// What is to be seen at the place. May be empty.
    pub label: String,
    /// Other places that help to explain the finding.
    pub labels: Vec<Label>,
    /// What to write instead, in words.
    pub help: Option<String>,
    /// The replacement, if it is certain.
    pub fix: Option<Fix>,
    /// An example in the language that shows the finding, ready to be pasted.
    pub example: Option<String>,
}

impl Diagnostic {
    /// Creates an error at a place.
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            severity: Severity::Error,
            message: message.into(),
            span,
            label: String::new(),
            labels: Vec::new(),
            help: None,
            fix: None,
            example: None,
        }
    }

    /// Creates a warning at a place.
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, span, message) }
    }

    /// Creates a remark at a place.
    pub fn remark(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Remark, ..Diagnostic::error(code, span, message) }
    }

    /// Sets the text at the place itself.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds another place with a message.
    #[must_use]
    pub fn see(mut self, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label { span, message: message.into() });
        self
    }

    /// Sets the advice on what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Sets the example in the language.
    #[must_use]
    pub fn example(mut self, example: Option<String>) -> Self {
        self.example = example;
        self
    }

    /// Sets the replacement.
    #[must_use]
    pub fn fix(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.fix = Some(Fix { span, replacement: replacement.into() });
        self
    }
}

/// Sorts findings in reading order: by file, place, code and message.
///
/// # Example
/// ```
/// use placet::diagnostic::{Diagnostic, sort};
/// use placet::span::{FileId, Span};
///
/// let at = |start| Diagnostic::error("P0106", Span::new(FileId(0), start, start + 1), "tabs are not allowed");
/// let mut found = [at(20), at(3)];
/// sort(&mut found);
/// assert_eq!(found[0].span.start, 3);
/// ```
pub fn sort(diagnostics: &mut [Diagnostic]) {
    sort_by(diagnostics, |a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
}

/// Returns whether any finding is an error.
///
/// # Example
/// ```
/// use placet::diagnostic::{Diagnostic, any_error};
/// use placet::span::Span;
///
/// assert!(!any_error(&[Diagnostic::warning("P0410", Span::default(), "the scenario expects nothing")]));
/// ```
pub fn any_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// Returns whether any finding is more than a remark.
///
/// # Example
/// ```
/// use placet::diagnostic::{Diagnostic, any_doubt};
/// use placet::span::Span;
///
/// assert!(!any_doubt(&[Diagnostic::remark("P0515", Span::default(), "no policy tests it")]));
/// assert!(any_doubt(&[Diagnostic::warning("P0410", Span::default(), "the scenario expects nothing")]));
/// ```
pub fn any_doubt(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity != Severity::Remark)
}

/// The budget of suggestions for one input, in pairs of characters compared.
const MOST_COMPARED: usize = 20_000_000;

/// Finds the names nearest to misspelt ones, within a budget for a whole input.
///
/// In a file with very many errors, only the first ones get suggestions.
#[derive(Clone, Debug)]
pub struct Suggestions {
    /// The rest of the budget, in pairs of characters.
    left: Cell<usize>,
}

impl Default for Suggestions {
    fn default() -> Self {
        Suggestions { left: Cell::new(MOST_COMPARED) }
    }
}

impl Suggestions {
    /// Returns the nearest of the candidates that are close to a misspelt text, at most three.
    ///
    /// # Example
    /// ```
    /// use placet::diagnostic::Suggestions;
    /// let phrases = ["accepts the unity government", "is designated"];
    /// assert_eq!(Suggestions::default().near("accepts the untiy government", phrases), phrases[..1]);
    /// ```
    pub fn near<'a>(&self, text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
        self.near_where(text, candidates, |_| true)
    }

    /// The same as [`near`](Suggestions::near) for those candidates that pass `is_fit`. Only close candidates are
    /// passed to `is_fit`.
    pub(crate) fn near_where<'a>(
        &self,
        text: &str,
        candidates: impl IntoIterator<Item = &'a str>,
        is_fit: impl Fn(&str) -> bool,
    ) -> Vec<&'a str> {
        let wanted = fold(text);
        let length = wanted.chars().count();
        let limit = (length / 3).min(12);
        let mut scored = Vec::new();
        for candidate in candidates {
            let other = candidate.chars().count();
            let near = length.abs_diff(other) <= limit;
            let cost = if near { length.saturating_mul(other) } else { 1 };
            if !self.spend(cost) {
                return Vec::new();
            }
            if !near {
                continue;
            }
            let distance = strsim::osa_distance(&wanted, &fold(candidate));
            if distance <= limit && is_fit(candidate) {
                scored.push((distance, candidate));
            }
        }
        sorted::sort(&mut scored);
        scored.dedup();
        let best = scored.first().map(|(distance, _)| *distance);
        scored
            .into_iter()
            .take_while(|(distance, _)| Some(*distance) == best)
            .take(3)
            .map(|(_, candidate)| candidate)
            .collect()
    }

    /// Returns the only fit candidate that contains all words of the text in order. `None` if there is no such
    /// candidate or more than one.
    pub(crate) fn around<'a>(
        &self,
        text: &str,
        candidates: impl IntoIterator<Item = &'a str>,
        is_fit: impl Fn(&str) -> bool,
    ) -> Option<&'a str> {
        let mut found = None;
        for candidate in candidates {
            if !self.spend(candidate.len().saturating_add(text.len())) {
                return None;
            }
            let mut words = candidate.split(' ');
            let holds = text.split(' ').all(|word| words.any(|other| other == word));
            if holds && is_fit(candidate) && found.replace(candidate).is_some() {
                return None;
            }
        }
        found
    }

    /// Spends from the budget. Returns false once it is used up.
    fn spend(&self, cost: usize) -> bool {
        let left = self.left.get().checked_sub(cost.max(1));
        self.left.set(left.unwrap_or(0));
        left.is_some()
    }
}

/// Returns the candidates nearest to one misspelt text: [`Suggestions::near`] with a small budget of its own.
///
/// # Example
/// ```
/// use placet::diagnostic::nearest;
///
/// assert_eq!(nearest("requirment", ["policy", "requirement"]), ["requirement"]);
/// assert!(nearest("rule", ["policy", "requirement"]).is_empty());
/// ```
pub fn nearest<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    Suggestions { left: Cell::new(MOST_COMPARED / 4) }.near(text, candidates)
}

/// Joins names for a message: `a`, `a` or `b`, or `a`, `b` or `c`.
pub(crate) fn either<S: AsRef<str>>(names: &[S]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}

/// Returns a name with its indefinite article: `a word` or `an id`.
pub(crate) fn a(name: &str) -> String {
    // In `a unity government` and `a user`, the `u` is pronounced as in `you`.
    let sounds_like_you = ["uni", "use", "usu", "eu"].iter().any(|start| name.starts_with(start));
    let vowel = name.starts_with(['a', 'e', 'i', 'o', 'u']) && !sounds_like_you;
    let article = if vowel { "an" } else { "a" };
    format!("{article} {name}")
}
