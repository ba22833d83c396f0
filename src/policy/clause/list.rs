//! Reads clauses about lists: how many members must meet a condition, and which members a list has.

use super::words::{after, ids, skip_possessive, span_of, through_any_chain, unknown_or_contested};
use super::{ClauseReader, Read, Sentence};
use crate::id::{FactId, KindId};
use crate::policy::lexicon::{Token, key};
use crate::policy::problem::{Problem, error};
use crate::policy::{FactType, Quantifier, Root, Subject};
use crate::span::Span;

impl ClauseReader<'_, '_> {
    /// Reads what follows a list without a quantifier. Only a statement may use this form, to name the members.
    pub(super) fn list(
        &self,
        subject: Subject,
        list: FactId,
        member: KindId,
        tokens: &[Token],
        noun: Span,
        span: Span,
    ) -> Read<Sentence> {
        let phrase = &self.lexicon.vocabulary.facts[list].phrase;
        if let Some(contested) = unknown_or_contested(tokens) {
            return Ok(Sentence::Open { subject, fact: list, contested });
        }
        let word = tokens.first().and_then(Token::word);
        let names = matches!(tokens, [_, first, ..] if first.quoted && first.id().is_some());
        let is_yes_no = !names && self.lexicon.yes_no(member, tokens, true).is_some();
        let (Some("are" | "include" | "is"), false) = (word, is_yes_no) else {
            return Err(error(
                "P0210",
                noun,
                format!("the list {phrase} needs a quantifier"),
                "no quantifier",
                format!(
                    "write `any of its {phrase}`, `all of its {phrase}`, `none of its {phrase}` or `at least 2 of its {phrase}`"
                ),
            ));
        };
        let rest = after(tokens, 1);
        if word == Some("are") && key(rest) == "no one" && rest.iter().all(|token| !token.quoted) {
            return Ok(Sentence::Lists { subject, list, ids: Vec::new(), complete: true });
        }
        let (rest, complete) = match rest {
            [head @ .., and, no, others]
                if and.word() == Some("and")
                    && no.word() == Some("no")
                    && others.word() == Some("others") =>
            {
                (head, true)
            }
            rest => (rest, false),
        };
        if word == Some("include") && complete {
            return Err(error(
                "P0235",
                span,
                "`include` cannot be combined with `and no others`",
                "both at once",
                "write `are … and no others`",
            ));
        }
        let ids = ids(rest).ok_or_else(|| {
            error(
                "P0236",
                span,
                format!("expected the ids of the {phrase}"),
                "",
                format!("name them by their ids: `its {phrase} are first-id, second-id and no others`, or `its {phrase} include first-id`"),
            )
        })?;
        Ok(Sentence::Lists { subject, list, ids, complete })
    }

    /// Reads what follows `any of`, `at least 2 of` and other quantifiers.
    pub(super) fn quantified(
        &mut self,
        quantifier: Quantifier,
        tokens: &[Token],
        span: Span,
    ) -> Read<Sentence> {
        let (subject, kind, rest, possessive) = self.subject(tokens, span)?;
        self.last = None;
        if !possessive {
            return Err(error(
                "P0214",
                span,
                "expected a list after the quantifier",
                "",
                "name the list and its owner: `any of its leaders is …`",
            ));
        }
        self.quantified_list(quantifier, subject, kind, rest, span)
    }

    fn quantified_list(
        &mut self,
        quantifier: Quantifier,
        mut subject: Subject,
        kind: KindId,
        tokens: &[Token],
        span: Span,
    ) -> Read<Sentence> {
        let Some((fact, used)) = self.choose(self.lexicon.nouns_at(kind, tokens)) else {
            return Err(self.unknown_noun(kind, tokens, span));
        };
        let rest = after(tokens, used);
        let declared = &self.lexicon.vocabulary.facts[fact];
        match &declared.r#type {
            FactType::Many(member) => {
                let member = Box::new(self.of_member(*member, rest, span)?);
                Ok(Sentence::Members { subject, list: fact, quantifier, member })
            }
            FactType::One(kinds) => {
                if let Some(rest) = through_any_chain(rest) {
                    let any = match quantifier {
                        Quantifier::Any => true,
                        Quantifier::None => false,
                        _ => {
                            return Err(error(
                                "P0215",
                                span,
                                "a chain allows only `any of` and `none of`",
                                "",
                                format!("write `any of its {}, through any chain, …`", declared.phrase),
                            ));
                        }
                    };
                    if !kinds.contains(&kind) {
                        return Err(error(
                            "P0215",
                            span,
                            format!("`{}` leads to another kind, so there is no chain", declared.phrase),
                            "no chain",
                            format!("use one step: `its {} …`", declared.phrase),
                        ));
                    }
                    let member = Box::new(self.of_member(kind, rest, span)?);
                    return Ok(Sentence::Ancestor { subject, relation: fact, any, member });
                }
                let (rest, possessive) = skip_possessive(rest);
                if let (true, [next]) = (possessive, kinds.as_slice()) {
                    subject.steps.push(fact);
                    return self.quantified_list(quantifier, subject, *next, rest, span);
                }
                Err(not_a_list(span_of(tokens, used, span), &declared.phrase))
            }
            _ => Err(not_a_list(span_of(tokens, used, span), &declared.phrase)),
        }
    }

    /// Reads what a clause states about each member of a list.
    fn of_member(&mut self, kind: KindId, tokens: &[Token], span: Span) -> Read<Sentence> {
        let subject = Subject { root: Root::Subject, steps: Vec::new() };
        self.predicate(subject, kind, tokens, true, span)
    }
}

fn not_a_list(place: Span, phrase: &str) -> Problem {
    error(
        "P0214",
        place,
        format!("`{phrase}` is not a list"),
        "not a list",
        format!("leave out the quantifier: `its {phrase} …`"),
    )
}
