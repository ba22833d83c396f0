//! Laws that hold for every verdict, whatever the policy and the dossiers.

use super::{for_models, read, text, today};
use placet::decision::{self, Outcome, outcomes};
use placet::evidence::Evidence;
use placet::id::WaiverId;
use placet::policy::Policy;
use placet::span::FileId;
use placet::syntax;
use std::collections::BTreeSet;
use std::sync::Arc;

type Answers = Vec<(Outcome, bool)>;

fn answers(policy: &Arc<Policy>, evidence: &Evidence) -> Answers {
    let found = outcomes(policy, evidence, "subject", today()).unwrap();
    found.into_iter().map(|(_, outcome, exact)| (outcome, exact)).collect()
}

fn same(what: &str, before: &Answers, after: &Answers) -> Result<(), String> {
    if before == after { Ok(()) } else { Err(format!("{what}: {before:?} became {after:?}")) }
}

#[test]
fn masking_a_fact_never_reverses_a_verdict() {
    for_models(400, 17, |model| {
        let (policy, evidence) = read(&text(model));
        let before = answers(&policy, &evidence);
        let facts = evidence.dossiers.iter().flat_map(|dossier| {
            let statements = dossier.statements.iter();
            statements.map(|statement| (dossier.id.clone(), statement.about.clone(), statement.fact))
        });
        let facts: BTreeSet<_> = facts.collect();
        for (dossier, about, fact) in facts {
            // A presumption can replace the masked statements, and can differ from them.
            if policy.vocabulary.facts[fact].presumed.is_some() {
                continue;
            }
            let mut masked = evidence.clone();
            for other in masked.dossiers.iter_mut().filter(|other| other.id == dossier) {
                other.statements.retain(|statement| (&statement.about, statement.fact) != (&about, fact));
            }
            for ((before, _), (after, _)) in before.iter().zip(answers(&policy, &masked)) {
                let flipped = *before != after && after != Outcome::Undetermined;
                if flipped && *before != Outcome::Undetermined {
                    let phrase = &policy.vocabulary.facts[fact].phrase;
                    return Err(format!("without {dossier}'s `{phrase}` {before:?} became {after:?}"));
                }
            }
        }
        Ok(())
    });
}

#[test]
fn repeated_statements_change_nothing() {
    for_models(400, 18, |model| {
        let (policy, evidence) = read(&text(model));
        let mut twice = evidence.clone();
        for dossier in &mut twice.dossiers {
            let again = dossier.statements.clone();
            dossier.statements.extend(again);
        }
        same("said twice", &answers(&policy, &evidence), &answers(&policy, &twice))
    });
}

#[test]
fn the_order_of_statements_and_dossiers_does_not_matter() {
    for_models(400, 19, |model| {
        let (policy, evidence) = read(&text(model));
        let mut turned = evidence.clone();
        turned.dossiers.reverse();
        turned.dossiers.iter_mut().for_each(|dossier| dossier.statements.reverse());
        same("turned round", &answers(&policy, &evidence), &answers(&policy, &turned))
    });
}

#[test]
fn the_order_of_rules_does_not_matter() {
    for_models(400, 20, |model| {
        let files = text(model);
        let (policy, evidence) = read(&files);
        let turned: Vec<(&str, String)> =
            files.into_iter().map(|(name, text)| (name, with_rules_turned(&text))).collect();
        let (other, other_evidence) = read(&turned);
        same("rules turned round", &answers(&policy, &evidence), &answers(&other, &other_evidence))
    });
}

/// The text with its requirements and bars in reverse order, and everything else unchanged.
fn with_rules_turned(text: &str) -> String {
    let blocks: Vec<&str> = text.split("\n\n").collect();
    let is_rule = |block: &&&str| block.starts_with("requirement ") || block.starts_with("bar ");
    let mut rules = blocks.iter().filter(is_rule).rev();
    let turned: Vec<&str> = blocks
        .iter()
        .map(|block| if is_rule(&block) { rules.next().unwrap() } else { block })
        .copied()
        .collect();
    let mut text = turned.join("\n\n");
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

#[test]
fn a_waiver_never_worsens_a_verdict_and_an_expired_one_has_no_effect() {
    for_models(400, 21, |model| {
        let (policy, evidence) = read(&text(model));
        let with = answers(&policy, &evidence);
        let mut expired = Policy::clone(&policy);
        let ids: Vec<WaiverId> = expired.waivers.ids().collect();
        for id in ids {
            expired.waivers.find_mut(id).unwrap().header.period.until = Some(today().previous());
        }
        let mut without = Policy::clone(&policy);
        without.waivers = placet::id::Table::new();
        let without = Arc::new(without);
        let none = answers(&without, &evidence);
        same("expired", &none, &answers(&Arc::new(expired), &evidence))?;
        for ((with, exact), (without, _)) in with.iter().zip(&none) {
            let worse = match (without, with) {
                (Outcome::Eligible, Outcome::Ineligible) | (Outcome::Undetermined, Outcome::Ineligible) => {
                    true
                }
                (Outcome::Eligible, Outcome::Undetermined) => *exact,
                _ => false,
            };
            if worse {
                return Err(format!("with waivers {with:?}, without {without:?}"));
            }
        }
        Ok(())
    });
}

#[test]
fn formatting_changes_no_verdict() {
    for_models(400, 22, |model| {
        let files = text(model);
        let (policy, evidence) = read(&files);
        let form = |text: &str| syntax::format(&syntax::parse(FileId::default(), text), text);
        let formatted: Vec<(&str, String)> = files.iter().map(|(name, text)| (*name, form(text))).collect();
        if formatted.iter().any(|(_, text)| form(text) != *text) {
            return Err("formatting twice differs from formatting once".to_owned());
        }
        let (other, other_evidence) = read(&formatted);
        same("formatted", &answers(&policy, &evidence), &answers(&other, &other_evidence))
    });
}

#[test]
fn a_concern_changes_nothing_else() {
    for_models(400, 23, |model| {
        let files = text(model);
        let without: Vec<(&str, String)> = files
            .iter()
            .map(|(name, text)| (*name, text.split("\nconcern ").next().unwrap_or_default().to_owned()))
            .collect();
        let decided = |files: &[(&str, String)]| {
            let (policy, evidence) = read(files);
            let decision = decision::decide(&policy, &evidence, "subject", today(), None).unwrap();
            decision.verdicts.iter().map(|verdict| format!("{verdict:?}")).collect::<Vec<_>>()
        };
        let (with, without) = (decided(&files), decided(&without));
        if with == without { Ok(()) } else { Err("a concern changes a verdict".to_owned()) }
    });
}
