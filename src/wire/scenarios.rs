//! Writes the results of scenarios as JSON and as JUnit XML.

use super::json_out;
use crate::scenario::Outcome;
use crate::span::Sources;
use crate::text::{Written, Xml};
use crate::written;
use serde_json::json;

/// The name of the format of scenario results.
pub const SCENARIOS_FORMAT: &str = "placet-scenarios/1";

/// The results of the scenarios of one file.
#[derive(Clone, Copy, Debug)]
pub struct Suite<'s> {
    /// The name of the file.
    pub name: &'s str,
    /// The texts that contain the scenarios.
    pub sources: &'s Sources,
    /// The result of each scenario.
    pub outcomes: &'s [Outcome],
}

impl Suite<'_> {
    /// Returns the line on which a scenario starts.
    ///
    /// # Example
    /// ```
    /// use placet::{span::Sources, wire::scenarios::Suite};
    ///
    /// let suite = Suite { name: "a.placet", sources: &Sources::default(), outcomes: &[] };
    /// let lines: Vec<usize> = suite.outcomes.iter().map(|outcome| suite.line(outcome)).collect();
    /// assert!(lines.is_empty());
    /// ```
    pub fn line(&self, outcome: &Outcome) -> usize {
        self.sources.position(outcome.span).line
    }
}

/// Writes scenario results as JSON.
///
/// # Example
/// ```
/// use placet::{span::Sources, wire::scenarios};
///
/// let suite = scenarios::Suite { name: "a.placet", sources: &Sources::default(), outcomes: &[] };
/// assert!(scenarios::json(&[suite]).contains(r#""format": "placet-scenarios/1""#));
/// ```
pub fn json(suites: &[Suite<'_>]) -> String {
    let files: Vec<_> = suites
        .iter()
        .map(|suite| {
            let scenarios: Vec<_> = suite
                .outcomes
                .iter()
                .map(|outcome| {
                    let expectations: Vec<_> = outcome
                        .checks
                        .iter()
                        .map(|one| json!({ "expected": one.expected, "actual": one.actual, "passed": one.passed }))
                        .collect();
                    json!({
                        "title": outcome.title,
                        "line": suite.line(outcome),
                        "passed": outcome.passed(),
                        "expectations": expectations,
                    })
                })
                .collect();
            json!({ "file": suite.name, "scenarios": scenarios })
        })
        .collect();
    json_out::pretty(&json!({ "format": SCENARIOS_FORMAT, "files": files }))
}

/// Writes scenario results as JUnit XML, which build servers display.
///
/// # Example
/// ```
/// use placet::{span::Sources, wire::scenarios};
///
/// let suite = scenarios::Suite { name: "a&b.placet", sources: &Sources::default(), outcomes: &[] };
/// let xml = scenarios::junit(&[suite]);
/// assert!(xml.contains(r#"<testsuite name="a&amp;b.placet" tests="0" failures="0">"#));
/// ```
pub fn junit(suites: &[Suite<'_>]) -> String {
    let mut out = Written::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    for suite in suites {
        let failures = suite.outcomes.iter().filter(|outcome| !outcome.passed()).count();
        out.add(written!(
            Xml,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\">\n",
            suite.name,
            suite.outcomes.len(),
            failures
        ));
        for outcome in suite.outcomes {
            let name = suite.name;
            out.add(written!(
                Xml,
                "    <testcase classname=\"{}\" name=\"{}\" file=\"{}\" line=\"{}\"",
                name,
                outcome.title,
                name,
                suite.line(outcome)
            ));
            if outcome.passed() {
                out.add("/>\n");
                continue;
            }
            let failed = outcome.checks.iter().filter(|expectation| !expectation.passed);
            let failed: Vec<String> =
                failed.map(|one| format!("expected {} but {}", one.expected, one.actual)).collect();
            let message = failed.join("; ");
            out.add(written!(Xml, ">\n      <failure message=\"{}\"/>\n    </testcase>\n", message));
        }
        out.add("  </testsuite>\n");
    }
    out.add("</testsuites>\n");
    out.into_string()
}
