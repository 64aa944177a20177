//! Counts coming in: what is still possible, and what is certain.
//!
//! Kazakhstan's Majilis election of 2012 by tenths, then Norway's of 2021 county by county, whose law has two tiers: 150 seats of
//! 19 counties, and 19 levelling seats.
//!
//! The final figures are the official ones (sources in examples/elections/kz-2012.toml and tests/data/norway-2021.json). How they
//! came in is made up: in Kazakhstan each tenth of the ballots has the final shares, but for the Communist People's Party's,
//! whose ballots come late; in Norway each county is counted at once, and of the others it is known how many voted.
//!
//! ```sh
//! cargo run --example election_night
//! ```

use std::io::{IsTerminal, stdout};

use anyhow::Result;
use apportion::insight::{Outlook, PartyOutlook};
use apportion::{Count, Election, Tally};

fn main() -> Result<()> {
    kazakhstan()?;
    norway()?;
    println!("\nThe night is over when no ballot that is out could change anything.");
    println!("Next: cargo run --example explain, or `apportion report` (cli/README.md)");
    Ok(())
}

fn kazakhstan() -> Result<()> {
    let election: Election = toml::from_str(include_str!("../elections/kz-2012.toml"))?;
    let all: u64 = votes(&election).iter().sum();
    let names = ["Nur Otan", "Ak Zhol", "CPPK", "OSDP", "Auyl", "Patriots", "Adilet"];
    println!("Kazakhstan, Majilis, 15 January 2012: {} votes for lists, 98 seats, 7%", grouped(all));
    println!("Seats still possible, from the fewest to the most; * is certain, ~ may be too wide\n");
    print!("counted ");
    names.iter().for_each(|name| print!("{name:>9}"));
    println!("  certain");

    // From the last tenth on in smaller steps: that is when it is decided.
    for thousandths in [0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 930, 960, 980, 990, 995, 998, 1000] {
        let so_far = counted(&election, thousandths)?;
        let outlook = Outlook::of_cast(&election.rule, &so_far, all)?;
        print!("{:>6}% ", format!("{}.{}", thousandths / 10, thousandths % 10));
        outlook.parties().iter().for_each(|party| print!("{}", cell(party, 9)));
        println!("{:>6}/98", outlook.certain_seats());
        if thousandths == 1000 {
            println!("\n{} has a majority.", outlook.majority().unwrap_or("nobody"));
        }
    }
    Ok(())
}

fn norway() -> Result<()> {
    let election: Election = serde_json::from_str(include_str!("../../tests/data/norway-2021.json"))?;
    let names = ["A", "H", "SP", "FRP", "SV", "RØDT", "V", "MDG"];
    println!("\nNorway, Stortinget, 13 September 2021: 169 seats, counted county by county\n");
    print!("counties");
    names.iter().for_each(|name| print!("{name:>8}"));
    println!("  certain");
    for counties in [0, 4, 8, 12, 15, 17, 18, 19] {
        let (so_far, out) = of_counties(&election.count, counties)?;
        let out = out.iter().map(|(place, ballots)| (place.as_str(), *ballots));
        let outlook = Outlook::of_places(&election.rule, &so_far, out)?;
        print!("{counties:>8}");
        names.iter().filter_map(|name| outlook.party(name)).for_each(|party| print!("{}", cell(party, 8)));
        println!("{:>5}/169", outlook.certain_seats());
    }
    Ok(())
}

/// The seats that a party can end with.
fn cell(party: &PartyOutlook, width: usize) -> String {
    // A bound that may not be attained is marked.
    let open = if party.fewest_is_tight() && party.most_is_tight() { "" } else { "~" };
    let text = match (party.fewest(), party.most()) {
        (fewest, most) if fewest == most => format!("{fewest}*"),
        (fewest, most) => format!("{open}{fewest}-{most}"),
    };
    highlight(&format!("{text:>width$}"), party.fewest() == party.most())
}

/// The count with the first counties alone, and the ballots of the others.
fn of_counties(count: &Count, counties: usize) -> Result<(Count, Vec<(String, u64)>)> {
    let mut places = count.places().to_vec();
    let mut out = Vec::new();
    for county in places.iter_mut().skip(counties) {
        out.push((county.name.clone(), u64::try_from(county.tally.iter().map(|(_, votes)| votes).sum::<u128>())?));
        county.tally = Tally::from_votes(county.tally.parties().iter().map(|party| (party.clone(), 0)))?;
    }
    Ok((Count::of_places(places)?, out))
}

/// A number with a comma every three digits.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut parts: Vec<&str> = digits.as_bytes().rchunks(3).filter_map(|part| std::str::from_utf8(part).ok()).collect();
    parts.reverse();
    parts.join(",")
}

/// What was counted in the end.
fn tally(election: &Election) -> &Tally {
    &election.count.nation().tally
}

fn votes(election: &Election) -> Vec<u64> {
    tally(election).iter().map(|(_, votes)| u64::try_from(votes).unwrap_or(u64::MAX)).collect()
}

/// The tally when this many thousandths are counted.
fn counted(election: &Election, thousandths: u64) -> Result<Tally> {
    let so_far = tally(election).parties().iter().zip(votes(election)).enumerate().map(|(place, (party, votes))| {
        // The third list's ballots lag by a tenth of what is counted, and catch up at the end.
        let late = if place == 2 { thousandths * (1_000 - thousandths) / 10_000 } else { 0 };
        (party.clone(), votes * (thousandths - late) / 1_000)
    });
    Ok(Tally::from_votes(so_far)?)
}

/// What is decided in green, on a terminal.
fn highlight(text: &str, decided: bool) -> String {
    if decided && stdout().is_terminal() { format!("\x1b[32m{text}\x1b[0m") } else { text.to_string() }
}
