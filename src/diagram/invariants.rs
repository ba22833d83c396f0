//! The invariants of a diagram.

use super::{Diagram, YES};
use crate::sorted::SortedSet;

/// Returns a message for each broken invariant of a diagram.
pub fn invariants(diagram: &Diagram) -> Vec<String> {
    let mut broken = Vec::new();
    let mut seen = SortedSet::new();
    for (id, node) in diagram.nodes.iter().filter(|(id, _)| *id > YES) {
        let children = diagram.children(id);
        if !seen.insert((node.level, children)) {
            broken.push(format!("node {} is a duplicate", id.0));
        }
        if children.iter().any(|child| diagram.nodes[*child].level <= node.level) {
            broken.push(format!("node {} has a child at the same or a higher level", id.0));
        }
        if children.iter().any(|child| *child >= id) {
            broken.push(format!("node {} precedes one of its children", id.0));
        }
        if children.iter().collect::<SortedSet<_>>().len() < 2 {
            broken.push(format!("node {} has only equal children", id.0));
        }
        let width = diagram.levels.get(node.level as usize).map_or(0, |level| level.classes.len());
        if children.len() != width {
            broken.push(format!("node {} does not have one child for each class of cells", id.0));
        }
    }
    broken
}
