//! Open ties: who is tied, what a tie-break would say, and every way they can end.

use apportion::{Election, Outcome, TieOutcome};
use serde_json::{Value, json};

use super::{Refusal, document};
use crate::numbers::count;

/// Results that are listed; of more, how many there are is said.
const LISTED: usize = 6;

/// The open ties of an outcome, each with who would win by the tie-breaks that laws have.
pub(super) fn open(election: &Election, outcome: &Outcome) -> Result<Value, Refusal> {
    let mut ties = Vec::new();
    for tie in outcome.ties() {
        ties.push(json!({
            "tier": tie.tier(),
            "place": tie.place(),
            "parties": tie.parties(),
            "places": tie.places(),
            "seats": tie.seats(),
        }));
    }
    if !ties.is_empty() {
        for (key, name) in [("most_votes", "most-votes"), ("fewest_votes", "fewest-votes")] {
            let settled = settled_by(election, name.into())?;
            for (at, tie) in ties.iter_mut().enumerate() {
                tie[key] = winners(outcome.ties().get(at), settled.as_ref()).into();
            }
        }
    }
    Ok(ties.into())
}

/// The election with a tie-break in every tier.
pub(super) fn settled_by(election: &Election, tie_break: Value) -> Result<Option<Outcome>, Refusal> {
    let mut written = document::written(election)?;
    super::comparison::in_every_tier(&mut written, |tier| tier["tie_break"] = tie_break.clone());
    Ok(document::read(written).ok().and_then(|election| election.outcome().ok()))
}

/// Who won a seat of this tie once it was settled.
fn winners(tie: Option<&TieOutcome>, settled: Option<&Outcome>) -> Vec<String> {
    let (Some(tie), Some(outcome)) = (tie, settled) else { return Vec::new() };
    let in_place = tie.place().and_then(|place| outcome.at(place));
    let all = in_place.map_or(outcome.settled(), |place| place.settled());
    let same = all.iter().find(|settled| settled.among == tie.parties());
    same.map(|settled| settled.parties.clone()).unwrap_or_default()
}

/// How many results are possible, and the first of them: seats by party.
pub(super) fn results(outcome: &Outcome) -> Value {
    if !outcome.ways().is_empty() {
        let ends = outcome.ways().iter().filter_map(|way| way.outcome().ok());
        let listed: Vec<Value> = ends.take(LISTED).map(|end| seats(end, &[])).collect();
        let all = outcome.ways().iter().fold(0_u128, |sum, way| sum.saturating_add(way.ends()));
        return json!({ "count": count(all), "complete": outcome.ways_complete(), "listed": listed });
    }
    // Where seats are placed, or cells of a matrix are tied, totals of parties do not tell the ends apart.
    let ties: Vec<&TieOutcome> = outcome.ties().iter().filter(|tie| tie.places().is_empty()).collect();
    if ties.is_empty() || ties.len() < outcome.ties().len() {
        return json!({ "count": Value::Null, "complete": true, "listed": [] });
    }
    let mut ends = ties.iter().map(|tie| binomial(tie.parties().len() as u128, tie.seats().into()));
    let all = ends.try_fold(1_u128, |product, ends| product.checked_mul(ends?));
    let mut chosen: Vec<Vec<usize>> = ties.iter().map(|tie| (0..size(tie.seats())).collect()).collect();
    let mut listed = Vec::new();
    loop {
        let winners: Vec<&str> = ties
            .iter()
            .zip(&chosen)
            .flat_map(|(tie, chosen)| chosen.iter().map(|&at| tie.parties()[at].as_str()))
            .collect();
        listed.push(seats(outcome, &winners));
        if listed.len() == LISTED || !advance(&ties, &mut chosen) {
            break;
        }
    }
    json!({ "count": all.map(count), "complete": true, "listed": listed })
}

/// Seats by party with one more for each winner.
fn seats(outcome: &Outcome, winners: &[&str]) -> Value {
    let parties = outcome.parties().iter().map(|party| {
        let more = winners.iter().filter(|winner| **winner == party.name()).count() as u64;
        json!({ "name": party.name(), "seats": party.certain().saturating_add(more) })
    });
    parties.collect::<Vec<_>>().into()
}

fn size(seats: u64) -> usize {
    usize::try_from(seats).unwrap_or(usize::MAX)
}

/// The next choice of winners: of the last tie first, each in lexicographic order.
fn advance(ties: &[&TieOutcome], chosen: &mut [Vec<usize>]) -> bool {
    for (tie, chosen) in ties.iter().zip(chosen.iter_mut()).rev() {
        let (parties, seats) = (tie.parties().len(), chosen.len());
        if let Some(at) = (0..seats).rev().find(|&at| chosen[at] + seats - at < parties) {
            let start = chosen[at] + 1;
            for (offset, position) in chosen[at..].iter_mut().enumerate() {
                *position = start + offset;
            }
            return true;
        }
        chosen.iter_mut().enumerate().for_each(|(at, position)| *position = at);
    }
    false
}

/// How many choices of `k` among `n` there are, up to 2^128.
fn binomial(n: u128, k: u128) -> Option<u128> {
    let k = k.min(n.checked_sub(k)?);
    (0..k).try_fold(1_u128, |product, at| Some(product.checked_mul(n - at)? / (at + 1)))
}
