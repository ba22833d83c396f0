//! Tests that a stream gives the same result for a row as its dossier does.

use super::{Accompanying, Chunk, Rows, Stream};
use crate::compiled::compile;
use crate::decision::{Outcome, outcomes};
use crate::evidence::{Evidence, read as read_dossiers};
use crate::policy::{Policy, resolve};
use crate::sorted::SortedSet;
use crate::span::FileId;
use crate::value::Date;
use crate::wire::{dossier_csv, dossier_json, join};
use proptest::prelude::*;
use std::io::{self, Read};
use std::sync::Arc;

const POLICY: &str = r#"
policy "Support"
  id support
  version 1
  about group or programme
  in force from 2015-01-01

evidence standard rated
  rated C3 or better

evidence standard recent
  from the last 6 months

assistance support
  assistance training
  assistance equipment

kind group "armed group"
  accepts the unity government : yes or no
  is hostile : yes or no
    presumed no
  headcount : number of fighters
  home region : one of west, east, south, unknown
  last vetting : date
  commander : person
  leaders : list of person
  reports to : group or national command

kind programme
  is funded : yes or no
  is hostile : yes or no

kind person
  is designated : yes or no

kind national command, only one
  is being re-unified : yes or no

kind unity government, only one
  has taken office : yes or no
    presumed yes
  strength : number of soldiers

definition
  the group is ready
  when the group accepts the unity government and the group's headcount is at least 20

requirement one "One"
  for training
  needs any of
    - the group is ready
    - the group's headcount is between 50 and 100
    - the group's last vetting is within the last 12 months
    - the group's last vetting is 2015-01-01
    - the group's home region is one of west, unknown

requirement rated "The same, rated"
  on rated
  needs the group accepts the unity government or the group's headcount is at least 70

requirement recent "The same, recent"
  for equipment
  on recent
  in force from 2016-01-01
  needs the group accepts the unity government

bar hostile "Hostile"
  when the group is hostile and the unity government has taken office and the unity government's strength is at most 9

bar designated "Designated"
  when any of the group's leaders is designated or the group's commander is designated

requirement chain "In the chain of command"
  for equipment
  needs the group reports, through any chain, to the national command or the national command is not being re-unified

waiver small "Small"
  lifts hostile
  when the group's headcount is less than 10

requirement funded "Funded"
  needs the programme is funded
"#;

const ACCOMPANYING: &str = r#"
dossier ali "Ali"
  about person
  - is designated

dossier brigade "A brigade"
  about group
  as of 2016-02-15
  - it reports to the national command

dossier situation "The situation"
  about unity government
  - the unity government has not taken office
      from "a report", rated B2, on 2016-02-10
"#;

/// Columns with cells that mostly match them.
const COLUMNS: [(&str, &[&str]); 16] = [
    ("id", &["a", "b", "c", "unit-2", "Unit.3", "ali", "a b", "", "é"]),
    ("about", &["group", "group", "group", "programme", "Group ", "person", "nobody", ""]),
    ("as of", &["2016-02-15", "2016-02-15", "2016-07-01", "2015-06-30", "2014-01-01", "soon", ""]),
    ("rated", &["", "B2", "C3", "D4", "Z9"]),
    ("on", &["", "2016-02-01", "2015-01-01", "2017-01-01", "then"]),
    ("accepts the unity government", &["yes", "no", "", "unknown", "contested", "YES", "maybe"]),
    ("is hostile", &["yes", "no", "", "unknown", "contested", " no "]),
    ("headcount", &["5", "20", "55", "70", "", "at least 60", "8,000", "not 55", "many", "-1", "0005"]),
    ("home region", &["west", "east", "", "unknown", "not west", "East", "one of west, south", "north"]),
    ("last vetting", &["2015-01-01", "2015-09-01", "", "before 2015-01-02", "2015-02-30", "unknown"]),
    ("commander", &["", "", "ali", "no one", "nadia", "not ali", "brigade", "contested"]),
    ("leaders", &["", "", "none", "ali", "ali and no others", "nadia", "unknown"]),
    (
        "reports to",
        &[
            "",
            "the national command",
            "no one",
            "brigade",
            "not the national command",
            "the unity government",
        ],
    ),
    ("the national command is being re-unified", &["", "yes", "no"]),
    ("the unity government has taken office", &["", "", "yes", "no", "contested"]),
    ("is funded", &["", "", "", "yes", "no"]),
];

fn policy() -> (Arc<Policy>, Evidence) {
    let bundle = crate::bundle::gather(&["a.placet", "b.placet"], &mut |name| {
        Ok(if name == "a.placet" { POLICY.into() } else { ACCOMPANYING.into() })
    });
    let resolved = resolve(&bundle);
    let (evidence, problems) = read_dossiers(&bundle, &resolved.vocabulary);
    assert!(problems.is_empty() && bundle.problems.is_empty(), "{problems:?} {:?}", bundle.problems);
    let policy = resolved.policy.unwrap_or_else(|| panic!("{:?}", resolved.problems));
    let day = Date::parse("2016-02-15").unwrap();
    assert!(policy.about.iter().all(|kind| compile(&policy, *kind, day).serves_all), "else no plane is used");
    (policy, evidence)
}

/// The outcomes of a row, or what is wrong with it.
type RowResult = Result<Vec<(Outcome, bool)>, String>;

/// Returns the results of the dossier readers and the decision for each row separately.
fn one_by_one(
    policy: &Arc<Policy>,
    accompanying: &Evidence,
    uses: &[String],
    texts: &[String],
    day: Option<Date>,
) -> Vec<RowResult> {
    let mut seen = SortedSet::new();
    let mut results = Vec::new();
    for text in texts {
        let read = if text.starts_with('{') {
            dossier_json::read_lines(FileId(9), text, &policy.vocabulary, &policy.about)
        } else {
            dossier_csv::read(FileId(9), text, &policy.vocabulary, &policy.about)
        };
        if let Some(first) = read.problems.first() {
            results.push(Err(first.message.clone()));
            continue;
        }
        let Some(mut dossier) = read.dossiers.into_iter().next() else { continue };
        if dossier.uses.is_empty() {
            dossier.uses = uses.to_vec();
        }
        let (id, kind, as_of) = (dossier.id.clone(), dossier.kind, day.or(dossier.as_of));
        let mut evidence = accompanying.clone();
        if let Some(problem) = join(&mut evidence, vec![dossier], &policy.vocabulary).first() {
            results.push(Err(problem.message.clone()));
            continue;
        }
        let refused = match as_of {
            _ if !policy.about.contains(&kind) => Some("decides on"),
            None => Some("the date"),
            Some(day) if !policy.period.contains(day) => Some("not in force"),
            _ if !seen.insert(id.clone()) => Some("duplicate"),
            _ => None,
        };
        results.push(match (refused, as_of) {
            (None, Some(day)) => {
                let answers = outcomes(policy, &evidence, &id, day).unwrap();
                Ok(answers.into_iter().map(|(_, outcome, exact)| (outcome, exact)).collect())
            }
            (refused, _) => Err(refused.unwrap_or_default().to_owned()),
        });
    }
    results
}

fn streamed(
    mut rows: Rows<&[u8]>,
    policy: &Arc<Policy>,
    accompanying: Accompanying,
    day: Option<Date>,
    at_once: usize,
) -> Vec<RowResult> {
    let mut stream = Stream::new(policy, accompanying, rows.header(), day, None).unwrap();
    let mut chunk = Chunk::default();
    let mut results: Vec<RowResult> = Vec::new();
    while rows.read(&mut chunk, at_once).unwrap() {
        for row in stream.decide(&chunk).rows() {
            results.push(match row.bad() {
                Some(bad) => Err(bad.message.clone()),
                None => Ok(row.answers().collect()),
            });
        }
    }
    let summary = stream.summary();
    let bad = results.iter().filter(|one| one.is_err()).count() as u64;
    assert_eq!((summary.rows, summary.bad), (results.len() as u64, bad));
    for (place, count) in summary.types.iter().enumerate() {
        let of = |wanted: Outcome| {
            results.iter().flatten().filter(|answers| answers[place].0 == wanted).count() as u64
        };
        let sound_only = results.iter().flatten().filter(|answers| !answers[place].1).count() as u64;
        let counted = [Outcome::Eligible, Outcome::Ineligible, Outcome::Undetermined].map(of);
        assert_eq!(counted, [count.eligible, count.ineligible, count.undetermined]);
        assert_eq!(sound_only, count.sound_only);
    }
    results
}

fn agree(expected: &[RowResult], found: &[RowResult], texts: &[String]) -> Result<(), TestCaseError> {
    prop_assert_eq!(expected.len(), found.len());
    for ((expected, found), text) in expected.iter().zip(found).zip(texts) {
        match (expected, found) {
            (Err(expected), Err(found)) => {
                prop_assert!(found.contains(expected.as_str()), "{found}, not {expected}: {text}")
            }
            _ => prop_assert_eq!(expected, found, "{}", text),
        }
    }
    Ok(())
}

/// Returns a cell that mostly matches its column.
fn drawn(cells: &[&'static str], index: prop::sample::Index, odd: u8) -> &'static str {
    let fitting = cells.len().min(if odd < 75 { 3 } else { usize::MAX });
    cells[index.index(fitting)]
}

fn quoted(cell: &str) -> String {
    if cell.contains(',') { format!("\"{cell}\"") } else { cell.to_owned() }
}

fn rows() -> impl Strategy<Value = Vec<Vec<(prop::sample::Index, u8)>>> {
    prop::collection::vec(
        prop::collection::vec((any::<prop::sample::Index>(), 0..100_u8), COLUMNS.len()),
        0..24,
    )
}

/// Returns ids that are mostly different.
fn id(place: usize, cells: &[&'static str], index: prop::sample::Index, odd: u8) -> String {
    if odd < 85 { format!("row-{place}") } else { drawn(cells, index, odd).to_owned() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn table_rows_equal_their_dossiers(
        drawn_rows in rows(),
        columns in prop::sample::subsequence((2..COLUMNS.len()).collect::<Vec<_>>(), 0..COLUMNS.len() - 2),
        at_once in 1..9_usize,
        (given, used, named) in any::<(bool, bool, bool)>(),
    ) {
        let (policy, evidence) = policy();
        let day = given.then(|| Date::parse("2016-02-15").unwrap());
        let uses: Vec<String> = if used { vec!["situation".to_owned()] } else { Vec::new() };
        let evidence = if named || used { evidence } else { Evidence::default() };
        let columns: Vec<usize> = [0, 1].into_iter().chain(columns).collect();
        let header = columns.iter().map(|place| COLUMNS[*place].0).collect::<Vec<_>>().join(",");
        let mut table = format!("{header}\n");
        let mut texts = Vec::new();
        for (number, row) in drawn_rows.iter().enumerate() {
            let mut cells = Vec::new();
            for place in &columns {
                let (index, odd) = row[*place];
                let cell = match place {
                    0 => id(number, COLUMNS[0].1, index, odd),
                    _ => drawn(COLUMNS[*place].1, index, odd).to_owned(),
                };
                cells.push(quoted(&cell));
            }
            let line = cells.join(",");
            table += &line;
            table += if number % 3 == 0 { "\r\n" } else { "\n" };
            texts.push(format!("{header}\n{line}\n"));
        }
        let expected = one_by_one(&policy, &evidence, &uses, &texts, day);
        let accompanying = Accompanying::new(evidence, uses);
        let found = streamed(Rows::csv(table.as_bytes()).unwrap(), &policy, accompanying, day, at_once);
        agree(&expected, &found, &texts)?;
    }

    #[test]
    fn json_lines_equal_their_dossiers(drawn_rows in rows(), given in any::<bool>(), used in any::<bool>()) {
        let (policy, evidence) = policy();
        let day = given.then(|| Date::parse("2016-02-15").unwrap());
        let uses: Vec<String> = if used { vec!["situation".to_owned()] } else { Vec::new() };
        let mut texts = Vec::new();
        for (number, row) in drawn_rows.iter().enumerate() {
            let mut members = Vec::new();
            for ((key, cells), (index, odd)) in COLUMNS.iter().zip(row) {
                let cell = match *key {
                    "id" => id(number, cells, *index, *odd),
                    _ => drawn(cells, *index, *odd).to_owned(),
                };
                let value = match cell.as_str() {
                    "" => continue,
                    "yes" => "true".to_owned(),
                    "no" => "false".to_owned(),
                    "no one" => "{\"is\": null}".to_owned(),
                    "none" => "{\"members\": [], \"complete\": true}".to_owned(),
                    "ali" if *key == "commander" => "{\"is\": \"ali\"}".to_owned(),
                    cell if cell.bytes().all(|byte| byte.is_ascii_digit()) => cell.trim_start_matches('0').to_owned(),
                    cell => format!("\"{cell}\""),
                };
                let key = match *key { "as of" => "as_of", "rated" => "grade", "on" => "date", key => key };
                members.push(format!("\"{key}\": {value}"));
            }
            texts.push(format!("{{{}}}", members.join(", ")));
        }
        let table = texts.join("\n");
        let expected = one_by_one(&policy, &evidence, &uses, &texts, day);
        let found = streamed(Rows::lines(table.as_bytes()).unwrap(), &policy, Accompanying::new(evidence, uses), day, 5);
        agree(&expected, &found, &texts)?;
    }
}

fn bad_rows(table: &[u8]) -> Vec<(u64, String)> {
    let (policy, _) = policy();
    let mut rows = Rows::csv(table).unwrap();
    let day = Date::parse("2016-02-15");
    let mut stream = Stream::new(&policy, Accompanying::default(), rows.header(), day, None).unwrap();
    let mut chunk = Chunk::default();
    let mut bad = Vec::new();
    while rows.read(&mut chunk, 3).unwrap() {
        for row in stream.decide(&chunk).rows() {
            bad.extend(row.bad().map(|bad| (row.line, bad.to_string())));
        }
    }
    bad
}

#[test]
fn bad_rows_have_line_column_and_message() {
    let table = b"id,about,headcount,title\r\n\r\na,group,5,\"two\nlines\"\r\nb,group,many,\nc,group,5\n\
        d,group,5,\xff\ne,group,5,\0\n,,,\nf,group,5,\n,group,5,\nf,group,6,fine\ng,group,\"6\n";
    let bad = bad_rows(table);
    let messages: Vec<(u64, &str)> =
        bad.iter().map(|(line, bad)| (*line, bad.split(" (").next().unwrap())).collect();
    assert_eq!(
        messages,
        [
            (3, "title: the character U+000A is not allowed here"),
            (5, "headcount: invalid value \"many\""),
            (6, "this row has 3 cells, but the header has 4"),
            (7, "the row is not UTF-8 text"),
            (8, "the row is not text: it has a zero byte"),
            (11, "the id of this row is missing"),
            (12, "duplicate dossier \"f\""),
            (13, "the quote that opens in line 13 is not closed"),
        ]
    );
}

#[test]
fn filled_cell_of_unnamed_column_is_an_error() {
    let bad = bad_rows(b"sep=;\nid;about;;headcount\na;group;;5\nb;group;yes;5\n");
    assert_eq!(bad.len(), 1);
    assert_eq!(bad[0].0, 4);
    assert!(bad[0].1.contains("column 3 has no name"), "{}", bad[0].1);
}

#[test]
fn unclosed_quote_is_one_bad_row() {
    let mut table = b"id,about,headcount\na,group,5\nb,group,\"5\n".to_vec();
    table.extend(b"filler,group,5\n".repeat(90_000));
    table.extend(b"last,group,oops\n");
    let bad = bad_rows(&table);
    assert_eq!(bad[0].0, 3);
    assert!(bad[0].1.starts_with("the quote that opens in line 3 is not closed"), "{}", bad[0].1);
    let (last, others) = bad[1..].split_last().unwrap();
    assert_eq!(last.0, 90_004);
    assert!(last.1.contains("oops"));
    assert!(others.iter().all(|(_, bad)| bad.contains("duplicate")), "what follows is read again as rows");
}

#[test]
fn mark_semicolons_and_missing_line_end_are_valid() {
    assert!(bad_rows("\u{feff}id;about;headcount\na;group;5\nb;group;at least 60".as_bytes()).is_empty());
}

#[test]
fn bad_header_is_rejected_with_findings() {
    let (policy, _) = policy();
    let rows = Rows::csv("id,about,headcout\n".as_bytes()).unwrap();
    let problems = Stream::new(&policy, Accompanying::default(), rows.header(), None, None).err().unwrap();
    assert_eq!(problems[0].span.range(), 9..17);
    let rows = Rows::csv("".as_bytes()).unwrap();
    assert!(Stream::new(&policy, Accompanying::default(), rows.header(), None, None).is_err());
    assert!(Rows::csv(&b"\xff\xfei\0d\0"[..]).is_err());
}

/// A reader that returns a limited number of bytes at a time.
struct Drip<'t>(&'t [u8], usize);

impl Read for Drip<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let (now, later) = self.0.split_at(self.1.min(self.0.len()).min(to.len()));
        to[..now.len()].copy_from_slice(now);
        self.0 = later;
        Ok(now.len())
    }
}

proptest! {
    #[test]
    fn rows_equal_those_of_the_csv_library(
        rows in prop::collection::vec(
            (prop::collection::vec("[a-c; é]{0,12}|\"([a-c,\r\n]|\"\"){0,6}\"", 1..6), "\n|\r\n|\r|\n\n"),
            0..40,
        ),
        bytes in 1_usize..200,
        most in 1_usize..50,
    ) {
        let mut text = "id,is neutral\n".to_owned();
        for (cells, end) in &rows {
            text.push_str(&cells.join(","));
            text.push_str(end);
        }
        let mut library = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let expected: Vec<Vec<String>> =
            library.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        let mut table = Rows::csv(Drip(text.as_bytes(), bytes)).unwrap();
        let (mut chunk, mut found) = (Chunk::default(), Vec::<Vec<String>>::new());
        while table.read(&mut chunk, most).unwrap() {
            for row in chunk.rows() {
                let cells: Vec<&[u8]> = row.cells().collect();
                prop_assert!((0..cells.len()).all(|place| row.cell(place) == cells[place]));
                found.push(cells.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect());
            }
        }
        prop_assert_eq!(found, expected);
    }
}
