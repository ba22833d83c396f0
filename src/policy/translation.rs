//! Texts of a policy in other languages.

use super::polarity::same_polarity;
use super::problem::either;
use super::{Policy, Vocabulary, texts};
use crate::diagnostic::{Diagnostic, Suggestions};
use crate::id::Table;
use crate::sorted::{SortedMap, SortedSet};
use crate::span::{Span, Text};
use crate::syntax::write;
use crate::syntax::{self, Block, File, TranslationEntry};
use crate::text;
use serde::{Deserialize, Serialize};

/// The largest number of languages that a policy has translations into.
pub const MOST_LANGUAGES: usize = 100;

/// The largest number of texts of a policy in one language.
pub const MOST_TRANSLATED: usize = 100_000;

/// The texts of a policy in another language. They do not change any verdict.
///
/// # Example
/// ```
/// # let text = r#"
/// # policy "Training"
/// #   id training
/// #   version 1
/// #   about group
/// #
/// # assistance training
/// #
/// # kind group
/// #   is neutral : yes or no
/// #
/// # requirement neutrality "Neutral"
/// #   needs the group is neutral
/// #
/// # translation fr "français"
/// #   "the group is neutral"
/// #     "le groupe est neutre"
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// // translation fr "français"
/// //   "the group is neutral"
/// //     "le groupe est neutre"
/// let french = &policy.translations[0];
/// assert_eq!((french.language.as_str(), french.name.as_deref()), ("fr", Some("français")));
/// assert_eq!(french.texts.get("the group is neutral").map(String::as_str), Some("le groupe est neutre"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Translation {
    /// The tag of the language, in its [canonical spelling](crate::value::language_tag).
    pub language: String,
    /// The name of the language in that language.
    pub name: Option<String>,
    /// The translations, by the text that is translated.
    pub texts: SortedMap<String, String>,
    /// The place of the first block's header line.
    pub span: Span,
}

/// Returns the texts of a policy without a translation into a language, in the order of [`texts`](super::texts()).
///
/// # Example
/// ```
/// # let text = r#"
/// # policy "Training"
/// #   id training
/// #   version 1
/// #   about group
/// #
/// # assistance training
/// #
/// # kind group
/// #   is neutral : yes or no
/// #
/// # requirement neutrality "Neutral"
/// #   needs the group is neutral
/// #
/// # translation fr "français"
/// #   "the group is neutral"
/// #     "le groupe est neutre"
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// let left = placet::policy::untranslated(&policy, "fr");
/// assert!(left.contains(&"the group is not neutral".to_owned()));
/// assert!(!left.contains(&"the group is neutral".to_owned()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn untranslated(policy: &Policy, language: &str) -> Vec<String> {
    let known = policy.translations.iter().find(|translation| translation.language == language);
    let is_untranslated = |text: &String| known.is_none_or(|known| !known.texts.contains_key(text));
    texts(policy).into_iter().filter(is_untranslated).collect()
}

/// All blocks of one language.
struct Language<'s> {
    name: Option<&'s Text>,
    texts: SortedMap<&'s str, &'s TranslationEntry>,
    span: Span,
}

/// Returns the translations in some files, ordered by language.
pub(super) fn read(files: &[&File], problems: &mut Vec<Diagnostic>) -> Vec<Translation> {
    let mut languages: SortedMap<&str, Language<'_>> = SortedMap::new();
    for block in blocks(files) {
        let tag = block.language.value.as_str();
        if languages.len() >= MOST_LANGUAGES && !languages.contains_key(tag) {
            problems.push(one_too_many(
                "P0268",
                block.span,
                &format!("{MOST_LANGUAGES} languages are allowed"),
            ));
            continue;
        }
        let language = languages.entry(tag).or_insert_with(|| Language {
            name: None,
            texts: SortedMap::new(),
            span: block.span,
        });
        name(block, language, problems);
        for entry in &block.entries {
            add(entry, language, problems);
        }
    }
    let translation = |(tag, language): (&str, Language<'_>)| Translation {
        language: tag.to_owned(),
        name: language.name.map(|name| name.value.clone()),
        texts: language
            .texts
            .into_iter()
            .map(|(text, entry)| (text.to_owned(), entry.translation.value.clone()))
            .collect(),
        span: language.span,
    };
    languages.into_iter().map(translation).collect()
}

fn blocks<'s>(files: &[&'s File]) -> impl Iterator<Item = &'s syntax::Translation> {
    files.iter().flat_map(|file| &file.blocks).filter_map(|block| match block {
        Block::Translation(translation) => Some(translation),
        _ => None,
    })
}

fn name<'s>(block: &'s syntax::Translation, language: &mut Language<'s>, problems: &mut Vec<Diagnostic>) {
    match (language.name, &block.name) {
        (None, _) => language.name = block.name.as_ref(),
        (Some(first), Some(name)) if first.value != name.value => problems.push(
            Diagnostic::error(
                "P0266",
                name.span,
                format!("`{}` already has another name", block.language.value),
            )
            .label("another name")
            .see(first.span, "first named here")
            .help("leave the name out in later blocks of the language"),
        ),
        _ => {}
    }
}

fn add<'s>(entry: &'s TranslationEntry, language: &mut Language<'s>, problems: &mut Vec<Diagnostic>) {
    let TranslationEntry { text, translation } = entry;
    let Some(first) = language.texts.get(text.value.as_str()) else {
        match language.texts.len() {
            most if most > MOST_TRANSLATED => {}
            most => {
                if most == MOST_TRANSLATED {
                    problems.push(one_too_many(
                        "P0267",
                        text.span,
                        &format!("{MOST_TRANSLATED} texts are allowed per language"),
                    ));
                }
                language.texts.insert(&text.value, entry);
            }
        }
        return;
    };
    problems.push(if first.translation.value == translation.value {
        Diagnostic::warning("P0264", text.span, "this text already has the same translation")
            .label("duplicate text")
            .see(first.text.span, "first translated here")
            .help("leave out one of the two")
    } else {
        Diagnostic::error("P0265", translation.span, "this text already has another translation")
            .label("another translation")
            .see(first.translation.span, "first translation")
            .help("keep one of the two: a text has only one translation")
    });
}

fn one_too_many(code: &'static str, span: Span, what: &str) -> Diagnostic {
    Diagnostic::error(code, span, format!("at most {what}")).label("one too many").help("split the policy")
}

/// Reports translations of texts that are not in the policy or, without a policy, not in the vocabulary.
pub(super) fn stale(
    files: &[&File],
    texts: &[String],
    translations: &[Translation],
    suggestions: &Suggestions,
    problems: &mut Vec<Diagnostic>,
) {
    let known: SortedSet<&str> = texts.iter().map(String::as_str).collect();
    for block in blocks(files) {
        let language = translations.iter().find(|other| other.language == block.language.value);
        let is_open = |text: &&str| language.is_none_or(|language| !language.texts.contains_key(*text));
        for TranslationEntry { text, .. } in &block.entries {
            if known.contains(text.value.as_str()) {
                continue;
            }
            let is_fit = |near: &str| same_polarity(&text.value, near);
            let near = suggestions.near_where(&text.value, known.iter().copied(), is_fit);
            let open: Vec<&str> = near.iter().copied().filter(is_open).collect();
            let help = match (open.as_slice(), near.as_slice()) {
                ([], []) => {
                    "write the whole text exactly as it is shown, or leave it out with its translation"
                        .to_owned()
                }
                ([], near) => {
                    format!("leave it out with its translation: {} is already translated", either(near))
                }
                (open, _) => format!("did you mean {}?", either(open)),
            };
            let mut finding = Diagnostic::warning(
                "P0263",
                text.span,
                "this text is not in the policy or vocabulary that uses it",
            )
            .label("not found")
            .help(help);
            // A text with another meaning may need another translation. The fix is certain only if both have the same
            // letters.
            if let [only] = open.as_slice()
                && letters(only) == letters(&text.value)
            {
                finding = finding.fix(text.span, write::text(only));
            }
            problems.push(finding);
        }
    }
}

/// Returns a text without case, spaces and punctuation.
fn letters(text: &str) -> String {
    let key = text::fold(text);
    key.chars().filter(|character| text::is_word_part(*character)).collect()
}

/// Wraps a vocabulary in a policy without rules, so that its texts can be listed.
pub(super) fn bare(vocabulary: Vocabulary) -> Policy {
    Policy {
        id: String::new(),
        title: String::new(),
        version: String::new(),
        about: Vec::new(),
        period: super::Period::default(),
        authority: None,
        notes: Vec::new(),
        vocabulary,
        assistance: Table::new(),
        rules: Table::new(),
        waivers: Table::new(),
        choices: Vec::new(),
        obligations: Vec::new(),
        concerns: Vec::new(),
        translations: Vec::new(),
        hash: String::new(),
        of_concerns: Default::default(),
    }
}
