//! `apportion man`: the manual's pages.

use std::io::Write;

use anyhow::{Context, Result};
use clap::{Args, CommandFactory};

use crate::Ending;
use crate::nearest;

/// Prints the manual's page of the program, or of a subcommand.
#[derive(Args)]
#[command(after_help = "\
Examples:
  apportion man | man -l -
  apportion man table > apportion-table.1")]
pub(crate) struct Arguments {
    /// A subcommand
    subcommand: Option<String>,
}

impl Arguments {
    pub(crate) fn run(self) -> Result<Ending> {
        let program = crate::Arguments::command();
        let version = program.get_version().unwrap_or_default().to_string();
        let command = match &self.subcommand {
            None => program,
            Some(name) => {
                let found = program.find_subcommand(name).cloned();
                let names = program.get_subcommands().map(clap::Command::get_name);
                let command =
                    found.with_context(|| format!("there is no subcommand {name:?}{}", nearest::hint(name, names)))?;
                command.name(format!("apportion-{name}")).bin_name(format!("apportion {name}")).version(version)
            }
        };
        let mut page = Vec::new();
        clap_mangen::Man::new(command).render(&mut page)?;
        std::io::stdout().lock().write_all(&page)?;
        Ok(Ending::Answered)
    }
}
