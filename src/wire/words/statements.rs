//! The words for statements, claims and provenance, and for why a statement does not count.

use super::place;
use crate::decision::FactRef;
use crate::evidence::words::{ranges, values};
use crate::evidence::{About, Claim, LeftOut, Provenance, Statement, Status, Target, UnusedStatement};
use crate::policy::phrase::singular;
use crate::policy::{FactType, Vocabulary};
use crate::sorted::{SortedMap, SortedSet};
use crate::value::{Date, Ranges};

/// Returns a statement, such as `the unity government has taken office in the capital: no`.
///
/// # Example
/// ```
/// # let text = r#"
/// # policy "Training"
/// #   id training
/// #   version 1
/// #   about group
/// #
/// # assistance training
/// #
/// # kind group
/// #   is neutral : yes or no
/// #
/// # requirement neutrality "Neutral"
/// #   needs the group is neutral
/// #
/// # dossier militia "A militia"
/// #   about group
/// #   as of 2016-02-15
/// #   - it is not neutral
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let vocabulary = placet::policy::resolve(&bundle).vocabulary;
/// let (evidence, _) = placet::evidence::read(&bundle, &vocabulary);
/// let statement = &evidence.dossiers[0].statements[0];
/// assert_eq!(placet::wire::words::statement(statement, &vocabulary), "is neutral: no");
/// ```
pub fn statement(statement: &Statement, vocabulary: &Vocabulary) -> String {
    named_statement(statement, vocabulary, &SortedMap::new())
}

pub(super) fn named_statement(
    statement: &Statement,
    vocabulary: &Vocabulary,
    names: &SortedMap<String, String>,
) -> String {
    let Some(fact) = vocabulary.facts.find(statement.fact) else { return String::new() };
    let text = format!("{}: {}", fact.phrase, named_claim(&statement.claim, &fact.r#type, vocabulary, names));
    match &statement.about {
        About::Subject => text,
        About::Only(kind) => match vocabulary.kinds.find(*kind) {
            Some(kind) if fact.r#type == FactType::YesNo => format!("the {} {text}", kind.name),
            Some(kind) => format!("the {}'s {text}", kind.name),
            None => text,
        },
        About::Member(id) => format!("{}: {text}", called(id, names)),
    }
}

/// Returns a claim, such as `no`, `at least 200 fighters`, `not west` or `first-commander and no others`.
///
/// # Example
/// ```
/// use placet::{evidence::Claim, policy::FactType, value::Ranges, wire::words::claim};
/// # let vocabulary = placet::policy::Vocabulary::default();
///
/// let fighters = FactType::Number { unit: "fighters".to_owned() };
/// assert_eq!(claim(&Claim::Numbers(Ranges::at_least(200)), &fighters, &vocabulary), "at least 200 fighters");
/// assert_eq!(claim(&Claim::YesNo(false), &FactType::YesNo, &vocabulary), "no");
/// ```
pub fn claim(claim: &Claim, r#type: &FactType, vocabulary: &Vocabulary) -> String {
    named_claim(claim, r#type, vocabulary, &SortedMap::new())
}

/// Returns the name of an entity: its title if it is known, else its id as written in the dossier.
fn called<'n>(id: &'n str, names: &'n SortedMap<String, String>) -> &'n str {
    let written = id.rsplit_once('/').map_or(id, |(_, own)| own);
    names.get(id).map_or(written, String::as_str)
}

fn named_claim(
    claim: &Claim,
    r#type: &FactType,
    vocabulary: &Vocabulary,
    names: &SortedMap<String, String>,
) -> String {
    let target = |targets: &Target| match targets {
        Target::Named(id) => called(id, names).to_owned(),
        other => target(other, vocabulary),
    };
    match claim {
        Claim::YesNo(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Claim::Numbers(ranges) => match r#type {
            FactType::Number { unit } => {
                let count = numbers(&ranges.without_floor());
                let one = count == "1" || count.ends_with(" 1");
                format!("{count} {}", if one { singular(unit) } else { unit.clone() })
            }
            _ => numbers(ranges),
        },
        Claim::Dates(days) => dates(days),
        Claim::Values(bits) => values(*bits, r#type.choices(), str::to_owned),
        Claim::Members { ids, complete } => {
            let members: Vec<&str> = ids.iter().map(|id| called(id, names)).collect();
            match (members.as_slice(), complete) {
                ([], true) => "none".to_owned(),
                (members, true) => format!("{} and no others", members.join(", ")),
                (members, false) => format!("{}, perhaps others", members.join(", ")),
            }
        }
        Claim::One(targets) => target(targets),
        Claim::NotOne(targets) => format!("not {}", target(targets)),
        Claim::Unknown => "unknown".to_owned(),
        Claim::Contested => "contested".to_owned(),
    }
}

/// Returns a target, such as `first-commander`, `the national command` or `no one`.
///
/// # Example
/// ```
/// use placet::{evidence::Target, wire::words::target};
/// # let vocabulary = placet::policy::Vocabulary::default();
///
/// assert_eq!(target(&Target::Named("first-commander".to_owned()), &vocabulary), "first-commander");
/// assert_eq!(target(&Target::NoOne, &vocabulary), "no one");
/// ```
pub fn target(target: &Target, vocabulary: &Vocabulary) -> String {
    match target {
        Target::Named(id) => called(id, &SortedMap::new()).to_owned(),
        Target::Only(kind) => {
            vocabulary.kinds.find(*kind).map_or_else(String::new, |kind| format!("the {}", kind.name))
        }
        Target::NoOne => "no one".to_owned(),
    }
}

fn numbers(numbers: &Ranges) -> String {
    let number = |number: i64| Some(number.to_string());
    let words = ranges(numbers, ["at least", "at most"], Some("any number of"), number);
    words.unwrap_or_default().join(" or ")
}

fn dates(days: &Ranges) -> String {
    let day = |day| Some(Date::from_number(day).map_or_else(String::new, |date| date.to_string()));
    let words = ranges(days, ["not before", "not after"], Some("any day"), day);
    words.unwrap_or_default().join(" or ")
}

/// Returns the source, the rating and the date, such as `Hill, Foreign Affairs, 2015, line 3, rated C3, on 2015-05-28`.
/// Empty if there is no provenance.
///
/// # Example
/// ```
/// use placet::evidence::Provenance;
/// use placet::value::{Date, Grade};
/// use placet::wire::words::provenance;
/// # let vocabulary = placet::policy::Vocabulary::default();
///
/// let by_telephone = Provenance {
///     attributed: Some("its commander, by telephone".to_owned()),
///     grade: Grade::parse("F3"),
///     date: Date::parse("2015-05-28"),
///     ..Provenance::default()
/// };
/// let words = provenance(&by_telephone, &vocabulary);
/// assert_eq!(words, "its commander, by telephone, rated F3, on 2015-05-28");
/// ```
pub fn provenance(provenance: &Provenance, vocabulary: &Vocabulary) -> String {
    let mut parts = Vec::new();
    if let Some(source) = provenance.source.and_then(|source| vocabulary.sources.find(source)) {
        parts.push(format!("{}{}", source.title, place(&provenance.lines)));
    }
    if let Some(attributed) = &provenance.attributed {
        parts.push(attributed.clone());
    }
    parts.extend(provenance.marks());
    parts.join(", ")
}

/// Returns a text in brackets after a space, or an empty text if it is empty.
pub(in crate::wire) fn in_brackets(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(" ({text})") }
}

/// Returns a statement that the policy does not ask about, with its entity and its provenance.
///
/// # Example
/// ```
/// use placet::evidence::UnusedStatement;
/// # let vocabulary = placet::policy::Vocabulary::default();
///
/// let statement = UnusedStatement { text: "it has a logo".to_owned(), ..UnusedStatement::default() };
/// assert_eq!(placet::wire::words::unused(&statement, &vocabulary), "it has a logo");
/// ```
pub fn unused(statement: &UnusedStatement, vocabulary: &Vocabulary) -> String {
    let of = statement.of.as_ref().map_or_else(String::new, |of| format!("{}: ", of.title));
    format!("{of}{}{}", statement.text, in_brackets(&provenance(&statement.provenance, vocabulary)))
}

/// Returns why a statement does not count, such as `too old` or `from a rival`.
pub fn left_out(why: LeftOut, provenance: &Provenance) -> &'static str {
    match why {
        LeftOut::Future => "dated after the day of the decision",
        LeftOut::Rating if provenance.grade.is_none() => "not rated",
        LeftOut::Rating => "rated too low",
        LeftOut::Old => "too old",
        LeftOut::Undated => "not dated",
        LeftOut::Rival => "from a rival",
        LeftOut::Subject => "from the subject itself",
        LeftOut::Interested => "from an interested party",
        LeftOut::Promise => "a promise",
        LeftOut::WorseRated => "a better rated source disagrees",
        LeftOut::Earlier => "a later source disagrees",
        LeftOut::StatedUnknown => "the dossier says outright that this is unknown",
    }
}

/// Returns the sources of a fact, each with its claim, and the statements that do not count, each with the reason. If
/// all sources make the same claim, the claim is not repeated, since the sentence about the fact already states it.
///
/// # Example
/// ```
/// # let text = r#"
/// # policy "Training"
/// #   id training
/// #   version 1
/// #   about group
/// #
/// # assistance training
/// #
/// # kind group
/// #   is neutral : yes or no
/// #
/// # requirement neutrality "Neutral"
/// #   needs the group is neutral
/// #
/// # dossier militia "A militia"
/// #   about group
/// #   as of 2016-02-15
/// #   - it is not neutral
/// #       from "a neighbour", rated C3
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// # let (evidence, _) = placet::evidence::read(&bundle, &policy.vocabulary);
/// # let day = placet::value::Date::parse("2016-02-15").ok_or("no day")?;
/// # let decision = placet::decision::decide(&policy, &evidence, "militia", day, None)?;
/// // - it is not neutral
/// //     from "a neighbour", rated C3
/// let finding = &decision.verdicts[0].reasons[0][0];
/// assert_eq!(placet::wire::words::sources(&finding.fact, &policy.vocabulary), ["a neighbour, rated C3"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn sources(fact: &FactRef<'_>, vocabulary: &Vocabulary) -> Vec<String> {
    let one_claim = fact.statements.windows(2).all(|pair| match pair {
        [one, other] => one.claim == other.claim,
        _ => true,
    });
    let all_alike = fact.status == Status::Known && one_claim;
    let mut lines: Vec<String> = Vec::new();
    let mut seen = SortedSet::new();
    for statement in &fact.statements {
        let from = provenance(&statement.provenance, vocabulary);
        let line = match (all_alike, from.is_empty()) {
            (true, true) => continue,
            (true, false) => from,
            (false, _) => named_statement(statement, vocabulary, &fact.names) + &in_brackets(&from),
        };
        if seen.insert(line.clone()) {
            lines.push(line);
        }
    }
    for (statement, why) in &fact.left_out {
        let why = left_out(*why, &statement.provenance);
        let from = in_brackets(&provenance(&statement.provenance, vocabulary));
        let line = format!("left out, {why}: {}{from}", named_statement(statement, vocabulary, &fact.names));
        if seen.insert(line.clone()) {
            lines.push(line);
        }
    }
    lines
}

/// Returns the entity that a statement is about: `the subject`, a text such as `the unity government`, or the id of a
/// member.
pub(in crate::wire) fn about(about: &About, owner: &str, vocabulary: &Vocabulary) -> String {
    match about {
        About::Subject => "the subject".to_owned(),
        About::Only(kind) => {
            vocabulary.kinds.find(*kind).map_or_else(String::new, |kind| format!("the {}", kind.name))
        }
        About::Member(id) => super::super::claim_json::own_id(owner, id).to_owned(),
    }
}
