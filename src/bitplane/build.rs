//! Building planes from plans.

use super::component::{Component, Edge};
use super::plan::{Plans, What, plan};
use super::planes::{How, Planes};
use super::side::{Side, side};
use crate::circuit::{Circuit, Mask, Masks, split};
use crate::diagram::{NO, YES};
use crate::id::{GateId, Id, NodeId, PlaneId, Table, VarId};
use crate::sorted::{SortedMap, SortedSet};

/// The planes that give the values of roots.
pub(super) struct Built {
    pub planes: Planes,
    /// The classes of cells that rows are distinguished by, for each variable.
    pub classes: Table<VarId, Vec<Mask>>,
    /// For each root, the planes of true and of false, and whether they are exact.
    pub roots: Vec<(PlaneId, PlaneId, bool)>,
}

/// Builds the planes of some roots.
pub(super) fn build(
    circuit: &Circuit,
    roots: &[GateId],
    possible: &Masks,
    unset: &SortedSet<VarId>,
    most: usize,
) -> Built {
    let plans = plan(circuit, roots, possible, most);
    let mut building = Building {
        planes: Planes::default(),
        classes: classes(&plans, possible),
        unset,
        done: SortedMap::new(),
    };
    for side in plans.sides() {
        let Some(plan) = plans.of(side) else { continue };
        let (plane, exact) = building.what(&plans, &plan.what);
        building.done.insert(side, (plane, exact && plan.exact));
    }
    let mut made = Vec::new();
    for root in roots {
        // A root is true if it cannot be false.
        let (yes, one) = building.cannot(&plans, side(circuit, *root, false));
        let (no, other) = building.cannot(&plans, side(circuit, *root, true));
        made.push((yes, no, one && other));
    }
    Built { planes: building.planes, classes: building.classes, roots: made }
}

/// Returns the classes of cells that no test in a plan distinguishes.
fn classes(plans: &Plans, possible: &Masks) -> Table<VarId, Vec<Mask>> {
    let mut classes: Vec<Vec<Mask>> = possible.iter().map(|(_, mask)| vec![*mask]).collect();
    let mut divide = |var: VarId, mask: Mask| {
        if let Some(classes) = classes.get_mut(var.place()) {
            *classes = split(classes, mask);
        }
    };
    for (gate, want) in plans.sides() {
        match plans.of((gate, want)).map(|plan| &plan.what) {
            Some(What::Cells(var, mask)) => divide(*var, *mask),
            Some(What::Joint(_, components)) => {
                let edges = components.iter().flat_map(Component::nodes).flat_map(|(_, edges)| edges);
                for (edge, _) in edges {
                    if let Edge::Cells(var, mask) = edge {
                        divide(var, mask);
                    }
                }
            }
            _ => {}
        }
    }
    classes.into_iter().collect()
}

struct Building<'a> {
    planes: Planes,
    classes: Table<VarId, Vec<Mask>>,
    /// The variables that no row sets.
    unset: &'a SortedSet<VarId>,
    /// The planes of sides, and whether they are exact.
    done: SortedMap<Side, (PlaneId, bool)>,
}

impl Building<'_> {
    /// Returns the plane that is set where a side cannot hold, and whether it is exact.
    fn cannot(&mut self, plans: &Plans, side: Side) -> (PlaneId, bool) {
        if let Some(constant) = plans.constant(side) {
            return (self.planes.constant(constant), true);
        }
        // The planes of all needed sides are made before.
        self.done.get(&side).copied().unwrap_or_else(|| (self.planes.constant(false), false))
    }

    fn what(&mut self, plans: &Plans, what: &What) -> (PlaneId, bool) {
        let mut exact = true;
        let mut of = Vec::new();
        match what {
            What::Cells(var, mask) => (self.excluded(*var, *mask), true),
            What::Count(least, sides) => {
                for side in sides {
                    let (plane, is_exact) = self.cannot(plans, *side);
                    exact &= is_exact;
                    of.push(plane);
                }
                (self.planes.at_least(*least, of), exact)
            }
            What::Joint(sides, components) => {
                for side in sides {
                    let (plane, is_exact) = self.cannot(plans, *side);
                    exact &= is_exact;
                    of.push(plane);
                }
                for component in components {
                    let (plane, is_exact) = self.component(plans, component);
                    exact &= is_exact;
                    of.push(plane);
                }
                (self.planes.several(How::Any, of), exact)
            }
        }
    }

    /// Returns the plane that is set where all these cells are excluded.
    fn excluded(&mut self, var: VarId, mask: Mask) -> PlaneId {
        if self.unset.contains(&var) {
            return self.planes.constant(mask == 0);
        }
        let classes = self.classes.find(var).map_or(&[][..], Vec::as_slice);
        let within: Vec<usize> =
            classes.iter().enumerate().filter(|(_, class)| **class & mask != 0).map(|(at, _)| at).collect();
        let of: Vec<PlaneId> = within.into_iter().map(|class| self.planes.excluded(var, class)).collect();
        self.planes.several(How::All, of)
    }

    /// Returns the plane that is set where a component cannot hold. A node cannot hold if each of its edges is barred or
    /// leads to a node that cannot hold.
    fn component(&mut self, plans: &Plans, component: &Component) -> (PlaneId, bool) {
        let (never, always) = (self.planes.constant(false), self.planes.constant(true));
        let mut cannot: SortedMap<NodeId, PlaneId> = SortedMap::from([(NO, always), (YES, never)]);
        let mut exact = true;
        for (node, edges) in component.nodes() {
            let mut each = Vec::new();
            for (edge, child) in edges {
                let barred = match edge {
                    Edge::Cells(var, mask) => self.excluded(var, mask),
                    Edge::Free => never,
                    Edge::Can(side) => {
                        let (plane, is_exact) = self.cannot(plans, side);
                        exact &= is_exact;
                        plane
                    }
                };
                let child = cannot.get(&child).copied().unwrap_or(never);
                each.push(self.planes.several(How::Any, [barred, child]));
            }
            let plane = self.planes.several(How::All, each);
            cannot.insert(node, plane);
        }
        (cannot.get(&component.root()).copied().unwrap_or(never), exact)
    }
}
