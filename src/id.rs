//! Typed indexes into tables, so that no layer passes bare numbers to another.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;
use std::ops::Index;

/// An index into a [`Table`], with a type of its own for each table.
///
/// # Example
/// ```
/// use placet::id::{FactId, Id};
///
/// assert_eq!(FactId::at(3), FactId(3));
/// assert_eq!(FactId(3).place(), 3);
/// ```
pub trait Id: Copy {
    /// Returns the id of the entry at a place.
    fn at(place: usize) -> Self;
    /// Returns the place of the entry.
    fn place(self) -> usize;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub u32);

        impl Id for $name {
            fn at(place: usize) -> Self {
                $name(u32::try_from(place).unwrap_or(u32::MAX))
            }

            fn place(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A kind of entity.
    KindId
    /// A fact of a kind.
    FactId
    /// A document that rules and dossiers cite.
    SourceId
    /// An evidence standard.
    StandardId
    /// A type of assistance.
    AssistanceId
    /// A requirement, bar or phase of a policy.
    RuleId
    /// A waiver of a policy.
    WaiverId
    /// A condition of a policy, on its own or within another.
    ConditionId
    /// An entity in a case: a group, a person, the unity government.
    EntityId
    /// Anyone that conditions refer to: an entity of the case, or one about whom nothing is known.
    EntityRefId
    /// A variable of a circuit, with a finite domain.
    VarId
    /// A gate of a circuit.
    GateId
    /// A node of a decision diagram.
    NodeId
    /// A plane of a bitplane program.
    PlaneId
}

/// A list that is indexed by its own type of id.
///
/// # Example
/// ```
/// use placet::id::{KindId, Table};
///
/// let mut kinds: Table<KindId, &str> = Table::new();
/// let group = kinds.push("group");
/// assert_eq!(kinds[group], "group");
/// assert_eq!(kinds.find(KindId(7)), None);
/// assert_eq!(kinds.iter().collect::<Vec<_>>(), [(group, &"group")]);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Table<I, T> {
    entries: Vec<T>,
    id: PhantomData<I>,
}

impl<I: Id, T> Table<I, T> {
    /// Creates an empty table.
    pub fn new() -> Self {
        Table { entries: Vec::new(), id: PhantomData }
    }

    /// Adds an entry and returns its id.
    pub fn push(&mut self, entry: T) -> I {
        self.entries.push(entry);
        I::at(self.entries.len() - 1)
    }

    /// Keeps the first `len` entries and drops the rest.
    pub fn truncate(&mut self, len: usize) {
        self.entries.truncate(len);
    }

    /// Returns the entry of an id, if there is one.
    pub fn find(&self, id: I) -> Option<&T> {
        self.entries.get(id.place())
    }

    /// Returns the entry of an id, to change it.
    pub fn find_mut(&mut self, id: I) -> Option<&mut T> {
        self.entries.get_mut(id.place())
    }

    /// Returns the entries with their ids, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + ExactSizeIterator {
        self.entries.iter().enumerate().map(|(place, entry)| (I::at(place), entry))
    }

    /// Returns the ids, in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = I> + use<I, T> {
        (0..self.entries.len()).map(I::at)
    }

    /// Returns the number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl<I: Id, T> Default for Table<I, T> {
    fn default() -> Self {
        Table::new()
    }
}

impl<I: Id, T> FromIterator<T> for Table<I, T> {
    fn from_iter<It: IntoIterator<Item = T>>(entries: It) -> Self {
        Table { entries: entries.into_iter().collect(), id: PhantomData }
    }
}

impl<I, T: Serialize> Serialize for Table<I, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.entries.serialize(serializer)
    }
}

impl<'de, I, T: Deserialize<'de>> Deserialize<'de> for Table<I, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Table { entries: Vec::deserialize(deserializer)?, id: PhantomData })
    }
}

impl<I: Id, T> Index<I> for Table<I, T> {
    type Output = T;

    #[expect(clippy::indexing_slicing, reason = "an id is only ever made by the table that it indexes")]
    fn index(&self, id: I) -> &T {
        &self.entries[id.place()]
    }
}

/// Returns an entry that exists because it was made together with what refers to it.
///
/// # Panics
/// If it does not exist. An internal error is not a verdict; a default could be the verdict of another gate.
#[expect(clippy::expect_used, reason = "a reference is only ever made together with its entry")]
#[inline]
pub(crate) fn existing<T>(entry: Option<T>) -> T {
    entry.expect("internal error: a reference without its entry")
}

impl<I, T: fmt::Debug> fmt::Debug for Table<I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entries.fmt(f)
    }
}
