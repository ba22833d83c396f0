//! `placet check`: finds errors and doubtful places in policies, vocabularies and dossiers.

use crate::Ended;
use crate::failure::Failure;
use crate::load::Root;
use crate::output::{finish, remark};
use crate::render;
use clap::ValueEnum;
use placet::check::{Gathered, check};
use placet::diagnostic::{self, Diagnostic, Severity};
use placet::span::Sources;
use placet::wire::diagnostics;
use placet::workspace::is_data;
use std::path::PathBuf;

/// Find errors and doubtful places in policies, vocabularies and dossiers
///
/// Reports all errors at once, each with its place and, if it is certain, with what to write instead. Studies each
/// policy without errors: whether any subject can be eligible, which rules, waivers and choices ever matter, which
/// contradict each other, and what phases leave open, each finding with an example. Remarks do not affect the exit code.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// .placet files, or folders of them
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The output format
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The root folder; no file outside of it is read
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  placet check rules/
  placet check policy.placet --format sarif > findings.sarif
  placet check rules/ --format github       in a workflow: annotations beside the lines

Data files (.json, .ndjson, .csv) can only be read with a vocabulary: placet decide reports their errors.
A fact is reported as unused if no given policy uses it: give a vocabulary with all policies that use it.
Exit codes: 0 no findings or only remarks, 1 errors or warnings, 2 could not run.";

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For the terminal
    Text,
    /// JSON
    Json,
    /// SARIF 2.1.0
    Sarif,
    /// Commands of a GitHub workflow
    Github,
}

pub fn run(args: &Args) -> Ended {
    let root = Root::of(args.root.as_deref(), args.paths.iter().map(PathBuf::as_path))?;
    let (data, names): (Vec<String>, Vec<String>) =
        root.files(&args.paths)?.into_iter().partition(|name| is_data(name));
    for name in data {
        remark(&format!("{name}: left out, since data can only be read with a vocabulary"));
    }
    let files = names.len();
    let Gathered { sources, findings, .. } = check(&names, true, &mut |name| root.raw(name));
    let text = match args.format {
        Format::Text => {
            let drawn =
                if findings.is_empty() { String::new() } else { render::findings(&findings, &sources) };
            let files = if files == 1 { "1 file".to_owned() } else { format!("{files} files") };
            let count = render::count(&findings).unwrap_or_else(|| "nothing found".to_owned());
            format!("{drawn}{count} in {files}\n")
        }
        Format::Json => diagnostics::write(&findings, &sources),
        Format::Sarif => diagnostics::write_sarif(&findings, &sources),
        Format::Github => github(&findings, &sources),
    };
    finish(&text, diagnostic::any_doubt(&findings))
}

impl From<Gathered> for Failure {
    fn from(gathered: Gathered) -> Failure {
        let Gathered { sources, findings, .. } = gathered.sorted();
        Failure::Findings { findings, sources: Box::new(sources) }
    }
}

fn github(findings: &[Diagnostic], sources: &Sources) -> String {
    let property = |text: &str| {
        text.replace('%', "%25")
            .replace('\r', "%0D")
            .replace('\n', "%0A")
            .replace(':', "%3A")
            .replace(',', "%2C")
    };
    let message = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    findings
        .iter()
        .map(|finding| {
            let position = sources.position(finding.span);
            let help = finding.help.as_ref().map(|help| format!(". {help}")).unwrap_or_default();
            let example =
                finding.example.as_ref().map(|example| format!("\n\n{example}")).unwrap_or_default();
            let level = match finding.severity {
                Severity::Remark => "notice",
                _ => diagnostics::severity(finding),
            };
            format!(
                "::{} file={},line={},col={},title={}::{}\n",
                level,
                property(sources.name(finding.span.file)),
                position.line,
                position.column,
                finding.code,
                message(&format!("{}{help}{example}", finding.message)),
            )
        })
        .collect()
}
