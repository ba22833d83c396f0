//! Compilation of a policy, and of the people that a case names, to gates.

use super::draft::{Draft, Rules};
use super::{
    Compiled, EntityRef, Known, ListConstraint, ListOf, Person, TypeGates, Variable, cells, lifting,
};
use crate::circuit::{Budget, Circuit, Cone};
use crate::evidence::{Case, nothing_known};
use crate::id::{AssistanceId, GateId, KindId, RuleId, Table};
use crate::policy::{Body, Header, Period, Policy};
use crate::sorted::{SortedMap, SortedSet};
use crate::value::Date;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// The budget for deciding what presumptions settle for unknown entities while a policy is compiled.
const WORK: u64 = 20_000_000;

/// The cost of compiling, per gate, in units of a [`Budget`].
const COMPILING: u64 = 300;

/// Compiles a policy for a kind of subject and a day, for cases that name nobody.
///
/// # Example
/// See [`Compiled`].
pub fn compile(policy: &Arc<Policy>, kind: KindId, as_of: Date) -> Compiled {
    compile_for(policy, &nothing_known(&policy.vocabulary, kind, as_of)).0
}

/// Compiles a policy for the day of a case and the people it names, and returns it with what is known of them.
///
/// # Example
/// ```
/// # let text = r#"
/// # policy "Training"
/// #   id training
/// #   version 1
/// #   about group
/// #
/// # assistance training
/// #
/// # kind group
/// #   commander : person
/// #
/// # kind person
/// #   is designated : yes or no
/// #
/// # bar designated "Nobody designated"
/// #   when the group's commander is designated
/// #
/// # dossier militia "A militia"
/// #   about group
/// #   as of 2016-02-15
/// #   - its commander is ali
/// #
/// #   person ali "Ali"
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// # let evidence = placet::evidence::read(&bundle, &policy.vocabulary).0;
/// # let day = placet::value::Date::parse("2016-02-15").ok_or("no day")?;
/// use placet::compiled::{compile, compile_for};
///
/// // bar designated "Nobody designated"
/// //   when the group's commander is designated
/// let anybody = compile(&policy, policy.about[0], day);
/// assert_eq!(anybody.variables.len(), 2); // who commands the group, and whether whoever it is is designated
///
/// // - its commander is ali
/// let case = placet::evidence::case(&policy.vocabulary, &evidence, "militia", day).ok_or("no dossier")?;
/// let (compiled, known) = compile_for(&policy, &case);
/// assert!(!anybody.serves(&case));
/// assert_eq!(compiled.variables.len(), 3); // whether Ali is designated, too
/// assert_eq!(known.masks.len(), 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn compile_for<'a>(policy: &Arc<Policy>, case: &Case<'a>) -> (Compiled, Known<'a>) {
    compile_by(policy, case, true)
}

/// Does the same as [`compile_for`], but further members of lists may differ from the presumptions. Members that are as
/// presumed are counted separately from members that are not. The presumptions are kept with what is known.
pub(crate) fn compile_unpresumed<'a>(policy: &Arc<Policy>, case: &Case<'a>) -> (Compiled, Known<'a>) {
    compile_by(policy, case, false)
}

fn compile_by<'a>(policy: &Arc<Policy>, case: &Case<'a>, members_presumed: bool) -> (Compiled, Known<'a>) {
    let first = EntityRef::Entity(case.subject);
    let mut entity_refs = Table::new();
    let subject = entity_refs.push(first);
    let people = case.entities.iter().map(|(_, entity)| {
        let title = entity.title.clone();
        Person { title, kind: entity.kind }
    });
    let mut draft = Draft {
        policy,
        case,
        people: people.collect(),
        circuit: Circuit::new(),
        known: Known::default(),
        variables: Table::new(),
        entity_refs,
        subject,
        rules: Rules::default(),
        entity_ref_ids: SortedMap::from([(first, subject)]),
        variable_ids: BTreeMap::new(),
        cuts: cells::cuts(policy, case.as_of),
        put: SortedMap::new(),
        condition_gates: SortedMap::new(),
        negated: Vec::new(),
        crowded: SortedMap::new(),
        members_presumed,
        serves_all: case.entities.iter().all(|(_, entity)| entity.names.is_empty()),
        done: BTreeMap::new(),
        wanted: SortedSet::new(),
        budget: Budget::new(WORK),
    };
    draft.rules();
    let mut types: Table<AssistanceId, TypeGates> =
        policy.assistance.ids().map(|assistance| draft.type_gates(assistance)).collect();
    let choices = draft.choices();
    let obligations = draft.obligations();
    draft.compile_plain_forms();
    let conditions = draft.circuit.len();
    let list_constraints = draft.list_constraints();
    let contested = draft.contested();
    let claimed: Vec<GateId> = contested.values().filter_map(|contested| contested.gate).collect();
    let mut all = |gate: fn(&ListConstraint) -> GateId| {
        let gates: Vec<GateId> = list_constraints.values().map(gate).chain(claimed.iter().copied()).collect();
        (!gates.is_empty()).then(|| draft.circuit.all(gates))
    };
    let lists = all(|list_constraint| list_constraint.gate).zip(all(|list_constraint| list_constraint.usual));
    for assistance in policy.assistance.ids() {
        if let Some(due) = types.find_mut(assistance) {
            due.constrained = draft.constrained(due, &list_constraints, &contested);
        }
    }
    draft.finish(types, choices, obligations, (list_constraints, lists, conditions))
}

impl<'a> Draft<'_, 'a> {
    fn finish(
        self,
        types: Table<AssistanceId, TypeGates>,
        choices: SortedMap<usize, Vec<(String, GateId)>>,
        obligations: SortedMap<usize, GateId>,
        (list_constraints, lists, conditions): (
            SortedMap<ListOf, ListConstraint>,
            Option<(GateId, GateId)>,
            usize,
        ),
    ) -> (Compiled, Known<'a>) {
        let days = self.days();
        let compiled = Compiled {
            work: COMPILING * self.circuit.len() as u64 + (WORK - self.budget.left()),
            policy: Arc::clone(self.policy),
            as_of: self.case.as_of,
            days,
            whole: Cone::whole(&self.circuit),
            cones: (0..self.circuit.len()).map(|_| OnceLock::new()).collect(),
            joined_cones: (0..self.circuit.len()).map(|_| OnceLock::new()).collect(),
            joined: OnceLock::new(),
            lists,
            conditions,
            circuit: self.circuit,
            variables: self.variables,
            entity_refs: self.entity_refs,
            people: self.people,
            only: self.case.only.clone(),
            subject: self.subject,
            rules: self.rules.gates,
            waivers: self.rules.waivers,
            naming: self.rules.naming,
            types,
            choices,
            obligations,
            serves_all: self.serves_all,
            cuts: self.cuts,
            list_constraints,
            entity_ref_ids: self.entity_ref_ids,
            variable_ids: self.variable_ids,
            put: self.put,
            condition_gates: self.condition_gates,
        };
        (compiled, self.known)
    }

    /// Returns the days on which the same things are in force and conditions have the same meaning.
    fn days(&self) -> Period {
        let today = self.case.as_of;
        let is_within = |variable: &Variable| self.cuts.windows(variable.fact()).next().is_some();
        if self.variables.iter().any(|(_, variable)| is_within(variable)) {
            return Period { from: Some(today), until: Some(today) };
        }
        let turns = self.policy.turns();
        Period {
            from: turns.iter().copied().take_while(|turn| *turn <= today).last(),
            until: turns.iter().find(|turn| **turn > today).map(|turn| turn.previous()),
        }
    }

    /// Compiles a type of assistance, with the choices and obligations that apply to it.
    fn type_gates(&mut self, assistance: AssistanceId) -> TypeGates {
        let policy = self.policy;
        let holding: Vec<RuleId> =
            self.rules.gates.keys().copied().filter(|rule| holds(policy, *rule, assistance)).collect();
        let rules: Vec<(RuleId, GateId)> =
            holding.into_iter().map(|rule| (rule, self.met(rule, assistance))).collect();
        let root = self.circuit.all(rules.iter().map(|(_, gate)| *gate));
        let kind = self.kind(self.subject);
        let day = self.case.as_of;
        let applies =
            |header: &Header| policy.covers(&header.assistance, assistance) && header.applies(kind, day);
        let choices = policy.choices.iter().enumerate().filter(|(_, choice)| applies(&choice.header));
        let choices = choices.map(|(place, _)| place).collect();
        let obligations = policy.obligations.iter().enumerate().filter(|(_, owed)| applies(&owed.header));
        let obligations = obligations.map(|(place, _)| place).collect();
        TypeGates { rules, root, choices, obligations, constrained: None }
    }

    /// Returns a gate that is true if a rule is met or waived for a type of assistance.
    fn met(&mut self, rule: RuleId, assistance: AssistanceId) -> GateId {
        let Some(gates) = self.rules.gates.get(&rule) else { return self.circuit.constant(true) };
        let met = gates.met;
        let naming = self.rules.naming.get(&rule).map(Vec::as_slice).unwrap_or_default();
        let lifting = lifting(self.policy, naming, rule, assistance);
        self.circuit.any(lifting.into_iter().map(|(_, gate)| gate).chain([met]))
    }
}

/// Returns whether a rule applies to a type of assistance. A phase applies only to the types that it opens.
fn holds(policy: &Policy, rule: RuleId, assistance: AssistanceId) -> bool {
    let rule = &policy.rules[rule];
    let opens_nothing = matches!(rule.body, Body::Phase(_)) && rule.header.assistance.is_empty();
    !opens_nothing && policy.covers(&rule.header.assistance, assistance)
}
