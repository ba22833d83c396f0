//! Reads rows: a plain row directly, any other row with the dossier reader.

use super::super::dossier_csv::CsvColumn;
use super::super::dossier_json::read_line;
use super::super::problem::{self, Problems};
use super::super::record::Records;
use super::super::{about_of, links};
use super::cell::{Done, Reading, day};
use super::group::{Group, NextRow, Served, cells};
use super::row_program::RowProgram;
use super::rows::{Broken, Chunk, LONGEST_ROW, Row, is_plain};
use super::summary::Bad;
use super::{GROUPS, Line, Stream, What};
use crate::circuit::Mask;
use crate::compiled::Known;
use crate::decision::{DecisionError, Screened, screened};
use crate::diagnostic::{Diagnostic, Severity};
use crate::evidence::{Dossier, Provenance, case, left_out};
use crate::id::KindId;
use crate::span::{FileId, Span};
use crate::text::is_clean;
use crate::value::{Date, Grade};
use csv::StringRecord;
use std::sync::Arc;

/// The largest number of compiled forms that are kept.
const FORMS: usize = 64;

/// The columns with the properties of a row, and the values of the previous row, which are usually the same.
#[derive(Default)]
pub(super) struct Last {
    pub id: Option<usize>,
    about: Option<usize>,
    as_of: Option<usize>,
    rated: Option<usize>,
    on: Option<usize>,
    kind: Option<(Vec<u8>, KindId)>,
    day: Option<(Vec<u8>, Date)>,
    /// The rating, the date and the day of the decision for which `counts` was computed, for no standard and for each
    /// one.
    source: Option<(Vec<u8>, Vec<u8>, Date)>,
    counts: Vec<bool>,
    group: usize,
    masks: Vec<(usize, Mask)>,
}

impl Last {
    pub fn of(columns: &[CsvColumn], standards: usize) -> Last {
        let place = |is: fn(&CsvColumn) -> bool| columns.iter().position(is);
        Last {
            id: place(|column| matches!(column, CsvColumn::Id)),
            about: place(|column| matches!(column, CsvColumn::About)),
            as_of: place(|column| matches!(column, CsvColumn::AsOf)),
            rated: place(|column| matches!(column, CsvColumn::Rated)),
            on: place(|column| matches!(column, CsvColumn::On)),
            counts: vec![true; 1 + standards],
            ..Last::default()
        }
    }
}

/// Returns whether two short texts are equal. A loop over the bytes is faster than a function call.
fn is(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one == other)
}

impl<'p> Stream<'p> {
    /// Reads the rows of a chunk of NDJSON.
    pub(super) fn records(&mut self, chunk: &Chunk) {
        let mut rows = chunk.rows().peekable();
        while rows.peek().is_some() {
            let place = self.last.group;
            let served = self.groups.get(place).and_then(|group| group.served.as_ref());
            let Some(row_program) = served.map(|served| Arc::clone(&served.row_program)) else {
                rows.next().into_iter().for_each(|row| self.row(row));
                continue;
            };
            let mut records = row_program.keys.records();
            for row in rows.by_ref() {
                if self.record(row, &row_program, &mut records).is_none() {
                    self.row(row);
                    if self.last.group != place {
                        break;
                    }
                }
            }
        }
    }

    /// Reads a plain flat record. Returns `None` if the record is not plain or has an error.
    fn record(&mut self, row: Row<'_>, row_program: &RowProgram, records: &mut Records<'_>) -> Option<()> {
        let text = std::str::from_utf8(row.bytes).ok().filter(|_| row.broken.is_none())?;
        let mut masks = std::mem::take(&mut self.last.masks);
        masks.clear();
        let read = records.read_of_any_day(text, |var, mask| {
            if let Ok(slot) = row_program.slots.binary_search(&var) {
                masks.push((slot, mask));
            }
        });
        self.last.masks = masks;
        let (id, as_of) = read?;
        let day = self.as_of.or(as_of)?;
        let kind = row_program.compiled.kind(row_program.compiled.subject);
        if !row_program.compiled.days.contains(day) {
            return None;
        }
        let place = self.group(kind, day)?;
        let served = self.groups.get(place)?.served.as_ref()?;
        if self.last.masks.iter().any(|(slot, _)| served.stated.get(*slot) == Some(&true)) {
            return None;
        }
        let masks = std::mem::take(&mut self.last.masks);
        let put = self.put(row, id.as_bytes(), place, day, |group| group.add_masks(&masks));
        self.last.masks = masks;
        put
    }

    /// Adds a row to a group. Returns `None` if its id is that of an accompanying dossier.
    fn put(
        &mut self,
        row: Row<'_>,
        id: &[u8],
        place: usize,
        day: Date,
        add: impl FnOnce(&mut Group) -> usize,
    ) -> Option<()> {
        let is_taken = |id| self.accompanying.taken.exact(id).is_some();
        if !self.accompanying.is_empty() && std::str::from_utf8(id).is_ok_and(is_taken) {
            self.groups.get_mut(place)?.take_back();
            return None;
        }
        let what = if self.seen.note(id) {
            What::Grouped(place, add(self.groups.get_mut(place)?))
        } else {
            self.groups.get_mut(place)?.take_back();
            What::Bad(Arc::new(repeated(id)))
        };
        self.push(row, id, Some(day), what);
        Some(())
    }

    /// Reads a row.
    pub(super) fn row(&mut self, row: Row<'_>) {
        let is_utf8 = |cell: &[u8]| std::str::from_utf8(cell).is_ok();
        match row.broken {
            None => {}
            Some(Broken::TooLong) => {
                let mib = LONGEST_ROW / (1024 * 1024);
                let help = "divide its content among several rows";
                return self.bad(row, finding("P0709", format!("the row is longer than {mib} MiB"), help));
            }
            Some(Broken::Quote(fault, line)) => {
                let (message, help) = fault.words(Some(line));
                return self.bad(row, finding("P0701", message, help));
            }
        }
        let is_plain = row.is_among_plain || is_plain(row.bytes);
        if !is_plain && row.bytes.contains(&0) {
            let help = "give a file in CSV or NDJSON";
            return self.bad(row, finding("P0700", "the row is not text: it has a zero byte", help));
        }
        let is_text = is_plain || is_utf8(row.bytes) && row.cells().all(is_utf8);
        if !is_text {
            return self.bad(row, finding("P0700", "the row is not UTF-8 text", "save the file as UTF-8"));
        }
        let is_clean = |cell| std::str::from_utf8(cell).is_ok_and(is_clean);
        let is_sound = self.is_csv && (is_plain || row.cells().all(is_clean));
        if !is_sound || self.at_once_read(row).is_none() {
            self.elsewhere(row);
        }
    }

    /// Reads a plain row of a table. Returns `None` if the row is not plain or has an error.
    fn at_once_read(&mut self, row: Row<'_>) -> Option<()> {
        if row.ends.len() != self.columns.len() {
            return None;
        }
        let id = row.cell(self.last.id?);
        let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
        let has_letter = id.iter().any(u8::is_ascii_alphanumeric);
        if !has_letter || id.len() > 1_000 || !id.iter().all(is_plain) {
            return None;
        }
        let kind = self.kind(row)?;
        let day = self.day(row)?;
        self.weigh(row, day)?;
        let place = self.group(kind, day)?;
        let group = self.groups.get_mut(place)?;
        let NextRow { mut masks, cells, row_program } = group.next_row(&self.last.counts)?;
        let reading = Reading { names: &self.names, row_program, room: &self.room };
        let mut read =
            cells.iter_mut().zip(row.cells()).map(|(cell, text)| cell.read(text, &mut masks, &reading));
        match read.find(|done| !matches!(done, Done::Noted)).unwrap_or(Done::Noted) {
            Done::Noted => self.put(row, id, place, day, Group::add),
            Done::Wrong(bad) => {
                group.take_back();
                self.push(row, id, None, What::Bad(bad));
                Some(())
            }
            Done::Elsewhere => {
                group.take_back();
                None
            }
        }
    }

    /// Returns the kind of a row's subject.
    fn kind(&mut self, row: Row<'_>) -> Option<KindId> {
        let Some(place) = self.last.about else { return about_of(&self.policy.about) };
        let cell = row.cell(place);
        if let Some((text, kind)) = &self.last.kind
            && is(text, cell)
        {
            return Some(*kind);
        }
        let name = std::str::from_utf8(cell).ok()?.trim();
        let kind = self.names.kind(name, Span::new(FileId(0), 0, 0)).ok()?;
        self.last.kind = Some((cell.to_owned(), kind));
        Some(kind)
    }

    /// Returns the day for which a row is decided on.
    fn day(&mut self, row: Row<'_>) -> Option<Date> {
        let cell = self.last.as_of.map_or(&b""[..], |place| row.cell(place));
        if cell.is_empty() {
            return self.as_of;
        }
        let own = match &self.last.day {
            Some((text, day)) if is(text, cell) => *day,
            _ => {
                let day = day(cell)?;
                self.last.day = Some((cell.to_owned(), day));
                day
            }
        };
        Some(self.as_of.unwrap_or(own))
    }

    /// Determines under which evidence standards the statements of a row count.
    fn weigh(&mut self, row: Row<'_>, day_of_decision: Date) -> Option<()> {
        let cell = |place: Option<usize>| place.map_or(&b""[..], |place| row.cell(place));
        let (rated, on) = (cell(self.last.rated), cell(self.last.on));
        if let Some((last_rated, last_on, last_day)) = &self.last.source
            && *last_day == day_of_decision
            && is(last_rated, rated)
            && is(last_on, on)
        {
            return Some(());
        }
        let mut provenance = Provenance::default();
        if !rated.is_empty() {
            provenance.grade = Some(Grade::parse(std::str::from_utf8(rated).ok()?)?);
        }
        if !on.is_empty() {
            provenance.date = Some(day(on)?);
        }
        let standards = self.policy.vocabulary.standards.iter().map(|(_, standard)| Some(standard));
        let counts = std::iter::once(None).chain(standards);
        self.last.counts.clear();
        let counts = counts.map(|standard| left_out(&provenance, standard, day_of_decision).is_none());
        self.last.counts.extend(counts);
        self.last.source = Some((rated.to_owned(), on.to_owned(), day_of_decision));
        Some(())
    }

    /// Returns the index of the group for a kind and a day. Returns `None` if the policy does not decide on them, or if
    /// there are too many groups at once.
    fn group(&mut self, kind: KindId, day: Date) -> Option<usize> {
        let is = |group: &Group| group.kind == kind && group.day == day;
        if self.groups.get(self.last.group).is_some_and(is) {
            return Some(self.last.group);
        }
        if !self.policy.about.contains(&kind) || !self.policy.period.contains(day) {
            return None;
        }
        let place = match self.groups.iter().position(is) {
            Some(place) => place,
            None => self.new_group(kind, day)?,
        };
        self.used += 1;
        if let Some(group) = self.groups.get_mut(place) {
            group.used = self.used;
        }
        self.last.group = place;
        Some(place)
    }

    fn new_group(&mut self, kind: KindId, day: Date) -> Option<usize> {
        let row_program = self.row_program(kind, day)?;
        let bare = Dossier { uses: self.accompanying.circumstances.clone(), ..Dossier::empty("", "", kind) };
        let vocabulary = &self.policy.vocabulary;
        let mut served = self
            .accompanying
            .with(bare, |evidence, id| Served::of(row_program, &case(vocabulary, evidence, id, day)?));
        if let Some(served) = &mut served {
            served.cells = cells(&self.columns, &self.titles, kind, served);
        }
        let group = Group::new(kind, day, served);
        let most = (GROUPS / self.columns.len().max(1)).clamp(16, 1024);
        if self.groups.len() < most {
            self.groups.push(group);
            return Some(self.groups.len() - 1);
        }
        let idle = self.groups.iter().enumerate().filter(|(_, group)| group.is_idle());
        let (place, _) = idle.min_by_key(|(_, group)| group.used)?;
        let there = self.groups.get_mut(place)?;
        there.retire(&self.room);
        *there = group;
        Some(place)
    }

    /// Returns the prepared policy for a kind and a day, or `None` if too many compiled forms are in use.
    fn row_program(&mut self, kind: KindId, day: Date) -> Option<Arc<RowProgram>> {
        let fits = |row_program: &&Arc<RowProgram>| {
            let compiled = &row_program.compiled;
            compiled.kind(compiled.subject) == kind && compiled.days.contains(day)
        };
        if let Some(row_program) = self.row_programs.iter().find(fits) {
            return Some(Arc::clone(row_program));
        }
        if self.row_programs.len() >= FORMS {
            let idle = self.groups.iter_mut().filter(|group| group.is_idle());
            idle.for_each(|group| group.retire(&self.room));
            self.row_programs.retain(|row_program| Arc::strong_count(row_program) > 1);
        }
        if self.row_programs.len() >= FORMS {
            return None;
        }
        let row_program = Arc::new(RowProgram::of(self.forms.of(kind, day), &self.assistance));
        self.row_programs.push(Arc::clone(&row_program));
        Some(row_program)
    }

    /// Reads a row as a dossier, or reports what is wrong with it.
    fn elsewhere(&mut self, row: Row<'_>) {
        let (dossier, problems) = if self.is_csv {
            let cells = row.cells().map(|cell| std::str::from_utf8(cell).unwrap_or_default());
            self.sheet.one(&StringRecord::from_iter(cells), &self.columns)
        } else {
            let line = std::str::from_utf8(row.bytes).unwrap_or_default();
            if line.trim().is_empty() {
                return;
            }
            let mut read = read_line(line, &self.names, &self.policy.about);
            (read.dossiers.pop(), read.problems)
        };
        let error = problems.into_iter().find(|problem| problem.severity == Severity::Error);
        match (error, dossier) {
            (Some(first), dossier) => {
                let id = dossier.map(|dossier| dossier.id).unwrap_or_default();
                self.bad_of(row, &id, first);
            }
            (None, Some(dossier)) => self.one(row, dossier),
            (None, None) => {}
        }
    }

    /// Decides on a row that was read as a dossier, or adds it to the group of its kind and day.
    fn one(&mut self, row: Row<'_>, mut dossier: Dossier) {
        if dossier.uses.is_empty() {
            dossier.uses.clone_from(&self.accompanying.circumstances);
        }
        let id = dossier.id.clone();
        if let Some(problem) = self.refused(&mut dossier) {
            return self.bad_of(row, &id, problem);
        }
        let (kind, vocabulary) = (dossier.kind, &self.policy.vocabulary);
        if !self.policy.about.contains(&kind) {
            let name = |kind: &KindId| vocabulary.kinds.find(*kind).map_or("", |kind| kind.name.as_str());
            let about: Vec<&str> = self.policy.about.iter().map(name).collect();
            let message =
                format!("the policy decides on a {}, not on a {}", about.join(" or a "), name(&kind));
            return self.bad_of(
                row,
                &id,
                finding("P0706", message, "give such rows in an accompanying file"),
            );
        }
        let Some(day) = self.as_of.or(dossier.as_of) else {
            let help = "add a date to the row, or give one for all rows with --as-of";
            return self.bad_of(row, &id, finding("P0705", "the date of the decision is missing", help));
        };
        if !self.policy.period.contains(day) {
            let message = format!("the policy is not in force on {day}");
            return self.bad_of(row, &id, finding("P0706", message, "use the policy that is in force"));
        }
        if !self.seen.note(id.as_bytes()) {
            let bad = Arc::new(repeated(id.as_bytes()));
            return self.push(row, id.as_bytes(), Some(day), What::Bad(bad));
        }
        let place = self.group(kind, day);
        let served = place.and_then(|place| self.groups.get(place)?.served.as_ref());
        let (forms, assistance) = (&self.forms, &self.assistance);
        let decided = self.accompanying.with(dossier, |evidence, id| {
            let masks = served.and_then(|served| {
                let known = Known::of(&served.row_program.compiled, &case(vocabulary, evidence, id, day)?)?;
                let mask = |var| known.masks.find(var).copied().unwrap_or(Mask::MAX);
                Some(served.row_program.slots.iter().map(|var| mask(*var)).enumerate().collect::<Vec<_>>())
            });
            match masks {
                Some(masks) => Ok(Ok(masks)),
                None => screened(forms, evidence, id, day, assistance).map(Err),
            }
        });
        let what = match (decided, place) {
            (Ok(Ok(masks)), Some(place)) => match self.groups.get_mut(place) {
                Some(group) => What::Grouped(place, group.add_masks(&masks)),
                None => What::Alone(Vec::new()),
            },
            (Ok(Ok(_)), None) => What::Alone(Vec::new()),
            (Ok(Err(Screened { answers, failing })), _) => {
                for rule in failing {
                    *self.summary.rules.entry(rule).or_default() += 1;
                }
                What::Alone(answers)
            }
            (Err(problem), _) => What::Bad(Arc::new(refused(&problem))),
        };
        self.push(row, id.as_bytes(), Some(day), what);
    }

    /// Returns why a dossier cannot be added to the accompanying ones: its id is taken, or it names an entity that does
    /// not exist.
    fn refused(&mut self, dossier: &mut Dossier) -> Option<Diagnostic> {
        let id = dossier.id.clone();
        if let Some((_, first)) = self.accompanying.taken.exact(&id) {
            return Some(*problem::repeated(dossier.span, *first, &format!("dossier \"{id}\"")));
        }
        self.accompanying.taken.add(&id, (dossier.kind, dossier.span));
        let mut problems = Problems::default();
        links::check(dossier, &self.accompanying.taken, &self.policy.vocabulary, &mut problems);
        self.accompanying.taken.remove(&id);
        let errors = problems.finish().into_iter().filter(|problem| problem.severity == Severity::Error);
        let mut first = errors.into_iter().next()?;
        if first.code == "P0707" {
            let help =
                "a row can name only entities of its own or of an accompanying file, not of another row";
            first.help = Some(help.to_owned());
        }
        Some(first)
    }

    fn bad(&mut self, row: Row<'_>, problem: Diagnostic) {
        self.bad_of(row, "", problem);
    }

    fn bad_of(&mut self, row: Row<'_>, id: &str, problem: Diagnostic) {
        let place = problem.span.range();
        let column =
            if self.is_csv && !place.is_empty() { self.titles.get(place.start).cloned() } else { None };
        self.push(row, id.as_bytes(), None, What::Bad(Arc::new(Bad::of(problem, column))));
    }

    fn push(&mut self, row: Row<'_>, id: &[u8], day: Option<Date>, what: What) {
        let start = self.ids.len();
        self.ids.extend_from_slice(id);
        self.lines.push(Line { line: row.line, id: (start, self.ids.len()), day, what });
    }
}

/// Returns the finding about a row whose id has occurred before.
fn repeated(id: &[u8]) -> Bad {
    let message = format!("duplicate dossier \"{}\"", std::str::from_utf8(id).unwrap_or_default());
    let help = Some("keep one of the two".to_owned());
    Bad { code: "P0704", message, help, column: None }
}

/// Returns a finding about a whole row.
fn finding(code: &'static str, message: impl Into<String>, help: &str) -> Diagnostic {
    Diagnostic::error(code, Span::new(FileId(0), 0, 0), message).help(help)
}

fn refused(problem: &DecisionError) -> Bad {
    Bad { code: "P0706", message: problem.to_string(), help: None, column: None }
}
