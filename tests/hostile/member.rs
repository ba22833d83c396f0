//! A member of a family, of some size, resolved and ready for its task.

use super::families::{Family, Task};
use placet::analysis::diff::diff;
use placet::analysis::study;
use placet::bundle::gather;
use placet::decision::decide;
use placet::evidence::{self, Evidence};
use placet::policy::{Policy, resolve};
use placet::value::Date;
use std::sync::Arc;

pub struct Member {
    task: Task,
    policy: Arc<Policy>,
    /// The policy without its last rule.
    before: Arc<Policy>,
    known: Evidence,
}

fn policy(text: &str) -> Arc<Policy> {
    let bundle = gather(&["made.placet"], &mut |_| Ok(text.as_bytes().to_vec()));
    let resolved = resolve(&bundle);
    resolved.policy.unwrap_or_else(|| panic!("{:?}", resolved.problems.first()))
}

/// A text without the last of its rules.
fn shorter(text: &str) -> String {
    let start = ["\nrequirement ", "\nbar ", "\nphase "].iter().filter_map(|word| text.rfind(word)).max();
    let (before, from) = text.split_at(start.unwrap_or(0) + 1);
    let after = from.split_once("\n\n").map_or("", |(_, after)| after);
    format!("{before}{after}")
}

impl Member {
    pub fn of(family: &Family, size: usize) -> Member {
        let (text, dossier) = (family.make)(size);
        let before = if family.task == Task::Diff { policy(&shorter(&text)) } else { policy(&text) };
        let bundle = gather(&["made.placet"], &mut |_| Ok(format!("{text}\n{dossier}").into_bytes()));
        let policy = resolve(&bundle).policy.expect("a policy");
        let (known, problems) = evidence::read(&bundle, &policy.vocabulary);
        assert!(problems.is_empty(), "{:?}", problems.first());
        Member { task: family.task, policy, before, known }
    }

    /// The work that the task took, and what was cut short.
    pub fn run(&self) -> (u64, String) {
        let day = Date::parse("2016-02-15").expect("a day");
        match self.task {
            Task::Decide => {
                let decision = decide(&self.policy, &self.known, "d", day, None).expect("a decision");
                let mut cut: Vec<String> = Vec::new();
                for verdict in &decision.verdicts {
                    if !verdict.exact {
                        cut.push("sound only".to_owned());
                    }
                    if verdict.omitted.cut_short {
                        cut.push("omitted statements".to_owned());
                    }
                    cut.extend(verdict.cut_short.iter().map(|search| format!("{search:?}")));
                }
                cut.sort();
                cut.dedup();
                (decision.work, cut.join(", "))
            }
            Task::Check => {
                let study = study(&self.policy);
                let beyond = study.findings.iter().any(|finding| finding.code == "P0516");
                (study.work, if beyond { "questions left open".to_owned() } else { String::new() })
            }
            Task::Diff => {
                let diff = diff(&self.before, &self.policy, &[day]);
                let meanings: Vec<String> =
                    diff.types.iter().map(|one| format!("{:?}", one.meaning)).collect();
                (diff.work, meanings.join(", "))
            }
        }
    }
}
