//! Determines which files belong to the policy, and reports blocks that a dossier's file cannot contain.

use crate::bundle::Bundle;
use crate::diagnostic::Diagnostic;
use crate::policy::problem::error;
use crate::sorted::SortedSet;
use crate::span::{FileId, Span};
use crate::syntax::{Block, File, RuleWord};

/// Reports policy blocks outside the policy's own files. They would have no effect: a policy consists of its file and
/// the files that it uses, and a dossier only holds what is known.
pub(super) fn misplaced(bundle: &Bundle, policy: Option<&SortedSet<FileId>>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for file in &bundle.files {
        let word: fn(&Block) -> Option<(&'static str, Span)> = match policy {
            Some(files) if !files.contains(&file.id) => policy_block,
            _ if is_of_dossiers(file) => rule_block,
            _ => continue,
        };
        let mut blocks = file.blocks.iter().filter_map(word);
        let Some((word, span)) = blocks.next() else { continue };
        let more = blocks.count();
        let label = match more {
            0 => "not part of the policy".to_owned(),
            1 => "not part of the policy, nor is another block of this file".to_owned(),
            more => format!("not part of the policy, nor are {more} more blocks of this file"),
        };
        let message = format!("{word} has no effect in a file that is not part of the policy");
        let help = "move it into the policy's file or a file that the policy uses; the files of a \
                    dossier declare only kinds and sources";
        found.push(*error("P0316", span, message, label, help));
    }
    found
}

/// Returns whether a file contains dossiers and no policy.
fn is_of_dossiers(file: &File) -> bool {
    let has = |wanted: fn(&Block) -> bool| file.blocks.iter().any(wanted);
    has(|block| matches!(block, Block::Dossier(_))) && !has(|block| matches!(block, Block::Policy(_)))
}

/// Returns the description and the header of a block that only a policy can contain.
fn policy_block(block: &Block) -> Option<(&'static str, Span)> {
    match block {
        Block::Policy(policy) => Some(("a policy", policy.span)),
        Block::Definition(definition) => Some(("a definition", definition.span)),
        Block::Standard(standard) => Some(("an evidence standard", standard.span)),
        block => rule_block(block),
    }
}

/// Returns the same for a block that can appear neither in a policy's vocabulary nor in a file of dossiers.
fn rule_block(block: &Block) -> Option<(&'static str, Span)> {
    match block {
        Block::Assistance(assistance) => Some(("assistance", assistance.span)),
        Block::Rule(rule) => Some((
            match rule.word {
                RuleWord::Requirement => "a requirement",
                RuleWord::Bar => "a bar",
                RuleWord::Waiver => "a waiver",
                RuleWord::Obligation => "an obligation",
                RuleWord::Concern => "a concern",
            },
            rule.header.span,
        )),
        Block::Phase(phase) => Some(("a phase", phase.header.span)),
        Block::Choice(choice) => Some(("a choice", choice.header.span)),
        Block::Scenario(scenario) => Some(("a scenario", scenario.span)),
        _ => None,
    }
}
