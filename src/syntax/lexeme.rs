//! Splits a line into lexemes, with nom, and compares lexemes with words. Places are computed from the distance between
//! slices.

use super::layout::LONGEST_LINE;
use super::problem::{Problems, SyntaxError};
use super::{Date, Lexeme, RESERVED};
use crate::span::{Span, Spanned};
use crate::text::{is_clean, is_word_part, same_word};
use nom::branch::alt;
use nom::bytes::complete::{is_not, tag, take_while, take_while_m_n, take_while1};
use nom::character::complete::{anychar, char, digit1, one_of};
use nom::combinator::{map, not, recognize, value, verify};
use nom::multi::{fold_many0, many1_count};
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Offset, Parser};

/// The largest number that can be written.
pub const LARGEST_NUMBER: i64 = 1_000_000_000_000_000;

/// A piece of a line: a lexeme, or a faulty piece with its content.
enum Piece {
    Lexeme(Lexeme),
    Unterminated(String),
    Curly(String),
    NoSuchDate,
    TooLarge,
    Stray(char),
}

/// Returns the lexemes in a range of a text, and whether the whole range could be read.
pub(super) fn read(text: &str, place: Span, problems: &mut Problems) -> (Vec<Spanned<Lexeme>>, bool) {
    let mut lexemes = Vec::new();
    let mut sound = true;
    let mut has_stray = false;
    let whole = text.get(place.range()).unwrap_or("");
    let mut rest = whole;
    // A line with at most this many bytes cannot have more characters, so the characters need not be counted.
    let over = || whole.char_indices().nth(LONGEST_LINE);
    if let Some((end, _)) = (whole.len() > LONGEST_LINE).then(over).flatten() {
        rest = whole.get(..end).unwrap_or("");
        let start = place.start as usize + end;
        problems.add(Span::new(place.file, start, place.end as usize), SyntaxError::LineTooLong);
        sound = false;
    }
    let too_long = !sound;
    loop {
        let start = rest.trim_start_matches([' ', '\t', '\u{FEFF}']);
        let Ok((after, piece)) = piece(start) else { break };
        rest = after;
        let from = place.start as usize + whole.offset(start);
        let span = Span::new(place.file, from, place.start as usize + whole.offset(after));
        let mut problem = |problem: SyntaxError| {
            sound = false;
            if !too_long {
                problems.add(span, problem);
            }
        };
        match piece {
            Piece::Lexeme(value) => lexemes.push(Spanned { value, span }),
            Piece::Unterminated(content) => {
                problem(SyntaxError::UnterminatedQuote);
                lexemes.push(Spanned { value: Lexeme::Text(content), span });
            }
            Piece::Curly(content) => {
                problem(SyntaxError::CurlyQuotes { content: content.clone() });
                lexemes.push(Spanned { value: Lexeme::Text(content), span });
            }
            Piece::NoSuchDate => {
                let found = text.get(span.range()).unwrap_or("").to_owned();
                problem(SyntaxError::NoSuchDate { found: found.clone() });
                lexemes.push(Spanned { value: Lexeme::Word(found), span });
            }
            Piece::TooLarge => {
                problem(SyntaxError::NumberTooLarge);
                lexemes.push(Spanned { value: Lexeme::Number(LARGEST_NUMBER), span });
            }
            // The layout has already reported this character.
            Piece::Stray(found) if !is_clean(found.encode_utf8(&mut [0; 4])) => sound = false,
            Piece::Stray(found) => {
                if !has_stray {
                    let dash = matches!(found, '-' | '–' | '—' | '−');
                    let (help, fix) = match rest.trim_start().starts_with("yes or no") {
                        true if dash => ("write a colon between a fact and its type", Some(":")),
                        _ => advice(found),
                    };
                    problem(SyntaxError::Character { found, help, fix });
                }
                sound = false;
                has_stray = true;
            }
        }
    }
    let unquoted = is_unquoted_text(&lexemes);
    let full_stop =
        |last: &&mut Spanned<Lexeme>| matches!(&last.value, Lexeme::Word(word) if word.ends_with('.'));
    let full_stop = lexemes.last_mut().filter(full_stop).filter(|_| !unquoted);
    if let (Some(last), true) = (full_stop, sound) {
        let end = last.span.end as usize;
        problems.add(Span::new(place.file, end.saturating_sub(1), end), SyntaxError::FullStop);
        sound = false;
    }
    (lexemes, sound)
}

/// Returns whether the lexemes start with the given words, regardless of case.
pub(super) fn starts_with(lexemes: &[Spanned<Lexeme>], words: &str) -> bool {
    // Fast path: most lines differ in the first letter.
    let (Some(Lexeme::Word(first)), Some(wanted)) =
        (lexemes.first().map(|lexeme| &lexeme.value), words.as_bytes().first())
    else {
        return false;
    };
    let differs = |letter: &u8| letter.is_ascii() && letter | 0x20 != wanted | 0x20;
    if first.as_bytes().first().is_none_or(differs) {
        return false;
    }
    let mut lexemes = lexemes.iter();
    words.split(' ').all(|word| lexemes.next().is_some_and(|lexeme| is_word(&lexeme.value, word)))
}

/// Returns whether a lexeme is the given word, regardless of case.
pub(super) fn is_word(lexeme: &Lexeme, wanted: &str) -> bool {
    matches!(lexeme, Lexeme::Word(word) if same_word(word, wanted))
}

/// Returns the reserved word that the lexeme is, if any.
pub(super) fn reserved(lexeme: &Lexeme) -> Option<&'static str> {
    RESERVED.into_iter().find(|word| is_word(lexeme, word))
}

/// Returns the number of a lexeme, if it fits into 32 bits.
pub(super) fn small_number(lexeme: &Lexeme) -> Option<u32> {
    match lexeme {
        Lexeme::Number(number) => u32::try_from(*number).ok(),
        _ => None,
    }
}

/// Returns whether the lexemes are a text line without its quotes. The missing quotes are reported, so a full stop is
/// not reported as well.
fn is_unquoted_text(lexemes: &[Spanned<Lexeme>]) -> bool {
    const TEXTS: &[&str] = &["remedy", "note", "ask", "means", "authority", "author", "who", "granted by"];
    TEXTS.iter().any(|words| starts_with(lexemes, words))
        && !lexemes.iter().any(|lexeme| matches!(lexeme.value, Lexeme::Text(_)))
}

/// Returns what to write instead of a character that is not in the language.
fn advice(found: char) -> (&'static str, Option<&'static str>) {
    match found {
        '“' | '”' | '„' | '«' | '»' => ("quoted text needs straight quotes", Some("\"")),
        '\u{A0}' | '\u{202F}' | '\u{2009}' => ("write a plain space", Some(" ")),
        '-' | '–' | '—' | '−' => ("write a dash only at the start of a bullet or within a word", None),
        ';' => ("write a comma, or start a new line", None),
        '(' | ')' | '[' | ']' | '{' | '}' => ("leave it out, or put the phrase in double quotes", None),
        '<' | '>' | '=' | '≤' | '≥' => {
            ("write `is at least`, `is at most`, `is more than`, `is less than` or `is`", None)
        }
        _ => ("leave it out, or put the text that contains it in double quotes", None),
    }
}

fn piece(input: &str) -> IResult<&str, Piece> {
    // The first character decides what a piece can be. Most pieces are words.
    match input.chars().next() {
        Some('"') => quoted(input),
        Some('“' | '”' | '„') => alt((curly, stray)).parse(input),
        Some('0'..='9') => alt((date, number, word)).parse(input),
        Some(',') => map(char(','), |_| Piece::Lexeme(Lexeme::Comma)).parse(input),
        Some(':') => map(char(':'), |_| Piece::Lexeme(Lexeme::Colon)).parse(input),
        _ => alt((word, stray)).parse(input),
    }
}

fn stray(input: &str) -> IResult<&str, Piece> {
    map(anychar, Piece::Stray).parse(input)
}

/// Parses `"…"`. A double quote in the text is doubled.
fn quoted(input: &str) -> IResult<&str, Piece> {
    let part = alt((value("\"", tag("\"\"")), is_not("\"")));
    let content = || fold_many0(part, String::new, |all, part: &str| all + part);
    let (input, _) = char('"').parse(input)?;
    let (input, content) = content().parse(input)?;
    Ok(match char::<_, nom::error::Error<&str>>('"').parse(input) {
        Ok((after, _)) => (after, Piece::Lexeme(Lexeme::Text(content))),
        Err(_) => (input, Piece::Unterminated(content)),
    })
}

/// Parses `“…”`.
fn curly(input: &str) -> IResult<&str, Piece> {
    let inner = take_while(|character| !matches!(character, '“' | '”' | '„' | '"'));
    let (rest, content) = delimited(one_of("“”„"), inner, one_of("“”")).parse(input)?;
    Ok((rest, Piece::Curly(content.to_owned())))
}

/// Parses `2016-02-01`.
fn date(input: &str) -> IResult<&str, Piece> {
    let shape = (digits(4), char('-'), digits(2), char('-'), digits(2));
    let (rest, text) = terminated(recognize(shape), not(word_character)).parse(input)?;
    Ok((rest, Date::parse(text).map_or(Piece::NoSuchDate, |date| Piece::Lexeme(Lexeme::Date(date)))))
}

/// Parses `8000` or `8,000`.
fn number(input: &str) -> IResult<&str, Piece> {
    let group = preceded(char(','), terminated(digits(3), not(word_character)));
    let grouped = recognize((take_while_m_n(1, 3, is_digit), many1_count(group)));
    let (rest, text) = alt((grouped, terminated(digit1, not(word_character)))).parse(input)?;
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let number = digits.parse::<i64>().ok().filter(|number| *number <= LARGEST_NUMBER);
    Ok((rest, number.map_or(Piece::TooLarge, |number| Piece::Lexeme(Lexeme::Number(number)))))
}

/// Parses a word: letters, digits and `.-_'/&%`, starting with a letter or digit.
fn word(input: &str) -> IResult<&str, Piece> {
    let word = verify(take_while1(is_word_character), |word: &str| word.starts_with(char::is_alphanumeric));
    map(word, |word: &str| Piece::Lexeme(Lexeme::Word(word.to_owned()))).parse(input)
}

fn word_character(input: &str) -> IResult<&str, &str> {
    take_while1(is_word_character)(input)
}

fn is_word_character(character: char) -> bool {
    // Joiners are accepted here. The layout reports those that are in the wrong place.
    is_word_part(character)
        || matches!(character, '.' | '-' | '_' | '\'' | '’' | '/' | '&' | '%' | '\u{200C}' | '\u{200D}')
}

fn digits<'t>(count: usize) -> impl Parser<&'t str, Output = &'t str, Error = nom::error::Error<&'t str>> {
    take_while_m_n(count, count, is_digit)
}

fn is_digit(character: char) -> bool {
    character.is_ascii_digit()
}
