//! The seats of an outcome by party, place and tier, as rows.

use std::collections::HashMap;

use apportion::{Election, Level, Outcome, PartyOutcome, TierOutcome};
use serde_json::Value;

use crate::grid::Grid;

/// The columns that every row has.
const COLUMNS: [&str; 5] = ["party", "votes", "seats", "admitted", "tied"];

/// A row for each party of the nation, then of each region and district, with its seats by tier where there are several.
pub(crate) fn grid(election: &Election, outcome: &Outcome) -> Grid {
    let tiers = if election.rule.tiers().len() > 1 { outcome.tiers() } else { &[] };
    let several = !outcome.places().is_empty();
    let mut columns: Vec<String> = if several { vec!["level".into(), "place".into()] } else { Vec::new() };
    columns.extend(COLUMNS.map(String::from));
    columns.extend(tiers.iter().map(column_of));
    let mut grid = Grid::new(columns);
    for (index, party) in outcome.parties().iter().enumerate() {
        let mut row = if several { vec![Level::Nation.to_string().into(), "".into()] } else { Vec::new() };
        row.extend(cells(party, outcome.is_tied(party.name())));
        row.extend(tiers.iter().map(|tier| number(tier.seats().get(index).copied().unwrap_or(0))));
        grid.push(row);
    }
    let given: Vec<Given<'_>> = tiers.iter().map(given).collect();
    for place in outcome.places() {
        for party in place.parties() {
            let mut row = vec![place.level().to_string().into(), place.name().into()];
            row.extend(cells(party, place.is_tied(party.name())));
            let by_tier = given.iter().map(|given| given.get(&(place.name(), party.name())).copied().unwrap_or(0));
            row.extend(by_tier.map(number));
            grid.push(row);
        }
    }
    grid
}

/// Seats by place and party.
type Given<'a> = HashMap<(&'a str, &'a str), i128>;

fn given(tier: &TierOutcome) -> Given<'_> {
    let seats = tier
        .places()
        .iter()
        .flat_map(|(place, parties)| parties.iter().map(|(party, seats)| ((place.as_str(), party.as_str()), *seats)));
    seats.collect()
}

/// A tier's column: its name, or its number where it has none or a name that says another column.
fn column_of(tier: &TierOutcome) -> String {
    let name = tier.name();
    let is_plain = !name.chars().all(|c| c.is_ascii_digit()) && !["level", "place"].contains(&name);
    if is_plain && !COLUMNS.contains(&name) { name.into() } else { format!("tier {name}") }
}

fn cells(party: &PartyOutcome, is_tied: bool) -> [Value; 5] {
    let (votes, seats) = (party.votes().into(), party.certain().into());
    [party.name().into(), votes, seats, party.is_admitted().into(), is_tied.into()]
}

/// Seats of a tier, below zero for what it took back.
fn number(seats: i128) -> Value {
    i64::try_from(seats).map_or_else(|_| seats.to_string().into(), Value::from)
}
