//! The rows of a chunk with the same kind and day, and the masks of their variables.

use super::super::dossier_csv::CsvColumn;
use super::cell::{Cell, RowMasks};
use super::room::Room;
use super::row_program::{Again, Answer, RowProgram};
use crate::bitplane::{Column, Values, Verdicts};
use crate::circuit::{Mask, Masks};
use crate::compiled::{EntityRef, Known};
use crate::evidence::Case;
use crate::id::{EntityId, FactId, KindId, VarId};
use crate::sorted::{SortedMap, SortedSet};
use crate::value::Date;
use std::sync::Arc;

/// The outcomes of rows for which the bitplanes are not sufficient, by row.
type Apart = SortedMap<usize, Box<[Answer]>>;

/// The rows with one kind and one day.
pub(super) struct Group {
    pub kind: KindId,
    pub day: Date,
    /// `None` if the accompanying dossiers name entities in the case of every row, or if one compiled form does not
    /// serve all cases. Each row is then decided on separately.
    pub served: Option<Served>,
    /// The value of `Stream::used` at the last use of the group.
    pub used: u64,
    rows: usize,
    /// The masks, by slot and row.
    columns: Vec<Vec<Mask>>,
    verdicts: Option<Verdicts>,
    apart: Apart,
}

/// The data that all rows of a group share.
pub(super) struct Served {
    pub row_program: Arc<RowProgram>,
    /// The mask of each variable for a row without statements.
    pub base: Masks,
    /// The same masks, by slot.
    slot_base: Vec<Mask>,
    /// For each slot, whether the accompanying dossiers have statements about its fact.
    pub stated: Vec<bool>,
    /// The entities and facts about which the accompanying dossiers have statements.
    stated_facts: SortedSet<(EntityId, FactId)>,
    /// The entity that a row is about.
    pub subject: EntityId,
    pub only: SortedMap<KindId, EntityId>,
    /// How the cells of a table are read, by column.
    pub cells: Vec<Cell>,
    again: Again,
}

/// A row that is being read.
pub(super) struct NextRow<'g> {
    pub masks: RowMasks<'g>,
    pub cells: &'g mut [Cell],
    pub row_program: &'g RowProgram,
}

impl Served {
    /// Returns the shared data for rows that extend a case without statements about the subject.
    pub fn of(row_program: Arc<RowProgram>, case: &Case<'_>) -> Option<Served> {
        let base = Known::of(&row_program.compiled, case)?.masks;
        let entities = case.entities.iter();
        let stated_facts =
            entities.flat_map(|(id, entity)| entity.statements.keys().map(move |fact| (id, *fact)));
        let stated_facts: SortedSet<(EntityId, FactId)> = stated_facts.collect();
        let is_stated = |var: &VarId| {
            let variable = &row_program.compiled.variables[*var];
            let who = row_program.compiled.entity_refs[variable.who()];
            matches!(who, EntityRef::Entity(who) if stated_facts.contains(&(who, variable.fact())))
        };
        Some(Served {
            slot_base: row_program
                .slots
                .iter()
                .map(|var| base.find(*var).copied().unwrap_or(Mask::MAX))
                .collect(),
            stated: row_program.slots.iter().map(is_stated).collect(),
            stated_facts,
            subject: case.subject,
            only: case.only.clone(),
            cells: Vec::new(),
            again: Again::default(),
            row_program,
            base,
        })
    }

    /// Returns whether the accompanying dossiers have statements about a fact, so that the value in a row is not the
    /// only one.
    fn is_stated(&self, who: EntityId, fact: FactId) -> bool {
        self.stated_facts.contains(&(who, fact))
    }
}

/// Returns how the cells of each column are read in rows about a kind.
pub(super) fn cells(columns: &[CsvColumn], titles: &[String], kind: KindId, served: &Served) -> Vec<Cell> {
    let about = |who: EntityId, fact: FactId, title: &str| match served.is_stated(who, fact) {
        true => Cell::Elsewhere,
        false => Cell::of(who, fact, title, &served.row_program),
    };
    let cell = |(column, title): (&CsvColumn, &String)| match column {
        CsvColumn::Own(kinds) => match kinds.get(&kind) {
            Some(fact) => about(served.subject, *fact, title),
            None => Cell::Elsewhere,
        },
        CsvColumn::Only(kind, fact) => match served.only.get(kind) {
            Some(who) => about(*who, *fact, title),
            None => Cell::Elsewhere,
        },
        CsvColumn::Blank => Cell::Elsewhere,
        _ => Cell::Aside,
    };
    columns.iter().zip(titles).map(cell).collect()
}

impl Group {
    pub fn new(kind: KindId, day: Date, served: Option<Served>) -> Group {
        Group {
            kind,
            day,
            served,
            used: 0,
            rows: 0,
            columns: Vec::new(),
            verdicts: None,
            apart: SortedMap::new(),
        }
    }

    /// Returns whether the group has no rows of the present chunk.
    pub fn is_idle(&self) -> bool {
        self.rows == 0
    }

    /// Releases the memory that the group uses. The group is not found afterwards.
    pub fn retire(&mut self, room: &Room) {
        if let Some(served) = &self.served {
            room.give(served.again.kept + served.cells.iter().map(Cell::kept).sum::<usize>());
        }
        *self = Group::new(KindId(u32::MAX), self.day, None);
    }

    /// Prepares the next row. Values are written to it until it is added or taken back.
    pub fn next_row<'g>(&'g mut self, counts: &'g [bool]) -> Option<NextRow<'g>> {
        let served = self.served.as_mut()?;
        if self.columns.len() != served.slot_base.len() {
            self.columns.resize_with(served.slot_base.len(), Vec::new);
        }
        if self.columns.first().is_some_and(|column| column.len() <= self.rows) {
            for (column, base) in self.columns.iter_mut().zip(&served.slot_base) {
                column.resize((2 * self.rows).max(8), *base);
            }
        }
        let masks = RowMasks { columns: &mut self.columns, row: self.rows, counts };
        Some(NextRow { masks, cells: &mut served.cells, row_program: &served.row_program })
    }

    /// Adds the prepared row, and returns its index.
    pub fn add(&mut self) -> usize {
        self.rows += 1;
        self.rows - 1
    }

    /// Removes the values that were written to the prepared row.
    pub fn take_back(&mut self) {
        let Some(served) = &self.served else { return };
        for (column, base) in self.columns.iter_mut().zip(&served.slot_base) {
            if let Some(there) = column.get_mut(self.rows) {
                *there = *base;
            }
        }
    }

    /// Adds a row with the given masks, by slot, and returns its index.
    pub fn add_masks(&mut self, masks: &[(usize, Mask)]) -> usize {
        if let Some(mut next) = self.next_row(&[]) {
            masks.iter().for_each(|(slot, mask)| next.masks.put(*slot, *mask));
        }
        self.add()
    }

    /// Decides on the rows.
    pub fn decide(&mut self, room: &Room) {
        let Some(served) = self.served.as_mut().filter(|_| self.rows > 0) else { return };
        let slots = served.row_program.slots.iter().copied().zip(&self.columns);
        let columns = slots.map(|(var, masks)| {
            let masks = masks.get(..self.rows).unwrap_or_default();
            (var, Column { values: Values::Possible(masks), valid: None, otherwise: Mask::MAX })
        });
        // The cells were checked while they were read, so every mask is possible and `decide` does not fail.
        self.verdicts = served.row_program.program.decide(&columns.collect(), self.rows, 1).ok();
        let Some(verdicts) = &self.verdicts else { return };
        for row in served.row_program.loose(verdicts) {
            let mask = |column: &Vec<Mask>| column.get(row).copied().unwrap_or(Mask::MAX);
            let masks = self.columns.iter().map(mask).collect();
            let planes = |place| served.row_program.answer(verdicts, place, row);
            let answers = served.again.answers(&served.row_program, &served.base, masks, planes, room);
            self.apart.insert(row, answers);
        }
    }

    /// Returns the outcome for a row and a type of assistance.
    pub fn answer(&self, row: usize, place: usize) -> Option<Answer> {
        if let Some(apart) = self.apart.get(&row) {
            return apart.get(place).copied();
        }
        Some(self.served.as_ref()?.row_program.answer(self.verdicts.as_ref()?, place, row))
    }

    /// Returns the verdicts of the bitplanes, with the prepared policy that reads them, and the outcomes of rows that
    /// the bitplanes do not decide.
    pub fn decided(&self) -> Option<(&RowProgram, &Verdicts, &Apart)> {
        Some((&self.served.as_ref()?.row_program, self.verdicts.as_ref()?, &self.apart))
    }

    /// Prepares the group for the next chunk. If `small` is true, the memory of the present rows is released.
    pub fn clear(&mut self, small: bool) {
        self.verdicts = None;
        self.apart.clear();
        if small {
            self.columns = Vec::new();
        }
        let slot_base = self.served.iter().flat_map(|served| &served.slot_base);
        for (column, base) in self.columns.iter_mut().zip(slot_base) {
            column.iter_mut().take(self.rows).for_each(|there| *there = *base);
        }
        self.rows = 0;
    }
}
