//! Rulings: verdicts with reasons for many subjects, as ids. Sentences can be made from them but are not made here.
//!
//! The policy is compiled into one program for all outcomes and statuses, and into a small program for each rule. The
//! small programs are used to find the smallest sufficient sets of facts.

mod trial;

use super::reason::{Gravity, MOST, MOST_IN_ALL, gravity, smallest, tied};
use super::{Outcome, RuleStatus};
use crate::batch::{MOST_NODES, Program, Row};
use crate::circuit::{Mask, Masks};
use crate::compiled::{Compiled, Part, RuleGates};
use crate::id::{AssistanceId, GateId, RuleId, Table, VarId, WaiverId};
use crate::policy::Body;
use crate::value::Truth;
use std::collections::{BTreeMap, BTreeSet};
use trial::Trial;

/// A verdict on one type of assistance, by ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// The outcome.
    pub outcome: Outcome,
    /// The rules that apply to the type, in the order of the policy, each with its status and the waivers that lift it.
    pub rules: Vec<(RuleId, RuleStatus, Vec<WaiverId>)>,
    /// Sets of facts that force the outcome, the shortest first; empty if it is undetermined. If it is ineligible, each
    /// set forces one failed rule, and can have more facts than [`decide`](super::decide) needs.
    pub reasons: Vec<Vec<VarId>>,
}

/// A compiled policy that is prepared for rulings.
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
/// #   headcount : number of fighters
/// #
/// # requirement neutrality "Neutral"
/// #   needs the group is neutral
/// #
/// # requirement size "A size that matters"
/// #   needs the group's headcount is at least 50
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// # let day = placet::value::Date::parse("2016-02-15").ok_or("no day")?;
/// use placet::{compiled::compile, decision::{Outcome, Rulings}, wire::record::Keys};
///
/// // requirement neutrality "Neutral"
/// //   needs the group is neutral
/// //
/// // requirement size "A size that matters"
/// //   needs the group's headcount is at least 50
/// let compiled = compile(&policy, policy.about[0], day);
/// let keys = Keys::of(&compiled);
/// let mut rulings = Rulings::of(&compiled);
/// let mut facts = rulings.nothing_said().clone();
/// let text = r#"{"id": "militia", "is neutral": false, "headcount": 120}"#;
/// assert!(keys.records().read(text, |var, cells| facts.say(var, cells)).is_some());
///
/// let training = policy.assistance.ids().next().ok_or("no type")?;
/// let ruling = rulings.on(&facts, training);
/// assert_eq!(ruling.outcome, Outcome::Ineligible);
/// let why = ruling.reasons[0][0];
/// assert_eq!(compiled.sentence(why, facts.masks[why]), "the group is not neutral");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Rulings<'c, 'p> {
    compiled: &'c Compiled<'p>,
    nothing_said: Facts,
    /// One program for the outcomes and statuses, a row for it, and its results.
    whole: Program,
    row: Row,
    answers: Vec<Truth>,
    types: Table<AssistanceId, TypeAsked>,
    /// The gates for which reasons are needed.
    trials: Vec<Trial>,
}

/// What is known of one subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The possible cells of each variable.
    pub masks: Masks,
    /// Whether each variable has been set by [`Facts::say`].
    pub said: Table<VarId, bool>,
}

impl Facts {
    /// Sets the possible cells of a variable.
    pub fn say(&mut self, var: VarId, possible: Mask) {
        if let (Some(mask), Some(said)) = (self.masks.find_mut(var), self.said.find_mut(var)) {
            (*mask, *said) = (possible, true);
        }
    }
}

/// The places of the results for a type of assistance.
#[derive(Debug)]
struct TypeAsked {
    root: Asked,
    rules: Vec<RuleAsked>,
}

/// The places of the results for a rule.
#[derive(Debug)]
struct RuleAsked {
    rule: RuleId,
    met: Asked,
    /// `None` if the rule is about another kind of subject.
    by_itself: Option<usize>,
    when: Option<usize>,
    is_bar: bool,
    lifting: Vec<(WaiverId, usize)>,
}

/// The place of the result of a gate, and the place of the trial for its reasons.
#[derive(Clone, Copy, Debug)]
struct Asked {
    answer: usize,
    trial: usize,
}

impl<'c, 'p> Rulings<'c, 'p> {
    /// Prepares a compiled policy.
    pub fn of(compiled: &'c Compiled<'p>) -> Rulings<'c, 'p> {
        let mut roots: BTreeMap<GateId, usize> = BTreeMap::new();
        let mut order: Vec<GateId> = Vec::new();
        let mut answer = |gate: GateId| {
            *roots.entry(gate).or_insert_with(|| {
                order.push(gate);
                order.len() - 1
            })
        };
        let mut tried: BTreeMap<GateId, usize> = BTreeMap::new();
        let mut trials = Vec::new();
        let mut asked = |gate: GateId, answer: usize| {
            let trial = *tried.entry(gate).or_insert_with(|| {
                trials.push(Trial::of(compiled, gate));
                trials.len() - 1
            });
            Asked { answer, trial }
        };
        let mut types = Table::new();
        for (assistance, due) in compiled.types.iter() {
            let mut rules = Vec::new();
            for (rule, met) in &due.rules {
                let gates = compiled.rules.get(rule).filter(|gates| gates.applies);
                let when = |gates: &RuleGates| {
                    gates.parts.iter().find(|(part, _)| *part == Part::When).map(|(_, gate)| *gate)
                };
                let lifting = compiled.lifting(*rule, assistance);
                rules.push(RuleAsked {
                    rule: *rule,
                    met: asked(*met, answer(*met)),
                    by_itself: gates.map(|gates| answer(gates.met)),
                    when: gates.and_then(when).map(&mut answer),
                    is_bar: matches!(compiled.policy.rules[*rule].body, Body::Bar { .. }),
                    lifting: lifting.into_iter().map(|(waiver, gate)| (waiver, answer(gate))).collect(),
                });
            }
            types.push(TypeAsked { root: asked(due.root, answer(due.root)), rules });
        }
        let anything = compiled.circuit.anything();
        let whole = Program::compile(&compiled.circuit, &order, &anything, &BTreeSet::new(), MOST_NODES);
        let nothing_said = Facts {
            masks: compiled.variables.iter().map(|(_, variable)| variable.unsaid).collect(),
            said: compiled.variables.iter().map(|_| false).collect(),
        };
        let row = whole.row();
        Rulings { compiled, nothing_said, whole, row, answers: Vec::new(), types, trials }
    }

    /// Returns what is known without any statement.
    pub fn nothing_said(&self) -> &Facts {
        &self.nothing_said
    }

    /// Returns the verdict on one type of assistance.
    pub fn on(&mut self, facts: &Facts, assistance: AssistanceId) -> Ruling {
        for (var, mask) in facts.masks.iter() {
            self.whole.say(&mut self.row, var, *mask);
        }
        self.answers.clear();
        self.answers.extend(self.whole.answers(&mut self.row));
        let asked = &self.types[assistance];
        let outcome = Outcome::from(answer(&self.answers, asked.root.answer));
        let rules = asked.rules.iter().map(|rule| rule.outcome(&self.answers)).collect();
        let reasons = match outcome {
            Outcome::Undetermined => Vec::new(),
            Outcome::Eligible => eligible(&mut self.trials, &asked.rules, facts),
            Outcome::Ineligible => ineligible(&mut self.trials, asked, &self.answers, facts, self.compiled),
        };
        let mut seen = BTreeSet::new();
        let mut reasons: Vec<Vec<VarId>> = reasons;
        reasons.retain(|reason| !reason.is_empty() && seen.insert(reason.clone()));
        // The sort is stable: among reasons of equal length, those of graver rules stay first.
        reasons.sort_by_key(Vec::len);
        reasons.truncate(MOST_IN_ALL);
        Ruling { outcome, rules, reasons }
    }
}

fn answer(answers: &[Truth], place: usize) -> Truth {
    answers.get(place).copied().unwrap_or(Truth::Open)
}

impl RuleAsked {
    fn outcome(&self, answers: &[Truth]) -> (RuleId, RuleStatus, Vec<WaiverId>) {
        let Some(by_itself) = self.by_itself else {
            return (self.rule, RuleStatus::NotApplicable, Vec::new());
        };
        let mut lifted_by = Vec::new();
        if answer(answers, by_itself) != Truth::Yes {
            let lifts = self.lifting.iter().filter(|(_, gate)| answer(answers, *gate) == Truth::Yes);
            lifted_by.extend(lifts.map(|(waiver, _)| *waiver));
        }
        let is_idle = self.when.is_some_and(|when| answer(answers, when) == Truth::No) && !self.is_bar;
        let status = match answer(answers, self.met.answer) {
            _ if is_idle => RuleStatus::NotApplicable,
            Truth::Yes if !lifted_by.is_empty() => RuleStatus::Lifted,
            Truth::Yes => RuleStatus::Met,
            Truth::No => RuleStatus::Failed,
            Truth::Open => RuleStatus::Open,
        };
        (self.rule, status, lifted_by)
    }
}

/// Returns the reasons for an eligible outcome, in which every rule is met; see [`reason`](super::reason).
fn eligible(trials: &mut [Trial], rules: &[RuleAsked], facts: &Facts) -> Vec<Vec<VarId>> {
    let mut core: Vec<VarId> = Vec::new();
    let mut known: Vec<(usize, Vec<usize>)> = Vec::with_capacity(rules.len());
    for rule in rules {
        let Some(trial) = trials.get_mut(rule.met.trial) else { continue };
        trial.presume(facts);
        let places = trial.known(facts);
        let needed = trial.core(&places, Truth::Yes, facts);
        core.extend(needed.iter().filter_map(|place| Some(trial.vars.get(*place)?.0)));
        known.push((rule.met.trial, places));
    }
    core.sort_unstable();
    core.dedup();
    let mut unforced: Vec<(usize, BTreeSet<VarId>)> = Vec::new();
    for (at, places) in known {
        let Some(trial) = trials.get_mut(at) else { continue };
        if !trial.forced(core.iter().copied(), Truth::Yes, facts) {
            let vars = places.iter().filter_map(|place| Some(trial.vars.get(*place)?.0));
            unforced.push((at, vars.filter(|var| core.binary_search(var).is_err()).collect()));
        }
    }
    let mut reasons = vec![core.clone()];
    for (at, candidates) in tied(unforced) {
        let candidates: Vec<VarId> = candidates.into_iter().collect();
        let (found, _) = smallest(candidates.len(), |places| {
            let set = places.iter().filter_map(|place| candidates.get(*place)).chain(&core).copied();
            at.iter().all(|at| {
                trials.get_mut(*at).is_some_and(|trial| trial.forced(set.clone(), Truth::Yes, facts))
            })
        });
        reasons = reasons
            .iter()
            .flat_map(|one| {
                found.iter().map(|places| {
                    let others = places.iter().filter_map(|place| candidates.get(*place));
                    one.iter().chain(others).copied().collect()
                })
            })
            .collect();
        reasons.sort_by_key(Vec::len);
        reasons.truncate(MOST);
    }
    for reason in &mut reasons {
        reason.sort_unstable();
    }
    reasons
}

/// Returns the reasons for an ineligible outcome: those of each failed rule, or of all rules together if none fails by
/// itself.
fn ineligible(
    trials: &mut [Trial],
    asked: &TypeAsked,
    answers: &[Truth],
    facts: &Facts,
    compiled: &Compiled<'_>,
) -> Vec<Vec<VarId>> {
    let failed = asked.rules.iter().filter(|rule| answer(answers, rule.met.answer) == Truth::No);
    let mut of: Vec<(Option<RuleId>, usize)> = failed.map(|rule| (Some(rule.rule), rule.met.trial)).collect();
    if of.is_empty() {
        of.push((None, asked.root.trial));
    }
    let mut ranked: Vec<(Gravity, Vec<VarId>)> = Vec::new();
    for (rule, trial) in of {
        let Some(trial) = trials.get_mut(trial) else { continue };
        for reason in trial.smallest(facts) {
            ranked.push((gravity(compiled, rule, &reason), reason));
        }
    }
    ranked.sort();
    ranked.into_iter().map(|(_, reason)| reason).collect()
}

#[cfg(test)]
mod tests {
    use super::{Ruling, Rulings, VarId};
    use crate::compiled::{Known, compile};
    use crate::decision::tests::{day, load};
    use crate::decision::{Decision, Finding, Verdict, decide};
    use crate::evidence::{Status, case};
    use crate::policy::Policy;
    use proptest::prelude::*;

    const POLICY: &str = r#"
policy "Support"
  id support
  version 1
  about group

assistance support
  assistance training
  assistance equipment

kind group
  accepts the unity government : yes or no
  obeys orders : yes or no
  is neutral : yes or no
  is hostile : yes or no
    presumed no
  headcount : number of fighters
  home region : one of west, east, south
  has a code of conduct : yes or no
  reports incidents : yes or no
  admits monitors : yes or no

requirement acceptance "Accepts"
  needs the group accepts the unity government or the group's home region is west

requirement one-faction "Neutral"
  for training
  when the group obeys orders
  needs the group is neutral
  unless the group's headcount is at most 20

requirement size "Size"
  needs any of
    - the group's headcount is between 50 and 500
    - all of
        - the group obeys orders
        - the group's home region is not south

requirement steps "Steps"
  needs at least 2 of
    - the group has a code of conduct
    - the group reports incidents
    - the group admits monitors

bar hostile "Hostile"
  when the group is hostile

bar mixed "Mixed", absolute
  for equipment
  when the group is neutral and obeys orders
  unless the group admits monitors

waiver chief "Waiver"
  lifts one-faction, hostile
  when the group reports incidents
  granted by "Chief"
"#;

    const SAID: [(&str, &[&str]); 9] = [
        ("it accepts the unity government", &["it does not accept the unity government"]),
        ("it obeys orders", &["it does not obey orders"]),
        ("it is neutral", &["it is not neutral"]),
        ("it is hostile", &["it is not hostile"]),
        ("its headcount is 100", &["its headcount is at least 30", "its headcount is 10"]),
        ("its home region is west", &["its home region is south", "its home region is not east"]),
        ("it has a code of conduct", &["it does not have a code of conduct"]),
        ("it reports incidents", &["it does not report incidents"]),
        ("it admits monitors", &["it does not admit monitors"]),
    ];

    /// Returns the phrases of the facts in the reasons of a ruling.
    fn told(ruling: &Ruling, rulings: &Rulings<'_, '_>) -> Vec<Vec<String>> {
        let compiled = rulings.compiled;
        let phrase = |var: &VarId| compiled.declared(compiled.variables[*var].fact()).phrase.clone();
        ruling.reasons.iter().map(|reason| reason.iter().map(phrase).collect()).collect()
    }

    fn reasons(verdict: &Verdict<'_>) -> Vec<Vec<String>> {
        let phrases =
            |reason: &Vec<Finding<'_>>| reason.iter().map(|finding| finding.fact.phrase.clone()).collect();
        verdict.reasons.iter().map(phrases).collect()
    }

    fn decided<'a>(policy: &'a Policy, evidence: &'a crate::evidence::Evidence) -> Decision<'a> {
        decide(policy, evidence, "unit", day("2016-02-15"), None).unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        #[test]
        fn a_ruling_is_what_is_decided(said in prop::collection::vec(0..4_usize, SAID.len())) {
            let lines = said.iter().zip(SAID).filter_map(|(said, (first, others))| match said {
                0 => None,
                1 => Some(first),
                more => Some(others[(more - 2) % others.len()]),
            });
            let lines: Vec<String> = lines.map(|line| format!("  - {line}")).collect();
            let dossier = format!("dossier unit\n  about group\n{}\n", lines.join("\n"));
            let (policy, evidence) = load(&format!("{POLICY}\n{dossier}"));
            let compiled = compile(&policy, policy.about[0], day("2016-02-15"));
            let case = case(&policy.vocabulary, &evidence, "unit", day("2016-02-15")).unwrap();
            let known = Known::of(&compiled, &case).unwrap();
            let mut rulings = Rulings::of(&compiled);
            let mut facts = rulings.nothing_said().clone();
            for (var, status) in known.status.iter() {
                if !matches!(status, Status::Unknown | Status::Presumed) {
                    facts.say(var, known.masks[var]);
                }
            }
            let decision = decided(&policy, &evidence);
            for verdict in &decision.verdicts {
                let ruling = rulings.on(&facts, verdict.assistance);
                prop_assert_eq!(ruling.outcome, verdict.outcome, "{}", dossier);
                let rules: Vec<_> =
                    verdict.rules.iter().map(|rule| (rule.rule, rule.status, rule.lifted_by.clone())).collect();
                prop_assert_eq!(&ruling.rules, &rules, "{}", dossier);
                let of_verdict = reasons(verdict);
                for of_rule in told(&ruling, &rulings) {
                    let within = |one: &Vec<String>| one.iter().all(|fact| of_rule.contains(fact));
                    prop_assert!(of_verdict.iter().any(within), "{:?} in {}", of_rule, dossier);
                }
            }
        }
    }
}
