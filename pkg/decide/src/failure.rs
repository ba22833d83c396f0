//! Errors, in the form in which JavaScript receives them.

use placet::diagnostic::Diagnostic;
use placet::span::Sources;
use placet::{Error, ErrorKind};
use placet::{decision, wire};
use wasm_bindgen::JsValue;

/// The result of a call from JavaScript.
pub type Fallible<T> = Result<T, JsValue>;

/// Why a call failed.
pub enum Failure {
    /// Files have errors: an optional message, and the findings as `placet-findings/1`.
    Mistakes {
        /// The message.
        lead: Option<String>,
        /// The findings.
        findings: String,
    },
    /// The request names something that does not exist, or is invalid.
    Request(String),
}

impl Failure {
    /// Makes an error about files from findings.
    pub fn mistakes(lead: Option<String>, findings: &[Diagnostic], sources: &Sources) -> Failure {
        Failure::Mistakes { lead, findings: wire::diagnostics::write(findings, sources) }
    }
}

impl From<Failure> for JsValue {
    fn from(failure: Failure) -> JsValue {
        let text = match failure {
            Failure::Mistakes { lead, findings } => {
                let message = lead.unwrap_or_else(|| "the files have errors".to_owned());
                format!("{{\"code\":\"mistakes\",\"message\":{},\"told\":{findings}}}", text(&message))
            }
            Failure::Request(message) => {
                format!("{{\"code\":\"request\",\"message\":{}}}", text(&message))
            }
        };
        JsValue::from_str(&text)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        match error.kind() {
            ErrorKind::Findings => {
                Failure::mistakes(Some(error.to_string()), error.findings(), error.sources())
            }
            _ => Failure::Request(error.to_string()),
        }
    }
}

impl From<decision::DecisionError> for Failure {
    fn from(problem: decision::DecisionError) -> Failure {
        Failure::Request(problem.to_string())
    }
}

/// Encodes a text as a JSON string.
pub fn text(text: &str) -> String {
    wire::json_text(text)
}

/// Encodes texts as a JSON list.
pub fn list(texts: Vec<String>) -> String {
    let texts: Vec<String> = texts.iter().map(|one| text(one)).collect();
    format!("[{}]", texts.join(","))
}
