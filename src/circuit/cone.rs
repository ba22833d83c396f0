//! The cone of influence of a gate, packed densely for evaluation.

use std::collections::BTreeSet;

use super::{Circuit, Gate, Mask, Masks};
use crate::id::{GateId, Id, VarId, existing};
use crate::sorted::{SortedMap, SortedSet};
use crate::value::Truth;

/// The cone of influence of a gate: the gate and all gates it depends on. Children come before their parents, and the
/// gate itself is last.
///
/// # Example
/// ```
/// use placet::circuit::{Circuit, Cone};
///
/// let mut circuit = Circuit::new();
/// let (p, q) = (circuit.variable(2), circuit.variable(2));
/// let (p_is, q_is) = (circuit.test(p, 0b01), circuit.test(q, 0b01));
/// let both = circuit.all([p_is, q_is]);
/// let known = [0b01, 0b11].into_iter().collect();
/// assert!(Cone::of(&circuit, both).matters(&known).contains(&q));
/// assert!(!Cone::of(&circuit, both).matters(&known).contains(&p));
/// ```
#[derive(Clone, Debug)]
pub struct Cone {
    gates: Vec<Local>,
    vars: Vec<VarId>,
    weight: u64,
}

/// A gate of a cone, with its children and its variable given as places in the cone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Local {
    /// A constant.
    Const(bool),
    /// True if the variable is in one of these cells.
    Test(usize, Mask),
    /// True if the gate is false.
    Not(usize),
    /// True if all gates are true.
    All(Vec<usize>),
    /// True if any gate is true.
    Any(Vec<usize>),
    /// True if at least this many of the gates are true.
    AtLeast(usize, Vec<usize>),
}

impl Local {
    /// Returns the children of the gate.
    pub fn children(&self) -> &[usize] {
        match self {
            Local::Const(_) | Local::Test(..) => &[],
            Local::Not(gate) => std::slice::from_ref(gate),
            Local::All(of) | Local::Any(of) | Local::AtLeast(_, of) => of,
        }
    }
}

impl Cone {
    /// Returns a cone of all gates and variables of a circuit, each at the place of its id.
    pub fn whole(circuit: &Circuit) -> Cone {
        let places = |of: &[GateId]| of.iter().map(|gate| gate.place()).collect();
        let gates = circuit.gates.iter().map(|(_, gate)| match gate {
            Gate::Const(value) => Local::Const(*value),
            Gate::Test { var, mask } => Local::Test(var.place(), *mask),
            Gate::Not(gate) => Local::Not(gate.place()),
            Gate::All(of) => Local::All(places(of)),
            Gate::Any(of) => Local::Any(places(of)),
            Gate::AtLeast { least, of } => Local::AtLeast(*least as usize, places(of)),
        });
        let mut cone = Cone { gates: gates.collect(), vars: circuit.cells.ids().collect(), weight: 0 };
        cone.weigh();
        cone
    }

    /// Returns the cone of a gate.
    pub fn of(circuit: &Circuit, root: GateId) -> Cone {
        Cone::of_several(circuit, &[root]).0
    }

    /// Returns the cone of several gates, and the place of each gate in it. The gate with the highest id is last.
    pub(crate) fn of_several(circuit: &Circuit, roots: &[GateId]) -> (Cone, Vec<usize>) {
        let mut reached: BTreeSet<GateId> = roots.iter().copied().collect();
        let mut unread = roots.to_vec();
        while let Some(id) = unread.pop() {
            let children: &[GateId] = match circuit.gate(id) {
                Gate::Const(_) | Gate::Test { .. } => &[],
                Gate::Not(gate) => std::slice::from_ref(gate),
                Gate::All(of) | Gate::Any(of) | Gate::AtLeast { of, .. } => of,
            };
            unread.extend(children.iter().filter(|child| reached.insert(**child)));
        }
        let mut places = SortedMap::new();
        let mut var_places = SortedMap::new();
        let mut cone = Cone { gates: Vec::with_capacity(reached.len()), vars: Vec::new(), weight: 0 };
        for id in reached {
            let local = |of: &[GateId]| of.iter().map(|gate| *existing(places.get(gate))).collect();
            let gate = match circuit.gate(id) {
                Gate::Const(value) => Local::Const(*value),
                Gate::Test { var, mask } => {
                    let place = *var_places.entry(*var).or_insert_with(|| {
                        cone.vars.push(*var);
                        cone.vars.len() - 1
                    });
                    Local::Test(place, *mask)
                }
                Gate::Not(gate) => Local::Not(*existing(places.get(gate))),
                Gate::All(of) => Local::All(local(of)),
                Gate::Any(of) => Local::Any(local(of)),
                Gate::AtLeast { least, of } => Local::AtLeast(*least as usize, local(of)),
            };
            places.insert(id, cone.gates.len());
            cone.gates.push(gate);
        }
        cone.weigh();
        let roots = roots.iter().map(|root| *existing(places.get(root))).collect();
        (cone, roots)
    }

    fn weigh(&mut self) {
        self.weight = self.gates.iter().map(|gate| 2 + gate.children().len() as u64).sum();
    }

    /// Returns the cone of a gate that is true if each gate of `wanted` has the value given with it.
    pub(crate) fn at_once(circuit: &Circuit, wanted: &[(GateId, bool)]) -> Cone {
        let gates: Vec<GateId> = wanted.iter().map(|(gate, _)| *gate).collect();
        let (mut cone, places) = Cone::of_several(circuit, &gates);
        let mut of = Vec::with_capacity(wanted.len());
        for ((_, wanted), place) in wanted.iter().zip(places) {
            if *wanted {
                of.push(place);
            } else {
                of.push(cone.gates.len());
                cone.gates.push(Local::Not(place));
            }
        }
        cone.gates.push(Local::All(of));
        cone.weigh();
        cone
    }

    /// Returns the cone with some tests moved to other variables. For a variable and the mask that is tested, `other`
    /// returns the new variable, the new mask and the mask of all cells of the new variable; or `None` to keep the
    /// test.
    pub(crate) fn with_tests(&self, other: impl Fn(VarId, Mask) -> Option<(VarId, Mask, Mask)>) -> Cone {
        let mut vars: Vec<VarId> = Vec::new();
        let mut places: SortedMap<VarId, usize> = SortedMap::new();
        let mut put = |var: VarId, mask: Mask| {
            let place = *places.entry(var).or_insert_with(|| {
                vars.push(var);
                vars.len() - 1
            });
            Local::Test(place, mask)
        };
        let gates = self.gates.iter().map(|gate| match gate {
            Local::Test(place, mask) => {
                let var = self.vars.get(*place).copied();
                match var.and_then(|var| other(var, *mask)) {
                    Some((_, 0, _)) => Local::Const(false),
                    Some((_, cells, all)) if cells == all => Local::Const(true),
                    Some((var, cells, _)) => put(var, cells),
                    None => var.map_or(Local::Const(false), |var| put(var, *mask)),
                }
            }
            gate => gate.clone(),
        });
        let gates = gates.collect();
        Cone { gates, vars, weight: self.weight }
    }

    /// Returns the gates.
    pub fn gates(&self) -> &[Local] {
        &self.gates
    }

    /// Returns the cost of evaluating all gates once, in units of a [`Budget`](super::Budget).
    pub fn weight(&self) -> u64 {
        self.weight
    }

    /// Returns the variables in the order of their first use.
    pub fn vars(&self) -> &[VarId] {
        &self.vars
    }

    /// Returns the mask of each variable, by its place in the cone.
    pub fn masks(&self, masks: &Masks) -> Vec<Mask> {
        self.vars.iter().map(|var| masks.find(*var).copied().unwrap_or(Mask::MAX)).collect()
    }

    /// Returns the value of the gate by Kleene evaluation.
    pub fn kleene(&self, masks: &Masks) -> Truth {
        self.values(&self.masks(masks)).last().copied().unwrap_or(Truth::Open)
    }

    /// Returns the values of all gates by Kleene evaluation.
    pub fn values(&self, masks: &[Mask]) -> Vec<Truth> {
        let mut values = Vec::with_capacity(self.gates.len());
        for gate in &self.gates {
            let value = value(gate, masks, &values);
            values.push(value);
        }
        values
    }

    /// Returns the variables that may matter by Kleene evaluation: those of open tests that are reached from the root
    /// through open gates only. The set is ordered by id.
    pub fn matters(&self, masks: &Masks) -> SortedSet<VarId> {
        self.matters_at(&self.masks(masks))
    }

    /// Does the same as [`matters`](Cone::matters), with masks given by the places in the cone.
    pub(crate) fn matters_at(&self, masks: &[Mask]) -> SortedSet<VarId> {
        let values = self.values(masks);
        let mut live = vec![false; self.gates.len()];
        if let Some(last) = live.last_mut() {
            *last = true;
        }
        let mut matters = vec![false; self.vars.len()];
        for (at, gate) in self.gates.iter().enumerate().rev() {
            if live.get(at) != Some(&true) || values.get(at) != Some(&Truth::Open) {
                continue;
            }
            if let Local::Test(var, _) = gate
                && let Some(matters) = matters.get_mut(*var)
            {
                *matters = true;
            }
            for child in gate.children() {
                if let Some(live) = live.get_mut(*child) {
                    *live = true;
                }
            }
        }
        self.vars.iter().zip(matters).filter_map(|(var, matters)| matters.then_some(*var)).collect()
    }
}

impl Cone {
    /// Returns, for each variable that may matter, the possible cells that are best for the gate: in such a cell, the
    /// variable never keeps the gate from being true. The mask is 0 if tests of the variable have conflicting polarity.
    pub fn best(&self, masks: &Masks) -> SortedMap<VarId, Mask> {
        let masks = self.masks(masks);
        let values = self.values(&masks);
        // For each gate, whether it occurs with positive and whether with negative polarity.
        let mut sides = vec![(false, false); self.gates.len()];
        if let Some(root) = sides.last_mut() {
            root.0 = true;
        }
        let mut best: Vec<Option<Mask>> = vec![None; self.vars.len()];
        for (at, gate) in self.gates.iter().enumerate().rev() {
            let side = sides.get(at).copied().unwrap_or_default();
            if side == (false, false) || values.get(at) != Some(&Truth::Open) {
                continue;
            }
            if let Local::Test(var, mask) = gate
                && let (Some(cells), Some(possible)) = (best.get_mut(*var), masks.get(*var))
            {
                let cells = cells.get_or_insert(*possible);
                if side.0 {
                    *cells &= mask;
                }
                if side.1 {
                    *cells &= !mask;
                }
            }
            let turned = matches!(gate, Local::Not(_));
            for child in gate.children() {
                if let Some(child) = sides.get_mut(*child) {
                    child.0 |= if turned { side.1 } else { side.0 };
                    child.1 |= if turned { side.0 } else { side.1 };
                }
            }
        }
        self.vars.iter().zip(best).filter_map(|(var, cells)| Some((*var, cells?))).collect()
    }

    /// Returns every test of a variable, in the order of the gates.
    pub fn tests(&self) -> impl Iterator<Item = (VarId, Mask)> {
        self.gates.iter().filter_map(|gate| match gate {
            Local::Test(place, mask) => self.vars.get(*place).map(|var| (*var, *mask)),
            _ => None,
        })
    }
}

/// Splits each set of cells into the cells inside and outside of `by`; empty sets are left out.
pub fn split(classes: &[Mask], by: Mask) -> Vec<Mask> {
    classes.iter().flat_map(|class| [class & by, class & !by]).filter(|class| *class != 0).collect()
}

/// Returns the value of a gate, given the values of the gates before it.
pub(super) fn value(gate: &Local, masks: &[Mask], values: &[Truth]) -> Truth {
    let of = |at: &usize| values.get(*at).copied().unwrap_or(Truth::Open);
    match gate {
        Local::Const(value) => Truth::from(*value),
        Local::Test(var, mask) => match masks.get(*var) {
            Some(possible) if possible & mask == 0 => Truth::No,
            Some(possible) if possible & !mask == 0 => Truth::Yes,
            _ => Truth::Open,
        },
        Local::Not(gate) => !of(gate),
        Local::All(gates) => {
            let mut all = Truth::Yes;
            for gate in gates {
                all = all.and(of(gate));
                if all == Truth::No {
                    break;
                }
            }
            all
        }
        Local::Any(gates) => {
            let mut any = Truth::No;
            for gate in gates {
                any = any.or(of(gate));
                if any == Truth::Yes {
                    break;
                }
            }
            any
        }
        Local::AtLeast(least, gates) => {
            let (mut yes, mut open) = (0, 0);
            for gate in gates {
                match of(gate) {
                    Truth::Yes => yes += 1,
                    Truth::Open => open += 1,
                    Truth::No => {}
                }
            }
            if yes >= *least {
                Truth::Yes
            } else if yes + open < *least {
                Truth::No
            } else {
                Truth::Open
            }
        }
    }
}
