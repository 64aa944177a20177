//! The three paradoxes of largest remainders, each with its historic figures, and each found again from nothing.
//!
//! - Alabama, 1880: populations of the 38 states, census of 1880 (they sum to the published 49,371,340); each state had
//!   at least one seat. The paradox: M. L. Balinski and H. P. Young, *Fair Representation*, 1982, ch. 5.
//! - New states, 1907: Oklahoma joined, with a population of about 1,000,000 and five seats more.
//! - Population, 1901: Virginia grew faster than Maine, and would have lost a seat to it.
//!
//! The last two are from Balinski and Young, ch. 5, with the populations of the census of 1900 (total of the states
//! 74,562,608) and the estimate for 1901 (76,069,522). Only the states named are listed; their ideal shares need no more.
//! New York's population was not read in the census itself; it gives the published shares, 37.606 and 37.589.
//!
//! ```sh
//! cargo run --example paradoxes
//! ```

use apportion::axioms::{Axiom, Budget, Instance, house_monotonicity, search};
use apportion::{Allocation, AllocationMethod, Apportion, Contest, Error};

const CENSUS_1880: [(&str, u64); 38] = [
    ("Alabama", 1_262_505),
    ("Arkansas", 802_525),
    ("California", 864_694),
    ("Colorado", 194_327),
    ("Connecticut", 622_700),
    ("Delaware", 146_608),
    ("Florida", 269_493),
    ("Georgia", 1_542_180),
    ("Illinois", 3_077_871),
    ("Indiana", 1_978_301),
    ("Iowa", 1_624_615),
    ("Kansas", 996_096),
    ("Kentucky", 1_648_690),
    ("Louisiana", 939_946),
    ("Maine", 648_936),
    ("Maryland", 934_943),
    ("Massachusetts", 1_783_085),
    ("Michigan", 1_636_937),
    ("Minnesota", 780_773),
    ("Mississippi", 1_131_597),
    ("Missouri", 2_168_380),
    ("Nebraska", 452_402),
    ("Nevada", 62_266),
    ("New Hampshire", 346_991),
    ("New Jersey", 1_131_116),
    ("New York", 5_082_871),
    ("North Carolina", 1_399_750),
    ("Ohio", 3_198_062),
    ("Oregon", 174_768),
    ("Pennsylvania", 4_282_891),
    ("Rhode Island", 276_531),
    ("South Carolina", 995_577),
    ("Tennessee", 1_542_359),
    ("Texas", 1_591_749),
    ("Vermont", 332_286),
    ("Virginia", 1_512_565),
    ("West Virginia", 618_457),
    ("Wisconsin", 1_315_497),
];

/// Largest remainders where each state has at least one seat, as the constitution of the United States requires.
struct OneSeatEach(AllocationMethod);

impl Apportion for OneSeatEach {
    fn allocate(&self, votes: &[u64], seats: u64) -> Result<Allocation, Error> {
        self.0.allocate_contest(&Contest::new(votes, seats).minimums(vec![1; votes.len()]))
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    alabama()?;
    new_states();
    population();
    println!("Next: cargo run --example own_method");
    Ok(())
}

/// A larger house takes a seat from Alabama.
fn alabama() -> Result<(), Box<dyn std::error::Error>> {
    let populations: Vec<u64> = CENSUS_1880.iter().map(|(_, population)| *population).collect();
    let total: u64 = populations.iter().sum();
    let hamilton = OneSeatEach(AllocationMethod::HARE);
    println!("The Alabama paradox, 1880: 38 states, {} inhabitants,", grouped(total));
    println!("one seat each at least, largest remainders\n");
    println!("          population   299: share    seats   300: share    seats");
    let (before, after) = (hamilton.allocate(&populations, 299)?, hamilton.allocate(&populations, 300)?);
    for (at, (state, population)) in CENSUS_1880.iter().enumerate() {
        let (has, then) = (before.seats()?[at], after.seats()?[at]);
        if has != then {
            let shares = (share(*population, 299, total), share(*population, 300, total));
            println!("{state:9} {:>10}   {:>10} {has:>8}   {:>10} {then:>8}", grouped(*population), shares.0, shares.1);
        }
    }
    let instance = Instance::new(populations, 299);
    if let Err(fault) = house_monotonicity(&hamilton, &instance) {
        let sentence = fault.to_string().rsplit(": ").next().unwrap_or_default().to_string();
        println!("\n{}: house monotonicity is broken.", with_names(&sentence));
    }
    for method in [AllocationMethod::SAINTE_LAGUE, AllocationMethod::HUNTINGTON_HILL] {
        house_monotonicity(&OneSeatEach(method.clone()), &instance)?;
        println!("By {method} no state loses a seat.");
    }
    found_again(Axiom::HouseMonotonicity, Budget::new(3, 12, 8));
    Ok(())
}

/// A sentence about parties by number as one about states.
fn with_names(sentence: &str) -> String {
    let numbered = CENSUS_1880.iter().enumerate().rev();
    numbered.fold(sentence.to_string(), |text, (at, (state, _))| text.replace(&format!("party {}", at + 1), state))
}

/// A state joins with its own seats, and one of the others loses a seat to another.
fn new_states() {
    const WITHOUT: (u64, u64) = (386, 74_562_608);
    const OKLAHOMA: u64 = 1_000_000;
    const WITH: (u64, u64) = (391, WITHOUT.1 + OKLAHOMA);
    const STATES: [(&str, u64, u64, u64); 2] = [("New York", 7_264_183, 38, 37), ("Maine", 694_466, 3, 4)];
    println!("\nThe new states paradox, 1907: Oklahoma joins, and 5 seats with it, its share\n");
    println!("          population   386: share    seats   391: share    seats");
    for (state, population, has, then) in STATES {
        let shares = (share(population, WITHOUT.0, WITHOUT.1), share(population, WITH.0, WITH.1));
        println!("{state:9} {:>10}   {:>10} {has:>8}   {:>10} {then:>8}", grouped(population), shares.0, shares.1);
    }
    println!(
        "{:9} {:>10}   {:>10} {:>8}   {:>10} {:>8}",
        "Oklahoma",
        grouped(OKLAHOMA),
        "",
        "",
        share(OKLAHOMA, WITH.0, WITH.1),
        5
    );
    let ahead = |(seats, total): (u64, u64)| {
        let [(new_york, theirs, ..), (maine, its, ..)] = STATES;
        if its * seats % total > theirs * seats % total { maine } else { new_york }
    };
    println!("\nThe larger remainder is {}'s without Oklahoma, and {}'s with it.", ahead(WITHOUT), ahead(WITH));
    println!("The old states alone would divide their seats otherwise: uniformity is broken.");
    found_again(Axiom::Uniformity, Budget::new(3, 12, 8));
}

/// A state grows faster than another and loses a seat to it.
fn population() {
    const TOTAL: (u64, u64) = (74_562_608, 76_069_522);
    println!("\nThe population paradox, 1901: Virginia grows faster than Maine; 386 seats\n");
    println!("          census 1900    share   seats   estimate 1901   share   seats   growth");
    for (state, census, has, estimate, then) in
        [("Virginia", 1_854_184, 10, 1_873_951, 9), ("Maine", 694_466, 3, 699_114, 4)]
    {
        let hundredths = ((estimate - census) * 20_000 + census) / (2 * census);
        println!(
            "{state:9} {:>11} {:>8} {has:>7}   {:>13} {:>7} {then:>7}    {}.{:02}%",
            grouped(census),
            share(census, 386, TOTAL.0),
            grouped(estimate),
            share(estimate, 386, TOTAL.1),
            hundredths / 100,
            hundredths % 100
        );
    }
    found_again(Axiom::PopulationMonotonicity, Budget::new(3, 12, 6));
    println!();
}

/// Looks for the smallest break by largest remainders, and for one by highest averages.
fn found_again(axiom: Axiom, budget: Budget) {
    println!("\nFrom nothing, up to {budget}, the smallest of its kind:");
    for method in [AllocationMethod::HARE, AllocationMethod::SAINTE_LAGUE] {
        println!("- {method}:");
        let found = search(&method, axiom, budget).to_string();
        for line in wrapped(&found, 76) {
            println!("    {line}");
        }
    }
}

/// `population` x `seats` / `total`, rounded to three decimals.
fn share(population: u64, seats: u64, total: u64) -> String {
    let (product, total) = (u128::from(population) * u128::from(seats), u128::from(total));
    let thousandths = (product * 2_000 + total) / (2 * total);
    format!("{}.{:03}", thousandths / 1_000, thousandths % 1_000)
}

/// A number with commas between its thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Words in lines of so many columns.
fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + 1 + word.chars().count() <= columns => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    lines
}
