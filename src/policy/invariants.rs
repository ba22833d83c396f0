//! Checks of a policy that was stored, before it is used. They hold for every policy that is read from texts.

use super::all_texts::all_texts;
use super::checks::defined_in;
use super::{
    Allowed, Body, Citation, Condition, ConditionKind, Fact, FactType, Header, Policy, Root, Rule, Subject,
    Vocabulary,
};
use super::{MOST_FACTS, MOST_RULES, MOST_VALUES};
use crate::components::components;
use crate::id::{ConditionId, FactId, Id, KindId, StandardId};
use crate::sorted::SortedSet;
use crate::text::is_clean;

/// Checks the references of a policy, its limits, its texts, and that no definition depends on itself.
///
/// # Errors
/// The first thing that is wrong.
pub fn invariants(policy: &Policy) -> Result<(), &'static str> {
    let Policy { about, vocabulary, assistance, rules, waivers, choices, .. } = policy;
    ensure(vocabulary.facts.len() <= MOST_FACTS && rules.len() <= MOST_RULES, "too many facts or rules")?;
    ensure(policy.concerns.len() <= MOST_RULES, "too many concerns")?;
    ensure(!assistance.is_empty() && !about.is_empty(), "there is nothing to decide on")?;
    for kind in about {
        ensure(vocabulary.kinds.find(*kind).is_some_and(|kind| !kind.only_one), "a wrong kind of subject")?;
    }
    for (id, one) in assistance.iter() {
        ensure(one.parent.is_none_or(|parent| parent < id), "a type of assistance before its parent")?;
    }
    ensure(all_texts(policy).all(is_clean), "a text with a character that is not allowed")?;
    let check = Check { policy, vocabulary };
    check.vocabulary()?;
    for (header, _) in policy.blocks() {
        check.header(header)?;
    }
    for (_, waiver) in waivers.iter() {
        ensure(waiver.lifts.iter().all(|rule| rules.find(*rule).is_some()), "an unknown rule is lifted")?;
    }
    for choice in choices {
        ensure(choice.branches.len() <= MOST_VALUES, "a choice with too many values")?;
    }
    let mut ids: SortedSet<ConditionId> = SortedSet::new();
    let of_concerns =
        policy.concerns.iter().flat_map(|concern| concern.parts()).map(|(_, condition)| condition);
    for condition in policy.conditions().into_iter().chain(of_concerns).flat_map(Condition::all) {
        ensure(ids.insert(condition.id()), "two conditions with one id")?;
        check.condition(condition)?;
    }
    check.definitions()
}

fn ensure(holds: bool, problem: &'static str) -> Result<(), &'static str> {
    if holds { Ok(()) } else { Err(problem) }
}

struct Check<'p> {
    policy: &'p Policy,
    vocabulary: &'p Vocabulary,
}

impl Check<'_> {
    fn vocabulary(&self) -> Result<(), &'static str> {
        let Vocabulary { kinds, facts, standards, .. } = self.vocabulary;
        for (id, kind) in kinds.iter() {
            for fact in &kind.facts {
                ensure(
                    facts.find(*fact).is_some_and(|fact| fact.kind == id),
                    "a kind with a fact of another",
                )?;
            }
        }
        for (_, fact) in facts.iter() {
            self.fact(fact)?;
        }
        for (_, standard) in standards.iter() {
            self.standard(standard.on_the_way)?;
            self.standard(standard.derived_from)?;
            self.cites(&standard.cites)?;
        }
        Ok(())
    }

    fn fact(&self, fact: &Fact) -> Result<(), &'static str> {
        self.kind(Some(fact.kind))?;
        match &fact.r#type {
            FactType::YesNo | FactType::Number { .. } | FactType::Date => {}
            FactType::Choice(values) => {
                ensure((1..=MOST_VALUES).contains(&values.len()), "a fact with too few or too many values")?;
            }
            FactType::One(kinds) => {
                ensure(!kinds.is_empty(), "a relation to nothing")?;
                kinds.iter().try_for_each(|kind| self.kind(Some(*kind)))?;
            }
            FactType::Many(kind) => self.kind(Some(*kind))?,
        }
        let defined = fact.definition.as_ref();
        ensure(
            defined.is_none() || fact.r#type == FactType::YesNo,
            "a definition of a fact that is not yes or no",
        )?;
        defined.map_or(Ok(()), |definition| self.cites(&definition.cites))
    }

    fn header(&self, header: &Header) -> Result<(), &'static str> {
        let Header { about, standard, assistance: types, cites, .. } = header;
        self.kind(*about)?;
        self.standard(*standard)?;
        ensure(
            types.iter().all(|id| self.policy.assistance.find(*id).is_some()),
            "an unknown type of assistance",
        )?;
        self.cites(cites)
    }

    fn kind(&self, kind: Option<KindId>) -> Result<(), &'static str> {
        ensure(kind.is_none_or(|kind| self.vocabulary.kinds.find(kind).is_some()), "an unknown kind")
    }

    fn standard(&self, standard: Option<StandardId>) -> Result<(), &'static str> {
        ensure(standard.is_none_or(|id| self.vocabulary.standards.find(id).is_some()), "an unknown standard")
    }

    fn cites(&self, cites: &[Citation]) -> Result<(), &'static str> {
        let is_known = |cite: &Citation| self.vocabulary.sources.find(cite.source).is_some();
        ensure(cites.iter().all(is_known), "an unknown source")
    }

    /// Checks a condition without its parts.
    fn condition(&self, condition: &Condition) -> Result<(), &'static str> {
        let one = |fact: FactId| matches!(self.r#type(fact), Some(FactType::One(_)));
        match &condition.kind {
            ConditionKind::All(_)
            | ConditionKind::Any(_)
            | ConditionKind::Count { .. }
            | ConditionKind::Not(_) => Ok(()),
            ConditionKind::Test(test) => {
                self.subject(&test.subject)?;
                let fits = match (self.r#type(test.fact), &test.allowed) {
                    (Some(FactType::YesNo), Allowed::YesNo(_))
                    | (Some(FactType::Number { .. }), Allowed::Numbers(_))
                    | (Some(FactType::Date), Allowed::Dates(_))
                    | (Some(FactType::Date), Allowed::Relative { .. }) => true,
                    (Some(FactType::Choice(values)), Allowed::Values(bits)) => bits >> values.len() == 0,
                    _ => false,
                };
                ensure(fits, "a test of a value that the fact cannot have")
            }
            ConditionKind::Members { subject, list, .. } => {
                self.subject(subject)?;
                ensure(matches!(self.r#type(*list), Some(FactType::Many(_))), "a count of what is not a list")
            }
            ConditionKind::Ancestor { subject, relation, .. } => {
                self.subject(subject)?;
                ensure(one(*relation), "a chain of what is not a relation")
            }
            ConditionKind::Reaches { subject, relation, target, .. } => {
                self.subject(subject)?;
                let only = self.vocabulary.kinds.find(*target).is_some_and(|kind| kind.only_one);
                ensure(one(*relation) && only, "a wrong relation or target")
            }
            ConditionKind::Phase { rule, .. } => {
                let is_phase = |rule: &Rule| matches!(rule.body, Body::Phase(_));
                ensure(self.policy.rules.find(*rule).is_some_and(is_phase), "an unknown phase")
            }
        }
    }

    fn subject(&self, subject: &Subject) -> Result<(), &'static str> {
        if let Root::Only(kind) = subject.root {
            let only = self.vocabulary.kinds.find(kind).is_some_and(|kind| kind.only_one);
            ensure(only, "a subject that is not the only one of its kind")?;
        }
        let is_relation = |step: &FactId| matches!(self.r#type(*step), Some(FactType::One(_)));
        ensure(subject.steps.iter().all(is_relation), "a step that is not a relation")
    }

    fn r#type(&self, fact: FactId) -> Option<&FactType> {
        self.vocabulary.facts.find(fact).map(|fact| &fact.r#type)
    }

    /// Checks that no definition depends on itself. The facts that the conditions test must exist.
    fn definitions(&self) -> Result<(), &'static str> {
        let facts = self.vocabulary.facts.iter();
        let uses: Vec<Vec<usize>> = facts
            .map(|(_, fact)| {
                let used = defined_in(self.vocabulary, fact).unwrap_or_default();
                used.into_iter().map(|(used, _)| used.place()).collect()
            })
            .collect();
        let uses_itself = uses.iter().enumerate().any(|(place, used)| used.contains(&place));
        let circles = components(0..uses.len(), |place| uses.get(place).into_iter().flatten().copied());
        let is_circle = circles.iter().any(|circle| circle.len() > 1);
        ensure(!uses_itself && !is_circle, "a definition that depends on itself")
    }
}
