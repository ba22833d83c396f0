//! The tables, and the documents that contain them.

use crate::answer::Answer;
use crate::missing::Case;
use crate::speed::Cost;
use std::fmt::Write;
use std::path::Path;

/// An engine's answers in all cases.
pub struct Row {
    pub name: &'static str,
    /// Whether it is written as in the engine's own guides; the short table shows only these.
    pub is_usual: bool,
    pub answers: Vec<Answer>,
}

impl Row {
    fn right(&self, cases: &[Case]) -> usize {
        self.answers.iter().zip(cases).filter(|(answer, case)| answer.serves(&case.right)).count()
    }
}

/// The table of answers, wrong ones in bold.
pub fn answers(cases: &[Case], rows: &[Row], only_usual: bool) -> String {
    let mut table = String::from("| |");
    let head: String = cases.iter().map(|case| format!(" {} |", case.title)).collect();
    let right: String = cases.iter().map(|case| format!(" *{}* |", case.right)).collect();
    let _ = writeln!(
        table,
        "{head} right |\n|---|{}---|\n| *the right answer* |{right} |",
        "---|".repeat(cases.len())
    );
    for row in rows.iter().filter(|row| row.is_usual || !only_usual) {
        let _ = write!(table, "| {} |", row.name);
        for (answer, case) in row.answers.iter().zip(cases) {
            let _ = match answer.serves(&case.right) {
                true => write!(table, " {answer} |"),
                false => write!(table, " **{answer}** |"),
            };
        }
        let _ = writeln!(table, " {} of {} |", row.right(cases), cases.len());
    }
    table
}

/// The table of speeds; `costs` are in the order of the names, the baseline first.
pub fn speeds(names: &[&str], costs: &[(Cost, Option<Cost>)]) -> String {
    let mut table = String::from(
        "| | facts prebuilt, ns | ± | × by hand | from JSON text, ns | ± | × by hand |\n|---|--:|--:|--:|--:|--:|--:|\n",
    );
    let floor = costs.first();
    for (name, (prebuilt, json)) in names.iter().zip(costs) {
        let floors = (floor.map(|(cost, _)| cost), floor.and_then(|(_, cost)| cost.as_ref()));
        let _ = write!(table, "| {name} |");
        for (cost, floor) in [(Some(prebuilt), floors.0), (json.as_ref(), floors.1)] {
            let _ = match cost.zip(floor) {
                Some((cost, floor)) => {
                    let (median, times) = (cost.median(), cost.median() / floor.median());
                    write!(
                        table,
                        " {} | {:.0} % | {} |",
                        figure(median),
                        cost.spread() * 100.0,
                        figure(times)
                    )
                }
                None => write!(table, " – | | – |"),
            };
        }
        table.push('\n');
    }
    table
}

/// Formats a number: one decimal below 100, thousands separated.
fn figure(number: f64) -> String {
    if number < 99.95 {
        return format!("{number:.1}");
    }
    let whole = format!("{number:.0}");
    let mut text = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Replaces a table between its two markers in a document; returns whether anything changed.
pub fn keep(document: &Path, marker: &str, table: &str) -> Result<bool, String> {
    let at = |error: &dyn std::fmt::Display| format!("{}: {error}", document.display());
    let text = std::fs::read_to_string(document).map_err(|error| at(&error))?;
    let (begin, end) = (format!("<!-- {marker}: begin -->\n"), format!("<!-- {marker}: end -->"));
    let Some((before, rest)) = text.split_once(&begin) else {
        return Err(at(&format!("no {}", begin.trim())));
    };
    let Some((_, after)) = rest.split_once(&end) else { return Err(at(&format!("no {end}"))) };
    let kept = format!("{before}{begin}{table}{end}{after}");
    if kept == text {
        return Ok(false);
    }
    std::fs::write(document, kept).map_err(|error| at(&error))?;
    Ok(true)
}
