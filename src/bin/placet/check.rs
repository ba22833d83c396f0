//! `placet check`: everything that is wrong or doubtful in policies, vocabularies and dossiers.

use crate::Ended;
use crate::failure::{Failure, out, remark};
use crate::load::{self, Root, is_data};
use crate::render;
use clap::ValueEnum;
use placet::analysis::{self, Study};
use placet::bundle::Bundle;
use placet::diagnostic::{self, Diagnostic, Severity};
use placet::policy::Policy;
use placet::span::Sources;
use placet::syntax::Block;
use placet::wire::diagnostics;
use placet::{evidence, policy, scenario};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;

/// Find mistakes and doubtful spots in policies, vocabularies and dossiers
///
/// Every mistake is told at once, with its place and, where it is certain, with what to write instead. A policy without
/// mistakes is studied: whether anybody can be eligible, which rules, waivers and choices ever matter, which contradict
/// each other, what phases leave open; each finding with an example. A remark is no mistake, and does not count.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// .placet files, or folders of them
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How findings are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The folder that nothing is read outside of
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  placet check rules/
  placet check policy.placet --format sarif > findings.sarif
  placet check rules/ --format github       in a workflow: remarks beside the lines

Data files (.json, .ndjson, .csv) can only be read with a vocabulary: placet decide finds their mistakes.
Facts that no policy asks for are told of the files given, so give a vocabulary together with all that use it.
Exit codes: 0 nothing found but remarks, 1 errors or warnings, 2 could not run.";

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Drawn for the terminal
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
    let mut gathered = Gathered::default();
    let (data, names): (Vec<String>, Vec<String>) =
        root.files(&args.paths)?.into_iter().partition(|name| is_data(name));
    for name in data {
        remark(&format!("{name}: left out, since data can only be read with a vocabulary"));
    }
    let files = names.len();
    let asked: BTreeSet<String> = names.iter().cloned().collect();
    let mut studied = Studied::default();
    for together in groups(&root, names) {
        let bundle = root.gather(&together.iter().map(String::as_str).collect::<Vec<_>>());
        let resolved = policy::resolve(&bundle);
        let (_, mut problems) = evidence::read(&bundle, &resolved.vocabulary);
        problems.extend(resolved.policy.iter().flat_map(|policy| scenario::read(&bundle, policy).1));
        gathered.add(&bundle.sources, bundle.problems.iter().chain(&resolved.problems).chain(&problems));
        if together.len() == 1 && bundle.policy().is_some() {
            studied.add(bundle, resolved.policy, &mut gathered);
        }
    }
    studied.unused(&asked, &mut gathered);
    let Gathered { sources, findings, .. } = gathered.sorted();
    match args.format {
        Format::Text => {
            if !findings.is_empty() {
                out(&render::findings(&findings, &sources))?;
            }
            let files = if files == 1 { "1 file".to_owned() } else { format!("{files} files") };
            let count = render::count(&findings).unwrap_or_else(|| "nothing found".to_owned());
            out(&format!("{count} in {files}\n"))?;
        }
        Format::Json => out(&diagnostics::write(&findings, &sources))?,
        Format::Sarif => out(&diagnostics::write_sarif(&findings, &sources))?,
        Format::Github => out(&github(&findings, &sources))?,
    }
    Ok(ExitCode::from(u8::from(diagnostic::any_doubt(&findings))))
}

/// The policies that were studied, and the files of those that could not be.
#[derive(Default)]
struct Studied {
    policies: Vec<(Policy, Study, Sources)>,
    unread: BTreeSet<String>,
}

impl Studied {
    fn add(&mut self, bundle: Bundle, policy: Option<Policy>, gathered: &mut Gathered) {
        let Some(policy) = policy else {
            self.unread.extend(bundle.files.iter().map(|file| bundle.sources.name(file.id).to_owned()));
            return;
        };
        let study = analysis::study(&policy);
        gathered.add(&bundle.sources, study.findings.iter());
        self.policies.push((policy, study, bundle.sources));
    }

    /// Facts of no use to any policy, of the files asked for: what others that use the same file make of them is known
    /// only where that file is checked together with them.
    fn unused(&self, asked: &BTreeSet<String>, gathered: &mut Gathered) {
        let policies: Vec<(&Policy, &Study, &Sources)> =
            self.policies.iter().map(|(policy, study, sources)| (policy, study, sources)).collect();
        for (at, finding) in analysis::unused(&policies) {
            let Some((_, _, sources)) = policies.get(at) else { continue };
            let name = sources.name(finding.span.file);
            if asked.contains(name) && !self.unread.contains(name) {
                gathered.add(sources, std::iter::once(&finding));
            }
        }
    }
}

/// The files to be read together: each by itself, but dossiers over the same vocabulary as one, since they may name
/// each other. Dossiers that use no file go by the vocabulary of the policy, where just one is among the files.
fn groups(root: &Root, names: Vec<String>) -> Vec<Vec<String>> {
    let (mut alone, mut policies) = (Vec::new(), Vec::new());
    let mut bare = Vec::new();
    let mut dossiers: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
    for name in names {
        let bundle = root.gather(&[&name]);
        if !load::holds_dossier(&bundle) {
            if bundle.policy().is_some() {
                policies.push(name.clone());
            }
            alone.push(vec![name]);
            continue;
        }
        if !bundle.files.iter().any(brings_words) {
            bare.push(name);
            continue;
        }
        let words = bundle.files.iter().filter(|file| !load::has_dossier(file));
        let mut words: Vec<String> = words.map(|file| bundle.sources.name(file.id).to_owned()).collect();
        words.sort();
        dossiers.entry(words).or_default().push(name);
    }
    if let [policy] = policies.as_slice()
        && !bare.is_empty()
    {
        bare.insert(0, policy.clone());
    }
    alone
        .into_iter()
        .chain(dossiers.into_values())
        .chain(Some(bare).filter(|bare| !bare.is_empty()))
        .collect()
}

/// Whether a file declares kinds, or uses files that may.
fn brings_words(file: &placet::syntax::File) -> bool {
    file.blocks.iter().any(|block| match block {
        Block::Kind(_) | Block::Use(_) => true,
        Block::Dossier(dossier) => !dossier.uses.is_empty(),
        _ => false,
    })
}

/// Findings of several bundles over one set of sources, each finding once: a file that many use is read with each.
#[derive(Default)]
pub struct Gathered {
    pub sources: Sources,
    pub findings: Vec<Diagnostic>,
    ids: BTreeMap<String, placet::span::FileId>,
}

impl Gathered {
    pub fn add<'d>(&mut self, from: &Sources, findings: impl Iterator<Item = &'d Diagnostic>) {
        for finding in findings {
            let mut finding = finding.clone();
            self.adopt(&mut finding.span, from);
            finding.labels.iter_mut().for_each(|label| self.adopt(&mut label.span, from));
            if let Some(fix) = &mut finding.fix {
                self.adopt(&mut fix.span, from);
            }
            if !self.findings.contains(&finding) {
                self.findings.push(finding);
            }
        }
    }

    /// In reading order.
    fn sorted(mut self) -> Gathered {
        diagnostic::sort(&mut self.findings);
        self
    }

    fn adopt(&mut self, span: &mut placet::span::Span, from: &Sources) {
        let name = from.name(span.file);
        let sources = &mut self.sources;
        span.file =
            *self.ids.entry(name.to_owned()).or_insert_with(|| sources.add(name, from.text(span.file)));
    }
}

impl From<Gathered> for Failure {
    fn from(gathered: Gathered) -> Failure {
        let Gathered { sources, findings, .. } = gathered.sorted();
        Failure::Mistakes { lead: None, findings, sources: Box::new(sources) }
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
