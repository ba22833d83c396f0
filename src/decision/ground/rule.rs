//! Rules, waivers and phases as gates.

use super::{Ground, Job};
use crate::id::{AssistanceId, GateId, RuleId, StandardId, WaiverId};
use crate::policy::{Body, Condition};
use std::collections::BTreeSet;

/// A rule as gates.
#[derive(Clone, Debug)]
pub(in crate::decision) struct Grounded {
    /// Whether it is about this kind of subject.
    pub applies: bool,
    /// Its conditions, in the order in which they are written.
    pub parts: Vec<(Part, GateId)>,
    /// Whether it is met, waivers aside.
    pub met: GateId,
}

/// Where a condition stands in a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::decision) enum Part {
    /// `when`
    When,
    /// `needs`
    Needs,
    /// `unless`
    Unless,
    /// Every earlier phase is reached.
    Earlier,
    /// `begins when`
    Begins,
    /// `begins early when`
    BeginsEarly,
}

impl<'a> Ground<'a> {
    /// The gate of a condition put to the subject.
    pub(in crate::decision) fn ask(
        &mut self,
        condition: &'a Condition,
        standard: Option<StandardId>,
    ) -> GateId {
        loop {
            self.wanted.clear();
            let gate = self.condition(condition, self.subject, standard);
            if self.wanted.is_empty() {
                return gate;
            }
            self.work();
        }
    }

    /// Whether a rule is met for a type of assistance, waivers counted.
    pub(in crate::decision) fn met(&mut self, rule: RuleId, assistance: AssistanceId) -> GateId {
        let Some(grounded) = self.rules.get(&rule) else { return self.circuit.constant(true) };
        let met = grounded.met;
        let lifting: Vec<GateId> = self.lifting(rule, assistance).into_iter().map(|(_, gate)| gate).collect();
        self.circuit.any(lifting.into_iter().chain([met]))
    }

    /// The waivers in force that may lift a rule for a type of assistance.
    pub(in crate::decision) fn lifting(
        &self,
        rule: RuleId,
        assistance: AssistanceId,
    ) -> Vec<(WaiverId, GateId)> {
        if matches!(self.policy.rules[rule].body, Body::Bar { absolute: true, .. }) {
            return Vec::new();
        }
        let waivers = self.waivers.iter().map(|(id, gate)| (*id, *gate));
        waivers
            .filter(|(id, _)| {
                let waiver = &self.policy.waivers[*id];
                waiver.lifts.contains(&rule) && self.policy.covers(&waiver.assistance, assistance)
            })
            .collect()
    }

    /// Grounds the rules and waivers in force on the day.
    pub(super) fn rules(&mut self) {
        let policy = self.policy;
        let day = self.case.as_of;
        let mut phases: Vec<(u32, RuleId)> = Vec::new();
        for (id, rule) in policy.rules.iter().filter(|(_, rule)| rule.period.contains(day)) {
            if let Body::Phase(phase) = &rule.body {
                phases.push((phase.number, id));
            }
        }
        phases.sort_unstable();
        self.phases = phases.into_iter().map(|(_, id)| id).collect();
        for (id, rule) in policy.rules.iter().filter(|(_, rule)| rule.period.contains(day)) {
            let applies = self.applies(id);
            let (parts, met) = match (&rule.body, applies) {
                (_, false) => (Vec::new(), self.circuit.constant(true)),
                (Body::Requirement { when, needs, unless }, true) => {
                    let mut parts = Vec::new();
                    let mut ways = Vec::new();
                    if let Some(when) = when {
                        let when = self.ask(when, rule.standard);
                        parts.push((Part::When, when));
                        ways.push(self.circuit.not(when));
                    }
                    let needs = self.ask(needs, rule.standard);
                    parts.push((Part::Needs, needs));
                    ways.push(needs);
                    if let Some(unless) = unless {
                        let unless = self.ask(unless, rule.standard);
                        parts.push((Part::Unless, unless));
                        ways.push(unless);
                    }
                    (parts, self.circuit.any(ways))
                }
                (Body::Bar { when, unless, .. }, true) => {
                    let when = self.ask(when, rule.standard);
                    let mut parts = vec![(Part::When, when)];
                    let mut ways = vec![self.circuit.not(when)];
                    if let Some(unless) = unless {
                        let unless = self.ask(unless, rule.standard);
                        parts.push((Part::Unless, unless));
                        ways.push(unless);
                    }
                    (parts, self.circuit.any(ways))
                }
                (Body::Phase(phase), true) => {
                    let place = self.phases.iter().position(|other| *other == id).unwrap_or_default();
                    let open = self.do_job(Job::Open(place));
                    let mut parts = Vec::new();
                    if !phase.any_order && place > 0 {
                        parts.push((Part::Earlier, self.do_job(Job::Before(place))));
                    }
                    if let Some(begins) = &phase.begins {
                        parts.push((Part::Begins, self.ask(begins, rule.standard)));
                    }
                    if let Some(early) = &phase.begins_early {
                        parts.push((Part::BeginsEarly, self.ask(early, rule.standard)));
                    }
                    (parts, open)
                }
            };
            self.rules.insert(id, Grounded { applies, parts, met });
        }
        for (id, waiver) in policy.waivers.iter().filter(|(_, waiver)| waiver.period.contains(day)) {
            let gate = match &waiver.when {
                Some(when) => self.ask(when, waiver.standard),
                None => self.circuit.constant(true),
            };
            self.waivers.insert(id, gate);
        }
    }

    /// Whether a rule is about this kind of subject.
    fn applies(&self, rule: RuleId) -> bool {
        let about = self.policy.rules[rule].about;
        about.is_none_or(|kind| kind == self.kind(self.subject))
    }

    /// The gate of a job, done now where it is not done yet.
    fn do_job(&mut self, job: Job) -> GateId {
        self.wanted = BTreeSet::from([job]);
        self.work();
        self.need(job)
    }

    /// Does the jobs that are wanted, and those that these want, one at a time: never by recursion, since definitions
    /// may stand on definitions to any depth.
    fn work(&mut self) {
        let mut unfinished: Vec<Job> = std::mem::take(&mut self.wanted).into_iter().collect();
        let mut begun: BTreeSet<Job> = BTreeSet::new();
        while let Some(job) = unfinished.last().copied() {
            if self.done.contains_key(&job) {
                unfinished.pop();
                continue;
            }
            self.wanted.clear();
            let gate = self.job(job);
            let wanted = std::mem::take(&mut self.wanted);
            if wanted.is_empty() {
                self.done.insert(job, gate);
                unfinished.pop();
                continue;
            }
            begun.insert(job);
            for wanted in wanted {
                if begun.contains(&wanted) {
                    // A circle, which no resolved policy has: it ends here.
                    let never = self.circuit.constant(false);
                    self.done.insert(wanted, never);
                } else {
                    unfinished.push(wanted);
                }
            }
        }
    }

    /// The gate of a job, where all that it wants is done.
    fn job(&mut self, job: Job) -> GateId {
        let policy = self.policy;
        match job {
            Job::Definition(who, fact, standard) => {
                let Some(definition) = &policy.vocabulary.facts[fact].definition else {
                    return self.circuit.constant(false);
                };
                let when = self.condition(&definition.when, who, standard);
                let Some(unless) = &definition.unless else { return when };
                let unless = self.condition(unless, who, standard);
                let not_unless = self.circuit.not(unless);
                self.circuit.all([when, not_unless])
            }
            Job::Before(place) => match place.checked_sub(1) {
                None => self.circuit.constant(true),
                Some(last) => {
                    let earlier = [self.need(Job::Before(last)), self.need(Job::Reached(last))];
                    self.circuit.all(earlier)
                }
            },
            Job::Open(place) | Job::Reached(place) => {
                let Some(rule) = self.phases.get(place).copied() else {
                    return self.circuit.constant(false);
                };
                let Body::Phase(phase) = &policy.rules[rule].body else {
                    return self.circuit.constant(false);
                };
                if !self.applies(rule) {
                    return self.circuit.constant(true);
                }
                let standard = policy.rules[rule].standard;
                let in_turn = match phase.any_order {
                    true => self.circuit.constant(true),
                    false => self.need(Job::Before(place)),
                };
                if let Job::Reached(_) = job {
                    let reached = match &phase.reached {
                        Some(reached) => self.condition(reached, self.subject, standard),
                        None => self.need(Job::Open(place)),
                    };
                    return self.circuit.all([in_turn, reached]);
                }
                let begins = match &phase.begins {
                    Some(begins) => self.condition(begins, self.subject, standard),
                    None => self.circuit.constant(true),
                };
                let open = self.circuit.all([in_turn, begins]);
                match &phase.begins_early {
                    Some(early) => {
                        let early = self.condition(early, self.subject, standard);
                        self.circuit.any([open, early])
                    }
                    None => open,
                }
            }
        }
    }
}
