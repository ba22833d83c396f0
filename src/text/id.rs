//! The grammar of ids, which is the same in all formats.

use super::clean::{Unwelcome, unwelcome};
use super::compare::{fold, is_word_part};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// The largest number of characters in an id.
pub const LONGEST_ID: usize = 1_000;

/// The grammar of ids in words, for messages.
pub const ID_GRAMMAR: &str = "an id has letters, digits, \".\", \"-\" and \"_\", and no space";

/// The reason why a text is not an id.
///
/// # Example
/// ```
/// use placet::text::{NoId, no_id};
///
/// assert_eq!(no_id("İst-1"), None);
/// assert_eq!(no_id("a b"), Some(NoId::Character(' ')));
/// assert_eq!(no_id("--"), Some(NoId::NoLetter));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoId {
    /// The text is empty.
    Empty,
    /// The text has more than [`LONGEST_ID`] characters.
    TooLong,
    /// The text contains a character that is not allowed in any text.
    Unwelcome(Unwelcome),
    /// The text contains a character that is not allowed in an id.
    Character(char),
    /// The text has neither a letter nor a digit, or starts with a combining mark.
    NoLetter,
}

impl std::fmt::Display for NoId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            NoId::Empty => f.write_str("an id has at least one character"),
            NoId::TooLong => f.write_str("an id has at most 1,000 characters"),
            NoId::Unwelcome(found) => found.fmt(f),
            NoId::Character(_) => f.write_str(ID_GRAMMAR),
            NoId::NoLetter => f.write_str("an id has a letter or a digit"),
        }
    }
}

/// Returns why a text is not an id, or `None` if it is one.
///
/// An id consists of letters, digits, combining marks, `.`, `-` and `_`, and joiners between letters that need them.
pub fn no_id(text: &str) -> Option<NoId> {
    if text.is_empty() {
        return Some(NoId::Empty);
    }
    if text.len() > LONGEST_ID && text.chars().nth(LONGEST_ID).is_some() {
        return Some(NoId::TooLong);
    }
    if let Some(found) = unwelcome(text) {
        return Some(NoId::Unwelcome(found));
    }
    let fits = |character: &char| {
        is_word_part(*character) || matches!(character, '.' | '-' | '_' | '\u{200c}' | '\u{200d}')
    };
    if let Some(other) = text.chars().find(|character| !fits(character)) {
        return Some(NoId::Character(other));
    }
    let is_valid_start = |first: char| first.is_alphanumeric() || matches!(first, '.' | '-' | '_');
    let sound = text.starts_with(is_valid_start) && text.chars().any(char::is_alphanumeric);
    (!sound).then_some(NoId::NoLetter)
}

/// Returns whether a text is an id.
///
/// # Example
/// ```
/// use placet::text::is_id;
///
/// assert!(is_id("misrata-battalion") && is_id("NK-aBc") && is_id("5"));
/// assert!(!is_id("Misrata Battalion") && !is_id("a\nb") && !is_id(""));
/// ```
pub fn is_id(text: &str) -> bool {
    no_id(text).is_none()
}

/// Values by id. An id is looked up exactly, and then without regard to case, if only one id matches.
///
/// # Example
/// ```
/// use placet::text::Ids;
///
/// let mut ids = Ids::default();
/// ids.add("NK-aBc", 1);
/// ids.add("ali", 2);
/// ids.add("ALI", 3);
/// assert_eq!(ids.find("nk-abc"), Some(("NK-aBc", &1)));
/// assert_eq!(ids.find("ALI"), Some(("ALI", &3)));
/// assert_eq!(ids.find("Ali"), None);
/// assert!(!ids.add("ali", 4));
/// ```
#[derive(Clone, Debug)]
pub struct Ids<T> {
    /// The values, by the case-folded id and the id.
    all: BTreeMap<(String, String), T>,
}

impl<T> Default for Ids<T> {
    fn default() -> Self {
        Ids { all: BTreeMap::new() }
    }
}

impl<T> Ids<T> {
    /// Adds an id. Returns false and changes nothing if the id is already there.
    pub fn add(&mut self, id: &str, value: T) -> bool {
        match self.all.entry(Self::key(id)) {
            Entry::Vacant(free) => {
                free.insert(value);
                true
            }
            Entry::Occupied(_) => false,
        }
    }

    /// Returns the value of exactly this id.
    pub fn exact(&self, id: &str) -> Option<&T> {
        self.all.get(&Self::key(id))
    }

    /// Returns the value that an id refers to, with the id as it was added.
    pub fn find(&self, id: &str) -> Option<(&str, &T)> {
        let key = Self::key(id);
        if let Some(((_, own), value)) = self.all.get_key_value(&key) {
            return Some((own, value));
        }
        let (folded, _) = key;
        let mut alike =
            self.all.range((folded.clone(), String::new())..).take_while(|((other, _), _)| *other == folded);
        match (alike.next(), alike.next()) {
            (Some(((_, own), value)), None) => Some((own, value)),
            _ => None,
        }
    }

    /// Returns whether an id refers to a value.
    pub fn has(&self, id: &str) -> bool {
        self.find(id).is_some()
    }

    /// Removes exactly this id.
    pub fn remove(&mut self, id: &str) -> Option<T> {
        self.all.remove(&Self::key(id))
    }

    /// Returns the ids, as they were added.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.all.keys().map(|(_, id)| id.as_str())
    }

    fn key(id: &str) -> (String, String) {
        (fold(id).into_owned(), id.to_owned())
    }
}

impl<'i, T> FromIterator<(&'i str, T)> for Ids<T> {
    /// If an id occurs several times, the first value stays.
    fn from_iter<I: IntoIterator<Item = (&'i str, T)>>(all: I) -> Self {
        let mut ids = Ids::default();
        for (id, value) in all {
            ids.add(id, value);
        }
        ids
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valid_and_invalid_ids() {
        for id in [
            "a",
            "5",
            ".a",
            "-a",
            "_",
            "NK-aBc",
            "QDi.001",
            "İst-1",
            "GROẞ",
            "e\u{301}t",
            "گروه‌ها",
            "and",
            "unknown",
        ] {
            assert_eq!(is_id(id), id != "_", "{id}");
        }
        for (text, expected) in [
            ("", NoId::Empty),
            ("a b", NoId::Character(' ')),
            ("a\"b", NoId::Character('"')),
            ("a/b", NoId::Character('/')),
            ("...", NoId::NoLetter),
            ("\u{301}a", NoId::NoLetter),
        ] {
            assert_eq!(no_id(text), Some(expected), "{text:?}");
        }
        assert!(matches!(no_id("a\n- it is listed"), Some(NoId::Unwelcome(_))));
        assert!(matches!(no_id("g\u{200d}1"), Some(NoId::Unwelcome(_))));
        assert_eq!(no_id(&"a".repeat(1_001)), Some(NoId::TooLong));
    }

    #[test]
    fn ids_can_differ_in_case() {
        let ids: Ids<u8> = [("Ali", 1), ("ali", 2), ("omar", 3)].into_iter().collect();
        assert_eq!(ids.find("ali"), Some(("ali", &2)));
        assert_eq!(ids.find("ALI"), None);
        assert_eq!(ids.find("OMAR"), Some(("omar", &3)));
        assert_eq!(ids.exact("OMAR"), None);
    }
}
