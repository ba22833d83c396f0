//! `placet compare`: the verdicts on the same dossiers that differ between two policies or two days, and the rules that
//! account for it.

use crate::Ended;
use crate::job::{Item, plan};
use crate::load::{self, Root};
use crate::output::{finish, remark};
use crate::render::{faint, mark, safe, strong};
use crate::table::{columns, pad, width, wrap};
use placet::decision::{Decision, Outcome, RuleOutcome, RuleStatus, Verdict};
use placet::text::key;
use placet::value::Date;
use placet::wire::words;
use placet::workspace::Workspace;
use std::path::PathBuf;

/// Compare the verdicts on the same dossiers under two policies, or on two days
///
/// Shows the verdicts that differ, for each subject and each type of assistance of both policies, with the rules that
/// account for it: those that fail or are open under one and not under the other. To compare two days under one policy,
/// give it twice, with --as-of and --as-of-second. To compare two policies for all possible subjects, use `placet diff`.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The first policy
    first: PathBuf,
    /// The second policy
    second: PathBuf,
    /// Dossiers: .placet, .json, .ndjson and .csv files, or folders with .placet files
    #[arg(required = true, value_name = "DOSSIER")]
    dossiers: Vec<PathBuf>,
    /// The day for which to decide, such as 2016-02-15, or `today`
    #[arg(long, value_name = "DATE", value_parser = load::date)]
    as_of: Option<Date>,
    /// The day for which to decide under the second policy, if it is a different one
    #[arg(long, value_name = "DATE", value_parser = load::date)]
    as_of_second: Option<Date>,
    /// The root folder; no file outside of it is read
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  placet compare old.placet new.placet dossiers/ --as-of 2016-02-15
  placet compare policy.placet policy.placet group.placet --as-of 2016-02-15 --as-of-second 2017-02-15

Exit codes: 0 no verdict differs, 1 some differ, 2 could not run.";

pub fn run(args: &Args) -> Ended {
    let paths = [&args.first, &args.second].into_iter().chain(&args.dossiers).map(PathBuf::as_path);
    let root = Root::of(args.root.as_deref(), paths)?;
    let dossiers = root.dossiers(&args.dossiers)?;
    let first = [root.load(&root.file(&args.first)?, &dossiers)?];
    let second = [root.load(&root.file(&args.second)?, &dossiers)?];
    let (ours, notes) = plan(&first, args.as_of)?;
    let (theirs, more_notes) = plan(&second, args.as_of_second.or(args.as_of))?;
    notes.iter().chain(&more_notes).for_each(|note| remark(note));
    let (mut compared, mut differing) = (0, 0);
    let mut text = String::new();
    for left in &ours {
        let Some(right) = theirs.iter().find(|item| item.subject == left.subject) else { continue };
        let (left, right) = (left.decide(None)?, right.decide(None)?);
        let (shared, pairs) = differing_pairs(&left, &right);
        compared += shared;
        differing += pairs.len();
        if !pairs.is_empty() {
            text += &subject(&left, &right, &pairs);
        }
    }
    only_one(&ours, &theirs, &first, &second);
    let differ = if compared == 1 || differing == 1 { "differs" } else { "differ" };
    let verdicts = if compared == 1 { "verdict" } else { "verdicts" };
    text += &format!("{differing} of {compared} {verdicts} {differ}\n");
    finish(&text, differing > 0)
}

/// Reports the dossiers that only one of the policies is about.
fn only_one<'a>(ours: &[Item<'a>], theirs: &[Item<'a>], first: &[Workspace], second: &[Workspace]) {
    for (items, others, policies) in [(ours, theirs, second), (theirs, ours, first)] {
        let title = policies.first().map_or("", |loaded| &loaded.policy.title);
        for item in items.iter().filter(|item| !others.iter().any(|other| other.subject == item.subject)) {
            remark(&format!("{}: left out, since {} is not about it", item.subject, safe(title)));
        }
    }
}

/// Returns the number of verdicts that can be compared, and the pairs that differ.
fn differing_pairs<'d, 'a>(
    left: &'d Decision<'a>,
    right: &'d Decision<'a>,
) -> (usize, Vec<(&'d Verdict<'a>, &'d Verdict<'a>)>) {
    let name = |decision: &Decision<'_>, verdict: &Verdict<'_>| {
        decision
            .policy
            .assistance
            .find(verdict.assistance)
            .map(|assistance| key(&assistance.name).into_owned())
    };
    let pairs: Vec<_> = left
        .verdicts
        .iter()
        .filter_map(|verdict| {
            let same = |other: &&Verdict<'a>| name(right, other) == name(left, verdict);
            Some((verdict, right.verdicts.iter().find(same)?))
        })
        .collect();
    let shared = pairs.len();
    (shared, pairs.into_iter().filter(|(ours, theirs)| ours.outcome != theirs.outcome).collect())
}

fn subject(left: &Decision<'_>, right: &Decision<'_>, pairs: &[(&Verdict<'_>, &Verdict<'_>)]) -> String {
    let mut text = format!("{}\n", strong(safe(&left.title)));
    let sides = [left, right].map(|decision| {
        format!("{} {}, {}", safe(&decision.policy.id), safe(&decision.policy.version), decision.as_of)
    });
    let [ours, theirs] = &sides;
    let widest = columns(ours).max(columns(theirs));
    // Types of assistance with the same differences are grouped.
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for &(one, other) in pairs {
        let mut body = String::new();
        for (side, decision, verdict, against) in
            [(ours, left, one, (right, other)), (theirs, right, other, (left, one))]
        {
            body += &format!("    {}  {}\n", faint(pad(side, widest)), mark(verdict.outcome, 0));
            for line in deciding_rules(decision, verdict, against) {
                body += &wrap(&line, width(), "      - ", "        ");
                body += "\n";
            }
        }
        let assistance =
            left.policy.assistance.find(one.assistance).map_or("", |assistance| &assistance.name);
        match groups.iter_mut().find(|(same, _)| *same == body) {
            Some((_, names)) => names.push(safe(assistance)),
            None => groups.push((body, vec![safe(assistance)])),
        }
    }
    for (body, names) in groups {
        text += &format!("{}\n{body}", wrap(&names.join(", "), width(), "  ", "  "));
    }
    text + "\n"
}

/// Returns the rules that account for a verdict and have another result on the other side: those that fail if the
/// subject is ineligible, those that are open if the verdict is undetermined.
fn deciding_rules(
    decision: &Decision<'_>,
    verdict: &Verdict<'_>,
    (other, theirs): (&Decision<'_>, &Verdict<'_>),
) -> Vec<String> {
    let decisive = match verdict.outcome {
        Outcome::Eligible => return Vec::new(),
        Outcome::Ineligible => RuleStatus::Failed,
        Outcome::Undetermined => RuleStatus::Open,
    };
    let there = |id: &str| {
        let same = |outcome: &&RuleOutcome| {
            other.policy.rules.find(outcome.rule).is_some_and(|rule| rule.header.id == id)
        };
        theirs.rules.iter().find(same).map(|outcome| outcome.status)
    };
    let here = words::rule_status(decisive);
    verdict
        .rules
        .iter()
        .filter(|outcome| outcome.status == decisive)
        .filter_map(|outcome| {
            let rule = decision.policy.rules.find(outcome.rule)?;
            let there = match there(&rule.header.id) {
                Some(status) if status == decisive => return None,
                Some(status) => format!("there: {}", words::rule_status(status)),
                None => "no such rule applies in the other policy".to_owned(),
            };
            let cited = words::citations(&rule.header.cites, &decision.policy.vocabulary);
            let cited = if cited.is_empty() { String::new() } else { format!(", {}", safe(&cited)) };
            Some(format!("{here} ({there}): {} ({}){cited}", safe(&rule.header.title), rule.header.id))
        })
        .collect()
}
