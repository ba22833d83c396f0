//! The strongly connected components of a directed graph.

use crate::sorted::SortedMap;

/// Returns the strongly connected components that the entries lead to, each after the components that it leads to. Two
/// nodes are in the same component if each leads to the other.
///
/// # Source
/// R. Tarjan, Depth-first search and linear graph algorithms (1972), without recursion.
pub(crate) fn components<N: Iterator<Item = usize>>(
    entries: impl IntoIterator<Item = usize>,
    next: impl Fn(usize) -> N,
) -> Vec<Vec<usize>> {
    struct Seen {
        number: usize,
        /// The number of the first node that it leads back to.
        low: usize,
        open: bool,
    }
    let mut seen: SortedMap<usize, Seen> = SortedMap::new();
    let (mut components, mut open) = (Vec::new(), Vec::new());
    for entry in entries {
        // The path to the current node, each node with its successors that are still to be visited.
        let mut way: Vec<(usize, Vec<usize>)> = Vec::new();
        let mut enter = Some(entry).filter(|entry| !seen.contains_key(entry));
        while enter.is_some() || !way.is_empty() {
            if let Some(node) = enter.take() {
                let number = seen.len();
                seen.insert(node, Seen { number, low: number, open: true });
                open.push(node);
                way.push((node, next(node).collect()));
            }
            let Some((node, unvisited)) = way.last_mut() else { break };
            let node = *node;
            if let Some(next) = unvisited.pop() {
                match seen.get(&next) {
                    None => enter = Some(next),
                    Some(Seen { number, open: true, .. }) => {
                        let number = *number;
                        if let Some(here) = seen.get_mut(&node) {
                            here.low = here.low.min(number);
                        }
                    }
                    Some(_) => {}
                }
                continue;
            }
            way.pop();
            let Some((number, low)) = seen.get(&node).map(|here| (here.number, here.low)) else { break };
            if let Some(before) = way.last().and_then(|(before, _)| seen.get_mut(before)) {
                before.low = before.low.min(low);
            }
            if number == low {
                let mut component = Vec::new();
                while let Some(one) = open.pop() {
                    if let Some(one) = seen.get_mut(&one) {
                        one.open = false;
                    }
                    component.push(one);
                    if one == node {
                        break;
                    }
                }
                components.push(component);
            }
        }
    }
    components
}
