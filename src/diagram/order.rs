//! A variable order in which related variables are close together.

use crate::sorted::{SortedSet, sort_by_key};

/// The largest number of rounds in which variables are moved.
const ROUNDS: usize = 60;

/// The resolution of a place, since a centre can lie between two places.
const PARTS: u64 = 1 << 20;

/// Returns the variables in order: in each round, every variable moves to the average of the centres of its groups,
/// until the total span of the groups no longer decreases.
///
/// # Source
/// F. A. Aloul, I. L. Markov, K. A. Sakallah, FORCE: A Fast and Easy-to-Implement Variable-Ordering Heuristic (2003).
///
/// # Example
/// ```
/// use placet::diagram::force;
/// use placet::sorted::SortedSet;
///
/// let order = force(&[0, 1, 2, 3], &[SortedSet::from([0, 3]), SortedSet::from([2, 3])]);
/// assert_eq!(order, [1, 0, 3, 2]);
/// ```
pub fn force(vars: &[usize], groups: &[SortedSet<usize>]) -> Vec<usize> {
    let most = vars.iter().chain(groups.iter().flatten()).max().map_or(0, |most| most + 1);
    let groups: Vec<Vec<usize>> = groups.iter().map(|group| group.iter().copied().collect()).collect();
    let mut order = vars.to_vec();
    let mut best = order.clone();
    let mut places = places(&order, most);
    let mut least = span(&places, &groups);
    for _ in 0..ROUNDS {
        let mut pulls: Vec<(u64, u64)> = vec![(0, 0); most];
        for group in &groups {
            let at: u64 = standing(&places, group).sum();
            let Some(centre) = (at * PARTS).checked_div(standing(&places, group).count() as u64) else {
                continue;
            };
            for var in group {
                if let Some(pull) = pulls.get_mut(*var) {
                    pull.0 += centre;
                    pull.1 += 1;
                }
            }
        }
        sort_by_key(&mut order, |var| {
            let place = places.get(*var).copied().flatten().unwrap_or_default();
            let drawn = pulls.get(*var).and_then(|(sum, count)| sum.checked_div(*count));
            (drawn.unwrap_or(place * PARTS), place)
        });
        places = self::places(&order, most);
        let now = span(&places, &groups);
        if now >= least {
            break;
        }
        least = now;
        best.clone_from(&order);
    }
    best
}

/// Returns the place of each variable in the order, if it is in the order.
fn places(order: &[usize], most: usize) -> Vec<Option<u64>> {
    let mut places = vec![None; most];
    for (var, at) in order.iter().zip(0..) {
        if let Some(place) = places.get_mut(*var) {
            *place = Some(at);
        }
    }
    places
}

/// Returns the places of the members of a group that are in the order.
fn standing(places: &[Option<u64>], group: &[usize]) -> impl Iterator<Item = u64> {
    group.iter().filter_map(|var| places.get(*var).copied().flatten())
}

/// Returns the total span of the groups.
fn span(places: &[Option<u64>], groups: &[Vec<usize>]) -> u64 {
    let apart = |group: &Vec<usize>| {
        let (least, most) = (standing(places, group).min(), standing(places, group).max());
        most.unwrap_or(0) - least.unwrap_or(0)
    };
    groups.iter().map(apart).sum()
}
