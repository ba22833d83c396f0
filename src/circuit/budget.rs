//! A limit on work, counted in units that are the same on every machine.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// How much work may still be done.
///
/// All work that goes into one answer is charged to one budget; a search within it gets a [part](Budget::part), and what
/// the search spends is spent of the whole, too. Clones are the same budget. Work is counted, never timed, so that the
/// same input stops at the same place on every machine.
///
/// # Units
/// One unit is about one gate looked at: a few nanoseconds.
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
pub struct Budget(Arc<Purse>);

#[derive(Debug)]
struct Purse {
    left: AtomicU64,
    /// Whether something was left undone for want of work.
    is_cut: AtomicBool,
    /// What all that is spent here is spent of, too.
    whole: Option<Budget>,
}

impl Budget {
    /// A budget of so many units.
    pub fn new(units: u64) -> Budget {
        Budget(Arc::new(Purse { left: AtomicU64::new(units), is_cut: AtomicBool::new(false), whole: None }))
    }

    /// At most so many units of this budget.
    pub fn part(&self, units: u64) -> Budget {
        let left = AtomicU64::new(units.min(self.left()));
        Budget(Arc::new(Purse { left, is_cut: AtomicBool::new(false), whole: Some(self.clone()) }))
    }

    /// Takes so many units. False where there are not so many: then none are left.
    pub fn spend(&self, units: u64) -> bool {
        let mut enough = true;
        let mut at = Some(self);
        while let Some(Budget(purse)) = at {
            // One answer is worked out on one thread, so that reading and writing need not be one step.
            let left = purse.left.load(Ordering::Relaxed);
            enough &= units <= left;
            purse.left.store(left.saturating_sub(units), Ordering::Relaxed);
            at = purse.whole.as_ref();
        }
        if !enough {
            self.0.left.store(0, Ordering::Relaxed);
        }
        enough
    }

    /// The nth part of what is left.
    pub fn share(&self, parts: u64) -> Budget {
        self.part(self.left() / parts.max(1))
    }

    /// Notes that something was left undone that an answer may be the poorer for: here, and in what this is part of.
    pub fn cut(&self) {
        let mut at = Some(self);
        while let Some(Budget(purse)) = at {
            purse.is_cut.store(true, Ordering::Relaxed);
            at = purse.whole.as_ref();
        }
    }

    /// Whether something was left undone.
    pub fn is_cut(&self) -> bool {
        self.0.is_cut.load(Ordering::Relaxed)
    }

    /// How many units are left.
    pub fn left(&self) -> u64 {
        let own = self.0.left.load(Ordering::Relaxed);
        self.0.whole.as_ref().map_or(own, |whole| own.min(whole.left()))
    }

    /// Whether none are left.
    pub fn is_spent(&self) -> bool {
        self.left() == 0
    }
}
