//! The command `placet`: decides who may receive assistance under a written policy, exactly and with reasons.

mod answer;
mod ask;
mod check;
mod compare;
mod compile;
mod decide;
mod diff;
mod escape;
mod explain;
mod failure;
mod fmt;
mod graph;
mod job;
mod load;
mod manifest;
mod output;
mod overview;
mod progress;
mod render;
mod report;
mod save;
mod scripts;
mod stream;
mod table;
mod targets;
mod test;
mod translate;
mod verify;

use clap::{Parser, Subcommand};
use failure::Failure;
use std::process::ExitCode;

/// The result of a command: exit code 0 for success, 1 for findings. A failure gives exit code 2.
type Ended = Result<ExitCode, Failure>;

/// Decides who may receive assistance under a written policy, exactly and with reasons.
///
/// Policies and dossiers are written in controlled English. The verdict for each type of assistance is eligible, not
/// eligible, or undetermined with the question to ask next. A verdict is advice; the authority that the policy names
/// decides.
#[derive(Parser)]
#[command(name = "placet", version, arg_required_else_help = true, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  placet decide policy.placet group.placet              a table of verdicts
  placet decide policy.placet group.placet --explain    the same, with reasons
  placet decide rules/ groups.csv --as-of 2016-02-15 --format json
  placet ask policy.placet --as-of 2016-02-15           an interview: only questions that still matter
  placet check rules/                                   errors, warnings and remarks
  placet test rules/                                    runs the scenarios of the policies
  placet diff old.placet new.placet                     how a change of policy changes verdicts
  placet verify decision.json policy.placet group.placet  whether the result is the same
  placet graph policy.placet -o policy.svg              a drawing of the rules
  placet compile policy.placet -o policy.placetc        for the engine of web pages

Exit codes: 0 done (for any verdict), 1 findings, 2 could not run, 141 the output was closed early.";

#[derive(Subcommand)]
enum Command {
    Decide(job::Args),
    Ask(ask::Args),
    Check(check::Args),
    Fmt(fmt::Args),
    Test(test::Args),
    Compare(compare::Args),
    Compile(compile::Args),
    Diff(diff::Args),
    Graph(graph::Args),
    Translate(translate::Args),
    Verify(verify::Args),
    Completions(scripts::Completions),
    Man(scripts::Man),
    Schema(scripts::Schema),
}

fn main() -> ExitCode {
    let command = match Cli::try_parse() {
        Ok(cli) => cli.command,
        Err(error) => return report::usage(&error),
    };
    let ended = match command {
        Command::Decide(args) => decide::run(&args),
        Command::Ask(args) => ask::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Fmt(args) => fmt::run(&args),
        Command::Test(args) => test::run(&args),
        Command::Compare(args) => compare::run(&args),
        Command::Compile(args) => compile::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Graph(args) => graph::run(&args),
        Command::Translate(args) => translate::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Completions(args) => scripts::completions(&args),
        Command::Man(args) => scripts::man(&args),
        Command::Schema(args) => scripts::schema(&args),
    };
    ended.unwrap_or_else(Failure::report)
}
