//! JSONLogic on datalogic-rs: the rule is compiled once, and one arena is reset after every decision.

use super::{Engine, text, texts};
use crate::answer::Answer;
use crate::groups::{Group, Record};
use datalogic_rs::{Logic, ParsedData, Session};

pub struct JsonLogic {
    name: &'static str,
    engine: &'static datalogic_rs::Engine,
    logic: Logic,
    session: Session<'static>,
    prebuilt: Vec<ParsedData>,
    texts: Vec<String>,
}

impl JsonLogic {
    pub fn plain(groups: &[Group]) -> Self {
        Self::new("JSONLogic (datalogic)", include_str!("../../policies/plain.jsonlogic.json"), groups)
    }

    /// First checks whether anything is missing, and answers accordingly.
    pub fn missing_first(groups: &[Group]) -> Self {
        let policy = include_str!("../../policies/missing-first.jsonlogic.json");
        Self::new("JSONLogic (datalogic), `missing` first", policy, groups)
    }

    fn new(name: &'static str, policy: &str, groups: &[Group]) -> Self {
        // A session borrows its engine, so the engine must live as long as the program.
        let engine: &'static datalogic_rs::Engine = Box::leak(Box::default());
        let logic = engine.compile(policy).expect("a JSONLogic rule");
        let texts = texts(groups);
        let prebuilt = texts.iter().map(|text| ParsedData::from_json(text).expect("JSON")).collect();
        Self { name, engine, logic, session: engine.session(), prebuilt, texts }
    }
}

impl Engine for JsonLogic {
    fn name(&self) -> &'static str {
        self.name
    }

    fn prebuilt(&mut self, group: usize) -> bool {
        let answer = self.session.eval_borrowed(&self.logic, &self.prebuilt[group]).expect("an answer");
        let eligible = self.engine.truthy(answer);
        self.session.reset();
        eligible
    }

    fn from_json(&mut self, group: usize) -> bool {
        let answer = self.session.eval_borrowed(&self.logic, self.texts[group].as_str()).expect("an answer");
        let eligible = self.engine.truthy(answer);
        self.session.reset();
        eligible
    }

    fn answer(&mut self, record: &Record) -> Answer {
        let answer = match self.session.eval_borrowed(&self.logic, text(record).as_str()) {
            Ok(answer) if answer.as_str() == Some("undetermined") => Answer::Undetermined,
            Ok(answer) => Answer::of(self.engine.truthy(answer)),
            Err(error) => Answer::error(error),
        };
        self.session.reset();
        answer
    }
}
