//! Detects letters that look like letters of another script: the Cyrillic `о` beside the Latin `o`.
//!
//! Two words that look the same but have different letters would be two facts to the engine and one fact to a reader.

use std::fmt;

/// Letters of other scripts, each followed by the Latin letter or digit that it looks like.
const LOOK_ALIKES: &[(&str, &str)] = &[
    ("Cyrillic", "аaеeоoрpсcуyхxѕsіiјjһhԁdԛqԝwӏlѵvкkАAВBЕEКKМMНHОOРPСCТTУYХXЅSІIЈJԚQԜWҮYӀIѴV"),
    ("Greek", "αaιiκkοoνvρpυuχxϲcϳjΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX"),
    ("Armenian", "հhոnսuօoզqցgՕOԼLՍU"),
    ("Cherokee", "ᎠDᎡRᎢTᎪAᎫJᎬEᎳWᎷMᎻHᏀGᏃZᏎ4ᏒRᏚSᏞLᏟCᏢPᏦKᏴB"),
];

/// A letter that looks like a letter of the script that the rest of its word is written in.
///
/// # Example
/// ```
/// use placet::script::odd_letter;
///
/// let odd = odd_letter("commits gr\u{43e}ss violations").map(|odd| odd.to_string());
/// let message = "letter 3 of `gr\u{43e}ss` is U+043E, a Cyrillic letter that looks like the Latin `o`";
/// assert_eq!(odd.as_deref(), Some(message));
/// assert!(odd_letter("commits gross violations").is_none());
/// assert!(odd_letter("совершает нарушения").is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OddLetter {
    /// The word that contains the letter.
    pub word: String,
    /// The position of the letter in the word, from 1.
    pub place: usize,
    /// The letter.
    pub letter: char,
    /// The script of the letter.
    pub script: &'static str,
    /// The letter that it looks like.
    pub like: char,
    /// The script of that letter.
    pub other: &'static str,
}

impl fmt::Display for OddLetter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let OddLetter { word, place, letter, script, like, other } = self;
        let code = u32::from(*letter);
        write!(
            f,
            "letter {place} of `{word}` is U+{code:04X}, a {script} letter that looks like the {other} `{like}`"
        )
    }
}

/// Returns the first letter in some words that looks like a letter of the script that the rest of its word is written
/// in.
pub fn odd_letter(words: &str) -> Option<OddLetter> {
    words.split(|letter: char| !letter.is_alphanumeric()).find_map(odd_in)
}

fn odd_in(word: &str) -> Option<OddLetter> {
    if word.is_ascii() {
        return None;
    }
    let latin = word.chars().filter(char::is_ascii_alphabetic).count();
    if latin == 0 {
        return None;
    }
    let found =
        || word.chars().enumerate().filter_map(|(place, letter)| Some((place + 1, letter, like(letter)?)));
    let (place, letter, (script, like)) = found().next()?;
    let others = word.chars().filter(|letter| !letter.is_ascii() && letter.is_alphabetic()).count();
    let odd = |place, letter, script, like, other| {
        Some(OddLetter { word: word.to_owned(), place, letter, script, like, other })
    };
    if latin >= others {
        return odd(place, letter, script, like, "Latin");
    }
    // The word is mostly in another script, so a Latin letter in it is the odd one.
    let odd_latin = |(place, latin): (usize, char)| Some((place + 1, latin, alike(latin, script)?));
    match word.chars().enumerate().find_map(odd_latin) {
        Some((place, latin, like)) => odd(place, latin, "Latin", like, script),
        None => odd(place, letter, script, like, "Latin"),
    }
}

/// Returns the words with each letter that looks like a Latin one replaced by that Latin letter.
pub fn as_latin(words: &str) -> String {
    words.chars().map(|letter| like(letter).map_or(letter, |(_, like)| like)).collect()
}

/// Returns the script of a letter that looks like a Latin one, and that Latin letter.
fn like(letter: char) -> Option<(&'static str, char)> {
    if letter.is_ascii() {
        return None;
    }
    LOOK_ALIKES.iter().find_map(|(script, pairs)| {
        let mut pairs = pairs.chars();
        while let (Some(other), Some(latin)) = (pairs.next(), pairs.next()) {
            if other == letter {
                return Some((*script, latin));
            }
        }
        None
    })
}

/// Returns the letter of a script that looks like a Latin letter.
fn alike(latin: char, script: &str) -> Option<char> {
    let (_, pairs) = LOOK_ALIKES.iter().find(|(name, _)| *name == script)?;
    let mut pairs = pairs.chars();
    while let (Some(other), Some(one)) = (pairs.next(), pairs.next()) {
        if one == latin {
            return Some(other);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_a_foreign_and_a_latin_character() {
        for (script, pairs) in LOOK_ALIKES {
            let all: Vec<char> = pairs.chars().collect();
            assert!(all.len().is_multiple_of(2), "{script}");
            for pair in all.chunks(2) {
                assert!(!pair[0].is_ascii() && pair[1].is_ascii_alphanumeric(), "{script}: {pair:?}");
            }
        }
    }

    #[test]
    fn latin_letter_in_a_cyrillic_word_is_odd() {
        let odd = odd_letter("к\u{43e}мандир сoвета").unwrap();
        assert_eq!((odd.word.as_str(), odd.place, odd.letter), ("сoвета", 2, 'o'));
        assert_eq!((odd.script, odd.like, odd.other), ("Latin", '\u{43e}', "Cyrillic"));
    }

    #[test]
    fn usual_mixes_of_scripts_have_no_odd_letter() {
        for words in
            ["dose in μg", "Wi-Fiの利用", "COVID-19ワクチン", "γ-ray of Ωm", "ist größer", "İstanbul'da"]
        {
            assert_eq!(odd_letter(words), None, "{words}");
        }
    }

    #[test]
    fn look_alikes_become_latin() {
        assert_eq!(as_latin("gr\u{43e}ss"), "gross");
    }
}
