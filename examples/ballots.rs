//! Counts a million ballots, ranked ones among them, in four places, and merges the tallies.
//!
//! Parties and votes are invented, by a fixed pattern. A ranked ballot counts for its first party; where the rule spares
//! votes, one whose first party stays below the threshold moves on to the first admitted party on it.
//!
//! ```sh
//! cargo run --release --example ballots
//! ```

use apportion::{AllocationMethod, Ballot, Base, Rule, Tally, Threshold};

const PLACES: [(&str, u64); 4] = [("North", 400_000), ("East", 300_000), ("South", 200_000), ("Abroad", 100_000)];
const PARTIES: [&str; 5] = ["Harbour", "Meadow", "Forest", "Summit", "River"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("A million ballots from four places (invented), 5% threshold, 60 seats\n");
    let mut tallies = Vec::new();
    for (place, (name, voters)) in PLACES.iter().enumerate() {
        // The parties stand in one order everywhere; the papers come in any.
        let mut tally = Tally::new(PARTIES)?;
        for voter in 0..*voters {
            tally.count(&paper(place as u64, voter)?, 1);
        }
        let valid = tally.base(Base::Valid)?;
        println!("{name:8} {:>7} ballots, {valid:>7} valid, {:>5} blank", tally.base(Base::Cast)?, tally.blank());
        tallies.push(tally);
    }

    let nation = Tally::total(&tallies)?;
    let backwards = Tally::total(tallies.iter().rev())?;
    println!("\nMerged in this order and backwards: the same tally, {}.", nation == backwards);

    let rule = Rule::new(AllocationMethod::SAINTE_LAGUE, 60).threshold(Threshold::share("5%".parse()?));
    println!("\nFirst choices only\n\n{}", rule.apply(&nation)?);
    println!("With spare votes\n\n{}", rule.spare_votes().apply(&nation)?);
    println!("Next: cargo run --example ties");
    Ok(())
}

/// The paper of one voter: a fixed pattern in which a third of the ballots rank two or three parties.
fn paper(place: u64, voter: u64) -> Result<Ballot, apportion::Error> {
    let draw = (voter * 7_919 + place * 104_729) % 1_000;
    let first = match draw {
        0..380 => 0,
        380..670 => 1,
        670..900 => 2,
        900..945 => 3,
        945..985 => 4,
        985..992 => return Ok(Ballot::Blank),
        _ => return Ok(Ballot::Invalid),
    };
    let party = |steps: u64| PARTIES[((first + steps) % 5) as usize];
    match voter % 6 {
        0 => Ballot::ranked([party(0), party(3)]),
        1 => Ballot::ranked([party(0), party(4), party(2)]),
        _ => Ok(Ballot::party(party(0))),
    }
}
