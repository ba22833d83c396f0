//! Builds a drawing of a policy.

use super::{Card, From, Graph, Line, Part, Sort, Type};
use crate::id::{AssistanceId, FactId, Id, KindId, RuleId, StandardId};
use crate::policy::print::heading;
use crate::policy::{Body, Condition, ConditionKind, Header, Policy};
use crate::wire::words;
use std::collections::BTreeMap;

/// Draws a policy: all of it, or only what concerns some types of assistance.
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
/// # assistance equipment
/// #
/// # kind group
/// #   is neutral : yes or no
/// #
/// # requirement neutrality "Neutral"
/// #   for equipment
/// #   needs the group is neutral
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// // assistance training
/// // assistance equipment
/// // requirement neutrality "Neutral"
/// //   for equipment
/// let training = policy.assistance.ids().next().ok_or("no such type")?;
/// assert_eq!(placet::graph::graph(&policy, None).cards.len(), 1);
/// assert_eq!(placet::graph::graph(&policy, Some(&[training])).cards.len(), 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn graph(policy: &Policy, types: Option<&[AssistanceId]>) -> Graph {
    let chosen: Vec<AssistanceId> =
        policy.assistance.ids().filter(|id| types.is_none_or(|types| types.contains(id))).collect();
    let mut drawing = Drawing {
        policy,
        places: BTreeMap::new(),
        definitions: BTreeMap::new(),
        rules: BTreeMap::new(),
        graph: Graph {
            title: policy.title.clone(),
            about: [policy.id.as_str(), policy.version.as_str()].join(" ").trim_end().to_owned(),
            cards: Vec::new(),
            types: Vec::new(),
        },
    };
    drawing.types(&chosen);
    drawing.cards(&chosen);
    drawing.graph
}

struct Drawing<'a> {
    policy: &'a Policy,
    /// The types of assistance that are drawn, with their indices.
    places: BTreeMap<AssistanceId, usize>,
    /// The definitions that are drawn, with their indices.
    definitions: BTreeMap<FactId, usize>,
    /// The rules that are drawn, with their indices.
    rules: BTreeMap<RuleId, usize>,
    graph: Graph,
}

impl<'a> Drawing<'a> {
    /// Adds the chosen types and their parents.
    fn types(&mut self, chosen: &[AssistanceId]) {
        for (id, declared) in self.policy.assistance.iter() {
            let above = |below: &AssistanceId| self.policy.lineage(*below).any(|ancestor| ancestor == id);
            if chosen.iter().any(above) {
                self.places.insert(id, self.graph.types.len());
                let parent = declared.parent.and_then(|parent| self.places.get(&parent)).copied();
                self.graph.types.push(Type { name: declared.name.clone(), parent, outcome: None, from: id });
            }
        }
    }

    fn cards(&mut self, chosen: &[AssistanceId]) {
        let policy = self.policy;
        let holds = |header: &Header| chosen.iter().any(|id| policy.covers(&header.assistance, *id));
        let rules: Vec<RuleId> = policy.rules.ids().filter(|id| holds(&policy.rules[*id].header)).collect();
        let waivers = policy.waivers.iter().filter(|(_, waiver)| {
            holds(&waiver.header) && waiver.lifts.iter().any(|rule| rules.contains(rule))
        });
        let choices = policy.choices.iter().enumerate().filter(|(_, choice)| holds(&choice.header));
        let obligations = policy.obligations.iter().enumerate().filter(|(_, owed)| holds(&owed.header));
        let concerns = policy.concerns.iter().enumerate().filter(|(_, concern)| holds(&concern.header));
        let (waivers, choices, obligations, concerns) = (
            waivers.collect::<Vec<_>>(),
            choices.collect::<Vec<_>>(),
            obligations.collect::<Vec<_>>(),
            concerns.collect::<Vec<_>>(),
        );

        let mut used = Vec::new();
        let conditions = rules.iter().flat_map(|id| policy.rules[*id].body.parts());
        conditions.for_each(|(_, condition)| self.used(condition, &mut used));
        waivers.iter().flat_map(|(_, waiver)| &waiver.when).for_each(|when| self.used(when, &mut used));
        choices
            .iter()
            .flat_map(|(_, choice)| &choice.branches)
            .for_each(|(_, when)| self.used(when, &mut used));
        for (_, owed) in &obligations {
            owed.parts().for_each(|(_, condition)| self.used(condition, &mut used));
        }
        for (_, concern) in &concerns {
            concern.parts().for_each(|(_, condition)| self.used(condition, &mut used));
        }
        self.define(used);

        for id in rules {
            self.rule(id);
        }
        for (id, waiver) in waivers {
            let lifts = waiver.lifts.iter().filter_map(|rule| self.rules.get(rule)).copied().collect();
            let about = policy.about_of(waiver);
            let standard = waiver.header.standard;
            let mut notes: Vec<String> =
                waiver.granted_by.iter().map(|who| format!("granted by {who}")).collect();
            notes.extend(self.scope(&waiver.header));
            let parts = waiver.when.iter().map(|when| self.part("when", when, about, standard)).collect();
            self.block(Sort::Waiver, &waiver.header, notes, parts, From::Waiver(id));
            if let Some(drawn) = self.graph.cards.last_mut() {
                drawn.lifts = lifts;
            }
        }
        for (place, choice) in choices {
            let header = &choice.header;
            let branches = choice.branches.iter();
            let mut parts: Vec<Part> = branches
                .map(|(value, when)| {
                    self.part(&format!("“{value}” when"), when, header.about, header.standard)
                })
                .collect();
            let word = format!("otherwise “{}”", choice.otherwise);
            parts.push(Part { word, lines: Vec::new(), uses: Vec::new(), mark: None });
            let notes = self.scope(header).collect();
            self.block(Sort::Choice, header, notes, parts, From::Choice(place));
        }
        for (place, owed) in obligations {
            let header = &owed.header;
            let mut notes: Vec<String> = Vec::new();
            notes.extend(owed.who.iter().map(|who| format!("by {who}")));
            notes.extend(owed.due.map(words::due));
            notes.extend(self.scope(header));
            let parts = owed.parts();
            let parts = parts.map(|(role, one)| self.part(role.word(), one, header.about, header.standard));
            self.block(Sort::Obligation, header, notes, parts.collect(), From::Obligation(place));
        }
        for (place, concern) in concerns {
            let header = &concern.header;
            let mut notes: Vec<String> = Vec::new();
            notes.extend(concern.level.map(|level| format!("level {}", level.word())));
            notes.extend(concern.who.iter().map(|who| format!("for {who}")));
            notes.extend(self.scope(header));
            let parts = concern.parts();
            let parts = parts.map(|(role, one)| self.part(role.word(), one, header.about, header.standard));
            self.block(Sort::Concern, header, notes, parts.collect(), From::Concern(place));
        }
    }

    /// Draws definitions in the order in which the facts are declared.
    fn define(&mut self, mut used: Vec<FactId>) {
        used.sort();
        for fact in &used {
            self.definitions.insert(*fact, self.graph.cards.len() + self.definitions.len());
        }
        for fact in used {
            let declared = &self.policy.vocabulary.facts[fact];
            let Some(definition) = &declared.definition else { continue };
            let name = format!("the {}", self.policy.vocabulary.kinds[declared.kind].name);
            let about = Some(declared.kind);
            let mut parts = vec![self.part("when", &definition.when, about, None)];
            parts.extend(definition.unless.iter().map(|unless| self.part("unless", unless, about, None)));
            let title = format!("{name} {}", declared.phrase);
            self.push(Sort::Definition, "", &title, Vec::new(), parts, From::Definition(fact));
        }
    }

    fn rule(&mut self, id: RuleId) {
        let rule = &self.policy.rules[id];
        let header = &rule.header;
        let (sort, shown) = match &rule.body {
            Body::Requirement { .. } => (Sort::Requirement, header.id.clone()),
            Body::Bar { absolute, .. } => (Sort::Bar { absolute: *absolute }, header.id.clone()),
            Body::Phase(phase) => (Sort::Phase, phase.number.to_string()),
        };
        let mut parts = Vec::new();
        if let Body::Phase(phase) = &rule.body
            && !phase.any_order
            && phase.number > 1
        {
            let earlier = match phase.number {
                2 => "phase 1 is reached".to_owned(),
                3 => "phases 1 and 2 are reached".to_owned(),
                number => format!("phases 1 to {} are reached", number - 1),
            };
            let line = Line { depth: 0, text: earlier, mark: None };
            parts.push(Part {
                word: "open once".to_owned(),
                lines: vec![line],
                uses: Vec::new(),
                mark: None,
            });
        }
        parts.extend(
            rule.body
                .parts()
                .map(|(role, condition)| self.part(role.word(), condition, header.about, header.standard)),
        );
        let notes = words::period(header.period).into_iter().collect();
        self.rules.insert(id, self.graph.cards.len());
        self.push(sort, &shown, &header.title, notes, parts, From::Rule(id));
        // A phase that names no type opens nothing; any other rule that names no type is for all types.
        let names_some = sort == Sort::Phase || !header.assistance.is_empty();
        let types = header.assistance.iter().filter_map(|id| self.places.get(id)).copied();
        if let Some(drawn) = self.graph.cards.last_mut() {
            drawn.types = names_some.then(|| types.collect());
        }
    }

    fn push(&mut self, sort: Sort, id: &str, title: &str, notes: Vec<String>, parts: Vec<Part>, from: From) {
        self.graph.cards.push(Card {
            sort,
            id: id.to_owned(),
            title: title.to_owned(),
            notes,
            parts,
            types: None,
            lifts: Vec::new(),
            outcome: None,
            from,
        });
    }

    fn block(&mut self, sort: Sort, header: &Header, notes: Vec<String>, parts: Vec<Part>, from: From) {
        self.push(sort, &header.id, &header.title, notes, parts, from);
    }

    /// The types of assistance that a block names, `for training, equipment`, and its period.
    fn scope(&self, header: &Header) -> impl Iterator<Item = String> {
        let names: Vec<&str> =
            header.assistance.iter().map(|id| self.policy.assistance[*id].name.as_str()).collect();
        let named = (!names.is_empty()).then(|| format!("for {}", names.join(", ")));
        named.into_iter().chain(words::period(header.period))
    }

    fn part(
        &self,
        word: &str,
        condition: &Condition,
        about: Option<KindId>,
        standard: Option<StandardId>,
    ) -> Part {
        let about = about.or_else(|| self.policy.about.first().copied()).unwrap_or(KindId::at(0));
        let name = self
            .policy
            .vocabulary
            .kinds
            .find(about)
            .map_or(String::new(), |kind| format!("the {}", kind.name));
        let standard = standard.map(|id| format!(", on {}", self.policy.vocabulary.standards[id].name));
        let mut lines = Vec::new();
        self.lines(condition, &name, 0, &mut lines);
        let mut word = word.to_owned();
        // The first line of a list is its heading: move it beside the keyword, and the conditions one level up.
        if lines.len() > 1 {
            word = format!("{word} {}", lines.remove(0).text);
            lines.iter_mut().for_each(|line| line.depth -= 1);
        }
        let mut uses = Vec::new();
        self.tested(condition, &mut uses);
        let mut uses: Vec<usize> =
            uses.iter().filter_map(|fact| self.definitions.get(fact)).copied().collect();
        uses.sort_unstable();
        uses.dedup();
        Part { word: word + &standard.unwrap_or_default(), lines, uses, mark: None }
    }

    /// Writes conditions, one per line. Recursion is safe, since the parser limits the nesting.
    fn lines(&self, condition: &Condition, name: &str, depth: usize, lines: &mut Vec<Line>) {
        let Some(of) = listed(condition) else {
            let text = self.policy.condition_words(condition, name);
            lines.push(Line { depth, text, mark: None });
            return;
        };
        lines.push(Line { depth, text: heading(condition), mark: None });
        of.iter().for_each(|condition| self.lines(condition, name, depth + 1, lines));
    }

    /// Collects the definitions that a condition uses, directly or through other definitions, each once.
    fn used(&self, condition: &'a Condition, used: &mut Vec<FactId>) {
        let mut waiting = Vec::new();
        self.tested(condition, &mut waiting);
        while let Some(fact) = waiting.pop() {
            if used.contains(&fact) {
                continue;
            }
            if let Some(definition) = &self.policy.vocabulary.facts[fact].definition {
                used.push(fact);
                self.tested(&definition.when, &mut waiting);
                definition.unless.iter().for_each(|unless| self.tested(unless, &mut waiting));
            }
        }
    }

    /// Collects the defined facts that a condition tests directly.
    fn tested(&self, condition: &Condition, found: &mut Vec<FactId>) {
        let tests = condition.all().filter_map(Condition::test);
        found.extend(
            tests
                .map(|test| test.fact)
                .filter(|fact| self.policy.vocabulary.facts[*fact].definition.is_some()),
        );
    }
}

/// The conditions below the heading of a list; `None` for a condition of one line.
pub(super) fn listed(condition: &Condition) -> Option<&[Condition]> {
    match &condition.kind {
        ConditionKind::All(of) | ConditionKind::Any(of) | ConditionKind::Count { of, .. } => Some(of),
        ConditionKind::Not(inner) => match &inner.kind {
            ConditionKind::Any(of) => Some(of),
            _ => None,
        },
        _ => None,
    }
}
