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
use crate::policy::FactType;
use crate::span::{FileId, Span};
use crate::syntax::LARGEST_NUMBER;
use crate::value::Date;
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
    r#type: FactType,
    /// The values of a choice that are read directly, each with the mask of its cell.
    choices: Vec<(Box<[u8]>, Mask)>,
    /// The variables that depend on the fact.
    variables: Vec<CellVariable>,
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
    cells: Cells,
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
        let variables = row_program.slots.iter().enumerate().filter_map(|(slot, var)| {
            let variable = &compiled.variables[*var];
            let standard = variable.standard.map_or(0, |standard| standard.place() + 1);
            let entity_ref = compiled.entity_refs[variable.who()];
            (variable.fact() == fact && entity_ref == EntityRef::Entity(who)).then(|| CellVariable {
                slot,
                standard,
                cells: variable.cells.clone(),
            })
        });
        let r#type = compiled.declared(fact).r#type.clone();
        Cell::Fact(Box::new(FactCell {
            fact,
            title: title.to_owned(),
            choices: plain_choices(&r#type),
            r#type,
            variables: variables.collect(),
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

/// Returns the values of a choice that are read directly, each with the mask of its cell.
fn plain_choices(r#type: &FactType) -> Vec<(Box<[u8]>, Mask)> {
    let FactType::Choice(choices) = r#type else { return Vec::new() };
    // `unknown` and `contested` state how well a fact is known, even if a value of the choice has that name.
    let is_word = |choice: &str| matches!(name_key(choice).as_str(), "unknown" | "contested");
    let cells = choices.iter().zip(0..).filter(|(choice, _)| !is_word(choice));
    cells.map(|(choice, place)| (choice.as_bytes().into(), 1 << place)).collect()
}

impl FactCell {
    #[inline]
    fn read(&mut self, text: &[u8], masks: &mut RowMasks<'_>, reading: &Reading<'_, '_>) -> Done {
        match &self.r#type {
            // Patterns are used because a comparison of slices is a function call.
            FactType::YesNo => match text {
                [b'y', b'e', b's'] => self.set(masks, |_| 0b10),
                [b'n', b'o'] => self.set(masks, |_| 0b01),
                _ => return self.other(text, masks, reading),
            },
            FactType::Number { .. } => match number(text) {
                Some(number) => self.set(masks, |cells| cells.of_number(number)),
                None => return self.other(text, masks, reading),
            },
            FactType::Date => match day(text) {
                Some(day) => self.set(masks, |cells| cells.of_number(day.number())),
                None => return self.other(text, masks, reading),
            },
            FactType::Choice(_) => match self.choices.iter().find(|(choice, _)| **choice == *text) {
                Some((_, cell)) => self.set(masks, |_| *cell),
                None => return self.other(text, masks, reading),
            },
            FactType::One(_) | FactType::Many(_) => return self.other(text, masks, reading),
        }
        Done::Noted
    }

    #[inline]
    fn set(&self, masks: &mut RowMasks<'_>, mask: impl Fn(&Cells) -> Mask) {
        for variable in &self.variables {
            masks.set(variable, mask(&variable.cells));
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
        if claim == Claim::Unknown {
            return Other::Masks(Box::default());
        }
        // The dossier reader checks the kinds of targets.
        let is_of_other_kind = match (&claim, &fact.r#type) {
            (Claim::One(Target::Only(kind)) | Claim::NotOne(Target::Only(kind)), FactType::One(kinds)) => {
                !kinds.contains(kind)
            }
            _ => false,
        };
        if is_of_other_kind || !claim.named().is_empty() {
            return Other::Elsewhere;
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

/// Returns the day in a cell that contains nothing else.
pub(super) fn day(cell: &[u8]) -> Option<Date> {
    std::str::from_utf8(cell).ok().and_then(Date::parse)
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
