//! Two compiled policies in one circuit: the policies mean the same if their two gates do.
//!
//! Two variables are shared if they stand for the same thing by name: the entity (by the path of relations that leads
//! to it), the fact, and the conditions of its evidence standard. Numbers and dates are divided at the thresholds of
//! both policies; counts are divided as finely as the finer of the two.

use super::{Both, Side};
use crate::circuit::{Budget, Circuit, Gate, Mask, Masks};
use crate::compiled::{Cells, Compiled, EntityRef, Goal, TargetCell, VariableKind};
use crate::diagram::{Diagram, MOST_NODES, several_within};
use crate::id::{EntityRefId, FactId, GateId, Id, KindId, NodeId, StandardId, Table, VarId};
use crate::policy::lexicon::key_of;
use crate::policy::{FactType, Standard};
use crate::syntax::Conflict;
use crate::value::Ranges;
use std::collections::{BTreeMap, BTreeSet};

/// Two policies in one circuit.
pub(super) struct Joint<'c> {
    /// The compiled policies.
    pub sides: Both<&'c Compiled>,
    /// The shared circuit.
    pub circuit: Circuit,
    /// What the variables of the shared circuit stand for.
    pub variables: Table<VarId, Shared>,
    /// For each variable, the cells that both policies have.
    pub masks: Masks,
    /// For the gates of each policy, their gates in the shared circuit.
    gates: Both<Vec<GateId>>,
    /// The variables of each fact, in their order.
    by_fact: BTreeMap<String, Vec<VarId>>,
    /// The budget that all work is charged to.
    pub work: Budget,
}

/// A variable of the shared circuit, used by one or both policies.
pub(super) struct Shared {
    /// The variable of each policy that it stands for.
    pub of: Both<Option<VarId>>,
    /// Its domain.
    pub cells: Shown,
    /// A key that is the same for all variables of one fact, regardless of their evidence standard.
    pub fact: String,
}

/// The domain of a variable, with names that do not depend on the policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// No, then yes.
    YesNo,
    /// Ranges of numbers or days, each given by its start.
    Starts(Vec<i64>),
    /// Named values, or the entities that a relation leads to.
    Named(Vec<String>),
    /// Counts from zero; the last stands for itself and all larger counts.
    Counts(u32),
    /// Outside of some ranges, then within.
    Within(Ranges),
}

impl Shown {
    pub fn count(&self) -> u32 {
        let count = match self {
            Shown::YesNo | Shown::Within(_) => 2,
            Shown::Starts(starts) => starts.len(),
            Shown::Named(names) => names.len(),
            Shown::Counts(count) => *count as usize,
        };
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// The union of two domains; `None` if they are of different sorts.
    fn with(self, other: Shown) -> Option<Shown> {
        match (self, other) {
            (Shown::Starts(ours), Shown::Starts(theirs)) => {
                let all: BTreeSet<i64> = ours.into_iter().chain(theirs).collect();
                Some(Shown::Starts(all.into_iter().collect()))
            }
            (Shown::Named(mut ours), Shown::Named(theirs)) => {
                theirs.into_iter().for_each(|name| {
                    if !ours.contains(&name) {
                        ours.push(name);
                    }
                });
                Some(Shown::Named(ours))
            }
            (Shown::Counts(ours), Shown::Counts(theirs)) => Some(Shown::Counts(ours.max(theirs))),
            (ours, theirs) => (ours == theirs).then_some(ours),
        }
    }

    /// The cells of this domain that lie in cell `at` of one policy's domain.
    pub fn cells_of(&self, own: &Shown, at: u32) -> Mask {
        let at_place =
            |place: usize| 1_u128.checked_shl(u32::try_from(place).unwrap_or(u32::MAX)).unwrap_or(0);
        match (self, own) {
            (Shown::Starts(all), Shown::Starts(starts)) => {
                let first = starts.get(at as usize).copied().unwrap_or(i64::MAX);
                let next = starts.get(at as usize + 1).copied();
                let inside = all
                    .iter()
                    .enumerate()
                    .filter(|(_, start)| first <= **start && next.is_none_or(|next| **start < next));
                inside.fold(0, |mask, (place, _)| mask | at_place(place))
            }
            (Shown::Named(all), Shown::Named(names)) => {
                let name = names.get(at as usize);
                all.iter().position(|one| Some(one) == name).map_or(0, at_place)
            }
            (Shown::Counts(all), Shown::Counts(own)) if at + 1 == *own => {
                (at..*all).fold(0, |mask, place| mask | at_place(place as usize))
            }
            _ => at_place(at as usize),
        }
    }
}

/// Names the variables and gates of one policy in terms that both policies share.
struct Words<'c, 'n> {
    compiled: &'c Compiled,
    /// For each gate handled so far, in circuit order, the number of its description.
    gates: Vec<Option<usize>>,
    /// The number of each description, shared by both policies.
    numbers: &'n mut BTreeMap<String, usize>,
}

/// The domain of a variable of a compiled policy.
fn shown(compiled: &Compiled, var: VarId) -> Shown {
    Words { compiled, gates: Vec::new(), numbers: &mut BTreeMap::new() }.shown(var)
}

impl Words<'_, '_> {
    fn kind(&self, kind: KindId) -> String {
        self.compiled.policy.vocabulary.kinds.find(kind).map_or_else(String::new, |kind| key_of(&kind.name))
    }

    fn fact(&self, fact: FactId) -> String {
        let declared = self.compiled.declared(fact);
        format!("{}:{}", self.kind(declared.kind), key_of(&declared.phrase))
    }

    fn entity_ref(&self, who: EntityRefId) -> String {
        let mut path = Vec::new();
        let mut at = who;
        loop {
            match self.compiled.entity_refs[at] {
                EntityRef::Entity(entity) => {
                    let kind = self.compiled.people[entity].kind;
                    let is_subject = at == self.compiled.subject;
                    path.push(if is_subject {
                        "subject".to_owned()
                    } else {
                        format!("the {}", self.kind(kind))
                    });
                    break;
                }
                EntityRef::Other { of, relation, kind } => {
                    path.push(format!("{}>{}", self.fact(relation), self.kind(kind)));
                    at = of;
                }
                EntityRef::Further { of, list } => {
                    path.push(format!("{}*", self.fact(list)));
                    at = of;
                }
            }
        }
        path.reverse();
        path.join("/")
    }

    fn shown(&self, var: VarId) -> Shown {
        let variable = &self.compiled.variables[var];
        match &variable.cells {
            Cells::YesNo => Shown::YesNo,
            Cells::Numbers(starts) | Cells::Dates(starts) => Shown::Starts(starts.clone()),
            Cells::Counts(count) => Shown::Counts(*count),
            Cells::Within(ranges) => Shown::Within(ranges.clone()),
            Cells::Values(_) => match &self.compiled.declared(variable.fact()).r#type {
                FactType::Choice(values) => Shown::Named(values.iter().map(|value| key_of(value)).collect()),
                _ => Shown::Named(Vec::new()),
            },
            Cells::Targets(targets) => {
                Shown::Named(targets.iter().map(|target| self.target(*target)).collect())
            }
        }
    }

    fn target(&self, target: TargetCell) -> String {
        match target {
            TargetCell::NoOne => "no one".to_owned(),
            TargetCell::Only(kind) => format!("the {}", self.kind(kind)),
            TargetCell::Named(who) => self.entity_ref(who),
            TargetCell::Other(who) => format!("a {}", self.kind(self.compiled.kind(who))),
        }
    }

    /// Describes a variable without its evidence standard; `None` if it cannot be described.
    fn variable_kind(&mut self, var: VarId) -> Option<String> {
        let variable = &self.compiled.variables[var];
        let who = self.entity_ref(variable.who());
        let fact = self.fact(variable.fact());
        let sort = match &variable.cells {
            Cells::Within(ranges) => format!("{ranges:?}"),
            Cells::YesNo => "yes or no".to_owned(),
            Cells::Numbers(_) => "number".to_owned(),
            Cells::Dates(_) => "date".to_owned(),
            Cells::Values(_) => "choice".to_owned(),
            Cells::Targets(_) => "relation".to_owned(),
            Cells::Counts(_) => "count".to_owned(),
        };
        let which = match variable.kind {
            VariableKind::Fact { .. } => String::new(),
            VariableKind::Further { which: None, .. } => "further".to_owned(),
            VariableKind::Further { which: Some((gate, meets)), .. } => {
                // Counting those that meet a condition equals counting those that do not meet its opposite: use one
                // name for both.
                let (yes, no) = (self.gate(gate)?, self.opposite(gate)?);
                if yes <= no { format!("further {meets} {yes}") } else { format!("further {} {no}", !meets) }
            }
            VariableKind::Beyond { goal: Goal::Is(kind), .. } => format!("beyond {}", self.kind(kind)),
            VariableKind::Beyond { goal: Goal::Meets(gate), .. } => format!("beyond {}", self.gate(gate)?),
            VariableKind::Member { .. } | VariableKind::Unexpressed { .. } => return None,
        };
        Some(format!("{who}|{fact}|{sort}|{which}"))
    }

    fn opposite(&mut self, gate: GateId) -> Option<usize> {
        let description = match self.compiled.circuit.gate(gate) {
            Gate::Not(inner) => return self.gate(*inner),
            Gate::Test { var, mask } => self.test(*var, !mask & self.compiled.circuit.full(*var))?,
            _ => format!("not {}", self.gate(gate)?),
        };
        Some(self.number(description))
    }

    fn test(&mut self, var: VarId, mask: Mask) -> Option<String> {
        let which = match self.shown(var) {
            Shown::Starts(_) => format!("{:?}", self.compiled.variables[var].cells.ranges(mask)),
            Shown::Named(names) => {
                let chosen = names.iter().enumerate().filter(|(place, _)| mask >> place & 1 == 1);
                let mut chosen: Vec<&str> = chosen.map(|(_, name)| name.as_str()).collect();
                chosen.sort_unstable();
                chosen.join(", ")
            }
            _ => format!("{mask:b}"),
        };
        let standard = self.compiled.variables[var].standard;
        Some(format!("[{}@{} in {which}]", self.variable_kind(var)?, self.standard(standard)))
    }

    /// The number of the description of a gate, the same for gates of both policies that are built alike; `None` if the
    /// gate depends on something that cannot be described. Works through the circuit in order instead of recursively,
    /// since gates can be nested to any depth.
    fn gate(&mut self, gate: GateId) -> Option<usize> {
        while self.gates.len() <= gate.place() {
            let description = match self.compiled.circuit.gate(GateId::at(self.gates.len())) {
                Gate::Const(value) => Some(value.to_string()),
                Gate::Test { var, mask } => self.test(*var, *mask),
                Gate::Not(inner) => self.done(*inner).map(|inner| format!("not {inner}")),
                Gate::All(of) => self.several("all", of),
                Gate::Any(of) => self.several("any", of),
                Gate::AtLeast { least, of } => self.several(&format!("at least {least}"), of),
            };
            let number = description.map(|description| self.number(description));
            self.gates.push(number);
        }
        self.done(gate)
    }

    fn done(&self, gate: GateId) -> Option<usize> {
        self.gates.get(gate.place()).copied().flatten()
    }

    fn number(&mut self, description: String) -> usize {
        let next = self.numbers.len();
        *self.numbers.entry(description).or_insert(next)
    }

    fn several(&self, word: &str, of: &[GateId]) -> Option<String> {
        let mut each: Vec<usize> = of.iter().map(|gate| self.done(*gate)).collect::<Option<_>>()?;
        each.sort_unstable();
        Some(format!("{word} {each:?}"))
    }

    fn standard(&self, standard: Option<StandardId>) -> String {
        standard
            .and_then(|id| self.compiled.policy.vocabulary.standards.find(id))
            .map_or_else(String::new, standard_conditions)
    }
}

/// Describes the conditions of an evidence standard. Empty if every statement counts, as for rules without a standard.
pub(super) fn standard_conditions(standard: &Standard) -> String {
    let Standard { rated, within, not_rivals, not_subject, not_interested, not_promises, conflict, .. } =
        standard;
    let lets_all = rated.is_none()
        && within.is_none()
        && !(*not_rivals || *not_subject || *not_interested || *not_promises)
        && *conflict == Conflict::default();
    if lets_all {
        return String::new();
    }
    format!("{rated:?} {within:?} {not_rivals} {not_subject} {not_interested} {not_promises} {conflict:?}")
}

impl<'c> Joint<'c> {
    /// Puts two compiled policies into one circuit.
    pub fn of(sides: Both<&'c Compiled>, work: &Budget) -> Joint<'c> {
        let mut found: BTreeMap<String, usize> = BTreeMap::new();
        let mut shared: Vec<Shared> = Vec::new();
        let mut places: Both<Vec<usize>> = Both::default();
        // All variables of a fact have the same domain, whatever their evidence standard.
        let mut cells: BTreeMap<String, Shown> = BTreeMap::new();
        let mut numbers = BTreeMap::new();
        for side in Side::BOTH {
            let compiled = *sides.of(side);
            let mut words = Words { compiled, gates: Vec::new(), numbers: &mut numbers };
            for (var, variable) in compiled.variables.iter() {
                let fact = words.variable_kind(var).unwrap_or_else(|| format!("{side:?} {}", var.place()));
                let key = format!("{fact}@{}", words.standard(variable.standard));
                let own = words.shown(var);
                let all = match cells.get(&fact) {
                    Some(known) => known.clone().with(own.clone()).unwrap_or(own),
                    None => own,
                };
                cells.insert(fact.clone(), all.clone());
                let known = found.get(&key).copied();
                // Two variables of one policy are never merged.
                let place = known.filter(|at| shared.get(*at).is_some_and(|one| one.of.of(side).is_none()));
                let place = place.unwrap_or(shared.len());
                if place == shared.len() {
                    shared.push(Shared { of: Both::default(), cells: all, fact });
                    found.entry(key).or_insert(place);
                }
                if let Some(one) = shared.get_mut(place) {
                    *one.of.of_mut(side) = Some(var);
                }
                places.of_mut(side).push(place);
            }
        }
        for one in &mut shared {
            if let Some(all) = cells.get(&one.fact) {
                one.cells.clone_from(all);
            }
        }
        let mut joint = Joint {
            sides,
            circuit: Circuit::new(),
            variables: shared.into_iter().collect(),
            masks: Masks::new(),
            gates: Both::default(),
            by_fact: BTreeMap::new(),
            work: work.clone(),
        };
        for (var, one) in joint.variables.iter() {
            joint.by_fact.entry(one.fact.clone()).or_default().push(var);
        }
        for (var, one) in joint.variables.iter() {
            joint.circuit.variable(one.cells.count());
            // Exclude the cells that only one policy has: the other has no name for them.
            let owns = Side::BOTH.into_iter().filter_map(|side| Some(joint.shown(side, (*one.of.of(side))?)));
            let known =
                owns.map(|own| (0..own.count()).fold(0, |mask, at| mask | one.cells.cells_of(&own, at)));
            let full = joint.circuit.full(var);
            let mask = known.fold(full, |all, known| all & known);
            joint.masks.push(if mask == 0 { full } else { mask });
        }
        for side in Side::BOTH {
            let gates = joint.translate(side, places.of(side));
            *joint.gates.of_mut(side) = gates;
        }
        joint
    }

    /// The first variable of a policy that stands for a fact.
    pub fn of_fact(&self, side: Side, fact: &str) -> Option<VarId> {
        let of = self.by_fact.get(fact)?.iter();
        of.filter_map(|var| self.variables.find(*var)).find_map(|shared| *shared.of.of(side))
    }

    /// The decision diagrams of some gates in one store, within a share of the remaining budget.
    pub fn diagrams(&self, gates: &[GateId], masks: &Masks) -> (Diagram, Vec<Option<NodeId>>) {
        several_within(&self.circuit, gates, masks, MOST_NODES, &self.work.share(4))
    }

    /// The domain of a variable of one policy.
    pub fn shown(&self, side: Side, var: VarId) -> Shown {
        shown(self.sides.of(side), var)
    }

    /// Copies every gate of a policy into the shared circuit, in the order of its own circuit: operands come first.
    fn translate(&mut self, side: Side, places: &[usize]) -> Vec<GateId> {
        let compiled: &'c Compiled = self.sides.of(side);
        let own = &compiled.circuit;
        let mut done: Vec<GateId> = Vec::with_capacity(own.len());
        for at in 0..own.len() {
            let of = |gates: &[GateId], done: &[GateId]| -> Vec<GateId> {
                gates.iter().filter_map(|gate| done.get(gate.place())).copied().collect()
            };
            let gate = match own.gate(GateId::at(at)) {
                Gate::Const(value) => self.circuit.constant(*value),
                Gate::Test { var, mask } => {
                    let id = VarId::at(places.get(var.place()).copied().unwrap_or(usize::MAX));
                    let shown = self.shown(side, *var);
                    let cells = self.variables.find(id).map_or(0, |one| {
                        let chosen = (0..shown.count()).filter(|at| mask >> at & 1 == 1);
                        chosen.fold(0, |all, at| all | one.cells.cells_of(&shown, at))
                    });
                    self.circuit.test(id, cells)
                }
                Gate::Not(inner) => {
                    let inner = of(&[*inner], &done).first().copied();
                    let inner = inner.unwrap_or_else(|| self.circuit.constant(false));
                    self.circuit.not(inner)
                }
                Gate::All(gates) => self.circuit.all(of(gates, &done)),
                Gate::Any(gates) => self.circuit.any(of(gates, &done)),
                Gate::AtLeast { least, of: gates } => self.circuit.at_least(*least, of(gates, &done)),
            };
            done.push(gate);
        }
        done
    }

    /// The gate in the shared circuit of a gate of one policy.
    pub fn gate(&mut self, side: Side, gate: GateId) -> GateId {
        match self.gates.of(side).get(gate.place()) {
            Some(gate) => *gate,
            None => self.circuit.constant(false),
        }
    }

    /// A gate that is true if the variables of each fact have the same value under all evidence standards, that is, if
    /// each statement counts under all of them.
    pub fn agree(&mut self) -> GateId {
        let mut pairs = Vec::new();
        for vars in self.by_fact.values() {
            if let [first, others @ ..] = vars.as_slice() {
                pairs.extend(others.iter().map(|other| (*first, *other)));
            }
        }
        let mut same = Vec::new();
        for (one, other) in pairs {
            let mut ways = Vec::new();
            for at in 0..self.variables[one].cells.count() {
                let bit = 1_u128.checked_shl(at).unwrap_or(0);
                let both = [self.circuit.test(one, bit), self.circuit.test(other, bit)];
                ways.push(self.circuit.all(both));
            }
            same.push(self.circuit.any(ways));
        }
        self.circuit.all(same)
    }
}
