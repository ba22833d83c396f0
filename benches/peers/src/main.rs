//! Compares Placet with other policy engines: one policy, the same groups, cross-checked answers, one table of speeds
//! and one of answers if facts are missing. Writes the tables into the documents, between their markers.

mod answer;
mod engines;
mod groups;
mod missing;
mod report;
mod speed;

use engines::placet::{Placet, PlacetColumns};
use engines::rust::{ByHand, ByHandByPhrase};
use engines::zen::{Zen, ZenTable};
use engines::{Subject, cedar::Cedar, cel::Cel, jsonlogic::JsonLogic, rego::Rego};
use report::Row;
use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "usage: peers [--answers]
  --answers  only cross-check the answers and write the tables of answers; measure nothing";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => run(true),
        ["--answers"] => run(false),
        _ => Err(USAGE.to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(is_timed: bool) -> Result<(), String> {
    let groups = groups::draw();
    // The baseline comes first, and the usual version of each engine before its others.
    let mut subjects: Vec<(Box<dyn Subject>, bool)> = vec![
        (Box::new(ByHand::new(&groups)), false),
        (Box::new(ByHandByPhrase::new(&groups)), false),
        (Box::new(Placet::new(&groups)), true),
        (Box::new(PlacetColumns::new(&groups)), false),
        (Box::new(Cedar::optional(&groups)), true),
        (Box::new(Cedar::required(&groups)), false),
        (Box::new(Cedar::bare(&groups)), false),
        (Box::new(Rego::plain(&groups)), true),
        (Box::new(Rego::closed(&groups)), false),
        (Box::new(Cel::count(&groups)), true),
        (Box::new(Cel::pairs(&groups)), false),
        (Box::new(Cel::guarded(&groups)), false),
        (Box::new(Zen::plain(&groups)), true),
        (Box::new(Zen::closed(&groups)), false),
        (Box::new(ZenTable::new(&groups)), true),
        (Box::new(JsonLogic::plain(&groups)), true),
        (Box::new(JsonLogic::missing_first(&groups)), false),
    ];

    let eligible = cross_check(subjects.iter_mut().map(|(subject, _)| subject))?;
    println!("{} groups, {eligible} eligible; all engines agree on every one\n", groups.len());

    let cases = missing::cases();
    let rows: Vec<Row> = subjects
        .iter_mut()
        .filter_map(|(subject, is_usual)| {
            let answers = cases.iter().map(|case| subject.answer(&case.record)).collect::<Option<_>>()?;
            Some(Row { name: subject.name(), is_usual: *is_usual, answers })
        })
        .collect();
    let all = report::answers(&cases, &rows, false);
    println!("{all}");
    for row in &rows {
        for (answer, case) in row.answers.iter().zip(&cases) {
            if let answer::Answer::Error(error) = answer {
                println!("{}, {}: {}", row.name, case.title, error.lines().next().unwrap_or_default());
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let own = root.join("benches/README.md");
    report::keep(&own, "answers", &all)?;
    report::keep(&root.join("README.md"), "answers", &report::answers(&cases, &rows, true))?;

    if is_timed {
        let mut subjects: Vec<Box<dyn Subject>> = subjects.into_iter().map(|(subject, _)| subject).collect();
        let names: Vec<&str> = subjects.iter().map(|subject| subject.name()).collect();
        let table = report::speeds(&names, &speed::measure(&mut subjects));
        println!("\n{table}");
        report::keep(&own, "speeds", &table)?;
    }
    Ok(())
}

/// Compares every engine's answers with the baseline's; returns how many groups are eligible.
fn cross_check<'a>(subjects: impl Iterator<Item = &'a mut Box<dyn Subject>>) -> Result<usize, String> {
    let mut right: Option<Vec<bool>> = None;
    for subject in subjects {
        let (prebuilt, from_json) = subject.answers();
        let right = right.get_or_insert_with(|| prebuilt.clone());
        let ways = [("prebuilt facts", Some(&prebuilt)), ("JSON text", from_json.as_ref())];
        for (way, answers) in ways.into_iter().filter_map(|(way, answers)| Some((way, answers?))) {
            if let Some(group) = (0..right.len()).find(|group| answers[*group] != right[*group]) {
                return Err(format!(
                    "{} from {way}: group {group} is answered {}",
                    subject.name(),
                    answers[group]
                ));
            }
        }
    }
    Ok(right.map_or(0, |right| right.iter().filter(|eligible| **eligible).count()))
}
