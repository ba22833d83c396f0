//! Decides on every group of a table, one verdict per line.
//!
//! Run `cargo run --example decide_table`.

use placet::{Date, LoadError, Workspace};

/// What is known of three groups. A cell that is empty is unknown.
const TABLE: &str = "\
id,about,title,is part of ISIS,abuses civilians,respects the rule of law
west,group,Western Shield,no,no,yes
coast,group,Coast Brigade,yes,no,yes
south,group,Southern Guard,,,
";

pub(crate) fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut read = |path: &str| match path {
        "groups.csv" => Ok(TABLE.into()),
        path => std::fs::read(path).map_err(|error| LoadError::Unreadable(error.to_string())),
    };
    let tables = ["groups.csv".to_owned()];
    let workspace = Workspace::open("rules/libya/national-guard.placet", &tables, &mut read)?;
    let day = Date::parse("2016-02-15").ok_or("no such day")?;
    for subject in &workspace.subjects {
        let decision = workspace.decide(subject).as_of(day).types(["equipment"]).run()?;
        for verdict in decision.verdicts() {
            println!("{subject}: {} {:?}", verdict.assistance(), verdict.outcome());
        }
    }
    Ok(())
}
