//! `placet fmt`: formats files.

use crate::Ended;
use crate::failure::Failure;
use crate::load::Root;
use crate::output::{finish, remark};
use crate::render;
use crate::save;
use placet::diagnostic::any_error;
use placet::span::Sources;
use placet::syntax;
use std::path::PathBuf;

/// Format files: spaces, indentation, blank lines
///
/// Comments keep their places, and no word changes. A file with syntax errors is left as it is.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// .placet files, or folders of them
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Change nothing; list the files that are not formatted
    #[arg(long)]
    check: bool,
    /// The root folder; no file outside of it is read
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  placet fmt rules/
  placet fmt rules/ --check

Exit codes: 0 done, 1 some files are not formatted (with --check), 2 could not run.";

pub fn run(args: &Args) -> Ended {
    let root = Root::of(args.root.as_deref(), args.paths.iter().map(PathBuf::as_path))?;
    let (mut disorder, mut errors) = (Vec::new(), Vec::new());
    let mut sources = Sources::default();
    for name in root.files(&args.paths)? {
        let text = root.text(&name)?;
        let id = sources.add(&name, text.as_str());
        let file = syntax::parse(id, &text);
        if any_error(&file.problems) {
            errors.extend(file.problems);
            continue;
        }
        let ordered = syntax::format(&file, &text);
        // Line endings and a byte order mark are not part of the format. A file keeps its line endings.
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        if ordered == text.replace("\r\n", "\n") {
            continue;
        }
        if !args.check {
            let ordered = if text.contains("\r\n") { ordered.replace('\n', "\r\n") } else { ordered };
            save::replace(&root.path(&name), &ordered)?;
        }
        disorder.push(name);
    }
    let found = args.check && !disorder.is_empty();
    let names: String = disorder.iter().map(|name| format!("{name}\n")).collect();
    let ended = finish(&names, found)?;
    if !errors.is_empty() {
        return Err(Failure::Findings { findings: errors, sources: Box::new(sources) });
    }
    if found {
        remark(&render::faint("not formatted; `placet fmt` formats them"));
    }
    Ok(ended)
}

impl Root {
    /// Returns the text of one file in the language.
    fn text(&self, name: &str) -> Result<String, Failure> {
        let bytes = self.bytes(name)?;
        let text =
            syntax::read_bytes(name, &bytes).map_err(|unreadable| Failure::new(unreadable.to_string()))?;
        Ok(text.into_owned())
    }
}
