//! Examples: small dossiers in the language with the expected verdicts, checked before they are shown.

use super::form::{Cells, Form};
use crate::analysis::example::{self, Put, SUBJECT};
use crate::bundle::gather;
use crate::circuit::{Budget, Mask};
use crate::compiled::{self, EntityRef, Forms, VariableKind};
use crate::decision::{Decision, Outcome, RuleStatus, decide_within};
use crate::evidence::{self, About, Claim, Dossier, Statement};
use crate::id::{AssistanceId, EntityRefId, FactId, RuleId, VarId};
use crate::policy::lexicon::key_of;
use crate::policy::{FactType, Policy};
use crate::sorted::SortedMap;
use crate::span::Span;
use crate::syntax::write;
use crate::value::Ranges;

/// The expected result of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Expect {
    /// `expect training is eligible`
    Eligible(AssistanceId),
    /// `expect training is ineligible because neutrality`
    Ineligible(AssistanceId, Vec<RuleId>),
    /// `expect training is undetermined for want of "the minister has signed a waiver"`
    Undetermined(AssistanceId, String),
    /// `expect delivery channel is "Joint centre"`
    Chosen(usize, String),
}

/// Returns a case as a scenario of the policy if it has the expected results; `None` if it does not, or if the language
/// cannot express the case.
pub(super) fn example(
    forms: &Forms,
    form: &Form,
    cells: &Cells,
    unknown: &[VarId],
    title: &str,
    expects: &[Expect],
    work: &Budget,
) -> Option<String> {
    let policy = forms.policy();
    let dossier = dossier(form, cells, unknown)?;
    let text = evidence::print(&dossier, &policy.vocabulary, &[]).ok()?;
    // Read the printed dossier back, so that what is decided on is what is shown.
    let bundle = gather(&[SUBJECT], &mut |_| Ok(text.clone().into()));
    let (read, problems) = evidence::read(&bundle, &policy.vocabulary);
    if !bundle.problems.is_empty() || !problems.is_empty() {
        return None;
    }
    // Only full decisions contain choices.
    let is_of_choice = expects.iter().any(|expect| matches!(expect, Expect::Chosen(..)));
    let decision =
        decide_within(forms, &read, SUBJECT, form.compiled.as_of, None, (!is_of_choice, work)).ok()?;
    if !expects.iter().all(|expect| holds(&decision, expect)) {
        return None;
    }
    let given = evidence::print_given(&dossier, &policy.vocabulary).ok()?;
    let mut lines = vec![format!("scenario {}", write::text(title))];
    lines.push(format!("  as of {}", form.compiled.as_of));
    if policy.about.len() > 1 {
        lines.push(format!("  about {}", write::name(&policy.vocabulary.kinds[form.kind].name)));
    }
    lines.extend(given.lines().map(str::to_owned));
    lines.extend(expects.iter().map(|expect| format!("  expect {}", in_words(policy, expect))));
    lines.push(String::new());
    Some(lines.join("\n"))
}

fn holds(decision: &Decision<'_>, expect: &Expect) -> bool {
    let verdict_on = |id: AssistanceId| decision.verdicts.iter().find(|verdict| verdict.assistance == id);
    match expect {
        Expect::Eligible(id) => verdict_on(*id).is_some_and(|verdict| verdict.outcome == Outcome::Eligible),
        Expect::Ineligible(id, because) => verdict_on(*id).is_some_and(|verdict| {
            let fails = |rule: &RuleId| {
                verdict.rules.iter().any(|one| one.rule == *rule && one.status == RuleStatus::Failed)
            };
            verdict.outcome == Outcome::Ineligible && because.iter().all(fails)
        }),
        Expect::Undetermined(id, fact) => verdict_on(*id).is_some_and(|verdict| {
            let mut missing = verdict.missing.iter().map(|missing| key_of(&missing.fact.text));
            verdict.outcome == Outcome::Undetermined && missing.any(|missing| missing == key_of(fact))
        }),
        Expect::Chosen(place, value) => {
            let all: Vec<&Vec<String>> = decision
                .verdicts
                .iter()
                .flat_map(|verdict| &verdict.choices)
                .filter(|chosen| chosen.choice == *place)
                .map(|chosen| &chosen.values)
                .collect();
            !all.is_empty() && all.iter().all(|values| **values == [value.clone()])
        }
    }
}

fn in_words(policy: &Policy, expect: &Expect) -> String {
    let name = |id: &AssistanceId| write::name(&policy.assistance[*id].name);
    match expect {
        Expect::Eligible(id) => format!("{} is eligible", name(id)),
        Expect::Ineligible(id, because) if because.is_empty() => format!("{} is ineligible", name(id)),
        Expect::Ineligible(id, because) => {
            let rules: Vec<String> = because
                .iter()
                .map(|rule| match &policy.rules[*rule].body {
                    crate::policy::Body::Phase(phase) => format!("phase {}", phase.number),
                    _ => policy.rules[*rule].header.id.clone(),
                })
                .collect();
            format!("{} is ineligible because {}", name(id), rules.join(", "))
        }
        Expect::Undetermined(id, fact) => {
            format!("{} is undetermined for want of {}", name(id), write::text(fact))
        }
        Expect::Chosen(place, value) => {
            let choice = policy.choices.get(*place).map_or("", |choice| &choice.header.id);
            format!("{} is {}", write::name(choice), write::text(value))
        }
    }
}

/// Returns a case as a dossier; `None` if the language cannot express it.
fn dossier(form: &Form, cells: &Cells, unknown: &[VarId]) -> Option<Dossier> {
    let compiled = &form.compiled;
    // A fact that is used under several evidence standards gets one statement.
    let mut by_fact: SortedMap<(EntityRefId, FactId), (VarId, Mask)> = SortedMap::new();
    let mut puts = Vec::new();
    for (var, mask) in cells {
        let variable = &compiled.variables[*var];
        if let VariableKind::Fact { who, fact } = variable.kind {
            let known = by_fact.entry((who, fact)).or_insert((*var, *mask));
            known.1 &= mask;
            if known.1 == 0 {
                return None;
            }
        } else {
            puts.push(put(form, *var, *mask));
        }
    }
    let is_stated = |(var, mask): &(VarId, Mask)| !form.is_presumed(*var, mask.trailing_zeros());
    puts.extend(by_fact.into_values().filter(is_stated).map(|(var, mask)| put(form, var, mask)));
    let presumed = |var: VarId, cell: u32| form.is_presumed(var, cell);
    let mut dossier = example::dossier(compiled, &puts, compiled.as_of, &presumed)?;
    for var in unknown {
        let variable = &compiled.variables[*var];
        let about = match compiled.entity_refs[variable.who()] {
            _ if variable.who() == compiled.subject => About::Subject,
            EntityRef::Entity(entity) => About::Only(compiled.people[entity].kind),
            _ => return None,
        };
        let (fact, provenance) = (variable.fact(), example::sound(compiled, variable.fact()));
        dossier.statements.push(Statement {
            about,
            fact,
            claim: Claim::Unknown,
            provenance,
            span: Span::default(),
        });
    }
    Some(dossier)
}

/// Assigns a variable the first of some cells; a number or date gets a single value.
fn put(form: &Form, var: VarId, mask: Mask) -> Put {
    let variable = &form.compiled.variables[var];
    let cell = 1 << mask.trailing_zeros();
    let ranges = match (&variable.cells, &form.compiled.declared(variable.fact()).r#type) {
        (compiled::Cells::Numbers(_) | compiled::Cells::Dates(_) | compiled::Cells::Within(_), of) => {
            let floor = if *of == FactType::Date { i64::MIN } else { 0 };
            Some(some_number(&variable.cells.ranges(cell), floor))
        }
        _ => None,
    };
    Put { var, cells: cell, ranges, provenance: example::sound(&form.compiled, variable.fact()) }
}

/// A single value from some ranges: the start of the first, or its end if the start is at or below `floor`.
fn some_number(ranges: &Ranges, floor: i64) -> Ranges {
    let number = match ranges.ranges().first() {
        Some((low, high)) if *low <= floor && *high < i64::MAX => *high,
        Some((low, _)) => *low,
        None => floor,
    };
    Ranges::only(number)
}
