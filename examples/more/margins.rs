//! How close it was: the fewest votes that would have changed a real election.
//!
//! The elections are those of tests/data/elections.jsonl, where each has its sources, and Norway's of 2021, whose law has two
//! tiers in 19 counties; without an argument the closest of the former is taken, and Norway's after it.
//!
//! ```sh
//! cargo run --example margins
//! cargo run --example margins -- kz-majilis-2012
//! cargo run --example margins -- no-storting-2021
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
    let norway: Election = serde_json::from_str(include_str!("../../tests/data/norway-2021.json"))?;
    match &arguments.id {
        Some(id) => {
            let mut known = elections.iter().chain([&norway]);
            let chosen = known.find(|election| election.id.as_deref() == Some(id));
            show(chosen.with_context(|| format!("there is no election with the id {id:?}"))?, arguments.list)?;
        }
        None => {
            show(closest(&elections, arguments.list)?, arguments.list)?;
            println!("\nA law of two tiers\n");
            show(&norway, arguments.list)?;
        }
    }
    println!("\nNext: cargo run --example margins -- kz-majilis-2012\n      cargo run --example election_night");
    Ok(())
}

/// How close one election was: every party, the smallest change, and the last seats of its places.
fn show(election: &Election, list: usize) -> Result<()> {
    let margins = Margins::new(&election.rule, &election.count)?;
    println!("{}, {}", title(election), election.date.as_deref().unwrap_or("no date"));
    println!("{} seats by {}\n", margins.outcome().total_seats(), election.rule.method());
    println!("{}", margins.table()?);
    if let Some(margin) = margins.closest()? {
        let text = format!("The smallest change that changes the result: {margin}.");
        println!("{}", textwrap::fill(&text, textwrap::Options::new(80).subsequent_indent("  ")));
    }
    if !election.count.places().is_empty() {
        println!("\nThe last seats, the closest first:");
        margins.last_seats()?.iter().filter_map(Margin::news).take(list).for_each(|news| println!("{news}"));
    }
    for source in &election.sources {
        println!("source: {source}");
    }
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
