//! Policies and dossiers as the oracle sees them, and their text in the language.
//!
//! Independent of the library: the vocabulary is fixed, the rest is drawn by [`super::draw`].

use chrono::{Months, NaiveDate};
use std::fmt::Write;

/// A day, counted from the start of the common era.
pub type Day = i32;

/// What can be said of a fact.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Type {
    YesNo,
    Number,
    Date,
    /// One of [`VALUES`].
    Choice,
    One(&'static [Kind]),
    Many(Kind),
    /// The definition of this place in [`Model::definitions`].
    Defined(usize),
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    Group,
    Person,
    Command,
    /// The other kind of a policy about two.
    Company,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::Group => "group",
            Kind::Person => "person",
            Kind::Command => "command",
            Kind::Company => "company",
        }
    }
}

pub struct Fact {
    pub kind: Kind,
    pub phrase: &'static str,
    pub negative: &'static str,
    pub r#type: Type,
    pub presumed: Option<bool>,
}

const fn fact(kind: Kind, phrase: &'static str, negative: &'static str, r#type: Type) -> Fact {
    Fact { kind, phrase, negative, r#type, presumed: None }
}

pub const VALUES: [&str; 3] = ["west", "east", "south"];

/// A fact, by its place.
pub type FactAt = usize;

pub const FACTS: [Fact; 28] = [
    fact(Kind::Group, "is alpha", "is not alpha", Type::YesNo),
    fact(Kind::Group, "accepts beta", "does not accept beta", Type::YesNo),
    fact(Kind::Group, "has gamma", "does not have gamma", Type::YesNo),
    Fact {
        presumed: Some(false),
        ..fact(Kind::Group, "commits delta", "does not commit delta", Type::YesNo)
    },
    Fact { presumed: Some(true), ..fact(Kind::Group, "can epsilon", "cannot epsilon", Type::YesNo) },
    fact(Kind::Group, "is sound", "is not sound", Type::Defined(0)),
    fact(Kind::Group, "is fit", "is not fit", Type::Defined(1)),
    fact(Kind::Group, "headcount", "", Type::Number),
    fact(Kind::Group, "last vetting", "", Type::Date),
    fact(Kind::Group, "home region", "", Type::Choice),
    fact(Kind::Group, "commander", "", Type::One(&[Kind::Person])),
    fact(Kind::Group, "parent", "", Type::One(&[Kind::Group])),
    fact(Kind::Group, "reports to", "does not report to", Type::One(&[Kind::Group, Kind::Command])),
    fact(Kind::Group, "leaders", "", Type::Many(Kind::Person)),
    fact(Kind::Person, "is designated", "is not designated", Type::YesNo),
    Fact { presumed: Some(false), ..fact(Kind::Person, "is vetted", "is not vetted", Type::YesNo) },
    fact(Kind::Person, "is clean", "is not clean", Type::Defined(2)),
    fact(Kind::Person, "birthplace", "", Type::Choice),
    fact(Kind::Command, "is united", "is not united", Type::YesNo),
    fact(Kind::Command, "is ready", "is not ready", Type::Defined(3)),
    fact(Kind::Command, "strength", "", Type::Number),
    fact(Kind::Command, "head", "", Type::One(&[Kind::Person])),
    fact(Kind::Group, "patron", "", Type::One(&[Kind::Command])),
    fact(Kind::Company, "is listed", "is not listed", Type::YesNo),
    Fact { presumed: Some(false), ..fact(Kind::Company, "trades arms", "does not trade arms", Type::YesNo) },
    fact(Kind::Company, "is solid", "is not solid", Type::Defined(4)),
    fact(Kind::Company, "owner", "", Type::One(&[Kind::Group])),
    fact(Kind::Company, "directors", "", Type::Many(Kind::Person)),
];

pub const PARENT: FactAt = 11;
pub const REPORTS: FactAt = 12;
pub const LEADERS: FactAt = 13;
pub const PATRON: FactAt = 22;

/// The kinds of the definitions; that of a company stands only in policies about two kinds.
pub const DEFINED: [Kind; 5] = [Kind::Group, Kind::Group, Kind::Person, Kind::Command, Kind::Company];

/// Evidence standards by their place in [`STANDARDS`]; from [`ON_THE_WAY`] on, what is left of `careful` on the way to
/// a tested fact.
pub type StandardAt = usize;

/// What `careful` asks of relations and lists on the way.
pub const ON_THE_WAY: StandardAt = STANDARDS.len();

pub const STANDARDS: [(&str, &str); 6] = [
    ("strict", "  rated C3 or better\n"),
    ("recent", "  from the last 12 months\n"),
    ("fair", "  not from rivals of the subject\n  when sources conflict, take the better rated\n"),
    ("late", "  when sources conflict, take the later\n"),
    ("careful", "  rated C3 or better\n  from the last 12 months\n  not from rivals of the subject\n"),
    ("everywhere", "  rated C3 or better\n  ratings apply to relations and lists\n"),
];

/// Somebody whom the dossiers know.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Who {
    /// The group that is decided about.
    Subject,
    /// Two more groups, each with a dossier.
    North,
    South,
    /// Two persons written in place in the subject's dossier.
    Ali,
    Ben,
    /// A person with a dossier.
    Sami,
    /// The company that is decided about, in a policy about two kinds.
    Firm,
    /// The one thing there is only one of.
    Command,
}

impl Who {
    /// All but the company.
    pub const ALL: [Who; 7] =
        [Who::Subject, Who::North, Who::South, Who::Ali, Who::Ben, Who::Sami, Who::Command];

    pub fn kind(self) -> Kind {
        match self {
            Who::Subject | Who::North | Who::South => Kind::Group,
            Who::Ali | Who::Ben | Who::Sami => Kind::Person,
            Who::Command => Kind::Command,
            Who::Firm => Kind::Company,
        }
    }

    pub fn id(self) -> &'static str {
        match self {
            Who::Subject => "subject",
            Who::North => "north",
            Who::South => "south",
            Who::Ali => "ali",
            Who::Ben => "ben",
            Who::Sami => "sami",
            Who::Command => "the command",
            Who::Firm => "firm",
        }
    }
}

/// How a number or a day is compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Compared {
    AtLeast(i32),
    AtMost(i32),
    MoreThan(i32),
    LessThan(i32),
    Between(i32, i32),
    Is(i32),
    IsNot(i32),
    /// Days only, and only in conditions: within the last days, months or years, or not.
    Within(Window, bool),
}

/// A time that ends on the day of the decision.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Window {
    Days(u32),
    Months(u32),
    Years(u32),
}

/// Whom a test is about: the subject or the command, and relations followed from there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Subject {
    pub command: bool,
    pub steps: Vec<FactAt>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Quantifier {
    Any,
    All,
    None,
    AtLeast(u32),
    AtMost(u32),
    Exactly(u32),
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Condition {
    List(Quantifier, Vec<Condition>),
    YesNo(Subject, FactAt, bool),
    Compare(Subject, FactAt, Compared),
    /// The values by their bits, and whether it is one of them.
    Choice(Subject, FactAt, u8, bool),
    Members(Subject, FactAt, Quantifier, FactAt, bool),
    /// Any, or none, of those along the chain of parents.
    Ancestor(Subject, bool, FactAt, bool),
    /// Reports to the command, or does not; through any chain, or not.
    Reports(Subject, bool, bool),
    /// The patron is the command, or is not.
    Patron(Subject, bool),
    /// Clauses in one line, joined by `and`, or with false by `or`.
    Line(bool, Vec<Part>),
    /// The phase of this number is reached, or open; or is not.
    Phase(usize, bool, bool),
}

/// A clause of a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part {
    /// With its subject. It is no list and no line.
    Whole(Condition),
    /// A yes-or-no fact, without a subject.
    YesNo(FactAt, bool),
    /// Reports to the command, or does not, without a subject.
    Reports(bool),
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Claim {
    YesNo(bool),
    Compare(Compared),
    Choice(u8, bool),
    /// Those who are named, and whether there are no others.
    Members(Vec<Who>, bool),
    /// To somebody, or to no one.
    One(Option<Who>),
    NotOne(Who),
    Unknown,
    Contested,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statement {
    pub who: Who,
    pub fact: FactAt,
    pub claim: Claim,
    pub rival: bool,
    /// A to F and 1 to 6, both from 1.
    pub grade: Option<(u8, u8)>,
    pub date: Option<Day>,
    /// Whether it counts whatever a standard asks of its source: never written down, only tried out.
    pub admitted: bool,
    /// Whether a statement about the command stands in the dossier of circumstances; else in the subject's.
    pub apart: bool,
}

/// First and last day in force.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Period(pub Option<Day>, pub Option<Day>);

impl Period {
    pub fn contains(self, day: Day) -> bool {
        self.0.is_none_or(|from| from <= day) && self.1.is_none_or(|until| day <= until)
    }
}

/// Types of assistance: `training`, `equipment` and, below equipment, `vehicles`.
pub const TYPES: [&str; 3] = ["training", "equipment", "vehicles"];

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rule {
    /// The kind that its conditions name where they name one; so for all blocks.
    pub about: Kind,
    pub bar: bool,
    pub absolute: bool,
    pub assistance: Vec<usize>,
    pub standard: Option<StandardAt>,
    pub period: Period,
    pub when: Option<Condition>,
    /// What a requirement needs; a bar has none.
    pub needs: Option<Condition>,
    pub unless: Option<Condition>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waiver {
    pub about: Kind,
    pub lifts: Vec<usize>,
    pub assistance: Vec<usize>,
    pub standard: Option<StandardAt>,
    pub period: Period,
    pub when: Option<Condition>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Phase {
    pub about: Kind,
    pub period: Period,
    pub any_order: bool,
    pub opens: Vec<usize>,
    pub standard: Option<StandardAt>,
    pub begins: Option<Condition>,
    pub early: Option<Condition>,
    pub reached: Option<Condition>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Model {
    /// Whether the policy is about groups and companies; else about groups.
    pub two_kinds: bool,
    /// Whether the dossier of another group stands in the subject's file, and is decided on, too. It uses no dossier of
    /// circumstances.
    pub together: bool,
    /// The standard of rules that name none.
    pub standard: Option<StandardAt>,
    pub definitions: [(Condition, Option<Condition>); 5],
    pub rules: Vec<Rule>,
    pub waivers: Vec<Waiver>,
    pub phases: Vec<Phase>,
    /// The values `1`, `2` … and `0` for otherwise.
    pub choice: Vec<Condition>,
    pub choice_about: Kind,
    pub obligation: Option<Condition>,
    pub obligation_about: Kind,
    pub statements: Vec<Statement>,
}

pub fn day(text: &str) -> Day {
    use chrono::Datelike;
    text.parse::<NaiveDate>().unwrap().num_days_from_ce()
}

/// The day of the decision.
pub fn as_of() -> Day {
    day("2016-02-15")
}

/// The first day of a time that ends on the day of the decision.
pub fn first_of(window: Window) -> Day {
    use chrono::Datelike;
    let months = match window {
        Window::Days(days) => return as_of() - i32::try_from(days).unwrap(),
        Window::Months(months) => months,
        Window::Years(years) => 12 * years,
    };
    let date = NaiveDate::from_num_days_from_ce_opt(as_of()).unwrap();
    date.checked_sub_months(Months::new(months)).unwrap().num_days_from_ce()
}

impl Model {
    /// A model that says nothing.
    pub fn nothing() -> Model {
        Model {
            two_kinds: false,
            together: false,
            standard: None,
            definitions: std::array::from_fn(|_| (Condition::List(Quantifier::All, Vec::new()), None)),
            rules: Vec::new(),
            waivers: Vec::new(),
            phases: Vec::new(),
            choice: Vec::new(),
            choice_about: Kind::Group,
            obligation: None,
            obligation_about: Kind::Group,
            statements: Vec::new(),
        }
    }

    /// Who is decided on: the group, in a policy about two kinds the company, and whoever stands in the group's file.
    pub fn subjects(&self) -> &'static [Who] {
        match (self.two_kinds, self.together) {
            (true, _) => &[Who::Subject, Who::Firm],
            (_, true) => &[Who::Subject, Who::North],
            _ => &[Who::Subject],
        }
    }
}

fn date(day: Day) -> String {
    NaiveDate::from_num_days_from_ce_opt(day).unwrap().to_string()
}

/// All files of a model as one text, for a person to read.
pub fn written(model: &Model) -> String {
    text(model).into_iter().map(|(name, text)| format!("── {name}\n{text}\n")).collect()
}

/// The files of a model: the vocabulary, the policy, the circumstances, the other dossiers, the subject's.
pub fn text(model: &Model) -> Vec<(&'static str, String)> {
    let mut files = vec![
        ("vocabulary.placet", vocabulary(model)),
        ("policy.placet", policy(model)),
        ("circumstances.placet", dossier(model, "circumstances", Kind::Command, true)),
        ("north.placet", dossier(model, "north", Kind::Group, false)),
        ("south.placet", dossier(model, "south", Kind::Group, false)),
        ("sami.placet", dossier(model, "sami", Kind::Person, false)),
        ("subject.placet", dossier(model, "subject", Kind::Group, false)),
    ];
    if model.together {
        let (_, north) = files.remove(3);
        if let Some((_, text)) = files.last_mut() {
            text.push('\n');
            text.push_str(&north);
        }
    }
    if model.two_kinds {
        files.push(("firm.placet", dossier(model, "firm", Kind::Company, false)));
    }
    files
}

fn vocabulary(model: &Model) -> String {
    let mut text = String::new();
    let company = model.two_kinds.then_some(Kind::Company);
    for kind in [Kind::Group, Kind::Person, Kind::Command].into_iter().chain(company) {
        let only_one = if kind == Kind::Command { ", only one" } else { "" };
        writeln!(text, "kind {}{only_one}", kind.name()).unwrap();
        for fact in FACTS.iter().filter(|fact| fact.kind == kind) {
            let r#type = match fact.r#type {
                Type::YesNo => "yes or no".to_owned(),
                Type::Number => "number of units".to_owned(),
                Type::Date => "date".to_owned(),
                Type::Choice => format!("one of {}", VALUES.join(", ")),
                Type::One(kinds) => kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(" or "),
                Type::Many(kind) => format!("list of {}", kind.name()),
                Type::Defined(_) => continue,
            };
            writeln!(text, "  {} : {type}", fact.phrase).unwrap();
            if let Some(presumed) = fact.presumed {
                writeln!(text, "    presumed {}", if presumed { "yes" } else { "no" }).unwrap();
            }
        }
        text.push('\n');
    }
    for (at, (when, unless)) in model.definitions.iter().enumerate() {
        if DEFINED[at] == Kind::Company && !model.two_kinds {
            continue;
        }
        let fact = FACTS.iter().find(|fact| fact.r#type == Type::Defined(at)).unwrap();
        writeln!(text, "definition\n  the {} {}", fact.kind.name(), fact.phrase).unwrap();
        line(&mut text, "when", Some(when), DEFINED[at]);
        line(&mut text, "unless", unless.as_ref(), DEFINED[at]);
        text.push('\n');
    }
    for (name, lines) in STANDARDS {
        writeln!(text, "evidence standard {name}\n{lines}").unwrap();
    }
    text
}

fn policy(model: &Model) -> String {
    let about = if model.two_kinds { "group or company" } else { "group" };
    let mut text =
        format!("policy \"Drawn\"\n  id drawn\n  version 1\n  about {about}\n  use \"vocabulary.placet\"\n");
    on(&mut text, model.standard);
    text.push_str("\nassistance training\nassistance equipment\n  assistance vehicles\n\n");
    for (at, rule) in model.rules.iter().enumerate() {
        let word = if rule.bar { "bar" } else { "requirement" };
        let absolute = if rule.absolute { ", absolute" } else { "" };
        writeln!(text, "{word} rule-{at} \"Rule\"{absolute}").unwrap();
        for_types(&mut text, "for", &rule.assistance);
        on(&mut text, rule.standard);
        in_force(&mut text, rule.period);
        line(&mut text, "when", rule.when.as_ref(), rule.about);
        line(&mut text, "needs", rule.needs.as_ref(), rule.about);
        line(&mut text, "unless", rule.unless.as_ref(), rule.about);
        text.push('\n');
    }
    for (at, waiver) in model.waivers.iter().enumerate() {
        let lifts: Vec<String> = waiver.lifts.iter().map(|rule| format!("rule-{rule}")).collect();
        writeln!(text, "waiver waiver-{at} \"Waiver\"\n  lifts {}", lifts.join(", ")).unwrap();
        for_types(&mut text, "for", &waiver.assistance);
        on(&mut text, waiver.standard);
        in_force(&mut text, waiver.period);
        line(&mut text, "when", waiver.when.as_ref(), waiver.about);
        text.push('\n');
    }
    for (at, phase) in model.phases.iter().enumerate() {
        let order = if phase.any_order { ", in any order" } else { "" };
        writeln!(text, "phase {} \"Phase\"{order}", at + 1).unwrap();
        for_types(&mut text, "opens", &phase.opens);
        on(&mut text, phase.standard);
        in_force(&mut text, phase.period);
        line(&mut text, "begins when", phase.begins.as_ref(), phase.about);
        line(&mut text, "begins early when", phase.early.as_ref(), phase.about);
        line(&mut text, "reached when", phase.reached.as_ref(), phase.about);
        text.push('\n');
    }
    if !model.choice.is_empty() {
        text.push_str("choice channel\n");
        for (at, when) in model.choice.iter().enumerate() {
            line(&mut text, &format!("\"{}\" when", at + 1), Some(when), model.choice_about);
        }
        text.push_str("  otherwise \"0\"\n\n");
    }
    if let Some(when) = &model.obligation {
        text.push_str("obligation report \"Report\"\n  who \"Donor\"\n  due before delivery\n");
        line(&mut text, "when", Some(when), model.obligation_about);
    }
    text
}

fn for_types(text: &mut String, word: &str, types: &[usize]) {
    if !types.is_empty() {
        let names: Vec<&str> = types.iter().map(|at| TYPES[*at]).collect();
        writeln!(text, "  {word} {}", names.join(", ")).unwrap();
    }
}

fn on(text: &mut String, standard: Option<StandardAt>) {
    if let Some(standard) = standard {
        writeln!(text, "  on {}", STANDARDS[standard].0).unwrap();
    }
}

fn in_force(text: &mut String, Period(from, until): Period) {
    if from.is_some() || until.is_some() {
        let from = from.map(|day| format!(" from {}", date(day))).unwrap_or_default();
        let until = until.map(|day| format!(" until {}", date(day))).unwrap_or_default();
        writeln!(text, "  in force{from}{until}").unwrap();
    }
}

fn line(text: &mut String, word: &str, condition: Option<&Condition>, kind: Kind) {
    if let Some(condition) = condition {
        write!(text, "  {word} ").unwrap();
        write_condition(text, condition, kind, 4);
    }
}

fn write_condition(text: &mut String, condition: &Condition, kind: Kind, indent: usize) {
    let Condition::List(quantifier, of) = condition else {
        writeln!(text, "{}", clause(condition, kind)).unwrap();
        return;
    };
    writeln!(text, "{}", quantified(*quantifier)).unwrap();
    for condition in of {
        write!(text, "{}- ", " ".repeat(indent)).unwrap();
        write_condition(text, condition, kind, indent + 4);
    }
}

fn quantified(quantifier: Quantifier) -> String {
    match quantifier {
        Quantifier::Any => "any of".to_owned(),
        Quantifier::All => "all of".to_owned(),
        Quantifier::None => "none of".to_owned(),
        Quantifier::AtLeast(number) => format!("at least {number} of"),
        Quantifier::AtMost(number) => format!("at most {number} of"),
        Quantifier::Exactly(number) => format!("exactly {number} of"),
    }
}

fn clause(condition: &Condition, kind: Kind) -> String {
    let saying = |fact: FactAt, yes: bool| if yes { FACTS[fact].phrase } else { FACTS[fact].negative };
    match condition {
        Condition::YesNo(subject, fact, yes) => format!("{} {}", named(subject, kind), saying(*fact, *yes)),
        Condition::Compare(subject, fact, compared) => {
            let is_date = FACTS[*fact].r#type == Type::Date;
            format!("{} {} {}", owner(subject, kind), FACTS[*fact].phrase, comparison(*compared, is_date))
        }
        Condition::Choice(subject, fact, bits, one) => {
            format!("{} {} {}", owner(subject, kind), FACTS[*fact].phrase, choice(*bits, *one))
        }
        Condition::Members(subject, list, quantifier, fact, yes) => format!(
            "{} {} {} {}",
            quantified(*quantifier),
            owner(subject, kind),
            FACTS[*list].phrase,
            saying(*fact, *yes)
        ),
        Condition::Ancestor(subject, any, fact, yes) => format!(
            "{} of {} parent, through any chain, {}",
            if *any { "any" } else { "none" },
            owner(subject, kind),
            saying(*fact, *yes)
        ),
        Condition::Reports(subject, yes, chain) => {
            let verb = if *yes { "reports" } else { "does not report" };
            let chain = if *chain { ", through any chain," } else { "" };
            format!("{} {verb}{chain} to the command", named(subject, kind))
        }
        Condition::Patron(subject, yes) => {
            format!(
                "{} {} is {}the command",
                owner(subject, kind),
                FACTS[PATRON].phrase,
                if *yes { "" } else { "not " }
            )
        }
        Condition::Line(and, parts) => {
            let parts: Vec<String> = parts.iter().map(|part| written_part(part, kind)).collect();
            parts.join(if *and { " and " } else { " or " })
        }
        Condition::Phase(number, reached, yes) => {
            let word = if *reached { "reached" } else { "open" };
            format!("phase {number} is {}{word}", if *yes { "" } else { "not " })
        }
        Condition::List(..) => unreachable!("a list is no clause"),
    }
}

fn written_part(part: &Part, kind: Kind) -> String {
    match part {
        Part::Whole(condition) => clause(condition, kind),
        Part::YesNo(fact, true) => FACTS[*fact].phrase.to_owned(),
        Part::YesNo(fact, false) => FACTS[*fact].negative.to_owned(),
        Part::Reports(true) => "reports to the command".to_owned(),
        Part::Reports(false) => "does not report to the command".to_owned(),
    }
}

/// A subject as the start of a clause: `the group`, `its commander`.
fn named(subject: &Subject, kind: Kind) -> String {
    let root = if subject.command { Kind::Command } else { kind };
    match subject.steps.as_slice() {
        [] => format!("the {}", root.name()),
        steps => {
            let steps: Vec<&str> = steps.iter().map(|step| FACTS[*step].phrase).collect();
            format!("the {}'s {}", root.name(), steps.join("'s "))
        }
    }
}

/// A subject before what is its own: `the group's`.
fn owner(subject: &Subject, kind: Kind) -> String {
    format!("{}'s", named(subject, kind))
}

fn comparison(compared: Compared, is_date: bool) -> String {
    let value = |value: i32| if is_date { date(value) } else { value.to_string() };
    match (compared, is_date) {
        (Compared::AtLeast(low), false) => format!("is at least {}", value(low)),
        (Compared::AtMost(high), false) => format!("is at most {}", value(high)),
        (Compared::MoreThan(low), false) => format!("is more than {}", value(low)),
        (Compared::LessThan(high), false) => format!("is less than {}", value(high)),
        (Compared::AtLeast(low), true) => format!("is not before {}", value(low)),
        (Compared::AtMost(high), true) => format!("is not after {}", value(high)),
        (Compared::MoreThan(low), true) => format!("is after {}", value(low)),
        (Compared::LessThan(high), true) => format!("is before {}", value(high)),
        (Compared::Between(low, high), _) => format!("is between {} and {}", value(low), value(high)),
        (Compared::Is(one), _) => format!("is {}", value(one)),
        (Compared::IsNot(one), _) => format!("is not {}", value(one)),
        (Compared::Within(window, yes), _) => {
            let length = match window {
                Window::Days(days) => format!("{days} days"),
                Window::Months(months) => format!("{months} months"),
                Window::Years(years) => format!("{years} years"),
            };
            format!("is {}within the last {length}", if yes { "" } else { "not " })
        }
    }
}

fn choice(bits: u8, one: bool) -> String {
    let not = if one { "" } else { "not " };
    let names: Vec<&str> = (0..3).filter(|at| bits & (1 << at) != 0).map(|at| VALUES[at]).collect();
    match names.as_slice() {
        [only] => format!("is {not}{only}"),
        several => format!("is {not}one of {}", several.join(", ")),
    }
}

/// The place of a statement of a dossier, in the order of its text, in the model.
pub fn place(model: &Model, id: &str, at: usize) -> usize {
    let circumstances = id == "circumstances";
    let own = |statement: &Statement| match statement.who {
        Who::Command => statement.apart == circumstances && (circumstances || id == "subject"),
        who => who.id() == id,
    };
    let places = |is: &dyn Fn(&Statement) -> bool| -> Vec<usize> {
        let all = model.statements.iter().enumerate();
        all.filter(|(_, statement)| is(statement)).map(|(place, _)| place).collect()
    };
    let mut order = places(&own);
    if id == "subject" {
        for member in [Who::Ali, Who::Ben] {
            order.extend(places(&|statement| statement.who == member));
        }
    }
    order[at]
}

fn dossier(model: &Model, id: &str, kind: Kind, circumstances: bool) -> String {
    let mut text = format!(
        "dossier {id} \"{id}\"\n  about {}\n  use \"vocabulary.placet\"\n  as of 2016-02-15\n",
        kind.name()
    );
    if id == "subject" || id == "firm" {
        text.push_str("  use \"circumstances.placet\"\n");
    }
    let here = |statement: &Statement| match statement.who {
        Who::Command => statement.apart == circumstances && (circumstances || id == "subject"),
        who => who.id() == id,
    };
    for statement in model.statements.iter().filter(|statement| here(statement)) {
        say(&mut text, statement, "  ");
    }
    if id == "subject" {
        for member in [Who::Ali, Who::Ben] {
            writeln!(text, "  person {} \"{}\"", member.id(), member.id()).unwrap();
            for statement in model.statements.iter().filter(|statement| statement.who == member) {
                say(&mut text, statement, "    ");
            }
        }
    }
    text
}

fn say(text: &mut String, statement: &Statement, indent: &str) {
    let fact = &FACTS[statement.fact];
    let (subject, owner) = match statement.who {
        Who::Command => ("the command", "the command's"),
        _ => ("it", "its"),
    };
    let noun = format!("{owner} {}", fact.phrase);
    let is_verb = !fact.negative.is_empty();
    let said = match &statement.claim {
        Claim::YesNo(true) => format!("{subject} {}", fact.phrase),
        Claim::YesNo(false) => format!("{subject} {}", fact.negative),
        Claim::Compare(compared) => format!("{noun} {}", comparison(*compared, fact.r#type == Type::Date)),
        Claim::Choice(bits, one) => format!("{noun} {}", choice(*bits, *one)),
        Claim::Members(ids, complete) => {
            let ids: Vec<&str> = ids.iter().map(|who| who.id()).collect();
            match (ids.as_slice(), complete) {
                ([], _) => format!("{subject} has no {}", fact.phrase),
                (ids, true) => format!("{noun} are {} and no others", ids.join(", ")),
                (ids, false) => format!("{noun} include {}", ids.join(", ")),
            }
        }
        Claim::One(to) => {
            let to = to.map_or("no one", Who::id);
            if is_verb { format!("{subject} {} {to}", fact.phrase) } else { format!("{noun} is {to}") }
        }
        Claim::NotOne(to) if is_verb => format!("{subject} {} {}", fact.negative, to.id()),
        Claim::NotOne(to) => format!("{noun} is not {}", to.id()),
        Claim::Unknown | Claim::Contested => {
            let word = if statement.claim == Claim::Unknown { "unknown" } else { "contested" };
            match fact.r#type {
                Type::YesNo => format!("it is {word} whether {subject} {}", fact.phrase),
                Type::One(_) if is_verb => format!("it is {word} whether {subject} {} no one", fact.phrase),
                Type::One(_) => format!("it is {word} whether {noun} is no one"),
                Type::Many(_) => format!("{noun} are {word}"),
                _ => format!("{noun} is {word}"),
            }
        }
    };
    writeln!(text, "{indent}- {said}").unwrap();
    let mut marks = String::new();
    if statement.rival {
        marks.push_str(", a rival");
    }
    if let Some((source, information)) = statement.grade {
        let letter = char::from(b'A' + source - 1);
        write!(marks, ", rated {letter}{information}").unwrap();
    }
    if let Some(day) = statement.date {
        write!(marks, ", on {}", date(day)).unwrap();
    }
    if !marks.is_empty() {
        writeln!(text, "{indent}    from \"somebody\"{marks}").unwrap();
    }
}
