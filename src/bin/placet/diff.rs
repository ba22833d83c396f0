//! `placet diff`: what a change of policy means for any subject, and which verdicts on given dossiers it changes.

use crate::Ended;
use crate::failure::Failure;
use crate::job::plan;
use crate::load::{self, Root};
use crate::output::{finish, remark};
use crate::render::{bad, good, open, safe, strong};
use crate::table::{columns, pad, width, wrap};
use clap::ValueEnum;
use placet::analysis::diff::{self, Both, Diff, Meaning, Move, Side, SideSort, Turn};
use placet::policy::Policy;
use placet::scenario;
use placet::value::Date;
use placet::wire::{self, words};
use placet::workspace::Workspace;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Show how a change of policy changes verdicts
///
/// Reports for each type of assistance whether the verdict is the same for all facts. If not, gives an example for each
/// way in which it changes, with the rules that account for it, ready to be pasted as a scenario. Each example is
/// decided on under both policies. No dossier is needed. If dossiers are given, also reports whose verdict changes. To
/// compare two days, or only the given dossiers, use `placet compare`.
///
/// The policies are compared on --as-of, else on each day on which something in either policy begins or ends.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The old policy
    old: PathBuf,
    /// The new policy
    new: PathBuf,
    /// Dossiers: .placet, .json, .ndjson and .csv files, or folders with .placet files
    #[arg(value_name = "DOSSIER")]
    dossiers: Vec<PathBuf>,
    /// The day for which to compare and decide, such as 2016-02-15, or `today`
    #[arg(long, value_name = "DATE", value_parser = load::date)]
    as_of: Option<Date>,
    /// The output format
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
    /// The root folder; no file outside of it is read
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    /// For the terminal
    Text,
    /// JSON, with every example
    Json,
    /// For a pull request
    Markdown,
}

const EXAMPLES: &str = "\
Examples:
  placet diff old.placet new.placet
  placet diff old.placet new.placet dossiers/ --as-of 2016-02-15
  placet diff old.placet new.placet --format markdown > change.md

Exit codes: 0 the same, 1 not the same or not known to be the same, 2 could not run.";

pub fn run(args: &Args) -> Ended {
    let paths = [&args.old, &args.new].into_iter().chain(&args.dossiers).map(PathBuf::as_path);
    let root = Root::of(args.root.as_deref(), paths)?;
    let dossiers = root.dossiers(&args.dossiers)?;
    let load = |path: &Path| Ok::<_, Failure>([root.load(&root.file(path)?, &dossiers)?]);
    let loaded = Both { old: load(&args.old)?, new: load(&args.new)? };
    let [old] = &loaded.old;
    let [new] = &loaded.new;
    let days = match args.as_of {
        Some(day) => vec![day],
        None => diff::days(&old.policy, &new.policy).map_err(|apart| {
            let help = "give --as-of, or compare dossiers with `placet compare --as-of D --as-of-second D`";
            Failure::with_help(apart.to_string(), help)
        })?,
    };
    let in_force = |loaded: &Workspace, day: &Date| loaded.policy.period.contains(*day);
    if let Some(day) = days.iter().find(|day| !(in_force(old, day) && in_force(new, day))) {
        return Err(Failure::with_help(
            format!("the policies are not both in force on {day}"),
            "to compare dossiers on two days, use `placet compare --as-of D --as-of-second D`",
        ));
    }
    let found = diff::diff(&old.policy, &new.policy, &days);
    let moved = if args.dossiers.is_empty() { None } else { Some(moves(&loaded, args.as_of)?) };
    let mut written = match args.format {
        Form::Json => wire::diff::write(&found, moved.as_deref()),
        Form::Markdown => wire::diff_markdown::write(&found, moved.as_deref()),
        Form::Text => text(&found),
    };
    if matches!(args.format, Form::Text) {
        if found.types.iter().any(|one| one.meaning == Meaning::NotAvailable) {
            written += &on_scenarios(old, new);
        }
        if let Some(moved) = &moved {
            written += &moves_text(moved, "Verdicts on the given dossiers");
        }
    }
    let same = found.is_same() && moved.is_none_or(|moved| moved.is_empty());
    finish(&written, !same)
}

/// Returns the verdicts that change on the given dossiers.
fn moves(loaded: &Both<[Workspace; 1]>, as_of: Option<Date>) -> Result<Vec<Move>, Failure> {
    let (before, notes) = plan(&loaded.old, as_of)?;
    let (now, more_notes) = plan(&loaded.new, as_of)?;
    notes.iter().chain(&more_notes).for_each(|note| remark(note));
    let mut moved = Vec::new();
    for old in &before {
        let Some(new) = now.iter().find(|item| item.subject == old.subject) else { continue };
        moved.extend(diff::moves(&old.decide_briefly(None)?, &new.decide_briefly(None)?).1);
    }
    Ok(moved)
}

/// Returns how verdicts on the scenarios of both policies change. Used if a type of assistance could not be compared as
/// a whole.
fn on_scenarios(old: &Workspace, new: &Workspace) -> String {
    let policies: Both<&Arc<Policy>> = Both { old: &old.policy, new: &new.policy };
    let (mut compared, mut moved) = (0, Vec::new());
    for (side, loaded) in [(Side::Old, old), (Side::New, new)] {
        let Some(bundle) = loaded.bundle() else { continue };
        let (scenarios, _) = scenario::read(bundle, &loaded.policy);
        let cases: Vec<_> = scenarios.iter().map(|one| (one.title.as_str(), one.as_of, &one.given)).collect();
        let (shared, differing) = diff::cases(policies, side, &cases);
        compared += shared;
        moved.extend(differing);
    }
    moves_text(&moved, &format!("Instead, {compared} verdicts on scenarios of the policies"))
}

fn text(found: &Diff<'_>) -> String {
    let (old, new) = (found.policies.old, found.policies.new);
    let days: Vec<String> = found.days.iter().map(ToString::to_string).collect();
    let mut text = format!("{}\n", strong(safe(&new.title)));
    let head =
        format!("{} {} → {} {}, compared on {}", old.id, old.version, new.id, new.version, days.join(", "));
    text += &format!("{}\n\n", wrap(&safe(&head), width(), "", "  "));
    let groups = found.groups();
    let several_kinds =
        groups.iter().any(|(one, _)| groups.first().is_some_and(|(first, _)| first.kind != one.kind));
    let longest = width() / 2;
    let names: Vec<String> = groups
        .iter()
        .map(|(one, names)| {
            let names = safe(&names.join(", "));
            if several_kinds { format!("{} ({})", names, safe(&one.kind)) } else { names }
        })
        .collect();
    let widest =
        names.iter().map(|names| columns(names)).filter(|columns| *columns <= longest).max().unwrap_or(0);
    for ((one, _), names) in groups.iter().zip(&names) {
        let result = words::meaning(one.meaning);
        let result = match one.meaning {
            Meaning::Same => good(result),
            Meaning::Different => bad(result),
            _ => open(result),
        };
        if columns(names) > longest {
            text += &format!("{}\n  {}  {result}\n", wrap(names, width(), "  ", "  "), pad("", widest));
        } else {
            text += &format!("  {}  {result}\n", pad(names, widest));
        }
        if found.days.len() > 1 && one.meaning != Meaning::Same && !one.days.is_empty() {
            let days: Vec<String> = one.days.iter().map(ToString::to_string).collect();
            text += &format!("  {}    on {}\n", pad("", widest), days.join(", "));
        }
    }
    let distinct_turns = found.distinct_turns();
    for turn in &distinct_turns {
        text += &example(found, turn);
    }
    let left_out = found.turns.len() - distinct_turns.len();
    if left_out > 0 {
        let them =
            if left_out == 1 { "1 more example".to_owned() } else { format!("{left_out} more examples") };
        text += &format!("\n{them} for other types of assistance: --format json\n");
    }
    let side_diffs = found.side_diffs.iter().map(|one| {
        let sort = match one.sort {
            SideSort::Choice => "choice",
            SideSort::Obligation => "obligation",
        };
        let values = one
            .values
            .as_ref()
            .map(|values| format!(": {} before, {} now", safe(&values.old), safe(&values.new)));
        let mut lines = format!(
            "{sort} {}: {}{}",
            safe(&one.name),
            words::meaning(one.meaning),
            values.unwrap_or_default()
        );
        one.given.new.iter().for_each(|line| lines += &format!("\n{}", safe(line)));
        lines
    });
    text += &listed("Choices and obligations", side_diffs);
    text + &listed("Declared differently", found.declared.iter().map(|one| safe(one)))
}

fn listed(title: &str, lines: impl Iterator<Item = String>) -> String {
    let lines: Vec<String> = lines.map(|line| format!("  - {line}\n")).collect();
    if lines.is_empty() { String::new() } else { format!("\n{}\n{}", strong(title), lines.concat()) }
}

fn example(found: &Diff<'_>, turn: &Turn) -> String {
    let title = format!("{}: {}", words::turned(turn.outcomes), turn.assistance.join(", "));
    let mut text = format!("\n{}\n", strong(wrap(&safe(&title), width(), "", "  ")));
    for rule in &turn.rules {
        text += &format!("{}\n", wrap(&safe(&words::turning(rule)), width(), "  - ", "    "));
    }
    if turn.given.old == turn.given.new {
        text += &format!(
            "  As a scenario of the new policy (the same case is {} under the old one):\n\n",
            words::outcome(turn.outcomes.old)
        );
    } else {
        text += &format!(
            "  As a scenario of the old policy:\n\n{}\n",
            safe_lines(&found.scenario(turn, Side::Old))
        );
        text += "  As a scenario of the new policy:\n\n";
    }
    text + &safe_lines(&found.scenario(turn, Side::New))
}

fn safe_lines(text: &str) -> String {
    text.lines().map(|line| format!("{}\n", safe(line))).collect()
}

fn moves_text(moved: &[Move], title: &str) -> String {
    if moved.is_empty() {
        return format!("\n{title}: none change\n");
    }
    let mut text = format!("\n{}\n", strong(format!("{title}: {} change", moved.len())));
    for one in moved {
        let line = format!("{}, {}: {}", one.title, one.assistance, words::turned(one.outcomes));
        text += &format!("{}\n", wrap(&safe(&line), width(), "  ", "    "));
        for rule in &one.rules {
            text += &format!("{}\n", wrap(&safe(&words::turning(rule)), width(), "    - ", "      "));
        }
    }
    text
}
