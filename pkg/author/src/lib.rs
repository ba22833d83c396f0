//! The whole engine, for JavaScript: what [`placet_wasm`] exports, and the functions that read and write the language.
//!
//! Do not call these directly: `engine/author.js` is the public interface.

use placet::analysis::diff;
use placet::graph::{self, svg};
use placet::value::Date;
use placet::workspace::{Workspace, is_data};
use placet::{bundle, diagnostic, syntax, wire};
use placet_wasm::{Ask, Case, Failure, Fallible, Files};
use wasm_bindgen::prelude::wasm_bindgen;

fn opened(files: &Files, policy: &str, dossiers: &[String]) -> Result<Workspace, Failure> {
    files.open(|read| Workspace::open(policy, dossiers, read))
}

/// Reads a policy and dossiers of any format.
///
/// # Errors
/// `mistakes` if any file has errors; `request` if the first file has no policy.
#[wasm_bindgen]
pub fn open(files: &Files, policy: &str, dossiers: Vec<String>) -> Fallible<Case> {
    Ok(Case::of(opened(files, policy, &dossiers)?))
}

/// Opens the policy of a case with other dossiers, without reading the files of the policy again.
///
/// # Errors
/// See [`open`].
#[wasm_bindgen]
pub fn with_dossiers(case: &Case, files: &Files, dossiers: Vec<String>) -> Fallible<Case> {
    Ok(Case::of(files.open(|read| case.workspace().with_dossiers(&dossiers, read))?))
}

/// Returns the policy of a case in compiled form.
#[wasm_bindgen]
pub fn compiled(case: &Case) -> Vec<u8> {
    case.workspace().compiled()
}

/// Returns the subject's dossier including the answers, in the language.
///
/// # Errors
/// See [`Case::interview`]; `request` if the language cannot express a statement of a data file.
#[wasm_bindgen]
pub fn written(case: &Case, ask: &Ask) -> Fallible<String> {
    let request = case.request(ask)?;
    let (workspace, dossier) = (case.workspace(), request.dossier()?);
    let text = workspace.written(dossier, workspace.folder(dossier));
    Ok(text.map_err(|problem| Failure::Request(problem.to_string()))?)
}

/// Draws the policy of a case as SVG.
#[wasm_bindgen]
pub fn draw(case: &Case) -> String {
    svg::write(&graph::graph(&case.workspace().policy, None))
}

/// Draws the policy of a case as SVG, and marks what is met, failed and open.
///
/// # Errors
/// See [`Case::interview`].
#[wasm_bindgen]
pub fn draw_decision(case: &Case, ask: &Ask) -> Fallible<String> {
    let request = case.request(ask)?;
    let mut drawn = graph::graph(&case.workspace().policy, request.types.as_deref());
    graph::mark(&mut drawn, &case.decided(&request, &request.subject)?);
    Ok(svg::write(&drawn))
}

/// Returns the paths in the `use` lines of a file, relative to the root, as a JSON list.
#[wasm_bindgen]
pub fn uses(path: &str, text: &str) -> String {
    placet_wasm::list(bundle::uses(path, text))
}

/// Formats a file.
///
/// # Errors
/// `mistakes` if the file has syntax errors.
#[wasm_bindgen]
pub fn format(path: &str, text: &str) -> Fallible<String> {
    let mut sources = placet::span::Sources::default();
    let file = sources.add(path, text);
    let tree = syntax::parse(file, text);
    if diagnostic::any_error(&tree.problems) {
        return Err(Failure::mistakes(None, &tree.problems, &sources).into());
    }
    Ok(syntax::format(&tree, text))
}

/// Checks the files that are written in the language and what they use; returns the findings as `placet-findings/1`.
/// With `study`, also studies each policy that has no errors.
#[wasm_bindgen]
pub fn check(files: &Files, study: bool) -> String {
    let names: Vec<String> = files.names().filter(|path| !is_data(path)).cloned().collect();
    let found = placet::check::check(&names, study, &mut |path| files.read(path));
    wire::diagnostics::write(&found.findings, &found.sources)
}

/// Compares two versions of a policy; returns the result as `json` (`placet-diff/1`) or `markdown`. Without days,
/// compares them on all days that can matter.
///
/// # Errors
/// `mistakes` if either has errors; `request` if they are never in force on the same day.
#[wasm_bindgen]
pub fn diff(
    old: &Files,
    old_policy: &str,
    new: &Files,
    new_policy: &str,
    days: Vec<String>,
    format: &str,
) -> Fallible<String> {
    let (old, new) = (opened(old, old_policy, &[])?.policy, opened(new, new_policy, &[])?.policy);
    let days = match days.as_slice() {
        [] => diff::days(&old, &new).map_err(|apart| Failure::Request(apart.to_string()))?,
        days => {
            let day = |text: &String| {
                let day =
                    Date::parse(text).filter(|day| old.period.contains(*day) && new.period.contains(*day));
                day.ok_or_else(|| Failure::Request(format!("the policies are not both in force on {text}")))
            };
            days.iter().map(day).collect::<Result<_, _>>()?
        }
    };
    let found = diff::diff(&old, &new, &days);
    match format {
        "json" => Ok(wire::diff::write(&found, None)),
        "markdown" => Ok(wire::diff_markdown::write(&found, None)),
        other => Err(Failure::Request(format!("unknown comparison format \"{other}\"")).into()),
    }
}
