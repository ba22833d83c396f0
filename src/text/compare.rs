//! Compares texts by a key that is the same for all spellings of the same words.

// This is the only module that compares without regard to case.
#![allow(clippy::disallowed_methods)]

use std::borrow::Cow;
use unicase::UniCase;
use unicode_normalization::char::{canonical_combining_class, decompose_canonical, is_combining_mark};

use crate::sorted::sort_by_key;

/// Returns the key of a text. Two texts have the same words if their keys are equal.
///
/// The key ignores whether letters are composed, upper and lower case (full Unicode case folding), and whether
/// apostrophes are straight or curly. Each run of spaces, including no-break spaces, becomes one space, and spaces at
/// both ends are left out.
///
/// # Example
/// ```
/// use placet::text::key;
///
/// assert_eq!(key(" The  Commander’s\u{a0}Own "), "the commander's own");
/// assert_eq!(key("CAFE\u{301}"), key("café"));
/// assert_eq!(key("Straße"), key("STRASSE"));
/// assert_ne!(key("cafe"), key("café"));
/// ```
pub fn key(text: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| matches!(byte, b'!'..=b'@' | b'['..=b'~');
    if text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut key = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(&fold(word));
    }
    if key == text { Cow::Borrowed(text) } else { Cow::Owned(key) }
}

/// Returns the key of a text with its spaces unchanged, for ids and single words.
///
/// # Example
/// ```
/// use placet::text::fold;
///
/// assert_eq!(fold("NK-aBc"), "nk-abc");
/// assert_ne!(fold("İst-1"), fold("ist-1"));
/// ```
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return match text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            true => Cow::Owned(text.chars().map(|letter| letter.to_ascii_lowercase()).collect()),
            false => Cow::Borrowed(text),
        };
    }
    // Case folding is defined on decomposed text, and may itself return composed letters.
    let folded = decomposed(&UniCase::unicode(decomposed(&text.replace('’', "'"))).to_folded_case());
    if folded == text { Cow::Borrowed(text) } else { Cow::Owned(folded) }
}

/// Returns a text in Unicode's canonical decomposition (NFD).
///
/// `UnicodeNormalization::nfd` also links the tables of compatible characters, a tenth of the engine that a page fetches.
fn decomposed(text: &str) -> String {
    let mut letters: Vec<(u8, char)> = Vec::with_capacity(text.len());
    for letter in text.chars() {
        decompose_canonical(letter, |part| letters.push((canonical_combining_class(part), part)));
    }
    for marked in letters.chunk_by_mut(|_, (class, _)| *class != 0) {
        sort_by_key(marked, |(class, _)| *class);
    }
    letters.into_iter().map(|(_, letter)| letter).collect()
}

/// Returns whether a word is a known word, regardless of case. The known word must be in lower case.
///
/// # Example
/// ```
/// use placet::text::same_word;
///
/// assert!(same_word("Requirement", "requirement") && !same_word("bars", "bar"));
/// ```
pub fn same_word(word: &str, known: &str) -> bool {
    if word.is_ascii() { word.eq_ignore_ascii_case(known) } else { fold(word) == known }
}

/// Returns whether two texts have the same words.
///
/// # Example
/// ```
/// use placet::text::same;
///
/// assert!(same("is  neutral", "Is neutral") && !same("bar", "bars"));
/// ```
pub fn same(one: &str, other: &str) -> bool {
    one == other || key(one) == key(other)
}

/// Returns the text before the given words, if a text ends with them. Words are separated by spaces, commas and
/// semicolons.
///
/// # Example
/// ```
/// use placet::text::before_last_words;
///
/// assert_eq!(before_last_words("ali; omar and  No others", &["and", "no", "others"]), Some("ali; omar "));
/// assert_eq!(before_last_words("ali and others", &["and", "no", "others"]), None);
/// ```
pub fn before_last_words<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    words.iter().rev().try_fold(text, |rest, word| {
        let rest = rest.trim_end();
        let is_gap = |letter: char| letter.is_whitespace() || matches!(letter, ';' | ',');
        let start = rest.char_indices().rev().find(|(_, letter)| is_gap(*letter));
        let start = start.map_or(0, |(at, letter)| at + letter.len_utf8());
        let (before, last) = rest.split_at_checked(start)?;
        same_word(last, word).then_some(before)
    })
}

/// Returns whether a character can be part of a word: a letter, a digit, or a combining mark.
///
/// # Example
/// ```
/// use placet::text::is_word_part;
///
/// assert!("é\u{301}ش5".chars().all(is_word_part) && !is_word_part('-'));
/// ```
pub fn is_word_part(character: char) -> bool {
    character.is_alphanumeric() || (!character.is_ascii() && is_combining_mark(character))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn the_same_words_have_one_key() {
        for (one, other) in [
            ("é", "e\u{301}"),
            ("Ⅷ", "ⅷ"),
            ("ς", "Σ"),
            ("ﬁne", "FINE"),
            ("is the commander’s own", "Is the commander's own"),
            ("a\u{202f}b\t c", "a b c"),
            ("ᾼ", "αι"),
            ("\u{212a}", "k"),
        ] {
            assert_eq!(key(one), key(other), "{one} / {other}");
        }
    }

    #[test]
    fn other_words_have_other_keys() {
        for (one, other) in
            [("İ", "i"), ("ı", "i"), ("о", "o"), ("ｒ", "r"), ("гروه‌ها", "гروهها"), ("ab", "a b")]
        {
            assert_ne!(key(one), key(other), "{one} / {other}");
        }
    }

    proptest! {
        #[test]
        fn texts_are_decomposed_as_unicode_says(text in "\\PC{0,20}|[aZéİß가각한\u{301}\u{323}\u{345}\u{fb1}]{0,8}") {
            prop_assert_eq!(decomposed(&text), text.nfd().collect::<String>());
        }

        #[test]
        fn a_key_is_its_own_key(text in "\\PC{0,20}|[ aZéİßΣ’'\u{301}\u{345}\u{a0}]{0,8}") {
            let once = key(&text).into_owned();
            prop_assert_eq!(key(&once), once.as_str());
        }

        #[test]
        fn composing_and_case_never_change_a_key(text in "\\PC{0,20}|[aZéİßΣ\u{301}\u{345}]{0,8}") {
            let (apart, composed) = (text.nfd().collect::<String>(), text.nfc().collect::<String>());
            let folded = UniCase::unicode(&apart).to_folded_case();
            for other in [&apart, &composed, &folded] {
                prop_assert_eq!(key(&text), key(other));
            }
        }
    }
}
