//! Decides on tables of any length, row by row, in memory that does not grow with the table.
//!
//! [`Rows`] reads a table in CSV or NDJSON some thousand rows at a time. A [`Stream`] decides on them with the
//! bitplanes of a [`Program`](crate::bitplane::Program). The result for a row equals that of
//! [`decision::outcomes`](crate::decision::outcomes) for the dossier that the row describes. Rows that bitplanes cannot
//! represent are decided on one by one, with the same result: rows that name entities, and rows about facts for which
//! the accompanying dossiers ([`Accompanying`]) have statements.
//!
//! A row with an error is reported with its line and the reason, and has no verdict. The same applies to a row that
//! cannot be decided on: it names an entity that is neither in its own line nor in the accompanying dossiers, its id
//! has occurred before, it has no day, the policy is not about its kind, or the policy is not in force on its day. Ids
//! are compared with the first [`IDS_KEPT`] ids and with the id of the previous row, by 64-bit fingerprints.

mod accompanying;
mod cell;
mod group;
mod line;
mod print;
mod read;
mod room;
mod row_program;
mod rows;
mod seen;
mod summary;
#[cfg(test)]
mod tests;

pub use accompanying::Accompanying;
pub use print::{
    SUMMARY_FORMAT, csv_header, csv_rows, json_rows, share, summary_json, summary_markdown, trailer,
};
pub use rows::{Chunk, Header, LONGEST_ROW, Rows};
pub use seen::IDS_KEPT;
pub use summary::{Bad, Count, MOST_REPORTED, Summary};

use super::dossier_csv::{self, CsvColumn, Sheet};
use super::names::Names;
use crate::compiled::Forms;
use crate::decision::Outcome;
use crate::diagnostic::Diagnostic;
use crate::id::AssistanceId;
use crate::policy::Policy;
use crate::span::FileId;
use crate::value::Date;
use group::Group;
use read::Last;
use room::Room;
use row_program::{Answer, RowProgram};
use seen::Seen;
use std::sync::Arc;

/// The largest number of groups (a kind and a day) that are kept, multiplied by the number of columns.
const GROUPS: usize = 16_384;

/// The largest size in bytes of the masks that are kept at once.
const AT_ONCE: usize = 4 * 1024 * 1024;

/// A table that is being decided on.
///
/// # Example
/// ```
/// # let text = r#"
/// # policy "Training"
/// #   id training
/// #   version 1
/// #   about group
/// #
/// # assistance training
/// #
/// # kind group
/// #   is neutral : yes or no
/// #
/// # requirement neutrality "Neutral"
/// #   needs the group is neutral
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// # let day = placet::value::Date::parse("2016-02-15");
/// use placet::decision::Outcome;
/// use placet::wire::stream::{Accompanying, Chunk, Rows, Stream};
///
/// let table = "id,is neutral\none,yes\ntwo,no\nthree,\nfour,maybe\n";
/// let mut rows = Rows::csv(table.as_bytes())?;
/// let mut stream = Stream::new(&policy, Accompanying::default(), rows.header(), day, None)
///     .map_err(|problems| problems[0].message.clone())?;
///
/// let mut chunk = Chunk::default();
/// let mut outcomes = Vec::new();
/// while rows.read(&mut chunk, stream.at_once())? {
///     for row in stream.decide(&chunk).rows() {
///         outcomes.push((row.line, row.answers().next().map(|(outcome, _)| outcome)));
///     }
/// }
/// use Outcome::{Eligible, Ineligible, Undetermined};
/// assert_eq!(outcomes, [(2, Some(Eligible)), (3, Some(Ineligible)), (4, Some(Undetermined)), (5, None)]);
/// assert_eq!((stream.summary().rows, stream.summary().bad), (4, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Stream<'p> {
    policy: &'p Arc<Policy>,
    forms: Forms,
    assistance: Vec<AssistanceId>,
    as_of: Option<Date>,
    accompanying: Accompanying,
    names: Names<'p>,
    sheet: Sheet<'p>,
    columns: Vec<CsvColumn>,
    /// The names of the columns.
    titles: Vec<String>,
    is_csv: bool,
    last: Last,
    seen: Seen,
    row_programs: Vec<Arc<RowProgram>>,
    groups: Vec<Group>,
    /// A counter that increases with each use of a group, to find the group that was least recently used.
    used: u64,
    room: Room,
    lines: Vec<Line>,
    ids: Vec<u8>,
    summary: Summary,
}

/// The result for a row.
struct Line {
    line: u64,
    /// The range of its id in [`Stream::ids`].
    id: (usize, usize),
    day: Option<Date>,
    what: What,
}

enum What {
    /// The row is in a group, at an index.
    Grouped(usize, usize),
    /// The row was decided on separately.
    Alone(Vec<Answer>),
    Bad(Arc<Bad>),
}

impl<'p> Stream<'p> {
    /// Prepares to decide on the rows of a table: CSV with its header, or NDJSON without a header.
    ///
    /// Rows are decided on for the given day, else for the day of each row. `types` limits the types of assistance;
    /// `None` means all.
    ///
    /// # Errors
    /// The findings about the header. Their places refer to the header's text.
    pub fn new(
        policy: &'p Arc<Policy>,
        accompanying: Accompanying,
        header: Option<&Header>,
        as_of: Option<Date>,
        types: Option<&[AssistanceId]>,
    ) -> Result<Stream<'p>, Vec<Diagnostic>> {
        let (vocabulary, about) = (&policy.vocabulary, policy.about.as_slice());
        let columns = match header {
            Some(header) => dossier_csv::header((FileId(0), &header.text), &header.cells, vocabulary, about)?,
            None => Vec::new(),
        };
        let titles = header.map(|header| header.cells.iter().map(|title| title.trim().to_owned()).collect());
        let is_wanted = |id: &AssistanceId| types.is_none_or(|types| types.contains(id));
        let assistance: Vec<AssistanceId> = policy.assistance.ids().filter(is_wanted).collect();
        Ok(Stream {
            policy,
            forms: Forms::new(policy),
            summary: Summary::new(&assistance),
            assistance,
            as_of,
            accompanying,
            names: Names::of(vocabulary),
            sheet: Sheet::of_rows(vocabulary, about),
            last: Last::of(&columns, vocabulary.standards.len()),
            columns,
            titles: titles.unwrap_or_default(),
            is_csv: header.is_some(),
            seen: Seen::default(),
            row_programs: Vec::new(),
            groups: Vec::new(),
            used: 0,
            room: Room::default(),
            lines: Vec::new(),
            ids: Vec::new(),
        })
    }

    /// Returns the policy that decides.
    pub fn policy(&self) -> &'p Policy {
        self.policy
    }

    /// Returns the types of assistance that are decided on.
    pub fn assistance(&self) -> &[AssistanceId] {
        &self.assistance
    }

    /// Returns the recommended number of rows per chunk, which keeps memory use small.
    pub fn at_once(&self) -> usize {
        let widest = self.policy.vocabulary.facts.len() * (1 + self.policy.vocabulary.standards.len());
        (AT_ONCE / 16 / widest.max(1)).clamp(64, 1024)
    }

    /// Returns the results of all rows so far.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// Decides on the rows of a chunk.
    pub fn decide(&mut self, chunk: &Chunk) -> Decided<'_, 'p> {
        let is_small = self.groups.len() > 2;
        self.groups.iter_mut().for_each(|group| group.clear(is_small));
        self.lines.clear();
        self.ids.clear();
        if self.is_csv {
            if let Some(id) = self.last.id {
                self.seen.look(chunk.rows().map(|row| row.cell(id)));
            }
            chunk.rows().for_each(|row| self.row(row));
        } else {
            self.records(chunk);
        }
        self.groups.iter_mut().for_each(|group| group.decide(&self.room));
        self.count();
        Decided { stream: self }
    }

    /// Adds the results of the rows to the summary.
    fn count(&mut self) {
        let again = |answers: &[Answer], summary: &mut Summary| {
            for (count, (outcome, exact)) in summary.types.iter_mut().zip(answers) {
                *count.of(*outcome) += 1;
                count.sound_only += u64::from(!exact);
            }
        };
        for group in &self.groups {
            let Some((row_program, verdicts, apart)) = group.decided() else { continue };
            for (place, count) in self.summary.types.iter_mut().enumerate() {
                let (yes, no) = row_program.count(verdicts, place);
                count.eligible += yes as u64;
                count.ineligible += no as u64;
                count.undetermined += (verdicts.rows() - yes - no) as u64;
                for row in apart.keys() {
                    *count.of(row_program.answer(verdicts, place, *row).0) -= 1;
                }
            }
            apart.values().for_each(|answers| again(answers, &mut self.summary));
            for (rule, rows) in row_program.failing(verdicts) {
                if rows > 0 {
                    *self.summary.rules.entry(rule).or_default() += rows;
                }
            }
        }
        for line in &self.lines {
            self.summary.rows += 1;
            match &line.what {
                What::Grouped(..) => {}
                What::Alone(answers) => again(answers, &mut self.summary),
                What::Bad(bad) => self.summary.add_bad(line.line, bad),
            }
        }
        self.summary.ids_are_whole = self.seen.is_whole();
    }
}

/// The results for the rows of a chunk.
pub struct Decided<'s, 'p> {
    stream: &'s Stream<'p>,
}

/// The result for one row.
pub struct RowDecided<'s, 'p> {
    stream: &'s Stream<'p>,
    row: &'s Line,
    /// The line in which the row starts.
    pub line: u64,
}

impl<'s, 'p> Decided<'s, 'p> {
    /// Returns the rows in the order of the table, without blank ones.
    pub fn rows(&self) -> impl Iterator<Item = RowDecided<'s, 'p>> {
        let stream = self.stream;
        stream.lines.iter().map(move |row| RowDecided { stream, row, line: row.line })
    }
}

impl<'s, 'p> RowDecided<'s, 'p> {
    /// Returns the id of the row's subject. Empty if the row has no readable id.
    pub fn id(&self) -> &'s str {
        let (start, end) = self.row.id;
        let id = self.stream.ids.get(start..end).unwrap_or_default();
        std::str::from_utf8(id).unwrap_or_default()
    }

    /// Returns the day for which the row is decided on.
    pub fn as_of(&self) -> Option<Date> {
        self.row.day
    }

    /// Returns what is wrong with the row.
    pub fn bad(&self) -> Option<&'s Bad> {
        match &self.row.what {
            What::Bad(bad) => Some(bad),
            _ => None,
        }
    }

    /// Returns the outcome for each type of assistance, with whether it is exact. Empty if the row is invalid.
    pub fn answers(&self) -> impl Iterator<Item = (Outcome, bool)> + use<'s, 'p> {
        let (stream, row) = (self.stream, self.row);
        (0..stream.assistance.len()).map_while(move |place| match &row.what {
            What::Grouped(group, at) => stream.groups.get(*group)?.answer(*at, place),
            What::Alone(answers) => answers.get(place).copied(),
            What::Bad(_) => None,
        })
    }
}
