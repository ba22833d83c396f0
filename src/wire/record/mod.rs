//! Reads flat records directly into the variables of a compiled policy. This is the fast way for many records.
//!
//! The result for a record is the same as with [`dossier_json`](super::dossier_json), or `None`: a record that is not
//! plain (a partial value, a relation, provenance, any error) must be read there, where errors are reported. Keys are
//! predicted, since a record usually has the keys of the one before it, in the same order.

#[cfg(test)]
mod tests;

use super::claim_json::bit;
use super::json_reader::DOSSIER;
use super::names::{Names, is_id, name_key};
use super::provenance_json::PROVENANCE;
use crate::circuit::Mask;
use crate::compiled::{Cells, Compiled, EntityRef};
use crate::evidence::{Provenance, left_out};
use crate::id::{EntityRefId, FactId, VarId};
use crate::policy::{FactType, Period};
use crate::sorted::SortedMap;
use crate::syntax::LARGEST_NUMBER;
use crate::text::is_clean;
use crate::value::Date;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// The keys that a flat record can have under a compiled policy, and how their values restrict its variables.
///
/// # Example
/// ```
/// # let text = r#"
/// # policy "Training"
/// #   id training
/// #   version 1
/// #   about group
/// #
/// # assistance training
/// #
/// # kind group
/// #   is neutral : yes or no
/// #   headcount : number of fighters
/// #
/// # requirement neutrality "Neutral, or many"
/// #   needs any of
/// #     - the group is neutral
/// #     - the group's headcount is at least 50
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// # let day = placet::value::Date::parse("2016-02-15").ok_or("no day")?;
/// use placet::{compiled::compile, wire::record::Keys};
///
/// // needs any of
/// //   - the group is neutral
/// //   - the group's headcount is at least 50
/// let compiled = compile(&policy, policy.about[0], day);
/// let keys = Keys::of(&compiled);
/// let mut records = keys.records();
/// let mut masks = Vec::new();
/// let id = records.read(r#"{"id": "militia", "is neutral": null, "headcount": 120}"#, |_, cells| masks.push(cells));
/// assert_eq!((id.as_deref(), masks), (Some("militia"), vec![0b10]));
///
/// // a number in quotes is not plain: the dossier reader reports the error
/// assert_eq!(records.read(r#"{"id": "militia", "headcount": "120"}"#, |_, _| {}), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Keys {
    /// The days on which the compiled policy is valid.
    days: Period,
    columns: Vec<KeyMeaning>,
    /// The columns by their keys, in normalized form.
    keys: SortedMap<String, usize>,
}

/// The meaning of a key.
#[derive(Debug)]
struct KeyMeaning {
    takes: Takes,
    /// The variables that it restricts.
    variables: Vec<(VarId, Cells)>,
}

/// The values that a key accepts, besides null.
#[derive(Debug)]
enum Takes {
    Id,
    Title,
    /// Only the name of the subject's kind.
    About(String),
    AsOf,
    /// A plain value of a fact.
    Fact(FactType),
}

impl Keys {
    /// Returns the keys of records about the subjects of a compiled policy.
    pub fn of(compiled: &Compiled) -> Keys {
        let vocabulary = &compiled.policy.vocabulary;
        let kind = compiled.kind(compiled.subject);
        let mut all = Keys { days: compiled.days, columns: Vec::new(), keys: SortedMap::new() };
        for (key, takes) in [
            ("id", Takes::Id),
            ("title", Takes::Title),
            ("about", Takes::About(name_key(&vocabulary.kinds[kind].name))),
            ("as_of", Takes::AsOf),
        ] {
            all.keys.insert(key.to_owned(), all.columns.len());
            all.columns.push(KeyMeaning { takes, variables: Vec::new() });
        }
        let mut by_fact: SortedMap<FactId, Vec<(VarId, Cells)>> = SortedMap::new();
        for (var, variable) in compiled.variables.iter() {
            let standard = variable.standard.map(|standard| &vocabulary.standards[standard]);
            let counts = left_out(&Provenance::default(), standard, compiled.as_of).is_none();
            if counts && can_be_about(compiled, variable.who()) {
                by_fact.entry(variable.fact()).or_default().push((var, variable.cells.clone()));
            }
        }
        let mut of_facts: SortedMap<FactId, usize> = SortedMap::new();
        for (fact, declared) in vocabulary.facts.iter().filter(|(_, fact)| fact.definition.is_none()) {
            of_facts.insert(fact, all.columns.len());
            let variables = by_fact.remove(&fact).unwrap_or_default();
            all.columns.push(KeyMeaning { takes: Takes::Fact(declared.r#type.clone()), variables });
        }
        let names = Names::of(vocabulary);
        let own = vocabulary.kinds[kind].facts.iter();
        let own = own.map(|fact| name_key(&vocabulary.facts[*fact].phrase));
        for key in names.columns().keys().cloned().chain(own) {
            // The keys of the dossier itself and of its provenance take precedence.
            let is_taken = DOSSIER.contains(&key.as_str()) || PROVENANCE.contains(&key.as_str());
            let column = names.of_key(kind, &key).and_then(|fact| of_facts.get(&fact));
            if let Some(column) = column.filter(|_| !is_taken) {
                all.keys.insert(key, *column);
            }
        }
        all
    }

    /// Returns a reader of records.
    pub fn records(&self) -> Records<'_> {
        Records { keys: self, order: Vec::new(), seen: vec![0; self.columns.len().div_ceil(64)] }
    }

    fn column(&self, key: &str) -> Option<usize> {
        // Fact phrases are compared without case, the keys of the dossier itself exactly.
        let found =
            self.keys.get(key).or_else(|| self.keys.get(&name_key(key)).filter(|column| **column >= 4));
        found.copied()
    }
}

/// Returns whether the statements of a record can be about an entity: the subject, or the entity of an `only one` kind.
fn can_be_about(compiled: &Compiled, who: EntityRefId) -> bool {
    who == compiled.subject
        || matches!(compiled.entity_refs[who], EntityRef::Entity(entity)
            if compiled.only.values().any(|only| *only == entity))
}

/// Reads records one after the other, which usually have the same keys.
#[derive(Debug)]
pub struct Records<'k> {
    keys: &'k Keys,
    /// The keys of the last record, each with its column.
    order: Vec<(String, usize)>,
    /// One bit per column: whether the present record already has it.
    seen: Vec<u64>,
}

impl Records<'_> {
    /// Reads a record and returns its id. Calls `restrict` with the cells that remain possible for each variable that
    /// the record restricts.
    ///
    /// Returns `None` if the record is not plain or has an error. The caller must then discard what `restrict` has
    /// received, and use [`dossier_json::read`](super::dossier_json::read), which reads the record or reports the error.
    pub fn read<'t>(&mut self, text: &'t str, restrict: impl FnMut(VarId, Mask)) -> Option<Cow<'t, str>> {
        let days = self.keys.days;
        let (id, as_of) = self.read_of_any_day(text, restrict)?;
        as_of.is_none_or(|day| days.contains(day)).then_some(id)
    }

    /// Reads a record for any day and returns its id and its day.
    pub(super) fn read_of_any_day<'t>(
        &mut self,
        text: &'t str,
        mut restrict: impl FnMut(VarId, Mask),
    ) -> Option<(Cow<'t, str>, Option<Date>)> {
        self.seen.fill(0);
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let (id, as_of) =
            Members { records: self, restrict: &mut restrict }.deserialize(&mut deserializer).ok()?;
        deserializer.end().ok()?;
        Some((id?, as_of))
    }

    /// Returns the column of the key at a position, or `None` if there is no such column or the record already has it.
    fn column(&mut self, place: usize, key: &str) -> Option<usize> {
        let column = match self.order.get(place) {
            Some((foreseen, column)) if foreseen == key => *column,
            _ => {
                let column = self.keys.column(key)?;
                self.order.truncate(place);
                self.order.push((key.to_owned(), column));
                column
            }
        };
        let word = self.seen.get_mut(column / 64)?;
        let bit = 1 << (column % 64);
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new.then_some(column)
    }
}

/// The error for a record that is not plain. The record is then read by `dossier_json`.
fn not_plain<E: Error>() -> E {
    E::custom("")
}

/// The members of a record.
struct Members<'r, 'k, F> {
    records: &'r mut Records<'k>,
    restrict: &'r mut F,
}

impl<'de, F: FnMut(VarId, Mask)> DeserializeSeed<'de> for Members<'_, '_, F> {
    type Value = (Option<Cow<'de, str>>, Option<Date>);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, F: FnMut(VarId, Mask)> Visitor<'de> for Members<'_, '_, F> {
    type Value = (Option<Cow<'de, str>>, Option<Date>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let keys = self.records.keys;
        let (mut id, mut as_of) = (None, None);
        let mut place = 0;
        while let Some(column) = map.next_key_seed(Key { records: self.records, place })? {
            let column = keys.columns.get(column).ok_or_else(not_plain)?;
            match column.takes {
                Takes::Id => id = Some(map.next_value_seed(Id)?),
                _ => {
                    let (as_of, restrict) = (&mut as_of, &mut *self.restrict);
                    map.next_value_seed(Value { column, as_of, restrict })?;
                }
            }
            place += 1;
        }
        Ok((id, as_of))
    }
}

/// A key at a position.
struct Key<'r, 'k> {
    records: &'r mut Records<'k>,
    place: usize,
}

impl<'de> DeserializeSeed<'de> for Key<'_, '_> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_, '_> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<usize, E> {
        self.records.column(self.place, key).ok_or_else(not_plain)
    }
}

/// The id.
struct Id;

impl<'de> DeserializeSeed<'de> for Id {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Id {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id")
    }

    fn visit_borrowed_str<E: Error>(self, id: &'de str) -> Result<Self::Value, E> {
        let is_plain = |byte: u8| {
            matches!(byte, b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b'_') && id.len() <= 1_000
        };
        if id.bytes().any(|byte| byte.is_ascii_alphanumeric()) && id.bytes().all(is_plain) {
            Ok(Cow::Borrowed(id))
        } else {
            self.visit_str(id)
        }
    }

    fn visit_str<E: Error>(self, id: &str) -> Result<Self::Value, E> {
        if is_id(id) { Ok(Cow::Owned(id.to_owned())) } else { Err(not_plain()) }
    }
}

/// The value of a column other than the id.
struct Value<'r, F> {
    column: &'r KeyMeaning,
    as_of: &'r mut Option<Date>,
    restrict: &'r mut F,
}

impl<'de, F: FnMut(VarId, Mask)> DeserializeSeed<'de> for Value<'_, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<F: FnMut(VarId, Mask)> Value<'_, F> {
    /// Passes on the cells of a value.
    fn restrict<E>(self, mask: impl Fn(&Cells) -> Mask) -> Result<(), E> {
        for (var, cells) in &self.column.variables {
            (self.restrict)(*var, mask(cells));
        }
        Ok(())
    }
}

impl<'de, F: FnMut(VarId, Mask)> Visitor<'de> for Value<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a plain value")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        match self.column.takes {
            Takes::About(_) | Takes::Title => Err(not_plain()),
            _ => Ok(()),
        }
    }

    fn visit_bool<E: Error>(self, yes: bool) -> Result<(), E> {
        match self.column.takes {
            Takes::Fact(FactType::YesNo) => self.restrict(|_| 1 << u8::from(yes)),
            _ => Err(not_plain()),
        }
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        match (i64::try_from(number), &self.column.takes) {
            (Ok(number), Takes::Fact(FactType::Number { .. })) if number <= LARGEST_NUMBER => {
                self.restrict(|cells| cells.of_number(number))
            }
            _ => Err(not_plain()),
        }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        match &self.column.takes {
            // Texts that a dossier cannot contain are reported by `dossier_json`.
            Takes::Title if text.len() <= 1_900 && is_clean(text) => Ok(()),
            Takes::About(kind) if *kind == name_key(text) => Ok(()),
            Takes::AsOf => {
                *self.as_of = Some(Date::parse(text).ok_or_else(not_plain)?);
                Ok(())
            }
            Takes::Fact(FactType::Date) => {
                let day = Date::parse(text).ok_or_else(not_plain)?.number();
                self.restrict(|cells| cells.of_number(day))
            }
            // A choice can have a value with this name, but here the word states that the fact is unknown or contested.
            Takes::Fact(FactType::Choice(_)) if matches!(text, "unknown" | "contested") => Err(not_plain()),
            Takes::Fact(FactType::Choice(choices)) => {
                let place = choices.iter().position(|choice| choice == text);
                let value = place.map_or_else(|| bit(text, choices), |place| Some(1 << place));
                let value = value.ok_or_else(not_plain)?;
                self.restrict(|_| Mask::from(value))
            }
            _ => Err(not_plain()),
        }
    }
}
