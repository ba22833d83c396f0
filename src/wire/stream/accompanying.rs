//! The dossiers that accompany a table: entities that its rows can name, and circumstances that apply to all rows.

use crate::evidence::{Dossier, Evidence};
use crate::id::KindId;
use crate::span::Span;
use crate::text::Ids;

/// The dossiers that accompany a table.
///
/// # Example
/// ```
/// use placet::evidence::Evidence;
/// use placet::wire::stream::Accompanying;
///
/// let nobody = Accompanying::new(Evidence::default(), Vec::new());
/// assert!(nobody.is_empty());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Accompanying {
    pub(super) evidence: Evidence,
    /// The ids of the dossiers that a row uses if it names none itself.
    pub(super) circumstances: Vec<String>,
    /// The ids that are taken.
    pub(super) taken: Ids<(KindId, Span)>,
}

impl Accompanying {
    /// Returns accompanying dossiers. `circumstances` are the ids of those whose circumstances count for rows that name
    /// no other dossiers.
    pub fn new(evidence: Evidence, circumstances: Vec<String>) -> Accompanying {
        let taken = evidence.dossiers.iter().map(|one| (one.id.as_str(), (one.kind, one.span))).collect();
        Accompanying { evidence, circumstances, taken }
    }

    /// Returns whether there are no dossiers.
    pub fn is_empty(&self) -> bool {
        self.evidence.dossiers.is_empty()
    }

    /// Runs a function with these dossiers and one more.
    pub(super) fn with<T>(&mut self, dossier: Dossier, work: impl FnOnce(&Evidence, &str) -> T) -> T {
        let id = dossier.id.clone();
        self.evidence.dossiers.push(dossier);
        let done = work(&self.evidence, &id);
        self.evidence.dossiers.pop();
        done
    }
}
