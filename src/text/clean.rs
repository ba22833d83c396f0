//! The characters that are allowed in a text: no invisible ones, and none that change how other characters are shown.

use unicode_normalization::char::is_combining_mark;

/// A character that is not allowed at its place.
///
/// # Example
/// ```
/// use placet::text::unwelcome;
///
/// let found = unwelcome("ab\u{202e}cd").ok_or("there is one")?;
/// assert_eq!(found.at, 2);
/// assert_eq!(found.to_string(), "the character U+202E is not allowed here: it changes the direction of the text");
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unwelcome {
    /// The byte offset of the character.
    pub at: usize,
    /// The character.
    pub character: char,
    /// What the character does.
    pub why: &'static str,
}

impl std::fmt::Display for Unwelcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.message(), self.why)
    }
}

impl Unwelcome {
    /// Returns a message that names the character by its code point, since it may be invisible.
    pub(crate) fn message(self) -> String {
        format!("the character U+{:04X} is not allowed here", u32::from(self.character))
    }
}

/// Returns the first character of a text that is not allowed at its place.
///
/// Not allowed are control characters (including line breaks and tabs), controls for the direction of text, invisible
/// characters, and code points that are not characters. A zero-width joiner or non-joiner is allowed between letters of
/// scripts that need it, and a variation selector after a character that has variants.
///
/// # Example
/// ```
/// use placet::text::unwelcome;
///
/// assert!(unwelcome("Café « Zuwāra »").is_none());
/// assert!(unwelcome("گروه\u{200c}ها").is_none());
/// assert!(unwelcome("ro\u{200c}ad").is_some());
/// assert!(unwelcome("two\nlines").is_some());
/// ```
pub fn unwelcome(text: &str) -> Option<Unwelcome> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return None;
    }
    let mut before = None;
    for (at, character) in text.char_indices() {
        let after = || {
            let rest = text.get(at + character.len_utf8()..).unwrap_or("");
            rest.chars().find(|next| !is_combining_mark(*next))
        };
        if let Some(why) = fault(character, before, after) {
            return Some(Unwelcome { at, character, why });
        }
        if !is_combining_mark(character) {
            before = Some(character);
        }
    }
    None
}

/// Returns whether a text has no [`unwelcome`] character.
///
/// # Example
/// ```
/// assert!(placet::text::is_clean("a b") && !placet::text::is_clean("a\u{ad}b"));
/// ```
pub fn is_clean(text: &str) -> bool {
    unwelcome(text).is_none()
}

const DIRECTION: &str = "it changes the direction of the text";
const INVISIBLE: &str = "it is invisible";
const CONTROL: &str = "it is a control character";
const NONE: &str = "it is not a Unicode character";

/// Returns why a character is not allowed between its neighbours, or `None` if it is allowed. Combining marks do not
/// count as neighbours.
fn fault(
    character: char,
    before: Option<char>,
    after: impl FnOnce() -> Option<char>,
) -> Option<&'static str> {
    match character {
        ' '..='~' => None,
        '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some("it is a line break"),
        character if character.is_control() => Some(CONTROL),
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Some(DIRECTION)
        }
        '\u{200c}' | '\u{200d}' => {
            let joins = before.is_some_and(is_joining) && after().is_some_and(is_joining);
            (!joins).then_some(INVISIBLE)
        }
        '\u{180b}'..='\u{180d}' | '\u{180f}' => {
            (!matches!(before, Some('\u{1820}'..='\u{18aa}'))).then_some(INVISIBLE)
        }
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => {
            (!before.is_some_and(has_variants)).then_some(INVISIBLE)
        }
        // The default-ignorable code points of Unicode, and format characters that annotate text.
        '\u{ad}'
        | '\u{34f}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180e}'
        | '\u{200b}'
        | '\u{2060}'..='\u{2065}'
        | '\u{206a}'..='\u{206f}'
        | '\u{3164}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}' => Some(INVISIBLE),
        '\u{fdd0}'..='\u{fdef}' => Some(NONE),
        character if u32::from(character) & 0xfffe == 0xfffe => Some(NONE),
        _ => None,
    }
}

/// Returns whether a letter belongs to a script in which zero-width joiners and non-joiners change the form of letters.
///
/// These are the scripts with joined letters, such as Arabic, and the Indic scripts.
fn is_joining(letter: char) -> bool {
    let joins = matches!(letter,
        '\u{620}'..='\u{8ff}' // Arabic, Syriac, Thaana, N'Ko, Samaritan, Mandaic
        | '\u{900}'..='\u{dff}' // Devanagari to Sinhala
        | '\u{f00}'..='\u{109f}' // Tibetan, Myanmar
        | '\u{1700}'..='\u{18aa}' // Philippine scripts, Khmer, Mongolian
        | '\u{1900}'..='\u{1c4f}' // Limbu to Lepcha
        | '\u{a800}'..='\u{abff}' // Syloti Nagri to Meetei Mayek
        | '\u{fb50}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' // Arabic presentation forms
        | '\u{10a00}'..='\u{10a5f}' | '\u{11000}'..='\u{11dff}' | '\u{1e900}'..='\u{1e95f}');
    joins && letter.is_alphabetic()
}

/// Returns whether a character has variants that a variation selector can choose: ideographs and symbols.
fn has_variants(character: char) -> bool {
    let ideograph =
        matches!(character, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
    ideograph || (!character.is_ascii() && !character.is_alphanumeric() && !character.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_are_rejected() {
        let all = [
            '\0',
            '\t',
            '\n',
            '\r',
            '\u{1b}',
            '\u{7f}',
            '\u{85}',
            '\u{ad}',
            '\u{34f}',
            '\u{61c}',
            '\u{115f}',
            '\u{180e}',
            '\u{200b}',
            '\u{200c}',
            '\u{200d}',
            '\u{200e}',
            '\u{200f}',
            '\u{2028}',
            '\u{202a}',
            '\u{202e}',
            '\u{2060}',
            '\u{2066}',
            '\u{2069}',
            '\u{206f}',
            '\u{3164}',
            '\u{fe0f}',
            '\u{feff}',
            '\u{fffe}',
            '\u{ffff}',
            '\u{fdd0}',
            '\u{1fffe}',
            '\u{10ffff}',
            '\u{e0001}',
            '\u{e0041}',
            '\u{e0100}',
        ];
        for character in all {
            let found = unwelcome(&format!("ab{character}cd"));
            assert_eq!(found.map(|found| (found.at, found.character)), Some((2, character)), "{character:?}");
        }
    }

    #[test]
    fn characters_that_a_script_needs_are_accepted() {
        for text in [
            "مُدْرَجٌ ـــ",
            "گروه‌های فهرست‌شده",
            "क्‍ष",
            "ක්‍ෂ",
            "Rīga, Ærø, Łódź",
            "葛\u{e0100}城",
            "ᠠ\u{180b}ᠨ",
            "❤\u{fe0f}",
            "e\u{301}",
            "a\u{a0}b",
        ] {
            assert_eq!(unwelcome(text), None, "{text}");
        }
    }

    #[test]
    fn joiners_are_rejected_outside_their_scripts() {
        for text in
            ["g\u{200d}1", "\u{200c}ها", "ها\u{200c}", "ها\u{200c} ها", "a\u{200c}ها", "ها\u{200c}\u{200c}ها"]
        {
            assert!(unwelcome(text).is_some(), "{text:?}");
        }
    }
}
