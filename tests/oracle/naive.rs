//! The naive evaluator, from section 10 of the language reference: it tries all possible values of the open facts one
//! after the other. It uses no code of the library.

use super::kinds::applies;
use super::line::with_subjects;
use super::model::*;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// An entity: one in the dossiers, or one about which nothing is known.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum EntityRef {
    Known(Who),
    /// Any other entity that a relation can lead to.
    Other(Box<EntityRef>, FactAt),
    /// A further member of a list, by number.
    Further(Box<EntityRef>, FactAt, u32),
}

impl EntityRef {
    fn kind(&self) -> Kind {
        match self {
            EntityRef::Known(who) => who.kind(),
            EntityRef::Other(_, fact) | EntityRef::Further(_, fact, _) => match FACTS[*fact].r#type {
                Type::One(kinds) => kinds[0],
                Type::Many(kind) => kind,
                _ => unreachable!("no relation"),
            },
        }
    }

    /// The number of steps from an entity in the dossiers.
    fn distance(&self) -> usize {
        match self {
            EntityRef::Known(_) => 0,
            EntityRef::Other(from, _) | EntityRef::Further(from, _, _) => 1 + from.distance(),
        }
    }
}

/// The value of a fact.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value {
    YesNo(bool),
    Number(i32),
    Choice(u8),
    One(Option<EntityRef>),
    Many(Vec<EntityRef>),
}

/// A fact of an entity under a standard.
type VariableKind = (EntityRef, FactAt, Option<StandardAt>);

/// The values of the facts that have been looked at so far.
type World = BTreeMap<VariableKind, Value>;

/// The key of a fact, and its possible values.
type Found = (VariableKind, Rc<[Value]>);

/// An open fact that needs a value before there is an answer.
struct Open(VariableKind, Rc<[Value]>);

type Answer = Result<bool, Open>;

/// The naive evaluator of one model.
pub struct Naive<'m> {
    model: &'m Model,
    /// Cache of the possible values of facts.
    found: RefCell<BTreeMap<VariableKind, Found>>,
    /// The open facts that have been looked at so far, under each standard.
    open: RefCell<BTreeSet<VariableKind>>,
    /// Facts that are open under several standards and must have the same value under each, if a common value is
    /// possible.
    tied: BTreeSet<VariableKind>,
    numbers: BTreeSet<i32>,
    days: BTreeSet<i32>,
    /// The number of further members of a list that all conditions on lists together can distinguish.
    further: u32,
    /// Whether a list was used that can have more further members than are tried.
    crowded: Cell<bool>,
    /// The current subject: statements in a dossier that it uses count for it alone.
    subject: Cell<Who>,
}

/// The largest number of further members of a list that are tried.
const MOST_FURTHER: u32 = 6;

/// The number of completions above which a case is left out.
pub const MOST: usize = 1_500;

/// Whether an answer can be yes, and whether it can be no; `None` above [`MOST`] completions.
pub type Turns = Option<(bool, bool)>;

impl<'m> Naive<'m> {
    pub fn new(model: &'m Model) -> Naive<'m> {
        let mut naive = Naive {
            model,
            found: RefCell::default(),
            open: RefCell::default(),
            tied: BTreeSet::new(),
            numbers: BTreeSet::from([0]),
            days: BTreeSet::from([0]),
            further: further(model),
            crowded: Cell::new(false),
            subject: Cell::new(Who::Subject),
        };
        let mut see = |fact: FactAt, compared: &Compared| {
            let edges = match *compared {
                Compared::AtLeast(one)
                | Compared::AtMost(one)
                | Compared::MoreThan(one)
                | Compared::LessThan(one)
                | Compared::Is(one)
                | Compared::IsNot(one) => vec![one],
                Compared::Between(low, high) => vec![low, high],
                Compared::Relative(relative, _) => relative.edges(),
            };
            let all = if FACTS[fact].r#type == Type::Date { &mut naive.days } else { &mut naive.numbers };
            all.extend(edges.iter().flat_map(|edge| [edge - 1, *edge, edge + 1]));
        };
        for condition in conditions(model) {
            comparisons(condition, &mut see);
        }
        for statement in &model.statements {
            if let Claim::Compare(compared) = &statement.claim {
                see(statement.fact, compared);
            }
        }
        naive.numbers.retain(|number| *number >= 0);
        naive
    }

    /// The same evaluator, with each fact that is open under several standards as one fact.
    pub fn tied(mut self) -> Naive<'m> {
        self.tied = self.open.take();
        self.found.take();
        self
    }

    /// Whether the group can be eligible, and ineligible, for a type of assistance.
    pub fn eligible(&self, assistance: usize) -> Turns {
        self.eligible_for(Who::Subject, assistance)
    }

    /// The same for any subject.
    pub fn eligible_for(&self, subject: Who, assistance: usize) -> Turns {
        self.decide_on(subject);
        self.turns(&|world| self.is_eligible(subject, assistance, world))
    }

    /// Whether each value of the choice is possible; `None` if the choice is not about the subject's kind.
    pub fn choice(&self, subject: Who) -> Option<Vec<Turns>> {
        if !applies(self.model.choice_about, self.model.choice.iter(), subject.kind()) {
            return None;
        }
        self.decide_on(subject);
        let values = (0..=self.model.choice.len()).map(|wanted| {
            self.turns(&|world| {
                for (at, when) in self.model.choice.iter().enumerate() {
                    if self.holds(when, &EntityRef::Known(subject), self.model.standard, world)? {
                        return Ok(wanted == at + 1);
                    }
                }
                Ok(wanted == 0)
            })
        });
        Some(values.collect())
    }

    /// Whether the condition of the obligation can hold, and can fail; it never holds for a subject of another kind.
    pub fn obligation(&self, subject: Who) -> Turns {
        let when = self.model.obligation.as_ref()?;
        if !applies(self.model.obligation_about, [when].into_iter(), subject.kind()) {
            return Some((false, true));
        }
        self.decide_on(subject);
        self.turns(&|world| self.holds(when, &EntityRef::Known(subject), self.model.standard, world))
    }

    fn decide_on(&self, subject: Who) {
        if self.subject.replace(subject) != subject {
            self.found.borrow_mut().clear();
        }
    }

    fn turns(&self, ask: &dyn Fn(&World) -> Answer) -> Turns {
        let mut seen = (false, false);
        let mut left = MOST;
        self.complete(ask, &mut World::new(), &mut seen, &mut left)?;
        (!self.crowded.get()).then_some(seen)
    }

    /// Tries every completion of a world; `None` if there are too many.
    fn complete(
        &self,
        ask: &dyn Fn(&World) -> Answer,
        world: &mut World,
        seen: &mut (bool, bool),
        left: &mut usize,
    ) -> Option<()> {
        *left = left.checked_sub(1)?;
        match ask(world) {
            Ok(true) => seen.0 = true,
            Ok(false) => seen.1 = true,
            Err(Open(kind, values)) => {
                for value in values.iter() {
                    if *seen == (true, true) {
                        break;
                    }
                    world.insert(kind.clone(), value.clone());
                    self.complete(ask, world, seen, left)?;
                }
                world.remove(&kind);
            }
        }
        Some(())
    }

    fn is_eligible(&self, subject: Who, assistance: usize, world: &World) -> Answer {
        let covers = |types: &[usize]| {
            types.is_empty() || types.contains(&assistance) || assistance == 2 && types.contains(&1)
        };
        for (at, rule) in self.model.rules.iter().enumerate() {
            let own = rule.when.iter().chain(&rule.needs).chain(&rule.unless);
            if rule.period.contains(as_of())
                && applies(rule.about, own, subject.kind())
                && covers(&rule.assistance)
                && !self.is_met(subject, at, assistance, world)?
            {
                return Ok(false);
            }
        }
        for (at, phase) in self.model.phases.iter().enumerate() {
            if self.is_there(phase, subject)
                && !phase.opens.is_empty()
                && covers(&phase.opens)
                && !self.is_open(subject, at, world)?
            {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn is_met(&self, who: Who, at: usize, assistance: usize, world: &World) -> Answer {
        let rule = &self.model.rules[at];
        let standard = rule.standard.or(self.model.standard);
        let subject = EntityRef::Known(who);
        if let Some(when) = &rule.when
            && !self.holds(when, &subject, standard, world)?
        {
            return Ok(true);
        }
        if let Some(needs) = &rule.needs
            && self.holds(needs, &subject, standard, world)?
        {
            return Ok(true);
        }
        if let Some(unless) = &rule.unless
            && self.holds(unless, &subject, standard, world)?
        {
            return Ok(true);
        }
        for waiver in &self.model.waivers {
            let covers = waiver.assistance.is_empty()
                || waiver.assistance.contains(&assistance)
                || assistance == 2 && waiver.assistance.contains(&1);
            let is_there =
                waiver.period.contains(as_of()) && applies(waiver.about, waiver.when.iter(), who.kind());
            if !waiver.lifts.contains(&at) || !is_there || !covers {
                continue;
            }
            let standard = waiver.standard.or(self.model.standard);
            match &waiver.when {
                Some(when) if !self.holds(when, &subject, standard, world)? => {}
                _ => return Ok(true),
            }
        }
        Ok(false)
    }

    /// Whether a phase is in force and about the subject's kind.
    fn is_there(&self, phase: &Phase, subject: Who) -> bool {
        let own = phase.begins.iter().chain(&phase.early).chain(&phase.reached);
        phase.period.contains(as_of()) && applies(phase.about, own, subject.kind())
    }

    /// Later phases do not wait for a phase that is not in force or about another kind.
    fn earlier_reached(&self, subject: Who, at: usize, world: &World) -> Answer {
        for earlier in 0..at {
            if self.is_there(&self.model.phases[earlier], subject)
                && !self.is_reached(subject, earlier, world)?
            {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// A phase that is not in force or about another kind is neither open nor reached.
    fn is_open(&self, who: Who, at: usize, world: &World) -> Answer {
        let phase = &self.model.phases[at];
        if !self.is_there(phase, who) {
            return Ok(false);
        }
        let standard = phase.standard.or(self.model.standard);
        let subject = EntityRef::Known(who);
        if let Some(early) = &phase.early
            && self.holds(early, &subject, standard, world)?
        {
            return Ok(true);
        }
        if !phase.any_order && !self.earlier_reached(who, at, world)? {
            return Ok(false);
        }
        phase.begins.as_ref().map_or(Ok(true), |begins| self.holds(begins, &subject, standard, world))
    }

    /// A phase without `reached when` is reached as soon as it is open in its turn.
    fn is_reached(&self, who: Who, at: usize, world: &World) -> Answer {
        let phase = &self.model.phases[at];
        if !self.is_there(phase, who) {
            return Ok(false);
        }
        let standard = phase.standard.or(self.model.standard);
        if !phase.any_order && !self.earlier_reached(who, at, world)? {
            return Ok(false);
        }
        match &phase.reached {
            Some(reached) => self.holds(reached, &EntityRef::Known(who), standard, world),
            None => self.is_open(who, at, world),
        }
    }

    fn holds(
        &self,
        condition: &Condition,
        it: &EntityRef,
        standard: Option<StandardAt>,
        world: &World,
    ) -> Answer {
        let entity = |subject: &Subject| self.entity(subject, it, standard, world);
        match condition {
            Condition::List(quantifier, of) => {
                let mut holding = 0;
                for condition in of {
                    holding += u32::from(self.holds(condition, it, standard, world)?);
                }
                Ok(enough(*quantifier, holding, u32::try_from(of.len()).unwrap()))
            }
            Condition::YesNo(subject, fact, yes) => match entity(subject)? {
                Some(who) => Ok(self.has_fact(&who, *fact, standard, world)? == *yes),
                None => Ok(false),
            },
            Condition::Compare(subject, fact, compared) => match entity(subject)? {
                Some(who) => match self.value(&who, *fact, standard, world)? {
                    Value::Number(number) => Ok(compares(*compared, number)),
                    other => unreachable!("{other:?} is no number"),
                },
                None => Ok(false),
            },
            Condition::Choice(subject, fact, bits, one) => match entity(subject)? {
                Some(who) => match self.value(&who, *fact, standard, world)? {
                    Value::Choice(value) => Ok((bits & (1 << value) != 0) == *one),
                    other => unreachable!("{other:?} is no choice"),
                },
                None => Ok(false),
            },
            Condition::Members(subject, list, quantifier, fact, yes) => {
                let Some(who) = entity(subject)? else { return Ok(false) };
                let Value::Many(members) = self.value(&who, *list, on_the_way(standard), world)? else {
                    unreachable!("no list")
                };
                let mut holding = 0;
                for member in &members {
                    holding += u32::from(self.has_fact(member, *fact, standard, world)? == *yes);
                }
                Ok(enough(*quantifier, holding, u32::try_from(members.len()).unwrap()))
            }
            Condition::Ancestor(subject, any, fact, yes) => {
                let Some(who) = entity(subject)? else { return Ok(false) };
                for ancestor in self.chain(&who, PARENT, standard, world)? {
                    if self.has_fact(&ancestor, *fact, standard, world)? == *yes {
                        return Ok(*any);
                    }
                }
                Ok(!any)
            }
            Condition::Reports(subject, yes, through_any) => {
                let Some(who) = entity(subject)? else { return Ok(false) };
                let command = EntityRef::Known(Who::Command);
                let there = if *through_any {
                    self.chain(&who, REPORTS, standard, world)?.contains(&command)
                } else {
                    self.value(&who, REPORTS, standard, world)? == Value::One(Some(command))
                };
                Ok(there == *yes)
            }
            Condition::Patron(subject, yes) => {
                let Some(who) = entity(subject)? else { return Ok(false) };
                let command = Value::One(Some(EntityRef::Known(Who::Command)));
                Ok((self.value(&who, PATRON, standard, world)? == command) == *yes)
            }
            Condition::Line(and, parts) => {
                for clause in with_subjects(parts) {
                    if self.holds(&clause, it, standard, world)? != *and {
                        return Ok(!and);
                    }
                }
                Ok(*and)
            }
            Condition::Phase(number, reached, yes) => {
                // Only rules of the policy test phases, and only those of its subject.
                let EntityRef::Known(subject) = *it else { unreachable!("a definition asks for a phase") };
                let is = if *reached {
                    self.is_reached(subject, number - 1, world)?
                } else {
                    self.is_open(subject, number - 1, world)?
                };
                Ok(is == *yes)
            }
        }
    }

    /// The entity that a subject leads to, if any.
    fn entity(
        &self,
        subject: &Subject,
        it: &EntityRef,
        standard: Option<StandardAt>,
        world: &World,
    ) -> Result<Option<EntityRef>, Open> {
        let mut who = if subject.command { EntityRef::Known(Who::Command) } else { it.clone() };
        let standard = on_the_way(standard);
        for step in &subject.steps {
            match self.value(&who, *step, standard, world)? {
                Value::One(Some(next)) => who = next,
                _ => return Ok(None),
            }
        }
        Ok(Some(who))
    }

    /// All entities along a chain, after one step or more.
    fn chain(
        &self,
        start: &EntityRef,
        relation: FactAt,
        standard: Option<StandardAt>,
        world: &World,
    ) -> Result<Vec<EntityRef>, Open> {
        let mut found: Vec<EntityRef> = Vec::new();
        let mut at = start.clone();
        while FACTS[relation].kind == at.kind() {
            match self.value(&at, relation, standard, world)? {
                Value::One(Some(next)) if !found.contains(&next) => {
                    found.push(next.clone());
                    at = next;
                }
                _ => break,
            }
        }
        Ok(found)
    }

    fn has_fact(&self, who: &EntityRef, fact: FactAt, standard: Option<StandardAt>, world: &World) -> Answer {
        if let Type::Defined(at) = FACTS[fact].r#type {
            let (when, unless) = &self.model.definitions[at];
            if !self.holds(when, who, standard, world)? {
                return Ok(false);
            }
            return Ok(match unless {
                Some(unless) => !self.holds(unless, who, standard, world)?,
                None => true,
            });
        }
        match self.value(who, fact, standard, world)? {
            Value::YesNo(yes) => Ok(yes),
            other => unreachable!("{other:?} is no answer"),
        }
    }

    /// The value of a fact in this world; otherwise the fact with its possible values.
    fn value(
        &self,
        who: &EntityRef,
        fact: FactAt,
        standard: Option<StandardAt>,
        world: &World,
    ) -> Result<Value, Open> {
        let key = (who.clone(), fact, standard);
        let mut found = self.found.borrow_mut();
        let (kind, values) = match found.get(&key) {
            Some(found) => found,
            None => {
                let (kind, values) = self.kind(who, fact, standard);
                if values.len() > 1 {
                    self.open.borrow_mut().insert(key.clone());
                }
                found.entry(key).or_insert((kind, values.into()))
            }
        };
        if let Some(value) = world.get(kind) {
            return Ok(value.clone());
        }
        match &**values {
            [only] => Ok(only.clone()),
            _ => Err(Open(kind.clone(), Rc::clone(values))),
        }
    }

    /// The key of a fact under a standard, and its possible values.
    fn kind(
        &self,
        who: &EntityRef,
        fact: FactAt,
        standard: Option<StandardAt>,
    ) -> (VariableKind, Vec<Value>) {
        let own = self.possible(who, fact, standard);
        let scalar = matches!(FACTS[fact].r#type, Type::YesNo | Type::Number | Type::Date | Type::Choice);
        if scalar && self.tied.contains(&(who.clone(), fact, standard)) {
            let mut common = own.clone();
            for (_, _, other) in self.tied.iter().filter(|(other, at, _)| other == who && *at == fact) {
                let other = self.possible(who, fact, *other);
                common.retain(|value| other.contains(value));
            }
            if !common.is_empty() {
                return ((who.clone(), fact, None), common);
            }
        }
        // Keys count standards from 1; 0 means that there is no standard, and `None` is the key of a fact tied across
        // standards.
        ((who.clone(), fact, Some(standard.map_or(0, |standard| standard + 1))), own)
    }

    /// The possible values of a fact of an entity under a standard.
    fn possible(&self, who: &EntityRef, fact: FactAt, standard: Option<StandardAt>) -> Vec<Value> {
        let statements: Vec<&Statement> = match who {
            EntityRef::Known(known) => {
                // The other group in the file uses no circumstances.
                let is_visible = *known != Who::Command || self.subject.get() != Who::North;
                let about =
                    |statement: &&Statement| is_visible && statement.who == *known && statement.fact == fact;
                weigh(self.model.statements.iter().filter(about).collect(), standard)
            }
            _ => Vec::new(),
        };
        let claims: Vec<&Claim> = statements.iter().map(|statement| &statement.claim).collect();
        let everything = self.everything(who, fact, &claims);
        if claims.is_empty() {
            if let Some(presumed) = FACTS[fact].presumed {
                return vec![Value::YesNo(presumed)];
            }
            return everything;
        }
        if claims.contains(&&Claim::Contested) {
            return everything;
        }
        let common: Vec<Value> = everything
            .iter()
            .filter(|value| claims.iter().all(|claim| allows(claim, value)))
            .cloned()
            .collect();
        if !common.is_empty() {
            return common;
        }
        everything.into_iter().filter(|value| claims.iter().any(|claim| allows(claim, value))).collect()
    }

    /// The possible values of a fact without statements, including entities that statements name.
    fn everything(&self, who: &EntityRef, fact: FactAt, claims: &[&Claim]) -> Vec<Value> {
        let mut named: BTreeSet<Who> = BTreeSet::new();
        for claim in claims {
            match claim {
                Claim::Members(ids, _) => named.extend(ids),
                Claim::One(Some(to)) | Claim::NotOne(to) => {
                    named.insert(*to);
                }
                _ => {}
            }
        }
        match FACTS[fact].r#type {
            Type::YesNo => vec![Value::YesNo(false), Value::YesNo(true)],
            Type::Number => self.numbers.iter().map(|number| Value::Number(*number)).collect(),
            Type::Date => self.days.iter().map(|day| Value::Number(*day)).collect(),
            Type::Choice => (0..3).map(Value::Choice).collect(),
            Type::One(kinds) => {
                let mut to = vec![Value::One(None)];
                if kinds.contains(&Kind::Command) {
                    named.insert(Who::Command);
                }
                to.extend(named.iter().map(|who| Value::One(Some(EntityRef::Known(*who)))));
                // No condition takes more steps: two, and two each for a definition and one that it uses. There is only
                // one command.
                if who.distance() < 6 && kinds.iter().any(|kind| *kind != Kind::Command) {
                    to.push(Value::One(Some(EntityRef::Other(Box::new(who.clone()), fact))));
                }
                to
            }
            Type::Many(_) => {
                let named: Vec<Who> = named.into_iter().collect();
                if self.further > MOST_FURTHER {
                    self.crowded.set(true);
                }
                let mut lists = Vec::new();
                for bits in 0..1_usize << named.len() {
                    for further in 0..=self.further.clamp(1, MOST_FURTHER) {
                        let known = named.iter().enumerate().filter(|(at, _)| bits & (1 << at) != 0);
                        let known = known.map(|(_, who)| EntityRef::Known(*who));
                        let others =
                            (0..further).map(|at| EntityRef::Further(Box::new(who.clone()), fact, at));
                        lists.push(Value::Many(known.chain(others).collect()));
                    }
                }
                lists
            }
            Type::Defined(_) => unreachable!("a defined fact is not stated"),
        }
    }
}

/// The standard for relations and lists on the way to a tested fact, from section 7: `rated` and `from the last` do not
/// apply to them, unless the standard applies ratings to them. If no condition is left, every statement counts.
fn on_the_way(standard: Option<StandardAt>) -> Option<StandardAt> {
    match STANDARDS[standard?].0 {
        "strict" | "recent" => None,
        "careful" => Some(ON_THE_WAY),
        _ => standard,
    }
}

/// The statements that count under a standard, from section 7.
pub fn weigh(statements: Vec<&Statement>, standard: Option<StandardAt>) -> Vec<&Statement> {
    let name = match standard {
        None => "",
        Some(ON_THE_WAY) => "careful on the way",
        Some(standard) => STANDARDS[standard].0,
    };
    let rated = |statement: &Statement| {
        statement.grade.is_some_and(|(source, information)| source <= 3 && information <= 3)
    };
    let mut counted: Vec<&Statement> = statements
        .into_iter()
        .filter(|statement| statement.date.is_none_or(|date| date <= as_of()))
        .filter(|statement| {
            let recent = statement.date.is_some_and(|date| date >= first_of(Time::Months(12)));
            // An explicit unknown is the dossier's own: only its age counts, if it has a date.
            let is_own_and_recent = statement.claim == Claim::Unknown
                && (recent || statement.date.is_none() || !matches!(name, "recent" | "careful"));
            is_own_and_recent
                || statement.admitted
                || match name {
                    "strict" | "everywhere" => rated(statement),
                    "recent" => recent,
                    "fair" | "careful on the way" => !statement.rival,
                    "careful" => rated(statement) && recent && !statement.rival,
                    _ => true,
                }
        })
        .collect();
    if counted.iter().any(|statement| statement.claim == Claim::Unknown) {
        return Vec::new();
    }
    if agree(&counted) {
        return counted;
    }
    let all = counted.clone();
    let grade = |statement: &Statement| statement.grade.unwrap_or((6, 6));
    match name {
        "fair" => counted.retain(|statement| {
            let (source, information) = grade(statement);
            !all.iter().any(|other| {
                let other = grade(other);
                other != (source, information) && other.0 <= source && other.1 <= information
            })
        }),
        "late" => {
            let latest = all.iter().map(|statement| statement.date).max().flatten();
            counted.retain(|statement| statement.date == latest);
        }
        _ => {}
    }
    counted
}

/// Whether statements about one fact can all be true.
fn agree(statements: &[&Statement]) -> bool {
    let Some(first) = statements.first() else { return true };
    let claims: Vec<&Claim> = statements.iter().map(|statement| &statement.claim).collect();
    if claims.contains(&&Claim::Contested) {
        return false;
    }
    let own = statements.iter().map(|statement| (*statement).clone()).collect();
    let single = Model { statements: own, ..Model::nothing() };
    let naive = Naive::new(&single);
    let everything = naive.everything(&EntityRef::Known(first.who), first.fact, &claims);
    everything.iter().any(|value| claims.iter().all(|claim| allows(claim, value)))
}

/// Whether a claim is true if a fact has a value.
fn allows(claim: &Claim, value: &Value) -> bool {
    match (claim, value) {
        (Claim::YesNo(yes), Value::YesNo(value)) => yes == value,
        (Claim::Compare(compared), Value::Number(number)) => compares(*compared, *number),
        (Claim::Choice(bits, one), Value::Choice(value)) => (bits & (1 << value) != 0) == *one,
        (Claim::One(to), Value::One(value)) => to.map(EntityRef::Known) == *value,
        (Claim::NotOne(to), Value::One(value)) => Some(EntityRef::Known(*to)) != *value,
        (Claim::Members(ids, complete), Value::Many(members)) => {
            let all = ids.iter().all(|who| members.contains(&EntityRef::Known(*who)));
            all && (!complete || members.len() == ids.len())
        }
        (claim, value) => unreachable!("{claim:?} of {value:?}"),
    }
}

fn compares(compared: Compared, number: i32) -> bool {
    match compared {
        Compared::AtLeast(low) => number >= low,
        Compared::AtMost(high) => number <= high,
        Compared::MoreThan(low) => number > low,
        Compared::LessThan(high) => number < high,
        Compared::Between(low, high) => low <= number && number <= high,
        Compared::Is(one) => number == one,
        Compared::IsNot(one) => number != one,
        Compared::Relative(relative, yes) => relative.is(number) == yes,
    }
}

fn enough(quantifier: Quantifier, holding: u32, of: u32) -> bool {
    match quantifier {
        Quantifier::Any => holding >= 1,
        Quantifier::All => holding == of,
        Quantifier::None => holding == 0,
        Quantifier::AtLeast(number) => holding >= number,
        Quantifier::AtMost(number) => holding <= number,
        Quantifier::Exactly(number) => holding == number,
    }
}

fn conditions(model: &Model) -> Vec<&Condition> {
    let mut all: Vec<&Condition> = Vec::new();
    for (when, unless) in &model.definitions {
        all.push(when);
        all.extend(unless);
    }
    for rule in &model.rules {
        all.extend(rule.when.iter().chain(&rule.needs).chain(&rule.unless));
    }
    all.extend(model.waivers.iter().filter_map(|waiver| waiver.when.as_ref()));
    for phase in &model.phases {
        all.extend(phase.begins.iter().chain(&phase.early).chain(&phase.reached));
    }
    all.extend(&model.choice);
    all.extend(&model.obligation);
    all
}

fn comparisons(condition: &Condition, see: &mut dyn FnMut(FactAt, &Compared)) {
    match condition {
        Condition::List(_, of) => of.iter().for_each(|condition| comparisons(condition, see)),
        Condition::Line(_, parts) => {
            with_subjects(parts).iter().for_each(|condition| comparisons(condition, see));
        }
        Condition::Compare(_, fact, compared) => see(*fact, compared),
        _ => {}
    }
}

/// The number of members of a list that the conditions of a model can distinguish: the sum over all tested facts of the
/// largest number that a condition on the fact needs.
fn further(model: &Model) -> u32 {
    let mut counts: BTreeMap<(FactAt, FactAt, bool), u32> = BTreeMap::new();
    conditions(model).into_iter().for_each(|condition| count_members(condition, &mut counts));
    counts.values().sum()
}

fn count_members(condition: &Condition, counts: &mut BTreeMap<(FactAt, FactAt, bool), u32>) {
    match condition {
        Condition::List(_, of) => of.iter().for_each(|condition| count_members(condition, counts)),
        Condition::Line(_, parts) => {
            with_subjects(parts).iter().for_each(|condition| count_members(condition, counts));
        }
        Condition::Members(_, list, quantifier, fact, yes) => {
            let (yes, needed) = match quantifier {
                Quantifier::Any | Quantifier::None => (*yes, 1),
                // A single member without the fact decides the condition.
                Quantifier::All => (!yes, 1),
                Quantifier::AtLeast(number) => (*yes, *number),
                Quantifier::AtMost(number) | Quantifier::Exactly(number) => (*yes, number + 1),
            };
            let most = counts.entry((*list, *fact, yes)).or_default();
            *most = needed.max(*most);
        }
        _ => {}
    }
}
