//! A biproportional election step by step: the canton of Zürich, 2019, and D'Hondt in each district beside it.
//!
//! ```sh
//! cargo run --example doppelproporz
//! cargo run --example doppelproporz -- --markdown
//! cargo run --example doppelproporz -- --election ch-zh-stadt-2018
//! ```
//!
//! The elections are those of `tests/data/biproportional.jsonl`, each with its source.

use anyhow::{Context, Result};
use apportion::insight::Protocol;
use apportion::matrix::Verdict;
use apportion::rule::Record;
use apportion::{AllocationMethod, Election, Outcome};
use clap::Parser;
use comfy_table::{CellAlignment, Table, presets};

/// Shows a biproportional election step by step.
#[derive(Parser)]
struct Arguments {
    /// The id of an election, such as ch-zh-stadt-2006
    #[arg(long, default_value = "ch-zh-kanton-2019")]
    election: String,
    /// Writes the tables in Markdown
    #[arg(long)]
    markdown: bool,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let election = find(&arguments.election)?;
    println!("{}, {}", election.name.as_deref().unwrap_or("?"), election.date.as_deref().unwrap_or("?"));
    println!("{}\n", election.rule);

    let outcome = election.outcome()?;
    let protocol = Protocol::new(&election.rule, &outcome)?;
    print!("{}", if arguments.markdown { protocol.to_markdown() } else { protocol.to_string() });

    // Who does not trust the way can check the end: no exchange of seats makes the matrix better.
    for record in outcome.trace().records() {
        if let Record::Matrix(matrix) = record {
            let only = matrix.verify(matrix.allocation.certain()) == Ok(Verdict::Only);
            println!("\nProved by its cycles to be the only matrix: {}", if only { "yes" } else { "no" });
        }
    }
    if let Some(agrees) = election.as_recorded(&outcome) {
        println!("As on record: {}", if agrees { "yes" } else { "no" });
    }
    beside_d_hondt(&election, &outcome)
}

fn find(id: &str) -> Result<Election> {
    let lines = include_str!("../../tests/data/biproportional.jsonl").lines();
    for line in lines {
        let case: serde_json::Value = serde_json::from_str(line)?;
        if case["document"]["id"] == id {
            return Ok(serde_json::from_value(case["document"].clone())?);
        }
    }
    anyhow::bail!("no election has the id {id:?}")
}

/// The seats of parties in all, beside those that D'Hondt in each district would give without a quorum.
fn beside_d_hondt(election: &Election, outcome: &Outcome) -> Result<()> {
    let seats = outcome.total_seats();
    let apart = apportion::Rule::new(AllocationMethod::D_HONDT, seats).apply(&election.count)?;
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_header(["party", "votes in all", "double", "D'Hondt"]);
    for party in outcome.parties().iter().filter(|party| party.certain() > 0 || apart.certain(party.name()) > Some(0)) {
        let other = apart.certain(party.name()).context("the parties are the same")?;
        table.add_row([party.name().into(), party.votes().to_string(), party.certain().to_string(), other.to_string()]);
    }
    for column in 1..4 {
        table.column_mut(column).context("four columns")?.set_cell_alignment(CellAlignment::Right);
    }
    println!("\nBeside it, D'Hondt in each district by itself, without a quorum:\n{table}");
    Ok(())
}
