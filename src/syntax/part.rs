//! Reads the parts of lines that many blocks share: texts, names, ids, dates, periods, citations.

use super::dossier::DOSSIER;
use super::lexeme::{LARGEST_NUMBER, is_word as is_lexeme, reserved, small_number};
use super::line::{Cursor, Node, Reading};
use super::problem::SyntaxError;
use super::write::{is_id_keyword, is_word};
use super::{Citation, Date, Length, Lexeme, Period, TimeUnit};
use crate::span::{Name, Span, Spanned, Text};
use crate::text::{is_word_part, no_id};

/// Returns the line numbers of a citation in the form in which they are written after `lines`, or `None` if they are
/// not valid.
///
/// # Example
/// ```
/// use placet::syntax::source_lines;
///
/// assert_eq!(source_lines("29,31 to  46").as_deref(), Some("29, 31 to 46"));
/// assert_eq!(source_lines("29\n- it is listed"), None);
/// ```
pub fn source_lines(text: &str) -> Option<String> {
    let number = |text: &str| {
        let number =
            text.trim().parse::<i64>().ok().filter(|number| (0..=LARGEST_NUMBER).contains(number))?;
        text.trim().bytes().all(|byte| byte.is_ascii_digit()).then(|| number.to_string())
    };
    let range =
        |part: &str| part.split(" to ").map(number).collect::<Option<Vec<_>>>().map(|ends| ends.join(" to "));
    if text.trim().is_empty() {
        return Some(String::new());
    }
    text.split(',').map(range).collect::<Option<Vec<_>>>().map(|parts| parts.join(", "))
}

impl Reading<'_> {
    /// Reads `"…"`, if it comes next.
    pub(super) fn quoted(&self, cursor: &mut Cursor<'_>) -> Option<Text> {
        let first = cursor.lexemes.first()?;
        let Lexeme::Text(content) = &first.value else { return None };
        cursor.next();
        Some(Spanned { value: content.clone(), span: first.span })
    }

    /// Reads `"…"` and the end of the line.
    pub(super) fn text(&mut self, node: &Node, mut cursor: Cursor<'_>) -> Option<Text> {
        let text = self.quoted(&mut cursor);
        if text.is_none() {
            let place = cursor.rest();
            let words = self.text.get(place.range()).unwrap_or("");
            if cursor.lexemes.len() > 1 && !words.contains('"') {
                self.report(node, place, SyntaxError::Unquoted { words: words.to_owned() });
                return None;
            }
            self.expected(node, &cursor, "text in double quotes");
            return None;
        }
        self.end(node, cursor);
        text
    }

    /// Reads a name of one or more words.
    pub(super) fn name_of(
        &mut self,
        node: &Node,
        lexemes: &[Spanned<Lexeme>],
        place: Span,
        what: &'static str,
    ) -> Option<Name> {
        let (Some(first), Some(last)) = (lexemes.first(), lexemes.last()) else {
            self.expected(node, &Cursor::new(lexemes, Span { end: place.start, ..place }), what);
            return None;
        };
        let mut words = Vec::new();
        for lexeme in lexemes {
            let written = self.text.get(lexeme.span.range()).unwrap_or("");
            match &lexeme.value {
                Lexeme::Word(_) if reserved(&lexeme.value).is_some() => {
                    let help = "put it in double quotes, or choose a name without it";
                    self.report(node, lexeme.span, SyntaxError::Reserved { word: written.to_owned(), help });
                    return None;
                }
                Lexeme::Text(text)
                    if text.split(' ').any(|word| reserved(&Lexeme::Word(word.into())).is_some()) =>
                {
                    words.push(text.as_str());
                }
                Lexeme::Word(_) | Lexeme::Number(_) => words.push(written),
                Lexeme::Text(text) if lexemes.len() == 1 => {
                    let plain =
                        text.chars().all(|letter| is_word_part(letter) || matches!(letter, ' ' | '-'));
                    let name = (plain && text.starts_with(char::is_alphabetic)).then(|| text.clone());
                    self.report(node, lexeme.span, SyntaxError::QuotedName { what, name });
                    return Some(Spanned { value: text.clone(), span: lexeme.span });
                }
                Lexeme::Comma if lexeme.span != last.span => {
                    let help = "join several names with `or`";
                    self.report(node, lexeme.span, SyntaxError::Character { found: ',', help, fix: None });
                    return None;
                }
                _ => {
                    self.expected(node, &Cursor::new(std::slice::from_ref(lexeme), node.span), what);
                    return None;
                }
            }
        }
        Some(Spanned { value: words.join(" "), span: first.span.to(last.span) })
    }

    /// Reads a name and the end of the line.
    pub(super) fn name(&mut self, node: &Node, cursor: Cursor<'_>, what: &'static str) -> Option<Name> {
        self.name_of(node, cursor.lexemes, cursor.rest(), what)
    }

    /// Reads names separated by commas, up to the end of the line.
    pub(super) fn names(&mut self, node: &Node, cursor: Cursor<'_>, what: &'static str) -> Vec<Name> {
        self.names_joined(node, cursor, what, |lexeme| *lexeme == Lexeme::Comma)
    }

    /// Reads names separated by `or`, up to the end of the line.
    pub(super) fn alternatives(&mut self, node: &Node, cursor: Cursor<'_>, what: &'static str) -> Vec<Name> {
        self.names_joined(node, cursor, what, |lexeme| is_lexeme(lexeme, "or"))
    }

    fn names_joined(
        &mut self,
        node: &Node,
        mut cursor: Cursor<'_>,
        what: &'static str,
        joint: impl Fn(&Lexeme) -> bool,
    ) -> Vec<Name> {
        let mut names = Vec::new();
        loop {
            let place = cursor.place();
            let part = cursor.until(&joint);
            let Some(name) = self.name_of(node, part, place, what) else { return names };
            names.push(name);
            let before = cursor;
            if cursor.next().is_none() {
                return names;
            }
            if cursor.is_empty() {
                self.expected(node, &before, what);
                return names;
            }
        }
    }

    /// Reads one word as written: an id, a version, a part of an identifier.
    pub(super) fn word(&mut self, node: &Node, cursor: &mut Cursor<'_>, what: &'static str) -> Option<Name> {
        let place = cursor.place();
        match cursor.peek() {
            Some(Lexeme::Word(_) | Lexeme::Number(_) | Lexeme::Date(_)) => {
                cursor.next();
                let value = self.text.get(place.range()).unwrap_or("").to_owned();
                Some(Spanned { value, span: place })
            }
            _ => {
                self.expected(node, cursor, what);
                None
            }
        }
    }

    /// Reads an id.
    pub(super) fn id(&mut self, node: &Node, cursor: &mut Cursor<'_>) -> Option<Name> {
        if let Some(Lexeme::Text(text)) = cursor.peek() {
            let id = is_word(text).then(|| text.clone());
            self.report(node, cursor.place(), SyntaxError::QuotedId { id });
            return None;
        }
        let id = self.word(node, cursor, "an id")?;
        self.sound_id(node, id)
    }

    /// Reads the id of a dossier or a member: a word, or any id in double quotes. A word that has a meaning in
    /// statements must be quoted.
    pub(super) fn own_id(&mut self, node: &Node, cursor: &mut Cursor<'_>) -> Option<Name> {
        if let Some(id) = self.quoted(cursor) {
            return self.sound_id(node, id);
        }
        let id = self.word(node, cursor, "an id")?;
        if is_id_keyword(&id.value) {
            let help = "put the id in double quotes";
            self.report(node, id.span, SyntaxError::Reserved { word: id.value, help });
            return None;
        }
        self.sound_id(node, id)
    }

    fn sound_id(&mut self, node: &Node, id: Name) -> Option<Name> {
        match no_id(&id.value) {
            None => Some(id),
            Some(why) => {
                self.report(node, id.span, SyntaxError::BadId { found: id.value, why });
                None
            }
        }
    }

    /// Reads `ID` in a header, before a title. `block` is the name of the block in messages.
    pub(super) fn header_id(
        &mut self,
        node: &Node,
        cursor: &mut Cursor<'_>,
        block: &'static str,
    ) -> Option<Name> {
        let in_quotes = matches!(cursor.lexemes, [Spanned { value: Lexeme::Text(_), .. }, title]
            if matches!(title.value, Lexeme::Text(_)));
        if in_quotes && block == DOSSIER.block {
            return self.own_id(node, cursor);
        }
        if matches!(cursor.peek(), None | Some(Lexeme::Text(_) | Lexeme::Comma | Lexeme::Colon)) {
            self.report(node, cursor.place(), SyntaxError::MissingId { block });
            return None;
        }
        let mut title = *cursor;
        let words = title.until(|lexeme| !matches!(lexeme, Lexeme::Word(_) | Lexeme::Number(_)));
        if let ([first, .., last], Some(Lexeme::Text(_))) = (words, title.peek()) {
            let span = first.span.to(last.span);
            let found = self.text.get(span.range()).unwrap_or("").to_owned();
            let id = found.split_whitespace().collect::<Vec<_>>().join("-");
            self.report(node, span, SyntaxError::IdOfWords { found, id: id.clone() });
            *cursor = title;
            return Some(Spanned { value: id, span });
        }
        if block == DOSSIER.block { self.own_id(node, cursor) } else { self.id(node, cursor) }
    }

    /// Reads `"TITLE"`. A missing title is reported, and the words in its place are used as the title.
    pub(super) fn title(&mut self, node: &Node, cursor: &mut Cursor<'_>, block: &'static str) -> Text {
        if let Some(title) = self.quoted(cursor) {
            return title;
        }
        let span = cursor.place();
        let words = cursor.until(|lexeme| *lexeme == Lexeme::Comma);
        let words = words.first().zip(words.last()).map(|(first, last)| {
            let place = first.span.to(last.span);
            (place, self.text.get(place.range()).unwrap_or("").replace('"', ""))
        });
        let place = words.as_ref().map_or(span, |(place, _)| *place);
        let value = words.as_ref().map_or(String::new(), |(_, words)| words.clone());
        self.report(node, place, SyntaxError::MissingTitle { block, words });
        Spanned { value, span: place }
    }

    /// Reads `, WORDS` at the end of a header. Returns the place of the words among the known ones.
    pub(super) fn addition(
        &mut self,
        node: &Node,
        mut cursor: Cursor<'_>,
        known: &'static [&'static str],
    ) -> Option<usize> {
        if known.iter().any(|words| cursor.starts_with(words)) {
            self.missing_comma(node, &cursor);
        }
        let whole = cursor;
        if cursor.comma() && !cursor.is_empty() {
            if let Some(place) = known.iter().position(|words| cursor.eat(words).is_some()) {
                self.end(node, cursor);
                return Some(place);
            }
            let found = self.text.get(cursor.rest().range()).unwrap_or("").to_owned();
            self.report(node, cursor.rest(), SyntaxError::Unknown { what: "allowed here", found, known });
        }
        self.end(node, whole);
        None
    }

    /// Reads a date.
    pub(super) fn date(&mut self, node: &Node, cursor: &mut Cursor<'_>) -> Option<Spanned<Date>> {
        let span = cursor.place();
        let Some(Lexeme::Date(value)) = cursor.peek() else {
            let what = "a date, such as `2016-02-01`";
            match self.text.get(span.range()).and_then(short_date) {
                Some(date) => self.report(node, span, SyntaxError::ShortDate { what, date }),
                None => self.expected(node, cursor, what),
            }
            return None;
        };
        cursor.next();
        Some(Spanned { value: *value, span })
    }

    /// Reads a date and the end of the line.
    pub(super) fn only_date(&mut self, node: &Node, mut cursor: Cursor<'_>) -> Option<Spanned<Date>> {
        let date = self.date(node, &mut cursor)?;
        self.end(node, cursor);
        Some(date)
    }

    /// Reads `12 months`.
    pub(super) fn length(&mut self, node: &Node, cursor: &mut Cursor<'_>) -> Option<Length> {
        let Some(count) = cursor.peek().and_then(small_number) else {
            self.expected(node, cursor, "a number of days, weeks, months or years");
            return None;
        };
        cursor.next();
        let unit = cursor.peek().and_then(|lexeme| {
            let is = |one: &str, many: &str| is_lexeme(lexeme, one) || is_lexeme(lexeme, many);
            match () {
                () if is("day", "days") => Some(TimeUnit::Days),
                () if is("week", "weeks") => Some(TimeUnit::Weeks),
                () if is("month", "months") => Some(TimeUnit::Months),
                () if is("year", "years") => Some(TimeUnit::Years),
                () => None,
            }
        });
        let Some(unit) = unit else {
            self.expected(node, cursor, "`days`, `months` or `years`");
            return None;
        };
        cursor.next();
        Some(Length { count, unit })
    }

    /// Reads `from D until D` after `in force`.
    pub(super) fn period(&mut self, node: &Node, mut cursor: Cursor<'_>) -> Period {
        let mut period = Period::default();
        if cursor.eat("from").is_some() {
            period.from = self.date(node, &mut cursor);
            if period.from.is_none() {
                return period;
            }
        }
        if cursor.eat("until").is_some() {
            period.until = self.date(node, &mut cursor);
            if period.until.is_none() {
                return period;
            }
        }
        if period == Period::default() {
            self.expected(node, &cursor, "`from` and a date, or `until` and a date");
        } else {
            self.end(node, cursor);
        }
        period
    }

    /// Reads `line 31`, `lines 29, 31` or `lines 41 to 46`. Returns an empty text if neither word comes next.
    pub(super) fn source_lines(&mut self, node: &Node, cursor: &mut Cursor<'_>) -> Option<String> {
        if cursor.eat("lines").or_else(|| cursor.eat("line")).is_none() {
            return Some(String::new());
        }
        let mut written = String::new();
        loop {
            let Some(Lexeme::Number(number)) = cursor.peek() else {
                self.expected(node, cursor, "the number of a line");
                return None;
            };
            written.push_str(&number.to_string());
            cursor.next();
            if cursor.eat("to").is_some() {
                written.push_str(" to ");
                continue;
            }
            let mut after = *cursor;
            if !(after.comma() && matches!(after.peek(), Some(Lexeme::Number(_)))) {
                return Some(written);
            }
            *cursor = after;
            written.push_str(", ");
        }
    }

    /// Reads `SOURCE line N, stated` after `cite`.
    pub(super) fn citation(&mut self, node: &Node, mut cursor: Cursor<'_>) -> Option<Citation> {
        let source = self.id(node, &mut cursor)?;
        let mut after = cursor;
        if after.comma() && (after.starts_with("line") || after.starts_with("lines")) {
            let help = "leave out the comma after the source";
            self.report(node, cursor.place(), SyntaxError::Character { found: ',', help, fix: Some("") });
            return None;
        }
        let lines = self.source_lines(node, &mut cursor)?;
        let end = cursor.place();
        if !cursor.comma() {
            let problem = if cursor.starts_with("stated") || cursor.starts_with("derived") {
                self.missing_comma(node, &cursor);
                return None;
            } else if cursor.is_empty() {
                SyntaxError::StatedOrDerived { end: source.span }
            } else {
                SyntaxError::Expected {
                    what: "`line N`, `, stated` or `, derived`",
                    found: self.written(&cursor),
                }
            };
            self.report(node, end, problem);
            return None;
        }
        let stated = cursor.eat("stated").is_some();
        if !stated && cursor.eat("derived").is_none() {
            self.report(node, cursor.place(), SyntaxError::StatedOrDerived { end: source.span });
            return None;
        }
        self.end(node, cursor);
        Some(Citation { source, lines, stated, span: node.span })
    }

    /// Reports that a comma is missing before the next lexeme.
    pub(super) fn missing_comma(&mut self, node: &Node, cursor: &Cursor<'_>) {
        let place = cursor.place();
        let before = self.text.get(..place.start as usize).unwrap_or("");
        let gap = Span::new(self.id, before.trim_end_matches(' ').len(), place.start as usize);
        self.report(node, place, SyntaxError::MissingComma { gap });
    }

    /// Returns the next lexeme as written, in backticks.
    pub(super) fn written(&self, cursor: &Cursor<'_>) -> String {
        let found = self.text.get(cursor.place().range()).unwrap_or("");
        if found.is_empty() { String::new() } else { format!("`{found}`") }
    }
}

/// Returns the day that is meant by `2016-2-1`.
fn short_date(written: &str) -> Option<Date> {
    let mut parts = written.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    Date::parse(&format!("{year}-{month:0>2}-{day:0>2}"))
}
