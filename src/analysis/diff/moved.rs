//! Subjects whose verdict changes if the same dossiers are decided on under both policies.

use super::turn::{statuses, turning};
use super::{Both, Side, TurningRule};
use crate::analysis::translated::translated;
use crate::compiled::Forms;
use crate::decision::{Decision, Outcome, decide_briefly_with};
use crate::evidence::{Dossier, Evidence};
use crate::policy::Policy;
use crate::policy::lexicon::key_of;
use crate::value::Date;
use std::sync::Arc;

/// A subject whose verdict differs between the policies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The id of the dossier, or the title of the scenario.
    pub subject: String,
    /// The title.
    pub title: String,
    /// The type of assistance.
    pub assistance: String,
    /// The day.
    pub as_of: Date,
    /// The verdicts.
    pub outcomes: Both<Outcome>,
    /// The rules that decide one of the verdicts and come out differently in the other policy.
    pub rules: Vec<TurningRule>,
}

/// Compares two decisions on one subject: returns how many types of assistance both have, by name, and those whose
/// verdicts differ.
///
/// # Example
/// ```
/// use placet::analysis::diff::moves;
/// use placet::decision::Outcome;
/// # use placet::{bundle, decision, evidence, policy, value::Date};
///
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
/// #   - it is neutral
/// # "#;
/// # let read = |text: &str| {
/// #     let bundle = bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// #     let policy = policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// #     let evidence = evidence::read(&bundle, &policy.vocabulary).0;
/// #     Ok::<_, Box<dyn std::error::Error>>((policy, evidence))
/// # };
/// # let day = Date::parse("2016-02-15").ok_or("no day")?;
/// # let (old, evidence) = read(text)?;
/// # let (new, there) = read(&text.replace("needs the group is neutral", "needs the group is not neutral"))?;
/// let before = decision::decide(&old, &evidence, "militia", day, None)?;
/// let now = decision::decide(&new, &there, "militia", day, None)?;
/// let (shared, moved) = moves(&before, &now);
/// assert_eq!((shared, moved.len()), (1, 1));
/// assert_eq!((moved[0].outcomes.old, moved[0].outcomes.new), (Outcome::Eligible, Outcome::Ineligible));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn moves(old: &Decision<'_>, new: &Decision<'_>) -> (usize, Vec<Move>) {
    let (mut shared, mut moved) = (0, Vec::new());
    for before in &old.verdicts {
        let Some(declared) = old.policy.assistance.find(before.assistance) else { continue };
        let now = new.verdicts.iter().find(|verdict| {
            let other = new.policy.assistance.find(verdict.assistance);
            other.is_some_and(|other| key_of(&other.name) == key_of(&declared.name))
        });
        let Some(now) = now else { continue };
        shared += 1;
        if before.outcome != now.outcome {
            let both = Both {
                old: (before.outcome, statuses(old.policy, before)),
                new: (now.outcome, statuses(new.policy, now)),
            };
            moved.push(Move {
                subject: old.subject.clone(),
                title: old.title.clone(),
                assistance: declared.name.clone(),
                as_of: new.as_of,
                outcomes: Both { old: before.outcome, new: now.outcome },
                rules: turning(&both),
            });
        }
    }
    (shared, moved)
}

/// Compares cases of one policy, such as its scenarios, each with its title. Skips cases that the other policy cannot
/// express.
pub fn cases(policies: Both<&Arc<Policy>>, side: Side, all: &[(&str, Date, &Dossier)]) -> (usize, Vec<Move>) {
    let (mut shared, mut moved) = (0, Vec::new());
    let forms = policies.map(Forms::new);
    for (title, as_of, given) in all {
        let vocabulary = |side: Side| &policies.of(side).vocabulary;
        let Some(there) = translated(given, vocabulary(side), vocabulary(side.other())) else { continue };
        let mut both = Both { old: there.clone(), new: there };
        *both.of_mut(side) = (*given).clone();
        let evidence = both.map(|dossier| Evidence { dossiers: vec![dossier].into() });
        let decided = Side::BOTH.map(|side| {
            let id = evidence.of(side).dossiers.first()?.id.clone();
            decide_briefly_with(forms.of(side), evidence.of(side), &id, *as_of, None).ok()
        });
        let [Some(old), Some(new)] = &decided else { continue };
        let (compared, differing) = moves(old, new);
        shared += compared;
        let named = |one: Move| Move { subject: (*title).to_owned(), title: (*title).to_owned(), ..one };
        moved.extend(differing.into_iter().map(named));
    }
    (shared, moved)
}
