//! Lists the laws of the catalogue, and applies one to votes.
//!
//! ```sh
//! cargo run --example laws
//! cargo run --example laws -- nl-2023
//! cargo run --example laws -- --explain
//! cargo run --example laws -- cr-2022 --seats 5 PLN=520 PPSD=260 FA=130 PUSC=90
//! ```
//!
//! The laws are the files of `laws/`, each with its date and sources. The votes shown are those of the Parliament of
//! Georgia, 26 October 2024, as printed at <https://ispd.org.cy/georgia>.

use anyhow::{Context, Result, anyhow};
use apportion::{Law, Outcome, Tally};
use clap::Parser;

/// Lists the laws of the catalogue, shows one, or applies it to votes.
#[derive(Parser)]
#[command(after_help = "\
Examples:
  laws                                           every law, and one applied
  laws nl-2023                                   the law as a document
  laws --explain                                 every law explained on the same votes
  laws cr-2022 --seats 5 A=520 B=260 C=130       the law applied

A law for one district of several has no seats of its own: --seats gives them.")]
struct Arguments {
    /// The id of a law, such as nl-2023
    id: Option<String>,
    /// Votes, as NAME=VOTES
    #[arg(value_parser = party)]
    votes: Vec<(String, u64)>,
    /// The seats to give out
    #[arg(long)]
    seats: Option<u64>,
    /// Explain every law, or the one that is named, step by step
    #[arg(long)]
    explain: bool,
}

/// The votes of the Parliament of Georgia.
const GEORGIA: [(&str, u64); 5] = [
    ("Georgian Dream", 1_120_140),
    ("Coalition for Change", 229_161),
    ("Unity", 211_120),
    ("Strong Georgia", 182_949),
    ("For Georgia", 161_336),
];
/// The seats of a district, for laws that have none of their own.
const DISTRICT: u64 = 4;

fn party(text: &str) -> Result<(String, u64)> {
    let (name, votes) = text.rsplit_once('=').context("votes are written NAME=VOTES, such as A=520")?;
    Ok((name.into(), votes.parse().with_context(|| format!("{votes:?} is not a number of votes"))?))
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    match &arguments.id {
        None if arguments.explain => {
            for (id, _) in Law::CATALOGUE {
                let law = law(id)?;
                let votes = Tally::from_votes(GEORGIA)?.with_registered(3_508_294);
                explain(&law, law.seats.unwrap_or(DISTRICT), votes)?;
            }
        }
        None => {
            list()?;
            let georgia = law("ge-2024")?;
            println!("\n{}, {}", georgia.name, georgia.date);
            show(&georgia.election(150, Tally::from_votes(GEORGIA)?).outcome()?);
            println!("\nNext: read one with `cargo run --example laws -- nl-council-2022`, or apply");
            println!("it with `cargo run --example allocate -- votes.csv --law nl-council-small-2022`.");
        }
        Some(id) if arguments.explain => {
            let law = law(id)?;
            let votes = if arguments.votes.is_empty() {
                Tally::from_votes(GEORGIA)?.with_registered(3_508_294)
            } else {
                Tally::from_votes(arguments.votes)?
            };
            explain(&law, arguments.seats.or(law.seats).unwrap_or(DISTRICT), votes)?;
        }
        Some(id) if arguments.votes.is_empty() => print!("{}", text(id)?),
        Some(id) => {
            let law = law(id)?;
            let seats = arguments.seats.or(law.seats).context("this law has no seats of its own: give --seats")?;
            println!("{}, {}", law.name, law.date);
            show(&law.election(seats, Tally::from_votes(arguments.votes)?).outcome()?);
        }
    }
    Ok(())
}

/// Every law, a line each.
fn list() -> Result<()> {
    println!("{} laws, each with its date, sources and doubts:\n", Law::CATALOGUE.len());
    for (id, _) in Law::CATALOGUE {
        let law = law(id)?;
        let seats = law.seats.map(|seats| seats.to_string()).unwrap_or_default();
        println!("{id:<24} {seats:>3}  {}", law.name);
    }
    Ok(())
}

/// The law, its table and its steps.
fn explain(law: &Law, seats: u64, tally: Tally) -> Result<()> {
    let election = law.election(seats, tally);
    let outcome = election.outcome().with_context(|| law.id.clone())?;
    println!("{}: {}, {}\n", law.id, law.name, law.date);
    println!("{outcome}");
    println!("{}", outcome.explain().with_law(&election.rule).with_sources(&law.sources));
    Ok(())
}

/// The table, and after it the seats stage by stage.
fn show(outcome: &Outcome) {
    println!("\n{outcome}");
    for stage in outcome.stages() {
        println!("after {}: {:?}", stage.name(), stage.seats());
    }
}

fn law(id: &str) -> Result<Law> {
    toml::from_str(text(id)?).map_err(|error| anyhow!("{id}: {}", error.message()))
}

fn text(id: &str) -> Result<&'static str> {
    let found = Law::CATALOGUE.iter().find(|(known, _)| *known == id);
    found.map(|(_, text)| *text).with_context(|| format!("there is no law {id:?}: run without arguments to list them"))
}
