//! Dossiers written in the language, typed by a vocabulary.

use super::{About, Claim, Dossier, Evidence, Member, Provenance, Statement, Target};
use super::{problem, scope};
use crate::bundle::Bundle;
use crate::diagnostic::{self, Diagnostic};
use crate::id::{FactId, KindId};
use crate::policy::clause::{Said, Speaker, Whom};
use crate::policy::lexicon::Lexicon;
use crate::policy::{Allowed, FactType, Root, Subject, Vocabulary};
use crate::span::{FileId, Name, Span};
use crate::syntax::{self, Block, Origin};
use crate::text::{Ids, fold};
use crate::value::Ranges;
use std::collections::{BTreeMap, BTreeSet};

/// The most statements one dossier may have.
pub const MOST_STATEMENTS: usize = 100_000;

/// Reads the dossiers of a bundle.
///
/// A statement that cannot be read is reported and left out; whoever decides must refuse to where an error is
/// among the problems. Problems of form are the bundle's and not repeated here.
///
/// # Example
/// ```
/// use placet::{bundle, evidence, policy};
///
/// let text = "kind group\n  is neutral : yes or no\n\ndossier d\n  about group\n  - it is nuetral\n";
/// let bundle = bundle::gather(&["d.placet"], &mut |_| Ok(text.into()));
/// let vocabulary = policy::resolve(&bundle).vocabulary;
/// let (evidence, problems) = evidence::read(&bundle, &vocabulary);
/// assert_eq!(problems[0].help.as_deref(), Some("did you mean `is neutral`?"));
/// assert!(evidence.dossiers[0].statements.is_empty());
/// ```
pub fn read(bundle: &Bundle, vocabulary: &Vocabulary) -> (Evidence, Vec<Diagnostic>) {
    let policy: Option<BTreeSet<FileId>> = bundle.policy_files().map(|files| files.into_iter().collect());
    let mut problems = scope::misplaced(bundle, policy.as_ref());
    let blocks: Vec<&syntax::Dossier> = bundle
        .files
        .iter()
        .flat_map(|file| &file.blocks)
        .filter_map(|block| match block {
            Block::Dossier(dossier) => Some(dossier),
            _ => None,
        })
        .collect();
    // A vocabulary is turned round only where there is something to read.
    if blocks.is_empty() {
        return (Evidence::default(), problems);
    }
    let lexicon = Lexicon::new(vocabulary);
    // Every id and its kind first: statements may name dossiers that come later.
    let mut known: Ids<(KindId, Span)> = Ids::default();
    let mut kept = Vec::new();
    for block in blocks {
        let id = &block.id.value;
        if let Some((_, first)) = known.exact(id) {
            problems.push(*problem::duplicate(&block.id, *first));
            continue;
        }
        // A missing `about` is a mistake of form, reported by the parser.
        let Some(about) = &block.about else { continue };
        match kind_of(about, &lexicon) {
            Ok(kind) => {
                known.add(id, (kind, block.id.span));
                kept.push((block, kind));
            }
            Err(problem) => problems.push(*problem),
        }
    }
    let mut evidence = Evidence::default();
    let mut used: BTreeMap<Vec<FileId>, Vec<String>> = BTreeMap::new();
    for (block, kind) in kept {
        let mut reader =
            Reader { lexicon: &lexicon, known: &known, local: Ids::default(), problems: &mut problems };
        let id = block.id.value.clone();
        let (members, statements) =
            reader.statements(&id, kind, &block.members, &block.statements, block.span);
        evidence.dossiers.push(Dossier {
            title: block.title.as_ref().map_or_else(|| block.id.value.clone(), |title| title.value.clone()),
            kind,
            as_of: block.as_of.map(|date| date.value),
            known_as: block.known_as.iter().map(|name| name.value.clone()).collect(),
            identifiers: block
                .identifiers
                .iter()
                .map(|(scheme, value)| (scheme.value.clone(), value.value.clone()))
                .collect(),
            notes: block.notes.iter().map(|note| note.value.clone()).collect(),
            statements,
            members,
            uses: used
                .entry(bundle.used_by(block))
                .or_insert_with_key(|files| used_dossiers(bundle, files))
                .clone(),
            span: block.span,
            id,
        });
    }
    diagnostic::sort(&mut problems);
    (evidence, problems)
}

/// The ids of the dossiers in some files and in those that they use, in order.
fn used_dossiers(bundle: &Bundle, files: &[FileId]) -> Vec<String> {
    let mut ids = Vec::new();
    for file in bundle.reach_of(files.to_vec()) {
        for block in bundle.file(file).into_iter().flat_map(|file| &file.blocks) {
            if let Block::Dossier(used) = block {
                ids.push(used.id.value.clone());
            }
        }
    }
    ids
}

fn kind_of(name: &Name, lexicon: &Lexicon) -> Result<KindId, problem::Problem> {
    lexicon
        .kind(&name.value)
        .ok_or_else(|| problem::unknown_kind(name, &lexicon.near(&name.value, lexicon.kind_names())))
}

/// The kinds of those whom a relation or a list leads to.
fn led_to(r#type: &FactType) -> &[KindId] {
    match r#type {
        FactType::One(kinds) => kinds,
        FactType::Many(kind) => std::slice::from_ref(kind),
        FactType::YesNo | FactType::Number { .. } | FactType::Date | FactType::Choice(_) => &[],
    }
}

/// Reads the statements of one dossier or scenario.
pub(crate) struct Reader<'a, 'v> {
    /// From words to what they name.
    pub lexicon: &'a Lexicon<'v>,
    /// The dossiers, by id.
    pub known: &'a Ids<(KindId, Span)>,
    /// The members written in place: the id as written, its kind, and its id in the case.
    pub local: Ids<(KindId, String)>,
    /// What is wrong.
    pub problems: &'a mut Vec<Diagnostic>,
}

impl Reader<'_, '_> {
    /// The members written in place, and everything said: of the subject first, then of each member.
    ///
    /// A member's id in the case is `DOSSIER/MEMBER`, so that two dossiers may use the same id.
    pub(crate) fn statements(
        &mut self,
        owner: &str,
        kind: KindId,
        members: &[syntax::Member],
        statements: &[syntax::Statement],
        place: Span,
    ) -> (Vec<Member>, Vec<Statement>) {
        let mut found = Vec::with_capacity(members.len());
        let mut read = Vec::with_capacity(members.len());
        for member in members {
            let written = &member.id.value;
            let kind = match kind_of(&member.kind, self.lexicon) {
                Ok(kind) if !self.lexicon.vocabulary.kinds[kind].only_one => kind,
                Ok(_) => {
                    self.problems.push(*problem::only_one_member(&member.kind));
                    continue;
                }
                Err(problem) => {
                    self.problems.push(*problem);
                    continue;
                }
            };
            if self.local.exact(written).is_some() {
                self.problems.push(*problem::duplicate(&member.id, place));
                continue;
            }
            let id = format!("{owner}/{written}");
            self.local.add(written, (kind, id.clone()));
            let title =
                member.title.as_ref().map_or_else(|| member.id.value.clone(), |title| title.value.clone());
            found.push(Member { id: id.clone(), title, kind });
            read.push((member, kind, id));
        }
        let mut said = Vec::with_capacity(statements.len());
        self.block(kind, None, statements, &mut said);
        for (member, kind, id) in read {
            self.block(kind, Some(&id), &member.statements, &mut said);
        }
        if let Some(statement) = said.get(MOST_STATEMENTS) {
            self.problems.push(*problem::too_many_statements(statement.span, MOST_STATEMENTS));
            said.truncate(MOST_STATEMENTS);
        }
        (found, said)
    }

    fn block(
        &mut self,
        kind: KindId,
        member: Option<&str>,
        statements: &[syntax::Statement],
        said: &mut Vec<Statement>,
    ) {
        for statement in statements {
            let about = [kind];
            let mut speaker = Speaker::new(self.lexicon, &about);
            speaker.implied = true;
            let read = speaker.read(&statement.clause).and_then(|what| {
                let (subject, fact, claim) = self.claim(what, statement.clause.span)?;
                let about = match (subject.root, member) {
                    (Root::Only(kind), _) => About::Only(kind),
                    (Root::Subject, Some(id)) => About::Member(id.to_owned()),
                    (Root::Subject, None) if self.lexicon.vocabulary.kinds[kind].only_one => {
                        About::Only(kind)
                    }
                    (Root::Subject, None) => About::Subject,
                };
                if !subject.steps.is_empty() {
                    return Err(problem::said_of_another(statement.clause.span));
                }
                Ok((about, fact, claim))
            });
            let provenance = self.provenance(statement.provenance.as_ref());
            match read {
                Ok((about, fact, claim)) => {
                    said.push(Statement { about, fact, claim, provenance, span: statement.clause.span });
                }
                Err(_) if speaker.echo.get() => {}
                Err(problem) => self.problems.push(*problem),
            }
        }
    }

    /// What a statement claims, of whom and of which fact.
    fn claim(&mut self, said: Said, span: Span) -> Result<(Subject, FactId, Claim), problem::Problem> {
        let vocabulary = self.lexicon.vocabulary;
        match said {
            Said::Test { subject, fact, allowed } => {
                let declared = &vocabulary.facts[fact];
                if declared.definition.is_some() {
                    return Err(problem::defined(span, &declared.phrase, declared.span));
                }
                let claim = match allowed {
                    Allowed::YesNo(yes) => Claim::YesNo(yes),
                    Allowed::Numbers(numbers) => Claim::Numbers(numbers.intersection(&Ranges::at_least(0))),
                    Allowed::Dates(days) => Claim::Dates(days),
                    Allowed::Values(bits) => Claim::Values(bits),
                    Allowed::WithinLast(_) | Allowed::NotWithinLast(_) => {
                        return Err(problem::relative_date(span));
                    }
                };
                Ok((subject, fact, claim))
            }
            Said::Relation { subject, relation, positive, through_any, target } => {
                if through_any {
                    return Err(problem::chain_in_dossier(span));
                }
                let target = self.target(relation, target, span)?;
                let claim = if positive { Claim::One(target) } else { Claim::NotOne(target) };
                Ok((subject, relation, claim))
            }
            Said::Lists { subject, list, ids, complete } => {
                let kinds = led_to(&vocabulary.facts[list].r#type);
                let ids = ids
                    .iter()
                    .map(|(id, span)| self.named(id, kinds, *span))
                    .collect::<Result<Vec<_>, _>>()?;
                Ok((subject, list, Claim::Members { ids, complete }))
            }
            Said::Open { subject, fact, contested } => {
                let declared = &vocabulary.facts[fact];
                if declared.definition.is_some() {
                    return Err(problem::defined(span, &declared.phrase, declared.span));
                }
                Ok((subject, fact, if contested { Claim::Contested } else { Claim::Unknown }))
            }
            Said::Members { list, .. } => Err(problem::quantified(span, &vocabulary.facts[list].phrase)),
            Said::Ancestor { .. } => Err(problem::chain_in_dossier(span)),
            Said::Phase { .. } => Err(problem::phase_in_dossier(span)),
        }
    }

    fn target(&mut self, relation: FactId, target: Whom, span: Span) -> Result<Target, problem::Problem> {
        let declared = &self.lexicon.vocabulary.facts[relation];
        let kinds = led_to(&declared.r#type);
        match target {
            Whom::NoOne => Ok(Target::NoOne),
            Whom::Only(kind) if kinds.contains(&kind) => Ok(Target::Only(kind)),
            Whom::Only(kind) => Err(self.wrong_kind(span, kind, kinds)),
            Whom::Id(id, span) => self.named(&id, kinds, span).map(Target::Named),
        }
    }

    /// The id in the case of a member or dossier of one of some kinds.
    fn named(&mut self, id: &str, kinds: &[KindId], span: Span) -> Result<String, problem::Problem> {
        let local = |found: Option<(&str, &(KindId, String))>| {
            found.map(|(own, (kind, id))| (own.to_owned(), *kind, id.clone()))
        };
        let known = |found: Option<(&str, &(KindId, Span))>| {
            found.map(|(own, (kind, _))| (own.to_owned(), *kind, own.to_owned()))
        };
        let exactly = |own: &(String, KindId, String)| own.0 == id;
        let (member, dossier) = (local(self.local.find(id)), known(self.known.find(id)));
        let found = match (member, dossier) {
            (Some(member), _) if exactly(&member) => Some(member),
            (_, Some(dossier)) if exactly(&dossier) => Some(dossier),
            // of two that differ from it in case alone neither is meant for sure
            (Some(_), Some(_)) => None,
            (member, dossier) => member.or(dossier),
        };
        let Some((own, kind, named)) = found else {
            let candidates = self.local.ids().chain(self.known.ids());
            return Err(problem::unknown_id(
                span,
                id,
                &self.names(kinds),
                &self.lexicon.near(id, candidates),
            ));
        };
        if own != id {
            self.problems.push(problem::other_case(span, id, &own));
        }
        if kinds.contains(&kind) { Ok(named) } else { Err(self.wrong_kind(span, kind, kinds)) }
    }

    fn wrong_kind(&self, span: Span, is: KindId, wanted: &[KindId]) -> problem::Problem {
        problem::wrong_kind(span, &self.lexicon.vocabulary.kinds[is].name, &self.names(wanted))
    }

    fn names(&self, kinds: &[KindId]) -> Vec<String> {
        kinds.iter().map(|kind| self.lexicon.vocabulary.kinds[*kind].name.clone()).collect()
    }

    fn provenance(&mut self, line: Option<&syntax::Provenance>) -> Provenance {
        let Some(line) = line else { return Provenance::default() };
        let mut provenance = Provenance {
            rival: line.rival,
            subject: line.subject,
            interested: line.interested,
            promise: line.promise,
            grade: line.grade,
            date: line.date,
            ..Provenance::default()
        };
        match &line.origin {
            Some(Origin::Declared(name, lines)) => {
                let sources = &self.lexicon.vocabulary.sources;
                let wanted = fold(&name.value);
                match sources.iter().find(|(_, source)| fold(&source.id) == wanted) {
                    Some((id, _)) => {
                        provenance.source = Some(id);
                        provenance.lines.clone_from(lines);
                    }
                    None => {
                        let near =
                            self.lexicon.near(&wanted, sources.iter().map(|(_, source)| source.id.as_str()));
                        self.problems.push(*problem::unknown_source(name, &near));
                    }
                }
            }
            Some(Origin::Told(text)) => provenance.told = Some(text.value.clone()),
            None => {}
        }
        provenance
    }
}
