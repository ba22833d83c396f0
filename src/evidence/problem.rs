//! The findings about dossiers in the language.

use crate::diagnostic::Diagnostic;
use crate::policy::problem::{a, error, suggesting, with_odd_letter};
use crate::span::{Name, Span};

pub(super) use crate::policy::problem::Problem;

pub(super) fn duplicate(id: &Name, first: Span) -> Problem {
    let message = format!("duplicate dossier or member `{}`", id.value);
    Box::new(
        error("P0301", id.span, message, "duplicate", "give one of them another id")
            .see(first, "first declared here"),
    )
}

pub(super) fn unknown_kind(name: &Name, near: &[&str]) -> Problem {
    let message = format!("unknown kind `{}`", name.value);
    let problem = with_odd_letter(error("P0303", name.span, message, "not declared", ""), &name.value);
    suggesting(problem, name.span, near, "name a kind of the vocabulary that the dossier uses")
}

pub(super) fn only_one_member(kind: &Name) -> Problem {
    error(
        "P0304",
        kind.span,
        format!("there is only one {}, so it cannot be a member", kind.value),
        "only one",
        format!("write `the {} …` in a statement", kind.value),
    )
}

pub(super) fn too_many_statements(span: Span, most: usize) -> Problem {
    error("P0305", span, format!("a dossier has at most {most} statements"), "one too many", "")
}

pub(super) fn about_another_entity(span: Span) -> Problem {
    error(
        "P0306",
        span,
        "the statement is about an entity other than the subject",
        "another entity",
        "write the entity in place, `KIND ID \"title\"`, or in a dossier of its own, and state it there",
    )
}

pub(super) fn defined(span: Span, phrase: &str, defined: Span) -> Problem {
    let message = format!("`{phrase}` has a definition and cannot be stated");
    let help = "state the facts of its definition";
    Box::new(error("P0307", span, message, "defined fact", help).see(defined, "defined here"))
}

/// Reports an id that is read as another one which differs from it only in case.
pub(super) fn other_case(span: Span, id: &str, own: &str) -> Diagnostic {
    Diagnostic::remark("P0330", span, format!("`{id}` is read as `{own}`"))
        .help(format!("write `{own}`, as in its declaration"))
}

pub(super) fn relative_date(span: Span) -> Problem {
    error(
        "P0308",
        span,
        "a dossier must state the date itself",
        "a relative date",
        "write `is 2016-01-31`, `is after …` or `is between … and …`",
    )
}

pub(super) fn chain_in_dossier(span: Span) -> Problem {
    error(
        "P0309",
        span,
        "a dossier must state each step of a chain",
        "more than one step",
        "state the next entity here, and the one after it in the dossier of that entity",
    )
}

pub(super) fn quantified(span: Span, list: &str) -> Problem {
    error(
        "P0311",
        span,
        format!("a dossier must name the {list} and state what is known of each"),
        "does not name members",
        format!("write `its {list} include ID`, and `KIND ID \"title\"` in place with what is known"),
    )
}

pub(super) fn phase_in_dossier(span: Span) -> Problem {
    error(
        "P0312",
        span,
        "a dossier cannot state whether a phase is reached",
        "follows from its milestones",
        "state the milestones",
    )
}

pub(super) fn wrong_kind(span: Span, is: &str, wanted: &[String]) -> Problem {
    let wanted: Vec<String> = wanted.iter().map(|kind| a(kind)).collect();
    let wanted = wanted.join(" or ");
    let message = format!("expected {wanted}, found {}", a(is));
    error("P0313", span, message, "wrong kind", format!("name {wanted}"))
}

pub(super) fn unknown_id(span: Span, id: &str, wanted: &[String], near: &[&str]) -> Problem {
    let problem = error("P0314", span, format!("unknown dossier or member `{id}`"), "not found", "");
    let problem = with_odd_letter(problem, id);
    let help = format!(
        "write it in place, `{} {id} \"its title\"`, or use the file that holds its dossier",
        wanted.first().map_or("KIND", String::as_str)
    );
    suggesting(problem, span, near, &help)
}

pub(super) fn unknown_source(name: &Name, near: &[&str]) -> Problem {
    let problem = error("P0315", name.span, format!("unknown source `{}`", name.value), "not declared", "");
    let problem = with_odd_letter(problem, &name.value);
    let help =
        format!("declare it: `source {} \"its title\"`, or write who made the claim in quotes", name.value);
    suggesting(problem, name.span, near, &help)
}

/// Reports a declaration in a dossier's files that differs from the policy's.
pub(super) fn otherwise(name: &str, span: Span, what: &str, counts: Span) -> Diagnostic {
    let message = format!("`{name}` {what} in the policy, and only the policy's declaration counts");
    Diagnostic::warning("P0317", span, message)
        .label("without effect")
        .see(counts, "the policy's declaration")
        .help("leave it out here: a dossier can only add to the policy's vocabulary")
}

/// Reports a statement that the dossier's own vocabulary reads as another fact than the policy's vocabulary does.
pub(super) fn two_readings(span: Span, policy: (&str, Span), own: (&str, Span)) -> Diagnostic {
    let message =
        format!("this is `{}` in the policy's vocabulary and `{}` in the dossier's own", policy.0, own.0);
    Diagnostic::warning("P0318", span, message)
        .label("read as the policy's fact")
        .see(policy.1, "the policy's fact")
        .see(own.1, "the dossier's own fact")
        .help("reword the fact in the dossier's own files so that it differs from the policy's fact")
}

/// Reports statements that the policy does not ask about.
pub(super) fn unused(span: Span, number: usize) -> Diagnostic {
    let message = match number {
        1 => "the policy does not use this statement, which is in the dossier's own vocabulary".to_owned(),
        _ => {
            format!("the policy does not use {number} statements, which are in the dossier's own vocabulary")
        }
    };
    Diagnostic::remark("P0319", span, message)
        .label(if number == 1 { "not used" } else { "the first of them" })
        .help("to use it, declare the fact in the policy's vocabulary and test it in a rule")
}

/// Reports a dossier about a kind that the policy does not declare.
pub(super) fn unasked_kind(name: &Name) -> Diagnostic {
    let message = format!("the policy has no kind `{}`, so it does not use this dossier", name.value);
    Diagnostic::remark("P0319", name.span, message)
        .label("a kind of the dossier's own vocabulary")
        .help("to use it, declare the kind in the policy's vocabulary")
}

pub(super) fn too_many_own_words(span: Span, most: usize) -> Problem {
    error(
        "P0320",
        span,
        format!("the dossiers declare more than {most} kinds, facts and sources of their own"),
        "too many",
        "move shared declarations to the policy's vocabulary, or decide on fewer dossiers at once",
    )
}
