//! Reads dossiers in the language and types them by a vocabulary.

use super::own::{OwnWords, Unused, UnusedMember, UnusedStatement, is_sealed, own_files, written};
use super::{About, Claim, Dossier, Evidence, Member, OwnSource, Provenance, Statement, Target};
use super::{problem, scope};
use crate::bundle::Bundle;
use crate::diagnostic::{self, Diagnostic};
use crate::id::{FactId, KindId};
use crate::policy::clause::{ClauseReader, Sentence, TargetName};
use crate::policy::lexicon::{Lexicon, key_of};
use crate::policy::{Allowed, FactType, Kind, Root, Source, Subject, Vocabulary};
use crate::sorted::{SortedMap, SortedSet};
use crate::span::{FileId, Name, Span};
use crate::syntax::{self, Block, Origin};
use crate::text::{Ids, fold};
use crate::value::Ranges;
use std::cell::Cell;

/// The largest number of statements in one dossier.
pub const MOST_STATEMENTS: usize = 100_000;

/// Reads the dossiers of a bundle.
///
/// Statements are read with the given vocabulary, which is the policy's. A statement that only the vocabulary of the
/// dossier's own files can read is kept separately in [`unused`](Dossier::unused): it is never weighed, and that
/// vocabulary does not apply to other dossiers.
///
/// A statement that cannot be read is reported and left out. The caller must not decide on the evidence if the findings
/// include an error. Findings about form are in the bundle and are not repeated here.
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
    let policy: Option<SortedSet<FileId>> = bundle.policy_files().map(|files| files.into_iter().collect());
    let mut problems = scope::misplaced(bundle, policy.as_ref());
    // Without a policy, all files contribute to the vocabulary.
    let policy = policy.unwrap_or_else(|| bundle.files.iter().map(|file| file.id).collect());
    let blocks: Vec<&syntax::Dossier> = bundle
        .files
        .iter()
        .flat_map(|file| &file.blocks)
        .filter_map(|block| match block {
            Block::Dossier(dossier) => Some(dossier),
            _ => None,
        })
        .collect();
    // The lexicon is expensive and only needed if there are dossiers.
    if blocks.is_empty() {
        return (Evidence::default(), problems);
    }
    let lexicon = Lexicon::new(vocabulary);
    let own = OwnWords::read(bundle, &policy, &lexicon, &blocks, &mut problems);
    let own = own.lexicons();
    // Collect all ids and kinds first: a statement may name a dossier that comes later.
    let mut known = Known::default();
    let mut kept = Vec::new();
    for block in blocks {
        let id = &block.id.value;
        if let Some(first) = known.place(id) {
            problems.push(*problem::duplicate(&block.id, first));
            continue;
        }
        // The parser has already reported a missing `about`.
        let Some(about) = &block.about else { continue };
        let own = own.get(own_files(bundle, &policy, block).as_slice());
        match kind_of(about, &lexicon) {
            Ok(kind) => {
                known.of_policy.add(id, (kind, block.id.span));
                kept.push((block, kind, own));
            }
            Err(_) if own.is_some_and(|own| own.kind(&about.value).is_some()) => {
                known.of_others.add(id, (about.value.clone(), block.id.span));
                problems.push(problem::unasked_kind(about));
            }
            Err(problem) => problems.push(*problem),
        }
    }
    let mut evidence = Evidence::default();
    let mut used: SortedMap<Vec<FileId>, Vec<String>> = SortedMap::new();
    for (block, kind, own) in kept {
        let mut reader = StatementReader { own, ..StatementReader::new(&lexicon, &known, &mut problems) };
        let id = block.id.value.clone();
        let (members, statements) =
            reader.statements(&id, kind, &block.members, &block.statements, block.span);
        let unused = reader.unused;
        if let Some(first) = unused.statements.first() {
            problems.push(problem::unused(first.span, unused.statements.len()));
        }
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
            unused,
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

/// Returns the ids of the dossiers in some files and in the files that these use, in order.
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

/// Returns the kinds that a relation or a list can lead to.
fn target_kinds(r#type: &FactType) -> &[KindId] {
    match r#type {
        FactType::One(kinds) => kinds,
        FactType::Many(kind) => std::slice::from_ref(kind),
        FactType::YesNo | FactType::Number { .. } | FactType::Date | FactType::Choice(_) => &[],
    }
}

/// The dossiers that are read together, by id.
#[derive(Default)]
pub(crate) struct Known {
    /// The dossiers about kinds of the policy.
    of_policy: Ids<(KindId, Span)>,
    /// The dossiers about kinds that only their own vocabulary declares, with the names of these kinds.
    of_others: Ids<(String, Span)>,
}

impl Known {
    /// Returns the place of the dossier with an id.
    fn place(&self, id: &str) -> Option<Span> {
        let of_policy = self.of_policy.exact(id).map(|(_, place)| *place);
        of_policy.or_else(|| self.of_others.exact(id).map(|(_, place)| *place))
    }
}

/// Reads the statements of one dossier or scenario.
pub(crate) struct StatementReader<'a, 'v> {
    /// The look-up of words in the policy's vocabulary.
    lexicon: &'a Lexicon<'v>,
    /// The look-up of words in the vocabulary of the dossier's own files. The ids of its kinds follow those of the
    /// policy.
    own: Option<&'a Lexicon<'v>>,
    /// The dossiers, by id.
    known: &'a Known,
    /// The members written in place: the id as written, the kind, and the id in the case.
    pub local: Ids<(KindId, String)>,
    /// The statements in the dossier's own vocabulary.
    unused: Unused,
    /// The findings.
    pub problems: &'a mut Vec<Diagnostic>,
}

/// The entity, the fact and the claim of a statement, with remarks on how it is written.
type Claimed = (About, FactId, Claim, Vec<Diagnostic>);

/// Why a statement cannot be read.
enum Unread {
    /// The words match no fact that can be stated.
    Words(problem::Problem),
    /// The words match a fact, but the claim about it is invalid.
    Claim(problem::Problem),
    /// The declaration of the fact has an error, which is reported there.
    Echo,
}

impl<'a, 'v> StatementReader<'a, 'v> {
    /// Returns a reader that knows only the vocabulary of a policy.
    pub(crate) fn new(
        lexicon: &'a Lexicon<'v>,
        known: &'a Known,
        problems: &'a mut Vec<Diagnostic>,
    ) -> StatementReader<'a, 'v> {
        StatementReader {
            lexicon,
            own: None,
            known,
            local: Ids::default(),
            unused: Unused::default(),
            problems,
        }
    }

    /// Returns the members written in place and all statements: first those about the subject, then those about each
    /// member.
    ///
    /// The id of a member in the case is `DOSSIER/MEMBER`, so that two dossiers can use the same member id.
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
            let own = || self.own.and_then(|own| own.kind(&member.kind.value));
            let kind = match kind_of(&member.kind, self.lexicon).or_else(|problem| own().ok_or(problem)) {
                Ok(kind) if !self.kind(kind).is_some_and(|kind| kind.only_one) => kind,
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
            let target = UnusedMember { id: id.clone(), title: title.clone(), kind: self.name(kind) };
            match is_sealed(kind, self.lexicon.vocabulary) {
                true => found.push(Member { id, title, kind }),
                false => self.unused.members.push(target.clone()),
            }
            read.push((member, kind, target));
        }
        let mut typed = Vec::with_capacity(statements.len());
        self.block(kind, None, statements, &mut typed);
        for (member, kind, target) in read {
            self.block(kind, Some(&target), &member.statements, &mut typed);
        }
        if let Some(statement) = typed.get(MOST_STATEMENTS) {
            self.problems.push(*problem::too_many_statements(statement.span, MOST_STATEMENTS));
            typed.truncate(MOST_STATEMENTS);
        }
        (found, typed)
    }

    fn block(
        &mut self,
        kind: KindId,
        target: Option<&UnusedMember>,
        statements: &[syntax::Statement],
        typed: &mut Vec<Statement>,
    ) {
        let is_sealed = is_sealed(kind, self.lexicon.vocabulary);
        let member = target.map(|target| target.id.as_str());
        for statement in statements {
            let span = statement.clause.span;
            let provenance = self.provenance(statement.provenance.as_ref());
            let by_policy = match is_sealed {
                true => self.read(self.lexicon, kind, member, &statement.clause),
                false => Err(Unread::Echo),
            };
            match by_policy {
                Ok((about, fact, claim, remarks)) => {
                    self.problems.extend(remarks);
                    self.compare(kind, &statement.clause, fact);
                    typed.push(Statement { about, fact, claim, provenance, span });
                }
                Err(Unread::Claim(problem)) => self.problems.push(*problem),
                Err(unread) => {
                    let by_own = self.own.map(|own| self.read(own, kind, member, &statement.clause));
                    match (by_own, unread) {
                        (Some(Ok(_)), _) => self.unused.statements.push(UnusedStatement {
                            of: target.cloned(),
                            text: written(&statement.clause),
                            provenance,
                            span,
                        }),
                        // The error is in a declaration of the dossier's own files and is reported there.
                        (Some(Err(Unread::Echo)), _) => {}
                        (Some(Err(Unread::Claim(problem))), _)
                        | (_, Unread::Words(problem) | Unread::Claim(problem)) => {
                            self.problems.push(*problem)
                        }
                        (Some(Err(Unread::Words(problem))), Unread::Echo) if !is_sealed => {
                            self.problems.push(*problem);
                        }
                        (_, Unread::Echo) => {}
                    }
                }
            }
        }
    }

    /// Reads a statement with one vocabulary.
    fn read(
        &self,
        lexicon: &Lexicon<'_>,
        kind: KindId,
        member: Option<&str>,
        clause: &syntax::Clause,
    ) -> Result<Claimed, Unread> {
        let about = [kind];
        let mut clause_reader = ClauseReader::new(lexicon, &about);
        clause_reader.implied = true;
        let is_known = Cell::new(false);
        let claimed = clause_reader.read_as(clause, &|sentence| {
            is_known.set(true);
            let mut remarks = Vec::new();
            let (subject, fact, claim) = self.claim(lexicon, sentence, clause.span, &mut remarks)?;
            if !subject.steps.is_empty() {
                return Err(problem::about_another_entity(clause.span));
            }
            let about = match (subject.root, member) {
                (Root::Only(kind), _) => About::Only(kind),
                (Root::Subject, Some(id)) => About::Member(id.to_owned()),
                (Root::Subject, None) if lexicon.vocabulary.kinds[kind].only_one => About::Only(kind),
                (Root::Subject, None) => About::Subject,
            };
            Ok((about, fact, claim, remarks))
        });
        claimed.map_err(|problem| match (is_known.get(), clause_reader.echo.get()) {
            (true, _) => Unread::Claim(problem),
            (false, true) => Unread::Echo,
            (false, false) => Unread::Words(problem),
        })
    }

    /// Reports a statement that the dossier's own vocabulary reads as another fact than the policy's vocabulary does.
    fn compare(&mut self, kind: KindId, clause: &syntax::Clause, fact: FactId) {
        let Some(own) = self.own else { return };
        let about = [kind];
        let mut clause_reader = ClauseReader::new(own, &about);
        clause_reader.implied = true;
        let Some(other) = clause_reader.read(clause).ok().and_then(|sentence| sentence.fact()) else {
            return;
        };
        let facts = (self.lexicon.vocabulary.facts.find(fact), own.vocabulary.facts.find(other));
        let (Some(fact), Some(other)) = facts else { return };
        if fact.kind != other.kind || key_of(&fact.phrase) != key_of(&other.phrase) {
            let (fact, other) = ((fact.phrase.as_str(), fact.span), (other.phrase.as_str(), other.span));
            self.problems.push(problem::two_readings(clause.span, fact, other));
        }
    }

    /// Returns a kind of the policy or of the dossier's own vocabulary.
    fn kind(&self, id: KindId) -> Option<&Kind> {
        let of_policy = self.lexicon.vocabulary.kinds.find(id);
        of_policy.or_else(|| self.own.and_then(|own| own.vocabulary.kinds.find(id)))
    }

    /// Returns the subject, the fact and the claim of a parsed statement.
    fn claim(
        &self,
        lexicon: &Lexicon<'_>,
        sentence: Sentence,
        span: Span,
        remarks: &mut Vec<Diagnostic>,
    ) -> Result<(Subject, FactId, Claim), problem::Problem> {
        let vocabulary = lexicon.vocabulary;
        match sentence {
            Sentence::Test { subject, fact, allowed, .. } => {
                let declared = &vocabulary.facts[fact];
                if declared.definition.is_some() {
                    return Err(problem::defined(span, &declared.phrase, declared.span));
                }
                let claim = match allowed {
                    Allowed::YesNo(yes) => Claim::YesNo(yes),
                    Allowed::Numbers(numbers) => Claim::Numbers(numbers.intersection(&Ranges::at_least(0))),
                    Allowed::Dates(days) => Claim::Dates(days),
                    Allowed::Values(bits) => Claim::Values(bits),
                    Allowed::Relative { .. } => return Err(problem::relative_date(span)),
                };
                Ok((subject, fact, claim))
            }
            Sentence::Relation { subject, relation, positive, through_any, target } => {
                if through_any {
                    return Err(problem::chain_in_dossier(span));
                }
                let kinds = target_kinds(&vocabulary.facts[relation].r#type);
                let target = self.target(kinds, target, span, remarks)?;
                let claim = if positive { Claim::One(target) } else { Claim::NotOne(target) };
                Ok((subject, relation, claim))
            }
            Sentence::Lists { subject, list, ids, complete } => {
                let kinds = target_kinds(&vocabulary.facts[list].r#type);
                let ids = ids
                    .iter()
                    .map(|(id, span)| self.named(id, kinds, *span, remarks))
                    .collect::<Result<Vec<_>, _>>()?;
                Ok((subject, list, Claim::Members { ids, complete }))
            }
            Sentence::Open { subject, fact, contested } => {
                let declared = &vocabulary.facts[fact];
                if declared.definition.is_some() {
                    return Err(problem::defined(span, &declared.phrase, declared.span));
                }
                Ok((subject, fact, if contested { Claim::Contested } else { Claim::Unknown }))
            }
            Sentence::Members { list, .. } => Err(problem::quantified(span, &vocabulary.facts[list].phrase)),
            Sentence::Ancestor { .. } => Err(problem::chain_in_dossier(span)),
            Sentence::Phase { .. } => Err(problem::phase_in_dossier(span)),
        }
    }

    fn target(
        &self,
        kinds: &[KindId],
        target: TargetName,
        span: Span,
        remarks: &mut Vec<Diagnostic>,
    ) -> Result<Target, problem::Problem> {
        match target {
            TargetName::NoOne => Ok(Target::NoOne),
            TargetName::Only(kind) if kinds.contains(&kind) => Ok(Target::Only(kind)),
            TargetName::Only(kind) => Err(self.wrong_kind(span, &self.name(kind), kinds)),
            TargetName::Id(id, span) => self.named(&id, kinds, span, remarks).map(Target::Named),
        }
    }

    /// Returns the id in the case of a member or dossier that has one of the given kinds.
    fn named(
        &self,
        id: &str,
        kinds: &[KindId],
        span: Span,
        remarks: &mut Vec<Diagnostic>,
    ) -> Result<String, problem::Problem> {
        let member =
            self.local.find(id).map(|(own, (kind, id))| (own, Some(*kind), self.name(*kind), id.as_str()));
        let of_policy =
            self.known.of_policy.find(id).map(|(own, (kind, _))| (own, Some(*kind), self.name(*kind), own));
        let of_others =
            self.known.of_others.find(id).map(|(own, (name, _))| {
                (own, self.own.and_then(|words| words.kind(name)), name.clone(), own)
            });
        let found: Vec<_> = [member, of_policy, of_others].into_iter().flatten().collect();
        let found = match found.iter().find(|(own, ..)| *own == id) {
            Some(exact) => Some(exact),
            // If several ids differ from it only in case, the reference is ambiguous.
            None => found.first().filter(|_| found.len() == 1),
        };
        let Some((own, kind, name, named)) = found else {
            let candidates = self.local.ids().chain(self.known.of_policy.ids());
            return Err(problem::unknown_id(
                span,
                id,
                &self.names(kinds),
                &self.lexicon.near(id, candidates),
            ));
        };
        if *own != id {
            remarks.push(problem::other_case(span, id, own));
        }
        match kind.is_some_and(|kind| kinds.contains(&kind)) {
            true => Ok((*named).to_owned()),
            false => Err(self.wrong_kind(span, name, kinds)),
        }
    }

    fn wrong_kind(&self, span: Span, is: &str, wanted: &[KindId]) -> problem::Problem {
        problem::wrong_kind(span, is, &self.names(wanted))
    }

    fn names(&self, kinds: &[KindId]) -> Vec<String> {
        kinds.iter().map(|kind| self.name(*kind)).collect()
    }

    fn name(&self, kind: KindId) -> String {
        self.kind(kind).map_or_else(String::new, |kind| kind.name.clone())
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
                let named = |source: &Source| fold(&source.id) == wanted;
                let own = || self.own?.vocabulary.sources.iter().find(|(_, source)| named(source));
                match (sources.iter().find(|(_, source)| named(source)), own()) {
                    (Some((id, _)), _) => {
                        provenance.source = Some(id);
                        provenance.lines.clone_from(lines);
                    }
                    (None, Some((_, source))) => {
                        provenance.attributed = Some(match lines.as_str() {
                            "" => source.title.clone(),
                            lines if lines.bytes().all(|byte| byte.is_ascii_digit()) => {
                                format!("{}, line {lines}", source.title)
                            }
                            lines => format!("{}, lines {lines}", source.title),
                        });
                        provenance.own = Some(OwnSource { id: source.id.clone(), lines: lines.clone() });
                    }
                    (None, None) => {
                        let near =
                            self.lexicon.near(&wanted, sources.iter().map(|(_, source)| source.id.as_str()));
                        self.problems.push(*problem::unknown_source(name, &near));
                    }
                }
            }
            Some(Origin::Described(text)) => provenance.attributed = Some(text.value.clone()),
            None => {}
        }
        provenance
    }
}
