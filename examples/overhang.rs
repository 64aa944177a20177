//! The votes of the Bundestag election of 26 September 2021 under six laws: what each did about overhang.
//!
//! Votes, winners of constituencies and laws: tests/data/tiers.jsonl, where each election has its sources. The house is the one of
//! 2021 (598 seats) but for the law of 2023, which says 630.
//!
//! ```sh
//! cargo run --example overhang
//! ```

use std::error::Error;

use apportion::rule::Seats;
use apportion::{Election, Rule};

/// A law by the year since when it held, an election held under it, and what it did about overhang.
const LAWS: [(&str, &str, &str); 6] = [
    ("1957", "de-bundestag-1957", "D'Hondt; overhang stays"),
    ("1987", "de-bundestag-1987", "Hare quota; overhang stays"),
    ("2009", "de-bundestag-2009", "Sainte-Laguë; overhang stays"),
    ("2013", "de-bundestag-2013", "the house grows until all overhang is level"),
    ("2020", "de-bundestag-2021", "it grows less, and up to three seats stay"),
    ("2023", "de-bundestag-2025", "the house is fixed; winners may go without a seat"),
];

const PARTIES: [(&str, &str); 8] = [
    ("SPD", "SPD"),
    ("CDU", "CDU"),
    ("GRÜNE", "GRÜNE"),
    ("FDP", "FDP"),
    ("AfD", "AfD"),
    ("CSU", "CSU"),
    ("DIE LINKE", "LINKE"),
    ("SSW", "SSW"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let election = election("de-bundestag-2021")?;
    println!("Germany, Bundestag, 26 September 2021, by the laws of six years\n");
    print!("{:<6}{:>7}", "law", "seats");
    PARTIES.iter().for_each(|(_, short)| print!("{short:>7}"));
    println!("{:>11}", "uncovered");
    for (year, held, _) in LAWS {
        let outcome = law(held)?.apply(&election.count)?;
        let seats = PARTIES.map(|(name, _)| outcome.certain(name).unwrap_or(0));
        let all: u64 = outcome.parties().iter().map(|party| party.certain()).sum();
        print!("{year:<6}{all:>7}");
        seats.iter().for_each(|seats| print!("{seats:>7}"));
        let uncovered: u64 = outcome.unseated().iter().map(|unseated| unseated.winners).sum();
        println!("{uncovered:>11}");
        if seats.iter().sum::<u64>() != all {
            return Err(format!("a party with seats is not in the table of {year}").into());
        }
    }
    println!();
    LAWS.iter().for_each(|(year, _, what)| println!("{year}: {what}"));
    println!("Uncovered are winners of constituencies without a seat.");
    println!("\nThe law of 2020 held: 736 seats, as on record.");
    Ok(())
}

/// The law of an election, for the house of 2021 where it had another then.
fn law(held: &str) -> Result<Rule, Box<dyn Error>> {
    let rule = election(held)?.rule;
    if !matches!(rule.tiers(), [tier] if matches!(tier.seats, Seats::Fixed(494 | 496))) {
        return Ok(rule);
    }
    let mut tiers = rule.tiers().to_vec();
    tiers[0].seats = Seats::Fixed(598);
    Ok(Rule::of_tiers(tiers))
}

/// The election of this id.
fn election(id: &str) -> Result<Election, Box<dyn Error>> {
    let mut lines = include_str!("../tests/data/tiers.jsonl").lines();
    let line =
        lines.find(|line| line.contains(&format!("\"id\":\"{id}\""))).ok_or_else(|| format!("no election {id}"))?;
    Ok(serde_json::from_str(line)?)
}
