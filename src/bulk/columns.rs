//! Columns of facts, by their words, and the columns of variables that follow from them.

use super::{Bulk, BulkError};
use crate::bitplane::{Bits, Column, Values};
use crate::circuit::Mask;
use crate::compiled::{Cells, Compiled, VariableKind};
use crate::evidence::{Provenance, left_out};
use crate::id::{FactId, StandardId, VarId};
use crate::policy::FactType;
use crate::policy::names::name_key;
use crate::sorted::{SortedMap, SortedSet};

/// The values of a fact, row by row.
#[derive(Clone, Copy, Debug)]
pub enum FactValues<'a> {
    /// Yes if the bit is set, otherwise no.
    YesNo(Bits<'a>),
    /// Numbers.
    Numbers(&'a [i64]),
    /// Days, as numbered by [`Date::number`](crate::value::Date::number).
    Days(&'a [i64]),
    /// The values of a choice, by their places in its declaration.
    Choices(&'a [u8]),
    /// The targets of a to-one relation, by their places among the [cells](crate::compiled::Variable::cells) of its
    /// variable: no one, the only entities of kinds, or an unknown entity.
    Targets(&'a [u8]),
    /// A set bit means that the list has no members; a bit that is not set gives no value.
    NoMembers(Bits<'a>),
    /// The possible cells of the variables of the fact. The fact must be read as one variable, or as several with the
    /// same cells.
    Possible(&'a [Mask]),
}

/// The values of a fact, with their provenance.
#[derive(Clone, Debug)]
pub struct FactColumn<'a> {
    /// The words of the fact, as in the heading of a column of data: `headcount`, `the unity government has taken
    /// office in the capital`.
    pub fact: &'a str,
    /// The values.
    pub values: FactValues<'a>,
    /// The rows that have a value; all rows if there is no bitmap.
    pub valid: Option<Bits<'a>>,
    /// The source, rating and date. They determine the evidence standards under which the values count.
    pub provenance: Provenance,
    /// For evidence standards, by name, the rows in which the values count regardless of the provenance.
    pub counting: Vec<(&'a str, Bits<'a>)>,
}

impl<'a> FactColumn<'a> {
    /// Returns values for every row, without provenance.
    pub fn new(fact: &'a str, values: FactValues<'a>) -> FactColumn<'a> {
        FactColumn { fact, values, valid: None, provenance: Provenance::default(), counting: Vec::new() }
    }

    /// Restricts the values to some rows.
    #[must_use]
    pub fn valid(self, valid: Bits<'a>) -> FactColumn<'a> {
        FactColumn { valid: Some(valid), ..self }
    }

    /// Sets the provenance.
    #[must_use]
    pub fn from(self, provenance: Provenance) -> FactColumn<'a> {
        FactColumn { provenance, ..self }
    }

    /// Sets the rows in which the values count under an evidence standard.
    #[must_use]
    pub fn counting(mut self, standard: &'a str, rows: Bits<'a>) -> FactColumn<'a> {
        self.counting.push((standard, rows));
        self
    }

    /// Returns the number of rows for which there are values.
    fn rows(&self) -> Option<usize> {
        let values = match self.values {
            FactValues::YesNo(bits) | FactValues::NoMembers(bits) => bits.rows(),
            FactValues::Numbers(values) | FactValues::Days(values) => values.len(),
            FactValues::Choices(values) | FactValues::Targets(values) => values.len(),
            FactValues::Possible(masks) => masks.len(),
        };
        let bitmaps = self.valid.iter().chain(self.counting.iter().map(|(_, rows)| rows));
        bitmaps.map(Bits::rows).chain([values]).min()
    }
}

/// A column of a variable.
pub(super) struct Fed<'a> {
    pub var: VarId,
    values: Values<'a>,
    valid: Valid<'a>,
    otherwise: Mask,
}

enum Valid<'a> {
    Every,
    These(Bits<'a>),
    Both(Vec<u8>),
}

impl Fed<'_> {
    pub fn column(&self) -> Column<'_> {
        let valid = match &self.valid {
            Valid::Every => None,
            Valid::These(bits) => Some(*bits),
            Valid::Both(bytes) => Some(Bits::new(bytes)),
        };
        Column { values: self.values, valid, otherwise: self.otherwise }
    }
}

/// Returns the first numbers of ranges of numbers and days, each with its cell.
pub(super) fn starts(compiled: &Compiled) -> SortedMap<VarId, Vec<(i64, u32)>> {
    let mut all = SortedMap::new();
    for (var, variable) in compiled.variables.iter() {
        let starts: Vec<(i64, u32)> = match &variable.cells {
            Cells::Numbers(starts) | Cells::Dates(starts) => starts.iter().copied().zip(0..).collect(),
            Cells::Within(ranges) => {
                let is_date = matches!(compiled.declared(variable.fact()).r#type, FactType::Date);
                let first = if is_date { i64::MIN } else { 0 };
                let edges = ranges.ranges().iter().flat_map(|(low, high)| [Some(*low), high.checked_add(1)]);
                let starts: SortedSet<i64> =
                    edges.flatten().filter(|edge| *edge > first).chain([first]).collect();
                starts.into_iter().map(|start| (start, u32::from(ranges.contains(start)))).collect()
            }
            _ => continue,
        };
        all.insert(var, starts);
    }
    all
}

impl Bulk {
    /// Returns the fact with these words.
    pub(super) fn fact(&self, words: &str) -> Result<FactId, BulkError> {
        let compiled = &self.compiled;
        let subject = compiled.kind(compiled.subject);
        let facts = self.names.get(&name_key(words)).map_or(&[][..], Vec::as_slice);
        let is_of_row = |fact: &&FactId| {
            let kind = compiled.declared(**fact).kind;
            kind == subject || compiled.only.contains_key(&kind)
        };
        let Some(fact) = facts.iter().find(is_of_row) else {
            return Err(BulkError::NoFact(words.to_owned()));
        };
        match compiled.declared(*fact).definition {
            Some(_) => Err(BulkError::Defined(words.to_owned())),
            None => Ok(*fact),
        }
    }

    /// Returns the columns of variables that follow from columns of facts.
    pub(super) fn feed<'a>(
        &'a self,
        columns: &[FactColumn<'a>],
        rows: usize,
    ) -> Result<Vec<Fed<'a>>, BulkError> {
        let mut fed = Vec::new();
        let mut seen = SortedSet::new();
        for columns in columns {
            let fact = self.fact(columns.fact)?;
            if !seen.insert(fact) {
                return Err(BulkError::Twice(columns.fact.to_owned()));
            }
            let counting = self.counting(columns)?;
            self.check(fact, columns)?;
            if let Some(short) = columns.rows().filter(|there| *there < rows) {
                return Err(BulkError::Short { fact: columns.fact.to_owned(), rows: short });
            }
            for var in self.read.get(&fact).map_or(&[][..], Vec::as_slice) {
                fed.extend(self.feed_one(*var, columns, &counting, rows));
            }
        }
        Ok(fed)
    }

    fn counting<'a>(&self, columns: &FactColumn<'a>) -> Result<SortedMap<StandardId, Bits<'a>>, BulkError> {
        let standards = &self.compiled.policy.vocabulary.standards;
        let mut counting = SortedMap::new();
        for (name, rows) in &columns.counting {
            let found = standards.iter().find(|(_, standard)| name_key(&standard.name) == name_key(name));
            let Some((standard, _)) = found else { return Err(BulkError::NoStandard((*name).to_owned())) };
            counting.insert(standard, *rows);
        }
        Ok(counting)
    }

    /// Checks that the values are of the type of the fact.
    fn check(&self, fact: FactId, columns: &FactColumn<'_>) -> Result<(), BulkError> {
        let takes = match (&self.compiled.declared(fact).r#type, columns.values) {
            (_, FactValues::Possible(_))
            | (FactType::YesNo, FactValues::YesNo(_))
            | (FactType::Number { .. }, FactValues::Numbers(_))
            | (FactType::Date, FactValues::Days(_))
            | (FactType::Choice(_), FactValues::Choices(_))
            | (FactType::One(_), FactValues::Targets(_))
            | (FactType::Many(_), FactValues::NoMembers(_)) => return Ok(()),
            (FactType::YesNo, _) => "yes or no",
            (FactType::Number { .. }, _) => "numbers",
            (FactType::Date, _) => "days",
            (FactType::Choice(_), _) => "choices",
            (FactType::One(_), _) => "targets",
            (FactType::Many(_), _) => "lists without members",
        };
        Err(BulkError::Sort { fact: columns.fact.to_owned(), takes })
    }

    /// Returns the column of one variable of a fact; `None` if the values do not count for it.
    fn feed_one<'a>(
        &'a self,
        var: VarId,
        columns: &FactColumn<'a>,
        counting: &SortedMap<StandardId, Bits<'a>>,
        rows: usize,
    ) -> Option<Fed<'a>> {
        let compiled = &self.compiled;
        let variable = &compiled.variables[var];
        let standard = variable.standard;
        let mut bitmaps: Vec<Bits<'a>> = columns.valid.into_iter().collect();
        match standard.and_then(|standard| counting.get(&standard)) {
            Some(rows) => bitmaps.push(*rows),
            None => {
                let standard = standard.map(|standard| &compiled.policy.vocabulary.standards[standard]);
                if left_out(&columns.provenance, standard, compiled.as_of).is_some() {
                    return None;
                }
            }
        }
        let values = match columns.values {
            FactValues::YesNo(bits) => Values::YesNo(bits),
            FactValues::Numbers(values) | FactValues::Days(values) => {
                Values::Numbers { values, starts: self.starts.get(&var)? }
            }
            FactValues::Choices(values) | FactValues::Targets(values) => Values::Cells(values),
            FactValues::Possible(masks) => Values::Possible(masks),
            FactValues::NoMembers(bits) => {
                bitmaps.push(bits);
                // A complete list has no further members, whatever the condition on them is.
                if !matches!(variable.kind, VariableKind::Further { .. }) {
                    return None;
                }
                Values::Same(0b1)
            }
        };
        let valid = match bitmaps.as_slice() {
            [] => Valid::Every,
            [bits] => Valid::These(*bits),
            bitmaps => Valid::Both(all_of(bitmaps, rows)),
        };
        let otherwise = self.defaults.find(var).copied().unwrap_or(Mask::MAX);
        Some(Fed { var, values, valid, otherwise })
    }
}

/// Returns the rows that are set in all of some bitmaps, as far as the bitmaps go.
fn all_of(bitmaps: &[Bits<'_>], rows: usize) -> Vec<u8> {
    let rows = bitmaps.iter().map(Bits::rows).min().unwrap_or(0).min(rows);
    let byte = |at: usize| {
        let bit = |bit: usize| {
            let row = 8 * at + bit;
            row < rows && bitmaps.iter().all(|bits| bits.get(row))
        };
        (0..8).fold(0, |byte, at| byte | u8::from(bit(at)) << at)
    };
    (0..rows.div_ceil(8)).map(byte).collect()
}
