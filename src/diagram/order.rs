//! An order of variables in which those that belong together stand together.

use std::collections::{BTreeMap, BTreeSet};

/// How often variables are moved at most.
const ROUNDS: usize = 60;

/// Places are counted in so many parts, for centres that fall between them.
const PARTS: u64 = 1 << 20;

/// Puts variables in order: each is drawn to the centres of the groups that it belongs to, until the groups no longer
/// come closer together.
///
/// # Source
/// F. A. Aloul, I. L. Markov, K. A. Sakallah, FORCE: A Fast and Easy-to-Implement Variable-Ordering Heuristic (2003).
///
/// # Example
/// ```
/// use placet::diagram::force;
/// use std::collections::BTreeSet;
///
/// let order = force(&[0, 1, 2, 3], &[BTreeSet::from([0, 3]), BTreeSet::from([2, 3])]);
/// assert_eq!(order, [1, 0, 3, 2]);
/// ```
pub fn force(vars: &[usize], groups: &[BTreeSet<usize>]) -> Vec<usize> {
    let mut order = vars.to_vec();
    let mut best = order.clone();
    let mut least = span(&order, groups);
    for _ in 0..ROUNDS {
        let places = places(&order);
        let mut pulls: BTreeMap<usize, (u64, u64)> = BTreeMap::new();
        for group in groups {
            let at: Vec<u64> = group.iter().filter_map(|var| places.get(var)).map(|at| at * PARTS).collect();
            let Some(centre) = at.iter().sum::<u64>().checked_div(at.len() as u64) else { continue };
            for var in group {
                let pull = pulls.entry(*var).or_default();
                pull.0 += centre;
                pull.1 += 1;
            }
        }
        order.sort_by_key(|var| {
            let place = places.get(var).copied().unwrap_or_default();
            let drawn = pulls.get(var).and_then(|(sum, count)| sum.checked_div(*count));
            (drawn.unwrap_or(place * PARTS), place)
        });
        let now = span(&order, groups);
        if now >= least {
            break;
        }
        least = now;
        best.clone_from(&order);
    }
    best
}

fn places(order: &[usize]) -> BTreeMap<usize, u64> {
    order.iter().zip(0..).map(|(var, at)| (*var, at)).collect()
}

/// How far apart the members of groups stand, all together.
fn span(order: &[usize], groups: &[BTreeSet<usize>]) -> u64 {
    let places = places(order);
    groups
        .iter()
        .map(|group| {
            let at = || group.iter().filter_map(|var| places.get(var));
            at().max().unwrap_or(&0) - at().min().unwrap_or(&0)
        })
        .sum()
}
