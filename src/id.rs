//! Names for places in tables, so that a bare number never crosses a layer.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Index;

/// An index into a [`Table`] of its own kind.
///
/// # Example
/// ```
/// use placet::id::{FactId, Id};
///
/// assert_eq!(FactId::at(3), FactId(3));
/// assert_eq!(FactId(3).place(), 3);
/// ```
pub trait Id: Copy {
    /// The id of the entry at a place.
    fn at(place: usize) -> Self;
    /// The place of the entry.
    fn place(self) -> usize;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// A kind of subject.
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
    /// A subject in a case: a group, a person, the unity government.
    EntityId
    /// Somebody whom conditions speak of: an entity, or someone of whom nothing is known.
    SomebodyId
    /// A variable of a circuit: what may turn out one way or another.
    VarId
    /// A gate of a circuit.
    GateId
    /// A node of a decision diagram.
    NodeId
    /// A plane of a batch program.
    PlaneId
}

/// A list whose entries are named by their own kind of id.
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
    /// An empty table.
    pub fn new() -> Self {
        Table { entries: Vec::new(), id: PhantomData }
    }

    /// Adds an entry and returns its id.
    pub fn push(&mut self, entry: T) -> I {
        self.entries.push(entry);
        I::at(self.entries.len() - 1)
    }

    /// Leaves out all entries but so many first ones.
    pub fn truncate(&mut self, len: usize) {
        self.entries.truncate(len);
    }

    /// The entry of an id, where there is one.
    pub fn find(&self, id: I) -> Option<&T> {
        self.entries.get(id.place())
    }

    /// The entry of an id, to change it.
    pub fn find_mut(&mut self, id: I) -> Option<&mut T> {
        self.entries.get_mut(id.place())
    }

    /// The entries with their ids, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + ExactSizeIterator {
        self.entries.iter().enumerate().map(|(place, entry)| (I::at(place), entry))
    }

    /// The ids, in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = I> + use<I, T> {
        (0..self.entries.len()).map(I::at)
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
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

impl<I: Id, T> Index<I> for Table<I, T> {
    type Output = T;

    #[expect(clippy::indexing_slicing, reason = "an id is only ever made by the table that it indexes")]
    fn index(&self, id: I) -> &T {
        &self.entries[id.place()]
    }
}

impl<I, T: fmt::Debug> fmt::Debug for Table<I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entries.fmt(f)
    }
}
