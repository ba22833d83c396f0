//! Evaluation of a program on many rows, block by block.

use super::block::{EMPTY, Kept, TILE, fold, most, write};
use super::column::Feed;
use super::planes::How;
use super::schedule::{Schedule, Step};
use super::{BitplaneError, Column, Program, Verdicts};
use crate::id::VarId;
use crate::sorted::SortedMap;

/// The largest number of threads.
const THREADS: usize = 64;

/// The output of one thread: the words of its rows in each wanted plane.
type Part<'a> = Vec<&'a mut [u64]>;

/// Evaluates a program on rows.
pub(super) fn run(
    program: &Program,
    columns: &SortedMap<VarId, Column>,
    rows: usize,
    threads: usize,
) -> Result<Verdicts, BitplaneError> {
    let schedule = &program.schedule;
    for (var, column) in columns {
        if let Some(there) = column.rows().filter(|there| *there < rows) {
            return Err(BitplaneError::Short { var: *var, rows: there });
        }
    }
    let feeds: Vec<Feed> = schedule
        .loads
        .iter()
        .map(|load| {
            let can = program.possible.find(load.var).copied().unwrap_or_default();
            let nothing = Column::nothing(can);
            Feed::new(columns.get(&load.var).unwrap_or(&nothing), can, &load.classes)
        })
        .collect();
    let tiles = rows.div_ceil(TILE);
    let mut planes = vec![vec![0_u64; rows.div_ceil(64)]; schedule.wanted.len()];
    let threads = if cfg!(target_family = "wasm") { 1 } else { threads.clamp(1, THREADS).min(tiles.max(1)) };
    let each = TILE * tiles.div_ceil(threads).max(1);
    let mut parts: Vec<Part> = (0..threads).map(|_| Vec::with_capacity(planes.len())).collect();
    for plane in &mut planes {
        let mut chunks = plane.chunks_mut(each / 64);
        for part in &mut parts {
            part.push(chunks.next().unwrap_or_default());
        }
    }
    let bad = share_out(parts, |place, part| part_of(schedule, &feeds, place * each, rows, part));
    if let Some((load, row)) = bad.into_iter().flatten().min_by_key(|(_, row)| *row) {
        let var = schedule.loads.get(load).map_or(VarId(u32::MAX), |load| load.var);
        return Err(BitplaneError::Value { var, row });
    }
    let mut planes = planes.into_iter();
    let roots = std::iter::from_fn(|| Some((planes.next()?, planes.next()?))).collect();
    Ok(Verdicts { rows, roots })
}

/// Does the first part on this thread and each other part on a thread of its own. A part for which no thread can be
/// started is done on this thread, too.
fn share_out<'a, T: Send>(parts: Vec<Part<'a>>, work: impl Fn(usize, Part<'a>) -> T + Sync) -> Vec<T> {
    let mut parts = parts.into_iter().enumerate();
    let first = parts.next();
    std::thread::scope(|scope| {
        let work = &work;
        let mut begun = Vec::new();
        for (place, part) in parts {
            let part = std::sync::Mutex::new(Some(part));
            let part = std::sync::Arc::new(part);
            let theirs = std::sync::Arc::clone(&part);
            let thread = std::thread::Builder::new().spawn_scoped(scope, move || {
                let part = theirs.lock().ok()?.take()?;
                Some(work(place, part))
            });
            begun.push((place, part, thread));
        }
        let mut done: Vec<T> = first.into_iter().map(|(place, part)| work(place, part)).collect();
        for (place, part, thread) in begun {
            let result = thread.ok().and_then(|thread| thread.join().ok()).flatten();
            let here = || part.lock().ok()?.take().map(|part| work(place, part));
            done.extend(result.or_else(here));
        }
        done
    })
}

/// Evaluates the rows of one part. Returns the first row with an impossible value, after the place of its load.
fn part_of(
    schedule: &Schedule,
    feeds: &[Feed],
    first: usize,
    rows: usize,
    mut part: Part,
) -> Option<(usize, usize)> {
    let words = part.iter().map(|plane| plane.len()).max().unwrap_or_default();
    let kept = Kept::new(schedule.kept, words);
    let mut rooms = [EMPTY; 2];
    for (word, row) in (0..words).step_by(kept.words()).zip((first..).step_by(64 * kept.words())) {
        let mut bad: Option<(usize, usize)> = None;
        for step in &schedule.steps {
            match *step {
                Step::Load(load) => {
                    let found = feeds.get(load as usize).and_then(|feed| feed.read(row, &kept, &mut rooms));
                    let found = found.filter(|row| *row < bad.map_or(rows, |(_, before)| before));
                    bad = found.map(|row| (load as usize, row)).or(bad);
                }
                Step::Make { how, to, start, end } => {
                    let of = schedule.of.get(start as usize..end as usize).unwrap_or_default();
                    make(how, of, to, &kept);
                }
            }
        }
        if bad.is_some() {
            return bad;
        }
        for (plane, place) in part.iter_mut().zip(&schedule.wanted) {
            let there = plane.get_mut(word..).unwrap_or_default();
            kept.plane(*place).into_iter().for_each(|made| write(made, rows.saturating_sub(row), there));
        }
    }
    None
}

#[inline(never)]
fn make(how: How, of: &[u32], to: u32, kept: &Kept) {
    match how {
        How::All => fold(of, to, kept, u64::MAX, |one, other| one & other),
        How::Any => fold(of, to, kept, 0, |one, other| one | other),
        How::Odd => fold(of, to, kept, 0, |one, other| one ^ other),
        How::Most => most(of, to, kept),
    }
}
