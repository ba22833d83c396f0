//! Collects all texts of a policy that may be shown to an official, for translation.

use super::phrase::{is_verb_phrase, negate};
use super::print::{along, possessive};
use super::{
    Choice, Concern, Condition, ConditionKind, Fact, FactType, Header, Kind, Obligation, Policy, Rule,
    Subject, Waiver,
};
use crate::id::KindId;
use crate::syntax::layout::LONGEST_LINE;
use crate::syntax::write;
use std::collections::BTreeSet;

/// Returns the texts that can be translated, without duplicates: those of the policy, of its vocabulary and of its
/// rules.
///
/// They include sentences that are in no file but that decisions show: each yes-or-no fact in its positive and negative
/// form, the names of other facts, and each condition of a rule. Texts that cannot be written between double quotes on
/// one line are left out.
///
/// # Example
/// ```
/// # let text = r#"
/// # policy "Training"
/// #   id training
/// #   version 1
/// #   about group
/// #
/// # assistance training
/// #
/// # kind group
/// #   is neutral : yes or no
/// #
/// # requirement neutrality "Neutral"
/// #   needs the group is neutral
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// let texts = placet::policy::texts(&policy);
/// assert_eq!(texts[..4], ["Training", "training", "group", "the group"]);
/// assert_eq!(texts[4..], ["the group is neutral", "the group is not neutral", "Is the group neutral?", "Neutral"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn texts(policy: &Policy) -> Vec<String> {
    let mut texts = Texts { policy, seen: BTreeSet::new(), all: Vec::new() };
    texts.add(&policy.title);
    texts.each(policy.authority.iter().chain(&policy.notes));
    for (_, assistance) in policy.assistance.iter() {
        texts.add(&assistance.name);
        texts.each(&assistance.means);
    }
    texts.vocabulary();
    policy.rules.iter().for_each(|(_, rule)| texts.rule(rule));
    policy.waivers.iter().for_each(|(_, waiver)| texts.waiver(waiver));
    policy.choices.iter().for_each(|choice| texts.choice(choice));
    policy.obligations.iter().for_each(|obligation| texts.obligation(obligation));
    policy.concerns.iter().for_each(|concern| texts.concern(concern));
    texts.all
}

struct Texts<'p> {
    policy: &'p Policy,
    seen: BTreeSet<String>,
    all: Vec<String>,
}

impl<'p> Texts<'p> {
    fn add(&mut self, text: &str) {
        let fits = !text.trim().is_empty() && write::text(text).chars().count() <= LONGEST_LINE;
        if fits && self.seen.insert(text.to_owned()) {
            self.all.push(text.to_owned());
        }
    }

    fn each<'t>(&mut self, texts: impl IntoIterator<Item = &'t String>) {
        texts.into_iter().for_each(|text| self.add(text));
    }

    fn vocabulary(&mut self) {
        let vocabulary = &self.policy.vocabulary;
        for (_, source) in vocabulary.sources.iter() {
            // A source without a title is named by its id, which is not a text.
            self.each(Some(&source.title).filter(|title| **title != source.id));
            self.each(&source.author);
        }
        for (_, kind) in vocabulary.kinds.iter() {
            self.kind(kind);
        }
        for (_, standard) in vocabulary.standards.iter().filter(|(_, one)| one.derived_from.is_none()) {
            self.add(&standard.name);
        }
    }

    fn kind(&mut self, kind: &'p Kind) {
        let name = format!("the {}", kind.name);
        self.add(&kind.name);
        self.add(&kind.title);
        self.add(&name);
        for fact in kind.facts.iter().filter_map(|id| self.policy.vocabulary.facts.find(*id)) {
            self.fact(fact, &name);
        }
    }

    fn fact(&mut self, fact: &'p Fact, name: &str) {
        let owner = possessive(name);
        match &fact.r#type {
            FactType::YesNo => {
                self.add(&format!("{name} {}", fact.phrase));
                self.add(&format!("{name} {}", negate(&fact.phrase)));
            }
            FactType::One(_) if is_verb_phrase(&fact.phrase) => self.add(&along(name, &fact.phrase)),
            _ => self.add(&format!("{owner} {}", fact.phrase)),
        }
        match &fact.question {
            Some(question) => self.add(question),
            // A defined fact is never asked for.
            None if fact.definition.is_none() => {
                self.add(&self.policy.vocabulary.made_question(fact, name));
            }
            None => {}
        }
        self.each(&fact.means);
        match &fact.r#type {
            FactType::Number { unit } => self.add(unit),
            FactType::Choice(values) => {
                for value in values {
                    self.add(value);
                    self.add(&format!("{owner} {} is {value}", fact.phrase));
                }
            }
            FactType::Many(_) => self.add(&format!("{name} has no {}", fact.phrase)),
            FactType::One(kinds) => self.targets(fact, kinds, name),
            FactType::YesNo | FactType::Date => {}
        }
        if let Some(definition) = &fact.definition {
            self.condition(&definition.when, name);
            definition.unless.iter().for_each(|unless| self.condition(unless, name));
        }
    }

    /// Adds the sentences for the targets of a relation that are not particular entities: no one, or the only entity of
    /// a kind.
    fn targets(&mut self, fact: &Fact, kinds: &[KindId], name: &str) {
        let verb = is_verb_phrase(&fact.phrase);
        let (is, is_not) = match verb {
            true => (format!("{name} {}", fact.phrase), format!("{name} {}", negate(&fact.phrase))),
            false => {
                let owner = format!("{} {}", possessive(name), fact.phrase);
                (format!("{owner} is"), format!("{owner} is not"))
            }
        };
        match verb {
            true => self.add(&format!("{is} no one")),
            false => self.add(&format!("{name} has no {}", fact.phrase)),
        }
        for kind in kinds.iter().filter_map(|id| self.policy.vocabulary.kinds.find(*id)) {
            if kind.only_one {
                self.add(&format!("{is} the {}", kind.name));
                self.add(&format!("{is_not} the {}", kind.name));
            }
        }
    }

    fn rule(&mut self, rule: &'p Rule) {
        let conditions = rule.body.parts().map(|(_, condition)| condition);
        self.block(&rule.header, rule.header.about, conditions);
        self.each(rule.header.remedy.iter().chain(&rule.header.notes));
    }

    fn waiver(&mut self, waiver: &'p Waiver) {
        self.block(&waiver.header, self.policy.about_of(waiver), &waiver.when);
        self.each(&waiver.granted_by);
    }

    fn choice(&mut self, choice: &'p Choice) {
        self.add(&choice.header.id);
        self.add(&choice.header.title);
        let name = self.subject(choice.header.about);
        for (value, when) in &choice.branches {
            self.add(value);
            self.condition(when, &name);
        }
        self.add(&choice.otherwise);
    }

    fn obligation(&mut self, obligation: &'p Obligation) {
        let conditions = obligation.parts().map(|(_, condition)| condition);
        self.block(&obligation.header, obligation.header.about, conditions);
        self.each(&obligation.who);
    }

    fn concern(&mut self, concern: &'p Concern) {
        let conditions = concern.parts().map(|(_, condition)| condition);
        self.block(&concern.header, concern.header.about, conditions);
        self.each(concern.who.iter().chain(&concern.header.remedy).chain(&concern.header.notes));
    }

    /// Adds the title of a block and the sentences of its conditions.
    fn block(
        &mut self,
        header: &Header,
        about: Option<KindId>,
        conditions: impl IntoIterator<Item = &'p Condition>,
    ) {
        self.add(&header.title);
        let name = self.subject(about);
        conditions.into_iter().for_each(|condition| self.condition(condition, &name));
    }

    /// Adds the names of the entities that lead to the tested one, such as `the group's parent's commander`, and the
    /// questions about them, such as `Who commands the group's parent?`.
    ///
    /// The first step is a fact of the vocabulary, whose texts have already been added.
    fn path(&mut self, condition: &Condition, name: &str) {
        let (subject, tested) = match &condition.kind {
            ConditionKind::Test(test) => (&test.subject, test.fact),
            ConditionKind::Members { subject, list: fact, .. }
            | ConditionKind::Ancestor { subject, relation: fact, .. }
            | ConditionKind::Reaches { subject, relation: fact, .. } => (subject, *fact),
            _ => return,
        };
        for length in 1..=subject.steps.len() {
            let steps = subject.steps.iter().take(length).copied().collect();
            let entity = self.policy.subject_words(&Subject { root: subject.root, steps }, name);
            if length > 1 {
                self.add(&entity);
            }
            let vocabulary = &self.policy.vocabulary;
            let next = vocabulary.facts.find(*subject.steps.get(length).unwrap_or(&tested));
            self.each(&next.and_then(|fact| vocabulary.question_in_place(fact, &entity)));
        }
    }

    /// Returns the subject of a rule in words: `the group`.
    fn subject(&self, about: Option<KindId>) -> String {
        let kind = about.or_else(|| self.policy.about.first().copied());
        let kind = kind.and_then(|id| self.policy.vocabulary.kinds.find(id));
        kind.map_or_else(String::new, |kind| format!("the {}", kind.name))
    }

    /// Adds the sentences of a condition, as they are shown one below the other, and the opposites of yes-or-no
    /// sentences.
    ///
    /// The recursion is bounded, because the parser limits the nesting.
    fn condition(&mut self, condition: &Condition, name: &str) {
        match &condition.kind {
            ConditionKind::All(of) | ConditionKind::Any(of) | ConditionKind::Count { of, .. } => {
                of.iter().for_each(|condition| self.condition(condition, name));
            }
            ConditionKind::Not(inner) => self.condition(inner, name),
            _ => {
                self.path(condition, name);
                self.add(&self.policy.condition_words(condition, name));
                self.each(&self.policy.opposite_words(condition, name));
            }
        }
    }
}
