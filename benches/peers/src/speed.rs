//! The time of one decision. The engines take turns for many rounds, so that disturbances affect all equally. Measures
//! processor time instead of wall-clock time, so that other programs have little influence.

use crate::engines::Subject;
use crate::groups::GROUPS;
use cpu_time::ProcessTime;
use std::hint::black_box;
use std::time::Duration;

/// The number of turns of each engine.
pub const ROUNDS: usize = 15;

/// The least duration of a turn: it repeats passes over all groups until then.
const TURN: Duration = Duration::from_millis(20);

/// The cost of a way of deciding, in nanoseconds per decision.
#[derive(Default)]
pub struct Cost {
    turns: Vec<f64>,
}

impl Cost {
    pub fn median(&self) -> f64 {
        self.at(0.5)
    }

    /// Half the distance between the quartiles, relative to the median.
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

/// The costs of each engine, from prebuilt facts and, if supported, from JSON text.
pub fn measure(subjects: &mut [Box<dyn Subject>]) -> Vec<(Cost, Option<Cost>)> {
    let mut costs: Vec<(Cost, Option<Cost>)> = subjects.iter().map(|_| (Cost::default(), None)).collect();
    for round in 0..=ROUNDS {
        for (subject, costs) in subjects.iter_mut().zip(&mut costs) {
            let prebuilt = turn(&mut || subject.pass_prebuilt());
            let reads = subject.pass_json().is_some();
            let from_json = reads.then(|| turn(&mut || subject.pass_json().unwrap_or_default()));
            // The first round is a warm-up.
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

/// Nanoseconds per decision over one turn.
fn turn(pass: &mut dyn FnMut() -> usize) -> f64 {
    let start = ProcessTime::now();
    let mut passes = 0;
    while passes == 0 || start.elapsed() < TURN {
        black_box(pass());
        passes += 1;
    }
    start.elapsed().as_nanos() as f64 / (passes * GROUPS) as f64
}
