//! Many rows at once: a circuit as a program over bit planes.
//!
//! A plane holds one bit for each row of a block. The planes read are "the value is in none of these cells"; those
//! worked out, "the gate cannot be true" and "cannot be false". Steps between them are AND and OR, so that what is
//! bound is reading, not deciding. Where parts of a circuit share a variable that is used both ways, they become a
//! diagram, walked by the same steps; past its budget of nodes a root is sound only, and says so.
//!
//! What holds here ([`invariants`]): every plane is made before it is read, a variable is read once for each block, and
//! its classes of cells are apart.
//!
//! # Source
//! Bit planes after L. Lamport, Multiple Byte Processing with Full-Word Instructions (1975).

mod block;
mod build;
mod column;
mod invariants;
mod island;
mod plan;
mod planes;
mod problem;
mod row;
mod run;
mod schedule;
#[cfg(test)]
mod tests;
mod walk;

pub use column::{Bits, Column, Values};
pub use invariants::invariants;
pub use problem::Problem;
pub use row::Row;

use crate::circuit::{Circuit, Masks};
use crate::id::{GateId, VarId};
use crate::value::Truth;
use std::collections::{BTreeMap, BTreeSet};

/// The most nodes of all islands of a program.
pub const MOST_NODES: usize = 100_000;

/// A circuit made ready to answer for many rows.
///
/// # Example
/// Three groups; the first is known to be loyal and neutral, the second not to be neutral, of the third nothing:
///
/// ```
/// use placet::batch::{Bits, Column, MOST_NODES, Program};
/// use placet::circuit::Circuit;
/// use placet::value::Truth;
/// use std::collections::{BTreeMap, BTreeSet};
///
/// let mut circuit = Circuit::new();
/// let (loyal, neutral) = (circuit.variable(2), circuit.variable(2));
/// let is_loyal = circuit.test(loyal, 0b10);
/// let is_neutral = circuit.test(neutral, 0b10);
/// let both = circuit.all([is_loyal, is_neutral]);
/// let program = Program::compile(&circuit, &[both], &circuit.anything(), &BTreeSet::new(), MOST_NODES);
///
/// let columns = BTreeMap::from([
///     (loyal, Column::yes_no(Bits::new(&[0b001]), Some(Bits::new(&[0b001])))),
///     (neutral, Column::yes_no(Bits::new(&[0b001]), Some(Bits::new(&[0b011])))),
/// ]);
/// let verdicts = program.decide(&columns, 3, 1)?;
/// let answers: Vec<Truth> = (0..3).map(|row| verdicts.truth(0, row)).collect();
/// assert_eq!(answers, [Truth::Yes, Truth::No, Truth::Open]);
/// # Ok::<(), placet::batch::Problem>(())
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
    /// `possible` are the cells that can be at all, of every variable; of the `untold` variables no row ever says
    /// anything. With more than `most` nodes for what hangs together, a root is sound only.
    pub fn compile(
        circuit: &Circuit,
        roots: &[GateId],
        possible: &Masks,
        untold: &BTreeSet<VarId>,
        most: usize,
    ) -> Program {
        let can = |(var, full): (VarId, &u128)| match possible.find(var).map_or(*full, |mask| mask & full) {
            0 => *full,
            mask => mask,
        };
        let possible: Masks = circuit.anything().iter().map(can).collect();
        let built = build::build(circuit, roots, &possible, untold, most);
        let wanted: Vec<_> = built.roots.iter().flat_map(|(yes, no, _)| [*yes, *no]).collect();
        let exact = built.roots.iter().map(|(_, _, exact)| *exact).collect();
        let schedule = schedule::schedule(&built.planes, &built.classes, &wanted, false);
        let all_kept = schedule::schedule(&built.planes, &built.classes, &wanted, true);
        Program { schedule, single: row::Single::new(&all_kept), possible, exact }
    }

    /// How many gates it answers for.
    pub fn roots(&self) -> usize {
        self.exact.len()
    }

    /// Whether the answers for a gate are exact: settled wherever what is said settles them. Where they are not, they
    /// are never wrong, but may be open.
    pub fn is_exact(&self, root: usize) -> bool {
        self.exact.get(root) == Some(&true)
    }

    /// How many steps it takes for each block of rows.
    pub fn len(&self) -> usize {
        self.schedule.steps.len()
    }

    /// Whether it takes no step.
    pub fn is_empty(&self) -> bool {
        self.schedule.steps.is_empty()
    }

    /// The variables whose values it reads.
    pub fn reads(&self) -> impl Iterator<Item = VarId> + '_ {
        self.schedule.loads.iter().map(|load| load.var)
    }

    /// The answers for the first `rows` rows of some columns. A variable without one is one of which no row says
    /// anything.
    ///
    /// # Errors
    /// Where a column is too short, or a value cannot be.
    pub fn decide(
        &self,
        columns: &BTreeMap<VarId, Column>,
        rows: usize,
        threads: usize,
    ) -> Result<Verdicts, Problem> {
        run::run(self, columns, rows, threads)
    }

    /// A row in which nothing is said.
    pub fn row(&self) -> Row {
        self.single.row()
    }

    /// Says which cells of a variable are possible in a row. Where none is that can be, nothing is said.
    pub fn say(&self, row: &mut Row, var: VarId, possible: u128) {
        let can = self.possible.find(var).copied().unwrap_or_default();
        self.single.say(row, var, if possible & can == 0 { can } else { possible });
    }

    /// The answers for one row, root by root.
    ///
    /// # Example
    /// ```
    /// use placet::batch::{MOST_NODES, Program};
    /// use placet::circuit::Circuit;
    /// use placet::value::Truth;
    /// use std::collections::BTreeSet;
    ///
    /// let mut circuit = Circuit::new();
    /// let region = circuit.variable(3);
    /// let west = circuit.test(region, 0b001);
    /// let program = Program::compile(&circuit, &[west], &circuit.anything(), &BTreeSet::new(), MOST_NODES);
    /// let mut row = program.row();
    /// assert!(program.answers(&mut row).eq([Truth::Open]));
    /// program.say(&mut row, region, 0b110);
    /// assert!(program.answers(&mut row).eq([Truth::No]));
    /// ```
    pub fn answers<'a>(&'a self, row: &'a mut Row) -> impl ExactSizeIterator<Item = Truth> + 'a {
        self.single.settle(row);
        self.single.answers(row)
    }
}

/// The answers for many rows, as planes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdicts {
    rows: usize,
    /// For every root the planes of yes and of no.
    roots: Vec<(Vec<u64>, Vec<u64>)>,
}

impl Verdicts {
    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The rows that a root is true for: bit *i* of word *j* for row 64 *j* + *i*. Those that are not there are not set.
    pub fn yes(&self, root: usize) -> &[u64] {
        self.roots.get(root).map_or(&[], |(yes, _)| yes)
    }

    /// The rows that a root is false for, likewise.
    pub fn no(&self, root: usize) -> &[u64] {
        self.roots.get(root).map_or(&[], |(_, no)| no)
    }

    /// The answer of a root for a row; open where there is no such row.
    pub fn truth(&self, root: usize, row: usize) -> Truth {
        let is = |plane: &[u64]| plane.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1);
        match (is(self.yes(root)), is(self.no(root))) {
            (true, false) => Truth::Yes,
            (false, true) => Truth::No,
            _ => Truth::Open,
        }
    }

    /// For how many rows a root is true, and for how many it is false.
    pub fn count(&self, root: usize) -> (usize, usize) {
        let set = |plane: &[u64]| plane.iter().map(|word| word.count_ones() as usize).sum();
        (set(self.yes(root)), set(self.no(root)))
    }
}
