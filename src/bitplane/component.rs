//! Components: parts that share a mixed variable, as a diagram.
//!
//! The diagram tests only the mixed variables. A part that depends on no mixed variable is a variable of the diagram:
//! its own variables can be in the cells that are best for it, so all that matters is whether it can have the wanted
//! value.

use super::side::{Side, side};
use super::walk::{Walk, children};
use crate::circuit::{Circuit, Gate, Mask};
use crate::diagram::{Diagram, compile};
use crate::id::{GateId, Id, NodeId, VarId};
use crate::sorted::{SortedMap, SortedSet};
use crate::value::Truth;

/// The node budget of one component.
const COMPONENT: usize = 20_000;

/// Several sides that must hold together.
pub(super) struct Members<'a> {
    /// The number of sides that must hold; `None` for all.
    pub at_least: Option<usize>,
    /// The sides.
    pub of: &'a [Side],
    /// Those of the sides that share no mixed variable with the others.
    pub alone: &'a [Side],
}

/// Whether several sides can hold together, as a diagram.
pub(super) struct Component {
    diagram: Diagram,
    /// The meaning of the variables of the diagram.
    leaves: Vec<Leaf>,
}

/// The meaning of a variable of a component.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Leaf {
    /// A variable of the circuit.
    Variable(VarId),
    /// Whether a side can hold, which is the second cell.
    Side(Side),
}

/// The condition of an edge from a node.
pub(super) enum Edge {
    /// A variable is in one of some cells.
    Cells(VarId, Mask),
    /// A side can hold.
    Can(Side),
    /// There is no condition.
    Free,
}

impl Component {
    /// Returns the sides whose planes the component needs.
    pub fn sides(&self) -> impl Iterator<Item = Side> + '_ {
        self.leaves.iter().filter_map(|leaf| match leaf {
            Leaf::Variable(_) => None,
            Leaf::Side(side) => Some(*side),
        })
    }

    /// Returns the node of the whole component.
    pub fn root(&self) -> NodeId {
        self.diagram.root()
    }

    /// Returns the nodes without the two leaves, children before parents, each with its edges.
    pub fn nodes(&self) -> Vec<(NodeId, Vec<(Edge, NodeId)>)> {
        let mut reached = SortedSet::new();
        let mut unread = vec![self.root()];
        while let Some(node) = unread.pop() {
            if let Some((_, children)) = self.diagram.branches(node)
                && reached.insert(node)
            {
                unread.extend(children);
            }
        }
        reached.into_iter().map(|node| (node, self.edges(node))).collect()
    }

    fn edges(&self, node: NodeId) -> Vec<(Edge, NodeId)> {
        let Some((level, children)) = self.diagram.branches(node) else { return Vec::new() };
        let edge = |class: &Mask| match self.leaves.get(level.var.place()) {
            Some(Leaf::Variable(var)) => Edge::Cells(*var, *class),
            Some(Leaf::Side(side)) if class & 0b10 != 0 => Edge::Can(*side),
            _ => Edge::Free,
        };
        level.classes.iter().map(edge).zip(children.iter().copied()).collect()
    }
}

/// Returns the component of some members, or `None` if the node budget does not suffice.
pub(super) fn component(
    circuit: &Circuit,
    settled: &[Truth],
    walk: &Walk,
    members: &Members,
    nodes: &mut usize,
) -> Option<Component> {
    let mut drawing =
        Drawing { circuit, walk, small: Circuit::new(), leaves: Vec::new(), ids: SortedMap::new() };
    let alone: SortedSet<Side> = members.alone.iter().copied().collect();
    let whole = |side: &Side| alone.contains(side) || !walk.on_mixed(*side);
    // The sides that are needed, from the members down.
    let mut needed = SortedSet::new();
    let mut unread = members.of.to_vec();
    while let Some(side) = unread.pop() {
        if needed.insert(side) && !whole(&side) {
            let open = |child: &Side| settled.get(child.0.place()) == Some(&Truth::Open);
            unread.extend(children(circuit, side).filter(open));
        }
    }
    let mut drawn: SortedMap<Side, GateId> = SortedMap::new();
    for side in needed {
        let gate = if whole(&side) {
            drawing.literal(Leaf::Side(side), 2, 0b10)
        } else {
            drawing.gate(side, settled, &drawn)
        };
        drawn.insert(side, gate);
    }
    let of: Vec<GateId> = members.of.iter().filter_map(|side| drawn.get(side).copied()).collect();
    let Drawing { mut small, leaves, .. } = drawing;
    let root = match members.at_least {
        Some(least) => small.at_least(u32::try_from(least).unwrap_or(u32::MAX), of),
        None => small.all(of),
    };
    let most = COMPONENT.min(*nodes);
    let mut possible = small.anything();
    for (place, leaf) in leaves.iter().enumerate() {
        if let (Leaf::Variable(var), Some(mask)) = (leaf, possible.find_mut(VarId::at(place))) {
            *mask &= walk.possible(*var);
        }
    }
    let diagram = compile(&small, root, &possible, most);
    *nodes = nodes.saturating_sub(diagram.as_ref().map_or(most, Diagram::len));
    Some(Component { diagram: diagram?, leaves })
}

/// Members that are being turned into a circuit of their own.
struct Drawing<'a> {
    circuit: &'a Circuit,
    walk: &'a Walk<'a>,
    small: Circuit,
    leaves: Vec<Leaf>,
    ids: SortedMap<Leaf, VarId>,
}

impl Drawing<'_> {
    fn literal(&mut self, leaf: Leaf, cells: u32, mask: Mask) -> GateId {
        let var = match self.ids.get(&leaf) {
            Some(var) => *var,
            None => {
                let var = self.small.variable(cells);
                self.leaves.push(leaf);
                self.ids.insert(leaf, var);
                var
            }
        };
        self.small.test(var, mask)
    }

    /// Adds the gate of a side whose children are already added.
    fn gate(&mut self, (gate, want): Side, settled: &[Truth], drawn: &SortedMap<Side, GateId>) -> GateId {
        let of = |gates: &[GateId]| -> Vec<GateId> {
            gates.iter().filter_map(|gate| drawn.get(&side(self.circuit, *gate, want)).copied()).collect()
        };
        match (self.circuit.gate(gate), want) {
            (Gate::Const(value), _) => self.small.constant(*value == want),
            (Gate::Test { var, mask }, _) => {
                let (var, mask) = (*var, if want { *mask } else { !mask });
                let cells = self.circuit.full(var).count_ones();
                self.literal(Leaf::Variable(var), cells, mask & self.walk.possible(var))
            }
            (Gate::Not(inner), _) => {
                let inner = side(self.circuit, *inner, !want);
                drawn.get(&inner).copied().unwrap_or_else(|| self.small.constant(false))
            }
            (Gate::All(gates), true) | (Gate::Any(gates), false) => {
                let of = of(gates);
                self.small.all(of)
            }
            (Gate::All(gates), false) | (Gate::Any(gates), true) => {
                let of = of(gates);
                self.small.any(of)
            }
            (Gate::AtLeast { least, of: gates }, _) => {
                let drawn = of(gates);
                let yes = |gate: &&GateId| settled.get(gate.place()) == Some(&Truth::Yes);
                let no = |gate: &&GateId| settled.get(gate.place()) == Some(&Truth::No);
                let (yes, no) = (gates.iter().filter(yes).count(), gates.iter().filter(no).count());
                let least = *least as usize;
                // The number of parts that must be true; for a false gate, the number of parts that must be false.
                let needed = if want {
                    least.saturating_sub(yes)
                } else {
                    (gates.len() + 1).saturating_sub(least).saturating_sub(no)
                };
                self.small.at_least(u32::try_from(needed).unwrap_or(u32::MAX), drawn)
            }
        }
    }
}
