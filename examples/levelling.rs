//! Norway's Storting of 13 September 2021: from district seats to the county of each levelling seat, then by other rules.
//!
//! Votes and official seats: tests/data/tiers.jsonl, where each election has its sources.
//!
//! ```sh
//! cargo run --example levelling
//! ```

use std::error::Error;

use apportion::rule::Seats;
use apportion::{Election, Outcome, Rule};

fn main() -> Result<(), Box<dyn Error>> {
    let norway = election("no-storting-2021")?;
    let outcome = norway.outcome()?;
    println!("Norway, Storting, 13 September 2021: 150 district seats, 19 levelling seats");
    println!("As on record: {}\n", if norway.as_recorded(&outcome) == Some(true) { "yes" } else { "no" });

    println!("{:<8}{:>12}{:>8}{:>10}{:>11}{:>7}", "party", "votes", "share", "district", "levelling", "seats");
    let (fixed, levelling) = (&outcome.tiers()[0], &outcome.tiers()[1]);
    let all: u64 = outcome.parties().iter().map(|party| party.votes()).sum();
    for (at, party) in outcome.parties().iter().enumerate().filter(|(_, party)| party.certain() > 0) {
        let (won, more) = (fixed.seats()[at], levelling.seats()[at]);
        let share = hundredths(party.votes(), all);
        println!("{:<8}{:>12}{share:>8}{won:>10}{more:>11}{:>7}", party.name(), party.votes(), party.certain());
    }

    println!("\nWho took the levelling seat of each county:");
    let mut line = String::new();
    for (county, winners) in levelling.places() {
        for (party, _) in winners.iter().filter(|(_, seats)| *seats > 0) {
            let next = format!("{county} {party}; ");
            if line.chars().count() + next.chars().count() > 78 {
                println!("  {}", line.trim_end());
                line.clear();
            }
            line += &next;
        }
    }
    println!("  {}", line.trim_end().trim_end_matches(';'));

    let mut tiers = norway.rule.tiers().to_vec();
    tiers[1].threshold = None;
    let without = Rule::of_tiers(tiers).apply(&norway.count)?;

    // Sweden: first divisor 6/5, 4% of the nation or 12% of the district for district seats too, and seats beyond a
    // party's share of the house return.
    let mut tiers = election("se-riksdag-2018")?.rule.tiers().to_vec();
    tiers[1].seats = Seats::Fixed(169);
    let sweden = Rule::of_tiers(tiers).apply(&norway.count)?;

    println!("\n{:<8}{:>12}{:>16}{:>16}", "party", "by the law", "without the 4%", "Sweden's rule");
    for party in outcome.parties() {
        let seats = [&outcome, &without, &sweden].map(|outcome| certain(outcome, party.name()));
        if seats.iter().any(|&seats| seats > 0) {
            println!("{:<8}{:>12}{:>16}{:>16}", party.name(), seats[0], seats[1], seats[2]);
        }
    }
    let houses =
        [&outcome, &without, &sweden].map(|outcome| outcome.parties().iter().map(|p| p.certain()).sum::<u64>());
    println!("{:<8}{:>12}{:>16}{:>16}", "all", houses[0], houses[1], houses[2]);
    println!("\nNext: cargo run --example overhang");
    Ok(())
}

/// The election of this id.
fn election(id: &str) -> Result<Election, Box<dyn Error>> {
    let mut lines = include_str!("../tests/data/tiers.jsonl").lines();
    let line =
        lines.find(|line| line.contains(&format!("\"id\":\"{id}\""))).ok_or_else(|| format!("no election {id}"))?;
    Ok(serde_json::from_str(line)?)
}

fn certain(outcome: &Outcome, party: &str) -> u64 {
    outcome.certain(party).unwrap_or(0)
}

/// A share in per cent, cut to two decimals.
fn hundredths(part: u64, whole: u64) -> String {
    let share = u128::from(part) * 10_000 / u128::from(whole);
    format!("{}.{:02}%", share / 100, share % 100)
}
