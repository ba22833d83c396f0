//! `placet graph`: draws a policy.

use crate::Ended;
use crate::failure::Failure;
use crate::job::{plan, types};
use crate::load::{self, Root};
use crate::output::{out, remark};
use crate::save;
use clap::ValueEnum;
use placet::graph::{self, dot, svg};
use placet::value::Date;
use placet::workspace::Workspace;
use std::path::PathBuf;
use std::process::ExitCode;

/// Draw a policy: from conditions through rules to each type of assistance
///
/// Requirements, bars, waivers and phases have different shapes and labels. With a dossier, each rule and condition is
/// marked with its result, and each type of assistance with its verdict.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The policy
    policy: PathBuf,
    /// The dossier of one subject, and dossiers of circumstances: .placet, .json, .ndjson and .csv files
    #[arg(value_name = "DOSSIER")]
    dossiers: Vec<PathBuf>,
    /// Draw only what affects this type of assistance; may be repeated
    #[arg(long, value_name = "TYPE")]
    assistance: Vec<String>,
    /// The output format
    #[arg(long, value_enum, default_value = "svg")]
    format: Form,
    /// Write to this file instead of the standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The day for which to decide on the dossier, such as 2016-02-15, or `today`
    #[arg(long, value_name = "DATE", value_parser = load::date)]
    as_of: Option<Date>,
    /// The root folder; no file outside of it is read
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    /// A picture for browsers and printing
    Svg,
    /// The language of Graphviz
    Dot,
}

const EXAMPLES: &str = "\
Examples:
  placet graph policy.placet -o policy.svg
  placet graph policy.placet group.placet -o group.svg      what is met, failed and open
  placet graph policy.placet --assistance training --format dot | dot -Tpdf -o training.pdf";

pub fn run(args: &Args) -> Ended {
    let paths = std::iter::once(&args.policy).chain(&args.dossiers).map(PathBuf::as_path);
    let root = Root::of(args.root.as_deref(), paths)?;
    let loaded = [root.load(&root.file(&args.policy)?, &root.dossiers(&args.dossiers)?)?];
    let [Workspace { policy, .. }] = &loaded;
    let types = types(policy, &args.assistance, &loaded)?;
    let mut graph = graph::graph(policy, types.as_deref());
    if !args.dossiers.is_empty() {
        let (items, notes) = plan(&loaded, args.as_of)?;
        notes.iter().for_each(|note| remark(note));
        let [item] = items.as_slice() else {
            let subjects: Vec<&str> = items.iter().map(|item| item.subject).collect();
            let what = format!("a drawing can be marked for one subject, found {}", items.len());
            return Err(Failure::with_help(
                what,
                format!("give the dossier of one of {}", subjects.join(", ")),
            ));
        };
        graph::mark(&mut graph, &item.decide(types.as_deref())?);
    }
    let drawing = match args.format {
        Form::Svg => svg::write(&graph),
        Form::Dot => dot::write(&graph),
    };
    match &args.output {
        Some(path) => save::output(path, &drawing, &root)?,
        None => out(&drawing)?,
    }
    Ok(ExitCode::SUCCESS)
}
