//! Turns the syntax of lists and clauses into conditions.

use super::clause::{ClauseReader, Sentence, TargetName};
use super::logic::ConditionIds;
use super::problem::{Problem, error};
use super::{Condition, ConditionKind, Test};
use crate::diagnostic::Diagnostic;
use crate::id::RuleId;
use crate::span::Span;
use crate::syntax::{self, Connective};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Reads the conditions of one rule.
pub(super) struct Conditions<'a, 'v> {
    pub(super) clause_reader: ClauseReader<'a, 'v>,
    pub(super) phases: &'a BTreeMap<u32, RuleId>,
    pub(super) ids: &'a ConditionIds,
    pub(super) problems: &'a mut Vec<Diagnostic>,
}

impl Conditions<'_, '_> {
    /// Returns the condition, or `None` after reporting all errors in it. The recursion is bounded, because the parser
    /// limits the nesting.
    pub(super) fn read(&mut self, condition: &syntax::Condition) -> Option<Condition> {
        match condition {
            syntax::Condition::Clause(clause) => {
                self.clause_reader.last = None;
                self.clause(clause)
            }
            syntax::Condition::Inline { connective, items, .. } => {
                self.clause_reader.last = None;
                let read: Vec<_> = items.iter().map(|item| self.clause(item)).collect();
                Some(join(self.ids, *connective, read.into_iter().collect::<Option<_>>()?))
            }
            syntax::Condition::List { connective, items, .. } => {
                let read: Vec<_> = items.iter().map(|item| self.read(item)).collect();
                Some(join(self.ids, *connective, read.into_iter().collect::<Option<_>>()?))
            }
        }
    }

    /// Returns an empty condition, in place of one that cannot be read.
    pub(super) fn placeholder(&self) -> Condition {
        Condition::new(self.ids, ConditionKind::All(Vec::new()))
    }

    fn clause(&mut self, clause: &syntax::Clause) -> Option<Condition> {
        let (phases, ids) = (self.phases, self.ids);
        self.clause_reader
            .read_as(clause, &|sentence| self::condition(phases, ids, sentence, clause.span))
            .map_err(|problem| {
                if !self.clause_reader.echo.take() {
                    self.problems.push(*problem);
                }
            })
            .ok()
    }
}

/// Returns the condition that a clause means.
fn condition(
    phases: &BTreeMap<u32, RuleId>,
    ids: &ConditionIds,
    sentence: Sentence,
    span: Span,
) -> Result<Condition, Problem> {
    let new = |kind| Condition::new(ids, kind);
    Ok(match sentence {
        Sentence::Test { subject, fact, allowed, denied } => {
            new(ConditionKind::Test(Test { subject, fact, allowed, denied, span }))
        }
        Sentence::Relation { subject, relation, positive, through_any, target } => match target {
            TargetName::Only(target) => {
                let reaches = new(ConditionKind::Reaches { subject, relation, target, through_any, span });
                if positive { reaches } else { new(ConditionKind::Not(Box::new(reaches))) }
            }
            TargetName::NoOne | TargetName::Id(..) => {
                return Err(error(
                    "P0223",
                    span,
                    "a rule can name only an entity of an `only one` kind",
                    "not of an `only one` kind",
                    "name a kind declared with `only one`: `reports to the national command`",
                ));
            }
        },
        Sentence::Members { subject, list, quantifier, member } => {
            let member = Arc::new(condition(phases, ids, *member, span)?);
            new(ConditionKind::Members { subject, list, quantifier, member, span })
        }
        Sentence::Ancestor { subject, relation, any, member } => {
            let member = Arc::new(condition(phases, ids, *member, span)?);
            let ancestor = new(ConditionKind::Ancestor { subject, relation, member, span });
            if any { ancestor } else { new(ConditionKind::Not(Box::new(ancestor))) }
        }
        Sentence::Phase { number, reached, positive } => {
            let rule = u32::try_from(number).ok().and_then(|number| phases.get(&number)).copied();
            let rule = rule.ok_or_else(|| {
                error(
                    "P0207",
                    span,
                    format!("unknown phase {number}"),
                    "not declared",
                    "declare phases in the policy's file or one that it uses; a definition cannot use phases",
                )
            })?;
            let phase = new(ConditionKind::Phase { rule, reached });
            if positive { phase } else { new(ConditionKind::Not(Box::new(phase))) }
        }
        Sentence::Lists { .. } | Sentence::Open { .. } => {
            return Err(error(
                "P0233",
                span,
                "a rule tests facts, not what is known about them",
                "belongs in a dossier",
                "test the fact itself: an unknown fact leaves the rule open",
            ));
        }
    })
}

fn join(ids: &ConditionIds, connective: Connective, of: Vec<Condition>) -> Condition {
    let kind = match connective {
        Connective::All => ConditionKind::All(of),
        Connective::Any => ConditionKind::Any(of),
        Connective::None => ConditionKind::Not(Box::new(Condition::new(ids, ConditionKind::Any(of)))),
        Connective::AtLeast(least) => ConditionKind::Count { least, most: u32::MAX, of },
        Connective::AtMost(most) => ConditionKind::Count { least: 0, most, of },
        Connective::Exactly(number) => ConditionKind::Count { least: number, most: number, of },
    };
    Condition::new(ids, kind)
}
