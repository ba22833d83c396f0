//! Weighs statements: which of them count, and which values of a fact they leave possible.

use super::{Case, Claim, LeftOut, Possible, Provenance, Statement, Status, Target, Weighed};
use crate::id::{EntityId, FactId, StandardId};
use crate::policy::{Conflict, Fact, FactType, Standard, Vocabulary};
use crate::sorted::SortedSet;
use crate::value::{Date, Grade, Ranges};
use std::borrow::Cow;
use std::mem::discriminant;

/// Weighs the statements about a fact of an entity under an evidence standard, and returns the values that they leave
/// possible.
///
/// # Example
/// ```
/// use placet::evidence::{self, Possible, Status, weigh};
///
/// # let text = r#"
/// # kind group
/// #   is neutral : yes or no
/// #
/// # dossier militia
/// #   about group
/// #   as of 2016-02-15
/// #   - it is neutral
/// #       from "its spokesman", the subject itself
/// #   - it is not neutral
/// #       from "a neighbour"
/// #
/// # evidence standard independent word
/// #   not from the subject itself
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let vocabulary = placet::policy::resolve(&bundle).vocabulary;
/// # let evidence = evidence::read(&bundle, &vocabulary).0;
/// # let day = placet::value::Date::parse("2016-02-15").ok_or("no day")?;
/// # let case = evidence::case(&vocabulary, &evidence, "militia", day).ok_or("no such dossier")?;
/// // - it is neutral
/// //     from "its spokesman", the subject itself
/// // - it is not neutral
/// //     from "a neighbour"
/// let neutral = vocabulary.facts.ids().next().ok_or("no fact")?;
/// assert_eq!(weigh(&case, case.subject, neutral, None).status, Status::Contested);
///
/// // evidence standard independent word
/// //   not from the subject itself
/// let standard = vocabulary.standards.ids().next();
/// let weighed = weigh(&case, case.subject, neutral, standard);
/// assert_eq!(weighed.possible, Possible::YesNo { yes: false, no: true });
/// assert_eq!((weighed.counted.len(), weighed.left_out.len()), (1, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn weigh<'a>(
    case: &Case<'a>,
    entity: EntityId,
    fact: FactId,
    standard: Option<StandardId>,
) -> Weighed<'a> {
    let statements = case.entities[entity].statements.get(&fact).map_or(&[][..], Vec::as_slice);
    let standard = standard.map(|standard| &case.vocabulary.standards[standard]);
    let fact = &case.vocabulary.facts[fact];
    let mut left_out = Vec::new();
    let mut counted = Vec::new();
    for statement in statements.iter().copied() {
        match fails(statement, standard, case.as_of) {
            Some(reason) if reason.is_by_source() && case.admitted.contains(&statement.address()) => {
                counted.push(statement);
            }
            Some(reason) => left_out.push((statement, reason)),
            None => counted.push(statement),
        }
    }
    if counted.iter().any(|statement| statement.claim == Claim::Unknown) {
        left_out.extend(counted.drain(..).map(|statement| (statement, LeftOut::StatedUnknown)));
    }
    if disagree(fact, &counted) {
        let reason = match standard.map(|standard| standard.conflict).unwrap_or_default() {
            Conflict::Contested => None,
            Conflict::BetterRated => Some(LeftOut::WorseRated),
            Conflict::Later => Some(LeftOut::Earlier),
        };
        if let Some(reason) = reason {
            let (kept, others) = prefer(&counted, reason);
            counted = kept;
            left_out.extend(others.into_iter().map(|statement| (statement, reason)));
        }
    }
    let (status, possible) = conclude(fact, &counted);
    Weighed { status, possible, counted, left_out }
}

/// Returns the values that are possible for a fact without statements.
///
/// # Example
/// ```
/// use placet::evidence::{Status, without_statements};
///
/// let text = "kind group\n  is hostile : yes or no\n    presumed no\n  is neutral : yes or no\n";
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let vocabulary = placet::policy::resolve(&bundle).vocabulary;
/// let status: Vec<Status> = vocabulary.facts.ids().map(|fact| without_statements(&vocabulary, fact).status).collect();
/// assert_eq!(status, [Status::Presumed, Status::Unknown]);
/// ```
pub fn without_statements<'a>(vocabulary: &Vocabulary, fact: FactId) -> Weighed<'a> {
    let (status, possible) = conclude(&vocabulary.facts[fact], &[]);
    Weighed { status, possible, counted: Vec::new(), left_out: Vec::new() }
}

/// The entities that a relation to one can lead to.
///
/// # Example
/// ```
/// use placet::evidence::{Candidates, Target};
/// use placet::sorted::SortedSet;
///
/// let not_ali = Candidates::Except(SortedSet::from([Target::Named("ali".to_owned())]));
/// assert!(not_ali.contains(&Target::NoOne));
/// assert!(!not_ali.contains(&Target::Named("ali".to_owned())));
/// assert_eq!(not_ali.named().len(), 1);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Candidates {
    /// One of these.
    Among(SortedSet<Target>),
    /// Any target except these.
    Except(SortedSet<Target>),
}

impl Candidates {
    /// Returns whether a target is one of the candidates.
    pub fn contains(&self, target: &Target) -> bool {
        match self {
            Candidates::Among(these) => these.contains(target),
            Candidates::Except(these) => !these.contains(target),
        }
    }

    /// Returns the targets that are listed, whether they are included or excluded.
    pub fn named(&self) -> &SortedSet<Target> {
        match self {
            Candidates::Among(these) | Candidates::Except(these) => these,
        }
    }

    fn both(&self, other: &Candidates) -> Candidates {
        use Candidates::{Among, Except};
        match (self, other) {
            (Among(these), Among(those)) => Among(these & those),
            (Among(these), Except(those)) | (Except(those), Among(these)) => Among(these - those),
            (Except(these), Except(those)) => Except(these | those),
        }
    }

    fn either(&self, other: &Candidates) -> Candidates {
        use Candidates::{Among, Except};
        match (self, other) {
            (Among(these), Among(those)) => Among(these | those),
            (Among(these), Except(those)) | (Except(those), Among(these)) => Except(those - these),
            (Except(these), Except(those)) => Except(these & those),
        }
    }
}

impl Weighed<'_> {
    /// Returns the candidates that the counted statements leave possible, for a relation to one.
    pub fn candidates(&self) -> Cow<'_, Candidates> {
        match &self.possible {
            Possible::One(candidates) => Cow::Borrowed(candidates),
            _ => Cow::Owned(Candidates::Except(SortedSet::new())),
        }
    }
}

/// Combines sets pairwise, in a balanced tree: with very many sets, no intermediate result is long before the last.
fn joined<S: Clone>(mut sets: Vec<S>, join: impl Fn(&S, &S) -> S) -> Option<S> {
    while sets.len() > 1 {
        let pairs = sets.chunks(2).filter_map(|pair| match pair {
            [one, other] => Some(join(one, other)),
            rest => rest.first().cloned(),
        });
        sets = pairs.collect();
    }
    sets.pop()
}

/// Returns why a statement does not count, or `None` if it counts.
fn fails(statement: &Statement, standard: Option<&Standard>, as_of: Date) -> Option<LeftOut> {
    if statement.claim != Claim::Unknown {
        return left_out(&statement.provenance, standard, as_of);
    }
    // A statement of unknown comes from the dossier itself, not from a source: it needs no rating, and without a date it
    // is as old as the dossier.
    let date = statement.provenance.date?;
    let oldest = standard.and_then(|standard| standard.within).map(|length| as_of.minus(length));
    match oldest {
        _ if date > as_of => Some(LeftOut::Future),
        Some(oldest) if date < oldest => Some(LeftOut::Old),
        _ => None,
    }
}

/// Returns why a statement with this provenance does not count under a standard, or `None` if it counts. This applies
/// to every claim except an explicit "unknown".
pub(crate) fn left_out(provenance: &Provenance, standard: Option<&Standard>, as_of: Date) -> Option<LeftOut> {
    if provenance.date.is_some_and(|date| date > as_of) {
        return Some(LeftOut::Future);
    }
    let standard = standard?;
    if standard.rated.is_some_and(|least| !provenance.grade.is_some_and(|grade| grade.meets(least))) {
        return Some(LeftOut::Rating);
    }
    if let Some(length) = standard.within {
        match provenance.date {
            None => return Some(LeftOut::Undated),
            Some(date) if date < as_of.minus(length) => return Some(LeftOut::Old),
            Some(_) => {}
        }
    }
    let barred = [
        (standard.not_rivals && provenance.rival, LeftOut::Rival),
        (standard.not_subject && provenance.subject, LeftOut::Subject),
        (standard.not_interested && provenance.interested, LeftOut::Interested),
        (standard.not_promises && provenance.promise, LeftOut::Promise),
    ];
    barred.into_iter().find(|(bars, _)| *bars).map(|(_, reason)| reason)
}

/// Returns what a single claim leaves possible of a fact, if it counts.
pub(crate) fn claimed<'a>(vocabulary: &Vocabulary, statement: &'a Statement) -> Weighed<'a> {
    let counted = if statement.claim == Claim::Unknown { Vec::new() } else { vec![statement] };
    let (status, possible) = conclude(&vocabulary.facts[statement.fact], &counted);
    Weighed { status, possible, counted, left_out: Vec::new() }
}

/// Returns whether the statements contradict each other.
fn disagree(fact: &Fact, counted: &[&Statement]) -> bool {
    conclude(fact, counted).0 == Status::Contested
}

/// Splits contradicting statements into the preferred ones and the others.
fn prefer<'a>(counted: &[&'a Statement], reason: LeftOut) -> (Vec<&'a Statement>, Vec<&'a Statement>) {
    let latest = counted.iter().map(|statement| statement.provenance.date).max().flatten();
    let grades: SortedSet<Grade> = counted.iter().map(|statement| grade(statement)).collect();
    counted.iter().copied().partition(|statement| match reason {
        LeftOut::WorseRated => !grades.iter().any(|other| better(*other, grade(statement))),
        _ => statement.provenance.date == latest,
    })
}

/// Returns the rating of a statement. A statement without a rating has F6.
fn grade(statement: &Statement) -> Grade {
    statement.provenance.grade.unwrap_or(Grade { source: 6, information: 6 })
}

/// Returns whether one rating is at least as good as another in both halves, and better in one.
fn better(one: Grade, other: Grade) -> bool {
    one != other && one.source <= other.source && one.information <= other.information
}

/// Returns the status of a fact and its possible values, given the statements that count.
fn conclude(fact: &Fact, counted: &[&Statement]) -> (Status, Possible) {
    let contested = counted.iter().any(|statement| statement.claim == Claim::Contested);
    if let FactType::Many(_) = fact.r#type {
        return conclude_members(counted, contested);
    }
    let everything = Possible::any(&fact.r#type);
    // A claim of another type than the fact's is ignored.
    let of_type = |claimed: &Possible| discriminant(claimed) == discriminant(&everything);
    let claims: Vec<Possible> =
        counted.iter().filter_map(|statement| Possible::of(&statement.claim)).filter(of_type).collect();
    if contested {
        return (Status::Contested, everything);
    }
    if claims.is_empty() {
        return match (fact.presumed, &fact.r#type) {
            (Some(yes), FactType::YesNo) => (Status::Presumed, Possible::YesNo { yes, no: !yes }),
            _ => (Status::Unknown, everything),
        };
    }
    let common = joined(claims.clone(), Possible::both)
        .map_or_else(|| everything.clone(), |all| everything.both(&all));
    if !common.is_empty() {
        let status = if common.is_single() { Status::Known } else { Status::Partly };
        return (status, common);
    }
    let either = joined(claims, Possible::either).map(|either| either.both(&everything));
    let either = either.filter(|either| !either.is_empty()).unwrap_or(everything);
    (Status::Contested, either)
}

fn conclude_members(counted: &[&Statement], contested: bool) -> (Status, Possible) {
    let mut members = Vec::new();
    let mut whole: Vec<SortedSet<&String>> = Vec::new();
    let mut has_claims = false;
    for statement in counted {
        if let Claim::Members { ids, complete } = &statement.claim {
            has_claims = true;
            members.extend(ids);
            if *complete {
                whole.push(ids.iter().collect());
            }
        }
    }
    let members: SortedSet<&String> = members.into_iter().collect();
    let outside = whole.iter().any(|whole| members.iter().any(|id| !whole.contains(id)));
    // If claims disagree but each gives the complete list, no member is possible beyond those that they name.
    let all_whole = has_claims && whole.len() == counted.len();
    let status = match (contested || outside, has_claims, whole.is_empty()) {
        (true, _, _) => Status::Contested,
        (false, false, _) => Status::Unknown,
        (false, true, true) => Status::Partly,
        (false, true, false) => Status::Known,
    };
    let ids = members.into_iter().cloned().collect();
    (status, Possible::Members { ids, complete: status == Status::Known || all_whole })
}

/// Returns the bits of all values of a choice.
pub(crate) fn every(values: &[String]) -> u64 {
    let count = u32::try_from(values.len()).unwrap_or(64);
    1_u64.checked_shl(count).map_or(u64::MAX, |bit| bit - 1)
}

impl Possible {
    /// Returns all values of a type.
    fn any(r#type: &FactType) -> Possible {
        match r#type {
            FactType::YesNo => Possible::YesNo { yes: true, no: true },
            FactType::Number { .. } => Possible::Numbers(Ranges::at_least(0)),
            FactType::Date => Possible::Numbers(Ranges::all()),
            FactType::Choice(values) => Possible::Values(every(values)),
            FactType::One(_) | FactType::Many(_) => Possible::One(Candidates::Except(SortedSet::new())),
        }
    }

    /// Returns the values that a claim leaves possible; `None` for a claim about a list and for one without a value.
    fn of(claim: &Claim) -> Option<Possible> {
        Some(match claim {
            Claim::YesNo(yes) => Possible::YesNo { yes: *yes, no: !yes },
            Claim::Numbers(ranges) | Claim::Dates(ranges) => Possible::Numbers(ranges.clone()),
            Claim::Values(values) => Possible::Values(*values),
            Claim::One(target) => Possible::One(Candidates::Among(SortedSet::from([target.clone()]))),
            Claim::NotOne(target) => Possible::One(Candidates::Except(SortedSet::from([target.clone()]))),
            Claim::Members { .. } | Claim::Unknown | Claim::Contested => return None,
        })
    }

    fn both(&self, other: &Possible) -> Possible {
        use Possible::{Numbers, One, Values, YesNo};
        match (self, other) {
            (YesNo { yes, no }, YesNo { yes: other_yes, no: other_no }) => {
                YesNo { yes: *yes && *other_yes, no: *no && *other_no }
            }
            (Numbers(one), Numbers(other)) => Numbers(one.intersection(other)),
            (Values(one), Values(other)) => Values(one & other),
            (One(one), One(other)) => One(one.both(other)),
            _ => self.clone(),
        }
    }

    fn either(&self, other: &Possible) -> Possible {
        use Possible::{Numbers, One, Values, YesNo};
        match (self, other) {
            (YesNo { yes, no }, YesNo { yes: other_yes, no: other_no }) => {
                YesNo { yes: *yes || *other_yes, no: *no || *other_no }
            }
            (Numbers(one), Numbers(other)) => Numbers(one.union(other)),
            (Values(one), Values(other)) => Values(one | other),
            (One(one), One(other)) => One(one.either(other)),
            _ => self.clone(),
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Possible::YesNo { yes, no } => !yes && !no,
            Possible::Numbers(ranges) => ranges.is_empty(),
            Possible::Values(values) => *values == 0,
            Possible::One(Candidates::Among(these)) => these.is_empty(),
            Possible::One(Candidates::Except(_)) | Possible::Members { .. } => false,
        }
    }

    fn is_single(&self) -> bool {
        match self {
            Possible::YesNo { yes, no } => yes != no,
            Possible::Numbers(ranges) => ranges.single().is_some(),
            Possible::Values(values) => values.count_ones() == 1,
            Possible::One(Candidates::Among(these)) => these.len() == 1,
            Possible::One(Candidates::Except(_)) | Possible::Members { .. } => false,
        }
    }
}
