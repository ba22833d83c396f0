//! Maps, sets and sorting that compile to little code.
//!
//! The standard library's B-trees and sorts are compiled once for each type that is put into them. There are more than
//! a hundred such types here, and they would be two fifths of the engine that a page fetches. [`SortedMap`] and
//! [`SortedSet`] keep their entries in a sorted vector, whose code is short; `sort`, `sort_by` and `sort_by_key` share
//! one sort.
//!
//! Inserting an entry before others moves these. A map that grows with the input and is not filled in order should be
//! collected from an iterator, which sorts once, or be a `BTreeMap`.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::iter::FusedIterator;
use std::marker::PhantomData;
use std::ops::{BitAnd, BitOr, Sub};
use std::{slice, vec};

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Sorts by the order of the items; equal items keep their places.
pub(crate) fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// Sorts by a key of each item; items of equal keys keep their places.
pub(crate) fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |one, other| key(one).cmp(&key(other)));
}

/// Sorts by a comparison; equal items keep their places.
pub(crate) fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let places = destinations(items.len(), &|one, other| match (items.get(one), items.get(other)) {
        (Some(one), Some(other)) => compare(one, other),
        _ => Ordering::Equal,
    });
    if let Some(places) = places {
        rearrange(items, places);
    }
}

/// Where each of so many items belongs, or nothing if all are in order.
fn destinations(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Option<Vec<usize>> {
    if (1..len).all(|at| compare(at - 1, at).is_le()) {
        return None;
    }
    let mut items: Vec<usize> = (0..len).collect();
    items.sort_by(|&one, &other| compare(one, other));
    let mut places = vec![0; len];
    for (place, item) in items.into_iter().enumerate() {
        if let Some(of_item) = places.get_mut(item) {
            *of_item = place;
        }
    }
    Some(places)
}

/// Moves each item to its place.
fn rearrange<T>(items: &mut [T], mut places: Vec<usize>) {
    for at in 0..items.len() {
        while let Some(&place) = places.get(at)
            && place != at
        {
            items.swap(at, place);
            places.swap(at, place);
        }
    }
}

/// Sorts entries by their keys; the last entry of each key remains.
fn normalize<T, K: Ord + ?Sized>(entries: &mut Vec<T>, key: impl Fn(&T) -> &K) {
    if entries.is_sorted_by(|one, other| key(one) < key(other)) {
        return;
    }
    entries.reverse();
    sort_by(entries, |one, other| key(one).cmp(key(other)));
    entries.dedup_by(|later, kept| key(later) == key(kept));
}

/// How many entries are put into a collection one by one. More are sorted in together.
const FEW: usize = 16;

/// A map as a vector of entries, sorted by their keys.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SortedMap<K, V> {
    entries: Vec<(K, V)>,
}

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> SortedMap<K, V> {
        SortedMap::new()
    }
}

impl<K, V> SortedMap<K, V> {
    pub const fn new() -> SortedMap<K, V> {
        SortedMap { entries: Vec::new() }
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub fn iter(&self) -> Entries<'_, K, V> {
        Entries(self.entries.iter())
    }

    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = (&K, &mut V)> + ExactSizeIterator {
        self.entries.iter_mut().map(|(key, value)| (&*key, value))
    }

    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> + ExactSizeIterator + Clone {
        self.entries.iter().map(|(key, _)| key)
    }

    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + ExactSizeIterator + Clone {
        self.entries.iter().map(|(_, value)| value)
    }

    pub fn values_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut V> + ExactSizeIterator {
        self.entries.iter_mut().map(|(_, value)| value)
    }

    pub fn into_keys(self) -> impl DoubleEndedIterator<Item = K> + ExactSizeIterator {
        self.entries.into_iter().map(|(key, _)| key)
    }

    pub fn into_values(self) -> impl DoubleEndedIterator<Item = V> + ExactSizeIterator {
        self.entries.into_iter().map(|(_, value)| value)
    }

    pub fn clear(&mut self) {
        self.entries.clear();
    }

    pub fn retain(&mut self, mut keep: impl FnMut(&K, &mut V) -> bool) {
        self.entries.retain_mut(|(key, value)| keep(key, value));
    }
}

impl<K: Ord, V> SortedMap<K, V> {
    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        self.entries.binary_search_by(|(other, _)| other.borrow().cmp(key))
    }

    /// The place of a key that is about to be inserted: most maps are filled in order.
    fn place_to_insert(&self, key: &K) -> Result<usize, usize> {
        match self.entries.last() {
            Some((last, _)) if last >= key => self.place(key),
            _ => Err(self.entries.len()),
        }
    }

    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.entries.get(self.place(key).ok()?).map(|(_, value)| value)
    }

    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let place = self.place(key).ok()?;
        self.entries.get_mut(place).map(|(_, value)| value)
    }

    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.place(key).is_ok()
    }

    /// Inserts a value, and returns the value that the key had.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.place_to_insert(&key) {
            Ok(place) => self.entries.get_mut(place).map(|(_, old)| std::mem::replace(old, value)),
            Err(place) => {
                self.entries.insert(place, (key, value));
                None
            }
        }
    }

    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.place(key).ok().map(|place| self.entries.remove(place).1)
    }

    pub fn entry(&mut self, key: K) -> Entry<'_, K, V> {
        match self.place_to_insert(&key) {
            Ok(place) => Entry::Occupied(OccupiedEntry { map: self, place }),
            Err(place) => Entry::Vacant(VacantEntry { map: self, place, key }),
        }
    }
}

/// The place of a key in a map.
pub enum Entry<'m, K, V> {
    Occupied(OccupiedEntry<'m, K, V>),
    Vacant(VacantEntry<'m, K, V>),
}

pub struct OccupiedEntry<'m, K, V> {
    map: &'m mut SortedMap<K, V>,
    place: usize,
}

pub struct VacantEntry<'m, K, V> {
    map: &'m mut SortedMap<K, V>,
    place: usize,
    key: K,
}

impl<'m, K, V> OccupiedEntry<'m, K, V> {
    #[allow(clippy::indexing_slicing)] // the place was found in the map that is borrowed here
    pub fn into_mut(self) -> &'m mut V {
        &mut self.map.entries[self.place].1
    }
}

impl<'m, K, V> VacantEntry<'m, K, V> {
    pub fn insert(self, value: V) -> &'m mut V {
        self.map.entries.insert(self.place, (self.key, value));
        OccupiedEntry { map: self.map, place: self.place }.into_mut()
    }
}

impl<'m, K, V> Entry<'m, K, V> {
    pub fn or_insert_with(self, value: impl FnOnce() -> V) -> &'m mut V {
        match self {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(value()),
        }
    }

    pub fn or_insert_with_key(self, value: impl FnOnce(&K) -> V) -> &'m mut V {
        match self {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                let value = value(&entry.key);
                entry.insert(value)
            }
        }
    }

    pub fn or_insert(self, value: V) -> &'m mut V {
        self.or_insert_with(|| value)
    }

    pub fn or_default(self) -> &'m mut V
    where
        V: Default,
    {
        self.or_insert_with(V::default)
    }

    #[must_use]
    pub fn and_modify(self, change: impl FnOnce(&mut V)) -> Entry<'m, K, V> {
        match self {
            Entry::Occupied(OccupiedEntry { map, place }) => {
                if let Some((_, value)) = map.entries.get_mut(place) {
                    change(value);
                }
                Entry::Occupied(OccupiedEntry { map, place })
            }
            vacant => vacant,
        }
    }
}

/// The entries of a [`SortedMap`] in the order of their keys.
pub struct Entries<'m, K, V>(slice::Iter<'m, (K, V)>);

impl<K, V> Clone for Entries<'_, K, V> {
    fn clone(&self) -> Self {
        Entries(self.0.clone())
    }
}

impl<'m, K, V> Iterator for Entries<'m, K, V> {
    type Item = (&'m K, &'m V);

    fn next(&mut self) -> Option<(&'m K, &'m V)> {
        self.0.next().map(|(key, value)| (key, value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl<'m, K, V> DoubleEndedIterator for Entries<'m, K, V> {
    fn next_back(&mut self) -> Option<(&'m K, &'m V)> {
        self.0.next_back().map(|(key, value)| (key, value))
    }
}

impl<K, V> ExactSizeIterator for Entries<'_, K, V> {}
impl<K, V> FusedIterator for Entries<'_, K, V> {}

impl<'m, K, V> IntoIterator for &'m SortedMap<K, V> {
    type Item = (&'m K, &'m V);
    type IntoIter = Entries<'m, K, V>;

    fn into_iter(self) -> Entries<'m, K, V> {
        self.iter()
    }
}

impl<K, V> IntoIterator for SortedMap<K, V> {
    type Item = (K, V);
    type IntoIter = vec::IntoIter<(K, V)>;

    fn into_iter(self) -> vec::IntoIter<(K, V)> {
        self.entries.into_iter()
    }
}

impl<K: Ord, V> From<Vec<(K, V)>> for SortedMap<K, V> {
    fn from(mut entries: Vec<(K, V)>) -> SortedMap<K, V> {
        normalize(&mut entries, |(key, _)| key);
        SortedMap { entries }
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for SortedMap<K, V> {
    fn from(entries: [(K, V); N]) -> SortedMap<K, V> {
        Vec::from(entries).into()
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for SortedMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> SortedMap<K, V> {
        Vec::from_iter(entries).into()
    }
}

impl<K: Ord, V> Extend<(K, V)> for SortedMap<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        let mut added: Vec<(K, V)> = entries.into_iter().collect();
        if !self.is_empty() && added.len() <= FEW {
            for (key, value) in added {
                self.insert(key, value);
            }
        } else {
            self.entries.append(&mut added);
            normalize(&mut self.entries, |(key, _)| key);
        }
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for SortedMap<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

impl<K: Serialize, V: Serialize> Serialize for SortedMap<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

impl<'de, K: Deserialize<'de> + Ord, V: Deserialize<'de>> Deserialize<'de> for SortedMap<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<SortedMap<K, V>, D::Error> {
        struct Read<K, V>(PhantomData<(K, V)>);

        impl<'de, K: Deserialize<'de> + Ord, V: Deserialize<'de>> Visitor<'de> for Read<K, V> {
            type Value = SortedMap<K, V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<SortedMap<K, V>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(entries.into())
            }
        }

        deserializer.deserialize_map(Read(PhantomData))
    }
}

/// A set as a sorted vector.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SortedSet<T> {
    items: Vec<T>,
}

impl<T> Default for SortedSet<T> {
    fn default() -> SortedSet<T> {
        SortedSet::new()
    }
}

impl<T> SortedSet<T> {
    pub const fn new() -> SortedSet<T> {
        SortedSet { items: Vec::new() }
    }

    pub fn len(&self) -> usize {
        self.items.len()
    }

    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub fn iter(&self) -> slice::Iter<'_, T> {
        self.items.iter()
    }

    pub fn first(&self) -> Option<&T> {
        self.items.first()
    }

    pub fn last(&self) -> Option<&T> {
        self.items.last()
    }

    pub fn clear(&mut self) {
        self.items.clear();
    }

    pub fn retain(&mut self, keep: impl FnMut(&T) -> bool) {
        self.items.retain(keep);
    }
}

impl<T: Ord> SortedSet<T> {
    fn place<Q: Ord + ?Sized>(&self, item: &Q) -> Result<usize, usize>
    where
        T: Borrow<Q>,
    {
        self.items.binary_search_by(|other| other.borrow().cmp(item))
    }

    pub fn contains<Q: Ord + ?Sized>(&self, item: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.place(item).is_ok()
    }

    /// Inserts an item unless the set has it, and returns whether it was inserted.
    pub fn insert(&mut self, item: T) -> bool {
        let place = match self.items.last() {
            Some(last) if *last >= item => self.place(&item),
            _ => Err(self.items.len()),
        };
        if let Err(place) = place {
            self.items.insert(place, item);
        }
        place.is_err()
    }

    pub fn remove<Q: Ord + ?Sized>(&mut self, item: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        let place = self.place(item);
        if let Ok(place) = place {
            self.items.remove(place);
        }
        place.is_ok()
    }

    /// The items of both sets, those of this set first.
    pub fn union<'s>(&'s self, other: &'s SortedSet<T>) -> impl Iterator<Item = &'s T> {
        self.iter().chain(other.difference(self))
    }

    pub fn intersection<'s>(&'s self, other: &'s SortedSet<T>) -> impl Iterator<Item = &'s T> {
        let (fewer, more) = if self.len() <= other.len() { (self, other) } else { (other, self) };
        fewer.iter().filter(|item| more.contains(*item))
    }

    pub fn difference<'s>(&'s self, other: &'s SortedSet<T>) -> impl Iterator<Item = &'s T> {
        self.iter().filter(|item| !other.contains(*item))
    }

    pub fn is_subset(&self, other: &SortedSet<T>) -> bool {
        self.len() <= other.len() && self.iter().all(|item| other.contains(item))
    }

    pub fn is_disjoint(&self, other: &SortedSet<T>) -> bool {
        self.intersection(other).next().is_none()
    }
}

impl<T: Ord + Clone> BitAnd for &SortedSet<T> {
    type Output = SortedSet<T>;

    fn bitand(self, other: &SortedSet<T>) -> SortedSet<T> {
        self.intersection(other).cloned().collect()
    }
}

impl<T: Ord + Clone> BitOr for &SortedSet<T> {
    type Output = SortedSet<T>;

    fn bitor(self, other: &SortedSet<T>) -> SortedSet<T> {
        self.union(other).cloned().collect()
    }
}

impl<T: Ord + Clone> Sub for &SortedSet<T> {
    type Output = SortedSet<T>;

    fn sub(self, other: &SortedSet<T>) -> SortedSet<T> {
        self.difference(other).cloned().collect()
    }
}

impl<'s, T> IntoIterator for &'s SortedSet<T> {
    type Item = &'s T;
    type IntoIter = slice::Iter<'s, T>;

    fn into_iter(self) -> slice::Iter<'s, T> {
        self.iter()
    }
}

impl<T> IntoIterator for SortedSet<T> {
    type Item = T;
    type IntoIter = vec::IntoIter<T>;

    fn into_iter(self) -> vec::IntoIter<T> {
        self.items.into_iter()
    }
}

impl<T: Ord> From<Vec<T>> for SortedSet<T> {
    fn from(mut items: Vec<T>) -> SortedSet<T> {
        normalize(&mut items, |item| item);
        SortedSet { items }
    }
}

impl<T: Ord, const N: usize> From<[T; N]> for SortedSet<T> {
    fn from(items: [T; N]) -> SortedSet<T> {
        Vec::from(items).into()
    }
}

impl<T: Ord> FromIterator<T> for SortedSet<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> SortedSet<T> {
        Vec::from_iter(items).into()
    }
}

impl<T: Ord> Extend<T> for SortedSet<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        let mut added: Vec<T> = items.into_iter().collect();
        if !self.is_empty() && added.len() <= FEW {
            for item in added {
                self.insert(item);
            }
        } else {
            self.items.append(&mut added);
            normalize(&mut self.items, |item| item);
        }
    }
}

impl<'t, T: Ord + Copy> Extend<&'t T> for SortedSet<T> {
    fn extend<I: IntoIterator<Item = &'t T>>(&mut self, items: I) {
        self.extend(items.into_iter().copied());
    }
}

impl<T: fmt::Debug> fmt::Debug for SortedSet<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self).finish()
    }
}

impl<T: Serialize> Serialize for SortedSet<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.items.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de> + Ord> Deserialize<'de> for SortedSet<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<SortedSet<T>, D::Error> {
        Vec::deserialize(deserializer).map(SortedSet::from)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_map_is_what_a_b_tree_is(
            first in prop::collection::vec((0_u8..40, 0_u8..4), 0..30),
            later in prop::collection::vec((0_u8..40, 0_u8..4), 0..30),
            removed in prop::collection::vec(0_u8..40, 0..10),
        ) {
            let mut map: SortedMap<u8, u8> = first.iter().copied().collect();
            let mut tree: BTreeMap<u8, u8> = first.into_iter().collect();
            prop_assert!(map.iter().eq(&tree));
            for (at, (key, value)) in later.iter().enumerate() {
                if at % 2 == 0 {
                    prop_assert_eq!(map.insert(*key, *value), tree.insert(*key, *value));
                } else {
                    prop_assert_eq!(map.entry(*key).and_modify(|old| *old += 1).or_insert(*value), tree.entry(*key).and_modify(|old| *old += 1).or_insert(*value));
                }
            }
            for key in removed {
                prop_assert_eq!(map.remove(&key), tree.remove(&key));
            }
            prop_assert!(map.iter().eq(&tree));
            map.extend(later.iter().copied());
            tree.extend(later);
            prop_assert!(map.iter().eq(&tree));
            prop_assert!((0..40).all(|key| map.get(&key) == tree.get(&key)));
        }

        #[test]
        fn a_set_is_what_a_b_tree_is(
            first in prop::collection::vec(0_u8..40, 0..30),
            later in prop::collection::vec(0_u8..40, 0..30),
        ) {
            let (mut one, mut other) = (SortedSet::from(first.clone()), SortedSet::new());
            let (mut tree, mut other_tree) = (BTreeSet::from_iter(first), BTreeSet::new());
            for item in &later {
                prop_assert_eq!(other.insert(*item), other_tree.insert(*item));
            }
            prop_assert!(one.iter().eq(&tree) && other.iter().eq(&other_tree));
            prop_assert_eq!(one.is_subset(&other), tree.is_subset(&other_tree));
            prop_assert_eq!(one.is_disjoint(&other), tree.is_disjoint(&other_tree));
            prop_assert!(one.intersection(&other).eq(tree.intersection(&other_tree)));
            prop_assert!(one.difference(&other).eq(tree.difference(&other_tree)));
            prop_assert!(one.union(&other).collect::<BTreeSet<_>>() == tree.union(&other_tree).collect());
            one.extend(&other);
            tree.extend(&other_tree);
            prop_assert!(one.iter().eq(&tree));
        }

        #[test]
        fn the_sort_is_stable(items in prop::collection::vec((0_u8..9, 0_u8..9), 0..80)) {
            let (mut ours, mut theirs) = (items.clone(), items);
            sort_by_key(&mut ours, |(key, _)| *key);
            theirs.sort_by_key(|(key, _)| *key);
            prop_assert_eq!(ours, theirs);
        }
    }
}
