//! Tables of any length: rows to verdicts as they come, in memory that does not grow with the table.
//!
//! [`Rows`] reads a table in CSV or NDJSON some thousand rows at a time; a [`Stream`] decides on them by the planes of a
//! [`Program`](crate::batch::Program), and says of each what [`decision::outcomes`](crate::decision::outcomes) says of
//! the dossier that it is. Rows that planes cannot hold are decided on one by one, with the same answer: those that name
//! somebody, and those that speak of what the files beside speak of, too.
//!
//! A row with a mistake is told with its line and its reason, and has no verdict. So is one that cannot be decided on as
//! it comes: it names somebody who is neither in its own line nor in the files beside, its id came before, it has no day,
//! or the policy is about other kinds or not in force on its day. Ids are compared with the last [`IDS_KEPT`] and with
//! the row before, by fingerprints of 64 bits.

mod asked;
mod beside;
mod cell;
mod group;
mod line;
mod print;
mod read;
mod room;
mod rows;
mod seen;
mod summary;
#[cfg(test)]
mod tests;

pub use beside::Beside;
pub use print::{
    SUMMARY_FORMAT, csv_header, csv_rows, json_rows, share, summary_json, summary_markdown, trailer,
};
pub use rows::{Chunk, Header, LONGEST_ROW, Rows};
pub use seen::IDS_KEPT;
pub use summary::{Bad, Count, Summary, TOLD};

use super::dossier_csv::{self, Column, Sheet};
use super::names::Names;
use crate::compiled::Forms;
use crate::decision::Outcome;
use crate::diagnostic::Diagnostic;
use crate::id::AssistanceId;
use crate::policy::Policy;
use crate::span::FileId;
use crate::value::Date;
use asked::{Answer, Asked};
use group::Group;
use read::Last;
use room::Room;
use seen::Seen;
use std::sync::Arc;

/// How many groups of rows are kept ready, kinds and days, times their columns.
const GROUPS: usize = 16_384;

/// How many bytes of what is possible are kept at once.
const AT_ONCE: usize = 4 * 1024 * 1024;

/// A table being decided on.
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
/// use placet::wire::stream::{Beside, Chunk, Rows, Stream};
///
/// let table = "id,is neutral\none,yes\ntwo,no\nthree,\nfour,maybe\n";
/// let mut rows = Rows::csv(table.as_bytes())?;
/// let mut stream = Stream::new(&policy, Beside::default(), rows.header(), day, None)
///     .map_err(|problems| problems[0].message.clone())?;
///
/// let mut chunk = Chunk::default();
/// let mut told = Vec::new();
/// while rows.read(&mut chunk, stream.at_once())? {
///     for row in stream.decide(&chunk).rows() {
///         told.push((row.line, row.answers().next().map(|(outcome, _)| outcome)));
///     }
/// }
/// use Outcome::{Eligible, Ineligible, Undetermined};
/// assert_eq!(told, [(2, Some(Eligible)), (3, Some(Ineligible)), (4, Some(Undetermined)), (5, None)]);
/// assert_eq!((stream.summary().rows, stream.summary().bad), (4, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Stream<'p> {
    policy: &'p Policy,
    forms: Forms<'p>,
    assistance: Vec<AssistanceId>,
    as_of: Option<Date>,
    beside: Beside,
    names: Names<'p>,
    sheet: Sheet<'p>,
    columns: Vec<Column>,
    /// The names of the columns.
    titles: Vec<String>,
    is_csv: bool,
    last: Last,
    seen: Seen,
    asked: Vec<Arc<Asked<'p>>>,
    groups: Vec<Group<'p>>,
    /// How many groups were used so far, one counted as often as it was.
    used: u64,
    room: Room,
    lines: Vec<Line>,
    ids: Vec<u8>,
    summary: Summary,
}

/// What became of a row.
struct Line {
    line: u64,
    /// Where its id stands.
    id: (usize, usize),
    day: Option<Date>,
    what: What,
}

enum What {
    /// It is in a group, in a place.
    Grouped(usize, usize),
    /// It was decided on by itself.
    Alone(Vec<Answer>),
    Bad(Arc<Bad>),
}

impl<'p> Stream<'p> {
    /// Makes ready for the rows of a table: of CSV with its header, of NDJSON without.
    ///
    /// Rows are decided on for the day given, else for the one that they give; for some types of assistance, or all.
    ///
    /// # Errors
    /// What is wrong with the header; places are those in its text.
    pub fn new(
        policy: &'p Policy,
        beside: Beside,
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
        let is_asked = |id: &AssistanceId| types.is_none_or(|types| types.contains(id));
        let assistance: Vec<AssistanceId> = policy.assistance.ids().filter(is_asked).collect();
        Ok(Stream {
            policy,
            forms: Forms::new(policy),
            summary: Summary::new(&assistance),
            assistance,
            as_of,
            beside,
            names: Names::of(vocabulary),
            sheet: Sheet::of_rows(vocabulary, about),
            last: Last::of(&columns, vocabulary.standards.len()),
            columns,
            titles: titles.unwrap_or_default(),
            is_csv: header.is_some(),
            seen: Seen::default(),
            asked: Vec::new(),
            groups: Vec::new(),
            used: 0,
            room: Room::default(),
            lines: Vec::new(),
            ids: Vec::new(),
        })
    }

    /// The policy by which it is decided.
    pub fn policy(&self) -> &'p Policy {
        self.policy
    }

    /// The types of assistance that are asked about.
    pub fn assistance(&self) -> &[AssistanceId] {
        &self.assistance
    }

    /// How many rows are best given at once, so that what is kept of them stays small.
    pub fn at_once(&self) -> usize {
        let widest = self.policy.vocabulary.facts.len() * (1 + self.policy.vocabulary.standards.len());
        (AT_ONCE / 16 / widest.max(1)).clamp(64, 1024)
    }

    /// What came of all rows so far.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// Decides on some rows.
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

    /// Adds what came of the rows to the summary.
    fn count(&mut self) {
        let again = |answers: &[Answer], summary: &mut Summary| {
            for (count, (outcome, exact)) in summary.types.iter_mut().zip(answers) {
                *count.of(*outcome) += 1;
                count.sound_only += u64::from(!exact);
            }
        };
        for group in &self.groups {
            let Some((asked, verdicts, apart)) = group.decided() else { continue };
            for (place, count) in self.summary.types.iter_mut().enumerate() {
                let (yes, no) = asked.count(verdicts, place);
                count.eligible += yes as u64;
                count.ineligible += no as u64;
                count.undetermined += (verdicts.rows() - yes - no) as u64;
                for row in apart.keys() {
                    *count.of(asked.answer(verdicts, place, *row).0) -= 1;
                }
            }
            apart.values().for_each(|answers| again(answers, &mut self.summary));
            for (rule, rows) in asked.failing(verdicts) {
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
                What::Bad(bad) => self.summary.tell(line.line, bad),
            }
        }
        self.summary.ids_are_whole = self.seen.is_whole();
    }
}

/// What came of some rows.
pub struct Decided<'s, 'p> {
    stream: &'s Stream<'p>,
}

/// What came of one row.
pub struct RowDecided<'s, 'p> {
    stream: &'s Stream<'p>,
    row: &'s Line,
    /// The line in which it starts.
    pub line: u64,
}

impl<'s, 'p> Decided<'s, 'p> {
    /// The rows, in the order of the table; those in which nothing stands are left out.
    pub fn rows(&self) -> impl Iterator<Item = RowDecided<'s, 'p>> {
        let stream = self.stream;
        stream.lines.iter().map(move |row| RowDecided { stream, row, line: row.line })
    }
}

impl<'s, 'p> RowDecided<'s, 'p> {
    /// The id of its subject; empty where it has none that can be read.
    pub fn id(&self) -> &'s str {
        let (start, end) = self.row.id;
        let id = self.stream.ids.get(start..end).unwrap_or_default();
        std::str::from_utf8(id).unwrap_or_default()
    }

    /// The day for which it is decided on.
    pub fn as_of(&self) -> Option<Date> {
        self.row.day
    }

    /// What is wrong with it.
    pub fn bad(&self) -> Option<&'s Bad> {
        match &self.row.what {
            What::Bad(bad) => Some(bad),
            _ => None,
        }
    }

    /// The answers for the types that are asked about, each with whether it is exact; none where the row is bad.
    pub fn answers(&self) -> impl Iterator<Item = (Outcome, bool)> + use<'s, 'p> {
        let (stream, row) = (self.stream, self.row);
        (0..stream.assistance.len()).map_while(move |place| match &row.what {
            What::Grouped(group, at) => stream.groups.get(*group)?.answer(*at, place),
            What::Alone(answers) => answers.get(place).copied(),
            What::Bad(_) => None,
        })
    }
}
