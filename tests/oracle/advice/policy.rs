//! Small policies and dossiers, their meaning, and their text.

use super::world::{Commander, FIXED, Fact, HEADS, PRESUMED_NO, Person, PersonFact, REGIONS, World, YES_NO};
use std::collections::BTreeSet;

#[derive(Clone, PartialEq, Debug)]
pub enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    None(Vec<Condition>),
    YesNo(usize, bool),
    /// Whether the headcount is at least the given one, or is not.
    Head(usize, bool),
    Region(usize, bool),
    Commander(PersonFact, bool),
    Leaders(Quantifier, PersonFact, bool),
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Quantifier {
    Any,
    All,
    None,
    AtLeast(u8),
    AtMost(u8),
    Exactly(u8),
}

/// The scopes of a rule or waiver: both types, only `a` with `b` below it, or only `b`.
pub const SCOPES: [&str; 3] = ["", "  for a\n", "  for b\n"];

/// The types of assistance, by index.
pub const TYPES: [&str; 2] = ["a", "b"];

#[derive(Clone, PartialEq, Debug)]
pub struct Rule {
    pub bar: bool,
    /// An index into [`SCOPES`].
    pub scope: usize,
    pub when: Option<Condition>,
    pub needs: Option<Condition>,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Waiver {
    pub lifts: usize,
    pub scope: usize,
    pub when: Option<Condition>,
}

/// The claim of a statement about a fact.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stated {
    Yes,
    No,
    Contested,
    /// The headcount, region or commander of this index.
    Is(usize),
    IsNot(usize),
    /// The list is complete.
    NoOthers,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Model {
    pub rules: Vec<Rule>,
    pub waivers: Vec<Waiver>,
    /// At most one statement about each fact.
    pub statements: Vec<(Fact, Stated)>,
}

impl Model {
    pub fn stated(&self, fact: Fact) -> Option<Stated> {
        self.statements.iter().find(|(about, _)| *about == fact).map(|(_, stated)| *stated)
    }

    /// Whether a world agrees with the statement about a fact.
    pub fn agrees(&self, fact: Fact, world: &World) -> bool {
        let place = match fact {
            Fact::Headcount => world.head,
            Fact::Region => world.region,
            Fact::Commander => world.commander as usize,
            _ => usize::MAX,
        };
        let yes = match fact {
            Fact::YesNo(at) => world.yes_no[at],
            Fact::Trained(person) => world.trained[person as usize],
            Fact::Loyal(person) => world.loyal[person as usize],
            Fact::AliLeads => world.ali_leads,
            _ => false,
        };
        match self.stated(fact) {
            None | Some(Stated::Contested) => true,
            Some(Stated::Yes) => yes,
            Some(Stated::No) => !yes,
            Some(Stated::Is(value)) => place == value,
            Some(Stated::IsNot(value)) => place != value,
            Some(Stated::NoOthers) => world.all_further() == 0,
        }
    }

    /// Whether a world agrees with the presumption about a fact without statements. The presumption that further
    /// leaders are loyal holds for each of them, whatever the statements about the list.
    pub fn is_as_presumed(&self, fact: Fact, world: &World) -> bool {
        match fact {
            Fact::Further => world.further(PersonFact::Loyal) == world.all_further(),
            _ if self.stated(fact).is_some() => true,
            Fact::YesNo(PRESUMED_NO) => !world.yes_no[PRESUMED_NO],
            Fact::Loyal(person) => world.loyal[person as usize],
            _ => true,
        }
    }

    /// Whether a person is named, so that there can be statements about them.
    pub fn names(&self, person: Person) -> bool {
        match person {
            Person::Paul => {
                let paul = Commander::Paul as usize;
                matches!(self.stated(Fact::Commander), Some(Stated::Is(at) | Stated::IsNot(at)) if at == paul)
            }
            Person::Ali => self.stated(Fact::AliLeads).is_some(),
            Person::Other => true,
        }
    }

    /// The facts that conditions use, including those of every person they can be about.
    pub fn facts(&self) -> BTreeSet<Fact> {
        let mut facts = BTreeSet::new();
        for condition in self.conditions() {
            self.add_facts(condition, &mut facts);
        }
        facts
    }

    fn add_facts(&self, condition: &Condition, facts: &mut BTreeSet<Fact>) {
        let add = |person: Person, fact: PersonFact, facts: &mut BTreeSet<Fact>| {
            if self.names(person) && fact != PersonFact::Loyal {
                facts.insert(Fact::Trained(person));
            }
            if self.names(person) && fact != PersonFact::Trained {
                facts.insert(Fact::Loyal(person));
            }
        };
        match condition {
            Condition::All(of) | Condition::Any(of) | Condition::None(of) => {
                of.iter().for_each(|condition| self.add_facts(condition, facts));
            }
            Condition::YesNo(at, _) => _ = facts.insert(Fact::YesNo(*at)),
            Condition::Head(..) => _ = facts.insert(Fact::Headcount),
            Condition::Region(..) => _ = facts.insert(Fact::Region),
            Condition::Commander(fact, _) => {
                facts.insert(Fact::Commander);
                [Person::Paul, Person::Other].into_iter().for_each(|person| add(person, *fact, facts));
            }
            Condition::Leaders(_, fact, _) => {
                facts.insert(Fact::Further);
                if self.names(Person::Ali) {
                    facts.insert(Fact::AliLeads);
                    add(Person::Ali, *fact, facts);
                }
            }
        }
    }

    pub fn conditions(&self) -> Vec<&Condition> {
        let rules = self.rules.iter().flat_map(|rule| rule.when.iter().chain(&rule.needs));
        rules.chain(self.waivers.iter().filter_map(|waiver| waiver.when.as_ref())).collect()
    }

    /// All combinations of values of the facts that are used, whatever the statements.
    pub fn worlds(&self) -> Vec<World> {
        let mut worlds = vec![World::FIRST];
        for fact in self.facts() {
            worlds = worlds.into_iter().flat_map(|world| world.turned(fact)).collect();
            if fact == Fact::Commander && !self.names(Person::Paul) {
                worlds.retain(|world| world.commander != Commander::Paul);
            }
        }
        worlds
    }

    /// The rules for a type.
    pub fn rules_for(&self, assistance: usize) -> impl Iterator<Item = usize> {
        (0..self.rules.len()).filter(move |at| self.rules[*at].scope != 2 || assistance == 1)
    }

    pub fn applies(&self, rule: usize, world: &World) -> bool {
        self.rules[rule].when.as_ref().is_none_or(|when| holds(when, world))
    }

    /// Whether a rule is met without waivers.
    pub fn is_met_by_itself(&self, rule: usize, world: &World) -> bool {
        !self.applies(rule, world) || self.rules[rule].needs.as_ref().is_some_and(|needs| holds(needs, world))
    }

    /// Whether a rule is met for a type.
    pub fn is_met(&self, rule: usize, assistance: usize, world: &World) -> bool {
        let lifts = |waiver: &Waiver| {
            waiver.lifts == rule
                && (waiver.scope != 2 || assistance == 1)
                && waiver.when.as_ref().is_none_or(|when| holds(when, world))
        };
        self.is_met_by_itself(rule, world) || self.waivers.iter().any(lifts)
    }

    pub fn is_eligible(&self, assistance: usize, world: &World) -> bool {
        self.rules_for(assistance).all(|rule| self.is_met(rule, assistance, world))
    }
}

pub fn holds(condition: &Condition, world: &World) -> bool {
    match condition {
        Condition::All(of) => of.iter().all(|condition| holds(condition, world)),
        Condition::Any(of) => of.iter().any(|condition| holds(condition, world)),
        Condition::None(of) => !of.iter().any(|condition| holds(condition, world)),
        Condition::YesNo(at, yes) => world.yes_no[*at] == *yes,
        Condition::Head(at, yes) => (world.head >= *at) == *yes,
        Condition::Region(at, yes) => (world.region == *at) == *yes,
        Condition::Commander(fact, yes) => match world.commander {
            Commander::NoOne => false,
            Commander::Paul => world.is(Person::Paul, *fact) == *yes,
            Commander::Other => world.is(Person::Other, *fact) == *yes,
        },
        Condition::Leaders(quantifier, fact, yes) => {
            let ali = world.ali_leads && world.is(Person::Ali, *fact) == *yes;
            let further = world.further(*fact);
            let all = world.all_further() + u8::from(world.ali_leads);
            let so = u8::from(ali) + if *yes { further } else { world.all_further() - further };
            match quantifier {
                Quantifier::Any => so > 0,
                Quantifier::All => so == all,
                Quantifier::None => so == 0,
                Quantifier::AtLeast(count) => so >= *count,
                Quantifier::AtMost(count) => so <= *count,
                Quantifier::Exactly(count) => so == *count,
            }
        }
    }
}

const VOCABULARY: &str = "
kind group
  is alpha : yes or no
  is beta : yes or no
  is gamma : yes or no
    fixed
  is delta : yes or no
    presumed no
  headcount : number of fighters
  region : one of west, east, south
  commander : person
  leaders : list of person

kind person
  is trained : yes or no
  is loyal : yes or no
    presumed yes

definition
  the person is fit
  when the person is trained and is loyal
";

/// The model as a file, in parts.
pub fn text(model: &Model) -> Vec<String> {
    let mut all = vec![
        "policy \"P\"\n  id p\n  version 1\n  about group\n\nassistance a\n  assistance b\n".to_owned(),
        VOCABULARY.to_owned(),
    ];
    for (at, rule) in model.rules.iter().enumerate() {
        let word = if rule.bar { "bar" } else { "requirement" };
        let scope = SCOPES[rule.scope];
        all.push(format!("\n{word} r{at} \"R{at}\"\n{scope}"));
        all.extend(rule.when.iter().map(|when| format!("  when {}", written(when, 4))));
        all.extend(rule.needs.iter().map(|needs| format!("  needs {}", written(needs, 4))));
    }
    for (at, waiver) in model.waivers.iter().enumerate() {
        let (lifts, scope) = (waiver.lifts, SCOPES[waiver.scope]);
        all.push(format!("\nwaiver w{at} \"W{at}\"\n  lifts r{lifts}\n{scope}"));
        all.extend(waiver.when.iter().map(|when| format!("  when {}", written(when, 4))));
    }
    all.push("\ndossier d \"D\"\n  about group\n  as of 2016-02-15\n".to_owned());
    let of_group = |(fact, _): &&(Fact, Stated)| !matches!(fact, Fact::Trained(_) | Fact::Loyal(_));
    let ali_leads = model.stated(Fact::AliLeads).is_some();
    for (fact, stated) in model.statements.iter().filter(of_group) {
        let sentence = match (fact, stated) {
            (Fact::YesNo(at), Stated::Contested) => format!("it is contested whether it {}", YES_NO[*at]),
            (Fact::YesNo(at), stated) => format!("it {}", verb_phrase(YES_NO[*at], *stated == Stated::Yes)),
            (Fact::Headcount, Stated::Is(at)) => format!("its headcount is {}", HEADS[*at]),
            (Fact::Headcount, Stated::IsNot(0)) => format!("its headcount is at least {}", HEADS[1]),
            (Fact::Headcount, Stated::IsNot(2)) => format!("its headcount is less than {}", HEADS[2]),
            (Fact::Region, Stated::Is(at)) => format!("its region is {}", REGIONS[*at]),
            (Fact::Region, Stated::IsNot(at)) => format!("its region is not {}", REGIONS[*at]),
            (Fact::Commander, stated) => {
                let (Stated::Is(at) | Stated::IsNot(at)) = stated else { unreachable!("{stated:?}") };
                let who = if *at == Commander::Paul as usize { "paul" } else { "no one" };
                format!("its commander is {}{who}", if matches!(stated, Stated::Is(_)) { "" } else { "not " })
            }
            (Fact::AliLeads, _) if model.stated(Fact::Further).is_some() => {
                "its leaders are ali and no others".to_owned()
            }
            (Fact::AliLeads, _) => "its leaders include ali".to_owned(),
            (Fact::Further, _) if ali_leads => continue,
            (Fact::Further, _) => "it has no leaders".to_owned(),
            (fact, stated) => unreachable!("{stated:?} of {fact:?}"),
        };
        all.push(format!("  - {sentence}\n"));
    }
    for (person, id, name) in [(Person::Paul, "paul", "Paul"), (Person::Ali, "ali", "Ali")] {
        if !model.names(person) {
            continue;
        }
        all.push(format!("\n  person {id} \"{name}\"\n"));
        for (fact, phrase) in [(Fact::Trained(person), "is trained"), (Fact::Loyal(person), "is loyal")] {
            if let Some(stated) = model.stated(fact) {
                all.push(format!("    - {}\n", verb_phrase(phrase, stated == Stated::Yes)));
            }
        }
    }
    all
}

fn verb_phrase(phrase: &str, yes: bool) -> String {
    if yes { phrase.to_owned() } else { phrase.replacen("is ", "is not ", 1) }
}

fn written(condition: &Condition, indent: usize) -> String {
    let list = |word: &str, of: &[Condition]| {
        let bullets = of.iter().map(|one| format!("{}- {}", " ".repeat(indent), written(one, indent + 4)));
        format!("{word} of\n{}", bullets.collect::<String>())
    };
    let tested = |fact: PersonFact, yes: bool| match fact {
        PersonFact::Trained => verb_phrase("is trained", yes),
        PersonFact::Loyal => verb_phrase("is loyal", yes),
        PersonFact::Fit => verb_phrase("is fit", yes),
    };
    match condition {
        Condition::All(of) => list("all", of),
        Condition::Any(of) => list("any", of),
        Condition::None(of) => list("none", of),
        Condition::YesNo(at, yes) => format!("the group {}\n", verb_phrase(YES_NO[*at], *yes)),
        Condition::Head(at, true) => format!("the group's headcount is at least {}\n", HEADS[*at]),
        Condition::Head(at, false) => format!("the group's headcount is less than {}\n", HEADS[*at]),
        Condition::Region(at, yes) => {
            format!("the group's region {} {}\n", if *yes { "is" } else { "is not" }, REGIONS[*at])
        }
        Condition::Commander(of, yes) => format!("the group's commander {}\n", tested(*of, *yes)),
        Condition::Leaders(quantifier, of, yes) => {
            let (count, plural) = match quantifier {
                Quantifier::Any => ("any".to_owned(), false),
                Quantifier::All => ("all".to_owned(), true),
                Quantifier::None => ("none".to_owned(), false),
                Quantifier::AtLeast(count) => (format!("at least {count}"), true),
                Quantifier::AtMost(count) => (format!("at most {count}"), true),
                Quantifier::Exactly(count) => (format!("exactly {count}"), true),
            };
            let test = tested(*of, *yes);
            let test = if plural { test.replacen("is", "are", 1) } else { test };
            format!("{count} of the group's leaders {test}\n")
        }
    }
}

/// Whether the value of a fact can never change.
pub fn is_fixed(fact: Fact) -> bool {
    fact == Fact::YesNo(FIXED)
}
