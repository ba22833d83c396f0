//! Shrinks a failing model as far as it still fails.

use super::model::*;

/// The smallest failing model that removing parts gives, and why it fails. `simpler` returns the models that differ from one by
/// one part.
pub fn smallest<M>(
    model: M,
    why: String,
    simpler: impl Fn(&M) -> Vec<M>,
    check: &dyn Fn(&M) -> Result<(), String>,
) -> (M, String) {
    let mut best = (model, why);
    'again: loop {
        for simpler in simpler(&best.0) {
            if let Err(why) = check(&simpler) {
                best = (simpler, why);
                continue 'again;
            }
        }
        return best;
    }
}

/// All models that differ from this one by one part removed or simplified.
pub fn simpler(model: &Model) -> Vec<Model> {
    let mut all = Vec::new();
    let mut with = |change: &dyn Fn(&mut Model)| {
        let mut changed = model.clone();
        change(&mut changed);
        if changed != *model {
            all.push(changed);
        }
    };
    with(&|model| model.statements.clear());
    with(&|model| model.waivers.clear());
    with(&|model| model.choice.clear());
    with(&|model| model.obligation = None);
    with(&|model| model.standard = None);
    for at in 0..model.statements.len() {
        with(&|model| drop(model.statements.remove(at)));
        with(&|model| {
            let statement = &mut model.statements[at];
            (statement.rival, statement.grade, statement.date, statement.apart) = (false, None, None, false);
        });
    }
    for at in 0..model.waivers.len() {
        with(&|model| drop(model.waivers.remove(at)));
    }
    if !asks_for_phases(model) {
        with(&|model| drop(model.phases.pop()));
    }
    // Simplify a rule instead of removing it if waivers refer to rules by index.
    for at in 0..model.rules.len() {
        with(&|model| {
            let rule = &mut model.rules[at];
            (rule.assistance, rule.standard, rule.period) = (Vec::new(), None, Period::default());
        });
        with(&|model| model.rules[at].unless = None);
        if !model.rules[at].bar {
            with(&|model| model.rules[at].when = None);
        }
        if at + 1 == model.rules.len() && at > 0 && model.waivers.is_empty() {
            with(&|model| drop(model.rules.pop()));
        }
        if model.waivers.is_empty() && model.rules.len() > 1 {
            with(&|model| drop(model.rules.remove(at)));
        }
    }
    for at in 0..model.phases.len() {
        with(&|model| {
            let phase = &mut model.phases[at];
            (phase.begins, phase.early, phase.reached) = (None, None, None);
        });
        with(&|model| model.phases[at].period = Period::default());
    }
    for at in 0..DEFINED.len() {
        with(&|model| model.definitions[at].1 = None);
    }
    let count = places(&mut model.clone()).len();
    for at in 0..count {
        for place in 0..4 {
            with(&|model| {
                if let Some(condition) = places(model).into_iter().nth(at)
                    && let Condition::List(_, of) = condition
                {
                    if place == 3 && of.len() > 2 {
                        drop(of.pop());
                    } else if let Some(inner) = of.get(place).cloned() {
                        *condition = inner;
                    }
                } else if let Some(condition) = places(model).into_iter().nth(at)
                    && let Condition::Line(and, parts) = condition
                {
                    match (place, parts.as_slice()) {
                        (0, [Part::Whole(only)]) => *condition = only.clone(),
                        (1, [.., _, _]) => drop(parts.pop()),
                        (2, [_, Part::Whole(_), ..]) => drop(parts.remove(0)),
                        (3, _) => *and = true,
                        _ => {}
                    }
                }
            });
        }
        with(&|model| {
            if let Some(Condition::YesNo(subject, ..) | Condition::Members(subject, ..)) =
                places(model).into_iter().nth(at)
                && subject.steps.last() == Some(&PARENT)
            {
                subject.steps.clear();
                subject.command = false;
            }
        });
    }
    all
}

/// All conditions of a model; inner conditions are included only after their outer condition is a list.
fn places(model: &mut Model) -> Vec<&mut Condition> {
    let mut all: Vec<&mut Condition> = Vec::new();
    for (when, unless) in &mut model.definitions {
        all.push(when);
        all.extend(unless);
    }
    for rule in &mut model.rules {
        all.extend(rule.when.iter_mut().chain(&mut rule.needs).chain(&mut rule.unless));
    }
    all.extend(model.waivers.iter_mut().filter_map(|waiver| waiver.when.as_mut()));
    for phase in &mut model.phases {
        all.extend(phase.begins.iter_mut().chain(&mut phase.early).chain(&mut phase.reached));
    }
    all.extend(&mut model.choice);
    all.extend(&mut model.obligation);
    all
}

fn asks_for_phases(model: &Model) -> bool {
    fn asks(condition: &Condition) -> bool {
        match condition {
            Condition::List(_, of) => of.iter().any(asks),
            condition => matches!(condition, Condition::Phase(..)),
        }
    }
    places(&mut model.clone()).into_iter().any(|condition| asks(condition))
}
