//! Rego on regorus' virtual machine: the policy is compiled to byte code once, and one machine is reused.

use super::{Engine, text, texts};
use crate::answer::Answer;
use crate::groups::{Group, Record};
use regorus::Value;
use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::vm::RegoVM;

pub struct Rego {
    name: &'static str,
    vm: RegoVM,
    prebuilt: Vec<Value>,
    texts: Vec<String>,
}

impl Rego {
    /// As the guides write it: `default … := false`, and `not` for what must be false.
    pub fn plain(groups: &[Group]) -> Self {
        Self::new("Rego (regorus)", include_str!("../../policies/plain.rego"), groups)
    }

    /// Compares every fact with the value it must have, so that nothing follows from its absence.
    pub fn closed(groups: &[Group]) -> Self {
        Self::new("Rego (regorus), closed", include_str!("../../policies/closed.rego"), groups)
    }

    fn new(name: &'static str, policy: &str, groups: &[Group]) -> Self {
        const ENTRY: &str = "data.support.eligible";
        let mut engine = regorus::Engine::new();
        engine.add_policy("support.rego".into(), policy.into()).expect("a Rego policy");
        let compiled = engine.compile_with_entrypoint(&ENTRY.into()).expect("a compiled policy");
        let program = Compiler::compile_from_policy(&compiled, &[ENTRY]).expect("a program");
        let mut vm = RegoVM::new();
        vm.load_program(program);
        let texts = texts(groups);
        let prebuilt = texts.iter().map(|text| Value::from_json_str(text).expect("JSON")).collect();
        Self { name, vm, prebuilt, texts }
    }

    fn decide(&mut self, input: Value) -> Value {
        self.vm.set_input(input);
        self.vm.execute_entry_point_by_index(0).expect("an answer")
    }
}

impl Engine for Rego {
    fn name(&self) -> &'static str {
        self.name
    }

    fn prebuilt(&mut self, group: usize) -> bool {
        let input = self.prebuilt[group].clone();
        self.decide(input) == Value::Bool(true)
    }

    fn from_json(&mut self, group: usize) -> bool {
        let input = Value::from_json_str(&self.texts[group]).expect("JSON");
        self.decide(input) == Value::Bool(true)
    }

    fn answer(&mut self, record: &Record) -> Answer {
        self.vm.set_input(Value::from_json_str(&text(record)).expect("JSON"));
        match self.vm.execute_entry_point_by_index(0) {
            Ok(Value::Bool(eligible)) => Answer::of(eligible),
            Ok(other) => Answer::error(format!("the answer is {other:?}")),
            Err(error) => Answer::error(error),
        }
    }
}
