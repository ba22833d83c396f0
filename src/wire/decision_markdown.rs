//! Decisions as Markdown, fit for filing: what was decided, why, on whose word, and what is not known.

use super::manifest::{ENGINE, files_table};
use super::words;
use crate::decision::{Change, Decision, Finding, Outcome, RuleStatus, Verdict};
use crate::policy::Policy;
use std::fmt::Write as _;

/// Writes one decision as a document of its own.
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
/// #
/// # dossier militia "A militia"
/// #   about group
/// #   as of 2016-02-15
/// #   - it is not neutral
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// # let (evidence, _) = placet::evidence::read(&bundle, &policy.vocabulary);
/// # let day = placet::value::Date::parse("2016-02-15").ok_or("no day")?;
/// # let decision = placet::decision::decide(&policy, &evidence, "militia", day, None)?;
/// let document = placet::wire::decision_markdown::write(&decision);
/// assert!(document.starts_with("# A militia\n\nDecided under *Training*, version 1, as of 2016-02-15."));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write(decision: &Decision<'_>) -> String {
    let policy = decision.policy;
    let mut out = Vec::new();
    out.push(format!("# {}", plain(&decision.title)));
    let version = if policy.version.is_empty() {
        String::new()
    } else {
        format!(", version {}", plain(&policy.version))
    };
    out.push(format!("Decided under *{}*{version}, as of {}.", plain(&policy.title), decision.as_of));
    if !policy.period.contains(decision.as_of) {
        let period = words::period(policy.period).unwrap_or_default();
        out.push(format!("**The policy was not in force on that day** ({period})."));
    }
    out.push(overview(decision));
    for verdict in &decision.verdicts {
        section(verdict, policy, decision, &mut out);
    }
    out.push(foot(decision));
    out.join("\n\n") + "\n"
}

fn overview(decision: &Decision<'_>) -> String {
    let mut table = "| Assistance | Verdict | Holds until |\n|---|---|---|".to_owned();
    for verdict in &decision.verdicts {
        let until = verdict.holds_until.map_or_else(|| "no limit known".to_owned(), |date| date.to_string());
        // writing to a String cannot fail
        let _ = write!(
            table,
            "\n| {} | {} | {until} |",
            name(verdict, decision.policy),
            words::outcome(verdict.outcome)
        );
    }
    table
}

fn name(verdict: &Verdict<'_>, policy: &Policy) -> String {
    policy.assistance.find(verdict.assistance).map_or_else(String::new, |assistance| plain(&assistance.name))
}

fn section(verdict: &Verdict<'_>, policy: &Policy, decision: &Decision<'_>, out: &mut Vec<String>) {
    let assistance = name(verdict, policy);
    out.push(format!("## {}", capital(&assistance)));
    let subject = plain(&decision.title);
    out.push(match verdict.outcome {
        Outcome::Eligible => format!("**{subject} is eligible for {assistance}.**"),
        Outcome::Ineligible => format!("**{subject} is not eligible for {assistance}.**"),
        Outcome::Undetermined => {
            format!("**Whether {subject} is eligible for {assistance} cannot be said from what is known.**")
        }
    });
    if verdict.outcome == Outcome::Undetermined && !verdict.exact {
        out.push("The answer is sound only: the facts might in truth settle it.".to_owned());
    }
    for search in &verdict.cut_short {
        out.push(words::cut_short(*search).to_owned());
    }
    reasons(verdict, policy, out);
    let rules_together = verdict.together.iter().filter_map(|id| policy.rules.find(*id));
    bullets(
        &words::together(verdict.together.len(), !verdict.reasons.is_empty()),
        rules_together.map(|rule| format!("{} ({})", plain(&rule.title), plain(&rule.id))),
        out,
    );
    let missing = verdict.missing.iter().map(|missing| {
        let rules: Vec<&str> = missing
            .rules
            .iter()
            .filter_map(|id| policy.rules.find(*id))
            .map(|rule| rule.title.as_str())
            .collect();
        let why = if rules.is_empty() {
            String::new()
        } else {
            format!(" It matters to: {}.", plain(&rules.join("; ")))
        };
        let status = words::status(missing.fact.status);
        format!("{} ({status}): {}{why}", plain(&missing.fact.text), plain(&missing.fact.question))
    });
    bullets("What is missing, the most telling first", missing, out);
    changes(verdict, out);
    rules(verdict, policy, out);
    let choices = verdict.choices.iter().filter_map(|chosen| {
        let choice = policy.choices.get(chosen.choice)?;
        Some(format!("{}: {}", plain(&choice.title), plain(&chosen.values.join(", or "))))
    });
    bullets("Choices", choices, out);
    let obligations = verdict.obligations.iter().filter_map(|attached| {
        let obligation = policy.obligations.get(attached.obligation)?;
        let who = obligation.who.as_ref().map(|who| format!(", by {}", plain(who))).unwrap_or_default();
        let due = attached.due.map(|due| format!(", {}", words::due(due))).unwrap_or_default();
        let open = if attached.truth.settled() { "" } else { " (whether it is owed is open)" };
        Some(format!("{}{who}{due}{open}", plain(&obligation.title)))
    });
    bullets("Obligations", obligations, out);
    let presumed = verdict.presumptions.iter().map(|presumed| plain(&presumed.text));
    bullets("Presumed, since nobody says otherwise", presumed, out);
}

/// The smallest sets of facts: those of one fact as a list, the first of the others in full, the rest by what stands
/// in place of what.
fn reasons(verdict: &Verdict<'_>, policy: &Policy, out: &mut Vec<String>) {
    let said = |finding: &Finding<'_>| {
        let sources = words::sources(&finding.fact, &policy.vocabulary).join("; ");
        let from = if sources.is_empty() { String::new() } else { format!(" ({})", plain(&sources)) };
        format!("{}{from}", plain(&finding.text))
    };
    let (single, several): (Vec<_>, Vec<_>) = verdict.reasons.iter().partition(|reason| reason.len() == 1);
    let title = if single.len() > 1 { "Each of these is enough by itself" } else { "Reason" };
    bullets(title, single.iter().flat_map(|reason| reason.iter().map(said)), out);
    let title = if single.is_empty() { "Reason" } else { "Enough by itself, too" };
    alternatives(title, &several, &|reason| reason.iter().map(said).collect(), out);
}

fn changes(verdict: &Verdict<'_>, out: &mut Vec<String>) {
    if verdict.out_of_reach {
        out.push("No change of facts that can change would make it eligible.".to_owned());
    }
    let sets: Vec<&Vec<Change<'_>>> = verdict.changes.iter().collect();
    let lines = |set: &Vec<Change<'_>>| {
        set.iter().map(|change| format!("{}: {}", words::change(change.word), plain(&change.text))).collect()
    };
    alternatives("What would make it eligible", &sets, &lines, out);
}

/// The first of several sets in full, the others by how they differ from it.
fn alternatives<T>(title: &str, sets: &[&T], lines: &dyn Fn(&T) -> Vec<String>, out: &mut Vec<String>) {
    let Some((first, others)) = sets.split_first() else { return };
    let first = lines(first);
    bullets(title, first.iter().cloned(), out);
    let others = others.iter().map(|other| {
        let these = lines(other);
        words::apart(&these, &first).unwrap_or_else(|| these.join("; "))
    });
    bullets("Or", others, out);
}

fn rules(verdict: &Verdict<'_>, policy: &Policy, out: &mut Vec<String>) {
    let mut table = "| Rule | Outcome | Source |\n|---|---|---|".to_owned();
    let mut any = false;
    for outcome in verdict.rules.iter().filter(|outcome| outcome.status != RuleStatus::NotApplicable) {
        let Some(rule) = policy.rules.find(outcome.rule) else { continue };
        let cited = plain(&words::citations(&rule.cites, &policy.vocabulary));
        let status = words::rule_outcome(outcome.status, rule);
        let _ = write!(table, "\n| {} ({}) | {status} | {cited} |", plain(&rule.title), plain(&rule.id));
        any = true;
    }
    if any {
        out.push(table);
    }
}

fn foot(decision: &Decision<'_>) -> String {
    let policy = decision.policy;
    let decides = match &policy.authority {
        Some(authority) => plain(authority),
        None => "the responsible authority".to_owned(),
    };
    let mut foot = format!(
        "---\n\nThis is advice worked out from a written policy and from what the dossier says. The decision \
         lies with: {decides}."
    );
    if let Some(manifest) = &decision.manifest {
        let _ = write!(
            foot,
            "\n\nPolicy {} {}, SHA-256 {}. Dossier {}, SHA-256 {}. Engine {ENGINE}.\n\n{}",
            plain(&policy.id),
            plain(&policy.version),
            policy.hash,
            plain(&decision.subject),
            manifest.dossier,
            files_table(&manifest.files).trim_end(),
        );
    }
    foot
}

fn bullets(title: &str, lines: impl Iterator<Item = String>, out: &mut Vec<String>) {
    let lines: Vec<String> = lines.map(|line| format!("- {line}")).collect();
    if !lines.is_empty() {
        out.push(format!("{title}:"));
        out.push(lines.join("\n"));
    }
}

/// Text in which nothing is markup: what a dossier says must not become a heading, a link or a table.
pub(super) fn plain(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut plain, character| {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~') {
            plain.push('\\');
        }
        plain.push(if matches!(character, '\n' | '\r') { ' ' } else { character });
        plain
    })
}

pub(super) fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
