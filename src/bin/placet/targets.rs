//! Reads the target of a relation as a user writes it: a name, an id, or the entity of an `only one` kind.

use placet::evidence::{Claim, Dossier, Target};
use placet::id::KindId;
use placet::policy::{Fact, FactType, Vocabulary};
use placet::syntax::RESERVED;
use placet::text::{before_last_words, fold, is_id, is_word_part, key, same, same_word};
use std::collections::BTreeMap;

/// Words that are not names of entities, besides the reserved ones.
const NOBODY: [&str; 10] = ["yes", "y", "no", "n", "true", "false", "unknown", "contested", "it", "whoever"];

/// A relation of the dossier that the answers are added to.
pub struct Targets<'w> {
    vocabulary: &'w Vocabulary,
    dossiers: &'w [Dossier],
    dossier: &'w Dossier,
    /// The kinds that the relation can lead to.
    kinds: Vec<KindId>,
    many: bool,
}

/// An answer, with the titles, by id, of the entities that it names for the first time.
pub struct Named {
    pub claim: Claim,
    pub titles: BTreeMap<String, String>,
}

impl<'w> Targets<'w> {
    /// Returns `None` if the fact is not a relation.
    pub fn of(
        fact: &Fact,
        vocabulary: &'w Vocabulary,
        dossiers: &'w [Dossier],
        dossier: &'w Dossier,
    ) -> Option<Targets<'w>> {
        let (kinds, many) = match &fact.r#type {
            FactType::One(kinds) => (kinds.clone(), false),
            FactType::Many(kind) => (vec![*kind], true),
            _ => return None,
        };
        Some(Targets { vocabulary, dossiers, dossier, kinds, many })
    }

    /// Returns the possible answers, such as `the national command, a group's name or id, or no one`.
    pub fn choices(&self) -> String {
        if self.many {
            let kind = self.kinds.first().map_or("", |kind| self.name(*kind));
            return format!(
                "each {kind}'s name or id with ; between, then `and no others` if these are all; or none"
            );
        }
        let mut choices: Vec<String> = self
            .kinds
            .iter()
            .map(|kind| match (self.only_one(*kind), self.name(*kind)) {
                (true, name) => format!("the {name}"),
                (false, name) => format!("{} {name}'s name or id", article(name)),
            })
            .collect();
        choices.push("or no one".to_owned());
        choices.join(", ")
    }

    /// Reads an answer.
    ///
    /// # Errors
    /// What is wrong with the answer, in words.
    pub fn read(&self, line: &str) -> Result<Named, String> {
        let mut titles = BTreeMap::new();
        let line = line.trim();
        let nobody = matches!(plain(line).as_str(), "no one" | "no-one" | "nobody" | "none");
        let claim = if self.many {
            let (list, complete) = match before_last_words(line, &["and", "no", "others"]) {
                Some(list) => (list, true),
                None => (line, nobody),
            };
            let mut ids = Vec::new();
            for one in list.split([';', ',']).map(str::trim).filter(|one| !one.is_empty() && !nobody) {
                match self.target(one, &mut titles)? {
                    Target::Named(id) => ids.push(id),
                    _ => return Err(format!("\"{one}\" cannot be on this list")),
                }
            }
            if ids.is_empty() && !nobody {
                return Err("the list is empty".to_owned());
            }
            Claim::Members { ids, complete }
        } else if nobody {
            Claim::One(Target::NoOne)
        } else if let Some((_, other)) = line.split_once(' ').filter(|(first, _)| same_word(first, "not")) {
            Claim::NotOne(self.target(other.trim_start(), &mut titles)?)
        } else {
            Claim::One(self.target(line, &mut titles)?)
        };
        Ok(Named { claim, titles })
    }

    fn target(&self, text: &str, titles: &mut BTreeMap<String, String>) -> Result<Target, String> {
        let wanted = plain(text);
        let bare = wanted.strip_prefix("the ").unwrap_or(&wanted);
        let only = self.vocabulary.kinds.iter().find(|(_, kind)| kind.only_one && plain(&kind.name) == bare);
        if let Some((kind, _)) = only {
            return self.fitting(kind, text).map(|()| Target::Only(kind));
        }
        if let Some((id, kind)) = self.known(text.trim()) {
            self.fitting(kind, text)?;
            return Ok(if self.only_one(kind) { Target::Only(kind) } else { Target::Named(id) });
        }
        let reserved = |word: &str| RESERVED.contains(&word);
        if NOBODY.contains(&wanted.as_str()) || wanted.split(' ').any(reserved) {
            return Err(format!("\"{text}\" is not a name"));
        }
        if self.kinds.iter().all(|kind| self.only_one(*kind)) {
            return Err(format!("\"{text}\" is not a possible answer"));
        }
        if !wanted.chars().any(char::is_alphabetic) {
            return Err(format!("\"{text}\" is not a name: it has no letter"));
        }
        let id = id_of(text);
        titles.insert(id.clone(), text.trim().to_owned());
        Ok(Target::Named(id))
    }

    /// Returns the dossier or member with an id or a name.
    fn known(&self, wanted: &str) -> Option<(String, KindId)> {
        let members = self.dossier.members.iter().find_map(|member| {
            let own = format!("{}/", self.dossier.id);
            let id = member.id.strip_prefix(&own).unwrap_or(&member.id);
            (same(id, wanted) || same(&member.title, wanted)).then(|| (id.to_owned(), member.kind))
        });
        members.or_else(|| {
            let named = |one: &&Dossier| {
                same(&one.id, wanted)
                    || same(&one.title, wanted)
                    || one.known_as.iter().any(|name| same(name, wanted))
            };
            let exact = self.dossiers.iter().find(|one| one.id == wanted);
            exact.or_else(|| self.dossiers.iter().find(named)).map(|one| (one.id.clone(), one.kind))
        })
    }

    fn fitting(&self, kind: KindId, text: &str) -> Result<(), String> {
        if self.kinds.contains(&kind) {
            return Ok(());
        }
        let name = self.name(kind);
        Err(format!("\"{text}\" is {} {name}", if self.only_one(kind) { "the" } else { article(name) }))
    }

    fn only_one(&self, kind: KindId) -> bool {
        self.vocabulary.kinds.find(kind).is_some_and(|kind| kind.only_one)
    }

    fn name(&self, kind: KindId) -> &str {
        self.vocabulary.kinds.find(kind).map_or("", |kind| &kind.name)
    }
}

/// Returns an id for a name: the name itself if it is a valid id.
pub fn id_of(name: &str) -> String {
    if is_id(name.trim()) {
        return name.trim().to_owned();
    }
    let name = fold(name.trim());
    let words: Vec<&str> = name.split(|c: char| !is_word_part(c)).filter(|word| !word.is_empty()).collect();
    Some(words.join("-")).filter(|id| is_id(id)).unwrap_or_else(|| "subject".to_owned())
}

/// Returns a name in the normalized form in which names are compared.
fn plain(text: &str) -> String {
    key(text).into_owned()
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}
