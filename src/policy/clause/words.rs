//! Runs of words that mean the same everywhere: `is not`, `any of`, `, through any chain,`.

use super::Read;
use crate::policy::Quantifier;
use crate::policy::lexicon::{Token, TokenKind, key};
use crate::policy::problem::error;
use crate::span::Span;

pub(super) fn after(tokens: &[Token], used: usize) -> &[Token] {
    tokens.get(used..).unwrap_or_default()
}

/// Returns the span from the first token to the last of the first `length` tokens, or `otherwise` if there are none.
pub(super) fn span_of(tokens: &[Token], length: usize, otherwise: Span) -> Span {
    match (tokens.first(), tokens.get(..length).and_then(<[Token]>::last)) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => otherwise,
    }
}

pub(super) fn skip_possessive(tokens: &[Token]) -> (&[Token], bool) {
    match tokens {
        [first, rest @ ..] if first.kind == TokenKind::Possessive => (rest, true),
        tokens => (tokens, false),
    }
}

pub(super) fn is_or_is_not(tokens: &[Token]) -> Option<(bool, &[Token])> {
    match tokens {
        [is, not, rest @ ..] if is.word() == Some("is") && not.bare() == Some("not") => Some((false, rest)),
        [is, rest @ ..] if is.word() == Some("is") => Some((true, rest)),
        _ => None,
    }
}

/// Reads `is unknown` or `are contested`, if the tokens consist of nothing else. Returns whether the fact is contested.
pub(super) fn unknown_or_contested(tokens: &[Token]) -> Option<bool> {
    if tokens.iter().any(|token| token.quoted) {
        return None;
    }
    match key(tokens).as_str() {
        "is unknown" | "are unknown" => Some(false),
        "is contested" | "are contested" => Some(true),
        _ => None,
    }
}

/// Reads `it is unknown whether …` or `it is contested whether …`. Returns whether the fact is contested, and the rest.
pub(super) fn open_whether(tokens: &[Token]) -> Option<(bool, &[Token])> {
    let (head, rest) = tokens.split_at_checked(4)?;
    match key(head).as_str() {
        "it is unknown whether" => Some((false, rest)),
        "it is contested whether" => Some((true, rest)),
        _ => None,
    }
}

/// Reads `any of` or `at least 2 of` at the start. Returns the quantifier and how many tokens it spans.
pub(super) fn quantifier(tokens: &[Token]) -> Read<Option<(Quantifier, usize)>> {
    let word = |at: usize| tokens.get(at).and_then(Token::word);
    let found = match (word(0), word(1)) {
        (Some("any"), Some("of")) => Some((Quantifier::Any, 2)),
        (Some("all"), Some("of")) => Some((Quantifier::All, 2)),
        (Some("none"), Some("of")) => Some((Quantifier::None, 2)),
        _ => None,
    };
    if found.is_some() {
        return Ok(found);
    }
    let (make, at): (fn(u32) -> Quantifier, usize) = match (word(0), word(1)) {
        (Some("at"), Some("least")) => (Quantifier::AtLeast, 2),
        (Some("at"), Some("most")) => (Quantifier::AtMost, 2),
        (Some("exactly"), _) => (Quantifier::Exactly, 1),
        _ => return Ok(None),
    };
    let (Some(Token { kind: TokenKind::Number(number), span, .. }), Some("of")) =
        (tokens.get(at), word(at + 1))
    else {
        return Ok(None);
    };
    match u32::try_from(*number) {
        Ok(number) if number <= 1_000 => Ok(Some((make(number), at + 2))),
        _ => Err(error(
            "P0216",
            *span,
            "a quantifier counts at most 1,000 members",
            "too many",
            "use a smaller number, or declare the count as a fact",
        )),
    }
}

/// Returns the tokens after `, through any chain,`.
pub(super) fn through_any_chain(tokens: &[Token]) -> Option<&[Token]> {
    let (head, rest) = tokens.split_at_checked(5)?;
    (key(head) == ", through any chain ,").then_some(rest)
}

/// Returns the tokens without `, through any chain,`, and whether it was there.
pub(super) fn without_chain(tokens: &[Token]) -> (Vec<Token>, bool) {
    let comma = tokens.iter().position(|token| token.kind == TokenKind::Comma);
    if let Some(at) = comma
        && let Some((head, tail)) = tokens.split_at_checked(at)
        && let Some(rest) = through_any_chain(tail)
    {
        return (head.iter().chain(rest).cloned().collect(), true);
    }
    (tokens.to_vec(), false)
}

/// Reads `a, b, c`.
pub(super) fn ids(tokens: &[Token]) -> Option<Vec<(String, Span)>> {
    tokens
        .split(|token| token.kind == TokenKind::Comma)
        .map(|part| match part {
            [token] => token.id().map(|id| (id, token.span)),
            _ => None,
        })
        .collect()
}
