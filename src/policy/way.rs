//! How an evidence standard applies to the relations and lists that lead to a tested fact.
//!
//! `rated …` and `from the last …` set the quality of the evidence for a tested fact. A relation or list, such as who
//! commands a group or which incidents are attributed to it, only leads to the entity that has the fact. If these two
//! lines also applied to relations and lists, a missing rating would hide everything known about those entities. The
//! other lines of a standard select whose statements count, and apply everywhere.

use super::{Conflict, Standard, Vocabulary};
use crate::id::{StandardId, Table};

/// Adds a declared standard, and the standard derived from it for relations and lists, if the two differ.
pub(super) fn add(declared: Standard, standards: &mut Table<StandardId, Standard>) -> StandardId {
    let id = standards.push(declared);
    let declared = &standards[id];
    let same = declared.ratings_on_the_way || declared.rated.is_none() && declared.within.is_none();
    let Standard { not_rivals, not_subject, not_interested, not_promises, conflict, .. } = declared;
    let has_other_conditions = *not_rivals || *not_subject || *not_interested || *not_promises;
    let on_the_way = if same {
        Some(id)
    } else if has_other_conditions || *conflict != Conflict::default() {
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
    /// Returns the standard for relations and lists that lead to a fact, if the fact itself is read under `standard`.
    ///
    /// Returns `None` if all statements about them count.
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
