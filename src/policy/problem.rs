//! Helpers for findings about policies.

use crate::diagnostic::Diagnostic;
use crate::script::odd_letter;
use crate::span::Span;

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
