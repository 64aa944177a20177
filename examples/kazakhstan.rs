//! All five party-list elections to Kazakhstan's Majilis, each from its document and against its official seats.
//!
//! ```sh
//! cargo run --example kazakhstan
//! ```

use apportion::{AllocationMethod, Election, Outcome};

/// The documents; each names its sources.
const DOCUMENTS: [&str; 5] = [
    include_str!("elections/kz-2007.toml"),
    include_str!("elections/kz-2012.toml"),
    include_str!("elections/kz-2016.toml"),
    include_str!("elections/kz-2021.toml"),
    include_str!("elections/kz-2023.toml"),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("Kazakhstan, Majilis: the seats by party lists, 2007 to 2023");
    println!("Each election is a document in examples/elections, with the law as it stood.");
    for document in DOCUMENTS {
        let election: Election = toml::from_str(document)?;
        let outcome = election.outcome()?;
        let date = election.date.as_deref().unwrap_or_default();
        let seats = election.rule.seats().unwrap_or_default();
        println!("\n{date}, {seats} seats by {}", election.rule.method());
        println!("\n{outcome}");
        match election.as_recorded(&outcome) {
            Some(true) => println!("As the official result."),
            _ => return Err(format!("{date}: the seats differ from the official ones").into()),
        }
        compare(&election, &outcome)?;
        for source in &election.sources {
            println!("source: {source}");
        }
    }
    println!("\nNext: cargo run --example allocate -- examples/elections/kz-2023.toml --json");
    Ok(())
}

/// Says which other methods would have given other seats.
fn compare(election: &Election, outcome: &Outcome) -> Result<(), apportion::Error> {
    let seats = |outcome: &Outcome| -> Vec<u64> { outcome.parties().iter().map(|party| party.certain()).collect() };
    for method in [AllocationMethod::D_HONDT, AllocationMethod::SAINTE_LAGUE, AllocationMethod::DROOP] {
        let other = election.rule.clone().with_method(method.clone()).apply(&election.count)?;
        if seats(&other) == seats(outcome) {
            println!("{method}: the same seats");
        } else {
            let given: Vec<String> =
                seats(&other).into_iter().filter(|&seats| seats > 0).map(|s| s.to_string()).collect();
            println!("{method}: {}", given.join(", "));
        }
    }
    Ok(())
}
