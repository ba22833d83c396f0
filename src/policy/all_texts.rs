//! Every text of a policy, for the check of a stored one.

use super::{FactType, Header, Policy, Vocabulary};

/// Returns all texts of a policy: names, titles, phrases, notes, translations. The texts of blocks are returned by line.
pub(super) fn all_texts(policy: &Policy) -> impl Iterator<Item = &str> {
    let mut all: Vec<&str> = vec![&policy.id, &policy.title, &policy.version, &policy.hash];
    all.extend(policy.authority.iter().chain(&policy.notes).map(String::as_str));
    vocabulary(&policy.vocabulary, &mut all);
    for (_, one) in policy.assistance.iter() {
        all.extend([Some(&one.name), one.means.as_ref()].into_iter().flatten().map(String::as_str));
    }
    for (header, _) in policy.blocks() {
        let Header { id, title, remedy, notes, words, cites, .. } = header;
        all.extend([id, title].into_iter().chain(remedy).chain(notes).map(String::as_str));
        all.extend(cites.iter().map(|cite| cite.lines.as_str()).chain(words.lines()));
    }
    all.extend(policy.waivers.iter().filter_map(|(_, waiver)| waiver.granted_by.as_deref()));
    all.extend(policy.choices.iter().flat_map(|choice| choice.values()));
    all.extend(policy.obligations.iter().filter_map(|obligation| obligation.who.as_deref()));
    for translation in &policy.translations {
        all.extend(
            [Some(&translation.language), translation.name.as_ref()]
                .into_iter()
                .flatten()
                .map(String::as_str),
        );
        all.extend(
            translation.texts.iter().flat_map(|(text, translated)| [text.as_str(), translated.as_str()]),
        );
    }
    all.into_iter()
}

fn vocabulary<'p>(vocabulary: &'p Vocabulary, all: &mut Vec<&'p str>) {
    for (_, kind) in vocabulary.kinds.iter() {
        all.extend([&kind.name, &kind.title].into_iter().chain(&kind.unread).map(String::as_str));
    }
    for (_, fact) in vocabulary.facts.iter() {
        let texts = [Some(&fact.phrase), fact.question.as_ref(), fact.means.as_ref()];
        all.extend(texts.into_iter().flatten().chain(fact.r#type.choices()).map(String::as_str));
        if let FactType::Number { unit } = &fact.r#type {
            all.push(unit);
        }
    }
    for (_, source) in vocabulary.sources.iter() {
        let texts = [Some(&source.id), Some(&source.title), source.author.as_ref(), source.url.as_ref()];
        all.extend(texts.into_iter().flatten().map(String::as_str));
    }
    all.extend(vocabulary.standards.iter().map(|(_, standard)| standard.name.as_str()));
}
