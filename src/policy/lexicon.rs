//! The lexicon: an index of a vocabulary from words to what they name.

use super::phrase::{self, Forms};
use super::polarity::same_polarity;
use super::{Fact, FactType, Vocabulary};
use crate::diagnostic::Suggestions;
use crate::id::{FactId, KindId, Table};
use crate::sorted::sort;
use crate::span::{Span, Spanned};
use crate::syntax::Lexeme;
use crate::syntax::write::is_id_keyword;
use crate::text::{fold, is_id};
use crate::value::Date;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A word of a clause in the form in which phrases are compared: in lower case, with a possessive ending as a token of
/// its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The kind of the token.
    pub kind: TokenKind,
    /// The place of the word.
    pub span: Span,
    /// Whether the word is in double quotes.
    pub quoted: bool,
    /// The lexeme as written, if it is a single word whose written form differs from the compared form.
    pub written: Option<String>,
}

/// The kind and value of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A word, in lower case. The words of a quoted text are words, too.
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
    /// Returns the word, if the token is one.
    ///
    /// # Example
    /// ```
    /// use placet::policy::lexicon::{Token, TokenKind};
    /// use placet::span::Span;
    ///
    /// let kind = TokenKind::Word("neutral".to_owned());
    /// let token = Token { kind, span: Span::default(), quoted: false, written: None };
    /// assert_eq!(token.word(), Some("neutral"));
    /// ```
    pub fn word(&self) -> Option<&str> {
        match &self.kind {
            TokenKind::Word(word) => Some(word),
            _ => None,
        }
    }

    /// Returns the word, if the token is one and is not in quotes.
    pub(super) fn bare(&self) -> Option<&str> {
        self.word().filter(|_| !self.quoted)
    }

    /// Returns the token as an id, as written, or `None` if it cannot be an id.
    pub(super) fn id(&self) -> Option<String> {
        let written = match (&self.written, &self.kind) {
            (Some(written), _) => written.clone(),
            (None, TokenKind::Word(word)) => word.clone(),
            (None, TokenKind::Number(number)) => number.to_string(),
            (None, TokenKind::Date(date)) => date.to_string(),
            (None, TokenKind::Possessive | TokenKind::Comma) => return None,
        };
        let may_be = self.quoted || !is_id_keyword(&written);
        (may_be && is_id(&written)).then_some(written)
    }

    fn of(kind: TokenKind, span: Span) -> Token {
        Token { kind, span, quoted: false, written: None }
    }

    /// Appends the token to the key of a phrase.
    fn push_key(&self, key: &mut String) {
        // Writing to a `String` cannot fail.
        let _ = match &self.kind {
            TokenKind::Word(word) => key.write_str(word),
            TokenKind::Possessive => key.write_str("'s"),
            TokenKind::Number(number) => write!(key, "{number}"),
            TokenKind::Date(date) => write!(key, "{date}"),
            TokenKind::Comma => key.write_char(','),
        };
    }
}

/// Returns the tokens of a sequence of lexemes.
///
/// # Example
/// ```
/// use placet::policy::lexicon::{key, tokens};
/// use placet::span::{Span, Spanned};
/// use placet::syntax::Lexeme;
///
/// let words = ["The", "group's", "Headcount"];
/// let lexemes = words.map(|word| Spanned { value: Lexeme::Word(word.to_owned()), span: Span::default() });
/// assert_eq!(key(&tokens(&lexemes)), "the group 's headcount");
/// ```
pub fn tokens(lexemes: &[Spanned<Lexeme>]) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(lexemes.len());
    for lexeme in lexemes {
        let span = lexeme.span;
        match &lexeme.value {
            Lexeme::Word(word) => push_word(&mut tokens, word, span),
            Lexeme::Text(text) => {
                let start = tokens.len();
                text.split_whitespace().for_each(|word| push_word(&mut tokens, word, span));
                let new = tokens.get_mut(start..).unwrap_or_default();
                new.iter_mut().for_each(|token| token.quoted = true);
                if let [only] = new {
                    only.written = Some(text.clone());
                }
            }
            Lexeme::Number(number) => tokens.push(Token::of(TokenKind::Number(*number), span)),
            Lexeme::Date(date) => tokens.push(Token::of(TokenKind::Date(*date), span)),
            Lexeme::Comma => tokens.push(Token::of(TokenKind::Comma, span)),
            Lexeme::Colon => tokens.push(Token::of(TokenKind::Word(":".to_owned()), span)),
        }
    }
    tokens
}

/// Returns whether a word is its own key: it has no upper case and no possessive, and is not a number.
fn is_plain(word: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase() && byte != b'\'';
    word.bytes().all(plain) && !word.bytes().all(|byte| byte.is_ascii_digit())
}

fn push_word(tokens: &mut Vec<Token>, word: &str, span: Span) {
    if is_plain(word) {
        tokens.push(Token::of(TokenKind::Word(word.to_owned()), span));
        return;
    }
    let written = word;
    let word = fold(word);
    let (stem, possessive) = match word.strip_suffix("'s") {
        Some(stem) => (stem, true),
        None => match word.strip_suffix('\'') {
            Some(stem) if stem.ends_with('s') => (stem, true),
            _ => (word.as_ref(), false),
        },
    };
    if stem.is_empty() {
        tokens.push(Token::of(TokenKind::Word(word.into_owned()), span));
        return;
    }
    // A number in a quoted phrase gives the same token as outside quotes.
    let kind = match stem.parse::<i64>() {
        Ok(number) if !possessive && stem.bytes().all(|byte| byte.is_ascii_digit()) => {
            TokenKind::Number(number)
        }
        _ => TokenKind::Word(stem.to_owned()),
    };
    let own = (!possessive).then(|| written.to_owned());
    tokens.push(Token { written: own, ..Token::of(kind, span) });
    if possessive {
        tokens.push(Token::of(TokenKind::Possessive, span));
    }
}

/// Returns the key under which a phrase is found.
pub fn key(tokens: &[Token]) -> String {
    let mut key = String::new();
    for token in tokens {
        if !key.is_empty() {
            key.push(' ');
        }
        token.push_key(&mut key);
    }
    key
}

/// Returns the key of a phrase given as text.
///
/// # Example
/// ```
/// use placet::policy::lexicon::key_of;
///
/// assert_eq!(key_of("Accepts  the Unity Government"), key_of("accepts the unity government"));
/// ```
pub fn key_of(phrase: &str) -> String {
    let mut all = String::with_capacity(phrase.len());
    for word in phrase.split_whitespace() {
        if !all.is_empty() {
            all.push(' ');
        }
        if is_plain(word) {
            all.push_str(word);
        } else {
            let mut tokens = Vec::new();
            push_word(&mut tokens, word, Span::default());
            all.push_str(&key(&tokens));
        }
    }
    all
}

/// A vocabulary with an index from words to what they name.
///
/// # Example
/// ```
/// use placet::policy::lexicon::Lexicon;
///
/// let text = "kind group\n  accepts help : yes or no\n  headcount : number of fighters\n";
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let vocabulary = placet::policy::resolve(&bundle).vocabulary;
/// let lexicon = Lexicon::new(&vocabulary);
/// let group = lexicon.kind("group").ok_or("no such kind")?;
/// assert!(lexicon.fact(group, "headcount").is_some());
/// // only a whole clause is found in the negative
/// assert!(lexicon.fact(group, "does not accept help").is_none());
/// assert_eq!(lexicon.near_phrases(group, "acepts help"), ["accepts help"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Lexicon<'v> {
    /// The vocabulary.
    pub vocabulary: &'v Vocabulary,
    /// The budget for suggestions.
    pub suggestions: Suggestions,
    index: Cow<'v, Index>,
}

/// An index from names and forms of phrases to what they name.
#[derive(Clone, Default)]
pub(super) struct Index {
    /// The kinds.
    pub(super) kinds: Words<KindId>,
    of_kind: Table<KindId, OfKind>,
}

impl Index {
    /// Adds a kind.
    pub(super) fn add_kind(&mut self, name: &str, id: KindId) {
        self.kinds.add(name, id);
        self.of_kind.push(OfKind::default());
    }

    /// Returns the fact of a kind that has this form.
    pub(super) fn of_phrase(&self, kind: KindId, phrase: &str) -> Option<FactId> {
        self.of_kind.find(kind)?.taken(&key_of(phrase))
    }

    /// Adds the phrase of a fact whose declaration has an error.
    pub(super) fn add_unread(&mut self, kind: KindId, phrase: &str) {
        let Some(words) = self.of_kind.find_mut(kind) else { return };
        let Forms { positive, negative, plural, plural_negative } = phrase::forms(phrase);
        for form in [positive, negative, plural, plural_negative].into_iter().flatten() {
            words.unread.add(&form, ());
        }
    }

    /// Adds a fact of a kind.
    ///
    /// Returns the other fact as an error if a fact of that kind already has one of its forms.
    pub(super) fn add_fact(&mut self, fact: &Fact, id: FactId) -> Result<(), FactId> {
        let Some(words) = self.of_kind.find_mut(fact.kind) else { return Ok(()) };
        let (role, keys) = (role(&fact.r#type, &fact.phrase), keys(fact));
        if let Some(other) = keys.iter().find_map(|(key, ..)| words.taken(key)) {
            return Err(other);
        }
        for (key, many, positive) in keys {
            match (role, many) {
                (Role::Noun, _) => words.nouns.add_key(key, id),
                (Role::YesNo, false) => words.yes_no.add_key(key, (id, positive)),
                (Role::YesNo, true) => words.plural_yes_no.add_key(key, (id, positive)),
                (Role::Relation, false) => words.relations.add_key(key, (id, positive)),
                (Role::Relation, true) => words.plural_relations.add_key(key, (id, positive)),
            }
        }
        Ok(())
    }
}

/// Returns the key of each form of a fact, whether the form is plural, and whether it is positive.
fn keys(fact: &Fact) -> Vec<(String, bool, bool)> {
    let forms = match role(&fact.r#type, &fact.phrase) {
        Role::Noun => Forms { positive: vec![fact.phrase.clone()], ..Forms::default() },
        Role::YesNo | Role::Relation => phrase::forms(&fact.phrase),
    };
    let Forms { positive, negative, plural, plural_negative } = forms;
    let groups = [
        (positive, false, true),
        (negative, false, false),
        (plural, true, true),
        (plural_negative, true, false),
    ];
    let mut keys: Vec<(String, bool, bool)> = groups
        .into_iter()
        .flat_map(|(forms, many, positive)| {
            forms.into_iter().map(move |form| (key_of(&form), many, positive))
        })
        .collect();
    sort(&mut keys);
    keys
}

/// The names and phrases of one kind.
#[derive(Clone, Default)]
struct OfKind {
    /// The yes-or-no phrases in the singular, each with whether it is the positive form.
    yes_no: Words<(FactId, bool)>,
    /// The yes-or-no phrases in the plural.
    plural_yes_no: Words<(FactId, bool)>,
    /// The relations that are verb phrases, in the singular.
    relations: Words<(FactId, bool)>,
    /// The relations that are verb phrases, in the plural.
    plural_relations: Words<(FactId, bool)>,
    /// The facts that are nouns.
    nouns: Words<FactId>,
    /// All forms of the phrases whose declaration has an error.
    unread: Words<()>,
}

impl OfKind {
    /// Returns the fact that has this form.
    fn taken(&self, key: &str) -> Option<FactId> {
        let verbs = [&self.yes_no, &self.plural_yes_no, &self.relations, &self.plural_relations];
        let verb = verbs.into_iter().find_map(|words| words.find(key)).map(|(fact, _)| fact);
        verb.or_else(|| self.nouns.find(key))
    }
}

/// Names by their keys.
#[derive(Clone)]
pub(super) struct Words<T> {
    names: BTreeMap<String, T>,
    /// The number of tokens of the longest name.
    longest: usize,
}

impl<T> Default for Words<T> {
    fn default() -> Self {
        Words { names: BTreeMap::new(), longest: 0 }
    }
}

impl<T: Copy> Words<T> {
    /// Adds a name. If the key is taken, the first value stays.
    pub(super) fn add(&mut self, name: &str, value: T) {
        self.add_key(key_of(name), value);
    }

    fn add_key(&mut self, key: String, value: T) {
        self.longest = self.longest.max(key.split(' ').count());
        self.names.entry(key).or_insert(value);
    }

    /// Returns what exactly this key names.
    pub(super) fn find(&self, key: &str) -> Option<T> {
        self.names.get(key).copied()
    }

    /// Returns the longest name at the start of the tokens, and how many tokens it spans.
    pub(super) fn longest_at(&self, tokens: &[Token]) -> Option<(T, usize)> {
        self.fitting(tokens, 1).pop()
    }

    /// Returns the names at the start of the tokens, the longest first, and how many tokens each spans.
    pub(super) fn all_at(&self, tokens: &[Token]) -> Vec<(T, usize)> {
        self.fitting(tokens, usize::MAX)
    }

    fn fitting(&self, tokens: &[Token], most: usize) -> Vec<(T, usize)> {
        let tokens = tokens.get(..self.longest).unwrap_or(tokens);
        let mut key = String::new();
        let mut ends = Vec::with_capacity(tokens.len());
        for token in tokens {
            if !key.is_empty() {
                key.push(' ');
            }
            token.push_key(&mut key);
            ends.push(key.len());
        }
        let named =
            |(place, end): (usize, &usize)| Some((self.names.get(key.get(..*end)?).copied()?, place + 1));
        ends.iter().enumerate().rev().filter_map(named).take(most).collect()
    }

    /// Returns the keys, in order.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }
}

impl<'v> Lexicon<'v> {
    /// Creates the lexicon of a vocabulary. If two facts of a kind share a form, the first one wins.
    pub fn new(vocabulary: &'v Vocabulary) -> Self {
        let mut index = Index::default();
        for (id, kind) in vocabulary.kinds.iter() {
            index.add_kind(&kind.name, id);
            kind.unread.iter().for_each(|phrase| index.add_unread(id, phrase));
        }
        for (id, fact) in vocabulary.facts.iter() {
            // The facts of a vocabulary do not share forms, so this cannot fail.
            let _ = index.add_fact(fact, id);
        }
        Lexicon { vocabulary, suggestions: Suggestions::default(), index: Cow::Owned(index) }
    }

    /// Creates the lexicon of a vocabulary that is already indexed.
    pub(super) fn over(vocabulary: &'v Vocabulary, index: &'v Index) -> Self {
        Lexicon { vocabulary, suggestions: Suggestions::default(), index: Cow::Borrowed(index) }
    }

    /// Returns the kind of exactly this name.
    pub fn kind(&self, name: &str) -> Option<KindId> {
        self.index.kinds.find(&key_of(name))
    }

    /// Returns the kinds whose names are at the start of the tokens, the longest first, and how many tokens each spans.
    pub fn kinds_at(&self, tokens: &[Token]) -> Vec<(KindId, usize)> {
        self.index.kinds.all_at(tokens)
    }

    /// Returns the kind with the longest name at the start of the tokens, and how many tokens the name spans.
    pub fn kind_at(&self, tokens: &[Token]) -> Option<(KindId, usize)> {
        self.index.kinds.longest_at(tokens)
    }

    /// Returns the yes-or-no fact whose phrase the tokens are, and whether it is the positive form.
    ///
    /// Only the singular form is accepted, or with `many` also the plural: after `any of its leaders` either may
    /// follow.
    pub fn yes_no(&self, kind: KindId, tokens: &[Token], many: bool) -> Option<(FactId, bool)> {
        let (key, words) = (key(tokens), &self.index.of_kind[kind]);
        words.yes_no.find(&key).or_else(|| words.plural_yes_no.find(&key).filter(|_| many))
    }

    /// Returns the relations at the start of the tokens, the longest first, each with whether it is positive and how
    /// many tokens it spans.
    ///
    /// `many` has the same meaning as for [`Lexicon::yes_no`].
    pub fn relations_at(&self, kind: KindId, tokens: &[Token], many: bool) -> Vec<((FactId, bool), usize)> {
        let words = &self.index.of_kind[kind];
        let mut all = words.relations.all_at(tokens);
        if many {
            let plural = words.plural_relations.all_at(tokens);
            all.extend(
                plural
                    .into_iter()
                    .filter(|(fact, _)| !all.iter().any(|(other, _)| other == fact))
                    .collect::<Vec<_>>(),
            );
        }
        all
    }

    /// Returns the nouns at the start of the tokens, the longest first, and how many tokens each spans.
    pub fn nouns_at(&self, kind: KindId, tokens: &[Token]) -> Vec<(FactId, usize)> {
        self.index.of_kind[kind].nouns.all_at(tokens)
    }

    /// Returns the longest noun at the start of the tokens, and how many tokens it spans.
    pub fn noun_at(&self, kind: KindId, tokens: &[Token]) -> Option<(FactId, usize)> {
        self.index.of_kind[kind].nouns.longest_at(tokens)
    }

    /// Returns the fact of a kind with exactly this name: a noun, or a verb phrase in its positive form.
    pub fn fact(&self, kind: KindId, phrase: &str) -> Option<FactId> {
        let key = key_of(phrase);
        let words = &self.index.of_kind[kind];
        let positive = |(fact, positive): (FactId, bool)| positive.then_some(fact);
        let yes_no = words.yes_no.find(&key).and_then(positive);
        let relation = words.relations.find(&key).and_then(positive);
        yes_no.or(relation).or_else(|| words.nouns.find(&key))
    }

    /// Returns the kinds that have a yes-or-no fact whose phrase the tokens are.
    pub fn kinds_with_phrase(&self, tokens: &[Token]) -> Vec<KindId> {
        let key = key(tokens);
        self.index
            .of_kind
            .iter()
            .filter(|(_, words)| words.yes_no.find(&key).is_some())
            .map(|(kind, _)| kind)
            .collect()
    }

    /// Returns the forms of a kind nearest to some words, the best first.
    pub fn near_phrases(&self, kind: KindId, words: &str) -> Vec<&str> {
        let of = &self.index.of_kind[kind];
        self.near(words, of.yes_no.keys().chain(of.relations.keys()).chain(of.nouns.keys()))
    }

    /// Returns the only form of a kind that contains all of the words in order: a noun if `nouns` is set, else a verb
    /// phrase.
    ///
    /// Returns `None` if the words are too short or too common to identify a phrase.
    pub(super) fn around(&self, kind: KindId, words: &str, nouns: bool) -> Option<&str> {
        const COMMON_WORDS: &[&str] =
            &["the", "has", "can", "may", "not", "and", "for", "does", "must", "will", "have"];
        if !words.split(' ').any(|word| word.chars().count() > 2 && !COMMON_WORDS.contains(&word)) {
            return None;
        }
        let of = &self.index.of_kind[kind];
        let is_fit = |form: &str| same_polarity(words, form);
        match nouns {
            true => self.suggestions.around(words, of.nouns.keys(), is_fit),
            false => self.suggestions.around(words, of.yes_no.keys().chain(of.relations.keys()), is_fit),
        }
    }

    /// Returns whether the tokens start with a phrase whose declaration has an error.
    pub(super) fn is_unread(&self, kind: KindId, tokens: &[Token]) -> bool {
        self.index.of_kind[kind].unread.longest_at(tokens).is_some()
    }

    /// Returns the nearest of the candidates, the best first, without any that means the opposite.
    ///
    /// Returns nothing once the budget for comparisons is used up.
    pub fn near<'a>(&self, words: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
        self.suggestions.near_where(words, candidates, |near| same_polarity(words, near))
    }

    /// Returns the names of the kinds.
    pub fn kind_names(&self) -> impl Iterator<Item = &str> {
        self.index.kinds.keys()
    }
}

/// The grammatical role of a fact's phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A yes-or-no phrase.
    YesNo,
    /// A relation to one entity that is a verb phrase: `reports to`.
    Relation,
    /// A noun.
    Noun,
}

/// Returns the role of a phrase of a fact of this type.
///
/// # Example
/// ```
/// use placet::policy::FactType;
/// use placet::policy::lexicon::{Role, role};
///
/// assert!(matches!(role(&FactType::YesNo, "accepts help"), Role::YesNo));
/// assert!(matches!(role(&FactType::Date, "last vetting"), Role::Noun));
/// ```
pub fn role(r#type: &FactType, phrase: &str) -> Role {
    match r#type {
        FactType::YesNo => Role::YesNo,
        FactType::One(_) if phrase::is_verb_phrase(phrase) => Role::Relation,
        _ => Role::Noun,
    }
}
