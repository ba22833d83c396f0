//! `placet completions` and `placet man`: the command described to a shell and to `man`.

use crate::failure::{Failure, out};
use crate::{Cli, Ended};
use clap::CommandFactory;
use clap_complete::Shell;
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

pub fn completions(args: &Completions) -> Ended {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "placet", &mut script);
    write(&script)
}

pub fn man(_: &Man) -> Ended {
    let mut page = Vec::new();
    let mut whole = Cli::command();
    whole.build();
    let failed = |error: std::io::Error| Failure::new(format!("the page cannot be written: {error}"));
    clap_mangen::Man::new(whole.clone()).render(&mut page).map_err(failed)?;
    for command in whole.get_subcommands().filter(|command| command.get_name() != "help") {
        let man = clap_mangen::Man::new(command.clone());
        man.render_name_section(&mut page).map_err(failed)?;
        man.render_synopsis_section(&mut page).map_err(failed)?;
        man.render_description_section(&mut page).map_err(failed)?;
        man.render_options_section(&mut page).map_err(failed)?;
    }
    write(&page)
}

fn write(bytes: &[u8]) -> Ended {
    out(&String::from_utf8_lossy(bytes))?;
    Ok(ExitCode::SUCCESS)
}
