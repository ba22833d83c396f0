//! Sentences about statements that standards left out and that would change a verdict, and about presumed facts.

use super::{in_brackets, left_out, named_statement, outcome, provenance};
use crate::decision::{FactRef, Omitted, OmittedStatement};
use crate::policy::Vocabulary;

/// Returns a heading that says how the statements that were left out would change the verdict, such as
/// `If this statement counted, it would be not eligible`. If the search was cut short without a result, the heading
/// says so. Returns `None` if they would not change the verdict.
///
/// # Example
/// ```
/// # let text = r#"
/// # policy "Training"
/// #   id training
/// #   version 1
/// #   about group
/// #   on independent word
/// #
/// # assistance training
/// #
/// # kind group
/// #   is neutral : yes or no
/// #
/// # requirement neutrality "Neutral"
/// #   needs the group is neutral
/// #
/// # evidence standard independent word
/// #   not from the subject itself
/// #
/// # dossier militia "A militia"
/// #   about group
/// #   as of 2016-02-15
/// #   - it is neutral
/// #       from "its spokesman", the subject itself
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// # let (evidence, _) = placet::evidence::read(&bundle, &policy.vocabulary);
/// # let day = placet::value::Date::parse("2016-02-15").ok_or("no day")?;
/// # let decision = placet::decision::decide(&policy, &evidence, "militia", day, None)?;
/// use placet::wire::words::{omitted_heading, omitted_statement};
///
/// // evidence standard independent word
/// //   not from the subject itself
/// //
/// // - it is neutral
/// //     from "its spokesman", the subject itself
/// let omitted = &decision.verdicts[0].omitted;
/// let heading = omitted_heading(omitted).ok_or("it would change the verdict")?;
/// assert_eq!(heading, "If this statement counted, it would be eligible");
/// let line = omitted_statement(&omitted.statements[0], &policy.vocabulary);
/// assert_eq!(
///     line,
///     "is neutral: yes (its spokesman, the subject itself); left out, from the subject itself"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn omitted_heading(omitted: &Omitted<'_>) -> Option<String> {
    let cut_short = if omitted.cut_short { " (search cut short: fewer may be enough)" } else { "" };
    match (omitted.outcome, omitted.statements.len()) {
        (Some(then), 1) => {
            Some(format!("If this statement counted, it would be {}{cut_short}", outcome(then)))
        }
        (Some(then), many) => {
            Some(format!("If these {many} statements counted, it would be {}{cut_short}", outcome(then)))
        }
        (None, _) if omitted.cut_short => {
            Some("Search cut short: statements that were left out might change it".to_owned())
        }
        (None, _) => None,
    }
}

/// Returns a statement that was left out, its source, and the reason, such as
/// `is neutral: yes (its spokesman); left out, not rated`.
pub fn omitted_statement(one: &OmittedStatement<'_>, vocabulary: &Vocabulary) -> String {
    let text = named_statement(one.statement, vocabulary, &one.fact.names);
    let from = in_brackets(&provenance(&one.statement.provenance, vocabulary));
    format!("{text}{from}; left out, {}", left_out(one.why, &one.statement.provenance))
}

/// Returns why a fact is presumed: there is no statement about it, or no statement about it counts.
pub fn presumed_heading(fact: &FactRef<'_>) -> &'static str {
    match fact.left_out.is_empty() {
        true => "Presumed, since there are no statements",
        false => "Presumed, since no statement counts",
    }
}
