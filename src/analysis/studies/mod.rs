//! Studies of a policy: what follows from its rules for any facts, each with an example.
//!
//! A study is made from a policy alone, in its compiled form for each kind of subject and each period in which it stays
//! the same ([`study`]). Every rule, waiver and choice is a diagram in one store, so that "never", "always" and
//! "follows from the others" are proofs over all possible cases; a finding that holds only on some days names them.
//! Presumptions are dropped, since a statement can override them. An example is a scenario of the policy that shows the
//! finding; it has been read and decided on before it is returned. If the finding is about all cases, the example is
//! the case that comes closest to the opposite.
//!
//! If the diagrams for a question would be too large, the question stays unanswered, and the study reports that.
//! Studies do not depend on files or dossiers.

mod choices;
mod days;
mod example;
mod facts;
mod form;
mod phases;
mod problem;
mod rules;
mod usage;
mod verdicts;
mod waivers;

pub use facts::unused;
pub use usage::Use;

use super::without_presumptions;
use crate::circuit::Budget;
use crate::compiled::Forms;
use crate::diagnostic::{self, Diagnostic};
use crate::id::{AssistanceId, FactId, KindId, RuleId, VarId};
use crate::policy::{self, Body, Period, Policy};
use crate::sorted::{SortedMap, SortedSet};
use crate::value::Date;
use example::Expect;
use form::{Answer, Cells, Form};
use std::cell::Cell;
use std::sync::Arc;

/// The largest number of examples that are tried, and the largest number of rules that are evaluated for all of them.
const MOST_EXAMPLES: usize = 300;
const TRIED: usize = 100_000;

/// The budget of one study, in units. Questions that it does not suffice for are named in a finding.
pub(crate) const WORK: u64 = 100_000_000;

/// The results of a study of a policy.
#[derive(Clone, Debug, Default)]
pub struct Study {
    /// The findings, in reading order.
    pub findings: Vec<Diagnostic>,
    /// How the policy uses each fact of the vocabulary. Whether a fact is needed at all depends on all policies that
    /// share the vocabulary: see [`unused`].
    pub facts: SortedMap<FactId, Use>,
    /// The work done, in units of a [`Budget`]: at most 100 million.
    pub work: u64,
}

/// Studies a policy.
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
/// #   headcount : number of fighters
/// #
/// # requirement many "Many"
/// #   needs the group's headcount is at least 500
/// #
/// # requirement enough "Enough"
/// #   needs the group's headcount is at least 50
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// // requirement many "Many"
/// //   needs the group's headcount is at least 500
/// //
/// // requirement enough "Enough"
/// //   needs the group's headcount is at least 50
/// let study = placet::analysis::study(&policy);
/// assert_eq!(study.findings[0].code, "P0504");
/// assert_eq!(study.findings[0].message, "`enough` excludes no subject that `many` does not exclude");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn study(policy: &Arc<Policy>) -> Study {
    let work = Budget::new(WORK);
    let mut study = study_within(policy, &work);
    if let Some(of_concerns) = policy.of_concerns() {
        let inner = study_within(of_concerns, &work);
        study.findings.extend(inner.findings.iter().filter_map(|one| problem::of_concern(of_concerns, one)));
        diagnostic::sort(&mut study.findings);
        for (fact, by_concerns) in inner.facts {
            if let Some(used) = study.facts.get_mut(&fact) {
                *used = by_concerns.max(*used);
            }
        }
    }
    study.work = WORK - work.left();
    study
}

fn study_within(policy: &Arc<Policy>, work: &Budget) -> Study {
    let free = Arc::new(without_presumptions(policy));
    let (periods, more) = days::days(policy);
    let examples = Cell::new((TRIED / (policy.rules.len() + 1)).min(MOST_EXAMPLES));
    let mut world = World {
        policy,
        compiled: Forms::new(policy),
        forms: Vec::new(),
        periods,
        findings: Vec::new(),
        closed: SortedSet::new(),
        unanswered: SortedSet::new(),
        examples,
        work: work.clone(),
    };
    let presumed = policy.vocabulary.facts.iter().filter_map(|(id, fact)| Some((id, fact.presumed?)));
    let presumed: SortedMap<FactId, bool> = presumed.collect();
    let forms = world.periods.len() * policy.about.len();
    let work = world.work.clone();
    for day in world.periods.clone() {
        for kind in &policy.about {
            let remaining = (forms - world.forms.len()) as u64;
            let form = Form::of(&free, *kind, day, forms, (&work.share(2 * remaining), &work));
            world.forms.push(form.presuming(presumed.clone()));
        }
    }
    let lists: SortedSet<String> = world.forms.iter().flat_map(Form::lists_left_out).collect();
    world
        .unanswered
        .extend(lists.into_iter().map(|list| format!("which conditions over {list} exclude each other")));
    if more {
        world.unanswered.insert("what holds on later days, after many changes".to_owned());
    }
    phases::study(&mut world);
    verdicts::study(&mut world);
    rules::study(&mut world);
    waivers::study(&mut world);
    choices::study(&mut world);
    let facts = facts::uses(&mut world);
    let mut findings = world.findings;
    findings.extend(problem::too_large(policy, &world.unanswered));
    findings.extend(untranslated(policy));
    diagnostic::sort(&mut findings);
    Study { findings, facts, work: 0 }
}

/// Findings on texts that lack a translation, or whose translation equals the original, for each language of a policy.
fn untranslated(policy: &Policy) -> Vec<Diagnostic> {
    if policy.translations.is_empty() {
        return Vec::new();
    }
    let texts = policy::texts(policy);
    let findings = |language| {
        let missing = problem::untranslated(policy, language, &texts);
        missing.into_iter().chain(problem::repeated(language, &texts))
    };
    policy.translations.iter().flat_map(findings).collect()
}

/// A policy in all its forms, and the findings so far.
struct World<'p> {
    policy: &'p Arc<Policy>,
    /// The compiled forms that examples are decided with.
    compiled: Forms,
    /// The forms: for each period, one for each kind of subject.
    forms: Vec<Form>,
    periods: Vec<(Date, Period)>,
    findings: Vec<Diagnostic>,
    /// The phases that never open.
    closed: SortedSet<RuleId>,
    /// The questions whose diagrams were too large.
    unanswered: SortedSet<String>,
    /// How many more examples can be tried.
    examples: Cell<usize>,
    /// The budget that all work is charged to.
    work: Budget,
}

impl World<'_> {
    /// Returns the answer to a question; if it was too large, records the question and returns `None`.
    fn answer<T>(&mut self, answer: Answer<T>, question: impl Into<String>) -> Option<T> {
        if answer.is_err() {
            self.unanswered.insert(question.into());
        }
        // This is safe: answers refer only to the nodes of gates, which are kept.
        self.forms.iter_mut().for_each(|form| form.make_room(answer.is_err()));
        answer.ok()
    }

    /// Makes an example of a case of a form.
    fn example(&self, form: usize, cells: &Cells, title: &str, expects: &[Expect]) -> Option<String> {
        self.example_without(form, cells, &[], title, expects)
    }

    /// Makes an example of a case of a form in which some facts are unknown.
    fn example_without(
        &self,
        form: usize,
        cells: &Cells,
        unknown: &[VarId],
        title: &str,
        expects: &[Expect],
    ) -> Option<String> {
        self.examples.set(self.examples.get().checked_sub(1)?);
        example::example(&self.compiled, self.forms.get(form)?, cells, unknown, title, expects, &self.work)
    }

    /// Describes the periods of some forms in words; empty if they are all periods.
    fn days_of(&self, forms: impl IntoIterator<Item = usize>) -> String {
        let mut some: Vec<Period> = Vec::new();
        for form in forms.into_iter().filter_map(|form| self.forms.get(form)) {
            if !some.contains(&form.days) {
                some.push(form.days);
            }
        }
        days::in_words(&some, &self.periods)
    }

    /// Describes the kind of a form's subjects if the policy is about several: ` of the kind person`.
    fn kind_words(&self, kind: Option<KindId>) -> String {
        match kind {
            Some(kind) if self.policy.about.len() > 1 => {
                format!(" of the kind {}", self.policy.vocabulary.kinds[kind].name)
            }
            _ => String::new(),
        }
    }

    /// The name of a rule in a message: its id in backticks, or `phase 2`.
    fn rule_words(&self, rule: RuleId) -> String {
        match &self.policy.rules[rule].body {
            Body::Phase(phase) => format!("phase {}", phase.number),
            _ => format!("`{}`", self.policy.rules[rule].header.id),
        }
    }

    /// The name of a rule in a title, without backticks.
    fn rule_name(&self, rule: RuleId) -> String {
        self.rule_words(rule).replace('`', "")
    }

    fn name(&self, assistance: AssistanceId) -> &str {
        &self.policy.assistance[assistance].name
    }

    /// The names of some types, without those whose parent is included.
    fn names(&self, types: &[AssistanceId]) -> String {
        let is_topmost = |id: &AssistanceId| {
            self.policy.assistance[*id].parent.is_none_or(|parent| !types.contains(&parent))
        };
        let named: Vec<&str> = types.iter().filter(|id| is_topmost(id)).map(|id| self.name(*id)).collect();
        named.join(", ")
    }
}
