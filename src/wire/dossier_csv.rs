//! Reads dossiers from CSV: one row per subject and one column per fact, named by its phrase and typed by the
//! vocabulary.
//!
//! Besides facts there are the columns `id`, `title`, `about`, `as of`, `known as`, `identifier SCHEME` and `note`, and
//! the columns `from`, `rated` and `on`, which apply to all statements of the row. A cell is `yes`, `no`, `unknown`,
//! `contested`, a value as in the language (`400`, `at least 200`, `not west`), or blank, which is no statement.

mod place;

use super::cell::{Wrong, claim};
use super::dossier_json::skip_mark;
use super::names::{Names, is_id, name_key, not_id};
use super::problem::{self, Problem, Problems, unknown_name, wrong_value};
use super::{Read, about_of};
use crate::diagnostic::Diagnostic;
use crate::evidence::{About, Claim, Dossier, Provenance, Statement};
use crate::id::{FactId, KindId};
use crate::policy::{Fact, FactType, Vocabulary};
use crate::sorted::SortedMap;
use crate::span::{FileId, Span};
use crate::value::{Date, Grade};
use csv::{ReaderBuilder, StringRecord};
use place::Table;

/// Reads a file with a header row.
///
/// `about` are the kinds that a policy decides about. If there is only one, the column `about` can be missing. Cells
/// are separated by commas, semicolons or tabs: by the character in a line such as `sep=;` before the header, else by
/// the most frequent of the three in the header.
///
/// # Errors
/// Errors are in [`Read::problems`]. A row with an error in its id or kind is left out.
///
/// # Example
/// ```
/// use placet::{evidence::Claim, span::FileId, wire::dossier_csv};
/// # let text = "kind group\n  is neutral : yes or no\n  headcount : number of fighters\n";
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let vocabulary = placet::policy::resolve(&bundle).vocabulary;
///
/// let rows = "id,about,is neutral,headcount\nunit,group,yes,at least 200\n";
/// let read = dossier_csv::read(FileId(0), rows, &vocabulary, &[]);
/// assert!(read.problems.is_empty());
/// assert_eq!(read.dossiers[0].statements[0].claim, Claim::YesNo(true));
/// ```
pub fn read(file: FileId, text: &str, vocabulary: &Vocabulary, about: &[KindId]) -> Read {
    let (comma, body) = separator(text);
    let shift = text.len() - body.len();
    let table = Table { file, text: Some(text), shift, comma, end: 0 };
    let mut sheet = Sheet::of(table, vocabulary, about);
    let dossiers = sheet.read(body);
    Read { dossiers, problems: sheet.problems.finish() }
}

/// Returns the cell separator of a table, and the table without what precedes its header. The separator is given by a
/// line such as `sep=;`, else it is the most frequent of comma, semicolon and tab in the header, outside of quotes.
pub(super) fn separator(text: &str) -> (u8, &str) {
    let body = skip_mark(text);
    let (first, rest) = body.split_once('\n').unwrap_or((body, ""));
    if let [key @ .., comma @ (b',' | b';' | b'\t' | b'|')] = first.trim_end_matches('\r').as_bytes()
        && matches!(key, [b's' | b'S', b'e' | b'E', b'p' | b'P', b'='])
    {
        return (*comma, rest);
    }
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in body.bytes().take_while(|byte| !matches!(byte, b'\r' | b'\n')) {
        quoted ^= byte == b'"';
        let count = counts.iter_mut().find(|(comma, _)| *comma == byte && !quoted);
        count.into_iter().for_each(|(_, count)| *count += 1);
    }
    let most = counts.into_iter().rev().max_by_key(|(_, count)| *count);
    (most.map_or(b',', |(comma, _)| comma), body)
}

/// Reads a header row that is given as a separate text.
///
/// # Errors
/// The findings, with their places in the text.
pub(super) fn header(
    (file, text): (FileId, &str),
    cells: &StringRecord,
    vocabulary: &Vocabulary,
    about: &[KindId],
) -> Result<Vec<CsvColumn>, Vec<Diagnostic>> {
    let (comma, body) = separator(text);
    let table = Table { file, text: Some(text), shift: text.len() - body.len(), comma, end: text.len() };
    let mut sheet = Sheet::of(table, vocabulary, about);
    let columns = sheet.header(cells);
    let problems = sheet.problems.finish();
    if problems.is_empty() { Ok(columns) } else { Err(problems) }
}

/// Parses one cell, or one answer, as a claim about a fact.
///
/// # Errors
/// What to write instead, in words.
///
/// # Example
/// ```
/// use placet::{evidence::Claim, value::Ranges, wire::dossier_csv::cell};
/// # let text = "kind group\n  is neutral : yes or no\n  headcount : number of fighters\n";
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let vocabulary = placet::policy::resolve(&bundle).vocabulary;
///
/// let headcount = vocabulary.facts.ids().nth(1).ok_or("no such fact")?;
/// assert_eq!(cell("at least 200", headcount, &vocabulary), Ok(Claim::Numbers(Ranges::at_least(200))));
/// assert!(cell("many", headcount, &vocabulary).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn cell(text: &str, fact: FactId, vocabulary: &Vocabulary) -> Result<Claim, String> {
    let Some(fact) = vocabulary.facts.find(fact) else { return Err("unknown fact".to_owned()) };
    claim(text.trim(), fact, &Names::of(vocabulary)).map_err(|wrong| match wrong {
        Wrong::Help(help) => help,
        Wrong::Value(value, choices) => {
            format!("unknown value \"{value}\"; possible: {}", choices.join(", "))
        }
    })
}

/// The content of a column.
#[derive(Debug)]
pub(super) enum CsvColumn {
    Id,
    Title,
    About,
    AsOf,
    KnownAs,
    Identifier(String),
    Note,
    From,
    Rated,
    On,
    /// A fact of the row's subject, by the kinds that have it.
    Own(SortedMap<KindId, FactId>),
    /// A fact of the entity of an `only one` kind.
    Only(KindId, FactId),
    /// A column without a name, whose cells must be blank.
    Blank,
    /// A column with an invalid name, which is reported once, at the header.
    Unknown,
}

impl CsvColumn {
    /// Returns the entity and the fact that a cell is about, in a row about a kind.
    fn about(&self, kind: KindId) -> Option<(About, FactId)> {
        match self {
            CsvColumn::Own(kinds) => kinds.get(&kind).map(|fact| (About::Subject, *fact)),
            CsvColumn::Only(kind, fact) => Some((About::Only(*kind), *fact)),
            _ => None,
        }
    }

    /// Returns the facts that the column is about.
    fn facts(&self) -> impl Iterator<Item = FactId> {
        let (own, only) = match self {
            CsvColumn::Own(kinds) => (Some(kinds.values().copied()), None),
            CsvColumn::Only(_, fact) => (None, Some(*fact)),
            _ => (None, None),
        };
        own.into_iter().flatten().chain(only)
    }
}

const NAMED: [&str; 10] =
    ["id", "title", "about", "as of", "known as", "identifier", "note", "from", "rated", "on"];

/// A table that is being read.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    table: Table<'a>,
    names: Names<'a>,
    about: &'a [KindId],
    problems: Problems,
}

impl<'a> Sheet<'a> {
    fn of(table: Table<'a>, vocabulary: &'a Vocabulary, about: &'a [KindId]) -> Sheet<'a> {
        Sheet { table, names: Names::of(vocabulary), about, problems: Problems::default() }
    }

    /// Returns a table whose rows are read one by one.
    pub(super) fn of_rows(vocabulary: &'a Vocabulary, about: &'a [KindId]) -> Sheet<'a> {
        Sheet::of(Table { file: FileId(0), text: None, shift: 0, comma: b',', end: 0 }, vocabulary, about)
    }

    /// Reads a single row. A blank row gives neither a dossier nor a finding.
    pub(super) fn one(
        &mut self,
        record: &StringRecord,
        columns: &[CsvColumn],
    ) -> (Option<Dossier>, Vec<Diagnostic>) {
        let dossier = self.row(record, columns);
        (dossier, std::mem::take(&mut self.problems).finish())
    }

    fn read(&mut self, body: &'a str) -> Vec<Dossier> {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.table.comma)
            .from_reader(body.as_bytes());
        let mut columns: Option<Vec<CsvColumn>> = None;
        let mut dossiers = Vec::new();
        let mut record = StringRecord::new();
        loop {
            match reader.read_record(&mut record) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    let place = Span::new(self.table.file, self.table.shift, self.table.shift);
                    self.problems.push(problem::not_csv(place, &error.to_string()));
                    break;
                }
            }
            let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
            self.table.end = end.saturating_add(self.table.shift).min(self.table.text.map_or(0, str::len));
            if let Some((place, fault)) = self.table.fault(&record) {
                self.problems.push(problem::open_quote(place, fault));
                if columns.is_none() {
                    return dossiers;
                }
                continue;
            }
            match &columns {
                None => columns = Some(self.header(&record)),
                Some(columns) => dossiers.extend(self.row(&record, columns)),
            }
            if self.problems.full() {
                break;
            }
        }
        if columns.is_none() {
            let place = Span::new(self.table.file, 0, 0);
            self.problems.push(problem::absent(
                place,
                "the header row",
                "add a column \"id\" and one for each fact",
            ));
        }
        dossiers
    }

    fn header(&mut self, record: &StringRecord) -> Vec<CsvColumn> {
        let mut columns = Vec::new();
        let mut seen: SortedMap<String, usize> = SortedMap::new();
        let mut facts: SortedMap<FactId, usize> = SortedMap::new();
        for (place, name) in record.iter().enumerate() {
            if self.problems.full() {
                break;
            }
            let sound = problem::sound_text(self.table.cell(record, place), name.trim());
            if self.keep(sound).is_none() {
                columns.push(CsvColumn::Unknown);
                continue;
            }
            if let Some(first) = seen.get(&name_key(name)).filter(|_| !name.trim().is_empty()) {
                let (here, there) = (self.table.cell(record, place), self.table.cell(record, *first));
                let what = format!("column \"{}\"", name.trim());
                self.problems.push(problem::repeated(here, there, &what));
                columns.push(CsvColumn::Unknown);
                continue;
            }
            seen.insert(name_key(name), place);
            let column = self.column(name, record, place);
            let known = column.facts().find_map(|fact| facts.get(&fact).copied());
            if let Some(first) = known {
                let (here, there) = (self.table.cell(record, place), self.table.cell(record, first));
                let what = [record.get(first).unwrap_or_default().trim(), name.trim()];
                self.problems.push(problem::same_fact(here, there, "column", what));
                columns.push(CsvColumn::Unknown);
                continue;
            }
            facts.extend(column.facts().map(|fact| (fact, place)));
            columns.push(column);
        }
        if !columns.iter().any(|column| matches!(column, CsvColumn::Id)) {
            let help = "add a column \"id\" with a unique id for each subject";
            self.problems.push(problem::absent(self.table.row(record), "the column \"id\"", help));
        }
        let has_about = columns.iter().any(|column| matches!(column, CsvColumn::About));
        if !has_about && about_of(self.about).is_none() {
            let help = "add a column \"about\" with the kind of each subject";
            self.problems.push(problem::absent(self.table.row(record), "the column \"about\"", help));
        }
        columns
    }

    fn column(&mut self, name: &str, record: &StringRecord, place: usize) -> CsvColumn {
        let wanted = name_key(name);
        match wanted.as_str() {
            "" => return CsvColumn::Blank,
            "id" => return CsvColumn::Id,
            "title" => return CsvColumn::Title,
            "about" => return CsvColumn::About,
            "as of" => return CsvColumn::AsOf,
            "known as" => return CsvColumn::KnownAs,
            "note" => return CsvColumn::Note,
            "from" => return CsvColumn::From,
            "rated" => return CsvColumn::Rated,
            "on" => return CsvColumn::On,
            _ => {}
        }
        if wanted.starts_with("identifier ") {
            let scheme = name.trim().split_once(char::is_whitespace).map_or("", |(_, scheme)| scheme.trim());
            return CsvColumn::Identifier(scheme.to_owned());
        }
        self.fact_column(name, &wanted, record, place)
    }

    fn fact_column(&mut self, name: &str, wanted: &str, record: &StringRecord, place: usize) -> CsvColumn {
        let vocabulary = self.names.vocabulary;
        let Some(found) = self.names.columns().get(wanted) else {
            let known = self.known_columns();
            let place = self.table.cell(record, place);
            let problem = unknown_name(place, "column", name.trim(), known.iter().map(String::as_str));
            self.problems.push(problem);
            return CsvColumn::Unknown;
        };
        let mut own = SortedMap::new();
        for id in found {
            let fact = &vocabulary.facts[*id];
            if fact.definition.is_some() {
                let place = self.table.cell(record, place);
                self.problems.push(problem::defined(place, &fact.phrase));
                return CsvColumn::Unknown;
            }
            if vocabulary.kinds[fact.kind].only_one {
                return CsvColumn::Only(fact.kind, *id);
            }
            own.insert(fact.kind, *id);
        }
        CsvColumn::Own(own)
    }

    /// Returns the names that a column can have, for a message.
    fn known_columns(&self) -> Vec<String> {
        let vocabulary = self.names.vocabulary;
        let mut known: Vec<String> = NAMED.iter().map(|&name| name.to_owned()).collect();
        for (id, kind) in vocabulary.kinds.iter() {
            for fact in kind.facts.iter().map(|fact| &vocabulary.facts[*fact]) {
                if kind.only_one {
                    known.push(format!("the {}{} {}", kind.name, possessive(fact), fact.phrase));
                } else if self.about.is_empty() || self.about.contains(&id) {
                    known.push(fact.phrase.clone());
                }
            }
        }
        known
    }

    fn row(&mut self, record: &StringRecord, columns: &[CsvColumn]) -> Option<Dossier> {
        if record.iter().all(|cell| cell.trim().is_empty()) {
            return None;
        }
        let row = self.table.row(record);
        if record.len() != columns.len() {
            let message =
                format!("this row has {} cells, but the header has {}", record.len(), columns.len());
            let help = "put a cell that contains a comma in double quotes";
            self.problems.push(wrong_value(row, message, help));
            return None;
        }
        let cells = || record.iter().map(str::trim).enumerate().zip(columns);
        let kind = match cells().find(|(_, column)| matches!(column, CsvColumn::About)) {
            Some(((place, cell), _)) => {
                let found = self.names.kind(cell, self.table.cell(record, place));
                self.keep(found)
            }
            None => about_of(self.about),
        };
        let provenance = self.provenance(record, columns);
        let mut dossier = Dossier { span: row, ..Dossier::empty("", "", kind?) };
        let mut named = true;
        for ((place, cell), column) in cells() {
            if cell.is_empty() {
                continue;
            }
            let span = |sheet: &Self| sheet.table.cell(record, place);
            let sound = problem::sound_text(span(self), cell);
            if self.keep(sound).is_none() {
                continue;
            }
            match column {
                CsvColumn::Blank => {
                    let message = format!(
                        "column {} has no name, but this row has {} there",
                        place + 1,
                        problem::shown(cell)
                    );
                    let help = "name the column in the header row, or leave its cells blank";
                    self.problems.push(wrong_value(span(self), message, help));
                }
                CsvColumn::Id if is_id(cell) => cell.clone_into(&mut dossier.id),
                CsvColumn::Id => {
                    self.problems.push(not_id(cell, span(self)));
                    named = false;
                }
                CsvColumn::Title => cell.clone_into(&mut dossier.title),
                CsvColumn::AsOf => dossier.as_of = self.date(cell, record, place),
                CsvColumn::KnownAs => {
                    let names = cell.split(';').map(str::trim).filter(|name| !name.is_empty());
                    dossier.known_as.extend(names.map(str::to_owned));
                }
                CsvColumn::Identifier(scheme) => dossier.identifiers.push((scheme.clone(), cell.to_owned())),
                CsvColumn::Note => dossier.notes.push(cell.to_owned()),
                CsvColumn::About
                | CsvColumn::From
                | CsvColumn::Rated
                | CsvColumn::On
                | CsvColumn::Unknown => {}
                CsvColumn::Only(..) | CsvColumn::Own(_) => match column.about(dossier.kind) {
                    Some(about) => self.statement(about, (cell, record, place), &provenance, &mut dossier),
                    None => {
                        let owner =
                            self.names.vocabulary.kinds.find(dossier.kind).map_or("", |kind| &kind.name);
                        let message = format!("a {owner} has no such fact");
                        self.problems.push(wrong_value(span(self), message, "leave the cell blank"));
                    }
                },
            }
        }
        if !named {
            return None;
        }
        if dossier.id.is_empty() {
            // If the column is missing, it has been reported at the header.
            if !columns.iter().any(|column| matches!(column, CsvColumn::Id)) {
                return None;
            }
            self.problems.push(problem::absent(row, "the id of this row", "fill in the column \"id\""));
            return None;
        }
        if dossier.title.is_empty() {
            dossier.title.clone_from(&dossier.id);
        }
        Some(dossier)
    }

    fn provenance(&mut self, record: &StringRecord, columns: &[CsvColumn]) -> Provenance {
        let mut provenance = Provenance::default();
        for ((place, cell), column) in record.iter().map(str::trim).enumerate().zip(columns) {
            match column {
                _ if cell.is_empty() => {}
                CsvColumn::From => match self.names.declared(cell) {
                    Some(source) => provenance.source = Some(source),
                    None => provenance.attributed = Some(cell.to_owned()),
                },
                CsvColumn::Rated => {
                    let found = Grade::parse(cell).ok_or_else(|| {
                        let help = "write a grade from A1 to F6, such as C3";
                        wrong_value(
                            self.table.cell(record, place),
                            format!("expected a grade, found \"{cell}\""),
                            help,
                        )
                    });
                    provenance.grade = self.keep(found);
                }
                CsvColumn::On => provenance.date = self.date(cell, record, place),
                _ => {}
            }
        }
        provenance
    }

    fn date(&mut self, cell: &str, record: &StringRecord, place: usize) -> Option<Date> {
        let found = Date::parse(cell).ok_or_else(|| {
            not_understood(
                self.table.cell(record, place),
                cell,
                "write a date that exists, such as 2016-02-01",
            )
        });
        self.keep(found)
    }

    fn statement(
        &mut self,
        (about, fact_id): (About, FactId),
        (cell, record, place): (&str, &StringRecord, usize),
        provenance: &Provenance,
        dossier: &mut Dossier,
    ) {
        let Some(fact) = self.names.vocabulary.facts.find(fact_id) else { return };
        let found = claim(cell, fact, &self.names);
        let found = found.map_err(|wrong| wrong_cell(self.table.cell(record, place), cell, wrong));
        if let Some(claim) = self.keep(found) {
            // Finding the place of a cell is slow in a large table, so only findings do it. A statement has the place
            // of its row.
            let (provenance, span) = (provenance.clone(), dossier.span);
            dossier.statements.push(Statement { about, fact: fact_id, claim, provenance, span });
        }
    }

    fn keep<T>(&mut self, result: Result<T, Problem>) -> Option<T> {
        result.map_err(|problem| self.problems.push(problem)).ok()
    }
}

/// Reports what is wrong with a cell.
pub(super) fn wrong_cell(span: Span, cell: &str, wrong: Wrong<'_>) -> Problem {
    match wrong {
        Wrong::Help(help) => not_understood(span, cell, &help),
        Wrong::Value(value, choices) => {
            unknown_name(span, "value", &value, choices.iter().map(String::as_str))
        }
    }
}

fn not_understood(span: Span, cell: &str, help: &str) -> Problem {
    wrong_value(span, format!("invalid value {}", problem::shown(cell)), help)
}

fn possessive(fact: &Fact) -> &'static str {
    if fact.r#type == FactType::YesNo { "" } else { "'s" }
}
