//! Examples that differ because a fact is missing, or because one of the policies does not let a statement count.

use super::super::joint::standard_conditions;
use super::super::{Both, Side, Turn};
use super::{TRIES, Turning};
use crate::circuit::Cone;
use crate::compiled::{Compiled, Goal, VariableKind};
use crate::diagram::{Diagram, YES};
use crate::evidence::Provenance;
use crate::id::{FactId, GateId, NodeId, VarId};
use crate::sorted::{SortedMap, SortedSet};
use crate::value::{Grade, Length, TimeUnit};

impl Turning<'_, '_, '_> {
    /// Returns an example that differs because a fact is missing that the policies presume differently, for a condition
    /// that is otherwise the same in both. Also returns whether some such fact could not be tried.
    pub fn presumption_example(&mut self, root: GateId, own: Both<GateId>) -> (Option<Turn>, bool) {
        let presumed: Vec<VarId> = self
            .joint
            .variables
            .iter()
            .filter(|(_, shared)| {
                let [old, new] = Side::BOTH.map(|side| self.presumed(side, *shared.of.of(side)));
                old != new
            })
            .map(|(var, _)| var)
            .collect();
        if presumed.is_empty() {
            return (None, false);
        }
        let not = self.joint.circuit.not(root);
        let masks = self.joint.masks.clone();
        let (mut diagram, nodes) = self.joint.diagrams(&[root, not], &masks);
        let [Some(yes), Some(no)] = nodes.as_slice() else { return (None, true) };
        let support: SortedSet<VarId> = diagram.support(*yes);
        for var in presumed.iter().copied().filter(|var| support.contains(var)) {
            for side in Side::BOTH {
                let Some(presumed) = self.presumed(side, *self.joint.variables[var].of.of(side)) else {
                    continue;
                };
                for node in [*yes, *no] {
                    if let Some(turn) = self.without_fact(&mut diagram, node, var, presumed) {
                        return (Some(turn), false);
                    }
                }
            }
        }
        // Facts of list members are not variables of the circuit, so the effect of their presumptions is not known.
        let unsure = presumed.iter().any(|var| {
            let of = &self.joint.variables[*var].of;
            let rests = Side::BOTH.into_iter().any(|side| {
                let compiled = *self.joint.sides.of(side);
                let fact = of.of(side).map(|var| compiled.variables[var].fact());
                fact.is_some_and(|fact| rests_on(compiled, *own.of(side)).contains(&fact))
            });
            rests && (support.contains(var) || self.is_of_members(*var))
        });
        (None, unsure)
    }

    fn is_of_members(&self, var: VarId) -> bool {
        self.any_side(var)
            .is_some_and(|(compiled, own)| compiled.is_unnamed_member(compiled.variables[own].who()))
    }

    /// Builds a case whose verdict depends on a fact having the presumed value, and leaves the fact out.
    fn without_fact(
        &mut self,
        diagram: &mut Diagram,
        node: NodeId,
        var: VarId,
        presumed: bool,
    ) -> Option<Turn> {
        if node == YES {
            return None;
        }
        let cell = u32::from(presumed);
        // The case must make the condition true if the fact has this value and false if it has the other.
        let so = diagram.restrict(node, var, 1 << cell, true)?;
        let otherwise = diagram.restrict(node, var, 1 << (1 - cell), true)?;
        let depends = diagram.apply(crate::diagram::Op::AndNot, so, otherwise)?;
        let needed = self.cheapest(diagram, depends, true)?;
        let fact = self.joint.variables[var].fact.clone();
        let given = self.given(&needed, &SortedMap::new(), Some(&fact))?;
        self.turn(given, |_| true)
    }

    /// Returns an example that differs because a statement counts under one policy's evidence standard and not under
    /// the other's.
    pub fn standard_example(&mut self, roots: Both<GateId>, agree: GateId) -> Option<Turn> {
        let mut tries = 0;
        let weak = self.weak_provenances();
        for root in [roots.old, roots.new] {
            let not = self.joint.circuit.not(root);
            let gates = [root, not].map(|gate| self.joint.circuit.all([gate, agree]));
            let masks = self.joint.masks.clone();
            let (mut diagram, nodes) = self.joint.diagrams(&gates, &masks);
            for node in nodes.into_iter().flatten() {
                let Some(needed) = self.cheapest(&mut diagram, node, true) else { continue };
                let facts: SortedSet<String> = needed
                    .iter()
                    .map(|(var, _)| self.joint.variables[*var].fact.clone())
                    .filter(|fact| self.standards_differ(fact))
                    .collect();
                for (fact, provenance) in
                    facts.iter().flat_map(|fact| weak.iter().map(move |weak| (fact, weak)))
                {
                    tries += 1;
                    if tries > TRIES {
                        return None;
                    }
                    let from = SortedMap::from([(fact.as_str(), provenance.clone())]);
                    let given = self.given(&needed, &from, None);
                    if let Some(turn) = given.and_then(|given| self.turn(given, |_| true)) {
                        return Some(turn);
                    }
                }
            }
        }
        None
    }

    /// Whether the policies use a fact under different evidence standards.
    fn standards_differ(&self, fact: &str) -> bool {
        let standards = Side::BOTH.map(|side| {
            let compiled = *self.joint.sides.of(side);
            let of = self.joint.variables.iter().filter(|(_, shared)| shared.fact == fact);
            let own = of.filter_map(|(_, shared)| *shared.of.of(side));
            own.map(|var| {
                let standard = compiled.variables[var].standard;
                standard
                    .and_then(|id| compiled.policy.vocabulary.standards.find(id))
                    .map_or_else(String::new, standard_conditions)
            })
            .collect::<SortedSet<_>>()
        });
        let [old, new] = &standards;
        old != new
    }

    /// Provenances that do not meet every evidence standard.
    fn weak_provenances(&self) -> Vec<Provenance> {
        let sound = Provenance {
            attributed: Some("an example".to_owned()),
            grade: Some(Grade { source: 1, information: 1 }),
            date: Some(self.day),
            ..Provenance::default()
        };
        let grades = [2, 3, 4, 5, 6].map(|grade| Some(Grade { source: grade, information: grade }));
        let ago = |count: u32, unit: TimeUnit| Some(self.day.minus(Length { count, unit }));
        let dates = [
            ago(2, TimeUnit::Months),
            ago(7, TimeUnit::Months),
            ago(13, TimeUnit::Months),
            ago(30, TimeUnit::Months),
            ago(10, TimeUnit::Years),
        ];
        let mut weak = vec![
            Provenance { rival: true, ..sound.clone() },
            Provenance { subject: true, ..sound.clone() },
            Provenance { interested: true, ..sound.clone() },
            Provenance { promise: true, ..sound.clone() },
            Provenance { grade: None, ..sound.clone() },
            Provenance { date: None, ..sound.clone() },
        ];
        weak.extend(grades.map(|grade| Provenance { grade, ..sound.clone() }));
        weak.extend(dates.map(|date| Provenance { date, ..sound.clone() }));
        weak
    }
}

/// The facts that a gate of one policy depends on, including those of list members and of entities along a chain of
/// relations.
fn rests_on(compiled: &Compiled, root: GateId) -> SortedSet<FactId> {
    let mut facts = SortedSet::new();
    let mut seen = SortedSet::new();
    let mut unread = vec![root];
    while let Some(gate) = unread.pop() {
        if !seen.insert(gate) {
            continue;
        }
        for var in Cone::of(&compiled.circuit, gate).vars() {
            let variable = &compiled.variables[*var];
            facts.insert(variable.fact());
            match variable.kind {
                VariableKind::Further { which: Some((gate, _)), .. }
                | VariableKind::Beyond { goal: Goal::Meets(gate), .. } => unread.push(gate),
                _ => {}
            }
        }
    }
    facts
}
