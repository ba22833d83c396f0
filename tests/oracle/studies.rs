//! Checks the findings of studies on generated policies and dossiers: removing a rule without effect changes no
//! verdict.

use super::agree::{read, today};
use super::for_models;
use super::model::{Model, text};
use placet::analysis::study;
use placet::bundle::gather;
use placet::decision::{Outcome, outcomes};
use placet::diagnostic::Diagnostic;
use placet::evidence::Evidence;
use placet::id::{AssistanceId, Id};
use placet::policy::{self, Body, Period, Policy};
use placet::scenario;
use placet::span::Span;
use placet::value::Date;
use std::cell::Cell;
use std::sync::Arc;

/// A period that is never in force.
fn never() -> Period {
    let day = |text| Date::parse(text).unwrap();
    Period { from: Some(day("2016-01-02")), until: Some(day("2016-01-01")) }
}

/// The policy without the part that a finding calls without effect; `None` for other findings.
fn without(policy: &Arc<Policy>, found: &Diagnostic) -> Option<Arc<Policy>> {
    let mut less = Policy::clone(policy);
    let rule_at =
        |span: Span| policy.rules.iter().find(|(_, rule)| rule.header.span == span).map(|(id, _)| id);
    match found.code {
        "P0503" | "P0504" => less.rules.find_mut(rule_at(found.span)?)?.header.period = never(),
        "P0506" => {
            let waivers = policy.waivers.iter();
            let (id, _) = waivers.into_iter().find(|(_, waiver)| waiver.header.span == found.span)?;
            less.waivers.find_mut(id)?.header.period = never();
        }
        "P0507" => match &mut less.rules.find_mut(rule_at(found.labels.first()?.span)?)?.body {
            Body::Requirement { unless, .. } | Body::Bar { unless, .. } => *unless = None,
            Body::Phase(_) => return None,
        },
        _ => return None,
    }
    Some(Arc::new(less))
}

fn verdicts(policy: &Arc<Policy>, evidence: &Evidence) -> Vec<(AssistanceId, Outcome, bool)> {
    outcomes(policy, evidence, "subject", today()).unwrap()
}

/// Checks that a finding about all cases holds for the generated case.
fn holds(policy: &Arc<Policy>, evidence: &Evidence, found: &Diagnostic) -> Result<bool, String> {
    let verdicts = verdicts(policy, evidence);
    if let Some(less) = without(policy, found) {
        for ((_, before, was_exact), (_, after, is_exact)) in
            verdicts.iter().zip(self::verdicts(&less, evidence))
        {
            if *was_exact && is_exact && *before != after {
                return Err(format!("{}: {before:?} becomes {after:?} without it", found.message));
            }
        }
        return Ok(true);
    }
    let wrong = match found.code {
        "P0501" => Outcome::Eligible,
        "P0502" => Outcome::Ineligible,
        _ => return Ok(false),
    };
    // Skip findings with days or kinds after the types: they do not hold in general.
    let Some((_, types)) = found.message.split_once(" for ") else { return Ok(false) };
    let types = types.trim_end_matches(" in every case");
    if [" from ", " until ", " on "].iter().any(|word| types.contains(word)) {
        return Ok(false);
    }
    for name in types.split(", ") {
        let at = policy.assistance.iter().find(|(_, one)| one.name == name).map(|(id, _)| id);
        let at = at.ok_or_else(|| format!("there is no type {name}: {}", found.message))?;
        if verdicts.get(at.place()).is_some_and(|(_, outcome, _)| *outcome == wrong) {
            return Err(format!("{}: and this one is {wrong:?}", found.message));
        }
    }
    Ok(true)
}

/// Checks that an example is a scenario of the policy, and passes.
fn comes_true(model: &Model, example: &str) -> Result<(), String> {
    let files = text(model);
    let mut load = |path: &str| {
        let (_, text) = files.iter().find(|(name, _)| *name == path).unwrap();
        let more = if path == "policy.placet" { format!("\n{example}") } else { String::new() };
        Ok(format!("{text}{more}").into_bytes())
    };
    let bundle = gather(&["policy.placet"], &mut load);
    let policy = policy::resolve(&bundle).policy.ok_or("the example broke the policy")?;
    let (scenarios, problems) = scenario::read(&bundle, &policy);
    let messages: Vec<&String> =
        bundle.problems.iter().chain(&problems).map(|problem| &problem.message).collect();
    let last = scenarios.last().ok_or_else(|| format!("{example}\n{messages:?}"))?;
    let outcome = scenario::run(&policy, last);
    if outcome.passed() { Ok(()) } else { Err(format!("{example}\n{:?}", outcome.checks)) }
}

#[test]
fn findings_of_studies_are_correct() {
    let (tried, shown, found_in_all) = (Cell::new(0), Cell::new(0), Cell::new(0));
    for_models(600, 11, |model| {
        let (policy, evidence) = read(&text(model));
        for found in study(&policy).findings {
            found_in_all.set(found_in_all.get() + 1);
            tried.set(tried.get() + usize::from(holds(&policy, &evidence, &found)?));
            if let Some(example) = &found.example {
                comes_true(model, example)?;
                shown.set(shown.get() + 1);
            }
        }
        Ok(())
    });
    let (tried, shown, all) = (tried.get(), shown.get(), found_in_all.get());
    assert!(tried > 200, "only {tried} of {all} findings were tried");
    assert!(shown * 2 > all, "only {shown} of {all} findings had an example");
}
