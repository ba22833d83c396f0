//! Properties that hold for any files that are read together.

use super::text::check_findings;
use placet::bundle::{Bundle, LoadError, gather};
use placet::decision::{self, Decision};
use placet::diagnostic::{self, Severity};
use placet::evidence::{self, Evidence};
use placet::policy::{self, Policy};
use placet::scenario;
use placet::value::Date;
use placet::wire::{self, decision_csv, decision_markdown};
use std::sync::Arc;

/// Separates two files: a line with a form feed. The files are `0.placet`, `1.placet` and so on; the first two are
/// opened, the others can be used by them.
const BETWEEN: &[u8] = b"\x0c\n";

/// The largest number of subjects and scenarios that are decided on, so that small inputs are fast.
const MOST: usize = 8;

/// Reads bytes as files that belong together, resolves them, and decides on all subjects and scenarios.
///
/// # Panics
/// If the span of a finding is invalid, a policy has errors, or a decision fails without an error.
pub fn check(bytes: &[u8]) {
    let files = parts(bytes, BETWEEN);
    let mut load = |path: &str| {
        let place: usize =
            path.strip_suffix(".placet").and_then(|name| name.parse().ok()).unwrap_or(usize::MAX);
        files.get(place).map(|bytes| bytes.to_vec()).ok_or(LoadError::NotFound)
    };
    let entries = ["0.placet", "1.placet"];
    let bundle = gather(entries.get(..files.len().min(2)).unwrap_or_default(), &mut load);
    let resolved = policy::resolve(&bundle);
    let (known, dossier_problems) = evidence::read(&bundle, &resolved.vocabulary);
    let (scenarios, scenario_problems) =
        resolved.policy.as_ref().map(|policy| scenario::read(&bundle, policy)).unwrap_or_default();
    let mut found =
        [bundle.problems.clone(), resolved.problems.clone(), dossier_problems, scenario_problems].concat();
    diagnostic::sort(&mut found);
    check_findings(&found, &bundle.sources);
    let Some(policy) = &resolved.policy else { return };
    sealed(policy, &bundle, &mut load);
    assert!(resolved.problems.iter().all(|problem| problem.severity != Severity::Error), "{found:?}");
    for dossier in known.dossiers.iter().take(MOST) {
        decide(policy, &known, &dossier.id, dossier.as_of);
    }
    for scenario in scenarios.iter().take(MOST) {
        assert_eq!(scenario::run(policy, scenario).checks.len(), scenario.expects.len());
    }
}

/// Checks that other files do not change a policy.
fn sealed(policy: &Arc<Policy>, bundle: &Bundle, load: &mut dyn FnMut(&str) -> Result<Vec<u8>, LoadError>) {
    let Some((file, _)) = bundle.policy() else { return };
    let alone = policy::resolve(&gather(&[bundle.sources.name(file)], load));
    let Some(alone) = alone.policy else { panic!("without other files there is no policy") };
    assert_eq!(policy.hash, alone.hash);
    assert_eq!(policy::texts(policy), policy::texts(&alone));
    let facts = |policy: &Arc<Policy>| -> Vec<_> {
        let all = policy.vocabulary.facts.iter();
        all.map(|(_, fact)| (fact.kind, fact.phrase.clone(), fact.r#type.clone(), fact.presumed)).collect()
    };
    assert_eq!(facts(policy), facts(&alone));
}

/// Decides on one subject, fully and briefly, and writes the decision in every format.
///
/// # Panics
/// If the full and the brief decision differ, or if the output has the wrong form.
pub fn decide(policy: &Arc<Policy>, known: &Evidence, id: &str, as_of: Option<Date>) {
    let Some(day) = as_of.or_else(|| Date::parse("2016-02-15")) else { return };
    let whole = decision::decide(policy, known, id, day, None);
    let brief = decision::decide_briefly(policy, known, id, day, None);
    let answers = decision::outcomes(policy, known, id, day);
    let (whole, brief, answers) = match (whole, brief, answers) {
        (Ok(whole), Ok(brief), Ok(answers)) => (whole, brief, answers),
        (Err(whole), Err(brief), Err(answers)) => {
            return assert_eq!(
                (whole.to_string(), brief.to_string()),
                (brief.to_string(), answers.to_string())
            );
        }
        _ => panic!("decided in one form and not in another"),
    };
    let verdicts = |decision: &Decision| -> Vec<_> {
        decision.verdicts.iter().map(|verdict| (verdict.assistance, verdict.outcome, verdict.exact)).collect()
    };
    assert_eq!((verdicts(&whole), verdicts(&brief)), (answers.clone(), answers));
    assert_eq!(decision_csv::write(&whole), decision_csv::write(&brief));
    assert!(!decision_markdown::write(&whole).is_empty());
    let line = wire::decision::write_line(&whole);
    assert_eq!(line.matches('\n').count(), 1);
    assert!(wire::decision::write(std::slice::from_ref(&whole)).contains(wire::DECISION_FORMAT));
}

/// Splits bytes at each mark.
pub fn parts<'b>(bytes: &'b [u8], mark: &[u8]) -> Vec<&'b [u8]> {
    let mut found = Vec::new();
    let mut rest = bytes;
    while let Some(at) = rest.windows(mark.len()).position(|window| window == mark) {
        let (before, after) = rest.split_at(at);
        found.push(before);
        rest = after.get(mark.len()..).unwrap_or_default();
    }
    found.push(rest);
    found
}
