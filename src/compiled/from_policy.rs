//! Compilation of a policy, and of the people that a case names, to gates.

use super::known::{LinkTarget, certain, named, possible_targets, status_and_mask, targets, weighed};
use super::rule::{Job, Rules};
use super::{
    Cells, Compiled, Correlation, Cuts, EntityRef, Known, ListConstraint, ListOf, Person, TargetCell,
    TypeGates, Variable, VariableKind, cells, is_anybody, kind, lifting,
};
use crate::circuit::{Budget, CELLS, Circuit, Cone, Mask, Masks, full};
use crate::evidence::{Case, Possible, Status, Weighed, nothing_known, nothing_said};
use crate::id::{
    AssistanceId, ConditionId, EntityId, EntityRefId, FactId, GateId, KindId, RuleId, StandardId, Table,
    VarId,
};
use crate::policy::{Body, Condition, FactType, Period, Policy};
use crate::value::{Date, Ranges};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
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
        entity_ref_ids: BTreeMap::from([(first, subject)]),
        variable_ids: BTreeMap::new(),
        cuts: cells::cuts(policy, case.as_of),
        put: BTreeMap::new(),
        condition_gates: BTreeMap::new(),
        negated: Vec::new(),
        crowded: BTreeMap::new(),
        members_presumed,
        serves_all: case.entities.iter().all(|(_, entity)| entity.names.is_empty()),
        done: BTreeMap::new(),
        wanted: BTreeSet::new(),
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
    pub entity_ref_ids: BTreeMap<EntityRef, EntityRefId>,
    pub variable_ids: BTreeMap<(VariableKind, Option<StandardId>), VarId>,
    pub cuts: Cuts,
    pub put: BTreeMap<GateId, Arc<Condition>>,
    pub condition_gates: BTreeMap<(ConditionId, EntityRefId, Option<StandardId>), GateId>,
    /// Relation conditions that were compiled only in negated form so far.
    pub negated: Vec<(&'d Condition, EntityRefId, Option<StandardId>)>,
    /// Ranges that split a cell, each with a number that distinguishes it from the others.
    crowded: BTreeMap<Ranges, u64>,
    /// Whether presumptions on further members are taken as settled.
    pub members_presumed: bool,
    /// Whether the form so far does not depend on what is known.
    pub serves_all: bool,
    /// The gates of definitions and phases that are finished.
    pub done: BTreeMap<Job, GateId>,
    /// The definitions and phases that were needed before they were finished.
    pub wanted: BTreeSet<Job>,
    /// The budget for deciding what presumptions settle.
    pub budget: Budget,
}

impl<'d, 'a> Draft<'d, 'a> {
    fn finish(
        self,
        types: Table<AssistanceId, TypeGates>,
        choices: BTreeMap<usize, Vec<(String, GateId)>>,
        obligations: BTreeMap<usize, GateId>,
        (list_constraints, lists, conditions): (
            BTreeMap<ListOf, ListConstraint>,
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
        let is_within = |variable: &Variable| self.cuts.lengths(variable.fact()).next().is_some();
        if self.variables.iter().any(|(_, variable)| is_within(variable)) {
            return Period { from: Some(today), until: Some(today) };
        }
        let rules = self.policy.rules.iter().map(|(_, rule)| rule.period);
        let waivers = self.policy.waivers.iter().map(|(_, waiver)| waiver.period);
        let obligations = self.policy.obligations.iter().map(|obligation| obligation.period);
        let periods = rules.chain(waivers).chain(obligations);
        // The days on which something comes into force or has ended the day before.
        let turns: BTreeSet<Date> =
            periods.flat_map(|period| [period.from, period.until.map(Date::next)]).flatten().collect();
        Period {
            from: turns.range(..=today).next_back().copied(),
            until: turns.range(today.next()..).next().map(|turn| turn.previous()),
        }
    }

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
                let variable = Variable { kind, standard, cells, unsaid: Mask::MAX, correlations };
                return self.variable(variable, status, mask, Arc::new(weighed));
            }
        };
        let variable = Variable { kind, standard, cells, unsaid: Mask::MAX, correlations };
        self.derived_variable(variable, weighed)
    }

    /// Returns a variable whose possible cells follow from the statements about its fact alone.
    pub fn derived_variable(&mut self, variable: Variable, weighed: Weighed<'a>) -> VarId {
        let (status, mask) = status_and_mask(variable.kind, &variable.cells, &weighed);
        let nothing = nothing_said(&self.policy.vocabulary, variable.fact());
        let (_, unsaid) = status_and_mask(variable.kind, &variable.cells, &nothing);
        self.variable(Variable { unsaid, ..variable }, status, mask, Arc::new(weighed))
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
        self.variables.push(Variable { unsaid: variable.unsaid & full(cells), ..variable });
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
        entities.sort_unstable();
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
            let variable = Variable { kind, standard, cells: Cells::YesNo, unsaid: Mask::MAX, correlations };
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
            if is_anybody(&self.entity_refs, variable.who())
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
        let var = self
            .derived_variable(Variable { kind, standard, cells, unsaid: Mask::MAX, correlations }, weighed);
        self.circuit.test(var, 0b10)
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
        let places = 0..policy.choices.len();
        let choices = places.filter(|place| {
            policy.choices.get(*place).is_some_and(|choice| {
                policy.covers(&choice.assistance, assistance) && Policy::applies(choice.about, kind)
            })
        });
        let places = 0..policy.obligations.len();
        let obligations = places.filter(|place| {
            policy.obligations.get(*place).is_some_and(|obligation| {
                policy.covers(&obligation.assistance, assistance)
                    && Policy::applies(obligation.about, kind)
                    && obligation.period.contains(self.case.as_of)
            })
        });
        let (choices, obligations) = (choices.collect(), obligations.collect());
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
    let opens_nothing = matches!(rule.body, Body::Phase(_)) && rule.assistance.is_empty();
    !opens_nothing && policy.covers(&rule.assistance, assistance)
}

/// Returns the label of a standard in a correlation.
pub(super) fn label(standard: Option<StandardId>) -> u32 {
    standard.map_or(0, |standard| standard.0.saturating_add(1))
}
