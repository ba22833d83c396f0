//! Simpler models, to shrink one that fails.

use super::policy::{Condition, Model};

/// All models that differ from this one by one part removed or simplified.
pub fn simpler(model: &Model) -> Vec<Model> {
    let mut all = Vec::new();
    let mut with = |change: &dyn Fn(&mut Model)| {
        let mut changed = model.clone();
        change(&mut changed);
        all.push(changed);
    };
    (0..model.statements.len()).for_each(|at| with(&|model| _ = model.statements.remove(at)));
    (0..model.waivers.len()).for_each(|at| with(&|model| drop(model.waivers.remove(at))));
    if model.waivers.is_empty() && model.rules.len() > 1 {
        (0..model.rules.len()).for_each(|at| with(&|model| drop(model.rules.remove(at))));
    }
    for at in 0..model.rules.len() {
        if !model.rules[at].bar && model.rules[at].when.is_some() {
            with(&|model| model.rules[at].when = None);
        }
        if model.rules[at].scope != 0 {
            with(&|model| model.rules[at].scope = 0);
        }
        let rule = &model.rules[at];
        for shorter in rule.when.iter().flat_map(shorter) {
            with(&|model| model.rules[at].when = Some(shorter.clone()));
        }
        for shorter in rule.needs.iter().flat_map(shorter) {
            with(&|model| model.rules[at].needs = Some(shorter.clone()));
        }
    }
    all
}

fn shorter(condition: &Condition) -> Vec<Condition> {
    let (Condition::All(of) | Condition::Any(of) | Condition::None(of)) = condition else {
        return Vec::new();
    };
    let mut all = of.clone();
    let with = |of: Vec<Condition>| match condition {
        Condition::All(_) => Condition::All(of),
        Condition::Any(_) => Condition::Any(of),
        _ => Condition::None(of),
    };
    for at in 0..of.len() {
        for one in shorter(&of[at]) {
            let mut of = of.clone();
            of[at] = one;
            all.push(with(of));
        }
        if of.len() > 2 {
            let mut of = of.clone();
            drop(of.remove(at));
            all.push(with(of));
        }
    }
    all
}
