//! A case before a policy.

use crate::compiled::{Compiled, Forms, Known, Somebody, compile_for};
use crate::evidence::{Case, Possible, Weighed, nothing_said, weigh};
use crate::id::{EntityId, FactId, GateId, SomebodyId, StandardId, Table};
use crate::value::Truth;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A case before a policy: what is asked, and what is known.
pub(super) struct Hearing<'a> {
    pub compiled: Arc<Compiled<'a>>,
    pub case: Case<'a>,
    pub known: Known<'a>,
    /// The values of all gates by Kleene's tables.
    values: Table<GateId, Truth>,
}

impl<'a> Hearing<'a> {
    /// A case before a policy: in the form made for all cases where that serves, else in one of its own.
    pub fn of<'p: 'a>(forms: &Forms<'p>, case: Case<'a>) -> Hearing<'a> {
        let names_nobody = case.entities.iter().all(|(_, entity)| entity.names.is_empty());
        if names_nobody {
            let compiled = forms.of(case.entities[case.subject].kind, case.as_of);
            if let Some(known) = Known::of(&compiled, &case) {
                return Hearing::new(compiled, case, known);
            }
        }
        let (compiled, known) = compile_for(forms.policy(), &case);
        Hearing::new(Arc::new(compiled), case, known)
    }

    fn new(compiled: Arc<Compiled<'a>>, case: Case<'a>, known: Known<'a>) -> Hearing<'a> {
        let values = compiled.values(&known.masks);
        Hearing { compiled, case, known, values }
    }

    /// The value of a gate, and whether an open answer is exact, as [`exact`](crate::circuit::exact) has it.
    pub fn exact(&self, gate: GateId, budget: u32) -> (Truth, bool) {
        match self.values.find(gate) {
            Some(settled) if settled.settled() => (*settled, true),
            _ => self.compiled.cone(gate).exact(&self.known.masks, budget),
        }
    }

    /// What is said of a fact of somebody.
    pub fn said(&self, who: SomebodyId, fact: FactId, standard: Option<StandardId>) -> Weighed<'a> {
        match self.compiled.somebodies[who] {
            Somebody::Entity(entity) => weigh(&self.case, entity, fact, standard),
            _ => nothing_said(self.case.vocabulary, fact),
        }
    }

    /// The members of somebody's list that statements name.
    pub fn members(&self, who: SomebodyId, list: FactId, standard: Option<StandardId>) -> Vec<SomebodyId> {
        let Somebody::Entity(entity) = self.compiled.somebodies[who] else { return Vec::new() };
        let weighed = self.said(who, list, standard);
        let Possible::Members { ids, .. } = &weighed.possible else { return Vec::new() };
        let names = &self.case.entities[entity].names;
        let named: BTreeSet<EntityId> = ids.iter().filter_map(|id| names.get(id)).copied().collect();
        named.into_iter().filter_map(|member| self.compiled.somebody(Somebody::Entity(member))).collect()
    }
}
