//! The vocabulary turned round: from words to what they name.

use super::phrase::{self, Forms};
use super::{FactType, Vocabulary};
use crate::diagnostic::nearest;
use crate::id::{FactId, KindId};
use crate::span::{Span, Spanned};
use crate::syntax::Lexeme;
use crate::value::Date;
use std::cell::Cell;
use std::collections::BTreeMap;

/// The most words a kind's name or a fact's noun may have.
const LONGEST: usize = 16;

/// How many misspellings are compared with the whole vocabulary; beyond, a message goes without a suggestion.
const SUGGESTIONS: u32 = 100;

/// One word of a clause, as phrases are compared: lower case, possessive endings apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it stands.
    pub span: Span,
}

/// What a word of a clause is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A word, in lower case; the words of a quoted text are words too.
    Word(String),
    /// `'s`
    Possessive,
    /// A number.
    Number(i64),
    /// A date.
    Date(Date),
    /// `,`
    Comma,
}

impl Token {
    /// The word, where it is one.
    pub fn word(&self) -> Option<&str> {
        match &self.kind {
            TokenKind::Word(word) => Some(word),
            _ => None,
        }
    }

    /// How it stands in the key of a phrase.
    fn key(&self) -> String {
        match &self.kind {
            TokenKind::Word(word) => word.clone(),
            TokenKind::Possessive => "'s".to_owned(),
            TokenKind::Number(number) => number.to_string(),
            TokenKind::Date(date) => date.to_string(),
            TokenKind::Comma => ",".to_owned(),
        }
    }
}

/// The words of a row of lexemes.
pub fn tokens(lexemes: &[Spanned<Lexeme>]) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(lexemes.len());
    for lexeme in lexemes {
        let span = lexeme.span;
        match &lexeme.value {
            Lexeme::Word(word) => push_word(&mut tokens, word, span),
            Lexeme::Text(text) => text.split_whitespace().for_each(|word| push_word(&mut tokens, word, span)),
            Lexeme::Number(number) => tokens.push(Token { kind: TokenKind::Number(*number), span }),
            Lexeme::Date(date) => tokens.push(Token { kind: TokenKind::Date(*date), span }),
            Lexeme::Comma => tokens.push(Token { kind: TokenKind::Comma, span }),
            Lexeme::Colon => tokens.push(Token { kind: TokenKind::Word(":".to_owned()), span }),
        }
    }
    tokens
}

fn push_word(tokens: &mut Vec<Token>, word: &str, span: Span) {
    let word = word.to_lowercase().replace('’', "'");
    let (stem, possessive) = match word.strip_suffix("'s") {
        Some(stem) => (stem, true),
        None => match word.strip_suffix('\'') {
            Some(stem) if stem.ends_with('s') => (stem, true),
            _ => (word.as_str(), false),
        },
    };
    if stem.is_empty() {
        tokens.push(Token { kind: TokenKind::Word(word), span });
        return;
    }
    // A number inside a quoted phrase is the same number outside quotes.
    let kind = match stem.parse::<i64>() {
        Ok(number) if !possessive && stem.bytes().all(|byte| byte.is_ascii_digit()) => {
            TokenKind::Number(number)
        }
        _ => TokenKind::Word(stem.to_owned()),
    };
    tokens.push(Token { kind, span });
    if possessive {
        tokens.push(Token { kind: TokenKind::Possessive, span });
    }
}

/// The key under which a phrase is found.
pub fn key(tokens: &[Token]) -> String {
    let mut key = String::new();
    for token in tokens {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(&token.key());
    }
    key
}

/// The key of a phrase in words.
pub fn key_of(phrase: &str) -> String {
    let mut tokens = Vec::new();
    for word in phrase.split_whitespace() {
        push_word(&mut tokens, word, Span::default());
    }
    key(&tokens)
}

/// From words to what they name.
pub struct Lexicon<'v> {
    /// The vocabulary.
    pub vocabulary: &'v Vocabulary,
    kinds: BTreeMap<String, KindId>,
    /// Every form of every yes-or-no phrase; whether it is the positive one.
    sayings: BTreeMap<(KindId, String), (FactId, bool)>,
    /// Every form of every relation that is a verb phrase.
    relations: BTreeMap<(KindId, String), (FactId, bool)>,
    /// The facts that are nouns.
    nouns: BTreeMap<(KindId, String), FactId>,
    suggestions_left: Cell<u32>,
}

impl<'v> Lexicon<'v> {
    /// The lexicon of a vocabulary. Where two facts of a kind share a form, the first keeps it.
    pub fn new(vocabulary: &'v Vocabulary) -> Self {
        let mut lexicon = Lexicon {
            vocabulary,
            kinds: BTreeMap::new(),
            sayings: BTreeMap::new(),
            relations: BTreeMap::new(),
            nouns: BTreeMap::new(),
            suggestions_left: Cell::new(SUGGESTIONS),
        };
        for (id, kind) in vocabulary.kinds.iter() {
            lexicon.kinds.entry(key_of(&kind.name)).or_insert(id);
        }
        for (id, fact) in vocabulary.facts.iter() {
            match role(&fact.r#type, &fact.phrase) {
                Role::Saying => add_forms(&mut lexicon.sayings, fact.kind, id, &fact.phrase),
                Role::Relation => add_forms(&mut lexicon.relations, fact.kind, id, &fact.phrase),
                Role::Noun => {
                    lexicon.nouns.entry((fact.kind, key_of(&fact.phrase))).or_insert(id);
                }
            }
        }
        lexicon
    }

    /// The kind of just this name.
    pub fn kind(&self, name: &str) -> Option<KindId> {
        self.kinds.get(&key_of(name)).copied()
    }

    /// The longest kind's name at the start of the tokens, and how many tokens it takes.
    pub fn kind_at(&self, tokens: &[Token]) -> Option<(KindId, usize)> {
        longest(tokens, |key| self.kinds.get(key).copied())
    }

    /// The yes-or-no fact that the whole of the tokens says, and whether positively.
    pub fn saying(&self, kind: KindId, tokens: &[Token]) -> Option<(FactId, bool)> {
        self.sayings.get(&(kind, key(tokens))).copied()
    }

    /// The longest relation at the start of the tokens, whether positive, and how many tokens it takes.
    pub fn relation_at(&self, kind: KindId, tokens: &[Token]) -> Option<((FactId, bool), usize)> {
        longest(tokens, |key| self.relations.get(&(kind, key.to_owned())).copied())
    }

    /// The longest noun at the start of the tokens, and how many tokens it takes.
    pub fn noun_at(&self, kind: KindId, tokens: &[Token]) -> Option<(FactId, usize)> {
        longest(tokens, |key| self.nouns.get(&(kind, key.to_owned())).copied())
    }

    /// The fact of a kind that is called just this: a noun, or a yes-or-no phrase in its positive form.
    pub fn fact(&self, kind: KindId, phrase: &str) -> Option<FactId> {
        let key = (kind, key_of(phrase));
        let saying = self.sayings.get(&key).filter(|(_, positive)| *positive).map(|(fact, _)| *fact);
        let relation = self.relations.get(&key).filter(|(_, positive)| *positive).map(|(fact, _)| *fact);
        saying.or(relation).or_else(|| self.nouns.get(&key).copied())
    }

    /// Other kinds of which the whole of the tokens can be said.
    pub fn kinds_that_say(&self, tokens: &[Token]) -> Vec<KindId> {
        let key = key(tokens);
        self.vocabulary.kinds.ids().filter(|kind| self.sayings.contains_key(&(*kind, key.clone()))).collect()
    }

    /// The forms of a kind nearest to some words, the best first.
    pub fn near_phrases(&self, kind: KindId, words: &str) -> Vec<&str> {
        let of_kind = |(at, key): &'_ (KindId, String)| (*at == kind).then_some(key.len());
        let candidates = self
            .sayings
            .keys()
            .chain(self.relations.keys())
            .chain(self.nouns.keys())
            .filter(|entry| of_kind(entry).is_some())
            .map(|(_, key)| key.as_str());
        self.near(words, candidates)
    }

    /// The nearest of some names, the best first; none once many misspellings have been compared.
    pub fn near<'a>(&self, words: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
        match self.suggestions_left.get() {
            0 => Vec::new(),
            left => {
                self.suggestions_left.set(left - 1);
                nearest(words, candidates)
            }
        }
    }

    /// The names of the kinds.
    pub fn kind_names(&self) -> impl Iterator<Item = &str> {
        self.kinds.keys().map(String::as_str)
    }
}

/// How a fact is spoken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A yes-or-no phrase.
    Saying,
    /// A relation to one subject that is a verb phrase: `reports to`.
    Relation,
    /// A noun.
    Noun,
}

/// How a fact of this type and phrase is spoken of.
pub fn role(r#type: &FactType, phrase: &str) -> Role {
    match r#type {
        FactType::YesNo => Role::Saying,
        FactType::One(_) if phrase::is_verb_phrase(phrase) => Role::Relation,
        _ => Role::Noun,
    }
}

fn add_forms(
    table: &mut BTreeMap<(KindId, String), (FactId, bool)>,
    kind: KindId,
    fact: FactId,
    phrase: &str,
) {
    let Forms { positive, negative, plural, plural_negative } = phrase::forms(phrase);
    for (forms, is_positive) in
        [(positive, true), (negative, false), (plural, true), (plural_negative, false)]
    {
        for form in forms {
            table.entry((kind, key_of(&form))).or_insert((fact, is_positive));
        }
    }
}

/// The longest run at the start of the tokens whose key is found.
fn longest<T>(tokens: &[Token], find: impl Fn(&str) -> Option<T>) -> Option<(T, usize)> {
    (1..=tokens.len().min(LONGEST)).rev().find_map(|length| {
        let found = find(&key(tokens.get(..length)?))?;
        Some((found, length))
    })
}
