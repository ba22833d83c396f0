//! `placet compile`: writes a policy in compiled form.

use crate::Ended;
use crate::load::Root;
use crate::save;
use std::path::PathBuf;
use std::process::ExitCode;

/// Compile a policy for the engine that web pages load
///
/// A compiled policy (.placetc) contains the rules with every phrase resolved, and the hash of each file that it was
/// compiled from. The deciding engine of the package for the web reads it. Decisions are the same as from the text. A later
/// version of Placet may refuse it; then compile the policy again. The command itself does not read compiled policies.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The policy
    policy: PathBuf,
    /// The file to write; its name should end in .placetc
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// The root folder; no file outside of it is read
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Example:
  placet compile policy.placet -o policy.placetc";

pub fn run(args: &Args) -> Ended {
    let root = Root::of(args.root.as_deref(), std::iter::once(args.policy.as_path()))?;
    let workspace = root.load(&root.file(&args.policy)?, &[])?;
    save::output(&args.output, workspace.compiled(), &root)?;
    Ok(ExitCode::SUCCESS)
}
