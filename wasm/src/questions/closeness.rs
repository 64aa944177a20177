//! How few votes would have changed the result, and what else happens then.

use apportion::insight::{Margin, Margins};
use apportion::{Election, Error};
use serde_json::{Value, json};

use super::Answer;

/// Runs of the law for one margin: a page does not wait longer.
const MOST_RUNS: u64 = 20_000;

/// The closest change, and every party's votes to a seat more and to one fewer.
pub(super) fn margins(election: &Election) -> Answer {
    let margins = Margins::new(&election.rule, &election.count)?.with_most_runs(MOST_RUNS);
    let parties = margins.outcome().parties().iter().map(|party| {
        let name = party.name();
        let loss = if party.certain() == 0 { Value::Null } else { told(margins.loss(name).fewest()) };
        json!({ "name": name, "gain": told(margins.gain(name).fewest()), "loss": loss })
    });
    let parties: Vec<Value> = parties.collect();
    Ok(json!({ "closest": told(margins.closest()), "parties": parties, "doubt": margins.doubt() }))
}

/// The last seat of every place, the closest first.
pub(super) fn last_seats(election: &Election) -> Answer {
    let margins = Margins::new(&election.rule, &election.count)?.with_most_runs(MOST_RUNS);
    let places: Vec<Value> = margins.last_seats()?.into_iter().map(|margin| told(Ok(Some(margin)))).collect();
    Ok(json!({ "places": places }))
}

/// A margin with all that it does; nothing where no number of votes does it.
fn told(found: Result<Option<Margin>, Error>) -> Value {
    let margin = match found {
        Ok(Some(margin)) => margin,
        Ok(None) => return Value::Null,
        Err(error) => return json!({ "error": error.to_string() }),
    };
    let seats = |list: &[(String, u64)]| -> Vec<Value> {
        list.iter().map(|(name, seats)| json!({ "name": name, "seats": seats })).collect()
    };
    let ballots = margin
        .change()
        .ballots()
        .iter()
        .map(|ballots| json!({ "party": ballots.party, "place": ballots.place, "number": ballots.number }));
    let then = margin.outcome().ok().map(|outcome| {
        let parties = outcome.parties().iter();
        parties.map(|party| json!({ "name": party.name(), "seats": party.certain() })).collect::<Vec<_>>()
    });
    json!({
        "votes": margin.votes(),
        "place": margin.place(),
        "ballots": ballots.collect::<Vec<_>>(),
        "gains": seats(margin.gains()),
        "losses": seats(margin.losses()),
        "entering": margin.entering(),
        "leaving": margin.leaving(),
        "tied": margin.tied(),
        "proven": margin.is_proven(),
        "answered": margin.is_answered(),
        "then": then,
        "text": margin.to_string(),
    })
}
