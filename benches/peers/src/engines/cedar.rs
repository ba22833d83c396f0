//! Cedar: a `permit` with the requirements, a `forbid` for each bar; the facts are attributes of the principal.

use super::Engine;
use crate::answer::Answer;
use crate::groups::{Group, Record};
use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityUid, PolicySet, Request, Schema, ValidationMode,
    Validator,
};
use serde_json::json;

pub struct Cedar {
    name: &'static str,
    authorizer: Authorizer,
    policies: PolicySet,
    schema: Option<Schema>,
    action: EntityUid,
    programme: EntityUid,
    prebuilt: Vec<(Request, Entities)>,
    texts: Vec<String>,
}

impl Cedar {
    /// Attributes are optional in the schema, so the validator requires a guard before every use.
    pub fn optional(groups: &[Group]) -> Self {
        let schema = include_str!("../../policies/optional.cedarschema");
        Self::new(
            "Cedar, optional attributes",
            include_str!("../../policies/guarded.cedar"),
            Some(schema),
            groups,
        )
    }

    /// Attributes are required by the schema: a group without one is rejected before any policy is evaluated.
    pub fn required(groups: &[Group]) -> Self {
        let schema = include_str!("../../policies/required.cedarschema");
        Self::new(
            "Cedar, required attributes",
            include_str!("../../policies/plain.cedar"),
            Some(schema),
            groups,
        )
    }

    /// Without schema and guards.
    pub fn bare(groups: &[Group]) -> Self {
        Self::new("Cedar, no schema", include_str!("../../policies/plain.cedar"), None, groups)
    }

    fn new(name: &'static str, policies: &str, schema: Option<&str>, groups: &[Group]) -> Self {
        let policies: PolicySet = policies.parse().expect("Cedar policies");
        let schema = schema.map(|text| Schema::from_cedarschema_str(text).expect("a Cedar schema").0);
        if let Some(schema) = &schema {
            let findings = Validator::new(schema.clone()).validate(&policies, ValidationMode::Strict);
            assert!(findings.validation_passed(), "{name}: {findings}");
        }
        let mut cedar = Self {
            name,
            authorizer: Authorizer::new(),
            policies,
            schema,
            action: r#"Action::"support""#.parse().expect("an action"),
            programme: r#"Programme::"security""#.parse().expect("a resource"),
            prebuilt: Vec::new(),
            texts: groups.iter().map(|group| entity(&group.record())).collect(),
        };
        cedar.prebuilt = cedar.texts.iter().map(|text| cedar.read(text).expect("complete facts")).collect();
        cedar
    }

    /// The request and its entities, from the entity's JSON.
    fn read(&self, text: &str) -> Result<(Request, Entities), String> {
        let group = Entity::from_json_str(text, self.schema.as_ref()).map_err(|error| chain(&error))?;
        let principal = group.uid();
        let entities = Entities::from_entities([group], None).map_err(|error| chain(&error))?;
        let (action, programme) = (self.action.clone(), self.programme.clone());
        let request = Request::new(principal, action, programme, Context::empty(), None)
            .map_err(|error| chain(&error))?;
        Ok((request, entities))
    }
}

/// An error with its causes.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

/// A record in Cedar's JSON format for entities.
fn entity(record: &Record) -> String {
    let mut attrs = record.clone();
    let id = attrs.remove("id");
    json!({ "uid": { "type": "Group", "id": id }, "attrs": attrs, "parents": [] }).to_string()
}

impl Engine for Cedar {
    fn name(&self) -> &'static str {
        self.name
    }

    fn prebuilt(&mut self, group: usize) -> bool {
        let (request, entities) = &self.prebuilt[group];
        self.authorizer.is_authorized(request, &self.policies, entities).decision() == Decision::Allow
    }

    fn from_json(&mut self, group: usize) -> bool {
        let (request, entities) = self.read(&self.texts[group]).expect("complete facts");
        self.authorizer.is_authorized(&request, &self.policies, &entities).decision() == Decision::Allow
    }

    fn answer(&mut self, record: &Record) -> Answer {
        match self.read(&entity(record)) {
            Err(error) => Answer::Error(error),
            Ok((request, entities)) => {
                // Evaluation errors are only in the diagnostics; there is a decision anyway.
                let response = self.authorizer.is_authorized(&request, &self.policies, &entities);
                Answer::of(response.decision() == Decision::Allow)
            }
        }
    }
}
