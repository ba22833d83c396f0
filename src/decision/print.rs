//! Facts, values and conditions as sentences.

use super::ground::{Cells, Goal, Ground, Matter, Somebody, Whom};
use super::{FactRef, Finding};
use crate::circuit::Mask;
use crate::evidence::{Claim, LeftOut, Possible, Statement, Status};
use crate::id::{FactId, SomebodyId, StandardId, VarId};
use crate::policy::phrase::{is_verb_phrase, negate, plural, plural_negate};
use crate::policy::print::{along, numbers_words, pick, possessive, reaches, series, values_words};
use crate::policy::problem::a;
use crate::policy::{Allowed, Condition, Fact, FactType, Root, Subject};
use crate::value::Ranges;
use std::collections::BTreeMap;

impl<'a> Ground<'a> {
    /// Somebody in words: `the group`, `First commander`, `the group's commander`.
    pub(super) fn name(&self, who: SomebodyId) -> String {
        let mut steps = Vec::new();
        let mut at = who;
        let mut name = loop {
            match self.somebodies[at] {
                Somebody::Entity(entity) => break self.entity_name(entity),
                Somebody::Other { of, relation, .. } => {
                    steps.push((relation, false));
                    at = of;
                }
                Somebody::Further { of, list } => {
                    steps.push((list, true));
                    at = of;
                }
            }
        };
        for (fact, further) in steps.into_iter().rev() {
            let phrase = &self.declared(fact).phrase;
            name = if further {
                format!("any further one of {} {phrase}", possessive(&name))
            } else {
                along(&name, phrase)
            };
        }
        name
    }

    fn entity_name(&self, entity: crate::id::EntityId) -> String {
        let known = &self.case.entities[entity];
        let is_only = self.case.only.get(&known.kind) == Some(&entity);
        if is_only || entity == self.case.subject {
            return format!("the {}", self.policy.vocabulary.kinds[known.kind].name);
        }
        known.title.clone()
    }

    pub(super) fn declared(&self, fact: FactId) -> &'a Fact {
        &self.policy.vocabulary.facts[fact]
    }

    /// A variable's fact as a person reads it.
    pub(super) fn fact_ref(&self, var: VarId) -> FactRef<'a> {
        let variable = &self.variables[var];
        let fact = self.declared(variable.fact());
        let who = variable.who();
        let subject = self.name(who);
        let text = match (&variable.matter, &fact.r#type) {
            (_, FactType::YesNo) => format!("{subject} {}", fact.phrase),
            (Matter::Further { which: Some((gate, meets)), .. }, _) if variable.cells.count() > 2 => {
                let those = format!("how many of {} further {}", possessive(&subject), fact.phrase);
                match self.plural_predicate(*gate, *meets) {
                    Some(predicate) => format!("{those} {predicate}"),
                    None => self.put_to(*gate, &format!("{those} there are of whom this is so:"), *meets),
                }
            }
            (Matter::Further { which: Some(_), .. } | Matter::Beyond { .. }, _) => {
                self.sentence(var, Mask::MAX << 1)
            }
            (_, FactType::One(_)) if is_verb_phrase(&fact.phrase) => along(&subject, &fact.phrase),
            _ => format!("{} {}", possessive(&subject), fact.phrase),
        };
        FactRef {
            entity: self.entity_id(who),
            subject,
            phrase: fact.phrase.clone(),
            text,
            standard: variable.standard.map(|id| self.policy.vocabulary.standards[id].name.clone()),
            question: self.question(var),
            status: variable.status,
            statements: variable.weighed.counted.clone(),
            left_out: self.left_out(var),
            names: self.names(who),
        }
    }

    /// The statements about a variable that do not count. That the fact is unknown is no claim to leave out.
    fn left_out(&self, var: VarId) -> Vec<(&'a Statement, LeftOut)> {
        let mut left_out = self.variables[var].weighed.left_out.clone();
        left_out.retain(|(said, why)| (&said.claim, *why) != (&Claim::Unknown, LeftOut::SaidUnknown));
        left_out
    }

    /// What those are called whom the statements about somebody name, and they themselves, by id.
    fn names(&self, who: SomebodyId) -> BTreeMap<String, String> {
        let Somebody::Entity(entity) = self.somebodies[who] else { return BTreeMap::new() };
        let known = &self.case.entities[entity];
        let named = known.names.iter().map(|(id, other)| (id.clone(), self.entity_name(*other)));
        named.chain([(known.id.clone(), self.entity_name(entity))]).collect()
    }

    /// The id of somebody; for somebody unknown, of whom they are known through.
    fn entity_id(&self, who: SomebodyId) -> String {
        let mut at = who;
        loop {
            match self.somebodies[at] {
                Somebody::Entity(entity) => return self.case.entities[entity].id.clone(),
                Somebody::Other { of, .. } | Somebody::Further { of, .. } => at = of,
            }
        }
    }

    /// A variable with what is known of it.
    pub(super) fn finding(&self, var: VarId) -> Finding<'a> {
        let known = self.masks.find(var).copied().unwrap_or(Mask::MAX);
        if let (Matter::Further { who, list, .. }, 1) = (self.variables[var].matter, known) {
            return Finding { fact: self.fact_ref(var), text: self.no_others(who, list, var) };
        }
        let text = match (&self.variables[var].weighed.possible, &self.variables[var].cells) {
            // The value itself says more than the cell that it lies in.
            (Possible::Numbers(ranges), Cells::Numbers(_) | Cells::Dates(_)) => {
                self.number_sentence(var, ranges)
            }
            _ => self.sentence(var, known),
        };
        Finding { fact: self.fact_ref(var), text }
    }

    /// That a list is complete: `the group has no leaders`, `the group has no leaders other than Ana and Ben`. Whatever
    /// a condition asks of further members, this is what is known of them.
    fn no_others(&self, who: SomebodyId, list: FactId, var: VarId) -> String {
        let (name, list) = (self.name(who), &self.declared(list).phrase);
        match self.member_names(who, &self.variables[var].weighed.possible).as_slice() {
            [] => format!("{name} has no {list}"),
            members if members.len() <= NAMED => {
                format!("{name} has no {list} other than {}", series(members, "and"))
            }
            _ => format!("{name} has no further {list}"),
        }
    }

    /// The members that a list is known to have, in words.
    pub(super) fn member_names(&self, who: SomebodyId, possible: &Possible) -> Vec<String> {
        let (Somebody::Entity(entity), Possible::Members { ids, .. }) = (self.somebodies[who], possible)
        else {
            return Vec::new();
        };
        let names = &self.case.entities[entity].names;
        ids.iter()
            .map(|id| names.get(id).map_or_else(|| id.clone(), |member| self.entity_name(*member)))
            .collect()
    }

    /// That a variable is in one of some cells: `the group accepts the unity government`.
    pub(super) fn sentence(&self, var: VarId, mask: Mask) -> String {
        let variable = &self.variables[var];
        let fact = self.declared(variable.fact());
        let name = self.name(variable.who());
        let mask = mask & self.circuit.full(var);
        match (&variable.matter, &variable.cells) {
            (Matter::Member { member, .. }, _) => {
                let is = if mask == 0b10 { "is" } else { "is not" };
                format!("{} {is} one of {} {}", self.name(*member), possessive(&name), fact.phrase)
            }
            (Matter::Beyond { relation, goal, .. }, _) => {
                let phrase = &self.declared(*relation).phrase;
                match goal {
                    Goal::Is(kind) => {
                        let target = format!("the {}", self.policy.vocabulary.kinds[*kind].name);
                        reaches(&name, phrase, &target, mask == 0b01)
                    }
                    Goal::Meets(gate) => {
                        let any = if mask == 0b01 { "none of" } else { "any of" };
                        let those = format!("{any} {} {phrase}, through any chain,", possessive(&name));
                        self.put_to(*gate, &those, true)
                    }
                }
            }
            (Matter::Further { which, .. }, cells) => {
                let further = format!("further {}", fact.phrase);
                let count = count_words(mask, cells.count());
                match which {
                    None if mask == 1 => format!("{name} has no {further}"),
                    None => format!("{name} has {count} {further}"),
                    Some((gate, meets)) => {
                        let those = format!("of {} {further}", possessive(&name));
                        match (mask, *meets) {
                            (1, true) => self.put_to(*gate, &format!("none {those}"), true),
                            (1, false) => self.put_to(*gate, &format!("each {those}"), true),
                            (_, meets) => self.put_to(*gate, &format!("{count} {those}"), meets),
                        }
                    }
                }
            }
            (_, Cells::YesNo) => match mask {
                0b10 => format!("{name} {}", fact.phrase),
                0b01 => format!("{name} {}", negate(&fact.phrase)),
                _ => format!("{name} {} or {}", fact.phrase, negate(&fact.phrase)),
            },
            (_, cells @ (Cells::Numbers(_) | Cells::Dates(_))) => {
                self.number_sentence(var, &cells.ranges(mask))
            }
            (_, Cells::Values(count)) => {
                let all = match &fact.r#type {
                    FactType::Choice(values) => values.as_slice(),
                    _ => &[],
                };
                let predicate = values_words(all, mask, *count);
                format!("{} {} {predicate}", possessive(&name), fact.phrase)
            }
            (_, Cells::Targets(targets)) => {
                let all: Vec<String> = targets.iter().map(|whom| self.target_name(*whom)).collect();
                let (is, those) = pick(&all, mask);
                let those = those.join(" or ");
                match (is_verb_phrase(&fact.phrase), is) {
                    (false, true) if those == NO_ONE => format!("{name} has no {}", fact.phrase),
                    (false, false) if those == NO_ONE => format!("{name} has {}", a(&fact.phrase)),
                    (true, true) => format!("{name} {} {those}", fact.phrase),
                    (true, false) => format!("{name} {} {those}", negate(&fact.phrase)),
                    (false, true) => format!("{} {} is {those}", possessive(&name), fact.phrase),
                    (false, false) => format!("{} {} is not {those}", possessive(&name), fact.phrase),
                }
            }
            (_, Cells::Counts(_)) => format!("{} {}", possessive(&name), fact.phrase),
        }
    }

    fn target_name(&self, whom: Whom) -> String {
        match whom {
            Whom::NoOne => NO_ONE.to_owned(),
            Whom::Only(kind) => format!("the {}", self.policy.vocabulary.kinds[kind].name),
            Whom::Named(who) => self.name(who),
            Whom::Other(_) => "someone else".to_owned(),
        }
    }

    fn number_sentence(&self, var: VarId, ranges: &Ranges) -> String {
        let variable = &self.variables[var];
        let fact = self.declared(variable.fact());
        let name = possessive(&self.name(variable.who()));
        format!("{name} {} {}", fact.phrase, numbers_words(&fact.r#type, ranges))
    }

    /// What a change puts a variable into: as [`Ground::sentence`], but a few values by name, no day still to come where
    /// a day gone by does as well, and members of a list that has no others yet as members to come.
    pub(super) fn target_sentence(&self, var: VarId, mask: Mask) -> String {
        let variable = &self.variables[var];
        let fact = self.declared(variable.fact());
        let name = self.name(variable.who());
        match (&variable.matter, &variable.cells, &fact.r#type) {
            (_, cells @ Cells::Dates(_), _) => {
                let all = cells.ranges(mask);
                let begun = all.ranges().iter().filter(|(first, _)| *first <= self.case.as_of.number());
                let begun = begun
                    .fold(Ranges::none(), |days, (first, last)| days.union(&Ranges::between(*first, *last)));
                self.number_sentence(var, if begun.is_empty() { &all } else { &begun })
            }
            (_, Cells::Values(count), FactType::Choice(values)) => {
                let mask = mask & crate::circuit::full(u32::try_from(*count).unwrap_or(64));
                let chosen = values.iter().enumerate().filter(|(place, _)| mask >> place & 1 == 1);
                let chosen: Vec<String> = chosen.map(|(_, value)| value.clone()).collect();
                if chosen.is_empty() || chosen.len() > NAMED {
                    return self.sentence(var, mask);
                }
                format!("{} {} is {}", possessive(&name), fact.phrase, series(&chosen, "or"))
            }
            (Matter::Further { which: Some((gate, meets)), .. }, cells, _)
                if mask & 1 == 0 && variable.status == Status::Known =>
            {
                let whom = format!("{} of whom", count_words(mask & self.circuit.full(var), cells.count()));
                format!("{name} has further {}, {}", fact.phrase, self.put_to(*gate, &whom, *meets))
            }
            _ => self.sentence(var, mask),
        }
    }

    /// What is asked of further members, for many of them: `are convicted`; none where it is more than a fact of theirs.
    pub(super) fn plural_predicate(&self, gate: crate::id::GateId, holds: bool) -> Option<String> {
        let (condition, as_put) = self.put_condition(gate)?;
        let (condition, holds) = match condition {
            Condition::Not(inner) => (inner.as_ref(), as_put != holds),
            condition => (condition, as_put == holds),
        };
        match condition {
            Condition::Test(test) if test.subject.steps.is_empty() && test.subject.root == Root::Subject => {
                let Allowed::YesNo(yes) = test.allowed else { return None };
                let phrase = &self.declared(test.fact).phrase;
                Some(if yes == holds { plural(phrase) } else { plural_negate(phrase) })
            }
            _ => None,
        }
    }

    /// The condition that was put to somebody unknown and that a gate is, or, with false, is the opposite of.
    fn put_condition(&self, gate: crate::id::GateId) -> Option<(&'a Condition, bool)> {
        if let Some(condition) = self.put.get(&gate) {
            return Some((condition, true));
        }
        let opposite = self.put.iter().find(|(put, _)| {
            matches!(self.circuit.gate(gate), crate::circuit::Gate::Not(inner) if inner == *put)
                || self.opposite_tests(gate, **put)
        });
        opposite.map(|(_, condition)| (*condition, false))
    }

    /// The condition that a gate is, put to those whom `subject` names; or its opposite.
    pub(super) fn put_to(&self, gate: crate::id::GateId, subject: &str, holds: bool) -> String {
        let Some((condition, as_put)) = self.put_condition(gate) else { return subject.to_owned() };
        match (condition, as_put == holds) {
            (Condition::Not(inner), false) => self.policy.condition_words(inner, subject),
            (Condition::Test(test), false) if test.subject.steps.is_empty() => {
                if let Allowed::YesNo(yes) = test.allowed {
                    let phrase = &self.declared(test.fact).phrase;
                    return format!("{subject} {}", if yes { negate(phrase) } else { phrase.clone() });
                }
                format!("{subject}: it is not so that {}", self.policy.condition_words(condition, "it"))
            }
            (condition, true) => self.policy.condition_words(condition, subject),
            (condition, false) => {
                format!("{subject}: it is not so that {}", self.policy.condition_words(condition, "it"))
            }
        }
    }

    fn opposite_tests(&self, one: crate::id::GateId, other: crate::id::GateId) -> bool {
        use crate::circuit::Gate::Test;
        match (self.circuit.gate(one), self.circuit.gate(other)) {
            (Test { var, mask }, Test { var: other_var, mask: other_mask }) => {
                var == other_var && mask ^ other_mask == self.circuit.full(*var)
            }
            _ => false,
        }
    }

    /// What is known of a variable, in a word or two: `yes`, `400 fighters`, `unknown`.
    pub(super) fn known(&self, var: VarId) -> String {
        let variable = &self.variables[var];
        let fact = self.declared(variable.fact());
        let value = match (&variable.weighed.possible, variable.status) {
            (_, Status::Unknown) => return "unknown".to_owned(),
            (Possible::YesNo { yes: true, no: true }, Status::Contested) => return "contested".to_owned(),
            (Possible::YesNo { yes, .. }, _) => if *yes { "yes" } else { "no" }.to_owned(),
            (Possible::Numbers(ranges), _) => {
                let words = numbers_words(&fact.r#type, ranges);
                words.strip_prefix("is ").unwrap_or(&words).to_owned()
            }
            (Possible::Values(values), _) => {
                let all = match &fact.r#type {
                    FactType::Choice(all) => all.as_slice(),
                    _ => &[],
                };
                let words = values_words(all, Mask::from(*values), all.len());
                words.strip_prefix("is ").unwrap_or(&words).to_owned()
            }
            (Possible::One(_), _) => {
                let Cells::Targets(targets) = &variable.cells else { return "known in part".to_owned() };
                let all: Vec<String> = targets.iter().map(|whom| self.target_name(*whom)).collect();
                let (is, those) = pick(&all, self.masks[var]);
                format!("{}{}", if is { "" } else { "not " }, those.join(" or "))
            }
            (possible @ Possible::Members { complete, .. }, _) => {
                match (self.member_names(variable.who(), possible).as_slice(), complete) {
                    ([], true) => "none".to_owned(),
                    (members, true) => format!("{} and no others", members.join(", ")),
                    (members, false) => members.join(", "),
                }
            }
        };
        match variable.status {
            Status::Contested => format!("contested: {value}"),
            Status::Presumed => format!("{value}, presumed"),
            _ => value,
        }
    }

    /// The variable of the one fact that a condition tests of one subject, where it is such a test.
    pub(super) fn tested(
        &self,
        condition: &Condition,
        at: SomebodyId,
        standard: Option<StandardId>,
    ) -> Option<VarId> {
        let (subject, fact) = match condition {
            Condition::Test(test) => (&test.subject, test.fact),
            Condition::Reaches { subject, relation, through_any: false, .. } => (subject, *relation),
            _ => return None,
        };
        let who = self.settled_subject(subject, at, standard)?;
        self.variable_of(Matter::Fact { who, fact }, standard)
    }

    /// Whom a subject names, where that is known.
    pub(super) fn settled_subject(
        &self,
        subject: &Subject,
        at: SomebodyId,
        standard: Option<StandardId>,
    ) -> Option<SomebodyId> {
        let start = match subject.root {
            Root::Subject => at,
            Root::Only(kind) => self.known_somebody(Somebody::Entity(*self.case.only.get(&kind)?))?,
        };
        subject.steps.iter().try_fold(start, |who, relation| {
            let var = self.variable_of(Matter::Fact { who, fact: *relation }, standard)?;
            let Cells::Targets(targets) = &self.variables[var].cells else { return None };
            let mask = self.masks[var];
            if mask.count_ones() != 1 {
                return None;
            }
            match targets.get(mask.trailing_zeros() as usize)? {
                Whom::NoOne => None,
                Whom::Only(kind) => self.known_somebody(Somebody::Entity(*self.case.only.get(kind)?)),
                Whom::Named(who) | Whom::Other(who) => Some(*who),
            }
        })
    }
}

/// How many members or values are named before a sentence says less.
pub(super) const NAMED: usize = 4;

/// Whom a relation leads to where it leads nowhere.
const NO_ONE: &str = "no one";

/// `at least 2` for the cells from 2 on, `0 or 2` otherwise.
fn count_words(mask: Mask, cells: u32) -> String {
    let full = crate::circuit::full(cells);
    let first = mask.trailing_zeros();
    if mask == full & (Mask::MAX.checked_shl(first).unwrap_or(0)) {
        return format!("at least {first}");
    }
    let each: Vec<String> = (0..cells).filter(|at| mask & (1 << at) != 0).map(|at| at.to_string()).collect();
    each.join(" or ")
}
