//! A cache of the compiled forms of one policy.

use super::{Compiled, compile};
use crate::id::KindId;
use crate::policy::Policy;
use crate::value::Date;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// The largest number of forms that are kept.
const MOST: usize = 64;

/// The compiled forms of a policy: one for each kind of subject and each period in which the policy has the same
/// meaning. Each form is made on first use.
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
pub struct Forms {
    policy: Arc<Policy>,
    made: Mutex<Vec<Arc<Compiled>>>,
    /// The forms of the policy that decides which concerns are raised.
    of_concerns: OnceLock<Option<Box<Forms>>>,
}

impl Forms {
    /// Returns an empty cache.
    pub fn new(policy: &Arc<Policy>) -> Forms {
        Forms { policy: Arc::clone(policy), made: Mutex::new(Vec::new()), of_concerns: OnceLock::new() }
    }

    /// Returns the policy.
    pub fn policy(&self) -> &Arc<Policy> {
        &self.policy
    }

    /// Returns the forms of [`Policy::of_concerns`], or `None` if the policy has no concerns.
    pub fn of_concerns(&self) -> Option<&Forms> {
        let make = || self.policy.of_concerns().map(|policy| Box::new(Forms::new(policy)));
        self.of_concerns.get_or_init(make).as_deref()
    }

    /// Returns the form for a kind of subject and a day.
    pub fn of(&self, kind: KindId, day: Date) -> Arc<Compiled> {
        // A thread that panicked while it held the lock left only complete forms behind: a form is added in one step.
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let serves = |form: &&Arc<Compiled>| form.kind(form.subject) == kind && form.days.contains(day);
        if let Some(form) = made.iter().find(serves) {
            return Arc::clone(form);
        }
        let form = Arc::new(compile(&self.policy, kind, day));
        if made.len() >= MOST {
            made.remove(0);
        }
        made.push(Arc::clone(&form));
        form
    }
}
