//! The seats of Kazakhstan's parliamentary election of 15 January 2012, recreated from the final counts.
//!
//! On the day, the papers had percentages, and "we've yet to find out the exact number of seats they will get". This
//! example finds out: it applies the law as it stood and shows each step, then what the first percentages and other
//! rules would have given.
//!
//! ```sh
//! cargo run --example kazakhstan_2012
//! ```

use apportion::{AllocationMethod, Base, Outcome, Quota, QuotaSize, Rule, Tally, Threshold};
use comfy_table::{CellAlignment, Table, presets};

/// The Central Election Commission's final count, 17 January 2012.
const COUNTED: [(&str, u64); 7] = [
    ("Nur Otan", 5_621_436),
    ("Ak Zhol", 518_405),
    ("CPPK", 498_788),
    ("OSDP", 116_534),
    ("Auyl", 82_623),
    ("Party of Patriots", 57_732),
    ("Adilet", 45_702),
];
const OFFICIAL: [u64; 3] = [83, 8, 7];
/// Mandates by party lists; the Assembly of the People elects nine deputies more.
const LIST_SEATS: u64 = 98;
const ASSEMBLY: u64 = 9;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let tally = Tally::from_votes(COUNTED)?;
    let law = Rule::new(AllocationMethod::HARE, LIST_SEATS)
        .threshold(Threshold::share("7%".parse()?).of(Base::Valid))
        .admit_at_least(2);
    let outcome = law.apply(&tally)?;

    println!("Kazakhstan, Majilis, 15 January 2012: {LIST_SEATS} seats by party lists");
    println!("Votes: final count of the Central Election Commission, 17 January 2012");
    println!("(wikivisually.com/wiki/Kazakh_legislative_election,_2012; Reuters, 17 January)");
    println!("Law: lists with 7% take part, at least two; Hare quota, largest remainders");
    println!("\n{outcome}");
    steps(&outcome)?;
    let admitted = outcome.parties().iter().filter(|party| party.is_admitted());
    if !admitted.map(|party| party.certain()).eq(OFFICIAL) {
        return Err("the seats differ from the official ones".into());
    }
    println!("Same as the official result.");
    let given: u64 = outcome.parties().iter().map(|party| party.certain()).sum();
    println!("{given} list seats and {ASSEMBLY} seats of the Assembly make {} deputies.", given + ASSEMBLY);

    percentages(&law)?;
    other_rules(&law, &tally)?;
    println!("\nNext: cargo run --example kazakhstan      all five elections, 2007 to 2023");
    println!("      cargo run --example allocate -- examples/elections/kz-2012.toml");
    Ok(())
}

/// What a seat costs, the full seats, and who took the seats that were left.
fn steps(outcome: &Outcome) -> Result<(), Box<dyn std::error::Error>> {
    let admitted: Vec<_> = outcome.parties().iter().filter(|party| party.is_admitted()).collect();
    let votes: u128 = admitted.iter().map(|party| u128::from(party.votes())).sum();
    let QuotaSize { votes: quota, parts: divisor } = Quota::HARE.of(votes, LIST_SEATS)?;
    println!("A seat costs {} votes / {divisor} seats = {} votes", grouped(quota), decimal(quota, divisor));
    let mut table = table(&["party", "votes / cost", "full seats", "left over", "seats", "official"]);
    for (party, official) in admitted.iter().zip(OFFICIAL) {
        let claim = u128::from(party.votes()) * divisor;
        let (whole, rest) = (claim / quota, claim % quota);
        let more = if u128::from(party.certain()) > whole { " + 1" } else { "" };
        table.add_row([
            party.name().to_string(),
            decimal(claim, quota),
            format!("{whole}{more}"),
            decimal(rest, quota),
            party.certain().to_string(),
            official.to_string(),
        ]);
    }
    println!("{table}");
    println!("The two seats left go to the two parties with the most left over.");
    Ok(())
}

/// What the percentages in the papers give, taken as votes.
fn percentages(law: &Rule) -> Result<(), Box<dyn std::error::Error>> {
    // Of 1,000: the article of 15 January names four parties.
    let day = Tally::from_votes([("Nur Otan", 810), ("Ak Zhol", 75), ("CPPK", 72), ("OSDP", 16)])?.with_other(27);
    // Of 10,000: Kazinform, 16 January.
    let next = [8_074, 746, 720, 159, 146, 89, 66];
    let next = Tally::from_votes(COUNTED.iter().zip(next).map(|(&(name, _), share)| (name, share)))?;
    println!("\nFrom the percentages of the first days, taken as votes");
    let mut table = table(&["figures", "Nur Otan", "Ak Zhol", "CPPK"]);
    for (figures, tally) in [("15 January: 81, 7.5, 7.2, 1.6", day), ("16 January: 80.74, 7.46, 7.20, 1.59", next)] {
        table.add_row([vec![figures.to_string()], seats(&law.apply(&tally)?, 3)].concat());
    }
    println!("{table}");
    println!("The rounded shares happen to give the official seats.");
    Ok(())
}

/// What the same votes would have given under other rules.
fn other_rules(law: &Rule, tally: &Tally) -> Result<(), Box<dyn std::error::Error>> {
    println!("\nThe same votes under other rules");
    let mut table = table(&["rule", "NurOtan", "AkZhol", "CPPK", "OSDP", "Auyl", "Patr.", "Adilet"]);
    let methods = [AllocationMethod::D_HONDT, AllocationMethod::SAINTE_LAGUE, AllocationMethod::DROOP];
    let mut rules = vec![("the law".to_string(), law.clone())];
    rules.extend(methods.map(|method| {
        let name = if method == AllocationMethod::DROOP { "Droop quota".to_string() } else { method.to_string() };
        (name, law.clone().with_method(method))
    }));
    rules.push(("no threshold".into(), law.clone().without_threshold()));
    for (name, rule) in rules {
        table.add_row([vec![name], seats(&rule.apply(tally)?, COUNTED.len())].concat());
    }
    println!("{table}");
    Ok(())
}

/// The seats of the first `parties`, a dash for those who took no part.
fn seats(outcome: &Outcome, parties: usize) -> Vec<String> {
    let cell = |party: &apportion::PartyOutcome| match (party.is_admitted(), outcome.seats(party.name())) {
        (false, _) => "-".to_string(),
        (true, Some(seats)) => seats.to_string(),
        (true, None) => format!("{} or {}", party.certain(), party.certain() + 1),
    };
    outcome.parties().iter().take(parties).map(cell).collect()
}

fn table(headings: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_preset(presets::ASCII_MARKDOWN).set_header(headings);
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

/// A ratio with three decimals, cut off.
fn decimal(numerator: u128, denominator: u128) -> String {
    let thousandths = numerator * 1_000 / denominator;
    format!("{}.{:03}", grouped(thousandths / 1_000), thousandths % 1_000)
}

/// A whole number with commas between its thousands.
fn grouped(number: u128) -> String {
    match number / 1_000 {
        0 => number.to_string(),
        thousands => format!("{},{:03}", grouped(thousands), number % 1_000),
    }
}
