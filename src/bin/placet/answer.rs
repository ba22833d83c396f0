//! Asks questions on the terminal, reads the answers and adds them to a dossier.

use crate::failure::Failure;
use crate::output::{out, why};
use crate::render::{faint, safe, strong};
use crate::table::{width, wrap};
use crate::targets::Targets;
use placet::compiled::Forms;
use placet::decision::{Decision, Missing, decide_briefly_with};
use placet::evidence::{Claim, Dossier, Evidence, Provenance, Statement, Status};
use placet::id::{AssistanceId, SourceId};
use placet::interview::{self, Key};
use placet::policy::{Fact, FactType, Policy, Standard, Vocabulary};
use placet::span::Span;
use placet::text::{key, same, unwelcome};
use placet::value::{Date, Grade};
use placet::wire::{LONGEST_TEXT, dossier_csv, words};
use std::collections::BTreeMap;
use std::io::{BufRead, stdin};

/// The source of answers: the lines of the standard input.
#[derive(Default)]
pub struct Source {}

impl Source {
    /// Asks a question and reads a line. Returns `None` if the line is blank or the input has ended.
    pub fn text(&mut self, question: &str) -> Result<Option<String>, Failure> {
        Ok(self.line(question)?.filter(|line| !line.is_empty()))
    }

    /// Asks a question to which the answer is yes or no; a blank line is no.
    fn yes(&mut self, question: &str) -> Result<bool, Failure> {
        loop {
            let Some(answer) = self.text(question)? else { return Ok(false) };
            match key(&answer).as_ref() {
                "yes" | "y" => return Ok(true),
                "no" | "n" => return Ok(false),
                _ => out("    answer yes, no, or Enter for no\n")?,
            }
        }
    }

    /// Asks who made a statement. The words that control the interview are not names.
    fn name(&mut self, question: &str) -> Result<Option<String>, Failure> {
        loop {
            let answer = self.text(question)?;
            match answer.as_deref().map(key).as_deref() {
                Some(word @ ("back" | "stop" | "help" | "sources disagree")) => {
                    out(&format!(
                        "    `{word}` can be used at the next question; name the source, or Enter\n"
                    ))?;
                }
                _ => return Ok(answer),
            }
        }
    }

    /// Asks a question and reads a line. Returns `None` if the input has ended.
    fn line(&mut self, question: &str) -> Result<Option<String>, Failure> {
        loop {
            out(&format!("{question} "))?;
            let mut line = String::new();
            let read = stdin().lock().read_line(&mut line);
            if read.map_err(|error| Failure::new(format!("the answer cannot be read: {}", why(&error))))? == 0
            {
                out("\n")?;
                return Ok(None);
            }
            // Checked here, since a dossier with such a text cannot be written at the end.
            let answer = line.trim();
            if let Some(found) = unwelcome(answer) {
                out(&format!("    {found}; leave it out\n"))?;
            } else if answer.chars().count() > LONGEST_TEXT {
                out(&format!("    an answer has at most {LONGEST_TEXT} characters\n"))?;
            } else {
                return Ok(Some(answer.to_owned()));
            }
        }
    }
}

/// An answer.
pub enum Answer {
    Statements(Vec<Statement>),
    Unknown,
    Back,
    Stop,
}

impl Answer {
    /// The possible answers, in words.
    pub const HELP: &str = "\
  yes, no, or a value: 400, at least 200, west, not west, 2016-02-01, before 2016-02-01, an id
  Enter            don't know
  sources disagree each source in turn
  back             the previous question
  stop             no more questions";
}

/// An interview about one dossier.
pub struct Interview<'i> {
    pub policy: &'i Policy,
    /// The policy's compiled forms.
    pub forms: &'i Forms,
    pub evidence: &'i mut Evidence,
    /// The index of the dossier in the evidence.
    pub place: usize,
    pub as_of: Date,
    pub types: Option<&'i [AssistanceId]>,
    /// The titles, by id, of the entities that answers have named for the first time.
    pub titles: BTreeMap<String, String>,
}

/// A question as it is shown.
struct Shown {
    key: Key,
    /// The question and why it is asked.
    text: String,
}

impl Interview<'_> {
    /// Asks questions until none is left that matters, or the input ends.
    pub fn hold(mut self, source: &mut Source) -> Result<(), Failure> {
        out(&format!("{}\n", faint(Answer::HELP)))?;
        let mut asked: Vec<Key> = Vec::new();
        let mut before: Vec<Dossier> = Vec::new();
        loop {
            let question = self.next(&asked)?;
            let answer = match &question {
                Some(question) => {
                    out(&format!("\n{}", question.text))?;
                    self.answer(question, source)?
                }
                None => last(source)?,
            };
            match answer {
                Answer::Stop => return Ok(()),
                Answer::Back => match (before.pop(), asked.pop()) {
                    (Some(dossier), Some(_)) => {
                        if let Some(place) = self.evidence.dossiers.get_mut(self.place) {
                            *place = dossier;
                        }
                    }
                    _ => out("  this is the first question\n")?,
                },
                answer => {
                    let Some(question) = question else { return Ok(()) };
                    before.extend(self.evidence.dossiers.get(self.place).cloned());
                    let statements =
                        if let Answer::Statements(statements) = answer { statements } else { Vec::new() };
                    self.add(&question.key, statements);
                    asked.push(question.key);
                }
            }
        }
    }

    /// Returns the question that is most informative over all verdicts.
    fn next(&self, asked: &[Key]) -> Result<Option<Shown>, Failure> {
        let Some(dossier) = self.evidence.dossiers.get(self.place) else { return Ok(None) };
        let decision = decide_briefly_with(self.forms, self.evidence, &dossier.id, self.as_of, self.types)
            .map_err(|problem| Failure::new(problem.to_string()))?;
        let questions = interview::questions(&decision, dossier);
        let next = questions.into_iter().find(|question| !asked.contains(&question.key));
        Ok(next.and_then(|question| {
            let fact = self.policy.vocabulary.facts.find(question.key.fact)?;
            Some(Shown { text: self.shown(question.missing, fact, &decision), key: question.key })
        }))
    }

    fn shown(&self, missing: &Missing<'_>, fact: &Fact, decision: &Decision<'_>) -> String {
        let vocabulary = &decision.policy.vocabulary;
        let mut lines = vec![wrap(&strong(safe(&missing.fact.question)), width(), "", "  ")];
        let mut add = |text: &str| lines.push(wrap(&safe(text), width(), "  ", "    "));
        if let Some(means) = &fact.means {
            add(&format!("What counts: {means}"));
        }
        for rule in missing.rules.iter().filter_map(|id| self.policy.rules.find(*id)).take(3) {
            let cited = words::citations(&rule.header.cites, vocabulary);
            let cited = if cited.is_empty() { String::new() } else { format!(", {cited}") };
            add(&format!("Why: {} ({}){cited}", rule.header.title, rule.header.id));
        }
        if missing.fact.status == Status::Contested {
            add("Sources disagree; an answer replaces their statements:");
            for line in words::sources(&missing.fact, vocabulary) {
                add(&format!("- {line}"));
            }
        }
        match &fact.r#type {
            FactType::Number { unit } => add(&format!("a number of {unit}")),
            FactType::Choice(values) => add(&values.join(", ")),
            FactType::Date => add("a date"),
            FactType::Many(_) | FactType::One(_) => {
                if let Some(targets) = self.targets(fact) {
                    add(&targets.choices());
                }
            }
            FactType::YesNo => {}
        }
        lines.push(String::new());
        lines.join("\n")
    }

    /// Returns the reader of a relation's targets, or `None` for other facts.
    fn targets(&self, fact: &Fact) -> Option<Targets<'_>> {
        let dossiers = &self.evidence.dossiers;
        Targets::of(fact, &self.policy.vocabulary, dossiers, dossiers.get(self.place)?)
    }

    fn answer(&mut self, question: &Shown, source: &mut Source) -> Result<Answer, Failure> {
        loop {
            let Some(line) = source.line(">")? else { return Ok(Answer::Stop) };
            match key(&line).as_ref() {
                "" | "?" | "d" | "don't know" | "don’t know" | "dont know" | "unknown" => {
                    return Ok(Answer::Unknown);
                }
                "back" | "b" => return Ok(Answer::Back),
                "stop" | "quit" | "q" => return Ok(Answer::Stop),
                "help" | "h" => out(&format!("{}\n", faint(Answer::HELP)))?,
                "sources disagree" | "disagree" => return self.disagreement(question, source),
                _ => {
                    if let Some(claim) = self.claim(&line, question)? {
                        let provenance = self.provenance(question, false, source)?;
                        return Ok(Answer::Statements(vec![statement(question, claim, provenance)]));
                    }
                }
            }
        }
    }

    /// Reads the statement of each source in turn. With fewer than two statements, the fact becomes explicitly
    /// contested.
    fn disagreement(&mut self, question: &Shown, source: &mut Source) -> Result<Answer, Failure> {
        let mut statements = Vec::new();
        loop {
            let which = if statements.is_empty() { "one source" } else { "another source" };
            let Some(line) = source.text(&format!("  What does {which} say? (Enter for no more)"))? else {
                break;
            };
            if let Some(claim) = self.claim(&line, question)? {
                let provenance = self.provenance(question, true, source)?;
                statements.push(statement(question, claim, provenance));
            }
        }
        if statements.len() < 2 {
            statements = vec![statement(question, Claim::Contested, Provenance::default())];
        }
        Ok(Answer::Statements(statements))
    }

    fn claim(&mut self, line: &str, question: &Shown) -> Result<Option<Claim>, Failure> {
        let line = match key(line).as_ref() {
            "y" => "yes",
            "n" => "no",
            _ => line,
        };
        let fact = self.policy.vocabulary.facts.find(question.key.fact);
        let open = matches!(key(line).as_ref(), "unknown" | "contested");
        let targets = fact.filter(|_| !open).and_then(|fact| self.targets(fact));
        let read = match targets {
            Some(targets) => match targets.read(line) {
                Ok(named) => {
                    self.titles.extend(named.titles);
                    Ok(named.claim)
                }
                Err(wrong) => Err(format!("{wrong}; answer {}", targets.choices())),
            },
            None => dossier_csv::cell(line, question.key.fact, &self.policy.vocabulary),
        };
        match read {
            Ok(claim) => Ok(Some(claim)),
            Err(help) => {
                let help = safe(&help);
                out(&format!(
                    "  {help}; Enter for \"don't know\", `sources disagree`, `back`, `stop` or `help`\n"
                ))?;
                Ok(None)
            }
        }
    }

    /// Asks for the source, the rating and the date of a statement: for everything if sources disagree, else only for
    /// what a standard checks.
    fn provenance(&self, question: &Shown, whole: bool, source: &mut Source) -> Result<Provenance, Failure> {
        let mut provenance = Provenance::default();
        let standards = &self.policy.vocabulary.standards;
        let standard: Option<&Standard> = question.key.standard.and_then(|id| standards.find(id));
        if !whole && standard.is_none() {
            return Ok(provenance);
        }
        if let Some(name) = source.name("  Who or what is the source?")? {
            match declared(&name, &self.policy.vocabulary) {
                Some((id, lines)) => {
                    provenance.source = Some(id);
                    provenance.lines = lines;
                }
                None => provenance.attributed = Some(name),
            }
        }
        let is_wanted = |wanted: fn(&Standard) -> bool| whole || standard.is_some_and(wanted);
        let marks: [(&str, bool, &mut bool); 4] = [
            ("a rival of the subject", is_wanted(|standard| standard.not_rivals), &mut provenance.rival),
            ("the subject itself", is_wanted(|standard| standard.not_subject), &mut provenance.subject),
            (
                "an interested party",
                is_wanted(|standard| standard.not_interested),
                &mut provenance.interested,
            ),
            ("a promise", is_wanted(|standard| standard.not_promises), &mut provenance.promise),
        ];
        for (words, wanted, mark) in marks {
            if wanted {
                *mark = source.yes(&format!("  Is it {words}? (yes, or Enter for no)"))?;
            }
        }
        if is_wanted(|standard| standard.rated.is_some()) {
            provenance.grade = known(
                source,
                "  How is it rated? (such as C3, or Enter)",
                "write A to F and 1 to 6, such as C3",
                Grade::parse,
            )?;
        }
        if is_wanted(|standard| standard.within.is_some()) {
            provenance.date = known(
                source,
                "  What is its date? (such as 2016-02-01, or Enter)",
                "write a date that exists, such as 2016-02-01",
                Date::parse,
            )?;
        }
        Ok(provenance)
    }

    /// Replaces the dossier's statements about a fact with the given ones. `statements` is empty for "don't know".
    fn add(&mut self, key: &Key, statements: Vec<Statement>) {
        let answer = interview::Answer {
            key: key.clone(),
            statements,
            titles: self.titles.clone().into_iter().collect(),
        };
        let Some(mut dossier) = self.evidence.dossiers.get(self.place).cloned() else { return };
        interview::take(&mut dossier, &answer, &self.policy.vocabulary, self.evidence);
        if let Some(place) = self.evidence.dossiers.get_mut(self.place) {
            *place = dossier;
        }
    }
}

/// Parses a declared source with lines: `un24`, `un24 line 4`, `un24, lines 4, 9 to 12`.
fn declared(text: &str, vocabulary: &Vocabulary) -> Option<(SourceId, String)> {
    let spaced = text.replace(',', " , ");
    let spaced = key(&spaced);
    let mut words = spaced.split_whitespace().peekable();
    let id = words.next()?;
    let (source, _) = vocabulary.sources.iter().find(|(_, one)| same(&one.id, id))?;
    words.next_if_eq(&",");
    let mut lines = String::new();
    if words.peek().is_none() {
        return Some((source, lines));
    }
    words.next_if(|word| matches!(*word, "line" | "lines"))?;
    loop {
        let number = words.next().filter(|word| word.bytes().all(|byte| byte.is_ascii_digit()))?;
        lines += number;
        lines += match words.next() {
            None => return Some((source, lines)),
            Some(",") => ", ",
            Some("to") => " to ",
            Some(_) => return None,
        };
    }
}

/// Asks what to do when no question is left: the last answer can still be taken back.
fn last(source: &mut Source) -> Result<Answer, Failure> {
    let answer = source.text("\nNo questions are left. Enter for the verdict, or `back`:")?;
    Ok(match answer.as_deref().map(key).as_deref() {
        Some("back" | "b") => Answer::Back,
        _ => Answer::Stop,
    })
}

fn statement(question: &Shown, claim: Claim, provenance: Provenance) -> Statement {
    Statement {
        about: question.key.about.clone(),
        fact: question.key.fact,
        claim,
        provenance,
        span: Span::default(),
    }
}

fn known<T>(
    source: &mut Source,
    question: &str,
    help: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Failure> {
    loop {
        let Some(answer) = source.text(question)? else { return Ok(None) };
        match read(&answer) {
            Some(value) => return Ok(Some(value)),
            None => out(&format!("    {help}\n"))?,
        }
    }
}
