//! Trials of which known facts force the value of a gate.

use super::Facts;
use crate::batch::{MOST_NODES, Program, Row};
use crate::circuit::{Cone, Mask};
use crate::compiled::Compiled;
use crate::decision::reason::smallest;
use crate::id::{GateId, VarId};
use crate::value::Truth;
use std::collections::BTreeSet;

/// A gate with a program of its own.
#[derive(Debug)]
pub(super) struct Trial {
    program: Program,
    /// The variables of the gate, each with all of its cells.
    pub vars: Vec<(VarId, Mask)>,
    nothing: Row,
    /// A row with the presumptions, and a row for trying sets.
    given: Row,
    row: Row,
}

impl Trial {
    /// Prepares a gate of a policy.
    pub fn of(compiled: &Compiled<'_>, gate: GateId) -> Trial {
        let anything = compiled.circuit.anything();
        let program = Program::compile(&compiled.circuit, &[gate], &anything, &BTreeSet::new(), MOST_NODES);
        let cone = Cone::of(&compiled.circuit, gate);
        let mut vars: Vec<(VarId, Mask)> =
            cone.vars().iter().map(|var| (*var, compiled.circuit.full(*var))).collect();
        vars.sort_unstable();
        let nothing = program.row();
        Trial { program, vars, given: nothing.clone(), row: nothing.clone(), nothing }
    }

    /// Takes the presumptions as given.
    pub fn presume(&mut self, facts: &Facts) {
        self.given.clone_from(&self.nothing);
        for (var, _) in &self.vars {
            if !facts.said[*var] {
                self.program.say(&mut self.given, *var, facts.masks[*var]);
            }
        }
    }

    /// Returns the places of the variables that are known, other than by presumption.
    pub fn known(&self, facts: &Facts) -> Vec<usize> {
        let is_known = |(var, full): &(VarId, Mask)| facts.said[*var] && facts.masks[*var] != *full;
        (0..self.vars.len()).filter(|place| self.vars.get(*place).is_some_and(is_known)).collect()
    }

    /// Returns whether a set of known facts forces a value.
    pub fn forced(&mut self, set: impl Iterator<Item = VarId>, wanted: Truth, facts: &Facts) -> bool {
        self.row.clone_from(&self.given);
        for var in set {
            self.program.say(&mut self.row, var, facts.masks[var]);
        }
        self.program.answers(&mut self.row).next() == Some(wanted)
    }

    fn forced_at(&mut self, places: impl Iterator<Item = usize>, wanted: Truth, facts: &Facts) -> bool {
        self.row.clone_from(&self.given);
        for (var, _) in places.filter_map(|place| self.vars.get(place)) {
            self.program.say(&mut self.row, *var, facts.masks[*var]);
        }
        self.program.answers(&mut self.row).next() == Some(wanted)
    }

    /// Returns the facts that every forcing set needs.
    pub fn core(&mut self, known: &[usize], wanted: Truth, facts: &Facts) -> Vec<usize> {
        let mut core = Vec::with_capacity(known.len());
        for place in known {
            let others = known.iter().copied().filter(|other| other != place);
            if !self.forced_at(others, wanted, facts) {
                core.push(*place);
            }
        }
        core
    }

    /// Returns the smallest sets that force a no.
    pub fn smallest(&mut self, facts: &Facts) -> Vec<Vec<VarId>> {
        self.presume(facts);
        let known = self.known(facts);
        let core = self.core(&known, Truth::No, facts);
        let sets = if self.forced_at(core.iter().copied(), Truth::No, facts) {
            vec![core]
        } else {
            let rest: Vec<usize> = known.iter().copied().filter(|place| !core.contains(place)).collect();
            let of = |chosen: &[usize]| {
                let mut set: Vec<usize> =
                    core.iter().chain(chosen.iter().filter_map(|at| rest.get(*at))).copied().collect();
                set.sort_unstable();
                set
            };
            let (found, _) =
                smallest(rest.len(), |chosen| self.forced_at(of(chosen).into_iter(), Truth::No, facts));
            found.iter().map(|chosen| of(chosen)).collect()
        };
        let vars =
            |set: Vec<usize>| set.into_iter().filter_map(|place| Some(self.vars.get(place)?.0)).collect();
        sets.into_iter().map(vars).collect()
    }
}
