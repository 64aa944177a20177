//! A tie, all its outcomes, and three ways to settle it.
//!
//! Two parties with the same claim to the last seat are no accident to be hidden: statutes settle them, some for the
//! larger party, some for the smaller, some by lot. The votes are invented.
//!
//! ```sh
//! cargo run --example ties
//! ```

use apportion::{AllocationMethod, Rule, Tally, TieBreak};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let tally = Tally::from_votes([("Large", 600), ("Small", 300), ("Third", 250)])?;
    let rule = Rule::new(AllocationMethod::D_HONDT, 2);
    let outcome = rule.apply(&tally)?;
    println!("D'Hondt, 2 seats: 600 / 2 and 300 / 1 are equal claims to the second seat.\n");
    println!("{outcome}");
    println!("outcome.seats(\"Large\") is {:?}: it cannot be read past the tie by accident.", outcome.seats("Large"));

    let allocation = AllocationMethod::D_HONDT.allocate(&[600, 300, 250], 2)?;
    println!("\nThe {} possible results:", allocation.outcome_count().unwrap_or(u128::MAX));
    for seats in allocation.outcomes() {
        println!("  {seats:?}");
    }

    println!("\nThree ways to settle it:");
    let ways = [
        ("Luxembourg: the more votes", TieBreak::MostVotes),
        ("Portugal: the fewer votes", TieBreak::FewestVotes),
        ("a lot, drawn by hand", TieBreak::Drawn(vec!["Small".to_string()])),
    ];
    for (law, tie_break) in ways {
        let outcome = rule.clone().tie_break([tie_break]).apply(&tally)?;
        let seats: Vec<u64> = outcome.parties().iter().map(|party| party.certain()).collect();
        let settled = outcome.settled().first().map(|settled| settled.parties.join(", ")).unwrap_or_default();
        println!("  {law:28} {seats:?}, the seat goes to {settled}");
    }

    println!("\nEqual votes need a lot: no count of votes settles 10 against 10.");
    let equal = Tally::from_votes([("North", 10), ("South", 10)])?;
    let chain = [TieBreak::MostVotes, TieBreak::FewestVotes];
    let outcome = Rule::new(AllocationMethod::SAINTE_LAGUE, 3).tie_break(chain).apply(&equal)?;
    println!("\n{outcome}\nNext: cargo run --example kazakhstan_2012");
    Ok(())
}
