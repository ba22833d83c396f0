//! Placet: the policy is a policy file, compiled once; the facts are a flat record keyed by its phrases.

use super::{Engine, Subject, text};
use crate::answer::Answer;
use crate::groups::{FACTS, GROUPS, Group, Record};
use placet::bitplane::{Bits, Row};
use placet::bulk::{Bulk, FactColumn, FactValues};
use placet::compiled::{Compiled, compile};
use placet::decision::{Outcome, outcomes};
use placet::evidence::Evidence;
use placet::id::AssistanceId;
use placet::policy::Policy;
use placet::span::FileId;
use placet::value::{Date, Truth};
use placet::wire::record::{Keys, Records};
use placet::wire::{dossier_json, join};
use std::sync::Arc;

/// The compiled policy; it lives as long as the program.
struct Ready {
    policy: &'static Arc<Policy>,
    compiled: &'static Compiled,
    bulk: Bulk,
    keys: &'static Keys,
}

fn ready() -> Ready {
    let text = include_str!("../../policies/support.placet");
    let bundle = placet::bundle::gather(&["support.placet"], &mut |_| Ok(text.into()));
    let resolved = placet::policy::resolve(&bundle);
    assert!(resolved.problems.is_empty(), "{:?}", resolved.problems);
    let policy: &'static Arc<Policy> = Box::leak(Box::new(resolved.policy.expect("a policy")));
    let day = Date::parse("2026-01-01").expect("a date");
    let compiled: &'static Compiled = Box::leak(Box::new(compile(policy, policy.about[0], day)));
    let bulk = Bulk::of(Arc::new(compiled.clone())).expect("one form for all groups");
    Ready { policy, compiled, bulk, keys: Box::leak(Box::new(Keys::of(compiled))) }
}

/// A record keyed by the vocabulary's phrases, in the same order.
pub fn by_phrase(record: &Record) -> String {
    let phrase = |name: &str| FACTS.iter().find(|(fact, _)| *fact == name).map(|(_, phrase)| *phrase);
    let keyed: Record =
        record.iter().map(|(name, value)| (phrase(name).unwrap_or(name).to_owned(), value.clone())).collect();
    text(&keyed)
}

fn texts(groups: &[Group]) -> Vec<String> {
    groups.iter().map(|group| by_phrase(&group.record())).collect()
}

/// One decision at a time.
pub struct Placet {
    ready: Ready,
    records: Records<'static>,
    /// A row without values, and one to write into.
    nothing: Row,
    row: Row,
    prebuilt: Vec<Row>,
    texts: Vec<String>,
}

impl Placet {
    pub fn new(groups: &[Group]) -> Self {
        let ready = ready();
        let (records, nothing) = (ready.keys.records(), ready.bulk.blank());
        let row = nothing.clone();
        let mut placet = Self { ready, records, nothing, row, prebuilt: Vec::new(), texts: texts(groups) };
        for place in 0..placet.texts.len() {
            assert!(placet.read(place), "complete facts are plain");
            placet.prebuilt.push(placet.row.clone());
        }
        placet
    }

    /// Reads a group's text into the row; returns whether the fast path can read it.
    fn read(&mut self, group: usize) -> bool {
        let Self { ready, records, nothing, row, texts, .. } = self;
        row.clone_from(nothing);
        records.read(&texts[group], |var, cells| ready.bulk.program().set_cells(row, var, cells)).is_some()
    }
}

impl Engine for Placet {
    fn name(&self) -> &'static str {
        "Placet"
    }

    fn prebuilt(&mut self, group: usize) -> bool {
        self.ready.bulk.program().answers(&mut self.prebuilt[group]).next() == Some(Truth::Yes)
    }

    fn from_json(&mut self, group: usize) -> bool {
        assert!(self.read(group));
        self.ready.bulk.program().answers(&mut self.row).next() == Some(Truth::Yes)
    }

    fn answer(&mut self, record: &Record) -> Answer {
        let text = by_phrase(record);
        let Self { ready, records, nothing, row, .. } = self;
        row.clone_from(nothing);
        if records.read(&text, |var, cells| ready.bulk.program().set_cells(row, var, cells)).is_some() {
            return match ready.bulk.program().answers(row).next() {
                Some(Truth::Yes) => Answer::Eligible,
                Some(Truth::No) => Answer::Ineligible,
                _ => Answer::Undetermined,
            };
        }
        // Read other records as a dossier, which reports errors.
        let policy = ready.policy;
        let read = dossier_json::read(FileId(0), &text, &policy.vocabulary, &policy.about);
        let mut evidence = Evidence::default();
        let mut problems = read.problems;
        problems.extend(join(&mut evidence, read.dossiers, &policy.vocabulary));
        if let Some(problem) = problems.first() {
            return Answer::error(format!(
                "{}; {}",
                problem.message,
                problem.help.as_deref().unwrap_or_default()
            ));
        }
        match outcomes(policy, &evidence, &evidence.dossiers[0].id, ready.compiled.as_of).expect("an answer")
            [0]
        .1
        {
            Outcome::Eligible => Answer::Eligible,
            Outcome::Ineligible => Answer::Ineligible,
            Outcome::Undetermined => Answer::Undetermined,
        }
    }
}

/// All groups at once, as columns.
pub struct PlacetColumns {
    bulk: Bulk,
    support: AssistanceId,
    /// Bits in Arrow's layout, and numbers, by the phrase of the fact.
    yes_no: Vec<(&'static str, Vec<u8>)>,
    numbers: Vec<(&'static str, Vec<i64>)>,
    known: Vec<u8>,
}

impl PlacetColumns {
    pub fn new(groups: &[Group]) -> Self {
        let ready = ready();
        let records: Vec<Record> = groups.iter().map(Group::record).collect();
        let (mut yes_no, mut numbers) = (Vec::new(), Vec::new());
        for (name, phrase) in FACTS {
            let values = records.iter().map(|record| &record[name]);
            if values.clone().all(serde_json::Value::is_boolean) {
                let mut bits = vec![0; GROUPS.div_ceil(8)];
                for (row, value) in values.enumerate() {
                    bits[row / 8] |= u8::from(value == true) << (row % 8);
                }
                yes_no.push((phrase, bits));
            } else {
                numbers.push((phrase, values.map(|value| value.as_i64().expect("a number")).collect()));
            }
        }
        let support = ready.compiled.types.ids().next().expect("a type of assistance");
        Self { bulk: ready.bulk, support, yes_no, numbers, known: vec![u8::MAX; GROUPS.div_ceil(8)] }
    }

    fn columns(&self) -> Vec<FactColumn<'_>> {
        let known = Bits::new(&self.known);
        let yes_no =
            self.yes_no.iter().map(|(fact, bits)| FactColumn::new(fact, FactValues::YesNo(Bits::new(bits))));
        let numbers =
            self.numbers.iter().map(|(fact, values)| FactColumn::new(fact, FactValues::Numbers(values)));
        yes_no.chain(numbers).map(|columns| columns.valid(known)).collect()
    }
}

impl Subject for PlacetColumns {
    fn name(&self) -> &'static str {
        "Placet, columns"
    }

    fn pass_prebuilt(&mut self) -> usize {
        let outcomes = self.bulk.decide(&self.columns(), GROUPS, 1).expect("columns that fit");
        outcomes.eligible(self.support).iter().map(|word| word.count_ones() as usize).sum()
    }

    fn pass_json(&mut self) -> Option<usize> {
        None
    }

    fn answers(&mut self) -> (Vec<bool>, Option<Vec<bool>>) {
        let columns = self.columns();
        let outcomes = self.bulk.decide(&columns, GROUPS, 1).expect("columns that fit");
        ((0..GROUPS).map(|row| outcomes.outcome(self.support, row) == Outcome::Eligible).collect(), None)
    }

    fn answer(&mut self, _: &Record) -> Option<Answer> {
        None
    }
}
