//! Resolves references between dossiers by id, and gives each reference the exact spelling of the id.

use super::claim_json::own_id;
use super::problem::{self, Problems};
use crate::evidence::{Claim, Dossier, Member, Statement, Target};
use crate::id::KindId;
use crate::policy::{FactType, Vocabulary};
use crate::span::Span;
use crate::text::Ids;

/// The members written in place in a dossier, under their local ids and their ids in the case. The value is the id in
/// the case and the kind.
pub(super) type Members = Ids<(String, KindId)>;

/// Returns the members of a dossier.
pub(super) fn members(owner: &str, members: &[Member]) -> Members {
    let ids = members.iter().flat_map(|one| [one.id.as_str(), own_id(owner, &one.id)].map(|id| (id, one)));
    ids.map(|(id, one)| (id, (one.id.clone(), one.kind))).collect()
}

/// Checks the references in a dossier.
pub(super) fn check(
    dossier: &mut Dossier,
    taken: &Ids<(KindId, Span)>,
    vocabulary: &Vocabulary,
    problems: &mut Problems,
) {
    for id in &mut dossier.uses {
        match taken.find(id) {
            _ if problems.full() => return,
            Some((own, _)) if own == id => {}
            Some((own, _)) => {
                problems.push(problem::other_case(dossier.span, id, own));
                own.clone_into(id);
            }
            None => problems.push(problem::unknown_name(dossier.span, "dossier", id, taken.ids())),
        }
    }
    let members = members(&dossier.id, &dossier.members);
    for statement in &mut dossier.statements {
        check_statement(statement, &members, taken, vocabulary, problems);
    }
}

/// Checks the references in a statement, and gives each the exact spelling of the id that it means.
pub(super) fn check_statement(
    statement: &mut Statement,
    members: &Members,
    taken: &Ids<(KindId, Span)>,
    vocabulary: &Vocabulary,
    problems: &mut Problems,
) {
    let allowed = match vocabulary.facts.find(statement.fact).map(|fact| &fact.r#type) {
        Some(FactType::Many(kind)) => std::slice::from_ref(kind),
        Some(FactType::One(kinds)) => kinds,
        _ => return,
    };
    let place = statement.span;
    let name = |kind: &KindId| vocabulary.kinds.find(*kind).map_or("", |kind| kind.name.as_str());
    let wanted = || allowed.iter().map(name).collect::<Vec<_>>().join(" or a ");
    let wrong = |kind: KindId, id: &str| {
        let message = format!("{id} is a {}, not a {}", name(&kind), wanted());
        problem::wrong_value(place, message, format!("name a {}", wanted()))
    };
    for id in statement.claim.named_mut() {
        if problems.full() {
            return;
        }
        let Some((own, meant, kind)) = found(id, members, taken) else {
            let known = members.ids().filter(|id| !id.contains('/')).chain(taken.ids());
            problems.push(problem::unknown_name(place, "dossier or member", id, known));
            continue;
        };
        if !allowed.contains(&kind) {
            problems.push(wrong(kind, id));
        } else if own != *id {
            problems.push(problem::other_case(place, id, &own));
        }
        *id = meant;
    }
    if let Claim::Members { ids, .. } = &mut statement.claim {
        let mut seen = crate::sorted::SortedSet::new();
        ids.retain(|id| seen.insert(id.clone()));
    }
    if let Claim::One(Target::Only(kind)) | Claim::NotOne(Target::Only(kind)) = &statement.claim
        && !allowed.contains(kind)
    {
        problems.push(wrong(*kind, &format!("the {}", name(kind))));
    }
}

/// Returns the entity that an id names: its spelling, the id in the case, and the kind. An exact match comes first,
/// then a member or a dossier whose id differs only in case, if there is only one.
fn found(id: &str, members: &Members, taken: &Ids<(KindId, Span)>) -> Option<(String, String, KindId)> {
    let member = members.find(id).map(|(own, (whole, kind))| (own.to_owned(), whole.clone(), *kind));
    let dossier = taken.find(id).map(|(own, (kind, _))| (own.to_owned(), own.to_owned(), *kind));
    let is_exact = |found: &(String, String, KindId)| found.0 == id;
    match (member, dossier) {
        (Some(member), _) if is_exact(&member) => Some(member),
        (_, Some(dossier)) if is_exact(&dossier) => Some(dossier),
        (Some(_), Some(_)) => None,
        (member, dossier) => member.or(dossier),
    }
}
