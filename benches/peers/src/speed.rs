//! How long one decision takes: every engine in turn, many rounds over, so that a noisy moment falls on all alike. What
//! is taken is the processor's time, not the clock's, so that other programs count for little.

use crate::engines::Subject;
use crate::groups::GROUPS;
use cpu_time::ProcessTime;
use std::hint::black_box;
use std::time::Duration;

/// How often every engine has its turn.
pub const ROUNDS: usize = 15;

/// The least time a turn takes: as many passes over all groups as fill it.
const TURN: Duration = Duration::from_millis(20);

/// What a way of deciding costs, in nanoseconds a decision.
#[derive(Default)]
pub struct Cost {
    turns: Vec<f64>,
}

impl Cost {
    pub fn median(&self) -> f64 {
        self.at(0.5)
    }

    /// Half the distance between the quartiles, as a share of the median.
    pub fn spread(&self) -> f64 {
        (self.at(0.75) - self.at(0.25)) / 2.0 / self.median()
    }

    fn at(&self, share: f64) -> f64 {
        let mut turns = self.turns.clone();
        turns.sort_by(f64::total_cmp);
        let place = share * (turns.len() - 1) as f64;
        let (below, above) = (turns[place.floor() as usize], turns[place.ceil() as usize]);
        below + (above - below) * place.fract()
    }
}

/// The costs of each engine, from prebuilt facts and, where it has that way, from JSON text.
pub fn measure(subjects: &mut [Box<dyn Subject>]) -> Vec<(Cost, Option<Cost>)> {
    let mut costs: Vec<(Cost, Option<Cost>)> = subjects.iter().map(|_| (Cost::default(), None)).collect();
    for round in 0..=ROUNDS {
        for (subject, costs) in subjects.iter_mut().zip(&mut costs) {
            let prebuilt = turn(&mut || subject.pass_prebuilt());
            let reads = subject.pass_json().is_some();
            let from_json = reads.then(|| turn(&mut || subject.pass_json().unwrap_or_default()));
            // The first round only warms up.
            if round > 0 {
                costs.0.turns.push(prebuilt);
                if let Some(from_json) = from_json {
                    costs.1.get_or_insert_default().turns.push(from_json);
                }
            }
        }
        eprintln!("round {round} of {ROUNDS}");
    }
    costs
}

/// Nanoseconds a decision over one turn.
fn turn(pass: &mut dyn FnMut() -> usize) -> f64 {
    let start = ProcessTime::now();
    let mut passes = 0;
    while passes == 0 || start.elapsed() < TURN {
        black_box(pass());
        passes += 1;
    }
    start.elapsed().as_nanos() as f64 / (passes * GROUPS) as f64
}
