//! Markdown output in which no text of a user acts as markup, a mention or a link.

use crate::text::{Format, Written, shown, shown_lines};
use std::borrow::Cow;

/// The Markdown format of CommonMark and GitHub.
pub(super) enum Markdown {}

impl Format for Markdown {
    /// Escapes markup in a text. Web sites find mentions, issue numbers and bare addresses in the rendered text, where
    /// escapes have no effect: an empty HTML comment splits them.
    fn escape(text: &str) -> Cow<'_, str> {
        const APART: &str = "<!-- -->";
        let shown = shown(text);
        let is_words = |text: &str| {
            text.chars().all(|character| character.is_alphabetic() || matches!(character, ' ' | ','))
        };
        if is_words(&shown) && !shown.starts_with("  ") {
            return shown;
        }
        // More than one space at the start of a line can begin a code block.
        let text = shown.trim_start();
        let mut out = String::with_capacity(text.len().saturating_add(16));
        if text.len() < shown.len() {
            out.push(' ');
        }
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        for (at, character) in text.char_indices() {
            let before = text.get(..at).unwrap_or("");
            let after = text.get(at.saturating_add(character.len_utf8())..).unwrap_or("");
            let opens_a_list = match character {
                '-' | '+' | '=' => at == 0,
                '.' | ')' => digits > 0 && at == digits,
                _ => false,
            };
            if opens_a_list
                || matches!(
                    character,
                    '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' | '$'
                )
            {
                out.push('\\');
            }
            let www = before.chars().rev().take_while(|letter| matches!(letter, 'w' | 'W')).count();
            if character == '.' && www == 3 {
                out.push_str(APART);
            }
            out.push(character);
            let parts = match character {
                '@' => true,
                '#' | '!' => after.starts_with(|next: char| next.is_ascii_digit()),
                ':' => after.starts_with("//"),
                _ => false,
            };
            if parts {
                out.push_str(APART);
            }
        }
        Cow::Owned(out)
    }
}

/// Returns a text as Markdown.
pub(super) fn plain(text: &str) -> Written<Markdown> {
    crate::written!(Markdown, "{}", text)
}

/// Returns a text as Markdown, with its first letter in upper case.
pub(super) fn capital(text: &str) -> Written<Markdown> {
    let mut characters = text.chars();
    let first: String = characters.next().into_iter().flat_map(char::to_uppercase).collect();
    plain(&(first + characters.as_str()))
}

/// A document whose blocks are separated by blank lines.
#[derive(Default)]
pub(super) struct Document(Vec<String>);

impl Document {
    /// Adds a block.
    pub(super) fn block(&mut self, block: impl Into<Written<Markdown>>) {
        self.0.push(block.into().into_string());
    }

    /// Adds a title and a list of lines, if there are any lines.
    pub(super) fn list(
        &mut self,
        title: Written<Markdown>,
        lines: impl IntoIterator<Item = Written<Markdown>>,
    ) {
        let lines = lines.into_iter().map(|line| crate::written!(Markdown, "- {}", line));
        let lines = Written::join(lines, "\n");
        if !lines.is_empty() {
            self.block(title);
            self.block(lines);
        }
    }

    /// Adds text in the language as a code block, with a fence that is longer than any backtick run in the text.
    pub(super) fn code(&mut self, text: &str) {
        let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.saturating_add(1).max(3));
        let text = shown_lines(text.strip_suffix('\n').unwrap_or(text));
        self.0.push(format!("{fence}placet\n{text}\n{fence}"));
    }

    /// Returns the whole text.
    pub(super) fn into_string(self) -> String {
        self.0.join("\n\n") + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_never_markup_a_mention_or_a_link() {
        for (text, written) in [
            ("Plain, as it is (mostly).", "Plain, as it is (mostly)."),
            (
                "# a *b* [c](d) <e> | `f` ~g~ &lt; $h$ \\",
                "\\# a \\*b\\* \\[c\\](d) \\<e\\> \\| \\`f\\` \\~g\\~ \\&lt; \\$h\\$ \\\\",
            ),
            ("@everyone", "@<!-- -->everyone"),
            ("a@b.example", "a@<!-- -->b.example"),
            ("https://a.example/", "https:<!-- -->//a.example/"),
            ("www.a.example", "www<!-- -->.a.example"),
            ("see #12 and !7", "see \\#<!-- -->12 and !<!-- -->7"),
            ("- item", "\\- item"),
            ("1. item", "1\\. item"),
            ("   code", " code"),
            ("two\nlines", "two\\<U+000A\\>lines"),
            ("\u{202e}right", "\\<U+202E\\>right"),
        ] {
            assert_eq!(plain(text).into_string(), written, "{text}");
        }
    }
}
