//! Methods that rules, waivers, choices, obligations and concerns share.

use super::{Body, Choice, Concern, Condition, Header, Obligation, Part, Policy, Waiver};
use crate::id::KindId;
use crate::sorted::SortedSet;
use crate::value::Date;

impl Header {
    /// Returns whether the block is in force on a day and applies to subjects of a kind.
    pub(crate) fn applies(&self, kind: KindId, day: Date) -> bool {
        self.period.contains(day) && self.is_about(kind)
    }

    /// Returns whether the block applies to subjects of a kind: it is about that kind, or about no particular kind.
    ///
    /// In a policy about two kinds, this must be checked before the conditions of a block are read: a condition about
    /// the other kind has no meaning for this one.
    pub(crate) fn is_about(&self, kind: KindId) -> bool {
        self.about.is_none_or(|about| about == kind)
    }
}

impl Part {
    /// Returns the keyword of the condition, or a description of a condition that no line states.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Part::When => "when",
            Part::Needs => "needs",
            Part::Unless => "unless",
            Part::Earlier => "every earlier phase is reached",
            Part::Begins => "begins when",
            Part::BeginsEarly => "begins early when",
            Part::Reached => "reached when",
        }
    }
}

impl Body {
    /// Returns the conditions, each with its role.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (Part, &Condition)> {
        let parts = match self {
            Body::Requirement { when, needs, unless } => {
                [(Part::When, when.as_ref()), (Part::Needs, Some(needs)), (Part::Unless, unless.as_ref())]
            }
            Body::Bar { when, unless, .. } => {
                [(Part::When, Some(when)), (Part::Needs, None), (Part::Unless, unless.as_ref())]
            }
            Body::Phase(phase) => [
                (Part::Begins, phase.begins.as_ref()),
                (Part::BeginsEarly, phase.begins_early.as_ref()),
                (Part::Reached, phase.reached.as_ref()),
            ],
        };
        parts.into_iter().filter_map(|(part, condition)| Some((part, condition?)))
    }
}

impl Choice {
    /// Returns the values in order, with that of `otherwise` last.
    pub(crate) fn values(&self) -> impl Iterator<Item = &str> {
        self.branches.iter().map(|(value, _)| value.as_str()).chain([self.otherwise.as_str()])
    }
}

impl Obligation {
    /// Returns the conditions, each with its role.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (Part, &Condition)> {
        let when = self.when.iter().map(|when| (Part::When, when));
        when.chain(self.unless.iter().map(|unless| (Part::Unless, unless)))
    }
}

impl Concern {
    /// Returns the conditions, each with its role.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (Part, &Condition)> {
        [(Part::When, &self.when)].into_iter().chain(self.unless.iter().map(|unless| (Part::Unless, unless)))
    }
}

impl Policy {
    /// Returns the header and the conditions of each rule, waiver, choice, obligation and concern, in this order.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = (&Header, Vec<&Condition>)> {
        let concerns = self
            .concerns
            .iter()
            .map(|concern| (&concern.header, concern.parts().map(|(_, condition)| condition).collect()));
        self.deciding_blocks().chain(concerns)
    }

    /// Does the same as [`blocks`](Policy::blocks), without the concerns.
    fn deciding_blocks(&self) -> impl Iterator<Item = (&Header, Vec<&Condition>)> {
        let rules = self
            .rules
            .iter()
            .map(|(_, rule)| (&rule.header, rule.body.parts().map(|(_, one)| one).collect()));
        let waivers = self.waivers.iter().map(|(_, waiver)| (&waiver.header, waiver.when.iter().collect()));
        let choices = self
            .choices
            .iter()
            .map(|choice| (&choice.header, choice.branches.iter().map(|(_, condition)| condition).collect()));
        let obligations = self.obligations.iter().map(|obligation| {
            (&obligation.header, obligation.parts().map(|(_, condition)| condition).collect())
        });
        rules.chain(waivers).chain(choices).chain(obligations)
    }

    /// Returns all conditions of the policy and of its vocabulary, without those of the concerns, which are compiled
    /// [by themselves](Policy::of_concerns). Their order decides which of several tests a finding about too many values
    /// (P0271) is placed at.
    pub(crate) fn conditions(&self) -> Vec<&Condition> {
        let mut all = Vec::new();
        for (_, rule) in self.rules.iter() {
            match &rule.body {
                Body::Requirement { when, needs, unless } => {
                    all.extend([needs].into_iter().chain(when).chain(unless));
                }
                body => all.extend(body.parts().map(|(_, condition)| condition)),
            }
        }
        for (_, fact) in self.vocabulary.facts.iter() {
            if let Some(definition) = &fact.definition {
                all.push(&definition.when);
                all.extend(&definition.unless);
            }
        }
        all.extend(self.deciding_blocks().skip(self.rules.len()).flat_map(|(_, conditions)| conditions));
        all
    }

    /// Returns the days on which a block comes into force or has ended the day before.
    pub(crate) fn turns(&self) -> SortedSet<Date> {
        let periods = self.deciding_blocks().map(|(header, _)| header.period);
        periods.flat_map(|period| [period.from, period.until.map(Date::next)]).flatten().collect()
    }

    /// Returns the kind that a waiver's conditions are about: its own, else that of the first rule that it lifts.
    pub(crate) fn about_of(&self, waiver: &Waiver) -> Option<KindId> {
        let lifted = || waiver.lifts.first().and_then(|rule| self.rules[*rule].header.about);
        waiver.header.about.or_else(lifted)
    }
}
