//! `apportion laws`: the catalogue.

use anyhow::{Result, anyhow};
use clap::Args;
use serde::Deserialize;

use crate::grid::Grid;
use crate::output::{Format, Output, printable};
use crate::{Ending, library};

/// Lists the laws of the catalogue, or shows one.
///
/// With an ID it prints the law as a document, with its date, its sources and its doubts. `apportion allocate --law ID`
/// applies it.
#[derive(Args)]
#[command(after_help = "\
Examples:
  apportion laws                                 every law, a line each
  apportion laws nl-2023                         one law, as a document
  apportion laws --format csv > laws.csv

Status: 0 answered, 2 where there is no such law.")]
pub(crate) struct Arguments {
    /// The id of a law, such as nl-2023
    id: Option<String>,
    #[command(flatten)]
    output: Output,
}

/// What the list shows of a law.
#[derive(Deserialize)]
struct Entry {
    name: String,
    date: String,
    seats: Option<u64>,
}

impl Arguments {
    pub(crate) fn run(self) -> Result<Ending> {
        let Output { format, target } = &self.output;
        if let Some(id) = &self.id {
            let text = library::law_text(id)?;
            let mut out = target.plain()?;
            match format {
                Format::Json | Format::Jsonl => {
                    let law: serde_json::Value = toml::from_str(text).map_err(|error| anyhow!("{id}: {error}"))?;
                    writeln!(out, "{law}")?;
                }
                _ => write!(out, "{text}")?,
            }
            out.flush()?;
            return Ok(Ending::Answered);
        }
        let mut grid = Grid::new(["id", "seats", "in force", "law"]);
        for (id, text) in library::laws() {
            let law: Entry = toml::from_str(text).map_err(|error| anyhow!("{id}: {error}"))?;
            let date = match format {
                // The day is in the document; a line is 80 columns wide.
                Format::Table => law.date.chars().take(4).collect(),
                _ => law.date,
            };
            let name = if *format == Format::Table { shortened(&law.name, 40) } else { law.name };
            grid.push(vec![(*id).into(), law.seats.into(), date.into(), name.into()]);
        }
        let mut out = if *format == Format::Table { target.styled()? } else { target.plain()? };
        grid.write(*format, &mut *out)?;
        out.flush()?;
        Ok(Ending::Answered)
    }
}

/// A text of at most so many letters.
fn shortened(text: &str, most: usize) -> String {
    let text = printable(text);
    if text.chars().count() <= most { text } else { text.chars().take(most - 1).chain(['…']).collect() }
}
