//! Writes a policy comparison as Markdown, suitable for a pull request.

use super::markdown::{Document, Markdown, capital, plain};
use super::words;
use crate::analysis::diff::{Diff, Meaning, Move, Side, SideSort, Turn};
use crate::text::Written;
use crate::written;

/// A sentence or a part of one.
type Text = Written<Markdown>;

/// Writes a policy comparison. `moved` are the subjects whose verdict changes, if dossiers were given.
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
    let mut out = Document::default();
    out.block(written!(Markdown, "### Changes: {}", new.title));
    let days: Vec<String> = diff.days.iter().map(ToString::to_string).collect();
    out.block(written!(
        Markdown,
        "{} {} → {} {}, compared on {}.",
        old.id,
        old.version,
        new.id,
        new.version,
        days.join(", ")
    ));
    let mut table = Text::from("| Assistance | Verdict |\n|---|---|");
    for (one, names) in diff.groups() {
        let ways: Vec<&Turn> = one.turns.iter().filter_map(|turn| diff.turns.get(*turn)).collect();
        let mut text = words::meaning(one.meaning).to_owned();
        for (place, turn) in ways.iter().enumerate() {
            let way =
                format!("{} → {}", words::outcome(turn.outcomes.old), words::outcome(turn.outcomes.new));
            text += &format!("{}{way}", if place == 0 { ": " } else { "; " });
        }
        let text =
            if one.meaning == Meaning::Different { written!(Markdown, "**{}**", text) } else { plain(&text) };
        table.add(written!(Markdown, "\n| {} | {} |", names.join(", "), text));
    }
    out.block(table);
    for turn in diff.distinct_turns() {
        example(diff, turn, &mut out);
    }
    let side_diffs = diff.side_diffs.iter().map(|one| {
        let sort = match one.sort {
            SideSort::Choice => "choice",
            SideSort::Obligation => "obligation",
        };
        let values =
            one.values.as_ref().map(|values| format!(" ({} before, {} now)", values.old, values.new));
        let meaning = words::meaning(one.meaning);
        written!(Markdown, "{} {}: {}{}", sort, one.name, meaning, values.unwrap_or_default())
    });
    out.list("**Choices and obligations**".into(), side_diffs);
    out.list("**Declared differently**".into(), diff.declared.iter().map(|one| plain(one)));
    if let Some(moved) = moved {
        if moved.is_empty() {
            out.block("No verdict on the given dossiers changes.");
        }
        let lines = moved.iter().map(|one| {
            let mut line = written!(
                Markdown,
                "{}, {}: **{} → {}**",
                one.title,
                one.assistance,
                words::outcome(one.outcomes.old),
                words::outcome(one.outcomes.new)
            );
            one.rules.iter().for_each(|rule| line.add(written!(Markdown, "\n  - {}", words::turning(rule))));
            line
        });
        out.list("**Changed verdicts**".into(), lines);
    }
    out.into_string()
}

fn example(diff: &Diff<'_>, turn: &Turn, out: &mut Document) {
    let turned = capital(&words::turned(turn.outcomes));
    out.block(written!(Markdown, "**{}**: {}", turned, turn.assistance.join(", ")));
    let rules = turn.rules.iter().map(|rule| written!(Markdown, "- {}", words::turning(rule)));
    let rules = Text::join(rules, "\n");
    if !rules.is_empty() {
        out.block(rules);
    }
    let alike = turn.given.old == turn.given.new;
    let summary =
        if alike { "An example, as a scenario for the new policy" } else { "An example, as scenarios" };
    out.block(written!(Markdown, "<details><summary>{}</summary>", summary));
    out.code(&diff.scenario(turn, Side::New));
    if alike {
        let was = turn.outcomes.old.word();
        out.block(written!(Markdown, "Under the old policy the same case is {}.", was));
    } else {
        out.block("For the old policy:");
        out.code(&diff.scenario(turn, Side::Old));
    }
    out.block("</details>");
}
