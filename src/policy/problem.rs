//! Helpers for findings about policies.

use crate::diagnostic::Diagnostic;
use crate::script::odd_letter;
use crate::span::Span;

pub(crate) use crate::diagnostic::{a, either};

/// A finding, boxed because it is large and rare.
pub type Problem = Box<Diagnostic>;

/// Creates an error with its place, message, label and help.
pub(crate) fn error(
    code: &'static str,
    span: Span,
    message: impl Into<String>,
    label: impl Into<String>,
    help: impl Into<String>,
) -> Problem {
    let help = help.into();
    let mut problem = Diagnostic::error(code, span, message).label(label);
    if !help.is_empty() {
        problem = problem.help(help);
    }
    Box::new(problem)
}

/// Adds a suggestion of the nearest names. If there is only one, it becomes a fix.
pub(crate) fn suggesting(mut problem: Problem, span: Span, near: &[&str], otherwise: &str) -> Problem {
    match near {
        [] => {
            if !otherwise.is_empty() {
                problem.help = Some(otherwise.to_owned());
            }
        }
        [only] => {
            problem.help = Some(format!("did you mean `{only}`?"));
            problem = Box::new(problem.fix(span, *only));
        }
        several => {
            problem.help = Some(format!("did you mean {}?", either(several)));
        }
    }
    problem
}

/// Adds to the message the look-alike letter that keeps a word from being recognised, if there is one.
pub(crate) fn with_odd_letter(mut problem: Problem, words: &str) -> Problem {
    if let Some(odd) = odd_letter(words) {
        problem.message += &format!("; {odd}");
    }
    problem
}
