//! What a case states about the variables of a compiled policy.

use super::{Cells, Compiled, EntityRef, TargetCell, Variable, VariableKind};
use crate::circuit::{CELLS, Mask, Masks, full};
use crate::evidence::{
    Candidates, Case, Claim, Possible, Statement, Status, Target, Weighed, weigh, without_statements,
};
use crate::id::{EntityId, FactId, KindId, StandardId, Table, VarId};
use crate::policy::FactType;
use crate::sorted::SortedSet;
use std::sync::Arc;

/// What is known about the variables of a compiled policy.
#[derive(Clone, Debug, Default)]
pub struct Known<'a> {
    /// The possible cells.
    pub masks: Masks,
    /// The status of each variable.
    pub status: Table<VarId, Status>,
    /// The statements behind each variable; all members of a list share them.
    pub weighed: Table<VarId, Arc<Weighed<'a>>>,
}

impl<'a> Known<'a> {
    /// Returns what a case states about the variables, or `None` if the compiled policy does not serve the case
    /// ([`Compiled::serves`]).
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
    /// # requirement neutrality "Neutral, or many"
    /// #   needs any of
    /// #     - the group is neutral
    /// #     - the group's headcount is at least 50
    /// #
    /// # dossier militia "A militia"
    /// #   about group
    /// #   as of 2016-02-15
    /// #   - it is not neutral
    /// # "#;
    /// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
    /// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
    /// # let evidence = placet::evidence::read(&bundle, &policy.vocabulary).0;
    /// # let day = placet::value::Date::parse("2016-02-15").ok_or("no day")?;
    /// use placet::compiled::{Known, compile};
    ///
    /// // needs any of
    /// //   - the group is neutral
    /// //   - the group's headcount is at least 50
    /// let compiled = compile(&policy, policy.about[0], day);
    ///
    /// // - it is not neutral
    /// let case = placet::evidence::case(&policy.vocabulary, &evidence, "militia", day).ok_or("no dossier")?;
    /// let known = Known::of(&compiled, &case).ok_or("it names somebody")?;
    /// let masks: Vec<u128> = known.masks.iter().map(|(_, mask)| *mask).collect();
    /// assert_eq!(masks, [0b01, 0b11]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(compiled: &Compiled, case: &Case<'a>) -> Option<Known<'a>> {
        if !compiled.serves(case) {
            return None;
        }
        let mut known = Known::default();
        for (_, variable) in compiled.variables.iter() {
            let entity = match compiled.entity_refs[variable.who()] {
                EntityRef::Entity(entity) => Some(entity),
                _ => None,
            };
            let weighed = weighed(case, entity, variable.fact(), variable.standard);
            let mask = cells_left(variable, &weighed)?;
            known.push(status(variable.kind, &weighed), mask, variable.cells.count(), Arc::new(weighed));
        }
        Some(known)
    }

    /// Adds a variable with this many cells.
    pub(super) fn push(&mut self, status: Status, mask: Mask, cells: u32, weighed: Arc<Weighed<'a>>) {
        self.masks.push(some_of(mask, cells));
        self.status.push(status);
        self.weighed.push(weighed);
    }
}

/// Returns the weighed statements about a fact of an entity; none for an unknown entity.
pub(super) fn weighed<'a>(
    case: &Case<'a>,
    entity: Option<EntityId>,
    fact: FactId,
    standard: Option<StandardId>,
) -> Weighed<'a> {
    match entity {
        Some(entity) => weigh(case, entity, fact, standard),
        None => without_statements(case.vocabulary, fact),
    }
}

/// Returns the status of a variable, given the statements about its fact.
pub(super) fn status(kind: VariableKind, weighed: &Weighed<'_>) -> Status {
    match kind {
        VariableKind::Beyond { .. } | VariableKind::Unexpressed { .. } => Status::Unknown,
        _ => weighed.status,
    }
}

/// Returns the possible cells of a variable, given the statements about its fact. It does not handle to-one relations
/// and named members, since these also depend on who is named.
pub(super) fn mask(kind: VariableKind, cells: &Cells, weighed: &Weighed<'_>) -> Mask {
    match (kind, &weighed.possible, cells) {
        (VariableKind::Beyond { .. }, ..) => Mask::MAX,
        // A complete list has no further members, whatever the condition on them is.
        (VariableKind::Further { .. }, Possible::Members { complete: true, .. }, _) => 1,
        (_, Possible::YesNo { yes, no }, Cells::YesNo) => Mask::from(*no) | Mask::from(*yes) << 1,
        (_, Possible::Numbers(ranges), cells) => cells.touched(ranges),
        (_, Possible::Values(values), Cells::Values(_)) => Mask::from(*values),
        _ => Mask::MAX,
    }
}

/// Returns the possible cells of a variable, given the statements that count for its fact; `None` if these name
/// entities.
pub(crate) fn cells_left(variable: &Variable, weighed: &Weighed<'_>) -> Option<Mask> {
    let mask = match (&variable.cells, &weighed.possible) {
        (Cells::Targets(cells), _) => target_cells(cells, &weighed.candidates())?,
        (_, Possible::Members { ids, .. }) if !ids.is_empty() => return None,
        (cells, _) => mask(variable.kind, cells, weighed),
    };
    Some(some_of(mask, variable.cells.count()))
}

/// Returns the possible cells of a to-one relation; `None` if its candidates name a target that has no cell.
fn target_cells(cells: &[TargetCell], candidates: &Candidates) -> Option<Mask> {
    let as_target = |cell: &TargetCell| match cell {
        TargetCell::NoOne => Some(Target::NoOne),
        TargetCell::Only(kind) => Some(Target::Only(*kind)),
        TargetCell::Named(_) | TargetCell::Other(_) => None,
    };
    let has_cell = |target: &Target| cells.iter().any(|cell| as_target(cell).as_ref() == Some(target));
    if !candidates.named().iter().all(has_cell) {
        return None;
    }
    let others_possible = matches!(candidates, Candidates::Except(_));
    let is_possible = |cell| as_target(cell).map_or(others_possible, |target| candidates.contains(&target));
    Some((0..).zip(cells).fold(0, |mask, (at, cell)| mask | Mask::from(is_possible(cell)) << at))
}

/// Returns the given cells of a variable with this many cells; all its cells if there are none of them.
fn some_of(mask: Mask, cells: u32) -> Mask {
    match mask & full(cells) {
        0 => full(cells),
        mask => mask,
    }
}

/// Returns the members of a list that are certain although its statements disagree: those that all statements name.
/// Returns `None` if the statements agree, in which case every named member is certain.
pub(super) fn certain(
    case: &Case<'_>,
    owner: Option<EntityId>,
    weighed: &Weighed<'_>,
) -> Option<SortedSet<EntityId>> {
    if weighed.status != Status::Contested {
        return None;
    }
    let names = |statement: &&Statement| -> SortedSet<EntityId> {
        match &statement.claim {
            Claim::Members { ids, .. } => ids.iter().filter_map(|id| named(case, owner, id)).collect(),
            _ => SortedSet::new(),
        }
    };
    let mut all = weighed.counted.iter();
    let first = all.next().map(names).unwrap_or_default();
    Some(all.fold(
        first,
        |certain, statement| {
            if certain.is_empty() { certain } else { &certain & &names(statement) }
        },
    ))
}

/// Returns the entity that an id names in the statements about another entity.
pub(super) fn named(case: &Case<'_>, owner: Option<EntityId>, id: &str) -> Option<EntityId> {
    case.entities[owner?].names.get(id).copied()
}

/// A possible target of a to-one relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LinkTarget {
    NoOne,
    Only(KindId),
    /// An entity that the case names.
    Named(EntityId),
    /// Any other entity of a kind.
    Other(KindId),
}

/// Returns the targets of a to-one relation of an entity, each with whether it is possible.
pub(super) fn targets(
    case: &Case<'_>,
    owner: Option<EntityId>,
    relation: FactId,
    weighed: &Weighed<'_>,
) -> Vec<(LinkTarget, bool)> {
    let vocabulary = case.vocabulary;
    let candidates = weighed.candidates();
    let others_possible = matches!(*candidates, Candidates::Except(_));
    let mut cells = vec![(LinkTarget::NoOne, candidates.contains(&Target::NoOne))];
    let kinds = match &vocabulary.facts[relation].r#type {
        FactType::One(kinds) => kinds.as_slice(),
        _ => &[],
    };
    for kind in kinds.iter().filter(|kind| vocabulary.kinds[**kind].only_one) {
        cells.push((LinkTarget::Only(*kind), candidates.contains(&Target::Only(*kind))));
    }
    for kind in kinds.iter().filter(|kind| !vocabulary.kinds[**kind].only_one) {
        cells.push((LinkTarget::Other(*kind), others_possible));
    }
    // Every named entity gets a cell, possible or not, since more may be known of it than of an unnamed one.
    let named_ones: SortedSet<&Target> = weighed
        .counted
        .iter()
        .filter_map(|statement| match &statement.claim {
            Claim::One(target) | Claim::NotOne(target) => Some(target),
            _ => None,
        })
        .collect();
    for target in named_ones {
        let link = match target {
            Target::NoOne => continue,
            Target::Only(kind) => LinkTarget::Only(*kind),
            Target::Named(id) => match named(case, owner, id) {
                Some(entity) => {
                    let kind = case.entities[entity].kind;
                    if case.only.get(&kind) == Some(&entity) {
                        LinkTarget::Only(kind)
                    } else {
                        LinkTarget::Named(entity)
                    }
                }
                None => continue,
            },
        };
        let possible = candidates.contains(target);
        match cells.iter_mut().find(|(cell, _)| *cell == link) {
            // The entity is named both by its kind and by the id of its dossier.
            Some((_, already)) if others_possible => *already &= possible,
            Some((_, already)) => *already |= possible,
            None => cells.push((link, possible)),
        }
    }
    cells
}

/// Returns the possible cells of a to-one relation. If there are more targets than cells, every cell is possible, and a
/// target without a cell is treated as an entity of which nothing is known.
pub(super) fn possible_targets(targets: &[(LinkTarget, bool)]) -> Mask {
    let most = CELLS as usize;
    let crowded = targets.len() > most;
    let chosen = targets.iter().take(most).enumerate().filter(|(_, (_, possible))| *possible || crowded);
    chosen.fold(0, |mask, (at, _)| mask | 1 << at)
}
