//! Which texts of a policy can be translated, and which lack a translation.

use crate::cli::Folder;
use placet::policy::{self, Policy};
use placet::span::FileId;
use placet::{bundle, syntax};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// A policy of the corpus.
fn policy(path: &str) -> Arc<Policy> {
    let corpus = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus"));
    let mut load = |path: &str| fs::read(corpus.join(path)).map_err(|_| bundle::LoadError::NotFound);
    policy::resolve(&bundle::gather(&[path], &mut load)).policy.unwrap()
}

#[test]
fn every_shown_text_can_be_translated() {
    let shown =
        ["good/a-rule-with-every-line.placet", "good/phases.placet", "good/relations-and-lists.placet"];
    let texts = shown.map(|path| format!("{path}\n  {}\n", policy::texts(&policy(path)).join("\n  ")));
    insta::assert_snapshot!(texts.concat());
}

/// Two translation blocks of a policy and one of a file it uses are combined.
#[test]
fn translations_of_several_files_are_combined() {
    let policy = policy("good/translations.placet");
    let tags: Vec<_> =
        policy.translations.iter().map(|one| (one.language.as_str(), one.name.as_deref())).collect();
    assert_eq!(tags, [("ar-LY", Some("العربية")), ("fr", Some("français"))]);
    let french = &policy.translations[1].texts;
    assert_eq!(french.get("Training").unwrap(), "Formation");
    assert_eq!(french.get("armed group").unwrap(), "groupe armé");
    let all: BTreeSet<String> = policy::texts(&policy).into_iter().collect();
    let left: BTreeSet<String> = policy::untranslated(&policy, "fr").into_iter().collect();
    assert_eq!(all.len(), french.len() + left.len());
    assert_eq!(policy::untranslated(&policy, "de").len(), all.len());
}

/// If a decision calls the subject by its kind, its sentences are texts of the policy.
#[test]
fn sentences_of_a_decision_are_translatable() {
    let folder = Folder::new("translated-decision");
    let block = folder.run(&["translate", "policy.placet", "--lang", "fr"]).out;
    let texts: BTreeSet<&str> =
        block.lines().filter_map(|line| line.strip_prefix("  \"")?.strip_suffix('"')).collect();
    folder.put("nothing.placet", "dossier nothing\n  about group\n  as of 2016-02-15\n");
    let decided =
        folder.run(&["decide", "policy.placet", "one.placet", "nothing.placet", "--format", "json"]);
    let decided = decided.json();
    let mut sentences = BTreeSet::new();
    for subject in decided["subjects"].as_array().unwrap() {
        for (list, keys) in
            [("facts", &["text", "subject", "question"][..]), ("findings", &["text"]), ("changes", &["text"])]
        {
            for one in subject[list].as_array().unwrap() {
                sentences.extend(keys.iter().map(|key| one[*key].as_str().unwrap()));
            }
        }
    }
    assert!(sentences.contains("the group does not accept the unity government"), "{sentences:?}");
    let untranslatable: Vec<_> = sentences.difference(&texts).collect();
    assert!(untranslatable.is_empty(), "{untranslatable:?} is none of {texts:?}");
}

#[test]
fn translate_writes_the_untranslated_texts() {
    let folder = Folder::new("translate");
    let policy = fs::read_to_string(folder.0.join("policy.placet")).unwrap();
    folder.put("policy.placet", policy.replace("  use ", "  use     \"fr.placet\"\n  use "));
    folder.put("fr.placet", "translation fr \"français\"\n  \"Training\"\n    \"Formation\"\n");
    let checked = folder.run(&["check", "policy.placet"]);
    assert_eq!(checked.code, 0, "{}", checked.out);
    assert!(checked.out.contains("P0517") && checked.out.contains("1 remark in 1 file"), "{}", checked.out);

    let ran = folder.run(&["translate", "policy.placet", "--lang", "FR"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(
        ran.out.starts_with("translation fr \"français\"\n  \"training\"\n    \"training\"\n"),
        "{}",
        ran.out
    );
    assert_eq!(syntax::format(&syntax::parse(FileId(0), &ran.out), &ran.out), ran.out);

    let before = fs::read_to_string(folder.0.join("fr.placet")).unwrap();
    folder.put("fr.placet", format!("{before}\n{}", ran.out));
    let checked = folder.run(&["check", "policy.placet", "words.placet", "fr.placet"]);
    assert!(
        checked.out.contains("P0518") && checked.out.ends_with("1 remark in 3 files\n"),
        "{}",
        checked.out
    );
    let ran = folder.run(&["translate", "policy.placet", "--lang", "fr"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    assert_eq!(ran.err, "training is completely translated into fr\n");
    assert_eq!(folder.run(&["translate", "policy.placet", "--lang", "french"]).code, 2);
}

/// The files of a vocabulary and its translation are checked on their own, with every policy, and with dossiers.
#[test]
fn the_translation_of_a_vocabulary_applies_to_every_policy() {
    let folder = Folder::new("translated-vocabulary");
    let words = fs::read_to_string(folder.0.join("words.placet")).unwrap();
    folder.put("words.placet", format!("use \"fr.placet\"\n\n{words}"));
    let stale = "  \"the group is designated\"\n    \"le groupe est désigné\"\n";
    let known = "  \"An essay\"\n    \"Un essai\"\n";
    folder.put("fr.placet", format!("translation fr\n{known}{stale}"));
    let policy = fs::read_to_string(folder.0.join("policy.placet")).unwrap();
    folder.put("other.placet", policy.replace("id      training", "id      other"));
    let checked = folder.run(&["check", "."]);
    assert_eq!(checked.code, 1);
    assert_eq!(checked.out.matches("P0263").count(), 1, "{}", checked.out);
    assert_eq!(checked.out.matches("P0517").count(), 2, "{}", checked.out);
    assert_eq!(folder.run(&["check", "fr.placet"]).out, "nothing found in 1 file\n");
}
