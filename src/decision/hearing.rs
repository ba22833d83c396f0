//! A case before a policy.

use crate::circuit::{Budget, Cone, Mask, Masks};
use crate::compiled::{
    Compiled, Forms, JoinedList, Known, ListOf, Somebody, Variable, compile_for, compile_unpresumed,
};
use crate::evidence::{Case, Claim, Possible, Statement, Status, Weighed, nothing_said, weigh};
use crate::id::{EntityId, FactId, GateId, SomebodyId, StandardId, Table, VarId};
use crate::policy::Policy;
use crate::value::Truth;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What making a cone costs beside looking at each of its gates once. It is charged to whoever asks for one first, whether
/// another decision has made it before or not.
const MAKING: u64 = 5;

/// The form of a policy that serves a case: the one made for all cases where that does, else one of its own; with what
/// is known.
pub(super) fn form<'a, 'p: 'a>(forms: &Forms<'p>, case: &Case<'a>) -> (Arc<Compiled<'a>>, Known<'a>) {
    if case.entities.iter().all(|(_, entity)| entity.names.is_empty()) {
        let compiled = forms.of(case.entities[case.subject].kind, case.as_of);
        if let Some(known) = Known::of(&compiled, case) {
            return (compiled, known);
        }
    }
    let (compiled, known) = compile_for(forms.policy(), case);
    (Arc::new(compiled), known)
}

/// A case before a policy: what is asked, and what is known.
pub(super) struct Hearing<'a> {
    pub compiled: Arc<Compiled<'a>>,
    pub case: Case<'a>,
    pub known: Known<'a>,
    /// What all work is charged to, and of this what goes into the statuses of rules, choices and obligations.
    pub budget: Budget,
    pub statuses: Budget,
    /// The values of all gates by Kleene's tables.
    values: Table<GateId, Truth>,
    /// The answers found beyond these, each with whether it is exact and the work that could go into it.
    found: RefCell<BTreeMap<GateId, (Truth, bool, u64)>>,
    /// What those are called whom statements about somebody name, as far as it has been asked for.
    names: RefCell<BTreeMap<EntityId, Arc<BTreeMap<String, String>>>>,
    /// The statements about each member of a list, as far as they have been asked for.
    about: RefCell<BTreeMap<ListOf, Arc<AboutMembers>>>,
}

/// Those of the statements about a list that bear on each member, and those that bear on all.
pub(super) struct AboutMembers {
    naming: BTreeMap<EntityId, Vec<usize>>,
    others: Vec<usize>,
}

impl AboutMembers {
    fn of(counted: &[&Statement], names: &BTreeMap<String, EntityId>) -> AboutMembers {
        let mut about = AboutMembers { naming: BTreeMap::new(), others: Vec::new() };
        for (place, said) in counted.iter().enumerate() {
            match &said.claim {
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

    /// The places of those that bear on a member, ascending.
    pub fn bearing_on(&self, member: EntityId) -> BTreeSet<usize> {
        self.naming.get(&member).into_iter().flatten().chain(&self.others).copied().collect()
    }
}

impl<'a> Hearing<'a> {
    /// A case before a policy: in the form made for all cases where that serves, else in one of its own.
    pub fn of<'p: 'a>(forms: &Forms<'p>, case: Case<'a>, budget: &Budget) -> Hearing<'a> {
        let (compiled, known) = form(forms, &case);
        Hearing::new(compiled, case, known, budget)
    }

    /// The same case, with further members of lists that may be other than is presumed of them.
    pub fn unpresumed<'p: 'a>(policy: &'p Policy, case: Case<'a>, budget: &Budget) -> Hearing<'a> {
        let (compiled, known) = compile_unpresumed(policy, &case);
        Hearing::new(Arc::new(compiled), case, known, budget)
    }

    fn new(compiled: Arc<Compiled<'a>>, case: Case<'a>, known: Known<'a>, budget: &Budget) -> Hearing<'a> {
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
        Hearing {
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

    /// The value of a gate, and whether an open answer is exact, as [`exact`](crate::circuit::exact) has it.
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
        // Kleene's tables leave it open; without work left, that is the answer.
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

    /// What those are called whom the statements about somebody name, and they themselves, by id.
    pub fn names(&self, entity: EntityId) -> Arc<BTreeMap<String, String>> {
        let mut all = self.names.borrow_mut();
        let names = all.entry(entity).or_insert_with(|| {
            let known = &self.case.entities[entity];
            let named = known.names.iter().map(|(id, other)| (id.clone(), self.compiled.person_name(*other)));
            Arc::new(named.chain([(known.id.clone(), self.compiled.person_name(entity))]).collect())
        });
        Arc::clone(names)
    }

    /// The statements about somebody's list that bear on each of its members.
    pub fn about_members(&self, whose: EntityId, list: ListOf, counted: &[&Statement]) -> Arc<AboutMembers> {
        let names = &self.case.entities[whose].names;
        let mut all = self.about.borrow_mut();
        Arc::clone(all.entry(list).or_insert_with(|| Arc::new(AboutMembers::of(counted, names))))
    }

    /// How a gate turns out that a status hinges on.
    pub fn settle(&self, gate: GateId) -> Truth {
        self.exact(gate, &self.statuses.share(4)).0
    }

    /// A gate with all that it is made of, what is asked of one list as one variable.
    pub fn cone(&self, gate: GateId) -> &Cone {
        self.compiled.joined_cone(gate)
    }

    /// All of some gates as one.
    pub fn all(&self, gates: &[GateId]) -> Cone {
        let wanted: Vec<(GateId, bool)> = gates.iter().map(|gate| (*gate, true)).collect();
        self.compiled.joined().cone(&Cone::at_once(&self.compiled.circuit, &wanted))
    }

    /// All cells of a variable.
    pub fn full(&self, var: VarId) -> Mask {
        self.compiled.joined().list(var).map_or_else(|| self.compiled.circuit.full(var), JoinedList::full)
    }

    /// Every cell of every variable.
    pub fn anything(&self) -> Masks {
        let mut all = self.compiled.circuit.anything();
        self.compiled.joined().extend(&mut all);
        all
    }

    /// A variable of the circuit that says whose fact a variable stands for, and which.
    pub fn part(&self, var: VarId) -> VarId {
        self.compiled.joined().list(var).and_then(|list| list.vars.first()).copied().unwrap_or(var)
    }

    /// What a variable of the circuit stands for, or of those that a list's stands for, the first.
    pub fn variable(&self, var: VarId) -> &Variable {
        &self.compiled.variables[self.part(var)]
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
