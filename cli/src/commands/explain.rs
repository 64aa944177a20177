//! `apportion explain`: why these seats.

use anyhow::{Context, Result};
use clap::Args;

use crate::output::{STRONG, Target, printable};
use crate::source::Source;
use crate::{Ending, insight, library};

/// Why these seats: every step, in the order of the law.
#[derive(Args)]
#[command(after_help = "\
Examples:
  apportion explain election.toml
  apportion explain election.toml --at Oslo      one district in full
  apportion explain votes.csv --method hare --seats 98 --threshold 7%

Status: 0 answered, 2 for unusable input.")]
pub(crate) struct Arguments {
    /// What happened in one region or district
    #[arg(long, value_name = "PLACE")]
    at: Option<String>,
    #[command(flatten)]
    target: Target,
    #[command(flatten)]
    source: Source,
}

impl Arguments {
    pub(crate) fn run(self) -> Result<Ending> {
        let election = self.source.election()?;
        let file = || self.source.file.display().to_string();
        let outcome = election.outcome().with_context(file)?;
        let text = insight::explanation(&election, &outcome, self.at.as_deref()).with_context(file)?;
        let mut out = self.target.styled()?;
        let title = library::title(&election);
        if !title.is_empty() {
            writeln!(out, "{STRONG}{}{STRONG:#}\n", printable(&title))?;
        }
        for line in text.lines() {
            writeln!(out, "{}", printable(line))?;
        }
        out.flush()?;
        Ok(Ending::Answered)
    }
}
