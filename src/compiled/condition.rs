//! Compilation of conditions to gates.

use super::cells::{TargetCell, ranges};
use super::draft::{Draft, Job, SETTLING, label};
use super::{Cells, Correlation, EntityRef, Variable, VariableKind};
use crate::circuit::{Mask, exact};
use crate::id::{EntityRefId, FactId, GateId, StandardId, VarId};
use crate::policy::{Allowed, Condition, ConditionKind, Quantifier, Root, Subject};
use crate::value::Truth;
use std::sync::Arc;

impl<'d> Draft<'d, '_> {
    /// Compiles the plain form of relation conditions that were compiled only in negated form. Displayed rules need
    /// both.
    pub(super) fn compile_plain_forms(&mut self) {
        while let Some((condition, at, standard)) = self.negated.pop() {
            self.condition(condition, at, standard);
        }
    }

    /// Returns the gate of a condition for an entity, under a standard. If the condition depends on a definition or
    /// phase that is not compiled yet, this is recorded in `wanted`, and the gate must not be used.
    ///
    /// Recursion is as deep as conditions nest in the text. It does not enter definitions.
    pub(super) fn condition(
        &mut self,
        condition: &'d Condition,
        at: EntityRefId,
        standard: Option<StandardId>,
    ) -> GateId {
        let key = (condition.id(), at, standard);
        if let Some(gate) = self.condition_gates.get(&key) {
            return *gate;
        }
        let gate = self.made(condition, at, standard);
        if self.wanted.is_empty() {
            self.condition_gates.insert(key, gate);
        }
        gate
    }

    /// Compiles a condition that was not compiled for this entity before.
    fn made(&mut self, condition: &'d Condition, at: EntityRefId, standard: Option<StandardId>) -> GateId {
        match &condition.kind {
            ConditionKind::All(of) => {
                let of = self.conditions(of, at, standard);
                self.circuit.all(of)
            }
            ConditionKind::Any(of) => {
                let of = self.conditions(of, at, standard);
                self.circuit.any(of)
            }
            ConditionKind::Count { least, most, of } => {
                let of = self.conditions(of, at, standard);
                self.circuit.between(*least, *most, &of)
            }
            ConditionKind::Not(inner) => {
                if let ConditionKind::Ancestor { subject, .. } | ConditionKind::Reaches { subject, .. } =
                    &inner.kind
                {
                    self.negated.push((inner, at, standard));
                    return self.each(subject, at, standard, |draft, who| {
                        let leads = draft.leads(inner, who, standard);
                        draft.circuit.not(leads)
                    });
                }
                let inner = self.condition(inner, at, standard);
                self.circuit.not(inner)
            }
            ConditionKind::Test(test) => self.each(&test.subject, at, standard, |draft, who| {
                draft.test(who, test.fact, &test.allowed, standard)
            }),
            ConditionKind::Members { subject, list, quantifier, member, .. } => {
                self.each(subject, at, standard, |draft, who| {
                    draft.members(who, *list, *quantifier, member, standard)
                })
            }
            ConditionKind::Ancestor { subject, .. } | ConditionKind::Reaches { subject, .. } => {
                self.each(subject, at, standard, |draft, who| draft.leads(condition, who, standard))
            }
            ConditionKind::Phase { rule, reached } => {
                let Some(place) = self.rules.places.get(rule).copied() else {
                    return self.circuit.constant(false);
                };
                self.need(if *reached { Job::Reached(place) } else { Job::Open(place) })
            }
        }
    }

    /// Returns a gate that is true if a relation leads from an entity to the goal of an `Ancestor` or `Reaches`
    /// condition.
    fn leads(&mut self, condition: &'d Condition, who: EntityRefId, standard: Option<StandardId>) -> GateId {
        match &condition.kind {
            ConditionKind::Ancestor { relation, member, .. } => {
                self.chain(who, *relation, super::chain::Sought::Meets(member), standard)
            }
            ConditionKind::Reaches { relation, target, through_any: true, .. } => {
                self.chain(who, *relation, super::chain::Sought::Is(*target), standard)
            }
            ConditionKind::Reaches { relation, target, .. } => {
                let Some((var, cells)) = self.relation(who, *relation, standard) else {
                    return self.circuit.constant(false);
                };
                let place = cells.iter().position(|cell| *cell == TargetCell::Only(*target));
                self.circuit.test(var, place.map_or(0, |place| 1 << place))
            }
            _ => self.circuit.constant(false),
        }
    }

    fn conditions(
        &mut self,
        of: &'d [Condition],
        at: EntityRefId,
        standard: Option<StandardId>,
    ) -> Vec<GateId> {
        of.iter().map(|condition| self.condition(condition, at, standard)).collect()
    }

    /// Returns the gate of a finished job. If the job is not finished, records it as wanted and returns false.
    pub(super) fn need(&mut self, job: Job) -> GateId {
        match self.done.get(&job) {
            Some(gate) => *gate,
            None => {
                self.wanted.insert(job);
                self.circuit.constant(false)
            }
        }
    }

    /// Returns a gate that is true if the condition holds of the entity that a subject leads to. It is false if the
    /// subject leads to no one.
    fn each(
        &mut self,
        subject: &Subject,
        at: EntityRefId,
        standard: Option<StandardId>,
        mut condition: impl FnMut(&mut Self, EntityRefId) -> GateId,
    ) -> GateId {
        let mut cases = Vec::new();
        for (is, who) in self.subjects(subject, at, standard) {
            let holds = condition(self, who);
            cases.push(self.circuit.all([is, holds]));
        }
        self.circuit.any(cases)
    }

    /// Returns the entities that a subject can lead to, each with a gate that is true if it leads there.
    pub(super) fn subjects(
        &mut self,
        subject: &Subject,
        at: EntityRefId,
        standard: Option<StandardId>,
    ) -> Vec<(GateId, EntityRefId)> {
        let start = match subject.root {
            Root::Subject => Some(at),
            Root::Only(kind) => {
                let entity = self.case.only.get(&kind).copied();
                entity.map(|entity| self.entity_ref(EntityRef::Entity(entity)))
            }
        };
        let always = self.circuit.constant(true);
        let mut reached: Vec<(GateId, EntityRefId)> =
            start.map(|start| (always, start)).into_iter().collect();
        let standard = self.policy.vocabulary.on_the_way(standard);
        for step in &subject.steps {
            let mut next: Vec<(GateId, EntityRefId)> = Vec::new();
            for (is, who) in reached {
                let Some((var, cells)) = self.relation(who, *step, standard) else { continue };
                for (place, cell) in cells.into_iter().enumerate() {
                    let Some(target) = self.target(cell) else { continue };
                    let leads = self.circuit.test(var, 1 << place);
                    let is = self.circuit.all([is, leads]);
                    match next.iter_mut().find(|(_, already)| *already == target) {
                        Some((already, _)) => *already = self.circuit.any([*already, is]),
                        None => next.push((is, target)),
                    }
                }
            }
            reached = next;
        }
        reached
    }

    /// Returns the variable of a to-one relation and the target of each of its cells, or `None` if the kind has no such
    /// relation.
    pub(super) fn relation(
        &mut self,
        who: EntityRefId,
        relation: FactId,
        standard: Option<StandardId>,
    ) -> Option<(VarId, Vec<TargetCell>)> {
        if self.policy.vocabulary.facts[relation].kind != self.kind(who) {
            return None;
        }
        let var = self.fact(who, relation, standard);
        match &self.variables[var].cells {
            Cells::Targets(targets) => Some((var, targets.clone())),
            _ => None,
        }
    }

    /// Returns the entity that a cell of a relation stands for.
    pub(super) fn target(&mut self, target: TargetCell) -> Option<EntityRefId> {
        match target {
            TargetCell::NoOne => None,
            TargetCell::Only(kind) => {
                let entity = self.case.only.get(&kind).copied()?;
                Some(self.entity_ref(EntityRef::Entity(entity)))
            }
            TargetCell::Named(who) | TargetCell::Other(who) => Some(who),
        }
    }

    /// Returns a gate that is true if a fact of an entity has one of some values.
    fn test(
        &mut self,
        who: EntityRefId,
        fact: FactId,
        allowed: &Allowed,
        standard: Option<StandardId>,
    ) -> GateId {
        let declared = &self.policy.vocabulary.facts[fact];
        if declared.kind != self.kind(who) {
            return self.circuit.constant(false);
        }
        if declared.definition.is_some() {
            let holds = self.need(Job::Definition(who, fact, standard));
            return match allowed {
                Allowed::YesNo(false) => self.circuit.not(holds),
                _ => holds,
            };
        }
        let var = self.fact(who, fact, standard);
        let mask: Option<Mask> = match allowed {
            Allowed::YesNo(yes) => Some(if *yes { 0b10 } else { 0b01 }),
            Allowed::Values(values) => Some(Mask::from(*values)),
            _ => ranges(allowed, self.case.as_of).and_then(|days| self.variables[var].cells.exactly(&days)),
        };
        if let Some(mask) = mask {
            return self.circuit.test(var, mask);
        }
        // There are more thresholds than cells, so whether the value is within these ranges is a variable of its own.
        match ranges(allowed, self.case.as_of) {
            Some(allowed) => self.within(who, fact, standard, allowed),
            None => self.circuit.constant(false),
        }
    }

    /// Returns a gate that is true if as many members of a list meet a condition as the quantifier requires.
    fn members(
        &mut self,
        who: EntityRefId,
        list: FactId,
        quantifier: Quantifier,
        member: &'d Arc<Condition>,
        standard: Option<StandardId>,
    ) -> GateId {
        if self.policy.vocabulary.facts[list].kind != self.kind(who) {
            return self.circuit.constant(false);
        }
        let any_further = self.entity_ref(EntityRef::Further { of: who, list });
        let further_meets = self.condition(member, any_further, standard);
        let mut each = Vec::new();
        let on_the_way = self.policy.vocabulary.on_the_way(standard);
        for (is_member, entity_ref) in self.known_members(who, list, on_the_way) {
            let meets = self.condition(member, entity_ref, standard);
            each.push((is_member, meets));
        }
        if !self.wanted.is_empty() {
            return self.circuit.constant(false);
        }
        self.put.entry(further_meets).or_insert_with(|| Arc::clone(member));
        if quantifier == Quantifier::All {
            let mut failing = Vec::new();
            for (is_member, meets) in each {
                let fails = self.circuit.not(meets);
                failing.push(self.circuit.all([is_member, fails]));
            }
            failing.extend(self.further(who, list, on_the_way, further_meets, false, 1));
            let any_fails = self.circuit.any(failing);
            return self.circuit.not(any_fails);
        }
        let (least, most) = match quantifier {
            Quantifier::Any | Quantifier::All => (1, u32::MAX),
            Quantifier::None => (0, 0),
            Quantifier::AtLeast(count) => (count, u32::MAX),
            Quantifier::AtMost(count) => (0, count),
            Quantifier::Exactly(count) => (count, count),
        };
        let mut meeting = Vec::new();
        for (is_member, meets) in each {
            meeting.push(self.circuit.all([is_member, meets]));
        }
        let needed = if most == u32::MAX { least } else { most.saturating_add(1) };
        meeting.extend(self.further(who, list, on_the_way, further_meets, true, needed));
        self.circuit.between(least, most, &meeting)
    }

    /// Returns gates for at least one, at least two … up to `most` further members that meet a condition, or that do
    /// not (`meets` false).
    ///
    /// If the condition has the same value for every further member, because presumptions settle it or it depends only
    /// on facts of others, only the number of further members counts, and all such conditions share it. Otherwise the
    /// number of members that meet the condition is a variable of its own.
    pub(super) fn further(
        &mut self,
        who: EntityRefId,
        list: FactId,
        standard: Option<StandardId>,
        condition: GateId,
        meets: bool,
        most: u32,
    ) -> Vec<GateId> {
        let weighed = self.weighed(who, list, standard);
        let any_further = self.entity_ref(EntityRef::Further { of: who, list });
        let (settled, is_exact) =
            exact(&self.circuit, condition, &self.of_members(), &self.budget.part(SETTLING));
        let (own, others) = self.open_dependencies(condition, any_further);
        let wanted = if meets { condition } else { self.circuit.not(condition) };
        let which = match settled {
            Truth::Open if own => {
                let opposite = self.circuit.not(condition);
                Some((condition.min(opposite), meets == (condition < opposite)))
            }
            _ => None,
        };
        let which_label = which.map_or(0, |(gate, _)| gate.0.saturating_add(1));
        let cells = self.cuts.members(list) + 1;
        let mut correlations = vec![
            (Correlation::Standards(who, list), label(standard)),
            (Correlation::List(who, list), which_label),
        ];
        if which.is_some() && (others || !is_exact) {
            correlations.push((Correlation::Unexpressed, 0));
        }
        let kind = VariableKind::Further { who, list, which };
        let variable =
            Variable { kind, standard, cells: Cells::Counts(cells), default_cells: Mask::MAX, correlations };
        // If presumptions rule out that a further member is counted, the count is zero.
        let none = !self.members_presumed
            && which.is_some()
            && exact(&self.circuit, wanted, &self.known.masks, &self.budget.part(SETTLING)).0 == Truth::No;
        let var = self.derived_variable(variable, weighed);
        if none && let Some(mask) = self.known.masks.find_mut(var) {
            *mask = 1;
        }
        let mut gates = Vec::new();
        for count in 1..=most.min(cells) {
            let enough = if count < cells {
                self.circuit.test(var, Mask::MAX << count)
            } else {
                // There are more members than cells, so whether there are so many stays open.
                let many = self.circuit.test(var, 1 << (cells - 1));
                let more = self.unexpressed(who, list, standard, u64::from(count));
                self.circuit.all([many, more])
            };
            gates.push(match which {
                Some(_) => enough,
                None => self.circuit.all([enough, wanted]),
            });
        }
        gates
    }
}
