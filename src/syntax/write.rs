//! The one writer of texts, ids and phrases in the language: what it writes reads back the same.

use super::RESERVED;
use crate::text::{fold, is_word_part, unwelcome};
use crate::value::Date;
use std::borrow::Cow;

/// Words that mean something of their own where an id may stand, besides the reserved ones.
const SPEAKING: [&str; 9] = ["are", "contested", "has", "is", "it", "no", "not", "the", "unknown"];

/// A text in double quotes; a double quote in it is doubled.
///
/// # Example
/// ```
/// use placet::syntax::write;
///
/// assert_eq!(write::text("the \"Lion\" brigade"), r#""the ""Lion"" brigade""#);
/// ```
pub fn text(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// An id: bare where it reads back as that id, else in double quotes.
///
/// # Example
/// ```
/// use placet::syntax::write;
///
/// assert_eq!(write::id("misrata-battalion"), "misrata-battalion");
/// assert_eq!(write::id("unknown"), "\"unknown\"");
/// assert_eq!(write::id("007"), "\"007\"");
/// ```
pub fn id(id: &str) -> Cow<'_, str> {
    if is_word(id) && !speaks(id) && !is_figure(id) { Cow::Borrowed(id) } else { Cow::Owned(text(id)) }
}

/// Whether a word means something of its own where an id may stand, so that an id of that spelling is quoted.
pub(crate) fn speaks(word: &str) -> bool {
    let word = fold(word);
    RESERVED.contains(&word.as_ref()) || SPEAKING.contains(&word.as_ref())
}

/// One word of an identifier: bare where it reads back as it is, else in double quotes.
pub fn word(word: &str) -> Cow<'_, str> {
    let number = word.len() <= 15 && word.bytes().all(|byte| byte.is_ascii_digit()) && !word.is_empty();
    if number || is_word(word) && !is_figure(word) { Cow::Borrowed(word) } else { Cow::Owned(text(word)) }
}

/// The words of a phrase, those in double quotes that cannot stand bare.
///
/// # Example
/// ```
/// use placet::syntax::write;
///
/// assert_eq!(write::phrase("trains search and rescue teams"), "trains search \"and\" rescue teams");
/// ```
pub fn phrase(phrase: &str) -> String {
    let words: Vec<Cow<'_, str>> = phrase.split(' ').map(phrase_word).collect();
    words.join(" ")
}

fn phrase_word(word: &str) -> Cow<'_, str> {
    let is_bare = word == "," || is_phrase_word(word) && !RESERVED.contains(&fold(word).as_ref());
    if is_bare { Cow::Borrowed(word) } else { Cow::Owned(text(word)) }
}

/// A name of one or more words, such as that of a kind: as a whole in double quotes where a word cannot stand bare.
pub fn name(name: &str) -> Cow<'_, str> {
    let bare = name.split(' ').all(|word| is_phrase_word(word) && !RESERVED.contains(&fold(word).as_ref()));
    if bare { Cow::Borrowed(name) } else { Cow::Owned(text(name)) }
}

/// Whether a word of a phrase is read as one lexeme: a word, a number or a date.
fn is_phrase_word(word: &str) -> bool {
    let fits = |letter: char| {
        is_word_part(letter)
            || matches!(letter, '.' | '-' | '_' | '\'' | '’' | '/' | '&' | '%' | '\u{200c}' | '\u{200d}')
    };
    word.starts_with(char::is_alphanumeric)
        && word.chars().all(fits)
        && !word.ends_with('.')
        && !(word.len() > 15 && word.bytes().all(|byte| byte.is_ascii_digit()))
        && (!is_date_like(word) || Date::parse(word).is_some())
        && unwelcome(word).is_none()
}

/// Whether a text is one word of letters, digits, `.`, `-` and `_`.
pub(super) fn is_word(text: &str) -> bool {
    is_phrase_word(text) && !text.contains(['\'', '’', '/', '&', '%'])
}

/// Whether a word looks like a number or a date, of which the spelling may be lost.
fn is_figure(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit()) || is_date_like(word)
}

fn is_date_like(word: &str) -> bool {
    word.len() == 10
        && word.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}
