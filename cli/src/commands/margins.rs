//! `apportion margins`: how close was it?

use anyhow::{Context, Result};
use clap::Args;
use serde_json::{Value, json};

use crate::Ending;
use crate::insight::Closeness;
use crate::output::{Format, Output, STRONG, note, printable, wrapped};
use crate::source::Source;

/// How close it was: the fewest votes that change the result.
#[derive(Args)]
#[command(after_help = "\
Examples:
  apportion margins election.toml
  apportion margins election.toml --at Oslo      ballots and seats of one district
  apportion margins election.toml --last-seats   every district, closest first
  apportion margins votes.csv --method dhondt --seats 10 --format csv

One more by: so many more votes for that party alone, and it has a seat more
for certain. One fewer by: so many votes fewer, and it has lost one. A vote less
is not enough, but where it says \"at most\". All other votes stay as they are.

Status: 0 answered, 2 for unusable input.")]
pub(crate) struct Arguments {
    /// The seats of one region or district, with votes that change there
    #[arg(long, value_name = "PLACE")]
    at: Option<String>,
    /// The last seat of every place, and who is next
    #[arg(long, conflicts_with = "at")]
    last_seats: bool,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    source: Source,
}

impl Arguments {
    pub(crate) fn run(self) -> Result<Ending> {
        let election = self.source.election()?;
        let file = || self.source.file.display().to_string();
        let closeness = Closeness::new(&election, self.at.as_deref()).with_context(file)?;
        if self.last_seats {
            self.write_last_seats(&closeness).with_context(file)?;
        } else {
            self.write(&closeness).with_context(file)?;
        }
        Ok(Ending::Answered)
    }

    fn write(&self, closeness: &Closeness<'_>) -> Result<()> {
        let closest = closeness.closest()?;
        let Output { format, target } = &self.output;
        if *format == Format::Table {
            let mut out = target.styled()?;
            writeln!(out, "{STRONG}{}{STRONG:#}\n", wrapped(&closest))?;
            closeness.write_table(&mut *out)?;
            return Ok(out.flush()?);
        }
        let grid = closeness.parties()?;
        let mut out = target.plain()?;
        if matches!(format, Format::Json | Format::Jsonl) {
            let parties: Vec<Value> = grid.objects().collect();
            writeln!(out, "{}", json!({ "closest": closest, "parties": parties }))?;
        } else {
            grid.write(*format, &mut *out)?;
            note(&printable(&closest));
        }
        Ok(out.flush()?)
    }

    fn write_last_seats(&self, closeness: &Closeness<'_>) -> Result<()> {
        let Output { format, target } = &self.output;
        let grid = closeness.last_seats()?;
        let mut out = if *format == Format::Table { target.styled()? } else { target.plain()? };
        if *format == Format::Table {
            // The sentence names place and votes.
            grid.objects()
                .try_for_each(|row| writeln!(out, "{}", wrapped(row["what_happens"].as_str().unwrap_or_default())))?;
        } else {
            grid.write(*format, &mut *out)?;
        }
        Ok(out.flush()?)
    }
}
