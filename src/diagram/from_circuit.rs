//! From a circuit, with what is possible of its variables, to a diagram.

use super::{Diagram, Level, NO, NodeId, Op, YES, force};
use crate::circuit::{Circuit, Cone, Local, Mask, Masks, split};
use crate::id::GateId;
use crate::value::Truth;
use std::collections::BTreeSet;

/// The largest group of variables that counts as belonging together when they are put in order.
const TOGETHER: usize = 48;

/// The diagram of a gate within what is possible; none where it would have more than `most` nodes.
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
/// assert_eq!(diagram.telling().map(|chances| chances[&p].millionths()), Some(500_000));
/// # Ok::<(), &str>(())
/// ```
pub fn compile(circuit: &Circuit, root: GateId, masks: &Masks, most: usize) -> Option<Diagram> {
    let cone = Cone::of(circuit, root);
    let masks = cone.masks(masks);
    let values = cone.values(&masks);
    let live = live(&cone, &values);
    let (levels, level_of) = levels(&cone, &masks, &values, &live);
    let mut diagram = Diagram::new(levels, most);
    let mut made: Vec<NodeId> = Vec::with_capacity(cone.gates().len());
    for (at, gate) in cone.gates().iter().enumerate() {
        let node = match values.get(at) {
            Some(Truth::Yes) => YES,
            Some(Truth::No) => NO,
            _ if live.get(at) != Some(&true) => NO,
            _ => diagram.gate(gate, &made, &level_of)?,
        };
        made.push(node);
    }
    diagram.root = made.last().copied().unwrap_or(NO);
    Some(diagram)
}

impl Diagram {
    fn gate(&mut self, gate: &Local, made: &[NodeId], level_of: &[Option<usize>]) -> Option<NodeId> {
        let of = |at: &usize| made.get(*at).copied().unwrap_or(NO);
        match gate {
            Local::Const(value) => Some(if *value { YES } else { NO }),
            Local::Test(var, mask) => {
                let level = level_of.get(*var).copied().flatten()?;
                let classes = &self.levels.get(level)?.classes;
                let children = classes.iter().map(|class| if class & mask != 0 { YES } else { NO }).collect();
                self.node(level, children)
            }
            Local::Not(gate) => self.negate(of(gate)),
            Local::All(gates) => self.fold(Op::And, YES, gates.iter().map(of).collect()),
            Local::Any(gates) => self.fold(Op::Or, NO, gates.iter().map(of).collect()),
            Local::AtLeast(least, gates) => {
                // `enough[n]`: at least n of those seen so far.
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

    fn fold(&mut self, op: Op, start: NodeId, of: Vec<NodeId>) -> Option<NodeId> {
        let mut all = start;
        for next in self.deepest_first(of) {
            all = self.apply(op, all, next)?;
        }
        Some(all)
    }

    /// Questions about late variables first, which keeps what is in between small.
    fn deepest_first(&self, mut of: Vec<NodeId>) -> Vec<NodeId> {
        of.sort_by_key(|node| (std::cmp::Reverse(self.nodes[*node].level), *node));
        of
    }
}

/// The gates that may matter.
fn live(cone: &Cone, values: &[Truth]) -> Vec<bool> {
    let mut live = vec![false; values.len()];
    if let Some(root) = live.last_mut() {
        *root = true;
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

/// The variables in order, and the place in it of each variable of the cone.
fn levels(cone: &Cone, masks: &[Mask], values: &[Truth], live: &[bool]) -> (Vec<Level>, Vec<Option<usize>>) {
    let mut classes: Vec<Vec<Mask>> = masks.iter().map(|mask| vec![*mask]).collect();
    let mut first_used = Vec::new();
    let mut used = BTreeSet::new();
    let mut groups: Vec<BTreeSet<usize>> = Vec::new();
    // The variables below each gate, while they are few.
    let mut below: Vec<Option<BTreeSet<usize>>> = Vec::with_capacity(values.len());
    for (at, gate) in cone.gates().iter().enumerate() {
        if live.get(at) != Some(&true) || values.get(at) != Some(&Truth::Open) {
            below.push(Some(BTreeSet::new()));
            continue;
        }
        if let Local::Test(var, mask) = gate {
            if let Some(classes) = classes.get_mut(*var) {
                *classes = split(classes, *mask);
            }
            if used.insert(*var) {
                first_used.push(*var);
            }
            below.push(Some(BTreeSet::from([*var])));
            continue;
        }
        let mut together = Some(BTreeSet::new());
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
