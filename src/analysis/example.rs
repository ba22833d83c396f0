//! Writes a case as a dossier in the language: one statement for each variable that is assigned some cells, and the
//! members that the statements need.

use crate::circuit::Mask;
use crate::compiled::{Cells, Compiled, EntityRef, Goal, TargetCell, VariableKind};
use crate::diagram::{NO, Op, YES, compile_several};
use crate::evidence::{About, Claim, Dossier, Member, Provenance, Statement, Target};
use crate::id::{EntityRefId, FactId, GateId, KindId, VarId};
use crate::policy::FactType;
use crate::span::Span;
use crate::text::{fold, is_word_part};
use crate::value::{Date, Grade, Ranges};
use std::collections::{BTreeMap, BTreeSet};

/// The id of the dossier; the subject of a scenario has the same id.
pub(crate) const SUBJECT: &str = "scenario";

/// The largest number of members that an example can have.
const MOST_MEMBERS: usize = 64;

/// The node budget for the diagram of the conditions on one member.
const NODES: usize = 20_000;

/// A variable with the cells it is assigned.
#[derive(Clone, Debug)]
pub(crate) struct Put {
    pub var: VarId,
    pub cells: Mask,
    /// For a number or date, the value to state if it is narrower than the cells.
    pub ranges: Option<Ranges>,
    /// The provenance of the statement.
    pub provenance: Provenance,
}

/// Writes assignments as a dossier. Returns `None` if the language cannot express them, or if the example would be too
/// large.
///
/// `presumed` returns whether a variable is presumed to be in a cell; such facts of members are not stated.
pub(crate) fn dossier(
    compiled: &Compiled,
    puts: &[Put],
    as_of: Date,
    presumed: &dyn Fn(VarId, u32) -> bool,
) -> Option<Dossier> {
    let mut writer = StatementWriter {
        compiled,
        case: puts,
        presumed,
        ids: BTreeMap::new(),
        members: Vec::new(),
        statements: Vec::new(),
        known: BTreeSet::new(),
    };
    writer.all(puts)?;
    let StatementWriter { members, statements, .. } = writer;
    Some(Dossier {
        as_of: Some(as_of),
        statements,
        members,
        ..Dossier::empty(SUBJECT, "", compiled.kind(compiled.subject))
    })
}

/// The weakest provenance with which a statement about a fact counts under every evidence standard that the policy uses
/// for that fact.
pub(crate) fn sound(compiled: &Compiled, fact: FactId) -> Provenance {
    let variables = compiled.variables.iter().filter(|(_, variable)| variable.fact() == fact);
    let standards = &compiled.policy.vocabulary.standards;
    let mut provenance = Provenance::default();
    for standard in variables.filter_map(|(_, variable)| standards.find(variable.standard?)) {
        if standard.rated.is_some() {
            provenance.grade = Some(Grade { source: 1, information: 1 });
        }
        if standard.within.is_some() {
            provenance.date = Some(compiled.as_of);
        }
    }
    if provenance != Provenance::default() {
        provenance.attributed = Some("an example".to_owned());
    }
    provenance
}

/// The conditions on a member, each with whether the member must meet it.
type Wanted = Vec<(GateId, bool)>;

struct StatementWriter<'c> {
    compiled: &'c Compiled,
    /// The assignments of the whole case.
    case: &'c [Put],
    presumed: &'c dyn Fn(VarId, u32) -> bool,
    /// The ids of the entities added as members.
    ids: BTreeMap<EntityRefId, String>,
    members: Vec<Member>,
    statements: Vec<Statement>,
    /// Relations that have a statement already.
    known: BTreeSet<(String, FactId)>,
}

impl StatementWriter<'_> {
    /// Writes the statements for some variables. Recurses into the conditions on the members that are added.
    fn all(&mut self, puts: &[Put]) -> Option<()> {
        let place = |put: &Put| {
            let variable = &self.compiled.variables[put.var];
            (self.distance(variable.who()), variable.who(), variable.fact())
        };
        let mut puts: Vec<Put> = puts.to_vec();
        puts.sort_by_key(place);
        // Add the members that relations lead to first: statements about them need their ids.
        for put in &puts {
            if let Cells::Targets(targets) = &self.compiled.variables[put.var].cells {
                let target = targets.get(put.cells.trailing_zeros() as usize).copied()?;
                if let TargetCell::Other(who) = target {
                    self.ensure_member(who)?;
                }
            }
        }
        let mut lists: BTreeMap<(EntityRefId, FactId), Vec<&Put>> = BTreeMap::new();
        for put in &puts {
            match self.compiled.variables[put.var].kind {
                VariableKind::Fact { who, fact } => self.fact(who, fact, put)?,
                VariableKind::Further { who, list, .. } => lists.entry((who, list)).or_default().push(put),
                VariableKind::Beyond { who, relation, goal } => self.beyond(who, relation, goal, put)?,
                VariableKind::Member { .. } | VariableKind::Unexpressed { .. } => return None,
            }
        }
        lists.into_iter().try_for_each(|((who, list), puts)| self.list(who, list, &puts))
    }

    /// The number of relations from an entity of the case to this one.
    fn distance(&self, who: EntityRefId) -> usize {
        std::iter::successors(self.from(who), |at| self.from(*at)).count()
    }

    /// The entity whose relation or list leads to this one.
    fn from(&self, who: EntityRefId) -> Option<EntityRefId> {
        match self.compiled.entity_refs[who] {
            EntityRef::Other { of, .. } | EntityRef::Further { of, .. } => Some(of),
            EntityRef::Entity(_) => None,
        }
    }

    /// The entity that a statement is about; `None` if it has not been added.
    fn about(&self, who: EntityRefId) -> Option<About> {
        match (self.ids.get(&who), self.compiled.entity_refs[who]) {
            (Some(id), _) => Some(About::Member(id.clone())),
            (None, EntityRef::Entity(entity)) => {
                let kind = self.compiled.people[entity].kind;
                let is_only = self.compiled.only.get(&kind) == Some(&entity);
                Some(if is_only { About::Only(kind) } else { About::Subject })
            }
            _ => None,
        }
    }

    fn ensure_member(&mut self, who: EntityRefId) -> Option<String> {
        if let Some(id) = self.ids.get(&who) {
            return Some(id.clone());
        }
        let id = self.member(self.compiled.kind(who))?;
        self.ids.insert(who, id.clone());
        Some(id)
    }

    fn member(&mut self, kind: KindId) -> Option<String> {
        let declared = &self.compiled.policy.vocabulary.kinds[kind];
        let number = self.members.iter().filter(|member| member.kind == kind).count() + 1;
        if self.members.len() >= MOST_MEMBERS {
            return None;
        }
        let name = fold(&declared.name).replace(|c: char| !is_word_part(c), "-");
        let id = format!("{SUBJECT}/{name}-{number}");
        let title = format!("{} {number}", declared.title);
        self.members.push(Member { id: id.clone(), title, kind });
        Some(id)
    }

    fn add_statement(&mut self, about: About, fact: FactId, claim: Claim, provenance: &Provenance) {
        let (provenance, span) = (provenance.clone(), Span::default());
        self.statements.push(Statement { about, fact, claim, provenance, span });
    }

    fn fact(&mut self, who: EntityRefId, fact: FactId, put: &Put) -> Option<()> {
        // Statements about an entity that the example does not contain are not needed.
        let Some(about) = self.about(who) else { return Some(()) };
        let cells = &self.compiled.variables[put.var].cells;
        let claim = match cells {
            Cells::YesNo => Claim::YesNo(put.cells & 0b10 != 0),
            Cells::Numbers(_) | Cells::Dates(_) | Cells::Within(_) => {
                let all = put.ranges.clone().unwrap_or_else(|| cells.ranges(put.cells));
                // A sentence of the language can give only one range.
                let (low, high) = all.ranges().first().copied()?;
                let one = Ranges::between(low, high);
                match self.compiled.declared(fact).r#type {
                    FactType::Date => Claim::Dates(one),
                    _ => Claim::Numbers(one),
                }
            }
            Cells::Values(_) => Claim::Values(u64::try_from(put.cells).ok()?),
            Cells::Targets(targets) => {
                let target = targets.get(put.cells.trailing_zeros() as usize).copied()?;
                self.known.insert((format!("{about:?}"), fact));
                Claim::One(match target {
                    TargetCell::NoOne => Target::NoOne,
                    TargetCell::Only(kind) => Target::Only(kind),
                    TargetCell::Named(_) => return None,
                    TargetCell::Other(who) => Target::Named(self.ids.get(&who)?.clone()),
                })
            }
            Cells::Counts(_) => return None,
        };
        self.add_statement(about, fact, claim, &put.provenance);
        Some(())
    }

    /// Writes a relation that starts a chain: it leads to the goal, or to no one.
    fn beyond(&mut self, who: EntityRefId, relation: FactId, goal: Goal, put: &Put) -> Option<()> {
        let Some(about) = self.about(who) else { return Some(()) };
        if !self.known.insert((format!("{about:?}"), relation)) {
            return Some(());
        }
        let target = match (put.cells & 0b10 != 0, goal) {
            (false, _) => Target::NoOne,
            (true, Goal::Is(kind)) => match &self.compiled.declared(relation).r#type {
                FactType::One(kinds) if kinds.contains(&kind) => Target::Only(kind),
                _ => return None,
            },
            (true, Goal::Meets(gate)) => {
                // Add an entity of the same kind that meets the condition.
                let id = self.member(self.compiled.kind(who))?;
                let meets = self.meeting(who, &vec![(gate, true)], &put.provenance)?;
                self.of(who, &id, &meets)?;
                Target::Named(id)
            }
        };
        self.add_statement(about, relation, Claim::One(target), &put.provenance);
        Some(())
    }

    /// Writes a complete list with as many members as needed, each of whom meets or fails the conditions as the counts
    /// require.
    fn list(&mut self, who: EntityRefId, list: FactId, puts: &[&Put]) -> Option<()> {
        let Some(about) = self.about(who) else { return Some(()) };
        let provenance = &puts.first()?.provenance;
        let FactType::Many(kind) = self.compiled.declared(list).r#type else { return None };
        let further = self.compiled.entity_ref(EntityRef::Further { of: who, list })?;
        let mut ids = Vec::new();
        for wanted in self.sorts(who, list, puts)? {
            let id = self.member(kind)?;
            let meets = self.meeting(further, &wanted, provenance)?;
            self.of(further, &id, &meets)?;
            ids.push(id);
        }
        self.add_statement(about, list, Claim::Members { ids, complete: true }, provenance);
        Some(())
    }

    /// The conditions on each member of the smallest list that has the given counts.
    fn sorts(&self, who: EntityRefId, list: FactId, puts: &[&Put]) -> Option<Vec<Wanted>> {
        let standard = |put: &Put| self.compiled.variables[put.var].standard;
        let first = standard(puts.first()?);
        if let Some(fit) = self.compiled.list_constraints.get(&(who, list, first))
            && puts.iter().all(|put| standard(put) == first && fit.vars.contains(&put.var))
        {
            return fit.members(|var| puts.iter().find(|put| put.var == var).map(|put| put.cells));
        }
        // Let the counts overlap: the first members meet as many of the conditions as possible.
        let (mut most, mut counts) = (0, Vec::new());
        for put in puts {
            let count = put.cells.trailing_zeros();
            most = most.max(count);
            if let VariableKind::Further { which: Some((gate, meets)), .. } =
                self.compiled.variables[put.var].kind
            {
                counts.push((gate, meets, count));
            }
        }
        let wanted =
            |at: u32| counts.iter().map(|(gate, meets, count)| (*gate, (at < *count) == *meets)).collect();
        Some((0..most).map(wanted).collect())
    }

    /// The assignments that make an entity meet or fail some conditions; `None` if that is impossible. Assignments to
    /// other entities stay as they are in the case.
    fn meeting(&self, who: EntityRefId, wanted: &Wanted, provenance: &Provenance) -> Option<Vec<Put>> {
        let compiled = self.compiled;
        let gates: Vec<GateId> = wanted.iter().map(|(gate, _)| *gate).collect();
        let anything = compiled.circuit.anything();
        let (mut diagram, nodes) = compile_several(&compiled.circuit, &gates, &anything, NODES);
        let mut all = YES;
        for (node, (_, holds)) in nodes.into_iter().zip(wanted) {
            all = diagram.apply(if *holds { Op::And } else { Op::AndNot }, all, node?)?;
        }
        if all == NO {
            return None;
        }
        let is_own = |var: VarId| {
            let mut at = Some(compiled.variables[var].who());
            while at.is_some_and(|at| at != who) {
                at = at.and_then(|at| self.from(at));
            }
            at.is_some()
        };
        let path = diagram.path(all, true, |var, cell| {
            match self.case.iter().find(|put| put.var == var && !is_own(var)) {
                Some(put) => (put.cells >> cell & 1 == 1).then_some(0),
                None => Some(u64::from(!(self.presumed)(var, cell))),
            }
        })?;
        let is_presumed = |cells: Mask| move |var| (self.presumed)(var, cells.trailing_zeros());
        let stated = path.cells.into_iter().filter(|(var, cells)| is_own(*var) && !is_presumed(*cells)(*var));
        let put = |(var, cells): (VarId, Mask)| {
            let own = sound(compiled, compiled.variables[var].fact());
            let provenance = Provenance {
                grade: provenance.grade.or(own.grade),
                date: provenance.date.or(own.date),
                attributed: provenance.attributed.clone().or(own.attributed),
                ..provenance.clone()
            };
            Put { var, cells, ranges: None, provenance }
        };
        Some(stated.map(put).collect())
    }

    /// Writes the statements about an entity, which has the given id only during this call.
    fn of(&mut self, who: EntityRefId, id: &str, puts: &[Put]) -> Option<()> {
        let before = self.ids.clone();
        self.ids.insert(who, id.to_owned());
        let written = self.all(puts);
        self.ids = before;
        written
    }
}
