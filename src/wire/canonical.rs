//! The canonical form of dossiers and its hash, which are the same for the same dossier in every format.
//!
//! The canonical form of a dossier is the output of [`dossier_json::write`] without `uses`, as canonical JSON similar
//! to RFC 8785: no spaces, keys in byte order, text escaped only where JSON requires it. Its hash is the SHA-256 of
//! these bytes.
//!
//! A decision depends on more than the subject's dossier: on the dossiers whose statements about circumstances count
//! for it, and on the dossiers of all entities that statements name. The hash of a case is the SHA-256 of the canonical
//! JSON of
//!
//! ```json
//! {"circumstances": ["…"], "dossier": "…", "format": "placet-case/1", "others": ["…"]}
//! ```
//!
//! with the hashes of these dossiers. Each list is sorted by hash.

use super::dossier_json;
use crate::decision::Decision;
use crate::digest::sha256;
use crate::evidence::Dossier;
use crate::policy::Vocabulary;
use crate::sorted::{SortedMap, SortedSet, sort};
use serde_json::{Value, json};

/// The name of the canonical form of a case.
pub const CASE_FORMAT: &str = "placet-case/1";

/// Returns a dossier in its canonical form.
///
/// # Example
/// ```
/// use placet::{span::FileId, wire::{canonical, dossier_csv, dossier_json}};
/// # let text = "kind group\n  headcount : number of fighters\n";
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let vocabulary = placet::policy::resolve(&bundle).vocabulary;
///
/// let text = r#"{"id": "unit", "about": "group", "headcount": {"at_least": 200}}"#;
/// let json = dossier_json::read(FileId(0), text, &vocabulary, &[]);
/// let csv = dossier_csv::read(FileId(0), "id,about,headcount\nunit,group,at least 200\n", &vocabulary, &[]);
/// let form = canonical::dossier(&json.dossiers[0], &vocabulary);
/// assert_eq!(form, canonical::dossier(&csv.dossiers[0], &vocabulary));
/// assert!(form.starts_with(r#"{"about":"group","as_of":null,"format":"placet-dossier/1","id":"unit","#));
/// ```
pub fn dossier(dossier: &Dossier, vocabulary: &Vocabulary) -> String {
    let mut tree = dossier_json::write(dossier, vocabulary);
    if let Some(tree) = tree.as_object_mut() {
        tree.remove("uses");
    }
    canonical(&tree)
}

/// A cache of the hashes of dossiers, so that each is computed once for all decisions that depend on it.
#[derive(Debug, Default)]
pub struct Hashes<'a> {
    /// The hashes by the dossier and the vocabulary that it is written with.
    known: SortedMap<(*const Dossier, *const Vocabulary), String>,
    /// Ensures that the dossiers outlive the pointers to them.
    borrowed: std::marker::PhantomData<&'a Dossier>,
}

impl<'a> Hashes<'a> {
    /// Returns the canonical hash of a dossier.
    pub fn of(&mut self, dossier: &'a Dossier, vocabulary: &'a Vocabulary) -> String {
        let key = (std::ptr::from_ref(dossier), std::ptr::from_ref(vocabulary));
        let hash =
            self.known.entry(key).or_insert_with(|| sha256(self::dossier(dossier, vocabulary).as_bytes()));
        hash.clone()
    }

    /// Returns the canonical hash of everything that a decision depends on, except the policy and the day.
    pub fn of_case(&mut self, decision: &Decision<'a>) -> String {
        sha256(self.case(decision).as_bytes())
    }

    /// Returns the text that [`of_case`](Hashes::of_case) hashes.
    pub fn case(&mut self, decision: &Decision<'a>) -> String {
        let vocabulary = &decision.policy.vocabulary;
        let origins = &decision.origins;
        let own = origins.own.map(|dossier| self.of(dossier, vocabulary));
        let mut all = |dossiers: &[&'a Dossier]| {
            let mut hashes: Vec<String> =
                dossiers.iter().map(|dossier| self.of(dossier, vocabulary)).collect();
            sort(&mut hashes);
            hashes.dedup();
            hashes
        };
        let circumstances = all(&origins.circumstances);
        let others = all(&origins.others);
        canonical(&json!({
            "format": CASE_FORMAT,
            "dossier": own,
            "circumstances": circumstances,
            "others": others,
        }))
    }
}

/// Returns one line with everything that a decision depends on: the subject's id, the hash of the case, the text that
/// is hashed, and every dossier that counts, in canonical form.
///
/// Use this to recompute hashes with other tools.
pub fn line<'a>(decision: &Decision<'a>, hashes: &mut Hashes<'a>) -> String {
    let Decision { origins, policy, .. } = decision;
    let used = origins.circumstances.iter().chain(&origins.others).copied();
    let mut seen = SortedSet::new();
    let all = origins.own.into_iter().chain(used).filter(|dossier| seen.insert(std::ptr::from_ref(*dossier)));
    let dossiers: Vec<String> = all.map(|one| dossier(one, &policy.vocabulary)).collect();
    format!(
        "{{\"subject\":{},\"sha256\":\"{}\",\"case\":{},\"dossiers\":[{}]}}\n",
        super::json_text(&decision.subject),
        hashes.of_case(decision),
        hashes.case(decision),
        dossiers.join(",")
    )
}

/// Returns JSON without spaces, with keys in byte order.
fn canonical(tree: &Value) -> String {
    let mut text = String::new();
    put(tree, &mut text);
    text
}

fn put(tree: &Value, text: &mut String) {
    match tree {
        Value::Array(items) => {
            text.push('[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                put(item, text);
            }
            text.push(']');
        }
        Value::Object(members) => {
            // The order of `members` depends on a feature of the crate.
            let sorted: SortedMap<&String, &Value> = members.iter().collect();
            text.push('{');
            for (place, (key, value)) in sorted.into_iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                text.push_str(&super::json_text(key));
                text.push(':');
                put(value, text);
            }
            text.push('}');
        }
        scalar => text.push_str(&scalar.to_string()),
    }
}
