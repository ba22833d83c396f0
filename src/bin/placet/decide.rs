//! `placet decide`: verdicts on dossiers under a policy.

use crate::Ended;
use crate::failure::Failure;
use crate::job::{Args, Format, Item, plan, types};
use crate::load::Root;
use crate::manifest::{Binder, refuse_existing};
use crate::output::{out, remark};
use crate::progress::Progress;
use crate::render::foot;
use crate::{explain, overview, stream};
use placet::id::AssistanceId;
use placet::wire::canonical::{self, Hashes};
use placet::wire::{decision, decision_csv, decision_markdown};
use placet::workspace::Workspace;
use std::path::PathBuf;
use std::process::ExitCode;

pub fn run(args: &Args) -> Ended {
    let tables = stream::tables(args);
    refuse_existing(args.manifest.as_ref())?;
    if !tables.is_empty() {
        return stream::run(args, &tables);
    }
    let paths = std::iter::once(&args.policy).chain(&args.dossiers).map(PathBuf::as_path);
    let root = Root::of(args.root.as_deref(), paths)?;
    let dossiers = root.dossiers(&args.dossiers)?;
    let mut loaded = Vec::new();
    for policy in root.policies(&args.policy)? {
        loaded.push(root.load(&policy, &dossiers)?);
    }
    let (items, not_in_force) = plan(&loaded, args.as_of)?;
    for policy in &loaded {
        types(&policy.policy, &args.assistance, &loaded)?;
    }
    for line in &not_in_force {
        remark(line);
    }
    let mut binder = Binder::new(&loaded, args);
    let progress = Progress::start(items.len());
    match args.format {
        Format::Text => text(&items, args, &loaded, &mut binder, &progress)?,
        Format::Json => {
            let (items, several) =
                decision::by_document(items.iter().collect(), |item| (&*item.loaded.policy, item.as_of));
            let mut stream = decision::Stream::new(several);
            for item in items {
                let decision = item.decide(chosen_types(item, args, &loaded)?.as_deref())?;
                progress.out(&stream.add(&binder.bind(item, decision)))?;
            }
            progress.end();
            out(&stream.end())?;
        }
        Format::Canonical => {
            let mut hashes = Hashes::default();
            for item in &items {
                binder.count(item);
                progress.out(&canonical::line(&item.decide_briefly(Some(&[]))?, &mut hashes))?;
            }
        }
        Format::Ndjson | Format::Csv | Format::Markdown => {
            if args.format == Format::Csv {
                out(&decision_csv::header())?;
            }
            for item in &items {
                let types = chosen_types(item, args, &loaded)?;
                let types = types.as_deref();
                let decision =
                    if args.format == Format::Csv { item.decide_briefly(types) } else { item.decide(types) };
                let decision = binder.bind(item, decision?);
                progress.out(&match args.format {
                    Format::Csv => decision_csv::write(&decision),
                    Format::Ndjson => decision::write_line(&decision),
                    _ => decision_markdown::write(&decision) + "\n",
                })?;
            }
        }
    }
    progress.end();
    binder.end(args)?;
    Ok(ExitCode::SUCCESS)
}

fn text<'a>(
    items: &[Item<'a>],
    args: &Args,
    all: &[Workspace],
    binder: &mut Binder<'a>,
    progress: &Progress,
) -> Result<(), Failure> {
    for loaded in all {
        let here: Vec<&Item<'a>> = items.iter().filter(|item| std::ptr::eq(item.loaded, loaded)).collect();
        if here.is_empty() {
            continue;
        }
        let chosen = types(&loaded.policy, &args.assistance, all)?;
        let sheet = overview::Sheet::new(loaded, &here, chosen.as_deref());
        if !args.explain {
            out(&sheet.head())?;
        }
        for item in here {
            let types = chosen.as_deref();
            progress.out(&if args.explain {
                explain::write(&binder.bind(item, item.decide(types)?))
            } else {
                binder.count(item);
                sheet.subject(&item.decide_briefly(types)?)
            })?;
        }
        if !args.explain {
            out(&foot(&loaded.policy, "--explain."))?;
        }
    }
    Ok(())
}

fn chosen_types(
    item: &Item<'_>,
    args: &Args,
    all: &[Workspace],
) -> Result<Option<Vec<AssistanceId>>, Failure> {
    types(&item.loaded.policy, &args.assistance, all)
}
