//! Generated policies keep their verdicts on all dossiers, whatever vocabulary the files of a dossier declare.

use super::agree::today;
use super::for_models;
use super::model::{Model, text};
use placet::bundle::LoadError;
use placet::decision::{Outcome, outcomes};
use placet::id::AssistanceId;
use placet::policy::phrase::is_verb_phrase;
use placet::{Error, Workspace};
use std::cell::Cell;
use std::collections::BTreeSet;
use std::fmt::Write;

const DOSSIERS: [&str; 5] = ["circumstances", "north", "south", "sami", "subject"];

/// The hash of the policy, and the verdicts on all its subjects.
type Decided = (String, Vec<(String, Vec<(AssistanceId, Outcome, bool)>)>);

fn decide(files: &[(&str, String)]) -> Result<Decided, Error> {
    let dossiers = DOSSIERS.map(|name| format!("{name}.placet"));
    let workspace = Workspace::open("policy.placet", &dossiers, &mut |path| {
        let found = files.iter().find(|(name, _)| *name == path);
        found.map(|(_, text)| text.clone().into_bytes()).ok_or(LoadError::NotFound)
    })?;
    let decide = |id: &String| {
        let decided = outcomes(&workspace.policy, &workspace.evidence, id, today());
        (id.clone(), decided.unwrap_or_else(|problem| panic!("{id}: {problem}")))
    };
    Ok((workspace.policy.hash.clone(), workspace.subjects.iter().map(decide).collect()))
}

/// A vocabulary that would make a policy's clauses parse differently: kinds named like their beginnings, and facts
/// named like their ends, all with a presumption.
fn taking_apart(policy: &str, presumed: &str) -> String {
    let (mut kinds, mut facts) = (BTreeSet::new(), BTreeSet::new());
    for clause in
        policy.split(['\n', ',']).flat_map(|line| line.split(" and ")).flat_map(|part| part.split(" or "))
    {
        let Some((_, rest)) = clause.split_once("the group") else { continue };
        let words: Vec<&str> = rest.split_whitespace().collect();
        let plain = |word: &&str| word.chars().all(|letter| letter.is_alphabetic() || "-'".contains(letter));
        let denied = ["not", "cannot", "does", "is not"];
        if words.is_empty() || !words.iter().all(plain) || words.iter().any(|word| denied.contains(word)) {
            continue;
        }
        for end in 1..words.len() {
            let (start, rest) = words.split_at(end);
            let possessive = if rest_is_owned(clause) { "" } else { " " };
            // A fact that is not a verb phrase is an error, and would declare nothing.
            if is_verb_phrase(&rest.join(" ")) {
                kinds.insert((format!("group{possessive}{}", start.join(" ")), rest.join(" ")));
            }
        }
        if !rest_is_owned(clause) && is_verb_phrase(&words.join(" ")) {
            facts.insert(words.join(" "));
        }
    }
    let mut text = String::new();
    for (kind, fact) in kinds {
        writeln!(text, "kind {kind}, only one\n  {fact} : yes or no\n    presumed {presumed}\n").unwrap();
    }
    text.push_str("kind group\n");
    for fact in facts {
        writeln!(text, "  {fact} : yes or no\n    presumed {presumed}").unwrap();
    }
    text
}

fn rest_is_owned(clause: &str) -> bool {
    clause.contains("the group's")
}

/// The vocabulary again, with a presumption for each fact.
fn presuming(vocabulary: &str, presumed: &str) -> String {
    let kinds: Vec<&str> =
        vocabulary.split("\n\n").filter(|block| block.trim_start().starts_with("kind ")).collect();
    let mut text = String::new();
    for line in kinds.join("\n\n").lines().filter(|line| !line.trim_start().starts_with("presumed ")) {
        writeln!(text, "{line}").unwrap();
        if line.ends_with(": yes or no") {
            writeln!(text, "    presumed {presumed}").unwrap();
        }
    }
    text
}

#[test]
fn the_vocabulary_of_a_dossier_never_changes_a_verdict() {
    let (tried, refused) = (Cell::new(0), Cell::new(0));
    let check = |model: &Model| {
        let files = text(model);
        let alone = decide(&files).map_err(|refusal| refusal.to_string())?;
        let of = |name: &str| files.iter().find(|(file, _)| *file == name).map_or("", |(_, text)| text);
        for presumed in ["yes", "no"] {
            let apart = taking_apart(of("policy.placet"), presumed);
            let presuming = presuming(of("vocabulary.placet"), presumed);
            for hostile in [apart.clone(), presuming] {
                let mut files = files.clone();
                for (name, text) in &mut files {
                    if *name == "subject.placet" {
                        *text = text.replacen("\n  as of", "\n  use \"hostile.placet\"\n  as of", 1);
                        assert!(text.contains("hostile.placet"), "{text}");
                    }
                }
                files.push(("hostile.placet", hostile));
                tried.set(tried.get() + 1);
                match decide(&files) {
                    Ok(decided) if decided == alone => {}
                    Ok(decided) => {
                        return Err(format!(
                            "{decided:?} instead of {alone:?} with\n{}",
                            files.last().unwrap().1
                        ));
                    }
                    Err(_) => refused.set(refused.get() + 1),
                }
            }
        }
        Ok(())
    };
    for_models(250, 31, check);
    let (tried, refused) = (tried.get(), refused.get());
    assert!(
        tried >= 1_000 && refused * 4 < tried,
        "{refused} of {tried} were refused: hardly anything is tried"
    );
}
