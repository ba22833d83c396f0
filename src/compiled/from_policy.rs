//! From a policy, and from the people whom a case names, to gates.

use super::known::{Led, certain, named, possible_targets, said, targets, turned_out};
use super::rule::{Job, Rules};
use super::{
    Cells, Compiled, Cuts, Fit, Knot, Known, ListOf, Matter, Person, Somebody, TypeGates, Variable, Whom,
    cells, is_anybody, kind, lifting,
};
use crate::circuit::{Budget, CELLS, Circuit, Cone, Mask, Masks, full};
use crate::evidence::{Case, Possible, Status, Weighed, nothing_known, nothing_said};
use crate::id::{
    AssistanceId, EntityId, FactId, GateId, KindId, RuleId, SomebodyId, StandardId, Table, VarId,
};
use crate::policy::{Body, Condition, FactType, Period, Policy};
use crate::value::{Date, Ranges};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// The most work that goes into telling, while a policy is compiled, what presumptions settle for people unknown.
const WORK: u64 = 20_000_000;

/// Compiles a policy for a kind of subject and a day, for cases that name nobody.
///
/// # Example
/// See [`Compiled`].
pub fn compile(policy: &Policy, kind: KindId, as_of: Date) -> Compiled<'_> {
    compile_for(policy, &nothing_known(&policy.vocabulary, kind, as_of)).0
}

/// Compiles a policy for the people whom a case names, and for its day; with what is known of them.
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
pub fn compile_for<'a>(policy: &'a Policy, case: &Case<'a>) -> (Compiled<'a>, Known<'a>) {
    compile_by(policy, case, true)
}

/// The same, so that further members of lists may be other than is presumed of them: what is presumed stands with what is
/// known, and members who are so are counted apart from members who are not.
pub(crate) fn compile_unpresumed<'a>(policy: &'a Policy, case: &Case<'a>) -> (Compiled<'a>, Known<'a>) {
    compile_by(policy, case, false)
}

fn compile_by<'a>(policy: &'a Policy, case: &Case<'a>, members_presumed: bool) -> (Compiled<'a>, Known<'a>) {
    let first = Somebody::Entity(case.subject);
    let mut somebodies = Table::new();
    let subject = somebodies.push(first);
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
        somebodies,
        subject,
        rules: Rules::default(),
        somebody_ids: BTreeMap::from([(first, subject)]),
        variable_ids: BTreeMap::new(),
        cuts: cells::cuts(policy, case.as_of),
        put: BTreeMap::new(),
        asked: BTreeMap::new(),
        led: Vec::new(),
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
    draft.led();
    let conditions = draft.circuit.len();
    let fits = draft.fits();
    let contested = draft.contested();
    let claimed: Vec<GateId> = contested.values().filter_map(|contested| contested.gate).collect();
    let mut all = |gate: fn(&Fit) -> GateId| {
        let gates: Vec<GateId> = fits.values().map(gate).chain(claimed.iter().copied()).collect();
        (!gates.is_empty()).then(|| draft.circuit.all(gates))
    };
    let lists = all(|fit| fit.gate).zip(all(|fit| fit.usual));
    for assistance in policy.assistance.ids() {
        if let Some(due) = types.find_mut(assistance) {
            due.fitted = draft.fitted(due, &fits, &contested);
        }
    }
    draft.finish(types, choices, obligations, (fits, lists, conditions))
}

/// A compiled policy in the making.
pub(super) struct Draft<'d, 'a> {
    pub policy: &'a Policy,
    pub case: &'d Case<'a>,
    pub people: Table<EntityId, Person>,
    pub circuit: Circuit,
    pub known: Known<'a>,
    pub variables: Table<VarId, Variable>,
    pub somebodies: Table<SomebodyId, Somebody>,
    pub subject: SomebodyId,
    pub rules: Rules,
    pub somebody_ids: BTreeMap<Somebody, SomebodyId>,
    pub variable_ids: BTreeMap<(Matter, Option<StandardId>), VarId>,
    pub cuts: Cuts,
    pub put: BTreeMap<GateId, &'a Condition>,
    pub asked: BTreeMap<(usize, SomebodyId, Option<StandardId>), GateId>,
    /// What relations lead to, where only its opposite was asked for so far.
    pub led: Vec<(&'a Condition, SomebodyId, Option<StandardId>)>,
    /// Numbers asked for that split a cell, each with what tells it from the others.
    crowded: BTreeMap<Ranges, u64>,
    /// Whether what is presumed of further members is taken as settled.
    pub members_presumed: bool,
    /// Whether nothing so far depended on what is known.
    pub serves_all: bool,
    /// The gates of definitions and phases that are done.
    pub done: BTreeMap<Job, GateId>,
    /// Those that were met before they were done.
    pub wanted: BTreeSet<Job>,
    /// The work that may go into telling what presumptions settle.
    pub budget: Budget,
}

impl<'a> Draft<'_, 'a> {
    fn finish(
        self,
        types: Table<AssistanceId, TypeGates>,
        choices: BTreeMap<usize, Vec<(String, GateId)>>,
        obligations: BTreeMap<usize, GateId>,
        (fits, lists, conditions): (BTreeMap<ListOf, Fit>, Option<(GateId, GateId)>, usize),
    ) -> (Compiled<'a>, Known<'a>) {
        let days = self.days();
        let compiled = Compiled {
            policy: self.policy,
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
            somebodies: self.somebodies,
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
            fits,
            somebody_ids: self.somebody_ids,
            variable_ids: self.variable_ids,
            put: self.put,
            asked: self.asked,
        };
        (compiled, self.known)
    }

    /// The days on which all that is in force and all that is asked for is the same.
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
        // The first days of whatever differs from what was before.
        let turns: BTreeSet<Date> =
            periods.flat_map(|period| [period.from, period.until.map(Date::next)]).flatten().collect();
        Period {
            from: turns.range(..=today).next_back().copied(),
            until: turns.range(today.next()..).next().map(|turn| turn.previous()),
        }
    }

    /// The kind of somebody.
    pub fn kind(&self, who: SomebodyId) -> KindId {
        kind(self.policy, &self.people, self.somebodies[who])
    }

    pub fn somebody(&mut self, somebody: Somebody) -> SomebodyId {
        if let Some(id) = self.somebody_ids.get(&somebody) {
            return *id;
        }
        let id = self.somebodies.push(somebody);
        self.somebody_ids.insert(somebody, id);
        id
    }

    /// Somebody as the case knows them.
    pub fn entity(&self, who: SomebodyId) -> Option<EntityId> {
        match self.somebodies[who] {
            Somebody::Entity(entity) => Some(entity),
            _ => None,
        }
    }

    /// What is said of a fact of somebody.
    pub fn said(&self, who: SomebodyId, fact: FactId, standard: Option<StandardId>) -> Weighed<'a> {
        said(self.case, self.entity(who), fact, standard)
    }

    /// The variable of a fact that is no list.
    pub fn fact(&mut self, who: SomebodyId, fact: FactId, standard: Option<StandardId>) -> VarId {
        let matter = Matter::Fact { who, fact };
        if let Some(var) = self.variable_ids.get(&(matter, standard)) {
            return *var;
        }
        let weighed = self.said(who, fact, standard);
        let mut knots = vec![(Knot::Standards(who, fact), label(standard))];
        let cells = match &self.policy.vocabulary.facts[fact].r#type {
            FactType::YesNo => Cells::YesNo,
            FactType::Number { .. } => Cells::Numbers(self.cuts.starts(fact, 0)),
            FactType::Date => Cells::Dates(self.cuts.starts(fact, i64::MIN)),
            FactType::Choice(all) => Cells::Values(all.len()),
            FactType::One(_) | FactType::Many(_) => {
                let entity = self.entity(who);
                if entity.is_none() {
                    knots.push((Knot::Chain(who, fact), 0));
                }
                let targets = targets(self.case, entity, fact, &weighed);
                let mask = possible_targets(&targets);
                let mut cells = Vec::with_capacity(targets.len());
                for (led, _) in targets.into_iter().take(CELLS as usize) {
                    cells.push(match led {
                        Led::NoOne => Whom::NoOne,
                        Led::Only(kind) => Whom::Only(kind),
                        Led::Named(entity) => Whom::Named(self.somebody(Somebody::Entity(entity))),
                        Led::Other(kind) => {
                            Whom::Other(self.somebody(Somebody::Other { of: who, relation: fact, kind }))
                        }
                    });
                }
                let (cells, status) = (Cells::Targets(cells), weighed.status);
                let variable = Variable { matter, standard, cells, unsaid: Mask::MAX, knots };
                return self.variable(variable, status, mask, Arc::new(weighed));
            }
        };
        let variable = Variable { matter, standard, cells, unsaid: Mask::MAX, knots };
        self.turning_out(variable, weighed)
    }

    /// A variable that turns out by what is said of its fact alone.
    pub fn turning_out(&mut self, variable: Variable, weighed: Weighed<'a>) -> VarId {
        let (status, mask) = turned_out(variable.matter, &variable.cells, &weighed);
        let unsaid = nothing_said(&self.policy.vocabulary, variable.fact());
        let (_, unsaid) = turned_out(variable.matter, &variable.cells, &unsaid);
        self.variable(Variable { unsaid, ..variable }, status, mask, Arc::new(weighed))
    }

    /// A variable, as it was made first.
    pub fn variable(
        &mut self,
        variable: Variable,
        status: Status,
        mask: Mask,
        weighed: Arc<Weighed<'a>>,
    ) -> VarId {
        let key = (variable.matter, variable.standard);
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

    /// The members of somebody's list that statements name, each with the gate of its being one.
    pub fn known_members(
        &mut self,
        who: SomebodyId,
        list: FactId,
        standard: Option<StandardId>,
    ) -> Vec<(GateId, SomebodyId)> {
        let whose = self.entity(who);
        let weighed = Arc::new(self.said(who, list, standard));
        let Possible::Members { ids, .. } = &weighed.possible else { return Vec::new() };
        let doubtless = certain(self.case, whose, &weighed);
        let mut entities: Vec<_> = ids.iter().filter_map(|id| named(self.case, whose, id)).collect();
        entities.sort_unstable();
        entities.dedup();
        let mut members = Vec::new();
        for entity in entities {
            let certain = doubtless.as_ref().is_none_or(|certain| certain.contains(&entity));
            let member = self.somebody(Somebody::Entity(entity));
            let mut knots = vec![(Knot::Standards(who, list), label(standard))];
            if !certain {
                knots.push((Knot::List(who, list), u32::MAX.saturating_sub(entity.0)));
            }
            let matter = Matter::Member { who, list, member };
            let variable = Variable { matter, standard, cells: Cells::YesNo, unsaid: Mask::MAX, knots };
            let (status, mask) = if certain { (Status::Known, 0b10) } else { (Status::Contested, 0b11) };
            let var = self.variable(variable, status, mask, weighed.clone());
            members.push((self.circuit.test(var, 0b10), member));
        }
        members
    }

    /// What is possible, further members being as is presumed of them or not.
    pub fn of_members(&self) -> Cow<'_, Masks> {
        if self.members_presumed {
            return Cow::Borrowed(&self.known.masks);
        }
        let mut masks = self.known.masks.clone();
        for (var, variable) in self.variables.iter() {
            if is_anybody(&self.somebodies, variable.who())
                && let Some(mask) = masks.find_mut(var)
            {
                *mask = self.circuit.full(var);
            }
        }
        Cow::Owned(masks)
    }

    /// Whether a gate hinges on open facts of somebody unknown, or of those whom these lead to; and whether it hinges
    /// on open facts of others.
    ///
    /// Where it asks for facts of both, what is known of the others may settle it in one case and not in another.
    pub fn hinges(&mut self, gate: GateId, whose: SomebodyId) -> (bool, bool) {
        let (mut own, mut others, mut asks_others) = (false, false, false);
        let cone = Cone::of(&self.circuit, gate);
        let masks = self.of_members();
        for var in cone.vars() {
            let open = masks.find(*var).is_some_and(|mask| mask.count_ones() > 1);
            match self.comes_from(self.variables[*var].who(), whose) {
                true => own |= open,
                false => {
                    others |= open;
                    asks_others = true;
                }
            }
        }
        drop(masks);
        self.serves_all &= !(own && asks_others);
        (own, others)
    }

    /// Whether somebody is another or is led to from them.
    pub fn comes_from(&self, who: SomebodyId, from: SomebodyId) -> bool {
        let mut at = who;
        while at != from {
            match self.somebodies[at] {
                Somebody::Entity(_) => return false,
                Somebody::Other { of, .. } | Somebody::Further { of, .. } => at = of,
            }
        }
        true
    }

    /// Whether a number or date lies within ranges that split a cell, for want of cells.
    pub fn within(
        &mut self,
        who: SomebodyId,
        fact: FactId,
        standard: Option<StandardId>,
        ranges: Ranges,
    ) -> GateId {
        let next = self.crowded.len() as u64;
        let number = *self.crowded.entry(ranges.clone()).or_insert(next);
        self.unexpressed_as(who, fact, standard, number, Cells::Within(ranges))
    }

    /// Something that may be or not, for what cannot be expressed.
    pub fn unexpressed(
        &mut self,
        who: SomebodyId,
        fact: FactId,
        standard: Option<StandardId>,
        number: u64,
    ) -> GateId {
        self.unexpressed_as(who, fact, standard, number, Cells::YesNo)
    }

    fn unexpressed_as(
        &mut self,
        who: SomebodyId,
        fact: FactId,
        standard: Option<StandardId>,
        number: u64,
        cells: Cells,
    ) -> GateId {
        let weighed = self.said(who, fact, standard);
        let matter = Matter::Unexpressed { who, fact, number };
        let knots = vec![(Knot::Unexpressed, 0)];
        let var = self.turning_out(Variable { matter, standard, cells, unsaid: Mask::MAX, knots }, weighed);
        self.circuit.test(var, 0b10)
    }

    /// A type of assistance as gates; choices and obligations as they hold for it.
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
        TypeGates { rules, root, choices, obligations, fitted: None }
    }

    /// Whether a rule is met for a type of assistance, waivers counted.
    fn met(&mut self, rule: RuleId, assistance: AssistanceId) -> GateId {
        let Some(gates) = self.rules.gates.get(&rule) else { return self.circuit.constant(true) };
        let met = gates.met;
        let naming = self.rules.naming.get(&rule).map(Vec::as_slice).unwrap_or_default();
        let lifting = lifting(self.policy, naming, rule, assistance);
        self.circuit.any(lifting.into_iter().map(|(_, gate)| gate).chain([met]))
    }
}

/// Whether a rule holds for a type of assistance. A phase holds for what it opens, and for nothing where it opens
/// nothing.
fn holds(policy: &Policy, rule: RuleId, assistance: AssistanceId) -> bool {
    let rule = &policy.rules[rule];
    let opens_nothing = matches!(rule.body, Body::Phase(_)) && rule.assistance.is_empty();
    !opens_nothing && policy.covers(&rule.assistance, assistance)
}

/// The label of a standard in a knot.
pub(super) fn label(standard: Option<StandardId>) -> u32 {
    standard.map_or(0, |standard| standard.0.saturating_add(1))
}
