//! Verdicts, rules, statements and citations in a reader's words, the same in every output.

use crate::analysis::diff::{Both, Meaning, Side, TurningRule};
use crate::decision::{ChangeWord, FactRef, Outcome, RuleStatus};
use crate::evidence::{About, Claim, LeftOut, Provenance, Statement, Status, Target};
use crate::policy::phrase::singular;
use crate::policy::{Body, Citation, Due, FactType, Period, Rule, Vocabulary};
use crate::value::{Date, Ranges, Truth};
use std::collections::BTreeMap;

/// `eligible`, `not eligible`, `undetermined`
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

/// `met`, `failed`, `open`, `lifted`, `not applicable`
pub fn rule_status(status: RuleStatus) -> &'static str {
    match status {
        RuleStatus::Met => "met",
        RuleStatus::Failed => "failed",
        RuleStatus::Open => "open",
        RuleStatus::Lifted => "lifted",
        RuleStatus::NotApplicable => "not applicable",
    }
}

/// How a rule turned out, in the words of its sort: a requirement is `met`, a bar `clear`, a phase `open`.
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

/// What is said above rules that fail only together: after reasons, or by itself.
///
/// # Example
/// ```
/// use placet::wire::words::together;
///
/// assert_eq!(together(2, false), "Because these rules cannot be met together");
/// assert_eq!(together(2, true), "With that, these rules cannot be met together");
/// assert_eq!(together(1, false), "Because this rule cannot be met");
/// ```
pub fn together(rules: usize, after_reasons: bool) -> String {
    let start = if after_reasons { "With that," } else { "Because" };
    match rules {
        1 => format!("{start} this rule cannot be met"),
        _ => format!("{start} these rules cannot be met together"),
    }
}

/// `requirement`, `bar`, `phase`
pub fn rule_kind(rule: &Rule) -> &'static str {
    match rule.body {
        Body::Requirement { .. } => "requirement",
        Body::Bar { .. } => "bar",
        Body::Phase(_) => "phase",
    }
}

/// What became of a type of assistance, a choice or an obligation under another policy.
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
        Meaning::SameWhenKnown => "the same where everything is known; not always where facts are missing",
        Meaning::Different => "not the same",
        Meaning::NotAvailable => "not available: it could not be worked out",
        Meaning::Added => "new",
        Meaning::Removed => "no longer there",
    }
}

/// `eligible before, not eligible now`
pub fn turned(outcomes: Both<Outcome>) -> String {
    format!("{} before, {} now", outcome(outcomes.old), outcome(outcomes.new))
}

/// A rule on which a case turns: `fails now (before: met): Under the national command (subordinate)`
pub fn turning(rule: &TurningRule) -> String {
    let verb = if rule.fails { "fails" } else { "is open" };
    let (here, there) = match rule.side {
        Side::Old => (format!("{verb} before"), "now"),
        Side::New => (format!("{verb} now"), "before"),
    };
    let status = rule.there.map_or("no such rule", rule_status);
    let (id, title) = (&rule.id, &rule.title);
    format!("{here} ({there}: {status}): {title} ({id})")
}

/// `known`, `known in part`, `unknown`, `presumed`, `contested`
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Known => "known",
        Status::Partly => "known in part",
        Status::Unknown => "unknown",
        Status::Presumed => "presumed",
        Status::Contested => "contested",
    }
}

/// `establish`, `settle`, `change`
pub fn change(word: ChangeWord) -> &'static str {
    match word {
        ChangeWord::Establish => "establish",
        ChangeWord::Settle => "settle",
        ChangeWord::Change => "change",
    }
}

/// What stands above the changes of a sort: `to establish`, `to settle`, `to change`
pub fn change_heading(word: ChangeWord) -> &'static str {
    match word {
        ChangeWord::Establish => "to establish",
        ChangeWord::Settle => "to settle",
        ChangeWord::Change => "to change",
    }
}

/// In what one set of sentences differs from another: `“the group has no parent” in place of “…”`; none where they
/// share nothing, or where the first has nothing that the other lacks.
///
/// # Example
/// ```
/// use placet::wire::words::apart;
/// assert_eq!(apart(&["a", "c"], &["a", "b"]).as_deref(), Some("“c” in place of “b”"));
/// assert_eq!(apart(&["c"], &["a", "b"]), None);
/// ```
pub fn apart<T: AsRef<str> + PartialEq>(one: &[T], other: &[T]) -> Option<String> {
    let only = |these: &[T], those: &[T]| -> Vec<String> {
        these.iter().filter(|text| !those.contains(text)).map(|text| format!("“{}”", text.as_ref())).collect()
    };
    let (here, there) = (only(one, other), only(other, one));
    let told = !here.is_empty() && !there.is_empty() && here.len() < one.len();
    told.then(|| format!("{} in place of {}", here.join(" and "), there.join(" and ")))
}

/// `yes`, `no`, `open`
pub fn truth(truth: Truth) -> &'static str {
    match truth {
        Truth::Yes => "yes",
        Truth::No => "no",
        Truth::Open => "open",
    }
}

/// `within 15 days before delivery`
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

/// `in force from 2016-02-01 until 2016-12-31`; none where it always is.
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
    match (period.from, period.until) {
        (Some(from), Some(until)) => Some(format!("in force from {from} until {until}")),
        (Some(from), None) => Some(format!("in force from {from}")),
        (None, Some(until)) => Some(format!("in force until {until}")),
        (None, None) => None,
    }
}

/// `Wehrey, Foreign Affairs, early 2016, line 31 (stated)`
pub fn citation(citation: &Citation, vocabulary: &Vocabulary) -> String {
    let title = vocabulary.sources.find(citation.source).map_or("", |source| &source.title);
    let basis = if citation.stated { "stated" } else { "derived" };
    format!("{title}{} ({basis})", place(&citation.lines))
}

/// All citations of a rule in a row; empty where it has none.
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

/// What is said of a fact: `the unity government has taken office in the capital: no`.
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
/// # let vocabulary = placet::policy::resolve(&bundle).vocabulary;
/// let (evidence, _) = placet::evidence::read(&bundle, &vocabulary);
/// let said = &evidence.dossiers[0].statements[0];
/// assert_eq!(placet::wire::words::statement(said, &vocabulary), "is neutral: no");
/// ```
pub fn statement(statement: &Statement, vocabulary: &Vocabulary) -> String {
    named_statement(statement, vocabulary, &BTreeMap::new())
}

fn named_statement(
    statement: &Statement,
    vocabulary: &Vocabulary,
    names: &BTreeMap<String, String>,
) -> String {
    let Some(fact) = vocabulary.facts.find(statement.fact) else { return String::new() };
    let said = format!("{}: {}", fact.phrase, named_claim(&statement.claim, &fact.r#type, vocabulary, names));
    match &statement.about {
        About::Subject => said,
        About::Only(kind) => match vocabulary.kinds.find(*kind) {
            Some(kind) if fact.r#type == FactType::YesNo => format!("the {} {said}", kind.name),
            Some(kind) => format!("the {}'s {said}", kind.name),
            None => said,
        },
        About::Member(id) => format!("{}: {said}", called(id, names)),
    }
}

/// `no`, `at least 200 fighters`, `not west`, `first-commander and no others`
///
/// # Example
/// ```
/// use placet::{evidence::Claim, policy::FactType, value::Ranges, wire::words::claim};
/// # let vocabulary = placet::policy::Vocabulary::default();
///
/// let fighters = FactType::Number { unit: "fighters".to_owned() };
/// assert_eq!(claim(&Claim::Numbers(Ranges::at_least(200)), &fighters, &vocabulary), "at least 200 fighters");
/// assert_eq!(claim(&Claim::YesNo(false), &FactType::YesNo, &vocabulary), "no");
/// ```
pub fn claim(claim: &Claim, r#type: &FactType, vocabulary: &Vocabulary) -> String {
    named_claim(claim, r#type, vocabulary, &BTreeMap::new())
}

/// What somebody is called: by title where it is at hand, else by the id as it is written in the dossier.
fn called<'n>(id: &'n str, names: &'n BTreeMap<String, String>) -> &'n str {
    let written = id.rsplit_once('/').map_or(id, |(_, own)| own);
    names.get(id).map_or(written, String::as_str)
}

fn named_claim(
    claim: &Claim,
    r#type: &FactType,
    vocabulary: &Vocabulary,
    names: &BTreeMap<String, String>,
) -> String {
    let target = |whom: &Target| match whom {
        Target::Named(id) => called(id, names).to_owned(),
        other => target(other, vocabulary),
    };
    match claim {
        Claim::YesNo(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Claim::Numbers(numbers) => match r#type {
            FactType::Number { unit } => {
                let count = ranges(&numbers.without_floor());
                let one = count == "1" || count.ends_with(" 1");
                format!("{count} {}", if one { singular(unit) } else { unit.clone() })
            }
            _ => ranges(numbers),
        },
        Claim::Dates(days) => dates(days),
        Claim::Values(bits) => match r#type {
            FactType::Choice(values) => choice(*bits, values),
            _ => String::new(),
        },
        Claim::Members { ids, complete } => {
            let members: Vec<&str> = ids.iter().map(|id| called(id, names)).collect();
            match (members.as_slice(), complete) {
                ([], true) => "none".to_owned(),
                (members, true) => format!("{} and no others", members.join(", ")),
                (members, false) => format!("{}, perhaps others", members.join(", ")),
            }
        }
        Claim::One(whom) => target(whom),
        Claim::NotOne(whom) => format!("not {}", target(whom)),
        Claim::Unknown => "unknown".to_owned(),
        Claim::Contested => "contested".to_owned(),
    }
}

/// `first-commander`, `the national command`, `no one`
///
/// # Example
/// ```
/// use placet::{evidence::Target, wire::words::target};
/// # let vocabulary = placet::policy::Vocabulary::default();
///
/// assert_eq!(target(&Target::Named("first-commander".to_owned()), &vocabulary), "first-commander");
/// assert_eq!(target(&Target::NoOne, &vocabulary), "no one");
/// ```
pub fn target(target: &Target, vocabulary: &Vocabulary) -> String {
    match target {
        Target::Named(id) => called(id, &BTreeMap::new()).to_owned(),
        Target::Only(kind) => {
            vocabulary.kinds.find(*kind).map_or_else(String::new, |kind| format!("the {}", kind.name))
        }
        Target::NoOne => "no one".to_owned(),
    }
}

fn ranges(ranges: &Ranges) -> String {
    if let Some(excepted) = ranges.complement().single() {
        return format!("not {excepted}");
    }
    let words: Vec<String> = ranges
        .ranges()
        .iter()
        .map(|range| match *range {
            (low, high) if low == high => low.to_string(),
            (i64::MIN, i64::MAX) => "any number of".to_owned(),
            (low, i64::MAX) => format!("at least {low}"),
            (i64::MIN, high) => format!("at most {high}"),
            (low, high) => format!("between {low} and {high}"),
        })
        .collect();
    words.join(" or ")
}

fn dates(days: &Ranges) -> String {
    let day = |number| Date::from_number(number).map_or_else(String::new, |date| date.to_string());
    if let Some(excepted) = days.complement().single() {
        return format!("not {}", day(excepted));
    }
    let words: Vec<String> = days
        .ranges()
        .iter()
        .map(|range| match *range {
            (low, high) if low == high => day(low),
            (i64::MIN, i64::MAX) => "any day".to_owned(),
            (low, i64::MAX) => format!("not before {}", day(low)),
            (i64::MIN, high) => format!("not after {}", day(high)),
            (low, high) => format!("between {} and {}", day(low), day(high)),
        })
        .collect();
    words.join(" or ")
}

fn choice(bits: u64, values: &[String]) -> String {
    let named = |wanted: u64| -> Vec<&str> {
        let chosen = values.iter().enumerate().filter(|(place, _)| bits >> place & 1 == wanted);
        chosen.map(|(_, value)| value.as_str()).collect()
    };
    match (named(1).as_slice(), named(0).as_slice()) {
        ([only], _) => (*only).to_owned(),
        (_, [other]) => format!("not {other}"),
        (chosen, _) => format!("one of {}", chosen.join(", ")),
    }
}

/// From whom, how good, of when: `Hill, Foreign Affairs, 2015, line 3, rated C3, on 2015-05-28`; empty where
/// nothing is known of it.
///
/// # Example
/// ```
/// use placet::evidence::Provenance;
/// use placet::value::{Date, Grade};
/// use placet::wire::words::provenance;
/// # let vocabulary = placet::policy::Vocabulary::default();
///
/// let by_telephone = Provenance {
///     told: Some("its commander, by telephone".to_owned()),
///     grade: Grade::parse("F3"),
///     date: Date::parse("2015-05-28"),
///     ..Provenance::default()
/// };
/// let words = provenance(&by_telephone, &vocabulary);
/// assert_eq!(words, "its commander, by telephone, rated F3, on 2015-05-28");
/// ```
pub fn provenance(provenance: &Provenance, vocabulary: &Vocabulary) -> String {
    let mut parts = Vec::new();
    if let Some(source) = provenance.source.and_then(|source| vocabulary.sources.find(source)) {
        parts.push(format!("{}{}", source.title, place(&provenance.lines)));
    }
    if let Some(told) = &provenance.told {
        parts.push(told.clone());
    }
    let marks = [
        (provenance.rival, "a rival"),
        (provenance.subject, "the subject itself"),
        (provenance.interested, "an interested party"),
        (provenance.promise, "a promise"),
    ];
    parts.extend(marks.iter().filter(|(marked, _)| *marked).map(|(_, word)| (*word).to_owned()));
    if let Some(grade) = provenance.grade {
        parts.push(format!("rated {grade}"));
    }
    if let Some(date) = provenance.date {
        parts.push(format!("on {date}"));
    }
    parts.join(", ")
}

/// Why a statement does not count: `too old`, `from a rival`.
pub fn left_out(why: LeftOut, provenance: &Provenance) -> &'static str {
    match why {
        LeftOut::Future => "dated after the day of the decision",
        LeftOut::Rating if provenance.grade.is_none() => "not rated",
        LeftOut::Rating => "rated too low",
        LeftOut::Old => "too old",
        LeftOut::Undated => "not dated",
        LeftOut::Rival => "from a rival",
        LeftOut::Subject => "from the subject itself",
        LeftOut::Interested => "from an interested party",
        LeftOut::Promise => "a promise",
        LeftOut::WorseRated => "a better rated source disagrees",
        LeftOut::Earlier => "a later source disagrees",
        LeftOut::SaidUnknown => "the dossier says outright that this is unknown",
    }
}

/// Who says what of a fact, and what of it does not count, and why. Where all say the same it is not repeated: the
/// sentence beside it has it.
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
/// #       from "a neighbour", rated C3
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// # let (evidence, _) = placet::evidence::read(&bundle, &policy.vocabulary);
/// # let day = placet::value::Date::parse("2016-02-15").ok_or("no day")?;
/// # let decision = placet::decision::decide(&policy, &evidence, "militia", day, None)?;
/// // - it is not neutral
/// //     from "a neighbour", rated C3
/// let finding = &decision.verdicts[0].reasons[0][0];
/// assert_eq!(placet::wire::words::sources(&finding.fact, &policy.vocabulary), ["a neighbour, rated C3"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn sources(fact: &FactRef<'_>, vocabulary: &Vocabulary) -> Vec<String> {
    let one_claim = fact.statements.windows(2).all(|pair| match pair {
        [one, other] => one.claim == other.claim,
        _ => true,
    });
    let all_alike = fact.status == Status::Known && one_claim;
    let mut lines: Vec<String> = Vec::new();
    for said in &fact.statements {
        let from = provenance(&said.provenance, vocabulary);
        let line = match (all_alike, from.is_empty()) {
            (true, true) => continue,
            (true, false) => from,
            (false, true) => named_statement(said, vocabulary, &fact.names),
            (false, false) => format!("{} ({from})", named_statement(said, vocabulary, &fact.names)),
        };
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    for (said, why) in &fact.left_out {
        let why = left_out(*why, &said.provenance);
        let from = provenance(&said.provenance, vocabulary);
        let from = if from.is_empty() { from } else { format!(" ({from})") };
        let line = format!("left out, {why}: {}{from}", named_statement(said, vocabulary, &fact.names));
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

/// Whom a dossier speaks of: `the subject`, `the unity government`, or the id of a member.
pub(super) fn about(about: &About, owner: &str, vocabulary: &Vocabulary) -> String {
    match about {
        About::Subject => "the subject".to_owned(),
        About::Only(kind) => {
            vocabulary.kinds.find(*kind).map_or_else(String::new, |kind| format!("the {}", kind.name))
        }
        About::Member(id) => super::claim_json::own_id(owner, id).to_owned(),
    }
}
