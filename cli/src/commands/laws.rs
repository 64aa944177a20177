//! `apportion laws`: the catalogue.

use std::io::Write;

use anyhow::Result;
use apportion::Law;
use clap::Args;

use crate::grid::Grid;
use crate::output::{FAINT, Format, OPEN, Output, STRONG, printable, wrapped};
use crate::{Ending, library};

/// Lists the laws of the catalogue, or shows one.
///
/// With an ID it says the law in words, with its date, its sources and its doubts; with --toml as a document. `apportion
/// allocate --law ID` applies it.
#[derive(Args)]
#[command(after_help = "\
Examples:
  apportion laws                                 every law, a line each
  apportion laws nl-2023                         one law in words
  apportion laws nl-2023 --toml                  one law as a document
  apportion laws --format csv > laws.csv

A law marked * is unverified: no text of the statute was read.

Status: 0 answered, 2 where there is no such law.")]
pub(crate) struct Arguments {
    /// The id of a law, such as nl-2023
    id: Option<String>,
    /// Print the law as a document
    #[arg(long, requires = "id", conflicts_with = "format")]
    toml: bool,
    #[command(flatten)]
    output: Output,
}

impl Arguments {
    pub(crate) fn run(self) -> Result<Ending> {
        let Output { format, target } = &self.output;
        let mut out = if *format == Format::Table && !self.toml { target.styled()? } else { target.plain()? };
        match &self.id {
            Some(id) if self.toml => write!(out, "{}", library::law_text(id)?)?,
            Some(id) => {
                let law = library::law_of(id)?;
                match format {
                    Format::Json | Format::Jsonl => writeln!(out, "{}", serde_json::to_string(&law)?)?,
                    Format::Table => write_words(&law, &mut *out)?,
                    _ => list(&[law], *format).write(*format, &mut *out)?,
                }
            }
            None => {
                let laws = library::laws().iter().map(|(id, _)| library::law_of(id));
                list(&laws.collect::<Result<Vec<_>>>()?, *format).write(*format, &mut *out)?;
            }
        }
        out.flush()?;
        Ok(Ending::Answered)
    }
}

/// A row a law.
fn list(laws: &[Law], format: Format) -> Grid {
    if format == Format::Table {
        let mut grid = Grid::new(["id", "seats", "in force", "law"]);
        for law in laws {
            // The day is in the document; a line is 80 columns wide.
            let date: String = law.date.chars().take(4).collect();
            let mark = if law.unverified { "* " } else { "" };
            let name = shortened(&format!("{mark}{}", law.name), 40);
            grid.push(vec![law.id.as_str().into(), law.seats.into(), date.into(), name.into()]);
        }
        return grid;
    }
    let mut grid = Grid::new(["id", "seats", "in force", "law", "in words", "unverified"]);
    for law in laws {
        let words = law.own_rule().to_string().replace('\n', " ");
        let texts = [law.date.as_str().into(), law.name.as_str().into(), words.into(), law.unverified.into()];
        grid.push([law.id.as_str().into(), law.seats.into()].into_iter().chain(texts).collect());
    }
    grid
}

/// What a person reads of one law.
fn write_words(law: &Law, out: &mut dyn Write) -> Result<()> {
    let in_force = format!("{} ({}, in force {})", law.name, law.id, law.date);
    writeln!(out, "{STRONG}{}{STRONG:#}", wrapped(&in_force))?;
    for tier in law.own_rule().to_string().lines() {
        writeln!(out, "{}", wrapped(tier))?;
    }
    if law.unverified {
        writeln!(out, "{OPEN}Unverified: no text of the statute was read.{OPEN:#}")?;
    }
    if let Some(note) = &law.note {
        writeln!(out, "\n{}", wrapped(note))?;
    }
    writeln!(out)?;
    for source in &law.sources {
        writeln!(out, "{FAINT}source: {}{FAINT:#}", printable(source))?;
    }
    Ok(())
}

/// A text of at most so many letters.
fn shortened(text: &str, most: usize) -> String {
    let text = printable(text);
    if text.chars().count() <= most { text } else { text.chars().take(most - 1).chain(['…']).collect() }
}
