//! `apportion margins`: how close was it?

use anyhow::{Context, Result};
use clap::Args;
use serde_json::{Value, json};

use crate::output::{Format, Output, STRONG, note, printable, wrapped};
use crate::source::Source;
use crate::{Ending, library};

/// How close it was: the fewest votes that change the result.
#[derive(Args)]
#[command(after_help = "\
Examples:
  apportion margins election.toml
  apportion margins votes.csv --method dhondt --seats 10 --format csv

One more by: so many more votes for that party alone, and it has a seat more
for certain. One fewer by: so many votes fewer, and it has lost one. A vote less
is not enough. All other votes stay as they are.

Status: 0 answered, 2 for unusable input.")]
pub(crate) struct Arguments {
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    source: Source,
}

impl Arguments {
    pub(crate) fn run(self) -> Result<Ending> {
        let election = self.source.election()?;
        let (closest, grid) = library::margins(&election).with_context(|| self.source.file.display().to_string())?;
        let closest = closest.map_or("No change of votes changes the result.".to_string(), |closest| {
            format!("The closest change: {closest}.")
        });
        let Output { format, target } = &self.output;
        if matches!(format, Format::Json | Format::Jsonl) {
            let parties: Vec<Value> = grid.objects().collect();
            let mut out = target.plain()?;
            writeln!(out, "{}", json!({ "closest": closest, "parties": parties }))?;
            out.flush()?;
        } else if *format == Format::Table {
            let mut out = target.styled()?;
            writeln!(out, "{STRONG}{}{STRONG:#}\n", wrapped(&closest))?;
            grid.write(*format, &mut *out)?;
            out.flush()?;
        } else {
            let mut out = target.plain()?;
            grid.write(*format, &mut *out)?;
            out.flush()?;
            note(&printable(&closest));
        }
        Ok(Ending::Answered)
    }
}
