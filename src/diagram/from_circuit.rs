//! Compilation of a circuit, within masks, to a diagram.

use super::{Diagram, Level, NO, NodeId, Op, YES, force};
use crate::circuit::{Budget, Circuit, Cone, Local, Mask, Masks, split};
use crate::id::{GateId, existing};
use crate::sorted::SortedSet;
use crate::value::Truth;

/// The largest group of variables that counts as related when variables are ordered.
const TOGETHER: usize = 48;

/// Returns the diagram of a gate within masks, or `None` if it would have more than `most` nodes.
///
/// # Example
/// ```
/// use placet::circuit::Circuit;
/// use placet::diagram::{MOST_NODES, YES, compile};
///
/// let mut circuit = Circuit::new();
/// let (p, q) = (circuit.variable(2), circuit.variable(2));
/// let (p_is, q_is) = (circuit.test(p, 0b01), circuit.test(q, 0b01));
/// let either = circuit.any([p_is, q_is]);
/// let mut diagram = compile(&circuit, either, &circuit.anything(), MOST_NODES).ok_or("too large")?;
/// let root = diagram.root();
/// assert_eq!(diagram.support(root).len(), 2);
/// assert_eq!(diagram.restrict(root, p, 0b01, true), Some(YES));
/// let chances = diagram.influence().ok_or("too large")?;
/// assert_eq!(chances.get(&p).map(|chance| chance.millionths()), Some(500_000));
/// # Ok::<(), &str>(())
/// ```
pub fn compile(circuit: &Circuit, root: GateId, masks: &Masks, most: usize) -> Option<Diagram> {
    compile_within(circuit, root, masks, most, &Budget::new(u64::MAX))
}

/// Does the same as [`compile`], with all work on the diagram charged to a budget; returns `None` if it does not
/// suffice.
pub(crate) fn compile_within(
    circuit: &Circuit,
    root: GateId,
    masks: &Masks,
    most: usize,
    budget: &Budget,
) -> Option<Diagram> {
    let (mut diagram, nodes) = several_within(circuit, &[root], masks, most, budget);
    diagram.root = nodes.first().copied().flatten()?;
    Some(diagram)
}

/// Returns the diagrams of several gates within masks, in one store. Gates with the same meaning have the same node.
///
/// A gate has no node if it would need more than its share of `most` nodes and of the steps that go with them. Later
/// gates still get their share.
///
/// # Example
/// ```
/// use placet::circuit::Circuit;
/// use placet::diagram::{MOST_NODES, compile_several};
///
/// let mut circuit = Circuit::new();
/// let (p, q) = (circuit.variable(2), circuit.variable(2));
/// let (p_is, q_is) = (circuit.test(p, 0b01), circuit.test(q, 0b01));
/// let (not_p, not_q) = (circuit.not(p_is), circuit.not(q_is));
/// let neither = circuit.all([not_p, not_q]);
/// let any = circuit.any([p_is, q_is]);
/// let not_any = circuit.not(any);
/// let (_, nodes) = compile_several(&circuit, &[neither, not_any, any], &circuit.anything(), MOST_NODES);
/// assert_eq!(nodes[0], nodes[1]);
/// assert_ne!(nodes[1], nodes[2]);
/// ```
pub fn compile_several(
    circuit: &Circuit,
    roots: &[GateId],
    masks: &Masks,
    most: usize,
) -> (Diagram, Vec<Option<NodeId>>) {
    several_within(circuit, roots, masks, most, &Budget::new(u64::MAX))
}

/// Does the same as [`compile_several`], with all work on the diagram charged to a budget.
pub(crate) fn several_within(
    circuit: &Circuit,
    roots: &[GateId],
    masks: &Masks,
    most: usize,
    budget: &Budget,
) -> (Diagram, Vec<Option<NodeId>>) {
    let (cone, roots) = Cone::of_several(circuit, roots);
    compile_cone(&cone, &roots, masks, most, budget)
}

/// Returns the diagrams of several gates of a cone, given by their places; see [`several_within`].
pub(crate) fn compile_cone(
    cone: &Cone,
    roots: &[usize],
    masks: &Masks,
    most: usize,
    budget: &Budget,
) -> (Diagram, Vec<Option<NodeId>>) {
    let masks = cone.masks(masks);
    let values = cone.values(&masks);
    let live = live(cone, roots, &values);
    let (levels, level_of) = levels(cone, &masks, &values, &live);
    let mut diagram = Diagram::within(levels, most, budget);
    let steps = diagram.steps.left();
    let mut making = Making { cone, values: &values, level_of: &level_of, made: vec![None; values.len()] };
    let mut nodes = Vec::with_capacity(roots.len());
    for (done, root) in roots.iter().enumerate() {
        let remaining = roots.len() - done;
        let used = diagram.nodes.len().min(most);
        diagram.most = used + (most - used) / remaining;
        diagram.steps = diagram.budget.part(steps / remaining as u64);
        nodes.push(diagram.make(&mut making, *root));
    }
    diagram.most = most;
    diagram.refill();
    diagram.root = nodes.last().copied().flatten().unwrap_or(NO);
    (diagram, nodes)
}

/// A cone whose gates are being turned into nodes.
struct Making<'c> {
    cone: &'c Cone,
    values: &'c [Truth],
    /// The place in the order of each variable of the cone.
    level_of: &'c [Option<usize>],
    /// The nodes of the gates that are finished.
    made: Vec<Option<NodeId>>,
}

impl Diagram {
    /// Returns the node of a gate, after making those of the gates that it depends on.
    fn make(&mut self, making: &mut Making<'_>, root: usize) -> Option<NodeId> {
        let mut wanted = vec![root];
        while let Some(at) = wanted.last().copied() {
            let node = match (making.made.get(at).copied().flatten(), making.values.get(at)) {
                (Some(node), _) => Some(node),
                (None, Some(Truth::Yes)) => Some(YES),
                (None, Some(Truth::No)) => Some(NO),
                (None, _) => {
                    let gate = making.cone.gates().get(at)?;
                    let unmade = |child: &&usize| making.made.get(**child).copied().flatten().is_none();
                    let before = wanted.len();
                    wanted.extend(gate.children().iter().filter(unmade));
                    if wanted.len() > before {
                        continue;
                    }
                    Some(self.gate(gate, &making.made, making.level_of)?)
                }
            };
            if let Some(slot) = making.made.get_mut(at) {
                *slot = node;
            }
            wanted.pop();
        }
        making.made.get(root).copied().flatten()
    }

    fn gate(&mut self, gate: &Local, made: &[Option<NodeId>], level_of: &[Option<usize>]) -> Option<NodeId> {
        let of = |at: &usize| existing(made.get(*at).copied().flatten());
        match gate {
            Local::Const(value) => Some(if *value { YES } else { NO }),
            Local::Test(var, mask) => {
                let level = level_of.get(*var).copied().flatten()?;
                let classes = &self.levels.get(level)?.classes;
                let children: Vec<NodeId> =
                    classes.iter().map(|class| if class & mask != 0 { YES } else { NO }).collect();
                self.node(level, &children)
            }
            Local::Not(gate) => self.negate(of(gate)),
            Local::All(gates) => self.fold(Op::And, YES, gates.iter().map(of).collect()),
            Local::Any(gates) => self.fold(Op::Or, NO, gates.iter().map(of).collect()),
            Local::AtLeast(least, gates) => {
                // `enough[n]` is true if at least n of the gates seen so far are.
                let mut enough = vec![NO; least + 1];
                if let Some(none) = enough.first_mut() {
                    *none = YES;
                }
                for child in self.deepest_first(gates.iter().map(of).collect()) {
                    for count in (1..=*least).rev() {
                        let one_less = enough.get(count - 1).copied()?;
                        let with = self.apply(Op::And, child, one_less)?;
                        let slot = enough.get(count).copied()?;
                        let either = self.apply(Op::Or, slot, with)?;
                        *enough.get_mut(count)? = either;
                    }
                }
                enough.last().copied()
            }
        }
    }
}

/// Returns, for each gate, whether it may matter to any of the roots.
fn live(cone: &Cone, roots: &[usize], values: &[Truth]) -> Vec<bool> {
    let mut live = vec![false; values.len()];
    for root in roots {
        if let Some(root) = live.get_mut(*root) {
            *root = true;
        }
    }
    for (at, gate) in cone.gates().iter().enumerate().rev() {
        if live.get(at) == Some(&true) && values.get(at) == Some(&Truth::Open) {
            for child in gate.children() {
                if let Some(live) = live.get_mut(*child) {
                    *live = true;
                }
            }
        }
    }
    live
}

/// Returns the variables in order, and the place in the order of each variable of the cone.
fn levels(cone: &Cone, masks: &[Mask], values: &[Truth], live: &[bool]) -> (Vec<Level>, Vec<Option<usize>>) {
    let mut classes: Vec<Vec<Mask>> = masks.iter().map(|mask| vec![*mask]).collect();
    let mut first_used = Vec::new();
    let mut used = SortedSet::new();
    let mut groups: Vec<SortedSet<usize>> = Vec::new();
    // The variables below each gate, as long as they are few.
    let mut below: Vec<Option<SortedSet<usize>>> = Vec::with_capacity(values.len());
    for (at, gate) in cone.gates().iter().enumerate() {
        if live.get(at) != Some(&true) || values.get(at) != Some(&Truth::Open) {
            below.push(Some(SortedSet::new()));
            continue;
        }
        if let Local::Test(var, mask) = gate {
            if let Some(classes) = classes.get_mut(*var) {
                *classes = split(classes, *mask);
            }
            if used.insert(*var) {
                first_used.push(*var);
            }
            below.push(Some(SortedSet::from([*var])));
            continue;
        }
        let mut together = Some(SortedSet::new());
        for child in gate.children() {
            together = match (together, below.get(*child)) {
                (Some(mut all), Some(Some(more))) if all.len() + more.len() <= TOGETHER => {
                    all.extend(more);
                    Some(all)
                }
                _ => None,
            };
        }
        if let Some(group) = together.as_ref().filter(|group| group.len() > 1) {
            groups.push(group.clone());
        }
        below.push(together);
    }
    let order = force(&first_used, &groups);
    let mut level_of = vec![None; masks.len()];
    let mut levels = Vec::new();
    for var in order {
        let (Some(classes), Some(id), Some(slot)) =
            (classes.get(var), cone.vars().get(var), level_of.get_mut(var))
        else {
            continue;
        };
        *slot = Some(levels.len());
        levels.push(Level { var: *id, classes: classes.clone() });
    }
    (levels, level_of)
}
