//! The command `placet`: decides who may receive assistance under a written policy, exactly and with reasons.

mod answer;
mod ask;
mod check;
mod compare;
mod decide;
mod diff;
mod explain;
mod failure;
mod fmt;
mod graph;
mod load;
mod manifest;
mod output;
mod overview;
mod render;
mod save;
mod scripts;
mod stream;
mod table;
mod test;
mod translate;
mod verify;
mod whom;

use clap::{Parser, Subcommand};
use failure::Failure;
use std::process::ExitCode;

/// The result of a command: exit code 0 for success, 1 for findings. A failure gives exit code 2.
type Ended = Result<ExitCode, Failure>;

/// Decides who may receive assistance under a written policy, exactly and with reasons.
///
/// A policy and what is known about a group are both written in plain controlled English. Placet says for each type
/// of assistance: eligible, not eligible, or undetermined, and then which question to ask next. What it says is
/// advice; the authority named in the policy decides.
#[derive(Parser)]
#[command(name = "placet", version, arg_required_else_help = true, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  placet decide policy.placet group.placet              a table of verdicts
  placet decide policy.placet group.placet --explain    and why
  placet decide rules/ groups.csv --as-of 2016-02-15 --format json
  placet ask policy.placet --as-of 2016-02-15           an interview that asks only what still matters
  placet check rules/                                   mistakes and doubtful spots
  placet test rules/                                    the scenarios beside the rules
  placet diff old.placet new.placet                     what a change of policy means
  placet verify decision.json policy.placet group.placet  whether it still comes out the same
  placet graph policy.placet -o policy.svg              the rules and what they lead to, as a drawing

Exit codes: 0 done (whatever the verdict), 1 findings, 2 could not run, 141 the reader of the output left before its end.";

#[derive(Subcommand)]
enum Command {
    Decide(decide::Args),
    Ask(ask::Args),
    Check(check::Args),
    Fmt(fmt::Args),
    Test(test::Args),
    Compare(compare::Args),
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
        Err(error) => return output::usage(&error),
    };
    let ended = match command {
        Command::Decide(args) => decide::run(&args),
        Command::Ask(args) => ask::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Fmt(args) => fmt::run(&args),
        Command::Test(args) => test::run(&args),
        Command::Compare(args) => compare::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Graph(args) => graph::run(&args),
        Command::Translate(args) => translate::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Completions(args) => scripts::completions(&args),
        Command::Man(args) => scripts::man(&args),
        Command::Schema(args) => scripts::schema(&args),
    };
    ended.unwrap_or_else(Failure::tell)
}
