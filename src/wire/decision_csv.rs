//! Writes decisions as CSV: a header, then one row per subject and type of assistance.

use super::manifest::ENGINE;
use super::sheet::Sheet;
use crate::decision::{Decision, Outcome, RuleStatus, Verdict};
use crate::policy::Policy;

/// The columns, in order.
const COLUMNS: [&str; 17] = [
    "subject",
    "title",
    "assistance",
    "verdict",
    "exact",
    "as of",
    "rules failed",
    "rules open",
    "reason",
    "missing",
    "next question",
    "holds until",
    "policy",
    "version",
    "policy hash",
    "dossier hash",
    "engine",
];

/// Returns the header row.
///
/// # Example
/// ```
/// let header = placet::wire::decision_csv::header();
/// assert!(header.starts_with("subject,title,assistance,verdict,"));
/// ```
pub fn header() -> String {
    let mut sheet = Sheet::default();
    COLUMNS.iter().for_each(|column| sheet.cell(column));
    sheet.end_row();
    sheet.into_string()
}

/// Writes one decision, with one row per verdict.
///
/// The hashes and the engine are blank if the decision has no manifest.
///
/// `reason` is the shortest set of facts that forces the verdict. Several facts or ids in one cell are separated by
/// `; `.
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
/// let rows = placet::wire::decision_csv::write(&decision);
/// assert!(rows.starts_with("militia,A militia,training,ineligible,"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write(decision: &Decision<'_>) -> String {
    let mut sheet = Sheet::default();
    for verdict in &decision.verdicts {
        cells(decision, verdict).iter().for_each(|cell| sheet.cell(cell));
        sheet.end_row();
    }
    sheet.into_string()
}

fn cells(decision: &Decision<'_>, verdict: &Verdict<'_>) -> [String; 17] {
    let policy = decision.policy;
    let rules = |status: RuleStatus| {
        let ids = verdict.rules.iter().filter(|rule| rule.status == status);
        join(ids.filter_map(|rule| policy.rules.find(rule.rule)).map(|rule| rule.header.id.clone()))
    };
    let bound = |text: &str| decision.manifest.as_ref().map_or_else(String::new, |_| text.to_owned());
    [
        decision.subject.clone(),
        decision.title.clone(),
        policy
            .assistance
            .find(verdict.assistance)
            .map_or_else(String::new, |assistance| assistance.name.clone()),
        verdict.outcome.word().to_owned(),
        if verdict.outcome != Outcome::Undetermined || verdict.exact { "yes" } else { "no" }.to_owned(),
        decision.as_of.to_string(),
        rules(RuleStatus::Failed),
        rules(RuleStatus::Open),
        reason(verdict, policy),
        join(verdict.missing.iter().map(|missing| missing.fact.text.clone())),
        verdict.missing.first().map_or_else(String::new, |first| first.fact.question.clone()),
        verdict.holds_until.map_or_else(String::new, |date| date.to_string()),
        policy.id.clone(),
        policy.version.clone(),
        bound(policy.hash.as_str()),
        decision.manifest.as_ref().map_or_else(String::new, |manifest| manifest.dossier.clone()),
        bound(ENGINE),
    ]
}

/// Returns the shortest set of facts that forces the verdict. If the verdict needs no facts, returns the rules that
/// cannot be met together.
fn reason(verdict: &Verdict<'_>, policy: &Policy) -> String {
    match verdict.reasons.first() {
        Some(facts) => join(facts.iter().map(|finding| finding.text.clone())),
        None => {
            let rules = verdict.together.iter().filter_map(|id| policy.rules.find(*id));
            let rules: Vec<&str> = rules.map(|rule| rule.header.id.as_str()).collect();
            match rules.as_slice() {
                [] => String::new(),
                [only] => format!("cannot be met: {only}"),
                several => format!("cannot be met together: {}", several.join(", ")),
            }
        }
    }
}

fn join(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join("; ")
}
