//! Compilation of rules, waivers and phases to gates.

use std::collections::BTreeSet;

use super::RuleGates;
use super::draft::{Draft, Job};
use crate::id::{GateId, RuleId, StandardId, existing};
use crate::policy::{Body, Condition, Part};
use crate::sorted::{SortedMap, SortedSet, sort};

impl<'d> Draft<'d, '_> {
    /// Returns the gate of a condition for the subject.
    pub(super) fn ask(&mut self, condition: &'d Condition, standard: Option<StandardId>) -> GateId {
        loop {
            self.wanted.clear();
            let gate = self.condition(condition, self.subject, standard);
            if self.wanted.is_empty() {
                return gate;
            }
            self.work();
        }
    }

    /// Compiles the rules and waivers that are in force on the day.
    pub(super) fn rules(&mut self) {
        let policy = self.policy;
        let day = self.case.as_of;
        let kind = self.kind(self.subject);
        let mut phases: Vec<(u32, RuleId)> = Vec::new();
        for (id, rule) in policy.rules.iter().filter(|(_, rule)| rule.header.applies(kind, day)) {
            if let Body::Phase(phase) = &rule.body {
                phases.push((phase.number, id));
            }
        }
        sort(&mut phases);
        self.rules.phases = phases.into_iter().map(|(_, id)| id).collect();
        self.rules.places = self.rules.phases.iter().copied().zip(0..).collect();
        for (id, rule) in policy.rules.iter().filter(|(_, rule)| rule.header.period.contains(day)) {
            let applies = rule.header.is_about(kind);
            let standard = rule.header.standard;
            let (parts, met) = match (&rule.body, applies) {
                (_, false) => (Vec::new(), self.circuit.constant(true)),
                (Body::Requirement { .. } | Body::Bar { .. }, true) => {
                    let mut parts = Vec::new();
                    let mut ways = Vec::new();
                    for (part, condition) in rule.body.parts() {
                        let gate = self.ask(condition, standard);
                        parts.push((part, gate));
                        ways.push(if part == Part::When { self.circuit.not(gate) } else { gate });
                    }
                    (parts, self.circuit.any(ways))
                }
                (Body::Phase(phase), true) => {
                    let place = *existing(self.rules.places.get(&id));
                    let open = self.do_job(Job::Open(place));
                    let mut parts = Vec::new();
                    if !phase.any_order && place > 0 {
                        parts.push((Part::Earlier, self.do_job(Job::Before(place))));
                    }
                    if let Some(begins) = &phase.begins {
                        parts.push((Part::Begins, self.ask(begins, standard)));
                    }
                    if let Some(early) = &phase.begins_early {
                        parts.push((Part::BeginsEarly, self.ask(early, standard)));
                    }
                    (parts, open)
                }
            };
            self.rules.gates.insert(id, RuleGates { applies, parts, met });
        }
        for (id, waiver) in policy.waivers.iter().filter(|(_, waiver)| waiver.header.applies(kind, day)) {
            let gate = match &waiver.when {
                Some(when) => self.ask(when, waiver.header.standard),
                None => self.circuit.constant(true),
            };
            self.rules.waivers.insert(id, gate);
            let named: SortedSet<RuleId> = waiver.lifts.iter().copied().collect();
            for rule in named {
                self.rules.naming.entry(rule).or_default().push((id, gate));
            }
        }
    }

    /// Compiles the choices for this kind of subject: for each value, a gate that is true if it is the one taken.
    pub(super) fn choices(&mut self) -> SortedMap<usize, Vec<(String, GateId)>> {
        let policy = self.policy;
        let kind = self.kind(self.subject);
        let mut all = SortedMap::new();
        for (place, choice) in policy.choices.iter().enumerate() {
            if !choice.header.applies(kind, self.case.as_of) {
                continue;
            }
            let mut values: Vec<(String, Vec<GateId>)> = Vec::new();
            let mut add = |value: &String, taken| match values.iter_mut().find(|(known, _)| known == value) {
                Some((_, ways)) => ways.push(taken),
                None => values.push((value.clone(), vec![taken])),
            };
            let mut passed = self.circuit.constant(true);
            for (value, when) in &choice.branches {
                let when = self.ask(when, choice.header.standard);
                add(value, self.circuit.all([passed, when]));
                let not_when = self.circuit.not(when);
                passed = self.circuit.all([passed, not_when]);
            }
            add(&choice.otherwise, passed);
            let values = values.into_iter().map(|(value, ways)| (value, self.circuit.any(ways)));
            all.insert(place, values.collect());
        }
        all
    }

    /// Compiles the conditions of the obligations in force for this kind of subject.
    pub(super) fn obligations(&mut self) -> SortedMap<usize, GateId> {
        let policy = self.policy;
        let kind = self.kind(self.subject);
        let mut all = SortedMap::new();
        for (place, obligation) in policy.obligations.iter().enumerate() {
            if !obligation.header.applies(kind, self.case.as_of) {
                continue;
            }
            let mut parts = Vec::new();
            for (part, condition) in obligation.parts() {
                let gate = self.ask(condition, obligation.header.standard);
                parts.push(if part == Part::Unless { self.circuit.not(gate) } else { gate });
            }
            all.insert(place, self.circuit.all(parts));
        }
        all
    }

    /// Returns the gate of a job, and does the job if it is not done yet.
    fn do_job(&mut self, job: Job) -> GateId {
        self.wanted = SortedSet::from([job]);
        self.work();
        self.need(job)
    }

    /// Does the wanted jobs and the jobs that these need, one at a time. It does not recurse, since definitions can
    /// depend on definitions to any depth.
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
                    // A resolved policy has no cycle of definitions; if there is one, it ends here.
                    let never = self.circuit.constant(false);
                    self.done.insert(wanted, never);
                } else {
                    unfinished.push(wanted);
                }
            }
        }
    }

    /// Returns the gate of a job whose prerequisites are done.
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
                let Some(rule) = self.rules.phases.get(place).copied() else {
                    return self.circuit.constant(false);
                };
                let Body::Phase(phase) = &policy.rules[rule].body else {
                    return self.circuit.constant(false);
                };
                let standard = policy.rules[rule].header.standard;
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
