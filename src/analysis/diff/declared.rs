//! Differences in what two policies declare that no verdict shows: periods, who decides, facts, evidence standards,
//! obligations and concerns.

use super::joint::standard_conditions;
use super::{Both, Side};
use crate::id::AssistanceId;
use crate::policy::lexicon::key_of;
use crate::policy::{Concern, Fact, FactType, Header, Level, Part, Period, Policy};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Each difference as a sentence: first in the order of the old policy, then what only the new policy has.
pub(super) fn declared(policies: Both<&Arc<Policy>>) -> Vec<String> {
    let mut sentences = Vec::new();
    whole(policies, &mut sentences);
    facts(policies, &mut sentences);
    standards(policies, &mut sentences);
    choices(policies, &mut sentences);
    obligations(policies, &mut sentences);
    concerns(policies, &mut sentences);
    sentences
}

/// Describes the pairs of the same name with `both`, then the items that only one policy has with `only`.
fn pairs<'a, T>(
    all: Both<Vec<(String, &'a T)>>,
    both: impl Fn(&str, &'a T, &'a T) -> Vec<String>,
    only: impl Fn(&str, Side) -> String,
    sentences: &mut Vec<String>,
) {
    let theirs = by_name(all.new.iter().map(|(name, new)| (name.as_str(), *new)));
    for (name, old) in &all.old {
        match theirs.get(&key_of(name)) {
            Some(new) => sentences.extend(both(name, old, new)),
            None => sentences.push(only(name, Side::Old)),
        }
    }
    let ours = by_name(all.old.iter().map(|(name, old)| (name.as_str(), *old)));
    let is_new = |(name, _): &&(String, &T)| !ours.contains_key(&key_of(name));
    sentences.extend(all.new.iter().filter(is_new).map(|(name, _)| only(name, Side::New)));
}

/// Indexes items by the key of their name; keeps the first item of each name.
fn by_name<'n, 'a, T>(all: impl Iterator<Item = (&'n str, &'a T)>) -> BTreeMap<String, &'a T> {
    let mut by_name = BTreeMap::new();
    for (name, one) in all {
        by_name.entry(key_of(name)).or_insert(one);
    }
    by_name
}

/// Compares the periods of the policies, who decides, and who grants the waivers.
fn whole(policies: Both<&Arc<Policy>>, sentences: &mut Vec<String>) {
    let mut change = |what: &str, old: String, new: String| {
        if old != new {
            sentences.push(format!("{what}: {old} → {new}"));
        }
    };
    let Both { old, new } = policies;
    change("the policy is in force", in_force(old.period), in_force(new.period));
    change("who decides", question(&old.authority).to_owned(), question(&new.authority).to_owned());
    let theirs = by_name(new.waivers.iter().map(|(_, waiver)| (waiver.header.id.as_str(), waiver)));
    for (_, waiver) in old.waivers.iter() {
        if let Some(other) = theirs.get(&key_of(&waiver.header.id)) {
            let what = format!("waiver {}: granted by", waiver.header.id);
            change(&what, question(&waiver.granted_by).to_owned(), question(&other.granted_by).to_owned());
        }
    }
}

fn in_force(period: Period) -> String {
    period.words().unwrap_or_else(|| "always".to_owned())
}

fn facts(policies: Both<&Arc<Policy>>, sentences: &mut Vec<String>) {
    let all = policies.map(|policy| {
        let vocabulary = &policy.vocabulary;
        let stated = vocabulary.facts.iter().filter(|(_, fact)| fact.definition.is_none());
        let named =
            stated.map(|(_, fact)| (format!("{} {}", vocabulary.kinds[fact.kind].name, fact.phrase), fact));
        named.collect::<Vec<_>>()
    });
    let type_of = |side: Side, fact: &Fact| sort(policies.of(side), &fact.r#type);
    let both = |name: &str, old: &Fact, new: &Fact| {
        let mut changes = Vec::new();
        let mut change = |what: &str, old: &str, new: &str| {
            if old != new {
                changes.push(format!("{name}: {what}: {old} → {new}"));
            }
        };
        change("type", &type_of(Side::Old, old), &type_of(Side::New, new));
        change("presumed", presumed(old), presumed(new));
        change("fixed", yes(old.fixed), yes(new.fixed));
        change("asked", question(&old.question), question(&new.question));
        change("means", question(&old.means), question(&new.means));
        changes
    };
    let only = |name: &str, side: Side| match side {
        Side::Old => format!("{name}: fact removed"),
        Side::New => format!("{name}: new fact"),
    };
    pairs(all, both, only, sentences);
}

fn presumed(fact: &Fact) -> &'static str {
    match fact.presumed {
        Some(true) => "yes",
        Some(false) => "no",
        None => "nothing",
    }
}

fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

fn question(text: &Option<String>) -> &str {
    text.as_deref().unwrap_or("(not given)")
}

fn sort(policy: &Policy, r#type: &FactType) -> String {
    let kind = |id: &crate::id::KindId| policy.vocabulary.kinds[*id].name.clone();
    match r#type {
        FactType::YesNo => "yes or no".to_owned(),
        FactType::Number { unit } => format!("number of {unit}"),
        FactType::Date => "date".to_owned(),
        FactType::Choice(values) => format!("one of {}", values.join(", ")),
        FactType::One(kinds) => kinds.iter().map(kind).collect::<Vec<_>>().join(" or "),
        FactType::Many(of) => format!("list of {}", kind(of)),
    }
}

fn standards(policies: Both<&Arc<Policy>>, sentences: &mut Vec<String>) {
    let all = policies.map(|policy| {
        let all = policy.vocabulary.standards.iter().filter(|(_, one)| one.derived_from.is_none());
        all.map(|(_, standard)| (standard.name.clone(), standard)).collect::<Vec<_>>()
    });
    pairs(
        all,
        |name, old, new| {
            let differs = standard_conditions(old) != standard_conditions(new)
                || old.ratings_on_the_way != new.ratings_on_the_way;
            differs.then(|| format!("evidence standard {name}: requirements changed")).into_iter().collect()
        },
        |name, side| match side {
            Side::Old => format!("evidence standard {name}: removed"),
            Side::New => format!("evidence standard {name}: new"),
        },
        sentences,
    );
}

/// Compares the obligations of both policies. Others are reported by the comparison of obligations (`side_diffs`).
fn obligations(policies: Both<&Arc<Policy>>, sentences: &mut Vec<String>) {
    let theirs = by_name(policies.new.obligations.iter().map(|owed| (owed.header.id.as_str(), owed)));
    for old in &policies.old.obligations {
        let name = &old.header.id;
        let Some(new) = theirs.get(&key_of(name)) else { continue };
        if old.who != new.who {
            sentences.push(format!(
                "obligation {name}: by {} → by {}",
                question(&old.who),
                question(&new.who)
            ));
        }
        if old.due != new.due {
            sentences.push(format!("obligation {name}: due at a different time"));
        }
        sentences.extend(assistance(policies, "obligation", &old.header, &new.header));
    }
}

/// Compares the concerns of both policies.
fn concerns(policies: Both<&Arc<Policy>>, sentences: &mut Vec<String>) {
    let all = policies.map(|policy| {
        policy.concerns.iter().map(|one| (one.header.id.clone(), one)).collect::<Vec<(String, &Concern)>>()
    });
    let conditions = |policy: &Policy, one: &Concern| -> Vec<(Part, String)> {
        let about = one.header.about.and_then(|kind| policy.vocabulary.kinds.find(kind));
        let name = about.map_or_else(|| "it".to_owned(), |kind| format!("the {}", kind.name));
        one.parts().map(|(part, condition)| (part, policy.condition_words(condition, &name))).collect()
    };
    let level = |one: &Concern| one.level.map_or("(not given)", Level::word);
    let both = |name: &str, old: &Concern, new: &Concern| {
        let mut changes = Vec::new();
        if old.who != new.who {
            changes.push(format!("concern {name}: for {} → for {}", question(&old.who), question(&new.who)));
        }
        if old.level != new.level {
            changes.push(format!("concern {name}: level {} → level {}", level(old), level(new)));
        }
        if conditions(policies.old, old) != conditions(policies.new, new) {
            changes.push(format!("concern {name}: its conditions changed"));
        }
        changes.extend(assistance(policies, "concern", &old.header, &new.header));
        changes
    };
    let only = |name: &str, side: Side| match side {
        Side::Old => format!("concern {name}: removed"),
        Side::New => format!("concern {name}: new"),
    };
    pairs(all, both, only, sentences);
}

fn choices(policies: Both<&Arc<Policy>>, sentences: &mut Vec<String>) {
    let theirs = by_name(policies.new.choices.iter().map(|choice| (choice.header.id.as_str(), choice)));
    for old in &policies.old.choices {
        let Some(new) = theirs.get(&key_of(&old.header.id)) else { continue };
        sentences.extend(assistance(policies, "choice", &old.header, &new.header));
    }
}

/// Compares the types of assistance that a block of both policies is for.
fn assistance(policies: Both<&Arc<Policy>>, what: &str, old: &Header, new: &Header) -> Option<String> {
    let (before, now) = (types(policies.old, &old.assistance), types(policies.new, &new.assistance));
    (before != now).then(|| format!("{what} {}: for {before} → for {now}", old.id))
}

/// The names of types of assistance, sorted and joined, or "all".
fn types(policy: &Policy, types: &[AssistanceId]) -> String {
    let mut names: Vec<&str> = types.iter().map(|id| policy.assistance[*id].name.as_str()).collect();
    names.sort_unstable();
    if names.is_empty() { "all".to_owned() } else { names.join(", ") }
}
