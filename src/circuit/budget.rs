//! A limit on work, counted in units that are the same on every machine.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// A limit on work: the number of units that may still be spent.
///
/// All work for one result is charged to one budget. A search within it gets a [part](Budget::part), and what the
/// search spends is charged to the whole as well. Clones share the same budget. A budget counts work and never measures
/// time, so the same input stops at the same place on every machine.
///
/// # Units
/// One unit is about one gate looked at, which takes a few nanoseconds.
///
/// # Example
/// ```
/// use placet::circuit::Budget;
///
/// let whole = Budget::new(100);
/// let part = whole.part(30);
/// assert!(part.spend(20));
/// assert_eq!((whole.left(), part.left()), (80, 10));
/// assert!(!part.spend(11));
/// assert!(part.is_spent() && !whole.is_spent());
/// ```
#[derive(Clone, Debug)]
pub struct Budget(Arc<Counter>);

#[derive(Debug)]
struct Counter {
    left: AtomicU64,
    /// Whether something was left undone because the budget did not suffice.
    is_cut: AtomicBool,
    /// The budget that this one is a part of; everything spent here is charged to it as well.
    whole: Option<Budget>,
}

impl Budget {
    /// Returns a budget of this many units.
    pub fn new(units: u64) -> Budget {
        Budget(Arc::new(Counter { left: AtomicU64::new(units), is_cut: AtomicBool::new(false), whole: None }))
    }

    /// Returns a part of this budget with at most this many units.
    pub fn part(&self, units: u64) -> Budget {
        let left = AtomicU64::new(units.min(self.left()));
        Budget(Arc::new(Counter { left, is_cut: AtomicBool::new(false), whole: Some(self.clone()) }))
    }

    /// Spends this many units. If fewer are left, spends all that are left and returns false.
    pub fn spend(&self, units: u64) -> bool {
        let mut enough = true;
        let mut at = Some(self);
        while let Some(Budget(counter)) = at {
            // One result is worked out on one thread, so the load and the store need not be one atomic step.
            let left = counter.left.load(Ordering::Relaxed);
            enough &= units <= left;
            counter.left.store(left.saturating_sub(units), Ordering::Relaxed);
            at = counter.whole.as_ref();
        }
        if !enough {
            self.0.left.store(0, Ordering::Relaxed);
        }
        enough
    }

    /// Returns a part with `1 / parts` of the units that are left.
    pub fn share(&self, parts: u64) -> Budget {
        self.part(self.left() / parts.max(1))
    }

    /// Records that work was left undone, so that a result may be incomplete; both here and in the budgets that this
    /// one is a part of.
    pub fn cut(&self) {
        let mut at = Some(self);
        while let Some(Budget(counter)) = at {
            counter.is_cut.store(true, Ordering::Relaxed);
            at = counter.whole.as_ref();
        }
    }

    /// Returns whether work was left undone.
    pub fn is_cut(&self) -> bool {
        self.0.is_cut.load(Ordering::Relaxed)
    }

    /// Returns the number of units left.
    pub fn left(&self) -> u64 {
        let own = self.0.left.load(Ordering::Relaxed);
        self.0.whole.as_ref().map_or(own, |whole| own.min(whole.left()))
    }

    /// Returns whether no units are left.
    pub fn is_spent(&self) -> bool {
        self.left() == 0
    }
}
