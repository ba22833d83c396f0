//! Every text of a policy, for the check of a stored one.

use super::{FactType, Header, Policy, Vocabulary};

/// Returns all texts of a policy: names, titles, phrases, notes, translations. The texts of blocks are returned in pieces,
/// since they, and no other text, can contain line breaks and tabs.
pub(super) fn all_texts(policy: &Policy) -> impl Iterator<Item = &str> {
    let mut all: Vec<&str> = vec![&policy.id, &policy.title, &policy.version, &policy.hash];
    all.extend(policy.authority.iter().chain(&policy.notes).map(String::as_str));
    vocabulary(&policy.vocabulary, &mut all);
    for (_, one) in policy.assistance.iter() {
        all.push(&one.name);
        all.extend(one.means.as_deref());
    }
    for (header, _) in policy.blocks() {
        let Header { id, title, remedy, notes, words, cites, .. } = header;
        all.extend([id, title].into_iter().chain(remedy).chain(notes).map(String::as_str));
        all.extend(cites.iter().map(|cite| cite.lines.as_str()).chain(pieces(words)));
    }
    all.extend(policy.waivers.iter().filter_map(|(_, waiver)| waiver.granted_by.as_deref()));
    all.extend(policy.choices.iter().flat_map(|choice| choice.values()));
    all.extend(policy.obligations.iter().filter_map(|obligation| obligation.who.as_deref()));
    all.extend(policy.concerns.iter().filter_map(|concern| concern.who.as_deref()));
    for translation in &policy.translations {
        all.push(&translation.language);
        all.extend(translation.name.as_deref());
        all.extend(
            translation.texts.iter().flat_map(|(text, translated)| [text.as_str(), translated.as_str()]),
        );
    }
    all.into_iter()
}

/// Returns the text of a block without its line breaks and tabs.
fn pieces(words: &str) -> impl Iterator<Item = &str> {
    words.lines().flat_map(|line| line.split('\t'))
}

fn vocabulary<'p>(vocabulary: &'p Vocabulary, all: &mut Vec<&'p str>) {
    for (_, kind) in vocabulary.kinds.iter() {
        all.extend([&kind.name, &kind.title].into_iter().chain(&kind.unread).map(String::as_str));
    }
    for (_, fact) in vocabulary.facts.iter() {
        all.push(&fact.phrase);
        all.extend(fact.question.as_deref().into_iter().chain(fact.means.as_deref()));
        all.extend(fact.r#type.choices().iter().map(String::as_str));
        if let FactType::Number { unit } = &fact.r#type {
            all.push(unit);
        }
    }
    for (_, source) in vocabulary.sources.iter() {
        all.extend([source.id.as_str(), &source.title]);
        all.extend(source.author.as_deref().into_iter().chain(source.url.as_deref()));
    }
    all.extend(vocabulary.standards.iter().map(|(_, standard)| standard.name.as_str()));
}
