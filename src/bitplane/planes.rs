//! The computation of a program as a graph of bitplanes, each with one bit for each row of a block.
//!
//! Equal planes are made once.

use crate::id::{PlaneId, Table, VarId};
use crate::sorted::SortedMap;
use std::collections::VecDeque;

/// The operation that makes a plane from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum How {
    /// All are set; always, if there are none.
    All,
    /// Any is set; never, if there are none.
    Any,
    /// An odd number of them is set.
    Odd,
    /// At least two of three are set.
    Most,
}

/// A bitplane.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Plane {
    /// Whether a variable is in none of the cells of one of its classes.
    Excluded(VarId, usize),
    /// A plane that is made from others.
    Made(How, Vec<PlaneId>),
}

/// The planes.
#[derive(Debug, Default)]
pub(super) struct Planes {
    pub table: Table<PlaneId, Plane>,
    ids: SortedMap<Plane, PlaneId>,
}

impl Planes {
    /// Returns the plane that is always set, or the one that is never set.
    pub fn constant(&mut self, set: bool) -> PlaneId {
        let how = if set { How::All } else { How::Any };
        self.intern(Plane::Made(how, Vec::new()))
    }

    /// Returns the plane that is set where a variable is in none of the cells of a class.
    pub fn excluded(&mut self, var: VarId, class: usize) -> PlaneId {
        self.intern(Plane::Excluded(var, class))
    }

    /// Returns the plane that is set where all, or any, of some planes are.
    pub fn several(&mut self, how: How, of: impl IntoIterator<Item = PlaneId>) -> PlaneId {
        let (unit, zero) = match how {
            How::All => (true, false),
            How::Any | How::Odd | How::Most => (false, true),
        };
        let (unit, zero) = (self.constant(unit), self.constant(zero));
        let mut of: Vec<PlaneId> = of.into_iter().filter(|plane| *plane != unit).collect();
        if of.contains(&zero) {
            return zero;
        }
        of.sort_unstable();
        of.dedup();
        match of.as_slice() {
            [] => unit,
            [plane] => *plane,
            _ => self.intern(Plane::Made(how, of)),
        }
    }

    /// Returns the plane that is set where at least `least` of some planes are; a plane that is given twice counts
    /// twice.
    pub fn at_least(&mut self, least: usize, of: Vec<PlaneId>) -> PlaneId {
        let (always, never) = (self.constant(true), self.constant(false));
        let certain = of.iter().filter(|plane| **plane == always).count();
        let of: Vec<PlaneId> = of.into_iter().filter(|plane| *plane != always && *plane != never).collect();
        let least = least.saturating_sub(certain);
        if let (2, [one, other, third]) = (least, of.as_slice()) {
            return self.most([*one, *other, *third]);
        }
        match least {
            0 => always,
            1 => self.several(How::Any, of),
            _ if least > of.len() => never,
            _ if least == of.len() => self.several(How::All, of),
            _ if 2 * least * (of.len() - least + 1) <= 6 * of.len() + 8 => self.step_by_step(least, &of),
            _ => self.counted(least, of),
        }
    }

    /// Counts plane by plane: `enough[n]` is set where at least n + 1 of the planes seen so far are.
    fn step_by_step(&mut self, least: usize, of: &[PlaneId]) -> PlaneId {
        let (always, never) = (self.constant(true), self.constant(false));
        let mut enough = vec![never; least];
        for plane in of {
            let before = enough.clone();
            for (at, slot) in enough.iter_mut().enumerate() {
                let one_less = at.checked_sub(1).and_then(|at| before.get(at)).copied().unwrap_or(always);
                let with = self.several(How::All, [*plane, one_less]);
                *slot = self.several(How::Any, [*slot, with]);
            }
        }
        enough.last().copied().unwrap_or(always)
    }

    /// Counts by adding the planes as binary numbers.
    fn counted(&mut self, least: usize, of: Vec<PlaneId>) -> PlaneId {
        let never = self.constant(false);
        let mut digits = Vec::new();
        let mut column = of;
        while !column.is_empty() {
            let mut carried = Vec::new();
            let mut rest = VecDeque::from(column);
            while rest.len() > 1 {
                let (one, other) = (rest.pop_front().unwrap_or(never), rest.pop_front().unwrap_or(never));
                let half = self.odd(one, other);
                match rest.pop_front() {
                    Some(third) => {
                        carried.push(self.most([one, other, third]));
                        let sum = self.odd(half, third);
                        rest.push_back(sum);
                    }
                    None => {
                        carried.push(self.several(How::All, [one, other]));
                        rest.push_back(half);
                    }
                }
            }
            digits.push(rest.pop_front().unwrap_or(never));
            column = carried;
        }
        let mut enough = self.constant(true);
        for (place, digit) in digits.into_iter().enumerate() {
            let how = if least >> place & 1 == 1 { How::All } else { How::Any };
            enough = self.several(how, [digit, enough]);
        }
        enough
    }

    /// Returns the plane that is set where at least two of three planes are.
    fn most(&mut self, mut of: [PlaneId; 3]) -> PlaneId {
        let (always, never) = (self.constant(true), self.constant(false));
        of.sort_unstable();
        let others = |constant: PlaneId| of.into_iter().filter(move |plane| *plane != constant);
        match of {
            [one, same, other] if one == same || same == other => same,
            _ if of.contains(&never) => self.several(How::All, others(never)),
            _ if of.contains(&always) => self.several(How::Any, others(always)),
            _ => self.intern(Plane::Made(How::Most, of.to_vec())),
        }
    }

    /// Returns the plane that is set where exactly one of two planes is.
    fn odd(&mut self, one: PlaneId, other: PlaneId) -> PlaneId {
        let never = self.constant(false);
        match (one, other) {
            (one, other) if one == other => never,
            (one, other) if one == never => other,
            (one, other) if other == never => one,
            (one, other) => self.intern(Plane::Made(How::Odd, vec![one.min(other), one.max(other)])),
        }
    }

    fn intern(&mut self, plane: Plane) -> PlaneId {
        if let Some(id) = self.ids.get(&plane) {
            return *id;
        }
        let id = self.table.push(plane.clone());
        self.ids.insert(plane, id);
        id
    }
}
