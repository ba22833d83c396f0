//! A list of dossiers with a look-up by id.

use super::Dossier;
use crate::text::Ids;
use std::ops::{Deref, DerefMut};
use std::sync::OnceLock;

/// Dossiers in the order in which they were read, with a fast look-up by id. It dereferences to the list of dossiers.
///
/// # Example
/// ```
/// # let text = "kind group\n  is neutral : yes or no\n\ndossier militia\n  about group\n";
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let vocabulary = placet::policy::resolve(&bundle).vocabulary;
/// let mut evidence = placet::evidence::read(&bundle, &vocabulary).0;
/// assert_eq!(evidence.dossiers.find("Militia").map(|dossier| dossier.id.as_str()), Some("militia"));
/// for dossier in evidence.dossiers.iter_mut() {
///     dossier.id = "brigade".to_owned();
/// }
/// assert!(evidence.dossiers.find("militia").is_none());
/// assert!(evidence.dossiers.find("brigade").is_some());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Dossiers {
    all: Vec<Dossier>,
    /// The index by id, built on the first look-up. If several dossiers have the same id, it holds the first.
    places: OnceLock<Ids<usize>>,
}

impl Dossiers {
    /// Returns the dossier with exactly this id, else the only dossier whose id differs from it in case alone.
    pub fn find(&self, id: &str) -> Option<&Dossier> {
        let ids = |all: &[Dossier]| all.iter().map(|one| one.id.as_str()).zip(0..).collect::<Ids<usize>>();
        let (_, place) = self.places.get_or_init(|| ids(&self.all)).find(id)?;
        self.all.get(*place)
    }
}

impl From<Vec<Dossier>> for Dossiers {
    fn from(all: Vec<Dossier>) -> Dossiers {
        Dossiers { all, places: OnceLock::new() }
    }
}

impl FromIterator<Dossier> for Dossiers {
    fn from_iter<I: IntoIterator<Item = Dossier>>(dossiers: I) -> Dossiers {
        dossiers.into_iter().collect::<Vec<Dossier>>().into()
    }
}

impl Deref for Dossiers {
    type Target = Vec<Dossier>;

    fn deref(&self) -> &Vec<Dossier> {
        &self.all
    }
}

impl DerefMut for Dossiers {
    /// Returns the list, and drops the index since the caller may change ids.
    fn deref_mut(&mut self) -> &mut Vec<Dossier> {
        self.places = OnceLock::new();
        &mut self.all
    }
}

impl<'a> IntoIterator for &'a Dossiers {
    type Item = &'a Dossier;
    type IntoIter = std::slice::Iter<'a, Dossier>;

    fn into_iter(self) -> Self::IntoIter {
        self.all.iter()
    }
}

impl<'a> IntoIterator for &'a mut Dossiers {
    type Item = &'a mut Dossier;
    type IntoIter = std::slice::IterMut<'a, Dossier>;

    fn into_iter(self) -> Self::IntoIter {
        self.deref_mut().iter_mut()
    }
}
