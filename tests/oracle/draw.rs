//! Generates models from a tape of numbers. A shorter tape, or smaller numbers, give a simpler model, so that failing
//! cases shrink well.

use super::line::subject_of;
use super::model::*;

/// A source of numbers; past the end it gives 0.
pub struct Tape<'t> {
    left: std::slice::Iter<'t, u16>,
    /// Facts that the model avoids, as bits: with fewer facts, more conditions share a fact.
    without: usize,
    theme: Theme,
}

/// The emphasis of a generated model.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Theme {
    /// Some of everything, about one kind.
    Mixed,
    /// Policies about two kinds.
    TwoKinds,
    /// Several conditions on one list, with conflicting statements about it.
    Lists,
    /// Two dossiers in one file, one of which uses circumstances.
    Together,
}

impl<'t> Tape<'t> {
    pub fn new(numbers: &'t [u16]) -> Tape<'t> {
        Tape { left: numbers.iter(), without: 0, theme: Theme::Mixed }
    }

    /// A number below `count`.
    fn below(&mut self, count: usize) -> usize {
        usize::from(self.left.next().copied().unwrap_or(0)) % count
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// True once in the given number of times; false at the end of the tape.
    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    fn maybe<T>(&mut self, times: usize, draw: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.once_in(times).then(|| draw(self))
    }

    fn many<T>(&mut self, most: usize, mut draw: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.below(most + 1)).map(|_| draw(self)).collect()
    }
}

const DAYS: [&str; 9] = [
    "2015-12-01",
    "2014-06-01",
    "2015-02-15",
    "2015-06-01",
    "2016-02-15",
    "2016-03-01",
    "2016-01-16",
    "2015-11-15",
    "2016-01-14",
];
const TIMES: [Time; 7] = [
    Time::Months(12),
    Time::Days(30),
    Time::Months(1),
    Time::Days(92),
    Time::Months(3),
    Time::Years(1),
    Time::Weeks(13),
];
const NUMBERS: [i32; 5] = [50, 0, 1, 100, 200];

/// A policy with dossiers.
pub fn model(tape: &mut Tape) -> Model {
    themed(tape, Theme::Mixed)
}

/// A policy with dossiers, of a theme.
pub fn themed(tape: &mut Tape, theme: Theme) -> Model {
    tape.theme = theme;
    tape.without = tape.below(1 << 14) | tape.below(1 << 14) << 14;
    let definitions = std::array::from_fn(|at| {
        if DEFINED[at] == Kind::Company && theme != Theme::TwoKinds {
            return (Condition::List(Quantifier::All, Vec::new()), None);
        }
        let about = About { kind: DEFINED[at], below: at, phases: 0 };
        (condition(tape, about, 2), tape.maybe(4, |tape| condition(tape, about, 1)))
    });
    let phases: Vec<Phase> = match tape.below(4) {
        0 | 1 => Vec::new(),
        _ if theme == Theme::Lists => Vec::new(),
        count => {
            let mut drawn = Vec::new();
            for before in 0..count {
                drawn.push(phase(tape, before));
            }
            drawn
        }
    };
    let phases_there = phases.len();
    let most_rules = if theme == Theme::Lists { 2 } else { 4 };
    let rules: Vec<Rule> = (0..1 + tape.below(most_rules)).map(|_| rule(tape, phases_there)).collect();
    let waivers = tape.many(2, |tape| waiver(tape, phases_there, &rules)).into_iter().flatten().collect();
    let (choice_about, obligation_about) = (block(tape, phases_there), block(tape, phases_there));
    Model {
        two_kinds: theme == Theme::TwoKinds,
        together: theme == Theme::Together,
        standard: tape.maybe(4, |tape| tape.below(STANDARDS.len())),
        definitions,
        waivers,
        choice: tape.many(2, |tape| condition(tape, choice_about, 1)),
        choice_about: choice_about.kind,
        obligation: tape.maybe(2, |tape| condition(tape, obligation_about, 1)),
        obligation_about: obligation_about.kind,
        statements: statements(tape),
        rules,
        phases,
    }
}

/// What the conditions of one block can be about.
fn block(tape: &mut Tape, phases: usize) -> About {
    let company = tape.theme == Theme::TwoKinds && tape.once_in(2);
    About { kind: if company { Kind::Company } else { Kind::Group }, below: usize::MAX, phases }
}

/// What a condition can be about.
#[derive(Clone, Copy)]
struct About {
    kind: Kind,
    /// Definitions from this index on cannot be used.
    below: usize,
    /// The number of phases that can be used.
    phases: usize,
}

fn standard(tape: &mut Tape) -> Option<StandardAt> {
    tape.maybe(4, |tape| tape.below(STANDARDS.len()))
}

fn types(tape: &mut Tape) -> Vec<usize> {
    match tape.below(5) {
        0 | 1 => Vec::new(),
        2 => vec![0],
        3 => vec![1],
        _ => vec![0, 2],
    }
}

fn period(tape: &mut Tape) -> Period {
    match tape.below(12) {
        8 => Period(Some(day("2016-02-15")), None),
        9 => Period(None, Some(day("2016-02-15"))),
        10 => Period(Some(day("2016-02-16")), None),
        11 => Period(None, Some(day("2016-02-14"))),
        _ => Period::default(),
    }
}

fn rule(tape: &mut Tape, phases: usize) -> Rule {
    let about = block(tape, phases);
    let bar = tape.once_in(3);
    Rule {
        about: about.kind,
        bar,
        absolute: bar && tape.once_in(4),
        assistance: types(tape),
        standard: standard(tape),
        period: period(tape),
        when: if bar || tape.once_in(4) { Some(condition(tape, about, 2)) } else { None },
        needs: if bar { None } else { Some(condition(tape, about, 2)) },
        unless: tape.maybe(5, |tape| condition(tape, about, 1)),
    }
}

fn waiver(tape: &mut Tape, phases: usize, rules: &[Rule]) -> Option<Waiver> {
    let about = block(tape, phases);
    let mut lifts: Vec<usize> = (0..rules.len()).filter(|_| tape.once_in(2)).collect();
    lifts.retain(|rule| !rules[*rule].absolute);
    let waiver = Waiver {
        about: about.kind,
        assistance: types(tape),
        standard: standard(tape),
        period: period(tape),
        when: tape.maybe(2, |tape| condition(tape, about, 1)),
        lifts,
    };
    (!waiver.lifts.is_empty()).then_some(waiver)
}

/// A phase whose conditions use only earlier phases.
fn phase(tape: &mut Tape, before: usize) -> Phase {
    let about = block(tape, before);
    Phase {
        about: about.kind,
        period: period(tape),
        any_order: tape.once_in(4),
        opens: match tape.below(4) {
            0 => Vec::new(),
            at => vec![at - 1],
        },
        standard: standard(tape),
        begins: tape.maybe(2, |tape| condition(tape, about, 1)),
        early: tape.maybe(4, |tape| condition(tape, about, 1)),
        reached: tape.maybe(2, |tape| condition(tape, about, 1)),
    }
}

/// The facts of a kind that pass a test; those that the model avoids are used only if there are no others.
fn facts(tape: &Tape, kind: Kind, fits: impl Fn(Type) -> bool) -> Vec<FactAt> {
    let all: Vec<FactAt> =
        (0..FACTS.len()).filter(|at| FACTS[*at].kind == kind && fits(FACTS[*at].r#type)).collect();
    let used: Vec<FactAt> = all.iter().copied().filter(|at| tape.without & (1 << at) == 0).collect();
    if used.is_empty() { all } else { used }
}

fn condition(tape: &mut Tape, about: About, depth: usize) -> Condition {
    if tape.once_in(8) {
        return line(tape, about);
    }
    if depth == 0 || !tape.once_in(2) {
        return test(tape, about);
    }
    let of: Vec<Condition> = (0..2 + tape.below(2)).map(|_| condition(tape, about, depth - 1)).collect();
    let count = u32::try_from(of.len()).unwrap();
    let number = 1 + u32::from(tape.once_in(2));
    let quantifier = match tape.below(8) {
        0..=2 => Quantifier::All,
        3 | 4 => Quantifier::Any,
        5 => Quantifier::None,
        6 if number < count => Quantifier::AtMost(number),
        6 => Quantifier::AtLeast(number),
        _ => Quantifier::Exactly(number),
    };
    Condition::List(quantifier, of)
}

/// A line of clauses, most of them without a subject if possible.
fn line(tape: &mut Tape, about: About) -> Condition {
    let mut last = test(tape, about);
    let mut parts = vec![Part::Whole(last.clone())];
    for _ in 0..1 + tape.below(2) {
        let before = subject_of(&last).filter(|_| !tape.once_in(4));
        let Some(subject) = before else {
            last = test(tape, about);
            parts.push(Part::Whole(last.clone()));
            continue;
        };
        let kind = kind_of(&subject, about.kind);
        if kind == Kind::Group && tape.once_in(5) {
            parts.push(Part::Reports(!tape.once_in(3)));
            continue;
        }
        let yes_no_facts = facts(tape, kind, |r#type| is_yes_no(r#type, about.below));
        parts.push(Part::YesNo(tape.one(&yes_no_facts), !tape.once_in(3)));
    }
    Condition::Line(!tape.once_in(2), parts)
}

fn test(tape: &mut Tape, about: About) -> Condition {
    // Definitions do not get these conditions, since they apply to many entities.
    let of_a_rule = about.kind == Kind::Group && about.below == usize::MAX;
    if of_a_rule && tape.theme == Theme::Lists && !tape.once_in(3) {
        return members(tape, Subject { command: false, steps: Vec::new() }, Kind::Group, about);
    }
    let subject = subject(tape, about);
    let kind = kind_of(&subject, about.kind);
    let yes_no_facts = |tape: &Tape, kind: Kind| facts(tape, kind, |r#type| is_yes_no(r#type, about.below));
    let yes = !tape.once_in(3);
    match (tape.below(12), kind) {
        (6, Kind::Group | Kind::Company) => members(tape, subject, kind, about),
        (5, Kind::Group) if tape.once_in(2) => Condition::Patron(subject, yes),
        (7, Kind::Group) => Condition::Reports(subject, yes, tape.once_in(2)),
        (8, Kind::Group) => {
            let any = !tape.once_in(2);
            Condition::Ancestor(
                subject,
                any,
                {
                    let yes_no_facts = yes_no_facts(tape, Kind::Group);
                    tape.one(&yes_no_facts)
                },
                yes,
            )
        }
        (9, Kind::Group | Kind::Command) => {
            let numbers = facts(tape, kind, |r#type| r#type == Type::Number);
            let compared = compared(tape, &NUMBERS.map(|number| number.max(1)), false);
            Condition::Compare(subject, tape.one(&numbers), compared)
        }
        (10, Kind::Group | Kind::Person) => {
            let choices = facts(tape, kind, |r#type| r#type == Type::Choice);
            Condition::Choice(subject, tape.one(&choices), tape.one(&[0b001, 0b010, 0b101]), yes)
        }
        (11, Kind::Group) if tape.once_in(2) && about.phases > 0 => {
            Condition::Phase(1 + tape.below(about.phases), tape.once_in(2), yes)
        }
        (11, Kind::Group) => {
            let dates = facts(tape, kind, |r#type| r#type == Type::Date);
            Condition::Compare(subject, tape.one(&dates), compared(tape, &DAYS.map(day), true))
        }
        _ => Condition::YesNo(
            subject,
            {
                let yes_no_facts = yes_no_facts(tape, kind);
                tape.one(&yes_no_facts)
            },
            yes,
        ),
    }
}

/// A condition on the members of a list.
fn members(tape: &mut Tape, subject: Subject, kind: Kind, about: About) -> Condition {
    let quantifier = match tape.below(7) {
        0 => Quantifier::Any,
        1 => Quantifier::None,
        2 => Quantifier::All,
        3 => Quantifier::AtLeast(1 + u32::from(tape.once_in(2))),
        4 => Quantifier::AtMost(1),
        5 => Quantifier::Exactly(1),
        _ => Quantifier::Exactly(2),
    };
    let list = facts(tape, kind, |r#type| matches!(r#type, Type::Many(_)));
    let yes_no_facts = facts(tape, Kind::Person, |r#type| is_yes_no(r#type, about.below));
    Condition::Members(subject, tape.one(&list), quantifier, tape.one(&yes_no_facts), !tape.once_in(3))
}

fn is_yes_no(r#type: Type, below: usize) -> bool {
    match r#type {
        Type::YesNo => true,
        Type::Defined(at) => at < below,
        _ => false,
    }
}

fn subject(tape: &mut Tape, about: About) -> Subject {
    let command = tape.once_in(5);
    let mut subject = Subject { command, steps: Vec::new() };
    for _ in 0..2 {
        let kind = kind_of(&subject, about.kind);
        let steps = facts(tape, kind, |r#type| matches!(r#type, Type::One(&[_])));
        if !steps.is_empty() && tape.once_in(5) {
            subject.steps.push(tape.one(&steps));
        }
    }
    subject
}

fn kind_of(subject: &Subject, root: Kind) -> Kind {
    match subject.steps.last().map(|step| FACTS[*step].r#type) {
        Some(Type::One(kinds)) => kinds[0],
        _ if subject.command => Kind::Command,
        _ => root,
    }
}

fn compared(tape: &mut Tape, values: &[i32], within: bool) -> Compared {
    let one = tape.one(values);
    match tape.below(if within { 9 } else { 7 }) {
        0 => Compared::AtLeast(one),
        1 => Compared::AtMost(one),
        2 => Compared::MoreThan(one),
        3 => Compared::LessThan(one),
        4 => {
            let other = tape.one(values);
            Compared::Between(one.min(other), one.max(other))
        }
        5 => Compared::Is(one),
        6 => Compared::IsNot(one),
        at => {
            let time = tape.one(&TIMES);
            let relative = match tape.below(4) {
                0 => Relative::WithinLast(time),
                1 => Relative::AtLeastAgo(time),
                2 => Relative::LessThanAgo(time),
                _ => Relative::Future,
            };
            Compared::Relative(relative, at == 7)
        }
    }
}

/// Statements, some of them about the same fact as the one before.
fn statements(tape: &mut Tape) -> Vec<Statement> {
    let mut all: Vec<Statement> = Vec::new();
    for _ in 0..tape.below(25) {
        let again = if tape.once_in(4) { all.last().map(|last| (last.who, last.fact)) } else { None };
        let (who, fact) = again.unwrap_or_else(|| entity_and_fact(tape));
        all.push(statement(tape, who, fact));
    }
    all
}

/// The entity and the fact of a statement.
fn entity_and_fact(tape: &mut Tape) -> (Who, FactAt) {
    let two_kinds = tape.theme == Theme::TwoKinds;
    if tape.theme == Theme::Lists && tape.once_in(3) {
        return (Who::Subject, LEADERS);
    }
    // At least half of all statements are about a subject.
    let who = match (tape.once_in(2), two_kinds) {
        (true, _) => tape.one(&Who::ALL),
        (false, true) => tape.one(&[Who::Subject, Who::Firm]),
        (false, false) => Who::Subject,
    };
    let stated = facts(tape, who.kind(), |r#type| !matches!(r#type, Type::Defined(_)));
    (who, tape.one(&stated))
}

fn statement(tape: &mut Tape, who: Who, fact: FactAt) -> Statement {
    let claim = match tape.below(16) {
        14 => Claim::Contested,
        15 => Claim::Unknown,
        _ => claim(tape, who, fact),
    };
    Statement {
        who,
        fact,
        claim,
        rival: tape.once_in(5),
        grade: tape.maybe(2, |tape| tape.one(&[(2, 2), (3, 3), (3, 2), (2, 3), (4, 2), (6, 6)])),
        date: tape.maybe(2, |tape| day(tape.one(&DAYS))),
        admitted: false,
        // A statement about the command in the group's dossier counts only in the group's case.
        apart: matches!(tape.theme, Theme::TwoKinds | Theme::Together) || tape.once_in(2),
    }
}

fn claim(tape: &mut Tape, who: Who, fact: FactAt) -> Claim {
    let positive = !tape.once_in(3);
    match FACTS[fact].r#type {
        Type::YesNo | Type::Defined(_) => Claim::YesNo(positive),
        Type::Number => Claim::Compare(compared(tape, &NUMBERS.map(|number| number.max(1)), false)),
        Type::Date => Claim::Compare(compared(tape, &DAYS.map(day), false)),
        Type::Choice => Claim::Choice(tape.one(&[0b001, 0b010, 0b011]), positive),
        Type::One(kinds) => {
            // Members are available only in the subject's own dossier.
            let near = matches!(who, Who::Subject);
            let mut targets: Vec<Who> =
                Who::ALL.into_iter().filter(|target| kinds.contains(&target.kind())).collect();
            targets.retain(|target| near || !matches!(target, Who::Ali | Who::Ben));
            if tape.once_in(6) {
                return Claim::One(None);
            }
            let target = tape.one(&targets);
            if positive { Claim::One(Some(target)) } else { Claim::NotOne(target) }
        }
        Type::Many(_) => {
            let all: &[Who] =
                if who == Who::Subject { &[Who::Ali, Who::Ben, Who::Sami] } else { &[Who::Sami] };
            let ids: Vec<Who> = all.iter().copied().filter(|_| tape.once_in(2)).collect();
            let complete = ids.is_empty() || tape.once_in(2);
            Claim::Members(ids, complete)
        }
    }
}
