//! An example: a small dossier in the language, with what it comes to, tried before it is shown.

use super::form::{Cells, Form};
use crate::bundle::gather;
use crate::circuit::Mask;
use crate::compiled::{self, Goal, Matter, Somebody, Whom};
use crate::decision::{Decision, Outcome, RuleStatus, decide, decide_briefly};
use crate::diagram::NO;
use crate::evidence::{self, About, Claim, Dossier, Member, Provenance, Statement, Target};
use crate::id::{AssistanceId, FactId, GateId, KindId, RuleId, SomebodyId, StandardId, VarId};
use crate::policy::lexicon::key_of;
use crate::policy::{FactType, Policy};
use crate::span::Span;
use crate::value::{Grade, Ranges};
use std::collections::{BTreeMap, BTreeSet};

/// The id of the dossier of an example.
const ID: &str = "example";

/// How far from the subject somebody may be named in an example.
const FURTHEST: usize = 6;

/// The most members of one list in an example.
const MOST_MEMBERS: usize = 40;

/// What an example comes to.
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

/// A case as a scenario of the policy, where it comes to what is expected; none where it does not, or where the case
/// cannot be said.
pub(super) fn example(
    policy: &Policy,
    form: &Form<'_>,
    cells: &Cells,
    unknown: &[VarId],
    title: &str,
    expects: &[Expect],
) -> Option<String> {
    let dossier = dossier(policy, form, cells, unknown)?;
    let text = evidence::print(&dossier, &policy.vocabulary, &[]).ok()?;
    // What is shown is what was tried: the dossier as it reads back.
    let bundle = gather(&[ID], &mut |_| Ok(text.clone().into()));
    let (read, problems) = evidence::read(&bundle, &policy.vocabulary);
    if !bundle.problems.is_empty() || !problems.is_empty() {
        return None;
    }
    // Choices are told of in full decisions only.
    let is_of_choice = expects.iter().any(|expect| matches!(expect, Expect::Chosen(..)));
    let decide = if is_of_choice { decide } else { decide_briefly };
    let decision = decide(policy, &read, ID, form.compiled.as_of, None).ok()?;
    if !expects.iter().all(|expect| comes_true(&decision, expect)) {
        return None;
    }
    let given = evidence::print_given(&dossier, &policy.vocabulary).ok()?;
    let mut lines = vec![format!("scenario \"{}\"", title.replace('"', "”"))];
    lines.push(format!("  as of {}", form.compiled.as_of));
    if policy.about.len() > 1 {
        lines.push(format!("  about {}", policy.vocabulary.kinds[form.kind].name));
    }
    lines.extend(given.lines().map(str::to_owned));
    lines.extend(expects.iter().map(|expect| format!("  expect {}", in_words(policy, expect))));
    lines.push(String::new());
    Some(lines.join("\n"))
}

fn comes_true(decision: &Decision<'_>, expect: &Expect) -> bool {
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
    let name = |id: &AssistanceId| &policy.assistance[*id].name;
    match expect {
        Expect::Eligible(id) => format!("{} is eligible", name(id)),
        Expect::Ineligible(id, because) if because.is_empty() => format!("{} is ineligible", name(id)),
        Expect::Ineligible(id, because) => {
            let rules: Vec<String> = because
                .iter()
                .map(|rule| match &policy.rules[*rule].body {
                    crate::policy::Body::Phase(phase) => format!("phase {}", phase.number),
                    _ => policy.rules[*rule].id.clone(),
                })
                .collect();
            format!("{} is ineligible because {}", name(id), rules.join(", "))
        }
        Expect::Undetermined(id, fact) => format!("{} is undetermined for want of \"{fact}\"", name(id)),
        Expect::Chosen(place, value) => {
            let choice = policy.choices.get(*place).map_or("", |choice| &choice.name);
            format!("{choice} is \"{value}\"")
        }
    }
}

/// A case as a dossier; none where it cannot be said.
fn dossier(policy: &Policy, form: &Form<'_>, cells: &Cells, unknown: &[VarId]) -> Option<Dossier> {
    let mut telling =
        Telling { policy, form, statements: Vec::new(), members: Vec::new(), named: BTreeMap::new() };
    let subject = form.compiled.subject;
    telling.somebody(subject, &About::Subject, cells, 0)?;
    let only: Vec<(SomebodyId, KindId)> = form
        .compiled
        .somebodies
        .iter()
        .filter(|(who, _)| *who != subject)
        .filter_map(|(who, somebody)| match somebody {
            Somebody::Entity(entity) => Some((who, form.compiled.people[*entity].kind)),
            _ => None,
        })
        .collect();
    for (who, kind) in only {
        telling.somebody(who, &About::Only(kind), cells, 0)?;
    }
    for var in unknown {
        telling.unknown(*var)?;
    }
    Some(Dossier {
        id: ID.to_owned(),
        title: "An example".to_owned(),
        kind: form.kind,
        as_of: Some(form.compiled.as_of),
        known_as: Vec::new(),
        identifiers: Vec::new(),
        notes: Vec::new(),
        statements: telling.statements,
        members: telling.members,
        uses: Vec::new(),
        hash: String::new(),
        span: Span::default(),
    })
}

/// A case being told.
struct Telling<'t, 'p> {
    policy: &'t Policy,
    form: &'t Form<'p>,
    statements: Vec<Statement>,
    members: Vec<Member>,
    /// How many of a kind were named.
    named: BTreeMap<KindId, usize>,
}

impl Telling<'_, '_> {
    /// Says of somebody, under the name that they have, what a case says of them.
    fn somebody(&mut self, who: SomebodyId, about: &About, cells: &Cells, depth: usize) -> Option<()> {
        if depth > FURTHEST {
            return None;
        }
        let mut lists: BTreeSet<(FactId, Option<StandardId>)> = BTreeSet::new();
        let mut told: BTreeMap<FactId, (VarId, Mask)> = BTreeMap::new();
        for (var, mask) in cells {
            let variable = &self.form.compiled.variables[*var];
            if variable.who() != who {
                continue;
            }
            match variable.matter {
                Matter::Fact { fact, .. } => {
                    let known = told.entry(fact).or_insert((*var, *mask));
                    known.1 &= mask;
                    if known.1 == 0 {
                        return None;
                    }
                }
                Matter::Further { list, .. } => {
                    lists.insert((list, variable.standard));
                }
                Matter::Beyond { relation, goal, .. } => {
                    self.beyond(who, about, relation, goal, *mask, cells, depth)?;
                }
                Matter::Member { .. } | Matter::Unexpressed { .. } => return None,
            }
        }
        for (fact, (var, mask)) in told {
            self.fact(about, fact, var, mask, cells, depth)?;
        }
        for (list, standard) in lists {
            self.list(who, about, list, standard, cells, depth)?;
        }
        Some(())
    }

    fn fact(
        &mut self,
        about: &About,
        fact: FactId,
        var: VarId,
        mask: Mask,
        cells: &Cells,
        depth: usize,
    ) -> Option<()> {
        let at = mask.trailing_zeros();
        if self.form.is_presumed(var, at) {
            return Some(());
        }
        let variable = &self.form.compiled.variables[var];
        let claim = match &variable.cells {
            compiled::Cells::YesNo => Claim::YesNo(at == 1),
            compiled::Cells::Values(_) => Claim::Values(1_u64.checked_shl(at)?),
            numbers @ compiled::Cells::Numbers(_) => Claim::Numbers(some_number(&numbers.ranges(1 << at), 0)),
            days @ (compiled::Cells::Dates(_) | compiled::Cells::Within(_)) => {
                let ranges = days.ranges(1 << at);
                match self.policy.vocabulary.facts[fact].r#type {
                    FactType::Date => Claim::Dates(some_number(&ranges, i64::MIN)),
                    _ => Claim::Numbers(some_number(&ranges, 0)),
                }
            }
            compiled::Cells::Targets(whom) => match *whom.get(at as usize)? {
                Whom::NoOne => Claim::One(Target::NoOne),
                Whom::Only(kind) => Claim::One(Target::Only(kind)),
                Whom::Named(_) => return None,
                Whom::Other(other) => {
                    let id = self.name(self.form.compiled.kind(other));
                    self.somebody(other, &About::Member(id.clone()), cells, depth + 1)?;
                    Claim::One(Target::Named(id))
                }
            },
            compiled::Cells::Counts(_) => return None,
        };
        self.say(about, fact, claim);
        Some(())
    }

    /// Says where a chain leads from somebody of whom no more is known.
    #[expect(clippy::too_many_arguments, reason = "what is said of whom, and how far from the subject")]
    fn beyond(
        &mut self,
        who: SomebodyId,
        about: &About,
        relation: FactId,
        goal: Goal,
        mask: Mask,
        cells: &Cells,
        depth: usize,
    ) -> Option<()> {
        let leads = mask & 0b10 != 0;
        let claim = match goal {
            _ if !leads => Claim::One(Target::NoOne),
            Goal::Is(kind) => Claim::One(Target::Only(kind)),
            Goal::Meets(gate) => {
                // Somebody of the same kind as the one before, of whom the condition holds.
                let meets = self.member_cells(who, &[(gate, true)], cells)?;
                let id = self.name(self.form.compiled.kind(who));
                self.somebody(who, &About::Member(id.clone()), &meets, depth + 1)?;
                Claim::One(Target::Named(id))
            }
        };
        if self.statements.iter().any(|said| said.about == *about && said.fact == relation) {
            return None;
        }
        self.say(about, relation, claim);
        Some(())
    }

    /// Says who the members of a list are, and of each what makes it count.
    fn list(
        &mut self,
        who: SomebodyId,
        about: &About,
        list: FactId,
        standard: Option<StandardId>,
        cells: &Cells,
        depth: usize,
    ) -> Option<()> {
        let member = self.form.compiled.somebody(Somebody::Further { of: who, list })?;
        let fit = self.form.compiled.fits.get(&(who, list, standard));
        let fitting = fit.map(|fit| fit.members(|var| cells.get(&var).copied()));
        if let Some(sorts) = fitting {
            let members = sorts?.iter().map(|wanted| self.member_cells(member, wanted, cells)).collect();
            return self.members(about, list, member, members, depth);
        }
        let mut counts: Vec<(GateId, bool, usize)> = Vec::new();
        let mut least = 0;
        for (var, mask) in cells {
            let variable = &self.form.compiled.variables[*var];
            if variable.standard != standard {
                continue;
            }
            match variable.matter {
                Matter::Further { who: of, list: other, which } if of == who && other == list => {
                    let count = mask.trailing_zeros() as usize;
                    match which {
                        None => least = count,
                        Some((gate, meets)) => counts.push((gate, meets, count)),
                    }
                }
                _ => {}
            }
        }
        let most = counts.iter().map(|(_, _, count)| *count).max().unwrap_or(0).max(least);
        // Each member meets as much as is wanted of any; where no one can meet it all, each meets one thing.
        let together = |at: usize| -> Vec<(GateId, bool)> {
            counts.iter().map(|(gate, meets, count)| (*gate, (at < *count) == *meets)).collect()
        };
        let mut members: Option<Vec<Cells>> =
            (0..most).map(|at| self.member_cells(member, &together(at), cells)).collect();
        if members.is_none() {
            let mut each = Vec::new();
            for (place, (_, _, count)) in counts.iter().enumerate() {
                let one = |(other, (gate, meets, _)): (usize, &(GateId, bool, usize))| {
                    (*gate, (other == place) == *meets)
                };
                let wanted: Vec<(GateId, bool)> = counts.iter().enumerate().map(one).collect();
                each.extend(std::iter::repeat_n(wanted, *count));
            }
            members = each.iter().map(|wanted| self.member_cells(member, wanted, cells)).collect();
        }
        self.members(about, list, member, members, depth)
    }

    /// Says that somebody's list is made up of so many members, and of each what is so.
    fn members(
        &mut self,
        about: &About,
        list: FactId,
        member: SomebodyId,
        members: Option<Vec<Cells>>,
        depth: usize,
    ) -> Option<()> {
        let members = members.filter(|members| members.len() <= MOST_MEMBERS)?;
        let mut ids = Vec::new();
        for meets in members {
            let id = self.name(self.form.compiled.kind(member));
            self.somebody(member, &About::Member(id.clone()), &meets, depth + 1)?;
            ids.push(id);
        }
        self.say(about, list, Claim::Members { ids, complete: true });
        Some(())
    }

    /// What has to be so of somebody for conditions to hold of them, or not to hold; none where it cannot be.
    fn member_cells(&self, who: SomebodyId, wanted: &[(GateId, bool)], cells: &Cells) -> Option<Cells> {
        let gates: Vec<GateId> = wanted.iter().map(|(gate, _)| *gate).collect();
        let (mut diagram, nodes) = self.form.alone(&gates)?;
        let mut all = crate::diagram::YES;
        for (node, (_, holds)) in nodes.into_iter().zip(wanted) {
            let node = if *holds { node } else { diagram.negate(node)? };
            all = diagram.apply(crate::diagram::Op::And, all, node)?;
        }
        if all == NO {
            return None;
        }
        // What the case says of others stays as it is.
        let way = diagram.way(all, true, |var, cell| match cells.get(&var) {
            Some(mask) if self.form.compiled.variables[var].who() != who => {
                (mask >> cell & 1 == 1).then_some(0)
            }
            _ => Some(u64::from(!self.form.is_presumed(var, cell))),
        })?;
        Some(way.cells.into_iter().collect())
    }

    /// Names somebody of a kind: `person-1`.
    fn name(&mut self, kind: KindId) -> String {
        let count = self.named.entry(kind).or_default();
        *count += 1;
        let name = &self.policy.vocabulary.kinds[kind].name;
        let id = format!("{}-{count}", name.replace(|c: char| !c.is_alphanumeric(), "-"));
        self.members.push(Member { id: id.clone(), title: format!("{name} {count}"), kind });
        id
    }

    fn say(&mut self, about: &About, fact: FactId, claim: Claim) {
        let provenance = self.provenance(fact);
        self.statements.push(Statement {
            about: about.clone(),
            fact,
            claim,
            provenance,
            span: Span::default(),
        });
    }

    /// Provenance that counts under every standard under which a fact is asked for, and no more of it than they ask for.
    fn provenance(&self, fact: FactId) -> Provenance {
        let asked = self.form.compiled.variables.iter().filter(|(_, one)| one.fact() == fact);
        let standards = asked.filter_map(|(_, one)| self.policy.vocabulary.standards.find(one.standard?));
        let mut provenance = Provenance::default();
        for standard in standards {
            if standard.rated.is_some() {
                provenance.grade = Grade::parse("A1");
            }
            if standard.within.is_some() {
                provenance.date = Some(self.form.compiled.as_of);
            }
        }
        if provenance != Provenance::default() {
            provenance.told = Some("an example".to_owned());
        }
        provenance
    }

    /// Says that a fact is unknown.
    fn unknown(&mut self, var: VarId) -> Option<()> {
        let compiled = &self.form.compiled;
        let variable = &compiled.variables[var];
        let about = match compiled.somebodies[variable.who()] {
            _ if variable.who() == compiled.subject => About::Subject,
            Somebody::Entity(entity) => About::Only(compiled.people[entity].kind),
            _ => return None,
        };
        self.say(&about, variable.fact(), Claim::Unknown);
        Some(())
    }
}

/// A number or day of some ranges: where they start, or where they end if they have no start to speak of.
fn some_number(ranges: &Ranges, floor: i64) -> Ranges {
    let number = match ranges.ranges().first() {
        Some((low, high)) if *low <= floor && *high < i64::MAX => *high,
        Some((low, _)) => *low,
        None => floor,
    };
    Ranges::only(number)
}
