//! Writes decisions as JSON one after the other, so that they need not be kept in memory.

use super::super::json_out;
use super::super::manifest::{DossierOut, ManifestOut};
use super::super::{DECISION_FORMAT, layout};
use super::policy::PolicyOut;
use super::subject;
use crate::decision::{Decision, FileRead};
use crate::policy::Policy;
use crate::sorted::{SortedMap, sort_by_key};
use crate::value::Date;
use serde::Serialize;
use std::sync::Arc;

/// Writes decisions one after the other. The bytes are the same as those of [`write`](super::write), but only the id
/// and the hash of each dossier are kept in memory.
///
/// The decisions of one document, that is, with the same policy and day, must be consecutive.
///
/// # Example
/// ```
/// # let text = r#"
/// # policy "Training"
/// #   id training
/// #   version 1
/// #   about group
/// #
/// # assistance training
/// #
/// # kind group
/// #   is neutral : yes or no
/// #
/// # requirement neutrality "Neutral"
/// #   needs the group is neutral
/// #
/// # dossier militia "A militia"
/// #   about group
/// #   as of 2016-02-15
/// #   - it is not neutral
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// # let (evidence, _) = placet::evidence::read(&bundle, &policy.vocabulary);
/// # let day = placet::value::Date::parse("2016-02-15").ok_or("no day")?;
/// # let decision = placet::decision::decide(&policy, &evidence, "militia", day, None)?;
/// use placet::wire::decision::{Stream, write};
///
/// let mut stream = Stream::new(false);
/// let text = stream.add(&decision) + &stream.end();
/// assert_eq!(text, write(&[decision]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Stream<'a> {
    /// Whether there are several documents, which form a list.
    several: bool,
    begun: bool,
    open: Option<Open<'a>>,
}

/// Ids with their hashes.
type Hashes = Vec<(String, String)>;

/// The document that is being written.
#[derive(Debug)]
struct Open<'a> {
    policy: &'a Policy,
    as_of: Date,
    /// The first subject as laid out, kept until it is known whether there is another one.
    first: Option<String>,
    /// The files that were read, and each dossier with its hash, if the document has a manifest.
    manifest: Option<(Arc<[FileRead]>, Hashes)>,
}

#[derive(Serialize)]
struct Head<'a> {
    format: &'static str,
    policy: PolicyOut<'a>,
    #[serde(serialize_with = "json_out::date")]
    as_of: Date,
}

impl<'a> Stream<'a> {
    /// Returns a stream without decisions. It writes an object, or a list of documents if `several` is true.
    pub fn new(several: bool) -> Stream<'a> {
        Stream { several, begun: false, open: None }
    }

    /// Returns the text to write for the next decision.
    pub fn add(&mut self, decision: &Decision<'a>) -> String {
        let is_open = self.open.as_ref().is_some_and(|open| open.holds(decision));
        let mut text = if is_open { String::new() } else { self.close() };
        let depth = usize::from(self.several);
        let one = layout::at(&subject(decision), depth + 2);
        if !is_open {
            text += match (self.several, self.begun) {
                (false, _) => "",
                (true, false) => "[\n  ",
                (true, true) => ",\n  ",
            };
            self.begun = true;
            let (format, policy) = (DECISION_FORMAT, PolicyOut::new(decision.policy, decision.as_of));
            let head = layout::at(&Head { format, policy, as_of: decision.as_of }, depth);
            let line = layout::line(depth);
            text += head.strip_suffix(&format!("{line}}}")).unwrap_or(&head);
            text += &format!(",{}\"subjects\": [", layout::line(depth + 1));
        }
        let dossier = decision.manifest.as_ref().map(|one| (decision.subject.clone(), one.dossier.clone()));
        match &mut self.open {
            Some(open) if is_open => {
                let line = layout::line(depth + 2);
                if let Some(first) = open.first.take() {
                    text += &format!("{line}{first}");
                }
                text += &format!(",{line}{one}");
                if let Some((_, dossiers)) = &mut open.manifest {
                    dossiers.extend(dossier);
                }
            }
            open => {
                let files = decision.manifest.as_ref().map(|manifest| Arc::clone(&manifest.files));
                let manifest = files.map(|files| (files, dossier.into_iter().collect()));
                let (policy, as_of) = (decision.policy, decision.as_of);
                *open = Some(Open { policy, as_of, first: Some(one), manifest });
            }
        }
        text
    }

    /// Returns the text to write after the last decision.
    pub fn end(&mut self) -> String {
        let text = self.close();
        match (self.several, self.begun) {
            (true, true) => text + "\n]\n",
            (true, false) => "[]\n".to_owned(),
            (false, _) => text + "\n",
        }
    }

    fn close(&mut self) -> String {
        let Some(open) = self.open.take() else { return String::new() };
        let depth = usize::from(self.several);
        let line = |more: usize| layout::line(depth + more);
        let mut text = match &open.first {
            Some(only) if layout::is_short(&format!("[{only}]")) => format!("{only}]"),
            Some(only) => format!("{}{only}{}]", line(2), line(1)),
            None => line(1) + "]",
        };
        if let Some((files, dossiers)) = &open.manifest {
            let mut manifest = ManifestOut::of(open.policy).with_files(files);
            manifest.dossiers = dossiers.iter().map(|(id, sha256)| DossierOut { id, sha256 }).collect();
            text += &format!(",{}\"manifest\": {}", line(1), layout::at(&manifest, depth + 1));
        }
        text + &line(0) + "}"
    }
}

impl Open<'_> {
    fn holds(&self, decision: &Decision<'_>) -> bool {
        let (one, other) = (self.policy, decision.policy);
        self.as_of == decision.as_of && (&one.hash, &one.id) == (&other.hash, &other.id)
    }
}

/// Groups items by document, that is, by policy and day, in the order in which these first occur. Also returns whether
/// the number of documents is not one.
///
/// # Example
/// See [`Stream`]. `placet decide --format json` uses this order, so that each decision can be written as soon as it is
/// made.
pub fn by_document<T>(all: Vec<T>, of: impl Fn(&T) -> (&Policy, Date)) -> (Vec<T>, bool) {
    let mut places: SortedMap<(String, String, Date), usize> = SortedMap::new();
    let mut numbered: Vec<(usize, T)> = Vec::with_capacity(all.len());
    for one in all {
        let (policy, day) = of(&one);
        let next = places.len();
        numbered.push((*places.entry((policy.hash.clone(), policy.id.clone(), day)).or_insert(next), one));
    }
    sort_by_key(&mut numbered, |(place, _)| *place);
    (numbered.into_iter().map(|(_, one)| one).collect(), places.len() != 1)
}
