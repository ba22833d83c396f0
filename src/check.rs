//! Finds everything that is wrong or doubtful in a drafter's files: policies, vocabularies and dossiers.
//!
//! The caller reads the files. Each file is checked with the files that it uses. A policy without errors can be studied
//! as well.

use crate::analysis::{self, Study};
use crate::bundle::{self, Bundle};
use crate::diagnostic::{self, Diagnostic};
use crate::evidence::{self, Evidence};
use crate::policy::{self, Policy, Vocabulary};
use crate::scenario;
use crate::span::{FileId, Sources, Span};
use crate::syntax::{self, Block};
use crate::workspace::Read;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Checks files in the language. If `study` is set, also analyses the policies among them.
///
/// # Example
/// ```
/// let gathered = placet::check::check(&["a.placet".to_owned()], true, &mut |_| {
///     Ok("kind group\n  is neutral : yes or know\n".into())
/// });
/// assert_eq!(gathered.sources.name(gathered.findings[0].span.file), "a.placet");
/// ```
pub fn check(names: &[String], study: bool, read: Read<'_>) -> Gathered {
    let mut gathered = Gathered::default();
    let given: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    let mut studied = Studied::default();
    let mut all_evidence: Vec<(Evidence, Vocabulary)> = Vec::new();
    let mut of_policies: BTreeSet<String> = BTreeSet::new();
    let mut others = Vec::new();
    for together in groups(names, read) {
        let bundle = bundle::gather(&together, read);
        let resolved = policy::resolve(&bundle);
        let (dossiers, mut problems) = evidence::read(&bundle, &resolved.vocabulary);
        problems.extend(resolved.policy.iter().flat_map(|policy| scenario::read(&bundle, policy).1));
        gathered.add(&bundle.sources, bundle.problems.iter().chain(&resolved.problems).chain(&problems));
        match bundle.policy_files() {
            Some(files) => {
                of_policies.extend(files.into_iter().map(|file| bundle.sources.name(file).to_owned()));
                if study && together.len() == 1 {
                    studied.add(bundle, resolved.policy, &mut gathered);
                }
            }
            None => others.push(bundle),
        }
        all_evidence.push((dossiers, resolved.vocabulary));
    }
    for bundle in others {
        let without_policy =
            |problem: &Diagnostic| !of_policies.contains(bundle.sources.name(problem.span.file));
        let found = policy::rules_without_policy(&bundle);
        gathered.add(&bundle.sources, found.iter().filter(|problem| without_policy(problem)));
    }
    studied.unused(&given, &mut gathered);
    studied.unmet(&all_evidence, &mut gathered);
    gathered.sorted()
}

/// Findings of several bundles over one set of sources, without duplicates. A file that many bundles use is read with
/// each of them.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// The texts.
    pub sources: Sources,
    /// The findings.
    pub findings: Vec<Diagnostic>,
    ids: BTreeMap<String, FileId>,
}

impl Gathered {
    /// Adds findings about other sources.
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

    /// Returns the findings in reading order.
    pub fn sorted(mut self) -> Gathered {
        diagnostic::sort(&mut self.findings);
        self
    }

    fn adopt(&mut self, span: &mut Span, from: &Sources) {
        let name = from.name(span.file);
        let sources = &mut self.sources;
        span.file =
            *self.ids.entry(name.to_owned()).or_insert_with(|| sources.add(name, from.text(span.file)));
    }
}

/// The policies that were studied, and the names of files whose policy could not be read.
#[derive(Default)]
struct Studied {
    policies: Vec<(Arc<Policy>, Study, Sources)>,
    unread: BTreeSet<String>,
}

impl Studied {
    fn add(&mut self, bundle: Bundle, policy: Option<Arc<Policy>>, gathered: &mut Gathered) {
        let Some(policy) = policy else {
            self.unread.extend(bundle.files.iter().map(|file| bundle.sources.name(file.id).to_owned()));
            return;
        };
        let study = analysis::study(&policy);
        gathered.add(&bundle.sources, study.findings.iter());
        self.policies.push((policy, study, bundle.sources));
    }

    /// Reports evidence standards that no statement in the given dossiers meets.
    fn unmet(&self, evidence: &[(Evidence, Vocabulary)], gathered: &mut Gathered) {
        let evidence: Vec<(&Evidence, &Vocabulary)> =
            evidence.iter().map(|(evidence, vocabulary)| (evidence, vocabulary)).collect();
        for (policy, _, sources) in &self.policies {
            gathered.add(sources, analysis::unmet(policy, &evidence).iter());
        }
    }

    /// Reports facts that no policy uses, in the files asked for.
    ///
    /// A shared file that was not asked for is left out: policies that were not given may use its facts.
    fn unused(&self, given: &BTreeSet<&str>, gathered: &mut Gathered) {
        let policies: Vec<(&Policy, &Study, &Sources)> =
            self.policies.iter().map(|(policy, study, sources)| (policy.as_ref(), study, sources)).collect();
        for (at, finding) in analysis::unused(&policies) {
            let Some((_, _, sources)) = policies.get(at) else { continue };
            let name = sources.name(finding.span.file);
            if given.contains(name) && !self.unread.contains(name) {
                gathered.add(sources, std::iter::once(&finding));
            }
        }
    }
}

/// Groups the files that must be read together.
///
/// Each file is read by itself, except dossiers: those over the same vocabulary are read together, since they may name
/// each other. A dossier whose own file declares words is read by itself, since no other file shares that vocabulary.
/// Dossiers that use no file are read with the vocabulary of the policy, if there is exactly one policy among the
/// files.
fn groups<'n>(names: &'n [String], read: Read<'_>) -> Vec<Vec<&'n str>> {
    let (mut alone, mut policies) = (Vec::new(), Vec::new());
    let mut bare = Vec::new();
    let mut dossiers: BTreeMap<Vec<String>, Vec<&str>> = BTreeMap::new();
    for name in names.iter().map(String::as_str) {
        let bundle = bundle::gather(&[name], read);
        if !holds_dossier(&bundle) {
            if bundle.policy().is_some() {
                policies.push(name);
            }
            alone.push(vec![name]);
            continue;
        }
        if !bundle.files.iter().any(|file| brings_words(file)) {
            bare.push(name);
            continue;
        }
        let words = bundle.files.iter().filter(|file| !has_dossier(file) || declares_words(file));
        let mut words: Vec<String> = words.map(|file| bundle.sources.name(file.id).to_owned()).collect();
        words.sort();
        dossiers.entry(words).or_default().push(name);
    }
    if let [policy] = policies.as_slice()
        && !bare.is_empty()
    {
        bare.insert(0, policy);
    }
    alone
        .into_iter()
        .chain(dossiers.into_values())
        .chain(Some(bare).filter(|bare| !bare.is_empty()))
        .collect()
}

/// Returns whether a file declares kinds or has `use` lines.
fn brings_words(file: &syntax::File) -> bool {
    file.blocks.iter().any(|block| match block {
        Block::Kind(_) | Block::Use(_) => true,
        Block::Dossier(dossier) => !dossier.uses.is_empty(),
        _ => false,
    })
}

/// Returns whether the file itself declares kinds, definitions or sources.
fn declares_words(file: &syntax::File) -> bool {
    let declares = |block: &Block| matches!(block, Block::Kind(_) | Block::Definition(_) | Block::Source(_));
    file.blocks.iter().any(declares)
}

/// Returns whether the first entry file holds dossiers. Also true if the file has findings and so may hold a dossier
/// that was not recognised.
pub fn holds_dossier(bundle: &Bundle) -> bool {
    let first = bundle.entries.first().and_then(|id| bundle.file(*id));
    bundle.policy().is_none() && first.is_some_and(|file| !file.problems.is_empty() || has_dossier(file))
}

/// Returns whether a file has a dossier.
fn has_dossier(file: &syntax::File) -> bool {
    file.blocks.iter().any(|block| matches!(block, Block::Dossier(_)))
}
