//! Builds a case from dossiers: every entity that they name, with the statements about it.

use super::{About, Case, Dossier, Entity, Evidence, Member, Origins, Statement};
use crate::id::{EntityId, FactId, KindId, Table};
use crate::policy::{FactType, Vocabulary};
use crate::sorted::{SortedMap, SortedSet, sort_by_key};
use crate::value::Date;
use std::collections::{BTreeMap, VecDeque};

/// Returns the case of one dossier on one day, or `None` if no dossier has the id.
///
/// The case holds the subject, the entity of every `only one` kind, and every entity that their statements name,
/// directly or through other statements. Statements about circumstances (the entities of `only one` kinds) count if
/// they are in the dossier itself or in a dossier that it uses, directly or indirectly. An id that belongs to no
/// dossier and no member becomes an entity without statements.
///
/// # Example
/// ```
/// use placet::{evidence, value::Date};
///
/// # let text = r#"
/// # kind group
/// #   commander : person
/// #
/// # kind person
/// #   is designated : yes or no
/// #
/// # kind unity government, only one
/// #
/// # dossier militia
/// #   about group
/// #   - its commander is ali
/// #
/// #   person ali "Ali"
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let vocabulary = placet::policy::resolve(&bundle).vocabulary;
/// # let evidence = evidence::read(&bundle, &vocabulary).0;
/// // kind unity government, only one
/// //
/// // dossier militia
/// //   about group
/// //   - its commander is ali
/// //
/// //   person ali "Ali"
/// let day = Date::parse("2016-02-15").ok_or("no day")?;
/// let case = evidence::case(&vocabulary, &evidence, "militia", day).ok_or("no such dossier")?;
/// let titles: Vec<&str> = case.entities.iter().map(|(_, entity)| entity.title.as_str()).collect();
/// assert_eq!(titles, ["militia", "unity government", "Ali"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn case<'a>(
    vocabulary: &'a Vocabulary,
    evidence: &'a Evidence,
    dossier: &str,
    as_of: Date,
) -> Option<Case<'a>> {
    let dossier = evidence.dossier(dossier)?;
    let case = empty_case(vocabulary, bare(&dossier.id, &dossier.title, dossier.kind), as_of);
    let subject = case.subject;
    let mut gathering = Gathering {
        evidence,
        case,
        dossiers: BTreeMap::from([(dossier.id.as_str(), subject)]),
        homes: SortedMap::new(),
        members: BTreeMap::new(),
        unread: VecDeque::new(),
    };
    for member in &dossier.members {
        gathering.entity_ref(dossier, &member.id, member.kind);
    }
    if !vocabulary.kinds[dossier.kind].only_one {
        gathering.add_statements(dossier, subject, None);
    }
    let in_use = in_use(evidence, dossier);
    for circumstances in &in_use {
        gathering.circumstances(circumstances);
    }
    gathering.case.origins.own = Some(dossier);
    gathering.case.origins.circumstances = in_use.into_iter().skip(1).collect();
    while let Some((dossier, entity, member)) = gathering.unread.pop_front() {
        gathering.add_statements(dossier, entity, member);
    }
    Some(gathering.case)
}

/// Returns the case of a subject of a kind about which nothing is known. Its other entities are those of the `only one`
/// kinds.
///
/// # Example
/// ```
/// # let text = r#"
/// # kind group
/// #   is neutral : yes or no
/// #
/// # kind unity government, only one
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let vocabulary = placet::policy::resolve(&bundle).vocabulary;
/// // kind unity government, only one
/// let group = vocabulary.kinds.ids().next().ok_or("no kind")?;
/// let day = placet::value::Date::parse("2016-02-15").ok_or("no day")?;
/// let case = placet::evidence::nothing_known(&vocabulary, group, day);
/// let titles: Vec<&str> = case.entities.iter().map(|(_, entity)| entity.title.as_str()).collect();
/// assert_eq!(titles, ["group", "unity government"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn nothing_known(vocabulary: &Vocabulary, kind: KindId, as_of: Date) -> Case<'_> {
    let declared = &vocabulary.kinds[kind];
    empty_case(vocabulary, bare(&declared.name, &declared.title, kind), as_of)
}

/// Returns a case that holds a subject and the entities of the `only one` kinds.
fn empty_case<'a>(vocabulary: &'a Vocabulary, subject: Entity<'a>, as_of: Date) -> Case<'a> {
    let kind_of_subject = subject.kind;
    let named_first = subject.id.clone();
    let mut entities = Table::new();
    let subject = entities.push(subject);
    let mut only = SortedMap::new();
    for (id, kind) in vocabulary.kinds.iter().filter(|(_, kind)| kind.only_one) {
        let entity =
            if id == kind_of_subject { subject } else { entities.push(bare(&kind.name, &kind.title, id)) };
        only.insert(id, entity);
    }
    let named = BTreeMap::from([(named_first, subject)]);
    Case {
        vocabulary,
        as_of,
        entities,
        subject,
        only,
        named,
        origins: Origins::default(),
        admitted: SortedSet::new(),
    }
}

impl Evidence {
    /// Returns the dossier with an id. The comparison ignores case.
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
    /// # let vocabulary = placet::policy::resolve(&bundle).vocabulary;
    /// let (evidence, _) = placet::evidence::read(&bundle, &vocabulary);
    /// assert!(evidence.dossier("Militia").is_some());
    /// assert!(evidence.dossier("brigade").is_none());
    /// ```
    pub fn dossier(&self, id: &str) -> Option<&Dossier> {
        self.dossiers.find(id)
    }
}

/// The members of a dossier by id, and its statements by entity. Built once per dossier, since there may be many
/// members.
struct Home<'a> {
    members: SortedMap<&'a str, &'a Member>,
    /// The statements about the subject (`None`) and about each member, by id.
    statements: SortedMap<Option<&'a str>, Vec<&'a Statement>>,
}

impl<'a> Home<'a> {
    fn of(dossier: &'a Dossier) -> Home<'a> {
        // Of several members with one id, the first counts.
        let members = dossier.members.iter().rev().map(|member| (member.id.as_str(), member)).collect();
        let target = |statement: &'a Statement| match &statement.about {
            About::Subject => Some((None, statement)),
            About::Member(id) => Some((Some(id.as_str()), statement)),
            About::Only(_) => None,
        };
        let mut targets: Vec<(Option<&str>, &Statement)> =
            dossier.statements.iter().filter_map(target).collect();
        sort_by_key(&mut targets, |(target, _)| *target);
        let mut statements: SortedMap<Option<&str>, Vec<&Statement>> = SortedMap::new();
        for (target, statement) in targets {
            statements.entry(target).or_default().push(statement);
        }
        Home { members, statements }
    }
}

/// The state while a case is built.
struct Gathering<'a> {
    evidence: &'a Evidence,
    case: Case<'a>,
    /// The entities of dossiers and of unknown ids, by id.
    dossiers: BTreeMap<&'a str, EntityId>,
    /// The content of each dossier, indexed on first use.
    homes: SortedMap<&'a str, Home<'a>>,
    /// The entities of members written in place, by dossier id and member id.
    members: BTreeMap<(&'a str, &'a str), EntityId>,
    /// The entities whose statements are not read yet: the dossier, the entity, and the id of the member that it is, if
    /// any.
    unread: VecDeque<(&'a Dossier, EntityId, Option<&'a str>)>,
}

impl<'a> Gathering<'a> {
    /// Adds to an entity the statements of a dossier about its subject or about a member.
    fn add_statements(&mut self, dossier: &'a Dossier, entity: EntityId, member: Option<&'a str>) {
        let statements = self.home(dossier).statements.get(&member).cloned().unwrap_or_default();
        for statement in statements {
            self.add_statement(dossier, entity, statement);
        }
    }

    fn home(&mut self, dossier: &'a Dossier) -> &mut Home<'a> {
        self.homes.entry(&dossier.id).or_insert_with(|| Home::of(dossier))
    }

    /// Adds the statements of a dossier about the entities of `only one` kinds.
    fn circumstances(&mut self, dossier: &'a Dossier) {
        let own = self.case.only.get(&dossier.kind).copied();
        for statement in &dossier.statements {
            let entity = match &statement.about {
                About::Only(kind) => self.case.only.get(kind).copied(),
                About::Subject => own,
                About::Member(_) => None,
            };
            if let Some(entity) = entity {
                self.add_statement(dossier, entity, statement);
            }
        }
    }

    fn add_statement(&mut self, dossier: &'a Dossier, entity: EntityId, statement: &'a Statement) {
        let kind = related(self.case.vocabulary, statement.fact);
        for id in statement.claim.named() {
            let entity_ref = self.entity_ref(dossier, id, kind);
            if let Some(entity) = self.case.entities.find_mut(entity) {
                entity.names.entry(id.clone()).or_insert(entity_ref);
            }
        }
        if let Some(entity) = self.case.entities.find_mut(entity) {
            entity.statements.entry(statement.fact).or_default().push(statement);
        }
    }

    /// Returns the entity that an id names in a dossier: a member written in place if there is one, else another
    /// dossier, else a new entity of the given kind.
    fn entity_ref(&mut self, home: &'a Dossier, id: &'a str, kind: KindId) -> EntityId {
        if let Some(member) = self.home(home).members.get(id).copied() {
            if let Some(entity) = self.members.get(&(home.id.as_str(), id)) {
                return *entity;
            }
            let entity = self.add(&member.id, &member.title, member.kind);
            self.members.insert((&home.id, id), entity);
            self.unread.push_back((home, entity, Some(&member.id)));
            return entity;
        }
        if let Some(entity) = self.dossiers.get(id) {
            return *entity;
        }
        let entity = match self.evidence.dossier(id) {
            Some(dossier) => {
                self.case.origins.others.push(dossier);
                self.case.only.get(&dossier.kind).copied().unwrap_or_else(|| {
                    let entity = self.add(&dossier.id, &dossier.title, dossier.kind);
                    self.unread.push_back((dossier, entity, None));
                    entity
                })
            }
            None => self.add(id, id, kind),
        };
        self.dossiers.insert(id, entity);
        entity
    }

    fn add(&mut self, id: &str, title: &str, kind: KindId) -> EntityId {
        let entity = self.case.entities.push(bare(id, title, kind));
        self.case.named.entry(id.to_owned()).or_insert(entity);
        entity
    }
}

/// Returns an entity without statements.
fn bare<'a>(id: &str, title: &str, kind: KindId) -> Entity<'a> {
    Entity {
        id: id.to_owned(),
        title: title.to_owned(),
        kind,
        statements: SortedMap::new(),
        names: BTreeMap::new(),
    }
}

/// Returns whether a dossier has a statement about a fact of `about`. For an entity of an `only one` kind, the dossiers
/// that it uses are searched too.
pub(crate) fn has_statement(
    vocabulary: &Vocabulary,
    evidence: &Evidence,
    dossier: &Dossier,
    about: &About,
    fact: FactId,
) -> bool {
    let only = match about {
        About::Only(kind) => Some(*kind),
        About::Subject => Some(dossier.kind).filter(|kind| vocabulary.kinds[*kind].only_one),
        About::Member(_) => None,
    };
    let Some(kind) = only else {
        return dossier
            .statements
            .iter()
            .any(|statement| statement.fact == fact && statement.about == *about);
    };
    in_use(evidence, dossier).into_iter().any(|one| {
        one.statements.iter().filter(|statement| statement.fact == fact).any(|statement| {
            match &statement.about {
                About::Only(other) => *other == kind,
                About::Subject => one.kind == kind,
                About::Member(_) => false,
            }
        })
    })
}

/// Returns a dossier and those that it uses, directly or indirectly, in the order of first use.
fn in_use<'a>(evidence: &'a Evidence, dossier: &'a Dossier) -> Vec<&'a Dossier> {
    let mut seen = SortedSet::from([dossier.id.as_str()]);
    let mut order = vec![dossier];
    let mut at = 0;
    while let Some(dossier) = order.get(at) {
        let more = dossier.uses.iter().filter(|id| seen.insert(id)).filter_map(|id| evidence.dossier(id));
        let more: Vec<&Dossier> = more.collect();
        order.extend(more);
        at += 1;
    }
    order
}

/// Returns the kind of an entity about which nothing is known except that a fact refers to it.
fn related(vocabulary: &Vocabulary, fact: FactId) -> KindId {
    let fact = &vocabulary.facts[fact];
    match &fact.r#type {
        FactType::Many(kind) => *kind,
        FactType::One(kinds) => {
            let several = kinds.iter().find(|kind| !vocabulary.kinds[**kind].only_one);
            several.or(kinds.first()).copied().unwrap_or(fact.kind)
        }
        _ => fact.kind,
    }
}
