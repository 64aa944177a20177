//! Regions and districts: their seats by party and tier.

use apportion::{Election, Outcome, PartyOutcome, PlaceOutcome};
use serde_json::{Value, json};

/// Every region and district, in the order of the count.
pub(super) fn all(election: &Election, outcome: &Outcome) -> Vec<Value> {
    outcome.places().iter().map(|place| one(election, outcome, place)).collect()
}

fn one(election: &Election, outcome: &Outcome, place: &PlaceOutcome) -> Value {
    let later = later(outcome, place.name());
    let parties =
        place.parties().iter().filter(|party| party.certain() > 0 || party.votes() > 0 || place.is_tied(party.name()));
    let party = |party: &PartyOutcome| {
        let name = party.name();
        let added = later.iter().find(|(known, _)| known == name).map_or(0, |(_, seats)| *seats);
        let tied = place.is_tied(name);
        json!({ "name": name, "votes": party.votes(), "seats": party.certain(), "later": added, "tied": tied })
    };
    let recorded = election.recorded.places.get(place.name());
    let differs = recorded.is_some_and(|recorded| {
        recorded.iter().any(|(name, &seats)| place.certain(name).unwrap_or(0) != seats) && place.ties().is_empty()
    });
    json!({
        "name": place.name(),
        "level": place.level().to_string(),
        "in": place.within(),
        "seats": place.total_seats(),
        "filled": place.filled(),
        "vacant": place.vacant(),
        "parties": parties.map(party).collect::<Vec<_>>(),
        "differs": differs,
    })
}

/// Seats that a place got from tiers after the first that gave any there.
fn later(outcome: &Outcome, place: &str) -> Vec<(String, i64)> {
    let given = outcome.tiers().iter().filter_map(|tier| {
        let here = tier.places().iter().find(|(name, _)| name == place)?;
        Some(&here.1).filter(|seats| seats.iter().any(|(_, seats)| *seats != 0))
    });
    let mut sums: Vec<(String, i64)> = Vec::new();
    for (name, seats) in given.skip(1).flatten() {
        let seats = i64::try_from(*seats).unwrap_or(0);
        match sums.iter_mut().find(|(known, _)| known == name) {
            Some((_, sum)) => *sum += seats,
            None => sums.push((name.clone(), seats)),
        }
    }
    sums
}
