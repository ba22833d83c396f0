//! Policies as circuits, for a kind of subject and a day. (A `.placetc` file is [`compiled_policy`](crate::wire::compiled_policy).)
//!
//! [`compile`] compiles a policy once, for a case that names nobody: a relation leads to no one, to the only entity of
//! a kind or to an unknown entity, and a list has some number of unnamed members. Each fact of an entity, under one
//! evidence standard, is a variable; each condition is a gate. What is known of a case is kept separately ([`Known`])
//! and never shapes the gates. So one compiled policy serves every case that names nobody, and can also be evaluated
//! for hypothetical facts. [`compile_for`] compiles a policy together with the people that a case names, with the same
//! code.
//!
//! A compiled policy does not change once it is made. It keeps these [`invariants`](fn@invariants): those of the circuit; every gate
//! that is handed out is in the circuit; the cells that are possible without statements are cells of the variable; and
//! a type of assistance is due if and only if all of its rules are met.

mod cells;
mod chain;
mod condition;
mod constrained;
mod contested;
mod draft;
mod forms;
mod from_policy;
mod invariants;
mod joined;
mod known;
mod list_constraint;
pub(crate) mod print;
mod reach;
mod rule;

pub use cells::{Cells, TargetCell};
pub use forms::Forms;
pub(crate) use from_policy::compile_unpresumed;
pub use from_policy::{compile, compile_for};
pub use invariants::invariants;
pub use known::Known;

pub(crate) use cells::Cuts;
pub(crate) use constrained::Constrained;
pub(crate) use joined::{Joined, JoinedList};
pub(crate) use known::cells_left;
pub(crate) use list_constraint::{ListConstraint, ListOf};

use crate::circuit::{Circuit, Cone, Mask, Masks};
use crate::evidence::Case;
use crate::id::{
    AssistanceId, ConditionId, EntityId, EntityRefId, FactId, GateId, KindId, RuleId, StandardId, Table,
    VarId, WaiverId,
};
use crate::policy::{Body, Condition, Fact, FactType, Part, Period, Policy};
use crate::sorted::{SortedMap, SortedSet};
use crate::value::{Date, Truth};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// A policy compiled for a kind of subject and a day.
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
/// #   is neutral : yes or no
/// #   headcount : number of fighters
/// #
/// # requirement neutrality "Neutral, or many"
/// #   needs any of
/// #     - the group is neutral
/// #     - the group's headcount is at least 50
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// use placet::circuit::kleene;
/// use placet::value::{Date, Truth};
///
/// let day = Date::parse("2016-02-15").ok_or("no day")?;
/// let compiled = placet::compiled::compile(&policy, policy.about[0], day);
/// assert!(compiled.serves_all);
/// let facts: Vec<String> = compiled.variables.ids().map(|var| compiled.sentence(var, 0b10)).collect();
/// assert_eq!(facts, ["the group is neutral", "the group's headcount is at least 50 fighters"]);
///
/// let training = policy.assistance.ids().next().ok_or("no type")?;
/// let due = compiled.types[training].root;
/// assert_eq!(kleene(&compiled.circuit, due, &[0b01, 0b01].into_iter().collect()), Truth::No);
/// assert_eq!(kleene(&compiled.circuit, due, &[0b11, 0b10].into_iter().collect()), Truth::Yes);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Compiled {
    /// The policy.
    pub policy: Arc<Policy>,
    /// The day for which it was compiled.
    pub as_of: Date,
    /// The days on which the compiled form is the same: nothing comes into force or ends, and no relative time limit
    /// moves.
    pub days: Period,
    /// The work that compiling took, in units of a [`Budget`](crate::circuit::Budget).
    pub(crate) work: u64,
    /// The variables and gates.
    pub circuit: Circuit,
    /// The meaning of each variable of the circuit.
    pub variables: Table<VarId, Variable>,
    /// The entities that conditions refer to, named or unknown.
    pub entity_refs: Table<EntityRefId, EntityRef>,
    /// The entities of the case: the subject, the only entities of their kinds, and all others that the case names.
    pub people: Table<EntityId, Person>,
    /// The only entity of each kind that has just one.
    pub only: SortedMap<KindId, EntityId>,
    /// The subject.
    pub subject: EntityRefId,
    /// The rules in force.
    pub rules: SortedMap<RuleId, RuleGates>,
    /// The waivers in force that apply to this kind of subject, each with the gate of its condition.
    pub waivers: SortedMap<WaiverId, GateId>,
    naming: Naming,
    /// The types of assistance.
    pub types: Table<AssistanceId, TypeGates>,
    /// The choices for this kind of subject, by their places in the policy. Each has its values, in the order of their
    /// first mention, with a gate that is true if the value is the one taken.
    pub choices: SortedMap<usize, Vec<(String, GateId)>>,
    /// The obligations in force for this kind of subject, by their places in the policy, each with the gate of its
    /// condition.
    pub obligations: SortedMap<usize, GateId>,
    /// Whether the compiled form can be used for every case that names nobody. If it cannot, some condition depends
    /// both on facts of an unknown entity and on facts of a known one. Results are then sound, but [`compile_for`] may
    /// give exact results when this form does not.
    pub serves_all: bool,
    pub(crate) cuts: Cuts,
    /// The list constraints on the counts of further members.
    pub(crate) list_constraints: SortedMap<ListOf, ListConstraint>,
    entity_ref_ids: SortedMap<EntityRef, EntityRefId>,
    variable_ids: BTreeMap<(VariableKind, Option<StandardId>), VarId>,
    /// The conditions that were compiled for unknown entities, by gate.
    put: SortedMap<GateId, Arc<Condition>>,
    /// The gates of conditions, by the condition, the entity it is compiled for and the standard.
    condition_gates: SortedMap<(ConditionId, EntityRefId, Option<StandardId>), GateId>,
    /// All gates as one cone.
    whole: Cone,
    /// The cones of gates, made on first use. In `joined_cones`, each list is tested as one variable.
    cones: Table<GateId, OnceLock<Cone>>,
    joined_cones: Table<GateId, OnceLock<Cone>>,
    joined: OnceLock<Joined>,
    /// The gate of all list constraints, and the same under the presumptions on further members. `None` if no
    /// constraints are needed.
    lists: Option<(GateId, GateId)>,
    /// The number of gates before those of the list constraints.
    conditions: usize,
}

/// An entity of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The title.
    pub title: String,
    /// The kind.
    pub kind: KindId,
}

/// An entity that conditions refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntityRef {
    /// An entity of the case.
    Entity(EntityId),
    /// An unnamed entity of a kind that a relation leads to.
    Other {
        /// The entity that has the relation.
        of: EntityRefId,
        /// The relation.
        relation: FactId,
        /// The kind.
        kind: KindId,
    },
    /// Any unnamed member of a list.
    Further {
        /// The entity that has the list.
        of: EntityRefId,
        /// The list.
        list: FactId,
    },
}

/// The fact, membership or count that a variable stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum VariableKind {
    /// A fact of an entity; lists are excluded.
    Fact {
        /// The entity.
        who: EntityRefId,
        /// The fact.
        fact: FactId,
    },
    /// Whether a named entity is a member of a list.
    Member {
        /// The entity that has the list.
        who: EntityRefId,
        /// The list.
        list: FactId,
        /// The entity that may be a member.
        member: EntityRefId,
    },
    /// The number of further members of a list. With `which`, the number of those that meet (or, with false, do not
    /// meet) the condition of that gate, which is compiled for any further member.
    Further {
        /// The entity that has the list.
        who: EntityRefId,
        /// The list.
        list: FactId,
        /// The condition that selects the members.
        which: Option<(GateId, bool)>,
    },
    /// Whether a chain leads to the goal beyond its known part.
    Beyond {
        /// The unknown entity at which the known part ends.
        who: EntityRefId,
        /// The relation.
        relation: FactId,
        /// The goal.
        goal: Goal,
    },
    /// A condition that the other variants cannot express.
    Unexpressed {
        /// The entity whose fact it depends on.
        who: EntityRefId,
        /// The fact.
        fact: FactId,
        /// A number that distinguishes it from other such conditions.
        number: u64,
    },
}

/// The goal that a chain is searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Goal {
    /// The only entity of this kind.
    Is(KindId),
    /// An entity that meets the condition of this gate, which is compiled for an unknown entity.
    Meets(GateId),
}

/// The meaning of a variable of the circuit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// The fact, membership or count that it stands for.
    pub kind: VariableKind,
    /// The evidence standard under which the fact is read.
    pub standard: Option<StandardId>,
    /// The cells into which its values are divided.
    pub cells: Cells,
    /// The cells that are possible if no statement counts: all, or those that are presumed.
    pub default_cells: Mask,
    /// The correlations with other variables that the circuit leaves out. Two variables are correlated if they share a
    /// correlation under different labels.
    pub correlations: Vec<(Correlation, u32)>,
}

impl Variable {
    /// Returns the fact that determines the variable.
    pub fn fact(&self) -> FactId {
        match self.kind {
            VariableKind::Fact { fact, .. } | VariableKind::Unexpressed { fact, .. } => fact,
            VariableKind::Member { list, .. } | VariableKind::Further { list, .. } => list,
            VariableKind::Beyond { relation, .. } => relation,
        }
    }

    /// Returns the entity that has the fact.
    pub fn who(&self) -> EntityRefId {
        match self.kind {
            VariableKind::Fact { who, .. }
            | VariableKind::Member { who, .. }
            | VariableKind::Further { who, .. }
            | VariableKind::Beyond { who, .. }
            | VariableKind::Unexpressed { who, .. } => who,
        }
    }
}

/// A source of correlation between variables that the circuit leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Correlation {
    /// One fact is read under several standards.
    Standards(EntityRefId, FactId),
    /// Several conditions refer to one list that is not complete.
    List(EntityRefId, FactId),
    /// Several conditions refer to one unknown chain.
    Chain(EntityRefId, FactId),
    /// A condition could not be expressed.
    Unexpressed,
}

/// A rule as gates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleGates {
    /// Whether the rule is about this kind of subject.
    pub applies: bool,
    /// The conditions of the rule, in the order in which they are written.
    pub parts: Vec<(Part, GateId)>,
    /// Whether the rule is met, without waivers.
    pub met: GateId,
}

/// A type of assistance as gates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeGates {
    /// The rules that apply to it, in the order of the policy, each with a gate that is true if the rule is met or
    /// waived.
    pub rules: Vec<(RuleId, GateId)>,
    /// The gate that is true if all of them are met, that is, if the assistance is due.
    pub root: GateId,
    /// The choices that apply to it, by their places in the policy.
    pub choices: Vec<usize>,
    /// The obligations that apply to it, by their places in the policy.
    pub obligations: Vec<usize>,
    /// The gates with list constraints, if rules use several counts of one list.
    pub(crate) constrained: Option<Constrained>,
}

impl Compiled {
    /// Returns whether the compiled form serves a case: it names nobody, and its kind of subject and day match.
    pub fn serves(&self, case: &Case<'_>) -> bool {
        let kind = case.entities[case.subject].kind;
        self.serves_all
            && self.days.contains(case.as_of)
            && kind == self.kind(self.subject)
            && case.entities.iter().all(|(_, entity)| entity.names.is_empty())
    }

    /// Returns the kind of an entity.
    pub fn kind(&self, who: EntityRefId) -> KindId {
        kind(&self.policy, &self.people, self.entity_refs[who])
    }

    /// Returns a fact of the policy's vocabulary.
    pub fn declared(&self, fact: FactId) -> &Fact {
        &self.policy.vocabulary.facts[fact]
    }

    /// Returns whether any of these variables are correlated in ways that the circuit leaves out.
    pub fn correlated(&self, vars: &SortedSet<VarId>) -> bool {
        correlated(&self.variables, vars, &SortedSet::new())
    }

    /// Does the same as [`correlated`](Compiled::correlated), but ignores correlations that the list constraints of
    /// `constrained` cover.
    pub(crate) fn correlated_unless_constrained(
        &self,
        vars: &SortedSet<VarId>,
        constrained: Option<&Constrained>,
    ) -> bool {
        match constrained {
            Some(constrained) => correlated(&self.variables, vars, &constrained.whole),
            None => self.correlated(vars),
        }
    }

    /// Returns whether a variable of `used` is the same fact as one of `open` under another evidence standard, is open too,
    /// and excludes values that the latter can have: then it is not known that the latter can have them in truth.
    pub(crate) fn narrows(&self, used: &[VarId], open: &SortedSet<VarId>, masks: &Masks) -> bool {
        let fact = |var: &VarId| {
            self.variables[*var].correlations.iter().find_map(|(correlation, label)| match correlation {
                Correlation::Standards(who, fact) => Some(((*who, *fact), *label)),
                _ => None,
            })
        };
        let mask = |var: &VarId| masks.find(*var).copied().unwrap_or(Mask::MAX);
        let mut others: SortedMap<(EntityRefId, FactId), Vec<VarId>> = SortedMap::new();
        for var in used.iter().filter(|var| mask(var).count_ones() > 1) {
            if let Some((of, _)) = fact(var) {
                others.entry(of).or_default().push(*var);
            }
        }
        open.iter().any(|var| {
            let Some((of, label)) = fact(var) else { return false };
            others.get(&of).into_iter().flatten().any(|other| {
                fact(other).is_some_and(|(_, other)| other != label) && mask(var) & !mask(other) != 0
            })
        })
    }

    /// Returns the phrases of the lists of which `vars` count different things without a complete list constraint.
    pub(crate) fn lists_left_out(&self, vars: &SortedSet<VarId>) -> SortedSet<String> {
        let constrained: SortedSet<VarId> = self
            .list_constraints
            .values()
            .filter(|list_constraint| list_constraint.whole)
            .flat_map(|list_constraint| list_constraint.vars.iter().copied())
            .collect();
        // The condition of the first count of each list. A count by another condition may be correlated with it.
        let mut first: SortedMap<ListOf, Option<GateId>> = SortedMap::new();
        let mut left_out = SortedSet::new();
        for variable in vars.iter().filter(|var| !constrained.contains(var)).map(|var| &self.variables[*var])
        {
            if let VariableKind::Further { who, list, which } = variable.kind {
                let of = which.map(|(gate, _)| gate);
                if *first.entry((who, list, variable.standard)).or_insert(of) != of {
                    left_out.insert(self.declared(list).phrase.clone());
                }
            }
        }
        left_out
    }

    /// Returns whether an entity is any unnamed member of a list, or is reached only through one.
    pub fn is_unnamed_member(&self, who: EntityRefId) -> bool {
        is_unnamed_member(&self.entity_refs, who)
    }

    /// Returns the id of an entity that conditions refer to.
    pub fn entity_ref(&self, entity_ref: EntityRef) -> Option<EntityRefId> {
        self.entity_ref_ids.get(&entity_ref).copied()
    }

    /// Returns the variable that stands for `kind`, if there is one.
    pub fn variable(&self, kind: VariableKind, standard: Option<StandardId>) -> Option<VarId> {
        self.variable_ids.get(&(kind, standard)).copied()
    }

    /// Returns the gate of a condition of the policy for an entity, or `None` if it was never compiled for that entity.
    pub fn gate(
        &self,
        condition: &Condition,
        at: EntityRefId,
        standard: Option<StandardId>,
    ) -> Option<GateId> {
        self.condition_gates.get(&(condition.id(), at, standard)).copied()
    }

    /// Returns the cone of a gate, made on first use.
    pub fn cone(&self, gate: GateId) -> &Cone {
        self.cones[gate].get_or_init(|| Cone::of(&self.circuit, gate))
    }

    /// Returns whether a condition that was compiled for an unknown entity depends on any of these variables.
    pub(crate) fn occur_in_member_conditions(&self, vars: &SortedSet<VarId>) -> bool {
        self.put.keys().any(|gate| self.cone(*gate).vars().iter().any(|var| vars.contains(var)))
    }

    /// Returns the values of all gates by Kleene evaluation.
    pub fn values(&self, masks: &Masks) -> Table<GateId, Truth> {
        self.whole.values(&self.whole.masks(masks)).into_iter().collect()
    }

    /// Returns the waivers in force that can lift a rule for a type of assistance, each with the gate of its condition.
    pub fn lifting(&self, rule: RuleId, assistance: AssistanceId) -> Vec<(WaiverId, GateId)> {
        let naming = self.naming.get(&rule).map(Vec::as_slice).unwrap_or_default();
        lifting(&self.policy, naming, rule, assistance)
    }
}

/// Returns whether any of some variables are correlated in ways that neither the circuit nor the list constraints on
/// the variables `constrained` cover.
fn correlated(
    variables: &Table<VarId, Variable>,
    vars: &SortedSet<VarId>,
    constrained: &SortedSet<VarId>,
) -> bool {
    let mut seen = BTreeMap::new();
    let correlations = vars
        .iter()
        .flat_map(|var| variables[*var].correlations.iter().map(move |correlation| (*var, correlation)));
    correlations
        .filter(|(var, (correlation, _))| {
            !(matches!(correlation, Correlation::List(..)) && constrained.contains(var))
        })
        .any(|(_, (correlation, label))| {
            *correlation == Correlation::Unexpressed || *seen.entry(correlation).or_insert(label) != label
        })
}

/// Returns whether an entity is any unnamed member of a list, or is reached only through one.
fn is_unnamed_member(entity_refs: &Table<EntityRefId, EntityRef>, who: EntityRefId) -> bool {
    let mut at = who;
    loop {
        match entity_refs[at] {
            EntityRef::Entity(_) => return false,
            EntityRef::Further { .. } => return true,
            EntityRef::Other { of, .. } => at = of,
        }
    }
}

/// Returns the kind of an entity.
fn kind(policy: &Policy, people: &Table<EntityId, Person>, entity_ref: EntityRef) -> KindId {
    match entity_ref {
        EntityRef::Entity(entity) => people[entity].kind,
        EntityRef::Other { kind, .. } => kind,
        EntityRef::Further { list, .. } => match &policy.vocabulary.facts[list].r#type {
            FactType::Many(kind) => *kind,
            _ => policy.vocabulary.facts[list].kind,
        },
    }
}

/// The waivers in force by the rules that they name, each with the gate of its condition.
type Naming = SortedMap<RuleId, Vec<(WaiverId, GateId)>>;

/// Filters the waivers that name a rule to those that can lift it for a type of assistance.
fn lifting(
    policy: &Policy,
    naming: &[(WaiverId, GateId)],
    rule: RuleId,
    assistance: AssistanceId,
) -> Vec<(WaiverId, GateId)> {
    if matches!(policy.rules[rule].body, Body::Bar { absolute: true, .. }) {
        return Vec::new();
    }
    let covers = |waiver: WaiverId| policy.covers(&policy.waivers[waiver].header.assistance, assistance);
    naming.iter().copied().filter(|(waiver, _)| covers(*waiver)).collect()
}
