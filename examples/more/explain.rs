//! Why these seats: the steps of Kazakhstan's Majilis election of 15 January 2012, in the order of its law.
//!
//! The Constitutional Law on Elections, art. 97-1: lists of at least 7%, quota of their votes, largest remainders. Figures
//! and sources stand in examples/elections/kz-2012.toml.
//!
//! ```sh
//! cargo run --example explain
//! ```

use anyhow::{Context, Result};
use apportion::insight::{Explanation, Indices, Margins, Step, verify};
use apportion::{AllocationMethod, Election};

/// The Communist People's Party.
const CPPK: &str = "CPPK (Communist People's Party)";

fn main() -> Result<()> {
    let election: Election = toml::from_str(include_str!("../elections/kz-2012.toml"))?;
    let (rule, tally) = (&election.rule, &election.tally);
    println!("Kazakhstan, Majilis, 15 January 2012\n");

    // The whole explanation is text already.
    let explanation = Explanation::new(rule, tally)?;
    println!("{explanation}");

    // And values, for whoever wants one of them.
    let requirement = &explanation.requirements(CPPK).context("it stood")?[0];
    print_folded(&format!("{CPPK}: {requirement}."));
    let closest = Margins::new(rule, tally)?.closest()?.context("votes decide")?;
    print_folded(&format!("The closest seat: {closest}."));

    let seats: Vec<u64> = explanation.outcome().parties().iter().map(|party| party.certain()).collect();
    println!("\nChecked without the method:");
    print_folded(&format!("{seats:?} is {}.", verify(rule, tally, &seats)?));
    let moved = [82, 8, 8, 0, 0, 0, 0];
    print_folded(&format!("{moved:?} is {}.", verify(rule, tally, &moved)?));

    println!("\nHow proportional it was, all lists' votes taken:\n{}", Indices::of(explanation.outcome())?);

    // The same by highest averages: the last seats, one at a time.
    let dhondt = rule.clone().with_method(AllocationMethod::D_HONDT);
    let explanation = Explanation::new(&dhondt, tally)?;
    println!("By D'Hondt the last seats would have been");
    for step in explanation.steps() {
        match step {
            Step::Award(award) if award.number > 94 => println!("  {award}"),
            Step::Cut(cut) => println!("{cut}"),
            _ => {}
        }
    }
    println!("\nNext: cargo run --example margins, or `apportion report` (cli/README.md)");
    Ok(())
}

/// Prints a paragraph in lines of 80 columns.
fn print_folded(text: &str) {
    println!("{}", textwrap::fill(text, textwrap::Options::new(80).subsequent_indent("  ")));
}
