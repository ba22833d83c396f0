//! Reads translations: texts of a policy, each with its translation below it.

use super::line::{Cursor, Node, Reading};
use super::lines::{BLOCKS, Lines, Seen};
use super::problem::SyntaxError;
use super::{Translation, TranslationEntry};
use crate::span::{Name, Spanned};
use crate::value::language_tag;

const TRANSLATION: Lines = Lines { block: "translation", words: &[], many: &[], open: &[], must: &[] };

impl Reading<'_> {
    /// Reads `translation LANGUAGE "…"`.
    pub(super) fn translation(&mut self, node: &Node, mut cursor: Cursor<'_>) -> Option<Translation> {
        let language = self.language(node, &mut cursor);
        let named = language.is_some() && !cursor.is_empty();
        let name = named.then(|| self.title(node, &mut cursor, TRANSLATION.block));
        self.end(node, cursor);
        let entries = node.below.iter().filter_map(|line| self.translated(line)).collect();
        Some(Translation { language: language?, name, entries, span: node.span })
    }

    /// Reads a language tag such as `fr`, and returns it in its canonical spelling.
    fn language(&mut self, node: &Node, cursor: &mut Cursor<'_>) -> Option<Name> {
        let word = self.word(node, cursor, "a language tag, such as `fr`")?;
        let tag = language_tag(&word.value);
        if tag.is_none() {
            self.report(node, word.span, SyntaxError::LanguageTag { found: word.value });
        }
        tag.map(|value| Spanned { value, span: word.span })
    }

    /// Reads `"TEXT"` and the translation below it.
    fn translated(&mut self, node: &Node) -> Option<TranslationEntry> {
        if node.bullet {
            self.report(node, node.span, SyntaxError::BulletWithoutList);
            return None;
        }
        if BLOCKS.iter().any(|words| node.cursor().starts_with(words)) {
            self.misspelt(node, &TRANSLATION, &mut Seen::default(), &mut node.cursor());
            return None;
        }
        let text = self.text(node, node.cursor());
        let Some((first, more)) = node.below.split_first() else {
            self.report(node, node.span, SyntaxError::MissingTranslation);
            return None;
        };
        if first.bullet {
            self.report(first, first.span, SyntaxError::BulletWithoutList);
            return None;
        }
        let translation = self.text(first, first.cursor());
        self.nothing_below(first);
        if let Some(second) = more.first() {
            self.report(second, second.span, SyntaxError::SecondTranslation { first: first.span });
        }
        if translation.as_ref().is_some_and(|translation| translation.value.trim().is_empty()) {
            self.report(first, first.span, SyntaxError::MissingTranslation);
            return None;
        }
        Some(TranslationEntry { text: text?, translation: translation? })
    }
}
