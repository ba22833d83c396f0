//! Reads recorded decisions and manifests, so that they can be verified.

use serde::Deserialize;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// A decision document. Only the parts that can be verified are read.
#[derive(Clone, Debug, Deserialize)]
pub struct Document {
    /// The day.
    pub as_of: String,
    /// The subjects, in order.
    pub subjects: Vec<Subject>,
    /// The hashes of the input of the decision. `None` if the document was written without a manifest.
    pub manifest: Option<Manifest>,
    /// Everything else: the policy.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

/// A subject and its verdicts.
#[derive(Clone, Debug, Deserialize)]
pub struct Subject {
    /// The id of the dossier.
    pub id: String,
    /// The verdicts.
    pub verdicts: Vec<Verdict>,
    /// Everything else: the title, the rules, the facts and the statements.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

/// A verdict.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Verdict {
    /// The type of assistance.
    pub assistance: String,
    /// `eligible`, `ineligible` or `undetermined`.
    pub verdict: String,
    /// Whether an undetermined verdict is exact.
    pub exact: bool,
    /// Everything else: reasons, missing facts, changes, choices, obligations and so on.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

impl Document {
    /// Returns the names of the parts, apart from verdicts and hashes, in which a subject of this document differs from the
    /// same subject of another document.
    pub fn differing(&self, subject: &Subject, other: &Document) -> Vec<String> {
        let mut names = differing("", &self.rest, &other.rest);
        let Some(same) = other.subjects.iter().find(|one| one.id == subject.id) else { return names };
        names.extend(differing("", &subject.rest, &same.rest));
        for verdict in &subject.verdicts {
            if let Some(other) = same.verdicts.iter().find(|one| one.assistance == verdict.assistance) {
                names.extend(differing(&format!("{}: ", verdict.assistance), &verdict.rest, &other.rest));
            }
        }
        names
    }
}

fn differing(before: &str, one: &Map<String, Value>, other: &Map<String, Value>) -> Vec<String> {
    let keys: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    let differ = keys.into_iter().filter(|key| one.get(*key) != other.get(*key));
    differ.map(|key| format!("{before}{key}")).collect()
}

/// The hashes of the input of a decision.
#[derive(Clone, Debug, Deserialize)]
pub struct Manifest {
    /// The version of the engine.
    pub engine: String,
    /// The policy.
    pub policy: Policy,
    /// The dossiers of the subjects.
    #[serde(default)]
    pub dossiers: Vec<Dossier>,
    /// The files.
    #[serde(default)]
    pub files: Vec<File>,
    /// The requested day, in the trailer of a table.
    pub as_of: Option<String>,
    /// The number of lines that the manifest covers, in a trailer.
    pub records: Option<u64>,
}

/// A policy.
#[derive(Clone, Debug, Deserialize)]
pub struct Policy {
    /// The id.
    pub id: String,
    /// The version.
    pub version: String,
    /// The hash.
    pub sha256: String,
}

/// The dossier of a subject.
#[derive(Clone, Debug, Deserialize)]
pub struct Dossier {
    /// The id.
    pub id: String,
    /// The hash of the case.
    pub sha256: String,
}

/// A file.
#[derive(Clone, Debug, Deserialize)]
pub struct File {
    /// The path.
    pub name: String,
    /// The role in which it was read.
    pub role: String,
    /// The hash.
    pub sha256: String,
}

impl Manifest {
    /// Returns the names of the files with the given roles, in order.
    pub fn names(&self, roles: &[&str]) -> Vec<String> {
        let files = self.files.iter().filter(|file| roles.contains(&file.role.as_str()));
        files.map(|file| file.name.clone()).collect()
    }

    /// Returns the hash of a subject's case.
    pub fn dossier(&self, id: &str) -> Option<&str> {
        self.dossiers.iter().find(|dossier| dossier.id == id).map(|dossier| dossier.sha256.as_str())
    }
}

/// The recorded result for a row of a table.
#[derive(Clone, Debug, Deserialize)]
pub struct Row {
    /// The line of the table in which the row starts.
    pub line: u64,
    /// The id. `None` if the row has no readable id.
    pub subject: Option<String>,
    /// The day.
    #[serde(default)]
    pub as_of: String,
    /// The verdicts by type of assistance. Empty if the row is invalid.
    #[serde(default)]
    pub verdicts: BTreeMap<String, String>,
    /// The types of assistance whose verdict is sound only.
    #[serde(default)]
    pub sound_only: Vec<String>,
}

impl Row {
    /// Returns the verdict on a type of assistance in words, or `None` if there is none.
    pub fn verdict(&self, assistance: &str) -> Option<String> {
        let is_exact = !self.sound_only.iter().any(|name| name == assistance);
        self.verdicts.get(assistance).map(|verdict| in_words(verdict, is_exact).into_owned())
    }
}

/// Returns a verdict in words, such as `eligible` or `undetermined (sound only)`.
///
/// # Example
/// ```
/// use placet::wire::recorded::in_words;
///
/// assert_eq!(in_words("undetermined", false), "undetermined (sound only)");
/// assert_eq!(in_words("eligible", true), "eligible");
/// ```
pub fn in_words(verdict: &str, is_exact: bool) -> Cow<'_, str> {
    if is_exact { verdict.into() } else { format!("{verdict} (sound only)").into() }
}

/// A line of a stream.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Line {
    /// A decision.
    Decision(Box<Document>),
    /// The result for a row of a table.
    Row(Row),
    /// A trailer.
    Trailer(Box<Manifest>),
}

/// Reads decisions in JSON: one document or a list of documents.
///
/// # Errors
/// What is wrong, in words, if the text is neither of these.
///
/// # Example
/// ```
/// use placet::wire::recorded;
///
/// let text = r#"{"format": "placet-decision/1", "as_of": "2016-02-15", "subjects": []}"#;
/// assert!(recorded::documents(text)?[0].manifest.is_none());
/// assert!(recorded::documents("{}").is_err());
/// # Ok::<(), String>(())
/// ```
pub fn documents(text: &str) -> Result<Vec<Document>, String> {
    let is_list = text.trim_start().starts_with('[');
    let read =
        if is_list { serde_json::from_str(text) } else { serde_json::from_str(text).map(|one| vec![one]) };
    read.map_err(|error| wrong(&error))
}

/// Reads a line of a stream.
///
/// # Errors
/// What is wrong, in words.
///
/// # Example
/// ```
/// use placet::wire::recorded::{Line, line};
///
/// let row = line(r#"{"line":2,"subject":"one","as_of":"2016-02-15","verdicts":{"training":"eligible"}}"#)?;
/// assert!(matches!(row, Line::Row(row) if row.verdicts["training"] == "eligible"));
/// # Ok::<(), String>(())
/// ```
pub fn line(text: &str) -> Result<Line, String> {
    serde_json::from_str(text).map_err(|error| wrong(&error))
}

fn wrong(error: &serde_json::Error) -> String {
    match error.classify() {
        serde_json::error::Category::Data => "it is not a decision of placet".to_owned(),
        _ => format!("it is not valid JSON at line {}, column {}", error.line(), error.column()),
    }
}
