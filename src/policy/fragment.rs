//! Checks rules in files that belong to no policy.

use super::clause::ClauseReader;
use super::condition::Conditions;
use super::from_syntax::{define, kinds_of_subjects};
use super::lexicon::Lexicon;
use super::vocabulary;
use crate::bundle::Bundle;
use crate::diagnostic::{self, Diagnostic};
use crate::syntax::{Block, Condition, File, Header};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Codes of findings that depend on the policy: which kind it is about, and which phases it has.
const NEEDS_A_POLICY: [&str; 4] = ["P0207", "P0209", "P0218", "P0245"];

/// Returns findings about rules in files that belong to no policy.
///
/// These are a warning that no policy uses the rules, and errors in conditions that do not fit the vocabulary of the
/// files. Returns nothing if a policy is among the files or if there are no rules.
///
/// # Example
/// ```
/// use placet::bundle::gather;
/// use placet::policy::rules_without_policy;
///
/// let text = "bar armed \"Is armed\"\n  when the group is armed\n";
/// let bundle = gather(&["rules.placet"], &mut |_| Ok(text.into()));
/// assert_eq!(rules_without_policy(&bundle)[0].code, "P0520");
/// ```
pub fn rules_without_policy(bundle: &Bundle) -> Vec<Diagnostic> {
    let files: Vec<&File> = bundle.files.iter().map(Arc::as_ref).collect();
    let blocks = || files.iter().flat_map(|file| &file.blocks);
    let rules: Vec<(&Header, Vec<&Condition>)> = blocks().filter_map(Block::parts).collect();
    let (None, Some((first, _))) = (bundle.policy(), rules.first()) else { return Vec::new() };
    // A file that could not be read may hold the policy. Rules beside a dossier are reported with the dossier.
    let is_dossier = |block: &Block| matches!(block, Block::Dossier(_));
    if diagnostic::any_error(&bundle.problems) || blocks().any(is_dossier) {
        return Vec::new();
    }
    let warning = Diagnostic::warning("P0520", first.span, "this rule belongs to no policy")
        .label("without a policy")
        .help("add a `policy` block to the file, or check it together with a policy that has a `use` line for it");
    let mut found = vec![warning];
    // Errors in the vocabulary itself are reported where it is read as a vocabulary.
    let mut reported = Vec::new();
    let (mut words, names, pending) = vocabulary::read(&files, &mut reported);
    if words.kinds.is_empty() {
        return found;
    }
    define(&mut words, &names, &pending, &mut reported);
    let lexicon = Lexicon::over(&words, &names.index);
    let about = kinds_of_subjects(&words);
    let mut problems = Vec::new();
    for condition in rules.into_iter().flat_map(|(_, conditions)| conditions) {
        let clause_reader = ClauseReader::new(&lexicon, &about);
        Conditions {
            clause_reader,
            phases: &BTreeMap::new(),
            ids: &names.conditions,
            problems: &mut problems,
        }
        .read(condition);
    }
    found.extend(problems.into_iter().filter(|problem| !NEEDS_A_POLICY.contains(&problem.code)));
    found
}
