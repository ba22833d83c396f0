//! The same program for one row: planes of a single bit, many to a word, so that a step is one comparison.

use super::planes::How;
use super::schedule::{Schedule, Step, number};
use crate::circuit::Mask;
use crate::id::VarId;
use crate::value::Truth;
use std::collections::BTreeMap;

/// What is said of one, ready to be decided on. Made by [`Program::row`](super::Program::row).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The bits of what is said, then those of what follows from it.
    pub(super) words: Vec<u64>,
}

/// A program for one row.
#[derive(Debug)]
pub(super) struct Single {
    /// For every variable its classes, each with its bit.
    classes: BTreeMap<VarId, Vec<(Mask, u32)>>,
    steps: Vec<Fold>,
    terms: Vec<(u32, u64)>,
    words: usize,
    /// The bit after those of variables.
    made_from: u32,
    /// The bits of every root being true and being false.
    roots: Vec<(u32, u32)>,
}

/// A step: the bit it makes, and where its terms start and end.
#[derive(Clone, Copy, Debug)]
struct Fold {
    how: How,
    to: u32,
    start: u32,
    end: u32,
}

impl Single {
    /// From a schedule that keeps every plane.
    pub fn new(schedule: &Schedule) -> Single {
        let mut single = Single {
            classes: BTreeMap::new(),
            steps: Vec::new(),
            terms: Vec::new(),
            words: schedule.kept.div_ceil(64).max(1),
            made_from: number(schedule.loads.iter().map(|load| load.classes.len()).sum()),
            roots: schedule.wanted.chunks_exact(2).map(|pair| (at(pair, 0), at(pair, 1))).collect(),
        };
        for load in &schedule.loads {
            single.classes.insert(load.var, load.classes.clone());
        }
        for step in &schedule.steps {
            let Step::Make { how, to, start, end } = *step else { continue };
            let mut terms: BTreeMap<u32, u64> = BTreeMap::new();
            for bit in schedule.of.get(start as usize..end as usize).unwrap_or_default() {
                *terms.entry(bit / 64).or_default() |= 1 << (bit % 64);
            }
            let start = number(single.terms.len());
            single.terms.extend(terms);
            single.steps.push(Fold { how, to, start, end: number(single.terms.len()) });
        }
        single
    }

    /// A row in which nothing is said.
    pub fn row(&self) -> Row {
        Row { words: vec![0; self.words] }
    }

    /// Says which cells of a variable are possible.
    pub fn say(&self, row: &mut Row, var: VarId, possible: Mask) {
        for (class, bit) in self.classes.get(&var).map_or(&[][..], Vec::as_slice) {
            let Some(word) = row.words.get_mut(*bit as usize / 64) else { continue };
            let bit = 1 << (bit % 64);
            *word = if class & possible == 0 { *word | bit } else { *word & !bit };
        }
    }

    /// Works out what follows.
    #[inline]
    pub fn settle(&self, row: &mut Row) {
        match row.words.as_mut_slice() {
            [word] => *word = self.settle_word(*word),
            words => self.settle_words(words),
        }
    }

    fn settle_word(&self, word: u64) -> u64 {
        let mut word = word & 1_u64.checked_shl(self.made_from).map_or(u64::MAX, |bit| bit - 1);
        for step in &self.steps {
            let mask = self.terms.get(step.start as usize).map_or(0, |term| term.1);
            let mask = if step.start == step.end { 0 } else { mask };
            let set = match step.how {
                How::All => word & mask == mask,
                How::Any => word & mask != 0,
                How::Odd => (word & mask).count_ones() & 1 == 1,
            };
            word |= u64::from(set) << (step.to % 64);
        }
        word
    }

    fn settle_words(&self, words: &mut [u64]) {
        for step in &self.steps {
            let terms = self.terms.get(step.start as usize..step.end as usize).unwrap_or_default();
            let mut met = terms
                .iter()
                .map(|(word, mask)| (words.get(*word as usize).copied().unwrap_or_default(), mask));
            let set = match step.how {
                How::All => met.all(|(word, mask)| word & mask == *mask),
                How::Any => met.any(|(word, mask)| word & mask != 0),
                How::Odd => met.map(|(word, mask)| (word & mask).count_ones()).sum::<u32>() & 1 == 1,
            };
            if let Some(word) = words.get_mut(step.to as usize / 64) {
                let bit = 1 << (step.to % 64);
                *word = if set { *word | bit } else { *word & !bit };
            }
        }
    }

    /// The answers of a row that is worked out.
    pub fn answers<'a>(&'a self, row: &'a Row) -> impl ExactSizeIterator<Item = Truth> + 'a {
        let is = |bit: u32| row.words.get(bit as usize / 64).is_some_and(|word| word >> (bit % 64) & 1 == 1);
        self.roots.iter().map(move |(yes, no)| match (is(*yes), is(*no)) {
            (true, false) => Truth::Yes,
            (false, true) => Truth::No,
            _ => Truth::Open,
        })
    }
}

fn at(pair: &[u32], place: usize) -> u32 {
    pair.get(place).copied().unwrap_or(u32::MAX)
}
