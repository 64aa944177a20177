//! `apportion seats`: votes into seats by a method alone.

use std::path::Path;

use anyhow::{Context, Result, bail};
use apportion::AllocationMethod;
use clap::Args;
use serde_json::{Value, json};

use crate::grid::Grid;
use crate::output::{Format, OPEN, Output, counted, note_names, printable};
use crate::reader::why_not;
use crate::source::{self, TableOptions};
use crate::votes::Votes;
use crate::{Ending, document, method};

/// Votes into seats by a method alone.
///
/// Votes are arguments, NUMBER or NAME=NUMBER; or they stand on standard input, a number a line or as a table with the
/// columns party and votes.
#[derive(Args)]
#[command(after_help = "\
Examples:
  apportion seats dhondt 7 340 280 160 60
  apportion seats \"D'Hondt\" 7 A=340 B=280 C=160 D=60
  apportion seats hare 98 < votes.csv
  apportion seats 'modified Sainte-Laguë 7/5' 19 --format json < votes.csv

Status: 0 answered, 1 if a tie is open with --strict, 2 for unusable input.")]
pub(crate) struct Arguments {
    /// The method: dhondt, sainte-lague, hare, …
    #[arg(value_parser = method::named)]
    method: AllocationMethod,
    /// The number of seats
    seats: u64,
    /// The votes; read from standard input if there are none
    votes: Vec<String>,
    /// Status 1 if a tie is open
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    table: TableOptions,
}

impl Arguments {
    pub(crate) fn run(self) -> Result<Ending> {
        let votes = match self.votes[..] {
            [] => on_standard_input(&self.table).context("-")?,
            _ => of_arguments(&self.votes)?,
        };
        note_names(votes.iter().map(|(name, _)| name.as_str()));
        let counts: Vec<u64> = votes.iter().map(|(_, votes)| *votes).collect();
        let allocation = self.method.allocate(&counts, self.seats)?;
        let tied = |party: usize| allocation.tie().is_some_and(|tie| tie.parties().contains(&party));
        let mut grid = Grid::new(["party", "votes", "seats"]);
        for (party, ((name, votes), &seats)) in votes.iter().zip(allocation.certain()).enumerate() {
            let seats: Value = match self.output.format {
                Format::Table | Format::Markdown if tied(party) => format!("{seats} or {}", seats + 1).into(),
                _ => seats.into(),
            };
            grid.push(vec![name.clone().into(), (*votes).into(), seats]);
        }
        let tie = allocation.tie().map(|tie| {
            let names: Vec<&str> = tie.parties().iter().map(|&party| votes[party].0.as_str()).collect();
            (names, tie.seats())
        });
        self.write(&grid, tie.as_ref().map(|(names, seats)| (&names[..], *seats)))?;
        Ok(if self.strict && tie.is_some() { Ending::Differs } else { Ending::Answered })
    }

    fn write(&self, grid: &Grid, tie: Option<(&[&str], u64)>) -> Result<()> {
        let Output { format, target } = &self.output;
        match format {
            Format::Table => {
                let mut out = target.styled()?;
                grid.write(*format, &mut *out)?;
                if let Some((parties, seats)) = tie {
                    let seats = counted(seats, "seat is", "seats are");
                    let parties = printable(&parties.join(", "));
                    writeln!(out, "{OPEN}{seats} tied between {parties}{OPEN:#}")?;
                }
                Ok(out.flush()?)
            }
            Format::Json | Format::Jsonl => {
                let parties = grid.objects().map(|mut row| {
                    // As in every other answer.
                    json!({ "name": row["party"].take(), "votes": row["votes"], "seats": row["seats"] })
                });
                let parties: Vec<Value> = parties.collect();
                let ties = tie.map(|(parties, seats)| json!({ "parties": parties, "seats": seats }));
                let ties: Vec<Value> = ties.into_iter().collect();
                let mut out = target.plain()?;
                writeln!(out, "{}", json!({ "seats": self.seats, "parties": parties, "ties": ties }))?;
                Ok(out.flush()?)
            }
            _ => {
                let mut out = target.plain()?;
                grid.write(*format, &mut *out)?;
                if let Some((parties, seats)) = tie {
                    let seats = counted(seats, "seat is", "seats are");
                    crate::output::note(&format!("{seats} tied between {}", printable(&parties.join(", "))));
                }
                Ok(out.flush()?)
            }
        }
    }
}

/// Votes as NUMBER or NAME=NUMBER; parties without names are numbered.
fn of_arguments(arguments: &[String]) -> Result<Vec<(String, u64)>> {
    let mut votes: Vec<(String, u64)> = Vec::new();
    for (place, argument) in (1..).zip(arguments) {
        let (name, number) = match argument.rsplit_once('=') {
            Some((name, number)) => (name.to_string(), number),
            None => (place.to_string(), argument.as_str()),
        };
        if votes.iter().any(|(there, _)| *there == name) {
            bail!("the party {name:?} is there twice");
        }
        match number.parse() {
            Ok(number) => votes.push((name, number)),
            Err(_) => bail!("{number:?} is not a whole number of votes{}", why_not(number)),
        }
    }
    Ok(votes)
}

/// Votes on standard input: a table, or a number a line.
fn on_standard_input(table: &TableOptions) -> Result<Vec<(String, u64)>> {
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut source::stream(Path::new("-"))?, &mut bytes)?;
    let text = document::utf8(&bytes)?;
    let first = text.trim_start().chars().next();
    if first.is_some_and(|first| !first.is_ascii_digit()) {
        return Votes::read(&bytes[..], table.delimiter)?.into_votes();
    }
    let mut votes = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let cell = line.trim();
        if cell.is_empty() {
            continue;
        }
        match cell.parse() {
            Ok(count) => votes.push(((votes.len() + 1).to_string(), count)),
            Err(_) => bail!("line {number}: {cell:?} is not a whole number of votes{}", why_not(cell)),
        }
    }
    Ok(votes)
}
