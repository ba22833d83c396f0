//! The names of facts as columns and keys of data have them.

use super::Vocabulary;
use crate::id::FactId;
use crate::text::key;
use std::collections::BTreeMap;

/// The facts by every name that a column of a table, or a key of a record, may have: of a thing there is only one of
/// with its name, of others without.
pub(crate) fn columns(vocabulary: &Vocabulary) -> BTreeMap<String, Vec<FactId>> {
    let mut columns: BTreeMap<String, Vec<FactId>> = BTreeMap::new();
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

/// A name in the form in which names are compared: lower case, single spaces, no quotes.
pub(crate) fn name_key(name: &str) -> String {
    key(&name.replace('"', "")).into_owned()
}
