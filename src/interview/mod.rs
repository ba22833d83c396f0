//! An interview about one dossier: which question to ask next, and how an answer changes the dossier.
//!
//! The questions are the open facts of a decision, and the answers are statements. This layer decides nothing and holds
//! no state: the state is the dossier with its answers. An answer can therefore be withdrawn or changed, and the next
//! question follows from a new decision.

use crate::decision::{Decision, FactRef, Missing};
use crate::evidence::{
    self, About, Claim, Dossier, Evidence, Member, Possible, Provenance, Statement, has_statement,
};
use crate::id::{FactId, KindId, StandardId};
use crate::policy::{Fact, FactType, Policy, Vocabulary};
use crate::sorted::{SortedMap, sort_by_key};
use crate::span::Span;
use std::cmp::Reverse;

/// A fact under a standard. It identifies a question, so that each question is asked only once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The entity that the fact belongs to.
    pub about: About,
    /// The fact.
    pub fact: FactId,
    /// The evidence standard.
    pub standard: Option<StandardId>,
}

/// An open fact that a user can be asked about.
#[derive(Clone, Debug)]
pub struct Question<'d, 'a> {
    /// The fact and the standard that the question is about.
    pub key: Key,
    /// The open fact. If several are about the same list or relation, the most informative one.
    pub missing: &'d Missing<'a>,
    /// Whether the dossier states explicitly that the fact is unknown, because a user has been asked already.
    pub set_aside: bool,
}

/// An answer to a question.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The question that is answered.
    pub key: Key,
    /// The statements, from one source or from several that disagree. Empty for "don't know".
    pub statements: Vec<Statement>,
    /// The titles, by id, of the entities that the statements name for the first time.
    pub titles: SortedMap<String, String>,
}

/// Returns the questions that a decision leaves open, the most informative over all its verdicts first, those set aside
/// last.
///
/// Facts of other dossiers are not asked about: the answers belong in those dossiers.
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
/// #
/// # requirement neutrality "Neutral"
/// #   needs the group is neutral
/// #
/// # dossier militia "A militia"
/// #   about group
/// #   as of 2016-02-15
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// # let (evidence, _) = placet::evidence::read(&bundle, &policy.vocabulary);
/// # let day = placet::value::Date::parse("2016-02-15").ok_or("no day")?;
/// let decision = placet::decision::decide_briefly(&policy, &evidence, "militia", day, None)?;
/// let questions = placet::interview::questions(&decision, &evidence.dossiers[0]);
/// assert_eq!(questions[0].missing.fact.question, "Is the group neutral?");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn questions<'d, 'a>(decision: &'d Decision<'a>, dossier: &Dossier) -> Vec<Question<'d, 'a>> {
    let mut weighed: Vec<(u64, Question<'d, 'a>)> = Vec::new();
    for missing in decision.verdicts.iter().flat_map(|verdict| &verdict.missing) {
        let Some(key) = key(&missing.fact, dossier, decision.policy) else { continue };
        let weight = u64::from(missing.weight.unwrap_or(1));
        match weighed.iter_mut().find(|(_, other)| other.key == key) {
            Some((sum, _)) => *sum += weight,
            None => {
                let set_aside = dossier.statements.iter().any(|statement| {
                    statement.about == key.about
                        && statement.fact == key.fact
                        && statement.claim == Claim::Unknown
                });
                weighed.push((weight, Question { key, missing, set_aside }));
            }
        }
    }
    // The sort is stable, so questions with equal weight keep their order.
    sort_by_key(&mut weighed, |(weight, question)| (question.set_aside, Reverse(*weight)));
    weighed.into_iter().map(|(_, question)| question).collect()
}

/// Returns the facts that a decision rests on, and those that would have to change, if a user can be asked about them
/// and they are not among the open [`questions`]: presumed facts, facts that the dossier states, and open facts that
/// cannot change a verdict on their own.
///
/// The decision must be a full one.
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
/// #
/// # requirement neutrality "Neutral"
/// #   needs the group is neutral
/// #
/// # dossier militia "A militia"
/// #   about group
/// #   as of 2016-02-15
/// #   - it is not neutral
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// # let (evidence, _) = placet::evidence::read(&bundle, &policy.vocabulary);
/// # let day = placet::value::Date::parse("2016-02-15").ok_or("no day")?;
/// let decision = placet::decision::decide(&policy, &evidence, "militia", day, None)?;
/// let settled = placet::interview::settled(&decision, &evidence.dossiers[0]);
/// assert_eq!(settled[0].1.question, "Is the group neutral?");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn settled<'d, 'a>(decision: &'d Decision<'a>, dossier: &Dossier) -> Vec<(Key, &'d FactRef<'a>)> {
    let open = questions(decision, dossier);
    let is_open = |key: &Key| open.iter().any(|question| question.key == *key);
    let mut all: Vec<(Key, &'d FactRef<'a>)> = Vec::new();
    for verdict in &decision.verdicts {
        let used = verdict.reasons.iter().flatten().chain(&verdict.presumptions).map(|one| &one.fact);
        let otherwise = verdict.changes.iter().flatten().map(|one| &one.fact);
        for fact in used.chain(otherwise) {
            let Some(key) = key(fact, dossier, decision.policy) else { continue };
            if !all.iter().any(|(other, _)| *other == key) && !is_open(&key) {
                all.push((key, fact));
            }
        }
    }
    all
}

/// Returns the key of the question about a fact, or `None` if the fact belongs to another dossier.
fn key(known: &FactRef<'_>, dossier: &Dossier, policy: &Policy) -> Option<Key> {
    let vocabulary = &policy.vocabulary;
    let (about, kind) = about(&known.entity, dossier, vocabulary)?;
    let same = |fact: &Fact| fact.kind == kind && fact.phrase == known.phrase;
    let (fact, _) = vocabulary.facts.iter().find(|(_, fact)| same(fact))?;
    let standard = known.standard.as_ref();
    let standard = standard
        .and_then(|name| vocabulary.standards.iter().find(|(_, one)| one.name == *name))
        .map(|(id, _)| id);
    Some(Key { about, fact, standard })
}

/// Returns the entity that an id names within a dossier, and its kind.
pub fn about(entity: &str, dossier: &Dossier, vocabulary: &Vocabulary) -> Option<(About, KindId)> {
    if entity == dossier.id {
        return Some((About::Subject, dossier.kind));
    }
    if let Some((kind, _)) = vocabulary.kinds.iter().find(|(_, kind)| kind.only_one && kind.name == entity) {
        return Some((About::Only(kind), kind));
    }
    let member = dossier.members.iter().find(|member| member.id == entity)?;
    Some((About::Member(member.id.clone()), member.kind))
}

/// Returns the id of the entity that a question is about. This is the inverse of [`about`].
///
/// # Example
/// ```
/// # let text = r#"
/// # kind group
/// #   is neutral : yes or no
/// #
/// # kind unity government, only one
/// #
/// # dossier militia
/// #   about group
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let vocabulary = placet::policy::resolve(&bundle).vocabulary;
/// # let (evidence, _) = placet::evidence::read(&bundle, &vocabulary);
/// use placet::interview::{about, entity};
///
/// let dossier = &evidence.dossiers[0];
/// for id in ["militia", "unity government"] {
///     let (about, _) = about(id, dossier, &vocabulary).ok_or("nobody")?;
///     assert_eq!(entity(&about, dossier, &vocabulary), id);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn entity(about: &About, dossier: &Dossier, vocabulary: &Vocabulary) -> String {
    match about {
        About::Subject => dossier.id.clone(),
        About::Only(kind) => vocabulary.kinds.find(*kind).map_or_else(String::new, |kind| kind.name.clone()),
        About::Member(id) => id.clone(),
    }
}

/// Replaces a dossier's statements about a fact with an answer. Returns whether the dossier has changed.
///
/// Entities that the answer names and that have no dossier in `evidence` become members of the dossier. "Don't know"
/// becomes an explicit "unknown" if there is no statement about the fact. If there is one, it stays, even if it does
/// not count under the standard of the question: an explicit "unknown" would override what other sources state.
pub fn take(dossier: &mut Dossier, answer: &Answer, vocabulary: &Vocabulary, evidence: &Evidence) -> bool {
    let Key { about, fact, .. } = &answer.key;
    if answer.statements.is_empty() {
        let is_new = !has_statement(vocabulary, evidence, dossier, about, *fact);
        if is_new {
            dossier.statements.push(Statement {
                about: about.clone(),
                fact: *fact,
                claim: Claim::Unknown,
                provenance: Provenance::default(),
                span: Span::default(),
            });
        }
        return is_new;
    }
    let taken = |id: &str| evidence.dossier(id).is_some();
    let listed = listed(dossier, &answer.key, vocabulary, evidence);
    if listed.is_none() {
        dossier.statements.retain(|statement| statement.about != *about || statement.fact != *fact);
    }
    let kind = vocabulary.facts.find(*fact).and_then(|fact| member_kind(fact, vocabulary));
    for statement in &answer.statements {
        let mut statement = statement.clone();
        if let (Claim::Members { ids, complete: true }, Some(listed)) = (&mut statement.claim, &listed) {
            let others = listed.iter().filter(|id| !ids.contains(id)).cloned().collect::<Vec<String>>();
            ids.splice(0..0, others);
        }
        if let Some(kind) = kind {
            in_place(&mut statement.claim, kind, dossier, &taken, &answer.titles);
        }
        dossier.statements.push(statement);
    }
    true
}

/// Returns the members that a list is known to have if it may have others: the question is then about the others, so that
/// an answer adds to what is known. Returns `None` for other facts, and for a list that is complete or contested: an
/// answer replaces what is known of these.
fn listed(dossier: &Dossier, key: &Key, vocabulary: &Vocabulary, evidence: &Evidence) -> Option<Vec<String>> {
    if !matches!(vocabulary.facts.find(key.fact)?.r#type, FactType::Many(_)) {
        return None;
    }
    let case = evidence::case(vocabulary, evidence, &dossier.id, dossier.as_of?)?;
    let about = entity(&key.about, dossier, vocabulary);
    let (id, _) = case.entities.iter().find(|(_, entity)| entity.id == about)?;
    let weighed = evidence::weigh(&case, id, key.fact, key.standard);
    let is_partial = weighed
        .counted
        .iter()
        .all(|statement| matches!(statement.claim, Claim::Members { complete: false, .. }));
    match weighed.possible {
        Possible::Members { ids, .. } if is_partial && !weighed.counted.is_empty() => Some(ids),
        _ => None,
    }
}

/// Returns the kind of the entities that a relation can name for the first time.
pub(crate) fn member_kind(fact: &Fact, vocabulary: &Vocabulary) -> Option<KindId> {
    let only_one = |kind: &KindId| vocabulary.kinds.find(*kind).is_some_and(|kind| kind.only_one);
    match &fact.r#type {
        FactType::Many(kind) => Some(*kind),
        FactType::One(kinds) => kinds.iter().copied().find(|kind| !only_one(kind)),
        _ => None,
    }
}

/// Adds the entities that a claim names as members of the dossier, unless they have a dossier.
fn in_place(
    claim: &mut Claim,
    kind: KindId,
    dossier: &mut Dossier,
    taken: &dyn Fn(&str) -> bool,
    titles: &SortedMap<String, String>,
) {
    let before = format!("{}/", dossier.id);
    for id in claim.named_mut().iter_mut().filter(|id| !taken(id)) {
        let bare = id.strip_prefix(&before).unwrap_or(id);
        let own = format!("{before}{bare}");
        if !dossier.members.iter().any(|member| member.id == own) {
            let title = titles.get(bare).map_or(bare, String::as_str).to_owned();
            dossier.members.push(Member { id: own.clone(), title, kind });
        }
        *id = own;
    }
}
