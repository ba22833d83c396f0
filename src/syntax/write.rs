//! Writes texts, ids and phrases in the language, so that they read back unchanged. All writers use this module.

use super::RESERVED;
use crate::text::{fold, is_word_part, unwelcome};
use crate::value::Date;
use std::borrow::Cow;

/// Words with a meaning of their own where an id is expected, apart from the reserved words.
const ID_KEYWORDS: [&str; 9] = ["are", "contested", "has", "is", "it", "no", "not", "the", "unknown"];

/// Returns a text in double quotes. Double quotes in it are doubled.
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

/// Returns an id, in double quotes if it would not read back as that id without them.
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
    if is_word(id) && !is_id_keyword(id) && !is_figure(id) { Cow::Borrowed(id) } else { Cow::Owned(text(id)) }
}

/// Returns whether a word has a meaning of its own where an id is expected. Such an id must be quoted.
pub(crate) fn is_id_keyword(word: &str) -> bool {
    let word = fold(word);
    RESERVED.contains(&word.as_ref()) || ID_KEYWORDS.contains(&word.as_ref())
}

/// Returns one word of an identifier, in double quotes if it would not read back unchanged without them.
pub fn word(word: &str) -> Cow<'_, str> {
    let number = word.len() <= 15 && word.bytes().all(|byte| byte.is_ascii_digit()) && !word.is_empty();
    if number || is_word(word) && !is_figure(word) { Cow::Borrowed(word) } else { Cow::Owned(text(word)) }
}

/// Returns the words of a phrase, with double quotes around each word that needs them.
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

/// Returns a name of one or more words, such as the name of a kind, in double quotes if any of its words needs them.
pub fn name(name: &str) -> Cow<'_, str> {
    let bare = name.split(' ').all(|word| is_phrase_word(word) && !RESERVED.contains(&fold(word).as_ref()));
    if bare { Cow::Borrowed(name) } else { Cow::Owned(text(name)) }
}

/// Returns whether a word of a phrase is read as one lexeme: a word, a number or a date.
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

/// Returns whether a text is one word of letters, digits, `.`, `-` and `_`.
pub(super) fn is_word(text: &str) -> bool {
    is_phrase_word(text) && !text.contains(['\'', '’', '/', '&', '%'])
}

/// Returns whether a word looks like a number or a date, whose spelling may be lost when it is read.
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
