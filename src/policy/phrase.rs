//! The forms of a phrase: positive and negative, singular and plural.
//!
//! A yes-or-no phrase is declared once, in the singular and positive: `accepts the unity government`. The other forms
//! follow from its first word, and the phrase is recognised in each of them.

use crate::text::{fold, same};

/// The class of a verb phrase, which decides how its other forms are made. The first word decides the class.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verb {
    /// `is X`, `is not X`, `are X`, `are not X`
    Be,
    /// `was X`, `was not X`, `were X`, `were not X`
    Was,
    /// `has X`, `does not have X`; `has taken X`, `has not taken X`
    Have,
    /// `can X`, `cannot X`
    Can,
    /// `may X`, `may not X`; the same for `must` and `will`
    Modal,
    /// `accepts X`, `does not accept X`, `accept X`, `do not accept X`
    Other,
}

/// Returns whether a phrase starts with a verb in the third person.
///
/// # Example
/// ```
/// use placet::policy::phrase::is_verb_phrase;
/// assert!(is_verb_phrase("accepts the unity government"));
/// assert!(!is_verb_phrase("headcount"));
/// ```
pub fn is_verb_phrase(phrase: &str) -> bool {
    verb(phrase).is_some()
}

/// Returns the negative form in the singular. A phrase that is not a verb phrase is returned unchanged.
///
/// # Example
/// ```
/// use placet::policy::phrase::negate;
/// assert_eq!(negate("accepts the unity government"), "does not accept the unity government");
/// assert_eq!(negate("has taken office"), "has not taken office");
/// assert_eq!(negate("has a charter"), "does not have a charter");
/// assert_eq!(negate("can field 500 fighters"), "cannot field 500 fighters");
/// ```
pub fn negate(phrase: &str) -> String {
    forms(phrase).negative.into_iter().next().unwrap_or_else(|| phrase.to_owned())
}

/// Returns the positive form of a negative phrase, in the singular, or `None` if the phrase is not negative.
///
/// # Example
/// ```
/// use placet::policy::phrase::affirm;
/// assert_eq!(affirm("does not deny access").as_deref(), Some("denies access"));
/// assert_eq!(affirm("has not been sanctioned").as_deref(), Some("has been sanctioned"));
/// assert_eq!(affirm("cannot field 500 fighters").as_deref(), Some("can field 500 fighters"));
/// assert_eq!(affirm("denies access"), None);
/// ```
pub fn affirm(phrase: &str) -> Option<String> {
    let (first, rest) = phrase.split_once(' ')?;
    let (verb, rest) = match fold(first).as_ref() {
        "cannot" | "can't" => ("can", rest),
        "isn't" => ("is", rest),
        "wasn't" => ("was", rest),
        "hasn't" => ("has", rest),
        "doesn't" => ("does", rest),
        "mustn't" => ("must", rest),
        "won't" => ("will", rest),
        "is" => ("is", denied(rest)?),
        "was" => ("was", denied(rest)?),
        "has" => ("has", denied(rest)?),
        "does" => ("does", denied(rest)?),
        "can" => ("can", denied(rest)?),
        "may" => ("may", denied(rest)?),
        "must" => ("must", denied(rest)?),
        "will" => ("will", denied(rest)?),
        _ => return None,
    };
    if verb != "does" {
        return Some(format!("{verb} {rest}"));
    }
    Some(match rest.split_once(' ') {
        Some((base, rest)) => format!("{} {rest}", third_person(base)),
        None => third_person(rest),
    })
}

/// Returns what follows `not`.
fn denied(rest: &str) -> Option<&str> {
    let (not, rest) = rest.split_once(' ')?;
    same(not, "not").then_some(rest)
}

/// Returns the third person of a verb: `accept` → `accepts`, `deny` → `denies`, `reach` → `reaches`.
fn third_person(base: &str) -> String {
    let vowel = |letter: char| "aeiou".contains(letter);
    match base {
        "have" => "has".to_owned(),
        "be" => "is".to_owned(),
        _ => match base.strip_suffix('y') {
            Some(stem) if !stem.ends_with(vowel) => format!("{stem}ies"),
            _ if ["s", "sh", "ch", "x", "zz", "o"].iter().any(|end| base.ends_with(end)) => {
                format!("{base}es")
            }
            _ => format!("{base}s"),
        },
    }
}

/// Returns the positive form in the plural.
///
/// # Example
/// ```
/// use placet::policy::phrase::plural;
/// assert_eq!(plural("is designated"), "are designated");
/// assert_eq!(plural("denies access"), "deny access");
/// ```
pub fn plural(phrase: &str) -> String {
    forms(phrase).plural.into_iter().next().unwrap_or_else(|| phrase.to_owned())
}

/// Returns the singular of a plural noun phrase. Only the counted noun changes, not its modifiers.
///
/// # Example
/// ```
/// use placet::policy::phrase::singular;
/// assert_eq!(singular("fighters"), "fighter");
/// assert_eq!(singular("countries of origin"), "country of origin");
/// assert_eq!(singular("personnel"), "personnel");
/// ```
pub fn singular(plural: &str) -> String {
    const AFTER: &[&str] = &["of", "in", "under", "with", "at", "on", "for", "from", "per"];
    let mut words: Vec<String> = plural.split(' ').map(str::to_owned).collect();
    let end = words.iter().position(|word| AFTER.contains(&word.as_str())).unwrap_or(words.len());
    if let Some(noun) = words.iter_mut().take(end).last()
        && noun.len() > 2
        && noun.ends_with('s')
        && !noun.ends_with("ss")
    {
        *noun = base_form(noun);
    }
    words.join(" ")
}

/// Returns the negative form in the plural.
///
/// # Example
/// ```
/// use placet::policy::phrase::plural_negate;
///
/// assert_eq!(plural_negate("is designated"), "are not designated");
/// assert_eq!(plural_negate("accepts help"), "do not accept help");
/// ```
pub fn plural_negate(phrase: &str) -> String {
    forms(phrase).plural_negative.into_iter().next().unwrap_or_else(|| phrase.to_owned())
}

/// The forms in which a phrase is recognised. The first one of each list is the one that is printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forms {
    /// Singular.
    pub positive: Vec<String>,
    /// Singular, negative.
    pub negative: Vec<String>,
    /// Plural.
    pub plural: Vec<String>,
    /// Plural, negative.
    pub plural_negative: Vec<String>,
}

/// Returns all forms of a phrase. A phrase that is not a verb phrase has no other form.
///
/// # Example
/// ```
/// use placet::policy::phrase::forms;
///
/// let forms = forms("can field 500 fighters");
/// assert_eq!(forms.negative, ["cannot field 500 fighters", "can not field 500 fighters"]);
/// assert_eq!(forms.plural, ["can field 500 fighters"]);
/// ```
pub fn forms(phrase: &str) -> Forms {
    let (first, rest) = match phrase.split_once(' ') {
        Some((first, rest)) => (first, format!(" {rest}")),
        None => (phrase, String::new()),
    };
    let positive = vec![phrase.to_owned()];
    let Some(verb) = verb(phrase) else {
        return Forms { positive, ..Forms::default() };
    };
    match verb {
        Verb::Be => Forms {
            positive,
            negative: vec![format!("is not{rest}")],
            plural: vec![format!("are{rest}")],
            plural_negative: vec![format!("are not{rest}")],
        },
        Verb::Was => Forms {
            positive,
            negative: vec![format!("was not{rest}")],
            plural: vec![format!("were{rest}")],
            plural_negative: vec![format!("were not{rest}")],
        },
        Verb::Have => {
            let (perfect, possess) = (format!("has not{rest}"), format!("does not have{rest}"));
            let (perfects, possesses) = (format!("have not{rest}"), format!("do not have{rest}"));
            let is_perfect = rest.split_whitespace().next().is_some_and(is_participle);
            Forms {
                positive,
                negative: if is_perfect { vec![perfect, possess] } else { vec![possess, perfect] },
                plural: vec![format!("have{rest}")],
                plural_negative: if is_perfect {
                    vec![perfects, possesses]
                } else {
                    vec![possesses, perfects]
                },
            }
        }
        Verb::Can => {
            let negative = vec![format!("cannot{rest}"), format!("can not{rest}")];
            Forms { plural: positive.clone(), positive, plural_negative: negative.clone(), negative }
        }
        Verb::Modal => {
            let negative = vec![format!("{first} not{rest}")];
            Forms { plural: positive.clone(), positive, plural_negative: negative.clone(), negative }
        }
        Verb::Other => {
            let base = base_form(first);
            Forms {
                positive,
                negative: vec![format!("does not {base}{rest}")],
                plural: vec![format!("{base}{rest}")],
                plural_negative: vec![format!("do not {base}{rest}")],
            }
        }
    }
}

fn verb(phrase: &str) -> Option<Verb> {
    let first = fold(phrase.split(' ').next().unwrap_or_default());
    match first.as_ref() {
        "is" => Some(Verb::Be),
        "was" => Some(Verb::Was),
        "has" => Some(Verb::Have),
        "can" => Some(Verb::Can),
        "may" | "must" | "will" => Some(Verb::Modal),
        _ if first.len() > 2 && first.ends_with('s') && !first.ends_with("ss") => Some(Verb::Other),
        _ => None,
    }
}

/// Returns the base form of a verb: `accepts` → `accept`, `denies` → `deny`, `reaches` → `reach`.
fn base_form(third_person: &str) -> String {
    let strip = |ending: &str| third_person.strip_suffix(ending);
    if let Some(stem) = strip("ies").filter(|stem| stem.chars().count() > 1) {
        return format!("{stem}y");
    }
    for ending in ["sses", "shes", "ches", "xes", "zzes", "oes", "focuses", "biases"] {
        if third_person.ends_with(ending) {
            return strip("es").unwrap_or(third_person).to_owned();
        }
    }
    strip("s").unwrap_or(third_person).to_owned()
}

/// Returns whether a word after `has` forms the perfect (`has taken`) and not a possession (`has a charter`).
fn is_participle(word: &str) -> bool {
    const IRREGULAR: &[&str] = &[
        "become",
        "been",
        "begun",
        "bought",
        "bound",
        "broken",
        "brought",
        "built",
        "chosen",
        "come",
        "cut",
        "dealt",
        "done",
        "drawn",
        "driven",
        "fallen",
        "felt",
        "fled",
        "fought",
        "found",
        "given",
        "gone",
        "grown",
        "had",
        "heard",
        "held",
        "hit",
        "kept",
        "known",
        "laid",
        "led",
        "left",
        "let",
        "lost",
        "made",
        "met",
        "overrun",
        "paid",
        "put",
        "read",
        "risen",
        "run",
        "said",
        "seen",
        "sent",
        "set",
        "shot",
        "shown",
        "shut",
        "spent",
        "split",
        "stood",
        "struck",
        "sunk",
        "sworn",
        "taken",
        "taught",
        "thrown",
        "told",
        "undergone",
        "understood",
        "undertaken",
        "upheld",
        "withdrawn",
        "withheld",
        "won",
        "written",
    ];
    let word = fold(word);
    (word.ends_with("ed") && word.len() > 3 && word != "seed") || IRREGULAR.contains(&word.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_negated_and_affirmed() {
        for (phrase, negative) in [
            ("commits gross violations", "does not commit gross violations"),
            ("publishes payroll", "does not publish payroll"),
            ("uses force", "does not use force"),
            ("passes on arms", "does not pass on arms"),
            ("goes home", "does not go home"),
            ("ties its hands", "does not tie its hands"),
            ("is neutral", "is not neutral"),
            ("was vetted in 2020", "was not vetted in 2020"),
            ("focuses on training", "does not focus on training"),
            ("causes delay", "does not cause delay"),
            ("will hold", "will not hold"),
        ] {
            assert_eq!(negate(phrase), negative);
            assert_eq!(affirm(negative).as_deref(), Some(phrase));
        }
    }

    #[test]
    fn has_has_two_negative_forms() {
        assert_eq!(forms("has held talks").negative, ["has not held talks", "does not have held talks"]);
        assert_eq!(negate("has ties to crime"), "does not have ties to crime");
        assert_eq!(plural_negate("has been vetted"), "have not been vetted");
    }
}
