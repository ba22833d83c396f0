//! Compares phrases by negation, so that no suggestion means the opposite of what was written.

use crate::text::{is_word_part, key};
use strsim::osa_distance;

/// Words that negate the words near them, apart from words that end in `n't`.
const NEGATIONS: &[&str] = &[
    "not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "non", "without", "cannot", "cant",
    "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "werent", "hasnt", "havent", "hadnt", "wont",
    "mustnt",
];

/// Prefixes that turn a word into its opposite: `unarmed`, `disloyal`.
const NEGATING_PREFIXES: &[&str] = &["un", "non", "dis", "in", "im", "il", "ir"];

/// Returns whether a similar phrase surely does not mean the opposite of what was written.
pub(crate) fn same_polarity(written: &str, near: &str) -> bool {
    let (written, near) = (words(written), words(near));
    let negations = |words: &[String]| words.iter().filter(|word| is_negation(word)).count();
    let unsure = |word: &&String| written.len() > 1 && may_be_negation(word) && !near.contains(*word);
    negations(&written) == negations(&near)
        && !written.iter().any(|word| unsure(&word))
        && !(written.len() == near.len()
            && written.iter().zip(&near).any(|(one, other)| differ_by_negation(one, other)))
}

fn words(text: &str) -> Vec<String> {
    let text = key(text);
    let ends = |letter: char| !is_word_part(letter) && letter != '\'';
    text.split(ends).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn is_negation(word: &str) -> bool {
    word.ends_with("n't") || NEGATIONS.contains(&word)
}

/// Returns whether a word may be a misspelt negation: `nto`.
fn may_be_negation(word: &str) -> bool {
    let long = word.chars().count() > 2;
    long && !is_negation(word)
        && ["not", "never", "cannot"].iter().any(|negation| osa_distance(word, negation) < 2)
}

/// Returns whether one word is the other, perhaps misspelt, with a negating prefix.
fn differ_by_negation(one: &str, other: &str) -> bool {
    let has_prefix = |long: &str, short: &str, prefix: &str| {
        !short.starts_with(prefix)
            && long
                .strip_prefix(prefix)
                .is_some_and(|bare| bare.len() > 2 && osa_distance(bare, short) < osa_distance(long, short))
    };
    NEGATING_PREFIXES.iter().any(|prefix| has_prefix(one, other, prefix) || has_prefix(other, one, prefix))
}

#[cfg(test)]
mod tests {
    use super::same_polarity;

    #[test]
    fn opposites_have_other_polarity() {
        for (written, near) in [
            ("does file crew lists", "does not file crew lists"),
            ("has been sanctioned", "has not been sanctioned"),
            ("hasnt been sanctioned", "has been sanctioned"),
            ("is nto neutral", "is neutral"),
            ("is unarmed", "is armed"),
            ("is loyall", "is disloyal"),
            ("is with a charter", "is without a charter"),
            ("cannot field troops", "can field troops"),
        ] {
            assert!(!same_polarity(written, near), "{written} / {near}");
        }
    }

    #[test]
    fn misspelt_words_keep_their_polarity() {
        for (written, near) in [
            ("does file crew lists", "files crew lists"),
            ("hasn't been sanctioned", "has not been sanctioned"),
            ("hasnt been sanctioned", "has not been sanctioned"),
            ("is now vettd", "is now vetted"),
            ("is unarmd", "is unarmed"),
            ("nform", "inform"),
            ("noet", "note"),
            ("is not neutrl", "is not neutral"),
        ] {
            assert!(same_polarity(written, near), "{written} / {near}");
        }
    }
}
