//! Facts and values as sentences, together with what is known of them.

use super::evaluation::Evaluation;
use super::{FactRef, KnownFact};
use crate::circuit::Mask;
use crate::compiled::print::{NAMED, count_words};
use crate::compiled::{Cells, EntityRef, TargetCell, VariableKind};
use crate::evidence::{Claim, LeftOut, Possible, Statement, Status, Weighed};
use crate::id::{EntityRefId, FactId, StandardId, VarId};
use crate::policy::print::{numbers_words, pick, possessive, series, values_words};
use crate::policy::{Condition, ConditionKind, FactType, Root, Subject};
use crate::value::Ranges;
use std::sync::Arc;

impl<'a> Evaluation<'a> {
    /// Returns the fact of a variable in words.
    pub(super) fn fact_ref(&self, var: VarId) -> FactRef<'a> {
        self.fact_ref_by(var, &self.known.weighed[var], self.known.status[var])
    }

    /// Does the same as [`fact_ref`](Evaluation::fact_ref), with other statements about the fact.
    pub(super) fn fact_ref_by(&self, var: VarId, weighed: &Weighed<'a>, status: Status) -> FactRef<'a> {
        let variable = self.variable(var);
        let fact = self.compiled.declared(variable.fact());
        let who = variable.who();
        let subject = self.compiled.name(who);
        FactRef {
            entity: self.entity_id(who),
            subject,
            phrase: fact.phrase.clone(),
            text: match self.compiled.joined().list(var) {
                Some(_) => self.list_words(var),
                None => self.compiled.fact_words(var),
            },
            standard: variable.standard.map(|id| self.policy.vocabulary.standards[id].name.clone()),
            question: self.question(var),
            status,
            statements: self.statements(var, weighed),
            left_out: left_out(weighed),
            names: match self.compiled.entity_refs[who] {
                EntityRef::Entity(entity) => self.names(entity),
                _ => Arc::default(),
            },
        }
    }

    /// Returns the statements about a variable that count. For the membership of an entity, these are the statements
    /// that name it or bear on all members.
    fn statements(&self, var: VarId, weighed: &Weighed<'a>) -> Vec<&'a Statement> {
        // The variable of a joined list is not in the circuit.
        let Some(variable) = self.compiled.variables.find(var) else { return weighed.counted.clone() };
        let VariableKind::Member { who, list, member } = variable.kind else {
            return weighed.counted.clone();
        };
        let (EntityRef::Entity(owner), EntityRef::Entity(member)) =
            (self.compiled.entity_refs[who], self.compiled.entity_refs[member])
        else {
            return weighed.counted.clone();
        };
        let about = self.about_members(owner, (who, list, variable.standard), &weighed.counted);
        let places = about.bearing_on(member);
        places.into_iter().filter_map(|place| weighed.counted.get(place)).copied().collect()
    }

    /// Returns the id of an entity; for an unknown entity, the id of the entity that it is reached from.
    pub(super) fn entity_id(&self, who: EntityRefId) -> String {
        let mut at = who;
        loop {
            match self.compiled.entity_refs[at] {
                EntityRef::Entity(entity) => return self.case.entities[entity].id.clone(),
                EntityRef::Other { of, .. } | EntityRef::Further { of, .. } => at = of,
            }
        }
    }

    /// Returns a variable with what is known of it.
    pub(super) fn finding(&self, var: VarId) -> KnownFact<'a> {
        let known = self.known.masks.find(var).copied().unwrap_or(Mask::MAX);
        let variable = self.variable(var);
        let is_complete = match self.compiled.joined().list(var) {
            Some(list) => self.is_complete(list, known),
            None => matches!(variable.kind, VariableKind::Further { .. }) && known == 1,
        };
        if self.known.status[var] == Status::Contested && self.compiled.joined().list(var).is_some() {
            return KnownFact {
                fact: self.fact_ref(var),
                text: format!("sources disagree on {}", self.list_words(var)),
            };
        }
        if is_complete {
            let text = self.no_others(variable.who(), variable.fact(), var);
            return KnownFact { fact: self.fact_ref(var), text };
        }
        let text = match (&self.known.weighed[var].possible, &variable.cells) {
            // The value itself is more precise than the cell that it lies in.
            (Possible::Numbers(ranges), Cells::Numbers(_) | Cells::Dates(_) | Cells::Within(_)) => {
                self.compiled.number_sentence(var, ranges)
            }
            _ => self.sentence(var, known),
        };
        KnownFact { fact: self.fact_ref(var), text }
    }

    /// Returns the sentence that a list is complete: `the group has no leaders`, `the group has no leaders other than
    /// Ana and Ben`. This is what is known of further members, independent of the conditions on them.
    fn no_others(&self, who: EntityRefId, list: FactId, var: VarId) -> String {
        let (name, list) = (self.compiled.name(who), &self.compiled.declared(list).phrase);
        match self.member_names(who, &self.known.weighed[var].possible).as_slice() {
            [] => format!("{name} has no {list}"),
            members if members.len() <= NAMED => {
                format!("{name} has no {list} other than {}", series(members, "and"))
            }
            _ => format!("{name} has no further {list}"),
        }
    }

    /// Returns the names of the members that a list is known to have.
    pub(super) fn member_names(&self, who: EntityRefId, possible: &Possible) -> Vec<String> {
        let (EntityRef::Entity(entity), Possible::Members { ids, .. }) =
            (self.compiled.entity_refs[who], possible)
        else {
            return Vec::new();
        };
        let names = &self.case.entities[entity].names;
        ids.iter()
            .map(|id| names.get(id).map_or_else(|| id.clone(), |member| self.compiled.person_name(*member)))
            .collect()
    }

    /// Returns the sentence for the target of a change. It differs from [`Compiled::sentence`] in three ways: a few
    /// values are named; future days are left out if past days suffice; and if a list has no further members yet, the
    /// sentence states that it gets some.
    pub(super) fn target_sentence(&self, var: VarId, mask: Mask) -> String {
        let variable = &self.compiled.variables[var];
        let fact = self.compiled.declared(variable.fact());
        let name = self.compiled.name(variable.who());
        match (&variable.kind, &variable.cells, &fact.r#type) {
            (_, cells @ Cells::Dates(_), _) => {
                let all = cells.ranges(mask);
                let begun = all.ranges().iter().filter(|(first, _)| *first <= self.case.as_of.number());
                let begun = begun
                    .fold(Ranges::none(), |days, (first, last)| days.union(&Ranges::between(*first, *last)));
                self.compiled.number_sentence(var, if begun.is_empty() { &all } else { &begun })
            }
            (_, Cells::Values(count), FactType::Choice(values)) => {
                let mask = mask & crate::circuit::full(u32::try_from(*count).unwrap_or(64));
                let chosen = values.iter().enumerate().filter(|(place, _)| mask >> place & 1 == 1);
                let chosen: Vec<String> = chosen.map(|(_, value)| value.clone()).collect();
                if chosen.is_empty() || chosen.len() > NAMED {
                    return self.compiled.sentence(var, mask);
                }
                format!("{} {} is {}", possessive(&name), fact.phrase, series(&chosen, "or"))
            }
            (VariableKind::Further { which: Some((gate, meets)), .. }, cells, _)
                if mask & 1 == 0 && self.known.status[var] == Status::Known =>
            {
                let count = count_words(mask & self.compiled.circuit.full(var), cells.count());
                let members = self.compiled.so_many(*gate, &count, "of whom", *meets);
                format!("{name} has {}, {members}", self.compiled.further(variable.who(), variable.fact()))
            }
            _ => self.compiled.sentence(var, mask),
        }
    }

    /// Returns what is known of a variable in a word or two: `yes`, `400 fighters`, `unknown`.
    pub(super) fn known_words(&self, var: VarId) -> String {
        let variable = self.variable(var);
        let fact = self.compiled.declared(variable.fact());
        let value = match (&self.known.weighed[var].possible, self.known.status[var]) {
            (_, Status::Unknown) => return "unknown".to_owned(),
            (Possible::YesNo { yes: true, no: true }, Status::Contested) => return "contested".to_owned(),
            (Possible::YesNo { yes, .. }, _) => if *yes { "yes" } else { "no" }.to_owned(),
            (Possible::Numbers(ranges), _) => without_verb(&numbers_words(&fact.r#type, ranges)),
            (Possible::Values(values), _) => {
                let all = fact.r#type.choices();
                without_verb(&values_words(all, Mask::from(*values), all.len()))
            }
            (Possible::One(_), _) => {
                let Cells::Targets(targets) = &variable.cells else { return "known in part".to_owned() };
                let all: Vec<String> =
                    targets.iter().map(|target| self.compiled.target_name(*target)).collect();
                let (is, names) = pick(&all, self.known.masks[var]);
                format!("{}{}", if is { "" } else { "not " }, names.join(" or "))
            }
            (possible @ Possible::Members { complete, .. }, _) => {
                match (self.member_names(variable.who(), possible).as_slice(), complete) {
                    ([], true) => "none".to_owned(),
                    (members, true) => format!("{} and no others", members.join(", ")),
                    (members, false) => members.join(", "),
                }
            }
        };
        match self.known.status[var] {
            Status::Contested => format!("contested: {value}"),
            Status::Presumed => format!("{value}, presumed"),
            _ => value,
        }
    }

    /// Returns the variable of the fact that a condition tests, if it tests one fact of one known subject.
    pub(super) fn tested(
        &self,
        condition: &Condition,
        at: EntityRefId,
        standard: Option<StandardId>,
    ) -> Option<VarId> {
        let (subject, fact) = match &condition.kind {
            ConditionKind::Test(test) => (&test.subject, test.fact),
            ConditionKind::Reaches { subject, relation, through_any: false, .. } => (subject, *relation),
            _ => return None,
        };
        let who = self.settled_subject(subject, at, standard)?;
        self.compiled.variable(VariableKind::Fact { who, fact }, standard)
    }

    /// Returns the entity that a subject leads to, if that is known.
    pub(super) fn settled_subject(
        &self,
        subject: &Subject,
        at: EntityRefId,
        standard: Option<StandardId>,
    ) -> Option<EntityRefId> {
        let standard = self.policy.vocabulary.on_the_way(standard);
        let start = match subject.root {
            Root::Subject => at,
            Root::Only(kind) => self.compiled.entity_ref(EntityRef::Entity(*self.case.only.get(&kind)?))?,
        };
        subject.steps.iter().try_fold(start, |who, relation| {
            let var = self.compiled.variable(VariableKind::Fact { who, fact: *relation }, standard)?;
            let Cells::Targets(targets) = &self.compiled.variables[var].cells else { return None };
            let mask = self.known.masks[var];
            if mask.count_ones() != 1 {
                return None;
            }
            match targets.get(mask.trailing_zeros() as usize)? {
                TargetCell::NoOne => None,
                TargetCell::Only(kind) => {
                    self.compiled.entity_ref(EntityRef::Entity(*self.case.only.get(kind)?))
                }
                TargetCell::Named(who) | TargetCell::Other(who) => Some(*who),
            }
        })
    }
}

/// Returns a value without the verb before it.
fn without_verb(predicate: &str) -> String {
    predicate.strip_prefix("is ").unwrap_or(predicate).to_owned()
}

/// Returns the statements about a fact that do not count. A claim that the fact is unknown is not reported as left out,
/// unless the fact is presumed nevertheless.
fn left_out<'a>(weighed: &Weighed<'a>) -> Vec<(&'a Statement, LeftOut)> {
    let mut left_out = weighed.left_out.clone();
    if weighed.status != Status::Presumed {
        left_out
            .retain(|(statement, why)| (&statement.claim, *why) != (&Claim::Unknown, LeftOut::StatedUnknown));
    }
    left_out
}
