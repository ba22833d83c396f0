//! A policy in a period for one kind of subject, with all its conditions as diagrams in one store.

use crate::circuit::{Budget, Joined, Mask};
use crate::compiled::{Compiled, TargetCell, VariableKind, compile};
use crate::diagram::{Diagram, NO, Op, YES, several_within};
use crate::id::{AssistanceId, FactId, GateId, Id, KindId, NodeId, RuleId, VarId};
use crate::policy::{Body, ConditionKind, Part, Period, Policy};
use crate::sorted::{SortedMap, SortedSet};
use crate::value::Date;
use std::sync::Arc;

/// The node budget for the diagrams of all forms of a policy, and of one form.
const MOST_IN_ALL: usize = 800_000;
const MOST_NODES: usize = 200_000;

/// The diagrams for a question were too large.
pub(super) struct TooLarge;

/// The answer to a question, or `TooLarge` if its diagrams were too large.
pub(super) type Answer<T> = Result<T, TooLarge>;

/// Variables with their cells.
pub(super) type Cells = SortedMap<VarId, Mask>;

/// A rule, with the node that is true if it is met.
pub(super) type Met = (RuleId, NodeId);

/// A policy in a period, for one kind of subject.
pub(super) struct Form {
    pub compiled: Compiled,
    pub kind: KindId,
    /// The period.
    pub days: Period,
    diagram: Diagram,
    /// The number of nodes that the gates took.
    len: usize,
    /// The diagram of each gate.
    apart: SortedMap<GateId, Option<NodeId>>,
    /// The same, restricted to possible lists.
    nodes: SortedMap<GateId, Option<NodeId>>,
    /// The list constraints, each with the counts that it is about.
    lists: Vec<(NodeId, SortedSet<VarId>)>,
    /// For each type of assistance, the first type that has the same rules.
    like: Vec<AssistanceId>,
    /// The presumed values of facts.
    presumed: SortedMap<FactId, bool>,
}

impl Form {
    /// Compiles a policy for a kind of subject on a representative day of a period, one of `forms` forms. The diagrams
    /// are charged to `making`, all later work to `work`.
    pub fn of(
        policy: &Arc<Policy>,
        kind: KindId,
        (day, days): (Date, Period),
        forms: usize,
        (making, work): (&Budget, &Budget),
    ) -> Form {
        let compiled = compile(policy, kind, day);
        let mut gates: Vec<GateId> = Vec::new();
        for rule in compiled.rules.values() {
            gates.extend(rule.parts.iter().map(|(_, gate)| *gate));
            gates.push(rule.met);
        }
        gates.extend(compiled.waivers.values());
        gates.extend(conditions(&compiled));
        gates.extend(compiled.types.iter().flat_map(|(_, due)| &due.rules).map(|(_, gate)| *gate));
        gates.extend(compiled.choices.values().flatten().map(|(_, gate)| *gate));
        gates.extend(compiled.obligations.values());
        let lists: Vec<GateId> = compiled.list_constraints.values().map(|fit| fit.gate).collect();
        gates.extend(&lists);
        let gates: SortedSet<GateId> = gates.into_iter().collect();
        let gates: Vec<GateId> = gates.into_iter().collect();
        let most = (MOST_IN_ALL / forms.max(1)).min(MOST_NODES);
        let (mut diagram, nodes) =
            several_within(&compiled.circuit, &gates, &compiled.circuit.anything(), most, making);
        let apart: SortedMap<GateId, Option<NodeId>> = gates.into_iter().zip(nodes).collect();
        let lists: Vec<NodeId> = lists.iter().filter_map(|gate| apart.get(gate).copied().flatten()).collect();
        let lists: Vec<(NodeId, SortedSet<VarId>)> =
            lists.into_iter().map(|list| (list, diagram.support(list))).collect();
        let nodes = apart
            .iter()
            .map(|(gate, node)| (*gate, node.and_then(|node| within(&mut diagram, node, &lists))));
        let nodes = nodes.collect();
        diagram.charge_to(work);
        let mut first: SortedMap<&[(RuleId, GateId)], AssistanceId> = SortedMap::new();
        let types = compiled.types.iter();
        let like = types.map(|(id, due)| *first.entry(due.rules.as_slice()).or_insert(id)).collect();
        let len = diagram.len();
        let presumed = SortedMap::new();
        Form { compiled, kind, days, diagram, len, apart, nodes, lists, like, presumed }
    }

    /// The lists that have no list constraint although several conditions are about them.
    pub fn lists_left_out(&self) -> SortedSet<String> {
        let vars: SortedSet<VarId> =
            self.apart.values().flatten().flat_map(|node| self.diagram.support(*node)).collect();
        self.compiled.lists_left_out(&vars)
    }

    /// The first type of assistance that has the same rules.
    pub fn like(&self, assistance: AssistanceId) -> AssistanceId {
        self.like.get(assistance.place()).copied().unwrap_or(assistance)
    }

    /// Frees the nodes made since the gates were compiled, if they are many or if the last question was too large.
    pub fn make_room(&mut self, was_too_large: bool) {
        if was_too_large || self.diagram.len() - self.len > MOST_NODES / 8 {
            self.diagram.truncate(self.len);
        }
    }

    /// Sets the presumed values of facts.
    pub fn presuming(self, presumed: SortedMap<FactId, bool>) -> Form {
        Form { presumed, ..self }
    }

    /// The diagram of a gate, restricted to possible lists.
    pub fn node(&self, gate: GateId) -> Answer<NodeId> {
        self.nodes.get(&gate).copied().flatten().ok_or(TooLarge)
    }

    /// The diagram of a gate, regardless of which lists are possible.
    pub fn by_itself(&self, gate: GateId) -> Answer<NodeId> {
        self.apart.get(&gate).copied().flatten().ok_or(TooLarge)
    }

    /// A part of a rule, if the rule has it.
    pub fn part(&self, rule: RuleId, part: Part) -> Answer<Option<NodeId>> {
        let parts = self.compiled.rules.get(&rule).map(|rule| rule.parts.as_slice()).unwrap_or_default();
        let gate = parts.iter().find(|(other, _)| *other == part).map(|(_, gate)| *gate);
        gate.map(|gate| self.node(gate)).transpose()
    }

    /// The conditions in the `when` of a rule, if it is a list of conditions that must all hold.
    pub fn parts_of_when(&self, rule: RuleId) -> Vec<NodeId> {
        let gates = parts_of_when(&self.compiled, rule);
        gates.into_iter().filter_map(|gate| self.node(gate).ok()).collect()
    }

    /// Whether a rule is met without waivers; `None` if it is not in force or about another kind.
    pub fn met(&self, rule: RuleId) -> Answer<Option<NodeId>> {
        let gates = self.compiled.rules.get(&rule).filter(|gates| gates.applies);
        gates.map(|gates| self.node(gates.met)).transpose()
    }

    /// The rules for a type that are about this kind of subject, each with whether it is met, including by a waiver.
    pub fn rules(&self, assistance: AssistanceId) -> Answer<Vec<Met>> {
        let due = self.compiled.types.find(assistance).map(|due| due.rules.as_slice()).unwrap_or_default();
        due.iter().map(|(rule, gate)| Ok((*rule, self.node(*gate)?))).collect()
    }

    /// The types that a rule is for.
    pub fn types_of(&self, rule: RuleId) -> Vec<AssistanceId> {
        let holds = |due: &[(RuleId, GateId)]| due.iter().any(|(other, _)| *other == rule);
        self.compiled.types.iter().filter(|(_, due)| holds(&due.rules)).map(|(id, _)| id).collect()
    }

    pub fn apply(&mut self, op: Op, one: NodeId, other: NodeId) -> Answer<NodeId> {
        self.diagram.apply(op, one, other).ok_or(TooLarge)
    }

    pub fn not(&mut self, node: NodeId) -> Answer<NodeId> {
        self.diagram.negate(node).ok_or(TooLarge)
    }

    pub fn all(&mut self, of: &[NodeId]) -> Answer<NodeId> {
        self.diagram.all(of).ok_or(TooLarge)
    }

    pub fn any(&mut self, of: &[NodeId]) -> Answer<NodeId> {
        self.diagram.any(of).ok_or(TooLarge)
    }

    /// Whether two conditions together imply a third.
    pub fn imply(&mut self, one: NodeId, other: NodeId, third: NodeId) -> Answer<bool> {
        self.diagram.imply(one, other, third).ok_or(TooLarge)
    }

    /// A minimal subset of rules that cannot all be met.
    pub fn excluding(&mut self, rules: &[Met]) -> Answer<Vec<RuleId>> {
        self.diagram.excluding(&[], rules).ok_or(TooLarge)
    }

    /// For each condition, whether the others imply it.
    pub fn redundant(&mut self, of: &[NodeId]) -> Answer<Vec<bool>> {
        self.diagram.redundant(of).ok_or(TooLarge)
    }

    /// Whether some value of `var` makes the condition true, whatever the values of the other variables.
    pub fn rests_on(&mut self, node: NodeId, var: VarId) -> Answer<bool> {
        Ok(self.diagram.restrict(node, var, Mask::MAX, false).ok_or(TooLarge)? == YES)
    }

    /// The variables that a condition depends on.
    pub fn support(&self, node: NodeId) -> SortedSet<VarId> {
        self.diagram.support(node)
    }

    /// Splits conditions into groups that share no variable.
    pub fn apart<T: Copy>(&self, of: &[(T, NodeId)]) -> Vec<Vec<(T, NodeId)>> {
        let vars: Vec<SortedSet<VarId>> = of.iter().map(|(_, node)| self.support(*node)).collect();
        Joined::by_shared(vars.iter()).groups(of.iter().copied())
    }

    /// A case in which all conditions are true and that needs few statements; `None` if there is no such case.
    pub fn case(&mut self, of: &[NodeId]) -> Answer<Option<Cells>> {
        let vars: SortedSet<VarId> = of.iter().flat_map(|node| self.support(*node)).collect();
        let lists = self.lists.iter().filter(|(_, counts)| !counts.is_disjoint(&vars)).map(|(list, _)| *list);
        let numbered: Vec<(usize, NodeId)> = of.iter().copied().chain(lists).enumerate().collect();
        let mut cells = Cells::new();
        for group in self.apart(&numbered) {
            let nodes: Vec<NodeId> = group.into_iter().map(|(_, node)| node).collect();
            let all = self.all(&nodes)?;
            if all == NO {
                return Ok(None);
            }
            let path = self.diagram.path(all, true, |var, cell| Some(self.price(var, cell)));
            cells.extend(path.into_iter().flat_map(|path| path.cells));
        }
        Ok(Some(cells))
    }

    /// Whether a variable is presumed to be in a cell.
    pub fn is_presumed(&self, var: VarId, cell: u32) -> bool {
        let Some(variable) = self.compiled.variables.find(var) else { return false };
        let VariableKind::Fact { fact, .. } = variable.kind else { return false };
        self.presumed.get(&fact).is_some_and(|yes| u32::from(*yes) == cell)
    }

    /// The cost of stating that a variable is in a cell: zero if it is presumed, more if other entities have to be
    /// added.
    fn price(&self, var: VarId, cell: u32) -> u64 {
        if self.is_presumed(var, cell) {
            return 0;
        }
        let Some(variable) = self.compiled.variables.find(var) else { return 1 };
        match (&variable.kind, &variable.cells) {
            (VariableKind::Further { .. }, _) => 1 + 2 * u64::from(cell),
            (VariableKind::Beyond { .. } | VariableKind::Unexpressed { .. }, _) => 3,
            (_, crate::compiled::Cells::Targets(target)) => match target.get(cell as usize) {
                Some(TargetCell::Other(_) | TargetCell::Named(_)) => 2,
                _ => 1,
            },
            _ => 1,
        }
    }
}

/// Restricts a condition to the possible lists, for those lists that it is about.
fn within(diagram: &mut Diagram, node: NodeId, lists: &[(NodeId, SortedSet<VarId>)]) -> Option<NodeId> {
    let mut node = node;
    for (list, counts) in lists {
        if *list != node && !diagram.support(node).is_disjoint(counts) {
            node = diagram.among(node, *list)?;
        }
    }
    Some(node)
}

/// The gates of the conditions in the `when` of a rule, if it is a list of conditions that must all hold.
fn parts_of_when(compiled: &Compiled, rule: RuleId) -> Vec<GateId> {
    let rule = &compiled.policy.rules[rule];
    let (Body::Requirement { when: Some(when), .. } | Body::Bar { when, .. }) = &rule.body else {
        return Vec::new();
    };
    let ConditionKind::All(of) = &when.kind else { return Vec::new() };
    of.iter().filter_map(|part| compiled.gate(part, compiled.subject, rule.header.standard)).collect()
}

/// The conditions of choices, phases and definitions, for the subject and for entities that are the only one of their
/// kind.
fn conditions(compiled: &Compiled) -> Vec<GateId> {
    let policy = &compiled.policy;
    let mut gates = Vec::new();
    for choice in &policy.choices {
        let branches = choice.branches.iter();
        gates.extend(
            branches.filter_map(|(_, when)| compiled.gate(when, compiled.subject, choice.header.standard)),
        );
    }
    for rule in compiled.rules.keys() {
        gates.extend(parts_of_when(compiled, *rule));
        let rule = &policy.rules[*rule];
        if let Body::Phase(phase) = &rule.body
            && let Some(reached) = &phase.reached
        {
            gates.extend(compiled.gate(reached, compiled.subject, rule.header.standard));
        }
    }
    for (_, fact) in policy.vocabulary.facts.iter() {
        if let Some(definition) = &fact.definition
            && let Some(unless) = &definition.unless
        {
            for standard in std::iter::once(None).chain(policy.vocabulary.standards.ids().map(Some)) {
                for who in compiled.entity_refs.ids() {
                    gates.extend(compiled.gate(&definition.when, who, standard));
                    gates.extend(compiled.gate(unless, who, standard));
                }
            }
        }
    }
    gates
}
