//! Trial outcomes: the outcomes if statements counted that a standard left out.

use super::Outcome;
use super::answer::{Answer, answer};
use super::candidate::{AskedOutcome, Candidate};
use super::evaluation::{Evaluation, form};
use crate::circuit::{Budget, Mask, Masks};
use crate::compiled::{Compiled, EntityRef, Forms, cells_left};
use crate::evidence::{Case, Statement, Weighed, claimed, weigh};
use crate::id::{EntityId, FactId, VarId};
use crate::policy::FactType;
use crate::sorted::{SortedMap, SortedSet};

/// The budget of one trial beyond one look at every gate, in units of a [`Budget`].
const EFFORT: u64 = 200_000;

/// The cost of weighing, per statement about the fact, in units of a [`Budget`].
const WEIGHING: u64 = 100;

/// Decides again with left-out statements counting.
pub(super) struct Trial<'h, 'a> {
    forms: &'h Forms,
    evaluation: &'h Evaluation<'a>,
    case: Case<'a>,
    /// What the candidates may change, if they only change what is known of each fact. `None` if they may change which
    /// entities conditions refer to, and so the circuit.
    plain: Option<Plain>,
    /// The possible cells of a variable if these of the statements about its fact count, by their addresses.
    weighed: SortedMap<(VarId, Vec<usize>), Option<Mask>>,
    /// The budget of all trials.
    work: Budget,
    /// The part of the budget that is reserved for reducing the set of all statements if not all sets can be tried.
    kept: u64,
}

/// What candidates may change of the known facts.
struct Plain {
    /// The variables of the facts that candidates are about.
    vars: SortedMap<(EntityId, FactId), Vec<VarId>>,
    /// For each variable, all cells that some candidates can make possible.
    widest: Masks,
    /// For each variable, the cells that no candidates can exclude; `None` if some variable has none.
    least: Option<Masks>,
}

impl<'h, 'a> Trial<'h, 'a> {
    pub fn new(forms: &'h Forms, evaluation: &'h Evaluation<'a>, candidates: &[Candidate<'a>]) -> Self {
        let plain = Plain::of(evaluation, candidates);
        let work = evaluation.budget.share(2);
        let kept = work.left() / 4;
        Trial {
            forms,
            evaluation,
            case: evaluation.case.clone(),
            plain,
            weighed: SortedMap::new(),
            work,
            kept,
        }
    }

    /// Returns whether the budget allows one more set of statements.
    pub fn may_go_on(&self) -> bool {
        self.work.left() > self.kept
    }

    /// Returns whether the budget is spent.
    pub fn is_spent(&self) -> bool {
        self.work.is_spent()
    }

    /// Charges some work to the budget.
    pub fn count(&self, work: u64) {
        self.work.spend(work);
    }

    /// Returns the places of the candidates that may change an outcome, alone or together with others.
    pub fn relevant(
        &self,
        place: usize,
        asked: AskedOutcome,
        candidates: &[Candidate<'a>],
    ) -> SortedSet<usize> {
        let of = candidates.iter().enumerate().filter(|(_, one)| one.may_change.contains(&place));
        let all: SortedSet<usize> = of.map(|(at, _)| at).collect();
        let Some(Plain { vars, widest, least }) = &self.plain else { return all };
        let compiled = &self.evaluation.compiled;
        let by = |masks: &Masks| outcome(compiled, masks, asked, &self.work);
        let is_fixed = match (asked.outcome, least) {
            // The outcome stays the same, whatever the candidates make of the facts.
            (Outcome::Eligible | Outcome::Ineligible, _) => by(widest).0 == asked.outcome,
            // The outcome stays open even if the candidates make all facts as well known as they can.
            (Outcome::Undetermined, Some(least)) => {
                let (outcome, exact) = by(least);
                outcome == Outcome::Undetermined && exact
            }
            (Outcome::Undetermined, None) => false,
        };
        if is_fixed {
            return SortedSet::new();
        }
        let matters = compiled.cone(compiled.types[asked.assistance].root).matters(widest);
        let may = |one: &Candidate<'a>| {
            let vars = vars.get(&(one.entity, one.statement.fact));
            vars.is_some_and(|vars| vars.iter().any(|var| matters.contains(var)))
        };
        all.into_iter().filter(|at| candidates.get(*at).is_some_and(may)).collect()
    }

    /// Returns the outcomes if some statements also count; `None` for an outcome that is not exact.
    pub fn outcomes(&mut self, asked: &[AskedOutcome], counting: &[&Candidate<'a>]) -> Vec<Option<Outcome>> {
        self.case.admitted = counting.iter().map(|one| one.statement.address()).collect();
        match &self.plain {
            Some(plain) => {
                let mut masks = self.evaluation.known.masks.clone();
                self.work.spend(masks.len() as u64);
                let mut by_fact: SortedMap<(EntityId, FactId), Vec<usize>> = SortedMap::new();
                for one in counting {
                    let fact = (one.entity, one.statement.fact);
                    by_fact.entry(fact).or_default().push(one.statement.address());
                }
                for ((entity, fact), statements) in by_fact {
                    for var in plain.vars.get(&(entity, fact)).into_iter().flatten() {
                        let cells = self.weighed.entry((*var, statements.clone())).or_insert_with(|| {
                            let Weighed { counted, left_out, .. } = &*self.evaluation.known.weighed[*var];
                            self.work.spend(WEIGHING * (counted.len() + left_out.len()) as u64);
                            let variable = &self.evaluation.compiled.variables[*var];
                            cells_left(variable, &weigh(&self.case, entity, fact, variable.standard))
                        });
                        if let (Some(mask), Some(cells)) = (masks.find_mut(*var), *cells) {
                            *mask = cells;
                        }
                    }
                }
                outcomes(&self.evaluation.compiled, &masks, asked, &self.work)
            }
            None => {
                let (compiled, known) = form(self.forms, &self.case, &self.work);
                outcomes(&compiled, &known.masks, asked, &self.work)
            }
        }
    }
}

fn outcomes(
    compiled: &Compiled,
    masks: &Masks,
    asked: &[AskedOutcome],
    work: &Budget,
) -> Vec<Option<Outcome>> {
    let each = asked.iter().map(|one| {
        let (outcome, exact) = outcome(compiled, masks, *one, work);
        // A settled outcome may only look open because of the budget.
        (outcome != Outcome::Undetermined || exact || one.outcome == outcome).then_some(outcome)
    });
    each.collect()
}

/// Returns an outcome for given masks, and whether it is exact.
fn outcome(compiled: &Compiled, masks: &Masks, asked: AskedOutcome, work: &Budget) -> (Outcome, bool) {
    let due = &compiled.types[asked.assistance];
    work.spend(compiled.cone(due.root).gates().len() as u64);
    let by = |gate, budget: &Budget| compiled.cone(gate).exact(masks, budget);
    let Answer { outcome, exact, .. } = answer((compiled, masks), by, due, false, &work.part(EFFORT));
    (outcome, exact)
}

impl Plain {
    /// Returns what candidates may change of the known facts, or `None` if they may change the circuit.
    fn of<'a>(evaluation: &Evaluation<'a>, candidates: &[Candidate<'a>]) -> Option<Plain> {
        let compiled = &evaluation.compiled;
        let mut about: SortedMap<(EntityId, FactId), Vec<&Statement>> = SortedMap::new();
        for one in candidates {
            about.entry((one.entity, one.statement.fact)).or_default().push(one.statement);
        }
        let leads =
            |fact: &FactId| matches!(compiled.declared(*fact).r#type, FactType::One(_) | FactType::Many(_));
        if about.keys().any(|(_, fact)| leads(fact)) {
            return None;
        }
        let masks = &evaluation.known.masks;
        let mut plain = Plain { vars: SortedMap::new(), widest: masks.clone(), least: Some(masks.clone()) };
        for (var, variable) in compiled.variables.iter() {
            let EntityRef::Entity(entity) = compiled.entity_refs[variable.who()] else { continue };
            let fact = (entity, variable.fact());
            let Some(statements) = about.get(&fact) else { continue };
            plain.vars.entry(fact).or_default().push(var);
            let (wide, narrow) = bounds(evaluation, var, statements);
            if let Some(mask) = plain.widest.find_mut(var) {
                *mask = wide;
            }
            plain.least = plain.least.filter(|_| narrow != 0);
            if let Some(mask) = plain.least.as_mut().and_then(|least| least.find_mut(var)) {
                *mask = narrow;
            }
        }
        let touched = plain.vars.values().flatten().copied().collect();
        (!compiled.occur_in_member_conditions(&touched)).then_some(plain)
    }
}

/// Returns all cells of a variable that some of the statements can make possible, and the cells that none can exclude.
fn bounds<'a>(evaluation: &Evaluation<'a>, var: VarId, statements: &[&'a Statement]) -> (Mask, Mask) {
    let variable = &evaluation.compiled.variables[var];
    let full = evaluation.compiled.circuit.full(var);
    let known = evaluation.known.masks[var];
    let counted = evaluation.known.weighed[var].counted.iter();
    let mut bounds = (known, known);
    for statement in counted.chain(statements) {
        let weighed: Weighed<'_> = claimed(evaluation.case.vocabulary, statement);
        let mask = cells_left(variable, &weighed).unwrap_or(full);
        bounds = (bounds.0 | mask, bounds.1 & mask);
    }
    bounds
}
