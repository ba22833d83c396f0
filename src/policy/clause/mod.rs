//! The meaning of one clause: finds its subject, looks its phrase up and types its values.
//!
//! Conditions of rules and statements of dossiers share one grammar. The callers refuse the forms that only the other
//! may use.

mod compare;
mod list;
mod readings;
mod unknown;
mod words;

use super::lexicon::{Lexicon, Token, TokenKind, key};
use super::problem::{Problem, a, either, error};
use super::{Allowed, FactType, Quantifier, Root, Subject};
use crate::id::{FactId, KindId};
use crate::span::Span;
use crate::syntax::Clause;
use readings::Readings;
use std::cell::{Cell, RefCell};
use words::{
    after, is_or_is_not, open_whether, quantifier, skip_possessive, span_of, unknown_or_contested,
    without_chain,
};

/// The meaning of a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sentence {
    /// A fact of a subject has one of some values.
    Test {
        /// The entity that has the fact.
        subject: Subject,
        /// The fact.
        fact: FactId,
        /// The allowed values.
        allowed: Allowed,
        /// Whether the clause uses `is not`.
        denied: bool,
    },
    /// A relation to one entity leads, or does not lead, to a target.
    Relation {
        /// The entity that the relation starts from.
        subject: Subject,
        /// The relation.
        relation: FactId,
        /// Whether the relation leads to the target. Otherwise it does not.
        positive: bool,
        /// Whether the relation may be followed through any number of steps.
        through_any: bool,
        /// The target.
        target: TargetName,
    },
    /// A number of members of a list meets a condition.
    Members {
        /// The entity that has the list.
        subject: Subject,
        /// The list.
        list: FactId,
        /// How many members.
        quantifier: Quantifier,
        /// What is stated of each member.
        member: Box<Sentence>,
    },
    /// An entity that a relation leads to, in one step or more, meets a condition.
    Ancestor {
        /// The entity that the relation starts from.
        subject: Subject,
        /// The relation.
        relation: FactId,
        /// Whether at least one such entity meets it. Otherwise none does.
        any: bool,
        /// What is stated of each entity.
        member: Box<Sentence>,
    },
    /// A phase is, or is not, reached or open.
    Phase {
        /// The number of the phase.
        number: i64,
        /// Whether the clause is about the phase being reached. Otherwise it is about the phase being open.
        reached: bool,
        /// Whether the clause affirms it. Otherwise it denies it.
        positive: bool,
    },
    /// A list has these members. Only statements may use this form.
    Lists {
        /// The entity that has the list.
        subject: Subject,
        /// The list.
        list: FactId,
        /// The members' ids.
        ids: Vec<(String, Span)>,
        /// Whether the list has no other members.
        complete: bool,
    },
    /// A fact is unknown or contested. Only statements may use this form.
    Open {
        /// The entity that has the fact.
        subject: Subject,
        /// The fact.
        fact: FactId,
        /// Whether the fact is contested. Otherwise it is unknown.
        contested: bool,
    },
}

impl Sentence {
    /// Returns the fact that the clause is about, or `None` for a phase.
    pub fn fact(&self) -> Option<FactId> {
        match self {
            Sentence::Test { fact, .. } | Sentence::Open { fact, .. } => Some(*fact),
            Sentence::Relation { relation, .. } | Sentence::Ancestor { relation, .. } => Some(*relation),
            Sentence::Members { list, .. } | Sentence::Lists { list, .. } => Some(*list),
            Sentence::Phase { .. } => None,
        }
    }
}

/// The target of a relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TargetName {
    /// The only entity of a kind.
    Only(KindId),
    /// No one.
    NoOne,
    /// A dossier or a member, by id. Only statements may use this form.
    Id(String, Span),
}

/// Reads clauses and resolves `the KIND`, `it` and missing subjects.
///
/// # Example
/// ```
/// use placet::policy::clause::{Sentence, ClauseReader};
/// use placet::policy::lexicon::Lexicon;
/// use placet::policy::{Allowed, Subject};
/// use placet::syntax::{Block, Condition};
///
/// let text = "kind group\n  is neutral : yes or no\n\nbar b \"B\"\n  when it is not neutral\n";
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let vocabulary = placet::policy::resolve(&bundle).vocabulary;
/// let lexicon = Lexicon::new(&vocabulary);
/// let about: Vec<_> = vocabulary.kinds.ids().collect();
/// let Block::Rule(bar) = &bundle.files[0].blocks[1] else { panic!("it is a rule") };
/// let Some(Condition::Clause(clause)) = &bar.when else { panic!("it is one clause") };
/// let sentence = ClauseReader::new(&lexicon, &about).read(clause);
/// assert!(matches!(sentence, Ok(Sentence::Test { allowed: Allowed::YesNo(false), .. })));
/// ```
pub struct ClauseReader<'a, 'v> {
    /// The lexicon, from words to what they name.
    pub lexicon: &'a Lexicon<'v>,
    /// The kinds that the subject may have: those of the policy, or the one kind of a definition or dossier.
    pub about: &'a [KindId],
    /// The kind of the subject, once a clause has named it.
    pub named: Option<KindId>,
    /// Whether a missing subject means the subject of the text, as in a member written in place.
    pub implied: bool,
    /// The subject of the previous clause in the line. A clause without a subject takes it over.
    ///
    /// `None` if the previous clause has no such subject: it is about a phase, about members of a list, or about an
    /// entity of several kinds.
    pub last: Option<(Subject, KindId)>,
    /// Whether the last error follows from an error in the fact's declaration, which is reported there.
    pub echo: Cell<bool>,
    /// The reading of the clause that is being tried.
    readings: RefCell<Readings>,
}

type Read<T> = Result<T, Problem>;

/// What may follow a subject directly.
enum Predicate {
    /// A yes-or-no phrase, and whether it is positive.
    YesNo(FactId, bool),
    /// A relation, whether it is positive, and how many tokens it spans.
    Relation(FactId, bool, usize),
    /// A list or relation that is stated to be empty.
    HasNo(FactId),
}

impl<'a, 'v> ClauseReader<'a, 'v> {
    /// Creates a reader of rules or statements about a subject of one of the kinds.
    pub fn new(lexicon: &'a Lexicon<'v>, about: &'a [KindId]) -> Self {
        ClauseReader {
            lexicon,
            about,
            named: None,
            implied: false,
            last: None,
            echo: Cell::new(false),
            readings: RefCell::default(),
        }
    }

    /// Reads a clause.
    ///
    /// # Errors
    /// The error in the clause, at its place, or that the clause can be read in two ways.
    pub fn read(&mut self, clause: &Clause) -> Read<Sentence> {
        self.read_as(clause, &Ok)
    }

    fn clause(&mut self, tokens: &[Token], span: Span) -> Read<Sentence> {
        if let Some(sentence) = phase(tokens) {
            self.last = None;
            return Ok(sentence);
        }
        if let Some((contested, rest)) = open_whether(tokens) {
            return match self.clause(rest, span)? {
                Sentence::Test { subject, fact, .. } | Sentence::Relation { subject, relation: fact, .. } => {
                    Ok(Sentence::Open { subject, fact, contested })
                }
                _ => Err(error(
                    "P0217",
                    span,
                    "only a fact can be unknown or contested",
                    "this is more than one fact",
                    "name one fact: `it is unknown whether the group …`",
                )),
            };
        }
        if let Some((quantifier, used)) = quantifier(tokens)? {
            return self.quantified(quantifier, after(tokens, used), span);
        }
        let (subject, kind, rest, possessive) = self.subject(tokens, span)?;
        if possessive {
            self.owned(subject, kind, rest, span)
        } else {
            self.after_subject(subject, kind, rest, span)
        }
    }

    /// Reads what follows the subject of a clause.
    fn after_subject(
        &mut self,
        subject: Subject,
        kind: KindId,
        tokens: &[Token],
        span: Span,
    ) -> Read<Sentence> {
        self.last = Some((subject.clone(), kind));
        self.predicate(subject, kind, tokens, false, span)
    }

    /// Returns the subject at the start, its kind, the rest, and whether a possessive follows the subject.
    fn subject<'t>(&mut self, tokens: &'t [Token], span: Span) -> Read<(Subject, KindId, &'t [Token], bool)> {
        let first = tokens.first().and_then(Token::word);
        match first {
            Some("the") => {
                let rest = after(tokens, 1);
                let Some((kind, used)) = self.choose(self.lexicon.kinds_at(rest)) else {
                    return Err(self.unknown_subject(rest, span));
                };
                let root = self.root(
                    kind,
                    tokens.first().map_or(span, |token| token.span.to(span_of(rest, used, span))),
                )?;
                let rest = after(rest, used);
                let (rest, possessive) = skip_possessive(rest);
                Ok((Subject { root, steps: Vec::new() }, kind, rest, possessive))
            }
            Some("it") => {
                let kind = self.pronoun(span_of(tokens, 1, span))?;
                Ok((Subject { root: Root::Subject, steps: Vec::new() }, kind, after(tokens, 1), false))
            }
            Some("its" | "their") => {
                let kind = self.pronoun(span_of(tokens, 1, span))?;
                Ok((Subject { root: Root::Subject, steps: Vec::new() }, kind, after(tokens, 1), true))
            }
            _ => {
                if let Some((subject, kind)) = self.last.clone() {
                    return Ok((subject, kind, tokens, false));
                }
                if self.implied {
                    let kind = self.pronoun(span)?;
                    return Ok((Subject { root: Root::Subject, steps: Vec::new() }, kind, tokens, false));
                }
                let names: Vec<String> =
                    self.about.iter().take(3).map(|kind| format!("the {}", self.kind_name(*kind))).collect();
                let help = match names.as_slice() {
                    [] => "start with a subject: `the` and a declared kind".to_owned(),
                    names => format!("start with a subject, such as {}", either(names)),
                };
                Err(error("P0208", span, "the subject is missing", "no subject", help))
            }
        }
    }

    /// Returns the root that `the KIND` means.
    fn root(&mut self, kind: KindId, span: Span) -> Read<Root> {
        if self.about.contains(&kind) {
            return match self.named {
                Some(named) if named != kind => Err(error(
                    "P0245",
                    span,
                    format!(
                        "one rule cannot be about {} and {}",
                        a(self.kind_name(named)),
                        a(self.kind_name(kind))
                    ),
                    "not the subject above",
                    "write two rules, or reach the other kind through a relation",
                )),
                _ => {
                    self.named = Some(kind);
                    Ok(Root::Subject)
                }
            };
        }
        if self.lexicon.vocabulary.kinds[kind].only_one {
            return Ok(Root::Only(kind));
        }
        let about: Vec<&str> = self.about.iter().map(|kind| self.kind_name(*kind)).collect();
        Err(error(
            "P0209",
            span,
            format!("it is unclear which {} is meant", self.kind_name(kind)),
            format!("the subject here is the {}", about.join(" or the ")),
            format!(
                "reach the {name} through a relation, such as `its commander`, or declare `kind {name}, only one`",
                name = self.kind_name(kind)
            ),
        ))
    }

    /// Returns the kind that `it` means.
    fn pronoun(&mut self, span: Span) -> Read<KindId> {
        match (self.named, self.about) {
            (Some(kind), _) => Ok(kind),
            (None, [kind]) => {
                self.named = Some(*kind);
                Ok(*kind)
            }
            _ => {
                let names: Vec<String> =
                    self.about.iter().map(|kind| format!("the {}", self.kind_name(*kind))).collect();
                Err(error(
                    "P0218",
                    span,
                    "it is unclear which subject is meant",
                    "`it` can mean more than one",
                    format!("write {}", either(&names)),
                ))
            }
        }
    }

    /// Reads what follows `SUBJECT's`.
    fn owned(&mut self, subject: Subject, kind: KindId, tokens: &[Token], span: Span) -> Read<Sentence> {
        let Some((fact, used)) = self.choose(self.lexicon.nouns_at(kind, tokens)) else {
            return Err(self.unknown_noun(kind, tokens, span));
        };
        let noun = span_of(tokens, used, span);
        let rest = after(tokens, used);
        let declared = &self.lexicon.vocabulary.facts[fact];
        match &declared.r#type {
            FactType::YesNo | FactType::Number { .. } | FactType::Date | FactType::Choice(_) => {
                self.last = Some((subject.clone(), kind));
                self.compare(subject, fact, rest, span)
            }
            FactType::Many(member) => {
                self.last = None;
                self.list(subject, fact, *member, rest, noun, span)
            }
            FactType::One(kinds) => {
                // `its commander is designated` is about the commander. `its commander is ali` and
                // `its commander is "designated"` name the commander.
                let names =
                    matches!(rest, [.., last] if last.quoted && rest.len() < 4 && last.id().is_some());
                let is_yes_no =
                    !names && kinds.iter().any(|kind| self.lexicon.yes_no(*kind, rest, false).is_some());
                if let (Some(contested), false) = (unknown_or_contested(rest), is_yes_no) {
                    return Ok(Sentence::Open { subject, fact, contested });
                }
                if let Some((positive, rest)) = is_or_is_not(rest)
                    && !is_yes_no
                    && let Some(target) = self.target(rest)?
                {
                    // In `its parent is the national command and is sound`, the second clause is about the parent.
                    self.last = match kinds.as_slice() {
                        [kind] => {
                            let mut next_subject = subject.clone();
                            next_subject.steps.push(fact);
                            Some((next_subject, *kind))
                        }
                        _ => None,
                    };
                    return Ok(Sentence::Relation {
                        subject,
                        relation: fact,
                        positive,
                        through_any: false,
                        target,
                    });
                }
                let [next] = kinds.as_slice() else {
                    return Err(error(
                        "P0219",
                        noun,
                        format!("{} can be of more than one kind", declared.phrase),
                        "the path continues here",
                        "test only which entity it is: `is the …`, `is not the …`",
                    ));
                };
                let mut subject = subject;
                subject.steps.push(fact);
                let (rest, possessive) = skip_possessive(rest);
                if possessive {
                    self.owned(subject, *next, rest, span)
                } else {
                    self.after_subject(subject, *next, rest, span)
                }
            }
        }
    }

    /// Reads what follows a subject directly. `many` allows the plural form.
    fn predicate(
        &mut self,
        subject: Subject,
        kind: KindId,
        tokens: &[Token],
        many: bool,
        span: Span,
    ) -> Read<Sentence> {
        // `reports, through any chain, to` is `reports to` with an insertion.
        let (plain, through_any) = without_chain(tokens);
        let relations = self.lexicon.relations_at(kind, &plain, many);
        // In `reports to "hq"`, the quoted word is an id, even if `reports to hq` is a phrase itself.
        let names = relations
            .iter()
            .any(|(_, used)| matches!(after(&plain, *used), [one] if one.quoted && one.id().is_some()));
        let yes_no = self.lexicon.yes_no(kind, tokens, many).filter(|_| !names);
        let mut fitting: Vec<Predicate> =
            yes_no.into_iter().map(|(fact, positive)| Predicate::YesNo(fact, positive)).collect();
        let relations = relations.into_iter();
        fitting.extend(relations.map(|((fact, positive), used)| Predicate::Relation(fact, positive, used)));
        fitting.extend(self.has_no(kind, tokens).map(Predicate::HasNo));
        match self.choose(fitting) {
            Some(Predicate::YesNo(fact, positive)) => {
                Ok(Sentence::Test { subject, fact, allowed: Allowed::YesNo(positive), denied: !positive })
            }
            Some(Predicate::Relation(relation, positive, used)) => {
                let rest = after(&plain, used);
                if let Some(target) = self.target(rest)? {
                    return Ok(Sentence::Relation { subject, relation, positive, through_any, target });
                }
                if let Some(contested) = unknown_or_contested(rest) {
                    return Ok(Sentence::Open { subject, fact: relation, contested });
                }
                let target = self.targets(relation);
                Err(error(
                    "P0237",
                    span_of(rest, rest.len(), span),
                    "the target is missing",
                    "no target",
                    format!("write {target}"),
                ))
            }
            Some(Predicate::HasNo(fact)) => Ok(match self.lexicon.vocabulary.facts[fact].r#type {
                FactType::Many(_) => Sentence::Lists { subject, list: fact, ids: Vec::new(), complete: true },
                _ => Sentence::Relation {
                    subject,
                    relation: fact,
                    positive: true,
                    through_any: false,
                    target: TargetName::NoOne,
                },
            }),
            // `the group accepts the unity government is unknown` is not a sentence of the language;
            // `it is unknown whether …` is.
            None => Err(self.unknown_phrase(kind, tokens, span)),
        }
    }

    /// Returns the list or relation in `has no leaders`, if the tokens consist of nothing else.
    fn has_no(&self, kind: KindId, tokens: &[Token]) -> Option<FactId> {
        let [has, no, noun @ ..] = tokens else { return None };
        if has.word() != Some("has") || no.word() != Some("no") {
            return None;
        }
        let (fact, used) = self.lexicon.noun_at(kind, noun)?;
        let is_linked =
            matches!(self.lexicon.vocabulary.facts[fact].r#type, FactType::Many(_) | FactType::One(_));
        (used == noun.len() && is_linked).then_some(fact)
    }

    /// Reads `the KIND`, `no one` or an id, optionally followed by `and no one else`, if the tokens consist of nothing
    /// else.
    fn target(&self, tokens: &[Token]) -> Read<Option<TargetName>> {
        let tokens = match tokens {
            [head @ .., and, no, one, other]
                if key(&[and.clone(), no.clone(), one.clone(), other.clone()]) == "and no one else" =>
            {
                head
            }
            tokens => tokens,
        };
        match tokens {
            [the, rest @ ..] if the.bare() == Some("the") => match self.lexicon.kind_at(rest) {
                Some((kind, used)) if used == rest.len() => {
                    if self.lexicon.vocabulary.kinds[kind].only_one {
                        return Ok(Some(TargetName::Only(kind)));
                    }
                    let span = span_of(tokens, tokens.len(), the.span);
                    Err(error(
                        "P0223",
                        span,
                        format!("there can be more than one {}", self.kind_name(kind)),
                        "which one?",
                        "a rule can name only an entity of an `only one` kind; a dossier names others by their ids",
                    ))
                }
                _ => Ok(None),
            },
            [no, one] if no.bare() == Some("no") && one.bare() == Some("one") => Ok(Some(TargetName::NoOne)),
            [one] => Ok(one.id().map(|id| TargetName::Id(id, one.span))),
            _ => Ok(None),
        }
    }

    fn kind_name(&self, kind: KindId) -> &str {
        &self.lexicon.vocabulary.kinds[kind].name
    }

    /// Returns the possible targets of a relation, for a message.
    fn targets(&self, relation: FactId) -> String {
        let FactType::One(kinds) = &self.lexicon.vocabulary.facts[relation].r#type else {
            return String::new();
        };
        let names: Vec<String> = kinds
            .iter()
            .map(|kind| {
                let name = self.kind_name(*kind);
                if self.lexicon.vocabulary.kinds[*kind].only_one {
                    format!("the {name}")
                } else {
                    format!("the id of {}", a(name))
                }
            })
            .collect();
        names.join(" or ")
    }
}

/// Returns a mask with one bit for each of the values.
pub(crate) fn mask(values: usize) -> u64 {
    if values >= 64 { u64::MAX } else { (1 << values) - 1 }
}

/// Reads `phase 2 is open` or `phase 1 is not reached`.
fn phase(tokens: &[Token]) -> Option<Sentence> {
    let [word, number, rest @ ..] = tokens else { return None };
    let (Some("phase"), TokenKind::Number(number)) = (word.word(), &number.kind) else { return None };
    let (positive, rest) = is_or_is_not(rest)?;
    let reached = match key(rest).as_str() {
        "reached" => true,
        "open" => false,
        _ => return None,
    };
    Some(Sentence::Phase { number: *number, reached, positive })
}
