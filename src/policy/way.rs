//! How an evidence standard reads the relations and lists on the way to a tested fact.
//!
//! `rated …` and `from the last …` ask how good the evidence of a tested fact is. Who commands a group, or which
//! incidents are laid to it, only says where the tested fact is found: were those lines put to it as well, a missing
//! rating would hide everything that is known behind it. The other lines of a standard say whose word counts, and apply
//! everywhere.

use super::{Conflict, Standard, Vocabulary};
use crate::id::{StandardId, Table};

/// Adds a declared standard, and the one derived from it for what is on the way where that is another.
pub(super) fn add(declared: Standard, standards: &mut Table<StandardId, Standard>) -> StandardId {
    let id = standards.push(declared);
    let declared = &standards[id];
    let same = declared.ratings_on_the_way || declared.rated.is_none() && declared.within.is_none();
    let Standard { not_rivals, not_subject, not_interested, not_promises, conflict, .. } = declared;
    let asks_more = *not_rivals || *not_subject || *not_interested || *not_promises;
    let on_the_way = if same {
        Some(id)
    } else if asks_more || *conflict != Conflict::default() {
        let name = format!("{}, on the way", declared.name);
        let (rated, within, derived_from) = (None, None, Some(id));
        let derived = standards.push(Standard { name, rated, within, derived_from, ..declared.clone() });
        if let Some(standard) = standards.find_mut(derived) {
            standard.on_the_way = Some(derived);
        }
        Some(derived)
    } else {
        None
    };
    if let Some(standard) = standards.find_mut(id) {
        standard.on_the_way = on_the_way;
    }
    id
}

impl Vocabulary {
    /// The standard under which relations and lists on the way to a fact are read, where the fact itself is read under
    /// `standard`; none where all their statements count.
    ///
    /// # Example
    /// ```
    /// let text = "evidence standard rated\n  rated C3 or better\n\nevidence standard fair\n  rated C3 or better\n  not promises\n";
    /// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
    /// # let vocabulary = placet::policy::resolve(&bundle).vocabulary;
    /// let named = |name: &str| vocabulary.standards.iter().find(|(_, one)| one.name == name).map(|(id, _)| id);
    /// assert_eq!(vocabulary.on_the_way(named("rated")), None);
    /// let fair = vocabulary.on_the_way(named("fair")).ok_or("promises are left out everywhere")?;
    /// assert!(vocabulary.standards[fair].not_promises && vocabulary.standards[fair].rated.is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn on_the_way(&self, standard: Option<StandardId>) -> Option<StandardId> {
        self.standards.find(standard?)?.on_the_way
    }
}
