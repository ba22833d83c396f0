//! `placet ask`: an interview that asks only questions that still matter, the most informative first.

use crate::Ended;
use crate::answer::{Interview, Source};
use crate::failure::Failure;
use crate::job::{Item, types};
use crate::load::{self, Root};
use crate::output::{named, out, why};
use crate::overview::Sheet;
use crate::render::{foot, safe};
use crate::save;
use crate::targets::id_of;
use placet::evidence::{self, Dossier};
use placet::id::KindId;
use placet::policy::Policy;
use placet::span::FileId;
use placet::syntax;
use placet::text::same;
use placet::value::Date;
use placet::workspace::Workspace;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Ask the questions that still matter, one at a time, and write a dossier with the answers
///
/// Each question shows why it is asked. Answer yes, no or a value; press Enter for "don't know"; or enter `sources
/// disagree`, `back`, `stop` or `help`. The interview ends with the verdict and a dossier with the answers.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The policy file
    policy: PathBuf,
    /// A dossier to start from
    dossier: Option<PathBuf>,
    /// Only this type of assistance; may be repeated
    #[arg(long, value_name = "TYPE")]
    assistance: Vec<String>,
    /// The day for which to decide, such as 2016-02-15, or `today`
    #[arg(long, value_name = "DATE", value_parser = load::date)]
    as_of: Option<Date>,
    /// The file to write the dossier to; else it is printed after the verdict
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// The root folder; no file outside of it is read
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  placet ask policy.placet --as-of 2016-02-15 --out group.placet
  placet ask policy.placet group.placet --assistance training";

pub fn run(args: &Args) -> Ended {
    let paths = std::iter::once(&args.policy).chain(&args.dossier).map(PathBuf::as_path);
    let root = Root::of(args.root.as_deref(), paths)?;
    if let Some(path) = args.out.as_ref().filter(|path| path.exists()) {
        return Err(Failure::with_help(format!("{} exists already", named(path)), "name another file"));
    }
    let dossiers = match &args.dossier {
        Some(path) => vec![root.file(path)?],
        None => Vec::new(),
    };
    let mut loaded = root.load(&root.file(&args.policy)?, &dossiers)?;
    let chosen = types(&loaded.policy, &args.assistance, std::slice::from_ref(&loaded))?;
    let mut source = Source::default();
    let place = subject(&mut loaded, args.dossier.as_deref(), &mut source)?;
    let as_of = day(args.as_of, &loaded, place, &mut source)?;
    if let Some(dossier) = loaded.evidence.dossiers.get_mut(place) {
        dossier.as_of = Some(as_of);
    }
    let types = chosen.as_deref();
    let forms = Arc::clone(loaded.forms());
    let Workspace { policy, evidence, .. } = &mut loaded;
    Interview { policy, forms: &forms, evidence, place, as_of, types, titles: BTreeMap::new() }
        .hold(&mut source)?;
    let text = written(&root, &loaded, place, args.out.as_deref())?;
    if let Some(path) = &args.out {
        save::create(path, &text)?;
    }
    let Some(dossier) = loaded.evidence.dossiers.get(place) else { return Ok(ExitCode::SUCCESS) };
    let id = dossier.id.clone();
    let item = Item { loaded: &loaded, subject: &id, as_of };
    let made = item.decide_briefly(types)?;
    let sheet = Sheet::new(&loaded, &[&item], types);
    let file = args.out.as_ref().map_or_else(|| "DOSSIER".to_owned(), named);
    let reasons = format!("placet decide {} {file} --explain", named(&args.policy));
    out(&format!("\n{}{}{}", sheet.head(), sheet.subject(&made), foot(&loaded.policy, &reasons)))?;
    match &args.out {
        Some(path) => out(&format!("The dossier is in {}\n", named(path)))?,
        None => out(&text)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Returns the text of the dossier, for a file at `path` or, without a path, for a file in the current folder.
fn written(root: &Root, loaded: &Workspace, place: usize, path: Option<&Path>) -> Result<String, Failure> {
    let Some(dossier) = loaded.evidence.dossiers.get(place) else { return Ok(String::new()) };
    let folder = path.and_then(Path::parent).filter(|parent| !parent.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let folder = fs::canonicalize(folder)
        .map_err(|error| Failure::new(format!("{}: {}", named(folder), why(&error))))?;
    let mut uses = Vec::new();
    for name in loaded.used(dossier) {
        uses.push(relative(&folder, &root.path(name))?);
    }
    let text = evidence::print(dossier, &loaded.policy.vocabulary, &uses)
        .map_err(|error| Failure::new(error.to_string()))?;
    let text = text + &loaded.own_words(dossier);
    Ok(syntax::format(&syntax::parse(FileId(0), &text), &text))
}

/// Returns the index of the dossier that answers are added to: the given one, else a new one.
fn subject(loaded: &mut Workspace, given: Option<&Path>, source: &mut Source) -> Result<usize, Failure> {
    if let Some(path) = given {
        let [only] = loaded.subjects.as_slice() else {
            let what =
                format!("{} has {} dossiers that the policy is about", named(path), loaded.subjects.len());
            return Err(Failure::with_help(what, "give a file with exactly one such dossier"));
        };
        let place = loaded.evidence.dossiers.iter().position(|dossier| dossier.id == *only);
        return place.ok_or_else(|| Failure::new("the dossier was not found"));
    }
    let kind = kind(&loaded.policy, source)?;
    let name = loaded.policy.vocabulary.kinds.find(kind).map_or("", |kind| &kind.name);
    let title =
        source.text(&format!("What is the {} called?", safe(name)))?.unwrap_or_else(|| format!("The {name}"));
    loaded.evidence.dossiers.push(Dossier::empty(id_of(&title), title, kind));
    Ok(loaded.evidence.dossiers.len() - 1)
}

fn kind(policy: &Policy, source: &mut Source) -> Result<KindId, Failure> {
    if let [only] = policy.about.as_slice() {
        return Ok(*only);
    }
    let kinds: Vec<(KindId, &str)> = policy
        .about
        .iter()
        .filter_map(|id| Some((*id, policy.vocabulary.kinds.find(*id)?.name.as_str())))
        .collect();
    let names: Vec<&str> = kinds.iter().map(|(_, name)| *name).collect();
    loop {
        let Some(answer) = source.text(&format!("What is it about: {}?", names.join(" or ")))? else {
            return Err(Failure::new("the interview ended before its subject was known"));
        };
        if let Some((id, _)) = kinds.iter().find(|(_, name)| same(name, &answer)) {
            return Ok(*id);
        }
        out(&format!("  unknown kind \"{}\"; answer {}\n", safe(&answer), names.join(" or ")))?;
    }
}

fn day(given: Option<Date>, loaded: &Workspace, place: usize, source: &mut Source) -> Result<Date, Failure> {
    if let Some(day) = given.or(loaded.evidence.dossiers.get(place).and_then(|dossier| dossier.as_of)) {
        return Ok(day);
    }
    loop {
        let Some(answer) = source.text("What is the date of the decision? (such as 2016-02-15, or today)")?
        else {
            return Err(Failure::with_help("the date of the decision is missing", "give --as-of"));
        };
        match load::date(&answer) {
            Ok(day) => return Ok(day),
            Err(help) => out(&format!("  {help}\n"))?,
        }
    }
}

/// Returns a path relative to a folder, with `/` as the separator, as a `use` line has it.
fn relative(folder: &Path, path: &Path) -> Result<String, Failure> {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let shared = folder.components().zip(path.components()).take_while(|(one, other)| one == other).count();
    let up = folder.components().skip(shared).map(|_| Some(".."));
    let down = path.components().skip(shared).map(|part| part.as_os_str().to_str());
    let parts: Option<Vec<&str>> = up.chain(down).collect();
    let not_utf8 =
        || Failure::new(format!("the name of {} is not valid UTF-8, so no file can use it", named(&path)));
    parts.map(|parts| parts.join("/")).ok_or_else(not_utf8)
}
