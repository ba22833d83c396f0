//! Which version of a policy decides, and what its rules apply to.

use super::Policy;
use crate::id::AssistanceId;
use crate::value::Date;
use std::cmp::Ordering;

/// The standing of a policy on a day, among several versions of it.
#[derive(Clone, Copy, Debug)]
pub enum VersionStatus<'a> {
    /// The policy decides.
    InForce,
    /// The policy is not in force on that day.
    NotInForce,
    /// The policy is in force, but another version came into force later. That version decides.
    SupersededBy(&'a Policy),
    /// The policy is in force, and another version came into force on the same day. It is undefined which one decides.
    ClashesWith(&'a Policy),
}

impl Policy {
    /// Returns the standing of the policy on a day. The policy itself may be among the others.
    ///
    /// Versions of one policy have the same id. Of the versions in force, the one that came into force last decides.
    ///
    /// # Example
    /// ```
    /// use placet::policy::{Period, Policy, VersionStatus};
    /// # use placet::value::Date;
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
    /// # "#;
    /// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
    /// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
    /// let day = Date::parse("2016-02-15").ok_or("no day")?;
    /// let next = Policy {
    ///     version: "2".to_owned(),
    ///     period: Period { from: Date::parse("2016-02-01"), until: None },
    ///     ..Policy::clone(&policy)
    /// };
    /// assert!(matches!(next.version_status([&*policy, &next], day), VersionStatus::InForce));
    /// assert!(matches!(policy.version_status([&*policy, &next], day), VersionStatus::SupersededBy(_)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn version_status<'a>(
        &self,
        others: impl IntoIterator<Item = &'a Policy>,
        day: Date,
    ) -> VersionStatus<'a> {
        if !self.period.contains(day) {
            return VersionStatus::NotInForce;
        }
        let mut version_status = VersionStatus::InForce;
        for other in others {
            let another = other.id == self.id && (&other.version, &other.hash) != (&self.version, &self.hash);
            if !another || !other.period.contains(day) {
                continue;
            }
            match other.period.from.cmp(&self.period.from) {
                Ordering::Greater => return VersionStatus::SupersededBy(other),
                Ordering::Equal => version_status = VersionStatus::ClashesWith(other),
                Ordering::Less => {}
            }
        }
        version_status
    }

    /// Returns whether a rule with these types applies to a type: it names the type or an ancestor, or no type at all.
    ///
    /// # Example
    /// ```
    /// # let text = r#"
    /// # policy "Training"
    /// #   id training
    /// #   version 1
    /// #   about group
    /// #
    /// # assistance support
    /// #   assistance training
    /// #   assistance equipment
    /// #
    /// # kind group
    /// #   is neutral : yes or no
    /// #
    /// # requirement neutrality "Neutral"
    /// #   needs the group is neutral
    /// # "#;
    /// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
    /// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
    /// // assistance support
    /// //   assistance training
    /// //   assistance equipment
    /// let ids: Vec<_> = policy.assistance.ids().collect();
    /// let [support, training, equipment] = ids[..] else { panic!("there are three") };
    /// assert!(policy.covers(&[support], training));
    /// assert!(!policy.covers(&[equipment], training));
    /// assert!(policy.covers(&[], training));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn covers(&self, types: &[AssistanceId], assistance: AssistanceId) -> bool {
        types.is_empty() || self.lineage(assistance).any(|ancestor| types.contains(&ancestor))
    }

    /// Returns a type of assistance and its ancestors, the nearest first.
    ///
    /// # Example
    /// ```
    /// # let text = r#"
    /// # policy "Training"
    /// #   id training
    /// #   version 1
    /// #   about group
    /// #
    /// # assistance support
    /// #   assistance training
    /// #   assistance equipment
    /// #
    /// # kind group
    /// #   is neutral : yes or no
    /// #
    /// # requirement neutrality "Neutral"
    /// #   needs the group is neutral
    /// # "#;
    /// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
    /// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
    /// // assistance support
    /// //   assistance training
    /// let training = policy.assistance.ids().nth(1).ok_or("no such type")?;
    /// let names: Vec<&str> = policy.lineage(training).map(|id| policy.assistance[id].name.as_str()).collect();
    /// assert_eq!(names, ["training", "support"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn lineage(&self, assistance: AssistanceId) -> impl Iterator<Item = AssistanceId> {
        std::iter::successors(Some(assistance), |id| self.assistance[*id].parent)
    }
}
