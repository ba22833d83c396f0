//! The engines, each with the policy in its own language and the facts in its preferred form.

pub mod cedar;
pub mod cel;
pub mod jsonlogic;
pub mod placet;
pub mod rego;
pub mod rust;
pub mod zen;

use crate::answer::Answer;
use crate::groups::{GROUPS, Group, Record};

/// An engine with one version of the policy, and the groups prepared for it.
pub trait Engine {
    /// The engine and the version: `Cedar, optional attributes`.
    fn name(&self) -> &'static str;

    /// Whether a group is eligible, with its facts prepared in the engine's own form.
    fn prebuilt(&mut self, group: usize) -> bool;

    /// Whether a group is eligible, with its facts as JSON text.
    fn from_json(&mut self, group: usize) -> bool;

    /// The engine's answer about any record, complete or not.
    fn answer(&mut self, record: &Record) -> Answer;
}

/// An engine of any type, with passes over all groups, so that dynamic dispatch does not affect single decisions.
/// Methods return `None` if the engine does not support them.
pub trait Subject {
    fn name(&self) -> &'static str;
    /// Decides on all groups from prebuilt facts; returns how many are eligible.
    fn pass_prebuilt(&mut self) -> usize;
    /// Decides on all groups from JSON text; returns how many are eligible.
    fn pass_json(&mut self) -> Option<usize>;
    /// The answers on all groups, from prebuilt facts and from JSON text.
    fn answers(&mut self) -> (Vec<bool>, Option<Vec<bool>>);
    /// The engine's answer about any record, complete or not.
    fn answer(&mut self, record: &Record) -> Option<Answer>;
}

impl<E: Engine> Subject for E {
    fn name(&self) -> &'static str {
        Engine::name(self)
    }

    fn pass_prebuilt(&mut self) -> usize {
        (0..GROUPS).filter(|group| self.prebuilt(*group)).count()
    }

    fn pass_json(&mut self) -> Option<usize> {
        Some((0..GROUPS).filter(|group| self.from_json(*group)).count())
    }

    fn answers(&mut self) -> (Vec<bool>, Option<Vec<bool>>) {
        let prebuilt = (0..GROUPS).map(|group| self.prebuilt(group)).collect();
        (prebuilt, Some((0..GROUPS).map(|group| self.from_json(group)).collect()))
    }

    fn answer(&mut self, record: &Record) -> Option<Answer> {
        Some(Engine::answer(self, record))
    }
}

/// The groups as JSON text, one object each.
pub fn texts(groups: &[Group]) -> Vec<String> {
    groups.iter().map(|group| text(&group.record())).collect()
}

/// A record as JSON text.
pub fn text(record: &Record) -> String {
    serde_json::to_string(record).expect("a record is JSON")
}
