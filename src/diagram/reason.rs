//! The smallest sets of known facts that force a value.

use super::path::{Part, Prices, prices};
use super::{Diagram, NO, NodeId, YES};
use crate::circuit::{Budget, Mask, Masks};
use crate::id::VarId;
use crate::sorted::{SortedSet, sort};

/// The largest set that is searched for as a smallest one, not counting the facts that every set needs.
const DEEPEST: usize = 200;

/// Minimal sets of known facts, each of which forces a value by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sufficient {
    /// The sets, the smallest first.
    pub sets: Vec<Vec<VarId>>,
    /// Whether no set is smaller than the first.
    pub smallest: bool,
}

impl Diagram {
    /// Returns the smallest sets of `candidates` that force a value if they are within what is `known` of them, for all
    /// values of the other candidates. Variables that are no candidates stay within what is known of them. Returns
    /// `None` if even all candidates together do not force the value.
    ///
    /// Returns at most `most` sets. If `effort` does not suffice, returns one minimal set; if the budget does not
    /// suffice even for that, the set may not be minimal.
    ///
    /// # Units
    /// `effort` counts choices of a candidate and paths through the diagram.
    ///
    /// # Source
    /// Sets that force a value: A. Shih, A. Choi, A. Darwiche, A Symbolic Approach to Explaining Bayesian Network
    /// Classifiers (2018). They are the smallest sets that hit every path to the opposite value: A. Ignatiev, A.
    /// Previti, M. Liffiton, J. Marques-Silva, Smallest MUS Extraction with Minimal Hitting Set Dualization (2015).
    ///
    /// # Example
    /// ```
    /// use placet::circuit::Circuit;
    /// use placet::diagram::{MOST_NODES, compile};
    ///
    /// let mut circuit = Circuit::new();
    /// let (p, q, r) = (circuit.variable(2), circuit.variable(2), circuit.variable(2));
    /// let (p_is, q_is, r_is) = (circuit.test(p, 0b10), circuit.test(q, 0b10), circuit.test(r, 0b10));
    /// let both = circuit.all([p_is, q_is]);
    /// let either = circuit.any([both, r_is]);
    /// let diagram = compile(&circuit, either, &circuit.anything(), MOST_NODES).ok_or("too large")?;
    /// let known = [0b10, 0b10, 0b10].into_iter().collect();
    /// let why = diagram.sufficient(diagram.root(), true, &known, &[p, q, r], 5, 1_000).ok_or("not forced")?;
    /// assert_eq!(why.sets, [vec![r], vec![p, q]]);
    /// assert!(why.smallest);
    /// # Ok::<(), &str>(())
    /// ```
    pub fn sufficient(
        &self,
        node: NodeId,
        answer: bool,
        known: &Masks,
        candidates: &[VarId],
        most: usize,
        effort: u32,
    ) -> Option<Sufficient> {
        match (node, answer) {
            (NO, true) | (YES, false) => return None,
            (NO | YES, _) => return Some(Sufficient { sets: vec![Vec::new()], smallest: true }),
            _ => {}
        }
        let within = |var: VarId| known.find(var).copied().unwrap_or(Mask::MAX);
        let is_candidate: SortedSet<VarId> = candidates.iter().copied().collect();
        // A candidate can leave its known cells at a cost of one. Other variables cannot leave them.
        let prices =
            prices(self, |var, cell| match (within(var) & 1 << cell != 0, is_candidate.contains(&var)) {
                (true, _) => Some(0),
                (false, true) => Some(1),
                (false, false) => None,
            });
        let question = Question { diagram: self, part: Part::of(self, node), answer, prices };
        let mut held = vec![true; self.levels.len()];
        question.against(&held).is_none().then_some(())?;
        let core = question.core();
        held.clone_from(&core);
        let (steps, count) = (&self.steps, held.len());
        let mut search = Search { hit: Vec::new(), found: Vec::new(), count, left: effort, steps };
        let mut size = 0;
        while search.found.len() < most && search.left > 0 && size < DEEPEST {
            if !self.walk(question.part.len() + search.hit.len()) {
                break;
            }
            let Some(set) = search.hitting(size) else {
                size += 1;
                if size > held.len() {
                    break;
                }
                continue;
            };
            search.left = search.left.saturating_sub(1);
            set.iter().for_each(|place| hold(&mut held, *place, true));
            match question.against(&held) {
                None => search.found.push(set.clone()),
                Some(left) => search.hit.push(left),
            }
            set.iter().for_each(|place| hold(&mut held, *place, false));
        }
        let smallest = !search.found.is_empty();
        if !smallest {
            search.found.push(question.thinned(&core));
        }
        let named = |set: &Vec<usize>| {
            let with = core.iter().enumerate().filter(|(_, core)| **core).map(|(place, _)| place);
            let places = with.chain(set.iter().copied());
            let vars: SortedSet<VarId> =
                places.filter_map(|place| self.levels.get(place)).map(|level| level.var).collect();
            vars.into_iter().collect()
        };
        Some(Sufficient { sets: search.found.iter().map(named).collect(), smallest })
    }
}

fn hold(held: &mut [bool], place: usize, is_held: bool) {
    if let Some(held) = held.get_mut(place) {
        *held = is_held;
    }
}

/// The function and value for which sets of candidates are tried. A candidate is given by its level.
struct Question<'d> {
    diagram: &'d Diagram,
    part: Part,
    answer: bool,
    /// The costs of leaving the known cells, if no candidate is held.
    prices: Vec<Prices>,
}

impl Question<'_> {
    /// Returns the candidates that leave their known cells on a path to the opposite value, as few as possible, while
    /// some candidates are held; `None` if the held ones force the value.
    fn against(&self, held: &[bool]) -> Option<Vec<usize>> {
        let path = self.part.path(self.diagram, !self.answer, &self.prices, held)?;
        let mut left = Vec::new();
        for (var, cells) in &path.cells {
            let place = self.diagram.place_of(*var)?;
            let of = self.prices.get(place).into_iter().flatten().flatten();
            if of.into_iter().any(|(cost, free)| *cost > 0 && free & cells != 0) {
                left.push(place);
            }
        }
        Some(left)
    }

    /// Returns the candidates that every set needs: each of them alone can reverse the value if everything else is as
    /// known.
    fn core(&self) -> Vec<bool> {
        let price = |level: usize, class: usize| {
            self.prices
                .get(level)
                .and_then(|prices| prices.get(class))
                .copied()
                .flatten()
                .map(|(cost, _)| cost)
        };
        // Whether the known cells lead from each node to the opposite value.
        let mut turns = vec![self.answer, !self.answer];
        for (_, level, children) in self.part.nodes() {
            let leads = |(class, child): (usize, &usize)| {
                price(level, class) == Some(0) && turns.get(*child) == Some(&true)
            };
            turns.push(children.iter().enumerate().any(leads));
        }
        let mut core = vec![false; self.diagram.levels.len()];
        let mut reached = vec![false; turns.len()];
        if let Some(root) = reached.last_mut() {
            *root = true;
        }
        for (at, level, children) in self.part.nodes().rev() {
            if reached.get(at) != Some(&true) {
                continue;
            }
            for (class, child) in children.iter().enumerate() {
                match price(level, class) {
                    Some(0) => {
                        if let Some(reached) = reached.get_mut(*child) {
                            *reached = true;
                        }
                    }
                    Some(_) if turns.get(*child) == Some(&true) => hold(&mut core, level, true),
                    _ => {}
                }
            }
        }
        core
    }

    /// Returns all candidates except those that can be left out one after the other, as far as the budget allows;
    /// without the core.
    fn thinned(&self, core: &[bool]) -> Vec<usize> {
        let mut held = vec![true; core.len()];
        for place in (0..core.len()).filter(|place| core.get(*place) == Some(&false)) {
            hold(&mut held, place, false);
            let is_forced = self.diagram.walk(self.part.len()) && self.against(&held).is_none();
            hold(&mut held, place, !is_forced);
        }
        let is_candidate = |place: &usize| {
            let mut of = self.prices.get(*place).into_iter().flatten();
            of.any(|price| price.is_some_and(|(cost, _)| cost > 0))
        };
        let places = (0..core.len()).filter(|place| core.get(*place) == Some(&false));
        places.filter(|place| held.get(*place) == Some(&true)).filter(is_candidate).collect()
    }
}

/// A search for the smallest sets that hit all of some sets and contain none of those found.
struct Search<'s> {
    /// The sets that must be hit: a set must contain a member of each.
    hit: Vec<Vec<usize>>,
    /// The sets that were found.
    found: Vec<Vec<usize>>,
    /// The number of candidates.
    count: usize,
    left: u32,
    /// The budget for all work.
    steps: &'s Budget,
}

impl Search<'_> {
    /// Returns a hitting set of at most `most` members.
    fn hitting(&mut self, most: usize) -> Option<Vec<usize>> {
        let mut set = Vec::new();
        let mut barred = vec![false; self.count];
        self.hit_rest(&mut set, &mut barred, most).then(|| {
            sort(&mut set);
            set
        })
    }

    /// Adds at most `most` members to a set so that it hits everything. Recursion is as deep as there are candidates in
    /// a set.
    fn hit_rest(&mut self, set: &mut Vec<usize>, barred: &mut [bool], most: usize) -> bool {
        if self.left == 0 || self.found.iter().any(|found| found.iter().all(|place| set.contains(place))) {
            return false;
        }
        let looked_at = 4 * (self.hit.len() + self.found.len()) + set.len() + self.count / 8;
        if !self.steps.spend(4 * looked_at as u64) {
            self.left = 0;
            return false;
        }
        let is_free = |place: &usize, barred: &[bool]| barred.get(*place) == Some(&false);
        let mut unhit: Option<Vec<usize>> = None;
        for sets in self.hit.iter().filter(|sets| !sets.iter().any(|place| set.contains(place))) {
            let free: Vec<usize> = sets.iter().copied().filter(|place| is_free(place, barred)).collect();
            if unhit.as_ref().is_none_or(|known| free.len() < known.len()) {
                unhit = Some(free);
            }
        }
        let Some(choices) = unhit else { return true };
        if self.apart(set) > most {
            return false;
        }
        let mut tried = Vec::new();
        let mut is_found = false;
        for place in choices {
            self.left = self.left.saturating_sub(1);
            set.push(place);
            is_found = self.hit_rest(set, barred, most - 1);
            if is_found {
                break;
            }
            set.pop();
            if let Some(barred) = barred.get_mut(place) {
                *barred = true;
            }
            tried.push(place);
        }
        for place in tried {
            if let Some(barred) = barred.get_mut(place) {
                *barred = false;
            }
        }
        is_found
    }

    /// Returns a number of disjoint sets that are not hit, which is a lower bound on the members still needed.
    fn apart(&self, set: &[usize]) -> usize {
        let mut taken: Vec<bool> = vec![false; self.count];
        let mut apart = 0;
        for sets in self.hit.iter().filter(|sets| !sets.iter().any(|place| set.contains(place))) {
            if sets.iter().all(|place| taken.get(*place) == Some(&false)) {
                apart += 1;
                for place in sets {
                    if let Some(taken) = taken.get_mut(*place) {
                        *taken = true;
                    }
                }
            }
        }
        apart
    }
}
