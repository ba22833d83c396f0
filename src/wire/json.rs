//! A JSON tree in which every key and value has its place in the text.
//!
//! The syntax of the whole text is checked first, without recursion, so that a file nested 200,000 deep is an ordinary
//! error. The tree is then built level by level from slices of the text.

use super::problem::{self, Problem, Problems};
use crate::span::{FileId, Span, Spanned};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// The largest nesting depth of objects and lists.
const DEEPEST: usize = 16;

/// A value and its place.
#[derive(Clone, Debug)]
pub(super) struct Json {
    pub(super) span: Span,
    pub(super) value: Value,
}

/// A JSON value.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Null,
    Bool(bool),
    /// The number as written.
    Number(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(Spanned<String>, Json)>),
}

impl Json {
    /// Returns the text.
    pub(super) fn text(&self) -> Result<&str, Problem> {
        match &self.value {
            Value::Text(text) => Ok(text),
            _ => Err(self.is_not("text", "write \"…\"")),
        }
    }

    /// Returns the items of the list.
    pub(super) fn list(&self) -> Result<&[Json], Problem> {
        match &self.value {
            Value::List(items) => Ok(items),
            _ => Err(self.is_not("a list", "write […]")),
        }
    }

    /// Reports that the value is of another type than expected.
    pub(super) fn is_not(&self, expected: &str, help: &str) -> Problem {
        let message = format!("expected {expected}, found {}", self.value.word());
        problem::wrong_value(self.span, message, help)
    }

    pub(super) fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }
}

impl Value {
    /// Returns the type of the value, in words.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::Text(_) => "text",
            Value::List(_) => "a list",
            Value::Object(_) => "an object",
        }
    }
}

/// The text that slices belong to.
#[derive(Clone, Copy)]
pub(super) struct Origin<'a> {
    pub(super) file: FileId,
    pub(super) text: &'a str,
}

impl<'a> Origin<'a> {
    /// Returns the place of a slice in the text.
    pub(super) fn span(self, slice: &str) -> Span {
        let start = (slice.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        Span::new(self.file, start, start.saturating_add(slice.len()))
    }

    /// Returns the outermost value of a slice, after checking the syntax of the whole slice.
    pub(super) fn whole(self, slice: &'a str) -> Result<&'a RawValue, Problem> {
        serde_json::from_str(slice).map_err(|error| self.malformed(slice, &error))
    }

    /// Returns the items if the value is a list.
    pub(super) fn items(self, raw: &'a RawValue) -> Option<Vec<&'a RawValue>> {
        raw.get().starts_with('[').then(|| serde_json::from_str(raw.get()).ok()).flatten()
    }

    /// Returns the tree of a value. A value that is nested too deep is reported and read as null.
    pub(super) fn tree(self, raw: &'a RawValue, problems: &mut Problems) -> Json {
        self.below(raw, DEEPEST, problems)
    }

    fn below(self, raw: &'a RawValue, left: usize, problems: &mut Problems) -> Json {
        let text = raw.get();
        let span = self.span(text);
        let value = match text.bytes().next() {
            Some(b'{' | b'[') if left == 0 => {
                problems.push(problem::deep(Span { end: span.start + 1, ..span }, DEEPEST));
                Value::Null
            }
            Some(b'{') => {
                let members: Members<'a> = serde_json::from_str(text).unwrap_or_default();
                Value::Object(
                    members
                        .0
                        .into_iter()
                        .map(|(key, value)| {
                            let name = serde_json::from_str(key.get()).unwrap_or_default();
                            let key = Spanned { value: name, span: self.span(key.get()) };
                            (key, self.below(value, left - 1, problems))
                        })
                        .collect(),
                )
            }
            Some(b'[') => {
                let items: Vec<&'a RawValue> = serde_json::from_str(text).unwrap_or_default();
                Value::List(items.into_iter().map(|item| self.below(item, left - 1, problems)).collect())
            }
            Some(b'"') => match serde_json::from_str(text) {
                Ok(text) => Value::Text(text),
                Err(error) => {
                    problems.push(self.malformed(text, &error));
                    Value::Null
                }
            },
            Some(b't') => Value::Bool(true),
            Some(b'f') => Value::Bool(false),
            Some(b'n') | None => Value::Null,
            Some(_) => Value::Number(text.to_owned()),
        };
        Json { span, value }
    }

    fn malformed(self, slice: &str, error: &serde_json::Error) -> Problem {
        let line_start =
            slice.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
        let within = line_start.saturating_add(error.column().saturating_sub(1)).min(slice.len());
        // Columns count bytes, and may point into the middle of a character.
        let at = (0..=within).rev().find(|at| slice.is_char_boundary(*at)).unwrap_or(0);
        let length = slice.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
        let start = (slice.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize) + at;
        problem::not_json(Span::new(self.file, start, start + length), error)
    }
}

/// The members of an object in order, including repeated keys.
#[derive(Default)]
struct Members<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Vec<(&'de RawValue, &'de RawValue)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(members)
            }
        }
        deserializer.deserialize_map(InOrder).map(Members)
    }
}
