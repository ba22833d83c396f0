//! Findings about words that the vocabulary does not have.

use super::ClauseReader;
use super::words::span_of;
use crate::id::{FactId, KindId};
use crate::policy::lexicon::{Token, TokenKind, key};
use crate::policy::problem::{Problem, a, error, suggesting, with_odd_letter};
use crate::script::as_latin;
use crate::span::Span;

impl ClauseReader<'_, '_> {
    pub(super) fn unknown_subject(&self, tokens: &[Token], span: Span) -> Problem {
        let words: String = key(tokens);
        let place = span_of(tokens, tokens.len(), span);
        // The subject may be missing, as in `the headcount is at least 50`.
        let noun =
            |kind: &KindId| self.lexicon.noun_at(*kind, tokens).map(|(fact, used)| (*kind, fact, used));
        if let Some((kind, fact, used)) = self.about.iter().find_map(noun) {
            return self.missing_subject(kind, fact, span_of(tokens, used, span));
        }
        // The name of a kind has one to three words, so the start of the clause is compared.
        let near = (1..=3)
            .filter_map(|length| tokens.get(..length).map(|head| (length, key(head))))
            .find_map(|(length, head)| {
                let near = self.lexicon.near(&head, self.lexicon.kind_names());
                near.first().map(|name| ((*name).to_owned(), span_of(tokens, length, place)))
            });
        match near {
            Some((name, at)) => {
                let problem = error("P0202", at, "unknown kind", "not declared", "");
                let problem = with_odd_letter(problem, &words);
                suggesting(problem, at, &[name.as_str()], "")
            }
            None => with_odd_letter(
                error(
                    "P0202",
                    place,
                    format!("`the {words}` does not start with a declared kind"),
                    "not a kind",
                    "declare it with a `kind` block, or start with a declared kind",
                ),
                &words,
            ),
        }
    }

    /// Reports a noun without the subject that it belongs to.
    fn missing_subject(&self, kind: KindId, fact: FactId, at: Span) -> Problem {
        let (name, phrase) = (self.kind_name(kind), &self.lexicon.vocabulary.facts[fact].phrase);
        error(
            "P0224",
            at,
            format!("`{phrase}` lacks its subject, the {name}"),
            "no subject",
            format!("write `the {name}'s {phrase}` or `its {phrase}`"),
        )
    }

    pub(super) fn unknown_noun(&self, kind: KindId, tokens: &[Token], span: Span) -> Problem {
        self.echo.set(self.lexicon.is_unread(kind, tokens));
        let name = self.kind_name(kind);
        let length = tokens
            .iter()
            .position(|token| {
                matches!(token.word(), Some("is" | "are" | "include"))
                    || token.kind == TokenKind::Possessive
                    || token.kind == TokenKind::Comma
            })
            .unwrap_or(tokens.len());
        let noun = tokens.get(..length).unwrap_or(tokens);
        let place = span_of(noun, noun.len(), span);
        let words = key(noun);
        let mut near = self.lexicon.near_phrases(kind, &as_latin(&words));
        if near.is_empty() {
            near.extend(self.lexicon.around(kind, &words, true));
        }
        let problem =
            error("P0203", place, format!("unknown fact `{words}` of {}", a(name)), "not declared", "");
        let problem = with_odd_letter(problem, &words);
        suggesting(
            problem,
            place,
            &near,
            &format!("declare it below `kind {name}`, or use a fact declared there"),
        )
    }

    pub(super) fn unknown_phrase(&self, kind: KindId, tokens: &[Token], span: Span) -> Problem {
        self.echo.set(self.lexicon.is_unread(kind, tokens));
        let name = self.kind_name(kind);
        let place = span_of(tokens, tokens.len(), span);
        let words = key(tokens);
        // The possessive may be missing, as in `the group headcount is at least 50`.
        if let Some((fact, used)) = self.lexicon.noun_at(kind, tokens) {
            return self.missing_subject(kind, fact, span_of(tokens, used, span));
        }
        // This may be the end of `is 50 or more`, which was split at `or`.
        let meant = match tokens.first().and_then(Token::word) {
            Some("more" | "greater" | "higher" | "above") if tokens.len() == 1 => Some("`is at least`"),
            Some("less" | "fewer" | "lower" | "below") if tokens.len() == 1 => Some("`is at most`"),
            Some("equal") if tokens.get(1).and_then(Token::word) == Some("to") => {
                Some("`is at least` or `is at most`")
            }
            _ => None,
        };
        if let Some(meant) = meant {
            return error(
                "P0211",
                place,
                format!("`or {words}` does not compare a number"),
                "not a comparison",
                format!("write {meant} and the number"),
            );
        }
        let others = self.lexicon.kinds_with_phrase(tokens);
        if !others.is_empty() {
            let names: Vec<String> = others.iter().map(|kind| a(self.kind_name(*kind))).collect();
            return error(
                "P0225",
                place,
                format!("`{words}` is a fact of {}, not of {}", names.join(" and of "), a(name)),
                format!("not a fact of {}", a(name)),
                format!("declare it below `kind {name}` too, or name the right subject"),
            );
        }
        let mut near = self.lexicon.near_phrases(kind, &as_latin(&words));
        if near.is_empty() {
            near.extend(self.lexicon.around(kind, &words, false));
        }
        let problem =
            error("P0201", place, format!("unknown fact `{words}` of {}", a(name)), "not declared", "");
        let problem = with_odd_letter(problem, &words);
        suggesting(
            problem,
            place,
            &near,
            &format!("declare it below `kind {name}`, or use a fact declared there"),
        )
    }
}
