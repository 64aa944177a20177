//! One real election under twelve laws, and twelve elections under four methods.
//!
//! The Austrian election of 2013 is counted under its own law and under eleven others of the catalogue, each giving out the
//! same 183 seats; then all Austrian and Kazakh elections of tests/data/elections.jsonl under four methods.
//!
//! ```sh
//! cargo run --example compare
//! ```

use std::error::Error;

use apportion::insight::{Comparison, Survey};
use apportion::{AllocationMethod, Election, Law};

/// Laws for one place, of many thresholds, bonuses and methods.
const LAWS: [&str; 11] = [
    "nl-2023",
    "il-2022",
    "dk-1961-totals",
    "gr-2023",
    "lv-2022",
    "sk-2020",
    "de-2023",
    "md-2021",
    "kz-2012",
    "tr-2023",
    "li-2025",
];

fn main() -> Result<(), Box<dyn Error>> {
    let elections = include_str!("../../tests/data/elections.jsonl")
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<Vec<Election>, _>>()?;
    let named = |id: &str| elections.iter().find(move |election| election.id.as_deref() == Some(id));
    let austria = named("at-nationalrat-2013").ok_or("the Austrian election of 2013 is not there")?;

    println!("Austria, Nationalrat, 2013: one count under twelve laws\n");
    let mut laws = vec![("its own law".to_string(), austria.rule.clone())];
    for id in LAWS {
        let law = law(id)?;
        let country = law.name.split(',').next().unwrap_or(id);
        laws.push((format!("{country} {}", law.date.get(..4).unwrap_or_default()), law.rule(183)));
    }
    println!("{}", Comparison::with_margins(&austria.count, laws));

    println!("Austria 1994 to 2017 and Kazakhstan 2007 to 2023 under four methods\n");
    let methods = [
        ("D'Hondt", AllocationMethod::D_HONDT),
        ("Sainte-Laguë", AllocationMethod::SAINTE_LAGUE),
        ("Hare", AllocationMethod::HARE),
        ("Droop", AllocationMethod::DROOP),
    ];
    let mut survey = Survey::new();
    for election in &elections {
        let id = election.id.as_deref().unwrap_or_default();
        if id.starts_with("at-") || id.starts_with("kz-") {
            let by =
                |(name, method): (&'static str, AllocationMethod)| (name, election.rule.clone().with_method(method));
            survey.push(id, Comparison::new(&election.count, methods.clone().map(by)));
        }
    }
    print!("{survey}");
    println!("\nNext: `apportion compare` (cli/README.md) does this to elections of yours");
    Ok(())
}

fn law(id: &str) -> Result<Law, Box<dyn Error>> {
    let (_, text) = Law::CATALOGUE.iter().find(|(known, _)| *known == id).ok_or_else(|| format!("no law {id}"))?;
    Ok(toml::from_str(text)?)
}
