//! The compiled forms of one policy, kept for the next case.

use super::{Compiled, compile};
use crate::id::KindId;
use crate::policy::Policy;
use crate::value::Date;
use std::sync::{Arc, Mutex, PoisonError};

/// The most forms that are kept.
const MOST: usize = 64;

/// The compiled forms of a policy: one for each kind of subject and each stretch of days on which it means the same,
/// made when it is first asked for.
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
/// #   in force from 2016-01-01
/// #   needs the group is neutral
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// use placet::compiled::Forms;
/// use placet::value::Date;
/// use std::sync::Arc;
///
/// // requirement neutrality "Neutral"
/// //   in force from 2016-01-01
/// let forms = Forms::new(&policy);
/// let on = |day| Date::parse(day).map(|day| forms.of(policy.about[0], day)).ok_or("no day");
/// assert!(Arc::ptr_eq(&on("2016-02-15")?, &on("2016-02-16")?));
/// assert!(!Arc::ptr_eq(&on("2016-02-15")?, &on("2015-12-31")?));
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug)]
pub struct Forms<'p> {
    policy: &'p Policy,
    made: Mutex<Vec<Arc<Compiled<'p>>>>,
}

impl<'p> Forms<'p> {
    /// None made yet.
    pub fn new(policy: &'p Policy) -> Forms<'p> {
        Forms { policy, made: Mutex::new(Vec::new()) }
    }

    /// The policy.
    pub fn policy(&self) -> &'p Policy {
        self.policy
    }

    /// The form for a kind of subject and a day.
    pub fn of(&self, kind: KindId, day: Date) -> Arc<Compiled<'p>> {
        // A thread that came to grief while it held the lock left whole forms behind: they are only ever added whole.
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let fits = |form: &&Arc<Compiled<'p>>| form.kind(form.subject) == kind && form.days.contains(day);
        if let Some(form) = made.iter().find(fits) {
            return Arc::clone(form);
        }
        let form = Arc::new(compile(self.policy, kind, day));
        if made.len() >= MOST {
            made.remove(0);
        }
        made.push(Arc::clone(&form));
        form
    }
}
