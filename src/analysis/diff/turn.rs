//! Examples: cases that the two policies decide differently. Each is decided on before it is returned.

mod left_out;

use super::joint::{Joint, Shown};
use super::{Both, Side, Turn, TurningRule, of_name};
use crate::analysis::example::{Put, SUBJECT, dossier, sound};
use crate::analysis::translated::translated;
use crate::circuit::{Mask, Masks};
use crate::compiled::{Cells, Compiled, Forms, VariableKind};
use crate::decision::{Outcome, RuleOutcome, RuleStatus, Verdict, decide_within, outcomes_within};
use crate::diagram::Diagram;
use crate::evidence::{About, Dossier, Evidence, Provenance, Statement, print_given};
use crate::id::{AssistanceId, FactId, GateId, NodeId, VarId};
use crate::policy::{Policy, Vocabulary};
use crate::sorted::{SortedMap, SortedSet};
use crate::text::key;
use crate::value::{Date, Ranges, Truth};

/// The number of cases that are tried if an example has to be searched for.
const TRIES: usize = 40;

/// The cost of including something in an example: a fact; an entity that a relation leads to, or a member of a list.
const FACT: u64 = 10;
const SOMEBODY: u64 = 25;

/// The search for examples for one type of assistance on one day.
pub(super) struct Turning<'t, 'c, 'p> {
    pub joint: &'t mut Joint<'c>,
    /// The type of assistance.
    pub name: &'t str,
    pub day: Date,
    /// The policies with their compiled forms.
    pub forms: Both<&'p Forms>,
}

/// Variables of the shared circuit, each with the cells it is restricted to.
type Assigned = Vec<(VarId, Mask)>;

/// The cost of putting each variable into each of its cells; `None` for a cell that cannot be chosen.
struct Costs(SortedMap<VarId, Vec<Option<u64>>>);

impl Costs {
    fn of(&self, var: VarId, cell: u32) -> Option<u64> {
        self.0.get(&var)?.get(cell as usize).copied().flatten()
    }
}

impl Turning<'_, '_, '_> {
    /// Returns a smallest case for which `node` is true, if its verdicts are those wanted.
    pub fn example(&mut self, diagram: &mut Diagram, node: NodeId, wanted: Both<Outcome>) -> Option<Turn> {
        // First with as few other entities as possible; if that gives no example, without any.
        for with_people in [true, false] {
            let Some(needed) = self.cheapest(diagram, node, with_people) else { continue };
            let given = self.given(&needed, &SortedMap::new(), None)?;
            if let Some(turn) = self.turn(given, |found| *found == wanted) {
                return Some(turn);
            }
        }
        None
    }

    /// Returns a case in which all gates are true, if its verdicts are those wanted. The gates are fixed one after the
    /// other, for conditions that are too large for one diagram; there is no backtracking.
    pub fn example_step_by_step(&self, gates: &[GateId], wanted: Both<Outcome>) -> Option<Turn> {
        let costs = self.costs(true);
        let mut masks = self.joint.masks.clone();
        let mut assigned: SortedMap<VarId, Mask> = SortedMap::new();
        for gate in gates {
            let (diagram, nodes) = self.joint.diagrams(std::slice::from_ref(gate), &masks);
            // A variable that is fixed already costs nothing.
            let cost = |var: VarId, cell: u32| match assigned.contains_key(&var) {
                true => Some(0),
                false => costs.of(var, cell),
            };
            let path = diagram.path(nodes.first().copied().flatten()?, true, cost)?;
            for (var, cells) in path.cells {
                let mask = masks.find_mut(var)?;
                *mask &= cells;
                assigned.insert(var, *mask);
            }
        }
        let given = self.given(&assigned.into_iter().collect(), &SortedMap::new(), None)?;
        self.turn(given, |found| *found == wanted)
    }

    /// Returns a smallest case for which `node` is true, as the lines of a scenario.
    pub fn case(&self, diagram: &mut Diagram, node: NodeId) -> Option<Both<Vec<String>>> {
        let needed = self.cheapest(diagram, node, true)?;
        let given = self.given(&needed, &SortedMap::new(), None)?;
        let given = self.alike(&given).unwrap_or(given);
        let mut lines = Both::<Vec<String>>::default();
        for side in Side::BOTH {
            *lines.of_mut(side) = self.scenario_lines(side, given.of(side))?;
        }
        Some(lines)
    }

    /// The assignments that make `node` true with the fewest statements, of other entities only if `with_people`.
    fn cheapest(&self, diagram: &mut Diagram, node: NodeId, with_people: bool) -> Option<Assigned> {
        let costs = self.costs(with_people);
        let path = diagram.path(node, true, |var, cell| costs.of(var, cell))?;
        Some(self.needed(diagram, node, path.cells))
    }

    /// The costs of an example. A value that both policies presume costs nothing.
    fn costs(&self, with_people: bool) -> Costs {
        let mut costs = SortedMap::new();
        for (var, shared) in self.joint.variables.iter() {
            let presumed = Side::BOTH.map(|side| self.presumed(side, *shared.of.of(side)));
            let cells = match &shared.cells {
                Shown::YesNo | Shown::Within(_) => 2,
                Shown::Starts(starts) => starts.len(),
                Shown::Named(names) => names.len(),
                Shown::Counts(count) => *count as usize,
            };
            let is_relation = self
                .any_side(var)
                .is_some_and(|(compiled, own)| matches!(compiled.variables[own].cells, Cells::Targets(_)));
            let cost = |at: usize| match &shared.cells {
                Shown::YesNo if presumed == [Some(at == 1), Some(at == 1)] => Some(0),
                Shown::Named(names)
                    if is_relation && names.get(at).is_some_and(|name| name.starts_with("a ")) =>
                {
                    with_people.then_some(SOMEBODY)
                }
                Shown::Counts(_) if at > 0 => with_people
                    .then(|| FACT + SOMEBODY * u64::try_from(at).unwrap_or(u64::MAX / SOMEBODY / 2)),
                _ => Some(FACT),
            };
            costs.insert(var, (0..cells).map(cost).collect());
        }
        Costs(costs)
    }

    /// The presumption of a policy for a yes-or-no fact.
    fn presumed(&self, side: Side, var: Option<VarId>) -> Option<bool> {
        let compiled = *self.joint.sides.of(side);
        let variable = &compiled.variables[var?];
        match variable.kind {
            VariableKind::Fact { fact, .. } => self.vocabulary(side).facts.find(fact)?.presumed,
            _ => None,
        }
    }

    fn any_side(&self, var: VarId) -> Option<(&Compiled, VarId)> {
        let shared = &self.joint.variables[var];
        Side::BOTH.into_iter().find_map(|side| Some((*self.joint.sides.of(side), (*shared.of.of(side))?)))
    }

    /// Drops the assignments that `node` does not need to be true; those at the end are tried first.
    fn needed(&self, diagram: &mut Diagram, node: NodeId, path: Assigned) -> Assigned {
        let mut masks: Masks = self.joint.masks.clone();
        for (var, cells) in &path {
            if let Some(mask) = masks.find_mut(*var) {
                *mask &= cells;
            }
        }
        let mut kept = path.clone();
        let nodes = 4 * diagram.size(node) as u64;
        let work = self.joint.work.share(4);
        let mut dropped = SortedSet::new();
        for (var, _) in path.into_iter().rev() {
            // If the budget is used up, the example may contain more than it needs.
            if !work.spend(nodes) {
                break;
            }
            let (Some(full), Some(mask)) = (self.joint.masks.find(var).copied(), masks.find_mut(var)) else {
                continue;
            };
            let before = std::mem::replace(mask, full);
            if diagram.truth(node, &masks) == Truth::Yes {
                dropped.insert(var);
            } else if let Some(mask) = masks.find_mut(var) {
                *mask = before;
            }
        }
        kept.retain(|(var, _)| !dropped.contains(var));
        kept
    }

    /// Builds a case for both policies, in the terms of each. `from` gives the provenance of the statements of some
    /// facts; `omitted` is a fact to leave out.
    fn given(
        &self,
        assigned: &Assigned,
        from: &SortedMap<&str, Provenance>,
        omitted: Option<&str>,
    ) -> Option<Both<Dossier>> {
        // A fact that is used under several evidence standards gets one statement.
        let mut by_fact: SortedMap<&str, Vec<(VarId, Mask)>> = SortedMap::new();
        for (var, cells) in assigned {
            let fact = self.joint.variables[*var].fact.as_str();
            by_fact.entry(fact).or_default().push((*var, *cells));
        }
        let mut dossiers = [None, None];
        for (side, made) in Side::BOTH.into_iter().zip(&mut dossiers) {
            let compiled = *self.joint.sides.of(side);
            let mut puts = Vec::new();
            for (fact, entries) in &by_fact {
                if Some(*fact) == omitted {
                    continue;
                }
                let cells = entries.iter().fold(Mask::MAX, |all, (_, cells)| all & cells);
                let of = self.of_fact(side, fact);
                let (Some((first, _)), Some(own)) = (entries.first(), of) else { continue };
                if cells == 0 {
                    return None;
                }
                // A value that both policies presume needs no statement.
                let presumed = Side::BOTH.map(|side| self.presumed(side, self.of_fact(side, fact)));
                if presumed[0].is_some()
                    && presumed[0] == presumed[1]
                    && cells == 1 << u32::from(presumed[0] == Some(true))
                {
                    continue;
                }
                let shown = &self.joint.variables[*first].cells;
                let provenance = match from.get(fact) {
                    Some(provenance) => provenance.clone(),
                    None => self.sound(fact),
                };
                puts.push(Put {
                    var: own,
                    cells: self.own_cells(side, own, shown, cells),
                    ranges: ranges(shown, cells, &compiled.variables[own].cells),
                    provenance,
                });
            }
            // State the facts of members in full: the other policy may presume something else.
            *made = dossier(compiled, &puts, self.day, &|_, _| false);
        }
        let [old, new] = dossiers;
        Some(Both { old: old?, new: new? })
    }

    /// A variable of a policy that stands for a fact.
    fn of_fact(&self, side: Side, fact: &str) -> Option<VarId> {
        self.joint.of_fact(side, fact)
    }

    /// The cells of a policy's own variable that overlap with cells of the shared variable.
    fn own_cells(&self, side: Side, own: VarId, shown: &Shown, cells: Mask) -> Mask {
        let owns = self.joint.shown(side, own);
        let inside = (0..owns.count()).filter(|at| shown.cells_of(&owns, *at) & cells != 0);
        inside.fold(0, |mask, at| mask | 1 << at)
    }

    /// A provenance that meets every evidence standard under which either policy uses a fact.
    fn sound(&self, fact: &str) -> Provenance {
        let mut provenance = Provenance::default();
        for side in Side::BOTH {
            let compiled = *self.joint.sides.of(side);
            if let Some(var) = self.of_fact(side, fact) {
                let own = sound(compiled, compiled.variables[var].fact());
                provenance = Provenance {
                    grade: provenance.grade.or(own.grade),
                    date: provenance.date.or(own.date.map(|_| self.day)),
                    attributed: provenance.attributed.or(own.attributed),
                    ..Provenance::default()
                };
            }
        }
        provenance
    }

    /// Decides on a case under both policies and returns it if the verdicts are those wanted. If each policy can
    /// express what the other's case contains, both cases are made the same.
    fn turn(&self, given: Both<Dossier>, wanted: impl Fn(&Both<Outcome>) -> bool) -> Option<Turn> {
        if self.is_one_case(&given) {
            let case = self.alike(&given).unwrap_or(given);
            return self.turn_by(case, &wanted);
        }
        // One policy constrains a list less than the other and would get other members: use the case of one policy for
        // both.
        Side::BOTH.into_iter().find_map(|side| self.turn_by(self.case_for_both(&given, side)?, &wanted))
    }

    /// Uses the case of one policy for both, if the other policy can express it.
    fn case_for_both(&self, given: &Both<Dossier>, side: Side) -> Option<Both<Dossier>> {
        let other = translated(given.of(side), self.vocabulary(side), self.vocabulary(side.other()))?;
        let mut both = given.clone();
        *both.of_mut(side.other()) = other;
        Some(both)
    }

    /// Whether the two cases do not contradict each other.
    fn is_one_case(&self, given: &Both<Dossier>) -> bool {
        let Some(new) = translated(&given.new, self.vocabulary(Side::New), self.vocabulary(Side::Old)) else {
            return true;
        };
        let mut by_fact: SortedMap<(&About, FactId), Vec<&Statement>> = SortedMap::new();
        for other in &new.statements {
            by_fact.entry((&other.about, other.fact)).or_default().push(other);
        }
        given.old.statements.iter().all(|one| {
            let others = by_fact.get(&(&one.about, one.fact));
            others.into_iter().flatten().all(|other| one.claim == other.claim)
        })
    }

    /// Merges both cases into one, in the terms of each policy, if each can express what the other's case contains.
    fn alike(&self, given: &Both<Dossier>) -> Option<Both<Dossier>> {
        let mut alike = given.clone();
        for side in Side::BOTH {
            let other =
                translated(given.of(side.other()), self.vocabulary(side.other()), self.vocabulary(side))?;
            let own = alike.of_mut(side);
            let known: SortedSet<(&About, FactId)> =
                own.statements.iter().map(|known| (&known.about, known.fact)).collect();
            let new = |statement: &Statement| !known.contains(&(&statement.about, statement.fact));
            let more: Vec<Statement> = other.statements.into_iter().filter(new).collect();
            own.statements.extend(more);
            let known: SortedSet<String> = own.members.iter().map(|member| member.id.clone()).collect();
            own.members.extend(other.members.into_iter().filter(|member| !known.contains(&member.id)));
            own.statements.sort_by_key(|statement| {
                (matches!(statement.about, About::Member(_)), crate::id::Id::place(statement.fact))
            });
        }
        Some(alike)
    }

    fn turn_by(&self, given: Both<Dossier>, wanted: &impl Fn(&Both<Outcome>) -> bool) -> Option<Turn> {
        let mut lines = Both::<Vec<String>>::default();
        let mut all = Both::<Vec<(String, Outcome)>>::default();
        let mut found = Vec::new();
        for side in Side::BOTH {
            let (forms, dossier) = (*self.forms.of(side), given.of(side));
            let policy = forms.policy();
            *lines.of_mut(side) = self.scenario_lines(side, dossier)?;
            let evidence = Evidence { dossiers: vec![dossier.clone()].into() };
            let answers = outcomes_within(forms, &evidence, SUBJECT, self.day, &self.joint.work).ok()?;
            let named = answers
                .into_iter()
                .map(|(id, outcome, _)| (key(&policy.assistance[id].name).into_owned(), outcome));
            *all.of_mut(side) = named.collect();
            let of = of_name(policy, self.name)?;
            found.push(all.of(side).get(crate::id::Id::place(of)).map(|(_, outcome)| *outcome)?);
        }
        let outcomes = Both { old: *found.first()?, new: *found.get(1)? };
        if outcomes.old == outcomes.new || !wanted(&outcomes) {
            return None;
        }
        let own = key(self.name).into_owned();
        let also = all.old.iter().filter(|(name, _)| *name != own).filter(|(name, outcome)| {
            *outcome == outcomes.old
                && all.new.iter().any(|(other, new)| other == name && *new == outcomes.new)
        });
        let kind = self.vocabulary(Side::Old).kinds[given.old.kind].name.clone();
        let others = also.map(|(name, _)| name.clone());
        let assistance = [own.clone()].into_iter().chain(others).collect();
        let rules = self.rules(&given)?;
        Some(Turn { kind, assistance, as_of: self.day, outcomes, given: lines, rules })
    }

    /// The rules that decide one of the verdicts on a case and come out differently in the other policy.
    fn rules(&self, given: &Both<Dossier>) -> Option<Vec<TurningRule>> {
        let mut decisions = Vec::new();
        for side in Side::BOTH {
            let forms = *self.forms.of(side);
            let policy = forms.policy();
            let types: Vec<AssistanceId> = of_name(policy, self.name).into_iter().collect();
            let evidence = Evidence { dossiers: vec![given.of(side).clone()].into() };
            let brief = (true, &self.joint.work);
            let decision = decide_within(forms, &evidence, SUBJECT, self.day, Some(&types), brief).ok()?;
            let statuses =
                decision.verdicts.first().map(|verdict| (verdict.outcome, statuses(policy, verdict)));
            decisions.push(statuses?);
        }
        let [old, new] = <[_; 2]>::try_from(decisions).ok()?;
        Some(turning(&Both { old, new }))
    }

    fn vocabulary(&self, side: Side) -> &Vocabulary {
        &self.forms.of(side).policy().vocabulary
    }

    /// Writes a dossier as the lines of a scenario below `given`.
    fn scenario_lines(&self, side: Side, dossier: &Dossier) -> Option<Vec<String>> {
        let given = print_given(dossier, self.vocabulary(side)).ok()?;
        Some(given.lines().filter(|line| *line != "  given").map(str::to_owned).collect())
    }
}

/// A verdict, with the id, title and status of each rule.
pub(super) type Statuses = (Outcome, Vec<(String, String, RuleStatus)>);

/// The id, title and status of each rule of a verdict.
pub(super) fn statuses(policy: &Policy, verdict: &Verdict<'_>) -> Vec<(String, String, RuleStatus)> {
    let named = |outcome: &RuleOutcome| {
        let rule = &policy.rules[outcome.rule];
        (rule.header.id.clone(), rule.header.title.clone(), outcome.status)
    };
    verdict.rules.iter().map(named).collect()
}

/// The rules that decide one of two verdicts and come out differently in the other policy.
pub(super) fn turning(both: &Both<Statuses>) -> Vec<TurningRule> {
    let mut turning = Vec::new();
    for side in Side::BOTH {
        let (outcome, here) = both.of(side);
        let decisive = match outcome {
            Outcome::Eligible => continue,
            Outcome::Ineligible => RuleStatus::Failed,
            Outcome::Undetermined => RuleStatus::Open,
        };
        let (_, others) = both.of(side.other());
        for (id, title, _) in here.iter().filter(|(.., status)| *status == decisive) {
            let there = others.iter().find(|(other, ..)| other == id).map(|(.., there)| *there);
            if there != Some(decisive) {
                let (id, title, fails) = (id.clone(), title.clone(), decisive == RuleStatus::Failed);
                turning.push(TurningRule { side, id, title, fails, there });
            }
        }
    }
    turning
}

/// The value to state for a number or date: the first run of adjacent cells.
fn ranges(shown: &Shown, cells: Mask, own: &Cells) -> Option<Ranges> {
    let Shown::Starts(starts) = shown else { return None };
    if !matches!(own, Cells::Numbers(_) | Cells::Dates(_)) {
        return None;
    }
    let first = cells.trailing_zeros();
    let run = (cells >> first).trailing_ones();
    let low = *starts.get(first as usize)?;
    let high = starts.get((first + run) as usize).map_or(i64::MAX, |next| next.saturating_sub(1));
    Some(Ranges::between(low, high))
}
