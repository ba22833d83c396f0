//! Choices of some places out of many, one after the other.

/// Advances to the next choice of places out of `of`, in order; returns false after the last.
pub fn next(chosen: &mut [usize], of: usize) -> bool {
    let size = chosen.len();
    let movable = chosen.iter().enumerate().rev().find(|(at, place)| **place < of - size + at);
    let Some((at, place)) = movable.map(|(at, place)| (at, *place)) else { return false };
    for (further, place) in chosen.iter_mut().skip(at).zip(place + 1..) {
        *further = place;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn choices_are_unique_and_ordered() {
        for (size, of, count) in [(1, 4, 4), (2, 4, 6), (3, 5, 10), (4, 4, 1)] {
            let mut chosen: Vec<usize> = (0..size).collect();
            let mut all = vec![chosen.clone()];
            while next(&mut chosen, of) {
                all.push(chosen.clone());
            }
            assert_eq!(all.len(), count);
            assert!(all.is_sorted_by(|one, other| one < other));
            assert!(all.iter().flatten().all(|place| *place < of));
        }
    }
}
