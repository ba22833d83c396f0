//! Reads the cells of one column: frequent texts directly, any other text once, with a cache.

use super::super::cell::claim;
use super::super::dossier_csv::wrong_cell;
use super::super::names::{Names, name_key};
use super::room::Room;
use super::row_program::RowProgram;
use super::summary::Bad;
use crate::circuit::Mask;
use crate::compiled::{Cells, EntityRef, cells_left};
use crate::diagram::Lookup;
use crate::evidence::{About, Claim, Provenance, Statement, Target, claimed};
use crate::id::{EntityId, FactId, Id};
use crate::policy::{Fact, FactType};
use crate::span::{FileId, Span};
use crate::syntax::LARGEST_NUMBER;
use crate::value::{Date, Ranges};

use std::sync::Arc;

/// The largest number of texts of a column that are cached with their meaning.
const KEPT: usize = 1024;

/// The approximate size of a cached finding, in bytes.
const FINDING: usize = 400;

/// The length of the longest text that is cached, in bytes.
const LONGEST: usize = 64;

/// How the cells of a column are read.
pub(super) enum Cell {
    /// Not read, since they are not about facts.
    Aside,
    /// Read by the dossier reader, unless they are blank.
    Elsewhere,
    /// Read as claims about a fact.
    Fact(Box<FactCell>),
}

/// Reads cells as claims about a fact.
pub(super) struct FactCell {
    fact: FactId,
    /// The name of the column.
    title: String,
    plain: Plain,
    /// The variables that depend on the fact.
    variables: Vec<CellVariable>,
    /// The slots and standards of the variables with [`Turns::Place`].
    places: Vec<(usize, usize)>,
    /// A cache of the meaning of texts that are not plain.
    others: Lookup<Box<[u8]>, Other>,
    /// The size of the cache in bytes.
    kept: usize,
}

/// The meaning of a text that is not plain.
#[derive(Clone)]
enum Other {
    /// The mask of each variable. Empty if the text restricts none.
    Masks(Box<[Mask]>),
    /// The text is wrong.
    Wrong(Arc<Bad>),
    /// The text names an entity, so the dossier reader must read the row.
    Elsewhere,
}

/// A variable that depends on a fact.
struct CellVariable {
    slot: usize,
    /// The index of its standard in the policy, plus one. 0 for no standard.
    standard: usize,
    turns: Turns,
}

/// How a plain value selects a cell of a variable.
enum Turns {
    /// A number selects the cell by the starts of the cells.
    Starts(Vec<i64>),
    /// A number selects the cell by whether it is within the ranges.
    Within(Ranges),
    /// Yes or no, or the value of a choice, selects the cell with its index.
    Place,
    /// A plain value selects no cell.
    Any,
}

/// The texts that are read directly.
enum Plain {
    YesNo,
    Number,
    Date,
    /// The values, each with the mask of its cell.
    Choice(Vec<(Box<[u8]>, Mask)>),
    Nothing,
}

/// The effect of a cell on its row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Done {
    /// The cell has been read.
    Noted,
    /// The cell is wrong, so the row is invalid.
    Wrong(Arc<Bad>),
    /// The dossier reader must read the row.
    Elsewhere,
}

/// The masks of a row, by slot.
pub(super) struct RowMasks<'s> {
    pub columns: &'s mut [Vec<Mask>],
    pub row: usize,
    /// Whether the statements of the row count: first for no standard, then for each standard.
    pub counts: &'s [bool],
}

impl RowMasks<'_> {
    #[inline]
    pub fn put(&mut self, slot: usize, mask: Mask) {
        if let Some(there) = self.columns.get_mut(slot).and_then(|column| column.get_mut(self.row)) {
            *there = mask;
        }
    }

    #[inline]
    fn set(&mut self, variable: &CellVariable, mask: Mask) {
        if self.counts.get(variable.standard) == Some(&true) {
            self.put(variable.slot, mask);
        }
    }
}

impl Cell {
    /// Returns how cells about a fact of an entity are read.
    pub fn of(who: EntityId, fact: FactId, title: &str, row_program: &RowProgram) -> Cell {
        let compiled = &row_program.compiled;
        let plain = Plain::of(compiled.declared(fact));
        let mut variables = Vec::new();
        for (slot, var) in row_program.slots.iter().enumerate() {
            let variable = &compiled.variables[*var];
            let entity_ref = EntityRef::Entity(who);
            if variable.fact() != fact || compiled.entity_refs[variable.who()] != entity_ref {
                continue;
            }
            let turns = match (&variable.cells, &plain) {
                (Cells::Numbers(starts), Plain::Number) | (Cells::Dates(starts), Plain::Date) => {
                    Turns::Starts(starts.clone())
                }
                (Cells::Within(ranges), Plain::Number | Plain::Date) => Turns::Within(ranges.clone()),
                (Cells::YesNo, Plain::YesNo) | (Cells::Values(_), Plain::Choice(_)) => Turns::Place,
                _ => Turns::Any,
            };
            let standard = variable.standard.map_or(0, |standard| standard.place() + 1);
            variables.push(CellVariable { slot, standard, turns });
        }
        let is_place = |variable: &&CellVariable| matches!(variable.turns, Turns::Place);
        Cell::Fact(Box::new(FactCell {
            places: variables
                .iter()
                .filter(is_place)
                .map(|variable| (variable.slot, variable.standard))
                .collect(),
            fact,
            title: title.to_owned(),
            plain,
            variables,
            others: Lookup::default(),
            kept: 0,
        }))
    }

    /// Returns the size of its cache in bytes.
    pub fn kept(&self) -> usize {
        match self {
            Cell::Fact(cell) => cell.kept,
            _ => 0,
        }
    }

    /// Reads a cell.
    #[inline]
    pub fn read(&mut self, text: &[u8], masks: &mut RowMasks<'_>, served: &Reading<'_, '_>) -> Done {
        match self {
            Cell::Aside => Done::Noted,
            _ if text.is_empty() => Done::Noted,
            Cell::Elsewhere if text.trim_ascii().is_empty() => Done::Noted,
            Cell::Elsewhere => Done::Elsewhere,
            Cell::Fact(cell) => cell.read(text, masks, served),
        }
    }
}

/// The context in which a text that is not plain is read.
pub(super) struct Reading<'r, 'p> {
    pub names: &'r Names<'p>,
    pub row_program: &'r RowProgram,
    pub room: &'r Room,
}

impl Plain {
    fn of(fact: &Fact) -> Plain {
        match &fact.r#type {
            FactType::YesNo => Plain::YesNo,
            FactType::Number { .. } => Plain::Number,
            FactType::Date => Plain::Date,
            FactType::Choice(choices) => {
                // `unknown` and `contested` state how well a fact is known, even if a value of the choice has that
                // name.
                let is_word = |choice: &str| matches!(name_key(choice).as_str(), "unknown" | "contested");
                let cells = choices.iter().zip(0..).map(|(choice, place)| (choice, 1 << place));
                let cells = cells.filter(|(choice, _)| !is_word(choice));
                Plain::Choice(cells.map(|(choice, cell)| (choice.as_bytes().into(), cell)).collect())
            }
            FactType::One(_) | FactType::Many(_) => Plain::Nothing,
        }
    }
}

impl FactCell {
    #[inline]
    fn read(&mut self, text: &[u8], masks: &mut RowMasks<'_>, reading: &Reading<'_, '_>) -> Done {
        match &self.plain {
            // Patterns are used because a comparison of slices is a function call.
            Plain::YesNo => match text {
                [b'y', b'e', b's'] => self.cell(0b10, masks),
                [b'n', b'o'] => self.cell(0b01, masks),
                _ => return self.other(text, masks, reading),
            },
            Plain::Number => match number(text) {
                Some(number) => self.number(number, masks),
                None => return self.other(text, masks, reading),
            },
            Plain::Date => match std::str::from_utf8(text).ok().and_then(Date::parse) {
                Some(day) => self.number(day.number(), masks),
                None => return self.other(text, masks, reading),
            },
            Plain::Choice(choices) => match choices.iter().find(|(choice, _)| **choice == *text) {
                Some((_, cell)) => {
                    let cell = *cell;
                    self.cell(cell, masks);
                }
                None => return self.other(text, masks, reading),
            },
            Plain::Nothing => return self.other(text, masks, reading),
        }
        Done::Noted
    }

    #[inline]
    fn cell(&self, cell: Mask, masks: &mut RowMasks<'_>) {
        for (slot, standard) in &self.places {
            if masks.counts.get(*standard) == Some(&true) {
                masks.put(*slot, cell);
            }
        }
    }

    fn number(&self, number: i64, masks: &mut RowMasks<'_>) {
        for variable in &self.variables {
            let place = match &variable.turns {
                Turns::Starts(starts) => starts.partition_point(|start| *start <= number).saturating_sub(1),
                Turns::Within(ranges) => usize::from(ranges.contains(number)),
                Turns::Place | Turns::Any => continue,
            };
            masks.set(variable, 1 << place);
        }
    }

    /// Reads a text that is not plain, or looks up its meaning in the cache.
    fn other(&mut self, text: &[u8], masks: &mut RowMasks<'_>, reading: &Reading<'_, '_>) -> Done {
        let meaning = match self.others.get(text) {
            Some(meaning) => meaning.clone(),
            None => {
                let meaning = self.meaning(text, reading);
                let bytes = FINDING + text.len() + 16 * self.variables.len();
                let is_kept = self.others.len() < KEPT && text.len() <= LONGEST;
                if is_kept && reading.room.take(bytes) {
                    self.kept += bytes;
                    self.others.insert(text.into(), meaning.clone());
                }
                meaning
            }
        };
        match meaning {
            Other::Masks(restricted) => {
                for (variable, mask) in self.variables.iter().zip(restricted) {
                    masks.set(variable, mask);
                }
                Done::Noted
            }
            Other::Wrong(bad) => Done::Wrong(bad),
            Other::Elsewhere => Done::Elsewhere,
        }
    }

    /// Returns the meaning of a text as the only statement about the fact. A blank text and "unknown" restrict no
    /// variable.
    fn meaning(&self, text: &[u8], reading: &Reading<'_, '_>) -> Other {
        let Ok(text) = std::str::from_utf8(text) else { return Other::Elsewhere };
        let text = text.trim();
        if text.is_empty() {
            return Other::Masks(Box::default());
        }
        let compiled = &reading.row_program.compiled;
        let fact = compiled.declared(self.fact);
        let span = Span::new(FileId(0), 0, 0);
        let claim = match claim(text, fact, reading.names) {
            Ok(claim) => claim,
            Err(wrong) => {
                let bad = Bad::of(*wrong_cell(span, text, wrong), Some(self.title.clone()));
                return Other::Wrong(Arc::new(bad));
            }
        };
        match (&claim, &fact.r#type) {
            (Claim::Unknown, _) => return Other::Masks(Box::default()),
            (Claim::One(Target::Only(kind)) | Claim::NotOne(Target::Only(kind)), FactType::One(kinds))
                if !kinds.contains(kind) =>
            {
                return Other::Elsewhere;
            }
            (Claim::One(Target::Named(_)) | Claim::NotOne(Target::Named(_)), _) => return Other::Elsewhere,
            (Claim::Members { ids, .. }, _) if !ids.is_empty() => return Other::Elsewhere,
            _ => {}
        }
        let (about, provenance) = (About::Subject, Provenance::default());
        let statement = Statement { about, fact: self.fact, claim, provenance, span };
        let weighed = claimed(&compiled.policy.vocabulary, &statement);
        let mask = |variable: &CellVariable| {
            let var = reading.row_program.slots.get(variable.slot)?;
            cells_left(compiled.variables.find(*var)?, &weighed)
        };
        self.variables.iter().map(mask).collect::<Option<_>>().map_or(Other::Elsewhere, Other::Masks)
    }
}

/// Parses a whole number that consists of digits only.
#[inline]
fn number(text: &[u8]) -> Option<i64> {
    if text.is_empty() || text.len() > 15 {
        return None;
    }
    let mut number = 0;
    for byte in text {
        if !byte.is_ascii_digit() {
            return None;
        }
        number = number * 10 + i64::from(byte - b'0');
    }
    (number <= LARGEST_NUMBER).then_some(number)
}
