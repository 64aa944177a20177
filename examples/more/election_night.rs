//! The count of Kazakhstan's Majilis election of 2012 coming in by tenths: what is still possible, and what is certain.
//!
//! The final figures are the official ones (sources in examples/elections/kz-2012.toml). How they came in is made up: each tenth
//! of the ballots has the final shares, but for the Communist People's Party's, whose ballots come late.
//!
//! ```sh
//! cargo run --example election_night
//! ```

use std::io::{IsTerminal, stdout};

use anyhow::Result;
use apportion::insight::Outlook;
use apportion::{Election, Tally};

fn main() -> Result<()> {
    let election: Election = toml::from_str(include_str!("../elections/kz-2012.toml"))?;
    let all: u64 = votes(&election).iter().sum();
    let names = ["Nur Otan", "Ak Zhol", "CPPK", "OSDP", "Auyl", "Patriots", "Adilet"];
    println!("Kazakhstan, Majilis, 15 January 2012: {all} votes for lists, 98 mandates, 7%");
    println!("Mandates still possible, from the fewest to the most; * is certain\n");
    print!("counted ");
    names.iter().for_each(|name| print!("{name:>9}"));
    println!("  certain");

    // From the last tenth on in smaller steps: that is when it is decided.
    for thousandths in [0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 930, 960, 980, 990, 995, 998, 1000] {
        let so_far = counted(&election, thousandths)?;
        let outlook = Outlook::of_cast(&election.rule, &so_far, all)?;
        print!("{:>6}% ", format!("{}.{}", thousandths / 10, thousandths % 10));
        for party in outlook.parties() {
            // A bound that may not be attained is marked.
            let open = if party.fewest_is_tight() && party.most_is_tight() { "" } else { "~" };
            let text = match (party.fewest(), party.most()) {
                (fewest, most) if fewest == most => format!("{fewest}*"),
                (fewest, most) => format!("{open}{fewest}-{most}"),
            };
            print!("{}", highlight(&format!("{text:>9}"), party.fewest() == party.most()));
        }
        println!("{:>6}/98", outlook.certain_seats());
        if thousandths == 1000 {
            println!("\n{} has a majority.", outlook.majority().unwrap_or("nobody"));
        }
    }
    println!("\nThe night is over when no ballot that is out could change anything.");
    println!("Next: cargo run --example explain, or `apportion report` (cli/README.md)");
    Ok(())
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
