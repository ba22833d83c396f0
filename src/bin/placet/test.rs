//! `placet test`: the scenarios that stand beside the rules.

use crate::Ended;
use crate::failure::{Failure, out};
use crate::load::Root;
use crate::render::{bad, faint, good, safe};
use clap::ValueEnum;
use placet::bundle::Bundle;
use placet::check::Gathered;
use placet::compiled::Forms;
use placet::diagnostic::any_error;
use placet::policy;
use placet::scenario::{self, Outcome};
use placet::syntax::Block;
use serde_json::json;
use std::path::PathBuf;
use std::process::ExitCode;

/// Run the scenarios written beside the rules
///
/// A scenario says what is given and what is expected; it fails where a verdict, a reason, a choice or an obligation
/// comes out otherwise.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Policy files, or folders of them
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How results are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Name those that pass too
    #[arg(long)]
    all: bool,
    /// The folder that nothing is read outside of
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

/// The scenarios of one file.
struct Suite {
    name: String,
    bundle: Bundle,
    outcomes: Vec<Outcome>,
}

pub fn run(args: &Args) -> Ended {
    let root = Root::of(args.root.as_deref(), args.paths.iter().map(PathBuf::as_path))?;
    let (mut suites, mut mistakes) = (Vec::new(), Gathered::default());
    for name in root.files(&args.paths)? {
        let bundle = root.gather(&[&name]);
        mistakes.add(&bundle.sources, placet::desk::unread(&bundle));
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
            mistakes.add(&bundle.sources, bundle.problems.iter().chain(&resolved.problems));
            continue;
        };
        let (scenarios, findings) = scenario::read(&bundle, &policy);
        if any_error(&findings) {
            mistakes.add(&bundle.sources, findings.iter());
            continue;
        }
        let forms = Forms::new(&policy);
        let outcomes = scenarios.iter().map(|scenario| scenario::run_with(&forms, scenario)).collect();
        suites.push(Suite { name, bundle, outcomes });
    }
    if !mistakes.findings.is_empty() {
        return Err(mistakes.into());
    }
    if suites.is_empty() {
        return Err(Failure::new("there is no scenario in the files given"));
    }
    let failed = suites.iter().flat_map(|suite| &suite.outcomes).any(|outcome| !outcome.passed());
    out(&match args.format {
        Format::Text => text(&suites, args.all),
        Format::Json => json(&suites),
        Format::Junit => junit(&suites),
    })?;
    Ok(ExitCode::from(u8::from(failed)))
}

impl Suite {
    fn line(&self, outcome: &Outcome) -> usize {
        self.bundle.sources.position(outcome.span).line
    }
}

fn text(suites: &[Suite], all: bool) -> String {
    let mut text = String::new();
    let (mut passed, mut failed) = (0, 0);
    for suite in suites {
        for outcome in &suite.outcomes {
            let place = faint(format!("{}:{}", suite.name, suite.line(outcome)));
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
                text += &format!("        but       {}\n", safe(&expectation.actual));
            }
        }
    }
    text + &format!("{passed} passed, {failed} failed\n")
}

fn json(suites: &[Suite]) -> String {
    let files: Vec<_> = suites
        .iter()
        .map(|suite| {
            let scenarios: Vec<_> = suite
                .outcomes
                .iter()
                .map(|outcome| {
                    let expectations: Vec<_> = outcome
                        .checks
                        .iter()
                        .map(|one| json!({ "expected": one.expected, "actual": one.actual, "passed": one.passed }))
                        .collect();
                    json!({
                        "title": outcome.title,
                        "line": suite.line(outcome),
                        "passed": outcome.passed(),
                        "expectations": expectations,
                    })
                })
                .collect();
            json!({ "file": suite.name, "scenarios": scenarios })
        })
        .collect();
    format!("{:#}\n", json!({ "format": "placet-scenarios/1", "files": files }))
}

fn junit(suites: &[Suite]) -> String {
    let count = |outcomes: &[Outcome]| outcomes.iter().filter(|outcome| !outcome.passed()).count();
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n".to_owned();
    for suite in suites {
        let (name, tests, failures) = (escape(&suite.name), suite.outcomes.len(), count(&suite.outcomes));
        xml += &format!("  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\">\n");
        for outcome in &suite.outcomes {
            let (title, line) = (escape(&outcome.title), suite.line(outcome));
            xml += &format!(
                "    <testcase classname=\"{name}\" name=\"{title}\" file=\"{name}\" line=\"{line}\""
            );
            let failed: Vec<String> = outcome
                .checks
                .iter()
                .filter(|expectation| !expectation.passed)
                .map(|one| format!("expected {} but {}", one.expected, one.actual))
                .collect();
            if outcome.passed() {
                xml += "/>\n";
            } else {
                let message = escape(&failed.join("; "));
                xml += &format!(">\n      <failure message=\"{message}\"/>\n    </testcase>\n");
            }
        }
        xml += "  </testsuite>\n";
    }
    xml + "</testsuites>\n"
}

fn escape(text: &str) -> String {
    safe(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
