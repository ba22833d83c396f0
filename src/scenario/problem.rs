//! The findings about scenarios.

use crate::diagnostic::Diagnostic;
use crate::policy::problem::{Problem, either, error, suggesting};
use crate::span::{Name, Span, Text};

pub(super) fn duplicate(title: &Text, first: Span) -> Diagnostic {
    let message = format!("duplicate scenario \"{}\"", title.value);
    error("P0401", title.span, message, "duplicate title", "give one of them another title")
        .see(first, "the first is here")
}

pub(super) fn unknown_base(title: &Text, near: &[&str]) -> Problem {
    let help = match near.first() {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => "write the title of another scenario of this policy".to_owned(),
    };
    error("P0402", title.span, format!("unknown scenario \"{}\"", title.value), "not declared", help)
}

pub(super) fn circular(title: &Text) -> Problem {
    error(
        "P0403",
        title.span,
        "this scenario starts from itself",
        "leads back to this scenario",
        "start from another scenario, or from none",
    )
}

pub(super) fn long_lineage(title: &Text, most: usize) -> Problem {
    error(
        "P0411",
        title.span,
        format!("this scenario starts from more than {most} others"),
        "one too many",
        "write the statements in this scenario instead of starting from another",
    )
}

pub(super) fn no_date(title: &Text) -> Problem {
    error(
        "P0404",
        title.span,
        "the scenario has no date",
        "no `as of`",
        "add a line such as `as of 2016-02-15` below it",
    )
}

pub(super) fn no_about(title: &Text, kinds: &[String]) -> Problem {
    error(
        "P0405",
        title.span,
        "the policy is about several kinds, but the scenario names none",
        "no `about`",
        format!("add an `about` line with {}", either(kinds)),
    )
}

pub(super) fn wrong_about(name: &Name, kinds: &[String]) -> Problem {
    error(
        "P0406",
        name.span,
        format!("the policy is not about `{}`", name.value),
        "not what the policy is about",
        format!("write {}", either(kinds)),
    )
}

pub(super) fn unknown(what: &str, name: &Name, near: &[&str]) -> Problem {
    let message = format!("`{}` is not {what} of this policy", name.value);
    let problem = error("P0407", name.span, message, "not declared", "");
    suggesting(problem, name.span, near, &format!("name {what} of this policy"))
}

pub(super) fn no_value(value: &Text, values: &[String]) -> Problem {
    error(
        "P0408",
        value.span,
        format!("\"{}\" is not a value of this choice", value.value),
        "not a value",
        format!("its values are {}", either(values)),
    )
}

pub(super) fn no_expectation(title: &Text) -> Diagnostic {
    Diagnostic::warning("P0410", title.span, "the scenario expects nothing, so it cannot fail")
        .label("no `expect`")
        .help("add a line such as `expect training is eligible`")
}
