//! The errors because of which there is no decision.

use crate::value::Date;

/// The reason why a policy does not decide about a dossier.
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
/// let problem = placet::decision::decide(&policy, &evidence, "brigade", day, None).unwrap_err();
/// assert_eq!(problem.to_string(), "unknown dossier `brigade`");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecisionError {
    /// No dossier has the id.
    #[error("unknown dossier `{0}`")]
    NoDossier(String),
    /// The policy is about other kinds of subject.
    #[error("dossier `{dossier}` is about a {kind}, but the policy is about {about}")]
    OtherKind {
        /// The id of the dossier.
        dossier: String,
        /// The name of the kind of its subject.
        kind: String,
        /// The names of the kinds that the policy is about.
        about: String,
    },
    /// The policy is not in force on that day.
    #[error("policy `{policy}` version {version} is not in force on {day}")]
    NotInForce {
        /// The id of the policy.
        policy: String,
        /// The version of the policy.
        version: String,
        /// The day.
        day: Date,
    },
}
