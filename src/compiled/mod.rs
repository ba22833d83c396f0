//! A policy compiled for a kind of subject and a day: the form in which everything is asked of it.
//!
//! Made from a policy once ([`compile`]), for a case that names nobody: relations may lead to no one, to things there is
//! only one of or to somebody unknown, and lists have so many further members. Every fact of somebody, under one
//! evidence standard, is a variable; every condition is a gate. What is known of a case lies beside it ([`Known`]) and
//! never shapes the gates, so that one compiled policy serves every case that names nobody, and also tells what would be
//! if things were otherwise. A case that names people is compiled with them ([`compile_for`]), by the same code.
//!
//! Nothing in it changes once it is made. What holds here ([`invariants`]): the circuit's own invariants, every gate
//! that is handed out is in the circuit, what is said of no one lies within the cells, and a type of assistance is due
//! where all of its rules are met.

mod cells;
mod chain;
mod condition;
mod contested;
mod fit;
mod forms;
mod from_policy;
mod invariants;
mod joined;
mod known;
pub(crate) mod print;
mod reach;
mod rule;

pub use cells::{Cells, Whom};
pub use forms::Forms;
pub(crate) use from_policy::compile_unpresumed;
pub use from_policy::{compile, compile_for};
pub use invariants::invariants;
pub use known::Known;

pub(crate) use cells::Cuts;
pub(crate) use fit::{Fit, Fitted, ListOf};
pub(crate) use joined::{Joined, JoinedList};
pub(crate) use known::cells_left;

use crate::circuit::{Circuit, Cone, Mask, Masks};
use crate::evidence::Case;
use crate::id::{
    AssistanceId, EntityId, FactId, GateId, KindId, RuleId, SomebodyId, StandardId, Table, VarId, WaiverId,
};
use crate::policy::{Body, Condition, Fact, FactType, Period, Policy};
use crate::value::{Date, Truth};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

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
pub struct Compiled<'p> {
    /// The policy.
    pub policy: &'p Policy,
    /// The day for which it was compiled.
    pub as_of: Date,
    /// The days on which it is the same: on which nothing comes into force or ends, and no time within which something
    /// was asked for moves on.
    pub days: Period,
    /// Variables and gates.
    pub circuit: Circuit,
    /// What the variables of the circuit stand for.
    pub variables: Table<VarId, Variable>,
    /// Everybody whom conditions speak of.
    pub somebodies: Table<SomebodyId, Somebody>,
    /// Everybody whom a case knows: the subject, the things there is only one of, and whom else it names.
    pub people: Table<EntityId, Person>,
    /// The things there is only one of.
    pub only: BTreeMap<KindId, EntityId>,
    /// The subject.
    pub subject: SomebodyId,
    /// The rules in force.
    pub rules: BTreeMap<RuleId, RuleGates>,
    /// The waivers in force that apply to this kind of subject, each with whether its condition holds.
    pub waivers: BTreeMap<WaiverId, GateId>,
    naming: Naming,
    /// The types of assistance.
    pub types: Table<AssistanceId, TypeGates>,
    /// The choices that are about this kind of subject, by their places in the policy: each value, in the order of its
    /// first mention, with whether it is the one taken.
    pub choices: BTreeMap<usize, Vec<(String, GateId)>>,
    /// The obligations in force that are about this kind of subject, by their places in the policy, each with whether
    /// its condition holds.
    pub obligations: BTreeMap<usize, GateId>,
    /// Whether it serves every case that names nobody. Where it does not, some condition is put at once to somebody
    /// unknown and to somebody known: answers that it gives are sound, and those made with [`compile_for`] may be exact
    /// where these are not.
    pub serves_all: bool,
    pub(crate) cuts: Cuts,
    /// How the counts of further members fit together, list by list.
    pub(crate) fits: BTreeMap<ListOf, Fit>,
    somebody_ids: BTreeMap<Somebody, SomebodyId>,
    variable_ids: BTreeMap<(Matter, Option<StandardId>), VarId>,
    /// The conditions that were put to somebody unknown, by their gates.
    put: BTreeMap<GateId, &'p Condition>,
    /// The gates of conditions, by where these stand in memory, to whom they are put and under which standard.
    asked: BTreeMap<(usize, SomebodyId, Option<StandardId>), GateId>,
    /// All gates, closely packed.
    whole: Cone,
    /// The cones of gates, as far as they have been asked for; and those that test lists as one variable each.
    cones: Table<GateId, OnceLock<Cone>>,
    joined_cones: Table<GateId, OnceLock<Cone>>,
    joined: OnceLock<Joined>,
    /// Whether lists are as they can be, where several things are asked of one; and whether they are so with further
    /// members as is presumed of them.
    lists: Option<(GateId, GateId)>,
    /// How many gates there were before those of `lists`.
    conditions: usize,
}

/// Somebody whom a case knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The title.
    pub title: String,
    /// The kind.
    pub kind: KindId,
}

/// Somebody whom conditions speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Somebody {
    /// Somebody whom the case knows.
    Entity(EntityId),
    /// Whoever else of a kind a relation leads to.
    Other {
        /// From whom.
        of: SomebodyId,
        /// The relation.
        relation: FactId,
        /// The kind.
        kind: KindId,
    },
    /// Any further member of a list.
    Further {
        /// Whose list.
        of: SomebodyId,
        /// The list.
        list: FactId,
    },
}

/// What may turn out one way or another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matter {
    /// A fact of somebody: not a list.
    Fact {
        /// Whose.
        who: SomebodyId,
        /// The fact.
        fact: FactId,
    },
    /// Whether somebody named is a member of a list.
    Member {
        /// Whose list.
        who: SomebodyId,
        /// The list.
        list: FactId,
        /// Who is named.
        member: SomebodyId,
    },
    /// How many further members of a list there are; with `which`, how many that meet (or, with false, do not meet) the
    /// condition which that gate is, put to any further member.
    Further {
        /// Whose list.
        who: SomebodyId,
        /// The list.
        list: FactId,
        /// Which of them.
        which: Option<(GateId, bool)>,
    },
    /// Whether somebody beyond the known part of a chain is what is asked for.
    Beyond {
        /// The last one known.
        who: SomebodyId,
        /// The relation.
        relation: FactId,
        /// What is asked for.
        goal: Goal,
    },
    /// Something that could not be expressed by the others.
    Unexpressed {
        /// Whose fact it hangs on.
        who: SomebodyId,
        /// The fact.
        fact: FactId,
        /// What tells it from other such things.
        number: u64,
    },
}

/// What is asked of those along a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Goal {
    /// To be the only one of its kind.
    Is(KindId),
    /// To meet the condition which this gate is, put to someone unknown.
    Meets(GateId),
}

/// What a variable of the circuit stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// What may turn out one way or another.
    pub matter: Matter,
    /// The evidence standard under which it is read.
    pub standard: Option<StandardId>,
    /// How it may turn out.
    pub cells: Cells,
    /// The cells that are possible where nothing is said of it: all, or what is presumed.
    pub unsaid: Mask,
    /// What ties it to other variables in ways the circuit leaves out. Two variables hang together where they share
    /// a knot under different labels.
    pub knots: Vec<(Knot, u32)>,
}

impl Variable {
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
pub enum Knot {
    /// One fact under several standards.
    Standards(SomebodyId, FactId),
    /// Several conditions over one list that is not complete.
    List(SomebodyId, FactId),
    /// Several questions about one unknown chain.
    Chain(SomebodyId, FactId),
    /// Something that could not be expressed.
    Unexpressed,
}

/// A rule as gates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleGates {
    /// Whether it is about this kind of subject.
    pub applies: bool,
    /// Its conditions, in the order in which they are written.
    pub parts: Vec<(Part, GateId)>,
    /// Whether it is met, waivers aside.
    pub met: GateId,
}

/// Where a condition stands in a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// `when`
    When,
    /// `needs`
    Needs,
    /// `unless`
    Unless,
    /// Every earlier phase is reached.
    Earlier,
    /// `begins when`
    Begins,
    /// `begins early when`
    BeginsEarly,
}

/// A type of assistance as gates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeGates {
    /// The rules that hold for it, in the order of the policy, each with whether it is met, waivers counted.
    pub rules: Vec<(RuleId, GateId)>,
    /// Whether all of them are met: whether the assistance is due.
    pub root: GateId,
    /// The choices that hold for it, by their places in the policy.
    pub choices: Vec<usize>,
    /// The obligations that hold for it, by their places in the policy.
    pub obligations: Vec<usize>,
    /// The same without what no list can come to, where rules ask several things of one.
    pub(crate) fitted: Option<Fitted>,
}

impl<'p> Compiled<'p> {
    /// Whether it serves a case that names nobody, of this kind and on these days.
    pub fn serves(&self, case: &Case<'_>) -> bool {
        let kind = case.entities[case.subject].kind;
        self.serves_all
            && self.days.contains(case.as_of)
            && kind == self.kind(self.subject)
            && case.entities.iter().all(|(_, entity)| entity.names.is_empty())
    }

    /// The kind of somebody.
    pub fn kind(&self, who: SomebodyId) -> KindId {
        kind(self.policy, &self.people, self.somebodies[who])
    }

    /// A fact of the policy's vocabulary.
    pub fn declared(&self, fact: FactId) -> &'p Fact {
        &self.policy.vocabulary.facts[fact]
    }

    /// Whether any of these variables hang together in ways that the circuit leaves out.
    pub fn entangled(&self, vars: &BTreeSet<VarId>) -> bool {
        entangled(&self.variables, vars, &BTreeSet::new())
    }

    /// The same, but for what is told of how lists fit together.
    pub(crate) fn entangled_but_fitted(&self, vars: &BTreeSet<VarId>, fitted: Option<&Fitted>) -> bool {
        match fitted {
            Some(fitted) => entangled(&self.variables, vars, &fitted.whole),
            None => self.entangled(vars),
        }
    }

    /// Of the lists that some variables count the members of, those of which it is not told what there can be at once.
    pub(crate) fn lists_left_out(&self, vars: &BTreeSet<VarId>) -> BTreeSet<String> {
        let told: BTreeSet<VarId> =
            self.fits.values().filter(|fit| fit.whole).flat_map(|fit| fit.vars.iter().copied()).collect();
        // What is counted of each list first; whatever else is counted of it may hang together with that.
        let mut first: BTreeMap<ListOf, Option<GateId>> = BTreeMap::new();
        let mut left_out = BTreeSet::new();
        for variable in vars.iter().filter(|var| !told.contains(var)).map(|var| &self.variables[*var]) {
            if let Matter::Further { who, list, which } = variable.matter {
                let of = which.map(|(gate, _)| gate);
                if *first.entry((who, list, variable.standard)).or_insert(of) != of {
                    left_out.insert(self.declared(list).phrase.clone());
                }
            }
        }
        left_out
    }

    /// Whether somebody is any further member of a list, or is known only through one.
    pub fn is_anybody(&self, who: SomebodyId) -> bool {
        is_anybody(&self.somebodies, who)
    }

    /// Somebody, where conditions speak of them.
    pub fn somebody(&self, somebody: Somebody) -> Option<SomebodyId> {
        self.somebody_ids.get(&somebody).copied()
    }

    /// The variable of a matter, where there is one.
    pub fn variable(&self, matter: Matter, standard: Option<StandardId>) -> Option<VarId> {
        self.variable_ids.get(&(matter, standard)).copied()
    }

    /// The gate of a condition of the policy, put to somebody; none where it was never put to them.
    pub fn gate(
        &self,
        condition: &Condition,
        at: SomebodyId,
        standard: Option<StandardId>,
    ) -> Option<GateId> {
        self.asked.get(&(address(condition), at, standard)).copied()
    }

    /// A gate with all that it is made of, worked out when it is first asked for.
    pub fn cone(&self, gate: GateId) -> &Cone {
        self.cones[gate].get_or_init(|| Cone::of(&self.circuit, gate))
    }

    /// Whether what is asked of somebody unknown also asks for some of these variables.
    pub(crate) fn are_asked_of_unknown(&self, vars: &BTreeSet<VarId>) -> bool {
        self.put.keys().any(|gate| self.cone(*gate).vars().iter().any(|var| vars.contains(var)))
    }

    /// The values of all gates by Kleene's tables, at once.
    pub fn values(&self, masks: &Masks) -> Table<GateId, Truth> {
        self.whole.values(&self.whole.masks(masks)).into_iter().collect()
    }

    /// The waivers in force that may lift a rule for a type of assistance, each with whether its condition holds.
    pub fn lifting(&self, rule: RuleId, assistance: AssistanceId) -> Vec<(WaiverId, GateId)> {
        let naming = self.naming.get(&rule).map(Vec::as_slice).unwrap_or_default();
        lifting(self.policy, naming, rule, assistance)
    }
}

/// Whether any of some variables hang together in ways that the circuit leaves out, and the lists that are `told` do not
/// tell.
fn entangled(variables: &Table<VarId, Variable>, vars: &BTreeSet<VarId>, told: &BTreeSet<VarId>) -> bool {
    let mut seen = BTreeMap::new();
    let knots = vars.iter().flat_map(|var| variables[*var].knots.iter().map(move |knot| (*var, knot)));
    knots
        .filter(|(var, (knot, _))| !(matches!(knot, Knot::List(..)) && told.contains(var)))
        .any(|(_, (knot, label))| *knot == Knot::Unexpressed || *seen.entry(knot).or_insert(label) != label)
}

/// Whether somebody is any further member of a list, or is known only through one.
fn is_anybody(somebodies: &Table<SomebodyId, Somebody>, who: SomebodyId) -> bool {
    let mut at = who;
    loop {
        match somebodies[at] {
            Somebody::Entity(_) => return false,
            Somebody::Further { .. } => return true,
            Somebody::Other { of, .. } => at = of,
        }
    }
}

/// The kind of somebody.
fn kind(policy: &Policy, people: &Table<EntityId, Person>, somebody: Somebody) -> KindId {
    match somebody {
        Somebody::Entity(entity) => people[entity].kind,
        Somebody::Other { kind, .. } => kind,
        Somebody::Further { list, .. } => match &policy.vocabulary.facts[list].r#type {
            FactType::Many(kind) => *kind,
            _ => policy.vocabulary.facts[list].kind,
        },
    }
}

/// The waivers in force, by the rules that they name, each with whether its condition holds.
type Naming = BTreeMap<RuleId, Vec<(WaiverId, GateId)>>;

/// Of the waivers that name a rule, those that may lift it for a type of assistance.
fn lifting(
    policy: &Policy,
    naming: &[(WaiverId, GateId)],
    rule: RuleId,
    assistance: AssistanceId,
) -> Vec<(WaiverId, GateId)> {
    if matches!(policy.rules[rule].body, Body::Bar { absolute: true, .. }) {
        return Vec::new();
    }
    let covers = |waiver: WaiverId| policy.covers(&policy.waivers[waiver].assistance, assistance);
    naming.iter().copied().filter(|(waiver, _)| covers(*waiver)).collect()
}

/// Where a condition stands in memory, which names it as long as its policy is borrowed.
fn address(condition: &Condition) -> usize {
    std::ptr::from_ref(condition).addr()
}
