//! `placet test`: runs the scenarios of policies.

use crate::Ended;
use crate::failure::Failure;
use crate::load::Root;
use crate::output::finish;
use crate::render::{bad, faint, good, safe};
use clap::ValueEnum;
use placet::bundle::Bundle;
use placet::check::Gathered;
use placet::compiled::Forms;
use placet::diagnostic::any_error;
use placet::policy;
use placet::scenario::{self, Outcome};
use placet::syntax::Block;
use placet::wire::scenarios::{self, Suite};
use std::path::PathBuf;

/// Run the scenarios of policies
///
/// A scenario states what is given and what is expected. It fails if a verdict, a reason, a choice or an obligation
/// differs.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Policy files, or folders of them
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The output format
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Also list the scenarios that pass
    #[arg(long)]
    all: bool,
    /// The root folder; no file outside of it is read
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  placet test rules/
  placet test policy.placet --all
  placet test rules/ --format junit > scenarios.xml

Exit codes: 0 all pass, 1 some fail, 2 could not run.";

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For the terminal
    Text,
    /// JSON
    Json,
    /// JUnit XML
    Junit,
}

/// The results of the scenarios of one file.
struct FileResults {
    name: String,
    bundle: Bundle,
    outcomes: Vec<Outcome>,
}

pub fn run(args: &Args) -> Ended {
    let root = Root::of(args.root.as_deref(), args.paths.iter().map(PathBuf::as_path))?;
    let (mut results, mut gathered) = (Vec::new(), Gathered::default());
    for name in root.files(&args.paths)? {
        let bundle = root.gather(&[&name]);
        gathered.add(&bundle.sources, placet::workspace::unread(&bundle));
        let scenarios =
            |file: &placet::syntax::File| file.blocks.iter().any(|block| matches!(block, Block::Scenario(_)));
        let first = bundle.entries.first().and_then(|id| bundle.file(*id));
        if !first.is_some_and(scenarios) {
            continue;
        }
        let resolved = policy::resolve(&bundle);
        let Some(policy) = resolved.policy else {
            if !any_error(&bundle.problems) && !any_error(&resolved.problems) {
                return Err(Failure::new(format!("{name} has scenarios but no policy")));
            }
            gathered.add(&bundle.sources, bundle.problems.iter().chain(&resolved.problems));
            continue;
        };
        let (scenarios, findings) = scenario::read(&bundle, &policy);
        if any_error(&findings) {
            gathered.add(&bundle.sources, findings.iter());
            continue;
        }
        let forms = Forms::new(&policy);
        let outcomes = scenarios.iter().map(|scenario| scenario::run_with(&forms, scenario)).collect();
        results.push(FileResults { name, bundle, outcomes });
    }
    if !gathered.findings.is_empty() {
        return Err(gathered.into());
    }
    if results.is_empty() {
        return Err(Failure::new("the given files have no scenarios"));
    }
    let failed = results.iter().flat_map(|one| &one.outcomes).any(|outcome| !outcome.passed());
    let suites: Vec<Suite<'_>> = results
        .iter()
        .map(|FileResults { name, bundle, outcomes }| Suite { name, sources: &bundle.sources, outcomes })
        .collect();
    let text = match args.format {
        Format::Text => text(&suites, args.all),
        Format::Json => scenarios::json(&suites),
        Format::Junit => scenarios::junit(&suites),
    };
    finish(&text, failed)
}

fn text(suites: &[Suite<'_>], all: bool) -> String {
    let mut text = String::new();
    let (mut passed, mut failed) = (0, 0);
    for suite in suites {
        for outcome in suite.outcomes {
            let place = faint(format!("{}:{}", safe(suite.name), suite.line(outcome)));
            if outcome.passed() {
                passed += 1;
                if all {
                    text += &format!("{}  {}  {place}\n", good("pass"), safe(&outcome.title));
                }
                continue;
            }
            failed += 1;
            text += &format!("{}  {}  {place}\n", bad("fail"), safe(&outcome.title));
            for expectation in outcome.checks.iter().filter(|expectation| !expectation.passed) {
                text += &format!("        expected  {}\n", safe(&expectation.expected));
                text += &format!("        found     {}\n", safe(&expectation.actual));
            }
        }
    }
    text + &format!("{passed} passed, {failed} failed\n")
}
