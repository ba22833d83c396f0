//! Writes decisions as Markdown documents suitable for filing: the verdicts, their reasons, the sources, and what is
//! not known.

use super::manifest::{ENGINE, files_table};
use super::markdown::{Document, Markdown, capital, plain};
use super::words;
use crate::decision::{Change, Decision, FactRef, KnownFact, Outcome, RuleStatus, Verdict};
use crate::policy::{Header, Policy};
use crate::text::Written;
use crate::value::Truth;
use crate::written;

/// A sentence or a part of one.
type Text = Written<Markdown>;

/// Writes one decision as a separate document.
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
    let mut out = Document::default();
    out.block(written!(Markdown, "# {}", decision.title));
    let version = match policy.version.as_str() {
        "" => Text::default(),
        version => written!(Markdown, ", version {}", version),
    };
    out.block(written!(Markdown, "Decided under *{}*{}, as of {}.", policy.title, version, decision.as_of));
    if !policy.period.contains(decision.as_of) {
        let period = words::period(policy.period).unwrap_or_default();
        out.block(written!(Markdown, "**The policy was not in force on that day** ({}).", period));
    }
    out.block(overview(decision));
    for verdict in &decision.verdicts {
        section(verdict, policy, decision, &mut out);
    }
    let unused = decision.unused.iter().map(|statement| plain(&words::unused(statement, &policy.vocabulary)));
    out.list("Statements that this policy does not use:".into(), unused);
    foot(decision, &mut out);
    out.into_string()
}

fn overview(decision: &Decision<'_>) -> Text {
    let mut table = Text::from("| Assistance | Verdict | Holds until |\n|---|---|---|");
    for verdict in &decision.verdicts {
        let until = verdict.holds_until.map_or_else(|| "no limit known".to_owned(), |date| date.to_string());
        let mut outcome = words::outcome(verdict.outcome).to_owned();
        let concerns = words::concerns(decision, verdict.assistance);
        if !concerns.is_empty() {
            outcome.push_str(&format!(", {concerns}"));
        }
        table.add(written!(Markdown, "\n| {} | {} | {} |", name(verdict, decision.policy), outcome, until));
    }
    table
}

fn name<'p>(verdict: &Verdict<'_>, policy: &'p Policy) -> &'p str {
    policy.assistance.find(verdict.assistance).map_or("", |assistance| &assistance.name)
}

fn section(verdict: &Verdict<'_>, policy: &Policy, decision: &Decision<'_>, out: &mut Document) {
    let assistance = name(verdict, policy);
    out.block(written!(Markdown, "## {}", capital(assistance)));
    let subject = &decision.title;
    // The title may be in the plural, so no verb follows it.
    out.block(match verdict.outcome {
        Outcome::Eligible => written!(Markdown, "**{}: eligible for {}.**", subject, assistance),
        Outcome::Ineligible => written!(Markdown, "**{}: not eligible for {}.**", subject, assistance),
        Outcome::Undetermined => written!(
            Markdown,
            "**{}: undetermined for {}. The known facts do not settle it.**",
            subject,
            assistance
        ),
    });
    if verdict.outcome == Outcome::Undetermined && !verdict.exact {
        out.block("The verdict is sound only: the facts might settle it.");
    }
    for search in &verdict.cut_short {
        out.block(plain(words::cut_short(*search)));
    }
    reasons(verdict, policy, out);
    let rules_together = verdict.together.iter().filter_map(|id| policy.rules.find(*id));
    let title = words::together(verdict.together.len(), !verdict.reasons.is_empty());
    out.list(
        written!(Markdown, "{}:", title),
        rules_together.map(|rule| written!(Markdown, "{} ({})", rule.header.title, rule.header.id)),
    );
    let missing = verdict.missing.iter().map(|missing| {
        let rules: Vec<&str> = missing
            .rules
            .iter()
            .filter_map(|id| policy.rules.find(*id))
            .map(|rule| rule.header.title.as_str())
            .collect();
        let why = match rules.as_slice() {
            [] => Text::default(),
            rules => written!(Markdown, " It matters to: {}.", rules.join("; ")),
        };
        let status = words::status(missing.fact.status);
        written!(Markdown, "{} ({}): {}{}", missing.fact.text, status, missing.fact.question, why)
    });
    out.list("Missing facts, the most influential first:".into(), missing);
    changes(verdict, out);
    rules(verdict, policy, out);
    let choices = verdict.choices.iter().filter_map(|chosen| {
        let choice = policy.choices.get(chosen.choice)?;
        Some(written!(Markdown, "{}: {}", choice.header.title, chosen.values.join(", or ")))
    });
    out.list("Choices:".into(), choices);
    let obligations = verdict.obligations.iter().filter_map(|attached| {
        let obligation = policy.obligations.get(attached.obligation)?;
        let who = obligation.who.as_ref().map(|who| format!(", by {who}")).unwrap_or_default();
        let due = attached.due.map(|due| format!(", {}", words::due(due))).unwrap_or_default();
        let open = if attached.truth.settled() { "" } else { " (still open whether it applies)" };
        Some(written!(Markdown, "{}{}{}{}", obligation.header.title, who, due, open))
    });
    out.list("Obligations:".into(), obligations);
    concerns(verdict, decision, out);
    presumptions(verdict, policy, out);
    if let Some(heading) = words::omitted_heading(&verdict.omitted) {
        let lines: Vec<String> = (verdict.omitted.statements.iter())
            .map(|one| words::omitted_statement(one, &policy.vocabulary))
            .collect();
        if lines.is_empty() {
            out.block(written!(Markdown, "{}.", heading));
        }
        out.list(written!(Markdown, "{}:", heading), lines.iter().map(|line| plain(line)));
    }
}

/// Writes the smallest sets of facts: the sets with one fact as a list, then the first of the other sets in full, and
/// the rest as differences from it.
fn reasons(verdict: &Verdict<'_>, policy: &Policy, out: &mut Document) {
    let format_finding = |finding: &KnownFact<'_>| {
        let sources = words::sources(&finding.fact, &policy.vocabulary).join("; ");
        format!("{}{}", finding.text, words::in_brackets(&sources))
    };
    let (single, several): (Vec<_>, Vec<_>) = verdict.reasons.iter().partition(|reason| reason.len() == 1);
    let title = if single.len() > 1 { "Each of these is sufficient by itself:" } else { "Reason:" };
    let lines = single.iter().flat_map(|reason| reason.iter().map(format_finding));
    out.list(title.into(), lines.map(|line| plain(&line)));
    let title = if single.is_empty() { "Reason:" } else { "Also sufficient by itself:" };
    alternatives(title, &several, &|reason| reason.iter().map(format_finding).collect(), out);
}

/// Writes the concerns, each with its reason or its missing facts.
fn concerns(verdict: &Verdict<'_>, decision: &Decision<'_>, out: &mut Document) {
    let vocabulary = &decision.policy.vocabulary;
    for (concern, outcome) in decision.concerns_of(verdict.assistance) {
        let remedy = concern.header.remedy.iter().filter(|_| outcome.raised != Truth::No);
        let remedy = remedy.map(|remedy| format!(" {remedy}")).collect::<String>();
        let heading = words::concern_heading(outcome);
        let cited = words::in_brackets(&words::citations(&concern.header.cites, vocabulary));
        let title = written!(Markdown, "{}: {}{}.{}", heading, words::concern(concern), cited, remedy);
        let reasons = outcome.reasons.first().filter(|_| outcome.raised == Truth::Yes).into_iter().flatten();
        let reasons = reasons.map(|finding| {
            let sources = words::sources(&finding.fact, vocabulary).join("; ");
            format!("{}{}", finding.text, words::in_brackets(&sources))
        });
        let missing = outcome.missing.iter().map(|missing| {
            let FactRef { text, status, question, .. } = &missing.fact;
            format!("{text} ({}): {question}", words::status(*status))
        });
        let left_out = outcome.omitted.statements.iter();
        let left_out = left_out.map(|one| format!("left out: {}", words::omitted_statement(one, vocabulary)));
        let lines: Vec<String> = reasons.chain(missing).chain(left_out).collect();
        if lines.is_empty() {
            out.block(title);
        } else {
            out.list(title, lines.iter().map(|line| plain(line)));
        }
    }
}

/// Writes the presumed facts: first those without statements, then those whose statements do not count.
fn presumptions(verdict: &Verdict<'_>, policy: &Policy, out: &mut Document) {
    let (without, with): (Vec<_>, Vec<_>) =
        verdict.presumptions.iter().partition(|presumed| presumed.fact.left_out.is_empty());
    for these in [without, with] {
        let Some(first) = these.first() else { continue };
        let lines = these.iter().map(|presumed| {
            let sources = words::sources(&presumed.fact, &policy.vocabulary).join("; ");
            written!(Markdown, "{}{}", presumed.text, words::in_brackets(&sources))
        });
        out.list(written!(Markdown, "{}:", words::presumed_heading(&first.fact)), lines);
    }
}

fn changes(verdict: &Verdict<'_>, out: &mut Document) {
    if verdict.out_of_reach {
        out.block(plain(words::OUT_OF_REACH));
    }
    let sets: Vec<&Vec<Change<'_>>> = verdict.changes.iter().collect();
    let lines = |set: &Vec<Change<'_>>| {
        set.iter().map(|change| format!("{} {}", words::change_heading(change.word), change.text)).collect()
    };
    alternatives("What would make it eligible:", &sets, &lines, out);
}

/// Writes the first of several sets in full, and the others as differences from it.
fn alternatives<T>(title: &'static str, sets: &[&T], lines: &dyn Fn(&T) -> Vec<String>, out: &mut Document) {
    let Some((first, others)) = sets.split_first() else { return };
    let first = lines(first);
    out.list(title.into(), first.iter().map(|line| plain(line)));
    let others = others.iter().map(|other| {
        let these = lines(other);
        plain(&words::apart(&these, &first).unwrap_or_else(|| these.join("; ")))
    });
    out.list("Or:".into(), others);
}

fn rules(verdict: &Verdict<'_>, policy: &Policy, out: &mut Document) {
    let mut table = Text::from("| Rule | Outcome | Source |\n|---|---|---|");
    let mut any = false;
    for outcome in verdict.rules.iter().filter(|outcome| outcome.status != RuleStatus::NotApplicable) {
        let Some(rule) = policy.rules.find(outcome.rule) else { continue };
        let Header { id, title, cites, .. } = &rule.header;
        let cited = words::citations(cites, &policy.vocabulary);
        let status = words::rule_outcome(outcome.status, rule);
        table.add(written!(Markdown, "\n| {} ({}) | {} | {} |", title, id, status, cited));
        any = true;
    }
    if any {
        out.block(table);
    }
}

fn foot(decision: &Decision<'_>, out: &mut Document) {
    let policy = decision.policy;
    let decides = policy.authority.as_deref().unwrap_or("the responsible authority");
    out.block("---");
    out.block(written!(
        Markdown,
        "This is advice, derived from a written policy and a dossier. The decision lies with: {}.",
        decides
    ));
    if let Some(manifest) = &decision.manifest {
        out.block(written!(
            Markdown,
            "Policy {} {}, SHA-256 {}. Dossier {}, SHA-256 {}. Engine {}.",
            policy.id,
            policy.version,
            policy.hash,
            decision.subject,
            manifest.dossier,
            format!("placet {ENGINE}"),
        ));
        out.block(files_table(&manifest.files));
    }
}
