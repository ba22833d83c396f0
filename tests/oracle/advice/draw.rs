//! Generates models; the same number always gives the same models.

use super::policy::{Condition, Model, Quantifier, Rule, Stated, Waiver};
use super::world::{Commander, Fact, Person, PersonFact};

/// A pseudo-random generator: SplitMix64.
pub struct Dice(u64);

impl Dice {
    pub fn new(number: u64) -> Dice {
        Dice(number.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// A number below `count`.
    pub fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(count).unwrap()).unwrap()
    }

    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

/// The largest number of worlds of a model.
const MOST_WORLDS: usize = 12_000;

/// What the conditions of a model are about.
#[derive(Clone, Copy, PartialEq)]
enum Topic {
    YesNo(usize),
    Headcount,
    Region,
    Commander,
    Leaders,
}

pub fn model(dice: &mut Dice) -> Model {
    loop {
        let model = any_model(dice);
        if model.worlds().len() <= MOST_WORLDS {
            return model;
        }
    }
}

fn any_model(dice: &mut Dice) -> Model {
    let all = [
        Topic::YesNo(0),
        Topic::YesNo(1),
        Topic::YesNo(2),
        Topic::YesNo(3),
        Topic::Headcount,
        Topic::Region,
        Topic::Commander,
        Topic::Leaders,
        Topic::Leaders,
    ];
    let topics: Vec<Topic> = (0..2 + dice.below(4)).map(|_| dice.one(&all)).collect();
    let rules: Vec<Rule> = (0..1 + dice.below(4)).map(|_| rule(dice, &topics)).collect();
    let waivers = (0..dice.below(3)).map(|_| Waiver {
        lifts: dice.below(rules.len()),
        scope: dice.below(3),
        when: (!dice.once_in(3)).then(|| condition(dice, &topics, 1)),
    });
    let mut model = Model { waivers: waivers.collect(), rules, statements: Vec::new() };
    model.statements = statements(dice);
    model
}

fn rule(dice: &mut Dice, topics: &[Topic]) -> Rule {
    let bar = dice.once_in(3);
    let when = (bar || dice.once_in(3)).then(|| condition(dice, topics, 1));
    let needs = (!bar).then(|| condition(dice, topics, 2));
    Rule { bar, scope: dice.below(3), when, needs }
}

fn condition(dice: &mut Dice, topics: &[Topic], depth: usize) -> Condition {
    if depth > 0 && dice.once_in(2) {
        let of = (0..2 + dice.below(2)).map(|_| condition(dice, topics, depth - 1)).collect();
        return match dice.below(5) {
            0 | 1 => Condition::All(of),
            2 | 3 => Condition::Any(of),
            _ => Condition::None(of),
        };
    }
    let yes = !dice.once_in(3);
    let fact = dice.one(&[PersonFact::Trained, PersonFact::Trained, PersonFact::Loyal, PersonFact::Fit]);
    match dice.one(topics) {
        Topic::YesNo(at) => Condition::YesNo(at, yes),
        Topic::Headcount => Condition::Head(1 + dice.below(2), yes),
        Topic::Region => Condition::Region(dice.below(3), yes),
        Topic::Commander => Condition::Commander(fact, yes),
        Topic::Leaders => {
            let quantifier = dice.one(&[
                Quantifier::Any,
                Quantifier::All,
                Quantifier::None,
                Quantifier::AtLeast(0),
                Quantifier::AtLeast(1),
                Quantifier::AtLeast(2),
                Quantifier::AtMost(1),
                Quantifier::Exactly(1),
            ]);
            Condition::Leaders(quantifier, fact, yes)
        }
    }
}

fn statements(dice: &mut Dice) -> Vec<(Fact, Stated)> {
    let mut all = Vec::new();
    for at in 0..4 {
        match dice.below(5) {
            0 | 1 => {}
            2 => all.push((Fact::YesNo(at), Stated::Yes)),
            3 => all.push((Fact::YesNo(at), Stated::No)),
            _ => all.push((Fact::YesNo(at), Stated::Contested)),
        }
    }
    match dice.below(6) {
        at @ 0..3 => all.push((Fact::Headcount, Stated::Is(at))),
        3 => all.push((Fact::Headcount, Stated::IsNot(dice.one(&[0, 2])))),
        _ => {}
    }
    match dice.below(6) {
        at @ 0..2 => all.push((Fact::Region, Stated::Is(at))),
        at @ 2..4 => all.push((Fact::Region, Stated::IsNot(at - 1))),
        _ => {}
    }
    let commander = match dice.below(6) {
        0 => Some(Stated::Is(Commander::NoOne as usize)),
        1 | 2 => Some(Stated::Is(Commander::Paul as usize)),
        3 => Some(Stated::IsNot(Commander::Paul as usize)),
        4 => Some(Stated::IsNot(Commander::NoOne as usize)),
        _ => None,
    };
    all.extend(commander.map(|stated| (Fact::Commander, stated)));
    if dice.once_in(2) {
        all.push((Fact::AliLeads, Stated::Yes));
    }
    if dice.once_in(2) {
        all.push((Fact::Further, Stated::NoOthers));
    }
    let named = Model { rules: Vec::new(), waivers: Vec::new(), statements: all.clone() };
    for person in [Person::Paul, Person::Ali] {
        for fact in [Fact::Trained(person), Fact::Loyal(person)] {
            if named.names(person) && dice.once_in(2) {
                all.push((fact, if dice.once_in(2) { Stated::Yes } else { Stated::No }));
            }
        }
    }
    all
}
