//! What a change of policy means, as Markdown fit for a pull request.

use super::decision_markdown::{capital, plain};
use super::words;
use crate::analysis::diff::{BesideSort, Diff, Meaning, Move, Side, Turn};
use crate::decision::Outcome;
use std::fmt::Write as _;

/// Writes what a change of policy means; `moved` are the subjects whose verdict it turns, where dossiers were given.
///
/// # Example
/// ```
/// # let text = r#"
/// # policy "Training"
/// #   id training
/// #   version 1
/// #   about group
/// #
/// # assistance training
/// #
/// # kind group
/// #   is neutral : yes or no
/// #
/// # requirement neutrality "Neutral"
/// #   needs the group is neutral
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// use placet::analysis::diff::{days, diff};
///
/// let diff = diff(&policy, &policy, &days(&policy, &policy)?);
/// let text = placet::wire::diff_markdown::write(&diff, None);
/// assert!(text.contains("| training | the same |"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write(diff: &Diff<'_>, moved: Option<&[Move]>) -> String {
    let (old, new) = (diff.policies.old, diff.policies.new);
    let mut out = vec![format!("### What changes: {}", plain(&new.title))];
    let days: Vec<String> = diff.days.iter().map(ToString::to_string).collect();
    out.push(format!(
        "{} {} → {} {}, compared on {}.",
        plain(&old.id),
        plain(&old.version),
        plain(&new.id),
        plain(&new.version),
        days.join(", ")
    ));
    let mut table = "| Assistance | Verdict |\n|---|---|".to_owned();
    for (one, names) in diff.groups() {
        let ways: Vec<&Turn> = one.turns.iter().filter_map(|turn| diff.turns.get(*turn)).collect();
        let mut said = words::meaning(one.meaning).to_owned();
        for (place, turn) in ways.iter().enumerate() {
            let way =
                format!("{} → {}", words::outcome(turn.outcomes.old), words::outcome(turn.outcomes.new));
            said += &format!("{}{way}", if place == 0 { ": " } else { "; " });
        }
        if one.meaning == Meaning::Different {
            said = format!("**{said}**");
        }
        // writing to a String cannot fail
        let _ = write!(table, "\n| {} | {said} |", plain(&names.join(", ")));
    }
    out.push(table);
    for turn in diff.telling() {
        out.push(example(diff, turn));
    }
    let beside = diff.beside.iter().map(|one| {
        let sort = match one.sort {
            BesideSort::Choice => "choice",
            BesideSort::Obligation => "obligation",
        };
        let said =
            one.said.as_ref().map(|said| format!(" ({} before, {} now)", plain(&said.old), plain(&said.new)));
        format!("{sort} {}: {}{}", plain(&one.name), words::meaning(one.meaning), said.unwrap_or_default())
    });
    bullets("Choices and obligations", beside.collect(), &mut out);
    bullets("Declared otherwise", diff.declared.iter().map(|one| plain(one)).collect(), &mut out);
    if let Some(moved) = moved {
        if moved.is_empty() {
            out.push("No verdict on the dossiers given changes.".to_owned());
        }
        let lines = moved.iter().map(|one| {
            let mut line = format!(
                "{}, {}: **{} → {}**",
                plain(&one.title),
                plain(&one.assistance),
                words::outcome(one.outcomes.old),
                words::outcome(one.outcomes.new)
            );
            one.rules.iter().for_each(|rule| line += &format!("\n  - {}", plain(&words::turning(rule))));
            line
        });
        bullets("Whose verdict changes", lines.collect(), &mut out);
    }
    out.join("\n\n") + "\n"
}

fn example(diff: &Diff<'_>, turn: &Turn) -> String {
    let mut text =
        format!("**{}**: {}\n\n", capital(&words::turned(turn.outcomes)), plain(&turn.assistance.join(", ")));
    for rule in &turn.rules {
        text += &format!("- {}\n", plain(&words::turning(rule)));
    }
    let fence = |side: Side| format!("```placet\n{}```", diff.scenario(turn, side));
    let alike = turn.given.old == turn.given.new;
    let summary =
        if alike { "An example, as a scenario of the new policy" } else { "An example, as scenarios" };
    text += &format!("\n<details><summary>{summary}</summary>\n\n{}", fence(Side::New));
    if alike {
        let was = match turn.outcomes.old {
            Outcome::Eligible => "eligible",
            Outcome::Ineligible => "ineligible",
            Outcome::Undetermined => "undetermined",
        };
        text += &format!("\n\nUnder the old policy the same case is {was}.");
    } else {
        text += &format!("\n\nOf the old policy:\n\n{}", fence(Side::Old));
    }
    text + "\n\n</details>"
}

fn bullets(title: &str, lines: Vec<String>, out: &mut Vec<String>) {
    if !lines.is_empty() {
        out.push(format!("**{title}**"));
        out.push(lines.iter().map(|line| format!("- {line}")).collect::<Vec<_>>().join("\n"));
    }
}
