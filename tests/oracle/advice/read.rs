//! Parses the library's sentences into conditions on worlds.

use super::world::{Commander, Fact, HEADS, Person, PersonFact, REGIONS, World, YES_NO};
use placet::decision::FactRef;

/// The meaning of a sentence: a condition on worlds.
pub type Predicate = Box<dyn Fn(&World) -> bool>;

/// The fact that a sentence is about.
pub fn fact(of: &FactRef<'_>, text: &str) -> Result<Fact, String> {
    let phrase = of.phrase.as_str();
    let person = |person: Person| match phrase {
        "is trained" => Ok(Fact::Trained(person)),
        "is loyal" => Ok(Fact::Loyal(person)),
        _ => Err(format!("no fact of a person: {phrase}")),
    };
    match (of.subject.as_str(), phrase) {
        ("Paul", _) => person(Person::Paul),
        ("Ali", _) => person(Person::Ali),
        ("the group's commander", _) => person(Person::Other),
        ("the group", "headcount") => Ok(Fact::Headcount),
        ("the group", "region") => Ok(Fact::Region),
        ("the group", "commander") => Ok(Fact::Commander),
        ("the group", "leaders") if text.starts_with("Ali is ") => Ok(Fact::AliLeads),
        ("the group", "leaders") => Ok(Fact::Further),
        ("the group", phrase) => {
            let at = YES_NO.iter().position(|known| *known == phrase);
            at.map(Fact::YesNo).ok_or_else(|| format!("no fact: {phrase}"))
        }
        (subject, _) => Err(format!("nobody to be told apart: {subject}: {text}")),
    }
}

/// Parses a change.
pub fn change(fact: Fact, text: &str) -> Result<Predicate, String> {
    let unread = || format!("not to be read: {text}");
    let yes = !text.contains(" is not ");
    let rest = |start: &str| text.strip_prefix(start).map(str::to_owned).ok_or_else(unread);
    Ok(match fact {
        Fact::YesNo(at) => {
            let phrase = rest("the group is ")?;
            let phrase = phrase.strip_prefix("not ").unwrap_or(&phrase);
            if format!("is {phrase}") != YES_NO[at] {
                return Err(unread());
            }
            Box::new(move |world| world.yes_no[at] == yes)
        }
        Fact::Trained(person) => {
            if !text.ends_with(" trained") {
                return Err(unread());
            }
            Box::new(move |world| world.trained[person as usize] == yes)
        }
        Fact::Loyal(person) => {
            if !text.ends_with(" loyal") {
                return Err(unread());
            }
            Box::new(move |world| world.loyal[person as usize] == yes)
        }
        Fact::AliLeads => match text {
            "Ali is one of the group's leaders" => Box::new(|world| world.ali_leads),
            "Ali is not one of the group's leaders" => Box::new(|world| !world.ali_leads),
            _ => return Err(unread()),
        },
        Fact::Headcount => {
            let heads = numbers(&rest("the group's headcount is ")?).ok_or_else(unread)?;
            Box::new(move |world| heads.iter().any(|(low, high)| (low..=high).contains(&&HEADS[world.head])))
        }
        Fact::Region => {
            let named = rest("the group's region is ")?;
            let named = named.strip_prefix("not ").unwrap_or(&named);
            let named = named.strip_prefix("one of ").unwrap_or(named);
            let places: Option<Vec<usize>> = named
                .split([','])
                .flat_map(|part| part.split(" or "))
                .map(|part| place(&REGIONS, part))
                .collect();
            let places = places.ok_or_else(unread)?;
            Box::new(move |world| places.contains(&world.region) == yes)
        }
        Fact::Commander => match text {
            "the group has no commander" => Box::new(|world| world.commander == Commander::NoOne),
            "the group has a commander" => Box::new(|world| world.commander != Commander::NoOne),
            _ => {
                let named = rest("the group's commander is ")?;
                let named = named.strip_prefix("not ").unwrap_or(&named);
                let who = |part: &str| match part {
                    "Paul" => Some(Commander::Paul),
                    "someone else" => Some(Commander::Other),
                    "no one" => Some(Commander::NoOne),
                    _ => None,
                };
                let commanders: Option<Vec<Commander>> = named.split(" or ").map(who).collect();
                let commanders = commanders.ok_or_else(unread)?;
                Box::new(move |world| commanders.contains(&world.commander) == yes)
            }
        },
        Fact::Further => {
            let parts: Option<Vec<Predicate>> = text.split("; ").map(further).collect();
            let parts = parts.ok_or_else(unread)?;
            Box::new(move |world| parts.iter().all(|part| part(world)))
        }
    })
}

fn place(of: &[&str], one: &str) -> Option<usize> {
    of.iter().position(|other| *other == one.trim())
}

/// Parses numbers: `at least 50 fighters or 7 fighters`.
fn numbers(text: &str) -> Option<Vec<(i64, i64)>> {
    let number = |text: &str| text.trim().split(' ').next()?.parse::<i64>().ok();
    let one = |part: &str| {
        let part = part.trim();
        if let Some(rest) = part.strip_prefix("at least ") {
            return Some((number(rest)?, i64::MAX));
        }
        if let Some(rest) = part.strip_prefix("at most ") {
            return Some((0, number(rest)?));
        }
        if let Some((low, high)) = part.strip_prefix("between ").and_then(|rest| rest.split_once(" and ")) {
            return Some((number(low)?, number(high)?));
        }
        if part == "any" {
            return Some((0, i64::MAX));
        }
        number(part).map(|number| (number, number))
    };
    text.split(" or ").map(one).collect()
}

/// Parses a count: `at least 2`, `1 or at least 3`, `none`.
fn count(text: &str) -> Option<Box<dyn Fn(u8) -> bool>> {
    let one = |part: &str| match (part, part.strip_prefix("at least ")) {
        ("none", _) => Some((0, 0)),
        (_, Some(least)) => least.parse().ok().map(|least| (least, u8::MAX)),
        (exactly, None) => exactly.parse().ok().map(|count| (count, count)),
    };
    let counts: Vec<(u8, u8)> = text.split(" or ").map(one).collect::<Option<_>>()?;
    Some(Box::new(move |count| counts.iter().any(|(least, most)| (least..=most).contains(&&count))))
}

/// Parses a fact of persons: `is trained`, `are not loyal`.
fn person_fact(text: &str) -> Option<(PersonFact, bool)> {
    let (_, rest) = text.split_once(' ')?;
    let (yes, word) = match rest.strip_prefix("not ") {
        Some(word) => (false, word),
        None => (true, rest),
    };
    let fact = match word {
        "trained" => PersonFact::Trained,
        "loyal" => PersonFact::Loyal,
        "fit" => PersonFact::Fit,
        _ => return None,
    };
    Some((fact, yes))
}

/// Parses a sentence about further leaders.
fn further(text: &str) -> Option<Predicate> {
    let text = text.replace("further leaders", "leaders").replace("further leader", "leader");
    let matching = |fact: PersonFact, yes: bool, world: &World| {
        let having = world.further(fact);
        if yes { having } else { world.all_further() - having }
    };
    if let Some(rest) = text.strip_prefix("the group has ") {
        if let Some((_, condition)) = rest.split_once(", ") {
            let (how_many, test) = condition.split_once(" of whom ")?;
            let (how_many, (of, yes)) = (count(how_many)?, person_fact(test)?);
            return Some(Box::new(move |world| {
                world.all_further() > 0 && how_many(matching(of, yes, world))
            }));
        }
        if rest.starts_with("no leaders") {
            return Some(Box::new(|world| world.all_further() == 0));
        }
        if rest == "leaders" {
            return Some(Box::new(|world| world.all_further() > 0));
        }
        let how_many = count(rest.strip_suffix(" leaders").or_else(|| rest.strip_suffix(" leader"))?)?;
        return Some(Box::new(move |world| how_many(world.all_further())));
    }
    let (how_many, test) = text.split_once(" of the group's leaders ")?;
    let (of, yes) = person_fact(test)?;
    if how_many == "each" {
        return Some(Box::new(move |world| matching(of, !yes, world) == 0));
    }
    let how_many = count(how_many)?;
    Some(Box::new(move |world| how_many(matching(of, yes, world))))
}
