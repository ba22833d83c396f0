//! Language tags.

use crate::text::fold;

/// The largest length of a tag.
const LONGEST: usize = 35;

/// Returns a BCP 47 language tag in its canonical spelling, or `None` if the text does not have the form of a tag.
///
/// Case does not matter in the input. The result has the usual case: `fr`, `zh-Hant`, `pt-BR`.
///
/// # Source
/// RFC 5646, sections 2.1, 2.1.1 and 4.4.1. The registry of subtags is not consulted.
///
/// # Example
/// ```
/// use placet::value::language_tag;
///
/// assert_eq!(language_tag("fr").as_deref(), Some("fr"));
/// assert_eq!(language_tag("ZH-hant-tw").as_deref(), Some("zh-Hant-TW"));
/// assert_eq!(language_tag("french"), None);
/// ```
pub fn language_tag(text: &str) -> Option<String> {
    let mut parts = text.split('-');
    let language = parts.next()?;
    let is_language =
        matches!(language.len(), 2..=3) && language.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !is_language || text.len() > LONGEST {
        return None;
    }
    let mut tag = fold(language).into_owned();
    // The subtags after a subtag of one letter are an extension, which is in lower case.
    let (mut extends, mut waits) = (false, false);
    for part in parts {
        if !matches!(part.len(), 1..=8) || !part.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return None;
        }
        waits = part.len() == 1;
        extends |= waits;
        let lower = fold(part).into_owned();
        let is_script = part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
        tag.push('-');
        tag.push_str(&match part.len() {
            2 if !extends => part.to_ascii_uppercase(),
            4 if !extends && is_script => lower.chars().enumerate().map(first_upper).collect(),
            _ => lower,
        });
    }
    (!waits).then_some(tag)
}

fn first_upper((place, letter): (usize, char)) -> char {
    if place == 0 { letter.to_ascii_uppercase() } else { letter }
}

#[cfg(test)]
mod tests {
    use super::language_tag;

    #[test]
    fn valid_and_invalid_tags() {
        for (text, tag) in [
            ("ar", Some("ar")),
            ("AYL", Some("ayl")),
            ("es-419", Some("es-419")),
            ("sr-latn-rs", Some("sr-Latn-RS")),
            ("de-1996", Some("de-1996")),
            ("en-A-BB-x-US", Some("en-a-bb-x-us")),
            ("", None),
            ("f", None),
            ("fr_FR", None),
            ("fr-", None),
            ("fr-x", None),
            ("fr-toolongpart", None),
            ("ар", None),
            ("en-aaaaaaaa-aaaaaaaa-aaaaaaaa-aaaaaaaa", None),
        ] {
            assert_eq!(language_tag(text).as_deref(), tag, "{text}");
        }
    }
}
