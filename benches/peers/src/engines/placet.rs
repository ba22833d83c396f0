//! Placet: the policy as a policy file, compiled once; the facts as a flat record keyed by its phrases.

use super::{Engine, Subject, text};
use crate::answer::Answer;
use crate::groups::{FACTS, GROUPS, Group, Record};
use placet::batch::{Bits, Column, MOST_NODES, Program, Row, Values};
use placet::compiled::{Cells, Compiled, compile};
use placet::decision::{Facts, Outcome, Rulings, outcomes};
use placet::evidence::Evidence;
use placet::id::{AssistanceId, VarId};
use placet::policy::Policy;
use placet::span::FileId;
use placet::value::{Date, Truth};
use placet::wire::record::{Keys, Records};
use placet::wire::{dossier_json, join};
use std::collections::{BTreeMap, BTreeSet};
use std::hint::black_box;

/// The policy, compiled; it lives as long as the program.
struct Ready {
    policy: &'static Policy,
    compiled: &'static Compiled<'static>,
    program: Program,
    keys: &'static Keys,
}

fn ready() -> Ready {
    let text = include_str!("../../policies/support.placet");
    let bundle = placet::bundle::gather(&["support.placet"], &mut |_| Ok(text.into()));
    let resolved = placet::policy::resolve(&bundle);
    assert!(resolved.problems.is_empty(), "{:?}", resolved.problems);
    let policy: &'static Policy = Box::leak(Box::new(resolved.policy.expect("a policy")));
    let day = Date::parse("2026-01-01").expect("a date");
    let compiled: &'static Compiled<'static> = Box::leak(Box::new(compile(policy, policy.about[0], day)));
    let (_, support) = compiled.types.iter().next().expect("a type of assistance");
    let anything = compiled.circuit.anything();
    let program =
        Program::compile(&compiled.circuit, &[support.root], &anything, &BTreeSet::new(), MOST_NODES);
    Ready { policy, compiled, program, keys: Box::leak(Box::new(Keys::of(compiled))) }
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

/// One decision at a time, without reasons.
pub struct Placet {
    ready: Ready,
    records: Records<'static>,
    /// A row in which nothing is said, and one to write in.
    nothing: Row,
    row: Row,
    prebuilt: Vec<Row>,
    texts: Vec<String>,
}

impl Placet {
    pub fn new(groups: &[Group]) -> Self {
        let ready = ready();
        let (records, nothing) = (ready.keys.records(), ready.program.row());
        let row = nothing.clone();
        let mut placet = Self { ready, records, nothing, row, prebuilt: Vec::new(), texts: texts(groups) };
        for place in 0..placet.texts.len() {
            assert!(placet.read(place), "complete facts are plain");
            placet.prebuilt.push(placet.row.clone());
        }
        placet
    }

    /// Reads a group's text into the row; whether it is plain.
    fn read(&mut self, group: usize) -> bool {
        let Self { ready, records, nothing, row, texts, .. } = self;
        row.clone_from(nothing);
        records.read(&texts[group], |var, cells| ready.program.say(row, var, cells)).is_some()
    }
}

impl Engine for Placet {
    fn name(&self) -> &'static str {
        "Placet"
    }

    fn prebuilt(&mut self, group: usize) -> bool {
        self.ready.program.answers(&mut self.prebuilt[group]).next() == Some(Truth::Yes)
    }

    fn from_json(&mut self, group: usize) -> bool {
        assert!(self.read(group));
        self.ready.program.answers(&mut self.row).next() == Some(Truth::Yes)
    }

    fn answer(&mut self, record: &Record) -> Answer {
        let text = by_phrase(record);
        let Self { ready, records, nothing, row, .. } = self;
        row.clone_from(nothing);
        if records.read(&text, |var, cells| ready.program.say(row, var, cells)).is_some() {
            return match ready.program.answers(row).next() {
                Some(Truth::Yes) => Answer::Eligible,
                Some(Truth::No) => Answer::Ineligible,
                _ => Answer::Undetermined,
            };
        }
        // What is not plain is read as a dossier, where mistakes are told.
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

/// One decision at a time, with what became of each rule and the smallest sufficient sets of facts.
pub struct PlacetReasons {
    support: AssistanceId,
    rulings: Rulings<'static, 'static>,
    records: Records<'static>,
    nothing: Facts,
    facts: Facts,
    prebuilt: Vec<Facts>,
    texts: Vec<String>,
}

impl PlacetReasons {
    pub fn new(groups: &[Group]) -> Self {
        let ready = ready();
        let rulings = Rulings::of(ready.compiled);
        let nothing = rulings.nothing_said().clone();
        let mut placet = Self {
            support: ready.compiled.types.ids().next().expect("a type of assistance"),
            rulings,
            records: ready.keys.records(),
            facts: nothing.clone(),
            nothing,
            prebuilt: Vec::new(),
            texts: texts(groups),
        };
        for place in 0..placet.texts.len() {
            placet.read(place);
            placet.prebuilt.push(placet.facts.clone());
        }
        placet
    }

    fn read(&mut self, group: usize) {
        self.facts.clone_from(&self.nothing);
        let id = self.records.read(&self.texts[group], |var, cells| self.facts.say(var, cells));
        assert!(id.is_some(), "complete facts are plain");
    }
}

impl Subject for PlacetReasons {
    fn name(&self) -> &'static str {
        "Placet, with reasons"
    }

    fn pass_prebuilt(&mut self) -> usize {
        let Self { rulings, support, prebuilt, .. } = self;
        let eligible = |facts: &&Facts| black_box(rulings.on(facts, *support)).outcome == Outcome::Eligible;
        prebuilt.iter().filter(eligible).count()
    }

    fn pass_json(&mut self) -> Option<usize> {
        let mut eligible = 0;
        for group in 0..GROUPS {
            self.read(group);
            let ruling = black_box(self.rulings.on(&self.facts, self.support));
            eligible += usize::from(ruling.outcome == Outcome::Eligible);
        }
        Some(eligible)
    }

    fn answers(&mut self) -> (Vec<bool>, Option<Vec<bool>>) {
        let mut from_json = Vec::new();
        for group in 0..GROUPS {
            self.read(group);
            from_json.push(self.rulings.on(&self.facts, self.support).outcome == Outcome::Eligible);
        }
        let Self { rulings, support, prebuilt, .. } = self;
        let prebuilt = prebuilt.iter().map(|facts| {
            let ruling = rulings.on(facts, *support);
            assert!(!ruling.reasons.is_empty() && ruling.rules.len() == 9, "{ruling:?}");
            ruling.outcome == Outcome::Eligible
        });
        (prebuilt.collect(), Some(from_json))
    }

    fn answer(&mut self, _: &Record) -> Option<Answer> {
        None
    }
}

/// All groups at once, as columns.
pub struct PlacetColumns {
    ready: Ready,
    table: Table,
}

/// The groups as columns in Arrow's layout: a bit for yes or no and one for known, a number, by variable.
struct Table {
    yes_no: BTreeMap<VarId, (Vec<u8>, Vec<u8>)>,
    numbers: BTreeMap<VarId, (Vec<i64>, Vec<u8>)>,
}

impl PlacetColumns {
    pub fn new(groups: &[Group]) -> Self {
        let ready = ready();
        let mut table = Table { yes_no: BTreeMap::new(), numbers: BTreeMap::new() };
        let known = || vec![u8::MAX; GROUPS.div_ceil(8)];
        for (var, variable) in ready.compiled.variables.iter() {
            let phrase = &ready.compiled.declared(variable.fact()).phrase;
            let name = FACTS.iter().find(|(_, known)| known == phrase).expect("a fact of the groups").0;
            let values = groups.iter().map(|group| group.record().remove(name).expect("complete facts"));
            if let Cells::YesNo = variable.cells {
                let mut bits = vec![0; GROUPS.div_ceil(8)];
                for (row, value) in values.enumerate() {
                    bits[row / 8] |= u8::from(value == true) << (row % 8);
                }
                table.yes_no.insert(var, (bits, known()));
            } else {
                let values = values.map(|value| value.as_i64().expect("a number")).collect();
                table.numbers.insert(var, (values, known()));
            }
        }
        Self { ready, table }
    }

    fn columns(&self) -> BTreeMap<VarId, Column<'_>> {
        let yes_no = self
            .table
            .yes_no
            .iter()
            .map(|(var, (bits, known))| (*var, Column::yes_no(Bits::new(bits), Some(Bits::new(known)))));
        let numbers = self.table.numbers.iter().map(|(var, (values, known))| {
            let Cells::Numbers(starts) = &self.ready.compiled.variables[*var].cells else {
                unreachable!("a number")
            };
            let values = Values::Numbers { values, starts };
            (*var, Column { values, valid: Some(Bits::new(known)), otherwise: u128::MAX })
        });
        yes_no.chain(numbers).collect()
    }
}

impl Subject for PlacetColumns {
    fn name(&self) -> &'static str {
        "Placet, columns"
    }

    fn pass_prebuilt(&mut self) -> usize {
        self.ready.program.decide(&self.columns(), GROUPS, 1).expect("columns that fit").count(0).0
    }

    fn pass_json(&mut self) -> Option<usize> {
        None
    }

    fn answers(&mut self) -> (Vec<bool>, Option<Vec<bool>>) {
        let verdicts = self.ready.program.decide(&self.columns(), GROUPS, 1).expect("columns that fit");
        ((0..GROUPS).map(|row| verdicts.truth(0, row) == Truth::Yes).collect(), None)
    }

    fn answer(&mut self, _: &Record) -> Option<Answer> {
        None
    }
}
