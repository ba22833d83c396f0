//! A program for one row. A plane is a single bit, with many to a word, so that a step is one comparison.

use super::planes::How;
use super::schedule::{Schedule, Step};
use crate::circuit::Mask;
use crate::id::{VarId, existing};
use crate::sorted::SortedMap;
use crate::value::Truth;

/// What is known of one row. Made by [`Program::row`](super::Program::row).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The bits of the input planes, then those of the computed planes.
    words: Vec<u64>,
}

/// A program for one row.
#[derive(Debug)]
pub(super) struct Single {
    /// The variables, ascending, each with the start and end of its classes.
    vars: Vec<(VarId, usize, usize)>,
    /// The classes, each with its bit.
    classes: Vec<(Mask, u32)>,
    steps: Steps,
    words: usize,
    /// The bits of true and of false for each root.
    roots: Vec<(u32, u32)>,
}

#[derive(Debug)]
enum Steps {
    /// All bits fit into one word. Has the bits of the input planes, and the steps by levels; the steps of a level are
    /// independent of each other.
    Few(u64, Vec<Vec<Fold>>),
    /// The bits need several words.
    Many(Vec<Spread>),
}

/// A step within one word: whether all of `bits` are as in `met`; or, with `turned`, whether not all of them are.
#[derive(Clone, Copy, Debug)]
struct Fold {
    bits: u64,
    met: u64,
    turned: u64,
    to: u32,
}

/// A step over several words: the bit that it makes, and the bits that it reads, word by word.
#[derive(Clone, Debug)]
struct Spread {
    how: How,
    to: u32,
    of: Vec<(u32, u64)>,
}

impl Single {
    /// Makes the program from a schedule that keeps every plane.
    pub fn new(schedule: &Schedule) -> Single {
        let pair = |pair: &[u32]| match pair {
            [yes, no] => (*yes, *no),
            _ => (u32::MAX, u32::MAX),
        };
        let (mut vars, mut classes) = (Vec::new(), Vec::new());
        for load in &schedule.loads {
            let start = classes.len();
            classes.extend_from_slice(&load.classes);
            vars.push((load.var, start, classes.len()));
        }
        vars.sort_unstable();
        Single {
            vars,
            classes,
            steps: few(schedule).unwrap_or_else(|| Steps::Many(spreads(schedule))),
            words: schedule.kept.div_ceil(64).max(1),
            roots: schedule.wanted.chunks_exact(2).map(pair).collect(),
        }
    }

    /// Returns a row without values.
    pub fn row(&self) -> Row {
        Row { words: vec![0; self.words] }
    }

    /// Sets the possible cells of a variable.
    pub fn set_cells(&self, row: &mut Row, var: VarId, possible: Mask) {
        for (class, bit) in self.classes(var) {
            set(&mut row.words, *bit, class & possible == 0);
        }
    }

    /// Returns the classes of a variable; empty if the program does not read it.
    fn classes(&self, var: VarId) -> &[(Mask, u32)] {
        let first = self.vars.first().map_or(0, |(first, ..)| first.0);
        // The variables that are read mostly have consecutive ids.
        let found = match self.vars.get(var.0.wrapping_sub(first) as usize) {
            Some(there) if there.0 == var => Some(there),
            _ => self.vars.binary_search_by_key(&var, |(var, ..)| *var).ok().and_then(|at| self.vars.get(at)),
        };
        found.and_then(|(_, start, end)| self.classes.get(*start..*end)).unwrap_or_default()
    }

    /// Computes all planes of a row.
    #[inline]
    pub fn settle(&self, row: &mut Row) {
        match (&self.steps, row.words.as_mut_slice()) {
            (Steps::Few(inputs, levels), [word]) => {
                let mut bits = *word & inputs;
                for level in levels {
                    let mut made = 0;
                    for step in level {
                        let is_met = u64::from((bits ^ step.met) & step.bits == 0) ^ step.turned;
                        made |= is_met << (step.to % 64);
                    }
                    bits |= made;
                }
                *word = bits;
            }
            (Steps::Few(..), _) => {}
            (Steps::Many(steps), words) => {
                for step in steps {
                    let of = step.of.iter();
                    let mut of = of.map(|(at, bits)| (*existing(words.get(*at as usize)), bits));
                    let is_met = match step.how {
                        How::All => of.all(|(word, bits)| word & bits == *bits),
                        How::Any => of.any(|(word, bits)| word & bits != 0),
                        How::Odd => of.map(|(word, bits)| (word & bits).count_ones()).sum::<u32>() & 1 == 1,
                        How::Most => of.map(|(word, bits)| (word & bits).count_ones()).sum::<u32>() >= 2,
                    };
                    set(words, step.to, is_met);
                }
            }
        }
    }

    /// Returns the values of the roots, after [`settle`](Single::settle).
    #[inline]
    pub fn answers<'a>(&'a self, row: &'a Row) -> impl ExactSizeIterator<Item = Truth> + 'a {
        let is = |bit: u32| row.words.get(bit as usize / 64).is_some_and(|word| word >> (bit % 64) & 1 == 1);
        self.roots.iter().map(move |(yes, no)| match (is(*yes), is(*no)) {
            (true, false) => Truth::Yes,
            (false, true) => Truth::No,
            _ => Truth::Open,
        })
    }
}

fn set(words: &mut [u64], bit: u32, is_set: bool) {
    if let Some(word) = words.get_mut(bit as usize / 64) {
        let bit = 1 << (bit % 64);
        *word = if is_set { *word | bit } else { *word & !bit };
    }
}

/// Returns the steps that make planes, each with its operation, its target and its operands.
fn made(schedule: &Schedule) -> impl Iterator<Item = (How, u32, &[u32])> {
    schedule.steps.iter().filter_map(|step| match *step {
        Step::Load(_) => None,
        Step::Make { how, to, start, end } => {
            Some((how, to, schedule.of.get(start as usize..end as usize).unwrap_or_default()))
        }
    })
}

/// Returns the steps within one word, if the planes fit into it.
fn few(schedule: &Schedule) -> Option<Steps> {
    if schedule.kept > 64 {
        return None;
    }
    let mut level_of = vec![0; schedule.kept];
    let mut levels: Vec<Vec<Fold>> = Vec::new();
    for (how, to, of) in made(schedule) {
        let bits = of.iter().fold(0, |bits, bit| bits | 1 << (bit % 64));
        let (met, turned) = match how {
            How::All => (bits, 0),
            How::Any => (0, 1),
            How::Odd | How::Most => return None,
        };
        let level = of.iter().filter_map(|plane| level_of.get(*plane as usize)).max().copied().unwrap_or(0);
        if let Some(slot) = level_of.get_mut(to as usize) {
            *slot = level + 1;
        }
        if levels.len() <= level {
            levels.resize(level + 1, Vec::new());
        }
        levels.get_mut(level)?.push(Fold { bits, met, turned, to });
    }
    let classes = schedule.loads.iter().flat_map(|load| &load.classes);
    Some(Steps::Few(classes.fold(0, |bits, (_, bit)| bits | 1 << (bit % 64)), levels))
}

fn spreads(schedule: &Schedule) -> Vec<Spread> {
    let spread = |(how, to, of): (How, u32, &[u32])| {
        let mut words: SortedMap<u32, u64> = SortedMap::new();
        for bit in of {
            *words.entry(bit / 64).or_default() |= 1 << (bit % 64);
        }
        Spread { how, to, of: words.into_iter().collect() }
    };
    made(schedule).map(spread).collect()
}
