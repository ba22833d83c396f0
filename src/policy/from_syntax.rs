//! Turns syntax trees into a policy: looks up all names and phrases, and reports all errors at once.

use super::checks;
use super::clause::ClauseReader;
use super::condition::Conditions;
use super::lexicon::{Lexicon, key_of};
use super::problem::error;
use super::reader::PolicyReader;
use super::rules::Context;
use super::vocabulary::{self, Names, Pending, duplicate};
use super::{Assistance, Definition, Policy, Resolved, Vocabulary, texts, translation};
use crate::bundle::Bundle;
use crate::diagnostic::{self, Diagnostic};
use crate::digest::sha256_of_all;
use crate::id::{AssistanceId, FactId, Id, KindId, RuleId, Table};
use crate::span::{Name, Span};
use crate::syntax::{self, Block, File, RuleWord};
use crate::text::fold;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The largest number of rules in a policy.
pub const MOST_RULES: usize = 20_000;

/// Resolves a bundle into its vocabulary and the policy of the first entry file that has one.
///
/// Both are made only of the policy's file and the files that it uses, so that a dossier cannot change a policy.
/// Without a policy, the vocabulary is that of all files. Findings about the form of the files are not repeated here:
/// they are in [`Bundle::problems`].
///
/// # Example
/// ```
/// use placet::bundle::{LoadError, gather};
/// use placet::policy::resolve;
/// let text = r#"
/// policy "Training"
///   id training
///   version 1
///   about group
///
/// assistance training
///
/// kind group
///   accepts the unity government : yes or no
///
/// requirement acceptance "Accepts the unity government"
///   needs the group accepts the unity government
/// "#;
/// let bundle = gather(&["policy.placet"], &mut |_| Ok(text.into()));
/// let resolved = resolve(&bundle);
/// assert!(resolved.problems.is_empty());
/// assert_eq!(resolved.policy.map(|policy| policy.rules.len()), Some(1));
/// ```
pub fn resolve(bundle: &Bundle) -> Resolved {
    let mut problems = Vec::new();
    let block = bundle.policy();
    let files: Vec<&File> = match bundle.policy_files() {
        Some(files) => files.into_iter().filter_map(|id| bundle.file(id)).collect(),
        None => bundle.files.iter().map(Arc::as_ref).collect(),
    };
    let (mut vocabulary, names, pending) = vocabulary::read(&files, &mut problems);
    define(&mut vocabulary, &names, &pending, &mut problems);
    let policy = block.map(|(_, block)| {
        PolicyReader { bundle, vocabulary: &vocabulary, names: &names, problems: &mut problems }
            .policy(block, &files)
    });
    let translations = translation::read(&files, &mut problems);
    let clean = !diagnostic::any_error(&problems) && !diagnostic::any_error(&bundle.problems);
    let policy = policy.filter(|_| clean).map(|policy| Policy {
        vocabulary: vocabulary.clone(),
        translations: translations.clone(),
        ..policy
    });
    let policy = policy.filter(|policy| checks::whole(policy, &mut problems));
    // Skip this if there are errors: texts that could not be read would be reported as missing.
    if clean && !translations.is_empty() {
        let texts = match &policy {
            Some(policy) => texts(policy),
            None => vocabulary_texts(&vocabulary, &files),
        };
        if !texts.is_empty() {
            translation::stale(&files, &texts, &translations, &names.suggestions, &mut problems);
        }
    }
    diagnostic::sort(&mut problems);
    problems.dedup();
    Resolved { vocabulary, policy: policy.map(Arc::new), problems }
}

/// Returns the texts of a vocabulary that is read without a policy. Empty if the files hold rules, whose texts are
/// unknown.
fn vocabulary_texts(vocabulary: &Vocabulary, files: &[&File]) -> Vec<String> {
    let needs_policy = |block: &Block| matches!(block, Block::Assistance(_)) || block.parts().is_some();
    match files.iter().flat_map(|file| &file.blocks).any(needs_policy) {
        true => Vec::new(),
        false => texts(&translation::bare(vocabulary.clone())),
    }
}

/// Returns the kinds that a policy may be about.
pub(super) fn kinds_of_subjects(vocabulary: &Vocabulary) -> Vec<KindId> {
    vocabulary.kinds.iter().filter(|(_, kind)| !kind.only_one).map(|(id, _)| id).collect()
}

/// Reads the conditions of definitions and reports cycles.
pub(super) fn define(
    vocabulary: &mut Vocabulary,
    names: &Names,
    pending: &[Pending],
    problems: &mut Vec<Diagnostic>,
) {
    let mut found: Vec<(FactId, Definition)> = Vec::new();
    {
        let lexicon = Lexicon::over(vocabulary, &names.index);
        let phases = BTreeMap::new();
        for Pending { fact, block } in pending {
            let about = [vocabulary.facts[*fact].kind];
            let mut reader = Conditions {
                clause_reader: ClauseReader::new(&lexicon, &about),
                phases: &phases,
                ids: &names.conditions,
                problems: &mut *problems,
            };
            let when = block.when.as_ref().and_then(|when| reader.read(when));
            let unless = block.unless.as_ref().map(|unless| reader.read(unless));
            let cites = names.citations(&block.cites, problems);
            // A missing `when` is an error of form, which the parser reports.
            if let (Some(when), None | Some(Some(_))) = (when, &unless) {
                found.push((*fact, Definition { when, unless: unless.flatten(), cites }));
            }
        }
    }
    for (fact, definition) in found {
        if let Some(fact) = vocabulary.facts.find_mut(fact) {
            fact.definition = Some(definition);
        }
    }
    checks::cycles(vocabulary, problems);
}

impl PolicyReader<'_> {
    fn policy(&mut self, block: &syntax::Policy, files: &[&File]) -> Policy {
        let about: Vec<KindId> =
            block.about.iter().filter_map(|name| self.keep(self.names.kind(name))).collect();
        let blocks = || files.iter().flat_map(|file| &file.blocks);
        let mut policy = Policy {
            id: text_of(block.id.as_ref()),
            title: block.title.value.clone(),
            version: text_of(block.version.as_ref()),
            about,
            period: self.period(block.period),
            authority: block.authority.as_ref().map(|authority| authority.value.clone()),
            notes: block.notes.iter().map(|note| note.value.clone()).collect(),
            vocabulary: Vocabulary::default(),
            assistance: Table::new(),
            rules: Table::new(),
            waivers: Table::new(),
            choices: Vec::new(),
            obligations: Vec::new(),
            concerns: Vec::new(),
            translations: Vec::new(),
            hash: self.hash(files),
            of_concerns: Default::default(),
        };
        let mut types = BTreeMap::new();
        for block in blocks() {
            if let Block::Assistance(assistance) = block {
                self.assistance(assistance, None, &mut policy.assistance, &mut types);
            }
        }
        let standard = block.standard.as_ref().and_then(|name| self.keep(self.names.standard(name)));
        let rules: Vec<&Block> = blocks()
            .filter(|block| match block {
                Block::Rule(rule) => matches!(rule.word, RuleWord::Requirement | RuleWord::Bar),
                Block::Phase(_) => true,
                _ => false,
            })
            .collect();
        self.limit(&rules);
        let is_concern =
            |block: &&Block| matches!(block, Block::Rule(rule) if rule.word == RuleWord::Concern);
        self.limit(&blocks().filter(is_concern).collect::<Vec<_>>());
        let (ids, phases) = self.number(&rules);
        let lexicon = Lexicon::over(self.vocabulary, &self.names.index);
        // If a subject of the policy could not be read, any kind may be meant.
        let is_open = policy.about.len() < block.about.len().max(1);
        let about = if is_open { kinds_of_subjects(self.vocabulary) } else { policy.about.clone() };
        let before = self.problems.len();
        let mut context = Context {
            reader: self,
            types: &types,
            standard,
            lexicon: &lexicon,
            about: &about,
            phases: &phases,
        };
        for block in rules {
            match block {
                Block::Rule(rule) => policy.rules.push(context.rule(rule)),
                Block::Phase(phase) => policy.rules.push(context.phase(phase)),
                _ => continue,
            };
        }
        for block in blocks() {
            match block {
                Block::Rule(rule) if rule.word == RuleWord::Waiver => {
                    let waiver = context.waiver(rule, &ids, &policy.rules);
                    policy.waivers.push(waiver);
                }
                Block::Rule(rule) if rule.word == RuleWord::Obligation => {
                    policy.obligations.push(context.obligation(rule));
                }
                Block::Rule(rule) if rule.word == RuleWord::Concern => {
                    policy.concerns.push(context.concern(rule));
                }
                Block::Choice(choice) => policy.choices.push(context.choice(choice)),
                _ => {}
            }
        }
        if is_open {
            let found = self.problems.split_off(before);
            let is_about_subject = |problem: &Diagnostic| matches!(problem.code, "P0209" | "P0218" | "P0245");
            self.problems.extend(found.into_iter().filter(|problem| !is_about_subject(problem)));
        }
        self.unique(&blocks().collect::<Vec<_>>());
        // Skip this if the files have errors: what could not be read would be reported as missing.
        if !diagnostic::any_error(&self.bundle.problems) {
            checks::policy(&policy, block.title.span, self.problems);
        }
        policy
    }

    fn assistance(
        &mut self,
        block: &syntax::Assistance,
        parent: Option<AssistanceId>,
        table: &mut Table<AssistanceId, Assistance>,
        types: &mut BTreeMap<String, AssistanceId>,
    ) {
        let key = key_of(&block.name.value);
        let id = match types.get(&key) {
            Some(first) => {
                self.problems.push(duplicate("type of assistance", &block.name, table[*first].span));
                *first
            }
            None => {
                let id = table.push(Assistance {
                    name: block.name.value.clone(),
                    means: block.means.as_ref().map(|means| means.value.clone()),
                    parent,
                    span: block.name.span,
                });
                types.insert(key, id);
                id
            }
        };
        // The recursion is bounded, because the parser limits the nesting.
        for child in &block.children {
            self.assistance(child, Some(id), table, types);
        }
    }

    fn limit(&mut self, rules: &[&Block]) {
        if let Some((header, _)) = rules.get(MOST_RULES).and_then(|block| block.parts()) {
            self.problems.push(*error(
                "P0260",
                header.span,
                format!("a policy has at most {MOST_RULES} rules, and as many concerns"),
                "one too many",
                "split the policy",
            ));
        }
    }

    /// Returns the ids of requirements, bars and phases, and the phases by number. Reports phases that are out of
    /// order.
    fn number(&mut self, rules: &[&Block]) -> (BTreeMap<String, (RuleId, Span)>, BTreeMap<u32, RuleId>) {
        let mut ids = BTreeMap::new();
        let mut phases = BTreeMap::new();
        for (at, block) in rules.iter().enumerate() {
            let id = RuleId::at(at);
            if let Block::Phase(phase) = block {
                let number = phase.number.value;
                let next = u32::try_from(phases.len()).unwrap_or(u32::MAX).saturating_add(1);
                if number != next {
                    self.problems.push(*error(
                        "P0244",
                        phase.number.span,
                        format!("expected phase {next}, found phase {number}"),
                        format!("expected {next}"),
                        "number the phases 1, 2, 3 and so on, in the order of the file",
                    ));
                }
                phases.entry(number).or_insert(id);
            }
            if let Some((header, _)) = block.parts() {
                ids.entry(fold(&header.id.value).into_owned()).or_insert((id, header.id.span));
            }
        }
        (ids, phases)
    }

    /// Reports ids that occur twice. All rules share one namespace; obligations, concerns and choices each have
    /// their own.
    fn unique(&mut self, blocks: &[&Block]) {
        let mut seen: BTreeMap<(&str, String), Span> = BTreeMap::new();
        for block in blocks {
            let Some((header, _)) = block.parts() else { continue };
            let space = match block {
                Block::Rule(rule) if rule.word == RuleWord::Obligation => "obligation",
                Block::Rule(rule) if rule.word == RuleWord::Concern => "concern",
                Block::Choice(_) => "choice",
                _ => "rule",
            };
            let key = (space, fold(&header.id.value).into_owned());
            match seen.get(&key) {
                // A repeated phase number has already been reported as out of order.
                Some(_) if matches!(block, Block::Phase(_)) => {}
                Some(first) => self.problems.push(duplicate(space, &header.id, *first)),
                None => {
                    seen.insert(key, header.id.span);
                }
            }
        }
    }

    /// Returns the policy's hash: the digest of the digests of its files, in the order of first use.
    fn hash(&self, files: &[&File]) -> String {
        sha256_of_all(files.iter().filter_map(|file| self.bundle.sources.sha256(file.id)))
    }
}

fn text_of(name: Option<&Name>) -> String {
    name.map(|name| name.value.clone()).unwrap_or_default()
}
