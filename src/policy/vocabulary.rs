//! Reads kinds, facts, sources and evidence standards from the files of a bundle.

use std::collections::BTreeMap;

use super::clause::mask;
use super::lexicon::{Index, key_of, tokens};
use super::logic::ConditionIds;
use super::phrase;
use super::polarity::same_polarity;
use super::problem::{Problem, error, suggesting, with_odd_letter};
use super::{Citation, Fact, FactType, Kind, Source, Standard, Vocabulary, way};
use crate::diagnostic::{Diagnostic, Suggestions};
use crate::id::{FactId, Id, KindId, SourceId, StandardId};
use crate::script::odd_letter;
use crate::sorted::SortedMap;
use crate::span::{FileId, Name, Span};
use crate::syntax::{self, Block, File};
use crate::text::fold;

/// The largest number of facts in a vocabulary.
pub const MOST_FACTS: usize = 20_000;

/// The largest number of values of a choice fact.
pub const MOST_VALUES: usize = 60;

/// The number of declarations that two files must share before they are reported as one finding.
const COPIED: usize = 3;

/// A definition whose fact has been added to the vocabulary, but whose condition has not been read yet.
pub(super) struct Pending<'s> {
    /// The fact that is defined.
    pub fact: FactId,
    /// The block of the definition.
    pub block: &'s syntax::Definition,
}

/// The names of a vocabulary, for look-ups while it is built and afterwards.
#[derive(Default)]
pub(super) struct Names {
    /// The budget for suggestions.
    pub suggestions: Suggestions,
    /// The index from names and forms of phrases to what they name.
    pub index: Index,
    /// The ids of the conditions of the policy.
    pub conditions: ConditionIds,
    sources: BTreeMap<String, SourceId>,
    standards: SortedMap<String, StandardId>,
}

impl Names {
    /// Returns the source of this id.
    pub(super) fn source(&self, name: &Name) -> Result<SourceId, Problem> {
        self.sources.get(fold(&name.value).as_ref()).copied().ok_or_else(|| {
            let near = self.near(&name.value, self.sources.keys().map(String::as_str));
            let near = if near.is_empty() { self.sources_with_prefix(&name.value) } else { near };
            let problem =
                error("P0204", name.span, format!("unknown source `{}`", name.value), "not declared", "");
            let problem = with_odd_letter(problem, &name.value);
            suggesting(
                problem,
                name.span,
                &near,
                &format!("declare it: `source {} \"its title\"`", name.value),
            )
        })
    }

    /// Returns the first few sources whose ids start with an id: `mou26` for `mou`.
    fn sources_with_prefix(&self, id: &str) -> Vec<&str> {
        let start = fold(id).into_owned();
        let ids = self.sources.range(start.clone()..).map(|(id, _)| id.as_str());
        ids.take_while(|id| start.len() > 1 && id.starts_with(&start)).take(3).collect()
    }

    /// Returns the nearest names, without any that means the opposite.
    fn near<'a>(&self, name: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
        self.suggestions.near_where(name, names, |near| same_polarity(name, near))
    }

    /// Returns the evidence standard of this name.
    pub(super) fn standard(&self, name: &Name) -> Result<StandardId, Problem> {
        self.standards.get(&key_of(&name.value)).copied().ok_or_else(|| {
            let near = self.near(&name.value, self.standards.keys().map(String::as_str));
            let problem = error(
                "P0206",
                name.span,
                format!("unknown evidence standard `{}`", name.value),
                "not declared",
                "",
            );
            let problem = with_odd_letter(problem, &name.value);
            suggesting(problem, name.span, &near, &format!("declare it: `evidence standard {}`", name.value))
        })
    }

    /// Returns the kind of this name.
    pub(super) fn kind(&self, name: &Name) -> Result<KindId, Problem> {
        self.index.kinds.find(&key_of(&name.value)).ok_or_else(|| {
            let near = self.near(&name.value, self.index.kinds.keys());
            let problem =
                error("P0202", name.span, format!("unknown kind `{}`", name.value), "not declared", "");
            let problem = with_odd_letter(problem, &name.value);
            suggesting(problem, name.span, &near, &format!("declare it: `kind {}`", name.value))
        })
    }

    /// Returns citations with their sources looked up. Citations of unknown sources are reported and left out.
    pub(super) fn citations(
        &self,
        cites: &[syntax::Citation],
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<Citation> {
        let mut found = Vec::with_capacity(cites.len());
        for cite in cites {
            match self.source(&cite.source) {
                Ok(source) => found.push(Citation { source, lines: cite.lines.clone(), stated: cite.stated }),
                Err(problem) => problems.push(*problem),
            }
        }
        found
    }
}

/// Reads the vocabulary of some files. Returns it with its names and the definitions that are still to be read.
pub(super) fn read<'s>(
    files: &[&'s File],
    problems: &mut Vec<Diagnostic>,
) -> (Vocabulary, Names, Vec<Pending<'s>>) {
    let mut vocabulary = Vocabulary::default();
    let mut names = Names::default();
    let blocks: Vec<&Block> = files.iter().flat_map(|file| &file.blocks).collect();
    let pending = read_onto(&mut vocabulary, &mut names, &blocks, problems);
    (vocabulary, names, pending)
}

/// Reads the kinds, facts and sources that files declare beside a vocabulary, which they cannot change.
///
/// The kinds of that vocabulary come first, with the same ids and without their facts.
pub(crate) fn own_vocabulary(sealed: &Vocabulary, files: &[&File]) -> (Vocabulary, Vec<Diagnostic>) {
    let (mut vocabulary, mut names) = (Vocabulary::default(), Names::default());
    for (id, kind) in sealed.kinds.iter() {
        let bare = Kind { title: kind.name.clone(), facts: Vec::new(), unread: Vec::new(), ..kind.clone() };
        vocabulary.kinds.push(bare);
        names.index.add_kind(&kind.name, id);
    }
    let blocks = files.iter().flat_map(|file| &file.blocks);
    let words: Vec<&Block> =
        blocks.filter(|block| matches!(block, Block::Kind(_) | Block::Source(_))).collect();
    let mut problems = Vec::new();
    read_onto(&mut vocabulary, &mut names, &words, &mut problems);
    (vocabulary, problems)
}

/// Adds the declarations of some blocks. Returns the definitions that are still to be read.
fn read_onto<'s>(
    vocabulary: &mut Vocabulary,
    names: &mut Names,
    blocks: &[&'s Block],
    problems: &mut Vec<Diagnostic>,
) -> Vec<Pending<'s>> {
    let before = problems.len();
    let blocks = || blocks.iter().copied();
    for block in blocks() {
        match block {
            Block::Kind(kind) => add_kind(kind, vocabulary, names, problems),
            Block::Source(source) => add_source(source, vocabulary, names, problems),
            _ => {}
        }
    }
    for block in blocks() {
        match block {
            Block::Kind(kind) => {
                for fact in kind.facts.iter().filter(|fact| affirmed(fact).is_none()) {
                    add_fact(kind, fact, vocabulary, names, problems);
                }
                for phrase in &kind.unread {
                    let phrase = words(phrase);
                    add_unread(kind, phrase::affirm(&phrase).unwrap_or(phrase), vocabulary, names);
                }
            }
            Block::Standard(standard) => add_standard(standard, vocabulary, names, problems),
            _ => {}
        }
    }
    // Declarations in negative form are handled last, so that a declaration in positive form takes precedence.
    for block in blocks() {
        let Block::Kind(kind) = block else { continue };
        for fact in &kind.facts {
            if let Some(positive) = affirmed(fact) {
                report_denied(kind, fact, &positive, vocabulary, names, problems);
            }
        }
    }
    let mut pending = Vec::new();
    for block in blocks() {
        if let Block::Definition(definition) = block {
            match add_defined(definition, vocabulary, names) {
                Ok(fact) => pending.push(Pending { fact, block: definition }),
                Err(problem) => problems.push(*problem),
            }
        }
    }
    let found = problems.split_off(before);
    problems.extend(copies_as_one(found));
    if vocabulary.facts.len() > MOST_FACTS {
        let at = vocabulary.facts.iter().nth(MOST_FACTS).map_or(Span::default(), |(_, fact)| fact.span);
        problems.push(*error(
            "P0261",
            at,
            format!("a vocabulary has at most {MOST_FACTS} facts"),
            "one too many",
            "split the vocabulary by policy",
        ));
    }
    pending
}

/// Merges the findings about declarations that two files share into one finding, since one file is probably a copy of
/// the other.
fn copies_as_one(problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let shared_files = |problem: &Diagnostic| {
        let first = problem.labels.first()?.span.file;
        let is_shared = matches!(problem.code, "P0220" | "P0221") && first != problem.span.file;
        is_shared.then_some((first, problem.span.file))
    };
    let mut counts: SortedMap<(FileId, FileId), usize> = SortedMap::new();
    for files in problems.iter().filter_map(shared_files) {
        *counts.entry(files).or_default() += 1;
    }
    counts.retain(|_, count| *count >= COPIED);
    let mut left = Vec::with_capacity(problems.len());
    for mut problem in problems {
        match shared_files(&problem).map(|files| (files, counts.get_mut(&files))) {
            Some((_, Some(count))) if *count > 0 => {
                problem.code = "P0221";
                problem.message = format!("{count} declarations of this file are also in another file");
                problem.label = format!("duplicate, and {} more in this file", *count - 1);
                problem.help = Some("read only one of the two files, and use that one everywhere".to_owned());
                *count = 0;
                left.push(problem);
            }
            Some((_, Some(_))) => {}
            _ => left.push(problem),
        }
    }
    left
}

fn add_kind(
    block: &syntax::Kind,
    vocabulary: &mut Vocabulary,
    names: &mut Names,
    problems: &mut Vec<Diagnostic>,
) {
    let key = key_of(&block.name.value);
    let Some(id) = names.index.kinds.find(&key) else {
        problems.extend(odd_name(&block.name.value, block.name.span).map(|problem| *problem));
        let id = vocabulary.kinds.push(Kind {
            name: block.name.value.clone(),
            title: block.title.as_ref().map_or_else(|| block.name.value.clone(), |title| title.value.clone()),
            only_one: block.only_one,
            facts: Vec::new(),
            unread: Vec::new(),
            span: block.name.span,
        });
        names.index.add_kind(&block.name.value, id);
        return;
    };
    let Some(kind) = vocabulary.kinds.find_mut(id) else { return };
    // A continuation may leave out the properties of the first block, but must not contradict them.
    if block.only_one && !kind.only_one {
        problems.push(
            Diagnostic::error(
                "P0222",
                block.name.span,
                format!("`{}` is declared once with `only one` and once without", kind.name),
            )
            .label("here with `only one`")
            .see(kind.span, "here without")
            .help("write `, only one` in the first block of the kind, or nowhere"),
        );
    }
    if let Some(title) = &block.title {
        if kind.title == kind.name {
            kind.title.clone_from(&title.value);
        } else if kind.title != title.value {
            problems.push(
                Diagnostic::error("P0222", title.span, format!("`{}` already has another title", kind.name))
                    .label("another title")
                    .see(kind.span, "first declared here")
                    .help("leave the title out in later blocks of the kind"),
            );
        }
    }
}

fn add_source(
    block: &syntax::Source,
    vocabulary: &mut Vocabulary,
    names: &mut Names,
    problems: &mut Vec<Diagnostic>,
) {
    let key = fold(&block.id.value).into_owned();
    if let Some(first) = names.sources.get(&key) {
        problems.push(duplicate("source", &block.id, vocabulary.sources[*first].span));
        return;
    }
    let id = vocabulary.sources.push(Source {
        id: block.id.value.clone(),
        title: block.title.as_ref().map_or_else(|| block.id.value.clone(), |title| title.value.clone()),
        author: block.author.as_ref().map(|author| author.value.clone()),
        date: block.date.map(|date| date.value),
        url: block.url.as_ref().map(|url| url.value.clone()),
        span: block.id.span,
    });
    names.sources.insert(key, id);
}

fn add_standard(
    block: &syntax::Standard,
    vocabulary: &mut Vocabulary,
    names: &mut Names,
    problems: &mut Vec<Diagnostic>,
) {
    let key = key_of(&block.name.value);
    if let Some(first) = names.standards.get(&key) {
        problems.push(duplicate("evidence standard", &block.name, vocabulary.standards[*first].span));
        return;
    }
    let cites = names.citations(&block.cites, problems);
    let standard = Standard {
        name: block.name.value.clone(),
        rated: block.rated.map(|rated| rated.value),
        within: block.within.map(|within| within.value),
        not_rivals: block.not_rivals,
        not_subject: block.not_subject,
        not_interested: block.not_interested,
        not_promises: block.not_promises,
        ratings_on_the_way: block.ratings_on_the_way,
        conflict: block.conflict.map(|conflict| conflict.value).unwrap_or_default(),
        on_the_way: None,
        derived_from: None,
        cites,
        span: block.name.span,
    };
    names.standards.insert(key, way::add(standard, &mut vocabulary.standards));
}

/// Returns the positive form of a fact that is declared in negative form.
fn affirmed(block: &syntax::Fact) -> Option<String> {
    match block.r#type {
        syntax::FactType::YesNo | syntax::FactType::One(_) => phrase::affirm(&words(&block.phrase)),
        _ => None,
    }
}

/// Reports a fact that is declared in negative form, and keeps the positive form of its phrase.
fn report_denied(
    kind: &syntax::Kind,
    block: &syntax::Fact,
    positive: &str,
    vocabulary: &mut Vocabulary,
    names: &mut Names,
    problems: &mut Vec<Diagnostic>,
) {
    let Some(id) = names.index.kinds.find(&key_of(&kind.name.value)) else { return };
    let message = format!("`{}` is declared in negative form", words(&block.phrase));
    let problem = Diagnostic::error("P0238", block.phrase.span, message).label("negative form");
    let declared = names.index.of_phrase(id, positive).map(|first| vocabulary.facts[first].span);
    problems.push(match declared {
        Some(first) => problem
            .see(first, "declared here")
            .help(format!("leave it out: the negative form of `{positive}` is derived")),
        None => problem.help(format!("declare `{positive}`: its negative form is derived")),
    });
    if declared.is_none() {
        add_unread(kind, positive.to_owned(), vocabulary, names);
    }
}

/// Keeps the phrase of a fact whose declaration has an error.
fn add_unread(kind: &syntax::Kind, phrase: String, vocabulary: &mut Vocabulary, names: &mut Names) {
    let Some(id) = names.index.kinds.find(&key_of(&kind.name.value)) else { return };
    names.index.add_unread(id, &phrase);
    if let Some(kind) = vocabulary.kinds.find_mut(id) {
        kind.unread.push(phrase);
    }
}

fn add_fact(
    kind: &syntax::Kind,
    block: &syntax::Fact,
    vocabulary: &mut Vocabulary,
    names: &mut Names,
    problems: &mut Vec<Diagnostic>,
) {
    let Some(id) = names.index.kinds.find(&key_of(&kind.name.value)) else { return };
    let phrase = words(&block.phrase);
    let values = match &block.r#type {
        syntax::FactType::Choice(values) => values.as_slice(),
        _ => &[],
    };
    let odd = odd_name(&phrase, block.phrase.span)
        .or_else(|| values.iter().find_map(|value| odd_name(&value.value, value.span)));
    if let Some(problem) = odd {
        problems.push(*problem);
        add_unread(kind, phrase, vocabulary, names);
        return;
    }
    let fact_type = match fact_type(block, vocabulary, names) {
        Ok(fact_type) => fact_type,
        Err(problem) => {
            problems.push(*problem);
            add_unread(kind, phrase, vocabulary, names);
            return;
        }
    };
    if fact_type == FactType::YesNo && !phrase::is_verb_phrase(&phrase) {
        problems.push(
            Diagnostic::error(
                "P0227",
                block.phrase.span,
                format!("`{phrase}` does not start with a verb in the third person"),
            )
            .label("no verb")
            .help("start a yes-or-no fact with `is`, `has`, `can`, `may`, `must`, `will` or a word such as `accepts`"),
        );
        add_unread(kind, phrase, vocabulary, names);
        return;
    }
    let fact = Fact {
        kind: id,
        phrase,
        r#type: fact_type,
        question: block.ask.as_ref().map(|ask| ask.value.clone()),
        means: block.means.as_ref().map(|means| means.value.clone()),
        presumed: block.presumed.map(|presumed| presumed.value),
        fixed: block.fixed,
        definition: None,
        span: block.phrase.span,
    };
    if let Err(problem) = add(fact, vocabulary, names) {
        problems.push(*problem);
    }
}

/// Adds a fact unless one of its forms is taken, so that no two facts can be confused.
fn add(fact: Fact, vocabulary: &mut Vocabulary, names: &mut Names) -> Result<FactId, Problem> {
    let kind = fact.kind;
    if let Err(first) = names.index.add_fact(&fact, FactId::at(vocabulary.facts.len())) {
        let first = &vocabulary.facts[first];
        let same = key_of(&first.phrase) == key_of(&fact.phrase);
        let message = if same {
            format!("`{}` is declared twice", fact.phrase)
        } else {
            format!("`{}` has a form in common with `{}`", fact.phrase, first.phrase)
        };
        return Err(Box::new(
            Diagnostic::error("P0221", fact.span, message)
                .label("duplicate")
                .see(first.span, "first declared here")
                .help(if same { "leave out one of them" } else { "reword one of them" }),
        ));
    }
    let id = vocabulary.facts.push(fact);
    if let Some(kind) = vocabulary.kinds.find_mut(kind) {
        kind.facts.push(id);
    }
    Ok(id)
}

fn fact_type(block: &syntax::Fact, vocabulary: &Vocabulary, names: &Names) -> Result<FactType, Problem> {
    Ok(match &block.r#type {
        syntax::FactType::YesNo => FactType::YesNo,
        syntax::FactType::Number(unit) => FactType::Number { unit: unit.value.clone() },
        syntax::FactType::Date => FactType::Date,
        syntax::FactType::Choice(values) => {
            if values.len() > MOST_VALUES {
                return Err(error(
                    "P0262",
                    block.type_span,
                    format!("expected at most {MOST_VALUES} values, found {}", values.len()),
                    "too many",
                    "group the values, or declare several yes-or-no facts",
                ));
            }
            for (at, value) in values.iter().enumerate() {
                let same = |other: &&Name| key_of(&other.value) == key_of(&value.value);
                if let Some(first) = values.iter().take(at).find(same) {
                    return Err(Box::new(
                        Diagnostic::error("P0228", value.span, format!("`{}` is listed twice", value.value))
                            .label("duplicate")
                            .see(first.span, "first here")
                            .help("list each value once"),
                    ));
                }
            }
            debug_assert!(mask(values.len()).count_ones() as usize == values.len());
            FactType::Choice(values.iter().map(|value| value.value.clone()).collect())
        }
        syntax::FactType::One(kinds) => {
            FactType::One(kinds.iter().map(|kind| names.kind(kind)).collect::<Result<_, _>>()?)
        }
        syntax::FactType::Many(kind) => {
            let id = names.kind(kind)?;
            if vocabulary.kinds[id].only_one {
                return Err(error(
                    "P0229",
                    kind.span,
                    format!("there is only one {}, so it cannot be a list", kind.value),
                    "only one",
                    format!("write `: {}`", kind.value),
                ));
            }
            FactType::Many(id)
        }
    })
}

/// Adds the fact that a definition introduces. Its condition is read later.
fn add_defined(
    block: &syntax::Definition,
    vocabulary: &mut Vocabulary,
    names: &mut Names,
) -> Result<FactId, Problem> {
    let span = block.clause.span;
    let all = tokens(&block.clause.lexemes);
    let subjects = match all.as_slice() {
        [the, rest @ ..] if the.word() == Some("the") => names.index.kinds.all_at(rest),
        _ => Vec::new(),
    };
    // The phrase keeps its words as written: skip `the` and the words of the kind.
    let phrase_after = |used: usize| {
        let end = all.get(used).map_or(0, |token| token.span.end);
        words_from(&block.clause, block.clause.lexemes.iter().filter(|lexeme| lexeme.span.end <= end).count())
    };
    let is_fit = |phrase: &str| phrase::is_verb_phrase(phrase) && phrase::affirm(phrase).is_none();
    let phrases = subjects.iter().map(|(kind, used)| (*kind, phrase_after(*used)));
    let mut fitting = phrases.filter(|(_, phrase)| is_fit(phrase));
    let (first, second) = (fitting.next(), fitting.next());
    if let (Some((one, first)), Some((other, second))) = (&first, &second) {
        let name = |kind: KindId| &vocabulary.kinds[kind].name;
        return Err(error(
            "P0239",
            span,
            format!(
                "this can be read in two ways: as `{first}` of the `{}`, and as `{second}` of the `{}`",
                name(*one),
                name(*other)
            ),
            "two meanings",
            "rename one of the kinds, so that no other name fits these words",
        ));
    }
    if subjects.is_empty() {
        return Err(error(
            "P0231",
            span,
            "a definition must start with `the` and a declared kind",
            "no subject",
            "write a sentence such as `the unity government is standing`",
        ));
    }
    if let Some(problem) = first.as_ref().and_then(|(_, phrase)| odd_name(phrase, span)) {
        return Err(problem);
    }
    let Some((kind, phrase)) = first else {
        return Err(error(
            "P0232",
            span,
            "a definition must define a yes-or-no fact in positive form",
            "not a positive verb phrase",
            "write a sentence such as `the unity government is standing`; its negative form is derived",
        ));
    };
    let fact = Fact {
        kind,
        phrase,
        r#type: FactType::YesNo,
        question: None,
        means: None,
        presumed: None,
        fixed: false,
        definition: None,
        span,
    };
    add(fact, vocabulary, names)
}

/// Returns a clause as words, without quotes.
pub(super) fn words(clause: &syntax::Clause) -> String {
    words_from(clause, 0)
}

fn words_from(clause: &syntax::Clause, skip: usize) -> String {
    let words: Vec<String> = clause
        .lexemes
        .iter()
        .skip(skip)
        .map(|lexeme| match &lexeme.value {
            syntax::Lexeme::Word(word) => word.clone(),
            syntax::Lexeme::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            syntax::Lexeme::Number(number) => number.to_string(),
            syntax::Lexeme::Date(date) => date.to_string(),
            syntax::Lexeme::Comma => ",".to_owned(),
            syntax::Lexeme::Colon => ":".to_owned(),
        })
        .collect();
    words.join(" ")
}

/// Reports a name in which a letter looks like one of another script: readers could not tell it from the plain name.
fn odd_name(name: &str, span: Span) -> Option<Problem> {
    let odd = odd_letter(name)?;
    Some(error(
        "P0241",
        span,
        odd.to_string(),
        "letters of two scripts",
        "write each word in the letters of one script",
    ))
}

/// Reports a name that is already taken.
pub(super) fn duplicate(what: &str, name: &Name, first: Span) -> Diagnostic {
    Diagnostic::error("P0220", name.span, format!("duplicate {what} `{}`", name.value))
        .label("duplicate")
        .see(first, "first declared here")
        .help("give one of them another name")
}
