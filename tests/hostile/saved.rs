//! What is written reads back the same: dossiers with arbitrary texts and ids, in every format.

use placet::bundle::gather;
use placet::decision::outcomes;
use placet::diagnostic::any_error;
use placet::evidence::{self, Dossier, Evidence, Unprintable};
use placet::policy::{self, Policy, Resolved};
use placet::span::FileId;
use placet::syntax::{self, write};
use placet::text::is_id;
use placet::value::Date;
use placet::wire::{self, Read, dossier_csv, dossier_json, json_text};
use std::sync::Arc;
use std::sync::LazyLock;

/// A policy with facts of every type, and a rule that uses each.
const POLICY: &str = include_str!("policy.placet");

static RESOLVED: LazyLock<Resolved> = LazyLock::new(|| {
    let bundle = gather(&["0.placet"], &mut |_| Ok(POLICY.into()));
    policy::resolve(&bundle)
});

/// The texts of a case.
struct Texts<'t> {
    id: &'t str,
    title: &'t str,
    known_as: &'t str,
    scheme: &'t str,
    identifier: &'t str,
    note: &'t str,
    member: &'t str,
    other: &'t str,
    source: &'t str,
}

/// Takes texts from bytes, separated by U+001E: the id of a group, its title, its other name, a scheme and an
/// identifier, a note, the ids of two persons, and a source. Reads a dossier made of these in each format. If it is
/// accepted, its saved form must read back as the same dossier, be saved as the same bytes, and get the same verdicts.
///
/// Returns in how many of the four formats the dossier is accepted.
///
/// # Panics
/// If that does not hold, or if a format accepts an invalid id.
pub fn check(bytes: &[u8]) -> usize {
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.split('\u{1e}');
    let mut next = |otherwise| parts.next().unwrap_or(otherwise);
    let texts = Texts {
        id: next("g1"),
        title: next("A group"),
        known_as: next("the group"),
        scheme: next("ucdp"),
        identifier: next("5861"),
        note: next("none"),
        member: next("ali"),
        other: next("omar"),
        source: next("somebody"),
    };
    let Some(policy) = &RESOLVED.policy else { panic!("{:?}", RESOLVED.problems) };
    let mut accepted = 0;
    for (form, whole) in [
        ("json", texts.json()),
        ("ndjson", texts.json().replace('\n', " ")),
        ("csv", texts.csv()),
        ("placet", texts.language()),
    ] {
        let Some(known) = read(form, &whole, policy) else { continue };
        accepted += 1;
        let ids = [texts.id, texts.member, texts.other].map(|id| if form == "csv" { id.trim() } else { id });
        assert!(ids.iter().all(|id| is_id(id)), "{form} accepts an id that is none\n{whole}");
        let named: Vec<&str> = known.dossiers.iter().map(|dossier| dossier.id.as_str()).collect();
        assert!(named.contains(&ids[0]), "{form} changes an id: {named:?}\n{whole}");
        check_round_trip(&known, policy, &whole);
    }
    accepted
}

/// The dossiers in a format; `None` if they are refused.
fn read(form: &str, whole: &str, policy: &Arc<Policy>) -> Option<Evidence> {
    let vocabulary = &policy.vocabulary;
    let read: Read = match form {
        "json" => dossier_json::read(FileId(0), whole, vocabulary, &policy.about),
        "ndjson" => dossier_json::read_lines(FileId(0), whole, vocabulary, &policy.about),
        "csv" => dossier_csv::read(FileId(0), whole, vocabulary, &policy.about),
        _ => {
            let bundle = gather(&["0.placet"], &mut |_| Ok(whole.into()));
            let (known, problems) = evidence::read(&bundle, vocabulary);
            return (!any_error(&bundle.problems) && !any_error(&problems)).then_some(known);
        }
    };
    let mut known = Evidence::default();
    let mut problems = read.problems;
    problems.extend(wire::join(&mut known, read.dossiers, vocabulary));
    (!any_error(&problems)).then_some(known)
}

/// Checks that saved dossiers read back the same, are saved as the same bytes, and get the same verdicts.
fn check_round_trip(known: &Evidence, policy: &Arc<Policy>, whole: &str) {
    let Some(saved) = save(known, policy, whole) else { return };
    let Some(again) = read("placet", &saved, policy) else { panic!("{whole}\nis saved as\n{saved}") };
    assert_eq!(all(&again), all(known), "{whole}\nis saved as\n{saved}");
    assert_eq!(save(&again, policy, whole).as_deref(), Some(saved.as_str()), "{whole}");
    for dossier in &known.dossiers {
        let data = dossier_json::write(dossier, &policy.vocabulary).to_string();
        let read = dossier_json::read(FileId(0), &data, &policy.vocabulary, &[]);
        assert!(!any_error(&read.problems), "{data}\n{:?}", read.problems);
        assert_eq!(read.dossiers.first().map(content), Some(content(dossier)), "{data}");
        if policy.about.contains(&dossier.kind) {
            let day = Date::parse("2016-02-15").unwrap();
            let decided = |known: &Evidence| {
                outcomes(policy, known, &dossier.id, day).map_err(|refused| refused.to_string())
            };
            assert_eq!(decided(&again), decided(known), "{whole}\nis saved as\n{saved}");
        }
    }
}

/// The dossiers as a file; `None` if a line would be too long, which is an expected error.
fn save(known: &Evidence, policy: &Arc<Policy>, whole: &str) -> Option<String> {
    let mut text = String::new();
    for dossier in &known.dossiers {
        match evidence::print(dossier, &policy.vocabulary, &[]) {
            Ok(printed) => text += &(printed + "\n"),
            Err(Unprintable::Long(_)) => return None,
            Err(other) => panic!("{whole}\n{other}"),
        }
    }
    Some(syntax::format(&syntax::parse(FileId(0), &text), &text))
}

fn all(known: &Evidence) -> Vec<String> {
    known.dossiers.iter().map(content).collect()
}

/// The content of a dossier, without spans, its hash and what it uses.
fn content(dossier: &Dossier) -> String {
    let statements = dossier.statements.iter();
    let mut lines: Vec<String> = statements
        .map(|one| format!("{:?} {:?} {:?} {:?}", one.about, one.fact, one.claim, one.provenance))
        .collect();
    lines.sort();
    format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?}\n{:?}\n{}",
        dossier.id,
        dossier.title,
        dossier.kind,
        dossier.as_of,
        dossier.known_as,
        dossier.identifiers,
        dossier.notes,
        dossier.members,
        lines.join("\n")
    )
}

impl Texts<'_> {
    fn json(&self) -> String {
        let [id, title, known_as, scheme] = [self.id, self.title, self.known_as, self.scheme].map(json_text);
        let [identifier, note, source] = [self.identifier, self.note, self.source].map(json_text);
        let [member, other] = [self.member, self.other].map(json_text);
        format!(
            "{{\"id\": {id}, \"title\": {title}, \"about\": \"group\", \"as_of\": \"2016-02-15\",\n\
             \"known_as\": [{known_as}], \"notes\": [{note}],\n\
             \"identifiers\": [{{\"scheme\": {scheme}, \"value\": {identifier}}}],\n\
             \"statements\": [\n\
             {{\"fact\": \"accepts the unity government\", \"value\": true, \"told\": {source}, \"grade\": \"C3\"}},\n\
             {{\"fact\": \"headcount\", \"value\": {{\"at_least\": 20}}, \"grade\": \"B2\", \"date\": \"2016-01-01\"}},\n\
             {{\"fact\": \"leaders\", \"value\": {{\"members\": [{member}, {other}], \"complete\": true}}}},\n\
             {{\"fact\": \"commander\", \"value\": {{\"is\": {other}}}}}],\n\
             \"members\": [\n\
             {{\"id\": {member}, \"kind\": \"person\", \"title\": {title}, \"statements\": [\n\
             {{\"fact\": \"is designated\", \"value\": false}}, {{\"fact\": \"is vetted\", \"value\": \"unknown\"}}]}},\n\
             {{\"id\": {other}, \"kind\": \"person\", \"statements\": []}}]}}\n"
        )
    }

    fn csv(&self) -> String {
        let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let scheme = cell(&format!("identifier {}", self.scheme));
        let [id, title, known_as, identifier] =
            [self.id, self.title, self.known_as, self.identifier].map(cell);
        let [note, source, member, other] = [self.note, self.source, self.member, self.other].map(cell);
        let quoted = |id: &str| format!("\"{id}\"");
        let leaders = cell(&format!("{}; {} and no others", quoted(self.member), quoted(self.other)));
        let commander = cell(&format!("not {}", quoted(self.member)));
        format!(
            "id,title,about,known as,{scheme},note,from,accepts the unity government,leaders,commander,is designated\n\
             {id},{title},group,{known_as},{identifier},{note},{source},yes,{leaders},{commander},\n\
             {member},,person,,,,,,,,no\n\
             {other},{title},person,,,,{source},,,,\n"
        )
    }

    fn language(&self) -> String {
        let [id, member, other] = [self.id, self.member, self.other].map(write::id);
        let [title, known_as, note, source] =
            [self.title, self.known_as, self.note, self.source].map(write::text);
        let [scheme, identifier] = [self.scheme, self.identifier].map(write::word);
        let commander = write::text(self.member);
        format!(
            "dossier {id} {title}\n  about group\n  as of 2016-02-15\n  known as {known_as}\n  identifier {scheme} {identifier}\n  \
             note {note}\n  - it accepts the unity government\n      from {source}, rated C3\n  - its headcount is 20\n      on 2016-01-01\n  \
             - its leaders include {member}, {other}\n  - its commander is {commander}\n\n  person {member} {title}\n    \
             - is designated\n  person {other} {title}\n"
        )
    }
}
