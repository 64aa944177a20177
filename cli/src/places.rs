//! The seats of an outcome by party, place and tier: as rows for programs, and a line a place for people.

use std::collections::HashMap;
use std::io::{self, Write};

use apportion::{Election, Level, Outcome, PartyOutcome, PlaceOutcome, TierOutcome};
use serde_json::Value;

use crate::grid::Grid;
use crate::output::{OPEN, counted, grouped, wrapped};

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

/// A line for each region and district, at most so many; how many more there are is said.
pub(crate) fn write(outcome: &Outcome, most: usize, out: &mut dyn Write) -> io::Result<()> {
    for place in outcome.places().iter().take(most) {
        let style = if place.ties().is_empty() { anstyle::Style::new() } else { OPEN };
        writeln!(out, "{style}{}{style:#}", wrapped(&line(place)))?;
    }
    let more = outcome.places().len().saturating_sub(most) as u64;
    if more > 0 {
        writeln!(out, "and {}: --places shows them", counted(more, "more place", "more places"))?;
    }
    Ok(())
}

/// "Oslo, 20 seats: Labour 5, Conservatives 4 or 5".
fn line(place: &PlaceOutcome) -> String {
    let mut text = format!("{}, {}", place.name(), counted(place.total_seats(), "seat", "seats"));
    if place.filled() != place.total_seats() && place.ties().is_empty() {
        text += &format!(", {} filled", grouped(place.filled()));
    }
    let seats = place.parties().iter().filter_map(|party| {
        let (name, certain) = (party.name(), party.certain());
        match place.is_tied(name) {
            true => Some(format!("{name} {} or {}", grouped(certain), grouped(certain.saturating_add(1)))),
            false => (certain > 0).then(|| format!("{name} {}", grouped(certain))),
        }
    });
    let seats: Vec<String> = seats.collect();
    text + ": " + &if seats.is_empty() { "none".to_string() } else { seats.join(", ") }
}
