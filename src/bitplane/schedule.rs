//! Scheduling: the order of steps, with as few planes kept at a time as the order allows.

use super::planes::{How, Plane, Planes};
use crate::circuit::Mask;
use crate::id::{Id, PlaneId, Table, VarId, existing};
use crate::sorted::SortedMap;

/// The largest number of planes that one step reads. A plane that is made from more is made in several steps, so that
/// few planes are kept.
const WIDE: usize = 12;

/// A step of a program.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// Reads the values of a variable; has the place of the load in the list of loads.
    Load(u32),
    /// Makes a plane from others.
    Make {
        how: How,
        /// The place of the plane.
        to: u32,
        /// The start and end of its operands in the list of operands.
        start: u32,
        end: u32,
    },
}

/// The reading of the values of a variable.
#[derive(Clone, Debug)]
pub(super) struct Load {
    pub var: VarId,
    /// The wanted classes, each with the place of its plane.
    pub classes: Vec<(Mask, u32)>,
}

/// The order of the steps of a program.
#[derive(Clone, Debug, Default)]
pub(super) struct Schedule {
    pub steps: Vec<Step>,
    /// The operands of the steps.
    pub of: Vec<u32>,
    pub loads: Vec<Load>,
    /// The number of planes that are kept at a time.
    pub kept: usize,
    /// The places of the wanted planes at the end.
    pub wanted: Vec<u32>,
}

/// A plane during scheduling.
#[derive(Clone, Debug)]
enum Node {
    Excluded(VarId, usize),
    Made(How, Vec<usize>),
}

/// Schedules the steps that make some planes.
///
/// With `keep_all`, every plane keeps a place of its own, and input planes come first.
pub(super) fn schedule(
    planes: &Planes,
    classes: &Table<VarId, Vec<Mask>>,
    wanted: &[PlaneId],
    keep_all: bool,
) -> Schedule {
    let (mut nodes, wanted) = reachable(planes, wanted);
    if keep_all {
        spell_out(&mut nodes);
    }
    inline(&mut nodes, &wanted);
    share(&mut nodes, &wanted);
    let parts = if keep_all { Vec::new() } else { divide(&mut nodes) };
    let order = order(&nodes, &parts, &wanted);
    place(&nodes, &order, &wanted, classes, keep_all)
}

/// Returns the planes that a plane is made from.
fn of(node: &Node) -> &[usize] {
    match node {
        Node::Excluded(..) => &[],
        Node::Made(_, of) => of,
    }
}

/// Returns the planes that are needed, each after those that it is made from.
fn reachable(planes: &Planes, wanted: &[PlaneId]) -> (Vec<Node>, Vec<usize>) {
    let mut needed = vec![false; planes.table.len()];
    for plane in wanted {
        if let Some(needed) = needed.get_mut(plane.place()) {
            *needed = true;
        }
    }
    for (id, plane) in planes.table.iter().rev() {
        if needed.get(id.place()) == Some(&true)
            && let Plane::Made(_, of) = plane
        {
            for plane in of {
                if let Some(needed) = needed.get_mut(plane.place()) {
                    *needed = true;
                }
            }
        }
    }
    let mut places = vec![0; planes.table.len()];
    let mut nodes = Vec::new();
    for ((id, plane), needed) in planes.table.iter().zip(needed) {
        if !needed {
            continue;
        }
        let place = |plane: &PlaneId| *existing(places.get(plane.place()));
        nodes.push(match plane {
            Plane::Excluded(var, class) => Node::Excluded(*var, *class),
            Plane::Made(how, of) => Node::Made(*how, of.iter().map(place).collect()),
        });
        if let Some(place) = places.get_mut(id.place()) {
            *place = nodes.len() - 1;
        }
    }
    let wanted = wanted.iter().map(|plane| *existing(places.get(plane.place()))).collect();
    (nodes, wanted)
}

/// Returns how often each plane is used by some of them, or wanted.
fn uses<'a>(nodes: &'a [Node], by: impl Iterator<Item = &'a Node>, wanted: &'a [usize]) -> Vec<usize> {
    let mut uses = vec![0; nodes.len()];
    for used in by.flat_map(of).chain(wanted) {
        if let Some(uses) = uses.get_mut(*used) {
            *uses += 1;
        }
    }
    uses
}

/// Expresses two-of-three planes by all-of and any-of planes, the operations of a one-word row.
fn spell_out(nodes: &mut Vec<Node>) {
    for at in 0..nodes.len() {
        let Some(Node::Made(How::Most, of)) = nodes.get(at) else { continue };
        let [one, other, third] = *of.as_slice() else { continue };
        let mut made = |how, of: [usize; 2]| {
            nodes.push(Node::Made(how, of.to_vec()));
            nodes.len() - 1
        };
        let (both, either) = (made(How::All, [one, other]), made(How::Any, [one, other]));
        let with_third = made(How::All, [either, third]);
        if let Some(node) = nodes.get_mut(at) {
            *node = Node::Made(How::Any, vec![both, with_third]);
        }
    }
}

/// Merges a plane that is used only once into the plane that uses it, if both have the same operation.
fn inline(nodes: &mut [Node], wanted: &[usize]) {
    let uses = uses(nodes, nodes.iter(), wanted);
    for at in 0..nodes.len() {
        let Some(Node::Made(how @ (How::All | How::Any), of)) = nodes.get(at) else { continue };
        let how = *how;
        let inner = |child: &usize| match nodes.get(*child) {
            Some(Node::Made(other, inner)) if *other == how && uses.get(*child) == Some(&1) => inner.clone(),
            _ => vec![*child],
        };
        let flat: Vec<usize> = of.iter().flat_map(inner).collect();
        if let Some(node) = nodes.get_mut(at) {
            *node = Node::Made(how, flat);
        }
    }
}

/// Makes common operands of several wanted planes into a plane of their own.
fn share(nodes: &mut Vec<Node>, wanted: &[usize]) {
    let mut tops: Vec<usize> = wanted.to_vec();
    tops.sort_unstable();
    tops.dedup();
    for shared in [How::All, How::Any] {
        let made = |top: &usize| matches!(nodes.get(*top), Some(Node::Made(how, of)) if *how == shared && of.len() > 2);
        let tops: Vec<usize> = tops.iter().copied().filter(made).collect();
        if tops.len() < 2 {
            continue;
        }
        // The wanted planes that each plane is an operand of.
        let mut tops_of: SortedMap<usize, Vec<usize>> = SortedMap::new();
        for top in &tops {
            for child in nodes.get(*top).map_or(&[][..], of) {
                tops_of.entry(*child).or_default().push(*top);
            }
        }
        let mut alike: SortedMap<Vec<usize>, Vec<usize>> = SortedMap::new();
        for (child, tops) in tops_of {
            alike.entry(tops).or_default().push(child);
        }
        let mut parts: SortedMap<usize, Vec<usize>> = SortedMap::new();
        for (tops, children) in alike {
            let part = if tops.len() > 1 && children.len() > 1 {
                nodes.push(Node::Made(shared, children));
                vec![nodes.len() - 1]
            } else {
                children
            };
            for top in tops {
                parts.entry(top).or_default().extend(&part);
            }
        }
        for (top, of) in parts {
            if let Some(node) = nodes.get_mut(top) {
                *node = Node::Made(shared, of);
            }
        }
    }
}

/// Splits planes that are made from many others into steps of a few operands, and returns the new planes.
///
/// The new planes are in the order of their last operands. So those with the same operands, such as the true and the
/// false side of the same rules, are made one after the other.
fn divide(nodes: &mut Vec<Node>) -> Vec<usize> {
    let mut parts: Vec<(usize, usize)> = Vec::new();
    for at in 0..nodes.len() {
        let Some(Node::Made(how, of)) = nodes.get(at) else { continue };
        if of.len() <= WIDE {
            continue;
        }
        let (how, of) = (*how, of.clone());
        let mut so_far: Vec<usize> = Vec::new();
        let mut last = 0;
        for plane in of {
            so_far.push(plane);
            last = last.max(plane);
            if so_far.len() == WIDE {
                nodes.push(Node::Made(how, std::mem::take(&mut so_far)));
                parts.push((last, nodes.len() - 1));
                so_far.push(nodes.len() - 1);
            }
        }
        if let Some(node) = nodes.get_mut(at) {
            *node = Node::Made(how, so_far);
        }
    }
    parts.sort_unstable();
    parts.into_iter().map(|(_, part)| part).collect()
}

/// Returns the order of the wanted planes and all that they are made from. Each plane comes after its operands, and as
/// late as its first use allows. Some parts come first, in their order.
fn order(nodes: &[Node], parts: &[usize], wanted: &[usize]) -> Vec<usize> {
    let mut needed = vec![false; nodes.len()];
    let mut order = Vec::with_capacity(nodes.len());
    visit(nodes, wanted, &mut needed, &mut order);
    let mut begun = vec![false; nodes.len()];
    order.clear();
    let parts: Vec<usize> = parts.iter().copied().filter(|part| needed.get(*part) == Some(&true)).collect();
    visit(nodes, &parts, &mut begun, &mut order);
    visit(nodes, wanted, &mut begun, &mut order);
    order
}

/// Adds some planes to an order, each after its operands.
fn visit(nodes: &[Node], tops: &[usize], begun: &mut [bool], order: &mut Vec<usize>) {
    for top in tops {
        let mut open: Vec<(usize, usize)> = Vec::new();
        let mut next = Some(*top);
        loop {
            if let Some(node) = next.take()
                && let Some(begun) = begun.get_mut(node)
                && !*begun
            {
                *begun = true;
                open.push((node, 0));
            }
            let Some((node, at)) = open.last_mut() else { break };
            match nodes.get(*node).map_or(&[][..], of).get(*at) {
                Some(child) => {
                    *at += 1;
                    next = Some(*child);
                }
                None => {
                    order.push(*node);
                    open.pop();
                }
            }
        }
    }
}

/// Gives each plane a place for as long as it is needed.
fn place(
    nodes: &[Node],
    order: &[usize],
    wanted: &[usize],
    classes: &Table<VarId, Vec<Mask>>,
    keep_all: bool,
) -> Schedule {
    let mut by_var: SortedMap<VarId, Vec<(usize, usize)>> = SortedMap::new();
    for node in order {
        if let Some(Node::Excluded(var, class)) = nodes.get(*node) {
            by_var.entry(*var).or_default().push((*class, *node));
        }
    }
    let mut placing = Placing {
        classes,
        by_var,
        places: vec![None; nodes.len()],
        free: Vec::new(),
        left: uses(nodes, order.iter().filter_map(|node| nodes.get(*node)), wanted),
        keep_all,
        made: Schedule::default(),
    };
    if keep_all {
        let vars: Vec<VarId> = placing.by_var.keys().copied().collect();
        vars.into_iter().for_each(|var| placing.load(var));
    }
    for node in order {
        match nodes.get(*node) {
            Some(Node::Excluded(var, _)) if placing.places.get(*node) == Some(&None) => placing.load(*var),
            Some(Node::Made(how, of)) => placing.make(*node, *how, of),
            _ => {}
        }
    }
    let Placing { mut made, places, .. } = placing;
    made.wanted =
        wanted.iter().map(|node| places.get(*node).copied().flatten().unwrap_or(u32::MAX)).collect();
    made
}

struct Placing<'a> {
    classes: &'a Table<VarId, Vec<Mask>>,
    /// The planes of each variable, by class.
    by_var: SortedMap<VarId, Vec<(usize, usize)>>,
    /// The place of each plane.
    places: Vec<Option<u32>>,
    /// The places that are free again.
    free: Vec<u32>,
    /// The number of uses of each plane that are left.
    left: Vec<usize>,
    keep_all: bool,
    made: Schedule,
}

impl Placing<'_> {
    fn load(&mut self, var: VarId) {
        let mut planes = self.by_var.get(&var).cloned().unwrap_or_default();
        planes.sort_unstable();
        let mut classes = Vec::new();
        for (class, node) in planes {
            let to = self.take(node);
            let mask = self.classes.find(var).and_then(|classes| classes.get(class));
            classes.push((mask.copied().unwrap_or_default(), to));
        }
        self.made.steps.push(Step::Load(number(self.made.loads.len())));
        self.made.loads.push(Load { var, classes });
    }

    fn make(&mut self, node: usize, how: How, of: &[usize]) {
        let start = number(self.made.of.len());
        for child in of {
            self.made.of.push(self.places.get(*child).copied().flatten().unwrap_or(u32::MAX));
        }
        for child in of {
            let Some(left) = self.left.get_mut(*child) else { continue };
            *left = left.saturating_sub(1);
            if *left == 0 && !self.keep_all {
                self.free.extend(self.places.get(*child).copied().flatten());
            }
        }
        let to = self.take(node);
        self.made.steps.push(Step::Make { how, to, start, end: number(self.made.of.len()) });
    }

    /// Returns a free place for a plane.
    fn take(&mut self, node: usize) -> u32 {
        let to = self.free.pop().unwrap_or_else(|| {
            self.made.kept += 1;
            number(self.made.kept - 1)
        });
        if let Some(place) = self.places.get_mut(node) {
            *place = Some(to);
        }
        to
    }
}

/// Converts a place in a list to 32 bits.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
