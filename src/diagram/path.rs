//! The cheapest path to a value.

use super::{Diagram, NO, NodeId, YES, table};
use crate::circuit::{CELLS, Mask, Masks};
use crate::id::{VarId, existing};

/// A path in a diagram: variables in cells that settle the value, whatever the other variables are.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path {
    /// The total cost.
    pub cost: u64,
    /// The variables on the path, in the order in which they are tested, each with its cheapest cells.
    pub cells: Vec<(VarId, Mask)>,
}

/// The costs of the classes of a level: the least cost of an allowed cell of the class, and the cells with that cost.
pub(super) type Prices = Vec<Option<(u64, Mask)>>;

/// The part of a diagram below a node, packed densely. Nodes are given by their place: the two leaves come first, and
/// children come before their parents.
pub(super) struct Part {
    /// The level that each node tests, without the leaves.
    levels: Vec<usize>,
    /// The end of the children of each node in `children`, without the leaves.
    until: Vec<usize>,
    children: Vec<usize>,
}

/// Returns the costs for each level of a diagram, class by class.
pub(super) fn prices(diagram: &Diagram, cost: impl Fn(VarId, u32) -> Option<u64>) -> Vec<Prices> {
    let price = |var: VarId, class: Mask| {
        let mut least: Option<(u64, Mask)> = None;
        for cell in (0..CELLS).filter(|cell| class & 1 << cell != 0) {
            let Some(cost) = cost(var, cell) else { continue };
            least = match least {
                Some((known, cells)) if known == cost => Some((known, cells | 1 << cell)),
                Some((known, cells)) if known < cost => Some((known, cells)),
                _ => Some((cost, 1 << cell)),
            };
        }
        least
    };
    let of = diagram.levels.iter();
    of.map(|level| level.classes.iter().map(|class| price(level.var, *class)).collect()).collect()
}

impl Part {
    /// Returns the part below a node.
    pub fn of(diagram: &Diagram, node: NodeId) -> Part {
        let below = diagram.below(node);
        let places = table::places(&below);
        let place = |child: &NodeId| match *child {
            NO => 0,
            YES => 1,
            child => existing(places.get(&child)) + 2,
        };
        let mut part = Part { levels: Vec::new(), until: Vec::new(), children: Vec::new() };
        for node in below {
            part.levels.push(diagram.level(node));
            part.children.extend(diagram.children(node).iter().map(place));
            part.until.push(part.children.len());
        }
        part
    }

    /// Returns the number of nodes, without the leaves.
    pub fn len(&self) -> usize {
        self.levels.len()
    }

    /// Returns the nodes without the leaves, each with its place, the level that it tests and its children.
    pub fn nodes(&self) -> impl DoubleEndedIterator<Item = (usize, usize, &[usize])> {
        let with_place = |at| self.node(at).map(|(level, children)| (at, level, children));
        (2..self.len() + 2).filter_map(with_place)
    }

    /// Returns the level that a node tests and its children; `None` for the leaves.
    pub fn node(&self, at: usize) -> Option<(usize, &[usize])> {
        let place = at.checked_sub(2)?;
        let start = place.checked_sub(1).and_then(|before| self.until.get(before)).copied().unwrap_or(0);
        Some((*self.levels.get(place)?, self.children.get(start..*self.until.get(place)?)?))
    }

    /// Returns the cheapest path to a value, the first of those with equal cost; `None` if no path is allowed. At the
    /// levels that are `held`, only classes of cost zero are allowed. The part must not be a leaf.
    pub fn path(&self, diagram: &Diagram, answer: bool, prices: &[Prices], held: &[bool]) -> Option<Path> {
        // The cost from each node on, and the class to take.
        let mut best: Vec<Option<(u64, usize)>> = Vec::with_capacity(self.len() + 2);
        best.extend([(!answer).then_some((0, 0)), answer.then_some((0, 0))]);
        for (_, level, children) in self.nodes() {
            let mut least: Option<(u64, usize)> = None;
            let is_held = held.get(level) == Some(&true);
            let of = prices.get(level).map(Vec::as_slice).unwrap_or_default();
            for (class, (child, price)) in children.iter().zip(of).enumerate() {
                if let (Some(Some((rest, _))), Some((price, _))) = (best.get(*child), price)
                    && (*price == 0 || !is_held)
                {
                    let cost = rest.saturating_add(*price);
                    if least.is_none_or(|(known, _)| cost < known) {
                        least = Some((cost, class));
                    }
                }
            }
            best.push(least);
        }
        let mut at = best.len() - 1;
        let cost = best.get(at).copied().flatten()?.0;
        let mut cells = Vec::new();
        while let Some((level, children)) = self.node(at) {
            let (_, class) = best.get(at).copied().flatten()?;
            let (_, taken) = prices.get(level)?.get(class).copied().flatten()?;
            cells.push((diagram.levels.get(level)?.var, taken));
            at = *children.get(class)?;
        }
        Some(Path { cost, cells })
    }
}

impl Diagram {
    /// Returns the cheapest path to a value, where `cost` is the cost of a variable in a cell, or `None` if this is not
    /// allowed. Variables that are not tested on the path cost nothing. Of paths with equal cost, the one with the
    /// first classes is returned. Returns `None` if there is no path.
    ///
    /// # Units
    /// The caller chooses the unit of costs.
    ///
    /// # Source
    /// A shortest path in an acyclic graph; on decision diagrams, A. Darwiche, P. Marquis, A Knowledge Compilation Map
    /// (2002), section 5.3 (minimization).
    ///
    /// # Example
    /// ```
    /// use placet::circuit::Circuit;
    /// use placet::diagram::{MOST_NODES, compile};
    ///
    /// let mut circuit = Circuit::new();
    /// let (p, q) = (circuit.variable(2), circuit.variable(3));
    /// let (p_is, q_is) = (circuit.test(p, 0b10), circuit.test(q, 0b110));
    /// let either = circuit.any([p_is, q_is]);
    /// let diagram = compile(&circuit, either, &circuit.anything(), MOST_NODES).ok_or("too large")?;
    /// let cost = |var, cell: u32| if cell == 0 { Some(0) } else if var == p { Some(5) } else { Some(cell.into()) };
    /// let path = diagram.path(diagram.root(), true, cost).ok_or("no way")?;
    /// assert_eq!(path.cost, 1);
    /// assert!(path.cells.contains(&(q, 0b010)));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn path(&self, node: NodeId, answer: bool, cost: impl Fn(VarId, u32) -> Option<u64>) -> Option<Path> {
        match (node, answer) {
            (NO, true) | (YES, false) => None,
            (NO | YES, _) => Some(Path { cost: 0, cells: Vec::new() }),
            _ => Part::of(self, node).path(self, answer, &prices(self, cost), &[]),
        }
    }

    /// Returns an example of a value with as few variables as possible outside of their usual cells; `None` if there is
    /// none.
    ///
    /// # Units
    /// The cost of the path is the number of variables outside of their usual cells.
    pub fn witness(&self, node: NodeId, answer: bool, usual: &Masks) -> Option<Path> {
        self.path(node, answer, |var, cell| {
            let usual = usual.find(var).copied().unwrap_or(Mask::MAX);
            Some(u64::from(usual & 1 << cell == 0))
        })
    }
}
