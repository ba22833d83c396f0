//! Everything that can be wrong with a dossier in the language, as data.

use crate::diagnostic::Diagnostic;
use crate::policy::problem::{a, error, suggesting};
use crate::span::{Name, Span};

pub(super) use crate::policy::problem::Problem;

pub(super) fn duplicate(id: &Name, first: Span) -> Problem {
    let message = format!("there is another dossier or member `{}`", id.value);
    Box::new(
        error("P0301", id.span, message, "again", "give one of them another id")
            .see(first, "the first is here"),
    )
}

pub(super) fn unknown_kind(name: &Name, near: &[&str]) -> Problem {
    let message = format!("no kind `{}` is declared", name.value);
    let problem = error("P0303", name.span, message, "not declared", "");
    suggesting(problem, name.span, near, "name a kind of the vocabulary that the dossier uses")
}

pub(super) fn only_one_member(kind: &Name) -> Problem {
    error(
        "P0304",
        kind.span,
        format!("there is only one {}, so it is no member", kind.value),
        "only one",
        format!("say `the {} …` in a statement", kind.value),
    )
}

pub(super) fn too_many_statements(span: Span, most: usize) -> Problem {
    error(
        "P0305",
        span,
        format!("a dossier has at most {most} statements, and this is one more"),
        "one too many",
        "",
    )
}

pub(super) fn said_of_another(span: Span) -> Problem {
    error(
        "P0306",
        span,
        "this is said of somebody other than the subject",
        "another subject",
        "write the other in place, `KIND ID \"title\"`, or in a dossier of its own, and say it there",
    )
}

pub(super) fn defined(span: Span, phrase: &str, defined: Span) -> Problem {
    let message = format!("`{phrase}` is worked out from other facts and cannot be stated");
    let help = "state the facts that it is made of";
    Box::new(error("P0307", span, message, "worked out", help).see(defined, "defined here"))
}

/// An id that is read as one that differs from it in case alone.
pub(super) fn other_case(span: Span, id: &str, own: &str) -> Diagnostic {
    Diagnostic::remark("P0330", span, format!("`{id}` is read as `{own}`"))
        .help(format!("write `{own}`, as the id is given"))
}

pub(super) fn relative_date(span: Span) -> Problem {
    error(
        "P0308",
        span,
        "a dossier gives the date itself, not how long ago it was",
        "counts back from no day",
        "write `is 2016-01-31`, `is after …` or `is between … and …`",
    )
}

pub(super) fn chain_in_dossier(span: Span) -> Problem {
    error(
        "P0309",
        span,
        "a dossier states each step of a chain, not the chain",
        "more than one step",
        "say whom the subject is tied to, and in that one's dossier whom it is tied to",
    )
}

pub(super) fn quantified(span: Span, list: &str) -> Problem {
    error(
        "P0311",
        span,
        format!("a dossier names the {list} and says of each what is known"),
        "says it of some",
        format!("write `its {list} include ID`, and in place `KIND ID \"title\"` with what is known"),
    )
}

pub(super) fn phase_in_dossier(span: Span) -> Problem {
    error(
        "P0312",
        span,
        "whether a phase is reached follows from its milestones",
        "worked out",
        "state the milestones",
    )
}

pub(super) fn wrong_kind(span: Span, is: &str, wanted: &[String]) -> Problem {
    let wanted: Vec<String> = wanted.iter().map(|kind| a(kind)).collect();
    let wanted = wanted.join(" or ");
    let message = format!("this is {}, where {wanted} is wanted", a(is));
    error("P0313", span, message, "wrong kind", format!("name {wanted}"))
}

pub(super) fn unknown_id(span: Span, id: &str, wanted: &[String], near: &[&str]) -> Problem {
    let problem = error("P0314", span, format!("there is no dossier or member `{id}`"), "not known", "");
    let help = format!(
        "write it in place, `{} {id} \"its title\"`, or use the file that holds its dossier",
        wanted.first().map_or("KIND", String::as_str)
    );
    suggesting(problem, span, near, &help)
}

pub(super) fn unknown_source(name: &Name, near: &[&str]) -> Problem {
    let problem =
        error("P0315", name.span, format!("no source `{}` is declared", name.value), "not declared", "");
    let help = format!("declare it: `source {} \"its title\"`, or write who said it in quotes", name.value);
    suggesting(problem, name.span, near, &help)
}
