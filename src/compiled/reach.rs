//! Reachability of a goal along a chain.
//!
//! An entity reaches the goal if the next entity along the relation is the goal or reaches it. Entities that lead to
//! each other form a cycle (a strongly connected component) and are worked out together, after all entities that they
//! lead to. A cycle with one entry is cut at the entry: a path that returns to it has found nothing on the way. A cycle
//! with several entries is iterated in rounds, starting with no entity that reaches the goal.

use super::draft::Draft;
use crate::components::components;
use crate::id::{GateId, VarId};
use crate::sorted::{SortedMap, SortedSet};

/// The largest number of rounds for a cycle with several entries; the rest is left open.
const ROUNDS: usize = 64;

/// The deepest nesting of cycles that are taken apart.
const DEEPEST: usize = 64;

/// An entity along a chain, with the relation that leads on from it.
pub(super) struct Link {
    pub var: VarId,
    /// For each cell, whether its target is the goal, and the place of the link that goes on.
    pub ways: Vec<(GateId, Option<usize>)>,
}

/// A chain that is being worked out.
struct Chain<'l> {
    links: &'l [Link],
    /// The gates of the finished links, by their places.
    done: SortedMap<usize, GateId>,
    /// Whether a cycle was abandoned before it was worked out.
    unsure: bool,
}

impl Draft<'_, '_> {
    /// Returns a gate that is true if the first of some links reaches the goal, and whether this result is complete.
    pub(super) fn reach(&mut self, links: &[Link]) -> (GateId, bool) {
        let mut chain = Chain { links, done: SortedMap::new(), unsure: false };
        let all = (0..links.len()).collect();
        self.settle(&mut chain, all, &[0], 0);
        let never = self.circuit.constant(false);
        (chain.done.get(&0).copied().unwrap_or(never), !chain.unsure)
    }

    /// Works out those of some links that the entries lead to. Recursion is as deep as cycles nest, up to a limit.
    fn settle(&mut self, chain: &mut Chain<'_>, within: Vec<usize>, entries: &[usize], depth: usize) {
        let within: SortedSet<usize> = within.into_iter().collect();
        let is_within = |place: &usize| within.contains(place);
        let entered = entries.iter().copied().filter(is_within);
        let cycles = components(entered, |place| next(chain.links, place).filter(is_within));
        let mut cycle_of: SortedMap<usize, usize> = SortedMap::new();
        for (cycle, places) in cycles.iter().enumerate() {
            cycle_of.extend(places.iter().map(|place| (*place, cycle)));
        }
        let mut entered: Vec<Vec<usize>> = vec![Vec::new(); cycles.len()];
        let cycle_of = &cycle_of;
        let on = cycle_of.iter().flat_map(|(place, cycle)| {
            let leads_on = move |next: &usize| cycle_of.get(next).is_some_and(|other| other != cycle);
            next(chain.links, *place).filter(leads_on)
        });
        for place in entries.iter().copied().chain(on) {
            if let Some(entered) = cycle_of.get(&place).and_then(|cycle| entered.get_mut(*cycle))
                && entered.len() < 2
                && !entered.contains(&place)
            {
                entered.push(place);
            }
        }
        for (places, entered) in cycles.into_iter().zip(entered) {
            match (places.as_slice(), entered.as_slice()) {
                ([place], _) => self.link(chain, *place),
                (_, [place]) if depth < DEEPEST => {
                    let others: Vec<usize> = places.iter().copied().filter(|other| other != place).collect();
                    let entries: Vec<usize> = next(chain.links, *place).collect();
                    self.settle(chain, others, &entries, depth + 1);
                    self.link(chain, *place);
                }
                _ => self.rounds(chain, &places),
            }
        }
    }

    /// Works out one link from the finished ones. A link that is not finished counts as not reaching the goal.
    fn link(&mut self, chain: &mut Chain<'_>, place: usize) {
        let Some(link) = chain.links.get(place) else { return };
        let mut ways = Vec::new();
        for (cell, (hit, next)) in link.ways.iter().enumerate() {
            let on = next.and_then(|next| chain.done.get(&next)).copied();
            let there = self.circuit.any([*hit].into_iter().chain(on));
            let leads = self.circuit.test(link.var, 1 << cell);
            ways.push(self.circuit.all([leads, there]));
        }
        let gate = self.circuit.any(ways);
        chain.done.insert(place, gate);
    }

    /// Works out the links of a cycle in rounds. After as many rounds as there are links, a further round changes
    /// nothing.
    fn rounds(&mut self, chain: &mut Chain<'_>, places: &[usize]) {
        for _ in 0..=places.len().min(ROUNDS) {
            let mut stable = true;
            for place in places {
                let before = chain.done.get(place).copied();
                self.link(chain, *place);
                stable &= before == chain.done.get(place).copied();
            }
            if stable {
                return;
            }
        }
        chain.unsure |= places.len() > ROUNDS;
    }
}

/// Returns the links that a link leads to.
fn next(links: &[Link], place: usize) -> impl Iterator<Item = usize> {
    links.get(place).into_iter().flat_map(|link| link.ways.iter().filter_map(|(_, next)| *next))
}
