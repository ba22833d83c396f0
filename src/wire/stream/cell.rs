//! How the cells of one column are read: those that are frequent at once, others once each.

use super::super::cell::claim;
use super::super::dossier_csv::{Column, wrong_cell};
use super::super::names::{Names, name_key};
use super::asked::Asked;
use super::group::Served;
use super::room::Room;
use super::summary::Bad;
use crate::circuit::Mask;
use crate::compiled::{Cells, Somebody, cells_left};
use crate::diagram::Lookup;
use crate::evidence::{About, Claim, Provenance, Statement, Target, claimed};
use crate::id::{EntityId, FactId, Id, KindId};
use crate::policy::{Fact, FactType};
use crate::span::{FileId, Span};
use crate::syntax::LARGEST_NUMBER;
use crate::value::{Date, Ranges};

use std::sync::Arc;

/// How many texts of a column are kept with what they say.
const KEPT: usize = 1024;

/// About how much a finding takes.
const FINDING: usize = 400;

/// The longest text that is kept.
const LONGEST: usize = 64;

/// How the cells of a column are read.
pub(super) enum Cell {
    /// Not at all: they are no facts.
    Aside,
    /// By the reader of dossiers, if there is anything in them.
    Elsewhere,
    /// As what they say of a fact.
    Fact(Box<Said>),
}

/// What cells say of a fact.
pub(super) struct Said {
    fact: FactId,
    /// The name of the column.
    title: String,
    plain: Plain,
    /// The variables that hang on it.
    told: Vec<Told>,
    /// The slots and standards of those whose cell is the place of a plain value.
    places: Vec<(usize, usize)>,
    /// What other texts say of each of them.
    others: Lookup<Box<[u8]>, Other>,
    /// How much room they take.
    kept: usize,
}

/// What a text that is not plain says.
#[derive(Clone)]
enum Other {
    /// This of each variable; nothing of any.
    Masks(Box<[Mask]>),
    /// Nothing, since it is wrong.
    Wrong(Arc<Bad>),
    /// Something of somebody, which is to be read elsewhere.
    Elsewhere,
}

/// A variable that hangs on a fact.
struct Told {
    slot: usize,
    /// The place of its standard among those of the policy, and one more; 0 for none.
    standard: usize,
    turns: Turns,
}

/// Into which cell of a variable a plain value falls.
enum Turns {
    /// A number, by where the cells start.
    Starts(Vec<i64>),
    /// A number, within ranges or not.
    Within(Ranges),
    /// Yes or no, or a choice: the cell of its place.
    Place,
    /// Into any.
    Any,
}

/// What is read at once.
enum Plain {
    YesNo,
    Number,
    Date,
    /// The values, each with its cell.
    Choice(Vec<(Box<[u8]>, Mask)>),
    Nothing,
}

/// What a cell does to its row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Done {
    /// What it says is noted.
    Noted,
    /// It is wrong, and the row is bad.
    Wrong(Arc<Bad>),
    /// The row is to be read elsewhere.
    Elsewhere,
}

/// What a row says, slot by slot.
pub(super) struct Saying<'s> {
    pub columns: &'s mut [Vec<Mask>],
    pub row: usize,
    /// For no standard, and for each, whether what the row says counts.
    pub counts: &'s [bool],
}

impl Saying<'_> {
    #[inline]
    pub fn put(&mut self, slot: usize, mask: Mask) {
        if let Some(there) = self.columns.get_mut(slot).and_then(|column| column.get_mut(self.row)) {
            *there = mask;
        }
    }

    #[inline]
    fn say(&mut self, told: &Told, mask: Mask) {
        if self.counts.get(told.standard) == Some(&true) {
            self.put(told.slot, mask);
        }
    }
}

/// How the cells of each column are read in rows about a kind.
pub(super) fn cells(columns: &[Column], titles: &[String], kind: KindId, served: &Served<'_>) -> Vec<Cell> {
    let cell = |(column, title): (&Column, &String)| match column {
        Column::Own(kinds) => match kinds.get(&kind) {
            Some(fact) => Cell::of(served.subject, *fact, title, served),
            None => Cell::Elsewhere,
        },
        Column::Only(kind, fact) => match served.only.get(kind) {
            Some(who) => Cell::of(*who, *fact, title, served),
            None => Cell::Elsewhere,
        },
        Column::Blank => Cell::Elsewhere,
        _ => Cell::Aside,
    };
    columns.iter().zip(titles).map(cell).collect()
}

impl Cell {
    fn of(who: EntityId, fact: FactId, title: &str, served: &Served<'_>) -> Cell {
        if served.is_spoken_of(who, fact) {
            return Cell::Elsewhere;
        }
        let compiled = &served.asked.compiled;
        let plain = Plain::of(compiled.declared(fact));
        let mut told = Vec::new();
        for (slot, var) in served.asked.slots.iter().enumerate() {
            let variable = &compiled.variables[*var];
            let somebody = Somebody::Entity(who);
            if variable.fact() != fact || compiled.somebodies[variable.who()] != somebody {
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
            told.push(Told { slot, standard, turns });
        }
        let is_place = |told: &&Told| matches!(told.turns, Turns::Place);
        Cell::Fact(Box::new(Said {
            places: told.iter().filter(is_place).map(|told| (told.slot, told.standard)).collect(),
            fact,
            title: title.to_owned(),
            plain,
            told,
            others: Lookup::default(),
            kept: 0,
        }))
    }

    /// How much room it takes.
    pub fn kept(&self) -> usize {
        match self {
            Cell::Fact(said) => said.kept,
            _ => 0,
        }
    }

    /// Reads a cell.
    #[inline]
    pub fn read(&mut self, text: &[u8], saying: &mut Saying<'_>, served: &Reading<'_, '_>) -> Done {
        match self {
            Cell::Aside => Done::Noted,
            _ if text.is_empty() => Done::Noted,
            Cell::Elsewhere if text.trim_ascii().is_empty() => Done::Noted,
            Cell::Elsewhere => Done::Elsewhere,
            Cell::Fact(said) => said.read(text, saying, served),
        }
    }
}

/// What is needed to read a text that is not plain.
pub(super) struct Reading<'r, 'p> {
    pub names: &'r Names<'p>,
    pub asked: &'r Asked<'p>,
    pub room: &'r Room,
}

impl Plain {
    fn of(fact: &Fact) -> Plain {
        match &fact.r#type {
            FactType::YesNo => Plain::YesNo,
            FactType::Number { .. } => Plain::Number,
            FactType::Date => Plain::Date,
            FactType::Choice(choices) => {
                // These words say how well a fact is known, whatever its values are called.
                let is_word = |choice: &str| matches!(name_key(choice).as_str(), "unknown" | "contested");
                let cells = choices.iter().zip(0..).map(|(choice, place)| (choice, 1 << place));
                let cells = cells.filter(|(choice, _)| !is_word(choice));
                Plain::Choice(cells.map(|(choice, cell)| (choice.as_bytes().into(), cell)).collect())
            }
            FactType::One(_) | FactType::Many(_) => Plain::Nothing,
        }
    }
}

impl Said {
    #[inline]
    fn read(&mut self, text: &[u8], saying: &mut Saying<'_>, reading: &Reading<'_, '_>) -> Done {
        match &self.plain {
            // Patterns, since a comparison of slices is a call.
            Plain::YesNo => match text {
                [b'y', b'e', b's'] => self.cell(0b10, saying),
                [b'n', b'o'] => self.cell(0b01, saying),
                _ => return self.other(text, saying, reading),
            },
            Plain::Number => match number(text) {
                Some(number) => self.number(number, saying),
                None => return self.other(text, saying, reading),
            },
            Plain::Date => match std::str::from_utf8(text).ok().and_then(Date::parse) {
                Some(day) => self.number(day.number(), saying),
                None => return self.other(text, saying, reading),
            },
            Plain::Choice(choices) => match choices.iter().find(|(choice, _)| **choice == *text) {
                Some((_, cell)) => {
                    let cell = *cell;
                    self.cell(cell, saying);
                }
                None => return self.other(text, saying, reading),
            },
            Plain::Nothing => return self.other(text, saying, reading),
        }
        Done::Noted
    }

    #[inline]
    fn cell(&self, cell: Mask, saying: &mut Saying<'_>) {
        for (slot, standard) in &self.places {
            if saying.counts.get(*standard) == Some(&true) {
                saying.put(*slot, cell);
            }
        }
    }

    fn number(&self, number: i64, saying: &mut Saying<'_>) {
        for told in &self.told {
            let place = match &told.turns {
                Turns::Starts(starts) => starts.partition_point(|start| *start <= number).saturating_sub(1),
                Turns::Within(ranges) => usize::from(ranges.contains(number)),
                Turns::Place | Turns::Any => continue,
            };
            saying.say(told, 1 << place);
        }
    }

    /// Reads a text that is not plain, or takes up what it said before.
    fn other(&mut self, text: &[u8], saying: &mut Saying<'_>, reading: &Reading<'_, '_>) -> Done {
        let said = match self.others.get(text) {
            Some(said) => said.clone(),
            None => {
                let said = self.says(text, reading);
                let bytes = FINDING + text.len() + 16 * self.told.len();
                let is_kept = self.others.len() < KEPT && text.len() <= LONGEST;
                if is_kept && reading.room.take(bytes) {
                    self.kept += bytes;
                    self.others.insert(text.into(), said.clone());
                }
                said
            }
        };
        match said {
            Other::Masks(masks) => {
                for (told, mask) in self.told.iter().zip(masks) {
                    saying.say(told, mask);
                }
                Done::Noted
            }
            Other::Wrong(bad) => Done::Wrong(bad),
            Other::Elsewhere => Done::Elsewhere,
        }
    }

    /// What a text says, where it stands alone: nothing where it is blank, or says that nothing is known.
    fn says(&self, text: &[u8], reading: &Reading<'_, '_>) -> Other {
        let Ok(text) = std::str::from_utf8(text) else { return Other::Elsewhere };
        let text = text.trim();
        if text.is_empty() {
            return Other::Masks(Box::default());
        }
        let compiled = &reading.asked.compiled;
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
        let variable = |told: &Told| {
            let var = reading.asked.slots.get(told.slot)?;
            cells_left(compiled.variables.find(*var)?, &weighed)
        };
        self.told.iter().map(variable).collect::<Option<_>>().map_or(Other::Elsewhere, Other::Masks)
    }
}

/// A whole number in digits alone.
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
