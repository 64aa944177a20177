//! Why these seats: the steps of Kazakhstan's Majilis election of 15 January 2012, in the order of its law.
//!
//! The Constitutional Law on Elections, art. 97-1: lists of at least 7%, quota of their votes, largest remainders. Figures
//! and sources stand in examples/elections/kz-2012.toml.
//!
//! ```sh
//! cargo run --example explain
//! cargo run --example explain -- FILE [PLACE]
//! ```

use anyhow::{Context, Result};
use apportion::insight::Indices;
use apportion::{AllocationMethod, Election};

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    if let Some(file) = arguments.next() {
        return explain_file(&file, arguments.next().as_deref());
    }
    let election: Election = toml::from_str(include_str!("../elections/kz-2012.toml"))?;
    let outcome = election.outcome()?;
    println!("Kazakhstan, Majilis, 15 January 2012\n");

    // The whole explanation is text already.
    println!("{outcome}");
    println!("{}", outcome.explain().with_law(&election.rule));

    // And values, for whoever wants one of them.
    let quotas = outcome.explain().steps().find_map(|step| step.quotas()).context("a quota decides")?;
    let last = quotas.last_seats().last().map(|share| share.party.clone()).context("seats were left over")?;
    println!("The last seat cost {last} {} of {} votes.", quotas.last_seats()[1].left_over, quotas.cost);

    println!("\nHow proportional it was, all parties' votes taken:\n{}", Indices::of(&outcome)?);

    // The same votes by highest averages: who wins the last seats, and who is next.
    let dhondt = election.rule.clone().with_method(AllocationMethod::D_HONDT).apply(&election.count)?;
    let averages = dhondt.explain().steps().find_map(|step| step.averages()).context("averages decide")?;
    println!("By D'Hondt the last claims and the next would have been");
    for claim in averages.claims() {
        let won = if claim.won == Some(true) { "a seat" } else { "no seat" };
        println!("  {:<32}{:>4}  {:>10}  {won}", claim.party, claim.seat, claim.quotient);
    }
    println!("\nNext: cargo run --example margins, or `apportion report` (cli/README.md)");
    Ok(())
}

/// Explains another document, or one of its places in full.
fn explain_file(file: &str, place: Option<&str>) -> Result<()> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {file}"))?;
    let election: Election =
        if file.ends_with(".json") { serde_json::from_str(&text)? } else { toml::from_str(&text)? };
    let outcome = election.outcome()?;
    match place {
        None => print!("{outcome}\n{}", outcome.explain().with_law(&election.rule).with_sources(&election.sources)),
        Some(place) => {
            let there = outcome.at(place).with_context(|| format!("there is no place {place:?}"))?;
            let explanation = outcome.explain().at(place).with_context(|| format!("there is no place {place:?}"))?;
            print!("{there}\n{explanation}");
        }
    }
    Ok(())
}
