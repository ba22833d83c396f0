//! `placet completions`, `placet man` and `placet schema`: describe the command to a shell and to `man`, and its data
//! formats to other programs.

use crate::failure::Failure;
use crate::output::{out, why};
use crate::{Cli, Ended};
use clap::{CommandFactory, ValueEnum};
use clap_complete::Shell;
use placet::wire::{DECISION_SCHEMA, DIFF_SCHEMA, DOSSIER_SCHEMA};
use std::process::ExitCode;

/// Write a completion script for a shell
///
/// For bash: placet completions bash > ~/.local/share/bash-completion/completions/placet
#[derive(clap::Args)]
pub struct Completions {
    /// The shell
    shell: Shell,
}

/// Write the manual page, in the form that `man` reads
///
/// To read it at once: placet man | man -l -
#[derive(clap::Args)]
pub struct Man {}

/// Write the JSON Schema of a data format, every field documented
#[derive(clap::Args)]
pub struct Schema {
    /// The format
    #[arg(value_enum)]
    format: Described,
}

#[derive(Clone, Copy, ValueEnum)]
enum Described {
    /// Dossiers, as `decide` reads them
    Dossier,
    /// Decisions, as `decide --format json` writes them
    Decision,
    /// Comparisons of policies, as `diff --format json` writes them
    Diff,
}

pub fn schema(args: &Schema) -> Ended {
    write(match args.format {
        Described::Dossier => DOSSIER_SCHEMA,
        Described::Decision => DECISION_SCHEMA,
        Described::Diff => DIFF_SCHEMA,
    })
}

pub fn completions(args: &Completions) -> Ended {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "placet", &mut script);
    write(&String::from_utf8_lossy(&script))
}

pub fn man(_: &Man) -> Ended {
    let mut page = Vec::new();
    let mut whole = Cli::command();
    whole.build();
    let failed = |error: std::io::Error| Failure::new(format!("the page cannot be written: {}", why(&error)));
    clap_mangen::Man::new(whole.clone()).render(&mut page).map_err(failed)?;
    for command in whole.get_subcommands().filter(|command| command.get_name() != "help") {
        let man = clap_mangen::Man::new(command.clone());
        man.render_name_section(&mut page).map_err(failed)?;
        man.render_synopsis_section(&mut page).map_err(failed)?;
        man.render_description_section(&mut page).map_err(failed)?;
        man.render_options_section(&mut page).map_err(failed)?;
    }
    write(&String::from_utf8_lossy(&page))
}

fn write(text: &str) -> Ended {
    out(text)?;
    Ok(ExitCode::SUCCESS)
}
