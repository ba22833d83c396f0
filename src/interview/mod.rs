//! An interview about one dossier: what to ask next, and what an answer does to the dossier.
//!
//! Made from a decision, whose open facts are the questions, and from answers, which are statements. It decides nothing
//! and holds no state: the dossier with its answers is the state, so that an answer can be taken back or changed, and
//! the next question follows from the decision made anew.

use crate::decision::{Decision, FactRef, Missing};
use crate::evidence::{About, Claim, Dossier, Evidence, Member, Provenance, Statement, is_said};
use crate::id::{FactId, KindId, StandardId};
use crate::policy::{Fact, FactType, Policy, Vocabulary};
use crate::span::Span;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A fact under a standard: what a question asks, and what is asked no more than once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// Of whom.
    pub about: About,
    /// Which fact.
    pub fact: FactId,
    /// Under which evidence standard.
    pub standard: Option<StandardId>,
}

/// An open fact that somebody can be asked about.
#[derive(Clone, Debug)]
pub struct Question<'d, 'a> {
    /// What it asks.
    pub key: Key,
    /// The open fact; of several about the same list or relation, the most telling.
    pub missing: &'d Missing<'a>,
    /// Whether the dossier says outright that it is unknown: somebody was asked already.
    pub set_aside: bool,
}

/// What was answered to a question.
#[derive(Clone, Debug)]
pub struct Answer {
    /// To which.
    pub key: Key,
    /// What is said, by one source or by several that disagree; none for "don't know".
    pub statements: Vec<Statement>,
    /// What those are called whom the statements name for the first time: titles by id.
    pub titles: BTreeMap<String, String>,
}

/// The questions that a decision leaves, the most telling over all its verdicts first, those set aside last.
///
/// What hinges on a fact of another dossier is not asked: that dossier answers for it.
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
                let set_aside = dossier.statements.iter().any(|said| {
                    said.about == key.about && said.fact == key.fact && said.claim == Claim::Unknown
                });
                weighed.push((weight, Question { key, missing, set_aside }));
            }
        }
    }
    // a stable sort: of two that tell as much, the first stays first
    weighed.sort_by_key(|(weight, question)| (question.set_aside, Reverse(*weight)));
    weighed.into_iter().map(|(_, question)| question).collect()
}

/// The facts that a decision rests on, and those that would have to be otherwise, that somebody can be asked about though
/// no verdict hinges on them: what is presumed, what the dossier says, and what is open and would not be enough.
///
/// The decision is a full one. The facts on which a verdict hinges are [`questions`].
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
    let hinges = |key: &Key| open.iter().any(|question| question.key == *key);
    let mut all: Vec<(Key, &'d FactRef<'a>)> = Vec::new();
    for verdict in &decision.verdicts {
        let rests_on = verdict.reasons.iter().flatten().chain(&verdict.presumptions).map(|one| &one.fact);
        let otherwise = verdict.changes.iter().flatten().map(|one| &one.fact);
        for fact in rests_on.chain(otherwise) {
            let Some(key) = key(fact, dossier, decision.policy) else { continue };
            if !all.iter().any(|(other, _)| *other == key) && !hinges(&key) {
                all.push((key, fact));
            }
        }
    }
    all
}

/// What is asked about a fact; none where it is a fact of another dossier.
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

/// Whom an id names, as a dossier speaks of them, and of which kind they are.
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

/// The id of whom a question about a dossier is about.
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

/// Puts an answer into a dossier, in place of what was said of the fact there, and tells whether that changes it.
///
/// Whom it names and no dossier in `evidence` is about becomes a member of the dossier. "Don't know" is put down as
/// outright unknown where nothing is said of the fact. Where anything is, even if it does not count under the standard
/// asked about, that stays: an outright unknown would take the place of what others know of it.
pub fn take(dossier: &mut Dossier, answer: &Answer, vocabulary: &Vocabulary, evidence: &Evidence) -> bool {
    let Key { about, fact, .. } = &answer.key;
    if answer.statements.is_empty() {
        let unsaid = !is_said(vocabulary, evidence, dossier, about, *fact);
        if unsaid {
            dossier.statements.push(Statement {
                about: about.clone(),
                fact: *fact,
                claim: Claim::Unknown,
                provenance: Provenance::default(),
                span: Span::default(),
            });
        }
        return unsaid;
    }
    let taken = |id: &str| evidence.dossier(id).is_some();
    dossier.statements.retain(|said| said.about != *about || said.fact != *fact);
    let kind = vocabulary.facts.find(*fact).and_then(|fact| member_kind(fact, vocabulary));
    for said in &answer.statements {
        let mut said = said.clone();
        if let Some(kind) = kind {
            in_place(&mut said.claim, kind, dossier, &taken, &answer.titles);
        }
        dossier.statements.push(said);
    }
    true
}

/// The kind of those whom a relation may name for the first time.
pub(crate) fn member_kind(fact: &Fact, vocabulary: &Vocabulary) -> Option<KindId> {
    let only_one = |kind: &KindId| vocabulary.kinds.find(*kind).is_some_and(|kind| kind.only_one);
    match &fact.r#type {
        FactType::Many(kind) => Some(*kind),
        FactType::One(kinds) => kinds.iter().copied().find(|kind| !only_one(kind)),
        _ => None,
    }
}

/// Makes members of those named whom no dossier is about.
fn in_place(
    claim: &mut Claim,
    kind: KindId,
    dossier: &mut Dossier,
    taken: &dyn Fn(&str) -> bool,
    titles: &BTreeMap<String, String>,
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
