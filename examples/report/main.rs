//! One page about one election: result, pictures, steps, margins, and what other methods would give.
//!
//! Reads an election document and writes a page of HTML that needs nothing beside it. Without a document it is about
//! Kazakhstan's Majilis of 15 January 2012 (sources in examples/elections/kz-2012.toml).
//!
//! ```sh
//! cargo run --example report -- --out report.html
//! cargo run --example report -- examples/elections/kz-2023.toml --colour "Amanat=#0af" --out report.html
//! ```
//!
//! Next: `cargo run --example explain` prints the steps on the terminal, `--example margins` how close it was.

mod page;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use apportion::Election;
use apportion::insight::picture::Colours;
use clap::Parser;

/// Writes one self-contained HTML page about an election: result, pictures, steps, margins, other methods.
#[derive(Parser)]
#[command(after_help = "\
Examples:
  report                                          Kazakhstan 2012, on standard output
  report examples/elections/kz-2023.toml --out report.html
  report election.json --colour 'Greens=#0a0' --colour 'Reds=#c00' --out report.html

The document is described in the README. Status: 0 when the page was written, 2 for unusable input.")]
struct Arguments {
    /// The election document (.toml or .json); Kazakhstan 2012 without one
    file: Option<PathBuf>,
    /// Where to write the page; standard output without it
    #[arg(long)]
    out: Option<PathBuf>,
    /// A party's colour, as NAME=COLOUR; may be repeated
    #[arg(long, value_parser = colour)]
    colour: Vec<(String, String)>,
}

fn colour(text: &str) -> Result<(String, String)> {
    let (party, colour) = text.rsplit_once('=').context("a colour is written NAME=COLOUR")?;
    Ok((party.to_string(), colour.to_string()))
}

fn main() -> ExitCode {
    match write(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn write(arguments: &Arguments) -> Result<()> {
    let election = match &arguments.file {
        None => toml::from_str(include_str!("../elections/kz-2012.toml"))?,
        Some(file) => read(file).with_context(|| file.display().to_string())?,
    };
    // The insights read one tally; with alliances or districts they would explain other seats.
    if !election.alliances.is_empty() || !election.districts.is_empty() {
        bail!("the election has alliances or districts, which this page does not cover");
    }
    let mut colours = Colours::new();
    for (party, colour) in &arguments.colour {
        if election.tally.votes(party).is_none() {
            bail!("--colour names {party:?}, but no such party stands");
        }
        colours = colours.with(party, colour);
    }
    let page = page::page(&election, &colours)?;
    match &arguments.out {
        Some(file) => fs::write(file, page).with_context(|| file.display().to_string())?,
        None => match io::stdout().lock().write_all(page.as_bytes()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
            written => written?,
        },
    }
    Ok(())
}

fn read(file: &Path) -> Result<Election> {
    let text = fs::read_to_string(file)?;
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("toml") => Ok(toml::from_str(&text)?),
        Some("json") => Ok(serde_json::from_str(&text)?),
        _ => bail!("the file's name should end with .toml or .json"),
    }
}
