//! Bulk evaluation: a circuit as a program over bitplanes, for many rows at once.
//!
//! A bitplane holds one bit for each row of a block. An input plane means "the value is in none of these cells", a
//! computed plane "the gate cannot be true" or "the gate cannot be false". The steps between planes are bitwise
//! operations, so reading takes more time than deciding. Parts of a circuit that share a mixed variable become a
//! diagram, which is evaluated by the same steps. If the node budget does not suffice, a root is sound only, and
//! [`Program::is_exact`] returns false for it.
//!
//! A program keeps these [`invariants`](fn@invariants): every plane is made before it is read, a variable is read once for each block,
//! and its classes of cells are disjoint.
//!
//! # Source
//! Bitplanes after L. Lamport, Multiple Byte Processing with Full-Word Instructions (1975).

mod block;
mod build;
mod column;
mod component;
mod invariants;
mod plan;
mod planes;
mod problem;
mod row;
mod run;
mod schedule;
mod side;
#[cfg(test)]
mod tests;
mod walk;

pub use column::{Bits, Column, Values};
pub use invariants::invariants;
pub use problem::BitplaneError;
pub use row::Row;

use crate::circuit::{Circuit, Masks};
use crate::id::{GateId, VarId};
use crate::sorted::{SortedMap, SortedSet};
use crate::value::Truth;

/// The node budget for all components of a program.
pub const MOST_NODES: usize = 100_000;

/// A circuit that is prepared for the evaluation of many rows.
///
/// # Example
/// There are three groups. The first is known to be loyal and neutral, the second is known not to be neutral, and
/// nothing is known of the third:
///
/// ```
/// use placet::bitplane::{Bits, Column, MOST_NODES, Program};
/// use placet::circuit::Circuit;
/// use placet::value::Truth;
/// use placet::sorted::{SortedMap, SortedSet};
///
/// let mut circuit = Circuit::new();
/// let (loyal, neutral) = (circuit.variable(2), circuit.variable(2));
/// let is_loyal = circuit.test(loyal, 0b10);
/// let is_neutral = circuit.test(neutral, 0b10);
/// let both = circuit.all([is_loyal, is_neutral]);
/// let program = Program::compile(&circuit, &[both], &circuit.anything(), &SortedSet::new(), MOST_NODES);
///
/// let columns = SortedMap::from([
///     (loyal, Column::yes_no(Bits::new(&[0b001]), Some(Bits::new(&[0b001])))),
///     (neutral, Column::yes_no(Bits::new(&[0b001]), Some(Bits::new(&[0b011])))),
/// ]);
/// let verdicts = program.decide(&columns, 3, 1)?;
/// let answers: Vec<Truth> = (0..3).map(|row| verdicts.truth(0, row)).collect();
/// assert_eq!(answers, [Truth::Yes, Truth::No, Truth::Open]);
/// # Ok::<(), placet::bitplane::BitplaneError>(())
/// ```
#[derive(Debug)]
pub struct Program {
    schedule: schedule::Schedule,
    single: row::Single,
    possible: Masks,
    /// Whether each root is exact.
    exact: Vec<bool>,
}

impl Program {
    /// Compiles some gates of a circuit for rows.
    ///
    /// `possible` has the cells of each variable that are possible at all. No row sets the `unset` variables. If
    /// correlated parts need more than `most` nodes, a root is sound only.
    pub fn compile(
        circuit: &Circuit,
        roots: &[GateId],
        possible: &Masks,
        unset: &SortedSet<VarId>,
        most: usize,
    ) -> Program {
        let can = |(var, full): (VarId, &u128)| match possible.find(var).map_or(*full, |mask| mask & full) {
            0 => *full,
            mask => mask,
        };
        let possible: Masks = circuit.anything().iter().map(can).collect();
        let built = build::build(circuit, roots, &possible, unset, most);
        let wanted: Vec<_> = built.roots.iter().flat_map(|(yes, no, _)| [*yes, *no]).collect();
        let exact = built.roots.iter().map(|(_, _, exact)| *exact).collect();
        let schedule = schedule::schedule(&built.planes, &built.classes, &wanted, false);
        let all_kept = schedule::schedule(&built.planes, &built.classes, &wanted, true);
        Program { schedule, single: row::Single::new(&all_kept), possible, exact }
    }

    /// Returns the number of gates that the program evaluates.
    pub fn roots(&self) -> usize {
        self.exact.len()
    }

    /// Returns whether the values of a gate are exact, that is, settled whenever the row settles them. If not, they are
    /// still never wrong, but may be open.
    pub fn is_exact(&self, root: usize) -> bool {
        self.exact.get(root) == Some(&true)
    }

    /// Returns the number of steps for each block of rows.
    pub fn len(&self) -> usize {
        self.schedule.steps.len()
    }

    /// Returns whether there are no steps.
    pub fn is_empty(&self) -> bool {
        self.schedule.steps.is_empty()
    }

    /// Returns the variables whose values the program reads.
    pub fn reads(&self) -> impl Iterator<Item = VarId> + '_ {
        self.schedule.loads.iter().map(|load| load.var)
    }

    /// Evaluates the first `rows` rows of some columns. A variable without a column has no value in any row.
    ///
    /// # Errors
    /// Returns an error if a column is too short or has an impossible value.
    pub fn decide(
        &self,
        columns: &SortedMap<VarId, Column>,
        rows: usize,
        threads: usize,
    ) -> Result<Verdicts, BitplaneError> {
        run::run(self, columns, rows, threads)
    }

    /// Returns a row without values.
    pub fn row(&self) -> Row {
        self.single.row()
    }

    /// Sets the possible cells of a variable in a row. If none of them is possible at all, the variable has no value.
    pub fn set_cells(&self, row: &mut Row, var: VarId, possible: u128) {
        let can = self.possible.find(var).copied().unwrap_or_default();
        self.single.set_cells(row, var, if possible & can == 0 { can } else { possible });
    }

    /// Returns the values for one row, root by root.
    ///
    /// # Example
    /// ```
    /// use placet::bitplane::{MOST_NODES, Program};
    /// use placet::circuit::Circuit;
    /// use placet::value::Truth;
    /// use placet::sorted::SortedSet;
    ///
    /// let mut circuit = Circuit::new();
    /// let region = circuit.variable(3);
    /// let west = circuit.test(region, 0b001);
    /// let program = Program::compile(&circuit, &[west], &circuit.anything(), &SortedSet::new(), MOST_NODES);
    /// let mut row = program.row();
    /// assert!(program.answers(&mut row).eq([Truth::Open]));
    /// program.set_cells(&mut row, region, 0b110);
    /// assert!(program.answers(&mut row).eq([Truth::No]));
    /// ```
    pub fn answers<'a>(&'a self, row: &'a mut Row) -> impl ExactSizeIterator<Item = Truth> + 'a {
        self.single.settle(row);
        self.single.answers(row)
    }
}

/// The values for many rows, as bitplanes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdicts {
    rows: usize,
    /// For each root, the planes of yes and of no.
    roots: Vec<(Vec<u64>, Vec<u64>)>,
}

impl Verdicts {
    /// Returns the number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Returns the rows for which a root is true: bit *i* of word *j* stands for row 64 *j* + *i*. Bits past the last
    /// row are not set.
    pub fn yes(&self, root: usize) -> &[u64] {
        self.roots.get(root).map_or(&[], |(yes, _)| yes)
    }

    /// Returns the rows for which a root is false, in the same form.
    pub fn no(&self, root: usize) -> &[u64] {
        self.roots.get(root).map_or(&[], |(_, no)| no)
    }

    /// Returns the value of a root for a row; open if there is no such row.
    pub fn truth(&self, root: usize, row: usize) -> Truth {
        let is = |plane: &[u64]| plane.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1);
        match (is(self.yes(root)), is(self.no(root))) {
            (true, false) => Truth::Yes,
            (false, true) => Truth::No,
            _ => Truth::Open,
        }
    }

    /// Returns the number of rows for which a root is true, and the number for which it is false.
    pub fn count(&self, root: usize) -> (usize, usize) {
        let set = |plane: &[u64]| plane.iter().map(|word| word.count_ones() as usize).sum();
        (set(self.yes(root)), set(self.no(root)))
    }
}
