//! Reads rules, waivers, choices, obligations and concerns.

use super::clause::ClauseReader;
use super::condition::Conditions;
use super::lexicon::{Lexicon, key_of};
use super::problem::{error, suggesting};
use super::reader::PolicyReader;
use super::vocabulary::MOST_VALUES;
use super::{Body, Choice, Concern, Header, Obligation, Phase, Rule, Waiver};
use crate::diagnostic::Diagnostic;
use crate::id::{AssistanceId, KindId, RuleId, StandardId, Table};
use crate::span::{Name, Span};
use crate::syntax::{self, RuleWord};
use crate::text::fold;
use std::collections::BTreeMap;

/// The state that is needed to read a rule.
pub(super) struct Context<'a, 'r> {
    pub(super) reader: &'a mut PolicyReader<'r>,
    pub(super) types: &'a BTreeMap<String, AssistanceId>,
    /// The policy's own evidence standard.
    pub(super) standard: Option<StandardId>,
    pub(super) lexicon: &'a Lexicon<'a>,
    pub(super) about: &'a [KindId],
    pub(super) phases: &'a BTreeMap<u32, RuleId>,
}

impl Context<'_, '_> {
    fn conditions(&mut self) -> Conditions<'_, '_> {
        Conditions {
            ids: &self.reader.names.conditions,
            clause_reader: ClauseReader::new(self.lexicon, self.about),
            phases: self.phases,
            problems: self.reader.problems,
        }
    }

    fn standard(&mut self, name: Option<&Name>) -> Option<StandardId> {
        match name {
            Some(name) => self.reader.keep(self.reader.names.standard(name)),
            None => self.standard,
        }
    }

    fn types(&mut self, names: &[Name]) -> Vec<AssistanceId> {
        let mut types = Vec::with_capacity(names.len());
        for name in names {
            match self.types.get(&key_of(&name.value)) {
                Some(id) => types.push(*id),
                None => {
                    let near = self
                        .reader
                        .names
                        .suggestions
                        .near(&name.value, self.types.keys().map(String::as_str));
                    let problem = error(
                        "P0230",
                        name.span,
                        format!("unknown assistance `{}`", name.value),
                        "not declared",
                        "",
                    );
                    let help = format!("declare it: `assistance {}`", name.value);
                    self.reader.problems.push(*suggesting(problem, name.span, &near, &help));
                }
            }
        }
        types
    }

    /// Reads the header of a block whose conditions are about a kind.
    fn header(&mut self, block: &syntax::Header, about: Option<KindId>) -> Header {
        Header {
            id: block.id.value.clone(),
            title: block.title.value.clone(),
            about,
            assistance: self.types(&block.assistance),
            standard: self.standard(block.standard.as_ref()),
            period: self.reader.period(block.period),
            cites: self.reader.names.citations(&block.cites, self.reader.problems),
            remedy: block.remedy.as_ref().map(|remedy| remedy.value.clone()),
            notes: block.notes.iter().map(|note| note.value.clone()).collect(),
            words: self.reader.bundle.block_text(block.span).to_owned(),
            span: block.span,
        }
    }

    pub(super) fn rule(&mut self, block: &syntax::Rule) -> Rule {
        let mut conditions = self.conditions();
        let mut read = |condition: &Option<syntax::Condition>| {
            let condition = condition.as_ref()?;
            Some(conditions.read(condition).unwrap_or_else(|| conditions.placeholder()))
        };
        // A condition that cannot be read is reported, so that no policy is made. The empty condition is only a
        // placeholder.
        let (when, needs, unless) = (read(&block.when), read(&block.needs), read(&block.unless));
        let placeholder = || conditions.placeholder();
        let about = conditions.clause_reader.named;
        let body = match block.word {
            RuleWord::Bar => {
                Body::Bar { absolute: block.absolute, when: when.unwrap_or_else(placeholder), unless }
            }
            _ => Body::Requirement { when, needs: needs.unwrap_or_else(placeholder), unless },
        };
        Rule { header: self.header(&block.header, about), body }
    }

    pub(super) fn phase(&mut self, block: &syntax::Phase) -> Rule {
        let mut conditions = self.conditions();
        let mut read = |condition: &Option<syntax::Condition>| {
            condition.as_ref().and_then(|condition| conditions.read(condition))
        };
        let phase = Phase {
            number: block.number.value,
            any_order: block.any_order,
            begins: read(&block.begins),
            begins_early: read(&block.begins_early),
            reached: read(&block.reached),
        };
        let about = conditions.clause_reader.named;
        Rule { header: self.header(&block.header, about), body: Body::Phase(phase) }
    }

    pub(super) fn waiver(
        &mut self,
        block: &syntax::Rule,
        ids: &BTreeMap<String, (RuleId, Span)>,
        rules: &Table<RuleId, Rule>,
    ) -> Waiver {
        let mut lifts = Vec::with_capacity(block.lifts.len());
        for name in &block.lifts {
            match ids.get(fold(&name.value).as_ref()) {
                Some((id, span)) => {
                    if matches!(rules[*id].body, Body::Bar { absolute: true, .. }) {
                        self.reader.problems.push(
                            Diagnostic::error(
                                "P0240",
                                name.span,
                                format!("`{}` is an absolute bar", name.value),
                            )
                            .label("no waiver lifts it")
                            .see(*span, "declared `absolute` here")
                            .help("leave it out of `lifts`, or leave `absolute` out of the bar"),
                        );
                    }
                    lifts.push(*id);
                }
                None => {
                    let near =
                        self.reader.names.suggestions.near(&name.value, ids.keys().map(String::as_str));
                    let problem = error(
                        "P0205",
                        name.span,
                        format!("unknown rule `{}`", name.value),
                        "not declared",
                        "",
                    );
                    let help = "write the id of a requirement, bar or phase of this policy";
                    self.reader.problems.push(*suggesting(problem, name.span, &near, help));
                }
            }
        }
        let mut conditions = self.conditions();
        let when = block.when.as_ref().and_then(|when| conditions.read(when));
        let about = conditions.clause_reader.named;
        Waiver {
            header: self.header(&block.header, about),
            lifts,
            when,
            granted_by: block.granted_by.as_ref().map(|authority| authority.value.clone()),
        }
    }

    pub(super) fn choice(&mut self, block: &syntax::Choice) -> Choice {
        if let Some((first, _)) = block.branches.get(MOST_VALUES) {
            self.reader.problems.push(*error(
                "P0262",
                first.span,
                format!("expected at most {MOST_VALUES} values, found {}", block.branches.len()),
                "too many",
                "group the values, or write several choices",
            ));
        }
        let mut conditions = self.conditions();
        let branches = block
            .branches
            .iter()
            .take(MOST_VALUES)
            .filter_map(|(value, when)| Some((value.value.clone(), conditions.read(when)?)))
            .collect();
        let about = conditions.clause_reader.named;
        Choice {
            header: self.header(&block.header, about),
            branches,
            otherwise: block.otherwise.as_ref().map(|value| value.value.clone()).unwrap_or_default(),
        }
    }

    pub(super) fn obligation(&mut self, block: &syntax::Rule) -> Obligation {
        let mut conditions = self.conditions();
        let when = block.when.as_ref().and_then(|when| conditions.read(when));
        let unless = block.unless.as_ref().and_then(|unless| conditions.read(unless));
        let about = conditions.clause_reader.named;
        Obligation {
            header: self.header(&block.header, about),
            when,
            unless,
            who: block.who.as_ref().map(|who| who.value.clone()),
            due: block.due.map(|due| due.value),
        }
    }

    pub(super) fn concern(&mut self, block: &syntax::Rule) -> Concern {
        let mut conditions = self.conditions();
        let mut read = |condition: &Option<syntax::Condition>| {
            let condition = condition.as_ref()?;
            Some(conditions.read(condition).unwrap_or_else(|| conditions.placeholder()))
        };
        let (when, unless) = (read(&block.when), read(&block.unless));
        let when = when.unwrap_or_else(|| conditions.placeholder());
        let about = conditions.clause_reader.named;
        Concern {
            header: self.header(&block.header, about),
            level: block.level,
            when,
            unless,
            who: block.who.as_ref().map(|who| who.value.clone()),
        }
    }
}
