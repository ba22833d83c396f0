//! The names of facts as column names of tables and keys of records.

use super::Vocabulary;
use crate::id::FactId;
use crate::sorted::SortedMap;
use crate::text::key;

/// Returns the facts by each name that a column or key may have.
///
/// A fact of the only entity of a kind is named with the kind. Any other fact may be named without it, too.
pub(crate) fn columns(vocabulary: &Vocabulary) -> SortedMap<String, Vec<FactId>> {
    let mut columns: SortedMap<String, Vec<FactId>> = SortedMap::new();
    for (id, fact) in vocabulary.facts.iter() {
        let kind = &vocabulary.kinds[fact.kind];
        let (owner, phrase) = (name_key(&kind.name), name_key(&fact.phrase));
        let bare = (!kind.only_one).then(|| phrase.clone());
        let owned = [format!("the {owner} {phrase}"), format!("the {owner}'s {phrase}")];
        for name in owned.into_iter().chain(bare) {
            columns.entry(name).or_default().push(id);
        }
    }
    columns
}

/// Returns a name in the form in which names are compared: in lower case, with single spaces and without quotes.
pub(crate) fn name_key(name: &str) -> String {
    key(&name.replace('"', "")).into_owned()
}
