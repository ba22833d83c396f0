//! A policy with dossiers that stays open between calls.

use crate::Files;
use crate::failure::{Failure, Fallible, text};
use placet::decision::{Decision, bears_on_verdicts, decide_briefly_with, decide_with, outlooks};
use placet::evidence::{Dossier, Evidence};
use placet::id::AssistanceId;
use placet::interview::{Answer, Key, entity};
use placet::value::Date;
use placet::wire::interview::{InterviewState, read_answers, write_outlooks, write_settled};
use placet::wire::{decision, decision_csv, decision_markdown, dossier_json, outline};
use placet::workspace::Workspace;
use std::cell::RefCell;
use wasm_bindgen::prelude::wasm_bindgen;

/// A policy with any number of dossiers, or none. (`evidence::Case` is about one subject.)
#[wasm_bindgen]
pub struct Case {
    workspace: Workspace,
    /// The key of the last request that was decided on, and the questions about its settled facts. A page that shows a
    /// result asks for both, and decides once.
    settled: RefCell<Option<(String, String)>>,
}

/// A request to a case: the subject, the day, the types of assistance and the answers given so far.
#[wasm_bindgen]
pub struct Ask {
    subject: Option<String>,
    as_of: Option<String>,
    assistance: Option<Vec<String>>,
    answers: String,
}

#[wasm_bindgen]
impl Ask {
    /// Makes a request. `answers` is a JSON list. The defaults are the only or first subject, the day of its dossier,
    /// and all types.
    #[wasm_bindgen(constructor)]
    pub fn new(
        subject: Option<String>,
        as_of: Option<String>,
        assistance: Option<Vec<String>>,
        answers: String,
    ) -> Ask {
        Ask { subject, as_of, assistance, answers }
    }
}

impl Ask {
    /// Returns a text that is the same for the same request.
    fn key(&self) -> String {
        format!("{:?} {:?} {:?} {}", self.subject, self.as_of, self.assistance, self.answers)
    }
}

/// A request after it was checked and parsed.
pub struct Request {
    /// The id of the subject.
    pub subject: String,
    /// The types of assistance; all if `None`.
    pub types: Option<Vec<AssistanceId>>,
    as_of: Option<Date>,
    answers: Vec<Answer>,
    /// The evidence, including the answers.
    evidence: Evidence,
}

impl Request {
    /// Returns the dossier of the subject, including the answers.
    ///
    /// # Errors
    /// There is none.
    pub fn dossier(&self) -> Result<&Dossier, Failure> {
        let lost = || Failure::Request(format!("unknown dossier `{}`", self.subject));
        self.evidence.dossier(&self.subject).ok_or_else(lost)
    }
}

#[wasm_bindgen]
impl Case {
    /// Reads a compiled policy.
    ///
    /// # Errors
    /// `request` if the bytes are not a compiled policy that this version reads.
    pub fn open_compiled(policy: &[u8]) -> Fallible<Case> {
        Ok(Case::of(Workspace::open_compiled(policy).map_err(Failure::from)?))
    }

    /// Opens the same policy with other dossiers, which are JSON files.
    ///
    /// # Errors
    /// `mistakes` if any file has errors.
    pub fn with_json(&self, files: &Files, dossiers: Vec<String>) -> Fallible<Case> {
        Ok(Case::of(files.open(|read| self.workspace.with_json(&dossiers, read))?))
    }

    /// Adds a subject about whom nothing is known yet. The default kind is the only or first kind that the policy is
    /// about.
    ///
    /// # Errors
    /// `request` if the id is invalid or taken, the policy is not about the kind, or the day does not exist.
    pub fn add_subject(
        &mut self,
        id: &str,
        title: &str,
        kind: Option<String>,
        as_of: Option<String>,
    ) -> Fallible<()> {
        let policy = &self.workspace.policy;
        let name = |kind| policy.vocabulary.kinds.find(kind).map_or("", |kind| kind.name.as_str());
        let found = match &kind {
            Some(kind) => policy.about.iter().find(|id| name(**id) == kind),
            None => policy.about.first(),
        };
        let Some(found) = found.copied() else {
            return Err(
                Failure::Request(format!("the policy is not about a {}", kind.unwrap_or_default())).into()
            );
        };
        let as_of = as_of.as_deref().map(date).transpose()?;
        if self.workspace.evidence.dossier(id).is_some() || !placet::wire::is_id(id) {
            return Err(Failure::Request(format!("\"{id}\" cannot be the id of a new dossier")).into());
        }
        self.workspace.add_subject(id, title, found, as_of);
        self.settled.replace(None);
        Ok(())
    }

    /// Returns the outline of the policy, as `placet-policy/1`.
    pub fn outline(&self) -> String {
        outline::write(&self.workspace.policy)
    }

    /// Returns the subjects, as a JSON list of objects with `id`, `title`, `kind`, `as_of` and `file`.
    pub fn subjects(&self) -> String {
        let found = |id: &String| self.workspace.evidence.dossier(id);
        self.listed(self.workspace.subjects.iter().filter_map(found))
    }

    /// Returns all dossiers, whatever they are about, in the form of [`subjects`](Case::subjects).
    pub fn dossiers(&self) -> String {
        self.listed(self.workspace.evidence.dossiers.iter())
    }

    /// Returns what to ask next, as `placet-interview/1`.
    ///
    /// # Errors
    /// `request` if the subject, day or type does not exist; `mistakes` if the answers have errors.
    pub fn interview(&self, ask: &Ask) -> Fallible<String> {
        let request = self.request(ask)?;
        let day = self.day(&request, &request.subject)?;
        let types = request.types.as_deref();
        let decided =
            decide_briefly_with(self.workspace.forms(), &request.evidence, &request.subject, day, types);
        let dossier = request.dossier()?;
        let vocabulary = &self.workspace.policy.vocabulary;
        let entities: Vec<(String, &Key)> = request
            .answers
            .iter()
            .map(|answer| (entity(&answer.key.about, dossier, vocabulary), &answer.key))
            .collect();
        let facts: Vec<_> =
            entities.iter().map(|(entity, key)| (entity.as_str(), key.fact, key.standard)).collect();
        let bearing = bears_on_verdicts(
            self.workspace.forms(),
            &request.evidence,
            &request.subject,
            day,
            types,
            &facts,
        );
        Ok(placet::wire::interview::write(InterviewState {
            decision: &decided.map_err(Failure::from)?,
            dossier,
            evidence: &request.evidence,
            answers: &request.answers,
            bearing: &bearing.map_err(Failure::from)?,
        }))
    }

    /// Returns the effect of each open fact on the verdicts, as a JSON list.
    ///
    /// # Errors
    /// See [`interview`](Case::interview).
    pub fn outlook(&self, ask: &Ask) -> Fallible<String> {
        let request = self.request(ask)?;
        let day = self.day(&request, &request.subject)?;
        let found = outlooks(
            self.workspace.forms(),
            &request.evidence,
            &request.subject,
            day,
            request.types.as_deref(),
        );
        Ok(write_outlooks(&found.map_err(Failure::from)?, &self.workspace.policy))
    }

    /// Returns the questions about the facts that the decision depends on and about changes that would turn it, as a
    /// JSON list.
    ///
    /// # Errors
    /// See [`interview`](Case::interview).
    pub fn settled(&self, ask: &Ask) -> Fallible<String> {
        if let Some((_, settled)) = self.settled.borrow().as_ref().filter(|(key, _)| *key == ask.key()) {
            return Ok(settled.clone());
        }
        let request = self.request(ask)?;
        Ok(self.settled_by(&self.decided(&request, &request.subject)?, &request)?)
    }

    /// Decides on some subjects, or on the subject of the request if none are named. The format is `json`
    /// (`placet-decision/1`), `markdown` or `csv`. With `manifest`, the decision contains the hashes of its inputs.
    ///
    /// # Errors
    /// See [`interview`](Case::interview).
    pub fn decide(&self, ask: &Ask, subjects: Vec<String>, format: &str, manifest: bool) -> Fallible<String> {
        let request = self.request(ask)?;
        let subjects = if subjects.is_empty() { vec![request.subject.clone()] } else { subjects };
        let mut decisions = Vec::new();
        let mut manifests = self.workspace.manifests();
        for subject in &subjects {
            let decision = self.decided(&request, subject)?;
            if *subject == request.subject {
                *self.settled.borrow_mut() = Some((ask.key(), self.settled_by(&decision, &request)?));
            }
            decisions.push(if manifest { manifests.bind(decision) } else { decision });
        }
        Ok(match format {
            "json" => decision::write(&decisions),
            "markdown" => decisions.iter().map(|one| decision_markdown::write(one) + "\n").collect(),
            "csv" => {
                decisions.iter().fold(decision_csv::header(), |all, one| all + &decision_csv::write(one))
            }
            other => return Err(Failure::Request(format!("unknown decision format \"{other}\"")).into()),
        })
    }

    /// Returns the subject's dossier including the answers, as JSON.
    ///
    /// # Errors
    /// See [`interview`](Case::interview).
    pub fn dossier(&self, ask: &Ask) -> Fallible<String> {
        let request = self.request(ask)?;
        Ok(dossier_json::text(request.dossier()?, &self.workspace.policy.vocabulary))
    }
}

impl Case {
    fn listed<'d>(&self, dossiers: impl Iterator<Item = &'d Dossier>) -> String {
        let Workspace { policy, sources, .. } = &self.workspace;
        let one = |dossier: &Dossier| {
            format!(
                "{{\"id\":{},\"title\":{},\"kind\":{},\"as_of\":{},\"file\":{}}}",
                text(&dossier.id),
                text(&dossier.title),
                text(policy.vocabulary.kinds.find(dossier.kind).map_or("", |kind| &kind.name)),
                dossier.as_of.map_or_else(|| "null".to_owned(), |day| text(&day.to_string())),
                text(sources.name(dossier.span.file)),
            )
        };
        format!("[{}]", dossiers.map(one).collect::<Vec<_>>().join(","))
    }

    /// Makes a case of a workspace.
    pub fn of(workspace: Workspace) -> Case {
        Case { workspace, settled: RefCell::default() }
    }

    /// Returns the policy with its dossiers.
    pub fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// Checks a request and parses its answers.
    ///
    /// # Errors
    /// The subject, a type or the day does not exist, or the answers have errors.
    pub fn request(&self, ask: &Ask) -> Result<Request, Failure> {
        let policy = &self.workspace.policy;
        let Some(subject) = ask.subject.as_ref().or(self.workspace.subjects.first()) else {
            return Err(Failure::Request("there is no subject to decide on".to_owned()));
        };
        let Some(dossier) = self.workspace.evidence.dossier(subject) else {
            return Err(Failure::Request(format!("unknown dossier `{subject}`")));
        };
        let as_of = ask.as_of.as_deref().map(date).transpose()?;
        let mut types = None;
        for name in ask.assistance.iter().flatten() {
            let Some((id, _)) = policy.assistance.iter().find(|(_, one)| one.name == *name) else {
                return Err(Failure::Request(format!("unknown type of assistance \"{name}\"")));
            };
            types.get_or_insert_with(Vec::new).push(id);
        }
        let answers = read_answers(&ask.answers, &policy.vocabulary, dossier, &self.workspace.evidence)
            .map_err(|problems| {
                let mut sources = placet::span::Sources::default();
                sources.add("answers", ask.answers.as_str());
                Failure::mistakes(Some("the answers have errors".to_owned()), &problems, &sources)
            })?;
        let day = as_of.or(dossier.as_of);
        let evidence = match day {
            Some(day) => self.workspace.answered(subject, day, &answers),
            None => self.workspace.evidence.clone(),
        };
        Ok(Request { subject: subject.clone(), as_of, types, answers, evidence })
    }

    fn day(&self, request: &Request, subject: &str) -> Result<Date, Failure> {
        let own = request.evidence.dossier(subject).and_then(|dossier| dossier.as_of);
        request
            .as_of
            .or(own)
            .ok_or_else(|| Failure::Request(format!("{subject}: the date of the decision is missing")))
    }

    /// Decides on a subject.
    ///
    /// # Errors
    /// See [`DecisionError`](placet::decision::DecisionError), or the day is missing.
    pub fn decided<'a>(&'a self, request: &'a Request, subject: &str) -> Result<Decision<'a>, Failure> {
        let day = self.day(request, subject)?;
        Ok(decide_with(self.workspace.forms(), &request.evidence, subject, day, request.types.as_deref())?)
    }

    /// Writes the questions about the settled facts of a decision.
    fn settled_by(&self, decision: &Decision<'_>, request: &Request) -> Result<String, Failure> {
        Ok(write_settled(InterviewState {
            decision,
            dossier: request.dossier()?,
            evidence: &request.evidence,
            answers: &request.answers,
            bearing: &[],
        }))
    }
}

fn date(text: &str) -> Result<Date, Failure> {
    Date::parse(text)
        .ok_or_else(|| Failure::Request(format!("expected a date that exists, found \"{text}\"")))
}
