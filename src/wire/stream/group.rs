//! The rows of a chunk that are about one kind on one day, and what they say of each variable.

use super::asked::{Again, Answer, Asked};
use super::cell::{Cell, Saying};
use super::room::Room;
use crate::batch::{Column, Values, Verdicts};
use crate::circuit::{Mask, Masks};
use crate::compiled::{Known, Somebody};
use crate::evidence::Case;
use crate::id::{EntityId, FactId, KindId, VarId};
use crate::value::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The answers of rows for which the planes do not tell all.
type Apart = BTreeMap<usize, Box<[Answer]>>;

/// The rows about one kind on one day.
pub(super) struct Group<'p> {
    pub kind: KindId,
    pub day: Date,
    /// None where a row may name somebody by what the files beside say, or one form does not serve all: then each is
    /// decided on by itself.
    pub served: Option<Served<'p>>,
    /// In how manieth use of a group it was used last.
    pub used: u64,
    rows: usize,
    /// What is possible, slot by slot and row by row.
    columns: Vec<Vec<Mask>>,
    verdicts: Option<Verdicts>,
    apart: Apart,
}

/// What serves all rows of a group.
pub(super) struct Served<'p> {
    pub asked: Arc<Asked<'p>>,
    /// What is possible of each variable where a row says nothing.
    pub base: Masks,
    /// The same, slot by slot.
    unsaid: Vec<Mask>,
    /// For each slot, whether the files beside say something of its fact.
    pub told: Vec<bool>,
    /// What the files beside say something of.
    spoken: BTreeSet<(EntityId, FactId)>,
    /// Whom a row speaks of.
    pub subject: EntityId,
    pub only: BTreeMap<KindId, EntityId>,
    /// How the cells of a table are read.
    pub cells: Vec<Cell>,
    again: Again,
}

/// A row that is being read.
pub(super) struct NextRow<'g, 'p> {
    pub saying: Saying<'g>,
    pub cells: &'g mut [Cell],
    pub asked: &'g Asked<'p>,
}

impl<'p> Served<'p> {
    /// For rows that add to a case in which the subject says nothing.
    pub fn of(asked: Arc<Asked<'p>>, case: &Case<'_>) -> Option<Served<'p>> {
        let base = Known::of(&asked.compiled, case)?.masks;
        let entities = case.entities.iter();
        let spoken = entities.flat_map(|(id, entity)| entity.statements.keys().map(move |fact| (id, *fact)));
        let spoken: BTreeSet<(EntityId, FactId)> = spoken.collect();
        let is_told = |var: &VarId| {
            let variable = &asked.compiled.variables[*var];
            let who = asked.compiled.somebodies[variable.who()];
            matches!(who, Somebody::Entity(who) if spoken.contains(&(who, variable.fact())))
        };
        Some(Served {
            unsaid: asked.slots.iter().map(|var| base.find(*var).copied().unwrap_or(Mask::MAX)).collect(),
            told: asked.slots.iter().map(is_told).collect(),
            spoken,
            subject: case.subject,
            only: case.only.clone(),
            cells: Vec::new(),
            again: Again::default(),
            asked,
            base,
        })
    }

    /// Whether the files beside say something of a fact, so that what a row says does not stand alone.
    pub fn is_spoken_of(&self, who: EntityId, fact: FactId) -> bool {
        self.spoken.contains(&(who, fact))
    }
}

impl<'p> Group<'p> {
    pub fn new(kind: KindId, day: Date, served: Option<Served<'p>>) -> Group<'p> {
        Group {
            kind,
            day,
            served,
            used: 0,
            rows: 0,
            columns: Vec::new(),
            verdicts: None,
            apart: BTreeMap::new(),
        }
    }

    /// Whether none of the present rows is in it.
    pub fn is_idle(&self) -> bool {
        self.rows == 0
    }

    /// Gives back what it holds; it is found no more.
    pub fn retire(&mut self, room: &Room) {
        if let Some(served) = &self.served {
            room.give(served.again.kept + served.cells.iter().map(Cell::kept).sum::<usize>());
        }
        *self = Group::new(KindId(u32::MAX), self.day, None);
    }

    /// Makes ready for one more row: what is said next is said in it, until it is added or taken back.
    pub fn next_row<'g>(&'g mut self, counts: &'g [bool]) -> Option<NextRow<'g, 'p>> {
        let served = self.served.as_mut()?;
        if self.columns.len() != served.unsaid.len() {
            self.columns.resize_with(served.unsaid.len(), Vec::new);
        }
        if self.columns.first().is_some_and(|column| column.len() <= self.rows) {
            for (column, unsaid) in self.columns.iter_mut().zip(&served.unsaid) {
                column.resize((2 * self.rows).max(8), *unsaid);
            }
        }
        let saying = Saying { columns: &mut self.columns, row: self.rows, counts };
        Some(NextRow { saying, cells: &mut served.cells, asked: &served.asked })
    }

    /// Adds the row that was made ready; its place.
    pub fn add(&mut self) -> usize {
        self.rows += 1;
        self.rows - 1
    }

    /// Takes back what was said in the row that was made ready.
    pub fn take_back(&mut self) {
        let Some(served) = &self.served else { return };
        for (column, unsaid) in self.columns.iter_mut().zip(&served.unsaid) {
            if let Some(there) = column.get_mut(self.rows) {
                *there = *unsaid;
            }
        }
    }

    /// Adds a row that says so much, slot by slot; its place.
    pub fn add_said(&mut self, said: &[(usize, Mask)]) -> usize {
        if let Some(mut next) = self.next_row(&[]) {
            said.iter().for_each(|(slot, mask)| next.saying.put(*slot, *mask));
        }
        self.add()
    }

    /// Decides on the rows.
    pub fn decide(&mut self, room: &Room) {
        let Some(served) = self.served.as_mut().filter(|_| self.rows > 0) else { return };
        let slots = served.asked.slots.iter().copied().zip(&self.columns);
        let columns = slots.map(|(var, masks)| {
            let masks = masks.get(..self.rows).unwrap_or_default();
            (var, Column { values: Values::Possible(masks), valid: None, otherwise: Mask::MAX })
        });
        // What rows say was read cell by cell, so that no value is one that cannot be.
        self.verdicts = served.asked.program.decide(&columns.collect(), self.rows, 1).ok();
        let Some(verdicts) = &self.verdicts else { return };
        for row in served.asked.loose(verdicts) {
            let mask = |column: &Vec<Mask>| column.get(row).copied().unwrap_or(Mask::MAX);
            let masks = self.columns.iter().map(mask).collect();
            let planes = |place| served.asked.answer(verdicts, place, row);
            let answers = served.again.answers(&served.asked, &served.base, masks, planes, room);
            self.apart.insert(row, answers);
        }
    }

    /// The answer for a row and a type.
    pub fn answer(&self, row: usize, place: usize) -> Option<Answer> {
        if let Some(apart) = self.apart.get(&row) {
            return apart.get(place).copied();
        }
        Some(self.served.as_ref()?.asked.answer(self.verdicts.as_ref()?, place, row))
    }

    /// The verdicts, with what answers for them and those rows that stand apart.
    pub fn decided(&self) -> Option<(&Asked<'p>, &Verdicts, &Apart)> {
        Some((&self.served.as_ref()?.asked, self.verdicts.as_ref()?, &self.apart))
    }

    /// Makes ready for the next rows; where `small`, the memory of these is given back.
    pub fn clear(&mut self, small: bool) {
        self.verdicts = None;
        self.apart.clear();
        if small {
            self.columns = Vec::new();
        }
        let unsaid = self.served.iter().flat_map(|served| &served.unsaid);
        for (column, unsaid) in self.columns.iter_mut().zip(unsaid) {
            column.iter_mut().take(self.rows).for_each(|there| *there = *unsaid);
        }
        self.rows = 0;
    }
}
