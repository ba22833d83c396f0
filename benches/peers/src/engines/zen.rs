//! ZEN: a compiled expression on a reused machine, and a decision table.

use super::{Engine, text, texts};
use crate::answer::Answer;
use crate::groups::{Group, Record};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use zen_engine::model::DecisionContent;
use zen_engine::{Decision, DecisionEngine};
use zen_expression::variable::Variable;
use zen_expression::vm::VM;
use zen_expression::{Expression, Isolate, expression::Standard};

pub struct Zen {
    name: &'static str,
    expression: Expression<Standard>,
    vm: VM,
    prebuilt: Vec<Variable>,
    texts: Vec<String>,
}

impl Zen {
    pub fn plain(groups: &[Group]) -> Self {
        Self::new("ZEN expression", include_str!("../../policies/plain.zen"), groups)
    }

    /// Compares every fact with the value it must have.
    pub fn closed(groups: &[Group]) -> Self {
        Self::new("ZEN expression, closed", include_str!("../../policies/closed.zen"), groups)
    }

    fn new(name: &'static str, policy: &str, groups: &[Group]) -> Self {
        let expression = Isolate::new().compile_standard(policy).expect("a ZEN expression");
        let texts = texts(groups);
        Self { name, expression, vm: VM::new(), prebuilt: variables(&texts), texts }
    }
}

fn variables(texts: &[String]) -> Vec<Variable> {
    texts.iter().map(|text| variable(text)).collect()
}

fn variable(text: &str) -> Variable {
    serde_json::from_str(text).expect("JSON")
}

impl Engine for Zen {
    fn name(&self) -> &'static str {
        self.name
    }

    fn prebuilt(&mut self, group: usize) -> bool {
        let answer = self.expression.evaluate_with(self.prebuilt[group].clone(), &mut self.vm);
        answer.expect("an answer").as_bool() == Some(true)
    }

    fn from_json(&mut self, group: usize) -> bool {
        let answer = self.expression.evaluate_with(variable(&self.texts[group]), &mut self.vm);
        answer.expect("an answer").as_bool() == Some(true)
    }

    fn answer(&mut self, record: &Record) -> Answer {
        match self.expression.evaluate_with(variable(&text(record)), &mut self.vm) {
            Ok(Variable::Bool(eligible)) => Answer::of(eligible),
            Ok(other) => Answer::error(format!("the answer is {other}")),
            Err(error) => Answer::error(error),
        }
    }
}

pub struct ZenTable {
    decision: Decision,
    prebuilt: Vec<Variable>,
    texts: Vec<String>,
}

impl ZenTable {
    pub fn new(groups: &[Group]) -> Self {
        let content: DecisionContent =
            serde_json::from_str(include_str!("../../policies/table.zen.json")).expect("a ZEN decision");
        let mut decision = DecisionEngine::default().create_decision(content.into()).expect("a decision");
        decision.compile();
        let texts = texts(groups);
        Self { decision, prebuilt: variables(&texts), texts }
    }

    fn decide(&self, facts: Variable) -> Result<Variable, String> {
        // A decision table never waits, so the future is ready at the first poll and needs no runtime.
        let future = pin!(self.decision.evaluate(facts));
        match future.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(Ok(response)) => response.result.dot("eligible").ok_or("no row holds".into()),
            Poll::Ready(Err(error)) => Err(format!("{error:?}")),
            Poll::Pending => Err("it waits".into()),
        }
    }
}

impl Engine for ZenTable {
    fn name(&self) -> &'static str {
        "ZEN decision table"
    }

    fn prebuilt(&mut self, group: usize) -> bool {
        self.decide(self.prebuilt[group].clone()).expect("an answer").as_bool() == Some(true)
    }

    fn from_json(&mut self, group: usize) -> bool {
        self.decide(variable(&self.texts[group])).expect("an answer").as_bool() == Some(true)
    }

    fn answer(&mut self, record: &Record) -> Answer {
        match self.decide(variable(&text(record))) {
            Ok(Variable::Bool(eligible)) => Answer::of(eligible),
            Ok(other) => Answer::error(format!("the answer is {other}")),
            Err(error) => Answer::Error(error),
        }
    }
}
