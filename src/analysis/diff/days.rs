//! The days on which two policies are compared.

use crate::policy::{Period, Policy};
use crate::value::Date;

/// The largest number of days on which two policies are compared.
pub const MOST_DAYS: usize = 200;

/// Why there are no days on which two policies can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Apart {
    /// One policy ends before the other begins.
    #[error("the two policies are never in force on the same day")]
    Never,
    /// There are more than [`MOST_DAYS`] days.
    #[error("rules come into force or end on more than {MOST_DAYS} days")]
    TooMany,
}

/// Returns the days on which two policies must be compared: among the days on which both are in force, the first, and
/// each on which something in either policy begins or has just ended. Returns one day if nothing begins or ends.
///
/// # Errors
/// Fails if there is no such day, or if there are too many.
///
/// # Example
/// ```
/// use placet::analysis::diff::days;
/// # use placet::{bundle, policy, value::Date};
///
/// # let text = r#"
/// # policy "Training"
/// #   id training
/// #   version 1
/// #   about group
/// #   in force from 2016-02-01
/// #
/// # assistance training
/// #
/// # kind group
/// #   is neutral : yes or no
/// #
/// # requirement neutrality "Neutral"
/// #   needs the group is neutral
/// #   in force until 2016-12-31
/// # "#;
/// # let bundle = bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// // policy "Training"
/// //   in force from 2016-02-01
/// // requirement neutrality "Neutral"
/// //   in force until 2016-12-31
/// let days: Vec<String> = days(&policy, &policy)?.iter().map(|day| day.to_string()).collect();
/// assert_eq!(days, ["2016-02-01", "2017-01-01"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn days(old: &Policy, new: &Policy) -> Result<Vec<Date>, Apart> {
    let both = Period {
        from: old.period.from.max(new.period.from),
        until: match (old.period.until, new.period.until) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        },
    };
    let mut turns = old.turns();
    turns.extend(new.turns());
    // A period without a first day is represented by the day before the first change; without changes, any day will do.
    let first = both.from.or_else(|| turns.first().map(|turn| turn.previous())).or(both.until);
    turns.extend(first.or_else(|| Date::parse("2000-01-01")));
    let days: Vec<Date> = turns.into_iter().filter(|day| both.contains(*day)).collect();
    match days.len() {
        0 => Err(Apart::Never),
        count if count > MOST_DAYS => Err(Apart::TooMany),
        _ => Ok(days),
    }
}
