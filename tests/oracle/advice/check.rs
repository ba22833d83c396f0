//! Compares the library's explanations with the table of all worlds.

use super::policy::{Model, TYPES, is_fixed, text};
use super::read;
use super::world::{Fact, World};
use crate::oracle::agree::{read as load, today};
use placet::decision::{Change, ChangeWord, Outcome, RuleStatus, Verdict, decide};
use std::collections::BTreeSet;

/// How often each kind of result was checked.
#[derive(Debug, Default)]
pub struct Seen {
    reasons: usize,
    missing: usize,
    changes: usize,
    out_of_reach: usize,
    together: usize,
    lifted: usize,
    open: usize,
}

impl Seen {
    pub fn all(&self) -> bool {
        let all = [self.reasons, self.missing, self.changes, self.out_of_reach, self.lifted, self.open];
        all.iter().all(|count| *count > 200) && self.together > 20
    }
}

/// A model with all its worlds.
struct Table<'m> {
    model: &'m Model,
    facts: Vec<Fact>,
    worlds: Vec<World>,
    assistance: usize,
}

impl Table<'_> {
    /// The worlds that agree with the presumptions and the statements about some facts.
    fn where_known(&self, stated: impl Fn(Fact) -> bool, presumed: impl Fn(Fact) -> bool) -> Vec<&World> {
        let fits = |world: &&World| {
            self.facts.iter().all(|fact| {
                (!stated(*fact) || self.model.agrees(*fact, world))
                    && (!presumed(*fact) || self.model.is_as_presumed(*fact, world))
            })
        };
        self.worlds.iter().filter(fits).collect()
    }

    fn possible(&self) -> Vec<&World> {
        self.where_known(|_| true, |_| true)
    }

    fn outcome(&self, worlds: &[&World]) -> Outcome {
        turns(worlds, |world| self.model.is_eligible(self.assistance, world))
    }
}

fn turns(worlds: &[&World], holds: impl Fn(&World) -> bool) -> Outcome {
    let yes = worlds.iter().filter(|world| holds(world)).count();
    match yes {
        0 => Outcome::Ineligible,
        _ if yes == worlds.len() => Outcome::Eligible,
        _ => Outcome::Undetermined,
    }
}

/// Checks the whole explanation of a model.
pub fn advice(model: &Model, seen: &mut Seen) -> Result<(), String> {
    let (policy, evidence) = load(&[("policy.placet", text(model).concat())]);
    let decision = decide(&policy, &evidence, "d", today(), None).map_err(|problem| problem.to_string())?;
    for (assistance, verdict) in decision.verdicts.iter().enumerate() {
        let facts = model.facts().into_iter().collect();
        let table = Table { model, facts, worlds: model.worlds(), assistance };
        let error = |what: &str, why: String| format!("{} {what}: {why}", TYPES[assistance]);
        let expected = table.outcome(&table.possible());
        if verdict.outcome != expected {
            return Err(error("verdict", format!("{:?} where it is {expected:?}", verdict.outcome)));
        }
        if !verdict.exact {
            return Err(error("verdict", "not exact".to_owned()));
        }
        statuses(&table, verdict, seen).map_err(|why| error("rules", why))?;
        reasons(&table, verdict, seen).map_err(|why| error("reasons", why))?;
        missing(&table, verdict, seen).map_err(|why| error("missing", why))?;
        changes(&table, verdict, seen).map_err(|why| error("changes", why))?;
        together(&table, verdict, seen).map_err(|why| error("together", why))?;
    }
    Ok(())
}

fn statuses(table: &Table<'_>, verdict: &Verdict<'_>, seen: &mut Seen) -> Result<(), String> {
    let (model, possible) = (table.model, table.possible());
    let rules: Vec<usize> = model.rules_for(table.assistance).collect();
    if rules.len() != verdict.rules.len() {
        return Err("there are others".to_owned());
    }
    for (rule, reported) in rules.into_iter().zip(&verdict.rules) {
        let met = turns(&possible, |world| model.is_met(rule, table.assistance, world));
        let by_itself = turns(&possible, |world| model.is_met_by_itself(rule, world));
        let applies = turns(&possible, |world| model.applies(rule, world));
        let expected = match met {
            _ if applies == Outcome::Ineligible && !model.rules[rule].bar => RuleStatus::NotApplicable,
            Outcome::Eligible if by_itself == Outcome::Eligible => RuleStatus::Met,
            Outcome::Eligible => RuleStatus::Lifted,
            Outcome::Ineligible => RuleStatus::Failed,
            Outcome::Undetermined => RuleStatus::Open,
        };
        if reported.status != expected {
            return Err(format!("r{rule} {:?} where it is {expected:?}", reported.status));
        }
        if reported.lifted_by.is_empty() == (expected == RuleStatus::Lifted) {
            return Err(format!("r{rule} {expected:?} and lifted by {:?}", reported.lifted_by));
        }
        seen.lifted += usize::from(expected == RuleStatus::Lifted);
        seen.open += usize::from(expected == RuleStatus::Open);
    }
    Ok(())
}

fn reasons(table: &Table<'_>, verdict: &Verdict<'_>, seen: &mut Seen) -> Result<(), String> {
    let forces_beside = |set: &BTreeSet<Fact>, presumed: &dyn Fn(Fact) -> bool| {
        let worlds = table.where_known(|fact| set.contains(&fact), presumed);
        table.outcome(&worlds) == verdict.outcome
    };
    if verdict.outcome == Outcome::Undetermined {
        return if verdict.reasons.is_empty() { Ok(()) } else { Err("there are some".to_owned()) };
    }
    let nothing = BTreeSet::new();
    if !forces_beside(&nothing, &|_| true) {
        return smallest(table, verdict, &|set| forces_beside(set, &|_| true), seen);
    }
    // If the presumptions alone force the verdict, reasons must force it without them, except for the presumption about
    // further leaders.
    let beside_further = |set: &BTreeSet<Fact>| forces_beside(set, &|fact| fact == Fact::Further);
    smallest(table, verdict, &beside_further, seen)
}

/// Checks that the reasons are smallest sets that force the verdict, by the given definition of forcing it.
fn smallest(
    table: &Table<'_>,
    verdict: &Verdict<'_>,
    forces: &dyn Fn(&BTreeSet<Fact>) -> bool,
    seen: &mut Seen,
) -> Result<(), String> {
    let stated: Vec<Fact> = table.facts.iter().copied().filter(|fact| is_news(table, *fact)).collect();
    let mut least = (0..=stated.len()).find(|size| choices(&stated, *size).iter().any(forces));
    least = least.filter(|least| *least > 0);
    if verdict.reasons.first().map(Vec::len) != least {
        let texts: Vec<Vec<&str>> = verdict
            .reasons
            .iter()
            .map(|reason| reason.iter().map(|one| one.text.as_str()).collect())
            .collect();
        return Err(format!("the smallest has {least:?} facts, and there are {texts:?}"));
    }
    let mut before: Vec<BTreeSet<Fact>> = Vec::new();
    for reason in &verdict.reasons {
        let read = reason.iter().map(|finding| read::fact(&finding.fact, &finding.text));
        let set = read.collect::<Result<BTreeSet<Fact>, String>>()?;
        if set.len() != reason.len() {
            return Err(format!("a fact twice in {set:?}"));
        }
        if !forces(&set) {
            return Err(format!("{set:?} does not force it"));
        }
        for fact in &set {
            let mut less = set.clone();
            less.remove(fact);
            if forces(&less) {
                return Err(format!("{fact:?} can be left out of {set:?}"));
            }
        }
        if before.contains(&set) {
            return Err(format!("{set:?} stands twice"));
        }
        before.push(set);
        seen.reasons += 1;
    }
    match verdict.reasons.is_sorted_by_key(Vec::len) {
        true => Ok(()),
        false => Err("the shortest are not first".to_owned()),
    }
}

/// Whether a statement about a fact excludes some world.
fn is_news(table: &Table<'_>, fact: Fact) -> bool {
    table.model.stated(fact).is_some() && table.worlds.iter().any(|world| !table.model.agrees(fact, world))
}

/// All sets of the given number of facts.
fn choices(of: &[Fact], size: usize) -> Vec<BTreeSet<Fact>> {
    let bits = 0..1_usize << of.len();
    let some = bits.filter(|bits| bits.count_ones() as usize == size);
    some.map(|bits| {
        of.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1).map(|(_, fact)| *fact).collect()
    })
    .collect()
}

fn missing(table: &Table<'_>, verdict: &Verdict<'_>, seen: &mut Seen) -> Result<(), String> {
    let possible = table.possible();
    let mut hinges = BTreeSet::new();
    if verdict.outcome == Outcome::Undetermined {
        for fact in &table.facts {
            // Look for two worlds that differ only in this fact, of which one is eligible and the other is not.
            let mut others: Vec<(World, bool)> = possible
                .iter()
                .map(|world| (without(**world, *fact), table.model.is_eligible(table.assistance, world)))
                .collect();
            others.sort_unstable();
            others.dedup();
            if others.windows(2).any(|pair| pair[0].0 == pair[1].0) {
                hinges.insert(*fact);
            }
        }
    }
    let read = verdict.missing.iter().map(|missing| read::fact(&missing.fact, &missing.fact.text));
    let reported = read.collect::<Result<BTreeSet<Fact>, String>>()?;
    seen.missing += reported.len();
    if reported == hinges { Ok(()) } else { Err(format!("{reported:?} where it hinges on {hinges:?}")) }
}

/// A world with one fact reset to its value in the first world.
fn without(mut world: World, fact: Fact) -> World {
    copy(&World::FIRST, &mut world, fact);
    world
}

/// The number of facts whose value in a world contradicts what is known.
fn against(table: &Table<'_>, facts: &BTreeSet<Fact>, world: &World) -> usize {
    facts.iter().filter(|fact| !table.model.agrees(**fact, world)).count()
}

/// The fewest contradictions with what is known by which changing some facts makes the verdict eligible; `None` if it
/// cannot.
fn enough(table: &Table<'_>, set: &BTreeSet<Fact>) -> Option<usize> {
    let worlds =
        table.where_known(|fact| !set.contains(&fact) || is_fixed(fact), |fact| !set.contains(&fact));
    // Group the worlds by the values of the changed facts: all worlds of a group must be eligible.
    let mut of: Vec<(World, bool, usize)> = worlds
        .iter()
        .map(|world| {
            let mut only = World::FIRST;
            for fact in set {
                copy(world, &mut only, *fact);
            }
            (only, table.model.is_eligible(table.assistance, world), against(table, set, world))
        })
        .collect();
    of.sort_unstable();
    let groups = of.chunk_by(|one, other| one.0 == other.0);
    groups.filter(|group| group.iter().all(|(_, eligible, _)| *eligible)).map(|group| group[0].2).min()
}

/// Copies the value of a fact from one world to another.
fn copy(from: &World, to: &mut World, fact: Fact) {
    match fact {
        Fact::YesNo(at) => to.yes_no[at] = from.yes_no[at],
        Fact::Trained(person) => to.trained[person as usize] = from.trained[person as usize],
        Fact::Loyal(person) => to.loyal[person as usize] = from.loyal[person as usize],
        Fact::AliLeads => to.ali_leads = from.ali_leads,
        Fact::Headcount => to.head = from.head,
        Fact::Region => to.region = from.region,
        Fact::Commander => to.commander = from.commander,
        Fact::Further => to.further = from.further,
    }
}

/// The largest number of sets of changes that the library reports.
const MOST: usize = 5;

fn changes(table: &Table<'_>, verdict: &Verdict<'_>, seen: &mut Seen) -> Result<(), String> {
    if verdict.outcome == Outcome::Eligible {
        let none = verdict.changes.is_empty() && !verdict.out_of_reach;
        return if none { Ok(()) } else { Err("it is eligible".to_owned()) };
    }
    let within_reach = table.where_known(is_fixed, |_| false);
    let out_of_reach = table.outcome(&within_reach) == Outcome::Ineligible;
    if verdict.out_of_reach != out_of_reach {
        return Err(format!("out of reach {} where it is {out_of_reach}", verdict.out_of_reach));
    }
    if out_of_reach {
        seen.out_of_reach += 1;
        return if verdict.changes.is_empty() { Ok(()) } else { Err("there are some".to_owned()) };
    }
    let Some(size) = verdict.changes.first().map(Vec::len) else { return Err("there are none".to_owned()) };
    let least = (1..=table.facts.len()).find_map(|size| {
        let sets: Vec<(usize, BTreeSet<Fact>)> = choices(&table.facts, size)
            .into_iter()
            .filter_map(|set| enough(table, &set).map(|against| (against, set)))
            .collect();
        (!sets.is_empty()).then_some((size, sets))
    });
    let Some((least, sets)) = least else { return Err("no set of facts does".to_owned()) };
    if least != size {
        return Err(format!("{size} changes where {least} do: {sets:?}"));
    }
    let mut reported: BTreeSet<BTreeSet<Fact>> = BTreeSet::new();
    for set in &verdict.changes {
        let facts = one_set(table, set)?;
        let fewest = enough(table, &facts).ok_or_else(|| format!("{facts:?} cannot do"))?;
        let changed = set.iter().filter(|change| change.word == ChangeWord::Change).count();
        if changed != fewest {
            return Err(format!("{facts:?} with {changed} changes of what is known, where {fewest} do"));
        }
        reported.insert(facts);
        seen.changes += 1;
    }
    // The library can report several ways of changing the same facts.
    let all: BTreeSet<BTreeSet<Fact>> = sets.iter().map(|(_, set)| set.clone()).collect();
    let is_cut = verdict.changes.len() == MOST;
    if verdict.changes.len() > MOST || !reported.is_subset(&all) || (reported != all && !is_cut) {
        return Err(format!("reported {reported:?}, expected {all:?}"));
    }
    let texts = |set: &Vec<Change<'_>>| set.iter().map(|change| change.text.clone()).collect::<Vec<String>>();
    let distinct: BTreeSet<Vec<String>> = verdict.changes.iter().map(texts).collect();
    if distinct.len() != verdict.changes.len() {
        return Err(format!("one stands twice among {distinct:?}"));
    }
    let fewest = sets.iter().map(|(against, _)| *against).min();
    let first = verdict.changes[0].iter().filter(|change| change.word == ChangeWord::Change).count();
    match fewest == Some(first) {
        true => Ok(()),
        false => Err(format!("the first has {first} changes of what is known, and {fewest:?} do")),
    }
}

/// Checks that a set of changes makes the verdict eligible, and returns its facts.
fn one_set(table: &Table<'_>, set: &[Change<'_>]) -> Result<BTreeSet<Fact>, String> {
    let texts: Vec<&str> = set.iter().map(|change| change.text.as_str()).collect();
    let mut parsed = Vec::new();
    for change in set {
        let fact = read::fact(&change.fact, &change.text)?;
        parsed.push((fact, change.word, read::change(fact, &change.text)?));
    }
    let facts: BTreeSet<Fact> = parsed.iter().map(|(fact, ..)| *fact).collect();
    if facts.len() != set.len() {
        return Err(format!("a fact twice in {texts:?}"));
    }
    // A fact that is to be established keeps what is known of it; a fact that changes does not.
    let replaced: BTreeSet<Fact> =
        parsed.iter().filter(|(_, word, _)| *word == ChangeWord::Change).map(|(fact, ..)| *fact).collect();
    let worlds =
        table.where_known(|fact| !replaced.contains(&fact) || is_fixed(fact), |fact| !facts.contains(&fact));
    let worlds: Vec<&World> =
        worlds.into_iter().filter(|world| parsed.iter().all(|(_, _, holds)| holds(world))).collect();
    if worlds.is_empty() {
        return Err(format!("{texts:?} cannot be"));
    }
    if table.outcome(&worlds) != Outcome::Eligible {
        return Err(format!("{texts:?} does not do"));
    }
    for (fact, word, holds) in &parsed {
        let matching = table.worlds.iter().filter(|world| holds(world));
        let (mut within, mut beyond) = (false, false);
        for world in matching {
            match table.model.agrees(*fact, world) {
                true => within = true,
                false => beyond = true,
            }
        }
        let fits = match word {
            ChangeWord::Change => beyond && !within,
            ChangeWord::Establish | ChangeWord::Settle => within,
        };
        if !fits {
            return Err(format!("{word:?} {fact:?} in {texts:?}"));
        }
    }
    Ok(facts)
}

fn together(table: &Table<'_>, verdict: &Verdict<'_>, seen: &mut Seen) -> Result<(), String> {
    let (model, possible) = (table.model, table.possible());
    let rules: Vec<usize> = model.rules_for(table.assistance).collect();
    let all_met = |rules: &[usize]| {
        turns(&possible, |world| rules.iter().all(|rule| model.is_met(*rule, table.assistance, world)))
    };
    let fails_alone = rules.iter().any(|rule| all_met(&[*rule]) == Outcome::Ineligible);
    if verdict.outcome != Outcome::Ineligible || fails_alone {
        return if verdict.together.is_empty() { Ok(()) } else { Err("there are some".to_owned()) };
    }
    seen.together += 1;
    let reported: Vec<usize> = verdict.together.iter().map(|rule| rule.0 as usize).collect();
    if all_met(&reported) != Outcome::Ineligible {
        return Err(format!("{reported:?} can be met together"));
    }
    for rule in &reported {
        let less: Vec<usize> = reported.iter().copied().filter(|other| other != rule).collect();
        if all_met(&less) == Outcome::Ineligible {
            return Err(format!("r{rule} can be left out of {reported:?}"));
        }
    }
    Ok(())
}
