//! What is wrong with an input, as plain data: a stable code, a sentence, the place, what to write instead.
//!
//! A front end draws it; nothing here knows of colour or terminals.

use crate::span::Span;
use crate::text::fold;
use std::cell::Cell;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The input cannot be used as it is.
    Error,
    /// The input can be used, but very likely does not say what was meant.
    Warning,
    /// The input can be used and may well say what was meant: something to know about it, no mistake.
    Remark,
}

/// A place that helps to understand a finding, with what is to be seen there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is to be seen there.
    pub message: String,
}

/// A replacement that mends the finding for certain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What to replace; empty to insert.
    pub span: Span,
    /// What to write there.
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
/// let finding = Diagnostic::error("P0202", place, "no kind `gruop` is declared")
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
    /// How much it weighs.
    pub severity: Severity,
    /// One plain clause in the user's words.
    pub message: String,
    /// The place.
    pub span: Span,
    /// What is to be seen at the place itself; may be empty.
    pub label: String,
    /// Other places that help to understand it.
    pub labels: Vec<Label>,
    /// What to write instead, in words.
    pub help: Option<String>,
    /// What to write instead, for certain.
    pub fix: Option<Fix>,
    /// An example in the language that shows it, ready to be pasted.
    pub example: Option<String>,
}

impl Diagnostic {
    /// An error at a place.
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

    /// A warning at a place.
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, span, message) }
    }

    /// A remark at a place.
    pub fn remark(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Remark, ..Diagnostic::error(code, span, message) }
    }

    /// The same with words at the place itself.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The same with another place to look at.
    #[must_use]
    pub fn see(mut self, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label { span, message: message.into() });
        self
    }

    /// The same with what to write instead, in words.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with an example in the language.
    #[must_use]
    pub fn example(mut self, example: Option<String>) -> Self {
        self.example = example;
        self
    }

    /// The same with a replacement that mends it for certain.
    #[must_use]
    pub fn fix(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.fix = Some(Fix { span, replacement: replacement.into() });
        self
    }
}

/// Puts findings in reading order: by file, place, code.
///
/// # Example
/// ```
/// use placet::diagnostic::{Diagnostic, sort};
/// use placet::span::{FileId, Span};
///
/// let at = |start| Diagnostic::error("P0106", Span::new(FileId(0), start, start + 1), "a tab stands here");
/// let mut found = [at(20), at(3)];
/// sort(&mut found);
/// assert_eq!(found[0].span.start, 3);
/// ```
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
}

/// Whether any finding is an error.
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

/// Whether any finding is more than a remark.
///
/// # Example
/// ```
/// use placet::diagnostic::{Diagnostic, any_doubt};
/// use placet::span::Span;
///
/// assert!(!any_doubt(&[Diagnostic::remark("P0515", Span::default(), "no policy asks for it")]));
/// assert!(any_doubt(&[Diagnostic::warning("P0410", Span::default(), "the scenario expects nothing")]));
/// ```
pub fn any_doubt(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity != Severity::Remark)
}

/// How many pairs of characters are compared for one input.
const MOST_COMPARED: usize = 20_000_000;

/// Finds the names nearest to misspelt ones, within a budget for a whole input: a file full of mistakes gets its
/// first suggestions and then goes without.
#[derive(Clone, Debug)]
pub struct Suggestions {
    /// How many more pairs of characters may be compared.
    left: Cell<usize>,
}

impl Default for Suggestions {
    fn default() -> Self {
        Suggestions { left: Cell::new(MOST_COMPARED) }
    }
}

impl Suggestions {
    /// The candidates nearest to a misspelt text: of those that are near at all the nearest, at most three.
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

    /// The same of those candidates alone that are fit; only what is near is asked for it.
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
        scored.sort_unstable();
        scored.dedup();
        let best = scored.first().map(|(distance, _)| *distance);
        scored
            .into_iter()
            .take_while(|(distance, _)| Some(*distance) == best)
            .take(3)
            .map(|(_, candidate)| candidate)
            .collect()
    }

    /// The only fit candidate in which all words of a text stand in their order, if there is just one.
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

    /// Takes from the budget; false once it is used up.
    fn spend(&self, cost: usize) -> bool {
        let left = self.left.get().checked_sub(cost.max(1));
        self.left.set(left.unwrap_or(0));
        left.is_some()
    }
}

/// The candidates nearest to one misspelt text: [`Suggestions::near`] with a small budget of its own.
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
