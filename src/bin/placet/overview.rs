//! An overview of verdicts: a table with subjects as rows and types of assistance as columns if it fits the width, else
//! a list for each subject.

use crate::job::Item;
use crate::render::{faint, mark, safe, strong};
use crate::table::{columns, pad, width, wrap};
use placet::decision::{Decision, Outcome, RuleStatus, Verdict};
use placet::evidence::Status;
use placet::id::AssistanceId;
use placet::policy::Policy;
use placet::value::{Date, Truth};
use placet::wire::words;
use placet::workspace::Workspace;

/// The layout of the verdicts under one policy.
pub struct Sheet<'a> {
    policy: &'a Policy,
    width: usize,
    /// The day, if it is the same for all subjects.
    day: Option<Date>,
    /// The types of assistance and the width of the subjects' column, if the layout is a table.
    matrix: Option<(Vec<AssistanceId>, usize)>,
}

impl<'a> Sheet<'a> {
    pub fn new(loaded: &'a Workspace, items: &[&Item<'_>], types: Option<&[AssistanceId]>) -> Sheet<'a> {
        let policy = &loaded.policy;
        let width = width();
        let types: Vec<AssistanceId> = types.map_or_else(|| policy.assistance.ids().collect(), <[_]>::to_vec);
        let title = |item: &&Item<'_>| {
            let dossier = loaded.evidence.dossier(item.subject);
            dossier.map_or(0, |dossier| columns(&safe(&dossier.title)))
        };
        let day =
            items.first().map(|item| item.as_of).filter(|day| items.iter().all(|item| item.as_of == *day));
        let subjects =
            if items.len() > 1 { items.iter().map(title).max().unwrap_or(0).max(12) } else { usize::MAX };
        let needed: usize = types.iter().map(|id| 2 + columns(&name(policy, *id)).max(12)).sum();
        let fits = day.is_some() && subjects.saturating_add(needed) <= width;
        Sheet { policy, width, day, matrix: fits.then_some((types, subjects)) }
    }

    /// Returns the policy, and the header of the table if there is one.
    pub fn head(&self) -> String {
        let Policy { title, id, version, .. } = self.policy;
        let day = self.day.map(|day| format!(", as of {day}")).unwrap_or_default();
        let mut head = format!("{}\n{}\n\n", strong(safe(title)), faint(format!("{id} {version}{day}")));
        if let Some((types, subjects)) = &self.matrix {
            head += &pad("", *subjects);
            for id in types {
                let name = name(self.policy, *id);
                head += &format!("  {}", strong(pad(&name, 12)));
            }
            head.truncate(head.trim_end().len());
            head += "\n";
        }
        head
    }

    /// Returns the verdicts on one subject.
    pub fn subject(&self, decision: &Decision<'_>) -> String {
        match &self.matrix {
            Some((types, subjects)) => self.row(decision, types, *subjects),
            None => self.list(decision),
        }
    }

    /// Returns the explanation of each verdict. A type of assistance precedes those that belong to it.
    fn explanations(&self, decision: &Decision<'_>) -> Vec<Vec<String>> {
        let mut explained: Vec<(AssistanceId, Vec<String>)> = Vec::new();
        for verdict in &decision.verdicts {
            let mut above = self.policy.lineage(verdict.assistance).skip(1);
            let above = above.find_map(|id| explained.iter().find(|(other, _)| *other == id));
            let reason = reason_line(verdict, self.policy, above.and_then(|(_, lines)| lines.first()));
            let lines =
                reason.into_iter().chain(omitted(verdict, self.policy)).chain(concerns(decision, verdict));
            explained.push((verdict.assistance, lines.collect()));
        }
        explained.into_iter().map(|(_, lines)| lines).collect()
    }

    fn row(&self, decision: &Decision<'_>, types: &[AssistanceId], subjects: usize) -> String {
        let mut row = strong(pad(&safe(&decision.title), subjects));
        for id in types {
            let to = columns(&name(self.policy, *id)).max(12);
            let verdict = decision.verdicts.iter().find(|verdict| verdict.assistance == *id);
            row += "  ";
            row += &verdict.map_or_else(|| pad("", to), |verdict| mark(verdict.outcome, to));
        }
        row.truncate(row.trim_end().len());
        row += "\n";
        let mut by_reason: Vec<(String, Vec<String>)> = Vec::new();
        for verdict in &decision.verdicts {
            let lines = reason_line(verdict, self.policy, None).into_iter();
            let lines = lines.chain(omitted(verdict, self.policy)).chain(concerns(decision, verdict));
            for reason in lines {
                match by_reason.iter_mut().find(|(other, _)| *other == reason) {
                    Some((_, names)) => names.push(name(self.policy, verdict.assistance)),
                    None => by_reason.push((reason, vec![name(self.policy, verdict.assistance)])),
                }
            }
        }
        let several = by_reason.len() > 1;
        for (reason, names) in by_reason {
            let line = if several { format!("{}: {reason}", names.join(", ")) } else { reason };
            row += &wrap(&line, self.width, "    ", "      ");
            row += "\n";
        }
        row
    }

    fn list(&self, decision: &Decision<'_>) -> String {
        let day = if self.day.is_some() { String::new() } else { format!(", as of {}", decision.as_of) };
        let mut list = format!("{}{}\n", strong(safe(&decision.title)), faint(day));
        let listed = |id: &AssistanceId| decision.verdicts.iter().any(|verdict| verdict.assistance == *id);
        let depth = |id: AssistanceId| self.policy.lineage(id).skip(1).filter(listed).count();
        // A type of assistance and all types below it take one line if they have the same outcome for the same reason.
        let explanations: Vec<Vec<String>> = self.explanations(decision);
        let below = |id: AssistanceId| {
            let verdicts = decision.verdicts.iter().zip(&explanations);
            verdicts.filter(move |(verdict, _)| {
                verdict.assistance != id && self.policy.lineage(verdict.assistance).any(|above| above == id)
            })
        };
        let folds = |id: AssistanceId| {
            let own =
                decision.verdicts.iter().zip(&explanations).find(|(verdict, _)| verdict.assistance == id);
            own.is_some_and(|(own, own_lines)| {
                below(id).all(|(other, lines)| other.outcome == own.outcome && lines == own_lines)
            })
        };
        let folded: Vec<AssistanceId> =
            decision.verdicts.iter().map(|one| one.assistance).filter(|id| folds(*id)).collect();
        let shown = |verdict: &&Verdict<'_>| {
            !self.policy.lineage(verdict.assistance).skip(1).any(|above| folded.contains(&above))
        };
        let label = |verdict: &Verdict<'_>| {
            let all = folded.contains(&verdict.assistance) && below(verdict.assistance).next().is_some();
            let name = name(self.policy, verdict.assistance);
            let all = if all { " and all it covers" } else { "" };
            format!("{}{name}{all}", "  ".repeat(1 + depth(verdict.assistance)))
        };
        let widest =
            decision.verdicts.iter().filter(shown).map(|verdict| columns(&label(verdict))).max().unwrap_or(0);
        let mut written: Vec<(AssistanceId, &Vec<String>)> = Vec::new();
        for (verdict, lines) in
            decision.verdicts.iter().zip(&explanations).filter(|(verdict, _)| shown(verdict))
        {
            list += &format!("{}  {}\n", pad(&label(verdict), widest), mark(verdict.outcome, 0));
            if lines.is_empty() {
                continue;
            }
            // A type does not repeat the reason of the type that it belongs to.
            let above = self.policy.lineage(verdict.assistance).skip(1);
            let mut above = above.filter_map(|id| written.iter().find(|(other, _)| *other == id));
            let repeats = above.next().is_some_and(|(_, other)| *other == lines);
            if !repeats {
                let indent = "  ".repeat(3 + depth(verdict.assistance));
                for line in lines {
                    list += &wrap(line, self.width, &indent, &format!("{indent}  "));
                    list += "\n";
                }
            }
            written.push((verdict.assistance, lines));
        }
        list += "\n";
        list
    }
}

fn name(policy: &Policy, id: AssistanceId) -> String {
    policy.assistance.find(id).map_or_else(String::new, |assistance| safe(&assistance.name))
}

/// Returns the concerns that must be answered, and those that are open, on a line each.
fn concerns(decision: &Decision<'_>, verdict: &Verdict<'_>) -> Vec<String> {
    let line = |wanted: Truth, heading: &str| {
        let all = decision.concerns_of(verdict.assistance).filter(|(_, outcome)| outcome.raised == wanted);
        let titles: Vec<String> = all.map(|(concern, _)| safe(&concern.header.title)).collect();
        (!titles.is_empty()).then(|| format!("{heading}: {}", titles.join("; ")))
    };
    let lines = [line(Truth::Yes, "concerns to answer"), line(Truth::Open, "open concerns")];
    lines.into_iter().flatten().collect()
}

/// Returns the statements that standards left out and that would change the verdict, on one line.
fn omitted(verdict: &Verdict<'_>, policy: &Policy) -> Option<String> {
    let heading = words::omitted_heading(&verdict.omitted)?;
    let Some(first) = verdict.omitted.statements.first() else { return Some(heading) };
    let first = safe(&words::omitted_statement(first, &policy.vocabulary));
    Some(format!(
        "{heading}: {first}{}",
        match verdict.omitted.statements.len() {
            1 => String::new(),
            many => format!(" (and {} more)", many - 1),
        }
    ))
}

/// Returns the decisive reason or the first question, on one line. Returns `None` if the verdict is eligible.
fn reason_line(verdict: &Verdict<'_>, policy: &Policy, above: Option<&String>) -> Option<String> {
    match verdict.outcome {
        Outcome::Eligible => None,
        Outcome::Ineligible => {
            // If the reason of the type above is also a reason here, repeat it, so that both show the same reason.
            let mut reasons = verdict.reasons.iter().map(|reason| {
                let facts: Vec<String> = reason.iter().map(|finding| safe(&finding.text)).collect();
                format!("because {}", facts.join(" and "))
            });
            let first = reasons.next();
            let above =
                above.filter(|above| first.as_ref() == Some(above) || reasons.any(|one| one == **above));
            if let Some(reason) = above.cloned().or(first) {
                return Some(reason);
            }
            if !verdict.together.is_empty() {
                let rules = verdict.together.iter().filter_map(|id| policy.rules.find(*id));
                let rules: Vec<String> = rules.map(|rule| safe(&rule.header.title)).collect();
                let cannot = if rules.len() == 1 { "cannot be met" } else { "cannot be met together" };
                return Some(format!("because {} {cannot}", rules.join(" and ")));
            }
            let failed = verdict.rules.iter().filter(|rule| rule.status == RuleStatus::Failed);
            let mut rules =
                failed.filter_map(|rule| policy.rules.find(rule.rule)).map(|rule| safe(&rule.header.title));
            let first = rules.next()?;
            let more = match rules.count() {
                0 => String::new(),
                more => format!(" (and {more} more)"),
            };
            Some(format!("fails: {first}{more}"))
        }
        Outcome::Undetermined => {
            let sound_only = || "sound only: the facts might settle it".to_owned();
            let Some(first) = verdict.missing.first() else {
                return (!verdict.exact).then(sound_only);
            };
            let sound = if verdict.exact { "" } else { " (sound only)" };
            let more = match verdict.missing.len() {
                1 => String::new(),
                many => format!(" (and {} more)", many - 1),
            };
            let state = if first.fact.status == Status::Contested { "sources disagree" } else { "ask" };
            Some(format!("{state}: {}{more}{sound}", safe(&first.fact.question)))
        }
    }
}
