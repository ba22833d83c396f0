//! Reads scenarios from their blocks: the statements of each, added to those of the scenario that it is based on.

use super::problem;
use super::{Expected, Scenario, What};
use crate::bundle::Bundle;
use crate::decision::Outcome;
use crate::diagnostic::{self, Diagnostic};
use crate::evidence::{Dossier, Known, Member, Statement, StatementReader};
use crate::id::KindId;
use crate::policy::Policy;
use crate::policy::lexicon::{Lexicon, key_of};
use crate::policy::problem::Problem;
use crate::span::{Name, Text};
use crate::syntax::{self, Block};
use crate::text::{Ids, fold};
use crate::value::{Date, Truth};
use std::collections::BTreeMap;

/// The id of the subject in every scenario.
pub(super) const SUBJECT: &str = "scenario";

/// Reads the scenarios of a policy: those of its file and of the files that it uses, in order.
///
/// A scenario with an error is reported and left out.
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
/// #
/// # scenario "It is neutral"
/// #   as of 2016-02-15
/// #   given
/// #     - the group is neutral
/// #   expect training is eligible
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// // scenario "It is neutral"
/// //   as of 2016-02-15
/// //   given
/// //     - the group is neutral
/// //   expect training is eligible
/// let (scenarios, problems) = placet::scenario::read(&bundle, &policy);
/// assert!(problems.is_empty());
/// assert_eq!(scenarios[0].title, "It is neutral");
/// assert_eq!(scenarios[0].expects[0].text, "training is eligible");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read(bundle: &Bundle, policy: &Policy) -> (Vec<Scenario>, Vec<Diagnostic>) {
    let blocks = blocks(bundle);
    // The lexicon is expensive and only needed if there are scenarios.
    if blocks.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let mut problems = Vec::new();
    let mut titles: BTreeMap<&str, &syntax::Scenario> = BTreeMap::new();
    for block in &blocks {
        match titles.get(block.title.value.as_str()) {
            Some(first) => problems.push(problem::duplicate(&block.title, first.title.span)),
            None => {
                titles.insert(&block.title.value, block);
            }
        }
    }
    let lexicon = Lexicon::new(&policy.vocabulary);
    let mut scenarios = Vec::with_capacity(blocks.len());
    for block in blocks {
        if block.expects.is_empty() {
            problems.push(problem::no_expectation(&block.title));
        }
        let mut reader = OneScenario { policy, lexicon: &lexicon, titles: &titles, problems: &mut problems };
        scenarios.extend(reader.scenario(block));
    }
    diagnostic::sort(&mut problems);
    problems.dedup();
    (scenarios, problems)
}

fn blocks(bundle: &Bundle) -> Vec<&syntax::Scenario> {
    let files = bundle.policy_files().unwrap_or_default();
    files
        .into_iter()
        .filter_map(|file| bundle.file(file))
        .flat_map(|file| &file.blocks)
        .filter_map(|block| match block {
            Block::Scenario(scenario) => Some(scenario),
            _ => None,
        })
        .collect()
}

/// The largest number of scenarios in a chain of base scenarios.
const LONGEST_LINEAGE: usize = 32;

struct OneScenario<'a, 'p> {
    policy: &'p Policy,
    lexicon: &'a Lexicon<'p>,
    titles: &'a BTreeMap<&'a str, &'a syntax::Scenario>,
    problems: &'a mut Vec<Diagnostic>,
}

impl OneScenario<'_, '_> {
    /// Returns the scenario, or `None` after it has reported all errors in it.
    fn scenario(&mut self, block: &syntax::Scenario) -> Option<Scenario> {
        let expects: Vec<Option<Expected>> = block
            .expects
            .iter()
            .map(|expect| {
                let what = self.what(&expect.what)?;
                Some(Expected { what, text: in_words(&expect.what), span: expect.span })
            })
            .collect();
        let lineage = self.keep(self.lineage(block))?;
        let kind = self.keep(self.kind(&lineage, block));
        let day = lineage.iter().rev().find_map(|block| block.as_of);
        let as_of = self.keep(day.ok_or_else(|| problem::no_date(&block.title)));
        let (kind, as_of) = (kind?, as_of?.value);
        let (members, statements) = self.given(&lineage, kind);
        Some(Scenario {
            title: block.title.value.clone(),
            as_of,
            given: dossier(kind, as_of, members, statements, block),
            expects: expects.into_iter().collect::<Option<_>>()?,
            span: block.span,
        })
    }

    /// Returns the value, or reports the finding and returns `None`.
    fn keep<T>(&mut self, result: Result<T, Problem>) -> Option<T> {
        result.map_err(|problem| self.problems.push(*problem)).ok()
    }

    /// Returns the scenario and its chain of base scenarios, the most distant first.
    fn lineage<'b>(&self, block: &'b syntax::Scenario) -> Result<Vec<&'b syntax::Scenario>, Problem>
    where
        Self: 'b,
    {
        let mut lineage = vec![block];
        let mut at = block;
        while let Some(base) = &at.base {
            let Some(next) = self.titles.get(base.value.as_str()).copied() else {
                let near = self.lexicon.near(&base.value, self.titles.keys().copied());
                return Err(problem::unknown_base(base, &near));
            };
            if lineage.iter().any(|seen| std::ptr::eq(*seen, next)) {
                return Err(problem::circular(base));
            }
            if lineage.len() > LONGEST_LINEAGE {
                return Err(problem::long_lineage(base, LONGEST_LINEAGE));
            }
            lineage.push(next);
            at = next;
        }
        lineage.reverse();
        Ok(lineage)
    }

    fn kind(&self, lineage: &[&syntax::Scenario], block: &syntax::Scenario) -> Result<KindId, Problem> {
        let names: Vec<String> =
            self.policy.about.iter().map(|kind| self.policy.vocabulary.kinds[*kind].name.clone()).collect();
        match (lineage.iter().rev().find_map(|block| block.about.as_ref()), self.policy.about.as_slice()) {
            (None, [only]) => Ok(*only),
            (None, _) => Err(problem::no_about(&block.title, &names)),
            (Some(name), about) => {
                let kind = self.lexicon.kind(&name.value).filter(|kind| about.contains(kind));
                kind.ok_or_else(|| problem::wrong_about(name, &names))
            }
        }
    }

    /// Returns all given members and statements. Later statements replace earlier ones about the same fact.
    fn given(&mut self, lineage: &[&syntax::Scenario], kind: KindId) -> (Vec<Member>, Vec<Statement>) {
        let known = Known::default();
        let mut local = Ids::default();
        let mut members: Vec<Member> = Vec::new();
        let mut statements: Vec<Statement> = Vec::new();
        for block in lineage {
            // A member that is written again gets more statements; it is not a duplicate.
            let mut reader = StatementReader::new(self.lexicon, &known, self.problems);
            reader.local = std::mem::take(&mut local);
            for member in &block.members {
                reader.local.remove(&member.id.value);
            }
            let (more, added) = reader.statements(SUBJECT, kind, &block.members, &block.given, block.span);
            local = reader.local;
            statements
                .retain(|old| !added.iter().any(|new| (&new.about, new.fact) == (&old.about, old.fact)));
            statements.extend(added);
            for member in more {
                members.retain(|old| old.id != member.id);
                members.push(member);
            }
        }
        (members, statements)
    }

    fn what(&mut self, expected: &syntax::Expected) -> Option<What> {
        match expected {
            syntax::Expected::Verdict { assistance, verdict, because, want } => {
                let assistance = self.keep(self.assistance(assistance));
                // The parser accepts only these three words.
                let outcome = match fold(&verdict.value).as_ref() {
                    "eligible" => Outcome::Eligible,
                    "ineligible" => Outcome::Ineligible,
                    _ => Outcome::Undetermined,
                };
                let because: Vec<Option<String>> =
                    because.iter().map(|id| self.keep(self.rule(id))).collect();
                Some(What::Verdict {
                    assistance: assistance?,
                    outcome,
                    because: because.into_iter().collect::<Option<_>>()?,
                    want: want.iter().map(|text| text.value.clone()).collect(),
                })
            }
            syntax::Expected::Choice { name, value } => self.keep(self.choice(name, value)),
            syntax::Expected::Obligation(id) => {
                self.keep(self.obligation(id)).map(|place| What::Obligation(place, true))
            }
            syntax::Expected::NoObligation(id) => {
                self.keep(self.obligation(id)).map(|place| What::Obligation(place, false))
            }
            syntax::Expected::Concern { assistance, concern, raised } => {
                let assistance = self.keep(self.assistance(assistance));
                let concern = match concern {
                    Some(id) => Some(self.keep(self.concern(id))?),
                    None => None,
                };
                Some(What::Concern { assistance: assistance?, concern, raised: *raised })
            }
        }
    }

    fn choice(&self, name: &Name, value: &Text) -> Result<What, Problem> {
        let wanted = key_of(&name.value);
        let choices = self.policy.choices.iter().enumerate();
        let all = choices.map(|(place, choice)| ((place, choice), choice.header.id.as_str()));
        let is_named = |id: &str| key_of(id) == wanted;
        let (place, choice) = self.find(all, is_named, "a choice or a type of assistance", name)?;
        let values: Vec<String> = choice.values().map(str::to_owned).collect();
        if values.contains(&value.value) {
            Ok(What::Choice(place, value.value.clone()))
        } else {
            Err(problem::no_value(value, &values))
        }
    }

    fn assistance(&self, name: &Name) -> Result<crate::id::AssistanceId, Problem> {
        let wanted = key_of(&name.value);
        let all = self.policy.assistance.iter().map(|(id, entry)| (id, entry.name.as_str()));
        self.find(all, |other| key_of(other) == wanted, "a type of assistance", name)
    }

    fn rule(&self, name: &Name) -> Result<String, Problem> {
        // A phase is written `phase 2`, but its rule id is `phase-2`.
        let wanted = fold(&name.value).replace("phase ", "phase-");
        let all = self.policy.rules.iter().map(|(_, rule)| (&rule.header.id, rule.header.id.as_str()));
        self.find(all, |id| fold(id) == wanted, "a rule", name).cloned()
    }

    fn obligation(&self, name: &Name) -> Result<usize, Problem> {
        let wanted = fold(&name.value);
        let all = self.policy.obligations.iter().enumerate();
        let all = all.map(|(place, obligation)| (place, obligation.header.id.as_str()));
        self.find(all, |id| fold(id) == wanted, "an obligation", name)
    }

    fn concern(&self, name: &Name) -> Result<usize, Problem> {
        let wanted = fold(&name.value);
        let all = self.policy.concerns.iter().enumerate();
        let all = all.map(|(place, concern)| (place, concern.header.id.as_str()));
        self.find(all, |id| fold(id) == wanted, "a concern", name)
    }

    /// Returns the first of some things, each given with its name, whose name is meant. `what` names them in the
    /// finding that there is none.
    fn find<'n, T>(
        &self,
        all: impl Iterator<Item = (T, &'n str)>,
        is_named: impl Fn(&str) -> bool,
        what: &str,
        name: &Name,
    ) -> Result<T, Problem> {
        let (all, names): (Vec<T>, Vec<&str>) = all.unzip();
        let found = names.iter().position(|other| is_named(other));
        found.and_then(|place| all.into_iter().nth(place)).ok_or_else(|| {
            let near = self.lexicon.near(&name.value, names);
            problem::unknown(what, name, &near)
        })
    }
}

fn dossier(
    kind: KindId,
    as_of: Date,
    members: Vec<Member>,
    statements: Vec<Statement>,
    block: &syntax::Scenario,
) -> Dossier {
    Dossier {
        as_of: Some(as_of),
        statements,
        members,
        span: block.span,
        ..Dossier::empty(SUBJECT, &block.title.value, kind)
    }
}

/// Returns an expectation as a drafter writes it, without `expect`.
fn in_words(expected: &syntax::Expected) -> String {
    match expected {
        syntax::Expected::Verdict { assistance, verdict, because, want } => {
            let mut text = format!("{} is {}", assistance.value, verdict.value);
            if !because.is_empty() {
                let ids: Vec<&str> = because.iter().map(|id| id.value.as_str()).collect();
                text.push_str(&format!(" because {}", ids.join(", ")));
            }
            if !want.is_empty() {
                let facts: Vec<String> = want.iter().map(|fact| format!("\"{}\"", fact.value)).collect();
                text.push_str(&format!(" for want of {}", facts.join(", ")));
            }
            text
        }
        syntax::Expected::Choice { name, value } => format!("{} is \"{}\"", name.value, value.value),
        syntax::Expected::Obligation(id) => format!("obligation {}", id.value),
        syntax::Expected::NoObligation(id) => format!("no obligation {}", id.value),
        syntax::Expected::Concern { assistance, concern, raised } => match concern {
            Some(id) => match raised {
                Truth::Yes => format!("{} raises {}", assistance.value, id.value),
                Truth::No => format!("{} does not raise {}", assistance.value, id.value),
                Truth::Open => format!("{} leaves {} open", assistance.value, id.value),
            },
            None => format!("{} raises no concern", assistance.value),
        },
    }
}
