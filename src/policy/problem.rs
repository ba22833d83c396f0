//! Everything that can be wrong with what a policy says, as data.

use crate::diagnostic::Diagnostic;
use crate::script::odd_letter;
use crate::span::Span;

/// A problem, boxed because it is large and rare.
pub type Problem = Box<Diagnostic>;

/// An error with its place, message, label and help.
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

/// The same with a suggestion of the nearest names: as a fix where there is just one.
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

/// The same with the letter named that keeps some words from being known, where one looks like another.
pub(crate) fn with_odd_letter(mut problem: Problem, words: &str) -> Problem {
    if let Some(odd) = odd_letter(words) {
        problem.message += &format!("; {odd}");
    }
    problem
}

/// `a`, `a` or `b`, `a`, `b` or `c`: names in a message.
pub(crate) fn either<S: AsRef<str>>(names: &[S]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}

/// `a word` or `an id`.
pub(crate) fn a(name: &str) -> String {
    // `a unity government`, `a user`: an `u` that is spoken as in `you`.
    let spoken_you = ["uni", "use", "usu", "eu"].iter().any(|start| name.starts_with(start));
    let vowel = name.starts_with(['a', 'e', 'i', 'o', 'u']) && !spoken_you;
    let article = if vowel { "an" } else { "a" };
    format!("{article} {name}")
}
