//! How close it was: the fewest votes that would have changed a real election.
//!
//! The elections are those of tests/data/elections.jsonl, where each has its sources; without an argument the closest of
//! them is taken.
//!
//! ```sh
//! cargo run --example margins
//! cargo run --example margins -- kz-majilis-2012
//! ```

use std::process::ExitCode;

use anyhow::{Context, Result};
use apportion::Election;
use apportion::insight::{Margin, Margins};
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};

/// Prints how few votes would have changed an election.
///
/// A seat is won once it is certain, and lost once no tie can bring it back. "One more by" are additional ballots for that party
/// alone, "one less by" ballots less; one ballot fewer does not do it. In several places both are those of the nearest place.
#[derive(Parser)]
struct Arguments {
    /// The id of an election in tests/data/elections.jsonl; the closest of them without one
    id: Option<String>,
    /// How many of the closest elections to list
    #[arg(long, default_value_t = 8)]
    list: usize,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<()> {
    let elections = include_str!("../../tests/data/elections.jsonl")
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<Vec<Election>, _>>()?;
    let chosen = match &arguments.id {
        Some(id) => elections
            .iter()
            .find(|election| election.id.as_deref() == Some(id))
            .with_context(|| format!("no election in tests/data/elections.jsonl has the id {id:?}"))?,
        None => closest(&elections, arguments.list)?,
    };
    let margins = Margins::new(&chosen.rule, &chosen.count)?;
    println!("{}, {}", title(chosen), chosen.date.as_deref().unwrap_or("no date"));
    println!("{} seats by {}\n", margins.outcome().total_seats(), chosen.rule.method());
    println!("{}", margins.table()?);
    if let Some(margin) = margins.closest()? {
        let text = format!("The smallest change that changes the result: {margin}.");
        println!("{}", textwrap::fill(&text, textwrap::Options::new(80).subsequent_indent("  ")));
    }
    if !chosen.count.places().is_empty() {
        println!("The last seat of each place, the closest first:");
        for margin in margins.last_seats()?.iter().take(arguments.list) {
            println!("{margin}");
        }
    }
    for source in &chosen.sources {
        println!("source: {source}");
    }
    println!("\nNext: cargo run --example margins -- kz-majilis-2012\n      cargo run --example election_night");
    Ok(())
}

/// Lists the elections whose closest seat hung on the fewest votes, and answers with the first.
fn closest(elections: &[Election], list: usize) -> Result<&Election> {
    let bar = ProgressBar::new(elections.len() as u64);
    bar.set_style(ProgressStyle::with_template("{bar:40} {pos}/{len} elections")?);
    let mut found: Vec<(Margin, &Election)> = Vec::new();
    for election in elections {
        bar.inc(1);
        if let Some(margin) = Margins::new(&election.rule, &election.count)?.closest()? {
            found.push((margin, election));
        }
    }
    bar.finish_and_clear();
    found.sort_by_key(|(margin, _)| margin.votes());
    println!("The closest of {} real elections\n", elections.len());
    for (margin, election) in found.iter().take(list) {
        let plural = if margin.votes() == 1 { " " } else { "s" };
        let date = election.date.as_deref().unwrap_or("no date");
        println!("{:>7} vote{plural}  {date}  {:.50}", margin.votes(), title(election));
    }
    println!();
    found.first().map(|&(_, election)| election).context("no election could have been otherwise")
}

fn title(election: &Election) -> String {
    election.name.clone().or(election.id.clone()).unwrap_or_default()
}
