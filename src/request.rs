//! Decisions of a workspace: the request, the decision and its verdicts.

use crate::decision::{
    self, Admitted, Change, ConcernOutcome, DecisionError, KnownFact, Missing, OmittedStatement, Outcome,
    RuleOutcome,
};
use crate::error::{Error, ErrorKind};
use crate::id::AssistanceId;
use crate::text::key;
use crate::value::Date;
use crate::wire;
use crate::workspace::Workspace;
use std::cell::OnceCell;

/// A request for a decision on one subject; see [`Workspace::decide`].
#[derive(Clone, Debug)]
pub struct Request<'w> {
    workspace: &'w Workspace,
    subject: String,
    as_of: Option<Date>,
    types: Vec<String>,
}

impl Workspace {
    /// Starts a request for a decision on the subject of a dossier.
    ///
    /// # Example
    /// ```
    /// use placet::{Date, Outcome, Workspace};
    ///
    /// let policy = r#"
    /// policy "Training"
    ///   id training
    ///   version 1
    ///   about group
    ///
    /// assistance training
    ///
    /// kind group
    ///   is neutral : yes or no
    ///
    /// requirement neutrality "Neutral"
    ///   needs the group is neutral
    ///
    /// dossier militia "A militia"
    ///   about group
    ///   as of 2016-02-15
    ///   - it is not neutral
    /// "#;
    /// let files = &mut |_: &str| Ok(policy.into());
    /// let workspace = Workspace::open("training.placet", &["training.placet".to_owned()], files)?;
    ///
    /// let decision = workspace.decide("militia").types(["training"]).run()?;
    /// let verdict = decision.verdict("training").ok_or("no such type")?;
    /// assert_eq!(verdict.outcome(), Outcome::Ineligible);
    /// assert_eq!(verdict.reasons()[0][0].text, "the group is not neutral");
    /// assert_eq!(verdict.changes()[0][0].text, "the group is neutral");
    ///
    /// let later = workspace.decide("militia").as_of(Date::parse("2017-01-01").ok_or("no day")?).run()?;
    /// assert_eq!(later.verdicts().count(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn decide(&self, subject: &str) -> Request<'_> {
        Request { workspace: self, subject: subject.to_owned(), as_of: None, types: Vec::new() }
    }
}

impl<'w> Request<'w> {
    /// Sets the day to decide for. Without it, the day of the dossier is used.
    #[must_use]
    pub fn as_of(self, day: Date) -> Request<'w> {
        Request { as_of: Some(day), ..self }
    }

    /// Restricts the decision to some types of assistance, by name. Without it, all types are decided on.
    #[must_use]
    pub fn types<S: Into<String>>(self, types: impl IntoIterator<Item = S>) -> Request<'w> {
        Request { types: types.into_iter().map(Into::into).collect(), ..self }
    }

    /// Decides.
    ///
    /// # Errors
    /// The subject has no dossier or is of another kind, the policy is not in force on the day, a type of assistance is
    /// unknown, or there is no day.
    pub fn run(self) -> Result<Decision<'w>, Error> {
        let Request { workspace, subject, as_of, types } = self;
        let dossier = workspace.evidence.dossier(&subject);
        let Some(day) = as_of.or(dossier.and_then(|dossier| dossier.as_of)) else {
            return Err(match dossier {
                Some(_) => {
                    let message = format!("dossier `{subject}` has no date to decide for");
                    Error::new(ErrorKind::NoDay, message)
                }
                None => DecisionError::NoDossier(subject).into(),
            });
        };
        let mut wanted: Vec<AssistanceId> = Vec::new();
        for name in &types {
            let mut all = workspace.policy.assistance.iter();
            let Some((id, _)) = all.find(|(_, one)| key(&one.name) == key(name)) else {
                let known: Vec<&str> =
                    workspace.policy.assistance.iter().map(|(_, one)| one.name.as_str()).collect();
                let message = format!("unknown type of assistance `{name}`; known: {}", known.join(", "));
                return Err(Error::new(ErrorKind::NoType, message));
            };
            wanted.push(id);
        }
        let wanted = (!wanted.is_empty()).then_some(wanted);
        let admitted = Admitted::new(workspace.forms(), &workspace.evidence, &subject, day)?;
        let brief = admitted.decide(wanted.as_deref(), true);
        Ok(Decision { workspace, admitted, wanted, brief, full: OnceCell::new() })
    }
}

/// The verdicts on one subject on one day.
///
/// Outcomes, rules and missing facts are found at once. Reasons, changes and the rest are searched for when they are
/// first asked for.
#[derive(Debug)]
pub struct Decision<'w> {
    workspace: &'w Workspace,
    admitted: Admitted<'w>,
    wanted: Option<Vec<AssistanceId>>,
    brief: decision::Decision<'w>,
    full: OnceCell<decision::Decision<'w>>,
}

impl<'w> Decision<'w> {
    /// Returns the id of the subject.
    pub fn subject(&self) -> &str {
        &self.brief.subject
    }

    /// Returns the title of the subject.
    pub fn title(&self) -> &str {
        &self.brief.title
    }

    /// Returns the day that was decided for.
    pub fn as_of(&self) -> Date {
        self.brief.as_of
    }

    /// Returns the verdicts, one for each type of assistance, in the order of the policy.
    pub fn verdicts(&self) -> impl Iterator<Item = Verdict<'_, 'w>> {
        self.brief.verdicts.iter().map(|brief| {
            let name = &self.workspace.policy.assistance[brief.assistance].name;
            Verdict { decision: self, brief, name }
        })
    }

    /// Returns the verdict on a type of assistance by name; `None` if it was not decided on.
    pub fn verdict(&self, assistance: &str) -> Option<Verdict<'_, 'w>> {
        self.verdicts().find(|verdict| key(verdict.assistance()) == key(assistance))
    }

    /// Returns the decision as JSON in the format `placet-decision/1`, with the hashes of all files.
    pub fn json(&self) -> String {
        let bound = self.workspace.manifests().bind(self.full().clone());
        wire::decision::write(std::slice::from_ref(&bound))
    }

    /// Returns the full decision, which is made on first use.
    fn full(&self) -> &decision::Decision<'w> {
        self.full.get_or_init(|| self.admitted.decide(self.wanted.as_deref(), false))
    }
}

/// The verdict on one type of assistance.
#[derive(Clone, Copy, Debug)]
pub struct Verdict<'d, 'w> {
    decision: &'d Decision<'w>,
    brief: &'d decision::Verdict<'w>,
    name: &'d str,
}

impl<'d, 'w> Verdict<'d, 'w> {
    /// Returns the name of the type of assistance.
    pub fn assistance(&self) -> &'d str {
        self.name
    }

    /// Returns the outcome.
    pub fn outcome(&self) -> Outcome {
        self.brief.outcome
    }

    /// Returns whether an undetermined outcome is exact; eligible and ineligible always are.
    pub fn is_exact(&self) -> bool {
        self.brief.exact
    }

    /// Returns the rules that apply to the type and are in force, with their statuses, in the order of the policy.
    pub fn rules(&self) -> &'d [RuleOutcome] {
        &self.brief.rules
    }

    /// Returns the open facts that an undetermined outcome depends on, the most influential first.
    pub fn missing(&self) -> &'d [Missing<'w>] {
        &self.brief.missing
    }

    /// Returns smallest sets of known facts that force the outcome, the shortest first; empty if it is undetermined.
    pub fn reasons(&self) -> &'d [Vec<KnownFact<'w>>] {
        &self.full().reasons
    }

    /// Returns smallest sets of changes, each of which would make the outcome eligible.
    pub fn changes(&self) -> &'d [Vec<Change<'w>>] {
        &self.full().changes
    }

    /// Returns the statements that evidence standards left out and that together would change the outcome.
    pub fn omitted(&self) -> &'d [OmittedStatement<'w>] {
        &self.full().omitted.statements
    }

    /// Returns the concerns that apply to the type, in the order of the policy, each with whether it is raised. They do
    /// not change the outcome.
    pub fn concerns(&self) -> impl Iterator<Item = (&'d str, &'d ConcernOutcome<'w>)> {
        let all = self.decision.full().concerns_of(self.brief.assistance);
        all.map(|(concern, outcome)| (concern.header.id.as_str(), outcome))
    }

    /// Returns the last day on which the outcome stays the same if only time passes; `None` if no limit is known.
    pub fn holds_until(&self) -> Option<Date> {
        self.full().holds_until
    }

    /// Returns the full verdict. It has the same outcome as the brief one.
    fn full(&self) -> &'d decision::Verdict<'w> {
        let mut all = self.decision.full().verdicts.iter();
        all.find(|verdict| verdict.assistance == self.brief.assistance).unwrap_or(self.brief)
    }
}
