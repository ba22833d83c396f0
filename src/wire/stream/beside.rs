//! What is given beside a table: those whom its rows may name, and the circumstances that count for all of them.

use crate::evidence::{Dossier, Evidence};
use crate::id::KindId;
use crate::span::Span;
use crate::text::Ids;

/// The dossiers given beside a table.
///
/// # Example
/// ```
/// use placet::evidence::Evidence;
/// use placet::wire::stream::Beside;
///
/// let nobody = Beside::new(Evidence::default(), Vec::new());
/// assert!(nobody.is_empty());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Beside {
    pub(super) evidence: Evidence,
    /// The dossiers that rows use which name none.
    pub(super) circumstances: Vec<String>,
    /// The ids taken.
    pub(super) taken: Ids<(KindId, Span)>,
}

impl Beside {
    /// Dossiers, and the ids of those whose circumstances count for rows that name no others.
    pub fn new(evidence: Evidence, circumstances: Vec<String>) -> Beside {
        let taken = evidence.dossiers.iter().map(|one| (one.id.as_str(), (one.kind, one.span))).collect();
        Beside { evidence, circumstances, taken }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.evidence.dossiers.is_empty()
    }

    /// Does something with these dossiers and one more.
    pub(super) fn with<T>(&mut self, dossier: Dossier, work: impl FnOnce(&Evidence, &str) -> T) -> T {
        let id = dossier.id.clone();
        self.evidence.dossiers.push(dossier);
        let done = work(&self.evidence, &id);
        self.evidence.dossiers.pop();
        done
    }
}
