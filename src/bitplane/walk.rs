//! Walks that find the mixed variables of sides, and the sides that share them.

use super::side::{Side, side, slot};
use crate::circuit::{Circuit, Gate, Mask, Masks};
use crate::id::{Id, VarId};
use crate::sorted::SortedMap;
use crate::value::Truth;

/// Walks over the cones of sides, repeated on one circuit.
pub(super) struct Walk<'a> {
    circuit: &'a Circuit,
    possible: &'a Masks,
    /// By the slots of sides, the number of the walk that last visited the side, and its place in that walk.
    met: Vec<(u32, u32)>,
    /// The number of the current walk.
    number: u32,
    /// The visited sides, children before parents.
    pub order: Vec<Side>,
    /// Whether each of them depends on a mixed variable.
    pub on_mixed: Vec<bool>,
    /// For each variable, the sets of cells that are tested, and whether it is mixed.
    uses: Vec<Uses>,
    /// The number of sides that may still be visited.
    left: usize,
}

#[derive(Clone, Default)]
struct Uses {
    number: u32,
    sets: Vec<Mask>,
    is_mixed: bool,
    /// The first side of the walk that tests the variable.
    first: Option<usize>,
}

/// Sides, grouped by the mixed variables that they share.
pub(super) struct Groups {
    /// The sides that share no mixed variable.
    pub alone: Vec<Side>,
    /// The groups of sides that do.
    pub together: Vec<Vec<Side>>,
}

impl<'a> Walk<'a> {
    pub fn new(circuit: &'a Circuit, possible: &'a Masks, left: usize) -> Walk<'a> {
        let (met, uses) = (vec![(0, 0); 2 * circuit.len()], vec![Uses::default(); circuit.variables()]);
        Walk { circuit, possible, met, number: 0, order: Vec::new(), on_mixed: Vec::new(), uses, left }
    }

    /// Groups sides that must hold together, so that the groups share no mixed variable; returns `None` if the budget
    /// does not suffice. A side that is given twice shares its mixed variables with itself.
    pub fn groups(&mut self, settled: &[Truth], sides: &[Side]) -> Option<Groups> {
        self.meet(settled, sides)?;
        let mut heads: Vec<usize> = (0..self.order.len()).collect();
        for place in 0..self.order.len() {
            let Some(side) = self.order.get(place).copied() else { continue };
            let mut on_mixed = false;
            if let Gate::Test { var, .. } = self.circuit.gate(side.0)
                && let Some(uses) = self.uses.get_mut(var.place())
                && uses.is_mixed
            {
                on_mixed = true;
                join(&mut heads, *uses.first.get_or_insert(place), place);
            }
            for child in children(self.circuit, side) {
                let Some(child) = self.place(child) else { continue };
                if self.on_mixed.get(child) == Some(&true) {
                    on_mixed = true;
                    join(&mut heads, child, place);
                }
            }
            self.on_mixed.push(on_mixed);
        }
        let mut alone = Vec::new();
        let mut by_head: SortedMap<usize, Vec<Side>> = SortedMap::new();
        for side in sides {
            match self.place(*side) {
                Some(place) if self.on_mixed.get(place) == Some(&true) => {
                    by_head.entry(head(&mut heads, place)).or_default().push(*side);
                }
                _ => alone.push(*side),
            }
        }
        let mut together = Vec::new();
        for (_, group) in by_head {
            match group.as_slice() {
                [side] => alone.push(*side),
                _ => together.push(group),
            }
        }
        Some(Groups { alone, together })
    }

    /// Returns whether a visited side depends on a mixed variable.
    pub fn on_mixed(&self, side: Side) -> bool {
        self.place(side).is_some_and(|place| self.on_mixed.get(place) == Some(&true))
    }

    /// Returns the possible cells of a variable.
    pub fn possible(&self, var: VarId) -> Mask {
        self.possible.find(var).copied().unwrap_or(Mask::MAX)
    }

    /// Visits everything that sides depend on, and records the sets of cells that are tested.
    fn meet(&mut self, settled: &[Truth], sides: &[Side]) -> Option<()> {
        self.number += 1;
        self.order.clear();
        self.on_mixed.clear();
        let mut unread: Vec<Side> = sides.to_vec();
        while let Some((gate, want)) = unread.pop() {
            if settled.get(gate.place()) != Some(&Truth::Open) {
                continue;
            }
            let Some(met) = self.met.get_mut(slot((gate, want))) else { continue };
            if met.0 == self.number {
                continue;
            }
            met.0 = self.number;
            self.left = self.left.checked_sub(1)?;
            self.order.push((gate, want));
            if let Gate::Test { var, mask } = self.circuit.gate(gate) {
                let possible = self.possible(*var);
                self.note(*var, if want { mask & possible } else { !mask & possible });
            }
            unread.extend(children(self.circuit, (gate, want)));
        }
        self.order.sort_unstable();
        for (place, side) in self.order.iter().enumerate() {
            if let Some(met) = self.met.get_mut(slot(*side)) {
                met.1 = u32::try_from(place).unwrap_or(u32::MAX);
            }
        }
        Some(())
    }

    /// Records that a set of cells of a variable is tested.
    fn note(&mut self, var: VarId, cells: Mask) {
        let Some(uses) = self.uses.get_mut(var.place()) else { return };
        if uses.number != self.number {
            uses.number = self.number;
            uses.sets.clear();
            uses.is_mixed = false;
            uses.first = None;
        }
        if !uses.is_mixed && !uses.sets.contains(&cells) {
            uses.is_mixed = uses.sets.iter().any(|set| set & !cells != 0 && cells & !set != 0);
            uses.sets.push(cells);
        }
    }

    fn place(&self, side: Side) -> Option<usize> {
        let (number, place) = self.met.get(slot(side))?;
        (*number == self.number).then_some(*place as usize)
    }
}

/// Returns the sides that a side depends on directly.
pub(super) fn children(circuit: &Circuit, (gate, want): Side) -> impl Iterator<Item = Side> + '_ {
    let of: &[_] = match circuit.gate(gate) {
        Gate::Const(_) | Gate::Test { .. } => &[],
        Gate::Not(gate) => std::slice::from_ref(gate),
        Gate::All(of) | Gate::Any(of) | Gate::AtLeast { of, .. } => of,
    };
    let turned = matches!(circuit.gate(gate), Gate::Not(_));
    of.iter().map(move |child| side(circuit, *child, want != turned))
}

fn head(heads: &mut [usize], at: usize) -> usize {
    let mut at = at;
    while let Some(up) = heads.get(at).copied() {
        if up == at {
            break;
        }
        let higher = heads.get(up).copied().unwrap_or(up);
        if let Some(slot) = heads.get_mut(at) {
            *slot = higher;
        }
        at = higher;
    }
    at
}

fn join(heads: &mut [usize], one: usize, other: usize) {
    let (one, other) = (head(heads, one), head(heads, other));
    if let Some(slot) = heads.get_mut(one.max(other)) {
        *slot = one.min(other);
    }
}
