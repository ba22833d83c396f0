//! The invariants of a program.

use super::Program;
use super::schedule::Step;
use crate::sorted::SortedSet;

/// Returns a message for each broken invariant of a program.
pub fn invariants(program: &Program) -> Vec<String> {
    let schedule = &program.schedule;
    let mut broken = Vec::new();
    let mut written = SortedSet::new();
    let mut loaded = SortedSet::new();
    for (at, step) in schedule.steps.iter().enumerate() {
        match step {
            Step::Load(load) => match schedule.loads.get(*load as usize) {
                Some(load) => {
                    if !loaded.insert(load.var) {
                        broken.push(format!("step {at} reads variable {} a second time", load.var.0));
                    }
                    let possible = program.possible.find(load.var).copied().unwrap_or_default();
                    let mut seen = 0;
                    for (class, to) in &load.classes {
                        if *class == 0 || class & !possible != 0 || class & seen != 0 {
                            broken.push(format!("step {at} reads an invalid class"));
                        }
                        seen |= class;
                        written.insert(*to);
                    }
                }
                None => broken.push(format!("step {at} reads an unknown variable")),
            },
            Step::Make { to, start, end, .. } => {
                let of = schedule.of.get(*start as usize..*end as usize);
                if of.is_none_or(|of| of.iter().any(|plane| !written.contains(plane))) {
                    broken.push(format!("step {at} uses a plane that is not computed yet"));
                }
                written.insert(*to);
            }
        }
    }
    if written.iter().any(|place| *place as usize >= schedule.kept) {
        broken.push("a plane is kept past the last place".to_owned());
    }
    if schedule.wanted.len() != 2 * program.exact.len()
        || schedule.wanted.iter().any(|place| !written.contains(place))
    {
        broken.push("a root has no plane".to_owned());
    }
    broken
}
