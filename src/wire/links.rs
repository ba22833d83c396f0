//! Whom dossiers name: found by their ids, of which each reference then has the very spelling.

use super::claim_json::own_id;
use super::problem::{self, Problems};
use crate::evidence::{Claim, Dossier, Member, Statement, Target};
use crate::id::KindId;
use crate::policy::{FactType, Vocabulary};
use crate::span::Span;
use crate::text::Ids;

/// Those written in place in a dossier, by their own ids and by those they have in the case: the latter, and their kind.
pub(super) type Members = Ids<(String, KindId)>;

/// The members of a dossier.
pub(super) fn members(owner: &str, members: &[Member]) -> Members {
    let ids = members.iter().flat_map(|one| [one.id.as_str(), own_id(owner, &one.id)].map(|id| (id, one)));
    ids.map(|(id, one)| (id, (one.id.clone(), one.kind))).collect()
}

/// Checks whom a dossier names.
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
    for said in &mut dossier.statements {
        statement(said, &members, taken, vocabulary, problems);
    }
}

/// Checks whom a statement leads to, and gives each the spelling of the id that is meant.
pub(super) fn statement(
    said: &mut Statement,
    members: &Members,
    taken: &Ids<(KindId, Span)>,
    vocabulary: &Vocabulary,
    problems: &mut Problems,
) {
    let allowed = match vocabulary.facts.find(said.fact).map(|fact| &fact.r#type) {
        Some(FactType::Many(kind)) => std::slice::from_ref(kind),
        Some(FactType::One(kinds)) => kinds,
        _ => return,
    };
    let place = said.span;
    let name = |kind: &KindId| vocabulary.kinds.find(*kind).map_or("", |kind| kind.name.as_str());
    let wanted = || allowed.iter().map(name).collect::<Vec<_>>().join(" or a ");
    let wrong = |kind: KindId, id: &str| {
        let message = format!("{id} is a {}, not a {}", name(&kind), wanted());
        problem::wrong_value(place, message, format!("name a {}", wanted()))
    };
    for id in said.claim.named_mut() {
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
    if let Claim::Members { ids, .. } = &mut said.claim {
        let mut seen = std::collections::BTreeSet::new();
        ids.retain(|id| seen.insert(id.clone()));
    }
    if let Claim::One(Target::Only(kind)) | Claim::NotOne(Target::Only(kind)) = &said.claim
        && !allowed.contains(kind)
    {
        problems.push(wrong(*kind, &format!("the {}", name(kind))));
    }
}

/// Whom an id names: its spelling, the id in the case, and the kind. What is spelt so goes first, then a member or a
/// dossier whose id differs in case alone, where there is only one.
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
