//! `apportion completions`: for shells.

use std::io::Write;

use anyhow::Result;
use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::Ending;

/// Prints completions for a shell.
#[derive(Args)]
#[command(after_help = "\
Examples:
  apportion completions bash > /etc/bash_completion.d/apportion
  apportion completions zsh > ~/.zfunc/_apportion
  apportion completions fish > ~/.config/fish/completions/apportion.fish")]
pub(crate) struct Arguments {
    /// The shell
    shell: Shell,
}

impl Arguments {
    pub(crate) fn run(self) -> Result<Ending> {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut crate::Arguments::command(), "apportion", &mut text);
        std::io::stdout().lock().write_all(&text)?;
        Ok(Ending::Answered)
    }
}
