//! The words for verdicts, rules, statements and citations, which are the same in every output.

mod omitted;
mod statements;

pub use omitted::{omitted_heading, omitted_statement, presumed_heading};
pub use statements::{claim, left_out, provenance, sources, statement, target, unused};

pub(super) use statements::about;
pub(super) use statements::in_brackets;
use statements::named_statement;

use crate::analysis::diff::{Both, Meaning, Side, TurningRule};
use crate::decision::{ChangeWord, ConcernOutcome, Decision, Outcome, RuleStatus, Search};
use crate::evidence::Status;
use crate::id::AssistanceId;
use crate::policy::{Body, Citation, Concern, Due, Period, Rule, Vocabulary};
use crate::value::Truth;

/// Returns the word for an outcome: `eligible`, `not eligible` or `undetermined`.
///
/// # Example
/// ```
/// use placet::{decision::Outcome, wire::words::outcome};
///
/// assert_eq!(outcome(Outcome::Ineligible), "not eligible");
/// ```
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Eligible => "eligible",
        Outcome::Ineligible => "not eligible",
        Outcome::Undetermined => "undetermined",
    }
}

/// Returns the key that a decision uses for what the budget cut short: `rules`, `reasons`, `missing`, `changes`,
/// `presumptions` or `holds_until`.
pub fn search(search: Search) -> &'static str {
    match search {
        Search::Rules => "rules",
        Search::Reasons => "reasons",
        Search::Missing => "missing",
        Search::Changes => "changes",
        Search::Presumptions => "presumptions",
        Search::HoldsUntil => "holds_until",
    }
}

/// Returns the sentence about what the budget cut short.
///
/// # Example
/// ```
/// use placet::decision::Search;
/// use placet::wire::words::cut_short;
///
/// assert_eq!(cut_short(Search::Changes), "The search was cut short: there may be other and smaller changes.");
/// ```
pub fn cut_short(search: Search) -> &'static str {
    match search {
        Search::Rules => "The evaluation was cut short: some rules shown as open may be settled.",
        Search::Reasons => "The search was cut short: there may be other and smaller reasons.",
        Search::Missing => "The search was cut short: some of the missing facts may not matter.",
        Search::Changes => "The search was cut short: there may be other and smaller changes.",
        Search::Presumptions => "The search was cut short: some of the presumptions may not matter.",
        Search::HoldsUntil => "The search was cut short: the verdict may hold for a longer or shorter time.",
    }
}

/// Returns the word for the status of a rule: `met`, `failed`, `open`, `lifted` or `not applicable`.
pub fn rule_status(status: RuleStatus) -> &'static str {
    match status {
        RuleStatus::Met => "met",
        RuleStatus::Failed => "failed",
        RuleStatus::Open => "open",
        RuleStatus::Lifted => "lifted",
        RuleStatus::NotApplicable => "not applicable",
    }
}

/// Returns the result of a rule in the words for its kind: a requirement is `met`, a bar `clear`, a phase `open`.
///
/// # Example
/// ```
/// use placet::decision::RuleStatus;
/// use placet::wire::words::{rule_kind, rule_outcome, rule_status};
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
/// let (_, requirement) = policy.rules.iter().next().ok_or("no rule")?;
/// assert_eq!(rule_kind(requirement), "requirement");
/// assert_eq!(rule_outcome(RuleStatus::Failed, requirement), "not met");
/// assert_eq!(rule_status(RuleStatus::Failed), "failed");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn rule_outcome(status: RuleStatus, rule: &Rule) -> &'static str {
    match (status, &rule.body) {
        (RuleStatus::Met, Body::Bar { .. }) => "clear",
        (RuleStatus::Failed, Body::Bar { .. }) => "barred",
        (RuleStatus::Met, Body::Phase(_)) => "open",
        (RuleStatus::Failed, Body::Phase(_)) => "not yet open",
        (RuleStatus::Failed, Body::Requirement { .. }) => "not met",
        (RuleStatus::Open, _) => "undetermined",
        _ => rule_status(status),
    }
}

/// Returns the heading above rules that fail only together. It depends on whether reasons precede it.
///
/// # Example
/// ```
/// use placet::wire::words::together;
///
/// assert_eq!(together(2, false), "Because these rules cannot be met together");
/// assert_eq!(together(2, true), "Given that, these rules cannot be met together");
/// assert_eq!(together(1, false), "Because this rule cannot be met");
/// ```
pub fn together(rules: usize, after_reasons: bool) -> String {
    let start = if after_reasons { "Given that," } else { "Because" };
    match rules {
        1 => format!("{start} this rule cannot be met"),
        _ => format!("{start} these rules cannot be met together"),
    }
}

/// Returns the word for the kind of a rule: `requirement`, `bar` or `phase`.
pub fn rule_kind(rule: &Rule) -> &'static str {
    match rule.body {
        Body::Requirement { .. } => "requirement",
        Body::Bar { .. } => "bar",
        Body::Phase(_) => "phase",
    }
}

/// Returns what a change of policy means for a type of assistance, a choice or an obligation.
///
/// # Example
/// ```
/// use placet::{analysis::diff::Meaning, wire::words::meaning};
///
/// assert_eq!(meaning(Meaning::Same), "the same");
/// ```
pub fn meaning(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::Same => "the same",
        Meaning::SameWhenKnown => "the same if everything is known; not always if facts are missing",
        Meaning::Different => "not the same",
        Meaning::NotAvailable => "not available: it could not be computed",
        Meaning::Added => "new",
        Meaning::Removed => "removed",
    }
}

/// Returns an outcome before and after a change, such as `eligible before, not eligible now`.
pub fn turned(outcomes: Both<Outcome>) -> String {
    format!("{} before, {} now", outcome(outcomes.old), outcome(outcomes.new))
}

/// Returns a rule that explains a changed verdict, such as
/// `fails now (before: met): Under the national command (subordinate)`.
pub fn turning(rule: &TurningRule) -> String {
    let verb = if rule.fails { "fails" } else { "is open" };
    let (here, there) = match rule.side {
        Side::Old => (format!("{verb} before"), "now"),
        Side::New => (format!("{verb} now"), "before"),
    };
    let other = match rule.there {
        Some(status) => format!("{there}: {}", rule_status(status)),
        None => format!("{there} no such rule applies"),
    };
    let (id, title) = (&rule.id, &rule.title);
    format!("{here} ({other}): {title} ({id})")
}

/// Returns the word for the status of a fact: `known`, `known in part`, `unknown`, `presumed` or `contested`.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Known => "known",
        Status::Partly => "known in part",
        Status::Unknown => "unknown",
        Status::Presumed => "presumed",
        Status::Contested => "contested",
    }
}

/// Returns the word for a change: `establish`, `settle` or `change`.
pub fn change(word: ChangeWord) -> &'static str {
    match word {
        ChangeWord::Establish => "establish",
        ChangeWord::Settle => "settle",
        ChangeWord::Change => "change",
    }
}

/// Returns the words before the sentence of a change: `establish that`, `settle that` or `ensure that`.
pub fn change_heading(word: ChangeWord) -> &'static str {
    match word {
        ChangeWord::Establish => "establish that",
        ChangeWord::Settle => "settle that",
        ChangeWord::Change => "ensure that",
    }
}

/// The sentence for a verdict that no change can make eligible.
pub const OUT_OF_REACH: &str = "No possible change would make it eligible.";

/// Returns how one set of sentences differs from another, such as `“the group has no parent” in place of “…”`. Returns
/// `None` if they share nothing, or if one of them has nothing that the other lacks.
///
/// # Example
/// ```
/// use placet::wire::words::apart;
/// assert_eq!(apart(&["a", "c"], &["a", "b"]).as_deref(), Some("“c” in place of “b”"));
/// assert_eq!(apart(&["c"], &["a", "b"]), None);
/// ```
pub fn apart<T: AsRef<str> + PartialEq>(one: &[T], other: &[T]) -> Option<String> {
    let only = |texts: &[T], others: &[T]| -> Vec<String> {
        texts
            .iter()
            .filter(|text| !others.contains(text))
            .map(|text| format!("“{}”", text.as_ref()))
            .collect()
    };
    let (here, there) = (only(one, other), only(other, one));
    let is_partial = !here.is_empty() && !there.is_empty() && here.len() < one.len();
    is_partial.then(|| format!("{} in place of {}", here.join(" and "), there.join(" and ")))
}

/// Returns the word for a truth value: `yes`, `no` or `open`.
pub fn truth(truth: Truth) -> &'static str {
    match truth {
        Truth::Yes => "yes",
        Truth::No => "no",
        Truth::Open => "open",
    }
}

/// Returns how many concerns about a type of assistance are raised or open: `2 concerns to answer, 1 open`. Empty if
/// there are none.
pub fn concerns(decision: &Decision<'_>, assistance: AssistanceId) -> String {
    let count = |wanted: Truth| {
        decision.concerns_of(assistance).filter(|(_, outcome)| outcome.raised == wanted).count()
    };
    let concerns = |count: usize| format!("{count} concern{}", if count == 1 { "" } else { "s" });
    match (count(Truth::Yes), count(Truth::Open)) {
        (0, 0) => String::new(),
        (0, open) => format!("{} open", concerns(open)),
        (raised, 0) => format!("{} to answer", concerns(raised)),
        (raised, open) => format!("{} to answer, {open} open", concerns(raised)),
    }
}

/// Returns a concern with its level and who must answer it: `Deepens fractures (fractures), level high, for the donor`.
pub fn concern(concern: &Concern) -> String {
    let level = concern.level.map(|level| format!(", level {}", level.word())).unwrap_or_default();
    let who = concern.who.as_ref().map(|who| format!(", for {who}")).unwrap_or_default();
    format!("{} ({}){level}{who}", concern.header.title, concern.header.id)
}

/// Returns whether a concern is raised, as a heading.
pub fn concern_heading(outcome: &ConcernOutcome<'_>) -> &'static str {
    match outcome.raised {
        Truth::Yes => "Concern to answer",
        Truth::Open if outcome.exact => "Open concern",
        Truth::Open => "Open concern (the known facts may already settle it)",
        Truth::No => "Concern not raised",
    }
}

/// Returns when an obligation is due, such as `within 15 days before delivery`.
///
/// # Example
/// ```
/// use placet::policy::Due;
/// use placet::value::{Length, TimeUnit};
/// use placet::wire::words::due;
///
/// assert_eq!(due(Due::Every(Length { count: 6, unit: TimeUnit::Months })), "every 6 months");
/// ```
pub fn due(due: Due) -> String {
    match due {
        Due::WithinBefore(length) => format!("within {length} before delivery"),
        Due::WithinAfter(length) => format!("within {length} after delivery"),
        Due::Before => "before delivery".to_owned(),
        Due::During => "during delivery".to_owned(),
        Due::After => "after delivery".to_owned(),
        Due::Every(length) => format!("every {length}"),
    }
}

/// Returns a period, such as `in force from 2016-02-01 until 2016-12-31`, or `None` if it has no limits.
///
/// # Example
/// ```
/// use placet::{policy::Period, value::Date, wire::words::period};
///
/// let from = Date::parse("2016-02-01");
/// assert_eq!(period(Period { from, until: None }).as_deref(), Some("in force from 2016-02-01"));
/// assert_eq!(period(Period::default()), None);
/// ```
pub fn period(period: Period) -> Option<String> {
    period.words().map(|words| format!("in force {words}"))
}

/// Returns a citation, such as `Wehrey, Foreign Affairs, early 2016, line 31 (stated)`.
pub fn citation(citation: &Citation, vocabulary: &Vocabulary) -> String {
    let title = vocabulary.sources.find(citation.source).map_or("", |source| &source.title);
    let basis = if citation.stated { "stated" } else { "derived" };
    format!("{title}{} ({basis})", place(&citation.lines))
}

/// Returns all citations of a rule, or an empty text if there are none.
///
/// # Example
/// ```
/// use placet::policy::Citation;
/// use placet::wire::words::citations;
/// # let text = "source fa16 \"Foreign Affairs, early 2016\"\n";
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let vocabulary = placet::policy::resolve(&bundle).vocabulary;
///
/// let source = vocabulary.sources.ids().next().ok_or("no source")?;
/// let cited = Citation { source, lines: "31".to_owned(), stated: true };
/// assert_eq!(citations(&[cited], &vocabulary), "Foreign Affairs, early 2016, line 31 (stated)");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn citations(citations: &[Citation], vocabulary: &Vocabulary) -> String {
    citations.iter().map(|cited| citation(cited, vocabulary)).collect::<Vec<_>>().join("; ")
}

fn place(lines: &str) -> String {
    if lines.is_empty() {
        String::new()
    } else if lines.bytes().all(|byte| byte.is_ascii_digit()) {
        format!(", line {lines}")
    } else {
        format!(", lines {lines}")
    }
}
