//! Answers an election written as a document: votes and a law in, seats out.
//!
//! ```sh
//! cargo run --example allocate -- examples/elections/kz-2012.toml
//! cargo run --example allocate -- votes.csv --method sainte-lague --seats 98 --threshold 5%
//! ```
//!
//! The document is described in the README; `--help` shows every option.

mod lines;
mod read;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow, bail};
use apportion::{Answer, Election, Ratio};
use clap::Parser;

/// Votes into seats, exactly: answers an election from a document or a CSV.
///
/// FILE is a document (.toml, .json), a table (.csv with the columns party and votes), or - for a document on standard
/// input. Ties stay open unless the document's rule settles them.
#[derive(Parser)]
#[command(after_help = "\
Examples:
  allocate examples/elections/kz-2012.toml           the table of one election
  allocate examples/elections/kz-2012.toml --json    the same for a program
  allocate votes.csv --method dhondt --seats 10      a table of votes needs a method and seats
  allocate votes.csv --method '{ divisor = \"modified-sainte-lague\", first = \"7/5\" }' --seats 10
  allocate votes.csv --law nl-2023                   a law of the catalogue, which the example laws lists
  allocate --jsonl elections.jsonl                   a document a line in, an answer a line out

A table of votes has the columns party and votes, and may have seats (on record), max, min, held, direct_seats, members
and minority (true).

Methods: hare, droop, hagenbach-bischoff, dhondt, sainte-lague, danish, adams, dean, huntington-hill, macau, or any
method of a document in braces.

Status: 0 when all was answered, 1 if --check found a difference, 2 for unusable input.")]
struct Arguments {
    /// The document, or - for standard input
    file: PathBuf,
    /// Read a document a line, and print an answer a line
    #[arg(long, conflicts_with_all = ["law", "method", "seats", "threshold"])]
    jsonl: bool,
    /// Print the answer as JSON
    #[arg(long)]
    json: bool,
    /// Compare with the seats on record; status 1 if any differ
    #[arg(long)]
    check: bool,
    /// Take the rule, and the seats where it has them, from this law of the catalogue
    #[arg(long, value_name = "ID", value_parser = read::law)]
    law: Option<apportion::Law>,
    /// Set or override the method
    #[arg(long, value_parser = read::method)]
    method: Option<apportion::AllocationMethod>,
    /// Set or override the number of seats
    #[arg(long)]
    seats: Option<u64>,
    /// Set or override the threshold: a share of the valid votes, such as 7%
    #[arg(long)]
    threshold: Option<Ratio>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let answered = if arguments.jsonl { lines::answer(&arguments.file, arguments.check) } else { one(&arguments) };
    match answered {
        Ok(status) => status,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {}: {error:#}", arguments.file.display());
            ExitCode::from(2)
        }
    }
}

/// Answers a single document.
fn one(arguments: &Arguments) -> Result<ExitCode> {
    let election = read::election(arguments)?;
    let outcome = election.outcome()?;
    let as_recorded = election.as_recorded(&outcome);
    let mut out = io::stdout().lock();
    if arguments.json {
        writeln!(out, "{}", serde_json::to_string(&election.answer())?)?;
    } else {
        let title = [election.name.as_deref(), election.date.as_deref()];
        let title: Vec<&str> = title.into_iter().flatten().collect();
        if !title.is_empty() {
            writeln!(out, "{}", title.join(", "))?;
        }
        let rule = &election.rule;
        match election.districts.len() {
            0 => writeln!(out, "{} seats by {}", rule.seats(), rule.method())?,
            districts => {
                writeln!(out, "{} seats in {districts} districts by {}", outcome.total_seats(), rule.method())?;
            }
        }
        writeln!(out, "\n{outcome}")?;
        for source in &election.sources {
            writeln!(out, "source: {source}")?;
        }
        match as_recorded {
            Some(true) => writeln!(out, "These are the seats on record.")?,
            Some(false) => writeln!(out, "{}", difference(&election, &outcome))?,
            None => {}
        }
    }
    match (arguments.check, as_recorded) {
        (true, Some(false)) => Ok(ExitCode::from(1)),
        (true, None) => bail!("--check needs seats on record, and the document has none"),
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// Where an outcome and the record differ, as a sentence.
fn difference(election: &Election, outcome: &apportion::Outcome) -> String {
    let differs = |outcome: &apportion::Outcome, recorded: &[Option<u64>], place: &str| -> Vec<String> {
        let parties = outcome.parties().iter().zip(recorded);
        let differing = parties.filter_map(|(party, recorded)| {
            let recorded = (*recorded)?;
            (recorded != party.certain()).then(|| format!("{place}{} {recorded}", party.name()))
        });
        differing.collect()
    };
    let mut differing = differs(outcome, &election.recorded, "");
    for (district, recorded) in outcome.districts().iter().zip(&election.recorded_in) {
        differing.extend(differs(district.outcome(), recorded, &format!("{}, ", district.name())));
    }
    for (name, recorded) in &election.national {
        if outcome.certain(name) != Some(*recorded) {
            differing.push(format!("{name} {recorded}"));
        }
    }
    format!("The record differs: {}.", differing.join(", "))
}

/// Whether whoever read the output has stopped reading, as `head` does.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
