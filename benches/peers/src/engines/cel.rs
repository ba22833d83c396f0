//! CEL: one expression over the variable `group`.

use super::{Engine, text, texts};
use crate::answer::Answer;
use crate::groups::{Group, Record};
use ::cel::{Context, Env, Program, Value};
use std::sync::Arc;

pub struct Cel {
    name: &'static str,
    env: Arc<Env>,
    program: Program,
    prebuilt: Vec<Context<'static, 'static>>,
    texts: Vec<String>,
}

impl Cel {
    /// Counts the steps with a list.
    pub fn count(groups: &[Group]) -> Self {
        Self::new("CEL", include_str!("../../policies/count.cel"), groups)
    }

    /// Spells out the steps in pairs, so that CEL's `&&` and `||` can ignore operands that fail.
    pub fn pairs(groups: &[Group]) -> Self {
        Self::new("CEL, pairs", include_str!("../../policies/pairs.cel"), groups)
    }

    /// Uses `has(…)` before every use.
    pub fn guarded(groups: &[Group]) -> Self {
        Self::new("CEL, guarded by `has`", include_str!("../../policies/guarded.cel"), groups)
    }

    fn new(name: &'static str, policy: &str, groups: &[Group]) -> Self {
        let env = Arc::new(Env::stdlib());
        let program = env.compile(policy).expect("a CEL expression");
        let texts = texts(groups);
        let prebuilt = texts.iter().map(|text| context(&env, text)).collect();
        Self { name, env, program, prebuilt, texts }
    }
}

fn context(env: &Arc<Env>, text: &str) -> Context<'static, 'static> {
    let record: serde_json::Value = serde_json::from_str(text).expect("JSON");
    let mut context = Context::with_env(Arc::clone(env));
    context.add_variable("group", record).expect("a value");
    context
}

impl Engine for Cel {
    fn name(&self) -> &'static str {
        self.name
    }

    fn prebuilt(&mut self, group: usize) -> bool {
        self.program.execute(&self.prebuilt[group]) == Ok(Value::Bool(true))
    }

    fn from_json(&mut self, group: usize) -> bool {
        self.program.execute(&context(&self.env, &self.texts[group])) == Ok(Value::Bool(true))
    }

    fn answer(&mut self, record: &Record) -> Answer {
        match self.program.execute(&context(&self.env, &text(record))) {
            Ok(Value::Bool(eligible)) => Answer::of(eligible),
            Ok(other) => Answer::error(format!("the answer is {other:?}")),
            Err(error) => Answer::error(error),
        }
    }
}
