//! From a policy and a case to one circuit.
//!
//! Every fact of somebody, under one evidence standard, becomes a variable; what is known of it becomes a mask; every
//! condition becomes a gate. What is known never shapes the gates, so that the same circuit also tells what would be
//! if it were otherwise: which facts force the answer, and which changes would turn it.

mod cells;
mod chain;
mod condition;
mod rule;

pub(super) use cells::{Cells, Whom};
pub(super) use rule::{Grounded, Part};

use crate::circuit::{Circuit, Cone, Mask, Masks};
use crate::evidence::{Case, Claim, Possible, Status, Target, Weighed, nothing_said, weigh};
use crate::id::{EntityId, FactId, GateId, KindId, RuleId, SomebodyId, StandardId, Table, VarId, WaiverId};
use crate::policy::{Condition, FactType, Policy};
use std::collections::{BTreeMap, BTreeSet};

/// A policy and a case as one circuit.
pub(super) struct Ground<'a> {
    pub policy: &'a Policy,
    pub case: Case<'a>,
    pub circuit: Circuit,
    /// What is known.
    pub masks: Masks,
    pub variables: Table<VarId, Variable<'a>>,
    pub somebodies: Table<SomebodyId, Somebody>,
    /// The subject.
    pub subject: SomebodyId,
    /// The rules in force.
    pub rules: BTreeMap<RuleId, Grounded>,
    /// The waivers in force.
    pub waivers: BTreeMap<WaiverId, GateId>,
    somebody_ids: BTreeMap<Somebody, SomebodyId>,
    variable_ids: BTreeMap<(Matter, Option<StandardId>), VarId>,
    /// Where conditions divide numbers and dates.
    pub cuts: cells::Cuts,
    /// The conditions that were put to somebody unknown, by their gates.
    pub put: BTreeMap<GateId, &'a Condition>,
    /// The phases in force, by number.
    phases: Vec<RuleId>,
    /// The gates of definitions and phases that are done.
    done: BTreeMap<Job, GateId>,
    /// Those that were met before they were done.
    wanted: BTreeSet<Job>,
}

/// Somebody whom conditions speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Somebody {
    /// Somebody whom the case knows.
    Entity(EntityId),
    /// Whoever else of a kind a relation leads to.
    Other { of: SomebodyId, relation: FactId, kind: KindId },
    /// Any further member of a list.
    Further { of: SomebodyId, list: FactId },
}

/// What may turn out one way or another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Matter {
    /// A fact of somebody: not a list.
    Fact { who: SomebodyId, fact: FactId },
    /// Whether somebody named is a member of a list.
    Member { who: SomebodyId, list: FactId, member: SomebodyId },
    /// How many further members of a list there are; with `which`, how many that meet (or do not meet) the condition
    /// which that gate is, put to any further member.
    Further { who: SomebodyId, list: FactId, which: Option<(GateId, bool)> },
    /// Whether somebody beyond the known part of a chain is what is asked for.
    Beyond { who: SomebodyId, relation: FactId, goal: Goal },
    /// Something that could not be expressed by the others.
    Unexpressed { who: SomebodyId, fact: FactId, number: u64 },
}

/// What is asked of those along a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Goal {
    /// To be the only one of its kind.
    Is(KindId),
    /// To meet the condition which this gate is, put to someone unknown.
    Meets(GateId),
}

/// A variable with what is known of it.
pub(super) struct Variable<'a> {
    pub matter: Matter,
    pub standard: Option<StandardId>,
    pub cells: Cells,
    /// How well it is known.
    pub status: Status,
    pub weighed: Weighed<'a>,
    /// What ties it to other variables in ways the circuit leaves out. Two variables hang together where they share
    /// a knot under different labels.
    knots: Vec<(Knot, u32)>,
}

impl Variable<'_> {
    /// The fact that has to be known to know it.
    pub fn fact(&self) -> FactId {
        match self.matter {
            Matter::Fact { fact, .. } | Matter::Unexpressed { fact, .. } => fact,
            Matter::Member { list, .. } | Matter::Further { list, .. } => list,
            Matter::Beyond { relation, .. } => relation,
        }
    }

    /// Whose fact.
    pub fn who(&self) -> SomebodyId {
        match self.matter {
            Matter::Fact { who, .. }
            | Matter::Member { who, .. }
            | Matter::Further { who, .. }
            | Matter::Beyond { who, .. }
            | Matter::Unexpressed { who, .. } => who,
        }
    }
}

/// What variables have in common that the circuit leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Knot {
    /// One fact under several standards.
    Standards(SomebodyId, FactId),
    /// Several conditions over one list that is not complete.
    List(SomebodyId, FactId),
    /// Several questions about one unknown chain.
    Chain(SomebodyId, FactId),
    /// Something that could not be expressed.
    Unexpressed,
}

/// A gate that others are made of and that is made once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Job {
    /// A defined fact of somebody.
    Definition(SomebodyId, FactId, Option<StandardId>),
    /// Whether the phase at a place is open.
    Open(usize),
    /// Whether it is reached.
    Reached(usize),
    /// Whether every phase before it is reached.
    Before(usize),
}

/// Grounds a policy in a case, for the day of the case.
pub(super) fn ground<'a>(policy: &'a Policy, case: Case<'a>) -> Ground<'a> {
    let cuts = cells::cuts(policy, case.as_of);
    let first = Somebody::Entity(case.subject);
    let mut somebodies = Table::new();
    let subject = somebodies.push(first);
    let mut ground = Ground {
        policy,
        case,
        circuit: Circuit::new(),
        masks: Masks::new(),
        variables: Table::new(),
        somebodies,
        subject,
        rules: BTreeMap::new(),
        waivers: BTreeMap::new(),
        somebody_ids: BTreeMap::from([(first, subject)]),
        variable_ids: BTreeMap::new(),
        cuts,
        put: BTreeMap::new(),
        phases: Vec::new(),
        done: BTreeMap::new(),
        wanted: BTreeSet::new(),
    };
    ground.rules();
    ground
}

impl<'a> Ground<'a> {
    /// The kind of somebody.
    pub fn kind(&self, who: SomebodyId) -> KindId {
        match self.somebodies[who] {
            Somebody::Entity(entity) => self.case.entities[entity].kind,
            Somebody::Other { kind, .. } => kind,
            Somebody::Further { list, .. } => match &self.policy.vocabulary.facts[list].r#type {
                FactType::Many(kind) => *kind,
                _ => self.policy.vocabulary.facts[list].kind,
            },
        }
    }

    /// Whether any of these variables hang together in ways that the circuit leaves out.
    pub fn entangled(&self, vars: &BTreeSet<VarId>) -> bool {
        let mut seen = BTreeMap::new();
        vars.iter()
            .flat_map(|var| &self.variables[*var].knots)
            .any(|(knot, label)| *knot == Knot::Unexpressed || *seen.entry(knot).or_insert(label) != label)
    }

    /// Whether somebody is any further member of a list, or is known only through one.
    pub fn is_anybody(&self, who: SomebodyId) -> bool {
        let mut at = who;
        loop {
            match self.somebodies[at] {
                Somebody::Entity(_) => return false,
                Somebody::Further { .. } => return true,
                Somebody::Other { of, .. } => at = of,
            }
        }
    }

    /// Somebody, where conditions speak of them.
    pub fn known_somebody(&self, somebody: Somebody) -> Option<SomebodyId> {
        self.somebody_ids.get(&somebody).copied()
    }

    /// The variable of a matter, where there is one.
    pub fn variable_of(&self, matter: Matter, standard: Option<StandardId>) -> Option<VarId> {
        self.variable_ids.get(&(matter, standard)).copied()
    }

    fn somebody(&mut self, somebody: Somebody) -> SomebodyId {
        if let Some(id) = self.somebody_ids.get(&somebody) {
            return *id;
        }
        let id = self.somebodies.push(somebody);
        self.somebody_ids.insert(somebody, id);
        id
    }

    /// What is known of a fact of somebody.
    pub fn weighed(&self, who: SomebodyId, fact: FactId, standard: Option<StandardId>) -> Weighed<'a> {
        match self.somebodies[who] {
            Somebody::Entity(entity) => weigh(&self.case, entity, fact, standard),
            _ => nothing_said(&self.policy.vocabulary, fact),
        }
    }

    /// The variable of a fact that is no list.
    fn fact(&mut self, who: SomebodyId, fact: FactId, standard: Option<StandardId>) -> VarId {
        let matter = Matter::Fact { who, fact };
        if let Some(var) = self.variable_ids.get(&(matter, standard)) {
            return *var;
        }
        let weighed = self.weighed(who, fact, standard);
        let (cells, mask) = match &weighed.possible {
            Possible::YesNo { yes, no } => (Cells::YesNo, Mask::from(*no) | Mask::from(*yes) << 1),
            Possible::Numbers(ranges) => {
                let cells = match self.policy.vocabulary.facts[fact].r#type {
                    FactType::Date => Cells::Dates(self.cuts.starts(fact, i64::MIN)),
                    _ => Cells::Numbers(self.cuts.starts(fact, 0)),
                };
                let mask = cells.touched(ranges);
                (cells, mask)
            }
            Possible::Values(values) => match &self.policy.vocabulary.facts[fact].r#type {
                FactType::Choice(all) => (Cells::Values(all.len()), Mask::from(*values)),
                _ => (Cells::Values(64), Mask::from(*values)),
            },
            Possible::One(_) | Possible::Members { .. } => self.targets(who, fact, &weighed),
        };
        let mut knots = vec![(Knot::Standards(who, fact), label(standard))];
        if matches!(cells, Cells::Targets(_)) && !matches!(self.somebodies[who], Somebody::Entity(_)) {
            knots.push((Knot::Chain(who, fact), 0));
        }
        let status = weighed.status;
        self.variable(Variable { matter, standard, cells, status, weighed, knots }, mask)
    }

    /// Whom a relation to one may lead to, and which of them are possible.
    fn targets(&mut self, who: SomebodyId, relation: FactId, weighed: &Weighed<'a>) -> (Cells, Mask) {
        let vocabulary = &self.policy.vocabulary;
        let candidates = weighed.candidates();
        let anybody = matches!(candidates, crate::evidence::Candidates::Except(_));
        let mut cells = vec![(cells::Whom::NoOne, candidates.contains(&Target::NoOne))];
        let kinds = match &vocabulary.facts[relation].r#type {
            FactType::One(kinds) => kinds.as_slice(),
            _ => &[],
        };
        for kind in kinds.iter().filter(|kind| vocabulary.kinds[**kind].only_one) {
            cells.push((cells::Whom::Only(*kind), candidates.contains(&Target::Only(*kind))));
        }
        for kind in kinds.iter().filter(|kind| !vocabulary.kinds[**kind].only_one) {
            let other = self.somebody(Somebody::Other { of: who, relation, kind: *kind });
            cells.push((cells::Whom::Other(other), anybody));
        }
        // Everybody named, possible or not: of some of them more is known than of somebody else.
        let named: BTreeSet<&Target> = weighed
            .counted
            .iter()
            .filter_map(|statement| match &statement.claim {
                Claim::One(target) | Claim::NotOne(target) => Some(target),
                _ => None,
            })
            .collect();
        for target in named {
            let whom = match target {
                Target::NoOne => continue,
                Target::Only(kind) => cells::Whom::Only(*kind),
                Target::Named(id) => match self.entity_named(who, id) {
                    Some(entity) => {
                        let kind = self.case.entities[entity].kind;
                        if self.case.only.get(&kind) == Some(&entity) {
                            cells::Whom::Only(kind)
                        } else {
                            let member = self.somebody(Somebody::Entity(entity));
                            cells::Whom::Named(member)
                        }
                    }
                    None => continue,
                },
            };
            let possible = candidates.contains(target);
            match cells.iter_mut().find(|(cell, _)| *cell == whom) {
                // Named both by its kind and by its dossier's id.
                Some((_, already)) if anybody => *already &= possible,
                Some((_, already)) => *already |= possible,
                None => cells.push((whom, possible)),
            }
        }
        // Past what a mask can hold, whoever is left is somebody of whom nothing is known.
        let most = crate::circuit::CELLS as usize;
        let crowded = cells.len() > most;
        cells.truncate(most);
        let mut mask = 0;
        for (at, (_, possible)) in cells.iter().enumerate() {
            if *possible || crowded {
                mask |= 1 << at;
            }
        }
        (Cells::Targets(cells.into_iter().map(|(whom, _)| whom).collect()), mask)
    }

    /// Whom an id in the statements about somebody names.
    fn entity_named(&self, who: SomebodyId, id: &str) -> Option<EntityId> {
        match self.somebodies[who] {
            Somebody::Entity(entity) => self.case.entities[entity].names.get(id).copied(),
            _ => None,
        }
    }

    fn variable(&mut self, variable: Variable<'a>, mask: Mask) -> VarId {
        let key = (variable.matter, variable.standard);
        if let Some(var) = self.variable_ids.get(&key) {
            return *var;
        }
        let var = self.circuit.variable(variable.cells.count());
        let mask = mask & self.circuit.full(var);
        self.masks.push(if mask == 0 { self.circuit.full(var) } else { mask });
        self.variables.push(variable);
        self.variable_ids.insert(key, var);
        var
    }

    /// Whether a gate hinges on open facts of somebody unknown, or of those whom these lead to; and whether it hinges
    /// on open facts of others.
    fn hinges(&self, gate: GateId, whose: SomebodyId) -> (bool, bool) {
        let mut hinges = (false, false);
        let cone = Cone::of(&self.circuit, gate);
        for var in cone.vars() {
            if self.masks.find(*var).is_some_and(|mask| mask.count_ones() > 1) {
                match self.comes_from(self.variables[*var].who(), whose) {
                    true => hinges.0 = true,
                    false => hinges.1 = true,
                }
            }
        }
        hinges
    }

    /// Whether somebody is another or is led to from them.
    fn comes_from(&self, who: SomebodyId, from: SomebodyId) -> bool {
        let mut at = who;
        while at != from {
            match self.somebodies[at] {
                Somebody::Entity(_) => return false,
                Somebody::Other { of, .. } | Somebody::Further { of, .. } => at = of,
            }
        }
        true
    }

    /// Something that may be or not, for what cannot be expressed.
    fn unexpressed(
        &mut self,
        who: SomebodyId,
        fact: FactId,
        standard: Option<StandardId>,
        number: u64,
    ) -> GateId {
        let weighed = self.weighed(who, fact, standard);
        let variable = Variable {
            matter: Matter::Unexpressed { who, fact, number },
            standard,
            cells: Cells::YesNo,
            status: Status::Unknown,
            weighed,
            knots: vec![(Knot::Unexpressed, 0)],
        };
        let var = self.variable(variable, 0b11);
        self.circuit.test(var, 0b10)
    }
}

/// The label of a standard in a knot.
fn label(standard: Option<StandardId>) -> u32 {
    standard.map_or(0, |standard| standard.0.saturating_add(1))
}
