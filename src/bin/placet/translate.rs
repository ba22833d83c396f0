//! `placet translate`: writes the texts of a policy that are not translated yet, ready to be filled in.

use crate::Ended;
use crate::load::Root;
use crate::output::{out, remark};
use placet::policy;
use placet::syntax::write;
use placet::value::language_tag;
use placet::workspace::Workspace;
use std::path::PathBuf;
use std::process::ExitCode;

/// Write the texts of a policy that are not translated yet
///
/// Writes a translation block with each text that an official can be shown and that has no translation, in reading
/// order. The English text is repeated in the place of its translation: overwrite it.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The policy
    policy: PathBuf,
    /// The language, by its tag
    #[arg(long, value_name = "TAG", value_parser = tag)]
    lang: String,
    /// The root folder; no file outside of it is read
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  placet translate policy.placet --lang fr > fr.placet      then: use \"fr.placet\" in the policy
  placet translate policy.placet --lang fr >> fr.placet     texts added since";

pub fn run(args: &Args) -> Ended {
    let root = Root::of(args.root.as_deref(), [args.policy.as_path()])?;
    let Workspace { policy, .. } = root.load(&root.file(&args.policy)?, &[])?;
    let left = policy::untranslated(&policy, &args.lang);
    if left.is_empty() {
        remark(&format!("{} is completely translated into {}", policy.id, args.lang));
        return Ok(ExitCode::SUCCESS);
    }
    let known = policy.translations.iter().find(|translation| translation.language == args.lang);
    let name = known.and_then(|known| known.name.as_ref()).map(|name| format!(" {}", write::text(name)));
    let entries: String =
        left.iter().map(|text| format!("  {text}\n    {text}\n", text = write::text(text))).collect();
    out(&format!("translation {}{}\n{entries}", args.lang, name.unwrap_or_default()))?;
    Ok(ExitCode::SUCCESS)
}

/// Returns a language tag from the command line in its canonical spelling.
fn tag(text: &str) -> Result<String, String> {
    language_tag(text).ok_or_else(|| "expected a language tag, such as `fr`, `ar` or `pt-BR`".to_owned())
}
