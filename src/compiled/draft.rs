//! Drafts: a policy that is being compiled, with its variables and gates so far.

use super::known::{LinkTarget, certain, mask, named, possible_targets, status, targets, weighed};
use super::{
    Cells, Correlation, Cuts, EntityRef, Known, Naming, Person, RuleGates, TargetCell, Variable,
    VariableKind, is_unnamed_member, kind,
};
use crate::circuit::{Budget, CELLS, Circuit, Cone, Mask, Masks, full};
use crate::evidence::{Case, Possible, Status, Weighed, without_statements};
use crate::id::{
    ConditionId, EntityId, EntityRefId, FactId, GateId, KindId, RuleId, StandardId, Table, VarId, WaiverId,
};
use crate::policy::{Condition, FactType, Policy};
use crate::sorted::{SortedMap, SortedSet, sort};
use crate::value::Ranges;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The budget for deciding whether presumptions settle a condition for an unknown entity.
pub(super) const SETTLING: u64 = 100_000;

/// A policy that is being compiled.
pub(super) struct Draft<'d, 'a> {
    pub policy: &'d Arc<Policy>,
    pub case: &'d Case<'a>,
    pub people: Table<EntityId, Person>,
    pub circuit: Circuit,
    pub known: Known<'a>,
    pub variables: Table<VarId, Variable>,
    pub entity_refs: Table<EntityRefId, EntityRef>,
    pub subject: EntityRefId,
    pub rules: Rules,
    pub entity_ref_ids: SortedMap<EntityRef, EntityRefId>,
    pub variable_ids: BTreeMap<(VariableKind, Option<StandardId>), VarId>,
    pub cuts: Cuts,
    pub put: SortedMap<GateId, Arc<Condition>>,
    pub condition_gates: SortedMap<(ConditionId, EntityRefId, Option<StandardId>), GateId>,
    /// Relation conditions that were compiled only in negated form so far.
    pub negated: Vec<(&'d Condition, EntityRefId, Option<StandardId>)>,
    /// Ranges that split a cell, each with a number that distinguishes it from the others.
    pub crowded: SortedMap<Ranges, u64>,
    /// Whether presumptions on further members are taken as settled.
    pub members_presumed: bool,
    /// Whether the form so far does not depend on what is known.
    pub serves_all: bool,
    /// The gates of definitions and phases that are finished.
    pub done: BTreeMap<Job, GateId>,
    /// The definitions and phases that were needed before they were finished.
    pub wanted: SortedSet<Job>,
    /// The budget for deciding what presumptions settle.
    pub budget: Budget,
}

/// The rules, waivers and phases in force.
#[derive(Default)]
pub(super) struct Rules {
    pub gates: SortedMap<RuleId, RuleGates>,
    /// The waivers that apply to the kind of the subject.
    pub waivers: SortedMap<WaiverId, GateId>,
    /// The waivers by the rules that they name.
    pub naming: Naming,
    /// The phases that apply to the kind of the subject, by number, and the place of each among them.
    pub phases: Vec<RuleId>,
    pub places: SortedMap<RuleId, usize>,
}

/// A gate that other gates use and that is compiled once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Job {
    /// A defined fact of an entity.
    Definition(EntityRefId, FactId, Option<StandardId>),
    /// Whether the phase at this place is open.
    Open(usize),
    /// Whether the phase at this place is reached.
    Reached(usize),
    /// Whether every phase before this place is reached.
    Before(usize),
}

impl<'a> Draft<'_, 'a> {
    /// Returns the kind of an entity.
    pub fn kind(&self, who: EntityRefId) -> KindId {
        kind(self.policy, &self.people, self.entity_refs[who])
    }

    pub fn entity_ref(&mut self, entity_ref: EntityRef) -> EntityRefId {
        if let Some(id) = self.entity_ref_ids.get(&entity_ref) {
            return *id;
        }
        let id = self.entity_refs.push(entity_ref);
        self.entity_ref_ids.insert(entity_ref, id);
        id
    }

    /// Returns the id that the case has for an entity.
    pub fn entity(&self, who: EntityRefId) -> Option<EntityId> {
        match self.entity_refs[who] {
            EntityRef::Entity(entity) => Some(entity),
            _ => None,
        }
    }

    /// Returns the weighed statements about a fact of an entity.
    pub fn weighed(&self, who: EntityRefId, fact: FactId, standard: Option<StandardId>) -> Weighed<'a> {
        weighed(self.case, self.entity(who), fact, standard)
    }

    /// Returns the variable of a fact other than a list.
    pub fn fact(&mut self, who: EntityRefId, fact: FactId, standard: Option<StandardId>) -> VarId {
        let kind = VariableKind::Fact { who, fact };
        if let Some(var) = self.variable_ids.get(&(kind, standard)) {
            return *var;
        }
        let weighed = self.weighed(who, fact, standard);
        let mut correlations = vec![(Correlation::Standards(who, fact), label(standard))];
        let cells = match &self.policy.vocabulary.facts[fact].r#type {
            FactType::YesNo => Cells::YesNo,
            FactType::Number { .. } => Cells::Numbers(self.cuts.starts(fact, 0)),
            FactType::Date => Cells::Dates(self.cuts.starts(fact, i64::MIN)),
            FactType::Choice(all) => Cells::Values(all.len()),
            FactType::One(_) | FactType::Many(_) => {
                let entity = self.entity(who);
                if entity.is_none() {
                    correlations.push((Correlation::Chain(who, fact), 0));
                }
                let targets = targets(self.case, entity, fact, &weighed);
                let mask = possible_targets(&targets);
                let mut cells = Vec::with_capacity(targets.len());
                for (target, _) in targets.into_iter().take(CELLS as usize) {
                    cells.push(match target {
                        LinkTarget::NoOne => TargetCell::NoOne,
                        LinkTarget::Only(kind) => TargetCell::Only(kind),
                        LinkTarget::Named(entity) => {
                            TargetCell::Named(self.entity_ref(EntityRef::Entity(entity)))
                        }
                        LinkTarget::Other(kind) => TargetCell::Other(self.entity_ref(EntityRef::Other {
                            of: who,
                            relation: fact,
                            kind,
                        })),
                    });
                }
                let (cells, status) = (Cells::Targets(cells), weighed.status);
                let variable = Variable { kind, standard, cells, default_cells: Mask::MAX, correlations };
                return self.variable(variable, status, mask, Arc::new(weighed));
            }
        };
        let variable = Variable { kind, standard, cells, default_cells: Mask::MAX, correlations };
        self.derived_variable(variable, weighed)
    }

    /// Returns a variable whose possible cells follow from the statements about its fact alone.
    pub fn derived_variable(&mut self, variable: Variable, weighed: Weighed<'a>) -> VarId {
        let (status, cells) =
            (status(variable.kind, &weighed), mask(variable.kind, &variable.cells, &weighed));
        let nothing = without_statements(&self.policy.vocabulary, variable.fact());
        let default_cells = mask(variable.kind, &variable.cells, &nothing);
        self.variable(Variable { default_cells, ..variable }, status, cells, Arc::new(weighed))
    }

    /// Returns the variable with this matter and standard, and adds it if it is new.
    pub fn variable(
        &mut self,
        variable: Variable,
        status: Status,
        mask: Mask,
        weighed: Arc<Weighed<'a>>,
    ) -> VarId {
        let key = (variable.kind, variable.standard);
        if let Some(var) = self.variable_ids.get(&key) {
            return *var;
        }
        let cells = variable.cells.count();
        let var = self.circuit.variable(cells);
        self.known.push(status, mask, cells, weighed);
        self.variables.push(Variable { default_cells: variable.default_cells & full(cells), ..variable });
        self.variable_ids.insert(key, var);
        var
    }

    /// Returns the members of a list that statements name, each with a gate that is true if it is a member.
    pub fn known_members(
        &mut self,
        who: EntityRefId,
        list: FactId,
        standard: Option<StandardId>,
    ) -> Vec<(GateId, EntityRefId)> {
        let owner = self.entity(who);
        let weighed = Arc::new(self.weighed(who, list, standard));
        let Possible::Members { ids, .. } = &weighed.possible else { return Vec::new() };
        let agreed = certain(self.case, owner, &weighed);
        let mut entities: Vec<_> = ids.iter().filter_map(|id| named(self.case, owner, id)).collect();
        sort(&mut entities);
        entities.dedup();
        let mut members = Vec::new();
        for entity in entities {
            let certain = agreed.as_ref().is_none_or(|certain| certain.contains(&entity));
            let member = self.entity_ref(EntityRef::Entity(entity));
            let mut correlations = vec![(Correlation::Standards(who, list), label(standard))];
            if !certain {
                correlations.push((Correlation::List(who, list), u32::MAX.saturating_sub(entity.0)));
            }
            let kind = VariableKind::Member { who, list, member };
            let variable =
                Variable { kind, standard, cells: Cells::YesNo, default_cells: Mask::MAX, correlations };
            let (status, mask) = if certain { (Status::Known, 0b10) } else { (Status::Contested, 0b11) };
            let var = self.variable(variable, status, mask, weighed.clone());
            members.push((self.circuit.test(var, 0b10), member));
        }
        members
    }

    /// Returns the possible cells, with facts of further members open if their presumptions are not taken as settled.
    pub fn of_members(&self) -> Cow<'_, Masks> {
        if self.members_presumed {
            return Cow::Borrowed(&self.known.masks);
        }
        let mut masks = self.known.masks.clone();
        for (var, variable) in self.variables.iter() {
            if is_unnamed_member(&self.entity_refs, variable.who())
                && let Some(mask) = masks.find_mut(var)
            {
                *mask = self.circuit.full(var);
            }
        }
        Cow::Owned(masks)
    }

    /// Returns whether a gate depends on open facts of an unknown entity, or of entities that are reached from it; and
    /// whether it depends on open facts of others.
    ///
    /// If it depends on facts of both, known facts of the others may settle it in one case and not in another, so the
    /// form does not serve all cases.
    pub fn open_dependencies(&mut self, gate: GateId, entity: EntityRefId) -> (bool, bool) {
        let (mut own, mut others, mut uses_others) = (false, false, false);
        let cone = Cone::of(&self.circuit, gate);
        let masks = self.of_members();
        for var in cone.vars() {
            let open = masks.find(*var).is_some_and(|mask| mask.count_ones() > 1);
            match self.is_reached_from(self.variables[*var].who(), entity) {
                true => own |= open,
                false => {
                    others |= open;
                    uses_others = true;
                }
            }
        }
        drop(masks);
        self.serves_all &= !(own && uses_others);
        (own, others)
    }

    /// Returns whether an entity is `from` or is reached from it.
    pub fn is_reached_from(&self, who: EntityRefId, from: EntityRefId) -> bool {
        let mut at = who;
        while at != from {
            match self.entity_refs[at] {
                EntityRef::Entity(_) => return false,
                EntityRef::Other { of, .. } | EntityRef::Further { of, .. } => at = of,
            }
        }
        true
    }

    /// Returns a gate that is true if a number or date lies within ranges that split a cell, because there are too few
    /// cells.
    pub fn within(
        &mut self,
        who: EntityRefId,
        fact: FactId,
        standard: Option<StandardId>,
        ranges: Ranges,
    ) -> GateId {
        let next = self.crowded.len() as u64;
        let number = *self.crowded.entry(ranges.clone()).or_insert(next);
        self.unexpressed_as(who, fact, standard, number, Cells::Within(ranges))
    }

    /// Returns an open gate for a condition that cannot be expressed.
    pub fn unexpressed(
        &mut self,
        who: EntityRefId,
        fact: FactId,
        standard: Option<StandardId>,
        number: u64,
    ) -> GateId {
        self.unexpressed_as(who, fact, standard, number, Cells::YesNo)
    }

    fn unexpressed_as(
        &mut self,
        who: EntityRefId,
        fact: FactId,
        standard: Option<StandardId>,
        number: u64,
        cells: Cells,
    ) -> GateId {
        let weighed = self.weighed(who, fact, standard);
        let kind = VariableKind::Unexpressed { who, fact, number };
        let correlations = vec![(Correlation::Unexpressed, 0)];
        let var = self.derived_variable(
            Variable { kind, standard, cells, default_cells: Mask::MAX, correlations },
            weighed,
        );
        self.circuit.test(var, 0b10)
    }
}

/// Returns the label of a standard in a correlation.
pub(super) fn label(standard: Option<StandardId>) -> u32 {
    standard.map_or(0, |standard| standard.0.saturating_add(1))
}
