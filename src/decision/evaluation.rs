//! Evaluations: a compiled policy applied to one case.

use super::DecisionError;
use crate::circuit::{Budget, Cone, Mask, Masks};
use crate::compiled::{
    Compiled, EntityRef, Forms, JoinedList, Known, ListOf, Variable, compile_for, compile_unpresumed,
};
use crate::evidence::{
    Case, Claim, Evidence, Possible, Statement, Status, Weighed, case, weigh, without_statements,
};
use crate::id::{AssistanceId, EntityId, EntityRefId, FactId, GateId, StandardId, Table, VarId};
use crate::policy::Policy;
use crate::sorted::{SortedMap, SortedSet};
use crate::value::{Date, Truth};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The cost of making a cone, per unit of its weight, in addition to evaluating it. It is charged even if another
/// decision has made the cone before, so that the cost of a decision is always the same.
const MAKING: u64 = 5;

/// Returns the compiled form of a policy that serves a case, with what is known. This is the shared form if it serves
/// the case, and otherwise a form made for the case, which is charged to the budget.
pub(super) fn form<'a>(forms: &Forms, case: &Case<'a>, budget: &Budget) -> (Arc<Compiled>, Known<'a>) {
    if case.entities.iter().all(|(_, entity)| entity.names.is_empty()) {
        let compiled = forms.of(case.entities[case.subject].kind, case.as_of);
        if let Some(known) = Known::of(&compiled, case) {
            return (compiled, known);
        }
    }
    let (compiled, known) = compile_for(forms.policy(), case);
    budget.spend(compiled.work);
    (Arc::new(compiled), known)
}

/// Returns the case of a dossier if the policy decides about it.
pub(super) fn admit<'a>(
    policy: &'a Arc<Policy>,
    evidence: &'a Evidence,
    dossier: &str,
    as_of: Date,
) -> Result<Case<'a>, DecisionError> {
    let vocabulary = &policy.vocabulary;
    let Some(case) = case(vocabulary, evidence, dossier, as_of) else {
        return Err(DecisionError::NoDossier(dossier.to_owned()));
    };
    let kind = case.entities[case.subject].kind;
    if !policy.about.contains(&kind) {
        let about: Vec<&str> =
            policy.about.iter().map(|kind| vocabulary.kinds[*kind].name.as_str()).collect();
        return Err(DecisionError::OtherKind {
            dossier: dossier.to_owned(),
            kind: vocabulary.kinds[kind].name.clone(),
            about: about.join(" or "),
        });
    }
    if !policy.period.contains(as_of) {
        let (policy, version) = (policy.id.clone(), policy.version.clone());
        return Err(DecisionError::NotInForce { policy, version, day: as_of });
    }
    Ok(case)
}

/// Returns the types of assistance that are asked for, in the order of the policy; all of them for `None`.
pub(super) fn selected(policy: &Policy, types: Option<&[AssistanceId]>) -> Vec<AssistanceId> {
    policy.assistance.ids().filter(|id| types.is_none_or(|types| types.contains(id))).collect()
}

/// A policy with the cache of its compiled forms.
#[derive(Clone, Copy)]
pub(super) struct Source<'a, 'f> {
    pub policy: &'a Arc<Policy>,
    pub forms: &'f Forms,
}

impl<'a> From<&'a Forms> for Source<'a, 'a> {
    fn from(forms: &'a Forms) -> Source<'a, 'a> {
        Source { policy: forms.policy(), forms }
    }
}

/// The evaluation of a case under a policy: the compiled form and what is known.
pub(super) struct Evaluation<'a> {
    pub policy: &'a Arc<Policy>,
    pub compiled: Arc<Compiled>,
    pub case: Case<'a>,
    pub known: Known<'a>,
    /// The budget for all work, and the part of it for the statuses of rules, choices and obligations.
    pub budget: Budget,
    pub statuses: Budget,
    /// The values of all gates by Kleene evaluation.
    values: Table<GateId, Truth>,
    /// The values found beyond Kleene evaluation, each with whether it is exact and the budget that was available.
    found: RefCell<SortedMap<GateId, (Truth, bool, u64)>>,
    /// The names of the entities that statements about an entity name; made on first use.
    names: RefCell<SortedMap<EntityId, Arc<SortedMap<String, String>>>>,
    /// The statements about each member of a list; made on first use.
    about: RefCell<SortedMap<ListOf, Arc<AboutMembers>>>,
}

/// The places of the statements about a list that bear on one member, and of those that bear on all members.
pub(super) struct AboutMembers {
    naming: SortedMap<EntityId, Vec<usize>>,
    others: Vec<usize>,
}

impl AboutMembers {
    fn of(counted: &[&Statement], names: &BTreeMap<String, EntityId>) -> AboutMembers {
        let mut about = AboutMembers { naming: SortedMap::new(), others: Vec::new() };
        for (place, statement) in counted.iter().enumerate() {
            match &statement.claim {
                Claim::Members { ids, complete: false } => {
                    for member in ids.iter().filter_map(|id| names.get(id)) {
                        about.naming.entry(*member).or_default().push(place);
                    }
                }
                _ => about.others.push(place),
            }
        }
        about
    }

    /// Returns the places of the statements that bear on a member, ascending.
    pub fn bearing_on(&self, member: EntityId) -> SortedSet<usize> {
        self.naming.get(&member).into_iter().flatten().chain(&self.others).copied().collect()
    }
}

impl<'a> Evaluation<'a> {
    /// Returns the evaluation of a case, with the shared form if it serves the case, and otherwise with a form of its
    /// own.
    pub fn of(source: Source<'a, '_>, case: Case<'a>, budget: &Budget) -> Evaluation<'a> {
        let (compiled, known) = form(source.forms, &case, budget);
        Evaluation::new(source.policy, compiled, case, known, budget)
    }

    /// Returns the evaluation of a dossier if the policy decides about it.
    pub fn admitted(
        forms: &'a Forms,
        evidence: &'a Evidence,
        dossier: &str,
        as_of: Date,
        budget: &Budget,
    ) -> Result<Evaluation<'a>, DecisionError> {
        let case = admit(forms.policy(), evidence, dossier, as_of)?;
        Ok(Evaluation::of(forms.into(), case, budget))
    }

    /// Returns the evaluation of a case in which further members of lists may differ from the presumptions.
    pub fn unpresumed(policy: &'a Arc<Policy>, case: Case<'a>, budget: &Budget) -> Evaluation<'a> {
        let (compiled, known) = compile_unpresumed(policy, &case);
        budget.spend(compiled.work);
        Evaluation::new(policy, Arc::new(compiled), case, known, budget)
    }

    fn new(
        policy: &'a Arc<Policy>,
        compiled: Arc<Compiled>,
        case: Case<'a>,
        known: Known<'a>,
        budget: &Budget,
    ) -> Evaluation<'a> {
        let values = compiled.values(&known.masks);
        let mut known = known;
        compiled.joined().extend(&mut known.masks);
        for (_, list) in compiled.joined().lists() {
            let is_contested = |var: &&VarId| known.status.find(**var) == Some(&Status::Contested);
            let one = list.vars.iter().find(is_contested).or(list.vars.first());
            if let Some((status, weighed)) =
                one.and_then(|one| Some((*known.status.find(*one)?, known.weighed.find(*one)?.clone())))
            {
                known.status.push(status);
                known.weighed.push(weighed);
            }
        }
        let (budget, statuses) = (budget.clone(), budget.share(8));
        Evaluation {
            policy,
            compiled,
            case,
            known,
            budget,
            statuses,
            values,
            found: RefCell::default(),
            names: RefCell::default(),
            about: RefCell::default(),
        }
    }

    /// Returns the value of a gate, and whether an open value is exact, as [`exact`](crate::circuit::exact) does.
    pub fn exact(&self, gate: GateId, budget: &Budget) -> (Truth, bool) {
        if let Some(settled) = self.values.find(gate).filter(|value| value.settled()) {
            return (*settled, true);
        }
        let left = budget.left();
        if let Some((truth, is_exact, work)) = self.found.borrow().get(&gate)
            && (*is_exact || left <= *work)
        {
            if !is_exact {
                budget.cut();
            }
            return (*truth, *is_exact);
        }
        // Kleene evaluation leaves the gate open; without budget, that is the result.
        if left == 0 {
            budget.cut();
            return (Truth::Open, false);
        }
        let cone = self.cone(gate);
        budget.spend(MAKING * cone.weight());
        let (truth, is_exact) = cone.exact(&self.known.masks, budget);
        self.found.borrow_mut().insert(gate, (truth, is_exact, left));
        (truth, is_exact)
    }

    /// Returns the names of an entity and of the entities that the statements about it name, by id.
    pub fn names(&self, entity: EntityId) -> Arc<SortedMap<String, String>> {
        let mut all = self.names.borrow_mut();
        let names = all.entry(entity).or_insert_with(|| {
            let known = &self.case.entities[entity];
            let named = known.names.iter().map(|(id, other)| (id.clone(), self.compiled.person_name(*other)));
            Arc::new(named.chain([(known.id.clone(), self.compiled.person_name(entity))]).collect())
        });
        Arc::clone(names)
    }

    /// Returns the statements about a list, by the members that they bear on.
    pub fn about_members(&self, owner: EntityId, list: ListOf, counted: &[&Statement]) -> Arc<AboutMembers> {
        let names = &self.case.entities[owner].names;
        let mut all = self.about.borrow_mut();
        Arc::clone(all.entry(list).or_insert_with(|| Arc::new(AboutMembers::of(counted, names))))
    }

    /// Returns the value of a gate that a status depends on.
    pub fn settle(&self, gate: GateId) -> Truth {
        self.exact(gate, &self.statuses.share(4)).0
    }

    /// Returns the cone of a gate, with each list as one variable.
    pub fn cone(&self, gate: GateId) -> &Cone {
        self.compiled.joined_cone(gate)
    }

    /// Returns the cone of the conjunction of some gates, with each list as one variable.
    pub fn all(&self, gates: &[GateId]) -> Cone {
        let wanted: Vec<(GateId, bool)> = gates.iter().map(|gate| (*gate, true)).collect();
        self.compiled.joined().cone(&Cone::at_once(&self.compiled.circuit, &wanted))
    }

    /// Returns all cells of a variable.
    pub fn full(&self, var: VarId) -> Mask {
        self.compiled.joined().list(var).map_or_else(|| self.compiled.circuit.full(var), JoinedList::full)
    }

    /// Returns masks in which every cell of every variable is possible.
    pub fn anything(&self) -> Masks {
        let mut all = self.compiled.circuit.anything();
        self.compiled.joined().extend(&mut all);
        all
    }

    /// Returns a variable of the circuit with the same entity and fact: the first part of a list variable, or the
    /// variable itself.
    pub fn part(&self, var: VarId) -> VarId {
        self.compiled.joined().list(var).and_then(|list| list.vars.first()).copied().unwrap_or(var)
    }

    /// Returns the meaning of a variable; for a list variable, that of its first part.
    pub fn variable(&self, var: VarId) -> &Variable {
        &self.compiled.variables[self.part(var)]
    }

    /// Returns the weighed statements about a fact of an entity.
    pub fn weighed(&self, who: EntityRefId, fact: FactId, standard: Option<StandardId>) -> Weighed<'a> {
        match self.compiled.entity_refs[who] {
            EntityRef::Entity(entity) => weigh(&self.case, entity, fact, standard),
            _ => without_statements(self.case.vocabulary, fact),
        }
    }

    /// Returns the members of a list that statements name.
    pub fn members(&self, who: EntityRefId, list: FactId, standard: Option<StandardId>) -> Vec<EntityRefId> {
        let EntityRef::Entity(entity) = self.compiled.entity_refs[who] else { return Vec::new() };
        let weighed = self.weighed(who, list, standard);
        let Possible::Members { ids, .. } = &weighed.possible else { return Vec::new() };
        let names = &self.case.entities[entity].names;
        let named: SortedSet<EntityId> = ids.iter().filter_map(|id| names.get(id)).copied().collect();
        named.into_iter().filter_map(|member| self.compiled.entity_ref(EntityRef::Entity(member))).collect()
    }
}
