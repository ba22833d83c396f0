//! Writes a policy comparison as JSON.
//!
//! The format is published as [`DIFF_SCHEMA`](super::DIFF_SCHEMA), in which every field is documented. The same
//! policies give the same bytes.

use super::{DIFF_FORMAT, layout, words};
use crate::analysis::diff::{
    Both, Diff, Meaning, Move, Side, SideDiff, SideSort, Turn, TurningRule, TypeDiff,
};
use crate::decision::Outcome;
use crate::policy::Policy;
use crate::value::Date;
use serde::Serialize;

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
/// let json = placet::wire::diff::write(&diff, None);
/// assert!(json.starts_with("{\n  \"format\": \"placet-diff/1\","));
/// assert!(json.contains("\"same\": true"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write(diff: &Diff<'_>, moved: Option<&[Move]>) -> String {
    let document = Document {
        format: DIFF_FORMAT,
        engine: env!("CARGO_PKG_VERSION"),
        old: PolicyOut::of(diff.policies.old),
        new: PolicyOut::of(diff.policies.new),
        days: diff.days.iter().map(ToString::to_string).collect(),
        same: diff.is_same() && moved.is_none_or(<[Move]>::is_empty),
        types: diff.types.iter().map(type_out).collect(),
        examples: diff.turns.iter().map(|turn| example(diff, turn)).collect(),
        beside: diff.side_diffs.iter().map(side_diffs).collect(),
        declared: &diff.declared,
        moved: moved.map(|moved| moved.iter().map(moved_out).collect()),
    };
    layout::over_lines(&document) + "\n"
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    engine: &'static str,
    old: PolicyOut<'a>,
    new: PolicyOut<'a>,
    days: Vec<String>,
    same: bool,
    types: Vec<TypeOut<'a>>,
    examples: Vec<ExampleOut<'a>>,
    beside: Vec<SideDiffOut<'a>>,
    declared: &'a [String],
    moved: Option<Vec<MoveOut<'a>>>,
}

#[derive(Serialize)]
struct PolicyOut<'a> {
    id: &'a str,
    version: &'a str,
    title: &'a str,
    hash: &'a str,
}

impl PolicyOut<'_> {
    fn of(policy: &Policy) -> PolicyOut<'_> {
        let Policy { id, version, title, hash, .. } = policy;
        PolicyOut { id, version, title, hash }
    }
}

#[derive(Serialize)]
struct TypeOut<'a> {
    kind: &'a str,
    assistance: &'a str,
    meaning: &'static str,
    days: Vec<String>,
    examples: &'a [usize],
}

#[derive(Serialize)]
struct ExampleOut<'a> {
    kind: &'a str,
    assistance: &'a [String],
    as_of: String,
    verdicts: Pair<&'static str>,
    rules: Vec<RuleOut<'a>>,
    scenarios: Pair<String>,
}

#[derive(Serialize)]
struct Pair<T> {
    old: T,
    new: T,
}

#[derive(Serialize)]
struct RuleOut<'a> {
    policy: &'static str,
    id: &'a str,
    title: &'a str,
    status: &'static str,
    status_there: Option<&'static str>,
}

#[derive(Serialize)]
struct SideDiffOut<'a> {
    sort: &'static str,
    name: &'a str,
    meaning: &'static str,
    as_of: String,
    said: Option<Pair<&'a str>>,
    given: Pair<&'a [String]>,
}

#[derive(Serialize)]
struct MoveOut<'a> {
    subject: &'a str,
    title: &'a str,
    assistance: &'a str,
    as_of: String,
    verdicts: Pair<&'static str>,
    rules: Vec<RuleOut<'a>>,
}

fn type_out(one: &TypeDiff) -> TypeOut<'_> {
    TypeOut {
        kind: &one.kind,
        assistance: &one.name,
        meaning: meaning(one.meaning),
        days: one.days.iter().map(Date::to_string).collect(),
        examples: &one.turns,
    }
}

/// Returns the word that the format uses for a meaning.
fn meaning(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::Same => "same",
        Meaning::SameWhenKnown => "same_when_known",
        Meaning::Different => "different",
        Meaning::NotAvailable => "not_available",
        Meaning::Added => "added",
        Meaning::Removed => "removed",
    }
}

fn verdicts(outcomes: Both<Outcome>) -> Pair<&'static str> {
    Pair { old: outcomes.old.word(), new: outcomes.new.word() }
}

fn rules(rules: &[TurningRule]) -> Vec<RuleOut<'_>> {
    let out = |rule: &'_ TurningRule| if rule.side == Side::Old { "old" } else { "new" };
    rules
        .iter()
        .map(|rule| RuleOut {
            policy: out(rule),
            id: &rule.id,
            title: &rule.title,
            status: if rule.fails { "failed" } else { "open" },
            status_there: rule.there.map(words::rule_status),
        })
        .collect()
}

fn example<'a>(diff: &Diff<'_>, turn: &'a Turn) -> ExampleOut<'a> {
    ExampleOut {
        kind: &turn.kind,
        assistance: &turn.assistance,
        as_of: turn.as_of.to_string(),
        verdicts: verdicts(turn.outcomes),
        rules: rules(&turn.rules),
        scenarios: Pair { old: diff.scenario(turn, Side::Old), new: diff.scenario(turn, Side::New) },
    }
}

fn side_diffs(one: &SideDiff) -> SideDiffOut<'_> {
    SideDiffOut {
        sort: match one.sort {
            SideSort::Choice => "choice",
            SideSort::Obligation => "obligation",
        },
        name: &one.name,
        meaning: meaning(one.meaning),
        as_of: one.as_of.to_string(),
        said: one.values.as_ref().map(|values| Pair { old: values.old.as_str(), new: values.new.as_str() }),
        given: Pair { old: &one.given.old, new: &one.given.new },
    }
}

fn moved_out(one: &Move) -> MoveOut<'_> {
    MoveOut {
        subject: &one.subject,
        title: &one.title,
        assistance: &one.assistance,
        as_of: one.as_of.to_string(),
        verdicts: verdicts(one.outcomes),
        rules: rules(&one.rules),
    }
}
