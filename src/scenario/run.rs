//! Runs a scenario: decides on the given statements and compares the result with the expectations.

use super::from_syntax::SUBJECT;
use super::{Check, Expected, Outcome, Scenario, What};
use crate::compiled::Forms;
use crate::decision::{self, Decision, RuleStatus, Verdict, decide_with};
use crate::evidence::Evidence;
use crate::policy::Policy;
use crate::policy::lexicon::key_of;
use crate::value::Truth;
use std::sync::Arc;

/// Runs a scenario of a policy.
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
/// # scenario "It is neutral"
/// #   as of 2016-02-15
/// #   given
/// #     - the group is neutral
/// #   expect training is ineligible
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// # let (scenarios, _) = placet::scenario::read(&bundle, &policy);
/// // given
/// //   - the group is neutral
/// // expect training is ineligible
/// let outcome = placet::scenario::run(&policy, &scenarios[0]);
/// assert!(!outcome.passed());
/// assert_eq!(outcome.checks[0].expected, "training is ineligible");
/// assert_eq!(outcome.checks[0].actual, "training is eligible");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn run(policy: &Arc<Policy>, scenario: &Scenario) -> Outcome {
    run_with(&Forms::new(policy), scenario)
}

/// Runs a scenario like [`run`], with a policy that is compiled once for many scenarios.
pub fn run_with(forms: &Forms, scenario: &Scenario) -> Outcome {
    let policy = forms.policy();
    let evidence = Evidence { dossiers: vec![scenario.given.clone()].into() };
    let checks = match decide_with(forms, &evidence, SUBJECT, scenario.as_of, None) {
        Ok(decision) => scenario.expects.iter().map(|expected| check(policy, &decision, expected)).collect(),
        Err(problem) => {
            scenario.expects.iter().map(|expected| outcome(expected, problem.to_string(), false)).collect()
        }
    };
    Outcome { title: scenario.title.clone(), span: scenario.span, checks }
}

fn check(policy: &Policy, decision: &Decision<'_>, expected: &Expected) -> Check {
    let verdicts = &decision.verdicts;
    match &expected.what {
        What::Verdict { assistance, outcome: wanted, because, want } => {
            let Some(verdict) = verdicts.iter().find(|verdict| verdict.assistance == *assistance) else {
                return outcome(expected, "no verdict".to_owned(), false);
            };
            let failed = failed(policy, verdict);
            let missing: Vec<&str> =
                verdict.missing.iter().map(|missing| missing.fact.text.as_str()).collect();
            let passed = verdict.outcome == *wanted
                && because.iter().all(|id| failed.contains(&id.as_str()))
                && want.iter().all(|fact| missing.iter().any(|missing| key_of(missing) == key_of(fact)));
            outcome(expected, in_words(policy, verdict, &failed, &missing), passed)
        }
        What::Choice(place, value) => {
            let chosen = distinct_values(verdicts, |verdict| {
                verdict
                    .choices
                    .iter()
                    .find(|chosen| chosen.choice == *place)
                    .map(|chosen| chosen.values.clone())
            });
            let name = policy.choices.get(*place).map_or("", |choice| &choice.header.id);
            let quoted: Vec<String> = chosen.iter().map(|value| format!("\"{value}\"")).collect();
            let actual = if quoted.is_empty() {
                format!("{name} has no value")
            } else {
                format!("{name} is {}", quoted.join(" or "))
            };
            outcome(expected, actual, chosen == [value.clone()])
        }
        What::Obligation(place, wanted) => {
            let truths = distinct_values(verdicts, |verdict| {
                Some(
                    verdict
                        .obligations
                        .iter()
                        .filter(|attached| attached.obligation == *place)
                        .map(|attached| attached.truth)
                        .collect(),
                )
            });
            let id = policy.obligations.get(*place).map_or("", |obligation| &obligation.header.id);
            let actual = match truths.iter().max() {
                Some(Truth::Yes) => format!("obligation {id}"),
                Some(_) => format!("obligation {id} is undetermined"),
                None => format!("no obligation {id}"),
            };
            outcome(expected, actual, truths.iter().max().copied() == wanted.then_some(Truth::Yes))
        }
        What::Concern { assistance, concern, raised } => {
            let name = &policy.assistance[*assistance].name;
            let all: Vec<(&str, Truth)> = decision
                .concerns_of(*assistance)
                .filter(|(_, outcome)| concern.is_none_or(|place| place == outcome.concern))
                .map(|(concern, outcome)| (concern.header.id.as_str(), outcome.raised))
                .collect();
            let with = |wanted: Truth| -> Vec<&str> {
                all.iter().filter(|(_, raised)| *raised == wanted).map(|(id, _)| *id).collect()
            };
            let (yes, open) = (with(Truth::Yes), with(Truth::Open));
            let mut actual = Vec::new();
            if !yes.is_empty() {
                actual.push(format!("{name} raises {}", yes.join(", ")));
            }
            if !open.is_empty() {
                actual.push(format!("{name} leaves {} open", open.join(", ")));
            }
            if actual.is_empty() {
                actual.push(match (concern, all.first()) {
                    (Some(_), Some((id, _))) => format!("{name} does not raise {id}"),
                    _ => format!("{name} raises no concern"),
                });
            }
            let actual = actual.join(" and ");
            let passed = match raised {
                Truth::Yes => !yes.is_empty(),
                Truth::Open => !open.is_empty(),
                Truth::No => yes.is_empty() && open.is_empty(),
            };
            outcome(expected, actual, passed)
        }
    }
}

/// Returns the values of all verdicts without duplicates, in the order of the verdicts.
fn distinct_values<T: PartialEq>(
    verdicts: &[Verdict],
    values: impl Fn(&Verdict) -> Option<Vec<T>>,
) -> Vec<T> {
    let mut all = Vec::new();
    for value in verdicts.iter().filter_map(values).flatten() {
        if !all.contains(&value) {
            all.push(value);
        }
    }
    all
}

fn failed<'p>(policy: &'p Policy, verdict: &Verdict) -> Vec<&'p str> {
    verdict
        .rules
        .iter()
        .filter(|rule| rule.status == RuleStatus::Failed)
        .map(|rule| policy.rules[rule.rule].header.id.as_str())
        .collect()
}

fn in_words(policy: &Policy, verdict: &Verdict, failed: &[&str], missing: &[&str]) -> String {
    let name = &policy.assistance[verdict.assistance].name;
    match verdict.outcome {
        decision::Outcome::Eligible => format!("{name} is eligible"),
        decision::Outcome::Ineligible => format!("{name} is ineligible because {}", failed.join(", ")),
        decision::Outcome::Undetermined => {
            let facts: Vec<String> = missing.iter().map(|fact| format!("\"{fact}\"")).collect();
            format!("{name} is undetermined for want of {}", facts.join(", "))
        }
    }
}

fn outcome(expected: &Expected, actual: String, passed: bool) -> Check {
    Check { expected: expected.text.clone(), actual, passed, span: expected.span }
}
