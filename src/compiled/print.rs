//! Facts and values of a compiled policy as sentences, independent of what is known.

use super::{Cells, Compiled, EntityRef, Goal, TargetCell, Variable, VariableKind};
use crate::circuit::{Gate, Mask};
use crate::id::{EntityId, EntityRefId, FactId, GateId, VarId};
use crate::policy::phrase::{is_verb_phrase, negate, plural, plural_negate, singular};
use crate::policy::print::{along, numbers_words, pick, possessive, reaches, values_words};
use crate::policy::problem::a;
use crate::policy::{Allowed, Condition, ConditionKind, FactType, Root};
use crate::value::Ranges;

/// The largest number of members or values that a sentence names.
pub(crate) const NAMED: usize = 4;

/// The target of a relation that leads to no one.
const NO_ONE: &str = "no one";

impl Compiled {
    /// Returns the name of an entity: `the group`, `First commander`, `the group's commander`.
    pub fn name(&self, who: EntityRefId) -> String {
        let mut steps = Vec::new();
        let mut at = who;
        let mut name = loop {
            match self.entity_refs[at] {
                EntityRef::Entity(entity) => break self.person_name(entity),
                EntityRef::Other { of, relation, .. } => {
                    steps.push((of, relation, false));
                    at = of;
                }
                EntityRef::Further { of, list } => {
                    steps.push((of, list, true));
                    at = of;
                }
            }
        };
        for (owner, fact, further) in steps.into_iter().rev() {
            let phrase = &self.declared(fact).phrase;
            name = match further {
                true if self.names_members(owner, fact) => {
                    format!("any further one of {} {phrase}", possessive(&name))
                }
                true => format!("any of {} {phrase}", possessive(&name)),
                false => along(&name, phrase),
            };
        }
        name
    }

    /// Returns the words for members of a list other than those that are named: `further leaders`, or `leaders` if none
    /// is named.
    pub(crate) fn further(&self, who: EntityRefId, list: FactId) -> String {
        let phrase = &self.declared(list).phrase;
        if self.names_members(who, list) { format!("further {phrase}") } else { phrase.clone() }
    }

    /// Returns whether the case names members of a list.
    fn names_members(&self, who: EntityRefId, list: FactId) -> bool {
        let is_named = |variable: &Variable| match variable.kind {
            VariableKind::Member { who: owner, list: of, .. } => (owner, of) == (who, list),
            _ => false,
        };
        self.variables.iter().any(|(_, variable)| is_named(variable))
    }

    /// Returns the name of an entity of a case.
    pub(crate) fn person_name(&self, entity: EntityId) -> String {
        let known = &self.people[entity];
        let is_only = self.only.get(&known.kind) == Some(&entity);
        if is_only || self.entity_refs[self.subject] == EntityRef::Entity(entity) {
            return format!("the {}", self.policy.vocabulary.kinds[known.kind].name);
        }
        known.title.clone()
    }

    /// Returns the words for a variable: `the group accepts the unity government`, `the group's headcount`.
    pub fn fact_words(&self, var: VarId) -> String {
        let variable = &self.variables[var];
        let fact = self.declared(variable.fact());
        let subject = self.name(variable.who());
        match (&variable.kind, &fact.r#type) {
            (_, FactType::YesNo) => format!("{subject} {}", fact.phrase),
            (VariableKind::Further { which: Some((gate, meets)), .. }, _) if variable.cells.count() > 2 => {
                let further = self.further(variable.who(), variable.fact());
                let counted = format!("how many of {} {further}", possessive(&subject));
                match self.plural_predicate(*gate, *meets) {
                    Some(predicate) => format!("{counted} {predicate}"),
                    None => self.put_to(*gate, &format!("{counted} meet this condition:"), *meets),
                }
            }
            (VariableKind::Further { which: Some(_), .. } | VariableKind::Beyond { .. }, _) => {
                self.sentence(var, Mask::MAX << 1)
            }
            (_, FactType::One(_)) if is_verb_phrase(&fact.phrase) => along(&subject, &fact.phrase),
            _ => format!("{} {}", possessive(&subject), fact.phrase),
        }
    }

    /// Returns the sentence that a variable is in one of some cells: `the group accepts the unity government`.
    pub fn sentence(&self, var: VarId, mask: Mask) -> String {
        let variable = &self.variables[var];
        let fact = self.declared(variable.fact());
        let name = self.name(variable.who());
        let mask = mask & self.circuit.full(var);
        match (&variable.kind, &variable.cells) {
            (VariableKind::Member { member, .. }, _) => {
                let is = if mask == 0b10 { "is" } else { "is not" };
                format!("{} {is} one of {} {}", self.name(*member), possessive(&name), fact.phrase)
            }
            (VariableKind::Beyond { relation, goal, .. }, _) => {
                let phrase = &self.declared(*relation).phrase;
                match goal {
                    Goal::Is(kind) => {
                        let target = format!("the {}", self.policy.vocabulary.kinds[*kind].name);
                        reaches(&name, phrase, &target, mask == 0b01)
                    }
                    Goal::Meets(gate) => {
                        let any = if mask == 0b01 { "none of" } else { "any of" };
                        let subject = format!("{any} {} {phrase}, through any chain,", possessive(&name));
                        self.put_to(*gate, &subject, true)
                    }
                }
            }
            (VariableKind::Further { which, .. }, cells) => {
                let further = self.further(variable.who(), variable.fact());
                let count = count_words(mask, cells.count());
                match which {
                    None if mask == 1 => format!("{name} has no {further}"),
                    None if count == "at least 1" => format!("{name} has {further}"),
                    None if count == "1" => format!("{name} has 1 {}", singular(&further)),
                    None => format!("{name} has {count} {further}"),
                    Some((gate, meets)) => {
                        let target = format!("of {} {further}", possessive(&name));
                        match (mask, *meets) {
                            (1, true) => self.put_to(*gate, &format!("none {target}"), true),
                            (1, false) => self.put_to(*gate, &format!("each {target}"), true),
                            (_, meets) => self.so_many(*gate, &count, &target, meets),
                        }
                    }
                }
            }
            (_, Cells::YesNo) => match mask {
                0b10 => format!("{name} {}", fact.phrase),
                0b01 => format!("{name} {}", negate(&fact.phrase)),
                _ => format!("{name} {} or {}", fact.phrase, negate(&fact.phrase)),
            },
            (_, cells @ (Cells::Numbers(_) | Cells::Dates(_) | Cells::Within(_))) => {
                self.number_sentence(var, &cells.ranges(mask))
            }
            (_, Cells::Values(count)) => {
                let predicate = values_words(fact.r#type.choices(), mask, *count);
                format!("{} {} {predicate}", possessive(&name), fact.phrase)
            }
            (_, Cells::Targets(targets)) => {
                let all: Vec<String> = targets.iter().map(|target| self.target_name(*target)).collect();
                let (is, names) = pick(&all, mask);
                let names = names.join(" or ");
                match (is_verb_phrase(&fact.phrase), is) {
                    (false, true) if names == NO_ONE => format!("{name} has no {}", fact.phrase),
                    (false, false) if names == NO_ONE => format!("{name} has {}", a(&fact.phrase)),
                    (true, true) => format!("{name} {} {names}", fact.phrase),
                    (true, false) => format!("{name} {} {names}", negate(&fact.phrase)),
                    (false, true) => format!("{} {} is {names}", possessive(&name), fact.phrase),
                    (false, false) => format!("{} {} is not {names}", possessive(&name), fact.phrase),
                }
            }
            (_, Cells::Counts(_)) => format!("{} {}", possessive(&name), fact.phrase),
        }
    }

    /// Returns the name of the target that a cell of a relation stands for.
    pub(crate) fn target_name(&self, target: TargetCell) -> String {
        match target {
            TargetCell::NoOne => NO_ONE.to_owned(),
            TargetCell::Only(kind) => format!("the {}", self.policy.vocabulary.kinds[kind].name),
            TargetCell::Named(who) => self.name(who),
            TargetCell::Other(_) => "someone else".to_owned(),
        }
    }

    /// Returns the sentence that a number or date lies within some ranges.
    pub(crate) fn number_sentence(&self, var: VarId, ranges: &Ranges) -> String {
        let variable = &self.variables[var];
        let fact = self.declared(variable.fact());
        let name = possessive(&self.name(variable.who()));
        format!("{name} {} {}", fact.phrase, numbers_words(&fact.r#type, ranges))
    }

    /// Returns the sentence that some number of people meet a condition: `at least 1 of whom is trained`, `at least 2
    /// of whom are trained`.
    pub(crate) fn so_many(&self, gate: GateId, count: &str, target: &str, holds: bool) -> String {
        match self.plural_predicate(gate, holds) {
            Some(predicate) if !matches!(count, "1" | "at least 1") => {
                format!("{count} {target} {predicate}")
            }
            _ => self.put_to(gate, &format!("{count} {target}"), holds),
        }
    }

    /// Returns the plural predicate of a condition on further members: `are convicted`; `None` if it is more than one
    /// fact of theirs.
    pub(crate) fn plural_predicate(&self, gate: GateId, holds: bool) -> Option<String> {
        let (condition, as_put) = self.put_condition(gate)?;
        let (condition, holds) = match &condition.kind {
            ConditionKind::Not(inner) => (inner.as_ref(), as_put != holds),
            _ => (condition, as_put == holds),
        };
        match &condition.kind {
            ConditionKind::Test(test)
                if test.subject.steps.is_empty() && test.subject.root == Root::Subject =>
            {
                let Allowed::YesNo(yes) = test.allowed else { return None };
                let phrase = &self.declared(test.fact).phrase;
                Some(if yes == holds { plural(phrase) } else { plural_negate(phrase) })
            }
            _ => None,
        }
    }

    /// Returns the condition that a gate stands for, with true, or that the gate negates, with false. It must have been
    /// compiled for an unknown entity.
    fn put_condition(&self, gate: GateId) -> Option<(&Condition, bool)> {
        if let Some(condition) = self.put.get(&gate) {
            return Some((condition, true));
        }
        let opposite = self.put.iter().find(|(put, _)| self.opposite(gate, **put));
        opposite.map(|(_, condition)| (condition.as_ref(), false))
    }

    /// Returns the sentence that `subject` meets the condition of a gate, or does not meet it if `holds` is false.
    pub(crate) fn put_to(&self, gate: GateId, subject: &str, holds: bool) -> String {
        let Some((condition, as_put)) = self.put_condition(gate) else {
            return format!("{subject}: {} the condition", if holds { "meets" } else { "does not meet" });
        };
        match (&condition.kind, as_put == holds) {
            (ConditionKind::Not(inner), false) => self.policy.condition_words(inner, subject),
            (ConditionKind::Test(test), false) if test.subject.steps.is_empty() => {
                if let Allowed::YesNo(yes) = test.allowed {
                    let phrase = &self.declared(test.fact).phrase;
                    return format!("{subject} {}", if yes { negate(phrase) } else { phrase.clone() });
                }
                format!("{subject}: it is not true that {}", self.policy.condition_words(condition, "it"))
            }
            (_, true) => self.policy.condition_words(condition, subject),
            (_, false) => {
                format!("{subject}: it is not true that {}", self.policy.condition_words(condition, "it"))
            }
        }
    }

    /// Returns whether one gate is the negation of the other.
    fn opposite(&self, one: GateId, other: GateId) -> bool {
        use Gate::{Not, Test};
        match (self.circuit.gate(one), self.circuit.gate(other)) {
            (Not(inner), _) if *inner == other => true,
            (_, Not(inner)) if *inner == one => true,
            (Test { var, mask }, Test { var: other_var, mask: other_mask }) => {
                var == other_var && mask ^ other_mask == self.circuit.full(*var)
            }
            _ => false,
        }
    }
}

/// Returns counts in words: `2`, `0 or 2`, or `at least 3` if the last cell, which stands for all larger counts, is
/// included.
pub(crate) fn count_words(mask: Mask, cells: u32) -> String {
    let has = |at: u32| at < cells && mask >> at & 1 == 1;
    // The first of the cells that reach to the last one without a gap.
    let open = (0..cells).rev().take_while(|at| has(*at)).last().unwrap_or(cells);
    let mut each: Vec<String> = (0..open).filter(|at| has(*at)).map(|at| at.to_string()).collect();
    if open < cells {
        each.push(format!("at least {open}"));
    }
    each.join(" or ")
}
