//! The effect of a change of policy: for each type of assistance whether it stays the same, with examples that differ.
//!
//! Two policies are compiled into one circuit (`joint`), where unchanged parts share gates and changed parts are
//! compared by decision diagram. Each example is decided under both policies before it is returned. A type of
//! assistance that is the same if everything is known can still differ if facts are missing: presumptions and evidence
//! standards are therefore compared by example.

mod compare;
mod days;
mod declared;
mod joint;
mod moved;
mod side_diffs;
mod turn;

pub use days::{Apart, MOST_DAYS, days};
pub use moved::{Move, cases, moves};
pub use side_diffs::{SideDiff, SideSort};

use super::without_presumptions;
use crate::circuit::Budget;
use crate::compiled::{Forms, compile};
use crate::decision::Outcome;
use crate::id::{AssistanceId, KindId};
use crate::policy::lexicon::key_of;
use crate::policy::{Body, Policy};
use crate::syntax::write;
use crate::value::Date;
use joint::Joint;
use std::collections::BTreeSet;
use std::sync::Arc;

/// One of the two policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The first policy given.
    Old,
    /// The second policy given.
    New,
}

impl Side {
    /// Both sides, the old one first.
    pub const BOTH: [Side; 2] = [Side::Old, Side::New];

    /// The other side.
    #[must_use]
    pub fn other(self) -> Side {
        match self {
            Side::Old => Side::New,
            Side::New => Side::Old,
        }
    }
}

/// A value for each of the two policies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Both<T> {
    /// The value for the old policy.
    pub old: T,
    /// The value for the new policy.
    pub new: T,
}

impl<T> Both<T> {
    /// The value for one policy.
    pub fn of(&self, side: Side) -> &T {
        match side {
            Side::Old => &self.old,
            Side::New => &self.new,
        }
    }

    /// The value for one policy, mutable.
    pub fn of_mut(&mut self, side: Side) -> &mut T {
        match side {
            Side::Old => &mut self.old,
            Side::New => &mut self.new,
        }
    }

    /// Applies a function to both values.
    pub fn map<U>(self, mut each: impl FnMut(T) -> U) -> Both<U> {
        Both { old: each(self.old), new: each(self.new) }
    }
}

/// The effect of a change of policy.
#[derive(Clone, Debug)]
pub struct Diff<'p> {
    /// The policies.
    pub policies: Both<&'p Arc<Policy>>,
    /// The days on which they are compared.
    pub days: Vec<Date>,
    /// The types of assistance, for each kind of subject of both policies: those of the old policy, then new ones.
    pub types: Vec<TypeDiff>,
    /// Examples that differ, without duplicates, in the order in which they were found.
    pub turns: Vec<Turn>,
    /// The choices and obligations that differ.
    pub side_diffs: Vec<SideDiff>,
    /// Other differences in what is declared, as sentences.
    pub declared: Vec<String>,
    /// The work done, in units of a [`Budget`]: at most 100 million.
    pub work: u64,
}

/// The budget of one comparison, in units. Results that it does not suffice for are [`Meaning::NotAvailable`].
const WORK: u64 = 100_000_000;

/// The comparison of one type of assistance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeDiff {
    /// The kind of subject.
    pub kind: String,
    /// The name of the type of assistance.
    pub name: String,
    /// Whether and how it differs.
    pub meaning: Meaning,
    /// The indices in [`Diff::turns`] of the examples in which it differs.
    pub turns: Vec<usize>,
    /// The days on which it differs.
    pub days: Vec<Date>,
}

/// The result of comparing a type of assistance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// The verdict is the same, whatever the facts and whatever is known of them.
    Same,
    /// The verdict is the same if everything is known, but can differ if facts are missing or statements do not count.
    SameWhenKnown,
    /// Some cases get a different verdict.
    Different,
    /// The budget did not suffice to find out, or it differs but no example was found.
    NotAvailable,
    /// Only the new policy has it.
    Added,
    /// Only the old policy had it.
    Removed,
}

/// An example that the two policies decide differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The kind of subject.
    pub kind: String,
    /// The types of assistance whose verdict differs: first the one that `rules` is about, then the others in the order
    /// of the old policy.
    pub assistance: Vec<String>,
    /// The day.
    pub as_of: Date,
    /// The verdicts.
    pub outcomes: Both<Outcome>,
    /// The statements and members of the case, as the lines of a scenario below `given`, in the terms of each policy.
    pub given: Both<Vec<String>>,
    /// The rules that decide one of the verdicts and come out differently in the other policy.
    pub rules: Vec<TurningRule>,
}

/// A rule that makes the verdicts of an example differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurningRule {
    /// The policy in which it decides the verdict.
    pub side: Side,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether the rule fails in that policy; otherwise it is open.
    pub fails: bool,
    /// The status of the rule of the same id in the other policy; `None` if there is no such rule in force.
    pub there: Option<crate::decision::RuleStatus>,
}

impl Diff<'_> {
    /// Whether no difference was found.
    pub fn is_same(&self) -> bool {
        self.types.iter().all(|one| one.meaning == Meaning::Same)
            && self.side_diffs.is_empty()
            && self.declared.is_empty()
    }

    /// Groups the types of assistance with the same result, in the order of the first of each group, with their names.
    pub fn groups(&self) -> Vec<(&TypeDiff, Vec<&str>)> {
        let ways = |one: &TypeDiff| {
            let turns = one.turns.iter().filter_map(|turn| self.turns.get(*turn));
            turns.map(|turn| turn.outcomes).collect::<BTreeSet<_>>()
        };
        let mut groups: Vec<(&TypeDiff, Vec<&str>)> = Vec::new();
        for one in &self.types {
            let same = |(first, _): &&mut (&TypeDiff, Vec<&str>)| {
                (&first.kind, first.meaning, &first.days) == (&one.kind, one.meaning, &one.days)
                    && ways(first) == ways(one)
            };
            match groups.iter_mut().find(same) {
                Some((_, names)) => names.push(&one.name),
                None => groups.push((one, vec![&one.name])),
            }
        }
        groups
    }

    /// One example for each pair of verdicts: the one in which most types of assistance differ.
    pub fn distinct_turns(&self) -> Vec<&Turn> {
        let mut first: Vec<&Turn> = Vec::new();
        for turn in &self.turns {
            let same = |known: &&mut &Turn| (&known.kind, known.outcomes) == (&turn.kind, turn.outcomes);
            match first.iter_mut().find(same) {
                Some(known) if turn.assistance.len() > known.assistance.len() => *known = turn,
                Some(_) => {}
                None => first.push(turn),
            }
        }
        first
    }

    /// An example as a scenario of one of the policies, with the verdicts that it has there.
    pub fn scenario(&self, turn: &Turn, side: Side) -> String {
        let policy = *self.policies.of(side);
        let outcome = turn.outcomes.of(side).word();
        let fails = turn.rules.iter().find(|rule| rule.side == side && rule.fails);
        let because = fails.map_or_else(String::new, |rule| {
            let declared = policy.rules.iter().find(|(_, declared)| declared.header.id == rule.id);
            match declared.map(|(_, declared)| &declared.body) {
                Some(Body::Phase(phase)) => format!(" because phase {}", phase.number),
                _ => format!(" because {}", rule.id),
            }
        });
        let first = turn.assistance.first().map_or("", String::as_str);
        let title = format!("A case in which {first} is {outcome}");
        let mut lines = vec![format!("scenario {}", write::text(&title))];
        lines.push(format!("  as of {}", turn.as_of));
        if policy.about.len() > 1 {
            lines.push(format!("  about {}", write::name(&turn.kind)));
        }
        let given = turn.given.of(side);
        if !given.is_empty() {
            lines.push("  given".to_owned());
        }
        lines.extend(given.iter().cloned());
        let mut expects =
            turn.assistance.iter().map(|name| format!("  expect {} is {outcome}", write::name(name)));
        lines.extend(expects.next().map(|first| first + &because));
        lines.extend(expects);
        lines.join("\n") + "\n"
    }
}

/// Compares two policies on some days; see [`days`](fn@days).
///
/// # Example
/// ```
/// use placet::analysis::diff::{Meaning, diff};
/// use placet::decision::Outcome;
/// # use placet::{bundle, policy, value::Date};
///
/// # fn read(text: &str) -> Result<std::sync::Arc<policy::Policy>, Box<dyn std::error::Error>> {
/// #     let bundle = bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// #     Ok(policy::resolve(&bundle).policy.ok_or("mistakes")?)
/// # }
/// # let text = r#"
/// # policy "Training"
/// #   id training
/// #   version 1
/// #   about group
/// #
/// # assistance training
/// #
/// # kind group
/// #   headcount : number of fighters
/// #
/// # requirement size "Large enough"
/// #   needs the group's headcount is at least 50
/// # "#;
/// // needs the group's headcount is at least 50
/// let old = read(text)?;
/// // needs the group's headcount is at least 100
/// let new = read(&text.replace("50", "100"))?;
/// let day = Date::parse("2016-02-15").ok_or("no day")?;
///
/// let diff = diff(&old, &new, &[day]);
/// assert_eq!(diff.types[0].meaning, Meaning::Different);
/// let turn = &diff.turns[0];
/// assert_eq!((turn.outcomes.old, turn.outcomes.new), (Outcome::Eligible, Outcome::Ineligible));
/// assert_eq!(turn.given.new, ["    - its headcount is between 50 and 99"]);
/// assert_eq!(turn.rules[0].id, "size");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn diff<'p>(old: &'p Arc<Policy>, new: &'p Arc<Policy>, days: &[Date]) -> Diff<'p> {
    let policies = Both { old, new };
    let mut diff = Diff {
        policies,
        days: days.to_vec(),
        types: Vec::new(),
        turns: Vec::new(),
        side_diffs: Vec::new(),
        declared: declared::declared(policies),
        work: 0,
    };
    let work = Budget::new(WORK);
    let bare = policies.map(|policy| Arc::new(without_presumptions(policy)));
    let forms = policies.map(Forms::new);
    for (old_kind, new_kind) in kinds(policies) {
        let kind = old.vocabulary.kinds[old_kind].name.clone();
        let first = diff.types.len();
        types(policies, &kind, &mut diff.types);
        for day in days {
            let compiled =
                Both { old: compile(&bare.old, old_kind, *day), new: compile(&bare.new, new_kind, *day) };
            let joint = Joint::of(Both { old: &compiled.old, new: &compiled.new }, &work);
            let forms = Both { old: &forms.old, new: &forms.new };
            compare::compare(joint, forms, first, *day, &mut diff);
        }
    }
    diff.work = WORK - work.left();
    diff
}

/// The kinds of subject that both policies decide on.
fn kinds(policies: Both<&Arc<Policy>>) -> Vec<(KindId, KindId)> {
    let name = |policy: &Policy, kind: KindId| key_of(&policy.vocabulary.kinds[kind].name);
    let pairs = policies.old.about.iter().filter_map(|old| {
        let same = |new: &&KindId| name(policies.new, **new) == name(policies.old, *old);
        Some((*old, *policies.new.about.iter().find(same)?))
    });
    pairs.collect()
}

/// Adds the types of assistance of both policies, before they are compared.
fn types(policies: Both<&Arc<Policy>>, kind: &str, types: &mut Vec<TypeDiff>) {
    let mut add = |name: &str, meaning: Meaning| {
        let (kind, name) = (kind.to_owned(), name.to_owned());
        types.push(TypeDiff { kind, name, meaning, turns: Vec::new(), days: Vec::new() });
    };
    let names = policies.map(|policy| {
        policy.assistance.iter().map(|(_, one)| key_of(&one.name)).collect::<BTreeSet<String>>()
    });
    for (_, declared) in policies.old.assistance.iter() {
        let kept = names.new.contains(&key_of(&declared.name));
        add(&declared.name, if kept { Meaning::Same } else { Meaning::Removed });
    }
    for (_, declared) in policies.new.assistance.iter() {
        if !names.old.contains(&key_of(&declared.name)) {
            add(&declared.name, Meaning::Added);
        }
    }
}

/// The type of assistance with a name.
fn of_name(policy: &Policy, name: &str) -> Option<AssistanceId> {
    policy.assistance.iter().find(|(_, declared)| key_of(&declared.name) == key_of(name)).map(|(id, _)| id)
}
